//! SQL, and nothing but SQL: one text for SQLite and PostgreSQL. One file of free functions per aggregate, called by
//! module name (`applications::find(&mut tx, id)`). No rule of the workflow lives here; a lookup returns `Option`,
//! an update says how many rows it met. Uniqueness is met with `on conflict do nothing`, never by catching an error.
pub mod accompaniments;
pub mod accounts;
pub mod activation_codes;
pub mod applications;
pub mod audit;
pub mod change_requests;
pub mod classes;
pub mod complaints;
pub mod contacts;
pub mod contents;
pub mod db;
pub mod employers;
pub mod erasure;
pub mod events;
pub mod flags;
pub mod holidays;
pub mod idempotency;
pub mod index_feed;
pub mod interests;
pub mod interviews;
pub mod jobs;
pub mod letters;
pub mod locked;
pub mod messages;
pub mod next_steps;
pub mod nominations;
pub mod notes;
pub mod organisations;
pub mod overview;
pub mod own_data;
pub mod pairs;
pub mod password_links;
pub mod people;
pub mod posted;
pub mod probe;
pub mod profile_marks;
pub mod profiles;
pub mod reminders;
pub mod runs;
mod schema;
pub mod sent_forms;
pub mod sessions;
pub mod short_ids;
pub mod statement;
pub mod status_codes;
pub mod suitable_counts;
pub mod tokens;
pub mod undated_evidence;
pub mod unknown_desil;
pub mod vacancies;

pub use db::{Db, StoreError, Tx};

/// All statements that `texts!` made, by file, for the tests that prepare and explain them.
pub const TEXTS: &[(&str, &[statement::Text])] = &[
    ("applications", applications::TEXTS),
    ("messages", messages::TEXTS),
    ("next_steps", next_steps::TEXTS),
    ("overview", overview::TEXTS),
    ("people", people::TEXTS),
    ("runs", runs::TEXTS),
    ("vacancies", vacancies::TEXTS),
];
