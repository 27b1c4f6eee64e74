//! How a complaint looks: whole to officers, its state and the answer to whoever complained.
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        complaint::{Kind, Number, State},
        ids::{AccountId, ApplicationId, ComplaintId, EmployerId, PersonId, VacancyId},
    },
    store::complaints::{Complaint, Listed},
};

/// A complaint as officers read it; an employer reads of none.
#[derive(Serialize, ToSchema)]
#[schema(as = Complaint)]
pub struct ComplaintView {
    pub id: ComplaintId,
    pub number: Number,
    pub kind: Kind,
    /// What was said.
    pub said: String,
    /// How a nameless one may be reached.
    pub contact: Option<String>,
    /// Whose it is; none: nameless, or erased.
    pub person_id: Option<PersonId>,
    pub person_name: Option<String>,
    pub phone: Option<String>,
    pub vacancy_id: Option<VacancyId>,
    /// Title of the vacancy.
    pub title: Option<String>,
    pub employer_id: Option<EmployerId>,
    pub employer_name: Option<String>,
    /// The application that was left because of it.
    pub application_id: Option<ApplicationId>,
    pub state: State,
    /// What was found, once closed.
    pub answer: Option<String>,
    /// The officer who took or closed it.
    pub handled_by: Option<AccountId>,
    pub made_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// A complaint that was just made.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ComplaintMade {
    pub number: Number,
    /// With number and code its state can be looked up without a login. Told once.
    #[schema(example = "1234 5678 9012")]
    pub code: String,
    pub state: State,
}

/// A complaint as whoever made it reads it.
#[derive(Serialize, ToSchema)]
pub struct OwnComplaint {
    pub number: Number,
    pub kind: Kind,
    pub state: State,
    /// What the office found, once closed.
    pub answer: Option<String>,
    pub made_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl From<Complaint> for OwnComplaint {
    fn from(row: Complaint) -> Self {
        Self {
            number: row.number,
            kind: row.kind,
            state: row.state,
            answer: row.answer,
            made_at: row.made_at,
            closed_at: row.closed_at,
        }
    }
}

impl From<Listed> for ComplaintView {
    fn from(row: Listed) -> Self {
        let c = row.complaint;
        Self {
            id: c.id,
            number: c.number,
            kind: c.kind,
            said: c.said,
            contact: c.contact,
            person_id: c.person_id,
            person_name: row.person_name,
            phone: row.person_phone,
            vacancy_id: c.vacancy_id,
            title: row.title,
            employer_id: c.employer_id,
            employer_name: row.employer_name,
            application_id: c.application_id,
            state: c.state,
            answer: c.answer,
            handled_by: c.handled_by,
            made_at: c.made_at,
            closed_at: c.closed_at,
        }
    }
}
