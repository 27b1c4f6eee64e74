//! Lists as offices send them, twice and changed.
use padankerja::{
    app::{
        access::acting::Acting,
        exchange::{
            import::{self, AsSample, Options, Shape},
            report::{Flagged, Report},
        },
    },
    domain::vacancy::State,
    files::rows::Format,
    store::{profiles, vacancies},
};

use crate::support::{
    app::TestApp,
    database::{TestDb, both_databases},
};

/// Imports text as a file of this name.
async fn imported(test: &TestApp, what: &str, name: &str, text: &str, options: &Options) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let (app, format) = (test.app(), Format::of(&path).unwrap());
    let done = match what {
        "people" => import::people(app, &Acting::terminal(), &path, format, options, &|_| ()).await,
        "employers" => import::employers(app, &path, format, options, &|_| ()).await,
        _ => {
            let shape = import::shape(&path, format).await.unwrap();
            assert_ne!(shape, Shape::Karirhub);
            import::vacancies(app, &path, format, shape, options, &|_| ()).await
        }
    };
    done.unwrap()
}

fn plain() -> Options {
    Options::default()
}

fn keep_going() -> Options {
    Options { keep_going: true, ..Options::default() }
}

/// Rows, written, known, changed, refused.
fn counts(report: &Report) -> [u64; 5] {
    [report.rows, report.written, report.known, report.changed, report.refused]
}

fn said<'a>(report: &'a Report, code: &str) -> Vec<(u64, &'a str)> {
    let of = |note: &&padankerja::app::exchange::report::Note| note.code == code;
    report.notes.iter().filter(of).map(|note| (note.line, note.message.as_str())).collect()
}

const LIST: &str = "Perusahaan;Jabatan;Desa;Kec;Jumlah;Berlaku sampai\nPT Uji Rotan;Penganyam;Trangsan;Gatak;4;31-12-2026\n\
                    PT Uji Rotan;Amplas;Trangsan;Gatak;2;31-12-2026\nCV Uji Batik;Penganyam;Trangsan;Gatak;1;31-12-2026\n";

both_databases!(a_list_is_known_again_whatever_happened_to_its_file, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let first = imported(&test, "vacancies", "loker.csv", LIST, &plain()).await;
    assert_eq!(counts(&first), [3, 3, 0, 0, 0], "{first:?}");
    let (head, rows) = LIST.split_once('\n').unwrap();
    let moved = format!("{head}\nPT Uji Rotan;Finishing;Trangsan;Gatak;9;31-12-2026\n{rows}");
    let again = imported(&test, "vacancies", "loker (1).csv", &moved.replace('\n', "\r\n"), &plain()).await;
    assert_eq!(counts(&again), [4, 1, 3, 0, 0]);
    assert_eq!(again.known_lines, [3, 4, 5]);
    // The same again as another program writes it, with other spellings of the same employers.
    let spelled = moved.replace("PT Uji Rotan", "Uji Rotan, PT").replace("CV Uji Batik", "cv. uji  batik");
    let spelled = spelled.replace(';', "\t");
    let third = imported(&test, "vacancies", "salinan.tsv", &spelled, &plain()).await;
    assert_eq!(counts(&third), [4, 0, 4, 0, 0], "{third:?}");

    let changed = moved.replace("Amplas;Trangsan;Gatak;2;31-12-2026", "Amplas;Trangsan;Gatak;7;31-01-2027");
    for options in [plain(), Options { dry_run: true, ..plain() }] {
        let told = imported(&test, "vacancies", "loker.csv", &changed, &options).await;
        assert_eq!(counts(&told), [4, 0, 4, 1, 0]);
        let expected = "Sudah ada dan berbeda, perubahannya BELUM disimpan: Jumlah: tersimpan \"2\", di berkas \"7\"; \
                        Berlaku sampai: tersimpan \"2026-12-31\", di berkas \"2027-01-31\".";
        assert_eq!(said(&told, "known_and_changed"), [(4, expected)]);
    }
});

