//! From a fault of a command to what is said about it.
use crate::{app::AppError, cli::Fault, words::cli::faults};

/// What is said about a fault.
pub fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::App(error) => of_app(error),
        Fault::Usage(text) => text.clone(),
        Fault::Cancelled => faults::CANCELLED.to_owned(),
        Fault::Io(error) => faults::io(error),
        Fault::Settings(mistakes) => faults::settings(&mistakes.0),
    }
}

fn of_app(error: &AppError) -> String {
    match error {
        AppError::NotFound => faults::NOT_FOUND.to_owned(),
        AppError::Invalid(issues) => {
            let lines = issues.iter().map(|issue| faults::field(&issue.field, &issue.value, issue.code));
            lines.collect::<Vec<_>>().join("\n")
        }
        AppError::Conflict { code, .. } | AppError::Unauthenticated(code) | AppError::Forbidden(code) => {
            faults::refused(*code)
        }
        AppError::Stale { given, present } => faults::stale(*given, *present),
        AppError::TooMany { retry_after } => faults::too_many(*retry_after),
        AppError::Store(error) => faults::database(error),
        AppError::Search(error) => faults::index(error),
        AppError::Internal(error) => faults::program(error),
    }
}
