//! The national identity number (NIK) as a parsed value, and what can be read from it.
//!
//! Belongs here: shape rules, the birth date and sex it encodes, and doubts about it. Does not belong here: where a
//! person lives (the first six digits name the region of *first registration* and never change), encryption and
//! look-up (`app::keys`).
//!
//! Shape `PPKKCC DDMMYY NNNN`: province, regency, district; birth date with the day raised by 40 for women; serial
//! from 0001. There is no check digit. Source: dukcapil.klaten.go.id.

use std::fmt;

use crate::domain::{codes::FieldCode, digits};
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::machine::text_enum;

text_enum! {
    /// Administrative sex as the population register writes it. Never used for ranking.
    Sex: "sex" {
        /// `L`, laki-laki.
        Male = "male",
        /// `P`, perempuan.
        Female = "female",
    }
}

impl Sex {
    /// Reads `L`, `P`, `Laki-laki`, `Perempuan`, `Pria`, `Wanita`, `male` and `female`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        match letters.to_lowercase().as_str() {
            "l" | "lk" | "laki" | "lakilaki" | "pria" | "male" | "m" => Some(Self::Male),
            "p" | "pr" | "perempuan" | "wanita" | "female" | "f" | "w" => Some(Self::Female),
            _ => None,
        }
    }
}

/// Why a text is not a NIK. Nothing here is a matter of taste: such a number cannot have been issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NikError {
    /// Another number of digits than 16.
    #[error("nik has {0} digits instead of 16")]
    Length(usize),
    /// A character that is no digit, at this position (from 1).
    #[error("nik has a character that is no digit at position {0}")]
    NotDigit(usize),
    /// Month outside 01..12.
    #[error("nik has the impossible month {0:02}")]
    ImpossibleMonth(u32),
    /// Day outside 01..31 and 41..71, or one that its month never has.
    #[error("nik has the impossible day {0:02}")]
    ImpossibleDay(u32),
    /// Serial 0000, the mark of a spreadsheet that kept 15 digits or of an invented number.
    #[error("nik has the serial 0000")]
    SerialZero,
}

impl NikError {
    /// Stable code for reports and interfaces.
    pub fn code(self) -> FieldCode {
        match self {
            Self::Length(_) => FieldCode::NikLength,
            Self::NotDigit(_) => FieldCode::NikNotDigit,
            Self::ImpossibleMonth(_) => FieldCode::NikImpossibleMonth,
            Self::ImpossibleDay(_) => FieldCode::NikImpossibleDay,
            Self::SerialZero => FieldCode::NikSerialZero,
        }
    }
}

/// A doubt about a well-formed NIK. Never a reason to refuse a person: registers keep abolished region codes and
/// clerks mistype birth dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NikWarning {
    /// No province has, or had, these first two digits.
    UnknownRegion,
    /// The birth date typed beside it is another one.
    BirthDateDiffers,
    /// The sex typed beside it is the other one.
    SexDiffers,
}

impl NikWarning {
    /// Stable code for reports and interfaces.
    pub fn code(self) -> FieldCode {
        match self {
            Self::UnknownRegion => FieldCode::NikUnknownRegion,
            Self::BirthDateDiffers => FieldCode::NikBirthDateDiffers,
            Self::SexDiffers => FieldCode::NikSexDiffers,
        }
    }
}

/// A well-formed NIK. Has no `Display` and no serialisation, and `Debug` shows the province alone, so that it does
/// not slip into logs; [`Nik::expose`] is the one way to the digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nik([u8; 16]);

impl Nik {
    /// Parses 16 digits; spaces, dots, dashes, signs without width and a spreadsheet's wrapping are ignored.
    ///
    /// # Errors
    /// [`NikError`] when the number cannot have been issued.
    pub fn parse(text: &str) -> Result<Self, NikError> {
        let mut sixteen = [0_u8; 16];
        let mut count = 0;
        for (at, c) in digits::plain(text).chars().enumerate() {
            if matches!(c, ' ' | '.' | '-' | '\u{a0}') {
                continue;
            }
            let Some(digit) = c.to_digit(10).and_then(|d| u8::try_from(d).ok()) else {
                return Err(NikError::NotDigit(at + 1));
            };
            if let Some(slot) = sixteen.get_mut(count) {
                *slot = b'0' + digit;
            }
            count += 1;
        }
        if count != sixteen.len() {
            return Err(NikError::Length(count));
        }
        let nik = Self(sixteen);
        nik.check()?;
        Ok(nik)
    }

