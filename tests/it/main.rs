//! The one integration-test binary: real SQLite files, a real PostgreSQL server, the real HTTP service.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests say what they expect by failing"
)]
mod auth;
mod contacts;
mod diagrams;
mod indexing;
mod matching;
mod matrix;
mod problems;
mod quality;
mod spine;
mod sql;
mod support;
mod tidy;
mod vocabulary;
mod workflow;
