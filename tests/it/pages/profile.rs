//! A person's profile: each part a form of its own, saved each time; what an officer verified is asked for.
use serde_json::json;

use crate::pages::cast::inside;
use crate::{
    spine::cast::{Cast, get, post},
    support::database::{TestDb, both_databases},
};

both_databases!(a_profile_is_saved_part_by_part, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let profile = browser.get("/saya/profil").await;
    profile.says("menjahit").says("Menjahit Pakaian").says("086012345678");
    let form = browser.get(&profile.link("Ubah keinginan")).await.form("Simpan");
    let wrong = browser.send(&form.clone().fill("Upah sebulan", "dua juta")).await;
    wrong.is(422).says("Isi dengan angka bulat.");
    assert_eq!(wrong.form("Simpan").value("wage_floor"), Some("dua juta"));
    let saved = browser
        .send(
            &form
                .fill("Upah sebulan", "Rp2.400.000")
                .fill("Tempat kerja paling jauh", "12")
                .choose("Sepeda motor"),
        )
        .await;
    saved.is(200).says("Sudah disimpan").says("Rp2.400.000").says("12 km").says("Sepeda motor");
    let form = browser.get(&saved.link("Ubah keterampilan")).await.form("Simpan");
    let saved = browser.send(&form.fill("Apa yang Anda bisa?", "menjahit\nobras, memasak")).await;
    saved.says("obras").says("memasak");
    let form = browser.get(&saved.link("Ubah pengalaman kerja")).await.form("Simpan");
    let bad = browser.send(&form.clone().set("job-0", "penjahit").set("months-0", "9999")).await;
    bad.is(422).says("Angka di luar batas yang wajar");
    browser.send(&form.set("job-0", "penjahit").set("months-0", "24")).await.says("penjahit, 2 tahun");
    let form = browser.get("/saya/profil/kontak").await.form("Simpan");
    browser
        .send(&form.fill("Nomor HP", "08l2 3456"))
        .await
        .is(422)
        .says("Nomor HP hanya boleh berisi angka.");
    let stale = browser.get("/saya/profil/kontak").await.form("Simpan").set("versi", "1").choose("WhatsApp");
    browser.send(&stale).await.is(409).says("Keadaannya sudah berubah");
});

both_databases!(a_home_is_a_district_and_a_village, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let change = browser.get("/saya/profil").await.link("Ubah tempat tinggal");
    let districts = browser.get(&change).await;
    districts.says("Di kecamatan mana Anda tinggal?");
    browser.send(&districts.form("Lanjut").set("kec", "")).await.is(422).says("Pilih kecamatan");
    let villages = browser.send(&districts.form("Lanjut").choose("Grogol")).await;
    villages.says("Kecamatan Grogol.").says("Desa atau kelurahan mana?");
    let form = villages.form("Simpan");
    let long = form.clone().choose("Madegondo").fill("Alamat", &"a".repeat(5_000));
    let wrong = browser.send(&long).await;
    wrong.is(422).says("Kecamatan Grogol.");
    let saved = browser.send(&wrong.form("Simpan").fill("Alamat", "Jl. Melati 3 RT 02 RW 05")).await;
    saved.is(200).says("Desa Madegondo, Kecamatan Grogol").says("Jl. Melati 3 RT 02 RW 05");
    // A village that is none, and one that nobody chose.
    let form = browser.get("/saya/profil/tempat-tinggal?kec=33.11.09").await.form("Simpan");
    browser.send(&form.clone().set("village", "33.11.99.2001")).await.is(422);
    browser.send(&form.set("village", "")).await.is(422).says("Pilih desa");
    browser.get("/saya/profil/tempat-tinggal?kec=99.99.99").await.is(422).says("Pilih kecamatan");
});

