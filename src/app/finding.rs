//! What everybody finds among the open vacancies: by words, read like the ads themselves (slips, synonyms, neighbouring
//! occupations), by place, wage, education, contract, and how people get there. The index says which share a word; the
//! database has the last word: what is closed is not found.
use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        App, AppError,
        indexing::view::View,
        vacancies::seen::{Sight, VacancyView},
    },
    domain::{
        codes::FieldCode,
        education::Education,
        ids::VacancyId,
        intake::words::EmploymentType,
        plain,
        region::{self, RegionCode},
        vacancy::{self, State},
    },
    reading::tokens,
    search::reader::Wanted,
    store::{
        events,
        posted::{self, Posted},
        vacancies::{self, Scope},
    },
};

/// Longest text that is looked for, characters.
pub const LONGEST: usize = 200;
/// Most vacancies that the index is asked for.
const MOST: usize = 5_000;
/// The share of the best score below which a vacancy has only some common word.
const LEAST_SHARE: f32 = 0.2;

/// What is looked for; what is empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Words.
    pub words: String,
    /// Code of a district of the regency.
    pub district: Option<RegionCode>,
    /// Within so many kilometres of a village.
    pub near: Option<(RegionCode, u32)>,
    /// A wage of at least so much a month, rupiah.
    pub wage: Option<i64>,
    /// That asks for no more than this.
    pub education: Option<Education>,
    pub employment: Option<EmploymentType>,
    /// People are taken to work.
    pub shuttle: bool,
    /// People can live there.
    pub dormitory: bool,
}

/// One thing that a wish asks for, and that can be left out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Words,
    District,
    Near,
    Wage,
    Education,
    Employment,
    Shuttle,
    Dormitory,
}

impl Part {
    /// All, the widest first.
    pub const ALL: [Self; 8] = [
        Self::Words,
        Self::District,
        Self::Near,
        Self::Wage,
        Self::Education,
        Self::Employment,
        Self::Shuttle,
        Self::Dormitory,
    ];
}

impl Wish {
    /// Whether it asks for this.
    pub fn has(&self, part: Part) -> bool {
        match part {
            Part::Words => !self.words.trim().is_empty(),
            Part::District => self.district.is_some(),
            Part::Near => self.near.is_some(),
            Part::Wage => self.wage.is_some(),
            Part::Education => self.education.is_some(),
            Part::Employment => self.employment.is_some(),
            Part::Shuttle => self.shuttle,
            Part::Dormitory => self.dormitory,
        }
    }

    /// The same without it.
    #[must_use]
    pub fn without(&self, part: Part) -> Self {
        let mut rest = self.clone();
        match part {
            Part::Words => rest.words.clear(),
            Part::District => rest.district = None,
            Part::Near => rest.near = None,
            Part::Wage => rest.wage = None,
            Part::Education => rest.education = None,
            Part::Employment => rest.employment = None,
            Part::Shuttle => rest.shuttle = false,
            Part::Dormitory => rest.dormitory = false,
        }
        rest
    }

    /// Whether a vacancy has all that is asked for besides words. What an ad does not say it does not have.
    fn suits(&self, one: &Posted) -> bool {
        Part::ALL.into_iter().all(|part| !self.has(part) || self.suits_in(one, part))
    }

    fn suits_in(&self, one: &Posted, part: Part) -> bool {
        let village = || one.village.as_deref().and_then(|code| RegionCode::parse(code).ok());
        match part {
            Part::Words => true,
            Part::District => village().and_then(|code| code.district()) == self.district,
            Part::Near => self.near.is_some_and(|(home, most)| {
                let way = village().and_then(|there| region::distance_m(home, there));
                way.is_some_and(|metres| metres <= most.saturating_mul(1_000))
            }),
            Part::Wage => {
                self.wage.is_some_and(|least| one.wage_max.or(one.wage_min).is_some_and(|wage| wage >= least))
            }
            Part::Education => self.education.is_some_and(|own| {
                let asked = one.education_min.as_deref().and_then(|word| word.parse::<Education>().ok());
                asked.is_none_or(|asked| own.meets(asked))
            }),
            Part::Employment => one.employment_type.as_deref() == self.employment.map(EmploymentType::as_str),
            Part::Shuttle => one.shuttle == Some(true),
            Part::Dormitory => one.dormitory == Some(true),
        }
    }
}

