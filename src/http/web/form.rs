//! Forms: what was typed, what is wrong with it, and the key under which it is done once. Belongs here: reading a body and
//! showing it again with what is to be mended. Does not belong here: what is right (use cases say so).
use axum::{
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};

use chrono::NaiveDate;

use crate::{
    app::{
        AppError,
        error::FieldIssue,
        idempotency::{Answer, Key},
        once::Once,
        system,
    },
    domain::{
        calendar,
        codes::{FieldCode, ProblemCode},
        ids::AccountId,
        plain,
    },
    http::{
        extract::read_bytes,
        problem::Problem,
        state::AppState,
        web::{frame::lead_to, language::Spoken},
    },
    words::{Language, id::pages},
};

/// What is not shown again and not kept: whoever sends it types it anew.
const SECRET: [&str; 2] = ["password", "code"];

/// A form as it was sent: names and values, some of them several times.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
    hash: Vec<u8>,
    /// In which its page is told.
    language: Language,
}

impl Form {
    /// From pairs in the manner of a form.
    pub fn of(bytes: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(bytes).into_owned().collect();
        Self { pairs, hash: system::sha256(bytes), language: Language::default() }
    }

    /// The same on a page that is told in this language.
    pub fn told_in(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// What was typed into a field, without blanks around it; empty where nothing was.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// All that was sent under one name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim()).collect()
    }

    /// The same, as it was typed: passwords may begin with a blank.
    pub fn raw(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A number as people type it: with dots, blanks and the sign of the currency; none where nothing is typed.
    ///
    /// # Errors
    /// `unreadable_number` for anything else.
    pub fn number(&self, name: &str) -> Result<Option<i64>, FieldIssue> {
        let text = self.text(name).trim_start_matches("Rp").trim_start_matches("rp");
        let bare: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        if bare.is_empty() {
            return Ok(None);
        }
        bare.parse().map(Some).map_err(|_| FieldIssue::new(name, FieldCode::UnreadableNumber, ""))
    }

    /// A day as people write it; none where nothing is typed.
    ///
    /// # Errors
    /// `unreadable_date` for anything else.
    pub fn date(&self, name: &str) -> Result<Option<NaiveDate>, FieldIssue> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        // A spreadsheet's day number is nothing that people type.
        let read = calendar::parse_date(text).filter(|_| text.len() > 5);
        read.map(Some).ok_or_else(|| FieldIssue::new(name, FieldCode::UnreadableDate, ""))
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// What somebody typed, none where it is empty.
    pub fn given(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// Whether the form had such a field.
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(field, _)| field == name)
    }

    /// All fields but secrets, to be sent again.
    pub fn kept(&self) -> Vec<(String, String)> {
        self.pairs.iter().filter(|(name, _)| !SECRET.contains(&name.as_str())).cloned().collect()
    }

    /// The version of what somebody saw.
    pub fn version(&self) -> Option<i64> {
        self.text("versi").parse().ok()
    }

    /// The fields that must not be empty and are.
    pub fn missing(&self, names: &[&str]) -> Vec<FieldIssue> {
        let empty = names.iter().filter(|name| self.text(name).is_empty());
        empty.map(|name| FieldIssue::new(name, FieldCode::Required, "")).collect()
    }

    /// What is wrong with a form before a use case sees it: needed fields that are empty, characters that cannot be seen.
    pub fn faults(&self, needed: &[&str]) -> Vec<FieldIssue> {
        self.missing(needed).into_iter().chain(self.unseen()).collect()
    }

    /// The first field with a character that cannot be seen, or turns the text around.
    pub fn unseen(&self) -> Option<FieldIssue> {
        let found = self.pairs.iter().find(|(_, value)| plain::refused(value).is_some());
        found.map(|(name, _)| FieldIssue::new(name, FieldCode::ControlCharacter, ""))
    }

    /// Under what the form is done once where nobody is logged in; `bad_key` as for `key`.
    pub fn once(&self, path: &str) -> Result<Once, Problem> {
        Ok(Once::of(&format!("{path}:{}:{}", self.own_key()?, system::hex(&self.hash))))
    }

