//! The search index: a copy of what profiles and open vacancies say, derived from the database and thrown away whenever
//! it is in doubt. Belongs here: documents, text analysis for tantivy, the folder with its lock and generations, writing
//! and retrieving. Does not belong here: the store, rows, outbox (`app::indexing` joins them), points (`matching`).
//! Never in a document: name, NIK, phone, address, birth date, sex, disability, desil.
pub mod analyzer;
pub mod home;
pub mod reader;
pub mod schema;
pub mod writer;

use std::{io, iter, path::PathBuf};

use aws_lc_rs::digest;
use thiserror::Error;

/// The files of `index/` that decide what is put into a document.
const VOCABULARY: [(&str, &str); 15] = [
    ("abbreviations.csv", include_str!("../../index/abbreviations.csv")),
    ("certificates.csv", include_str!("../../index/certificates.csv")),
    ("cues.csv", include_str!("../../index/cues.csv")),
    ("education.csv", include_str!("../../index/education.csv")),
    ("heads.csv", include_str!("../../index/heads.csv")),
    ("majors.csv", include_str!("../../index/majors.csv")),
    ("occupations.csv", include_str!("../../index/occupations.csv")),
    ("programmes.csv", include_str!("../../index/programmes.csv")),
    ("rarity.csv", include_str!("../../index/rarity.csv")),
    ("signs.csv", include_str!("../../index/signs.csv")),
    ("skills.csv", include_str!("../../index/skills.csv")),
    ("stem_exceptions.csv", include_str!("../../index/stem_exceptions.csv")),
    ("stop_words.csv", include_str!("../../index/stop_words.csv")),
    ("synonyms.csv", include_str!("../../index/synonyms.csv")),
    // Decides which neighbouring occupations an advertisement is stored under.
    ("weights.csv", include_str!("../../index/weights.csv")),
];

/// What went wrong below the search index.
#[derive(Debug, Error)]
pub enum SearchError {
    /// Another process writes to this folder; each writing process needs one of its own.
    #[error("index folder {0} is in use by another process")]
    Busy(PathBuf),
    /// The folder exists but cannot be trusted: rebuild it from the database.
    #[error("index folder {folder} is damaged: {reason}")]
    Damaged {
        /// The generation that was found.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file system refused (disk full, rights).
    #[error("index file {path}: {source}")]
    Io {
        /// What was touched.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The search engine refused.
    #[error(transparent)]
    Engine(#[from] tantivy::TantivyError),
    /// The payload of a commit cannot be written as JSON.
    #[error("index payload: {0}")]
    Payload(#[from] serde_json::Error),
}

/// What an index is made of: SHA-256 (hexadecimal) over the schema's version, the program's version (its text analysis
/// may have changed) and the vocabulary of `index/`. An index of another fingerprint is never read.
pub fn fingerprint() -> String {
    fingerprint_of(schema::SCHEMA_VERSION, env!("CARGO_PKG_VERSION"), &VOCABULARY)
}

fn fingerprint_of(schema: u32, program: &str, vocabulary: &[(&str, &str)]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&schema.to_le_bytes());
    // A zero byte behind every part: no two different lists of parts read alike.
    for part in iter::once(program).chain(vocabulary.iter().flat_map(|(name, text)| [*name, *text])) {
        context.update(part.as_bytes());
        context.update(&[0]);
    }
    context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_a_folder_name_and_changes_with_each_part() {
        let once = fingerprint();
        assert_eq!(once.len(), 64);
        assert!(once.chars().all(|c| c.is_ascii_hexdigit()));
        let others = [
            fingerprint_of(0, env!("CARGO_PKG_VERSION"), &VOCABULARY),
            fingerprint_of(schema::SCHEMA_VERSION, "another", &VOCABULARY),
            fingerprint_of(schema::SCHEMA_VERSION, env!("CARGO_PKG_VERSION"), &VOCABULARY[1..]),
        ];
        assert!(!others.contains(&once));
    }

    #[test]
    fn every_file_the_reading_layer_is_made_of_is_part_of_it() {
        let tables = include_str!("../reading/tables.rs");
        let used =
            tables.split("include_str!(\"../../index/").skip(1).filter_map(|rest| rest.split('"').next());
        let missing: Vec<&str> =
            used.filter(|file| VOCABULARY.iter().all(|(name, _)| name != file)).collect();
        // A title that is coded by itself is read with the first, flags are found with the second: neither is indexed.
        assert_eq!(missing, ["titles.csv", "criteria.csv"]);
        assert!(tables.contains("../../index/occupations.csv"), "the list is read from where it stands");
    }
}
