//! Wages in rupiah per month, the ways people write them, and the minimum wages of the regency and its neighbours.
//!
//! Belongs here: amounts, ranges and the table in `index/minimum_wages.csv` (each line names its source). Does not
//! belong here: whether a low wage stops a vacancy (it is a flag, see `domain::intake::flags`).

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::codes::FieldCode;
use crate::domain::region::RegionCode;

/// A whole amount of rupiah; as a wage, per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rupiah(pub i64);

/// Why a text is not an amount of rupiah per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// No digits: empty, "negosiasi", "kompetitif", "sesuai UMK".
    #[error("no amount in the text")]
    NoAmount,
    /// Digits and separators that can be read in more than one way, such as `2,5` or `1.23.456`.
    #[error("amount can be read in more than one way")]
    Ambiguous,
    /// Two or more amounts where one was asked for.
    #[error("more than one amount in the text")]
    Several,
    /// Lower bound above the upper bound.
    #[error("lower amount is above the upper amount")]
    Reversed,
    /// Paid by the hour, day, week or year.
    #[error("amount is not per month")]
    NotMonthly,
    /// More than a quadrillion rupiah.
    #[error("amount is out of range")]
    TooLarge,
}

impl MoneyError {
    /// Stable code for reports and interfaces.
    pub fn code(self) -> FieldCode {
        match self {
            Self::NoAmount => FieldCode::MoneyNoAmount,
            Self::Ambiguous => FieldCode::MoneyAmbiguous,
            Self::Several => FieldCode::MoneySeveral,
            Self::Reversed => FieldCode::MoneyReversed,
            Self::NotMonthly => FieldCode::MoneyNotMonthly,
            Self::TooLarge => FieldCode::MoneyTooLarge,
        }
    }
}

impl Rupiah {
    /// One amount: `2.500.000`, `Rp 2,5 jt`, `2500000`, `2,500,000.00`, `850 ribu`.
    ///
    /// # Errors
    /// [`MoneyError`]; a range is [`MoneyError::Several`].
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let (low, high) = parse_range(text)?;
        if low == high { Ok(low) } else { Err(MoneyError::Several) }
    }

    /// Rupiah as a plain number.
    pub fn amount(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        f.write_str(if self.0 < 0 { "-Rp" } else { "Rp" })?;
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// Reads one amount or a range: `IDR3.000.000 - 5.000.000/Bulan`, `Rp.3 – 4 Juta`, `Rp5,000,000 per month`. One
/// amount gives both ends. A unit after the upper amount holds for a lower one without a unit.
///
/// # Errors
/// [`MoneyError`] saying what is wrong with the text.
pub fn parse_range(text: &str) -> Result<(Rupiah, Rupiah), MoneyError> {
    let text = text.to_lowercase();
    if is_not_monthly(&text) {
        return Err(MoneyError::NotMonthly);
    }
    let numbers = scan(&text);
    let (low, high) = match numbers.as_slice() {
        [] => return Err(MoneyError::NoAmount),
        [only] => {
            let amount = only.value(only.unit)?;
            (amount, amount)
        }
        [first, second] if second.joined => {
            let unit = first.unit.or(second.unit.filter(|_| first.digits.len() <= 4));
            (first.value(unit)?, second.value(second.unit)?)
        }
        [..] => return Err(MoneyError::Several),
    };
    if low > high { Err(MoneyError::Reversed) } else { Ok((Rupiah(low), Rupiah(high))) }
}

/// A minimum wage as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinimumWage {
    /// Regency or province it is set for.
    pub region: RegionCode,
    /// Year it is valid for; an older year than asked when the newer figure is not known yet.
    pub year: i32,
    /// Rupiah per month; fractions were rounded up.
    pub amount: Rupiah,
    /// Decree or press source.
    pub source: &'static str,
    /// `high` or `medium`.
    pub confidence: &'static str,
}

/// The minimum wage for a place (village, district, regency or province code) in a year: the regency's own if there
/// is one, else the province's; the latest earlier year when that year's is not in the table.
pub fn minimum_wage(place: RegionCode, year: i32) -> Option<MinimumWage> {
    let best = |region: RegionCode| {
        MINIMUM_WAGES
            .iter()
            .filter(|wage| wage.region == region && wage.year <= year)
            .max_by_key(|wage| wage.year)
            .copied()
    };
    place.regency().and_then(best).or_else(|| best(place.province()))
}

/// Every line of the table, in file order.
pub fn minimum_wages() -> &'static [MinimumWage] {
    &MINIMUM_WAGES
}

static MINIMUM_WAGES: LazyLock<Vec<MinimumWage>> = LazyLock::new(|| {
    include_str!("../../index/minimum_wages.csv").lines().skip(1).filter_map(minimum_wage_line).collect()
});

