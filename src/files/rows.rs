//! Rows of csv and jsonl files with the lines they begin on. A file that is not text, a line that never ends or a row that
//! cannot be read is a fault that names the line; memory never grows with the file.
use std::path::Path;

use crate::{
    domain::intake::{Row, fault::RowFault, headings::Headings},
    files::{
        decoding::{self, Reading},
        lines::Lines,
        objects, sheet,
    },
};

/// Longest line taken, bytes. The longest advertisements have about 20 kB.
pub const LONGEST_LINE: u64 = 1024 * 1024;

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells parted by semicolons, commas, tabs or bars, below a row of headings.
    Csv,
    /// JSON objects: one a line, or one list of them.
    Jsonl,
}

impl Format {
    /// The format a file name tells.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "jsonl" | "ndjson" | "json" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// What was noticed about a file besides its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Line of the headings, where they are a row.
    pub headings: Option<u64>,
    /// Lines above the headings, which were passed over.
    pub above: Vec<u64>,
    /// Columns that hold something and have no heading, counted from 1.
    pub untitled: Vec<usize>,
    /// It was read as the Windows code page, which is a guess.
    pub windows: bool,
}

/// Calls `take` with every row and its line number. A row that cannot be read is handed over as its fault; a fault of
/// the whole file ends the reading. `headings` learns what the file calls its columns.
///
/// # Errors
/// A fault of the whole file, or what `take` answers.
pub fn each<R: Row, E: From<RowFault>>(
    path: &Path,
    format: Format,
    headings: &mut Headings<R>,
    mut take: impl FnMut(u64, Result<R, RowFault>, &Headings<R>) -> Result<(), E>,
) -> Result<Told, E> {
    let (text, reading) = decoding::open(path)?;
    let mut told = Told { windows: reading == Reading::Windows, ..Told::default() };
    let lines = Lines::new(text);
    match format {
        Format::Jsonl => objects::each(lines, headings, &mut take)?,
        Format::Csv => sheet::each(lines, headings, &mut told, &mut take)?,
    }
    let missing = headings.not_there();
    if !missing.is_empty() {
        return Err(RowFault::HeadingNotThere { headings: missing.join(", ") }.into());
    }
    Ok(told)
}

/// The first object of a file of objects, as text.
///
/// # Errors
/// A fault of the whole file.
pub fn first_object(path: &Path) -> Result<String, RowFault> {
    objects::first(Lines::new(decoding::open(path)?.0))
}

#[cfg(test)]
mod tests {
    use std::{fs::File, io::Write};

    use super::*;
    use crate::domain::intake::person::PersonRow;

    /// A line number with name and NIK of its row, or what is wrong with it.
    type Found = (u64, Result<(String, String), String>);

