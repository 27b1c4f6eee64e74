//! Nominations: one for each agency and NIK, who is registered with it, and what an officer says once.
use padankerja::{
    domain::nomination::State,
    store::{
        Tx,
        nominations::{self, Filter, Listed, Nomination},
        organisations, people,
    },
};

use super::{account, at, id, insert_account, office, person, refused, same};
use crate::support::database::{TestDb, both_databases};

/// A nomination of the person with this number that waits.
fn waiting(number: u128, agency: u128, of: u128) -> Nomination {
    Nomination {
        id: id(number),
        organisation_id: id(agency),
        nik_lookup: person(of).nik_lookup,
        person_id: None,
        state: State::Waiting,
        made_at: at(i64::try_from(number).unwrap()),
        made_by: Some(id(1)),
        decided_at: None,
        decided_by: None,
    }
}

/// Makes a person an agency's nominee, as if an officer had accepted it.
pub async fn nominated(tx: &mut Tx, agency: u128, of: u128) {
    let row = Nomination {
        id: id(agency * 1_000_000 + of),
        person_id: Some(id(of)),
        state: State::Accepted,
        made_by: None,
        decided_at: Some(at(0)),
        ..waiting(1, agency, of)
    };
    assert_eq!(nominations::keep(tx, &row).await.unwrap(), 1);
}

async fn stored(tx: &mut Tx) {
    insert_account(tx, &account(1)).await;
    for number in [11, 12] {
        organisations::insert(tx, &office(number, None)).await.unwrap();
    }
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
    }
    for row in [waiting(1, 11, 1), waiting(2, 12, 1), waiting(3, 11, 9)] {
        assert_eq!(nominations::keep(tx, &row).await.unwrap(), 1);
    }
}

async fn ids_of(tx: &mut Tx, filter: Filter) -> Vec<u128> {
    let rows = nominations::page(tx, filter, None, 9).await.unwrap();
    rows.into_iter().map(|row| row.id.0.as_u128()).collect()
}

async fn lives(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    assert_eq!(nominations::keep(tx, &waiting(4, 11, 1)).await.unwrap(), 0, "it waits already");
    assert_eq!(nominations::id_of(tx, id(11), &person(1).nik_lookup).await.unwrap(), Some(id(1)));
    assert_eq!(nominations::id_of(tx, id(12), &person(2).nik_lookup).await.unwrap(), None);
    let listed = Listed {
        id: id(1),
        organisation_id: id(11),
        organisation: "Kantor 11".to_owned(),
        state: State::Waiting,
        registered: Some(id(1)),
        person_name: Some(person(1).name),
        made_at: at(1),
        decided_at: None,
    };
    same(nominations::find(tx, id(1)).await.unwrap(), Some(&listed));
    assert!(nominations::find(tx, id(9)).await.unwrap().is_none());
    let stranger = nominations::find(tx, id(3)).await.unwrap().unwrap();
    assert_eq!((stranger.registered, stranger.person_name), (None, None));
    let of = |agency: u128| Filter { organisation: Some(id(agency)), state: None };
    assert_eq!(ids_of(tx, Filter::default()).await, [1, 2, 3]);
    assert_eq!(ids_of(tx, of(11)).await, [1, 3]);
    let next = nominations::page(tx, Filter::default(), Some((at(1), id(1))), 1).await.unwrap();
    assert_eq!(next.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2)]);
    same(nominations::of_person(tx, id(1)).await.unwrap().first(), Some(&listed));
    assert!(nominations::of_person(tx, id(2)).await.unwrap().is_empty());

    let who = (Some(id(1)), at(20));
    assert_eq!(nominations::decide(tx, id(1), State::Accepted, Some(id(1)), who).await.unwrap(), 1);
    assert_eq!(nominations::decide(tx, id(1), State::Refused, None, who).await.unwrap(), 0, "once");
    assert_eq!(nominations::decide(tx, id(2), State::Refused, None, who).await.unwrap(), 1);
    assert_eq!(nominations::set_first(tx, id(1), id(11)).await.unwrap(), 1);
    assert_eq!(nominations::set_first(tx, id(1), id(12)).await.unwrap(), 0, "the first stays");
    let accepted = Filter { state: Some(State::Accepted), ..Filter::default() };
    assert_eq!(ids_of(tx, accepted).await, [1]);
    assert_eq!(nominations::keep(tx, &waiting(5, 11, 1)).await.unwrap(), 0, "it was accepted");
    assert_eq!(nominations::keep(tx, &waiting(5, 12, 1)).await.unwrap(), 1, "refused, and named again");
    let again = nominations::find(tx, id(2)).await.unwrap().unwrap();
    assert_eq!((again.state, again.decided_at), (State::Waiting, None));
}

async fn forgotten(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let who = (None, at(20));
    nominations::decide(tx, id(1), State::Accepted, Some(id(1)), who).await.unwrap();
    nominations::forget(tx, id(1), &[7; 32]).await.unwrap();
    assert_eq!(ids_of(tx, Filter::default()).await, [2, 3], "what waits stays");
    assert!(nominations::of_person(tx, id(1)).await.unwrap().is_empty());
    assert_eq!(nominations::id_of(tx, id(12), &[7; 32]).await.unwrap(), Some(id(2)));
    assert_eq!(nominations::prune(tx, at(3)).await.unwrap(), 1);
    assert_eq!(ids_of(tx, Filter::default()).await, [3]);
    nominated(tx, 12, 2).await;
    assert_eq!(nominations::prune(tx, at(99)).await.unwrap(), 1);
    assert_eq!(ids_of(tx, Filter::default()).await, [12_000_002], "a nominee stays one");
}

async fn checked(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    insert_account(&mut tx, &account(1)).await;
    organisations::insert(&mut tx, &office(11, None)).await.unwrap();
    refused(nominations::keep(&mut tx, &Nomination { state: State::Accepted, ..waiting(1, 11, 1) }).await);
}

both_databases!(a_nomination_lives, |db: TestDb| async { lives(db).await });
both_databases!(what_was_named_is_forgotten, |db: TestDb| async { forgotten(db).await });
both_databases!(accepted_is_somebody, |db: TestDb| async { checked(db).await });
