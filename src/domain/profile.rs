//! Items of a profile: what they are called, who may change one, and how a change of a verified one is asked for. Belongs here:
//! names and rules. Does not belong here: judging values (`intake`), what an item is worth (`matching`).
use std::fmt;

use crate::domain::{ids::RecordId, machine::text_enum};

text_enum! {
    /// A kind of item of a profile.
    ItemKind: "profile item" {
        /// The full name.
        Name = "name",
        /// The highest level of education.
        Education = "education",
        /// The field of study.
        Major = "major",
        /// From when the person can work.
        AvailableFrom = "available_from",
        /// What the person wants of a job.
        Wishes = "wishes",
        /// A training.
        Training = "training",
        /// A certificate or licence.
        Certificate = "certificate",
        /// A job held before.
        Experience = "experience",
        /// A skill.
        Skill = "skill",
    }
}

text_enum! {
    /// Where a request to change verified items stands.
    RequestState: "change request state" {
        /// Waits for an officer; what is stored counts.
        Pending = "pending",
        /// Done.
        Accepted = "accepted",
        /// Not done; the answer says why.
        Refused = "refused",
        /// Taken back by whoever asked.
        Withdrawn = "withdrawn",
    }
}

/// One item: its kind, and which of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Of what kind.
    pub kind: ItemKind,
    /// The id of a training, certificate or experience; the words of a skill.
    pub which: Option<String>,
}

impl Item {
    /// One of which there is one only.
    pub const fn only(kind: ItemKind) -> Self {
        Self { kind, which: None }
    }

    /// One with an id.
    pub fn of(kind: ItemKind, id: RecordId) -> Self {
        Self { kind, which: Some(id.to_string()) }
    }

    /// A skill.
    pub fn skill(words: &str) -> Self {
        Self { kind: ItemKind::Skill, which: Some(words.to_owned()) }
    }

    /// Reads what `Display` writes; whether there is such an item is for others to say.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, which) = match text.split_once(':') {
            Some((kind, which)) => (kind, Some(which.to_owned())),
            None => (text, None),
        };
        let item = Self { kind: kind.parse().ok()?, which };
        (item.kind.is_one_of_several() == item.which.as_ref().is_some_and(|which| !which.is_empty()))
            .then_some(item)
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.which {
            Some(which) => write!(f, "{}:{which}", self.kind.as_str()),
            None => f.write_str(self.kind.as_str()),
        }
    }
}

impl ItemKind {
    /// A person may have several of these.
    pub const fn is_one_of_several(self) -> bool {
        matches!(self, Self::Training | Self::Certificate | Self::Experience | Self::Skill)
    }

    /// A paper or a witness can prove it; what somebody wants, and from when, only they know.
    pub const fn can_be_verified(self) -> bool {
        !matches!(self, Self::AvailableFrom | Self::Wishes)
    }
}

/// Whether an item that was verified may be changed at once: only by whoever may verify. Everybody else asks.
pub const fn may_change(is_verified: bool, may_verify: bool) -> bool {
    !is_verified || may_verify
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn items_are_read_as_they_are_written() {
        let id = RecordId(Uuid::from_u128(7));
        for item in [Item::only(ItemKind::Name), Item::of(ItemKind::Training, id), Item::skill("las: SMAW")] {
            assert_eq!(Item::parse(&item.to_string()), Some(item));
        }
        for wrong in ["", "nama", "training", "training:", "education:1"] {
            assert_eq!(Item::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_verified_changes_by_whoever_verifies() {
        for (verified, may_verify, expected) in
            [(false, false, true), (false, true, true), (true, false, false), (true, true, true)]
        {
            assert_eq!(may_change(verified, may_verify), expected);
        }
        assert!(ItemKind::ALL.iter().filter(|kind| !kind.can_be_verified()).count() == 2);
    }
}
