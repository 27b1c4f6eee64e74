//! What a page says instead of what was asked for: in plain words, with a way on.
use crate::{domain::codes::ProblemCode, words::Problem};

/// What went wrong, by the status of the answer; where the code says more about what the person did, by the code.
pub fn problem(status: u16, code: ProblemCode) -> Problem {
    let (title, advice) = match status {
        400 | 413 | 415 | 422 => (
            "We cannot read what was sent",
            "Go back to the page before, check what you filled in, and send it again.",
        ),
        401 => ("You are not logged in", "Log in first, then open this page again."),
        403 if code == ProblemCode::CrossSite => (
            "We refuse what another site sends",
            "For safety, forms are accepted from pages of this service only. Open the page and fill it in here.",
        ),
        403 => (
            "This page is not for your account",
            "Check whether you are logged in with the right account. If you think this is a mistake, contact the labour office.",
        ),
        404 => (
            "There is no such page",
            "The address may be mistyped, or what was here was deleted. Start again from one of the links below.",
        ),
        405 => ("This page cannot be opened in that way", "Start again from one of the links below."),
        409 | 412 if code == ProblemCode::Busy => {
            ("The service is busy", "Wait a moment and then try again; nothing has changed.")
        }
        409 | 412 if code == ProblemCode::VacancyNotOpen => {
            ("This vacancy is not open", "See what is open in the list of vacancies.")
        }
        409 | 412 => (
            "This has changed since you opened the page",
            "Open the page again, look at what is there now, and then repeat what you wanted to do.",
        ),
        410 => ("This is no longer here", "See what is open in the list of vacancies."),
        429 => {
            ("Too many attempts", "For safety, wait a few minutes and then try again. Nothing has changed.")
        }
        503 => (
            "The service is busy",
            "Wait a moment and then try again. What was not sent to the end is not stored by halves: all of it, or nothing.",
        ),
        _ => (
            "Something is wrong with our service",
            "This is not your fault. Please try again in a moment. If it stays so, contact the labour office and mention the number below.",
        ),
    };
    Problem { title, advice }
}
