//! What a shortlist needs of every person, kept in memory beside the search index: the digested profile, the facts behind
//! eligibility and points, dated evidence of priority. No name, NIK, phone, sex. It is a derived copy: `indexing` fills it
//! and brings it up to date from the outbox, `shortlist` lets the database have the last word. Rules of points do not
//! belong here: they are those of `matching`.
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::NaiveDate;

use crate::{
    app::{matching, profiles::Dated},
    domain::{ids::PersonId, region},
    matching::{
        eligibility::{self, PersonFacts},
        fit::{self, ProfileVector},
        grades,
        policy::Policy,
        priority::{self, Evidence},
        propose::{Opening, Pair, table::Tie},
    },
    reading::{hash::Map, profile::ProfileReading},
    search::schema::Payload,
    store::{people::MatchRow, profiles::Profile},
};

/// A pair's place in the order of a match run: better ones are smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    worth: Reverse<(u16, u8, u8)>,
    hash: u64,
    /// Who.
    pub person: PersonId,
}

impl Rank {
    /// The place of a person who is worth `pair` and waits since `registered_on`.
    pub fn new(pair: Pair, question: &Question<'_>, person: PersonId, registered_on: NaiveDate) -> Self {
        let Tie { weeks, drawn, hash } = Tie::new(question.as_of, question.seed, person, registered_on);
        let points = pair.fit.saturating_add(pair.priority);
        Self { worth: Reverse((points, weeks, drawn)), hash, person }
    }
}

/// What a shortlist is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The vacancy.
    pub opening: &'a Opening,
    /// The rule.
    pub policy: &'a Policy,
    /// The business date.
    pub as_of: NaiveDate,
    /// Breaks ties between equals, like the seed of a run.
    pub seed: u64,
}

/// What the roster says about the people asked for.
#[derive(Clone, Debug, Default)]
pub struct Rated {
    /// Those who may be proposed as far as the roster knows, in no particular order.
    pub ranks: Vec<Rank>,
    /// Those the roster does not know.
    pub unknown: Vec<PersonId>,
}

/// Up to where the outbox was applied.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Which store, and the position below which everything was applied.
    pub payload: Payload,
    /// Entries (`seq`) at or above that position that were applied all the same.
    pub ahead: Arc<HashSet<i64>>,
}

impl Mark {
    /// What the payload of a commit says.
    pub fn at(payload: Payload) -> Self {
        Self { payload, ahead: Arc::default() }
    }
}

/// One person, digested.
#[derive(Clone, Debug)]
pub struct Member {
    id: PersonId,
    facts: PersonFacts,
    village: Option<usize>,
    vector: ProfileVector,
    lasting: Box<[String]>,
    passing: Box<[(String, NaiveDate)]>,
    evidence: Box<[Dated]>,
    registered_on: NaiveDate,
}

/// A person whose profile vector is shared with all who have the same.
#[derive(Debug)]
struct Entry {
    id: PersonId,
    facts: PersonFacts,
    village: Option<usize>,
    vector: u32,
    lasting: Box<[String]>,
    passing: Box<[(String, NaiveDate)]>,
    evidence: Box<[Dated]>,
    registered_on: NaiveDate,
}

/// Everybody who may be looked for, by id.
#[derive(Debug)]
pub struct Roster {
    mark: Mark,
    slots: Map<PersonId, u32>,
    entries: Vec<Option<Entry>>,
    free: Vec<u32>,
    vectors: Pool,
}

/// Equal vectors stored once: many people took the same training.
#[derive(Debug, Default)]
struct Pool {
    numbers: HashMap<Arc<ProfileVector>, u32>,
    /// Each with how many people have it.
    vectors: Vec<(Arc<ProfileVector>, u32)>,
    free: Vec<u32>,
}

impl Member {
    /// Digests a person. `criteria` are all of the person's, newest first.
    pub fn new(row: &MatchRow, body: &Profile, reading: &ProfileReading, criteria: Vec<Dated>) -> Self {
        // On the last of all days only what never expires is held; the rest is kept with its last day.
        let person = matching::person(row, body, reading, Evidence::default(), NaiveDate::MAX);
        let passing = body.certificates.iter().filter_map(|one| Some((&one.name, one.expires_on?)));
        let passing = passing.flat_map(|(name, last)| {
            let concepts = matching::certificate_concepts(std::slice::from_ref(name));
            concepts.into_iter().map(move |concept| (concept, last))
        });
        Self {
            id: person.id,
            facts: person.facts,
            village: person.village,
            vector: person.vector,
            lasting: person.certificates.into(),
            passing: passing.collect(),
            evidence: criteria.into(),
            registered_on: person.registered_on,
        }
    }
}

impl Roster {
    /// Nobody yet, beside an index applied up to `mark`.
    pub fn empty(mark: Mark) -> Self {
        Self { mark, slots: Map::default(), entries: Vec::new(), free: Vec::new(), vectors: Pool::default() }
    }

    /// How many people it holds.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds nobody.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// How many different profiles they have.
    pub fn profiles(&self) -> usize {
        self.vectors.numbers.len()
    }

