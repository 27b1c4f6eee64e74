//! Floors: "at least this share of the places to this group, where somebody of it fits". Groups are told by evidence;
//! floors of one side nest or keep apart (a laminar family), so that they can be met at once and read by anybody.
use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use thiserror::Error;

use crate::{domain::machine::text_enum, matching::priority::Evidence};

/// Most floors of one policy.
pub const MOST_FLOORS: usize = 8;

/// A group of people told by evidence; what is not known is in no group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Known desil between the two, both included; written `desil_1_4`.
    Desil {
        /// The poorest decile of the group.
        from: u8,
        /// The richest decile of the group.
        to: u8,
    },
    /// An evidenced disability; written `disability`.
    Disability,
    /// Evidenced long unemployment; written `long_unemployment`.
    LongUnemployment,
    /// An evidenced lay-off; written `laid_off`.
    LaidOff,
}

impl Group {
    /// Whether evidence puts a person into the group.
    pub fn holds(self, evidence: &Evidence) -> bool {
        match self {
            Self::Desil { from, to } => evidence.desil.is_some_and(|desil| (from..=to).contains(&desil)),
            Self::Disability => evidence.disability,
            Self::LongUnemployment => evidence.long_unemployment,
            Self::LaidOff => evidence.laid_off,
        }
    }

    /// Whether everybody of `other` is in this group too.
    fn contains(self, other: Self) -> bool {
        match (self, other) {
            (Self::Desil { from, to }, Self::Desil { from: low, to: high }) => from <= low && high <= to,
            _ => self == other,
        }
    }

    /// Whether nobody can be in both.
    fn is_apart(self, other: Self) -> bool {
        match (self, other) {
            (Self::Desil { from, to }, Self::Desil { from: low, to: high }) => to < low || high < from,
            _ => false,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Desil { from, to } => write!(f, "desil_{from}_{to}"),
            Self::Disability => f.write_str("disability"),
            Self::LongUnemployment => f.write_str("long_unemployment"),
            Self::LaidOff => f.write_str("laid_off"),
        }
    }
}

impl FromStr for Group {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || {
            format!(
                "unknown criterion `{text}`, known are desil_1_4 (any two of 1..10 in order), disability, \
                 long_unemployment, laid_off"
            )
        };
        match text {
            "disability" => Ok(Self::Disability),
            "long_unemployment" => Ok(Self::LongUnemployment),
            "laid_off" => Ok(Self::LaidOff),
            _ => {
                let (from, to) =
                    text.strip_prefix("desil_").and_then(|band| band.split_once('_')).ok_or_else(unknown)?;
                let decile = |digits: &str| digits.parse().ok().filter(|desil| (1..=10).contains(desil));
                let (from, to) = decile(from).zip(decile(to)).ok_or_else(unknown)?;
                if from > to { Err(unknown()) } else { Ok(Self::Desil { from, to }) }
            }
        }
    }
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A share between 0 and 1, kept in thousandths so that every run rounds alike; written as a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u16);

impl Share {
    /// A share of so many thousandths; none above 1000.
    pub fn permille(thousandths: u16) -> Option<Self> {
        (thousandths <= 1000).then_some(Self(thousandths))
    }

    /// The part of a whole number of places, rounded down.
    pub fn of(self, places: u64) -> u64 {
        places.saturating_mul(u64::from(self.0)) / 1000
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1000.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = f64::deserialize(deserializer)?;
        let found =
            (0..=1000_u16).find(|&thousandths| (f64::from(thousandths) / 1000.0 - given).abs() < 1e-9);
        found.map(Self).ok_or_else(|| {
            D::Error::custom(format!("share {given} is not between 0 and 1 with at most three decimals"))
        })
    }
}

text_enum! {
    /// Of what a floor is a share.
    Side: "floor side" {
        /// Of the free places of every vacancy.
        Vacancy = "vacancy",
        /// Of the free places of the whole run.
        Run = "run",
    }
}

/// One floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// For whom.
    #[schema(value_type = String, example = "desil_1_4")]
    pub group: Group,
    /// At least this share of the places, rounded down, as far as eligible people of the group exist.
    #[schema(value_type = f64, example = 0.5)]
    pub share: Share,
    /// Of what.
    pub per: Side,
}

