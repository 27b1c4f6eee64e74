//! The fairness report: who was proposed among those who could be, by sex, disability, district and desil; and who gained
//! and who paid when a rule changed. It describes a run; nothing here is ever an input of one.
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::domain::{evidence, ids::PersonId, machine::text_enum};

/// What the report groups people by. None of it but the evidence of priority is known to a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// `male` or `female`.
    pub sex: Option<String>,
    /// Code of the home district (kecamatan).
    pub district: Option<String>,
    /// Decile of family welfare.
    pub desil: Option<u8>,
    /// Evidence of a disability.
    pub disability: bool,
    /// Equal for the members of one family; tells nothing else.
    pub family: Option<Vec<u8>>,
}

impl Traits {
    /// Whether the person counts as poor.
    pub fn is_poor(&self) -> bool {
        evidence::is_poor(self.desil)
    }
}

text_enum! {
    /// By what the people of a row are alike.
    Dimension: "dimension" {
        /// Sex.
        Sex = "sex",
        /// Evidence of a disability.
        Disability = "disability",
        /// Home district (kecamatan).
        District = "district",
        /// Decile of family welfare.
        Desil = "desil",
    }
}

/// People who are alike, and how many of them were proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FairnessRow)]
pub struct Row {
    /// By what.
    pub dimension: Dimension,
    /// The value; `unknown` where nobody knows.
    pub value: String,
    /// People with at least one eligible pair.
    pub eligible: usize,
    /// Of these, proposed.
    pub proposed: usize,
    /// Proposed of a thousand eligible.
    pub permille: u32,
    /// At least [`ENOUGH`] people, and their rate is below four fifths of the rate of all: worth a look.
    pub low: bool,
}

/// The report of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Fairness {
    /// People with at least one eligible pair.
    pub eligible: usize,
    /// Of these, proposed.
    pub proposed: usize,
    /// Different families of known desil 1 to 4 with somebody proposed; a person without a family counts as one.
    pub poor_households: usize,
    /// By dimension and value.
    pub rows: Vec<Row>,
}

/// Fewer people than this are no rate.
pub const ENOUGH: usize = 20;

/// People of one kind under two rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PlacementShift)]
pub struct Shift {
    /// Proposed by the first rule.
    pub before: usize,
    /// Proposed by the second.
    pub after: usize,
    /// Proposed by the second only.
    pub gained: usize,
    /// Proposed by the first only: they paid.
    pub lost: usize,
}

/// Who gained and who paid between two rules, by what is known of their welfare. Everybody is of one of the three kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WhoPaid {
    /// Known desil 1 to 4.
    pub poor: Shift,
    /// Known desil above that.
    pub better_off: Shift,
    /// Nobody knows the desil, or what was known has expired: neither poor nor rich.
    pub unknown: Shift,
}

impl Shift {
    /// How many more are proposed by the second rule; below zero where fewer are.
    pub fn net(&self) -> i64 {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        number(self.gained) - number(self.lost)
    }

    const fn with(self, other: Self) -> Self {
        Self {
            before: self.before + other.before,
            after: self.after + other.after,
            gained: self.gained + other.gained,
            lost: self.lost + other.lost,
        }
    }
}

impl WhoPaid {
    /// All kinds together.
    pub const fn all(&self) -> Shift {
        self.poor.with(self.better_off).with(self.unknown)
    }
}

/// Compares whom two rules propose.
pub fn who_paid(
    traits: &HashMap<PersonId, Traits>,
    before: &HashSet<PersonId>,
    after: &HashSet<PersonId>,
) -> WhoPaid {
    let mut found = WhoPaid::default();
    for person in before.union(after) {
        let (was, is) = (before.contains(person), after.contains(person));
        let known = traits.get(person);
        let shift = match known.and_then(|known| known.desil) {
            None => &mut found.unknown,
            Some(_) if known.is_some_and(Traits::is_poor) => &mut found.poor,
            Some(_) => &mut found.better_off,
        };
        shift.before += usize::from(was);
        shift.after += usize::from(is);
        shift.gained += usize::from(is && !was);
        shift.lost += usize::from(was && !is);
    }
    found
}

/// Reports on a run.
pub fn report(
    traits: &HashMap<PersonId, Traits>,
    eligible: impl IntoIterator<Item = PersonId>,
    proposed: &HashSet<PersonId>,
) -> Fairness {
    let nothing = Traits::default();
    let mut counts: BTreeMap<(Dimension, String), (usize, usize)> = BTreeMap::new();
    let mut all = (0, 0);
    for person in eligible {
        let known = traits.get(&person).unwrap_or(&nothing);
        let chosen = usize::from(proposed.contains(&person));
        all = (all.0 + 1, all.1 + chosen);
        for key in values(known) {
            let count = counts.entry(key).or_default();
            *count = (count.0 + 1, count.1 + chosen);
        }
    }
    let overall = permille(all.1, all.0);
    let rows = counts.into_iter().map(|((dimension, value), (eligible, proposed))| {
        let permille = permille(proposed, eligible);
        // The four-fifths rule of thumb of the Uniform Guidelines on Employee Selection Procedures (1978).
        let low = eligible >= ENOUGH && permille * 5 < overall * 4;
        Row { dimension, value, eligible, proposed, permille, low }
    });
    Fairness {
        eligible: all.0,
        proposed: all.1,
        poor_households: poor_households(traits, proposed),
        rows: rows.collect(),
    }
}

