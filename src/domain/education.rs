//! Levels of formal education, their order, and the many words for them.
//!
//! Belongs here: levels, ranks, reading of texts. Does not belong here: fields of study ("jurusan") and training
//! programmes, which are free text read elsewhere.
//!
//! Levels follow the national sheet of the placement reports (IPK) and KKNI; SMA and SMK share a rank.

use crate::domain::machine::text_enum;

// The derived order is the order of the list, not of ranks: compare with `rank` or `meets`.
text_enum! {
    /// A level of formal education.
    Education: "education" {
        /// Primary school not finished.
        Tsd = "tsd",
        /// Primary school, MI, Paket A.
        Sd = "sd",
        /// Lower secondary, SLTP, MTs, Paket B.
        Smp = "smp",
        /// Upper secondary, SLTA, MA, Paket C.
        Sma = "sma",
        /// Vocational upper secondary, STM, SMEA, MAK.
        Smk = "smk",
        /// Diploma I.
        D1 = "d1",
        /// Diploma II.
        D2 = "d2",
        /// Diploma III, akademi.
        D3 = "d3",
        /// Diploma IV, applied bachelor.
        D4 = "d4",
        /// Bachelor, sarjana.
        S1 = "s1",
        /// Professional degree (ners, apoteker).
        Profesi = "profesi",
        /// Master.
        S2 = "s2",
        /// Doctor.
        S3 = "s3",
    }
}

impl Education {
    /// 0 (no school) to 10 (doctor). SMA and SMK are both 3, D4 and S1 both 7.
    pub fn rank(self) -> u8 {
        match self {
            Self::Tsd => 0,
            Self::Sd => 1,
            Self::Smp => 2,
            Self::Sma | Self::Smk => 3,
            Self::D1 => 4,
            Self::D2 => 5,
            Self::D3 => 6,
            Self::D4 | Self::S1 => 7,
            Self::Profesi => 8,
            Self::S2 => 9,
            Self::S3 => 10,
        }
    }

    /// True when this level is at least as high as the one required.
    pub fn meets(self, required: Self) -> bool {
        self.rank() >= required.rank()
    }

    /// The level somebody *has*: see [`Attained`].
    pub fn parse(text: &str) -> Option<Self> {
        Attained::parse(text).map(|attained| attained.level)
    }

    /// The level an ad *asks for*: the lowest one named ("SMA / SMK / STM" is SMA, "Diploma, Sarjana" is D1). Words that say
    /// that any schooling will do give [`Education::Tsd`]; so do an upper limit ("maks. SMA") and a level that is not asked
    /// for ("tidak harus SMA"), which are no minimum.
    pub fn parse_minimum(text: &str) -> Option<Self> {
        let mentions = mentions(text, Self::D1);
        let asked = mentions.iter().filter(|one| one.scope == Scope::Plain || one.scope == Scope::Unfinished);
        if let Some(lowest) =
            asked.map(|one| one.level).min_by_key(|level| (level.rank(), *level == Self::Smk))
        {
            return Some(lowest);
        }
        let lower = text.to_lowercase();
        let any = [
            "semua jenjang",
            "semua pendidikan",
            "tidak disyaratkan",
            "tanpa syarat",
            "bebas",
            "semua jurusan",
        ];
        let said = any.iter().any(|words| lower.contains(words));
        (said || mentions.iter().any(|one| one.scope == Scope::NotAsked)).then_some(Self::Tsd)
    }

    /// What somebody has who left this level before its end, or is still in it.
    const fn below(self) -> Self {
        match self {
            Self::Tsd | Self::Sd => Self::Tsd,
            Self::Smp => Self::Sd,
            Self::Sma | Self::Smk => Self::Smp,
            Self::D1 | Self::D2 | Self::D3 | Self::D4 | Self::S1 => Self::Sma,
            Self::Profesi | Self::S2 => Self::S1,
            Self::S3 => Self::S2,
        }
    }
}