fn minimum_wage_line(line: &'static str) -> Option<MinimumWage> {
    let mut fields = line.split(',');
    Some(MinimumWage {
        region: RegionCode::parse(fields.next()?).ok()?,
        year: fields.next()?.parse().ok()?,
        amount: Rupiah(fields.next()?.parse().ok()?),
        source: fields.next()?,
        confidence: fields.next()?,
    })
}

/// Thousand and million, the units people put after a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Thousand,
    Million,
}

/// A run of digits and separators, its unit, and whether a range mark stands before it.
struct Number<'a> {
    digits: &'a str,
    unit: Option<Unit>,
    joined: bool,
}

impl Number<'_> {
    fn value(&self, unit: Option<Unit>) -> Result<i64, MoneyError> {
        let scale = match unit {
            None => 1,
            Some(Unit::Thousand) => 1_000,
            Some(Unit::Million) => 1_000_000,
        };
        let (whole, fraction) = self.split(unit)?;
        let whole: i64 = whole.parse().map_err(|_| MoneyError::TooLarge)?;
        let part = fraction_of(&fraction, scale);
        let amount = whole.checked_mul(scale).and_then(|n| n.checked_add(part));
        amount.filter(|n| *n <= 1_000_000_000_000_000).ok_or(MoneyError::TooLarge)
    }

    /// Whole digits and decimal digits. The last separator is a decimal mark when other than three digits follow it,
    /// or when a million stands behind (`2.500 jt` is two and a half million); the others must part groups of three.
    fn split(&self, unit: Option<Unit>) -> Result<(String, String), MoneyError> {
        let Some(last) = self.digits.rfind(['.', ',']) else {
            return Ok((self.digits.to_owned(), String::new()));
        };
        let (head, tail) = (&self.digits[..last], &self.digits[last + 1..]);
        let mark = self.digits.as_bytes().get(last).copied();
        let only_one = !head.contains(['.', ',']);
        let differs = head.bytes().any(|b| b == b'.' || b == b',') && !head.bytes().any(|b| Some(b) == mark);
        let decimal = tail.len() != 3 || differs || (only_one && unit == Some(Unit::Million));
        let plain_small = only_one && head.len() <= 3 && unit.is_none();
        if decimal && (plain_small || !(only_one || differs)) {
            return Err(MoneyError::Ambiguous);
        }
        let grouped = if decimal { head } else { self.digits };
        if !groups_of_three(grouped) {
            return Err(MoneyError::Ambiguous);
        }
        let whole = grouped.replace(['.', ','], "");
        Ok((whole, if decimal { tail.to_owned() } else { String::new() }))
    }
}

/// `fraction` (decimal digits) of `scale`, rounded down: ("5", 1 000 000) is 500 000.
fn fraction_of(fraction: &str, scale: i64) -> i64 {
    let mut step = scale;
    let mut sum = 0;
    for digit in fraction.chars().filter_map(|c| c.to_digit(10)) {
        step /= 10;
        sum += step * i64::from(digit);
    }
    sum
}

/// `1.234.567`: groups of three after the first; no separator at all is fine too.
fn groups_of_three(text: &str) -> bool {
    let mut groups = text.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    !first.is_empty() && (rest.is_empty() || first.len() <= 3) && rest.iter().all(|group| group.len() == 3)
}

fn scan(text: &str) -> Vec<Number<'_>> {
    let mut numbers = Vec::new();
    let mut between = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !c.is_ascii_digit() {
            between.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(rest.len());
        let digits = rest[..end].trim_end_matches(['.', ',']);
        rest = &rest[digits.len()..];
        numbers.push(Number { digits, unit: unit_before(rest), joined: is_range_mark(&between) });
        between.clear();
    }
    numbers
}

fn unit_before(rest: &str) -> Option<Unit> {
    let word: String = rest
        .chars()
        .skip_while(|c| c.is_whitespace() || *c == '\u{a0}')
        .take_while(|c| c.is_alphabetic())
        .collect();
    match word.as_str() {
        "jt" | "juta" | "jutaan" | "million" | "mio" => Some(Unit::Million),
        "rb" | "ribu" | "k" | "rebu" => Some(Unit::Thousand),
        _ => None,
    }
}

/// What stands between the two ends of a range: a dash in any encoding, or a word for "to".
fn is_range_mark(between: &str) -> bool {
    // "â" is what a dash becomes when UTF-8 was read as Latin-1, as in many scraped ads.
    between.contains(['-', '\u{2013}', '\u{2014}', '~', '\u{e2}'])
        || between.contains("s/d")
        || between.split(|c: char| !c.is_alphabetic()).any(|w| matches!(w, "sd" | "sampai" | "hingga" | "to"))
}

