//! What erasing a person changes, and what it leaves: other people's rows, counters, ids, events.
use chrono::{DateTime, Utc};
use padankerja::{
    domain::{
        application::{Event, State},
        ids::{AccountId, ApplicationId, EventId, PersonId, RunId, VacancyId},
        machine::Actor,
    },
    sql,
    store::{
        Tx,
        accounts::{self, Account, AccountState},
        contacts::{self, Consent, FollowUp},
        erasure::{self, Blank, Erasure, MARKER},
        events::{self, ApplicationEvent},
        idempotency::{self, Begun},
        organisations,
        people::{self, Counters, Person, Scope, Wishes},
        profiles::{self, Criterion},
        runs, tokens,
    },
};
use serde_json::{Value, json};
use sqlx::types::Json;

use super::{
    account, at, contacts::consent, day, events::event, id, insert_account, office, person, refused, same,
    some, tokens::token,
};
use crate::support::database::{TestDb, both_databases};

/// The row as it lies there: `people` does not show one who was erased.
async fn row_of(tx: &mut Tx, id: PersonId) -> (Person, Option<DateTime<Utc>>) {
    let row = sql!(
        tx,
        fetch_one<Person>,
        "select id, nik_cipher, nik_key, nik_lookup, family_key, name, sex, birth_date, phone, village, address, \
         education, major, disability, status, available_from, class_ends_on, ak1_number, registered_on, \
         objects_to_ranking, live, \
         placed, nominated_by, sample, version, created_at, updated_at from people where id = $1",
        id
    );
    let erased: Result<(Option<DateTime<Utc>>,), _> =
        sql!(tx, fetch_one<(Option<DateTime<Utc>>,)>, "select erased_at from people where id = $1", id);
    (row.unwrap(), erased.unwrap().0)
}

async fn rows_of_people(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    organisations::insert(tx, &office(1, None)).await.unwrap();
    let before = Person { nominated_by: Some(id(1)), ..person(1) };
    for row in [&before, &person(2)] {
        assert_eq!(people::insert(tx, row).await.unwrap(), 1);
    }
    let counters = Counters { id: before.id, live: 2, placed: 1 };
    people::set_counters(tx, &counters).await.unwrap();
    let blank = Blank {
        id: before.id,
        nik_cipher: vec![9; 4],
        nik_lookup: vec![8; 32],
        neutral_day: day("1900-01-01"),
        at: at(9),
    };
    assert_eq!(erasure::blank_person(tx, &Blank { id: id(9), ..blank.clone() }).await.unwrap(), 0);
    assert_eq!(erasure::blank_person(tx, &blank).await.unwrap(), 1);
    let expected = Person {
        nik_cipher: vec![9; 4],
        nik_key: 0,
        nik_lookup: vec![8; 32],
        family_key: None,
        name: MARKER.to_owned(),
        sex: None,
        birth_date: day("1900-01-01"),
        phone: None,
        village: None,
        address: None,
        education: None,
        major: None,
        disability: None,
        status: padankerja::domain::person::Status::Unreachable,
        available_from: None,
        class_ends_on: None,
        ak1_number: None,
        registered_on: day("1900-01-01"),
        objects_to_ranking: true,
        nominated_by: None,
        live: 2,
        placed: 1,
        version: 2,
        updated_at: at(9),
        ..before.clone()
    };
    same(row_of(tx, before.id).await, (&expected, Some(at(9))));
    let again = Blank { nik_cipher: vec![7; 4], nik_lookup: vec![7; 32], at: at(10), ..blank };
    assert_eq!(erasure::blank_person(tx, &again).await.unwrap(), 0, "it was emptied");
    same(row_of(tx, before.id).await, (&expected, Some(at(9))));

    assert!(people::find(tx, &Scope::Office, before.id).await.unwrap().is_none());
    same(people::find(tx, &Scope::Office, id(2)).await.unwrap(), Some(person(2)));
    same(people::lock(tx, before.id).await.unwrap(), Some(counters));
    assert_eq!(people::count(tx).await.unwrap(), 1);
    assert_eq!(people::match_rows_after(tx, None, 9).await.unwrap().len(), 1);
    let anew = Person { id: id(3), ..before };
    assert_eq!(people::insert(tx, &anew).await.unwrap(), 1, "the NIK is free again");
}

