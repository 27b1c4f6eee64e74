//! Measures ranking quality on judged sets in the BEIR layout.
//!
//! Belongs here: the metrics, and a runner over file texts. Does not belong here: files, printing (the command does).

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::{
    matching::fit::{self, JobVector, ProfileVector},
    reading::{
        job::{JobText, read_job},
        profile::{ProfileText, read_profile},
    },
};

/// Grade from which a document counts as relevant for AP, RR and recall.
pub const RELEVANT: u8 = 2;
/// Rank up to which nDCG and recall look.
pub const CUTOFF: usize = 10;

/// Why a judged set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A line of corpus or queries is no document.
    #[error("{file} line {line}: {source}")]
    Document {
        /// `corpus` or `queries`.
        file: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A judgement is no `query<TAB>document<TAB>grade`.
    #[error("qrels line {line}: not three columns with a grade: {text}")]
    Judgement {
        /// Line, from 1.
        line: usize,
        /// The line.
        text: String,
    },
}

/// The texts of a judged set.
#[derive(Clone, Copy, Debug)]
pub struct JudgedSet<'a> {
    /// corpus.jsonl, read as profiles.
    pub corpus: &'a str,
    /// queries.jsonl, read as vacancies.
    pub queries: &'a str,
    /// qrels/test.tsv.
    pub qrels: &'a str,
}

/// How to rank.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Profiles look for vacancies instead of vacancies for profiles.
    pub reverse: bool,
    /// Leave out pairs below the fit floor.
    pub floor: bool,
}

/// Means over the queries that have a judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Normalised discounted cumulative gain at 10 over all grades.
    pub ndcg10: f64,
    /// Mean average precision at grade >= 2.
    pub map: f64,
    /// Mean reciprocal rank at grade >= 2.
    pub mrr: f64,
    /// Recall at 10 at grade >= 2.
    pub recall10: f64,
    /// Queries with a relevant document (grade >= 2 for all but nDCG).
    pub queries: usize,
}

/// Result of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Means.
    pub metrics: Metrics,
    /// Each query's own figures, in order of the queries.
    pub per_query: Vec<(String, Metrics)>,
    /// The run, `query Q0 document rank score name` per line.
    pub run: String,
}

/// Grades by query and document.
pub type Qrels = BTreeMap<String, BTreeMap<String, u8>>;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

/// Ranks a judged set with production scores and measures it.
///
/// # Errors
/// The first line of a file that cannot be read.
pub fn evaluate(set: &JudgedSet<'_>, options: Options) -> Result<Evaluation, EvaluateError> {
    let profiles = documents(set.corpus, "corpus")?;
    let vacancies = documents(set.queries, "queries")?;
    let qrels = qrels(set.qrels, options.reverse)?;
    let profile_vectors: Vec<ProfileVector> = profiles.iter().map(profile_vector).collect();
    let job_vectors: Vec<JobVector> = vacancies.iter().map(job_vector).collect();
    let mut run = String::new();
    let mut per_query = Vec::new();
    let (asking, answering) = if options.reverse { (&profiles, &vacancies) } else { (&vacancies, &profiles) };
    for (at, query) in asking.iter().enumerate() {
        let points = |other: usize| {
            let (job, profile) = if options.reverse { (other, at) } else { (at, other) };
            match (job_vectors.get(job), profile_vectors.get(profile)) {
                (Some(job), Some(profile)) => fit::score(job, profile),
                _ => 0,
            }
        };
        let ranked = rank(answering, points, options.floor);
        write_run(&mut run, &query.id, &ranked);
        if let Some(grades) = qrels.get(&query.id) {
            let ids: Vec<&str> = ranked.iter().map(|one| one.0.as_str()).collect();
            per_query.push((query.id.clone(), measure(&ids, grades)));
        }
    }
    Ok(Evaluation { metrics: mean(&per_query), per_query, run })
}

/// How the fit floor parts the judged pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Floor {
    /// Per grade 0..3, the pairs.
    pub pairs: [usize; 4],
    /// Per grade 0..3, the pairs at or above the floor.
    pub above: [usize; 4],
    /// Ads without a suitable profile.
    pub none: usize,
    /// Those of them for which nobody reaches the floor.
    pub none_below: usize,
}

