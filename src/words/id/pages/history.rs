//! What happened to an application, in the words of a diary for the person it is about.
use crate::domain::{
    application::{self, Event, State},
    machine::Actor,
};

/// What happened; nothing where it is not worth a line.
pub fn line(event: Event, actor: Actor, from: Option<State>) -> Option<&'static str> {
    let by_person = matches!(actor, Actor::Person | Actor::Companion);
    Some(match event {
        Event::Propose => "Petugas mengusulkan lowongan ini untuk Anda",
        Event::Apply => "Anda melamar",
        Event::Confirm => "Petugas setuju",
        Event::Consent => "Anda menjawab: ya, bersedia",
        Event::Refer => "Data Anda dikirim ke perusahaan",
        Event::Dismiss => "Petugas memutuskan tidak mengajukan lamaran ini",
        Event::Decline => "Anda menjawab: tidak, kali ini belum bisa",
        Event::Invite if from == Some(State::Interview) => "Perusahaan mengubah undangan wawancara/tes",
        Event::Invite => "Perusahaan mengundang Anda wawancara/tes",
        Event::Offer => "Perusahaan menawari Anda bekerja",
        Event::Hire => "Anda diterima bekerja",
        Event::Start => "Anda mulai bekerja",
        Event::NoShow => "Perusahaan mencatat Anda belum datang",
        Event::Refuse => "Perusahaan menjawab: kali ini tidak diterima",
        Event::Withdraw if by_person => "Anda membatalkan lamaran",
        Event::Withdraw => "Lamaran dibatalkan atas permintaan Anda",
        Event::Lapse => match from.and_then(|from| application::silent(from).ok()) {
            Some(Actor::Person) => "Waktu menjawab habis",
            _ => "Perusahaan tidak menjawab sampai batas waktunya",
        },
        Event::Close => "Lowongan ditutup",
        Event::Retire => "Usulan ini diganti usulan baru",
        Event::Supersede => "Ditutup karena Anda mulai bekerja di tempat lain",
        Event::End => "Pekerjaan ini berakhir",
        Event::Extend => "Petugas memberi waktu lebih lama untuk menjawab",
        Event::Undo => "Langkah terakhir dibatalkan",
        Event::Correct => "Catatan diperbaiki oleh pengawas",
        Event::Hold => "Ditunda karena Anda diterima di tempat lain",
        Event::Release => "Berjalan lagi",
        Event::Renew => return None,
    })
}
