//! Who suits a vacancy now: the shortlist, its numbers, and why a pair stands where it stands. What a match run stored is in
//! `runs`; points and rules are in `matching`.
mod counting;
pub mod explaining;
pub mod posted;
pub mod seen;
pub mod shortlist;
pub mod suitable;
pub mod suited;
pub mod summary;
