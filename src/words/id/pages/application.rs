//! Where an application stands, as the person reads it: what it is called, whose turn it is and by when, what happens next.
//! Nobody is told that they failed, and silence is named.
use chrono::NaiveDate;

use crate::{
    domain::{
        application::{
            State,
            reason::{DeclineReason, DismissReason, RefuseReason, WithdrawReason},
        },
        machine::Actor,
        note::Kind as Note,
    },
    words::id::dates,
};

/// All that the words depend on.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Where it stands.
    pub state: State,
    /// Set aside while the person is hired elsewhere.
    pub held: bool,
    /// The employer is suspended.
    pub suspended: bool,
    /// Name of the employer.
    pub employer: &'a str,
    /// Day by which whoever's turn it is should answer.
    pub deadline: Option<NaiveDate>,
    /// First working day.
    pub starts_on: Option<NaiveDate>,
    /// Working days the employer has owed an answer.
    pub silent_days: Option<u32>,
    /// Reason of the last event, as far as the person may read it.
    pub reason: Option<&'a str>,
    /// Who was silent, where it lapsed.
    pub silent: Option<Actor>,
    /// The interview was on an earlier day: the employer is to answer.
    pub interviewed: bool,
    /// The day is over by which the answer was due.
    pub overdue: bool,
}

impl Standing<'_> {
    /// The employer is to say something, and nobody is expected anywhere.
    const fn is_with_employer(&self) -> bool {
        matches!(self.state, State::Referred) || (matches!(self.state, State::Interview) && self.interviewed)
    }
}

/// How its box looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The person is to do something.
    You,
    /// Somebody else is.
    Waiting,
    /// It came to something.
    Done,
    /// It is over.
    Past,
}

impl Tone {
    /// Its name in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Past => "past",
        }
    }
}

/// How the box of an application looks.
pub fn tone(standing: &Standing<'_>) -> Tone {
    match standing.state {
        _ if standing.held => Tone::Past,
        State::Interview if standing.interviewed => Tone::Waiting,
        State::Confirmed | State::Interview | State::Offered => Tone::You,
        State::Proposed | State::Consented | State::Queued | State::Referred => Tone::Waiting,
        State::Hired | State::Started => Tone::Done,
        State::Ended
        | State::Dismissed
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded
        | State::NoShow => Tone::Past,
    }
}

/// What it is called.
pub fn headline(standing: &Standing<'_>) -> String {
    if standing.held {
        return "Ditunda: Anda sudah diterima di tempat lain".to_owned();
    }
    let said = match standing.state {
        State::Proposed | State::Retired => "Sedang dipertimbangkan petugas",
        State::Consented => "Menunggu keputusan petugas",
        State::Confirmed => "Ada lowongan untuk Anda: mohon dijawab",
        State::Queued => "Menunggu giliran dikirim ke perusahaan",
        State::Referred => "Sudah dikirim ke perusahaan, menunggu jawaban",
        State::Interview if standing.interviewed => "Wawancara/tes sudah lewat, menunggu jawaban perusahaan",
        State::Interview => "Anda diundang wawancara/tes",
        State::Offered => "Perusahaan menawari Anda bekerja",
        State::Hired => {
            return standing.starts_on.map_or_else(
                || "Anda diterima".to_owned(),
                |day| format!("Anda diterima. Mulai {}", dates::with_weekday(day)),
            );
        }
        State::Started => "Anda sudah bekerja di sini",
        State::Ended => "Pekerjaan ini sudah berakhir",
        State::Dismissed => return dismissed(standing.reason),
        State::Declined => "Anda menjawab tidak",
        State::Refused => "Kali ini tidak diterima. Lamaran ini selesai",
        State::Withdrawn => "Anda membatalkan lamaran",
        State::Lapsed if standing.silent == Some(Actor::Person) => "Waktu menjawab habis",
        State::Lapsed => "Perusahaan tidak menjawab. Ini bukan salah Anda",
        State::Closed => "Lowongan ditutup",
        State::Superseded => "Ditutup karena Anda sudah bekerja",
        State::NoShow => {
            return standing.starts_on.map_or_else(
                || "Menurut perusahaan, Anda belum datang".to_owned(),
                |day| format!("Menurut perusahaan, Anda belum datang pada {}", dates::long(day)),
            );
        }
    };
    said.to_owned()
}

