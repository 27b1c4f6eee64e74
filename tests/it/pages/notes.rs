//! What a person says beside the states of an application, what an employer shares, who of a family answers, and vacancies a
//! little outside what somebody wishes.
use serde_json::{Value, json};

use crate::pages::cast::{asked, employer_does, inside, state, wake};
use crate::{
    spine::cast::{Cast, get, replace},
    support::database::{TestDb, both_databases},
};

const DAY: &str = "2026-03-12";

async fn referred(cast: &Cast) -> (String, String) {
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    (whom, application)
}

/// What the employer reads beside the application.
async fn read_by_employer(cast: &Cast, application: &str) -> Value {
    get(&cast.employer, &format!("/applications/{application}")).await.success()["note"].clone()
}

both_databases!(whoever_is_invited_says_whether_they_come, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (whom, application) = referred(&cast).await;
    let mut browser = inside(&cast, &cast.trainee(&whom).await).await;
    let path = format!("/saya/lamaran/{application}");
    let interview =
        json!({"on": DAY, "hour": "09:00", "place": "Pabrik 2", "landmark": "seberang pasar Baki"});
    employer_does(&cast, &application, "invite", &json!({"interview": interview})).await;
    let one = browser.get(&path).await;
    one.says("Pabrik 2 (patokan: seberang pasar Baki)");
    let version = cast.application(&application).await["version"].clone();
    let form = one.form("Saya berhalangan");
    let wrong = browser.send(&form).await;
    wrong.is(422).says("Tulis sedikit");
    let cannot = wrong.form("Saya berhalangan").fill("Pesan", "anak sakit, bisa hari Jumat");
    let said = browser.send(&cannot).await;
    said.is(200).says("Kabar Anda sudah kami teruskan").says("Anda sudah mengabari: berhalangan");
    // Sent again it is the same note.
    browser.send(&cannot).await.is(200);
    let note = read_by_employer(&cast, &application).await;
    assert_eq!((&note["kind"], &note["text"]), (&json!("not_coming"), &json!("anak sakit, bisa hari Jumat")));
    let listed = get(&cast.staff, "/application-notes?kind=not_coming").await.success();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    browser.send(&said.form("Saya akan datang")).await.says("Anda sudah mengabari: akan datang.");
    assert_eq!(read_by_employer(&cast, &application).await["kind"], "coming");
    assert_eq!(cast.application(&application).await["version"], version, "nothing moved");
    assert_eq!(state(&cast, &application).await, "interview");
    // A new day: what was said about the old one does not stand any more.
    let later = json!({"on": "2026-03-13", "hour": "10:00", "place": "Pabrik 2"});
    employer_does(&cast, &application, "invite", &json!({"interview": later})).await;
    assert_eq!(read_by_employer(&cast, &application).await, Value::Null);
    let old = said.form("Saya akan datang").set("kunci", "00000000-0000-0000-0000-000000000001");
    browser.send(&old).await.is(409).says("Keadaannya sudah berubah");
    cast.app.clock.advance(chrono::TimeDelta::days(14));
    wake(&mut cast).await;
    let after = browser.get(&path).await;
    assert!(!after.text.contains("Saya akan datang"), "{}", after.said());
    let late = form.set("kunci", "00000000-0000-0000-0000-000000000002").set("aksi", "datang");
    let version = cast.application(&application).await["version"].to_string();
    browser.send(&late.set("versi", &version)).await.is(409);
    browser
        .send(&cannot.set("aksi", "terbang").set("kunci", "00000000-0000-0000-0000-000000000003"))
        .await
        .is(400);
});

both_databases!(whoever_is_offered_work_says_that_they_take_it, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, application) = referred(&cast).await;
    employer_does(&cast, &application, "offer", &json!({})).await;
    let mut browser = inside(&cast, &cast.trainee(&whom).await).await;
    let one = browser.get(&format!("/saya/lamaran/{application}")).await;
    let said = browser.send(&one.form("Ya, saya ambil pekerjaan ini")).await;
    said.is(200).says("Anda sudah mengabari: mengambil pekerjaan ini");
    assert_eq!(read_by_employer(&cast, &application).await["kind"], "takes_work");
    assert_eq!(state(&cast, &application).await, "offered");
});

