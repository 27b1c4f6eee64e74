//! Mobile telephone numbers of Indonesia as a parsed value.
//!
//! Belongs here: the accepted ways of writing and the stored form. Does not belong here: who owns a number. Families
//! share phones, so a number identifies nobody and is never unique.

use std::fmt;

use crate::domain::{codes::FieldCode, digits};
use std::str::FromStr;

use thiserror::Error;

/// Why a text is not an Indonesian mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// Neither digit nor the usual separators.
    #[error("phone number has the character {0:?}")]
    NotDigit(char),
    /// Does not go on with 8 after the country code or 0: a fixed line.
    #[error("phone number does not start with 08, 62 8 or +62 8")]
    NotMobile,
    /// A plus or 00 with another country code than 62.
    #[error("phone number is of another country")]
    Foreign,
    /// After +62 there must be 9 to 12 digits.
    #[error("phone number has {0} digits after +62 instead of 9 to 12")]
    Length(usize),
}

impl PhoneError {
    /// Stable code for reports and interfaces.
    pub fn code(self) -> FieldCode {
        match self {
            Self::NotDigit(_) => FieldCode::PhoneNotDigit,
            Self::NotMobile => FieldCode::PhoneNotMobile,
            Self::Foreign => FieldCode::PhoneForeign,
            Self::Length(_) => FieldCode::PhoneLength,
        }
    }
}

/// A mobile number, kept as E.164 (`+628…`). `Debug` is masked and there is no `Display`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(Box<str>);

impl Phone {
    /// Parses `0812…`, `62812…`, `+62812…` and `812…` (a spreadsheet eats the leading zero), with spaces, dashes, dots,
    /// slashes and brackets in between, and with what people write around it: `WA 0812…`, `0812… (ibu)`, `0812… a.n. Sri`. Of
    /// two numbers the first is kept. A plus or `00` with another country's code stays foreign, whatever follows.
    ///
    /// # Errors
    /// [`PhoneError`] naming the first thing wrong.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let plain = digits::plain(text);
        let number = bare(&plain);
        let whole = Self::of_number(number);
        if let Ok(phone) = whole {
            return Ok(phone);
        }
        let first = number.split(['/', ';', ',', '\n', '&']).next().unwrap_or_default();
        Self::of_number(bare(first)).or(whole)
    }

    fn of_number(text: &str) -> Result<Self, PhoneError> {
        let mut digits = String::with_capacity(16);
        let mut plus = false;
        for c in text.chars() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() && !plus => plus = true,
                ' ' | '-' | '.' | '/' | '(' | ')' | '_' | '\u{a0}' | '\u{2011}' | '\u{2013}' => {}
                other => return Err(PhoneError::NotDigit(other)),
            }
        }
        let abroad = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
        if abroad.is_some_and(|code| !code.starts_with("62")) {
            return Err(PhoneError::Foreign);
        }
        let rest = digits
            .strip_prefix("0062")
            .or_else(|| digits.strip_prefix("62"))
            .or_else(|| digits.strip_prefix('0'))
            .unwrap_or(&digits);
        // "+62 0812…" is written often enough to be understood.
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        if !rest.starts_with('8') {
            return Err(PhoneError::NotMobile);
        }
        if !(9..=12).contains(&rest.len()) {
            return Err(PhoneError::Length(rest.len()));
        }
        Ok(Self(format!("+62{rest}").into_boxed_str()))
    }

    /// E.164, `+628…`: for storage and calling.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The way people read it, `08…`.
    pub fn local(&self) -> String {
        format!("0{}", self.0.trim_start_matches("+62"))
    }

    /// Digits without the plus, as `https://wa.me/` wants them.
    pub fn wa_digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }
}

/// The number without the words around it: those before the first digit, and those after a blank or bracket.
fn bare(text: &str) -> &str {
    let label = |c: char| c.is_alphabetic() || matches!(c, ' ' | ':' | '.' | '/');
    let number = if text.starts_with(char::is_alphabetic) { text.trim_start_matches(label) } else { text };
    let words = number.char_indices().find(|(at, c)| {
        let before = number.get(..*at).unwrap_or_default();
        c.is_alphabetic()
            && before.ends_with([' ', '(', '\u{a0}', '\n', '-'])
            && before.contains(|c: char| c.is_ascii_digit())
    });
    let end = words.map_or(number.len(), |(at, _)| at);
    number.get(..end).unwrap_or_default().trim_matches([' ', '(', ',', ';', '-', '\n'])
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(+628*********)")
    }
}

impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_in_many_spellings() {
        let spellings = [
            "081234567890",
            "0812-3456-7890",
            "0812 3456 7890",
            "6281234567890",
            "+62 812-3456-7890",
            "+62 0812 3456 7890",
            "(0812) 3456.7890",
            "81234567890",
            "'081234567890",
            "006281234567890",
            "(+62) 812-3456-7890",
            "081234567890/081300000002",
            "0812 3456 7890 ; 0813 0000 0002",
            "0812 3456 7890\n0813 0000 0002",
            "0812 3456 7890 (bapak)",
            "081234567890 a.n. Sri",
            "WA: 0812 3456 7890",
            "081234567890 / 0271 593123",
            "+6281234567890 ext 2",
            "０８１２３４５６７８９０",
            "\u{202a}+62 812-3456-7890\u{202c}",
            "0812_3456_7890",
        ];
        for text in spellings {
            let phone = Phone::parse(text).expect(text);
            assert_eq!(phone.expose(), "+6281234567890", "{text}");
            assert_eq!(phone.local(), "081234567890", "{text}");
            assert_eq!(phone.wa_digits(), "6281234567890", "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        let cases = [
            ("", PhoneError::NotMobile),
            ("0271593123", PhoneError::NotMobile),
            ("+1 555 0100", PhoneError::Foreign),
            ("+84 912 345 679", PhoneError::Foreign),
            ("+81 80-1234-5678", PhoneError::Foreign),
            ("(+886) 912 345 678", PhoneError::Foreign),
            ("0084 912 345 679", PhoneError::Foreign),
            ("WA +852 8123 4567", PhoneError::Foreign),
            ("+81 80-1234-5678 / 0812", PhoneError::Foreign),
            ("08123456", PhoneError::Length(7)),
            ("0812345678901234", PhoneError::Length(15)),
            ("0812x4567890", PhoneError::NotDigit('x')),
            ("8,12346E+11", PhoneError::NotDigit(',')),
            ("0812+4567890", PhoneError::NotDigit('+')),
        ];
        for (text, expected) in cases {
            assert_eq!(Phone::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn debug_is_masked() {
        let phone = Phone::parse("081234567890").expect("a number");
        assert!(!format!("{phone:?}").contains("1234"));
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed_again(rest in "8[0-9]{8,11}") {
            let phone = Phone::parse(&format!("0{rest}")).expect("built to fit");
            prop_assert_eq!(&Phone::parse(&phone.local()).expect("shown form"), &phone);
            prop_assert_eq!(&Phone::parse(phone.expose()).expect("stored form"), &phone);
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert!(phone.expose().starts_with("+628"));
            }
        }
    }
}