/// The schooling that a text says somebody has: the highest level finished. A bare "diploma" is D3, the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attained {
    /// The highest level finished.
    pub level: Education,
    /// A higher level is named that was not finished ("putus sekolah SMP", "mahasiswa S1"); `level` is the one below it.
    pub unfinished: bool,
}

impl Attained {
    /// `None` when no level is named.
    pub fn parse(text: &str) -> Option<Self> {
        let order = |level: &Education| (level.rank(), *level == Education::Smk);
        let mentions = mentions(text, Education::D3);
        let has = |one: &&Mention| matches!(one.scope, Scope::Plain | Scope::NotAsked);
        let finished = mentions.iter().filter(has).map(|one| one.level).max_by_key(order);
        let begun = mentions.iter().filter(|one| one.scope == Scope::Unfinished).map(|one| one.level);
        let begun = begun.max_by_key(order);
        let level = finished.into_iter().chain(begun.map(Education::below)).max_by_key(order)?;
        let unfinished = begun.is_some_and(|begun| begun != Education::Sd && begun.rank() > level.rank());
        Some(Self { level, unfinished })
    }
}

/// How a level is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Finished, or asked for.
    Plain,
    /// Not finished: begun, left, still in it.
    Unfinished,
    /// An upper limit, or not asked for.
    NotAsked,
    /// No schooling at all: a course, a level that is ruled out.
    Other,
}

/// A level that a text names.
struct Mention {
    level: Education,
    scope: Scope,
}

/// Every level a text names, with what its clause says about it.
fn mentions(text: &str, bare_diploma: Education) -> Vec<Mention> {
    let lower = text.to_lowercase();
    let clauses = lower.split([',', ';', '(', ')', '\n']).flat_map(|clause| clause.split(" dan "));
    let mut all: Vec<Mention> = Vec::new();
    for clause in clauses {
        let found = clause_mentions(clause, bare_diploma);
        // "SMA (tidak tamat)": the bracket is about the level before it.
        if let Some(last) = all.last_mut().filter(|_| found.is_empty() && left_behind(&words_of(clause))) {
            last.scope = Scope::Unfinished;
        }
        all.extend(found);
    }
    all
}

fn clause_mentions(clause: &str, bare_diploma: Education) -> Vec<Mention> {
    let words = words_of(clause);
    let found = levels(&words, bare_diploma);
    let mention = |(at, (level, from, end)): (usize, &(Education, usize, usize))| {
        // Words before count for every level after them ("tidak tamat SMP/SMA"); words behind for the level they follow.
        let before = words.get(..*from).unwrap_or_default();
        let next = found.get(at + 1).map_or(words.len(), |(_, from, _)| *from);
        let behind = words.get(*end..next).unwrap_or_default();
        let inner = *level == Education::Tsd;
        Mention { level: *level, scope: if inner { Scope::Plain } else { scope(before, behind) } }
    };
    found.iter().enumerate().map(mention).collect()
}

fn scope(before: &[&str], behind: &[&str]) -> Scope {
    let has = |list: &[&str]| before.iter().any(|word| list.contains(word));
    let finished = has(&["lulus", "lulusan", "tamat", "tamatan", "selesai", "ijazah"]);
    let denied = has(&["tidak", "belum", "tdk", "blm", "tak"]);
    if has(&["kursus", "pelatihan", "les", "bimbel"]) {
        return Scope::Other;
    }
    if has(&["maks", "maksimal", "max", "maximal", "maksimum", "tertinggi"])
        || (denied && has(&["harus", "wajib", "perlu", "menerima", "terima", "disyaratkan", "mensyaratkan"]))
    {
        return Scope::NotAsked;
    }
    if has(&["bukan", "non", "selain"]) || (denied && has(&["sedang"])) {
        return Scope::Other;
    }
    let left = has(&["putus", "do", "drop", "keluar", "dropout"]);
    let inside =
        has(&["masih", "kuliah", "mahasiswa", "mahasiswi", "siswa", "siswi", "pelajar", "sedang", "calon"])
            || (class_named(before) && !finished);
    if left
        || inside
        || (denied && (finished || before.last().is_some_and(|word| matches!(*word, "sampai" | "sekolah"))))
    {
        return Scope::Unfinished;
    }
    if left_behind(behind) { Scope::Unfinished } else { Scope::Plain }
}

