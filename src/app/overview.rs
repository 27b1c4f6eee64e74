//! The lists of the command line, newest first. The terminal stands in the place of an officer (`Acting::terminal`): it
//! sees what the office sees, of a NIK the end.
use chrono::NaiveDate;

use crate::{
    app::{App, AppError},
    domain::disclosure::Audience,
    store::{
        Tx,
        overview::{self, ApplicationFilter, ApplicationLine, PeopleFilter, PersonLine},
    },
};

/// Rows read at once where the end of a NIK has to be compared, which only the keys can read.
const AT_ONCE: i64 = 1_000;

/// Digits of a NIK by which namesakes are told apart.
const END_OF_NIK: usize = 4;

/// A person with the end of the NIK.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// The row.
    pub line: PersonLine,
    /// Last digits; none when the keys do not open it.
    pub nik_tail: Option<String>,
}

/// At most `limit` people, newest first; with `nik_end` only those whose NIK ends so.
pub async fn people(
    app: &App,
    tx: &mut Tx,
    filter: &PeopleFilter,
    nik_end: Option<&str>,
    limit: usize,
) -> Result<Vec<FoundPerson>, AppError> {
    let wanted = i64::try_from(limit).unwrap_or(i64::MAX);
    let at_once = if nik_end.is_some() { AT_ONCE } else { wanted };
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let lines = overview::people(tx, filter, before, at_once).await?;
        let more = i64::try_from(lines.len()).is_ok_and(|read| read == at_once) && nik_end.is_some();
        before = lines.last().map(|line| (line.created_at, line.id));
        for line in lines {
            let nik = app.keys.open_nik(&line.nik_cipher, &line.nik_lookup).ok();
            if nik_end.is_some_and(|end| !nik.as_deref().is_some_and(|nik| nik.ends_with(end))) {
                continue;
            }
            let tail = |nik: String| nik.get(nik.len().saturating_sub(END_OF_NIK)..).map(str::to_owned);
            let nik_tail = nik.filter(|_| Audience::Office.sees_end_of_nik()).and_then(tail);
            found.push(FoundPerson { line, nik_tail });
            if found.len() == limit {
                return Ok(found);
            }
        }
        if !more {
            return Ok(found);
        }
    }
}

/// Applications whose answer was due before today, newest first. What an employer under suspension owes stands still.
pub async fn overdue(
    tx: &mut Tx,
    filter: &ApplicationFilter,
    today: NaiveDate,
    limit: usize,
) -> Result<Vec<ApplicationLine>, AppError> {
    let filter = ApplicationFilter { due_before: Some(today), ..filter.clone() };
    let mut found = overview::applications(tx, &filter, i64::MAX).await?;
    // Who is live owes an answer, or is owed one.
    found.retain(|line| line.state.is_live() && !line.state.stands_still(line.employer_state));
    found.truncate(limit);
    Ok(found)
}

/// The pattern by which words are looked for, in their order and in any case; none without words. What would be a wildcard
/// of the pattern stands for any one character.
pub fn pattern(words: &str) -> Option<String> {
    let plain = |c: char| if matches!(c, '%' | '_' | '\\') { '_' } else { c };
    let words: Vec<String> =
        words.split_whitespace().map(|word| word.to_lowercase().chars().map(plain).collect()).collect();
    (!words.is_empty()).then(|| format!("%{}%", words.join("%")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_pattern() {
        assert_eq!(pattern(" Siti  AMINAH ").as_deref(), Some("%siti%aminah%"));
        assert_eq!(pattern("100%_\\").as_deref(), Some("%100___%"));
        assert_eq!(pattern("  "), None);
    }
}
