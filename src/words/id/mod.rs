//! Bahasa Indonesia, one file a subject; of explanations one file a reader.
pub mod closed;
pub mod dates;
pub mod desil;
pub mod employer;
pub mod evidence;
pub mod fields;
pub mod files;
pub mod flags;
pub mod own_data;
pub mod parser;
pub mod person;
pub mod policy;
pub mod price;
pub mod problems;
pub mod reasons;
pub mod staff;
pub mod states;
