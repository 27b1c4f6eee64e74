//! Limits of age: beside a word for age, as a bare limit of years, as years of birth.
//!
//! The legal minimum (18, for internships 17) is no limit. Lengths of time beside it (experience, hours, contracts) are no
//! age.

use crate::reading::criteria::line::{Line, Mark};

/// What nobody younger or older can be asked for: beyond it a number is no age.
const AGES: std::ops::RangeInclusive<u32> = 15..=70;

/// The first limit of age in a line.
pub(super) fn find(line: &Line) -> Option<usize> {
    let is_limit = |at: usize| {
        (named(line, at) || at_most(line, at) || at_least(line, at) || range(line, at) || born(line, at))
            && !line.is_waived(at)
    };
    (0..line.len()).find(|&at| is_limit(at))
}

/// "usia maks 30", "umur: 18-35 th": a number beside the word, up to where something else is said.
fn named(line: &Line, at: usize) -> bool {
    if !line.is(at, Mark::AgeWord) || line.any(line.behind(at, 2), Mark::OtherAge) {
        return false;
    }
    const GLUE: [Mark; 10] = [
        Mark::AtMost,
        Mark::AtLeast,
        Mark::Years,
        Mark::Below,
        Mark::Above,
        Mark::Link,
        Mark::Man,
        Mark::Woman,
        Mark::AgeWord,
        Mark::Single,
    ];
    // Behind a break only another limit goes on: "usia minimal 18 tahun, maksimal 35".
    const RESUME: [Mark; 6] =
        [Mark::AtMost, Mark::AtLeast, Mark::Man, Mark::Woman, Mark::AgeWord, Mark::Link];
    let mut told = false;
    for place in line.ahead(at, 14) {
        let goes_on = !told || line.is_any(place, &RESUME);
        if line.breaks(place) && !goes_on {
            return false;
        }
        match line.number(place) {
            Some(_) if line.is(place + 1, Mark::Unit) => return false,
            Some(age) if AGES.contains(&age) && is_no_legal_minimum(line, place, age) => return true,
            Some(_) => told = true,
            None if !line.is_any(place, &GLUE) => return line.is(place, Mark::Ten),
            None => {}
        }
    }
    false
}

/// 18 and 17 are what the law says, unless they are the most.
fn is_no_legal_minimum(line: &Line, at: usize, age: u32) -> bool {
    !matches!(age, 17 | 18) || at > 0 && line.is(at - 1, Mark::AtMost)
}

/// "maks 30 tahun", and "Pria max 35" without a unit where a person is named before.
fn at_most(line: &Line, at: usize) -> bool {
    let limits = line.is(at, Mark::AtMost);
    let place = if line.is(at + 1, Mark::Link) { at + 2 } else { at + 1 };
    let place = if limits { place } else { at };
    let Some(age) = line.number(place).filter(|age| AGES.contains(age)) else { return false };
    if line.is(place + 1, Mark::Years) {
        let below = line.is(place + 2, Mark::Below);
        return (limits && age > 16 || below) && is_of_a_person(line, place);
    }
    let names_person =
        |place: usize| line.is_any(place, &[Mark::Man, Mark::Woman, Mark::Single, Mark::MaritalStatus]);
    let ends = line.breaks(place + 1) || names_person(place + 1);
    limits && ends && (0..at).any(names_person) && is_of_a_person(line, place)
}

/// "minimal 20 tahun" and "21 tahun ke atas".
fn at_least(line: &Line, at: usize) -> bool {
    let is_above_the_law = line.number(at).is_some_and(|age| AGES.contains(&age) && age > 18);
    let limits = at > 0 && line.is(at - 1, Mark::AtLeast) || line.is(at + 2, Mark::Above);
    is_above_the_law && limits && line.is(at + 1, Mark::Years) && is_of_a_person(line, at)
}

/// "20-35 th", and "Wanita 20 - 30" without a unit beside the person.
fn range(line: &Line, at: usize) -> bool {
    let Some(low) = line.number(at).filter(|age| AGES.contains(age)) else { return false };
    let words =
        line.ahead(at, 2).take_while(|&place| line.is_any(place, &[Mark::Link, Mark::AtMost])).count();
    let high = at + words + 1;
    let parted = words > 0 || line.get(high).is_some_and(|item| item.dash);
    let rises = line.number(high).is_some_and(|age| age > low && age >= 20 && AGES.contains(&age));
    let person = [Mark::Man, Mark::Woman, Mark::ManLetter, Mark::WomanLetter];
    let beside_person = at > 0 && line.is_any(at - 1, &person) && !line.is(high + 1, Mark::Unit);
    parted && rises && (line.is(high + 1, Mark::Years) || beside_person) && is_of_a_person(line, at)
}

/// "kelahiran 1998 ke atas".
fn born(line: &Line, at: usize) -> bool {
    let year = |place: usize| line.number(place).is_some_and(|year| (1950..=2015).contains(&year));
    line.is(at, Mark::Born) && line.ahead(at, 4).any(year) && !line.any(line.behind(at, 2), Mark::OtherAge)
}

/// Whether years are somebody's age, not how long something lasts.
fn is_of_a_person(line: &Line, at: usize) -> bool {
    !line.any(line.clause(at), Mark::Span) && !line.any(line.behind(at, 3), Mark::OtherAge)
}
