//! Closed lists of words in rows, and the spellings they come in.
//!
//! Belongs here: small enums read from cells. Education, sex and regions have modules of their own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::digits;
use crate::domain::machine::text_enum;

text_enum! {
    /// Kind of employment (jenis hubungan kerja).
    EmploymentType: "employment type" {
        /// Open-ended contract.
        Pkwtt = "pkwtt",
        /// Fixed-term contract; written, at most 5 years (PP 35/2021).
        Pkwt = "pkwt",
        /// Casual daily work.
        HarianLepas = "harian_lepas",
        /// Piece work.
        Borongan = "borongan",
        /// Outsourced.
        AlihDaya = "alih_daya",
        /// Apprenticeship, from 17 with the parents' consent (Permenaker 6/2020); pocket money instead of a wage.
        Magang = "magang",
    }
}

impl EmploymentType {
    /// Reads the codes and the usual words, the national portal's English ones included.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match letters(text).as_str() {
            "pkwtt" | "tetap" | "karyawantetap" | "permanen" | "permanent" => Self::Pkwtt,
            "pkwt" | "kontrak" | "karyawankontrak" | "contract" => Self::Pkwt,
            "harianlepas" | "harian" | "dailyworker" | "dw" | "freelance" => Self::HarianLepas,
            "borongan" | "borong" => Self::Borongan,
            "alihdaya" | "outsourcing" | "outsource" => Self::AlihDaya,
            "magang" | "internship" | "intern" | "pemagangan" => Self::Magang,
            _ => return None,
        })
    }
}

text_enum! {
    /// How somebody gets to work.
    Transport: "transport" {
        /// On foot.
        Walk = "walk",
        /// Bicycle.
        Bicycle = "bicycle",
        /// Own motorcycle.
        Motorcycle = "motorcycle",
        /// Own car.
        Car = "car",
        /// Bus or shared taxi.
        Public = "public",
        /// Needs the employer's shuttle or a lift.
        Shuttle = "shuttle",
    }
}

impl Transport {
    /// Reads the codes and the usual words.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match letters(text).as_str() {
            "walk" | "jalankaki" | "jalan" => Self::Walk,
            "bicycle" | "sepeda" | "ontel" => Self::Bicycle,
            "motorcycle" | "motor" | "sepedamotor" | "spdmotor" => Self::Motorcycle,
            "car" | "mobil" => Self::Car,
            "public" | "angkutanumum" | "angkot" | "bus" | "bis" | "angkutan" | "umum" => Self::Public,
            "shuttle" | "antarjemput" | "jemputan" | "diantar" | "nebeng" => Self::Shuttle,
            _ => return None,
        })
    }
}

text_enum! {
    /// Kind of disability (UU 8/2016). Health data: shown to the office only, never to an employer.
    Disability: "disability" {
        /// Fisik.
        Physical = "physical",
        /// Intelektual.
        Intellectual = "intellectual",
        /// Mental.
        Mental = "mental",
        /// Sensorik: sight, hearing, speech.
        Sensory = "sensory",
        /// Ganda: two kinds or more.
        Multiple = "multiple",
        /// Yes, without saying which.
        Unspecified = "unspecified",
    }
}

impl Disability {
    /// Reads the kinds, the words of the population register ("CACAT NETRA/BUTA", "TIDAK CACAT") and what people say ("kursi
    /// roda"). The inner `None` is "no disability", the outer one "not understood".
    pub fn parse(text: &str) -> Option<Option<Self>> {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let denies = |at: usize, word: &str| {
            let next = words.get(at + 1).copied().unwrap_or_default();
            let alone = words.len() == 1;
            match word {
                "tidak" | "tdk" | "bukan" | "non" | "tanpa" | "tak" => {
                    alone
                        || matches!(
                            next,
                            "ada"
                                | "cacat"
                                | "disabilitas"
                                | "difabel"
                                | "penyandang"
                                | "menyandang"
                                | "punya"
                                | "memiliki"
                        )
                }
                "nondisabilitas" | "nondifabel" | "sehat" | "normal" => true,
                "no" | "none" | "n" | "t" => alone,
                _ => false,
            }
        };
        if words.iter().enumerate().any(|(at, word)| denies(at, word)) {
            return Some(None);
        }
        let mut kinds: Vec<Self> = words.iter().filter_map(|word| Self::kind(word)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let said = |word: &&str| {
            matches!(
                *word,
                "ya" | "y"
                    | "yes"
                    | "ada"
                    | "cacat"
                    | "difabel"
                    | "disabilitas"
                    | "penyandang"
                    | "unspecified"
            )
        };
        match kinds.as_slice() {
            [] => words.iter().any(said).then_some(Some(Self::Unspecified)),
            [one] => Some(Some(*one)),
            [..] => Some(Some(Self::Multiple)),
        }
    }

    /// The kind that one word names.
    fn kind(word: &str) -> Option<Self> {
        Some(match word.strip_prefix("tuna").unwrap_or(word) {
            "fisik" | "daksa" | "physical" | "polio" | "kursi" | "amputasi" | "lumpuh" | "kaki"
            | "tangan" | "kruk" | "tongkat" => Self::Physical,
            "intelektual" | "grahita" | "intellectual" => Self::Intellectual,
            "mental" | "jiwa" | "psikososial" | "autis" | "autisme" | "odgj" | "laras" => Self::Mental,
            "sensorik" | "netra" | "buta" | "rungu" | "tuli" | "wicara" | "bisu" | "vision" | "sensory" => {
                Self::Sensory
            }
            "ganda" | "multi" | "multiple" => Self::Multiple,
            _ => return None,
        })
    }
}

/// What somebody does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkStatus {
    /// Looking for work.
    Unemployed,
    /// In employment.
    Employed,
    /// Working on own account.
    SelfEmployed,
    /// Apprentice.
    Intern,
    /// At school or university.
    Studying,
    /// Something is said that does not tell whether work is looked for: a pension.
    Unclear,
}

