//! What an officer must decide about in a vacancy before people see it: criteria that the law forbids or binds to a
//! reason, a wage below the minimum, money or papers taken from applicants.
//!
//! Belongs here: the kinds, what is kept of each, and when a reason answers one. Does not belong here: finding them (in
//! fields `domain::intake::flags`, in words `reading::criteria`) and ranking, which never sees any of it.
//!
//! Rules: Permenaker 18/2024 Ps 4, SE Menaker M/6/HK.04/V/2025 (criteria), UU 8/2016 (disability), UU 13/2003 Ps 38
//! (placement is free), SE Menaker M/5/HK.04.00/V/2025 (diplomas), PP 36/2021 with PP 51/2023 (minimum wages).
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::machine::text_enum;

text_enum! {
    /// What a flag is about.
    FlagKind: "flag kind" {
        /// An age limit other than the legal minimum of 18.
        Age = "age",
        /// One sex asked for.
        Sex = "sex",
        /// A marital status or family asked for.
        MaritalStatus = "marital_status",
        /// That somebody is not pregnant. A kind of its own: whoever is married and whoever is pregnant are protected by
        /// different rules, and an officer's reason for one is none for the other.
        Pregnancy = "pregnancy",
        /// Looks, height, weight, skin.
        Looks = "looks",
        /// A religion, or its practice, asked for.
        Religion = "religion",
        /// An ethnic group asked for.
        Ethnicity = "ethnicity",
        /// People with a disability shut out.
        PhysicalCondition = "physical_condition",
        /// Money asked of the applicant.
        Fee = "fee",
        /// A diploma or another paper of the applicant is kept.
        WithheldDiploma = "withheld_diploma",
        /// Wage below the minimum at the workplace.
        WageBelowMinimum = "wage_below_minimum",
    }
}

impl FlagKind {
    /// Whether an officer's reason can let it through. A fee is no criterion that some job may need: nothing makes it right,
    /// so the only reason that counts is that the sentence was read wrongly. A diploma may be kept where the employer paid
    /// for the schooling and a written contract says so.
    pub const fn can_be_justified(self) -> bool {
        !matches!(self, Self::Fee)
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// What it is about.
    pub kind: FlagKind,
    /// The field it was found in.
    pub column: &'static str,
    /// The value, or the sentence as people wrote it.
    pub sentence: String,
}

/// The words that caused a flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The field they stand in.
    pub column: String,
    /// The value, or the sentence as people wrote it.
    pub sentence: String,
}

/// A flag as it is kept with its vacancy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Kept {
    /// What it is about.
    pub kind: FlagKind,
    /// What caused it; none where an earlier program kept the kind alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// An officer's reason for exactly this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The officer says that the words mean something else.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misread: bool,
    /// It was found when the vacancy was open already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub found_later: bool,
}

/// The forms in which a flag lies in a database: whole, or as its kind alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Kind(FlagKind),
    Whole {
        kind: FlagKind,
        #[serde(default)]
        evidence: Vec<Evidence>,
        #[serde(default)]
        reason: Option<String>,
        #[serde(default)]
        misread: bool,
        #[serde(default)]
        found_later: bool,
    },
}

impl From<Stored> for Kept {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Kind(kind) => Self::new(kind),
            Stored::Whole { kind, evidence, reason, misread, found_later } => {
                Self { kind, evidence, reason, misread, found_later }
            }
        }
    }
}

impl Kept {
    /// A flag of which nothing is known but its kind.
    pub const fn new(kind: FlagKind) -> Self {
        Self { kind, evidence: Vec::new(), reason: None, misread: false, found_later: false }
    }

    /// Whether it was found on an open vacancy and no officer has answered it.
    pub const fn awaits(&self) -> bool {
        self.found_later && self.reason.is_none()
    }

    fn shows(&self, flag: &Evidence) -> bool {
        self.evidence.contains(flag)
    }

    /// The first sentence, or nothing.
    pub fn sentence(&self) -> &str {
        self.evidence.first().map_or("", |first| first.sentence.as_str())
    }
}

/// What is kept of what was found, one a kind. A reason holds for the sentences it was given for; whatever says something
/// else needs another one. `found_later` marks what is new on an open vacancy.
pub fn keep(found: &[Flag], before: &[Kept], found_later: bool) -> Vec<Kept> {
    let mut kept: Vec<Kept> = Vec::new();
    for flag in found {
        let evidence = Evidence { column: flag.column.to_owned(), sentence: flag.sentence.clone() };
        match kept.iter_mut().find(|known| known.kind == flag.kind) {
            Some(known) => known.evidence.push(evidence),
            None => kept.push(Kept { evidence: vec![evidence], found_later, ..Kept::new(flag.kind) }),
        }
    }
    for flag in &mut kept {
        let known = before.iter().find(|known| known.kind == flag.kind);
        let same = |known: &&Kept| {
            known.evidence.is_empty() || flag.evidence.iter().all(|evidence| known.shows(evidence))
        };
        if let Some(known) = known.filter(same) {
            flag.reason.clone_from(&known.reason);
            (flag.misread, flag.found_later) = (known.misread, known.found_later);
        }
    }
    kept
}

