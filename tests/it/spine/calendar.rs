//! The office's calendar: who reads and edits it, what an edit says, and that no deadline moves that somebody was told.
use padankerja::{
    app::{
        AppError,
        access::{Role, acting::Acting},
        calendar,
    },
    domain::{
        holiday::{Holiday, Kind},
        job::Name,
    },
    store::{Db, organisations::OrganisationKind},
    transact,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, act, by_phone, fields, get, plain, post, refuses};
use crate::support::{
    app::{Answer, Client, Place, TestApp},
    database::{TestDb, both_databases},
    jobs::work,
};

async fn put(who: &Client, day: &str, body: &Value) -> Answer {
    plain(who, Method::PUT, &format!("/holidays/{day}"), body).await
}

fn local(name: &str) -> Value {
    json!({"name": name, "kind": "local"})
}

/// Days of a year with whether they are estimates.
async fn year(who: &Client, year: i32) -> Vec<(String, bool)> {
    let told = get(who, &format!("/holidays?year={year}")).await.success();
    assert_eq!(told["year"], year);
    let item = |item: &Value| (item["day"].as_str().unwrap().to_owned(), item["estimate"].as_bool().unwrap());
    told["items"].as_array().unwrap().iter().map(item).collect()
}

async fn due(cast: &Cast, application: &str) -> String {
    cast.application(application).await["deadline"].as_str().unwrap().to_owned()
}

// Monday 2 March 2026. An employer has seven working days: until Wednesday 11 March.
both_databases!(a_deadline_that_was_told_does_not_move, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let told = cast.referred(&cast.person(1).await, &vacancy).await;
    assert_eq!(due(&cast, &told).await, "2026-03-11");

    let edit = put(&cast.supervisor, "2026-03-04", &local("Kantor dipindahkan")).await.success();
    assert_eq!(edit["holiday"]["day"], "2026-03-04");
    assert_eq!((&edit["told_deadlines"], &edit["removed"]), (&json!(1), &Value::Null));
    let notes = edit["notes"].to_string();
    assert!(
        notes.contains("1 tenggat yang jatuh pada 4 Maret 2026 atau sesudahnya") && notes.contains("tetap"),
        "{notes}"
    );
    assert_eq!(due(&cast, &told).await, "2026-03-11", "what was told stays");
    let fresh = cast.referred(&cast.person(2).await, &vacancy).await;
    assert_eq!(due(&cast, &fresh).await, "2026-03-12", "what is told now counts the day off");

    // Neither do the jobs move it: a reminder waits for the third working day by the new calendar, no deadline does.
    let version = cast.application(&told).await["version"].clone();
    cast.app.clock.advance(chrono::TimeDelta::days(3));
    assert_eq!(
        work(cast.app.app(), Name::RemindEmployers).await.done,
        0,
        "Thursday is the second working day"
    );
    cast.app.clock.advance(chrono::TimeDelta::days(1));
    assert_eq!(work(cast.app.app(), Name::RemindEmployers).await.done, 2);
    let staff = cast.app.client(cast.staff.account.unwrap());
    let read = get(&staff, &format!("/applications/{told}")).await.success();
    assert_eq!((&read["deadline"], &read["version"]), (&json!("2026-03-11"), &version));
    // Thursday 12 March: the one that was told the 11th lapses, the other has until the end of the day.
    cast.app.clock.advance(chrono::TimeDelta::days(6));
    assert_eq!(work(cast.app.app(), Name::LapseAnswers).await.done, 1);
    let staff = cast.app.client(cast.staff.account.unwrap());
    for (application, state) in [(&told, "lapsed"), (&fresh, "referred")] {
        let read = get(&staff, &format!("/applications/{application}")).await.success();
        assert_eq!(read["state"], state);
    }
});

