//! An old database gets the holidays that its program had compiled in, and those of 2027.
use super::{
    dump::{Old, texts},
    every_dump,
};

every_dump!(the_holidays_are_filled_in, |old: Old| filled(old));

/// Once: what the office takes out does not come back with the next start.
async fn filled(old: Old) {
    let db = old.opened().await;
    let years = "select cast(count(*) as text) from holidays where day between '2026-01-01' and '2026-12-31' \
                 union all select cast(count(*) as text) from holidays where estimate";
    assert_eq!(texts(&db.db, years).await, ["25", "13"]);
    assert_eq!(
        texts(&db.db, "select name from holidays where day < '2026-01-01' or day > '2027-12-31'").await,
        [""; 0]
    );
    db.execute("delete from holidays where day = '2027-12-26'").await;
    db.db.migrate().await.unwrap();
    assert_eq!(texts(&db.db, "select name from holidays where day = '2027-12-26'").await, [""; 0]);
    db.close().await;
}
