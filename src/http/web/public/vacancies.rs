//! `/lowongan`: what is open, by words and filters. Everything asked for stands in the address, so that a list can be passed on;
//! what nobody understands is left out and said.
use std::{fmt::Display, sync::Arc};

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    app::{
        App, AppError,
        finding::{self, Part, PostedView, Wish},
        indexing::Indexer,
    },
    domain::{
        education::Education,
        intake::words::EmploymentType,
        region::{self, RegionCode},
    },
    http::{
        problem::Problem,
        web::{
            form::Form,
            form::Shown,
            frame::{Frame, Visit},
        },
    },
    words::Language,
};

/// Vacancies on a page.
const ON_A_PAGE: usize = 20;
/// Ways that can be chosen, kilometres.
const WAYS: [u32; 5] = [3, 5, 10, 15, 25];
/// Wages that can be chosen, rupiah a month.
const WAGES: [i64; 5] = [2_000_000, 2_300_000, 2_500_000, 3_000_000, 4_000_000];

/// A vacancy in a list, in finished words.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub title: String,
    pub employer: String,
    pub wage: Option<String>,
    pub place: Option<String>,
    pub way: Option<String>,
    pub contract: Option<&'static str>,
    pub education: String,
    pub until: Option<String>,
    pub seats: Option<String>,
    pub shuttle: bool,
    pub dormitory: bool,
}

impl Row {
    pub fn of(view: &PostedView, words: Language) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            employer: view.employer_name.clone(),
            wage: words.wage(view.wage_min, view.wage_max),
            place: view.place.clone(),
            way: view.way_m.map(|way| words.way(way)),
            contract: view.employment_type.as_deref().and_then(|code| words.employment_by_code(code)),
            education: words.asked_education(view.education_min.as_deref()),
            until: view.closes_on.map(|last| words.until(last)),
            seats: view.seats_left.filter(|left| *left > 0).map(|left| words.places(left)),
            shuttle: view.shuttle == Some(true),
            dormitory: view.dormitory == Some(true),
        }
    }
}

/// One choice of a list.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A district with its villages.
pub struct District {
    pub name: String,
    pub villages: Vec<Choice>,
}

/// A filter that is on, and the address without it.
pub struct Chip {
    pub label: String,
    pub without: String,
}

#[derive(Template)]
#[template(path = "public/vacancies.html")]
struct Vacancies {
    frame: Frame,
    form: Shown,
    q: String,
    chips: Vec<Chip>,
    districts: Vec<Choice>,
    places: Vec<District>,
    ways: Vec<Choice>,
    wages: Vec<Choice>,
    schools: Vec<Choice>,
    contracts: Vec<Choice>,
    shuttle: bool,
    dormitory: bool,
    /// Something in the address was not understood.
    ignored: bool,
    total: usize,
    /// How many there are.
    counted: String,
    /// That the page lies beyond the last one.
    beyond: String,
    rows: Vec<Row>,
    /// Where nothing was found: what to leave out, how many there are then, and where.
    instead: Option<(String, String, String)>,
    page: usize,
    pages: usize,
    before: Option<String>,
    after: Option<String>,
}

/// What an address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    wish: Wish,
    /// From 1.
    page: usize,
    ignored: bool,
}

impl Asked {
    fn read(query: &str) -> Self {
        let form = Form::of(query.as_bytes());
        let mut asked = Self { page: 1, ..Self::default() };
        asked.wish.words = form.text("q").to_owned();
        asked.wish.district = asked.understood(&form, "kec", |text| region(text, |code| !code.is_village()));
        let village = asked.understood(&form, "desa", |text| region(text, RegionCode::is_village));
        let way = asked.understood(&form, "km", |text| text.parse().ok().filter(|km| (1..=100).contains(km)));
        asked.wish.near = village.map(|village| (village, way.unwrap_or(10)));
        asked.wish.wage = asked.understood(&form, "upah", wage);
        asked.wish.education = asked.understood(&form, "didik", |text| text.parse().ok());
        asked.wish.employment = asked.understood(&form, "kontrak", |text| text.parse().ok());
        asked.wish.shuttle = form.ticked("antar");
        asked.wish.dormitory = form.ticked("mes");
        asked.page =
            asked.understood(&form, "hal", |text| text.parse().ok().filter(|page| *page >= 1)).unwrap_or(1);
        asked
    }

    fn understood<T>(&mut self, form: &Form, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = form.text(name);
        if text.is_empty() {
            return None;
        }
        let found = read(text);
        self.ignored |= found.is_none();
        found
    }
}

fn region(text: &str, fits: impl Fn(&RegionCode) -> bool) -> Option<RegionCode> {
    RegionCode::parse(text).ok().filter(fits).filter(|code| region::find(*code).is_some())
}

/// Dots and the sign of the currency do no harm.
fn wage(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let rest =
        text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | 'R' | 'r' | 'p'));
    digits.parse().ok().filter(|_| rest)
}

/// The address of a wish.
fn address(wish: &Wish, page: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            query.append_pair(name, &value);
        }
    };
    add("q", Some(wish.words.clone()));
    add("kec", wish.district.map(code));
    add("desa", wish.near.map(|(village, _)| code(village)));
    add("km", wish.near.map(|(_, km)| km.to_string()));
    add("upah", wish.wage.map(|wage| wage.to_string()));
    add("didik", wish.education.map(|level| level.as_str().to_owned()));
    add("kontrak", wish.employment.map(|kind| kind.as_str().to_owned()));
    add("antar", wish.shuttle.then(|| "1".to_owned()));
    add("mes", wish.dormitory.then(|| "1".to_owned()));
    add("hal", (page > 1).then(|| page.to_string()));
    let query = query.finish();
    if query.is_empty() { "/lowongan".to_owned() } else { format!("/lowongan?{query}") }
}

