//! What is wrong with the value of an argument, in the words of this command line: the parsers of values say it as a
//! `Refusal`; what others say in English is told by its kind.
use std::{error::Error, fmt, net::AddrParseError, num::ParseIntError};

use chrono::NaiveDate;

use crate::{domain::calendar, words::cli::usage};

/// A value that is refused, with why.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refusal {}

/// A closed word: its code, or how tables say it.
pub fn one_of<T: Copy>(
    text: &str,
    all: &[T],
    code: fn(T) -> &'static str,
    said: fn(T) -> &'static str,
) -> Result<T, Refusal> {
    let is_meant =
        |one: &&T| text.eq_ignore_ascii_case(code(**one)) || text.eq_ignore_ascii_case(said(**one));
    let possible = || all.iter().map(|one| usage::code_and_word(code(*one), said(*one))).collect::<Vec<_>>();
    all.iter().find(is_meant).copied().ok_or_else(|| Refusal(usage::choose(&possible())))
}

/// How many rows a list shows: 1 to 10,000.
pub fn limit(text: &str) -> Result<usize, Refusal> {
    let number: usize = text.parse().map_err(|_| Refusal(usage::NO_NUMBER.to_owned()))?;
    if (1..=10_000).contains(&number) { Ok(number) } else { Err(Refusal(usage::outside("1..=10000"))) }
}

/// A day as office sheets have it, or as programs write it.
pub fn date(text: &str) -> Result<NaiveDate, Refusal> {
    // A spreadsheet's day number is no date that anybody types.
    let typed = text.contains(|c: char| !c.is_ascii_digit());
    calendar::parse_date(text).filter(|_| typed).ok_or_else(|| Refusal(usage::NO_DATE.to_owned()))
}

/// Why a value is refused, when its parser says so.
pub fn why(source: &(dyn Error + 'static)) -> String {
    if let Some(Refusal(why)) = source.downcast_ref() {
        return why.clone();
    }
    if source.is::<ParseIntError>() {
        return usage::NO_NUMBER.to_owned();
    }
    if source.is::<uuid::Error>() {
        return usage::NO_ID.to_owned();
    }
    if source.is::<chrono::ParseError>() {
        return usage::NO_DATE.to_owned();
    }
    if source.is::<AddrParseError>() {
        return usage::NO_ADDRESS.to_owned();
    }
    // The parser of numbers within a range has no type of its own: "7 is not in 16..=500000".
    source
        .to_string()
        .split_once(" is not in ")
        .map_or_else(|| usage::NO_VALUE.to_owned(), |(_, range)| usage::outside(range))
}
