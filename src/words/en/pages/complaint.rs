//! Complaints on pages: what one may be about, and where it stands, for whoever made it.
use crate::domain::complaint::{Kind, State};

/// What it is about.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Fee => "A company, or somebody who claims to be from one, asks for money",
        Kind::Tout => "A tout promises work for payment",
        Kind::WithheldDiploma => "A diploma or identity card (KTP) is withheld",
        Kind::FalseVacancy => "A vacancy is false, or differs from what was announced",
        Kind::OfficerAskedMoney => "An officer or a village companion asks for money",
    }
}

/// Where it stands.
pub fn state(state: State) -> &'static str {
    match state {
        State::Open => "We have received it; it waits for an officer",
        State::InProgress => "An officer is examining it",
        State::Founded => "Closed: confirmed",
        State::Unfounded => "Closed: not confirmed",
    }
}
