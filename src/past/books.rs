//! What there is on a day: open applications by state as they were in the morning, how many stand in each state, residents,
//! vacancies, placements, and what was done so far.
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::{Counts, Past, texts::Asked};
use crate::{
    app::{AppError, applications::workflow::Outcome},
    domain::{
        application::{Event, State},
        ids::{ApplicationId, ClassId, PersonId, VacancyId},
    },
    sample::SampleParams,
    store::applications::{self, Card, Filter, Scope},
};

/// A resident as the past knows them.
#[derive(Clone, Debug)]
pub(super) struct Resident {
    pub(super) id: PersonId,
    /// The line of work.
    pub(super) line: &'static str,
    pub(super) village: Option<String>,
    pub(super) nik: Option<String>,
    /// Agreed to the companion of the village.
    pub(super) accompanied: bool,
}

/// A vacancy as the past knows it.
#[derive(Clone, Debug)]
pub(super) struct Posted {
    pub(super) id: VacancyId,
    pub(super) line: &'static str,
    /// Place of its employer in the cast.
    pub(super) firm: usize,
    /// It was published.
    pub(super) open: bool,
}

/// Somebody who began to work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placement {
    pub(super) application: ApplicationId,
    pub(super) since: NaiveDate,
    pub(super) ended: bool,
}

/// A class that was taken in.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassAt {
    pub(super) id: ClassId,
    pub(super) ends_on: NaiveDate,
    pub(super) examined: bool,
}

/// What is known on a day.
#[derive(Default)]
pub(super) struct Books {
    pub(super) residents: Vec<Resident>,
    by_person: HashMap<PersonId, usize>,
    pub(super) posted: Vec<Posted>,
    by_vacancy: HashMap<VacancyId, usize>,
    pub(super) placements: Vec<Placement>,
    pub(super) classes: Vec<ClassAt>,
    /// Open applications as they were in the morning.
    morning: BTreeMap<State, Vec<Card>>,
    counts: Counts,
    /// The next number of a person who is not among those of the sample.
    pub(super) next_number: u32,
    /// Texts that wait for an answer.
    pub(super) asked: Vec<Asked>,
}

impl Books {
    /// Empty ones.
    pub(super) fn of(params: &SampleParams) -> Self {
        Self { next_number: params.people, ..Self::default() }
    }

    pub(super) fn add_resident(&mut self, resident: Resident) {
        self.by_person.insert(resident.id, self.residents.len());
        self.residents.push(resident);
    }

    pub(super) fn resident(&self, id: PersonId) -> Option<&Resident> {
        self.by_person.get(&id).and_then(|at| self.residents.get(*at))
    }

    pub(super) fn add_posted(&mut self, posted: Posted) {
        self.by_vacancy.insert(posted.id, self.posted.len());
        self.posted.push(posted);
    }

    /// Place of the employer of a vacancy in the cast.
    pub(super) fn firm_of(&self, vacancy: VacancyId) -> Option<usize> {
        self.by_vacancy.get(&vacancy).and_then(|at| self.posted.get(*at)).map(|posted| posted.firm)
    }

    /// Applications that were in a state in the morning, oldest first.
    pub(super) fn in_state(&self, state: State) -> Vec<Card> {
        self.morning.get(&state).cloned().unwrap_or_default()
    }

    /// How many applications stand in a state now, as far as is known.
    pub(super) fn count(&self, state: State) -> usize {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    /// Whether there are few of a state yet: then it is chosen more often.
    pub(super) fn is_rare(&self, state: State) -> bool {
        self.count(state) < 7
    }

    /// Counts what an act changed.
    pub(super) fn note(&mut self, outcome: &Outcome) {
        for change in &outcome.recorded {
            if let Some(count) = change.from.and_then(|from| self.counts.get_mut(&from)) {
                *count = count.saturating_sub(1);
            }
            *self.counts.entry(change.to).or_insert(0) += 1;
            let ends = matches!(change.event, Event::End | Event::Undo | Event::Correct);
            for placement in
                self.placements.iter_mut().filter(|p| ends && p.application == change.application)
            {
                placement.ended = true;
            }
        }
    }

    /// Somebody does not work there any more.
    pub(super) fn leave_work(&mut self, place: usize) {
        if let Some(placement) = self.placements.get_mut(place) {
            placement.ended = true;
        }
    }
}

impl Past {
    /// Looks at the desks: every open application, and how many stand in each state.
    pub(super) async fn look(&mut self) -> Result<(), AppError> {
        let mut tx = self.app.db.read().await?;
        let mut open = BTreeMap::new();
        for state in State::ALL.iter().filter(|state| state.is_open()) {
            let filter = Filter { state: Some(*state), ..Filter::default() };
            open.insert(*state, applications::cards(&mut tx, &Scope::Office, &filter, None, i64::MAX).await?);
        }
        let counts = applications::count_by_state(&mut tx).await?;
        tx.rollback().await?;
        let sized = |count: i64| usize::try_from(count).unwrap_or_default();
        self.books.counts = counts.into_iter().map(|(state, count)| (state, sized(count))).collect();
        self.books.morning = open;
        Ok(())
    }

    /// Working days since an application last changed.
    pub(super) fn age(&self, card: &Card) -> u32 {
        let since = crate::domain::calendar::jakarta_date(card.application.updated_at);
        self.calendar.working_days_between(since, self.today())
    }
}
