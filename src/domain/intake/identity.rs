//! By what a row of a vacancy is known again. Belongs here: the key of a row by its content. Does not belong here: looking
//! it up. A file's name, the line, the closing date and the number of seats never count: all of them change while the
//! vacancy stays the same.

use crate::domain::{
    employer,
    intake::vacancy::VacancyDraft,
    region::{self, RegionCode},
};

/// What a vacancy is known by. Whoever the employer is was found out before: by NIB, else by the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The list's own number, within its source or its employer.
    Number(String, String),
    /// Employer, title and place.
    Content(String, String, String),
}

/// Whose a vacancy is, as far as the row itself tells: the NIB, else the name however it is spelled.
pub fn employer_key(nib: Option<&str>, name: Option<&str>) -> Option<String> {
    let by_name = || name.map(employer::name_key).filter(|key| !key.is_empty());
    nib.map(str::to_owned).or_else(by_name)
}

/// A title or a place, however it is spelled.
pub fn words_key(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Both keys of a row, the number first, when its employer is this one. Where neither employer nor title is told, the
/// text takes part: two advertisements without a name are not one.
pub fn keys(draft: &VacancyDraft, employer: Option<&str>) -> (Option<Key>, Key) {
    let within = draft.source.as_deref().or(employer).unwrap_or_default();
    let number = draft.source_id.as_ref().map(|id| Key::Number(within.to_owned(), id.clone()));
    let place = place(draft.village, draft.place_text.as_deref());
    let title = draft.title.as_deref().map(words_key).unwrap_or_default();
    (number, content(employer, &title, &place, &draft.description))
}

/// The place a vacancy is known by: its village, unless its words name another place. A sample that was placed in some
/// village keeps the words of its advertisement, and is known by them.
pub fn place(village: Option<RegionCode>, words: Option<&str>) -> String {
    let Some(words) = words else { return String::new() };
    let named = village.and_then(region::find).is_some_and(|found| found.full_name() == words)
        || region::locate(words).is_some_and(|found| Some(found.code) == village);
    match village {
        Some(code) if named => code.to_string(),
        _ => words_key(words),
    }
}

/// The key of a content.
pub fn content(employer: Option<&str>, title: &str, place: &str, text: &str) -> Key {
    let is_weak = employer.is_none() || title.is_empty();
    let title = if is_weak { format!("{title}|{}", words_key(text)) } else { title.to_owned() };
    Key::Content(employer.unwrap_or_default().to_owned(), title, place.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str) -> VacancyDraft {
        VacancyDraft {
            title: Some(title.to_owned()),
            place_text: Some("Desa Plesan".to_owned()),
            ..VacancyDraft::default()
        }
    }

    #[test]
    fn seats_and_dates_do_not_make_another_vacancy() {
        let first =
            VacancyDraft { seats: Some(2), closes_on: "2026-12-31".parse().ok(), ..draft("Operator  Jahit") };
        let again = VacancyDraft { seats: Some(5), closes_on: None, ..draft("operator jahit") };
        assert_eq!(keys(&first, Some("pt contoh")), keys(&again, Some("pt contoh")));
        assert_ne!(keys(&first, Some("pt contoh")), keys(&first, Some("cv contoh")));
        let elsewhere = VacancyDraft { place_text: Some("Desa Gentan".to_owned()), ..again };
        assert_ne!(keys(&first, Some("pt contoh")), keys(&elsewhere, Some("pt contoh")));
    }

    #[test]
    fn a_number_counts_within_its_source_or_employer() {
        let numbered = VacancyDraft { source_id: Some("7".to_owned()), ..draft("Kasir") };
        assert_eq!(keys(&numbered, Some("a")).0, Some(Key::Number("a".to_owned(), "7".to_owned())));
        let portal = VacancyDraft { source: Some("karirhub".to_owned()), ..numbered };
        assert_eq!(keys(&portal, Some("a")).0, Some(Key::Number("karirhub".to_owned(), "7".to_owned())));
    }

    #[test]
    fn without_an_employer_the_text_counts() {
        let one = VacancyDraft { description: "di pasar".to_owned(), ..draft("Kasir") };
        let other = VacancyDraft { description: "di toko".to_owned(), ..draft("Kasir") };
        assert_ne!(keys(&one, None), keys(&other, None));
        assert_eq!(employer_key(None, Some("Contoh, PT")).as_deref(), Some("pt contoh"));
        assert_eq!(employer_key(Some("9120000000001"), Some("x")).as_deref(), Some("9120000000001"));
    }
}
