//! An advertisement as it was posted: banner, company and place first, the job anywhere, sometimes several jobs in one.
//!
//! Belongs here: finding the title and the positions. Does not belong here: what a position means (`job`).

mod line;
mod seats;

use crate::reading::code;
use crate::reading::coder::ADVERTISED;
use crate::reading::facts;
use crate::reading::job::JobText;
use crate::reading::lexicon::{LEXICON, Stop, Token};
use crate::reading::posting::line::{Line, Mark};
use crate::reading::title;

/// One position of an advertisement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The name of the job as written.
    pub title: String,
    /// What stands before it: banner, company, place. It says nothing about the work.
    pub about: String,
    /// What belongs to this position, and what holds for all.
    pub description: String,
    /// How many people are wanted, where the line that names the position says it.
    pub seats: Option<u32>,
}

impl Position {
    /// The texts for a reader of jobs.
    #[must_use]
    pub fn text(&self) -> JobText<'_> {
        JobText {
            title: &self.title,
            about: &self.about,
            description: &self.description,
            ..JobText::default()
        }
    }
}

/// Least confidence by which the line above a list is the name of the job whose tasks follow.
const NAMED: u16 = 500;
/// Least confidence by which a part of a title is a job of its own.
const SURE: u16 = 700;
/// What speaks for the line below one that only seeks somebody, and against one below the heading of what is asked for.
const SOUGHT: i32 = 200;
const DEMANDED: i32 = 200;
/// Most words of the name of a job.
const MOST_WORDS: usize = 6;

/// The positions of an advertisement, at least one unless it is empty.
#[must_use]
pub fn positions(text: &str) -> Vec<Position> {
    let lines = line::all(text);
    let listed = listed_in(&lines);
    if !listed.is_empty() {
        return listed;
    }
    let Some((at, name)) = best_title(&lines) else { return Vec::new() };
    let before = lines.get(..at).unwrap_or_default();
    let rest = lines.get(at).map(|line| line.without(name)).unwrap_or_default();
    let after = lines.get(at + 1..).unwrap_or_default().iter().map(|line| line.whole);
    let about = joined(before.iter().map(|line| line.whole));
    let description = joined(std::iter::once(rest.as_str()).chain(after));
    let jobs = jobs_of(name);
    // A number beside two names is the number of neither.
    let seats = || lines.get(at).and_then(Line::seats).or_else(|| seats::seats_apart(&lines));
    let seats = (jobs.len() == 1).then(seats).flatten();
    let names = own_words(jobs.iter().copied());
    let position = |(number, title): (usize, &&str)| Position {
        title: (*title).to_owned(),
        about: about.clone(),
        description: if jobs.len() == 1 {
            description.clone()
        } else {
            paid_to(&description, number, &names)
        },
        seats,
    };
    jobs.iter().enumerate().map(position).collect()
}

/// The positions of an advertisement that lists several, each with a mark and lines of its own; none where it is about one
/// job, names several in one breath, or only seems to (`ADMIN` / `Toko Makmur membutuhkan 12 orang`).
#[must_use]
pub fn listed(text: &str) -> Vec<Position> {
    let lines = line::all(text);
    let all_marked =
        headings(&lines).iter().all(|&at| lines[at].mark != Mark::None || follows_number(&lines, at));
    if all_marked { listed_in(&lines) } else { Vec::new() }
}

