//! What a row says otherwise than what is stored. A field the row does not tell is no change. Values of welfare, health
//! and numbers that identify are not shown: that they differ is.
use crate::{
    app::{exchange::report::Change, people::Full},
    domain::{
        employer::name_key,
        evidence,
        intake::{
            employer::EmployerDraft,
            identity::words_key,
            person::{DesilDraft, PersonDraft},
            problem::shortened,
            vacancy::VacancyDraft,
        },
        person::Status,
    },
    store::{employers::Employer, vacancies::Vacancy},
};

/// Collects what differs.
pub(super) struct Changes<'a> {
    called: &'a dyn Fn(&str) -> String,
    found: Vec<Change>,
}

impl<'a> Changes<'a> {
    fn new(called: &'a dyn Fn(&str) -> String) -> Self {
        Self { called, found: Vec::new() }
    }

    fn value<T: ToString + PartialEq>(&mut self, column: &str, stored: Option<&T>, new: Option<&T>) {
        if let Some(new) = new.filter(|new| stored != Some(*new)) {
            let stored = stored.map(|stored| shortened(&stored.to_string())).unwrap_or_default();
            self.found.push(((self.called)(column), stored, shortened(&new.to_string())));
        }
    }

    fn yes_no(&mut self, column: &str, stored: Option<bool>, new: Option<bool>) {
        let said = |yes: bool| if yes { "ya" } else { "tidak" };
        self.value(column, stored.map(said).as_ref(), new.map(said).as_ref());
    }

    fn hidden(&mut self, column: &str, differs: bool) {
        if differs {
            self.found.push(((self.called)(column), String::new(), String::new()));
        }
    }

    /// A list differs when the row names something that is not stored.
    fn list(&mut self, column: &str, stored: &[String], new: &[String]) {
        let has = |item: &String| stored.iter().any(|one| words_key(one) == words_key(item));
        if !new.iter().all(has) {
            let joined = |all: &[String]| shortened(&all.join("; "));
            self.found.push(((self.called)(column), joined(stored), joined(new)));
        }
    }
}

/// What a row says otherwise about a person.
pub(super) fn of_person(
    draft: &PersonDraft,
    stored: &Full,
    family_key: Option<Vec<u8>>,
    called: &dyn Fn(&str) -> String,
) -> Vec<Change> {
    let (person, wishes, mut changes) = (&stored.person, &stored.wishes, Changes::new(called));
    changes.value("name", Some(&person.name), Some(&draft.name));
    changes.value("sex", person.sex.as_ref(), Some(&draft.sex.as_str().to_owned()));
    changes.value("birth_date", Some(&person.birth_date), draft.birth_date.as_ref());
    let phone = draft.phone.as_ref().map(|phone| phone.expose());
    changes.hidden("phone", phone.is_some_and(|phone| person.phone.as_deref() != Some(phone)));
    changes.value("village", person.village.as_ref(), draft.village.map(|code| code.to_string()).as_ref());
    changes.value("address", person.address.as_ref(), draft.address.as_ref());
    let education = draft.education.map(|level| level.as_str().to_owned());
    changes.value("education", person.education.as_ref(), education.as_ref());
    changes.value("major", person.major.as_ref(), draft.major.as_ref());
    let disability = draft.disability.map(|kind| kind.map(|kind| kind.as_str().to_owned()));
    changes.hidden("disability", disability.is_some_and(|told| told != person.disability));
    changes.value(
        "wage_floor",
        wishes.wage_floor.as_ref(),
        draft.wage_floor.map(|wage| wage.amount()).as_ref(),
    );
    let distance = |metres: i64| metres_in_km(metres);
    changes.value(
        "max_distance_km",
        wishes.max_distance_m.map(distance).as_ref(),
        draft.max_distance_m.map(|metres| distance(metres.into())).as_ref(),
    );
    changes.yes_no("shift_ok", wishes.shift_ok, draft.shift_ok);
    changes.yes_no("dormitory_ok", wishes.dormitory_ok, draft.dormitory_ok);
    let transport = draft.transport.map(|way| way.as_str().to_owned());
    changes.value("transport", wishes.transport.as_ref(), transport.as_ref());
    changes.value("ak1_number", person.ak1_number.as_ref(), draft.ak1_number.as_ref());
    changes.value("available_from", person.available_from.as_ref(), draft.available_from.as_ref());
    changes.value("registered_on", Some(&person.registered_on), draft.registered_on.as_ref());
    let status = draft.status.map(|told| Status::told(Some(told)));
    changes.value("status", Some(&person.status), status.as_ref());
    changes.hidden("family_card", family_key.is_some() && family_key != person.family_key);
    of_profile(draft, stored, &mut changes);
    changes.found
}

