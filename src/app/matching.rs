//! Match runs: load one moment of the database, propose away from the async workers, store proposals, reserves and
//! explanations. A run never touches an application; that is `publish`.
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use serde_json::{Value, json};
use sqlx::types::Json;

use crate::{
    app::{
        App, AppError,
        explanation::{self, Explanation, Kind},
        profiles, system,
    },
    domain::{
        application,
        ids::{AccountId, PersonId, RunId, VacancyId},
        region::{self, RegionCode},
        vacancy,
    },
    matching::{
        change::{Case, Field},
        eligibility::{Exclusion, PersonFacts, VacancyFacts},
        fit,
        policy::Policy,
        priority::Evidence,
        propose::{self, Inputs, Opening, Person, Place, Proposals},
    },
    reading::{job::JobReading, profile::ProfileReading},
    store::{
        Tx, applications, people,
        profiles::{self as profile_rows, Profile},
        runs::{self, PolicyRow, Proposal, Run},
        vacancies::{self, Vacancy},
    },
    transact,
};

/// Name of the policy that runs use when none is named.
pub const DEFAULT_POLICY: &str = "default";

/// A run older than this without an end belongs to a process that died.
const ABANDONED_AFTER_HOURS: i64 = 1;

/// One moment of the database, ready for a run.
pub struct Loaded {
    /// What the run depends on.
    pub inputs: Inputs,
    /// The readings behind the digests, for explanations.
    pub jobs: HashMap<VacancyId, JobReading>,
    /// The same for people.
    pub profiles: HashMap<PersonId, ProfileReading>,
}

/// What to run.
#[derive(Clone, Debug)]
pub struct Request {
    /// The policy revision.
    pub policy: PolicyRow,
    /// The business date.
    pub as_of: NaiveDate,
    /// Breaks ties between equals.
    pub seed: i64,
    /// Who asked.
    pub started_by: Option<AccountId>,
}

/// How far a run is, in thousandths; shared with whoever shows a bar.
pub type Progress = Arc<AtomicU32>;

/// The newest revision of a policy; the shipped default is stored when the office has none yet.
pub async fn policy(app: &App, name: &str) -> Result<PolicyRow, AppError> {
    let row = transact!(app, tx => {
        if let Some(found) = runs::newest_policy(tx, name).await? {
            return Ok(found);
        }
        if name != DEFAULT_POLICY {
            return Err(AppError::field("policy", "unknown_policy", name));
        }
        store_policy(app, tx, name, &Policy::default(), None).await
    })?;
    Ok(row)
}

/// Stores the next revision of a policy; an unchanged body gives the present revision back.
pub async fn store_policy(
    app: &App,
    tx: &mut Tx,
    name: &str,
    policy: &Policy,
    created_by: Option<AccountId>,
) -> Result<PolicyRow, AppError> {
    policy.check().map_err(|error| AppError::field("policy", "policy_refused", error))?;
    let body = serde_json::to_value(policy).map_err(|error| AppError::Internal(error.to_string()))?;
    let newest = runs::newest_policy(tx, name).await?;
    if let Some(same) = newest.as_ref().filter(|row| row.body.0 == body) {
        return Ok(same.clone());
    }
    let row = PolicyRow {
        id: system::fresh(),
        name: name.to_owned(),
        revision: newest.map_or(1, |row| row.revision + 1),
        body: Json(body),
        created_by,
        created_at: app.clock.now(),
    };
    if runs::insert_policy(tx, &row).await? == 0 {
        return Err(AppError::conflict("policy_changed", name));
    }
    Ok(row)
}

/// The rule in a policy row.
pub fn parse_policy(row: &PolicyRow) -> Result<Policy, AppError> {
    Policy::parse(&row.body.0.to_string()).map_err(|error| {
        AppError::Internal(format!("policy {} revision {}: {error}", row.name, row.revision))
    })
}

/// Starts a run: one at a time. `work` must be called with the returned id, or the run is given up after an hour.
pub async fn begin(app: &App, request: &Request) -> Result<RunId, AppError> {
    transact!(app, tx => begin_in(app, tx, request).await)
}

