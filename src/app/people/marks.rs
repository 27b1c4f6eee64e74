//! Who said an item of a profile and which officer saw it proved, while a change is made; and saying so. Belongs here: the marks
//! of all items. Does not belong here: what an item may be (`profile`, `editing`), how items are named (`domain::profile`).
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{
    app::{
        App, AppError,
        access::{Right, Verifying, acting::Acting},
        audit::{self, AuditEvent},
        error::FieldIssue,
        people::{self, Full},
    },
    domain::{
        access::AuditActor,
        codes::FieldCode,
        ids::{AccountId, PersonId, RecordId},
        profile::{self, Item, ItemKind},
    },
    store::{
        Tx,
        profile_marks::{self, Mark},
    },
};

/// The marks of a person while a change is made.
pub struct Marks {
    pub(super) person: PersonId,
    known: BTreeMap<String, Mark>,
    /// Whoever may verify changes what was verified, and it stays so; with `proves` it is from now on.
    may_verify: bool,
    proves: bool,
    said_by: AuditActor,
    account: Option<AccountId>,
    now: DateTime<Utc>,
    changed: Vec<Mark>,
    gone: Vec<String>,
    /// Items that somebody must ask for.
    pub issues: Vec<FieldIssue>,
}

impl Marks {
    /// Reads them; `proves` for an officer who decides on what was shown.
    pub async fn load(
        app: &App,
        tx: &mut Tx,
        acting: &Acting,
        person: PersonId,
        proves: bool,
    ) -> Result<Self, AppError> {
        let known = profile_marks::of_person(tx, person).await?;
        Ok(Self {
            person,
            known: known.into_iter().map(|mark| (mark.item.clone(), mark)).collect(),
            may_verify: acting.may(Right::Verify).is_ok(),
            proves,
            said_by: acting.actor(),
            account: acting.account(),
            now: app.clock.now(),
            changed: Vec::new(),
            gone: Vec::new(),
            issues: Vec::new(),
        })
    }

    fn is_verified(&self, item: &Item) -> bool {
        self.known.get(&item.to_string()).is_some_and(|mark| mark.verified_at.is_some())
    }

    /// An item gets another value, or is new. `settled` = it counts as verified without a mark.
    pub fn touch(&mut self, item: &Item, field: &str, settled: bool) -> bool {
        let verified = settled || self.is_verified(item);
        if !profile::may_change(verified, self.may_verify) {
            self.issues.push(FieldIssue::new(field, FieldCode::ItemVerified, ""));
            return false;
        }
        let stays = item.kind.can_be_verified() && self.may_verify && (verified || self.proves);
        self.changed.push(Mark {
            person_id: self.person,
            item: item.to_string(),
            said_by: self.said_by,
            said_at: self.now,
            verified_by: self.account.filter(|_| stays),
            verified_at: stays.then_some(self.now),
        });
        true
    }

    /// An item goes.
    pub(super) fn drop_item(&mut self, item: &Item, field: &str, settled: bool) -> bool {
        if !profile::may_change(settled || self.is_verified(item), self.may_verify) {
            self.issues.push(FieldIssue::new(field, FieldCode::ItemVerified, ""));
            return false;
        }
        self.gone.push(item.to_string());
        true
    }

    /// Stores them, or names every item that must be asked for.
    pub async fn store(self, tx: &mut Tx) -> Result<(), AppError> {
        if !self.issues.is_empty() {
            return Err(AppError::Invalid(self.issues));
        }
        for item in &self.gone {
            profile_marks::remove(tx, self.person, item).await?;
        }
        for mark in &self.changed {
            profile_marks::set(tx, mark).await?;
        }
        Ok(())
    }
}

/// Says that an officer saw items proved, or that they did not.
///
/// # Errors
/// Items that the person does not have, or that nobody can prove.
pub async fn verify(
    app: &App,
    tx: &mut Tx,
    officer: &Verifying,
    person: PersonId,
    items: &[String],
    verified: bool,
) -> Result<Full, AppError> {
    let acting = officer.acting();
    let full = people::read(tx, &acting, person).await?;
    let known: BTreeMap<String, Mark> = profile_marks::of_person(tx, person)
        .await?
        .into_iter()
        .map(|mark| (mark.item.clone(), mark))
        .collect();
    let (mut issues, now) = (Vec::new(), app.clock.now());
    for (at, text) in items.iter().enumerate() {
        let item = Item::parse(text).filter(|item| item.kind.can_be_verified() && has(&full, item));
        let Some(item) = item else {
            issues.push(FieldIssue::new(&format!("items[{at}]"), FieldCode::UnknownItem, text));
            continue;
        };
        let before = known.get(&item.to_string());
        let mark = Mark {
            person_id: person,
            item: item.to_string(),
            said_by: before.map_or(acting.actor(), |mark| mark.said_by),
            said_at: before.map_or(now, |mark| mark.said_at),
            verified_by: acting.account().filter(|_| verified),
            verified_at: verified.then_some(now),
        };
        profile_marks::set(tx, &mark).await?;
    }
    if !issues.is_empty() {
        return Err(AppError::Invalid(issues));
    }
    audit::write(tx, &acting, now, AuditEvent::PersonVerify(person)).await?;
    people::read(tx, &acting, person).await
}

fn has(full: &Full, item: &Item) -> bool {
    let is = |id: RecordId| item.which.as_deref() == Some(id.to_string().as_str());
    match item.kind {
        ItemKind::Name => true,
        ItemKind::Education => full.person.education.is_some(),
        ItemKind::Major => full.person.major.is_some(),
        ItemKind::AvailableFrom | ItemKind::Wishes => false,
        ItemKind::Training => full.profile.trainings.iter().any(|row| is(row.id)),
        ItemKind::Certificate => full.profile.certificates.iter().any(|row| is(row.id)),
        ItemKind::Experience => full.profile.experiences.iter().any(|row| is(row.id)),
        ItemKind::Skill => full.profile.skills.iter().any(|skill| Some(skill) == item.which.as_ref()),
    }
}
