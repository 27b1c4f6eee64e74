//! The collector behind every `judge` function: reads cells, notes problems, decides at the end.

use chrono::NaiveDate;

use crate::domain::{
    calendar,
    codes::FieldCode,
    intake::{
        Row,
        cell::Cell,
        problem::{FieldProblem, Judged, Severity, village_names},
        text as read_text,
        words::Nib,
    },
    limits::{self, Limit},
    money::{self, Meant, MoneyError, Pay, Rupiah},
    phone::Phone,
    plain,
    region::{self, RegionCode, RegionError},
};

/// Below this a number is no monthly wage but a placeholder ("888") or thousands without their zeros.
const SMALLEST_WAGE: Rupiah = Rupiah(100_000);

/// Collects the problems of one row.
pub(super) struct Judge {
    problems: Vec<FieldProblem>,
    /// How bad an unreadable optional value is.
    unreadable: Severity,
}

impl Judge {
    pub(super) fn new(unreadable: Severity) -> Self {
        Self { problems: Vec::new(), unreadable }
    }

    pub(super) fn finish<T>(self, draft: Option<T>) -> Judged<T> {
        let failed = self.problems.iter().any(FieldProblem::is_error);
        Judged { draft: draft.filter(|_| !failed), problems: self.problems }
    }

    /// How many errors were noted so far.
    pub(super) fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_error()).count()
    }

    pub(super) fn note(&mut self, column: &'static str, cell: &Cell, code: FieldCode, severity: Severity) {
        let value = cell.as_str().unwrap_or_default();
        self.problems.push(FieldProblem::new(column, value, code, severity));
    }

    pub(super) fn error(&mut self, column: &'static str, cell: &Cell, code: FieldCode) {
        self.note(column, cell, code, Severity::Error);
    }

    pub(super) fn warn(&mut self, column: &'static str, cell: &Cell, code: FieldCode) {
        self.note(column, cell, code, Severity::Warning);
    }

    /// Notes that an optional value cannot be used.
    pub(super) fn unreadable(&mut self, column: &'static str, cell: &Cell, code: FieldCode) {
        self.note(column, cell, code, self.unreadable);
    }

    /// Refuses what no text may hold, in any cell. Where only digits are kept, a mark that cannot be seen does no harm:
    /// numbers are copied from telephones with such marks around them.
    pub(super) fn plain<R: Row>(&mut self, row: &R) {
        for (column, cell) in row.cells() {
            let Some(text) = cell.as_name() else { continue };
            let digits = matches!(column, "nik" | "phone" | "contact_phone" | "family_card" | "nib");
            let found = if digits { plain::control(text) } else { plain::refused(text) };
            if found.is_some() {
                self.error(column, cell, FieldCode::ControlCharacter);
            }
        }
    }

    /// Notes each of these texts that is longer than its column takes.
    pub(super) fn fits<'a>(
        &mut self,
        table: &[Limit],
        column: &'static str,
        texts: impl IntoIterator<Item = &'a String>,
    ) {
        for text in texts {
            if let Some(most) = limits::exceeded(table, column, text) {
                self.error(column, &Cell::text(text), FieldCode::TooLong);
                if let Some(problem) = self.problems.last_mut() {
                    problem.limit = Some(most);
                }
            }
        }
    }

    /// Notes a text that holds a NIK, which would be stored in clear.
    pub(super) fn without_nik<'a>(
        &mut self,
        column: &'static str,
        texts: impl IntoIterator<Item = &'a String>,
    ) {
        for text in texts {
            if plain::holds_nik(text) {
                self.error(column, &Cell::text(text), FieldCode::NikInText);
            }
        }
    }

    /// In a form, what was typed and not understood is refused however small it is.
    pub(super) fn nothing_dropped<T>(&mut self, column: &'static str, cell: &Cell, read: Option<&T>) {
        let is_noted = self.problems.iter().any(|problem| problem.column == column && problem.is_error());
        let typed = cell.as_str().is_some_and(|text| text.trim() != "0");
        if self.unreadable == Severity::Error && typed && read.is_none() && !is_noted {
            self.error(column, cell, FieldCode::UnreadableNumber);
        }
    }

    pub(super) fn required(&mut self, column: &'static str, cell: &Cell) -> Option<String> {
        if cell.as_str().is_none() {
            self.error(column, cell, FieldCode::Required);
        }
        text(cell)
    }

    /// A value read by `read`; noted under `code` when there is a text that it cannot read.
    pub(super) fn read<T>(
        &mut self,
        column: &'static str,
        cell: &Cell,
        code: FieldCode,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read(cell.as_str()?);
        if value.is_none() {
            self.unreadable(column, cell, code);
        }
        value
    }

    /// Yes or no.
    pub(super) fn yes_no(&mut self, column: &'static str, cell: &Cell) -> Option<bool> {
        self.read(column, cell, FieldCode::UnknownValue, read_text::yes_no)
    }

    pub(super) fn date(&mut self, column: &'static str, cell: &Cell) -> Option<NaiveDate> {
        self.read(column, cell, FieldCode::UnreadableDate, calendar::parse_date)
    }

    /// A date that must have happened.
    pub(super) fn past_date(
        &mut self,
        column: &'static str,
        cell: &Cell,
        today: NaiveDate,
    ) -> Option<NaiveDate> {
        let date = self.date(column, cell)?;
        if date > today {
            self.unreadable(column, cell, FieldCode::DateInFuture);
            return None;
        }
        Some(date)
    }

    /// A village of the regency. A name that nobody knows, or that several villages have, is an error for everybody: distances
    /// and reports hang on it. Who is written down elsewhere, or in a district that contradicts the village, has an unknown
    /// village: nothing is guessed.
    pub(super) fn village(&mut self, village: &Cell, district: &Cell) -> Option<RegionCode> {
        let Some(text) = village.as_str() else {
            self.district(district);
            return None;
        };
        let error = match region::resolve_village(text, district.as_str()) {
            Ok(found) => return Some(found.code),
            Err(error) => error,
        };
        let severity = match &error {
            RegionError::Elsewhere(_) | RegionError::NotInDistrict { .. } => self.unreadable,
            RegionError::NotACode(_)
            | RegionError::UnknownCode(_)
            | RegionError::UnknownName(_)
            | RegionError::Ambiguous { .. } => Severity::Error,
        };
        let (column, cell) = match &error {
            RegionError::Elsewhere(said) if district.as_str() == Some(said) => ("kecamatan", district),
            _ => ("village", village),
        };
        let code = if column == "kecamatan" { FieldCode::UnknownDistrict } else { error.code() };
        self.note(column, cell, code, severity);
        if let Some(problem) = self.problems.last_mut() {
            problem.candidates = village_names(error.candidates());
        }
        None
    }

    /// A district without a village beside it.
    fn district(&mut self, cell: &Cell) {
        let unknown = |text: &str| {
            region::resolve_village("", Some(text)).is_err_and(|e| matches!(e, RegionError::Elsewhere(_)))
        };
        if cell.as_str().is_some_and(unknown) {
            self.unreadable("kecamatan", cell, FieldCode::UnknownDistrict);
        }
    }

    pub(super) fn phone(&mut self, column: &'static str, cell: &Cell) -> Option<Phone> {
        match Phone::parse(cell.as_str()?) {
            Ok(phone) => Some(phone),
            Err(error) => {
                self.unreadable(column, cell, error.code());
                None
            }
        }
    }

    /// A wage or a range of wages by the month, each end where it is said. Zero is "not given"; a text without any number
    /// ("negosiasi") is a warning only, as the wage is then missing and keeps the vacancy incomplete.
    pub(super) fn wage(&mut self, column: &'static str, cell: &Cell, meant: Meant) -> Option<Pay> {
        match money::read_monthly(cell.as_str()?, meant) {
            Ok(Pay { high: Some(Rupiah(0)), .. }) => None,
            Ok(Pay { low, high, .. }) if low.or(high) < Some(SMALLEST_WAGE) => {
                self.unreadable(column, cell, FieldCode::WageImplausible);
                None
            }
            Ok(pay) => Some(pay),
            Err(MoneyError::NoAmount) => {
                self.warn(column, cell, MoneyError::NoAmount.code());
                None
            }
            Err(error) => {
                self.unreadable(column, cell, error.code());
                None
            }
        }
    }

    /// A whole number within bounds.
    pub(super) fn count(&mut self, column: &'static str, cell: &Cell, most: u32) -> Option<u32> {
        let number = self.read(column, cell, FieldCode::UnreadableNumber, super::text::count)?;
        if number > most {
            self.unreadable(column, cell, FieldCode::NumberOutOfRange);
            return None;
        }
        Some(number)
    }

    pub(super) fn nib(&mut self, cell: &Cell) -> Option<Nib> {
        let digits = cell.as_str()?;
        let nib = Nib::parse(digits);
        if nib.is_none() {
            let lost_zero = cell.is_number() && digits.len() < 13;
            self.error("nib", cell, if lost_zero { FieldCode::NibNumericZero } else { FieldCode::NibShape });
        }
        nib
    }
}

/// The text of a cell.
pub(super) fn text(cell: &Cell) -> Option<String> {
    cell.as_str().map(str::to_owned)
}
