//! How an interest looks: whole to officers, its number and day to whoever said it.
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        ids::{AccountId, InterestId, VacancyId},
        interest::{Number, Outcome},
        region,
    },
    store::interests::Listed,
};

/// An interest as officers read it.
#[derive(Serialize, ToSchema)]
#[schema(as = Interest)]
pub struct InterestView {
    pub id: InterestId,
    pub number: Number,
    pub vacancy_id: VacancyId,
    /// Title of the vacancy.
    pub title: String,
    pub employer_name: String,
    pub name: String,
    /// Number to call.
    #[schema(example = "+6281234500001")]
    pub phone: String,
    /// Region code of the village.
    #[schema(example = "33.11.05.2010")]
    pub village: String,
    /// Village and district in words.
    pub village_name: Option<String>,
    /// The office may tell of other vacancies too.
    pub other_vacancies: bool,
    pub made_at: DateTime<Utc>,
    /// The day by which an officer calls, as it was told.
    pub call_by: NaiveDate,
    /// It waits, and that day is over.
    pub overdue: bool,
    /// What came of calling; none: it waits.
    pub outcome: Option<Outcome>,
    pub handled_at: Option<DateTime<Utc>>,
    /// The officer who stored that.
    pub handled_by: Option<AccountId>,
}

/// What whoever said it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InterestTold {
    pub number: Number,
    /// An officer calls by the end of this day.
    pub call_by: NaiveDate,
}

impl InterestView {
    pub(super) fn of(row: Listed, today: NaiveDate) -> Self {
        let i = row.interest;
        Self {
            id: i.id,
            number: i.number,
            vacancy_id: i.vacancy_id,
            title: row.title,
            employer_name: row.employer_name,
            name: i.name,
            phone: i.phone,
            village_name: region::full_name(&i.village),
            village: i.village,
            other_vacancies: i.other_vacancies,
            made_at: i.made_at,
            call_by: i.call_by,
            overdue: i.handled_at.is_none() && i.call_by < today,
            outcome: i.outcome,
            handled_at: i.handled_at,
            handled_by: i.handled_by,
        }
    }
}
