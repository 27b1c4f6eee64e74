//! The copy of one's own data explains itself: what it is, what each field and code means, what is left out and why. Fields
//! are named by their path in the document; a test compares them with its description, so that none is without a sentence.
use std::collections::BTreeMap;

use crate::{
    domain::{
        access::AuditActor,
        application::{self, Event},
        complaint,
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel, Content, Guardian, Way},
        evidence::Criterion,
        interest,
        machine::Word,
        message::{self, Delivery, Reply},
        next_step, note, person,
        run::Kind,
    },
    matching::{explanation::Explanation, priority::PriorityReason},
    words::id::{complaints, interests, messages, next_steps, reasons, states},
};

/// What the document is and what to do with it.
pub const ABOUT: &[&str] = &[
    "Ini salinan semua yang dicatat layanan ini tentang warga di bagian people. Hak atas salinan ini diatur dalam UU 27/2022 \
     tentang Pelindungan Data Pribadi, Pasal 7 dan 13.",
    "Arti tiap isian ada di fields, arti kode di codes, dan yang tidak dimuat beserta alasannya di left_out.",
    "Lamaran yang known_since-nya kosong belum dikonfirmasi petugas: itu baru usulan dan belum tentu menjadi pekerjaan. \
     Tetaplah mencari kerja seperti biasa.",
    "Ada yang keliru atau kurang? Mintalah petugas memperbaikinya; batas waktunya 3 x 24 jam sejak permintaan diterima.",
    "Berkas ini berisi data pribadi. Simpan baik-baik dan jangan diberikan kepada orang yang tidak dikenal.",
];

/// What is held and not in the copy, each with the reason.
pub const LEFT_OUT: &[(&str, &str)] = &[
    (
        "NIK dan nomor Kartu Keluarga",
        "NIK disimpan terkunci dan tidak pernah ditampilkan lengkap kepada siapa pun; nomor Kartu Keluarga tidak disimpan, hanya \
         sidik kuncinya. Keduanya ada di KTP dan KK Anda.",
    ),
    (
        "Nama dan nomor akun petugas, pendamping, dan pemberi kerja",
        "Itu data orang lain; yang dimuat hanya perannya, dan nama petugas yang mengurus langkah Anda bila diisi.",
    ),
    (
        "Catatan pemberi kerja tentang penolakan",
        "Catatan itu disampaikan kepada kantor saja. Tanyakan kepada petugas bila Anda ingin tahu alasannya.",
    ),
    (
        "Kata-kata petugas sendiri dalam alasan dan hasil langkah",
        "Yang dimuat kodenya; kata-katanya catatan kerja kantor dan dapat menyebut orang lain.",
    ),
    ("Perbandingan dengan pelamar lain", "Nilai dan urutan orang lain adalah data orang lain."),
    (
        "Kata sandi dan tanda masuk",
        "Kata sandi hanya disimpan sebagai sidik; bila bocor, akun Anda dapat dibuka orang lain.",
    ),
    (
        "Catatan teknis",
        "Nomor urut, antrean, segel, dan jawaban yang disimpan paling lama sehari agar permintaan tidak dikerjakan dua kali; isinya \
         sama dengan yang dimuat di sini.",
    ),
    (
        "Angka proses pemadanan yang dikunci untuk pemeriksaan",
        "Di dalamnya tidak ada nama; nilai Anda sendiri dimuat di bagian judgements.",
    ),
    (
        "Data yang sudah dihapus",
        "Yang dihapus tidak ada lagi. Warga yang datanya dihapus tidak ditemukan layanan ini.",
    ),
];

