//! Offices.
use padankerja::{
    domain::ids::OrganisationId,
    store::organisations::{self, Organisation, OrganisationKind},
};

use super::{at, id, ids, office, refused, same};
use crate::support::database::{TestDb, both_databases};

async fn offices(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let village = office(3, Some("33.11.05.2010"));
    let labour = Organisation {
        name: "Disperinaker".to_owned(),
        kind: OrganisationKind::LabourOffice,
        created_at: at(-5),
        ..office(4, None)
    };
    let twin = Organisation { id: id(2), created_at: at(9), ..labour.clone() };
    for row in [&village, &labour, &twin] {
        assert_eq!(organisations::insert(&mut tx, row).await.unwrap(), 1);
    }
    same(organisations::find(&mut tx, village.id).await.unwrap(), Some(&village));
    same(organisations::find(&mut tx, labour.id).await.unwrap(), Some(&labour));
    assert!(organisations::find(&mut tx, id(9)).await.unwrap().is_none());
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<OrganisationId>>();
    assert_eq!(ids!(organisations::by_name(&mut tx, "Disperinaker").await), numbers(&[4, 2]));
    assert_eq!(ids!(organisations::by_name(&mut tx, "disperinaker").await), numbers(&[]));
    assert_eq!(ids!(organisations::all(&mut tx).await), numbers(&[4, 3, 2]));
    // Only a village government has a village.
    let wrong = Organisation { kind: OrganisationKind::Village, village: None, ..office(5, None) };
    refused(organisations::insert(&mut tx, &wrong).await);
}

both_databases!(every_function, |db: TestDb| offices(db));
