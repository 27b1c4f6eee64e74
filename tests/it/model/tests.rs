//! Walks through the desk that a reader can follow; the random ones are in `random`.
mod checks;
mod publishing;
mod random;

use chrono::TimeDelta;

use super::words::Change;
use super::*;

const OFFICE: Uuid = Uuid::from_u128(1);
const FACTORY: Uuid = Uuid::from_u128(2);
const V1: VacancyNo = VacancyNo(1);
const V2: VacancyNo = VacancyNo(2);
const V3: VacancyNo = VacancyNo(3);

fn by(actor: Actor) -> By {
    let org = match actor {
        Actor::Staff | Actor::Supervisor | Actor::Companion => Some(OFFICE),
        Actor::Employer => Some(FACTORY),
        Actor::Person | Actor::System => None,
    };
    By { now: DateTime::UNIX_EPOCH, actor, org }
}

fn desk(seats: &[i64], people: u32) -> Desk {
    let mut desk = Desk::new(DeskPolicy { ratio_permille: 2000, undo_minutes: 15 });
    for (no, seats) in (1..).zip(seats) {
        desk.add_vacancy(VacancyNo(no), *seats);
    }
    for no in 1..=people {
        desk.add_person(PersonNo(no));
    }
    desk
}

/// A desk with helpers that expect success.
impl Desk {
    fn propose(&mut self, person: u32, vacancy: VacancyNo) -> ApplicationNo {
        let target = Target::Pair { person: PersonNo(person), vacancy, reserve: i64::from(person) };
        self.act(&by(Actor::Staff), target, Event::Propose, 0).unwrap();
        self.applications().last().unwrap().0
    }

    fn go(&mut self, no: ApplicationNo, event: Event, actor: Actor) -> Vec<Recorded> {
        self.try_go(no, event, actor).unwrap()
    }

    fn try_go(&mut self, no: ApplicationNo, event: Event, actor: Actor) -> Result<Vec<Recorded>, DeskError> {
        let version = self.application(no).unwrap().version;
        self.act(&by(actor), Target::Application(no), event, version)
    }

    fn referred(&mut self, person: u32, vacancy: VacancyNo) -> ApplicationNo {
        let no = self.propose(person, vacancy);
        self.go(no, Event::Confirm, Actor::Staff);
        self.go(no, Event::Consent, Actor::Person);
        assert_eq!(self.state(no), State::Referred);
        no
    }

    /// Wants the job and is confirmed, but finds the group complete.
    fn queued(&mut self, person: u32, vacancy: VacancyNo) -> ApplicationNo {
        let no = self.propose(person, vacancy);
        self.go(no, Event::Apply, Actor::Person);
        self.go(no, Event::Confirm, Actor::Staff);
        assert_eq!(self.state(no), State::Queued);
        no
    }

    fn state(&self, no: ApplicationNo) -> State {
        self.application(no).unwrap().state
    }
}

/// The words of what was recorded: `event application`, or `event vacancy V`.
fn words(recorded: &[Recorded]) -> Vec<String> {
    let word = |change: &Change| match change {
        Change::Application { application, event, .. } => format!("{event} {}", application.0),
        Change::Vacancy { vacancy, event, .. } => format!("{event} vacancy {}", vacancy.0),
    };
    recorded.iter().map(|event| word(&event.change)).collect()
}

#[test]
fn both_facts_make_a_referral_in_either_order() {
    let mut desk = desk(&[5], 2);
    let first = desk.propose(1, V1);
    assert_eq!(words(&desk.go(first, Event::Confirm, Actor::Staff)), ["confirm 1"]);
    assert_eq!(words(&desk.go(first, Event::Consent, Actor::Person)), ["consent 1", "refer 1"]);
    let second = desk.propose(2, V1);
    assert_eq!(words(&desk.go(second, Event::Apply, Actor::Person)), ["apply 2"]);
    let recorded = desk.go(second, Event::Confirm, Actor::Staff);
    assert_eq!(words(&recorded), ["confirm 2", "refer 2"]);
    let [confirm, refer] = recorded.try_into().unwrap();
    assert_eq!((confirm.cause, confirm.actor, confirm.org), (None, Actor::Staff, Some(OFFICE)));
    assert_eq!((refer.cause, refer.actor, refer.org), (Some(confirm.no), Actor::System, None));
}

