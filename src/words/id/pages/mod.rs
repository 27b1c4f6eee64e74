//! What pages say beside their templates: labels of menus, errors, and what depends on where something stands.
pub mod application;
pub mod check;
pub mod companion;
pub mod complaint;
pub mod errors;
pub mod history;
pub mod interest;
pub mod opened;
pub mod profile;
pub mod vacancy;

use crate::domain::{access::Role, codes::FieldCode};

/// The name of the service, as every page has it above.
pub const SERVICE: &str = "Padan Kerja Sukoharjo";

/// The main parts of the service, by whom they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Open vacancies.
    Vacancies,
    /// One's own applications.
    Applications,
    /// Profile.
    Profile,
    /// What a companion has to do.
    Tasks,
    /// Those a companion helps.
    People,
    /// Help.
    Help,
    /// To log in.
    Enter,
}

/// A menu's label.
pub fn menu(menu: Menu) -> &'static str {
    match menu {
        Menu::Vacancies => "Lowongan",
        Menu::Applications => "Lamaran",
        Menu::Profile => "Profil",
        Menu::Tasks => "Tugas",
        Menu::People => "Warga",
        Menu::Help => "Bantuan",
        Menu::Enter => "Masuk",
    }
}

/// What kind of user somebody is.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Trainee => "warga",
        Role::Companion => "pendamping",
        Role::Employer => "pemberi kerja",
        Role::Staff => "petugas",
        Role::Supervisor => "pengawas",
        Role::Agency => "instansi lain",
        Role::Administrator => "pengelola",
    }
}

/// What is wrong with a field of a form, in the words of that form where the usual ones are too general.
pub fn field(name: &str, code: FieldCode, limit: Option<usize>) -> String {
    let own = match (name, code) {
        ("login", FieldCode::Required) => "Isi nomor HP atau nama akun Anda.",
        ("password", FieldCode::Required) => "Isi kata sandi Anda.",
        ("code", FieldCode::Required) => "Isi 12 angka yang tertulis di kertas.",
        ("birth_year", FieldCode::Required | FieldCode::UnreadableNumber) => {
            "Isi tahun lahir dengan empat angka, misalnya 2001."
        }
        ("phone", FieldCode::Required) => "Isi nomor HP Anda, misalnya 0812 3456 7890.",
        ("reason", FieldCode::Required) => {
            "Pilih satu alasan. Anda boleh memilih \"Tidak ingin menyebutkan\"."
        }
        ("said", FieldCode::Required) => "Ceritakan apa yang terjadi.",
        ("kind", FieldCode::Required | FieldCode::UnknownCode) => "Pilih apa yang ingin Anda adukan.",
        ("number", FieldCode::Required) => "Isi nomor aduan, misalnya ADU-2026-0041.",
        ("siapa", FieldCode::Required) => "Pilih siapa yang menjawab.",
        ("text", FieldCode::Required) => "Tulis sedikit, supaya petugas bisa membantu.",
        ("education", FieldCode::Required) => "Pilih sekolah terakhir yang Anda tamatkan.",
        ("max_distance_m", FieldCode::UnreadableNumber) => "Isi jarak dalam km, misalnya 10 atau 2,5.",
        ("why", FieldCode::Required) => "Tulis mengapa ini perlu diubah.",
        ("answer", FieldCode::Required) => "Pilih jawabannya.",
        ("speaker", FieldCode::Required) => "Pilih siapa yang menjawab.",
        ("channel", FieldCode::Required) => "Pilih bagaimana Anda mendengarnya.",
        ("dialled", FieldCode::Required) => "Isi nomor yang Anda telepon.",
        ("outcome", FieldCode::Required) => "Pilih apa yang terjadi.",
        ("working", FieldCode::Required) => "Pilih ya atau tidak.",
        ("nik", FieldCode::Required) => "Isi 16 angka NIK di KTP warga.",
        ("nik", FieldCode::UnknownPerson) => {
            "Tidak ada warga desa Anda yang terdaftar dengan NIK ini. Periksa angkanya. Bila ia belum terdaftar, hubungi Dinas."
        }
        ("name", FieldCode::Required) => "Isi nama Anda.",
        ("village", FieldCode::Required | FieldCode::UnknownVillage) => "Pilih desa atau kelurahan Anda.",
        ("setuju", FieldCode::Required) => {
            "Beri tanda bahwa petugas boleh menelepon Anda. Tanpa itu kami tidak boleh."
        }
        ("person", FieldCode::Required) => "Pilih satu nama.",
        ("yakin", FieldCode::Required) => "Beri tanda bahwa Anda mengerti.",
        _ => return super::fields::sentence(code, limit),
    };
    own.to_owned()
}

/// Name and password that open nothing.
pub const WRONG_LOGIN: &str = "Nomor HP, nama akun, atau kata sandi tidak cocok. Periksa lagi keduanya.";

/// A code that is refused, whatever the cause.
pub const CODE_REFUSED: &str = "Kode atau tahun lahir tidak cocok. Periksa 12 angka di kertas dan tahun lahir Anda. Kode hanya \
                                bisa dipakai sekali; bila perlu, minta kode baru ke Dinas atau pendamping desa.";

/// Number and code of a complaint that belong to none.
pub const NO_SUCH_COMPLAINT: &str =
    "Nomor dan kode ini tidak cocok dengan aduan mana pun. Periksa lagi keduanya.";

/// No district is chosen, or none of this regency.
pub const CHOOSE_DISTRICT: &str = "Pilih kecamatan tempat Anda tinggal.";

/// How long somebody has to wait, in minutes.
pub fn wait(minutes: u64) -> String {
    format!("Terlalu banyak percobaan. Demi keamanan, coba lagi {minutes} menit lagi.")
}

/// What else somebody sees when what they sent met another state than they saw.
pub const CHANGED: &str = "Keadaannya sudah berubah sejak halaman ini Anda buka. Yang terbaru ada di bawah ini; belum ada yang \
                           dikirim.";
