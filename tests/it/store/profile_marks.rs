//! Who said an item and who saw it proved: the last word counts.
use padankerja::{
    domain::access::AuditActor,
    store::{
        people,
        profile_marks::{self, Mark},
    },
};

use super::{account, at, id, insert_account, person};
use crate::support::database::{TestDb, both_databases};

fn mark(item: &str, verified: bool) -> Mark {
    Mark {
        person_id: id(1),
        item: item.to_owned(),
        said_by: AuditActor::Companion,
        said_at: at(1),
        verified_by: verified.then(|| id(1)),
        verified_at: verified.then(|| at(2)),
    }
}

async fn marks(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
    }
    insert_account(tx, &account(1)).await;
    for one in [mark("skill:las", false), mark("education", false), mark("education", true)] {
        assert_eq!(profile_marks::set(tx, &one).await.unwrap(), 1);
    }
    let other = Mark { person_id: id(2), ..mark("name", false) };
    profile_marks::set(tx, &other).await.unwrap();
    let found = profile_marks::of_person(tx, id(1)).await.unwrap();
    assert_eq!(found, [mark("education", true), mark("skill:las", false)]);
    assert_eq!(profile_marks::remove(tx, id(1), "skill:las").await.unwrap(), 1);
    assert_eq!(profile_marks::remove(tx, id(1), "skill:las").await.unwrap(), 0);
    assert_eq!(profile_marks::clear(tx, id(1)).await.unwrap(), 1);
    assert_eq!(profile_marks::of_person(tx, id(2)).await.unwrap(), [other]);
}

both_databases!(an_item_has_one_mark, |db: TestDb| marks(db));
