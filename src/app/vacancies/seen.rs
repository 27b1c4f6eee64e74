//! How a vacancy looks: what everybody may read of it, and what the office and the employer it belongs to see besides.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{AppError, access::Session},
    domain::{
        disclosure::Audience,
        education::Education,
        flag::{Evidence, FlagKind, Kept},
        ids::{EmployerId, VacancyId},
        intake::{vacancy::MissingField, words::EmploymentType},
        nik::Sex,
        vacancy,
    },
    store::{
        Tx,
        vacancies::{Listed, Scope, Vacancy, listed},
    },
};

/// How much of a vacancy is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// With counters, flags and what is missing: the office and the employer it belongs to.
    Whole,
    /// What everybody may read of an open vacancy.
    Public,
}

/// A vacancy. Wages are rupiah per month.
#[derive(Serialize, ToSchema)]
pub struct VacancyView {
    pub id: VacancyId,
    /// Who offers it.
    pub employer_id: EmployerId,
    /// Name of the employer.
    pub employer_name: String,
    /// Job title.
    pub title: String,
    /// KBJI code, when known.
    pub occupation_kbji: Option<String>,
    /// The text of the advertisement.
    pub description: String,
    /// Village code of the workplace.
    pub village: Option<String>,
    /// The workplace in words.
    pub place: Option<String>,
    /// Seats.
    pub seats: Option<i64>,
    /// Of these, for people with a disability.
    pub reserved_seats: i64,
    /// Lowest wage offered.
    pub wage_min: Option<i64>,
    /// Highest wage offered.
    pub wage_max: Option<i64>,
    /// Hours and days of work.
    pub working_hours: Option<String>,
    /// Conditions of work.
    pub conditions: Option<String>,
    /// Whether people are taken to work; `null` where nobody told, and then what the text says counts.
    pub shuttle: Option<bool>,
    /// Whether people can live there; `null` where nobody told, and then what the text says counts.
    pub dormitory: Option<bool>,
    /// Whether the work is in shifts; `null` where nobody told, and then what hours and text say counts.
    pub shifts: Option<bool>,
    /// Kind of employment.
    #[schema(value_type = Option<EmploymentType>)]
    pub employment_type: Option<String>,
    /// Lowest education asked for.
    #[schema(value_type = Option<Education>)]
    pub education_min: Option<String>,
    /// Months of experience asked for.
    pub experience_months: Option<i64>,
    /// Skills asked for.
    pub skills: Vec<String>,
    /// Certificates truly required.
    pub certificates: Vec<String>,
    /// Last day to apply.
    pub closes_on: Option<NaiveDate>,
    /// Where it stands on the national portal.
    pub portal_url: Option<String>,
    /// Where it stands.
    pub state: vacancy::State,
    /// Whether it is invented.
    pub sample: bool,
    /// Version, as in the ETag.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// For the office and the employer it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal: Option<VacancyInternals>,
}

/// What the office and the employer see besides.
#[derive(Serialize, ToSchema)]
pub struct VacancyInternals {
    /// Seats taken: hired and started.
    pub taken: i64,
    /// Applications that take a referral slot now; for officers: among them are people the employer was not told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<i64>,
    /// Referral slots; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slots: Option<i64>,
    /// People about whom the employer said something.
    pub answers: i64,
    /// Of these, refused.
    pub refusals: i64,
    /// What the employer said about many refusals.
    pub said: Option<String>,
    /// What an officer must answer in writing, each with the sentences that caused it.
    pub flags: Vec<FlagView>,
    /// Since when flags that were found on the open vacancy wait for an officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags_open_since: Option<DateTime<Utc>>,
    /// Legal fields that are missing.
    #[schema(value_type = Vec<MissingField>)]
    pub missing: Vec<String>,
    /// Lowest age as written; never used for ranking.
    pub age_min: Option<i64>,
    /// Highest age as written; never used for ranking.
    pub age_max: Option<i64>,
    /// Sex asked for; never used for ranking.
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<String>,
    /// Marital status as written; never used for ranking.
    pub marital_status: Option<String>,
    /// Why the employer asks for what is flagged, in its own words.
    pub restriction_reason: Option<String>,
    /// The one text by which an officer let a flagged vacancy through, before each flag had a reason of its own.
    pub written_reason: Option<String>,
    /// Whether it was reported to the national portal.
    pub portal_reported: bool,
    /// Where an imported vacancy comes from.
    pub source: Option<String>,
    /// Its id there.
    pub external_id: Option<String>,
    /// What the caller can do with it now: each is the last word of an address below this vacancy.
    pub actions: Vec<vacancy::Action>,
    /// Whether the caller can replace its content now.
    pub editable: bool,
    /// Fields that were filled in for the author to check; only in the answer to making it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefilled: Vec<&'static str>,
}

