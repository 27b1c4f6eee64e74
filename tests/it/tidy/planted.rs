//! The checker itself: each rule must catch a planted violation and let the neighbouring good case pass.

use super::{
    Source, assert_found, audited_elsewhere, borrowed_decisions, circle, forbidden_imports, impurities,
    loose_ends, machine_paths, macros, misordered, missing_header, rooms, test_modules, too_long,
};

fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

fn imports(path: &str, text: &str) -> Vec<String> {
    let sources =
        [source(path, text), source("store/db.rs", "#[macro_export] macro_rules! sql { () => {} }")];
    forbidden_imports(&sources[0], &macros(&sources))
}

fn impure(path: &str, text: &str) -> Vec<String> {
    let source = [source(path, text)];
    impurities(&source[0], &test_modules(&source))
}

#[test]
fn a_circle_between_rooms_is_found() {
    let house = |back: &str| {
        let sources = [
            source("app/people/mod.rs", "use crate::app::{applications::act, system};"),
            source("app/applications/steps.rs", back),
            source("app/system.rs", "use crate::domain::ids;"),
        ];
        circle(&rooms(&sources, "app"))
    };
    assert_eq!(house("use super::super::people;").len(), 2);
    assert_eq!(house("fn f() { crate::app::people::read(); }").len(), 2);
    assert_eq!(house("use crate::app::system;"), [""; 0]);
    assert_eq!(house("#[cfg(test)] mod tests { use crate::app::people; }"), [""; 0]);
}

#[test]
fn an_upward_import_is_found_however_it_is_written() {
    let upward = "domain must not import store";
    let cases = [
        "use crate::store::people;",
        "use crate::{ids::Id, store::{self, Tx}};",
        "use crate::{domain::ids::Id, store::{people, Tx}};",
        "use super::super::store as s;",
        "pub use super::super::{store};",
        "fn f() { crate::store::open(); }",
        "fn f() -> Vec<crate::store::Row> { Vec::new() }",
        "fn f() { sql!(tx, fetch_all<crate::store::Row>, \"select 1\"); }",
        "macro_rules! m { () => { $crate::store::open() } }",
        "#[serde(with = \"crate::store::codec\")] struct S;",
        "fn f() { crate::sql!(tx) }",
        "use crate::sql;",
        "mod inner { use super::super::super::store; }",
        "#[cfg(test)] mod tests { use crate::store::Tx; }",
    ];
    for case in cases {
        let found = imports("domain/person.rs", case);
        assert!(found.iter().any(|violation| violation.contains(upward)), "missed: {case}: {found:?}");
    }
}

#[test]
fn the_line_of_a_violation_is_told() {
    let found = imports("matching/score.rs", "//! x\nuse crate::domain::A;\nuse crate::files::B;\n");
    assert_eq!(found, ["matching/score.rs:3: matching must not import files (crate::files::B)"]);
}

#[test]
fn siblings_never_import_one_another() {
    let siblings = ["store", "search", "files", "mail", "words"];
    for layer in siblings.into_iter().chain(["matching"]) {
        for other in siblings.iter().filter(|other| **other != layer) {
            let found = imports(&format!("{layer}/a.rs"), &format!("use crate::{other}::X;"));
            assert_found(&found, &[&format!("{layer} must not import {other}")]);
        }
    }
}

#[test]
fn config_is_for_the_outer_layers() {
    for (layer, refused) in [
        ("store", 1),
        ("reading", 1),
        ("domain", 1),
        ("matching", 1),
        ("words", 0),
        ("app", 0),
        ("http", 0),
        ("cli", 0),
    ] {
        let found = imports(&format!("{layer}/a.rs"), "use crate::config::Config;");
        assert_eq!(found.len(), refused, "{layer}: {found:?}");
    }
}

