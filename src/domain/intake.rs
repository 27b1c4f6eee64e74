//! Intake: the rows of employers, vacancies and people as files and forms hand them over, and their judgement.
//!
//! Belongs here: one row type per source with tolerant cells, and `judge` functions that turn a row into a typed draft
//! and collect *every* field problem on the way. Does not belong here: opening files, matching headings interactively,
//! existence in the database, verification of employers, coding of occupations and skills from text.
//!
//! A judgement has a draft unless a problem is an [`problem::Severity::Error`]. A doubtful optional value of a *person*
//! is a warning and is left out, because a mistyped phone number must not drop anybody; in a *vacancy* a
//! value that cannot be read is an error, because its author sits in front of the form.

use serde::{Deserializer, de};

use self::cell::Cell;

/// Declares a row type: a struct of [`Cell`]s with its columns, the other headings they go by, and which of them are
/// personal and therefore hidden in `Debug`.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident, private: $private:expr, {
        $($(#[$field_meta:meta])* $field:ident $([$($alias:literal),+])?,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $crate::domain::intake::cell::Cell,)+
        }

        impl $crate::domain::intake::Row for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            const HEADINGS: &'static [(&'static str, &'static [&'static str])] =
                &[$((stringify!($field), &[$($($alias),+)?])),+];

            fn cell_mut(&mut self, column: &str) -> Option<&mut $crate::domain::intake::cell::Cell> {
                $(if column == stringify!($field) { return Some(&mut self.$field); })+
                None
            }

            fn cells(&self) -> Vec<(&'static str, &$crate::domain::intake::cell::Cell)> {
                vec![$((stringify!($field), &self.$field)),+]
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct as _;
                use $crate::domain::intake::Row as _;
                let mut fields = serializer.serialize_struct(stringify!($name), Self::COLUMNS.len())?;
                $(fields.serialize_field(stringify!($field), &self.$field)?;)+
                fields.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::domain::intake::deserialize_row(deserializer)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                use $crate::domain::intake::Row as _;
                let private: &[&str] = $private;
                let mut fields = f.debug_struct(stringify!($name));
                for (column, cell) in self.cells().into_iter().filter(|(_, cell)| cell.as_str().is_some()) {
                    match private.contains(&column) {
                        true => fields.field(column, &format_args!("***")),
                        false => fields.field(column, cell),
                    };
                }
                fields.finish()
            }
        }
    };
}

pub mod ads;
pub mod cell;
pub mod employer;
pub mod fault;
pub mod flags;
pub mod headings;
pub mod identity;
pub mod jobs;
mod judge;
mod lengths;
pub mod person;
pub mod problem;
pub mod text;
#[cfg(test)]
mod told;
pub mod vacancy;
pub mod words;

/// A row of a file: named cells, nothing judged yet.
pub trait Row: Default {
    /// Column names in file order.
    const COLUMNS: &'static [&'static str];
    /// Each column with the other headings it goes by, as [`headings::heading_key`]s.
    const HEADINGS: &'static [(&'static str, &'static [&'static str])];

    /// The cell of a column named exactly as in [`Row::COLUMNS`].
    fn cell_mut(&mut self, column: &str) -> Option<&mut Cell>;

    /// Every cell with its column, in file order.
    fn cells(&self) -> Vec<(&'static str, &Cell)>;

    /// The column a heading of a file means: "Tgl. Lahir" is `birth_date`. `None` when it means none.
    fn column(heading: &str) -> Option<&'static str> {
        let named = |key: &str| {
            let means = |(column, others): &&(&'static str, &'static [&'static str])| {
                *column == key || others.contains(&key)
            };
            Self::HEADINGS.iter().find(means).map(|(column, _)| *column)
        };
        headings::readings(heading).iter().find_map(|key| named(key))
    }

    /// Fills the cell a heading means; false when it means none. The first filled of two columns with the same meaning
    /// stays.
    fn set(&mut self, heading: &str, cell: Cell) -> bool {
        let column = Self::COLUMNS.iter().find(|c| **c == heading).copied().or_else(|| Self::column(heading));
        let Some(slot) = column.and_then(|column| self.cell_mut(column)) else {
            return false;
        };
        if *slot == Cell::Empty {
            *slot = cell;
        }
        true
    }

    /// A row from headings and cells; headings that mean nothing are passed over.
    fn from_cells<'a>(cells: impl IntoIterator<Item = (&'a str, Cell)>) -> Self {
        let mut row = Self::default();
        for (heading, cell) in cells {
            row.set(heading, cell);
        }
        row
    }

    /// A row from two records of a CSV file. CSV has no numbers: every cell is text, so a NIK keeps all its digits.
    fn from_csv(headings: &csv::StringRecord, record: &csv::StringRecord) -> Self {
        Self::from_cells(headings.iter().zip(record.iter().map(Cell::text)))
    }
}

