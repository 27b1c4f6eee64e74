//! What an ad takes from people who want the work: money, and papers that are theirs. Placement is free (UU 13/2003 Ps
//! 38), and an employer keeps no diploma, passport or vehicle papers as a pledge (SE Menaker M/5/HK.04.00/V/2025).
//!
//! Money that is an everyday matter of the work (deposits of guests, reports of costs) is none of it, and neither is what
//! the employer pays.

use crate::reading::criteria::line::{Line, Mark};

/// Longest sentence that is about a fee because it begins with one.
const SHORT: usize = 9;
/// Smallest sum that is money without a word for it.
const SUM: u32 = 1_000;

/// The first thing the applicant is to pay.
pub(super) fn fee(line: &Line) -> Option<usize> {
    let is_asked = |at: usize| {
        let sentence = line.sentence(at);
        // A deposit may be anybody's.
        let names_it = line.get(at).is_some_and(|item| item.text != "deposit");
        let opens = at == sentence.start && sentence.len() <= SHORT && names_it;
        line.is(at, Mark::Fee)
            && !line.any(sentence.clone(), Mark::Free)
            && !is_a_task(line, sentence.start)
            && (sum_near(line, at) || asked_to_pay(line, at) || opens)
    };
    (0..line.len()).find(|&at| is_asked(at))
}

fn asked_to_pay(line: &Line, at: usize) -> bool {
    line.any(line.behind(at, 5), Mark::Payer) || line.any(line.ahead(at, 5), Mark::Payer)
}

/// A sum behind the fee.
fn sum_near(line: &Line, at: usize) -> bool {
    line.ahead(at, 5).any(|place| {
        let thousands =
            line.is(place + 1, Mark::Thousand) || line.get(place).is_some_and(|item| item.is_amount);
        let large = line.number(place).is_some_and(|sum| sum >= SUM);
        line.is(place, Mark::Money) || large || thousands && is_number(line, place)
    })
}

fn is_number(line: &Line, at: usize) -> bool {
    line.get(at).is_some_and(|item| item.is_amount || item.number.is_some())
}

/// A sentence that begins with a verb of work names what is to be done (`Mengelola deposit tamu`).
fn is_a_task(line: &Line, start: usize) -> bool {
    const SHORT_VERBS: [&str; 6] = ["input", "cek", "rekap", "kontrol", "update", "follow"];
    line.get(start).is_some_and(|first| {
        let verb = first.text.starts_with("me") && first.text.len() > 5;
        (verb || SHORT_VERBS.contains(&first.text.as_str()))
            && !line.is_any(start, &[Mark::Fee, Mark::Payer, Mark::Handed, Mark::Hold])
    })
}

/// The first diploma or other paper of its owner's that the employer keeps.
pub(super) fn withheld_diploma(line: &Line) -> Option<usize> {
    let near = |at: usize| line.behind(at, 5).chain(line.ahead(at, 5));
    let kept = |at: usize| {
        let original =
            line.any(near(at), Mark::Original) || line.get(at).is_some_and(|item| item.text == "asli");
        let held = near(at).find(|&place| line.is(place, Mark::Hold));
        let handed = near(at).find(|&place| line.is(place, Mark::Handed));
        let by = held.or(handed.filter(|_| original && line.first(Mark::Copied).is_none()));
        by.is_some_and(|place| !is_denied(line, at.min(place), at.max(place)))
    };
    let is_asked =
        |at: usize| line.is(at, Mark::Diploma) && kept(at) && !is_a_task(line, line.sentence(at).start);
    (0..line.len()).find(|&at| is_asked(at))
}

/// A denial before the first of two places, or between them.
fn is_denied(line: &Line, first: usize, last: usize) -> bool {
    let start = first.saturating_sub(4);
    line.any(start..last, Mark::Deny) || line.any(start..last, Mark::Waived)
}
