//! How much of a list of work is shown, and as what. Belongs here: what the lists for officers to look up share. Does not
//! belong here: their rows (`undated`, `unknown`), lists of what there is (`table::listed`).

use serde::Serialize;

use crate::cli::{Fault, output, table::Table};

/// Arguments of a list of work.
#[derive(Debug, clap::Args)]
pub struct Worklist {
    /// Banyaknya baris yang ditampilkan
    #[arg(long, value_name = "JUMLAH", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    top: u32,
    /// Hasil sebagai JSON
    #[arg(long)]
    pub json: bool,
}

impl Worklist {
    /// How many rows to ask for: one more than is shown, which tells whether there are more.
    pub fn rows(&self) -> i64 {
        i64::from(self.top) + 1
    }

    /// Shows the rows: as JSON, or as a table with what to do about them, or what to say where there are none. `advice` hears
    /// the rows that are shown and whether there are more.
    pub fn show<Row: Serialize, const N: usize>(
        &self,
        mut rows: Vec<Row>,
        none: &str,
        columns: [&'static str; N],
        cells: impl Fn(&Row) -> [String; N],
        advice: impl FnOnce(&[Row], bool) -> Vec<String>,
    ) -> Result<(), Fault> {
        let more = self.cut(&mut rows);
        if self.json {
            return output::json(&rows);
        }
        if rows.is_empty() {
            return output::line(none);
        }
        let mut table = Table::new(columns);
        for row in &rows {
            table.row(cells(row));
        }
        table.write()?;
        advice(&rows, more).iter().try_for_each(|line| output::line(line))
    }

    /// Leaves the rows that are shown; whether there were more.
    pub fn cut<Row>(&self, rows: &mut Vec<Row>) -> bool {
        let most = usize::try_from(self.top).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        more
    }
}
