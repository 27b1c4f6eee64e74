//! Messages: each once, claimed by one at a time, taken back before it leaves, listed where it may be told.
use chrono::TimeDelta;
use padankerja::{
    domain::{
        application::State,
        contact::{Content, Way},
        employer,
        message::{Delivery, Failure, Kind, Reader, Reply},
    },
    store::{
        Tx, applications, employers,
        messages::{self, New, Scope, Sends, Shown},
        people, vacancies,
    },
};
use uuid::Uuid;

use super::{account, agreed, application, at, day, id, insert_account, pair, same, some};
use crate::support::database::{TestDb, both_databases};

const ALL: Sends = Sends { to_employers: true, to_office: true, to_people: true };
const PEOPLE: Sends = Sends { to_employers: false, to_office: false, to_people: true };

pub(super) fn new(number: u128, kind: Kind) -> New {
    New {
        id: id(number),
        kind,
        occasion: format!("occasion {number}"),
        application: Some(id(1)),
        vacancy: Some(id(1)),
        employer: Some(id(1)),
        person: (kind.reader() == Reader::Person).then(|| id(1)),
        while_state: Some(State::Interview),
        due_at: at(10),
        made_at: at(i64::try_from(number).unwrap()),
    }
}

async fn set(tx: &mut Tx) {
    pair(tx, 1).await;
    insert_account(tx, &account(1)).await;
    applications::insert(tx, &application(1, id(1), id(1), State::Interview)).await.unwrap();
}

async fn claimed(tx: &mut Tx, sends: Sends, number: u128, second: i64) -> Vec<Uuid> {
    let (claim, now) = (Uuid::from_u128(number), at(second));
    let count = messages::claim(tx, sends, claim, now, now + TimeDelta::seconds(5), (day("2026-03-05"), 9))
        .await
        .unwrap();
    let rows = messages::claimed(tx, claim).await.unwrap();
    assert_eq!(u64::try_from(rows.len()).unwrap(), count);
    rows.into_iter().map(|row| row.id.0).collect()
}

async fn listed(tx: &mut Tx, scope: &Scope, state: Delivery, second: i64) -> Vec<u128> {
    let rows = messages::page(tx, scope, (state, None), at(second), None, 9).await.unwrap();
    rows.into_iter().map(|row| row.id.0.as_u128()).collect()
}

async fn leaves(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    set(tx).await;
    for row in [new(1, Kind::Referral), new(2, Kind::InterviewSet), new(3, Kind::Interview)] {
        assert_eq!(messages::insert(tx, &row).await.unwrap(), 1);
    }
    let again = New { id: id(9), occasion: "occasion 1".to_owned(), ..new(1, Kind::Referral) };
    assert_eq!(messages::insert(tx, &again).await.unwrap(), 0, "one of a kind and occasion");
    assert!(messages::reads_mail(tx, id(1)).await.unwrap());
    assert!(!messages::reads_mail(tx, id(9)).await.unwrap());

    assert!(claimed(tx, ALL, 100, 9).await.is_empty(), "nothing is due");
    let mails = Sends { to_people: false, ..ALL };
    assert_eq!(claimed(tx, mails, 101, 10).await.len(), 2);

    assert!(claimed(tx, mails, 102, 11).await.is_empty(), "another has them");
    assert_eq!(
        messages::sent(tx, id(1), Uuid::from_u128(102), None, at(12)).await.unwrap(),
        0,
        "not its claim"
    );
    assert_eq!(messages::sent(tx, id(1), Uuid::from_u128(101), None, at(12)).await.unwrap(), 1);
    let (claim, later) = (Uuid::from_u128(101), Some(at(30)));
    assert_eq!(messages::not_sent(tx, id(2), claim, Failure::NotNow, later).await.unwrap(), 1);
    assert!(claimed(tx, mails, 103, 29).await.is_empty(), "it waits");
    assert_eq!(claimed(tx, mails, 104, 30).await, [Uuid::from_u128(2)]);
    // Whoever claimed it died: after the claim another takes over.
    assert_eq!(claimed(tx, mails, 105, 35).await, [Uuid::from_u128(2)]);
    let claim = Uuid::from_u128(105);
    assert_eq!(messages::not_sent(tx, id(2), claim, Failure::Refused, None).await.unwrap(), 1);
    assert_eq!(listed(tx, &Scope::Office, Delivery::Failed, 40).await, [2]);
    assert_eq!(messages::count(tx, Delivery::Failed).await.unwrap(), 1);
    assert_eq!(messages::again(tx, id(2), at(41)).await.unwrap(), 1);
    assert_eq!(messages::again(tx, id(2), at(41)).await.unwrap(), 0);
    let found = messages::find(tx, id(2)).await.unwrap().unwrap();
    assert_eq!((found.tries, found.failure, found.due_at), (0, None, at(41)));
    assert!(messages::find(tx, id(99)).await.unwrap().is_none());

    // A text to a person leaves by a gateway unless they wish another way.
    let wish = people::Wishes { contact_way: Some(Way::Telephone), ..people::Wishes::default() };
    people::set_wishes(tx, id(1), &wish).await.unwrap();
    assert!(claimed(tx, PEOPLE, 106, 50).await.is_empty());
    people::set_wishes(tx, id(1), &people::Wishes::default()).await.unwrap();
    assert_eq!(claimed(tx, PEOPLE, 107, 50).await, [Uuid::from_u128(3)]);
}

