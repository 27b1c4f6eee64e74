//! Closed words of the API as people read them, for whoever builds a form or a page on it. A list that has no words here
//! is explained by the document in English alone.
use utoipa::ToSchema;

use super::{
    calendar, complaints, desil, evidence, fields, flags, interests, messages, next_steps, nominations,
    problems, states,
};
use crate::domain::{
    application,
    codes::{FieldCode, ProblemCode},
    complaint, contact,
    evidence::Criterion,
    flag::FlagKind,
    holiday, interest,
    machine::Word,
    message, next_step, nomination, person, run, vacancy,
};

/// A closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its name in the document.
    pub name: String,
    /// Each word with its label.
    pub labels: Vec<(&'static str, &'static str)>,
}

/// The lists that have labels.
pub fn lists() -> Vec<List> {
    vec![
        list(application::State::ALL, states::application),
        list(vacancy::State::ALL, states::vacancy),
        list(person::Status::ALL, states::person),
        list(run::State::ALL, states::run),
        list(run::Fate::ALL, desil::in_short),
        list(Criterion::ALL, evidence::name),
        list(complaint::Kind::ALL, complaints::kind),
        list(complaint::State::ALL, complaints::state),
        list(interest::Outcome::ALL, interests::outcome),
        list(message::Kind::ALL, messages::kind),
        list(message::Delivery::ALL, messages::state),
        list(message::Reader::ALL, messages::reader),
        list(message::Failure::ALL, messages::failure),
        list(message::Reply::ALL, messages::reply),
        list(contact::Way::ALL, messages::way),
        list(contact::Content::ALL, messages::content),
        list(next_step::Kind::ALL, next_steps::kind),
        list(next_step::Outcome::ALL, next_steps::outcome),
        list(nomination::State::ALL, nominations::state),
        list(FlagKind::ALL, flags::kind),
        list(holiday::Kind::ALL, calendar::kind),
        list(ProblemCode::ALL, |code| problems::problem(code).title),
        list(FieldCode::ALL, fields::clause),
    ]
}

fn list<T: ToSchema + Word + Copy>(all: &[T], label: impl Fn(T) -> &'static str) -> List {
    let labels = all.iter().map(|one| (one.word(), label(*one))).collect();
    List { name: T::name().into_owned(), labels }
}
