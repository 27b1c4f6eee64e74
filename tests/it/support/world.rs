//! Two of everything: employers, villages, agencies, residents, and one login of every kind, so that a test can ask as
//! anybody for their own things, for those of others, and for things that do not exist.
use crate::support::build;
use padankerja::{
    app::{
        AppError,
        access::{self, Right, Role},
        applications::workflow::{self, ConsentDraft, Details, Start},
        keys, policies, system,
    },
    domain::{
        application::{Event, State},
        contact::ConsentChannel,
        employer,
        ids::{AccountId, EmployerId, InterestId, OrganisationId, PersonId, RunId, VacancyId},
        interest, vacancy,
    },
    store::{
        accompaniments,
        applications::Application,
        employers::{self, Employer},
        interests::{self, Interest},
        nominations,
        organisations::OrganisationKind,
        people::{self, Person},
        runs::{self, Proposal, Run},
        vacancies::{self, Vacancy},
    },
    transact,
};
use sqlx::types::Json;

use super::app::{Client, Place, TestApp};

/// One side: its employer, village, agency and resident.
pub struct Half {
    pub employer: EmployerId,
    pub village: &'static str,
    pub agency: OrganisationId,
    pub person: PersonId,
    /// The login that holds the person.
    pub trainee: Option<AccountId>,
}

/// Who asks; the order is that of the columns of the matrix.
pub const PERSONAS: [&str; 17] = [
    "nobody",
    "trainee",
    "trainee2",
    "companion",
    "companion2",
    "employer",
    "employer2",
    "staff",
    "verify",
    "confirm",
    "nominate",
    "report",
    "supervisor",
    "agency",
    "agency2",
    "admin",
    "disabled",
];

/// The whole cast. Names ending in 2 belong to the other side.
pub struct World {
    pub ours: Half,
    pub theirs: Half,
    pub office: OrganisationId,
    /// In the order of `PERSONAS`.
    pub clients: Vec<Client>,
}

impl World {
    pub async fn new(app: &TestApp) -> Self {
        let office = app.organisation(OrganisationKind::LabourOffice, None).await;
        let ours = half(app, "33.11.01.2001").await;
        let theirs = half(app, "33.11.02.2001").await;
        let mut world = Self { ours, theirs, office, clients: Vec::new() };
        for name in PERSONAS {
            let client = world.cast(app, name).await;
            world.clients.push(client);
        }
        world.ours.trainee = world.client("trainee").account;
        world.theirs.trainee = world.client("trainee2").account;
        world
    }

    pub fn client(&self, persona: &str) -> &Client {
        let place = PERSONAS.iter().position(|known| *known == persona);
        &self.clients[place.unwrap_or_else(|| panic!("{persona} is nobody"))]
    }

    async fn cast(&self, app: &TestApp, persona: &str) -> Client {
        let (kind, half) = match persona.strip_suffix('2') {
            Some(kind) => (kind, &self.theirs),
            None => (persona, &self.ours),
        };
        let people = [half.person];
        let place = Place::default();
        let office = Place { organisation: Some(self.office), ..place };
        let one = |right: Right| std::slice::from_ref(Box::leak(Box::new(right)));
        match kind {
            "nobody" => app.anonymous(),
            "trainee" => app.login(Role::Trainee, Place { people: &people, ..place }).await,
            "companion" => {
                let village = app.organisation(OrganisationKind::Village, Some(half.village)).await;
                app.login(Role::Companion, Place { organisation: Some(village), ..place }).await
            }
            "employer" => app.login(Role::Employer, Place { employer: Some(half.employer), ..place }).await,
            "staff" => app.login(Role::Staff, office).await,
            "verify" => app.login(Role::Staff, Place { rights: one(Right::Verify), ..office }).await,
            "confirm" => app.login(Role::Staff, Place { rights: one(Right::Confirm), ..office }).await,
            "nominate" => app.login(Role::Staff, Place { rights: one(Right::Nominate), ..office }).await,
            "report" => app.login(Role::Staff, Place { rights: one(Right::Report), ..office }).await,
            "supervisor" => app.login(Role::Supervisor, office).await,
            "agency" => app.login(Role::Agency, Place { organisation: Some(half.agency), ..place }).await,
            "admin" => app.administrator().await,
            "disabled" => {
                let client = app.login(Role::Supervisor, office).await;
                app.disable(&client).await;
                client
            }
            other => panic!("{other} is nobody"),
        }
    }
}

