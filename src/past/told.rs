//! What a past left behind, counted for whoever made it; and what lies in a database before one is made.
use super::Past;
use crate::{
    app::{App, AppError},
    domain::{application, vacancy},
    store::{
        applications,
        contents::{self, Contents},
        vacancies,
    },
};

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Applications by state, in the order of the states; every state is named.
    pub applications: Vec<(application::State, i64)>,
    /// Vacancies likewise.
    pub vacancies: Vec<(vacancy::State, i64)>,
    pub contents: Contents,
}

/// How much of everything a database holds.
pub async fn present(app: &App) -> Result<Contents, AppError> {
    let mut tx = app.db.read().await?;
    let found = contents::count(&mut tx, app.clock.today()).await?;
    tx.rollback().await?;
    Ok(found)
}

impl Past {
    /// Counts what there is now, as of the day after the past.
    pub async fn told(&self) -> Result<Told, AppError> {
        let mut tx = self.app.db.read().await?;
        let applications = applications::count_by_state(&mut tx).await?;
        let vacancies = vacancies::count_by_state(&mut tx).await?;
        let contents = contents::count(&mut tx, self.wanted.today).await?;
        tx.rollback().await?;
        Ok(Told {
            applications: each(application::State::ALL, &applications),
            vacancies: each(vacancy::State::ALL, &vacancies),
            contents,
        })
    }
}

/// Every state with its count.
fn each<S: Copy + PartialEq>(all: &[S], found: &[(S, i64)]) -> Vec<(S, i64)> {
    let count = |state: S| found.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
    all.iter().map(|state| (*state, count(*state))).collect()
}