/// Why floors are refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FloorError {
    /// More than [`MOST_FLOORS`].
    #[error("policy field `floors`: {0} floors, at most {MOST_FLOORS} are allowed")]
    TooMany(usize),
    /// Two floors of one side whose groups share members without one holding the other.
    #[error(
        "policy field `floors`: the groups {first} and {second} overlap; one must hold the other, or they must have nobody in common"
    )]
    Overlap {
        /// The one.
        first: Group,
        /// The other.
        second: Group,
    },
    /// The same group twice on one side.
    #[error("policy field `floors`: the group {0} has two floors of the same kind")]
    Twice(Group),
    /// Two floors of the whole run side by side inside a third.
    #[error(
        "policy field `floors`: the groups {first} and {second} of the whole run both lie inside {within}; only one may"
    )]
    Branch {
        /// The one.
        first: Group,
        /// The other.
        second: Group,
        /// The group that holds both.
        within: Group,
    },
    /// Floors within a group promise more than the floor of the group, or more than there is.
    #[error(
        "policy field `floors`: the floors inside {within} sum to {sum} thousandths, more than its {most}"
    )]
    TooMuch {
        /// The group that holds them, or `all places`.
        within: String,
        /// The sum of their shares, thousandths.
        sum: u32,
        /// What is there, thousandths.
        most: u32,
    },
}

/// A floor with those nested directly inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// Index among the policy's floors.
    pub index: usize,
    /// The floors directly inside.
    pub inside: Vec<Nested>,
}

/// The floors of one side as trees, outermost first.
///
/// # Errors
/// [`FloorError`] when they are no laminar family or promise more than there is.
pub fn family(floors: &[Floor], side: Side) -> Result<Vec<Nested>, FloorError> {
    if floors.len() > MOST_FLOORS {
        return Err(FloorError::TooMany(floors.len()));
    }
    let mut ours: Vec<(usize, Floor)> =
        floors.iter().copied().enumerate().filter(|(_, floor)| floor.per == side).collect();
    for (place, (_, first)) in ours.iter().enumerate() {
        for (_, second) in &ours[place + 1..] {
            check_pair(first.group, second.group)?;
        }
    }
    // The widest groups first: whoever holds another stands before it.
    ours.sort_by_key(|(index, floor)| (std::cmp::Reverse(width(floor.group)), *index));
    let mut trees: Vec<Nested> = Vec::new();
    for (index, floor) in &ours {
        hang(&mut trees, floors, *index, floor.group);
    }
    check_sums(&trees, floors, "all places", 1000)?;
    if side == Side::Run {
        trees.iter().try_for_each(|tree| check_chain(tree, floors))?;
    }
    Ok(trees)
}

/// A floor of the whole run counts who may stay at home; one place at home cannot serve two groups side by side.
fn check_chain(tree: &Nested, floors: &[Floor]) -> Result<(), FloorError> {
    let group = |node: &Nested| floors[node.index].group;
    match tree.inside.as_slice() {
        [] => Ok(()),
        [one] => check_chain(one, floors),
        [first, second, ..] => {
            Err(FloorError::Branch { first: group(first), second: group(second), within: group(tree) })
        }
    }
}

fn check_pair(first: Group, second: Group) -> Result<(), FloorError> {
    if first == second {
        return Err(FloorError::Twice(first));
    }
    let fine = first.contains(second) || second.contains(first) || first.is_apart(second);
    if fine { Ok(()) } else { Err(FloorError::Overlap { first, second }) }
}

fn width(group: Group) -> u8 {
    match group {
        Group::Desil { from, to } => to - from,
        _ => 0,
    }
}

fn hang(trees: &mut Vec<Nested>, floors: &[Floor], index: usize, group: Group) {
    match trees.iter_mut().find(|tree| floors[tree.index].group.contains(group)) {
        Some(tree) => hang(&mut tree.inside, floors, index, group),
        None => trees.push(Nested { index, inside: Vec::new() }),
    }
}