    /// The 16 digits, for encryption, look-up and official export only.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Sex from the day (women: day + 40).
    pub fn sex(&self) -> Sex {
        if self.pair(6) > 40 { Sex::Female } else { Sex::Male }
    }

    /// Birth date; the century is the latest one that does not lie after `today`. `None` only when the date exists in
    /// no century up to today (29 February 00 before the year 2000).
    pub fn birth_date(&self, today: NaiveDate) -> Option<NaiveDate> {
        let (day, month) = self.day_and_month();
        let year = i32::try_from(self.pair(10)).ok()?;
        [2000 + year, 1900 + year]
            .into_iter()
            .filter_map(|full| NaiveDate::from_ymd_opt(full, month, day))
            .find(|date| *date <= today)
    }

    /// True for the numbers of generated people, which start with 99: no province has that code.
    pub fn is_sample(&self) -> bool {
        self.0.starts_with(b"99")
    }

    /// Doubts, given what was typed beside the number. Empty for a sample number's region.
    pub fn warnings(
        &self,
        birth_date: Option<NaiveDate>,
        sex: Option<Sex>,
        today: NaiveDate,
    ) -> Vec<NikWarning> {
        let mut found = Vec::new();
        if !self.is_sample() && !PROVINCES.contains(&self.pair(0)) {
            found.push(NikWarning::UnknownRegion);
        }
        if birth_date.is_some_and(|typed| self.birth_date(today) != Some(typed)) {
            found.push(NikWarning::BirthDateDiffers);
        }
        if sex.is_some_and(|typed| typed != self.sex()) {
            found.push(NikWarning::SexDiffers);
        }
        found
    }

    fn check(&self) -> Result<(), NikError> {
        let (day, month) = self.day_and_month();
        if !(1..=12).contains(&month) {
            return Err(NikError::ImpossibleMonth(month));
        }
        // The century is unknown, so 29 February counts as possible in every year divisible by four.
        let last_day = match month {
            2 if self.pair(10).is_multiple_of(4) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=last_day).contains(&day) {
            return Err(NikError::ImpossibleDay(self.pair(6)));
        }
        if self.pair(12) == 0 && self.pair(14) == 0 {
            return Err(NikError::SerialZero);
        }
        Ok(())
    }

    /// Day with the women's 40 taken off (a day of 40 itself becomes 0), and month.
    fn day_and_month(&self) -> (u32, u32) {
        let written = self.pair(6);
        (if written >= 40 { written - 40 } else { written }, self.pair(8))
    }

    fn pair(&self, at: usize) -> u32 {
        let digit = |i: usize| self.0.get(i).map_or(0, |b| u32::from(b - b'0'));
        digit(at) * 10 + digit(at + 1)
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({:02}**************)", self.pair(0))
    }
}

impl FromStr for Nik {
    type Err = NikError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Province codes of Kepmendagri 300.2.2-2430/2025, and 54, the former Timor Timur, which old numbers still carry.
const PROVINCES: [u32; 39] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71,
    72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn reads_a_man_and_a_woman() {
        let man = Nik::parse("9911041205010001").expect("well formed");
        let woman = Nik::parse(" 991104 520501-0002").expect("well formed");
        assert_eq!(man.sex(), Sex::Male);
        assert_eq!(woman.sex(), Sex::Female);
        assert_eq!(man.birth_date(day("2026-11-24")), Some(day("2001-05-12")));
        assert_eq!(woman.birth_date(day("2026-11-24")), Some(day("2001-05-12")));
    }

