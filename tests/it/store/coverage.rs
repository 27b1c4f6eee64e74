//! Every `pub async fn` and every `pub fn` of src/store that takes a `Tx` is called by name in this folder.
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{FnArg, ImplItem, Item, Signature, Visibility};

/// A function (`module::name`) or method (`Type::name`) of the store.
type Name = (String, String);

#[test]
fn every_store_function_is_called_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let offered: BTreeSet<Name> = read(&root.join("src/store")).iter().flat_map(offers).collect();
    assert!(offered.len() > 100, "only {} functions found: the search is broken", offered.len());
    let called: BTreeSet<Name> = read(&root.join("tests/it/store")).into_iter().flat_map(calls_of).collect();
    let missing = uncalled(&offered, &called);
    assert!(missing.is_empty(), "{} store functions without a test:\n{}", missing.len(), missing.join("\n"));
}

/// What is tested here is tested on both databases.
#[test]
fn every_test_of_a_store_function_runs_on_both() {
    for (path, text) in read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/store")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name != "coverage.rs" {
            assert!(text.contains("both_databases!("), "{name} runs nothing on both databases");
            assert!(!text.contains("#[tokio::test"), "{name} has a test that is not for both databases");
        }
    }
}

#[test]
fn what_is_not_called_is_named() {
    let text = "pub async fn find(tx: &mut Tx) {} pub fn put(tx: &mut Tx) {} pub fn pure() {} async fn own() {} \
                impl Db { pub async fn open() {} pub fn kind(&self) {} async fn own() {} } \
                #[cfg(test)] mod tests { pub async fn helper() {} }";
    let offered: BTreeSet<Name> =
        offers(&("src/store/things.rs".into(), text.to_owned())).into_iter().collect();
    assert_eq!(uncalled(&offered, &BTreeSet::new()), ["Db::open", "things::find", "things::put"]);
    let called = |text: &str| calls_of(("x.rs".into(), text.to_owned())).into_iter().collect::<BTreeSet<_>>();
    let nearly =
        called("use things::find; // things::put(tx)\n fn x() { other::find(tx); let put = things::put; }");
    assert_eq!(uncalled(&offered, &nearly).len(), 3);
    let all = called("fn x() { assert_eq!(things::find(tx).await, store::things::put(tx)); Db::open(url) }");
    assert_eq!(uncalled(&offered, &all), [""; 0]);
    let method = called("fn x() { db.open() }");
    assert_eq!(uncalled(&offered, &method), ["things::find", "things::put"]);
}

fn read(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(read(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

/// What a file of the store offers, under the name of its module (`x.rs` or `x/mod.rs`) or of the type.
fn offers((path, text): &(PathBuf, String)) -> Vec<Name> {
    let stem = if path.ends_with("mod.rs") { path.parent().unwrap() } else { path };
    let module = stem.file_stem().unwrap().to_str().unwrap();
    let mut found = Vec::new();
    for item in syn::parse_file(text).unwrap().items {
        match item {
            Item::Fn(function) if counts(&function.vis, &function.sig) => {
                found.push((module.to_owned(), function.sig.ident.to_string()));
            }
            Item::Impl(block) => {
                let syn::Type::Path(kind) = *block.self_ty else { continue };
                let kind = kind.path.segments.last().unwrap().ident.to_string();
                found.extend(block.items.into_iter().filter_map(|item| match item {
                    ImplItem::Fn(method) if counts(&method.vis, &method.sig) => {
                        Some((kind.clone(), method.sig.ident.to_string()))
                    }
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    found
}

fn counts(visibility: &Visibility, signature: &Signature) -> bool {
    let takes_tx = signature.inputs.iter().any(|argument| match argument {
        FnArg::Typed(typed) => names_tx(&typed.ty),
        FnArg::Receiver(_) => false,
    });
    matches!(visibility, Visibility::Public(_)) && (signature.asyncness.is_some() || takes_tx)
}

fn names_tx(kind: &syn::Type) -> bool {
    match kind {
        syn::Type::Reference(reference) => names_tx(&reference.elem),
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == "Tx"),
        _ => false,
    }
}

/// What a file calls: `module::name(` and `Type::name(` by their last two words, `.name(` with no word before.
/// Tokens, not syntax: most calls stand in the arguments of a macro.
fn calls_of((_, text): (PathBuf, String)) -> Vec<Name> {
    let mut found = Vec::new();
    collect(text.parse().unwrap(), &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Name>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        if group.delimiter() == Delimiter::Parenthesis {
            match &trees[..place] {
                [.., TokenTree::Ident(before), a, b, TokenTree::Ident(name)] if is(a, ':') && is(b, ':') => {
                    found.push((before.to_string(), name.to_string()));
                }
                [.., dot, TokenTree::Ident(name)] if is(dot, '.') => {
                    found.push((String::new(), name.to_string()));
                }
                _ => {}
            }
        }
        collect(group.stream(), found);
    }
}

fn is(tree: &TokenTree, mark: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn uncalled(offered: &BTreeSet<Name>, called: &BTreeSet<Name>) -> Vec<String> {
    let is_called = |(home, name): &&Name| {
        let is_type = home.starts_with(char::is_uppercase);
        called.contains(&(home.clone(), name.clone()))
            || (is_type && called.contains(&(String::new(), name.clone())))
    };
    offered.iter().filter(|name| !is_called(name)).map(|(home, name)| format!("{home}::{name}")).collect()
}