    /// Somebody wants to see what they typed into the field of a password, or no longer; nothing else is asked for.
    pub fn look(&self) -> Option<Look> {
        match self.text("aksi") {
            "lihat" => Some(Look::Shown),
            "tutup" => Some(Look::Hidden),
            _ => None,
        }
    }

    /// What the form was given when it was shown.
    fn own_key(&self) -> Result<&str, Problem> {
        let given = self.text("kunci");
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if (8..=64).contains(&given.len()) && given.chars().all(allowed) {
            Ok(given)
        } else {
            Err(Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadKey))
        }
    }

    /// The key under which a login does this once; `bad_key` for a form that is not of this service.
    pub fn key(&self, account: AccountId, path: &str) -> Result<Key, Problem> {
        let given = self.own_key()?;
        let address = path.to_owned();
        let head = format!("POST {path}\n");
        let request_hash = system::sha256(&[head.as_bytes(), &self.hash].concat());
        Ok(Key { account, key: format!("halaman:{given}"), address, request_hash })
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let spoken = request.extensions().get::<Spoken>().cloned().unwrap_or_default();
        Ok(Self::of(&read_bytes(request, state).await?).told_in(spoken.language))
    }
}

/// How a password that somebody typed and is not sent yet stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// To be read.
    Shown,
    /// As dots.
    Hidden,
}

/// One thing to mend: the field and the words that stand at it and above the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    pub said: String,
}

/// A form as it is shown: what was typed before, and what is to be mended.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    form: Form,
    pub faults: Vec<Fault>,
    /// Somebody wants to see their password, or no longer: it is still there.
    look: Option<Look>,
}

impl Shown {
    /// Nothing typed yet.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Filled in by the service.
    pub fn filled(pairs: Vec<(String, String)>) -> Self {
        Self { form: Form { pairs, ..Form::default() }, ..Self::default() }
    }

    /// What was typed, with what is wrong with it.
    pub fn wrong(form: Form, issues: &[FieldIssue]) -> Self {
        let fault = |issue: &FieldIssue| Fault {
            field: issue.field.clone(),
            said: form.language.form_field(&issue.field, issue.code, issue.limit),
        };
        let faults = issues.iter().map(fault).collect();
        Self { form, faults, look: None }
    }

    /// The same with one sentence, at this field.
    pub fn said(form: Form, field: &str, said: String) -> Self {
        Self { form, faults: vec![Fault { field: field.to_owned(), said }], look: None }
    }

    /// What was typed, with its password to be read or as dots.
    pub fn looked(form: Form, look: Look) -> Self {
        Self { form, faults: Vec::new(), look: Some(look) }
    }

    /// Whether a password is to be read.
    pub fn shows(&self) -> bool {
        self.look == Some(Look::Shown)
    }

    /// The password that is still there; empty where it is to be typed anew.
    pub fn secret(&self, name: &str) -> &str {
        if self.look.is_some() { self.form.raw(name) } else { "" }
    }

    /// Whether the form had such a field.
    pub fn has(&self, name: &str) -> bool {
        self.form.has(name)
    }

    /// All that stands under one name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.form.all(name)
    }

    /// The version of what somebody saw.
    pub fn version(&self) -> Option<i64> {
        self.form.version()
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.form.text(name)
    }

    /// Whether a choice is the one that was made.
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.form.pairs.iter().any(|(field, given)| field == name && given == value)
    }

    /// What is wrong with a field; empty where nothing is.
    pub fn fault(&self, name: &str) -> &str {
        self.faults.iter().find(|fault| fault.field == name).map_or("", |fault| fault.said.as_str())
    }

    /// Whether something is wrong.
    pub fn is_wrong(&self) -> bool {
        !self.faults.is_empty()
    }
}

/// One answer to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

/// What was read; what could not be is named.
pub fn kept<T>(read: Result<Option<T>, FieldIssue>, issues: &mut Vec<FieldIssue>) -> Option<T> {
    match read {
        Ok(value) => value,
        Err(issue) => {
            issues.push(issue);
            None
        }
    }
}

