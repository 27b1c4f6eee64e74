//! The databases of old that tests/survival keeps, put back as they were, and what a database holds, as text.
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, LazyLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use padankerja::{
    app::{App, applications::workflow, keys::Keys},
    domain::clock::FixedClock,
    store::Db,
};
use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::support::database::{TestDb, empty_postgres};

/// What make.sh wrote down about the dumps.
static EXPECTED: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_slice(&std::fs::read(kept("expected.json")).unwrap()).unwrap());

/// The keys of that time: a copy is read, as a program may complete a key file.
static KEYS: LazyLock<Arc<Keys>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    Arc::new(Keys::load_or_create(&copy_of_the_keys(folder.path())).unwrap())
});

/// A file of tests/survival.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/survival").join(name)
}

fn copy_of_the_keys(folder: &Path) -> PathBuf {
    let path = folder.join("keys.json");
    std::fs::copy(kept("keys.json"), &path).unwrap();
    path
}

fn unpacked(name: &str) -> Vec<u8> {
    zstd::decode_all(std::fs::read(kept(name)).unwrap().as_slice()).unwrap()
}

/// An old database that no newer program has opened yet.
pub struct Old {
    /// Where it is.
    pub url: String,
    /// What make.sh found in it.
    pub expected: &'static Value,
    /// Holds the keys, and the file of SQLite.
    folder: tempfile::TempDir,
    name: Option<String>,
}

impl Old {
    /// Puts one back, such as `lived.sqlite`.
    pub async fn restored(kind: &str) -> Self {
        let expected = EXPECTED["databases"].get(kind).unwrap();
        let folder = tempfile::tempdir().unwrap();
        copy_of_the_keys(folder.path());
        if kind.ends_with(".sqlite") {
            let file = folder.path().join("test.db");
            std::fs::write(&file, unpacked(&format!("{kind}.zst"))).unwrap();
            return Self { url: format!("sqlite://{}", file.display()), expected, folder, name: None };
        }
        let (url, name) = empty_postgres().await;
        let text = String::from_utf8(unpacked(&format!("{kind}.sql.zst"))).unwrap();
        let bare = Db::connect(&url).await.unwrap();
        let Db::Postgres(pool) = &bare else { unreachable!() };
        sqlx::raw_sql(AssertSqlSafe(text)).execute(pool).await.unwrap();
        // Settings of the dump must not stay with a connection.
        bare.close().await;
        Self { url, expected, folder, name: Some(name) }
    }

    /// Everything in it, as it was left.
    pub async fn contents(&self) -> Contents {
        let bare = Db::connect(&self.url).await.unwrap();
        let found = Contents::of(&bare).await;
        bare.close().await;
        found
    }

    /// Opened by the present program.
    pub async fn opened(self) -> TestDb {
        let db = Db::open(&self.url).await.unwrap();
        TestDb::there(db, self.folder, self.name)
    }

    /// A command of the present program on it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_padankerja"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", &self.url)
            .env("PADANKERJA_KEYS_FILE", self.folder.path().join("keys.json"))
            .env("PADANKERJA_DATA_DIR", self.folder.path());
        command
    }
}

/// The password of every login in the dumps.
pub fn password() -> &'static str {
    EXPECTED["password"].as_str().unwrap()
}

/// The keys of the dumps.
pub fn keys() -> Arc<Keys> {
    Arc::clone(&KEYS)
}

/// A quarter of an hour after the old program was last there.
pub fn afterwards(expected: &Value) -> DateTime<Utc> {
    let made: DateTime<Utc> = expected["made_at"].as_str().unwrap().parse().unwrap();
    made + TimeDelta::minutes(15)
}

/// The present program over an old database, at that time.
pub fn app(db: &Db, expected: &Value) -> App {
    App {
        db: db.clone(),
        clock: Arc::new(FixedClock(afterwards(expected))),
        keys: keys(),
        rules: Arc::new(workflow::Rules::default()),
        office: Arc::default(),
    }
}

