//! Hiring plans: what an employer announces months ahead. Which of them count as demand is decided in `domain::plan`.
use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        access::Employer as EmployerLogin,
        audit::{self, AuditEvent},
        employers::seen::PlanView,
        system,
    },
    domain::{
        codes::FieldCode,
        limits,
        plan::{self, Certainty},
        region,
    },
    store::{
        Tx,
        employers::{self, HiringPlan},
    },
};

/// A plan to hire as a form hands it over.
#[derive(Clone, Copy, Debug)]
pub struct NewPlan<'a> {
    /// Job as the employer calls it.
    pub job: &'a str,
    /// Four-digit KBJI group, when known.
    pub occupation_code: Option<&'a str>,
    /// Seats planned, 1 to 10000.
    pub seats: i64,
    /// Village of the site, code or name.
    pub village: Option<&'a str>,
    /// A day in the month of hiring: this month or a later one.
    pub month: NaiveDate,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Announces a plan to hire.
pub async fn announce(
    app: &App,
    tx: &mut Tx,
    login: &EmployerLogin,
    new: &NewPlan<'_>,
) -> Result<PlanView, AppError> {
    let month = plan::first_of_month(new.month);
    if month < plan::first_of_month(app.clock.today()) {
        return Err(AppError::field("month", FieldCode::DateInThePast, new.month));
    }
    let village = match new.village {
        None => None,
        Some(text) => Some(
            region::resolve_village(text, None)
                .map_err(|error| AppError::field("village", error.code(), text))?
                .code
                .to_string(),
        ),
    };
    if let Some(code) = new.occupation_code
        && !(code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(AppError::field("occupation_code", FieldCode::KbjiShape, code));
    }
    let plan = HiringPlan {
        id: system::fresh(),
        employer_id: login.employer(),
        job: new.job.trim().to_owned(),
        occupation_code: new.occupation_code.map(str::to_owned),
        seats: new.seats,
        village,
        month,
        certainty: new.certainty,
        created_at: app.clock.now(),
    };
    Ok(enter(app, tx, login, plan).await?.into())
}

async fn enter(
    app: &App,
    tx: &mut Tx,
    login: &EmployerLogin,
    mut plan: HiringPlan,
) -> Result<HiringPlan, AppError> {
    if !(1..=10_000).contains(&plan.seats) {
        let code = if plan.seats == 0 { FieldCode::ZeroSeats } else { FieldCode::OutOfRange };
        return Err(AppError::field("seats", code, plan.seats));
    }
    if plan.job.trim().is_empty() {
        return Err(AppError::field("job", FieldCode::Required, ""));
    }
    if let Some(most) = limits::exceeded(limits::PLAN, "job", &plan.job) {
        return Err(AppError::too_long("job", most));
    }
    plan.id = system::fresh();
    plan.employer_id = login.employer();
    plan.created_at = app.clock.now();
    employers::insert_plan(tx, &plan).await?;
    audit::write(tx, &login.acting(), plan.created_at, AuditEvent::HiringPlanCreate(plan.id)).await?;
    Ok(plan)
}
