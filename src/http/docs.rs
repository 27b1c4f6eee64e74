//! `/docs`: the API's document in Swagger UI, from files compiled in. Of the archive that its crate brings only what a
//! browser asks for is unpacked, once, when somebody asks: unpacked in the binary it was a tenth of it.
use std::{
    collections::HashMap,
    io::{Cursor, Read},
    sync::OnceLock,
};

use axum::{
    Router,
    extract::Path,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use zip::ZipArchive;

use crate::{
    domain::codes::ProblemCode,
    http::{problem::Problem, state::AppState},
};

/// The page writes its own styles; everything else comes from here.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("../../static/docs/index.html");
const START: &str = include_str!("../../static/docs/start.js");

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files of the archive that the page names, with their types.
const FILES: [(&str, &str); 3] = [
    ("swagger-ui.css", "text/css; charset=utf-8"),
    ("swagger-ui-bundle.js", SCRIPT),
    ("favicon-32x32.png", "image/png"),
];

type Unpacked = HashMap<&'static str, (&'static str, Vec<u8>)>;

/// The page and its files.
pub fn routes() -> Router<AppState> {
    let page = || async { answer("text/html; charset=utf-8", PAGE.as_bytes()) };
    Router::new().route("/docs", get(page)).route("/docs/", get(page)).route("/docs/{file}", get(file))
}

async fn file(Path(name): Path<String>) -> Response {
    if name == "start.js" {
        return answer(SCRIPT, START.as_bytes());
    }
    let Ok(Some(files)) = tokio::task::spawn_blocking(unpacked).await else {
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, ProblemCode::Internal).into_response();
    };
    match files.get(name.as_str()) {
        Some((kind, bytes)) => answer(kind, bytes),
        None => Problem::of_status(StatusCode::NOT_FOUND).into_response(),
    }
}

fn answer(kind: &'static str, bytes: &'static [u8]) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, bytes).into_response()
}

/// The files by name; `None` when the archive is not what it was.
fn unpacked() -> Option<&'static Unpacked> {
    static UNPACKED: OnceLock<Option<Unpacked>> = OnceLock::new();
    UNPACKED.get_or_init(|| unpack().ok().filter(|files| files.len() == FILES.len())).as_ref()
}

fn unpack() -> Result<Unpacked, zip::result::ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED))?;
    let mut files = Unpacked::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let path = entry.name()?.into_owned();
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", ""));
        let wanted = FILES.iter().find(|(file, _)| *file == name && folder.ends_with("/dist"));
        if let Some((file, kind)) = wanted.copied() {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.entry(file).or_insert((kind, bytes));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_holds_what_the_page_names() {
        let files = unpacked().unwrap();
        for (name, _) in FILES {
            assert!(files[name].1.len() > 500, "{name}");
            assert!(PAGE.contains(&format!("/docs/{name}")), "{name} is named by the page");
        }
        assert!(PAGE.contains("/docs/start.js"));
    }
}
