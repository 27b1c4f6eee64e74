//! Files that come in and go out. Reading and writing the formats is `files`; what a row means is `domain::intake`.
mod changes;
pub mod import;
pub(crate) mod judging;
pub(crate) mod known;
mod positions;
pub mod report;
