//! Every `sql!` literal of src/store is prepared on both databases, and the two schemas say the same.
use std::{collections::BTreeMap, path::Path};

use padankerja::store::{self, Db};
use proc_macro2::{TokenStream, TokenTree};
use sqlx::{AssertSqlSafe, Executor, Row, SqlSafeStr};

use crate::support::database::{TestDb, both_databases};

/// One statement of src/store with where it stands and what it says on which database.
pub(crate) struct Literal {
    place: String,
    /// `file::function`, or `file::NAME` of one that `texts!` made.
    pub(crate) name: String,
    pub(crate) sqlite: String,
    pub(crate) postgres: String,
}

/// Every `sql!` literal and every text that is made of pieces.
pub(crate) fn statements() -> Vec<Literal> {
    let made = store::TEXTS.iter().flat_map(|(file, texts)| texts.iter().map(move |text| (file, text)));
    let made = made.map(|(file, text)| Literal {
        place: format!("src/store/{file}.rs"),
        name: format!("{file}::{}", text.name),
        sqlite: text.sql.to_owned(),
        postgres: text.sql.to_owned(),
    });
    literals().into_iter().chain(made).collect()
}

#[test]
fn every_file_with_texts_lists_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut having: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| std::fs::read_to_string(path).unwrap().contains("\ntexts! {"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    having.sort();
    assert_eq!(having, store::TEXTS.iter().map(|(file, _)| *file).collect::<Vec<_>>());
}

fn literals() -> Vec<Literal> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // The macros themselves.
        if path.file_name().unwrap() == "statement.rs" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let tokens: TokenStream = text.parse().unwrap();
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        collect(tokens, &file, "", &mut found);
    }
    found
}

fn collect(tokens: TokenStream, file: &str, function: &str, found: &mut Vec<Literal>) {
    let mut function = function.to_owned();
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        if let TokenTree::Ident(name) = tree
            && index > 0
            && matches!(&trees[index - 1], TokenTree::Ident(before) if before == "fn")
        {
            function = name.to_string();
        }
        if let TokenTree::Group(group) = tree {
            let is_sql = index >= 2
                && matches!(&trees[index - 1], TokenTree::Punct(p) if p.as_char() == '!')
                && matches!(&trees[index - 2], TokenTree::Ident(i) if i == "sql");
            if is_sql {
                found.extend(literal(group.stream(), file, &function, group.span_open().start().line));
            } else {
                collect(group.stream(), file, &function, found);
            }
        }
    }
}

/// None where the text is named and so among `store::TEXTS`.
fn literal(tokens: TokenStream, file: &str, function: &str, line: usize) -> Option<Literal> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_named = trees.iter().any(|tree| matches!(tree, TokenTree::Ident(word) if word == "text"));
    let texts: Vec<String> = trees
        .into_iter()
        .filter_map(|tree| match tree {
            TokenTree::Literal(literal) => syn::parse_str::<syn::LitStr>(&literal.to_string()).ok(),
            _ => None,
        })
        .map(|literal| literal.value())
        .collect();
    let (place, name) = (format!("src/store/{file}.rs:{line}"), format!("{file}::{function}"));
    match texts.as_slice() {
        [] if is_named => None,
        [both] => Some(Literal { place, name, sqlite: both.clone(), postgres: both.clone() }),
        [sqlite, postgres] => {
            Some(Literal { place, name, sqlite: sqlite.clone(), postgres: postgres.clone() })
        }
        _ => panic!("{place}: a sql! call with {} literals", texts.len()),
    }
}

both_databases!(every_literal_prepares, |db: TestDb| async move {
    let literals = statements();
    assert!(literals.len() > 200, "only {} statements found: the search is broken", literals.len());
    let mut faults = Vec::new();
    for literal in &literals {
        let outcome = match &db.db {
            Db::Sqlite { write, .. } => {
                let text = AssertSqlSafe(literal.sqlite.clone()).into_sql_str();
                write.acquire().await.unwrap().prepare(text).await.map(|_| ())
            }
            Db::Postgres(pool) => {
                let text = AssertSqlSafe(literal.postgres.clone()).into_sql_str();
                pool.acquire().await.unwrap().prepare(text).await.map(|_| ())
            }
        };
        if let Err(error) = outcome {
            faults.push(format!("{}: {error}", literal.place));
        }
    }
    assert!(faults.is_empty(), "{} literals fail:\n{}", faults.len(), faults.join("\n"));
});