/// The flags of a vacancy that was judged again: what was found joins what was known. Nothing is taken away: fields that
/// nobody keeps may have caused it.
pub fn join(found: &[Flag], before: &[Kept], found_later: bool) -> Vec<Kept> {
    let mut all = keep(found, before, found_later);
    for known in before {
        match all.iter_mut().find(|flag| flag.kind == known.kind) {
            None => all.push(known.clone()),
            Some(flag) => {
                let more: Vec<Evidence> =
                    known.evidence.iter().filter(|evidence| !flag.shows(evidence)).cloned().collect();
                flag.evidence.extend(more);
            }
        }
    }
    all.sort_by_key(|flag| flag.kind);
    all
}

/// An officer's reasons, by what they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Why each may stand.
    pub reasons: BTreeMap<FlagKind, String>,
    /// Which of them the words do not mean.
    pub misread: BTreeSet<FlagKind>,
}

/// Why a flag is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// No reason.
    Silent,
    /// Fewer letters or words than a reason has.
    Short,
    /// The text stands for another flag as well.
    Repeated(FlagKind),
    /// No reason can let it through.
    Forbidden,
    /// The vacancy has no such flag.
    Absent,
    /// Longer than is kept.
    Long,
}

/// Fewest letters of a reason.
pub const LEAST_LETTERS: usize = 15;
/// Fewest words of a reason that differ from one another.
pub const LEAST_WORDS: usize = 3;
/// Most characters of a reason.
pub const MOST_CHARACTERS: usize = 1_000;

