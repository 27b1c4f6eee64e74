//! Logging in and out, beginning from paper, and what becomes of a form whose login ended.
use chrono::TimeDelta;
use padankerja::store::sessions;
use reqwest::Method;

use super::{
    browser::Browser,
    cast::{code, entered, inside, is_page},
};
use crate::{
    spine::cast::{Cast, get},
    support::{
        app::PASSWORD,
        database::{TestDb, both_databases},
    },
};

both_databases!(from_paper_to_the_own_page_and_in_again, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let code = code(&cast, &whom).await;
    let mut browser = Browser::new(&cast.app);
    let start = browser.get("/").await;
    let form = browser.get(&start.link("Saya punya kertas")).await.form("Mulai akun");
    let empty = browser.send(&form).await;
    empty.is(422).says("Ada yang perlu diperbaiki").says("Isi 12 angka yang tertulis di kertas.");
    assert!(empty.text.contains("<title>Perlu diperbaiki: "), "{}", empty.text);
    let typed = form.fill("12 angka", &code).fill("Tahun lahir", "1991").fill("Nomor HP", "0812-3450-0001");
    let typed = typed.fill("Kata sandi baru", "kata sandi saya");
    let wrong = browser.send(&typed).await;
    wrong.is(422).says("Kode atau tahun lahir tidak cocok.");
    let again = wrong.form("Mulai akun");
    assert_eq!(again.value("phone"), Some("0812-3450-0001"), "what was typed is still there");
    assert_eq!(again.value("password"), Some(""), "but for the password");
    let right = again.fill("Tahun lahir", "1990").fill("Kata sandi baru", "kata sandi saya");
    let inside = browser.send(&right).await;
    inside.is(200).says("Akun Anda sudah jadi").says("Halaman ini untuk: Contoh 1");
    assert_eq!(inside.title(), "Sampai mana lamaran saya?");
    assert_eq!(inside.header("cache-control"), Some("no-store"));

    let used = Browser::new(&cast.app).send(&right).await;
    assert_eq!(
        (used.status, used.said()),
        (wrong.status, {
            let mut other = Browser::new(&cast.app);
            other.send(&right.set("code", "123412341234")).await.said()
        }),
        "used and wrong are answered alike"
    );

    let out = browser.send(&inside.form("Keluar")).await;
    assert_eq!((out.path.as_str(), browser.cookie()), ("/", None));
    let asked = browser.get("/saya").await;
    assert_eq!(asked.path, "/masuk?lanjut=%2Fsaya");
    let form = asked.form("Masuk").fill("Nomor HP", "0812 3450 0001").fill("Kata sandi", "kata sandi saya");
    let back = browser.send(&form).await;
    assert_eq!(back.path, "/saya");
});

both_databases!(a_wrong_password_says_so_and_locks_after_five, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let login = cast.app.login_name(&who).await;
    let mut browser = Browser::new(&cast.app);
    let form =
        browser.get("/masuk").await.form("Masuk").fill("Nomor HP", &login).fill("Kata sandi", "salah sekali");
    for _ in 0..5 {
        let seen = browser.send(&form).await;
        seen.is(422).says("Nomor HP, nama akun, atau kata sandi tidak cocok.");
        assert_eq!(seen.form("Masuk").value("login"), Some(login.as_str()));
    }
    let right = form.fill("Kata sandi", PASSWORD);
    browser.send(&right).await.is(429).says("coba lagi 15 menit lagi");
    assert_eq!(browser.cookie(), None);
    cast.app.clock.advance(TimeDelta::minutes(16));
    browser.send(&right).await.is(200);
});

both_databases!(a_cookie_counts_on_pages_only_and_a_token_for_programs_only, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let mut browser = entered(&cast, &who).await;
    browser.ask(Method::GET, "/saya", &[]).await.is(200);
    let api = browser.ask(Method::GET, "/api/v1/me/people", &[]).await;
    api.is(401);
    assert_eq!(api.header("content-type"), Some("application/problem+json"));
    // A program's token opens no page.
    let page = who.get("/saya").await;
    assert_eq!((page.status.as_u16(), page.header("location")), (303, Some("/masuk?lanjut=%2Fsaya")));
    get(&who, "/me/people").await.success();
});

