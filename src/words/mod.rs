//! Every sentence for people, by the closed codes they are about: `id` in Bahasa Indonesia for API problems, files, and
//! later pages, mail and letters; `cli` for the terminal, which speaks Bahasa Indonesia only. Same code, same sentence:
//! nothing here reads a clock, a file or the database, and nothing here decides who may be told what.
//!
//! Another language is a folder like `id` and a variant of `Language`: what it does not say yet does not compile. English is
//! for the pages everybody sees (`pages`); what offices, residents and programs read is in Bahasa Indonesia whatever is asked for.
#![warn(missing_docs)]

pub mod cli;
pub mod en;
pub mod id;
pub mod pages;
pub mod quoting;

use chrono::NaiveDate;

use crate::{
    domain::{
        codes::{FieldCode, ProblemCode},
        contact::Content,
        disclosure::Count,
        evidence::Criterion,
        flag::FlagKind,
        holiday::Effect,
        intake::{fault::RowFault, problem::FieldProblem},
        message::{self, Letter, Office},
        next_step,
        run::Fate,
    },
    matching::{
        explanation::ExplainedPair,
        policy::PolicyError,
        summary::{Lack, MatchSummary},
    },
};

/// The language somebody reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English, on pages for everybody.
    En,
}

/// What a problem says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub title: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

impl Language {
    /// Why a request is refused.
    pub fn problem(self, code: ProblemCode) -> Problem {
        match self {
            Self::Id | Self::En => id::problems::problem(code),
        }
    }

    /// What the priority of a run changed and who paid for it, from the run's figures; nothing where it did not say.
    pub fn price(self, figures: &serde_json::Value) -> Vec<String> {
        match self {
            Self::Id | Self::En => id::price::of_run(figures),
        }
    }

    /// Why somebody's desil is to be looked up, and how: of somebody whom a run treated so, with the title of the vacancy
    /// forgone, the seats there are, and the last day on which a desil counted.
    pub fn unknown_desil(
        self,
        fate: Fate,
        forgone: Option<&str>,
        seats: i64,
        expired_on: Option<NaiveDate>,
    ) -> [String; 2] {
        match self {
            Self::Id | Self::En => [id::desil::why(fate, forgone, seats), id::desil::to_do(expired_on)],
        }
    }

    /// Why a date of evidence is to be looked up, and how: recorded on that day.
    pub fn undated_evidence(self, criterion: Criterion, recorded_on: NaiveDate) -> [String; 2] {
        match self {
            Self::Id | Self::En => [id::evidence::why_undated(recorded_on), id::evidence::to_do(criterion)],
        }
    }

    /// What an edit of the calendar means for deadlines.
    pub fn calendar_notes(self, effect: &Effect) -> Vec<String> {
        match self {
            Self::Id | Self::En => id::calendar::notes(effect),
        }
    }

    /// What happens next for somebody, which office and officer see to it, and by when, for the person.
    pub fn next_step(
        self,
        kind: next_step::Kind,
        office: Option<&str>,
        officer: Option<&str>,
        due_on: NaiveDate,
    ) -> String {
        match self {
            Self::Id | Self::En => id::next_steps::for_person(kind, office, officer, due_on),
        }
    }

    /// The mail of a kind about these vacancies; none for kinds that a person reads.
    ///
    /// # Errors
    /// A template that cannot be filled.
    pub fn letter(
        self,
        kind: message::Kind,
        office: &Office,
        employer: &str,
        lines: &[id::messages::Line],
    ) -> Result<Option<Letter>, askama::Error> {
        match self {
            Self::Id | Self::En => id::messages::letter(kind, office, employer, lines),
        }
    }

    /// The mail with a link to a new password for this login.
    ///
    /// # Errors
    /// A template that cannot be filled.
    pub fn password_letter(self, office: &Office, login: &str, link: &str) -> Result<Letter, askama::Error> {
        match self {
            Self::Id | Self::En => id::password_mail::letter(office, login, link),
        }
    }

    /// The text of a kind to a person; none for kinds that are mail.
    ///
    /// # Errors
    /// A template that cannot be filled.
    pub fn message_text(
        self,
        kind: message::Kind,
        content: Content,
        office: &Office,
        news: &id::messages::News,
    ) -> Result<Option<String>, askama::Error> {
        match self {
            Self::Id | Self::En => id::messages::text(kind, content, office, news),
        }
    }

    /// What an agency is told when it names somebody: the same for every NIK.
    pub fn nomination_taken_up(self) -> &'static str {
        match self {
            Self::Id | Self::En => id::nominations::TAKEN_UP,
        }
    }

    /// Closed words of the API with their labels.
    pub fn closed_words(self) -> Vec<id::closed::List> {
        match self {
            Self::Id | Self::En => id::closed::lists(),
        }
    }

    /// What is wrong with a field, as a sentence, with the most characters it takes where it is too long.
    pub fn field(self, code: FieldCode, limit: Option<usize>) -> String {
        match self {
            Self::Id | Self::En => id::fields::sentence(code, limit),
        }
    }

    /// Why an officer's reason for a flag cannot be accepted; `other` has the same text.
    pub fn flag(self, code: FieldCode, about: (FlagKind, &str), other: Option<FlagKind>) -> String {
        match self {
            Self::Id | Self::En => id::flags::refused(code, about, other),
        }
    }

    /// What is wrong with a column of a file, naming it as the file does, and its value.
    pub fn column(self, problem: &FieldProblem, called: &str) -> String {
        match self {
            Self::Id | Self::En => id::files::column(problem, called),
        }
    }

    /// Why a file or a row of it cannot be read.
    pub fn unreadable(self, fault: &RowFault) -> String {
        match self {
            Self::Id | Self::En => id::files::unreadable(fault),
        }
    }

    /// What a parser found wrong, by its own words for it.
    pub fn unparsed(self, words: &str) -> String {
        match self {
            Self::Id | Self::En => id::parser::wrong(words),
        }
    }

    /// Why a policy is refused.
    pub fn policy_refused(self, error: &PolicyError) -> String {
        match self {
            Self::Id | Self::En => id::policy::refusal(error),
        }
    }

    /// Why a pair stands where it stands, for an officer.
    pub fn for_staff(self, told: &ExplainedPair) -> Vec<String> {
        match self {
            Self::Id | Self::En => id::staff::explanation(told),
        }
    }

    /// The same for the person.
    pub fn for_person(self, told: &ExplainedPair) -> Vec<String> {
        match self {
            Self::Id | Self::En => id::person::explanation(told),
        }
    }

    /// The same for the employer to whom the person was referred.
    pub fn for_employer(self, told: &ExplainedPair) -> Vec<String> {
        match self {
            Self::Id | Self::En => id::employer::explanation(told),
        }
    }

    /// A number of people.
    pub fn people(self, count: Count) -> String {
        match self {
            Self::Id | Self::En => id::employer::people(count),
        }
    }

    /// How many people suit a vacancy.
    pub fn summary(self, summary: &MatchSummary<Count>) -> Vec<String> {
        match self {
            Self::Id | Self::En => id::employer::summary(summary),
        }
    }

    /// What keeps people out who nearly suit a vacancy.
    pub fn lack(self, lack: &Lack) -> String {
        match self {
            Self::Id | Self::En => id::employer::lack(lack),
        }
    }

    /// The name of a certificate.
    pub fn certificate(self, id: &str) -> String {
        match self {
            Self::Id | Self::En => id::employer::certificate(id),
        }
    }
}