async fn to_a_suspended_employer(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    set(tx).await;
    for row in [new(1, Kind::Referral), new(2, Kind::InterviewSet)] {
        messages::insert(tx, &row).await.unwrap();
    }
    let standing = employers::find(tx, id(1)).await.unwrap().unwrap();
    assert_eq!(employers::swap_state(tx, &standing, employer::State::Suspended, at(9)).await.unwrap(), 1);
    assert_eq!(claimed(tx, ALL, 100, 10).await, [Uuid::from_u128(2)], "the office is");
}

async fn is_told(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    set(tx).await;
    messages::insert(tx, &new(3, Kind::Interview)).await.unwrap();
    let village = Scope::Village("33.11.05.2010".to_owned());
    assert!(listed(tx, &Scope::Office, Delivery::Waiting, 9).await.is_empty(), "it may be taken back yet");
    assert_eq!(listed(tx, &Scope::Office, Delivery::Waiting, 10).await, [3]);
    assert!(listed(tx, &village, Delivery::Waiting, 10).await.is_empty(), "not through the companion");
    let wish = people::Wishes {
        contact_way: Some(Way::Companion),
        contact_hour: some("sesudah magrib"),
        message_content: Some(Content::LinkOnly),
        ..people::Wishes::default()
    };
    people::set_wishes(tx, id(1), &wish).await.unwrap();
    assert!(
        listed(tx, &village, Delivery::Waiting, 10).await.is_empty(),
        "they did not agree to the companion"
    );
    agreed(tx, &[1]).await;
    assert_eq!(listed(tx, &village, Delivery::Waiting, 10).await, [3]);
    let row = messages::find(tx, id(3)).await.unwrap().unwrap();
    assert_eq!((row.way, row.hour, row.content), (wish.contact_way, wish.contact_hour, wish.message_content));
    assert!(!row.shared && row.still_true);
    let next = messages::page(tx, &village, (Delivery::Waiting, None), at(10), Some((at(3), id(3))), 9).await;
    assert!(next.unwrap().is_empty());
    let office = (Delivery::Waiting, Some(Reader::Office));
    assert!(messages::page(tx, &Scope::Office, office, at(10), None, 9).await.unwrap().is_empty());

    assert_eq!(messages::replied(tx, id(3), Reply::Yes, at(20)).await.unwrap(), 0, "it was not sent");
    let shown =
        Shown { text: "Balas YA".to_owned(), number: "+6286012345678".to_owned(), content: Content::Full };
    assert_eq!(messages::open(tx, id(3), Some(shown.clone()), Some(id(1)), at(20)).await.unwrap(), 1);
    let row = messages::find(tx, id(3)).await.unwrap().unwrap();
    assert_eq!(
        (row.text, row.number, row.shown),
        (Some(shown.text), Some(shown.number), Some(Content::Full))
    );
    assert_eq!(listed(tx, &Scope::Office, Delivery::Opened, 20).await, [3]);
    assert_eq!(messages::told(tx, id(3), Some(id(1)), at(21)).await.unwrap(), 1);
    assert_eq!(messages::open(tx, id(3), None, Some(id(1)), at(21)).await.unwrap(), 0, "it is sent");
    assert_eq!(messages::replied(tx, id(3), Reply::Yes, at(22)).await.unwrap(), 1);
    assert_eq!(messages::replied(tx, id(3), Reply::No, at(23)).await.unwrap(), 0, "it is answered");
    let received = messages::of_person(tx, id(1)).await.unwrap();
    let told: Vec<_> = received.iter().map(|row| (row.kind, row.state, row.sent_at, row.reply)).collect();
    same(told, [(Kind::Interview, Delivery::Answered, Some(at(21)), Some(Reply::Yes))]);
    assert_eq!(messages::forget(tx, id(1)).await.unwrap(), 1);
    assert!(messages::of_person(tx, id(1)).await.unwrap().is_empty());
}

