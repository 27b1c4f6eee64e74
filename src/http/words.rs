//! What problems say to people: title and advice in Bahasa Indonesia by stable code. A test fails for a code used in
//! `src/` that has no words here. Explanations of matches have their words in the submodules, one for each reader.
pub mod employer;
pub mod person;
pub mod policy;
pub mod quoting;
pub mod reasons;
pub mod staff;

use axum::http::StatusCode;

/// Code, title, advice.
const PROBLEMS: &[(&str, &str, &str)] = &[
    ("account_not_active", "Akun tidak aktif", "Hubungi Dinas untuk mengaktifkan akun."),
    ("already_open", "Lamaran untuk lowongan ini masih berjalan", "Lanjutkan lamaran yang ada."),
    ("bad_cursor", "Penanda halaman tidak dikenal", "Mulai lagi dari halaman pertama, tanpa cursor."),
    ("bad_key", "Idempotency-Key tidak sah", "Pakai 8 sampai 200 huruf, angka, atau tanda - _ . : saja."),
    ("bad_request", "Permintaan tidak dapat dipahami", "Periksa permintaan menurut dokumentasi di /docs."),
    (
        "bad_version",
        "If-Match tidak sah",
        "Kirim nilai ETag dari jawaban terakhir, lengkap dengan tanda kutipnya.",
    ),
    ("body_too_large", "Isi permintaan terlalu besar", "Kirim paling banyak 1 MiB dalam satu permintaan."),
    (
        "unavailable",
        "Basis data sedang tidak dapat dipakai",
        "Kirim lagi sebentar lagi dengan Idempotency-Key yang sama: yang sudah terjadi tidak terjadi dua kali.",
    ),
    ("busy", "Layanan sedang sibuk", "Coba lagi sebentar lagi; tidak ada yang berubah."),
    (
        "counter_broken",
        "Hitungan kursi tidak cocok",
        "Sampaikan kepada Dinas; perubahan ini tidak dijalankan.",
    ),
    ("cross_site", "Permintaan dari situs lain ditolak", "Kirim formulir dari halaman layanan ini sendiri."),
    (
        "employer_not_verified",
        "Pemberi kerja belum diverifikasi",
        "Verifikasi pemberi kerja sebelum menayangkan lowongannya.",
    ),
    (
        "evidence_known",
        "Bukti ini sudah tercatat",
        "Kriteria dengan tanggal yang sama sudah ada untuk warga ini.",
    ),
    (
        "follow_up_not_open",
        "Tidak ada pertanyaan lanjutan yang terbuka",
        "Periksa bulan dan jawaban yang sudah tercatat.",
    ),
    (
        "held",
        "Lamaran sedang ditahan",
        "Warga sudah diterima di tempat lain; tunggu sampai ia mulai bekerja atau batal.",
    ),
    (
        "idempotency_key_reused",
        "Idempotency-Key sudah dipakai",
        "Pakai kunci baru untuk permintaan yang lain.",
    ),
    (
        "internal",
        "Terjadi kesalahan pada layanan",
        "Coba lagi; bila berulang, sampaikan nilai X-Request-Id kepada Dinas.",
    ),
    ("invalid_fields", "Ada isian yang tidak dapat diterima", "Perbaiki isian yang disebut pada errors."),
    (
        "key_missing",
        "Idempotency-Key tidak ada",
        "Kirim kepala Idempotency-Key yang unik untuk tiap perubahan.",
    ),
    ("limit_reached", "Batas sudah tercapai", "Muat ulang keadaan terbaru sebelum mencoba lagi."),
    ("login_missing", "Belum masuk", "Masuk dahulu, lalu kirim token pada kepala Authorization."),
    ("malformed_json", "Isi bukan JSON yang sah", "Periksa tanda kurung, koma, dan tanda kutip."),
    (
        "malformed_query",
        "Parameter tidak dapat diterima",
        "Periksa nama dan nilai parameter menurut dokumentasi di /docs.",
    ),
    ("method_not_allowed", "Metode tidak tersedia", "Lihat kepala Allow untuk metode yang tersedia."),
    ("needs_target", "Keadaan tujuan belum disebut", "Sebutkan keadaan yang benar pada target."),
    ("nib_known", "NIB sudah terdaftar", "Pakai data pemberi kerja yang sudah ada."),
    ("nik_known", "Warga dengan NIK ini sudah terdaftar", "Pakai data warga yang sudah ada."),
    ("no_seat", "Semua kursi sudah terisi", "Tutup lowongan atau tambah jumlah kursinya."),
    (
        "no_slot",
        "Belum ada tempat rujukan kosong",
        "Tunggu jawaban pemberi kerja atas rujukan yang berjalan.",
    ),
    ("not_found", "Tidak ditemukan", "Alamat ini tidak ada, atau bukan untuk Anda."),
    ("not_json", "Isi harus JSON", "Kirim isi dengan Content-Type: application/json."),
    ("person_live_limit", "Warga sudah punya tiga lamaran yang berjalan", "Tunggu salah satunya selesai."),
    (
        "person_not_matchable",
        "Warga ini tidak dapat diusulkan sekarang",
        "Periksa status, penempatan, lamaran berjalan, dan pilihannya atas pemeringkatan.",
    ),
    ("person_placed", "Warga sudah ditempatkan", "Catat akhir pekerjaannya bila ia sudah berhenti."),
    ("policy_changed", "Kebijakan baru saja diubah", "Muat ulang kebijakan, lalu ulangi."),
    ("policy_refused", "Kebijakan ditolak", "Perbaiki isian yang disebut pada errors."),
    ("right_missing", "Hak belum diberikan", "Minta penyelia memberikan hak untuk tindakan ini."),
    ("role_not_allowed", "Peran Anda tidak dapat melakukan ini", "Masuk dengan akun yang berperan sesuai."),
    ("run_given_up", "Proses pemadanan sudah dihentikan", "Mulai proses baru."),
    (
        "run_has_no_archive",
        "Angka proses ini tidak tersimpan",
        "Proses yang gagal, belum selesai, atau lewat masa simpan tidak dapat dibuktikan kembali.",
    ),
    ("run_has_no_report", "Proses ini tidak punya laporan", "Hanya proses yang selesai yang punya laporan."),
    ("run_in_progress", "Proses pemadanan lain masih berjalan", "Tunggu sampai selesai."),
    (
        "run_not_publishable",
        "Proses ini tidak dapat ditayangkan",
        "Hanya proses yang selesai dan belum ditayangkan yang dapat dipakai.",
    ),
    ("run_not_running", "Proses pemadanan ini tidak sedang berjalan", "Muat ulang keadaan prosesnya."),
    (
        "seats_below_taken",
        "Jumlah kursi kurang dari yang sudah terisi",
        "Isi jumlah yang sama atau lebih besar.",
    ),
    ("source_id_known", "Data dari sumber ini sudah ada", "Perbarui data yang sudah ada."),
    ("stale_version", "Data sudah berubah", "Muat ulang data, periksa perubahannya, lalu ulangi."),
    (
        "timed_out",
        "Layanan tidak sempat menjawab",
        "Periksa keadaan terbaru sebelum mencoba lagi dengan kunci yang sama.",
    ),
    ("token_expired", "Sesi sudah berakhir", "Perbarui token atau masuk lagi."),
    ("token_invalid", "Token tidak berlaku", "Masuk lagi."),
    ("token_reused", "Sesi dihentikan demi keamanan", "Token pembaru dipakai dua kali; masuk lagi."),
    ("too_many_attempts", "Terlalu banyak percobaan", "Tunggu sesuai kepala Retry-After, lalu coba lagi."),
    ("unacceptable_body", "Isi tidak sesuai", "Periksa nama dan jenis isian menurut dokumentasi di /docs."),
    (
        "undo_consent",
        "Persetujuan tidak dapat dibatalkan",
        "Catat penarikan diri bila warga berubah pikiran.",
    ),
    ("undo_moved_on", "Sudah ada perubahan setelahnya", "Batalkan dahulu perubahan yang terakhir."),
    ("undo_not_undoable", "Kejadian ini tidak dapat dibatalkan", "Minta penyelia membuat koreksi."),
    ("undo_only_with_cause", "Ini akibat dari kejadian lain", "Batalkan kejadian penyebabnya."),
    (
        "undo_other_organisation",
        "Dicatat oleh organisasi lain",
        "Minta organisasi yang mencatat untuk membatalkannya.",
    ),
    ("undo_too_late", "Batas waktu pembatalan sudah lewat", "Minta penyelia membuat koreksi."),
    ("vacancy_not_open", "Lowongan tidak terbuka", "Periksa keadaan dan tanggal penutupan lowongan."),
    ("version_missing", "If-Match tidak ada", "Kirim nilai ETag data yang Anda lihat pada kepala If-Match."),
    ("wrong_actor", "Tindakan ini bukan untuk peran Anda", "Lihat tindakan yang tersedia pada data ini."),
    ("wrong_login", "Nama masuk atau kata sandi salah", "Periksa keduanya dan coba lagi."),
    (
        "wrong_state",
        "Tidak dapat dilakukan pada keadaan sekarang",
        "Muat ulang data dan lihat tindakan yang tersedia.",
    ),
];

