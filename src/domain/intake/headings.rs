//! What the headings of a file mean: which column each stands for, by its words, by what somebody chose (`--map`), and by
//! the company it is in. Belongs here: reducing a heading to its words, the plan of a file, which headings nobody reads.
//! Does not belong here: the other names of a column, which stand beside it in its row type.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use crate::domain::intake::{Row, cell::Cell};

/// Words that do not change what a heading means: "Keahlian yang Dimiliki" is "Keahlian".
const SMALL: &[&str] = &[
    "ada", "anda", "calon", "diisi", "dimiliki", "domisili", "jika", "ktp", "lengkap", "pelamar", "pencaker",
    "peserta", "saat", "saya", "sekarang", "sesuai", "terakhir", "wajib", "yang",
];

/// Words in brackets with which a heading means something else: the schooling of somebody who is still at school, the
/// name of a father.
const OTHERS: &[&str] = &[
    "ayah",
    "darurat",
    "dituju",
    "diinginkan",
    "diminati",
    "ditempuh",
    "ibu",
    "istri",
    "minat",
    "orang",
    "ortu",
    "pasangan",
    "sedang",
    "suami",
    "wali",
];

/// Headings of a form that asks what somebody wishes: the training it names was not taken part in.
const WISHES: &[&str] = &[
    "minat",
    "minat_pelatihan",
    "peminatan",
    "pelatihan_diinginkan",
    "pelatihan_diminati",
    "pilihan_pelatihan",
    "rencana_pelatihan",
    "tujuan_minat",
    "tujuan_pelatihan",
];

/// Headings that say of a training that it was taken part in.
const TAKEN_PART: &[&str] = &["training_end", "training_result", "class"];

/// A heading reduced to what matters: lower case, words joined by `_`, without what stands in brackets (`No. HP/WA` is
/// `no_hp_wa`, `jenisKelamin` is `jenis_kelamin`, `Nomor KK (16 angka)` is `no_kk`).
pub fn heading_key(heading: &str) -> String {
    let (outside, _) = parted(heading);
    let key = joined(&outside, true);
    if key.is_empty() { joined(heading, true) } else { key }
}

/// The readings of a heading, the nearest first.
pub(super) fn readings(heading: &str) -> Vec<String> {
    let (outside, inside) = parted(heading);
    let whole = joined(heading, true);
    if words(&inside, true).iter().any(|word| OTHERS.contains(&word.as_str())) {
        return vec![whole];
    }
    let key = heading_key(heading);
    let large = |key: &str| key.split('_').filter(|word| !SMALL.contains(word)).collect::<Vec<_>>().join("_");
    let (short, glued) = (large(&key), joined(&outside, false));
    vec![whole, key, glued, short]
}

/// What stands outside and inside the brackets.
fn parted(heading: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in heading.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
        if matches!(c, '(' | '[' | '{' | ')' | ']' | '}') {
            outside.push(' ');
            inside.push(' ');
        }
    }
    (outside, inside)
}

fn joined(text: &str, camel: bool) -> String {
    words(text, camel).join("_")
}

/// The words of a heading; "Nomor" and "No." are one.
fn words(text: &str, camel: bool) -> Vec<String> {
    let spaced = if camel { spaced(text) } else { text.to_owned() };
    let lower = spaced.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| if matches!(word, "nomor" | "nomer" | "nmr") { "no" } else { word }.to_owned()).collect()
}

/// A space where a word begins inside a word: `noHp`, `NIKPeserta`.
fn spaced(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 4);
    let mut capitals = 0_u32;
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let begins = c.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase())
                || (capitals >= 2 && chars.get(at + 1).is_some_and(|next| next.is_lowercase())));
        if begins {
            out.push(' ');
        }
        capitals = if c.is_uppercase() { capitals + 1 } else { 0 };
        out.push(*c);
    }
    out
}

/// A choice that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// The field that does not exist.
    pub field: String,
    /// The fields there are.
    pub fields: &'static [&'static str],
}

/// What the headings of one file mean, and which of them nobody reads.
#[derive(Debug)]
pub struct Headings<R> {
    /// Headings somebody decided about; `None` leaves a column unread.
    chosen: Vec<(String, Option<&'static str>)>,
    planned: Vec<String>,
    meanings: Vec<Option<&'static str>>,
    own: BTreeMap<&'static str, String>,
    seen: Vec<String>,
    unused: Vec<String>,
    wishes: Vec<String>,
    row: PhantomData<fn() -> R>,
}

/// What stands for "do not read this column" in a choice.
pub const UNREAD: &str = "-";

impl<R: Row> Headings<R> {
    /// With what somebody chose: pairs of a heading and a field, or [`UNREAD`].
    ///
    /// # Errors
    /// A field that the rows do not have.
    pub fn new(chosen: &[(String, String)]) -> Result<Self, UnknownField> {
        let mut read = Vec::new();
        for (heading, field) in chosen {
            let column = match R::COLUMNS.iter().find(|column| *column == field) {
                Some(column) => Some(*column),
                None if field == UNREAD => None,
                None => return Err(UnknownField { field: field.clone(), fields: R::COLUMNS }),
            };
            read.push((heading.trim().to_owned(), column));
        }
        Ok(Self {
            chosen: read,
            planned: Vec::new(),
            meanings: Vec::new(),
            own: BTreeMap::new(),
            seen: Vec::new(),
            unused: Vec::new(),
            wishes: Vec::new(),
            row: PhantomData,
        })
    }

