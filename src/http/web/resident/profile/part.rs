//! The parts of a profile: the page of each, what it is filled with, and what a form of it asks to be changed.
use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::{
    app::{
        AppError,
        error::FieldIssue,
        people::{
            editing::Edit,
            seen::{PersonView, ProfileView},
        },
    },
    domain::{
        contact::{Content, Way},
        education::Education,
        intake::words::Transport,
        region::{self, RegionCode},
    },
    http::{
        problem::Problem,
        web::{
            form::{Choice, Form, Shown},
            frame::{Frame, Page},
            resident::profile::{
                lists::{Line, List},
                local,
            },
        },
    },
    words::id::pages::profile as words,
};

/// One of the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Contact,
    Home,
    Education,
    Wishes,
    Skills,
    List(List),
}

/// What stands around every form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// Why what was sent could not be done.
    pub met: Option<&'static str>,
    /// Something of it was verified: it can be asked for.
    pub asks: bool,
}

/// What was chosen on the way to a form.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    /// The district of the home.
    #[serde(default)]
    kec: String,
}

impl Chosen {
    /// As the form kept it.
    pub fn of(form: &Form) -> Self {
        Self { kec: form.text("kec").to_owned() }
    }

    fn district(&self) -> Option<RegionCode> {
        let code = RegionCode::parse(&self.kec).ok()?;
        region::districts().map(|district| district.code).find(|known| *known == code)
    }
}

#[derive(Template)]
#[template(path = "resident/profile_contact.html")]
struct Contact {
    frame: Frame,
    head: Head,
    version: i64,
    form: Shown,
    ways: Vec<Choice>,
    contents: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_district.html")]
struct District {
    frame: Frame,
    head: Head,
    form: Shown,
    districts: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_home.html")]
struct Home {
    frame: Frame,
    head: Head,
    version: i64,
    form: Shown,
    district: &'static str,
    kec: String,
    villages: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_education.html")]
struct School {
    frame: Frame,
    head: Head,
    version: i64,
    form: Shown,
    levels: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_wishes.html")]
struct Wishes {
    frame: Frame,
    head: Head,
    version: i64,
    form: Shown,
    yes_or_no: Vec<Choice>,
    transports: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "resident/profile_skills.html")]
struct Skills {
    frame: Frame,
    head: Head,
    version: i64,
    form: Shown,
}

macro_rules! list_pages {
    ($($name:ident = $path:literal;)+) => {$(
        #[derive(Template)]
        #[template(path = $path)]
        struct $name {
            frame: Frame,
            head: Head,
            version: i64,
            form: Shown,
            lines: Vec<Line>,
        }
    )+};
}

list_pages! {
    Jobs = "resident/profile_jobs.html";
    Trainings = "resident/profile_trainings.html";
    Certificates = "resident/profile_certificates.html";
}

impl Part {
    /// What a form asks to be changed; what cannot be read at all is named.
    pub fn edit(self, form: &Form, issues: &mut Vec<FieldIssue>) -> Edit {
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
                contact_way: text("contact_way"),
                contact_hour: text("contact_hour"),
                message_content: text("message_content"),
                ..Edit::default()
            },
            Self::Home => {
                issues.extend(form.missing(&["village"]));
                Edit { village: text("village"), address: text("address"), ..Edit::default() }
            }
            Self::Education => {
                issues.extend(form.missing(&["education"]));
                Edit { education: text("education"), major: text("major"), ..Edit::default() }
            }
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
            Self::List(list) => list.edit(form, issues),
        }
    }

    /// A fault stands at the field of the form that it was typed into.
    pub fn at_its_field(self, form: &Form, issue: FieldIssue) -> FieldIssue {
        match self {
            _ if issue.field == "reason" => FieldIssue { field: "why".to_owned(), ..issue },
            Self::List(list) => list.at_its_line(form, issue),
            Self::Skills if issue.field.starts_with("skills") => {
                FieldIssue { field: "skills".to_owned(), ..issue }
            }
            Self::Contact | Self::Home | Self::Education | Self::Wishes | Self::Skills => issue,
        }
    }

