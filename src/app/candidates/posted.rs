//! Who fits an advertisement as it was posted: a text with one position or several, which is no vacancy.
use std::collections::{HashMap, hash_map::Entry as Slot};

use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        candidates::shortlist::{self, Entry, Search},
        indexing::view::View,
        runs::computing,
    },
    domain::ids::{PersonId, VacancyId},
    matching::{eligibility::VacancyFacts, fit, policy::Policy, propose::Opening},
    reading::{
        job::{JobReading, read_job},
        posting,
    },
};

/// The rule and the day by which a text is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The rule.
    pub policy: Policy,
    /// The business date.
    pub as_of: NaiveDate,
    /// Breaks ties between equals.
    pub seed: u64,
}

/// The best `top` people for a text, each once with the position that fits best, best first.
///
/// # Errors
/// As `shortlist::shortlist`.
pub async fn people(
    app: &App,
    view: &View,
    text: &str,
    asked: &Asked,
    top: usize,
) -> Result<Vec<(String, Entry)>, AppError> {
    let mut lists = Vec::new();
    for position in posting::positions(text) {
        let job = read_job(&position.text());
        let (opening, policy) = (opening(&job), asked.policy.clone());
        let search = Search { opening, job, policy, as_of: asked.as_of, seed: asked.seed };
        lists.push((position.title, shortlist::shortlist(app, view, &search, top).await?));
    }
    Ok(by_position(lists, top))
}

/// An opening for a text that is no vacancy: what the text says.
pub fn opening(job: &JobReading) -> Opening {
    Opening {
        id: VacancyId(uuid::Uuid::nil()),
        facts: VacancyFacts {
            internship: false,
            wage_max: job
                .wage
                .filter(|_| !job.wage_is_base)
                .and_then(|found| found.value.max.or(found.value.min))
                .and_then(|wage| i64::try_from(wage).ok()),
            education_rank: job.education.as_ref().filter(|_| job.education_required).map(|one| one.rank),
            education_most: job.education.as_ref().and_then(|one| one.most),
            certificates: job.required_certificates.clone(),
            shifts: job.arrangements.shifts,
            shuttle: job.arrangements.shuttle,
            dormitory: job.arrangements.dormitory,
            closes_on: None,
        },
        village: job.village.as_deref().and_then(|code| computing::village_index(Some(code))),
        vector: fit::digest_job(job),
        concepts: fit::concepts(job),
        capacity: 1,
        reserved: 0,
    }
}

/// The lists of the positions of one advertisement as one: everybody once, with the position that fits best. A text is no
/// vacancy and has no seats to give by priority, so the order is by fit alone.
fn by_position(lists: Vec<(String, Vec<Entry>)>, top: usize) -> Vec<(String, Entry)> {
    let fit = |entry: &Entry| entry.pair.map_or(0, |pair| pair.fit);
    let mut best: HashMap<PersonId, (usize, String, Entry)> = HashMap::new();
    let mut seen = 0;
    for (name, list) in lists {
        for entry in list {
            seen += 1;
            match best.entry(entry.person) {
                Slot::Occupied(mut known) => {
                    if fit(&entry) > fit(&known.get().2) {
                        known.insert((seen, name.clone(), entry));
                    }
                }
                Slot::Vacant(free) => {
                    free.insert((seen, name.clone(), entry));
                }
            }
        }
    }
    let mut all: Vec<(usize, String, Entry)> = best.into_values().collect();
    all.sort_by_key(|(place, _, entry)| (std::cmp::Reverse(fit(entry)), *place));
    all.truncate(top);
    all.into_iter().map(|(_, name, entry)| (name, entry)).collect()
}
