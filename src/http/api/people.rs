//! `/api/v1/people`: residents and their skill profiles, evidence of priority, and a person's applications. Who sees
//! which part is decided by the audience; a NIK is never answered.
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::Audience,
        applications,
        browse::{self, Opened},
        erasure::{self, AskedBy, Erased, Ground},
        people::{self, Edit},
        records::{self, CriterionKind, Evidence},
    },
    domain::ids::{OrganisationId, PersonId, RecordId},
    http::{
        Shown,
        api::{BASE, application_view::ApplicationView, rows::PersonBody},
        extract::{Body, Id, IfMatch, Login, Query},
        idempotency::{Answer, Post},
        page::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
    store::{
        people::{Person, Wishes},
        profiles::{Criterion, Profile},
    },
    transact,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(read, change))
        .routes(routes!(add_evidence))
        .routes(routes!(erase))
        .routes(routes!(list_applications))
}

/// A person, with as much as the caller may see.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonView {
    /// Its id.
    id: PersonId,
    /// Full name.
    name: String,
    /// `male` or `female`; never used for ranking.
    sex: Option<String>,
    /// Date of birth; used for the legal minimum age only.
    birth_date: NaiveDate,
    /// Number to call.
    phone: Option<String>,
    /// Village code of the home.
    village: Option<String>,
    /// Street address.
    address: Option<String>,
    /// Highest education.
    education: Option<String>,
    /// Field of study.
    major: Option<String>,
    /// Status outside applications.
    status: String,
    /// From when the person can work.
    available_from: Option<NaiveDate>,
    /// Since when the person waits.
    registered_on: NaiveDate,
    /// Objected to automatic ranking.
    objects_to_ranking: bool,
    /// Applications that are live, 0 to 3.
    live: i64,
    /// Hired or started through this service.
    placed: bool,
    /// Whether the person is invented.
    sample: bool,
    /// Version, as in the ETag.
    version: i64,
    /// When registered here.
    created_at: DateTime<Utc>,
    /// When the profile last changed.
    updated_at: DateTime<Utc>,
    /// For the office, the agency that nominated, and the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidential: Option<PersonConfidential>,
    /// When one person is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<ProfileView>,
}

/// Welfare, health and registration data.
#[derive(Serialize, ToSchema)]
struct PersonConfidential {
    /// Last four digits of the NIK; for officers, when one person is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    nik_last4: Option<String>,
    /// Kind of disability, if told.
    disability: Option<String>,
    /// Number of the jobseeker's card.
    ak1_number: Option<String>,
    /// The agency that nominated the person.
    nominated_by: Option<OrganisationId>,
    /// Evidence of priority, when one person is read.
    criteria: Vec<CriterionView>,
}

/// What a person can do and wishes.
#[derive(Serialize, ToSchema)]
struct ProfileView {
    /// Trainings.
    trainings: Vec<TrainingView>,
    /// Certificates and licences.
    certificates: Vec<CertificateView>,
    /// Jobs held before.
    experiences: Vec<ExperienceView>,
    /// Skills as told.
    skills: Vec<String>,
    /// Wishes.
    wishes: WishesView,
}

#[derive(Serialize, ToSchema)]
struct TrainingView {
    programme: String,
    ended_on: Option<NaiveDate>,
    /// `competent` or `not_yet`.
    result: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct CertificateView {
    name: String,
    issued_on: Option<NaiveDate>,
    expires_on: Option<NaiveDate>,
}

#[derive(Serialize, ToSchema)]
struct ExperienceView {
    job: String,
    months: i64,
}

#[derive(Serialize, ToSchema)]
struct WishesView {
    /// Lowest acceptable wage, rupiah per month.
    wage_floor: Option<i64>,
    /// Longest way to work, metres.
    max_distance_m: Option<i64>,
    /// Whether shift work is acceptable.
    shift_ok: Option<bool>,
    /// How the person gets to work.
    transport: Option<String>,
}

/// Dated evidence of priority.
#[derive(Serialize, ToSchema)]
struct CriterionView {
    /// Its id.
    id: RecordId,
    /// `desil`, `disability`, `long_unemployment` or `laid_off`.
    criterion: String,
    /// The decile, or 1.
    value: i64,
    /// Where it comes from.
    source: String,
    /// Date of the data.
    dated_on: NaiveDate,
    /// Last day on which it counts.
    expires_on: NaiveDate,
}

impl From<Criterion> for CriterionView {
    fn from(c: Criterion) -> Self {
        Self {
            id: c.id,
            criterion: c.criterion,
            value: c.value,
            source: c.source,
            dated_on: c.dated_on,
            expires_on: c.expires_on,
        }
    }
}

impl PersonView {
    /// A row of a list.
    pub(super) fn row(p: Person, audience: Audience) -> Self {
        let confidential =
            matches!(audience, Audience::Office | Audience::Agency | Audience::Person).then(|| {
                PersonConfidential {
                    nik_last4: None,
                    disability: p.disability,
                    ak1_number: p.ak1_number,
                    nominated_by: p.nominated_by,
                    criteria: Vec::new(),
                }
            });
        Self {
            id: p.id,
            name: p.name,
            sex: p.sex,
            birth_date: p.birth_date,
            phone: p.phone,
            village: p.village,
            address: p.address,
            education: p.education,
            major: p.major,
            status: p.status,
            available_from: p.available_from,
            registered_on: p.registered_on,
            objects_to_ranking: p.objects_to_ranking,
            live: p.live,
            placed: p.placed > 0,
            sample: p.sample,
            version: p.version,
            created_at: p.created_at,
            updated_at: p.updated_at,
            confidential,
            profile: None,
        }
    }