/// Writes the answers into the flags. Every flag needs a reason of its own.
///
/// # Errors
/// Each flag that has none, or is named without being there, with why.
pub fn answer(flags: &mut [Kept], answers: &Answers) -> Result<(), Vec<(Kept, Unanswered)>> {
    let named: BTreeSet<FlagKind> = answers.reasons.keys().chain(&answers.misread).copied().collect();
    let is_there = |kind: &FlagKind| flags.iter().any(|flag| flag.kind == *kind);
    let mut refused: Vec<(Kept, Unanswered)> = named
        .into_iter()
        .filter(|kind| !is_there(kind))
        .map(|kind| (Kept::new(kind), Unanswered::Absent))
        .collect();
    for at in 0..flags.len() {
        let Some(flag) = flags.get(at) else { continue };
        match reason_for(flag, flags, answers) {
            Ok(None) => {}
            Ok(Some(reason)) => {
                let misread = answers.misread.contains(&flag.kind);
                if let Some(flag) = flags.get_mut(at) {
                    (flag.reason, flag.misread) = (Some(reason), misread);
                }
            }
            Err(why) => refused.push((flag.clone(), why)),
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// The new reason of a flag, if one is given or needed.
fn reason_for(flag: &Kept, all: &[Kept], answers: &Answers) -> Result<Option<String>, Unanswered> {
    let kind = flag.kind;
    let misread = answers.misread.contains(&kind);
    let text = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let Some(reason) = answers.reasons.get(&kind).and_then(text) else {
        return match (kind.can_be_justified(), &flag.reason) {
            (_, Some(_)) if !misread => Ok(None),
            (true, _) => Err(Unanswered::Silent),
            (false, _) if misread => Err(Unanswered::Silent),
            (false, _) => Err(Unanswered::Forbidden),
        };
    };
    if !kind.can_be_justified() && !misread {
        return Err(Unanswered::Forbidden);
    }
    if reason.chars().count() > MOST_CHARACTERS {
        return Err(Unanswered::Long);
    }
    if !is_reason(&reason) {
        return Err(Unanswered::Short);
    }
    let given = answers.reasons.iter().map(|(kind, text)| (*kind, text));
    let kept = all.iter().filter(|other| !answers.reasons.contains_key(&other.kind));
    let others = given.chain(kept.filter_map(|other| Some((other.kind, other.reason.as_ref()?))));
    match others.into_iter().find(|(other, text)| *other != kind && plain(text) == plain(&reason)) {
        Some((other, _)) => Err(Unanswered::Repeated(other)),
        None => Ok(Some(reason)),
    }
}

/// Whether a text says something: fifteen letters, three words.
fn is_reason(text: &str) -> bool {
    let words: BTreeSet<String> =
        plain(text).split(' ').filter(|word| word.chars().count() > 1).map(str::to_owned).collect();
    text.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LETTERS && words.len() >= LEAST_WORDS
}

/// A text without case, signs and spacing.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHY_AGE: &str = "Memanjat menara setiap hari";
    const WHY_SEX: &str = "Menjaga asrama putri malam hari";

    fn flag(kind: FlagKind, sentence: &str) -> Flag {
        Flag { kind, column: "description", sentence: sentence.to_owned() }
    }

    fn answers(reasons: &[(FlagKind, &str)], misread: &[FlagKind]) -> Answers {
        Answers {
            reasons: reasons.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect(),
            misread: misread.iter().copied().collect(),
        }
    }

    fn refusals(flags: &[Kept], answers: &Answers) -> Vec<(FlagKind, Unanswered)> {
        let refused = answer(&mut flags.to_vec(), answers).err().unwrap_or_default();
        refused.into_iter().map(|(flag, why)| (flag.kind, why)).collect()
    }

    #[test]
    fn every_flag_needs_a_reason_of_its_own() {
        use FlagKind::{Age, Looks, Sex};
        let flags = keep(&[flag(Age, "maks 30 th"), flag(Sex, "wanita")], &[], false);
        let refused = |reasons: &[(FlagKind, &str)]| refusals(&flags, &answers(reasons, &[]));
        assert_eq!(refused(&[]), [(Age, Unanswered::Silent), (Sex, Unanswered::Silent)]);
        assert_eq!(refused(&[(Age, WHY_AGE), (Sex, " ")]), [(Sex, Unanswered::Silent)]);
        assert_eq!(refused(&[(Age, WHY_AGE), (Sex, "ok")]), [(Sex, Unanswered::Short)]);
        assert_eq!(refused(&[(Age, WHY_AGE), (Sex, "aaaaaaaaaaaaaaaaaaa")]), [(Sex, Unanswered::Short)]);
        assert_eq!(refused(&[(Age, WHY_AGE), (Sex, "boleh boleh boleh boleh")]), [(Sex, Unanswered::Short)]);
        assert_eq!(
            refused(&[(Age, WHY_AGE), (Sex, "MEMANJAT, menara setiap   hari!")]),
            [(Age, Unanswered::Repeated(Sex)), (Sex, Unanswered::Repeated(Age))]
        );
        assert_eq!(
            refused(&[(Age, WHY_AGE), (Sex, WHY_SEX), (Looks, "tampil di depan kamera")]),
            [(Looks, Unanswered::Absent)]
        );
        let long = "kata lain lagi ".repeat(100);
        assert_eq!(refused(&[(Age, WHY_AGE), (Sex, &long)]), [(Sex, Unanswered::Long)]);
        let mut flags = flags.clone();
        answer(&mut flags, &answers(&[(Age, WHY_AGE), (Sex, WHY_SEX)], &[])).unwrap();
        assert_eq!(flags[1].reason.as_deref(), Some(WHY_SEX));
        assert_eq!(refusals(&flags, &Answers::default()), [], "what was answered stays so");
        assert_eq!(
            refusals(&flags, &answers(&[(Sex, WHY_AGE)], &[])),
            [(Sex, Unanswered::Repeated(Age))],
            "a reason that stands already counts as well"
        );
    }

    #[test]
    fn a_fee_is_let_through_only_as_misread() {
        use FlagKind::Fee;
        let flags = keep(&[flag(Fee, "deposit 500rb")], &[], false);
        let why = "Deposit tamu hotel, bukan pelamar";
        assert_eq!(refusals(&flags, &Answers::default()), [(Fee, Unanswered::Forbidden)]);
        assert_eq!(refusals(&flags, &answers(&[(Fee, why)], &[])), [(Fee, Unanswered::Forbidden)]);
        assert_eq!(refusals(&flags, &answers(&[], &[Fee])), [(Fee, Unanswered::Silent)]);
        let mut flags = flags;
        answer(&mut flags, &answers(&[(Fee, why)], &[Fee])).unwrap();
        assert!(flags[0].misread && flags[0].reason.is_some());
    }

    #[test]
    fn a_reason_holds_for_the_sentences_it_was_given_for() {
        use FlagKind::{Age, Sex};
        let mut before = keep(&[flag(Age, "maks 30 th"), flag(Age, "usia 18-30")], &[], false);
        answer(&mut before, &answers(&[(Age, WHY_AGE)], &[])).unwrap();
        let fewer = keep(&[flag(Age, "usia 18-30")], &before, false);
        assert_eq!(fewer[0].reason.as_deref(), Some(WHY_AGE));
        let other = keep(&[flag(Age, "maks 25 th")], &before, false);
        assert_eq!(other[0].reason, None);
        assert_eq!(keep(&[], &before, false), []);
        let joined = join(&[flag(Sex, "wanita")], &before, true);
        assert_eq!(joined.iter().map(|flag| flag.awaits()).collect::<Vec<_>>(), [false, true]);
        assert_eq!(joined[0], before[0]);
    }

    #[test]
    fn what_an_earlier_program_kept_is_read_and_its_sentence_found() {
        let old: Vec<Kept> = serde_json::from_str(r#"["age"]"#).unwrap();
        assert_eq!(old, [Kept::new(FlagKind::Age)]);
        let answered = [Kept { reason: Some("boleh".to_owned()), ..old[0].clone() }];
        let again = join(&[flag(FlagKind::Age, "maks 30 th")], &answered, true);
        assert_eq!((again[0].reason.as_deref(), again[0].found_later), (Some("boleh"), false));
        assert_eq!(again[0].sentence(), "maks 30 th");
        let text = serde_json::to_string(&again).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Kept>>(&text).unwrap(), again);
        assert!(serde_json::from_str::<Vec<Kept>>(r#"["shoe_size"]"#).is_err());
    }
}
