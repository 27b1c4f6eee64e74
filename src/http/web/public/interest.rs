//! `/lowongan/{id}/minat`: "I am interested", without a login. First the district, then name, number and village on a page of
//! their own; the page that answers tells a number and the day by which an officer calls. Sent twice, the same form gets the
//! same answer.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App, AppError,
        access::Role,
        accounts::auth::Auth,
        finding::{self, Seen},
        indexing::Indexer,
        interests::{self, NewInterest},
    },
    domain::{
        codes::ProblemCode,
        ids::VacancyId,
        region::{self, RegionCode},
    },
    http::{
        address::ClientAddress,
        extract::{Id, Query},
        problem::Problem,
        web::{
            form::{Choice, Form, Shown},
            frame::{Frame, Page, Visit, lead_to},
            public::vacancy::{Offer, SIMILAR, over},
        },
    },
    words::id::pages::{self, interest as words},
};

#[derive(Template)]
#[template(path = "public/interest_district.html")]
struct District {
    frame: Frame,
    offer: Offer,
    districts: Vec<Choice>,
    form: Shown,
}

#[derive(Template)]
#[template(path = "public/interest.html")]
struct Interest {
    frame: Frame,
    offer: Offer,
    /// The district that was chosen.
    district: &'static str,
    code: String,
    villages: Vec<Choice>,
    form: Shown,
}

#[derive(Template)]
#[template(path = "public/interest_made.html")]
struct Made {
    frame: Frame,
    id: VacancyId,
    number: String,
    call_by: String,
}

/// The district, once it is chosen.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kec: Option<String>,
    /// The button was pressed.
    #[serde(default)]
    pilih: String,
}

pub async fn show(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    visit: Visit,
    Id(id): Id<VacancyId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if visit.session().is_some_and(|session| session.role == Role::Trainee) {
        return Ok(lead_to(&format!("/lowongan/{id}/lamar")));
    }
    let offer = match offered(&app, &indexer, &visit, id).await? {
        Ok(offer) => offer,
        Err(over) => return Ok(over),
    };
    if asked.kec.is_none() && asked.pilih.is_empty() {
        return Ok(Page(districts(&visit, offer, Shown::empty())).into_response());
    }
    match RegionCode::parse(&asked.kec.unwrap_or_default()).ok().and_then(district_of) {
        Some(district) => Ok(Page(page(&visit, offer, district, Shown::empty())).into_response()),
        None => {
            let said = Shown::said(Form::default(), "kec", pages::CHOOSE_DISTRICT.to_owned());
            Ok(Page(districts(&visit, offer, said)).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

pub async fn say(
    State(app): State<App>,
    State(auth): State<Auth>,
    State(indexer): State<Arc<Indexer>>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    Id(id): Id<VacancyId>,
    form: Form,
) -> Result<Response, Problem> {
    let mut issues = form.missing(&["name", "phone", "village", "setuju"]);
    issues.extend(form.unseen());
    let answered = if issues.is_empty() {
        let new = NewInterest {
            vacancy: id,
            name: form.text("name").to_owned(),
            phone: form.text("phone").to_owned(),
            village: form.text("village").to_owned(),
            other_vacancies: form.ticked("lainnya"),
        };
        interests::say(&app, &auth, address, visit.session(), &new, &form.once(&visit.path)?).await
    } else {
        Err(AppError::Invalid(issues))
    };
    let (shown, status) = match answered {
        Ok(told) => {
            let (number, call_by) = (told.number.as_str().to_owned(), words::call_by(told.call_by));
            return Ok(Page(Made { frame: visit.frame(), id, number, call_by }).into_response());
        }
        Err(AppError::Invalid(issues)) => (Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY),
        Err(AppError::TooMany { retry_after }) => {
            (Shown::said(form, "name", pages::wait(retry_after)), StatusCode::TOO_MANY_REQUESTS)
        }
        // It was closed meanwhile: the page below says so.
        Err(AppError::Conflict { code: ProblemCode::VacancyNotOpen, .. }) => {
            (Shown::wrong(form, &[]), StatusCode::CONFLICT)
        }
        Err(error) => return Err(error.into()),
    };
    let offer = match offered(&app, &indexer, &visit, id).await? {
        Ok(offer) => offer,
        Err(over) => return Ok(over),
    };
    // The village says the district; where none was chosen the form does.
    let place = RegionCode::parse(shown.value("village")).or_else(|_| RegionCode::parse(shown.value("kec")));
    match place.ok().and_then(district_of) {
        Some(district) => Ok(Page(page(&visit, offer, district, shown)).with(status)),
        None => {
            let said = Shown::said(Form::default(), "kec", pages::CHOOSE_DISTRICT.to_owned());
            Ok(Page(districts(&visit, offer, said)).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// The vacancy, or the page that says that it is over.
async fn offered(
    app: &App,
    indexer: &Indexer,
    visit: &Visit,
    id: VacancyId,
) -> Result<Result<Offer, Response>, Problem> {
    Ok(match finding::seen(app, &indexer.view(), id, SIMILAR).await? {
        Seen::Open(view) => Ok(Offer::of(&view)),
        Seen::Over(state, similar) => Err(over(visit, state, &similar)),
    })
}

/// The district of this regency that a place is, or lies in.
fn district_of(place: RegionCode) -> Option<&'static region::Region> {
    let code = place.district()?;
    region::districts().find(|one| one.code == code)
}

fn districts(visit: &Visit, offer: Offer, form: Shown) -> District {
    let choice = |one: &'static region::Region| Choice { value: one.code.as_str(), label: one.name };
    District { frame: visit.frame(), offer, districts: region::districts().map(choice).collect(), form }
}

fn page(visit: &Visit, offer: Offer, district: &'static region::Region, form: Shown) -> Interest {
    let villages = region::villages().iter().filter(|one| one.code.district() == Some(district.code));
    let villages = villages.map(|one| Choice { value: one.code.as_str(), label: one.name }).collect();
    let code = district.code.as_str().to_owned();
    Interest { frame: visit.frame(), offer, district: district.name, code, villages, form }
}
