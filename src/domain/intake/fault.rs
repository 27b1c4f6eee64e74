//! Why a file of rows, or one row of it, cannot be read at all. Found by the reader of files; the sentence is in `words`.

use thiserror::Error;

/// Why a file or a row of it cannot be read. Lines count from 1.
#[derive(Debug, Error)]
pub enum RowFault {
    /// The file cannot be opened or read.
    #[error("the file cannot be read: {0}")]
    Io(String),
    /// Not text.
    #[error("line {line}: not UTF-8 text")]
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
    #[error("line {line}: not JSON: {detail}")]
    NotJson {
        /// Where.
        line: u64,
        /// What the parser says.
        detail: String,
    },
    /// Not CSV.
    #[error("line {line}: not CSV: {detail}")]
    NotCsv {
        /// Where.
        line: u64,
        /// What the parser says.
        detail: String,
    },
    /// No heading of a CSV file is known.
    #[error("line 1: none of these headings is known: {headings}")]
    NoHeading {
        /// What stands there.
        headings: String,
    },
}

impl RowFault {
    /// What the system said while opening or reading.
    pub fn io(error: impl std::fmt::Display) -> Self {
        Self::Io(error.to_string())
    }
}
