//! A password that somebody forgot, or wants to see: the mail with a key, what the key lets them do once, and what a page that
//! limits says.
use std::path::Path;

use chrono::TimeDelta;
use padankerja::{
    app::{access::Role, accounts, accounts::auth, messages::sending},
    domain::session,
    store::{accounts as rows, organisations::OrganisationKind},
};
use reqwest::Method;

use super::{
    browser::{Browser, Seen, select, words},
    cast::inside,
};
use crate::{
    mail::{Server, post_to},
    spine::cast::Cast,
    support::{
        app::{Client, PASSWORD, Place},
        database::{TestDb, both_databases},
    },
};

const NEW: &str = "becak naik kucing";

/// Asks for a mail under this name.
async fn ask(browser: &mut Browser, name: &str) -> Seen {
    let form = browser.get("/lupa-sandi").await.form("Kirim surat");
    browser.send(&form.fill("Nama akun atau alamat email", name)).await
}

/// Sends what is owed; how many mails left.
async fn sent(cast: &Cast, server: &Server) -> u64 {
    sending::send_due(cast.app.app(), &post_to(server), &|_| {}).await.unwrap().letters
}

/// The address in a mail, without the service's own.
fn link(mail: &str) -> String {
    let mail = mail.replace("=\r\n", "").replace("=\n", "");
    let (_, rest) = mail.split_once("https://kerja.example/sandi-baru/").unwrap_or_else(|| panic!("{mail}"));
    format!("/sandi-baru/{}", &rest[..64])
}

fn server(folder: &Path) -> Server {
    Server::start(&folder.join("box"), &[])
}

/// Gives the employer of the cast an address.
async fn with_address(db: &TestDb) {
    db.execute("update employers set email = 'HRD@pabrik.example'").await;
}

both_databases!(a_mail_leads_to_another_password_once, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    cast.employer = cast.app.client(cast.employer_account().await);
    with_address(db).await;
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    let mut before = inside(&cast, &cast.employer).await;
    before.ask(Method::GET, "/akun", &[]).await.is(200);

    let mut browser = Browser::new(&cast.app);
    let empty = browser.get("/lupa-sandi").await.form("Kirim surat");
    browser.send(&empty).await.is(422);
    let asked = ask(&mut browser, " PT.Contoh ").await;
    asked.is(200).says("Periksa email Anda");
    let unknown = ask(&mut browser, "tidak.ada").await;
    assert_eq!(unknown.said(), asked.said(), "whoever asks is answered the same");
    assert_eq!(ask(&mut browser, "hrd@pabrik.example").await.said(), asked.said(), "too soon for another");
    assert_eq!(sent(&cast, &server).await, 1);
    assert_eq!(sent(&cast, &server).await, 0, "once");
    let mail = server.mails().remove(0);
    assert!(mail.contains("X-Rcpt: HRD@pabrik.example") && mail.contains("pt.contoh"), "{mail}");

    let link = link(&mail);
    let mut other = Browser::new(&cast.app);
    let page = other.get(&link).await;
    assert_eq!(page.path, "/sandi-baru", "the key is in no address");
    page.is(200).says("Untuk akun pt.contoh");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(!page.text.contains(&link["/sandi-baru/".len()..]), "nor on the page");
    let form = page.form("Simpan");
    other.send(&form).await.is(422).says("Isi kata sandi Anda.");
    other.send(&form.clone().fill("Kata sandi baru", "ptcontoh1")).await.is(422).says("mudah ditebak");
    // What somebody cannot see they cannot type again.
    other.send(&form.clone().fill("Kata sandi baru", &format!("\u{200e}{NEW}"))).await.is(422);
    other.get(&link).await.is(200);
    before.ask(Method::GET, "/akun", &[]).await.is(200);
    let done = other.send(&form.clone().fill("Kata sandi baru", NEW)).await;
    assert_eq!(done.path, "/masuk?sandi=baru");
    done.is(200).says("Kata sandi baru Anda sudah berlaku.");
    before.ask(Method::GET, "/akun", &[]).await.is(303);
    let enter = done.form("Masuk").fill("Nomor HP", "pt.contoh");
    other.send(&enter.clone().fill("Kata sandi", "rahasia sekali")).await.is(422);
    other.send(&enter.fill("Kata sandi", NEW)).await.is(200);

    let used = browser.get(&link).await;
    used.is(410).says("Alamat ini tidak berlaku lagi");
    let wrong = browser.get(&format!("/sandi-baru/{}", "0".repeat(64))).await;
    assert_eq!((wrong.status, wrong.said()), (used.status, used.said()));
    assert_eq!(browser.get("/sandi-baru/x").await.said(), used.said());
    // The answer to a form has no switch of language.
    let main = |seen: &Seen| words(select(seen.html().root_element(), "main")[0]);
    let late = browser.send(&form.fill("Kata sandi baru", NEW)).await;
    assert_eq!((late.status, main(&late)), (used.status, main(&used)));
});

