//! The one integration-test binary: real SQLite files, a real PostgreSQL server, the real HTTP service.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cognitive_complexity,
    reason = "tests say what they expect by failing; every assertion counts as a branch"
)]
mod audit;
mod auth;
mod confirmation;
mod contacts;
mod diagrams;
mod exchange;
mod explanations;
mod gap;
mod indexing;
mod lease;
mod mail;
mod matching;
mod matrix;
mod messages;
mod metrics;
mod model;
mod officer;
mod pages;
mod past;
mod plans;
mod problems;
mod quality;
mod readings;
mod shortlist;
mod spine;
mod sql;
mod statements;
mod store;
mod support;
mod survival;
mod terminal;
mod tidy;
mod vocabulary;
mod workflow;
