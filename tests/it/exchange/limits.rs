//! The table of lengths and the CHECKs of the database say the same.
use std::collections::BTreeMap;

use padankerja::{domain::limits, store::Db};
use regex::Regex;

use crate::support::database::{TestDb, both_databases};

/// The longest text each column takes, by the database: `table.column`.
async fn checked(db: &Db) -> BTreeMap<String, usize> {
    let (texts, pattern): (Vec<(String, String)>, &str) = match db {
        Db::Sqlite { read, .. } => {
            let text = "select name, sql from sqlite_master where type = 'table' and sql is not null";
            (sqlx::query_as(text).fetch_all(read).await.unwrap(), r"length\((\w+)\) between \d+ and (\d+)")
        }
        Db::Postgres(pool) => {
            let text = "select cast(conrelid as regclass)::text, pg_get_constraintdef(oid) from pg_constraint \
                        where contype = 'c' and conrelid <> 0";
            (sqlx::query_as(text).fetch_all(pool).await.unwrap(), r"length\((\w+)\) <= (\d+)")
        }
    };
    let pattern = Regex::new(pattern).unwrap();
    let mut found = BTreeMap::new();
    for (table, text) in &texts {
        for parts in pattern.captures_iter(text) {
            found.insert(format!("{table}.{}", &parts[1]), parts[2].parse().unwrap());
        }
    }
    found
}

both_databases!(every_length_the_database_checks_is_in_the_table, |db: TestDb| async {
    let mut table = BTreeMap::new();
    for limit in limits::ALL.iter().copied().flatten() {
        for column in limit.checked {
            let before = table.insert((*column).to_owned(), limit.most);
            assert!(before.is_none_or(|most| most == limit.most), "{column} has two limits");
        }
    }
    assert_eq!(checked(&db.db).await, table);
});