both_databases!(a_day_that_works_again_shortens_nothing_that_was_told, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    put(&cast.supervisor, "2026-03-05", &local("Listrik padam")).await.success();
    let told = cast.referred(&cast.person(1).await, &vacancy).await;
    assert_eq!(due(&cast, &told).await, "2026-03-12");
    let edit = post(&cast.supervisor, "/holidays/2026-03-05/removal", &json!({})).await.success();
    assert_eq!((&edit["holiday"], &edit["removed"]["name"]), (&Value::Null, &json!("Listrik padam")));
    assert_eq!(edit["told_deadlines"], 1);
    assert_eq!(due(&cast, &told).await, "2026-03-12");
    let fresh = cast.referred(&cast.person(2).await, &vacancy).await;
    assert_eq!(due(&cast, &fresh).await, "2026-03-11");
    // An officer puts an answer off to a working day of the calendar as it is now.
    let body = json!({"deadline": "2026-03-18"});
    refuses(&cast.step(&cast.staff, &fresh, "extend", &body).await, "deadline", "day_off");
    post(&cast.supervisor, "/holidays/2026-03-18/removal", &json!({})).await.success();
    cast.step(&cast.staff, &fresh, "extend", &body).await.success();
});

both_databases!(an_estimate_is_confirmed_or_moved_in_one_step, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let chief = &cast.supervisor;
    let estimates = |days: &[(String, bool)]| days.iter().filter(|(_, estimate)| *estimate).count();
    let before = year(chief, 2027).await;
    assert_eq!((before.len(), estimates(&before)), (18, 13));

    let confirmed = json!({"name": "Hari Suci Nyepi", "kind": "national", "estimate": false});
    let edit = put(chief, "2027-03-08", &confirmed).await.success();
    assert_eq!((&edit["told_deadlines"], &edit["notes"]), (&json!(0), &json!([])), "it was closed anyway");
    let edit = post(chief, "/holidays/2027-05-17/move", &json!({"to": "2027-05-18"})).await.success();
    assert_eq!(edit["removed"]["day"], "2027-05-17");
    let moved = &edit["holiday"];
    assert_eq!((&moved["day"], &moved["name"]), (&json!("2027-05-18"), &json!("Idul Adha 1448 Hijriah")));
    assert_eq!((&moved["kind"], &moved["estimate"]), (&json!("national"), &json!(false)));
    let after = year(chief, 2027).await;
    assert_eq!((after.len(), estimates(&after)), (18, 11));
    assert!(
        after.contains(&("2027-05-18".to_owned(), false))
            && !after.iter().any(|(day, _)| day == "2027-05-17")
    );
    // A better estimate stays one.
    post(chief, "/holidays/2027-01-05/move", &json!({"to": "2027-01-06", "estimate": true})).await.success();
    assert!(year(chief, 2027).await.contains(&("2027-01-06".to_owned(), true)));

    // Where a holiday is there already nothing moves, and nothing is lost.
    let taken = post(chief, "/holidays/2027-03-10/move", &json!({"to": "2027-03-11"})).await;
    refuses(&taken, "to", "holiday_taken");
    let itself = post(chief, "/holidays/2027-03-10/move", &json!({"to": "2027-03-10"})).await;
    refuses(&itself, "to", "holiday_taken");
    assert_eq!(year(chief, 2027).await.len(), 18);
});

