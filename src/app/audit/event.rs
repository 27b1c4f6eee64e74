//! What the audit keeps: a closed list, each event with its object. Belongs here: the words of an audit row. Does not
//! belong here: who acted (`access::acting`), when rows are sealed (`audit`).
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::domain::{
    application, employer,
    ids::{
        AccountId, ApplicationId, ClassId, ComplaintId, EmployerId, EventId, InterestId, MessageId,
        NominationId, PersonId, RecordId, RunId, StepId, VacancyId,
    },
    vacancy,
};

/// What was done, to what; with the id of the event's own row where a state machine recorded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditEvent {
    /// An event of an application.
    Application(application::Event, ApplicationId, EventId),
    /// Somebody was tried about an application.
    ContactAttempt(ApplicationId),
    /// A follow-up after the start was answered.
    FollowUp(ApplicationId),
    /// Somebody said something about an application that moves nothing.
    ApplicationNote(ApplicationId),
    /// An event of a vacancy.
    Vacancy(vacancy::Event, VacancyId, EventId),
    /// What the employer said about many refusals was written down.
    EmployerSaid(VacancyId),
    /// An officer gave reasons for flags that were found on an open vacancy.
    FlagsAnswered(VacancyId),
    /// Flags were found on an open vacancy that was judged again.
    FlagsFound(VacancyId),
    /// An event of an employer.
    Employer(employer::Event, EmployerId, EventId),
    /// A plan to hire was announced.
    HiringPlanCreate(RecordId),
    /// A person was taken in.
    PersonCreate(PersonId),
    /// Contact, status or wishes of a person changed.
    PersonEdit(PersonId),
    /// Evidence of priority was added.
    PersonEvidence(PersonId),
    /// A copy of all that is held about a person was handed over.
    PersonExport(PersonId),
    /// A person was erased.
    PersonErase(PersonId),
    /// A one-time code for a person was printed.
    PersonCode(PersonId),
    /// A one-time code was exchanged: a login holds its person.
    PersonActivate(PersonId),
    /// A code was made with which somebody sees where the person's applications stand.
    PersonStatusCode(PersonId),
    /// It was revoked.
    PersonStatusCodeRevoke(PersonId),
    /// An officer said which items of a profile are proved.
    PersonVerify(PersonId),
    /// A change of what was verified was asked for.
    PersonChangeAsk(PersonId),
    /// It was decided.
    PersonChangeDecide(PersonId),
    /// A person said whether the companion of the village may help.
    PersonAccompany(PersonId),
    /// A class of training was taken in.
    ClassCreate(ClassId),
    /// Name, days or members of a class changed.
    ClassEdit(ClassId),
    /// It was stored how a class ended for its members.
    ClassResults(ClassId),
    /// A next step was made by hand.
    NextStepCreate(StepId),
    /// A next step was given to somebody, or its day moved.
    NextStepAssign(StepId),
    /// It was stored what came of a next step.
    NextStepAnswer(StepId),
    /// Publishing a run made next steps.
    RunNextSteps(RunId),
    /// Somebody complained.
    ComplaintCreate(ComplaintId),
    /// An officer took a complaint.
    ComplaintTake(ComplaintId),
    /// A complaint was closed.
    ComplaintClose(ComplaintId),
    /// Somebody without a login said that a vacancy interests them.
    InterestCreate(InterestId),
    /// It was stored what came of calling them.
    InterestHandle(InterestId),
    /// A prepared text was opened.
    MessageOpen(MessageId),
    /// Somebody was told what it says.
    MessageSent(MessageId),
    /// It was stored what they answered.
    MessageReply(MessageId),
    /// A message that failed is tried anew.
    MessageAgain(MessageId),
    /// An agency named somebody by NIK.
    NominationCreate(NominationId),
    /// An officer decided it.
    NominationDecide(NominationId),
    /// A login was made.
    AccountCreate(AccountId),
    /// A login got another password.
    AccountPassword(AccountId),
    /// A login was made unusable.
    AccountDisable(AccountId),
    /// A day became a holiday, or was said otherwise.
    HolidaySet(NaiveDate),
    /// A day is no holiday any more.
    HolidayRemove(NaiveDate),
    /// A holiday left this day for another, which has a row of its own beside.
    HolidayMove(NaiveDate),
}

