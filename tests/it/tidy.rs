//! The house rules a compiler does not know, read from the text of `src/**`: who may import whom, which
//! layers stay pure, headers, attributes, file sizes. What the rules mean is in ARCHITECTURE.md; the tables
//! below are the rules themselves. Nothing here runs the service; the vocabulary of `index/` is checked by
//! `vocabulary.rs`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::TokenStream;

use self::tokens::{Mention, Reading, allows_a_lint, attributes, first_word, line_of};

mod planted;
mod sentences;
mod tokens;

/// Layer, and what it may import besides itself: always layers below it, never a sibling.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("config", &["domain"]),
    ("reading", &["domain"]),
    ("store", &["domain", "reading"]),
    ("search", &["domain", "reading"]),
    ("matching", &["domain", "reading"]),
    ("files", &["domain", "reading"]),
    ("mail", &["domain"]),
    // The invented regency, as rows of the import format.
    ("sample", &["domain", "reading"]),
    ("words", &["domain", "reading", "matching", "config"]),
    (
        "app",
        &["domain", "reading", "store", "search", "matching", "files", "mail", "words", "sample", "config"],
    ),
    // The invented regency, lived day by day through the use cases.
    ("past", &["domain", "store", "sample", "app"]),
    // What a reader may see is decided in `app`: no row of the store reaches what renders it.
    ("http", &["domain", "reading", "search", "matching", "files", "words", "config", "app"]),
    (
        "cli",
        &[
            "domain", "reading", "store", "search", "matching", "files", "mail", "words", "sample", "config",
            "app", "past", "http",
        ],
    ),
    (
        "main",
        &[
            "domain", "reading", "store", "search", "matching", "files", "mail", "words", "sample", "config",
            "app", "past", "http", "cli",
        ],
    ),
    // The root only declares the layers.
    ("lib", &[]),
];

/// Same input, same answer: no file, socket, clock, dice or output.
const PURE_LAYERS: &[&str] = &["domain", "reading", "matching", "words"];

/// Paths (consecutive segments) that a pure layer must not name outside its tests.
const IMPURE_PATHS: &[&[&str]] = &[
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["io", "stdin"],
    &["io", "stdout"],
    &["io", "stderr"],
    &["Utc", "now"],
    &["Local", "now"],
    &["Uuid", "now_v7"],
    &["Uuid", "new_v4"],
    &["SystemTime"],
    &["Instant"],
    &["thread_rng"],
];

const IMPURE_CRATES: &[&str] = &["tokio", "rand", "getrandom", "reqwest", "tracing"];
const IMPURE_MACROS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];
const UNFINISHED_MACROS: &[&str] = &["todo", "unimplemented"];
const FOREIGN_HOMES: &[&str] = &["/home/", "/root/", "/Users/", "C:\\Users"];
const MAX_LINES: usize = 600;