both_databases!(rows_stored_under_file_and_line_are_known_by_what_they_say, |db: TestDb| async {
    let test = TestApp::start(db).await;
    imported(&test, "vacancies", "loker.csv", LIST, &plain()).await;
    // As the program before stored them.
    for (title, line) in [("Penganyam", 2), ("Amplas", 3)] {
        let set = format!("source = 'loker.csv', external_id = 'baris {line}'");
        let of = "(select id from employers where name = 'PT Uji Rotan')";
        db.execute(&format!("update vacancies set {set} where title = '{title}' and employer_id = {of}"))
            .await;
    }
    let (head, rows) = LIST.split_once('\n').unwrap();
    let numbered: Vec<String> = rows.lines().enumerate().map(|(at, row)| format!("L-{at};{row}")).collect();
    let again = imported(&test, "vacancies", "lain.csv", LIST, &plain()).await;
    assert_eq!(counts(&again), [3, 0, 3, 0, 0], "{again:?}");
    let numbered = format!("Nomor Lowongan;{head}\n{}\n", numbered.join("\n"));
    let with_numbers = imported(&test, "vacancies", "bernomor.csv", &numbered, &plain()).await;
    assert_eq!(counts(&with_numbers), [3, 0, 3, 0, 0], "{with_numbers:?}");
});

both_databases!(the_lists_own_number_is_the_vacancy, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let list = "ID Lowongan;Perusahaan;Jabatan;Jumlah\nA1;PT Uji Rotan;Kasir;1\nA2;PT Uji Rotan;Kasir;1\n";
    let first = imported(&test, "vacancies", "a.csv", list, &plain()).await;
    assert_eq!(counts(&first), [2, 2, 0, 0, 0], "two numbers are two vacancies: {first:?}");
    let renamed = list.replace("A2;PT Uji Rotan;Kasir;1", "A2;PT Uji Rotan;Kasir Malam;1");
    let again = imported(&test, "vacancies", "b.csv", &renamed, &plain()).await;
    assert_eq!(counts(&again), [2, 0, 2, 1, 0]);
    assert!(said(&again, "known_and_changed")[0].1.contains("Jabatan: tersimpan \"Kasir\""), "{again:?}");
});

both_databases!(what_stands_twice_in_a_file_names_both_lines, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let list =
        "Perusahaan;Jabatan;Jumlah\nPT Uji Rotan;Kasir;2\npt. uji rotan;KASIR;5\nPT Uji Rotan;Satpam;1\n";
    let told = imported(&test, "vacancies", "a.csv", list, &plain()).await;
    assert_eq!(counts(&told), [3, 0, 0, 0, 2]);
    let twice = said(&told, "twice_in_file");
    assert_eq!(twice.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
    assert!(
        twice.iter().all(|(_, text)| text.contains("Kolom Jabatan") && text.contains("baris 2-3")),
        "{twice:?}"
    );
    let good = imported(&test, "vacancies", "a.csv", list, &keep_going()).await;
    assert_eq!(counts(&good), [3, 1, 0, 0, 2]);

    let people = "NIK;Nama\n9911042607010001;Budi\n9911046607010002;Ani\n9911 0426 0701 0001;Siti\n9911046607010002;Ani\n";
    let told = imported(&test, "people", "p.csv", people, &keep_going()).await;
    assert_eq!(
        counts(&told),
        [4, 1, 0, 0, 3],
        "nobody knows whose NIK it is; the same row twice is one: {told:?}"
    );
    assert_eq!(said(&told, "twice_in_file").iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4, 5]);
    let employers = "NIB;Nama\n9120000000021;PT A\n9120000000021;PT B\n";
    let told = imported(&test, "employers", "e.csv", employers, &plain()).await;
    assert_eq!(counts(&told), [2, 0, 0, 0, 2]);
});

