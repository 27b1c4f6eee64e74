//! The reviewed vocabulary of `index/`, parsed once from the texts compiled into the binary.
//!
//! Belongs here: rows as written. Does not belong here: matching of phrases (`lexicon`).

use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::reading::{criteria::line::Mark, cues::Cue, signs::Sign};

/// Why a vocabulary file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A row does not have the columns of its file.
    #[error("index/{file}: {source}")]
    Row {
        /// File name inside `index/`.
        file: &'static str,
        /// What the reader of comma separated values says, with the line.
        source: csv::Error,
    },
}

/// One four-digit group of KBJI 2014.
#[derive(Clone, Debug, Deserialize)]
pub struct OccupationRow {
    /// Four digits.
    pub kbji: String,
    /// Title of the group.
    pub title: String,
    /// Other names, `;` between them.
    #[serde(default)]
    pub aliases: String,
    /// `kbji:weight` list, weight 0..100.
    #[serde(default)]
    pub related: String,
    /// Skill ids.
    #[serde(default)]
    pub skills: String,
}

/// A further title, for the coder alone.
#[derive(Clone, Debug, Deserialize)]
pub struct TitleRow {
    /// The title.
    pub title: String,
    /// Four-digit groups it belongs to, `;` between them.
    pub codes: String,
}

/// A word that carries titles, and the occupation it usually means.
#[derive(Clone, Debug, Deserialize)]
pub struct HeadRow {
    /// The word.
    pub word: String,
    /// Four digits.
    pub code: String,
}

/// A skill.
#[derive(Clone, Debug, Deserialize)]
pub struct SkillRow {
    /// Stable id.
    pub id: String,
    /// Name shown to people.
    pub label: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: String,
}

/// A training programme.
#[derive(Clone, Debug, Deserialize)]
pub struct ProgrammeRow {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Vocational field (kejuruan).
    #[serde(default)]
    pub field: String,
    /// Other names.
    #[serde(default)]
    pub aliases: String,
    /// Skills its graduates have.
    #[serde(default)]
    pub skills: String,
    /// `kbji:strength` list, strength 1..3.
    #[serde(default)]
    pub occupations: String,
}

/// A certificate or licence.
#[derive(Clone, Debug, Deserialize)]
pub struct CertificateRow {
    /// Stable id.
    pub id: String,
    /// Name shown to people.
    pub label: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: String,
    /// Skills it proves.
    #[serde(default)]
    pub skills: String,
    /// `kbji:strength` list, or plain codes.
    #[serde(default)]
    pub occupations: String,
    /// Ids of certificates it stands for as well.
    #[serde(default)]
    pub covers: String,
}

/// A level of education.
#[derive(Clone, Debug, Deserialize)]
pub struct EducationRow {
    /// Stable id.
    pub id: String,
    /// Order of levels; SMA and SMK share one.
    pub rank: u8,
    /// Name shown to people.
    pub label: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: String,
}

/// A school or study major.
#[derive(Clone, Debug, Deserialize)]
pub struct MajorRow {
    /// Stable id.
    pub id: String,
    /// Name shown to people.
    pub label: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: String,
    /// `kbji:strength` list, or plain codes.
    #[serde(default)]
    pub occupations: String,
    /// Skills its graduates have.
    #[serde(default)]
    pub skills: String,
}

/// A short form and what it stands for.
#[derive(Clone, Debug, Deserialize)]
pub struct AbbreviationRow {
    /// As written in ads.
    pub short: String,
    /// Written out.
    pub long: String,
}

/// Words that mean the same everywhere.
#[derive(Clone, Debug, Deserialize)]
pub struct SynonymRow {
    /// The word kept.
    pub canonical: String,
    /// Words replaced by it.
    pub variants: String,
}

/// A word whose stem the stemmer gets wrong.
#[derive(Clone, Debug, Deserialize)]
pub struct StemRow {
    /// As written.
    pub word: String,
    /// Its stem.
    pub stem: String,
}

/// A word without meaning of its own.
#[derive(Clone, Debug, Deserialize)]
pub struct StopRow {
    /// The word or phrase.
    pub word: String,
    /// `common`, `ad` or `benefit`.
    pub kind: String,
}

/// A phrase and what it says about the words around it.
#[derive(Clone, Debug, Deserialize)]
pub struct CueRow {
    /// The phrase.
    pub phrase: String,
    /// What it says.
    pub kind: Cue,
}

/// A phrase by which a criterion is found, and what it says.
#[derive(Clone, Debug, Deserialize)]
pub struct CriterionRow {
    /// The words, in small letters.
    pub phrase: String,
    /// What they say.
    pub kind: Mark,
}

/// A word and what it says of the name behind it.
#[derive(Clone, Debug, Deserialize)]
pub struct SignRow {
    /// The word, in small letters.
    pub word: String,
    /// What it says.
    pub kind: Sign,
}

/// In how many of the ads that were counted a stem stands.
#[derive(Clone, Debug, Deserialize)]
pub struct RarityRow {
    /// The stem.
    pub stem: String,
    /// Ads with it.
    pub ads: u32,
    /// How rare that is, permille: 0 in every ad, 1000 in none.
    pub permille: u16,
}

/// A frozen number of the matching rules.
#[derive(Clone, Debug, Deserialize)]
pub struct WeightRow {
    /// Name used by the code.
    pub name: String,
    /// The number.
    pub value: u32,
}