impl AuditEvent {
    /// The word of the row: kind of the object, a dot, what was done.
    pub fn action(&self) -> String {
        let (kind, _) = self.object();
        format!("{kind}.{}", self.verb())
    }

    /// Kind and id of the object.
    pub fn object(&self) -> (&'static str, Uuid) {
        match self {
            Self::Application(_, id, _)
            | Self::ContactAttempt(id)
            | Self::FollowUp(id)
            | Self::ApplicationNote(id) => ("application", id.0),
            Self::Vacancy(_, id, _)
            | Self::EmployerSaid(id)
            | Self::FlagsAnswered(id)
            | Self::FlagsFound(id) => ("vacancy", id.0),
            Self::Employer(_, id, _) => ("employer", id.0),
            Self::HiringPlanCreate(id) => ("hiring_plan", id.0),
            Self::PersonCreate(id)
            | Self::PersonEdit(id)
            | Self::PersonEvidence(id)
            | Self::PersonExport(id)
            | Self::PersonErase(id)
            | Self::PersonCode(id)
            | Self::PersonActivate(id)
            | Self::PersonStatusCode(id)
            | Self::PersonStatusCodeRevoke(id)
            | Self::PersonVerify(id)
            | Self::PersonChangeAsk(id)
            | Self::PersonChangeDecide(id)
            | Self::PersonAccompany(id) => ("person", id.0),
            Self::ClassCreate(id) | Self::ClassEdit(id) | Self::ClassResults(id) => ("class", id.0),
            Self::NextStepCreate(id) | Self::NextStepAssign(id) | Self::NextStepAnswer(id) => {
                ("next_step", id.0)
            }
            Self::RunNextSteps(id) => ("run", id.0),
            Self::ComplaintCreate(id) | Self::ComplaintTake(id) | Self::ComplaintClose(id) => {
                ("complaint", id.0)
            }
            Self::InterestCreate(id) | Self::InterestHandle(id) => ("interest", id.0),
            Self::MessageOpen(id)
            | Self::MessageSent(id)
            | Self::MessageReply(id)
            | Self::MessageAgain(id) => ("message", id.0),
            Self::NominationCreate(id) | Self::NominationDecide(id) => ("nomination", id.0),
            Self::AccountCreate(id) | Self::AccountPassword(id) | Self::AccountDisable(id) => {
                ("account", id.0)
            }
            Self::HolidaySet(day) | Self::HolidayRemove(day) | Self::HolidayMove(day) => {
                ("holiday", of_day(*day))
            }
        }
    }