/// In which order derived traits stand; those of other crates follow in any order.
const DERIVED: &[&str] =
    &["Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];

#[test]
fn imports_point_downwards() {
    let sources = sources("src");
    let macros = macros(&sources);
    assert_none(sources.iter().flat_map(|source| forbidden_imports(source, &macros)));
}

#[test]
fn no_circle_between_rooms() {
    let rooms = rooms(&sources("src"), "app");
    assert!(rooms.len() > 10, "only {} rooms found: the search is broken", rooms.len());
    assert_none(circle(&rooms));
}

#[test]
fn pure_layers_do_no_io_and_read_no_clock() {
    let sources = sources("src");
    let test_modules = test_modules(&sources);
    assert_none(sources.iter().flat_map(|source| impurities(source, &test_modules)));
}

#[test]
fn every_file_says_what_belongs_in_it() {
    assert_none(sources("src").iter().filter_map(missing_header));
}

#[test]
fn no_lint_is_allowed_no_test_ignored_nothing_left_to_do() {
    let everywhere = sources("src").into_iter().chain(sources("tests/it")).collect::<Vec<_>>();
    assert_none(everywhere.iter().flat_map(loose_ends));
}

#[test]
fn derived_traits_stand_in_one_order() {
    assert_none(sources("src").iter().flat_map(misordered));
}

#[test]
fn no_file_names_somebodys_machine() {
    let root = env!("CARGO_MANIFEST_DIR");
    let own_path = (Path::new(root).components().count() > 2).then_some(root);
    assert_none(sources("src").iter().flat_map(|source| machine_paths(source, own_path)));
}

#[test]
fn audit_rows_are_written_in_one_place() {
    assert_none(sources("src").iter().flat_map(audited_elsewhere));
}

#[test]
fn files_stay_short() {
    assert_none(sources("src").iter().filter_map(too_long));
}

/// The model that the service is compared with decides by itself: what it took over from there it could not find wrong.
#[test]
fn the_model_decides_by_itself() {
    let sources = sources("tests/it");
    let of_model = |source: &&Source| source.layer() == "model";
    let model: Vec<&Source> = sources.iter().filter(of_model).collect();
    assert!(model.len() > 5, "only {} files of the model found", model.len());
    assert_none(model.into_iter().flat_map(borrowed_decisions));
}

/// One file of Rust, by its path inside the folder that was read.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// `domain/ids.rs` belongs to `domain`, `config.rs` to `config`.
    fn layer(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Where the file stands in the crate: `domain/ids.rs` is `[domain, ids]`, `domain/mod.rs` is `[domain]`.
    fn module(&self) -> Vec<String> {
        let mut module: Vec<String> =
            self.path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        let root = matches!(self.path.as_str(), "lib.rs" | "main.rs");
        if root || module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        module
    }

    fn tokens(&self) -> TokenStream {
        self.text.parse().unwrap_or_else(|error| panic!("{}: not Rust: {error}", self.path))
    }

    fn reading(&self) -> Reading {
        Reading::of(self.module(), self.tokens())
    }

    fn at(&self, line: usize, message: &str) -> String {
        format!("{}:{line}: {message}", self.path)
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    collect_rust_files(&root, &mut files);
    files.sort();
    assert!(!files.is_empty(), "{folder}: no Rust file found, so nothing would be checked");
    let read = |file: PathBuf| {
        let relative = file.strip_prefix(&root).unwrap_or(&file);
        let path = relative.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
        Source { path, text }
    };
    files.into_iter().map(read).collect()
}

fn collect_rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
        if path.is_dir() {
            collect_rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[track_caller]
pub(crate) fn assert_none(violations: impl IntoIterator<Item = String>) {
    let violations: Vec<String> = violations.into_iter().collect();
    assert!(violations.is_empty(), "{} found:\n{}", violations.len(), violations.join("\n"));
}

/// Each violation, in order, contains its part; none is missing and none too many.
#[track_caller]
pub(crate) fn assert_found(violations: &[String], parts: &[&str]) {
    assert_eq!(violations.len(), parts.len(), "{violations:#?}");
    for (violation, part) in violations.iter().zip(parts) {
        assert!(violation.contains(part), "{violation} does not contain {part}");
    }
}

/// Each macro with the layer that defines it: `crate::sql!` belongs to the store though it stands at the root.
fn macros(sources: &[Source]) -> BTreeMap<String, &str> {
    let defined = |source: &Source| source.reading().macros.into_iter();
    sources.iter().flat_map(|source| defined(source).map(|name| (name, source.layer()))).collect()
}

fn forbidden_imports(source: &Source, macros: &BTreeMap<String, &str>) -> Vec<String> {
    let layer = source.layer();
    let Some((_, lower)) = MAY_IMPORT.iter().find(|(name, _)| *name == layer) else {
        return vec![source.at(1, &format!("{layer} is no layer of the house"))];
    };
    let mut violations = Vec::new();
    for mention in source.reading().found {
        let Some(target) = mention.inside_crate().and_then(|path| path.first().cloned()) else { continue };
        let target = macros.get(&target).copied().unwrap_or(&target);
        let known = MAY_IMPORT.iter().any(|(name, _)| *name == target);
        let at_root = matches!(layer, "main" | "lib");
        let written = mention.segments.join("::");
        let complaint = if target == "*" {
            format!("{written} hides what is imported")
        } else if !known && !at_root {
            format!("{written}: {target} is no layer of the house")
        } else if known && target != layer && !lower.contains(&target) {
            format!("{layer} must not import {target} ({written})")
        } else {
            continue;
        };
        violations.push(source.at(mention.line, &complaint));
    }
    violations
}

/// The rooms of a layer (its files and folders of the first level), and which others each uses outside its tests.
fn rooms(sources: &[Source], layer: &str) -> BTreeMap<String, BTreeSet<String>> {
    let room_of = |path: &[String]| match path {
        [first, room, ..] if first == layer => Some(room.clone()),
        _ => None,
    };
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources {
        let Some(own) = room_of(&source.module()) else { continue };
        let used = source.reading().found.into_iter().filter(|mention| !mention.in_test);
        let used: Vec<String> = used.filter_map(|mention| room_of(&mention.inside_crate()?)).collect();
        rooms.entry(own).or_default().extend(used);
    }
    let known: BTreeSet<String> = rooms.keys().cloned().collect();
    for (own, used) in &mut rooms {
        used.retain(|other| other != own && known.contains(other));
    }
    rooms
}

/// The rooms that stay when whatever uses nothing (any more) is taken out again and again: those of a circle.
fn circle(rooms: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut left = rooms.clone();
    loop {
        let done: BTreeSet<String> =
            left.iter().filter(|(_, used)| used.is_empty()).map(|(room, _)| room.clone()).collect();
        if done.is_empty() {
            return left
                .into_iter()
                .map(|(room, used)| format!("{room} uses {used:?} in a circle"))
                .collect();
        }
        left.retain(|room, _| !done.contains(room));
        for used in left.values_mut() {
            used.retain(|other| !done.contains(other));
        }
    }
}

/// Modules that exist under `#[cfg(test)]` only and stand in a file of their own.
fn test_modules(sources: &[Source]) -> BTreeSet<Vec<String>> {
    sources.iter().flat_map(|source| source.reading().tests).collect()
}

fn impurities(source: &Source, test_modules: &BTreeSet<Vec<String>>) -> Vec<String> {
    let layer = source.layer();
    let module = source.module();
    let only_in_tests = (1..=module.len()).any(|n| test_modules.contains(&module[..n]));
    if !PURE_LAYERS.contains(&layer) || only_in_tests {
        return Vec::new();
    }
    let found = source.reading().found;
    let impure = found.iter().filter(|mention| !mention.in_test && is_impure(mention, layer));
    impure
        .map(|mention| {
            source.at(
                mention.line,
                &format!("{layer} is pure and must not use {}", mention.segments.join("::")),
            )
        })
        .collect()
}

fn is_impure(mention: &Mention, layer: &str) -> bool {
    let segments: Vec<&str> = mention.segments.iter().map(String::as_str).collect();
    let first = segments.first().copied().unwrap_or_default();
    // A domain type may say how it is stored (`#[derive(sqlx::Type)]`, `#[sqlx(..)]`); it may not ask a database.
    let asks_database =
        first == "sqlx" && (layer != "domain" || segments.get(1).is_some_and(|s| *s != "Type"));
    asks_database
        || (mention.calls_macro && segments.last().is_some_and(|last| IMPURE_MACROS.contains(last)))
        || (segments.len() > 1 && IMPURE_CRATES.contains(&first))
        || IMPURE_PATHS.iter().any(|path| segments.windows(path.len()).any(|window| window == *path))
}

fn missing_header(source: &Source) -> Option<String> {
    let bare = !source.text.starts_with("//! ");
    bare.then(|| source.at(1, "starts without a //! header that says what belongs here"))
}

fn too_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    (lines > MAX_LINES).then(|| source.at(lines, &format!("{lines} lines, at most {MAX_LINES}")))
}

/// Only `app/audit/mod.rs` adds rows to the audit: who acts comes from `Acting`, what happened from `AuditEvent`.
fn audited_elsewhere(source: &Source) -> Vec<String> {
    if source.layer() == "store" || source.path == "app/audit/mod.rs" {
        return Vec::new();
    }
    let by_hand = |mention: &Mention| {
        mention.segments.windows(2).any(|pair| pair[0] == "events" && matches!(&*pair[1], "audit" | "Audit"))
    };
    let found = source.reading().found.into_iter().filter(by_hand);
    found.map(|mention| source.at(mention.line, "writes the audit past app::audit::write")).collect()
}

/// What decides consequences and conditions for the service.
const DECISIONS: &[&str] = &["follows", "conditions"];

fn borrowed_decisions(source: &Source) -> Vec<String> {
    let found = source.reading().found.into_iter();
    let decides = |mention: &Mention| {
        let decision = mention.segments.iter().any(|segment| DECISIONS.contains(&segment.as_str()));
        decision || mention.segments.starts_with(&["padankerja".to_owned(), "app".to_owned()])
    };
    found
        .filter(decides)
        .map(|mention| {
            source.at(mention.line, &format!("the model must not use {}", mention.segments.join("::")))
        })
        .collect()
}

fn loose_ends(source: &Source) -> Vec<String> {
    let attributes = attributes(source.tokens());
    let unfinished = source.reading().found.into_iter().filter(|mention| {
        mention.calls_macro
            && mention.segments.last().is_some_and(|last| UNFINISHED_MACROS.contains(&last.as_str()))
    });
    let mut violations: Vec<String> =
        unfinished.map(|mention| source.at(mention.line, "is left to do")).collect();
    for attribute in attributes {
        let line = line_of(attribute.span());
        if allows_a_lint(attribute.stream()) {
            violations.push(source.at(line, "write #[expect(lint, reason = \"..\")], not allow"));
        }
        if first_word(attribute.stream()).as_deref() == Some("ignore") {
            violations.push(source.at(line, "a test is mended or removed, not ignored"));
        }
    }
    violations
}

fn misordered(source: &Source) -> Vec<String> {
    let derives = attributes(source.tokens())
        .into_iter()
        .filter(|one| first_word(one.stream()).as_deref() == Some("derive"));
    let wrong = derives.filter(|derive| {
        let text = derive.stream().to_string();
        let names = text.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|name| !name.is_empty());
        // `derive` itself is the first; a path is of another crate.
        let places: Vec<usize> = names
            .skip(1)
            .map(|name| DERIVED.iter().position(|known| *known == name).unwrap_or(DERIVED.len()))
            .collect();
        !places.is_sorted()
    });
    wrong
        .map(|derive| source.at(line_of(derive.span()), &format!("derives stand in this order: {DERIVED:?}")))
        .collect()
}

fn machine_paths(source: &Source, own_path: Option<&str>) -> Vec<String> {
    let numbered = source.text.lines().zip(1..);
    let names_machine =
        |line: &str| FOREIGN_HOMES.iter().copied().chain(own_path).any(|path| line.contains(path));
    numbered
        .filter(|(line, _)| names_machine(line))
        .map(|(line, number)| source.at(number, &format!("names a machine's folder: {}", line.trim())))
        .collect()
}
