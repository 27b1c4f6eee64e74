//! Pure words and rules of the field: values, state machines, limits. Nothing here does IO, reads a clock or rolls dice.
pub mod access;
pub mod application;
pub mod calendar;
pub mod clock;
pub mod diagram;
pub mod education;
pub mod employer;
pub mod ids;
pub mod intake;
pub mod money;
pub mod nik;
pub mod phone;
pub mod region;
pub mod vacancy;
pub mod workflow;
