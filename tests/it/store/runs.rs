//! Policies, runs and what they proposed.
use padankerja::{
    domain::{
        ids::{PersonId, PolicyId, RunId},
        run::State,
    },
    store::{
        Tx,
        runs::{self, PolicyRow, Proposal, Run},
    },
};
use serde_json::json;
use sqlx::types::Json;

use super::{account, at, day, id, ids, insert_account, pair, refused, same, some};
use crate::support::database::{TestDb, both_databases};

pub(super) fn policy(revision: u8) -> PolicyRow {
    PolicyRow {
        id: id(revision.into()),
        name: "standar".to_owned(),
        revision: revision.into(),
        body: Json(json!({"floor": 300, "nested": {"text": "a'b"}})),
        created_by: None,
        created_at: at(0),
    }
}

/// A running run.
pub(super) fn run(number: u128, policy: u128) -> Run {
    Run {
        id: id(number),
        policy_id: id(policy),
        state: State::Running,
        as_of: day("2026-03-02"),
        seed: 42,
        started_by: None,
        started_at: at(0),
        finished_at: None,
        published_at: None,
        summary: None,
        failure: None,
    }
}

async fn policies(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    let first = PolicyRow { created_at: at(5), ..policy(1) };
    let second = PolicyRow { created_by: Some(account(1).id), ..policy(2) };
    let other = PolicyRow { name: "coba".to_owned(), created_at: at(5), revision: 7, ..policy(3) };
    for row in [&first, &second, &other] {
        assert_eq!(runs::insert_policy(tx, row).await.unwrap(), 1);
        same(runs::find_policy(tx, row.id).await.unwrap(), Some(row));
    }
    let taken = PolicyRow { id: id(4), ..second.clone() };
    assert_eq!(runs::insert_policy(tx, &taken).await.unwrap(), 0, "the number is taken");
    assert!(runs::find_policy(tx, id(4)).await.unwrap().is_none());
    same(runs::newest_policy(tx, "standar").await.unwrap(), Some(&second));
    assert!(runs::newest_policy(tx, "Standar").await.unwrap().is_none());
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<PolicyId>>();
    assert_eq!(ids!(runs::policies(tx).await), numbers(&[3, 1, 2]), "by name, then revision");
    assert_eq!(ids!(runs::policies_page(tx, None, 9).await), numbers(&[2, 1, 3]), "oldest first");
    assert_eq!(ids!(runs::policies_page(tx, None, 1).await), numbers(&[2]));
    assert_eq!(ids!(runs::policies_page(tx, Some((at(5), id(1))), 9).await), numbers(&[3]));
}

async fn one_running(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    let first = Run { started_by: Some(account(1).id), seed: -1, ..run(2, 1) };
    assert_eq!(runs::insert(tx, &first).await.unwrap(), 1);
    same(runs::find(tx, first.id).await.unwrap(), Some(&first));
    assert!(runs::find(tx, id(9)).await.unwrap().is_none());
    let second = Run { started_at: at(5), ..run(1, 1) };
    assert_eq!(runs::insert(tx, &second).await.unwrap(), 0, "one is running");
    assert_eq!(runs::publish(tx, first.id, at(6)).await.unwrap(), 0, "it has not ended");

    let figures = Some(Json(json!({"people": 3})));
    let ended = runs::finish(tx, first.id, State::Done, at(7), figures.clone(), Some(vec![1, 2]), None).await;
    assert_eq!(ended.unwrap(), 1);
    let again = runs::finish(tx, first.id, State::Failed, at(8), None, None, some("late")).await;
    assert_eq!(again.unwrap(), 0, "it ended");
    let done = Run { state: State::Done, finished_at: Some(at(7)), summary: figures, ..first.clone() };
    same(runs::find(tx, first.id).await.unwrap(), Some(&done));
    assert_eq!(runs::publish(tx, first.id, at(9)).await.unwrap(), 1);
    assert_eq!(runs::publish(tx, first.id, at(9)).await.unwrap(), 0, "it was");
    let published = Run { state: State::Published, published_at: Some(at(9)), ..done };
    same(runs::find(tx, first.id).await.unwrap(), Some(&published));

    assert_eq!(runs::insert(tx, &second).await.unwrap(), 1);
    assert_eq!(runs::renew(tx, second.id, at(9)).await.unwrap(), 1);
    assert_eq!(runs::renew(tx, first.id, at(9)).await.unwrap(), 0, "it ended");
    assert_eq!(runs::end_lost(tx, at(10), Some(at(8))).await.unwrap(), [], "it counts as alive");
    assert_eq!(runs::state_of(tx, second.id).await.unwrap(), Some(State::Running));
    assert_eq!(runs::end_lost(tx, at(10), Some(at(9))).await.unwrap(), [second.id]);
    assert_ne!(runs::state_of(tx, second.id).await.unwrap(), Some(State::Running));
    assert_eq!(runs::state_of(tx, id(9)).await.unwrap(), None);
    let failed = runs::find(tx, second.id).await.unwrap().unwrap();
    assert_eq!((failed.state.as_str(), failed.finished_at), ("failed", Some(at(10))));
    assert!(failed.failure.is_some());
    let third = Run { started_at: at(5), ..run(3, 1) };
    assert_eq!(runs::insert(tx, &third).await.unwrap(), 1);
    assert_eq!(runs::end_lost(tx, at(10), Some(at(0))).await.unwrap(), [third.id], "it never had a lease");
    let fourth = Run { started_at: at(6), ..run(4, 1) };
    assert_eq!(runs::insert(tx, &fourth).await.unwrap(), 1);
    assert_eq!(runs::renew(tx, fourth.id, at(99)).await.unwrap(), 1);
    assert_eq!(runs::end_lost(tx, at(10), None).await.unwrap(), [fourth.id], "all, whatever their lease");
    let states = runs::count_by_state(tx).await.unwrap();
    assert_eq!(states, [(State::Failed, 3), (State::Published, 1)]);
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<RunId>>();
    assert_eq!(ids!(runs::page(tx, None, 9).await), numbers(&[2, 1, 3, 4]));
    assert_eq!(ids!(runs::page(tx, None, 2).await), numbers(&[2, 1]));
    assert_eq!(ids!(runs::page(tx, Some((at(5), id(1))), 9).await), numbers(&[3, 4]));
}

