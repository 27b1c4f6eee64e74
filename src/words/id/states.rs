//! Where a person, an application, a vacancy or a match run stands, in a few words.
use crate::domain::{application, person, run, vacancy};

/// Where an application stands.
pub fn application(state: application::State) -> &'static str {
    use application::State;
    match state {
        State::Proposed => "diusulkan",
        State::Consented => "setuju, menunggu keputusan petugas",
        State::Confirmed => "disetujui petugas, menunggu jawaban warga",
        State::Queued => "antre tempat rujukan",
        State::Referred => "dirujuk",
        State::Interview => "wawancara",
        State::Offered => "ditawari kerja",
        State::Hired => "diterima",
        State::Started => "mulai bekerja",
        State::Ended => "selesai bekerja",
        State::Dismissed => "tidak diteruskan petugas",
        State::Declined => "ditolak warga",
        State::Refused => "ditolak pemberi kerja",
        State::Withdrawn => "ditarik warga",
        State::Lapsed => "gugur karena tidak dijawab",
        State::Closed => "ditutup",
        State::Retired => "diganti usulan baru",
        State::Superseded => "berhenti karena diterima di tempat lain",
        State::NoShow => "tidak datang bekerja",
    }
}

/// Where a vacancy stands.
pub fn vacancy(state: vacancy::State) -> &'static str {
    use vacancy::State;
    match state {
        State::Draft => "konsep",
        State::Incomplete => "belum lengkap",
        State::Submitted => "menunggu pemeriksaan",
        State::Open => "terbuka",
        State::Paused => "dijeda",
        State::Filled => "terisi",
        State::Closed => "ditutup",
        State::Expired => "kedaluwarsa",
        State::Rejected => "ditolak",
    }
}

/// What somebody does outside applications.
pub fn person(status: person::Status) -> &'static str {
    use person::Status;
    match status {
        Status::Seeking => "mencari kerja",
        Status::WorkingElsewhere => "bekerja",
        Status::SelfEmployed => "usaha sendiri",
        Status::Studying => "sekolah",
        Status::Unreachable => "tidak terhubungi",
        Status::Unknown => "perlu ditanyakan",
    }
}

/// Where a match run stands.
pub fn run(state: run::State) -> &'static str {
    use run::State;
    match state {
        State::Running => "sedang berjalan",
        State::Done => "selesai",
        State::Published => "diterbitkan",
        State::Failed => "gagal",
    }
}
