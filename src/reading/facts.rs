//! Facts written with numbers: years of experience, wage, working time, and limits of age and sex.
//!
//! Belongs here: reading them with the line they stand in. Does not belong here: their use. Age, sex, marital
//! status, looks and religion are only flagged (Permenaker 18/2024 Ps 4, SE Menaker M/6/HK.04/V/2025).

use serde::{Deserialize, Serialize};

use crate::reading::lexicon::Token;

/// Wage in rupiah per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wage {
    /// Lower end.
    pub min: u64,
    /// Upper end, equal to `min` when one number is given.
    pub max: u64,
    /// How the ad counts; numbers are converted to a month.
    pub period: Period,
}

/// What a wage is paid for. Conversion to a month: 25 days, 173 hours (PP 35/2021 Ps 32: an hour is 1/173), 4 weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// When and where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkingTime {
    /// Full time.
    FullTime,
    /// Part time.
    PartTime,
    /// In shifts.
    Shift,
    /// From home or mixed.
    Remote,
    /// Day labour or freelance.
    Casual,
    /// Internship.
    Internship,
}

/// A limit that must never rank anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Restriction {
    /// Youngest and oldest age named.
    Age {
        /// Youngest.
        min: Option<u8>,
        /// Oldest.
        max: Option<u8>,
    },
    /// Only men are asked for.
    MaleOnly,
    /// Only women are asked for.
    FemaleOnly,
    /// Marital status is named.
    MaritalStatus,
    /// Looks or body are named.
    Looks,
    /// Religion is named.
    Religion,
}

/// Months of experience asked for (the lower end of a range); 0 for "fresh graduate". `None` when the line says nothing.
#[must_use]
pub fn experience_months(tokens: &[Token], is_experience_field: bool) -> Option<u16> {
    let names_it = |token: &Token| {
        matches!(
            token.text.as_str(),
            "pengalaman" | "berpengalaman" | "experience" | "experienced" | "pengalman"
        )
    };
    let place = tokens.iter().position(names_it);
    let is_age = tokens.iter().any(|token| matches!(token.text.as_str(), "usia" | "umur" | "age"));
    if place.is_none() && !is_experience_field || is_age && place.is_none() {
        return None;
    }
    let from = place.unwrap_or(0);
    let after = duration(tokens.get(from..)?);
    let found = after.or_else(|| if is_age { None } else { duration(tokens.get(..from)?) });
    if found.is_some() {
        return found;
    }
    let is_fresh = tokens.windows(2).any(|two| two[0].text == "fresh" && two[1].text.starts_with("graduate"));
    let not_needed = tokens.windows(2).any(|two| two[0].text == "tanpa" && names_it(&two[1]));
    (is_fresh || not_needed).then_some(0)
}

/// The first "number unit" as months; of "1 - 3 tahun" the lower end.
fn duration(tokens: &[Token]) -> Option<u16> {
    let unit_at = tokens.iter().position(|token| months_of_unit(&token.text).is_some())?;
    let months = months_of_unit(&tokens.get(unit_at)?.text)?;
    let first = tokens.get(..unit_at)?.iter().rev().take(4);
    let numbers: Vec<u16> =
        first.map_while(|token| number_word(&token.text).or_else(|| filler(&token.text))).collect();
    let lowest = numbers.into_iter().filter(|&number| number > 0).min()?;
    (lowest.saturating_mul(months) <= 720).then(|| lowest.saturating_mul(months))
}

/// Words allowed between a number and its unit count as 0 and are filtered out.
fn filler(word: &str) -> Option<u16> {
    matches!(word, "sampai" | "sd" | "s" | "d" | "to" | "hingga" | "dan" | "atau").then_some(0)
}

fn months_of_unit(word: &str) -> Option<u16> {
    match word {
        "tahun" | "thn" | "th" | "year" | "years" | "tahunan" => Some(12),
        "bulan" | "bln" | "month" | "months" => Some(1),
        _ => None,
    }
}

fn number_word(word: &str) -> Option<u16> {
    const NAMES: [&str; 10] =
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"];
    if let Ok(number) = word.parse::<u16>() {
        return Some(number);
    }
    let place = NAMES.iter().position(|name| *name == word)?;
    u16::try_from(place + 1).ok()
}

