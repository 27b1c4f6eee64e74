//! The lists of a profile as lines of a form: jobs, trainings, certificates. A line whose first field is empty is gone.
use crate::{
    app::{
        error::FieldIssue,
        people::{
            editing::Edit,
            profile::{CertificateEdit, ExperienceEdit, TrainingEdit},
            seen::ProfileView,
        },
    },
    domain::{ids::RecordId, training::Outcome},
    http::web::form::{Choice, Form, Shown, kept},
    words::id::{dates, pages::profile as words},
};

/// Empty lines for what is to be added.
const MORE: usize = 2;

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Jobs,
    Trainings,
    Certificates,
}

/// A field of a line.
pub struct LineField {
    pub id: String,
    pub label: &'static str,
    pub value: String,
    pub mode: &'static str,
    /// To choose from; empty where it is typed.
    pub choices: Vec<Choice>,
}

/// A line of a list.
pub struct Line {
    pub number: usize,
    /// Of an item that is there; empty for a new one.
    pub item: String,
    /// An officer saw it proved.
    pub proved: bool,
    pub fields: Vec<LineField>,
    pub fault: String,
}

impl List {
    /// Its name in a change.
    const fn name(self) -> &'static str {
        match self {
            Self::Jobs => "experiences",
            Self::Trainings => "trainings",
            Self::Certificates => "certificates",
        }
    }

    /// The fields of a line, the one that it stands for first.
    const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Jobs => &["job", "months"],
            Self::Trainings => &["programme", "ended_on", "result"],
            Self::Certificates => &["name", "issued_on", "expires_on"],
        }
    }

    const fn first(self) -> &'static str {
        match self {
            Self::Jobs => "job",
            Self::Trainings => "programme",
            Self::Certificates => "name",
        }
    }

    /// What the lines of a form ask to be changed; what cannot be read at all is named at its line.
    pub fn edit(self, form: &Form, issues: &mut Vec<FieldIssue>) -> Edit {
        let lines = Lines { list: self, form };
        match self {
            Self::Jobs => Edit { experiences: Some(lines.jobs(issues)), ..Edit::default() },
            Self::Trainings => Edit { trainings: Some(lines.trainings(issues)), ..Edit::default() },
            Self::Certificates => Edit { certificates: Some(lines.certificates(issues)), ..Edit::default() },
        }
    }

    /// A fault in the list stands at the field of the line it was typed into.
    pub fn at_its_line(self, form: &Form, issue: FieldIssue) -> FieldIssue {
        let place = issue.field.strip_prefix(self.name()).map(|rest| rest.trim_start_matches('['));
        let Some(place) = place else { return issue };
        let (at, column) = place.split_once(']').unwrap_or(("", ""));
        let at: usize = at.parse().unwrap_or(0);
        let number = Lines { list: self, form }.numbers().nth(at).unwrap_or(0);
        let column = column.trim_start_matches('.');
        let known = self.columns().iter().find(|name| **name == column);
        let field = format!("{}-{number}", known.copied().unwrap_or(self.first()));
        FieldIssue { field, ..issue }
    }

    /// The lines before anything is typed: what is there, and some empty ones.
    pub fn filled(self, profile: &ProfileView) -> Vec<(String, String)> {
        let day = |date: Option<chrono::NaiveDate>| date.map(dates::long).unwrap_or_default();
        let held: Vec<(String, Vec<String>)> = match self {
            Self::Jobs => profile
                .experiences
                .iter()
                .map(|one| (one.id.to_string(), vec![one.job.clone(), one.months.to_string()]))
                .collect(),
            Self::Trainings => profile
                .trainings
                .iter()
                .map(|one| {
                    let result = one.result.clone().unwrap_or_default();
                    (one.id.to_string(), vec![one.programme.clone(), day(one.ended_on), result])
                })
                .collect(),
            Self::Certificates => profile
                .certificates
                .iter()
                .map(|one| {
                    (one.id.to_string(), vec![one.name.clone(), day(one.issued_on), day(one.expires_on)])
                })
                .collect(),
        };
        let empty = std::iter::repeat_n((String::new(), Vec::new()), MORE);
        let mut pairs = Vec::new();
        for (number, (id, values)) in held.into_iter().chain(empty).enumerate() {
            pairs.push((format!("id-{number}"), id));
            let mut values = values.into_iter();
            for column in self.columns() {
                pairs.push((format!("{column}-{number}"), values.next().unwrap_or_default()));
            }
        }
        pairs
    }

    /// What was typed, and below it what came since the form was shown, as lines of their own.
    pub fn with_what_came(self, form: Shown, profile: &ProfileView) -> Shown {
        let count = (0..).take_while(|number| form.has(&format!("{}-{number}", self.first()))).count();
        let columns = || std::iter::once("id").chain(self.columns().iter().copied());
        let known: Vec<&str> = (0..count).map(|number| form.value(&format!("id-{number}"))).collect();
        let mut pairs = Vec::new();
        for number in 0..count {
            let kept = columns().map(|column| format!("{column}-{number}"));
            pairs.extend(kept.map(|name| (name.clone(), form.value(&name).to_owned())));
        }
        let now = Shown::filled(self.filled(profile));
        let held = (0..).take_while(|number| now.has(&format!("{}-{number}", self.first())));
        let came = held.filter(|number| {
            let id = now.value(&format!("id-{number}"));
            !id.is_empty() && !known.contains(&id)
        });
        for (at, number) in came.enumerate() {
            for column in columns() {
                let value = now.value(&format!("{column}-{number}")).to_owned();
                pairs.push((format!("{column}-{}", count + at), value));
            }
        }
        Shown::filled(pairs)
    }

    /// The lines of a form.
    pub fn lines(self, form: &Shown, profile: &ProfileView) -> Vec<Line> {
        let kind = self.name().trim_end_matches('s');
        let there = (0..).take_while(|number| form.has(&format!("{}-{number}", self.first())));
        let line = |number: usize| {
            let item = form.value(&format!("id-{number}")).to_owned();
            let fields: Vec<LineField> =
                self.columns().iter().map(|column| field(form, column, number)).collect();
            let faults: Vec<&str> =
                fields.iter().map(|field| form.fault(&field.id)).filter(|fault| !fault.is_empty()).collect();
            let name = format!("{kind}:{item}");
            let proved = profile.marks.iter().any(|mark| mark.verified_at.is_some() && mark.item == name);
            Line { number, proved, fault: faults.join(" "), fields, item }
        };
        there.map(line).collect()
    }
}

