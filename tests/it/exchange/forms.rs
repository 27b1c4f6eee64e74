//! Forms: nothing is answered with 201 that was dropped, `null` takes a value away, and what no column can hold is a
//! problem of its field.
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    spine::cast::{Cast, act, by_phone, fields, get, id, person, plain, post, refuses, replace, vacancy},
    support::{
        app::Answer,
        database::{TestDb, both_databases},
    },
};

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

both_databases!(what_cannot_be_read_is_refused_and_not_dropped, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let long = "x".repeat(201);
    let cases = [
        ("phone", json!("0860-0000-00O1"), "phone_not_digit"),
        ("disability", json!("sesuatu"), "unknown_value"),
        ("status", json!("sibuk"), "unknown_value"),
        ("transport", json!("roket"), "unknown_value"),
        ("dormitory_ok", json!("kadang"), "unknown_value"),
        ("max_distance_km", json!(-3), "unreadable_number"),
        ("education", json!("pintar"), "unknown_value"),
        ("birth_date", json!("2030-01-01"), "date_in_future"),
        ("desil_source", json!(null), "desil_without_source"),
        ("desil_source", json!("tidak ada"), "desil_without_source"),
        ("desil_date", json!(null), "desil_without_date"),
        ("experience", json!(["kasir:lama"]), "unreadable_experience"),
        ("family_card", json!("12"), "family_card_shape"),
        ("name", json!(long), "too_long"),
        ("name", json!("BUDI 9911044205010001"), "nik_in_text"),
        ("address", json!("NIK 9911044205010001"), "nik_in_text"),
        ("skills", json!(["las".repeat(40)]), "too_long"),
        ("name", json!("SITI\u{0}UJI"), "control_character"),
        ("skills", json!(["las", "ob\u{202e}ras"]), "control_character"),
    ];
    for (field, value, code) in cases {
        let answer = post(&cast.staff, "/people", &with(person(7), field, value.clone())).await;
        assert_eq!(answer.refusal().0, 400, "{field}: {value}");
        let named = fields(&answer);
        assert!(named.iter().any(|(_, found)| found == code), "{field}: {named:?}");
        assert_eq!(get(&cast.staff, "/people").await.success()["items"], json!([]), "{field}");
    }
    for wage in [json!(-1), json!("nego")] {
        let answer = post(&cast.staff, "/people", &with(person(7), "wage_floor", wage)).await;
        assert_eq!(fields(&answer)[0].0, "wage_floor");
    }
    let named = with(person(7), "name", json!("Null"));
    assert_eq!(post(&cast.staff, "/people", &named).await.success()["name"], "Null");
});

