//! Why an application exists and how many people suit a vacancy: sentences for everybody, codes and points for the
//! office. The sentences are in `words`; who is told what is decided here by the audience.
use std::sync::Arc;

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::{Audience, Session},
        explaining::{self, Told},
        indexing::Indexer,
        match_summary::{self, BANDS_M, MatchSummary},
    },
    domain::ids::{ApplicationId, RunId, VacancyId},
    http::{
        extract::{Id, Login},
        problem::Problem,
        state::AppState,
        words::{
            employer::{self, Precision},
            person, staff,
        },
    },
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(explanation)).routes(routes!(match_summary))
}

/// Why an application exists, for whoever asks.
#[derive(Serialize, ToSchema)]
struct ExplanationView {
    /// Sentences in Bahasa Indonesia: short ones to the person, the whole to officers, reasons for to an employer.
    lines: Vec<String>,
    /// Codes and points; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<ExplanationDetails>,
}

/// The same in codes and quoted lines.
#[derive(Serialize, ToSchema)]
struct ExplanationDetails {
    /// The run that said so; none when the pair was judged for this answer.
    run_id: Option<RunId>,
    /// Business date of the run.
    as_of: Option<NaiveDate>,
    /// `proposal` or `reserve`, of a run.
    kind: Option<&'static str>,
    /// Place among the vacancy's proposals or in its reserve.
    place: Option<i64>,
    /// Name of the policy.
    policy: String,
    /// Its revision.
    policy_revision: i64,
    /// `fit` and `priority` with their reasons, `gaps`, `unknown`, `exclusions`, `standing`, `would_change`.
    #[schema(value_type = Object)]
    explanation: Value,
}

impl ExplanationView {
    fn of(told: &Told, audience: Audience) -> Result<Self, AppError> {
        Ok(match audience {
            Audience::Office => Self {
                lines: staff::explanation(told),
                details: Some(ExplanationDetails {
                    run_id: told.run.map(|judged| judged.run),
                    as_of: told.run.map(|judged| judged.as_of),
                    kind: told.run.map(|judged| judged.kind.as_str()),
                    place: told.run.map(|judged| judged.place),
                    policy: told.policy.clone(),
                    policy_revision: told.revision,
                    explanation: serde_json::to_value(&told.explanation)
                        .map_err(|error| AppError::Internal(error.to_string()))?,
                }),
            },
            Audience::Person | Audience::Companion | Audience::Agency => {
                Self { lines: person::explanation(told), details: None }
            }
            Audience::Employer => Self { lines: employer::explanation(told), details: None },
        })
    }
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
) -> Result<Json<ExplanationView>, Problem> {
    let (told, audience) = explaining::of_application(&app, &session, id).await?;
    Ok(Json(ExplanationView::of(&told, audience)?))
}

/// A number of people. Employers are not told numbers below five.
#[derive(Serialize, ToSchema)]
pub(super) struct CountView {
    /// The number, unless it is too small to be told.
    count: Option<usize>,
    /// In words.
    text: String,
}

impl CountView {
    /// As it may be shown.
    pub(super) fn of(number: usize, precision: Precision) -> Self {
        Self { count: employer::shown(number, precision), text: employer::people(number, precision) }
    }
}

/// How exact numbers of people may be told to a session.
pub(super) fn precision(session: &Session) -> Precision {
    if session.staff().is_ok() { Precision::Exact } else { Precision::Discreet }
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

impl MatchSummaryView {
    fn of(summary: &MatchSummary, precision: Precision) -> Self {
        let count = |number| CountView {
            count: employer::shown(number, precision),
            text: employer::people(number, precision),
        };
        let bands = BANDS_M.iter().zip(summary.within);
        let certificates = summary.certificates.iter();
        let lacking =
            summary.lacking.iter().filter(|(_, number)| employer::shown(*number, precision).is_some());
        Self {
            lines: employer::summary(summary, precision),
            suitable: count(summary.suitable),
            or_more: summary.or_more,
            within: bands
                .map(|(most, number)| BandView { kilometres: most / 1000, people: count(number) })
                .collect(),
            distance_unknown: count(summary.way_unknown),
            certificates: certificates
                .map(|(id, number)| LabelledCount {
                    label: employer::certificate(id),
                    people: count(*number),
                })
                .collect(),
            experienced: count(summary.experienced),
            near_misses: count(summary.near_misses),
            lacking: lacking
                .map(|(what, number)| LabelledCount { label: employer::lack(what), people: count(*number) })
                .collect(),
        }
    }
}

/// Count who suits a vacancy and what others lack: officers, and the employer it belongs to, who is told no number below
/// five.
#[utoipa::path(
    get, path = "/vacancies/{id}/match-summary", operation_id = "read_match_summary", tag = "vacancies",
    params(("id" = VacancyId, Path)), responses((status = OK, body = MatchSummaryView))
)]
async fn match_summary(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    Login(session): Login,
    Id(id): Id<VacancyId>,
) -> Result<Json<MatchSummaryView>, Problem> {
    let found = match_summary::of_vacancy(&app, &indexer.reader(), &session, id).await?;
    let precision = precision(&session);
    Ok(Json(MatchSummaryView::of(&found, precision)))
}
