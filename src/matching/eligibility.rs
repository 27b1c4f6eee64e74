//! Who may be proposed where at all: hard rules, each failure a named reason. Unknown is neither match nor failure: the
//! pair stays, without points, with the question that would decide. Never used: age beyond the legal minimum, sex,
//! marital status, religion, looks, ethnicity.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        intake::words::Transport,
        machine::{UnknownWord, schema_name, schema_of, text_enum},
        person::{Bar, Standing, is_in_class, is_of_age},
    },
    matching::policy::Policy,
};

/// What eligibility needs to know of a person.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// For the legal minimum age and nothing else.
    pub birth_date: NaiveDate,
    /// Looks for work (status `seeking`).
    pub seeking: bool,
    /// Hired or started somewhere.
    pub placed: bool,
    /// Already at the most live applications a person may have.
    pub full: bool,
    /// Objected to automatic ranking (UU PDP Ps 10).
    pub objects: bool,
    /// From when the person can work.
    pub available_from: Option<NaiveDate>,
    /// Last day of the class of training the person is in.
    pub class_ends_on: Option<NaiveDate>,
    /// Lowest acceptable wage, rupiah per month.
    pub wage_floor: Option<i64>,
    /// Longest acceptable way, metres.
    pub max_distance_m: Option<u32>,
    /// How the person travels.
    pub travels: Option<Transport>,
    /// Rank of the highest education.
    pub education_rank: Option<u8>,
    /// Whether shift work is acceptable.
    pub shift_ok: Option<bool>,
    /// Whether living at work is acceptable.
    pub dormitory_ok: Option<bool>,
    /// Lists a certificate, whatever became of it: who lists some is not asked for others.
    pub lists_certificates: bool,
}

/// What eligibility needs to know of a vacancy.
#[derive(Clone, Debug)]
pub struct VacancyFacts {
    /// The internship rules apply (magang).
    pub internship: bool,
    /// Highest wage offered, rupiah per month.
    pub wage_max: Option<i64>,
    /// Rank of the education truly required.
    pub education_rank: Option<u8>,
    /// Highest rank that is just as welcome, where that is more.
    pub education_most: Option<u8>,
    /// Certificates truly required, as concept ids: of each list one is enough.
    pub certificates: Vec<Vec<String>>,
    /// Works in shifts; `None` is unknown, as for the two below.
    pub shifts: Option<bool>,
    /// People are taken to work.
    pub shuttle: Option<bool>,
    /// People can live there.
    pub dormitory: Option<bool>,
    /// Last day on which it takes applications.
    pub closes_on: Option<NaiveDate>,
}

/// Why a pair is out. Explanations keep it under the words of `as_str`, those of years ago included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Exclusion {
    /// What stands against the person, whatever the vacancy: the one list that the workflow asks too.
    Person(Bar),
    /// Available only after the vacancy closes.
    NotYetAvailable,
    /// Farther than the person wants to travel.
    TooFar,
    /// Farther than one gets the way the person travels; the person named no limit.
    BeyondReach,
    /// Pays less than the person needs.
    WageBelowFloor,
    /// Education below what is truly required.
    EducationBelowRequired,
    /// A required certificate is missing.
    CertificateMissing,
    /// The person takes no shifts, and the work is in shifts.
    RefusesShifts,
    /// The vacancy is not open.
    VacancyNotOpen,
    /// The pair ended in a no a short while ago.
    RecentNo,
    /// The pair already has an open application.
    AlreadyOpen,
    /// The work does not fit well enough.
    BelowFitFloor,
}

impl Exclusion {
    /// Every reason, those about the person first.
    pub const ALL: [Self; 18] = [
        Self::Person(Bar::Absent),
        Self::Person(Bar::Objects),
        Self::Person(Bar::Placed),
        Self::Person(Bar::NotSeeking),
        Self::Person(Bar::LiveLimit),
        Self::Person(Bar::BelowLegalAge),
        Self::Person(Bar::InClass),
        Self::NotYetAvailable,
        Self::TooFar,
        Self::BeyondReach,
        Self::WageBelowFloor,
        Self::EducationBelowRequired,
        Self::CertificateMissing,
        Self::RefusesShifts,
        Self::VacancyNotOpen,
        Self::RecentNo,
        Self::AlreadyOpen,
        Self::BelowFitFloor,
    ];

