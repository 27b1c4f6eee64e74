//! Employers and hiring plans.
use padankerja::{
    domain::{
        application::State as Stage,
        employer::State,
        ids::{EmployerId, RecordId},
        machine::Actor,
        plan::Certainty,
    },
    store::{
        applications::{self, Application},
        employers::{self, Employer, HiringPlan},
        events::{self, Change},
    },
};

use super::{application, at, day, employer, id, ids, pair, refused, same, some};
use crate::support::database::{TestDb, both_databases};

async fn found_and_listed(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let first = Employer { created_at: at(5), ..employer(1) };
    let second = Employer { state: State::Verified, name: first.name.clone(), ..employer(2) };
    let third = Employer { created_at: at(5), nib: None, ..employer(3) };
    for row in [&first, &second, &third] {
        assert_eq!(employers::insert(tx, row).await.unwrap(), 1);
        same(employers::find(tx, row.id).await.unwrap(), Some(row));
    }
    let taken = Employer { id: id(4), ..first.clone() };
    assert_eq!(employers::insert(tx, &taken).await.unwrap(), 0, "the business number is taken");
    assert!(employers::find(tx, id(4)).await.unwrap().is_none());
    same(employers::find_by_nib(tx, first.nib.as_deref().unwrap()).await.unwrap(), Some(&first));
    assert!(employers::find_by_nib(tx, "9999999999999").await.unwrap().is_none());
    same(employers::find_by_name(tx, &first.name).await.unwrap(), Some(&second));
    assert!(employers::find_by_name(tx, "pt contoh 1").await.unwrap().is_none());

    let called = employers::called(tx).await.unwrap();
    let called: Vec<_> = called.into_iter().map(|one| (one.id, one.name, one.nib)).collect();
    let of = |row: &Employer| (row.id, row.name.clone(), row.nib.clone());
    assert_eq!(called, [of(&second), of(&first), of(&third)]);

    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<EmployerId>>();
    assert_eq!(ids!(employers::page(tx, None, None, 9).await), numbers(&[2, 1, 3]));
    assert_eq!(ids!(employers::page(tx, None, None, 2).await), numbers(&[2, 1]));
    assert_eq!(ids!(employers::page(tx, None, Some((at(5), id(1))), 9).await), numbers(&[3]));
    assert_eq!(ids!(employers::page(tx, Some(State::Verified), None, 9).await), numbers(&[2]));
    let rest = employers::page(tx, Some(State::Registered), Some((at(0), id(2))), 1).await;
    assert_eq!(ids!(rest), numbers(&[1]));

    assert_eq!(employers::swap_state(tx, &first, State::Verified, at(9)).await.unwrap(), 1);
    let now = employers::find(tx, first.id).await.unwrap().unwrap();
    same(&now, Employer { state: State::Verified, version: 2, updated_at: at(9), ..first.clone() });
    assert_eq!(employers::swap_state(tx, &first, State::Rejected, at(9)).await.unwrap(), 0, "too late");
    let same_state = Employer { version: 1, ..now.clone() };
    assert_eq!(employers::swap_state(tx, &same_state, State::Suspended, at(9)).await.unwrap(), 0);
    same(employers::find(tx, second.id).await.unwrap(), Some(&second));
    refused(employers::insert(tx, &Employer { nib: some("123"), ..employer(6) }).await);
}

async fn owed_answers(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (mine, job, someone) = pair(tx, 1).await;
    let (_, foreign, other) = pair(tx, 2).await;
    let today = day("2026-03-06");
    assert_eq!(employers::overdue_answers(tx, mine.id, today).await.unwrap(), 0);
    use Stage::{Interview, Referred};
    let due = |n, person, job, state| application(n, person, job, state);
    for row in [
        due(1, someone.id, job.id, Referred),
        Application { held: true, ..due(2, other.id, job.id, Referred) },
        due(3, other.id, foreign.id, Referred),
        due(4, someone.id, foreign.id, Interview),
    ] {
        assert_eq!(applications::insert(tx, &row).await.unwrap(), 1);
    }
    assert_eq!(employers::overdue_answers(tx, mine.id, today).await.unwrap(), 1);
    assert_eq!(employers::overdue_answers(tx, mine.id, day("2026-03-05")).await.unwrap(), 0, "due today");
    assert_eq!(employers::overdue_answers(tx, id(9), today).await.unwrap(), 0);
}

