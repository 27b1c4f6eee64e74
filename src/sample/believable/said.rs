//! What the people of the believable regency say and write in half a year: officers' reasons, residents' and employers' words,
//! notes, complaints. In the words of their authors; what the service itself says is in `words`.
use crate::{
    domain::{application::reason::EndReason, complaint, flag::FlagKind, next_step},
    sample::rng::Rng,
};

/// An officer's reason for letting through what was flagged.
pub fn reason_for(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Age => "Perusahaan menerangkan pekerjaan angkat beban berat, batas umur hanya anjuran",
        FlagKind::Sex => "Mes hanya tersedia untuk satu jenis kelamin, sudah dicek ke lokasi",
        FlagKind::MaritalStatus => "Kontrak magang dua tahun tinggal di mes, disepakati dihapus bulan depan",
        FlagKind::Pregnancy => "Pekerjaan memakai bahan kimia keras, perlindungan ibu hamil",
        FlagKind::Looks => "Tinggi rak bagian atas dua meter, alat bantu belum ada",
        FlagKind::Religion => "Guru mengaji untuk lembaga pendidikan agama",
        FlagKind::Ethnicity => "Pemandu tembang Jawa untuk sanggar seni",
        FlagKind::PhysicalCondition => "Bekerja di atas tangga, kursi khusus disediakan terpisah",
        FlagKind::Fee => "Seragam dibeli perusahaan, kalimat sudah diperbaiki",
        FlagKind::WithheldDiploma => "Perusahaan membiayai sekolah, ada perjanjian tertulis",
        FlagKind::WageBelowMinimum => "Upah harian dihitung bersama uang makan, di atas upah minimum",
    }
}

/// Why an ad is sent back to its author.
pub const SENT_BACK: &str = "Mohon diisi jam kerja yang sebenarnya dan jumlah orang yang dibutuhkan.";

/// Why an ad is not published.
pub const REJECTED: &str =
    "Iklan meminta uang seragam dari pelamar. Penempatan kerja tidak boleh dipungut biaya.";

/// A line that makes an ad ask for money.
pub const ASKS_FOR_MONEY: &str = "Biaya seragam Rp250.000 dibayar pelamar saat interview.";

/// What an employer says about its many refusals.
pub const EMPLOYER_SAID: &str = "Kami butuh yang sudah bisa mesin high speed. Mulai minggu depan calon boleh ikut uji coba tiga hari dulu.";

/// Why an employer is suspended.
pub const SUSPENDED: &str = "Ada aduan pungutan uang masuk; menunggu klarifikasi perusahaan.";

/// Why it is reinstated.
pub const REINSTATED: &str = "Uang sudah dikembalikan, perantara diberhentikan, surat pernyataan diterima.";

/// Where interviews are held: at the employer's, in these rooms.
pub fn room(rng: &mut Rng) -> &'static str {
    rng.pick(&["ruang HRD", "pos satpam, lalu ruang tes", "kantor depan", "aula lantai 2"])
}

/// At which hour.
pub fn hour(rng: &mut Rng) -> &'static str {
    rng.pick(&["08:00", "08:30", "09:00", "10:00", "13:00"])
}

/// What to bring.
pub fn bring(rng: &mut Rng) -> &'static str {
    rng.pick(&[
        "KTP dan ijazah terakhir",
        "KTP, fotokopi KK, alat tulis",
        "KTP dan surat pengantar",
        "pakaian rapi, KTP",
    ])
}

/// By what the place is found; few say it.
pub fn landmark(rng: &mut Rng) -> Option<String> {
    let place =
        rng.pick(&["seberang masjid", "sebelah pom bensin", "depan pasar", "pos satpam gerbang timur"]);
    rng.percent(40).then(|| place.to_owned())
}

/// An employer's words with a refusal.
pub fn refusal(rng: &mut Rng, reason: &str) -> &'static str {
    match reason {
        "skill_missing" => rng.pick(&[
            "belum lancar mesin high speed",
            "belum pernah pegang mesinnya",
            "hasil tes praktik belum rapi",
        ]),
        "experience_missing" => rng.pick(&["masih perlu yang berpengalaman", "pengalamannya di bidang lain"]),
        "did_not_attend" => {
            rng.pick(&["tidak datang wawancara, tidak ada kabar", "ditunggu sampai jam 11 tidak datang"])
        }
        _ => rng.pick(&["sudah ada calon lain yang lebih cocok", "kuota bagian ini sudah penuh"]),
    }
}

/// A resident's words with a no.
pub fn refused_by_person(rng: &mut Rng, reason: &str) -> &'static str {
    match reason {
        "too_far" => {
            rng.pick(&["jauh, motornya dipakai bergantian", "tidak ada angkutan kalau pulang malam"])
        }
        "wage_too_low" => rng.pick(&["belum cukup untuk bensin dan makan", "di tempat lain ditawari lebih"]),
        "family_care" => rng.pick(&["ibu sedang sakit", "anak masih kecil, belum ada yang momong"]),
        "hours_unsuitable" => rng.pick(&["tidak bisa masuk malam", "minta yang tidak shift"]),
        "found_other_work" => {
            rng.pick(&["sudah diterima di tempat saudara", "sudah mulai di toko dekat rumah"])
        }
        _ => rng.pick(&["belum bisa sekarang", "mau ikut pelatihan dulu"]),
    }
}

