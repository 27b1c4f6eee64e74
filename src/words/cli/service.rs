//! The service itself: starting it, the demo, its health, its index.
use std::{fmt::Display, io, path::Path};

use chrono::{DateTime, Utc};

use crate::{
    domain::{application, job::Name, message::SettingsError, vacancy},
    words::{
        cli::faults,
        id::{dates, states},
    },
};

/// A command that reads found no database.
pub fn nothing_there(url: &str) -> String {
    format!(
        "belum ada basis data di {url}. Mulai dengan: padankerja demo, atau padankerja import people BERKAS. \
         Data di folder lain: tambahkan --data-dir FOLDER"
    )
}

/// A database without its keys.
pub fn no_keys(path: &Path) -> String {
    format!(
        "berkas kunci {} tidak ada: NIK dan angka proses lama tidak terbaca. Kembalikan berkas itu, atau sebutkan folder \
         datanya: --data-dir FOLDER",
        path.display()
    )
}

/// The number of the office of a demo, in place of one that nobody set.
pub const OFFICE_PHONE: &str = "(0271) 000000 (contoh)";

/// Which setting of mail server or gateway cannot be used, and how it should look.
pub fn post_unusable(error: SettingsError) -> &'static str {
    match error {
        SettingsError::Server => {
            "mail_url tidak terbaca: harus seperti smtp://nama:sandi@server:587?tls=required"
        }
        SettingsError::Sender => {
            "mail_from tidak terbaca: harus seperti \"Disperinaker <kerja@example.go.id>\""
        }
        SettingsError::Gateway => "gateway_url tidak terbaca: harus seperti https://gateway.example/send",
        SettingsError::Key => "gateway_key terlalu pendek: paling sedikit 16 karakter",
        SettingsError::Client => "gateway_url: komputer ini tidak dapat membuat permintaan",
    }
}

/// An address that cannot be listened on.
pub fn address_taken(address: impl Display, error: &io::Error) -> String {
    format!("alamat {address} tidak dapat dipakai: {}", faults::machine(error))
}

/// A port that cannot be listened on.
pub fn port_taken(port: u16, error: &io::Error) -> String {
    format!("porta {port} tidak dapat dipakai: {}; coba --port 0", faults::machine(error))
}

/// The demo's folder cannot be used.
pub fn folder_unusable(folder: &Path, error: &io::Error) -> String {
    format!("folder {} tidak dapat dipakai: {}", folder.display(), faults::machine(error))
}

/// Somebody works in the demo's folder.
pub fn demo_runs(folder: &Path) -> String {
    format!(
        "folder {} sedang dipakai demo atau perintah lain; hentikan dulu, atau pakai folder lain: padankerja --data-dir \
         FOLDER demo",
        folder.display()
    )
}

/// What to try next after the demo was filled.
pub fn next_commands(folder: &Path, is_over: bool) -> String {
    let with = format!("padankerja --data-dir {}", folder.display());
    let serve = if is_over { format!("\n  {with} serve") } else { String::new() };
    format!(
        "Berikutnya:\n  {with} people --limit 5\n  {with} vacancies --state open\n  {with} applications\n  \
         {with} explain ID        (id dari daftar lamaran){serve}"
    )
}

/// What a bar shows while the index is built.
pub const INDEXING: &str = "mengindeks";
/// How many documents are in the index.
pub fn indexed(documents: impl Display) -> String {
    format!("{documents} dokumen diindeks")
}

/// How long the first result took.
pub fn first_result(seconds: f64) -> String {
    format!("Hasil pertama {seconds:.1} detik setelah mulai.")
}

/// A login of the demo.
pub fn login(login: &str, password: &str, role: &str) -> String {
    format!("masuk: {login}  kata sandi: {password}  peran: {role}")
}

/// Where the service is.
pub fn listening(address: impl Display) -> String {
    format!("Layanan: http://{address}  (API: http://{address}/docs). Berhenti dengan Ctrl+C.")
}

