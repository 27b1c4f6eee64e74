//! What is held about one person: of that person alone, in order, with the names that stand beside it.
use padankerja::{
    domain::{
        access::AuditActor,
        application::State,
        contact::{AttemptChannel, AttemptOutcome, Invitation},
        ids::{ApplicationId, PersonId, RecordId},
        message, next_step,
        run::{self, Fate, Kind},
    },
    store::{
        Tx,
        applications::{self, Application},
        classes::{self, TrainingClass},
        contacts::{self, Attempt, FollowUp},
        events, interviews, messages, next_steps, organisations, own_data, people,
        profiles::{self, Training},
        runs::{self, Proposal, Run},
        unknown_desil::{self, Entry},
    },
};
use serde_json::json;
use sqlx::types::Json;

use super::{account, application, at, contacts::consent, day, id, insert_account, office, pair, same, some};
use crate::support::database::{TestDb, both_databases};

/// Two people, each with an application, and a run.
async fn stored(tx: &mut Tx) {
    super::contacts::stored(tx).await;
    runs::insert_policy(tx, &super::runs::policy(1)).await.unwrap();
    for number in [1, 2] {
        runs::insert(tx, &Run { state: run::State::Done, ..super::runs::run(number, 1) }).await.unwrap();
    }
}

async fn applications_and_interviews(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    pair(tx, 3).await;
    let mut hidden = application(3, id(1), id(3), State::Proposed);
    hidden.run_id = Some(id(2));
    applications::insert(tx, &hidden).await.unwrap();
    let invitation = Invitation {
        on: day("2026-03-09"),
        hour: "09:00".to_owned(),
        place: "Pabrik".to_owned(),
        bring: None,
        landmark: None,
    };
    interviews::set(tx, id(1), &invitation, at(5)).await.unwrap();

    let held = own_data::applications(tx, id(1)).await.unwrap();
    let ids: Vec<ApplicationId> = held.iter().map(|row| row.application.id).collect();
    assert_eq!(ids, [id(1), id(3)]);
    same(&held[0].application, application(1, id(1), id(1), State::Started));
    same(&held[1].application, hidden);
    let named = (held[0].title.as_str(), held[0].employer_name.as_str());
    assert_eq!(named, ("Operator jahit 1", "PT Contoh 1"));
    assert_eq!((held[0].known_since, held[1].known_since), (Some(at(1)), None));
    let run = super::runs::run(2, 1);
    assert_eq!((held[0].run_on, held[1].run_on), (None, Some(run.as_of)));
    assert_eq!(held[0].interview.clone().invitation(), Some(invitation));
    assert_eq!((held[0].invited_at, held[1].invited_at), (Some(at(5)), None));
    assert_eq!(held[1].interview.clone().invitation(), None);
    same(own_data::applications(tx, id(9)).await.unwrap(), [(); 0]);
}

async fn what_was_said(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let later = contacts::Consent { given_at: at(9), ..consent(2) };
    for row in [&later, &consent(3)] {
        contacts::insert_consent(tx, row).await.unwrap();
    }
    same(own_data::consents(tx, id(1)).await.unwrap(), [consent(3), later]);
    let attempt = |number: u128, of: u128, second| Attempt {
        id: id(number),
        application_id: id(of),
        channel: AttemptChannel::Visit,
        outcome: AttemptOutcome::Reached,
        officer_id: Some(account(1).id),
        on_day: day("2026-03-02"),
        at: at(second),
    };
    let due = |number: u128, of: u128, month, due_on| FollowUp {
        id: id(number),
        application_id: id(of),
        month,
        due_on: day(due_on),
        still_working: None,
        note: None,
        recorded_by: None,
        recorded_at: None,
    };
    for row in [attempt(1, 1, 9), attempt(2, 1, 5), attempt(3, 2, 1)] {
        contacts::insert_attempt(tx, &row).await.unwrap();
    }
    for row in [due(1, 1, 3, "2026-06-02"), due(2, 1, 1, "2026-04-02"), due(3, 2, 1, "2026-04-02")] {
        contacts::plan_follow_up(tx, &row).await.unwrap();
    }
    same(own_data::attempts(tx, id(1)).await.unwrap(), [attempt(2, 1, 5), attempt(1, 1, 9)]);
    same(
        own_data::follow_ups(tx, id(1)).await.unwrap(),
        [due(2, 1, 1, "2026-04-02"), due(1, 1, 3, "2026-06-02")],
    );
    assert_eq!(own_data::attempts(tx, id(2)).await.unwrap().len(), 1);
    assert_eq!(own_data::follow_ups(tx, id(2)).await.unwrap().len(), 1);
    assert_eq!(own_data::consents(tx, id(2)).await.unwrap().len(), 0);
}

