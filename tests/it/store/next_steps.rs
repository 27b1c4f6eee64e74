//! What happens next for people: one open step of a kind for each, who reaches which, what publishing and erasing do to them.
use chrono::NaiveDate;
use padankerja::{
    domain::{
        application::State,
        evidence::Criterion as Evidence,
        ids::{OrganisationId, StepId},
        next_step::{Kind, Outcome},
        person::Status,
    },
    store::{
        Tx, applications,
        next_steps::{self, Filter, Fresh, Idle, Listed, Scope, Step},
        organisations,
        people::{self, Person},
        profiles::{self, Criterion, Experience, Training},
        runs::{self, Run},
    },
};

use super::{
    account, agreed, application, at, day, id, insert_account, office, pair, person, refused,
    runs::{policy, run},
    same, some,
};
use crate::support::database::{TestDb, both_databases};

fn step(number: u128, of: u128, kind: Kind, due: &str) -> Step {
    Step {
        id: id(number),
        person_id: id(of),
        kind,
        organisation_id: Some(id(1)),
        account_id: None,
        officer: some("Bu Contoh"),
        due_on: day(due),
        made_at: at(i64::try_from(number).unwrap()),
        made_by: None,
        run_id: None,
        outcome: None,
        note: None,
        answered_at: None,
        answered_by: None,
    }
}

async fn stored(tx: &mut Tx) {
    organisations::insert(tx, &office(1, None)).await.unwrap();
    organisations::insert(tx, &office(2, None)).await.unwrap();
    insert_account(tx, &account(1)).await;
    people::insert(tx, &person(1)).await.unwrap();
    people::insert(tx, &Person { village: some("33.11.05.2011"), phone: None, ..person(2) }).await.unwrap();
    people::attach(tx, id(1), id(2)).await.unwrap();
    for row in [
        step(3, 1, Kind::Visit, "2026-03-05"),
        step(2, 1, Kind::DesilCheck, "2026-03-09"),
        Step { organisation_id: Some(id(2)), ..step(1, 2, Kind::Visit, "2026-03-09") },
        Step { organisation_id: None, officer: None, ..step(4, 2, Kind::Training, "2026-03-20") },
    ] {
        assert_eq!(next_steps::insert(tx, &row).await.unwrap(), 1);
    }
}

async fn ids_of(tx: &mut Tx, scope: &Scope, filter: &Filter) -> Vec<StepId> {
    let rows = next_steps::page(tx, scope, filter, None, 9).await.unwrap();
    rows.into_iter().map(|row| row.step.id).collect()
}

async fn lists(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let all = Filter::default();
    assert_eq!(ids_of(tx, &Scope::Office, &all).await, [id(3), id(1), id(2), id(4)]);
    let owner = |number: u128| Scope::Owner(id::<OrganisationId>(number));
    assert_eq!(ids_of(tx, &owner(1), &all).await, [id(3), id(2)]);
    assert_eq!(ids_of(tx, &owner(2), &all).await, [id(1)]);
    let village = |code: &str| Scope::Village(code.to_owned());
    assert_eq!(ids_of(tx, &village("33.11.05.2010"), &all).await, [], "nobody agreed to the companion");
    agreed(tx, &[1]).await;
    assert_eq!(ids_of(tx, &village("33.11.05.2010"), &all).await, [id(3), id(2)]);
    assert_eq!(ids_of(tx, &village("33.11.05.2012"), &all).await, []);
    assert_eq!(ids_of(tx, &Scope::Account(id(1)), &all).await, [id(1), id(4)]);
    assert_eq!(ids_of(tx, &Scope::Account(id(9)), &all).await, []);
    assert_eq!(ids_of(tx, &Scope::Person(id(2)), &all).await, [id(1), id(4)]);
    assert_eq!(ids_of(tx, &Scope::Person(id(9)), &all).await, []);
    let visits = Filter { kind: Some(Kind::Visit), ..all };
    let late = Filter { before: Some(day("2026-03-09")), ..all };
    let harmless = Filter { without: Some(Kind::DesilCheck), ..all };
    for scope in [Scope::Office, owner(1), village("33.11.05.2010")] {
        assert!(ids_of(tx, &scope, &visits).await.contains(&id(3)));
        assert!(!ids_of(tx, &scope, &visits).await.contains(&id(2)));
        assert_eq!(ids_of(tx, &scope, &late).await, [id(3)]);
        assert!(!ids_of(tx, &scope, &harmless).await.contains(&id(2)));
    }
    let after = Some((day("2026-03-09"), id(1)));
    for scope in [Scope::Office, owner(1), village("33.11.05.2010")] {
        let next = next_steps::page(tx, &scope, &all, after, 1).await.unwrap();
        assert_eq!(next.iter().map(|row| row.step.id).collect::<Vec<_>>(), [id(2)]);
    }
    let one = next_steps::find(tx, id(1)).await.unwrap().unwrap();
    same(
        one,
        Listed {
            step: Step { organisation_id: Some(id(2)), ..step(1, 2, Kind::Visit, "2026-03-09") },
            person_name: "Contoh 2".to_owned(),
            person_phone: None,
            village: some("33.11.05.2011"),
            office: some("Kantor 2"),
        },
    );
    assert!(next_steps::find(tx, id(9)).await.unwrap().is_none());
}

