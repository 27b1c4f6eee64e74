//! What `doctor` found: a verdict, a sentence, and a cure where one is needed, for each check.
use std::{fmt::Display, path::Path};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::words::id::dates;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It works, and somebody should look at it.
    Attention,
    /// Something does not work.
    Broken,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Room on the disk.
    Disk,
    /// Who may read the files.
    Modes,
    /// The keys, and whether they are those of the database.
    Keys,
    /// Whether the database takes writes.
    Database,
    /// Counters of seats and referrals.
    Counters,
    /// The search index.
    Index,
    /// The newest backup.
    Backup,
    /// The jobs of the service.
    Jobs,
    /// Messages and the ways out.
    Messages,
    /// Whether it is known where requests come from.
    Addresses,
    /// Whether the cookie of a login goes over encrypted ways only.
    Cookie,
    /// Holidays of this year and the next.
    Calendar,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How it stands.
    pub verdict: Verdict,
    /// What was seen.
    pub seen: String,
    /// What to do about it.
    pub cure: Option<String>,
}

impl Finding {
    fn good(check: Check, seen: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Good, seen: seen.into(), cure: None }
    }

    fn bad(check: Check, verdict: Verdict, seen: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { check, verdict, seen: seen.into(), cure: Some(cure.into()) }
    }
}

/// A finding in one or two lines.
pub fn told(finding: &Finding) -> String {
    let head = format!("{:<10} {}: {}", verdict(finding.verdict), check(finding.check), finding.seen);
    match &finding.cure {
        Some(cure) => format!("{head}\n           -> {cure}"),
        None => head,
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "baik",
        Verdict::Attention => "perhatian",
        Verdict::Broken => "rusak",
    }
}

fn check(check: Check) -> &'static str {
    match check {
        Check::Disk => "ruang disk",
        Check::Modes => "izin berkas",
        Check::Keys => "kunci",
        Check::Database => "basis data",
        Check::Counters => "penghitung",
        Check::Index => "indeks pencarian",
        Check::Messages => "pesan",
        Check::Backup => "cadangan",
        Check::Jobs => "tugas berkala",
        Check::Addresses => "batas per alamat",
        Check::Cookie => "kuki masuk",
        Check::Calendar => "kalender",
    }
}

/// The verdict on the whole.
pub fn conclusion(worst: Verdict, notable: usize) -> String {
    match worst {
        Verdict::Good => "Kesimpulan: baik.".to_owned(),
        Verdict::Attention => format!("Kesimpulan: berjalan, {notable} hal perlu perhatian."),
        Verdict::Broken => format!("Kesimpulan: rusak; {notable} hal perlu diperbaiki atau diperhatikan."),
    }
}

/// Access of others was taken away.
pub fn tightened(path: &Path, from: u32, to: u32) -> String {
    let path = path.display();
    format!("izin {path} dipersempit dari {from:04o} menjadi {to:04o}: hanya pemiliknya yang boleh membaca")
}

const MEGABYTE: u64 = 1_000_000;

/// How much room there is.
pub fn disk(folder: &Path, free: u64, all: u64) -> Finding {
    let megabytes = free / MEGABYTE;
    let size =
        if megabytes < 10_000 { format!("{megabytes} MB") } else { format!("{} GB", megabytes / 1_000) };
    let seen = format!("{size} bebas di {}", folder.display());
    let cure = "kosongkan ruang, atau pindahkan folder data ke disk yang lebih besar";
    if free < 100 * MEGABYTE {
        Finding::bad(Check::Disk, Verdict::Broken, seen, cure)
    } else if free < 1_000 * MEGABYTE && free < all / 10 {
        Finding::bad(Check::Disk, Verdict::Attention, seen, cure)
    } else {
        Finding::good(Check::Disk, seen)
    }
}

