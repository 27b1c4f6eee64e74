//! Rows of a file of separated values. The separator and the row of headings are found by what the headings mean, because
//! offices put titles above them, commas into them, and whatever separator their country's spreadsheet uses.
use std::cmp::Reverse;

use crate::{
    domain::intake::{Row, cell::Cell, fault::RowFault, headings::Headings},
    files::{
        lines::{Line, Lines},
        rows::{LONGEST_LINE, Told},
    },
};

/// Separators, the likeliest first.
const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// How far down the headings are looked for.
const HEAD: usize = 25;

/// Calls `take` with every row and the line it begins on.
pub(super) fn each<R: Row, E: From<RowFault>>(
    mut lines: Lines,
    headings: &mut Headings<R>,
    told: &mut Told,
    take: &mut impl FnMut(u64, Result<R, RowFault>, &Headings<R>) -> Result<(), E>,
) -> Result<(), E> {
    let named = lines.peek(1)?.first().and_then(|(_, line)| separator_line(line));
    if named.is_some() {
        lines.next().transpose()?;
    }
    let head = lines.peek(HEAD)?;
    let (separator, at) = heading_row(&head, named, headings)?;
    let mut records = Records { lines, separator };
    let mut names = Vec::new();
    for record in records.by_ref().take(at + 1) {
        let (line, cells) = record?;
        names = cells;
        told.above.push(line);
    }
    told.headings = told.above.pop();
    while names.last().is_some_and(|name| name.trim().is_empty()) {
        names.pop();
    }
    let mut shape = Shape { filled: vec![false; names.len()], full_rows: 0 };
    for record in records {
        let (line, cells) = record?;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let row = match shape.check(&cells) {
            true => Ok(headings.fill(&names, padded(&cells, names.len()))),
            false => Err(RowFault::RowLength { line, cells: width(&cells), headings: names.len() }),
        };
        take(line, row, headings)?;
    }
    let columns = names.iter().zip(&shape.filled).zip(1..);
    told.untitled =
        columns.filter(|((name, filled), _)| name.trim().is_empty() && **filled).map(|(_, at)| at).collect();
    Ok(())
}

fn padded(cells: &[String], width: usize) -> impl Iterator<Item = Cell> {
    cells.iter().map(|cell| Cell::text(cell)).chain(std::iter::repeat(Cell::Empty)).take(width)
}

/// Cells up to the last that holds something.
fn width(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

/// What the rows so far looked like.
struct Shape {
    filled: Vec<bool>,
    full_rows: u64,
}

impl Shape {
    /// Whether a row has the length of its headings. Cells beyond them must be empty. A row may end early only before
    /// columns that no row filled so far: spreadsheets leave out separators there, from the 17th row on.
    fn check(&mut self, cells: &[String]) -> bool {
        let headings = self.filled.len();
        if width(cells) > headings {
            return false;
        }
        if cells.len() < headings {
            return self.full_rows > 0 && !self.filled.iter().skip(cells.len()).any(|filled| *filled);
        }
        self.full_rows += 1;
        for (filled, cell) in self.filled.iter_mut().zip(cells) {
            *filled |= !cell.trim().is_empty();
        }
        true
    }
}

/// The separator that a first line `sep=;` names.
fn separator_line(line: &str) -> Option<char> {
    let rest = line.trim_matches('"').strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let mut rest = rest.chars();
    rest.next().filter(|_| rest.next().is_none())
}

/// Headings that mean something, nearness to the top, cells: more is better.
type Rank = (usize, Reverse<usize>, usize);

/// The separator, and which record holds the headings: the one with the most headings that mean something.
fn heading_row<R: Row>(
    head: &[Line],
    named: Option<char>,
    headings: &Headings<R>,
) -> Result<(char, usize), RowFault> {
    let mut best: Option<(Rank, char, usize)> = None;
    for separator in SEPARATORS.into_iter().filter(|one| named.is_none_or(|named| named == *one)).chain(named)
    {
        let records = Records { lines: head.iter().cloned().map(Ok), separator };
        for (at, (_, cells)) in records.map_while(Result::ok).enumerate() {
            let rank = (headings.known(cells.iter().map(String::as_str)), Reverse(at), cells.len());
            if rank.0 > 0 && best.is_none_or(|(before, ..)| rank > before) {
                best = Some((rank, separator, at));
            }
        }
    }
    let Some((_, separator, at)) = best else {
        let filled = head.iter().find(|(_, text)| !text.trim().is_empty());
        let (line, text) = filled.cloned().unwrap_or((1, String::new()));
        return Err(RowFault::NoHeading { line, headings: text.chars().take(200).collect() });
    };
    Ok((separator, at))
}

/// Records out of lines. A quoted cell may go on over several lines.
struct Records<L> {
    lines: L,
    separator: char,
}

impl<L: Iterator<Item = Result<Line, RowFault>>> Records<L> {
    fn read(&mut self) -> Result<Option<(u64, Vec<String>)>, RowFault> {
        let Some((line, mut text)) = self.lines.next().transpose()? else {
            return Ok(None);
        };
        let (mut cells, mut cell, mut quoted, mut size) = (Vec::new(), String::new(), false, text.len());
        loop {
            quoted = split(&text, self.separator, quoted, &mut cells, &mut cell);
            if !quoted {
                cells.push(cell);
                return Ok(Some((line, cells)));
            }
            cell.push('\n');
            let Some((_, next)) = self.lines.next().transpose()? else {
                return Err(RowFault::OpenQuote { line });
            };
            size += next.len();
            if u64::try_from(size).is_ok_and(|size| size > LONGEST_LINE) {
                return Err(RowFault::OpenQuote { line });
            }
            text = next;
        }
    }
}

impl<L: Iterator<Item = Result<Line, RowFault>>> Iterator for Records<L> {
    type Item = Result<(u64, Vec<String>), RowFault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Splits one line into cells; `cell` is the one that is not finished. Says whether a quote is still open.
fn split(text: &str, separator: char, mut quoted: bool, cells: &mut Vec<String>, cell: &mut String) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            c if c == separator && !quoted => cells.push(std::mem::take(cell)),
            c => cell.push(c),
        }
    }
    quoted
}