    /// The word in stored explanations and in the API. Two of those about the person are older than the codes of refused
    /// requests (`Bar::as_str`) and stay as they were written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person(Bar::Placed) => "placed",
            Self::Person(Bar::LiveLimit) => "three_live_applications",
            Self::Person(
                bar @ (Bar::Absent | Bar::Objects | Bar::NotSeeking | Bar::BelowLegalAge | Bar::InClass),
            ) => bar.as_str(),
            Self::NotYetAvailable => "not_yet_available",
            Self::TooFar => "too_far",
            Self::BeyondReach => "beyond_reach",
            Self::WageBelowFloor => "wage_below_floor",
            Self::EducationBelowRequired => "education_below_required",
            Self::CertificateMissing => "certificate_missing",
            Self::RefusesShifts => "refuses_shifts",
            Self::VacancyNotOpen => "vacancy_not_open",
            Self::RecentNo => "recent_no",
            Self::AlreadyOpen => "already_open",
            Self::BelowFitFloor => "below_fit_floor",
        }
    }

    /// What the word says, for the description of the API.
    const fn meaning(self) -> &'static str {
        match self {
            Self::Person(Bar::Absent) => "Nobody by this id, or erased.",
            Self::Person(Bar::Objects) => "Objected to automatic ranking.",
            Self::Person(Bar::Placed) => "Hired or working elsewhere through this service.",
            Self::Person(Bar::NotSeeking) => "Not looking for work, or not reachable.",
            Self::Person(Bar::LiveLimit) => "Has the most live applications a person may have.",
            Self::Person(Bar::BelowLegalAge) => "Younger than the law allows.",
            Self::Person(Bar::InClass) => "In a class of training that ends only in more than two weeks.",
            Self::NotYetAvailable => "Available only after the vacancy closes.",
            Self::TooFar => "Farther than the person wants to travel.",
            Self::BeyondReach => {
                "Farther than one gets the way the person travels; the person named no limit."
            }
            Self::WageBelowFloor => "Pays less than the person needs.",
            Self::EducationBelowRequired => "Education below what is truly required.",
            Self::CertificateMissing => "A required certificate is missing.",
            Self::RefusesShifts => "The person takes no shifts, and the work is in shifts.",
            Self::VacancyNotOpen => "The vacancy is not open.",
            Self::RecentNo => "The pair ended in a no a short while ago.",
            Self::AlreadyOpen => "The pair already has an open application.",
            Self::BelowFitFloor => "The work does not fit well enough.",
        }
    }
}

impl From<Exclusion> for &'static str {
    fn from(exclusion: Exclusion) -> Self {
        exclusion.as_str()
    }
}

impl TryFrom<String> for Exclusion {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        let found = Self::ALL.into_iter().find(|known| known.as_str() == word);
        found.ok_or(UnknownWord { what: "exclusion", word })
    }
}

impl utoipa::PartialSchema for Exclusion {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let words = Self::ALL.map(|out| (out.as_str(), out.meaning()));
        schema_of("Why a pair is out.", &words)
    }
}

impl utoipa::ToSchema for Exclusion {
    fn name() -> std::borrow::Cow<'static, str> {
        schema_name("exclusion").into()
    }
}

text_enum! {
    /// A question whose answer would decide.
    Unknown: "open question" {
        /// The vacancy tells no wage.
        Wage = "wage",
        /// The way to work is not known.
        Distance = "distance",
        /// The person's education is not known.
        Education = "education",
        /// Whether the person takes shifts is not known.
        Shifts = "shifts",
        /// The person lists no certificate, and one is truly required.
        Certificate = "certificate",
        /// Whether people are taken to work, or can live there, is not known, and the way is long for this person.
        Shuttle = "shuttle",
        /// Whether the person would live at work is not known, and the way is long.
        Dormitory = "dormitory",
        /// Whether the work is in shifts is not known, and the person takes none.
        ShiftWork = "shift_work",
    }
}