/// Counts pairs at or above the fit floor by grade, and the ads of `none` (as queries.jsonl) for which nobody reaches it.
///
/// # Errors
/// The first line of a file that cannot be read.
pub fn floor(set: &JudgedSet<'_>, none: &str) -> Result<Floor, EvaluateError> {
    let profiles = documents(set.corpus, "corpus")?;
    let vectors: Vec<ProfileVector> = profiles.iter().map(profile_vector).collect();
    let qrels = qrels(set.qrels, false)?;
    let mut floor = Floor::default();
    for query in documents(set.queries, "queries")? {
        let job = job_vector(&query);
        for (profile, vector) in profiles.iter().zip(&vectors) {
            let grade = qrels.get(&query.id).and_then(|known| known.get(&profile.id)).copied().unwrap_or(0);
            let grade = usize::from(grade.min(3));
            floor.pairs[grade] += 1;
            floor.above[grade] += usize::from(fit::reaches_floor(fit::score(&job, vector)));
        }
    }
    for ad in documents(none, "none")? {
        let job = job_vector(&ad);
        floor.none += 1;
        floor.none_below +=
            usize::from(vectors.iter().all(|vector| !fit::reaches_floor(fit::score(&job, vector))));
    }
    Ok(floor)
}

/// Measures one ranking, best first, against grades.
///
/// nDCG uses the gain `grade` (linear) and the discount `log2(rank + 1)` as trec_eval does.
#[must_use]
pub fn measure(ranked: &[&str], grades: &BTreeMap<String, u8>) -> Metrics {
    let grade = |id: &str| grades.get(id).copied().unwrap_or(0);
    let gained: f64 =
        ranked.iter().take(CUTOFF).enumerate().map(|(at, id)| gain(grade(id)) / discount(at)).sum();
    let mut ideal: Vec<u8> = grades.values().copied().collect();
    ideal.sort_unstable_by_key(|&grade| std::cmp::Reverse(grade));
    let best: f64 =
        ideal.iter().take(CUTOFF).enumerate().map(|(at, &grade)| gain(grade) / discount(at)).sum();
    let relevant = ideal.iter().filter(|&&grade| grade >= RELEVANT).count();
    let mut hits = 0;
    let mut precision_sum = 0.0;
    let mut first = None;
    let mut early = 0;
    for (at, id) in ranked.iter().enumerate() {
        if grade(id) >= RELEVANT {
            hits += 1;
            precision_sum += ratio(hits, at + 1);
            first = first.or(Some(at + 1));
            early += usize::from(at < CUTOFF);
        }
    }
    Metrics {
        ndcg10: if best > 0.0 { gained / best } else { 0.0 },
        map: if relevant > 0 { precision_sum / ratio(relevant, 1) } else { 0.0 },
        mrr: first.map_or(0.0, |rank| ratio(1, rank)),
        recall10: ratio(early, relevant.max(1)),
        queries: usize::from(relevant > 0),
    }
}

/// Parses judgements; `reverse` swaps queries and documents. A heading line is skipped.
///
/// # Errors
/// The first line without three columns and a grade.
pub fn qrels(text: &str, reverse: bool) -> Result<Qrels, EvaluateError> {
    let mut qrels = Qrels::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let grade = columns.get(2).map(|grade| grade.parse::<u8>());
        match (columns.as_slice(), grade) {
            ([query, document, _], Some(Ok(grade))) => {
                let (query, document) = if reverse { (document, query) } else { (query, document) };
                qrels.entry((*query).to_owned()).or_default().insert((*document).to_owned(), grade);
            }
            ([_, _, _], Some(Err(_))) if at == 0 => {}
            _ => return Err(EvaluateError::Judgement { line: at + 1, text: line.to_owned() }),
        }
    }
    Ok(qrels)
}

fn documents(text: &str, file: &'static str) -> Result<Vec<Document>, EvaluateError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|source| EvaluateError::Document {
                file,
                line: at + 1,
                source,
            })
        })
        .collect()
}

fn profile_vector(document: &Document) -> ProfileVector {
    let text =
        ProfileText { programmes: &document.title, free_text: &document.text, ..ProfileText::default() };
    fit::digest_profile(&read_profile(&text))
}

fn job_vector(document: &Document) -> JobVector {
    let text = JobText { title: &document.title, description: &document.text, ..JobText::default() };
    fit::digest_job(&read_job(&text))
}

fn rank(documents: &[Document], points: impl Fn(usize) -> u16, floor: bool) -> Vec<(String, u16)> {
    let scored = documents.iter().enumerate().map(|(at, document)| (document.id.clone(), points(at)));
    let mut ranked: Vec<(String, u16)> =
        scored.filter(|one| one.1 > 0 && (!floor || fit::reaches_floor(one.1))).collect();
    ranked.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    ranked
}

