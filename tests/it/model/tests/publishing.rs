//! What publishing a newer run does to what an earlier one proposed, one turn at a time.
use super::*;

/// Two people proposed by a run, each for a vacancy of its own; a third vacancy is free.
fn published() -> Desk {
    let mut desk = desk(&[2, 2, 2], 4);
    let proposals = [place(1, V1, 1), place(2, V2, 1)];
    desk.publish(&by(Actor::System), &proposals, &[]).unwrap();
    desk
}

#[test]
fn a_pair_proposed_again_keeps_its_application() {
    let mut desk = published();
    let proposals = [place(3, V1, 1), place(1, V1, 2)];
    let recorded = desk.publish(&by(Actor::System), &proposals, &[]).unwrap();
    assert_eq!(words(&recorded), ["propose 3", "renew 1", "retire 2"]);
    let renewed = desk.application(ApplicationNo(1)).unwrap();
    assert_eq!((renewed.state, renewed.run, renewed.reserve), (State::Proposed, Some(2), 2));
    assert_eq!((renewed.version, desk.applications().count()), (2, 3));
    let error = desk.try_go(ApplicationNo(1), Event::Undo, Actor::Staff).unwrap_err();
    assert_eq!(error.code(), "undo_only_with_cause");
    assert_eq!(words(&desk.go(ApplicationNo(1), Event::Confirm, Actor::Staff)), ["confirm 1"]);
}

#[test]
fn what_was_answered_or_made_by_hand_is_not_renewed() {
    let mut desk = published();
    desk.go(ApplicationNo(1), Event::Confirm, Actor::Staff);
    let by_hand = desk.propose(3, V1);
    let proposals = [place(1, V1, 1), place(2, V2, 1), place(3, V1, 2)];
    let before = [ApplicationNo(1), by_hand].map(|no| desk.application(no).unwrap());
    assert_eq!(words(&desk.publish(&by(Actor::System), &proposals, &[]).unwrap()), ["renew 2"]);
    assert_eq!([ApplicationNo(1), by_hand].map(|no| desk.application(no).unwrap()), before);
}

#[test]
fn a_pair_that_no_longer_holds_retires() {
    let mut desk = published();
    desk.act_on_vacancy(&by(Actor::Employer), V1, vacancy::Event::Pause).unwrap();
    let hired = desk.referred(2, V3);
    desk.go(hired, Event::Hire, Actor::Employer);
    let proposals = [place(1, V1, 1), place(2, V2, 1)];
    let recorded = desk.publish(&by(Actor::System), &proposals, &[]).unwrap();
    assert_eq!(words(&recorded), ["retire 1", "retire 2"]);
}