/// What each field means, by its path.
pub const FIELDS: &[(&str, &str)] = &[
    ("about", "Apa isi berkas ini dan apa yang dapat Anda lakukan dengannya."),
    ("codes", "Arti kode, menurut daftarnya."),
    ("fields", "Arti tiap isian, menurut tempatnya dalam berkas ini."),
    ("left_out", "Yang disimpan tetapi tidak dimuat."),
    ("left_out[].what", "Apa yang tidak dimuat."),
    ("left_out[].why", "Mengapa tidak dimuat."),
    ("login", "Akun yang meminta salinan; kosong bila petugas yang membuatkan."),
    ("login.created_at", "Kapan akun itu dibuat."),
    ("login.name", "Nama untuk masuk."),
    ("made_at", "Kapan salinan ini dibuat."),
    ("people", "Warga yang datanya disalin."),
    ("people[].accompanied", "Benar bila pendamping desa boleh membantu Anda."),
    ("people[].accompaniments", "Jawaban Anda tentang bantuan pendamping desa, yang terlama dahulu."),
    ("people[].accompaniments[].agreed", "Boleh atau tidak lagi."),
    ("people[].accompaniments[].channel", "Lewat apa; arti kodenya di codes.consent_channel."),
    ("people[].accompaniments[].said_at", "Kapan dicatat."),
    ("people[].accompaniments[].told_by", "Siapa yang mencatat, menurut perannya."),
    ("people[].ak1_number", "Nomor kartu pencari kerja (AK/I)."),
    (
        "people[].applications",
        "Lamaran dan usulan dalam semua keadaan, juga yang belum dikonfirmasi petugas.",
    ),
    ("people[].applications[].attempts", "Usaha petugas atau pendamping menghubungi Anda."),
    ("people[].applications[].attempts[].at", "Saat dicoba."),
    ("people[].applications[].attempts[].channel", "Lewat apa; arti kodenya di codes.attempt_channel."),
    ("people[].applications[].attempts[].id", "Nomor catatan."),
    ("people[].applications[].attempts[].on_day", "Hari dicoba."),
    ("people[].applications[].attempts[].outcome", "Hasilnya; arti kodenya di codes.attempt_outcome."),
    ("people[].applications[].consents", "Persetujuan yang Anda berikan."),
    ("people[].applications[].consents[].channel", "Lewat apa; arti kodenya di codes.consent_channel."),
    ("people[].applications[].consents[].ends_on", "Hari terakhir persetujuan itu berlaku."),
    ("people[].applications[].consents[].given_at", "Saat persetujuan diberikan."),
    (
        "people[].applications[].consents[].guardian",
        "Siapa yang ikut menyetujui secara tertulis bila umur di bawah 18 tahun; arti kodenya di codes.guardian.",
    ),
    (
        "people[].applications[].consents[].number_dialled",
        "Nomor yang ditelepon atau yang menjawab, bila lewat telepon atau WhatsApp.",
    ),
    ("people[].applications[].consents[].self_spoke", "Benar bila Anda sendiri yang berbicara."),
    ("people[].applications[].consents[].text_shown", "Pesan yang Anda jawab, bila tertulis lewat WhatsApp."),
    ("people[].applications[].consents[].wording", "Versi kalimat yang dibacakan atau ditampilkan."),
    ("people[].applications[].created_at", "Kapan lamaran atau usulan ini dibuat."),
    ("people[].applications[].deadline", "Batas hari jawaban berikutnya."),
    ("people[].applications[].employer_name", "Pemberi kerja."),
    ("people[].applications[].events", "Apa yang terjadi, dari yang paling lama."),
    ("people[].applications[].events[].actor", "Siapa, menurut perannya; arti kodenya di codes.actor."),
    ("people[].applications[].events[].at", "Saat terjadi."),
    ("people[].applications[].events[].event", "Apa yang terjadi; arti kodenya di codes.application_event."),
    ("people[].applications[].events[].from", "Keadaan sebelumnya; arti kodenya di codes.application_state."),
    ("people[].applications[].events[].helped", "Benar bila keluarga membantu menjawab."),
    ("people[].applications[].events[].reason", "Kode alasan, dan kata-kata Anda sendiri bila ada."),
    ("people[].applications[].events[].shared", "Benar bila pemberi kerja mengizinkan alasannya Anda baca."),
    ("people[].applications[].events[].to", "Keadaan sesudahnya; arti kodenya di codes.application_state."),
    ("people[].applications[].fit", "Nilai kecocokan dengan lowongan, 0 sampai 1000."),
    ("people[].applications[].follow_ups", "Pertanyaan 1, 3, dan 6 bulan setelah mulai bekerja."),
    ("people[].applications[].follow_ups[].due_on", "Hari pertanyaan itu jatuh."),
    ("people[].applications[].follow_ups[].month", "Berapa bulan setelah mulai bekerja."),
    ("people[].applications[].follow_ups[].note", "Apa yang dikatakan waktu ditanya."),
    ("people[].applications[].follow_ups[].recorded_at", "Saat jawaban dicatat."),
    (
        "people[].applications[].follow_ups[].still_working",
        "Benar bila masih bekerja di sana; kosong bila belum ditanya.",
    ),
    ("people[].applications[].held", "Benar bila ditahan karena Anda sudah diterima di tempat lain."),
    ("people[].applications[].id", "Nomor lamaran."),
    ("people[].applications[].interview", "Undangan wawancara yang terbaru."),
    ("people[].applications[].interview.bring", "Yang perlu dibawa."),
    ("people[].applications[].interview.hour", "Jam."),
    ("people[].applications[].interview.landmark", "Patokan tempat wawancara."),
    ("people[].applications[].interview.made_at", "Kapan undangan dibuat."),
    ("people[].applications[].interview.on", "Hari wawancara."),
    ("people[].applications[].interview.place", "Tempat wawancara."),
    (
        "people[].applications[].known_since",
        "Sejak kapan lamaran ini tampak bagi Anda; kosong berarti belum dikonfirmasi petugas dan belum tentu jadi.",
    ),
    ("people[].applications[].letter_number", "Nomor surat pengantar."),
    ("people[].applications[].notes", "Kabar tambahan tentang lamaran ini."),
    ("people[].applications[].notes[].actor", "Siapa yang menyampaikan; arti kodenya di codes.actor."),
    ("people[].applications[].notes[].at", "Saat disampaikan."),
    ("people[].applications[].notes[].kind", "Kabar apa; arti kodenya di codes.note_kind."),
    ("people[].applications[].notes[].text", "Kata-kata tambahan."),
    ("people[].applications[].priority", "Nilai prioritas, 0 sampai 300."),
    (
        "people[].applications[].reserve_order",
        "Urutan dalam antrean lowongan itu; yang lebih kecil lebih dulu.",
    ),
    (
        "people[].applications[].run_on",
        "Tanggal proses pemadanan yang mengusulkan; kosong bila bukan dari proses.",
    ),
    ("people[].applications[].starts_on", "Hari pertama bekerja (penempatan), bila sudah diterima."),
    ("people[].applications[].state", "Keadaan lamaran; arti kodenya di codes.application_state."),
    ("people[].applications[].title", "Nama lowongan."),
    ("people[].applications[].updated_at", "Kapan terakhir berubah."),
    ("people[].applications[].version", "Berapa kali berubah, dihitung dari 1."),
    ("people[].available_from", "Mulai kapan siap bekerja."),
    ("people[].birth_date", "Tanggal lahir; hanya dipakai untuk batas umur menurut undang-undang."),
    ("people[].certificates", "Sertifikat dan surat izin."),
    ("people[].certificates[].expires_on", "Hari terakhir berlaku."),
    ("people[].certificates[].id", "Nomor pengenal di layanan ini."),
    ("people[].certificates[].issued_on", "Tanggal diberikan."),
    ("people[].certificates[].name", "Nama sertifikat."),
    ("people[].change_requests", "Perubahan yang diajukan untuk isian yang sudah diperiksa."),
    ("people[].change_requests[].answer", "Jawaban petugas."),
    ("people[].change_requests[].asked_at", "Kapan diajukan."),
    ("people[].change_requests[].change", "Perubahan yang diminta."),
    ("people[].change_requests[].decided_at", "Kapan diputuskan."),
    ("people[].change_requests[].evidence", "Buktinya, dengan kata-kata."),
    ("people[].change_requests[].id", "Nomor pengenal di layanan ini."),
    ("people[].change_requests[].person_id", "Nomor pengenal warganya."),
    ("people[].change_requests[].reason", "Alasan."),
    (
        "people[].change_requests[].state",
        "Keadaannya: pending menunggu, accepted diterima, refused ditolak, withdrawn diganti.",
    ),
    ("people[].change_requests[].stored", "Isi sebelumnya."),
    ("people[].complaints", "Pengaduan Anda, yang terlama dahulu."),
    ("people[].complaints[].answer", "Yang ditemukan kantor; kosong bila belum selesai."),
    ("people[].complaints[].closed_at", "Kapan selesai."),
    ("people[].complaints[].contact", "Cara menghubungi, bila diisi."),
    ("people[].complaints[].kind", "Tentang apa; arti kodenya di codes.complaint_kind."),
    ("people[].complaints[].made_at", "Kapan diadukan."),
    ("people[].complaints[].number", "Nomor pengaduan."),
    ("people[].complaints[].said", "Yang Anda katakan."),
    ("people[].complaints[].state", "Keadaannya; arti kodenya di codes.complaint_state."),
    ("people[].contact", "Cara menghubungi Anda."),
    ("people[].contact.address", "Alamat jalan."),
    ("people[].contact.phone", "Nomor telepon."),
    ("people[].contact.village", "Kode desa atau kelurahan tempat tinggal."),
    ("people[].contact.village_name", "Nama desa atau kelurahan dan kecamatannya."),
    ("people[].created_at", "Kapan didaftarkan di layanan ini."),
    ("people[].deeds", "Apa yang dilakukan terhadap data Anda."),
    (
        "people[].deeds[].action",
        "Apa: person.create didaftarkan, person.edit diubah, person.evidence bukti ditambahkan, person.export disalin, \
         person.status_code kode status dibuat, person.status_code_revoke kode status dibatalkan.",
    ),
    ("people[].deeds[].actor", "Siapa, menurut perannya; arti kodenya di codes.actor."),
    ("people[].deeds[].at", "Saat dilakukan."),
    ("people[].desil_unknown", "Proses pemadanan yang belum mengetahui desil keluarga Anda."),
    ("people[].desil_unknown[].run_on", "Tanggal proses."),
    ("people[].desil_unknown[].seats", "Banyaknya tempat di lowongan yang cocok untuk Anda waktu itu."),
    ("people[].desil_unknown[].vacancies", "Banyaknya lowongan itu."),
    (
        "people[].disability",
        "Jenis disabilitas, bila disampaikan (physical fisik, intellectual intelektual, mental mental, sensory sensorik, multiple \
         ganda, unspecified tidak disebut); tidak ditampilkan kepada pemberi kerja.",
    ),
    ("people[].education", "Pendidikan terakhir."),
    ("people[].evidence", "Bukti untuk prioritas, juga yang sudah tidak berlaku."),
    ("people[].evidence[].brought_by", "Kantor yang memasukkan bukti itu."),
    ("people[].evidence[].criterion", "Bukti tentang apa; arti kodenya di codes.criterion."),
    (
        "people[].evidence[].date_is_registration",
        "Ya bila tanggal datanya tidak disebut: yang tercatat hari pendaftaran, dan kantor akan memeriksanya.",
    ),
    ("people[].evidence[].dated_on", "Tanggal data."),
    ("people[].evidence[].expires_on", "Hari terakhir berlaku."),
    ("people[].evidence[].source", "Sumber data."),
    ("people[].evidence[].value", "Angka desil 1 (paling miskin) sampai 10; untuk bukti lain selalu 1."),
    ("people[].experiences", "Pekerjaan sebelumnya."),
    ("people[].experiences[].id", "Nomor pengenal di layanan ini."),
    ("people[].experiences[].job", "Pekerjaannya."),
    ("people[].experiences[].months", "Lamanya, dalam bulan."),
    ("people[].id", "Nomor warga di layanan ini."),
    (
        "people[].interests",
        "Minat yang Anda sampaikan tanpa akun dengan nama dan nomor ini, yang terlama dahulu.",
    ),
    ("people[].interests[].call_by", "Sampai hari apa petugas menelepon."),
    ("people[].interests[].employer_name", "Pemberi kerja."),
    ("people[].interests[].handled_at", "Kapan hasilnya dicatat."),
    ("people[].interests[].made_at", "Kapan disampaikan."),
    ("people[].interests[].name", "Nama yang Anda isi."),
    ("people[].interests[].number", "Nomornya."),
    ("people[].interests[].other_vacancies", "Benar bila boleh ditelepon juga tentang lowongan lain."),
    ("people[].interests[].outcome", "Hasilnya; arti kodenya di codes.interest_outcome."),
    ("people[].interests[].phone", "Nomor yang Anda isi."),
    ("people[].interests[].title", "Nama lowongan."),
    ("people[].interests[].village", "Kode desa atau kelurahan yang Anda pilih."),
    ("people[].judgements", "Hasil hitungan proses pemadanan tentang Anda dan suatu lowongan."),
    (
        "people[].judgements[].against",
        "Yang diminta tetapi belum terlihat di profil, yang belum diketahui, dan yang menghalangi.",
    ),
    ("people[].judgements[].distance_m", "Jarak rumah ke tempat kerja, dalam meter."),
    ("people[].judgements[].dropped", "Kode mengapa usulan itu tidak dijalankan."),
    ("people[].judgements[].employer_name", "Pemberi kerja."),
    ("people[].judgements[].fit", "Nilai kecocokan, 0 sampai 1000."),
    ("people[].judgements[].kind", "Usulan atau cadangan; arti kodenya di codes.judgement_kind."),
    ("people[].judgements[].place", "Urutan di dalamnya, mulai dari 1."),
    ("people[].judgements[].priority", "Nilai prioritas, 0 sampai 300."),
    ("people[].judgements[].priority_reasons", "Dasar nilai prioritas."),
    (
        "people[].judgements[].published_at",
        "Kapan hasil proses itu dijalankan; kosong berarti hanya percobaan.",
    ),
    ("people[].judgements[].reasons", "Alasan yang mendukung, dengan nilainya."),
    ("people[].judgements[].run_on", "Tanggal proses."),
    ("people[].judgements[].title", "Nama lowongan."),
    ("people[].live", "Banyaknya lamaran yang sedang berjalan, paling banyak 3."),
    ("people[].logins", "Banyaknya akun yang dapat melihat data ini sebagai milik sendiri."),
    ("people[].major", "Jurusan."),
    ("people[].marks", "Siapa yang menyampaikan isian profil, dan mana yang sudah diperiksa."),
    ("people[].marks[].item", "Isian profilnya."),
    ("people[].marks[].kind", "Jenis isiannya."),
    ("people[].marks[].said_at", "Kapan disampaikan."),
    ("people[].marks[].said_by", "Siapa yang menyampaikannya, menurut perannya."),
    ("people[].marks[].verified_at", "Kapan petugas melihat buktinya."),
    ("people[].messages", "Pesan yang disiapkan untuk Anda, yang terlama dahulu."),
    ("people[].messages[].application_id", "Lamaran yang dimaksud."),
    ("people[].messages[].kind", "Tentang apa; arti kodenya di codes.message_kind."),
    ("people[].messages[].made_at", "Kapan disiapkan."),
    ("people[].messages[].number", "Nomor yang dituju."),
    ("people[].messages[].replied_at", "Kapan jawaban Anda dicatat; kosong bila belum."),
    ("people[].messages[].reply", "Jawaban Anda; arti kodenya di codes.message_reply."),
    ("people[].messages[].sent_at", "Kapan dikirim; kosong bila belum."),
    ("people[].messages[].state", "Keadaannya; arti kodenya di codes.message_state."),
    ("people[].messages[].text", "Isi yang dikirim kepada Anda."),
    ("people[].name", "Nama lengkap."),
    ("people[].next_steps", "Langkah berikutnya untuk Anda, yang terlama dahulu."),
    ("people[].next_steps[].answered_at", "Kapan hasilnya dicatat; kosong bila belum."),
    ("people[].next_steps[].by_run", "Benar bila dibuat waktu hasil proses pemadanan diterbitkan."),
    ("people[].next_steps[].due_on", "Batas harinya."),
    ("people[].next_steps[].kind", "Langkahnya; arti kodenya di codes.next_step_kind."),
    ("people[].next_steps[].made_at", "Kapan dibuat."),
    ("people[].next_steps[].office", "Kantor yang mengurus; kosong berarti dinas tenaga kerja."),
    ("people[].next_steps[].officer", "Nama petugas yang mengurus, bila diisi."),
    ("people[].next_steps[].outcome", "Hasilnya; arti kodenya di codes.next_step_outcome."),
    ("people[].nominated_by", "Kantor pertama yang mengusulkan Anda sebagai peserta."),
    ("people[].nominations", "Kantor-kantor yang mengusulkan Anda, yang terlama dahulu."),
    ("people[].nominations[].decided_at", "Kapan petugas dinas tenaga kerja menjawabnya."),
    ("people[].nominations[].made_at", "Kapan diusulkan."),
    ("people[].nominations[].office", "Nama kantornya."),
    ("people[].nominations[].state", "Keadaannya: waiting menunggu, accepted diterima, refused ditolak."),
    ("people[].objects_to_ranking", "Benar bila Anda menolak pemeringkatan otomatis."),
    ("people[].placed", "Benar bila Anda diterima atau bekerja lewat layanan ini."),
    ("people[].ranking_consents", "Jawaban Anda tentang pemadanan otomatis, yang terlama dahulu."),
    ("people[].ranking_consents[].given", "Setuju atau tidak."),
    ("people[].ranking_consents[].given_at", "Kapan dicatat."),
    ("people[].ranking_consents[].in_class", "Ditanyakan pada formulir angkatan pelatihan."),
    ("people[].ranking_consents[].wording", "Versi kalimat yang ditanyakan."),
    ("people[].registered_on", "Sejak kapan terdaftar mencari kerja."),
    ("people[].sample", "Benar bila warga ini rekaan untuk percobaan."),
    ("people[].sex", "Jenis kelamin: male laki-laki, female perempuan; tidak dipakai untuk peringkat."),
    ("people[].skills", "Keterampilan, sebagaimana disampaikan."),
    ("people[].status", "Keadaan di luar lamaran; arti kodenya di codes.person_status."),
    (
        "people[].status_codes",
        "Kode status yang dapat dipakai orang lain untuk melihat sampai mana lamaran Anda; kodenya sendiri tidak disimpan.",
    ),
    ("people[].status_codes[].expires_at", "Sampai kapan berlaku."),
    ("people[].status_codes[].made_at", "Kapan dibuat."),
    (
        "people[].status_codes[].revoked_at",
        "Kapan dibatalkan atau diganti yang baru; kosong bila masih berlaku.",
    ),
    ("people[].trainings", "Pelatihan."),
    ("people[].trainings[].class", "Angkatan pelatihan."),
    ("people[].trainings[].class.ends_on", "Hari terakhir angkatan."),
    ("people[].trainings[].class.name", "Nama angkatan."),
    ("people[].trainings[].class.starts_on", "Hari pertama angkatan."),
    ("people[].trainings[].ended_on", "Kapan pelatihan selesai."),
    ("people[].trainings[].programme", "Nama pelatihan."),
    (
        "people[].trainings[].result",
        "Hasil: competent kompeten, not_yet belum kompeten, broken_off berhenti, running masih berjalan.",
    ),
    ("people[].updated_at", "Kapan profil terakhir berubah."),
    ("people[].version", "Berapa kali profil berubah, dihitung dari 1."),
    ("people[].wishes", "Keinginan Anda tentang pekerjaan."),
    ("people[].wishes.contact_hour", "Kapan Anda paling mudah dihubungi, dengan kata Anda sendiri."),
    ("people[].wishes.contact_way", "Cara Anda ingin dihubungi; arti kodenya di codes.contact_way."),
    (
        "people[].wishes.dormitory_ok",
        "Benar bila bersedia tinggal di mes atau asrama tempat kerja; kosong bila belum ditanya.",
    ),
    ("people[].wishes.max_distance_m", "Jarak terjauh ke tempat kerja, dalam meter."),
    ("people[].wishes.message_content", "Seberapa banyak isi pesan; arti kodenya di codes.message_content."),
    ("people[].wishes.shift_ok", "Benar bila bersedia kerja shift; kosong bila belum ditanya."),
    (
        "people[].wishes.transport",
        "Cara ke tempat kerja: walk jalan kaki, bicycle sepeda, motorcycle motor, car mobil, public angkutan umum, shuttle \
         antar-jemput.",
    ),
    ("people[].wishes.wage_floor", "Upah terendah yang diterima, rupiah sebulan."),
];