    #[test]
    fn reads_what_programs_wrapped_it_in() {
        for text in [
            "=\"9911041205010001\"",
            "\u{202a}9911041205010001",
            "99110412\u{200b}05010001",
            "９９１１０４１２０５０１０００１",
        ] {
            assert_eq!(
                Nik::parse(text).map(|nik| nik.expose().to_owned()),
                Ok("9911041205010001".to_owned()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_century_turns_at_today() {
        let nik = Nik::parse("9911042411260001").expect("well formed");
        assert_eq!(nik.birth_date(day("2026-11-24")), Some(day("2026-11-24")));
        assert_eq!(nik.birth_date(day("2026-11-23")), Some(day("1926-11-24")));
        let leap = Nik::parse("9911042902000001").expect("2000 was a leap year");
        assert_eq!(leap.birth_date(day("2026-01-01")), Some(day("2000-02-29")));
        assert_eq!(leap.birth_date(day("1999-01-01")), None);
    }

    #[test]
    fn refuses_what_cannot_have_been_issued() {
        let cases = [
            ("", NikError::Length(0)),
            ("331104120501000", NikError::Length(15)),
            ("33110412050100011", NikError::Length(17)),
            ("33110412O5010001", NikError::NotDigit(9)),
            ("3.31104E+15", NikError::NotDigit(8)),
            ("9911041213010001", NikError::ImpossibleMonth(13)),
            ("9911041200010001", NikError::ImpossibleMonth(0)),
            ("9911043205010001", NikError::ImpossibleDay(32)),
            ("9911040005010001", NikError::ImpossibleDay(0)),
            ("9911044005010001", NikError::ImpossibleDay(40)),
            ("9911047205010001", NikError::ImpossibleDay(72)),
            ("9911043104010001", NikError::ImpossibleDay(31)),
            ("9911042902010001", NikError::ImpossibleDay(29)),
            ("9911046902010001", NikError::ImpossibleDay(69)),
            ("9911041205010000", NikError::SerialZero),
        ];
        for (text, expected) in cases {
            assert_eq!(Nik::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn another_region_is_no_error_and_no_warning() {
        let nik = Nik::parse("1271041205010001").expect("a number from Medan");
        assert!(nik.warnings(None, None, day("2026-01-01")).is_empty());
        let odd = Nik::parse("2911041205010001").expect("a region that never was");
        assert_eq!(odd.warnings(None, None, day("2026-01-01")), [NikWarning::UnknownRegion]);
    }

    #[test]
    fn warns_of_what_was_typed_differently() {
        let nik = Nik::parse("9911041205010001").expect("well formed");
        let today = day("2026-01-01");
        assert!(nik.warnings(Some(day("2001-05-12")), Some(Sex::Male), today).is_empty());
        let both = nik.warnings(Some(day("2001-05-13")), Some(Sex::Female), today);
        assert_eq!(both, [NikWarning::BirthDateDiffers, NikWarning::SexDiffers]);
    }

    #[test]
    fn debug_tells_nobody_who_it_is() {
        let nik = Nik::parse("9911041205010001").expect("well formed");
        assert_eq!(format!("{nik:?}"), "Nik(99**************)");
    }

    #[test]
    fn reads_sex_words() {
        for text in ["L", "Laki-laki", "laki - laki", "PRIA", "male"] {
            assert_eq!(Sex::parse(text), Some(Sex::Male), "{text}");
        }
        for text in ["P", "Perempuan", "wanita", "Female"] {
            assert_eq!(Sex::parse(text), Some(Sex::Female), "{text}");
        }
        assert_eq!(Sex::parse("L/P"), None);
        assert_eq!(Sex::parse("-"), None);
    }

    proptest! {
        #[test]
        fn every_real_birth_date_survives(days in 0_u64..36_000, woman: bool, serial in 1_u16..10_000) {
            let today = day("2026-11-24");
            let born = today - chrono::Days::new(days);
            let written = chrono::Datelike::day(&born) + if woman { 40 } else { 0 };
            let text = format!("331104{written:02}{}{serial:04}", born.format("%m%y"));
            let nik = Nik::parse(&text).expect("built from a date");
            prop_assert_eq!(nik.expose(), &text);
            prop_assert_eq!(nik.birth_date(today), Some(born));
            prop_assert_eq!(nik.sex() == Sex::Female, woman);
            prop_assert!(nik.warnings(Some(born), Some(nik.sex()), today).is_empty());
        }

        #[test]
        fn never_panics_and_never_invents(text in "\\PC{0,24}") {
            if let Ok(nik) = Nik::parse(&text) {
                prop_assert_eq!(nik.expose().len(), 16);
                let kept: String = digits::plain(&text).chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(nik.expose(), kept);
            }
        }
    }
}