    fn whole(opened: Opened) -> Self {
        let full = opened.full;
        let mut view = Self::row(full.person, opened.audience);
        if let Some(confidential) = &mut view.confidential {
            confidential.nik_last4 = opened.nik_tail;
            confidential.criteria = full.criteria.into_iter().map(CriterionView::from).collect();
        }
        view.profile = Some(ProfileView::of(full.profile, full.wishes));
        view
    }
}

impl ProfileView {
    fn of(profile: Profile, wishes: Wishes) -> Self {
        let trainings = profile.trainings.into_iter();
        let certificates = profile.certificates.into_iter();
        let experiences = profile.experiences.into_iter();
        Self {
            trainings: trainings
                .map(|t| TrainingView { programme: t.programme, ended_on: t.ended_on, result: t.result })
                .collect(),
            certificates: certificates
                .map(|c| CertificateView { name: c.name, issued_on: c.issued_on, expires_on: c.expires_on })
                .collect(),
            experiences: experiences.map(|e| ExperienceView { job: e.job, months: e.months }).collect(),
            skills: profile.skills,
            wishes: WishesView {
                wage_floor: wishes.wage_floor,
                max_distance_m: wishes.max_distance_m,
                shift_ok: wishes.shift_ok,
                transport: wishes.transport,
            },
        }
    }
}

/// Page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PersonQuery {
    /// The `next` of the page before.
    pub(super) cursor: Option<Cursor>,
    /// Items on a page.
    pub(super) limit: Option<Limit>,
}

/// What changes; a field left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonChange {
    /// Mobile number.
    phone: Option<String>,
    /// Village of residence, code or name.
    village: Option<String>,
    /// Street address.
    address: Option<String>,
    /// `seeking`, `working_elsewhere`, `self_employed`, `studying` or `unreachable`.
    status: Option<String>,
    /// Objection to automatic ranking (UU PDP Ps 10).
    objects_to_ranking: Option<bool>,
    /// Lowest acceptable wage, rupiah per month.
    wage_floor: Option<i64>,
    /// Longest way to work, metres.
    max_distance_m: Option<i64>,
    /// Whether shift work is acceptable.
    shift_ok: Option<bool>,
}

impl PersonChange {
    /// As the use case takes it; a negative wage or way is no wish.
    fn edit(self) -> Result<Edit, AppError> {
        for (field, value) in [("wage_floor", self.wage_floor), ("max_distance_m", self.max_distance_m)] {
            if let Some(value) = value.filter(|value| *value < 0) {
                return Err(AppError::field(field, "number_out_of_range", value));
            }
        }
        Ok(Edit {
            phone: self.phone,
            village: self.village,
            address: self.address,
            status: self.status,
            objects_to_ranking: self.objects_to_ranking,
            wage_floor: self.wage_floor,
            max_distance_m: self.max_distance_m,
            shift_ok: self.shift_ok,
        })
    }
}

/// Evidence of priority.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EvidenceBody {
    /// What it speaks for.
    criterion: CriterionKind,
    /// The decile; 1 or nothing for everything else.
    value: Option<i64>,
    /// Where it comes from.
    source: String,
    /// Date of the data.
    dated_on: NaiveDate,
    /// Last day on which it counts; a year later when left out.
    expires_on: Option<NaiveDate>,
}

/// Why and on whose word a person is erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ErasureBody {
    /// The case of UU 27/2022 art. 43.
    ground: Ground,
    /// Who asked; needed from an officer, `person` from the person's own login.
    asked_by: Option<AskedBy>,
}

/// That a person was erased: from now on nobody finds them.
#[derive(Serialize, ToSchema)]
struct ErasureView {
    /// Who was erased.
    person_id: PersonId,
    /// On which ground.
    ground: Ground,
    /// Who asked.
    asked_by: AskedBy,
    /// Open applications that ended.
    applications_ended: u64,
    /// When.
    erased_at: DateTime<Utc>,
}