async fn changes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let twice = step(5, 1, Kind::Visit, "2026-04-01");
    assert_eq!(next_steps::insert(tx, &twice).await.unwrap(), 0, "one open step of a kind");
    let moved = Step {
        organisation_id: Some(id(2)),
        account_id: Some(id(1)),
        officer: None,
        due_on: day("2026-03-30"),
        ..step(3, 1, Kind::Visit, "2026-03-05")
    };
    assert_eq!(next_steps::assign(tx, &moved).await.unwrap(), 1);
    assert_eq!(next_steps::find(tx, id(3)).await.unwrap().unwrap().step, moved);

    let note = some("di rumah neneknya");
    let answer = next_steps::answer(tx, id(3), Outcome::Visited, note.clone(), Some(id(1)), at(9)).await;
    assert_eq!(answer.unwrap(), 1);
    let told = next_steps::find(tx, id(3)).await.unwrap().unwrap().step;
    let expected = Step {
        outcome: Some(Outcome::Visited),
        note,
        answered_at: Some(at(9)),
        answered_by: Some(id(1)),
        ..moved.clone()
    };
    assert_eq!(told, expected);
    let again = next_steps::answer(tx, id(3), Outcome::NotReached, None, None, at(10)).await;
    assert_eq!((again.unwrap(), next_steps::assign(tx, &moved).await.unwrap()), (0, 0), "it was answered");
    assert_eq!(next_steps::insert(tx, &twice).await.unwrap(), 1, "the one before is over");
    agreed(tx, &[1]).await;
    let answered = Filter { answered: true, ..Filter::default() };
    let owner = Scope::Owner(id(2));
    for scope in [Scope::Office, owner, Scope::Village("33.11.05.2010".to_owned())] {
        assert_eq!(ids_of(tx, &scope, &answered).await, [id(3)], "{scope:?}");
    }

    let settled = next_steps::settle(tx, id(1), Kind::DesilCheck, Outcome::DesilFound, at(11)).await;
    assert_eq!(settled.unwrap(), 1);
    let settled = next_steps::settle(tx, id(1), Kind::DesilCheck, Outcome::DesilFound, at(11)).await;
    assert_eq!(settled.unwrap(), 0);
    let all = next_steps::of_person(tx, id(1)).await.unwrap();
    let kept: Vec<_> = all.iter().map(|(step, office)| (step.id, step.outcome, office.clone())).collect();
    assert_eq!(
        kept,
        [
            (id(2), Some(Outcome::DesilFound), some("Kantor 1")),
            (id(3), Some(Outcome::Visited), some("Kantor 2")),
            (id(5), None, some("Kantor 1")),
        ]
    );
    next_steps::end_of_person(tx, id(1), at(12)).await.unwrap();
    let all = next_steps::of_person(tx, id(1)).await.unwrap();
    assert!(all.iter().all(|(step, _)| step.note.is_none() && step.answered_at.is_some()), "{all:?}");
    assert_eq!(all[2].0.outcome, Some(Outcome::NoLongerNeeded));
    assert_eq!(all[1].0.outcome, Some(Outcome::Visited));
    refused(
        next_steps::insert(tx, &Step { note: some("x"), ..step(7, 2, Kind::Proposal, "2026-04-01") }).await,
    );
}

fn evidence(number: u128, criterion: Evidence, dated: &str) -> Criterion {
    Criterion {
        id: id(number),
        person_id: id(number),
        criterion,
        value: 1,
        source: "DTSEN".to_owned(),
        dated_on: day(dated),
        expires_on: day("2026-12-31"),
        organisation_id: None,
    }
}

