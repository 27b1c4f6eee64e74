//! What problems say: title and advice by code.
use crate::{domain::codes::ProblemCode, words::Problem};

/// What is wrong, and what to do about it.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each code, and all in one match so that none is forgotten"
)]
pub fn problem(code: ProblemCode) -> Problem {
    let (title, advice) = match code {
        ProblemCode::AccountNotActive => ("Akun tidak aktif", "Hubungi Dinas untuk mengaktifkan akun."),
        ProblemCode::AlreadyOpen => {
            ("Lamaran untuk lowongan ini masih berjalan", "Lanjutkan lamaran yang ada.")
        }
        ProblemCode::BadCursor => {
            ("Penanda halaman tidak dikenal", "Mulai lagi dari halaman pertama, tanpa cursor.")
        }
        ProblemCode::BadKey => {
            ("Idempotency-Key tidak sah", "Pakai 8 sampai 200 huruf, angka, atau tanda - _ . : saja.")
        }
        ProblemCode::BadRequest => {
            ("Permintaan tidak dapat dipahami", "Periksa permintaan menurut dokumentasi di /docs.")
        }
        ProblemCode::BadVersion => {
            ("If-Match tidak sah", "Kirim nilai ETag dari jawaban terakhir, lengkap dengan tanda kutipnya.")
        }
        ProblemCode::BelowLegalAge => (
            "Belum cukup umur untuk bekerja",
            "Menurut undang-undang paling muda 18 tahun, untuk magang 17 tahun, pada hari mulai bekerja.",
        ),
        ProblemCode::BodyTooLarge => {
            ("Isi permintaan terlalu besar", "Kirim paling banyak 1 MiB dalam satu permintaan.")
        }
        ProblemCode::Busy => ("Layanan sedang sibuk", "Coba lagi sebentar lagi; tidak ada yang berubah."),
        ProblemCode::ClassKnown => (
            "Angkatan ini sudah tercatat",
            "Program ini sudah punya angkatan dengan nama itu; pakai nama lain atau tambahkan peserta ke sana.",
        ),
        ProblemCode::CodeRefused => (
            "Kode atau tahun lahir tidak cocok",
            "Periksa 12 angka pada kertas dan tahun lahir. Kode hanya bisa dipakai sekali dan ada batas waktunya; minta \
             kode baru ke Dinas atau pendamping desa bila perlu.",
        ),
        ProblemCode::CounterBroken => {
            ("Hitungan kursi tidak cocok", "Sampaikan kepada Dinas; perubahan ini tidak dijalankan.")
        }
        ProblemCode::CrossSite => {
            ("Permintaan dari situs lain ditolak", "Kirim formulir dari halaman layanan ini sendiri.")
        }
        ProblemCode::EmployerNotVerified => {
            ("Pemberi kerja belum diverifikasi", "Verifikasi pemberi kerja sebelum menayangkan lowongannya.")
        }
        ProblemCode::EmployerSuspended => (
            "Pemberi kerja sedang ditangguhkan",
            "Tunggu sampai Dinas memulihkan pemberi kerja; tenggatnya berhenti selama itu.",
        ),
        ProblemCode::EvidenceKnown => {
            ("Bukti ini sudah tercatat", "Kriteria dengan tanggal yang sama sudah ada untuk warga ini.")
        }
        ProblemCode::FollowUpNotOpen => {
            ("Tidak ada pertanyaan lanjutan yang terbuka", "Periksa bulan dan jawaban yang sudah tercatat.")
        }
        ProblemCode::Held => (
            "Lamaran sedang ditahan",
            "Warga sudah diterima di tempat lain; tunggu sampai ia mulai bekerja atau batal.",
        ),
        ProblemCode::IdempotencyKeyReused => {
            ("Idempotency-Key sudah dipakai", "Pakai kunci baru untuk permintaan yang lain.")
        }
        ProblemCode::Internal => (
            "Terjadi kesalahan pada layanan",
            "Coba lagi; bila berulang, sampaikan nilai X-Request-Id kepada Dinas.",
        ),
        ProblemCode::InClass => (
            "Masih mengikuti pelatihan",
            "Peserta angkatan diusulkan mulai dua minggu sebelum pelatihannya selesai.",
        ),
        ProblemCode::InvalidFields => {
            ("Ada isian yang tidak dapat diterima", "Perbaiki isian yang disebut pada errors.")
        }
        ProblemCode::KeyMissing => {
            ("Idempotency-Key tidak ada", "Kirim kepala Idempotency-Key yang unik untuk tiap perubahan.")
        }
        ProblemCode::LimitReached => {
            ("Batas sudah tercapai", "Muat ulang keadaan terbaru sebelum mencoba lagi.")
        }
        ProblemCode::LoginMissing => {
            ("Belum masuk", "Masuk dahulu, lalu kirim token pada kepala Authorization.")
        }
        ProblemCode::MalformedJson => {
            ("Isi bukan JSON yang sah", "Periksa tanda kurung, koma, dan tanda kutip.")
        }
        ProblemCode::MalformedQuery => (
            "Parameter tidak dapat diterima",
            "Periksa nama dan nilai parameter menurut dokumentasi di /docs.",
        ),
        ProblemCode::MethodNotAllowed => {
            ("Metode tidak tersedia", "Lihat kepala Allow untuk metode yang tersedia.")
        }
        ProblemCode::NeedsTarget => {
            ("Keadaan tujuan belum disebut", "Sebutkan keadaan yang benar pada target.")
        }
        ProblemCode::NibKnown => ("NIB sudah terdaftar", "Pakai data pemberi kerja yang sudah ada."),
        ProblemCode::NikKnown => ("Warga dengan NIK ini sudah terdaftar", "Pakai data warga yang sudah ada."),
        ProblemCode::NoSeat => ("Semua kursi sudah terisi", "Tutup lowongan atau tambah jumlah kursinya."),
        ProblemCode::NoSlot => {
            ("Belum ada tempat rujukan kosong", "Tunggu jawaban pemberi kerja atas rujukan yang berjalan.")
        }
        ProblemCode::NotSeeking => {
            ("Warga tidak sedang mencari kerja", "Perbarui statusnya bila ia mencari kerja lagi.")
        }
        ProblemCode::ObjectsToRanking => {
            ("Warga keberatan dinilai secara otomatis", "Tawarkan lowongan secara langsung.")
        }
        ProblemCode::NotFound => ("Tidak ditemukan", "Alamat ini tidak ada, atau bukan untuk Anda."),
        ProblemCode::NotJson => ("Isi harus JSON", "Kirim isi dengan Content-Type: application/json."),
        ProblemCode::PersonLiveLimit => {
            ("Warga sudah punya tiga lamaran yang berjalan", "Tunggu salah satunya selesai.")
        }
        ProblemCode::PersonNotMatchable => (
            "Warga ini tidak dapat diusulkan sekarang",
            "Periksa status, penempatan, lamaran berjalan, dan pilihannya atas pemeringkatan.",
        ),
        ProblemCode::PersonPlaced => {
            ("Warga sudah ditempatkan", "Catat akhir pekerjaannya bila ia sudah berhenti.")
        }
        ProblemCode::PolicyChanged => ("Kebijakan baru saja diubah", "Muat ulang kebijakan, lalu ulangi."),
        ProblemCode::PolicyRefused => ("Kebijakan ditolak", "Perbaiki isian yang disebut pada errors."),
        ProblemCode::RightMissing => {
            ("Hak belum diberikan", "Minta penyelia memberikan hak untuk tindakan ini.")
        }
        ProblemCode::RoleNotAllowed => {
            ("Peran Anda tidak dapat melakukan ini", "Masuk dengan akun yang berperan sesuai.")
        }
        ProblemCode::RunGivenUp => ("Proses pemadanan sudah dihentikan", "Mulai proses baru."),
        ProblemCode::RunHasNoArchive => (
            "Angka proses ini tidak tersimpan",
            "Proses yang gagal, belum selesai, atau lewat masa simpan tidak dapat dibuktikan kembali.",
        ),
        ProblemCode::RunHasNoReport => (
            "Proses ini tidak punya laporan",
            "Pakai proses yang selesai; untuk proses lama, jalankan proses baru.",
        ),
        ProblemCode::RunInProgress => ("Proses pemadanan lain masih berjalan", "Tunggu sampai selesai."),
        ProblemCode::RunNotPublishable => (
            "Proses ini tidak dapat ditayangkan",
            "Hanya proses yang selesai dan belum ditayangkan yang dapat dipakai.",
        ),
        ProblemCode::RunNotRunning => {
            ("Proses pemadanan ini tidak sedang berjalan", "Muat ulang keadaan prosesnya.")
        }
        ProblemCode::SeatsBelowTaken => {
            ("Jumlah kursi kurang dari yang sudah terisi", "Isi jumlah yang sama atau lebih besar.")
        }
        ProblemCode::SourceIdKnown => ("Data dari sumber ini sudah ada", "Perbarui data yang sudah ada."),
        ProblemCode::StaleVersion => {
            ("Data sudah berubah", "Muat ulang data, periksa perubahannya, lalu ulangi.")
        }
        ProblemCode::MessageNotSent => (
            "Ada pesan yang tidak terkirim",
            "Lihat sebabnya di daftar pesan; yang sementara dicoba lagi sendiri.",
        ),
        ProblemCode::OfficePhoneMissing => (
            "Nomor telepon kantor belum diisi",
            "Setiap pesan memuat nomor kantor: isi office_phone di konfigurasi layanan.",
        ),
        ProblemCode::StepAnswered => {
            ("Langkah ini sudah dijawab", "Buat langkah baru bila masih ada yang perlu dikerjakan.")
        }
        ProblemCode::StepOpen => (
            "Langkah seperti ini masih berjalan untuk warga ini",
            "Lanjutkan langkah yang ada, atau catat hasilnya lebih dahulu.",
        ),
        ProblemCode::TimedOut => (
            "Layanan tidak sempat menjawab",
            "Periksa keadaan terbaru sebelum mencoba lagi dengan kunci yang sama.",
        ),
        ProblemCode::TokenExpired => ("Sesi sudah berakhir", "Perbarui token atau masuk lagi."),
        ProblemCode::TokenInvalid => ("Token tidak berlaku", "Masuk lagi."),
        ProblemCode::TokenReused => {
            ("Sesi dihentikan demi keamanan", "Token pembaru dipakai dua kali; masuk lagi.")
        }
        ProblemCode::TooManyAttempts => {
            ("Terlalu banyak percobaan", "Tunggu sesuai kepala Retry-After, lalu coba lagi.")
        }
        ProblemCode::UnacceptableBody => {
            ("Isi tidak sesuai", "Periksa nama dan jenis isian menurut dokumentasi di /docs.")
        }
        ProblemCode::Unavailable => (
            "Basis data sedang tidak dapat dipakai",
            "Kirim lagi sebentar lagi dengan Idempotency-Key yang sama: yang sudah terjadi tidak terjadi dua kali.",
        ),
        ProblemCode::UndoConsent => {
            ("Persetujuan tidak dapat dibatalkan", "Catat penarikan diri bila warga berubah pikiran.")
        }
        ProblemCode::UndoMovedOn => {
            ("Sudah ada perubahan setelahnya", "Batalkan dahulu perubahan yang terakhir.")
        }
        ProblemCode::UndoNotUndoable => {
            ("Kejadian ini tidak dapat dibatalkan", "Minta penyelia membuat koreksi.")
        }
        ProblemCode::UndoOnlyWithCause => ("Ini akibat dari kejadian lain", "Batalkan kejadian penyebabnya."),
        ProblemCode::UndoOtherOrganisation => {
            ("Dicatat oleh organisasi lain", "Minta organisasi yang mencatat untuk membatalkannya.")
        }
        ProblemCode::UndoTooLate => ("Batas waktu pembatalan sudah lewat", "Minta penyelia membuat koreksi."),
        ProblemCode::VacancyNotOpen => {
            ("Lowongan tidak terbuka", "Periksa keadaan dan tanggal penutupan lowongan.")
        }
        ProblemCode::VersionMissing => {
            ("If-Match tidak ada", "Kirim nilai ETag data yang Anda lihat pada kepala If-Match.")
        }
        ProblemCode::WrongActor => {
            ("Tindakan ini bukan untuk peran Anda", "Lihat tindakan yang tersedia pada data ini.")
        }
        ProblemCode::WrongLogin => ("Nama masuk atau kata sandi salah", "Periksa keduanya dan coba lagi."),
        ProblemCode::WrongState => (
            "Tidak dapat dilakukan pada keadaan sekarang",
            "Muat ulang data dan lihat tindakan yang tersedia.",
        ),
    };
    Problem { title, advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_problems_share_their_words() {
        let said: std::collections::BTreeSet<_> =
            ProblemCode::ALL.iter().map(|code| problem(*code).title).collect();
        assert_eq!(said.len(), ProblemCode::ALL.len());
        for code in ProblemCode::ALL {
            let Problem { title, advice } = problem(*code);
            assert!(!title.ends_with('.') && advice.ends_with('.'), "{code}");
        }
    }
}
