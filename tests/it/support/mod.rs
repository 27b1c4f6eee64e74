//! What the tests share: databases, a running app, typed clients.
pub mod app;
pub mod database;