fn write_run(run: &mut String, query: &str, ranked: &[(String, u16)]) {
    for (at, (document, points)) in ranked.iter().enumerate() {
        // Writing into a String cannot fail.
        let _ = writeln!(run, "{query} Q0 {document} {} {points} padankerja", at + 1);
    }
}

/// Means over queries; AP, RR and recall over those with a relevant document only.
#[must_use]
pub fn mean(per_query: &[(String, Metrics)]) -> Metrics {
    let judged: Vec<&Metrics> = per_query.iter().map(|one| &one.1).filter(|one| one.queries > 0).collect();
    let over = |value: fn(&Metrics) -> f64, list: &[&Metrics]| {
        list.iter().map(|one| value(one)).sum::<f64>() / ratio(list.len().max(1), 1)
    };
    let all: Vec<&Metrics> = per_query.iter().map(|one| &one.1).collect();
    Metrics {
        ndcg10: over(|one| one.ndcg10, &all),
        map: over(|one| one.map, &judged),
        mrr: over(|one| one.mrr, &judged),
        recall10: over(|one| one.recall10, &judged),
        queries: judged.len(),
    }
}

fn gain(grade: u8) -> f64 {
    f64::from(grade)
}

fn discount(at: usize) -> f64 {
    ratio(at + 2, 1).log2()
}

/// Counts are far below 2^32, so the conversion is exact; a larger one counts as the largest.
fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(list: &[(&str, u8)]) -> BTreeMap<String, u8> {
        list.iter().map(|&(id, grade)| (id.to_owned(), grade)).collect()
    }

    #[test]
    fn a_perfect_ranking_measures_one() {
        let metrics = measure(&["a", "b", "c"], &grades(&[("a", 3), ("b", 2), ("c", 1)]));
        assert!((metrics.ndcg10 - 1.0).abs() < 1e-12 && (metrics.map - 1.0).abs() < 1e-12);
        assert!((metrics.mrr - 1.0).abs() < 1e-12 && (metrics.recall10 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn known_values_by_hand() {
        let metrics = measure(&["x", "a", "y", "b"], &grades(&[("a", 3), ("b", 2)]));
        assert!((metrics.map - 0.5).abs() < 1e-12);
        assert!((metrics.mrr - 0.5).abs() < 1e-12);
        let expected = (3.0 / 3_f64.log2() + 2.0 / 5_f64.log2()) / (3.0 + 2.0 / 3_f64.log2());
        assert!((metrics.ndcg10 - expected).abs() < 1e-12);
    }

    #[test]
    fn runs_both_directions() {
        let set = JudgedSet {
            corpus: "{\"_id\":\"p1\",\"title\":\"Operator Jahit\",\"text\":\"Garmen.\"}\n{\"_id\":\"p2\",\"title\":\"Bubut\",\"text\":\"\"}",
            queries: "{\"_id\":\"q1\",\"title\":\"Operator Jahit\",\"text\":\"Menjahit\"}",
            qrels: "query-id\tcorpus-id\tscore\nq1\tp1\t3\n",
        };
        let forward = evaluate(&set, Options::default()).unwrap();
        assert!(forward.run.starts_with("q1 Q0 p1 1 "), "{}", forward.run);
        let reverse = evaluate(&set, Options { reverse: true, floor: true }).unwrap();
        assert!(reverse.run.starts_with("p1 Q0 q1 1 "), "{}", reverse.run);
    }

    #[test]
    fn counts_pairs_around_the_floor() {
        let set = JudgedSet {
            corpus: "{\"_id\":\"p1\",\"title\":\"Operator Jahit\",\"text\":\"Garmen.\"}",
            queries: "{\"_id\":\"q1\",\"title\":\"Operator Jahit\",\"text\":\"Menjahit\"}",
            qrels: "q1\tp1\t3\n",
        };
        let counted = floor(&set, "{\"_id\":\"n1\",\"title\":\"Apoteker\",\"text\":\"\"}").unwrap();
        let expected = Floor { pairs: [0, 0, 0, 1], above: [0, 0, 0, 1], none: 1, none_below: 1 };
        assert_eq!(counted, expected);
    }

    #[test]
    fn names_the_line_that_is_wrong() {
        let error = qrels("query-id\tcorpus-id\tscore\nq1\tp1\tmany\n", false).unwrap_err();
        assert!(error.to_string().contains("line 2"));
    }
}
