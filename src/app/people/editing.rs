//! What may be changed of a person later on, and how each new value is judged: a form that changes somebody refuses what
//! the form that registers refuses.
use crate::{
    app::{AppError, error::FieldIssue},
    domain::{codes::FieldCode, intake::words::Transport, limits, phone::Phone, plain, region},
    store::people::{Person, Wishes},
};

/// What changes: `None` leaves a field as it is, `Some(None)` takes its value away.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// E.164 or local number.
    pub phone: Option<Option<String>>,
    /// Village code or name.
    pub village: Option<Option<String>>,
    /// Street address.
    pub address: Option<Option<String>>,
    /// Status outside applications; everybody has one.
    pub status: Option<Option<String>>,
    /// Objection to automatic ranking (UU PDP Ps 10); there is one or there is none.
    pub objects_to_ranking: Option<Option<bool>>,
    /// Lowest acceptable wage, rupiah per month.
    pub wage_floor: Option<Option<i64>>,
    /// Longest way to work, metres.
    pub max_distance_m: Option<Option<i64>>,
    /// Whether shift work is acceptable.
    pub shift_ok: Option<Option<bool>>,
    /// How the person gets to work.
    pub transport: Option<Option<String>>,
    /// Whether living at work is acceptable.
    pub dormitory_ok: Option<Option<bool>>,
}

impl Edit {
    /// Puts the new values into the rows, or names every field that cannot be accepted.
    pub(super) fn apply(&self, person: &mut Person, wishes: &mut Wishes) -> Result<(), AppError> {
        let mut issues = Vec::new();
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
