//! Complaints: their numbers, who finds one, and what may happen to it once.
use padankerja::{
    domain::complaint::{Kind, Number, State},
    store::{
        Tx,
        complaints::{self, Complaint, Listed},
    },
};

use super::{account, at, id, insert_account, pair, refused, same, some};
use crate::support::database::{TestDb, both_databases};

fn complaint(number: u128, kind: Kind) -> Complaint {
    let counted = i64::try_from(number).unwrap();
    Complaint {
        id: id(number),
        number: Number::new(counted, 2026),
        kind,
        said: "Diminta Rp500.000".to_owned(),
        contact: some("086012345678"),
        person_id: None,
        vacancy_id: None,
        employer_id: None,
        application_id: None,
        code_hash: Some(vec![u8::try_from(number).unwrap(); 32]),
        state: State::Open,
        answer: None,
        handled_by: None,
        made_at: at(counted),
        closed_at: None,
    }
}

async fn ids_of(tx: &mut Tx, state: Option<State>, without: Option<Kind>) -> Vec<u128> {
    let rows = complaints::page(tx, state, without, None, 9).await.unwrap();
    rows.into_iter().map(|row| row.complaint.id.0.as_u128()).collect()
}

async fn lives(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    let (employer, vacancy, person) = pair(tx, 1).await;
    let own = Complaint {
        person_id: Some(person.id),
        vacancy_id: Some(vacancy.id),
        employer_id: Some(employer.id),
        code_hash: None,
        contact: None,
        ..complaint(1, Kind::Fee)
    };
    let nameless = complaint(2, Kind::OfficerAskedMoney);
    for row in [&own, &nameless, &complaint(3, Kind::Tout)] {
        assert_eq!(complaints::insert(tx, row).await.unwrap(), 1);
    }
    let listed = Listed {
        complaint: own.clone(),
        person_name: Some(person.name),
        person_phone: person.phone,
        title: Some(vacancy.title),
        employer_name: Some(employer.name),
    };
    same(complaints::find(tx, id(1)).await.unwrap().unwrap(), listed);
    assert!(complaints::find(tx, id(9)).await.unwrap().is_none());
    let numbered = complaints::by_number(tx, &Number::new(1, 2026)).await.unwrap().unwrap();
    assert_eq!(numbered.complaint, own);
    assert!(complaints::by_number(tx, &Number::new(9, 2026)).await.unwrap().is_none());
    assert_eq!(ids_of(tx, None, None).await, [1, 2, 3]);
    assert_eq!(ids_of(tx, None, Some(Kind::OfficerAskedMoney)).await, [1, 3]);
    let next = complaints::page(tx, None, None, Some((at(1), id(1))), 1).await.unwrap();
    assert_eq!(next.iter().map(|row| row.complaint.id).collect::<Vec<_>>(), [id(2)]);
    assert_eq!(complaints::of_person(tx, id(1)).await.unwrap(), [own]);

    let number = Number::new(2, 2026);
    assert_eq!(complaints::by_code(tx, &number, &[2; 32]).await.unwrap(), Some(nameless));
    assert_eq!(complaints::by_code(tx, &number, &[3; 32]).await.unwrap(), None, "the code of another");
    assert_eq!(complaints::by_code(tx, &Number::new(1, 2026), &[2; 32]).await.unwrap(), None);

    assert_eq!(complaints::take(tx, id(2), Some(id(1))).await.unwrap(), 1);
    assert_eq!(complaints::take(tx, id(2), Some(id(1))).await.unwrap(), 0, "it is taken");
    let close = complaints::close(tx, id(2), State::Founded, "Uang kembali", Some(id(1)), at(9)).await;
    assert_eq!(close.unwrap(), 1);
    let again = complaints::close(tx, id(2), State::Unfounded, "x", None, at(10)).await;
    assert_eq!(again.unwrap(), 0, "it is closed");
    let closed = complaints::find(tx, id(2)).await.unwrap().unwrap().complaint;
    assert_eq!(
        (closed.state, closed.closed_at, closed.handled_by),
        (State::Founded, Some(at(9)), Some(id(1)))
    );
    assert_eq!(ids_of(tx, Some(State::Founded), None).await, [2]);
    assert_eq!(ids_of(tx, Some(State::Open), None).await, [1, 3]);

    assert_eq!(complaints::forget_words(tx, id(1), "erased").await.unwrap(), 1);
    let left = complaints::find(tx, id(1)).await.unwrap().unwrap().complaint;
    assert_eq!((left.said.as_str(), left.contact), ("erased", None));
    for (year, number) in [(2026, 1), (2026, 2), (2027, 1), (2026, 3)] {
        assert_eq!(complaints::next_number(tx, year).await.unwrap(), number);
    }
    refused(complaints::insert(tx, &Complaint { id: id(7), ..complaint(3, Kind::Fee) }).await);
}

both_databases!(a_complaint_is_counted_found_and_closed_once, |db: TestDb| lives(db));
