//! Which open vacancies suit a person, and which would but for one thing: by the rules of a match run, told to the person. The
//! index finds, the database has the last word; nothing is stored, and nobody is ranked who objected to that.
use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use chrono::{Days, NaiveDate, NaiveTime};
use tokio::sync::Semaphore;

use crate::{
    app::{
        App, AppError,
        access::Session,
        candidates::{explaining, shortlist},
        finding::PostedView,
        indexing::view::View,
        policies, readings,
        runs::computing,
    },
    domain::{
        ids::{PersonId, VacancyId},
        person::Bar,
        region,
    },
    matching::{
        eligibility::{self, Exclusion, PersonFacts},
        explanation::{self, ExplainedPair, Offer},
        fit::ContributionKind,
        near::{self, Miss},
        policy::Policy,
        propose::{self, Inputs, Opening, Person},
    },
    reading::{job::JobReading, profile::ProfileReading},
    search::reader::Wanted,
    store::{
        Tx, pairs, people as person_rows,
        posted::{self, Posted},
        vacancies::{self, Listed, Scope},
    },
};

/// Vacancies whose texts are read for one person: those within the limits they set first, then by likeness to the profile.
const LOOKED_AT: usize = 60;
/// Of as many as the index finds for one profile.
const FOUND: usize = 5_000;
/// Suitable ones that are told.
const SUITABLE: usize = 20;
/// Of those that would suit but for one thing.
const NEAR: usize = 8;

/// What is told to one person.
#[derive(Clone, Debug, Default)]
pub struct Suited {
    /// Why an office would propose nothing now, whatever suits.
    pub bar: Option<Bar>,
    /// Those that suit, the most fitting first.
    pub suitable: Vec<Suit>,
    /// Those that one thing keeps out, likewise.
    pub near: Vec<Suit>,
}

/// One vacancy for one person.
#[derive(Clone, Debug)]
pub struct Suit {
    /// The vacancy, with the way to it.
    pub posted: PostedView,
    /// Why it suits.
    pub told: ExplainedPair,
    /// What keeps it out; none where it suits.
    pub miss: Option<Miss>,
}

/// What is open to somebody within the session's reach. Vacancies they have applied for, or lately said no to, are left out.
///
/// # Errors
/// `NotFound` for whoever is out of reach or gone; when database or index fail.
pub async fn to_person(app: &App, view: &View, session: &Session, id: PersonId) -> Result<Suited, AppError> {
    let as_of = app.clock.today();
    let mut tx = app.db.read().await?;
    let (person, reading) = within_reach(&mut tx, session, id, as_of).await?;
    let bar = match eligibility::person_out(&person.facts, as_of) {
        Some(Exclusion::Person(bar)) => Some(bar),
        _ => None,
    };
    if bar == Some(Bar::Objects) {
        return Ok(Suited { bar, ..Suited::default() });
    }
    let (policy, revision) = explaining::present_policy(&mut tx).await?;
    let wanted = Wanted { concepts: &person.concepts, words: "", village: None };
    let found = view.reader().vacancies(&wanted, FOUND)?;
    let since = as_of.checked_sub_days(Days::new(u64::from(policy.no_repeat_days))).unwrap_or(as_of);
    let settled = pairs::settled_of_person(&mut tx, id, since.and_time(NaiveTime::MIN).and_utc()).await?;
    let posted: HashMap<VacancyId, Posted> =
        posted::open_on(&mut tx, as_of).await?.into_iter().map(|one| (one.id, one)).collect();
    let mut near: Vec<&Posted> = found.iter().filter_map(|(id, _)| posted.get(id)).collect();
    near.retain(|one| !settled.contains(&one.id));
    near.sort_by_key(|one| is_beyond(&person, one));
    let ids: Vec<VacancyId> = near.into_iter().take(LOOKED_AT).map(|one| one.id).collect();
    let mut open = vacancies::open_among(&mut tx, &ids).await?;
    open.retain(|one| one.standing().takes_people(as_of).is_ok());
    tx.rollback().await?;
    let asked = Asked { person: unbarred(person), reading, policy, revision, as_of };
    let (suitable, near) = off_the_workers(move || asked.sort(open)).await?;
    Ok(Suited { bar, suitable, near })
}

/// In what a vacancy lies beyond the limits that somebody within reach set. That keeps nobody from applying.
///
/// # Errors
/// As `to_person`; `NotFound` for a vacancy that is not open.
pub async fn beyond_limits(
    app: &App,
    session: &Session,
    id: PersonId,
    vacancy: VacancyId,
) -> Result<Vec<Miss>, AppError> {
    let as_of = app.clock.today();
    let mut tx = app.db.read().await?;
    let (person, _) = within_reach(&mut tx, session, id, as_of).await?;
    if person.facts.objects {
        return Ok(Vec::new());
    }
    let (policy, _) = explaining::present_policy(&mut tx).await?;
    let row = vacancies::listed(&mut tx, Scope::OpenOn(as_of), vacancy).await?.ok_or(AppError::NotFound)?;
    tx.rollback().await?;
    let opening = computing::opening(&row.vacancy, &readings::read_vacancy(&row.vacancy));
    let way = propose::distance(&person, &opening);
    let (who, what) = (&person.facts, &opening.facts);
    let out = eligibility::pair_out(who, what, way, &person.certificates, &policy, as_of);
    let mut misses = near::misses(&person, &opening, &out);
    misses.retain(|miss| miss.is_own_limit());
    Ok(misses)
}

