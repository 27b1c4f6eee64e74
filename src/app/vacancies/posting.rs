//! Posting and moving vacancies on behalf of a session: whose they are, which right an officer needs, and what a form
//! may leave to be filled in; announcing hiring plans. The rules of the events are in `vacancies` and `domain::vacancy`.
use chrono::{Days, NaiveDate};

use crate::{
    app::{
        App, AppError,
        access::{Right, Session, acting::Acting},
        readings,
        vacancies::{self, Origin, Revision, VacancyStep},
    },
    domain::{
        codes::FieldCode,
        education::Education,
        flag::Answers,
        ids::{EmployerId, VacancyId},
        intake::{
            vacancy::{VacancyDraft, VacancyRow},
            words::EmploymentType,
        },
        machine::Need,
        region::RegionCode,
        vacancy::{self, CloseReason, Event, State},
    },
    store::{
        Tx,
        employers::{self, Employer},
        vacancies::{self as rows, Vacancy},
    },
};

/// Days a vacancy runs when the form names no end.
const DAYS_OPEN: u64 = 30;

/// The longest regular week (UU 13/2003 Ps 77): what is meant when nobody says otherwise.
const REGULAR_WEEK: &str = "40 jam per minggu";

/// A vacancy as a form hands it over.
pub struct Form<'a> {
    /// Whose, when an officer posts it.
    pub employer: Option<EmployerId>,
    /// The fields.
    pub row: &'a VacancyRow,
    /// Whether fields left out are filled in from the employer's data and its last vacancy.
    pub prefill: bool,
}

/// Stores a new draft. Gives it with the fields that were filled in for the author to check.
pub async fn post(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    form: &Form<'_>,
) -> Result<(Vacancy, Vec<&'static str>), AppError> {
    let acting = session.acting()?;
    let id = owner(acting.reach().vacancies()?, form.employer)?;
    let employer = employers::find(tx, id)
        .await?
        .ok_or_else(|| AppError::field("employer_id", FieldCode::UnknownEmployer, id))?;
    let mut draft = judged(app, form.row)?;
    let filled = if form.prefill {
        let last = rows::last_of_employer(tx, id).await?;
        prefill(&mut draft, &employer, last.as_ref(), app.clock.today())
    } else {
        Vec::new()
    };
    let vacancy = vacancies::enter(app, tx, &acting, id, &draft, &Origin::default()).await?;
    Ok((vacancy, filled))
}

/// An edited vacancy as a form hands it over.
#[derive(Clone, Copy)]
pub struct Edited<'a> {
    /// The fields.
    pub row: &'a VacancyRow,
    /// An officer's reasons for what is flagged.
    pub answers: &'a Answers,
    /// The version the caller saw.
    pub expected: i64,
}

/// Replaces the content of a vacancy. One that is published is changed only by an officer who verifies.
pub async fn edit(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    id: VacancyId,
    edited: &Edited<'_>,
) -> Result<Vacancy, AppError> {
    let acting = session.acting()?;
    let found = rows::find(tx, acting.reach().vacancies()?, id).await?.ok_or(AppError::NotFound)?;
    check_right(&acting, found.state, Event::Edit)?;
    let draft = judged(app, edited.row)?;
    let Edited { answers, expected, .. } = *edited;
    let revision = Revision { draft: &draft, answers, expected };
    vacancies::edit(app, tx, &acting, id, &revision).await
}

/// Lets an event happen to a vacancy. `submit` also hands in one that was sent back as incomplete.
pub async fn act(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    id: VacancyId,
    deed: VacancyStep,
) -> Result<Vacancy, AppError> {
    let acting = session.acting()?;
    let found = rows::find(tx, acting.reach().vacancies()?, id).await?.ok_or(AppError::NotFound)?;
    let event = match (deed.event, found.state) {
        (Event::Submit, State::Incomplete) => Event::Complete,
        (event, _) => event,
    };
    check_right(&acting, found.state, event)?;
    if event == Event::Close
        && let Some(code) = &deed.reason
    {
        code.parse::<CloseReason>().map_err(|_| AppError::field("reason", FieldCode::UnknownReason, code))?;
    }
    vacancies::act(app, tx, &acting, id, VacancyStep { event, ..deed }).await
}