/// Why somebody left, where they did, and what was said when somebody asked whether they still work there.
pub fn follow_up(rng: &mut Rng, still: bool) -> (Option<EndReason>, &'static str) {
    if still {
        let said = rng.pick(&[
            "masih bekerja, betah",
            "sudah diangkat jadi operator tetap",
            "masih, sering lembur",
            "masih, ikut jemputan",
        ]);
        return (None, said);
    }
    const LEFT: [(EndReason, &str); 3] = [
        (EndReason::ContractEnded, "kontrak habis, tidak diperpanjang"),
        (EndReason::Resigned, "pindah ke tempat yang lebih dekat"),
        (EndReason::FamilyCare, "berhenti karena mengurus orang tua"),
    ];
    LEFT.get(rng.index(LEFT.len())).map_or((None, ""), |(reason, said)| (Some(*reason), said))
}

/// What somebody complains about.
pub fn complaint(kind: complaint::Kind) -> &'static str {
    match kind {
        complaint::Kind::Fee => "Saat wawancara diminta uang Rp500.000 untuk seragam dan sepatu.",
        complaint::Kind::Tout => {
            "Ada orang menawarkan kerja di pabrik asal membayar dua juta, katanya kenal orang dalam."
        }
        complaint::Kind::WithheldDiploma => {
            "Ijazah asli ditahan, katanya baru dikembalikan kalau kontrak habis."
        }
        complaint::Kind::FalseVacancy => {
            "Di iklan tertulis operator, sampai di sana disuruh jualan keliling."
        }
        complaint::Kind::OfficerAskedMoney => {
            "Orang yang mengaku petugas kecamatan minta uang bensin supaya dipanggil duluan."
        }
    }
}

/// What was found out about it.
pub fn found(kind: complaint::Kind, founded: bool) -> &'static str {
    match kind {
        _ if !founded => {
            "Sudah dicek ke tempatnya dan ke orangnya, tidak ditemukan. Bila terjadi lagi, mohon hubungi kami."
        }
        complaint::Kind::WithheldDiploma => {
            "Sudah diperiksa ke tempatnya. Ijazah dikembalikan dan perusahaan membuat surat pernyataan. Terima kasih sudah melapor."
        }
        _ => {
            "Sudah diperiksa ke tempatnya. Uang dikembalikan dan perusahaan membuat surat pernyataan. Terima kasih sudah melapor."
        }
    }
}

/// A note with the answer to a next step.
pub fn step_note(rng: &mut Rng, outcome: next_step::Outcome) -> &'static str {
    match outcome {
        next_step::Outcome::NotReached => {
            rng.pick(&["dua kali ditelepon tidak diangkat", "rumah kosong, titip pesan ke tetangga"])
        }
        next_step::Outcome::Visited => rng.pick(&["sudah didatangi ke rumah", "dibantu pendamping desa"]),
        next_step::Outcome::Declined => {
            rng.pick(&["belum bersedia, masih ada keperluan keluarga", "minta dihubungi lagi bulan depan"])
        }
        next_step::Outcome::DesilNotFound => rng.pick(&["belum ada di data DTSEN, disarankan ke desa"]),
        next_step::Outcome::CapitalRefused => rng.pick(&["syarat usaha belum lengkap"]),
        _ => rng.pick(&["ditelepon, bersedia", "datang ke kantor hari Senin", "dibantu pendamping desa"]),
    }
}

/// Whose number is called where somebody has none.
pub const NEIGHBOUR: &str = "086000000001";

/// Why a state is set right.
pub const SET_RIGHT: &str = "Salah pilih di layar; pemberi kerja menelepon bahwa orangnya sudah datang.";

/// Ways to reach somebody who complains without a name.
pub const CONTACT: &str = "WA 086011112222, sore saja";

/// Names of the offices.
pub const LABOUR_OFFICE: &str = "Disperinaker (contoh)";
/// The agency that nominates people.
pub const SOCIAL_OFFICE: &str = "Dinas Sosial (contoh)";

/// Name of a village's office.
pub fn village_office(village: &str) -> String {
    format!("{village} (contoh)")
}

/// Name of class number `number` of a year.
pub fn class_name(number: u32, year: i32) -> String {
    let roman = ["I", "II", "III", "IV", "V", "VI"];
    let numeral = usize::try_from(number).ok().and_then(|at| roman.get(at)).copied().unwrap_or("VII");
    format!("Angkatan {numeral}/{year}")
}

/// What the large plan calls the work.
pub const PLANNED_JOB: &str = "Pelinting SKT";
