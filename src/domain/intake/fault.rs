//! Why a file of rows, or one row of it, cannot be read at all. Found by the reader of files; the sentence is in `words`.

use thiserror::Error;

/// What is wrong with an object of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFlaw {
    /// It does not end.
    Unfinished,
    /// It is something else: a number, a text, a list.
    NoObject,
    /// A sign that cannot stand there, counted from 1.
    Sign(usize),
}

/// Why a file or a row of it cannot be read. Lines count from 1.
#[derive(Debug, Error)]
pub enum RowFault {
    /// The file cannot be opened or read.
    #[error("the file cannot be read: {0}")]
    Io(String),
    /// Not text.
    #[error("line {line}: not text")]
    NotText {
        /// Where.
        line: u64,
    },
    /// A line that never ends.
    #[error("line {line}: longer than 1 MiB")]
    LineTooLong {
        /// Where.
        line: u64,
    },
    /// Not JSON, or not an object.
    #[error("line {line}: not JSON: {flaw:?}")]
    NotJson {
        /// Where.
        line: u64,
        /// What is wrong.
        flaw: JsonFlaw,
    },
    /// A quotation mark that is opened and not closed.
    #[error("line {line}: a quote is not closed")]
    OpenQuote {
        /// Where it is opened.
        line: u64,
    },
    /// A row that is longer or shorter than its headings.
    #[error("line {line}: {cells} cells under {headings} headings")]
    RowLength {
        /// Where.
        line: u64,
        /// Cells of the row, without empty ones at its end.
        cells: usize,
        /// Headings.
        headings: usize,
    },
    /// No heading of a file is known.
    #[error("line {line}: none of these headings is known: {headings}")]
    NoHeading {
        /// The first line that is not empty.
        line: u64,
        /// What stands there.
        headings: String,
    },
    /// Somebody decided about headings that the file does not have.
    #[error("no such headings: {headings}")]
    HeadingNotThere {
        /// Which.
        headings: String,
    },
    /// Somebody chose a field that does not exist.
    #[error("no such field: {field}")]
    UnknownField {
        /// Which.
        field: String,
        /// The fields there are.
        fields: &'static [&'static str],
    },
}

impl RowFault {
    /// What the system said while opening or reading.
    pub fn io(error: impl std::fmt::Display) -> Self {
        Self::Io(error.to_string())
    }

    /// The code under which a row with this fault is listed.
    pub fn code(&self) -> crate::domain::codes::FieldCode {
        use crate::domain::codes::FieldCode;
        match self {
            Self::RowLength { .. } => FieldCode::RowLength,
            _ => FieldCode::UnreadableRow,
        }
    }
}
