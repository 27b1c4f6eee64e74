//! A companion's journeys: whoever agreed and nobody else, what they answered with who spoke and how it was heard, and the end of it.
use padankerja::{app::access::Role, store::organisations::OrganisationKind};
use reqwest::Method;
use serde_json::{Value, json};

use crate::pages::{
    browser::{Browser, Seen},
    cast::{asked, employer_does, entered, inside, is_page, state, wake},
};
use crate::{
    spine::cast::{Cast, VILLAGE, get, id, nik, person, plain, post},
    support::{
        app::{Client, Place},
        database::{TestDb, both_databases},
    },
};

/// A companion of everybody's village; nobody agreed yet.
async fn companion(cast: &Cast) -> Client {
    let village = cast.app.organisation(OrganisationKind::Village, Some(VILLAGE)).await;
    cast.app.login(Role::Companion, Place { organisation: Some(village), ..Place::default() }).await
}

/// A person at the counter agrees to the companion, or wants none any more.
async fn says(cast: &Cast, person: &str, agreed: bool) {
    let body = json!({"agreed": agreed, "channel": "counter"});
    plain(&cast.staff, Method::PUT, &format!("/people/{person}/accompaniment"), &body).await.success();
}

/// Somebody who lives in another village.
async fn from_elsewhere(cast: &Cast, number: u32) -> String {
    let mut body = person(number);
    body["village"] = json!("33.11.06.2002");
    id(&post(&cast.staff, "/people", &body).await.success())
}

/// A companion at their pages, and somebody who agreed and is to answer.
struct Helped {
    cast: Cast,
    whom: String,
    application: String,
    browser: Browser,
}

impl Helped {
    async fn new(db: &TestDb) -> Self {
        let cast = Cast::new(db).await;
        let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
        let application = asked(&cast, &whom, &vacancy).await;
        says(&cast, &whom, true).await;
        let who = companion(&cast).await;
        let browser = inside(&cast, &who).await;
        Self { cast, whom, application, browser }
    }

    async fn answer_page(&mut self) -> Seen {
        self.browser.get(&format!("/pendamping/lamaran/{}/jawab", self.application)).await
    }
}

/// Without the number under which an error is found again.
fn told(seen: &Seen) -> (u16, String) {
    (seen.status.as_u16(), seen.said().split("Nomor kejadian").next().unwrap().to_owned())
}

both_databases!(whoever_agreed_and_nobody_else, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(9).await;
    let (one, silent, far) = (cast.person(1).await, cast.person(2).await, from_elsewhere(&cast, 3).await);
    let mut applications = Vec::new();
    for whom in [&one, &silent, &far] {
        applications.push(asked(&cast, whom, &vacancy).await);
    }
    says(&cast, &far, true).await;
    // A proposal that no officer confirmed: nobody offered that job.
    let hidden = cast.proposed(&one, &cast.open_vacancy(1).await).await;
    let who = companion(&cast).await;
    let mut browser = entered(&cast, &who).await;
    let empty = browser.get("/pendamping").await;
    empty.is(200).says("Tidak ada tugas sekarang").says("yang sudah setuju didampingi");
    browser.get("/pendamping/warga").await.says("Belum ada warga di sini");

    // The resident agrees on their own page.
    let resident = cast.trainee(&one).await;
    let mut own = inside(&cast, &resident).await;
    let data = own.get("/saya/data").await;
    data.says("Pendamping desa tidak melihat data Anda");
    let agreed = own.send(&data.form("Pendamping desa boleh membantu saya")).await;
    agreed.is(200).says("Pendamping desa Anda boleh membantu").says("Dicatat oleh Anda sendiri");

    let desk = browser.get("/pendamping").await;
    is_page(&desk);
    desk.says("Jawaban yang perlu ditanyakan (1)").says("Contoh 1").says("Tanyakan paling lambat");
    let list = browser.get("/pendamping/warga").await;
    list.says("Contoh 1").says("menunggu jawaban warga sampai");
    for seen in [&desk, &list] {
        assert!(!seen.said().contains("Contoh 2") && !seen.said().contains("Contoh 3"), "{}", seen.said());
    }
    let page = browser.get(&list.link("Contoh 1")).await;
    page.is(200).says("Anda mengisi untuk: Contoh 1").says("Ada lowongan untuk Anda: mohon dijawab");
    for secret in ["desil", "DTSEN", "NIK", "Sedang dipertimbangkan", &nik(1)] {
        assert!(!page.said().contains(secret), "{secret}: {}", page.said());
    }
    // Not agreed, of another village, unknown to the person, absent: all alike.
    let absent = "00000000-0000-7000-8000-0000000000ff";
    let nothing = told(&browser.get(&format!("/pendamping/warga/{absent}")).await);
    assert_eq!(nothing.0, 404);
    for whom in [&silent, &far] {
        assert_eq!(told(&browser.get(&format!("/pendamping/warga/{whom}")).await), nothing);
    }
    for application in [&applications[1], &applications[2], &hidden] {
        for rest in ["", "/jawab", "/kabar"] {
            let path = format!("/pendamping/lamaran/{application}{rest}");
            assert_eq!(told(&browser.get(&path).await), nothing, "{path}");
        }
    }
    browser.get(&format!("/pendamping/lamaran/{}", applications[0])).await.is(200);
    // Nor by the API.
    for whom in [&silent, &far] {
        assert_eq!(get(&who, &format!("/people/{whom}")).await.status, 404);
    }
    for application in &applications[1..] {
        assert_eq!(get(&who, &format!("/applications/{application}")).await.status, 404);
    }
    let listed = get(&who, "/applications").await.success().to_string();
    assert!(listed.contains(&applications[0]) && !listed.contains(&applications[1]), "{listed}");
});

