//! What every page has around it: name, menu, the band that names whom it is about, footer; its policy; and how a template
//! becomes an answer.
use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::{
    extract::{FromRef, FromRequestParts, MatchedPath},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};

use crate::{
    app::{
        App, AppError,
        access::{Role, Session},
        accounts::sessions::{Held, SignedIn},
        idempotency::Key,
        system,
    },
    domain::{codes::ProblemCode, message::Office},
    http::{
        problem::Problem,
        state::AppState,
        web::{
            filters,
            form::Form,
            language::{Other, Spoken},
        },
    },
    words::{Language, id::pages},
};

/// Of pages: only the style sheet, pictures and forms of this service; no script of any kind.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A file that pages load, compiled in. Its address changes with its content, so that it is kept for good.
pub struct Asset {
    pub path: String,
    pub kind: &'static str,
    pub text: &'static str,
}

impl Asset {
    fn new(name: &str, kind: &'static str, text: &'static str) -> Self {
        let hash = system::hex(&system::sha256(text.as_bytes()));
        let hash = hash.get(..12).unwrap_or_default();
        Self { path: format!("/static/{hash}/{name}"), kind, text }
    }
}

/// The style sheet.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("app.css", "text/css; charset=utf-8", include_str!("../../../static/app.css"))
});
/// The picture of the service.
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon.svg", "image/svg+xml", include_str!("../../../static/icon.svg")));

/// One entry of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub label: &'static str,
    pub path: &'static str,
    /// The page belongs to it.
    pub here: bool,
}

/// Whom the pages are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub name: String,
    /// The login holds others too.
    pub others: bool,
    /// A companion fills in for them.
    pub helped: bool,
}

/// What a layout shows around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    pub service: &'static str,
    pub style: &'static str,
    pub icon: &'static str,
    pub office: Arc<Office>,
    pub menu: Vec<Entry>,
    pub band: Option<Band>,
    /// Somebody is logged in.
    pub logged_in: bool,
    /// What a form of this page is done under, once.
    pub key: String,
    /// The id of whom the page is about, so that a form is carried out for nobody else; empty where it is about nobody.
    pub about: String,
    /// The language that can be chosen instead; none where there is one only.
    pub other: Option<Other>,
}

impl Frame {
    /// Around a page of which nothing is known but the service.
    pub fn plain(state: &AppState, spoken: &Spoken) -> Self {
        Self::of(Arc::clone(&state.app.office), None, "", spoken)
    }

    /// Several persons share the login: it is asked who answers.
    pub fn is_shared(&self) -> bool {
        self.band.as_ref().is_some_and(|band| band.others)
    }

    fn of(office: Arc<Office>, signed: Option<&SignedIn>, route: &str, spoken: &Spoken) -> Self {
        let role = signed.map(|signed| signed.session.role);
        let person = signed.and_then(|signed| signed.person.clone());
        let others = signed.is_some_and(SignedIn::is_shared);
        let about = person.as_ref().map(|person| person.id.to_string()).unwrap_or_default();
        Self {
            about,
            service: pages::SERVICE,
            style: &STYLE.path,
            icon: &ICON.path,
            office,
            menu: menu(role, route, spoken.language),
            band: person.map(|Held { name, .. }| Band { name, others, helped: false }),
            logged_in: signed.is_some(),
            key: system::fresh::<uuid::Uuid>().to_string(),
            other: spoken.other(),
        }
    }
}

/// The menu of a role, as the list of pages says it; the entry that the present page belongs to is marked.
fn menu(role: Option<Role>, route: &str, language: Language) -> Vec<Entry> {
    let here = super::PAGES.iter().find(|page| page.path == route).and_then(|page| page.menu);
    let shown = super::PAGES.iter().filter(|page| page.in_menu_of(role));
    let entry = |page: &super::PageRoute| {
        let menu = page.menu?;
        Some(Entry { label: language.menu(menu), path: page.path, here: here == Some(menu) })
    };
    shown.filter_map(entry).collect()
}

/// Whoever looks at a page, logged in or not.
#[derive(Clone, Debug)]
pub struct Visit {
    pub signed: Option<Arc<SignedIn>>,
    pub path: String,
    /// The row of the list of pages it is.
    route: String,
    /// The query, as it was sent.
    pub query: String,
    office: Arc<Office>,
    spoken: Spoken,
}

impl Visit {
    /// What is around the page.
    pub fn frame(&self) -> Frame {
        Frame::of(Arc::clone(&self.office), self.signed.as_deref(), &self.route, &self.spoken)
    }

    /// In which language the page is told.
    pub fn language(&self) -> Language {
        self.spoken.language
    }

    /// A page for everybody, in their language.
    pub fn page<T: Template>(&self, page: T) -> Told<T> {
        Page(page).told_in(self.language())
    }

