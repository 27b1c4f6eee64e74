//! A text about pay in tokens, and the amounts among them: digits with their unit, what is paid for it, and the words
//! before it.
//!
//! Belongs here: telling an amount of money from the other numbers of a line (seats, hours, years, telephones). Does not
//! belong here: which of several amounts is the wage (`reader`).

use std::borrow::Cow;

use crate::domain::{
    money::{MoneyError, Period},
    numeral,
};

/// A number with its separators, a word, or one other sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Word,
    Sign,
}

/// A piece of the lower-case text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    from: usize,
    to: usize,
}

impl Token<'_> {
    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.contains(&self.text)
    }

    /// Whether the sign behind this word is the full stop of a sentence, not that of an abbreviation.
    pub(super) fn ends_sentence_with(&self, next: &Token<'_>) -> bool {
        self.kind == Kind::Word && self.text.len() > 4 && next.is_sign(&['.'])
    }

    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        self.kind == Kind::Sign && self.text.starts_with(signs)
    }
}

/// Amounts in words (`satu juta enam ratus`, `dua ratus ribu`) in digits; what is counted in hundreds behind a million is
/// thousands.
pub(super) fn in_digits(text: &str) -> Cow<'_, str> {
    if !["juta", "ratus", "puluh"].iter().any(|unit| text.contains(unit)) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(' ').collect();
    let mut written: Vec<Cow<'_, str>> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match spelled(&words, at) {
            Some((amount, next)) => {
                written.push(Cow::Owned(amount.to_string()));
                at = next;
            }
            None => {
                written.push(Cow::Borrowed(word));
                at += 1;
            }
        }
    }
    Cow::Owned(written.join(" "))
}

/// The amount spelled out from a word on, and the word after it.
fn spelled(words: &[&str], start: usize) -> Option<(i64, usize)> {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let number = |at: usize| numeral::of_word(word(at)).map(i64::from);
    let (mut at, mut thousands) = (start, 0);
    for (unit, one, worth) in [("juta", "sejuta", 1_000), ("ratus", "seratus", 100), ("puluh", "", 10)] {
        if let Some(count) = number(at).filter(|_| word(at + 1) == unit) {
            (thousands, at) = (thousands + count * worth, at + 2);
        } else if !one.is_empty() && word(at) == one {
            (thousands, at) = (thousands + worth, at + 1);
        }
    }
    // `dua puluh lima ribu`
    if let Some(ones) = number(at).filter(|_| word(at + 1) == "ribu") {
        (thousands, at) = (thousands + ones, at + 1);
    }
    let says_thousand = word(at) == "ribu";
    let is_amount = at > start && (says_thousand || thousands >= 1_000);
    is_amount.then_some((thousands * 1_000, at + usize::from(says_thousand)))
}

/// Cuts a lower-case text; blanks are left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(c) = text.get(from..).and_then(|rest| rest.chars().next()) {
        let rest = &text[from..];
        let (kind, length) = if c.is_ascii_digit() {
            (Kind::Number, number_length(rest))
        } else if c.is_alphabetic() {
            (Kind::Word, rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()))
        } else {
            (Kind::Sign, c.len_utf8())
        };
        let to = from + length;
        if !c.is_whitespace() {
            // "Â" before a blank is what a hard blank becomes when UTF-8 was read as Latin-1, as in many scraped ads.
            let piece = &text[from..to];
            let piece = if piece.len() > 2 { piece.trim_end_matches('\u{e2}') } else { piece };
            found.push(Token { kind, text: piece, from, to });
        }
        from = to;
    }
    found
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let parts = matches!(byte, b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !parts {
            break;
        }
        end += 1;
    }
    end
}

/// Thousand and million, the units people put after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Thousand,
    Million,
}

impl Unit {
    fn of(word: &str) -> Option<Self> {
        match word {
            "jt" | "jtan" | "juta" | "jutaan" | "yuta" | "million" | "milion" | "mio" => Some(Self::Million),
            "rb" | "rbu" | "ribu" | "ribuan" | "k" | "rebu" | "ewu" => Some(Self::Thousand),
            _ => None,
        }
    }

    fn scale(unit: Option<Self>) -> i64 {
        match unit {
            None => 1,
            Some(Self::Thousand) => 1_000,
            Some(Self::Million) => 1_000_000,
        }
    }
}

/// A number that may be money.
#[derive(Clone, Debug)]
pub(super) struct Amount<'a> {
    /// The tokens since the amount before, without the numbers that are none.
    pub gap: Vec<Token<'a>>,
    /// Digits and separators.
    pub digits: String,
    pub unit: Option<Unit>,
    /// What the text says it is paid for, right behind it.
    pub period: Option<Period>,
    /// "3jt+", "2 juta ke atas".
    pub or_more: bool,
    /// In another currency.
    pub foreign: bool,
    /// Something follows that makes it unreadable: "2jt5".
    pub garbled: bool,
}

