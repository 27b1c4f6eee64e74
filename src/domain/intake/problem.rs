//! What can be wrong with a field.
//!
//! Belongs here: the problem record with its stable code. Does not belong here: finding the problems (the `judge`
//! functions), line numbers, which the reader of the file adds, and the sentence about it, which is in `words`.

use serde::Serialize;

use crate::domain::{codes::FieldCode, plain, region};

/// Whether the row can be taken in all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is taken in; the value was left out or is doubtful.
    Warning,
    /// The row cannot be taken in.
    Error,
}

/// One thing wrong with one field of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// Column, as in the row type's `COLUMNS`.
    pub column: &'static str,
    /// The value as found; masked for NIK, family card and phone, because problems are logged and shown.
    pub value: String,
    /// Stable code.
    pub code: FieldCode,
    /// Whether the row can be taken in.
    pub severity: Severity,
    /// Values that may have been meant, such as the villages of an ambiguous name.
    pub candidates: Vec<String>,
    /// Most characters, where the text is longer.
    pub limit: Option<usize>,
}

impl FieldProblem {
    /// A problem; personal numbers are masked here, once for all.
    pub fn new(column: &'static str, value: &str, code: FieldCode, severity: Severity) -> Self {
        let value = match column {
            _ if code == FieldCode::NikInText => String::new(),
            "nik" | "family_card" | "phone" | "contact_phone" => masked(value),
            _ => shortened(&plain::cleaned(value)),
        };
        Self { column, value, code, severity, candidates: Vec::new(), limit: None }
    }

    /// True when the row cannot be taken in.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A judged row: its draft unless a problem is an error, and all problems.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<T> {
    /// The typed draft; `None` when a problem is an error, or when the row is left out because its source says that it is
    /// over.
    pub draft: Option<T>,
    /// Every problem found, in column order.
    pub problems: Vec<FieldProblem>,
}

impl<T> Judged<T> {
    /// The draft with its warnings, or all problems.
    ///
    /// # Errors
    /// All problems of the row, warnings included, when one is an error.
    pub fn into_result(self) -> Result<(T, Vec<FieldProblem>), Vec<FieldProblem>> {
        match self.draft {
            Some(draft) => Ok((draft, self.problems)),
            None => Err(self.problems),
        }
    }
}

/// Full names of villages that may have been meant.
pub(super) fn village_names(codes: &[region::RegionCode]) -> Vec<String> {
    codes.iter().filter_map(|code| region::find(*code)).map(region::Region::full_name).collect()
}

/// The first two characters and how many there are: enough to find the row, not the person.
pub fn masked(value: &str) -> String {
    let count = value.chars().count();
    if count == 0 {
        return String::new();
    }
    let head: String = value.chars().take(2).collect();
    format!("{head}… ({count} karakter)")
}

/// At most 80 characters, a cut is shown.
pub fn shortened(value: &str) -> String {
    if value.chars().count() <= 80 {
        return value.to_owned();
    }
    value.chars().take(79).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_numbers_are_masked() {
        let problem = FieldProblem::new("nik", "331104120501", FieldCode::NikLength, Severity::Error);
        assert_eq!(problem.value, "33… (12 karakter)");
        let typed = FieldProblem::new("name", "BUDI 9911044205010001", FieldCode::NikInText, Severity::Error);
        assert_eq!(typed.value, "");
    }
}
