//! Talking with people: over which channel, with which outcome, when an attempt was one too many, when to ask again after
//! the start of work, and which first days of work are plausible. A failed attempt is a record, never a refusal.
use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate, NaiveTime};

use crate::domain::{calendar::Calendar, codes::FieldCode, limits, machine::text_enum, plain};

text_enum! {
    /// How a consent was given.
    ConsentChannel: "consent channel" {
        /// By the person, logged in.
        Web = "web",
        /// On the phone; the number dialled is kept.
        Phone = "phone",
        /// At the counter.
        Counter = "counter",
        /// At the door.
        Visit = "visit",
        /// Written, in answer to a message; the number and the text that was shown are kept.
        Whatsapp = "whatsapp",
    }
}

text_enum! {
    /// How somebody wants to be told.
    Way: "contact way" {
        /// A call.
        Telephone = "telephone",
        /// A message.
        Whatsapp = "whatsapp",
        /// Through the companion of the village.
        Companion = "companion",
    }
}

text_enum! {
    /// How much a message may say, as whoever else holds the phone may read it.
    Content: "message content" {
        /// The job, day, hour and place.
        Full = "full",
        /// That there is news, and where to read it.
        LinkOnly = "link_only",
    }
}

impl ConsentChannel {
    /// Whether the number over which it was given is kept.
    pub const fn needs_number(self) -> bool {
        matches!(self, Self::Phone | Self::Whatsapp)
    }

    /// Whether somebody heard it said and writes it down.
    pub const fn is_heard(self) -> bool {
        matches!(self, Self::Phone | Self::Counter | Self::Visit)
    }

    /// Whether the text that was answered is kept.
    pub const fn needs_text(self) -> bool {
        matches!(self, Self::Whatsapp)
    }
}

impl Way {
    /// The channel of a try that goes this way.
    pub const fn channel(self) -> AttemptChannel {
        match self {
            Self::Telephone => AttemptChannel::Phone,
            Self::Whatsapp => AttemptChannel::Whatsapp,
            Self::Companion => AttemptChannel::Visit,
        }
    }

    /// Whether a try over this channel is one in the way somebody asked for.
    pub fn is_by(self, channel: AttemptChannel) -> bool {
        self.channel() == channel
    }
}

impl Content {
    /// How much a message says: as the person chose, else all of it unless others have the same phone.
    pub fn or_usual(chosen: Option<Self>, is_shared: bool) -> Self {
        chosen.unwrap_or(if is_shared { Self::LinkOnly } else { Self::Full })
    }
}

text_enum! {
    /// Who consents in writing to an internship of somebody below 18.
    Guardian: "guardian" {
        /// The father.
        Father = "father",
        /// The mother.
        Mother = "mother",
        /// Whoever stands in for both.
        Guardian = "guardian",
    }
}

text_enum! {
    /// How somebody was tried.
    AttemptChannel: "attempt channel" {
        /// A call.
        Phone = "phone",
        /// A message.
        Whatsapp = "whatsapp",
        /// At the door.
        Visit = "visit",
    }
}

text_enum! {
    /// How the try ended.
    AttemptOutcome: "attempt outcome" {
        /// The person was spoken to.
        Reached = "reached",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// The number belongs to somebody else.
        WrongNumber = "wrong_number",
        /// Somebody else of the house answered.
        SomeoneElse = "someone_else",
    }
}

/// Whether somebody can have dialled this: 8 to 15 digits, as E.164 allows, with a 0 or a + in front and the marks people
/// put between. Fixed lines and numbers of other countries are dialled too.
pub fn is_dialable(number: &str) -> bool {
    let number = number.trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let marks =
        number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '.' | '(' | ')' | '/'));
    let plus = number.rfind('+').is_none_or(|at| at == 0 || number.starts_with("(+"));
    (8..=15).contains(&digits)
        && marks
        && plus
        && number.trim_start_matches('(').starts_with(['0', '+', '6', '8'])
}

/// When and where somebody is expected for an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The day.
    pub on: NaiveDate,
    /// The hour, `HH:MM`.
    pub hour: String,
    /// Where to come.
    pub place: String,
    /// What to bring.
    pub bring: Option<String>,
    /// By what the place is found: `seberang masjid`.
    pub landmark: Option<String>,
}

