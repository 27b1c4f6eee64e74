//! "I am interested", without a login: from a vacancy to a number and a day, once however often it is sent and to whichever
//! process; what officers do with it, and when it is forgotten.
use chrono::TimeDelta;
use padankerja::app::accounts::auth;
use serde_json::{Value, json};

use super::{
    browser::{Browser, Filled},
    cast::{close, inside, wake},
};
use crate::{
    spine::cast::{Cast, get, id, post},
    support::{
        app::TestApp,
        database::{TestDb, both_databases},
    },
};

/// The form of the second page, filled in.
async fn filled(browser: &mut Browser, vacancy: &str) -> Filled {
    let form = browser.get(&format!("/lowongan/{vacancy}/minat?kec=33.11.05")).await.form("Kirim");
    let form = form.fill("Nama Anda", "Siti Contoh").fill("Nomor HP", "0812-3450-0001").choose("Serut");
    form.choose("Petugas Dinas boleh menelepon")
}

async fn waiting(cast: &Cast) -> Vec<Value> {
    get(&cast.staff, "/interests").await.success()["items"].as_array().unwrap().clone()
}

both_databases!(from_a_vacancy_to_a_number_and_a_day, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let mut browser = Browser::new(&cast.app);
    let offer = browser.get(&format!("/lowongan/{vacancy}")).await;
    let first = browser.get(&offer.link("Saya berminat")).await;
    first.is(200).says("Di kecamatan mana Anda tinggal?");
    let form = first.form("Lanjutkan");
    browser.send(&form).await.is(422).says("Pilih kecamatan tempat Anda tinggal.");
    browser.get(&format!("/lowongan/{vacancy}/minat?kec=99.99.99")).await.is(422);
    let second = browser.send(&form.choose("Nguter")).await;
    let form = second.is(200).form("Kirim");
    let empty = browser.send(&form).await;
    empty.is(422).says("Isi nama Anda.").says("Pilih desa atau kelurahan Anda.");
    empty.says("Beri tanda bahwa petugas boleh menelepon Anda.");
    let typed = form.fill("Nama Anda", "Siti Contoh").fill("Nomor HP", "12").choose("Serut");
    let typed = typed.choose("Petugas Dinas boleh menelepon").choose("Juga tentang lowongan lain");
    let wrong = browser.send(&typed).await;
    let kept = wrong.is(422).form("Kirim");
    assert_eq!((kept.value("name"), kept.value("village")), (Some("Siti Contoh"), Some("33.11.05.2003")));
    assert_eq!((kept.value("setuju"), kept.value("lainnya")), (Some("1"), Some("1")));
    let made = browser.send(&kept.fill("Nomor HP", "0812 3450 0001")).await;
    made.is(200).says("MIN-2026-0001").says("Petugas menghubungi Anda paling lambat Rabu, 4 Maret 2026.");
    assert!(!made.path.contains("0812") && !made.path.contains("Siti"), "{}", made.path);

    let listed = waiting(&cast).await;
    assert_eq!(listed.len(), 1);
    let told = &listed[0];
    assert_eq!((&told["name"], &told["phone"]), (&json!("Siti Contoh"), &json!("+6281234500001")));
    assert_eq!((&told["vacancy_id"], &told["village"]), (&json!(vacancy), &json!("33.11.05.2003")));
    assert_eq!((&told["other_vacancies"], &told["overdue"]), (&json!(true), &json!(false)));
    assert_eq!((&told["call_by"], &told["title"]), (&json!("2026-03-04"), &json!("Operator Jahit")));
});

both_databases!(sent_to_two_processes_it_is_one_interest, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let other = TestApp::start(db).await;
    let (mut here, mut there) = (Browser::new(&cast.app), Browser::new(&other));
    let form = filled(&mut here, &vacancy).await;
    let (one, two) = tokio::join!(here.send(&form), there.send(&form));
    one.is(200).says("MIN-2026-0001");
    assert_eq!(one.said(), two.said());
    assert_eq!(here.send(&form).await.said(), one.said(), "and once more");
    assert_eq!(waiting(&cast).await.len(), 1);
    // The same person at the same vacancy, in another form, is called once.
    let again = filled(&mut there, &vacancy).await.fill("Nama Anda", "SITI CONTOH");
    there.send(&again).await.is(200).says("MIN-2026-0001");
    // Somebody else at the same phone is somebody else.
    let sister = filled(&mut there, &vacancy).await.fill("Nama Anda", "Ani Contoh");
    there.send(&sister).await.is(200).says("MIN-2026-0002");
    assert_eq!(waiting(&cast).await.len(), 2);

    // A nameless complaint is made once, too.
    let form = here.get("/aduan").await.form("Kirim aduan");
    let form = form.choose("Calo").fill("Ceritakan", "Calo di terminal.");
    let (one, two) = tokio::join!(here.send(&form), there.send(&form));
    one.is(200).says("ADU-2026-0001");
    assert_eq!(one.said(), two.said(), "number and code");
    let changed = form.fill("Ceritakan", "Calo di pasar.");
    here.send(&changed).await.is(200).says("ADU-2026-0002");
});