impl Amount<'_> {
    /// The amount in rupiah, with a unit that may come from the other end of its range.
    pub(super) fn value(&self, unit: Option<Unit>) -> Result<i64, MoneyError> {
        if self.garbled {
            return Err(MoneyError::Ambiguous);
        }
        let scale = Unit::scale(unit);
        let (whole, fraction) = split(&self.digits, unit)?;
        let whole: i64 = whole.parse().map_err(|_| MoneyError::TooLarge)?;
        let amount = whole.checked_mul(scale).and_then(|n| n.checked_add(fraction_of(&fraction, scale)));
        amount.filter(|n| *n <= 1_000_000_000_000_000).ok_or(MoneyError::TooLarge)
    }

    /// `2,8` and the like: nobody is paid two rupiah and a bit, so beside the word for pay it counts millions.
    pub(super) fn is_small_decimal(&self) -> bool {
        let parts: Vec<&str> = self.digits.split(['.', ',']).collect();
        matches!(parts.as_slice(), [whole, part] if whole.len() <= 2 && part.len() <= 2)
    }

    /// Few digits: the unit behind the other end of the range holds for this end too.
    pub(super) fn takes_unit(&self) -> bool {
        self.unit.is_none() && self.digits.len() <= 4
    }
}

/// Whole digits and decimal digits. The last separator is a decimal mark when other than three digits follow it, or when
/// a million stands behind (`2.500 jt` is two and a half million); the others must part groups of three.
fn split(digits: &str, unit: Option<Unit>) -> Result<(String, String), MoneyError> {
    let Some(last) = digits.rfind(['.', ',']) else {
        return Ok((digits.to_owned(), String::new()));
    };
    let (head, tail) = (&digits[..last], &digits[last + 1..]);
    let mark = digits.as_bytes().get(last).copied();
    let only_one = !head.contains(['.', ',']);
    let differs = !only_one && !head.bytes().any(|b| Some(b) == mark);
    if differs && tail.len() == 3 {
        // "2,500.000": a slip for 2.500.000, or two and a half thousand.
        return Err(MoneyError::Ambiguous);
    }
    let decimal = tail.len() != 3 || (only_one && unit == Some(Unit::Million));
    let plain_small = only_one && head.len() <= 3 && unit.is_none();
    if decimal && (plain_small || !(only_one || differs)) {
        return Err(MoneyError::Ambiguous);
    }
    let grouped = if decimal { head } else { digits };
    if !groups_of_three(grouped) {
        return Err(MoneyError::Ambiguous);
    }
    let whole = grouped.replace(['.', ','], "");
    Ok((whole, if decimal { tail.to_owned() } else { String::new() }))
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

/// Where in the tokens a text is read.
pub(super) struct Cursor<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { tokens: tokens(text), at: 0 }
    }

    /// The token `offset` places on.
    pub(super) fn peek(&self, offset: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.at + offset)
    }

    /// Goes on by so many tokens.
    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    fn before(&self) -> Option<&Token<'a>> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    fn word(&self, offset: usize) -> &'a str {
        self.peek(offset).filter(|token| token.kind == Kind::Word).map_or("", |token| token.text)
    }

    fn touches(&self, offset: usize) -> bool {
        let pair = self.at.checked_add(offset).and_then(|at| at.checked_sub(1)).map(|at| (at, at + 1));
        pair.and_then(|(a, b)| Some((self.tokens.get(a)?, self.tokens.get(b)?)))
            .is_some_and(|(a, b)| a.to == b.from)
    }

    /// The amount that starts here, read to its end; `None`, with the number passed over, when it is no money.
    pub(super) fn amount(&mut self, gap: &[Token<'a>]) -> Option<Amount<'a>> {
        let glued = self.touches(0)
            && self.before().is_some_and(|token| {
                token.kind == Kind::Word
                    && !token.is_word(&["rp", "idr", "gaji", "gapok"])
                    && !is_currency(token)
            });
        let foreign_before = self.before().is_some_and(is_currency);
        let labelled = counts_after(gap);
        let mut digits = self.peek(0)?.text.to_owned();
        self.skip(1);
        self.join_spaced_groups(&mut digits);
        if glued || self.is_no_money(&digits, labelled) {
            self.pass_counted();
            return None;
        }
        let unit = Unit::of(self.word(0));
        self.skip(usize::from(unit.is_some()));
        let garbled =
            unit.is_some() && self.touches(0) && self.peek(0).is_some_and(|token| token.kind == Kind::Number);
        if garbled {
            self.skip(1);
        }
        let foreign = foreign_before || (0..2).any(|offset| self.peek(offset).is_some_and(is_currency));
        self.pass_end_mark();
        let mut or_more = self.takes_plus();
        let period = self.period();
        or_more |= self.says_or_more();
        Some(Amount { gap: gap.to_vec(), digits, unit, period, or_more, foreign, garbled })
    }

    /// `2 500 000`: groups of three parted by single blanks.
    fn join_spaced_groups(&mut self, digits: &mut String) {
        let is_group = |token: &Token<'_>| {
            token.kind == Kind::Number && token.text.len() == 3 && !token.text.contains(['.', ','])
        };
        let groups = (0..4).take_while(|offset| self.peek(*offset).is_some_and(is_group)).count();
        if groups < 2 || digits.len() > 3 {
            return;
        }
        for _ in 0..groups {
            digits.push_str(self.peek(0).map_or("", |token| token.text));
            self.skip(1);
        }
    }

    /// Seats, hours, years, percents, telephone numbers.
    fn is_no_money(&self, digits: &str, labelled: bool) -> bool {
        if self.peek(0).is_some_and(|token| token.is_sign(&['%'])) {
            return true;
        }
        if digits.len() > 5 && digits.starts_with('0') {
            return true;
        }
        if Unit::of(self.word(0)).is_some() {
            return false;
        }
        let small = digits.len() <= 4;
        (small && (labelled || COUNTED.contains(&self.word(0)))) || self.is_clock_time(digits)
    }

    /// `07.00 - 15.00`.
    fn is_clock_time(&self, digits: &str) -> bool {
        let time = |text: &str| {
            text.split_once('.').is_some_and(|(hour, minute)| {
                (1..=2).contains(&hour.len()) && minute.len() == 2 && hour.parse::<u8>().is_ok_and(|h| h < 25)
            })
        };
        time(digits)
            && (digits.starts_with('0')
                || self.peek(1).is_some_and(|token| token.kind == Kind::Number && time(token.text))
                || self.word(0) == "wib")
    }

    /// What is counted, with its own "per day": `8 jam per hari`.
    fn pass_counted(&mut self) {
        if COUNTED.contains(&self.word(0)) {
            self.skip(1);
            let _ = self.period();
        }
    }

    /// `,-` and `.-` end an amount; before another number they are a comma and a dash.
    fn pass_end_mark(&mut self) {
        let is_mark = self.peek(0).is_some_and(|token| token.is_sign(&[',', '.', '=']))
            && self.touches(0)
            && self.peek(1).is_some_and(|token| token.is_sign(&['-', '\u{2013}', '\u{2014}']));
        if !is_mark {
            return;
        }
        let dashes = (1..4)
            .take_while(|at| self.peek(*at).is_some_and(|t| t.is_sign(&['-', '\u{2013}', '\u{2014}'])))
            .count();
        let range = self.touches(2)
            && self.peek(2).is_some_and(|token| token.kind == Kind::Number || token.is_word(&["rp", "idr"]));
        if !range {
            self.skip(1 + if dashes > 1 && !self.touches(2) { 1 } else { dashes });
        }
    }

    /// `3jt+`; before a word it adds something instead.
    fn takes_plus(&mut self) -> bool {
        let plus = self.peek(0).is_some_and(|token| token.is_sign(&['+'])) && self.touches(0);
        let open = plus && self.peek(1).is_none_or(|token| token.kind == Kind::Sign);
        self.skip(usize::from(open));
        open
    }

    fn says_or_more(&mut self) -> bool {
        let words = (self.word(0), self.word(1));
        let taken = match words {
            ("ke", "atas") => 2,
            ("keatas" | "up" | "lebih", _) => 1,
            _ => 0,
        };
        self.skip(taken);
        taken > 0
    }

    /// What the amount before is paid for, when it is said right here. Anything behind "per" or a slash that is no
    /// known period is a piece, a shift or something like it.
    fn period(&mut self) -> Option<Period> {
        let mut at = 0;
        while self.peek(at).is_some_and(|token| {
            token.is_word(&["net", "nett", "netto", "bersih", "gross", "kotor", "an"])
                || token.is_sign(&['(', ')'])
        }) {
            at += 1;
        }
        let (period, taken) = self.period_at(at)?;
        self.skip(at + taken);
        Some(period)
    }

    fn period_at(&self, at: usize) -> Option<(Period, usize)> {
        let token = self.peek(at)?;
        if token.is_sign(&['/']) || token.is_word(&["per", "tiap", "setiap", "a"]) {
            let next = self.peek(at + 1)?;
            return match next.kind {
                Kind::Word if token.text == "a" => Period::of(next.text).map(|period| (period, 2)),
                // "1,6 jt per orang per bulan"
                Kind::Word if token.text == "per" && next.text == "orang" && self.word(at + 2) == "per" => {
                    Period::of(self.word(at + 3)).map(|period| (period, 4))
                }
                Kind::Word => Some((Period::of(next.text).unwrap_or(Period::Other), 2)),
                // "2.500.000/26 hari", "per 1000 batang"
                Kind::Number => Some((Period::Other, if self.word(at + 2).is_empty() { 2 } else { 3 })),
                Kind::Sign => None,
            };
        }
        // Right behind the number, with the stroke forgotten: "100.000 hari".
        let bare = (at == 0 && token.is_word(&["hari", "hr", "hk", "bulan", "bln"]))
            .then(|| Period::of(token.text))
            .flatten();
        Period::of_one_word(token.text)
            .or(bare)
            .filter(|_| token.kind == Kind::Word)
            .map(|period| (period, 1))
    }
}

