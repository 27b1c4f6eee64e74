//! Rows of csv and jsonl files, read line by line with their line numbers. A file that is not text, a line that never
//! ends or a row that cannot be read is a fault that names the line; memory never grows with the file.
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::domain::intake::{Row, fault::RowFault};

/// Longest line taken, bytes. The longest advertisements have about 20 kB.
pub const LONGEST_LINE: u64 = 1024 * 1024;

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma or semicolon separated, first row headings.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The format a file name tells.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// Calls `take` with every row and its line number. A row that cannot be read is handed over as its fault; a fault of
/// the whole file ends the reading.
///
/// # Errors
/// A fault of the whole file, or what `take` answers.
pub fn each<R, E>(
    path: &Path,
    format: Format,
    mut take: impl FnMut(u64, Result<R, RowFault>) -> Result<(), E>,
) -> Result<(), E>
where
    R: Row + DeserializeOwned,
    E: From<RowFault>,
{
    let file = File::open(path).map_err(RowFault::io)?;
    match format {
        Format::Jsonl => each_json(BufReader::new(file), &mut take),
        Format::Csv => each_csv(path, file, &mut take),
    }
}

fn each_json<R: DeserializeOwned, E: From<RowFault>>(
    mut reader: impl BufRead,
    take: &mut impl FnMut(u64, Result<R, RowFault>) -> Result<(), E>,
) -> Result<(), E> {
    let mut bytes = Vec::new();
    for line in 1_u64.. {
        bytes.clear();
        let got = (&mut reader).take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes).map_err(RowFault::io)?;
        if got == 0 {
            break;
        }
        if u64::try_from(got).is_ok_and(|got| got > LONGEST_LINE) {
            return Err(RowFault::LineTooLong { line }.into());
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| RowFault::NotText { line })?;
        if text.contains('\0') {
            return Err(RowFault::NotText { line }.into());
        }
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        let row = serde_json::from_str::<R>(text)
            .map_err(|error| RowFault::NotJson { line, detail: error.to_string() });
        take(line, row)?;
    }
    Ok(())
}

fn each_csv<R: Row, E: From<RowFault>>(
    path: &Path,
    file: File,
    take: &mut impl FnMut(u64, Result<R, RowFault>) -> Result<(), E>,
) -> Result<(), E> {
    let delimiter = delimiter(path)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(ShortLines {
        inner: BufReader::new(file),
        in_line: 0,
        line: 1,
    });
    let headings = reader.headers().map_err(|error| csv_fault(error, 1))?.clone();
    if !headings.iter().any(|heading| R::COLUMNS.contains(&heading) || R::column(heading).is_some()) {
        let headings = headings.iter().take(12).collect::<Vec<_>>().join(", ");
        return Err(RowFault::NoHeading { headings }.into());
    }
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        if !reader.read_record(&mut record).map_err(|error| csv_fault(error, line))? {
            return Ok(());
        }
        let line = line_of(&record, reader.position().line(), line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        take(line, Ok(R::from_csv(&headings, &record)))?;
    }
}

/// The line a record begins on. The reader's own position counts blank lines before a record as part of it, so the line
/// after it, less the lines it spans, is better; except at the very end of a file without a last line break.
fn line_of(record: &csv::StringRecord, after: u64, asked: u64) -> u64 {
    let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
    let counted_back = after.saturating_sub(1).saturating_sub(u64::try_from(breaks).unwrap_or(0));
    record.position().map_or(asked, csv::Position::line).max(counted_back)
}

/// The separator of the heading row: whichever of comma, semicolon and tab occurs most.
fn delimiter(path: &Path) -> Result<u8, RowFault> {
    let mut head = Vec::new();
    BufReader::new(File::open(path).map_err(RowFault::io)?)
        .take(64 * 1024)
        .read_until(b'\n', &mut head)
        .map_err(RowFault::io)?;
    let count = |wanted: u8| head.iter().filter(|byte| **byte == wanted).count();
    Ok([b',', b';', b'\t'].into_iter().max_by_key(|byte| (count(*byte), *byte == b',')).unwrap_or(b','))
}

