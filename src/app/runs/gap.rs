//! What is missing, asked of the present moment: per person, per vacancy, and which training classes to open. Announced
//! hiring plans count as demand here, and nowhere else. Nothing is stored, and no application is touched.
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    app::{
        App, AppError,
        access::{Reporting, Session, Staff},
        people, policies,
        runs::computing,
    },
    domain::{
        codes::ProblemCode,
        ids::{PersonId, VacancyId},
        person::has_room,
        plan,
        region::{self, RegionCode},
        vacancy,
    },
    matching::{
        eligibility::VacancyFacts,
        fit,
        gap::{self, Item, Lacking, Opens, Standing, classes},
        policy::Policy,
        problem::{Problem, losses, solve::Assignment},
        propose::{self, Inputs, Opening, table::Table},
    },
    reading::{
        job::{JobText, read_job},
        labels,
    },
    store::{
        Tx,
        employers::{self, Announced},
        vacancies::{self, Scope},
    },
};

/// Most hiring plans looked at.
const MOST_PLANS: i64 = 10_000;

/// How long an answer may rest on the same moment.
const FRESH: Duration = Duration::from_secs(15 * 60);

/// One moment, solved: whom which vacancy or plan would take, and at which prices.
pub struct Moment {
    inputs: Inputs,
    policy: Policy,
    problem: Problem,
    placement: Assignment,
    losses: Vec<i64>,
    plans: HashMap<VacancyId, String>,
}

/// The last moment that was solved for somebody who asked, kept for a quarter of an hour.
#[derive(Default)]
pub struct Cache {
    last: tokio::sync::Mutex<Option<(Instant, Arc<Moment>)>>,
}

/// What would open vacancies to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PersonGap {
    /// Items by how many vacancies and announced plans they open, most first.
    pub items: Vec<OpenedBy>,
}

/// One item and what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OpenedBy {
    /// What it is.
    pub kind: gap::Kind,
    /// Its label.
    pub label: String,
    /// Open vacancies where the person would be among those proposed with it, and is not without.
    pub vacancies: usize,
    /// Announced hiring plans of which the same holds.
    pub plans: usize,
}

/// What keeps people out of a vacancy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct VacancyGap {
    /// Free places.
    pub places: u32,
    /// People who are worth a place now.
    pub suitable: usize,
    /// People who would be with one more item.
    pub near: usize,
    /// The items, with how many people each would bring in.
    pub items: Vec<LackedBy>,
}

/// One item and how many people lack nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LackedBy {
    /// What it is.
    pub kind: gap::Kind,
    /// Its label.
    pub label: String,
    /// People.
    pub people: usize,
}

/// A training class that could be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ClassGap {
    /// Name of the programme.
    pub programme: String,
    /// People in the class: those it would help most.
    pub people: usize,
    /// At most so many points are gained.
    pub bound: i64,
    /// Points gained, by solving again; for the first ten.
    pub gain: Option<i64>,
    /// More people placed, by solving again; for the first ten.
    pub placed: Option<i64>,
}

impl Moment {
    /// Loads and solves the present moment with the default policy.
    pub async fn load(app: &App) -> Result<Self, AppError> {
        let policy = policies::parse_policy(&policies::policy(app, policies::DEFAULT_POLICY).await?)?;
        let today = app.clock.today();
        let mut tx = app.db.read().await?;
        let fetched = computing::fetch(&mut tx, &policy, today, 1).await?;
        let announced = announced(&mut tx, today).await?;
        tx.rollback().await?;
        computing::off_the_workers(move || {
            let mut inputs = computing::digest(fetched).inputs;
            let mut plans = HashMap::new();
            for (opening, job) in announced {
                plans.insert(opening.id, job);
                inputs.openings.push(opening);
            }
            let found = propose::propose(&inputs, &policy, &|_| {})?;
            let losses = {
                let scheme = propose::scheme(&policy, inputs.seed);
                losses::largest_prices(&found.problem, &scheme, &found.placement)
            };
            Ok(Self { inputs, policy, problem: found.problem, placement: found.placement, losses, plans })
        })
        .await?
    }

    /// What would open vacancies to a person; `None` for somebody who may not be proposed at all.
    pub fn of_person(&self, person: PersonId) -> Option<PersonGap> {
        self.standing(|standing| {
            let index = standing.table.people.iter().position(|one| one.id == person)?;
            let items = gap::of_person(standing, index).into_iter().map(|opens| self.opened(opens)).collect();
            Some(PersonGap { items })
        })
    }

    /// What keeps people out of a vacancy; `None` when it has no free place or is not open.
    pub fn of_vacancy(&self, vacancy: VacancyId) -> Option<VacancyGap> {
        self.standing(|standing| {
            let vacancy = standing.table.openings.iter().position(|one| one.id == vacancy)?;
            let Lacking { places, suitable, near, items } = gap::of_vacancy(standing, vacancy)?;
            let items = items.into_iter().map(|(item, people)| {
                let (kind, label) = named(&item);
                LackedBy { kind, label, people }
            });
            Some(VacancyGap { places, suitable, near, items: items.collect() })
        })
    }

    /// Training classes that would place most people. `progress` is told the share done, in thousandths.
    pub fn classes(&self, progress: &dyn Fn(u32)) -> Result<Vec<ClassGap>, AppError> {
        let found = self.standing(|standing| classes::classes(standing, progress))?;
        let told = found.into_iter().map(|class| ClassGap {
            programme: labels::programme(&class.programme).unwrap_or(&class.programme).to_owned(),
            people: class.people.len(),
            bound: class.bound,
            gain: class.gain,
            placed: class.placed,
        });
        Ok(told.collect())
    }

