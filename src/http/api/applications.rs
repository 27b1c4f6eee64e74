//! `/api/v1/applications`: where a person's candidacy for a vacancy stands, and the events by which it moves. How it
//! looks to each audience is in `app::seen`, why it exists in `explanations`, what is written down besides events
//! in `contacts`.
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::{
        App, AppError,
        applications::{
            self, Filter,
            seen::{ApplicationView, EventView, OutcomeView},
            workflow::{ConsentDraft, Details},
        },
        idempotency::Answer,
        reasons::EventReason,
    },
    domain::{
        application::{self, Action, State as ApplicationState},
        codes::FieldCode,
        contact::{ConsentChannel, Guardian, Invitation},
        ids::{ApplicationId, PersonId, VacancyId},
        machine::text_enum,
    },
    http::{
        Shown,
        api::BASE,
        extract::{Id, IfMatch, Login, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(read))
        .routes(routes!(history))
        .routes(routes!(act))
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ApplicationQuery {
    /// For this vacancy only.
    vacancy: Option<VacancyId>,
    /// Of this person only.
    person: Option<PersonId>,
    /// In this state only.
    state: Option<ApplicationState>,
    /// `true`: only those about which the employer owes an answer (referred, interview, offered), with the reminders
    /// made so far.
    due: Option<bool>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

text_enum! {
    /// How an application begins.
    Beginning: "beginning" {
        /// The person wants it; needs a consent.
        Apply = "apply",
        /// An officer's own choice.
        Propose = "propose",
    }
}

fn wanted() -> Beginning {
    Beginning::Apply
}

/// A new application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewApplication {
    /// Whose.
    person_id: PersonId,
    /// For what.
    vacancy_id: VacancyId,
    /// How it begins; `apply` when left out.
    #[serde(default = "wanted")]
    event: Beginning,
    /// How the person said yes; not needed from the person's own login.
    consent: Option<ConsentBody>,
}

/// How consent was given.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentBody {
    /// How; `web` is for the person's own login.
    #[schema(value_type = ConsentChannel)]
    channel: String,
    /// The number dialled, for `phone`, or that wrote, for `whatsapp`.
    number_dialled: Option<String>,
    /// Whether the person themself spoke.
    self_spoke: bool,
    /// The text that was answered, for `whatsapp`; at most 4,000 characters.
    text_shown: Option<String>,
    /// Who consents in writing besides, where the person is below 18 and the work an internship.
    guardian: Option<Guardian>,
}

impl ConsentBody {
    fn draft(&self) -> Result<ConsentDraft, AppError> {
        Ok(ConsentDraft {
            channel: self
                .channel
                .parse()
                .map_err(|_| AppError::field("consent.channel", FieldCode::UnknownCode, &self.channel))?,
            number_dialled: self.number_dialled.clone(),
            self_spoke: self.self_spoke,
            guardian: self.guardian,
            text_shown: self.text_shown.clone(),
        })
    }
}

/// When and where the person is expected for an interview.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationBody {
    /// The day, from today to three months ahead.
    on: NaiveDate,
    /// The hour, `09:00`.
    #[schema(example = "09:00")]
    hour: String,
    /// Where to come, at most 500 characters.
    place: String,
    /// What to bring, at most 500 characters.
    bring: Option<String>,
    /// By what the place is found, at most 200 characters.
    #[schema(example = "seberang masjid")]
    landmark: Option<String>,
}

impl From<&InvitationBody> for Invitation {
    fn from(body: &InvitationBody) -> Self {
        let InvitationBody { on, hour, place, bring, landmark } = body.clone();
        Self { on, hour, place, bring, landmark }
    }
}

/// What an event brings with it. Which fields it needs is in its row of the table; the rest may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ActionBody {
    /// `dismiss`, `decline`, `refuse`, `withdraw`, `end`: a code of the event's closed list.
    #[schema(value_type = Option<EventReason>)]
    reason: Option<String>,
    /// Own words; required for `correct`.
    text: Option<String>,
    /// `hire`: first day of work. `start`: the day on which it began, where it is not the one agreed.
    starts_on: Option<NaiveDate>,
    /// `end`: last day of work.
    ended_on: Option<NaiveDate>,
    /// `consent` and `apply` by an officer or companion: how it was given. `hire` by an officer: the consent of a parent that
    /// is missing.
    consent: Option<ConsentBody>,
    /// `invite`: when and where the person is expected, what to bring. The person and the companion read it; a later
    /// invitation replaces it.
    interview: Option<InvitationBody>,
    /// The number on which the person was reached, where an officer is told that they decline or withdraw.
    number_dialled: Option<String>,
    /// `correct`: the right state.
    target: Option<ApplicationState>,
    /// `extend`: the new day.
    deadline: Option<NaiveDate>,
    /// `refuse`: the person may read the reason, in kind words; own words stay with the office.
    #[serde(default)]
    share: bool,
    /// `consent`, `decline`, `withdraw` by the person: the family helped to answer.
    #[serde(default)]
    helped: bool,
}