async fn wishes_and_evidence(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let wishes = Wishes { wage_floor: Some(2_000_000), ..Wishes::default() };
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
        people::set_wishes(tx, id(number), &wishes).await.unwrap();
        let row = Criterion {
            id: id(number),
            person_id: id(number),
            criterion: padankerja::domain::evidence::Criterion::Desil,
            value: 2,
            source: "DTSEN".to_owned(),
            dated_on: day("2026-01-01"),
            expires_on: day("2026-12-31"),
            organisation_id: None,
        };
        assert_eq!(profiles::insert_criterion(tx, &row).await.unwrap(), 1);
    }
    for _ in 0..2 {
        erasure::clear_wishes_and_criteria(tx, id(1)).await.unwrap();
        same(people::wishes(tx, id(1)).await.unwrap(), Wishes::default());
        assert_eq!(profiles::criteria_of(tx, id(1)).await.unwrap().len(), 0);
    }
    same(people::wishes(tx, id(2)).await.unwrap(), &wishes);
    assert_eq!(profiles::criteria_of(tx, id(2)).await.unwrap().len(), 1);
}

async fn numbers_and_notes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    super::contacts::stored(tx).await;
    let web = Consent {
        channel: padankerja::domain::contact::ConsentChannel::Web,
        number_dialled: None,
        ..consent(2)
    };
    let other = Consent {
        application_id: id(2),
        person_id: id(2),
        vacancy_id: id(2),
        employer_id: id(2),
        ..consent(3)
    };
    for row in [&consent(1), &web, &other] {
        assert_eq!(contacts::insert_consent(tx, row).await.unwrap(), 1);
    }
    assert_eq!(erasure::erase_numbers(tx, id(9)).await.unwrap(), 0);
    assert_eq!(erasure::erase_numbers(tx, id(1)).await.unwrap(), 1, "where none was dialled none is erased");
    let found = sql!(
        tx,
        fetch_all<Consent>,
        "select id, application_id, person_id, vacancy_id, employer_id, channel, number_dialled, self_spoke, officer_id, \
         wording, ends_on, given_at, guardian, text_shown from consents order by id"
    );
    same(found.unwrap(), [Consent { number_dialled: some(MARKER), ..consent(1) }, web, other]);

    let answered = |number: u128, of: u128, month, note: Option<&str>| FollowUp {
        id: id(number),
        application_id: id(of),
        month,
        due_on: day("2026-04-02"),
        still_working: Some(false),
        note: note.map(str::to_owned),
        recorded_by: Some(account(1).id),
        recorded_at: Some(at(9)),
    };
    for row in [answered(1, 1, 1, Some("pindah")), answered(2, 1, 3, None), answered(3, 2, 1, Some("sakit"))]
    {
        contacts::plan_follow_up(tx, &row).await.unwrap();
        contacts::answer_follow_up(tx, &row).await.unwrap();
    }
    assert_eq!(erasure::erase_notes(tx, id(1)).await.unwrap(), 1);
    assert_eq!(erasure::erase_notes(tx, id(1)).await.unwrap(), 0, "none is left");
    assert_eq!(erasure::erase_notes(tx, id(9)).await.unwrap(), 0);
    let left = [answered(1, 1, 1, None), answered(2, 1, 3, None)];
    same(contacts::follow_ups(tx, id(1)).await.unwrap(), left);
    same(contacts::follow_ups(tx, id(2)).await.unwrap(), [answered(3, 2, 1, Some("sakit"))]);
}

async fn own_words(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    super::events::stored(&mut tx).await;
    let told = |number, of, version, reason: Option<&str>| ApplicationEvent {
        reason: reason.map(str::to_owned),
        ..event(number, of, version, None, State::Confirmed)
    };
    for row in [
        told(10, 1, 1, None),
        told(12, 1, 2, Some("other: kata sendiri")),
        told(11, 3, 1, Some("kata sendiri saja")),
        told(13, 2, 1, Some("other: orang lain")),
    ] {
        events::record(&mut tx, &row).await.unwrap();
    }
    let numbers: [ApplicationId; 2] = [id(1), id(3)];
    assert_eq!(erasure::applications(&mut tx, id(1)).await.unwrap(), numbers);
    assert_eq!(erasure::applications(&mut tx, id(9)).await.unwrap(), []);
    let reason = |number, text: &str| (id::<EventId>(number), Event::Confirm, Actor::Staff, text.to_owned());
    let all = [reason(11, "kata sendiri saja"), reason(12, "other: kata sendiri")];
    same(erasure::reasons(&mut tx, id(1)).await.unwrap(), all);
    same(erasure::reasons(&mut tx, id(9)).await.unwrap(), [(); 0]);

    assert_eq!(erasure::cut_reason(&mut tx, id(12), "other").await.unwrap(), 1);
    assert_eq!(erasure::cut_reason(&mut tx, id(11), MARKER).await.unwrap(), 1);
    assert_eq!(erasure::cut_reason(&mut tx, id(9), MARKER).await.unwrap(), 0);
    let cut = [told(10, 1, 1, None), told(12, 1, 2, Some("other"))];
    same(events::history(&mut tx, id(1)).await.unwrap(), cut);
    same(events::history(&mut tx, id(3)).await.unwrap(), [told(11, 3, 1, Some(MARKER))]);
    same(events::history(&mut tx, id(2)).await.unwrap(), [told(13, 2, 1, Some("other: orang lain"))]);
    tx.commit().await.unwrap();
    // Nothing else may be written there, and nothing where there was no reason.
    for (number, text) in [(13, "other: lain"), (13, "lain"), (13, ""), (10, MARKER)] {
        let mut tx = db.db.write().await.unwrap();
        assert!(erasure::cut_reason(&mut tx, id(number), text).await.is_err(), "{number} {text}");
    }
}

