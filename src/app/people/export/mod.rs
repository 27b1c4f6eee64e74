//! The copy of all that is held about a person (UU 27/2022 art. 7 and 13): asked for by the person's own login, or made by
//! an officer at the terminal to be handed over. Whoever makes it, it is written for the person (`Audience::OwnCopy`): what
//! no officer confirmed yet is in it, other people, the words of others and keys are not. Each copy is an audit row in the
//! transaction that reads it, so that whoever finds their login used sees when.
pub mod seen;

use std::collections::HashMap;

use crate::{
    app::{
        App, AppError,
        access::{
            Trainee, WRONG_ROLE,
            acting::{Acting, Reach},
        },
        applications,
        audit::{self, AuditEvent},
        people::{
            accompaniment::SaidView,
            requests::ChangeRequestView,
            seen::{CertificateView, ExperienceView, MarkView, WishesView},
        },
    },
    domain::{
        access::Right,
        disclosure::Audience,
        ids::{ApplicationId, OrganisationId, PersonId, RecordId},
        region,
    },
    matching::explanation::Explanation,
    store::{
        Tx, accompaniments, accounts, change_requests,
        classes::{self, RankingConsent},
        complaints::{self, Complaint},
        contacts::Consent,
        events::{self, ApplicationEvent},
        interests,
        messages::{self, Received},
        next_steps::{self, Step},
        nominations,
        notes::{self, Note},
        organisations,
        own_data::{self, Attended, Deed, Held, Judgement, Unknown},
        people::{self, Person, Wishes},
        profile_marks,
        profiles::{self, Criterion, Training},
        status_codes::{self, StatusCode},
        undated_evidence,
    },
    transact,
    words::id::{own_data as words, reasons},
};
use seen::{
    ApplicationCopy, ClassCopy, ComplaintCopy, ConsentCopy, ContactCopy, DeedCopy, DesilUnknownCopy,
    EventCopy, EvidenceCopy, InterestCopy, InterviewCopy, JudgementCopy, LeftOut, MessageCopy,
    NominationCopy, NoteCopy, OwnData, OwnLogin, PersonCopy, RankingConsentCopy, StatusCodeCopy, StepCopy,
    TrainingCopy,
};

/// The copy for a resident's login: of one person it holds, or of all.
///
/// # Errors
/// `not_found` for a person the login does not hold.
pub async fn own(app: &App, who: &Trainee, person: Option<PersonId>) -> Result<OwnData, AppError> {
    let acting = who.acting();
    let scope = acting.reach().people()?;
    transact!(app, tx => {
        let found = match person {
            Some(id) => vec![people::find(tx, &scope, id).await?.ok_or(AppError::NotFound)?],
            None => people::page(tx, &scope, None, i64::MAX).await?,
        };
        let mut copies = Vec::new();
        for person in found {
            copies.push(copied(app, tx, &acting, person).await?);
        }
        let login = match acting.account() {
            Some(account) => accounts::find(tx, account).await?,
            None => None,
        };
        let login = login.map(|row| OwnLogin { name: row.login, created_at: row.created_at });
        Ok(document(app, login, copies))
    })
}

/// The copy of one person, made by an officer for that person.
///
/// # Errors
/// `role_not_allowed` for whoever is no officer, `right_missing` without the right to confirm, `not_found`.
pub async fn for_person(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
) -> Result<OwnData, AppError> {
    match acting.reach() {
        Reach::Office => acting.may(Right::Confirm)?,
        Reach::Account(_) | Reach::Employer(_) | Reach::Village(_) | Reach::Agency(_) | Reach::Nobody => {
            return Err(WRONG_ROLE);
        }
    }
    let found = people::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let copy = copied(app, tx, acting, found).await?;
    Ok(document(app, None, vec![copy]))
}

fn document(app: &App, login: Option<OwnLogin>, people: Vec<PersonCopy>) -> OwnData {
    let left_out = words::LEFT_OUT.iter().map(|(what, why)| LeftOut { what, why });
    OwnData {
        made_at: app.clock.now(),
        about: words::ABOUT.iter().map(|line| (*line).to_owned()).collect(),
        fields: words::FIELDS.iter().copied().collect(),
        codes: words::codes(),
        left_out: left_out.collect(),
        login,
        people,
    }
}

