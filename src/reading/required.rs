//! What an ad truly requires, and what it only names.
//!
//! Belongs here: certificates without which nobody can do the work, and words that offer another way. Does not belong here:
//! who holds what (`matching::eligibility`).

use crate::reading::{
    cues::Cue,
    lexicon::{Kind, Match, Token},
    scope::Scope,
};

/// The certificate of no trade in particular.
const ANY_TRADE: &str = "bnsp_umum";
/// Licences that many have and few list: they are required only where the ad says so in words.
const EVERYDAY: [&str; 2] = ["sim_c", "sim_a"];

/// The certificates that a line truly requires; of each list one is enough. Where the line offers another way (`pernah jadi
/// barista atau punya sertifikat`), none is.
#[must_use]
pub fn certificates(text: &str, tokens: &[Token], found: &[Match], scope: &Scope) -> Vec<Vec<String>> {
    let one_is_enough = scope.has(Cue::Enough);
    let is_first =
        |one: &Match| is_meant(one, scope) && !is_everyday(one, scope) && !scope.offers_another_way(one);
    let Some(at) = found.iter().position(is_first) else {
        return Vec::new();
    };
    // Beside another one that is enough, what many have is a choice too (`SIM A umum, SIM A biasa juga diterima`).
    let counts = |one: &&Match| is_meant(one, scope) && (one_is_enough || !is_everyday(one, scope));
    let named: Vec<&Match> = found.get(at..).unwrap_or_default().iter().filter(counts).collect();
    let Some(first) = named.first() else { return Vec::new() };
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
    one.concept.kind == Kind::Certificate && !scope.only_helps(one) && id != ANY_TRADE
}

/// Whether it is a licence that many have and that no word of the line demands.
fn is_everyday(one: &Match, scope: &Scope) -> bool {
    EVERYDAY.contains(&one.concept.id()) && !scope.is_required(one)
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
        assert_eq!(required("wajib SIM A umum (SIM A biasa diterima dulu)"), [["sim_a_umum", "sim_a"]]);
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
