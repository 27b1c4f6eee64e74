//! Erasing a person (UU 27/2022 on personal data protection, art. 8 and 43): in one transaction the open applications
//! end, everything the person said or that says who they are goes, and the row that remains is found by nobody. What
//! stays are ids: applications, events and runs keep their sums, and a run can still be replayed. The NIK may register
//! anew, as somebody the service has never met.
//!
//! Not reached from here: free words about somebody that others wrote without naming the person (what an employer said
//! about a vacancy), copies made before (backups, exports, printed letters).
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    app::{
        App, AppError,
        access::{
            WRONG_ROLE,
            acting::{Acting, Reach},
        },
        applications::workflow,
        audit::{self, AuditEvent},
        system,
    },
    domain::{
        access::Right,
        application::{Event, reason},
        codes::FieldCode,
        ids::PersonId,
        machine::{Actor, text_enum},
    },
    store::{
        Tx, activation_codes,
        applications::{self, Filter},
        change_requests, complaints, contacts,
        erasure::{self, Blank, Erasure, MARKER},
        index_feed, interests, messages, next_steps, nominations, notes, people, profile_marks, profiles,
        sessions, status_codes,
    },
};

text_enum! {
    /// Why the law asks for erasure: the four cases of UU 27/2022 art. 43 (1).
    Ground: "ground of erasure" {
        /// The person asks for it.
        Requested = "requested",
        /// The person took back the consent to processing.
        ConsentWithdrawn = "consent_withdrawn",
        /// The data are no longer needed for what they were collected for.
        NoLongerNeeded = "no_longer_needed",
        /// They were obtained or processed against the law.
        Unlawful = "unlawful",
    }
}

text_enum! {
    /// Who asked for the erasure.
    AskedBy: "who asked" {
        /// The person themself.
        Person = "person",
        /// A parent, guardian or heir.
        Family = "family",
        /// The office, of its own accord or by order.
        Office = "office",
    }
}

/// The reason recorded with the applications that end.
const REASON: &str = "person_erased";

/// What stands where a date of the person may not be empty. No year is kept: with village and sex it would still point.
const NEUTRAL_DAY: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day of the calendar");

/// Keys of a stored explanation that quote the person or tell of them.
const QUOTES: [&str; 2] = ["profile_quote", "distance_m"];
const WELFARE: [&str; 2] = ["priority_reasons", "exclusions"];

/// What an erasure did.
#[derive(Clone, Debug)]
pub struct Erased {
    /// Who was erased.
    pub person: PersonId,
    /// On which ground.
    pub ground: Ground,
    /// Who asked.
    pub asked_by: AskedBy,
    /// Open applications that ended, as many as whoever erased may know of.
    pub applications: u64,
    /// When.
    pub at: DateTime<Utc>,
}

/// Erases a person within reach: the person's own login on their own word, an officer with the right to confirm who says
/// who asked. Doing it twice finds nobody.
pub async fn erase(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    asked_by: Option<AskedBy>,
    person: PersonId,
    ground: Ground,
) -> Result<Erased, AppError> {
    let asked_by = on_whose_word(acting, asked_by)?;
    people::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let known = open_and_known(tx, acting, person).await?;
    let ended = workflow::leave_all(app, tx, acting, person, REASON).await?;
    let applications = known.unwrap_or(ended);
    forget_interests(tx, person).await?;
    nominations::forget(tx, person, &system::random::<32>()?).await?;
    blank(app, tx, person).await?;
    forget_profile(tx, person).await?;
    forget_said(tx, person).await?;
    end_follow_ups(tx, person).await?;
    wipe_explanations(tx, person).await?;
    forget_answers(tx, person).await?;
    end_logins(tx, person).await?;
    activation_codes::void_open(tx, person, app.clock.now()).await?;
    status_codes::clear(tx, person).await?;
    complaints::forget_words(tx, person, MARKER).await?;
    next_steps::end_of_person(tx, person, app.clock.now()).await?;
    index_feed::add(tx, "person", person.0).await?;
    let at = app.clock.now();
    let row = Erasure {
        person_id: person,
        ground: ground.as_str().to_owned(),
        asked_by: asked_by.as_str().to_owned(),
        account_id: acting.account(),
        erased_at: at,
    };
    erasure::insert(tx, &row).await?;
    audit::write(tx, acting, at, AuditEvent::PersonErase(person)).await?;
    Ok(Erased { person, ground, asked_by, applications, at })
}

/// What was said before there was a login, with the answers that officers were given about it.
async fn forget_interests(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    for row in interests::of_person(tx, person).await? {
        erasure::forget_answers(tx, &row.interest.id.to_string()).await?;
    }
    interests::forget(tx, person).await?;
    Ok(())
}

/// What was said and written down about the applications: numbers dialled, notes, reasons.
async fn forget_said(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    erasure::erase_numbers(tx, person).await?;
    notes::erase_texts(tx, person).await?;
    cut_reasons(tx, person).await
}

/// What somebody can do, wishes and is owed goes, with who said it.
async fn forget_profile(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    profiles::clear(tx, person).await?;
    profile_marks::clear(tx, person).await?;
    change_requests::clear(tx, person).await?;
    erasure::clear_wishes_and_criteria(tx, person).await?;
    messages::forget(tx, person).await?;
    Ok(())
}

