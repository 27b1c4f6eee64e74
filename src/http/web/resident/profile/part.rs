//! The parts of a profile: the page of each, what it is filled with, and what a form of it asks to be changed.
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

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
        codes::FieldCode,
        contact::{Content, Way},
        education::Education,
        intake::{text::metres_from_km, words::Transport},
        region::RegionCode,
    },
    http::{
        problem::Problem,
        web::{
            form::{Choice, Form, Shown, choices, said},
            frame::{Frame, Page},
            places::{self, Chosen},
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
        let way = match form.given("max_distance_m").map(|km| metres_from_km(&km)) {
            Some(None) => {
                issues.push(FieldIssue::new("max_distance_m", FieldCode::UnreadableNumber, ""));
                None
            }
            metres => metres.flatten().map(i64::from),
        };
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
                max_distance_m: Some(way),
                shift_ok: Some(answer(form.text("shift_ok"))),
                dormitory_ok: Some(answer(form.text("dormitory_ok"))),
                transport: text("transport"),
                ..Edit::default()
            },
            Self::Skills => Edit { skills: Some(skills(form)), ..Edit::default() },
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
                ("max_distance_m", wishes.max_distance_m.map(words::kilometres).unwrap_or_default()),
                ("shift_ok", words::word_of(wishes.shift_ok).to_owned()),
                ("dormitory_ok", words::word_of(wishes.dormitory_ok).to_owned()),
                ("transport", text(&wishes.transport)),
            ],
            Self::Skills => {
                let held = profile.skills.iter().map(|skill| (HELD, skill.clone()));
                [("skills", profile.skills.join("\n"))].into_iter().chain(held).collect()
            }
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
        // What is to be mended was typed over the version that was seen; what met another one is typed over that of now.
        let seen = form.as_ref().filter(|_| head.met.is_none()).and_then(Shown::version);
        let version = seen.unwrap_or(person.version);
        let Some(profile) = &person.profile else {
            return Problem::from(AppError::NotFound).into_response();
        };
        let form = match (form, self) {
            (None, _) => self.filled(person, profile),
            // What came meanwhile stands below what was typed: it would be taken for gone.
            (Some(form), Self::List(list)) if head.met.is_some() => list.with_what_came(form, profile),
            (Some(form), Self::Skills) if head.met.is_some() => with_skills_that_came(form, profile),
            (Some(form), _) => form,
        };
        match self {
            Self::Contact => {
                let ways = choices(Way::ALL, Way::as_str, words::way);
                let contents = choices(Content::ALL, Content::as_str, words::content);
                Page(Contact { frame, head, version, form, ways, contents }).into_response()
            }
            Self::Home => home((frame, head), version, form, chosen),
            Self::Education => {
                let levels = choices(Education::ALL, Education::as_str, words::schooling);
                Page(School { frame, head, version, form, levels }).into_response()
            }
            Self::Wishes => {
                let yes_or_no = said(&words::YES_OR_NO);
                let transports = choices(Transport::ALL, Transport::as_str, words::transport);
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

/// First the district, then the village.
fn home((frame, head): (Frame, Head), version: i64, form: Shown, chosen: &Chosen) -> Response {
    let Some(district) = chosen.district() else {
        // What stands in the form is the district of now; where none was chosen that is said.
        let again = chosen.again();
        let wrong = again.is_wrong();
        let form = if wrong { again } else { form };
        let page = Page(District { frame, head, form, districts: places::districts() });
        return if wrong { page.with(StatusCode::UNPROCESSABLE_ENTITY) } else { page.into_response() };
    };
    let (kec, villages) = (district.code.as_str().to_owned(), places::villages(district));
    Page(Home { frame, head, version, form, district: district.name, kec, villages }).into_response()
}

fn district_of(person: &PersonView) -> Option<RegionCode> {
    RegionCode::parse(person.village.as_deref()?).ok()?.district()
}

/// The name under which a form tells which skills were there.
const HELD: &str = "held";

/// The skills of a form: one a line, new ones also with commas between; what was there stays as it is.
fn skills(form: &Form) -> Vec<String> {
    let held = form.all(HELD);
    let mut skills = Vec::new();
    for line in form.text("skills").lines().map(str::trim) {
        if held.contains(&line) {
            skills.push(line.to_owned());
        } else {
            let parts = line.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
            skills.extend(parts.map(str::to_owned));
        }
    }
    skills
}

/// What was typed, and below it the skills that came since the form was shown.
fn with_skills_that_came(form: Shown, profile: &ProfileView) -> Shown {
    let typed = form.value("skills").to_owned();
    let came = profile.skills.iter().filter(|skill| !form.all(HELD).contains(&skill.as_str()));
    let lines: Vec<&str> = typed.lines().chain(came.map(String::as_str)).collect();
    let held = profile.skills.iter().map(|skill| (HELD.to_owned(), skill.clone()));
    let pairs = [("skills".to_owned(), lines.join("\n"))].into_iter().chain(held);
    Shown::filled(pairs.collect())
}

fn answer(text: &str) -> Option<bool> {
    match text {
        "ya" => Some(true),
        "tidak" => Some(false),
        _ => None,
    }
}