/// A row from a JSON object; unknown keys are passed over.
fn deserialize_row<'de, R: Row, D: Deserializer<'de>>(deserializer: D) -> Result<R, D::Error> {
    struct Visitor<R>(std::marker::PhantomData<R>);

    impl<'de, R: Row> de::Visitor<'de> for Visitor<R> {
        type Value = R;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object with one value per column")
        }

        fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
            let mut row = R::default();
            while let Some((heading, value)) = map.next_entry::<String, serde_json::Value>()? {
                for (heading, cell) in cell::of_json(&heading, &value) {
                    row.set(&heading, cell);
                }
            }
            Ok(row)
        }
    }

    deserializer.deserialize_map(Visitor(std::marker::PhantomData))
}

#[cfg(test)]
mod tests {
    use super::headings::heading_key;
    use super::person::PersonRow;
    use super::*;

    #[test]
    fn no_heading_means_two_columns() {
        fn check<R: Row>() {
            let all: Vec<&str> = R::HEADINGS
                .iter()
                .flat_map(|(c, others)| std::iter::once(*c).chain(others.iter().copied()))
                .collect();
            for heading in &all {
                assert_eq!(all.iter().filter(|h| *h == heading).count(), 1, "{heading}");
                assert_eq!(&heading_key(heading), heading);
            }
        }
        check::<PersonRow>();
        check::<super::vacancy::VacancyRow>();
        check::<super::employer::EmployerRow>();
        check::<super::ads::AdRow>();
        check::<super::ads::KarirhubRow>();
    }

    #[test]
    fn rows_survive_csv_and_json() {
        let row = PersonRow {
            nik: Cell::text("9911041205010001"),
            phone: Cell::text("081234567890"),
            skills: Cell::text("menjahit;obras, rapi"),
            ..PersonRow::default()
        };
        let json = serde_json::to_string(&row).expect("json");
        assert_eq!(serde_json::from_str::<PersonRow>(&json).expect("read"), row);

        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(&row).expect("written");
        let bytes = writer.into_inner().expect("flushed");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let headings = reader.headers().expect("headings").clone();
        let record = reader.records().next().expect("one").expect("readable");
        assert_eq!(PersonRow::from_csv(&headings, &record), row);
    }

    #[test]
    fn debug_hides_the_person() {
        let row = PersonRow {
            nik: Cell::text("9911041205010001"),
            name: Cell::text("Sri Rejeki"),
            desil: Cell::text("2"),
            education: Cell::text("SMK"),
            ..PersonRow::default()
        };
        let shown = format!("{row:?}");
        assert!(shown.contains("SMK"), "{shown}");
        for hidden in ["9911", "Sri", "\"2\""] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }

    #[test]
    fn the_first_filled_of_two_equal_headings_stays() {
        let cells = [("HP", Cell::text("-")), ("No HP", Cell::text("0812")), ("WA", Cell::text("0813"))];
        assert_eq!(PersonRow::from_cells(cells).phone.as_str(), Some("0812"));
    }
}