both_databases!(a_yes_is_kept_with_who_spoke_and_how_it_was_heard, |db: TestDb| async {
    let mut helped = Helped::new(db).await;
    let desk = helped.browser.get("/pendamping").await;
    let page = helped.browser.get(&desk.link("Catat jawaban")).await;
    page.says("Bacakan dulu")
        .says("hanya PT Contoh 9120001234567 yang melihat")
        .says("Anda mengisi untuk: Contoh 1");
    let empty = helped.browser.send(&page.form("Catat jawaban")).await;
    empty
        .is(422)
        .says("Ada yang perlu diperbaiki")
        .says("Pilih jawabannya.")
        .says("Pilih siapa yang menjawab.");
    empty.says("Pilih bagaimana Anda mendengarnya.");
    assert_eq!(state(&helped.cast, &helped.application).await, "confirmed");
    let yes = empty.form("Catat jawaban").choose("Ya, bersedia").choose("Keluarga, dan orangnya");
    // Over the telephone the number belongs to it.
    let phone = yes.clone().choose("Lewat telepon").fill("Nomor yang Anda telepon", "");
    helped.browser.send(&phone).await.is(422).says("Isi nomor yang Anda telepon.");
    let wrong = phone.fill("Nomor yang Anda telepon", "abc");
    helped.browser.send(&wrong).await.is(422);
    for bad in [yes.clone().set("channel", "web"), yes.clone().set("channel", "whatsapp").set("dialled", "")]
    {
        helped.browser.send(&bad).await.is(422);
    }
    let form = yes.choose("Bertemu di rumahnya");
    let done = helped.browser.send(&form).await;
    done.is(200).says("Jawaban sudah dicatat: ya, bersedia").says("Nomor surat pengantar");
    done.says("Sudah dikirim ke perusahaan, menunggu jawaban").says("Warga ingin membatalkan lamaran ini");
    let path = format!("/pendamping/lamaran/{}", helped.application);
    assert_eq!(done.path, format!("{path}?selesai=bersedia"));
    // Sent again it is the same answer.
    assert_eq!(helped.browser.send(&form).await.path, done.path);
    assert_eq!(helped.cast.application(&helped.application).await["version"], json!(4));
    let consents = copy(&helped).await["applications"][0]["consents"].clone();
    assert_eq!(consents.as_array().map(Vec::len), Some(1), "{consents}");
    assert_eq!((&consents[0]["channel"], &consents[0]["self_spoke"]), (&json!("visit"), &json!(false)));
    let events =
        get(&helped.cast.staff, &format!("/applications/{}/events", helped.application)).await.success();
    let said = events["items"].as_array().unwrap().iter().find(|one| one["event"] == "consent").unwrap();
    assert_eq!(said["actor"], "companion");
    // Nothing is left to ask; the question leads to what is.
    helped.browser.get("/pendamping").await.says("Tidak ada tugas sekarang");
});

/// What is held about the person, as they read it.
async fn copy(helped: &Helped) -> Value {
    let who = helped.cast.trainee(&helped.whom).await;
    get(&who, "/me/export").await.success()["people"][0].clone()
}

