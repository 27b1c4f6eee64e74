//! Files that are taken in: what is wrong with a file, a row or a column, and what stands for what an advertisement does
//! not say.
use crate::{
    domain::{
        codes::FieldCode,
        intake::{
            fault::{JsonFlaw, RowFault},
            problem::FieldProblem,
        },
    },
    words::id::fields,
};

/// A short sentence that names the column, as the file calls it, and the value, and says what to do.
pub fn column(problem: &FieldProblem, called: &str) -> String {
    let mut text = refused(called, &problem.value, problem.code, problem.limit);
    if !problem.candidates.is_empty() {
        text.push_str(&format!(" Mungkin maksudnya: {}.", problem.candidates.join("; ")));
    }
    text
}

/// A column that was refused when its row was to be stored.
pub fn refused(column: &str, value: &str, code: FieldCode, limit: Option<usize>) -> String {
    let what = fields::limited(code, limit);
    if value.is_empty() {
        return format!("Kolom {column}: {what}.");
    }
    format!("Kolom {column}, isi \"{value}\": {what}.")
}

/// A row of a file.
pub fn row(line: u64) -> String {
    format!("baris {line}")
}

/// Why a file or a row of it cannot be read, and what to do about it.
pub fn unreadable(fault: &RowFault) -> String {
    match fault {
        RowFault::Io(detail) => format!("berkas tidak dapat dibaca: {detail}"),
        RowFault::NotText { line } => format!(
            "baris {line}: berkas ini bukan teks UTF-8 (mungkin berkas biner atau xlsx); di Excel pilih Simpan Sebagai, \
             lalu CSV UTF-8"
        ),
        RowFault::LineTooLong { line } => format!("baris {line}: lebih panjang dari 1 MiB"),
        RowFault::NotJson { line, flaw } => {
            format!("baris {line}: bukan JSON yang benar: {}", json_flaw(*flaw))
        }
        RowFault::OpenQuote { line } => {
            format!("baris {line}: tanda kutip (\") dibuka tetapi tidak ditutup; tutup atau hapus tanda itu")
        }
        RowFault::RowLength { line, cells, headings } => format!(
            "baris {line}: {cells} kolom di bawah {headings} judul; isi yang memuat tanda pemisah harus diapit tanda \
             kutip, dan sel kosong tetap perlu tanda pemisah"
        ),
        RowFault::NoHeading { headings, .. } if headings.trim().is_empty() => {
            "berkas ini kosong: tidak ada judul kolom dan tidak ada baris".to_owned()
        }
        RowFault::NoHeading { line, headings } => format!(
            "baris {line}: tidak ada judul kolom yang dikenal; yang ada: {headings}. Beri tahu artinya dengan --map, \
             misalnya --map \"No Induk=nik\""
        ),
        RowFault::HeadingNotThere { headings } => {
            format!("judul kolom yang disebut di --map tidak ada di berkas: {headings}")
        }
        RowFault::UnknownField { field, fields } => {
            format!("--map: bidang \"{field}\" tidak ada; yang ada: {}", fields.join(", "))
        }
    }
}

fn json_flaw(flaw: JsonFlaw) -> String {
    match flaw {
        JsonFlaw::Unfinished => {
            "objek atau daftarnya tidak selesai; tulis satu objek utuh {...} di tiap baris, atau satu daftar [...]"
                .to_owned()
        }
        JsonFlaw::NoObject => "bukan objek; tiap baris harus satu objek {...}".to_owned(),
        JsonFlaw::Sign(at) => format!(
            "ada tanda yang salah di huruf ke-{at}; periksa tanda kutip, koma dan kurung, satu objek {{...}} di tiap baris"
        ),
    }
}

/// Headings of a file that nobody reads.
pub fn unused(headings: &[String]) -> String {
    format!(
        "Kolom yang tidak dipakai: {}. Bila perlu, beri tahu artinya dengan --map \"judul=bidang\".",
        quoted(headings)
    )
}

/// A column without a heading, by where it stands.
pub fn untitled_column(at: usize) -> String {
    format!("(kolom ke-{at}, tanpa judul)")
}

/// A training that somebody wishes for.
pub fn wished(headings: &[String]) -> String {
    format!(
        "Kolom {} tidak dipakai: berkas ini menanyakan minat, jadi pelatihan itu yang diinginkan, bukan yang sudah \
         diikuti. Bila sudah diikuti, pakai --map \"judul=programme\".",
        quoted(headings)
    )
}

/// Lines above the headings.
pub fn above(lines: &[u64]) -> String {
    format!("Baris {} di atas judul kolom dilewati.", line_list(lines))
}

/// A row that lists several positions, with the columns that cannot be told to one of them.
pub fn parted(titles: &[&str], left: &[String]) -> String {
    let list: Vec<String> = titles.iter().map(|title| format!("\"{title}\"")).collect();
    let parted = format!(
        "Baris ini memuat {} posisi, masing-masing jadi satu lowongan: {}.",
        titles.len(),
        list.join(", ")
    );
    match left {
        [] => parted,
        _ => format!(
            "{parted} Isi kolom {} berlaku untuk seluruh baris dan tidak dibagi; lengkapi per lowongan.",
            left.join(", ")
        ),
    }
}