impl WorkStatus {
    /// The code stored and exported.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unemployed => "unemployed",
            Self::Employed => "employed",
            Self::SelfEmployed => "self_employed",
            Self::Intern => "intern",
            Self::Studying => "studying",
            Self::Unclear => "unclear",
        }
    }

    /// Reads the free words of office sheets and the occupations of the population register: "bekerja", "Karyawan
    /// Swasta", "Sudah Kerja", "PHK", "Mengurus rumah tangga". `None` for what is not understood.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        if let Some(status) = Self::whole(&letters(text)) {
            return Some(status);
        }
        if has(&LOOKING) || (has(&["cari", "mencari"]) && has(&["kerja", "pekerjaan"])) {
            return Some(Self::Unemployed);
        }
        if has(&NO_MORE) {
            return has(&WORK).then_some(Self::Unemployed);
        }
        STATUS_WORDS.iter().find(|(list, _)| has(list)).map(|(_, status)| *status)
    }

    fn whole(key: &str) -> Option<Self> {
        Some(match key {
            "unemployed" | "belum" | "t" | "n" | "tidak" | "seeking" => Self::Unemployed,
            "employed" | "y" | "ya" | "sudah" => Self::Employed,
            "selfemployed" | "mandiri" => Self::SelfEmployed,
            "studying" => Self::Studying,
            "unclear" => Self::Unclear,
            _ => return None,
        })
    }
}

/// Words of who looks for work.
const LOOKING: [&str; 5] = ["phk", "pencaker", "menganggur", "pengangguran", "nganggur"];
/// Words that deny work, or say that it is over.
const NO_MORE: [&str; 11] =
    ["belum", "tidak", "blm", "tdk", "tak", "mantan", "eks", "habis", "selesai", "berhenti", "bekas"];
/// Work that can be denied or over.
const WORK: [&str; 10] =
    ["kerja", "bekerja", "berkerja", "kontrak", "karyawan", "karyawati", "buruh", "tki", "tkw", "pmi"];
/// The first of these rows of which a word stands in the text tells the status: "kerja serabutan" is no job, although it
/// is work.
const STATUS_WORDS: [(&[&str], WorkStatus); 6] = [
    (
        // Who keeps a household or lives from day to day and is on the list of a labour office looks for work.
        &["serabutan", "ojol", "ojek", "rumah", "irt", "lepas", "freelance"],
        WorkStatus::Unemployed,
    ),
    (&["pensiun", "pensiunan", "lainnya"], WorkStatus::Unclear),
    (&["magang", "pemagangan", "intern"], WorkStatus::Intern),
    (&["pelajar", "mahasiswa", "mahasiswi", "siswa", "kuliah", "sekolah"], WorkStatus::Studying),
    (
        &["wirausaha", "wiraswasta", "pedagang", "dagang", "berdagang", "petani", "peternak", "usaha"],
        WorkStatus::SelfEmployed,
    ),
    (
        &[
            "bekerja",
            "kerja",
            "karyawan",
            "karyawati",
            "pegawai",
            "buruh",
            "pns",
            "asn",
            "pppk",
            "tni",
            "polri",
            "guru",
            "honorer",
            "kontrak",
            "tki",
            "tkw",
            "pmi",
            "swasta",
            "pabrik",
            "satpam",
            "perangkat",
        ],
        WorkStatus::Employed,
    ),
];

/// Business number (NIB) of the OSS system: 13 digits, no published check rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Nib(Box<str>);

impl Nib {
    /// Parses 13 digits; spaces, dots and dashes are ignored. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        digits_of(text, 13).map(Self)
    }

    /// The 13 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nib {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Number of a family card (KK): 16 digits, shared by a household. `Debug` is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyCard(Box<str>);

impl FamilyCard {
    /// Parses 16 digits; spaces, dots and dashes are ignored. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        digits_of(text, 16).map(Self)
    }

    /// The 16 digits, for encryption and look-up only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FamilyCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FamilyCard(****************)")
    }
}

fn digits_of(text: &str, count: usize) -> Option<Box<str>> {
    let kept: String = digits::plain(text).chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    (kept.len() == count && kept.bytes().all(|b| b.is_ascii_digit())).then(|| kept.into_boxed_str())
}

