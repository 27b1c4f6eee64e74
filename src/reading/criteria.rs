//! What an ad may not ask, or only with a written reason, found in its words.
//!
//! Belongs here: finding the sentence. Does not belong here: the kinds and what follows from each (`domain::flag`), what
//! the fields of a vacancy show without reading (`domain::intake::flags`), the phrases (`index/criteria.csv`).
//!
//! It wants to miss nothing a person would call a criterion and to leave goods, tasks and subjects alone ("busana muslim",
//! "pakaian wanita", "deposit tamu"); a wrong flag costs an officer a look.

mod age;
mod duties;
pub mod line;
mod person;

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::{
    domain::{
        flag::{Flag, FlagKind},
        intake::vacancy::VacancyDraft,
    },
    reading::{criteria::line::Line, lines},
};

/// Grows with every change of the finders that the phrases do not show.
const RULES: u32 = 1;
/// Most sentences kept of one kind in one field.
const MOST: usize = 5;
/// Letters of a sentence that are kept.
const LENGTH: usize = 200;

/// Which finder this is: vacancies that another one judged are judged again.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let text = include_bytes!("../../index/criteria.csv");
        let fold = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(16_777_619);
        format!("{RULES}-{:08x}", text.iter().fold(2_166_136_261, fold))
    });
    &VERSION
}

/// Everything staff must decide about in a vacancy: what its fields show, and what its words ask. Ordered by kind, the
/// same sentence of a kind once.
pub fn flags(draft: &VacancyDraft, today: NaiveDate) -> Vec<Flag> {
    let mut found = draft.flags(today);
    let skills = draft.skills.as_ref().map(|all| all.join("\n"));
    let texts = [
        ("title", draft.title.as_deref()),
        ("conditions", draft.conditions.as_deref()),
        ("working_hours", draft.working_hours.as_deref()),
        ("skills", skills.as_deref()),
        ("description", Some(draft.description.as_str())),
    ];
    for (column, text) in texts {
        for (kind, sentence) in find(text.unwrap_or_default()) {
            if !found.iter().any(|flag| flag.kind == kind && flag.sentence == sentence) {
                found.push(Flag { kind, column, sentence });
            }
        }
    }
    found.sort_by_key(|flag| flag.kind);
    found
}

/// The sentences of a text that ask for something, each with its kind.
pub fn find(text: &str) -> Vec<(FlagKind, String)> {
    let mut found: Vec<(FlagKind, String)> = Vec::new();
    let mut unfinished: Option<&str> = None;
    for line in text.lines().flat_map(lines::cut) {
        let read = Line::read(line);
        // "Usia maksimal" at the end of a line, "33 tahun" on the next.
        match unfinished.filter(|_| read.number(0).is_some()) {
            Some(before) => {
                let whole = format!("{before} {line}");
                collect(&whole, &Line::read(&whole), &mut found);
            }
            None => collect(line, &read, &mut found),
        }
        unfinished = read.wants_a_number().then_some(line);
    }
    found
}

fn collect(line: &str, read: &Line, found: &mut Vec<(FlagKind, String)>) {
    for &kind in FlagKind::ALL {
        let Some(place) = place(read, kind) else { continue };
        let sentence = excerpt(line, read.get(place).map_or(0..0, |item| item.from..item.to));
        let known = found.iter().filter(|one| one.0 == kind);
        if known.clone().count() < MOST && known.clone().all(|one| one.1 != sentence) {
            found.push((kind, sentence));
        }
    }
}

/// Where a line asks for this.
fn place(line: &Line, kind: FlagKind) -> Option<usize> {
    match kind {
        FlagKind::Age => age::find(line).or_else(|| person::phrase(line, kind)),
        FlagKind::Sex => person::sex(line),
        FlagKind::MaritalStatus => person::marital_status(line),
        FlagKind::Pregnancy => person::pregnancy(line),
        FlagKind::Looks => person::looks(line),
        FlagKind::Religion => person::religion(line),
        FlagKind::Ethnicity => person::ethnicity(line),
        FlagKind::PhysicalCondition => person::phrase(line, kind),
        FlagKind::Fee => duties::fee(line),
        FlagKind::WithheldDiploma => duties::withheld_diploma(line),
        // What is paid is read by `domain::money`.
        FlagKind::WageBelowMinimum => None,
    }
}