#[test]
fn a_freed_slot_goes_to_the_next_of_the_reserve() {
    let mut desk = desk(&[1], 6);
    let group = [1, 2, 3].map(|person| desk.referred(person, V1));
    let sixth = desk.queued(6, V1);
    let fifth = desk.queued(5, V1);
    assert_eq!(words(&desk.go(group[0], Event::Refuse, Actor::Employer)), ["refuse 1", "refer 5"]);
    assert_eq!(words(&desk.go(group[1], Event::Lapse, Actor::System)), ["lapse 2", "refer 4"]);
    assert_eq!((desk.state(fifth), desk.state(sixth)), (State::Referred, State::Referred));
}

#[test]
fn the_reserve_comes_before_the_number_and_the_number_before_nothing() {
    let mut desk = desk(&[1], 7);
    let group = [1, 2, 3].map(|person| desk.referred(person, V1));
    for (person, reserve) in [(4, 9), (5, 2), (6, 2), (7, 1)] {
        let target = Target::Pair { person: PersonNo(person), vacancy: V1, reserve };
        desk.act(&by(Actor::Person), target, Event::Apply, 0).unwrap();
        desk.go(ApplicationNo(person), Event::Confirm, Actor::Staff);
    }
    let served = group.map(|no| words(&desk.go(no, Event::Lapse, Actor::System))[1].clone());
    assert_eq!(served, ["refer 7", "refer 5", "refer 6"]);
}

#[test]
fn a_freed_place_of_a_person_is_used_elsewhere() {
    let mut desk = desk(&[5, 5, 5, 5], 1);
    let three = [1, 2, 3].map(|no| desk.referred(1, VacancyNo(no)));
    let fourth = desk.queued(1, VacancyNo(4));
    assert_eq!(words(&desk.go(three[1], Event::Withdraw, Actor::Person)), ["withdraw 2", "refer 4"]);
    assert_eq!(desk.state(fourth), State::Referred);
}

#[test]
fn who_consents_keeps_the_slot_though_hires_have_shrunk_the_group() {
    let mut desk = desk(&[3], 6);
    let group = [1, 2, 3, 4, 5].map(|person| desk.referred(person, V1));
    let sixth = desk.propose(6, V1);
    desk.go(sixth, Event::Confirm, Actor::Staff);
    desk.go(group[0], Event::Hire, Actor::Employer);
    let book = desk.vacancy(V1).unwrap().book;
    assert_eq!((book.live, book.formula(), book.slots), (5, 4, 5));
    assert_eq!(words(&desk.go(sixth, Event::Consent, Actor::Person)), ["consent 6", "refer 6"]);
    assert_eq!(desk.vacancy(V1).unwrap().book, book);
}

#[test]
fn the_last_hire_fills_holds_and_closes_in_order() {
    let mut desk = desk(&[1, 5, 5], 3);
    let elsewhere = desk.referred(1, V2);
    let hired = desk.referred(1, V1);
    let left = [2, 3].map(|person| desk.referred(person, V1));
    let recorded = desk.go(hired, Event::Hire, Actor::Employer);
    assert_eq!(words(&recorded), ["hire 2", "hold 1", "fill vacancy 1", "close 3", "close 4"]);
    assert!(desk.application(elsewhere).unwrap().held);
    assert_eq!(desk.vacancy(V1).unwrap().state, vacancy::State::Filled);
    assert_eq!(desk.state(left[0]), State::Closed);
    let error = desk.try_go(elsewhere, Event::Invite, Actor::Employer).unwrap_err();
    assert_eq!(error, DeskError::Held(elsewhere));
    let target = Target::Pair { person: PersonNo(1), vacancy: V3, reserve: 0 };
    let error = desk.act(&by(Actor::Person), target, Event::Apply, 0).unwrap_err();
    assert_eq!(error, DeskError::PersonPlaced(PersonNo(1)));
}