both_databases!(
    a_no_is_kept_as_the_contact_it_was_and_its_reason_stays_with_the_office,
    |db: TestDb| async {
        let mut helped = Helped::new(db).await;
        let form = helped.answer_page().await.form("Catat jawaban");
        let form =
            form.choose("Tidak, kali ini belum bisa").choose("Orangnya sendiri").choose("Lewat telepon");
        let wrong = helped.browser.send(&form.clone().fill("Ceritakan sedikit", "ibu saya sakit")).await;
        wrong.is(422).says("Pilih satu alasan.");
        assert_eq!(wrong.form("Catat jawaban").value("text"), Some("ibu saya sakit"));
        let stale = wrong.form("Catat jawaban").choose("Mengurus anak").set("versi", "1");
        helped.browser.send(&stale).await.is(409).says("Keadaannya sudah berubah");
        let done = helped.browser.send(&wrong.form("Catat jawaban").choose("Mengurus anak")).await;
        done.is(200).says("Jawaban sudah dicatat: tidak, kali ini belum bisa").says("Anda menjawab tidak");
        assert_eq!(state(&helped.cast, &helped.application).await, "declined");
        let held = copy(&helped).await["applications"][0].clone();
        let attempts = &held["attempts"];
        assert_eq!((&attempts[0]["channel"], &attempts[0]["outcome"]), (&json!("phone"), &json!("reached")));
        assert_eq!(attempts.as_array().map(Vec::len), Some(1), "{attempts}");
        assert!(held["consents"].as_array().unwrap().is_empty());
        // A late question leads to what is.
        let late = helped.answer_page().await;
        assert_eq!(late.path, format!("/pendamping/lamaran/{}", helped.application));
    }
);

both_databases!(a_reason_that_others_gave_is_not_told, |db: TestDb| async {
    let mut helped = Helped::new(db).await;
    let who = helped.cast.trainee(&helped.whom).await;
    let no = json!({"reason": "health", "text": "sakit paru-paru"});
    helped.cast.step(&who, &helped.application, "decline", &no).await.success();
    let second = asked(&helped.cast, &helped.whom, &helped.cast.open_vacancy(1).await).await;
    let why = json!({"reason": "requirement_missing"});
    helped.cast.step(&helped.cast.staff, &second, "dismiss", &why).await.success();
    for application in [&helped.application, &second] {
        let seen = helped.browser.get(&format!("/pendamping/lamaran/{application}")).await;
        seen.is(200);
        for secret in ["paru", "health", "Kesehatan", "syarat"] {
            assert!(!seen.said().contains(secret), "{secret}: {}", seen.said());
        }
    }
    let page = helped.browser.get(&format!("/pendamping/lamaran/{second}")).await;
    page.says("Tidak kami ajukan kali ini");
});

both_databases!(it_ends_at_once, |db: TestDb| async {
    let mut helped = Helped::new(db).await;
    let form = helped.answer_page().await.form("Catat jawaban");
    let form = form.choose("Ya, bersedia").choose("Orangnya sendiri").choose("Bertemu di rumahnya");
    let who = helped.cast.trainee(&helped.whom).await;
    let mut own = inside(&helped.cast, &who).await;
    let data = own.get("/saya/data").await;
    data.says("Dicatat oleh petugas Dinas pada 2 Maret 2026, bertemu di kantor.");
    let stopped = own.send(&data.form("Hentikan pendampingan")).await;
    stopped.is(200).says("Pendamping desa tidak melihat data Anda");
    for path in [
        format!("/pendamping/warga/{}", helped.whom),
        format!("/pendamping/lamaran/{}", helped.application),
        format!("/pendamping/lamaran/{}/jawab", helped.application),
    ] {
        helped.browser.get(&path).await.is(404);
    }
    helped.browser.send(&form).await.is(404);
    assert_eq!(state(&helped.cast, &helped.application).await, "confirmed");
    helped.browser.get("/pendamping/warga").await.says("Belum ada warga di sini");
    let said = copy(&helped).await;
    assert_eq!(said["accompanied"], false);
    let words: Vec<_> =
        said["accompaniments"].as_array().unwrap().iter().map(|one| one["agreed"].clone()).collect();
    assert_eq!(words, [json!(true), json!(false)]);

    // Agreed anew, and ended by word to the companion.
    let nobody = helped.browser.get("/pendamping/warga").await.form("Catat persetujuan");
    let known = nobody.clone().fill("NIK warga", &nik(1)).choose("Bertemu di rumahnya");
    let page = helped.browser.send(&known).await;
    page.is(200).says("Persetujuan warga sudah dicatat").says("Anda mengisi untuk: Contoh 1");
    let empty = helped.browser.send(&page.form("Hentikan pendampingan")).await;
    empty.is(422).says("Pilih bagaimana Anda mendengarnya.");
    let gone = helped.browser.send(&empty.form("Hentikan pendampingan").choose("Lewat telepon")).await;
    gone.is(200).says("Pendampingan sudah dihentikan").says("Belum ada warga di sini");
});

