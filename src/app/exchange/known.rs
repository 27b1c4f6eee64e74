//! Which rows of a file are known: people by their NIK, employers by their NIB, vacancies by the list's own number, else by
//! employer, title and place. Rows that an earlier program stored under the name of their file and their line are found by
//! what they say.
use std::collections::{HashMap, HashSet};

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        employers,
        exchange::{changes, judging::JudgedFile, report::Change},
        people, system,
        vacancies::Origin,
    },
    domain::{
        employer::name_key,
        ids::{EmployerId, PersonId},
        intake::{
            identity::{self, Key},
            person::PersonDraft,
            vacancy::VacancyDraft,
        },
        region::RegionCode,
    },
    store::{Tx, employers as employer_rows, people as person_rows, vacancies as rows, vacancies::Vacancy},
    words::id::files,
};

/// Who a row is about, and what it says otherwise than what is stored; `None` when nobody with this NIK is known. Of somebody
/// whom the caller may not see, nothing is told but that the NIK is known.
pub(crate) async fn person(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    draft: &PersonDraft,
    called: &(dyn Fn(&str) -> String + Sync),
) -> Result<Option<(PersonId, Vec<Change>)>, AppError> {
    let lookup = app.keys.nik_lookup(draft.nik.expose());
    let Some(found) = person_rows::find_by_nik(tx, &lookup).await? else {
        return Ok(None);
    };
    let family_key = draft.family_card.as_ref().map(|card| app.keys.family_key(card.expose()));
    let changes = match people::read(tx, acting, found.id).await {
        Ok(stored) => changes::of_person(draft, &stored, family_key, called),
        Err(AppError::NotFound) => Vec::new(),
        Err(other) => return Err(other),
    };
    Ok(Some((found.id, changes)))
}

/// What lists of their own are called where a vacancy's source is told.
const OWN_LIST: &str = "daftar";

/// The employers there are and the vacancies that were imported before.
pub(super) struct Register {
    by_nib: HashMap<String, EmployerId>,
    by_name: HashMap<String, EmployerId>,
    unnamed: HashSet<EmployerId>,
    loaded: HashSet<EmployerId>,
    stored: Vec<Vacancy>,
    by_number: HashMap<Key, usize>,
    by_content: HashMap<Key, usize>,
    by_content_without_number: HashMap<Key, usize>,
}

impl Register {
    pub(super) async fn load(tx: &mut Tx) -> Result<Self, AppError> {
        let mut register = Self {
            by_nib: HashMap::new(),
            by_name: HashMap::new(),
            unnamed: HashSet::new(),
            loaded: HashSet::new(),
            stored: Vec::new(),
            by_number: HashMap::new(),
            by_content: HashMap::new(),
            by_content_without_number: HashMap::new(),
        };
        for employer in employer_rows::called(tx).await? {
            register.enter_employer(employer.id, &employer.name, employer.nib);
        }
        Ok(register)
    }

    fn enter_employer(&mut self, id: EmployerId, name: &str, nib: Option<String>) {
        self.by_name.entry(name_key(name)).or_insert(id);
        if let Some(nib) = nib {
            self.by_nib.insert(nib, id);
        }
        if name.starts_with(files::UNNAMED) {
            self.unnamed.insert(id);
        }
    }

    /// Whose vacancy it is, when the employer is known.
    fn employer(&self, draft: &VacancyDraft) -> Option<EmployerId> {
        let by_nib = draft.nib.as_ref().and_then(|nib| self.by_nib.get(nib.as_str()));
        by_nib.or_else(|| self.by_name.get(&name_key(&name_of(draft)))).copied()
    }

    /// Whose vacancy it is; an employer of which only a name is known is registered.
    pub(super) async fn employer_or_new(
        &mut self,
        app: &App,
        tx: &mut Tx,
        draft: &VacancyDraft,
        sample: bool,
    ) -> Result<EmployerId, AppError> {
        if let Some(known) = self.employer(draft) {
            return Ok(known);
        }
        let name = name_of(draft);
        let row = employers::register_by_name(app, tx, &Acting::terminal(), &name, sample).await?;
        self.enter_employer(row.id, &name, None);
        Ok(row.id)
    }

    /// The stored vacancy that a row is about.
    pub(super) async fn find(
        &mut self,
        tx: &mut Tx,
        draft: &VacancyDraft,
    ) -> Result<Option<&Vacancy>, AppError> {
        let Some(employer) = self.employer(draft) else {
            return Ok(None);
        };
        if self.loaded.insert(employer) {
            for vacancy in rows::imported(tx, employer).await? {
                self.keep(vacancy);
            }
        }
        let (number, content) = identity::keys(draft, self.label(employer).as_deref());
        let found = match number {
            None => self.by_content.get(&content),
            // A list that had no numbers before may have some now.
            Some(number) => {
                self.by_number.get(&number).or_else(|| self.by_content_without_number.get(&content))
            }
        };
        Ok(found.and_then(|at| self.stored.get(*at)))
    }

