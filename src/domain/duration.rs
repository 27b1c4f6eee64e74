//! Lengths of time as people write them, in months: `2 tahun`, `1 th 6 bln`, `1,5 tahun`, `setengah tahun`, `45 hari`.
//!
//! Belongs here: the one reader of lengths, for jobs held and experience asked for. Does not belong here: which number of
//! a line is a length (`reading`), dates.
//!
//! A month has 173 hours of work (PP 35/2021 Ps 32) and a twelfth of a year's days and weeks. What adds up to more than
//! sixty years is no length of work; the bound is one of time, whatever the unit.

use crate::domain::numeral;

/// Sixty years.
pub const MOST_MONTHS: u32 = 720;

/// What a number without a unit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BareUnit {
    /// Months.
    Months,
    /// Years.
    Years,
}

/// A length found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whole months, rounded to the nearest; of a range the lower end.
    pub months: u32,
    /// First byte of it.
    pub from: usize,
    /// Byte after it.
    pub to: usize,
}

/// Every length with a unit, in order. Lengths that cannot be (more than sixty years) are passed over.
pub fn find_all(text: &str) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((mut length, mut next)) = sum(&tokens, at) else {
            at += 1;
            continue;
        };
        // "6 bulan - 1 tahun", "1 tahun sampai 2 tahun": the lower end, and both are passed.
        if let Some(upper) = after_range_mark(&tokens, next)
            && let Some((other, end)) = sum(&tokens, upper)
        {
            length = length.min(other);
            next = end;
        }
        let (from, to) = (
            tokens.get(at).map_or(0, |t| t.from),
            next.checked_sub(1).and_then(|i| tokens.get(i)).map_or(0, |t| t.to),
        );
        if let Some(months) = whole_months(length) {
            found.push(Found { months, from, to });
        }
        at = next;
    }
    found
}

/// The first length with a unit.
pub fn find(text: &str) -> Option<Found> {
    find_all(text).into_iter().next()
}

/// A text that is a length: with a unit wherever it stands, or a bare number (`24`, `5+`, `> 2`, `1,5`, `2 - 3`).
pub fn months(text: &str, bare: BareUnit) -> Option<u32> {
    if let Some(found) = find(text) {
        return Some(found.months);
    }
    let tokens = tokens(text);
    if tokens.iter().any(|token| token.unit().is_some()) {
        return None;
    }
    let (number, next) = number(&tokens, skip_fillers(&tokens, 0))?;
    let (lowest, next) = match after_range_mark(&tokens, next).and_then(|at| self::number(&tokens, at)) {
        Some((other, end)) => (number.min(other), end),
        None => (number, next),
    };
    let rest = tokens.get(next..).unwrap_or_default();
    let only = rest.iter().all(|token| token.is(&["+", ".", ")", "pengalaman", "kerja"]));
    let unit = if bare == BareUnit::Years { YEAR } else { MONTH };
    whole_months(lowest.checked_mul(unit)? / MILLI).filter(|_| only)
}

/// Thousandths: of a number as written.
const MILLI: u64 = 1_000;
/// Lengths are counted in millionths of a month.
const MONTH: u64 = 1_000_000;
const YEAR: u64 = 12 * MONTH;
const WEEK: u64 = 229_979;
const DAY: u64 = 32_854;
const HOUR: u64 = 5_780;

fn whole_months(length: u64) -> Option<u32> {
    let months = u32::try_from((length + MONTH / 2) / MONTH).ok()?;
    (months <= MOST_MONTHS).then_some(months)
}

#[derive(Clone, Debug)]
struct Token {
    text: String,
    from: usize,
    to: usize,
}

impl Token {
    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }

    fn unit(&self) -> Option<u64> {
        Some(match self.text.as_str() {
            "tahun" | "thn" | "th" | "tahunan" | "year" | "years" | "yr" | "yrs" => YEAR,
            "bulan" | "bln" | "bl" | "bulanan" | "month" | "months" => MONTH,
            "minggu" | "mgg" | "mg" | "pekan" | "week" | "weeks" => WEEK,
            "hari" | "hr" | "day" | "days" => DAY,
            "jam" | "hour" | "hours" => HOUR,
            _ => return None,
        })
    }

    /// `setahun` is one year.
    fn single(&self) -> Option<u64> {
        let rest = self.text.strip_prefix("se")?;
        matches!(rest, "tahun" | "bulan" | "minggu" | "pekan" | "hari" | "jam")
            .then(|| Self { text: rest.to_owned(), ..*self }.unit())?
    }
}