/// What each code means, by its list.
pub fn codes() -> BTreeMap<&'static str, BTreeMap<&'static str, &'static str>> {
    BTreeMap::from([
        ("actor", meanings(AuditActor::ALL, actor)),
        ("application_event", meanings(Event::ALL, event)),
        ("application_state", meanings(application::State::ALL, states::application)),
        ("attempt_channel", meanings(AttemptChannel::ALL, attempt_channel)),
        ("attempt_outcome", meanings(AttemptOutcome::ALL, outcome)),
        ("complaint_kind", meanings(complaint::Kind::ALL, complaints::kind)),
        ("complaint_state", meanings(complaint::State::ALL, complaints::state)),
        ("consent_channel", meanings(ConsentChannel::ALL, consent_channel)),
        ("contact_way", meanings(Way::ALL, messages::way)),
        ("criterion", meanings(Criterion::ALL, reasons::criterion)),
        ("guardian", meanings(Guardian::ALL, guardian)),
        ("interest_outcome", meanings(interest::Outcome::ALL, interests::outcome)),
        ("judgement_kind", meanings(Kind::ALL, judged_as)),
        ("message_content", meanings(Content::ALL, messages::content)),
        ("message_kind", meanings(message::Kind::ALL, messages::kind)),
        ("message_reply", meanings(Reply::ALL, messages::reply)),
        ("message_state", meanings(Delivery::ALL, messages::state)),
        ("note_kind", meanings(note::Kind::ALL, note_kind)),
        ("next_step_kind", meanings(next_step::Kind::ALL, next_steps::kind)),
        ("next_step_outcome", meanings(next_step::Outcome::ALL, next_steps::outcome)),
        ("person_status", meanings(person::Status::ALL, states::person)),
    ])
}