#[test]
fn a_no_show_reopens_releases_and_serves() {
    let mut desk = desk(&[1, 1], 5);
    let rests = desk.queued_behind(&[2, 3, 4], V2, 1);
    let hired = desk.referred(1, V1);
    desk.go(hired, Event::Hire, Actor::Employer);
    assert!(desk.application(rests).unwrap().held);
    let first_of_group = desk.applications().next().unwrap().0;
    assert_eq!(words(&desk.go(first_of_group, Event::Refuse, Actor::Employer)), ["refuse 1"]);
    let recorded = desk.go(hired, Event::NoShow, Actor::Employer);
    let expected =
        ["no_show 5".to_owned(), "reopen vacancy 1".to_owned(), "release 4".to_owned(), "refer 4".to_owned()];
    assert_eq!(words(&recorded), expected);
}

impl Desk {
    /// Fills the group of a one-seat vacancy with three others and queues `person` behind them.
    fn queued_behind(&mut self, others: &[u32; 3], vacancy: VacancyNo, person: u32) -> ApplicationNo {
        for other in others {
            self.referred(*other, vacancy);
        }
        self.queued(person, vacancy)
    }
}

#[test]
fn a_start_supersedes_what_rested_and_an_end_makes_free() {
    let mut desk = desk(&[1, 1], 6);
    let rests = desk.referred(1, V2);
    for person in [2, 3] {
        desk.referred(person, V2);
    }
    let waits = desk.queued(4, V2);
    let hired = desk.referred(1, V1);
    desk.go(hired, Event::Hire, Actor::Employer);
    let recorded = desk.go(hired, Event::Start, Actor::Companion);
    assert_eq!(words(&recorded), ["start 5", "supersede 1", "refer 4"]);
    assert_eq!((desk.state(rests), desk.state(waits)), (State::Superseded, State::Referred));
    assert!(desk.try_go(hired, Event::NoShow, Actor::Staff).is_err());
    assert_eq!(words(&desk.go(hired, Event::End, Actor::Staff)), ["end 5", "reopen vacancy 1"]);
    desk.referred(1, V1);
}

#[test]
fn undo_takes_back_what_the_event_caused() {
    let mut desk = desk(&[1, 5], 4);
    let elsewhere = desk.referred(1, V2);
    let hired = desk.referred(1, V1);
    let left = desk.referred(2, V1);
    desk.go(left, Event::Invite, Actor::Employer);
    desk.go(hired, Event::Hire, Actor::Employer);
    let recorded = desk.go(hired, Event::Undo, Actor::Employer);
    assert_eq!(words(&recorded), ["undo 2", "undo 3", "undo 1", "reopen vacancy 1"]);
    assert_eq!((desk.state(hired), desk.state(left)), (State::Referred, State::Interview));
    assert!(!desk.application(elsewhere).unwrap().held);
    assert_eq!(desk.vacancy(V1).unwrap().state, vacancy::State::Open);
    let error = desk.try_go(hired, Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error.code(), "undo_not_undoable");
}

#[test]
fn undo_frees_a_full_person_before_it_restores() {
    let mut desk = desk(&[5, 5, 5, 5], 1);
    let three = [1, 2, 3].map(|no| desk.referred(1, VacancyNo(no)));
    let fourth = desk.queued(1, VacancyNo(4));
    assert_eq!(words(&desk.go(three[0], Event::Refuse, Actor::Employer)), ["refuse 1", "refer 4"]);
    assert_eq!(words(&desk.go(three[0], Event::Undo, Actor::Employer)), ["undo 1", "undo 4"]);
    assert_eq!((desk.state(three[0]), desk.state(fourth)), (State::Referred, State::Queued));
}

