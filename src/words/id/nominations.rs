//! Nominations by other agencies: what an agency is told, and where one stands.
use crate::domain::nomination::State;

/// The one answer to an agency that names somebody. It must not tell whether the NIK is registered.
pub const TAKEN_UP: &str =
    "Usulan dicatat. Petugas dinas tenaga kerja memeriksanya; warga tampak di daftar Anda setelah diterima.";

/// Where it stands.
pub fn state(state: State) -> &'static str {
    match state {
        State::Waiting => "menunggu",
        State::Accepted => "diterima",
        State::Refused => "ditolak",
    }
}
