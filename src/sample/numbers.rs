//! Numbers of invented people and families: sixteen digits that begin with 99, so that nobody takes them for real ones.
use chrono::{Datelike, NaiveDate};

use crate::domain::region::Region;

/// A sample NIK: 99, a part that counts, the district's number, the birth date (day + 40 for women), a serial.
pub(super) fn nik(number: u32, born: NaiveDate, woman: bool, village: &Region) -> String {
    let day = born.day() + if woman { 40 } else { 0 };
    sixteen(number, village, &format!("{day:02}{}", born.format("%m%y")))
}

/// Sixteen digits that differ for every number up to [`super::MOST_PEOPLE`], whatever the date: the serial runs through
/// 0001..9999 in a scattered order, the regency's digits count its rounds from 11, and after 88 rounds the district's
/// digits move on by 20.
pub(super) fn sixteen(number: u32, village: &Region, date: &str) -> String {
    const SERIALS: u32 = 9_999;
    const ROUNDS: u32 = 88;
    let round = number / SERIALS;
    // 7,919 has no divisor in common with 9,999, so that every serial comes once a round.
    let serial = (number % SERIALS) * 7_919 % SERIALS + 1;
    let district =
        village.code.as_str().get(6..8).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or_default();
    format!("99{:02}{:02}{date}{serial:04}", 11 + round % ROUNDS, district + 20 * (round / ROUNDS))
}
