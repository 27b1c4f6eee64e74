//! Facts written with numbers: years of experience, wage, working time.
//!
//! Belongs here: which number of a line is meant; what it says is read by `domain::duration` and `domain::money`. Does not
//! belong here: their use, and limits of age, sex and the like (`criteria`), which never rank anybody.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        duration,
        money::{self, Meant, Period, Rupiah},
    },
    reading::{
        lexicon::Token,
        signs::{self, Sign},
    },
};

/// Wage in rupiah per month; at least one end is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wage {
    /// Lower end; `None` for "up to".
    pub min: Option<u64>,
    /// Upper end, equal to `min` when one number is given; `None` for "from".
    pub max: Option<u64>,
    /// How the ad counts; numbers are converted to a month.
    pub period: Period,
}

/// When and where the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// Months of experience asked for (the lower end of a range); 0 for "fresh graduate". `None` when the line says nothing.
/// The tokens are those of `text`.
#[must_use]
pub fn experience_months(text: &str, tokens: &[Token], is_experience_field: bool) -> Option<u16> {
    let names_it = |token: &Token| signs::says(&token.text, Sign::Experience);
    let did_it = |token: &Token| signs::says(&token.text, Sign::Done);
    let place = tokens.iter().position(names_it);
    // `pernah merawat lansia min 6 bulan`
    let place = place.or_else(|| tokens.iter().position(did_it));
    let is_age = tokens.iter().any(|token| matches!(token.text.as_str(), "usia" | "umur" | "age"));
    if is_age && place.is_none() {
        return None;
    }
    if place.is_none() && !is_experience_field {
        return least_length(text, tokens);
    }
    let from = place.and_then(|place| tokens.get(place)).map_or(0, |token| token.from);
    let lengths = duration::find_all(text);
    let after = lengths.iter().find(|length| length.from >= from);
    let found = after.or_else(|| lengths.first().filter(|_| !is_age));
    if let Some(length) = found {
        return u16::try_from(length.months).ok();
    }
    let is_fresh = tokens.windows(2).any(|two| two[0].text == "fresh" && two[1].text.starts_with("graduate"));
    let not_needed = tokens.windows(2).any(|two| two[0].text == "tanpa" && names_it(&two[1]));
    (is_fresh || not_needed).then_some(0)
}

/// A least length of time that is said of nothing else (`sudah pegang bis minimal 3 th`, not `kontrak min 1 th`).
fn least_length(text: &str, tokens: &[Token]) -> Option<u16> {
    /// Nobody asks for more; a greater number of years is an age.
    const MOST: u32 = 120;
    if tokens.iter().any(|token| signs::says(&token.text, Sign::OtherLength)) {
        return None;
    }
    let is_least = |from: usize| {
        let before = tokens.iter().rev().find(|token| token.to <= from);
        before.is_some_and(|token| signs::says(&token.text, Sign::AtLeast))
    };
    let length = duration::find_all(text).into_iter().find(|length| is_least(length.from))?;
    u16::try_from(length.months).ok().filter(|_| length.months <= MOST)
}

