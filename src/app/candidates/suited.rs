//! Which open vacancies suit a person, and which would but for one thing: by the rules of a match run, told to the person. The
//! index finds, the database has the last word; nothing is stored, and nobody is ranked who objected to that.
use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use chrono::{Days, NaiveDate, NaiveTime};

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
    },
    matching::{
        eligibility::{self, Exclusion, PersonFacts},
        explanation::{self, ExplainedPair, Offer},
        near::{self, Miss},
        policy::Policy,
        propose::{self, Inputs, Opening, Person},
    },
    reading::{job::JobReading, profile::ProfileReading},
    search::reader::Wanted,
    store::{
        Tx, pairs, people as person_rows,
        vacancies::{self, Listed, Scope},
    },
};

/// Vacancies that are looked at for one person, nearest to the profile first.
const LOOKED_AT: usize = 60;
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
    let found = view.reader().vacancies(&wanted, LOOKED_AT)?;
    let since = as_of.checked_sub_days(Days::new(u64::from(policy.no_repeat_days))).unwrap_or(as_of);
    let settled = pairs::settled_of_person(&mut tx, id, since.and_time(NaiveTime::MIN).and_utc()).await?;
    let ids: Vec<VacancyId> =
        found.into_iter().map(|(id, _)| id).filter(|id| !settled.contains(id)).collect();
    let mut open = vacancies::open_among(&mut tx, &ids).await?;
    open.retain(|one| one.standing().takes_people(as_of).is_ok());
    tx.rollback().await?;
    let asked = Asked { person: unbarred(person), reading, policy, revision, as_of };
    let (suitable, near) = computing::off_the_workers(move || asked.sort(open)).await?;
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
                Ok(_) => suitable.push(self.told(listed, &opening, &job, None)),
                Err(out) => {
                    if let ([_], [miss]) = (&out[..], &near::misses(&self.person, &opening, &out)[..]) {
                        near.push(self.told(listed, &opening, &job, Some(*miss)));
                    }
                }
            }
        }
        for (list, most) in [(&mut suitable, SUITABLE), (&mut near, NEAR)] {
            list.sort_by_key(|suit| (Reverse(suit.told.explanation.fit), suit.posted.way_m, suit.posted.id));
            list.truncate(most);
        }
        (suitable, near)
    }

    fn told(&self, listed: Listed, opening: &Opening, job: &JobReading, miss: Option<Miss>) -> Suit {
        let explanation = explanation::of_pair(&self.person, opening, job, &self.reading, &self.policy, None);
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