#[test]
fn undo_of_a_confirmation_takes_its_referral_with_it() {
    let mut desk = desk(&[5], 1);
    let no = desk.propose(1, V1);
    desk.go(no, Event::Apply, Actor::Person);
    desk.go(no, Event::Confirm, Actor::Staff);
    assert_eq!(desk.state(no), State::Referred);
    assert_eq!(words(&desk.go(no, Event::Undo, Actor::Staff)), ["undo 1"]);
    assert_eq!(desk.state(no), State::Consented);
}

#[test]
fn undo_of_a_proposal_frees_the_pair() {
    let mut desk = desk(&[5], 1);
    let no = desk.propose(1, V1);
    desk.go(no, Event::Undo, Actor::Staff);
    assert_eq!(desk.state(no), State::Retired);
    assert_ne!(desk.propose(1, V1), no);
}

#[test]
fn undo_is_refused_when_a_consequence_moved_on() {
    let mut desk = desk(&[1], 4);
    let group = [1, 2, 3].map(|person| desk.referred(person, V1));
    let next = desk.queued(4, V1);
    desk.go(group[0], Event::Refuse, Actor::Employer);
    assert_eq!(desk.try_go(next, Event::Undo, Actor::Employer).unwrap_err().code(), "undo_only_with_cause");
    desk.go(next, Event::Invite, Actor::Employer);
    let error = desk.try_go(group[0], Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error, DeskError::MovedOn(next));
    desk.go(next, Event::Undo, Actor::Employer);
    let error = desk.try_go(group[0], Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error, DeskError::MovedOn(next), "an undo is an event too");
}

#[test]
fn undo_does_not_take_a_slot_that_was_given_away() {
    let mut desk = desk(&[1], 4);
    let group = [1, 2, 3].map(|person| desk.referred(person, V1));
    desk.go(group[0], Event::Refuse, Actor::Employer);
    let fourth = desk.propose(4, V1);
    desk.go(fourth, Event::Confirm, Actor::Staff);
    let error = desk.try_go(group[0], Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error.code(), "no_slot");
}

#[test]
fn undo_restores_a_group_larger_than_the_formula() {
    let mut desk = desk(&[3], 6);
    let group = [1, 2, 3, 4, 5, 6].map(|person| desk.referred(person, V1));
    desk.go(group[0], Event::Hire, Actor::Employer);
    let before = desk.vacancy(V1).unwrap();
    desk.go(group[1], Event::Refuse, Actor::Employer);
    desk.go(group[1], Event::Undo, Actor::Employer);
    assert_eq!(desk.vacancy(V1).unwrap(), before);
}

#[test]
fn what_happens_beside_the_group_does_not_take_the_slot() {
    let mut desk = desk(&[3, 5], 7);
    let group = [1, 2, 3, 4, 5, 6].map(|person| desk.referred(person, V1));
    desk.go(group[0], Event::Hire, Actor::Employer);
    desk.go(group[1], Event::Refuse, Actor::Employer);
    desk.go(group[2], Event::Invite, Actor::Employer);
    desk.referred(7, V2);
    desk.go(group[1], Event::Undo, Actor::Employer);
    let book = desk.vacancy(V1).unwrap().book;
    assert_eq!((book.live, book.formula(), book.slots), (5, 4, 5));
}

#[test]
fn undo_brings_nothing_back_to_who_works_elsewhere() {
    let mut desk = desk(&[5, 5], 1);
    let (refused, hired) = (desk.referred(1, V1), desk.referred(1, V2));
    desk.go(refused, Event::Refuse, Actor::Employer);
    desk.go(hired, Event::Hire, Actor::Employer);
    let recorded = desk.clone().go(refused, Event::Undo, Actor::Employer);
    assert!(matches!(recorded[0].change, Change::Application { held: true, .. }), "comes back to rest");
    desk.go(hired, Event::Start, Actor::Employer);
    let error = desk.try_go(refused, Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error, DeskError::PersonPlaced(PersonNo(1)));
}

