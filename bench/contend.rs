//! Many hands fight for few seats: tasks confirm, hire and take back through the use cases, then an SQL query that shares
//! nothing with them judges the outcome. `contend setup URL`, `contend run URL ..` (as many processes at once as wanted),
//! `contend judge URL`. Exit code 1 when a limit was broken.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]
use std::{
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use clap::{Parser, Subcommand};
use padankerja::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow::{self, ConsentDraft, Details, Start},
        employers, keys, people,
        system::SystemClock,
        vacancies::{self, Origin},
    },
    domain::{
        application::{Event, State, reason},
        clock::Clock,
        employer,
        flag::Answers,
        ids::{ApplicationId, PersonId, VacancyId},
        vacancy,
    },
    sample,
    store::{Db, applications, people as people_rows, vacancies as vacancy_rows},
    transact,
    words::id::flags,
};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes 200 vacancies of 1 to 3 seats and 1,000 people
    Setup { url: String },
    /// Fights
    Run {
        url: String,
        /// Tasks at once
        #[arg(long, default_value_t = 64)]
        tasks: u64,
        /// Confirms and hires tried in all
        #[arg(long, default_value_t = 50_000)]
        operations: u64,
        /// Decides who tries what
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Judges
    Judge { url: String },
}

const VACANCIES: u32 = 200;
const PEOPLE: u32 = 1_000;
/// Applications of a vacancy that are made to fight each other.
const CROWD: usize = 12;

/// What must never be: each row is a broken limit.
const JUDGE: &str = "select \
 (select count(*) from vacancies v where (select count(*) from applications a where a.vacancy_id = v.id \
   and a.state in ('hired', 'started')) > v.seats) \
 + (select count(*) from vacancies v where (select count(*) from applications a where a.vacancy_id = v.id \
   and a.state in ('confirmed', 'referred', 'interview', 'offered')) > v.slots) \
 + (select count(*) from people p where (select count(*) from applications a where a.person_id = p.id \
   and a.state in ('confirmed', 'referred', 'interview', 'offered')) > 3) \
 + (select count(*) from people p where (select count(*) from applications a where a.person_id = p.id \
   and a.state in ('hired', 'started')) > 1) \
 + (select count(*) from vacancies v where v.taken <> (select count(*) from applications a where a.vacancy_id = v.id \
   and a.state in ('hired', 'started')) or v.live <> (select count(*) from applications a where a.vacancy_id = v.id \
   and a.state in ('confirmed', 'referred', 'interview', 'offered'))) \
 + (select count(*) from applications a where a.version <> (select count(*) from application_events e \
   where e.application_id = a.id)) \
 + (select abs((select count(*) from application_events) - (select count(*) from audit \
   where action like 'application.%')))";

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            println!("failed: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, AppError> {
    match command {
        Command::Setup { url } => setup(&open(&url).await?).await,
        Command::Run { url, tasks, operations, seed } => {
            fight(open(&url).await?, tasks, operations, seed).await
        }
        Command::Judge { url } => judge(&open(&url).await?).await,
    }
}

async fn open(url: &str) -> Result<App, AppError> {
    Ok(App {
        db: Db::open(url).await?,
        clock: Arc::new(SystemClock),
        keys: Arc::new(keys::Keys::ephemeral()?),
        rules: Arc::new(workflow::Rules::default()),
        office: Arc::default(),
    })
}

async fn setup(app: &App) -> Result<ExitCode, AppError> {
    let params = sample::SampleParams {
        people: PEOPLE,
        vacancies: VACANCIES,
        seats: VACANCIES * 2,
        ..sample::SampleParams::standard(SystemClock.today())
    };
    let today = app.clock.today();
    transact!(app, tx => {
        let owner = employers::register_by_name(app, tx, &Acting::terminal(), "PT Contoh", true).await?;
        employers::change(app, tx, &Acting::terminal(), owner.id, employer::Event::Verify, None, None).await?;
        for (index, row) in (0_u32..).zip(sample::plain::vacancies(&params)) {
            let (mut draft, _) = row.judge(today).into_result().map_err(|all| people::issues(&all))?;
            draft.seats = Some(index % 3 + 1);
            draft.reserved_seats = 0;
            let acting = &Acting::terminal();
            let made = vacancies::enter(app, tx, acting, owner.id, &draft, &Origin::default()).await?;
            vacancies::act(app, tx, acting, made.id, vacancy::Event::Submit.into()).await?;
            let reasons = made.flags.0.iter().map(|flag| (flag.kind, flags::of_sample(flag.kind).to_owned())).collect();
            let answers = Answers { reasons, ..Answers::default() };
            let publish = vacancies::VacancyStep { answers, ..vacancy::Event::Publish.into() };
            vacancies::act(app, tx, acting, made.id, publish).await?;
        }
        for mut row in sample::plain::people(&params) {
            row.status = padankerja::domain::intake::cell::Cell::Empty;
            people::admit_row(app, tx, &Acting::terminal(), &row).await?;
        }
        Ok(())
    })?;
    println!("{VACANCIES} vacancies of 1 to 3 seats, {PEOPLE} people");
    Ok(ExitCode::SUCCESS)
}

/// What happened.
#[derive(Default)]
struct Tally {
    confirms: AtomicU64,
    hires: AtomicU64,
    refused: AtomicU64,
    busy: AtomicU64,
    left: AtomicU64,
}

struct Arena {
    app: App,
    vacancies: Vec<VacancyId>,
    people: Vec<PersonId>,
    tally: Tally,
}

