//! Wages in rupiah, the ways people write them, and the minimum wages of the regency and its neighbours.
//!
//! Belongs here: amounts, pay with its period, the one reader of both (`reader`, `scan`), and the table in
//! `index/minimum_wages.csv` (each line names its source). Does not belong here: whether a low wage stops a vacancy (it is a
//! flag, see `domain::intake::flags`).

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::{
    codes::FieldCode,
    region::{RegionCode, SUKOHARJO},
};

mod reader;
mod scan;

/// A whole amount of rupiah; as a wage, per month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rupiah(pub i64);

/// Why a text is not an amount of rupiah per month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// No amount of pay: empty, "negosiasi", "kompetitif", a bonus alone.
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
    /// Paid by the hour, day, week, year, shift or piece.
    #[error("amount is not per month")]
    NotMonthly,
    /// In another currency than rupiah.
    #[error("amount is not in rupiah")]
    Currency,
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
            Self::Currency => FieldCode::MoneyCurrency,
            Self::TooLarge => FieldCode::MoneyTooLarge,
        }
    }
}

impl Rupiah {
    /// One amount: `2.500.000`, `Rp 2,5 jt`, `2500000`, `2,500,000.00`, `850 ribu`.
    ///
    /// # Errors
    /// [`MoneyError`]; a range, open or closed, is [`MoneyError::Several`].
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        match read_monthly(text, Meant::newest())? {
            Pay { low: Some(low), high: Some(high), .. } if low == high => Ok(low),
            _ => Err(MoneyError::Several),
        }
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

/// What an amount is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Per month, also when nothing is said.
    Month,
    /// Per week.
    Week,
    /// Per day.
    Day,
    /// Per hour.
    Hour,
    /// Per year.
    Year,
    /// By the piece, the shift or something else that is no length of time.
    Other,
}

/// Pay as a text states it; at least one end is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pay {
    /// Lower end; `None` for "up to".
    pub low: Option<Rupiah>,
    /// Upper end; `None` for "from".
    pub high: Option<Rupiah>,
    /// What it is paid for.
    pub period: Period,
}

/// Where and when a minimum wage holds that a text names without saying so ("UMK"). A place or a year in the text itself
/// ("UMK Klaten 2025") goes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    /// Workplace, or the regency.
    pub place: RegionCode,
    /// The year; `None` is the newest known.
    pub year: Option<i32>,
}

impl Meant {
    /// The newest known minimum wage of the regency, for texts without a place and a day.
    pub fn newest() -> Self {
        Self { place: RegionCode::sukoharjo(), year: None }
    }

    /// The one that holds in a year at a place, or in the regency where the place is not known.
    pub fn at(place: Option<RegionCode>, year: i32) -> Self {
        Self { place: place.unwrap_or_else(RegionCode::sukoharjo), year: Some(year) }
    }
}

/// Reads what a cell or field says about pay: `IDR3.000.000 - 5.000.000/Bulan`, `Rp.3 – 4 Juta`, `s/d 5 juta`, `mulai 3jt`,
/// `150rb/hari`, `UMK 2026`, `Gapok 2,4jt + uang makan 15rb/hari`. A unit after the upper amount holds for a lower one
/// without a unit.
///
/// # Errors
/// [`MoneyError`] saying what is wrong with the text; [`MoneyError::NotMonthly`] never.
pub fn read(text: &str, meant: Meant) -> Result<Pay, MoneyError> {
    reader::cell(text, meant)
}

/// Reads pay by the month, as [`read`] does.
///
/// # Errors
/// [`MoneyError`], also for pay by the hour, day, week, year, shift or piece.
pub fn read_monthly(text: &str, meant: Meant) -> Result<Pay, MoneyError> {
    read(text, meant)
        .and_then(|pay| if pay.period == Period::Month { Ok(pay) } else { Err(MoneyError::NotMonthly) })
}

