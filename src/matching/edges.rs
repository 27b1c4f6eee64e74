//! Text of edges and seats to an [`Instance`] with its names, and an assignment back to rows of text.
//!
//! Two tables with a header: `vacancy,seats` and `profile,vacancy,score` (columns in any order, others are
//! passed over; fields may be quoted as in RFC 4180, but not over several lines). Lines are pushed in, so that
//! reading files, and the memory for it, stay with the caller. What the figures mean is not known here.

mod names;

use thiserror::Error;

use crate::matching::assign::{Builder, Instance, InstanceError, Solution};

pub use names::Names;

/// Header of the result rows.
pub const RESULT_HEADER: &str = "profile,vacancy,score";

/// Which of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// `vacancy,seats`.
    Seats,
    /// `profile,vacancy,score`.
    Edges,
}

impl Sheet {
    fn name(self) -> &'static str {
        match self {
            Self::Seats => "seats",
            Self::Edges => "edges",
        }
    }
}

/// A mistake in one of the tables, with the line where it was found (the header is line 1).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} line {line}: {flaw}", sheet.name())]
pub struct EdgesError {
    /// The table.
    pub sheet: Sheet,
    /// Line in the text, from 1; blank lines count.
    pub line: u64,
    /// What is wrong there.
    pub flaw: Flaw,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// The header, or the whole text, is missing or lacks a column.
    #[error("the header lacks the column \"{0}\"")]
    HeaderLacks(&'static str),
    /// A row ends before this column.
    #[error("the column \"{0}\" is missing")]
    MissingColumn(&'static str),
    /// An identifier is empty.
    #[error("the column \"{0}\" is empty")]
    Empty(&'static str),
    /// Not an integer of 64 bits.
    #[error("{column} is not an integer: \"{value}\"")]
    NotAnInteger {
        /// The column.
        column: &'static str,
        /// The text found.
        value: String,
    },
    /// Fewer than zero seats.
    #[error("seats are negative: {0}")]
    NegativeSeats(i64),
    /// A vacancy has two rows of seats.
    #[error("vacancy \"{0}\" has a second row of seats")]
    DuplicateVacancy(String),
    /// An edge names a vacancy that has no row of seats.
    #[error("vacancy \"{0}\" has no row of seats")]
    UnknownVacancy(String),
    /// A second edge between the same profile and vacancy.
    #[error("a second edge of profile \"{profile}\" and vacancy \"{vacancy}\"")]
    DuplicateEdge {
        /// The profile.
        profile: String,
        /// The vacancy.
        vacancy: String,
    },
    /// Not UTF-8.
    #[error("not valid utf-8: \"{0}\"")]
    NotText(String),
    /// A quote is not closed on its line.
    #[error("a quoted field is not closed on its line")]
    OpenQuote,
    /// Something that only shows in the whole, or a figure too large.
    #[error(transparent)]
    Instance(InstanceError),
}

/// An instance together with the names of both sides.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the solver takes.
    pub instance: Instance,
    /// Names of the people, in order of their first edge.
    pub profiles: Names,
    /// Names of the vacancies, in order of their rows of seats.
    pub vacancies: Names,
}

impl Table {
    /// The used edges of an answer as rows, in order of the profiles.
    pub fn rows<'a>(&'a self, answer: &'a Solution) -> impl Iterator<Item = Row<'a>> + 'a {
        answer.matched.iter().zip(0_u32..).filter_map(|(place, person)| {
            let vacancy = (*place)?;
            let edges = self.instance.edges_of(person);
            let edge = edges.iter().find(|edge| edge.vacancy == vacancy)?;
            let (profile, vacancy) = (self.profiles.get(person)?, self.vacancies.get(vacancy)?);
            Some(Row { profile, vacancy, score: edge.weight })
        })
    }
}

/// One row of a result; displays as `profile,vacancy,score` without a line end, quoted where needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Name of the person.
    pub profile: &'a str,
    /// Name of the vacancy.
    pub vacancy: &'a str,
    /// Score of the edge.
    pub score: i64,
}

impl std::fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for field in [self.profile, self.vacancy] {
            if field.contains([',', '"', '\n', '\r']) || field.trim() != field {
                write!(f, "\"{}\",", field.replace('"', "\"\""))?;
            } else {
                write!(f, "{field},")?;
            }
        }
        write!(f, "{}", self.score)
    }
}

