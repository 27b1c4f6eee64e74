//! Reminders that an answer to a referral is due.
use padankerja::{
    domain::{application::State, employer, ids::ApplicationId},
    store::{
        Tx,
        applications::{self, Application, Scope},
        employers, events, reminders,
    },
};

use super::{application, at, events::event, id, pair, refused};
use crate::support::database::{TestDb, both_databases};

/// 1 and 2 are referred (2 for the second time), 3 rests, 4 was answered, 5 was referred at once.
async fn stored(tx: &mut Tx) {
    use State::{Confirmed, Interview, Referred};
    for (number, state) in [(1, Referred), (2, Referred), (3, Referred), (4, Interview), (5, Referred)] {
        pair(tx, number).await;
        let row = Application { held: number == 3, ..application(number, id(number), id(number), state) };
        assert_eq!(applications::insert(tx, &row).await.unwrap(), 1);
    }
    for row in [
        event(10, 1, 1, None, Confirmed),
        event(11, 1, 2, Some(Confirmed), Referred),
        event(12, 1, 3, Some(Referred), Referred),
        event(20, 2, 1, Some(Confirmed), Referred),
        event(21, 2, 2, Some(Referred), Interview),
        event(22, 2, 3, Some(Interview), Referred),
        event(30, 3, 1, Some(Confirmed), Referred),
        event(40, 4, 1, Some(Confirmed), Referred),
        event(41, 4, 2, Some(Referred), Interview),
        event(50, 5, 4, None, Referred),
    ] {
        events::record(tx, &row).await.unwrap();
    }
}

async fn due(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    assert_eq!(reminders::candidates(tx, 5).await.unwrap(), []);
    stored(tx).await;
    let (first, second, fifth) = (id::<ApplicationId>(1), id(2), id(5));
    // Since it was last referred; an event that left it referred does not count.
    let all = [(first, at(2)), (second, at(3)), (fifth, at(4))];
    assert_eq!(reminders::candidates(tx, 5).await.unwrap(), all);
    assert_eq!(reminders::insert(tx, second, 3, at(8)).await.unwrap(), 1);
    assert_eq!(reminders::candidates(tx, 5).await.unwrap(), all, "the last of them is not made yet");
    assert_eq!(reminders::insert(tx, second, 5, at(9)).await.unwrap(), 1);
    assert_eq!(reminders::candidates(tx, 5).await.unwrap(), [all[0], all[2]]);
    assert_eq!(reminders::candidates(tx, 7).await.unwrap(), all, "another day is the last");
    let owner = employers::find(tx, id(1)).await.unwrap().unwrap();
    employers::swap_state(tx, &owner, employer::State::Suspended, at(9)).await.unwrap();
    assert_eq!(
        reminders::candidates(tx, 7).await.unwrap(),
        all[1..],
        "a suspended employer is asked nothing"
    );
}

async fn made_once(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    assert_eq!(reminders::of_application(tx, id(1)).await.unwrap(), []);
    assert_eq!(reminders::insert(tx, id(1), 5, at(8)).await.unwrap(), 1);
    assert_eq!(reminders::insert(tx, id(1), 3, at(9)).await.unwrap(), 1);
    assert_eq!(reminders::insert(tx, id(1), 5, at(10)).await.unwrap(), 0, "it was made");
    assert_eq!(reminders::of_application(tx, id(1)).await.unwrap(), [(3, at(9)), (5, at(8))], "by day");
    for (number, why) in [(3, "it rests"), (4, "an answer came"), (9, "there is none")] {
        assert_eq!(reminders::insert(tx, id(number), 3, at(9)).await.unwrap(), 0, "{why}");
        assert_eq!(reminders::of_application(tx, id(number)).await.unwrap(), [], "{why}");
    }
    for (number, expected) in [(1, 2), (2, 0)] {
        let card = applications::card(tx, &Scope::Office, id(number)).await.unwrap().unwrap();
        assert_eq!(card.names.reminders, expected, "{number}");
    }
    refused(reminders::insert(tx, id(1), 0, at(9)).await);
}

both_databases!(referrals_without_answer, |db: TestDb| due(db));
both_databases!(a_reminder_is_made_once, |db: TestDb| made_once(db));