both_databases!(only_what_is_open_and_only_without_an_account, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (vacancy, absent) = (cast.open_vacancy(2).await, "00000000-0000-7000-8000-000000000001");
    let mut browser = Browser::new(&cast.app);
    let form = filled(&mut browser, &vacancy).await;
    let made = browser.send(&form).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let mut own = inside(&cast, &who).await;
    let offer = own.get(&format!("/lowongan/{vacancy}")).await;
    assert!(!offer.said().contains("Saya berminat"), "whoever has an account applies");
    let led = own.get(&format!("/lowongan/{vacancy}/minat")).await;
    assert_eq!(led.path, format!("/lowongan/{vacancy}/lamar"));
    let late = filled(&mut browser, &vacancy).await.fill("Nama Anda", "Ani Contoh");
    close(&cast, &vacancy).await;
    browser.get(&format!("/lowongan/{vacancy}/minat")).await.is(410).says("Lowongan ini sudah ditutup.");
    browser.send(&late).await.is(410).says("Lowongan ini sudah ditutup.");
    assert_eq!(browser.send(&form).await.said(), made.said(), "what was done stays done");
    browser.get(&format!("/lowongan/{absent}/minat")).await.is(404);
    let mut foreign = late.clone();
    foreign.action = format!("/lowongan/{absent}/minat");
    browser.send(&foreign).await.is(404);
    browser.send(&late.set("kunci", "")).await.is(400);
    assert_eq!(waiting(&cast).await.len(), 1);
});

both_databases!(an_officer_calls_and_it_is_forgotten, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let mut browser = Browser::new(&cast.app);
    let form = filled(&mut browser, &vacancy).await;
    browser.send(&form).await.is(200);
    let sister = filled(&mut browser, &vacancy).await.fill("Nama Anda", "Ani Contoh");
    browser.send(&sister).await.is(200);
    let listed = get(&cast.staff, "/interests?limit=1").await.success();
    assert_eq!(listed["items"][0]["number"], "MIN-2026-0001", "the oldest first");
    let next = listed["next"].as_str().unwrap();
    let next = get(&cast.staff, &format!("/interests?limit=1&cursor={next}")).await.success();
    assert_eq!((&next["items"][0]["number"], &next["next"]), (&json!("MIN-2026-0002"), &Value::Null));
    cast.app.clock.advance(TimeDelta::days(3));
    wake(&mut cast).await;
    assert_eq!(waiting(&cast).await[1]["overdue"], true);
    // Said again: what is said now counts, and the day is one that is ahead.
    let again = filled(&mut browser, &vacancy).await.fill("Nama Anda", "ANI CONTOH");
    let again = again.choose("Juga tentang lowongan lain").choose("Gupit");
    let told = browser.send(&again).await;
    told.is(200).says("MIN-2026-0002").says("Petugas menghubungi Anda paling lambat Senin, 9 Maret 2026.");
    let waits = waiting(&cast).await;
    assert_eq!(
        (waits.len(), &waits[1]["overdue"], &waits[1]["other_vacancies"]),
        (2, &json!(false), &json!(true))
    );

    let path = format!("/interests/{}/outcome", id(&listed["items"][0]));
    let done = post(&cast.staff, &path, &json!({"outcome": "registered"})).await.success();
    assert_eq!((&done["outcome"], &done["overdue"]), (&json!("registered"), &json!(false)));
    let again = post(&cast.staff, &path, &json!({"outcome": "not_reached"})).await;
    assert_eq!(again.refusal(), (409, "wrong_state".to_owned()));
    let wrong = post(&cast.staff, &path, &json!({"outcome": "selesai"})).await;
    assert_eq!(wrong.status, 400);
    assert_eq!(waiting(&cast).await.len(), 1);
    let handled = get(&cast.staff, "/interests?handled=true").await.success();
    assert_eq!(handled["items"][0]["number"], "MIN-2026-0001");

    cast.app.clock.advance(TimeDelta::days(90));
    auth::forget_expired(cast.app.app()).await.unwrap();
    wake(&mut cast).await;
    let left =
        async |cast: &Cast| get(&cast.staff, "/interests?handled=true").await.success()["items"].clone();
    assert_eq!(left(&cast).await.as_array().unwrap().len(), 1, "ninety days to the second");
    cast.app.clock.advance(TimeDelta::seconds(1));
    auth::forget_expired(cast.app.app()).await.unwrap();
    assert_eq!(left(&cast).await, json!([]));
    assert_eq!(waiting(&cast).await.len(), 1, "who waits is not forgotten");
});

both_databases!(an_address_that_says_too_much_waits, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let employer = cast.app.client(cast.employer_account().await);
    let mut browser = Browser::new(&cast.app);
    let form = filled(&mut browser, &vacancy).await;
    for number in 0..padankerja::domain::interest::ADDRESS_INTERESTS {
        let one = form.clone().fill("Nama Anda", &format!("Contoh {number}"));
        browser.send(&one).await.is(200);
    }
    let first = form.clone().fill("Nama Anda", "Contoh 0");
    browser.send(&first).await.is(200).says("MIN-2026-0001");
    // A login that is nobody's who would call changes nothing.
    let mut employer = inside(&cast, &employer).await;
    let one = filled(&mut employer, &vacancy).await.fill("Nama Anda", "Lewat Akun");
    employer.send(&one).await.is(429);
    let more = browser.send(&form.fill("Nama Anda", "Satu Lagi")).await;
    more.is(429).says("coba lagi 60 menit lagi");
    assert_eq!(more.form("Kirim").value("name"), Some("Satu Lagi"), "what was typed is still there");
});
