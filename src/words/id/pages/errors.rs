//! What a page says instead of what was asked for: in plain words, with a way on.
use crate::{
    domain::codes::ProblemCode,
    words::{Problem, id::problems},
};

/// What went wrong, by the status of the answer; where the code says more about what the person did, by the code.
pub fn problem(status: u16, code: ProblemCode) -> Problem {
    let (title, advice) = match status {
        400 | 413 | 415 | 422 => (
            "Isian ini tidak dapat kami baca",
            "Kembali ke halaman sebelumnya, periksa isian Anda, lalu kirim lagi.",
        ),
        401 => ("Anda belum masuk", "Masuk dulu, lalu buka halaman ini lagi."),
        403 if code == ProblemCode::CrossSite => (
            "Kiriman dari situs lain kami tolak",
            "Demi keamanan, isian hanya diterima dari halaman layanan ini sendiri. Buka halamannya dan isi di sini.",
        ),
        403 => (
            "Halaman ini bukan untuk akun Anda",
            "Periksa apakah Anda masuk dengan akun yang benar. Bila menurut Anda ini keliru, hubungi Dinas.",
        ),
        404 => (
            "Halaman ini tidak ada",
            "Alamatnya mungkin salah ketik, atau isinya sudah dihapus. Mulai lagi dari salah satu tautan di bawah.",
        ),
        405 => {
            ("Halaman ini tidak dapat dibuka dengan cara itu", "Mulai lagi dari salah satu tautan di bawah.")
        }
        409 | 412 => return problems::problem(code),
        410 => ("Ini sudah tidak ada lagi", "Lihat yang masih terbuka di daftar lowongan."),
        429 => (
            "Terlalu banyak percobaan",
            "Demi keamanan, tunggu beberapa menit lalu coba lagi. Tidak ada yang berubah.",
        ),
        503 => (
            "Layanan sedang sibuk",
            "Tunggu sebentar lalu coba lagi. Yang belum selesai terkirim tidak tersimpan separuh: semuanya, atau tidak sama sekali.",
        ),
        _ => (
            "Ada gangguan pada layanan kami",
            "Ini bukan kesalahan Anda. Coba lagi sebentar lagi. Bila tetap begitu, hubungi Dinas dan sebutkan nomor di bawah.",
        ),
    };
    Problem { title, advice }
}