fn code(code: RegionCode) -> String {
    code.as_str().to_owned()
}

fn named(code: RegionCode) -> String {
    region::find(code).map_or_else(|| code.as_str().to_owned(), |found| found.name.to_owned())
}

/// What a part of a wish says, as a chip.
fn told(wish: &Wish, part: Part, words: Language) -> Option<String> {
    Some(match part {
        Part::Words => wish.words.clone(),
        Part::District => words.chip_district(&named(wish.district?)),
        Part::Near => {
            let (village, km) = wish.near?;
            words.chip_near(&named(village), km)
        }
        Part::Wage => words.chip_wage(wish.wage?),
        Part::Education => words.chip_education(wish.education?),
        Part::Employment => words.employment(wish.employment?).to_owned(),
        Part::Shuttle => words.chip_shuttle().to_owned(),
        Part::Dormitory => words.chip_dormitory().to_owned(),
    })
    .filter(|_| wish.has(part))
}

fn choice(value: impl Display, label: String, chosen: bool) -> Choice {
    Choice { value: value.to_string(), label, chosen }
}

pub async fn show(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let asked = Asked::read(&visit.query);
    let skip = (asked.page - 1).saturating_mul(ON_A_PAGE);
    match finding::search(&app, &indexer.view(), &asked.wish, (skip, ON_A_PAGE)).await {
        Ok(found) => Ok(visit.page(page(&visit, &asked, found, Shown::empty())).into_response()),
        Err(AppError::Invalid(issues)) => {
            let form = Form::of(visit.query.as_bytes()).told_in(visit.language());
            let nothing = finding::Found { items: Vec::new(), total: 0, instead: None };
            let form = Shown::wrong(form, &issues);
            Ok(visit.page(page(&visit, &asked, nothing, form)).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, asked: &Asked, found: finding::Found, form: Shown) -> Vacancies {
    let (wish, words) = (&asked.wish, visit.language());
    let chips: Vec<Chip> = Part::ALL
        .into_iter()
        .filter(|part| *part != Part::Words)
        .filter_map(|part| {
            Some(Chip { label: told(wish, part, words)?, without: address(&wish.without(part), 1) })
        })
        .collect();
    let instead = found.instead.and_then(|(part, count)| {
        Some((told(wish, part, words)?, words.vacancies(count), address(&wish.without(part), 1)))
    });
    let pages = found.total.div_ceil(ON_A_PAGE);
    let home = wish.near.map(|(village, _)| village);
    Vacancies {
        frame: visit.frame(),
        form,
        q: wish.words.clone(),
        chips,
        districts: region::districts()
            .map(|one| choice(one.code.as_str(), one.name.to_owned(), wish.district == Some(one.code)))
            .collect(),
        places: places(home),
        ways: WAYS
            .map(|km| choice(km, format!("{km} km"), wish.near.map_or(km == 10, |(_, way)| way == km)))
            .into(),
        wages: WAGES.map(|least| choice(least, words.rupiah(least), wish.wage == Some(least))).into(),
        schools: [Education::Sd, Education::Smp, Education::Sma, Education::D3, Education::S1]
            .map(|level| choice(level, words.education(level).to_owned(), wish.education == Some(level)))
            .into(),
        contracts: EmploymentType::ALL
            .iter()
            .map(|kind| choice(kind, words.employment(*kind).to_owned(), wish.employment == Some(*kind)))
            .collect(),
        shuttle: wish.shuttle,
        dormitory: wish.dormitory,
        ignored: asked.ignored,
        total: found.total,
        counted: words.vacancies(found.total),
        beyond: words.no_such_page(asked.page, pages),
        rows: found.items.iter().map(|one| Row::of(one, words)).collect(),
        instead,
        page: asked.page,
        pages,
        before: (asked.page > 1).then(|| address(wish, (asked.page - 1).min(pages.max(1)))),
        after: (asked.page < pages).then(|| address(wish, asked.page + 1)),
    }
}

fn places(home: Option<RegionCode>) -> Vec<District> {
    region::districts()
        .map(|district| District {
            name: district.name.to_owned(),
            villages: region::villages()
                .iter()
                .filter(|village| village.code.district() == Some(district.code))
                .map(|village| {
                    choice(village.code.as_str(), village.name.to_owned(), home == Some(village.code))
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stands_in_the_address() {
        let text = "q=operator+jahit&kec=33.11.01&desa=33.11.01.2001&km=5&upah=2300000&didik=sma&kontrak=pkwt&antar=1&hal=2";
        let asked = Asked::read(text);
        assert!(!asked.ignored && asked.page == 2);
        assert_eq!(address(&asked.wish, asked.page), format!("/lowongan?{text}"));
        assert_eq!(address(&Wish::default(), 1), "/lowongan");
    }

    #[test]
    fn what_nobody_understands_is_left_out_and_said() {
        for text in
            ["kec=99.99.99", "km=-1", "upah=banyak", "didik=x", "hal=0", "desa=33.11.01", "kontrak=%00"]
        {
            let asked = Asked::read(text);
            assert!(asked.ignored, "{text}");
            assert_eq!((asked.wish, asked.page), (Wish::default(), 1), "{text}");
        }
        assert_eq!(Asked::read("upah=Rp2.300.000").wish.wage, Some(2_300_000));
        assert!(!Asked::read("tema=gelap").ignored, "what is no filter harms nobody");
    }
}
