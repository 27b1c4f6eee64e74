//! What officers must decide about in a vacancy: judging it, taking their reasons, judging open ones again when the finder
//! has learnt. Belongs here: which flags are kept, and when. Does not belong here: finding them (`reading::criteria`) and
//! when a reason counts (`domain::flag`).
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    app::{
        App, AppError,
        access::{Verifying, acting::Acting},
        audit::{self, AuditEvent},
        error::{FieldIssue, FlagIssue},
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        flag::{self, Answers, FlagKind, Kept, MOST_CHARACTERS, Unanswered},
        ids::VacancyId,
        intake::{vacancy::VacancyDraft, words::EmploymentType},
        money::Rupiah,
        nik::Sex,
        region::RegionCode,
        vacancy::State,
    },
    reading::criteria,
    store::{
        Tx, flags,
        vacancies::{self, Vacancy},
    },
    transact,
};

/// The flags of a draft; reasons that still hold are kept.
pub(super) fn of_draft(draft: &VacancyDraft, before: &Vacancy, today: NaiveDate) -> Vec<Kept> {
    flag::keep(&criteria::flags(draft, today), &known(before), false)
}

/// The flags of a vacancy as it is stored, judged anew.
pub fn of_row(row: &Vacancy, found_later: bool, today: NaiveDate) -> Vec<Kept> {
    flag::join(&criteria::flags(&draft_of(row), today), &known(row), found_later)
}

/// The flags a vacancy has. An earlier program kept kinds alone and one reason for all of them.
fn known(row: &Vacancy) -> Vec<Kept> {
    let mut flags = row.flags.0.clone();
    for flag in flags.iter_mut().filter(|flag| flag.evidence.is_empty() && flag.reason.is_none()) {
        flag.reason.clone_from(&row.written_reason);
    }
    flags
}

/// What a finder reads, of a stored vacancy.
fn draft_of(row: &Vacancy) -> VacancyDraft {
    let age = |age: Option<i64>| age.and_then(|age| u32::try_from(age).ok());
    VacancyDraft {
        title: Some(row.title.clone()),
        description: row.description.clone(),
        conditions: row.conditions.clone(),
        working_hours: row.working_hours.clone(),
        skills: Some(row.skills.0.clone()),
        age_min: age(row.age_min),
        age_max: age(row.age_max),
        sex: row.sex.as_deref().and_then(Sex::parse),
        marital_status: row.marital_status.clone(),
        wage_min: row.wage_min.map(Rupiah),
        wage_max: row.wage_max.map(Rupiah),
        village: row.village.as_deref().and_then(|code| RegionCode::parse(code).ok()),
        employment_type: row.employment_type.as_deref().and_then(EmploymentType::parse),
        ..VacancyDraft::default()
    }
}

/// Since when flags wait for an officer: since they were found, until none does.
pub(super) fn open_since(
    flags: &[Kept],
    before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    flags.iter().any(Kept::awaits).then(|| before.unwrap_or(now))
}

/// Writes an officer's reasons into the flags of what everybody is to see: each needs one of its own.
pub(super) fn answered(mut flags: Vec<Kept>, answers: &Answers) -> Result<Vec<Kept>, AppError> {
    match flag::answer(&mut flags, answers) {
        Ok(()) => Ok(flags),
        Err(refused) => Err(AppError::Invalid(refused.iter().map(|(flag, why)| issue(flag, *why)).collect())),
    }
}

/// Refuses reasons where nobody asks for them: before a vacancy is published its flags wait.
pub fn unasked(answers: &Answers) -> Result<(), AppError> {
    if *answers == Answers::default() {
        return Ok(());
    }
    Err(AppError::field("reasons", FieldCode::Unacceptable, ""))
}

fn issue(flag: &Kept, why: Unanswered) -> FieldIssue {
    let field = format!("reasons.{}", flag.kind);
    let (code, other) = match why {
        Unanswered::Silent => (FieldCode::Required, None),
        Unanswered::Short => (FieldCode::ReasonTooShort, None),
        Unanswered::Repeated(other) => (FieldCode::ReasonRepeated, Some(other)),
        Unanswered::Forbidden => (FieldCode::FlagForbidden, None),
        Unanswered::Absent => (FieldCode::FlagAbsent, None),
        Unanswered::Long => return FieldIssue::too_long(&field, MOST_CHARACTERS),
    };
    let about = FlagIssue { kind: flag.kind, sentence: flag.sentence().to_owned(), other };
    FieldIssue { flag: Some(about), ..FieldIssue::new(&field, code, "") }
}

/// The reasons as the history keeps them, one a line by the flag's code.
pub(super) fn told(answers: &Answers) -> Option<String> {
    let line = |(kind, reason): (&FlagKind, &String)| {
        let misread = if answers.misread.contains(kind) { " (misread)" } else { "" };
        format!("{kind}{misread}: {}", reason.trim())
    };
    let lines: Vec<String> = answers.reasons.iter().map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Takes an officer's reasons for flags of a vacancy that was published, without changing anything else of it.
pub async fn answer(
    app: &App,
    tx: &mut Tx,
    officer: &Verifying,
    id: VacancyId,
    expected: i64,
    answers: &Answers,
) -> Result<(), AppError> {
    let counters = super::locked(tx, None, id).await?;
    if counters.version != expected {
        return Err(AppError::Stale { given: expected, present: counters.version });
    }
    if !matches!(counters.state, State::Open | State::Paused | State::Filled) {
        return Err(AppError::conflict(ProblemCode::WrongState, counters.state));
    }
    let row = vacancies::find(tx, None, id).await?.ok_or(AppError::NotFound)?;
    let flags = answered(known(&row), answers)?;
    let now = app.clock.now();
    if flags::answer(tx, id, expected, Json(flags), now).await? == 0 {
        return Err(AppError::Stale { given: expected, present: expected + 1 });
    }
    audit::write(tx, &officer.acting(), now, AuditEvent::FlagsAnswered(id)).await
}

/// Open vacancies that the present finder has not judged.
pub async fn judged_otherwise(app: &App) -> Result<Vec<VacancyId>, AppError> {
    let mut tx = app.db.read().await?;
    let found = flags::judged_otherwise(&mut tx, criteria::version()).await?;
    tx.rollback().await?;
    Ok(found)
}

/// Judges an open vacancy again: what is new waits for an officer, and nothing else happens to it. False when it is no
/// longer open, or was judged meanwhile.
pub async fn judge_again(app: &App, id: VacancyId) -> Result<bool, AppError> {
    transact!(app, tx => {
        let finder = criteria::version();
        super::locked(tx, None, id).await?;
        let row = vacancies::find(tx, None, id).await?.ok_or(AppError::NotFound)?;
        if row.judged_by == finder {
            return Ok(false);
        }
        let now = app.clock.now();
        let flags = of_row(&row, true, app.clock.today());
        let waits = open_since(&flags, row.flags_open_since, now);
        let is_news = waits.is_some() && flags != row.flags.0;
        if flags::set_judgement(tx, id, Json(flags), finder, waits).await? == 0 {
            return Ok(false);
        }
        if is_news {
            audit::write(tx, &Acting::system(), now, AuditEvent::FlagsFound(id)).await?;
        }
        Ok(true)
    })
}