fn field(form: &Shown, column: &'static str, number: usize) -> LineField {
    let id = format!("{column}-{number}");
    let outcomes = Outcome::ALL.iter().filter(|one| **one != Outcome::Unknown);
    let outcomes = outcomes.map(|one| Choice { value: one.as_str(), label: words::outcome(*one) });
    LineField {
        value: form.value(&id).to_owned(),
        id,
        label: words::column(column),
        mode: if column == "months" { "numeric" } else { "text" },
        choices: if column == "result" { outcomes.collect() } else { Vec::new() },
    }
}

/// The lines of a form as they were typed.
struct Lines<'a> {
    list: List,
    form: &'a Form,
}

impl Lines<'_> {
    /// The numbers of those that are not empty.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let first = self.list.first();
        (0..)
            .map(move |number| (number, format!("{first}-{number}")))
            .take_while(|(_, name)| self.form.has(name))
            .filter(|(_, name)| !self.form.text(name).is_empty())
            .map(|(number, _)| number)
    }

    fn text(&self, column: &str, number: usize) -> String {
        self.form.text(&format!("{column}-{number}")).to_owned()
    }

    fn id(&self, number: usize) -> Option<RecordId> {
        self.text("id", number).parse().ok()
    }

    fn jobs(&self, issues: &mut Vec<FieldIssue>) -> Vec<ExperienceEdit> {
        let job = |number: usize| {
            let months = kept(self.form.number(&format!("months-{number}")), issues).unwrap_or(0);
            ExperienceEdit { id: self.id(number), job: self.text("job", number), months }
        };
        self.numbers().map(job).collect()
    }

    fn trainings(&self, issues: &mut Vec<FieldIssue>) -> Vec<TrainingEdit> {
        let training = |number: usize| TrainingEdit {
            id: self.id(number),
            programme: self.text("programme", number),
            ended_on: kept(self.form.date(&format!("ended_on-{number}")), issues),
            result: self.text("result", number).parse().ok(),
        };
        self.numbers().map(training).collect()
    }

    fn certificates(&self, issues: &mut Vec<FieldIssue>) -> Vec<CertificateEdit> {
        let certificate = |number: usize| CertificateEdit {
            id: self.id(number),
            name: self.text("name", number),
            issued_on: kept(self.form.date(&format!("issued_on-{number}")), issues),
            expires_on: kept(self.form.date(&format!("expires_on-{number}")), issues),
        };
        self.numbers().map(certificate).collect()
    }
}