/// Numbers with their separators, words, and other signs one by one; blanks are left out.
fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut from = 0;
    while let Some(c) = text.get(from..).and_then(|rest| rest.chars().next()) {
        let rest = &text[from..];
        let length = if c.is_ascii_digit() {
            number_length(rest)
        } else if c.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let to = from + length;
        if !c.is_whitespace() {
            found.push(Token { text: rest[..length].to_lowercase(), from, to });
        }
        from = to;
    }
    found
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_part = |at: usize| {
        bytes.get(at).is_some_and(|byte| {
            byte.is_ascii_digit()
                || (matches!(byte, b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
        })
    };
    (0..bytes.len()).find(|at| !is_part(*at)).unwrap_or(bytes.len())
}

/// One length from `at` on, in parts of falling size: `1 tahun 6 bulan`, `2 th, 6 bln`, `1 tahun setengah`. With the
/// place after it.
fn sum(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let (mut length, mut unit, mut next) = part(tokens, at)?;
    loop {
        if tokens.get(next).is_some_and(|token| token.is(&["setengah"])) && part(tokens, next).is_none() {
            return Some((length + unit / 2, next + 1));
        }
        let from =
            next + usize::from(tokens.get(next).is_some_and(|token| token.is(&[",", "dan", "lebih", "&"])));
        match part(tokens, from) {
            Some((more, smaller, end)) if smaller < unit => {
                length = length.checked_add(more)?;
                (unit, next) = (smaller, end);
            }
            _ => return Some((length, next)),
        }
    }
}

/// A number with its unit: the length, the unit, the place after it.
fn part(tokens: &[Token], at: usize) -> Option<(u64, u64, usize)> {
    if let Some(unit) = tokens.get(at)?.single() {
        return Some((unit, unit, at + 1));
    }
    let (lowest, mut next) = range_of_numbers(tokens, at)?;
    next += usize::from(tokens.get(next).is_some_and(|token| token.is(&["+"])));
    let unit = tokens.get(next)?.unit()?;
    Some((lowest.checked_mul(unit)? / MILLI, unit, next + 1))
}

/// `2`, `1 - 3`, `1 s/d 3`: the lower end in thousandths.
fn range_of_numbers(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let (first, next) = number(tokens, at)?;
    match after_range_mark(tokens, next).and_then(|at| number(tokens, at)) {
        Some((second, end)) if tokens.get(end).is_some_and(|token| token.unit().is_some()) => {
            Some((first.min(second), end))
        }
        _ => Some((first, next)),
    }
}

/// The place after "-", "s/d", "sampai" or "atau" at `at`.
fn after_range_mark(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |offset: usize| tokens.get(at + offset).map_or("", |token| token.text.as_str());
    match (word(0), word(1), word(2)) {
        ("s", "/" | ".", "d") => Some(at + 3),
        ("sampai", "dengan", _) | ("s", "d", _) => Some(at + 2),
        ("-" | "\u{2013}" | "\u{2014}" | "~" | "sd" | "sampai" | "hingga" | "to" | "atau", ..) => {
            Some(at + 1)
        }
        _ => None,
    }
}

/// A number in thousandths: digits, `1,5`, `1/2`, `1 1/2`, `½`, a word; a second naming in brackets ("2 (dua)") is passed.
fn number(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let token = tokens.get(at)?;
    let (value, next) = match token.text.as_str() {
        "setengah" | "\u{bd}" => (MILLI / 2, at + 1),
        word => match digits(word) {
            Some(value) => fraction(tokens, at, value),
            None => words(tokens, at)?,
        },
    };
    let bracket = tokens.get(next).is_some_and(|token| token.is(&["("]))
        && tokens.get(next + 2).is_some_and(|token| token.is(&[")"]))
        && tokens.get(next + 1).is_some_and(|token| token.unit().is_none() && token.single().is_none());
    Some((value, if bracket { next + 3 } else { next }))
}

/// After digits: `/2`, ` 1/2`, `½`.
fn fraction(tokens: &[Token], at: usize, value: u64) -> (u64, usize) {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let part = |at: usize| match (digits(text(at)), text(at + 1), digits(text(at + 2))) {
        (Some(upper), "/", Some(lower)) if upper < lower && lower <= 12 * MILLI => {
            upper.checked_mul(MILLI).map(|n| n / lower)
        }
        _ => None,
    };
    if let Some(value) = part(at) {
        return (value, at + 3);
    }
    if text(at + 1) == "\u{bd}" {
        return (value.saturating_add(MILLI / 2), at + 2);
    }
    match part(at + 1) {
        Some(more) => (value.saturating_add(more), at + 4),
        None => (value, at + 1),
    }
}

/// Digits in thousandths: `24`, `1,5`, `1.5`, `10.000` (a thousand mark, as no length is written to thousandths).
fn digits(text: &str) -> Option<u64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    let value = match parts.as_slice() {
        [whole] => whole.parse::<u64>().ok()?.checked_mul(MILLI)?,
        [whole, thousands] if thousands.len() == 3 && *whole != "0" => {
            format!("{whole}{thousands}").parse::<u64>().ok()?.checked_mul(MILLI)?
        }
        // "07.00" is a time of day.
        [whole, tenths] if tenths.len() <= 2 && !(whole.len() > 1 && whole.starts_with('0')) => {
            let thousandths: String = tenths.chars().chain("000".chars()).take(3).collect();
            whole.parse::<u64>().ok()?.checked_mul(MILLI)?.checked_add(thousandths.parse().ok()?)?
        }
        _ => return None,
    };
    Some(value)
}

