//! Nobody drops out: what happens next for somebody, who sees to it and by when. Belongs here: the kinds of steps, which one
//! somebody without a proposal gets, how long each may take, how each can end and what of that is a success. Does not belong
//! here: who has priority (`evidence`), who reads a step (`disclosure`).
use chrono::NaiveDate;

use crate::domain::{
    calendar::Calendar,
    ids::OrganisationId,
    machine::text_enum,
    person::{Status, proposed_from},
};

text_enum! {
    /// What happens next for somebody.
    Kind: "next step kind" {
        /// An officer looks for a vacancy by hand and proposes it.
        Proposal = "proposal",
        /// A place in a training.
        Training = "training",
        /// Capital for a business of their own: KUR, Baznas, a programme for small enterprises.
        BusinessCapital = "business_capital",
        /// Somebody goes and talks.
        Visit = "visit",
        /// The family's desil is looked up.
        DesilCheck = "desil_check",
    }
}

text_enum! {
    /// How a next step ended.
    Outcome: "next step outcome" {
        /// Proposed for a vacancy.
        Proposed = "proposed",
        /// In a training.
        StartedTraining = "started_training",
        /// Works on their own account.
        SelfEmployed = "self_employed",
        /// Found work, however.
        InWork = "in_work",
        /// Got the capital.
        CapitalGranted = "capital_granted",
        /// Did not get the capital.
        CapitalRefused = "capital_refused",
        /// Was visited.
        Visited = "visited",
        /// The desil is known now.
        DesilFound = "desil_found",
        /// Nobody could tell the desil.
        DesilNotFound = "desil_not_found",
        /// Nobody was reached.
        NotReached = "not_reached",
        /// The person does not want this.
        Declined = "declined",
        /// Entered by mistake, or the person is gone.
        NoLongerNeeded = "no_longer_needed",
    }
}

/// Furthest away a step can be due, days.
pub const FURTHEST_DAYS: i64 = 366;

/// What is known of somebody for whom a run found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Objects to being ranked: the service proposes nothing on its own.
    pub objects: bool,
    /// There is a number to call.
    pub has_phone: bool,
    /// From when they can work; none: at once.
    pub available_from: Option<NaiveDate>,
    /// A desil counts today.
    pub desil_known: bool,
    /// It was looked for, and nobody could tell it.
    pub desil_sought: bool,
    /// Passed a training or held a job: something that an advertisement can ask for.
    pub skilled: bool,
}

/// The step for somebody with priority, looking for work, without a proposal. In this order: whom the service may not rank, or
/// cannot call, is visited; who can begin only later is looked at by an officer then; an unknown desil is looked up, since it
/// decides their priority; who can show nothing yet is trained; for everybody else an officer looks by hand. Capital for a
/// business is never chosen here: nothing that is stored says who wants one, so officers and agencies make that step.
pub fn for_somebody_without_a_proposal(facts: &Facts, today: NaiveDate) -> Kind {
    if facts.objects || !facts.has_phone {
        Kind::Visit
    } else if facts.available_from.is_some_and(|day| proposed_from(day) > today) {
        Kind::Proposal
    } else if !facts.desil_known && !facts.desil_sought {
        Kind::DesilCheck
    } else if !facts.skilled {
        Kind::Training
    } else {
        Kind::Proposal
    }
}

/// Who sees to a step: the agency that nominated the person, where somebody has to go there or to look into a register; the
/// labour office for everything else.
pub const fn owner(
    kind: Kind,
    nominated_by: Option<OrganisationId>,
    labour_office: Option<OrganisationId>,
) -> Option<OrganisationId> {
    match (kind, nominated_by) {
        (Kind::Visit | Kind::DesilCheck, Some(agency)) => Some(agency),
        _ => labour_office,
    }
}

impl Kind {
    /// Working days a step may take.
    pub const fn working_days(self) -> u32 {
        match self {
            Self::Proposal | Self::DesilCheck => 5,
            Self::Visit => 10,
            Self::Training => 15,
            Self::BusinessCapital => 20,
        }
    }

    /// The day by which a step made today is due. A proposal for somebody who can begin only later counts from the day on
    /// which they may be proposed.
    pub fn due_on(
        self,
        today: NaiveDate,
        available_from: Option<NaiveDate>,
        calendar: &Calendar,
    ) -> NaiveDate {
        let from = match (self, available_from) {
            (Self::Proposal, Some(day)) => proposed_from(day).max(today),
            _ => today,
        };
        calendar.add_working_days(from, self.working_days())
    }

