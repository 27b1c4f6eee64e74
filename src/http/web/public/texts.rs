//! Pages that say the same to everybody: help, privacy.
use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::http::web::frame::{Frame, Visit};

#[derive(Template)]
#[template(path = "public/help.html")]
struct Help {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct Privacy {
    frame: Frame,
}

pub async fn help(visit: Visit) -> Response {
    visit.page(Help { frame: visit.frame() }).into_response()
}

pub async fn privacy(visit: Visit) -> Response {
    visit.page(Privacy { frame: visit.frame() }).into_response()
}
