//! Choosing a village of the regency without a script: first the district, then one of its villages, each a page of answers.
use serde::Deserialize;

use crate::{
    domain::region::{self, Region, RegionCode},
    http::web::form::{Choice, Form, Shown},
    words::Language,
};

/// What was chosen on the way to a village.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    /// The district.
    #[serde(default)]
    kec: String,
    /// The button was pressed.
    #[serde(default)]
    pilih: String,
}

impl Chosen {
    /// As a form kept it.
    pub fn of(form: &Form) -> Self {
        Self { kec: form.text("kec").to_owned(), pilih: String::new() }
    }

    /// The district; none where none of this regency was chosen.
    pub fn district(&self) -> Option<&'static Region> {
        district_of(RegionCode::parse(&self.kec).ok()?)
    }

    /// The page of districts that comes first: with a word where the button was pressed, or an address named another place.
    pub fn again(&self) -> Shown {
        self.again_in(Language::default())
    }

    /// The same on a page that is told in this language.
    pub fn again_in(&self, language: Language) -> Shown {
        if self.kec.is_empty() && self.pilih.is_empty() { Shown::empty() } else { not_chosen(language) }
    }
}

/// A page of districts on which none was chosen.
pub fn not_chosen(language: Language) -> Shown {
    Shown::said(Form::default(), "kec", language.choose_district().to_owned())
}

/// The district of this regency that a place is, or lies in.
pub fn district_of(place: RegionCode) -> Option<&'static Region> {
    let code = place.district()?;
    region::districts().find(|one| one.code == code)
}

/// The districts to choose from.
pub fn districts() -> Vec<Choice> {
    region::districts().map(choice).collect()
}

/// The villages of a district.
pub fn villages(district: &Region) -> Vec<Choice> {
    let within = region::villages().iter().filter(|one| one.code.district() == Some(district.code));
    within.map(choice).collect()
}

fn choice(one: &'static Region) -> Choice {
    Choice { value: one.code.as_str(), label: one.name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(kec: &str, pilih: &str) -> Chosen {
        Chosen { kec: kec.to_owned(), pilih: pilih.to_owned() }
    }

    #[test]
    fn every_village_lies_in_one_district() {
        let all: Vec<Choice> = region::districts().flat_map(villages).collect();
        assert_eq!((districts().len(), all.len()), (12, 167));
    }

    #[test]
    fn what_is_no_district_is_said_and_not_passed_over() {
        assert_eq!(chosen("33.11.08", "").district().map(|one| one.code.as_str()), Some("33.11.08"));
        for elsewhere in ["", "33.10.01", "33.11", "x"] {
            assert!(chosen(elsewhere, "1").district().is_none(), "{elsewhere}");
            assert!(chosen(elsewhere, "1").again().is_wrong(), "{elsewhere}");
        }
        assert!(!chosen("", "").again().is_wrong(), "nobody has chosen yet");
    }
}
