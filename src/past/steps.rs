//! Next steps and complaints of a past: who sees to them, and what came of it.
use super::{Past, SUSPECT, happened};
use crate::{
    app::{
        AppError,
        access::Session,
        applications::records::{self, Evidence},
        complaints::{self, NewComplaint},
        next_steps::{self, Asked, seen::StepView},
    },
    domain::{
        complaint::{self, Kind, State},
        evidence,
        ids::{ComplaintId, PersonId},
        next_step::{self, Outcome},
    },
    sample::believable::said,
    transact,
};

/// Who complains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// A resident with a login.
    Resident,
    /// An officer, for somebody who came to the counter.
    Officer,
    /// Somebody who leaves no name.
    Nobody,
}

impl Past {
    /// Officers and the agency see to steps that are due soon; some are late.
    pub(super) async fn answer_next_steps(&mut self) -> Result<(), AppError> {
        let sessions = [self.cast.officer(1).clone(), self.cast.agency.clone()];
        for who in sessions {
            let asked = Asked { own: true, ..Asked::default() };
            let due = next_steps::page(&self.app, &who, &asked, None, 40).await?;
            let today = self.today();
            for step in due.iter().filter(|step| (step.due_on - today).num_days() <= 2) {
                if self.rng.percent(30) {
                    self.answer_step(&who, step).await?;
                }
            }
        }
        Ok(())
    }

    async fn answer_step(&mut self, who: &Session, step: &StepView) -> Result<(), AppError> {
        let outcome = match (step.kind, self.rng.below(10)) {
            (_, 0) => Outcome::NotReached,
            (next_step::Kind::DesilCheck, 1..=7) => return self.look_up_desil(who, step.person_id).await,
            (next_step::Kind::DesilCheck, _) => Outcome::DesilNotFound,
            (next_step::Kind::Visit, _) => Outcome::Visited,
            (next_step::Kind::Training, 1..=6) => Outcome::StartedTraining,
            (next_step::Kind::BusinessCapital, 1..=6) => Outcome::CapitalGranted,
            (next_step::Kind::BusinessCapital, _) => Outcome::CapitalRefused,
            (next_step::Kind::Proposal, 1) => Outcome::InWork,
            (next_step::Kind::Proposal, 2) => Outcome::SelfEmployed,
            (next_step::Kind::Proposal, 3..=6) => Outcome::Proposed,
            (next_step::Kind::Training | next_step::Kind::Proposal, _) => Outcome::Declined,
        };
        self.pass();
        let (app, by, note) = (&self.app, who.acting()?, said::step_note(&mut self.rng, outcome));
        let done: Result<_, AppError> = async {
            transact!(app, tx => next_steps::answer(app, tx, &by, step.id, outcome, Some(note)).await)
        }
        .await;
        happened(done)?;
        Ok(())
    }

    /// The family's decile is found in the register, which settles the step.
    async fn look_up_desil(&mut self, who: &Session, person: PersonId) -> Result<(), AppError> {
        let value = Some(i64::from(self.rng.between(1, 6)));
        self.give_evidence(who, person, evidence::Criterion::Desil, value, "DTSEN").await
    }

    /// Somebody shows what speaks for their priority.
    pub(super) async fn give_evidence(
        &mut self,
        who: &Session,
        person: PersonId,
        criterion: evidence::Criterion,
        value: Option<i64>,
        source: &str,
    ) -> Result<(), AppError> {
        self.pass();
        let evidence = Evidence {
            criterion,
            value,
            source: source.to_owned(),
            dated_on: self.today(),
            expires_on: None,
        };
        let app = &self.app;
        let done: Result<_, AppError> =
            async { transact!(app, tx => records::add_evidence(app, tx, who, person, &evidence).await) }
                .await;
        happened(done)?;
        Ok(())
    }

    /// An officer makes a step by hand: capital for somebody who wants a business.
    pub(super) async fn make_step(&mut self, kind: next_step::Kind) -> Result<(), AppError> {
        let at = self.rng.index(self.books.residents.len());
        let Some(person) = self.books.residents.get(at).map(|resident| resident.id) else { return Ok(()) };
        let new = next_steps::NewStep { person, kind, due_on: None, organisation: None, officer: None };
        let (app, by) = (&self.app, self.cast.officer(1).acting()?);
        let done: Result<_, AppError> =
            async { transact!(app, tx => next_steps::make(app, tx, &by, &new).await) }.await;
        happened(done)?;
        Ok(())
    }

    /// Somebody complains.
    pub(super) async fn complain(&mut self, kind: Kind, by: By) -> Result<(), AppError> {
        self.pass();
        let at = self.rng.index(self.cast.residents.len());
        let resident = self.cast.residents.get(at).cloned();
        let (session, person) = match (by, resident) {
            (By::Resident, Some((person, session))) => (Some(session), Some(person)),
            (By::Officer, Some((person, _))) => (Some(self.cast.officer(2).clone()), Some(person)),
            _ => (None, None),
        };
        let about =
            if kind == Kind::OfficerAskedMoney { None } else { self.cast.firms.get(SUSPECT).map(|at| at.id) };
        let new = NewComplaint {
            kind,
            said: said::complaint(kind).to_owned(),
            contact: session.is_none().then(|| said::CONTACT.to_owned()),
            person,
            vacancy: None,
            employer: about,
            application: None,
        };
        let app = &self.app;
        transact!(app, tx => complaints::make(app, tx, session.as_ref(), &new).await)?;
        Ok(())
    }

    /// Complaints are taken soon and closed after some days; what came in the last days is still to be looked into.
    pub(super) async fn handle_complaints(&mut self) -> Result<(), AppError> {
        if self.left() < 4 {
            return Ok(());
        }
        let supervisor = self.cast.supervisor.clone();
        let staff = supervisor.staff()?;
        for state in [State::InProgress, State::Open] {
            let found = complaints::page(&self.app, &staff, Some(state), None, 50).await?;
            for one in found {
                let age = self
                    .calendar
                    .working_days_between(crate::domain::calendar::jakarta_date(one.made_at), self.today());
                match state {
                    State::Open if age >= 1 => self.take_complaint(&supervisor, one.id).await?,
                    State::InProgress if age >= 6 && self.rng.percent(40) => {
                        let founded = matches!(one.kind, Kind::Fee | Kind::WithheldDiploma);
                        self.close_complaint(&supervisor, one.id, (one.kind, founded)).await?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    async fn take_complaint(&mut self, who: &Session, id: ComplaintId) -> Result<(), AppError> {
        self.pass();
        let (app, by) = (&self.app, who.acting()?);
        transact!(app, tx => complaints::take(app, tx, &by, id).await)?;
        Ok(())
    }

    async fn close_complaint(
        &mut self,
        who: &Session,
        id: ComplaintId,
        (kind, founded): (Kind, bool),
    ) -> Result<(), AppError> {
        self.pass();
        let (app, by) = (&self.app, who.acting()?);
        transact!(app, tx => complaints::close(app, tx, &by, id, founded, said::found(kind, founded)).await)?;
        Ok(())
    }
}

/// Every kind is complained about.
pub(super) const COMPLAINTS: [(usize, complaint::Kind, By); 7] = [
    (18, Kind::Tout, By::Nobody),
    (31, Kind::FalseVacancy, By::Resident),
    (52, Kind::Fee, By::Officer),
    (58, Kind::OfficerAskedMoney, By::Nobody),
    (71, Kind::WithheldDiploma, By::Resident),
    (97, Kind::Tout, By::Officer),
    (99, Kind::FalseVacancy, By::Nobody),
];