/// All files of `index/`.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// occupations.csv
    pub occupations: Vec<OccupationRow>,
    /// heads.csv
    pub heads: Vec<HeadRow>,
    /// titles.csv
    pub titles: Vec<TitleRow>,
    /// skills.csv
    pub skills: Vec<SkillRow>,
    /// programmes.csv
    pub programmes: Vec<ProgrammeRow>,
    /// certificates.csv
    pub certificates: Vec<CertificateRow>,
    /// education.csv
    pub education: Vec<EducationRow>,
    /// majors.csv
    pub majors: Vec<MajorRow>,
    /// abbreviations.csv
    pub abbreviations: Vec<AbbreviationRow>,
    /// synonyms.csv
    pub synonyms: Vec<SynonymRow>,
    /// stem_exceptions.csv
    pub stems: Vec<StemRow>,
    /// stop_words.csv
    pub stop_words: Vec<StopRow>,
    /// cues.csv
    pub cues: Vec<CueRow>,
    /// criteria.csv
    pub criteria: Vec<CriterionRow>,
    /// signs.csv
    pub signs: Vec<SignRow>,
    /// rarity.csv
    pub rarity: Vec<RarityRow>,
    /// weights.csv
    pub weights: Vec<WeightRow>,
    /// Whether glued words are torn and slips of the keyboard corrected; false only where that effect is measured.
    pub mends_words: bool,
}

/// The vocabulary. A file that does not parse counts as empty; the test of this module keeps that from being shipped.
pub static TABLES: LazyLock<Tables> =
    LazyLock::new(|| REPLACEMENT.get().cloned().unwrap_or_else(|| parse_all().unwrap_or_default()));

static REPLACEMENT: OnceLock<Tables> = OnceLock::new();

/// Makes this process read with other tables than those of `index/`, to measure what a part of them is worth. Takes
/// effect only before the first text is read; false when tables were replaced before.
pub fn replace(tables: Tables) -> bool {
    REPLACEMENT.set(tables).is_ok()
}

/// Parses every file.
///
/// # Errors
/// The first row that does not fit its file.
pub fn parse_all() -> Result<Tables, TableError> {
    Ok(Tables {
        occupations: parse("occupations.csv", include_str!("../../index/occupations.csv"))?,
        heads: parse("heads.csv", include_str!("../../index/heads.csv"))?,
        titles: parse("titles.csv", include_str!("../../index/titles.csv"))?,
        skills: parse("skills.csv", include_str!("../../index/skills.csv"))?,
        programmes: parse("programmes.csv", include_str!("../../index/programmes.csv"))?,
        certificates: parse("certificates.csv", include_str!("../../index/certificates.csv"))?,
        education: parse("education.csv", include_str!("../../index/education.csv"))?,
        majors: parse("majors.csv", include_str!("../../index/majors.csv"))?,
        abbreviations: parse("abbreviations.csv", include_str!("../../index/abbreviations.csv"))?,
        synonyms: parse("synonyms.csv", include_str!("../../index/synonyms.csv"))?,
        stems: parse("stem_exceptions.csv", include_str!("../../index/stem_exceptions.csv"))?,
        stop_words: parse("stop_words.csv", include_str!("../../index/stop_words.csv"))?,
        cues: parse("cues.csv", include_str!("../../index/cues.csv"))?,
        criteria: parse("criteria.csv", include_str!("../../index/criteria.csv"))?,
        signs: parse("signs.csv", include_str!("../../index/signs.csv"))?,
        rarity: parse("rarity.csv", include_str!("../../index/rarity.csv"))?,
        weights: parse("weights.csv", include_str!("../../index/weights.csv"))?,
        mends_words: true,
    })
}

/// Items of a `;` list, trimmed, without empty ones.
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// Items of a `key:number` list; `default` stands in for a missing or unreadable number.
pub fn weighted_items(list: &str, default: u16) -> impl Iterator<Item = (&str, u16)> {
    items(list).map(move |item| match item.rsplit_once(':') {
        Some((key, number)) => (key.trim(), number.trim().parse().unwrap_or(default)),
        None => (item, default),
    })
}

fn parse<Row: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<Row>, TableError> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.map_err(|source| TableError::Row { file, source })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses() {
        let tables = parse_all().unwrap();
        assert_eq!(tables.occupations.len(), 446);
        assert!(tables.programmes.len() > 50 && tables.skills.len() > 100);
    }

    #[test]
    fn references_point_to_rows() {
        let tables = parse_all().unwrap();
        let occupations: Vec<&str> = tables.occupations.iter().map(|row| row.kbji.as_str()).collect();
        let skills: Vec<&str> = tables.skills.iter().map(|row| row.id.as_str()).collect();
        for row in &tables.occupations {
            for (kbji, _) in weighted_items(&row.related, 0) {
                assert!(occupations.contains(&kbji), "{} related {kbji}", row.kbji);
            }
            for skill in items(&row.skills) {
                assert!(skills.contains(&skill), "{} skill {skill}", row.kbji);
            }
        }
        for row in &tables.programmes {
            for (kbji, strength) in weighted_items(&row.occupations, 0) {
                assert!(occupations.contains(&kbji) && (1..=3).contains(&strength), "{} {kbji}", row.id);
            }
            for skill in items(&row.skills) {
                assert!(skills.contains(&skill), "{} skill {skill}", row.id);
            }
        }
    }

    #[test]
    fn lists_keep_numbers() {
        let list: Vec<_> = weighted_items("8153:3; 7531", 2).collect();
        assert_eq!(list, [("8153", 3), ("7531", 2)]);
    }
}
