//! A class from a file of its members: judged like an import of people, and written whole or not at all.
use std::path::Path;

use super::{Known, NewClass, fits, take_in};
use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        exchange::{
            judging::{self, judge_file},
            report::Report,
        },
    },
    domain::{
        codes::FieldCode,
        ids::ClassId,
        intake::{headings::Headings, person::PersonRow},
    },
    files::rows::Format,
    transact,
    words::id::files,
};

/// What came of a file.
pub struct Taken {
    /// What was noticed, row by row.
    pub report: Report,
    /// The class, when it was written.
    pub class: Option<ClassId>,
    /// Who was registered before, and whose row says something else.
    pub known: Vec<Known>,
}

/// Judges a file of members and, when every row can be taken in, takes in the class. `dry_run` only judges.
pub async fn take_in_file(
    app: &App,
    acting: &Acting,
    new: &NewClass,
    (path, format): (&Path, Format),
    map: &[(String, String)],
    dry_run: bool,
) -> Result<Taken, AppError> {
    let today = app.clock.today();
    let judge =
        move |row: &PersonRow, headings: &Headings<PersonRow>| row.judge_under(headings.own("desil"), today);
    let mut file = judge_file(path, format, map, judge).await?;
    file.refuse_twice("nik", |draft| draft.nik.clone());
    let column = judging::called(&file.names, "ranking_consent");
    let silent = file.drafts.iter().filter(|(_, draft)| draft.ranking_consent.is_none());
    for line in silent.map(|(line, _)| *line).collect::<Vec<_>>() {
        let message = files::refused(&column, "", FieldCode::Required, None);
        file.report.refuse(line, Some(&column), FieldCode::Required, message);
    }
    fits(usize::try_from(file.report.rows).unwrap_or(usize::MAX))?;
    let (mut class, mut known) = (None, Vec::new());
    if file.report.refused == 0 && !dry_run {
        let members: Vec<_> =
            file.drafts.iter().map(|(line, draft)| (files::row(*line), draft.clone())).collect();
        let (id, left) = transact!(app, tx => take_in(app, tx, acting, new, &members).await)?;
        (class, known) = (Some(id), left);
        file.report.written = file.report.rows;
    }
    Ok(Taken { report: file.report.finished(), class, known })
}