    /// How many of these headings mean something: with that the heading row of a sheet is found.
    pub fn known<'a>(&self, headings: impl IntoIterator<Item = &'a str>) -> usize {
        headings.into_iter().filter(|heading| self.means(heading).is_some()).count()
    }

    fn means(&self, heading: &str) -> Option<&'static str> {
        let same = |(chosen, _): &&(String, Option<&'static str>)| {
            chosen == heading.trim() || heading_key(chosen) == heading_key(heading)
        };
        let exact = |(chosen, _): &&(String, Option<&'static str>)| chosen == heading.trim();
        match self.chosen.iter().find(exact).or_else(|| self.chosen.iter().find(same)) {
            Some((_, column)) => *column,
            None => R::column(heading),
        }
    }

    /// Settles what each heading means and notes the ones that mean nothing.
    fn plan(&mut self, headings: &[String]) {
        if self.planned == headings {
            return;
        }
        let mut meanings: Vec<Option<&'static str>> = headings.iter().map(|one| self.means(one)).collect();
        let wished =
            headings.iter().any(|one| readings(one).iter().any(|key| WISHES.contains(&key.as_str())));
        let taken = meanings.iter().flatten().any(|column| TAKEN_PART.contains(column));
        for (heading, meaning) in headings.iter().zip(&mut meanings) {
            let was_chosen = self.chosen.iter().any(|(chosen, _)| chosen == heading.trim());
            if *meaning == Some("programme") && wished && !taken && !was_chosen {
                *meaning = None;
                if !self.wishes.contains(heading) {
                    self.wishes.push(heading.clone());
                }
            }
            if !self.seen.contains(heading) {
                self.seen.push(heading.clone());
            }
            match meaning {
                Some(column) => {
                    self.own.entry(column).or_insert_with(|| heading.trim().to_owned());
                }
                None if !heading.trim().is_empty() && !self.unused.contains(heading) => {
                    self.unused.push(heading.clone());
                }
                None => {}
            }
        }
        self.planned = headings.to_vec();
        self.meanings = meanings;
    }

    /// A row of these headings and cells. The first filled of two columns with the same meaning stays, and is the one
    /// that messages name.
    pub fn fill(&mut self, headings: &[String], cells: impl IntoIterator<Item = Cell>) -> R {
        self.plan(headings);
        let mut row = R::default();
        for ((heading, meaning), cell) in headings.iter().zip(&self.meanings).zip(cells) {
            let Some(slot) = meaning.and_then(|column| row.cell_mut(column)) else { continue };
            if *slot == Cell::Empty && cell != Cell::Empty {
                *slot = cell;
                if let Some(own) = meaning.and_then(|column| self.own.get_mut(column)) {
                    heading.trim().clone_into(own);
                }
            }
        }
        row
    }

    /// How the file itself calls a column; the column where it has none.
    pub fn own<'a>(&'a self, column: &'a str) -> &'a str {
        self.own.get(column).map_or(column, String::as_str)
    }

