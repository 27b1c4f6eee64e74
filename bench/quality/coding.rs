//! Coding of job titles: judged titles, names held out of the vocabulary, and samples judged by reading.

use std::{collections::BTreeMap, path::Path};

use padankerja::reading::{code, tables};

use crate::{Fault, number, text};

/// A title with the codes that are right.
pub struct Judged {
    pub title: String,
    pub codes: Vec<String>,
}

/// Shares over titles.
pub struct Figures {
    pub titles: usize,
    pub first: f64,
    pub ten: f64,
    pub reciprocal: f64,
}

/// One of so many names is held out in a fold.
const FOLDS: u64 = 10;
/// Folds measured.
pub const FOLDS_SHOWN: u64 = 3;
/// Samples of real titles judged by reading; see `index/README.md`.
const SAMPLES: [(&str, &str); 5] = [
    ("first sample", include_str!("titles_200.csv")),
    ("second sample, fresh when judged", include_str!("titles_100a.csv")),
    ("third sample, fresh when judged", include_str!("titles_100b.csv")),
    ("fourth sample, fresh when judged, by the title", include_str!("titles_200d.csv")),
    ("the same by title and whole ad, which the coder does not see", include_str!("titles_200d_read.csv")),
];

pub fn titles(path: &Path) -> Result<Vec<Judged>, Fault> {
    let rows = text(path)?;
    let pairs = rows.lines().skip(1).filter_map(|line| line.split_once('\t'));
    Ok(pairs
        .map(|(title, code)| Judged { title: title.to_owned(), codes: vec![code.trim().to_owned()] })
        .collect())
}

pub fn measure(judged: &[Judged]) -> Figures {
    let ranks = judged.iter().map(|one| {
        let found = code::code_title(&one.title);
        found.iter().position(|guess| one.codes.contains(&guess.0))
    });
    let ranks: Vec<Option<usize>> = ranks.collect();
    let share = |count: usize| number(count) / number(ranks.len().max(1));
    let reciprocal: f64 = ranks.iter().flatten().map(|&rank| 1.0 / number(rank + 1)).sum();
    Figures {
        titles: ranks.len(),
        first: share(ranks.iter().flatten().filter(|&&rank| rank == 0).count()),
        ten: share(ranks.iter().flatten().count()),
        reciprocal: reciprocal / number(ranks.len().max(1)),
    }
}

/// Takes every tenth name out of the vocabulary (the same name from every occupation) and codes the names taken out.
pub fn held_out(fold: u64) -> Result<Figures, Fault> {
    let mut tables = tables::parse_all()?;
    let mut judged: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &mut tables.occupations {
        let title = row.title.to_lowercase();
        let (out, kept): (Vec<&str>, Vec<&str>) =
            tables::items(&row.aliases).partition(|name| hash(name) % FOLDS == fold && *name != title);
        // Ranks of the armed forces are one pattern over and over; they would flatter the figure.
        if !row.kbji.starts_with('0') {
            for name in out {
                judged.entry(name.to_owned()).or_default().push(row.kbji.clone());
            }
        }
        row.aliases = kept.join(";");
    }
    tables::replace(tables);
    let judged: Vec<Judged> = judged.into_iter().map(|(title, codes)| Judged { title, codes }).collect();
    Ok(measure(&judged))
}

pub fn row(name: &str, figures: &Figures) -> String {
    format!(
        "| {name} | {} | {:.3} | {:.3} | {:.3} |",
        figures.titles, figures.first, figures.ten, figures.reciprocal
    )
}

/// Precision of the first code over the titles that are coded at all.
pub fn print_samples() -> Result<(), Fault> {
    println!(
        "\n| titles of ads judged by reading | titles | coded | precision at 1 now | precision at 1 when judged |\n|---|---|---|---|---|"
    );
    for (name, file) in SAMPLES {
        let (mut titles, mut coded, mut right, mut was_coded, mut was_right) = (0, 0, 0, 0, 0);
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(file.as_bytes());
        for record in reader.records() {
            let record = record?;
            let (title, codes) = (record.get(0).unwrap_or_default(), record.get(1).unwrap_or_default());
            titles += 1;
            was_coded += usize::from(record.get(2) != Some("unknown"));
            was_right += usize::from(record.get(2) == Some("right"));
            let found = code::code_title(title);
            let Some(first) = found.first() else { continue };
            coded += 1;
            right += usize::from(codes.split(';').any(|code| code == first.0));
        }
        let share = |part: usize, whole: usize| number(part) / number(whole.max(1));
        println!(
            "| {name} | {titles} | {coded} | {:.3} | {:.3} |",
            share(right, coded),
            share(was_right, was_coded)
        );
    }
    Ok(())
}

/// FNV-1a, so that a name falls into the same fold on every machine.
pub fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
        >> 17
}
