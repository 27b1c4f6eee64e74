//! What the fields of a vacancy show without reading: limits of age, one sex, a marital status, a condition of the body, and
//! wages below the minimum. What the words of the ad ask for is found by `reading::criteria`.

use chrono::NaiveDate;

use crate::domain::{
    flag::{Flag, FlagKind},
    intake::vacancy::VacancyDraft,
};

/// Every flag of the fields, ordered by kind.
pub(super) fn find(draft: &VacancyDraft, today: NaiveDate) -> Vec<Flag> {
    let mut found = fields(draft);
    let lowest = draft.wage_min.or(draft.wage_max);
    if let (Some(minimum), Some(wage)) = (draft.minimum_wage(today), lowest)
        && wage < minimum.amount
    {
        let sentence = format!("{wage} < {} ({})", minimum.amount, minimum.year);
        found.push(Flag { kind: FlagKind::WageBelowMinimum, column: "wage_min", sentence });
    }
    found.sort_by_key(|flag| flag.kind);
    found
}

fn fields(draft: &VacancyDraft) -> Vec<Flag> {
    let mut found = Vec::new();
    let mut push = |kind, column, sentence: String| found.push(Flag { kind, column, sentence });
    if let Some(age) = draft.age_min.filter(|age| *age > 18) {
        push(FlagKind::Age, "age_min", age.to_string());
    }
    if let Some(age) = draft.age_max {
        push(FlagKind::Age, "age_max", age.to_string());
    }
    if let Some(sex) = draft.sex {
        push(FlagKind::Sex, "sex", sex.as_str().to_owned());
    }
    if let Some(status) = &draft.marital_status {
        push(FlagKind::MaritalStatus, "marital_status", status.clone());
    }
    if draft.physical_condition.as_deref() == Some("normal") {
        push(FlagKind::PhysicalCondition, "physical_condition", "normal".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::words::EmploymentType;
    use crate::domain::money::Rupiah;
    use crate::domain::nik::Sex;
    use crate::domain::region::RegionCode;

    fn today() -> NaiveDate {
        "2026-11-24".parse().expect("a date")
    }

    #[test]
    fn fields_show_what_they_hold() {
        let draft = VacancyDraft {
            age_max: Some(35),
            age_min: Some(18),
            sex: Some(Sex::Female),
            ..VacancyDraft::default()
        };
        let found: Vec<(FlagKind, &str, String)> =
            draft.flags(today()).into_iter().map(|flag| (flag.kind, flag.column, flag.sentence)).collect();
        let expected = [
            (FlagKind::Age, "age_max", "35".to_owned()),
            (FlagKind::Sex, "sex", Sex::Female.as_str().to_owned()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_wage_below_the_minimum_is_flagged_where_the_place_is_known() {
        let paid = |wage, village: Option<&str>, employment_type| VacancyDraft {
            wage_min: Some(Rupiah(wage)),
            wage_max: Some(Rupiah(3_000_000)),
            village: village.map(|code| RegionCode::parse(code).expect(code)),
            employment_type,
            ..VacancyDraft::default()
        };
        let village = Some("33.11.05.2008");
        let low = paid(2_499_999, village, None).flags(today());
        assert_eq!(low.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::WageBelowMinimum]);
        assert_eq!(low[0].sentence, "Rp2.499.999 < Rp2.500.000 (2026)");
        assert_eq!(paid(2_500_000, village, None).flags(today()), []);
        assert_eq!(paid(1_000_000, None, None).flags(today()), []);
        assert_eq!(paid(1_000_000, village, Some(EmploymentType::Magang)).flags(today()), []);
    }
}