/// Lower-case letters only, so that "Harian Lepas", "harian_lepas" and "HARIAN-LEPAS" are one word.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn employment_types_are_read() {
        for kind in EmploymentType::ALL {
            assert_eq!(EmploymentType::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(EmploymentType::parse("Harian Lepas"), Some(EmploymentType::HarianLepas));
        assert_eq!(EmploymentType::parse("Internship"), Some(EmploymentType::Magang));
        assert_eq!(EmploymentType::parse("Full time"), None);
    }

    #[test]
    fn disability_knows_none_from_unknown() {
        assert_eq!(Disability::parse("Tidak"), Some(None));
        assert_eq!(Disability::parse("tuna rungu"), Some(Some(Disability::Sensory)));
        assert_eq!(Disability::parse("Penyandang Disabilitas fisik"), Some(Some(Disability::Physical)));
        assert_eq!(Disability::parse("ya"), Some(Some(Disability::Unspecified)));
        assert_eq!(Disability::parse("???x"), None);
        for text in [
            "TIDAK CACAT",
            "Tidak ada",
            "bukan penyandang disabilitas",
            "tanpa disabilitas",
            "Non-disabilitas",
            "sehat",
            "normal",
        ] {
            assert_eq!(Disability::parse(text), Some(None), "{text}");
        }
        let kinds = [
            ("CACAT FISIK", Disability::Physical),
            ("CACAT NETRA/BUTA", Disability::Sensory),
            ("CACAT RUNGU/WICARA", Disability::Sensory),
            ("CACAT MENTAL/JIWA", Disability::Mental),
            ("CACAT FISIK DAN MENTAL", Disability::Multiple),
            ("CACAT LAINNYA", Disability::Unspecified),
            ("pakai kursi roda", Disability::Physical),
            ("Low Vision", Disability::Sensory),
            ("tuli sejak lahir", Disability::Sensory),
            ("Ya, tangan kanan", Disability::Physical),
            ("tidak bisa melihat (netra)", Disability::Sensory),
            ("Disabilitas ganda", Disability::Multiple),
        ];
        for (text, kind) in kinds {
            assert_eq!(Disability::parse(text), Some(Some(kind)), "{text}");
        }
        assert_eq!(Disability::parse("tidak diketahui"), None);
    }

    #[test]
    fn statuses_of_office_sheets_are_read() {
        for text in ["bekerja", "Bekerja", "Kerja", "Y"] {
            assert_eq!(WorkStatus::parse(text), Some(WorkStatus::Employed), "{text}");
        }
        assert_eq!(WorkStatus::parse("magang"), Some(WorkStatus::Intern));
        assert_eq!(WorkStatus::parse("Belum bekerja"), Some(WorkStatus::Unemployed));
        assert_eq!(WorkStatus::parse("wirausaha"), Some(WorkStatus::SelfEmployed));
        let words = [
            ("sudah kerja di toko", WorkStatus::Employed),
            ("Karyawati Swasta", WorkStatus::Employed),
            ("BURUH PABRIK", WorkStatus::Employed),
            ("Pegawai Negeri Sipil (PNS)", WorkStatus::Employed),
            ("TKI Malaysia", WorkStatus::Employed),
            ("masih kontrak", WorkStatus::Employed),
            ("Sudah bekerja (toko)", WorkStatus::Employed),
            ("kena PHK", WorkStatus::Unemployed),
            ("BELUM/TIDAK BEKERJA", WorkStatus::Unemployed),
            ("habis kontrak", WorkStatus::Unemployed),
            ("mantan TKW", WorkStatus::Unemployed),
            ("mencari pekerjaan", WorkStatus::Unemployed),
            ("PELAJAR/MAHASISWA", WorkStatus::Studying),
            ("Magang ke Korea", WorkStatus::Intern),
            ("Pedagang", WorkStatus::SelfEmployed),
            ("MENGURUS RUMAH TANGGA", WorkStatus::Unemployed),
            ("kerja serabutan", WorkStatus::Unemployed),
            ("Buruh harian lepas", WorkStatus::Unemployed),
            ("Pensiunan", WorkStatus::Unclear),
        ];
        for (text, expected) in words {
            assert_eq!(WorkStatus::parse(text), Some(expected), "{text}");
        }
        for text in ["aktif", "?", "-", "85"] {
            assert_eq!(WorkStatus::parse(text), None, "{text}");
        }
    }

    #[test]
    fn transport_is_read() {
        assert_eq!(Transport::parse("Sepeda motor"), Some(Transport::Motorcycle));
        assert_eq!(Transport::parse("antar-jemput"), Some(Transport::Shuttle));
    }

    #[test]
    fn numbers_have_their_length() {
        assert!(Nib::parse("1234567890123").is_some());
        assert!(Nib::parse("123456789012").is_none());
        assert!(Nib::parse("12345678901a3").is_none());
        let card = FamilyCard::parse("9911 0412 0501 0001").expect("16 digits");
        assert_eq!(card.expose(), "9911041205010001");
        assert!(!format!("{card:?}").contains('9'));
    }
}