both_databases!(lists_are_lines_of_a_form, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let form = browser.get("/saya/profil/sertifikat").await.form("Simpan");
    // The first line stays empty: a fault is told at the line it was typed into.
    let typed =
        form.set("name-1", "SIM A").set("issued_on-1", "12 Mei 2024").set("expires_on-1", "12/05/2023");
    let wrong = browser.send(&typed).await;
    wrong.is(422);
    assert!(wrong.text.contains("href=\"#f-expires_on-1\""), "{}", wrong.said());
    assert_eq!(wrong.form("Simpan").value("issued_on-1"), Some("12 Mei 2024"));
    let unread = browser.send(&wrong.form("Simpan").set("expires_on-1", "besok")).await;
    unread.is(422).says("Tanggal tidak terbaca");
    let saved = browser.send(&unread.form("Simpan").set("expires_on-1", "12-05-2029")).await;
    saved.is(200).says("SIM A, berlaku sampai 12 Mei 2029");
    let form = browser.get("/saya/profil/pelatihan").await.form("Simpan");
    let last = (0..9).rfind(|at| form.value(&format!("programme-{at}")) == Some("")).unwrap();
    let typed = form
        .set(&format!("programme-{last}"), "Tata Boga")
        .set(&format!("ended_on-{last}"), "1 Juni 2025")
        .set(&format!("result-{last}"), "competent");
    browser.send(&typed).await.is(200).says("Tata Boga, selesai 1 Juni 2025. Lulus (kompeten)");
    // Saved again as it is: nothing changes.
    let before = get(&who, &format!("/people/{whom}")).await.success();
    let same = browser.get("/saya/profil/pelatihan").await.form("Simpan");
    browser.send(&same).await.is(200);
    let after = get(&who, &format!("/people/{whom}")).await.success();
    assert_eq!(before["profile"]["trainings"], after["profile"]["trainings"]);
    let form = browser.get("/saya/profil/sertifikat").await.form("Simpan");
    let gone = browser.send(&form.set("name-0", "").set("name-1", "")).await;
    assert!(!gone.said().contains("SIM A"), "{}", gone.said());
});

both_databases!(what_was_verified_is_asked_for, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let mut browser = inside(&cast, &who).await;
    let form = browser.get("/saya/profil/pendidikan").await.form("Simpan");
    browser.send(&form.choose("SMP")).await.is(200).says("SMP");
    let path = format!("/people/{whom}/verifications");
    let verifier = cast.app.staff(&[padankerja::domain::access::Right::Verify]).await;
    post(&verifier, &path, &json!({"items": ["education"], "verified": true})).await.success();
    let profile = browser.get("/saya/profil").await;
    profile.says("diperiksa petugas");
    let form = browser.get(&profile.link("Ubah pendidikan")).await.form("Simpan");
    let met = browser.send(&form.choose("SMK").fill("Jurusan", "Tata Busana")).await;
    met.is(422).says("Minta petugas mengubahnya");
    let ask = met.form("Minta diubah");
    assert_eq!((ask.value("education"), ask.value("major")), (Some("smk"), Some("Tata Busana")));
    let wrong = browser.send(&ask).await;
    wrong.is(422).says("Minta petugas mengubahnya");
    let asked = browser
        .send(
            &wrong
                .form("Minta diubah")
                .fill("Mengapa perlu diubah?", "ijazah saya SMK")
                .fill("Bukti apa", "ijazah"),
        )
        .await;
    asked.is(200).says("Permintaan Anda sudah kami terima").says("Petugas belum memutuskan").says("SMP");
    let waiting = get(&who, &format!("/people/{whom}/change-requests")).await.success();
    let id = waiting["items"][0]["id"].as_str().unwrap().to_owned();
    let decision = json!({"accept": true, "answer": "ijazah sudah dilihat"});
    post(&verifier, &format!("/change-requests/{id}/decision"), &decision).await.success();
    let profile = browser.get("/saya/profil").await;
    profile.says("disetujui petugas").says("ijazah sudah dilihat").says("SMK, Tata Busana");
});
