//! From Indonesian job ads and training profiles to meaning: words, concepts, facts, occupation codes.
//!
//! Belongs here: everything that turns text into ids, numbers and quoted lines, and the vocabulary of `index/`.
//! Does not belong here: points (matching), files and search engines (their layers call in).
#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod arrangements;
pub mod code;
pub mod coder;
pub mod criteria;
pub mod cues;
pub mod facts;
pub mod hash;
pub mod job;
pub mod labels;
pub mod lexicon;
pub mod lines;
pub mod place;
pub mod posting;
pub mod profile;
pub mod required;
mod schooling;
pub mod scope;
pub mod signs;
pub mod stems;
pub mod tables;
pub mod title;
pub mod tokens;
pub mod typos;
pub mod wording;
pub mod words;
