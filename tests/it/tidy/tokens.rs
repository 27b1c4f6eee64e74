//! Paths and attributes as written in a file of Rust, found in its tokens (macro arguments included), without
//! knowing any rule.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// A path as written somewhere in a file, `use` groups taken apart, with the module in which it stands.
pub(crate) struct Mention {
    pub(crate) line: usize,
    module: Vec<String>,
    pub(crate) segments: Vec<String>,
    pub(crate) in_test: bool,
    /// Followed by `!` and its arguments.
    pub(crate) calls_macro: bool,
}

impl Mention {
    /// The path from the root of the crate; `None` for a path that does not say where it starts.
    pub(crate) fn inside_crate(&self) -> Option<Vec<String>> {
        let (first, mut rest) = self.segments.split_first()?;
        let mut path = match first.as_str() {
            "crate" | "padankerja" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().saturating_sub(1)].to_vec(),
            _ => return None,
        };
        while let Some((next, after)) = rest.split_first()
            && next == "super"
        {
            path.pop();
            rest = after;
        }
        path.extend(rest.iter().cloned());
        Some(path)
    }
}

/// Walks the tokens of a file, macro arguments included, and keeps every path it sees.
pub(crate) struct Reading {
    module: Vec<String>,
    in_test: bool,
    pub(crate) found: Vec<Mention>,
    /// Modules declared as `#[cfg(test)] mod name;`.
    pub(crate) tests: Vec<Vec<String>>,
    /// Names of the macros defined here; an exported one is called from the root: `crate::name!`.
    pub(crate) macros: Vec<String>,
}

impl Reading {
    pub(crate) fn of(module: Vec<String>, tokens: TokenStream) -> Reading {
        let mut reading =
            Reading { module, in_test: false, found: Vec::new(), tests: Vec::new(), macros: Vec::new() };
        reading.walk(tokens);
        reading
    }

    fn walk(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let outer_test = self.in_test;
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            match tree {
                TokenTree::Ident(word) if word == "mod" => {
                    at = self.module_item(&trees, at, outer_test);
                }
                TokenTree::Ident(word) if word == "macro_rules" => {
                    if let Some(TokenTree::Ident(name)) = trees.get(at + 2) {
                        self.macros.push(name.to_string());
                    }
                    at += 3;
                }
                TokenTree::Ident(_) => at = self.path(&trees, at),
                TokenTree::Group(group) => {
                    self.in_test |= is_attribute(&trees, at) && is_test_condition(group.stream());
                    self.walk(group.stream());
                    self.in_test &= outer_test || group.delimiter() != Delimiter::Brace;
                    at += 1;
                }
                TokenTree::Punct(mark) => {
                    self.in_test &= outer_test || mark.as_char() != ';';
                    at += 1;
                }
                TokenTree::Literal(literal) => {
                    self.path_in_string(&literal.to_string(), literal.span());
                    at += 1;
                }
            }
        }
        self.in_test = outer_test;
    }

    /// `mod name { .. }` is walked one module deeper; `mod name;` is noted when only tests have it.
    fn module_item(&mut self, trees: &[TokenTree], at: usize, outer_test: bool) -> usize {
        let Some(TokenTree::Ident(name)) = trees.get(at + 1) else { return at + 1 };
        self.module.push(name.to_string());
        let next = match trees.get(at + 2) {
            Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => {
                self.walk(body.stream());
                self.in_test = outer_test;
                at + 3
            }
            _ => {
                if self.in_test {
                    self.tests.push(self.module.clone());
                }
                at + 2
            }
        };
        self.module.pop();
        next
    }

    fn path(&mut self, trees: &[TokenTree], at: usize) -> usize {
        let line = line_of(trees[at].span());
        let mut paths = Vec::new();
        let next = take_path(trees, at, &[], &mut paths);
        let calls_macro =
            is_mark(trees.get(next), '!') && matches!(trees.get(next + 1), Some(TokenTree::Group(_)));
        for segments in paths {
            let (module, in_test) = (self.module.clone(), self.in_test);
            self.found.push(Mention { line, module, segments, in_test, calls_macro });
        }
        next
    }

    /// Attributes name functions in strings: `#[serde(with = "crate::domain::money")]`.
    fn path_in_string(&mut self, literal: &str, span: Span) {
        let content = literal.trim_matches('"');
        if !["crate::", "super::", "self::"].iter().any(|start| content.starts_with(start)) {
            return;
        }
        let Ok(tokens) = content.parse::<TokenStream>() else { return };
        let known = self.found.len();
        self.walk(tokens);
        for mention in &mut self.found[known..] {
            mention.line = line_of(span);
        }
    }
}

