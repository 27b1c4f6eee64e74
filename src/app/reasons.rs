//! Reasons as the API's document shows them: texts that are words of several lists, by the event that asks, and where it says
//! so own words too. No request is read and no answer is written with these types; what is accepted is in `domain`.
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{AnyOfBuilder, ObjectBuilder, Schema, Type},
    },
};

use crate::domain::{
    application::reason::{
        CloseReason, DeclineReason, DismissReason, EndReason, RefuseReason, WithdrawReason,
    },
    vacancy,
};

type Named = (String, RefOr<Schema>);

/// Why somebody moves an application.
pub struct EventReason;

/// Why an application moved.
pub struct ToldReason;

/// Why a vacancy moves.
pub struct VacancyReason;

impl PartialSchema for EventReason {
    fn schema() -> RefOr<Schema> {
        let about = "A code of the list of its event: `dismiss`, `decline`, `refuse`, `withdraw` or `end`.";
        any_of(about, &asked()).into()
    }
}

impl ToSchema for EventReason {
    fn schemas(schemas: &mut Vec<Named>) {
        schemas.extend(asked());
    }
}

impl PartialSchema for ToldReason {
    fn schema() -> RefOr<Schema> {
        let about = "A code of the list of its event, or own words.";
        any_of(about, &[asked(), vec![list::<CloseReason>()]].concat()).item(own_words()).into()
    }
}

impl ToSchema for ToldReason {
    fn schemas(schemas: &mut Vec<Named>) {
        schemas.extend(asked());
        schemas.push(list::<CloseReason>());
    }
}

impl PartialSchema for VacancyReason {
    fn schema() -> RefOr<Schema> {
        let about = "A code of the list of `close`, or own words for `send-back` and `reject`.";
        any_of(about, &[list::<vacancy::CloseReason>()]).item(own_words()).into()
    }
}

impl ToSchema for VacancyReason {
    fn schemas(schemas: &mut Vec<Named>) {
        schemas.push(list::<vacancy::CloseReason>());
    }
}

/// The lists of the events that ask for a reason.
fn asked() -> Vec<Named> {
    vec![
        list::<DismissReason>(),
        list::<DeclineReason>(),
        list::<RefuseReason>(),
        list::<WithdrawReason>(),
        list::<EndReason>(),
    ]
}

fn list<T: ToSchema>() -> Named {
    (T::name().into_owned(), T::schema())
}

fn own_words() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn any_of(about: &str, lists: &[Named]) -> AnyOfBuilder {
    let any = AnyOfBuilder::new().description(Some(about));
    lists.iter().fold(any, |any, (name, _)| any.item(Ref::from_schema_name(name)))
}
