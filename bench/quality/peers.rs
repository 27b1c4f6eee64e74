//! The baselines, over the same texts as production: Okapi BM25 over words, and TF-IDF over groups of 3 to 5 characters.

use std::collections::{BTreeMap, HashMap};

use crate::number;

/// Scores of every document for a query.
pub trait Peer {
    fn scores(&self, query: &str) -> Vec<f64>;
}

/// Saturation and length normalisation of BM25.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Okapi BM25 (Robertson and Zaragoza 2009) with the idf that cannot be negative.
pub struct Bm25 {
    documents: Vec<(HashMap<String, f64>, f64)>,
    idf: HashMap<String, f64>,
    mean_length: f64,
}

impl Bm25 {
    pub fn new(texts: &[String]) -> Self {
        let documents: Vec<(HashMap<String, f64>, f64)> = texts
            .iter()
            .map(|text| {
                let words = words(text);
                let length = number(words.len());
                (counted(words).into_iter().collect(), length)
            })
            .collect();
        let total = number(documents.len());
        let frequencies = document_frequencies(documents.iter().map(|one| &one.0));
        let idf =
            frequencies.into_iter().map(|(word, df)| (word, (1.0 + (total - df + 0.5) / (df + 0.5)).ln()));
        let mean_length = documents.iter().map(|one| one.1).sum::<f64>() / total.max(1.0);
        Self { idf: idf.collect(), mean_length, documents }
    }
}

impl Peer for Bm25 {
    fn scores(&self, query: &str) -> Vec<f64> {
        let query = counted(words(query));
        let score = |(counts, length): &(HashMap<String, f64>, f64)| {
            let terms = query.iter().filter_map(|(word, times)| {
                let count = counts.get(word)?;
                let norm = K1 * (1.0 - B + B * length / self.mean_length);
                Some(times * self.idf.get(word)? * count * (K1 + 1.0) / (count + norm))
            });
            terms.sum()
        };
        self.documents.iter().map(score).collect()
    }
}

/// Cosine of TF-IDF vectors over character groups inside words, ends marked by blanks.
pub struct CharTfIdf {
    documents: Vec<HashMap<String, f64>>,
    idf: HashMap<String, f64>,
}

impl CharTfIdf {
    pub fn new(texts: &[String]) -> Self {
        let counts: Vec<HashMap<String, f64>> =
            texts.iter().map(|text| counted(groups(text)).into_iter().collect()).collect();
        let total = number(counts.len());
        let frequencies = document_frequencies(counts.iter());
        let idf: HashMap<String, f64> = frequencies
            .into_iter()
            .map(|(group, df)| (group, ((1.0 + total) / (1.0 + df)).ln() + 1.0))
            .collect();
        let documents = counts.into_iter().map(|counts| weighted(counts.into_iter(), &idf)).collect();
        Self { documents, idf }
    }
}

impl Peer for CharTfIdf {
    fn scores(&self, query: &str) -> Vec<f64> {
        let query = weighted(counted(groups(query)).into_iter(), &self.idf);
        let mut terms: Vec<(&String, &f64)> = query.iter().collect();
        terms.sort_by_key(|one| one.0);
        let score = |document: &HashMap<String, f64>| {
            terms.iter().filter_map(|(group, weight)| Some(document.get(*group)? * **weight)).sum()
        };
        self.documents.iter().map(score).collect()
    }
}

/// TF-IDF (sublinear counts) of known groups, scaled to length 1.
fn weighted(counts: impl Iterator<Item = (String, f64)>, idf: &HashMap<String, f64>) -> HashMap<String, f64> {
    let vector: BTreeMap<String, f64> = counts
        .filter_map(|(group, count)| {
            let weight = (1.0 + count.ln()) * idf.get(&group)?;
            Some((group, weight))
        })
        .collect();
    let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    vector.into_iter().map(|(group, weight)| (group, weight / length)).collect()
}

fn document_frequencies<'a>(
    documents: impl Iterator<Item = &'a HashMap<String, f64>>,
) -> HashMap<String, f64> {
    let mut frequencies = HashMap::new();
    for word in documents.flat_map(HashMap::keys) {
        *frequencies.entry(word.clone()).or_insert(0.0) += 1.0;
    }
    frequencies
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn groups(text: &str) -> Vec<String> {
    let mut groups = Vec::new();
    for word in words(text) {
        let padded: Vec<char> = format!(" {word} ").chars().collect();
        for size in 3..=5 {
            groups.extend(padded.windows(size).map(|group| group.iter().collect::<String>()));
        }
    }
    groups
}

fn counted(items: Vec<String>) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0.0) += 1.0;
    }
    counts
}
