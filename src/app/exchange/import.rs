//! Importing files: first every row is judged, then, if nothing stands against it, all are written in one transaction.
//! With `keep_going` the rows that can be taken are, and the others are listed; otherwise one bad row keeps all out.
use std::{collections::HashMap, path::Path};

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::{
    app::{App, AppError, access::acting::Acting, employers, people, vacancies},
    domain::{
        codes::{FieldCode, ProblemCode},
        education::Education,
        employer,
        ids::EmployerId,
        intake::{
            ads::{AdRow, KarirhubRow},
            employer::EmployerRow,
            fault::RowFault,
            person::PersonRow,
            problem::{FieldProblem, Judged},
            vacancy::{VacancyDraft, VacancyRow},
        },
        money::{Rupiah, minimum_wage},
        region::RegionCode,
        vacancy::{Event, State},
    },
    files::rows::{self, Format},
    sample,
    store::{Tx, employers as employer_rows},
    transact,
    words::{Language, id::files},
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
}

/// How to turn incomplete advertisements into published samples.
#[derive(Clone, Copy, Debug)]
pub struct AsSample {
    /// Days from today until they close.
    pub valid_days: u32,
    /// Decides in which villages they are placed.
    pub place_seed: u64,
}

/// One row that was not taken in, or a value that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Line in the file, from 1.
    pub line: u64,
    /// Stable code.
    pub code: String,
    /// A sentence in Bahasa Indonesia that names column and value.
    pub message: String,
    /// Whether the row was kept out.
    pub is_error: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows found.
    pub rows: u64,
    /// Rows taken in.
    pub written: u64,
    /// Rows that were known already and left as they are.
    pub known: u64,
    /// Rows kept out.
    pub refused: u64,
    /// Vacancies by the state they ended in.
    pub states: HashMap<String, u64>,
    /// How often each legal field is missing.
    pub missing: HashMap<String, u64>,
    /// What was noticed, errors and warnings.
    pub notes: Vec<Note>,
}

impl Report {
    fn note(&mut self, line: u64, problems: &[FieldProblem]) {
        self.notes.extend(problems.iter().map(|found| Note {
            line,
            code: found.code.to_string(),
            message: Language::default().column(found),
            is_error: found.is_error(),
        }));
    }

    fn refuse(&mut self, line: u64, code: FieldCode, message: String) {
        self.refused += 1;
        self.notes.push(Note { line, code: code.to_string(), message, is_error: true });
    }

