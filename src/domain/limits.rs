//! How long a text may be, by the field it stands in: the one table that files, dry runs and forms judge by. Where the
//! database has a limit of its own it is named, and a test compares the two.

/// The limit of one field, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The field, as intake and the API name it.
    pub field: &'static str,
    /// Most characters; of each item where the field is a list.
    pub most: usize,
    /// The columns that are checked by the database too.
    pub checked: &'static [&'static str],
}

const fn limit(field: &'static str, most: usize, checked: &'static [&'static str]) -> Limit {
    Limit { field, most, checked }
}

/// Texts of people.
pub const PERSON: &[Limit] = &[
    limit("name", 200, &["people.name"]),
    limit("address", 500, &[]),
    limit("major", 200, &[]),
    limit("programme", 200, &["trainings.programme"]),
    limit("class", 200, &[]),
    limit("certificates", 200, &["certificates.name"]),
    limit("skills", 100, &["person_skills.skill"]),
    limit("experience", 200, &["experiences.job"]),
    limit("desil_source", 200, &["criteria.source"]),
    limit("ak1_number", 100, &[]),
    limit("contact_hour", 100, &["wishes.contact_hour"]),
];

/// Texts of classes.
pub const CLASS: &[Limit] = &[limit("programme", 200, &["trainings.programme"]), limit("name", 200, &[])];

/// Texts of requests to change what was verified.
pub const REQUEST: &[Limit] =
    &[limit("reason", 500, &[]), limit("evidence", 500, &[]), limit("answer", 500, &[])];

/// Texts of employers.
pub const EMPLOYER: &[Limit] = &[
    limit("name", 200, &["employers.name"]),
    limit("address", 500, &[]),
    limit("contact_name", 200, &[]),
    limit("email", 254, &[]),
];

/// Texts of vacancies. An advertisement may be long, and its skills whole sentences.
pub const VACANCY: &[Limit] = &[
    limit("employer", 200, &["employers.name"]),
    limit("company", 200, &["employers.name"]),
    limit("employer_name", 200, &["employers.name"]),
    limit("list_number", 200, &[]),
    limit("id", 200, &[]),
    limit("title", 300, &["vacancies.title"]),
    limit("working_hours", 1_000, &[]),
    limit("conditions", 2_000, &[]),
    limit("skills", 1_000, &[]),
    limit("certificates", 1_000, &[]),
    limit("description", 50_000, &[]),
    limit("marital_status", 200, &[]),
    limit("karirhub_url", 2_000, &[]),
    limit("restriction_reason", 5_000, &[]),
];

/// Texts of hiring plans.
pub const PLAN: &[Limit] = &[limit("job", 300, &["hiring_plans.job"])];

/// Texts of evidence that is added later on.
pub const EVIDENCE: &[Limit] = &[limit("source", 200, &["criteria.source"])];

/// Texts of invitations to an interview.
pub const INVITATION: &[Limit] = &[
    limit("interview.place", 500, &["interviews.place"]),
    limit("interview.bring", 500, &["interviews.bring"]),
    limit("interview.landmark", 200, &["interviews.landmark"]),
];

/// Texts that a written consent answers.
pub const CONSENT: &[Limit] = &[limit("text_shown", 4_000, &["consents.text_shown"])];

/// Somebody's own words with an answer, a refusal, a correction.
pub const ANSWER: &[Limit] = &[limit("text", 1_000, &["application_notes.text"])];

/// Names of holidays.
pub const HOLIDAY: &[Limit] = &[limit("name", 120, &["holidays.name"])];

/// Texts of next steps.
pub const NEXT_STEP: &[Limit] =
    &[limit("officer", 100, &["next_steps.officer"]), limit("note", 1_000, &["next_steps.note"])];

/// Texts of complaints.
pub const COMPLAINT: &[Limit] = &[
    limit("said", 4_000, &["complaints.said"]),
    limit("contact", 200, &["complaints.contact"]),
    limit("answer", 2_000, &["complaints.answer"]),
];

/// Texts of interests.
pub const INTEREST: &[Limit] = &[limit("name", 200, &["interests.name"])];

/// Texts of offices, logins and requests.
pub const ACCESS: &[Limit] = &[
    limit("name", 200, &["organisations.name"]),
    limit("login", 100, &["accounts.login"]),
    limit("idempotency_key", 200, &["idempotency_keys.key"]),
];

/// Every table of limits.
pub const ALL: &[&[Limit]] = &[
    PERSON, CLASS, REQUEST, EMPLOYER, VACANCY, PLAN, EVIDENCE, INVITATION, CONSENT, ANSWER, HOLIDAY,
    NEXT_STEP, COMPLAINT, INTEREST, ACCESS,
];

/// The limit of a field in one of the tables.
pub fn of(table: &[Limit], field: &str) -> Option<usize> {
    table.iter().find(|limit| limit.field == field).map(|limit| limit.most)
}

/// The limit a text is beyond, when it is.
pub fn exceeded(table: &[Limit], field: &str, text: &str) -> Option<usize> {
    of(table, field).filter(|most| text.chars().count() > *most)
}

/// Highest wage a person or a vacancy can name, rupiah per month: far above any, and far below what overflows.
pub const HIGHEST_WAGE: i64 = 1_000_000_000;

/// Longest way to work, metres.
pub const LONGEST_WAY_M: i64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_counts_characters_not_bytes() {
        let name = "é".repeat(200);
        assert_eq!(exceeded(PERSON, "name", &name), None);
        assert_eq!(exceeded(PERSON, "name", &format!("{name}x")), Some(200));
        assert_eq!(exceeded(PERSON, "nik", &name), None);
    }

    #[test]
    fn a_field_has_one_limit_in_a_table() {
        for table in ALL {
            for one in *table {
                assert_eq!(table.iter().filter(|other| other.field == one.field).count(), 1, "{one:?}");
            }
        }
    }
}
