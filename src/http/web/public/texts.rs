//! Pages that say the same to everybody: help, privacy.
use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::http::web::frame::{Frame, Page, Visit};

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
    Page(Help { frame: visit.frame() }).into_response()
}

pub async fn privacy(visit: Visit) -> Response {
    Page(Privacy { frame: visit.frame() }).into_response()
}
