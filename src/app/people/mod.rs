//! People and their skill profiles: taking in, reading, changing. What a person can do is evidence with its source;
//! what speaks for priority is dated and expires.
pub mod accompaniment;
pub mod editing;
pub mod erasure;
pub mod export;
pub mod marks;
pub mod nominations;
pub mod opened;
pub mod profile;
pub mod requests;
pub mod seen;
pub mod undated;

use crate::{
    app::{
        App, AppError,
        access::{
            WRONG_ROLE,
            acting::{Acting, Reach},
        },
        audit::{self, AuditEvent},
        error::FieldIssue,
        keys::NIK_KEY,
        people::{editing::Edit, marks::Marks},
        system,
    },
    domain::{
        class,
        codes::{FieldCode, ProblemCode},
        contact::ConsentChannel,
        evidence,
        ids::{ClassId, PersonId, RecordId},
        intake::{
            person::{DesilDraft, PersonDraft, PersonRow},
            problem::FieldProblem,
            words::Disability,
        },
        person::Status,
        training,
    },
    store::{
        Tx, classes, index_feed,
        people::{self, Person, Wishes},
        profile_marks::{self, Mark},
        profiles::{self, Criterion, Profile},
    },
};

/// Field problems of an intake row as field issues of the application.
pub fn issues(problems: &[FieldProblem]) -> AppError {
    AppError::Invalid(
        problems
            .iter()
            .filter(|problem| problem.is_error())
            .map(|problem| FieldIssue {
                limit: problem.limit,
                ..FieldIssue::new(problem.column, problem.code, &problem.value)
            })
            .collect(),
    )
}

/// Takes in a person: officers and the terminal anybody, a companion the own village, an agency its nominees. A NIK that
/// is known is a conflict. A resident's own login is made from a code on paper, for a person who is registered.
pub async fn admit(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    draft: &PersonDraft,
) -> Result<PersonId, AppError> {
    check_registers(acting)?;
    let mut person = row(app, acting, draft)?;
    person.objects_to_ranking = draft.ranking_consent == Some(false);
    if let Reach::Village(village) = acting.reach()
        && person.village.as_ref() != Some(village)
    {
        return Err(AppError::field(
            "village",
            FieldCode::OutsideOwnVillage,
            person.village.unwrap_or_default(),
        ));
    }
    if people::insert(tx, &person).await? == 0 {
        return Err(AppError::conflict(ProblemCode::NikKnown, "a person with this NIK is registered"));
    }
    nominations::registered(app, tx, acting, &person).await?;
    people::set_wishes(tx, person.id, &wishes(draft)).await?;
    store_profile(app, tx, person.id, draft).await?;
    store_evidence(app, tx, acting, person.id, draft).await?;
    index_feed::add(tx, "person", person.id.0).await?;
    if let Some(given) = draft.ranking_consent {
        keep_consent(app, tx, acting, person.id, given, None).await?;
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonCreate(person.id)).await?;
    if matches!(acting.reach(), Reach::Village(_)) {
        // Whoever is taken in by the companion stands before them.
        accompaniment::keep(app, tx, acting, person.id, (true, ConsentChannel::Visit)).await?;
    }
    Ok(person.id)
}

/// Keeps what somebody said about being ranked; whoever calls it sets the flag that counts.
pub(crate) async fn keep_consent(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    given: bool,
    class: Option<ClassId>,
) -> Result<(), AppError> {
    let row = classes::RankingConsent {
        id: system::fresh(),
        person_id: person,
        given,
        wording: class::RANKING_WORDING.to_owned(),
        class_id: class,
        recorded_by: acting.account(),
        given_at: app.clock.now(),
    };
    classes::insert_consent(tx, &row).await?;
    Ok(())
}

/// Stores a person's row as it is now and has it read anew for the index.
pub(crate) async fn swap(app: &App, tx: &mut Tx, before: &Person, next: Person) -> Result<(), AppError> {
    let next = Person { version: before.version + 1, updated_at: app.clock.now(), ..next };
    if people::swap_profile(tx, before, &next).await? == 0 {
        return Err(AppError::Stale { given: before.version, present: next.version });
    }
    index_feed::add(tx, "person", before.id.0).await?;
    Ok(())
}