/// The line as written, or what stands around the place where it is long.
fn excerpt(line: &str, place: std::ops::Range<usize>) -> String {
    if line.chars().count() <= LENGTH {
        return line.to_owned();
    }
    let side = (LENGTH - 20) / 2;
    let before = line.get(..place.start).unwrap_or_default();
    let after = line.get(place.start..).unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(side);
    let head: String = before.chars().skip(skipped).collect();
    let tail: String = after.chars().take(side).collect();
    // Words stay whole.
    let head = if skipped > 0 { head.split_once(' ').map_or("", |cut| cut.1) } else { head.as_str() };
    let is_cut = tail.len() < after.len();
    let tail = if is_cut { tail.rsplit_once(' ').map_or(tail.as_str(), |cut| cut.0) } else { tail.as_str() };
    let (open, close) = (if skipped > 0 { "…" } else { "" }, if is_cut { "…" } else { "" });
    format!("{open}{head}{tail}{close}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<FlagKind> {
        find(text).into_iter().map(|one| one.0).collect()
    }

    /// Cases of the field (collected ads and reports), each written anew.
    #[test]
    fn limits_of_age_in_every_form() {
        for text in [
            "Usia maksimal 32 tahun",
            "• Pria / wanita usia max 33th",
            "Between the age of 18-34.",
            "umur 21 - 40 th",
            "Usia 18 s/d 29 tahun",
            "Usia minimal 18 tahun, maksimal 36 tahun",
            "Usia min. 22 tahun",
            "usia mak 3O thn",
            "Maks. 31 tahun",
            "Maksimal 26 tahun",
            "Pria/wanita max 34",
            "max 28 y.o",
            "di bawah 33 tahun",
            "35 tahun ke bawah",
            "minimal 21 tahun",
            "21 tahun ke atas",
            "kelahiran 1997 ke atas",
            "lahir tahun 2001-2007",
            "under 30",
            "- Pria/Wanita- Berpengalaman- SMA/SMK- 19 - 31 Tahun- Terima tanpa foto",
            "Usia 20â\u{80}\u{93}33 tahun",
            "usia maksimal tiga puluh tahun",
            "Usia produktif",
            "Usia maksimal\n34 tahun",
            "Kriteria:27-33 TahunD3 semua jurusan",
            "Maximum 29 years old.Have 2 years of experience",
            "dari universitas ternama.Maksimal 29 tahun.Pengalaman 2 tahun",
        ] {
            assert_eq!(kinds(text), [FlagKind::Age], "{text}");
        }
    }

    #[test]
    fn what_people_are_asked_to_be() {
        use FlagKind::{Age, Ethnicity, Looks, MaritalStatus, PhysicalCondition, Pregnancy, Religion, Sex};
        let cases: [(&str, &[FlagKind]); 44] = [
            ("Laki-Laki Usia Minimum 18 Tahun", &[Sex]),
            ("Laki2", &[Sex]),
            ("(L) 21-34 th", &[Age, Sex]),
            ("P, 18-28 tahun", &[Age, Sex]),
            ("Jenis kelamin: P", &[Sex]),
            ("Pria max. 34 th", &[Age, Sex]),
            ("Wanita, single, max 26", &[Age, Sex, MaritalStatus]),
            ("Diutamakan karyawati", &[Sex]),
            ("Ibu-ibu sekitar pabrik", &[Sex]),
            ("khusus akhwat", &[Sex]),
            ("Admin wanita, driver pria", &[Sex]),
            ("Wanita 4 orang, pria 6 orang", &[Sex]),
            ("3 pria / 2 wanita", &[Sex]),
            ("Belum menikah", &[MaritalStatus]),
            ("blm berkeluarga", &[MaritalStatus]),
            ("Status: lajang", &[MaritalStatus]),
            ("Siap tidak menikah selama kontrak", &[MaritalStatus]),
            ("Belum punya anak", &[MaritalStatus]),
            ("janda/gadis", &[Sex, MaritalStatus]),
            ("tidak sedang hamil", &[Pregnancy]),
            ("Bersedia tidak hamil selama 1 tahun", &[Pregnancy]),
            ("tdk hamil / menyusui", &[Pregnancy]),
            ("Berpenampilan rapi, bersih dan menarik", &[Looks]),
            ("good looking", &[Looks]),
            ("Menarik", &[Looks]),
            ("Tinggi 158", &[Looks]),
            ("TB min 163", &[Looks]),
            ("tb160", &[Looks]),
            ("TB/BB proporsional", &[Looks]),
            ("tinggi badan minimal 154 cm", &[Looks]),
            ("BB maks 60 kg", &[Looks]),
            ("postur tubuh tegap", &[Looks]),
            ("Tidak bertato dan bertindik", &[Looks]),
            ("Islam", &[Religion]),
            ("Pria, Islam, jujur", &[Sex, Religion]),
            ("Agama: Kristen", &[Religion]),
            ("muslimah berjilbab", &[Religion]),
            ("rajin sholat 5 waktu", &[Religion]),
            ("Wajib berhijab", &[Religion]),
            ("diutamakan suku Jawa", &[Ethnicity]),
            ("Keturunan diutamakan", &[Ethnicity]),
            ("tidak cacat fisik", &[PhysicalCondition]),
            ("Tidak berkacamata", &[PhysicalCondition]),
            ("𝗨𝘀𝗶𝗮 𝗺𝗮𝗸𝘀𝗶𝗺𝗮𝗹 𝟯𝟭 𝘁𝗮𝗵𝘂𝗻", &[Age]),
        ];
        for (text, expected) in cases {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn money_and_papers_taken_from_applicants() {
        use FlagKind::{Fee, WithheldDiploma};
        for text in [
            "Biaya administrasi Rp 175.000",
            "deposit 450rb dikembalikan setelah kontrak",
            "Uang jaminan: 600 ribu",
            "peserta wajib membayar biaya pelatihan",
            "membayar seragam 225rb",
            "Biaya pendaftaran 50k",
        ] {
            assert_eq!(kinds(text), [Fee], "{text}");
        }
        for text in [
            "ijazah ditahan selama masa kontrak",
            "Bersedia menitipkan ijasah terakhir ke perusahaan",
            "Menyerahkan ijazah asli sebagai jaminan",
            "jaminan ijazah asli",
            "KTP asli disimpan perusahaan",
            "Jaminan BPKB motor",
        ] {
            assert_eq!(kinds(text), [WithheldDiploma], "{text}");
        }
    }

    #[test]
    fn harmless_ages_and_sexes_are_left_alone() {
        for text in [
            "Usia minimal 18 tahun",
            "Usia minimal 17 tahun",
            "Usia minimal 18 tahun, 42 jam/minggu",
            "Umur min 18 th, pengalaman 21 th",
            "Pengalaman maksimal 20 tahun",
            "perusahaan berdiri lebih dari 25 tahun",
            "usia produk 3 bulan",
            "mengajar anak usia 16 tahun",
            "Tidak ada batasan usia",
            "Jenjang usia bebas",
            "tempat, tanggal lahir",
            "20-30 menit sekali",
            "maksimal 30 hari",
            "lulusan maksimal 20 tahun terakhir",
            "Pria/wanita",
            "Laki-laki / perempuan",
            "laki2/perempuan",
            "pria atau wanita, sehat",
            "Pria usia min 18 th, wanita min 18 th",
            "karyawan/karyawati",
            "Terbuka untuk mahasiswa, ibu rumah tangga, pekerja lepas",
            "menjual pakaian wanita dan busana muslim",
            "melayani pelanggan wanita",
            "fashion muslim wanita",
            "putra daerah",
            "ukuran S, M, L",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn harmless_words_are_left_alone() {
        for text in [
            "Menikah/belum menikah",
            "kamar single, twin, deluxe",
            "mesin single needle",
            "cuti hamil dan melahirkan",
            "senam ibu hamil",
            "pemeriksaan kehamilan",
            "Berpenampilan rapi",
            "membuat konten yang kreatif, menarik, dan rapi",
            "menjaga penampilan produk yang menarik",
            "tinggi rendahnya suhu",
            "rak tinggi 2 meter",
            "integritas tinggi",
            "mengukur berat badan bayi",
            "bertato boleh",
            "guru Pendidikan Agama Islam",
            "Rumah Sakit Islam",
            "nilai-nilai Islam",
            "tunjangan hari raya agama",
            "menyiapkan suku cadang",
            "tanpa memandang suku, agama dan ras",
            "berjilbab tidak wajib",
            "hasil las bebas cacat",
            "memahami tata kelola",
            "Tidak dipungut biaya apa pun",
            "Rekrutmen gratis, tanpa biaya administrasi",
            "biaya pelatihan ditanggung perusahaan",
            "Hati-hati penipuan: kami tidak meminta biaya pendaftaran",
            "Mengelola deposit tamu hotel",
            "Menyetor uang COD",
            "Deposit kas harian ke bank",
            "Menghitung biaya administrasi bulanan Rp 150.000",
            "mendapat seragam",
            "tidak menahan ijazah",
            "ijazah tidak ditahan",
            "Fotokopi ijazah terakhir",
            "bawa ijazah asli saat wawancara",
            "ijazah bisa menyusul",
            "Melakukan survei calon konsumen dana tunai dengan jaminan BPKB motor",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn the_sentence_is_kept_as_people_wrote_it() {
        let text = "Syarat:\n- Usia Maks. 31 Th\n- Jujur\n- Wanita, usia maks. 31 th";
        let expected = [
            (FlagKind::Age, "Usia Maks. 31 Th".to_owned()),
            (FlagKind::Age, "Wanita, usia maks. 31 th".to_owned()),
            (FlagKind::Sex, "Wanita, usia maks. 31 th".to_owned()),
        ];
        assert_eq!(find(text), expected);
        let long = format!("{} Pria maks 31 th {}", "kerja rapi ".repeat(30), "dan rajin ".repeat(30));
        let (_, sentence) = &find(&long)[0];
        assert!(sentence.chars().count() <= LENGTH + 2 && sentence.contains("maks 31 th"), "{sentence}");
        assert!(sentence.starts_with('…') && sentence.ends_with('…'), "{sentence}");
    }

    #[test]
    fn every_field_of_words_is_read_and_the_same_is_told_once() {
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        let draft = VacancyDraft {
            title: Some("Kasir wanita".to_owned()),
            conditions: Some("ijazah ditahan".to_owned()),
            working_hours: Some("shift, pria max 31".to_owned()),
            skills: Some(vec!["good looking".to_owned()]),
            description: "Kasir wanita".to_owned(),
            age_max: Some(36),
            ..VacancyDraft::default()
        };
        let found: Vec<(FlagKind, &str)> =
            flags(&draft, today).iter().map(|flag| (flag.kind, flag.column)).collect();
        let expected = [
            (FlagKind::Age, "age_max"),
            (FlagKind::Age, "working_hours"),
            (FlagKind::Sex, "title"),
            (FlagKind::Sex, "working_hours"),
            (FlagKind::Looks, "skills"),
            (FlagKind::WithheldDiploma, "conditions"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn every_phrase_is_found_in_its_own_words() {
        let rows = &crate::reading::tables::TABLES.criteria;
        assert!(rows.windows(2).all(|two| two[0].phrase <= two[1].phrase), "sorted by phrase");
        for (at, row) in rows.iter().enumerate() {
            let is_new =
                rows[..at].iter().all(|known| (&known.phrase, known.kind) != (&row.phrase, row.kind));
            assert!(is_new, "{} stands twice", row.phrase);
            let read = Line::read(&row.phrase);
            assert!((0..read.len()).any(|at| read.is(at, row.kind)), "{} {:?}", row.phrase, row.kind);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,120}|[a-zA-Z0-9 .,:/()\\-•\n]{0,200}|(usia|pria|maks|tb|ijazah|[0-9]{1,3}|th|,| |-|biaya){0,30}") {
            for (_, sentence) in find(&text) {
                proptest::prop_assert!(!sentence.is_empty() && sentence.chars().count() <= LENGTH + 2);
            }
        }
    }
}