/// What is wrong with an invitation: its field and why.
pub type InvitationSlip = (&'static str, FieldCode);

impl Invitation {
    /// The invitation without blanks around its texts, when somebody can come to it: not before today, within three
    /// months, at an hour of a day.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn checked(self, today: NaiveDate) -> Result<Self, InvitationSlip> {
        let latest = latest_deadline(today);
        let hour = NaiveTime::parse_from_str(&self.hour.trim().replace('.', ":"), "%H:%M");
        let hour = hour.map_err(|_| ("interview.hour", FieldCode::UnreadableHour))?;
        let place = self.place.trim().to_owned();
        let holds_nik = |text: &str| plain::holds_nik(text);
        let own = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let (bring, landmark) = (own(self.bring), own(self.landmark));
        let is_long = |field, text: &str| limits::exceeded(limits::INVITATION, field, text).is_some();
        match () {
            () if self.on < today => Err(("interview.on", FieldCode::DateInThePast)),
            () if self.on > latest => Err(("interview.on", FieldCode::DateOutOfRange)),
            () if place.is_empty() => Err(("interview.place", FieldCode::Required)),
            () if holds_nik(&place) => Err(("interview.place", FieldCode::NikInText)),
            () if bring.as_deref().is_some_and(holds_nik) => Err(("interview.bring", FieldCode::NikInText)),
            () if is_long("interview.place", &place) => Err(("interview.place", FieldCode::TooLong)),
            () if bring.as_deref().is_some_and(|text| is_long("interview.bring", text)) => {
                Err(("interview.bring", FieldCode::TooLong))
            }
            () if landmark.as_deref().is_some_and(holds_nik) => {
                Err(("interview.landmark", FieldCode::NikInText))
            }
            () if landmark.as_deref().is_some_and(|text| is_long("interview.landmark", text)) => {
                Err(("interview.landmark", FieldCode::TooLong))
            }
            () => Ok(Self { on: self.on, hour: hour.format("%H:%M").to_string(), place, bring, landmark }),
        }
    }
}

/// Different working days with a failed attempt after which the place goes to the next.
pub const FAILED_DAYS: usize = 3;

/// A try to reach somebody: the day, how, with which result.
pub type Try = (NaiveDate, AttemptChannel, AttemptOutcome);

/// Whether nobody gets hold of the person: failed attempts on three different working days since they were last
/// reached. `attempts` in the order they were made. Several calls of one day count once, those of a holiday not at all; who
/// asked to be told in one way is missed in that way alone.
pub fn is_out_of_reach(attempts: &[Try], wish: Option<Way>, calendar: &Calendar) -> bool {
    let reached = attempts.iter().rposition(|(_, _, outcome)| *outcome == AttemptOutcome::Reached);
    let since = reached.map_or(0, |last| last + 1);
    let failed: BTreeSet<NaiveDate> = attempts
        .iter()
        .skip(since)
        .filter(|(_, channel, _)| wish.is_none_or(|wish| wish.is_by(*channel)))
        .map(|(day, ..)| *day)
        .filter(|day| calendar.is_working_day(*day))
        .collect();
    failed.len() >= FAILED_DAYS
}

/// Months after the first day of work in which somebody asks whether the person still works there.
pub const FOLLOW_UP_MONTHS: [u32; 3] = [1, 3, 6];

/// Whether somebody still works there may be told from a week before it is to be asked.
pub fn may_be_told(due_on: NaiveDate, today: NaiveDate) -> bool {
    due_on <= today.checked_add_days(Days::new(7)).unwrap_or(today)
}

/// When to ask after a start on `first_day`: month and day. The day of the month stays where the month has it.
pub fn follow_ups(first_day: NaiveDate) -> [(u32, NaiveDate); 3] {
    FOLLOW_UP_MONTHS
        .map(|month| (month, first_day.checked_add_months(Months::new(month)).unwrap_or(first_day)))
}

/// A start may be told up to a month after it happened: employers report late.
const LATE_BY_DAYS: u64 = 31;

/// A start may be agreed up to a year ahead: beyond that it is a slip of the year.
const AHEAD_DAYS: u64 = 366;

/// Whether a first day of work may be recorded on `today`.
pub fn is_plausible_start(day: NaiveDate, today: NaiveDate) -> bool {
    let earliest = today.checked_sub_days(Days::new(LATE_BY_DAYS)).unwrap_or(today);
    (earliest..=latest_start(today)).contains(&day)
}

/// The last day to which somebody may put off an answer on `today`.
pub fn latest_deadline(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(3)).unwrap_or(today)
}

