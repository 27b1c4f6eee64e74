//! A form is carried out for whom it was shown and changes nothing that nobody touched: another person of the family in another
//! tab, what came meanwhile, values that a form cannot show in full.
use padankerja::domain::access::Right;
use reqwest::Method;
use serde_json::{Value, json};

use crate::pages::{
    browser::Browser,
    cast::{employer_does, inside},
};
use crate::{
    spine::cast::{Cast, act, get, replace},
    support::{
        app::Client,
        database::{TestDb, both_databases},
    },
};

async fn changed(who: &Client, person: &str, change: &Value) {
    let path = format!("/people/{person}");
    let version = get(who, &path).await.success()["version"].as_i64().unwrap();
    replace(who, Method::PATCH, &path, version, change).await.success();
}

async fn profile(who: &Client, person: &str) -> Value {
    get(who, &format!("/people/{person}")).await.success()["profile"].clone()
}

async fn turn_to(browser: &mut Browser, name: &str) {
    let choice = browser.get("/saya/pilih").await.form("Lanjutkan");
    browser.send(&choice.choose(name)).await.is(200);
}

both_databases!(a_form_is_carried_out_for_whom_it_was_shown, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second, vacancy) = (cast.person(1).await, cast.person(2).await, cast.open_vacancy(3).await);
    let who = cast.trainee(&first).await;
    let mut tx = cast.app.app().db.write().await.unwrap();
    padankerja::store::people::attach(&mut tx, who.account.unwrap(), second.parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = inside(&cast, &who).await;
    turn_to(&mut browser, "Contoh 1").await;
    let data = browser.get("/saya/data").await;
    let shown = [
        browser.get("/saya/data/hapus").await.form("Hapus untuk selamanya").choose("Saya mengerti"),
        browser.get("/saya/data/hapus").await.form("Hapus untuk selamanya"),
        browser.get(&format!("/lowongan/{vacancy}/lamar")).await.form("Lamar"),
        data.form("Unduh data saya"),
        data.form("Tolak pengurutan otomatis"),
        data.form("Pendamping desa boleh membantu saya"),
        browser.get("/saya/slip").await.form("Buat slip"),
        browser.get("/saya/profil/kontak").await.form("Simpan").fill("Nomor HP", "0860 9999 8888"),
        browser.get(&format!("/lowongan/{vacancy}/lamar")).await.form("Lamar").choose("Saya sendiri"),
    ];
    // Another tab turns to somebody else.
    turn_to(&mut browser, "Contoh 2").await;
    let before = get(&cast.staff, &format!("/people/{second}")).await.success();
    for form in shown {
        browser.send(&form).await.is(409);
        browser.send(&form.clone().set("orang", "")).await.is(409);
    }
    assert_eq!(
        get(&cast.staff, &format!("/people/{second}")).await.success(),
        before,
        "nothing happened to them"
    );
    assert_eq!(get(&cast.staff, "/applications").await.success()["items"], json!([]));
});

both_databases!(what_came_meanwhile_is_not_taken_for_gone, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let certificates = browser.get("/saya/profil/sertifikat").await.form("Simpan");
    let skills = browser.get("/saya/profil/keterampilan").await.form("Simpan");
    changed(
        &cast.staff,
        &whom,
        &json!({"certificates": [{"name": "SIM B1"}], "skills": ["menjahit", "obras"]}),
    )
    .await;
    let typed = certificates.set("name-0", "Sertifikat K3").set("expires_on-0", "besok");
    let wrong = browser.send(&typed).await;
    wrong.is(422);
    // Mended, it still says which version was seen.
    let stale = browser.send(&wrong.form("Simpan").set("expires_on-0", "")).await;
    stale.is(409).says("Keadaannya sudah berubah");
    let now = stale.form("Simpan");
    let names: Vec<_> = (0..9).filter_map(|at| now.value(&format!("name-{at}"))).collect();
    assert!(names.contains(&"Sertifikat K3") && names.contains(&"SIM B1"), "{names:?}");
    browser.send(&now).await.is(200).says("Sertifikat K3").says("SIM B1");
    let late = browser.send(&skills.fill("Apa yang Anda bisa?", "menjahit\nmemasak")).await;
    late.is(409);
    let saved = browser.send(&late.form("Simpan")).await;
    saved.is(200).says("memasak").says("obras");
});

