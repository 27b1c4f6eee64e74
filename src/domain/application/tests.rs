//! What the application's table promises, asked through the functions that read it.
use super::*;

#[test]
fn a_standing_clock_leaves_the_working_days_that_were_left() {
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let holidays = ["2026-06-01", "2026-06-16"].map(day);
    let calendar: crate::domain::calendar::Calendar = holidays.into_iter().collect();
    let due = |due, today| due_after_standing_still(day(due), day("2026-03-02"), day(today), &calendar);
    // Monday to Thursday: three working days are left, two weeks later as before.
    assert_eq!(due("2026-03-05", "2026-03-09"), day("2026-03-12"));
    assert_eq!(due("2026-03-05", "2026-03-02"), day("2026-03-05"), "no time passed");
    assert_eq!(due("2026-02-27", "2026-03-09"), day("2026-03-10"), "overdue before: one working day");
    assert_eq!(due("2026-06-30", "2026-03-03"), day("2026-07-01"));
}

#[test]
fn a_suspended_employer_knows_whom_it_hired_and_nobody_else() {
    use crate::domain::employer::State as Employer;
    for state in State::ALL {
        assert_eq!(state.shows_person_to(Employer::Verified), state.shows_person_to_employer(), "{state}");
        let hired = matches!(state, State::Hired | State::Started);
        assert_eq!(state.shows_person_to(Employer::Suspended), hired, "{state}");
        let owed = matches!(state, State::Referred | State::Interview | State::Offered);
        assert_eq!(state.stands_still(Employer::Suspended), owed, "{state}");
        assert!(!state.stands_still(Employer::Verified));
    }
}

#[test]
fn every_word_reads_back() {
    for state in State::ALL {
        assert_eq!(state.as_str().parse::<State>().unwrap(), *state);
        assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
    }
    for event in Event::ALL {
        assert_eq!(event.as_str().parse::<Event>().unwrap(), *event);
        assert_eq!(serde_json::to_value(event).unwrap(), event.as_str());
    }
    assert!("Proposed".parse::<State>().is_err());
    assert_eq!("".parse::<Event>().unwrap_err().to_string(), "unknown application event: \"\"");
}

#[test]
fn the_two_facts_meet_in_the_queue() {
    let staff_first = next(Some(State::Proposed), Event::Confirm, Actor::Staff).unwrap();
    assert_eq!(staff_first, State::Confirmed);
    assert_eq!(next(Some(staff_first), Event::Consent, Actor::Person).unwrap(), State::Queued);
    let person_first = next(None, Event::Apply, Actor::Person).unwrap();
    assert_eq!(person_first, State::Consented);
    assert_eq!(next(Some(person_first), Event::Confirm, Actor::Staff).unwrap(), State::Queued);
}

#[test]
fn only_queued_leads_to_referred() {
    for from in State::ALL {
        for actor in Actor::ALL {
            let referred = next(Some(*from), Event::Refer, *actor).is_ok();
            assert_eq!(referred, *from == State::Queued && *actor == Actor::System, "{from} {actor}");
        }
    }
}

#[test]
fn wrong_state_and_wrong_actor_differ() {
    let error = next(Some(State::Proposed), Event::Hire, Actor::Employer).unwrap_err();
    assert_eq!(error.code(), "wrong_state");
    assert_eq!(error.to_string(), "application: hire by employer is not possible from proposed");
    let error = next(Some(State::Proposed), Event::Consent, Actor::Person).unwrap_err();
    assert_eq!(error.code(), "wrong_actor");
    assert_eq!(error.to_string(), "application: consent from proposed is not for person");
    let error = next(None, Event::Confirm, Actor::Staff).unwrap_err();
    assert_eq!(error.to_string(), "application: confirm by staff is not possible from new");
}

#[test]
fn undo_and_correct_have_no_fixed_target() {
    let error = next(Some(State::Hired), Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error.code(), "needs_target");
    assert_eq!(next(Some(State::Hired), Event::Undo, Actor::Person).unwrap_err().code(), "wrong_actor");
    for from in State::ALL {
        for to in State::ALL {
            let corrected = correct_target(*from, *to, Actor::Supervisor);
            assert_eq!(corrected.is_ok(), from != to);
            assert_eq!(correct_target(*from, *to, Actor::Staff).unwrap_err().code(), "wrong_actor");
        }
    }
}

#[test]
fn recorded_facts_keep_the_state() {
    for event in [Event::Hold, Event::Release] {
        assert_eq!(next(Some(State::Referred), event, Actor::System).unwrap(), State::Referred);
        assert!(next(Some(State::Hired), event, Actor::System).is_err());
    }
    assert_eq!(next(Some(State::Interview), Event::Invite, Actor::Employer).unwrap(), State::Interview);
}