    /// Whether a row that lists several positions was stored as one vacancy by an earlier program.
    pub(super) async fn knows_whole(&mut self, tx: &mut Tx, draft: &VacancyDraft) -> Result<bool, AppError> {
        let title = draft.title.as_deref().map(identity::words_key);
        Ok(self.find(tx, draft).await?.is_some_and(|stored| {
            let is_numbered = draft.source_id.is_some() && Some(identity::words_key(&stored.title)) == title;
            is_numbered || stored.description == draft.description
        }))
    }

    fn label(&self, employer: EmployerId) -> Option<String> {
        (!self.unnamed.contains(&employer)).then(|| employer.to_string())
    }

    fn keep(&mut self, vacancy: Vacancy) {
        let at = self.stored.len();
        let label = self.label(vacancy.employer_id);
        let (number, content) = keys_of(&vacancy, label.as_deref());
        match number {
            Some(number) => {
                self.by_number.entry(number).or_insert(at);
            }
            None => {
                self.by_content_without_number.entry(content.clone()).or_insert(at);
            }
        }
        self.by_content.entry(content).or_insert(at);
        self.stored.push(vacancy);
    }

    /// Under which source and id a new vacancy is stored.
    pub(super) fn origin(&self, draft: &VacancyDraft, employer: EmployerId, sample: bool) -> Origin {
        let source = draft.source.clone().unwrap_or_else(|| OWN_LIST.to_owned());
        let (number, content) = identity::keys(draft, self.label(employer).as_deref());
        let external_id = match (number, &draft.source) {
            (Some(Key::Number(_, number)), Some(_)) => number,
            (Some(Key::Number(_, number)), None) => format!("{employer}{BY_NUMBER}{number}"),
            (_, _) => format!("{employer}{BY_CONTENT}{}", digest(&content)),
        };
        Origin { sample, source: Some(source), external_id: Some(external_id) }
    }

    /// Keeps out rows of a file that are about one vacancy.
    pub(super) fn refuse_twice(&self, file: &mut JudgedFile<VacancyDraft>) {
        // Rows with NIB and name tell which name goes with which NIB for rows that have only the one.
        let mut nibs: HashMap<String, String> = HashMap::new();
        for (_, draft) in &file.drafts {
            if let (Some(nib), Some(name)) = (&draft.nib, &draft.employer) {
                nibs.entry(name_key(name)).or_insert_with(|| nib.as_str().to_owned());
            }
        }
        file.refuse_twice("title", |draft| {
            let by_name = || draft.employer.as_deref().and_then(|name| nibs.get(&name_key(name)));
            let nib = draft.nib.as_ref().map(|nib| nib.as_str()).or_else(|| by_name().map(String::as_str));
            let known = self.employer(draft).and_then(|employer| self.label(employer));
            let label = known.or_else(|| identity::employer_key(nib, draft.employer.as_deref()));
            let (number, content) = identity::keys(draft, label.as_deref());
            number.unwrap_or(content)
        });
    }
}

const BY_NUMBER: &str = ":nomor:";
const BY_CONTENT: &str = ":isi:";

/// The name an employer is stored under.
fn name_of(draft: &VacancyDraft) -> String {
    let name = draft.employer.as_deref().map(str::trim).filter(|name| !name.is_empty());
    name.map_or_else(|| files::unnamed_employer(draft.source.as_deref()), str::to_owned)
}

/// The keys of a stored vacancy.
fn keys_of(vacancy: &Vacancy, employer: Option<&str>) -> (Option<Key>, Key) {
    let village = vacancy.village.as_deref().and_then(|code| RegionCode::parse(code).ok());
    let place = identity::place(village, vacancy.place_text.as_deref());
    let title =
        if vacancy.title == files::UNTITLED { String::new() } else { identity::words_key(&vacancy.title) };
    let content = identity::content(employer, &title, &place, &vacancy.description);
    (number_of(vacancy, employer), content)
}

/// The number a stored vacancy has in its list. Earlier programs named the file as its source, and its line where it had
/// no number.
fn number_of(vacancy: &Vacancy, employer: Option<&str>) -> Option<Key> {
    let (source, id) = (vacancy.source.as_deref()?, vacancy.external_id.as_deref()?);
    if id.contains(BY_CONTENT) || id.strip_prefix("baris ").is_some_and(|line| line.parse::<u64>().is_ok()) {
        return None;
    }
    let is_file =
        [".csv", ".tsv", ".jsonl", ".ndjson"].iter().any(|end| source.to_lowercase().ends_with(end));
    let own = employer.unwrap_or_default();
    match id.split_once(BY_NUMBER) {
        Some((_, number)) if source == OWN_LIST => Some(Key::Number(own.to_owned(), number.to_owned())),
        _ if is_file => Some(Key::Number(own.to_owned(), id.to_owned())),
        _ => Some(Key::Number(source.to_owned(), id.to_owned())),
    }
}

fn digest(key: &Key) -> String {
    let text = match key {
        Key::Number(within, number) => format!("{within}\n{number}"),
        Key::Content(employer, title, place) => format!("{employer}\n{title}\n{place}"),
    };
    let hash = system::sha256(text.as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