text_enum! {
    /// How an employer sees to it that people can come.
    Means: "means of getting to work" {
        /// People are taken to work.
        Shuttle = "shuttle",
        /// People can live there.
        Dormitory = "dormitory",
    }
}

/// What the way to work says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing stands against it, or it is not known.
    Free,
    /// Farther than the person wants to travel.
    TooFar,
    /// Farther than one gets the way the person travels, and nobody is taken along or can live there.
    BeyondReach,
    /// As far, but whether people are taken along or can live there is not known.
    Asked,
}

/// Whether a person may be proposed anywhere on a day; `None` = yes.
pub fn person_out(person: &PersonFacts, as_of: NaiveDate) -> Option<Exclusion> {
    let PersonFacts { objects, placed, seeking, full, class_ends_on, .. } = *person;
    let in_class = is_in_class(class_ends_on, as_of);
    let barred = Standing { objects, placed, seeking, in_class }.may_be_proposed().err();
    barred.or(full.then_some(Bar::LiveLimit)).map(Exclusion::Person)
}

/// Why this pair is out, apart from the history of the pair and its fit; empty = eligible.
/// `distance_m` is the way between the two villages, `held` the person's certificate concepts.
pub fn pair_out(
    person: &PersonFacts,
    vacancy: &VacancyFacts,
    distance_m: Option<u32>,
    held: &[String],
    policy: &Policy,
    as_of: NaiveDate,
) -> Vec<Exclusion> {
    let minimum = if vacancy.internship { policy.minimum_age_internship } else { policy.minimum_age };
    let too_young = !is_of_age(person.birth_date, as_of, minimum);
    let way = way(person, vacancy, distance_m, policy);
    let too_low = matches!((vacancy.wage_max, person.wage_floor), (Some(wage), Some(floor)) if wage < floor);
    let too_late =
        matches!((person.available_from, vacancy.closes_on), (Some(from), Some(closes)) if from > closes);
    let unschooled =
        matches!((person.education_rank, vacancy.education_rank), (Some(has), Some(needs)) if has < needs);
    // Who lists no certificate at all is asked first: unknown is no failure.
    let lists_some = !held.is_empty() || person.lists_certificates;
    let uncertified = lists_some && lacks_certificate(vacancy, held);
    let unwilling = vacancy.shifts == Some(true) && person.shift_ok == Some(false);
    [
        (too_young, Exclusion::Person(Bar::BelowLegalAge)),
        (too_late, Exclusion::NotYetAvailable),
        (way == Way::TooFar, Exclusion::TooFar),
        (way == Way::BeyondReach, Exclusion::BeyondReach),
        (too_low, Exclusion::WageBelowFloor),
        (unschooled, Exclusion::EducationBelowRequired),
        (uncertified, Exclusion::CertificateMissing),
        (unwilling, Exclusion::RefusesShifts),
    ]
    .into_iter()
    .filter_map(|(out, reason)| out.then_some(reason))
    .collect()
}

/// What the way says of a pair. The person's own limit is hard, unless they would live there. Without one the way they
/// travel gives a limit, where nobody is taken along or can live there.
pub fn way(person: &PersonFacts, vacancy: &VacancyFacts, distance_m: Option<u32>, policy: &Policy) -> Way {
    let beyond = |most: Option<u32>| matches!((distance_m, most), (Some(way), Some(most)) if way > most);
    if person.max_distance_m.is_some() {
        let wants_to_live_there = vacancy.dormitory == Some(true) && person.dormitory_ok == Some(true);
        let is_out = beyond(person.max_distance_m) && !wants_to_live_there;
        return if is_out { Way::TooFar } else { Way::Free };
    }
    if !beyond(reach(person, policy)) {
        return Way::Free;
    }
    match (vacancy.shuttle, can_live_there(person, vacancy)) {
        (Some(true), _) | (_, Some(true)) => Way::Free,
        (Some(false), Some(false)) => Way::BeyondReach,
        (None, _) | (_, None) => Way::Asked,
    }
}

/// Whether there is a dormitory for this person: none for whoever does not want to live at work.
fn can_live_there(person: &PersonFacts, vacancy: &VacancyFacts) -> Option<bool> {
    if person.dormitory_ok == Some(false) { Some(false) } else { vacancy.dormitory }
}