/// The room cannot be asked for.
pub fn disk_unknown(folder: &Path) -> Finding {
    let seen = format!("ruang di {} tidak dapat ditanyakan", folder.display());
    Finding::bad(Check::Disk, Verdict::Attention, seen, "periksa dengan: df -h")
}

/// Which files others may read, each with its mode.
pub fn modes(loose: &[(&Path, u32)]) -> Finding {
    if loose.is_empty() {
        return Finding::good(Check::Modes, "hanya pemiliknya yang boleh membaca");
    }
    let list = loose.iter().map(|(path, mode)| format!("{} ({mode:04o})", path.display()));
    let seen = format!("orang lain di komputer ini boleh membaca {}", list.collect::<Vec<_>>().join(", "));
    let paths = loose.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>().join(" ");
    Finding::bad(Check::Modes, Verdict::Attention, seen, format!("chmod go= {paths}"))
}

/// How the keys stand to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys<'a> {
    /// The file is not there.
    Missing,
    /// The file cannot be used.
    Unusable(&'a str),
    /// There is nobody yet whose NIK could be tried.
    Untried,
    /// They open the NIKs that were tried.
    Fit,
    /// They do not.
    Foreign,
}

/// The keys.
pub fn keys(path: &Path, found: Keys<'_>) -> Finding {
    let path = path.display();
    let back =
        format!("kembalikan berkas {path} yang lama dari tempat penyimpanannya; tanpa itu NIK tidak terbaca");
    match found {
        Keys::Missing => Finding::bad(Check::Keys, Verdict::Broken, format!("{path} tidak ada"), back),
        Keys::Unusable(why) => {
            Finding::bad(Check::Keys, Verdict::Broken, format!("{path} tidak dapat dipakai: {why}"), back)
        }
        Keys::Untried => Finding::good(Check::Keys, format!("{path} ada; belum ada warga untuk dicocokkan")),
        Keys::Fit => Finding::good(Check::Keys, format!("{path} cocok dengan basis data")),
        Keys::Foreign => {
            Finding::bad(Check::Keys, Verdict::Broken, format!("{path} bukan kunci basis data ini"), back)
        }
    }
}

/// Whether the database takes writes.
pub fn writable(refused: Option<&dyn Display>) -> Finding {
    match refused {
        None => Finding::good(Check::Database, "terbuka dan dapat ditulis"),
        Some(error) => Finding::bad(
            Check::Database,
            Verdict::Broken,
            format!("tidak dapat ditulis: {error}"),
            "periksa ruang disk dan izin folder data, atau apakah server basis datanya hidup",
        ),
    }
}

/// Counters that do not fit their applications.
pub fn counters(broken: i64) -> Finding {
    if broken == 0 {
        return Finding::good(Check::Counters, "penghitung kursi dan rujukan cocok");
    }
    Finding::bad(
        Check::Counters,
        Verdict::Broken,
        format!("{broken} penghitung tidak cocok dengan lamaran"),
        "laporkan kepada pengelola program beserta hasil ini; jangan ubah basis data dengan tangan",
    )
}

/// Whether it is known where requests come from: limits by address are off behind a proxy that nobody named. `behind`: by the
/// settings somebody stands in between.
pub fn addresses(behind: bool, trusted: usize) -> Finding {
    match (behind, trusted) {
        (true, 0) => Finding::bad(
            Check::Addresses,
            Verdict::Attention,
            "mati: layanan berada di belakang proksi yang tidak disebut di trusted_proxies",
            "isi trusted_proxies (PADANKERJA_TRUSTED_PROXIES) dengan alamat proksi itu, misalnya 127.0.0.1",
        ),
        (_, 0) => Finding::good(Check::Addresses, "jalan: permintaan datang langsung"),
        (_, count) => Finding::good(Check::Addresses, format!("jalan: {count} proksi dipercaya")),
    }
}

