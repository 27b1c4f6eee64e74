//! Files in and out: rows of csv and jsonl in, tables out. Knows formats, not the database.
mod decoding;
mod lines;
mod objects;
pub mod rows;
mod sheet;
