//! `/saya/data`: the copy of what is held, the objection to automatic ranking, and erasure on a page of its own that says what is
//! lost.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::{
        App, browse,
        idempotency::Answer,
        people::{
            self,
            editing::Edit,
            erasure::{self, Ground},
            export,
        },
    },
    domain::codes::{FieldCode, ProblemCode},
    http::{
        problem::Problem,
        web::{
            form::{self, Form, Sent, Shown},
            frame::{Frame, Page, Resident, lead_to},
            login,
            resident::help::{self, Help},
        },
    },
    keyed,
    words::id::pages,
};

#[derive(Template)]
#[template(path = "resident/data.html")]
struct Data {
    frame: Frame,
    version: i64,
    objects: bool,
    help: Help,
    met: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "resident/erase.html")]
struct Erase {
    frame: Frame,
    name: String,
    form: Shown,
}

pub async fn show(State(app): State<App>, who: Resident) -> Result<Response, Problem> {
    Ok(page(&app, &who, None).await?.into_response())
}

async fn page(app: &App, who: &Resident, met: Option<&'static str>) -> Result<Page<Data>, Problem> {
    let person = browse::person(app, who.session(), who.person.id).await?;
    let (version, objects) = (person.version, person.objects_to_ranking);
    let help = help::read(app, who).await?;
    Ok(Page(Data { frame: who.frame(), version, objects, help, met }))
}

/// The copy is recorded, hence a form and no link; the objection is a choice of one's own.
pub async fn act(State(app): State<App>, who: Resident, form: Form) -> Result<Response, Problem> {
    let objects = match form.text("aksi") {
        "unduh" => {
            who.check(&form)?;
            return download(&app, &who).await;
        }
        "dampingi" => return help::say(&app, &who, &form, true).await,
        "berhenti" => return help::say(&app, &who, &form, false).await,
        "tolak" => true,
        "izinkan" => false,
        _ => return Err(Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest)),
    };
    let session = who.session();
    let (key, seen) = (who.key(&form)?, form.version().unwrap_or(0));
    let (acting, person) = (session.acting()?, who.person.id);
    let edit = Edit { objects_to_ranking: Some(Some(objects)), ..Edit::default() };
    let sent = form::outcome(keyed!(app, key, tx => {
        people::edit(&app, tx, &acting, person, seen, &edit).await?;
        Answer::created("/saya/data".to_owned(), &())
    }))?;
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Mend(_) | Sent::Met(_) => {
            Ok(page(&app, &who, Some(pages::CHANGED)).await?.with(StatusCode::CONFLICT))
        }
    }
}

async fn download(app: &App, who: &Resident) -> Result<Response, Problem> {
    let copy = export::own(app, &who.session().trainee()?, Some(who.person.id)).await?;
    let headers =
        [(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"data-saya.json\""))];
    Ok((headers, axum::Json(copy)).into_response())
}

pub async fn ask_erasure(who: Resident) -> Response {
    Page(Erase { frame: who.frame(), name: who.person.name.clone(), form: Shown::empty() }).into_response()
}

/// Erases whom the page is about, once they said so twice.
pub async fn erase(State(app): State<App>, who: Resident, form: Form) -> Result<Response, Problem> {
    who.check(&form)?;
    if !form.ticked("yakin") {
        let issue = crate::app::error::FieldIssue::new("yakin", FieldCode::Required, "");
        let page =
            Erase { frame: who.frame(), name: who.person.name.clone(), form: Shown::wrong(form, &[issue]) };
        return Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let session = who.session();
    let key = who.key(&form)?;
    let (acting, person) = (session.acting()?, who.person.id);
    let others = who.signed.is_shared();
    let sent = form::outcome(keyed!(app, key, tx => {
        erasure::erase(&app, tx, &acting, None, person, Ground::Requested).await?;
        Answer::created("/".to_owned(), &())
    }))?;
    match sent {
        Sent::Done(_) if others => Ok(lead_to("/saya/pilih")),
        Sent::Done(_) => Ok(login::without_login(&app, lead_to("/"))),
        Sent::Mend(_) | Sent::Met(_) => Err(Problem::of_status(StatusCode::CONFLICT)),
    }
}