fn proposal(run: u128, vacancy: u128, person: u128, kind: &str, place: i64) -> Proposal {
    Proposal {
        run_id: id(run),
        vacancy_id: id(vacancy),
        person_id: id(person),
        place,
        kind: kind.parse().unwrap(),
        fit: 640,
        priority: 120,
        explanation: Json(json!({"reasons": []})),
        dropped: None,
    }
}

fn people(all: &[Proposal]) -> Vec<PersonId> {
    all.iter().map(|p| p.person_id).collect()
}

pub(super) async fn proposed(tx: &mut Tx) {
    for number in 1..=3 {
        pair(tx, number).await;
    }
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    for number in [1, 2] {
        runs::insert(tx, &Run { state: State::Done, ..run(number, 1) }).await.unwrap();
    }
    for row in [
        proposal(1, 2, 3, "proposal", 1),
        proposal(1, 1, 3, "reserve", 1),
        proposal(1, 1, 1, "proposal", 2),
        proposal(1, 1, 2, "proposal", 1),
        proposal(2, 1, 1, "reserve", 1),
    ] {
        assert_eq!(runs::insert_proposal(tx, &row).await.unwrap(), 1);
    }
}

async fn proposals(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    proposed(tx).await;
    let all = runs::proposals(tx, id(1), None, 9, 0).await.unwrap();
    assert_eq!(people(&all), [id(2), id(1), id(3), id(3)], "by vacancy, kind and place");
    same(&all[0], proposal(1, 1, 2, "proposal", 1));
    assert_eq!(people(&runs::proposals(tx, id(1), None, 2, 1).await.unwrap()), [id(1), id(3)]);
    assert_eq!(people(&runs::proposals(tx, id(1), Some(id(2)), 9, 0).await.unwrap()), [id(3)]);
    assert_eq!(runs::proposals(tx, id(9), None, 9, 0).await.unwrap().len(), 0);

    let cards = runs::proposal_cards(tx, id(1), None, 9, 0).await.unwrap();
    same(cards.iter().map(|c| c.proposal.clone()).collect::<Vec<_>>(), &all);
    assert_eq!((cards[0].person_name.as_str(), cards[0].title.as_str()), ("Contoh 2", "Operator jahit 1"));
    let second = runs::proposal_cards(tx, id(1), Some(id(1)), 1, 1).await.unwrap();
    assert_eq!((second.len(), second[0].proposal.person_id), (1, id(1)));

    same(
        runs::proposal_between(tx, id(1), id(1), false).await.unwrap(),
        Some(proposal(2, 1, 1, "reserve", 1)),
    );
    same(runs::proposal_between(tx, id(2), id(1), false).await.unwrap(), Some(&all[0]));
    assert!(runs::proposal_between(tx, id(1), id(2), false).await.unwrap().is_none());
    assert!(runs::proposal_between(tx, id(1), id(1), true).await.unwrap().is_none(), "none was published");
    assert_eq!(runs::publish(tx, id(1), at(9)).await.unwrap(), 1);
    let told = runs::proposal_between(tx, id(1), id(1), true).await.unwrap();
    same(told, Some(proposal(1, 1, 1, "proposal", 2)));

    assert_eq!(runs::drop_proposal(tx, &all[0], Some("vacancy_closed")).await.unwrap(), 1);
    assert_eq!(runs::drop_proposal(tx, &proposal(2, 2, 2, "proposal", 1), Some("x")).await.unwrap(), 0);
    let dropped: Vec<_> =
        runs::proposals(tx, id(1), None, 9, 0).await.unwrap().into_iter().map(|p| p.dropped).collect();
    assert_eq!(dropped, [some("vacancy_closed"), None, None, None]);
    // One proposal a person and run.
    refused(runs::insert_proposal(tx, &proposal(1, 3, 2, "proposal", 1)).await);
}