async fn what_runs_said(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    super::runs::proposed(tx).await;
    let old = || Json(json!({"reasons": []}));
    let of = |run, vacancy, text: Json<Value>| (id::<RunId>(run), id::<VacancyId>(vacancy), text);
    same(erasure::explanations(tx, id(3)).await.unwrap(), [of(1, 1, old()), of(1, 2, old())]);
    same(erasure::explanations(tx, id(1)).await.unwrap(), [of(1, 1, old()), of(2, 1, old())]);
    same(erasure::explanations(tx, id(9)).await.unwrap(), [(); 0]);

    let new = Json(json!({"reasons": [], "erased": true}));
    assert_eq!(erasure::set_explanation(tx, id(1), id(1), id(1), &new).await.unwrap(), 1);
    for (run, vacancy, person) in [(9, 1, 1), (1, 3, 1), (2, 1, 2)] {
        let changed = erasure::set_explanation(tx, id(run), id(vacancy), id(person), &new).await;
        assert_eq!(changed.unwrap(), 0, "{run} {vacancy} {person}");
    }
    same(erasure::explanations(tx, id(1)).await.unwrap(), [of(1, 1, new), of(2, 1, old())]);
    same(erasure::explanations(tx, id(2)).await.unwrap(), [of(1, 1, old())]);
    same(erasure::explanations(tx, id(3)).await.unwrap(), [of(1, 1, old()), of(1, 2, old())]);
    let row = runs::proposal_of(tx, id(1), id(1), id(1)).await.unwrap().unwrap();
    assert_eq!((row.place, row.fit, row.priority), (2, 640, 120), "the rest of it stays");
}

async fn logins(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in 1..=3 {
        let login = Account {
            password_hash: "kata".to_owned(),
            failed_logins: 3,
            locked_until: Some(at(99)),
            ..account(number)
        };
        insert_account(tx, &login).await;
        people::insert(tx, &person(number)).await.unwrap();
    }
    let (first, second): (AccountId, AccountId) = (account(1).id, account(2).id);
    for (login, person) in [(second, 1), (first, 1), (first, 2), (account(3).id, 3)] {
        assert_eq!(people::attach(tx, login, id(person)).await.unwrap(), 1);
    }
    assert_eq!(erasure::holders(tx, id(1)).await.unwrap(), [(first, 1), (second, 0)], "and how many others");
    assert_eq!(erasure::holders(tx, id(9)).await.unwrap(), []);
    assert_eq!(erasure::detach(tx, first, id(1)).await.unwrap(), 1);
    assert_eq!(erasure::detach(tx, first, id(1)).await.unwrap(), 0, "it was");
    assert_eq!(erasure::detach(tx, first, id(3)).await.unwrap(), 0, "another login holds that one");
    assert_eq!(erasure::holders(tx, id(1)).await.unwrap(), [(second, 0)]);
    assert_eq!(erasure::holders(tx, id(2)).await.unwrap(), [(first, 0)]);

    for (number, login) in [(1, 1), (2, 2), (3, 2)] {
        tokens::insert(tx, &token(number, login, number.into(), 99)).await.unwrap();
    }
    for login in [first, second] {
        let begun = idempotency::begin(tx, login, "kunci-01", ("/x", b"ask"), at(0)).await.unwrap();
        assert_eq!(begun, Begun::Fresh);
    }
    erasure::end_login(tx, second, "dihapus-2").await.unwrap();
    let ended = Account { login: "dihapus-2".to_owned(), state: AccountState::Disabled, ..account(2) };
    same(accounts::find(tx, second).await.unwrap(), Some(ended));
    assert!(accounts::find_by_login(tx, "akun2").await.unwrap().is_none());
    let other = Account {
        password_hash: "kata".to_owned(),
        failed_logins: 3,
        locked_until: Some(at(99)),
        ..account(1)
    };
    same(accounts::find(tx, first).await.unwrap(), Some(other));
    for (number, stays) in [(1, true), (2, false), (3, false)] {
        assert_eq!(tokens::find(tx, id(number)).await.unwrap().is_some(), stays, "{number}");
    }
    let asked = ("/x", b"other".as_slice());
    assert_eq!(idempotency::begin(tx, first, "kunci-01", asked, at(1)).await.unwrap(), Begun::Reused);
    assert_eq!(idempotency::begin(tx, second, "kunci-01", asked, at(1)).await.unwrap(), Begun::Fresh);
    erasure::end_login(tx, id(9), "dihapus-9").await.unwrap();
    assert!(accounts::find_by_login(tx, "dihapus-9").await.unwrap().is_none());
}