#[test]
fn downward_own_and_foreign_paths_pass() {
    let text = "use std::store::X; use crate::{domain::ids::Id, reading}; use super::*; use self::store::Y;
        pub(crate) fn f(&self) { self.store.open(); store::open(); padankerja::app::run(); super::sub::g(); }
        mod tests { use super::*; use super::super::sub; }";
    assert_found(&imports("app/run.rs", text), &[]);
}

#[test]
fn what_renders_reaches_no_row() {
    let found = imports("http/api/people.rs", "use crate::{app::browse, store::people::Person};");
    assert_found(&found, &["http must not import store"]);
    let found = imports("http/api/people.rs", "fn f() { let tx: &mut crate::store::Tx = sql!(); }");
    assert!(!found.is_empty(), "a path or a macro of the store reaches rows, too");
    assert_found(&imports("http/api/people.rs", "use crate::app::people::seen::PersonView;"), &[]);
}

#[test]
fn the_binary_goes_through_the_library() {
    assert_found(&imports("main.rs", "fn main() { padankerja::cli::run() }"), &[]);
    assert_found(&imports("cli/serve.rs", "use padankerja::main::X;"), &["cli must not import main"]);
}

#[test]
fn an_unknown_room_is_found() {
    assert_found(&imports("helpers/a.rs", ""), &["helpers is no layer"]);
    assert_found(&imports("http/a.rs", "use crate::util::X;"), &["util is no layer"]);
    assert_found(&imports("store/mod.rs", "use crate::*;"), &["hides what is imported"]);
    assert_found(&imports("store/mod.rs", "use super::*;"), &["hides what is imported"]);
}

#[test]
fn an_impure_line_in_a_pure_layer_is_found() {
    let cases = [
        "use std::{collections::BTreeMap, fs};",
        "use std::{io, net::TcpStream};",
        "fn f() { std::env::var(\"X\"); }",
        "fn f() { std::io::stdout(); }",
        "use tokio::sync::Mutex;",
        "fn f() { sqlx::query(\"select 1\"); }",
        "use sqlx::{Type, PgPool};",
        "fn f() { println!(\"x\"); }",
        "fn f() { let now = chrono::Utc::now(); }",
        "use std::time::SystemTime;",
        "use std::time::{Duration, Instant};",
        "fn f() { rand::random::<u8>(); }",
        "fn f() { thread_rng(); }",
        "#[cfg(not(test))] fn f() { std::fs::read(\"x\"); }",
        "#[cfg(test)] mod tests { } fn f() { std::fs::read(\"x\"); }",
        "#[cfg(test)] use std::fs; fn f() { std::fs::read(\"x\"); }",
    ];
    for case in cases {
        assert_eq!(impure("domain/a.rs", case).len(), 1, "{case}: {:?}", impure("domain/a.rs", case));
    }
}

#[test]
fn storage_derives_and_tests_of_a_pure_layer_pass() {
    let derive = "#[derive(sqlx::Type)] #[sqlx(transparent)] pub struct Id(u8);";
    assert_found(&impure("domain/ids.rs", derive), &[]);
    assert_found(&impure("reading/ids.rs", derive), &["sqlx::Type", "sqlx"]);
    let test = "#[cfg(test)] mod tests { use std::fs; fn f() { println!(\"{}\", std::env::var(\"X\")); } }";
    assert_found(&impure("matching/a.rs", test), &[]);
    assert_found(&impure("store/a.rs", "use std::fs; use tokio::net; fn f() { println!(\"\"); }"), &[]);
    assert_found(&impure("domain/a.rs", "fn f() { let environment = env!(\"X\"); let rand = 1; }"), &[]);
}

#[test]
fn a_test_file_counts_as_a_test_only_when_so_declared() {
    let file = || source("domain/seats/tests.rs", "use std::fs;");
    let with = |declaration: &str| {
        let sources = [source("domain/seats.rs", declaration), file()];
        impurities(&sources[1], &test_modules(&sources)).len()
    };
    assert_eq!(with("#[cfg(test)] mod tests;"), 0);
    assert_eq!(with("mod tests;"), 1);
}