async fn reserves(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    proposed(tx).await;
    for row in [proposal(2, 1, 2, "reserve", 3), proposal(2, 1, 3, "reserve", 2)] {
        assert_eq!(runs::insert_proposal(tx, &row).await.unwrap(), 1);
    }
    let told = [
        (1, 1, Some(proposal(1, 1, 1, "proposal", 2))),
        (2, 1, Some(proposal(2, 1, 1, "reserve", 1))),
        (1, 2, None),
        (9, 1, None),
    ];
    for (run, vacancy, expected) in told {
        same(runs::proposal_of(tx, id(run), id(1), id(vacancy)).await.unwrap(), expected);
    }
    assert!(runs::proposal_of(tx, id(1), id(9), id(1)).await.unwrap().is_none());

    let all = runs::reserve(tx, id(2), id(1)).await.unwrap();
    assert_eq!(people(&all), [id(1), id(3), id(2)], "by place");
    same(runs::reserve(tx, id(1), id(1)).await.unwrap(), [proposal(1, 1, 3, "reserve", 1)]);
    for (run, vacancy, why) in [(1, 2, "it has proposals only"), (2, 2, "nothing"), (9, 1, "no such run")] {
        assert_eq!(runs::reserve(tx, id(run), id(vacancy)).await.unwrap().len(), 0, "{why}");
    }
    for (run, vacancy, expected) in [(1, 1, 2), (1, 2, 1), (2, 1, 0), (9, 1, 0)] {
        let place = runs::last_place(tx, id(run), id(vacancy)).await.unwrap();
        assert_eq!(place, expected, "the reserve does not count: {run} {vacancy}");
    }

    assert!(runs::newest_published(tx).await.unwrap().is_none(), "they are done");
    for (number, second) in [(2, 5), (1, 6)] {
        assert_eq!(runs::publish(tx, id(number), at(second)).await.unwrap(), 1);
        let newest = runs::newest_published(tx).await.unwrap().unwrap();
        assert_eq!((newest.id, newest.published_at), (id(number), Some(at(second))), "published last");
    }
    let late = Run { state: State::Done, started_at: at(9), ..run(3, 1) };
    runs::insert(tx, &late).await.unwrap();
    assert_eq!(
        runs::newest_published(tx).await.unwrap().unwrap().id,
        id(1),
        "the newest run is not published"
    );
    runs::publish(tx, id(3), at(6)).await.unwrap();
    assert_eq!(runs::newest_published(tx).await.unwrap().unwrap().id, id(3), "then by id");
}

async fn archives(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    assert!(runs::newest_done(tx).await.unwrap().is_none());
    let ended = [(1, 0, "done"), (2, 5, "published"), (3, 5, "done"), (4, 9, "failed")];
    for (number, second, state) in ended {
        let started = Run { started_at: at(second), ..run(number, 1) };
        assert_eq!(runs::insert(tx, &started).await.unwrap(), 1);
        assert_eq!(runs::inputs(tx, id(number)).await.unwrap(), None, "it runs");
        let archive = (state != "failed").then(|| vec![u8::try_from(number).unwrap(); 3]);
        let finished = if state == "failed" { state } else { "done" };
        runs::finish(tx, id(number), finished.parse().unwrap(), at(second + 1), None, archive, None)
            .await
            .unwrap();
        if state == "published" {
            runs::publish(tx, id(number), at(second + 2)).await.unwrap();
        }
    }
    assert_eq!(runs::inputs(tx, id(2)).await.unwrap(), Some(vec![2; 3]));
    assert_eq!(runs::inputs(tx, id(4)).await.unwrap(), None);
    assert_eq!(runs::inputs(tx, id(9)).await.unwrap(), None);
    assert_eq!(runs::newest_done(tx).await.unwrap().unwrap().id, id(3), "a failed one is none, then by id");
    assert_eq!(runs::forget_inputs(tx, at(1)).await.unwrap(), 0, "the moment itself is kept");
    assert_eq!(runs::forget_inputs(tx, at(6)).await.unwrap(), 1);
    assert_eq!(runs::forget_inputs(tx, at(6)).await.unwrap(), 0, "forgotten already");
    assert_eq!(runs::inputs(tx, id(1)).await.unwrap(), None);
    assert_eq!(runs::inputs(tx, id(3)).await.unwrap(), Some(vec![3; 3]));
}

both_databases!(policies_have_revisions, |db: TestDb| policies(db));
both_databases!(one_run_at_a_time, |db: TestDb| one_running(db));
both_databases!(what_a_run_proposed, |db: TestDb| proposals(db));
both_databases!(who_stands_in_reserve, |db: TestDb| reserves(db));
both_databases!(archives_are_kept_for_a_time, |db: TestDb| archives(db));
