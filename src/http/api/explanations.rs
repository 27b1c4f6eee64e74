//! Why an application exists and how many people suit a vacancy: sentences for everybody, codes and points for the
//! office. The sentences are in `words`; how much of them is told is decided in `app::candidates`.
use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        candidates::{explaining, seen::ExplanationView, suitable},
        indexing::Indexer,
    },
    domain::{
        disclosure::{Band, Count},
        ids::{ApplicationId, VacancyId},
    },
    http::{
        extract::{Id, Login, Nothing, Query},
        problem::Problem,
        state::AppState,
    },
    matching::summary::{BANDS_M, MatchSummary},
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(explanation)).routes(routes!(match_summary))
}

/// Read why: officers in full, the person and those who help them in short, an employer about those referred to it.
#[utoipa::path(
    get, path = "/applications/{id}/explanation", operation_id = "read_explanation", tag = "applications",
    params(("id" = ApplicationId, Path)), responses((status = OK, body = ExplanationView))
)]
async fn explanation(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<ExplanationView>, Problem> {
    Ok(Json(explaining::of_application(&app, &session, id).await?))
}

/// A number of people: the office reads the number, an employer a band.
#[derive(Serialize, ToSchema)]
pub(super) struct CountView {
    /// The number; for officers.
    count: Option<usize>,
    /// In which band it lies; for employers.
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<Band>,
    /// In words.
    text: String,
}

impl From<Count> for CountView {
    fn from(number: Count) -> Self {
        let (count, band) = match number {
            Count::Exact(count) => (Some(count), None),
            Count::Banded(band) => (None, Some(band)),
        };
        Self { count, band, text: Language::default().people(number) }
    }
}

/// People within a distance of the workplace.
#[derive(Serialize, ToSchema)]
struct BandView {
    /// At most so many kilometres.
    kilometres: u32,
    /// How many; a nearer band is part of a wider one.
    people: CountView,
}

/// People with something, or without it.
#[derive(Serialize, ToSchema)]
struct LabelledCount {
    /// What.
    label: String,
    /// How many.
    people: CountView,
}

/// How many people suit a vacancy.
#[derive(Serialize, ToSchema)]
struct MatchSummaryView {
    /// Sentences in Bahasa Indonesia.
    lines: Vec<String>,
    /// No rule takes them out, and the work fits.
    suitable: CountView,
    /// There may be more than were looked at.
    or_more: bool,
    /// Of the suitable, by distance.
    within: Vec<BandView>,
    /// Of the suitable, whose way is not known.
    distance_unknown: CountView,
    /// Of the suitable, who hold the certificates asked for.
    certificates: Vec<LabelledCount>,
    /// Of the suitable, who worked in this kind of work.
    experienced: CountView,
    /// Whom one thing keeps out.
    near_misses: CountView,
    /// What near misses lack, most frequent first; for employers only what five or more of them lack.
    lacking: Vec<LabelledCount>,
}

impl From<MatchSummary<Count>> for MatchSummaryView {
    fn from(summary: MatchSummary<Count>) -> Self {
        let lines = Language::default().summary(&summary);
        let bands = BANDS_M.iter().zip(summary.within);
        let labelled = |label: String, number: Count| LabelledCount { label, people: number.into() };
        Self {
            lines,
            suitable: summary.suitable.into(),
            or_more: summary.or_more,
            within: bands
                .map(|(most, number)| BandView { kilometres: most / 1000, people: number.into() })
                .collect(),
            distance_unknown: summary.way_unknown.into(),
            certificates: summary
                .certificates
                .iter()
                .map(|(id, number)| labelled(Language::default().certificate(id), *number))
                .collect(),
            experienced: summary.experienced.into(),
            near_misses: summary.near_misses.into(),
            lacking: summary
                .lacking
                .iter()
                .map(|(what, number)| labelled(Language::default().lack(what), *number))
                .collect(),
        }
    }
}

/// Count who suits a vacancy and what others lack: officers the numbers of now, and the employer it belongs to bands, which
/// are counted anew at most once a day.
#[utoipa::path(
    get, path = "/vacancies/{id}/match-summary", operation_id = "read_match_summary", tag = "vacancies",
    params(("id" = VacancyId, Path)), responses((status = OK, body = MatchSummaryView))
)]
async fn match_summary(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    Login(session): Login,
    Id(id): Id<VacancyId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<MatchSummaryView>, Problem> {
    let found = suitable::summary(&app, &indexer.reader(), &session, id).await?;
    Ok(Json(found.into()))
}