/// What the codes of a list mean.
fn meanings<T: Word>(all: &[T], meaning: fn(T) -> &'static str) -> BTreeMap<&'static str, &'static str> {
    all.iter().map(|code| (code.word(), meaning(*code))).collect()
}

/// A criterion with its points.
pub fn priority(reason: &PriorityReason) -> String {
    format!("{} +{}", reasons::criterion(reason.criterion), reason.points)
}

/// What is asked for and not shown, what is not known, what stands against a pair; nothing about anybody else.
pub fn against(e: &Explanation) -> Vec<String> {
    let gaps = e.gaps.iter().map(reasons::gap);
    let unknown = e.unknown.iter().map(|unknown| reasons::unknown(*unknown).to_owned());
    let unsaid = e.unsaid.iter().map(|unsaid| reasons::unsaid(*unsaid).to_owned());
    let out = e.exclusions.iter().map(|exclusion| reasons::exclusion(*exclusion).to_owned());
    gaps.chain(unknown).chain(unsaid).chain(out).collect()
}

/// Who did something, by the role alone.
pub fn actor(actor: AuditActor) -> &'static str {
    match actor {
        AuditActor::Person => "Anda sendiri, atau pemegang akun keluarga",
        AuditActor::Companion => "pendamping desa",
        AuditActor::Employer => "pemberi kerja",
        AuditActor::Staff => "petugas",
        AuditActor::Supervisor => "pengawas",
        AuditActor::Agency => "kantor lain",
        AuditActor::Administrator => "pengelola layanan",
        AuditActor::Terminal => "petugas, langsung di komputer layanan",
        AuditActor::System => "layanan ini sendiri",
    }
}