async fn looking_for_work(tx: &mut Tx) {
    let row = |number: u128| Person { phone: None, available_from: None, ..person(number) };
    for number in [1, 2, 3, 4, 5] {
        let status = if number == 3 { Status::Studying } else { Status::Seeking };
        people::insert(tx, &Person { status, ..row(number) }).await.unwrap();
    }
    people::insert(
        tx,
        &Person {
            phone: some("+6286012345678"),
            objects_to_ranking: true,
            available_from: Some(day("2026-06-01")),
            nominated_by: Some(id(2)),
            ..row(6)
        },
    )
    .await
    .unwrap();
    for number in [1, 2, 3, 6] {
        profiles::insert_criterion(tx, &evidence(number, Evidence::Desil, "2026-01-01")).await.unwrap();
    }
    profiles::insert_criterion(tx, &evidence(4, Evidence::LaidOff, "2026-03-03")).await.unwrap();
    let held = Experience { id: id(1), person_id: id(1), job: "Penjahit".to_owned(), months: 3 };
    profiles::insert_experience(tx, &held).await.unwrap();
    let failed = Training {
        id: id(6),
        person_id: id(6),
        class_id: None,
        programme: "Menjahit".to_owned(),
        ended_on: None,
        result: some("not_yet"),
    };
    profiles::insert_training(tx, &failed).await.unwrap();
}

/// Found are 1 and 6: 2 has an open application, 3 studies, the evidence of 4 begins tomorrow, 5 has none.
async fn publishing(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    organisations::insert(tx, &office(2, None)).await.unwrap();
    let (_, vacancy, _) = pair(tx, 20).await;
    looking_for_work(tx).await;
    applications::insert(tx, &application(1, id(2), vacancy.id, State::Proposed)).await.unwrap();
    let idle = |number: u128| Idle {
        person_id: id(number),
        objects: false,
        has_phone: false,
        available_from: None,
        nominated_by: None,
        desil_sought: false,
        skilled: true,
    };
    let sixth = Idle {
        objects: true,
        has_phone: true,
        available_from: Some(day("2026-06-01")),
        nominated_by: Some(id(2)),
        skilled: false,
        ..idle(6)
    };
    let today = day("2026-03-02");
    assert_eq!(next_steps::idle(tx, today).await.unwrap(), [idle(1), sixth]);
    let tomorrow = next_steps::idle(tx, day("2026-03-03")).await.unwrap();
    assert_eq!(tomorrow.iter().map(|one| one.person_id).collect::<Vec<_>>(), [id(1), id(4), id(6)]);
    of_a_run(tx, today, idle(1)).await;
}

/// Steps that publishing makes, and what a proposal and an answer do to them; `first` is who is found.
async fn of_a_run(tx: &mut Tx, today: NaiveDate, first: Idle) {
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    let run = Run { state: padankerja::domain::run::State::Done, ..run(1, 1) };
    runs::insert(tx, &run).await.unwrap();
    let run = run.id;
    let fresh = |number: u128, office| Fresh {
        id: id(number),
        person: id(number),
        kind: Kind::Proposal,
        office,
        due: day("2026-03-09"),
    };
    let all = vec![fresh(1, None), fresh(2, None), fresh(6, Some(id(2)))];
    assert_eq!(next_steps::insert_all(tx, run, at(5), all).await.unwrap(), 3);
    assert_eq!(
        next_steps::insert_all(tx, run, at(5), vec![Fresh { id: id(9), ..fresh(1, None) }]).await.unwrap(),
        0
    );
    assert_eq!(next_steps::insert_all(tx, run, at(5), Vec::new()).await.unwrap(), 0);
    assert_eq!(next_steps::idle(tx, today).await.unwrap(), [], "who has a step is not found again");
    let made = next_steps::find(tx, id(6)).await.unwrap().unwrap().step;
    let expected = Step {
        organisation_id: Some(id(2)),
        officer: None,
        made_at: at(5),
        run_id: Some(run),
        ..step(6, 6, Kind::Proposal, "2026-03-09")
    };
    assert_eq!(made, expected);
    assert_eq!(next_steps::settle_proposed(tx, at(6)).await.unwrap(), 1, "of the second only");
    let second = next_steps::find(tx, id(2)).await.unwrap().unwrap().step;
    assert_eq!((second.outcome, second.answered_at), (Some(Outcome::Proposed), Some(at(6))));
    let vain = next_steps::answer(tx, id(1), Outcome::DesilNotFound, None, None, at(7)).await;
    assert_eq!(vain.unwrap(), 1);
    let again = next_steps::idle(tx, today).await.unwrap();
    assert_eq!(again, [Idle { desil_sought: true, ..first }]);
}

both_databases!(everybody_reaches_their_own_steps, |db: TestDb| lists(db));
both_databases!(a_step_is_answered_once, |db: TestDb| changes(db));
both_databases!(who_is_left_without_a_proposal_gets_a_step, |db: TestDb| publishing(db));
