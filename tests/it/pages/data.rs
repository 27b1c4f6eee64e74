//! My data: who opened it, the slip for the family and what it shows, and whether a letter is genuine.
use serde_json::json;

use super::{
    browser::{Browser, Seen, select, words},
    cast::{employer_does, inside, is_page},
};
use crate::{
    spine::cast::{Cast, get, post},
    support::database::{TestDb, both_databases},
};

/// The code on the page that tells it once.
#[track_caller]
fn code_on(seen: &Seen) -> String {
    let html = seen.html();
    let found: Vec<String> = select(html.root_element(), ".slip .number").into_iter().map(words).collect();
    assert_eq!(found.len(), 1, "{}", seen.said());
    found[0].clone()
}

async fn checked(browser: &mut Browser, code: &str, number: &str) -> Seen {
    let form = browser.get("/cek").await.form("Cek");
    browser.send(&form.fill("Kode", code).fill("Nomor aduan atau nomor surat", number)).await
}

both_databases!(a_slip_shows_the_family_where_it_stands_until_it_is_revoked, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let data = browser.get("/saya/data").await;
    let slip = browser.get(&data.link("Buat atau batalkan slip")).await;
    slip.is(200).says("Belum ada kode yang berlaku").says("berlaku 90 hari");
    let form = slip.form("Buat slip");
    let made = browser.send(&form).await;
    made.is(200).says("Slip Anda sudah jadi").says("Berlaku sampai 31 Mei 2026");
    is_page(&made);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let code = code_on(&made);
    let share = made.link("Bagikan alamat ke WhatsApp");
    assert!(share.starts_with("https://wa.me/?text=Sampai+mana"), "{share}");
    for kept_back in [&code.replace(' ', ""), &code.replace(' ', "+"), "Contoh", whom.as_str()] {
        assert!(!share.contains(kept_back), "{kept_back}: {share}");
    }
    let html = made.html();
    let paper = words(select(html.root_element(), ".slip")[0]);
    assert!(paper.contains("https://kerja.example/cek") && !paper.contains("Contoh 1"), "{paper}");
    // Pressed twice, or sent again after going back: the same code.
    assert_eq!(code_on(&browser.send(&form).await), code);
    let later = browser.get("/saya/slip").await;
    later.says("Ada kode yang berlaku").says("berlaku sampai 31 Mei 2026");
    assert!(!later.text.contains(&code), "it is told once");

    let mut neighbour = Browser::new(&cast.app);
    let seen = checked(&mut neighbour, &code.to_lowercase(), "").await;
    seen.is(200).says("Operator Jahit").says("Sudah dikirim ke perusahaan, menunggu jawaban");
    seen.says("Giliran perusahaan menjawab, paling lambat Rabu, 11 Maret 2026.").says("Sejak 2 Maret 2026");
    let html = seen.html();
    let main = select(html.root_element(), "main > section").into_iter().map(words).collect::<String>();
    for kept_back in ["Contoh", "0860", "00001/2026", application.as_str()] {
        assert!(!main.contains(kept_back), "{kept_back}: {main}");
    }
    employer_does(
        &cast,
        &application,
        "refuse",
        &json!({"reason": "skill_missing", "text": "belum bisa obras"}),
    )
    .await;
    let over = checked(&mut neighbour, &code, "").await;
    over.says("Kali ini tidak diterima. Lamaran ini selesai");
    assert!(!over.said().contains("obras"), "{}", over.said());

    let revoked = browser.send(&later.form("Batalkan kode")).await;
    revoked.is(200).says("Kode sudah dibatalkan").says("Belum ada kode yang berlaku");
    let void = checked(&mut neighbour, &code, "").await;
    let wrong = checked(&mut neighbour, "00000 00000", "").await;
    void.is(422).says("Kode ini tidak dikenal atau tidak berlaku lagi");
    assert_eq!(void.said(), wrong.said(), "a revoked code is answered like one that never was");
    // The form that made it makes nothing any more; a fresh one makes another code.
    browser.send(&form).await.is(200).says("Belum ada kode yang berlaku");
    let fresh = browser.get("/saya/slip").await.form("Buat slip");
    let fresh = browser.send(&fresh).await;
    assert_ne!(code_on(&fresh), code);
});

both_databases!(a_new_slip_makes_the_old_one_void, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = cast.trainee(&cast.person(1).await).await;
    let mut browser = inside(&cast, &who).await;
    let first = browser.get("/saya/slip").await;
    let (form, first) = (first.form("Buat slip"), code_on(&browser.send(&first.form("Buat slip")).await));
    let again = browser.get("/saya/slip").await.form("Buat slip baru");
    let second = code_on(&browser.send(&again).await);
    let mut family = Browser::new(&cast.app);
    checked(&mut family, &first, "").await.is(422);
    checked(&mut family, &second, "").await.is(200).says("Saat ini belum ada lamaran.");
    // The page before, sent once more, does not bring the old one back.
    browser.send(&form).await.is(200).says("Ada kode yang berlaku");
    checked(&mut family, &second, "").await.is(200);
    for (field, value, status) in [("aksi", "hapus", 400), ("kunci", "", 400)] {
        browser.send(&form.clone().set(field, value)).await.is(status);
    }
});

