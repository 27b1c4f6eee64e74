//! Counts in how many collected advertisements each stem stands: the source of `index/rarity.csv`, made once.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use padankerja::reading::{lexicon::LEXICON, lines, scope::Scope, stems};
use serde_json::Value;

use crate::Fault;

/// Fewest ads a stem must stand in to have a row: a stem without one counts as rare as any.
const LEAST: u32 = 3;

pub fn print(ads: &Path) -> Result<(), Fault> {
    let mut ads_with: BTreeMap<String, u32> = BTreeMap::new();
    let mut all = 0_u32;
    for line in std::fs::read_to_string(ads)?.lines() {
        let ad: Value = serde_json::from_str(line)?;
        let mut own: BTreeSet<String> = BTreeSet::new();
        for field in ["title", "description", "skills"] {
            let text = ad.get(field).and_then(Value::as_str).unwrap_or_default();
            for line in lines::cut(text) {
                let tokens = LEXICON.tokens(line);
                own.extend(stems::of_line(&tokens, &LEXICON.matches(&tokens), &Scope::default()));
            }
        }
        all += 1;
        for stem in own {
            *ads_with.entry(stem).or_default() += 1;
        }
    }
    println!("stem,ads,permille\n*,{all},{}", permille(1, all));
    let mut rows: Vec<(&String, &u32)> = ads_with.iter().filter(|one| *one.1 >= LEAST).collect();
    rows.sort_by_key(|one| (std::cmp::Reverse(one.1), one.0.clone()));
    for (stem, ads) in rows {
        println!("{stem},{ads},{}", permille(*ads, all));
    }
    Ok(())
}

/// How rare a stem of so many ads is: the logarithm of the share of ads, 0 where it stands in all of them. A stem without
/// a row (`*`) counts like one of a single ad.
fn permille(ads: u32, all: u32) -> u32 {
    let (ads, all) = (f64::from(ads) + 1.0, f64::from(all) + 1.0);
    let share = (all / ads).ln() / all.ln().max(1.0);
    (0..=1000_u32).rev().find(|&value| f64::from(value) <= share * 1000.0).unwrap_or(0)
}
