//! Builders: the barest row of each kind that the database takes. A test names what matters to it and takes the rest
//! from here (`Vacancy { seats: Some(2), ..build::vacancy(id, employer, now) }`), so that a new column is added once.
use chrono::{DateTime, NaiveDate, Utc};
use padankerja::{
    domain::{
        application, employer,
        ids::{ApplicationId, EmployerId, OrganisationId, PersonId, VacancyId},
        nomination,
        person::Status,
        vacancy,
    },
    store::{
        applications::Application, employers::Employer, nominations::Nomination, people::Person,
        vacancies::Vacancy,
    },
};
use sqlx::types::Json;

/// A verified employer of which only the name is known.
pub fn employer(id: EmployerId, now: DateTime<Utc>) -> Employer {
    Employer {
        id,
        name: format!("PT {id}"),
        nib: None,
        industry: None,
        address: None,
        village: None,
        contact_name: None,
        contact_phone: None,
        email: None,
        state: employer::State::Verified,
        sample: true,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// An open vacancy for five sewing operators, without limits.
pub fn vacancy(id: VacancyId, employer_id: EmployerId, now: DateTime<Utc>) -> Vacancy {
    Vacancy {
        id,
        employer_id,
        title: "Operator jahit".to_owned(),
        occupation_code: None,
        classification: "KBJI2014".to_owned(),
        description: String::new(),
        village: None,
        place_text: None,
        seats: Some(5),
        reserved_seats: 0,
        taken: 0,
        live: 0,
        slots: 10,
        wage_min: None,
        wage_max: None,
        working_hours: None,
        conditions: None,
        shuttle: None,
        dormitory: None,
        shifts: None,
        employment_type: None,
        education_min: None,
        experience_months: None,
        skills: Json(Vec::new()),
        certificates: Json(Vec::new()),
        closes_on: None,
        age_min: None,
        age_max: None,
        sex: None,
        marital_status: None,
        flags: Json(Vec::new()),
        missing: Json(Vec::new()),
        restriction_reason: None,
        written_reason: None,
        judged_by: String::new(),
        flags_open_since: None,
        portal_url: None,
        portal_reported: false,
        answers: 0,
        refusals: 0,
        said: None,
        said_at_answers: 0,
        said_at_refusals: 0,
        state: vacancy::State::Open,
        sample: true,
        source: None,
        external_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// A resident who looks for work, born in 1999, of whom nothing else is known. The NIK is no real cipher: whoever reads
/// it back seals one.
pub fn person(id: PersonId, now: DateTime<Utc>) -> Person {
    Person {
        id,
        nik_cipher: vec![1, 2, 3],
        nik_key: 1,
        nik_lookup: id.0.as_bytes().to_vec(),
        family_key: None,
        name: "Warga Contoh".to_owned(),
        sex: None,
        birth_date: NaiveDate::from_ymd_opt(1999, 1, 1).unwrap(),
        phone: None,
        village: None,
        address: None,
        education: None,
        major: None,
        disability: None,
        status: Status::Seeking,
        available_from: None,
        class_ends_on: None,
        ak1_number: None,
        registered_on: now.date_naive(),
        objects_to_ranking: false,
        live: 0,
        placed: 0,
        nominated_by: None,
        sample: true,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// That a person is the nominee of an agency; the id is the person's.
pub fn nominee(person: &Person, agency: OrganisationId, now: DateTime<Utc>) -> Nomination {
    Nomination {
        id: person.id.0.into(),
        organisation_id: agency,
        nik_lookup: person.nik_lookup.clone(),
        person_id: Some(person.id),
        state: nomination::State::Accepted,
        made_at: now,
        made_by: None,
        decided_at: Some(now),
        decided_by: None,
    }
}

/// An application in a state that nothing led to.
pub fn application(
    id: ApplicationId,
    person_id: PersonId,
    vacancy_id: VacancyId,
    state: application::State,
    now: DateTime<Utc>,
) -> Application {
    Application {
        id,
        person_id,
        vacancy_id,
        run_id: None,
        state,
        held: false,
        reserve_order: 1,
        fit: 500,
        priority: 0,
        deadline: None,
        starts_on: None,
        letter_number: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
