//! How a vacancy is told on a page: wage, contract, education, what is left. Terms of Indonesian law and schools stay, with what
//! they mean.
use chrono::NaiveDate;

use crate::{
    domain::{education::Education, intake::words::EmploymentType, vacancy::State},
    words::en::{
        dates,
        reasons::{kilometres, many, rupiah},
    },
};

/// The wage of a month.
pub fn wage(least: Option<i64>, most: Option<i64>) -> Option<String> {
    Some(match (least, most) {
        (Some(low), Some(high)) if low < high => format!("{} to {} a month", rupiah(low), rupiah(high)),
        (Some(one), _) | (None, Some(one)) => format!("{} a month", rupiah(one)),
        (None, None) => return None,
    })
}

/// A kind of contract.
pub fn employment(kind: EmploymentType) -> &'static str {
    match kind {
        EmploymentType::Pkwtt => "Permanent (PKWTT)",
        EmploymentType::Pkwt => "Fixed-term contract (PKWT)",
        EmploymentType::HarianLepas => "Day labour (harian lepas)",
        EmploymentType::Borongan => "Piecework (borongan)",
        EmploymentType::AlihDaya => "Outsourced (alih daya)",
        EmploymentType::Magang => "Apprenticeship (magang)",
    }
}

/// A level of education.
pub fn education(level: Education) -> &'static str {
    match level {
        Education::Tsd => "no school finished",
        Education::Sd => "SD (primary school)",
        Education::Smp => "SMP (lower secondary school)",
        Education::Sma => "SMA (upper secondary school)",
        Education::Smk => "SMK (vocational secondary school)",
        Education::D1 => "D1 (one-year diploma)",
        Education::D2 => "D2 (two-year diploma)",
        Education::D3 => "D3 (three-year diploma)",
        Education::D4 | Education::S1 => "D4 or S1 (bachelor)",
        Education::Profesi => "professional degree",
        Education::S2 => "S2 (master)",
        Education::S3 => "S3 (doctorate)",
    }
}

/// What education is asked for.
pub fn asked_education(code: Option<&str>) -> String {
    let level = code.and_then(|code| code.parse::<Education>().ok());
    match level {
        Some(Education::Tsd) | None => "Any education".to_owned(),
        Some(level) => format!("At least {}", education(level)),
    }
}

/// The last day to apply.
pub fn until(last: NaiveDate) -> String {
    format!("until {}", dates::long(last))
}

/// Places that are left.
pub fn places(left: i64) -> String {
    many(left, "job", "jobs")
}

/// People who are wanted.
pub fn wanted(people: i64) -> String {
    many(people, "person", "people")
}

/// So many vacancies.
pub fn vacancies(number: usize) -> String {
    format!("{number} {}", if number == 1 { "vacancy" } else { "vacancies" })
}

/// So many districts.
pub fn districts(number: usize) -> String {
    format!("{number} {}", if number == 1 { "district" } else { "districts" })
}

/// A page of a list that is beyond its end.
pub fn no_such_page(page: usize, pages: usize) -> String {
    format!("Page {page} is empty; the last one is page {pages}.")
}

/// A vacancy as the title of a page.
pub fn heading(title: &str, employer: &str) -> String {
    format!("{title} at {employer}")
}

/// How far it is.
pub fn way(metres: u32) -> String {
    if metres == 0 {
        "in your village".to_owned()
    } else {
        format!("{} from your village", kilometres(metres))
    }
}

/// Months of experience that are asked for.
pub fn experience(months: i64) -> String {
    match months {
        0 => "No experience needed".to_owned(),
        12.. if months % 12 == 0 => format!("Experience of {}", many(months / 12, "year", "years")),
        _ => format!("Experience of {}", many(months, "month", "months")),
    }
}

/// Why a vacancy takes nobody now.
pub fn over(state: State) -> &'static str {
    match state {
        State::Paused => "This vacancy is paused.",
        State::Filled => "All jobs of this vacancy are taken.",
        State::Expired => "This vacancy has expired.",
        _ => "This vacancy is closed.",
    }
}

/// What somebody sends others about a vacancy.
pub fn shared(title: &str, employer: &str, wage: Option<&str>, address: &str) -> String {
    let wage = wage.map(|wage| format!(", {wage}")).unwrap_or_default();
    format!("Vacancy: {title} at {employer}{wage}. Free of charge through Disperinaker Sukoharjo: {address}")
}

/// Filters that are on, in a few words each.
pub mod chip {
    use super::{Education, education as level, rupiah};

    /// In a district.
    pub fn district(name: &str) -> String {
        format!("{name} District")
    }

    /// Near a village.
    pub fn near(village: &str, km: u32) -> String {
        format!("Within {km} km of {village}")
    }

    /// A wage of at least so much.
    pub fn wage(least: i64) -> String {
        format!("Wage from {}", rupiah(least))
    }

    /// For whoever has this education.
    pub fn education(own: Education) -> String {
        format!("{} is enough", level(own))
    }

    /// People are taken to work.
    pub const SHUTTLE: &str = "Shuttle bus";
    /// People can live there.
    pub const DORMITORY: &str = "Dormitory";
}
