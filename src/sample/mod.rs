//! A sample regency: employers, vacancies and people of Sukoharjo as they could be, for demonstrations, tests and
//! measurements of speed.
//!
//! Belongs here: making rows (the same types that files are read into) from a seed, the same rows for the same seed on
//! every machine, and the words in which invented people speak. Does not belong here: storing them (what they do day by day
//! is in `past`), and any real person or company: names are combined, NIK and NIB start with 99, telephone numbers with
//! 0860, mail goes to `.example`.
//!
//! There are two of them: `believable`, whose careers make sense and whose ads read as people post them, and `plain`, which
//! is made quickly in any size. Both follow what is known of the regency: garment and textile first, many dismissed sewing
//! workers over 35, graduates of the training centre, two in a hundred with a disability, deciles unknown for three in ten.
pub mod believable;
mod names;
mod numbers;
mod places;
pub mod plain;
pub mod rng;

use chrono::NaiveDate;

use crate::domain::intake::{employer::EmployerRow, person::PersonRow, vacancy::VacancyRow};

pub use self::places::place_ad;

/// How big the regency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleParams {
    /// People, at most [`MOST_PEOPLE`].
    pub people: u32,
    pub vacancies: u32,
    /// Seats of all vacancies together; at least one each.
    pub seats: u32,
    /// Employers, at least one.
    pub employers: u32,
    /// Seed of everything drawn.
    pub seed: u64,
    /// The day of the sample: nothing registered later, nothing closed before.
    pub today: NaiveDate,
}

/// Up to this many people the sample's NIK are all different.
pub const MOST_PEOPLE: u32 = 4_000_000;

impl SampleParams {
    /// 20,000 people, 60 vacancies with 600 seats, 24 employers.
    pub fn standard(today: NaiveDate) -> Self {
        Self { people: 20_000, vacancies: 60, seats: 600, employers: 24, seed: 33_11, today }
    }
}

/// The rows of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Employers; the vacancies name them by NIB.
    pub employers: Vec<EmployerRow>,
    /// Vacancies, the largest first.
    pub vacancies: Vec<VacancyRow>,
    pub people: Vec<PersonRow>,
}