/// How to walk through the pages as somebody of the demo.
pub fn try_as_resident(address: &str, name: &str, code: &str, year: i32) -> String {
    format!(
        "Coba sebagai warga contoh {name}:\n  1. buka {address}\n  2. ketik kode {code} dan tahun lahir {year}\n  3. isi nomor \
         HP (misalnya 0860 1234 5678) dan kata sandi pilihan Anda, lalu baca lamaran yang menunggu jawaban"
    )
}

/// How a job of the service went the last time.
#[derive(Clone, Copy, Debug)]
pub struct LastTurn<'a> {
    /// When it ended.
    pub at: DateTime<Utc>,
    /// How long it took.
    pub millis: i64,
    /// Objects changed.
    pub done: i64,
    /// Objects that could not be changed.
    pub failed: i64,
    /// Stable code of what went wrong.
    pub failure: Option<&'a str>,
}

/// A job of the service and how it went; `None` when it never ended.
pub fn job(name: Name, last: Option<LastTurn<'_>>) -> String {
    let what = match name {
        Name::ExpireVacancies => "menutup lowongan yang lewat tanggal",
        Name::PauseSuspended => "menjeda lowongan pemberi kerja yang ditangguhkan",
        Name::RemindEmployers => "mengingatkan pemberi kerja",
        Name::TellLate => "menyiapkan pesan tentang yang terlambat",
        Name::SendMessages => "mengirim pesan",
        Name::LapseAnswers => "mengakhiri lamaran yang tidak dijawab",
        Name::ServeWaiting => "merujuk yang menunggu",
        Name::SealAudit => "menyegel catatan audit",
        Name::EndLostRuns => "mengakhiri proses pemadanan yang terputus",
        Name::ForgetLogins => "menghapus sesi dan kunci yang kedaluwarsa",
        Name::ForgetArchives => "menghapus angka proses yang lewat masa simpan",
        Name::JudgeAgain => "menilai ulang syarat lowongan yang tayang",
        Name::PruneOutbox => "memangkas antrean indeks",
    };
    let Some(LastTurn { at, millis, done, failed, failure }) = last else {
        return format!("tugas berkala, {what}: belum pernah selesai");
    };
    let went = match failure {
        None => "berhasil".to_owned(),
        Some(code) => format!("GAGAL ({code}), {failed} tidak dapat dikerjakan"),
    };
    let at = dates::minute(at);
    format!("tugas berkala, {what}: {went}; terakhir {at}, {millis} milidetik, {done} dikerjakan")
}

/// The service answers and is ready.
pub fn ready(address: impl Display) -> String {
    format!("{address} siap")
}

/// The service answers and is not ready.
pub fn not_ready(address: impl Display, status: u16) -> String {
    format!("{address} belum siap (status {status})")
}

/// The service does not answer.
pub fn silent(address: impl Display, error: &io::Error) -> String {
    format!("{address} tidak menjawab: {}", faults::machine(error))
}

/// Which database it is.
pub fn database(url: &str) -> String {
    format!("basis data: {url}")
}

/// How many people there are.
pub fn people(count: i64) -> String {
    format!("orang: {count}")
}

/// Open vacancies in which a newer finder found what nobody has decided about.
pub fn flags_waiting(count: i64) -> String {
    format!("lowongan menunggu alasan petugas: {count}; lihat: padankerja vacancies --flags-open")
}

/// Evidence whose date nobody told.
pub fn undated_evidence(count: i64) -> String {
    format!("bukti yang tanggalnya perlu diperiksa: {count}; lihat: padankerja undated-evidence")
}

/// How many vacancies stand where.
pub fn vacancies(state: vacancy::State, count: i64) -> String {
    format!("lowongan {}: {count}", states::vacancy(state))
}

/// How many applications stand where.
pub fn applications(state: application::State, count: i64) -> String {
    format!("lamaran {}: {count}", states::application(state))
}