/// Everything about a person who was found within reach, and the audit row that says so.
async fn copied(app: &App, tx: &mut Tx, acting: &Acting, person: Person) -> Result<PersonCopy, AppError> {
    let id = person.id;
    // Before it is read, so that the copy tells of itself.
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonExport(id)).await?;
    let nominated_by = match person.nominated_by {
        Some(office) => organisations::find(tx, office).await?.map(|office| office.name),
        None => None,
    };
    let wishes = people::wishes(tx, id).await?;
    let profile = profiles::of_person(tx, id).await?;
    let evidence = profiles::criteria_of(tx, id).await?;
    let undated = undated_evidence::of_person(tx, id).await?;
    let attended = own_data::classes(tx, id).await?;
    let judgements = own_data::judgements(tx, id).await?;
    let applications = applications_of(tx, id).await?;
    let mut copy = PersonCopy::of(person, nominated_by, wishes);
    copy.trainings = with_classes(profile.trainings, attended);
    copy.certificates = profile.certificates.into_iter().map(CertificateView::from).collect();
    copy.experiences = profile.experiences.into_iter().map(ExperienceView::from).collect();
    copy.skills = profile.skills;
    let said = classes::consents_of(tx, id).await?.into_iter();
    copy.ranking_consents = said.map(RankingConsentCopy::from).collect();
    copy.marks = profile_marks::of_person(tx, id).await?.into_iter().filter_map(MarkView::of).collect();
    let asked = change_requests::of_person(tx, id).await?.into_iter();
    copy.change_requests = asked.map(ChangeRequestView::from).collect();
    copy.status_codes =
        status_codes::of_person(tx, id).await?.into_iter().map(StatusCodeCopy::from).collect();
    dealings(tx, id, &mut copy).await?;
    copy.evidence = with_offices(tx, evidence, &undated).await?;
    copy.applications = applications;
    copy.judgements = judgements.into_iter().map(JudgementCopy::of).collect::<Result<_, _>>()?;
    copy.desil_unknown =
        own_data::unknown_desil(tx, id).await?.into_iter().map(DesilUnknownCopy::from).collect();
    copy.deeds = own_data::deeds(tx, id).await?.into_iter().map(DeedCopy::from).collect();
    copy.logins = own_data::logins(tx, id).await?;
    Ok(copy)
}

/// What the office had to do with the person besides applications.
async fn dealings(tx: &mut Tx, id: PersonId, copy: &mut PersonCopy) -> Result<(), AppError> {
    copy.accompanied = accompaniments::holds(tx, id).await?;
    copy.accompaniments = accompaniments::of_person(tx, id).await?.into_iter().map(SaidView::from).collect();
    copy.next_steps = next_steps::of_person(tx, id).await?.into_iter().map(StepCopy::from).collect();
    copy.messages = messages::of_person(tx, id).await?.into_iter().map(MessageCopy::from).collect();
    copy.nominations = nominations::of_person(tx, id).await?.into_iter().map(NominationCopy::from).collect();
    copy.interests = interests::of_person(tx, id).await?.into_iter().map(InterestCopy::from).collect();
    copy.complaints = complaints::of_person(tx, id).await?.into_iter().map(ComplaintCopy::from).collect();
    Ok(())
}

async fn applications_of(tx: &mut Tx, person: PersonId) -> Result<Vec<ApplicationCopy>, AppError> {
    let held = own_data::applications(tx, person).await?;
    let ids: Vec<ApplicationId> = held.iter().map(|row| row.application.id).collect();
    let ids = serde_json::to_string(&ids).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut histories = by_application(events::histories(tx, &ids).await?, |row| row.application_id);
    let mut consents = by_application(own_data::consents(tx, person).await?, |row| row.application_id);
    let mut attempts = by_application(own_data::attempts(tx, person).await?, |row| row.application_id);
    let mut follow_ups = by_application(own_data::follow_ups(tx, person).await?, |row| row.application_id);
    let mut said = by_application(notes::of_person(tx, person).await?, |row| row.application_id);
    let copy = |row: Held| {
        let id = row.application.id;
        let history = applications::as_told(histories.remove(&id).unwrap_or_default(), Audience::OwnCopy);
        ApplicationCopy {
            consents: seen(consents.remove(&id)),
            attempts: seen(attempts.remove(&id)),
            follow_ups: seen(follow_ups.remove(&id)),
            notes: seen(said.remove(&id)),
            events: seen(Some(history)),
            ..ApplicationCopy::from(row)
        }
    };
    Ok(held.into_iter().map(copy).collect())
}

