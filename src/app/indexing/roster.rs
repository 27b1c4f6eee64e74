//! What a shortlist needs of every person, kept in memory beside the search index: the digested profile, the facts behind
//! eligibility and points, dated evidence of priority. No name, NIK, phone, sex. It is a derived copy: `indexing` fills it
//! and brings it up to date from the outbox, `shortlist` lets the database have the last word. Rules of points do not
//! belong here: they are those of `matching`.
use std::{borrow::Cow, cmp::Reverse, collections::HashSet, sync::Arc};

use chrono::NaiveDate;

use crate::{
    app::{readings::Dated, runs::computing},
    domain::{ids::PersonId, region},
    matching::{
        eligibility::{self, PersonFacts},
        fit::{self, ProfileRows, ProfileVector, profile_table::ProfileTable},
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
    entry: Entry,
    vector: ProfileVector,
}

/// What is known of a person besides the profile.
#[derive(Clone, Debug)]
struct Entry {
    id: PersonId,
    facts: PersonFacts,
    village: Option<usize>,
    /// Certificates that never expire, and others with their last day.
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
    /// By slot.
    entries: Vec<Option<Entry>>,
    /// Profiles by slot, apart: they are read for everybody, the entries for few.
    table: ProfileTable,
    free: Vec<u32>,
}

impl Member {
    /// Digests a person. `criteria` are all of the person's, newest first.
    pub fn new(row: &MatchRow, body: &Profile, reading: &ProfileReading, criteria: Vec<Dated>) -> Self {
        // On the last of all days only what never expires is held; the rest is kept with its last day.
        let person = computing::person(row, body, reading, Evidence::default(), NaiveDate::MAX);
        let passing = body.certificates.iter().filter_map(|one| Some((&one.name, one.expires_on?)));
        let passing = passing.flat_map(|(name, last)| {
            let concepts = computing::certificate_concepts(std::slice::from_ref(name));
            computing::with_covered(concepts).into_iter().map(move |concept| (concept, last))
        });
        let entry = Entry {
            id: person.id,
            facts: person.facts,
            village: person.village,
            lasting: person.certificates.into(),
            passing: passing.collect(),
            evidence: criteria.into(),
            registered_on: person.registered_on,
        };
        Self { entry, vector: person.vector }
    }
}

impl Roster {
    /// Nobody yet, beside an index applied up to `mark`.
    pub fn empty(mark: Mark) -> Self {
        Self {
            mark,
            slots: Map::default(),
            entries: Vec::new(),
            table: ProfileTable::default(),
            free: Vec::new(),
        }
    }

    /// How many people it holds.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds nobody.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
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
        let Member { entry, vector } = member;
        self.remove(entry.id);
        let slot = self.free.pop().or_else(|| u32::try_from(self.entries.len()).ok());
        let Some(slot) = slot.filter(|slot| self.table.put(*slot as usize, &vector)) else {
            // Beyond 32 bits of places: those without one are judged from the database.
            return;
        };
        self.slots.insert(entry.id, slot);
        let at = slot as usize;
        if at < self.entries.len() {
            self.entries[at] = Some(entry);
        } else {
            self.entries.push(Some(entry));
        }
    }

    /// Forgets a person.
    pub fn remove(&mut self, id: PersonId) {
        let Some(slot) = self.slots.remove(&id) else { return };
        self.entries[slot as usize] = None;
        self.table.clear(slot as usize);
        self.free.push(slot);
    }

    /// Rates these people for a vacancy by the rules of a match run, apart from the history of the pairs. How many live
    /// applications a person has is not asked: that changes without the outbox, and the database is asked later.
    pub fn rate(&self, ids: impl Iterator<Item = PersonId>, question: &Question<'_>) -> Rated {
        let mut rated = Rated::default();
        let mut wanted = vec![false; self.entries.len()];
        for id in ids {
            match self.slots.get(&id) {
                None => rated.unknown.push(id),
                Some(slot) => wanted[*slot as usize] = true,
            }
        }
        // In the order of the table, which lies in memory as it is read.
        let priorities = Priorities::new(question.policy);
        for (at, entry) in self.entries.iter().enumerate().filter(|(at, _)| wanted[*at]) {
            rated.ranks.extend(rank(self.table.get(at), entry.as_ref(), question, &priorities));
        }
        rated
    }
}