/// "kelas 2", "kls XI", "semester 5": a place inside a school.
fn class_named(words: &[&str]) -> bool {
    words.windows(2).any(|two| {
        matches!(two[0], "kelas" | "kls" | "semester" | "smt" | "tingkat")
            && (two[1].bytes().all(|b| b.is_ascii_digit())
                || matches!(
                    two[1],
                    "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x" | "xi" | "xii"
                ))
    })
}

fn left_behind(words: &[&str]) -> bool {
    let denied = words.windows(2).any(|two| {
        matches!(two[0], "tidak" | "belum" | "tdk" | "blm" | "tak")
            && matches!(two[1], "tamat" | "lulus" | "selesai")
    });
    let left = words.iter().any(|word| matches!(*word, "do" | "dropout" | "putus" | "keluar"));
    denied || left || words.windows(2).any(|two| two == ["drop", "out"]) || class_named(words)
}

fn words_of(lower: &str) -> Vec<&str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Every level in order of appearance, with the words it takes.
fn levels(words: &[&str], bare_diploma: Education) -> Vec<(Education, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let next = |i: usize| words.get(at + i).copied().unwrap_or_default();
        if let Some((level, used)) = phrase(next(0), next(1), next(2), bare_diploma) {
            found.push((level, at, at + used));
            at += used;
        } else {
            at += 1;
        }
    }
    found
}

/// The level that starts at the first of three words, and how many words it takes.
fn phrase(a: &str, b: &str, c: &str, bare_diploma: Education) -> Option<(Education, usize)> {
    two_words(a, b, c)
        .or_else(|| numbered(a, b))
        .or_else(|| one_word(a, bare_diploma).map(|level| (level, 1)))
}

fn two_words(a: &str, b: &str, c: &str) -> Option<(Education, usize)> {
    Some(match (a, b, c) {
        ("tidak" | "belum", "sekolah", _) => (Education::Tsd, 2),
        ("tidak" | "belum" | "tdk" | "blm", "tamat" | "lulus", "sd") => (Education::Tsd, 3),
        ("belum" | "tidak", "belum" | "tidak", _) if c == "tamat" => (Education::Tsd, 4),
        ("sekolah", "dasar", _) => (Education::Sd, 2),
        ("sekolah", "menengah", "pertama") => (Education::Smp, 3),
        ("sekolah", "menengah", "kejuruan") => (Education::Smk, 3),
        ("sekolah", "menengah", _) => (Education::Sma, 3),
        ("paket", "a", _) => (Education::Sd, 2),
        ("paket", "b", _) => (Education::Smp, 2),
        ("paket", "c", _) => (Education::Sma, 2),
        ("sarjana", "muda", _) => (Education::D3, 2),
        ("sarjana", "terapan", _) | ("s", "tr", _) => (Education::D4, 2),
        ("pasca", "sarjana", _) => (Education::S2, 2),
        ("sekolah", "rakyat", _) => (Education::Sd, 2),
        ("a", "md", _) => (Education::D3, 2),
        ("s", degree, _) if BACHELORS.contains(&degree) => (Education::S1, 2),
        ("m", "pd" | "si" | "kom" | "kes" | "hum" | "ak" | "eng" | "sc", _) => (Education::S2, 2),
        _ => return None,
    })
}

/// What stands behind the S of a bachelor's title: `S.Pd`, `S.E.`, `S.Kom`.
const BACHELORS: [&str; 22] = [
    "pd", "e", "kom", "h", "t", "si", "sos", "ag", "kep", "gz", "ip", "psi", "farm", "hum", "sn", "ked", "p",
    "tp", "kes", "ikom", "ak", "pt",
];

