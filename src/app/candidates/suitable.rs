//! How many people suit a vacancy, as told to whoever asks: the office the number of now; an employer a band, counted at
//! most once a business day for each vacancy. An employer who could see every change would learn from 200 edits of an ad
//! who lives where and can do what; this way 200 edits see one band.
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    app::{
        App, AppError,
        access::Session,
        candidates::{counting, summary},
        indexing::view::View,
    },
    domain::{
        disclosure::{Audience, Band, Count},
        ids::VacancyId,
    },
    matching::summary::MatchSummary,
    search::reader::Reader,
    store::{
        suitable_counts::{self, Asked},
        vacancies::Vacancy,
    },
    transact,
};

/// How many people suit a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidates<C> {
    /// People no rule takes out and who reach the fit floor.
    pub people: C,
    /// There may be more: the index handed over as many as it hands over at once.
    pub or_more: bool,
}

/// Counts who suits a vacancy: for officers, and for the employer it belongs to.
pub async fn candidates(
    app: &App,
    view: &View,
    session: &Session,
    id: VacancyId,
) -> Result<Candidates<Count>, AppError> {
    let told = |people, or_more| Candidates { people, or_more };
    if exactly(session)? {
        let found = counting::suitable(app, view, session, id).await?;
        return Ok(told(Count::Exact(found.count), found.or_more));
    }
    let (_, kept) = told_today::<Candidates<Band>>(app, session, id, Asked::Candidates).await?;
    let kept = match kept {
        Some(kept) => kept,
        None => {
            let found = counting::suitable(app, view, session, id).await?;
            let fresh = Candidates { people: Band::of(found.count), or_more: found.or_more };
            keep(app, id, Asked::Candidates, fresh).await?
        }
    };
    Ok(told(Count::Banded(kept.people), kept.or_more))
}

/// Counts who suits a vacancy, where they live, what they hold, and what others lack: for the same.
pub async fn summary(
    app: &App,
    reader: &Reader,
    session: &Session,
    id: VacancyId,
) -> Result<MatchSummary<Count>, AppError> {
    if exactly(session)? {
        return Ok(summary::of_vacancy(app, reader, session, id).await?.with(Count::Exact));
    }
    let (vacancy, kept) = told_today::<MatchSummary<Band>>(app, session, id, Asked::Summary).await?;
    let kept = match kept {
        Some(kept) => kept,
        None => {
            let fresh = summary::of_vacancy(app, reader, session, id).await?.in_bands();
            keep(app, id, Asked::Summary, fresh).await?
        }
    };
    // The numbers are those of the morning, the title is the vacancy's own.
    Ok(MatchSummary { title: vacancy.title, ..kept.with(Count::Banded) })
}

/// Whether the session reads exact numbers. Whoever is neither the office nor an employer reads none.
fn exactly(session: &Session) -> Result<bool, AppError> {
    session.acting()?.reach().vacancies()?;
    session.audience().map(Audience::sees_exact_counts)
}

/// The caller's own vacancy, and what was told today. What an earlier version kept and this one cannot read counts as
/// nothing.
async fn told_today<T: DeserializeOwned>(
    app: &App,
    session: &Session,
    id: VacancyId,
    asked: Asked,
) -> Result<(Vacancy, Option<T>), AppError> {
    let within = session.acting()?.reach().vacancies()?;
    let mut tx = app.db.read().await?;
    let vacancy = counting::countable(&mut tx, within, id).await?;
    let kept = suitable_counts::told_on(&mut tx, id, asked, app.clock.today()).await?;
    Ok((vacancy, kept.and_then(|kept| serde_json::from_value(kept).ok())))
}

/// Keeps what was counted; gives what is told today, which is what somebody kept first.
async fn keep<T: Serialize + DeserializeOwned>(
    app: &App,
    id: VacancyId,
    asked: Asked,
    fresh: T,
) -> Result<T, AppError> {
    let day = app.clock.today();
    let value = serde_json::to_value(&fresh).map_err(|error| AppError::Internal(error.to_string()))?;
    let first: Result<Option<serde_json::Value>, AppError> = async {
        transact!(app, tx => {
            suitable_counts::keep(tx, id, asked, day, &value).await?;
            Ok(suitable_counts::told_on(tx, id, asked, day).await?)
        })
    }
    .await;
    Ok(first?.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or(fresh))
}
