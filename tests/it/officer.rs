//! Whom an officer would refer, from ads as they are posted and people as an office lists them: the figures of the set that
//! lies in the repository (`tests/judged/officer`, judged before it was measured) hold, through the import, the index and
//! the shortlist. The development set outside of it is measured too where it is there; where not, the test says so.
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use padankerja::{
    app::{
        access::acting::Acting,
        candidates::posted::{self, Asked},
        exchange::import::{self, Options},
        indexing,
    },
    files::rows::Format,
    matching::policy::Policy,
    store::people,
};

use crate::support::{database::TestDb, fixture};

/// Most a figure may fall.
const TOLERANCE: f64 = 0.02;

/// Figures of a set.
#[derive(Debug)]
struct Figures {
    /// nDCG@10 with gain 2^grade - 1.
    ndcg: f64,
    /// Right ones among the first R, R = people of grade 2 and 3.
    precision: f64,
    /// Share of grade 0 among the first R.
    zero: f64,
    /// Ads for nobody, and how many of them name nobody.
    nobody: (usize, usize),
}

type Grades = BTreeMap<String, BTreeMap<String, u32>>;

fn grades(folder: &Path) -> Grades {
    let mut all = Grades::new();
    let text = std::fs::read_to_string(folder.join("qrels.tsv")).unwrap();
    for line in text.lines().skip(1) {
        let mut parts = line.split('\t').map(str::to_owned);
        let (ad, person, grade) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        all.entry(ad).or_default().insert(person, grade.parse().unwrap());
    }
    all
}

fn gain(grade: u32) -> f64 {
    2_f64.powi(i32::try_from(grade).unwrap()) - 1.0
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(10).zip(2..).map(|(gain, place)| gain / f64::from(place).log2()).sum()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// nDCG@10, R-precision and the share of grade 0 of one ad.
fn of_ad(order: &[String], grades: &BTreeMap<String, u32>) -> [f64; 3] {
    let grade = |code: &String| grades.get(code).copied().unwrap_or(0);
    let mut best: Vec<f64> = grades.values().map(|grade| gain(*grade)).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let right = grades.values().filter(|grade| **grade >= 2).count();
    let head = &order[..right.min(order.len())];
    let share = |wanted: &dyn Fn(u32) -> bool| {
        number(head.iter().filter(|code| wanted(grade(code))).count()) / number(right)
    };
    let ndcg = discounted(order.iter().map(|code| gain(grade(code)))) / discounted(best.into_iter());
    [ndcg, share(&|grade| grade >= 2), share(&|grade| grade == 0)]
}

async fn measure(folder: &Path) -> Figures {
    let db = TestDb::sqlite().await;
    let app = fixture::app(&db);
    let options = Options { keep_going: true, dry_run: false, as_sample: None, map: Vec::new() };
    let file = folder.join("people.csv");
    import::people(&app, &Acting::terminal(), &file, Format::Csv, &options, &|_| {}).await.unwrap();
    let index = tempfile::tempdir().unwrap();
    let view = indexing::view(&app, index.path(), indexing::silent()).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    let all = people::page(&mut tx, &people::Scope::Office, None, 1_000).await.unwrap();
    tx.rollback().await.unwrap();
    let codes: HashMap<_, String> =
        all.iter().map(|one| (one.id, one.name.split(' ').next_back().unwrap().to_owned())).collect();
    let asked = Asked { policy: Policy::default(), as_of: app.clock.today(), seed: 0 };
    let grades = grades(folder);
    let (mut sums, mut judged, mut nobody) = ([0.0; 3], 0, (0, 0));
    let mut ads: Vec<PathBuf> =
        std::fs::read_dir(folder.join("ads")).unwrap().map(|entry| entry.unwrap().path()).collect();
    ads.sort();
    for path in ads {
        let ad = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let found = posted::people(&app, &view, &text, &asked, 200).await.unwrap();
        let order: Vec<String> = found.iter().map(|(_, entry)| codes[&entry.person].clone()).collect();
        let of = grades.get(&ad).filter(|of| of.values().any(|grade| *grade >= 2));
        let Some(of) = of else {
            nobody.0 += 1;
            nobody.1 += usize::from(order.is_empty());
            continue;
        };
        judged += 1;
        for (sum, value) in sums.iter_mut().zip(of_ad(&order, of)) {
            *sum += value;
        }
    }
    db.close().await;
    let [ndcg, precision, zero] = sums.map(|sum| sum / number(judged));
    Figures { ndcg, precision, zero, nobody }
}

#[track_caller]
fn assert_holds(found: &Figures, recorded: &Figures) {
    eprintln!("{found:?}");
    assert!(found.ndcg >= recorded.ndcg - TOLERANCE, "{found:?}");
    assert!(found.precision >= recorded.precision - TOLERANCE, "{found:?}");
    assert!(found.zero <= recorded.zero + TOLERANCE, "{found:?}");
    assert!(found.nobody.1 >= recorded.nobody.1, "{found:?}");
}

#[tokio::test]
async fn the_set_of_this_project_is_ranked_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judged/officer");
    let recorded = Figures { ndcg: 0.91, precision: 0.83, zero: 0.09, nobody: (5, 5) };
    assert_holds(&measure(&folder).await, &recorded);
}

#[tokio::test]
async fn the_development_set_is_ranked_as_recorded() {
    let folder = crate::quality::shared().join("eval/officer-dev");
    if !folder.is_dir() {
        eprintln!("{} is absent: only the set in the repository was measured", folder.display());
        return;
    }
    let recorded = Figures { ndcg: 0.95, precision: 0.93, zero: 0.04, nobody: (0, 0) };
    assert_holds(&measure(&folder).await, &recorded);
}
