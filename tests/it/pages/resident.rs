//! A person's journeys: where it stands, yes, no, take back, apply; each once, however often it is sent.
use reqwest::Method;
use serde_json::{Value, json};

use crate::pages::{
    browser::Browser,
    cast::{asked, employer_does, inside, is_page, state},
};
use crate::{
    spine::cast::{Cast, act},
    support::{
        app::{Client, join_all},
        database::{TestDb, both_databases},
    },
};

/// A resident, logged in on the pages, with an application.
struct Asked {
    cast: Cast,
    who: Client,
    application: String,
    browser: Browser,
}

impl Asked {
    /// An officer confirmed it: the resident is to answer.
    async fn new(db: &TestDb) -> Self {
        let cast = Cast::new(db).await;
        let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
        let application = asked(&cast, &whom, &vacancy).await;
        Self::of(cast, &whom, application).await
    }

    /// The employer was told.
    async fn referred(db: &TestDb) -> Self {
        let cast = Cast::new(db).await;
        let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
        let application = cast.referred(&whom, &vacancy).await;
        Self::of(cast, &whom, application).await
    }

    async fn of(cast: Cast, whom: &str, application: String) -> Self {
        let who = cast.trainee(whom).await;
        let browser = inside(&cast, &who).await;
        Self { cast, who, application, browser }
    }
}

both_databases!(yes_is_said_once_and_seen_by_the_employer, |db: TestDb| async {
    let Asked { cast, who, application, mut browser } = Asked::new(db).await;
    let all = browser.get("/saya").await;
    all.says("Yang perlu Anda lakukan sekarang").says("Ada lowongan untuk Anda: mohon dijawab");
    all.says("Giliran Anda menjawab, paling lambat Kamis, 5 Maret 2026.");
    let one = browser.get(&all.link("Baca dan jawab")).await;
    assert_eq!(one.path, format!("/saya/lamaran/{application}"));
    is_page(&one);
    assert_eq!(one.header("cache-control"), Some("no-store"));
    let check = browser.get(&one.link("Ya, saya bersedia")).await;
    check
        .says("PT Contoh 9120001234567")
        .says("Yang dilihat perusahaan")
        .says("berlaku sampai 2 September 2026");
    assert_eq!(state(&cast, &application).await, "confirmed", "looking changes nothing");
    let form = check.form("Ya, saya bersedia");
    let done = browser.send(&form).await;
    assert_eq!(done.path, format!("/saya/lamaran/{application}?selesai=bersedia"));
    done.says("Jawaban Anda sudah kami terima: ya, bersedia").says("Nomor surat pengantar");
    done.says("Sudah dikirim ke perusahaan, menunggu jawaban")
        .says("Giliran PT Contoh 9120001234567 menjawab");
    assert_eq!(state(&cast, &application).await, "referred");
    // Pressed twice, and sent again after going back: the same answer, nothing more.
    let again = browser.send(&form).await;
    assert_eq!(again.path, done.path);
    assert_eq!(cast.application(&application).await["version"], json!(4));
    let copy = crate::spine::cast::get(&who, "/me/export").await.success();
    let consents = copy["people"][0]["applications"][0]["consents"].clone();
    assert_eq!(consents.as_array().map(Vec::len), Some(1), "{consents}");
    assert_eq!(consents[0]["channel"], "web");
});

both_databases!(pressed_at_the_same_moment_it_happens_once, |db: TestDb| async {
    let Asked { cast, application, mut browser, .. } = Asked::new(db).await;
    let form = browser.get(&format!("/saya/lamaran/{application}/bersedia")).await.form("Ya, saya bersedia");
    let mut hands = Vec::new();
    for _ in 0..4 {
        let mut hand = Browser::new(&cast.app);
        hand.set_cookie(browser.cookie().unwrap());
        hands.push(hand);
    }
    let answers =
        join_all(hands.iter_mut().map(|hand| hand.ask(Method::POST, &form.action, &form.fields))).await;
    for answer in &answers {
        answer.is(303);
    }
    assert_eq!(cast.application(&application).await["version"], json!(4), "consent and referral");
});

both_databases!(no_asks_for_a_reason_and_keeps_what_was_typed, |db: TestDb| async {
    let Asked { cast, application, mut browser, .. } = Asked::new(db).await;
    let one = browser.get(&format!("/saya/lamaran/{application}")).await;
    let form = browser.get(&one.link("Tidak, kali ini belum bisa")).await.form("Kirim jawaban");
    let typed = form.fill("Ceritakan sedikit", "anak saya masih kecil");
    let wrong = browser.send(&typed).await;
    wrong.is(422).says("Pilih satu alasan.");
    let again = wrong.form("Kirim jawaban");
    assert_eq!(again.value("text"), Some("anak saya masih kecil"));
    let done = browser.send(&again.choose("Mengurus anak")).await;
    done.is(200)
        .says("Jawaban Anda sudah kami terima: tidak, kali ini belum bisa")
        .says("Anda menjawab tidak");
    done.says("tidak mengurangi kesempatan Anda");
    assert_eq!(state(&cast, &application).await, "declined");
    // Whoever comes back to the question is led to what is.
    let late = browser.get(&format!("/saya/lamaran/{application}/bersedia")).await;
    assert_eq!(late.path, format!("/saya/lamaran/{application}"));
});

