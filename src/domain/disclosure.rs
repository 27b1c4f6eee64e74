//! Who may see what: of a person, of an application and its history, of the office's own figures, and in which form a
//! number of people is told. Belongs here: every such question, as a function of the audience that asks. Does not belong
//! here: which objects somebody reaches at all (that is in the SQL of a reach) and the sentences (`words`).
use crate::domain::{
    application::{Event, State, reason},
    employer,
    machine::{Actor, text_enum},
    next_step,
};

/// In whose eyes people and applications are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The labour office: everything it needs to decide.
    Office,
    /// Another agency, about its own nominees: with the evidence it brought.
    Agency,
    /// A village companion: contact and state, no welfare or health data.
    Companion,
    /// The person themself, or whoever holds the family's login.
    Person,
    /// The person, reading the copy of all that is held about them (UU 27/2022 art. 7 and 13): also what their pages keep
    /// back because it would read like news.
    OwnCopy,
    /// An employer: who was referred, nothing else.
    Employer,
}

/// How much of the reasons for a pair an audience is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    /// For and against, with codes, points and places.
    Full,
    /// In a few sentences, to the person.
    Short,
    /// What speaks for the one who was referred.
    ForTheReferred,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 6] =
        [Self::Office, Self::Agency, Self::Companion, Self::Person, Self::OwnCopy, Self::Employer];

    /// Name and phone of the person of an application in this state. An employer knows them from referral to the end of
    /// work: only both facts, confirmation and consent, lead there. A suspended one knows only whom it hired.
    pub const fn sees_person(self, state: State, employer: employer::State) -> bool {
        match self {
            Self::Office | Self::Agency | Self::Companion | Self::Person | Self::OwnCopy => true,
            Self::Employer => state.shows_person_to(employer),
        }
    }

    /// The id by which a person is found again; an employer knows a name and a number to call.
    pub const fn sees_person_id(self) -> bool {
        !matches!(self, Self::Employer)
    }

    /// Welfare and health (evidence of priority, disability) and the jobseeker's card. The agency brought
    /// the evidence, the person owns it; neighbours and employers have no use for it.
    pub const fn sees_welfare(self) -> bool {
        matches!(self, Self::Office | Self::Agency | Self::Person | Self::OwnCopy)
    }

    /// Which agency nominated somebody first. Another agency that nominates them too knows of itself alone.
    pub const fn sees_who_nominated(self) -> bool {
        matches!(self, Self::Office | Self::Person | Self::OwnCopy)
    }

    /// The last digits of the NIK, to tell namesakes apart. Nobody reads it whole.
    pub const fn sees_end_of_nik(self) -> bool {
        matches!(self, Self::Office)
    }

    /// Points, run and place in the queue. They are worked out about a person and so belong into the copy of their data.
    pub const fn sees_ranking(self) -> bool {
        matches!(self, Self::Office | Self::OwnCopy)
    }

    /// Reminders made to the employer.
    pub const fn sees_reminders(self) -> bool {
        matches!(self, Self::Office | Self::Employer)
    }

    /// Which login did something, and for which office.
    pub const fn sees_logins(self) -> bool {
        matches!(self, Self::Office)
    }

    /// What an event changed besides the application it was meant for: those of other people.
    pub const fn sees_consequences(self) -> bool {
        matches!(self, Self::Office)
    }

    /// That a newer run proposed a pair again: the office's thinking, which changes nothing but points that nobody else
    /// sees. To a resident it would read like news; in the copy, which tells the points, it belongs.
    pub const fn sees_renewals(self) -> bool {
        matches!(self, Self::Office | Self::OwnCopy)
    }

    /// That a step of this kind is next for somebody. Who looks up a desil is told that it is unknown, which is welfare.
    pub const fn sees_step(self, kind: next_step::Kind) -> bool {
        match self {
            Self::Office | Self::Agency | Self::Person | Self::OwnCopy => true,
            Self::Companion => !matches!(kind, next_step::Kind::DesilCheck),
            Self::Employer => false,
        }
    }

    /// What an officer noted when a step was answered: a paper of the offices that work on it, as their own words elsewhere.
    pub const fn sees_step_notes(self) -> bool {
        matches!(self, Self::Office | Self::Agency)
    }

    /// How many referral slots of a vacancy are taken: among these are people the employer was not told of.
    pub const fn sees_slots(self) -> bool {
        matches!(self, Self::Office)
    }

    /// The list of holidays: whoever plans by working days. A resident is told the day an answer is due.
    pub const fn sees_calendar(self) -> bool {
        !matches!(self, Self::Person | Self::OwnCopy)
    }

    /// What happened before the referral.
    pub const fn sees_before_referral(self) -> bool {
        !matches!(self, Self::Employer)
    }

    /// How much of the reasons for an application in this state is told, if anything.
    pub const fn reasons(self, state: State, employer: employer::State) -> Option<Reasons> {
        match self {
            Self::Office | Self::OwnCopy => Some(Reasons::Full),
            Self::Agency | Self::Companion | Self::Person => Some(Reasons::Short),
            Self::Employer if self.sees_person(state, employer) => Some(Reasons::ForTheReferred),
            Self::Employer => None,
        }
    }

    /// The part of a reason (a code, own words, or both as `code: words`) that is told. Own words go to those on whose
    /// side they were said; of others' only codes of the closed list. An employer's reason stays with the office unless
    /// the employer shared it: then its code is told, never its words.
    pub fn reason(self, event: Event, actor: Actor, shared: bool, given: String) -> Option<String> {
        let own = match self {
            Self::Office => true,
            Self::Employer => actor == Actor::Employer,
            // Why a neighbour said no, or was refused, is theirs to tell: a companion reads what a companion wrote down.
            Self::Companion => actor == Actor::Companion,
            Self::Agency | Self::Person | Self::OwnCopy => {
                matches!(actor, Actor::Person | Actor::Companion)
            }
        };
        if own || actor == Actor::System {
            return Some(given);
        }
        let of_employer = actor == Actor::Employer || event == Event::Refuse;
        // What an employer shares it shares with the person.
        let told = shared && matches!(self, Self::Person | Self::OwnCopy);
        if matches!(self, Self::Employer | Self::Companion) || of_employer && !told {
            return None;
        }
        let code = given.split(':').next().unwrap_or_default();
        reason::check(event, code).ok().map(str::to_owned)
    }

    /// The words that somebody added to a note about an application: what a neighbour wrote of themself, which may be of their
    /// health, a companion reads only as far as a companion wrote it down.
    pub const fn sees_words_of(self, actor: Actor) -> bool {
        !matches!(self, Self::Companion) || matches!(actor, Actor::Companion)
    }

    /// Whether the family helped to answer: the person's own matter, and the office's.
    pub const fn sees_who_helped(self) -> bool {
        matches!(self, Self::Office | Self::Person | Self::OwnCopy)
    }

    /// Whether numbers of people are told as they are; everybody else reads bands.
    pub const fn sees_exact_counts(self) -> bool {
        matches!(self, Self::Office)
    }

    /// A number of people as it is told.
    pub const fn count(self, people: usize) -> Count {
        if self.sees_exact_counts() { Count::Exact(people) } else { Count::Banded(Band::of(people)) }
    }
}