#[test]
fn undo_belongs_to_the_same_house_and_hour() {
    let mut desk = desk(&[1], 1);
    let no = desk.referred(1, V1);
    assert_eq!(desk.try_go(no, Event::Undo, Actor::Staff).unwrap_err().code(), "undo_consent");
    desk.go(no, Event::Invite, Actor::Employer);
    assert_eq!(desk.try_go(no, Event::Undo, Actor::Staff).unwrap_err().code(), "undo_other_organisation");
    let late = By { now: DateTime::UNIX_EPOCH + TimeDelta::minutes(16), ..by(Actor::Employer) };
    let version = desk.application(no).unwrap().version;
    let error = desk.act(&late, Target::Application(no), Event::Undo, version).unwrap_err();
    assert_eq!(error.code(), "undo_too_late");
    let error =
        desk.act(&by(Actor::Employer), Target::Application(no), Event::Undo, version - 1).unwrap_err();
    assert_eq!(error, DeskError::Version { expected: version - 1, actual: version });
}

#[test]
fn too_many_refusals_stop_referrals_until_somebody_asked_why() {
    let mut desk = desk(&[20], 9);
    let five = [1, 2, 3, 4, 5].map(|person| desk.referred(person, V1));
    for no in &five[..2] {
        desk.go(*no, Event::Invite, Actor::Employer);
    }
    for no in &five[2..] {
        desk.go(*no, Event::Refuse, Actor::Employer);
    }
    let sixth = desk.queued(6, V1);
    assert_eq!(words(&desk.go(five[4], Event::Undo, Actor::Employer)), ["undo 5", "refer 6"]);
    desk.go(five[4], Event::Refuse, Actor::Employer);
    let seventh = desk.queued(7, V1);
    assert_eq!(words(&desk.record_said(&by(Actor::Staff), V1).unwrap()), ["refer 7"]);
    assert_eq!((desk.state(sixth), desk.state(seventh)), (State::Referred, State::Referred));
}

#[test]
fn one_more_answer_lifts_the_stop() {
    let mut desk = desk(&[20], 9);
    let six = [1, 2, 3, 4, 5, 6].map(|person| desk.referred(person, V1));
    for no in &six[..3] {
        desk.go(*no, Event::Refuse, Actor::Employer);
    }
    for no in &six[3..5] {
        desk.go(*no, Event::Offer, Actor::Employer);
    }
    let waits = desk.queued(7, V1);
    assert_eq!(words(&desk.go(six[5], Event::Invite, Actor::Employer)), ["invite 6", "refer 7"]);
    assert_eq!(desk.state(waits), State::Referred);
}

#[test]
fn a_paused_vacancy_keeps_its_people_and_takes_no_others() {
    let mut desk = desk(&[1], 4);
    let under_way = desk.referred(1, V1);
    let confirmed = desk.propose(2, V1);
    desk.go(confirmed, Event::Confirm, Actor::Staff);
    let proposed = desk.propose(3, V1);
    desk.act_on_vacancy(&by(Actor::Employer), V1, vacancy::Event::Pause).unwrap();
    let error = desk.try_go(proposed, Event::Confirm, Actor::Staff).unwrap_err();
    assert_eq!(error.code(), "vacancy_not_open");
    assert_eq!(words(&desk.go(confirmed, Event::Consent, Actor::Person)), ["consent 2"]);
    desk.go(under_way, Event::Hire, Actor::Employer);
    assert_eq!(desk.state(confirmed), State::Queued);
    let recorded = desk.act_on_vacancy(&by(Actor::Employer), V1, vacancy::Event::Resume).unwrap();
    assert_eq!(words(&recorded), ["resume vacancy 1", "fill vacancy 1", "close 2", "close 3"]);
}

