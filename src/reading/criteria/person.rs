//! What an ad asks a person to be: sex, family, looks, belief, origin, pregnancy. Goods, places and subjects that are
//! called so ask for nothing.

use crate::{
    domain::flag::FlagKind,
    reading::criteria::line::{Line, Mark},
};

/// The first phrase that is a criterion of this kind by itself.
pub(super) fn phrase(line: &Line, kind: FlagKind) -> Option<usize> {
    (0..line.len()).find(|&at| line.asked(at) == Some(kind) && !line.is_waived(at) && !is_goods(line, at))
}

/// One sex asked for: the other is not offered beside it.
pub(super) fn sex(line: &Line) -> Option<usize> {
    let is_asked = |at: usize| {
        side(line, at)
            .is_some_and(|asked| !is_goods(line, at) && !line.is_waived(at) && !other_beside(line, at, asked))
    };
    (0..line.len()).find(|&at| is_asked(at))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Men,
    Women,
}

fn side(line: &Line, at: usize) -> Option<Side> {
    let letter = is_letter_alone(line, at);
    if line.is(at, Mark::Man) || letter && line.is(at, Mark::ManLetter) {
        return Some(Side::Men);
    }
    (line.is(at, Mark::Woman) || letter && line.is(at, Mark::WomanLetter)).then_some(Side::Women)
}

/// `(L)`, `Jenis kelamin: P`, and `L, 20-35 th` at the front of a line.
fn is_letter_alone(line: &Line, at: usize) -> bool {
    let closed = line.get(at + 1).is_none_or(|next| next.closes);
    let bracketed = line.get(at).is_some_and(|item| item.opens) && closed;
    let asked = at > 0 && line.is(at - 1, Mark::Gender);
    let leads = at == 0
        && line.breaks(1)
        && (line.number(1).is_some() || line.is_any(1, &[Mark::AtMost, Mark::AgeWord, Mark::MaritalStatus]));
    bracketed || asked || leads
}

/// Goods and places stand before what they are for (`busana wanita`).
fn is_goods(line: &Line, at: usize) -> bool {
    let mut near = line.behind(at, 2).take_while(|&place| !line.breaks(place + 1));
    near.any(|place| line.is(place, Mark::Goods))
}

/// Whether the other sex is offered in the same breath. Seats counted for each are asked for apart.
fn other_beside(line: &Line, at: usize, asked: Side) -> bool {
    let other = |place: usize| side(line, place).is_some_and(|side| side != asked);
    let ahead = line.ahead(at, 10).find(|&place| other(place));
    let behind = line.behind(at, 10).find(|&place| other(place));
    // "rapi (untuk pria), disanggul (untuk wanita)": a rule for each, and both are welcome.
    let has_own_rule =
        |place: usize| place > 0 && line.get(place - 1).is_some_and(|item| item.text == "untuk");
    let both_have = |other: Option<usize>| has_own_rule(at) && other.is_some_and(has_own_rule);
    both_have(ahead)
        || both_have(behind)
        || ahead.is_some_and(|place| is_bridge(line, at + 1..place))
        || behind.is_some_and(|place| is_bridge(line, place + 1..at))
}

fn is_bridge(line: &Line, between: std::ops::Range<usize>) -> bool {
    const GLUE: [Mark; 9] = [
        Mark::Link,
        Mark::AtMost,
        Mark::AtLeast,
        Mark::Years,
        Mark::Below,
        Mark::Above,
        Mark::AgeWord,
        Mark::Man,
        Mark::Woman,
    ];
    let only_number = between.len() == 1 && line.number(between.start).is_some();
    !only_number && between.into_iter().all(|at| line.number(at).is_some() || line.is_any(at, &GLUE))
}

/// A family state, as a phrase or alone between breaks (`single`).
pub(super) fn marital_status(line: &Line) -> Option<usize> {
    let alone = |at: usize| {
        let clause = line.clause(at);
        let fills = clause.len() <= 3
            && clause.clone().all(|place| {
                line.is_any(place, &[Mark::Single, Mark::Status, Mark::Man, Mark::Woman, Mark::Link])
            });
        let beside = clause.start > 0 && speaks_of_a_person(line, clause.start - 1)
            || speaks_of_a_person(line, clause.end)
            || clause.len() == line.len();
        line.is(at, Mark::Single)
            && (fills && beside || at > 0 && line.is_any(at - 1, &[Mark::Status, Mark::Man, Mark::Woman]))
            && !line.is_waived(at)
    };
    phrase(line, FlagKind::MaritalStatus).or_else(|| (0..line.len()).find(|&at| alone(at)))
}

