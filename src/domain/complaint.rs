//! Complaints: that somebody asked for money, lured, kept a diploma or announced work that is none. Belongs here: their kinds,
//! their numbers, how one goes on, who of the office reads which. Does not belong here: what was said (that is a text).
use crate::domain::{
    application::{
        Event,
        reason::{DeclineReason, WithdrawReason},
    },
    machine::text_enum,
};

text_enum! {
    /// What a complaint is about.
    Kind: "complaint kind" {
        /// An employer, or somebody in its name, asks for money.
        Fee = "fee",
        /// A tout (calo) promises work for money.
        Tout = "tout",
        /// A diploma is withheld.
        WithheldDiploma = "withheld_diploma",
        /// The vacancy is none, or another one than was announced.
        FalseVacancy = "false_vacancy",
        /// An officer or a companion asks for money: only supervisors read it.
        OfficerAskedMoney = "officer_asked_money",
    }
}

text_enum! {
    /// Where a complaint stands.
    State: "complaint state" {
        /// Nobody looked at it yet.
        Open = "open",
        /// An officer looks into it.
        InProgress = "in_progress",
        /// It was so.
        Founded = "closed_founded",
        /// It was not so, or nothing was found.
        Unfounded = "closed_unfounded",
    }
}

/// Nameless complaints from one address within `ADDRESS_MINUTES` after which that address waits: sixty people at one connection
/// may each make two.
pub const ADDRESS_COMPLAINTS: u32 = 120;

/// How long they are remembered, minutes; so long the address waits.
pub const ADDRESS_MINUTES: u64 = 60;

/// Number of a complaint: counts from 1 within a business year.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[serde(transparent)]
#[schema(as = ComplaintNumber, value_type = String, example = "ADU-2026-0041")]
pub struct Number(String);

impl Number {
    /// The `count`-th complaint of a year.
    pub fn new(count: i64, year: i32) -> Self {
        Self(format!("ADU-{year}-{count:04}"))
    }

    /// From what somebody types: blanks around it and small letters do no harm.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase();
        let (year, count) = text.strip_prefix("ADU-")?.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = year.len() == 4 && (4..=9).contains(&count.len()) && digits(year) && digits(count);
        fits.then_some(Self(text))
    }

    /// As it is told: `ADU-2026-0041`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Kind {
    /// Whether only supervisors read it: those it may be about do not, nor do their colleagues.
    pub const fn for_supervisors_only(self) -> bool {
        matches!(self, Self::OfficerAskedMoney)
    }
}

impl State {
    /// Nobody works on it any more.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Founded | Self::Unfounded)
    }

    /// The state in which it is closed.
    pub const fn closed(founded: bool) -> Self {
        if founded { Self::Founded } else { Self::Unfounded }
    }
}

/// The complaint that a reason for leaving an application is: that somebody asked for money.
pub fn opened_by(event: Event, reason: &str) -> Option<Kind> {
    let asked = match event {
        Event::Decline => DeclineReason::AskedForMoney.as_str(),
        Event::Withdraw => WithdrawReason::AskedForMoney.as_str(),
        _ => return None,
    };
    (reason == asked).then_some(Kind::Fee)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = Number::new(41, 2026);
        assert_eq!(number.as_str(), "ADU-2026-0041");
        assert_eq!(Number::parse(" adu-2026-0041 "), Some(number));
        assert_eq!(Number::parse("ADU-2026-12345"), Some(Number::new(12_345, 2026)));
        for wrong in ["", "ADU-2026-41", "ADU-26-0041", "2026-0041", "ADU-2026-00x1", "ADU-2026-1234567890"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn leaving_because_somebody_asked_for_money_is_a_complaint() {
        assert_eq!(opened_by(Event::Decline, "asked_for_money"), Some(Kind::Fee));
        assert_eq!(opened_by(Event::Withdraw, "asked_for_money"), Some(Kind::Fee));
        assert_eq!(opened_by(Event::Decline, "too_far"), None);
        assert_eq!(opened_by(Event::Dismiss, "asked_for_money"), None);
    }

    #[test]
    fn a_closed_complaint_stays_closed_and_one_kind_is_kept_from_officers() {
        let closed: Vec<_> = State::ALL.iter().filter(|state| state.is_closed()).collect();
        assert_eq!(closed, [&State::closed(true), &State::closed(false)]);
        let kept: Vec<_> = Kind::ALL.iter().filter(|kind| kind.for_supervisors_only()).collect();
        assert_eq!(kept, [&Kind::OfficerAskedMoney]);
    }
}
