//! What everybody sees: vacancies found by words and filters, one of them, complaints, errors.
use serde_json::{Value, json};

use super::{
    browser::{Browser, select, words},
    cast::{close, is_page},
};
use crate::{
    spine::cast::{Cast, act, id, post, vacancy},
    support::database::{TestDb, both_databases},
};

/// An open vacancy with what differs from a sewing operator's.
async fn posted(cast: &Cast, with: &Value) -> String {
    let mut body = vacancy(2);
    for (name, value) in with.as_object().unwrap() {
        body[name] = value.clone();
    }
    let made = post(&cast.employer, "/vacancies", &body).await.success();
    let path = format!("/vacancies/{}", id(&made));
    act(&cast.employer, &format!("{path}/submit"), 1, &json!({})).await.success();
    act(&cast.staff, &format!("{path}/publish"), 2, &json!({})).await.success();
    id(&made)
}

async fn titles(browser: &mut Browser, query: &str) -> Vec<String> {
    let seen = browser.get(&format!("/lowongan{query}")).await;
    seen.is(200);
    let html = seen.html();
    select(html.root_element(), "article h3").into_iter().map(words).collect()
}

both_databases!(vacancies_are_found_by_words_and_filters, |db: TestDb| async {
    let cast = Cast::new(db).await;
    posted(&cast, &json!({})).await;
    posted(
        &cast,
        &json!({"title": "Tukang Las", "description": "Mengelas rangka besi.", "skills": ["las listrik"],
        "wage_min": 3_200_000, "village": "33.11.01.2001", "shuttle": true, "education_min": "SMA"}),
    )
    .await;
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
    let mut browser = Browser::new(&cast.app);
    assert_eq!(titles(&mut browser, "").await, ["Tukang Las", "Operator Jahit"], "newest first");
    assert_eq!(titles(&mut browser, "?q=jahit").await, ["Operator Jahit"]);
    assert_eq!(titles(&mut browser, "?q=penjahit").await, ["Operator Jahit"], "another form of the word");
    assert_eq!(titles(&mut browser, "?q=welder").await, ["Tukang Las"], "another word for it");
    assert_eq!(titles(&mut browser, "?upah=3000000").await, ["Tukang Las"]);
    assert_eq!(titles(&mut browser, "?kec=33.11.05").await, ["Operator Jahit"]);
    assert_eq!(titles(&mut browser, "?antar=1").await, ["Tukang Las"]);
    assert_eq!(titles(&mut browser, "?didik=smp").await, ["Operator Jahit"]);
    assert_eq!(titles(&mut browser, "?desa=33.11.01.2001&km=3").await, ["Tukang Las"]);
    // By the form itself, and a filter taken off again by its link.
    let seen = browser.get("/lowongan").await;
    let found = browser
        .send(&seen.form("Tampilkan").fill("Upah sebulan", "3000000").fill("Pekerjaan", "jahit"))
        .await;
    found.says(
        "Dengan semua pilihan itu tidak ada yang cocok. Tanpa “Upah mulai Rp3.000.000” ada 1 lowongan.",
    );
    let wider = browser.get(&found.link("Tampilkan tanpa")).await;
    wider.says("1 lowongan untuk “jahit”");
    let strange = browser.get("/lowongan?kec=99&hal=abc").await;
    strange.is(200).says("Sebagian alamat halaman ini tidak kami kenali").says("2 lowongan");
    browser.get("/lowongan?hal=9999").await.is(200).says("Halaman 9999 tidak ada isinya");
    let long = browser.get(&format!("/lowongan?q={}", "x".repeat(300))).await;
    long.is(422).says("Ada yang perlu diperbaiki");
    browser.get("/lowongan?q=%00").await.is(422);
    browser.get("/").await.is(200).says("4 tempat kerja terbuka di 2 lowongan, 2 kecamatan.");
});

both_databases!(a_vacancy_is_told_whole_and_safely, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let evil = "Jahit</script><script>alert(1)</script>";
    let one = posted(&cast, &json!({"title": evil, "description": "Baju & <b>celana</b>"})).await;
    let mut browser = Browser::new(&cast.app);
    let seen = browser.get(&format!("/lowongan/{one}")).await;
    seen.is(200).says("Rp2.600.000 sebulan").says("Minimal SMP");
    is_page(&seen);
    assert_eq!(seen.header("cache-control"), Some("no-cache"));
    let html = seen.html();
    let scripts = select(html.root_element(), "script");
    assert_eq!(scripts.len(), 1, "{}", seen.text);
    assert_eq!(scripts[0].value().attr("type"), Some("application/ld+json"));
    let posting: Value = serde_json::from_str(&scripts[0].text().collect::<String>()).unwrap();
    assert_eq!((&posting["@type"], &posting["title"]), (&json!("JobPosting"), &json!(evil)));
    assert_eq!(posting["baseSalary"]["value"]["minValue"], 2_600_000);
    assert_eq!(posting["url"], format!("https://kerja.example/lowongan/{one}"));
    assert!(seen.link("Bagikan ke WhatsApp").starts_with("https://wa.me/?text=Lowongan"));
    // Whoever is not logged in is asked to, and comes back to where they wanted to go.
    let asked = browser.get(&seen.link("Lamar")).await;
    assert!(asked.path.starts_with("/masuk?lanjut=%2Flowongan%2F"), "{}", asked.path);
});