#[test]
fn resuming_serves_the_queue() {
    let mut desk = desk(&[1], 2);
    let no = desk.propose(1, V1);
    desk.go(no, Event::Confirm, Actor::Staff);
    desk.act_on_vacancy(&by(Actor::Staff), V1, vacancy::Event::Pause).unwrap();
    desk.go(no, Event::Consent, Actor::Person);
    let recorded = desk.act_on_vacancy(&by(Actor::Staff), V1, vacancy::Event::Resume).unwrap();
    assert_eq!(words(&recorded), ["resume vacancy 1", "refer 1"]);
}

#[test]
fn overdue_answers_block_and_their_arrival_serves() {
    let mut desk = desk(&[1], 2);
    let no = desk.propose(1, V1);
    desk.go(no, Event::Confirm, Actor::Staff);
    desk.set_overdue(&by(Actor::System), V1, true).unwrap();
    assert_eq!(words(&desk.go(no, Event::Consent, Actor::Person)), ["consent 1"]);
    let error = desk.try_go(no, Event::Refer, Actor::System).unwrap_err();
    assert_eq!(error, DeskError::ReferralsStopped(V1));
    let recorded = desk.set_overdue(&by(Actor::System), V1, false).unwrap();
    assert_eq!(words(&recorded), ["refer 1"]);
    assert_eq!(recorded[0].cause, None);
}

#[test]
fn a_closed_vacancy_closes_its_applications_and_nothing_comes_back() {
    let mut desk = desk(&[2, 5, 5, 5], 2);
    let hired = desk.referred(2, V1);
    desk.go(hired, Event::Hire, Actor::Employer);
    let refused = desk.referred(1, V1);
    desk.go(refused, Event::Refuse, Actor::Employer);
    let open = desk.referred(1, V1);
    for no in [2, 3] {
        desk.referred(1, VacancyNo(no));
    }
    let waits = desk.queued(1, VacancyNo(4));
    let recorded = desk.act_on_vacancy(&by(Actor::Employer), V1, vacancy::Event::Close).unwrap();
    assert_eq!(words(&recorded), ["close vacancy 1", "close 3", "refer 6"]);
    assert_eq!((desk.state(open), desk.state(waits)), (State::Closed, State::Referred));
    let error = desk.try_go(hired, Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error, DeskError::VacancyNotOpen { vacancy: V1, state: vacancy::State::Closed });
    assert_eq!(desk.try_go(open, Event::Undo, Actor::Employer).unwrap_err().code(), "undo_only_with_cause");
    desk.go(hired, Event::Start, Actor::Staff);
}

#[test]
fn more_seats_reopen_and_fewer_fill() {
    let mut desk = desk(&[1], 3);
    let first = desk.referred(1, V1);
    desk.go(first, Event::Hire, Actor::Employer);
    let recorded = desk.edit_seats(&by(Actor::Staff), V1, 3).unwrap();
    assert_eq!(words(&recorded), ["edit vacancy 1", "reopen vacancy 1"]);
    let second = desk.referred(2, V1);
    assert_eq!(desk.edit_seats(&by(Actor::Staff), V1, 0).unwrap_err().code(), "seats_below_taken");
    let recorded = desk.edit_seats(&by(Actor::Staff), V1, 1).unwrap();
    assert_eq!(words(&recorded), ["edit vacancy 1", "fill vacancy 1", "close 2"]);
    assert_eq!(desk.state(second), State::Closed);
}

#[test]
fn a_correction_obeys_the_limits_and_has_consequences() {
    let mut desk = desk(&[1, 5], 2);
    let elsewhere = desk.referred(1, V2);
    let no = desk.referred(1, V1);
    desk.go(no, Event::Refuse, Actor::Employer);
    let version = desk.application(no).unwrap().version;
    let recorded = desk.correct(&by(Actor::Supervisor), no, State::Hired, version).unwrap();
    assert_eq!(words(&recorded), ["correct 2", "hold 1", "fill vacancy 1"]);
    let version = desk.application(elsewhere).unwrap().version;
    let error = desk.correct(&by(Actor::Supervisor), elsewhere, State::Hired, version).unwrap_err();
    assert_eq!(error.code(), "person_placed");
    let error = desk.correct(&by(Actor::Staff), elsewhere, State::Refused, version).unwrap_err();
    assert_eq!(error.code(), "wrong_actor");
}