/// As `begin`, in the caller's transaction; `work` must wait until that is committed.
pub async fn begin_in(app: &App, tx: &mut Tx, request: &Request) -> Result<RunId, AppError> {
    let now = app.clock.now();
    runs::fail_abandoned(tx, now - TimeDelta::hours(ABANDONED_AFTER_HOURS), now).await?;
    let run = Run {
        id: system::fresh(),
        policy_id: request.policy.id,
        state: "running".to_owned(),
        as_of: request.as_of,
        seed: request.seed,
        started_by: request.started_by,
        started_at: now,
        finished_at: None,
        published_at: None,
        summary: None,
        failure: None,
    };
    if runs::insert(tx, &run).await? == 0 {
        return Err(AppError::conflict("run_in_progress", "another match run has not ended"));
    }
    Ok(run.id)
}

/// Does the work of a run that was begun, stores its end, and gives its figures.
pub async fn work(app: &App, id: RunId, request: &Request, progress: Progress) -> Result<Value, AppError> {
    match compute(app, id, request, progress).await {
        Ok(summary) => Ok(summary),
        Err(error) => {
            let failure = error.to_string();
            transact!(app, tx => {
                runs::finish(tx, id, "failed", app.clock.now(), None, None, Some(failure.clone())).await?;
                Ok(())
            })?;
            Err(error)
        }
    }
}

async fn compute(app: &App, id: RunId, request: &Request, progress: Progress) -> Result<Value, AppError> {
    let policy = parse_policy(&request.policy)?;
    let started = Instant::now();
    let mut tx = app.db.read().await?;
    let fetched = fetch(&mut tx, &policy, request.as_of, request.seed).await?;
    tx.rollback().await?;
    let loading = started.elapsed();
    let (proposals, explanations) = off_the_workers(fetched, policy, progress.clone()).await?;
    let matching = started.elapsed() - loading;
    let rows = rows(id, &proposals, explanations)?;
    let mut summary =
        serde_json::to_value(&proposals.figures).map_err(|error| AppError::Internal(error.to_string()))?;
    summary["policy"] = json!({ "name": request.policy.name, "revision": request.policy.revision });
    summary["reserve"] = json!(proposals.reserve.len());
    summary["loading_seconds"] = json!(loading.as_secs_f64());
    summary["matching_seconds"] = json!(matching.as_secs_f64());
    transact!(app, tx => {
        for row in &rows {
            runs::insert_proposal(tx, row).await?;
        }
        let stored = Some(Json(summary.clone()));
        if runs::finish(tx, id, "done", app.clock.now(), stored, None, None).await? == 0 {
            return Err(AppError::conflict("run_given_up", id));
        }
        Ok(())
    })?;
    progress.store(1000, Ordering::Relaxed);
    Ok(summary)
}

/// Runs the pure part on a thread of its own, so that answers to others stay quick.
async fn off_the_workers(
    fetched: Fetched,
    policy: Policy,
    progress: Progress,
) -> Result<(Proposals, Vec<Explanation>), AppError> {
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("match-run".to_owned())
        .spawn(move || {
            let tell = |share: u32| progress.store(share, Ordering::Relaxed);
            let loaded = digest(fetched);
            let outcome = propose::propose(&loaded.inputs, &policy, &tell).map(|proposals| {
                let explanations = explain_all(&loaded, &policy, &proposals);
                (proposals, explanations)
            });
            let _receiver_gone = send.send(outcome);
        })
        .map_err(|error| AppError::Internal(format!("no thread for the run: {error}")))?;
    receive
        .await
        .map_err(|_| AppError::Internal("the run's thread ended without an answer".to_owned()))?
        .map_err(|error| AppError::Internal(error.to_string()))
}

fn explain_all(loaded: &Loaded, policy: &Policy, proposals: &Proposals) -> Vec<Explanation> {
    let people: HashMap<PersonId, &Person> = loaded.inputs.people.iter().map(|p| (p.id, p)).collect();
    let openings: HashMap<VacancyId, &Opening> = loaded.inputs.openings.iter().map(|o| (o.id, o)).collect();
    let last_in: HashMap<VacancyId, &Place> =
        proposals.proposals.iter().map(|place| (place.vacancy, place)).collect();
    let fields = Field::of_run(&proposals.proposals, &proposals.reserve, &people, policy);
    let kinds = proposals.proposals.iter().map(|place| (place, Kind::Proposal));
    let places: Vec<(&Place, Kind)> =
        kinds.chain(proposals.reserve.iter().map(|place| (place, Kind::Reserve))).collect();
    let explain = |&(place, kind): &(&Place, Kind)| {
        let (person, opening) = (people.get(&place.person)?, openings.get(&place.vacancy)?);
        let (job, profile) = (loaded.jobs.get(&place.vacancy)?, loaded.profiles.get(&place.person)?);
        let last = last_in.get(&place.vacancy).copied();
        let told = explanation::of_pair(person, opening, job, profile, policy, last);
        let case = Case { person, opening, policy, as_of: loaded.inputs.as_of };
        let field = fields.get(&place.vacancy)?;
        Some(explanation::stands(told, &case, field, kind, place.place))
    };
    on_two_threads(&places, explain).into_iter().map(Option::unwrap_or_default).collect()
}

