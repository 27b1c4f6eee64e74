//! A shortlist for one vacancy or one text: exactly the order in which a match run would take people for it.
//!
//! The search index finds everybody who shares a concept, the roster in memory rates them by the rules of a run, and the
//! database has the last word: whoever changed since the roster's mark, or is not in it, is judged from the database, and
//! nobody is shown who was not judged there. Points and rules do not belong here (`matching`).
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{Days, NaiveDate, NaiveTime};

use crate::{
    app::{
        App, AppError,
        indexing::{
            roster::{Mark, Question, Rank, Rated},
            view::{self, View},
        },
        readings::{self, Dated},
        runs::computing,
    },
    domain::{
        application,
        ids::{PersonId, VacancyId},
    },
    matching::{
        change::Case,
        eligibility::Exclusion,
        explanation::{self, Explanation},
        policy::Policy,
        propose::{self, Inputs, Opening, Pair, Person},
    },
    reading::{job::JobReading, profile::ProfileReading},
    store::{Tx, pairs, people, profiles as profile_rows},
};

/// People judged from the database in one go when there are many.
const AT_ONCE: usize = 1_000;
/// How many more than still wanted are judged in the first go: some may have dropped out meanwhile.
const MARGIN: usize = 4;

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    /// The vacancy; its id may be nil for a text that is no vacancy.
    pub opening: Opening,
    /// What its text says.
    pub job: JobReading,
    /// The rule.
    pub policy: Policy,
    /// The business date.
    pub as_of: NaiveDate,
    /// Breaks ties between equals, like the seed of a run.
    pub seed: u64,
}

impl Search {
    fn question(&self) -> Question<'_> {
        let Self { opening, policy, as_of, seed, .. } = self;
        Question { opening, policy, as_of: *as_of, seed: *seed }
    }
}

/// One person on the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub person: PersonId,
    /// What the pair is worth; none when a rule takes it out.
    pub pair: Option<Pair>,
    /// Why the pair is out.
    pub exclusions: Vec<Exclusion>,
    /// Reasons for and against.
    pub explanation: Explanation,
}

/// The best `top` people for what is looked for, best first: the head of the list a run would work with.
///
/// # Errors
/// When database or index fail, or the index belongs to another state of the database and is being built anew.
pub async fn shortlist(app: &App, view: &View, search: &Search, top: usize) -> Result<Vec<Entry>, AppError> {
    let (rated, mark) = rate(view, search).await?;
    // Begun after rating: this moment of the database is not older than what was rated.
    let mut tx = app.db.read().await?;
    let mut field = Field::new(&mut tx, search, rated, &mark).await?;
    let mut best = Best { top, list: Vec::new() };
    for chunk in field.unrated.chunks(AT_ONCE) {
        best.take_in(examine(&mut tx, chunk, search, &field.history).await?, search);
    }
    let (mut rest, mut width) = (&mut field.ranks[..], top.saturating_add(MARGIN).min(AT_ONCE));
    while top > 0 && !rest.is_empty() {
        let (next, others) = split_best(rest, width);
        if best.is_ahead_of(next) {
            break;
        }
        let ids: Vec<PersonId> = next.iter().map(|rank| rank.person).collect();
        best.take_in(examine(&mut tx, &ids, search, &field.history).await?, search);
        (rest, width) = (others, width.saturating_mul(2).min(AT_ONCE));
    }
    tx.rollback().await?;
    Ok(best.list.into_iter().map(|(_, examined)| examined.entry(search)).collect())
}

/// How many people a run would take into the list of the vacancy.
///
/// # Errors
/// As `shortlist`.
pub async fn count(app: &App, view: &View, search: &Search) -> Result<usize, AppError> {
    let (rated, mark) = rate(view, search).await?;
    let mut tx = app.db.read().await?;
    let field = Field::new(&mut tx, search, rated, &mark).await?;
    let mut count = field.ranks.len();
    for chunk in field.unrated.chunks(AT_ONCE) {
        let examined = examine(&mut tx, chunk, search, &field.history).await?;
        count += examined.iter().filter(|one| one.judged.is_ok()).count();
    }
    let rated: Vec<PersonId> = field.ranks.iter().map(|rank| rank.person).collect();
    for chunk in rated.chunks(10 * AT_ONCE) {
        let list = readings::id_list(chunk)?;
        count -= people::busy_among(&mut tx, &list, application::limits::MAX_LIVE).await?.len();
    }
    tx.rollback().await?;
    Ok(count)
}

/// Judges these people for an opening, from the database as it is now.
pub async fn judge(tx: &mut Tx, ids: &[PersonId], search: &Search) -> Result<Vec<Entry>, AppError> {
    let history = history(tx, search).await?;
    let examined = examine(tx, ids, search, &history).await?;
    Ok(examined.into_iter().map(|one| one.entry(search)).collect())
}

/// Judges one pair, and tells what would let it in when it is out.
pub async fn judge_pair(tx: &mut Tx, person: PersonId, search: &Search) -> Result<Option<Entry>, AppError> {
    let history = history(tx, search).await?;
    let Some(one) = examine(tx, &[person], search, &history).await?.pop() else { return Ok(None) };
    let person = one.person.clone();
    let entry = one.entry(search);
    let Search { opening, policy, as_of, .. } = search;
    let case = Case { person: &person, opening, policy, as_of: *as_of };
    Ok(Some(Entry { explanation: explanation::is_out(entry.explanation, &case), ..entry }))
}

/// Pairs of one vacancy that are out by their history.
type History = HashMap<(PersonId, VacancyId), Exclusion>;

/// Who has to be looked at.
struct Field {
    /// Those whose rating holds.
    ranks: Vec<Rank>,
    /// Those who must be judged from the database: they changed since, or were not in the roster.
    unrated: Vec<PersonId>,
    history: History,
}

