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
    /// By what the place is found.
    pub interview_landmark: Option<String>,
}

impl Interview {
    /// The invitation, when there is one.
    pub fn invitation(self) -> Option<Invitation> {
        Some(Invitation {
            on: self.interview_on?,
            hour: self.interview_hour?,
            place: self.interview_place?,
            bring: self.interview_bring,
            landmark: self.interview_landmark,
        })
    }
}

/// Keeps an invitation in place of an earlier one, which is remembered until the next.
pub async fn set(
    tx: &mut Tx,
    application: ApplicationId,
    invitation: &Invitation,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into interviews (application_id, on_day, hour, place, bring, made_at, landmark) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (application_id) do update set before_day = interviews.on_day, before_hour = interviews.hour, \
         before_place = interviews.place, before_bring = interviews.bring, before_landmark = interviews.landmark, \
         landmark = excluded.landmark, on_day = excluded.on_day, hour = excluded.hour, \
         place = excluded.place, bring = excluded.bring, made_at = excluded.made_at",
        application,
        invitation.on,
        invitation.hour.clone(),
        invitation.place.clone(),
        invitation.bring.clone(),
        at,
        invitation.landmark.clone()
    )
}

/// Takes back the invitation that was made at a moment: the one before stands again, or none.
pub async fn take_back(tx: &mut Tx, application: ApplicationId, at: DateTime<Utc>) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "delete from interviews where application_id = $1 and made_at = $2 and before_day is null",
        application,
        at
    )?;
    sql!(
        tx,
        execute,
        "update interviews set on_day = before_day, hour = before_hour, place = before_place, bring = before_bring, \
         landmark = before_landmark, before_landmark = null, before_day = null, before_hour = null, before_place = null, before_bring = null \
         where application_id = $1 and made_at = $2",
        application,
        at
    )?;
    Ok(())
}

/// The newest invitation of an application.
pub async fn of_application(
    tx: &mut Tx,
    application: ApplicationId,
) -> Result<Option<Invitation>, StoreError> {
    let found: Option<Interview> = sql!(
        tx,
        fetch_optional<Interview>,
        "select on_day as interview_on, hour as interview_hour, place as interview_place, bring as interview_bring, \
         landmark as interview_landmark from interviews where application_id = $1",
        application
    )?;
    Ok(found.and_then(Interview::invitation))
}
