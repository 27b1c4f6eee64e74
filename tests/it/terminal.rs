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