fn is_not_monthly(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let period = |w: &str| {
        matches!(w, "hari" | "jam" | "minggu" | "tahun" | "day" | "hour" | "week" | "year" | "pcs" | "potong")
    };
    let slash = text
        .split('/')
        .skip(1)
        .any(|part| period(part.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()));
    slash
        || words.windows(2).any(|pair| matches!(pair, ["per" | "a", unit] if period(unit)))
        || words.iter().any(|w| matches!(*w, "harian" | "perhari" | "perjam" | "hourly" | "daily"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_one_amount() {
        let cases = [
            ("2.500.000", 2_500_000),
            ("Rp 2,5 jt", 2_500_000),
            ("Rp2.500.000,-", 2_500_000),
            ("2500000", 2_500_000),
            ("2500000.0", 2_500_000),
            ("2,500,000.00", 2_500_000),
            ("2.592.154,06", 2_592_154),
            ("2.359.488", 2_359_488),
            ("3 juta", 3_000_000),
            ("2.500 jt", 2_500_000),
            ("2,35 juta/bulan", 2_350_000),
            ("850 ribu", 850_000),
            ("850rb", 850_000),
            ("2.500rb", 2_500_000),
            ("IDR4.000.000/Bulan", 4_000_000),
            ("RpÂ 3.550.000 per month", 3_550_000),
            ("Rp3,000,000 per month", 3_000_000),
            ("0", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(Rupiah::parse(text), Ok(Rupiah(expected)), "{text}");
        }
    }

    #[test]
    fn reads_ranges_as_ads_write_them() {
        let cases = [
            ("IDR3.000.000 - 5.000.000/Bulan", 3_000_000, 5_000_000),
            ("Rp.3 – 4 Juta", 3_000_000, 4_000_000),
            ("Rp.1 - 2 Juta", 1_000_000, 2_000_000),
            ("2,5 s/d 3 jt", 2_500_000, 3_000_000),
            ("Rp5,000,000 – Rp7,000,000 per month", 5_000_000, 7_000_000),
            ("RpÂ 3.550.000 â\u{80}\u{93} RpÂ 3.750.000 per month", 3_550_000, 3_750_000),
            ("Rp3000000 - Rp5000000", 3_000_000, 5_000_000),
            ("IDR 2,500,000 - 3,000,000", 2_500_000, 3_000_000),
            ("900.000 - 1,2 juta", 900_000, 1_200_000),
            ("800rb sampai 1jt", 800_000, 1_000_000),
        ];
        for (text, low, high) in cases {
            assert_eq!(parse_range(text), Ok((Rupiah(low), Rupiah(high))), "{text}");
        }
    }

    #[test]
    fn refuses_what_it_cannot_know() {
        let cases = [
            ("", MoneyError::NoAmount),
            ("Negosiasi", MoneyError::NoAmount),
            ("2,5", MoneyError::Ambiguous),
            ("1.23.456", MoneyError::Ambiguous),
            ("12345.678.9", MoneyError::Ambiguous),
            ("5.000.000 - 3.000.000", MoneyError::Reversed),
            ("Rp 100.000/hari", MoneyError::NotMonthly),
            ("20.000 per jam", MoneyError::NotMonthly),
            ("gaji harian 90.000", MoneyError::NotMonthly),
            ("2.000.000 + 300.000", MoneyError::Several),
            ("99999999999999999999", MoneyError::TooLarge),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_range(text), Err(expected), "{text}");
        }
        assert_eq!(Rupiah::parse("2 - 3 juta"), Err(MoneyError::Several));
    }

    #[test]
    fn shows_groups() {
        assert_eq!(Rupiah(2_500_000).to_string(), "Rp2.500.000");
        assert_eq!(Rupiah(0).to_string(), "Rp0");
        assert_eq!(Rupiah(999).to_string(), "Rp999");
        assert_eq!(Rupiah(-1_000).to_string(), "-Rp1.000");
    }

    #[test]
    fn minimum_wage_of_a_village_is_its_regencys() {
        let jetis = RegionCode::parse("33.11.04.1005").expect("a village");
        let wage = minimum_wage(jetis, 2026).expect("known");
        assert_eq!((wage.amount, wage.confidence), (Rupiah(2_500_000), "high"));
        assert_eq!(minimum_wage(jetis, 2025).map(|w| w.amount), Some(Rupiah(2_359_488)));
        let later = minimum_wage(jetis, 2027).expect("the latest known");
        assert_eq!((later.year, later.amount), (2026, Rupiah(2_500_000)));
        assert_eq!(minimum_wage(jetis, 2019), None);
    }

    #[test]
    fn minimum_wage_falls_back_to_the_province() {
        let semarang = RegionCode::parse("33.74").expect("a city");
        assert_eq!(minimum_wage(semarang, 2026).map(|w| w.amount), Some(Rupiah(2_327_387)));
        assert_eq!(minimum_wage(RegionCode::parse("31.71").expect("Jakarta"), 2026), None);
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("../../index/minimum_wages.csv").lines().count() - 1;
        assert_eq!(minimum_wages().len(), lines);
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_read(amount in 0_i64..1_000_000_000_000) {
            prop_assert_eq!(Rupiah::parse(&Rupiah(amount).to_string()), Ok(Rupiah(amount)));
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}") {
            if let Ok((low, high)) = parse_range(&text) {
                prop_assert!(low <= high);
            }
        }
    }
}
