//! The one reader of pay: a wage cell of a file, a field of a form, a line of an ad.
//!
//! Belongs here: which amount of a text is the wage, its open or closed range, and the period that belongs to it. Does not
//! belong here: tokens and numbers (`scan`), what is done with pay that is not by the month.

use crate::domain::money::{
    Meant, MoneyError, Pay, Period, Rupiah,
    scan::{Amount, Cursor, Kind, Token, Unit, in_digits},
};

/// What an amount is for, as the words before it say; the order is the order in which one is taken for the wage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// "gaji pokok", "upah": the wage itself.
    Base,
    /// Nothing is said.
    Plain,
    /// "UMK": the minimum wage, where no number stands beside it.
    Standard,
    /// "bisa dapat", "penghasilan": with everything that may be added.
    Total,
    /// Allowance, overtime, bonus.
    Extra,
    /// What the person pays, or what has nothing to do with pay.
    Not,
}

/// An amount or a range with its role.
#[derive(Clone, Debug)]
struct Found {
    low: Option<Result<i64, MoneyError>>,
    high: Option<Result<i64, MoneyError>>,
    role: Role,
    period: Period,
    foreign: bool,
    /// Something beside it says that it is pay or rupiah.
    named: bool,
    /// A unit and a period are written, which only money has.
    explicit: bool,
    /// Counted in millions, which only money is.
    in_millions: bool,
}

/// Reads a wage cell: everything in it is about pay.
pub(super) fn cell(text: &str, meant: Meant) -> Result<Pay, MoneyError> {
    let mut found = all(text, meant);
    let big = |one: &Found| one.most().is_some_and(|n| n >= 10_000);
    if found.iter().any(big) {
        // Beside a wage a small number is an age, a number of days, a clause.
        found.retain(|one| one.most().is_none_or(|n| n >= 10_000));
    }
    let role = found.iter().map(|one| one.role).filter(|role| *role <= Role::Total).min();
    let role = role.ok_or(MoneyError::NoAmount)?;
    let best: Vec<&Found> = found.iter().filter(|one| one.role == role).collect();
    if role == Role::Plain && best.len() > 1 {
        return Err(MoneyError::Several);
    }
    best.first().ok_or(MoneyError::NoAmount)?.pay()
}

/// Reads a line of an ad, where most numbers are about something else: an amount counts when the line says that it is pay
/// (always in a field for the wage) and when it can be pay.
pub(super) fn line(text: &str, is_wage_field: bool, meant: Meant) -> Option<Pay> {
    let said = |one: &&Found| is_wage_field || one.named || one.explicit || one.in_millions;
    let found = all(text, meant);
    let pays = found.iter().filter(|one| one.role <= Role::Total).filter(said);
    let pays = pays.filter_map(|one| Some((one.role, one.pay().ok().filter(is_plausible)?)));
    pays.min_by_key(|(role, _)| *role).map(|(_, pay)| pay)
}

/// Most that anybody is paid; above it stands a loan, a turnover or a telephone number.
const MOST: i64 = 500_000_000;

fn is_plausible(pay: &Pay) -> bool {
    let least = match pay.period {
        Period::Hour => 3_000,
        Period::Day => 20_000,
        Period::Week | Period::Month | Period::Year | Period::Other => 100_000,
    };
    [pay.low, pay.high].into_iter().flatten().all(|wage| (least..=MOST).contains(&wage.amount()))
}

impl Found {
    fn most(&self) -> Option<i64> {
        [&self.low, &self.high].into_iter().flatten().filter_map(|end| end.as_ref().ok().copied()).max()
    }

    fn pay(&self) -> Result<Pay, MoneyError> {
        if self.foreign {
            return Err(MoneyError::Currency);
        }
        let low = self.low.transpose()?.map(Rupiah);
        let high = self.high.transpose()?.map(Rupiah);
        match (low, high) {
            (None, None) => Err(MoneyError::NoAmount),
            (Some(low), Some(high)) if low > high => Err(MoneyError::Reversed),
            _ => Ok(Pay { low, high, period: self.period }),
        }
    }
}

/// Every amount of a text, ranges joined, in order.
fn all(text: &str, meant: Meant) -> Vec<Found> {
    let lower = text.to_lowercase();
    let lower = in_digits(&lower);
    let mut cursor = Cursor::new(&lower);
    let mut builder = Builder::default();
    let mut gap: Vec<Token<'_>> = Vec::new();
    while let Some(token) = cursor.peek(0).copied() {
        if token.kind == Kind::Number {
            if let Some(amount) = cursor.amount(&gap) {
                builder.amount(amount);
                gap.clear();
            } else {
                gap.push(token);
            }
        } else if let Some((wage, taken)) = standard(&cursor, meant) {
            cursor.skip(taken);
            builder.standard(&gap, wage);
            gap.clear();
        } else {
            gap.push(token);
            cursor.skip(1);
        }
    }
    builder.found
}

