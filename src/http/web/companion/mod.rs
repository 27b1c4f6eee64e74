//! Pages of a companion: what is to be done, who agreed, and one of them, whose pages are the resident's under a band.
pub mod answer;
pub mod application;
pub mod desk;
pub mod follow_up;
pub mod people;
pub mod person;

use serde::Deserialize;

use crate::{
    domain::contact::ConsentChannel,
    http::{
        paging::Cursor,
        web::form::{Choice, Form, choices},
    },
    words::id::pages::companion::{self as words, Kept},
};

/// What was written down just now, and where a list goes on.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    selesai: Option<String>,
    cursor: Option<Cursor>,
}

impl Asked {
    fn kept(&self) -> Option<Kept> {
        self.selesai.as_deref().and_then(Kept::of)
    }
}

/// How a companion hears something.
fn channels() -> Vec<Choice> {
    const HEARD: [ConsentChannel; 3] =
        [ConsentChannel::Visit, ConsentChannel::Counter, ConsentChannel::Phone];
    choices(&HEARD, ConsentChannel::as_str, words::channel)
}

/// The channel that was chosen; none where none of the list was.
fn channel_of(form: &Form) -> Option<ConsentChannel> {
    form.text("channel").parse().ok()
}