/// Something an officer must decide about.
#[derive(Serialize, ToSchema)]
pub struct FlagView {
    /// What it is about.
    pub kind: FlagKind,
    /// What caused it; empty where only the kind was kept.
    pub evidence: Vec<EvidenceView>,
    /// The officer's reason for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The officer says that the words mean something else.
    pub misread: bool,
    /// It was found when the vacancy was open already.
    pub found_later: bool,
}

/// The words that caused a flag.
#[derive(Serialize, ToSchema)]
pub struct EvidenceView {
    /// The field they stand in.
    pub field: String,
    /// The value, or the sentence as it was written.
    pub sentence: String,
}

impl From<&Kept> for FlagView {
    fn from(flag: &Kept) -> Self {
        let shown =
            |one: &Evidence| EvidenceView { field: one.column.clone(), sentence: one.sentence.clone() };
        Self {
            kind: flag.kind,
            evidence: flag.evidence.iter().map(shown).collect(),
            reason: flag.reason.clone(),
            misread: flag.misread,
            found_later: flag.found_later,
        }
    }
}

impl VacancyView {
    /// A vacancy as the session may see it.
    pub fn of(listed: Listed, sight: Sight, session: Option<&Session>) -> Self {
        let internal = (sight == Sight::Whole).then(|| VacancyInternals::of(&listed.vacancy, session));
        let v = listed.vacancy;
        Self {
            id: v.id,
            employer_id: v.employer_id,
            employer_name: listed.employer_name,
            title: v.title,
            occupation_kbji: v.occupation_code,
            description: v.description,
            village: v.village,
            place: v.place_text,
            seats: v.seats,
            reserved_seats: v.reserved_seats,
            wage_min: v.wage_min,
            wage_max: v.wage_max,
            working_hours: v.working_hours,
            conditions: v.conditions,
            shuttle: v.shuttle,
            dormitory: v.dormitory,
            shifts: v.shifts,
            employment_type: v.employment_type,
            education_min: v.education_min,
            experience_months: v.experience_months,
            skills: v.skills.0,
            certificates: v.certificates.0,
            closes_on: v.closes_on,
            portal_url: v.portal_url,
            state: v.state,
            sample: v.sample,
            version: v.version,
            created_at: v.created_at,
            updated_at: v.updated_at,
            internal,
        }
    }
}

impl VacancyInternals {
    fn of(v: &Vacancy, session: Option<&Session>) -> Self {
        let capacity = session.and_then(|session| session.acting().ok()?.capacity().ok());
        let audience = session.and_then(|session| session.audience().ok());
        let events = capacity.map_or_else(Vec::new, |who| vacancy::events_open_to(v.state, who));
        let sees_slots = audience.is_some_and(Audience::sees_slots);
        Self {
            taken: v.taken,
            live: sees_slots.then_some(v.live),
            slots: sees_slots.then_some(v.slots),
            answers: v.answers,
            refusals: v.refusals,
            said: v.said.clone(),
            flags: v.flags.0.iter().map(FlagView::from).collect(),
            flags_open_since: v.flags_open_since,
            missing: v.missing.0.clone(),
            age_min: v.age_min,
            age_max: v.age_max,
            sex: v.sex.clone(),
            marital_status: v.marital_status.clone(),
            restriction_reason: v.restriction_reason.clone(),
            written_reason: v.written_reason.clone(),
            portal_reported: v.portal_reported,
            source: v.source.clone(),
            external_id: v.external_id.clone(),
            actions: events.iter().copied().filter_map(vacancy::Action::of).collect(),
            editable: events.contains(&vacancy::Event::Edit),
            prefilled: Vec::new(),
        }
    }
}

/// The vacancy as it is after a change, for whoever changed it.
pub async fn after_change(tx: &mut Tx, session: &Session, id: VacancyId) -> Result<VacancyView, AppError> {
    let found = listed(tx, Scope::Office, id).await?.ok_or(AppError::NotFound)?;
    Ok(VacancyView::of(found, Sight::Whole, Some(session)))
}