both_databases!(a_person_who_is_known_is_told_with_what_differs, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let sheet = |hp: &str, home: &str, skills: &str| {
        format!("NIK;Nama;No. HP;Alamat Rumah;Keahlian\n9911042607010001;Budi;{hp};{home};{skills}\n")
    };
    let first = imported(&test, "people", "p.csv", &sheet("086000000001", "Jl. A", "las"), &plain()).await;
    assert_eq!(counts(&first), [1, 1, 0, 0, 0]);
    let same = imported(&test, "people", "q.csv", &sheet("0860-0000-0001", "Jl. A", "Las"), &plain()).await;
    assert_eq!((counts(&same), &same.known_lines[..]), ([1, 0, 1, 0, 0], &[2][..]), "{same:?}");
    let other = sheet("086000000002", "Jl. B", "las, bubut");
    let told = imported(&test, "people", "p.csv", &other, &Options { dry_run: true, ..plain() }).await;
    assert_eq!(counts(&told), [1, 0, 1, 1, 0]);
    let text = said(&told, "known_and_changed")[0].1;
    for part in [
        "No. HP berbeda",
        "Alamat Rumah: tersimpan \"Jl. A\", di berkas \"Jl. B\"",
        "Keahlian: tersimpan \"las\"",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("0860"), "a telephone number is not shown: {text}");
    let json = serde_json::to_string(&told).unwrap();
    assert!(!json.contains("9911042607010001"), "{json}");
});

both_databases!(messages_speak_the_words_of_the_file_and_sum_up, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let sheet = "NIK;Nama;Tgl. Lahir;Golongan Darah\n1;A;12 Mei 2001;O\n2;B;12 Mei 2001;O\n\
                 9911042607010001;Budi;32 Mei 2001;O\n9911042607010002;NIHIL;;\n";
    let told = imported(&test, "people", "p.csv", sheet, &keep_going()).await;
    assert_eq!(counts(&told), [4, 2, 0, 0, 2], "a name may be a word that elsewhere is none: {told:?}");
    assert_eq!(told.unused, ["Golongan Darah"]);
    assert_eq!(said(&told, "unused_headings").len(), 1);
    assert!(
        said(&told, "unreadable_date")[0].1.starts_with("Kolom Tgl. Lahir, isi \"32 Mei 2001\":"),
        "{told:?}"
    );
    let kinds: Vec<(u64, Option<&str>, bool)> =
        told.summary.iter().map(|kind| (kind.rows, kind.column.as_deref(), kind.is_error)).collect();
    assert_eq!(kinds[..2], [(2, Some("NIK"), true), (1, Some("Tgl. Lahir"), false)]);
    assert_eq!(told.summary[0].text, "2 baris: kolom NIK: NIK harus 16 angka");
    assert!(told.succeeded(true) && !told.succeeded(false));
    let none = imported(&test, "people", "p.csv", "NIK;Nama\n1;A\n", &keep_going()).await;
    assert!(!none.succeeded(true), "nothing of it was good");
    let map = vec![("Golongan Darah".to_owned(), "-".to_owned()), ("Julukan".to_owned(), "name".to_owned())];
    let sheet = "NIK;Julukan;Golongan Darah\n9911042607010003;Gembul;O\n";
    let mapped = imported(&test, "people", "p.csv", sheet, &Options { map, ..plain() }).await;
    assert_eq!(counts(&mapped), [1, 1, 0, 0, 0], "{mapped:?}");
});

both_databases!(a_row_that_cannot_be_kept_is_named_and_the_others_are_taken, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let skill = "merangkai ".repeat(12);
    let rows = [
        r#"{"nik":"9911042607010001","nama":"Budi","keahlian":"las"}"#.to_owned(),
        format!(r#"{{"nik":"9911042607010002","nama":"Ani","keahlian":"{skill}"}}"#),
        r#"{"nik":"9911042607010003","nama":"SI\u0000TI"}"#.to_owned(),
        r#"{"nik":"9911042607010004","nama":"UJI \u202eITIS"}"#.to_owned(),
        r#"{"nik":"9911042607010005","nama":"Edi 9911042607010005"}"#.to_owned(),
        r#"{"nik":"9911042607010006","nama":"Eko","alamat":"NIK 9911042607010006 Jl. A","pengalaman":"kasir 9911042607010006: 2"}"#
            .to_owned(),
    ];
    let expected = [
        (2, "too_long"),
        (3, "control_character"),
        (4, "control_character"),
        (5, "nik_in_text"),
        (6, "nik_in_text"),
        (6, "nik_in_text"),
    ];
    for options in [Options { dry_run: true, ..plain() }, keep_going()] {
        let told = imported(&test, "people", "p.jsonl", &rows.join("\n"), &options).await;
        let found: Vec<(u64, &str)> = told.notes.iter().map(|note| (note.line, note.code.as_str())).collect();
        assert_eq!(found, expected);
        assert_eq!(counts(&told)[4], 5);
        let long = said(&told, "too_long")[0].1;
        assert!(
            long.contains("Kolom keahlian, isi \"merangkai") && long.contains("paling banyak 100 huruf"),
            "{long}"
        );
        let text = serde_json::to_string(&told).unwrap();
        assert!(!text.contains("9911042607"), "{text}");
        assert_eq!(told.written, if options.dry_run { 0 } else { 1 });
    }
});

