//! Files that are taken in: what is wrong with a file, a row or a column, and what stands for what an advertisement does
//! not say.
use crate::{
    domain::{
        codes::FieldCode,
        intake::{fault::RowFault, problem::FieldProblem},
    },
    words::id::fields,
};

/// A short sentence that names the column and the value and says what to do.
pub fn column(problem: &FieldProblem) -> String {
    let mut text = refused(problem.column, &problem.value, problem.code);
    if !problem.candidates.is_empty() {
        text.push_str(&format!(" Mungkin maksudnya: {}.", problem.candidates.join("; ")));
    }
    text
}

/// A column that was refused when its row was to be stored.
pub fn refused(column: &str, value: &str, code: FieldCode) -> String {
    let what = fields::clause(code);
    if value.is_empty() {
        return format!("Kolom {column}: {what}.");
    }
    format!("Kolom {column}, isi \"{value}\": {what}.")
}

/// Why a file or a row of it cannot be read.
pub fn unreadable(fault: &RowFault) -> String {
    match fault {
        RowFault::Io(detail) => format!("berkas tidak dapat dibaca: {detail}"),
        RowFault::NotText { line } => {
            format!("baris {line}: berkas ini bukan teks UTF-8 (mungkin berkas biner atau xlsx)")
        }
        RowFault::LineTooLong { line } => format!("baris {line}: lebih panjang dari 1 MiB"),
        RowFault::NotJson { line, detail } => format!("baris {line}: bukan JSON yang benar: {detail}"),
        RowFault::NotCsv { line, detail } => format!("baris {line}: bukan CSV yang benar: {detail}"),
        RowFault::NoHeading { headings } => {
            format!("baris 1: tidak ada judul kolom yang dikenal; kolom yang ada: {headings}")
        }
    }
}

/// Why an advertisement became an open vacancy at the terminal.
pub const PUBLISHED_AS_SAMPLE: &str = "contoh: diterbitkan dari baris perintah";
/// Working hours of an advertisement that does not name them and becomes a sample.
pub const SAMPLE_HOURS: &str = "(contoh) 40 jam seminggu";
/// The same for its conditions.
pub const SAMPLE_CONDITIONS: &str = "(contoh) tidak disebut";

/// An advertisement without a title.
pub const UNTITLED: &str = "(tanpa judul)";

/// An employer that an advertisement does not name, by where the advertisement comes from.
pub fn unnamed_employer(source: Option<&str>) -> String {
    format!("(tidak disebut) {}", source.unwrap_or("impor"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::problem::Severity;

    #[test]
    fn a_sentence_names_column_and_value() {
        let problem = FieldProblem::new("seats", "0", FieldCode::ZeroSeats, Severity::Error);
        assert_eq!(column(&problem), "Kolom seats, isi \"0\": jumlah lowongan tidak boleh 0.");
        let empty = FieldProblem::new("name", "", FieldCode::Required, Severity::Error);
        assert_eq!(column(&empty), "Kolom name: wajib diisi.");
    }

    #[test]
    fn candidates_are_named() {
        let mut problem =
            FieldProblem::new("village", "Gentan", FieldCode::AmbiguousVillage, Severity::Error);
        problem.candidates = vec!["Desa Gentan, Kecamatan Baki".to_owned()];
        assert!(column(&problem).ends_with("Mungkin maksudnya: Desa Gentan, Kecamatan Baki."));
    }
}