#[test]
fn loose_ends_are_found() {
    let found = |text: &str| loose_ends(&source("app/a.rs", text)).len();
    assert_eq!(found("#[allow(dead_code)] fn f() {}"), 1);
    assert_eq!(found("#![allow(dead_code)]"), 1);
    assert_eq!(found("mod a { fn f() { #[cfg_attr(x, allow(dead_code))] let x = 1; } }"), 1);
    assert_eq!(found("fn f() { todo!() }"), 1);
    assert_eq!(found("fn f() { std::unimplemented!(\"later\") }"), 1);
    assert_eq!(found("#[test] #[ignore] fn f() {}"), 1);
    assert_eq!(found("#[ignore = \"slow\"] fn f() {}"), 1);
    assert_eq!(found("#[expect(dead_code, reason = \"x\")] fn allow() { allow(todo); /* todo!() */ }"), 0);
}

#[test]
fn derives_in_another_order_are_found() {
    let found = |text: &str| misordered(&source("app/a.rs", text)).len();
    assert_eq!(found("#[derive(Debug, Clone)] struct A;"), 1);
    assert_eq!(found("mod a { #[derive(Clone, Debug, serde::Serialize, PartialEq)] struct A; }"), 1);
    assert_eq!(
        found("#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, ToSchema)] enum A {}"),
        0
    );
    assert_eq!(found("#[derive(Debug, Error)] enum A {} #[derive(sqlx::Type)] struct B;"), 0);
}

#[test]
fn an_audit_row_made_by_hand_is_found() {
    let found = |path: &str, text: &str| audited_elsewhere(&source(path, text)).len();
    let call = "fn f() { events::audit(tx, id, &row); }";
    assert_eq!(found("app/a.rs", call), 1);
    assert_eq!(found("app/a.rs", "use crate::store::{Tx, events::{self, Audit}};"), 1);
    assert_eq!(found("http/a.rs", "fn f() { crate::store::events::audit(tx, id, &row); }"), 1);
    assert_eq!(found("app/a.rs", "fn f() { let row = events::Audit { at }; }"), 1);
    assert_eq!(found("app/audit/mod.rs", call), 0);
    assert_eq!(found("store/events.rs", call), 0);
    assert_eq!(
        found("app/a.rs", "use crate::app::audit; fn f() { audit::write(tx); events::history(tx); }"),
        0
    );
}

#[test]
fn bare_long_and_homesick_files_are_found() {
    assert!(missing_header(&source("app/a.rs", "use x;")).is_some());
    assert!(missing_header(&source("app/a.rs", "//! Use cases.")).is_none());
    assert!(too_long(&source("app/a.rs", &"//\n".repeat(601))).is_some());
    assert!(too_long(&source("app/a.rs", &"//\n".repeat(600))).is_none());
    let homesick = source("app/a.rs", "//! x\nconst A: &str = \"/home/ani/data\";");
    assert_found(&machine_paths(&homesick, None), &["app/a.rs:2"]);
    assert_eq!(machine_paths(&source("a.rs", "// see /srv/x/y"), Some("/srv/x")).len(), 1);
    assert_eq!(machine_paths(&source("a.rs", "// see /srv/x/y"), None).len(), 0);
}

#[test]
fn a_model_that_asks_what_it_is_to_judge_is_found() {
    let borrowed = |text: &str| borrowed_decisions(&source("model/consequence.rs", text));
    let cases = [
        ("use padankerja::domain::application::follows;", "must not use"),
        ("use padankerja::domain::application::{State, conditions::Refusal};", "conditions::Refusal"),
        ("fn f() { application::follows::fills(&facts); }", "application::follows::fills"),
        ("use padankerja::{app::workflow, domain::vacancy};", "app::workflow"),
    ];
    for (text, told) in cases {
        assert_found(&borrowed(text), &[told]);
    }
    let own =
        "use padankerja::domain::application::{State, table::TABLE, book::SeatBook}; fn f(a: &A) { a.app() }";
    assert_eq!(borrowed(own), [""; 0]);
}
