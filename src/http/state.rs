//! What every handler can reach.
use axum::extract::FromRef;

use crate::app::{App, auth::Auth};

/// The application and the keeper of logins. Cloning is cheap.
#[derive(Clone)]
pub struct AppState {
    /// Use cases run on this.
    pub app: App,
    /// Logins and tokens.
    pub auth: Auth,
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