/// Limits of age, sex and so on that a line names.
#[must_use]
pub fn restrictions(tokens: &[Token]) -> Vec<Restriction> {
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.text.as_str()));
    let mut found = Vec::new();
    if let Some(age) = age_limit(tokens) {
        found.push(age);
    }
    let (men, women) =
        (has(&["pria", "laki", "lelaki", "cowok", "male"]), has(&["wanita", "perempuan", "cewek", "female"]));
    match (men, women) {
        (true, false) => found.push(Restriction::MaleOnly),
        (false, true) => found.push(Restriction::FemaleOnly),
        _ => {}
    }
    let is_marital = has(&["menikah", "lajang", "single", "married", "nikah"]);
    if is_marital {
        found.push(Restriction::MaritalStatus);
    }
    let names_height = tokens.windows(2).any(|two| two[0].text == "tinggi" && two[1].text == "badan");
    if has(&["berpenampilan", "penampilan", "cantik", "proporsional", "hijab"]) || names_height {
        found.push(Restriction::Looks);
    }
    if has(&["muslim", "muslimah", "islam", "kristen", "nasrani", "sholat", "salat", "beragama"]) {
        found.push(Restriction::Religion);
    }
    found
}

fn age_limit(tokens: &[Token]) -> Option<Restriction> {
    let at =
        tokens.iter().position(|token| matches!(token.text.as_str(), "usia" | "umur" | "age" | "berusia"))?;
    let near = tokens.get(at..(at + 9).min(tokens.len()))?;
    let ages: Vec<u8> = near
        .iter()
        .filter_map(|token| token.text.parse().ok())
        .filter(|age| (15..=70).contains(age))
        .take(2)
        .collect();
    let is_minimum =
        near.iter().any(|token| matches!(token.text.as_str(), "min" | "minimal" | "minimum" | "diatas"));
    match ages.as_slice() {
        [only] if is_minimum => Some(Restriction::Age { min: Some(*only), max: None }),
        [only] => Some(Restriction::Age { min: None, max: Some(*only) }),
        [low, high] if low <= high => Some(Restriction::Age { min: Some(*low), max: Some(*high) }),
        _ => None,
    }
}

/// Working times a line names.
#[must_use]
pub fn working_times(tokens: &[Token]) -> Vec<WorkingTime> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).map_or("", |next| next.text.as_str());
        let time = match (token.text.as_str(), next) {
            ("full", "time") | ("fulltime", _) | ("penuh", "waktu") => WorkingTime::FullTime,
            ("part", "time") | ("parttime", _) | ("paruh", "waktu") => WorkingTime::PartTime,
            ("shift" | "shifting" | "bergilir", _) => WorkingTime::Shift,
            ("remote" | "wfh" | "hybrid", _) => WorkingTime::Remote,
            ("freelance" | "freelancer", _) | ("harian", "lepas") | ("daily", "worker") => {
                WorkingTime::Casual
            }
            ("magang" | "intern" | "internship", _) => WorkingTime::Internship,
            _ => continue,
        };
        if !found.contains(&time) {
            found.push(time);
        }
    }
    found
}

/// Reads a wage: `IDR3.000.000 - 5.000.000/Bulan`, `gaji 2,5 jt`, `Rp 100rb per hari`. The text is one line or a field.
#[must_use]
pub fn wage(text: &str, is_wage_field: bool) -> Option<Wage> {
    let lower = text.to_lowercase();
    let names_it =
        ["gaji", "salary", "upah", "rp", "idr", "honor", "uang saku"].iter().any(|word| lower.contains(word));
    if !names_it && !is_wage_field {
        return None;
    }
    let mut amounts = amounts(&lower);
    if let [(first, false), (_, true)] = amounts.as_slice()
        && *first < 1_000
    {
        let (low, high) = (amounts[0].0, amounts[1].0);
        let scale = if high >= 1_000_000 { 1_000_000 } else { 1_000 };
        amounts[0].0 = low * scale;
    }
    let period = period_of(&lower);
    let smallest: u64 = match period {
        Period::Hour => 3_000,
        Period::Day => 20_000,
        Period::Week | Period::Month | Period::Year => 100_000,
    };
    let mut plausible = amounts
        .into_iter()
        .map(|(amount, _)| amount)
        .filter(|amount| (smallest..=500_000_000).contains(amount));
    let min = plausible.next()?;
    let max = plausible.next().filter(|&second| second >= min).unwrap_or(min);
    Some(Wage { min: per_month(min, period), max: per_month(max, period), period })
}

