//! What every handler can reach.
use std::{net::IpAddr, sync::Arc};

use axum::extract::FromRef;

use crate::{
    app::{App, accounts::auth::Auth, indexing::Indexer, runs::gap::Cache},
    http::metrics::Metrics,
};

/// The application and the keeper of logins. Cloning is cheap.
#[derive(Clone)]
pub struct AppState {
    /// Use cases run on this.
    pub app: App,
    /// Logins and tokens.
    pub auth: Auth,
    /// The search index; wake it after a change of a profile or vacancy.
    pub indexer: Arc<Indexer>,
    /// The moment that questions about what is missing rest on.
    pub gaps: Arc<Cache>,
    /// Proxies that tell truly where a request came from.
    pub trusted_proxies: Arc<[IpAddr]>,
    /// What is counted for whoever watches; none where nobody does.
    pub metrics: Option<Arc<Metrics>>,
}

impl FromRef<AppState> for App {
    fn from_ref(state: &AppState) -> Self {
        state.app.clone()
    }
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}

impl FromRef<AppState> for Arc<Indexer> {
    fn from_ref(state: &AppState) -> Self {
        Self::clone(&state.indexer)
    }
}

impl FromRef<AppState> for Arc<Cache> {
    fn from_ref(state: &AppState) -> Self {
        Self::clone(&state.gaps)
    }
}

impl FromRef<AppState> for Option<Arc<Metrics>> {
    fn from_ref(state: &AppState) -> Self {
        state.metrics.clone()
    }
}
