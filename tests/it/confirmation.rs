//! The walk of one event through the application's row: read once, under its locks, and never older than they are.
use padankerja::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::{
            self,
            workflow::{self, Details, Outcome, Start},
        },
    },
    domain::{
        application::{Event, State},
        ids::{ApplicationId, PersonId, VacancyId},
    },
    store::{Tx, applications as rows},
    transact,
};

use crate::support::{
    counting::counted,
    database::{TestDb, both_databases, somebody_waits},
    fixture,
};

struct Scene {
    app: App,
    staff: Acting,
    person: PersonId,
    vacancy: VacancyId,
}

impl Scene {
    async fn new(db: &TestDb) -> Self {
        let app = fixture::app(db);
        let office = fixture::office(&app).await;
        let employer = fixture::employer(&app, "PT Contoh").await;
        let vacancy = fixture::vacancy(&app, employer, "Operator jahit", 1).await;
        let person = fixture::person(&app, 1).await;
        Self { staff: office.confirming.acting(), app, person, vacancy }
    }

    async fn proposed(&self) -> ApplicationId {
        let start = Start {
            person: self.person,
            vacancy: self.vacancy,
            run: None,
            fit: 500,
            priority: 0,
            reserve_order: 1,
        };
        let (app, none) = (&self.app, Details::default());
        let made: Result<Outcome, AppError> = async {
            transact!(app, tx => workflow::begin(app, tx, &self.staff, &start, Event::Propose, &none).await)
        }
        .await;
        made.unwrap().application.id
    }

    async fn act(
        &self,
        tx: &mut Tx,
        by: &Acting,
        id: ApplicationId,
        event: Event,
    ) -> Result<Outcome, AppError> {
        let reason = (event == Event::Dismiss).then(|| "other".to_owned());
        let details = Details { reason, ..Details::default() };
        workflow::act(&self.app, tx, by, id, event, &details, None).await
    }
}

/// What a confirmation that makes nothing else move asks of the database: the application with vacancy and person (1),
/// both counters (2), the holidays ahead (1), the application (1), its event, its audit row and what the person is told
/// (3), the person's applications (1), two queues (2). The answer adds the names (1).
const CONFIRMATION: u64 = 11;

async fn reads_once(db: &TestDb) {
    let scene = Scene::new(db).await;
    let id = scene.proposed().await;
    let mut tx = scene.app.db.write().await.unwrap();
    let (outcome, ran) = counted(scene.act(&mut tx, &scene.staff, id, Event::Confirm)).await;
    let outcome = outcome.unwrap();
    assert_eq!(ran, CONFIRMATION);
    let (card, ran) = counted(applications::shown(&mut tx, &outcome)).await;
    assert_eq!(ran, 1);
    // What is told is what is stored.
    let stored = rows::card(&mut tx, &rows::Scope::Office, id).await.unwrap().unwrap();
    assert_eq!(format!("{:?}", card.unwrap()), format!("{stored:?}"));
    assert_eq!((stored.application.state, stored.application.version), (State::Confirmed, 2));
    tx.commit().await.unwrap();
}

/// Two officers at once: the second waits for the first, then decides from what the first left, not from what it had
/// seen before.
async fn decides_from_the_newest(db: &TestDb) {
    let scene = Scene::new(db).await;
    let id = scene.proposed().await;
    let mut first = scene.app.db.write().await.unwrap();
    scene.act(&mut first, &scene.staff, id, Event::Confirm).await.unwrap();
    let second = async {
        let app = &scene.app;
        let result: Result<Outcome, AppError> =
            async { transact!(app, tx => scene.act(tx, &scene.staff, id, Event::Confirm).await) }.await;
        result
    };
    let release = async {
        somebody_waits(&scene.app.db).await;
        first.commit().await.unwrap();
    };
    let (refused, ()) = tokio::join!(second, release);
    // From the row as it was the table would have allowed it, and only the compare-and-swap refused.
    assert_eq!(refused.unwrap_err().code(), "wrong_state");
}

both_databases!(a_confirmation_reads_the_application_once, |db: TestDb| reads_once(db));
both_databases!(whoever_waited_decides_from_what_is_there, |db: TestDb| decides_from_the_newest(db));