both_databases!(null_takes_a_value_away, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = with(with(person(1), "wage_floor", json!(2_500_000)), "shift_ok", json!(true));
    let path = format!("/people/{}", id(&post(&cast.staff, "/people", &made).await.success()));
    let change = async |version: i64, body: Value| -> Answer {
        replace(&cast.staff, Method::PATCH, &path, version, &body).await
    };
    let before = get(&cast.staff, &path).await.success();
    assert_eq!(
        (&before["phone"], &before["profile"]["wishes"]["wage_floor"]),
        (&json!("+6286012345678"), &json!(2_500_000))
    );
    let empty = json!({"phone": null, "wage_floor": null, "shift_ok": null, "address": null});
    let after = change(1, empty).await.success();
    assert_eq!((&after["phone"], &after["address"]), (&Value::Null, &Value::Null));
    assert_eq!(
        (&after["profile"]["wishes"]["wage_floor"], &after["profile"]["wishes"]["shift_ok"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(after["village"], before["village"], "what is left out stays");
    for (body, field, code) in [
        (json!({"status": null}), "status", "required"),
        (json!({"objects_to_ranking": null}), "objects_to_ranking", "required"),
        (json!({"address": "x".repeat(501)}), "address", "too_long"),
        (json!({"address": "NIK 9911044205010001"}), "address", "nik_in_text"),
        (json!({"wage_floor": i64::MAX}), "wage_floor", "number_out_of_range"),
        (json!({"max_distance_m": -1}), "max_distance_m", "number_out_of_range"),
        (json!({"transport": "roket"}), "transport", "unknown_value"),
        (json!({"phone": "abc"}), "phone", "phone_not_mobile"),
    ] {
        refuses(&change(2, body).await, field, code);
    }
});

both_databases!(wishes_about_the_way_and_the_hours_are_yes_no_or_unknown, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = with(with(person(1), "dormitory_ok", json!(false)), "transport", json!("motor"));
    let made = post(&cast.staff, "/people", &made).await.success();
    let wishes = &made["profile"]["wishes"];
    assert_eq!((&wishes["dormitory_ok"], &wishes["transport"]), (&json!(false), &json!("motorcycle")));
    let path = format!("/people/{}", id(&made));
    for (version, body, dormitory_ok, transport) in [
        (1, json!({"dormitory_ok": true, "transport": "sepeda"}), json!(true), json!("bicycle")),
        (2, json!({"dormitory_ok": null}), Value::Null, json!("bicycle")),
        (3, json!({"transport": null, "shift_ok": false}), Value::Null, Value::Null),
    ] {
        let after = replace(&cast.staff, Method::PATCH, &path, version, &body).await.success();
        let wishes = &after["profile"]["wishes"];
        assert_eq!((&wishes["dormitory_ok"], &wishes["transport"]), (&dormitory_ok, &transport), "{body}");
    }
    assert_eq!(
        get(&cast.staff, &path).await.success()["profile"]["wishes"],
        json!({"wage_floor": null, "max_distance_m": null, "shift_ok": false, "transport": null, "dormitory_ok": null,
            "contact_way": null, "contact_hour": null, "message_content": null})
    );
});

both_databases!(a_vacancy_tells_of_the_way_and_the_hours, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let told = |view: &Value| [&view["shuttle"], &view["dormitory"], &view["shifts"]].map(Value::as_bool);
    let mut silent = vacancy(1);
    silent["description"] = json!("Menjahit. Ada mes, non shift");
    let plain =
        post(&cast.employer, "/vacancies", &with(silent.clone(), "prefill", json!(false))).await.success();
    assert_eq!(told(&plain), [None, None, None], "what nobody told is not told");
    let filled = post(&cast.employer, "/vacancies", &with(silent, "prefill", json!(true))).await.success();
    assert_eq!(told(&filled), [None, Some(true), Some(false)]);
    let to_check = filled["internal"]["prefilled"].as_array().unwrap();
    assert!(["dormitory", "shifts"].iter().all(|field| to_check.contains(&json!(field))), "{to_check:?}");

    let path = format!("/vacancies/{}", id(&plain));
    let body = with(with(vacancy(1), "shuttle", json!(true)), "dormitory", json!(false));
    let edited =
        replace(&cast.employer, Method::PUT, &path, 1, &with(body, "shifts", json!("3 shift"))).await;
    assert_eq!(told(&edited.success()), [Some(true), Some(false), Some(true)]);
    let bad = with(vacancy(1), "shuttle", json!("kadang"));
    refuses(&post(&cast.employer, "/vacancies", &bad).await, "shuttle", "unknown_value");
});

both_databases!(what_no_column_can_hold_is_a_problem_of_its_field, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let title = post(&cast.employer, "/vacancies", &with(vacancy(1), "title", json!("a".repeat(301)))).await;
    refuses(&title, "title", "too_long");
    assert!(title.json()["errors"][0]["detail"].as_str().unwrap().contains("paling banyak 300 huruf"));
    let mut reserved = with(vacancy(1), "reserved_seats", json!(2));
    reserved.as_object_mut().unwrap().remove("seats");
    refuses(&post(&cast.employer, "/vacancies", &reserved).await, "reserved_seats", "reserved_above_seats");
    let age = post(&cast.employer, "/vacancies", &with(vacancy(1), "age_max", json!(100))).await;
    refuses(&age, "age_max", "number_out_of_range");
    let plan = json!({"job": "a".repeat(301), "seats": 4, "month": "2026-09-01", "certainty": "likely"});
    refuses(&post(&cast.employer, "/plans", &plan).await, "job", "too_long");
    let login = json!({"login": "pet\u{0}ugas", "password": "rahasia"});
    refuses(&plain(&cast.staff, Method::POST, "/auth/login", &login).await, "login", "control_character");
});

both_databases!(a_number_nobody_can_dial_is_no_consent, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (somebody, job) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&somebody, &job).await;
    let path = format!("/applications/{application}/consent");
    let mut bad = by_phone();
    bad["consent"]["number_dialled"] = json!("abc");
    refuses(&act(&cast.staff, &path, 1, &bad).await, "consent.number_dialled", "not_dialable");
    act(&cast.staff, &path, 1, &by_phone()).await.success();
});
