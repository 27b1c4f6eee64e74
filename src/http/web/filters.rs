//! Filters of templates. Askama looks for them in `filters`, by which name the whole crate is known (`lib.rs`), so that a template
//! finds them wherever its struct stands.
use std::any::Any;

use askama::Values;

use crate::words::Language;

/// Under what a template is told its language.
const LANGUAGE: &str = "language";

/// What a template is rendered with.
pub fn values(language: &Language) -> (&'static str, &dyn Any) {
    (LANGUAGE, language)
}

/// A sentence in the language that the page is told in: Bahasa Indonesia where nothing was said.
#[askama::filter_fn]
pub fn t<'a>(indonesian: &'a str, values: &dyn Values) -> askama::Result<&'a str> {
    let language = askama::get_value::<Language>(values, LANGUAGE).copied().unwrap_or_default();
    Ok(language.sentence(indonesian))
}