both_databases!(an_agreement_is_written_down_with_the_card_in_hand, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (near, _far) = (cast.person(1).await, from_elsewhere(&cast, 2).await);
    let who = companion(&cast).await;
    let mut browser = inside(&cast, &who).await;
    let form = browser.get("/pendamping/warga").await.form("Catat persetujuan");
    browser.send(&form).await.is(422).says("Isi 16 angka NIK").says("Pilih bagaimana Anda mendengarnya.");
    let form = form.choose("Bertemu di balai desa");
    browser.send(&form.clone().fill("NIK warga", "12345")).await.is(422);
    // Of another village, and of nobody: alike.
    let refusals = [
        browser.send(&form.clone().fill("NIK warga", &nik(2))).await,
        browser.send(&form.clone().fill("NIK warga", &nik(9))).await,
    ];
    let said = |seen: &Seen| seen.said().replace(&nik(2), "").replace(&nik(9), "");
    refusals[0].is(422).says("Tidak ada warga desa Anda yang terdaftar dengan NIK ini");
    assert_eq!(said(&refusals[0]), said(&refusals[1]));
    for bad in ["web", "whatsapp", "lain"] {
        browser.send(&form.clone().fill("NIK warga", &nik(1)).set("channel", bad)).await.is(422);
    }
    assert_eq!(get(&who, &format!("/people/{near}")).await.status, 404);
    let page = browser.send(&form.fill("NIK warga", &nik(1))).await;
    assert_eq!(page.path, format!("/pendamping/warga/{near}?selesai=setuju"));
    page.says("Belum ada lamaran yang berjalan");
    browser.get("/pendamping").await.says("Belum punya langkah (1)").says("Contoh 1");
    // Whoever a companion takes in stands before them.
    let taken = post(&who, "/people", &person(5)).await.success();
    browser.get(&format!("/pendamping/warga/{}", id(&taken))).await.is(200).says("Contoh 5");
    // Whoever moves agreed to another companion.
    let version = get(&cast.staff, &format!("/people/{near}")).await.success()["version"].as_i64().unwrap();
    let elsewhere = json!({"village": "33.11.06.2002"});
    crate::spine::cast::replace(&cast.staff, Method::PATCH, &format!("/people/{near}"), version, &elsewhere)
        .await
        .success();
    browser.get(&format!("/pendamping/warga/{near}")).await.is(404);
    let back = json!({"village": VILLAGE});
    crate::spine::cast::replace(&cast.staff, Method::PATCH, &format!("/people/{near}"), version + 1, &back)
        .await
        .success();
    browser.get(&format!("/pendamping/warga/{near}")).await.is(404);
});

both_databases!(tries_are_no_refusal, |db: TestDb| async {
    let mut helped = Helped::new(db).await;
    let path = format!("/pendamping/lamaran/{}", helped.application);
    for day in 0..3 {
        let page = helped.browser.get(&path).await;
        page.says("Tidak bertemu bukan penolakan");
        if day == 0 {
            let wrong = helped.browser.send(&page.form("Catat usaha")).await;
            wrong.is(422).says("Pilih apa yang terjadi.");
            helped
                .browser
                .send(&page.form("Catat usaha").choose("Menelepon").set("outcome", "x"))
                .await
                .is(422);
        }
        let form = page.form("Catat usaha").choose("Datang ke rumahnya").choose("Tidak bertemu");
        let done = helped.browser.send(&form).await;
        done.is(200).says("Usaha menghubungi sudah dicatat");
        if day < 2 {
            assert_eq!(state(&helped.cast, &helped.application).await, "confirmed");
            helped.cast.app.clock.advance(chrono::TimeDelta::days(1));
            wake(&mut helped.cast).await;
            let who = companion_again(&helped).await;
            helped.browser = inside(&helped.cast, &who).await;
        }
    }
    // The third working day in vain: the place goes to the next.
    assert_ne!(state(&helped.cast, &helped.application).await, "confirmed");
});