/// How the employer sees to it that this person can come.
pub fn means(person: &PersonFacts, vacancy: &VacancyFacts) -> Vec<Means> {
    let given = [(vacancy.shuttle, Means::Shuttle), (can_live_there(person, vacancy), Means::Dormitory)];
    given.into_iter().filter_map(|(is_given, means)| (is_given == Some(true)).then_some(means)).collect()
}

/// How far one gets the way a person travels, metres, by the policy. Whoever is taken along has no limit of that kind.
pub fn reach(person: &PersonFacts, policy: &Policy) -> Option<u32> {
    let ways = &policy.reach_km;
    let kilometres = match person.travels? {
        Transport::Walk => ways.on_foot,
        Transport::Bicycle => ways.bicycle,
        Transport::Public => ways.bus,
        Transport::Motorcycle => ways.motorcycle,
        Transport::Car => ways.car,
        Transport::Shuttle => return None,
    };
    Some(u32::from(kilometres) * 1000)
}

/// Whether the person is to be asked for a certificate first: one is truly required, and none is listed at all.
pub fn asks_certificate(person: &PersonFacts, vacancy: &VacancyFacts, held: &[String]) -> bool {
    held.is_empty() && !person.lists_certificates && !vacancy.certificates.is_empty()
}

/// Whether a certificate that the vacancy truly requires is not among those held.
pub fn lacks_certificate(vacancy: &VacancyFacts, held: &[String]) -> bool {
    vacancy.certificates.iter().any(|choice| !choice.iter().any(|one| held.contains(one)))
}

/// What is not known of this pair and would decide.
pub fn unknowns(
    person: &PersonFacts,
    vacancy: &VacancyFacts,
    distance_m: Option<u32>,
    held: &[String],
    policy: &Policy,
) -> Vec<Unknown> {
    let asked = way(person, vacancy, distance_m, policy) == Way::Asked;
    let refusing = PersonFacts { dormitory_ok: Some(false), ..person.clone() };
    let is_long = way(&refusing, vacancy, distance_m, policy) != Way::Free;
    let lives_there = is_long && vacancy.dormitory == Some(true) && person.dormitory_ok.is_none();
    [
        (asks_certificate(person, vacancy, held), Unknown::Certificate),
        (vacancy.wage_max.is_none() && person.wage_floor.is_some(), Unknown::Wage),
        (distance_m.is_none() && person.max_distance_m.is_some(), Unknown::Distance),
        (person.education_rank.is_none() && vacancy.education_rank.is_some(), Unknown::Education),
        (vacancy.shifts == Some(true) && person.shift_ok.is_none(), Unknown::Shifts),
        (asked, Unknown::Shuttle),
        (lives_there, Unknown::Dormitory),
        (vacancy.shifts.is_none() && person.shift_ok == Some(false), Unknown::ShiftWork),
    ]
    .into_iter()
    .filter_map(|(open, question)| open.then_some(question))
    .collect()
}