both_databases!(a_row_that_lists_several_positions_is_several_vacancies, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let list = "Perusahaan;No Lowongan;Jabatan;Desa;Kec;Jumlah;Keterampilan;Deskripsi\n\
                RM Uji Segar;17;Lowongan rumah makan;Gentan;Baki;3;masak;\"1. KASIR (2 orang)\n- gaji 2,5 juta\n\
                2. JURU MASAK (1 orang)\n- gaji 3 juta\"\nToko Uji;18;Kasir;Gentan;Baki;1;;\"1. Melayani pembeli\n\
                2. Administrasi\"\n";
    let first = imported(&test, "vacancies", "loker.csv", list, &plain()).await;
    assert_eq!(counts(&first), [2, 3, 0, 0, 0], "{first:?}");
    let expected = "Baris ini memuat 2 posisi, masing-masing jadi satu lowongan: \"KASIR\", \"JURU MASAK\". Isi kolom Jumlah, \
                    Keterampilan berlaku untuk seluruh baris dan tidak dibagi; lengkapi per lowongan.";
    assert_eq!(said(&first, "several_positions"), [(2, expected)]);
    let again = imported(&test, "vacancies", "loker (1).csv", list, &plain()).await;
    assert_eq!(counts(&again), [2, 0, 3, 0, 0], "{again:?}");
    assert_eq!(again.known_lines, [2, 6]);
    let more = list.replace("(1 orang)", "(4 orang)");
    let changed = imported(&test, "vacancies", "loker.csv", &more, &plain()).await;
    assert_eq!(counts(&changed), [2, 0, 3, 1, 0]);
    assert_eq!(said(&changed, "known_and_changed").len(), 1);
});

both_databases!(what_the_text_says_of_the_way_and_the_hours_is_written_down, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let list = "Perusahaan;Jabatan;Deskripsi;Jam Kerja;Antar Jemput;Mes;Sistem Shift\n\
                PT Uji Rotan;Amplas;Ada antar jemput, mes disediakan;3 shift;;;\n\
                PT Uji Rotan;Finishing;Tidak ada mes, antar jemput tidak disediakan;Non shift;;;\n\
                PT Uji Rotan;Penganyam;Menganyam kursi;40 jam seminggu;;;\n\
                PT Uji Rotan;Kasir;Ada antar jemput, mes disediakan, 2 shift;;tidak;tidak ada;tanpa shift\n";
    let first = imported(&test, "vacancies", "loker.csv", list, &plain()).await;
    assert_eq!(counts(&first), [4, 4, 0, 0, 0], "{first:?}");
    let mut tx = test.app().db.read().await.unwrap();
    let stored = vacancies::in_state(&mut tx, State::Incomplete).await.unwrap();
    tx.rollback().await.unwrap();
    let told = |title: &str| {
        let row = stored.iter().find(|row| row.title == title).unwrap();
        [row.shuttle, row.dormitory, row.shifts]
    };
    assert_eq!(told("Amplas"), [Some(true); 3]);
    assert_eq!(told("Finishing"), [Some(false); 3]);
    assert_eq!(told("Penganyam"), [None; 3], "nothing said is unknown");
    assert_eq!(told("Kasir"), [Some(false); 3], "what is told counts before what the text says");

    let changed = list.replace("40 jam seminggu;;;", "40 jam seminggu;ada;;");
    let again = imported(&test, "vacancies", "loker.csv", &changed, &plain()).await;
    assert_eq!(counts(&again), [4, 0, 4, 1, 0]);
    let expected = "Antar Jemput: tersimpan (kosong), di berkas \"ya\"";
    assert!(said(&again, "known_and_changed")[0].1.contains(expected), "{again:?}");
});

