//! Texts that somebody typed and that are kept as they are: trimmed, not longer than their field takes, without a NIK. Belongs
//! here: the one judgement of them all. Does not belong here: how long each may be (`domain::limits`), texts that mean something
//! (`domain::intake`).
use crate::{
    app::error::FieldIssue,
    domain::{
        codes::FieldCode,
        limits::{self, Limit},
        plain,
    },
};

/// A text that is needed. `limit` is its name in the table, `field` what the caller calls it.
///
/// # Errors
/// The field, and what is wrong with it.
pub(crate) fn needed(table: &[Limit], limit: &str, field: &str, given: &str) -> Result<String, FieldIssue> {
    let given = given.trim();
    if given.is_empty() {
        return Err(FieldIssue::new(field, FieldCode::Required, ""));
    }
    if let Some(most) = limits::exceeded(table, limit, given) {
        return Err(FieldIssue::too_long(field, most));
    }
    if plain::holds_nik(given) {
        return Err(FieldIssue::new(field, FieldCode::NikInText, ""));
    }
    Ok(given.to_owned())
}

/// A text that may be left out; blank is left out.
///
/// # Errors
/// As `needed`, but for its absence.
pub(crate) fn optional(
    table: &[Limit],
    field: &str,
    given: Option<&str>,
) -> Result<Option<String>, FieldIssue> {
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    given.map(|given| needed(table, field, field, given)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_trimmed_and_judged() {
        let judged = |given: &str| needed(limits::PERSON, "name", "name", given);
        assert_eq!(judged("  Siti "), Ok("Siti".to_owned()));
        assert_eq!(judged(" ").unwrap_err().code, FieldCode::Required);
        assert_eq!(judged("9911045501900001").unwrap_err().code, FieldCode::NikInText);
        let long = judged(&"x".repeat(201)).unwrap_err();
        assert_eq!((long.code, long.limit), (FieldCode::TooLong, Some(200)));
        assert_eq!(optional(limits::PERSON, "major", Some("  ")), Ok(None));
        assert_eq!(optional(limits::PERSON, "major", Some(" IPA")), Ok(Some("IPA".to_owned())));
    }
}