async fn fight(app: App, tasks: u64, operations: u64, seed: u64) -> Result<ExitCode, AppError> {
    let mut tx = app.db.read().await?;
    let people = people_rows::page(&mut tx, &people_rows::Scope::Office, None, 10_000).await?;
    let (scope, filter) = (vacancy_rows::Scope::Office, vacancy_rows::Filter::default());
    let found = vacancy_rows::listed_page(&mut tx, scope, filter, None, 10_000).await?;
    tx.rollback().await?;
    let arena = Arc::new(Arena {
        app,
        vacancies: found.into_iter().map(|v| v.vacancy.id).collect(),
        people: people.into_iter().map(|p| p.id).collect(),
        tally: Tally { left: AtomicU64::new(operations), ..Tally::default() },
    });
    let started = Instant::now();
    let hands: Vec<_> = (0..tasks)
        .map(|task| tokio::spawn(hand(arena.clone(), Dice(seed.wrapping_mul(1_000_003).wrapping_add(task)))))
        .collect();
    for one in hands {
        one.await.map_err(|error| AppError::Internal(error.to_string()))??;
    }
    let seconds = started.elapsed().as_secs_f64();
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let (confirms, hires) = (read(&arena.tally.confirms), read(&arena.tally.hires));
    println!(
        "{operations} confirms and hires tried in {seconds:.1} s: {confirms} confirmed, {hires} hired, {} refused by a limit, \
         {} busy; {:.0} per second",
        read(&arena.tally.refused),
        read(&arena.tally.busy),
        f64::from(u32::try_from(operations).unwrap_or(u32::MAX)) / seconds
    );
    arena.app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Tries confirms and hires until all are tried, and whatever makes new ones possible in between.
async fn hand(arena: Arc<Arena>, mut dice: Dice) -> Result<(), AppError> {
    let by = Acting::terminal();
    loop {
        let (vacancy, person) = (*dice.pick(&arena.vacancies), *dice.pick(&arena.people));
        let mut tx = arena.app.db.read().await?;
        let crowd = applications::unsettled_of_vacancy(&mut tx, vacancy).await?;
        let has_room = crowd.len() < CROWD && crowd.iter().all(|other| other.person_id != person);
        let found = if has_room { vacancy_rows::find(&mut tx, None, vacancy).await? } else { None };
        tx.rollback().await?;
        if found.is_some_and(|v| v.state == vacancy::State::Open) {
            propose(&arena, &by, person, vacancy).await?;
            continue;
        }
        let Some(chosen) = crowd.get(dice.below(crowd.len().max(1))) else { continue };
        let event = match chosen.state {
            State::Proposed => Event::Confirm,
            State::Confirmed => Event::Consent,
            State::Referred | State::Interview | State::Offered => Event::Hire,
            State::Hired if dice.below(2) == 0 => Event::Undo,
            State::Hired => Event::NoShow,
            _ => Event::Dismiss,
        };
        let counts = matches!(event, Event::Confirm | Event::Hire);
        if counts
            && arena
                .tally
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1))
                .is_err()
        {
            return Ok(());
        }
        let outcome = act(&arena, &by, chosen.id, event, chosen.version).await;
        note(&arena.tally, event, outcome)?;
    }
}

fn note(tally: &Tally, event: Event, outcome: Result<(), AppError>) -> Result<(), AppError> {
    let add = |counter: &AtomicU64| {
        counter.fetch_add(1, Ordering::Relaxed);
    };
    match outcome {
        Ok(()) if event == Event::Confirm => add(&tally.confirms),
        Ok(()) if event == Event::Hire => add(&tally.hires),
        Ok(()) => {}
        Err(AppError::Conflict { .. } | AppError::Stale { .. }) => add(&tally.refused),
        Err(error) if error.may_be_retried() => add(&tally.busy),
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn act(
    arena: &Arena,
    by: &Acting,
    id: ApplicationId,
    event: Event,
    version: i64,
) -> Result<(), AppError> {
    let details = details(event, arena.app.clock.today());
    let app = &arena.app;
    transact!(app, tx => workflow::act(app, tx, by, id, event, &details, Some(version)).await)?;
    Ok(())
}

async fn propose(arena: &Arena, by: &Acting, person: PersonId, vacancy: VacancyId) -> Result<(), AppError> {
    let start = Start { person, vacancy, run: None, fit: 500, priority: 0, reserve_order: 1 };
    let (app, details) = (&arena.app, Details::default());
    let outcome = transact!(app, tx => workflow::begin(app, tx, by, &start, Event::Propose, &details).await);
    note(&arena.tally, Event::Propose, outcome.map(|_| ()))
}

fn details(event: Event, today: chrono::NaiveDate) -> Details {
    let number = Some("+6286000000000".to_owned());
    Details {
        reason: reason::codes(event).first().map(|code| (*code).to_owned()),
        text: None,
        starts_on: Some(today),
        ended_on: Some(today),
        consent: Some(ConsentDraft {
            channel: padankerja::domain::contact::ConsentChannel::Phone,
            number_dialled: number.clone(),
            self_spoke: true,
            guardian: None,
            text_shown: None,
        }),
        number_dialled: number,
        ..Details::default()
    }
}

async fn judge(app: &App) -> Result<ExitCode, AppError> {
    let broken: i64 = match &app.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(JUDGE).fetch_one(read).await,
        Db::Postgres(pool) => sqlx::query_scalar(JUDGE).fetch_one(pool).await,
    }
    .map_err(|error| AppError::Internal(error.to_string()))?;
    println!("violations: {broken}");
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let bound = u64::try_from(bound).unwrap_or(1).max(1);
        usize::try_from(mixed % bound).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
