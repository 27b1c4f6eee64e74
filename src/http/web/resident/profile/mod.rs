//! `/saya/profil`: what is known of a person, and a form for each part of it. Each is saved by itself; what an officer verified
//! changes by asking the office.
mod lists;
mod part;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App, AppError, browse,
        error::FieldIssue,
        idempotency::Answer,
        people::{
            self,
            requests::{self, ChangeRequestView},
        },
    },
    domain::{calendar::jakarta_date, codes::FieldCode, phone::Phone, region},
    http::{
        extract::Query,
        problem::Problem,
        web::{
            form::{self, Form, Sent, Shown},
            frame::{Frame, Page, Resident},
            places::Chosen,
            resident::profile::part::{Head, Part},
        },
    },
    keyed,
    words::id::{dates, messages, pages::profile as words, reasons::rupiah},
};

/// A line of what is known, and whether an officer saw it proved.
pub struct Known {
    pub said: String,
    pub proved: bool,
}

/// What became of a change that was asked for.
struct Asking {
    said: String,
    answer: Option<String>,
}

#[derive(Template)]
#[template(path = "resident/profile.html")]
struct Profile {
    frame: Frame,
    saved: Option<&'static str>,
    asking: Option<Asking>,
    name: String,
    phone: Option<String>,
    village: Option<String>,
    address: Option<String>,
    education: Option<String>,
    education_proved: bool,
    way: &'static str,
    wage: Option<String>,
    distance: Option<String>,
    shift: &'static str,
    dormitory: &'static str,
    transport: Option<&'static str>,
    skills: Vec<Known>,
    jobs: Vec<Known>,
    trainings: Vec<Known>,
    certificates: Vec<Known>,
}

/// How somebody came here.
#[derive(Debug, Default, Deserialize)]
pub struct Came {
    selesai: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Query(came): Query<Came>,
) -> Result<Response, Problem> {
    let (acting, id) = (who.session().acting()?, who.person.id);
    let person = browse::person(&app, who.session(), id).await?;
    let asked = requests::of_person(&app, &acting, id).await?;
    let Some(profile) = &person.profile else { return Err(AppError::NotFound.into()) };
    let proved =
        |item: &str| profile.marks.iter().any(|mark| mark.verified_at.is_some() && mark.item == item);
    let known =
        |kind: &str, key: &str, said: String| Known { said, proved: proved(&format!("{kind}:{key}")) };
    let wishes = &profile.wishes;
    let page = Profile {
        frame: who.frame(),
        saved: came.selesai.as_deref().map(words::saved),
        asking: asked.last().map(Asking::of),
        name: person.name.clone(),
        phone: person.phone.as_deref().map(local),
        village: person.village.as_deref().and_then(region::full_name),
        address: person.address.clone(),
        education: person.education.as_deref().map(|code| words::education(code, person.major.as_deref())),
        education_proved: proved("education"),
        way: wishes.contact_way.map_or(words::NOT_SAID, messages::way),
        wage: wishes.wage_floor.map(rupiah),
        distance: wishes.max_distance_m.map(words::distance),
        shift: words::yes_or_no(wishes.shift_ok),
        dormitory: words::yes_or_no(wishes.dormitory_ok),
        transport: wishes.transport.as_deref().and_then(|code| code.parse().ok()).map(words::transport),
        skills: profile.skills.iter().map(|skill| known("skill", skill, skill.clone())).collect(),
        jobs: profile
            .experiences
            .iter()
            .map(|job| known("experience", &job.id.to_string(), words::job(&job.job, job.months)))
            .collect(),
        trainings: profile
            .trainings
            .iter()
            .map(|one| {
                let result = one.result.as_deref().and_then(|code| code.parse().ok());
                known("training", &one.id.to_string(), words::training(&one.programme, one.ended_on, result))
            })
            .collect(),
        certificates: profile
            .certificates
            .iter()
            .map(|one| {
                known("certificate", &one.id.to_string(), words::certificate(&one.name, one.expires_on))
            })
            .collect(),
    };
    Ok(Page(page).into_response())
}

impl Asking {
    fn of(request: &ChangeRequestView) -> Self {
        let day = dates::long(jakarta_date(request.decided_at.unwrap_or(request.asked_at)));
        Self { said: words::asked(request.state, &day), answer: request.answer.clone() }
    }
}

/// Makes the two handlers of a form: its page, and what was sent.
macro_rules! handlers {
    ($($part:expr => $show:ident, $save:ident;)+) => {$(
        pub async fn $show(
            State(app): State<App>,
            who: Resident,
            Query(chosen): Query<Chosen>,
        ) -> Result<Response, Problem> {
            let person = browse::person(&app, who.session(), who.person.id).await?;
            Ok($part.page((who.frame(), Head::default()), &person, None, &chosen))
        }

        pub async fn $save(State(app): State<App>, who: Resident, form: Form) -> Result<Response, Problem> {
            save(&app, &who, $part, form).await
        }
    )+};
}

handlers! {
    Part::Contact => show_contact, save_contact;
    Part::Home => show_home, save_home;
    Part::Education => show_education, save_education;
    Part::Wishes => show_wishes, save_wishes;
    Part::Skills => show_skills, save_skills;
    Part::List(lists::List::Jobs) => show_jobs, save_jobs;
    Part::List(lists::List::Trainings) => show_trainings, save_trainings;
    Part::List(lists::List::Certificates) => show_certificates, save_certificates;
}

async fn save(app: &App, who: &Resident, part: Part, form: Form) -> Result<Response, Problem> {
    let session = who.session();
    let key = who.key(&form)?;
    let mut issues = form.faults(&[]);
    let edit = part.edit(&form, &mut issues);
    // What an officer verified is asked for, with the values that were typed.
    let asks = form.text("aksi") == "minta";
    if asks {
        issues.extend(form.missing(&["why"]));
    }
    let sent = if issues.is_empty() {
        let (acting, person) = (session.acting()?, who.person.id);
        form::outcome(keyed!(*app, key, tx => {
            if asks {
                let asked = requests::Asked {
                    change: edit.clone(),
                    reason: form.text("why").to_owned(),
                    evidence: form.given("evidence"),
                };
                requests::ask(app, tx, &acting, person, &asked).await?;
                Answer::created("/saya/profil?selesai=minta".to_owned(), &())
            } else {
                people::edit(app, tx, &acting, person, form.version().unwrap_or(0), &edit).await?;
                Answer::created("/saya/profil?selesai=simpan".to_owned(), &())
            }
        }))?
    } else {
        Sent::Mend(issues)
    };
    let (issues, met) = match sent {
        Sent::Done(response) => return Ok(response),
        Sent::Mend(issues) => (issues, None),
        Sent::Met(error) => (Vec::new(), Some(form::told(&error).0)),
    };
    let person = browse::person(app, session, who.person.id).await?;
    let status = if met.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let verified = issues.iter().any(|issue| issue.code == FieldCode::ItemVerified);
    let issues: Vec<FieldIssue> = issues.into_iter().map(|issue| part.at_its_field(&form, issue)).collect();
    let head = Head { met, asks: asks || verified };
    let chosen = Chosen::of(&form);
    let mut response = part.page((who.frame(), head), &person, Some(Shown::wrong(form, &issues)), &chosen);
    *response.status_mut() = status;
    Ok(response)
}

/// A number as people here write it.
fn local(number: &str) -> String {
    Phone::parse(number).map_or_else(|_| number.to_owned(), |phone| phone.local())
}