/// The minimum wage that is named here ("UMK", "UMR Solo 2025"), and the tokens it takes; `None` inside when it is not
/// known.
fn standard(cursor: &Cursor<'_>, meant: Meant) -> Option<(Option<Rupiah>, usize)> {
    let here = cursor.peek(0)?;
    let mut taken = if here.is_word(&["umk", "umr", "ump", "umkab"]) {
        1
    } else if here.is_word(&["upah"]) && cursor.peek(1)?.is_word(&["minimum"]) {
        2
    } else {
        return None;
    };
    let mut meant = meant;
    let mut known = true;
    while let Some(next) = cursor.peek(taken) {
        if let Some(year) = (next.kind == Kind::Number).then(|| year_of(next.text)).flatten() {
            meant.year = Some(year);
        } else if next.kind == Kind::Word
            && let Some(place) = super::place_named(next.text)
        {
            known = place.is_some();
            meant.place = place.unwrap_or(meant.place);
        } else if !next.is_word(&["kab", "kabupaten", "kota", "regional", "tahun", "th"])
            && !next.is_sign(&['.'])
        {
            break;
        }
        taken += 1;
    }
    let wage = super::minimum_wage(meant.place, meant.year.unwrap_or(i32::MAX)).map(|wage| wage.amount);
    Some((wage.filter(|_| known), taken))
}

fn year_of(text: &str) -> Option<i32> {
    text.parse().ok().filter(|year| (2000..2100).contains(year))
}

#[derive(Default)]
struct Builder<'a> {
    found: Vec<Found>,
    last: Option<Amount<'a>>,
}

impl<'a> Builder<'a> {
    fn amount(&mut self, amount: Amount<'a>) {
        if self.adds_thousands(&amount) || self.closes_range(&amount) {
            self.last = Some(amount);
            return;
        }
        let role = match role(&amount.gap, self.found.last()) {
            Role::Plain if self.says_how_much(&amount.gap) => Role::Base,
            other => other,
        };
        let small = amount.unit.is_none() && role == Role::Base && amount.is_small_decimal();
        let unit = if small { Some(Unit::Million) } else { amount.unit };
        let (mut low, mut high) = (Some(amount.value(unit)), Some(amount.value(unit)));
        match bound(&amount.gap) {
            Some(Bound::Upper) => low = None,
            Some(Bound::Lower) => high = None,
            None if amount.or_more => high = None,
            None => {}
        }
        let mut amount = amount;
        amount.unit = unit;
        let period = amount.period.or_else(|| period_before(&amount.gap));
        self.found.push(Found {
            low,
            high,
            role,
            period: period.unwrap_or(Period::Month),
            foreign: amount.foreign,
            named: matches!(role, Role::Base | Role::Total) || says_rupiah(&amount.gap),
            explicit: amount.unit.is_some() && period.is_some(),
            in_millions: amount.unit == Some(Unit::Million) && role == Role::Plain,
        });
        self.last = Some(amount);
    }