fn dismissed(reason: Option<&str>) -> String {
    let reason = reason.and_then(|reason| reason.split(':').next()?.parse().ok());
    let why = match reason {
        Some(DismissReason::WorkDoesNotFit) => "ada pekerjaan lain yang lebih sesuai dengan keahlian Anda",
        Some(DismissReason::RequirementMissing) => "satu syarat lowongan belum terpenuhi",
        Some(DismissReason::BetterElsewhere) => "ada lowongan lain yang lebih cocok untuk Anda",
        Some(DismissReason::AlreadyWorking) => "Anda tercatat sudah bekerja",
        Some(DismissReason::NotReached) => "petugas belum berhasil menghubungi Anda",
        Some(DismissReason::ProfileWrong) => "data profil perlu diperbaiki dulu",
        Some(DismissReason::VacancyDoubtful) => "lowongannya sedang diragukan petugas",
        Some(DismissReason::EnteredByMistake) => "lamaran ini tercatat karena keliru",
        Some(DismissReason::Other) | None => return "Tidak kami ajukan kali ini".to_owned(),
    };
    format!("Tidak kami ajukan: {why}")
}

/// Whose turn it is, and by when; nobody's where it is over.
pub fn turn(standing: &Standing<'_>) -> Option<String> {
    if standing.held {
        return Some("Tidak ada yang perlu Anda lakukan di sini.".to_owned());
    }
    let employer = standing.employer;
    if standing.suspended && standing.state.awaits() == Some(Actor::Employer) {
        return Some(format!(
            "Giliran petugas: {employer} sedang diperiksa Dinas, tenggatnya berhenti dulu."
        ));
    }
    let by = standing.deadline.map(|day| format!(", paling lambat {}", dates::with_weekday(day)));
    let by = by.unwrap_or_default();
    Some(match standing.state {
        State::Confirmed => format!("Giliran Anda menjawab{by}."),
        State::Proposed | State::Consented => format!("Giliran petugas memutuskan{by}."),
        State::Queued => "Giliran petugas: datanya dikirim begitu ada tempat.".to_owned(),
        State::Referred | State::Interview if standing.overdue && standing.is_with_employer() => {
            format!("{employer} terlambat menjawab. Petugas sedang menagih jawabannya.")
        }
        State::Referred => format!("Giliran {employer} menjawab{by}."),
        State::Interview if standing.interviewed => format!("Giliran {employer} menjawab{by}."),
        State::Interview => "Giliran Anda: datang wawancara/tes.".to_owned(),
        State::Offered => "Giliran Anda: jawab tawaran perusahaan.".to_owned(),
        State::Hired => "Giliran Anda: datang pada hari pertama.".to_owned(),
        State::Started
        | State::Ended
        | State::Dismissed
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded
        | State::NoShow => return None,
    })
}

/// How long the employer has been silent, where that is worth a word.
pub fn silence(standing: &Standing<'_>) -> Option<String> {
    let days = standing.silent_days.filter(|days| *days > 0 && standing.state == State::Referred)?;
    Some(format!("{} belum menjawab, sudah {days} hari kerja.", standing.employer))
}