impl ActionBody {
    fn details(&self) -> Result<Details, AppError> {
        Ok(Details {
            reason: self.reason.clone(),
            text: self.text.clone(),
            starts_on: self.starts_on,
            ended_on: self.ended_on,
            consent: self.consent.as_ref().map(ConsentBody::draft).transpose()?,
            invitation: self.interview.as_ref().map(Invitation::from),
            number_dialled: self.number_dialled.clone(),
            heard: None,
            target: self.target,
            deadline: self.deadline,
            share: self.share,
            helped: self.helped,
        })
    }
}

/// Where an application stands in a list.
pub(super) fn place(view: &ApplicationView) -> (DateTime<Utc>, Uuid) {
    (view.created_at, view.id.0)
}

/// List applications: officers all, employers those referred to them, companions those of the village, agencies those
/// of their nominees, a trainee the own ones.
#[utoipa::path(
    get, path = "/applications", operation_id = "list_applications", tag = "applications", params(ApplicationQuery),
    responses((status = OK, body = Page<ApplicationView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<ApplicationQuery>,
) -> Result<Json<Page<ApplicationView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let filter = Filter { vacancy: q.vacancy, person: q.person, state: q.state, due: q.due == Some(true) };
    let rows = applications::page(&app, &session, &filter, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Apply for a vacancy, or propose somebody by hand (officers).
#[utoipa::path(
    post, path = "/applications", operation_id = "begin_application", tag = "applications", request_body = NewApplication,
    responses((status = CREATED, body = OutcomeView),
        (status = CONFLICT, description = "`vacancy_not_open`, `already_open`, `person_placed`"))
)]
async fn begin(
    State(app): State<App>,
    Login(session): Login,
    post: Post<NewApplication>,
) -> Result<Answer, Problem> {
    let given = &post.body;
    let event = match given.event {
        Beginning::Apply => application::Event::Apply,
        Beginning::Propose => application::Event::Propose,
    };
    let consent = given.consent.as_ref().map(ConsentBody::draft).transpose()?;
    let details = Details { consent, ..Details::default() };
    let (person, vacancy) = (given.person_id, given.vacancy_id);
    once!(app, post.key, tx => {
        let outcome = applications::begin(&app, tx, &session, person, vacancy, event, &details).await?;
        let (version, view) = OutcomeView::of(tx, &session, &outcome).await?;
        let location = format!("{BASE}/applications/{}", outcome.application.id);
        Ok(Answer::created(location, &view)?.version(version))
    })
}

/// Read an application.
#[utoipa::path(
    get, path = "/applications/{id}", operation_id = "read_application", tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = OK, body = ApplicationView))
)]
async fn read(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Shown<ApplicationView>, Problem> {
    let view = applications::one(&app, &session, id).await?;
    Ok(Shown(view.version, view))
}

/// Read what happened to an application, oldest first. An employer's history begins with the referral.
#[utoipa::path(
    get, path = "/applications/{id}/events", operation_id = "read_application_events", tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = OK, body = Page<EventView>))
)]
async fn history(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Page<EventView>>, Problem> {
    let events = applications::history(&app, &session, id).await?;
    Ok(Json(Page { items: events, next: None }))
}

/// Let an event happen. Who may cause it in which state is in the table of the application; its other consequences
/// (referral, queue, held and superseded applications, a filled vacancy) happen in the same transaction.
#[utoipa::path(
    post, path = "/applications/{id}/{action}", operation_id = "move_application", tag = "applications",
    params(("id" = ApplicationId, Path), ("action" = inline(Action), Path),
        ("If-Match" = String, Header, description = "ETag of the application as it was seen")),
    request_body = ActionBody,
    responses((status = OK, body = OutcomeView))
)]
async fn act(
    State(app): State<App>,
    Login(session): Login,
    Id((id, action)): Id<(ApplicationId, Action)>,
    IfMatch(expected): IfMatch,
    post: Post<ActionBody>,
) -> Result<Answer, Problem> {
    let details = post.body.details()?;
    once!(app, post.key, tx => {
        let outcome = applications::act(&app, tx, &session, id, action.event(), &details, expected).await?;
        let (version, view) = OutcomeView::of(tx, &session, &outcome).await?;
        Ok(Answer::ok(&view)?.version(version))
    })
}