async fn what_runs_worked_out(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let proposal = |run: u128, of: u128| Proposal {
        run_id: id(run),
        vacancy_id: id(1),
        person_id: id(of),
        place: i64::try_from(of).unwrap(),
        kind: Kind::Reserve,
        fit: 640,
        priority: 90,
        explanation: Json(json!({"fit": 640})),
        dropped: None,
    };
    for row in [proposal(2, 1), proposal(1, 1), proposal(1, 2)] {
        runs::insert_proposal(tx, &row).await.unwrap();
    }
    runs::drop_proposal(tx, &proposal(2, 1), Some("no_slot")).await.unwrap();
    runs::publish(tx, id(2), at(7)).await.unwrap();
    let found = own_data::judgements(tx, id(1)).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].published_at, found[1].published_at), (None, Some(at(7))));
    assert_eq!((found[0].dropped.as_deref(), found[1].dropped.as_deref()), (None, Some("no_slot")));
    let one = &found[0];
    assert_eq!((one.kind, one.place, one.fit, one.priority), (Kind::Reserve, 1, 640, 90));
    assert_eq!((one.title.as_str(), one.employer_name.as_str()), ("Operator jahit 1", "PT Contoh 1"));
    assert_eq!((one.run_on, &one.explanation.0), (super::runs::run(1, 1).as_of, &json!({"fit": 640})));

    let entry = |place, person: u128| Entry {
        place,
        person: id(person),
        fate: Fate::LeftOut,
        forgone: None,
        seats: place + 4,
        vacancies: 2,
    };
    unknown_desil::insert(tx, id(1), vec![entry(1, 2), entry(2, 1)]).await.unwrap();
    let unknown = own_data::unknown_desil(tx, id(1)).await.unwrap();
    assert_eq!(unknown.len(), 1);
    assert_eq!(
        (unknown[0].run_on, unknown[0].seats, unknown[0].vacancies),
        (super::runs::run(1, 1).as_of, 6, 2)
    );
    assert_eq!(own_data::unknown_desil(tx, id(9)).await.unwrap(), []);
    same(own_data::judgements(tx, id(9)).await.unwrap(), [(); 0]);
}

async fn classes_logins_and_deeds(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let class = TrainingClass {
        id: id(1),
        organisation_id: None,
        programme: "Menjahit".to_owned(),
        name: "Angkatan 3".to_owned(),
        starts_on: Some(day("2025-10-01")),
        ends_on: Some(day("2025-11-30")),
        members: 0,
        version: 1,
        created_at: at(0),
    };
    classes::ensure(tx, &class).await.unwrap();
    for (number, of, class_id) in [(1, 1, Some(id(1))), (2, 1, None), (3, 2, Some(id(1)))] {
        let row = Training {
            id: id(number),
            person_id: id(of),
            class_id,
            programme: "Menjahit".to_owned(),
            ended_on: None,
            result: some("competent"),
        };
        profiles::insert_training(tx, &row).await.unwrap();
    }
    let found = own_data::classes(tx, id(1)).await.unwrap();
    let attended: Vec<RecordId> = found.iter().map(|row| row.training_id).collect();
    assert_eq!(attended, [id(1)]);
    same(
        (&found[0].name, found[0].starts_on, found[0].ends_on),
        ("Angkatan 3", class.starts_on, class.ends_on),
    );

    insert_account(tx, &account(2)).await;
    for login in [1, 2] {
        people::attach(tx, account(login).id, id(1)).await.unwrap();
    }
    assert_eq!(own_data::logins(tx, id(1)).await.unwrap(), 2);
    assert_eq!(own_data::logins(tx, id(2)).await.unwrap(), 0);

    for (number, second, kind, of) in
        [(1, 9, "person", 1), (2, 5, "person", 1), (3, 1, "vacancy", 1), (4, 1, "person", 2)]
    {
        let row = events::Audit {
            at: at(second),
            account: None,
            actor: AuditActor::Staff,
            organisation: None,
            action: format!("{kind}.{number}"),
            object_kind: kind,
            object: Some(uuid::Uuid::from_u128(of)),
            event: None,
        };
        events::audit(tx, id(number), &row).await.unwrap();
    }
    let deeds = own_data::deeds(tx, id(1)).await.unwrap();
    let told: Vec<_> = deeds.iter().map(|row| (row.at, row.actor.as_str(), row.action.as_str())).collect();
    assert_eq!(told, [(at(5), "staff", "person.2"), (at(9), "staff", "person.1")]);
}