    /// The event recorded with it in a table of its own.
    pub fn recorded(&self) -> Option<EventId> {
        match self {
            Self::Application(_, _, id) | Self::Vacancy(_, _, id) | Self::Employer(_, _, id) => Some(*id),
            Self::ContactAttempt(_)
            | Self::FollowUp(_)
            | Self::ApplicationNote(_)
            | Self::EmployerSaid(_)
            | Self::FlagsAnswered(_)
            | Self::FlagsFound(_)
            | Self::HiringPlanCreate(_)
            | Self::PersonCreate(_)
            | Self::PersonEdit(_)
            | Self::PersonEvidence(_)
            | Self::PersonExport(_)
            | Self::PersonErase(_)
            | Self::PersonCode(_)
            | Self::PersonActivate(_)
            | Self::PersonStatusCode(_)
            | Self::PersonStatusCodeRevoke(_)
            | Self::PersonVerify(_)
            | Self::PersonChangeAsk(_)
            | Self::PersonChangeDecide(_)
            | Self::PersonAccompany(_)
            | Self::ClassCreate(_)
            | Self::ClassEdit(_)
            | Self::ClassResults(_)
            | Self::NextStepCreate(_)
            | Self::NextStepAssign(_)
            | Self::NextStepAnswer(_)
            | Self::RunNextSteps(_)
            | Self::ComplaintCreate(_)
            | Self::ComplaintTake(_)
            | Self::ComplaintClose(_)
            | Self::InterestCreate(_)
            | Self::InterestHandle(_)
            | Self::MessageOpen(_)
            | Self::MessageSent(_)
            | Self::MessageReply(_)
            | Self::MessageAgain(_)
            | Self::NominationCreate(_)
            | Self::NominationDecide(_)
            | Self::AccountCreate(_)
            | Self::AccountPassword(_)
            | Self::AccountDisable(_)
            | Self::HolidaySet(_)
            | Self::HolidayRemove(_)
            | Self::HolidayMove(_) => None,
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Self::Application(event, ..) => event.as_str(),
            Self::Vacancy(event, ..) => event.as_str(),
            Self::Employer(event, ..) => event.as_str(),
            Self::ContactAttempt(_) => "contact_attempt",
            Self::FollowUp(_) => "follow_up",
            Self::ApplicationNote(_) => "note",
            Self::EmployerSaid(_) => "employer_said",
            Self::FlagsAnswered(_) => "flags_answered",
            Self::FlagsFound(_) => "flags_found",
            Self::HiringPlanCreate(_)
            | Self::PersonCreate(_)
            | Self::ClassCreate(_)
            | Self::NextStepCreate(_)
            | Self::ComplaintCreate(_)
            | Self::InterestCreate(_)
            | Self::NominationCreate(_)
            | Self::AccountCreate(_) => "create",
            Self::NominationDecide(_) => "decide",
            Self::PersonEdit(_) | Self::ClassEdit(_) => "edit",
            Self::ClassResults(_) => "results",
            Self::NextStepAssign(_) => "assign",
            Self::NextStepAnswer(_) => "answer",
            Self::RunNextSteps(_) => "next_steps",
            Self::ComplaintTake(_) => "take",
            Self::ComplaintClose(_) => "close",
            Self::InterestHandle(_) => "handle",
            Self::MessageOpen(_) => "open",
            Self::MessageSent(_) => "sent",
            Self::MessageReply(_) => "reply",
            Self::MessageAgain(_) => "again",
            Self::PersonEvidence(_) => "evidence",
            Self::PersonExport(_) => "export",
            Self::PersonErase(_) => "erase",
            Self::PersonCode(_) => "code",
            Self::PersonActivate(_) => "activate",
            Self::PersonStatusCode(_) => "status_code",
            Self::PersonStatusCodeRevoke(_) => "status_code_revoke",
            Self::PersonVerify(_) => "verify",
            Self::PersonChangeAsk(_) => "change_ask",
            Self::PersonChangeDecide(_) => "change_decide",
            Self::PersonAccompany(_) => "accompany",
            Self::AccountPassword(_) => "password",
            Self::AccountDisable(_) => "disable",
            Self::HolidaySet(_) => "set",
            Self::HolidayRemove(_) => "remove",
            Self::HolidayMove(_) => "move",
        }
    }
}

