//! How much of everything there is: for whoever fills an empty database, and tells what was made.
use chrono::NaiveDate;

use crate::{
    sql,
    store::{StoreError, Tx},
};

/// Rows of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Contents {
    /// Who was not erased.
    pub people: i64,
    /// Of these, nominated by an agency.
    pub nominated: i64,
    pub employers: i64,
    pub vacancies: i64,
    pub plans: i64,
    pub classes: i64,
    pub organisations: i64,
    pub logins: i64,
    /// Runs that were published.
    pub published: i64,
    pub applications: i64,
    /// Tries to reach somebody.
    pub attempts: i64,
    pub consents: i64,
    /// Invitations with a day and a place.
    pub interviews: i64,
    pub reminders: i64,
    /// Answers of employers that are overdue.
    pub overdue: i64,
    /// Questions whether somebody still works there: answered, and due without an answer.
    pub follow_ups: i64,
    pub missed: i64,
    pub steps: i64,
    /// Of these, answered.
    pub steps_done: i64,
    pub complaints: i64,
    /// Of these, closed.
    pub complaints_closed: i64,
}

impl Contents {
    /// Nothing that somebody brought in: policies and holidays come with the program.
    pub const fn is_empty(&self) -> bool {
        self.people + self.employers + self.vacancies + self.classes + self.organisations + self.logins == 0
            && self.published + self.applications == 0
    }
}

/// Counts everything; what is overdue and missed as of `today`.
pub async fn count(tx: &mut Tx, today: NaiveDate) -> Result<Contents, StoreError> {
    sql!(
        tx,
        fetch_one<Contents>,
        "select (select count(*) from people where erased_at is null) as people, \
         (select count(*) from people where erased_at is null and nominated_by is not null) as nominated, \
         (select count(*) from employers) as employers, (select count(*) from vacancies) as vacancies, \
         (select count(*) from hiring_plans) as plans, (select count(*) from training_classes) as classes, \
         (select count(*) from organisations) as organisations, (select count(*) from accounts) as logins, \
         (select count(*) from runs where published_at is not null) as published, \
         (select count(*) from applications) as applications, \
         (select count(*) from contact_attempts) as attempts, (select count(*) from consents) as consents, \
         (select count(*) from interviews) as interviews, (select count(*) from reminders) as reminders, \
         (select count(*) from applications where state in ('referred', 'interview', 'offered') and not held \
         and deadline < $1) as overdue, \
         (select count(*) from follow_ups where recorded_at is not null) as follow_ups, \
         (select count(*) from follow_ups where recorded_at is null and due_on < $1) as missed, \
         (select count(*) from next_steps) as steps, \
         (select count(*) from next_steps where answered_at is not null) as steps_done, \
         (select count(*) from complaints) as complaints, \
         (select count(*) from complaints where closed_at is not null) as complaints_closed",
        today
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_brought_in_is_something() {
        assert!(Contents { plans: 0, ..Contents::default() }.is_empty());
        for filled in [
            Contents { people: 1, ..Contents::default() },
            Contents { employers: 1, ..Contents::default() },
            Contents { logins: 1, ..Contents::default() },
            Contents { published: 1, ..Contents::default() },
        ] {
            assert!(!filled.is_empty(), "{filled:?}");
        }
    }
}
