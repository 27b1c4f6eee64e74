//! Pages of a person: where the applications stand, what to answer, whom of a family they are about.
pub mod answer;
pub mod application;
pub mod applications;
pub mod apply;
pub mod calendar;
pub mod choose;
pub mod data;
pub mod help;
pub mod note;
pub mod opened;
pub mod profile;
pub mod shown;
pub mod slip;
pub mod suited;

use crate::{
    app::error::FieldIssue,
    http::web::{form::Form, frame::Resident},
    words::id::pages::application::FAMILY,
};

/// Whether the family helped to answer; that nobody said it, where several share the login, is named.
fn helped(who: &Resident, form: &Form, issues: &mut Vec<FieldIssue>) -> bool {
    if who.signed.is_shared() {
        issues.extend(form.missing(&["siapa"]));
    }
    form.text("siapa") == FAMILY
}