/// Rows of the audit, one a second: what was done to which object.
async fn audited(tx: &mut Tx, rows: &[(u128, &'static str, u128, Option<u128>)]) {
    for (number, kind, of, office) in rows {
        let row = events::Audit {
            at: at(i64::try_from(*number).unwrap()),
            account: None,
            actor: AuditActor::Staff,
            organisation: office.map(id),
            action: format!("{kind}.{number}"),
            object_kind: kind,
            object: Some(uuid::Uuid::from_u128(*of)),
            event: None,
        };
        events::audit(tx, id(*number), &row).await.unwrap();
    }
}

/// A next step (13) and a message (14).
async fn told_and_next(tx: &mut Tx, whom: PersonId) {
    let step = next_steps::Step {
        id: id(13),
        person_id: whom,
        kind: next_step::Kind::Visit,
        organisation_id: None,
        account_id: None,
        officer: None,
        due_on: day("2026-03-09"),
        made_at: at(0),
        made_by: None,
        run_id: None,
        outcome: None,
        note: None,
        answered_at: None,
        answered_by: None,
    };
    assert_eq!(next_steps::insert(tx, &step).await.unwrap(), 1);
    let new = messages::New {
        id: id(14),
        kind: message::Kind::Start,
        occasion: "14".to_owned(),
        application: None,
        vacancy: None,
        employer: None,
        person: Some(whom),
        while_state: None,
        due_at: at(0),
        made_at: at(0),
    };
    assert_eq!(messages::insert(tx, &new).await.unwrap(), 1);
}

async fn what_was_opened(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (_, vacancy, whom) = pair(tx, 1).await;
    let (_, elsewhere, other) = pair(tx, 2).await;
    organisations::insert(tx, &office(7, None)).await.unwrap();
    // One that the person knows of from the fifth second on, and one that nobody confirmed.
    let known = application(11, whom.id, vacancy.id, State::Referred);
    applications::insert(tx, &Application { updated_at: at(5), ..known }).await.unwrap();
    applications::insert(tx, &application(12, whom.id, elsewhere.id, State::Proposed)).await.unwrap();
    told_and_next(tx, whom.id).await;
    audited(
        tx,
        &[
            (1, "person", 1, Some(7)),
            (2, "person", 2, None),
            (4, "application", 11, None),
            (5, "application", 11, None),
            (6, "application", 12, None),
            (7, "next_step", 13, None),
            (8, "message", 14, None),
        ],
    )
    .await;
    let found = own_data::opened(tx, whom.id, 9, 0).await.unwrap();
    let told: Vec<&str> = found.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(told, ["message.8", "next_step.7", "application.5", "person.1"], "newest first");
    assert!(found.iter().all(|row| row.total == 4 && row.actor == "staff"));
    same(
        (&found[2].title, &found[2].employer_name, &found[2].office, found[2].at),
        (some(&vacancy.title), some("PT Contoh 1"), None::<String>, at(5)),
    );
    same((&found[3].office, &found[3].title), (some("Kantor 7"), None::<String>));
    let page = own_data::opened(tx, whom.id, 2, 1).await.unwrap();
    let told: Vec<&str> = page.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(told, ["next_step.7", "application.5"]);
    assert!(own_data::opened(tx, whom.id, 2, 4).await.unwrap().is_empty());
    assert_eq!(own_data::opened(tx, other.id, 9, 0).await.unwrap().len(), 1);
}

both_databases!(what_was_done_with_somebodys_data, |db: TestDb| what_was_opened(db));
both_databases!(applications_in_every_state, |db: TestDb| applications_and_interviews(db));
both_databases!(consents_attempts_and_follow_ups, |db: TestDb| what_was_said(db));
both_databases!(judgements_and_unknown_desils, |db: TestDb| what_runs_worked_out(db));
both_databases!(classes_logins_deeds, |db: TestDb| classes_logins_and_deeds(db));