    /// The session of whoever is logged in.
    pub fn session(&self) -> Option<&Session> {
        self.signed.as_deref().map(|signed| &signed.session)
    }

    /// Where the service is reached from outside, for what is passed on; empty where nobody said it.
    pub fn outside(&self) -> &str {
        self.office.address.as_deref().unwrap_or_default()
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self {
            signed: parts.extensions.get::<Arc<SignedIn>>().cloned(),
            path: parts.uri.path().to_owned(),
            route: parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            office: Arc::clone(&App::from_ref(state).office),
            spoken: parts.extensions.get::<Spoken>().cloned().unwrap_or_default(),
        })
    }
}

/// Whoever is logged in.
#[derive(Clone, Debug)]
pub struct User {
    pub visit: Visit,
    pub signed: Arc<SignedIn>,
}

impl FromRequestParts<AppState> for User {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        let signed = visit.signed.clone().ok_or(AppError::Unauthenticated(ProblemCode::LoginMissing))?;
        Ok(Self { visit, signed })
    }
}

/// A login that holds persons, and the one it is about.
#[derive(Clone, Debug)]
pub struct Resident {
    pub visit: Visit,
    pub signed: Arc<SignedIn>,
    pub person: Held,
}

impl Resident {
    /// What is around the page.
    pub fn frame(&self) -> Frame {
        self.visit.frame()
    }

    /// Its session.
    pub fn session(&self) -> &Session {
        &self.signed.session
    }

    /// The key under which a form of these pages is done once.
    ///
    /// # Errors
    /// `bad_key`; `stale_version` for a form that was shown for somebody else of the family.
    pub fn key(&self, form: &Form) -> Result<Key, Problem> {
        self.check(form)?;
        form.key(self.session().account, &self.visit.path)
    }

    /// Whether a form was shown for the person the pages are about now: another tab may have turned to somebody else.
    ///
    /// # Errors
    /// `stale_version` otherwise.
    pub fn check(&self, form: &Form) -> Result<(), Problem> {
        let shown_for = form.text("orang");
        let other = if shown_for.is_empty() {
            self.signed.is_shared()
        } else {
            shown_for != self.person.id.to_string()
        };
        if other { Err(Problem::new(StatusCode::CONFLICT, ProblemCode::StaleVersion)) } else { Ok(()) }
    }
}

impl FromRequestParts<AppState> for Resident {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let User { visit, signed } = User::from_request_parts(parts, state).await?;
        signed.session.trainee()?;
        let person = signed.person.clone().ok_or(AppError::NotFound)?;
        Ok(Self { visit, signed, person })
    }
}

/// A companion.
#[derive(Clone, Debug)]
pub struct Helper {
    pub visit: Visit,
    pub signed: Arc<SignedIn>,
}

impl Helper {
    /// What is around a page about somebody who agreed.
    pub fn frame_for(&self, name: &str) -> Frame {
        Frame {
            band: Some(Band { name: name.to_owned(), others: false, helped: true }),
            ..self.visit.frame()
        }
    }

    /// Its session.
    pub fn session(&self) -> &Session {
        &self.signed.session
    }
}

impl FromRequestParts<AppState> for Helper {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let User { visit, signed } = User::from_request_parts(parts, state).await?;
        signed.session.companion()?;
        Ok(Self { visit, signed })
    }
}

/// A page, ready to be sent.
#[derive(Clone, Debug)]
pub struct Page<T>(pub T);

/// A page in a language.
#[derive(Clone, Debug)]
pub struct Told<T> {
    page: T,
    language: Language,
}

impl<T: Template> Page<T> {
    /// The page in this language.
    pub fn told_in(self, language: Language) -> Told<T> {
        Told { page: self.0, language }
    }

    /// The page with another status than 200.
    pub fn with(self, status: StatusCode) -> Response {
        self.told_in(Language::default()).with(status)
    }
}

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        self.told_in(Language::default()).into_response()
    }
}

impl<T: Template> Told<T> {
    /// The page with another status than 200.
    pub fn with(self, status: StatusCode) -> Response {
        let mut response = self.into_response();
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        response
    }
}

impl<T: Template> IntoResponse for Told<T> {
    fn into_response(self) -> Response {
        match self.page.render_with_values(&filters::values(&self.language)) {
            Ok(text) => {
                let mut response = Html(text).into_response();
                response
                    .headers_mut()
                    .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
                response
            }
            Err(error) => {
                tracing::error!(%error, "a page cannot be written");
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, ProblemCode::Internal).into_response()
            }
        }
    }
}

/// Leads to another page after something was done (303).
pub fn lead_to(path: &str) -> Response {
    let Ok(location) = HeaderValue::try_from(path) else {
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, ProblemCode::Internal).into_response();
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}
