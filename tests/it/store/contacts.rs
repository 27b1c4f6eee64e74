//! Consents, contact attempts and follow-ups.
use padankerja::{
    domain::{
        application::State,
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel, Guardian},
        ids::RecordId,
    },
    store::{
        Db, Tx, applications,
        contacts::{self, Attempt, Consent, FollowUp},
    },
};

use super::{account, application, at, day, id, ids, insert_account, pair, refused, same, some};
use crate::support::database::{TestDb, both_databases};

/// Two applications and a login.
pub(super) async fn stored(tx: &mut Tx) {
    insert_account(tx, &account(1)).await;
    for number in [1, 2] {
        pair(tx, number).await;
        let row = application(number, id(number), id(number), State::Started);
        applications::insert(tx, &row).await.unwrap();
    }
}

pub(super) fn consent(number: u128) -> Consent {
    Consent {
        id: id(number),
        application_id: id(1),
        person_id: id(1),
        vacancy_id: id(1),
        employer_id: id(1),
        channel: ConsentChannel::Phone,
        number_dialled: some("+6286012345678"),
        self_spoke: true,
        officer_id: Some(account(1).id),
        wording: "2026-11".to_owned(),
        ends_on: day("2026-09-02"),
        given_at: at(1),
        guardian: None,
        text_shown: None,
    }
}

async fn consents(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    stored(&mut tx).await;
    assert_eq!(contacts::insert_consent(&mut tx, &consent(1)).await.unwrap(), 1);
    let web = Consent {
        channel: ConsentChannel::Web,
        number_dialled: None,
        self_spoke: false,
        officer_id: None,
        guardian: Some(Guardian::Mother),
        ..consent(2)
    };
    assert_eq!(contacts::guardian_consents(&mut tx, id(1)).await.unwrap(), 0);
    assert_eq!(contacts::insert_consent(&mut tx, &web).await.unwrap(), 1);
    assert_eq!(contacts::guardian_consents(&mut tx, id(1)).await.unwrap(), 1);
    // What somebody wrote is kept with the text it answers; no other consent has one.
    let written = Consent { channel: ConsentChannel::Whatsapp, text_shown: some("Balas YA"), ..consent(4) };
    assert_eq!(contacts::insert_consent(&mut tx, &written).await.unwrap(), 1);
    tx.commit().await.unwrap();
    // Nothing of the store reads a consent yet.
    let text = "select id, application_id, person_id, vacancy_id, employer_id, channel, number_dialled, self_spoke, \
                officer_id, wording, ends_on, given_at, guardian, text_shown from consents order by id";
    let found: Vec<Consent> = match &db.db {
        Db::Sqlite { read, .. } => sqlx::query_as(text).fetch_all(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_as(text).fetch_all(pool).await.unwrap(),
    };
    same(found, [consent(1), web, written]);
    for text in ["update consents set wording = ''", "delete from consents"] {
        let changed = match &db.db {
            Db::Sqlite { write, .. } => sqlx::query(text).execute(write).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::query(text).execute(pool).await.map(|_| ()),
        };
        assert!(changed.is_err(), "{text}");
    }
    let mut tx = db.db.write().await.unwrap();
    refused(contacts::insert_consent(&mut tx, &Consent { number_dialled: None, ..consent(3) }).await);
    drop(tx);
    let told = Consent { text_shown: some("Balas YA"), ..consent(3) };
    let mut tx = db.db.write().await.unwrap();
    refused(contacts::insert_consent(&mut tx, &told).await);
}

async fn attempts(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let attempt = |number: u128, of: u128, second| Attempt {
        id: id(number),
        application_id: id(of),
        channel: AttemptChannel::Whatsapp,
        outcome: AttemptOutcome::NoAnswer,
        officer_id: Some(account(1).id),
        on_day: day("2026-03-02"),
        at: at(second),
    };
    let all = [attempt(1, 1, 9), attempt(3, 1, 5), attempt(2, 1, 5)];
    for row in &all {
        assert_eq!(contacts::insert_attempt(tx, row).await.unwrap(), 1);
    }
    contacts::insert_attempt(tx, &attempt(4, 2, 1)).await.unwrap();
    same(contacts::attempts(tx, id(1)).await.unwrap(), [&all[2], &all[1], &all[0]]);
    same(contacts::attempts(tx, id(9)).await.unwrap(), [(); 0]);
    refused(contacts::insert_attempt(tx, &attempt(5, 9, 1)).await);
}

async fn follow_ups(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let planned = |number: u128, of: u128, month| FollowUp {
        id: id(number),
        application_id: id(of),
        month,
        due_on: day("2026-04-02"),
        still_working: None,
        note: None,
        recorded_by: None,
        recorded_at: None,
    };
    for row in [planned(1, 1, 6), planned(2, 1, 1), planned(3, 2, 1)] {
        assert_eq!(contacts::plan_follow_up(tx, &row).await.unwrap(), 1);
    }
    assert_eq!(contacts::plan_follow_up(tx, &planned(4, 1, 1)).await.unwrap(), 0, "it is planned");
    same(contacts::follow_ups(tx, id(1)).await.unwrap(), [planned(2, 1, 1), planned(1, 1, 6)]);
    same(contacts::follow_ups(tx, id(9)).await.unwrap(), [(); 0]);

    let answer = FollowUp {
        still_working: Some(false),
        note: some("pindah"),
        recorded_by: Some(account(1).id),
        recorded_at: Some(at(9)),
        ..planned(2, 1, 1)
    };
    assert_eq!(contacts::answer_follow_up(tx, &answer).await.unwrap(), 1);
    assert_eq!(contacts::answer_follow_up(tx, &answer).await.unwrap(), 0, "it is answered");
    assert_eq!(contacts::answer_follow_up(tx, &FollowUp { month: 3, ..answer.clone() }).await.unwrap(), 0);
    same(contacts::follow_ups(tx, id(1)).await.unwrap(), [&answer, &planned(1, 1, 6)]);
    // Undoing the start takes back what nobody answered.
    assert_eq!(contacts::unplan_follow_ups(tx, id(1)).await.unwrap(), 1);
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<RecordId>>();
    assert_eq!(ids!(contacts::follow_ups(tx, id(1)).await), numbers(&[2]));
    assert_eq!(ids!(contacts::follow_ups(tx, id(2)).await), numbers(&[3]));
    refused(contacts::plan_follow_up(tx, &planned(5, 1, 2)).await);
}

both_databases!(consents_are_kept_as_given, |db: TestDb| consents(db));
both_databases!(attempts_in_order, |db: TestDb| attempts(db));
both_databases!(follow_ups_are_answered_once, |db: TestDb| follow_ups(db));
