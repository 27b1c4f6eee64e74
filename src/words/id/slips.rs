//! What stands on a slip of paper with a one-time code.
use chrono::NaiveDate;

use crate::words::id::dates;

/// Title of the sheet.
pub const TITLE: &str = "Kode mulai akun";
/// First step, before the address.
pub const OPEN: &str = "Buka";
/// Second step.
pub const KIND_IN: &str = "Ketik 12 angka di atas dan tahun lahir Anda.";
/// Third step.
pub const CHOOSE: &str = "Isi nomor HP dan buat kata sandi.";
/// What the picture is.
pub const QR: &str = "Kode QR berisi alamat di sebelah kiri";
/// What everybody must know.
pub const WARNING: &str = "Gratis. Kami tidak pernah meminta uang atau kode ini. Jangan berikan kode ini kepada orang \
                           lain; bila hilang, minta yang baru ke Dinas atau pendamping desa.";

/// Until when the code holds.
pub fn until(last: NaiveDate) -> String {
    format!("Berlaku sampai {}, sekali pakai.", dates::long(last))
}
