//! Criteria a vacancy must not use, or only with a written reason: age, sex, marital status, looks, religion,
//! ethnicity, bodily condition; and wages below the minimum.
//!
//! Belongs here: finding them in fields and in the words of the ad. Does not belong here: what follows (staff write a
//! reason or ask the employer), and ranking, which never sees any of it.
//!
//! Rules: Permenaker 18/2024 Ps 4, SE Menaker M/6/HK.04/V/2025, UU 8/2016; minimum wages PP 36/2021 with PP 51/2023.
//! The word search wants to miss nothing a person would call a criterion and to leave products alone ("busana muslim",
//! "pakaian wanita"); a wrong flag costs a look, it refuses nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::intake::vacancy::VacancyDraft;
use crate::domain::nik::Sex;

/// What a flag is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// An age limit other than the legal minimum of 18.
    Age,
    /// One sex asked for.
    Sex,
    /// A marital status asked for.
    MaritalStatus,
    /// Looks, height, weight, skin.
    Looks,
    /// A religion asked for.
    Religion,
    /// An ethnic group asked for.
    Ethnicity,
    /// People with a disability shut out.
    PhysicalCondition,
    /// Wage below the minimum at the workplace.
    WageBelowMinimum,
}

impl FlagKind {
    /// The code stored and exported.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Sex => "sex",
            Self::MaritalStatus => "marital_status",
            Self::Looks => "looks",
            Self::Religion => "religion",
            Self::Ethnicity => "ethnicity",
            Self::PhysicalCondition => "physical_condition",
            Self::WageBelowMinimum => "wage_below_minimum",
        }
    }
}

/// One thing staff must decide about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// What it is about.
    pub kind: FlagKind,
    /// Field it was found in.
    pub column: &'static str,
    /// The value or the words that show it.
    pub evidence: String,
}

/// Every flag of a draft, at most one per kind and field, ordered by kind.
pub(super) fn find(draft: &VacancyDraft, today: NaiveDate) -> Vec<Flag> {
    let mut found = fields(draft);
    let texts = [
        ("title", draft.title.as_deref()),
        ("conditions", draft.conditions.as_deref()),
        ("description", Some(draft.description.as_str())),
    ];
    for (column, text) in texts {
        let words = words_of(text.unwrap_or_default());
        for (kind, at) in words_flagged(&words) {
            found.push(Flag { kind, column, evidence: excerpt(&words, at) });
        }
    }
    let lowest = draft.wage_min.or(draft.wage_max);
    if let (Some(minimum), Some(wage)) = (draft.minimum_wage(today), lowest)
        && wage < minimum.amount
    {
        let evidence = format!("{wage} < {} ({})", minimum.amount, minimum.year);
        found.push(Flag { kind: FlagKind::WageBelowMinimum, column: "wage_min", evidence });
    }
    found.sort_by_key(|flag| flag.kind);
    found
}

/// Flags that need no reading.
fn fields(draft: &VacancyDraft) -> Vec<Flag> {
    let mut found = Vec::new();
    let mut push = |kind, column, evidence: String| found.push(Flag { kind, column, evidence });
    if let Some(age) = draft.age_min.filter(|age| *age > 18) {
        push(FlagKind::Age, "age_min", age.to_string());
    }
    if let Some(age) = draft.age_max {
        push(FlagKind::Age, "age_max", age.to_string());
    }
    if let Some(sex) = draft.sex {
        push(FlagKind::Sex, "sex", sex.as_str().to_owned());
    }
    if let Some(status) = &draft.marital_status {
        push(FlagKind::MaritalStatus, "marital_status", status.clone());
    }
    if draft.physical_condition.as_deref() == Some("normal") {
        push(FlagKind::PhysicalCondition, "physical_condition", "normal".to_owned());
    }
    found
}

/// Lower-case words, with line ends as empty words, so that no criterion is read across two lines.
fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words = Vec::new();
    for line in lower.lines() {
        let split = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.extend(split.map(str::to_owned));
        words.push(String::new());
    }
    words
}

