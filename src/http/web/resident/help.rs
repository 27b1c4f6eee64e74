//! Part of `/saya/data`: whether the companion of the village may help.
use axum::response::Response;

use crate::{
    app::{App, idempotency::Answer, people::accompaniment},
    http::{
        problem::Problem,
        web::{
            form::{self, Form, Sent},
            frame::Resident,
        },
    },
    keyed,
    words::id::pages::companion as words,
};

/// Whether the companion may help, in words.
pub struct Help {
    pub agreed: bool,
    pub said: String,
}

/// What holds for the person the pages are about.
pub async fn read(app: &App, who: &Resident) -> Result<Help, Problem> {
    let held = accompaniment::of(app, &who.session().acting()?, who.person.id).await?;
    let last = held.last.map(|last| (last.told_by, last.channel, last.said_at));
    Ok(Help { agreed: held.agreed, said: words::standing(held.agreed, last) })
}

/// The person says so by themself; it counts at once.
pub async fn say(app: &App, who: &Resident, form: &Form, agreed: bool) -> Result<Response, Problem> {
    let (session, person) = (who.session(), who.person.id);
    let (acting, key) = (session.acting()?, who.key(form)?);
    let sent = form::outcome(keyed!(*app, key, tx => {
        accompaniment::say(app, tx, &acting, person, agreed, None).await?;
        Answer::created("/saya/data".to_owned(), &())
    }))?;
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Mend(issues) => Err(crate::app::AppError::Invalid(issues).into()),
        Sent::Met(error) => Err(error.into()),
    }
}