    /// How it can end.
    pub const fn outcomes(self) -> &'static [Outcome] {
        use Outcome::{
            CapitalGranted, CapitalRefused, Declined, DesilFound, DesilNotFound, InWork, NoLongerNeeded,
            NotReached, Proposed, SelfEmployed, StartedTraining, Visited,
        };
        match self {
            Self::Proposal => &[Proposed, SelfEmployed, InWork, NotReached, Declined, NoLongerNeeded],
            Self::Training => &[StartedTraining, SelfEmployed, InWork, NotReached, Declined, NoLongerNeeded],
            Self::BusinessCapital => {
                &[CapitalGranted, CapitalRefused, SelfEmployed, InWork, NotReached, Declined, NoLongerNeeded]
            }
            Self::Visit => &[Visited, SelfEmployed, InWork, NotReached, Declined, NoLongerNeeded],
            Self::DesilCheck => {
                &[DesilFound, DesilNotFound, SelfEmployed, InWork, NotReached, Declined, NoLongerNeeded]
            }
        }
    }

    /// Whether it can end so.
    pub fn can_end(self, outcome: Outcome) -> bool {
        self.outcomes().contains(&outcome)
    }
}

impl Outcome {
    /// Whether it leads to an income: work, one's own business, a proposal, a training, capital. What was merely done
    /// (visited, looked up) is neither success nor failure.
    pub const fn is_success(self) -> bool {
        match self {
            Self::Proposed
            | Self::StartedTraining
            | Self::SelfEmployed
            | Self::InWork
            | Self::CapitalGranted => true,
            Self::CapitalRefused
            | Self::Visited
            | Self::DesilFound
            | Self::DesilNotFound
            | Self::NotReached
            | Self::Declined
            | Self::NoLongerNeeded => false,
        }
    }

    /// What somebody does from then on, where it says so: who has work looks for none.
    pub const fn status(self) -> Option<Status> {
        match self {
            Self::SelfEmployed => Some(Status::SelfEmployed),
            Self::InWork => Some(Status::WorkingElsewhere),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const READY: Facts = Facts {
        objects: false,
        has_phone: true,
        available_from: None,
        desil_known: true,
        desil_sought: false,
        skilled: true,
    };

    #[test]
    fn the_first_thing_that_stands_in_the_way_decides() {
        let today = day("2026-03-02");
        let step = |facts: Facts| for_somebody_without_a_proposal(&facts, today);
        let later = Some(day("2026-06-01"));
        assert_eq!(step(READY), Kind::Proposal);
        assert_eq!(step(Facts { skilled: false, ..READY }), Kind::Training);
        assert_eq!(step(Facts { desil_known: false, skilled: false, ..READY }), Kind::DesilCheck);
        assert_eq!(
            step(Facts { desil_known: false, desil_sought: true, skilled: false, ..READY }),
            Kind::Training,
            "nobody looks twice for what nobody can tell"
        );
        assert_eq!(step(Facts { available_from: later, desil_known: false, ..READY }), Kind::Proposal);
        assert_eq!(step(Facts { available_from: Some(day("2026-03-16")), ..READY }), Kind::Proposal);
        assert_eq!(step(Facts { objects: true, desil_known: false, ..READY }), Kind::Visit);
        assert_eq!(step(Facts { has_phone: false, available_from: later, ..READY }), Kind::Visit);
    }

    #[test]
    fn a_step_is_due_in_working_days_and_a_later_proposal_later() {
        let calendar = Calendar::default();
        let friday = day("2026-03-06");
        assert_eq!(Kind::DesilCheck.due_on(friday, None, &calendar), day("2026-03-13"));
        assert_eq!(Kind::Visit.due_on(friday, Some(day("2026-06-01")), &calendar), day("2026-03-20"));
        // From 18 May on somebody who can begin on 1 June may be proposed.
        assert_eq!(Kind::Proposal.due_on(friday, Some(day("2026-06-01")), &calendar), day("2026-05-25"));
        assert_eq!(Kind::Proposal.due_on(friday, Some(day("2026-01-01")), &calendar), day("2026-03-13"));
    }

    #[test]
    fn the_nominating_agency_goes_and_looks_up_and_the_office_does_the_rest() {
        let [agency, office] = [1, 2].map(|number| OrganisationId(uuid::Uuid::from_u128(number)));
        for kind in Kind::ALL {
            let own = matches!(kind, Kind::Visit | Kind::DesilCheck);
            let expected = if own { agency } else { office };
            assert_eq!(owner(*kind, Some(agency), Some(office)), Some(expected), "{kind}");
            assert_eq!(owner(*kind, None, Some(office)), Some(office));
        }
    }

    #[test]
    fn every_step_can_end_well_or_be_given_up_and_every_outcome_ends_one() {
        for kind in Kind::ALL {
            for outcome in
                [Outcome::SelfEmployed, Outcome::InWork, Outcome::NotReached, Outcome::NoLongerNeeded]
            {
                assert!(kind.can_end(outcome), "{kind} {outcome}");
            }
        }
        for outcome in Outcome::ALL {
            assert!(Kind::ALL.iter().any(|kind| kind.can_end(*outcome)), "{outcome}");
            assert!(outcome.status().is_none() || outcome.is_success(), "{outcome}");
        }
        assert!(
            !Kind::Visit.can_end(Outcome::CapitalGranted) && !Kind::Training.can_end(Outcome::DesilFound)
        );
        assert_eq!(Outcome::SelfEmployed.status(), Some(Status::SelfEmployed));
    }
}
