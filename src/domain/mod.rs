//! Pure words and rules of the field: values, state machines, limits. Nothing here does IO, reads a clock or rolls dice.
#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod access;
pub mod activation;
pub mod application;
pub mod audit;
pub mod calendar;
pub mod class;
pub mod clock;
pub mod codes;
pub mod contact;
pub mod diagram;
pub mod digits;
pub mod disclosure;
pub mod duration;
pub mod education;
pub mod employer;
pub mod evidence;
pub mod flag;
pub mod ids;
pub mod intake;
pub mod job;
pub mod letter;
pub mod limits;
pub mod machine;
pub mod money;
pub mod next_step;
pub mod nik;
pub mod numeral;
pub mod person;
pub mod phone;
pub mod plain;
pub mod plan;
pub mod region;
pub mod run;
pub mod training;
pub mod vacancy;