/// Another login of the same village: the first one's half hour is over.
async fn companion_again(helped: &Helped) -> Client {
    companion(&helped.cast).await
}

both_databases!(whether_somebody_still_works_there_is_asked, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    says(&cast, &whom, true).await;
    employer_does(&cast, &application, "hire", &json!({"starts_on": "2026-03-02"})).await;
    employer_does(&cast, &application, "start", &json!({})).await;
    let who = companion(&cast).await;
    let early = inside(&cast, &who).await.get(&format!("/pendamping/lamaran/{application}/kabar")).await;
    assert_eq!(early.path, format!("/pendamping/lamaran/{application}"));
    cast.app.clock.advance(chrono::TimeDelta::days(28));
    wake(&mut cast).await;
    let mut browser = inside(&cast, &who).await;
    let desk = browser.get("/pendamping").await;
    desk.says("Tanyakan apakah masih bekerja (1)")
        .says("setelah 1 bulan bekerja, paling lambat Kamis, 2 April 2026");
    let page = browser.get(&desk.link("Contoh 1")).await;
    let wrong = browser.send(&page.form("Catat kabar")).await;
    wrong.is(422).says("Pilih ya atau tidak.");
    let gone = wrong.form("Catat kabar").choose("Tidak lagi");
    browser.send(&gone).await.is(422).says("Pilih satu alasan.");
    let still = browser.send(&wrong.form("Catat kabar").choose("Ya, masih bekerja")).await;
    still.is(200).says("Kabar sudah dicatat");
    let kept = get(&cast.staff, &format!("/applications/{application}/follow-ups")).await.success();
    assert!(kept.to_string().contains("\"still_working\":true"), "{kept}");
    cast.app.clock.advance(chrono::TimeDelta::days(60));
    wake(&mut cast).await;
    let mut browser = inside(&cast, &who).await;
    let page = browser.get(&format!("/pendamping/lamaran/{application}/kabar")).await;
    let ended = page.form("Catat kabar").choose("Tidak lagi").choose("Kontraknya selesai");
    browser.send(&ended.clone().fill("Hari terakhir bekerja", "besok")).await.is(422);
    let done = browser.send(&ended.fill("Hari terakhir bekerja", "2026-05-20")).await;
    done.is(200).says("Kabar sudah dicatat").says("Pekerjaan ini sudah berakhir");
    assert_eq!(state(&cast, &application).await, "ended");
    // Nobody is asked any more.
    cast.app.clock.advance(chrono::TimeDelta::days(90));
    wake(&mut cast).await;
    let mut browser = inside(&cast, &who).await;
    let over = browser.get(&format!("/pendamping/lamaran/{application}/kabar")).await;
    assert_eq!(over.path, format!("/pendamping/lamaran/{application}"));
    assert!(!over.said().contains("Catat kabar"), "{}", over.said());
});

both_databases!(news_is_passed_on, |db: TestDb| async {
    let Helped { mut cast, whom, mut browser, .. } = Helped::new(db).await;
    let version = get(&cast.staff, &format!("/people/{whom}")).await.success()["version"].as_i64().unwrap();
    let wish = json!({"contact_way": "companion", "contact_hour": "sesudah magrib"});
    crate::spine::cast::replace(&cast.staff, Method::PATCH, &format!("/people/{whom}"), version, &wish)
        .await
        .success();
    cast.app.clock.advance(chrono::TimeDelta::minutes(20));
    wake(&mut cast).await;
    let desk = browser.get("/pendamping").await;
    desk.says("Kabar yang perlu disampaikan (1)").says("lowongan untuk dijawab").says("sesudah magrib");
    let form = desk.form("Sudah saya sampaikan kepada Contoh 1");
    let done = browser.send(&form).await;
    done.is(200).says("Kabar sudah dicatat sebagai disampaikan");
    assert!(!done.said().contains("Kabar yang perlu disampaikan"), "{}", done.said());
    let again = form.set("kunci", "00000000-0000-0000-0000-000000000009");
    browser.send(&again).await.is(409);
    browser.send(&again.clone().set("message", "x")).await.is(400);
});
