//! The closed lists of reasons, one per event that asks for one. Codes only: the sentences a person or an employer
//! reads are in the UI. No list offers age, sex, looks, marital status, religion or ethnicity (Permenaker 18/2024
//! art. 4; SE Menaker M/6/HK.04/V/2025), and a person may always keep the reason to themself.
use super::Event;
use crate::domain::machine::{UnknownWord, text_enum};

text_enum! {
    /// Why staff decided against a proposal.
    DismissReason: "dismiss reason" {
        /// The person can do other work better.
        WorkDoesNotFit = "work_does_not_fit",
        /// A true requirement of the vacancy is missing.
        RequirementMissing = "requirement_missing",
        /// A better proposal for the same person exists.
        BetterElsewhere = "better_elsewhere",
        /// The person works already.
        AlreadyWorking = "already_working",
        /// Three contact attempts on different working days failed.
        NotReached = "not_reached",
        /// The profile was wrong or out of date.
        ProfileWrong = "profile_wrong",
        /// The vacancy is doubtful.
        VacancyDoubtful = "vacancy_doubtful",
        /// Entered twice or for the wrong person.
        EnteredByMistake = "entered_by_mistake",
        /// Something else, in own words.
        Other = "other",
    }
}

text_enum! {
    /// Why the person said no before being referred.
    DeclineReason: "decline reason" {
        /// Too far, or no transport at those hours.
        TooFar = "too_far",
        /// The wage is too low.
        WageTooLow = "wage_too_low",
        /// Other work is wanted.
        OtherWorkWanted = "other_work_wanted",
        /// Hours or shifts do not suit.
        HoursUnsuitable = "hours_unsuitable",
        /// Care for children, parents or others.
        FamilyCare = "family_care",
        /// Health.
        Health = "health",
        /// Works already or has an own business.
        AlreadyWorking = "already_working",
        /// Still in school or training.
        InTraining = "in_training",
        /// Somebody asked for money: opens a complaint.
        AskedForMoney = "asked_for_money",
        /// Something else, in own words.
        Other = "other",
        /// The person did not want to say.
        NotStated = "not_stated",
    }
}

text_enum! {
    /// Why the employer said no.
    RefuseReason: "refuse reason" {
        /// A skill is missing.
        SkillMissing = "skill_missing",
        /// Experience is missing.
        ExperienceMissing = "experience_missing",
        /// A certificate or licence is missing.
        CertificateMissing = "certificate_missing",
        /// The education does not meet the requirement.
        EducationMissing = "education_missing",
        /// A work sample, test or interview was not passed.
        TestNotPassed = "test_not_passed",
        /// Medically unfit for this work, by an examination.
        MedicallyUnfit = "medically_unfit",
        /// Did not come to the interview.
        DidNotAttend = "did_not_attend",
        /// Could not be reached.
        NotReached = "not_reached",
        /// Wage, hours or start date could not be agreed.
        TermsNotAgreed = "terms_not_agreed",
        /// Others were better.
        OthersBetter = "others_better",
        /// The position no longer exists.
        PositionGone = "position_gone",
        /// Something else, in own words.
        Other = "other",
    }
}

text_enum! {
    /// Why the person took an application back.
    WithdrawReason: "withdraw reason" {
        /// Found other work.
        FoundOtherWork = "found_other_work",
        /// Too far, or no transport at those hours.
        TooFar = "too_far",
        /// The wage is too low.
        WageTooLow = "wage_too_low",
        /// Hours or shifts do not suit.
        HoursUnsuitable = "hours_unsuitable",
        /// The conditions differ from what was announced.
        ConditionsDiffer = "conditions_differ",
        /// Care for children, parents or others.
        FamilyCare = "family_care",
        /// Health.
        Health = "health",
        /// School or training.
        InTraining = "in_training",
        /// Somebody asked for money: opens a complaint.
        AskedForMoney = "asked_for_money",
        /// Something else, in own words.
        Other = "other",
        /// The person did not want to say.
        NotStated = "not_stated",
    }
}

