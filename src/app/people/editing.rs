//! What may be changed of a person later on, and how each new value is judged: a form that changes somebody refuses what
//! the form that registers refuses.
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{
        AppError,
        error::FieldIssue,
        own_words,
        people::{
            Full,
            marks::Marks,
            profile::{CertificateEdit, ExperienceEdit, Lists, TrainingEdit},
        },
    },
    domain::{
        codes::FieldCode,
        contact::{Content, Way},
        education::Education,
        intake::words::Transport,
        limits,
        person::Status,
        phone::Phone,
        plain,
        profile::{Item, ItemKind},
        region,
    },
    store::people::{Person, Wishes},
};

/// What changes; a field left out stays as it is, and `null` takes a value away.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PersonChange)]
pub struct Edit {
    /// Full name; never `null`.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    pub name: Option<Option<String>>,
    /// Highest education: a word of `Education`, or the words people use.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub education: Option<Option<String>>,
    /// Field of study.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub major: Option<Option<String>>,
    /// From when the person can work.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<NaiveDate>)]
    pub available_from: Option<Option<NaiveDate>>,
    /// Mobile number.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    /// Village of residence, code or name.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub village: Option<Option<String>>,
    /// Street address.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub address: Option<Option<String>>,
    /// What the person does now; never `null`.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Status)]
    pub status: Option<Option<String>>,
    /// Objection to automatic ranking (UU PDP Ps 10); never `null`.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = bool)]
    pub objects_to_ranking: Option<Option<bool>>,
    /// Lowest acceptable wage, rupiah per month.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub wage_floor: Option<Option<i64>>,
    /// Longest way to work, metres.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub max_distance_m: Option<Option<i64>>,
    /// Whether shift work is acceptable.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<bool>)]
    pub shift_ok: Option<Option<bool>>,
    /// How the person gets to work: a word of `Transport`, or the words people use.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub transport: Option<Option<String>>,
    /// Whether living at work, in a dormitory, is acceptable.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<bool>)]
    pub dormitory_ok: Option<Option<bool>>,
    /// How the person wants to be told: a word of `ContactWay`.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Way>)]
    pub contact_way: Option<Option<String>>,
    /// When the person can be reached best, in own words; at most 100 characters.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub contact_hour: Option<Option<String>>,
    /// How much a message may say, as whoever else holds the phone may read it: a word of `MessageContent`. Not said: all of
    /// it, unless others have the same phone.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Content>)]
    pub message_content: Option<Option<String>>,
    /// All trainings as they shall stand: what is not in the list any more is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<TrainingEdit>)]
    pub trainings: Option<Vec<TrainingEdit>>,
    /// All certificates and licences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<CertificateEdit>)]
    pub certificates: Option<Vec<CertificateEdit>>,
    /// All jobs held before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<ExperienceEdit>)]
    pub experiences: Option<Vec<ExperienceEdit>>,
    /// All skills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>)]
    pub skills: Option<Vec<String>>,
}

/// A field that is there, with its value or `null`; one that is left out is not read at all.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(field: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(field).map(Some)
}

