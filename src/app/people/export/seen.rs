//! The copy of one's own data as it is handed over. Belongs here: which fields it has. Every field has its sentence in
//! `words::id::own_data` (a test compares the two), every column that names a person stands in here or in the list of
//! what is left out and why (`tests/it/spine/export.rs`). Does not belong here: gathering the rows.
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        applications::records::{AttemptView, FollowUpView},
        people::{
            accompaniment::SaidView,
            requests::ChangeRequestView,
            seen::{CertificateView, ExperienceView, MarkView, WishesView},
        },
    },
    domain::{
        application::{Event, State},
        complaint,
        contact::{ConsentChannel, Guardian},
        evidence::Criterion,
        ids::{ApplicationId, PersonId},
        interest, letter,
        machine::Actor,
        message::{self, Delivery, Reply},
        next_step,
        nik::Sex,
        nomination, note,
        person::Status,
        run::Kind,
        training,
    },
};

/// All that the service holds about the persons of a login, or about one person, as one document that explains itself.
#[derive(Serialize, ToSchema)]
pub struct OwnData {
    /// When the copy was made.
    pub made_at: DateTime<Utc>,
    /// What this is and what to do with it, in Bahasa Indonesia.
    pub about: Vec<String>,
    /// What each field means, in Bahasa Indonesia, by its path in this document.
    #[schema(value_type = BTreeMap<String, String>, example = json!({"people[].name": "Nama lengkap."}))]
    pub fields: BTreeMap<&'static str, &'static str>,
    /// What each code means, in Bahasa Indonesia, by the list it belongs to.
    #[schema(value_type = BTreeMap<String, BTreeMap<String, String>>)]
    pub codes: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    /// What is held and not in the copy, and why.
    pub left_out: Vec<LeftOut>,
    /// The login that asked; none in a copy that an officer made.
    pub login: Option<OwnLogin>,
    /// Whose data it is.
    pub people: Vec<PersonCopy>,
}

/// Something that is held and not in the copy.
#[derive(Serialize, ToSchema)]
pub struct LeftOut {
    /// What, in Bahasa Indonesia.
    #[schema(value_type = String)]
    pub what: &'static str,
    /// Why, in Bahasa Indonesia.
    #[schema(value_type = String)]
    pub why: &'static str,
}

