//! What `/cek` says: where an application stands, told to whoever has the code. Nobody is addressed as the applicant, no employer
//! is named and no reason is given.
use chrono::NaiveDate;

use crate::{domain::application::State, words::en::dates};

/// Nothing was typed into the field of the code.
pub const CODE_MISSING: &str = "Enter the code that is written on your paper.";

/// A number that is neither a complaint's nor a letter's.
pub const NO_NUMBER: &str = "This is not the number of a complaint (such as ADU-2026-0041) or of a letter (such as 00041/2026). Leave it empty if you \
     have a status code.";

/// A status code that opens nothing, whatever the cause.
pub const UNKNOWN_CODE: &str = "This code is not known or no longer valid. Please check its letters. For a complaint or a letter, enter its number \
                                too.";

/// Number and code of a letter that was never written.
pub const UNKNOWN_LETTER: &str = "We know no letter with this number and code. Please check both. If you are in doubt, call the labour office before \
                                  you trust that letter.";

/// Where it stands.
pub fn step(state: State, held: bool) -> &'static str {
    if held {
        return "On hold: hired elsewhere";
    }
    match state {
        State::Proposed | State::Retired => "Being considered by an officer",
        State::Consented => "Waiting for the decision of an officer",
        State::Confirmed => "There is a vacancy; waiting for the answer of the applicant",
        State::Queued => "Waiting for its turn to be sent to the company",
        State::Referred => "Sent to the company, waiting for its answer",
        State::Interview => "Invited to an interview or test",
        State::Offered => "The company offers the job; waiting for the answer of the applicant",
        State::Hired => "Hired, not started yet",
        State::Started => "Working",
        State::Ended => "This job has ended",
        State::Dismissed => "Not put forward this time",
        State::Declined => "The applicant answered: not this time",
        State::Refused => "Not accepted this time. This application is closed",
        State::Withdrawn => "Withdrawn by the applicant",
        State::Lapsed => "The time to answer is over. This application is closed",
        State::Closed => "The vacancy is closed",
        State::Superseded => "Closed because the applicant works elsewhere",
        State::NoShow => "According to the company, did not come on the first day",
    }
}

/// Whose turn it is, and by when; nobody's where a day is agreed or it is over.
pub fn turn(state: State, held: bool, deadline: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let who = match state {
        _ if held => return None,
        State::Proposed | State::Consented => "It is for an officer to decide",
        State::Confirmed => "It is for the applicant to answer",
        State::Referred if deadline.is_some_and(|day| day < today) => {
            return Some("The company is late. An officer is asking it for its answer.".to_owned());
        }
        State::Referred => "It is for the company to answer",
        State::Offered => "It is for the applicant to answer the offer",
        _ => return None,
    };
    let by = deadline.filter(|_| state != State::Offered).map(dates::with_weekday);
    Some(by.map_or_else(|| format!("{who}."), |day| format!("{who}, by {day}.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::id::pages::check as indonesian;

    #[test]
    fn a_turn_is_told_where_it_is_in_bahasa_indonesia_and_to_nobody_in_particular() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        for (state, held) in State::ALL.iter().flat_map(|state| [(*state, false), (*state, true)]) {
            for today in [day, day.succ_opt().unwrap()] {
                let said = turn(state, held, Some(day), today);
                assert_eq!(
                    said.is_some(),
                    indonesian::turn(state, held, Some(day), today).is_some(),
                    "{state}"
                );
                assert!(!said.unwrap_or_default().to_lowercase().contains("you"), "{state}");
            }
            assert!(!step(state, held).to_lowercase().contains("you"), "{state}");
        }
        assert_eq!(
            turn(State::Confirmed, false, Some(day), day).unwrap(),
            "It is for the applicant to answer, by Thursday, 5 March 2026."
        );
    }
}