/// What happened to an application, in a few words.
pub fn event(event: Event) -> &'static str {
    match event {
        Event::Propose => "diusulkan",
        Event::Apply => "melamar",
        Event::Confirm => "dikonfirmasi petugas",
        Event::Consent => "Anda setuju",
        Event::Refer => "dirujuk ke pemberi kerja",
        Event::Dismiss => "tidak diteruskan petugas",
        Event::Decline => "Anda menolak",
        Event::Invite => "diundang wawancara",
        Event::Offer => "ditawari kerja",
        Event::Hire => "diterima bekerja",
        Event::Start => "mulai bekerja",
        Event::NoShow => "tidak datang pada hari pertama",
        Event::Refuse => "ditolak pemberi kerja",
        Event::Withdraw => "Anda menarik lamaran",
        Event::Lapse => "gugur karena tidak dijawab",
        Event::Close => "ditutup",
        Event::Renew => "diusulkan lagi oleh proses yang lebih baru",
        Event::Retire => "diganti usulan baru",
        Event::Supersede => "berhenti karena diterima di tempat lain",
        Event::End => "selesai bekerja",
        Event::Extend => "batas waktu diperpanjang",
        Event::Undo => "langkah terakhir dibatalkan",
        Event::Correct => "dibetulkan pengawas",
        Event::Hold => "ditahan sementara",
        Event::Release => "dilanjutkan kembali",
    }
}