/// What happens next.
pub fn next(standing: &Standing<'_>) -> &'static str {
    if standing.held {
        return "Bila Anda sudah mulai bekerja, lamaran ini ditutup. Bila tidak jadi, lamaran ini berjalan lagi.";
    }
    match standing.state {
        State::Confirmed => {
            "Bila Anda bersedia, petugas mengirim data Anda ke perusahaan. Bila tidak, tidak apa-apa: itu tidak mengurangi \
             kesempatan Anda di lowongan lain."
        }
        State::Proposed | State::Consented => {
            "Petugas memeriksa lamaran Anda. Bila disetujui, data Anda dikirim ke perusahaan. Anda tidak perlu melakukan apa pun."
        }
        State::Queued => {
            "Perusahaan sedang memeriksa pelamar lain. Data Anda dikirim begitu ada tempat. Anda tidak perlu melakukan apa pun."
        }
        State::Referred => {
            "Perusahaan membaca data Anda, lalu mengundang wawancara atau menjawab. Pastikan nomor HP Anda bisa dihubungi. \
             Petugas menagih bila perusahaan diam."
        }
        State::Interview if standing.interviewed => {
            "Perusahaan memutuskan, lalu menjawab. Petugas menagih bila perusahaan diam. Belum sempat datang? Telepon petugas."
        }
        State::Interview => {
            "Datanglah tepat waktu dan bawa yang diminta. Bila berhalangan, telepon petugas sebelum harinya. Setelah itu \
             perusahaan memberi jawaban."
        }
        State::Offered => {
            "Hubungi perusahaan atau petugas untuk menyetujui hari mulai bekerja. Bila Anda tidak jadi, batalkan lamaran di bawah."
        }
        State::Hired => {
            "Datanglah pada hari pertama. Setelah Anda bekerja, petugas menanyakan kabar Anda sesudah 1, 3, dan 6 bulan."
        }
        State::Started => {
            "Selamat bekerja. Petugas menanyakan kabar Anda sesudah 1, 3, dan 6 bulan. Bila ada masalah, hubungi Dinas."
        }
        State::Ended | State::Dismissed | State::Closed | State::Superseded | State::Retired => {
            "Lamaran ini selesai. Anda tetap ikut pencocokan berikutnya, dan boleh melamar lowongan lain."
        }
        State::Refused => refused(standing.reason),
        State::Declined | State::Withdrawn => {
            "Lamaran ini selesai dan tidak mengurangi kesempatan Anda. Anda tetap ikut pencocokan berikutnya."
        }
        State::Lapsed if standing.silent == Some(Actor::Person) => {
            "Masih berminat? Hubungi petugas; bila masih ada tempat, lamaran bisa dibuka lagi."
        }
        State::Lapsed => {
            "Anda tetap ikut pencocokan berikutnya. Petugas mencatat bahwa perusahaan tidak menjawab."
        }
        State::NoShow => "Bila itu tidak benar, beri tahu petugas dengan tombol di bawah ini.",
    }
}

/// Why somebody says no to a proposal, for a choice on a page.
pub fn decline(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::TooFar => "Terlalu jauh, atau tidak ada kendaraan pada jam itu",
        DeclineReason::WageTooLow => "Upahnya terlalu rendah",
        DeclineReason::OtherWorkWanted => "Ingin pekerjaan lain",
        DeclineReason::HoursUnsuitable => "Jam kerja atau shift tidak cocok",
        DeclineReason::FamilyCare => "Mengurus anak, orang tua, atau keluarga",
        DeclineReason::Health => "Kesehatan",
        DeclineReason::AlreadyWorking => "Sudah bekerja atau punya usaha",
        DeclineReason::InTraining => "Masih sekolah atau pelatihan",
        DeclineReason::AskedForMoney => "Ada yang meminta uang (kami periksa sebagai aduan)",
        DeclineReason::Other => "Alasan lain",
        DeclineReason::NotStated => "Tidak ingin menyebutkan",
    }
}

