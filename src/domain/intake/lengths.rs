//! The texts of a vacancy against the table of limits, whatever source it comes from.

use crate::domain::{
    intake::{judge::Judge, vacancy::VacancyDraft},
    limits,
};

/// Notes every text that is longer than its column takes; `called` are the source's columns of employer, title and own
/// number.
pub(super) fn of_vacancy(judge: &mut Judge, draft: &VacancyDraft, called: [&'static str; 3]) {
    let [employer, title, number] = called;
    let texts: [(&'static str, &Option<String>); 8] = [
        (employer, &draft.employer),
        (title, &draft.title),
        (number, &draft.source_id),
        ("working_hours", &draft.working_hours),
        ("conditions", &draft.conditions),
        ("marital_status", &draft.marital_status),
        ("karirhub_url", &draft.karirhub_url),
        ("restriction_reason", &draft.restriction_reason),
    ];
    for (column, text) in texts {
        judge.fits(limits::VACANCY, column, text);
    }
    judge.fits(limits::VACANCY, "skills", draft.skills.iter().flatten());
    judge.fits(limits::VACANCY, "certificates", &draft.certificates);
    judge.fits(limits::VACANCY, "description", [&draft.description]);
}
