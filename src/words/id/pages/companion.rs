//! What a companion reads: whose turn it is, what was written down, answers to choose. Speaks to the companion; what stands on a
//! resident's own pages speaks to the resident, so that it can be read out.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        access::AuditActor,
        application::{State, reason::EndReason},
        calendar::jakarta_date,
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel},
        next_step::Kind,
    },
    words::id::{dates, next_steps, pages::application::Done},
};

/// By when an answer is due.
pub fn answer_by(deadline: Option<NaiveDate>, today: NaiveDate) -> String {
    match deadline {
        Some(day) if day < today => {
            format!("Batas menjawab sudah lewat: {}. Segera tanyakan.", dates::with_weekday(day))
        }
        Some(day) => {
            format!("Tanyakan paling lambat {}. Setelah itu kesempatannya lewat.", dates::with_weekday(day))
        }
        None => "Belum ada batas harinya.".to_owned(),
    }
}

/// A follow-up and its day.
pub fn follow_up(month: i64, due_on: NaiveDate) -> String {
    format!("Tanyakan kabar setelah {month} bulan bekerja, paling lambat {}.", dates::with_weekday(due_on))
}

/// A step that an office has promised.
pub fn step(kind: Kind, office: Option<&str>, officer: Option<&str>, due_on: NaiveDate) -> String {
    let office = office.unwrap_or(next_steps::LABOUR_OFFICE);
    let who = officer.map_or_else(|| office.to_owned(), |name| format!("{name}, {office}"));
    format!(
        "Akan {}. Yang mengurus: {who}, paling lambat {}.",
        next_steps::kind(kind),
        dates::with_weekday(due_on)
    )
}

/// An application of somebody, in a list.
pub fn running(title: &str, state: State, held: bool, deadline: Option<NaiveDate>) -> String {
    let said = match state {
        _ if held => "ditunda, sudah diterima di tempat lain".to_owned(),
        State::Confirmed => match deadline {
            Some(day) => format!("menunggu jawaban warga sampai {}", dates::long(day)),
            None => "menunggu jawaban warga".to_owned(),
        },
        State::Proposed | State::Consented => "menunggu keputusan petugas".to_owned(),
        State::Queued => "menunggu giliran dikirim ke perusahaan".to_owned(),
        State::Referred => "menunggu jawaban perusahaan".to_owned(),
        State::Interview => "wawancara/tes".to_owned(),
        State::Offered => "ditawari kerja".to_owned(),
        State::Hired => "diterima, belum mulai".to_owned(),
        State::Started => "sudah bekerja".to_owned(),
        State::Ended
        | State::Dismissed
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded
        | State::NoShow => "sudah selesai".to_owned(),
    };
    format!("{title}: {said}")
}

/// What is said of somebody for whom nothing is under way.
pub const NOTHING_RUNNING: &str = "Belum ada lamaran yang berjalan.";

/// Whether somebody wants the job.
pub const ANSWERS: [(&str, &str); 2] = [("ya", "Ya, bersedia"), ("tidak", "Tidak, kali ini belum bisa")];

/// Who spoke.
pub const SPEAKERS: [(&str, &str); 2] =
    [("self", "Orangnya sendiri"), ("family", "Keluarga, dan orangnya sudah ditanya dan setuju")];

/// How it was heard, as a companion says it.
pub fn channel(channel: ConsentChannel) -> &'static str {
    match channel {
        ConsentChannel::Visit => "Bertemu di rumahnya",
        ConsentChannel::Counter => "Bertemu di balai desa atau kantor",
        ConsentChannel::Phone => "Lewat telepon",
        ConsentChannel::Web => "Di halaman warga sendiri",
        ConsentChannel::Whatsapp => "Lewat WhatsApp",
    }
}

/// How somebody was tried.
pub fn tried(channel: AttemptChannel) -> &'static str {
    match channel {
        AttemptChannel::Visit => "Datang ke rumahnya",
        AttemptChannel::Phone => "Menelepon",
        AttemptChannel::Whatsapp => "Mengirim WhatsApp",
    }
}

/// What came of it.
pub fn outcome(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Reached => "Bertemu atau bicara, belum menjawab",
        AttemptOutcome::NoAnswer => "Tidak bertemu, atau tidak diangkat",
        AttemptOutcome::SomeoneElse => "Hanya bertemu keluarganya",
        AttemptOutcome::WrongNumber => "Nomornya milik orang lain",
    }
}

/// Whether somebody still works there.
pub const WORKING: [(&str, &str); 2] = [("ya", "Ya, masih bekerja"), ("tidak", "Tidak lagi")];

