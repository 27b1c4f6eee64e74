//! What pages for everybody say, in the language of whoever looks. Sentences of templates are looked up in `templates/en.csv`;
//! what depends on where something stands is said by `id` and `en`.
use std::{collections::HashMap, sync::LazyLock};

use chrono::NaiveDate;

use crate::{
    domain::{
        application,
        codes::{FieldCode, ProblemCode},
        complaint,
        education::Education,
        intake::words::EmploymentType,
        vacancy,
    },
    words::{
        Language, Problem, en,
        id::{self, pages::Menu},
    },
};

/// Sentences of templates in English, by what they are in Bahasa Indonesia.
static ENGLISH: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut rows = csv::Reader::from_reader(&include_bytes!("../../templates/en.csv")[..]);
    rows.deserialize().filter_map(Result::ok).collect()
});

/// One sentence in two languages: which is said is the language's choice.
macro_rules! said {
    ($(#[doc = $doc:literal] $name:ident($($arg:ident: $type:ty),*) -> $told:ty = $($path:ident)::+;)+) => {
        impl Language {
            $(
                #[doc = $doc]
                pub fn $name(self, $($arg: $type),*) -> $told {
                    match self {
                        Self::Id => id::$($path)::+($($arg),*),
                        Self::En => en::$($path)::+($($arg),*),
                    }
                }
            )+
        }
    };
}

said! {
    /// A day: `12 Mei 2001`.
    day(date: NaiveDate) -> String = dates::long;
    /// The same with the day of the week.
    weekday(date: NaiveDate) -> String = dates::with_weekday;
    /// A menu's label.
    menu(menu: Menu) -> &'static str = pages::menu;
    /// What is wrong with a field of a form.
    form_field(name: &str, code: FieldCode, limit: Option<usize>) -> String = pages::field;
    /// What a page says instead of what was asked for, by the status of the answer and its code.
    page_problem(status: u16, code: ProblemCode) -> Problem = pages::errors::problem;
    /// The day by which an officer calls whoever said that they are interested.
    call_by(day: NaiveDate) -> String = pages::interest::call_by;
    /// What a complaint is about.
    complaint_kind(kind: complaint::Kind) -> &'static str = pages::complaint::kind;
    /// Where a complaint stands.
    complaint_state(state: complaint::State) -> &'static str = pages::complaint::state;
    /// Where an application stands, told to nobody in particular.
    bare_step(state: application::State, held: bool) -> &'static str = pages::check::step;
    /// Whose turn it is, and by when; nobody's where a day is agreed or it is over.
    bare_turn(state: application::State, held: bool, deadline: Option<NaiveDate>, today: NaiveDate) -> Option<String>
        = pages::check::turn;
    /// An amount of money.
    rupiah(amount: i64) -> String = reasons::rupiah;
    /// The wage of a month.
    wage(least: Option<i64>, most: Option<i64>) -> Option<String> = pages::vacancy::wage;
    /// A kind of contract.
    employment(kind: EmploymentType) -> &'static str = pages::vacancy::employment;
    /// A level of education.
    education(level: Education) -> &'static str = pages::vacancy::education;
    /// What education is asked for.
    asked_education(code: Option<&str>) -> String = pages::vacancy::asked_education;
    /// The last day to apply.
    until(last: NaiveDate) -> String = pages::vacancy::until;
    /// Places that are left.
    places(left: i64) -> String = pages::vacancy::places;
    /// People who are wanted.
    wanted(people: i64) -> String = pages::vacancy::wanted;
    /// So many vacancies.
    vacancies(number: usize) -> String = pages::vacancy::vacancies;
    /// So many districts.
    districts(number: usize) -> String = pages::vacancy::districts;
    /// A page of a list that is beyond its end.
    no_such_page(page: usize, pages: usize) -> String = pages::vacancy::no_such_page;
    /// A vacancy as the title of a page.
    heading(title: &str, employer: &str) -> String = pages::vacancy::heading;
    /// How far it is, from metres.
    way(metres: u32) -> String = pages::vacancy::way;
    /// Months of experience that are asked for.
    experience(months: i64) -> String = pages::vacancy::experience;
    /// Why a vacancy takes nobody now.
    over(state: vacancy::State) -> &'static str = pages::vacancy::over;
    /// What somebody sends others about a vacancy.
    shared(title: &str, employer: &str, wage: Option<&str>, address: &str) -> String
        = pages::vacancy::shared;
    /// The filter of a district.
    chip_district(name: &str) -> String = pages::vacancy::chip::district;
    /// The filter of what is near a village.
    chip_near(village: &str, km: u32) -> String = pages::vacancy::chip::near;
    /// The filter of a wage.
    chip_wage(least: i64) -> String = pages::vacancy::chip::wage;
    /// The filter of somebody's education.
    chip_education(own: Education) -> String = pages::vacancy::chip::education;
}

/// The same of sentences without a gap.
macro_rules! fixed {
    ($(#[doc = $doc:literal] $name:ident = $($path:ident)::+;)+) => {
        impl Language {
            $(
                #[doc = $doc]
                pub fn $name(self) -> &'static str {
                    match self {
                        Self::Id => id::pages::$($path)::+,
                        Self::En => en::pages::$($path)::+,
                    }
                }
            )+
        }
    };
}

fixed! {
    /// Name and password that open nothing.
    wrong_login = WRONG_LOGIN;
    /// A code that is refused, whatever the cause.
    code_refused = CODE_REFUSED;
    /// Number and code of a complaint that belong to none.
    no_such_complaint = NO_SUCH_COMPLAINT;
    /// No district is chosen, or none of this regency.
    choose_district = CHOOSE_DISTRICT;
    /// Nothing was typed into the field of a code.
    code_missing = check::CODE_MISSING;
    /// A number that is neither a complaint's nor a letter's.
    no_number = check::NO_NUMBER;
    /// A status code that opens nothing.
    unknown_code = check::UNKNOWN_CODE;
    /// Number and code of a letter that was never written.
    unknown_letter = check::UNKNOWN_LETTER;
    /// The filter of a shuttle.
    chip_shuttle = vacancy::chip::SHUTTLE;
    /// The filter of a dormitory.
    chip_dormitory = vacancy::chip::DORMITORY;
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// Its code (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// Its name, as its readers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "Bahasa Indonesia",
            Self::En => "English",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// A sentence of a template. One that nobody translated stays as it is; a test finds those of pages for everybody.
    pub fn sentence(self, indonesian: &str) -> &str {
        match self {
            Self::Id => indonesian,
            Self::En => ENGLISH.get(indonesian).map_or(indonesian, String::as_str),
        }
    }

    /// A kind of contract by its code.
    pub fn employment_by_code(self, code: &str) -> Option<&'static str> {
        code.parse().ok().map(|kind| self.employment(kind))
    }

    /// How long somebody has to wait, from seconds.
    pub fn wait(self, seconds: u64) -> String {
        // The last second is there for whoever counts along.
        let minutes = seconds.saturating_sub(1).div_ceil(60).max(1);
        match self {
            Self::Id => id::pages::wait(minutes),
            Self::En => en::pages::wait(minutes),
        }
    }
}