/// The right an officer needs besides the role, where the table asks for one.
fn check_right(acting: &Acting, state: State, event: Event) -> Result<(), AppError> {
    let needs = vacancy::needs(Some(state), event, acting.capacity()?).unwrap_or_default();
    if needs.contains(&Need::VerifyRight) { acting.may(Right::Verify) } else { Ok(()) }
}

/// An employer's login posts for itself, an officer names the employer.
fn owner(own: Option<EmployerId>, named: Option<EmployerId>) -> Result<EmployerId, AppError> {
    match (own, named) {
        (Some(own), Some(named)) if own != named => {
            Err(AppError::field("employer_id", FieldCode::UnknownEmployer, named))
        }
        (own, named) => own.or(named).ok_or_else(|| AppError::field("employer_id", FieldCode::Required, "")),
    }
}

fn judged(app: &App, row: &VacancyRow) -> Result<VacancyDraft, AppError> {
    let (draft, _warnings) =
        row.judge(app.clock.today()).into_result().map_err(|all| crate::app::people::issues(&all))?;
    Ok(draft)
}

/// Fills what was left out: the place from the employer's seat, shuttle, dormitory and shifts as the text says, the rest
/// from its last vacancy or the common case. A wage, seats, title and skills are never guessed. Gives the names of the fields it filled.
fn prefill(
    draft: &mut VacancyDraft,
    employer: &Employer,
    last: Option<&Vacancy>,
    today: NaiveDate,
) -> Vec<&'static str> {
    let mut filled = Vec::new();
    let village = |code: &Option<String>| code.as_deref().and_then(|code| RegionCode::parse(code).ok());
    let seat = village(&employer.village);
    let place = last.and_then(|last| village(&last.village)).or(seat);
    set(&mut draft.village, place, "village", &mut filled);
    let hours = last.and_then(|last| last.working_hours.clone());
    let hours = hours.unwrap_or_else(|| REGULAR_WEEK.to_owned());
    set(&mut draft.working_hours, Some(hours), "working_hours", &mut filled);
    let conditions = last.and_then(|last| last.conditions.clone());
    set(&mut draft.conditions, conditions, "conditions", &mut filled);
    let read = readings::read_arrangements(draft);
    let shuttle = read.shuttle.or_else(|| last?.shuttle);
    set(&mut draft.shuttle, shuttle, "shuttle", &mut filled);
    let dormitory = read.dormitory.or_else(|| last?.dormitory);
    set(&mut draft.dormitory, dormitory, "dormitory", &mut filled);
    set(&mut draft.shifts, read.shifts, "shifts", &mut filled);
    let contract = last.and_then(|last| EmploymentType::parse(last.employment_type.as_deref()?));
    set(&mut draft.employment_type, contract, "employment_type", &mut filled);
    let education = last.and_then(|last| Education::parse(last.education_min.as_deref()?));
    set(&mut draft.education_min, education, "education_min", &mut filled);
    set(&mut draft.experience_months, Some(0), "experience_months", &mut filled);
    let end = today.checked_add_days(Days::new(DAYS_OPEN));
    set(&mut draft.closes_on, end, "closes_on", &mut filled);
    filled
}

fn set<T>(field: &mut Option<T>, value: Option<T>, name: &'static str, filled: &mut Vec<&'static str>) {
    if field.is_none() && value.is_some() {
        *field = value;
        filled.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_officer_names_the_employer_and_a_login_cannot_name_another() {
        let (own, other) = (EmployerId(uuid::Uuid::from_u128(1)), EmployerId(uuid::Uuid::from_u128(2)));
        assert_eq!(owner(Some(own), None).unwrap(), own);
        assert_eq!(owner(None, Some(other)).unwrap(), other);
        assert!(owner(Some(own), Some(other)).is_err());
        assert!(owner(None, None).is_err());
    }

    #[test]
    fn what_was_typed_is_kept() {
        let mut filled = Vec::new();
        let mut typed = Some(3);
        set(&mut typed, Some(4), "typed", &mut filled);
        let mut empty = None;
        set(&mut empty, Some(4), "empty", &mut filled);
        assert_eq!((typed, empty, filled), (Some(3), Some(4), vec!["empty"]));
    }
}
