//! `/saya/lowongan`: what suits somebody and why, what one thing keeps out, and what becomes of it.
use serde_json::json;

use super::{
    browser::{Browser, Seen, select, words},
    cast::{close, inside},
};
use crate::{
    spine::cast::{Cast, act, id, post, vacancy},
    support::database::{TestDb, both_databases},
};

/// An open vacancy that differs from a sewing operator's.
async fn posted(cast: &Cast, title: &str, with: &serde_json::Value) -> String {
    let mut body = vacancy(2);
    body["title"] = json!(title);
    for (name, value) in with.as_object().unwrap() {
        body[name] = value.clone();
    }
    let made = post(&cast.employer, "/vacancies", &body).await.success();
    let path = format!("/vacancies/{}", id(&made));
    act(&cast.employer, &format!("{path}/submit"), 1, &json!({})).await.success();
    act(&cast.staff, &format!("{path}/publish"), 2, &json!({})).await.success();
    id(&made)
}

/// The titles below a heading.
fn titles(seen: &Seen, heading: &str) -> Vec<String> {
    let html = seen.html();
    let mut sections = select(html.root_element(), "section").into_iter();
    let section = sections.find(|one| words(*one).starts_with(heading));
    section.map(|one| select(one, "h3").into_iter().map(words).collect()).unwrap_or_default()
}

async fn indexed(cast: &Cast) {
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
}

/// Says what somebody wishes.
async fn wishes(browser: &mut Browser, wage: &str, way: &str) {
    let form = browser.get("/saya/profil/keinginan").await.form("Simpan");
    let form = form.fill("Upah sebulan", wage).fill("Tempat kerja paling jauh", way);
    browser.send(&form).await.is(200).says("Sudah disimpan");
}

both_databases!(what_suits_is_found_and_one_thing_out_is_named, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let sewing = cast.open_vacancy(2).await;
    let far = json!({"village": "33.11.01.2001", "wage_min": 2_900_000});
    posted(&cast, "Penjahit Rumahan", &far).await;
    let welding = json!({"description": "Mengelas rangka besi.", "skills": ["las listrik"]});
    posted(&cast, "Tukang Las", &welding).await;
    indexed(&cast).await;
    let mut browser = inside(&cast, &cast.trainee(&whom).await).await;

    let seen = browser.get("/saya/lowongan").await;
    seen.is(200).says("Sesuai: ").says("Menjahit Pakaian");
    let mut found = titles(&seen, "Sesuai profil");
    found.sort();
    assert_eq!(found, ["Operator Jahit", "Penjahit Rumahan"], "and no work of another kind");
    assert!(titles(&seen, "Hampir").is_empty());

    wishes(&mut browser, "2.650.000", "").await;
    let seen = browser.get("/saya/lowongan").await;
    assert_eq!(titles(&seen, "Sesuai profil"), ["Penjahit Rumahan"]);
    assert_eq!(titles(&seen, "Hampir"), ["Operator Jahit"]);
    seen.says("Upahnya Rp50.000 di bawah batas Anda. Tetap berminat?");
    // Two things in the way are more than one.
    wishes(&mut browser, "2.950.000", "1").await;
    let seen = browser.get("/saya/lowongan").await;
    assert_eq!(
        (titles(&seen, "Sesuai profil").len(), titles(&seen, "Hampir")),
        (0, vec!["Operator Jahit".to_owned()])
    );

    // Applied for: it stands among one's applications, and what was wished is as it was.
    let check = browser.get(&format!("/lowongan/{sewing}/lamar")).await;
    check.says("Upahnya Rp350.000 di bawah batas Anda.");
    browser.send(&check.form("Lamar")).await.is(200).says("Operator Jahit");
    let seen = browser.get("/saya/lowongan").await;
    assert!(titles(&seen, "Hampir").is_empty() && titles(&seen, "Sesuai profil").is_empty());
    seen.says("Belum ada yang kami temukan").says("Lengkapi profil");
    browser.get("/saya/profil").await.says("Rp2.950.000");
});

both_databases!(what_closed_is_gone_at_once_and_nobody_is_ranked_who_objects, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let (first, other) = (cast.open_vacancy(2).await, posted(&cast, "Penjahit Halus", &json!({})).await);
    indexed(&cast).await;
    let mut browser = inside(&cast, &cast.trainee(&whom).await).await;
    assert_eq!(titles(&browser.get("/saya/lowongan").await, "Sesuai profil").len(), 2);
    // What an office proposes without their knowing changes nothing here, nor does that it was taken back.
    let hidden = cast.proposed(&whom, &other).await;
    assert_eq!(titles(&browser.get("/saya/lowongan").await, "Sesuai profil").len(), 2);
    cast.step(&cast.staff, &hidden, "dismiss", &json!({"reason": "other", "text": "keliru"})).await.success();
    assert_eq!(titles(&browser.get("/saya/lowongan").await, "Sesuai profil").len(), 2);
    // The index does not know it yet.
    close(&cast, &first).await;
    assert_eq!(titles(&browser.get("/saya/lowongan").await, "Sesuai profil"), ["Penjahit Halus"]);

    let data = browser.get("/saya/data").await;
    browser.send(&data.form("Tolak pengurutan otomatis")).await.is(200);
    let seen = browser.get("/saya/lowongan").await;
    seen.is(200).says("Anda menolak pengurutan otomatis").says("Lihat semua lowongan");
    assert!(titles(&seen, "Sesuai profil").is_empty());
    wishes(&mut browser, "9.000.000", "").await;
    let check = browser.get(&format!("/lowongan/{other}/lamar")).await;
    check.is(200);
    assert!(!check.said().contains("di bawah batas"), "nothing is judged for whoever objects");
});