/// What is counted and is no money, when a small number without a unit stands before it.
const COUNTED: [&str; 52] = [
    "orang",
    "org",
    "karyawan",
    "karyawati",
    "kursi",
    "posisi",
    "lowongan",
    "hari",
    "hr",
    "hk",
    "jam",
    "tahun",
    "thn",
    "th",
    "bulan",
    "bln",
    "minggu",
    "mgg",
    "pekan",
    "shift",
    "kali",
    "x",
    "km",
    "cm",
    "kg",
    "menit",
    "wib",
    "pcs",
    "potong",
    "unit",
    "batang",
    "cabang",
    "meter",
    "pax",
    "semester",
    "anak",
    "outlet",
    "toko",
    "kodi",
    "lusin",
    "biji",
    "paket",
    "kelas",
    "lantai",
    "laki",
    "pria",
    "wanita",
    "perempuan",
    "tim",
    "sks",
    "ton",
    "m",
];

/// Words after which a small number counts something else than money.
fn counts_after(gap: &[Token<'_>]) -> bool {
    let mut words = gap.iter().rev().filter(|token| token.kind != Kind::Number);
    words.find(|token| !token.is_sign(&['.', ':', '-', '/'])).is_some_and(|token| {
        token.is_word(&[
            "tahun", "thn", "th", "usia", "umur", "jam", "pukul", "hp", "wa", "telp", "kelas", "lantai",
            "rt", "rw", "no", "nomor", "blok", "pasal", "tgl", "tanggal", "umk", "umr", "ump", "jl", "km",
        ])
    })
}

fn is_currency(token: &Token<'_>) -> bool {
    token.is_word(&[
        "usd", "us", "sgd", "myr", "rm", "jpy", "yen", "man", "ntd", "nt", "twd", "hkd", "krw", "won", "eur",
        "euro", "sar", "riyal", "ringgit", "dolar", "dollar", "dirham", "aed", "cny", "yuan", "rmb", "gbp",
        "aud",
    ]) || token.is_sign(&['$', '€', '¥', '£', '₩', '￥', '﷼'])
}

impl Period {
    /// The length of time a word names: `hari`, `bln`, `pekan`.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "bulan" | "bln" | "bl" | "month" | "monthly" | "mo" => Self::Month,
            "minggu" | "mgg" | "mg" | "pekan" | "week" => Self::Week,
            "hari" | "hr" | "hk" | "day" => Self::Day,
            "jam" | "hour" | "hours" => Self::Hour,
            "tahun" | "thn" | "th" | "year" | "annum" => Self::Year,
            _ => return None,
        })
    }

    /// A word that says "per" by itself: `sehari`, `harian`, `perbulan`, `borongan`.
    pub(super) fn of_one_word(word: &str) -> Option<Self> {
        match word {
            "harian" | "daily" | "sedino" | "sedina" | "sedinten" => return Some(Self::Day),
            "mingguan" | "weekly" => return Some(Self::Week),
            "bulanan" | "monthly" | "sewulan" => return Some(Self::Month),
            "tahunan" | "yearly" => return Some(Self::Year),
            "hourly" => return Some(Self::Hour),
            "borongan" | "borong" => return Some(Self::Other),
            _ => {}
        }
        let rest =
            word.strip_prefix("per").or_else(|| word.strip_prefix("se")).filter(|rest| rest.len() > 1)?;
        match rest {
            "shift" | "kodi" | "potong" | "biji" | "paket" | "pcs" | "lusin" | "batang" | "lembar"
            | "pasang" | "orang" | "unit" => Some(Self::Other),
            _ => Self::of(rest),
        }
    }
}