fn per_month(amount: u64, period: Period) -> u64 {
    match period {
        Period::Month => amount,
        Period::Week => amount * 4,
        Period::Day => amount * 25,
        Period::Hour => amount * 173,
        Period::Year => amount / 12,
    }
}

fn period_of(lower: &str) -> Period {
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if says(&["/jam", "per jam", "perjam", "/hour"]) {
        Period::Hour
    } else if says(&["/hari", "per hari", "perhari", "harian", "/day"]) {
        Period::Day
    } else if says(&["/minggu", "per minggu", "perminggu", "mingguan"]) {
        Period::Week
    } else if says(&["/tahun", "per tahun", "pertahun"]) {
        Period::Year
    } else {
        Period::Month
    }
}

/// Numbers of a line with their unit applied; the flag tells that a unit (juta, ribu) was written.
fn amounts(lower: &str) -> Vec<(u64, bool)> {
    let bytes = lower.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < bytes.len() && (bytes[end].is_ascii_digit() || separates(bytes, end)) {
            end += 1;
        }
        if let Some(digits) = lower.get(at..end) {
            let rest = lower.get(end..).unwrap_or_default().trim_start();
            found.extend(amount(digits, rest));
        }
        at = end;
    }
    found
}

fn separates(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

fn amount(digits: &str, rest: &str) -> Option<(u64, bool)> {
    let unit: Option<u64> = if ["juta", "jt", "mio"].iter().any(|word| rest.starts_with(word)) {
        Some(1_000_000)
    } else if ["ribu", "rb", "k"].iter().any(|word| rest.starts_with(word)) {
        Some(1_000)
    } else {
        None
    };
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let is_grouped = groups.len() > 1 && groups.iter().skip(1).all(|group| group.len() == 3);
    if let (Some(unit), false, [whole, fraction]) = (unit, is_grouped, groups.as_slice()) {
        let whole: u64 = whole.parse().ok()?;
        let tenth: u64 = fraction.get(..1)?.parse().ok()?;
        return Some((whole.checked_mul(unit)?.checked_add(tenth * unit / 10)?, true));
    }
    let mut joined: String = groups.concat();
    if !is_grouped && groups.last().is_some_and(|last| last.len() == 2) && groups.len() > 2 {
        joined.truncate(joined.len() - 2);
    }
    let number: u64 = joined.parse().ok()?;
    let scaled =
        if is_grouped && number >= 1_000 { number } else { number.checked_mul(unit.unwrap_or(1))? };
    Some((scaled, unit.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexicon::LEXICON;

    #[test]
    fn reads_wages_as_written() {
        let read = |text: &str| wage(text, true).map(|wage| (wage.min, wage.max));
        assert_eq!(read("IDR3.000.000 - 5.000.000/Bulan"), Some((3_000_000, 5_000_000)));
        assert_eq!(read("Gaji 2,5jt"), Some((2_500_000, 2_500_000)));
        assert_eq!(read("gaji 3 - 4 juta"), Some((3_000_000, 4_000_000)));
        assert_eq!(read("Rp 100rb per hari"), Some((2_500_000, 2_500_000)));
        assert_eq!(read("Rp 2.500.000,00"), Some((2_500_000, 2_500_000)));
        assert_eq!(wage("usia 35 tahun", false), None);
    }

    #[test]
    fn reads_experience_but_not_age() {
        let read = |text: &str| experience_months(&LEXICON.tokens(text), false);
        assert_eq!(read("Pengalaman minimal 2 tahun di bidang menjahit"), Some(24));
        assert_eq!(read("Berpengalaman 1-3 tahun"), Some(12));
        assert_eq!(read("Min. 6 bln pengalaman"), Some(6));
        assert_eq!(read("Usia maksimal 35 tahun"), None);
        assert_eq!(read("Pengalaman minimal satu tahun"), Some(12));
    }

    #[test]
    fn flags_limits_without_using_them() {
        let read = |text: &str| restrictions(&LEXICON.tokens(text));
        assert_eq!(
            read("Wanita, usia maksimal 25 tahun"),
            [Restriction::Age { min: None, max: Some(25) }, Restriction::FemaleOnly]
        );
        assert_eq!(read("Pria/Wanita"), []);
        assert_eq!(read("Usia 18 - 35 tahun"), [Restriction::Age { min: Some(18), max: Some(35) }]);
    }
}
