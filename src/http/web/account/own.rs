//! `/akun` and `/keluar`: which login this is, and how to leave it.
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use crate::{
    app::{App, access::Role, accounts::sessions},
    http::{
        problem::Problem,
        web::{
            frame::{Frame, Page, User, lead_to},
            login,
        },
    },
    words::id::pages,
};

#[derive(Template)]
#[template(path = "account/own.html")]
struct Own {
    frame: Frame,
    role: &'static str,
    resident: bool,
}

pub async fn show(user: User) -> Response {
    let role = user.signed.session.role;
    Page(Own { frame: user.visit.frame(), role: pages::role(role), resident: role == Role::Trainee })
        .into_response()
}

/// Out on this device.
pub async fn leave(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(key) = login::key_of(&app, &headers) {
        sessions::end(&app, &key).await?;
    }
    Ok(login::without_login(&app, lead_to("/")))
}

/// Out on every device.
pub async fn leave_everywhere(State(app): State<App>, user: User) -> Result<Response, Problem> {
    sessions::end_everywhere(&app, &user.signed).await?;
    Ok(login::without_login(&app, lead_to("/masuk")))
}
