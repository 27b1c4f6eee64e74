//! When and where somebody is invited to an interview: the newest invitation of an application.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{contact::Invitation, ids::ApplicationId},
    sql,
    store::{StoreError, Tx},
};

/// An invitation beside an application that may have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Interview {
    /// The day.
    pub interview_on: Option<NaiveDate>,
    /// The hour, `HH:MM`.
    pub interview_hour: Option<String>,
    /// Where to come.
    pub interview_place: Option<String>,
    /// What to bring.
    pub interview_bring: Option<String>,
}

impl Interview {
    /// The invitation, when there is one.
    pub fn invitation(self) -> Option<Invitation> {
        Some(Invitation {
            on: self.interview_on?,
            hour: self.interview_hour?,
            place: self.interview_place?,
            bring: self.interview_bring,
        })
    }
}

/// Keeps an invitation in place of an earlier one.
pub async fn set(
    tx: &mut Tx,
    application: ApplicationId,
    invitation: &Invitation,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into interviews (application_id, on_day, hour, place, bring, made_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (application_id) do update set on_day = excluded.on_day, hour = excluded.hour, \
         place = excluded.place, bring = excluded.bring, made_at = excluded.made_at",
        application,
        invitation.on,
        invitation.hour.clone(),
        invitation.place.clone(),
        invitation.bring.clone(),
        at
    )
}

/// The newest invitation of an application.
pub async fn of_application(
    tx: &mut Tx,
    application: ApplicationId,
) -> Result<Option<Invitation>, StoreError> {
    let found: Option<Interview> = sql!(
        tx,
        fetch_optional<Interview>,
        "select on_day as interview_on, hour as interview_hour, place as interview_place, bring as interview_bring \
         from interviews where application_id = $1",
        application
    )?;
    Ok(found.and_then(Interview::invitation))
}
