//! Changing the lists of a profile: trainings, certificates, jobs and skills, as they shall stand. Belongs here: what each new
//! value must be, and writing what differs. Does not belong here: who may change it (`marks`), contact and wishes (`editing`),
//! asking for a change (`requests`).
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{AppError, error::FieldIssue, own_words, people::marks::Marks, system},
    domain::{
        codes::FieldCode,
        ids::RecordId,
        limits,
        profile::{Item, ItemKind},
        training::Outcome,
    },
    store::{
        Tx,
        profiles::{self, Certificate, Experience, Profile, Training},
    },
};

/// Most items of one kind: what a life and a page hold.
const MOST: usize = 50;
/// Longest work in one job, months.
const LONGEST_MONTHS: i64 = 720;

/// A training as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingEdit {
    /// Of one that is there; left out for a new one.
    pub id: Option<RecordId>,
    /// What was trained.
    #[schema(example = "Operator Jahit Garmen")]
    pub programme: String,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// How it ended.
    pub result: Option<Outcome>,
}

/// A certificate or licence as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateEdit {
    /// Of one that is there; left out for a new one.
    pub id: Option<RecordId>,
    /// As printed.
    #[schema(example = "SIM B1 Umum")]
    pub name: String,
    /// When it was given.
    pub issued_on: Option<NaiveDate>,
    /// Last day on which it holds.
    pub expires_on: Option<NaiveDate>,
}

/// A job held before as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperienceEdit {
    /// Of one that is there; left out for a new one.
    pub id: Option<RecordId>,
    /// What was done.
    #[schema(example = "Penjahit")]
    pub job: String,
    /// For how many months.
    pub months: i64,
}

/// Lists as they shall stand: what is not in one any more is gone. A list that is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists<'a> {
    pub trainings: Option<&'a [TrainingEdit]>,
    pub certificates: Option<&'a [CertificateEdit]>,
    pub experiences: Option<&'a [ExperienceEdit]>,
    pub skills: Option<&'a [String]>,
}

/// A list in which an item is found again by its id.
trait Listed {
    fn id(&self) -> Option<RecordId>;
}

macro_rules! listed {
    ($($edit:ty),+) => {$(impl Listed for $edit {
        fn id(&self) -> Option<RecordId> {
            self.id
        }
    })+};
}

listed!(TrainingEdit, CertificateEdit, ExperienceEdit);