/// `D3`, `D-III`, `Diploma 3`, `S1`, `Strata 1`.
fn numbered(a: &str, b: &str) -> Option<(Education, usize)> {
    if let Some((level, used)) = match a {
        "d" | "dip" | "diploma" => diploma(b).map(|level| (level, 2)),
        "s" | "strata" => strata(b).map(|level| (level, 2)),
        _ => None,
    } {
        return Some((level, used));
    }
    let level = match a.split_at_checked(1)? {
        ("d", number) => diploma(number),
        ("s", number) => strata(number),
        _ => None,
    };
    level.map(|level| (level, 1))
}

fn diploma(number: &str) -> Option<Education> {
    Some(match number {
        "1" | "i" => Education::D1,
        "2" | "ii" => Education::D2,
        "3" | "iii" => Education::D3,
        "4" | "iv" => Education::D4,
        _ => return None,
    })
}

fn strata(number: &str) -> Option<Education> {
    Some(match number {
        "1" | "i" => Education::S1,
        "2" | "ii" => Education::S2,
        "3" | "iii" => Education::S3,
        _ => return None,
    })
}

/// A level by one word, the names of public schools with it: `SMKN 2`, `SMAN1`, `SDN`.
fn one_word(word: &str, bare_diploma: Education) -> Option<Education> {
    Some(match word.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "tsd" => Education::Tsd,
        "sd" | "mi" | "sdlb" | "sdn" | "sdit" | "sr" => Education::Sd,
        "smp" | "sltp" | "mts" | "smplb" | "smpn" | "smpit" | "mtsn" | "mtss" => Education::Smp,
        "sma" | "slta" | "smu" | "ma" | "man" | "smalb" | "sman" | "smait" | "smun" => Education::Sma,
        "smk" | "stm" | "smea" | "smkk" | "mak" | "smf" | "smip" | "kejuruan" | "smkn" | "smks" | "spg"
        | "sgo" | "smkt" => Education::Smk,
        "diploma" => bare_diploma,
        "akademi" | "amd" | "amk" => Education::D3,
        "sarjana" | "bachelor" | "spd" | "skom" | "ssos" | "skep" => Education::S1,
        "profesi" | "ners" | "apoteker" => Education::Profesi,
        "magister" | "master" | "pascasarjana" => Education::S2,
        "doktor" | "doctor" => Education::S3,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_somebody_has() {
        let cases = [
            ("SMA", Education::Sma),
            ("SLTA", Education::Sma),
            ("STM", Education::Smk),
            ("SMK Jurusan Tata Busana", Education::Smk),
            ("Paket C", Education::Sma),
            ("MTs", Education::Smp),
            ("SMA/SMK", Education::Smk),
            ("D-III Keperawatan", Education::D3),
            ("D III", Education::D3),
            ("Diploma 1", Education::D1),
            ("Diploma", Education::D3),
            ("S-1 Akuntansi", Education::S1),
            ("Strata 2", Education::S2),
            ("Sarjana Terapan", Education::D4),
            ("S.Tr", Education::D4),
            ("Pasca Sarjana", Education::S2),
            ("Tidak tamat SD", Education::Tsd),
            ("Tidak/belum tamat SD", Education::Tsd),
            ("SD/sederajat", Education::Sd),
            ("sekolah menengah pertama", Education::Smp),
            ("Ners", Education::Profesi),
            ("S3", Education::S3),
        ];
        for (text, expected) in cases {
            assert_eq!(Education::parse(text), Some(expected), "{text}");
        }
        for text in ["", "-", "lainnya", "s/d 2020", "A"] {
            assert_eq!(Education::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_school_that_was_not_finished_is_not_had() {
        let cases = [
            ("Tidak lulus SMK", Education::Smp),
            ("belum tamat SMP", Education::Sd),
            ("Putus sekolah SMA", Education::Smp),
            ("SMP tidak lulus", Education::Sd),
            ("DO SMA", Education::Smp),
            ("drop out D3", Education::Sma),
            ("SMA kelas 1 keluar", Education::Smp),
            ("SMA (tidak tamat)", Education::Smp),
            ("SMK kelas XI", Education::Smp),
            ("kuliah D3 semester 2", Education::Sma),
            ("Mahasiswi S1 Akuntansi", Education::Sma),
            ("masih kuliah S2", Education::S1),
            ("SMP, putus sekolah SMK", Education::Smp),
            ("Lulusan SMA, mahasiswa S1", Education::Sma),
        ];
        for (text, level) in cases {
            assert_eq!(Attained::parse(text), Some(Attained { level, unfinished: true }), "{text}");
        }
        let finished = [
            ("Lulusan SMA, kursus D1 komputer", Education::Sma),
            ("Tidak tamat SD", Education::Tsd),
            ("Tamat SMP kelas akselerasi", Education::Smp),
            ("Lulus kelas 6 SD", Education::Sd),
            ("SMKN 4 Sukoharjo", Education::Smk),
            ("SMAN1", Education::Sma),
            ("SMPN 2 Baki", Education::Smp),
            ("SDN Plesan 2", Education::Sd),
            ("MTsN 3", Education::Smp),
            ("A.Md. Kep", Education::D3),
            ("S.Kom", Education::S1),
            ("S.E.", Education::S1),
            ("AKADEMI/DIPLOMA III/SARJANA MUDA", Education::D3),
            ("BELUM TAMAT SD/SEDERAJAT", Education::Tsd),
        ];
        for (text, level) in finished {
            assert_eq!(Attained::parse(text), Some(Attained { level, unfinished: false }), "{text}");
        }
    }

    #[test]
    fn what_is_not_asked_for_is_no_minimum() {
        let any = [
            "maksimal SMK",
            "Maks. SMA",
            "pendidikan max D3",
            "tidak harus SMP",
            "tidak wajib S1",
            "tidak menerima S1",
        ];
        for text in any {
            assert_eq!(Education::parse_minimum(text), Some(Education::Tsd), "{text}");
        }
        assert_eq!(Education::parse_minimum("minimal SMP, maksimal SMA"), Some(Education::Smp));
        assert_eq!(Education::parse_minimum("minimal D3 dan tidak sedang kuliah S1"), Some(Education::D3));
        assert_eq!(Education::parse_minimum("bukan lulusan SD"), None);
    }

    #[test]
    fn reads_what_an_ad_asks_for() {
        let cases = [
            ("minimal SMA/SMK", Education::Sma),
            ("SMA / SMK / STM", Education::Sma),
            ("Diploma/D1/D2/D3", Education::D1),
            ("Diploma, Sarjana - Kebidanan, kebidanan", Education::D1),
            ("Sarjana, Diploma - Akuntansi", Education::D1),
            ("SMP atau Sederajat", Education::Smp),
            ("SMP s/d SMA", Education::Smp),
            ("SMK", Education::Smk),
            ("Sarjana - Profesi Ners", Education::S1),
            ("Semua jenjang", Education::Tsd),
        ];
        for (text, expected) in cases {
            assert_eq!(Education::parse_minimum(text), Some(expected), "{text}");
        }
        assert_eq!(Education::parse_minimum("pengalaman 2 tahun"), None);
    }

    #[test]
    fn vocational_and_general_school_are_equal() {
        assert!(Education::Smk.meets(Education::Sma));
        assert!(Education::Sma.meets(Education::Smk));
        assert!(!Education::Smp.meets(Education::Smk));
        assert!(Education::S1.meets(Education::D4));
    }

    #[test]
    fn codes_are_read_again() {
        for level in Education::ALL {
            assert_eq!(Education::parse(level.as_str()), Some(*level));
            assert_eq!(Education::parse_minimum(level.as_str()), Some(*level));
        }
    }

    proptest! {
        #[test]
        fn the_minimum_never_exceeds_the_highest(text in "(SD|SMP|SMA|SMK|D3|S1|S2|dan|/| ){1,8}") {
            match (Education::parse(&text), Education::parse_minimum(&text)) {
                (Some(highest), Some(lowest)) => prop_assert!(highest.meets(lowest)),
                (None, None) => {}
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