async fn half(app: &TestApp, village: &'static str) -> Half {
    let agency = app.organisation(OrganisationKind::Agency, None).await;
    let employer = new_employer(app, employer::State::Verified).await;
    let person = new_person(app, village, agency).await;
    Half { employer, village, agency, person, trainee: None }
}

/// An employer in a state.
pub async fn new_employer(app: &TestApp, state: employer::State) -> EmployerId {
    let now = app.app().clock.now();
    let id: EmployerId = system::fresh();
    let row = Employer { state, ..build::employer(id, now) };
    let mut tx = app.app().db.write().await.unwrap();
    assert_eq!(employers::insert(&mut tx, &row).await.unwrap(), 1);
    tx.commit().await.unwrap();
    id
}

/// A resident of a village, nominated by an agency, who agreed to the companion of the village.
pub async fn new_person(app: &TestApp, village: &str, agency: OrganisationId) -> PersonId {
    let now = app.app().clock.now();
    let id: PersonId = system::fresh();
    let nik = format!("99{:014}", id.0.as_u128() % 100_000_000_000_000);
    let keys = &app.app().keys;
    let row = Person {
        nik_cipher: keys.seal_nik(&nik).unwrap(),
        nik_key: keys::NIK_KEY,
        nik_lookup: keys.nik_lookup(&nik),
        village: Some(village.to_owned()),
        registered_on: app.app().clock.today(),
        nominated_by: Some(agency),
        ..build::person(id, now)
    };
    let mut tx = app.app().db.write().await.unwrap();
    assert_eq!(people::insert(&mut tx, &row).await.unwrap(), 1);
    assert_eq!(nominations::keep(&mut tx, &build::nominee(&row, agency, now)).await.unwrap(), 1);
    assert_eq!(accompaniments::set(&mut tx, id, true).await.unwrap(), 1);
    tx.commit().await.unwrap();
    id
}

/// A complete vacancy of an employer in a state, with five seats.
pub async fn new_vacancy(app: &TestApp, employer: EmployerId, state: vacancy::State) -> VacancyId {
    let now = app.app().clock.now();
    let id: VacancyId = system::fresh();
    let row = Vacancy {
        occupation_code: Some("8153".to_owned()),
        description: "Menjahit pakaian jadi".to_owned(),
        village: Some("33.11.01.2001".to_owned()),
        wage_min: Some(2_500_000),
        wage_max: Some(3_000_000),
        employment_type: Some("pkwt".to_owned()),
        closes_on: "2026-06-30".parse().ok(),
        state,
        ..build::vacancy(id, employer, now)
    };
    let mut tx = app.app().db.write().await.unwrap();
    assert_eq!(vacancies::insert(&mut tx, &row).await.unwrap(), 1);
    tx.commit().await.unwrap();
    id
}

