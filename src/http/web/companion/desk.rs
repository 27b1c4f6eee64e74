//! `/pendamping`: what a companion has to do: answers to obtain, news to pass on, questions after the start of work, and for whom
//! nothing is under way.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::Asked;
use crate::{
    app::{
        App,
        applications::seen::ApplicationView,
        companions::{self, Due},
        idempotency::Answer,
        messages::{self, seen::MessageView},
        next_steps::seen::StepView,
    },
    domain::{codes::ProblemCode, ids::MessageId},
    http::{
        extract::Query,
        problem::Problem,
        web::{
            form::{self, Form, Sent},
            frame::{Frame, Helper, Page},
        },
    },
    keyed,
    words::id::{
        messages as message_words,
        pages::companion::{self as words, Kept},
    },
};

/// One thing to do: for whom, about what, by when.
struct Task {
    person: String,
    about: String,
    by: String,
    path: String,
    /// The message that is passed on.
    message: Option<String>,
}

#[derive(Template)]
#[template(path = "companion/desk.html")]
struct Desk {
    frame: Frame,
    kept: Option<Kept>,
    met: Option<(&'static str, &'static str)>,
    answers: Vec<Task>,
    messages: Vec<Task>,
    follow_ups: Vec<Task>,
    steps: Vec<Task>,
    idle: Vec<Task>,
}

impl Desk {
    fn is_empty(&self) -> bool {
        [&self.answers, &self.messages, &self.follow_ups, &self.steps, &self.idle]
            .iter()
            .all(|list| list.is_empty())
    }
}

pub async fn show(
    State(app): State<App>,
    who: Helper,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let desk = Desk { kept: asked.kept(), ..read(&app, &who).await? };
    Ok(Page(desk).into_response())
}

/// A message was passed on by word.
pub async fn told(State(app): State<App>, who: Helper, form: Form) -> Result<Response, Problem> {
    let (session, id) = (who.session(), form.text("message").parse::<MessageId>());
    let id = id.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest))?;
    let (acting, key) = (session.acting()?, form.key(session.account, &who.visit.path)?);
    let to = format!("/pendamping?selesai={}", Kept::Told.word());
    let sent = form::outcome(keyed!(app, key, tx => {
        messages::told(&app, tx, &acting, id).await?;
        Answer::created(to.clone(), &())
    }))?;
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Mend(_) => Err(Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest)),
        Sent::Met(error) => {
            let desk = Desk { met: Some(form::told(&error)), ..read(&app, &who).await? };
            Ok(Page(desk).with(StatusCode::CONFLICT))
        }
    }
}

async fn read(app: &App, who: &Helper) -> Result<Desk, Problem> {
    let (desk, today) = (companions::desk(app, who.session()).await?, app.clock.today());
    let idle = |idle: companions::Idle| Task {
        person: idle.person_name,
        about: words::NOTHING_RUNNING.to_owned(),
        by: String::new(),
        path: format!("/pendamping/warga/{}", idle.person_id),
        message: None,
    };
    Ok(Desk {
        frame: who.visit.frame(),
        kept: None,
        met: None,
        answers: desk.answers.into_iter().map(|one| answer(one, today)).collect(),
        messages: desk.messages.into_iter().map(message).collect(),
        follow_ups: desk.follow_ups.into_iter().map(follow_up).collect(),
        steps: desk.steps.into_iter().map(step).collect(),
        idle: desk.idle.into_iter().map(idle).collect(),
    })
}

fn answer(a: ApplicationView, today: chrono::NaiveDate) -> Task {
    Task {
        person: a.person.map(|person| person.name).unwrap_or_default(),
        about: format!("{}, {}", a.title, a.employer_name),
        by: words::answer_by(a.deadline, today),
        path: format!("/pendamping/lamaran/{}", a.id),
        message: None,
    }
}

fn message(m: MessageView) -> Task {
    let job = m.title.zip(m.employer_name).map(|(title, employer)| format!(": {title}, {employer}"));
    let path = m.application_id.map(|id| format!("/pendamping/lamaran/{id}"));
    Task {
        person: m.person_name.unwrap_or_default(),
        about: format!("{}{}", message_words::kind(m.kind), job.unwrap_or_default()),
        by: m.hour.unwrap_or_default(),
        path: path.unwrap_or_else(|| "/pendamping/warga".to_owned()),
        message: Some(m.id.to_string()),
    }
}

fn follow_up(due: Due) -> Task {
    Task {
        person: due.person_name,
        about: format!("{}, {}", due.title, due.employer_name),
        by: words::follow_up(due.month, due.due_on),
        path: format!("/pendamping/lamaran/{}/kabar", due.application_id),
        message: None,
    }
}

fn step(s: StepView) -> Task {
    Task {
        about: words::step(s.kind, s.office.as_deref(), s.officer.as_deref(), s.due_on),
        path: format!("/pendamping/warga/{}", s.person_id),
        person: s.person_name,
        by: String::new(),
        message: None,
    }
}