async fn kept_answers(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    let login = account(1).id;
    let (text, other) = (id::<PersonId>(1).0.to_string(), id::<PersonId>(2).0.to_string());
    let at_address = |id: &str| format!("/v1/people/{id}/wishes");
    let about = |id: &str| format!("{{\"id\":\"{id}\"}}");
    for (key, address, body) in [
        ("kunci-01", at_address(&text), String::new()),
        ("kunci-02", "/v1/people".to_owned(), about(&text)),
        ("kunci-03", at_address(&other), about(&other)),
        ("kunci-04", "/v1/people".to_owned(), String::new()),
    ] {
        idempotency::begin(tx, login, key, (&address, b"ask"), at(0)).await.unwrap();
        assert_eq!(idempotency::finish(tx, login, key, 200, &body).await.unwrap(), 1);
    }
    // As kept before addresses were.
    let aged = sql!(tx, execute, "update idempotency_keys set address = null where key = 'kunci-04'");
    assert_eq!(aged.unwrap(), 1);
    assert_eq!(erasure::forget_answers(tx, &text).await.unwrap(), 3);
    assert_eq!(erasure::forget_answers(tx, &text).await.unwrap(), 0);
    for (key, known) in [("kunci-01", false), ("kunci-02", false), ("kunci-03", true), ("kunci-04", false)] {
        let begun = idempotency::begin(tx, login, key, ("/x", b"other"), at(1)).await.unwrap();
        assert_eq!(begun, if known { Begun::Reused } else { Begun::Fresh }, "{key}");
    }
}

async fn that_it_happened(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    insert_account(&mut tx, &account(1)).await;
    for number in 1..=3 {
        people::insert(&mut tx, &person(number)).await.unwrap();
    }
    let first = Erasure {
        person_id: id(1),
        ground: "requested".to_owned(),
        asked_by: "family".to_owned(),
        account_id: Some(account(1).id),
        erased_at: at(5),
    };
    let second = Erasure {
        person_id: id(2),
        ground: "unlawful".to_owned(),
        asked_by: "office".to_owned(),
        account_id: None,
        ..first.clone()
    };
    for row in [&first, &second] {
        assert_eq!(erasure::insert(&mut tx, row).await.unwrap(), 1);
        same(erasure::find(&mut tx, row.person_id).await.unwrap(), Some(row));
    }
    assert!(erasure::find(&mut tx, id(3)).await.unwrap().is_none());
    tx.commit().await.unwrap();
    let third = Erasure { person_id: id(3), ..first.clone() };
    for row in [
        first,
        Erasure { person_id: id(9), ..third.clone() },
        Erasure { ground: "bosan".to_owned(), ..third.clone() },
        Erasure { asked_by: "tetangga".to_owned(), ..third },
    ] {
        let mut tx = db.db.write().await.unwrap();
        refused(erasure::insert(&mut tx, &row).await);
    }
}

both_databases!(a_row_is_emptied_once, |db: TestDb| rows_of_people(db));
both_databases!(wishes_and_evidence_go, |db: TestDb| wishes_and_evidence(db));
both_databases!(numbers_and_notes_go, |db: TestDb| numbers_and_notes(db));
both_databases!(own_words_are_cut, |db: TestDb| own_words(db));
both_databases!(explanations_are_replaced, |db: TestDb| what_runs_said(db));
both_databases!(logins_end, |db: TestDb| logins(db));
both_databases!(kept_answers_are_forgotten, |db: TestDb| kept_answers(db));
both_databases!(an_erasure_is_recorded_once, |db: TestDb| that_it_happened(db));