/// The cookie of a login: `encrypted` where people reach the service over https, `alone` where nobody else's machine does.
pub fn cookie(encrypted: bool, alone: bool) -> Finding {
    if encrypted {
        return Finding::good(Check::Cookie, "hanya lewat https");
    }
    if alone {
        return Finding::good(Check::Cookie, "tanpa https, hanya dari mesin ini");
    }
    Finding::bad(Check::Cookie, Verdict::Attention, NO_HTTPS, HTTPS_CURE)
}

/// Whoever listens on the network reads who is logged in.
pub const NO_HTTPS: &str =
    "halaman dibuka tanpa https: siapa pun di jaringan yang sama dapat mengambil alih akun yang sedang masuk";
/// What to do about it.
pub const HTTPS_CURE: &str =
    "pasang https di depan layanan dan isi public_url (PADANKERJA_PUBLIC_URL) dengan alamat https://";

/// The month of a year from which the holidays of the next one should be known: decrees come in autumn.
pub const NEXT_YEAR_FROM: u32 = 10;

/// Years without a holiday: working days and deadlines are counted without them.
pub fn calendar(empty: &[i32]) -> Finding {
    let Some(first) = empty.first() else {
        return Finding::good(Check::Calendar, "hari libur terisi");
    };
    let years = empty.iter().map(i32::to_string).collect::<Vec<_>>().join(" dan ");
    Finding::bad(
        Check::Calendar,
        Verdict::Attention,
        format!("hari libur {years} belum diisi; tenggat dihitung seakan semuanya hari kerja"),
        format!("isi dari SKB: padankerja calendar add {first}-01-01 --name \"Tahun Baru Masehi\""),
    )
}

/// How the index stands to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index<'a> {
    /// None was made by this version of the program.
    Missing,
    /// It cannot be read.
    Damaged(&'a str),
    /// It belongs to another database, or to this one before it was put back.
    Foreign,
    /// It is there, with so many documents, so many changes behind.
    Behind {
        /// People and vacancies in it.
        documents: u64,
        /// Changes it has not seen yet.
        changes: usize,
    },
}

/// Changes that a running service is always a moment behind.
const USUALLY_BEHIND: usize = 1_000;

/// The search index.
pub fn index(found: Index<'_>) -> Finding {
    let cure = "layanan membangunnya sendiri saat mulai; atau jalankan: padankerja reindex";
    match found {
        Index::Missing => {
            Finding::bad(Check::Index, Verdict::Attention, "belum ada untuk versi program ini", cure)
        }
        Index::Damaged(why) => {
            Finding::bad(Check::Index, Verdict::Broken, format!("tidak dapat dibaca: {why}"), cure)
        }
        Index::Foreign => Finding::bad(Check::Index, Verdict::Attention, "milik basis data lain", cure),
        Index::Behind { documents, changes } => {
            let seen = format!("{documents} dokumen, tertinggal {changes} perubahan");
            if changes > USUALLY_BEHIND {
                Finding::bad(Check::Index, Verdict::Attention, seen, cure)
            } else {
                Finding::good(Check::Index, seen)
            }
        }
    }
}

/// The newest file in the folder of backups; this program makes none yet, so that is all that can be seen.
pub fn backup(
    folder: &Path,
    newest: Option<(String, DateTime<Utc>)>,
    now: DateTime<Utc>,
    how: &str,
) -> Finding {
    let place = folder.display();
    let cure = format!("salin ke {place}: {how}. Simpan berkas kunci di tempat lain");
    match newest {
        None => {
            let seen = format!("tidak ada berkas di {place} (hanya folder itu yang dilihat)");
            Finding::bad(Check::Backup, Verdict::Attention, seen, cure)
        }
        Some((name, at)) => {
            let seen = format!("{name} di {place}, {}", dates::minute(at));
            if now - at > TimeDelta::days(2) {
                Finding::bad(Check::Backup, Verdict::Attention, format!("{seen}: lebih dari dua hari"), cure)
            } else {
                Finding::good(Check::Backup, seen)
            }
        }
    }
}

