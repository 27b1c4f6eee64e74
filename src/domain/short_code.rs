//! Codes of ten characters that are printed, read aloud and typed: of the slip with which a person's applications are looked
//! up, and of a referral letter. Belongs here: how one looks and is read, how long a slip holds. Does not belong here: making
//! and hashing one (`app::keys`), what it opens (`app::status_codes`, `app::letters`).
use std::fmt;

use crate::domain::digits;

/// Characters of a code: fifty bits, of which nobody meets one by trying.
pub const LENGTH: usize = 10;

/// How long the code of a slip holds, days.
pub const SLIP_DAYS: i64 = 90;

/// Digits and letters without I, L, O and U, which are taken for others or make words (Crockford's base 32).
const SIGNS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// A code in clear. `Debug` is masked and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// From fifty random bits, the lowest of a number; the others do not count.
    pub fn of_bits(bits: u64) -> Self {
        let sign = |place: u32| SIGNS.get(usize::try_from(bits >> (5 * place) & 31).ok()?).copied();
        Self((0..10).rev().filter_map(sign).collect())
    }

    /// From what somebody types: small letters, blanks, dots and dashes in between do no harm, nor does an O for a zero or
    /// an I or L for a one. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = digits::plain(text);
        let typed = plain.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}'));
        let code: Option<String> = typed.map(read).collect();
        code.filter(|code| code.len() == LENGTH).map(Self)
    }

    /// The bare characters, for the keyed hash.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// As it is printed and read aloud: in fives.
    pub fn in_fives(&self) -> String {
        let (first, second) = self.0.split_at(self.0.len() / 2);
        format!("{first} {second}")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(**)")
    }
}

fn read(typed: char) -> Option<char> {
    let sign = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SIGNS.contains(&sign).then_some(sign)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_typed_as_people_type_it() {
        for text in ["0123456789", "01234 56789", " o1234-56789", "OI234.56789", "0l234 56789"] {
            assert_eq!(Code::parse(text).unwrap().expose(), "0123456789", "{text}");
        }
        assert_eq!(Code::parse("k7qx9 rmt2p").unwrap().in_fives(), "K7QX9 RMT2P");
        for wrong in ["", "01234 5678", "01234 567890", "01234 5678U", "01234 5678é", "1234 1234 1234"] {
            assert!(Code::parse(wrong).is_none(), "{wrong}");
        }
        assert_eq!(format!("{:?}", Code::parse("0123456789").unwrap()), "Code(**)");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(bits in any::<u64>()) {
            let code = Code::of_bits(bits);
            prop_assert_eq!(code.expose().len(), LENGTH);
            prop_assert!(Code::parse(&code.in_fives().to_lowercase()) == Some(code.clone()));
            prop_assert!(code == Code::of_bits(bits & ((1 << 50) - 1)));
        }

        #[test]
        fn other_bits_are_another_code(bits in 0_u64..1 << 50, other in 0_u64..1 << 50) {
            prop_assert_eq!(bits == other, Code::of_bits(bits) == Code::of_bits(other));
        }
    }
}
