//! Match runs: their figures, what they changed, who was proposed, whether they can be proven, and what a reader of an
//! explanation has to know besides.
use std::fmt::Display;

use crate::{
    domain::{
        codes::ProblemCode,
        region::{self, RegionCode},
    },
    matching::{
        archive::Replayed,
        explanation::Explanation,
        fairness::{Dimension, Fairness, Row},
    },
    words::id::{price, problems, reasons as told, staff},
};

/// The strongest reasons for a pair in one line.
pub fn reasons(explanation: &Explanation, most: usize) -> String {
    explanation.reasons.iter().take(most).map(told::reason_in_short).collect::<Vec<_>>().join("; ")
}

/// Where an explanation comes from when it is not simply what holds now.
pub fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Changed => "Data berubah sejak proses itu. Bila dinilai sekarang:",
        Provenance::Gone => {
            "Hanya diketahui dari proses yang tersimpan: data orang ini tidak lagi tersedia untuk dinilai ulang."
        }
        Provenance::NotReferred => "Belum dirujuk: pemberi kerja belum melihat keterangan ini.",
    }
}

/// What a reader of an explanation has to know besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// What holds now differs from what the run said.
    Changed,
    /// The person is not there any more.
    Gone,
    /// The employer has not been told yet.
    NotReferred,
}

/// What a run did beyond its proposals: the price of the priority, the floors, what is to be checked.
pub fn effects(summary: &serde_json::Value) -> Vec<String> {
    let mut lines = price::of_run(summary);
    for floor in summary["floors"].as_array().into_iter().flatten() {
        let scope = if floor["per"] == "run" { "seluruh proses" } else { "tiap lowongan" };
        lines.push(format!(
            "Batas bawah {} untuk {} ({scope}): {} dari {} kursi terpenuhi",
            floor["share"],
            floor["group"].as_str().unwrap_or("-"),
            floor["met"],
            floor["wanted"]
        ));
    }
    match summary["desil_unknown"].as_i64() {
        Some(unknown) if unknown > 0 => lines.push(format!(
            "{unknown} orang yang layak belum diketahui desilnya; daftar mereka: padankerja unknown-desil"
        )),
        _ => {}
    }
    lines
}

/// The people of a row of the fairness report.
pub fn fairness_row(row: &Row) -> String {
    let unknown = row.value == "unknown";
    match (row.dimension, row.value.as_str()) {
        (Dimension::Sex, "female") => "perempuan".to_owned(),
        (Dimension::Sex, "male") => "laki-laki".to_owned(),
        (Dimension::Sex, _) => "jenis kelamin belum dicatat".to_owned(),
        (Dimension::Disability, "evidenced") => "penyandang disabilitas".to_owned(),
        (Dimension::Disability, _) => "tanpa bukti disabilitas".to_owned(),
        (Dimension::District, _) if unknown => "kecamatan belum diketahui".to_owned(),
        (Dimension::District, code) => {
            let found = RegionCode::parse(code).ok().and_then(region::find);
            format!("kecamatan {}", found.map_or(code, |region| region.name))
        }
        (Dimension::Desil, _) if unknown => "desil belum diketahui".to_owned(),
        (Dimension::Desil, desil) => format!("desil {}", desil.trim_start_matches('0')),
    }
}

/// The figures of a run.
pub fn figures(run: impl Display, summary: &serde_json::Value) -> Vec<String> {
    let number = |field: &str| summary[field].as_i64().unwrap_or(0);
    let mut lines = vec![
        format!(
            "Proses {run}: {} orang ({} dapat diusulkan) x {} lowongan, {} kursi rujukan, {} pasangan layak",
            number("people"),
            number("people_eligible"),
            number("vacancies"),
            number("slots"),
            number("pairs")
        ),
        format!(
            "Kebijakan {} revisi {}: {}",
            summary["policy"]["name"].as_str().unwrap_or("-"),
            summary["policy"]["revision"],
            summary["policy"]["body"]
        ),
        format!(
            "{} usulan untuk {} lowongan, {} di antaranya keluarga desil 1-4; optimum = dual: {}",
            number("proposed"),
            number("vacancies_matched"),
            number("proposed_poor"),
            if number("optimum") == number("dual") { "ya" } else { "TIDAK" }
        ),
    ];
    lines.extend(effects(summary));
    lines
}

/// Heading of the proposals shown.
pub const PROPOSALS: [&str; 6] = ["warga", "nama", "lowongan", "cocok", "prioritas", "alasan"];
/// There is no runner-up to tell about.
pub const NO_RESERVE: &str = "Tidak ada cadangan: setiap orang yang layak sudah diusulkan.";

/// Why somebody of the reserve was not proposed.
pub fn why_not(name: &str, title: &str, explanation: &Explanation) -> String {
    format!("Mengapa bukan {name} untuk \"{title}\"? {}", staff::runner_up(explanation))
}

/// There is no run yet.
pub const NO_RUNS: &str = "Belum ada proses pemadanan. Mulai dengan: padankerja match";
/// Heading of the list of runs.
pub const RUNS: [&str; 7] =
    ["proses", "mulai (WIB)", "keadaan", "kebijakan", "usulan", "desil 1-4", "harga prioritas"];

