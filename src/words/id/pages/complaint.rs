//! Complaints on pages: what one may be about, and where it stands, for whoever made it.
use crate::domain::complaint::{Kind, State};

/// What it is about.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Fee => "Perusahaan atau orang yang mengaku dari perusahaan meminta uang",
        Kind::Tout => "Calo menjanjikan pekerjaan dengan bayaran",
        Kind::WithheldDiploma => "Ijazah atau KTP ditahan",
        Kind::FalseVacancy => "Lowongan palsu, atau berbeda dari yang diumumkan",
        Kind::OfficerAskedMoney => "Petugas atau pendamping meminta uang",
    }
}

/// Where it stands.
pub fn state(state: State) -> &'static str {
    match state {
        State::Open => "Sudah kami terima, menunggu petugas",
        State::InProgress => "Sedang diperiksa petugas",
        State::Founded => "Selesai: terbukti",
        State::Unfounded => "Selesai: tidak terbukti",
    }
}