async fn hiring_plans(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        employers::insert(tx, &employer(number)).await.unwrap();
    }
    let plan = |number: u128, of: u128, second| HiringPlan {
        id: id(number),
        employer_id: id(of),
        job: "Operator jahit".to_owned(),
        occupation_code: some("8153"),
        seats: 300,
        village: some("33.11.05.2010"),
        month: day("2026-09-01"),
        certainty: Certainty::Likely,
        created_at: at(second),
    };
    let all = [plan(1, 1, 5), plan(2, 2, 0), plan(3, 1, 5)];
    for row in &all {
        assert_eq!(employers::insert_plan(tx, row).await.unwrap(), 1);
    }
    same(employers::plans(tx, None, None, 1).await.unwrap(), [&all[1]]);
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<RecordId>>();
    assert_eq!(ids!(employers::plans(tx, None, None, 9).await), numbers(&[2, 1, 3]));
    assert_eq!(ids!(employers::plans(tx, Some(id(1)), None, 9).await), numbers(&[1, 3]));
    assert_eq!(ids!(employers::plans(tx, Some(id(1)), Some((at(5), id(1))), 9).await), numbers(&[3]));
    assert_eq!(ids!(employers::plans(tx, Some(id(9)), None, 9).await), numbers(&[]));
    let ahead = HiringPlan { month: day("2026-10-01"), certainty: Certainty::Idea, ..plan(5, 2, 9) };
    assert_eq!(employers::insert_plan(tx, &ahead).await.unwrap(), 1);
    employers::swap_state(tx, &employer(2), State::Verified, at(9)).await.unwrap();
    let september = employers::plans_from(tx, day("2026-09-01"), 9).await.unwrap();
    let told: Vec<_> = september.iter().map(|one| (one.plan.id, one.employer_state)).collect();
    let (no, yes) = (State::Registered, State::Verified);
    assert_eq!(told, [(id(2), yes), (id(1), no), (id(3), no), (id(5), yes)]);
    let october = employers::plans_from(tx, day("2026-10-01"), 9).await.unwrap();
    same(&october[0].plan, &ahead);
    assert_eq!((october.len(), employers::plans_from(tx, day("2026-09-01"), 2).await.unwrap().len()), (1, 2));
    refused(employers::insert_plan(tx, &HiringPlan { seats: 0, ..plan(4, 1, 0) }).await);
}

async fn suspensions(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        employers::insert(tx, &employer(number)).await.unwrap();
    }
    let change = |number: u128, version, event| Change {
        id: id(number),
        object: id::<EmployerId>(1),
        version,
        event,
        from: Some("verified"),
        to: "suspended",
        actor: Actor::Staff,
        account: None,
        reason: None,
        cause: None,
        at: at(version),
    };
    assert_eq!(employers::suspended_at(tx, id(1)).await.unwrap(), None);
    for (number, version, event) in
        [(1, 2, "suspend"), (2, 3, "reinstate"), (3, 4, "suspend"), (4, 5, "reinstate")]
    {
        events::record_employer(tx, &change(number, version, event)).await.unwrap();
    }
    assert_eq!(employers::suspended_at(tx, id(1)).await.unwrap(), Some(at(4)), "the last time");
    assert_eq!(employers::suspended_at(tx, id(2)).await.unwrap(), None);
}

both_databases!(employers_that_were_suspended, |db: TestDb| suspensions(db));
both_databases!(employers_are_found, |db: TestDb| found_and_listed(db));
both_databases!(answers_that_are_owed, |db: TestDb| owed_answers(db));
both_databases!(plans_to_hire, |db: TestDb| hiring_plans(db));