    /// Whether something keeps the whole file out.
    fn stops(&self, options: &Options) -> bool {
        options.dry_run || (self.refused > 0 && !options.keep_going)
    }
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

/// Imports people.
pub async fn people(
    app: &App,
    acting: &Acting,
    path: &Path,
    format: Format,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let today = app.clock.today();
    let (mut report, drafts) = judge_file(path, format, move |row: &PersonRow| row.judge(today)).await?;
    if report.stops(options) {
        return Ok(report);
    }
    let (written, known, refused) = transact!(app, tx => {
        let (mut written, mut known, mut refused) = (0_u64, 0_u64, Vec::new());
        for (line, draft) in &drafts {
            match people::admit(app, tx, acting, draft).await {
                Ok(_) => written += 1,
                Err(AppError::Conflict { code: ProblemCode::NikKnown, .. }) => known += 1,
                Err(AppError::Invalid(issues)) if options.keep_going => refused.push((*line, issues)),
                Err(other) => return Err(other),
            }
            progress(written);
        }
        Ok((written, known, refused))
    })?;
    (report.written, report.known) = (written, known);
    for (line, issues) in refused {
        for issue in issues {
            report.refuse(line, issue.code, files::refused(&issue.field, &issue.value, issue.code));
        }
    }
    Ok(report)
}

/// Imports employers.
pub async fn employers(
    app: &App,
    path: &Path,
    format: Format,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let (mut report, drafts) = judge_file(path, format, |row: &EmployerRow| row.judge()).await?;
    if report.stops(options) {
        return Ok(report);
    }
    let (written, known) = transact!(app, tx => {
        let (mut written, mut known) = (0_u64, 0_u64);
        for (_, draft) in &drafts {
            match employers::register(app, tx, &Acting::terminal(), draft, options.as_sample.is_some()).await {
                Ok(row) => {
                    if options.as_sample.is_some() {
                        verify(app, tx, row.id).await?;
                    }
                    written += 1;
                }
                Err(AppError::Conflict { code: ProblemCode::NibKnown, .. }) => known += 1,
                Err(other) => return Err(other),
            }
            progress(written);
        }
        Ok((written, known))
    })?;
    (report.written, report.known) = (written, known);
    Ok(report)
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
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
    if format == Format::Csv {
        return Ok(Shape::Own);
    }
    let file = tokio::fs::File::open(path).await.map_err(RowFault::io)?;
    let mut head = Vec::new();
    BufReader::new(file).take(rows::LONGEST_LINE).read_until(b'\n', &mut head).await.map_err(RowFault::io)?;
    let text = String::from_utf8_lossy(&head);
    if text.contains("\"vacancyable_type\"") {
        return Ok(Shape::Karirhub);
    }
    let is_ad = text.contains("\"salary_text\"") || text.contains("\"company\"");
    Ok(if is_ad { Shape::Ads } else { Shape::Own })
}

/// Imports vacancies of any shape.
pub async fn vacancies(
    app: &App,
    path: &Path,
    format: Format,
    shape: Shape,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let today = app.clock.today();
    let (mut report, drafts) = match shape {
        Shape::Own => judge_file(path, format, move |row: &VacancyRow| row.judge(today)).await?,
        Shape::Ads => judge_file(path, format, |row: &AdRow| row.judge()).await?,
        Shape::Karirhub => judge_file(path, format, move |row: &KarirhubRow| row.judge(today)).await?,
    };
    for (_, draft) in &drafts {
        for field in draft.missing() {
            *report.missing.entry(field.as_str().to_owned()).or_default() += 1;
        }
    }
    if report.stops(options) {
        return Ok(report);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (written, known, states) = transact!(app, tx => {
        let mut written = 0_u64;
        let mut known = 0_u64;
        let mut states: HashMap<String, u64> = HashMap::new();
        for (line, draft) in &drafts {
            match enter(app, tx, &name, *line, draft, options).await {
                Ok(state) => {
                    written += 1;
                    *states.entry(state.as_str().to_owned()).or_default() += 1;
                }
                Err(AppError::Conflict { code: ProblemCode::SourceIdKnown, .. }) => known += 1,
                Err(other) => return Err(other),
            }
            progress(written);
        }
        Ok((written, known, states))
    })?;
    (report.written, report.known, report.states) = (written, known, states);
    Ok(report)
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
        enter(app, tx, "contoh", line, &draft, &options).await?;
        tick();
    }
    for row in &made.people {
        people::admit_row(app, tx, &Acting::terminal(), row).await?;
        tick();
    }
    Ok(())
}

/// Reads and judges a file away from the async workers.
async fn judge_file<R, D>(
    path: &Path,
    format: Format,
    judge: impl Fn(&R) -> Judged<D> + Send + 'static,
) -> Result<(Report, Vec<(u64, D)>), AppError>
where
    R: crate::domain::intake::Row + serde::de::DeserializeOwned + 'static,
    D: Send + 'static,
{
    let path = path.to_owned();
    let work = move || judge_rows(&path, format, judge);
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

fn judge_rows<R, D>(
    path: &Path,
    format: Format,
    judge: impl Fn(&R) -> Judged<D>,
) -> Result<(Report, Vec<(u64, D)>), AppError>
where
    R: crate::domain::intake::Row + serde::de::DeserializeOwned,
{
    let mut report = Report::default();
    let mut drafts = Vec::new();
    rows::each(path, format, |line, row: Result<R, RowFault>| {
        report.rows += 1;
        match row {
            Err(fault) => {
                report.refuse(line, FieldCode::UnreadableRow, Language::default().unreadable(&fault))
            }
            Ok(row) => {
                let judged = judge(&row);
                report.note(line, &judged.problems);
                match judged.draft {
                    Some(draft) => drafts.push((line, draft)),
                    None => report.refused += 1,
                }
            }
        }
        Ok::<(), RowFault>(())
    })?;
    Ok((report, drafts))
}

/// Stores one vacancy; as a sample it is completed and published.
async fn enter(
    app: &App,
    tx: &mut Tx,
    file: &str,
    line: u64,
    draft: &VacancyDraft,
    options: &Options,
) -> Result<State, AppError> {
    let acting = Acting::terminal();
    let employer = employer_of(app, tx, draft, options.as_sample.is_some()).await?;
    let origin = vacancies::Origin {
        sample: options.as_sample.is_some(),
        source: Some(draft.source.clone().unwrap_or_else(|| file.to_owned())),
        external_id: Some(draft.source_id.clone().unwrap_or_else(|| format!("baris {line}"))),
    };
    let Some(sample) = options.as_sample else {
        let row = vacancies::enter(app, tx, &acting, employer, draft, &origin).await?;
        if !row.missing.0.is_empty() {
            return Ok(row.state);
        }
        let done = vacancies::act(app, tx, &acting, row.id, Event::Complete.into()).await?;
        return Ok(done.state);
    };
    let completed = complete(draft, line, sample, app.clock.today());
    let row = vacancies::enter(app, tx, &acting, employer, &completed, &origin).await?;
    vacancies::act(app, tx, &acting, row.id, Event::Complete.into()).await?;
    let reason = Some(files::PUBLISHED_AS_SAMPLE.to_owned());
    let open =
        vacancies::act(app, tx, &acting, row.id, vacancies::VacancyStep { reason, ..Event::Publish.into() })
            .await?;
    Ok(open.state)
}

async fn employer_of(
    app: &App,
    tx: &mut Tx,
    draft: &VacancyDraft,
    sample: bool,
) -> Result<EmployerId, AppError> {
    if let Some(nib) = &draft.nib
        && let Some(known) = employer_rows::find_by_nib(tx, nib.as_str()).await?
    {
        return Ok(known.id);
    }
    let name = draft.employer.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = name.map_or_else(
        || files::unnamed_employer(draft.source.as_deref()),
        |name| name.chars().take(200).collect(),
    );
    let row = employers::register_by_name(app, tx, &Acting::terminal(), &name, sample).await?;
    if sample && row.state == employer::State::Registered {
        verify(app, tx, row.id).await?;
    }
    Ok(row.id)
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
