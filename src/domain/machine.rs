//! What the three state machines (application, vacancy, employer) share: who acts, how a table of transitions is
//! written down and read, and how a refusal is told. The tables themselves are in the three modules; nothing here
//! knows a state by name. Labels for people live in the UI.
use std::fmt;

/// Declares an enum whose every variant has exactly one text, used alike by database, API and `as_str`.
macro_rules! text_enum {
    ($(#[doc = $about:literal])+ $(#[expect($($lint:tt)*)])? $name:ident: $what:literal {
        $($(#[doc = $doc:literal])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[doc = $about])+
        $(#[expect($($lint)*)])?
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sqlx::Type,
        )]
        #[sqlx(type_name = "text")]
        pub enum $name {
            $($(#[doc = $doc])* #[serde(rename = $text)] #[sqlx(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every variant, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text in the database, the API and the command line.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        // Not derived: behind a macro the derive does not see the texts and lists the variants; and two enums of one name in
        // two modules would be one schema.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::domain::machine::schema_of(
                    concat!($($about),+),
                    &[$(($text, concat!($($doc),*))),+],
                )
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                $crate::domain::machine::schema_name($what).into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::machine::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    other => Err($crate::domain::machine::UnknownWord { what: $what, word: other.to_owned() }),
                }
            }
        }

        impl $crate::domain::machine::Word for $name {
            fn word(self) -> &'static str {
                self.as_str()
            }
        }
    };
}
pub(crate) use text_enum;

/// The schema of a closed list of words: what it is about, and each word with what it means where that is written down.
pub fn schema_of(
    about: &str,
    words: &[(&'static str, &str)],
) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
    let told = words.iter().filter(|(_, meaning)| !meaning.is_empty());
    let told: String = told.map(|(word, meaning)| format!("\n- `{word}`: {}", meaning.trim())).collect();
    let told = if told.is_empty() { told } else { format!("\n{told}") };
    let list = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(format!("{}{told}", about.trim())))
        .enum_values(Some(words.iter().map(|(word, _)| *word)));
    utoipa::openapi::RefOr::T(Schema::Object(list.build()))
}

/// The name of a list in the description of the API: `application state` is `ApplicationState`.
pub fn schema_name(what: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    what.split_whitespace().map(capital).collect::<Vec<String>>().concat()
}

text_enum! {
    /// In which capacity somebody causes an event. A supervisor who does the work of an officer acts as `Staff`; an
    /// officer of another agency causes no event of these machines.
    Actor: "actor" {
        /// The person the application is about.
        Person = "person",
        /// A village companion, on behalf of a consenting resident.
        Companion = "companion",
        /// An officer of the labour office.
        Staff = "staff",
        /// A supervisor of the labour office: corrections.
        Supervisor = "supervisor",
        /// The employer who owns the vacancy.
        Employer = "employer",
        /// The service itself: runs, deadlines, consequences.
        System = "system",
    }
}

text_enum! {
    /// What an event must carry besides the click. The table says it; forms ask for it; the use case checks it.
    Need: "need" {
        /// A reason from the closed list of the event; see `application::reason`.
        Reason = "reason",
        /// The same, mandatory for a person with evidence of priority, optional for others.
        ReasonIfPriority = "reason_if_priority",
        /// A written reason in own words.
        WrittenReason = "written_reason",
        /// A written reason in own words if the vacancy carries a flag (wage, prohibited criterion).
        WrittenReasonIfFlagged = "written_reason_if_flagged",
        /// The first day of work.
        StartDate = "start_date",
        /// The last day of work.
        EndDate = "end_date",
        /// A consent record: employer, job, channel, number dialled, who spoke, officer, wording version, end date.
        ConsentRecord = "consent_record",
        /// A recorded phone contact that reached the person.
        PhoneContact = "phone_contact",
        /// The right to confirm.
        ConfirmRight = "confirm_right",
        /// The right to verify.
        VerifyRight = "verify_right",
        /// The new state, chosen by the actor.
        Target = "target",
        /// A new date until which the thing runs.
        NewDate = "new_date",
    }
}

/// A text that names no variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what}: {word:?}")]
pub struct UnknownWord {
    /// Which list was searched, for example `application state`.
    pub what: &'static str,
    /// The text that was not found.
    pub word: String,
}

/// Something with one stable text: a state or an event of a machine.
pub trait Word: Copy + PartialEq + fmt::Debug + 'static {
    /// The stable text.
    fn word(self) -> &'static str;
}

/// The states from which a row of a table starts.
#[derive(Clone, Copy, Debug)]
pub enum From<S: 'static> {
    /// Nothing: the event creates the thing.
    New,
    /// The listed states.
    States(&'static [S]),
    /// The listed states under one name, drawn as one node: `any open`.
    Group(&'static str, &'static [S]),
}

/// Where a row of a table leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<S> {
    /// Always this state.
    State(S),
    /// The state stays; the event is a recorded fact.
    Same,
    /// A state that the table does not fix: undo goes back, correct goes where the supervisor says.
    Chosen,
}

/// One row of a transition table.
#[derive(Clone, Copy, Debug)]
pub struct Row<S: 'static, E> {
    /// What happens.
    pub event: E,
    /// From where.
    pub from: From<S>,
    /// To where.
    pub to: To<S>,
    /// Who may cause it, in the order of the documentation.
    pub who: &'static [Actor],
    /// What it must carry.
    pub needs: &'static [Need],
}