/// The last first day of work that may be recorded on `today`.
pub fn latest_start(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_nobody_can_dial_is_no_number() {
        for number in
            ["081200000001", "+62 812-0000-0001", "(0271) 593123", "+84 912 345 678", "(+62) 812 0000 0001"]
        {
            assert!(is_dialable(number), "{number}");
        }
        for number in ["", "abc", "0812", "08120000000112345", "0812 ibu", "12345678", "0812+0000001"] {
            assert!(!is_dialable(number), "{number}");
        }
    }

    #[test]
    fn three_different_working_days_since_the_last_answer() {
        use AttemptOutcome::{NoAnswer, Reached, SomeoneElse, WrongNumber};
        let calendar = Calendar::default();
        let by_phone = |attempts: &[(&str, AttemptOutcome)], wish| {
            let tried = |(on, outcome): &(&str, AttemptOutcome)| (day(on), AttemptChannel::Phone, *outcome);
            is_out_of_reach(&attempts.iter().map(tried).collect::<Vec<_>>(), wish, &calendar)
        };
        let out = |attempts: &[(&str, AttemptOutcome)]| by_phone(attempts, None);
        let (monday, tuesday, wednesday) =
            (("2026-03-02", NoAnswer), ("2026-03-03", WrongNumber), ("2026-03-04", SomeoneElse));
        assert!(out(&[monday, tuesday, wednesday]));
        assert!(!out(&[monday, monday, tuesday]), "one day counts once");
        assert!(!out(&[("2026-03-01", NoAnswer), monday, tuesday]), "a Sunday does not count");
        assert!(!out(&[monday, tuesday, ("2026-03-03", Reached), wednesday]));
        assert!(!out(&[]));
        let calls = [monday, tuesday, wednesday];
        assert!(by_phone(&calls, Some(Way::Telephone)));
        assert!(!by_phone(&calls, Some(Way::Whatsapp)) && !by_phone(&calls, Some(Way::Companion)));
    }

    #[test]
    fn a_phone_that_others_hold_reads_no_news() {
        assert_eq!(Content::or_usual(None, true), Content::LinkOnly);
        assert_eq!(Content::or_usual(None, false), Content::Full);
        assert_eq!(Content::or_usual(Some(Content::Full), true), Content::Full);
    }

    #[test]
    fn follow_ups_keep_the_day_where_the_month_has_it() {
        let dates = follow_ups(day("2026-08-31")).map(|(month, on)| (month, on.to_string()));
        let expected = [(1, "2026-09-30"), (3, "2026-11-30"), (6, "2027-02-28")];
        assert_eq!(dates, expected.map(|(month, on)| (month, on.to_owned())));
    }

    #[test]
    fn an_invitation_is_one_that_somebody_can_come_to() {
        let told = |on: &str, hour: &str, place: &str| {
            let bring = Some("  ".to_owned());
            let invitation = Invitation {
                on: day(on),
                hour: hour.to_owned(),
                place: place.to_owned(),
                bring,
                landmark: Some(" ".to_owned()),
            };
            invitation.checked(day("2026-11-27"))
        };
        let good = told("2026-11-30", " 9.00", " pabrik Toriyo ").unwrap();
        assert_eq!((good.hour.as_str(), good.place.as_str(), good.bring), ("09:00", "pabrik Toriyo", None));
        for (on, hour, place, field) in [
            ("2026-11-26", "09:00", "pabrik", "interview.on"),
            ("2999-01-01", "09:00", "pabrik", "interview.on"),
            ("2026-11-30", "25:00", "pabrik", "interview.hour"),
            ("2026-11-30", "pagi", "pabrik", "interview.hour"),
            ("2026-11-30", "09:00", " ", "interview.place"),
            ("2026-11-30", "09:00", &"x".repeat(501), "interview.place"),
            ("2026-11-30", "09:00", "rumah 9911045501900001", "interview.place"),
        ] {
            assert_eq!(told(on, hour, place).unwrap_err().0, field, "{on} {hour} {place}");
        }
    }

    #[test]
    fn still_at_work_is_told_when_it_is_nearly_due() {
        let due = day("2026-12-07");
        for (today, may) in [("2026-11-29", false), ("2026-11-30", true), ("2027-01-01", true)] {
            assert_eq!(may_be_told(due, day(today)), may, "{today}");
        }
    }

    #[test]
    fn a_start_is_plausible_from_a_month_ago_to_a_year_ahead() {
        let today = day("2026-11-27");
        for (on, plausible) in
            [("2026-10-26", false), ("2026-10-27", true), ("2027-11-28", true), ("2027-11-29", false)]
        {
            assert_eq!(is_plausible_start(day(on), today), plausible, "{on}");
        }
    }
}