/// How an SQLite file is copied while it is used.
pub fn copy_of_file(database: &str, folder: &Path) -> String {
    format!("sqlite3 {database} \".backup '{}/padankerja.db'\"", folder.display())
}

/// How the database of a server is copied.
pub const COPY_OF_SERVER: &str = "pg_dump --format=custom --file=padankerja.dump";

/// Messages that did not arrive, and what is missing before any can go out.
pub fn messages(failed: i64, mails: bool, has_number: bool) -> Finding {
    let check = Check::Messages;
    match (failed, has_number) {
        (0, false) => Finding::good(check, "disiapkan saja: belum dapat dikirim sebelum office_phone diisi"),
        (0, true) if mails => Finding::good(check, "tidak ada yang gagal dikirim"),
        (0, true) => Finding::good(
            check,
            "tidak ada yang gagal; surel belum diatur (mail_url), petugas mengirim sendiri",
        ),
        (failed, _) => Finding::bad(
            check,
            Verdict::Attention,
            format!("{failed} pesan gagal dikirim"),
            "lihat sebabnya: padankerja messages --state failed",
        ),
    }
}

/// The jobs: how many there are, failed at their last turn, never ended one, or are late.
pub fn jobs(all: usize, failing: usize, never: usize, late: usize) -> Finding {
    if failing > 0 {
        return Finding::bad(
            Check::Jobs,
            Verdict::Broken,
            format!("{failing} tugas berkala gagal pada giliran terakhirnya"),
            "lihat baris GAGAL di atas dan log layanan; giliran berikutnya mencoba lagi",
        );
    }
    if never == all {
        return Finding::good(Check::Jobs, "layanan belum pernah berjalan pada basis data ini");
    }
    if late > 0 {
        let seen = format!("{late} dari {all} tugas terlambat: layanan tampaknya tidak berjalan");
        return Finding::bad(Check::Jobs, Verdict::Attention, seen, "jalankan: padankerja serve");
    }
    Finding::good(Check::Jobs, format!("{all} tugas berjalan pada waktunya"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_good_has_a_cure() {
        let here = Path::new("data");
        let now = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let old = Some(("a.db".to_owned(), now - TimeDelta::days(3)));
        let fresh = Some(("a.db".to_owned(), now));
        let all = [
            (disk(here, 50 * MEGABYTE, 1_000_000 * MEGABYTE), Verdict::Broken),
            (disk(here, 900 * MEGABYTE, 100_000 * MEGABYTE), Verdict::Attention),
            (disk(here, 900 * MEGABYTE, 2_000 * MEGABYTE), Verdict::Good),
            (modes(&[(here, 0o755)]), Verdict::Attention),
            (modes(&[]), Verdict::Good),
            (keys(here, Keys::Foreign), Verdict::Broken),
            (keys(here, Keys::Fit), Verdict::Good),
            (writable(Some(&"disk full")), Verdict::Broken),
            (counters(2), Verdict::Broken),
            (counters(0), Verdict::Good),
            (index(Index::Missing), Verdict::Attention),
            (index(Index::Behind { documents: 9, changes: 5_000 }), Verdict::Attention),
            (index(Index::Behind { documents: 9, changes: 5 }), Verdict::Good),
            (backup(here, None, now, "cp"), Verdict::Attention),
            (backup(here, old, now, "cp"), Verdict::Attention),
            (backup(here, fresh, now, "cp"), Verdict::Good),
            (jobs(10, 1, 0, 0), Verdict::Broken),
            (jobs(10, 0, 0, 10), Verdict::Attention),
            (jobs(10, 0, 10, 0), Verdict::Good),
            (jobs(10, 0, 1, 0), Verdict::Good),
        ];
        for (finding, expected) in all {
            assert_eq!(finding.verdict, expected, "{finding:?}");
            assert_eq!(finding.cure.is_none(), expected == Verdict::Good, "{finding:?}");
            assert!(told(&finding).starts_with(verdict(expected)));
        }
    }
}