both_databases!(what_is_typed_at_the_check_is_told_back, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut browser = Browser::new(&cast.app);
    let empty = checked(&mut browser, "", "").await;
    empty.is(422).says("Isi kode yang tertulis di kertas Anda.");
    let strange = checked(&mut browser, "K7QX9 RMT2P", "surat 12").await;
    strange.is(422).says("Nomor ini bukan nomor aduan");
    assert_eq!(strange.form("Cek").value("number"), Some("surat 12"));
    let letter = checked(&mut browser, "K7QX9 RMT2P", "00041/2026").await;
    letter.is(422).says("Surat dengan nomor dan kode ini tidak dikenal.");
    let complaint = checked(&mut browser, "1234 5678 9012", "ADU-2026-0041").await;
    complaint.is(422).says("Nomor dan kode ini tidak cocok");
    let long = checked(&mut browser, &"x".repeat(200_000), "").await;
    long.is(422).says("Kode ini tidak dikenal");
    checked(&mut browser, "dua\u{0}baris", "\u{202e}x").await.is(422);
    for _ in 0..60 {
        checked(&mut browser, "00000 00000", "").await;
    }
    checked(&mut browser, "00000 00000", "").await.is(429).says("coba lagi 10 menit lagi");
});

both_databases!(a_letter_says_whether_it_is_genuine, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    let letter = get(&cast.employer, &format!("/applications/{application}/letter")).await.success();
    let code = letter["code"].as_str().unwrap();
    let mut browser = Browser::new(&cast.app);
    let seen = checked(&mut browser, code, "1/2026").await;
    seen.is(200).says("Surat ini sah").says("00001/2026").says("2 Maret 2026").says("Operator Jahit");
    let main = select(seen.html().root_element(), "main").into_iter().map(words).collect::<String>();
    assert!(!main.contains("Contoh 1") && !main.contains("sudah selesai"), "{main}");
    // The person's own page tells the same code.
    let who = cast.trainee(&whom).await;
    let own = inside(&cast, &who).await.get(&format!("/saya/lamaran/{application}")).await;
    own.says("00001/2026").says(code);
    cast.step(&who, &application, "withdraw", &json!({"reason": "too_far"})).await.success();
    checked(&mut browser, code, "1/2026").await.is(200).says("Lamarannya sudah selesai");
});

both_databases!(somebody_reads_who_opened_their_data, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    cast.referred(&whom, &vacancy).await;
    cast.proposed(&whom, &cast.open_vacancy(1).await).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let data = browser.get("/saya/data").await;
    browser.send(&data.form("Unduh data saya")).await.is(200);
    let seen = browser.get(&data.link("Lihat siapa membuka data saya")).await;
    seen.is(200).says("Anda didaftarkan").says("Petugas, Kantor");
    seen.says("Data Anda dikirim ke PT Contoh 9120001234567 untuk lowongan Operator Jahit");
    seen.says("Salinan semua data Anda diambil").says("Anda sendiri, atau pemegang akun keluarga");
    let html = seen.html();
    let lines: Vec<String> = select(html.root_element(), ".history li").into_iter().map(words).collect();
    assert!(lines[0].ends_with("Salinan semua data Anda diambil"), "newest first: {lines:?}");
    assert!(lines.last().unwrap().ends_with("Anda didaftarkan"), "{lines:?}");
    let proposed = lines.iter().filter(|line| line.ends_with(": diusulkan")).count();
    assert_eq!(proposed, 1, "what nobody confirmed is not told: {lines:?}");
    seen.says(&format!("{} catatan", lines.len()));
    browser.get("/saya/data/riwayat?hal=2").await.is(200).says("Halaman 2 tidak ada isinya");
    for strange in ["hal=0", "hal=-1", "hal=x", "hal=99999999999999999999"] {
        browser.get(&format!("/saya/data/riwayat?{strange}")).await.is(200).says("Anda didaftarkan");
    }
    // Many: in pages.
    for number in 0..50 {
        let edit = json!({"address": format!("Jalan {number}")});
        let version =
            get(&cast.staff, &format!("/people/{whom}")).await.success()["version"].as_i64().unwrap();
        crate::spine::cast::replace(
            &cast.staff,
            reqwest::Method::PATCH,
            &format!("/people/{whom}"),
            version,
            &edit,
        )
        .await
        .success();
    }
    let first = browser.get("/saya/data/riwayat").await;
    assert_eq!(select(first.html().root_element(), ".history li").len(), 50);
    browser.get(&first.link("Lebih lama")).await.is(200).says("Anda didaftarkan");
    let ground = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{whom}/erasure"), &ground).await.success();
    browser.get("/saya/data/riwayat").await.says("Masuk");
});