impl Edit {
    /// The lists of the profile that change.
    pub(super) fn lists(&self) -> Lists<'_> {
        Lists {
            trainings: self.trainings.as_deref(),
            certificates: self.certificates.as_deref(),
            experiences: self.experiences.as_deref(),
            skills: self.skills.as_deref(),
        }
    }

    /// Judges the values alone, for whoever asks for a change.
    ///
    /// # Errors
    /// Every field that cannot be accepted.
    pub(super) fn judge(&self, full: &Full) -> Result<(), AppError> {
        let (mut person, mut wishes) = (full.person.clone(), full.wishes.clone());
        self.apply(&mut person, &mut wishes)
    }

    /// Puts the new values into the rows, or names every field that cannot be accepted.
    pub(super) fn apply(&self, person: &mut Person, wishes: &mut Wishes) -> Result<(), AppError> {
        let mut issues = self.lists().judge();
        self.apply_school(person, &mut issues);
        change(&self.phone, &mut person.phone, &mut issues, |text| {
            let parsed = Phone::parse(text).map_err(|error| FieldIssue::new("phone", error.code(), ""))?;
            Ok(parsed.expose().to_owned())
        });
        change(&self.village, &mut person.village, &mut issues, |text| {
            let found = region::resolve_village(text, None);
            let found = found.map_err(|error| FieldIssue::new("village", error.code(), text))?;
            Ok(found.code.to_string())
        });
        change(&self.address, &mut person.address, &mut issues, |text| address(text));
        if person.address.as_deref().is_some_and(|text| text.trim().is_empty()) {
            person.address = None;
        }
        self.apply_settled(person, &mut issues);
        self.apply_wishes(wishes, &mut issues);
        if issues.is_empty() { Ok(()) } else { Err(AppError::Invalid(issues)) }
    }

    fn apply_wishes(&self, wishes: &mut Wishes, issues: &mut Vec<FieldIssue>) {
        change(&self.wage_floor, &mut wishes.wage_floor, issues, |wage| {
            within("wage_floor", *wage, limits::HIGHEST_WAGE)
        });
        change(&self.max_distance_m, &mut wishes.max_distance_m, issues, |metres| {
            within("max_distance_m", *metres, limits::LONGEST_WAY_M)
        });
        change(&self.shift_ok, &mut wishes.shift_ok, issues, |yes| Ok(*yes));
        change(&self.transport, &mut wishes.transport, issues, |text| {
            let way = Transport::parse(text);
            let way = way.ok_or_else(|| FieldIssue::new("transport", FieldCode::UnknownValue, text))?;
            Ok(way.as_str().to_owned())
        });
        change(&self.dormitory_ok, &mut wishes.dormitory_ok, issues, |yes| Ok(*yes));
        change(&self.contact_way, &mut wishes.contact_way, issues, |word| closed("contact_way", word));
        change(&self.contact_hour, &mut wishes.contact_hour, issues, |text| {
            own_words::needed(limits::PERSON, "contact_hour", "contact_hour", text)
        });
        change(&self.message_content, &mut wishes.message_content, issues, |word| {
            closed("message_content", word)
        });
    }

    /// Name, school and first day of work.
    fn apply_school(&self, person: &mut Person, issues: &mut Vec<FieldIssue>) {
        match &self.name {
            None => {}
            Some(None) => issues.push(FieldIssue::new("name", FieldCode::Required, "")),
            Some(Some(given)) => match own_words::needed(limits::PERSON, "name", "name", given) {
                Ok(name) => person.name = name,
                Err(issue) => issues.push(issue),
            },
        }
        change(&self.education, &mut person.education, issues, |given| {
            let level = Education::parse(given);
            let level = level.ok_or_else(|| FieldIssue::new("education", FieldCode::UnknownValue, given))?;
            Ok(level.as_str().to_owned())
        });
        change(&self.major, &mut person.major, issues, |given| {
            own_words::needed(limits::PERSON, "major", "major", given)
        });
        change(&self.available_from, &mut person.available_from, issues, |day| Ok(*day));
    }

    /// Marks what of the person's own row differs from before.
    pub(super) fn mark(&self, (before, next): (&Person, &Person), new_wishes: bool, marks: &mut Marks) {
        let differ = [
            (ItemKind::Name, before.name != next.name),
            (ItemKind::Education, before.education != next.education),
            (ItemKind::Major, before.major != next.major),
            (ItemKind::AvailableFrom, before.available_from != next.available_from),
            (ItemKind::Wishes, new_wishes),
        ];
        for (kind, _) in differ.into_iter().filter(|(_, differs)| *differs) {
            marks.touch(&Item::only(kind), kind.as_str(), false);
        }
    }

    /// The two that everybody has: they can be changed and not be taken away.
    fn apply_settled(&self, person: &mut Person, issues: &mut Vec<FieldIssue>) {
        match &self.status {
            None => {}
            Some(None) => issues.push(FieldIssue::new("status", FieldCode::Required, "")),
            Some(Some(text)) => match text.parse() {
                Ok(status) => person.status = status,
                Err(_) => issues.push(FieldIssue::new("status", FieldCode::UnknownCode, text)),
            },
        }
        match self.objects_to_ranking {
            None => {}
            Some(None) => issues.push(FieldIssue::new("objects_to_ranking", FieldCode::Required, "")),
            Some(Some(objects)) => person.objects_to_ranking = objects,
        }
    }
}

/// Leaves, takes away or replaces a value.
fn change<T, U>(
    given: &Option<Option<T>>,
    stored: &mut Option<U>,
    issues: &mut Vec<FieldIssue>,
    judge: impl FnOnce(&T) -> Result<U, FieldIssue>,
) {
    match given {
        None => {}
        Some(None) => *stored = None,
        Some(Some(value)) => match judge(value) {
            Ok(value) => *stored = Some(value),
            Err(issue) => issues.push(issue),
        },
    }
}

/// A word of a closed list.
fn closed<T: FromStr>(field: &str, word: &str) -> Result<T, FieldIssue> {
    word.parse().map_err(|_| FieldIssue::new(field, FieldCode::UnknownCode, word))
}

fn address(text: &str) -> Result<String, FieldIssue> {
    if let Some(most) = limits::exceeded(limits::PERSON, "address", text) {
        return Err(FieldIssue::too_long("address", most));
    }
    if plain::holds_nik(text) {
        return Err(FieldIssue::new("address", FieldCode::NikInText, ""));
    }
    Ok(text.trim().to_owned())
}

fn within(field: &str, value: i64, most: i64) -> Result<i64, FieldIssue> {
    if (0..=most).contains(&value) {
        return Ok(value);
    }
    Err(FieldIssue::new(field, FieldCode::NumberOutOfRange, value))
}
