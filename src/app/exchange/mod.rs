//! Files that come in and go out. Reading and writing the formats is `files`; what a row means is `domain::intake`.
pub mod import;
