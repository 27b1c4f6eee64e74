//! Open vacancies as a search shows them: what stands in a list, without the text of the ad.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::ids::VacancyId,
    sql,
    store::{StoreError, Tx, vacancies::Listed},
};

/// One open vacancy of a verified employer, in short. Wages are rupiah per month.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Posted {
    pub id: VacancyId,
    pub title: String,
    pub employer_name: String,
    /// Village code of the workplace.
    pub village: Option<String>,
    pub place_text: Option<String>,
    pub seats: Option<i64>,
    /// Of these, taken.
    pub taken: i64,
    pub wage_min: Option<i64>,
    pub wage_max: Option<i64>,
    pub employment_type: Option<String>,
    pub education_min: Option<String>,
    /// None where it is not told, here and below.
    pub shuttle: Option<bool>,
    pub dormitory: Option<bool>,
    pub closes_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

impl From<Listed> for Posted {
    fn from(Listed { vacancy: v, employer_name, .. }: Listed) -> Self {
        Self {
            id: v.id,
            title: v.title,
            employer_name,
            village: v.village,
            place_text: v.place_text,
            seats: v.seats,
            taken: v.taken,
            wage_min: v.wage_min,
            wage_max: v.wage_max,
            employment_type: v.employment_type,
            education_min: v.education_min,
            shuttle: v.shuttle,
            dormitory: v.dormitory,
            closes_on: v.closes_on,
            created_at: v.created_at,
        }
    }
}

/// All that take applications on a day, newest first.
pub async fn open_on(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Posted>, StoreError> {
    sql!(
        tx,
        fetch_all<Posted>,
        "select v.id, v.title, e.name as employer_name, v.village, v.place_text, v.seats, v.taken, v.wage_min, v.wage_max, \
         v.employment_type, v.education_min, v.shuttle, v.dormitory, v.closes_on, v.created_at \
         from vacancies v join employers e on e.id = v.employer_id \
         where v.state = 'open' and v.closes_on >= $1 and e.state = 'verified' order by v.created_at desc, v.id desc",
        day
    )
}
