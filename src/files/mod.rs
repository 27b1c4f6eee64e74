//! Files in and out: rows of csv and jsonl in, tables out. Knows formats, not the database.
#![warn(clippy::missing_errors_doc)]

mod decoding;
mod lines;
mod objects;
pub mod rows;
mod sheet;
pub mod slips;
