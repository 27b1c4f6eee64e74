//! The transitions of the application as data: the only place that says what is possible. `next`, buttons and the
//! diagrams in docs/state-machines.md are read from here.
use super::{Event, State};
use crate::domain::machine::{Actor, From, Need, Row, To};

const BEFORE_HIRED: From<State> = From::Group(
    "any open before hired",
    &[
        State::Proposed,
        State::Consented,
        State::Confirmed,
        State::Queued,
        State::Referred,
        State::Interview,
        State::Offered,
    ],
);
const OPEN: From<State> = From::Group(
    "any open",
    &[
        State::Proposed,
        State::Consented,
        State::Confirmed,
        State::Queued,
        State::Referred,
        State::Interview,
        State::Offered,
        State::Hired,
    ],
);
const WITH_DEADLINE: From<State> = From::Group(
    "any with a deadline",
    &[State::Proposed, State::Consented, State::Confirmed, State::Referred, State::Interview, State::Offered],
);
const ANY: From<State> = From::Group("any", State::ALL);
const WITH_EMPLOYER: From<State> = From::States(&[State::Referred, State::Interview, State::Offered]);
const BOTH_ASKED: From<State> = From::States(&[State::Confirmed, State::Queued]);
const WITHDRAWABLE: From<State> = From::States(&[
    State::Consented,
    State::Confirmed,
    State::Queued,
    State::Referred,
    State::Interview,
    State::Offered,
    State::Hired,
]);

const STAFF: &[Actor] = &[Actor::Staff];
const SYSTEM: &[Actor] = &[Actor::System];
const PERSON_SIDE: &[Actor] = &[Actor::Person, Actor::Companion];
const PERSON_SIDE_OR_STAFF: &[Actor] = &[Actor::Person, Actor::Companion, Actor::Staff];
const EMPLOYER_SIDE: &[Actor] = &[Actor::Employer, Actor::Staff];

const fn row(
    event: Event,
    from: From<State>,
    to: State,
    who: &'static [Actor],
    needs: &'static [Need],
) -> Row<State, Event> {
    Row { event, from, to: To::State(to), who, needs }
}

const fn fact(
    event: Event,
    from: From<State>,
    to: To<State>,
    who: &'static [Actor],
    needs: &'static [Need],
) -> Row<State, Event> {
    Row { event, from, to, who, needs }
}