/// Judges and takes in a row as a form hands it over: what cannot be read is refused, not dropped.
pub async fn admit_row(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    row: &PersonRow,
) -> Result<PersonId, AppError> {
    check_registers(acting)?;
    let (draft, _warnings) = row.judge_form(app.clock.today()).into_result().map_err(|all| issues(&all))?;
    admit(app, tx, acting, &draft).await
}

fn check_registers(acting: &Acting) -> Result<(), AppError> {
    match acting.reach() {
        Reach::Office | Reach::Village(_) | Reach::Agency(_) => Ok(()),
        Reach::Account(_) | Reach::Employer(_) | Reach::Nobody => Err(WRONG_ROLE),
    }
}

/// A person with everything the profile holds.
pub struct Full {
    /// The person row.
    pub person: Person,
    pub wishes: Wishes,
    /// Trainings, certificates, experience, skills.
    pub profile: Profile,
    /// Evidence of priority; for the office and the person only.
    pub criteria: Vec<Criterion>,
    /// Who said what, and what was verified.
    pub marks: Vec<Mark>,
}

/// A person inside the caller's reach; a foreign one and an absent one are the same.
pub async fn read(tx: &mut Tx, acting: &Acting, id: PersonId) -> Result<Full, AppError> {
    let person = people::find(tx, &acting.reach().people()?, id).await?.ok_or(AppError::NotFound)?;
    Ok(Full {
        wishes: people::wishes(tx, id).await?,
        profile: profiles::of_person(tx, id).await?,
        criteria: profiles::criteria_of(tx, id).await?,
        marks: profile_marks::of_person(tx, id).await?,
        person,
    })
}

/// Changes a person's contact, profile, status and wishes; `expected` is the version the caller saw.
pub async fn edit(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: PersonId,
    expected: i64,
    edit: &Edit,
) -> Result<Full, AppError> {
    change(app, tx, acting, id, Some(expected), edit, false).await
}

/// The same; without a version for what was asked for earlier, and `proves` where an officer decides on what was shown.
pub(crate) async fn change(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: PersonId,
    expected: Option<i64>,
    edit: &Edit,
    proves: bool,
) -> Result<Full, AppError> {
    let before = people::find(tx, &acting.reach().people()?, id).await?.ok_or(AppError::NotFound)?;
    if let Some(given) = expected.filter(|given| *given != before.version) {
        return Err(AppError::Stale { given, present: before.version });
    }
    let mut next = before.clone();
    let held = people::wishes(tx, id).await?;
    let mut wishes = held.clone();
    edit.apply(&mut next, &mut wishes)?;
    let mut marks = Marks::load(app, tx, acting, id, proves).await?;
    edit.mark((&before, &next), wishes != held, &mut marks);
    let stored = profiles::of_person(tx, id).await?;
    edit.lists().write(tx, &stored, &mut marks).await?;
    marks.store(tx).await?;
    if next.objects_to_ranking != before.objects_to_ranking {
        keep_consent(app, tx, acting, id, !next.objects_to_ranking, None).await?;
    }
    swap(app, tx, &before, next).await?;
    people::set_wishes(tx, id, &wishes).await?;
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonEdit(id)).await?;
    read(tx, acting, id).await
}

