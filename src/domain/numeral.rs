//! Numbers written as words.
//!
//! Belongs here: the small numbers of everyday texts. Does not belong here: amounts and lengths (`money`, `duration`).

/// The number from 1 to 11 that one word names, in Indonesian or everyday Javanese (`tiga`, `telu`); `None` for any other word.
#[must_use]
pub fn of_word(word: &str) -> Option<u32> {
    const NAMES: [&str; 11] = [
        "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
    ];
    const JAVANESE: [&str; 9] = ["siji", "loro", "telu", "papat", "limo", "enem", "pitu", "wolu", "sanga"];
    let place =
        [&NAMES[..], &JAVANESE[..]].iter().find_map(|list| list.iter().position(|name| *name == word));
    place.and_then(|at| u32::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_its_number() {
        assert_eq!(of_word("tiga"), Some(3));
        assert_eq!(of_word("sebelas"), Some(11));
        assert_eq!(of_word("telu"), Some(3));
        assert_eq!(of_word("banyak"), None);
    }
}
