//! A shortlist for one vacancy or one text: the search index retrieves who shares a concept, the database says how they
//! are now, and the same points as in a match run order them.
use chrono::NaiveDate;

use crate::{
    app::{
        AppError,
        explanation::{self, Explanation},
        matching, profiles,
    },
    domain::ids::{PersonId, VacancyId},
    matching::{
        change::Case,
        eligibility::Exclusion,
        fit,
        policy::Policy,
        propose::{self, Inputs, Opening, Pair},
    },
    reading::job::JobReading,
    search::reader::{Reader, Wanted},
    store::{Tx, people, profiles as profile_rows},
};

/// How many documents the index hands over for one shortlist; the points then order them exactly.
pub const RETRIEVED: usize = 500;

/// One person on the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub person: PersonId,
    /// What the pair is worth; none when a rule takes it out.
    pub pair: Option<Pair>,
    /// Why the pair is out.
    pub exclusions: Vec<Exclusion>,
    /// Reasons for and against.
    pub explanation: Explanation,
}

/// Who fits an opening best. `opening.id` may be nil for a text that is no vacancy.
pub async fn shortlist(
    tx: &mut Tx,
    reader: &Reader,
    opening: &Opening,
    job: &JobReading,
    policy: &Policy,
    as_of: NaiveDate,
    top: usize,
) -> Result<Vec<Entry>, AppError> {
    let wanted = Wanted { concepts: &opening.concepts, words: "", village: None };
    let found = reader.profiles(&wanted, RETRIEVED).map_err(|error| AppError::Search(error.to_string()))?;
    let ids: Vec<PersonId> = found.into_iter().map(|(id, _)| id).collect();
    let mut entries = judge(tx, &ids, opening, job, policy, as_of).await?;
    entries.retain(|entry| entry.pair.is_some());
    entries.sort_by_key(|entry| {
        let worth = entry.pair.map_or(0, |pair| u32::from(pair.fit) + u32::from(pair.priority));
        (std::cmp::Reverse(worth), entry.person)
    });
    entries.truncate(top);
    Ok(entries)
}

/// Judges these people for an opening, from the database as it is now.
pub async fn judge(
    tx: &mut Tx,
    ids: &[PersonId],
    opening: &Opening,
    job: &JobReading,
    policy: &Policy,
    as_of: NaiveDate,
) -> Result<Vec<Entry>, AppError> {
    let told = |entry: Entry, _: &Case<'_>| entry;
    judge_and_tell(tx, ids, opening, job, policy, as_of, told).await
}

/// Judges one pair, and tells what would let it in when it is out.
pub async fn judge_pair(
    tx: &mut Tx,
    person: PersonId,
    opening: &Opening,
    job: &JobReading,
    policy: &Policy,
    as_of: NaiveDate,
) -> Result<Option<Entry>, AppError> {
    let told = |entry: Entry, case: &Case<'_>| Entry {
        explanation: explanation::is_out(entry.explanation, case),
        ..entry
    };
    Ok(judge_and_tell(tx, &[person], opening, job, policy, as_of, told).await?.pop())
}

async fn judge_and_tell(
    tx: &mut Tx,
    ids: &[PersonId],
    opening: &Opening,
    job: &JobReading,
    policy: &Policy,
    as_of: NaiveDate,
    told: impl Fn(Entry, &Case<'_>) -> Entry,
) -> Result<Vec<Entry>, AppError> {
    let list = serde_json::to_string(ids).map_err(|error| AppError::Internal(error.to_string()))?;
    let rows = people::match_rows_among(tx, &list).await?;
    let mut bodies = profile_rows::among(tx, &list).await?;
    let evidence = matching::evidence(tx, as_of).await?;
    let settled = if opening.id == VacancyId(uuid::Uuid::nil()) {
        std::collections::HashMap::new()
    } else {
        matching::settled(tx, policy, as_of).await?
    };
    let inputs = Inputs { people: Vec::new(), openings: Vec::new(), settled, as_of, seed: 0 };
    Ok(rows
        .iter()
        .map(|row| {
            let body = bodies.remove(&row.id).unwrap_or_default();
            let reading = profiles::read_person(&body, row.education.as_deref(), row.major.as_deref());
            let found = evidence.get(&row.id).copied().unwrap_or_default();
            let person = matching::person(row, &body, &reading, found, as_of);
            let judged = propose::judge(&inputs, policy, &person, opening);
            let mut explanation = explanation::of_pair(&person, opening, job, &reading, policy, None);
            let (pair, exclusions) = match judged {
                Ok(pair) => (Some(pair), Vec::new()),
                Err(out) => (None, out),
            };
            explanation.exclusions.clone_from(&exclusions);
            let entry = Entry { person: row.id, pair, exclusions, explanation };
            told(entry, &Case { person: &person, opening, policy, as_of })
        })
        .collect())
}

/// An opening for a text that is no vacancy: nothing but the work is known.
pub fn opening_of_text(job: &JobReading) -> Opening {
    Opening {
        id: VacancyId(uuid::Uuid::nil()),
        facts: crate::matching::eligibility::VacancyFacts {
            internship: false,
            wage_max: None,
            education_rank: None,
            certificates: Vec::new(),
            shifts: false,
            closes_on: None,
        },
        village: None,
        vector: fit::digest_job(job),
        concepts: fit::concepts(job),
        capacity: 1,
        reserved: 0,
    }
}