#[cfg(test)]
mod getting_there;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person() -> PersonFacts {
        PersonFacts {
            birth_date: day("2000-05-10"),
            seeking: true,
            placed: false,
            full: false,
            objects: false,
            available_from: None,
            class_ends_on: None,
            wage_floor: Some(2_500_000),
            max_distance_m: Some(10_000),
            travels: None,
            education_rank: Some(4),
            shift_ok: None,
            dormitory_ok: None,
            lists_certificates: true,
        }
    }

    fn vacancy() -> VacancyFacts {
        VacancyFacts {
            internship: false,
            wage_max: Some(2_600_000),
            education_rank: Some(4),
            education_most: None,
            certificates: vec![],
            shifts: Some(true),
            shuttle: None,
            dormitory: None,
            closes_on: Some(day("2026-12-31")),
        }
    }

    fn out(person: &PersonFacts, vacancy: &VacancyFacts, way: Option<u32>) -> Vec<Exclusion> {
        pair_out(person, vacancy, way, &[], &Policy::default(), day("2026-11-24"))
    }

    #[test]
    fn each_failure_has_its_name() {
        assert_eq!(out(&person(), &vacancy(), Some(10_000)), []);
        assert_eq!(out(&person(), &vacancy(), Some(10_001)), [Exclusion::TooFar]);
        let low = VacancyFacts { wage_max: Some(2_499_999), ..vacancy() };
        assert_eq!(out(&person(), &low, None), [Exclusion::WageBelowFloor]);
        let high = VacancyFacts { education_rank: Some(8), ..vacancy() };
        assert_eq!(out(&person(), &high, None), [Exclusion::EducationBelowRequired]);
        let licence = VacancyFacts { certificates: vec![vec!["sim_b1".into()]], ..vacancy() };
        assert_eq!(out(&person(), &licence, None), [Exclusion::CertificateMissing]);
        let late = PersonFacts { available_from: Some(day("2027-01-01")), ..person() };
        assert_eq!(out(&late, &vacancy(), None), [Exclusion::NotYetAvailable]);
        let pupil = PersonFacts { class_ends_on: Some(day("2027-01-01")), ..person() };
        assert_eq!(person_out(&pupil, day("2026-11-24")), Some(Exclusion::Person(Bar::InClass)));
    }

    #[test]
    fn unknown_is_neither_match_nor_failure() {
        let silent = VacancyFacts { wage_max: None, ..vacancy() };
        assert_eq!(out(&person(), &silent, None), []);
        assert_eq!(
            unknowns(&person(), &silent, None, &[], &Policy::default()),
            [Unknown::Wage, Unknown::Distance, Unknown::Shifts]
        );
    }

    #[test]
    fn the_legal_age_counts_completed_years() {
        let young = PersonFacts { birth_date: day("2008-11-25"), ..person() };
        assert_eq!(out(&young, &vacancy(), None), [Exclusion::Person(Bar::BelowLegalAge)]);
        let internship = VacancyFacts { internship: true, ..vacancy() };
        assert_eq!(out(&young, &internship, None), []);
        let birthday = PersonFacts { birth_date: day("2008-11-24"), ..person() };
        assert_eq!(out(&birthday, &vacancy(), None), []);
    }

    #[test]
    fn one_reason_takes_a_person_out_altogether() {
        assert_eq!(person_out(&person(), day("2026-11-24")), None);
        assert_eq!(
            person_out(&PersonFacts { objects: true, ..person() }, day("2026-11-24")),
            Some(Exclusion::Person(Bar::Objects))
        );
        assert_eq!(
            person_out(&PersonFacts { placed: true, ..person() }, day("2026-11-24")),
            Some(Exclusion::Person(Bar::Placed))
        );
        assert_eq!(
            person_out(&PersonFacts { full: true, ..person() }, day("2026-11-24")),
            Some(Exclusion::Person(Bar::LiveLimit))
        );
        assert_eq!(
            person_out(&PersonFacts { seeking: false, ..person() }, day("2026-11-24")),
            Some(Exclusion::Person(Bar::NotSeeking))
        );
    }

    /// What earlier programs stored; a word that goes or changes makes an old explanation unreadable.
    const STORED: &str = "not_seeking placed three_live_applications objects_to_ranking below_legal_age not_yet_available \
        too_far beyond_reach wage_below_floor education_below_required certificate_missing refuses_shifts \
        vacancy_not_open recent_no already_open below_fit_floor in_class";

    #[test]
    fn the_stored_words_are_those_of_before_each_for_one_reason() {
        let words: BTreeSet<&str> = Exclusion::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(words.len(), Exclusion::ALL.len());
        let mut before: BTreeSet<&str> = STORED.split_whitespace().collect();
        // Nobody who is absent is judged: this one was never stored.
        before.insert("not_found");
        assert_eq!(words, before);
        for reason in Exclusion::ALL {
            let stored = serde_json::to_value(reason).unwrap();
            assert_eq!(stored, reason.as_str());
            assert_eq!(serde_json::from_value::<Exclusion>(stored).unwrap(), reason);
        }
        let about_people = Exclusion::ALL.iter().filter(|reason| matches!(reason, Exclusion::Person(_)));
        assert_eq!(about_people.count(), Bar::ALL.len(), "every bar is a reason");
        assert!(serde_json::from_value::<Exclusion>("person_placed".into()).is_err());
    }
}