both_databases!(a_key_holds_an_hour_and_the_newest_one_counts, |db: TestDb| async {
    let cast = Cast::new(db).await;
    with_address(db).await;
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    let mut browser = Browser::new(&cast.app);
    ask(&mut browser, "pt.contoh").await;
    assert_eq!(sent(&cast, &server).await, 1);
    let first = link(&server.mails()[0]);
    cast.app.clock.advance(TimeDelta::minutes(6));
    ask(&mut browser, "pt.contoh").await;
    browser.get(&first).await.is(200);
    assert_eq!(sent(&cast, &server).await, 1);
    browser.get(&first).await.is(410);
    let second = link(&server.mails()[1]);
    let form = browser.get(&second).await.form("Simpan");
    cast.app.clock.advance(TimeDelta::minutes(60));
    browser.get(&second).await.is(410);
    browser.send(&form.fill("Kata sandi baru", NEW)).await.is(410);
    // What nobody used is forgotten.
    let rows = async || -> i64 {
        match &cast.app.app().db {
            padankerja::store::Db::Sqlite { read, .. } => {
                sqlx::query_scalar("select count(*) from password_links").fetch_one(read).await.unwrap()
            }
            padankerja::store::Db::Postgres(pool) => {
                sqlx::query_scalar("select count(*) from password_links").fetch_one(pool).await.unwrap()
            }
        }
    };
    assert_eq!(rows().await, 1);
    cast.app.clock.advance(TimeDelta::days(2));
    auth::forget_expired(cast.app.app()).await.unwrap();
    assert_eq!(rows().await, 0);
    // A login that is disabled has no key either.
    ask(&mut browser, "pt.contoh").await;
    assert_eq!(sent(&cast, &server).await, 1);
    let third = link(&server.mails()[2]);
    cast.app.disable(&Client { account: Some(cast.employer_account().await), ..cast.employer.clone() }).await;
    browser.get(&third).await.is(410);
});

both_databases!(an_officer_has_a_mail_and_a_resident_has_paper, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    let office = cast.app.organisation(OrganisationKind::LabourOffice, None).await;
    let officer = cast.app.login(Role::Staff, Place { organisation: Some(office), ..Place::default() }).await;
    let resident = cast.trainee(&cast.person(1).await).await;
    for (who, login) in [(&officer, "rina@dinas.example"), (&resident, "siti@warga.example")] {
        let id = who.account.unwrap();
        let before = cast.app.login_name(who).await;
        db.execute(&format!("update accounts set login = '{login}' where login = '{before}'")).await;
        let mut tx = cast.app.app().db.read().await.unwrap();
        assert_eq!(rows::find(&mut tx, id).await.unwrap().unwrap().login, login);
    }
    let mut browser = Browser::new(&cast.app);
    for name in ["rina@dinas.example", "siti@warga.example", "pt.contoh"] {
        ask(&mut browser, name).await.is(200).says("Periksa email Anda");
    }
    assert_eq!(sent(&cast, &server).await, 2, "to the officer and to the employer");
    let mail = server.mails().into_iter().find(|mail| mail.contains("rina@dinas.example")).unwrap();
    browser.get(&link(&mail)).await.is(200).says("Untuk akun rina@dinas.example");
    browser.get("/lupa-sandi").await.says("Anda menerima 12 angka di kertas.");
});

