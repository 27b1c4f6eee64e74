//! How an application and its history look to each audience. An employer sees a name only between
//! referral and the end of work, never an id, points, welfare data or an address.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        AppError,
        access::Session,
        applications::{
            self,
            notes::NoteView,
            workflow::{Outcome, Recorded},
        },
        reasons::ToldReason,
    },
    domain::{
        application::{self, State as ApplicationState},
        complaint,
        contact::Invitation,
        disclosure::Audience,
        ids::{AccountId, ApplicationId, EmployerId, EventId, PersonId, RunId, VacancyId},
        letter,
        machine::Actor,
    },
    store::{Tx, applications::Card, events::ApplicationEvent},
};

/// An application, with as much as the caller may see.
#[derive(Serialize, ToSchema)]
pub struct ApplicationView {
    pub id: ApplicationId,
    /// What it is for.
    pub vacancy_id: VacancyId,
    /// Title of the vacancy.
    pub title: String,
    /// Who offers it.
    pub employer_id: EmployerId,
    /// Name of the employer.
    pub employer_name: String,
    /// Where it stands.
    pub state: ApplicationState,
    /// Set aside while the person is hired elsewhere and has not started.
    pub held: bool,
    /// Who has to act next.
    pub awaits: Option<Actor>,
    /// The employer is suspended: nothing goes on with it, and its deadlines stand still.
    pub employer_suspended: bool,
    /// Business date by which that is due; none while it stands still.
    pub deadline: Option<NaiveDate>,
    /// Reminders made to the employer while an answer is due; for the office and the employer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminders: Option<i64>,
    /// When and where the person is expected; while the interview is ahead and the employer has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interview: Option<InvitationView>,
    /// What the person said about it as it stands, beside the states: whether they come, that they take the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<NoteView>,
    /// First working day, known once hired.
    pub starts_on: Option<NaiveDate>,
    /// Number of the referral letter.
    pub letter_number: Option<letter::Number>,
    /// What the caller can do with it now: each is the last word of an address below this application.
    pub actions: Vec<application::Action>,
    /// Version, as in the ETag.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Whose it is; an employer knows the person only from referral to the end of work, and by no id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<ApplicantView>,
    /// For the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking: Option<RankingView>,
}

/// An invitation to an interview.
#[derive(Serialize, ToSchema)]
pub struct InvitationView {
    /// The day.
    pub on: NaiveDate,
    /// The hour, `HH:MM`.
    pub hour: String,
    /// Where to come.
    pub place: String,
    /// What to bring.
    pub bring: Option<String>,
    /// By what the place is found.
    pub landmark: Option<String>,
}

impl From<Invitation> for InvitationView {
    fn from(i: Invitation) -> Self {
        Self { on: i.on, hour: i.hour, place: i.place, bring: i.bring, landmark: i.landmark }
    }
}

/// Whose application it is.
#[derive(Serialize, ToSchema)]
pub struct ApplicantView {
    /// Its id; not for employers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PersonId>,
    /// Full name.
    pub name: String,
    /// Number to call.
    pub phone: Option<String>,
}

/// Where the application comes from and what it is worth.
#[derive(Serialize, ToSchema)]
pub struct RankingView {
    /// The run that proposed it.
    pub run_id: Option<RunId>,
    /// Fit, points 0..1000.
    pub fit: i64,
    /// Priority, points 0..300.
    pub priority: i64,
    /// Order in the vacancy's queue: smaller is served first.
    pub reserve_order: i64,
}