    /// `UMK` as an amount of its own, or as the lower end of "UMK - 3 juta".
    fn standard(&mut self, gap: &[Token<'a>], wage: Option<Rupiah>) {
        self.last = None;
        let share = gap.iter().rev().take(2).any(|token| token.is_sign(&['%'])) && !says_hundred(gap);
        let Some(Rupiah(wage)) = wage.filter(|_| !share) else { return };
        let role = match role(gap, self.found.last()) {
            Role::Base | Role::Plain => Role::Standard,
            other => other,
        };
        let (mut low, mut high) = (Some(Ok(wage)), Some(Ok(wage)));
        match bound(gap) {
            Some(Bound::Upper) => low = None,
            Some(Bound::Lower) => high = None,
            None => {}
        }
        let period = Period::Month;
        self.found.push(Found {
            low,
            high,
            role,
            period,
            foreign: false,
            named: true,
            explicit: true,
            in_millions: false,
        });
    }

    /// `UMK 2,6 jt`, `UMK (2.600.000)`: the amount right behind the name is what is paid.
    fn says_how_much(&self, gap: &[Token<'a>]) -> bool {
        let is_between = |token: &Token<'_>| token.is_sign(&['(', ':', '=', '.']) || is_rupiah(token);
        self.found.last().is_some_and(|before| before.role == Role::Standard) && gap.iter().all(is_between)
    }

    /// `2 juta 500 ribu` is one amount.
    fn adds_thousands(&mut self, amount: &Amount<'a>) -> bool {
        let (Some(last), Some(found)) = (&self.last, self.found.last_mut()) else { return false };
        let sums = amount.gap.is_empty()
            && last.unit == Some(Unit::Million)
            && amount.unit == Some(Unit::Thousand)
            && last.period.is_none();
        let Ok(more) = amount.value(amount.unit) else { return false };
        if !sums || more >= 1_000_000 {
            return false;
        }
        for end in [&mut found.low, &mut found.high].into_iter().flatten() {
            *end = end.map(|n| n + more);
        }
        found.period = amount.period.unwrap_or(found.period);
        true
    }

    /// The upper end of the range that the amount before began.
    fn closes_range(&mut self, amount: &Amount<'a>) -> bool {
        let Some(found) = self.found.last_mut() else { return false };
        let joins = is_range_mark(&amount.gap);
        let opened =
            found.high.is_none() && bound(&amount.gap) == Some(Bound::Upper) && says_only_bounds(&amount.gap);
        if !joins && !opened {
            return false;
        }
        let unit = match &self.last {
            Some(last) => {
                if last.takes_unit()
                    && let Some(unit) = amount.unit
                {
                    found.low = Some(last.value(Some(unit)));
                }
                amount.unit.or_else(|| last.unit.filter(|_| amount.takes_unit()))
            }
            None => amount.unit,
        };
        found.low = found.low.take().or_else(|| found.high.take());
        found.high = Some(amount.value(unit));
        found.period = amount.period.unwrap_or(found.period);
        found.foreign |= amount.foreign;
        found.named |= says_rupiah(&amount.gap);
        found.explicit |= amount.unit.is_some() && amount.period.is_some();
        found.in_millions |= amount.unit == Some(Unit::Million) && found.role == Role::Plain;
        true
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Upper,
    Lower,
}

fn is_rupiah(token: &Token<'_>) -> bool {
    token.is_word(&["rp", "idr", "rupiah"])
}

fn says_rupiah(gap: &[Token<'_>]) -> bool {
    gap.last().is_some_and(|last| is_rupiah(last)) || gap.iter().rev().take(3).any(is_rupiah)
}

fn says_hundred(gap: &[Token<'_>]) -> bool {
    gap.iter().any(|token| token.text == "100")
}

/// The words right before an amount that open its range: "s/d 5 juta", "mulai dari 3jt", "> 2,5jt".
fn bound(gap: &[Token<'_>]) -> Option<Bound> {
    let mut before = gap.iter().rev().filter(|token| !is_rupiah(token) && !token.is_sign(&['.', ':', '=']));
    let (last, earlier) = (before.next()?, before.next());
    let follows = |words: &[&str]| earlier.is_some_and(|token| token.is_word(words));
    if last.is_sign(&['<', '≤'])
        || last.is_word(&[
            "sd", "sampai", "hingga", "maks", "maksimal", "maksimum", "max", "maximal", "dibawah", "bawah",
        ])
        || (last.is_word(&["dari"]) && follows(&["kurang"]))
        || (last.is_word(&["to"]) && follows(&["up"]))
        || (last.is_word(&["dengan"]) && follows(&["sampai"]))
        || (last.is_word(&["d"]) && (follows(&["s"]) || earlier.is_some_and(|token| token.is_sign(&['/']))))
    {
        return Some(Bound::Upper);
    }
    let lower = last.is_sign(&['>', '≥'])
        || last.is_word(&[
            "mulai", "min", "minimal", "minimum", "diatas", "atas", "from", "start", "starting", "lebih",
        ])
        || (last.is_word(&["dari"]) && follows(&["mulai", "lebih"]));
    lower.then_some(Bound::Lower)
}

/// Between two ends of a range stands a dash in any encoding or a word for "to", and nothing else.
fn is_range_mark(gap: &[Token<'_>]) -> bool {
    let dash = |token: &Token<'_>| {
        token.is_sign(&['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '~', '\u{2212}'])
    };
    // "â" is what a dash becomes when UTF-8 was read as Latin-1.
    let word = |token: &Token<'_>| token.is_word(&["sd", "sampai", "hingga", "to", "\u{e2}"]);
    let s_d = gap
        .windows(2)
        .any(|two| two[0].is_word(&["s"]) && (two[1].is_sign(&['/', '.']) || two[1].is_word(&["d"])));
    let known = |token: &Token<'_>| {
        dash(token)
            || word(token)
            || is_rupiah(token)
            || token.is_word(&["s", "d", "dengan", "dgn"])
            || token.is_sign(&['/', '.', ',', '\u{80}', '\u{93}', '\u{94}'])
    };
    gap.iter().all(known) && (s_d || gap.iter().any(|token| dash(token) || word(token)))
}

fn says_only_bounds(gap: &[Token<'_>]) -> bool {
    gap.iter().all(|token| {
        is_rupiah(token)
            || token.kind == Kind::Sign
            || token
                .is_word(&["s", "d", "sd", "sampai", "dengan", "hingga", "maks", "maksimal", "max", "dan"])
    })
}

/// A period that stands before its amount, after the last comma: "harian 110rb", "gaji per bulan: 2 jt".
fn period_before(gap: &[Token<'_>]) -> Option<Period> {
    let from = gap.iter().rposition(|token| token.is_sign(&[',', ';', '+'])).map_or(0, |at| at + 1);
    let clause = gap.get(from..)?;
    clause.iter().enumerate().rev().find_map(|(at, token)| {
        if token.is_sign(&['/']) || token.is_word(&["per"]) {
            let next = clause.get(at + 1).filter(|next| next.kind == Kind::Word && next.text != "d")?;
            return Some(Period::of(next.text).unwrap_or(Period::Other));
        }
        Period::of_one_word(token.text)
    })
}

const BASE: [&str; 20] = [
    "gaji",
    "gajih",
    "gajinya",
    "gajine",
    "upahnya",
    "upahe",
    "bayarannya",
    "honornya",
    "rate",
    "gapok",
    "gp",
    "upah",
    "salary",
    "honor",
    "honorarium",
    "thp",
    "bayaran",
    "saku",
    "dibayar",
    "pay",
];
const TOTAL: [&str; 8] =
    ["penghasilan", "pendapatan", "estimasi", "dapat", "dapet", "rata", "total", "pulang"];
const EXTRA: [&str; 25] = [
    "tunjangan",
    "tunj",
    "makan",
    "transport",
    "transportasi",
    "bensin",
    "lembur",
    "lemburan",
    "overtime",
    "ot",
    "bonus",
    "insentif",
    "intensif",
    "komisi",
    "premi",
    "kehadiran",
    "hadir",
    "thr",
    "bpjs",
    "kerajinan",
    "kos",
    "mess",
    "pulsa",
    "sewa",
    "tips",
];
const NOT: [&str; 24] = [
    "biaya",
    "jaminan",
    "deposit",
    "potongan",
    "dipotong",
    "denda",
    "omset",
    "omzet",
    "modal",
    "plafon",
    "kredit",
    "pinjaman",
    "hadiah",
    "investasi",
    "tebus",
    "angsuran",
    "cicilan",
    "tabungan",
    "asuransi",
    "harga",
    "transaksi",
    "formulir",
    "membayar",
    "bayar",
];
/// What costs money unless a word for pay stands before it: "admin 150rb", but "gaji admin 2,5jt".
const NOT_ALONE: [&str; 8] =
    ["admin", "administrasi", "adm", "pelatihan", "training", "seragam", "pendaftaran", "target"];

/// What the amount after these words is for. The word for pay and the word for a payment: the later one decides. An
/// allowance that stands between the word for pay and its amount is part of it, unless a comma parts the two.
fn role(gap: &[Token<'_>], before: Option<&Found>) -> Role {
    let denied = |at: usize| {
        gap.get(at.saturating_sub(2)..at)
            .unwrap_or_default()
            .iter()
            .any(|token| token.is_word(&["tanpa", "tidak", "bebas", "tdk", "bukan"]))
    };
    let last = |words: &[&str]| {
        (0..gap.len()).rev().find(|at| gap.get(*at).is_some_and(|t| t.is_word(words)) && !denied(*at))
    };
    // What a sentence before said says nothing of this amount.
    let sentence = gap.windows(2).rposition(|two| two[0].ends_sentence_with(&two[1])).map_or(0, |at| at + 1);
    let here = |words: &[&str]| last(words).filter(|&at| at >= sentence);
    let (base, total, extra, not) = (last(&BASE), last(&TOTAL), here(&EXTRA), here(&NOT));
    if not.is_some() && not > base {
        return Role::Not;
    }
    if base.is_none() && last(&NOT_ALONE).is_some() {
        return Role::Not;
    }
    let parts =
        |token: &Token<'_>| token.is_sign(&[',', ';', '|']) || token.is_word(&["belum", "diluar", "plus"]);
    if let (Some(base), Some(extra)) = (base, extra)
        && extra > base
    {
        let parted = gap.get(base..extra).is_some_and(|between| between.iter().any(parts));
        return if parted { Role::Extra } else { Role::Base };
    }
    match (base, total, extra) {
        (Some(_), None, _) => Role::Base,
        (Some(base), Some(total), _) if base > total => Role::Base,
        (_, Some(total), extra) if Some(total) > extra => Role::Total,
        (_, _, Some(_)) => Role::Extra,
        _ if before.is_some_and(|one| one.role == Role::Standard) && says_plus(gap) => Role::Extra,
        _ => Role::Plain,
    }
}

fn says_plus(gap: &[Token<'_>]) -> bool {
    gap.iter().any(|token| token.is_sign(&['+']) || token.is_word(&["plus", "ditambah"]))
}
