//! Complaints: what they are about and where they stand.
use crate::domain::complaint::{Kind, State};

/// What it is about.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Fee => "dimintai uang oleh pemberi kerja",
        Kind::Tout => "calo",
        Kind::WithheldDiploma => "ijazah ditahan",
        Kind::FalseVacancy => "lowongan palsu",
        Kind::OfficerAskedMoney => "petugas atau pendamping meminta uang",
    }
}

/// Where it stands.
pub fn state(state: State) -> &'static str {
    match state {
        State::Open => "belum ditangani",
        State::InProgress => "sedang diperiksa",
        State::Founded => "selesai: terbukti",
        State::Unfounded => "selesai: tidak terbukti",
    }
}