both_databases!(what_officers_must_decide_about_is_told_with_its_sentence, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let list = "Perusahaan;Jabatan;Desa;Kec;Deskripsi\nPT Uji Rotan;Penganyam;Trangsan;Gatak;Menganyam rotan\n\
                PT Uji Rotan;Amplas;Trangsan;Gatak;Wanita maks. 27 th\nCV Uji Batik;Canting;Trangsan;Gatak;Deposit 300rb\n";
    let told = |report: &Report| -> Vec<(u64, &'static str, String)> {
        let one = |found: &Flagged| (found.line, found.flag.kind.as_str(), found.flag.sentence.clone());
        report.flagged.iter().map(one).collect()
    };
    let expected = [
        (3, "age", "Wanita maks. 27 th".to_owned()),
        (3, "sex", "Wanita maks. 27 th".to_owned()),
        (4, "fee", "Deposit 300rb".to_owned()),
    ];
    let tried = imported(&test, "vacancies", "a.csv", list, &Options { dry_run: true, ..plain() }).await;
    assert_eq!(told(&tried), expected);
    // A sample is published with invented reasons; no reason lets a fee through.
    let as_sample = Some(AsSample { valid_days: 60, place_seed: 1 });
    let done = imported(&test, "vacancies", "a.csv", list, &Options { as_sample, ..plain() }).await;
    assert_eq!(told(&done), expected);
    assert_eq!((done.states.get("open"), done.states.get("submitted")), (Some(&2), Some(&1)), "{done:?}");
});

both_databases!(a_register_in_the_heading_is_the_source, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let sheet = "NIK;Nama;Desil P3KE;Tanggal Desil\n9911042607010001;Budi;2;31-01-2026\n";
    let told = imported(&test, "people", "p.csv", sheet, &plain()).await;
    assert_eq!((counts(&told), told.notes.len()), ([1, 1, 0, 0, 0], 0), "{told:?}");
    let mut tx = test.app().db.read().await.unwrap();
    let all = profiles::criteria_on(&mut tx, "2026-03-02".parse().unwrap()).await.unwrap();
    assert_eq!((all.len(), all[0].source.as_str(), all[0].value), (1, "P3KE", 2));
});

both_databases!(a_decile_without_a_date_is_told_and_is_no_evidence, |db: TestDb| async {
    let test = TestApp::start(db).await;
    let sheet = |dates: [&str; 3]| {
        let row = |(at, date): (usize, &str)| format!("991104260701000{at};Budi {at};2;DTSEN;{date}\n");
        let rows: String = (1..).zip(dates).map(row).collect();
        format!("NIK;Nama;Desil;Sumber Desil;Tanggal Desil\n{rows}")
    };
    let told = imported(&test, "people", "p.csv", &sheet(["", "2023", "31-01-2026"]), &plain()).await;
    assert_eq!(counts(&told), [3, 3, 0, 0, 0], "{told:?}");
    let undated = said(&told, "desil_without_date");
    assert_eq!(undated.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
    assert!(undated[0].1.contains("belum dapat dipakai sebagai bukti"), "{undated:?}");
    let dates = async || {
        let mut tx = test.app().db.read().await.unwrap();
        let all = profiles::criteria_on(&mut tx, "2026-03-02".parse().unwrap()).await.unwrap();
        all.iter().map(|one| one.dated_on.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates().await, ["2026-01-31"]);
    // A file that still has no date says nothing new; one that has says what is not known yet.
    let again = imported(&test, "people", "p.csv", &sheet(["", "", ""]), &plain()).await;
    assert_eq!(counts(&again), [3, 0, 3, 0, 0], "{again:?}");
    let dated = imported(&test, "people", "p.csv", &sheet(["01-02-2026", "", "31-01-2026"]), &plain()).await;
    assert_eq!(counts(&dated), [3, 0, 3, 1, 0], "{dated:?}");
});