/// Rows by the application they belong to, each in the order in which they came.
fn by_application<Row>(
    rows: Vec<Row>,
    of: impl Fn(&Row) -> ApplicationId,
) -> HashMap<ApplicationId, Vec<Row>> {
    let mut found: HashMap<ApplicationId, Vec<Row>> = HashMap::new();
    for row in rows {
        found.entry(of(&row)).or_default().push(row);
    }
    found
}

fn seen<Row, Seen: From<Row>>(rows: Option<Vec<Row>>) -> Vec<Seen> {
    rows.unwrap_or_default().into_iter().map(Seen::from).collect()
}

fn with_classes(trainings: Vec<Training>, classes: Vec<Attended>) -> Vec<TrainingCopy> {
    let mut classes: HashMap<RecordId, Attended> =
        classes.into_iter().map(|row| (row.training_id, row)).collect();
    let copy = |row: Training| TrainingCopy {
        programme: row.programme,
        ended_on: row.ended_on,
        result: row.result,
        class: classes.remove(&row.id).map(|class| ClassCopy {
            name: class.name,
            starts_on: class.starts_on,
            ends_on: class.ends_on,
        }),
    };
    trainings.into_iter().map(copy).collect()
}

/// Evidence with the names of the offices that brought it; these are few.
async fn with_offices(
    tx: &mut Tx,
    evidence: Vec<Criterion>,
    undated: &[RecordId],
) -> Result<Vec<EvidenceCopy>, AppError> {
    let mut names: HashMap<OrganisationId, String> = HashMap::new();
    for office in evidence.iter().filter_map(|row| row.organisation_id) {
        if !names.contains_key(&office)
            && let Some(found) = organisations::find(tx, office).await?
        {
            names.insert(office, found.name);
        }
    }
    let copy = |row: Criterion| EvidenceCopy {
        criterion: row.criterion,
        value: row.value,
        source: row.source,
        dated_on: row.dated_on,
        date_is_registration: undated.contains(&row.id),
        expires_on: row.expires_on,
        brought_by: row.organisation_id.and_then(|office| names.get(&office).cloned()),
    };
    Ok(evidence.into_iter().map(copy).collect())
}

impl PersonCopy {
    /// The person's own row; what stands elsewhere is added by `copied`.
    fn of(p: Person, nominated_by: Option<String>, wishes: Wishes) -> Self {
        let village_name = p.village.as_deref().and_then(region::full_name);
        Self {
            id: p.id,
            name: p.name,
            sex: p.sex,
            birth_date: p.birth_date,
            contact: ContactCopy { phone: p.phone, village: p.village, village_name, address: p.address },
            education: p.education,
            major: p.major,
            disability: p.disability,
            status: p.status,
            available_from: p.available_from,
            ak1_number: p.ak1_number,
            registered_on: p.registered_on,
            objects_to_ranking: p.objects_to_ranking,
            nominated_by,
            live: p.live,
            placed: p.placed > 0,
            sample: p.sample,
            version: p.version,
            created_at: p.created_at,
            updated_at: p.updated_at,
            logins: 0,
            wishes: WishesView::from(wishes),
            trainings: Vec::new(),
            certificates: Vec::new(),
            experiences: Vec::new(),
            skills: Vec::new(),
            ranking_consents: Vec::new(),
            accompanied: false,
            accompaniments: Vec::new(),
            marks: Vec::new(),
            change_requests: Vec::new(),
            status_codes: Vec::new(),
            next_steps: Vec::new(),
            messages: Vec::new(),
            complaints: Vec::new(),
            interests: Vec::new(),
            nominations: Vec::new(),
            evidence: Vec::new(),
            applications: Vec::new(),
            judgements: Vec::new(),
            desil_unknown: Vec::new(),
            deeds: Vec::new(),
        }
    }
}

impl From<RankingConsent> for RankingConsentCopy {
    fn from(row: RankingConsent) -> Self {
        let in_class = row.class_id.is_some();
        Self { given: row.given, wording: row.wording, in_class, given_at: row.given_at }
    }
}

impl From<StatusCode> for StatusCodeCopy {
    fn from(row: StatusCode) -> Self {
        Self { made_at: row.made_at, expires_at: row.expires_at, revoked_at: row.revoked_at }
    }
}

impl From<(Step, Option<String>)> for StepCopy {
    fn from((row, office): (Step, Option<String>)) -> Self {
        Self {
            kind: row.kind,
            office,
            officer: row.officer,
            due_on: row.due_on,
            made_at: row.made_at,
            by_run: row.run_id.is_some(),
            outcome: row.outcome,
            answered_at: row.answered_at,
        }
    }
}

