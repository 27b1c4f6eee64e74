//! Records made through the use cases, for tests that need them without HTTP.
use std::sync::Arc;

use padankerja::{
    app::{
        App,
        access::{Confirming, Right, Role, Session, Supervising, Trainee, acting::Acting},
        accounts::{self, NewAccount},
        applications::workflow,
        employers, keys, people,
        system::SystemClock,
        vacancies::{self, Origin},
    },
    domain::{
        employer,
        ids::{AccountId, EmployerId, PersonId, VacancyId},
        intake::{cell::Cell, person::PersonRow, vacancy::VacancyRow},
        message, vacancy,
    },
    store::organisations::OrganisationKind,
    transact,
};

use super::database::TestDb;

/// The office of the tests.
pub fn sender() -> Arc<message::Office> {
    Arc::new(message::Office {
        name: "Dinas Contoh".to_owned(),
        phone: "(0271) 000000".to_owned(),
        address: Some("https://kerja.example".to_owned()),
    })
}

/// An app over a test's database with the real clock.
pub fn app(db: &TestDb) -> App {
    App {
        db: db.db.clone(),
        clock: Arc::new(SystemClock),
        keys: Arc::new(keys::Keys::ephemeral().unwrap()),
        rules: Arc::new(workflow::Rules::default()),
        office: sender(),
    }
}

/// A verified employer.
pub async fn employer(app: &App, name: &str) -> EmployerId {
    let made: Result<EmployerId, padankerja::app::AppError> = async {
        transact!(app, tx => {
            let row = employers::register_by_name(app, tx, &Acting::terminal(), name, true).await?;
            let verify = employer::Event::Verify;
            employers::change(app, tx, &Acting::terminal(), row.id, verify, None, None).await?;
            Ok(row.id)
        })
    }
    .await;
    made.unwrap()
}

/// The row of a complete vacancy for sewing operators.
pub fn vacancy_row(title: &str, seats: u32) -> VacancyRow {
    let text = |value: &str| Cell::text(value);
    VacancyRow {
        title: text(title),
        description: text("Mengoperasikan mesin jahit high speed. Bisa menjahit."),
        village: text("33.11.05.2010"),
        seats: text(&seats.to_string()),
        wage_min: text("2600000"),
        working_hours: text("40 jam seminggu"),
        conditions: text("Dalam ruangan"),
        employment_type: text("PKWT"),
        education_min: text("SMP"),
        experience_months: text("0"),
        skills: text("menjahit"),
        closes_on: text("2030-12-31"),
        ..VacancyRow::default()
    }
}

/// An open vacancy.
pub async fn vacancy(app: &App, employer: EmployerId, title: &str, seats: u32) -> VacancyId {
    let draft = vacancy_row(title, seats).judge(app.clock.today()).into_result().unwrap().0;
    let made: Result<VacancyId, padankerja::app::AppError> = async {
        transact!(app, tx => {
            let acting = &Acting::terminal();
            let row = vacancies::enter(app, tx, acting, employer, &draft, &Origin::default()).await?;
            for event in [vacancy::Event::Submit, vacancy::Event::Publish] {
                vacancies::act(app, tx, acting, row.id, event.into()).await?;
            }
            Ok(row.id)
        })
    }
    .await;
    made.unwrap()
}

/// The row of a person who learnt to sew; `number` makes the NIK.
pub fn person_row(number: u32) -> PersonRow {
    let text = |value: &str| Cell::text(value);
    PersonRow {
        nik: text(&format!("991104550190{:04}", number % 9_999 + 1)),
        name: text(&format!("Contoh {number}")),
        village: text("33.11.05.2010"),
        education: text("SMK"),
        programme: text("Menjahit Pakaian"),
        training_end: text("2026-06-30"),
        skills: text("menjahit"),
        phone: text("086012345678"),
        ..PersonRow::default()
    }
}

/// A registered person.
pub async fn person(app: &App, number: u32) -> PersonId {
    let row = person_row(number);
    let made: Result<PersonId, padankerja::app::AppError> =
        async { transact!(app, tx => people::admit_row(app, tx, &Acting::terminal(), &row).await) }.await;
    made.unwrap()
}

/// A login of the labour office with all rights, and one of a supervisor.
pub struct Office {
    pub confirming: Confirming,
    pub supervising: Supervising,
}

/// Makes the labour office with its logins.
pub async fn office(app: &App) -> Office {
    let made: Result<(AccountId, AccountId), padankerja::app::AppError> = async {
        transact!(app, tx => {
            let kind = OrganisationKind::LabourOffice;
            let organisation = accounts::create_organisation(app, tx, "Disperinaker", kind, None).await?;
            let new = |login: &str, role, rights: &[Right]| NewAccount {
                login: login.to_owned(),
                password_hash: "!".to_owned(),
                role,
                organisation: Some(organisation),
                employer: None,
                rights: rights.to_vec(),
                people: Vec::new(),
            };
            let by = &Acting::terminal();
            let staff = accounts::create(app, tx, by, &new("petugas", Role::Staff, Right::ALL)).await?;
            let chief = accounts::create(app, tx, by, &new("pengawas", Role::Supervisor, &[])).await?;
            Ok((staff, chief))
        })
    }
    .await;
    let (staff, chief) = made.unwrap();
    Office {
        confirming: session(app, staff).await.confirming().unwrap(),
        supervising: session(app, chief).await.supervising().unwrap(),
    }
}

/// A login that holds these people.
pub async fn trainee(app: &App, login: &str, people: &[PersonId]) -> Trainee {
    let new = NewAccount {
        login: login.to_owned(),
        password_hash: "!".to_owned(),
        role: Role::Trainee,
        organisation: None,
        employer: None,
        rights: Vec::new(),
        people: people.to_vec(),
    };
    let made: Result<AccountId, padankerja::app::AppError> =
        async { transact!(app, tx => accounts::create(app, tx, &Acting::terminal(), &new).await) }.await;
    session(app, made.unwrap()).await.trainee().unwrap()
}

/// The session of a login.
pub async fn session(app: &App, account: AccountId) -> Session {
    padankerja::app::access::session(app, account).await.unwrap()
}