/// Who asked, by who acts; refused to whoever may not erase.
fn on_whose_word(acting: &Acting, told: Option<AskedBy>) -> Result<AskedBy, AppError> {
    match acting.reach() {
        Reach::Account(_) => Ok(AskedBy::Person),
        Reach::Office => {
            acting.may(Right::Confirm)?;
            told.ok_or_else(|| AppError::field("asked_by", FieldCode::Required, ""))
        }
        Reach::Employer(_) | Reach::Village(_) | Reach::Agency(_) | Reach::Nobody => Err(WRONG_ROLE),
    }
}

/// How many open applications the person knows of, when it is the person who erases; others know of all.
async fn open_and_known(tx: &mut Tx, acting: &Acting, person: PersonId) -> Result<Option<u64>, AppError> {
    let Reach::Account(_) = acting.reach() else { return Ok(None) };
    let filter = Filter { person: Some(person), ..Filter::default() };
    let known = applications::cards(tx, &acting.reach().applications()?, &filter, None, i64::MAX).await?;
    let open = known.iter().filter(|card| card.application.state.is_open()).count();
    Ok(Some(u64::try_from(open).unwrap_or(u64::MAX)))
}

async fn blank(app: &App, tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    let row = Blank {
        id: person,
        nik_cipher: system::random::<44>()?.to_vec(),
        nik_lookup: system::random::<32>()?.to_vec(),
        neutral_day: NEUTRAL_DAY,
        at: app.clock.now(),
    };
    // Somebody else was faster: for this caller the person is gone.
    if erasure::blank_person(tx, &row).await? == 0 { Err(AppError::NotFound) } else { Ok(()) }
}

/// Reasons keep their code; own words go.
async fn cut_reasons(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    for (id, event, actor, given) in erasure::reasons(tx, person).await? {
        let left = what_is_left(event, actor, &given);
        if left != given {
            erasure::cut_reason(tx, id, left).await?;
        }
    }
    Ok(())
}

fn what_is_left(event: Event, actor: Actor, given: &str) -> &str {
    let code = given.split(':').next().unwrap_or_default();
    let is_code = actor == Actor::System
        || reason::check(event, code).is_ok()
        || (event == Event::Undo && code.parse::<Event>().is_ok());
    if is_code { code } else { MARKER }
}

/// Explanations keep points and codes of the ad; quotes of the profile and what tells of welfare or home go.
async fn wipe_explanations(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    for (run, vacancy, mut explanation) in erasure::explanations(tx, person).await? {
        wipe(&mut explanation.0);
        erasure::set_explanation(tx, run, vacancy, person, &Json(explanation.0)).await?;
    }
    Ok(())
}

fn wipe(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => {
            for (key, inner) in fields {
                match inner {
                    Value::String(text) if QUOTES.contains(&key.as_str()) => text.clear(),
                    Value::Array(items) if WELFARE.contains(&key.as_str()) => items.clear(),
                    other if QUOTES.contains(&key.as_str()) => *other = Value::Null,
                    other => wipe(other),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What was noted when follow-ups were asked goes, and nobody asks again.
async fn end_follow_ups(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    erasure::erase_notes(tx, person).await?;
    for application in erasure::applications(tx, person).await? {
        contacts::unplan_follow_ups(tx, application).await?;
    }
    Ok(())
}

/// Answers kept for repeated requests may show the person: those to requests about them or their applications, and
/// those in which such an id stands.
async fn forget_answers(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    erasure::forget_answers(tx, &person.to_string()).await?;
    for application in erasure::applications(tx, person).await? {
        erasure::forget_answers(tx, &application.to_string()).await?;
    }
    Ok(())
}

/// A login that held nobody else ends; a family's goes on without this person.
async fn end_logins(tx: &mut Tx, person: PersonId) -> Result<(), AppError> {
    sessions::forget_person(tx, person).await?;
    for (account, others) in erasure::holders(tx, person).await? {
        erasure::detach(tx, account, person).await?;
        if others == 0 {
            erasure::end_login(tx, account, &format!("{MARKER}-{account}")).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_keeps_its_code_and_loses_its_words() {
        assert_eq!(
            what_is_left(Event::Decline, Actor::Person, "too_far: jauh dari rumah Bu Contoh"),
            "too_far"
        );
        assert_eq!(what_is_left(Event::Decline, Actor::Person, "Bu Contoh menolak"), MARKER);
        assert_eq!(what_is_left(Event::Correct, Actor::Supervisor, "salah klik"), MARKER);
        assert_eq!(what_is_left(Event::Undo, Actor::Staff, "confirm"), "confirm");
        assert_eq!(what_is_left(Event::Close, Actor::System, "vacancy_filled"), "vacancy_filled");
    }

    #[test]
    fn an_explanation_keeps_points_and_the_ad_and_loses_the_profile() {
        let mut explanation = json!({
            "fit": 700, "distance_m": 4200, "priority_reasons": [{"criterion": "desil", "points": 90}],
            "reasons": [{"kind": "must_skill", "points": 200, "job_quote": "bisa menjahit", "profile_quote": "Menjahit"}],
        });
        wipe(&mut explanation);
        let expected = json!({
            "fit": 700, "distance_m": null, "priority_reasons": [],
            "reasons": [{"kind": "must_skill", "points": 200, "job_quote": "bisa menjahit", "profile_quote": ""}],
        });
        assert_eq!(explanation, expected);
    }
}