/// Every transition, in the order of the documentation.
pub const TABLE: &[Row<State, Event>] = &[
    row(Event::Propose, From::New, State::Proposed, &[Actor::System, Actor::Staff], &[]),
    row(Event::Apply, From::New, State::Consented, PERSON_SIDE_OR_STAFF, &[Need::ConsentRecord]),
    row(
        Event::Apply,
        From::States(&[State::Proposed]),
        State::Consented,
        PERSON_SIDE_OR_STAFF,
        &[Need::ConsentRecord],
    ),
    row(Event::Confirm, From::States(&[State::Proposed]), State::Confirmed, STAFF, &[Need::ConfirmRight]),
    row(Event::Confirm, From::States(&[State::Consented]), State::Queued, STAFF, &[Need::ConfirmRight]),
    row(
        Event::Consent,
        From::States(&[State::Proposed]),
        State::Consented,
        &[Actor::Staff, Actor::Companion],
        &[Need::ConsentRecord, Need::PhoneContact],
    ),
    row(
        Event::Consent,
        From::States(&[State::Confirmed]),
        State::Queued,
        PERSON_SIDE,
        &[Need::ConsentRecord],
    ),
    row(
        Event::Consent,
        From::States(&[State::Confirmed]),
        State::Queued,
        STAFF,
        &[Need::ConsentRecord, Need::PhoneContact],
    ),
    row(Event::Refer, From::States(&[State::Queued]), State::Referred, SYSTEM, &[]),
    row(
        Event::Dismiss,
        From::States(&[State::Proposed, State::Consented, State::Confirmed, State::Queued]),
        State::Dismissed,
        STAFF,
        &[Need::ReasonIfPriority],
    ),
    row(
        Event::Decline,
        From::States(&[State::Proposed]),
        State::Declined,
        &[Actor::Staff, Actor::Companion],
        &[Need::Reason, Need::PhoneContact],
    ),
    row(Event::Decline, BOTH_ASKED, State::Declined, PERSON_SIDE, &[Need::Reason]),
    row(Event::Decline, BOTH_ASKED, State::Declined, STAFF, &[Need::Reason, Need::PhoneContact]),
    row(
        Event::Invite,
        From::States(&[State::Referred, State::Interview]),
        State::Interview,
        EMPLOYER_SIDE,
        &[],
    ),
    row(Event::Offer, From::States(&[State::Referred, State::Interview]), State::Offered, EMPLOYER_SIDE, &[]),
    row(Event::Hire, WITH_EMPLOYER, State::Hired, EMPLOYER_SIDE, &[Need::StartDate]),
    row(
        Event::Start,
        From::States(&[State::Hired]),
        State::Started,
        &[Actor::Staff, Actor::Employer, Actor::Companion],
        &[],
    ),
    row(Event::NoShow, From::States(&[State::Hired]), State::NoShow, &[Actor::Staff, Actor::Employer], &[]),
    row(Event::Refuse, WITH_EMPLOYER, State::Refused, EMPLOYER_SIDE, &[Need::Reason]),
    row(Event::Withdraw, WITHDRAWABLE, State::Withdrawn, PERSON_SIDE, &[Need::Reason]),
    row(Event::Withdraw, WITHDRAWABLE, State::Withdrawn, STAFF, &[Need::Reason, Need::PhoneContact]),
    row(Event::Lapse, From::States(&[State::Confirmed, State::Referred]), State::Lapsed, SYSTEM, &[]),
    row(Event::Close, BEFORE_HIRED, State::Closed, SYSTEM, &[Need::Reason]),
    row(Event::Renew, From::States(&[State::Proposed]), State::Proposed, SYSTEM, &[]),
    row(Event::Retire, From::States(&[State::Proposed]), State::Retired, SYSTEM, &[]),
    row(Event::Supersede, OPEN, State::Superseded, SYSTEM, &[]),
    row(
        Event::End,
        From::States(&[State::Started]),
        State::Ended,
        &[Actor::Staff, Actor::Companion],
        &[Need::EndDate, Need::Reason],
    ),
    fact(Event::Extend, WITH_DEADLINE, To::Same, STAFF, &[Need::NewDate]),
    fact(Event::Hold, BEFORE_HIRED, To::Same, SYSTEM, &[]),
    fact(Event::Release, BEFORE_HIRED, To::Same, SYSTEM, &[]),
    fact(Event::Undo, ANY, To::Chosen, &[Actor::Staff, Actor::Employer], &[]),
    fact(Event::Correct, ANY, To::Chosen, &[Actor::Supervisor], &[Need::WrittenReason, Need::Target]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::machine::word_or_new;

    fn states_of(from: From<State>) -> Vec<Option<State>> {
        match from {
            From::New => vec![None],
            From::States(states) | From::Group(_, states) => states.iter().map(|s| Some(*s)).collect(),
        }
    }

    #[test]
    fn no_two_rows_answer_the_same_question() {
        let mut seen = Vec::new();
        for row in TABLE {
            for from in states_of(row.from) {
                for actor in row.who {
                    let question = (row.event, from, *actor);
                    assert!(!seen.contains(&question), "{} {} {actor}", word_or_new(from), row.event);
                    seen.push(question);
                }
            }
        }
    }

    #[test]
    fn one_event_from_one_state_leads_to_one_state() {
        for a in TABLE {
            for b in TABLE.iter().filter(|b| b.event == a.event) {
                let shared = states_of(a.from).iter().any(|from| states_of(b.from).contains(from));
                assert!(!shared || a.to == b.to, "{}", a.event);
            }
        }
    }

    #[test]
    fn every_event_and_every_state_occurs() {
        for event in Event::ALL {
            assert!(TABLE.iter().any(|row| row.event == *event), "{event}");
        }
        for state in State::ALL {
            assert!(TABLE.iter().any(|row| row.to == To::State(*state)), "{state}");
        }
    }

    #[test]
    fn groups_agree_with_the_predicates() {
        for state in State::ALL {
            let within = |from| states_of(from).contains(&Some(*state));
            assert_eq!(within(BEFORE_HIRED), state.is_open_before_hired(), "{state}");
            assert_eq!(within(OPEN), state.is_open(), "{state}");
            assert!(within(ANY));
        }
    }

    #[test]
    fn consequences_belong_to_the_system_alone() {
        let own = [Event::Refer, Event::Lapse, Event::Close, Event::Retire, Event::Supersede];
        for row in TABLE.iter().filter(|row| own.contains(&row.event)) {
            assert_eq!(row.who, [Actor::System], "{}", row.event);
        }
    }
}