    /// Up to where it follows the database.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// Says that everything below was applied.
    pub fn set_mark(&mut self, mark: Mark) {
        self.mark = mark;
    }

    /// Adds a person, or puts the newer state in place of the older one.
    pub fn put(&mut self, member: Member) {
        self.remove(member.id);
        let entry = Entry {
            id: member.id,
            facts: member.facts,
            village: member.village,
            vector: self.vectors.number(member.vector),
            lasting: member.lasting,
            passing: member.passing,
            evidence: member.evidence,
            registered_on: member.registered_on,
        };
        let id = entry.id;
        if let Some(slot) = self.free.pop() {
            self.entries[slot as usize] = Some(entry);
            self.slots.insert(id, slot);
        } else if let Ok(slot) = u32::try_from(self.entries.len()) {
            self.entries.push(Some(entry));
            self.slots.insert(id, slot);
        }
    }

    /// Forgets a person.
    pub fn remove(&mut self, id: PersonId) {
        let Some(slot) = self.slots.remove(&id) else { return };
        if let Some(entry) = self.entries[slot as usize].take() {
            self.vectors.release(entry.vector);
        }
        self.free.push(slot);
    }

    /// Rates these people for a vacancy by the rules of a match run, apart from the history of the pairs. How many live
    /// applications somebody has is not asked: that changes without the outbox, and the database is asked later.
    pub fn rate(&self, ids: impl Iterator<Item = PersonId>, question: &Question<'_>) -> Rated {
        let mut rated = Rated::default();
        let mut scores = Scores::new(self, question);
        let priorities = Priorities::new(question.policy);
        for id in ids {
            match self.slots.get(&id).and_then(|slot| self.entries[*slot as usize].as_ref()) {
                None => rated.unknown.push(id),
                Some(entry) => {
                    let work = scores.of(entry.vector);
                    if work >= question.policy.fit_floor
                        && let Some(pair) = entry.pair(work, question, &priorities)
                    {
                        rated.ranks.push(Rank::new(pair, question, id, entry.registered_on));
                    }
                }
            }
        }
        rated
    }
}

impl Entry {
    fn pair(&self, work: u16, question: &Question<'_>, priorities: &Priorities) -> Option<Pair> {
        let Question { opening, policy, as_of, .. } = *question;
        if eligibility::person_out(&PersonFacts { full: false, ..self.facts.clone() }).is_some() {
            return None;
        }
        let way = self
            .village
            .zip(opening.village)
            .and_then(|(home, place)| region::village_distance_m(home, place));
        let out = if self.passing.is_empty() || opening.facts.certificates.is_empty() {
            eligibility::pair_out(&self.facts, &opening.facts, way, &self.lasting, policy, as_of)
        } else {
            eligibility::pair_out(&self.facts, &opening.facts, way, &self.held(as_of), policy, as_of)
        };
        if !out.is_empty() {
            return None;
        }
        let grades = grades::structured(&self.facts, &opening.facts, way);
        let fit = work + fit::structured_points(work, &grades);
        Some(Pair { fit, priority: priorities.of(&Dated::on(&self.evidence, as_of)) })
    }

    fn held(&self, as_of: NaiveDate) -> Vec<String> {
        let valid = self.passing.iter().filter(|(_, last)| *last >= as_of).map(|(concept, _)| concept);
        self.lasting.iter().chain(valid).cloned().collect()
    }
}

impl Pool {
    fn number(&mut self, vector: ProfileVector) -> u32 {
        if let Some(&number) = self.numbers.get(&vector) {
            self.vectors[number as usize].1 += 1;
            return number;
        }
        let vector = Arc::new(vector);
        let number = if let Some(number) = self.free.pop() {
            self.vectors[number as usize] = (Arc::clone(&vector), 1);
            number
        } else {
            // Never more vectors than entries, which are counted in 32 bits.
            let number = u32::try_from(self.vectors.len()).unwrap_or(u32::MAX);
            self.vectors.push((Arc::clone(&vector), 1));
            number
        };
        self.numbers.insert(vector, number);
        number
    }

    fn release(&mut self, number: u32) {
        let (vector, users) = &mut self.vectors[number as usize];
        *users -= 1;
        if *users == 0 {
            self.numbers.remove(vector);
            *vector = Arc::default();
            self.free.push(number);
        }
    }
}

/// Work points by vector, each worked out once a question.
struct Scores<'a> {
    pool: &'a Pool,
    opening: &'a Opening,
    known: Vec<u16>,
}

/// Not yet worked out; no score is that high.
const NOT_YET: u16 = u16::MAX;

impl<'a> Scores<'a> {
    fn new(roster: &'a Roster, question: &Question<'a>) -> Self {
        let known = vec![NOT_YET; roster.vectors.vectors.len()];
        Self { pool: &roster.vectors, opening: question.opening, known }
    }

    fn of(&mut self, vector: u32) -> u16 {
        let known = &mut self.known[vector as usize];
        if *known == NOT_YET {
            *known = fit::score(&self.opening.vector, &self.pool.vectors[vector as usize].0);
        }
        *known
    }
}