/// Why somebody takes an application back, for a choice on a page.
pub fn withdraw(reason: WithdrawReason) -> &'static str {
    match reason {
        WithdrawReason::FoundOtherWork => "Sudah dapat pekerjaan lain",
        WithdrawReason::TooFar => "Terlalu jauh, atau tidak ada kendaraan pada jam itu",
        WithdrawReason::WageTooLow => "Upahnya terlalu rendah",
        WithdrawReason::HoursUnsuitable => "Jam kerja atau shift tidak cocok",
        WithdrawReason::ConditionsDiffer => "Keadaannya berbeda dari yang diumumkan",
        WithdrawReason::FamilyCare => "Mengurus anak, orang tua, atau keluarga",
        WithdrawReason::Health => "Kesehatan",
        WithdrawReason::InTraining => "Sekolah atau pelatihan",
        WithdrawReason::AskedForMoney => "Ada yang meminta uang (kami periksa sebagai aduan)",
        WithdrawReason::Other => "Alasan lain",
        WithdrawReason::NotStated => "Tidak ingin menyebutkan",
    }
}

/// The title of an interview in somebody's own calendar.
pub fn interview_title(title: &str, employer: &str) -> String {
    format!("Wawancara/tes: {title}, {employer}")
}

/// What to bring, in somebody's own calendar.
pub fn bring(what: &str) -> String {
    format!("Bawa: {what}")
}

/// An invitation as a text to pass on.
pub fn invitation(
    title: &str,
    employer: &str,
    (on, hour): (NaiveDate, &str),
    place: &str,
    bring: Option<&str>,
) -> String {
    let bring = bring.map(|what| format!(" Bawa: {what}.")).unwrap_or_default();
    let hour = hour.replace(':', ".");
    format!(
        "Wawancara/tes {title} di {employer}: {}, pukul {hour} WIB, tempat: {place}.{bring}",
        dates::with_weekday(on)
    )
}

/// What was done, at the head of the page that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The person said yes.
    Yes,
    /// The person said no.
    No,
    /// The application was taken back.
    Withdrawn,
    /// The person applied.
    Applied,
    /// The person said something beside the states.
    Noted,
}

impl Done {
    /// Its word in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "bersedia",
            Self::No => "tidak",
            Self::Withdrawn => "batal",
            Self::Applied => "lamar",
            Self::Noted => "kabar",
        }
    }

    /// By its word in an address.
    pub fn of(word: &str) -> Option<Self> {
        let all = [Self::Yes, Self::No, Self::Withdrawn, Self::Applied, Self::Noted];
        all.into_iter().find(|done| done.word() == word)
    }

    /// What was done.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Yes => "Terima kasih. Jawaban Anda sudah kami terima: ya, bersedia",
            Self::No => "Terima kasih. Jawaban Anda sudah kami terima: tidak, kali ini belum bisa",
            Self::Withdrawn => "Lamaran Anda sudah dibatalkan",
            Self::Applied => "Lamaran Anda sudah kami terima",
            Self::Noted => "Kabar Anda sudah kami teruskan",
        }
    }
}