async fn within_reach(
    tx: &mut Tx,
    session: &Session,
    id: PersonId,
    as_of: NaiveDate,
) -> Result<(Person, Arc<ProfileReading>), AppError> {
    if !session.people.contains(&id) {
        let within = session.acting()?.reach().people()?;
        person_rows::find(tx, &within, id).await?.ok_or(AppError::NotFound)?;
    }
    shortlist::present(tx, &[id], as_of).await?.pop().ok_or(AppError::NotFound)
}

/// Whether a vacancy lies beyond the wage or the way that somebody set, as its short row tells.
fn is_beyond(person: &Person, posted: &Posted) -> bool {
    let wage = posted.wage_max.or(posted.wage_min);
    let below = matches!((wage, person.facts.wage_floor), (Some(wage), Some(floor)) if wage < floor);
    let there = computing::village_index(posted.village.as_deref());
    let way = person.village.zip(there).and_then(|(home, there)| region::village_distance_m(home, there));
    below || matches!((way, person.facts.max_distance_m), (Some(way), Some(most)) if way > most)
}

/// Reads texts beside what serves requests, few at a time: many may look at once, when all were written to.
async fn off_the_workers<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    /// Half of what a small machine has.
    static PLACES: Semaphore = Semaphore::const_new(2);
    let _place = PLACES.acquire().await.map_err(|error| AppError::Internal(error.to_string()))?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| AppError::Internal(format!("judging stopped: {error}")))
}

/// The person without what keeps an office from proposing anything: whether a vacancy suits does not depend on it.
fn unbarred(person: Person) -> Person {
    let facts =
        PersonFacts { seeking: true, placed: false, full: false, class_ends_on: None, ..person.facts };
    Person { facts, ..person }
}

/// Who asks, and by which rule it is judged.
struct Asked {
    person: Person,
    reading: Arc<ProfileReading>,
    policy: Policy,
    revision: i64,
    as_of: NaiveDate,
}

impl Asked {
    /// Those that suit, and those that one thing keeps out.
    fn sort(&self, open: Vec<Listed>) -> (Vec<Suit>, Vec<Suit>) {
        let inputs = Inputs {
            people: Vec::new(),
            openings: Vec::new(),
            settled: HashMap::new(),
            as_of: self.as_of,
            seed: 0,
        };
        let (mut suitable, mut near) = (Vec::new(), Vec::new());
        for listed in open {
            let job = readings::read_vacancy(&listed.vacancy);
            let opening = computing::opening(&listed.vacancy, &job);
            match propose::judge(&inputs, &self.policy, &self.person, &opening) {
                Ok(pair) => suitable.push((pair.fit, listed, opening, job)),
                Err(out) => {
                    if let ([_], [miss]) = (&out[..], &near::misses(&self.person, &opening, &out)[..]) {
                        near.push(self.told(listed, &opening, &job, Some(*miss)));
                    }
                }
            }
        }
        suitable.sort_by_key(|(fit, listed, ..)| (Reverse(*fit), listed.vacancy.id));
        suitable.truncate(SUITABLE);
        near.sort_by_key(|suit| (Reverse(suit.told.explanation.fit), suit.posted.way_m, suit.posted.id));
        near.truncate(NEAR);
        let told =
            suitable.into_iter().map(|(_, listed, opening, job)| self.told(listed, &opening, &job, None));
        (told.collect(), near)
    }

    fn told(&self, listed: Listed, opening: &Opening, job: &JobReading, miss: Option<Miss>) -> Suit {
        let mut explanation =
            explanation::of_pair(&self.person, opening, job, &self.reading, &self.policy, None);
        // Not "near" in one line, and farther than they want in the next.
        if matches!(miss, Some(Miss::Way(_) | Miss::Reach)) {
            explanation.reasons.retain(|reason| reason.kind != ContributionKind::Distance);
        }
        let (row, employer) = (&listed.vacancy, listed.employer_name.clone());
        let told = ExplainedPair {
            title: row.title.clone(),
            explanation,
            policy: policies::DEFAULT_POLICY.to_owned(),
            revision: self.revision,
            run: None,
            state: None,
            deadline: None,
            interview: None,
            offer: Offer {
                employer: Some(employer),
                place: row.place_text.clone(),
                wage_min: row.wage_min,
                wage_max: row.wage_max,
                hours: row.working_hours.clone(),
            },
        };
        let way_m = propose::distance(&self.person, opening);
        Suit { posted: PostedView { way_m, ..PostedView::of(listed.into(), None) }, told, miss }
    }
}