/// `dua`, `dua belas`, `satu setengah`.
fn words(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let name = |word: &str| numeral::of_word(word).map(u64::from);
    let (number, next) = match (text(at), text(at + 1)) {
        (first, "belas") => (10 + name(first)?, at + 2),
        (first, "puluh") => (10 * name(first)?, at + 2),
        (first, _) => (name(first)?, at + 1),
    };
    let half = text(next) == "setengah" && tokens.get(next + 1).is_some_and(|token| token.unit().is_some());
    Some(if half { (number * MILLI + MILLI / 2, next + 1) } else { (number * MILLI, next) })
}

fn skip_fillers(tokens: &[Token], at: usize) -> usize {
    let filler = |token: &Token| {
        token.is(&[
            ">",
            "<",
            "=",
            "±",
            "+",
            "(",
            "min",
            "minimal",
            "minimum",
            ".",
            ":",
            "lebih",
            "dari",
            "kurang",
            "sekitar",
            "selama",
            "maks",
            "maksimal",
            "pengalaman",
            "~",
        ])
    };
    tokens.iter().skip(at).take_while(|token| filler(token)).count() + at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_lengths_with_units() {
        let cases = [
            ("3 tahun", 36),
            ("1 tahun 4 bulan", 16),
            ("3 th 2 bl", 38),
            ("2 thn, 3 bln", 27),
            ("1 tahun dan 2 bulan", 14),
            ("2,5 th", 30),
            ("1.5 years", 18),
            ("1/2 tahun", 6),
            ("1 1/2 tahun", 18),
            ("½ tahun", 6),
            ("setengah tahun", 6),
            ("satu setengah tahun", 18),
            ("2 tahun setengah", 30),
            ("setahun", 12),
            ("tiga bulan", 3),
            ("dua belas bulan", 12),
            ("2 (dua) tahun", 24),
            ("20 tahun", 240),
            ("47 bulan", 47),
            ("59 thn", 708),
            ("90 hari", 3),
            ("6 minggu", 1),
            ("2.000 jam", 12),
            ("4 - 6 tahun", 48),
            ("4 s/d 6 th", 48),
            ("6 bulan - 1 tahun", 6),
            ("1 tahun sampai 2 tahun", 12),
            ("minimal 3+ tahun di garmen", 36),
            ("18bln", 18),
            ("1th6bln", 18),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text).map(|found| found.months), Some(expected), "{text}");
        }
        for text in ["", "24", "lama", "61 tahun", "900 bulan", "07.00-15.00", "2018-2021", "usia muda"] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_bare_number_counts_what_its_column_counts() {
        let cases = [
            ("24", 24),
            ("41", 41),
            ("240", 240),
            ("1,5", 2),
            ("5+", 5),
            ("> 3", 3),
            ("2 - 3", 2),
            ("min. 6", 6),
        ];
        for (text, expected) in cases {
            assert_eq!(months(text, BareUnit::Months), Some(expected), "{text}");
        }
        assert_eq!(months("7", BareUnit::Years), Some(84));
        assert_eq!(months("1,5", BareUnit::Years), Some(18));
        for text in ["9999", "lama", "2018-2021", "07.00-15.00", "kelas 3", "", "3 orang"] {
            assert_eq!(months(text, BareUnit::Months), None, "{text}");
        }
    }

    #[test]
    fn several_lengths_stay_apart() {
        let found: Vec<u32> =
            find_all("jahit 2 th, kasir 6 bln, satpam setahun").iter().map(|f| f.months).collect();
        assert_eq!(found, [24, 6, 12]);
    }

    proptest! {
        #[test]
        fn written_lengths_are_read_again(years in 0_u32..59, months in 1_u32..12) {
            let total = years * 12 + months;
            let text = format!("{years} tahun {months} bulan");
            prop_assert_eq!(find(&text).map(|f| f.months), Some(total));
            prop_assert_eq!(super::months(&total.to_string(), BareUnit::Months), Some(total));
        }

        #[test]
        fn never_panics_and_never_exceeds(text in "\\PC{0,30}|[0-9a-z ,./-]{0,30}|([0-9]{1,25} (tahun|jam|th|bln) ?){1,3}") {
            for found in find_all(&text) {
                prop_assert!(found.months <= MOST_MONTHS);
                prop_assert!(text.get(found.from..found.to).is_some());
            }
            for bare in [BareUnit::Months, BareUnit::Years] {
                prop_assert!(months(&text, bare).is_none_or(|m| m <= MOST_MONTHS));
            }
        }
    }
}
