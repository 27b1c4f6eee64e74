//! Evidence that an old program dated on the day of the registration is marked, and nothing else.
use padankerja::store::Db;

use super::{
    dump::{Old, execute, texts},
    every_dump,
};

every_dump!(undated_evidence_is_marked, |old: Old| marked(old));

/// People taken in at one in the morning, office time, of the day before in universal time; some of their evidence bears
/// that day.
async fn marked(old: Old) {
    let bare = Db::connect(&old.url).await.unwrap();
    for change in [
        "update people set created_at = '2026-11-26T18:00:00+00:00'",
        "delete from criteria where expires_on < '2026-11-27' or dated_on in ('2026-11-26', '2026-11-27')",
        "update criteria set dated_on = '2026-11-27' where criterion = 'desil' and value in (1, 2)",
        "update criteria set dated_on = '2026-11-26' where criterion = 'desil' and value = 3",
        "update criteria set dated_on = '2026-11-27', source = 'registration (physical)' where criterion = 'desil' and value = 4",
    ] {
        execute(&bare, change).await.unwrap();
    }
    let undated =
        texts(&bare, "select source from criteria where criterion = 'desil' and value in (1, 2)").await;
    let all = texts(&bare, "select source from criteria").await;
    assert!(undated.len() > 1 && all.len() > undated.len(), "{} of {}", undated.len(), all.len());
    bare.close().await;
    let db = old.opened().await;
    let found = texts(&db.db, "select source from criteria where undated").await;
    assert_eq!(found.len(), undated.len());
    let wrong = "select source from criteria where undated and (criterion <> 'desil' or value not in (1, 2))";
    assert_eq!(texts(&db.db, wrong).await, [""; 0]);
    assert_eq!(texts(&db.db, "select source from criteria").await.len(), all.len(), "nothing is lost");
    db.close().await;
}