fn rows(
    run: RunId,
    proposals: &Proposals,
    explanations: Vec<Explanation>,
) -> Result<Vec<Proposal>, AppError> {
    let kinds = proposals
        .proposals
        .iter()
        .map(|place| (place, "proposal"))
        .chain(proposals.reserve.iter().map(|place| (place, "reserve")));
    kinds
        .zip(explanations)
        .map(|((place, kind), explanation)| {
            Ok(Proposal {
                run_id: run,
                vacancy_id: place.vacancy,
                person_id: place.person,
                place: i64::from(place.place),
                kind: kind.to_owned(),
                fit: i64::from(place.pair.fit),
                priority: i64::from(place.pair.priority),
                explanation: Json(
                    serde_json::to_value(explanation)
                        .map_err(|error| AppError::Internal(error.to_string()))?,
                ),
                dropped: None,
            })
        })
        .collect()
}

/// The rows of one moment, not yet read.
pub struct Fetched {
    vacancies: Vec<Vacancy>,
    people: Vec<people::MatchRow>,
    profiles: HashMap<PersonId, Profile>,
    evidence: HashMap<PersonId, Evidence>,
    settled: HashMap<(PersonId, VacancyId), Exclusion>,
    as_of: NaiveDate,
    seed: u64,
}

/// Fetches what a run depends on, in one reading transaction.
pub async fn fetch(tx: &mut Tx, policy: &Policy, as_of: NaiveDate, seed: i64) -> Result<Fetched, AppError> {
    let mut open = vacancies::in_state(tx, vacancy::State::Open).await?;
    open.retain(|v| v.closes_on.is_none_or(|last| last >= as_of));
    Ok(Fetched {
        vacancies: open,
        people: people::match_rows(tx).await?,
        profiles: profiles::all(tx).await?,
        evidence: evidence(tx, as_of).await?,
        settled: settled(tx, policy, as_of).await?,
        as_of,
        seed: u64::from_ne_bytes(seed.to_ne_bytes()),
    })
}

/// Reads and digests the fetched rows, on two threads.
pub fn digest(fetched: Fetched) -> Loaded {
    let Fetched { vacancies, people, profiles: bodies, evidence, settled, as_of, seed } = fetched;
    let jobs: Vec<JobReading> = on_two_threads(&vacancies, profiles::read_vacancy);
    let openings = vacancies.iter().zip(&jobs).map(|(v, reading)| opening(v, reading)).collect();
    let nothing = Profile::default();
    let seen = on_two_threads(&people, |row| {
        let body = bodies.get(&row.id).unwrap_or(&nothing);
        let reading = profiles::read_person(body, row.education.as_deref(), row.major.as_deref());
        let found = evidence.get(&row.id).copied().unwrap_or_default();
        (person(row, body, &reading, found, as_of), reading)
    });
    let mut readings = HashMap::with_capacity(seen.len());
    let mut known = Vec::with_capacity(seen.len());
    for (person, reading) in seen {
        readings.insert(person.id, reading);
        known.push(person);
    }
    Loaded {
        inputs: Inputs { people: known, openings, settled, as_of, seed },
        jobs: vacancies.iter().map(|v| v.id).zip(jobs).collect(),
        profiles: readings,
    }
}

/// Maps in order, half of it on a second thread.
fn on_two_threads<T: Sync, R: Send>(items: &[T], map: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (left, right) = items.split_at(items.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| right.iter().map(&map).collect::<Vec<R>>());
        let mut all: Vec<R> = left.iter().map(&map).collect();
        all.extend(other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        all
    })
}

