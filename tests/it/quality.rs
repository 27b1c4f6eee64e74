//! Quality of reading, coding and ranking must not fall: each figure may lie at most a hundredth below the recorded one.
//!
//! Two judged sets guard it. `tests/it/quality/` was written and judged for this project and is always measured. The
//! development sets lie outside the repository (`../shared/eval`, or below the folder named by `PADANKERJA_SHARED`);
//! where they are absent the test says so. Raise a recorded figure when a change raises it; lower one only with the reason.

use std::{
    fs,
    path::{Path, PathBuf},
};

use padankerja::{
    matching::evaluate::{Floor, JudgedSet, Options, evaluate, floor},
    reading::code::code_title,
};

/// Most a figure may fall.
const TOLERANCE: f64 = 0.01;

/// What is recorded of a judged set.
struct Recorded {
    /// nDCG@10, AP and R@10 of ads looking for profiles.
    forward: [f64; 3],
    /// The same of profiles looking for ads.
    reverse: [f64; 3],
    /// Share of pairs of grade 2 and of grade 3 at or above the fit floor.
    above: [f64; 2],
    /// Share of the ads without a suitable profile for which nobody reaches it.
    none_below: f64,
    /// R@1 and R@10 of coding.
    coding: [f64; 2],
}

const COMMITTED: Recorded = Recorded {
    forward: [0.987, 0.981, 1.0],
    reverse: [0.967, 0.969, 1.0],
    above: [0.916, 1.0],
    none_below: 1.0,
    coding: [0.975, 1.0],
};

const DEVELOPMENT: Recorded = Recorded {
    forward: [0.958, 0.921, 1.0],
    reverse: [0.946, 0.939, 1.0],
    above: [0.912, 1.0],
    none_below: 1.0,
    coding: [0.95, 0.98],
};

#[test]
fn the_committed_set_is_ranked_as_well_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/quality");
    assert_holds(&folder, &folder.join("titles.tsv"), &COMMITTED);
}

#[test]
fn the_development_sets_are_ranked_as_well_as_recorded() {
    let folder = shared().join("eval");
    if !folder.is_dir() {
        eprintln!("{} is absent: only the committed set was measured", folder.display());
        return;
    }
    let titles = folder.join("occupation-coding-dev/titles.tsv");
    assert_holds(&folder.join("placement-dev"), &titles, &DEVELOPMENT);
}

#[test]
fn several_positions_in_one_title_are_all_found() {
    let titles = [
        ("DIBUTUHKAN: KASIR, PRAMUNIAGA & SOPIR", ["5230", "5223", "8322"]),
        ("Cook / Waiter / Barista (CV Rasa Kita)", ["5120", "5131", "5132"]),
        ("Welder, Operator Bubut dan Drafter", ["7212", "7223", "3118"]),
    ];
    for (title, expected) in titles {
        let found: Vec<String> = code_title(title).into_iter().map(|one| one.0).collect();
        assert!(expected.iter().all(|code| found.iter().any(|one| one == code)), "{title}: {found:?}");
    }
}

#[test]
fn spelling_case_company_and_place_do_not_change_the_job() {
    let same = [
        (
            "8153",
            ["Operator Jahit", "OPERATORJAHIT", "Oprator Jahit", "PT Sumber Makmur Abadi - OPERATOR JAHIT"],
        ),
        ("5414", ["Satpam", "SATPAM (URGENT!!)", "Security / Satpam", "Lowongan Kerja Satpam Sukoharjo"]),
        ("4321", ["Staff Gudang", "STAF GUDANG", "staffgudang", "Dibutuhkan Segera Staff Gudang CV Maju"]),
        ("7212", ["Tukang Las", "TUKANGLAS", "Tukang las listrik", "Tukang Las - Sukoharjo"]),
    ];
    for (code, titles) in same {
        for title in titles {
            let first = code_title(title).into_iter().next().map(|one| one.0);
            assert_eq!(first.as_deref(), Some(code), "{title}");
        }
    }
}

pub fn shared() -> PathBuf {
    match std::env::var_os("PADANKERJA_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    }
}

fn assert_holds(folder: &Path, titles: &Path, recorded: &Recorded) {
    let [corpus, queries, qrels, none] = ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv", "none.jsonl"]
        .map(|name| read(&folder.join(name)));
    let set = JudgedSet { corpus: &corpus, queries: &queries, qrels: &qrels };
    let ranked = |reverse: bool| {
        let metrics = evaluate(&set, Options { reverse, floor: false }).unwrap().metrics;
        [metrics.ndcg10, metrics.map, metrics.recall10]
    };
    let Floor { pairs, above, none, none_below } = floor(&set, &none).unwrap();
    let measured = [
        ("nDCG@10, AP, R@10", ranked(false).to_vec(), recorded.forward.to_vec()),
        ("reverse nDCG@10, AP, R@10", ranked(true).to_vec(), recorded.reverse.to_vec()),
        (
            "grade 2 and 3 above the floor",
            vec![share(above[2], pairs[2]), share(above[3], pairs[3])],
            recorded.above.to_vec(),
        ),
        ("ads without a profile below the floor", vec![share(none_below, none)], vec![recorded.none_below]),
        ("coding R@1, R@10", coding(&read(titles)).to_vec(), recorded.coding.to_vec()),
    ];
    let fallen: Vec<String> = measured
        .iter()
        .filter(|(_, now, then)| now.iter().zip(then).any(|(now, then)| *now < then - TOLERANCE))
        .map(|(name, now, then)| format!("{name}: {now:.3?}, recorded {then:.3?}"))
        .collect();
    assert!(fallen.is_empty(), "{}:\n{}", folder.display(), fallen.join("\n"));
}

/// Shares of titles whose code is first, and among all given.
fn coding(titles: &str) -> [f64; 2] {
    let rows: Vec<(&str, &str)> = titles.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    let place = |(title, code): &(&str, &str)| code_title(title).iter().position(|one| one.0 == code.trim());
    let places: Vec<usize> = rows.iter().filter_map(place).collect();
    [share(places.iter().filter(|&&at| at == 0).count(), rows.len()), share(places.len(), rows.len())]
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    number(part) / number(whole)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