fn csv_fault(error: csv::Error, line: u64) -> RowFault {
    let line = error.position().map_or(line, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Utf8 { pos, .. } => RowFault::NotText { line: pos.map_or(line, |pos| pos.line()) },
        csv::ErrorKind::Io(error) => {
            match error.get_ref().and_then(|inner| inner.downcast_ref::<TooLong>()) {
                Some(TooLong(line)) => RowFault::LineTooLong { line: *line },
                None => RowFault::io(error),
            }
        }
        other => RowFault::NotCsv { line, detail: format!("{other:?}") },
    }
}

/// Passes bytes through and stops at a line that never ends, before it fills the memory.
struct ShortLines<R> {
    inner: R,
    in_line: u64,
    line: u64,
}

#[derive(Debug, Error)]
#[error("line {0} is too long")]
struct TooLong(u64);

impl<R: Read> Read for ShortLines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        for byte in &buffer[..got] {
            if *byte == b'\n' {
                self.in_line = 0;
                self.line += 1;
            } else {
                self.in_line += 1;
            }
            if self.in_line > LONGEST_LINE {
                return Err(io::Error::new(io::ErrorKind::InvalidData, TooLong(self.line)));
            }
        }
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::domain::intake::{cell::Cell, person::PersonRow};

    fn file(name: &str, content: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        File::create(&path).unwrap().write_all(content).unwrap();
        (folder, path)
    }

    /// A line number with its row, or what is wrong with it.
    type Found = (u64, Result<PersonRow, String>);

    fn rows(name: &str, content: &[u8]) -> Result<Vec<Found>, RowFault> {
        let (_folder, path) = file(name, content);
        let mut rows = Vec::new();
        each(&path, Format::of(&path).unwrap(), |line, row| {
            rows.push((line, row.map_err(|fault| fault.to_string())));
            Ok::<(), RowFault>(())
        })?;
        Ok(rows)
    }

    #[test]
    fn csv_with_semicolons_and_office_headings() {
        let found = rows("a.csv", "Nama;NIK\nSiti;9911045501990001\n\nBudi;-\n".as_bytes()).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, 2);
        assert_eq!(found[0].1.as_ref().unwrap().name, Cell::text("Siti"));
        assert_eq!(found[1].0, 4);
    }

    #[test]
    fn a_bad_json_line_is_one_fault_and_reading_goes_on() {
        let found = rows("a.jsonl", b"{\"name\": \"Siti\"}\n{oops\n{\"name\": \"Budi\"}\n").unwrap();
        assert_eq!(found.len(), 3);
        assert!(found[1].1.as_ref().unwrap_err().starts_with("line 2: not JSON"));
    }

    #[test]
    fn binary_noise_and_endless_lines_name_the_line() {
        assert!(matches!(rows("a.jsonl", &[0xff, 0xfe, 0x00]), Err(RowFault::NotText { line: 1 })));
        assert!(matches!(rows("a.csv", b"nama,nik\n\xff\xfe,1\n"), Err(RowFault::NotText { line: 2 })));
        let long = [b"{}\n".as_slice(), &vec![b'x'; 2_000_000]].concat();
        assert!(matches!(rows("a.jsonl", &long), Err(RowFault::LineTooLong { line: 2 })));
        let long = [b"nama,nik\n".as_slice(), &vec![b'x'; 2_000_000]].concat();
        assert!(matches!(rows("a.csv", &long), Err(RowFault::LineTooLong { line: 2 })));
    }

    #[test]
    fn a_sheet_without_known_headings_is_refused() {
        assert!(matches!(rows("a.csv", b"foo,bar\n1,2\n"), Err(RowFault::NoHeading { .. })));
    }
}