    fn standing<T>(&self, ask: impl FnOnce(&Standing<'_>) -> T) -> T {
        let table = Table::new(&self.inputs, &self.policy);
        let scheme = propose::scheme(&self.policy, self.inputs.seed);
        let losses = &self.losses;
        ask(&Standing { table: &table, problem: &self.problem, placement: &self.placement, scheme, losses })
    }

    fn opened(&self, opens: Opens) -> OpenedBy {
        let (kind, label) = named(&opens.item);
        let plans = opens.vacancies.iter().filter(|id| self.plans.contains_key(id)).count();
        OpenedBy { kind, label, vacancies: opens.vacancies.len() - plans, plans }
    }
}

impl Cache {
    /// Asks the last moment, and the present one when the last did not know yet whom or what is asked for.
    async fn ask<T: Send + 'static>(
        &self,
        app: &App,
        code: ProblemCode,
        ask: impl Fn(&Moment) -> Option<T> + Clone + Send + 'static,
    ) -> Result<T, AppError> {
        for age in [FRESH, Duration::ZERO] {
            let (moment, ask) = (self.moment(app, age).await?, ask.clone());
            if let Some(found) = computing::off_the_workers(move || ask(&moment)).await? {
                return Ok(found);
            }
        }
        Err(AppError::conflict(code, "not in the present moment"))
    }

    /// The last moment, or the present one when that is older than `age`. Whoever asks meanwhile waits for the same.
    async fn moment(&self, app: &App, age: Duration) -> Result<Arc<Moment>, AppError> {
        let asked = Instant::now();
        let mut last = self.last.lock().await;
        if let Some((_, moment)) = last.as_ref().filter(|(at, _)| *at >= asked || at.elapsed() < age) {
            return Ok(Arc::clone(moment));
        }
        let moment = Arc::new(Moment::load(app).await?);
        *last = Some((Instant::now(), Arc::clone(&moment)));
        Ok(moment)
    }
}

/// What would open vacancies to a person inside the session's reach.
pub async fn of_person(
    app: &App,
    cache: &Cache,
    session: &Session,
    id: PersonId,
) -> Result<PersonGap, AppError> {
    let acting = session.acting()?;
    let mut tx = app.db.read().await?;
    let person = people::read(&mut tx, &acting, id).await?.person;
    tx.rollback().await?;
    if person.standing(app.clock.today()).may_be_proposed().is_err() || !has_room(person.live) {
        return Err(AppError::conflict(ProblemCode::PersonNotMatchable, id));
    }
    cache.ask(app, ProblemCode::PersonNotMatchable, move |moment| moment.of_person(id)).await
}

/// What keeps people out of a vacancy, for an officer.
pub async fn of_vacancy(
    app: &App,
    cache: &Cache,
    _officer: &Staff,
    id: VacancyId,
) -> Result<VacancyGap, AppError> {
    let mut tx = app.db.read().await?;
    let found = vacancies::listed(&mut tx, Scope::Office, id).await?.ok_or(AppError::NotFound)?;
    tx.rollback().await?;
    if found.standing().takes_people(app.clock.today()).is_err() {
        return Err(AppError::conflict(vacancy::NOT_TAKING, id));
    }
    if found.vacancy.live >= found.vacancy.slots {
        return Err(AppError::conflict(ProblemCode::NoSlot, id));
    }
    cache.ask(app, vacancy::NOT_TAKING, move |moment| moment.of_vacancy(id)).await
}

/// Training classes that would place most people, for officers who read reports.
pub async fn classes_for(app: &App, cache: &Cache, _officer: &Reporting) -> Result<Vec<ClassGap>, AppError> {
    let moment = cache.moment(app, FRESH).await?;
    computing::off_the_workers(move || moment.classes(&|_| {})).await?
}

/// Announced plans that count as demand, as openings.
async fn announced(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(Opening, String)>, AppError> {
    let all = employers::plans_from(tx, plan::first_of_month(today), MOST_PLANS).await?;
    let counts = all
        .into_iter()
        .filter(|one| one.plan.certainty.counts_as_demand(one.plan.month, one.employer_state, today));
    Ok(counts
        .map(|Announced { plan, .. }| {
            let reading = read_job(&JobText { title: &plan.job, ..JobText::default() });
            let village = plan.village.as_deref().and_then(|code| RegionCode::parse(code).ok());
            let opening = Opening {
                id: VacancyId(plan.id.0),
                facts: VacancyFacts {
                    internship: false,
                    wage_max: None,
                    education_rank: None,
                    education_most: None,
                    certificates: Vec::new(),
                    shifts: None,
                    shuttle: None,
                    dormitory: None,
                    closes_on: None,
                },
                village: village.and_then(region::village_index),
                vector: fit::digest_job(&reading),
                concepts: fit::concepts(&reading),
                capacity: u32::try_from(plan.seats).unwrap_or(0),
                reserved: 0,
            };
            (opening, plan.job)
        })
        .collect())
}

/// Kind and label of an item.
fn named(item: &Item) -> (gap::Kind, String) {
    match item {
        Item::Certificate(id) => (gap::Kind::Certificate, labels::certificate(id).unwrap_or(id).to_owned()),
        Item::Skill(id) => (gap::Kind::Skill, labels::skill(id).unwrap_or(id).to_owned()),
    }
}