#[test]
fn states_fall_into_groups() {
    for state in State::ALL {
        assert!(!(state.is_live() && state.takes_seat()));
        assert!(!state.is_live() || state.is_open_before_hired());
        let kinds = [state.is_open_before_hired(), state.takes_seat(), state.is_final()];
        assert_eq!(kinds.iter().filter(|kind| **kind).count(), 1, "{state}");
    }
    assert!(!State::Queued.is_live());
    assert!(State::Hired.is_open() && !State::Started.is_open());
}

#[test]
fn nothing_but_undo_and_correct_leads_out_of_a_final_state() {
    for state in State::ALL.iter().filter(|state| state.is_final()) {
        for actor in Actor::ALL {
            for event in events_open_to(*state, *actor) {
                assert!(matches!(event, Event::Undo | Event::Correct), "{state} {event} {actor}");
            }
        }
    }
}

#[test]
fn buttons_of_a_person() {
    assert_eq!(events_open_to(None, Actor::Person), [Event::Apply]);
    assert_eq!(events_open_to(State::Proposed, Actor::Person), [Event::Apply]);
    let confirmed = events_open_to(State::Confirmed, Actor::Person);
    assert_eq!(confirmed, [Event::Consent, Event::Decline, Event::Withdraw]);
    assert_eq!(events_open_to(State::Hired, Actor::Person), [Event::Withdraw]);
    assert!(events_open_to(State::Started, Actor::Person).is_empty());
}

#[test]
fn buttons_of_an_employer() {
    assert_eq!(events_open_to(State::Confirmed, Actor::Employer), [Event::Undo]);
    let referred = events_open_to(State::Referred, Actor::Employer);
    assert_eq!(referred, [Event::Invite, Event::Offer, Event::Hire, Event::Refuse, Event::Undo]);
    let hired = events_open_to(State::Hired, Actor::Employer);
    assert_eq!(hired, [Event::Start, Event::NoShow, Event::Undo]);
}

#[test]
fn a_deadline_can_be_extended_and_only_a_deadline() {
    let policy = Deadlines::default();
    for state in State::ALL {
        let has_deadline = answer_deadline_days(*state, &policy).is_some();
        let extended = next(Some(*state), Event::Extend, Actor::Staff);
        assert_eq!(extended.is_ok(), has_deadline, "{state}");
    }
    assert_eq!(answer_deadline_days(State::Referred, &policy), Some(7));
    assert_eq!(answer_deadline_days(State::Confirmed, &policy), Some(3));
}

#[test]
fn a_lapse_names_who_was_silent() {
    assert_eq!(silent(State::Confirmed).unwrap(), Actor::Person);
    assert_eq!(silent(State::Referred).unwrap(), Actor::Employer);
    assert_eq!(silent(State::Interview).unwrap_err().code(), "wrong_state");
}

#[test]
fn what_an_event_must_carry() {
    let asked = |from, event, actor| needs(from, event, actor).unwrap();
    assert_eq!(asked(Some(State::Offered), Event::Hire, Actor::Employer), [Need::StartDate]);
    let phone = asked(Some(State::Proposed), Event::Consent, Actor::Companion);
    assert_eq!(phone, [Need::ConsentRecord, Need::PhoneContact]);
    assert_eq!(asked(Some(State::Confirmed), Event::Consent, Actor::Person), [Need::ConsentRecord]);
    let by_staff = asked(Some(State::Confirmed), Event::Consent, Actor::Staff);
    assert_eq!(by_staff, [Need::ConsentRecord, Need::PhoneContact]);
    assert_eq!(asked(None, Event::Apply, Actor::Staff), [Need::ConsentRecord]);
}

#[test]
fn the_stop_rule_starts_at_five_answers() {
    let stopped = referrals_stopped;
    assert!(!stopped(4, 4));
    assert!(!stopped(5, 2));
    assert!(stopped(5, 3));
    assert!(!stopped(6, 3));
    assert!(stopped(10, 6));
    assert!(stopped(u32::MAX, u32::MAX));
}

#[test]
fn a_person_is_one_answer() {
    let delta = |event, from, to| {
        let Answers { answers, refusals } = answers_of(event, Some(from), to);
        (answers, refusals)
    };
    assert_eq!(delta(Event::Invite, State::Referred, State::Interview), (1, 0));
    assert_eq!(delta(Event::Refuse, State::Interview, State::Refused), (0, 1));
    assert_eq!(delta(Event::Refuse, State::Referred, State::Refused), (1, 1));
    assert_eq!(delta(Event::Withdraw, State::Interview, State::Withdrawn), (0, 0));
    assert_eq!(delta(Event::Correct, State::Refused, State::Interview), (0, -1));
    assert_eq!(delta(Event::Correct, State::Withdrawn, State::Refused), (1, 1));
}