impl From<Erased> for ErasureView {
    fn from(e: Erased) -> Self {
        Self {
            person_id: e.person,
            ground: e.ground,
            asked_by: e.asked_by,
            applications_ended: e.applications,
            erased_at: e.at,
        }
    }
}

/// Register a resident: officers, a companion in the own village, an agency that nominates.
#[utoipa::path(
    post, path = "/people", operation_id = "register_person", tag = "people", request_body = PersonBody,
    responses((status = CREATED, body = PersonView), (status = CONFLICT, description = "`nik_known`"))
)]
async fn register(
    State(app): State<App>,
    Login(session): Login,
    post: Post<PersonBody>,
) -> Result<Answer, Problem> {
    let row = post.body.row();
    once!(app, post.key, tx => {
        let acting = session.acting()?;
        let id = people::admit_row(&app, tx, &acting, &row).await?;
        let full = people::read(tx, &acting, id).await?;
        let version = full.person.version;
        let view = PersonView::whole(browse::opened(&app, &session, full)?);
        Ok(Answer::created(format!("{BASE}/people/{id}"), &view)?.version(version))
    })
}

/// List people: officers all, a companion the own village, an agency its nominees, a trainee the persons of the login.
#[utoipa::path(
    get, path = "/people", operation_id = "list_people", tag = "people", params(PersonQuery),
    responses((status = OK, body = Page<PersonView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<PersonView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let (rows, audience) = browse::people(&app, &session, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &Person| (row.created_at, row.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| PersonView::row(row, audience))))
}

/// Read a person with the profile.
#[utoipa::path(
    get, path = "/people/{id}", operation_id = "read_person", tag = "people", params(("id" = PersonId, Path)),
    responses((status = OK, body = PersonView))
)]
async fn read(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
) -> Result<Shown<PersonView>, Problem> {
    let opened = browse::person(&app, &session, id).await?;
    Ok(Shown(opened.full.person.version, PersonView::whole(opened)))
}

/// Change contact, status, wishes or the objection to ranking.
#[utoipa::path(
    patch, path = "/people/{id}", operation_id = "change_person", tag = "people",
    params(("id" = PersonId, Path),
        ("If-Match" = String, Header, description = "ETag of the person as it was seen")),
    request_body = PersonChange,
    responses((status = OK, body = PersonView))
)]
async fn change(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    IfMatch(expected): IfMatch,
    Body(given): Body<PersonChange>,
) -> Result<Shown<PersonView>, Problem> {
    let acting = session.acting()?;
    let edit = given.edit()?;
    let changed: Result<people::Full, AppError> =
        async { transact!(app, tx => people::edit(&app, tx, &acting, id, expected, &edit).await) }.await;
    let opened = browse::opened(&app, &session, changed?)?;
    Ok(Shown(opened.full.person.version, PersonView::whole(opened)))
}

/// Add evidence of priority: officers with the right to nominate, an agency about its nominees.
#[utoipa::path(
    post, path = "/people/{id}/criteria", operation_id = "add_evidence", tag = "people", params(("id" = PersonId, Path)),
    request_body = EvidenceBody,
    responses((status = CREATED, body = CriterionView), (status = CONFLICT, description = "`evidence_known`"))
)]
async fn add_evidence(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    post: Post<EvidenceBody>,
) -> Result<Answer, Problem> {
    let given = &post.body;
    let evidence = Evidence {
        criterion: given.criterion,
        value: given.value,
        source: given.source.clone(),
        dated_on: given.dated_on,
        expires_on: given.expires_on,
    };
    once!(app, post.key, tx => {
        let row = records::add_evidence(&app, tx, &session, id, &evidence).await?;
        Answer::created(format!("{BASE}/people/{id}"), &CriterionView::from(row))
    })
}

/// List a person's applications, within what the caller may see.
#[utoipa::path(
    get, path = "/people/{id}/applications", operation_id = "list_applications_of_person", tag = "people", params(("id" = PersonId, Path), PersonQuery),
    responses((status = OK, body = Page<ApplicationView>))
)]
async fn list_applications(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<ApplicationView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = applications::of_person(&app, &session, id, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(ApplicationView::page(rows, limit, &session)?))
}

/// Erase a person for good (UU 27/2022): the person's own login, officers with the right to confirm, supervisors. Open
/// applications end; afterwards the person is not found. There is no way back.
#[utoipa::path(
    post, path = "/people/{id}/erasure", operation_id = "erase_person", tag = "people", params(("id" = PersonId, Path)),
    request_body = ErasureBody,
    responses((status = OK, body = ErasureView))
)]
async fn erase(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    post: Post<ErasureBody>,
) -> Result<Answer, Problem> {
    let (ground, asked_by) = (post.body.ground, post.body.asked_by);
    once!(app, post.key, tx => {
        let erased = erasure::erase(&app, tx, &session.acting()?, asked_by, id, ground).await?;
        Answer::ok(&ErasureView::from(erased))
    })
}