async fn is_taken_back(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    set(tx).await;
    for (number, kind) in [(1, Kind::Referral), (2, Kind::Interview), (3, Kind::Offer)] {
        messages::insert(tx, &new(number, kind)).await.unwrap();
    }
    assert_eq!(messages::take_back(tx, id(1), at(4)).await.unwrap(), 0, "made before");
    assert_eq!(messages::take_back(tx, id(1), at(3)).await.unwrap(), 1);
    messages::told(tx, id(2), None, at(5)).await.unwrap();
    assert_eq!(messages::take_back(tx, id(1), at(0)).await.unwrap(), 1, "what was told stays told");
    messages::forget(tx, id(1)).await.unwrap();
    // Something newer of the same kind stands in front of it; when that is taken back, it is news again.
    messages::insert(tx, &new(2, Kind::Interview)).await.unwrap();
    messages::insert(tx, &new(6, Kind::Interview)).await.unwrap();
    assert_eq!(listed(tx, &Scope::Office, Delivery::Waiting, 10).await, [6]);
    assert!(!messages::find(tx, id(2)).await.unwrap().unwrap().still_true);
    messages::take_back(tx, id(1), at(6)).await.unwrap();
    assert_eq!(listed(tx, &Scope::Office, Delivery::Waiting, 10).await, [2]);
    messages::insert(tx, &new(6, Kind::Interview)).await.unwrap();
    assert_eq!(
        messages::drop_stale(tx, at(10), at(5), at(0)).await.unwrap(),
        0,
        "the newer may be taken back yet"
    );
    assert_eq!(messages::drop_stale(tx, at(10), at(6), at(0)).await.unwrap(), 1);
    messages::forget(tx, id(1)).await.unwrap();

    // What is no longer true is told to nobody; mail that could not leave for long is no news.
    messages::insert(tx, &New { while_state: Some(State::Referred), ..new(4, Kind::ToAnswer) })
        .await
        .unwrap();
    messages::insert(tx, &new(5, Kind::Reminder)).await.unwrap();
    assert_eq!(listed(tx, &Scope::Office, Delivery::Waiting, 10).await, [5]);
    assert!(claimed(tx, PEOPLE, 100, 10).await.is_empty());
    let moved = applications::get(tx, id(1)).await.unwrap().unwrap().updated_at;
    let before = moved - TimeDelta::seconds(1);
    assert_eq!(messages::drop_stale(tx, at(10), before, at(10)).await.unwrap(), 0, "it may be undone yet");
    assert_eq!(messages::drop_stale(tx, at(10), moved, at(10)).await.unwrap(), 1);
    assert_eq!(messages::drop_stale(tx, at(10), moved, at(11)).await.unwrap(), 1);
    assert_eq!(listed(tx, &Scope::Office, Delivery::Dropped, 10).await, [4, 5]);
}

async fn what_is_late(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (of, one, person) = pair(tx, 1).await;
    let late = |number, state| applications::Application {
        deadline: Some(day("2026-03-05")),
        ..application(number, person.id, one.id, state)
    };
    applications::insert(tx, &late(1, State::Interview)).await.unwrap();
    let owed = messages::owed(tx, day("2026-03-06"), 9).await.unwrap();
    assert_eq!(owed.iter().map(|row| row.application_id).collect::<Vec<_>>(), [id(1)]);
    assert!(messages::owed(tx, day("2026-03-05"), 9).await.unwrap().is_empty(), "the day itself is in time");
    let told = New { made_at: at(5 * 86_400), ..new(1, Kind::EmployerOverdue) };
    messages::insert(tx, &told).await.unwrap();
    assert!(messages::owed(tx, day("2026-03-06"), 9).await.unwrap().is_empty(), "it was told");
    // More time was given, and that is over too.
    let before = applications::get(tx, id(1)).await.unwrap().unwrap();
    let next = applications::Application {
        deadline: Some(day("2026-03-12")),
        version: before.version + 1,
        ..before.clone()
    };
    assert_eq!(applications::swap(tx, &before, &next).await.unwrap(), 1);
    assert_eq!(messages::owed(tx, day("2026-03-13"), 9).await.unwrap().len(), 1);

    let soon = vacancies::Vacancy { closes_on: Some(day("2026-03-09")), ..super::vacancy(2, &of) };
    vacancies::insert(tx, &soon).await.unwrap();
    messages::insert(
        tx,
        &New {
            application: None,
            while_state: None,
            vacancy: Some(soon.id),
            ..new(7, Kind::VacancyExpiring)
        },
    )
    .await
    .unwrap();
    let mails = Sends { to_employers: true, ..Sends::default() };
    assert!(claimed(tx, mails, 100, 20).await.is_empty(), "its last day is no longer near");
    let expiring = messages::expiring(tx, day("2026-03-06"), day("2026-03-09")).await.unwrap();
    assert!(expiring.contains(&(soon.id, of.id, day("2026-03-09"))));
    assert!(
        messages::expiring(tx, day("2026-03-06"), day("2026-03-08"))
            .await
            .unwrap()
            .iter()
            .all(|row| row.0 != soon.id)
    );
    let silent = employers::Employer { email: None, nib: some("9120001234599"), ..super::employer(3) };
    employers::insert(tx, &silent).await.unwrap();
    assert!(!messages::reads_mail(tx, silent.id).await.unwrap());
}

both_databases!(a_message_leaves_once, |db: TestDb| leaves(db));
both_databases!(a_suspended_employer_is_told_nothing, |db: TestDb| to_a_suspended_employer(db));
both_databases!(a_person_is_told_and_answers, |db: TestDb| is_told(db));
both_databases!(what_has_not_left_is_taken_back, |db: TestDb| is_taken_back(db));
both_databases!(what_is_late_is_found_once, |db: TestDb| what_is_late(db));
