//! Pure words and rules of the field: values, state machines, limits. Nothing here does IO, reads a clock or rolls dice.
pub mod access;
pub mod clock;
pub mod ids;
