//! What sealing the audit and recomputing its chain shows.
use crate::{
    domain::audit::{Finding, Kind, Verdict},
    words::id::dates::minute,
};

/// What sealing the audit did.
pub fn sealed(minutes: u64, rows: u64) -> String {
    if minutes == 0 {
        return "Tidak ada menit yang perlu disegel.".to_owned();
    }
    format!("{minutes} menit dengan {rows} catatan audit disegel.")
}

/// What recomputing the chain of seals showed, apart from the findings.
pub fn verdict(verdict: &Verdict) -> Vec<String> {
    let mut said = vec![format!(
        "{} menit dengan {} catatan audit terbukti tidak berubah.",
        verdict.minutes, verdict.rows
    )];
    if let Some(since) = verdict.waiting_since {
        let waiting = verdict.waiting;
        said.push(format!("{waiting} catatan belum disegel, yang tertua dari {}.", minute(since)));
    }
    if let Some(newest) = &verdict.newest {
        said.push(format!("Segel terakhir, {}: {}", minute(newest.minute), newest.seal));
    }
    match verdict.known {
        Some(true) => said.push("Segel yang dicatat masih ada dalam rantai.".to_owned()),
        Some(false) => said.push(
            "SEGEL YANG DICATAT TIDAK ADA LAGI: rantai dihitung ulang atau segel terakhirnya dihapus."
                .to_owned(),
        ),
        None => {}
    }
    if let Some(first) = verdict.findings.first() {
        let more = verdict.found - 1;
        let rest = if more == 0 { String::new() } else { format!(" (dan {more} temuan lain)") };
        said.push(format!("AUDIT TIDAK UTUH sejak {}{rest}.", minute(first.minute)));
    }
    said
}

/// Something in the audit that is not as it was sealed.
pub fn finding(finding: &Finding) -> String {
    let rows = finding.rows;
    let what = match finding.kind {
        Kind::Changed => "isi catatan atau segelnya diubah".to_owned(),
        Kind::Lost => format!("{rows} catatan hilang"),
        Kind::Added => format!("{rows} catatan disisipkan atau datang setelah disegel"),
        Kind::Unsealed => {
            format!("{rows} catatan di menit tanpa segel: datang setelah disegel, atau segelnya dihapus")
        }
        Kind::Unlinked => {
            "segelnya tidak menyambung ke segel sebelumnya: ada segel yang dihapus atau diubah".to_owned()
        }
    };
    let ids: Vec<String> = finding.ids.iter().map(ToString::to_string).collect();
    let ids = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
    format!("{}: {what}{ids}", minute(finding.minute))
}

/// A seal that is none.
pub const NO_SEAL: &str = "segel terdiri dari 64 angka heksadesimal";