/// The pay that a line of an ad states. Outside a field for the wage something in the line must say that pay is meant: a
/// word for it, "Rp", or an amount with its unit and period (`2,5 - 2,8jt/bln`). Fees, allowances and turnovers are none.
pub fn read_line(text: &str, is_wage_field: bool, meant: Meant) -> Option<Pay> {
    reader::line(text, is_wage_field, meant)
}

/// A minimum wage as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Places whose minimum wage texts name. The inner `None` is a place that the table does not know.
fn place_named(word: &str) -> Option<Option<RegionCode>> {
    let code = match word {
        "sukoharjo" | "skh" => SUKOHARJO,
        "surakarta" | "solo" => "33.72",
        "karanganyar" => "33.13",
        "klaten" => "33.10",
        "boyolali" => "33.09",
        "sragen" => "33.14",
        "wonogiri" => "33.12",
        "jateng" => "33",
        "gunungkidul" => "34.03",
        "jakarta" | "dki" | "jogja" | "yogyakarta" | "diy" | "semarang" | "surabaya" | "bekasi"
        | "karawang" | "tangerang" | "bandung" | "bogor" | "salatiga" | "magelang" | "sleman" | "bantul" => {
            return Some(None);
        }
        _ => return None,
    };
    Some(RegionCode::parse(code).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The ends of pay by the month.
    fn ends(text: &str) -> Result<(Option<i64>, Option<i64>), MoneyError> {
        let pay = read_monthly(text, Meant::newest())?;
        Ok((pay.low.map(Rupiah::amount), pay.high.map(Rupiah::amount)))
    }

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
            assert_eq!(ends(text), Ok((Some(low), Some(high))), "{text}");
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
            assert_eq!(ends(text), Err(expected), "{text}");
        }
        assert_eq!(Rupiah::parse("2 - 3 juta"), Err(MoneyError::Several));
    }

    #[test]
    fn open_ranges_have_one_end() {
        let cases = [
            ("s/d 4 juta", None, Some(4_000_000)),
            ("sampai dengan 3,5jt", None, Some(3_500_000)),
            ("maks. Rp 3.000.000", None, Some(3_000_000)),
            ("mulai 2,7jt", Some(2_700_000), None),
            ("mulai dari Rp 2.700.000", Some(2_700_000), None),
            (">2,6jt", Some(2_600_000), None),
            ("2,8jt+", Some(2_800_000), None),
            ("3 juta ke atas", Some(3_000_000), None),
            ("di atas 2,3 juta", Some(2_300_000), None),
            ("minimal UMK", Some(2_500_000), None),
            ("minimal 2 juta maksimal 3 juta", Some(2_000_000), Some(3_000_000)),
            ("mulai 2jt sampai 3jt", Some(2_000_000), Some(3_000_000)),
        ];
        for (text, low, high) in cases {
            assert_eq!(ends(text), Ok((low, high)), "{text}");
        }
    }

    #[test]
    fn the_wage_is_found_among_other_amounts() {
        let cases = [
            ("Rp 2.450.000,- uang makan Rp 300.000,-", 2_450_000),
            ("Rp 2.600.000,- bonus Rp 12.000.000,-", 2_600_000),
            ("gaji pokok 1.600.000 - bonus 400rb", 1_600_000),
            ("2.600.000 + uang makan 18.000/hari", 2_600_000),
            ("2.600.000/bulan, 6 hari kerja", 2_600_000),
            ("2,6 jt (5 hari kerja)", 2_600_000),
            ("tunjangan 200rb, gaji 2,4jt", 2_400_000),
            ("2.700.000 (UMK 2026)", 2_700_000),
            ("UMK 2.500.000 + lembur", 2_500_000),
            ("gaji UMK + tunjangan 350rb", 2_500_000),
            ("gaji UMK 2,65 jt + lembur", 2_650_000),
            ("UMK (2.600.000)", 2_600_000),
            ("satu juta enam ratus sebulan", 1_600_000),
            ("sejuta seratus dua puluh lima ribu", 1_125_000),
            ("dua juta dua ratus lima puluh ribu", 2_250_000),
            ("1,6 jt per orang per bulan", 1_600_000),
            ("UMK + 300rb", 2_500_000),
            ("UMK", 2_500_000),
            ("UMR Sukoharjo", 2_500_000),
            ("sesuai UMK 2025", 2_359_488),
            ("UMK Kab. Klaten", 2_538_691),
            ("gaji 100% UMK", 2_500_000),
            ("3jt (nett)", 3_000_000),
            ("2 juta 650 ribu", 2_650_000),
            ("2 650 000", 2_650_000),
            ("2.650.000.-", 2_650_000),
            ("± 2,6 juta", 2_600_000),
            ("4 orang. Gaji pokok 2,7jt", 2_700_000),
            ("Gapok 2,7", 2_700_000),
            ("2.600.000 per bulan (26 hari)", 2_600_000),
        ];
        for (text, expected) in cases {
            assert_eq!(ends(text), Ok((Some(expected), Some(expected))), "{text}");
        }
    }

    #[test]
    fn a_period_belongs_to_its_amount() {
        let cases = [
            ("125rb sehari", Period::Day),
            ("Rp 110.000/hr", Period::Day),
            ("Rp 110.000 / HK", Period::Day),
            ("harian 110rb", Period::Day),
            ("110 ribu per hari", Period::Day),
            ("550rb seminggu", Period::Week),
            ("700 rb/pekan", Period::Week),
            ("25jt/th", Period::Year),
            ("Rp 25.000.000 setahun", Period::Year),
            ("15.000/jam", Period::Hour),
            ("90.000/shift", Period::Other),
            ("Rp 4.000/lusin", Period::Other),
            ("180rb per kodi", Period::Other),
            ("45.000 per 1000 batang", Period::Other),
            ("2.500.000/26 hari", Period::Other),
            ("borongan 3.500", Period::Other),
            ("2,6jt/bln", Period::Month),
            ("Rp 2.600.000,-/bulan", Period::Month),
            ("2,6 juta perbulan", Period::Month),
        ];
        for (text, period) in cases {
            assert_eq!(read(text, Meant::newest()).map(|pay| pay.period), Ok(period), "{text}");
        }
    }

    #[test]
    fn what_is_no_wage_in_rupiah_is_refused() {
        let cases = [
            ("USD 450 - 600", MoneyError::Currency),
            ("¥170.000", MoneyError::Currency),
            ("RM 1.700", MoneyError::Currency),
            ("14 man yen", MoneyError::Currency),
            ("NTD 28.000", MoneyError::Currency),
            ("biaya admin 150rb", MoneyError::NoAmount),
            ("uang jaminan Rp 500.000", MoneyError::NoAmount),
            ("uang makan 20.000", MoneyError::NoAmount),
            ("komisi 10%", MoneyError::NoAmount),
            ("80% UMK", MoneyError::NoAmount),
            ("UMK Jakarta", MoneyError::NoAmount),
            ("nego", MoneyError::NoAmount),
            ("5 orang", MoneyError::NoAmount),
            ("2jt5", MoneyError::Ambiguous),
            ("2,500.000", MoneyError::Ambiguous),
            ("3jt - 2jt", MoneyError::Reversed),
        ];
        for (text, expected) in cases {
            assert_eq!(ends(text), Err(expected), "{text}");
        }
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
        fn a_written_range_is_read_again(low in 100_000_i64..9_000_000, more in 1_i64..9_000_000) {
            let high = low + more;
            let text = format!("{} s/d {} per bulan", Rupiah(low), Rupiah(high));
            prop_assert_eq!(ends(&text), Ok((Some(low), Some(high))));
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[0-9a-z ,./+()-]{0,30}|(UMK|gaji|rp|[0-9]{1,4}|jt|rb|,-|/|hari|s/d|-| ){0,12}") {
            if let Ok(Pay { low: Some(low), high: Some(high), .. }) = read(&text, Meant::newest()) {
                prop_assert!(low <= high);
            }
            let _ = read_line(&text, false, Meant::newest());
        }
    }
}