/// The name of a run, application or other row in expected.json or an answer.
pub fn id<T: From<uuid::Uuid>>(value: &Value) -> T {
    T::from(value.as_str().unwrap().parse().unwrap())
}

/// Every row of every table.
#[derive(Debug, PartialEq, Eq)]
pub struct Contents(BTreeMap<String, Table>);

#[derive(Debug, PartialEq, Eq)]
struct Table {
    columns: Vec<String>,
    /// Sorted.
    rows: Vec<String>,
}

impl Contents {
    pub async fn of(db: &Db) -> Self {
        let (tables, columns) = match db {
            Db::Sqlite { .. } => (
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' \
                 and name <> '_sqlx_migrations'",
                "select name from pragma_table_info('{table}')",
            ),
            Db::Postgres(_) => (
                "select tablename::text from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations'",
                "select column_name::text from information_schema.columns where table_schema = 'public' \
                 and table_name = '{table}'",
            ),
        };
        let mut found = BTreeMap::new();
        for table in texts(db, tables).await {
            let columns = texts(db, &columns.replace("{table}", &table)).await;
            let rows = rows(db, &table, &columns).await;
            found.insert(table, Table { columns, rows });
        }
        Self(found)
    }

    /// How many rows each table has.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        self.0.iter().map(|(name, table)| (name.clone(), table.rows.len())).collect()
    }

    /// What differs in a database that was brought on, looking at the columns of before; tables in `apart` are not
    /// compared.
    pub async fn differences(&self, db: &Db, apart: &[(&str, &str)]) -> Vec<String> {
        let mut found = Vec::new();
        for (name, before) in &self.0 {
            if apart.iter().any(|(table, _)| table == name) {
                continue;
            }
            let now = rows(db, name, &before.columns).await;
            if now != before.rows {
                found.push(format!("{name}: {} rows, now {}: or not the same", before.rows.len(), now.len()));
            }
        }
        found
    }
}

async fn rows(db: &Db, table: &str, columns: &[String]) -> Vec<String> {
    let text = match db {
        Db::Sqlite { .. } => {
            let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
            format!("select {} from {table}", quoted.join(" || ' ' || "))
        }
        Db::Postgres(_) => format!("select row(\"{}\")::text from {table}", columns.join("\", \"")),
    };
    let mut found = texts(db, &text).await;
    found.sort_unstable();
    found
}

/// The one column of text that a query gives.
pub async fn texts(db: &Db, query: &str) -> Vec<String> {
    let query = AssertSqlSafe(query.to_owned());
    let rows: Vec<(String,)> = match db {
        Db::Sqlite { read, .. } => sqlx::query_as(query).fetch_all(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_as(query).fetch_all(pool).await.unwrap(),
    };
    rows.into_iter().map(|(text,)| text).collect()
}

/// Runs statements as the owner of the database.
pub async fn execute(db: &Db, statements: &str) -> Result<(), sqlx::Error> {
    let statements = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
    match db {
        Db::Sqlite { write, .. } => statements.execute(write).await.map(|_| ()),
        Db::Postgres(pool) => statements.execute(pool).await.map(|_| ()),
    }
}

/// Tables, columns, constraints, indexes, triggers and functions, as the database itself words them.
pub async fn schema(db: &Db) -> Vec<String> {
    let query = match db {
        Db::Sqlite { .. } => "select type || ' ' || sql from sqlite_schema where sql is not null order by 1",
        Db::Postgres(_) => {
            "select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) \
               || case when a.attnotnull then ' not null ' else ' ' end \
               || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(l.collname, '') || a.attidentity::text \
             from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' \
               left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum \
               left join pg_collation l on l.oid = a.attcollation \
             where a.attnum > 0 and not a.attisdropped and c.relnamespace = 'public'::regnamespace \
             union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) \
             from pg_constraint where connamespace = 'public'::regnamespace \
             union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' \
             union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal \
             union all select 'function ' || pg_get_functiondef(oid) from pg_proc \
             where pronamespace = 'public'::regnamespace order by 1"
        }
    };
    texts(db, query).await
}
