//! What is kept of a run so that it can be proved again: the numbers, the rule, the answer and its prices, as plain JSON
//! that another program can read too. People stand under pseudonyms, which the caller makes.
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::matching::{
    certificate::{Certified, Violation},
    policy::Policy,
    problem::{
        Candidate, PersonNumbers, Problem, VacancyNumbers,
        parts::{Home, Layout, Part},
        proof,
        solve::{self, Assignment, SolveError},
    },
    propose::scheme,
};

/// Version of this shape.
const FORMAT: u32 = 1;

/// Which program made an answer: the same one gives the same bytes. The second number changes with everything that may
/// change an answer.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+solver.2");

/// A run in numbers with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    format: u32,
    /// Which program made the answer.
    pub program: String,
    /// The rule.
    pub policy: Policy,
    /// The seed of ties.
    pub seed: u64,
    /// Pseudonyms of the people, in the order of the indices.
    pub people: Vec<String>,
    /// Ids of the vacancies, in the order of the indices.
    pub vacancies: Vec<String>,
    who: People,
    rooms: Vec<Pairs>,
    layout: Places,
    answer: Answer,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    priority: Vec<u16>,
    weeks: Vec<u8>,
    drawn: Vec<u8>,
    poor: Vec<u8>,
    reserved: Vec<u8>,
    groups: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    capacity: u32,
    reserved: u32,
    people: Vec<u32>,
    fit: Vec<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    /// Vacancy, places, 1 when reserved, floors.
    parts: Vec<(u32, u32, u8, u8)>,
    /// Places, floors.
    homes: Vec<(u32, u8)>,
    everywhere: u8,
    unit: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    seated: Vec<Option<u32>>,
    person_prices: Vec<i64>,
    part_prices: Vec<i64>,
    optimum: i64,
    rounds: u32,
}

