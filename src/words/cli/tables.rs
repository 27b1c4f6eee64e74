//! Files given to a command: those that are imported, texts, and the tables of `assign` and `evaluate`.
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Display,
    path::Path,
};

use crate::{
    domain::flag::FlagKind,
    matching::{
        assign::{InstanceError, MAX_WEIGHT},
        edges::{EdgesError, Flaw},
        evaluate::{EvaluateError, Metrics},
    },
    words::{
        cli::faults,
        id::{files, flags, parser},
    },
};

/// A mistake in a table of edges or seats.
pub fn edges(error: &EdgesError) -> String {
    let what = match &error.flaw {
        Flaw::HeaderLacks(column) => format!("judul kolom \"{column}\" tidak ada"),
        Flaw::MissingColumn(column) => format!("kolom \"{column}\" tidak ada"),
        Flaw::Empty(column) => format!("kolom \"{column}\" kosong"),
        Flaw::NotAnInteger { column, value } => {
            format!("kolom \"{column}\", isi \"{}\": bukan bilangan bulat", shown(value))
        }
        Flaw::NegativeSeats(seats) => format!("kolom \"seats\", isi \"{seats}\": tidak boleh negatif"),
        Flaw::DuplicateVacancy(name) => format!("lowongan \"{}\" sudah punya baris kursi", shown(name)),
        Flaw::UnknownVacancy(name) => format!("lowongan \"{}\" tidak ada di berkas kursi", shown(name)),
        Flaw::DuplicateEdge { profile, vacancy } => {
            format!("pasangan \"{}\" dan \"{}\" sudah ada", shown(profile), shown(vacancy))
        }
        Flaw::NotText(text) => format!("bukan teks UTF-8: \"{}\"", shown(text)),
        Flaw::OpenQuote => "tanda kutip tidak ditutup pada baris itu".to_owned(),
        Flaw::Instance(InstanceError::WeightTooLarge { weight, .. }) => {
            format!("kolom \"score\", isi \"{weight}\": lebih besar dari {MAX_WEIGHT}")
        }
        Flaw::Instance(InstanceError::TotalTooLarge { places, weight }) => {
            format!("jumlah skor bisa melampaui batas: {places} kursi kali skor tertinggi {weight}")
        }
        Flaw::Instance(InstanceError::TooMany { what, count }) => format!("terlalu banyak {what}: {count}"),
        // The parser finds these itself, by name and line, before the numbers are put together.
        Flaw::Instance(
            InstanceError::NegativeSeats { .. }
            | InstanceError::UnknownVacancy { .. }
            | InstanceError::UnknownPerson { .. }
            | InstanceError::DuplicateEdge { .. },
        ) => "isi tidak dapat dipakai".to_owned(),
    };
    format!("baris {}: {what}", error.line)
}

/// At most 80 characters of a value, without what would disturb a terminal.
fn shown(value: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = value.chars().take(80).map(plain).collect();
    if value.chars().nth(80).is_some() {
        short.push('\u{2026}');
    }
    short
}

/// A judged set that cannot be used.
pub fn judged_set(error: &EvaluateError) -> String {
    match error {
        EvaluateError::Document { file, line, source } => {
            format!("{file}, baris {line}: {}", parser::wrong(&source.to_string()))
        }
        EvaluateError::Judgement { line, text } => {
            format!("qrels, baris {line}: bukan tiga kolom dengan nilai: \"{}\"", shown(text))
        }
    }
}

/// A file, and what is wrong with it.
pub fn of_file(path: &Path, what: impl Display) -> String {
    format!("{}: {what}", path.display())
}

/// A file that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> String {
    of_file(path, format_args!("tidak dapat dibaca: {}", faults::machine(error)))
}

/// A file that cannot be made.
pub fn not_made(path: &Path, error: &std::io::Error) -> String {
    of_file(path, format_args!("tidak dapat dibuat: {}", faults::machine(error)))
}

/// A line without end.
pub fn line_too_long(path: &Path, line: u64) -> String {
    of_file(path, format_args!("baris {line} lebih panjang dari 1 MiB"))
}

/// A text without a job.
pub const NO_JOB: &str = "tidak ada pekerjaan yang terbaca di teks ini";
/// A file that is no text.
pub const NOT_TEXT: &str = "bukan teks UTF-8";
/// A file whose name tells no known format.
pub const UNKNOWN_FORMAT: &str = "hanya berkas .csv, .tsv, .jsonl dan .json yang dikenal. Dari Excel: File > Save As (Simpan Sebagai) \
     > pilih jenis \"CSV UTF-8 (Comma delimited) (*.csv)\", lalu masukkan berkas csv itu";
/// A file that is not there.
pub const NO_FILE: &str = "berkas tidak ada";

/// What solving tables of edges and seats gave.
pub fn solved(optimum: impl Display, dual: impl Display, assigned: impl Display, seconds: f64) -> String {
    format!("optimum {optimum} = dual {dual}, {assigned} ditugaskan, {seconds:.3} detik")
}

