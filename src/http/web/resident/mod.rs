//! Pages of a person: where the applications stand, what to answer, whom of a family they are about.
pub mod answer;
pub mod application;
pub mod applications;
pub mod apply;
pub mod calendar;
pub mod choose;
pub mod data;
pub mod help;
pub mod note;
pub mod opened;
pub mod profile;
pub mod shown;
pub mod slip;
