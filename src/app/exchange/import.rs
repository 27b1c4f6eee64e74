//! Importing files: first every row is judged, then, if nothing stands against it, all are written in one transaction.
//! With `keep_going` the rows that can be taken are, and the others are listed; otherwise one bad row keeps all out.
use std::path::Path;

use chrono::{Days, NaiveDate};

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        employers,
        exchange::{
            changes,
            judging::{self, judge_file},
            known::{self, Register},
            positions,
            report::Report,
        },
        people,
        vacancies::{self, Origin},
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        education::Education,
        employer,
        flag::{Answers, FlagKind},
        ids::EmployerId,
        intake::{
            ads::{AdRow, KarirhubRow},
            employer::EmployerRow,
            fault::RowFault,
            headings::Headings,
            person::{PersonDraft, PersonRow},
            vacancy::{VacancyDraft, VacancyRow},
        },
        money::{Rupiah, minimum_wage},
        region::RegionCode,
        vacancy::{Event, State},
    },
    files::rows::{self, Format},
    reading::criteria,
    sample,
    store::{Tx, employers as employer_rows},
    transact,
    words::{
        Language,
        id::{files, flags},
    },
};

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Write what can be written, list the rest.
    pub keep_going: bool,
    /// Judge only, write nothing.
    pub dry_run: bool,
    /// Complete and publish vacancies as samples.
    pub as_sample: Option<AsSample>,
    /// What headings mean, as somebody decided: pairs of a heading and a field, or `-`.
    pub map: Vec<(String, String)>,
}

impl Options {
    /// Whether nothing is to be written: it is a trial, or a row keeps the whole file out.
    fn stop(&self, report: &Report) -> bool {
        self.dry_run || (report.refused > 0 && !self.keep_going)
    }
}

/// How to turn incomplete advertisements into published samples.
#[derive(Clone, Copy, Debug)]
pub struct AsSample {
    /// Days from today until they close.
    pub valid_days: u32,
    /// Decides in which villages they are placed.
    pub place_seed: u64,
}

impl From<RowFault> for AppError {
    fn from(fault: RowFault) -> Self {
        Self::Invalid(vec![crate::app::error::FieldIssue::new(
            "file",
            FieldCode::UnreadableFile,
            Language::default().unreadable(&fault),
        )])
    }
}

/// Told how many rows are done.
pub type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// Imports people. A NIK that is known is left as it is; what the file says otherwise is named.
pub async fn people(
    app: &App,
    acting: &Acting,
    path: &Path,
    format: Format,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let today = app.clock.today();
    let judge =
        move |row: &PersonRow, headings: &Headings<PersonRow>| row.judge_under(headings.own("desil"), today);
    let mut file = judge_file(path, format, &options.map, judge).await?;
    file.refuse_twice("nik", |draft| draft.nik.clone());
    let called = |column: &str| judging::called(&file.names, column);
    let outcome = if options.stop(&file.report) {
        let mut tx = app.db.read().await?;
        let mut told = Report::default();
        for (line, draft) in &file.drafts {
            if let Some((_, changes)) = known::person(app, &mut tx, acting, draft, &called).await? {
                told.know(*line, &changes);
            }
        }
        tx.rollback().await?;
        told
    } else {
        transact!(app, tx => {
            let mut told = Report::default();
            for (line, draft) in &file.drafts {
                enter_person(app, tx, acting, (*line, draft), options, &called, &mut told).await?;
                progress(told.written);
            }
            Ok(told)
        })?
    };
    file.report.add(outcome);
    Ok(file.report.finished())
}