/// What a bar shows while rows are stored.
pub const STORING: &str = "menyimpan";

/// Something noticed in a row.
pub fn noted(line: u64, is_error: bool, message: &str) -> String {
    let kind = if is_error { "ditolak" } else { "peringatan" };
    // Why a row cannot be read begins with its line already.
    let message = message.strip_prefix(&format!("baris {line}: ")).unwrap_or(message);
    format!("baris {line}: {kind}: {message}")
}

/// How many more things were noticed than are shown.
pub fn more_noted(count: usize) -> String {
    format!("... dan {count} catatan lain (lihat --json)")
}

/// What became of the rows.
pub fn imported(rows: u64, written: u64, known: u64, refused: u64) -> String {
    format!("{rows} baris dibaca, {written} disimpan, {known} sudah ada, {refused} ditolak")
}

/// How often one kind of problem occurred.
pub fn kind(is_error: bool, text: &str) -> String {
    format!("{}: {text}", if is_error { "ditolak" } else { "peringatan" })
}

/// Which rows are known and say the same.
pub fn known_lines(lines: &[u64]) -> Option<String> {
    (!lines.is_empty()).then(|| format!("sudah ada dan sama: baris {}", files::line_list(lines)))
}

/// How many rows are known and say something else.
pub fn changed(rows: u64) -> Option<String> {
    (rows > 0).then(|| format!("sudah ada dan berbeda: {rows} baris, perubahannya belum disimpan"))
}

/// How many rows their source itself closed.
pub fn left_out(rows: u64) -> Option<String> {
    (rows > 0).then(|| format!("tidak dimasukkan karena sudah ditutup di sumbernya: {rows} baris"))
}

/// How a heading and its field are given.
pub const MAP_SHAPE: &str = "tulis JUDUL=BIDANG, misalnya \"No. Ponsel=phone\"";

/// How many vacancies ended in which state.
pub fn states(counts: &HashMap<String, u64>) -> Option<String> {
    listed("keadaan", counts)
}

/// A row of a file that an officer must decide about, with the sentence that caused it.
pub fn flagged(line: u64, kind: FlagKind, sentence: &str) -> String {
    format!("baris {line}: perlu keputusan petugas: {}", flags::found(kind, sentence))
}

/// In how many vacancies officers must decide about what; one item for each.
pub fn flags(kinds: impl Iterator<Item = FlagKind>) -> Option<String> {
    let mut counts: BTreeMap<FlagKind, u64> = BTreeMap::new();
    kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
    let list: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{} {count}", flags::kind(*kind))).collect();
    (!list.is_empty()).then(|| format!("perlu keputusan petugas: {}", list.join(", ")))
}

/// How often which legal field is missing.
pub fn missing(counts: &HashMap<String, u64>) -> Option<String> {
    listed("belum diisi", counts)
}

fn listed(title: &str, counts: &HashMap<String, u64>) -> Option<String> {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort();
    let list: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    (!list.is_empty()).then(|| format!("{title}: {}", list.join(", ")))
}

/// A row was refused, so nothing was stored.
pub const NOTHING_STORED: &str = "Tidak ada yang disimpan. Perbaiki baris di atas, atau pakai --keep-going.";
/// Nothing was to be stored.
pub const ONLY_TRIED: &str = "Percobaan saja (--dry-run): tidak ada yang disimpan.";

/// The rows of an invented regency.
pub fn sample_written(employers: u64, vacancies: u64, people: u64, folder: &Path) -> String {
    format!("{employers} pemberi kerja, {vacancies} lowongan, {people} orang contoh di {}", folder.display())
}

/// How the rows of an invented regency come into a database and are matched.
pub fn sample_next(folder: &Path) -> String {
    let import = |what: &str, how: &str| {
        format!("\n  padankerja import {what} {}{how}", folder.join(format!("{what}.jsonl")).display())
    };
    let open = " --publish-as sample";
    format!(
        "Berikutnya (pemberi kerja diverifikasi dan lowongan tayang sebagai contoh):{}{}{}\n  padankerja match --publish",
        import("employers", open),
        import("vacancies", open),
        import("people", "")
    )
}

/// Employers of a file wait for an officer; nothing of theirs is published before.
pub fn unverified(count: u64) -> String {
    format!(
        "{count} pemberi kerja menunggu verifikasi petugas: lowongannya belum tayang. Contoh yang langsung tayang: \
         --publish-as sample"
    )
}

/// A result that cannot be written as JSON.
pub fn unwritable(error: impl Display) -> String {
    format!("hasil tidak dapat ditulis: {error}")
}

/// The means of a judged set.
pub fn judged(m: &Metrics) -> String {
    format!(
        "nDCG@10 {:.3}  MAP {:.3}  MRR {:.3}  R@10 {:.3}  ({} kueri)",
        m.ndcg10, m.map, m.mrr, m.recall10, m.queries
    )
}