/// Different families of known desil 1 to 4 among some people.
pub fn poor_households<'a>(
    traits: &HashMap<PersonId, Traits>,
    people: impl IntoIterator<Item = &'a PersonId>,
) -> usize {
    let poor = |person: &&PersonId| traits.get(*person).is_some_and(Traits::is_poor);
    households(traits, people.into_iter().filter(poor))
}

/// Different households among some people; a person without a family counts as one.
pub fn households<'a>(
    traits: &HashMap<PersonId, Traits>,
    people: impl IntoIterator<Item = &'a PersonId>,
) -> usize {
    let household = |person: &PersonId| match traits.get(person).and_then(|known| known.family.clone()) {
        Some(family) => (Some(family), None),
        None => (None, Some(*person)),
    };
    people.into_iter().map(household).collect::<HashSet<_>>().len()
}

fn values(known: &Traits) -> [(Dimension, String); 4] {
    let unknown = || "unknown".to_owned();
    [
        (Dimension::Sex, known.sex.clone().unwrap_or_else(unknown)),
        (Dimension::Disability, if known.disability { "evidenced" } else { "none" }.to_owned()),
        (Dimension::District, known.district.clone().unwrap_or_else(unknown)),
        (Dimension::Desil, known.desil.map_or_else(unknown, |desil| format!("{desil:02}"))),
    ]
}

fn permille(part: usize, whole: usize) -> u32 {
    u32::try_from((part * 1000).checked_div(whole).unwrap_or(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn shares_are_counted_among_those_who_could_be_proposed() {
        let traits: HashMap<PersonId, Traits> = (0..100_u128)
            .map(|number| {
                let sex = Some(if number < 50 { "female" } else { "male" }.to_owned());
                let family = (number % 2 == 0).then(|| vec![u8::try_from(number / 4).unwrap()]);
                (person(number), Traits { sex, desil: Some(1), family, ..Traits::default() })
            })
            .collect();
        let proposed: HashSet<PersonId> = (0..40).chain(50..60).map(person).collect();
        let found = report(&traits, (0..100).map(person), &proposed);
        assert_eq!((found.eligible, found.proposed), (100, 50));
        let row = |value: &str| found.rows.iter().find(|row| row.value == value).unwrap();
        assert_eq!((row("female").permille, row("female").low), (800, false));
        assert_eq!((row("male").permille, row("male").low), (200, true));
        assert_eq!(row("unknown").eligible, 100, "nobody's district is known");
        // 25 odd numbers stand alone; even numbers share a family with the next even one: 0..40 ten, 50..60 three.
        assert_eq!(found.poor_households, 25 + 10 + 3);
    }

    fn with_desil(desil: Option<u8>) -> Traits {
        Traits { desil, ..Traits::default() }
    }

    #[test]
    fn who_gains_and_who_pays_is_told_apart() {
        // Poor, better off, unknown; one more of whom nothing is known at all.
        let desils = [Some(1), Some(4), Some(5), Some(10), None];
        let traits =
            (0..5).map(|at| (person(at), with_desil(desils[usize::try_from(at).unwrap()]))).collect();
        let set = |numbers: &[u128]| numbers.iter().map(|number| person(*number)).collect::<HashSet<_>>();
        let found = who_paid(&traits, &set(&[2, 3, 4, 9]), &set(&[0, 1, 3]));
        let shift = |before, after, gained, lost| Shift { before, after, gained, lost };
        assert_eq!(found.poor, shift(0, 2, 2, 0));
        assert_eq!(found.better_off, shift(2, 1, 0, 1));
        assert_eq!(found.unknown, shift(2, 0, 0, 2));
        assert_eq!((found.all(), found.all().net()), (shift(4, 3, 2, 3), -1));
        assert_eq!(who_paid(&traits, &HashSet::new(), &HashSet::new()), WhoPaid::default());
    }

    proptest! {
        /// Gains and losses add up, in each kind and in all, and the other way round they change places.
        #[test]
        fn gains_and_losses_add_up(
            people in proptest::collection::vec((prop::option::of(1_u8..=10), any::<bool>(), any::<bool>()), 0..60),
        ) {
            let all = || (0_u128..).zip(&people);
            let traits = all().map(|(number, (desil, ..))| (person(number), with_desil(*desil))).collect();
            let before: HashSet<_> = all().filter(|(_, (_, was, _))| *was).map(|(n, _)| person(n)).collect();
            let after: HashSet<_> = all().filter(|(_, (_, _, is))| *is).map(|(n, _)| person(n)).collect();
            let (found, back) = (who_paid(&traits, &before, &after), who_paid(&traits, &after, &before));
            let kinds = [(found.poor, back.poor), (found.better_off, back.better_off), (found.unknown, back.unknown)];
            for (there, back) in kinds {
                prop_assert_eq!(there.after + there.lost, there.before + there.gained);
                prop_assert_eq!((there.gained, there.lost, there.net()), (back.lost, back.gained, -back.net()));
                prop_assert!(there.lost <= there.before && there.gained <= there.after);
            }
            let sum = found.all();
            prop_assert_eq!((sum.before, sum.after), (before.len(), after.len()));
            prop_assert_eq!(sum.lost, before.difference(&after).count());
            prop_assert_eq!(sum.gained, after.difference(&before).count());
            let poor = after.iter().filter(|id| traits[*id].is_poor()).count();
            prop_assert_eq!(found.poor.after, poor);
        }
    }

    #[test]
    fn a_few_people_are_no_rate() {
        let found = report(&HashMap::new(), (0..5).map(person), &HashSet::new());
        assert!(found.rows.iter().all(|row| !row.low && row.eligible == 5 && row.permille == 0));
        assert_eq!(report(&HashMap::new(), [], &HashSet::new()).rows, []);
    }
}
