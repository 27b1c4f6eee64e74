//! Audit rows and their seals. When the server lets a minute settle is tested in `crate::audit`.
use padankerja::{
    domain::{
        access::AuditActor,
        ids::{AccountId, EventId, OrganisationId, RecordId},
    },
    store::{
        Db,
        audit::{self, Row, Seal},
        events::{self, Audit},
    },
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{at, id, ids, same};
use crate::support::database::{TestDb, both_databases};

fn seal(second: i64, previous: u8, own: u8) -> Seal {
    Seal {
        minute: at(second),
        row_count: 3,
        previous: vec![previous; 32],
        seal: vec![own; 32],
        sealed_at: at(500),
    }
}

/// Writes a row that says who acted in a word of the caller's, past the closed list.
async fn insert_by(db: &Db, actor: &str) -> Result<(), sqlx::Error> {
    let columns = "insert into audit (id, at, actor, action, object_kind) values";
    match db {
        Db::Sqlite { write, .. } => {
            let text =
                format!("{columns} (randomblob(16), '2026-03-02T02:00:00+00:00', '{actor}', 'a.b', 'a')");
            sqlx::query(AssertSqlSafe(text)).execute(write).await.map(|_| ())
        }
        Db::Postgres(pool) => {
            let text = format!("{columns} (gen_random_uuid(), now(), '{actor}', 'a.b', 'a')");
            sqlx::query(AssertSqlSafe(text)).execute(pool).await.map(|_| ())
        }
    }
}

both_databases!(the_audit_knows_who_acts, |db: TestDb| async move {
    for actor in AuditActor::ALL {
        insert_by(&db.db, actor.as_str()).await.unwrap();
    }
    // Words of rows written before the names were fixed.
    for old in ["trainee", "account"] {
        insert_by(&db.db, old).await.unwrap();
    }
    for unknown in ["boss", "Staff", ""] {
        assert!(insert_by(&db.db, unknown).await.is_err(), "{unknown:?}");
    }
});

async fn rows_and_seals(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    assert_eq!(audit::count(tx).await.unwrap(), 0);
    assert_eq!(audit::first_from(tx, at(0)).await.unwrap(), None);
    let full = Audit {
        at: at(10),
        account: Some(id::<AccountId>(1)),
        actor: AuditActor::Staff,
        organisation: Some(id::<OrganisationId>(2)),
        action: "person.create".to_owned(),
        object_kind: "person",
        object: Some(id::<Uuid>(3)),
        event: Some(id::<EventId>(4)),
    };
    let bare =
        Audit { at: at(20), account: None, organisation: None, object: None, event: None, ..full.clone() };
    events::audit(tx, id(9), &full).await.unwrap();
    events::audit(tx, id(8), &bare).await.unwrap();
    events::audit(tx, id(7), &Audit { at: at(10), ..bare.clone() }).await.unwrap();
    let expected = Row {
        id: id::<RecordId>(9),
        at: at(10),
        account_id: full.account,
        actor: "staff".to_owned(),
        organisation_id: full.organisation,
        action: "person.create".to_owned(),
        object_kind: "person".to_owned(),
        object_id: full.object,
        event_id: full.event,
    };
    same(&audit::rows(tx, at(10), at(20)).await.unwrap()[1], &expected);
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<RecordId>>();
    assert_eq!(ids!(audit::rows(tx, at(10), at(20)).await), numbers(&[7, 9]), "by moment, then id");
    assert_eq!(ids!(audit::rows(tx, at(11), at(21)).await), numbers(&[8]));
    assert_eq!(audit::first_from(tx, at(10)).await.unwrap(), Some(at(10)));
    assert_eq!(audit::first_from(tx, at(11)).await.unwrap(), Some(at(20)));
    assert_eq!(audit::first_from(tx, at(21)).await.unwrap(), None);
    assert_eq!(audit::count(tx).await.unwrap(), 3);
    assert!(audit::settled_before(tx, at(0)).await.unwrap() == Some(at(0)));

    assert!(audit::last_seal(tx).await.unwrap().is_none());
    let (first, second) = (seal(60, 0, 1), seal(120, 1, 2));
    assert_eq!(audit::insert_seal(tx, &second).await.unwrap(), 1);
    assert_eq!(audit::insert_seal(tx, &first).await.unwrap(), 1);
    assert_eq!(audit::insert_seal(tx, &seal(60, 7, 8)).await.unwrap(), 0, "the minute is sealed");
    assert_eq!(audit::insert_seal(tx, &seal(180, 1, 3)).await.unwrap(), 0, "the chain does not fork");
    same(audit::last_seal(tx).await.unwrap(), Some(&second));
    same(audit::seals(tx, at(0), 9).await.unwrap(), [&first, &second]);
    same(audit::seals(tx, at(0), 1).await.unwrap(), [&first]);
    same(audit::seals(tx, at(60), 9).await.unwrap(), [&second]);
}

both_databases!(every_function, |db: TestDb| rows_and_seals(db));