/// A vacancy in a list. Wages are rupiah per month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostedView {
    pub id: VacancyId,
    pub title: String,
    pub employer_name: String,
    /// Village code of the workplace.
    pub village: Option<String>,
    /// The workplace in words.
    pub place: Option<String>,
    /// Seats that are not taken yet, where the number is told.
    pub seats_left: Option<i64>,
    pub wage_min: Option<i64>,
    pub wage_max: Option<i64>,
    #[schema(value_type = Option<EmploymentType>)]
    pub employment_type: Option<String>,
    #[schema(value_type = Option<Education>)]
    pub education_min: Option<String>,
    pub shuttle: Option<bool>,
    pub dormitory: Option<bool>,
    /// Last day to apply.
    pub closes_on: Option<NaiveDate>,
    /// Metres from the village that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way_m: Option<u32>,
}

impl PostedView {
    /// A row, seen from a home.
    pub fn of(row: Posted, home: Option<RegionCode>) -> Self {
        let there = row.village.as_deref().and_then(|code| RegionCode::parse(code).ok());
        let way_m = home.zip(there).and_then(|(home, there)| region::distance_m(home, there));
        Self {
            id: row.id,
            title: row.title,
            employer_name: row.employer_name,
            place: row.village.as_deref().and_then(region::full_name).or(row.place_text),
            village: row.village,
            seats_left: row.seats.map(|seats| (seats - row.taken).max(0)),
            wage_min: row.wage_min,
            wage_max: row.wage_max,
            employment_type: row.employment_type,
            education_min: row.education_min,
            shuttle: row.shuttle,
            dormitory: row.dormitory,
            closes_on: row.closes_on,
            way_m,
        }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// This page of it: by likeness where words are asked for, else by way, else newest first.
    pub items: Vec<PostedView>,
    /// How many in all.
    pub total: usize,
    /// Where nothing was found: the one thing without which something is, and how many.
    pub instead: Option<(Part, usize)>,
}

/// What is open at all: seats that are not taken yet, vacancies, districts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overview {
    pub seats: i64,
    pub vacancies: usize,
    pub districts: usize,
}

/// Looks for open vacancies: from this place of the list on, so many.
///
/// # Errors
/// `too_long` for words of more than `LONGEST` characters, `control_character` for what cannot be seen.
pub async fn search(
    app: &App,
    view: &View,
    wish: &Wish,
    (skip, take): (usize, usize),
) -> Result<Found, AppError> {
    check(&wish.words)?;
    let scores = if wish.has(Part::Words) { Some(scores(view, &wish.words)?) } else { None };
    let mut tx = app.db.read().await?;
    let all = posted::open_on(&mut tx, app.clock.today()).await?;
    tx.rollback().await?;
    let kept = kept(&all, wish, scores.as_ref());
    let home = wish.near.map(|(home, _)| home);
    let total = kept.len();
    let instead = if total == 0 { widest(&all, wish, scores.as_ref()) } else { None };
    let items = kept.into_iter().skip(skip).take(take).map(|row| PostedView::of(row.clone(), home)).collect();
    Ok(Found { items, total, instead })
}

/// What is open at all, and the newest of it.
pub async fn overview(app: &App, take: usize) -> Result<(Overview, Vec<PostedView>), AppError> {
    let mut tx = app.db.read().await?;
    let all = posted::open_on(&mut tx, app.clock.today()).await?;
    let districts: std::collections::BTreeSet<Option<RegionCode>> = all
        .iter()
        .filter_map(|row| row.village.as_deref())
        .map(|code| RegionCode::parse(code).ok().and_then(|code| code.district()))
        .filter(Option::is_some)
        .collect();
    let seats = all.iter().map(|row| (row.seats.unwrap_or(1) - row.taken).max(0)).sum();
    let overview = Overview { seats, vacancies: all.len(), districts: districts.len() };
    Ok((overview, all.into_iter().take(take).map(|row| PostedView::of(row, None)).collect()))
}