/// The first place of each kind of criterion.
fn words_flagged(words: &[String]) -> Vec<(FlagKind, usize)> {
    let tests: [(FlagKind, Test); 7] = [
        (FlagKind::Age, is_age),
        (FlagKind::Sex, is_sex),
        (FlagKind::MaritalStatus, is_marital_status),
        (FlagKind::Looks, is_looks),
        (FlagKind::Religion, is_religion),
        (FlagKind::Ethnicity, is_ethnicity),
        (FlagKind::PhysicalCondition, is_physical_condition),
    ];
    let first =
        |test: fn(&Words<'_>) -> bool| (0..words.len()).find(|at| test(&Words { all: words, at: *at }));
    tests.into_iter().filter_map(|(kind, test)| first(test).map(|at| (kind, at))).collect()
}

/// Whether a criterion starts at a place.
type Test = fn(&Words<'_>) -> bool;

/// A place in the words, looked at from there.
struct Words<'a> {
    all: &'a [String],
    at: usize,
}

impl Words<'_> {
    /// The word `offset` places on (or back), empty beyond a line.
    fn word(&self, offset: isize) -> &str {
        self.at.checked_add_signed(offset).and_then(|at| self.all.get(at)).map_or("", String::as_str)
    }

    fn here(&self) -> &str {
        self.word(0)
    }

    /// The next words of the line, at most `count`.
    fn ahead(&self, count: usize) -> impl Iterator<Item = &str> {
        self.all.iter().skip(self.at + 1).take(count).map(String::as_str).take_while(|word| !word.is_empty())
    }

    /// The words before, nearest first, at most `count`.
    fn behind(&self, count: usize) -> impl Iterator<Item = &str> {
        let before = self.all.get(..self.at).unwrap_or_default();
        before.iter().rev().take(count).map(String::as_str).take_while(|word| !word.is_empty())
    }
}

/// "usia maksimal 30 tahun", "umur 18-35", "age max. 30th": a number other than 18 soon after the word.
fn is_age(at: &Words<'_>) -> bool {
    if !matches!(at.here(), "usia" | "umur" | "berusia" | "berumur" | "age" | "aged") {
        return false;
    }
    let years = at.ahead(6).filter_map(|word| {
        word.trim_end_matches(|c: char| c.is_alphabetic())
            .parse::<u32>()
            .ok()
            .filter(|n| (15..=65).contains(n))
    });
    years.into_iter().any(|age| age != 18 && age != 17)
}

/// One sex without the other nearby, and not as a kind of goods.
fn is_sex(at: &Words<'_>) -> bool {
    let Some(asked) = sex_word(at.here(), at.word(1)) else {
        return false;
    };
    let goods = [
        "pakaian",
        "busana",
        "baju",
        "fashion",
        "sepatu",
        "tas",
        "sandal",
        "celana",
        "kaos",
        "hijab",
        "toilet",
        "kesehatan",
        "aksesoris",
        "produk",
        "perawatan",
        "kaum",
        "khas",
        "pemberdayaan",
        "kemeja",
        "dewasa",
    ];
    let other = |word: &str| sex_word(word, "laki").is_some_and(|sex| sex != asked);
    !at.behind(2).any(|word| goods.contains(&word)) && !at.ahead(5).any(other) && !at.behind(5).any(other)
}

fn sex_word(word: &str, next: &str) -> Option<Sex> {
    match word {
        "laki" | "lelaki" if next == "laki" || word == "lelaki" => Some(Sex::Male),
        "pria" | "cowok" | "male" => Some(Sex::Male),
        "wanita" | "perempuan" | "cewek" | "female" => Some(Sex::Female),
        _ => None,
    }
}

fn is_marital_status(at: &Words<'_>) -> bool {
    matches!(
        (at.here(), at.word(1)),
        ("belum" | "tidak" | "sudah" | "sdh" | "blm", "menikah" | "kawin" | "nikah" | "berkeluarga")
            | ("status" | "masih" | "marital", "single" | "lajang" | "menikah" | "status")
            | ("lajang" | "janda" | "duda", _)
    )
}

fn is_looks(at: &Words<'_>) -> bool {
    matches!(
        (at.here(), at.word(1)),
        ("penampilan" | "berpenampilan" | "wajah" | "berwajah", "menarik" | "cantik" | "oke" | "good")
            | ("good", "looking")
            | ("tinggi", "badan" | "min" | "minimal" | "minimum")
            | ("berat", "badan")
            | ("badan" | "tubuh", "proporsional" | "ideal")
            | ("warna" | "berkulit", "kulit" | "putih")
            | ("goodlooking" | "berparas" | "bertato" | "bertindik", _)
    )
}

/// A religion, unless goods, a school subject or an institution are meant.
fn is_religion(at: &Words<'_>) -> bool {
    let goods =
        ["busana", "baju", "fashion", "pakaian", "gamis", "hijab", "produk", "umat", "toko", "wisata"];
    match at.here() {
        "beragama" | "berjilbab" | "berhijab" | "nonmuslim" => true,
        "muslim" | "muslimah" => !at.behind(2).any(|word| goods.contains(&word)),
        "islam" | "kristen" | "katolik" | "hindu" | "buddha" | "kristiani" => {
            at.word(-1) == "agama"
                && !at.behind(3).any(|word| matches!(word, "pendidikan" | "guru" | "sekolah" | "studi"))
        }
        "taat" => matches!(at.word(1), "beribadah" | "beragama"),
        _ => false,
    }
}