/// A file that had to be read as an older code page.
pub const READ_AS_WINDOWS: &str =
    "Berkas ini bukan UTF-8 dan dibaca sebagai Windows-1252 (ANSI); periksa huruf dan tanda di nama.";

/// Two rows with one NIK, or one vacancy or employer, in a file.
pub fn twice(column: &str, lines: &[u64]) -> String {
    format!("Kolom {column}: data yang sama tertulis di baris {}; sisakan satu.", line_list(lines))
}

/// A row that is known and says something else: each field with the stored and the new value.
pub fn changed(fields: &[(String, String, String)]) -> String {
    let one = |(column, stored, new): &(String, String, String)| match (stored.as_str(), new.as_str()) {
        ("", "") => format!("{column} berbeda"),
        _ => format!("{column}: tersimpan {}, di berkas {}", shown(stored), shown(new)),
    };
    let list: Vec<String> = fields.iter().map(one).collect();
    format!("Sudah ada dan berbeda, perubahannya BELUM disimpan: {}.", list.join("; "))
}

fn shown(value: &str) -> String {
    if value.is_empty() { "(kosong)".to_owned() } else { format!("\"{value}\"") }
}

/// How many rows have one kind of problem.
pub fn kind(count: u64, column: Option<&str>, code: FieldCode) -> String {
    let what = fields::clause(code);
    match column {
        Some(column) => format!("{count} baris: kolom {column}: {what}"),
        None => format!("{count} baris: {what}"),
    }
}

fn quoted(all: &[String]) -> String {
    all.iter().map(|one| format!("\"{}\"", one.trim())).collect::<Vec<_>>().join(", ")
}

/// Lines as people write them: neighbours as a span.
pub fn line_list(lines: &[u64]) -> String {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => spans.push((*line, *line)),
        }
    }
    let span = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}-{to}") };
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// Why an advertisement became an open vacancy at the terminal.
pub const PUBLISHED_AS_SAMPLE: &str = "contoh: diterbitkan dari baris perintah";
/// Working hours of an advertisement that does not name them and becomes a sample.
pub const SAMPLE_HOURS: &str = "(contoh) 40 jam seminggu";
/// The same for its conditions.
pub const SAMPLE_CONDITIONS: &str = "(contoh) tidak disebut";

/// An advertisement without a title.
pub const UNTITLED: &str = "(tanpa judul)";

/// With what the name of an employer begins that an advertisement does not name.
pub const UNNAMED: &str = "(tidak disebut)";

/// An employer that an advertisement does not name, by where the advertisement comes from.
pub fn unnamed_employer(source: Option<&str>) -> String {
    format!("{UNNAMED} {}", source.unwrap_or("impor"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::problem::Severity;

    #[test]
    fn a_sentence_names_column_and_value() {
        let problem = FieldProblem::new("seats", "0", FieldCode::ZeroSeats, Severity::Error);
        assert_eq!(column(&problem, "Jumlah"), "Kolom Jumlah, isi \"0\": jumlah lowongan tidak boleh 0.");
        let empty = FieldProblem::new("name", "", FieldCode::Required, Severity::Error);
        assert_eq!(column(&empty, "name"), "Kolom name: wajib diisi.");
        let mut long = FieldProblem::new("name", "x", FieldCode::TooLong, Severity::Error);
        long.limit = Some(200);
        assert!(column(&long, "Nama").ends_with("isi terlalu panjang, paling banyak 200 huruf."));
    }

    #[test]
    fn candidates_are_named() {
        let mut problem =
            FieldProblem::new("village", "Gentan", FieldCode::AmbiguousVillage, Severity::Error);
        problem.candidates = vec!["Desa Gentan, Kecamatan Baki".to_owned()];
        assert!(column(&problem, "village").ends_with("Mungkin maksudnya: Desa Gentan, Kecamatan Baki."));
    }

    #[test]
    fn neighbouring_lines_are_a_span() {
        assert_eq!(line_list(&[2, 3, 4, 7, 9, 10]), "2-4, 7, 9-10");
        assert_eq!(line_list(&[]), "");
    }

    #[test]
    fn a_change_names_both_values_and_that_nothing_was_written() {
        let fields = [("Jumlah", "2", "5"), ("Tutup", "", "2026-12-31"), ("No HP", "", "")];
        let fields = fields.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        let text = changed(&fields);
        assert!(
            text.contains(
                "BELUM disimpan: Jumlah: tersimpan \"2\", di berkas \"5\"; Tutup: tersimpan (kosong)"
            ),
            "{text}"
        );
        assert!(text.ends_with("No HP berbeda."), "{text}");
    }
}