async fn enter_person(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    (line, draft): (u64, &PersonDraft),
    options: &Options,
    called: &(dyn Fn(&str) -> String + Sync),
    told: &mut Report,
) -> Result<(), AppError> {
    if let Some((_, changes)) = known::person(app, tx, acting, draft, called).await? {
        told.know(line, &changes);
        return Ok(());
    }
    match people::admit(app, tx, acting, draft).await {
        Ok(_) => told.written += 1,
        // The NIK of somebody who was erased at this moment, or of another import.
        Err(AppError::Conflict { code: ProblemCode::NikKnown, .. }) => told.know(line, &[]),
        Err(AppError::Invalid(issues)) if options.keep_going => {
            for issue in issues {
                let column = called(&issue.field);
                let message = files::refused(&column, &issue.value, issue.code, issue.limit);
                told.refuse(line, Some(&column), issue.code, message);
            }
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

/// Imports employers. A NIB that is known is left as it is; what the file says otherwise is named.
pub async fn employers(
    app: &App,
    path: &Path,
    format: Format,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let mut file = judge_file(path, format, &options.map, |row: &EmployerRow, _| row.judge()).await?;
    file.refuse_twice("nib", |draft| draft.nib.clone());
    let called = |column: &str| judging::called(&file.names, column);
    let outcome = if options.stop(&file.report) {
        let mut tx = app.db.read().await?;
        let mut told = Report::default();
        for (line, draft) in &file.drafts {
            if let Some(stored) = employer_rows::find_by_nib(&mut tx, draft.nib.as_str()).await? {
                told.know(*line, &changes::of_employer(draft, &stored, &called));
            }
        }
        tx.rollback().await?;
        told
    } else {
        transact!(app, tx => {
            let mut told = Report::default();
            for (line, draft) in &file.drafts {
                if let Some(stored) = employer_rows::find_by_nib(tx, draft.nib.as_str()).await? {
                    told.know(*line, &changes::of_employer(draft, &stored, &called));
                    continue;
                }
                let sample = options.as_sample.is_some();
                let row = employers::register(app, tx, &Acting::terminal(), draft, sample).await?;
                if sample {
                    verify(app, tx, row.id).await?;
                }
                told.written += 1;
                progress(told.written);
            }
            Ok(told)
        })?
    };
    file.report.add(outcome);
    Ok(file.report.finished())
}

/// Shapes of vacancy files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The project's own columns.
    Own,
    /// A collection of advertisements (`salary_text`, `company`, `posted`).
    Ads,
    /// The national portal's answers (`vacancyable_type`).
    Karirhub,
}

/// The shape of a vacancy file, told from its first row.
pub async fn shape(path: &Path, format: Format) -> Result<Shape, AppError> {
    if format == Format::Csv {
        return Ok(Shape::Own);
    }
    let path = path.to_owned();
    let text = tokio::task::spawn_blocking(move || rows::first_object(&path)).await;
    let text = text.map_err(|error| AppError::Internal(error.to_string()))??;
    if text.contains("\"vacancyable_type\"") {
        return Ok(Shape::Karirhub);
    }
    let is_ad = text.contains("\"salary_text\"") || text.contains("\"company\"");
    Ok(if is_ad { Shape::Ads } else { Shape::Own })
}

/// Imports vacancies of any shape. One that is known is left as it is; what the file says otherwise is named.
pub async fn vacancies(
    app: &App,
    path: &Path,
    format: Format,
    shape: Shape,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let (today, map) = (app.clock.today(), &options.map);
    let mut file = match shape {
        Shape::Own => judge_file(path, format, map, move |row: &VacancyRow, _| row.judge(today)).await?,
        Shape::Ads => judge_file(path, format, map, |row: &AdRow, _| row.judge()).await?,
        Shape::Karirhub => {
            judge_file(path, format, map, move |row: &KarirhubRow, _| row.judge(today)).await?
        }
    };
    let mut tx = app.db.read().await?;
    let mut register = Register::load(&mut tx).await?;
    positions::part(&mut register, &mut tx, &mut file).await?;
    for (line, draft) in &file.drafts {
        for field in draft.missing() {
            *file.report.missing.entry(field.as_str().to_owned()).or_default() += 1;
        }
        file.report.flag(*line, criteria::flags(draft, today));
    }
    register.refuse_twice(&mut file);
    let called = |column: &str| judging::called(&file.names, column);
    if options.stop(&file.report) {
        let mut told = Report::default();
        for (line, draft) in &file.drafts {
            if let Some(stored) = register.find(&mut tx, draft).await? {
                told.know(*line, &changes::of_vacancy(draft, stored, &called));
            }
        }
        tx.rollback().await?;
        file.report.add(told);
        return Ok(file.report.finished());
    }
    tx.rollback().await?;
    let outcome = transact!(app, tx => {
        let mut register = Register::load(tx).await?;
        let mut told = Report::default();
        for (line, draft) in &file.drafts {
            if let Some(stored) = register.find(tx, draft).await? {
                told.know(*line, &changes::of_vacancy(draft, stored, &called));
                continue;
            }
            let state = enter_row(app, tx, &mut register, (*line, draft), options).await?;
            told.written += 1;
            *told.states.entry(state.as_str().to_owned()).or_default() += 1;
            progress(told.written);
        }
        Ok(told)
    })?;
    file.report.add(outcome);
    Ok(file.report.finished())
}

/// Stores one row of a file that is not known.
async fn enter_row(
    app: &App,
    tx: &mut Tx,
    register: &mut Register,
    (line, draft): (u64, &VacancyDraft),
    options: &Options,
) -> Result<State, AppError> {
    let sample = options.as_sample.is_some();
    let employer = register.employer_or_new(app, tx, draft, sample).await?;
    if sample {
        ready(app, tx, employer).await?;
    }
    let origin = register.origin(draft, employer, sample);
    enter(app, tx, (employer, &origin), line, draft, options).await
}

/// The employer of a sample is verified.
async fn ready(app: &App, tx: &mut Tx, employer: EmployerId) -> Result<(), AppError> {
    let row = employer_rows::find(tx, employer).await?;
    if row.is_some_and(|row| row.state == employer::State::Registered) {
        verify(app, tx, employer).await?;
    }
    Ok(())
}

/// Takes in an invented regency: employers verified, vacancies published, people registered. `tick` is told each row.
pub async fn regency(
    app: &App,
    tx: &mut Tx,
    made: &sample::Sample,
    tick: &(dyn Fn() + Sync),
) -> Result<(), AppError> {
    let today = app.clock.today();
    for row in &made.employers {
        let (draft, _) = row.judge().into_result().map_err(|all| people::issues(&all))?;
        let employer = employers::register(app, tx, &Acting::terminal(), &draft, true).await?;
        verify(app, tx, employer.id).await?;
        tick();
    }
    let as_sample = Some(AsSample { valid_days: 60, place_seed: 1 });
    let options = Options { as_sample, ..Options::default() };
    for (line, row) in (1..).zip(&made.vacancies) {
        let (draft, _) = row.judge(today).into_result().map_err(|all| people::issues(&all))?;
        let nib = draft.nib.as_ref().map(|nib| nib.as_str()).unwrap_or_default();
        let employer = employer_rows::find_by_nib(tx, nib).await?;
        let employer = employer.ok_or_else(|| AppError::field("nib", FieldCode::UnknownEmployer, nib))?;
        // An invented employer may offer one job twice: here the number makes the difference.
        let external_id = Some(format!("baris {line}"));
        let origin = Origin { sample: true, source: Some("contoh".to_owned()), external_id };
        enter(app, tx, (employer.id, &origin), line, &draft, &options).await?;
        tick();
    }
    for row in &made.people {
        let (draft, _) = row.judge(today).into_result().map_err(|all| people::issues(&all))?;
        people::admit(app, tx, &Acting::terminal(), &draft).await?;
        tick();
    }
    Ok(())
}

/// Stores one vacancy; as a sample it is completed and published.
async fn enter(
    app: &App,
    tx: &mut Tx,
    (employer, origin): (EmployerId, &Origin),
    line: u64,
    draft: &VacancyDraft,
    options: &Options,
) -> Result<State, AppError> {
    let acting = Acting::terminal();
    let Some(sample) = options.as_sample else {
        let row = vacancies::enter(app, tx, &acting, employer, draft, origin).await?;
        if !row.missing.0.is_empty() {
            return Ok(row.state);
        }
        let done = vacancies::act(app, tx, &acting, row.id, Event::Complete.into()).await?;
        return Ok(done.state);
    };
    let completed = complete(draft, line, sample, app.clock.today());
    let row = vacancies::enter(app, tx, &acting, employer, &completed, origin).await?;
    let submitted = vacancies::act(app, tx, &acting, row.id, Event::Complete.into()).await?;
    let kinds = row.flags.0.iter().map(|flag| flag.kind);
    // No invented reason lets a fee or a kept diploma through, not even on a sample.
    if !kinds.clone().all(FlagKind::can_be_justified) {
        return Ok(submitted.state);
    }
    let reasons = kinds.map(|kind| (kind, flags::of_sample(kind).to_owned())).collect();
    let answers = Answers { reasons, ..Answers::default() };
    let reason = Some(files::PUBLISHED_AS_SAMPLE.to_owned());
    let publish = vacancies::VacancyStep { reason, answers, ..Event::Publish.into() };
    let open = vacancies::act(app, tx, &acting, row.id, publish).await?;
    Ok(open.state)
}

async fn verify(app: &App, tx: &mut Tx, id: EmployerId) -> Result<(), AppError> {
    employers::change(app, tx, &Acting::terminal(), id, employer::Event::Verify, None, None).await?;
    Ok(())
}

/// Fills what an advertisement leaves out, so that it can be published as a sample. Nothing it says is changed, except a
/// closing date that is over.
fn complete(draft: &VacancyDraft, line: u64, sample: AsSample, today: NaiveDate) -> VacancyDraft {
    let closes_on = today.checked_add_days(Days::new(u64::from(sample.valid_days))).unwrap_or(today);
    let village: RegionCode = draft.village.unwrap_or_else(|| sample::place_ad(line, sample.place_seed));
    let floor = || minimum_wage(village, chrono::Datelike::year(&today)).map(|wage| wage.amount);
    let wage_min: Option<Rupiah> = draft.wage_min.or(draft.wage_max).or_else(floor);
    VacancyDraft {
        village: Some(village),
        seats: draft.seats.or(Some(1)),
        wage_min,
        wage_max: draft.wage_max.or(wage_min),
        working_hours: draft.working_hours.clone().or_else(|| Some(files::SAMPLE_HOURS.to_owned())),
        conditions: draft.conditions.clone().or_else(|| Some(files::SAMPLE_CONDITIONS.to_owned())),
        education_min: draft.education_min.or(Some(Education::Tsd)),
        experience_months: draft.experience_months.or(Some(0)),
        skills: draft.skills.clone().or_else(|| Some(Vec::new())),
        closes_on: draft.closes_on.filter(|last| *last >= today).or(Some(closes_on)),
        ..draft.clone()
    }
}
