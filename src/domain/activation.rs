//! One-time codes on paper, with which a resident starts a login or gets back into it. Belongs here: how a code looks and is
//! read aloud and typed, how long it holds, how often it may be tried. Does not belong here: making and hashing one
//! (`app::accounts::activation`), the paper (`files::slips`).
use std::fmt;

use chrono::TimeDelta;

use crate::domain::digits;

/// Digits of a code: for a numeric keypad, and few enough to be read aloud.
pub const DIGITS: usize = 12;

/// Wrong years of birth after which a code is void.
pub const TRIES: i64 = 5;

/// Wrong tries from one address within `ADDRESS_MINUTES` after which that address waits: sixty people at one connection may each
/// be wrong once. Right ones are not counted: a whole class may start its logins over one connection.
pub const ADDRESS_TRIES: u32 = 60;

/// How long wrong tries of an address are remembered, minutes; so long it waits.
pub const ADDRESS_MINUTES: u64 = 10;

/// Most logins that share a telephone number.
pub const LOGINS_OF_A_NUMBER: usize = 4;

/// How long a code of a class holds, days: the slips are handed out when there is time for it.
pub const CLASS_DAYS: i64 = 30;

/// How long any other code holds, days.
pub const DAYS: i64 = 7;

/// A code in clear. `Debug` is masked and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// From twelve digits, with blanks, dots and dashes in between; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = digits::plain(text);
        let digits: String = plain.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}')).collect();
        let fits = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(Self(digits))
    }

    /// From a random number; the numbers below `10^12` are the codes.
    pub fn of_number(number: u64) -> Option<Self> {
        (number < 10_u64.pow(12)).then(|| Self(format!("{number:012}")))
    }

    /// The bare digits, for the keyed hash.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// As it is printed and read aloud: in fours.
    pub fn in_fours(&self) -> String {
        let fours: Vec<String> =
            self.0.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        fours.join(" ")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(**)")
    }
}

/// How long a fresh code holds.
pub fn lasts(of_class: bool) -> TimeDelta {
    TimeDelta::days(if of_class { CLASS_DAYS } else { DAYS })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_typed_as_people_type_it() {
        for text in ["123456789012", " 1234 5678 9012 ", "1234-5678-9012", "1234.5678.9012"] {
            assert_eq!(Code::parse(text).unwrap().expose(), "123456789012", "{text}");
        }
        for wrong in ["", "1234 5678 901", "1234 5678 90123", "1234 5678 901a"] {
            assert!(Code::parse(wrong).is_none(), "{wrong}");
        }
        assert_eq!(format!("{:?}", Code::parse("123456789012").unwrap()), "Code(**)");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(number in 0_u64..10_u64.pow(12)) {
            let code = Code::of_number(number).unwrap();
            let printed = code.in_fours();
            prop_assert_eq!(printed.len(), 14);
            prop_assert!(Code::parse(&printed).unwrap() == code);
        }
    }

    #[test]
    fn a_number_beyond_is_no_code() {
        assert!(Code::of_number(10_u64.pow(12)).is_none());
    }
}