#[test]
fn consequences_are_not_caused_by_hand() {
    let mut desk = desk(&[1], 1);
    let no = desk.propose(1, V1);
    for event in [Event::Hold, Event::Release, Event::Renew] {
        assert_eq!(desk.try_go(no, event, Actor::System).unwrap_err(), DeskError::OnlyCaused(event.as_str()));
    }
    let error = desk.act_on_vacancy(&by(Actor::System), V1, vacancy::Event::Fill).unwrap_err();
    assert_eq!(error.to_string(), "fill happens only as a consequence");
}

#[test]
fn unknown_things_are_named() {
    let mut desk = desk(&[1], 1);
    let error =
        desk.act(&by(Actor::Staff), Target::Application(ApplicationNo(7)), Event::Confirm, 1).unwrap_err();
    assert_eq!((error.to_string(), error.code()), ("unknown application 7".to_owned(), "not_found"));
    let target = Target::Pair { person: PersonNo(9), vacancy: V1, reserve: 0 };
    assert_eq!(
        desk.act(&by(Actor::Staff), target, Event::Propose, 0).unwrap_err(),
        DeskError::UnknownPerson(PersonNo(9))
    );
    let no = desk.propose(1, V1);
    let target = Target::Pair { person: PersonNo(1), vacancy: V1, reserve: 0 };
    assert_eq!(
        desk.act(&by(Actor::Person), target, Event::Apply, 0).unwrap_err(),
        DeskError::AlreadyOpen(no)
    );
}

fn place(person: u32, vacancy: VacancyNo, reserve: i64) -> RunPlace {
    RunPlace { person: PersonNo(person), vacancy, reserve }
}

/// Three people proposed by a run and referred, and these in reserve.
fn desk_with_reserve(reserve: &[u32]) -> (Desk, [ApplicationNo; 3]) {
    let mut desk = desk(&[1, 1], 9);
    let proposed = [1, 2, 3].map(|person| place(person, V1, i64::from(person)));
    let reserve: Vec<_> = (4..).zip(reserve).map(|(order, person)| place(*person, V1, order)).collect();
    desk.publish(&by(Actor::System), &proposed, &reserve).unwrap();
    let group = [1, 2, 3].map(ApplicationNo);
    for no in group {
        desk.go(no, Event::Confirm, Actor::Staff);
        desk.go(no, Event::Consent, Actor::Person);
    }
    (desk, group)
}

#[test]
fn a_freed_place_promotes_the_first_of_the_reserve_who_still_may() {
    let (mut desk, group) = desk_with_reserve(&[4, 5, 6]);
    let hired = desk.referred(4, V2);
    desk.go(hired, Event::Hire, Actor::Employer);
    let recorded = desk.go(group[0], Event::Refuse, Actor::Employer);
    assert_eq!(words(&recorded), ["refuse 1", "propose 5"]);
    assert_eq!((recorded[1].cause, recorded[1].actor), (Some(recorded[0].no), Actor::System));
    let promoted = desk.application(ApplicationNo(5)).unwrap();
    assert_eq!((promoted.person, promoted.reserve, promoted.run), (PersonNo(5), 5, Some(1)));
    assert_eq!(words(&desk.go(ApplicationNo(5), Event::Dismiss, Actor::Staff)), ["dismiss 5", "propose 6"]);
    assert_eq!(words(&desk.go(group[1], Event::Lapse, Actor::System)), ["lapse 2"], "nobody is left");
}