/// Takes the lines of both tables: first all of the seats, then all of the edges.
#[derive(Debug)]
pub struct Parser {
    builder: Builder,
    profiles: Names,
    vacancies: Names,
    seats: Columns<2>,
    edges: Columns<3>,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser that has seen nothing, not even headers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            builder: Builder::new(),
            profiles: Names::default(),
            vacancies: Names::default(),
            seats: Columns::new(Sheet::Seats, ["vacancy", "seats"]),
            edges: Columns::new(Sheet::Edges, ["profile", "vacancy", "score"]),
        }
    }

    /// The next line of the seats, with or without its line end; the first is the header.
    ///
    /// # Errors
    /// The [`Flaw`] of this line.
    pub fn seats_line(&mut self, line: &[u8]) -> Result<(), EdgesError> {
        let at = self.seats.next_line();
        self.seat(line).map_err(|flaw| EdgesError { sheet: Sheet::Seats, line: at, flaw })
    }

    /// The next line of the edges, with or without its line end; the first is the header.
    ///
    /// # Errors
    /// The [`Flaw`] of this line; on the first line also a missing header of the seats, which are over then.
    pub fn edges_line(&mut self, line: &[u8]) -> Result<(), EdgesError> {
        let at = self.edges.next_line();
        if at == 1 {
            self.seats.check_header()?;
        }
        self.edge(line).map_err(|flaw| EdgesError { sheet: Sheet::Edges, line: at, flaw })
    }

    /// Checks what only shows in the whole (repeated edges, the range of the total) and hands the tables over.
    ///
    /// # Errors
    /// A missing header, a repeated edge with its line, a total out of range.
    pub fn finish(mut self) -> Result<Table, EdgesError> {
        self.seats.check_header()?;
        self.edges.check_header()?;
        let last = self.edges.line;
        let whole = |error| EdgesError { sheet: Sheet::Edges, line: last, flaw: Flaw::Instance(error) };
        self.builder.people(self.profiles.len()).map_err(whole)?;
        match self.builder.build() {
            Ok(instance) => Ok(Table { instance, profiles: self.profiles, vacancies: self.vacancies }),
            Err(InstanceError::DuplicateEdge { edge, person, vacancy }) => {
                let name = |names: &Names, index| names.get(index).unwrap_or_default().to_owned();
                let (profile, vacancy) = (name(&self.profiles, person), name(&self.vacancies, vacancy));
                let flaw = Flaw::DuplicateEdge { profile, vacancy };
                Err(EdgesError { sheet: Sheet::Edges, line: self.edges.line_of_row(edge), flaw })
            }
            Err(error) => Err(whole(error)),
        }
    }

    fn seat(&mut self, line: &[u8]) -> Result<(), Flaw> {
        let mut unquoted = Vec::new();
        let Some([vacancy, seats]) = self.seats.fields(line, &mut unquoted)? else {
            return Ok(());
        };
        let seats = integer("seats", seats)?;
        let name = text("vacancy", vacancy)?;
        if self.vacancies.find(name).is_some() {
            return Err(Flaw::DuplicateVacancy(name.to_owned()));
        }
        self.builder.vacancy(seats).map_err(|error| match error {
            InstanceError::NegativeSeats { seats, .. } => Flaw::NegativeSeats(seats),
            other => Flaw::Instance(other),
        })?;
        self.vacancies.intern(name).map_err(Flaw::Instance)?;
        Ok(())
    }

    fn edge(&mut self, line: &[u8]) -> Result<(), Flaw> {
        let mut unquoted = Vec::new();
        let Some([profile, vacancy, score]) = self.edges.fields(line, &mut unquoted)? else {
            return Ok(());
        };
        let score = integer("score", score)?;
        let name = text("vacancy", vacancy)?;
        let vacancy = self.vacancies.find(name).ok_or_else(|| Flaw::UnknownVacancy(name.to_owned()))?;
        let person = self.profiles.intern(text("profile", profile)?).map_err(Flaw::Instance)?;
        self.builder.edge(person, vacancy, score).map_err(Flaw::Instance)
    }
}

/// Parses two whole texts.
///
/// # Errors
/// The first mistake, see [`Flaw`].
pub fn parse(seats: &str, edges: &str) -> Result<Table, EdgesError> {
    let mut parser = Parser::new();
    for line in seats.split_terminator('\n') {
        parser.seats_line(line.as_bytes())?;
    }
    for line in edges.split_terminator('\n') {
        parser.edges_line(line.as_bytes())?;
    }
    parser.finish()
}