/// A vacancy as a run sees it.
pub fn opening(v: &Vacancy, reading: &JobReading) -> Opening {
    let internship = v.employment_type.as_deref() == Some("magang");
    let shifts = v.working_hours.as_deref().is_some_and(|hours| hours.to_lowercase().contains("shift"));
    Opening {
        id: v.id,
        facts: VacancyFacts {
            internship,
            wage_max: v.wage_max.or(v.wage_min),
            education_rank: profiles::education_rank(v.education_min.as_deref()),
            certificates: certificate_concepts(&v.certificates.0),
            shifts,
            closes_on: v.closes_on,
        },
        village: village_index(v.village.as_deref()),
        vector: fit::digest_job(reading),
        concepts: fit::concepts(reading),
        capacity: u32::try_from(v.slots - v.live).unwrap_or(0),
    }
}

/// A person as a run sees them.
pub fn person(
    row: &people::MatchRow,
    body: &Profile,
    reading: &ProfileReading,
    evidence: Evidence,
    as_of: NaiveDate,
) -> Person {
    let held: Vec<String> = body
        .certificates
        .iter()
        .filter(|c| c.expires_on.is_none_or(|last| last >= as_of))
        .map(|c| c.name.clone())
        .collect();
    Person {
        id: row.id,
        facts: PersonFacts {
            birth_date: row.birth_date,
            seeking: row.status == "seeking",
            placed: row.placed > 0,
            full: row.live >= application::book::MAX_LIVE,
            objects: row.objects_to_ranking,
            available_from: row.available_from,
            wage_floor: row.wage_floor,
            max_distance_m: row.max_distance_m.and_then(|m| u32::try_from(m).ok()),
            education_rank: profiles::education_rank(row.education.as_deref()),
            shift_ok: row.shift_ok,
        },
        village: village_index(row.village.as_deref()),
        vector: fit::digest_profile(reading),
        concepts: profiles::person_concepts(reading),
        certificates: certificate_concepts(&held),
        evidence,
        registered_on: row.registered_on,
    }
}

/// Certificates as concept ids; one the vocabulary does not know counts by its own words.
fn certificate_concepts(names: &[String]) -> Vec<String> {
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let known = profiles::read_person(
            &Profile {
                certificates: vec![profile_rows::Certificate {
                    id: crate::domain::ids::RecordId(uuid::Uuid::nil()),
                    person_id: PersonId(uuid::Uuid::nil()),
                    name: name.clone(),
                    issued_on: None,
                    expires_on: None,
                }],
                ..Profile::default()
            },
            None,
            None,
        );
        if known.certificates.is_empty() {
            found.push(name.trim().to_lowercase());
        }
        found.extend(known.certificates.into_iter().map(|mention| mention.id));
    }
    found
}

fn village_index(code: Option<&str>) -> Option<usize> {
    region::village_index(RegionCode::parse(code?).ok()?)
}

/// The evidence that counts on a day, the newest of each criterion.
pub(crate) async fn evidence(tx: &mut Tx, day: NaiveDate) -> Result<HashMap<PersonId, Evidence>, AppError> {
    let mut found: HashMap<PersonId, Evidence> = HashMap::new();
    for row in profile_rows::criteria_on(tx, day).await? {
        let evidence = found.entry(row.person_id).or_default();
        match row.criterion.as_str() {
            "desil" => evidence.desil = evidence.desil.or(u8::try_from(row.value).ok()),
            "disability" => evidence.disability = true,
            "long_unemployment" => evidence.long_unemployment = true,
            "laid_off" => evidence.laid_off = true,
            _ => {}
        }
    }
    Ok(found)
}

pub(crate) async fn settled(
    tx: &mut Tx,
    policy: &Policy,
    as_of: NaiveDate,
) -> Result<HashMap<(PersonId, VacancyId), Exclusion>, AppError> {
    let since = as_of.checked_sub_days(Days::new(u64::from(policy.no_repeat_days))).unwrap_or(as_of);
    let since = since.and_time(NaiveTime::MIN).and_utc();
    let mut settled: HashMap<(PersonId, VacancyId), Exclusion> = HashMap::new();
    for (person, vacancy) in applications::recent_noes(tx, since).await? {
        settled.insert((person, vacancy), Exclusion::RecentNo);
    }
    for (person, vacancy, state) in applications::open_pairs(tx).await? {
        if state != application::State::Proposed {
            settled.insert((person, vacancy), Exclusion::AlreadyOpen);
        }
    }
    Ok(settled)
}
