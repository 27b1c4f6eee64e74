//! What an import tells: how many rows became what, every row that was left out with its line, and at the end how often
//! each kind of problem occurred.
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::{
    domain::{
        codes::FieldCode,
        flag::Flag,
        intake::{fault::RowFault, problem::FieldProblem},
    },
    words::{Language, id::files},
};

/// One row that was not taken in, or a value that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Line in the file, from 1.
    pub line: u64,
    /// The column as the file calls it, where it is about one.
    pub column: Option<String>,
    /// Stable code.
    pub code: String,
    /// A sentence in Bahasa Indonesia that names column and value.
    pub message: String,
    /// Whether the row was kept out.
    pub is_error: bool,
}

/// Something in a vacancy of a file that an officer must decide about before people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flagged {
    /// Line in the file, from 1.
    pub line: u64,
    /// What it is about, with the field and the sentence that caused it.
    #[serde(flatten)]
    pub flag: Flag,
}

/// How many rows have one kind of problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Rows.
    pub rows: u64,
    /// The column as the file calls it.
    pub column: Option<String>,
    /// Stable code.
    pub code: FieldCode,
    /// The same in words.
    pub text: String,
    /// Whether the rows were kept out.
    pub is_error: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows found.
    pub rows: u64,
    /// Rows taken in; of a row that lists several positions, each of them.
    pub written: u64,
    /// Rows, or positions of rows, that were known already and left as they are.
    pub known: u64,
    /// Of these, rows that say something else than what is stored; nothing of it was written.
    pub changed: u64,
    /// Rows whose source itself says that they are over.
    pub left_out: u64,
    /// Rows kept out.
    pub refused: u64,
    /// Vacancies by the state they ended in.
    pub states: HashMap<String, u64>,
    /// How often each legal field is missing.
    pub missing: HashMap<String, u64>,
    /// What officers must decide about, by line.
    pub flagged: Vec<Flagged>,
    /// Headings that nobody reads.
    pub unused: Vec<String>,
    /// Lines of the rows that are known and say the same.
    pub known_lines: Vec<u64>,
    /// What was noticed, errors and warnings.
    pub notes: Vec<Note>,
    /// How often each kind of problem occurred, errors first.
    pub summary: Vec<Kind>,
    #[serde(skip)]
    kinds: BTreeMap<(bool, Option<String>, FieldCode), u64>,
}

/// A field that differs: the column as the file calls it, what is stored, what the file says. Both values are empty
/// where they are not to be shown.
pub type Change = (String, String, String);

impl Report {
    /// Notes the problems of a row; `called` tells how the file calls a column.
    pub(super) fn note(&mut self, line: u64, problems: &[FieldProblem], called: impl Fn(&str) -> String) {
        let mut counted = Vec::new();
        for found in problems {
            let column = called(found.column);
            self.notes.push(Note {
                line,
                message: Language::default().column(found, &column),
                column: Some(column.clone()),
                code: found.code.to_string(),
                is_error: found.is_error(),
            });
            let kind = (!found.is_error(), Some(column), found.code);
            // A row counts once in a kind, however many of its items have the problem.
            if !counted.contains(&kind) {
                *self.kinds.entry(kind.clone()).or_default() += 1;
                counted.push(kind);
            }
        }
    }

    /// Notes what officers must decide about in a vacancy.
    pub(super) fn flag(&mut self, line: u64, flags: Vec<Flag>) {
        self.flagged.extend(flags.into_iter().map(|flag| Flagged { line, flag }));
    }

    /// Notes a row that is kept out as a whole.
    pub(crate) fn refuse(&mut self, line: u64, column: Option<&str>, code: FieldCode, message: String) {
        self.refused += 1;
        let column = column.map(str::to_owned);
        *self.kinds.entry((false, column.clone(), code)).or_default() += 1;
        self.notes.push(Note { line, column, code: code.to_string(), message, is_error: true });
    }

    /// Notes a row that cannot be read.
    pub(super) fn unreadable(&mut self, line: u64, fault: &RowFault) {
        self.refuse(line, None, fault.code(), Language::default().unreadable(fault));
    }

    /// Notes something about the file.
    pub(super) fn tell(&mut self, line: u64, code: &str, message: String) {
        self.notes.push(Note { line, column: None, code: code.to_owned(), message, is_error: false });
    }

    /// Counts a row that is known; one that differs is named with its fields.
    pub(super) fn know(&mut self, line: u64, changes: &[Change]) {
        self.known += 1;
        if changes.is_empty() {
            // A row may be several vacancies.
            if self.known_lines.last() != Some(&line) {
                self.known_lines.push(line);
            }
        } else {
            self.changed += 1;
            self.tell(line, "known_and_changed", files::changed(changes));
        }
    }

    /// Adds what another report noted, such as the one of a transaction that may have been tried twice.
    pub(super) fn add(&mut self, other: Self) {
        self.written += other.written;
        self.known += other.known;
        self.changed += other.changed;
        self.refused += other.refused;
        self.known_lines.extend(other.known_lines);
        self.notes.extend(other.notes);
        for (kind, rows) in other.kinds {
            *self.kinds.entry(kind).or_default() += rows;
        }
        for (state, rows) in other.states {
            *self.states.entry(state).or_default() += rows;
        }
    }

    /// Puts the notes in the order of the file and sums them up by kind.
    pub(crate) fn finished(mut self) -> Self {
        self.notes.sort_by_key(|note| note.line);
        self.summary = self
            .kinds
            .iter()
            .map(|((is_warning, column, code), rows)| Kind {
                rows: *rows,
                column: column.clone(),
                code: *code,
                text: files::kind(*rows, column.as_deref(), *code),
                is_error: !is_warning,
            })
            .collect();
        self.summary.sort_by_key(|kind| (!kind.is_error, std::cmp::Reverse(kind.rows)));
        self
    }

    /// Whether the command did what it was asked for: without `--keep-going` no row may be refused; with it at least one
    /// row must have been good, unless there was none at all.
    pub fn succeeded(&self, keep_going: bool) -> bool {
        self.refused == 0 || (keep_going && self.refused < self.rows)
    }
}
