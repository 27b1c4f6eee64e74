//! Step 5 of what follows: who of a run's reserve takes a freed place. Here also what the order leaves to policy: dates,
//! the person's own standing, and why somebody is passed over.
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{ApplicationFacts, Step, VacancyFacts};
use crate::domain::{
    application::{Event, State, limits::PersonBook},
    ids::{RunId, VacancyId},
};

/// What became of one application of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfPair {
    /// The run that proposed it; none by hand.
    pub run: Option<RunId>,
    /// Where it stands.
    pub state: State,
    /// When that last changed.
    pub changed_at: DateTime<Utc>,
}

/// The run whose reserve counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Current {
    /// Which.
    pub run: RunId,
    /// Since when a no to a pair still counts, by the policy of the run.
    pub no_since: DateTime<Utc>,
}

/// Why somebody in reserve is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Proposed by this run already; what came of it is with the application.
    HadItsTurn,
    /// The pair has an open application.
    AlreadyOpen,
    /// A no to the pair within the policy time.
    RecentNo,
    /// The person as such is not to be proposed; the code says why.
    Person(&'static str),
    /// As many live applications as a person may have.
    LiveLimit,
    /// The person has an unanswered proposal of this run elsewhere: one at most.
    ProposedElsewhere,
}

impl Obstacle {
    /// The code noted beside the pair; none when the application tells.
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::HadItsTurn => None,
            Self::AlreadyOpen => Some("already_open"),
            Self::RecentNo => Some("recent_no"),
            Self::Person(code) => Some(code),
            Self::LiveLimit => Some("person_live_limit"),
            Self::ProposedElsewhere => Some("proposed_elsewhere"),
        }
    }
}

/// Whether a change frees a place for the reserve: it settles an application that was not. Taking back settles nothing.
pub fn frees(event: Event, from: Option<State>, to: State) -> bool {
    let was_going_on = from.is_some_and(|from| !from.is_final());
    was_going_on && to.is_final() && event != Event::Undo
}

/// The vacancies whose reserve is asked, and how many times at most. Without a cause (a vacancy's own event set the act
/// off) what was settled was closed with its vacancy and left no place.
pub fn promotes(freed: &BTreeMap<VacancyId, u32>, has_cause: bool) -> Vec<Step> {
    let freed = freed.iter().filter(|_| has_cause);
    freed.map(|(vacancy, times)| Step::Promote(*vacancy, *times)).collect()
}

/// Whether the vacancy takes people and fewer than it has slots by the formula are before `hired` in it. Who waits in
/// the queue is among them.
pub fn has_room(vacancy: &VacancyFacts, open_before_hired: usize, today: NaiveDate) -> bool {
    let open = i64::try_from(open_before_hired).unwrap_or(i64::MAX);
    vacancy.takes_people(today) && open < vacancy.book.formula()
}

/// What of the pair's past stands against it.
pub fn obstacle_of_pair(past: &[OfPair], current: &Current) -> Option<Obstacle> {
    let any = |wanted: &dyn Fn(&OfPair) -> bool| past.iter().any(wanted);
    if any(&|a| a.run == Some(current.run) && a.state != State::Retired) {
        Some(Obstacle::HadItsTurn)
    } else if any(&|a| a.state.is_open()) {
        Some(Obstacle::AlreadyOpen)
    } else if any(&|a| a.state.is_a_no() && a.changed_at >= current.no_since) {
        Some(Obstacle::RecentNo)
    } else {
        None
    }
}

/// What of the person's other applications stands against a pair; `own` is everything open or at work.
pub fn obstacle_of_person(
    person: &PersonBook,
    own: &[ApplicationFacts],
    current: &Current,
) -> Option<Obstacle> {
    let unanswered = |a: &ApplicationFacts| a.run == Some(current.run) && a.state.is_unanswered();
    if !person.has_place() {
        Some(Obstacle::LiveLimit)
    } else if own.iter().any(unanswered) {
        Some(Obstacle::ProposedElsewhere)
    } else {
        None
    }
}
