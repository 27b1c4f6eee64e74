//! Rows of a file of JSON objects: one a line, or, as other programs write them, one array or objects over several lines.
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use crate::{
    domain::intake::{
        Row,
        cell::{Cell, of_json},
        fault::{JsonFlaw, RowFault},
        headings::Headings,
    },
    files::{
        lines::{Line, Lines},
        rows::LONGEST_LINE,
    },
};

/// How far ahead the layout of a file is looked for.
const HEAD: usize = 50;

/// How the objects lie in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    OneALine,
    Array,
    Spread,
}

/// Calls `take` with every row and the line it begins on.
pub(super) fn each<R: Row, E: From<RowFault>>(
    mut lines: Lines,
    headings: &mut Headings<R>,
    take: &mut impl FnMut(u64, Result<R, RowFault>, &Headings<R>) -> Result<(), E>,
) -> Result<(), E> {
    let layout = layout(&lines.peek(HEAD)?);
    let mut one = |line: u64, text: &str| {
        let row = parse(line, text).map(|(names, cells)| headings.fill(&names, cells));
        take(line, row, headings)
    };
    if layout != Layout::OneALine {
        return spread(lines, layout == Layout::Array, &mut one);
    }
    for line in lines {
        let (line, text) = line?;
        let text = text.trim();
        if !text.is_empty() {
            one(line, text)?;
        }
    }
    Ok(())
}

/// The first object of the file as text, as far as it can be found: what a file is about shows in it.
pub(super) fn first(mut lines: Lines) -> Result<String, RowFault> {
    let head = lines.peek(HEAD)?;
    let is_array = layout(&head) == Layout::Array;
    if layout(&head) == Layout::OneALine {
        return Ok(head
            .into_iter()
            .map(|(_, text)| text)
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default());
    }
    let mut found = None;
    let mut one = |_: u64, text: &str| {
        found = Some(text.to_owned());
        Err(RowFault::Io(String::new()))
    };
    match (spread(lines, is_array, &mut one), found) {
        (_, Some(text)) => Ok(text),
        (Err(fault), None) => Err(fault),
        (Ok(()), None) => Ok(String::new()),
    }
}

/// One object a line is the rule. The first line tells otherwise when it opens a list, or an object that does not end on
/// it and that no other object follows.
fn layout(head: &[Line]) -> Layout {
    let mut filled = head.iter().map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
    let (first, second) = (filled.next().unwrap_or_default(), filled.next().unwrap_or_default());
    if first.starts_with('[') {
        return Layout::Array;
    }
    let unfinished = serde_json::from_str::<Value>(first).is_err_and(|error| error.is_eof());
    if first.starts_with('{') && unfinished && !second.starts_with('{') {
        Layout::Spread
    } else {
        Layout::OneALine
    }
}

/// The keys of an object in their order, with their cells.
type Object = (Vec<String>, Vec<Cell>);

fn parse(line: u64, text: &str) -> Result<Object, RowFault> {
    let pairs: Pairs = serde_json::from_str(text).map_err(|error| RowFault::NotJson {
        line,
        flaw: match error.classify() {
            serde_json::error::Category::Eof => JsonFlaw::Unfinished,
            serde_json::error::Category::Data => JsonFlaw::NoObject,
            _ => JsonFlaw::Sign(error.column()),
        },
    })?;
    Ok(pairs.0.iter().flat_map(|(name, value)| of_json(name, value)).unzip())
}

/// An object with its keys in their order, those that come twice too.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// Finds objects that lie over several lines, inside one list or one after the other.
fn spread<E: From<RowFault>>(
    lines: Lines,
    is_array: bool,
    one: &mut impl FnMut(u64, &str) -> Result<(), E>,
) -> Result<(), E> {
    let mut object = Open::default();
    let (mut list, mut last) = (0_u32, 1);
    for line in lines {
        let (line, text) = line?;
        last = line;
        for (at, c) in text.chars().enumerate() {
            if object.depth > 0 {
                if object.push(c) {
                    one(object.line, &object.text)?;
                }
                continue;
            }
            match c {
                '{' if !is_array || list == 1 => object = Open::begin(line),
                '[' if is_array && list == 0 => list = 1,
                ']' if list == 1 => list = 2,
                ',' => {}
                c if c.is_whitespace() => {}
                _ => return Err(RowFault::NotJson { line, flaw: JsonFlaw::Sign(at + 1) }.into()),
            }
        }
        if object.depth > 0 {
            object.text.push('\n');
            if u64::try_from(object.text.len()).is_ok_and(|size| size > LONGEST_LINE) {
                return Err(RowFault::LineTooLong { line: object.line }.into());
            }
        }
    }
    if object.depth > 0 || list == 1 {
        let line = if object.depth > 0 { object.line } else { last };
        return Err(RowFault::NotJson { line, flaw: JsonFlaw::Unfinished }.into());
    }
    Ok(())
}

/// An object that is being read.
#[derive(Default)]
struct Open {
    line: u64,
    text: String,
    depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Open {
    fn begin(line: u64) -> Self {
        Self { line, text: "{".to_owned(), depth: 1, ..Self::default() }
    }

    /// Adds a sign; true when it ends the object.
    fn push(&mut self, c: char) -> bool {
        self.text.push(c);
        if self.in_text {
            (self.in_text, self.escaped) = match c {
                _ if self.escaped => (true, false),
                '\\' => (true, true),
                '"' => (false, false),
                _ => (true, false),
            };
            return false;
        }
        match c {
            '"' => self.in_text = true,
            '{' | '[' => self.depth += 1,
            '}' | ']' => self.depth -= 1,
            _ => {}
        }
        self.depth == 0
    }
}