    fn read(name: &str, content: &[u8]) -> Result<(Vec<Found>, Told, Vec<String>), RowFault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        File::create(&path).unwrap().write_all(content).unwrap();
        let mut headings = Headings::<PersonRow>::new(&[]).unwrap();
        let mut rows = Vec::new();
        let told = each(&path, Format::of(&path).unwrap(), &mut headings, |line, row, _| {
            let text =
                |cell: &crate::domain::intake::cell::Cell| cell.as_str().unwrap_or_default().to_owned();
            rows.push((
                line,
                row.map(|row| (text(&row.name), text(&row.nik))).map_err(|fault| fault.to_string()),
            ));
            Ok::<(), RowFault>(())
        })?;
        Ok((rows, told, headings.unused().to_vec()))
    }

    fn rows(name: &str, content: &[u8]) -> Result<Vec<Found>, RowFault> {
        read(name, content).map(|(rows, ..)| rows)
    }

    fn good(line: u64, name: &str, nik: &str) -> Found {
        (line, Ok((name.to_owned(), nik.to_owned())))
    }

    #[test]
    fn rows_carry_the_lines_an_editor_shows() {
        let expected = [good(2, "Siti", "1"), good(4, "Budi\nS", "2"), good(6, "Ani", "3")];
        let text = "Nama;NIK\nSiti;1\n\n\"Budi\nS\";2\nAni;3\n";
        for text in [
            text.to_owned(),
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            text.trim_end().to_owned(),
        ] {
            assert_eq!(rows("a.csv", text.as_bytes()).unwrap(), expected, "{text:?}");
            let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
            assert_eq!(rows("a.csv", &marked).unwrap(), expected, "{text:?}");
        }
        let blank = rows("a.jsonl", b"\r\n\r\n{\"nama\": \"Siti\", \"nik\": \"1\"}\r\n").unwrap();
        assert_eq!(blank, [good(3, "Siti", "1")]);
    }

    #[test]
    fn the_code_pages_of_offices_are_read() {
        let text = "NIK;Nama\r\n1;Nur A\u{2019}ini\r\n2;Jos\u{e9}\r\n";
        let expected = [good(2, "Nur A\u{2019}ini", "1"), good(3, "Jos\u{e9}", "2")];
        let windows: Vec<u8> = text
            .chars()
            .map(|c| match c {
                '\u{2019}' => 0x92,
                c => u8::try_from(u32::from(c)).unwrap(),
            })
            .collect();
        let (found, told, _) = read("a.csv", &windows).unwrap();
        assert_eq!((found, told.windows), (expected.to_vec(), true));
        let tabs = text.replace(';', "\t");
        let units: Vec<u16> = std::iter::once(0xfeff).chain(tabs.encode_utf16()).collect();
        for bytes in [
            units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>(),
            units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        ] {
            let (found, told, _) = read("a.csv", &bytes).unwrap();
            assert_eq!((found, told.windows), (expected.to_vec(), false));
        }
    }

    #[test]
    fn what_is_no_text_names_the_line_and_is_not_guessed_at() {
        let cases: [(&str, &[u8], u64); 6] = [
            ("a.jsonl", &[0xff, 0xfe, 0x00], 1),
            ("a.csv", b"nama,nik\n\xff\xfe,1\n", 2),
            ("a.csv", b"nama,nik\nS\0,1\n", 2),
            ("a.csv", b"nama,nik\nA,1\nx\x81,1\n", 3),
            // Some of it UTF-8 and some not: whatever it is read as, something is lost.
            ("a.csv", b"nama,nik\nJos\xc3\xa9,1\nJos\xe9,1\n", 3),
            // Half a character of UTF-16.
            ("a.csv", &[0xff, 0xfe, b'a', 0, b'\n', 0, 0, 0xd8, b'a', 0], 2),
        ];
        for (name, bytes, expected) in cases {
            match rows(name, bytes) {
                Err(RowFault::NotText { line }) => assert_eq!(line, expected, "{bytes:?}"),
                other => panic!("{bytes:?}: {other:?}"),
            }
        }
        let long = [b"{}\n".as_slice(), &vec![b'x'; 2_000_000]].concat();
        assert!(matches!(rows("a.jsonl", &long), Err(RowFault::LineTooLong { line: 2 })));
        let long = [b"nama,nik\n".as_slice(), &vec![b'x'; 2_000_000]].concat();
        assert!(matches!(rows("a.csv", &long), Err(RowFault::LineTooLong { line: 2 })));
    }

    #[test]
    fn headings_are_found_below_titles_and_behind_their_separator() {
        let one = [good(2, "Siti", "1")];
        for text in [
            "\"Nama, sesuai KTP\";\"NIK\";\"Alamat (Jl, RT, RW)\"\nSiti;1;\"Jl. A, RT 1\"\n",
            "NIK\tNama\n1\tSiti\n",
            "No|NIK|Nama|Umur\n1|1|Siti|20\n",
        ] {
            assert_eq!(rows("a.csv", text.as_bytes()).unwrap(), one, "{text}");
        }
        for text in ["sep=;\r\nNIK;Nama\r\n1;Siti\r\n", "\"sep=,\"\nNIK,Nama\n1,Siti\n"] {
            assert_eq!(rows("a.csv", text.as_bytes()).unwrap(), [good(3, "Siti", "1")], "{text}");
        }
        let titled = "DAFTAR PESERTA;;\nKejuruan;Menjahit;\n;;\nNo;NIK;Nama\n1;1;Siti\n";
        let (found, told, unused) = read("a.csv", titled.as_bytes()).unwrap();
        assert_eq!(found, [good(5, "Siti", "1")]);
        assert_eq!((told.headings, told.above, unused), (Some(4), vec![1, 2, 3], vec!["No".to_owned()]));
        assert!(matches!(rows("a.csv", b"\nfoo,bar\n1,2\n"), Err(RowFault::NoHeading { line: 2, .. })));
    }

    #[test]
    fn a_row_of_another_length_is_a_fault_of_its_own() {
        let found =
            rows("a.csv", b"NIK,Nama,Alamat\n1,Siti,Jl. Mawar 5, RT 02\n2,Budi,x,,\n3,Ani\n").unwrap();
        assert_eq!(found[1], good(3, "Budi", "2"), "empty cells beyond the headings do not count");
        let faults: Vec<&str> =
            [&found[0], &found[2]].map(|row| row.1.as_ref().unwrap_err().as_str()).to_vec();
        assert_eq!(faults, ["line 2: 4 cells under 3 headings", "line 4: 2 cells under 3 headings"]);
        let cut = rows("a.csv", b"NIK,Nama,Ket\n1,Siti,\n2,Budi\n").unwrap();
        let (_, told, _) = read("a.csv", b"NIK,,Nama,,HP\n1,,Siti,x,\n").unwrap();
        assert_eq!(told.untitled, [4], "what stands under no heading is not dropped in silence");
        assert_eq!(cut[1], good(3, "Budi", "2"), "spreadsheets cut a column that is empty throughout");
    }

    #[test]
    fn a_quote_that_is_not_closed_is_named() {
        let found = rows("a.csv", b"NIK,Nama\n1,Siti\n2,\"Budi\n3,Ani\n");
        assert!(matches!(found, Err(RowFault::OpenQuote { line: 3 })), "{found:?}");
        let inside = rows("a.csv", b"NIK,Nama\n1,Budi \"Gembul\" S\n2,\"A \"\"B\"\"\"\n").unwrap();
        assert_eq!(inside, [good(2, "Budi \"Gembul\" S", "1"), good(3, "A \"B\"", "2")]);
    }

    #[test]
    fn a_bad_json_line_is_one_fault_and_reading_goes_on() {
        let found =
            rows("a.jsonl", b"{\"nama\": \"Siti\"}\n{oops\n[1]\n{\"nama\": \"Budi\"}\n{\"nama\":\n").unwrap();
        assert_eq!((found[0].clone(), found[3].clone()), (good(1, "Siti", ""), good(4, "Budi", "")));
        for at in [1, 2, 4] {
            assert!(found[at].1.as_ref().unwrap_err().contains("not JSON"), "{:?}", found[at]);
        }
    }

    #[test]
    fn lists_and_spread_objects_are_read() {
        let expected = |second| [good(1, "Siti }", "1"), good(second, "Budi \"B\"", "2")];
        let (siti, budi) = (r#"{"nama": "Siti }", "nik": "1"}"#, r#"{"nik": "2", "nama": "Budi \"B\""}"#);
        assert_eq!(rows("a.json", format!("[{siti},{budi}]").as_bytes()).unwrap(), expected(1));
        let spread = format!("{}\n{}\n", siti.replace(", ", ",\n "), budi.replace(", ", ",\r\n "));
        assert_eq!(rows("a.jsonl", spread.as_bytes()).unwrap(), expected(3));
        let list = format!("[{siti},\n{budi}\n]\n");
        assert_eq!(rows("a.jsonl", list.as_bytes()).unwrap(), expected(2));
        for broken in ["[{\"nama\": \"A\"}\n", "[1, 2]", "[{\"nama\":\n"] {
            assert!(matches!(rows("a.jsonl", broken.as_bytes()), Err(RowFault::NotJson { .. })), "{broken}");
        }
    }

    #[test]
    fn the_first_object_is_found_in_any_layout() {
        for text in ["\n\n{\"company\": 1}\n{}", "[\n {\"company\": 1}, {}]", "{\n\"company\": 1\n}\n"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.jsonl");
            std::fs::write(&path, text).unwrap();
            assert!(first_object(&path).unwrap().contains("company"), "{text}");
        }
    }
}