/// The login that asked for its copy.
#[derive(Serialize, ToSchema)]
pub struct OwnLogin {
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// One person.
#[derive(Serialize, ToSchema)]
pub struct PersonCopy {
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Never used for ranking.
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<String>,
    /// Date of birth; used for the legal minimum age only.
    pub birth_date: NaiveDate,
    /// How to reach the person.
    pub contact: ContactCopy,
    /// Highest education.
    pub education: Option<String>,
    /// Field of study.
    pub major: Option<String>,
    /// Kind of disability, if told.
    pub disability: Option<String>,
    /// Status outside applications.
    pub status: Status,
    /// From when the person can work.
    pub available_from: Option<NaiveDate>,
    /// Number of the jobseeker's card.
    pub ak1_number: Option<String>,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
    /// Objected to automatic ranking.
    pub objects_to_ranking: bool,
    /// Name of the first agency that nominated the person.
    pub nominated_by: Option<String>,
    /// Applications that are live, 0 to 3.
    pub live: i64,
    /// Hired or started through this service.
    pub placed: bool,
    /// Whether the person is invented.
    pub sample: bool,
    /// Grows by one with every change.
    pub version: i64,
    /// When registered here.
    pub created_at: DateTime<Utc>,
    /// When the profile last changed.
    pub updated_at: DateTime<Utc>,
    /// How many logins see these data as the person's own.
    pub logins: i64,
    pub wishes: WishesView,
    pub trainings: Vec<TrainingCopy>,
    /// Certificates and licences.
    pub certificates: Vec<CertificateView>,
    /// Jobs held before.
    pub experiences: Vec<ExperienceView>,
    /// Skills as told.
    pub skills: Vec<String>,
    /// What the person said about being ranked automatically, oldest first.
    pub ranking_consents: Vec<RankingConsentCopy>,
    /// The companion of the village may help.
    pub accompanied: bool,
    /// What the person said about being helped by the companion, oldest first.
    pub accompaniments: Vec<SaidView>,
    /// Who said which items of the profile, and what was verified.
    pub marks: Vec<MarkView>,
    /// Changes that were asked for.
    pub change_requests: Vec<ChangeRequestView>,
    /// Codes with which others see where the applications stand, oldest first; those that expired are forgotten.
    pub status_codes: Vec<StatusCodeCopy>,
    /// What was to happen next, oldest first.
    pub next_steps: Vec<StepCopy>,
    /// What the person was told, oldest first.
    pub messages: Vec<MessageCopy>,
    /// What the person complained about, oldest first.
    pub complaints: Vec<ComplaintCopy>,
    /// In what the person said interest without a login, under the same number and name, oldest first.
    pub interests: Vec<InterestCopy>,
    /// Which agencies named the person, oldest first.
    pub nominations: Vec<NominationCopy>,
    /// Evidence of priority, also what counts no more.
    pub evidence: Vec<EvidenceCopy>,
    /// Applications in every state, also what no officer confirmed yet.
    pub applications: Vec<ApplicationCopy>,
    /// What match runs worked out.
    pub judgements: Vec<JudgementCopy>,
    /// Runs that did not know the family's desil.
    pub desil_unknown: Vec<DesilUnknownCopy>,
    /// What was done to the record.
    pub deeds: Vec<DeedCopy>,
}

/// How to reach a person.
#[derive(Serialize, ToSchema)]
pub struct ContactCopy {
    /// Number to call.
    pub phone: Option<String>,
    /// Village code of the home.
    pub village: Option<String>,
    /// Name of the village with its district.
    pub village_name: Option<String>,
    /// Street address.
    pub address: Option<String>,
}

/// What somebody said about being ranked automatically.
#[derive(Serialize, ToSchema)]
pub struct RankingConsentCopy {
    /// Yes or no.
    pub given: bool,
    /// Version of the words in which they were asked.
    pub wording: String,
    /// Asked when a class was taken in.
    pub in_class: bool,
    /// When.
    pub given_at: DateTime<Utc>,
}

/// That there is a code with which others see where the applications stand; the code itself nobody can read again.
#[derive(Serialize, ToSchema)]
pub struct StatusCodeCopy {
    pub made_at: DateTime<Utc>,
    /// Until when it may be used.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked, or another one took its place.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// What was to happen next for the person.
#[derive(Serialize, ToSchema)]
pub struct StepCopy {
    pub kind: next_step::Kind,
    /// Name of the office that saw to it; none: the labour office.
    pub office: Option<String>,
    /// The officer's name, as the person might ask for them.
    pub officer: Option<String>,
    /// Day by which it was due.
    pub due_on: NaiveDate,
    pub made_at: DateTime<Utc>,
    /// Made when the result of a match run was published, not by hand.
    pub by_run: bool,
    /// None while it is open.
    pub outcome: Option<next_step::Outcome>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// What the person complained about.
#[derive(Serialize, ToSchema)]
pub struct ComplaintCopy {
    pub number: complaint::Number,
    pub kind: complaint::Kind,
    /// What was said.
    pub said: String,
    pub contact: Option<String>,
    pub state: complaint::State,
    /// What the office found.
    pub answer: Option<String>,
    pub made_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// An interest that was said without a login.
#[derive(Serialize, ToSchema)]
pub struct InterestCopy {
    pub number: interest::Number,
    /// Title of the vacancy.
    pub title: String,
    pub employer_name: String,
    /// The name that was given.
    pub name: String,
    pub phone: String,
    /// Region code.
    pub village: String,
    /// The office may tell of other vacancies too.
    pub other_vacancies: bool,
    pub made_at: DateTime<Utc>,
    /// The day by which an officer calls.
    pub call_by: NaiveDate,
    /// What came of it.
    pub outcome: Option<interest::Outcome>,
    pub handled_at: Option<DateTime<Utc>>,
}

/// That an agency named the person.
#[derive(Serialize, ToSchema)]
pub struct NominationCopy {
    /// Name of the agency.
    pub office: String,
    pub state: nomination::State,
    pub made_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// A training.
#[derive(Serialize, ToSchema)]
pub struct TrainingCopy {
    /// What was trained.
    pub programme: String,
    /// When it ended.
    pub ended_on: Option<NaiveDate>,
    /// What became of it.
    #[schema(value_type = Option<training::Outcome>)]
    pub result: Option<String>,
    /// The class (angkatan) in which it was taken.
    pub class: Option<ClassCopy>,
}

/// A class of a training programme.
#[derive(Serialize, ToSchema)]
pub struct ClassCopy {
    pub name: String,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
}

/// Dated evidence of priority.
#[derive(Serialize, ToSchema)]
pub struct EvidenceCopy {
    /// What it speaks for.
    pub criterion: Criterion,
    /// The decile, or 1.
    pub value: i64,
    /// Where it comes from.
    pub source: String,
    /// Date of the data.
    pub dated_on: NaiveDate,
    /// Nobody told the date: it is the day of registration, and the office looks it up.
    pub date_is_registration: bool,
    /// Last day on which it counts.
    pub expires_on: NaiveDate,
    /// Name of the office that brought it.
    pub brought_by: Option<String>,
}

/// An application with everything that was written down about it.
#[derive(Serialize, ToSchema)]
pub struct ApplicationCopy {
    pub id: ApplicationId,
    /// Title of the vacancy.
    pub title: String,
    /// Who offers it.
    pub employer_name: String,
    /// Where it stands.
    pub state: State,
    /// Since when the person knows of it; none: no officer confirmed it yet, and it may come to nothing.
    pub known_since: Option<DateTime<Utc>>,
    /// Set aside while the person is hired elsewhere and has not started.
    pub held: bool,
    /// Business date by which the next answer is due.
    pub deadline: Option<NaiveDate>,
    /// First working day, known once hired: the placement.
    pub starts_on: Option<NaiveDate>,
    /// Number of the referral letter.
    pub letter_number: Option<letter::Number>,
    /// Business date of the run that proposed it; none when made by hand.
    pub run_on: Option<NaiveDate>,
    /// Fit, points 0..1000.
    pub fit: i64,
    /// Priority, points 0..300.
    pub priority: i64,
    /// Order in the vacancy's queue: smaller is served first.
    pub reserve_order: i64,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The newest invitation to an interview.
    pub interview: Option<InterviewCopy>,
    /// What the person agreed to.
    pub consents: Vec<ConsentCopy>,
    /// Tries to reach the person.
    pub attempts: Vec<AttemptView>,
    /// Questions after the start of work, and their answers.
    pub follow_ups: Vec<FollowUpView>,
    /// What was said about it beside its states, oldest first.
    pub notes: Vec<NoteCopy>,
    /// What happened, oldest first.
    pub events: Vec<EventCopy>,
}

/// What was said about an application beside its states.
#[derive(Serialize, ToSchema)]
pub struct NoteCopy {
    /// What.
    pub kind: note::Kind,
    /// In own words.
    pub text: Option<String>,
    /// Who said it, or wrote it down.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
}

/// An invitation to an interview.
#[derive(Serialize, ToSchema)]
pub struct InterviewCopy {
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
    /// When the invitation was made.
    pub made_at: Option<DateTime<Utc>>,
}

/// That the person was told something, and what they answered.
#[derive(Serialize, ToSchema)]
pub struct MessageCopy {
    /// About what.
    pub kind: message::Kind,
    /// About which application.
    pub application_id: Option<ApplicationId>,
    /// Where it stands.
    pub state: Delivery,
    /// When it was prepared.
    pub made_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
    /// What was written to the person.
    pub text: Option<String>,
    /// To which number.
    pub number: Option<String>,
    /// What the person answered.
    pub reply: Option<Reply>,
    /// When that was written down.
    pub replied_at: Option<DateTime<Utc>>,
}

/// A consent as it was given.
#[derive(Serialize, ToSchema)]
pub struct ConsentCopy {
    /// How it was given.
    pub channel: ConsentChannel,
    /// The number dialled, for `phone`, or that wrote, for `whatsapp`.
    pub number_dialled: Option<String>,
    /// Whether the person themself spoke.
    pub self_spoke: bool,
    /// Who consented in writing besides, where the person is below 18.
    pub guardian: Option<Guardian>,
    /// The text that was answered, for `whatsapp`.
    pub text_shown: Option<String>,
    /// Version of the wording that was read out or shown.
    pub wording: String,
    /// Last day on which it counts.
    pub ends_on: NaiveDate,
    /// When it was given.
    pub given_at: DateTime<Utc>,
}

/// One thing that happened, without whose login it was and without what it followed from.
#[derive(Serialize, ToSchema)]
pub struct EventCopy {
    /// What happened.
    pub event: Event,
    /// The state before.
    pub from: Option<State>,
    /// The state after.
    pub to: State,
    /// In which capacity somebody acted.
    pub actor: Actor,
    /// Why: own words as they were said, of others' the code alone, of an employer's nothing unless it was shared.
    pub reason: Option<String>,
    /// Of a refusal: the employer shared why.
    pub shared: bool,
    /// Of an answer: the family helped.
    pub helped: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a run worked out about the person and one vacancy.
#[derive(Serialize, ToSchema)]
pub struct JudgementCopy {
    /// Business date of the run.
    pub run_on: NaiveDate,
    /// When its proposals became applications; none where it was a trial.
    pub published_at: Option<DateTime<Utc>>,
    /// Title of the vacancy.
    pub title: String,
    /// Who offers it.
    pub employer_name: String,
    /// Proposed, or a runner-up.
    pub kind: Kind,
    /// Place in there, from 1.
    pub place: i64,
    /// Fit, points 0..1000.
    pub fit: i64,
    /// Priority, points 0..300.
    pub priority: i64,
    /// Why the proposal was left out later, a code.
    pub dropped: Option<String>,
    /// Reasons for, with points and the lines of profile and ad they rest on; in Bahasa Indonesia.
    pub reasons: Vec<String>,
    /// Criteria behind the priority, with points; in Bahasa Indonesia.
    pub priority_reasons: Vec<String>,
    /// What is asked for and not shown, what is not known, what stands against it; in Bahasa Indonesia.
    pub against: Vec<String>,
    /// The way between home and work, metres.
    pub distance_m: Option<u32>,
}

/// A run that did not know the desil of the person's family.
#[derive(Serialize, ToSchema)]
pub struct DesilUnknownCopy {
    /// Business date of the run.
    pub run_on: NaiveDate,
    /// Free places of the vacancies the person could be proposed for.
    pub seats: i64,
    /// How many vacancies these are.
    pub vacancies: i64,
}

/// Something that was done to the record.
#[derive(Serialize, ToSchema)]
pub struct DeedCopy {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by the role alone.
    pub actor: String,
    /// What.
    pub action: String,
}
