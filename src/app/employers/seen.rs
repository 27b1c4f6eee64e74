//! Employers and their hiring plans, as officers and the employer itself see them.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        employer,
        ids::{EmployerId, RecordId},
        plan::Certainty,
    },
    store::employers::{Employer, HiringPlan},
};

/// A company.
#[derive(Serialize, ToSchema)]
pub struct EmployerView {
    pub id: EmployerId,
    /// Name of the company.
    pub name: String,
    /// Business number.
    pub nib: Option<String>,
    /// Industry, as written or a KBLI code.
    pub industry: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Village code of the seat.
    pub village: Option<String>,
    /// Whom to ask.
    pub contact_name: Option<String>,
    /// Number to call.
    pub contact_phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Where it stands.
    pub state: employer::State,
    /// Whether it is invented.
    pub sample: bool,
    /// Version, as in the ETag.
    pub version: i64,
    /// When it registered.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl From<Employer> for EmployerView {
    fn from(e: Employer) -> Self {
        Self {
            id: e.id,
            name: e.name,
            nib: e.nib,
            industry: e.industry,
            address: e.address,
            village: e.village,
            contact_name: e.contact_name,
            contact_phone: e.contact_phone,
            email: e.email,
            state: e.state,
            sample: e.sample,
            version: e.version,
            created_at: e.created_at,
            updated_at: e.updated_at,
        }
    }
}

/// A plan to hire as stored.
#[derive(Serialize, ToSchema)]
pub struct PlanView {
    pub id: RecordId,
    /// Who plans.
    pub employer_id: EmployerId,
    /// Job as written.
    pub job: String,
    /// Four-digit KBJI group.
    pub occupation_code: Option<String>,
    /// Seats planned.
    pub seats: i64,
    /// Village code of the site.
    pub village: Option<String>,
    /// First day of the month of hiring.
    pub month: NaiveDate,
    /// How sure it is.
    pub certainty: Certainty,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
}

impl From<HiringPlan> for PlanView {
    fn from(plan: HiringPlan) -> Self {
        Self {
            id: plan.id,
            employer_id: plan.employer_id,
            job: plan.job,
            occupation_code: plan.occupation_code,
            seats: plan.seats,
            village: plan.village,
            month: plan.month,
            certainty: plan.certainty,
            created_at: plan.created_at,
        }
    }
}