/// Code of a field, sentence.
const FIELDS: &[(&str, &str)] = &[
    ("ambiguous_name", "Nama ini dipakai lebih dari satu data; pakai id."),
    ("bad_login", "Pakai 3 sampai 100 huruf, angka, atau tanda . - _ @ + saja."),
    ("channel_not_allowed", "Saluran ini hanya untuk warga yang masuk sendiri."),
    ("date_in_future", "Tanggal ini belum terjadi."),
    ("date_in_the_past", "Tanggal ini sudah lewat."),
    ("date_out_of_range", "Tanggal di luar batas yang wajar."),
    ("desil_order", "Poin desil harus menurun dari desil 1."),
    ("desil_out_of_range", "Desil harus angka 1 sampai 10."),
    ("employer_missing", "Peran ini perlu pemberi kerja."),
    ("employer_not_allowed", "Peran ini tidak boleh terikat pada pemberi kerja."),
    ("floors_refused", "Batas bawah tidak dapat dipenuhi bersama; alasannya disebut di pesan."),
    ("kbji_shape", "Kode KBJI tidak benar."),
    ("login_taken", "Nama masuk sudah dipakai."),
    ("number_out_of_range", "Angka di luar batas yang wajar."),
    ("organisation_missing", "Peran ini perlu organisasi."),
    ("organisation_not_allowed", "Peran ini tidak boleh terikat pada organisasi."),
    ("out_of_range", "Angka di luar batas yang wajar."),
    ("outside_own_village", "Hanya warga desa/kelurahan sendiri yang dapat didaftarkan."),
    ("password_too_long", "Kata sandi terlalu panjang."),
    ("password_too_short", "Kata sandi paling sedikit 8 huruf."),
    ("people_not_allowed", "Peran ini tidak memegang data warga."),
    ("policy_refused", "Kebijakan ini tidak dapat dijalankan."),
    ("required", "Wajib diisi."),
    ("rights_not_allowed", "Hak hanya untuk petugas."),
    ("too_long", "Isi terlalu panjang."),
    ("unknown_code", "Pilihan ini tidak dikenal."),
    ("unknown_employer", "Pemberi kerja tidak dikenal."),
    ("unknown_organisation", "Organisasi tidak dikenal."),
    ("unknown_person", "Warga tidak dikenal."),
    ("unknown_policy", "Kebijakan tidak dikenal."),
    ("unknown_reason", "Alasan tidak ada dalam daftar."),
    ("unknown_village", "Desa/kelurahan ini tidak ada di Kabupaten Sukoharjo."),
    ("unreadable_file", "Berkas tidak terbaca."),
    ("wrong_kind_of_organisation", "Jenis organisasi tidak sesuai dengan peran."),
];

