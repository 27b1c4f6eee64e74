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
        region::{Region, RegionCode},
    },
    http::{
        address::ClientAddress,
        extract::{Id, Query},
        problem::Problem,
        web::{
            form::{Choice, Form, Shown},
            frame::{Frame, Visit, lead_to},
            places::{self, Chosen},
            public::vacancy::{Offer, SIMILAR, over},
        },
    },
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

pub async fn show(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    visit: Visit,
    Id(id): Id<VacancyId>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Problem> {
    if visit.session().is_some_and(|session| session.role == Role::Trainee) {
        return Ok(lead_to(&format!("/lowongan/{id}/lamar")));
    }
    let offer = match offered(&app, &indexer, &visit, id).await? {
        Ok(offer) => offer,
        Err(over) => return Ok(over),
    };
    Ok(match chosen.district() {
        Some(district) => visit.page(page(&visit, offer, district, Shown::empty())).into_response(),
        None => first(&visit, offer, chosen.again_in(visit.language())),
    })
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
    if visit.session().is_some_and(|session| session.role == Role::Trainee) {
        return Ok(lead_to(&format!("/lowongan/{id}/lamar")));
    }
    let issues = form.faults(&["name", "phone", "village", "setuju"]);
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
            let (number, call_by) = (told.number.as_str().to_owned(), visit.language().call_by(told.call_by));
            return Ok(visit.page(Made { frame: visit.frame(), id, number, call_by }).into_response());
        }
        Err(AppError::Invalid(issues)) => (Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY),
        Err(AppError::TooMany { retry_after }) => {
            let said = visit.language().wait(retry_after);
            (Shown::said(form, "name", said), StatusCode::TOO_MANY_REQUESTS)
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
    Ok(match place.ok().and_then(places::district_of) {
        Some(district) => visit.page(page(&visit, offer, district, shown)).with(status),
        None => first(&visit, offer, places::not_chosen(visit.language())),
    })
}

/// The vacancy, or the page that says that it is over.
async fn offered(
    app: &App,
    indexer: &Indexer,
    visit: &Visit,
    id: VacancyId,
) -> Result<Result<Offer, Response>, Problem> {
    Ok(match finding::seen(app, &indexer.view(), id, SIMILAR).await? {
        Seen::Open(view) => Ok(Offer::told_in(&view, visit.language())),
        Seen::Over(state, similar) => Err(over(visit, state, &similar)),
    })
}

/// The page of districts that comes first.
fn first(visit: &Visit, offer: Offer, form: Shown) -> Response {
    let wrong = form.is_wrong();
    let page = visit.page(District { frame: visit.frame(), offer, districts: places::districts(), form });
    if wrong { page.with(StatusCode::UNPROCESSABLE_ENTITY) } else { page.into_response() }
}

fn page(visit: &Visit, offer: Offer, district: &'static Region, form: Shown) -> Interest {
    let (code, villages) = (district.code.as_str().to_owned(), places::villages(district));
    Interest { frame: visit.frame(), offer, district: district.name, code, villages, form }
}
