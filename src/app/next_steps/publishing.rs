//! Steps that publishing a run makes, in its transaction: whoever has priority, looks for work and was found nothing has one
//! afterwards. Read and written in a handful of statements, however many people there are.
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        audit::{self, AuditEvent},
        calendar::working_days,
        system,
    },
    domain::{
        calendar::Calendar,
        evidence::{self, Criterion},
        ids::{OrganisationId, PersonId, RunId},
        next_step::{self, Facts},
    },
    store::{
        Tx,
        next_steps::{self, Fresh, Idle},
        organisations::{self, OrganisationKind},
        profiles,
    },
};

/// What counts for each person on a day.
type Counting = HashMap<PersonId, Vec<(Criterion, i64)>>;

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Steps.
    pub steps: u64,
    /// People with priority, looking for work, who have neither a proposal nor a step. Counted, not assumed.
    pub without: u64,
}

/// Answers the steps that waited for a proposal and got one, and makes those that are missing.
pub async fn make_missing(app: &App, tx: &mut Tx, by: &Acting, run: RunId) -> Result<Made, AppError> {
    let (now, today) = (app.clock.now(), app.clock.today());
    next_steps::settle_proposed(tx, now).await?;
    let counting = counting(tx, today).await?;
    let office = labour_office(tx, by).await?;
    let missing = missing(tx, &counting, today).await?;
    let calendar = working_days(tx, today).await?;
    let fresh: Vec<Fresh> =
        missing.iter().map(|idle| step(today, idle, &counting, office, &calendar)).collect();
    let mut made = Made::default();
    if !fresh.is_empty() {
        made.steps = next_steps::insert_all(tx, run, now, fresh).await?;
        audit::write(tx, by, now, AuditEvent::RunNextSteps(run)).await?;
        let left = self::missing(tx, &counting, today).await?.len();
        made.without = u64::try_from(left).unwrap_or(u64::MAX);
    }
    Ok(made)
}

async fn counting(tx: &mut Tx, day: NaiveDate) -> Result<Counting, AppError> {
    let mut found = Counting::new();
    for row in profiles::criteria_on(tx, day).await? {
        found.entry(row.person_id).or_default().push((row.criterion, row.value));
    }
    Ok(found)
}

/// Who has priority, looks for work, and has neither work, nor an open application, nor an open step.
async fn missing(tx: &mut Tx, counting: &Counting, day: NaiveDate) -> Result<Vec<Idle>, AppError> {
    let mut found = next_steps::idle(tx, day).await?;
    found.retain(|idle| evidence::gives_priority(evidence_of(counting, idle.person_id)));
    Ok(found)
}

fn evidence_of(counting: &Counting, person: PersonId) -> impl Iterator<Item = (Criterion, i64)> {
    counting.get(&person).into_iter().flatten().copied()
}

fn step(
    today: NaiveDate,
    idle: &Idle,
    counting: &Counting,
    office: Option<OrganisationId>,
    calendar: &Calendar,
) -> Fresh {
    let facts = Facts {
        objects: idle.objects,
        has_phone: idle.has_phone,
        available_from: idle.available_from,
        desil_known: evidence_of(counting, idle.person_id).any(|(what, _)| what == Criterion::Desil),
        desil_sought: idle.desil_sought,
        skilled: idle.skilled,
    };
    let kind = next_step::for_somebody_without_a_proposal(&facts, today);
    Fresh {
        id: system::fresh(),
        person: idle.person_id,
        kind,
        office: next_step::owner(kind, idle.nominated_by, office),
        due: kind.due_on(today, idle.available_from, calendar),
    }
}

/// The office of whoever publishes, else the labour office that was here first.
async fn labour_office(tx: &mut Tx, by: &Acting) -> Result<Option<OrganisationId>, AppError> {
    if let Some(office) = by.office() {
        return Ok(Some(office));
    }
    let all = organisations::all(tx).await?;
    Ok(all.into_iter().find(|one| one.kind == OrganisationKind::LabourOffice).map(|one| one.id))
}