both_databases!(who_did_come_tells_the_office_alone, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (whom, application) = referred(&cast).await;
    employer_does(&cast, &application, "hire", &json!({"starts_on": "2026-03-09"})).await;
    cast.app.clock.advance(chrono::TimeDelta::days(8));
    wake(&mut cast).await;
    employer_does(&cast, &application, "no-show", &json!({})).await;
    let mut browser = inside(&cast, &cast.trainee(&whom).await).await;
    let one = browser.get(&format!("/saya/lamaran/{application}")).await;
    one.says("Menurut perusahaan, Anda belum datang pada 9 Maret 2026");
    let form = one.form("Tidak benar, beri tahu petugas");
    browser.send(&form).await.is(422).says("Tulis sedikit");
    let said = browser.send(&form.fill("Pesan", "saya datang, diminta pulang satpam")).await;
    said.is(200).says("Petugas memeriksanya");
    assert_eq!(read_by_employer(&cast, &application).await, Value::Null);
    let listed = get(&cast.staff, "/application-notes").await.success();
    assert_eq!(listed["items"][0]["text"], "saya datang, diminta pulang satpam");
    assert_eq!(get(&cast.employer, "/application-notes").await.status, 403);
});

both_databases!(a_reason_that_is_shared_is_told_in_kind_words, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, application) = referred(&cast).await;
    let body = json!({"reason": "skill_missing", "text": "belum bisa obras", "share": true});
    employer_does(&cast, &application, "refuse", &body).await;
    let mut browser = inside(&cast, &cast.trainee(&whom).await).await;
    let one = browser.get(&format!("/saya/lamaran/{application}")).await;
    one.says("Kali ini tidak diterima").says("satu keterampilan yang diperlukan belum dikuasai");
    assert!(!one.said().contains("obras"), "{}", one.said());
});

both_databases!(a_family_says_who_answers, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (cast.person(1).await, cast.person(2).await);
    let application = asked(&cast, &first, &cast.open_vacancy(3).await).await;
    let who = cast.trainee(&first).await;
    let mut tx = cast.app.app().db.write().await.unwrap();
    padankerja::store::people::attach(&mut tx, who.account.unwrap(), second.parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = inside(&cast, &who).await;
    let choice = browser.get("/saya/pilih").await.form("Lanjutkan");
    browser.send(&choice.choose("Contoh 1")).await.is(200);
    let form = browser.get(&format!("/saya/lamaran/{application}/bersedia")).await.form("Ya, saya bersedia");
    let wrong = browser.send(&form).await;
    wrong.is(422).says("Pilih siapa yang menjawab.");
    browser.send(&wrong.form("Ya, saya bersedia").choose("Keluarga membantu")).await.is(200);
    let copy = get(&who, "/me/export").await.success();
    let application = &copy["people"][0]["applications"][0];
    assert_eq!(application["consents"][0]["self_spoke"], json!(false));
    let events = application["events"].as_array().unwrap();
    let said = events.iter().find(|event| event["event"] == "consent").unwrap();
    assert_eq!(said["helped"], json!(true));
});

both_databases!(a_little_outside_what_somebody_wishes_is_said_and_may_be_applied_for, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let who = cast.trainee(&whom).await;
    let before = get(&who, &format!("/people/{whom}")).await.success();
    let wage = cast.vacancy(&vacancy).await["wage_min"].as_i64().unwrap();
    let version = before["version"].as_i64().unwrap();
    let wishes = json!({"wage_floor": wage + 50_000});
    replace(&who, reqwest::Method::PATCH, &format!("/people/{whom}"), version, &wishes).await.success();
    let mut browser = inside(&cast, &who).await;
    let page = browser.get(&format!("/lowongan/{vacancy}/lamar")).await;
    page.says("Upahnya Rp50.000 di bawah batas Anda.").says("Tetap berminat?");
    browser.send(&page.form("Lamar")).await.is(200).says("Lamaran Anda sudah kami terima");
    let after = get(&who, &format!("/people/{whom}")).await.success();
    assert_eq!(after["profile"]["wishes"]["wage_floor"], json!(wage + 50_000), "the profile stays");
});
