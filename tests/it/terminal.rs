//! The command line as a process: exit codes of help and of wrong use, and that both speak Bahasa Indonesia.
use std::process::Command;

/// Exit code, standard output, standard error.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_padankerja"))
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn help_and_version_are_answers() {
    for arguments in [&["--help"][..], &["help"], &["help", "user", "create"], &["match", "-h"]] {
        let (code, out, err) = said(arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("Pemakaian: padankerja"), "{out}");
    }
    let (code, out, _) = said(&["--version"]);
    assert_eq!((code, out.split(' ').next()), (0, Some("padankerja")));
}

#[test]
fn wrong_use_ends_with_2_and_says_what_is_wrong() {
    let (code, out, err) = said(&["demo", "--people", "1"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("galat: nilai \"1\" untuk --people <JUMLAH>"), "{err}");
    let (code, out, err) = said(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("Perintah:"), "{err}");
}

#[test]
fn dates_are_taken_as_the_office_writes_them() {
    for date in ["27-11-2026", "2026-11-27", "27/11/2026"] {
        let (code, _, err) = said(&["compare", "a", "b", "--as-of", date]);
        assert!(code == 2 && err.contains("belum ada basis data"), "{date}: {err}");
    }
    for date in ["besok", "37023", "31-02-2026"] {
        let (code, _, err) = said(&["compare", "a", "b", "--as-of", date]);
        assert!(code == 2 && err.contains("tanggal ditulis seperti 2026-12-31"), "{date}: {err}");
    }
}

#[test]
fn wrong_settings_and_refusals_are_told_in_bahasa_indonesia() {
    let (code, _, err) = said(&["--database-url", "mysql://x", "doctor"]);
    assert_eq!(code, 2);
    assert!(err.contains("konfigurasi salah") && err.contains("harus diawali sqlite://"), "{err}");
    let (code, _, err) = said(&["match", "--policy", "none.json"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("galat: none.json: tidak dapat dibaca: tidak ada"), "{err}");
    let (code, _, err) = said(&["user", "create", "--login", "x", "--role", "staff", "--generate"]);
    assert_eq!(code, 2);
    assert!(err.contains("login \"x\": pakai 3 sampai 100 huruf"), "{err}");
}

/// An installation of a test, and commands in it.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        office.refuses(&["calendar"], "belum ada basis data");
        let user =
            ["user", "create", "--login", "petugas", "--role", "staff", "--organisation", "Disperinaker"];
        let (code, _, err) = office.run(&[&user[..], &["--new-organisation", "--generate"]].concat());
        assert_eq!(code, 0, "{err}");
        office
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let done = Command::new(env!("CARGO_BIN_EXE_padankerja"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("DATABASE_URL")
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    #[track_caller]
    fn refuses(&self, arguments: &[&str], why: &str) {
        let (code, out, err) = self.run(arguments);
        assert!(code == 2 && out.is_empty() && err.contains(why), "{arguments:?}: {code} {out}{err}");
    }
}

#[test]
fn the_calendar_is_listed_and_edited() {
    let office = Office::new();
    let run = |arguments: &[&str]| office.run(arguments);
    let (code, out, err) = run(&["calendar", "--year", "2027"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let line = |day: &str| out.lines().find(|line| line.starts_with(day)).unwrap().to_owned();
    assert_eq!(
        line("2027-05-17").split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect::<Vec<_>>(),
        ["2027-05-17", "Senin", "Idul Adha 1448 Hijriah", "nasional", "perkiraan"]
    );
    assert!(!line("2027-08-17").contains("perkiraan") && !out.contains('…'), "{out}");
    assert!(out.contains("padankerja calendar confirm 2027-01-05"), "{out}");
    let (_, out, _) = run(&["calendar", "--year", "2090"]);
    assert_eq!(out, "Kalender 2090 belum diisi: hanya Sabtu dan Minggu yang libur.\n");

    let (code, out, _) =
        run(&["calendar", "add", "12-03-2090", "--name", "Hari Jadi", "--kind", "kantor", "--estimate"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("Minggu, 12 Maret 2090 libur: Hari Jadi (libur kantor, perkiraan)\n"), "{out}");
    assert!(out.contains("kantor memang tutup"), "{out}");
    let (_, out, _) = run(&["calendar", "move", "2090-03-12", "2090-03-13", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["holiday"]["day"], "2090-03-13");
    assert_eq!((&told["holiday"]["estimate"], &told["told_deadlines"]), (&false.into(), &0.into()));
    let (_, out, _) = run(&["calendar", "confirm", "2027-05-17"]);
    assert_eq!(out, "Senin, 17 Mei 2027 libur: Idul Adha 1448 Hijriah (libur nasional)\n");
    let (_, out, _) = run(&["calendar", "remove", "2090-03-13"]);
    assert!(out.starts_with("Senin, 13 Maret 2090 tidak lagi libur: Hari Jadi\n"), "{out}");
    let (_, out, _) = run(&["calendar", "--year", "2090", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told, serde_json::json!({"year": 2090, "items": []}));
}

#[test]
fn what_the_calendar_cannot_be_told_is_said() {
    let office = Office::new();
    let refused = |arguments: &[&str], why: &str| office.refuses(arguments, why);
    refused(&["calendar", "remove", "2090-03-13"], "2090-03-13 bukan hari libur");
    refused(&["calendar", "add", "2020-01-01", "--name", "Dulu"], "hari yang sudah lewat tidak diubah");
    refused(&["calendar", "add", "2090-01-01", "--name", " "], "name: wajib diisi");
    refused(&["calendar", "add", "2090-01-01", "--name", "Hari\nJadi"], "tanda yang tidak terlihat");
    refused(&["calendar", "add", "2090-01-01"], "belum disebut: --name");
    refused(&["calendar", "add", "besok", "--name", "Besok"], "tanggal ditulis seperti");
    refused(
        &["calendar", "add", "2090-01-01", "--name", "Hari", "--kind", "merah"],
        "pilih: national (nasional)",
    );
    refused(&["calendar", "move", "2027-03-10", "2027-03-11"], "sudah tercatat sebagai hari libur");
    refused(&["calendar", "--year", "2101"], "kalender hanya untuk tahun 2020 sampai 2100");
    refused(&["calendar", "--year", "lalu"], "harus bilangan bulat");
}