/// Where the wanted columns of a table stand, and which line it is at.
#[derive(Debug)]
struct Columns<const N: usize> {
    sheet: Sheet,
    names: [&'static str; N],
    /// Place of each wanted column; known after the header.
    places: Option<[usize; N]>,
    line: u64,
    /// Lines without content, so that a row can be traced back to its line.
    blank: Vec<u64>,
}

impl<const N: usize> Columns<N> {
    fn new(sheet: Sheet, names: [&'static str; N]) -> Self {
        Self { sheet, names, places: None, line: 0, blank: Vec::new() }
    }

    fn next_line(&mut self) -> u64 {
        self.line += 1;
        self.line
    }

    fn check_header(&self) -> Result<(), EdgesError> {
        match self.places {
            Some(_) => Ok(()),
            None => {
                let flaw = Flaw::HeaderLacks(self.names[0]);
                Err(EdgesError { sheet: self.sheet, line: self.line.max(1), flaw })
            }
        }
    }

    /// Line of a data row, counted from 0.
    fn line_of_row(&self, row: usize) -> u64 {
        // One for the header, one because lines are counted from 1.
        let mut line = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(2);
        for &blank in &self.blank {
            if blank <= line {
                line += 1;
            }
        }
        line
    }

    /// The wanted fields; `None` for a blank line and for the header, which is remembered.
    fn fields<'a>(
        &mut self,
        line: &'a [u8],
        unquoted: &'a mut Vec<Vec<u8>>,
    ) -> Result<Option<[&'a [u8]; N]>, Flaw> {
        let line = trim(line);
        if line.is_empty() {
            self.blank.push(self.line);
            return Ok(None);
        }
        let Some(places) = self.places else {
            self.places = Some(self.header(line)?);
            return Ok(None);
        };
        let mut found = [None; N];
        if line.contains(&b'"') {
            *unquoted = unquote(line)?;
            pick(unquoted.iter().map(Vec::as_slice), &places, &mut found);
        } else {
            pick(line.split(|&byte| byte == b','), &places, &mut found);
        }
        let mut fields: [&[u8]; N] = [&[]; N];
        for ((field, found), name) in fields.iter_mut().zip(found).zip(self.names) {
            *field = found.ok_or(Flaw::MissingColumn(name))?;
        }
        Ok(Some(fields))
    }

    fn header(&self, line: &[u8]) -> Result<[usize; N], Flaw> {
        // Spreadsheets put a byte order mark in front of the first column.
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let columns = unquote(line)?;
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(self.names) {
            let at = columns.iter().position(|column| column.as_slice() == name.as_bytes());
            *place = at.ok_or(Flaw::HeaderLacks(name))?;
        }
        Ok(places)
    }
}

/// Puts the fields at `places` into `found`, trimmed.
fn pick<'a, const N: usize>(
    fields: impl Iterator<Item = &'a [u8]>,
    places: &[usize; N],
    found: &mut [Option<&'a [u8]>; N],
) {
    for (at, field) in fields.enumerate() {
        for (place, found) in places.iter().zip(found.iter_mut()) {
            if *place == at {
                *found = Some(trim(field));
            }
        }
    }
}

/// Splits a line with quoted fields (RFC 4180).
fn unquote(line: &[u8]) -> Result<Vec<Vec<u8>>, Flaw> {
    let mut fields = vec![Vec::new()];
    let mut quoted = false;
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let field = fields.last_mut();
        match (byte, quoted, field) {
            (b'"', true, Some(field)) if bytes.peek() == Some(&b'"') => {
                bytes.next();
                field.push(b'"');
            }
            (b'"', _, _) => quoted = !quoted,
            (b',', false, _) => fields.push(Vec::new()),
            (byte, _, Some(field)) => field.push(byte),
            (_, _, None) => {}
        }
    }
    if quoted { Err(Flaw::OpenQuote) } else { Ok(fields) }
}

fn trim(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}

fn text<'a>(column: &'static str, bytes: &'a [u8]) -> Result<&'a str, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Empty(column));
    }
    std::str::from_utf8(bytes).map_err(|_| Flaw::NotText(String::from_utf8_lossy(bytes).into_owned()))
}

fn integer(column: &'static str, bytes: &[u8]) -> Result<i64, Flaw> {
    let text = std::str::from_utf8(bytes).ok();
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| Flaw::NotAnInteger { column, value: String::from_utf8_lossy(bytes).into_owned() })
}

#[cfg(test)]
mod tests;