both_databases!(a_login_lasts_as_long_as_agreed, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    // A resident comes back after weeks, and is out after a month without coming.
    let mut own = entered(&cast, &who).await;
    for days in [20, 20, 29] {
        cast.app.clock.advance(TimeDelta::days(days));
        own.ask(Method::GET, "/saya", &[]).await.is(200);
    }
    cast.app.clock.advance(TimeDelta::days(31));
    own.ask(Method::GET, "/saya", &[]).await.is(303);

    // A borrowed phone: a quarter of an hour.
    let mut lent = Browser::new(&cast.app);
    let form = lent.get("/masuk").await.form("Masuk").fill("Nomor HP", &cast.app.login_name(&who).await);
    lent.send(&form.fill("Kata sandi", PASSWORD).choose("Ini HP pinjaman")).await.is(200);
    cast.app.clock.advance(TimeDelta::minutes(14));
    lent.ask(Method::GET, "/saya", &[]).await.is(200);
    cast.app.clock.advance(TimeDelta::minutes(16));
    lent.ask(Method::GET, "/saya", &[]).await.is(303);

    // A desk: half an hour.
    let mut desk = inside(&cast, &cast.staff).await;
    desk.ask(Method::GET, "/akun", &[]).await.is(200);
    cast.app.clock.advance(TimeDelta::minutes(31));
    desk.ask(Method::GET, "/akun", &[]).await.is(303);
});

both_databases!(out_on_all_devices_and_out_with_the_account, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let (mut phone, mut other) = (inside(&cast, &who).await, inside(&cast, &who).await);
    let out = phone.get("/akun").await;
    let seen = phone.send(&out.form("Keluar dari semua perangkat")).await;
    assert_eq!(seen.path, "/masuk");
    other.ask(Method::GET, "/saya", &[]).await.is(303);

    let mut again = inside(&cast, &who).await;
    again.ask(Method::GET, "/saya", &[]).await.is(200);
    cast.app.disable(&who).await;
    again.ask(Method::GET, "/saya", &[]).await.is(303);
});

both_databases!(what_was_typed_outlives_the_login, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let who = cast.trainee(&whom).await;
    let application = crate::pages::cast::asked(&cast, &whom, &vacancy).await;
    let mut browser = inside(&cast, &who).await;
    let form = browser.get(&format!("/saya/lamaran/{application}/tidak")).await.form("Kirim jawaban");
    let form = form.choose("Ingin pekerjaan lain").fill("Ceritakan sedikit", "mau menjahit di rumah");
    let key = browser.cookie().unwrap().to_owned();
    cast.app.clock.advance(TimeDelta::days(1));
    crate::pages::cast::wake(&mut cast).await;
    let mut tx = cast.app.app().db.write().await.unwrap();
    assert_eq!(sessions::end_account(&mut tx, who.account.unwrap()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let ended = browser.send(&form).await;
    ended.is(401).says("Anda sudah keluar, isian Anda masih ada");
    is_page(&ended);
    assert_eq!(crate::pages::cast::state(&cast, &application).await, "confirmed", "nothing was sent");
    // In a tab of its own somebody logs in; the page that waited is sent again.
    let again = ended.form("Kirim lagi");
    assert_eq!(again.value("text"), Some("mau menjahit di rumah"));
    let mut fresh = inside(&cast, &who).await;
    assert_ne!(fresh.cookie().unwrap(), key, "a new key");
    fresh.send(&again).await.is(200).says("Jawaban Anda sudah kami terima: tidak");
    assert_eq!(crate::pages::cast::state(&cast, &application).await, "declined");
});

both_databases!(a_family_phone_says_whom_it_is_about, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (cast.person(1).await, cast.person(2).await);
    let who = cast.trainee(&first).await;
    let mut tx = cast.app.app().db.write().await.unwrap();
    padankerja::store::people::attach(&mut tx, who.account.unwrap(), second.parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let vacancy = cast.open_vacancy(3).await;
    let of_second = crate::pages::cast::asked(&cast, &second, &vacancy).await;

    let mut browser = inside(&cast, &who).await;
    let choice = browser.get("/saya").await;
    assert_eq!(
        (choice.path.as_str(), choice.title()),
        ("/saya/pilih?lanjut=%2Fsaya", "Untuk siapa halaman ini dibuka?".to_owned())
    );
    browser.send(&choice.form("Lanjutkan")).await.is(422).says("Pilih satu nama.");
    let about = browser.send(&choice.form("Lanjutkan").choose("Contoh 1")).await;
    about.is(200).says("Halaman ini untuk: Contoh 1").says("Anda tidak perlu melakukan apa pun sekarang");
    // What is another one's is not there, though the login holds it.
    browser.get(&format!("/saya/lamaran/{of_second}")).await.is(404);
    let change = browser.get(&about.link("Ganti orang")).await;
    let other = browser.send(&change.form("Lanjutkan").choose("Contoh 2")).await;
    other.says("Halaman ini untuk: Contoh 2").says("Ada lowongan untuk Anda: mohon dijawab");
    browser.get(&format!("/saya/lamaran/{of_second}")).await.is(200);
    // Somebody the login does not hold is nobody.
    let stranger = cast.person(3).await;
    browser.send(&change.form("Lanjutkan").set("person", &stranger)).await.is(404);
});
