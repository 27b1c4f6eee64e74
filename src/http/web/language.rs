//! The language of pages for everybody: a cookie says it, set by the form at the end of each. Pages of residents, companions and
//! offices have one language whatever it says, so that nobody reads half of each.
use axum::{
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
};

use crate::{
    app::App,
    http::{
        problem::Problem,
        web::{PAGES, Who, form::Form, frame::lead_to, login},
    },
    words::Language,
};

/// The cookie of a language.
const COOKIE: &str = "bahasa";

/// In which language a page is told.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    pub language: Language,
    /// Where whoever chooses another language comes back to; none where there is no other, or the page cannot be asked for again:
    /// what was typed into it, or is told once, would be lost.
    back: Option<String>,
}

/// The language that can be chosen instead.
#[derive(Clone, Debug)]
pub struct Other {
    pub back: String,
    pub code: &'static str,
    pub name: &'static str,
}

impl Spoken {
    /// Of a page that these may see.
    pub fn of(app: &App, headers: &HeaderMap, (method, uri): (&Method, &Uri), who: Who) -> Self {
        if who != Who::Anybody {
            return Self::default();
        }
        let chosen = login::read_cookie(app, headers, COOKIE).and_then(|code| Language::of(&code));
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let back = method.is_safe().then(|| path.to_owned());
        Self { language: chosen.unwrap_or_default(), back }
    }

    /// The same before the router knows the page. What is no page is nobody's.
    pub fn at(app: &App, headers: &HeaderMap, (method, uri): (&Method, &Uri)) -> Self {
        let page = PAGES.iter().find(|page| is_at(page.path, uri.path()));
        Self::of(app, headers, (method, uri), page.map_or(Who::Anybody, |page| page.who))
    }

    /// What can be chosen instead.
    pub fn other(&self) -> Option<Other> {
        let back = self.back.clone()?;
        let other = Language::ALL.into_iter().find(|one| *one != self.language)?;
        Some(Other { back, code: other.code(), name: other.name() })
    }
}

/// Whether a path is one of a pattern of the list.
fn is_at(pattern: &str, path: &str) -> bool {
    let (mut parts, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(one)) if part == one || part.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// Remembers a language until the browser is closed, and leads back. Not longer: phones and desks are shared, and who comes next reads
/// Indonesian.
pub async fn choose(State(app): State<App>, form: Form) -> Result<Response, Problem> {
    let Some(language) = Language::of(form.text("bahasa")) else {
        return Err(Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let back = lead_to(login::wanted(form.text("ke")).unwrap_or("/"));
    Ok(login::with_cookie(&app, back, (COOKIE, language.code()), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_in_the_list() {
        for (pattern, path, is) in [
            ("/", "/", true),
            ("/saya", "/saya", true),
            ("/lowongan/{id}/lamar", "/lowongan/1/lamar", true),
            ("/lowongan/{id}", "/lowongan/1/lamar", false),
            ("/lowongan/{id}/lamar", "/lowongan/1", false),
            ("/saya", "/saya/x", false),
        ] {
            assert_eq!(is_at(pattern, path), is, "{pattern} {path}");
        }
    }
}
