//! From rows to the facts that `domain::application` decides from, and from its answers to errors of the application.
use super::{ConsentDraft, Details};
use crate::{
    app::AppError,
    domain::{
        application::{
            Answers,
            conditions::{Brought, Lack, Refusal},
            follows::{ApplicationFacts, VacancyFacts},
            limits::SeatBook,
        },
        codes::{FieldCode, ProblemCode},
    },
    store::{applications::Application, vacancies::Counters},
};

pub(super) fn of_application(row: &Application) -> ApplicationFacts {
    ApplicationFacts {
        id: row.id,
        person: row.person_id,
        vacancy: row.vacancy_id,
        run: row.run_id,
        state: row.state,
        held: row.held,
        deadline: row.deadline,
    }
}

/// Applications, in their order.
pub(super) fn of_applications(rows: &[Application]) -> Vec<ApplicationFacts> {
    rows.iter().map(of_application).collect()
}

/// A vacancy; `ratio_permille` is the office's.
pub(super) fn of_vacancy(row: &Counters, ratio_permille: i64) -> VacancyFacts {
    let book = SeatBook {
        seats: row.seats.unwrap_or(0),
        taken: row.taken,
        live: row.live,
        slots: row.slots,
        ratio_permille,
    };
    let answers =
        Answers { answers: row.answers - row.said_at_answers, refusals: row.refusals - row.said_at_refusals };
    VacancyFacts {
        id: row.id,
        state: row.state,
        closes_on: row.closes_on,
        employer: row.employer_state,
        book,
        answers,
    }
}

/// What an event brings with it.
pub(super) fn of_details(details: &Details, may_confirm: bool) -> Brought<'_> {
    let lacks_number =
        |consent: &ConsentDraft| consent.channel.needs_number() && consent.number_dialled.is_none();
    Brought {
        reason: details.reason.as_deref(),
        text: details.text.as_deref(),
        starts_on: details.starts_on,
        ended_on: details.ended_on,
        consent: details.consent.is_some(),
        consent_lacks_number: details.consent.as_ref().is_some_and(lacks_number),
        number_dialled: details.number_dialled.as_deref(),
        target: details.target,
        deadline: details.deadline,
        may_confirm,
    }
}

/// A condition that is not met.
pub(super) fn refusal(refusal: Refusal) -> AppError {
    AppError::conflict(refusal.code(), refusal)
}

/// Something an event lacks.
pub(super) fn lack(lack: Lack) -> AppError {
    match lack {
        Lack::Field(field) | Lack::FieldIfPriority(field) => AppError::field(field, FieldCode::Required, ""),
        Lack::PastDay(field, day) => AppError::field(field, FieldCode::DateInThePast, day),
        Lack::ImplausibleDay(field, day) => AppError::field(field, FieldCode::DateOutOfRange, day),
        Lack::Right => AppError::Forbidden(ProblemCode::RightMissing),
    }
}