fn check_sums(trees: &[Nested], floors: &[Floor], within: &str, most: u32) -> Result<(), FloorError> {
    let sum: u32 = trees.iter().map(|tree| u32::from(floors[tree.index].share.0)).sum();
    if sum > most {
        return Err(FloorError::TooMuch { within: within.to_owned(), sum, most });
    }
    trees.iter().try_for_each(|tree| {
        let floor = &floors[tree.index];
        check_sums(&tree.inside, floors, &floor.group.to_string(), floor.share.0.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floor(group: &str, permille: u16, per: Side) -> Floor {
        Floor { group: group.parse().unwrap(), share: Share::permille(permille).unwrap(), per }
    }

    #[test]
    fn groups_are_told_by_evidence_only() {
        let poor: Group = "desil_1_4".parse().unwrap();
        let with = |desil| Evidence { desil, ..Evidence::default() };
        assert!(poor.holds(&with(Some(4))) && !poor.holds(&with(Some(5))) && !poor.holds(&with(None)));
        for text in ["desil_4_1", "desil_0_4", "desil_1_11", "desil_1", "women", "desil_a_b", ""] {
            assert!(text.parse::<Group>().is_err(), "{text}");
        }
        assert_eq!(poor.to_string(), "desil_1_4");
    }

    #[test]
    fn shares_round_down_and_are_bounded() {
        let share: Share = serde_json::from_str("0.5").unwrap();
        assert_eq!((share.of(7), share.of(1), share.of(0)), (3, 0, 0));
        assert_eq!(serde_json::to_string(&share).unwrap(), "0.5");
        assert_eq!(serde_json::from_str::<Share>("1").unwrap(), Share::permille(1000).unwrap());
        for text in ["1.001", "-0.1", "0.33333", "1e9", "null", "\"half\""] {
            assert!(serde_json::from_str::<Share>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nested_and_separate_groups_make_a_family() {
        let floors = [
            floor("desil_1_2", 200, Side::Vacancy),
            floor("disability", 20, Side::Run),
            floor("desil_1_4", 500, Side::Vacancy),
            floor("desil_5_6", 100, Side::Vacancy),
        ];
        let trees = family(&floors, Side::Vacancy).unwrap();
        assert_eq!(
            trees,
            [
                Nested { index: 2, inside: vec![Nested { index: 0, inside: vec![] }] },
                Nested { index: 3, inside: vec![] },
            ]
        );
        assert_eq!(family(&floors, Side::Run).unwrap(), [Nested { index: 1, inside: vec![] }]);
    }

    #[test]
    fn what_cannot_be_kept_together_is_refused_with_the_reason() {
        let refused = |floors: &[Floor]| family(floors, Side::Vacancy).unwrap_err();
        let overlap =
            refused(&[floor("desil_1_4", 500, Side::Vacancy), floor("disability", 100, Side::Vacancy)]);
        assert!(overlap.to_string().contains("desil_1_4 and disability overlap"), "{overlap}");
        let crossing =
            refused(&[floor("desil_1_4", 500, Side::Vacancy), floor("desil_3_6", 100, Side::Vacancy)]);
        assert!(matches!(crossing, FloorError::Overlap { .. }));
        let twice = refused(&[floor("laid_off", 1, Side::Vacancy), floor("laid_off", 2, Side::Vacancy)]);
        assert_eq!(twice, FloorError::Twice(Group::LaidOff));
        let sum = refused(&[floor("desil_1_4", 600, Side::Vacancy), floor("desil_5_8", 500, Side::Vacancy)]);
        assert_eq!(sum, FloorError::TooMuch { within: "all places".into(), sum: 1100, most: 1000 });
        let inner =
            refused(&[floor("desil_1_4", 100, Side::Vacancy), floor("desil_1_2", 200, Side::Vacancy)]);
        assert_eq!(inner, FloorError::TooMuch { within: "desil_1_4".into(), sum: 200, most: 100 });
        let many = [floor("laid_off", 1, Side::Run); MOST_FLOORS + 1];
        assert_eq!(family(&many, Side::Run), Err(FloorError::TooMany(MOST_FLOORS + 1)));
    }
}