fn rank(
    profile: ProfileRows<'_>,
    entry: Option<&Entry>,
    question: &Question<'_>,
    priorities: &Priorities,
) -> Option<Rank> {
    let work = fit::score_rows(&question.opening.vector, &profile);
    if work < question.policy.fit_floor {
        return None;
    }
    let entry = entry?;
    let pair = entry.pair(work, question, priorities)?;
    Some(Rank::new(pair, question, entry.id, entry.registered_on))
}

impl Entry {
    fn pair(&self, work: u16, question: &Question<'_>, priorities: &Priorities) -> Option<Pair> {
        let Question { opening, policy, as_of, .. } = *question;
        if eligibility::person_out(&PersonFacts { full: false, ..self.facts.clone() }, as_of).is_some() {
            return None;
        }
        let way = self
            .village
            .zip(opening.village)
            .and_then(|(home, place)| region::village_distance_m(home, place));
        let held = if self.passing.is_empty() || opening.facts.certificates.is_empty() {
            Cow::Borrowed(&self.lasting[..])
        } else {
            Cow::Owned(self.held(as_of))
        };
        let out = eligibility::pair_out(&self.facts, &opening.facts, way, &held, policy, as_of);
        if !out.is_empty() {
            return None;
        }
        let grades = grades::structured(&self.facts, &opening.facts, way);
        let asks = eligibility::asks_certificate(&self.facts, &opening.facts, &held);
        let fit = fit::total(work, &grades, asks);
        Some(Pair { fit, priority: priorities.of(&Dated::on(&self.evidence, as_of)) })
    }

    fn held(&self, as_of: NaiveDate) -> Vec<String> {
        let valid = self.passing.iter().filter(|(_, last)| *last >= as_of).map(|(concept, _)| concept);
        self.lasting.iter().chain(valid).cloned().collect()
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
        app::{candidates::posted, readings},
        domain::{ids::RecordId, person::Status},
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
            status: Status::Seeking,
            available_from: None,
            class_ends_on: None,
            registered_on: NaiveDate::default(),
            objects_to_ranking: false,
            live: 0,
            placed: 0,
            wage_floor: None,
            max_distance_m: None,
            shift_ok: None,
            transport: None,
            dormitory_ok: None,
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
        Member::new(&row(number), &body, &readings::read_person_once(&body, None, None), Vec::new())
    }

    fn empty() -> Roster {
        Roster::empty(Mark::at(Payload { store_id: Uuid::nil(), restore_epoch: 0, watermark: 0 }))
    }

    fn rated(roster: &Roster, ids: &[u128]) -> (Vec<u128>, Vec<u128>) {
        let job = read_job(&JobText { title: "Operator Jahit", ..JobText::default() });
        let (opening, policy) = (posted::opening(&job), Policy::default());
        let as_of = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
        let ids = ids.iter().map(|number| PersonId(Uuid::from_u128(*number)));
        let question = Question { opening: &opening, policy: &policy, as_of, seed: 0 };
        let found = roster.rate(ids, &question);
        let numbers = |ids: Vec<PersonId>| {
            let mut numbers: Vec<u128> = ids.into_iter().map(|id| id.0.as_u128()).collect();
            numbers.sort_unstable();
            numbers
        };
        (numbers(found.ranks.iter().map(|rank| rank.person).collect()), numbers(found.unknown))
    }

    #[test]
    fn people_come_change_and_go_and_places_are_used_again() {
        let mut roster = empty();
        roster.put(member(1, "Menjahit Pakaian"));
        roster.put(member(2, "Menjahit Pakaian"));
        roster.put(member(3, "Pengelasan SMAW 3G"));
        assert_eq!(rated(&roster, &[1, 2, 3, 4]), (vec![1, 2], vec![4]));
        roster.put(member(3, "Menjahit Pakaian"));
        roster.remove(PersonId(Uuid::from_u128(1)));
        roster.remove(PersonId(Uuid::from_u128(9)));
        roster.put(member(4, "Barista"));
        roster.put(member(2, "Barista"));
        assert_eq!((roster.len(), roster.entries.len()), (3, 3));
        assert_eq!(rated(&roster, &[1, 2, 3, 4]), (vec![3], vec![1]));
        for number in 2..5 {
            roster.remove(PersonId(Uuid::from_u128(number)));
        }
        assert!(roster.is_empty());
        assert_eq!(rated(&roster, &[3]), (vec![], vec![3]));
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