/// Takes the path that starts at `at`, a `use` group taken apart, and says where it ends.
fn take_path(trees: &[TokenTree], at: usize, prefix: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut segments = prefix.to_vec();
    let mut at = at;
    loop {
        match trees.get(at) {
            Some(TokenTree::Ident(word)) if word == "self" && !segments.is_empty() => {}
            Some(TokenTree::Ident(word)) => segments.push(word.to_string()),
            Some(TokenTree::Punct(mark)) if mark.as_char() == '*' => segments.push("*".to_owned()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                take_group(group, &segments, paths);
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        let joined = is_mark(trees.get(at), ':') && is_mark(trees.get(at + 1), ':');
        if !joined {
            break;
        }
        at += 2;
    }
    paths.push(segments);
    at
}

fn take_group(group: &Group, prefix: &[String], paths: &mut Vec<Vec<String>>) {
    let trees: Vec<TokenTree> = group.stream().into_iter().collect();
    for item in trees.split(|tree| is_mark(Some(tree), ',')).filter(|item| !item.is_empty()) {
        take_path(item, 0, prefix, paths);
    }
}

pub(crate) fn attributes(tokens: TokenStream) -> Vec<Group> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        if is_attribute(&trees, at) {
            found.push(group.clone());
        } else {
            found.extend(attributes(group.stream()));
        }
    }
    found
}

fn is_attribute(trees: &[TokenTree], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|at| trees.get(at));
    let bracket = matches!(&trees[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
    bracket && (is_mark(before(1), '#') || (is_mark(before(1), '!') && is_mark(before(2), '#')))
}

/// `cfg(test)`, also within `all(..)` or `any(..)`; not `cfg(not(test))`.
fn is_test_condition(attribute: TokenStream) -> bool {
    let words = attribute.to_string();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not")
}

/// `allow(..)`, also inside `cfg_attr(.., allow(..))`.
pub(crate) fn allows_a_lint(attribute: TokenStream) -> bool {
    let trees: Vec<TokenTree> = attribute.into_iter().collect();
    let [TokenTree::Ident(word), TokenTree::Group(content)] = trees.as_slice() else { return false };
    let content: Vec<TokenTree> = content.stream().into_iter().collect();
    let allows =
        |pair: &[TokenTree]| matches!(pair, [TokenTree::Ident(word), TokenTree::Group(_)] if word == "allow");
    word == "allow" || (word == "cfg_attr" && content.windows(2).any(allows))
}

pub(crate) fn first_word(tokens: TokenStream) -> Option<String> {
    match tokens.into_iter().next() {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

fn is_mark(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

pub(crate) fn line_of(span: Span) -> usize {
    span.start().line
}

/// Every text literal with its line, neither in tests nor in attributes.
pub(crate) fn literals(tokens: TokenStream) -> Vec<(usize, String)> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut in_test = false;
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) if is_attribute(&trees, at) => {
                in_test |= is_test_condition(group.stream());
            }
            TokenTree::Group(group) => {
                if !in_test {
                    found.extend(literals(group.stream()));
                }
                in_test &= group.delimiter() != Delimiter::Brace;
            }
            TokenTree::Punct(mark) => in_test &= mark.as_char() != ';',
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if text.contains('"') && !in_test {
                    found.push((line_of(literal.span()), text));
                }
            }
            TokenTree::Ident(_) => {}
        }
    }
    found
}
