//! The past of an invented regency: half a year of an office, day by day, through the use cases that everybody else goes
//! through. Nothing is written beside them.
//!
//! Belongs here: who does what on which day, drawn from a seed; the clock that is moved meanwhile. Does not belong here: the
//! people, the ads and their words (`sample`), rules (`domain`), sentences (`words`). The same seed and the same last day give
//! the same past on every database: ids are seeded (`app::system::SeededIds`), and whoever is asked is asked in a fixed order.
//!
//! Some days are written down (`script`): runs, classes, complaints, a suspension. Everything else follows from what lies on
//! the desks that morning: officers in `office`, residents in `residents`, employers in `firms`; `books` knows what there is.
mod books;
mod cast;
mod clock;
mod firms;
mod office;
mod residents;
mod script;
mod steps;
mod texts;
mod told;
mod vacancies;

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::AtomicU32},
};

use chrono::{Months, NaiveDate};
use serde_json::Value;

use crate::{
    app::{
        App, AppError,
        access::Session,
        applications::{
            self,
            workflow::{Details, Outcome},
        },
        calendar,
        jobs::{JOBS, Resources},
        policies,
        runs::{
            computing::{self, Request},
            publish::{self, Published},
        },
        system::{self, SeededIds},
    },
    domain::{
        application::{Event, State},
        calendar::Calendar,
        clock::Clock,
        ids::RunId,
        job::Name,
    },
    sample::{MOST_PEOPLE, SampleParams, believable, rng::Rng},
    store::applications::Application,
    transact,
};

use self::{books::Books, cast::Cast, clock::Stepped};
pub use self::{
    cast::LOGINS,
    told::{Told, present},
};

/// Told after every day.
pub type Tick<'a> = &'a (dyn Fn() + Sync);

/// Which past is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// People who are registered in the end, besides the members of three classes and the nominees of an agency.
    pub people: u32,
    /// Months before today in which it begins, 1 to 24.
    pub months: u32,
    /// Seed of everything drawn.
    pub seed: u64,
    /// The day after the past.
    pub today: NaiveDate,
    /// Hash of the password of every login.
    pub password_hash: String,
}

/// A past that is being lived.
pub struct Past {
    /// The application with the moved clock.
    app: App,
    clock: Arc<Stepped>,
    ids: Arc<SeededIds>,
    /// Of what is written beside the story, which it must not change.
    beside: Arc<SeededIds>,
    rng: Rng,
    wanted: Wanted,
    params: SampleParams,
    /// The ads of the sample, in the order in which they are handed in.
    ads: Vec<believable::Wanted>,
    calendar: Calendar,
    /// The working days of the past, and how many of them are over.
    days: Vec<NaiveDate>,
    over: usize,
    cast: Cast,
    books: Books,
}

/// A run that was computed and published.
#[derive(Debug)]
pub struct Ran {
    pub run: RunId,
    /// Its figures.
    pub summary: Value,
    pub published: Published,
}

/// Jobs that somebody would miss on a day; the others work on what a past has none of.
const DAILY: [Name; 7] = [
    Name::ExpireVacancies,
    Name::PauseSuspended,
    Name::RemindEmployers,
    Name::LapseAnswers,
    Name::ServeWaiting,
    Name::TellLate,
    Name::SendMessages,
];

/// Place of the employer that is suspended in the cast.
const SUSPECT: usize = 14;

/// Working days before the end in which states are kept from running dry, and the applications kept in each.
const CLOSING_DAYS: usize = 5;
const KEPT: usize = 8;

impl Past {
    /// Begins a past in an empty database: offices, logins, employers, their first vacancies, the people who were registered
    /// already, and the first run, which is computed and not published yet.
    pub async fn begin(app: &App, wanted: &Wanted, tick: Tick<'_>) -> Result<(Self, RunId, Value), AppError> {
        let mut tx = app.db.read().await?;
        let first = wanted.today - Months::new(wanted.months.clamp(1, 24));
        let calendar = calendar::working_days(&mut tx, first).await?;
        tx.rollback().await?;
        let days: Vec<NaiveDate> = first
            .iter_days()
            .take_while(|day| *day < wanted.today)
            .filter(|day| calendar.is_working_day(*day))
            .collect();
        let start = days.first().copied().unwrap_or(first);
        let clock = Arc::new(Stepped::at(start));
        let ids = SeededIds::new(Arc::clone(&clock) as Arc<dyn Clock>, wanted.seed);
        let app = App { clock: Arc::clone(&clock) as Arc<dyn Clock>, ..app.clone() };
        let params = size(wanted, start);
        let begun = async {
            let cast = Cast::assemble(&app, &params, wanted).await?;
            let firms: Vec<_> = cast.firms.iter().map(|at| at.firm.clone()).collect();
            let ads = believable::wanted(&params, &firms);
            let books = Books::of(&params);
            let rng = Rng::new(wanted.seed, 40, 0);
            let beside = SeededIds::new(Arc::clone(&clock) as Arc<dyn Clock>, !wanted.seed);
            let (wanted, ids) = (wanted.clone(), Arc::clone(&ids));
            let mut past = Self {
                app,
                clock,
                ids,
                beside,
                rng,
                wanted,
                params,
                ads,
                calendar,
                days,
                over: 0,
                cast,
                books,
            };
            while past.over < past.run_days()[0] {
                Box::pin(past.live_a_day()).await?;
                tick();
            }
            past.clock.begin(past.today());
            let (run, summary) = past.compute().await?;
            Ok((past, run, summary))
        };
        system::with_ids(&ids, Box::pin(begun)).await
    }

    /// Working days of the whole past, and how many are over.
    pub fn days(&self) -> (usize, usize) {
        (self.days.len(), self.over)
    }