impl<S: Word, E: Word> Row<S, E> {
    /// Whether the row starts from `from` (`None`: the thing does not exist yet).
    pub fn starts_from(&self, from: Option<S>) -> bool {
        match (self.from, from) {
            (From::New, None) => true,
            (From::States(states) | From::Group(_, states), Some(state)) => states.contains(&state),
            (From::New, Some(_)) | (From::States(_) | From::Group(..), None) => false,
        }
    }

    /// Whether `actor` may cause it.
    pub fn is_open_to(&self, actor: Actor) -> bool {
        self.who.contains(&actor)
    }
}

/// Why a transition is refused. `code` is stable; the sentence is for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// The event does not exist in this state, for nobody.
    #[error("{machine}: {event} by {actor} is not possible from {from}")]
    WrongState {
        /// Which machine.
        machine: &'static str,
        /// The state, `new` when the thing does not exist yet.
        from: &'static str,
        /// The event.
        event: &'static str,
        /// Who tried.
        actor: Actor,
    },
    /// The event exists in this state, but not for this actor.
    #[error("{machine}: {event} from {from} is not for {actor}")]
    WrongActor {
        /// Which machine.
        machine: &'static str,
        /// The state, `new` when the thing does not exist yet.
        from: &'static str,
        /// The event.
        event: &'static str,
        /// Who tried.
        actor: Actor,
    },
    /// The event leads to a state that has to be given: ask `undo_target` or `correct_target`.
    #[error("{machine}: {event} by {actor} from {from} needs a target state")]
    NeedsTarget {
        /// Which machine.
        machine: &'static str,
        /// The state, `new` when the thing does not exist yet.
        from: &'static str,
        /// The event.
        event: &'static str,
        /// Who tried.
        actor: Actor,
    },
}

impl TransitionError {
    /// The stable code of a problem document.
    pub fn code(&self) -> crate::domain::codes::ProblemCode {
        match self {
            Self::WrongState { .. } => crate::domain::codes::ProblemCode::WrongState,
            Self::WrongActor { .. } => crate::domain::codes::ProblemCode::WrongActor,
            Self::NeedsTarget { .. } => crate::domain::codes::ProblemCode::NeedsTarget,
        }
    }
}

/// A transition table with its name: what `next`, buttons and diagrams are read from.
#[derive(Clone, Copy, Debug)]
pub struct Machine<S: 'static, E: 'static> {
    /// `application`, `vacancy` or `employer`.
    pub name: &'static str,
    /// The rows, in the order of the documentation.
    pub rows: &'static [Row<S, E>],
    /// Every state, in the order of the documentation.
    pub states: &'static [S],
}

impl<S: Word, E: Word> Machine<S, E> {
    /// The row that allows `event` from `from` for `actor`.
    ///
    /// # Errors
    /// `WrongState` when no row has the event from there, `WrongActor` when one has, but for others.
    pub fn row(
        &self,
        from: Option<S>,
        event: E,
        actor: Actor,
    ) -> Result<&'static Row<S, E>, TransitionError> {
        let machine = self.name;
        let (from_word, event_word) = (word_or_new(from), event.word());
        let mut rows = self.rows.iter().filter(|row| row.event == event && row.starts_from(from)).peekable();
        if rows.peek().is_none() {
            return Err(TransitionError::WrongState { machine, from: from_word, event: event_word, actor });
        }
        let refused = TransitionError::WrongActor { machine, from: from_word, event: event_word, actor };
        rows.find(|row| row.is_open_to(actor)).ok_or(refused)
    }

    /// The state after `event`.
    ///
    /// # Errors
    /// Those of `row`; `NeedsTarget` for events whose target the table does not fix.
    pub fn next(&self, from: Option<S>, event: E, actor: Actor) -> Result<S, TransitionError> {
        let row = self.row(from, event, actor)?;
        let needs_target = TransitionError::NeedsTarget {
            machine: self.name,
            from: word_or_new(from),
            event: event.word(),
            actor,
        };
        match row.to {
            To::State(state) => Ok(state),
            To::Same => from.ok_or(needs_target),
            To::Chosen => Err(needs_target),
        }
    }

    /// The events that `actor` may cause in `state`, in the order of the table, each once.
    pub fn events_open_to(&self, state: Option<S>, actor: Actor) -> Vec<E> {
        let mut events = Vec::new();
        for row in self.rows.iter().filter(|row| row.starts_from(state) && row.is_open_to(actor)) {
            if !events.contains(&row.event) {
                events.push(row.event);
            }
        }
        events
    }
}

/// The text of a state, or `new` for a thing that does not exist yet.
pub fn word_or_new<S: Word>(state: Option<S>) -> &'static str {
    state.map_or("new", S::word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_everywhere() {
        for actor in Actor::ALL {
            let json = serde_json::to_string(actor).unwrap();
            assert_eq!(json, format!("\"{}\"", actor.as_str()));
            assert_eq!(actor.as_str().parse::<Actor>().unwrap(), *actor);
            assert_eq!(actor.to_string(), actor.word());
        }
    }

    #[test]
    fn an_unknown_word_is_named() {
        let error = "boss".parse::<Actor>().unwrap_err();
        assert_eq!(error.to_string(), "unknown actor: \"boss\"");
    }
}
