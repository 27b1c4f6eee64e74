//! The five steps in which a person sees an application: always the same five, whatever the state machine does in between.
use super::State;

/// A step on the way to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The person and the office agree.
    Agreed,
    /// The employer was told of the person.
    Sent,
    /// Interview or test.
    Interview,
    /// A start date is agreed.
    Accepted,
    /// Work has begun.
    Started,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is behind.
    Done,
    /// The application is here.
    Present,
    /// It is ahead.
    Ahead,
    /// It will not come: the application is over.
    Off,
}

/// The steps in their order.
pub const STEPS: [Step; 5] = [Step::Agreed, Step::Sent, Step::Interview, Step::Accepted, Step::Started];

/// How many steps are behind somebody who is in this state.
const fn behind(state: State) -> usize {
    match state {
        State::Queued | State::Referred => 1,
        State::Interview => 2,
        State::Offered => 3,
        State::Hired => 4,
        State::Started | State::Ended => 5,
        State::Proposed
        | State::Consented
        | State::Confirmed
        | State::Dismissed
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded
        | State::NoShow => 0,
    }
}

/// How far each step is: by the present state, and once it is over by those it went through.
pub fn marks(present: State, through: impl IntoIterator<Item = State>) -> [Mark; 5] {
    let over = present.is_final();
    let behind = if over {
        // Whoever was referred had the data sent, whoever was invited had the interview.
        let reached = |state: State| match state {
            State::Referred | State::Interview => behind(state) + 1,
            other => behind(other),
        };
        through.into_iter().map(reached).max().unwrap_or(0).max(behind(present))
    } else {
        behind(present)
    };
    std::array::from_fn(|at| match at {
        _ if at < behind => Mark::Done,
        _ if over => Mark::Off,
        _ if at == behind => Mark::Present,
        _ => Mark::Ahead,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_is_present_while_it_goes_on_and_none_once_it_is_over() {
        for state in State::ALL {
            let marks = marks(*state, [State::Referred]);
            let present = marks.iter().filter(|mark| **mark == Mark::Present).count();
            let goes_on = state.is_open();
            assert_eq!(present, usize::from(goes_on), "{state}");
            assert!(marks.windows(2).all(|two| two[1] != Mark::Done || two[0] == Mark::Done), "{state}");
        }
    }

    #[test]
    fn what_is_over_shows_how_far_it_came() {
        use Mark::{Done, Off, Present};
        assert_eq!(
            marks(State::Refused, [State::Queued, State::Referred, State::Refused]),
            [Done, Done, Off, Off, Off]
        );
        assert_eq!(marks(State::Declined, [State::Confirmed]), [Off; 5]);
        assert_eq!(marks(State::Hired, [])[4], Present);
        assert_eq!(marks(State::Started, []), [Done; 5]);
    }
}
