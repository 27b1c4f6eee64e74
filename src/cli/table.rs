//! Tables on the terminal: one line a row, whatever it holds. What does not fit is cut with an ellipsis: the widest columns
//! first, and figures (numbers, dates, phones) last of all. Whole values are in `--json`.
use std::{io::IsTerminal, process::ExitCode};

use crate::{
    cli::{Fault, Outcome, output},
    words::cli::lists,
};

/// Where nobody tells how wide it is.
const USUAL_WIDTH: usize = 80;
/// Narrower than this no column is made.
const NARROWEST: usize = 8;
/// Between two columns.
const GAP: &str = "  ";

/// How a list is told.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    /// Most rows shown.
    pub limit: usize,
    /// As JSON.
    pub json: bool,
    /// What is said when there is nothing.
    pub nothing: &'a str,
}

/// Writes what was found, at most as many rows as asked for, and whether there is more.
pub fn listed<Row>(
    found: &[Row],
    listing: &Listing<'_>,
    table: impl Fn(&[Row]) -> Table,
    as_json: impl Fn(&Row) -> serde_json::Value,
) -> Outcome {
    let shown = found.get(..listing.limit).unwrap_or(found);
    if listing.json {
        output::json(&shown.iter().map(as_json).collect::<Vec<_>>())?;
    } else if shown.is_empty() {
        output::line(listing.nothing)?;
    } else {
        table(shown).write()?;
    }
    if found.len() > shown.len() {
        output::note(&lists::more(shown.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Headings and rows.
#[derive(Clone, Debug)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new<const N: usize>(header: [&str; N]) -> Self {
        Self { header: header.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    /// Adds a row of as many cells as there are headings.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| cell.replace(char::is_control, " ")).to_vec());
    }

    /// Writes it as wide as the terminal is.
    pub fn write(&self) -> Result<(), Fault> {
        self.lines(width()).iter().try_for_each(|line| output::line(line))
    }

    /// Heading, a rule and the rows, none longer than `width` characters where columns can be made narrow enough.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let widths = self.widths(width);
        let is_number: Vec<bool> = (0..widths.len()).map(|column| self.is_number(column)).collect();
        let line = |cells: &[String]| {
            let cells = cells.iter().zip(&widths).zip(&is_number);
            let cells = cells.map(|((cell, width), is_number)| placed(cell, *width, *is_number));
            cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
        };
        let whole = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
        let mut lines = vec![line(&self.header), "─".repeat(whole)];
        lines.extend(self.rows.iter().map(|row| line(row)));
        lines
    }

    /// What each column needs; where that is too much together the widest give way.
    fn widths(&self, width: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.header.iter().map(|heading| length(heading)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(length(cell));
            }
        }
        let room = width.saturating_sub(GAP.len() * widths.len().saturating_sub(1));
        let is_figure: Vec<bool> = (0..widths.len()).map(|column| self.is_figure(column)).collect();
        while widths.iter().sum::<usize>() > room {
            let wide = widths.iter_mut().zip(&is_figure).filter(|(width, _)| **width > NARROWEST);
            match wide.max_by_key(|(width, is_figure)| (!**is_figure, **width)) {
                Some((widest, _)) => *widest -= 1,
                None => break,
            }
        }
        widths
    }

    fn is_number(&self, column: usize) -> bool {
        self.holds_only(column, |c| c.is_ascii_digit())
    }

    fn is_figure(&self, column: usize) -> bool {
        self.holds_only(column, |c| c.is_ascii_digit() || "+-:./ ".contains(c))
    }

    fn holds_only(&self, column: usize, fits: impl Fn(char) -> bool) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.clone().any(|cell| !cell.is_empty()) && cells.all(|cell| cell.chars().all(&fits))
    }
}

fn placed(cell: &str, width: usize, to_the_right: bool) -> String {
    let cut = if length(cell) > width {
        let kept: String = cell.chars().take(width.saturating_sub(1)).collect();
        format!("{}…", kept.trim_end())
    } else {
        cell.to_owned()
    };
    if to_the_right { format!("{cut:>width$}") } else { format!("{cut:<width$}") }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Columns of the terminal; `COLUMNS` goes before, and where output goes elsewhere it is the usual width.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.filter(|columns| *columns >= 20).or_else(of_terminal).unwrap_or(USUAL_WIDTH)
}

fn of_terminal() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns >= 20)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_widest_columns_give_way() {
        let mut table = Table::new(["id", "nama", "kursi"]);
        table.row(["2b6a5e4f".to_owned(), "Siti Aminah binti Contoh".to_owned(), "7".to_owned()]);
        table.row(["0f4f3c21".to_owned(), "Budi".to_owned(), "12".to_owned()]);
        let lines = table.lines(30);
        assert_eq!(lines[2], "2b6a5e4f  Siti Aminah…       7");
        assert_eq!(lines[3], "0f4f3c21  Budi              12");
        assert_eq!(table.lines(80)[2], "2b6a5e4f  Siti Aminah binti Contoh      7");
    }

    #[test]
    fn figures_are_cut_last() {
        let mut table = Table::new(["mulai", "keadaan"]);
        table.row(["2026-11-27 08:15".to_owned(), "sedang berjalan".to_owned()]);
        assert_eq!(table.lines(28)[2], "2026-11-27 08:15  sedang be…");
        assert_eq!(table.lines(24)[2], "2026-11-27 08…  sedang…");
    }

    proptest! {
        #[test]
        fn a_row_is_one_line_of_that_width(cells in prop::collection::vec("\\PC{0,60}", 20), width in 40_usize..120) {
            let mut table = Table::new(["satu", "dua", "tiga", "empat"]);
            for row in cells.chunks(4) {
                table.row([0, 1, 2, 3].map(|at| row[at].clone()));
            }
            let lines = table.lines(width);
            prop_assert_eq!(lines.len(), 7);
            prop_assert!(lines.iter().all(|line| length(line) <= width && !line.contains('\n')));
        }
    }
}