/// Title and advice for a code; for a code without words, those of its status.
pub fn problem(code: &str, status: StatusCode) -> (&'static str, &'static str) {
    if let Some((_, title, advice)) = PROBLEMS.iter().find(|(known, _, _)| *known == code) {
        return (title, advice);
    }
    match status {
        StatusCode::CONFLICT => {
            ("Bertentangan dengan keadaan sekarang", "Muat ulang keadaan terbaru dan periksa aturannya.")
        }
        StatusCode::FORBIDDEN => ("Tidak diizinkan", "Masuk dengan akun yang berhak."),
        status if status.is_server_error() => {
            ("Terjadi kesalahan pada layanan", "Coba lagi; bila berulang, hubungi Dinas.")
        }
        _ => ("Permintaan tidak dapat diterima", "Periksa permintaan menurut dokumentasi di /docs."),
    }
}

/// The sentence for a field's code.
pub fn field(code: &str) -> &'static str {
    let found = FIELDS.iter().find(|(known, _)| *known == code);
    found.map_or("Isian ini tidak dapat diterima.", |(_, sentence)| sentence)
}

/// Whether a problem code has words of its own.
pub fn knows_problem(code: &str) -> bool {
    PROBLEMS.iter().any(|(known, _, _)| *known == code)
}

/// Whether a field code has a sentence of its own.
pub fn knows_field(code: &str) -> bool {
    FIELDS.iter().any(|(known, _)| *known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_unique() {
        assert!(PROBLEMS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(FIELDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
