//! Ranking of programmes for ads and of ads for programmes, the fit floor, and the ads nobody should be proposed for.

use std::path::Path;

use padankerja::matching::evaluate::{self, Floor, JudgedSet, Metrics, Options};
use serde_json::Value;

use crate::{
    Fault, number,
    peers::{Bm25, CharTfIdf, Peer},
    text,
};

/// A judged set in the BEIR layout, and ads without a suitable profile.
pub struct Set {
    corpus: String,
    queries: String,
    qrels: String,
    none: String,
}

/// The figures an ablation compares.
pub struct Summary {
    pub forward: Metrics,
    pub reverse: Metrics,
    pub floor: Floor,
}

struct Document {
    id: String,
    title: String,
    text: String,
}

impl Document {
    fn whole(&self) -> String {
        format!("{} {}", self.title, self.text)
    }
}

impl Set {
    pub fn load(folder: &Path) -> Result<Self, Fault> {
        Ok(Self {
            corpus: text(&folder.join("corpus.jsonl"))?,
            queries: text(&folder.join("queries.jsonl"))?,
            qrels: text(&folder.join("qrels/test.tsv"))?,
            none: text(&folder.join("none.jsonl"))?,
        })
    }

    pub fn summary(&self) -> Result<Summary, Fault> {
        Ok(Summary {
            forward: self.production(false)?.metrics,
            reverse: self.production(true)?.metrics,
            floor: evaluate::floor(&self.judged(), &self.none)?,
        })
    }

    pub fn print_comparison(&self) -> Result<(), Fault> {
        println!("## Ranking\n| direction | system | nDCG@10 | AP | R@10 | MRR |\n|---|---|---|---|---|---|");
        let (corpus, queries) = (documents(&self.corpus)?, documents(&self.queries)?);
        for (reverse, name) in [(false, "ad -> programmes"), (true, "programme -> ads")] {
            print_metrics(name, "padankerja", &self.production(reverse)?.metrics);
            let (asking, answering) = if reverse { (&corpus, &queries) } else { (&queries, &corpus) };
            let texts: Vec<String> = answering.iter().map(Document::whole).collect();
            let peers: [(&str, Box<dyn Peer>); 2] = [
                ("BM25 (k1 1.2, b .75)", Box::new(Bm25::new(&texts))),
                ("character TF-IDF (3-5)", Box::new(CharTfIdf::new(&texts))),
            ];
            for (peer_name, peer) in peers {
                print_metrics(name, peer_name, &self.peer(peer.as_ref(), asking, answering, reverse)?);
            }
        }
        Ok(())
    }

    pub fn print_floor(&self) -> Result<(), Fault> {
        let floor = self.summary()?.floor;
        println!("\n## Fit floor\n| pairs | at or above the floor |\n|---|---|");
        for (grade, (all, above)) in floor.pairs.iter().zip(floor.above).enumerate() {
            println!("| grade {grade} | {above} of {all} ({:.3}) |", number(above) / number((*all).max(1)));
        }
        println!(
            "| ads without a suitable profile, nobody above it | {} of {} |",
            floor.none_below, floor.none
        );
        Ok(())
    }

    /// The queries with the lowest nDCG@10, and what stands wrongly at their top.
    pub fn print_worst(&self, count: usize) -> Result<(), Fault> {
        println!("\n## Worst queries\n| query | title | nDCG@10 | AP | first three |\n|---|---|---|---|---|");
        let evaluation = self.production(false)?;
        let (corpus, queries) = (documents(&self.corpus)?, documents(&self.queries)?);
        let qrels = evaluate::qrels(&self.qrels, false)?;
        let mut worst: Vec<&(String, Metrics)> = evaluation.per_query.iter().collect();
        worst.sort_by(|left, right| left.1.ndcg10.total_cmp(&right.1.ndcg10));
        for (id, metrics) in worst.into_iter().take(count) {
            let title = queries.iter().find(|one| one.id == *id).map_or("", |one| one.title.as_str());
            let prefix = format!("{id} Q0 ");
            let ranked = evaluation.run.lines().filter_map(|line| line.strip_prefix(&prefix));
            let top: Vec<String> = ranked.take(3).map(|line| named(line, &corpus, qrels.get(id))).collect();
            println!("| {id} | {title} | {:.3} | {:.3} | {} |", metrics.ndcg10, metrics.map, top.join("; "));
        }
        Ok(())
    }

    fn judged(&self) -> JudgedSet<'_> {
        JudgedSet { corpus: &self.corpus, queries: &self.queries, qrels: &self.qrels }
    }

    fn production(&self, reverse: bool) -> Result<evaluate::Evaluation, Fault> {
        Ok(evaluate::evaluate(&self.judged(), Options { reverse, floor: false })?)
    }

    fn peer(
        &self,
        peer: &dyn Peer,
        asking: &[Document],
        answering: &[Document],
        reverse: bool,
    ) -> Result<Metrics, Fault> {
        let qrels = evaluate::qrels(&self.qrels, reverse)?;
        let mut per_query = Vec::new();
        for query in asking {
            let Some(grades) = qrels.get(&query.id) else { continue };
            let mut ranked: Vec<(f64, &str)> = peer
                .scores(&query.whole())
                .into_iter()
                .zip(answering.iter().map(|document| document.id.as_str()))
                .collect();
            ranked.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
            let ids: Vec<&str> = ranked.into_iter().map(|one| one.1).collect();
            per_query.push((query.id.clone(), evaluate::measure(&ids, grades)));
        }
        Ok(evaluate::mean(&per_query))
    }
}

fn named(line: &str, corpus: &[Document], grades: Option<&std::collections::BTreeMap<String, u8>>) -> String {
    let id = line.split(' ').next().unwrap_or_default();
    let title = corpus.iter().find(|one| one.id == id).map_or(id, |one| one.title.as_str());
    format!("{title} ({})", grades.and_then(|known| known.get(id)).copied().unwrap_or(0))
}

fn print_metrics(direction: &str, system: &str, metrics: &Metrics) {
    println!(
        "| {direction} | {system} | {:.3} | {:.3} | {:.3} | {:.3} |",
        metrics.ndcg10, metrics.map, metrics.recall10, metrics.mrr
    );
}

fn documents(lines: &str) -> Result<Vec<Document>, Fault> {
    let mut documents = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        documents.push(Document { id: field("_id"), title: field("title"), text: field("text") });
    }
    Ok(documents)
}