    /// The day that is lived: after `begin` that of the first run, after `go_on` that of the last one.
    pub fn day(&self) -> NaiveDate {
        self.today()
    }

    /// The first run as it was computed is published, and the rest is lived. Gives the last run.
    pub async fn go_on(&mut self, first: RunId, tick: Tick<'_>) -> Result<Ran, AppError> {
        let ids = Arc::clone(&self.ids);
        let lived = async {
            let by = self.cast.officer(0).confirming()?.acting();
            publish::publish(&self.app, &by, first).await?;
            let mut last = None;
            while self.over < self.days.len() {
                last = Box::pin(self.live_a_day()).await?.or(last);
                tick();
            }
            last.ok_or_else(|| AppError::Internal("a past without a last run".to_owned()))
        };
        system::with_ids(&ids, Box::pin(lived)).await
    }

    /// The business day that is lived.
    fn today(&self) -> NaiveDate {
        self.days.get(self.over).or(self.days.last()).copied().unwrap_or(self.wanted.today)
    }

    /// Working days that are left after today.
    fn left(&self) -> usize {
        self.days.len().saturating_sub(self.over + 1)
    }

    /// The working day at so many hundredths of the past.
    fn day_at(&self, percent: usize) -> usize {
        self.days.len().saturating_sub(1) * percent / 100
    }

    /// The days on which runs are published: soon after the beginning, then again and again, the last one at the end.
    fn run_days(&self) -> [usize; 5] {
        [
            self.day_at(6).max(7),
            self.day_at(36),
            self.day_at(64),
            self.day_at(92),
            self.days.len().saturating_sub(1),
        ]
    }

    async fn live_a_day(&mut self) -> Result<Option<Ran>, AppError> {
        self.clock.begin(self.today());
        self.morning().await?;
        Box::pin(self.script()).await?;
        self.look().await?;
        Box::pin(self.employers_answer()).await?;
        Box::pin(self.residents_answer()).await?;
        Box::pin(self.officers_answer()).await?;
        Box::pin(self.answer_texts()).await?;
        Box::pin(self.send_texts()).await?;
        Box::pin(self.ask_whether_they_still_work()).await?;
        Box::pin(self.answer_next_steps()).await?;
        let ran = if self.run_days().get(1..).is_some_and(|days| days.contains(&self.over)) {
            Some(Box::pin(self.run()).await?)
        } else {
            None
        };
        if self.left() == 0 {
            Box::pin(self.leave_work_for_today()).await?;
        }
        self.over += 1;
        Ok(ran)
    }

    /// What the service does by itself over night.
    async fn morning(&self) -> Result<(), AppError> {
        let on = Resources { app: self.app.clone(), indexer: None, post: Arc::default() };
        let weekly = self.over.is_multiple_of(5) || self.left() == 0;
        let due = |name: Name| DAILY.contains(&name) || (weekly && name == Name::SealAudit);
        for job in JOBS.iter().filter(|job| due(job.name)) {
            job.work(&on).await?;
        }
        Ok(())
    }

    async fn compute(&self) -> Result<(RunId, Value), AppError> {
        let request = Request {
            policy: policies::policy(&self.app, policies::DEFAULT_POLICY).await?,
            as_of: self.today(),
            seed: i64::try_from(self.wanted.seed >> 1).unwrap_or_default(),
            started_by: Some(self.cast.officer(0).account),
        };
        let run = computing::begin(&self.app, &request).await?;
        let summary = computing::work(&self.app, run, &request, Arc::new(AtomicU32::new(0))).await?;
        Ok((run, summary))
    }

    async fn run(&mut self) -> Result<Ran, AppError> {
        self.pass();
        let (run, summary) = self.compute().await?;
        self.pass();
        let by = self.cast.officer(0).confirming()?.acting();
        let published = publish::publish(&self.app, &by, run).await?;
        Ok(Ran { run, summary, published })
    }

    /// A deed takes its time.
    fn pass(&mut self) {
        self.clock.pass(self.rng.between(20, 90));
    }

    /// Whether the end is near and a state holds few: then it is chosen more often.
    fn wants(&self, state: State) -> bool {
        self.left() < CLOSING_DAYS && self.books.count(state) <= KEPT
    }

    /// Whether an application may be taken further: at the end every state keeps some.
    fn may_leave(&self, state: State) -> bool {
        !self.wants(state)
    }

    /// Lets an event happen to an application; false when the rules or the moment do not allow it.
    async fn act(
        &mut self,
        who: &Session,
        what: &Application,
        event: Event,
        details: &Details,
    ) -> Result<bool, AppError> {
        self.pass();
        let app = &self.app;
        let done: Result<Outcome, AppError> = async {
            transact!(app, tx => applications::act(app, tx, who, what.id, event, details, what.version).await)
        }
        .await;
        let Some(outcome) = happened(done)? else { return Ok(false) };
        self.books.note(&outcome);
        Ok(true)
    }
}

/// How big the regency is: as many seats over the whole time as people, and no more
/// than an office has in half a year.
fn size(wanted: &Wanted, start: NaiveDate) -> SampleParams {
    let people = wanted.people.min(MOST_PEOPLE - 10_000);
    let vacancies = (people / 8).clamp(64, 90);
    let seats = people.clamp(vacancies * 5, 3_000);
    SampleParams { people, vacancies, seats, employers: 24, seed: wanted.seed, today: start }
}

/// What was done, or nothing where the rules or the moment did not allow it: a person who was hired meanwhile, a slot that is
/// taken, a page that was out of date.
fn happened<T>(outcome: Result<T, AppError>) -> Result<Option<T>, AppError> {
    match outcome {
        Ok(done) => Ok(Some(done)),
        Err(AppError::Conflict { .. } | AppError::Stale { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// So many of each state.
type Counts = BTreeMap<State, usize>;
