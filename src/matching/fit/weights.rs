//! The frozen numbers behind the points.
//!
//! Belongs here: reading them from `index/weights.csv`, where each has its meaning. Does not belong here: their use.

use std::sync::LazyLock;

use crate::reading::tables::{TABLES, Tables};

/// The frozen numbers of `index/weights.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Most points of occupation proximity.
    pub occupation: u16,
    /// Most points of must-have skills.
    pub must: u16,
    /// Most points of nice-to-have skills.
    pub nice: u16,
    /// Most points of the training programme.
    pub programme: u16,
    /// Most points of words that ad and profile share.
    pub words: u16,
    /// Weight of shared words that earns half of the points of words.
    pub enough_words: u16,
    /// Permille left of the weight of a shared word that no other one accompanies.
    pub lonely_word: u16,
    /// Permille left of the points of words where the trades are known to differ.
    pub other_trade: u16,
    /// Months in a near occupation that are worth as much as a training programme for it.
    pub career_months: u16,
    /// Permille left of points behind which nothing of the asked work stands.
    pub beside_the_work: u16,
    /// Permille of the most points of occupation or programme from which on they show the work.
    pub near: u16,
    /// Most points of certificates.
    pub certificate: u16,
    /// Most points of experience.
    pub experience: u16,
    /// Most points of distance.
    pub distance: u16,
    /// Most points of the wage.
    pub wage: u16,
    /// Most points of education.
    pub education: u16,
    /// Least points of a person who is proposed.
    pub floor: u16,
    /// Proximity, permille, of two occupations of the same three-digit group.
    pub same_minor_group: u16,
    /// Permille of strength a programme of strength 2 has for an occupation.
    pub strength_two: u16,
    /// Permille of strength a programme of strength 1 has for an occupation.
    pub strength_one: u16,
    /// Permille of the wanted skills that give all points.
    pub enough_skills: u16,
    /// Least total weight of an ad's skills, so that a single general skill cannot give all points.
    pub least_skill_weight: u16,
    /// Most permille of programme points for what it teaches when the occupation does not lead to it.
    pub taught_share: u16,
    /// Permille left to a programme of one field for an occupation of many fields when the ad names nothing of it.
    pub wide_occupation: u16,
    /// Permille left to a programme when another one for the same occupation teaches much more of what the ad asks.
    pub rival_programme: u16,
    /// Power with which less likely readings of a title are lowered.
    pub sharpness: u16,
    /// Most confidence, permille, of an occupation guessed from skills alone.
    pub guessed_by_skills: u16,
}

/// The weights in force. A missing or absurd value counts as 0; the test of this module keeps that from being shipped.
pub static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::from_tables(&TABLES));

impl Weights {
    fn from_tables(tables: &Tables) -> Self {
        let value = |name: &str| {
            let row = tables.weights.iter().find(|row| row.name == name);
            row.and_then(|row| u16::try_from(row.value).ok()).unwrap_or(0)
        };
        Self {
            occupation: value("max_occupation"),
            must: value("max_must_skills"),
            nice: value("max_nice_skills"),
            programme: value("max_programme"),
            words: value("max_words"),
            enough_words: value("enough_words"),
            lonely_word: value("lonely_word"),
            other_trade: value("other_trade"),
            career_months: value("career_months"),
            beside_the_work: value("beside_the_work"),
            near: value("near_enough"),
            certificate: value("max_certificate"),
            experience: value("max_experience"),
            distance: value("max_distance"),
            wage: value("max_wage"),
            education: value("max_education"),
            floor: value("fit_floor"),
            same_minor_group: value("same_minor_group"),
            strength_two: value("strength_two"),
            strength_one: value("strength_one"),
            enough_skills: value("enough_skills"),
            least_skill_weight: value("least_skill_weight"),
            taught_share: value("taught_share"),
            wide_occupation: value("wide_occupation"),
            rival_programme: value("rival_programme"),
            sharpness: value("sharpness"),
            guessed_by_skills: value("guessed_by_skills"),
        }
    }
}
