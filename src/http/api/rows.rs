//! Request bodies that mirror the rows of `domain::intake`: the same columns, the same judgement, the same codes. A
//! value of any JSON type is taken in as a cell, so that a wrong number or date is answered with the code of its
//! field; an unknown field is refused.
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    flag::FlagKind,
    ids::EmployerId,
    intake::{cell::Cell, employer::EmployerRow, person::PersonRow, vacancy::VacancyRow},
};

/// Declares a body: cells of a row with the type the documentation shows, then fields of its own. `without` names the
/// columns that a form does not have.
macro_rules! body {
    ($(#[$meta:meta])* $name:ident of $row:ident without [$($absent:ident)*] {
        $($(#[$doc:meta])* $field:ident: [$($shown:tt)+],)+
    } beside {
        $($(#[$own_doc:meta])* $own:ident: $kind:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Default, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* #[serde(default)] #[schema(value_type = $($shown)+)] $field: Cell,)+
            $($(#[$own_doc])* #[serde(default)] pub $own: $kind,)*
        }

        impl $name {
            /// The row as intake judges it.
            pub fn row(&self) -> $row {
                $row { $($field: self.$field.clone(),)+ $($absent: Cell::Empty,)* }
            }
        }
    };
}

body! {
    /// A company that registers, with its first login.
    EmployerRegistration of EmployerRow without [] {
        /// Required: business number (NIB), 13 digits, as text.
        #[schema(required = true)]
        nib: [String],
        /// Required: name of the company.
        #[schema(required = true)]
        name: [String],
        /// KBLI 2020 code: a letter, or 2 to 5 digits.
        industry: [String],
        /// Street address of the site.
        address: [String],
        /// Village of the site, code or name.
        village: [String],
        /// District of the site, where the village's name is not enough.
        kecamatan: [String],
        /// Who answers for the company.
        contact_name: [String],
        /// Mobile or fixed line.
        contact_phone: [String],
        /// Mail address.
        email: [String],
    } beside {
        /// Required: name of the first login.
        #[schema(required = true)]
        login: String,
        /// Required: its password, 8 characters or more.
        #[schema(format = Password)]
        #[schema(required = true)]
        password: String,
    }
}

body! {
    /// The fields of a vacancy. What the law wants may be missing in a draft; handing it in names what is.
    VacancyBody of VacancyRow without [list_number employer nib] {
        /// Job title.
        title: [String],
        /// KBJI code, 1 to 6 digits.
        occupation_kbji: [String],
        /// Village of the workplace, code or name.
        village: [String],
        /// District of the workplace, where the village's name is not enough.
        kecamatan: [String],
        /// Number of people wanted, 1 to 10000.
        seats: [u32],
        /// Of these, seats for people with a disability.
        reserved_seats: [u32],
        /// Lowest wage, rupiah per month.
        wage_min: [i64],
        /// Highest wage, rupiah per month.
        wage_max: [i64],
        /// Hours and days of work.
        working_hours: [String],
        /// Conditions of work.
        conditions: [String],
        /// Whether people are taken to work; left out while it is not known, and then the text counts.
        shuttle: [Option<bool>],
        /// Whether people can live there; left out while it is not known, and then the text counts.
        dormitory: [Option<bool>],
        /// Whether the work is in shifts; left out while it is not known, and then hours and text count.
        shifts: [Option<bool>],
        /// A word of `EmploymentType`, or the words people use.
        employment_type: [String],
        /// Lowest level of education: a word of `Education`, or the words people use.
        education_min: [String],
        /// Experience wanted, months.
        experience_months: [u32],
        /// Skills asked for; an empty list says nothing, "tidak ada" says none.
        skills: [Vec<String>],
        /// Certificates truly required.
        certificates: [Vec<String>],
        /// The text of the advertisement.
        description: [String],
        /// Last day to apply, today or later.
        closes_on: [chrono::NaiveDate],
        /// Lowest age asked for: a flag that staff must answer in writing.
        age_min: [u32],
        /// Highest age asked for: a flag.
        age_max: [u32],
        /// Sex asked for: a flag.
        sex: [String],
        /// Marital status asked for: a flag.
        marital_status: [String],
        /// Where it stands on the national portal.
        karirhub_url: [String],
        /// Why a restricted criterion is needed, in the employer's words.
        restriction_reason: [String],
    } beside {
        /// Whose vacancy it is: required from an officer, needless from an employer. Used when it is made.
        employer_id: Option<EmployerId>,
        /// Why an officer lets what is flagged stand, a reason of its own for each flag: with an edit of a published
        /// vacancy, for what has no reason yet.
        reasons: BTreeMap<FlagKind, String>,
        /// The flags whose sentences mean something else, as the reason explains.
        misread: BTreeSet<FlagKind>,
        /// Fill in what is left out from the employer's seat and last vacancy; the answer lists what to check. Used when
        /// it is made.
        prefill: bool,
    }
}

body! {
    /// A resident who registers.
    PersonBody of PersonRow without [] {
        /// Required: NIK, 16 digits, as text.
        #[schema(required = true)]
        nik: [String],
        /// Required: full name.
        #[schema(required = true)]
        name: [String],
        /// A word of `Sex`, or as people write it (L, P); read from the NIK when left out.
        sex: [String],
        /// Date of birth; read from the NIK when left out.
        birth_date: [chrono::NaiveDate],
        /// Mobile number, often the family's.
        phone: [String],
        /// Village of residence, code or name.
        village: [String],
        /// District of residence, where the village's name is not enough.
        kecamatan: [String],
        /// Street, RT and RW.
        address: [String],
        /// Highest level of education: a word of `Education`, or the words people use.
        education: [String],
        /// Field of study.
        major: [String],
        /// Training programme completed.
        programme: [String],
        /// Last day of the training.
        training_end: [chrono::NaiveDate],
        /// A word of `TrainingResult`, or K and BK.
        training_result: [String],
        /// Training class.
        class: [String],
        /// Certificates.
        certificates: [Vec<String>],
        /// Skills.
        skills: [Vec<String>],
        /// Jobs held before, each as `job:months`.
        experience: [Vec<String>],
        /// Lowest acceptable wage, rupiah per month.
        wage_floor: [i64],
        /// Furthest acceptable workplace, kilometres.
        max_distance_km: [f64],
        /// Shift work acceptable.
        shift_ok: [bool],
        /// Living at work, in a dormitory, acceptable.
        dormitory_ok: [bool],
        /// A word of `Transport`, or the words people use.
        transport: [String],
        /// Decile of family welfare, 1 poorest to 10; counts only with its source.
        desil: [u8],
        /// Where the decile comes from.
        desil_source: [String],
        /// Date of the decile.
        desil_date: [chrono::NaiveDate],
        /// A word of `Disability`, or the words people use.
        disability: [String],
        /// Number of the jobseeker's card.
        ak1_number: [String],
        /// First possible day of work.
        available_from: [chrono::NaiveDate],
        /// Day of registration.
        registered_on: [chrono::NaiveDate],
        /// What the person does now, in the words people use ("bekerja", "mencari kerja", "sekolah").
        status: [String],
        /// Whether they may be ranked automatically (UU 27/2022 art. 10); left out when nobody asked. Needed in a class.
        ranking_consent: [bool],
        /// Number of the family card.
        family_card: [String],
    } beside {
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::intake::Row;

    #[test]
    fn a_body_becomes_a_row_of_cells() {
        let body: VacancyBody = serde_json::from_value(
            json!({"title": "Operator Jahit", "seats": 0, "skills": ["obras", "jahit"]}),
        )
        .unwrap();
        let row = body.row();
        assert_eq!(row.seats.as_str(), Some("0"));
        assert_eq!(row.skills.as_str(), Some("obras; jahit"));
        assert!(row.cells().iter().filter(|(_, cell)| cell.as_str().is_some()).count() == 3);
    }

    #[test]
    fn an_unknown_field_is_refused() {
        assert!(
            serde_json::from_value::<PersonBody>(json!({"nik": "9911041205010001", "nama": "x"})).is_err()
        );
    }
}