fn listed_in(lines: &[Line<'_>]) -> Vec<Position> {
    let headings = headings(lines);
    if headings.len() > 1 && !lists_tasks(lines, &headings) { several(lines, &headings) } else { Vec::new() }
}

/// How sure it is that a text is the name of a job, permille.
fn confidence(name: &str) -> u16 {
    code::guesses(&title::parse(name)).first().map_or(0, |guess| guess.confidence)
}

/// Whether words name a job (`pelayan`), not something to do (`melayani pelanggan`) or to look after (`pelayanan`).
fn names_a_job(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let is_agent = is_derived(first) && first.text.starts_with("pe") && !first.text.ends_with("an");
    is_agent || !does_something(tokens) && ADVERTISED.names_a_job(tokens)
}

/// Whether words begin with something to do (`melayani pelanggan`).
fn does_something(tokens: &[Token]) -> bool {
    const VERBS: [&str; 3] = ["me", "di", "ber"];
    let is_verb = |word: &Token| VERBS.iter().any(|prefix| word.text.starts_with(prefix));
    tokens.first().is_some_and(|first| is_derived(first) && is_verb(first))
}

fn is_derived(word: &Token) -> bool {
    LEXICON.stem(&word.text) != word.text
}

/// The jobs of a title that names several (`kasir & sopir`); one where they are one (`waiter / waitress`).
fn jobs_of(name: &str) -> Vec<&str> {
    let mut parts = vec![name];
    for sign in ["/", "&", "+", " dan ", " and "] {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let codes: Vec<Option<u16>> = parts
        .iter()
        .map(|part| code::guesses(&title::parse(part)).first().copied())
        .map(|guess| guess.filter(|one| one.confidence >= SURE).map(|one| one.occupation))
        .collect();
    let first = codes.first().copied().flatten();
    let differ = parts.iter().all(|part| names_a_job(&LEXICON.tokens(part)))
        && codes.iter().all(Option::is_some)
        && codes.iter().any(|code| *code != first);
    if differ { parts } else { vec![name] }
}

/// The lines that head a position each.
fn headings(lines: &[Line<'_>]) -> Vec<usize> {
    // Below the heading of what is asked for, a list names demands, not positions, unless it says how many people.
    let demands = lines.iter().position(Line::heads_demands).unwrap_or(lines.len());
    let may = |at: usize| at < demands || lines[at].names_seats;
    let is_sure = |at: usize| lines[at].is_heading() || follows_number(lines, at);
    let sure: Vec<usize> = (0..lines.len()).filter(|&at| may(at) && is_sure(at)).collect();
    // What is marked like a known heading is one, whatever the job is called, when it names a number of people, or when the
    // list was announced and it names a job at all.
    let announced = sure.first().and_then(|&at| lines.get(at.checked_sub(1)?)).is_some_and(Line::announces);
    let is_listed = |at: usize| {
        let line = &lines[at];
        line.is_counted() && (line.names_seats || announced && may(at) && line.names_a_job())
    };
    let counted = sure.iter().any(|&at| is_listed(at));
    // So is one between two of them or next to the last by its number, and one with a number of people like theirs.
    let in_order = |at: usize| {
        let before = sure.iter().rev().find(|&&known| known < at).map(|&known| &lines[known]);
        let is_told = sure.len() > 1 && (announced || lines[at].is_shouted());
        is_told && before.is_some_and(|before| lines[at].is_next_to(before))
    };
    let is_alike = |at: usize| {
        let line = &lines[at];
        may(at)
            && line.heads_seats()
            && sure.iter().any(|&known| lines[known].mark == line.mark && lines[known].heads_seats())
    };
    let all: Vec<usize> = (0..lines.len())
        .filter(|&at| sure.contains(&at) || counted && is_listed(at) || in_order(at) || is_alike(at))
        .collect();
    // A name in capitals above a numbered list is the title of what follows, not one of the list.
    let is_title = |at: usize| !lines[at].is_counted() && !lines[at].names_seats;
    match all.split_first() {
        Some((&first, rest)) if is_title(first) && rest.iter().any(|&at| lines[at].is_counted()) => {
            rest.to_vec()
        }
        _ => all,
    }
}

/// Whether a line stands below the number of a position (`~ posisi 1 ~`).
fn follows_number(lines: &[Line<'_>], at: usize) -> bool {
    at.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(Line::numbers_position)
}

/// Whether a list below the name of a job tells its tasks (`Admin` / `1. Pembukuan` / `2. Arsip`): none of its lines says
/// how many people are wanted, and nothing above announces a list of positions.
fn lists_tasks(lines: &[Line<'_>], headings: &[usize]) -> bool {
    let above = headings.first().and_then(|&first| lines.get(..first)).unwrap_or_default();
    let says_seats = headings.iter().any(|&at| lines[at].names_seats);
    let announced = above.last().is_some_and(Line::announces);
    let is_job = |name: &str| confidence(name) >= NAMED && names_a_job(&LEXICON.tokens(name));
    !says_seats && !announced && best_title(above).is_some_and(|(_, name)| is_job(name))
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Cuts an ad at the headings of its positions; what holds for all follows the last one.
fn several(lines: &[Line<'_>], headings: &[usize]) -> Vec<Position> {
    let about = joined(lines.get(..headings[0]).unwrap_or_default().iter().map(|line| line.whole));
    let last = headings[headings.len() - 1];
    let common_at = common_from(lines, headings);
    let ends = headings.iter().skip(1).copied().chain([common_at]);
    let marks: Vec<Mark> = headings.iter().map(|&at| lines[at].mark).collect();
    let names = own_words(headings.iter().map(|&at| lines[at].head));
    let own = headings.iter().zip(ends).enumerate().map(|(number, (&start, end))| {
        let line = &lines[start];
        // What follows the last position may still name another one.
        let block = if start == last { start + 1..start + 1 } else { start + 1..end };
        let inside = lines.get(block).unwrap_or_default().iter().map(|line| line.whole);
        let told_inside = inside.clone().find_map(seats::seats_told);
        let rest = line.without(line.head);
        let shared: Vec<String> = lines
            .iter()
            .enumerate()
            .skip(last + 1)
            .filter(|(at, one)| *at >= common_at || start == last || names_any(one.whole, &names))
            .filter_map(|(_, one)| one.share_of(line.mark, &marks))
            .filter_map(|told| told_to(&told, number, &names))
            .collect();
        let description =
            joined(std::iter::once(rest.as_str()).chain(inside).chain(shared.iter().map(String::as_str)));
        let seats =
            line.seats().or(told_inside).or_else(|| shared.iter().find_map(|told| seats::seats_told(told)));
        Position { title: line.head.to_owned(), about: about.clone(), description, seats }
    });
    own.collect()
}

/// The line from which on everything holds for all positions.
fn common_from(lines: &[Line<'_>], headings: &[usize]) -> usize {
    let (first, last) = (headings[0], headings[headings.len() - 1]);
    // A mere list of positions: none has lines of its own.
    if headings.windows(2).all(|two| two[1] == two[0] + 1) {
        return last + 1;
    }
    let mut inside = (first + 1..last).filter(|at| !headings.contains(at));
    // An empty line ends the last position where none stands inside another one.
    let parts = inside.clone().all(|at| !lines[at].after_blank);
    let blank = (last + 2..lines.len()).find(|&at| parts && lines[at].after_blank);
    // Pay in the list of the last position is its own where another one says its own as well.
    let each_pays = inside.any(|at| lines[at].pays());
    let is_own = |at: usize| {
        let is_listed = lines[at].mark == Mark::Bullet || blank.is_some();
        is_listed && (each_pays && lines[at].pays() || lines[at].only_asks())
    };
    let end = blank.unwrap_or(lines.len());
    (last + 1..end).find(|&at| lines[at].opens_common() && !is_own(at)).unwrap_or(end)
}

/// The stems that only one of the names has, for each.
fn own_words<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    let stems = |name: &str| -> Vec<String> {
        let tokens = LEXICON.tokens(name);
        let content = tokens.iter().filter(|token| token.stop == Stop::No && token.text.len() > 2);
        content.map(|token| LEXICON.stem(&token.text)).collect()
    };
    let all: Vec<Vec<String>> = names.map(stems).collect();
    let is_own = |at: usize, stem: &String| {
        all.iter().enumerate().all(|(other, list)| other == at || !list.contains(stem))
    };
    all.iter()
        .enumerate()
        .map(|(at, list)| list.iter().filter(|stem| is_own(at, stem)).cloned().collect())
        .collect()
}

/// Whether a line has a word that only one of the names has.
fn names_any(line: &str, names: &[Vec<String>]) -> bool {
    let stems: Vec<String> = LEXICON.tokens(line).iter().map(|token| LEXICON.stem(&token.text)).collect();
    names.iter().flatten().any(|own| stems.contains(own))
}

/// What a line that holds for all says to one position: a part that names others (`2 shift untuk operator, QC pagi saja`)
/// is told to those alone, with what follows it up to the next name.
fn told_to(line: &str, number: usize, names: &[Vec<String>]) -> Option<String> {
    // `07:30` is a time of day.
    let is_label = |(label, _): &(&str, &str)| !label.ends_with(|c: char| c.is_ascii_digit());
    let (label, told) = line.split_once(':').filter(is_label).unwrap_or(("", line));
    let (label, told) = if names_any(label, names) { ("", line) } else { (label, told) };
    let mut is_meant = true;
    let mut kept = String::new();
    for part in parts_of(told) {
        let stems: Vec<String> = LEXICON.tokens(part).iter().map(|token| LEXICON.stem(&token.text)).collect();
        let named = |own: &Vec<String>| own.iter().any(|stem| stems.contains(stem));
        if names.iter().any(named) {
            is_meant = names.get(number).is_some_and(named);
        }
        if is_meant {
            kept.push_str(part);
        }
    }
    let kept = kept.trim().trim_end_matches(',');
    let colon = if label.is_empty() { "" } else { ": " };
    (!kept.is_empty()).then(|| format!("{label}{colon}{kept}"))
}

/// A line cut behind its commas and sentences, and before an exception.
fn parts_of(line: &str) -> Vec<&str> {
    let behind = |sign: &'static str| line.match_indices(sign).map(move |(at, _)| at + sign.len());
    let exceptions = line.match_indices(" kecuali ").map(|(at, _)| at);
    let mut cuts: Vec<usize> = behind(", ").chain(behind(". ")).chain(exceptions).collect();
    cuts.sort_unstable();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([line.len()]);
    starts.zip(ends).filter_map(|(start, end)| line.get(start..end)).collect()
}

/// A description without what it says to be paid for the other jobs (`tukang 150rb/hr, laden 120rb/hr`).
fn paid_to(description: &str, number: usize, names: &[Vec<String>]) -> String {
    let line = |line: &str| {
        let pays = facts::wage(line, false).is_some();
        if pays { told_to(line, number, names) } else { Some(line.to_owned()) }
    };
    description.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// The line that names the job, and the name.
fn best_title<'a>(lines: &[Line<'a>]) -> Option<(usize, &'a str)> {
    let mut best: Option<(i32, usize, &'a str)> = None;
    let demands = lines.iter().position(Line::opens_demands).unwrap_or(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let is_sought = at.checked_sub(1).is_some_and(|above| lines[above].only_seeks());
        let here = if is_sought { SOUGHT } else { 0 } - if at > demands { DEMANDED } else { 0 };
        for (name, bonus) in line.names() {
            let bonus = bonus + here;
            let title = title::parse(name);
            if title.cleaned.is_empty() {
                continue;
            }
            let words = i32::try_from(LEXICON.tokens(name).len()).unwrap_or(i32::MAX);
            let confidence = i32::from(code::guesses(&title).first().map_or(0, |guess| guess.confidence));
            // Where nothing else says that a job is named, words that only resemble one count half.
            let is_told = bonus > 0 || line.is_told();
            let confidence =
                if is_told || names_a_job(&LEXICON.tokens(name)) { confidence } else { confidence / 2 };
            let place = i32::try_from(at).unwrap_or(i32::MAX).min(40);
            let score = confidence + bonus - place * 12 - (words - 5).max(0) * 40;
            if best.is_none_or(|known| score > known.0) {
                best = Some((score, at, name));
            }
        }
    }
    best.map(|(_, at, name)| (at, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        positions(text).into_iter().map(|one| one.title.to_lowercase()).collect()
    }

    #[test]
    fn the_title_stands_anywhere() {
        assert_eq!(
            titles("LOWONGAN KERJA PT SUMBER SANDANG\nDIBUTUHKAN SEGERA!!\nPenjahit garmen 20 orang\n- SMP"),
            ["penjahit garmen"]
        );
        assert_eq!(titles("Info loker Sukoharjo\nToko Makmur butuh kasir\n- jujur"), ["kasir"]);
        assert_eq!(titles("OPERATOR JAHIT\nSyarat:\n- SMP"), ["operator jahit"]);
    }

    #[test]
    fn several_positions_are_several() {
        let text =
            "Hotel Melati membuka:\nA. RESEPSIONIS (2)\n- bahasa Inggris\nB. KOKI (1)\n- masak\nGaji UMK";
        let found = positions(text);
        assert_eq!(titles(text), ["resepsionis", "koki"]);
        assert!(found[0].description.contains("Inggris") && !found[0].description.contains("masak"));
        assert!(found.iter().all(|one| one.description.contains("Gaji UMK")));
    }

    #[test]
    fn pay_is_told_to_its_own_position() {
        let text = "Toko kami mencari:\n➀ KASIR (2 org)\n➁ SOPIR (1 org)\nGaji: ➀ 2,4 jt ➁ 2,8 jt";
        let found = positions(text);
        assert!(found[0].description.contains("2,4") && !found[0].description.contains("2,8"), "{found:?}");
        assert!(found[1].description.contains("2,8") && !found[1].description.contains("2,4"), "{found:?}");
    }

    #[test]
    fn tasks_are_no_positions() {
        let tasks = [
            "Administrator HR\n1. Administrasi absensi\n2. Rekrutmen\n3. Arsip dokumen",
            "PERAWAT\n1. Membantu dokter\n2. Dokter dibantu saat tindakan\n3. Administrasi pasien",
            "Pelayan Warung Makan\nTugas\n1) Melayani pelanggan\n2) Memasak nasi\n3) Kebersihan dapur",
            "Karyawan\n1. Mengemas barang\n2. Mengantar pesanan\n3. Menjaga kebersihan gudang",
        ];
        for text in tasks {
            assert_eq!(titles(text).len(), 1, "{text}");
        }
        let announced = "Rumah Makan Segar menerima tenaga:\n1. Kasir\n2. Juru masak\n3. Pelayan";
        assert_eq!(titles(announced), ["kasir", "juru masak", "pelayan"]);
    }

    #[test]
    fn positions_are_numbered_and_labelled_in_many_ways() {
        let numbered = "Percetakan Rapi\n~ posisi 1 ~\nSETTING : corel, pisah warna\n~ posisi 2 ~\nOPERATOR CETAK : mesin";
        assert_eq!(titles(numbered), ["setting", "operator cetak"]);
        let labelled =
            "Toko Ayu\nSOPIR : antar barang ke toko\nKASIR : hitung uang dengan teliti\nGAJI : UMK dan bonus";
        assert_eq!(titles(labelled), ["sopir", "kasir"]);
        let unknown = "Kami buka:\nA. PEMERAH SANTAN (3)\n- kuat\nB. JURU PIKUL (2)\n- kuat";
        assert_eq!(titles(unknown), ["pemerah santan", "juru pikul"]);
        assert_eq!(titles("KASIR\nSyarat: SMA\nADMIN: 0812 0000 0001"), ["kasir"]);
    }

    #[test]
    fn positions_stand_in_lists_and_forms() {
        let list = "PROYEK GUDANG\n- tukang batu 3 → 150rb/hr\n- tukang cat 2 → 140rb/hr\nbayaran tiap sabtu";
        assert_eq!(titles(list), ["tukang batu", "tukang cat"]);
        assert!(positions(list).iter().all(|one| one.description.contains("tiap sabtu")));
        assert_eq!(positions(list).iter().map(|one| one.seats).collect::<Vec<_>>(), [Some(3), Some(2)]);
        let form = "POSISI : 1) Sopir Pick Up  2) Kernet\nJUMLAH : sopir 2, kernet 4\nGAJI : sopir 2,4 jt, kernet 2 jt";
        assert_eq!(titles(form), ["sopir pick up", "kernet"]);
        let kernet = &positions(form)[1];
        assert_eq!(kernet.seats, Some(4));
        assert!(kernet.description.contains("2 jt") && !kernet.description.contains("2,4"));
        let labelled = "Toko Ayu\nPosisi A: Kasir\nKebutuhan: 1\nPosisi B: Sopir\nKebutuhan: 2";
        assert_eq!(positions(labelled).iter().map(|one| one.seats).collect::<Vec<_>>(), [Some(1), Some(2)]);
    }

    #[test]
    fn what_the_last_position_lists_is_its_own() {
        let ad = "1. OPERATOR PRODUKSI (12 orang)\n- min SMA\n2. SOPIR TRUK (2 orang)\n- punya SIM B1\n- pengalaman min 2 th\nGaji UMK";
        let found = positions(ad);
        assert!(!found[0].description.contains("pengalaman") && found[1].description.contains("pengalaman"));
        assert!(found.iter().all(|one| one.description.contains("UMK")));
    }

    #[test]
    fn how_many_are_wanted_stands_anywhere() {
        let seats = |text: &str| positions(text).first().and_then(|one| one.seats);
        assert_eq!(seats("KASIR\nSMA, jujur. 3 orang"), Some(3));
        assert_eq!(seats("Lowongan Penjahit\nKuota 8 ya"), Some(8));
        assert_eq!(seats("cari 1 GROOMER kucing"), Some(1));
        assert_eq!(seats("Kami mencari tiga orang penjahit. Gaji UMK."), Some(3));
        assert_eq!(seats("KASIR\nmelayani 20 orang sehari"), None);
        assert_eq!(seats("KASIR\nbutuh 2 tahun pengalaman"), None);
    }

    #[test]
    fn prose_names_its_job_too() {
        let ad = "PENGUMUMAN\nPT Maju Jaya, perusahaan angkutan di Desa Gupit, Kecamatan Nguter, mencari 2 (dua) orang mekanik truk diesel. \
            Calon lulusan SMK Otomotif dan berpengalaman tiga tahun menangani mesin. Lamaran diantar ke kantor.";
        assert_eq!(titles(ad), ["mekanik truk diesel"]);
        assert_eq!(
            titles("Info grup: dibutuhkan OPERATOR EXCAVATOR utk urug lahan\njam terbang min 3 th"),
            ["operator excavator"]
        );
        assert_eq!(titles("Dicari\nTUKANG BATU\nbisa:\n- baca gambar"), ["tukang batu"]);
    }

    #[test]
    fn a_banner_is_no_title() {
        let text = "LOKER KAWASAN LESTARI\nPT Beton Jaya, Ds. Kepuh\nPEMERAH SANTAN (2 orang)\n- D3";
        assert_eq!(titles(text), ["pemerah santan"]);
        assert_eq!(titles("DIBUTUHKAN SEGERA!!!\nMandor kebun tebu\nSyarat: SMP"), ["mandor kebun tebu"]);
    }

    #[test]
    fn requirements_are_no_positions() {
        assert_eq!(
            titles("SATPAM\n1) Memiliki ijazah Gada Pratama\n2) Bisa pakai HT\n3) Sopir tidak dicari").len(),
            1
        );
        assert!(positions("  \n!!\n").is_empty());
    }
}