both_databases!(another_state_than_was_seen_is_told, |db: TestDb| async {
    let Asked { cast, application, mut browser, .. } = Asked::new(db).await;
    let form = browser.get(&format!("/saya/lamaran/{application}/bersedia")).await.form("Ya, saya bersedia");
    cast.step(&cast.staff, &application, "dismiss", &json!({"reason": "better_elsewhere"})).await.success();
    let late = browser.send(&form).await;
    late.is(409)
        .says("Keadaannya sudah berubah")
        .says("Tidak kami ajukan: ada lowongan lain yang lebih cocok");
    is_page(&late);
    // The key of another form.
    let reused = browser.send(&form.clone().set("versi", "9")).await;
    reused.is(409);
    browser.send(&form.clone().set("kunci", "")).await.is(400);
    let strange = form.set("kunci", "00000000-0000-0000-0000-000000000001").set("versi", "x");
    browser.send(&strange).await.is(409);
    assert_eq!(state(&cast, &application).await, "dismissed");
});

both_databases!(from_an_invitation_to_the_first_day, |db: TestDb| async {
    let Asked { mut cast, application, mut browser, .. } = Asked::referred(db).await;
    let path = format!("/saya/lamaran/{application}");
    cast.app.clock.advance(chrono::TimeDelta::days(4));
    crate::pages::cast::wake(&mut cast).await;
    browser.get("/saya").await.says("belum menjawab, sudah 4 hari kerja.");
    browser.get(&format!("{path}/wawancara.ics")).await.is(404);
    let interview = json!({"on": "2026-03-12", "hour": "09:00", "place": "Kantor PT Contoh; Jalan Raya, Baki", "bring": "KTP"});
    employer_does(&cast, &application, "invite", &json!({"interview": interview})).await;
    let one = browser.get(&path).await;
    one.says("Anda diundang wawancara/tes").says("Kamis, 12 Maret 2026").says("09.00 WIB").says("KTP");
    let calendar = browser.ask(Method::GET, &one.link("Simpan ke kalender HP"), &[]).await;
    calendar.is(200);
    assert_eq!(calendar.header("content-type"), Some("text/calendar; charset=utf-8"));
    for line in [
        "DTSTART:20260312T020000Z",
        "LOCATION:Kantor PT Contoh\\; Jalan Raya\\, Baki",
        "DESCRIPTION:Bawa: KTP",
    ] {
        assert!(calendar.text.contains(line), "{line}: {}", calendar.text);
    }
    // The day after it is the employer's turn.
    cast.app.clock.advance(chrono::TimeDelta::days(7));
    crate::pages::cast::wake(&mut cast).await;
    let after = browser.get(&path).await;
    after.says("Wawancara/tes sudah lewat, menunggu jawaban perusahaan").says("PT Contoh 9120001234567");
    assert!(!after.said().contains("Giliran Anda") && !after.said().contains("kalender"), "{}", after.said());
    employer_does(&cast, &application, "hire", &json!({"starts_on": "2026-03-16"})).await;
    browser.get(&path).await.says("Anda diterima. Mulai Senin, 16 Maret 2026").says("Hari pertama kerja");
    cast.app.clock.advance(chrono::TimeDelta::days(12));
    crate::pages::cast::wake(&mut cast).await;
    employer_does(&cast, &application, "start", &json!({})).await;
    let last = browser.get(&path).await;
    last.says("Anda sudah bekerja di sini");
    for happened in [
        "Petugas mengusulkan lowongan ini",
        "Data Anda dikirim ke perusahaan",
        "Anda diterima bekerja",
        "Anda mulai bekerja",
    ] {
        last.says(happened);
    }
});

both_databases!(taking_back_says_what_is_lost_and_frees_the_place, |db: TestDb| async {
    let Asked { cast, application, mut browser, .. } = Asked::referred(db).await;
    let one = browser.get(&format!("/saya/lamaran/{application}")).await;
    let check = browser.get(&one.link("Batalkan lamaran ini")).await;
    check.says("perusahaan tidak melihat data Anda lagi");
    let form = check
        .form("Ya, batalkan lamaran")
        .choose("Ada yang meminta uang")
        .fill("Ceritakan sedikit", "diminta Rp300.000");
    browser.send(&form).await.is(200).says("Lamaran Anda sudah dibatalkan").says("Anda membatalkan lamaran");
    assert_eq!(state(&cast, &application).await, "withdrawn");
    let complaints = crate::spine::cast::get(&cast.staff, "/complaints").await.success();
    assert_eq!(complaints["items"][0]["said"], "diminta Rp300.000", "{complaints}");
});