    /// How the file calls each of its columns that are read.
    pub fn names(&self) -> &BTreeMap<&'static str, String> {
        &self.own
    }

    /// Headings that nobody reads, each once.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// Headings of a training that somebody wishes for, which is not one that they finished.
    pub fn wishes(&self) -> &[String] {
        &self.wishes
    }

    /// Headings somebody decided about that the file does not have.
    pub fn not_there(&self) -> Vec<&str> {
        let there = |chosen: &str| {
            self.seen.iter().any(|one| one.trim() == chosen || heading_key(one) == heading_key(chosen))
        };
        self.chosen.iter().map(|(chosen, _)| chosen.as_str()).filter(|chosen| !there(chosen)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::{person::PersonRow, vacancy::VacancyRow};

    #[test]
    fn headings_of_office_sheets_are_understood() {
        let cases = [
            ("NIK", Some("nik")),
            ("Nomor NIK", Some("nik")),
            ("No. KTP", Some("nik")),
            ("Nama Lengkap (sesuai KTP)", Some("name")),
            ("L/P", Some("sex")),
            ("Jenis Kelamin [L/P]", Some("sex")),
            ("(L/P)", Some("sex")),
            ("jenisKelamin", Some("sex")),
            ("No. HP / WA", Some("phone")),
            ("Nomor WhatsApp", Some("phone")),
            ("noHp", Some("phone")),
            ("noWA", Some("phone")),
            ("nohp", Some("phone")),
            ("Telp/HP", Some("phone")),
            ("Nomer Handphone (aktif)", Some("phone")),
            ("Tgl. Lahir", Some("birth_date")),
            ("TANGGAL LAHIR (hh/bb/tttt)", Some("birth_date")),
            ("Desa/Kel", Some("village")),
            ("desaKelurahan", Some("village")),
            ("Kelurahan / Desa Domisili", Some("village")),
            ("Kecamatan Domisili", Some("kecamatan")),
            ("Pend. Terakhir", Some("education")),
            ("Pendidikan (dlm KK)", Some("education")),
            ("PENDIDIKAN (SDG DITEMPUH)", None),
            ("Nama (Ayah)", None),
            ("Keahlian yang Dimiliki", Some("skills")),
            ("Pengalaman Kerja (jika ada)", Some("experience")),
            ("statusKerja", Some("status")),
            ("Kejuruan", Some("programme")),
            ("keputusan_asesmen", Some("training_result")),
            ("noAk1", Some("ak1_number")),
            ("No KK", Some("family_card")),
            ("NOMOR KK", Some("family_card")),
            ("Desil P3KE", Some("desil")),
            ("Cacat", Some("disability")),
            ("No", None),
            ("", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(PersonRow::column(heading), expected, "{heading}");
        }
        assert_eq!(VacancyRow::column("Nomor Lowongan"), Some("list_number"));
        assert_eq!(VacancyRow::column("No"), None, "the number of a row is nobody's own");
        assert_eq!(heading_key("NIKPeserta"), "nik_peserta");
    }

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|text| (*text).to_owned()).collect()
    }

    fn chosen(heading: &str, field: &str) -> Vec<(String, String)> {
        vec![(heading.to_owned(), field.to_owned())]
    }

    #[test]
    fn what_nobody_reads_is_known_and_messages_name_the_file() {
        let mut headings = Headings::<PersonRow>::new(&[]).expect("no choice");
        let sheet = texts(&["No", "N I K", "HP", "No. HP", "Hobi", "Hobi"]);
        let cells = |hp: &str| ["1", "x", hp, "0812", "catur", ""].map(Cell::text);
        let row = headings.fill(&sheet, cells("-"));
        assert_eq!((row.phone.as_str(), headings.own("phone")), (Some("0812"), "No. HP"));
        headings.fill(&sheet, cells("0813"));
        assert_eq!(headings.own("phone"), "HP");
        assert_eq!(headings.unused(), ["No", "N I K", "Hobi"]);
        assert_eq!(headings.own("nik"), "nik");
    }

    #[test]
    fn somebody_decides_about_a_heading() {
        let mut headings = Headings::<PersonRow>::new(&chosen("N I K", "nik")).expect("a field");
        assert_eq!(headings.fill(&texts(&["n i k"]), [Cell::text("1")]).nik.as_str(), Some("1"));
        let mut unread = Headings::<PersonRow>::new(&chosen("Alamat", "-")).expect("unread");
        assert_eq!(unread.fill(&texts(&["Alamat"]), [Cell::text("x")]).address, Cell::Empty);
        assert_eq!(unread.not_there(), [""; 0]);
        let mut other = Headings::<PersonRow>::new(&chosen("Rumah", "address")).expect("a field");
        other.fill(&texts(&["NIK"]), [Cell::text("1")]);
        assert_eq!(other.not_there(), ["Rumah"]);
        assert!(Headings::<PersonRow>::new(&chosen("Rumah", "rumah")).is_err());
    }

    #[test]
    fn a_wished_training_is_not_a_finished_one() {
        let cells = ["Las", "kerja", "K"].map(Cell::text);
        let mut form = Headings::<PersonRow>::new(&[]).expect("no choice");
        let wished = form.fill(&texts(&["pelatihan", "tujuanPelatihan", "x"]), cells.clone());
        assert_eq!((wished.programme, form.wishes()), (Cell::Empty, &texts(&["pelatihan"])[..]));
        let mut class = Headings::<PersonRow>::new(&[]).expect("no choice");
        let taken = class.fill(&texts(&["pelatihan", "tujuanPelatihan", "Hasil Uji"]), cells.clone());
        assert_eq!(taken.programme.as_str(), Some("Las"));
        let mut told = Headings::<PersonRow>::new(&chosen("pelatihan", "programme")).expect("a field");
        let told = told.fill(&texts(&["pelatihan", "tujuanPelatihan", "x"]), cells);
        assert_eq!(told.programme.as_str(), Some("Las"));
    }
}
