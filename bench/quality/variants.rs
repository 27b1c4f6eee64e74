//! The parts that are left out in turn: each variant is a change of the tables in `index/` before they are used.

use std::collections::HashSet;

use padankerja::{
    matching::evaluate::Floor,
    reading::tables::{self, OccupationRow, Tables},
};

use crate::{
    Fault,
    coding::{self, Figures},
    placing::Summary,
};

pub const NAMES: [&str; 25] = [
    "everything",
    "shared words",
    "rarity of words",
    "cues (denials, possession, wishes)",
    "all vocabulary",
    "occupation proximity",
    "related groups",
    "skills wanted",
    "skills that help",
    "skills of occupations",
    "programme",
    "rival programmes",
    "certificates",
    "wide occupations",
    "sharpening of readings",
    "general soft skills as stop",
    "typos and merged words",
    "synonyms",
    "abbreviations",
    "stem exceptions",
    "stop words",
    "occupations: half of the names",
    "programmes: all other names",
    "further titles",
    "heads of titles",
];

pub const HEADING: &str = "| left out | nDCG@10 | AP | R@10 | reverse AP | none below | grade 3 above | grade >= 2 above | coding R@1 | R@10 |\n|---|---|---|---|---|---|---|---|---|---|";

/// Makes this process read without the part.
pub fn apply(name: &str) -> Result<(), Fault> {
    let mut tables = tables::parse_all()?;
    match name {
        "everything" => return Ok(()),
        "shared words" => weigh(&mut tables, "max_words", 0),
        "rarity of words" => tables.rarity.clear(),
        "cues (denials, possession, wishes)" => tables.cues.clear(),
        // Nothing is known of occupations, skills, programmes, certificates and majors: words alone are left.
        "all vocabulary" => {
            tables.skills.clear();
            tables.programmes.clear();
            tables.certificates.clear();
            tables.majors.clear();
            tables.heads.clear();
            tables.occupations.iter_mut().for_each(forget);
        }
        "occupation proximity" => weigh(&mut tables, "max_occupation", 0),
        "related groups" => {
            weigh(&mut tables, "same_minor_group", 0);
            tables.occupations.iter_mut().for_each(|row| row.related.clear());
        }
        "skills wanted" => weigh(&mut tables, "max_must_skills", 0),
        "skills that help" => weigh(&mut tables, "max_nice_skills", 0),
        "skills of occupations" => tables.occupations.iter_mut().for_each(|row| row.skills.clear()),
        "programme" => weigh(&mut tables, "max_programme", 0),
        "rival programmes" => weigh(&mut tables, "rival_programme", 1000),
        "certificates" => weigh(&mut tables, "max_certificate", 0),
        "wide occupations" => weigh(&mut tables, "wide_occupation", 1000),
        "sharpening of readings" => weigh(&mut tables, "sharpness", 1),
        "general soft skills as stop" => {
            for row in &mut tables.skills {
                row.id = row.id.replace("umum_", "general_");
            }
        }
        "typos and merged words" => tables.mends_words = false,
        "synonyms" => tables.synonyms.clear(),
        "abbreviations" => tables.abbreviations.clear(),
        "stem exceptions" => tables.stems.clear(),
        "stop words" => tables.stop_words.clear(),
        "occupations: half of the names" => {
            for row in &mut tables.occupations {
                let kept: Vec<&str> = tables::items(&row.aliases).step_by(2).collect();
                row.aliases = kept.join(";");
            }
        }
        "programmes: all other names" => tables.programmes.iter_mut().for_each(|row| row.aliases.clear()),
        "further titles" => tables.titles.clear(),
        "heads of titles" => tables.heads.clear(),
        _ => match name.strip_prefix(FIFTH).and_then(|seed| seed.parse().ok()) {
            Some(seed) => leave_out_a_fifth(&mut tables, seed),
            None => return Err(format!("no variant {name}").into()),
        },
    }
    tables::replace(tables);
    Ok(())
}

pub fn row(name: &str, placing: &Summary, coding: &Figures) -> String {
    let (forward, reverse) = (&placing.forward, &placing.reverse);
    let Floor { pairs: [_, _, two, three], above: [_, _, two_above, three_above], none, none_below } =
        placing.floor;
    format!(
        "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {}/{} | {}/{} | {}/{} | {:.2} | {:.2} |",
        forward.ndcg10,
        forward.map,
        forward.recall10,
        reverse.map,
        none_below,
        none,
        three_above,
        three,
        two_above + three_above,
        two + three,
        coding.first,
        coding.ten
    )
}

/// A random fifth of the rows of skills and occupations is not known, by a seed.
const FIFTH: &str = "without a fifth of skills and occupations, seed ";

fn leave_out_a_fifth(tables: &mut Tables, seed: u64) {
    let is_out = |id: &str| coding::hash(&format!("{seed}/{id}")).is_multiple_of(5);
    let gone: HashSet<String> =
        tables.skills.iter().filter(|row| is_out(&row.id)).map(|row| row.id.clone()).collect();
    tables.skills.retain(|row| !gone.contains(&row.id));
    for row in &mut tables.occupations {
        if is_out(&row.kbji) {
            forget(row);
        } else {
            let kept: Vec<&str> = tables::items(&row.skills).filter(|one| !gone.contains(*one)).collect();
            row.skills = kept.join(";");
        }
    }
}

/// Leaves of an occupation its number alone.
fn forget(row: &mut OccupationRow) {
    row.aliases.clear();
    row.title = row.kbji.clone();
    row.related.clear();
    row.skills.clear();
}

fn weigh(tables: &mut Tables, name: &str, value: u32) {
    for row in tables.weights.iter_mut().filter(|row| row.name == name) {
        row.value = value;
    }
}