both_databases!(somebody_applies_by_themself, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let offer = browser.get(&format!("/lowongan/{vacancy}")).await;
    let check = browser.get(&offer.link("Lamar")).await;
    check.says("Setelah Anda melamar");
    let form = check.form("Lamar");
    let done = browser.send(&form).await;
    done.is(200).says("Lamaran Anda sudah kami terima").says("Menunggu keputusan petugas");
    assert_eq!(browser.send(&form).await.path, done.path, "sent again it is the same application");
    let other = browser.get(&format!("/lowongan/{vacancy}/lamar")).await.form("Lamar");
    browser.send(&other).await.is(409).says("Lamaran untuk lowongan ini masih berjalan");
    // Closed meanwhile.
    let second = cast.open_vacancy(1).await;
    let late = browser.get(&format!("/lowongan/{second}/lamar")).await.form("Lamar");
    crate::pages::cast::close(&cast, &second).await;
    browser.send(&late).await.is(404);
});

both_databases!(a_refusal_is_told_kindly_and_without_the_reason, |db: TestDb| async {
    let Asked { cast, application, mut browser, .. } = Asked::referred(db).await;
    let body: Value = json!({"reason": "skill_missing", "text": "belum bisa obras"});
    employer_does(&cast, &application, "refuse", &body).await;
    let one = browser.get(&format!("/saya/lamaran/{application}")).await;
    one.says("Kali ini tidak diterima. Lamaran ini selesai").says("Anda tetap ikut pencocokan berikutnya");
    assert!(!one.said().contains("obras") && !one.said().contains("skill"), "{}", one.said());
    browser.get("/saya").await.says("Yang sudah selesai (1)").says("Anda tidak perlu melakukan apa pun");
});

both_databases!(bad_input_meets_a_page_that_says_what_to_do, |db: TestDb| async {
    let Asked { cast, application, mut browser, .. } = Asked::new(db).await;
    let form = browser.get(&format!("/saya/lamaran/{application}/tidak")).await.form("Kirim jawaban");
    let form = form.choose("Alasan lain");
    browser.send(&form.clone().set("text", "dua\u{0}baris")).await.is(422).says("Ada yang perlu diperbaiki");
    let long = browser.send(&form.clone().set("text", &"x".repeat(900_000))).await;
    long.is(422).says("paling banyak 1000 huruf");
    is_page(&long);
    let huge = browser.send(&form.clone().set("text", &"x".repeat(1_100_000))).await;
    huge.is(413);
    is_page(&huge);
    browser.send(&form.clone().set("reason", "karena")).await.is(422);
    assert_eq!(state(&cast, &application).await, "confirmed");
    // Another site's form is refused before anything is looked at.
    let request = browser_of(&browser).post(format!("http://{}{}", cast.app.address, form.action));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = crate::pages::browser::form_urlencoded(&form.fields);
    let foreign = request.header("sec-fetch-site", "cross-site").body(body).send().await.unwrap();
    assert_eq!(foreign.status().as_u16(), 403);
    assert!(foreign.text().await.unwrap().contains("Kiriman dari situs lain kami tolak"));
    let version = cast.application(&application).await["version"].as_i64().unwrap();
    act(&cast.staff, &format!("/applications/{application}/dismiss"), version, &json!({"reason": "other"}))
        .await
        .success();
});

/// A client that sends the cookie of a browser and what a test adds.
fn browser_of(browser: &Browser) -> reqwest::Client {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("cookie", format!("__Host-masuk={}", browser.cookie().unwrap()).parse().unwrap());
    reqwest::Client::builder().default_headers(headers).build().unwrap()
}

both_databases!(own_data_are_copied_objected_and_erased, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let data = browser.get("/saya/data").await;
    let copy = browser.send(&data.form("Unduh data saya")).await;
    assert_eq!(copy.header("content-disposition"), Some("attachment; filename=\"data-saya.json\""));
    let copy: Value = serde_json::from_str(&copy.text).unwrap();
    assert_eq!(copy["people"][0]["name"], "Contoh 1");
    let objected = browser.send(&data.form("Tolak pengurutan otomatis")).await;
    objected.is(200).says("Anda menolak diurutkan secara otomatis");
    browser.send(&objected.form("Ikut pencocokan lagi")).await.says("Tolak pengurutan otomatis");
    let page = browser.get(&data.link("Baca dulu apa yang hilang")).await;
    page.says("Ini tidak dapat dibatalkan.");
    let form = page.form("Hapus untuk selamanya");
    browser.send(&form).await.is(422).says("Beri tanda bahwa Anda mengerti.");
    let gone = browser.send(&form.choose("Saya mengerti")).await;
    assert_eq!((gone.path.as_str(), browser.cookie()), ("/", None));
    assert_eq!(crate::spine::cast::get(&cast.staff, &format!("/people/{whom}")).await.status, 404);
});