fn note_kind(kind: note::Kind) -> &'static str {
    match kind {
        note::Kind::Coming => "Anda akan datang",
        note::Kind::NotComing => "Anda berhalangan datang",
        note::Kind::TakesWork => "Anda mengambil pekerjaannya",
        note::Kind::DidCome => "Anda sudah datang pada hari pertama",
    }
}

fn attempt_channel(channel: AttemptChannel) -> &'static str {
    match channel {
        AttemptChannel::Phone => "telepon",
        AttemptChannel::Whatsapp => "pesan WhatsApp",
        AttemptChannel::Visit => "kunjungan ke rumah",
    }
}

fn outcome(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Reached => "berbicara dengan Anda",
        AttemptOutcome::NoAnswer => "tidak diangkat",
        AttemptOutcome::WrongNumber => "nomor milik orang lain",
        AttemptOutcome::SomeoneElse => "diterima orang lain di rumah",
    }
}

fn consent_channel(channel: ConsentChannel) -> &'static str {
    match channel {
        ConsentChannel::Web => "lewat akun sendiri",
        ConsentChannel::Phone => "lewat telepon",
        ConsentChannel::Counter => "di loket",
        ConsentChannel::Visit => "waktu dikunjungi",
        ConsentChannel::Whatsapp => "dijawab tertulis lewat WhatsApp",
    }
}

fn guardian(guardian: Guardian) -> &'static str {
    match guardian {
        Guardian::Father => "ayah",
        Guardian::Mother => "ibu",
        Guardian::Guardian => "wali",
    }
}

fn judged_as(kind: Kind) -> &'static str {
    match kind {
        Kind::Proposal => "usulan",
        Kind::Reserve => "cadangan",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::machine::Actor;

    #[test]
    fn every_code_that_a_field_names_has_its_list() {
        let codes = codes();
        for (path, sentence) in FIELDS {
            let Some((_, list)) = sentence.split_once("codes.") else { continue };
            assert!(codes.contains_key(list.trim_end_matches('.')), "{path}: {list}");
        }
        assert!(codes.values().flat_map(BTreeMap::values).all(|meaning| !meaning.is_empty()));
        assert!(Actor::ALL.iter().all(|who| codes["actor"].contains_key(who.as_str())));
    }
}
