//! Refresh tokens and their families.
use padankerja::{
    domain::ids::RecordId,
    store::{
        Tx,
        tokens::{self, RefreshToken},
    },
};

use super::{account, at, id, insert_account, refused, same};
use crate::support::database::{TestDb, both_databases};

pub(super) fn token(number: u8, account_number: u128, family: u128, expires: i64) -> RefreshToken {
    RefreshToken {
        id: id(number.into()),
        account_id: account(account_number).id,
        family_id: id(family),
        token_hash: vec![number; 32],
        issued_at: at(0),
        expires_at: at(expires),
        used_at: None,
        replaced_by: None,
        revoked_at: None,
    }
}

async fn revoked(tx: &mut Tx, number: u8) -> bool {
    tokens::find(tx, id(number.into())).await.unwrap().unwrap().revoked_at.is_some()
}

async fn families(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    insert_account(tx, &account(2)).await;
    let all = [
        token(1, 1, 100, 10),
        token(2, 1, 100, 20),
        token(3, 1, 101, 30),
        token(4, 2, 102, 15),
        RefreshToken { used_at: Some(at(1)), revoked_at: Some(at(2)), ..token(5, 2, 103, 40) },
    ];
    for row in &all {
        assert_eq!(tokens::insert(tx, row).await.unwrap(), 1);
        same(tokens::find(tx, row.id).await.unwrap(), Some(row));
        same(tokens::find_by_hash(tx, &row.token_hash).await.unwrap(), Some(row));
    }
    assert!(tokens::find(tx, id(9)).await.unwrap().is_none());
    assert!(tokens::find_by_hash(tx, &[9; 32]).await.unwrap().is_none());

    assert_eq!(tokens::replace(tx, id(1), id(2), at(5)).await.unwrap(), 1);
    let used = tokens::find(tx, id(1)).await.unwrap().unwrap();
    assert_eq!((used.used_at, used.replaced_by), (Some(at(5)), Some(id::<RecordId>(2))));
    assert_eq!(tokens::replace(tx, id(9), id(2), at(5)).await.unwrap(), 0);

    assert_eq!(tokens::revoke(tx, id(1), at(6)).await.unwrap(), 1);
    assert_eq!(tokens::revoke(tx, id(1), at(7)).await.unwrap(), 0, "it was");
    assert_eq!(tokens::find(tx, id(1)).await.unwrap().unwrap().revoked_at, Some(at(6)));
    assert_eq!(tokens::revoke_family(tx, id(100), at(8)).await.unwrap(), 1, "the other of the two");
    assert!(revoked(tx, 2).await && !revoked(tx, 3).await);
    assert_eq!(tokens::revoke_account(tx, account(1).id, at(9)).await.unwrap(), 1);
    assert!(revoked(tx, 3).await && !revoked(tx, 4).await);

    // A family goes when its newest token expired, all of it at once.
    assert_eq!(tokens::prune(tx, at(20)).await.unwrap(), 1);
    assert!(tokens::find(tx, id(4)).await.unwrap().is_none());
    assert!(tokens::find(tx, id(1)).await.unwrap().is_some());
    assert_eq!(tokens::prune(tx, at(21)).await.unwrap(), 2);
    assert!(tokens::find(tx, id(3)).await.unwrap().is_some());
    refused(tokens::insert(tx, &RefreshToken { id: id(7), ..token(3, 1, 104, 9) }).await);
}

both_databases!(every_function, |db: TestDb| families(db));
