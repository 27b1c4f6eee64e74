//! Interests: their numbers, who waits, what came of one once, whose they are, when they are forgotten.
use padankerja::{
    domain::interest::{Number, Outcome},
    store::{
        Tx,
        interests::{self, Interest, Listed},
        people,
    },
};

use super::{account, at, day, id, insert_account, pair, person, refused, same};
use crate::support::database::{TestDb, both_databases};

fn interest(number: u128) -> Interest {
    let counted = i64::try_from(number).unwrap();
    Interest {
        id: id(number),
        number: Number::new(counted, 2026),
        vacancy_id: id(1),
        name: format!("Minat {number}"),
        phone: format!("+62860{number:08}"),
        village: "33.11.05.2003".to_owned(),
        other_vacancies: number % 2 == 1,
        made_at: at(counted),
        call_by: day("2026-03-04"),
        outcome: None,
        handled_at: None,
        handled_by: None,
    }
}

async fn ids_of(tx: &mut Tx, handled: bool) -> Vec<u128> {
    let rows = interests::page(tx, handled, None, 9).await.unwrap();
    rows.into_iter().map(|row| row.interest.id.0.as_u128()).collect()
}

async fn lives(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    let (employer, vacancy, _) = pair(tx, 1).await;
    for number in 1..=3 {
        assert_eq!(interests::insert(tx, &interest(number)).await.unwrap(), 1);
    }
    let listed = Listed { interest: interest(1), title: vacancy.title, employer_name: employer.name };
    same(interests::find(tx, id(1)).await.unwrap().unwrap(), listed);
    assert!(interests::find(tx, id(9)).await.unwrap().is_none());
    let numbered = interests::by_number(tx, "MIN-2026-0002").await.unwrap().unwrap();
    assert_eq!(numbered.interest, interest(2));
    assert!(interests::by_number(tx, "MIN-2026-0009").await.unwrap().is_none());
    assert_eq!((ids_of(tx, false).await, ids_of(tx, true).await), (vec![1, 2, 3], vec![]));
    let next = interests::page(tx, false, Some((at(1), id(1))), 1).await.unwrap();
    assert_eq!(next.iter().map(|row| row.interest.id).collect::<Vec<_>>(), [id(2)]);

    let waits = interests::waiting(tx, id(1), &interest(2).phone, "MINAT 2").await.unwrap();
    assert_eq!(waits, Some(interest(2)), "however the name is written");
    assert_eq!(interests::waiting(tx, id(1), &interest(2).phone, "Minat 1").await.unwrap(), None);
    assert_eq!(interests::waiting(tx, id(9), &interest(2).phone, "Minat 2").await.unwrap(), None);
    assert_eq!(interests::overdue(tx, day("2026-03-04")).await.unwrap(), 0, "the day itself is in time");
    assert_eq!(interests::overdue(tx, day("2026-03-05")).await.unwrap(), 3);

    let by = Some(id(1));
    assert_eq!(interests::handle(tx, id(2), Outcome::NotReached, by, at(9)).await.unwrap(), 1);
    assert_eq!(interests::handle(tx, id(2), Outcome::Registered, by, at(10)).await.unwrap(), 0, "it was");
    let handled = interests::find(tx, id(2)).await.unwrap().unwrap().interest;
    let told = (handled.outcome, handled.handled_at, handled.handled_by);
    assert_eq!(told, (Some(Outcome::NotReached), Some(at(9)), by));
    assert_eq!((ids_of(tx, false).await, ids_of(tx, true).await), (vec![1, 3], vec![2]));
    assert_eq!(interests::waiting(tx, id(1), &interest(2).phone, "Minat 2").await.unwrap(), None);
    assert_eq!(interests::overdue(tx, day("2026-03-05")).await.unwrap(), 2);

    let own = people::Person { name: "minat 3".to_owned(), phone: Some(interest(3).phone), ..person(7) };
    people::insert(tx, &own).await.unwrap();
    assert_eq!(interests::forget(tx, id(1)).await.unwrap(), 0);
    assert_eq!(interests::forget(tx, id(7)).await.unwrap(), 1);
    assert_eq!(ids_of(tx, false).await, [1]);

    assert_eq!(interests::prune(tx, at(9)).await.unwrap(), 0);
    assert_eq!(interests::prune(tx, at(10)).await.unwrap(), 1);
    assert_eq!((ids_of(tx, false).await, ids_of(tx, true).await), (vec![1], vec![]));
    for (year, number) in [(2026, 1), (2026, 2), (2027, 1), (2026, 3)] {
        assert_eq!(interests::next_number(tx, year).await.unwrap(), number);
    }
    refused(
        interests::insert(tx, &Interest { id: id(8), phone: "+628600000".to_owned(), ..interest(1) }).await,
    );
}

async fn again_and_whose(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    pair(tx, 1).await;
    for number in [1, 3] {
        assert_eq!(interests::insert(tx, &interest(number)).await.unwrap(), 1);
    }
    let again =
        Interest { id: id(8), number: Number::new(8, 2026), name: "MINAT 1".to_owned(), ..interest(1) };
    assert_eq!(interests::insert(tx, &again).await.unwrap(), 0, "they wait already");
    let village = "33.11.05.2004";
    assert_eq!(interests::say_again(tx, id(1), village, false, day("2026-03-10")).await.unwrap(), 1);
    let now = interests::find(tx, id(1)).await.unwrap().unwrap().interest;
    assert_eq!((now.village.as_str(), now.other_vacancies, now.call_by), (village, false, day("2026-03-10")));

    let own = people::Person { name: "minat 3".to_owned(), phone: Some(interest(3).phone), ..person(7) };
    people::insert(tx, &own).await.unwrap();
    let said = interests::of_person(tx, id(7)).await.unwrap();
    assert_eq!(said.iter().map(|row| row.interest.id).collect::<Vec<_>>(), [id(3)]);
    assert!(interests::of_person(tx, id(1)).await.unwrap().is_empty());
    // Called otherwise in the register: under a number of their own it is them; where a family has it, the name decides.
    let other = people::Person { name: "Siti Nur".to_owned(), phone: Some(interest(1).phone), ..person(8) };
    people::insert(tx, &other).await.unwrap();
    assert_eq!(interests::of_person(tx, id(8)).await.unwrap().len(), 1);
    let sister = people::Person { name: "Ani".to_owned(), phone: Some(interest(1).phone), ..person(9) };
    people::insert(tx, &sister).await.unwrap();
    assert!(interests::of_person(tx, id(8)).await.unwrap().is_empty());
}

both_databases!(an_interest_is_counted_found_and_handled_once, |db: TestDb| lives(db));
both_databases!(who_waits_is_there_once_and_found_by_number_and_name, |db: TestDb| again_and_whose(db));
