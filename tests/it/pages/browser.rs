//! A browser without a window and without scripts: it keeps cookies, follows where it is led, finds a form by the words on its
//! button, fills it in by the labels of its fields and sends it. What a person could not do it cannot do either.
use std::collections::BTreeMap;

use reqwest::{Method, StatusCode, header::HeaderMap};
use scraper::{ElementRef, Html, Selector};

use crate::support::app::TestApp;

/// Somebody at a browser.
pub struct Browser {
    http: reqwest::Client,
    base: String,
    cookies: BTreeMap<String, String>,
}

/// A page as it was answered, at the address it was found at in the end.
#[derive(Clone, Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub path: String,
    pub headers: HeaderMap,
    pub text: String,
}

/// A form that is filled in.
#[derive(Clone, Debug)]
pub struct Filled {
    pub method: Method,
    pub action: String,
    pub fields: Vec<(String, String)>,
    labels: BTreeMap<String, (String, String, String)>,
}

pub fn select<'a>(scope: ElementRef<'a>, what: &str) -> Vec<ElementRef<'a>> {
    scope.select(&Selector::parse(what).unwrap()).collect()
}

pub fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Browser {
    pub fn new(app: &TestApp) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, base: format!("http://{}", app.address), cookies: BTreeMap::new() }
    }

    /// The key of the login, as the cookie has it.
    pub fn cookie(&self) -> Option<&str> {
        self.cookies.values().next().map(String::as_str)
    }

    pub fn set_cookie(&mut self, value: &str) {
        self.cookies.insert("__Host-masuk".to_owned(), value.to_owned());
    }

    pub async fn get(&mut self, path: &str) -> Seen {
        self.follow(Method::GET, path.to_owned(), Vec::new()).await
    }

    /// Sends a form that was found.
    pub async fn send(&mut self, form: &Filled) -> Seen {
        if form.method == Method::GET {
            let query = form_urlencoded(&form.fields);
            return self.get(&format!("{}?{query}", form.action)).await;
        }
        self.follow(form.method.clone(), form.action.clone(), form.fields.clone()).await
    }

    /// One request, without following.
    pub async fn ask(&mut self, method: Method, path: &str, fields: &[(String, String)]) -> Seen {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if !self.cookies.is_empty() {
            let line: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", line.join("; "));
        }
        if method == Method::POST {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin")
                .body(form_urlencoded(fields));
        }
        let response = request.send().await.unwrap();
        for line in response.headers().get_all("set-cookie") {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (status, headers) = (response.status(), response.headers().clone());
        Seen { status, path: path.to_owned(), headers, text: response.text().await.unwrap() }
    }

    async fn follow(&mut self, method: Method, path: String, fields: Vec<(String, String)>) -> Seen {
        let mut seen = self.ask(method, &path, &fields).await;
        for _ in 0..5 {
            if seen.status != StatusCode::SEE_OTHER {
                return seen;
            }
            let to = seen.header("location").unwrap().to_owned();
            assert!(to.starts_with('/'), "led elsewhere: {to}");
            seen = self.ask(Method::GET, &to, &[]).await;
        }
        panic!("led in a circle: {}", seen.path);
    }
}

pub fn form_urlencoded(fields: &[(String, String)]) -> String {
    let mut query = reqwest::Url::parse("http://x").unwrap();
    query.query_pairs_mut().extend_pairs(fields);
    query.query().unwrap_or_default().to_owned()
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text)
    }

    /// What it says, without marks.
    pub fn said(&self) -> String {
        let html = self.html();
        let body = select(html.root_element(), "body");
        words(*body.first().unwrap_or_else(|| panic!("no page: {}", self.text)))
    }

    pub fn title(&self) -> String {
        let html = self.html();
        words(select(html.root_element(), "h1")[0])
    }

    #[track_caller]
    pub fn says(&self, what: &str) -> &Self {
        assert!(
            self.said().contains(what),
            "{} ({}) does not say {what:?}: {}",
            self.path,
            self.status,
            self.said()
        );
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.said());
        self
    }

    /// Where a link with these words leads.
    #[track_caller]
    pub fn link(&self, label: &str) -> String {
        let html = self.html();
        let links = select(html.root_element(), "a");
        let is = |link: &&ElementRef<'_>| words(**link) == label;
        let begins = |link: &&ElementRef<'_>| words(**link).starts_with(label);
        let found = links.iter().find(is).or_else(|| links.iter().find(begins));
        let found = found.unwrap_or_else(|| panic!("{}: no link {label:?}: {}", self.path, self.said()));
        found.value().attr("href").unwrap().to_owned()
    }

    /// The form with this button, as it stands on the page.
    #[track_caller]
    pub fn form(&self, button: &str) -> Filled {
        let html = self.html();
        for form in select(html.root_element(), "form") {
            let buttons = select(form, "button");
            let Some(pressed) = buttons.iter().find(|one| words(**one) == button) else { continue };
            let mut fields = Vec::new();
            let mut labels = BTreeMap::new();
            for field in select(form, "input, textarea, select") {
                let attr = |name: &str| field.value().attr(name).unwrap_or_default().to_owned();
                let (name, kind) = (attr("name"), attr("type"));
                let value = match field.value().name() {
                    "textarea" => field.text().collect(),
                    "select" => chosen(field),
                    _ => attr("value"),
                };
                if let Some(label) = label_of(form, &attr("id")) {
                    labels.insert(label, (name.clone(), value.clone(), kind.clone()));
                }
                let choice = kind == "radio" || kind == "checkbox";
                if !choice || field.value().attr("checked").is_some() {
                    fields.push((name, value));
                }
            }
            if let Some(name) = pressed.value().attr("name") {
                fields.push((name.to_owned(), pressed.value().attr("value").unwrap_or_default().to_owned()));
            }
            let attr = |name: &str| form.value().attr(name).map(str::to_owned);
            let method = attr("method").unwrap_or_else(|| "get".to_owned()).to_uppercase().parse().unwrap();
            return Filled {
                method,
                action: attr("action").unwrap_or_else(|| self.path.clone()),
                fields,
                labels,
            };
        }
        panic!("{}: no form with button {button:?}: {}", self.path, self.said());
    }
}

fn chosen(select_field: ElementRef<'_>) -> String {
    let options = select(select_field, "option");
    let chosen = options.iter().find(|one| one.value().attr("selected").is_some()).or(options.first());
    chosen.and_then(|one| one.value().attr("value")).unwrap_or_default().to_owned()
}

fn label_of(form: ElementRef<'_>, id: &str) -> Option<String> {
    let labels = select(form, "label");
    labels.into_iter().find(|label| label.value().attr("for") == Some(id)).map(words)
}

impl Filled {
    /// Types into the field with this label, or chooses it.
    #[track_caller]
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        let known: Vec<&String> = self.labels.keys().collect();
        let found = self.labels.iter().find(|(own, _)| own.starts_with(label));
        let (_, (name, own, kind)) = found.unwrap_or_else(|| panic!("no field {label:?}, only {known:?}"));
        let value = if kind == "radio" || kind == "checkbox" { own.clone() } else { value.to_owned() };
        let name = name.clone();
        self.fields.retain(|(field, _)| *field != name);
        self.fields.push((name, value));
        self
    }

    /// Chooses the answer with this label.
    #[track_caller]
    pub fn choose(self, label: &str) -> Self {
        self.fill(label, "")
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Another value for a field that nobody sees.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}