impl Lists<'_> {
    /// Judges all values.
    ///
    /// # Errors
    /// Every field that cannot be accepted, by its place in its list.
    pub fn judge(&self) -> Vec<FieldIssue> {
        let mut issues = Vec::new();
        for (at, one) in each(self.trainings, "trainings", &mut issues) {
            text(&format!("trainings[{at}].programme"), "programme", &one.programme, &mut issues);
        }
        for (at, one) in each(self.certificates, "certificates", &mut issues) {
            text(&format!("certificates[{at}].name"), "certificates", &one.name, &mut issues);
            if matches!((one.issued_on, one.expires_on), (Some(from), Some(to)) if to < from) {
                let field = format!("certificates[{at}].expires_on");
                issues.push(FieldIssue::new(&field, FieldCode::EndBeforeStart, ""));
            }
        }
        for (at, one) in each(self.experiences, "experiences", &mut issues) {
            text(&format!("experiences[{at}].job"), "experience", &one.job, &mut issues);
            if !(0..=LONGEST_MONTHS).contains(&one.months) {
                let field = format!("experiences[{at}].months");
                issues.push(FieldIssue::new(&field, FieldCode::NumberOutOfRange, one.months));
            }
        }
        for (at, one) in each(self.skills, "skills", &mut issues) {
            text(&format!("skills[{at}]"), "skills", one, &mut issues);
        }
        issues
    }

    /// Writes what differs and marks it.
    pub async fn write(&self, tx: &mut Tx, stored: &Profile, marks: &mut Marks) -> Result<(), AppError> {
        self.write_trainings(tx, stored, marks).await?;
        self.write_certificates(tx, stored, marks).await?;
        self.write_experiences(tx, stored, marks).await?;
        self.write_skills(tx, stored, marks).await
    }

    async fn write_trainings(
        &self,
        tx: &mut Tx,
        stored: &Profile,
        marks: &mut Marks,
    ) -> Result<(), AppError> {
        let Some(given) = self.trainings else { return Ok(()) };
        // What a class says of somebody is the office's word.
        for row in gone(&stored.trainings, given, |row| row.id) {
            let item = Item::of(ItemKind::Training, row.id);
            if marks.drop_item(&item, "trainings", row.class_id.is_some()) {
                profiles::remove_training(tx, row.person_id, row.id).await?;
            }
        }
        for (at, one) in given.iter().enumerate() {
            let Some(before) = found(&stored.trainings, one, |row| row.id, "trainings", at, marks) else {
                continue;
            };
            let row = Training {
                id: before.map_or_else(system::fresh, |row| row.id),
                person_id: marks.person,
                class_id: before.and_then(|row| row.class_id),
                programme: one.programme.trim().to_owned(),
                ended_on: one.ended_on,
                result: one.result.filter(|r| *r != Outcome::Unknown).map(|r| r.as_str().to_owned()),
            };
            let same = |b: &Training| {
                (&b.programme, b.ended_on, &b.result) == (&row.programme, row.ended_on, &row.result)
            };
            let settled = row.class_id.is_some();
            if before.is_some_and(same)
                || !marks.touch(&Item::of(ItemKind::Training, row.id), &format!("trainings[{at}]"), settled)
            {
                continue;
            }
            profiles::remove_training(tx, row.person_id, row.id).await?;
            profiles::insert_training(tx, &row).await?;
        }
        Ok(())
    }

    async fn write_certificates(
        &self,
        tx: &mut Tx,
        stored: &Profile,
        marks: &mut Marks,
    ) -> Result<(), AppError> {
        let Some(given) = self.certificates else { return Ok(()) };
        for row in gone(&stored.certificates, given, |row| row.id) {
            if marks.drop_item(&Item::of(ItemKind::Certificate, row.id), "certificates", false) {
                profiles::remove_certificate(tx, row.person_id, row.id).await?;
            }
        }
        for (at, one) in given.iter().enumerate() {
            let Some(before) = found(&stored.certificates, one, |row| row.id, "certificates", at, marks)
            else {
                continue;
            };
            let row = Certificate {
                id: before.map_or_else(system::fresh, |row| row.id),
                person_id: marks.person,
                name: one.name.trim().to_owned(),
                issued_on: one.issued_on,
                expires_on: one.expires_on,
            };
            let same = |b: &Certificate| {
                (&b.name, b.issued_on, b.expires_on) == (&row.name, row.issued_on, row.expires_on)
            };
            let field = format!("certificates[{at}]");
            if before.is_some_and(same)
                || !marks.touch(&Item::of(ItemKind::Certificate, row.id), &field, false)
            {
                continue;
            }
            profiles::remove_certificate(tx, row.person_id, row.id).await?;
            profiles::insert_certificate(tx, &row).await?;
        }
        Ok(())
    }

    async fn write_experiences(
        &self,
        tx: &mut Tx,
        stored: &Profile,
        marks: &mut Marks,
    ) -> Result<(), AppError> {
        let Some(given) = self.experiences else { return Ok(()) };
        for row in gone(&stored.experiences, given, |row| row.id) {
            if marks.drop_item(&Item::of(ItemKind::Experience, row.id), "experiences", false) {
                profiles::remove_experience(tx, row.person_id, row.id).await?;
            }
        }
        for (at, one) in given.iter().enumerate() {
            let Some(before) = found(&stored.experiences, one, |row| row.id, "experiences", at, marks) else {
                continue;
            };
            let row = Experience {
                id: before.map_or_else(system::fresh, |row| row.id),
                person_id: marks.person,
                job: one.job.trim().to_owned(),
                months: one.months,
            };
            let same = |b: &Experience| (&b.job, b.months) == (&row.job, row.months);
            let field = format!("experiences[{at}]");
            if before.is_some_and(same)
                || !marks.touch(&Item::of(ItemKind::Experience, row.id), &field, false)
            {
                continue;
            }
            profiles::remove_experience(tx, row.person_id, row.id).await?;
            profiles::insert_experience(tx, &row).await?;
        }
        Ok(())
    }

    async fn write_skills(&self, tx: &mut Tx, stored: &Profile, marks: &mut Marks) -> Result<(), AppError> {
        let Some(given) = self.skills else { return Ok(()) };
        let given: Vec<&str> = given.iter().map(|skill| skill.trim()).collect();
        for skill in stored.skills.iter().filter(|skill| !given.contains(&skill.as_str())) {
            if marks.drop_item(&Item::skill(skill), "skills", false) {
                profiles::remove_skill(tx, marks.person, skill).await?;
            }
        }
        for (at, skill) in given.into_iter().enumerate() {
            let is_new = !stored.skills.iter().any(|known| known == skill);
            if is_new && marks.touch(&Item::skill(skill), &format!("skills[{at}]"), false) {
                profiles::insert_skill(tx, marks.person, skill).await?;
            }
        }
        Ok(())
    }
}

/// The items of a list with their places; a list that is too long is named once.
fn each<'a, T>(
    list: Option<&'a [T]>,
    field: &str,
    issues: &mut Vec<FieldIssue>,
) -> impl Iterator<Item = (usize, &'a T)> + use<'a, T> {
    let list = list.unwrap_or_default();
    if list.len() > MOST {
        issues.push(FieldIssue::new(field, FieldCode::NumberOutOfRange, list.len()));
    }
    list.iter().take(MOST).enumerate()
}

fn text(field: &str, limit: &str, given: &str, issues: &mut Vec<FieldIssue>) {
    issues.extend(own_words::needed(limits::PERSON, limit, field, given).err());
}

/// What is stored and not in the list any more.
fn gone<'a, Row, Given: Listed>(
    stored: &'a [Row],
    given: &[Given],
    id: impl Fn(&Row) -> RecordId,
) -> Vec<&'a Row> {
    stored.iter().filter(|row| given.iter().all(|one| one.id() != Some(id(row)))).collect()
}

/// The stored row an item means: `Some(None)` for a new one; `None` when there is no such row, which is named.
fn found<'a, Row, Given: Listed>(
    stored: &'a [Row],
    given: &Given,
    id: impl Fn(&Row) -> RecordId,
    list: &str,
    at: usize,
    marks: &mut Marks,
) -> Option<Option<&'a Row>> {
    let Some(wanted) = given.id() else { return Some(None) };
    let row = stored.iter().find(|row| id(row) == wanted);
    if row.is_none() {
        marks.issues.push(FieldIssue::new(&format!("{list}[{at}].id"), FieldCode::UnknownItem, wanted));
    }
    row.map(Some)
}