/// A run that does not exist.
pub fn no_such_run(run: impl Display) -> String {
    format!("proses {run} tidak ada; daftar: padankerja runs")
}

/// The same when none was named.
pub const NO_SUCH_RUN: &str = "proses itu tidak ada; daftar: padankerja runs";

/// What publishing a run did.
pub fn published(created: u64, renewed: u64, retired: u64, dropped: usize) -> String {
    format!(
        "Diterbitkan: {created} lamaran baru, {renewed} usulan diperbarui, {retired} usulan lama ditarik, {dropped} tidak jadi"
    )
}

/// The next steps that publishing a run made, and how many people with priority have neither a proposal nor a step.
pub fn next_steps(made: u64, without: u64) -> String {
    format!(
        "Langkah berikutnya: {made} dibuat untuk warga prioritas tanpa usulan; {without} tanpa langkah (padankerja next-steps)"
    )
}

/// A proposal that did not become an application, by the code of what stood against it.
pub fn dropped(person: impl Display, vacancy: impl Display, reason: &str) -> String {
    let why = reason.parse::<ProblemCode>().map_or(reason, |code| problems::problem(code).title);
    format!("  {person} -> {vacancy}: {why}")
}

/// What replaying a run showed: of its stored proposals `found` are part of the result, `foreign` are not.
pub fn replayed(replayed: &Replayed, found: usize, foreign: usize) -> Vec<String> {
    let Replayed { assigned, pairs, dual_gap, program, .. } = replayed;
    let again = match (replayed.same_bytes, replayed.same_program) {
        (true, _) => "Dihitung ulang: hasilnya sama persis, bita demi bita.",
        (false, true) => {
            "Dihitung ulang: hasilnya BERBEDA, padahal programnya sama. Laporkan sebagai kesalahan."
        }
        (false, false) => {
            "Dihitung ulang dengan program yang lebih baru: hasilnya berbeda, tetapi bukti di atas tetap berlaku."
        }
    };
    vec![
        format!(
            "Terbukti: penempatan {assigned} orang dari {pairs} pasangan layak itu sah dan tidak ada yang lebih baik (selisih dual {dual_gap})."
        ),
        again.to_owned(),
        format!("Usulan tersimpan: {found} sesuai hasil, {foreign} tidak. Program saat proses: {program}."),
    ]
}

/// Names of the figures by which two policies are compared, in the order of the table.
pub const COMPARED: [&str; 5] = [
    "orang diusulkan",
    "rumah tangga",
    "rumah tangga desil 1-4",
    "rata-rata kecocokan",
    "batas bawah terpenuhi",
];

/// How many people two policies place alike.
pub fn placed_alike(same: usize, elsewhere: usize, only_first: usize, only_second: usize) -> String {
    format!(
        "Ditempatkan keduanya di lowongan yang sama: {same}, di lowongan lain: {elsewhere}; hanya oleh yang pertama: {only_first}, hanya oleh yang kedua: {only_second}."
    )
}

/// How far a floor is met.
pub fn floor_met(group: impl Display, met: impl Display, wanted: impl Display) -> String {
    format!("{group}: {met} dari {wanted}")
}

/// Who was proposed of those who could be.
pub fn proposed_of(run: impl Display, report: &Fairness) -> String {
    let Fairness { proposed, eligible, poor_households, .. } = report;
    format!(
        "Proses {run}: {proposed} dari {eligible} orang yang punya pasangan layak diusulkan, {poor_households} rumah tangga desil 1-4"
    )
}

/// Heading of the fairness report.
pub const SHARES: [&str; 3] = ["kelompok", "diusulkan dari yang layak", ""];
/// A group that is proposed far less than others.
pub const LOW: &str = "jauh di bawah rata-rata: periksa";

/// A share of a row of the fairness report.
pub fn share(row: &Row) -> String {
    format!("{} dari {} ({},{} %)", row.proposed, row.eligible, row.permille / 10, row.permille % 10)
}

/// Nobody suits.
pub const NOBODY_SUITS: &str = "Tidak ada orang yang cukup sesuai.";

/// Heading of a shortlist.
pub const RANKED: [&str; 7] = ["no", "warga", "nama", "desa/kelurahan", "cocok", "prioritas", "alasan"];

/// Neither a vacancy nor a text was given.
pub const VACANCY_OR_TEXT: &str = "beri --vacancy atau --text";
/// Neither an application nor a pair was given.
pub const APPLICATION_OR_PAIR: &str = "beri id lamaran atau nama warga, atau --person dan --vacancy";

/// A vacancy that does not exist.
pub fn no_such_vacancy(id: impl Display) -> String {
    format!("lowongan {id} tidak ada; daftar: padankerja vacancies")
}

/// An application that does not exist.
pub fn no_such_application(id: impl Display) -> String {
    format!("lamaran {id} tidak ada; daftar: padankerja applications")
}

/// A person who does not exist.
pub fn no_such_person(id: impl Display) -> String {
    format!("warga {id} tidak ada; daftar: padankerja people")
}

/// What a bar shows while a run is computed.
pub const MATCHING: &str = "memadankan";
/// The same while two policies are compared.
pub const COMPARING: &str = "membandingkan";