/// Why an archive proves nothing.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// Not an archive, or of an unknown shape.
    #[error("the archive cannot be read: {0}")]
    Unreadable(String),
    /// Its parts do not belong together.
    #[error("the archive is inconsistent: {0}")]
    Inconsistent(&'static str),
    /// The stored answer is not feasible or not optimal.
    #[error("the stored placement is not proved: {0}")]
    Refuted(#[from] Violation),
    /// It cannot be solved again.
    #[error(transparent)]
    Unsolved(#[from] SolveError),
}

/// What a replay found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Replayed {
    /// The program that made the run.
    pub program: String,
    /// Whether it is this one.
    pub same_program: bool,
    /// Whether solving again gives the same answer, byte by byte. Promised for the same program.
    pub same_bytes: bool,
    /// Whether the stored placement is feasible.
    pub feasible: bool,
    /// Dual value less optimum; 0 proves that no placement is better.
    pub dual_gap: i64,
    /// The optimum.
    pub optimum: i64,
    /// People placed.
    pub assigned: usize,
    /// Eligible pairs.
    pub pairs: usize,
}

impl Archive {
    /// Puts a run into an archive.
    pub fn new(
        policy: &Policy,
        seed: u64,
        names: (Vec<String>, Vec<String>),
        problem: &Problem,
        placement: &Assignment,
    ) -> Self {
        let bit = u8::from;
        let of = |each: fn(&PersonNumbers) -> u8| problem.people.iter().map(each).collect();
        let room = |room: &VacancyNumbers| Pairs {
            capacity: room.capacity,
            reserved: room.reserved,
            people: room.list.iter().map(|candidate| candidate.person).collect(),
            fit: room.list.iter().map(|candidate| candidate.fit).collect(),
        };
        let Layout { parts, homes, everywhere, unit } = &placement.layout;
        Self {
            format: FORMAT,
            program: PROGRAM.to_owned(),
            policy: policy.clone(),
            seed,
            people: names.0,
            vacancies: names.1,
            who: People {
                priority: problem.people.iter().map(|who| who.priority).collect(),
                weeks: of(|who| who.weeks),
                drawn: of(|who| who.drawn),
                poor: of(|who| u8::from(who.poor)),
                reserved: of(|who| u8::from(who.reserved)),
                groups: of(|who| who.groups),
            },
            rooms: problem.vacancies.iter().map(room).collect(),
            layout: Places {
                parts: parts
                    .iter()
                    .map(|part| (part.vacancy, part.seats, bit(part.reserved), part.floors))
                    .collect(),
                homes: homes.iter().map(|home| (home.seats, home.floors)).collect(),
                everywhere: *everywhere,
                unit: *unit,
            },
            answer: Answer {
                seated: placement.seated.clone(),
                person_prices: placement.person_prices.clone(),
                part_prices: placement.part_prices.clone(),
                optimum: placement.optimum,
                rounds: placement.rounds,
            },
        }
    }

    /// As bytes.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`], should it not be writable as JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ArchiveError> {
        serde_json::to_vec(self).map_err(|error| ArchiveError::Unreadable(error.to_string()))
    }

    /// From bytes.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`], [`ArchiveError::Inconsistent`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let found: Self =
            serde_json::from_slice(bytes).map_err(|error| ArchiveError::Unreadable(error.to_string()))?;
        if found.format != FORMAT {
            return Err(ArchiveError::Unreadable(format!("format {} is unknown", found.format)));
        }
        found.check()?;
        Ok(found)
    }

    /// Proves the stored placement from the stored numbers, and solves them again.
    ///
    /// # Errors
    /// [`ArchiveError::Refuted`] when the stored placement is not feasible or not optimal.
    pub fn replay(&self) -> Result<Replayed, ArchiveError> {
        let (problem, placement) = (self.problem(), self.placement());
        let scheme = scheme(&self.policy, self.seed);
        let Certified { optimum, dual, .. } = proof::prove(&problem, &scheme, &placement)?;
        let again = solve::solve(&problem, &scheme)?;
        let names = (self.people.clone(), self.vacancies.clone());
        let rebuilt = Self::new(&self.policy, self.seed, names, &problem, &again);
        let same_program = self.program == PROGRAM;
        let rebuilt = Self { program: self.program.clone(), ..rebuilt };
        Ok(Replayed {
            program: self.program.clone(),
            same_program,
            same_bytes: rebuilt.to_bytes()? == self.to_bytes()?,
            feasible: true,
            dual_gap: dual - optimum,
            optimum,
            assigned: (0..problem.people.len())
                .filter(|person| placement.vacancy_of(*person).is_some())
                .count(),
            pairs: problem.pairs(),
        })
    }

    /// Who was placed where: indices of person and vacancy.
    pub fn placed(&self) -> Vec<(usize, usize)> {
        let room = |part: u32| self.layout.parts.get(usize::try_from(part).ok()?).map(|part| part.0);
        let seats = self.answer.seated.iter().enumerate();
        seats.filter_map(|(person, part)| Some((person, usize::try_from(room((*part)?)?).ok()?))).collect()
    }

    fn problem(&self) -> Problem {
        let who = |at: usize| PersonNumbers {
            priority: self.who.priority[at],
            weeks: self.who.weeks[at],
            drawn: self.who.drawn[at],
            poor: self.who.poor[at] != 0,
            reserved: self.who.reserved[at] != 0,
            groups: self.who.groups[at],
        };
        let room = |pairs: &Pairs| VacancyNumbers {
            capacity: pairs.capacity,
            reserved: pairs.reserved,
            list: pairs
                .people
                .iter()
                .zip(&pairs.fit)
                .map(|(&person, &fit)| Candidate { person, fit })
                .collect(),
        };
        Problem {
            people: (0..self.people.len()).map(who).collect(),
            vacancies: self.rooms.iter().map(room).collect(),
        }
    }

    fn placement(&self) -> Assignment {
        let part = |&(room, seats, reserved, floors): &(u32, u32, u8, u8)| Part {
            vacancy: room,
            seats,
            reserved: reserved != 0,
            floors,
        };
        Assignment {
            layout: Layout {
                parts: self.layout.parts.iter().map(part).collect(),
                homes: self.layout.homes.iter().map(|&(seats, floors)| Home { seats, floors }).collect(),
                everywhere: self.layout.everywhere,
                unit: self.layout.unit,
            },
            seated: self.answer.seated.clone(),
            person_prices: self.answer.person_prices.clone(),
            part_prices: self.answer.part_prices.clone(),
            optimum: self.answer.optimum,
            rounds: self.answer.rounds,
        }
    }

    /// Lengths and indices, so that proving can trust them; and the places of every vacancy are those of its parts.
    fn check(&self) -> Result<(), ArchiveError> {
        let people = self.people.len();
        let who = &self.who;
        let lengths =
            [who.weeks.len(), who.drawn.len(), who.poor.len(), who.reserved.len(), who.groups.len()];
        if who.priority.len() != people || lengths.iter().any(|length| *length != people) {
            return Err(ArchiveError::Inconsistent("the columns of the people differ in length"));
        }
        if self.rooms.len() != self.vacancies.len() {
            return Err(ArchiveError::Inconsistent("vacancies and their pairs differ in number"));
        }
        for room in &self.rooms {
            let known = |person: &u32| usize::try_from(*person).is_ok_and(|person| person < people);
            if room.people.len() != room.fit.len() || !room.people.iter().all(known) {
                return Err(ArchiveError::Inconsistent("the pairs of a vacancy name somebody unknown"));
            }
        }
        let mut places = vec![(0_u64, 0_u64); self.rooms.len()];
        for &(room, seats, reserved, _) in &self.layout.parts {
            let Some(known) = usize::try_from(room).ok().and_then(|room| places.get_mut(room)) else {
                return Err(ArchiveError::Inconsistent("a part belongs to no vacancy"));
            };
            known.0 += u64::from(seats);
            known.1 += u64::from(seats) * u64::from(reserved);
        }
        let differs = |(places, room): (&(u64, u64), &Pairs)| {
            *places != (u64::from(room.capacity), u64::from(room.reserved.min(room.capacity)))
        };
        if places.iter().zip(&self.rooms).any(differs) {
            return Err(ArchiveError::Inconsistent("the parts of a vacancy are not its places"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::policy::floors::{Floor, Side};

    fn archive() -> Archive {
        let policy = Policy {
            floors: vec![Floor {
                group: "desil_1_4".parse().unwrap(),
                share: serde_json::from_str("0.5").unwrap(),
                per: Side::Vacancy,
            }],
            ..Policy::default()
        };
        let who = |groups| PersonNumbers {
            priority: 10,
            weeks: 3,
            drawn: 7,
            poor: groups == 1,
            reserved: false,
            groups,
        };
        let people = vec![who(0), who(1), who(0)];
        let pairs = [(0, 800), (2, 700), (1, 300)];
        let list = pairs.map(|(person, fit)| Candidate { person, fit }).to_vec();
        let problem = Problem { people, vacancies: vec![VacancyNumbers { capacity: 2, reserved: 0, list }] };
        let placement = solve::solve(&problem, &scheme(&policy, 5)).unwrap();
        let names = (vec!["a".into(), "b".into(), "c".into()], vec!["v".into()]);
        Archive::new(&policy, 5, names, &problem, &placement)
    }

    #[test]
    fn a_replay_gives_the_same_bytes_and_the_proof() {
        let archive = archive();
        let read = Archive::from_bytes(&archive.to_bytes().unwrap()).unwrap();
        assert_eq!(read, archive);
        let replayed = read.replay().unwrap();
        assert!(replayed.same_program && replayed.same_bytes && replayed.feasible);
        assert_eq!((replayed.dual_gap, replayed.assigned, replayed.pairs), (0, 2, 3));
        assert_eq!(read.placed(), [(0, 0), (1, 0)], "half of the places are for the poor");
    }

    #[test]
    fn a_changed_answer_or_changed_numbers_are_refuted() {
        let mut other = archive();
        other.answer.seated = vec![Some(0), None, Some(1)];
        assert!(matches!(other.replay(), Err(ArchiveError::Refuted(_))));
        let mut better = archive();
        better.rooms[0].fit[2] = 900;
        assert!(matches!(better.replay(), Err(ArchiveError::Refuted(_))));
        let mut crowded = archive();
        crowded.layout.parts[0].1 += 1;
        let bytes = crowded.to_bytes().unwrap();
        assert!(matches!(Archive::from_bytes(&bytes), Err(ArchiveError::Inconsistent(_))));
        assert!(matches!(Archive::from_bytes(b"{}"), Err(ArchiveError::Unreadable(_))));
    }

    #[test]
    fn another_program_need_not_give_the_same_bytes_but_the_proof() {
        let mut old = archive();
        old.program = "0.0.1".into();
        old.answer.rounds += 1;
        let replayed = old.replay().unwrap();
        assert!(!replayed.same_program && !replayed.same_bytes && replayed.dual_gap == 0);
    }
}
