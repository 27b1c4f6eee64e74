//! Whether the audit is still what was sealed: the chain is recomputed from the rows, in one moment of the database.
//!
//! What no chain can show by itself: the newest seals removed together with their rows, and a chain that somebody who
//! may write to the database computed anew from some minute on. Against both helps a seal noted elsewhere: `known`.
use super::{digests, earliest, end_of, minute_of, seal};
use crate::{
    app::{App, AppError, system::hex},
    domain::{
        audit::{Finding, Kind, Newest, Verdict},
        ids::RecordId,
    },
    store::{
        Tx,
        audit::{self, Row, Seal},
    },
};

/// Seals read at once.
const PAGE: i64 = 500;
/// Findings kept; the rest is only counted.
const FINDINGS: usize = 100;
/// Ids named in a finding.
const IDS: usize = 20;
/// Up to this many rows of a minute it is tried which one is too many.
const TRIED: usize = 2_000;

/// Recomputes the chain. `known` is a seal noted earlier, in hexadecimal.
pub async fn verify(app: &App, known: Option<&str>) -> Result<Verdict, AppError> {
    let mut tx = app.db.read().await?;
    let mut judge = Judge { known: known.map(str::to_lowercase), ..Judge::default() };
    judge.verdict.known = known.map(|_| false);
    let mut after = earliest();
    loop {
        let page = audit::seals(&mut tx, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.minute;
        for stored in &page {
            judge.look_at(&mut tx, stored).await?;
        }
    }
    let verdict = judge.close(&mut tx).await?;
    tx.rollback().await?;
    Ok(verdict)
}

#[derive(Default)]
struct Judge {
    known: Option<String>,
    last: Option<Seal>,
    /// Rows up to the end of the last seal's minute.
    seen: i64,
    verdict: Verdict,
}

impl Judge {
    /// Judges the rows after the last seal's minute, up to the end of this one's.
    async fn look_at(&mut self, tx: &mut Tx, stored: &Seal) -> Result<(), AppError> {
        let from = self.last.as_ref().map_or_else(earliest, |last| end_of(last.minute));
        let mut rows = audit::rows(tx, from, end_of(stored.minute)).await?;
        self.seen += count(&rows);
        let sealed = rows.split_off(rows.partition_point(|row| row.at < stored.minute));
        for strays in rows.chunk_by(|a, b| minute_of(a.at) == minute_of(b.at)) {
            let finding = Finding {
                minute: minute_of(strays[0].at),
                rows: count(strays),
                ids: ids(strays),
                kind: Kind::Unsealed,
            };
            self.find(finding);
        }
        let follows = self.last.as_ref().map_or(&seal::ORIGIN[..], |last| &last.seal);
        let linked = stored.previous == follows;
        if !linked {
            self.find(Finding { minute: stored.minute, kind: Kind::Unlinked, rows: 0, ids: Vec::new() });
        }
        match compare(stored, &sealed) {
            Some(finding) => self.find(finding),
            None if linked => {
                self.verdict.minutes += 1;
                self.verdict.rows += u64::try_from(sealed.len()).unwrap_or(0);
            }
            None => {}
        }
        if self.known.as_ref().is_some_and(|known| *known == hex(&stored.seal)) {
            self.verdict.known = Some(true);
        }
        self.last = Some(stored.clone());
        Ok(())
    }

    async fn close(mut self, tx: &mut Tx) -> Result<Verdict, AppError> {
        self.verdict.waiting = audit::count(tx).await? - self.seen;
        let end = self.last.as_ref().map_or_else(earliest, |last| end_of(last.minute));
        self.verdict.waiting_since = audit::first_from(tx, end).await?;
        self.verdict.newest = self.last.map(|last| Newest { minute: last.minute, seal: hex(&last.seal) });
        Ok(self.verdict)
    }

    fn find(&mut self, finding: Finding) {
        self.verdict.found += 1;
        if self.verdict.findings.len() < FINDINGS {
            self.verdict.findings.push(finding);
        }
    }
}

/// What is wrong with the rows of a sealed minute.
fn compare(stored: &Seal, rows: &[Row]) -> Option<Finding> {
    let digests = digests(rows);
    if seal::of(stored, &digests) == stored.seal && stored.row_count == count(rows) {
        return None;
    }
    let surplus = count(rows) - stored.row_count;
    let kind = match surplus {
        0 => Kind::Changed,
        1.. => Kind::Added,
        _ => Kind::Lost,
    };
    let ids = if surplus == 1 { odd_one_out(stored, rows, digests) } else { Vec::new() };
    Some(Finding { minute: stored.minute, kind, rows: surplus.abs(), ids })
}

/// The one row without which the others are those that were sealed.
fn odd_one_out(stored: &Seal, rows: &[Row], mut digests: Vec<Vec<u8>>) -> Vec<RecordId> {
    if rows.len() > TRIED {
        return Vec::new();
    }
    for (place, row) in rows.iter().enumerate() {
        let left_out = digests.remove(place);
        if seal::of(stored, &digests) == stored.seal {
            return vec![row.id];
        }
        digests.insert(place, left_out);
    }
    Vec::new()
}

fn count(rows: &[Row]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

fn ids(rows: &[Row]) -> Vec<RecordId> {
    rows.iter().take(IDS).map(|row| row.id).collect()
}