impl ApplicationView {
    /// An application as the session may see it.
    pub fn of(card: Card, session: &Session) -> Result<Self, AppError> {
        let audience = session.audience()?;
        let (a, names) = (card.application, card.names);
        let sees_person = audience.sees_person(a.state, names.employer_state);
        let person = sees_person.then_some(ApplicantView {
            id: audience.sees_person_id().then_some(a.person_id),
            name: names.person_name,
            phone: names.person_phone,
        });
        let ranking = audience.sees_ranking().then_some(RankingView {
            run_id: a.run_id,
            fit: a.fit,
            priority: a.priority,
            reserve_order: a.reserve_order,
        });
        let mut actions = applications::actions(session, a.state);
        if a.held {
            actions.retain(|event| event.is_possible_while_held());
        }
        if audience == Audience::Employer && !names.employer_state.may_deal_with_the_referred() {
            actions.retain(|event| !event.takes_further());
        }
        Ok(Self {
            id: a.id,
            vacancy_id: a.vacancy_id,
            title: names.title,
            employer_id: names.employer_id,
            employer_name: names.employer_name,
            state: a.state,
            held: a.held,
            awaits: a.state.awaits(),
            employer_suspended: names.employer_state.stands_still(),
            deadline: a.deadline.filter(|_| !a.state.stands_still(names.employer_state)),
            reminders: audience.sees_reminders().then_some(names.reminders),
            interview: names
                .interview
                .invitation()
                .filter(|_| a.state == ApplicationState::Interview)
                .map(InvitationView::from),
            note: NoteView::of(names.note, audience).filter(|_| sees_person),
            starts_on: a.starts_on,
            letter_number: a.letter_number,
            actions: actions.into_iter().filter_map(application::Action::of).collect(),
            version: a.version,
            created_at: a.created_at,
            updated_at: a.updated_at,
            person,
            ranking,
        })
    }
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
pub struct EventView {
    pub id: EventId,
    /// The version it made.
    pub version: i64,
    /// What happened.
    pub event: application::Event,
    /// The state before.
    pub from: Option<ApplicationState>,
    /// The state after.
    pub to: ApplicationState,
    /// In which capacity somebody acted.
    pub actor: Actor,
    /// Why, as far as the caller may read it.
    #[schema(value_type = Option<ToldReason>)]
    pub reason: Option<String>,
    /// Of a refusal: the employer lets the person read its reason.
    #[serde(skip_serializing_if = "is_false")]
    pub shared: bool,
    /// Of an answer of the person: the family helped.
    #[serde(skip_serializing_if = "is_false")]
    pub helped: bool,
    /// The event it followed from.
    pub cause_id: Option<EventId>,
    /// The login; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    /// When.
    pub at: DateTime<Utc>,
}

impl From<ApplicationEvent> for EventView {
    fn from(e: ApplicationEvent) -> Self {
        Self {
            id: e.id,
            version: e.version,
            event: e.event,
            from: e.from_state,
            to: e.to_state,
            actor: e.actor,
            reason: e.reason,
            shared: e.shared,
            helped: e.helped,
            cause_id: e.cause_id,
            account_id: e.account_id,
            at: e.at,
        }
    }
}

const fn is_false(yes: &bool) -> bool {
    !*yes
}

/// A change that was made.
#[derive(Serialize, ToSchema)]
pub struct RecordedView {
    /// Which application.
    pub application_id: ApplicationId,
    /// What happened.
    pub event: application::Event,
    /// The state before.
    pub from: Option<ApplicationState>,
    /// The state after.
    pub to: ApplicationState,
}

impl From<&Recorded> for RecordedView {
    fn from(r: &Recorded) -> Self {
        Self { application_id: r.application, event: r.event, from: r.from, to: r.to }
    }
}

/// The application after an event, and every change it made: of this application, for officers also of others.
#[derive(Serialize, ToSchema)]
pub struct OutcomeView {
    /// The application now.
    pub application: ApplicationView,
    /// The changes, the one asked for first.
    pub recorded: Vec<RecordedView>,
    /// Number of the complaint that was opened, where somebody left because they were asked for money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<complaint::Number>,
}

impl OutcomeView {
    /// What an event did, in the caller's transaction, with the version of the application.
    pub async fn of(tx: &mut Tx, session: &Session, outcome: &Outcome) -> Result<(i64, Self), AppError> {
        let id = outcome.application.id;
        let card = applications::shown(tx, outcome).await?;
        let all = session.audience()?.sees_consequences();
        let told = outcome.recorded.iter().filter(|change| all || change.application == id);
        let recorded = told.map(RecordedView::from).collect();
        let version = card.application.version;
        let complaint = outcome.complaint.clone();
        Ok((version, Self { application: ApplicationView::of(card, session)?, recorded, complaint }))
    }
}