fn of_profile(draft: &PersonDraft, stored: &Full, changes: &mut Changes<'_>) {
    let names = |all: &[crate::store::profiles::Certificate]| {
        all.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    changes.list("certificates", &names(&stored.profile.certificates), &draft.certificates);
    changes.list("skills", &stored.profile.skills, &draft.skills);
    let job = |title: &str, months: i64| format!("{title}: {months}");
    let stored_jobs: Vec<String> =
        stored.profile.experiences.iter().map(|held| job(&held.job, held.months)).collect();
    let jobs: Vec<String> =
        draft.experience.iter().map(|held| job(&held.title, i64::from(held.months.unwrap_or(0)))).collect();
    changes.list("experience", &stored_jobs, &jobs);
    let programmes: Vec<String> =
        stored.profile.trainings.iter().map(|training| training.programme.clone()).collect();
    let programme: Vec<String> = draft.training.iter().map(|training| training.programme.clone()).collect();
    changes.list("programme", &programmes, &programme);
    let told = draft.desil.as_ref().and_then(DesilDraft::evidence);
    let other = told.is_some_and(|(decile, _, dated)| {
        !stored.criteria.iter().any(|one| {
            one.criterion == evidence::Criterion::Desil
                && one.value == i64::from(decile)
                && one.dated_on == dated
        })
    });
    changes.hidden("desil", other);
}

/// Kilometres as people write them.
fn metres_in_km(metres: i64) -> String {
    match metres % 1_000 {
        0 => (metres / 1_000).to_string(),
        rest => format!("{},{rest:03}", metres / 1_000).trim_end_matches('0').to_owned(),
    }
}

/// What a row says otherwise about an employer.
pub(super) fn of_employer(
    draft: &EmployerDraft,
    stored: &Employer,
    called: &dyn Fn(&str) -> String,
) -> Vec<Change> {
    let mut changes = Changes::new(called);
    if name_key(&draft.name) != name_key(&stored.name) {
        changes.value("name", Some(&stored.name), Some(&draft.name));
    }
    changes.value("industry", stored.industry.as_ref(), draft.industry.as_ref());
    changes.value("address", stored.address.as_ref(), draft.address.as_ref());
    changes.value("village", stored.village.as_ref(), draft.village.map(|code| code.to_string()).as_ref());
    changes.value("contact_name", stored.contact_name.as_ref(), draft.contact_name.as_ref());
    let phone =
        draft.contact_phone.as_ref().map(|phone| phone.expose().to_owned()).or(draft.landline.clone());
    changes.hidden("contact_phone", phone.is_some() && phone != stored.contact_phone);
    changes.value("email", stored.email.as_ref(), draft.email.as_ref());
    changes.found
}

/// What a row says otherwise about a vacancy.
pub(super) fn of_vacancy(
    draft: &VacancyDraft,
    stored: &Vacancy,
    called: &dyn Fn(&str) -> String,
) -> Vec<Change> {
    let mut changes = Changes::new(called);
    let title = draft.title.as_ref().filter(|title| words_key(title) != words_key(&stored.title));
    changes.value("title", Some(&stored.title), title);
    changes.value("occupation_kbji", stored.occupation_code.as_ref(), draft.occupation_kbji.as_ref());
    changes.value("village", stored.village.as_ref(), draft.village.map(|code| code.to_string()).as_ref());
    changes.value("seats", stored.seats.as_ref(), draft.seats.map(i64::from).as_ref());
    let reserved = Some(i64::from(draft.reserved_seats)).filter(|reserved| *reserved > 0);
    changes.value("reserved_seats", Some(&stored.reserved_seats), reserved.as_ref());
    changes.value("wage_min", stored.wage_min.as_ref(), draft.wage_min.map(|wage| wage.amount()).as_ref());
    changes.value("wage_max", stored.wage_max.as_ref(), draft.wage_max.map(|wage| wage.amount()).as_ref());
    changes.value("working_hours", stored.working_hours.as_ref(), draft.working_hours.as_ref());
    changes.value("conditions", stored.conditions.as_ref(), draft.conditions.as_ref());
    changes.yes_no("shuttle", stored.shuttle, draft.shuttle);
    changes.yes_no("dormitory", stored.dormitory, draft.dormitory);
    changes.yes_no("shifts", stored.shifts, draft.shifts);
    let kind = draft.employment_type.map(|kind| kind.as_str().to_owned());
    changes.value("employment_type", stored.employment_type.as_ref(), kind.as_ref());
    let education = draft.education_min.map(|level| level.as_str().to_owned());
    changes.value("education_min", stored.education_min.as_ref(), education.as_ref());
    let months = draft.experience_months.map(i64::from);
    changes.value("experience_months", stored.experience_months.as_ref(), months.as_ref());
    changes.list("skills", &stored.skills, draft.skills.as_deref().unwrap_or_default());
    changes.list("certificates", &stored.certificates, &draft.certificates);
    let text = Some(&draft.description).filter(|text| !text.is_empty());
    changes.value("description", Some(&stored.description), text);
    changes.value("closes_on", stored.closes_on.as_ref(), draft.closes_on.as_ref());
    changes.value("age_min", stored.age_min.as_ref(), draft.age_min.map(i64::from).as_ref());
    changes.value("age_max", stored.age_max.as_ref(), draft.age_max.map(i64::from).as_ref());
    let sex = draft.sex.map(|sex| sex.as_str().to_owned());
    changes.value("sex", stored.sex.as_ref(), sex.as_ref());
    changes.value("marital_status", stored.marital_status.as_ref(), draft.marital_status.as_ref());
    changes.value("karirhub_url", stored.portal_url.as_ref(), draft.karirhub_url.as_ref());
    changes.value(
        "restriction_reason",
        stored.restriction_reason.as_ref(),
        draft.restriction_reason.as_ref(),
    );
    changes.found
}