/// Whether an application that reaches `state` is known to its person from then on. What no officer confirmed yet is the
/// office's own thinking: a resident who reads of it counts on a job nobody offered. So it becomes known by the
/// confirmation, or by the person's own word: who applied, agreed or declined, by themself or asked on the phone, knows
/// already. What ends before that stays unknown. The copy of one's own data holds it all the same, marked as such: a right of
/// the law outweighs a hope that may be false.
pub const fn becomes_known(state: State) -> bool {
    match state {
        State::Proposed
        | State::Dismissed
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded => false,
        State::Consented
        | State::Confirmed
        | State::Queued
        | State::Referred
        | State::Interview
        | State::Offered
        | State::Hired
        | State::Started
        | State::Ended
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::NoShow => true,
    }
}

text_enum! {
    /// A number of people as those read it who are not told exact numbers. Each band is wide enough that one person more
    /// or less is seldom seen, and the narrowest number told is "fewer than five", which also stands for nobody.
    Band: "band" {
        /// Fewer than five.
        UnderFive = "0-4",
        /// 5 to 9.
        Five = "5-9",
        /// 10 to 19.
        Ten = "10-19",
        /// 20 to 49.
        Twenty = "20-49",
        /// 50 to 99.
        Fifty = "50-99",
        /// 100 and more.
        Hundred = "100+",
    }
}