impl From<Complaint> for ComplaintCopy {
    fn from(row: Complaint) -> Self {
        Self {
            number: row.number,
            kind: row.kind,
            said: row.said,
            contact: row.contact,
            state: row.state,
            answer: row.answer,
            made_at: row.made_at,
            closed_at: row.closed_at,
        }
    }
}

impl From<interests::Listed> for InterestCopy {
    fn from(row: interests::Listed) -> Self {
        let i = row.interest;
        Self {
            number: i.number,
            title: row.title,
            employer_name: row.employer_name,
            name: i.name,
            phone: i.phone,
            village: i.village,
            other_vacancies: i.other_vacancies,
            made_at: i.made_at,
            call_by: i.call_by,
            outcome: i.outcome,
            handled_at: i.handled_at,
        }
    }
}

impl From<nominations::Listed> for NominationCopy {
    fn from(row: nominations::Listed) -> Self {
        Self { office: row.organisation, state: row.state, made_at: row.made_at, decided_at: row.decided_at }
    }
}

impl From<Held> for ApplicationCopy {
    /// What was written down beside the row is added by `applications_of`.
    fn from(row: Held) -> Self {
        let made_at = row.invited_at;
        let interview = row.interview.invitation().map(|i| InterviewCopy {
            on: i.on,
            hour: i.hour,
            place: i.place,
            bring: i.bring,
            landmark: i.landmark,
            made_at,
        });
        let a = row.application;
        Self {
            id: a.id,
            title: row.title,
            employer_name: row.employer_name,
            state: a.state,
            known_since: row.known_since,
            held: a.held,
            deadline: a.deadline,
            starts_on: a.starts_on,
            letter_number: a.letter_number,
            run_on: row.run_on,
            fit: a.fit,
            priority: a.priority,
            reserve_order: a.reserve_order,
            version: a.version,
            created_at: a.created_at,
            updated_at: a.updated_at,
            interview,
            consents: Vec::new(),
            attempts: Vec::new(),
            follow_ups: Vec::new(),
            notes: Vec::new(),
            events: Vec::new(),
        }
    }
}

impl From<Consent> for ConsentCopy {
    fn from(row: Consent) -> Self {
        Self {
            channel: row.channel,
            number_dialled: row.number_dialled,
            self_spoke: row.self_spoke,
            guardian: row.guardian,
            text_shown: row.text_shown,
            wording: row.wording,
            ends_on: row.ends_on,
            given_at: row.given_at,
        }
    }
}

impl From<Received> for MessageCopy {
    fn from(row: Received) -> Self {
        Self {
            kind: row.kind,
            application_id: row.application_id,
            state: row.state,
            made_at: row.made_at,
            sent_at: row.sent_at,
            text: row.text,
            number: row.number,
            reply: row.reply,
            replied_at: row.replied_at,
        }
    }
}

impl From<ApplicationEvent> for EventCopy {
    fn from(row: ApplicationEvent) -> Self {
        Self {
            event: row.event,
            from: row.from_state,
            to: row.to_state,
            actor: row.actor,
            reason: row.reason,
            shared: row.shared,
            helped: row.helped,
            at: row.at,
        }
    }
}

impl From<Note> for NoteCopy {
    fn from(row: Note) -> Self {
        Self { kind: row.kind, text: row.text, actor: row.actor, at: row.at }
    }
}

impl JudgementCopy {
    /// Only what is about the pair: how others stood beside it is theirs.
    fn of(row: Judgement) -> Result<Self, AppError> {
        let told: Explanation = serde_json::from_value(row.explanation.0)
            .map_err(|error| AppError::Internal(format!("explanation of {}: {error}", row.run_on)))?;
        Ok(Self {
            run_on: row.run_on,
            published_at: row.published_at,
            title: row.title,
            employer_name: row.employer_name,
            kind: row.kind,
            place: row.place,
            fit: row.fit,
            priority: row.priority,
            dropped: row.dropped,
            reasons: told.reasons.iter().map(reasons::reason).collect(),
            priority_reasons: told.priority_reasons.iter().map(words::priority).collect(),
            against: words::against(&told),
            distance_m: told.distance_m,
        })
    }
}

impl From<Unknown> for DesilUnknownCopy {
    fn from(row: Unknown) -> Self {
        Self { run_on: row.run_on, seats: row.seats, vacancies: row.vacancies }
    }
}

impl From<Deed> for DeedCopy {
    fn from(row: Deed) -> Self {
        Self { at: row.at, actor: row.actor, action: row.action }
    }
}
