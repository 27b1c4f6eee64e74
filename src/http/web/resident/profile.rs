//! `/saya/profil`: what is known of a person, and a form for each part of it. Each is saved by itself; what an officer verified
//! changes by asking the office.
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
            editing::Edit,
            profile::ExperienceEdit,
            seen::{PersonView, ProfileView},
        },
    },
    domain::{
        contact::{Content, Way},
        intake::words::Transport,
        phone::Phone,
        region,
    },
    http::{
        extract::Query,
        problem::Problem,
        web::{
            form::{self, Choice, Form, Sent, Shown},
            frame::{Frame, Page, Resident},
        },
    },
    keyed,
    words::id::{messages, pages::profile as words, reasons::rupiah},
};

/// Empty lines for further jobs.
const MORE: usize = 2;

/// A line of what is known, and whether an officer saw it proved.
pub struct Known {
    pub said: String,
    pub proved: bool,
}

#[derive(Template)]
#[template(path = "resident/profile.html")]
struct Profile {
    frame: Frame,
    saved: bool,
    name: String,
    phone: Option<String>,
    village: Option<String>,
    education: Option<String>,
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

#[derive(Template)]
#[template(path = "resident/profile_contact.html")]
struct Contact {
    frame: Frame,
    version: i64,
    form: Shown,
    met: Option<&'static str>,
    ways: Vec<Choice>,
    contents: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_wishes.html")]
struct Wishes {
    frame: Frame,
    version: i64,
    form: Shown,
    met: Option<&'static str>,
    yes_or_no: Vec<Choice>,
    transports: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_skills.html")]
struct Skills {
    frame: Frame,
    version: i64,
    form: Shown,
    met: Option<&'static str>,
}

/// A line for a job held before.
struct JobLine {
    number: usize,
    id: String,
    job: String,
    months: String,
    fault: String,
}

#[derive(Template)]
#[template(path = "resident/profile_jobs.html")]
struct Jobs {
    frame: Frame,
    version: i64,
    form: Shown,
    met: Option<&'static str>,
    lines: Vec<JobLine>,
}

/// One of the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Contact,
    Wishes,
    Skills,
    Jobs,
}

/// How somebody came here.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    selesai: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let person = browse::person(&app, who.session(), who.person.id).await?;
    let Some(profile) = &person.profile else { return Err(AppError::NotFound.into()) };
    let proved =
        |item: String| profile.marks.iter().any(|mark| mark.verified_at.is_some() && mark.item == item);
    let known = |kind: &str, key: &str, said: String| Known { said, proved: proved(format!("{kind}:{key}")) };
    let wishes = &profile.wishes;
    let page = Profile {
        frame: who.frame(),
        saved: asked.selesai.is_some(),
        name: person.name.clone(),
        phone: person.phone.as_deref().map(local),
        village: person.village.as_deref().and_then(region::full_name),
        education: person.education.as_deref().map(|code| words::education(code, person.major.as_deref())),
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
            .map(|one| known("training", &one.id.to_string(), one.programme.clone()))
            .collect(),
        certificates: profile
            .certificates
            .iter()
            .map(|one| known("certificate", &one.id.to_string(), one.name.clone()))
            .collect(),
    };
    Ok(Page(page).into_response())
}

/// Makes the two handlers of a form: its page, and what was sent.
macro_rules! handlers {
    ($($part:ident: $show:ident, $save:ident;)+) => {$(
        pub async fn $show(State(app): State<App>, who: Resident) -> Result<Response, Problem> {
            let person = browse::person(&app, who.session(), who.person.id).await?;
            Ok(page(Part::$part, &who, &person, None, None).await)
        }

        pub async fn $save(State(app): State<App>, who: Resident, form: Form) -> Result<Response, Problem> {
            save(&app, &who, Part::$part, form).await
        }
    )+};
}

handlers! {
    Contact: show_contact, save_contact;
    Wishes: show_wishes, save_wishes;
    Skills: show_skills, save_skills;
    Jobs: show_jobs, save_jobs;
}

async fn save(app: &App, who: &Resident, part: Part, form: Form) -> Result<Response, Problem> {
    let session = who.session();
    let (key, seen) = (form.key(session.account, &who.visit.path)?, form.version().unwrap_or(0));
    let mut issues: Vec<FieldIssue> = form.unseen().into_iter().collect();
    let edit = part.edit(&form, &mut issues);
    let sent = if issues.is_empty() {
        let (acting, person) = (session.acting()?, who.person.id);
        form::outcome(keyed!(*app, key, tx => {
            people::edit(app, tx, &acting, person, seen, &edit).await?;
            Answer::created("/saya/profil?selesai=1".to_owned(), &())
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
    let issues: Vec<FieldIssue> = issues.into_iter().map(at_its_field).collect();
    let mut response = page(part, who, &person, Some(Shown::wrong(form, &issues)), met).await;
    *response.status_mut() = status;
    Ok(response)
}

/// A fault in a list stands at the field of the form that it was typed into.
fn at_its_field(issue: FieldIssue) -> FieldIssue {
    let field = match issue.field.split_once('[') {
        Some(("skills", _)) => "skills".to_owned(),
        Some(("experiences", rest)) => {
            let number = rest.split(']').next().unwrap_or_default();
            let name = if rest.ends_with("months") { "months" } else { "job" };
            format!("{name}-{number}")
        }
        _ => issue.field.clone(),
    };
    FieldIssue { field, ..issue }
}

impl Part {
    /// What a form asks to be changed; what cannot be read at all is named.
    fn edit(self, form: &Form, issues: &mut Vec<FieldIssue>) -> Edit {
        let text = |name: &str| Some(form.given(name));
        let mut number = |name: &str| match form.number(name) {
            Ok(number) => Some(number),
            Err(issue) => {
                issues.push(issue);
                None
            }
        };
        match self {
            Self::Contact => Edit {
                phone: text("phone"),
                address: text("address"),
                contact_way: text("contact_way"),
                contact_hour: text("contact_hour"),
                message_content: text("message_content"),
                ..Edit::default()
            },
            Self::Wishes => Edit {
                wage_floor: number("wage_floor"),
                max_distance_m: number("max_distance_m").map(|km| km.map(|km| km.saturating_mul(1_000))),
                shift_ok: Some(answer(form.text("shift_ok"))),
                dormitory_ok: Some(answer(form.text("dormitory_ok"))),
                transport: text("transport"),
                ..Edit::default()
            },
            Self::Skills => {
                let lines = form.text("skills").lines().flat_map(|line| line.split([';', ',']));
                let skills = lines.map(str::trim).filter(|skill| !skill.is_empty()).map(str::to_owned);
                Edit { skills: Some(skills.collect()), ..Edit::default() }
            }
            Self::Jobs => Edit { experiences: Some(jobs(form, issues)), ..Edit::default() },
        }
    }
}

/// The jobs of a form; one whose name was taken away is gone.
fn jobs(form: &Form, issues: &mut Vec<FieldIssue>) -> Vec<ExperienceEdit> {
    let mut jobs = Vec::new();
    for number in 0.. {
        if !form.has(&format!("job-{number}")) {
            break;
        }
        let job = form.text(&format!("job-{number}")).to_owned();
        if job.is_empty() {
            continue;
        }
        let field = format!("months-{number}");
        match form.number(&field) {
            Ok(months) => jobs.push(ExperienceEdit {
                id: form.text(&format!("id-{number}")).parse().ok(),
                job,
                months: months.unwrap_or(0),
            }),
            Err(issue) => issues.push(issue),
        }
    }
    jobs
}

/// A number as people here write it.
fn local(number: &str) -> String {
    Phone::parse(number).map_or_else(|_| number.to_owned(), |phone| phone.local())
}

fn answer(text: &str) -> Option<bool> {
    match text {
        "ya" => Some(true),
        "tidak" => Some(false),
        _ => None,
    }
}

async fn page(
    part: Part,
    who: &Resident,
    person: &PersonView,
    form: Option<Shown>,
    met: Option<&'static str>,
) -> Response {
    let (frame, version) = (who.frame(), person.version);
    let Some(profile) = &person.profile else {
        return Problem::from(AppError::NotFound).into_response();
    };
    let form = form.unwrap_or_else(|| part.filled(person, profile));
    match part {
        Part::Contact => Page(Contact {
            frame,
            version,
            form,
            met,
            ways: Way::ALL
                .iter()
                .map(|way| Choice { value: way.as_str(), label: words::way(*way) })
                .collect(),
            contents: Content::ALL
                .iter()
                .map(|one| Choice { value: one.as_str(), label: words::content(*one) })
                .collect(),
        })
        .into_response(),
        Part::Wishes => Page(Wishes {
            frame,
            version,
            form,
            met,
            yes_or_no: words::YES_OR_NO.map(|(value, label)| Choice { value, label }).into(),
            transports: Transport::ALL
                .iter()
                .map(|one| Choice { value: one.as_str(), label: words::transport(*one) })
                .collect(),
        })
        .into_response(),
        Part::Skills => Page(Skills { frame, version, form, met }).into_response(),
        Part::Jobs => {
            let lines = lines(&form, profile);
            Page(Jobs { frame, version, form, met, lines }).into_response()
        }
    }
}

impl Part {
    /// The form as it is filled in before anything is typed.
    fn filled(self, person: &PersonView, profile: &ProfileView) -> Shown {
        let wishes = &profile.wishes;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let number = |value: Option<i64>| value.map(|number| number.to_string()).unwrap_or_default();
        let pairs: Vec<(&str, String)> = match self {
            Self::Contact => vec![
                ("phone", person.phone.as_deref().map(local).unwrap_or_default()),
                ("address", text(&person.address)),
                ("contact_way", wishes.contact_way.map(|way| way.as_str().to_owned()).unwrap_or_default()),
                ("contact_hour", text(&wishes.contact_hour)),
                (
                    "message_content",
                    wishes.message_content.map(|one| one.as_str().to_owned()).unwrap_or_default(),
                ),
            ],
            Self::Wishes => vec![
                ("wage_floor", number(wishes.wage_floor)),
                ("max_distance_m", number(wishes.max_distance_m.map(|metres| metres / 1_000))),
                ("shift_ok", words::word_of(wishes.shift_ok).to_owned()),
                ("dormitory_ok", words::word_of(wishes.dormitory_ok).to_owned()),
                ("transport", text(&wishes.transport)),
            ],
            Self::Skills => vec![("skills", profile.skills.join("\n"))],
            Self::Jobs => Vec::new(),
        };
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Shown::filled(&pairs)
    }
}

/// The lines of the jobs: as they were typed, or as they are, and some empty ones.
fn lines(form: &Shown, profile: &ProfileView) -> Vec<JobLine> {
    if form.has("job-0") {
        let line = |number: usize| {
            let field = |name: &str| format!("{name}-{number}");
            let said = [form.fault(&field("job")), form.fault(&field("months"))].concat();
            form.has(&field("job")).then(|| JobLine {
                number,
                id: form.value(&field("id")).to_owned(),
                job: form.value(&field("job")).to_owned(),
                months: form.value(&field("months")).to_owned(),
                fault: said,
            })
        };
        return (0..).map_while(line).collect();
    }
    let held =
        profile.experiences.iter().map(|job| (job.id.to_string(), job.job.clone(), job.months.to_string()));
    let empty = std::iter::repeat_n((String::new(), String::new(), String::new()), MORE);
    let numbered = held.chain(empty).enumerate();
    numbered
        .map(|(number, (id, job, months))| JobLine { number, id, job, months, fault: String::new() })
        .collect()
}