/// Why the employer said no, where it shares that, in kind words and with what can be done.
fn refused(shared: Option<&str>) -> &'static str {
    let reason = shared.and_then(|reason| reason.split(':').next()?.parse().ok());
    match reason {
        Some(RefuseReason::SkillMissing) => {
            "Menurut perusahaan, satu keterampilan yang diperlukan belum dikuasai. Itu bisa dipelajari: tanyakan pelatihan gratis \
             kepada petugas. Anda tetap ikut pencocokan berikutnya."
        }
        Some(RefuseReason::ExperienceMissing) => {
            "Menurut perusahaan, pengalaman yang diminta belum cukup. Lengkapi pengalaman di profil, juga yang tidak resmi. Anda \
             tetap ikut pencocokan berikutnya."
        }
        Some(RefuseReason::CertificateMissing) => {
            "Menurut perusahaan, satu sertifikat atau SIM belum ada. Bila Anda punya, tambahkan di profil; bila belum, tanyakan \
             petugas cara memperolehnya. Anda tetap ikut pencocokan berikutnya."
        }
        Some(RefuseReason::EducationMissing) => {
            "Menurut perusahaan, pendidikan yang diminta berbeda. Petugas mencarikan lowongan dengan syarat yang sesuai. Anda tetap \
             ikut pencocokan berikutnya."
        }
        Some(RefuseReason::TestNotPassed) => {
            "Menurut perusahaan, tes atau wawancaranya belum lolos kali ini. Petugas bisa membantu berlatih. Anda tetap ikut \
             pencocokan berikutnya."
        }
        Some(RefuseReason::MedicallyUnfit) => {
            "Menurut pemeriksaan, pekerjaan ini tidak cocok untuk kesehatan Anda. Pekerjaan lain tetap terbuka; bicarakan dengan \
             petugas. Anda tetap ikut pencocokan berikutnya."
        }
        Some(RefuseReason::DidNotAttend) => {
            "Menurut perusahaan, Anda belum datang ke wawancara. Bila itu tidak benar atau ada halangan, telepon petugas. Anda tetap \
             ikut pencocokan berikutnya."
        }
        Some(RefuseReason::NotReached) => {
            "Perusahaan belum berhasil menghubungi Anda. Periksa nomor HP di profil. Anda tetap ikut pencocokan berikutnya."
        }
        Some(RefuseReason::TermsNotAgreed) => {
            "Upah, jam kerja, atau tanggal mulainya belum disepakati. Periksa keinginan di profil. Anda tetap ikut pencocokan \
             berikutnya."
        }
        Some(RefuseReason::OthersBetter) => {
            "Kali ini perusahaan memilih pelamar lain yang lebih sesuai. Itu bukan penilaian atas diri Anda. Anda tetap ikut \
             pencocokan berikutnya."
        }
        Some(RefuseReason::PositionGone) => {
            "Pekerjaan ini tidak jadi dibuka lagi oleh perusahaan. Anda tetap ikut pencocokan berikutnya."
        }
        Some(RefuseReason::Other) | None => {
            "Lamaran ini selesai. Anda tetap ikut pencocokan berikutnya, dan boleh melamar lowongan lain."
        }
    }
}

/// Who answers, where several persons share a login: the family helped.
pub const FAMILY: &str = "keluarga";

/// What a note is called in what a form sends.
pub const fn note_word(note: Note) -> &'static str {
    match note {
        Note::Coming => "datang",
        Note::NotComing => "berhalangan",
        Note::TakesWork => "ambil",
        Note::DidCome => "sudah-datang",
    }
}

/// A note by its word.
pub fn note_of(word: &str) -> Option<Note> {
    Note::ALL.iter().copied().find(|note| note_word(*note) == word)
}

/// Whether words are asked for: whoever cannot come says why, and when they can.
pub const fn note_needs_words(note: Note) -> bool {
    matches!(note, Note::NotComing | Note::DidCome)
}

/// The button of a note.
pub const fn note_button(note: Note) -> &'static str {
    match note {
        Note::Coming => "Saya akan datang",
        Note::NotComing => "Saya berhalangan",
        Note::TakesWork => "Ya, saya ambil pekerjaan ini",
        Note::DidCome => "Tidak benar, beri tahu petugas",
    }
}

/// What the person said, as it stands on the page.
pub const fn noted(note: Note) -> &'static str {
    match note {
        Note::Coming => "Anda sudah mengabari: akan datang.",
        Note::NotComing => {
            "Anda sudah mengabari: berhalangan. Petugas dan perusahaan membacanya; tunggu kabar hari lain."
        }
        Note::TakesWork => {
            "Anda sudah mengabari: mengambil pekerjaan ini. Tunggu perusahaan menetapkan hari pertama."
        }
        Note::DidCome => "Anda sudah memberi tahu petugas bahwa itu tidak benar. Petugas memeriksanya.",
    }
}