both_databases!(a_mail_that_cannot_leave_is_tried_again, |db: TestDb| async {
    let cast = Cast::new(db).await;
    with_address(db).await;
    let folder = tempfile::tempdir().unwrap();
    let gone = server(folder.path());
    let post = post_to(&gone);
    drop(gone);
    let mut browser = Browser::new(&cast.app);
    ask(&mut browser, "pt.contoh").await;
    let outcome = sending::send_due(cast.app.app(), &post, &|_| {}).await.unwrap();
    assert_eq!((outcome.sent, outcome.failed), (0, 1));
    let server = server(folder.path());
    assert_eq!(sent(&cast, &server).await, 0, "not at once");
    cast.app.clock.advance(TimeDelta::minutes(2));
    assert_eq!(sent(&cast, &server).await, 1);
    browser.get(&link(&server.mails()[0])).await.is(200);
    // Another way to a new password makes the key useless.
    let account = cast.employer_account().await;
    let (app, hash) = (cast.app.app(), accounts::password::hash_now(NEW).unwrap());
    let terminal = padankerja::app::access::acting::Acting::terminal();
    let done: Result<(), padankerja::app::AppError> = async {
        padankerja::transact!(app, tx => accounts::set_password(app, tx, &terminal, account, &hash).await)
    }
    .await;
    done.unwrap();
    browser.get(&link(&server.mails()[0])).await.is(410);
    // An address that does not exist is not tried for ever.
    db.execute("update employers set email = 'tidak-ada@pabrik.example'").await;
    ask(&mut browser, "pt.contoh").await;
    let outcome = sending::send_due(cast.app.app(), &post_to(&server), &|_| {}).await.unwrap();
    assert_eq!((outcome.sent, outcome.failed), (0, 1));
    cast.app.clock.advance(TimeDelta::days(1));
    assert_eq!(sent(&cast, &server).await, 0);
});

both_databases!(a_password_is_seen_where_somebody_asks_for_it, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let login = cast.app.login_name(&who).await;
    let mut browser = Browser::new(&cast.app);
    let page = browser.get("/masuk").await;
    let typed = page.form("Lihat kata sandi").fill("Nomor HP", &login).fill("Kata sandi", PASSWORD);
    let seen = browser.send(&typed.choose("Ini HP pinjaman")).await;
    seen.is(200);
    assert_eq!(seen.header("cache-control"), Some("no-store"));
    assert!(seen.text.contains(r#"type="text" id="f-password""#), "{}", seen.text);
    let form = seen.form("Sembunyikan kata sandi");
    assert_eq!((form.value("password"), form.value("login")), (Some(PASSWORD), Some(login.as_str())));
    let hidden = browser.send(&form).await;
    assert!(hidden.text.contains(r#"type="password" id="f-password""#), "{}", hidden.text);
    assert_eq!(browser.cookie(), None, "nobody is in yet");
    browser.send(&hidden.form("Masuk")).await.is(200);
    assert!(browser.cookie().is_some());

    let mut other = Browser::new(&cast.app);
    let form = other.get("/aktivasi").await.form("Lihat kata sandi").fill("Kata sandi baru", NEW);
    let seen = other.send(&form.fill("12 angka", "1234 5678 9012")).await;
    let form = seen.is(200).form("Mulai akun");
    assert_eq!((form.value("password"), form.value("code")), (Some(NEW), Some("1234 5678 9012")));
    // What is wrong is typed anew: a password is shown to nobody who did not ask.
    let wrong = other.send(&form).await;
    assert_eq!(wrong.is(422).form("Mulai akun").value("password"), Some(""));
});

both_databases!(an_address_with_too_many_wrong_logins_waits, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let login = cast.app.login_name(&who).await;
    let mut browser = Browser::new(&cast.app);
    // Longer than any password: refused as one that is wrong, without the work of one.
    let form = browser.get("/masuk").await.form("Masuk").fill("Kata sandi", &"x".repeat(1001));
    for number in 0..session::ADDRESS_TRIES {
        let one = form.clone().fill("Nomor HP", &format!("nama{}", number / 4));
        browser.send(&one).await.is(422);
    }
    let right = form.fill("Nomor HP", &login).fill("Kata sandi", PASSWORD);
    let waits = browser.send(&right).await;
    waits.is(429).says("coba lagi 15 menit lagi");
    let again = waits.form("Masuk");
    assert_eq!((again.value("login"), again.value("password")), (Some(login.as_str()), Some("")));
    let api = serde_json::json!({"login": login, "password": PASSWORD});
    let api = cast.app.anonymous().post("/api/v1/auth/login", &api).await;
    assert_eq!(api.status, 429);
    assert!(api.header("retry-after").unwrap().parse::<u64>().unwrap() <= 900);
    // What is counted at one form closes no other.
    ask(&mut browser, "pt.contoh").await.is(200);
    let form = browser.get("/cek").await.form("Cek").fill("Nomor aduan", "ADU-2026-0001");
    for number in 0..padankerja::domain::activation::ADDRESS_TRIES {
        let one = form.clone().fill("Kode", &format!("1234 5678 {:04}", 9_000 + number));
        browser.send(&one).await.is(422);
    }
    let waits = browser.send(&form.fill("Kode", "1234 5678 9012")).await;
    waits.is(429).says("coba lagi 10 menit lagi");
    assert_eq!(waits.form("Cek").value("number"), Some("ADU-2026-0001"), "what was typed is still there");
});
