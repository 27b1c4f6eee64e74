//! The one integration-test binary: real SQLite files, a real PostgreSQL server, the real HTTP service.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests say what they expect by failing"
)]
mod audit;
mod auth;
mod contacts;
mod diagrams;
mod explanations;
mod gap;
mod indexing;
mod matching;
mod matrix;
mod problems;
mod quality;
mod shortlist;
mod spine;
mod sql;
mod store;
mod support;
mod tidy;
mod vocabulary;
mod workflow;