type Scores = HashMap<VacancyId, f32>;

fn check(words: &str) -> Result<(), AppError> {
    if words.chars().count() > LONGEST {
        return Err(AppError::field("q", FieldCode::TooLong, ""));
    }
    if plain::refused(words).is_some() {
        return Err(AppError::field("q", FieldCode::ControlCharacter, ""));
    }
    Ok(())
}

fn scores(view: &View, words: &str) -> Result<Scores, AppError> {
    let concepts: Vec<String> = tokens::analyse(words)
        .into_iter()
        .map(|token| token.text)
        .filter(|text| text.contains(':'))
        .collect();
    let found = view.reader().vacancies(&Wanted { concepts: &concepts, words, village: None }, MOST)?;
    let best = found.first().map_or(0.0, |(_, score)| *score);
    Ok(found.into_iter().filter(|(_, score)| *score >= best * LEAST_SHARE).collect())
}

fn kept<'a>(all: &'a [Posted], wish: &Wish, scores: Option<&Scores>) -> Vec<&'a Posted> {
    let named = |one: &&Posted| scores.is_none_or(|scores| scores.contains_key(&one.id));
    let mut kept: Vec<&Posted> = all.iter().filter(named).filter(|one| wish.suits(one)).collect();
    if let Some(scores) = scores.filter(|_| wish.has(Part::Words)) {
        let of = |one: &Posted| scores.get(&one.id).copied().unwrap_or_default();
        kept.sort_by(|a, b| of(b).total_cmp(&of(a)).then(b.created_at.cmp(&a.created_at)));
    } else if let Some((home, _)) = wish.near {
        let way = |one: &Posted| {
            let there = one.village.as_deref().and_then(|code| RegionCode::parse(code).ok());
            there.and_then(|there| region::distance_m(home, there)).unwrap_or(u32::MAX)
        };
        kept.sort_by_key(|one| way(one));
    }
    kept
}

/// The one part without which most is found; words are given up last.
fn widest(all: &[Posted], wish: &Wish, scores: Option<&Scores>) -> Option<(Part, usize)> {
    let left = Part::ALL.into_iter().filter(|part| wish.has(*part)).map(|part| {
        let scores = scores.filter(|_| part != Part::Words);
        (part, kept(all, &wish.without(part), scores).len())
    });
    left.filter(|(_, count)| *count > 0).max_by_key(|(part, count)| (*part != Part::Words, *count))
}

/// A vacancy as everybody sees it.
pub enum Seen {
    /// It takes applications.
    Open(Box<VacancyView>),
    /// It was public and is over, or rests; some that are like it.
    Over(vacancy::State, Vec<PostedView>),
}

/// One vacancy for everybody. What never was public does not exist.
pub async fn seen(app: &App, view: &View, id: VacancyId, similar: usize) -> Result<Seen, AppError> {
    let mut tx = app.db.read().await?;
    let found = vacancies::listed(&mut tx, Scope::Office, id).await?.ok_or(AppError::NotFound)?;
    let was_public = match found.vacancy.state {
        State::Open | State::Paused | State::Filled | State::Expired => true,
        // A draft can be closed too.
        State::Closed => events::was_published(&mut tx, id).await?,
        State::Draft | State::Incomplete | State::Submitted | State::Rejected => false,
    };
    tx.rollback().await?;
    if !was_public {
        return Err(AppError::NotFound);
    }
    match found.standing().takes_people(app.clock.today()) {
        Ok(()) => Ok(Seen::Open(Box::new(VacancyView::of(found, Sight::Public, None)))),
        Err(_) => {
            let words = found.vacancy.title.chars().take(LONGEST).collect();
            let wish = Wish { words, ..Wish::default() };
            let alike = search(app, view, &wish, (0, similar)).await.map(|found| found.items);
            Ok(Seen::Over(found.vacancy.state, alike.unwrap_or_default()))
        }
    }
}