/// A day as the id of an object: it reads like the day, `20270309-0000-0000-0000-000000000000` is 9 March 2027.
fn of_day(day: NaiveDate) -> Uuid {
    let digits = format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    Uuid::from_fields(u32::from_str_radix(&digits, 16).unwrap_or_default(), 0, 0, &[0; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Uuid = Uuid::from_u128(7);
    const EVENT: EventId = EventId(Uuid::from_u128(9));

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 9).unwrap()
    }

    #[test]
    fn a_day_can_be_read_in_its_id() {
        assert_eq!(of_day(day()).to_string(), "20270309-0000-0000-0000-000000000000");
    }

    /// One of each kind. A new kind does not compile until it stands in `kinds` below.
    fn every() -> Vec<AuditEvent> {
        let applications = application::Event::ALL.iter();
        let vacancies = vacancy::Event::ALL.iter();
        let employers = employer::Event::ALL.iter();
        let mut all: Vec<AuditEvent> = Vec::new();
        all.extend(applications.map(|event| AuditEvent::Application(*event, ApplicationId(ID), EVENT)));
        all.extend(vacancies.map(|event| AuditEvent::Vacancy(*event, VacancyId(ID), EVENT)));
        all.extend(employers.map(|event| AuditEvent::Employer(*event, EmployerId(ID), EVENT)));
        all.extend([
            AuditEvent::ContactAttempt(ApplicationId(ID)),
            AuditEvent::FollowUp(ApplicationId(ID)),
            AuditEvent::EmployerSaid(VacancyId(ID)),
            AuditEvent::FlagsAnswered(VacancyId(ID)),
            AuditEvent::FlagsFound(VacancyId(ID)),
            AuditEvent::HiringPlanCreate(RecordId(ID)),
            AuditEvent::PersonCreate(PersonId(ID)),
            AuditEvent::PersonEdit(PersonId(ID)),
            AuditEvent::PersonEvidence(PersonId(ID)),
            AuditEvent::PersonExport(PersonId(ID)),
            AuditEvent::PersonErase(PersonId(ID)),
            AuditEvent::PersonCode(PersonId(ID)),
            AuditEvent::PersonActivate(PersonId(ID)),
            AuditEvent::ClassCreate(ClassId(ID)),
            AuditEvent::ClassEdit(ClassId(ID)),
            AuditEvent::ClassResults(ClassId(ID)),
            AuditEvent::NextStepCreate(StepId(ID)),
            AuditEvent::NextStepAssign(StepId(ID)),
            AuditEvent::NextStepAnswer(StepId(ID)),
            AuditEvent::RunNextSteps(RunId(ID)),
            AuditEvent::ComplaintCreate(ComplaintId(ID)),
            AuditEvent::ComplaintTake(ComplaintId(ID)),
            AuditEvent::ComplaintClose(ComplaintId(ID)),
            AuditEvent::NominationCreate(NominationId(ID)),
            AuditEvent::NominationDecide(NominationId(ID)),
            AuditEvent::AccountCreate(AccountId(ID)),
            AuditEvent::AccountPassword(AccountId(ID)),
            AuditEvent::AccountDisable(AccountId(ID)),
            AuditEvent::HolidaySet(day()),
            AuditEvent::HolidayRemove(day()),
            AuditEvent::HolidayMove(day()),
            AuditEvent::PersonVerify(PersonId(ID)),
            AuditEvent::PersonChangeAsk(PersonId(ID)),
            AuditEvent::PersonChangeDecide(PersonId(ID)),
            AuditEvent::MessageOpen(MessageId(ID)),
            AuditEvent::MessageSent(MessageId(ID)),
            AuditEvent::MessageReply(MessageId(ID)),
            AuditEvent::MessageAgain(MessageId(ID)),
            AuditEvent::PersonStatusCode(PersonId(ID)),
            AuditEvent::PersonStatusCodeRevoke(PersonId(ID)),
            AuditEvent::PersonAccompany(PersonId(ID)),
            AuditEvent::ApplicationNote(ApplicationId(ID)),
            AuditEvent::InterestCreate(InterestId(ID)),
            AuditEvent::InterestHandle(InterestId(ID)),
        ]);
        all
    }

    fn kind(event: &AuditEvent) -> usize {
        match event {
            AuditEvent::Application(..) => 0,
            AuditEvent::Vacancy(..) => 1,
            AuditEvent::Employer(..) => 2,
            AuditEvent::ContactAttempt(_) => 3,
            AuditEvent::FollowUp(_) => 4,
            AuditEvent::EmployerSaid(_) => 5,
            AuditEvent::FlagsAnswered(_) => 6,
            AuditEvent::FlagsFound(_) => 7,
            AuditEvent::HiringPlanCreate(_) => 8,
            AuditEvent::PersonCreate(_) => 9,
            AuditEvent::PersonEdit(_) => 10,
            AuditEvent::PersonEvidence(_) => 11,
            AuditEvent::PersonExport(_) => 12,
            AuditEvent::PersonErase(_) => 13,
            AuditEvent::PersonCode(_) => 14,
            AuditEvent::PersonActivate(_) => 15,
            AuditEvent::ClassCreate(_) => 16,
            AuditEvent::ClassEdit(_) => 17,
            AuditEvent::ClassResults(_) => 18,
            AuditEvent::NextStepCreate(_) => 19,
            AuditEvent::NextStepAssign(_) => 20,
            AuditEvent::NextStepAnswer(_) => 21,
            AuditEvent::RunNextSteps(_) => 22,
            AuditEvent::ComplaintCreate(_) => 23,
            AuditEvent::ComplaintTake(_) => 24,
            AuditEvent::ComplaintClose(_) => 25,
            AuditEvent::NominationCreate(_) => 26,
            AuditEvent::NominationDecide(_) => 27,
            AuditEvent::AccountCreate(_) => 28,
            AuditEvent::AccountPassword(_) => 29,
            AuditEvent::AccountDisable(_) => 30,
            AuditEvent::HolidaySet(_) => 31,
            AuditEvent::HolidayRemove(_) => 32,
            AuditEvent::HolidayMove(_) => 33,
            AuditEvent::PersonVerify(_) => 34,
            AuditEvent::PersonChangeAsk(_) => 35,
            AuditEvent::PersonChangeDecide(_) => 36,
            AuditEvent::MessageOpen(_) => 37,
            AuditEvent::MessageSent(_) => 38,
            AuditEvent::MessageReply(_) => 39,
            AuditEvent::MessageAgain(_) => 40,
            AuditEvent::PersonStatusCode(_) => 41,
            AuditEvent::PersonStatusCodeRevoke(_) => 42,
            AuditEvent::PersonAccompany(_) => 43,
            AuditEvent::ApplicationNote(_) => 44,
            AuditEvent::InterestCreate(_) => 45,
            AuditEvent::InterestHandle(_) => 46,
        }
    }

    #[test]
    fn every_kind_is_looked_at() {
        let mut kinds: Vec<usize> = every().iter().map(kind).collect();
        kinds.dedup();
        assert_eq!(kinds, (0..47).collect::<Vec<_>>(), "every kind once, in order");
    }

    /// The words of the audit from one place on in the order of `every`, so many.
    fn words(from: usize, count: usize) -> String {
        let words: Vec<String> = every().iter().skip(from).take(count).map(AuditEvent::action).collect();
        words.join("\n")
    }

    /// Events of applications, and of the two other machines.
    fn machines() -> (usize, usize) {
        (application::Event::ALL.len(), vacancy::Event::ALL.len() + employer::Event::ALL.len())
    }

    #[test]
    fn the_words_for_vacancies_and_employers_stay_as_they_are() {
        let (of_applications, of_machines) = machines();
        insta::assert_snapshot!(words(of_applications, of_machines), @"
        vacancy.create
        vacancy.import
        vacancy.complete
        vacancy.submit
        vacancy.send_back
        vacancy.publish
        vacancy.reject
        vacancy.pause
        vacancy.resume
        vacancy.suspend
        vacancy.reinstate
        vacancy.fill
        vacancy.reopen
        vacancy.close
        vacancy.expire
        vacancy.extend
        vacancy.edit
        employer.register
        employer.verify
        employer.suspend
        employer.reinstate
        employer.reject
        ");
    }

    #[test]
    fn the_words_of_the_audit_stay_as_they_are() {
        let (of_applications, of_machines) = machines();
        insta::assert_snapshot!(words(of_applications + of_machines, usize::MAX), @"
        application.contact_attempt
        application.follow_up
        vacancy.employer_said
        vacancy.flags_answered
        vacancy.flags_found
        hiring_plan.create
        person.create
        person.edit
        person.evidence
        person.export
        person.erase
        person.code
        person.activate
        class.create
        class.edit
        class.results
        next_step.create
        next_step.assign
        next_step.answer
        run.next_steps
        complaint.create
        complaint.take
        complaint.close
        nomination.create
        nomination.decide
        account.create
        account.password
        account.disable
        holiday.set
        holiday.remove
        holiday.move
        person.verify
        person.change_ask
        person.change_decide
        message.open
        message.sent
        message.reply
        message.again
        person.status_code
        person.status_code_revoke
        person.accompany
        application.note
        interest.create
        interest.handle
        ");
    }

    #[test]
    fn the_words_for_applications_stay_as_they_are() {
        insta::assert_snapshot!(words(0, application::Event::ALL.len()), @"
        application.propose
        application.apply
        application.confirm
        application.consent
        application.refer
        application.dismiss
        application.decline
        application.invite
        application.offer
        application.hire
        application.start
        application.no_show
        application.refuse
        application.withdraw
        application.lapse
        application.close
        application.renew
        application.retire
        application.supersede
        application.end
        application.extend
        application.undo
        application.correct
        application.hold
        application.release
        ");
    }

    #[test]
    fn a_row_names_its_object_and_only_machines_record_an_event() {
        for event in every() {
            let (object, id) = event.object();
            assert!(event.action().starts_with(&format!("{object}.")));
            assert_eq!(id, if object == "holiday" { of_day(day()) } else { ID });
            assert_eq!(event.recorded().is_some(), kind(&event) < 3, "{}", event.action());
        }
    }
}
