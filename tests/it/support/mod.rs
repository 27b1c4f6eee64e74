//! What the tests share: databases, a running app, typed clients, records made through the use cases.
pub mod app;
pub mod build;
pub mod bulk;
pub mod contract;
pub mod counting;
pub mod database;
pub mod fixture;
pub mod jobs;
pub mod world;