both_databases!(what_the_calendar_cannot_be_told_is_named, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let chief = &cast.supervisor;
    for (day, body, field, code) in [
        ("2026-03-01", local("Kemarin"), "day", "holiday_past"),
        ("2019-12-31", local("Lama"), "day", "year_out_of_range"),
        ("2101-01-01", local("Jauh"), "day", "year_out_of_range"),
        ("2027-02-30", local("Tidak ada"), "day", "unreadable_date"),
        ("besok", local("Besok"), "day", "unreadable_date"),
        ("2027-03-09", local("  "), "name", "required"),
        ("2027-03-09", local(&"x".repeat(121)), "name", "too_long"),
        ("2027-03-09", local("Hari\nJadi"), "name", "control_character"),
    ] {
        refuses(&put(chief, day, &body).await, field, code);
    }
    let long = put(chief, "2027-03-09", &local(&"x".repeat(121))).await.json();
    assert!(long.to_string().contains("paling banyak 120 huruf"), "{long}");
    let kind = put(chief, "2027-03-09", &json!({"name": "Hari", "kind": "libur"})).await;
    assert_eq!(kind.refusal(), (400, "unacceptable_body".to_owned()));
    for path in ["/holidays/2026-02-17/removal", "/holidays/2026-02-17/move"] {
        let body = if path.ends_with("move") { json!({"to": "2026-03-09"}) } else { json!({}) };
        refuses(&post(chief, path, &body).await, "day", "holiday_past");
    }
    let back = post(chief, "/holidays/2027-05-17/move", &json!({"to": "2026-02-17"})).await;
    refuses(&back, "to", "holiday_past");
    let none = post(chief, "/holidays/2027-03-09/removal", &json!({})).await;
    assert_eq!(none.refusal(), (404, "not_found".to_owned()));
    for year in ["2019", "2101", "-1"] {
        refuses(&get(chief, &format!("/holidays?year={year}")).await, "year", "year_out_of_range");
    }
    assert_eq!(get(chief, "/holidays?year=dua").await.refusal(), (400, "malformed_query".to_owned()));
    assert_eq!(get(chief, "/holidays").await.success()["year"], 2026, "the present one");

    // A Sunday is taken, as decrees name some, and the answer says that nothing is counted otherwise.
    let sunday = put(chief, "2026-03-08", &local("Hari Jadi Sukoharjo")).await.success();
    assert_eq!((&sunday["holiday"]["weekend"], &sunday["told_deadlines"]), (&json!(true), &json!(0)));
    let notes = sunday["notes"].to_string();
    assert!(notes.contains("Minggu, 8 Maret 2026: kantor memang tutup"), "{notes}");
    let renamed = put(chief, "2026-03-08", &local("Hari Jadi")).await.success();
    assert_eq!(renamed["notes"], sunday["notes"], "also when it is renamed");
    // Today can be changed.
    put(chief, "2026-03-02", &local("Banjir")).await.success();
});

both_databases!(whoever_plans_by_working_days_reads_the_calendar, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let trainee = cast.trainee(&cast.person(1).await).await;
    let agency = cast.app.organisation(OrganisationKind::Agency, None).await;
    let agency = cast.app.login(Role::Agency, Place { organisation: Some(agency), ..Place::default() }).await;
    for who in [&cast.staff, &cast.supervisor, &cast.employer, &cast.companion().await, &agency] {
        assert_eq!(year(who, 2026).await.len(), 25);
    }
    let refusal = (403, "role_not_allowed".to_owned());
    for who in [&trainee, &cast.app.administrator().await] {
        assert_eq!(get(who, "/holidays").await.refusal(), refusal);
    }
    for who in [&cast.staff, &cast.employer, &trainee] {
        assert_eq!(put(who, "2027-03-09", &local("Hari")).await.refusal(), refusal);
        assert_eq!(post(who, "/holidays/2027-03-08/removal", &json!({})).await.refusal(), refusal);
        assert_eq!(
            post(who, "/holidays/2027-03-08/move", &json!({"to": "2027-03-09"})).await.refusal(),
            refusal
        );
    }
});

/// Who did what on which day, in the order of happening.
async fn audited(db: &TestDb) -> Vec<String> {
    let text = "select action || ' ' || actor from audit where object_kind = 'holiday' order by at, id";
    match &db.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_all(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(text).fetch_all(pool).await.unwrap(),
    }
}