impl Field {
    async fn new(tx: &mut Tx, search: &Search, rated: Rated, mark: &Mark) -> Result<Self, AppError> {
        let changed = view::changed_since(tx, mark).await?;
        let history = history(tx, search).await?;
        let Rated { mut ranks, unknown } = rated;
        let vacancy = search.opening.id;
        ranks
            .retain(|rank| !changed.contains(&rank.person) && !history.contains_key(&(rank.person, vacancy)));
        let unrated: BTreeSet<PersonId> = changed.into_iter().chain(unknown).collect();
        Ok(Self { ranks, unrated: unrated.into_iter().collect(), history })
    }
}

/// A person as the database has them now.
struct Examined {
    person: Person,
    reading: Arc<ProfileReading>,
    judged: Result<Pair, Vec<Exclusion>>,
}

impl Examined {
    fn entry(self, search: &Search) -> Entry {
        let Search { opening, job, policy, .. } = search;
        let mut explanation = explanation::of_pair(&self.person, opening, job, &self.reading, policy, None);
        let (pair, exclusions) = match self.judged {
            Ok(pair) => (Some(pair), Vec::new()),
            Err(out) => (None, out),
        };
        explanation.exclusions.clone_from(&exclusions);
        Entry { person: self.person.id, pair, exclusions, explanation }
    }
}

/// The best so far, best first, never more than asked for.
struct Best {
    top: usize,
    list: Vec<(Rank, Examined)>,
}

impl Best {
    fn take_in(&mut self, examined: Vec<Examined>, search: &Search) {
        for one in examined {
            if let Ok(pair) = one.judged {
                let rank = Rank::new(pair, &search.question(), one.person.id, one.person.registered_on);
                self.list.push((rank, one));
            }
        }
        self.list.sort_unstable_by_key(|(rank, _)| *rank);
        self.list.truncate(self.top);
    }

    /// Whether none of `next` (sorted, and all others come after them) can still enter the list.
    fn is_ahead_of(&self, next: &[Rank]) -> bool {
        let full = self.list.len() >= self.top;
        full && self.list.last().zip(next.first()).is_some_and(|((last, _), first)| last < first)
    }
}

/// The best `width` in order, and all others.
fn split_best(ranks: &mut [Rank], width: usize) -> (&mut [Rank], &mut [Rank]) {
    let width = width.min(ranks.len());
    if width < ranks.len() {
        ranks.select_nth_unstable(width);
    }
    let (next, others) = ranks.split_at_mut(width);
    next.sort_unstable();
    (next, others)
}

/// Looks into index and roster, off the threads that serve requests.
async fn rate(view: &View, search: &Search) -> Result<(Rated, Mark), AppError> {
    let Search { opening, policy, as_of, seed, .. } = search;
    let (view, opening, policy, as_of, seed) = (view.clone(), opening.clone(), policy.clone(), *as_of, *seed);
    let work = move || view.rate(&Question { opening: &opening, policy: &policy, as_of, seed });
    let rated = tokio::task::spawn_blocking(work).await;
    rated.map_err(|error| AppError::Internal(format!("rating stopped: {error}")))?
}

/// What `computing::settled` says of this vacancy.
async fn history(tx: &mut Tx, search: &Search) -> Result<History, AppError> {
    let vacancy = search.opening.id;
    let mut history = History::new();
    if vacancy.0.is_nil() {
        return Ok(history);
    }
    let days = Days::new(u64::from(search.policy.no_repeat_days));
    let since = search.as_of.checked_sub_days(days).unwrap_or(search.as_of);
    let since = since.and_time(NaiveTime::MIN).and_utc();
    for (person,) in pairs::recent_noes_of(tx, vacancy, since).await? {
        history.insert((person, vacancy), Exclusion::RecentNo);
    }
    for (person, state) in pairs::open_pairs_of(tx, vacancy).await? {
        if state != application::State::Proposed {
            history.insert((person, vacancy), Exclusion::AlreadyOpen);
        }
    }
    Ok(history)
}

/// Reads these people and judges them. Those who are not there any more are left out.
async fn examine(
    tx: &mut Tx,
    ids: &[PersonId],
    search: &Search,
    history: &History,
) -> Result<Vec<Examined>, AppError> {
    let inputs = Inputs {
        people: Vec::new(),
        openings: Vec::new(),
        settled: history.clone(),
        as_of: search.as_of,
        seed: search.seed,
    };
    let present = present(tx, ids, search.as_of).await?;
    let judged = present.into_iter().map(|(person, reading)| {
        let judged = propose::judge(&inputs, &search.policy, &person, &search.opening);
        Examined { person, reading, judged }
    });
    Ok(judged.collect())
}

/// These people as the database has them now, with what their profiles say. Those who are not there any more are left out.
pub(super) async fn present(
    tx: &mut Tx,
    ids: &[PersonId],
    as_of: NaiveDate,
) -> Result<Vec<(Person, Arc<ProfileReading>)>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = readings::id_list(ids)?;
    let rows = people::match_rows_among(tx, &list).await?;
    let mut bodies = profile_rows::among(tx, &list).await?;
    let evidence = Dated::by_person(&profile_rows::criteria_among(tx, &list).await?);
    let read = |row: &people::MatchRow| {
        let body = bodies.remove(&row.id).unwrap_or_default();
        let reading = readings::read_person_once(&body, row.education.as_deref(), row.major.as_deref());
        let found = evidence.get(&row.id).map(|list| Dated::on(list, as_of)).unwrap_or_default();
        (computing::person(row, &body, &reading, found, as_of), reading)
    };
    Ok(rows.iter().map(read).collect())
}
