//! `/lowongan/{id}`: one vacancy as everybody may read it; one that is over answers 410 and names similar ones.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    app::{
        App,
        access::Role,
        finding::{self, PostedView, Seen},
        indexing::Indexer,
        vacancies::seen::VacancyView,
    },
    domain::{calendar::jakarta_date, ids::VacancyId, intake::words::EmploymentType, region, vacancy},
    files::slips,
    http::{
        extract::Id,
        problem::Problem,
        web::{
            frame::{Frame, Visit},
            public::vacancies::Row,
        },
    },
    words::Language,
};

/// Similar vacancies that are named.
pub(super) const SIMILAR: usize = 3;

/// A vacancy in finished words.
#[derive(Clone, Debug)]
pub struct Offer {
    pub id: String,
    pub title: String,
    pub employer: String,
    pub wage: Option<String>,
    pub place: Option<String>,
    pub contract: Option<&'static str>,
    pub hours: Option<String>,
    pub shifts: Option<bool>,
    pub shuttle: bool,
    pub dormitory: bool,
    pub education: String,
    pub experience: Option<String>,
    pub skills: Vec<String>,
    pub certificates: Vec<String>,
    pub conditions: Option<String>,
    pub description: String,
    pub seats: Option<i64>,
    pub until: Option<String>,
}

impl Offer {
    pub fn of(view: &VacancyView) -> Self {
        Self::told_in(view, Language::default())
    }

    /// The same on a page that is told in this language.
    pub fn told_in(view: &VacancyView, words: Language) -> Self {
        let village = view.village.as_deref().and_then(region::full_name);
        let place = match (village, view.place.clone()) {
            (Some(village), Some(place)) if !place.is_empty() && place != village => {
                Some(format!("{place}, {village}"))
            }
            (village, place) => village.or(place),
        };
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            employer: view.employer_name.clone(),
            wage: words.wage(view.wage_min, view.wage_max),
            place,
            contract: view.employment_type.as_deref().and_then(|code| words.employment_by_code(code)),
            hours: view.working_hours.clone(),
            shifts: view.shifts,
            shuttle: view.shuttle == Some(true),
            dormitory: view.dormitory == Some(true),
            education: words.asked_education(view.education_min.as_deref()),
            experience: view.experience_months.map(|months| words.experience(months)),
            skills: view.skills.clone(),
            certificates: view.certificates.clone(),
            conditions: view.conditions.clone(),
            description: view.description.clone(),
            seats: view.seats,
            until: view.closes_on.map(|last| words.weekday(last)),
        }
    }
}

#[derive(Template)]
#[template(path = "public/vacancy.html")]
struct Vacancy {
    frame: Frame,
    offer: Offer,
    /// Its title and whose it is.
    heading: String,
    /// How many people are looked for.
    wanted: Option<String>,
    /// `JobPosting` of schema.org, safe inside a script element.
    posting: String,
    /// One line for whoever is sent the address.
    summary: String,
    /// Its address from outside; empty where nobody said it.
    address: String,
    /// Its QR code, for the notice on paper; empty without an address.
    qr: String,
    /// Link that opens WhatsApp with a text; empty without an address.
    share: String,
    /// Whoever looks may apply, once logged in.
    may_apply: bool,
    /// Nobody is logged in: an interest may be said without.
    nobody: bool,
}

#[derive(Template)]
#[template(path = "public/over.html")]
struct Over {
    frame: Frame,
    said: &'static str,
    similar: Vec<Row>,
}

pub async fn show(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    visit: Visit,
    Id(id): Id<VacancyId>,
) -> Result<Response, Problem> {
    let view = match finding::seen(&app, &indexer.view(), id, SIMILAR).await? {
        Seen::Open(view) => view,
        Seen::Over(state, similar) => return Ok(over(&visit, state, &similar)),
    };
    let words = visit.language();
    let offer = Offer::told_in(&view, words);
    let outside = visit.outside();
    let address = if outside.is_empty() { String::new() } else { format!("{outside}/lowongan/{id}") };
    let share = if address.is_empty() {
        String::new()
    } else {
        let text = words.shared(&offer.title, &offer.employer, offer.wage.as_deref(), &address);
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("text", &text).finish();
        format!("https://wa.me/?{query}")
    };
    let parts = [Some(offer.employer.clone()), offer.wage.clone(), offer.place.clone()];
    let summary = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let posting = in_script(&posting(&view, &address));
    // An address that is too long for a picture stands on the notice in letters.
    let qr =
        Some(&address).filter(|address| !address.is_empty()).and_then(|address| slips::picture(address).ok());
    let qr = qr.unwrap_or_default();
    let may_apply = visit.session().is_none_or(|session| session.role == Role::Trainee);
    let (frame, nobody) = (visit.frame(), visit.session().is_none());
    let (heading, wanted) =
        (words.heading(&offer.title, &offer.employer), offer.seats.map(|seats| words.wanted(seats)));
    let page =
        Vacancy { frame, offer, heading, wanted, posting, summary, address, qr, share, may_apply, nobody };
    Ok(visit.page(page).into_response())
}

/// That a vacancy is over or rests, with some that are like it.
pub(super) fn over(visit: &Visit, state: vacancy::State, similar: &[PostedView]) -> Response {
    let words = visit.language();
    let similar = similar.iter().map(|one| Row::of(one, words)).collect();
    visit.page(Over { frame: visit.frame(), said: words.over(state), similar }).with(StatusCode::GONE)
}

/// What search engines read of a vacancy (schema.org/JobPosting): what stands on the page, nothing else.
fn posting(v: &VacancyView, address: &str) -> Value {
    let kind = v.employment_type.as_deref().and_then(|code| code.parse().ok());
    let kind = kind.map(|kind: EmploymentType| match kind {
        EmploymentType::Pkwtt | EmploymentType::AlihDaya => "FULL_TIME",
        EmploymentType::Pkwt => "CONTRACTOR",
        EmploymentType::HarianLepas => "PER_DIEM",
        EmploymentType::Borongan => "TEMPORARY",
        EmploymentType::Magang => "INTERN",
    });
    let village = v.village.as_deref().and_then(region::full_name);
    let mut posting = json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": v.title,
        "description": v.description,
        "datePosted": jakarta_date(v.created_at),
        "identifier": {"@type": "PropertyValue", "name": "padankerja", "value": v.id},
        "hiringOrganization": {"@type": "Organization", "name": v.employer_name},
        "jobLocation": {"@type": "Place", "address": {
            "@type": "PostalAddress", "addressLocality": village.as_deref().or(v.place.as_deref()),
            "addressRegion": "Jawa Tengah", "addressCountry": "ID"}},
        "directApply": true,
    });
    if let Some(fields) = posting.as_object_mut() {
        let wage = v.wage_min.or(v.wage_max).map(|least| {
            let most = v.wage_max.unwrap_or(least);
            json!({"@type": "MonetaryAmount", "currency": "IDR", "value":
                {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitText": "MONTH"}})
        });
        let more = [
            ("validThrough", v.closes_on.map(|day| json!(day))),
            ("employmentType", kind.map(|kind| json!(kind))),
            ("baseSalary", wage),
            ("totalJobOpenings", v.seats.map(|seats| json!(seats))),
            ("url", Some(address).filter(|address| !address.is_empty()).map(|address| json!(address))),
        ];
        fields.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    posting
}

/// JSON that no text in it can end the element of.
fn in_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ad_ends_the_script_it_stands_in() {
        let text = in_script(&json!({"title": "</script><script>alert(1)</script> & <!--"}));
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["title"], "</script><script>alert(1)</script> & <!--");
    }
}