/// Priority points of every possible evidence under one policy: 11 deciles (0 = unknown) by 8 combinations of the rest.
struct Priorities(Vec<u16>);

impl Priorities {
    fn new(policy: &Policy) -> Self {
        let all = (0..88_u8).map(|number| {
            let (desil, bits) = (number / 8, number % 8);
            Evidence {
                desil: (desil > 0).then_some(desil),
                disability: bits & 1 > 0,
                long_unemployment: bits & 2 > 0,
                laid_off: bits & 4 > 0,
            }
        });
        Self(all.map(|evidence| priority::priority(&evidence, &policy.priority).0).collect())
    }

    fn of(&self, evidence: &Evidence) -> u16 {
        let desil = usize::from(evidence.desil.unwrap_or(0));
        let bits = usize::from(evidence.disability)
            + 2 * usize::from(evidence.long_unemployment)
            + 4 * usize::from(evidence.laid_off);
        self.0.get(desil * 8 + bits).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        app::{profiles, shortlist},
        domain::ids::RecordId,
        reading::job::{JobText, read_job},
        store::profiles::Training,
    };

    fn row(number: u128) -> MatchRow {
        MatchRow {
            id: PersonId(Uuid::from_u128(number)),
            birth_date: NaiveDate::from_ymd_opt(1999, 1, 15).unwrap_or_default(),
            sex: None,
            disability: None,
            family_key: None,
            village: None,
            education: None,
            major: None,
            status: "seeking".to_owned(),
            available_from: None,
            registered_on: NaiveDate::default(),
            objects_to_ranking: false,
            live: 0,
            placed: 0,
            wage_floor: None,
            max_distance_m: None,
            shift_ok: None,
        }
    }

    fn member(number: u128, programme: &str) -> Member {
        let training = Training {
            id: RecordId(Uuid::from_u128(number)),
            person_id: PersonId(Uuid::from_u128(number)),
            class_id: None,
            programme: programme.to_owned(),
            ended_on: None,
            result: None,
        };
        let body = Profile { trainings: vec![training], ..Profile::default() };
        Member::new(&row(number), &body, &profiles::read_person_once(&body, None, None), Vec::new())
    }

    fn empty() -> Roster {
        Roster::empty(Mark::at(Payload { store_id: Uuid::nil(), restore_epoch: 0, watermark: 0 }))
    }

    fn rated(roster: &Roster, ids: &[u128]) -> (Vec<u128>, Vec<u128>) {
        let job = read_job(&JobText { title: "Operator Jahit", ..JobText::default() });
        let (opening, policy) = (shortlist::opening_of_text(&job), Policy::default());
        let as_of = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
        let ids = ids.iter().map(|number| PersonId(Uuid::from_u128(*number)));
        let found = roster.rate(ids, &Question { opening: &opening, policy: &policy, as_of, seed: 0 });
        let numbers = |ids: Vec<PersonId>| {
            let mut numbers: Vec<u128> = ids.into_iter().map(|id| id.0.as_u128()).collect();
            numbers.sort_unstable();
            numbers
        };
        (numbers(found.ranks.iter().map(|rank| rank.person).collect()), numbers(found.unknown))
    }

    #[test]
    fn equal_profiles_are_kept_once_and_places_are_used_again() {
        let mut roster = empty();
        roster.put(member(1, "Menjahit Pakaian"));
        roster.put(member(2, "Menjahit Pakaian"));
        roster.put(member(3, "Pengelasan SMAW 3G"));
        assert_eq!((roster.len(), roster.profiles()), (3, 2));
        assert_eq!(rated(&roster, &[1, 2, 3, 4]), (vec![1, 2], vec![4]));
        roster.put(member(3, "Menjahit Pakaian"));
        roster.remove(PersonId(Uuid::from_u128(1)));
        roster.remove(PersonId(Uuid::from_u128(9)));
        assert_eq!((roster.len(), roster.profiles()), (2, 1));
        roster.put(member(4, "Barista"));
        roster.put(member(2, "Barista"));
        assert_eq!((roster.len(), roster.profiles(), roster.entries.len()), (3, 2, 3));
        assert_eq!(rated(&roster, &[1, 2, 3, 4]), (vec![3], vec![1]));
        for number in 2..5 {
            roster.remove(PersonId(Uuid::from_u128(number)));
        }
        assert!(roster.is_empty());
        assert_eq!(roster.profiles(), 0);
    }

    #[test]
    fn every_evidence_has_the_points_of_the_policy() {
        let policy = Policy::default();
        let priorities = Priorities::new(&policy);
        for desil in [None, Some(1), Some(4), Some(10)] {
            for bits in 0..8 {
                let evidence = Evidence {
                    desil,
                    disability: bits & 1 > 0,
                    long_unemployment: bits & 2 > 0,
                    laid_off: bits & 4 > 0,
                };
                let points = priority::priority(&evidence, &policy.priority).0;
                assert_eq!(priorities.of(&evidence), points, "{evidence:?}");
            }
        }
    }
}
