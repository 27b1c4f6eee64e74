//! How a next step looks to each audience.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        disclosure::Audience,
        ids::{AccountId, OrganisationId, PersonId, RunId, StepId},
        next_step::{Kind, Outcome},
        region,
    },
    store::next_steps::Listed,
};

/// What happens next for somebody, with as much as the caller may see.
#[derive(Serialize, ToSchema)]
#[schema(as = NextStep)]
pub struct StepView {
    pub id: StepId,
    pub person_id: PersonId,
    #[schema(example = "Contoh 12")]
    pub person_name: String,
    /// Number to call.
    #[schema(example = "+6286012345678")]
    pub phone: Option<String>,
    /// Village code of the home.
    #[schema(example = "33.11.05.2010")]
    pub village: Option<String>,
    /// Its name, with its district.
    #[schema(example = "Desa Nguter, Kecamatan Nguter")]
    pub village_name: Option<String>,
    pub kind: Kind,
    /// The office that sees to it; none: the labour office.
    pub organisation_id: Option<OrganisationId>,
    /// Its name.
    #[schema(example = "Dinas Sosial")]
    pub office: Option<String>,
    /// Whose login sees to it; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    /// The officer's name, as the person may ask for them.
    #[schema(example = "Bu Contoh")]
    pub officer: Option<String>,
    /// Day by which it is due.
    pub due_on: NaiveDate,
    /// Open, and that day is over.
    pub overdue: bool,
    pub made_at: DateTime<Utc>,
    /// The run whose publishing made it; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<RunId>,
    /// None while it is open.
    pub outcome: Option<Outcome>,
    /// Whether that leads to an income; none while it is open.
    pub success: Option<bool>,
    /// What was noted with the answer; for the offices that work on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

impl StepView {
    /// As an audience sees it on a day.
    pub(super) fn of(row: Listed, audience: Audience, today: NaiveDate) -> Self {
        let step = row.step;
        Self {
            id: step.id,
            person_id: step.person_id,
            person_name: row.person_name,
            phone: row.person_phone,
            village_name: row.village.as_deref().and_then(region::full_name),
            village: row.village,
            kind: step.kind,
            organisation_id: step.organisation_id,
            office: row.office,
            account_id: step.account_id.filter(|_| audience.sees_logins()),
            officer: step.officer,
            due_on: step.due_on,
            overdue: step.answered_at.is_none() && step.due_on < today,
            made_at: step.made_at,
            run_id: step.run_id.filter(|_| audience.sees_ranking()),
            outcome: step.outcome,
            success: step.outcome.map(Outcome::is_success),
            note: step.note.filter(|_| audience.sees_step_notes()),
            answered_at: step.answered_at,
        }
    }
}
