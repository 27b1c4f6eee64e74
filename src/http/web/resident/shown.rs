//! An application in finished words, for a card or a page of its own.
use chrono::{Datelike, NaiveDate};

use crate::{
    app::{applications::seen::EventView, status::Status},
    domain::{
        application::{
            self, Action, Event, State,
            steps::{self, Mark},
        },
        calendar::jakarta_date,
        machine::Actor,
        note,
    },
    http::web::form,
    words::id::{
        dates, messages,
        pages::{
            application::{self as words, Standing, Tone},
            history,
        },
    },
};

/// A date to be seen from afar.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// `Sel`, `2`, `Des`.
    pub weekday: &'static str,
    pub day: u32,
    pub month: String,
    /// The whole of it in words.
    pub whole: String,
}

impl Leaf {
    pub fn of(date: NaiveDate) -> Self {
        let whole = dates::with_weekday(date);
        let month = dates::long(date).split(' ').nth(1).unwrap_or_default().chars().take(3).collect();
        Self { weekday: dates::weekday(date), day: date.day(), month, whole }
    }
}

/// One of the five steps: its mark in the style sheet, and whether the application is there.
#[derive(Clone, Copy, Debug)]
pub struct StepShown {
    pub class: &'static str,
    pub present: bool,
    pub done: bool,
}

/// One line of the history.
#[derive(Clone, Debug)]
pub struct Line {
    pub day: String,
    pub said: &'static str,
}

/// An application as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: String,
    /// Its own page.
    pub path: String,
    pub title: String,
    pub employer: String,
    pub tone: Tone,
    pub headline: String,
    pub turn: Option<String>,
    pub silence: Option<String>,
    pub next: &'static str,
    pub steps: [StepShown; 5],
    /// The day of an interview, or on which work begins.
    pub leaf: Option<Leaf>,
    pub interview: Option<Interview>,
    /// Newest first.
    pub history: Vec<Line>,
    pub since: String,
    pub letter: Option<String>,
    pub version: i64,
    pub may: May,
    /// What the person said last.
    pub noted: Option<&'static str>,
    /// What the person may say now, as buttons.
    pub says: Vec<form::Choice>,
}

/// An invitation in words.
#[derive(Clone, Debug)]
pub struct Interview {
    pub day: String,
    pub hour: String,
    pub place: String,
    pub bring: Option<String>,
    /// To be passed on.
    pub text: String,
}

/// What the person can do now.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub answer: bool,
    pub withdraw: bool,
}

impl May {
    fn of(actions: &[Action]) -> Self {
        let has = |action: Action| actions.contains(&action);
        let answer = has(Action::Consent);
        // Whoever is asked says yes or no; to take back comes afterwards.
        Self { answer, withdraw: !answer && (has(Action::Withdraw)) }
    }
}

impl Shown {
    /// As on a day.
    pub fn of(status: &Status, today: NaiveDate) -> Self {
        let a = &status.application;
        let last = status.history.last();
        let standing = Standing {
            state: a.state,
            held: a.held,
            suspended: a.employer_suspended,
            employer: &a.employer_name,
            deadline: a.deadline,
            starts_on: a.starts_on,
            silent_days: status.silent_days,
            reason: last.and_then(|event| event.reason.as_deref()),
            silent: silent(&status.history),
            interviewed: a.interview.as_ref().is_some_and(|i| i.on < today),
            overdue: a.deadline.is_some_and(|day| day < today),
        };
        let marks = steps::marks(a.state, status.history.iter().map(|event| event.to));
        let day = a.interview.as_ref().map(|i| i.on);
        let says = note::open_in(a.state, day, today).iter().filter(|_| !a.held);
        let says = says
            .map(|kind| form::Choice { value: words::note_word(*kind), label: words::note_button(*kind) });
        let ahead = a.interview.as_ref().filter(|i| i.on >= today);
        let interview = ahead.map(|i| Interview {
            day: dates::with_weekday(i.on),
            hour: i.hour.replace(':', "."),
            place: messages::place(&i.place, i.landmark.as_deref()),
            bring: i.bring.clone(),
            text: words::invitation(
                &a.title,
                &a.employer_name,
                (i.on, &i.hour),
                &messages::place(&i.place, i.landmark.as_deref()),
                i.bring.as_deref(),
            ),
        });
        let first_day = a.starts_on.filter(|_| a.state == State::Hired);
        Self {
            id: a.id.to_string(),
            path: format!("/saya/lamaran/{}", a.id),
            title: a.title.clone(),
            employer: a.employer_name.clone(),
            tone: words::tone(&standing),
            headline: words::headline(&standing),
            turn: words::turn(&standing),
            silence: words::silence(&standing),
            next: words::next(&standing),
            steps: marks.map(step),
            leaf: ahead.map(|i| i.on).or(first_day).map(Leaf::of),
            interview,
            history: status.history.iter().rev().filter_map(line).collect(),
            since: dates::long(status.since),
            letter: a.letter_number.as_ref().map(|number| number.as_str().to_owned()),
            version: a.version,
            may: May::of(&a.actions),
            noted: a.note.as_ref().map(|note| words::noted(note.kind)),
            says: says.collect(),
        }
    }

    /// Whether the person is to do something.
    pub fn waits_for_you(&self) -> bool {
        self.tone == Tone::You
    }

    /// Whether it is over.
    pub fn is_past(&self) -> bool {
        self.tone == Tone::Past
    }
}

fn step(mark: Mark) -> StepShown {
    let class = match mark {
        Mark::Done => "done",
        Mark::Present => "here",
        Mark::Ahead => "ahead",
        Mark::Off => "off",
    };
    StepShown { class, present: mark == Mark::Present, done: mark == Mark::Done }
}

fn line(event: &EventView) -> Option<Line> {
    let said = history::line(event.event, event.actor, event.from)?;
    Some(Line { day: dates::long(jakarta_date(event.at)), said })
}

/// Who was silent, where silence ended it.
fn silent(history: &[EventView]) -> Option<Actor> {
    let last = history.last().filter(|event| event.event == Event::Lapse)?;
    application::silent(last.from?).ok()
}
