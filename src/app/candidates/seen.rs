//! Why a pair stands where it stands, no more of it than its reader may know.
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    app::AppError,
    domain::{disclosure::Reasons, ids::RunId, run::Kind},
    matching::explanation::{ExplainedPair, Explanation},
    words::Language,
};

/// Why an application exists, for whoever asks.
#[derive(Serialize, ToSchema)]
pub struct ExplanationView {
    /// Sentences in Bahasa Indonesia: short ones to the person, the whole to officers, reasons for to an employer.
    pub lines: Vec<String>,
    /// Codes and points; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<ExplanationDetails>,
}

/// The same in codes and quoted lines.
#[derive(Serialize, ToSchema)]
pub struct ExplanationDetails {
    /// The run that said so; none when the pair was judged for this answer.
    pub run_id: Option<RunId>,
    /// Business date of the run.
    pub as_of: Option<NaiveDate>,
    /// Proposed by the run, or in its reserve.
    pub kind: Option<Kind>,
    /// Place among the vacancy's proposals or in its reserve.
    pub place: Option<i64>,
    /// Name of the policy.
    pub policy: String,
    pub policy_revision: i64,
    /// Points with their reasons, for and against.
    #[schema(value_type = Explanation)]
    pub explanation: Value,
}

impl ExplanationView {
    pub(super) fn of(told: &ExplainedPair, reasons: Reasons) -> Result<Self, AppError> {
        Ok(match reasons {
            Reasons::Full => Self {
                lines: Language::default().for_staff(told),
                details: Some(ExplanationDetails {
                    run_id: told.run.map(|judged| judged.run),
                    as_of: told.run.map(|judged| judged.as_of),
                    kind: told.run.map(|judged| judged.kind),
                    place: told.run.map(|judged| judged.place),
                    policy: told.policy.clone(),
                    policy_revision: told.revision,
                    explanation: serde_json::to_value(&told.explanation)
                        .map_err(|error| AppError::Internal(error.to_string()))?,
                }),
            },
            Reasons::Short => Self { lines: Language::default().for_person(told), details: None },
            Reasons::ForTheReferred => Self { lines: Language::default().for_employer(told), details: None },
        })
    }
}