fn is_ethnicity(at: &Words<'_>) -> bool {
    match at.here() {
        "suku" => !matches!(
            at.word(1),
            "" | "cadang" | "bunga" | "dinas" | "kata" | "ras" | "agama" | "dan" | "apapun"
        ),
        "etnis" | "pribumi" | "tionghoa" => true,
        "keturunan" => !at.word(1).is_empty() && !at.behind(2).any(|word| word == "tanpa"),
        _ => false,
    }
}

fn is_physical_condition(at: &Words<'_>) -> bool {
    // "bebas cacat" and "tanpa cacat" speak of goods and welds.
    matches!(
        (at.here(), at.word(1)),
        ("tidak" | "bukan" | "tdk" | "non", "cacat" | "difabel" | "disabilitas")
    )
}

/// The words around a place, as evidence.
fn excerpt(words: &[String], at: usize) -> String {
    let place = Words { all: words, at };
    let mut before: Vec<&str> = place.behind(2).collect();
    before.reverse();
    before
        .into_iter()
        .chain(std::iter::once(place.here()))
        .chain(place.ahead(5))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::words::EmploymentType;
    use crate::domain::money::Rupiah;
    use crate::domain::region::RegionCode;

    fn today() -> NaiveDate {
        "2026-11-24".parse().expect("a date")
    }

    fn kinds(text: &str) -> Vec<FlagKind> {
        let draft = VacancyDraft { description: text.to_owned(), ..VacancyDraft::default() };
        draft.flags(today()).iter().map(|flag| flag.kind).collect()
    }

    #[test]
    fn criteria_are_found_in_the_words() {
        let cases = [
            ("Usia maksimal 30 tahun", FlagKind::Age),
            ("• Pria / wanita usia max 30th", FlagKind::Age),
            ("Between the age of 18-35.", FlagKind::Age),
            ("umur 20 - 40 th", FlagKind::Age),
            ("Laki-Laki Usia Minimum 18 Tahun", FlagKind::Sex),
            ("Diutamakan wanita", FlagKind::Sex),
            ("Khusus pria", FlagKind::Sex),
            ("Belum menikah", FlagKind::MaritalStatus),
            ("status single", FlagKind::MaritalStatus),
            ("Berpenampilan menarik", FlagKind::Looks),
            ("Good looking", FlagKind::Looks),
            ("tinggi badan min. 160 cm", FlagKind::Looks),
            ("Beragama Islam", FlagKind::Religion),
            ("muslimah berjilbab", FlagKind::Religion),
            ("Taat beribadah", FlagKind::Religion),
            ("diutamakan suku Jawa", FlagKind::Ethnicity),
            ("tidak cacat fisik", FlagKind::PhysicalCondition),
        ];
        for (text, expected) in cases {
            assert_eq!(kinds(text), [expected], "{text}");
        }
    }

    #[test]
    fn harmless_words_are_left_alone() {
        let harmless = [
            "Usia minimal 18 tahun",
            "Pria/wanita",
            "Laki-laki / perempuan",
            "pria atau wanita, sehat",
            "menjual pakaian wanita dan busana muslim",
            "fashion muslim wanita",
            "guru Pendidikan Agama Islam",
            "Rumah Sakit Islam",
            "menyiapkan suku cadang",
            "Berpenampilan rapi",
            "memahami tata kelola",
            "usia produk 3 bulan",
            "hasil las bebas cacat",
            "tanpa memandang suku, agama dan ras",
            "tinggi rendahnya suhu",
        ];
        for text in harmless {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn evidence_names_the_words_and_the_field() {
        let draft = VacancyDraft {
            description: "Syarat:\nUsia maksimal 30 tahun\nJujur".to_owned(),
            age_max: Some(35),
            age_min: Some(18),
            ..VacancyDraft::default()
        };
        let found: Vec<(&str, String)> =
            draft.flags(today()).into_iter().map(|flag| (flag.column, flag.evidence)).collect();
        let expected = [("age_max", "35".to_owned()), ("description", "usia maksimal 30 tahun".to_owned())];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_wage_below_the_minimum_is_flagged_where_the_place_is_known() {
        let paid = |wage, village: Option<&str>, employment_type| VacancyDraft {
            wage_min: Some(Rupiah(wage)),
            wage_max: Some(Rupiah(3_000_000)),
            village: village.map(|code| RegionCode::parse(code).expect(code)),
            employment_type,
            ..VacancyDraft::default()
        };
        let village = Some("33.11.05.2008");
        let low = paid(2_499_999, village, None).flags(today());
        assert_eq!(low.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::WageBelowMinimum]);
        assert_eq!(low[0].evidence, "Rp2.499.999 < Rp2.500.000 (2026)");
        assert_eq!(paid(2_500_000, village, None).flags(today()), []);
        assert_eq!(paid(1_000_000, None, None).flags(today()), []);
        assert_eq!(paid(1_000_000, village, Some(EmploymentType::Magang)).flags(today()), []);
    }
}
