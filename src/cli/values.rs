//! What is wrong with the value of an argument, in the words of this command line: the parsers of values say it as a
//! `Refusal`; what others say in English is told by its kind.
use std::{error::Error, fmt, net::AddrParseError, num::ParseIntError};

use crate::words::cli::usage;

/// A value that is refused, with why.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refusal {}

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