both_databases!(a_form_sent_back_as_it_is_changes_nothing, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let stored = json!({
        "max_distance_m": 2_540, "wage_floor": 2_300_000, "skills": ["mesin (obras, overdeck)", "menjahit"],
        "certificates": [{"name": "SIM A", "issued_on": "2024-05-12", "expires_on": "2029-05-12"}],
        "trainings": [{"programme": "Tata Boga", "ended_on": "2025-06-01", "result": "not_yet"}],
        "experiences": [{"job": "Penjahit, borongan", "months": 7}],
    });
    changed(&cast.staff, &whom, &stored).await;
    let before = profile(&cast.staff, &whom).await;
    let mut browser = inside(&cast, &who).await;
    for part in ["keinginan", "keterampilan", "sertifikat", "pelatihan", "pengalaman", "pendidikan", "kontak"]
    {
        let form = browser.get(&format!("/saya/profil/{part}")).await.form("Simpan");
        browser.send(&form).await.is(200).says("Sudah disimpan");
    }
    let after = profile(&cast.staff, &whom).await;
    for list in ["trainings", "certificates", "experiences", "skills", "wishes"] {
        assert_eq!(after[list], before[list], "{list}");
    }
    browser.get("/saya/profil").await.says("2,54 km");
    let form = browser.get("/saya/profil/keinginan").await.form("Simpan");
    browser.send(&form.fill("Tempat kerja paling jauh", "0,8")).await.is(200).says("0,8 km");
    assert_eq!(profile(&cast.staff, &whom).await["wishes"]["max_distance_m"], 800);
});

both_databases!(words_of_a_note_are_read_by_whom_they_are_for, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    employer_does(&cast, &application, "invite", &json!({})).await;
    let who = cast.trainee(&whom).await;
    let note = json!({"kind": "not_coming", "text": "kontrol di rumah sakit"});
    cast.step(&who, &application, "notes", &note).await.success();
    let path = format!("/applications/{application}");
    let read = async |reader: &Client| get(reader, &path).await.success()["note"].clone();
    let companion = cast.companion().await;
    assert_eq!(read(&cast.employer).await["text"], "kontrol di rumah sakit");
    let told = read(&companion).await;
    assert_eq!((&told["kind"], &told["text"]), (&json!("not_coming"), &Value::Null));
    let own = json!({"kind": "not_coming", "text": "diminta hari lain"});
    cast.step(&companion, &application, "notes", &own).await.success();
    assert_eq!(read(&companion).await["text"], "diminta hari lain");
    // A suspended employer reads neither name nor words.
    let employer = get(&cast.staff, &path).await.success()["employer_id"].as_str().unwrap().to_owned();
    let verifier = cast.app.staff(&[Right::Verify]).await;
    let version =
        get(&verifier, &format!("/employers/{employer}")).await.success()["version"].as_i64().unwrap();
    let suspend = json!({"reason": "diperiksa"});
    act(&verifier, &format!("/employers/{employer}/suspend"), version, &suspend).await.success();
    assert_eq!(read(&cast.employer).await, Value::Null);
    assert_eq!(read(&cast.staff).await["text"], "diminta hari lain");
});

both_databases!(who_helped_to_answer_is_no_business_of_an_employer, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    let who = cast.trainee(&whom).await;
    let out = json!({"reason": "family_care", "helped": true});
    cast.step(&who, &application, "withdraw", &out).await.success();
    let path = format!("/applications/{application}/events");
    let helped = async |reader: &Client| {
        let events = get(reader, &path).await.success();
        events["items"].as_array().unwrap().iter().any(|event| event["helped"] == json!(true))
    };
    assert!(helped(&who).await && helped(&cast.staff).await);
    assert!(!helped(&cast.employer).await);
    assert!(!helped(&cast.companion().await).await);
});