both_databases!(an_edit_stands_in_the_audit_and_a_repeated_one_does_not, |db: TestDb| async {
    let cast = Cast::new(db).await;
    put(&cast.supervisor, "2027-03-09", &local("Hari Jadi")).await.success();
    let again = put(&cast.supervisor, "2027-03-09", &local(" Hari Jadi ")).await.success();
    assert_eq!(again["told_deadlines"], 0);
    cast.app.clock.advance(chrono::TimeDelta::seconds(1));
    post(&cast.supervisor, "/holidays/2027-03-09/move", &json!({"to": "2027-03-12"})).await.success();
    cast.app.clock.advance(chrono::TimeDelta::seconds(1));
    let app = cast.app.app();
    let day = "2027-03-12".parse().unwrap();
    let done: Result<calendar::Edited, AppError> =
        async { transact!(app, tx => calendar::remove(app, tx, &Acting::terminal(), day).await) }.await;
    done.unwrap();
    assert_eq!(
        audited(db).await,
        [
            "holiday.set supervisor",
            "holiday.move supervisor",
            "holiday.set supervisor",
            "holiday.remove terminal"
        ]
    );
    // The service itself edits nothing.
    let wanted = Holiday { day, name: "Hari".to_owned(), kind: Kind::Local, estimate: false };
    let done: Result<calendar::Edited, AppError> =
        async { transact!(app, tx => calendar::declare(app, tx, &Acting::system(), wanted.clone()).await) }
            .await;
    assert!(matches!(done, Err(AppError::Forbidden(_))));
});

// Two services on one database, each with connections of its own.
both_databases!(an_edit_by_one_replica_holds_for_the_other, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let person = cast.person(1).await;
    let application = cast.proposed(&person, &vacancy).await;
    let second = Db::open(&db.url()).await.unwrap();
    let second = TestDb::there(second, tempfile::tempdir().unwrap(), None);
    let other = TestApp::start(&second).await;
    let [chief, officer] = [&cast.supervisor, &cast.staff].map(|who| other.client(who.account.unwrap()));
    // A person has three working days: Thursday 5 March, and Friday once the second replica declared a day off.
    put(&chief, "2026-03-04", &local("Kantor pindah")).await.success();
    let first = year(&cast.staff, 2026).await;
    assert!(first.contains(&("2026-03-04".to_owned(), false)));
    let confirmed = cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    assert_eq!(confirmed["application"]["deadline"], "2026-03-06");
    // And the other way round.
    post(&cast.supervisor, "/holidays/2026-03-04/removal", &json!({})).await.success();
    let path = format!("/applications/{application}/consent");
    let agreed = act(&officer, &path, 2, &by_phone()).await.success();
    assert_eq!(agreed["application"]["state"], "referred");
    assert_eq!(agreed["application"]["deadline"], "2026-03-11");
    drop(other);
    second.db.close().await;
});

both_databases!(two_who_declare_the_same_day_at_once_both_succeed, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (local("Hari Jadi"), local("Hari Jadi Sukoharjo"));
    let both = tokio::join!(
        put(&cast.supervisor, "2027-07-15", &first),
        put(&cast.supervisor, "2027-07-15", &second)
    );
    for answer in [both.0, both.1] {
        answer.success();
    }
    let (first, second) = (json!({"to": "2027-07-16"}), json!({"to": "2027-07-19"}));
    let path = "/holidays/2027-07-15/move";
    let moved = tokio::join!(post(&cast.supervisor, path, &first), post(&cast.supervisor, path, &second));
    let done = [&moved.0, &moved.1].iter().filter(|answer| answer.status.is_success()).count();
    assert_eq!(done, 1, "one of them found no holiday there any more: {moved:?}");
    let days: Vec<String> = year(&cast.staff, 2027).await.into_iter().map(|(day, _)| day).collect();
    assert_eq!(days.iter().filter(|day| day.starts_with("2027-07")).count(), 1);
    assert!(fields(&put(&cast.supervisor, "2027-07-15", &local("")).await).len() == 1);
});
