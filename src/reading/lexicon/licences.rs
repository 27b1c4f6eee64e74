//! Driving licences named in one breath: `SIM A UMUM atau B1`, `SIM: harus B1`, `SIM A/C`.
//!
//! Belongs here: giving each class its own `sim`. Does not belong here: which licence covers which (`certificates.csv`).

use crate::reading::words::Word;

/// Puts the word `sim` before every class of a licence that is named without it. The classes of lorries mean nothing else
/// anywhere behind the word; `A` and `C` only where they go on from another class.
pub(super) fn spell_out(words: &mut Vec<Word>) {
    let Some(start) = words.iter().position(|word| word.text == "sim") else { return };
    let mut at = start + 1;
    let mut goes_on = true;
    while let Some(word) = words.get(at) {
        let is_class =
            matches!(word.text.as_str(), "b1" | "b2") || goes_on && matches!(word.text.as_str(), "a" | "c");
        let has_own = words.get(at - 1).is_some_and(|before| before.text == "sim");
        if is_class && !has_own {
            let (from, after_break) = (word.from, word.after_break);
            words.insert(at, Word { text: "sim".to_owned(), from, to: from, after_break, camel: 0 });
            at += 1;
            words[at].after_break = false;
        }
        goes_on = is_class || goes_on && links(&words[at].text);
        at += 1;
    }
}

/// Words between two classes of one list.
fn links(word: &str) -> bool {
    matches!(word, "sim" | "umum" | "atau" | "or" | "dan" | "dst")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::words;

    fn spelled(text: &str) -> String {
        let mut words = words::split(text);
        spell_out(&mut words);
        words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_class_has_its_own_word() {
        assert_eq!(spelled("SIM A umum atau B1"), "sim a umum atau sim b1");
        assert_eq!(spelled("SIM A/C"), "sim a sim c");
        assert_eq!(spelled("SIM : sopir harus B1, kernet tidak"), "sim sopir harus sim b1 kernet tidak");
        assert_eq!(spelled("SIM C, vitamin A"), "sim c vitamin a");
        assert_eq!(spelled("B1 tanpa kata itu"), "b1 tanpa kata itu");
    }
}