#[test]
fn who_waits_in_the_queue_comes_before_the_reserve() {
    let (mut desk, group) = desk_with_reserve(&[4, 5]);
    let waits = desk.queued(9, V1);
    assert_eq!(words(&desk.go(group[0], Event::Withdraw, Actor::Person)), ["withdraw 1", "refer 4"]);
    assert_eq!(desk.state(waits), State::Referred);
    assert_eq!(words(&desk.go(group[1], Event::Withdraw, Actor::Person)), ["withdraw 2", "propose 5"]);
}

#[test]
fn one_unanswered_proposal_a_run() {
    let mut desk = desk(&[1, 1], 5);
    let (first, second) = ([place(1, V1, 1), place(2, V2, 1)], [place(2, V1, 2), place(3, V1, 3)]);
    desk.publish(&by(Actor::System), &first, &second).unwrap();
    assert_eq!(words(&desk.go(ApplicationNo(1), Event::Dismiss, Actor::Staff)), ["dismiss 1", "propose 3"]);
    assert_eq!(desk.application(ApplicationNo(3)).unwrap().person, PersonNo(3));
    desk.go(ApplicationNo(2), Event::Dismiss, Actor::Staff);
    assert_eq!(words(&desk.go(ApplicationNo(3), Event::Dismiss, Actor::Staff)), ["dismiss 3", "propose 4"]);
    assert_eq!(
        desk.application(ApplicationNo(4)).unwrap().person,
        PersonNo(2),
        "free again, so it is their turn"
    );
}

#[test]
fn undo_takes_the_promoted_proposal_back_while_nobody_acted_on_it() {
    let (mut desk, group) = desk_with_reserve(&[4]);
    desk.go(group[0], Event::Refuse, Actor::Employer);
    assert_eq!(words(&desk.go(group[0], Event::Undo, Actor::Employer)), ["undo 1", "undo 4"]);
    assert_eq!((desk.state(group[0]), desk.state(ApplicationNo(4))), (State::Referred, State::Retired));
    assert_eq!(words(&desk.go(group[0], Event::Refuse, Actor::Employer)), ["refuse 1", "propose 5"]);
    desk.go(ApplicationNo(5), Event::Confirm, Actor::Staff);
    let error = desk.try_go(group[0], Event::Undo, Actor::Employer).unwrap_err();
    assert_eq!(error, DeskError::MovedOn(ApplicationNo(5)));
    let error = desk.try_go(ApplicationNo(5), Event::Undo, Actor::Staff);
    assert!(error.is_ok(), "the confirmation alone is the officer's own");
    assert_eq!(
        desk.try_go(ApplicationNo(5), Event::Undo, Actor::Staff).unwrap_err().code(),
        "undo_not_undoable"
    );
}

#[test]
fn a_no_show_reopens_and_promotes() {
    let (mut desk, group) = desk_with_reserve(&[4]);
    desk.go(group[0], Event::Hire, Actor::Employer);
    let recorded = desk.go(group[0], Event::NoShow, Actor::Employer);
    assert_eq!(words(&recorded), ["no_show 1", "reopen vacancy 1", "propose 4"]);
}

#[test]
fn a_newer_run_retires_the_unanswered_and_replaces_the_reserve() {
    let mut desk = desk(&[2, 2], 6);
    desk.publish(&by(Actor::System), &[place(1, V1, 1), place(2, V1, 2)], &[place(3, V1, 3)]).unwrap();
    desk.go(ApplicationNo(2), Event::Confirm, Actor::Staff);
    let recorded = desk.publish(&by(Actor::System), &[place(4, V2, 1)], &[place(5, V2, 2)]).unwrap();
    assert_eq!(words(&recorded), ["propose 3", "retire 1"]);
    assert_eq!(words(&desk.go(ApplicationNo(2), Event::Lapse, Actor::System)), ["lapse 2"]);
    assert_eq!(words(&desk.go(ApplicationNo(3), Event::Dismiss, Actor::Staff)), ["dismiss 3", "propose 4"]);
}
