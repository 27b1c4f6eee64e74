//! Reading and judging a file away from the async workers: what each row became, what the file calls its columns, and
//! which rows say the same thing twice.
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    path::Path,
};

use crate::{
    app::{AppError, exchange::report::Report},
    domain::{
        codes::FieldCode,
        intake::{
            Row,
            fault::RowFault,
            headings::{Headings, UnknownField},
            problem::Judged,
        },
    },
    files::rows::{self, Format},
    words::id::files,
};

/// A file of which every row was judged.
pub(crate) struct JudgedFile<D> {
    pub(crate) report: Report,
    /// Line and draft of the rows that can be taken in.
    pub(crate) drafts: Vec<(u64, D)>,
    /// How the file calls the columns it has.
    pub(crate) names: BTreeMap<&'static str, String>,
}

impl<D: PartialEq> JudgedFile<D> {
    /// How the file calls a column.
    pub(crate) fn called(&self, column: &str) -> String {
        called(&self.names, column)
    }

    /// Keeps out rows that are one and the same by this key, naming their lines. Of rows that agree in everything the
    /// first is good; of rows that do not agree nobody can tell which is right, and none is.
    pub(crate) fn refuse_twice<K: Eq + Hash>(&mut self, column: &str, key: impl Fn(&D) -> K) {
        let mut groups: HashMap<K, Vec<usize>> = HashMap::new();
        for (at, (_, draft)) in self.drafts.iter().enumerate() {
            groups.entry(key(draft)).or_default().push(at);
        }
        let column = self.called(column);
        let mut out = vec![false; self.drafts.len()];
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let rows: Vec<&(u64, D)> = group.iter().filter_map(|at| self.drafts.get(*at)).collect();
            let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
            let agree = rows.windows(2).all(|pair| matches!(pair, [one, other] if one.1 == other.1));
            for at in group.iter().skip(usize::from(agree)) {
                if let (Some(slot), Some((line, _))) = (out.get_mut(*at), self.drafts.get(*at)) {
                    *slot = true;
                    let message = files::twice(&column, &lines);
                    self.report.refuse(*line, Some(&column), FieldCode::TwiceInFile, message);
                }
            }
        }
        let mut out = out.into_iter();
        self.drafts.retain(|_| !out.next().unwrap_or_default());
    }
}

/// How a file calls a column; the column where it has none.
pub(crate) fn called(names: &BTreeMap<&'static str, String>, column: &str) -> String {
    names.get(column).cloned().unwrap_or_else(|| column.to_owned())
}

/// Reads and judges a file; `map` holds what somebody decided about its headings.
pub(crate) async fn judge_file<R, D>(
    path: &Path,
    format: Format,
    map: &[(String, String)],
    judge: impl Fn(&R, &Headings<R>) -> Judged<D> + Send + 'static,
) -> Result<JudgedFile<D>, AppError>
where
    R: Row + 'static,
    D: Send + 'static,
{
    let (path, map) = (path.to_owned(), map.to_vec());
    let work = move || judge_rows(&path, format, &map, judge);
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

fn judge_rows<R: Row, D>(
    path: &Path,
    format: Format,
    map: &[(String, String)],
    judge: impl Fn(&R, &Headings<R>) -> Judged<D>,
) -> Result<JudgedFile<D>, AppError> {
    let mut headings = Headings::<R>::new(map)
        .map_err(|UnknownField { field, fields }| RowFault::UnknownField { field, fields })?;
    let (mut report, mut drafts) = (Report::default(), Vec::new());
    let told = rows::each(path, format, &mut headings, |line, row, headings| {
        report.rows += 1;
        match row {
            Err(fault) => report.unreadable(line, &fault),
            Ok(row) => {
                let judged = judge(&row, headings);
                report.note(line, &judged.problems, |column| headings.own(column).to_owned());
                match judged.draft {
                    Some(draft) => drafts.push((line, draft)),
                    None if judged.problems.iter().any(|problem| problem.is_error()) => report.refused += 1,
                    None => report.left_out += 1,
                }
            }
        }
        Ok::<(), RowFault>(())
    })?;
    let at = told.headings.unwrap_or(1);
    if told.windows {
        report.tell(1, "read_as_windows_1252", files::READ_AS_WINDOWS.to_owned());
    }
    if let Some(first) = told.above.first() {
        report.tell(*first, "lines_above_headings", files::above(&told.above));
    }
    if !headings.wishes().is_empty() {
        report.tell(at, "wished_training", files::wished(headings.wishes()));
    }
    let named = headings.unused().iter().filter(|one| !headings.wishes().contains(one)).cloned();
    let unused: Vec<String> =
        named.chain(told.untitled.iter().map(|at| files::untitled_column(*at))).collect();
    if !unused.is_empty() {
        report.tell(at, "unused_headings", files::unused(&unused));
    }
    report.unused = headings.unused().to_vec();
    Ok(JudgedFile { report, drafts, names: headings.names().clone() })
}
