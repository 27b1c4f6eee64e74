//! No sentence for people outside `src/words`: literals in Bahasa Indonesia are found by the small words that no sentence
//! does without. Not looked at: tests, attributes (the help of an argument stands at the argument) and the texts
//! that are read, not said, by name below.

use std::collections::BTreeSet;

use super::{Source, assert_none, sources, test_modules, tokens::literals};

/// Words by which a text is known as Bahasa Indonesia.
const SMALL_WORDS: &str = "adalah ada akan agar anda atau atas bagi baris basis batas belum berkas berhasil bila bisa boleh \
    bukan cocok coba dalam dan dapat dari dengan di diisi dua gagal hanya harus ini isi itu jika kata ke kepada \
    kolom kosong kursi lagi lamaran layanan lebih lowongan maka masih masuk muat nilai nama oleh orang pada paling \
    pemberi periksa proses punya salah sedang semua setelah sudah tanggal tanpa telah tersimpan tidak ulang untuk \
    usulan warga wajib yang";

/// Files with texts that are read, or made up, and why.
const READ_NOT_SAID: &[(&str, &str)] = &[
    ("sample", "advertisements and profiles of the invented regency, in the words of their authors"),
    ("domain/education.rs", "what advertisements say where any schooling will do"),
    ("domain/intake", "what people write into columns: yes, no, none, and other headings"),
];

#[test]
fn sentences_for_people_stand_in_words() {
    let sources = sources("src");
    let tests = test_modules(&sources);
    let outside = sources.iter().filter(|source| {
        let module = source.module();
        let only_in_tests = (1..=module.len()).any(|n| tests.contains(&module[..n]));
        source.layer() != "words" && !only_in_tests && reason_to_leave_out(&source.path).is_none()
    });
    assert_none(outside.flat_map(said));
}

#[test]
fn a_sentence_is_found_and_what_is_none_is_not() {
    let planted = |text: &str| said(&Source { path: "app/a.rs".to_owned(), text: text.to_owned() }).len();
    for (text, found) in [
        (r#"fn f() { g("lowongan {id} tidak ada") }"#, 1),
        (r#"const A: &str = "Muat ulang data";"#, 1),
        (r##"fn f() { format!(r#"orang "{name}" sudah pergi"#) }"##, 1),
        (r#"fn f() { sql!(tx, "select id from people where data_key = $1 and state = 'x'") }"#, 0),
        (
            r#"/// Berkas yang tidak ada
            #[arg(long, help = "berkas yang tidak ada")] struct A;"#,
            0,
        ),
        (r#"#[cfg(test)] mod tests { const A: &str = "tidak ada"; } const B: &str = "no such thing";"#, 0),
        (r#"fn f() { format!("baris {line}") }"#, 0),
        (r#"fn f() { format!("/saya/lamaran/{id}?selesai={}", 1) }"#, 0),
        (r#"fn f() { g("/lamaran ini sudah ada") }"#, 1),
    ] {
        assert_eq!(planted(text), found, "{text}");
    }
}

#[test]
fn every_exception_is_needed() {
    let sources = sources("src");
    assert_none(READ_NOT_SAID.iter().filter_map(|(path, _)| {
        let below = sources.iter().filter(|source| source.path.starts_with(path));
        let needed = below.flat_map(said).next().is_some();
        (!needed).then(|| format!("{path}: nothing there needs an exception"))
    }));
}

fn reason_to_leave_out(path: &str) -> Option<&'static str> {
    READ_NOT_SAID.iter().find(|(start, _)| path.starts_with(start)).map(|(_, reason)| *reason)
}

/// The sentences said in a file.
pub(super) fn said(source: &Source) -> Vec<String> {
    let small: BTreeSet<&str> = SMALL_WORDS.split_whitespace().collect();
    let literals = literals(source.tokens()).into_iter();
    let sentences = literals.filter(|(_, text)| is_indonesian(text, &small));
    sentences.map(|(line, text)| source.at(line, &format!("said outside words: {text}"))).collect()
}

/// Two words or more, one of them a small one.
fn is_indonesian(text: &str, small: &BTreeSet<&str>) -> bool {
    // The address of a page is made of Indonesian nouns and says nothing.
    if text.trim_start_matches('"').starts_with('/') && !text.contains(' ') {
        return false;
    }
    // What stands in braces is put in, not said.
    let spoken = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after));
    let words: Vec<String> = spoken
        .collect::<Vec<_>>()
        .join(" ")
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.len() > 1 && words.iter().any(|word| small.contains(word.as_str()))
}