    /// The form as it is filled in before anything is typed.
    fn filled(self, person: &PersonView, profile: &ProfileView) -> Shown {
        let wishes = &profile.wishes;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let number = |value: Option<i64>| value.map(|number| number.to_string()).unwrap_or_default();
        let way = wishes.contact_way.map(|way| way.as_str().to_owned()).unwrap_or_default();
        let content = wishes.message_content.map(|one| one.as_str().to_owned()).unwrap_or_default();
        let pairs: Vec<(&str, String)> = match self {
            Self::Contact => vec![
                ("phone", person.phone.as_deref().map(local).unwrap_or_default()),
                ("contact_way", way),
                ("contact_hour", text(&wishes.contact_hour)),
                ("message_content", content),
            ],
            Self::Home => vec![
                ("kec", district_of(person).map(|code| code.as_str().to_owned()).unwrap_or_default()),
                ("village", text(&person.village)),
                ("address", text(&person.address)),
            ],
            Self::Education => vec![("education", text(&person.education)), ("major", text(&person.major))],
            Self::Wishes => vec![
                ("wage_floor", number(wishes.wage_floor)),
                ("max_distance_m", number(wishes.max_distance_m.map(|metres| metres / 1_000))),
                ("shift_ok", words::word_of(wishes.shift_ok).to_owned()),
                ("dormitory_ok", words::word_of(wishes.dormitory_ok).to_owned()),
                ("transport", text(&wishes.transport)),
            ],
            Self::Skills => vec![("skills", profile.skills.join("\n"))],
            Self::List(list) => return Shown::filled(list.filled(profile)),
        };
        Shown::filled(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Its page; without a form as it is filled in before anything is typed.
    pub fn page(
        self,
        (frame, head): (Frame, Head),
        person: &PersonView,
        form: Option<Shown>,
        chosen: &Chosen,
    ) -> Response {
        let version = person.version;
        let Some(profile) = &person.profile else {
            return Problem::from(AppError::NotFound).into_response();
        };
        let form = form.unwrap_or_else(|| self.filled(person, profile));
        match self {
            Self::Contact => {
                let ways = choices(Way::ALL, |way| (way.as_str(), words::way(way)));
                let contents = choices(Content::ALL, |one| (one.as_str(), words::content(one)));
                Page(Contact { frame, head, version, form, ways, contents }).into_response()
            }
            Self::Home => home((frame, head), version, form, chosen),
            Self::Education => {
                let levels = choices(Education::ALL, |level| (level.as_str(), words::schooling(level)));
                Page(School { frame, head, version, form, levels }).into_response()
            }
            Self::Wishes => {
                let yes_or_no = choices(&words::YES_OR_NO, |pair| pair);
                let transports = choices(Transport::ALL, |one| (one.as_str(), words::transport(one)));
                Page(Wishes { frame, head, version, form, yes_or_no, transports }).into_response()
            }
            Self::Skills => Page(Skills { frame, head, version, form }).into_response(),
            Self::List(list) => {
                let lines = list.lines(&form, profile);
                match list {
                    List::Jobs => Page(Jobs { frame, head, version, form, lines }).into_response(),
                    List::Trainings => Page(Trainings { frame, head, version, form, lines }).into_response(),
                    List::Certificates => {
                        Page(Certificates { frame, head, version, form, lines }).into_response()
                    }
                }
            }
        }
    }
}

/// First the district, then the village: each a page of answers to choose from.
fn home((frame, head): (Frame, Head), version: i64, form: Shown, chosen: &Chosen) -> Response {
    let Some(district) = chosen.district().and_then(region::find) else {
        let districts = region::districts().map(|one| Choice { value: one.code.as_str(), label: one.name });
        let districts = districts.collect();
        return Page(District { frame, head, form, districts }).into_response();
    };
    let within = region::villages().iter().filter(|one| one.code.district() == Some(district.code));
    let villages = within.map(|one| Choice { value: one.code.as_str(), label: one.name }).collect();
    let kec = district.code.as_str().to_owned();
    Page(Home { frame, head, version, form, district: district.name, kec, villages }).into_response()
}

fn district_of(person: &PersonView) -> Option<RegionCode> {
    RegionCode::parse(person.village.as_deref()?).ok()?.district()
}

fn choices<T: Copy>(all: &[T], said: impl Fn(T) -> (&'static str, &'static str)) -> Vec<Choice> {
    let choice = |one: &T| {
        let (value, label) = said(*one);
        Choice { value, label }
    };
    all.iter().map(choice).collect()
}

fn answer(text: &str) -> Option<bool> {
    match text {
        "ya" => Some(true),
        "tidak" => Some(false),
        _ => None,
    }
}
