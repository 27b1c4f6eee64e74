//! Characters to words: lower case, compatibility forms, units torn from numbers, places in the original text.
//!
//! Belongs here: what needs no vocabulary. Does not belong here: stems, synonyms, meaning.

use unicode_normalization::UnicodeNormalization;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without accents, in compatibility form.
    pub text: String,
    /// First byte in the original text.
    pub from: usize,
    /// Byte after the last one in the original text.
    pub to: usize,
    /// A full stop, comma, bracket or line end stands before this word: no phrase runs across it.
    pub after_break: bool,
    /// Length (in bytes of `text`) of the part before the first capital inside the word, 0 when there is none.
    pub camel: usize,
}

/// Units that ads write without a space behind a number.
const UNITS: [&str; 19] = [
    "tahun", "thn", "th", "tahunan", "bulan", "bln", "hari", "minggu", "jam", "juta", "jt", "ribu", "rb",
    "orang", "org", "kg", "cm", "menit", "k",
];
/// Words that ads write without a space before a number.
const BEFORE_NUMBER: [&str; 9] = ["min", "max", "maks", "maksimal", "minimal", "usia", "umur", "rp", "idr"];

/// Splits `text` into words. Letters and digits stay together (`3g`, `s1`, `k3`) unless the letters are a unit;
/// `c++` and `c#` are words.
#[must_use]
pub fn split(text: &str) -> Vec<Word> {
    let mut splitter = Splitter { words: Vec::with_capacity(text.len() / 6 + 1), ..Splitter::default() };
    let bytes = text.as_bytes();
    let mut previous = ' ';
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if plain > 0 {
            splitter.run(at, rest.get(..plain).unwrap_or_default());
            at += plain;
            previous = bytes.get(at - 1).map_or(' ', |&byte| char::from(byte));
            continue;
        }
        let mut characters = rest.chars();
        let Some(character) = characters.next() else { break };
        let next = characters.next().unwrap_or('\n');
        if character.is_ascii() {
            splitter.separator(at, character, previous, next);
        } else {
            splitter.foreign(at, character);
        }
        previous = character;
        at += character.len_utf8();
    }
    splitter.end_word();
    splitter.words
}

#[derive(Default)]
struct Splitter {
    words: Vec<Word>,
    current: String,
    from: usize,
    to: usize,
    camel: usize,
    last_was_lower: bool,
    has_digit: bool,
    pending_break: bool,
}

impl Splitter {
    /// Letters and digits of ASCII, the most part of every text.
    fn run(&mut self, at: usize, run: &str) {
        self.begin(at);
        for byte in run.bytes() {
            self.notice(byte.is_ascii_uppercase(), byte.is_ascii_lowercase());
            self.has_digit |= byte.is_ascii_digit();
            self.current.push(char::from(byte.to_ascii_lowercase()));
        }
        self.to = at + run.len();
    }

    fn begin(&mut self, at: usize) {
        if self.current.is_empty() {
            self.from = at;
            self.camel = 0;
            self.last_was_lower = false;
        }
    }

    fn notice(&mut self, is_upper: bool, is_lower: bool) {
        if is_upper && self.last_was_lower && self.camel == 0 {
            self.camel = self.current.len();
        }
        self.last_was_lower = is_lower;
    }

    fn letter(&mut self, at: usize, length: usize, character: char) {
        self.begin(at);
        self.notice(character.is_uppercase(), character.is_lowercase());
        self.has_digit |= character.is_ascii_digit();
        self.current.extend(character.to_lowercase());
        self.to = at + length;
    }

    fn foreign(&mut self, at: usize, character: char) {
        let mut wrote = false;
        for part in std::iter::once(character).nfkd() {
            if part.is_alphanumeric() {
                self.letter(at, character.len_utf8(), part);
                wrote = true;
            }
        }
        let is_joiner =
            matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{2019}' | '\u{ad}')
                || ('\u{300}'..='\u{36f}').contains(&character);
        if !wrote && !is_joiner {
            self.end_word();
            let is_plain = character.is_whitespace() || matches!(character, '\u{2013}' | '\u{2014}');
            self.pending_break |= !is_plain;
        }
    }

    fn separator(&mut self, at: usize, character: char, previous: char, next: char) {
        match character {
            '+' | '#' if self.current == "c" || self.current == "c+" || self.current == "f" => {
                self.current.push(character);
                self.to = at + 1;
            }
            '\'' | '`' => {}
            '.' => {
                let trails_off = previous == '.' || next == '.';
                let ends_sentence = self.current.len() > 4 || next == '\n' || previous == ')' || trails_off;
                self.end_word();
                self.pending_break |= ends_sentence;
            }
            ',' | ';' | ':' | '(' | ')' | '[' | ']' | '|' | '\n' | '\r' | '!' | '?' | '*' | '{' | '}'
            | '"' => {
                self.end_word();
                self.pending_break = true;
            }
            _ => self.end_word(),
        }
    }

    fn end_word(&mut self) {
        if self.current.is_empty() {
            return;
        }
        // A copy of the right size; the buffer is kept for the next word.
        let text = self.current.clone();
        self.current.clear();
        let has_digit = std::mem::take(&mut self.has_digit);
        let word =
            Word { text, from: self.from, to: self.to, after_break: self.pending_break, camel: self.camel };
        self.pending_break = false;
        if has_digit && word.to - word.from == word.text.len() && word.text.is_ascii() {
            self.push_number_parts(word);
        } else {
            self.words.push(word);
        }
    }

    /// Tears `35tahun`, `3jt`, `min2` and `rp3` apart; everything else stays whole.
    fn push_number_parts(&mut self, word: Word) {
        let starts_with_digit = word.text.starts_with(|c: char| c.is_ascii_digit());
        let turn = word.text.find(|c: char| c.is_ascii_digit() != starts_with_digit);
        let Some(turn) = turn else {
            self.words.push(word);
            return;
        };
        let (head, tail) = word.text.split_at(turn);
        let tear = if starts_with_digit {
            UNITS.contains(&tail)
        } else {
            BEFORE_NUMBER.contains(&head) && tail.bytes().all(|b| b.is_ascii_digit())
        };
        if !tear {
            self.words.push(word);
            return;
        }
        let middle = word.from + turn;
        self.words.push(Word { text: head.to_owned(), to: middle, camel: 0, ..word.clone() });
        self.words.push(Word { text: tail.to_owned(), from: middle, after_break: false, camel: 0, ..word });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn tears_units_from_numbers_but_keeps_grades() {
        assert_eq!(
            texts("Usia maks.35tahun, S1/D3, las 3G"),
            ["usia", "maks", "35", "tahun", "s1", "d3", "las", "3g"]
        );
        assert_eq!(texts("min2 thn Rp3.500.000"), ["min", "2", "thn", "rp", "3", "500", "000"]);
    }

    #[test]
    fn keeps_language_names_and_compatibility_forms() {
        assert_eq!(texts("C++ C# 𝗟𝗼𝗸𝗲𝗿 Café"), ["c++", "c#", "loker", "cafe"]);
    }

    #[test]
    fn offsets_point_into_the_original() {
        let text = "– Ｏperator jahit•Obras";
        for word in split(text) {
            assert!(text.get(word.from..word.to).is_some(), "{word:?}");
        }
        assert_eq!(texts(text), ["operator", "jahit", "obras"]);
    }

    #[test]
    fn remembers_breaks_and_inner_capitals() {
        let words = split("Staf, Admin akuntingPenyetoran");
        assert!(words[1].after_break && !words[2].after_break);
        assert_eq!(words[2].camel, "akunting".len());
    }
}
