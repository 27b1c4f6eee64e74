//! `/api/v1/vacancies/search`: open vacancies by words and filters, for everybody. What is found is decided in `app::finding`.
use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        finding::{self, Part, PostedView, Wish},
        indexing::Indexer,
    },
    domain::{
        codes::FieldCode,
        education::Education,
        intake::words::EmploymentType,
        limits::HIGHEST_WAGE,
        region::{self, RegionCode},
    },
    http::{extract::Query, paging::Limit, problem::Problem, state::AppState},
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(search))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SearchQuery {
    /// Words, with slips and in any form; at most 200 characters.
    #[serde(default)]
    q: String,
    /// Code of a district of the regency.
    #[param(example = "33.11.05")]
    district: Option<String>,
    /// Code of a village from which the way is counted.
    #[param(example = "33.11.05.2010")]
    village: Option<String>,
    /// The longest way from that village, kilometres; 10 when left out.
    #[param(minimum = 1, maximum = 100)]
    km: Option<u32>,
    /// A wage of at least so much, rupiah a month.
    #[param(minimum = 0)]
    wage: Option<i64>,
    /// Vacancies that ask for no more than this.
    education: Option<Education>,
    employment_type: Option<EmploymentType>,
    /// `true`: people are taken to work.
    #[serde(default)]
    shuttle: bool,
    /// `true`: people can live there.
    #[serde(default)]
    dormitory: bool,
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 10_000)]
    page: Option<u32>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
struct Found {
    /// By likeness where words are asked for, else by way, else newest first.
    items: Vec<PostedView>,
    /// How many in all.
    total: usize,
    /// Where nothing was found: what to leave out, so that something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<Instead>,
}

/// The one parameter without which something is found.
#[derive(Serialize, ToSchema)]
struct Instead {
    /// Its name.
    without: &'static str,
    /// How many are found then.
    total: usize,
}

impl SearchQuery {
    fn wish(&self) -> Result<Wish, AppError> {
        let unknown = |field: &str, code: FieldCode, text: &str| AppError::field(field, code, text);
        let place = |text: &String, is_village: bool| {
            let code = RegionCode::parse(text).ok().filter(|code| code.is_village() == is_village);
            code.filter(|code| region::find(*code).is_some())
        };
        let district = match &self.district {
            Some(text) => Some(
                place(text, false).ok_or_else(|| unknown("district", FieldCode::UnknownDistrict, text))?,
            ),
            None => None,
        };
        let village = match &self.village {
            Some(text) => {
                Some(place(text, true).ok_or_else(|| unknown("village", FieldCode::UnknownVillage, text))?)
            }
            None => None,
        };
        if self.km.is_some_and(|km| !(1..=100).contains(&km)) {
            return Err(unknown("km", FieldCode::NumberOutOfRange, ""));
        }
        if self.wage.is_some_and(|wage| !(0..=HIGHEST_WAGE).contains(&wage)) {
            return Err(unknown("wage", FieldCode::NumberOutOfRange, ""));
        }
        if self.page.is_some_and(|page| !(1..=10_000).contains(&page)) {
            return Err(unknown("page", FieldCode::NumberOutOfRange, ""));
        }
        Ok(Wish {
            words: self.q.clone(),
            district,
            near: village.map(|village| (village, self.km.unwrap_or(10))),
            wage: self.wage,
            education: self.education,
            employment: self.employment_type,
            shuttle: self.shuttle,
            dormitory: self.dormitory,
        })
    }
}

/// Search open vacancies by words (slips, other forms, neighbouring occupations), place, wage, education and contract.
#[utoipa::path(
    get, path = "/vacancies/search", operation_id = "search_vacancies", tag = "vacancies", params(SearchQuery), security(()),
    responses((status = OK, body = Found))
)]
async fn search(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    Query(q): Query<SearchQuery>,
) -> Result<Json<Found>, Problem> {
    let wish = q.wish()?;
    let on_a_page = usize::try_from(q.limit.unwrap_or_default().rows() - 1).unwrap_or_default();
    let skip = usize::try_from(q.page.unwrap_or(1) - 1).unwrap_or_default().saturating_mul(on_a_page);
    let found = finding::search(&app, &indexer.view(), &wish, (skip, on_a_page)).await?;
    let instead = found.instead.map(|(part, total)| Instead { without: named(part), total });
    Ok(Json(Found { items: found.items, total: found.total, instead }))
}

const fn named(part: Part) -> &'static str {
    match part {
        Part::Words => "q",
        Part::District => "district",
        Part::Near => "village",
        Part::Wage => "wage",
        Part::Education => "education",
        Part::Employment => "employment_type",
        Part::Shuttle => "shuttle",
        Part::Dormitory => "dormitory",
    }
}