/// Columns of every table with whether they may be null.
type Schema = BTreeMap<String, Vec<(String, bool)>>;

async fn schema(db: &Db) -> Schema {
    let rows: Vec<(String, String, bool)> = match db {
        Db::Sqlite { read, .. } => sqlx::query(
            "select m.name, c.name, c.\"notnull\" = 0 and c.pk = 0 from sqlite_master m join pragma_table_info(m.name) c \
             where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'",
        )
        .fetch_all(read)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect(),
        Db::Postgres(pool) => sqlx::query(
            "select cast(table_name as text), cast(column_name as text), is_nullable = 'YES' from information_schema.columns \
             where table_schema = 'public' and table_name <> '_sqlx_migrations'",
        )
        .fetch_all(pool)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect(),
    };
    let mut schema = Schema::new();
    for (table, column, nullable) in rows {
        schema.entry(table).or_default().push((column, nullable));
    }
    schema.values_mut().for_each(|columns| columns.sort());
    schema
}

/// Names of unique and ordinary indexes we made ourselves.
async fn indexes(db: &Db) -> Vec<String> {
    let mut names: Vec<String> = match db {
        Db::Sqlite { read, .. } => {
            sqlx::query("select name from sqlite_master where type = 'index' and name not like 'sqlite_%'")
                .fetch_all(read)
                .await
                .unwrap()
                .iter()
                .map(|row| row.get(0))
                .collect()
        }
        Db::Postgres(pool) => sqlx::query(
            "select cast(indexname as text) from pg_indexes where schemaname = 'public' and indexname not like '%_pkey' \
             and indexname not like '%_key' and indexname not like '\\_sqlx%'",
        )
        .fetch_all(pool)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect(),
    };
    names.sort();
    names
}

/// How many CHECK constraints each table has (SQLite adds those that keep a boolean to 0 and 1).
async fn checks(db: &Db) -> BTreeMap<String, usize> {
    match db {
        Db::Sqlite { read, .. } => {
            let rows = sqlx::query(
                "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' \
                 and name <> '_sqlx_migrations'",
            )
            .fetch_all(read)
            .await
            .unwrap();
            let booleans = regex::Regex::new(r"in \(0, 1\)").unwrap();
            let all = regex::Regex::new(r"\bcheck \(").unwrap();
            rows.iter()
                .map(|row| {
                    let (name, text): (String, String) = (row.get(0), row.get(1));
                    let count = all.find_iter(&text).count() - booleans.find_iter(&text).count();
                    (name, count)
                })
                .filter(|(_, count)| *count > 0)
                .collect()
        }
        Db::Postgres(pool) => sqlx::query(
            "select cast(c.relname as text), count(*) from pg_constraint k join pg_class c on c.oid = k.conrelid \
             where k.contype = 'c' group by c.relname",
        )
        .fetch_all(pool)
        .await
        .unwrap()
        .iter()
        .map(|row| {
            let (name, count): (String, i64) = (row.get(0), row.get(1));
            (name, usize::try_from(count).unwrap())
        })
        .collect(),
    }
}

#[tokio::test]
async fn the_two_schemas_say_the_same() {
    let lite = TestDb::sqlite().await;
    let server = TestDb::postgres().await;
    assert_eq!(schema(&lite.db).await, schema(&server.db).await);
    assert_eq!(indexes(&lite.db).await, indexes(&server.db).await);
    assert_eq!(checks(&lite.db).await, checks(&server.db).await);
    lite.close().await;
    server.close().await;
}

#[tokio::test]
async fn migrations_have_the_same_numbers_and_names() {
    let names = |kind: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
