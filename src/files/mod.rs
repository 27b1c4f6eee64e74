//! Files in and out: rows of csv and jsonl in, tables out. Knows formats, not the database.
pub mod rows;