/// An application of a new resident of a side for a new vacancy of its employer, brought into a state by the events
/// that lead there, as an officer records them.
pub async fn new_application(app: &TestApp, world: &World, half: &Half, state: State) -> Application {
    let person = new_person(app, half.village, half.agency).await;
    hold(app, half, person).await;
    let vacancy = new_vacancy(app, half.employer, vacancy::State::Open).await;
    let inner = app.app();
    let officer = world.client("confirm").account.unwrap();
    let by = access::session(inner, officer).await.unwrap().confirming().unwrap().acting();
    let consent = ConsentDraft {
        channel: ConsentChannel::Counter,
        number_dialled: None,
        self_spoke: true,
        guardian: None,
        text_shown: None,
    };
    let told = Details { consent: Some(consent), ..Details::default() };
    let hiring = Details { starts_on: Some(inner.clock.today()), ..Details::default() };
    let start = Start { person, vacancy, run: None, fit: 500, priority: 0, reserve_order: 1 };
    let (first, then): (Event, &[(Event, &Details)]) = match state {
        State::Proposed => (Event::Propose, &[]),
        State::Consented => (Event::Apply, &[]),
        State::Confirmed => (Event::Propose, &[(Event::Confirm, &told)]),
        State::Referred => (Event::Apply, &[(Event::Confirm, &told)]),
        State::Interview => (Event::Apply, &[(Event::Confirm, &told), (Event::Invite, &told)]),
        State::Hired => (Event::Apply, &[(Event::Confirm, &told), (Event::Hire, &hiring)]),
        State::Started => {
            (Event::Apply, &[(Event::Confirm, &told), (Event::Hire, &hiring), (Event::Start, &hiring)])
        }
        other => panic!("no way to {other} is known here"),
    };
    let made: Result<Application, AppError> = async {
        transact!(inner, tx => {
            let mut outcome = workflow::begin(inner, tx, &by, &start, first, &told).await?;
            for (event, details) in then {
                outcome = workflow::act(inner, tx, &by, outcome.application.id, *event, details, None).await?;
            }
            Ok(outcome.application)
        })
    }
    .await;
    let made = made.unwrap();
    assert_eq!(made.state, state);
    made
}

/// Lets the login of a side's resident hold another person.
pub async fn hold(app: &TestApp, half: &Half, person: PersonId) {
    let Some(account) = half.trainee else { return };
    let mut tx = app.app().db.write().await.unwrap();
    people::attach(&mut tx, account, person).await.unwrap();
    tx.commit().await.unwrap();
}

/// A finished run that proposed one pair.
pub async fn new_run(app: &TestApp, pair: Option<(PersonId, VacancyId)>) -> RunId {
    let inner = app.app();
    let policy = policies::policy(inner, policies::DEFAULT_POLICY).await.unwrap().id;
    let now = inner.clock.now();
    let run = Run {
        id: system::fresh(),
        policy_id: policy,
        state: padankerja::domain::run::State::Done,
        as_of: inner.clock.today(),
        seed: 1,
        started_by: None,
        started_at: now,
        finished_at: Some(now),
        published_at: None,
        summary: None,
        failure: None,
    };
    let mut tx = inner.db.write().await.unwrap();
    assert_eq!(runs::insert(&mut tx, &run).await.unwrap(), 1);
    if let Some((person, vacancy)) = pair {
        let proposal = Proposal {
            run_id: run.id,
            vacancy_id: vacancy,
            person_id: person,
            place: 1,
            kind: padankerja::domain::run::Kind::Proposal,
            fit: 500,
            priority: 0,
            explanation: Json(serde_json::json!({})),
            dropped: None,
        };
        assert_eq!(runs::insert_proposal(&mut tx, &proposal).await.unwrap(), 1);
    }
    tx.commit().await.unwrap();
    run.id
}

/// Somebody without a login who said that an open vacancy of our side interests them.
pub async fn new_interest(app: &TestApp, world: &World) -> InterestId {
    let vacancy = new_vacancy(app, world.ours.employer, vacancy::State::Open).await;
    let (inner, id) = (app.app(), system::fresh());
    let mut tx = inner.db.write().await.unwrap();
    let count = interests::next_number(&mut tx, 2026).await.unwrap();
    let row = Interest {
        id,
        number: interest::Number::new(count, 2026),
        vacancy_id: vacancy,
        name: format!("Minat {count}"),
        phone: "+6286012345678".to_owned(),
        village: world.ours.village.to_owned(),
        other_vacancies: false,
        made_at: inner.clock.now(),
        call_by: inner.clock.today(),
        outcome: None,
        handled_at: None,
        handled_by: None,
    };
    assert_eq!(interests::insert(&mut tx, &row).await.unwrap(), 1);
    tx.commit().await.unwrap();
    id
}