/// The words of a closed list as answers to choose.
pub fn choices<T: Copy>(
    all: &[T],
    value: fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<Choice> {
    all.iter().map(|one| Choice { value: value(*one), label: label(*one) }).collect()
}

/// The same of words that belong to a form alone.
pub fn said(pairs: &'static [(&'static str, &'static str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice { value, label }).collect()
}

/// Why what was sent could not be done, and what to do: for the head of the page that shows what is now.
pub fn told(error: &AppError) -> (&'static str, &'static str) {
    match error {
        AppError::Stale { .. } => (pages::CHANGED, ""),
        other => {
            let said = Language::default().problem(other.code());
            (said.title, said.advice)
        }
    }
}

/// What became of something that was sent.
pub enum Sent {
    /// It was done, now or before: lead there.
    Done(axum::response::Response),
    /// It is to be mended.
    Mend(Vec<FieldIssue>),
    /// It met another state than was seen, or a rule: tell that, and show what is.
    Met(AppError),
}

/// Sorts what came of a change: done, to be mended, met something; everything else is an error of its own.
pub fn outcome(result: Result<Answer, AppError>) -> Result<Sent, Problem> {
    match result {
        Ok(answer) => Ok(Sent::Done(lead_to(answer.kept.location.as_deref().unwrap_or("/")))),
        Err(AppError::Invalid(issues)) => Ok(Sent::Mend(issues)),
        Err(error @ (AppError::Conflict { .. } | AppError::Stale { .. })) => Ok(Sent::Met(error)),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read_and_secrets_are_not_kept() {
        let form = Form::of(b"login=+0812+&password=%20rahasia%20&versi=7&a=1&a=2");
        assert_eq!(
            (form.text("login"), form.raw("password"), form.version()),
            ("0812", " rahasia ", Some(7))
        );
        assert_eq!(form.kept().len(), 4);
        assert!(form.unseen().is_none() && Form::of(b"a=x%00y").unseen().is_some());
        assert_eq!(form.missing(&["login", "b"]).len(), 1);
    }

    #[test]
    fn a_password_is_shown_to_whoever_asks_for_it_only() {
        let form = Form::of(b"password=+a+&aksi=lihat");
        assert_eq!((form.look(), Form::of(b"aksi=masuk").look()), (Some(Look::Shown), None));
        let shown = Shown::looked(form.clone(), Look::Shown);
        assert_eq!((shown.shows(), shown.secret("password")), (true, " a "));
        let hidden = Shown::looked(form.clone(), Look::Hidden);
        assert_eq!((hidden.shows(), hidden.secret("password")), (false, " a "));
        assert_eq!(Shown::wrong(form, &[]).secret("password"), "");
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |text: &str| {
            Form { pairs: vec![("n".to_owned(), text.to_owned())], ..Form::default() }.number("n")
        };
        for text in ["2500000", "2.500.000", "Rp2.500.000", " Rp 2 500 000 "] {
            assert_eq!(read(text), Ok(Some(2_500_000)), "{text}");
        }
        assert_eq!(read(" "), Ok(None));
        for text in ["dua juta", "2,5 juta", "1e6", "99999999999999999999"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_key_holds_for_one_sending() {
        let account = AccountId(uuid::Uuid::from_u128(1));
        let key = |body: &[u8], path: &str| Form::of(body).key(account, path);
        let first = key(b"kunci=12345678&a=1", "/x").unwrap();
        assert_eq!(first.request_hash, key(b"kunci=12345678&a=1", "/x").unwrap().request_hash);
        assert_ne!(first.request_hash, key(b"kunci=12345678&a=2", "/x").unwrap().request_hash);
        assert_ne!(first.request_hash, key(b"kunci=12345678&a=1", "/y").unwrap().request_hash);
        assert!(key(b"kunci=1234", "/x").is_err() && key(b"kunci=1234567%00", "/x").is_err());
        assert!(Form::of(b"kunci=12345678").once("/x").is_ok() && Form::of(b"said=x").once("/x").is_err());
    }
}