/// Whether an item is one of a list of what a person is to be: a room is also single.
fn speaks_of_a_person(line: &Line, at: usize) -> bool {
    const SAYS: [Mark; 9] = [
        Mark::Man,
        Mark::Woman,
        Mark::AgeWord,
        Mark::AtMost,
        Mark::Years,
        Mark::Status,
        Mark::Looks,
        Mark::Religion,
        Mark::Belief,
    ];
    line.is_any(at, &SAYS) || line.asked(at) == Some(FlagKind::MaritalStatus)
}

/// Looks, height and weight.
pub(super) fn looks(line: &Line) -> Option<usize> {
    let appeals = |at: usize| {
        line.is(at, Mark::Appearance)
            && !line.is_any(at + 1, &[Mark::Goods, Mark::OtherAge])
            && line.any(line.ahead(at, 6), Mark::Appeal)
            || line.is(at, Mark::Appeal) && line.len() == 1
    };
    let is_asked = |at: usize| (appeals(at) || height(line, at)) && !line.is_waived(at);
    phrase(line, FlagKind::Looks).or_else(|| (0..line.len()).find(|&at| is_asked(at)))
}

/// "tinggi min 160", "TB/BB proporsional": a measure of the body with a number or a fit, not that of a thing.
fn height(line: &Line, at: usize) -> bool {
    if !line.is(at, Mark::Height) {
        return false;
    }
    let fits = |place: usize| line.is(place, Mark::Fitting);
    // A shelf is also "tinggi".
    let of_the_body = line.get(at).is_some_and(|item| item.text != "tinggi") || line.is(at + 1, Mark::Height);
    let limit = [Mark::AtLeast, Mark::AtMost, Mark::Link, Mark::Height];
    let measure = line.ahead(at, 5).find(|&place| !line.is_any(place, &limit));
    measure.is_some_and(|place| is_measured(line, place, of_the_body))
        || of_the_body && (line.ahead(at, 3).any(fits) || line.behind(at, 3).any(fits))
}

/// Whether a number is somebody's height in centimetres, or behind "min" and "maks" their weight.
fn is_measured(line: &Line, at: usize, of_the_body: bool) -> bool {
    let Some(number) = line.number(at) else { return false };
    let bounded = line.is_any(at - 1, &[Mark::AtLeast, Mark::AtMost]);
    let is_weight = of_the_body && bounded && (40..130).contains(&number);
    let other_unit = line.is(at + 1, Mark::Unit) && line.get(at + 1).is_some_and(|unit| unit.text != "kg");
    ((130..=200).contains(&number) || is_weight) && !other_unit
}

/// A belief, as a phrase, or a religion alone between breaks or as somebody's.
pub(super) fn religion(line: &Line) -> Option<usize> {
    let own = [Mark::Belief, Mark::Faith, Mark::Link, Mark::Man, Mark::Woman, Mark::Religion];
    let is_asked = |at: usize| {
        let taught = line.any(line.behind(at, 4), Mark::School);
        let fills = line.clause(at).all(|place| line.is_any(place, &own));
        let said = at > 0 && line.is(at - 1, Mark::Faith);
        line.is(at, Mark::Belief) && (fills || said) && !taught && !line.is_waived(at)
    };
    phrase(line, FlagKind::Religion).or_else(|| (0..line.len()).find(|&at| is_asked(at)))
}

/// An ethnic group.
pub(super) fn ethnicity(line: &Line) -> Option<usize> {
    let tribe = |at: usize| line.is(at, Mark::Tribe) && !line.breaks(at + 1) && !line.is_waived(at);
    phrase(line, FlagKind::Ethnicity).or_else(|| (0..line.len()).find(|&at| tribe(at)))
}

/// That somebody is not pregnant, or lets it be tested.
pub(super) fn pregnancy(line: &Line) -> Option<usize> {
    let denied = |at: usize| {
        let before = line.behind(at, 5).take_while(|&place| place + 1 == at || !line.breaks(place + 1));
        line.is(at, Mark::Pregnant) && line.any(before, Mark::Deny) && !line.is_waived(at)
    };
    phrase(line, FlagKind::Pregnancy).or_else(|| (0..line.len()).find(|&at| denied(at)))
}