fn row(app: &App, acting: &Acting, draft: &PersonDraft) -> Result<Person, AppError> {
    let nominated_by = match acting.reach() {
        Reach::Agency(office) => Some(*office),
        _ => None,
    };
    let (now, today) = (app.clock.now(), app.clock.today());
    let nik = draft.nik.expose();
    let birth_date =
        draft.birth_date.ok_or_else(|| AppError::field("birth_date", FieldCode::Required, ""))?;
    Ok(Person {
        id: system::fresh(),
        nik_cipher: app.keys.seal_nik(nik)?,
        nik_key: NIK_KEY,
        nik_lookup: app.keys.nik_lookup(nik),
        family_key: draft.family_card.as_ref().map(|card| app.keys.family_key(card.expose())),
        name: draft.name.clone(),
        sex: Some(draft.sex.as_str().to_owned()),
        birth_date,
        phone: draft.phone.as_ref().map(|phone| phone.expose().to_owned()),
        village: draft.village.map(|code| code.to_string()),
        address: draft.address.clone(),
        education: draft.education.map(|level| level.as_str().to_owned()),
        major: draft.major.clone(),
        disability: draft.disability.flatten().map(|kind| kind.as_str().to_owned()),
        status: Status::told(draft.status),
        available_from: draft.available_from,
        class_ends_on: None,
        ak1_number: draft.ak1_number.clone(),
        registered_on: draft.registered_on.unwrap_or(today),
        objects_to_ranking: false,
        live: 0,
        placed: 0,
        nominated_by,
        sample: draft.nik.is_sample(),
        version: 1,
        created_at: now,
        updated_at: now,
    })
}

/// What a draft says about wishes.
pub(crate) fn wishes(draft: &PersonDraft) -> Wishes {
    Wishes {
        wage_floor: draft.wage_floor.map(|wage| wage.amount()),
        max_distance_m: draft.max_distance_m.map(i64::from),
        shift_ok: draft.shift_ok,
        transport: draft.transport.map(|way| way.as_str().to_owned()),
        dormitory_ok: draft.dormitory_ok,
        ..Wishes::default()
    }
}

async fn store_profile(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    draft: &PersonDraft,
) -> Result<(), AppError> {
    if let Some(training) = &draft.training {
        let class_id = match &training.class {
            None => None,
            Some(name) => {
                let class = classes::TrainingClass {
                    id: system::fresh(),
                    organisation_id: None,
                    programme: training.programme.clone(),
                    name: name.clone(),
                    starts_on: None,
                    ends_on: training.ended_on,
                    members: 0,
                    version: 1,
                    created_at: app.clock.now(),
                };
                Some(classes::ensure(tx, &class).await?)
            }
        };
        let row = profiles::Training {
            id: system::fresh(),
            person_id: person,
            class_id,
            programme: training.programme.clone(),
            ended_on: training.ended_on,
            result: training
                .result
                .filter(|result| *result != training::Outcome::Unknown)
                .map(|r| r.as_str().to_owned()),
        };
        profiles::insert_training(tx, &row).await?;
    }
    for name in &draft.certificates {
        let row = profiles::Certificate {
            id: system::fresh(),
            person_id: person,
            name: name.clone(),
            issued_on: None,
            expires_on: None,
        };
        profiles::insert_certificate(tx, &row).await?;
    }
    for held in &draft.experience {
        let months = i64::from(held.months.unwrap_or(0).min(720));
        let row =
            profiles::Experience { id: system::fresh(), person_id: person, job: held.title.clone(), months };
        profiles::insert_experience(tx, &row).await?;
    }
    for skill in &draft.skills {
        profiles::insert_skill(tx, person, skill).await?;
    }
    Ok(())
}

/// Keeps evidence: a desil without source or date is a claim and is not stored as evidence. A disability is told by the
/// registration itself, and bears its day.
async fn store_evidence(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    draft: &PersonDraft,
) -> Result<(), AppError> {
    let today = app.clock.today();
    let mut found: Vec<(evidence::Criterion, i64, String, chrono::NaiveDate)> = Vec::new();
    if let Some((decile, source, dated)) = draft.desil.as_ref().and_then(DesilDraft::evidence) {
        found.push((evidence::Criterion::Desil, i64::from(decile), source.to_owned(), dated));
    }
    if let Some(Some(kind)) = draft.disability {
        found.push((evidence::Criterion::Disability, 1, disability_source(kind), today));
    }
    for (criterion, value, source, dated_on) in found {
        let row = Criterion {
            id: system::fresh::<RecordId>(),
            person_id: person,
            criterion,
            value,
            source,
            dated_on,
            expires_on: evidence::last_day(dated_on),
            organisation_id: acting.office(),
        };
        profiles::insert_criterion(tx, &row).await?;
    }
    Ok(())
}

fn disability_source(kind: Disability) -> String {
    format!("registration ({})", kind.as_str())
}