text_enum! {
    /// Why work ended.
    EndReason: "end reason" {
        /// The contract ran out.
        ContractEnded = "contract_ended",
        /// The person resigned.
        Resigned = "resigned",
        /// Laid off: less work, closure.
        LaidOff = "laid_off",
        /// Dismissed for conduct or performance.
        Dismissed = "dismissed",
        /// Wage or conditions were not as agreed.
        TermsNotKept = "terms_not_kept",
        /// Health.
        Health = "health",
        /// Care for children, parents or others.
        FamilyCare = "family_care",
        /// Moved away.
        MovedAway = "moved_away",
        /// Better work elsewhere.
        BetterWork = "better_work",
        /// Something else, in own words.
        Other = "other",
        /// Nobody could say.
        NotStated = "not_stated",
    }
}

text_enum! {
    /// Why an application was closed with its vacancy.
    CloseReason: "close reason" {
        /// Every seat is taken.
        VacancyFilled = "vacancy_filled",
        /// The vacancy is paused for good.
        VacancyPaused = "vacancy_paused",
        /// The vacancy was withdrawn.
        VacancyWithdrawn = "vacancy_withdrawn",
        /// The vacancy's validity ran out.
        VacancyExpired = "vacancy_expired",
    }
}

/// The codes an event accepts as its reason; empty for events that ask for none or for own words.
pub fn codes(event: Event) -> Vec<&'static str> {
    match event {
        Event::Dismiss => DismissReason::ALL.iter().map(|r| r.as_str()).collect(),
        Event::Decline => DeclineReason::ALL.iter().map(|r| r.as_str()).collect(),
        Event::Refuse => RefuseReason::ALL.iter().map(|r| r.as_str()).collect(),
        Event::Withdraw => WithdrawReason::ALL.iter().map(|r| r.as_str()).collect(),
        Event::End => EndReason::ALL.iter().map(|r| r.as_str()).collect(),
        Event::Close => CloseReason::ALL.iter().map(|r| r.as_str()).collect(),
        Event::Propose
        | Event::Apply
        | Event::Confirm
        | Event::Consent
        | Event::Refer
        | Event::Invite
        | Event::Offer
        | Event::Hire
        | Event::Start
        | Event::NoShow
        | Event::Lapse
        | Event::Renew
        | Event::Retire
        | Event::Supersede
        | Event::Extend
        | Event::Undo
        | Event::Correct
        | Event::Hold
        | Event::Release => Vec::new(),
    }
}

/// Checks a reason code against the closed list of its event and returns the code.
///
/// # Errors
/// `UnknownWord` when the event's list does not have it.
pub fn check(event: Event, code: &str) -> Result<&'static str, UnknownWord> {
    codes(event)
        .into_iter()
        .find(|known| *known == code)
        .ok_or_else(|| UnknownWord { what: "reason", word: code.to_owned() })
}

/// Whether the code asks for a few own words besides.
pub fn wants_words(code: &str) -> bool {
    matches!(code, "other" | "asked_for_money" | "vacancy_doubtful")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::application::table::TABLE;
    use crate::domain::machine::Need;

    #[test]
    fn an_event_has_a_list_exactly_when_the_table_asks_for_one() {
        for row in TABLE {
            let asks = row.needs.contains(&Need::Reason) || row.needs.contains(&Need::ReasonIfPriority);
            assert_eq!(asks, !codes(row.event).is_empty(), "{}", row.event);
        }
    }

    #[test]
    fn a_reason_of_another_event_is_unknown() {
        assert_eq!(check(Event::Refuse, "skill_missing").unwrap(), "skill_missing");
        assert_eq!(
            check(Event::Decline, "skill_missing").unwrap_err().to_string(),
            "unknown reason: \"skill_missing\""
        );
        assert!(check(Event::Hire, "other").is_err());
    }

    #[test]
    fn a_person_may_keep_the_reason_to_themself() {
        for event in [Event::Decline, Event::Withdraw, Event::End] {
            assert!(check(event, "not_stated").is_ok());
        }
    }

    #[test]
    fn no_list_offers_a_prohibited_reason() {
        let prohibited =
            ["age", "sex", "gender", "marital", "married", "religion", "ethnic", "looks", "height"];
        for event in Event::ALL {
            for code in codes(*event) {
                assert!(!code.split('_').any(|word| prohibited.contains(&word)), "{code}");
            }
        }
    }
}