/// Working times a line names; shifts are heard by `arrangements`.
#[must_use]
pub fn working_times(tokens: &[Token]) -> Vec<WorkingTime> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).map_or("", |next| next.text.as_str());
        let time = match (token.text.as_str(), next) {
            ("full", "time") | ("fulltime", _) | ("penuh", "waktu") => WorkingTime::FullTime,
            ("part", "time") | ("parttime", _) | ("paruh", "waktu") => WorkingTime::PartTime,
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

/// Reads a wage: `IDR3.000.000 - 5.000.000/Bulan`, `gaji 2,5 jt`, `Rp 100rb per hari`, `Gaji UMK`. The text is one line or a
/// field. Conversion to a month: 25 days, 173 hours (PP 35/2021 Ps 32: an hour is 1/173), 4 weeks; pay by the shift or the
/// piece has none.
#[must_use]
pub fn wage(text: &str, is_wage_field: bool) -> Option<Wage> {
    let pay = money::read_line(text, is_wage_field, Meant::newest())?;
    if pay.period == Period::Other {
        return None;
    }
    let monthly = |end: Option<Rupiah>| {
        end.and_then(|end| u64::try_from(end.amount()).ok()).map(|amount| per_month(amount, pay.period))
    };
    Some(Wage { min: monthly(pay.low), max: monthly(pay.high), period: pay.period })
}

fn per_month(amount: u64, period: Period) -> u64 {
    match period {
        Period::Month | Period::Other => amount,
        Period::Week => amount * 4,
        Period::Day => amount * 25,
        Period::Hour => amount * 173,
        Period::Year => amount / 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexicon::LEXICON;

    #[test]
    fn reads_wages_as_written() {
        let read = |text: &str| wage(text, true).map(|wage| (wage.min.unwrap_or(0), wage.max.unwrap_or(0)));
        assert_eq!(read("IDR3.000.000 - 5.000.000/Bulan"), Some((3_000_000, 5_000_000)));
        assert_eq!(read("Gaji 2,5jt"), Some((2_500_000, 2_500_000)));
        assert_eq!(read("gaji 3 - 4 juta"), Some((3_000_000, 4_000_000)));
        assert_eq!(read("Rp 100rb per hari"), Some((2_500_000, 2_500_000)));
        assert_eq!(read("Rp 2.500.000,00"), Some((2_500_000, 2_500_000)));
        assert_eq!(wage("usia 35 tahun", false), None);
        let line = |text: &str| wage(text, false).map(|wage| (wage.min.unwrap_or(0), wage.max.unwrap_or(0)));
        let cases = [
            ("gaji 2,6 - 3,1 jt", Some((2_600_000, 3_100_000))),
            ("upah 2.6 s/d 3.1 juta", Some((2_600_000, 3_100_000))),
            ("4 orang. Gaji pokok 2,7jt", Some((2_700_000, 2_700_000))),
            ("Gapok 2,4 + lembur", Some((2_400_000, 2_400_000))),
            ("Harian 95rb", Some((2_375_000, 2_375_000))),
            ("Rp 100.000/hr", Some((2_500_000, 2_500_000))),
            ("rata2 bisa dapat 2,6 - 2,9jt/bln", Some((2_600_000, 2_900_000))),
            ("Gaji UMK", Some((2_500_000, 2_500_000))),
            ("Gaji 2.450.000 per bulan, uang makan 15.000/hari", Some((2_450_000, 2_450_000))),
            ("Gaji pokok 2.500.000, lembur 18.000/jam", Some((2_500_000, 2_500_000))),
            ("Gaji 2,6jt/bln (7 jam per hari)", Some((2_600_000, 2_600_000))),
            ("gaji 36jt/th", Some((3_000_000, 3_000_000))),
            ("Gaji mulai 2,8jt", Some((2_800_000, 0))),
            ("gaji s/d 4 juta", Some((0, 4_000_000))),
            ("biaya administrasi Rp 200.000", None),
            ("uang jaminan 500 ribu", None),
            ("deposit Rp 450.000", None),
            ("biaya pendaftaran Rp50.000", None),
            ("membayar seragam 225rb", None),
            ("uang seragam 225rb", None),
            ("borongan Rp 175.000/kodi", None),
            ("Bonus Rp 500.000", None),
            ("gaji 170.000 yen", None),
            ("kuat lembur kalau perlu. 80rb/hari", Some((2_000_000, 2_000_000))),
            ("pernah pegang toko min 6 bln. 2,2 jt/bulan", Some((2_200_000, 2_200_000))),
            ("sedino 80 ewu", Some((2_000_000, 2_000_000))),
            ("2,2 – 2,5 jt", Some((2_200_000, 2_500_000))),
            ("modal 3 jt", None),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_experience_but_not_age() {
        let read = |text: &str| experience_months(text, &LEXICON.tokens(text), false);
        assert_eq!(read("Pengalaman minimal 2 tahun di bidang menjahit"), Some(24));
        assert_eq!(read("Berpengalaman 1-3 tahun"), Some(12));
        assert_eq!(read("Min. 6 bln pengalaman"), Some(6));
        assert_eq!(read("Usia maksimal 35 tahun"), None);
        assert_eq!(read("Pengalaman minimal satu tahun"), Some(12));
        assert_eq!(read("Pengalaman minimal 60 bulan"), Some(60));
        assert_eq!(read("pengalaman 1,5 tahun"), Some(18));
        assert_eq!(read("Pengalaman min 1 th 6 bln di garmen"), Some(18));
        assert_eq!(read("Usia maks 35 tahun, pengalaman 3 bulan"), Some(3));
        assert_eq!(read("pernah pegang toko online min 6 bln"), Some(6));
        assert_eq!(read("exp 6 bulan di gudang"), Some(6));
        assert_eq!(read("pernah merantau"), None);
        assert_eq!(read("sdh pegang bis minimal 3 th"), Some(36));
        assert_eq!(read("kontrak kerja minimal 1 tahun"), None);
        assert_eq!(read("minimal 20 th"), None);
    }
}
