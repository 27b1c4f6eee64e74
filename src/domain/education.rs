//! Levels of formal education, their order, and the many words for them.
//!
//! Belongs here: levels, ranks, reading of texts. Does not belong here: fields of study ("jurusan") and training
//! programmes, which are free text read elsewhere.
//!
//! Levels follow the national sheet of the placement reports (IPK) and KKNI; SMA and SMK share a rank.

use serde::{Deserialize, Serialize};

/// A level of formal education. The derived order is the order of the list, not of ranks: compare with
/// [`Education::rank`] or [`Education::meets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Education {
    /// Primary school not finished.
    Tsd,
    /// Primary school, MI, Paket A.
    Sd,
    /// Lower secondary, SLTP, MTs, Paket B.
    Smp,
    /// Upper secondary, SLTA, MA, Paket C.
    Sma,
    /// Vocational upper secondary, STM, SMEA, MAK.
    Smk,
    /// Diploma I.
    D1,
    /// Diploma II.
    D2,
    /// Diploma III, akademi.
    D3,
    /// Diploma IV, applied bachelor.
    D4,
    /// Bachelor, sarjana.
    S1,
    /// Professional degree (ners, apoteker).
    Profesi,
    /// Master.
    S2,
    /// Doctor.
    S3,
}

impl Education {
    /// Every level, lowest first.
    pub const ALL: [Self; 13] = [
        Self::Tsd,
        Self::Sd,
        Self::Smp,
        Self::Sma,
        Self::Smk,
        Self::D1,
        Self::D2,
        Self::D3,
        Self::D4,
        Self::S1,
        Self::Profesi,
        Self::S2,
        Self::S3,
    ];

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

    /// The code stored and exported, such as `smk`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tsd => "tsd",
            Self::Sd => "sd",
            Self::Smp => "smp",
            Self::Sma => "sma",
            Self::Smk => "smk",
            Self::D1 => "d1",
            Self::D2 => "d2",
            Self::D3 => "d3",
            Self::D4 => "d4",
            Self::S1 => "s1",
            Self::Profesi => "profesi",
            Self::S2 => "s2",
            Self::S3 => "s3",
        }
    }

    /// The level somebody *has*: the highest one named; a bare "diploma" is D3, the usual one.
    pub fn parse(text: &str) -> Option<Self> {
        levels(text, Self::D3).into_iter().max_by_key(|level| (level.rank(), *level == Self::Smk))
    }

    /// The level an ad *asks for*: the lowest one named ("SMA / SMK / STM" is SMA, "Diploma, Sarjana" is D1). Words
    /// that say that any schooling will do give [`Education::Tsd`].
    pub fn parse_minimum(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let any = [
            "semua jenjang",
            "semua pendidikan",
            "tidak disyaratkan",
            "tanpa syarat",
            "bebas",
            "semua jurusan",
        ];
        levels(text, Self::D1)
            .into_iter()
            .min_by_key(|level| (level.rank(), *level == Self::Smk))
            .or_else(|| any.iter().any(|words| lower.contains(words)).then_some(Self::Tsd))
    }
}

/// Every level a text names, in order of appearance.
fn levels(text: &str, bare_diploma: Education) -> Vec<Education> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let next = |i: usize| words.get(at + i).copied().unwrap_or_default();
        if let Some((level, used)) = phrase(next(0), next(1), next(2), bare_diploma) {
            found.push(level);
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
        _ => return None,
    })
}

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

fn one_word(word: &str, bare_diploma: Education) -> Option<Education> {
    Some(match word {
        "tsd" => Education::Tsd,
        "sd" | "mi" | "sdlb" => Education::Sd,
        "smp" | "sltp" | "mts" | "smplb" => Education::Smp,
        "sma" | "slta" | "smu" | "ma" | "man" | "smalb" => Education::Sma,
        "smk" | "stm" | "smea" | "smkk" | "mak" | "smf" | "smip" | "kejuruan" => Education::Smk,
        "diploma" => bare_diploma,
        "akademi" => Education::D3,
        "sarjana" | "bachelor" => Education::S1,
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
            assert_eq!(Education::parse(level.as_str()), Some(level));
            assert_eq!(Education::parse_minimum(level.as_str()), Some(level));
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
