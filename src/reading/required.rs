//! What an ad truly requires, and what it only names.
//!
//! Belongs here: certificates without which nobody can do the work, and words that offer another way. Does not belong here:
//! who holds what (`matching::eligibility`).

use crate::reading::cues::Cue;
use crate::reading::lexicon::{Kind, Match, Token};
use crate::reading::scope::Scope;

/// The certificate of no trade in particular.
const ANY_TRADE: &str = "bnsp_umum";
/// Licences that many have and few list: they are required only where the ad says so in words.
const EVERYDAY: [&str; 2] = ["sim_c", "sim_a"];

/// The certificates that a line truly requires; of each list one is enough. Where the line offers another way (`pernah jadi
/// barista atau punya sertifikat`), none is.
#[must_use]
pub fn certificates(text: &str, tokens: &[Token], found: &[Match], scope: &Scope) -> Vec<Vec<String>> {
    let named: Vec<&Match> = found.iter().filter(|one| is_meant(one, scope)).collect();
    let Some(first) = named.first().filter(|_| !scope.has(Cue::Soft)) else { return Vec::new() };
    let one_is_enough = scope.has(Cue::Enough);
    let mut choices: Vec<Vec<String>> = vec![vec![first.concept.id().to_owned()]];
    for pair in named.windows(2) {
        let [left, right] = pair else { continue };
        let id = right.concept.id().to_owned();
        let is_choice = one_is_enough || right.first < left.end || parts_a_choice(text, tokens, left, right);
        match choices.last_mut().filter(|_| is_choice) {
            Some(choice) if choice.contains(&id) => {}
            Some(choice) => choice.push(id),
            None => choices.push(vec![id]),
        }
    }
    choices
}

/// Whether a certificate that is named may be truly required.
fn is_meant(one: &Match, scope: &Scope) -> bool {
    let id = one.concept.id();
    one.concept.kind == Kind::Certificate
        && !scope.only_helps(one)
        && id != ANY_TRADE
        && (!EVERYDAY.contains(&id) || scope.is_required(one))
}

/// Whether two certificates are alternatives: a slash or an "or" stands between them.
fn parts_a_choice(text: &str, tokens: &[Token], left: &Match, right: &Match) -> bool {
    let between = tokens.get(left.end..right.first).unwrap_or_default();
    let gap = match (left.end.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(right.first)) {
        (Some(before), Some(after)) => text.get(before.to..after.from).unwrap_or_default(),
        _ => "",
    };
    gap.contains('/') || between.iter().any(|token| matches!(token.text.as_str(), "atau" | "or"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexicon::LEXICON;
    use crate::reading::scope;

    fn required(text: &str) -> Vec<Vec<String>> {
        let tokens = LEXICON.tokens(text);
        let scope = scope::of_line(&tokens);
        let found: Vec<Match> =
            LEXICON.matches(&tokens).into_iter().filter(|one| scope.counts(one)).collect();
        certificates(text, &tokens, &found, &scope)
    }

    #[test]
    fn must_haves_as_people_say_them() {
        assert_eq!(required("Punya SIM B1 umum masih hidup"), [["sim_b1_umum"]]);
        assert_eq!(required("wajib SIO forklift Kemnaker"), [["sio_forklift"]]);
        assert_eq!(required("STR perawat aktif"), [["perawat_str"]]);
        assert_eq!(required("SIM C, hafal jalan"), Vec::<Vec<String>>::new());
        assert_eq!(required("wajib punya SIM C"), [["sim_c"]]);
    }

    #[test]
    fn what_is_welcome_is_not_required() {
        for text in [
            "SIO forklift diutamakan",
            "pernah jadi barista 6 bulan atau punya sertifikat barista",
            "sertifikat las kalau ada, kalau tidak pun tidak apa",
            "SIM B1 tidak wajib",
        ] {
            assert_eq!(required(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }
}