/// Why work ended.
pub fn ended(reason: EndReason) -> &'static str {
    match reason {
        EndReason::ContractEnded => "Kontraknya selesai",
        EndReason::Resigned => "Berhenti sendiri",
        EndReason::LaidOff => "Pengurangan pegawai, atau perusahaan tutup",
        EndReason::Dismissed => "Diberhentikan",
        EndReason::TermsNotKept => "Upah atau syarat kerja tidak sesuai janji",
        EndReason::Health => "Kesehatan",
        EndReason::FamilyCare => "Mengurus anak, orang tua, atau keluarga",
        EndReason::MovedAway => "Pindah tempat tinggal",
        EndReason::BetterWork => "Dapat pekerjaan yang lebih baik",
        EndReason::Other => "Alasan lain",
        EndReason::NotStated => "Tidak ingin menyebutkan",
    }
}

/// What was written down just now, at the head of the page that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// An answer to an application.
    Answer(Done),
    /// A try to reach somebody.
    Try,
    /// That somebody still works there, or not.
    FollowUp,
    /// That a message was passed on.
    Told,
    /// That somebody agreed.
    Agreed,
    /// That somebody wants no companion any more.
    Ended,
}

impl Kept {
    const OWN: [Self; 5] = [Self::Try, Self::FollowUp, Self::Told, Self::Agreed, Self::Ended];

    /// Its word in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answer(done) => done.word(),
            Self::Try => "coba",
            Self::FollowUp => "kabar",
            Self::Told => "disampaikan",
            Self::Agreed => "setuju",
            Self::Ended => "berhenti",
        }
    }

    /// By its word in an address.
    pub fn of(word: &str) -> Option<Self> {
        let own = Self::OWN.into_iter().find(|kept| kept.word() == word);
        own.or_else(|| Done::of(word).map(Self::Answer))
    }

    /// What was done.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Answer(Done::Yes) => "Jawaban sudah dicatat: ya, bersedia",
            Self::Answer(Done::No) => "Jawaban sudah dicatat: tidak, kali ini belum bisa",
            Self::Answer(Done::Withdrawn) => "Lamaran sudah dibatalkan atas permintaan warga",
            Self::Answer(Done::Applied) => "Lamaran sudah dikirim",
            Self::Answer(Done::Noted) => "Kabar sudah dicatat",
            Self::Try => "Usaha menghubungi sudah dicatat",
            Self::FollowUp => "Kabar sudah dicatat",
            Self::Told => "Kabar sudah dicatat sebagai disampaikan",
            Self::Agreed => "Persetujuan warga sudah dicatat",
            Self::Ended => "Pendampingan sudah dihentikan. Datanya tidak terlihat lagi oleh Anda",
        }
    }
}

/// Whether the companion may help, as the person reads it.
pub fn standing(agreed: bool, last: Option<(AuditActor, ConsentChannel, DateTime<Utc>)>) -> String {
    let since = last.map(|(by, how, at)| {
        let day = dates::long(jakarta_date(at));
        let how = match how {
            ConsentChannel::Web => "",
            ConsentChannel::Visit => ", bertemu di rumah",
            ConsentChannel::Counter => ", bertemu di kantor",
            ConsentChannel::Phone => ", lewat telepon",
            ConsentChannel::Whatsapp => ", lewat WhatsApp",
        };
        let by = match by {
            AuditActor::Person => "oleh Anda sendiri",
            AuditActor::Companion => "oleh pendamping desa",
            AuditActor::Staff
            | AuditActor::Supervisor
            | AuditActor::Terminal
            | AuditActor::Employer
            | AuditActor::Agency
            | AuditActor::Administrator
            | AuditActor::System => "oleh petugas Dinas",
        };
        format!(" Dicatat {by} pada {day}{how}.")
    });
    let since = since.unwrap_or_default();
    if agreed {
        format!(
            "Pendamping desa Anda boleh membantu: ia melihat sampai mana lamaran Anda dan mencatat jawaban Anda. Ia tidak \
             melihat data kesejahteraan, data kesehatan, atau alasan penolakan.{since}"
        )
    } else {
        format!(
            "Pendamping desa tidak melihat data Anda. Bila Anda izinkan, ia melihat sampai mana lamaran Anda dan boleh mencatat \
             jawaban Anda. Data kesejahteraan, data kesehatan, dan alasan penolakan tidak.{since}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_an_address_is_known_again() {
        for kept in Kept::OWN.into_iter().chain([Kept::Answer(Done::Yes), Kept::Answer(Done::Withdrawn)]) {
            assert_eq!(Kept::of(kept.word()), Some(kept));
        }
        assert_eq!(Kept::of("lain"), None);
    }
}