both_databases!(what_is_closed_is_gone_and_names_what_is_like_it, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (one, _) = (cast.open_vacancy(3).await, cast.open_vacancy(2).await);
    close(&cast, &one).await;
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
    let mut browser = Browser::new(&cast.app);
    let gone = browser.get(&format!("/lowongan/{one}")).await;
    gone.is(410)
        .says("Lowongan ini sudah ditutup.")
        .says("Yang mirip dan masih terbuka")
        .says("Operator Jahit");
    is_page(&gone);
    assert_eq!(titles(&mut browser, "").await.len(), 1);
    // A draft never was public.
    let draft = id(&post(&cast.employer, "/vacancies", &vacancy(1)).await.success());
    let hidden = browser.get(&format!("/lowongan/{draft}")).await;
    let absent = browser.get("/lowongan/00000000-0000-7000-8000-000000000001").await;
    let nonsense = browser.get("/lowongan/x").await;
    let numbered = |seen: &crate::pages::browser::Seen| {
        let said = seen.said();
        said.split("Nomor kejadian").next().unwrap().to_owned()
    };
    assert_eq!((hidden.is(404).status, numbered(&hidden)), (absent.status, numbered(&absent)));
    // Nor is it when it is closed before anybody published it.
    close(&cast, &draft).await;
    let closed = browser.get(&format!("/lowongan/{draft}")).await;
    assert_eq!((closed.is(404).status, numbered(&closed)), (absent.status, numbered(&absent)));
    assert_eq!((nonsense.status, numbered(&nonsense)), (absent.status, numbered(&absent)));
});

both_databases!(a_nameless_complaint_is_made_once_and_looked_up, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let one = cast.open_vacancy(1).await;
    let mut browser = Browser::new(&cast.app);
    let offer = browser.get(&format!("/lowongan/{one}")).await;
    let form = browser.get(&offer.link("adukan di sini")).await.form("Kirim aduan");
    browser
        .send(&form)
        .await
        .is(422)
        .says("Pilih apa yang ingin Anda adukan.")
        .says("Ceritakan apa yang terjadi.");
    let typed =
        form.choose("Perusahaan atau orang").fill("Ceritakan", "Diminta Rp500.000 sebelum wawancara.");
    let made = browser.send(&typed).await;
    made.is(200).says("Aduan Anda sudah kami terima").says("ADU-2026-0001");
    let again = browser.send(&typed).await;
    assert_eq!(again.said(), made.said(), "pressed twice it is one complaint");
    let listed = crate::spine::cast::get(&cast.staff, "/complaints").await.success();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["vacancy_id"], json!(one));
    assert_eq!(listed["items"][0]["person_id"], Value::Null);

    let html = made.html();
    let told: Vec<String> = select(html.root_element(), ".number").into_iter().map(words).collect();
    let form = browser.get(&made.link("Cek aduan")).await.form("Cek");
    let wrong = browser.send(&form.clone().fill("Nomor aduan", &told[0]).fill("Kode", "123412341234")).await;
    wrong.is(422).says("Nomor dan kode ini tidak cocok");
    let right = browser.send(&form.fill("Nomor aduan", &told[0].to_lowercase()).fill("Kode", &told[1])).await;
    right.is(200).says("Sudah kami terima, menunggu petugas");
    assert!(!right.said().contains("500.000"), "what was said stays with the office");
});

both_databases!(errors_are_pages_outside_the_api, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut browser = Browser::new(&cast.app);
    let lost = browser.get("/tidak-ada").await;
    lost.is(404).says("Halaman ini tidak ada").says("Nomor kejadian");
    is_page(&lost);
    let number = lost.header("x-request-id").unwrap();
    lost.says(number.rsplit('-').next().unwrap());
    let wrong = browser.ask(reqwest::Method::PUT, "/lowongan", &[]).await;
    wrong.is(405);
    is_page(&wrong);
    assert!(wrong.header("allow").unwrap().contains("GET"));
    let program = browser.ask(reqwest::Method::GET, "/api/v1/nowhere", &[]).await;
    assert_eq!(program.header("content-type"), Some("application/problem+json"));
});
