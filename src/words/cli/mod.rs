//! What the command line says, in Bahasa Indonesia: one file for each group of commands, `faults` for what goes wrong in
//! any of them, `usage` for the parser of arguments. What an argument means stands at the argument. Output of `--json` is
//! no matter of words.
pub mod audit;
pub mod calendar;
pub mod classes;
pub mod complaints;
pub mod doctor;
pub mod faults;
pub mod gap;
pub mod interests;
pub mod lists;
pub mod messages;
pub mod next_steps;
pub mod nominations;
pub mod past;
pub mod people;
pub mod read;
pub mod runs;
pub mod service;
pub mod tables;
pub mod undated;
pub mod unknown;
pub mod usage;