impl Band {
    /// The band a number lies in.
    pub const fn of(people: usize) -> Self {
        match people {
            0..=4 => Self::UnderFive,
            5..=9 => Self::Five,
            10..=19 => Self::Ten,
            20..=49 => Self::Twenty,
            50..=99 => Self::Fifty,
            _ => Self::Hundred,
        }
    }

    /// The smallest number in it.
    pub const fn least(self) -> usize {
        match self {
            Self::UnderFive => 0,
            Self::Five => 5,
            Self::Ten => 10,
            Self::Twenty => 20,
            Self::Fifty => 50,
            Self::Hundred => 100,
        }
    }

    /// The largest number in it; none for the last.
    pub const fn most(self) -> Option<usize> {
        match self {
            Self::UnderFive => Some(4),
            Self::Five => Some(9),
            Self::Ten => Some(19),
            Self::Twenty => Some(49),
            Self::Fifty => Some(99),
            Self::Hundred => None,
        }
    }
}

/// A number of people in the form in which somebody is told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// As it is.
    Exact(usize),
    /// In a band.
    Banded(Band),
}

impl Count {
    /// How many there are at least, as far as the reader knows.
    pub const fn least(self) -> usize {
        match self {
            Self::Exact(people) => people,
            Self::Banded(band) => band.least(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bands_follow_one_another_without_gap_and_none_holds_fewer_than_five_numbers() {
        assert_eq!(Band::ALL[0].least(), 0);
        for pair in Band::ALL.windows(2) {
            assert_eq!(pair[0].most().map(|most| most + 1), Some(pair[1].least()));
        }
        assert_eq!(Band::Hundred.most(), None);
        for band in Band::ALL {
            assert!(band.most().is_none_or(|most| most - band.least() >= 4), "{band}");
            assert_eq!(Band::of(band.least()), *band);
            assert_eq!(band.most().map(Band::of).unwrap_or(*band), *band);
            assert_eq!(band.as_str().split(['-', '+']).next(), Some(band.least().to_string().as_str()));
        }
    }

    proptest! {
        #[test]
        fn two_numbers_of_one_band_look_alike_to_all_but_the_office(one in 0..300_usize, other in 0..300_usize) {
            for audience in Audience::ALL {
                let alike = audience.count(one) == audience.count(other);
                let expected = if audience == Audience::Office { one == other } else { Band::of(one) == Band::of(other) };
                prop_assert_eq!(alike, expected, "{:?}", audience);
            }
        }

        #[test]
        fn a_larger_number_never_lies_in_a_lower_band(one in 0..300_usize, more in 0..300_usize) {
            prop_assert!(Band::of(one) <= Band::of(one + more));
            let band = Band::of(one);
            prop_assert!(band.least() <= one && band.most().is_none_or(|most| one <= most));
        }
    }

    /// A name is shown to an employer only where the table of the application has led through a referral.
    #[test]
    fn an_employer_sees_a_name_only_from_referral_on() {
        let shown: Vec<&State> = State::ALL
            .iter()
            .filter(|state| Audience::Employer.sees_person(**state, employer::State::Verified))
            .collect();
        let expected = [State::Referred, State::Interview, State::Offered, State::Hired, State::Started];
        assert_eq!(shown, expected.iter().collect::<Vec<_>>());
        for state in State::ALL {
            assert_eq!(
                Audience::Employer.reasons(*state, employer::State::Verified).is_some(),
                shown.contains(&state),
                "{state}"
            );
            assert!(
                !Audience::Employer.sees_person(*state, employer::State::Verified) || becomes_known(*state),
                "{state}"
            );
        }
    }

    #[test]
    fn nobody_but_the_office_sees_what_the_office_thinks_with() {
        for audience in Audience::ALL {
            let inside = audience == Audience::Office;
            // What was worked out about somebody is told in the copy of their data, and nowhere else.
            let worked_out = inside || audience == Audience::OwnCopy;
            assert_eq!(audience.sees_ranking(), worked_out);
            assert_eq!(audience.sees_renewals(), worked_out);
            assert_eq!(audience.sees_end_of_nik(), inside);
            assert_eq!(audience.sees_logins(), inside);
            assert_eq!(audience.sees_consequences(), inside);
        }
        for audience in Audience::ALL {
            let desil = audience.sees_step(next_step::Kind::DesilCheck);
            assert_eq!(desil, audience.sees_welfare(), "{audience:?}");
            assert!(audience != Audience::Employer || !audience.sees_step(next_step::Kind::Visit));
        }
        let notes = Audience::ALL.map(Audience::sees_step_notes);
        assert_eq!(notes, [true, true, false, false, false, false]);
        let welfare = Audience::ALL.map(Audience::sees_welfare);
        assert_eq!(welfare, [true, true, false, true, true, false]);
    }

    /// From what nobody but the office knows, only a confirmation or the person's own word leads on to what is known.
    #[test]
    fn only_a_confirmation_or_the_persons_word_makes_an_application_known() {
        use crate::domain::application::next;
        let own_word = [Event::Apply, Event::Consent, Event::Decline, Event::Confirm];
        for from in [None, Some(State::Proposed)] {
            for event in Event::ALL {
                for actor in [Actor::Person, Actor::Companion, Actor::Staff, Actor::System] {
                    let Ok(to) = next(from, *event, actor) else { continue };
                    assert_eq!(becomes_known(to), own_word.contains(event), "{from:?} {event} {to}");
                }
            }
        }
    }

    fn told(audience: Audience) -> Vec<Option<String>> {
        let given = [
            (Event::Decline, Actor::Person, "other: jauh dari anak"),
            (Event::Dismiss, Actor::Staff, "other: catatan petugas"),
            (Event::Refuse, Actor::Employer, "skill_missing: belum bisa obras"),
            (Event::Close, Actor::System, "vacancy_filled"),
        ];
        given.map(|(event, actor, text)| audience.reason(event, actor, false, text.to_owned())).to_vec()
    }

    #[test]
    fn an_employer_that_shares_why_shares_the_code_alone() {
        let told = |audience: Audience, actor| {
            audience.reason(Event::Refuse, actor, true, "medically_unfit: surat dokter".to_owned())
        };
        for actor in [Actor::Employer, Actor::Staff] {
            assert_eq!(told(Audience::Person, actor).as_deref(), Some("medically_unfit"));
            assert_eq!(told(Audience::OwnCopy, actor).as_deref(), Some("medically_unfit"));
            for other in [Audience::Companion, Audience::Agency] {
                assert_eq!(told(other, actor), None, "the person's own matter");
            }
            assert!(Audience::ALL.iter().filter(|audience| audience.sees_who_helped()).count() == 3);
            assert!(!Audience::Companion.sees_words_of(Actor::Person));
            assert!(Audience::Companion.sees_words_of(Actor::Companion));
            assert!(Audience::Employer.sees_words_of(Actor::Person));
        }
    }

    #[test]
    fn own_words_stay_on_the_side_where_they_were_said() {
        let text = |text: &str| Some(text.to_owned());
        let person = [text("other: jauh dari anak"), text("other"), None, text("vacancy_filled")];
        assert_eq!(told(Audience::Person), person);
        assert_eq!(told(Audience::OwnCopy), person);
        assert_eq!(told(Audience::Companion), [None, None, None, text("vacancy_filled")]);
        let employer = [None, None, text("skill_missing: belum bisa obras"), text("vacancy_filled")];
        assert_eq!(told(Audience::Employer), employer);
        assert_eq!(told(Audience::Office).iter().flatten().count(), 4);
    }
}
