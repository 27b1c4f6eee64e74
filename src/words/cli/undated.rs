//! Evidence whose date nobody told, at the terminal.
/// Nothing is left to be looked up.
pub const ALL_DATED: &str = "Semua bukti yang masih berlaku punya tanggal yang diisi orang.";

/// What the columns are.
pub const COLUMNS: [&str; 6] = ["id", "nama", "bukti", "sumber", "bertanggal", "dicatat (WIB)"];

/// What the list means and what to do, after it; `more`: there is more than was shown.
pub fn advice(shown: usize, more: bool) -> Vec<String> {
    let mut lines = vec![
        "bertanggal: tidak pernah diisi, sama dengan hari bukti dicatat".to_owned(),
        "Tanyakan tanggal yang benar: desil kepada operator desa atau Dinas Sosial,".to_owned(),
        "yang lain kepada warganya. Catat dengan sumber dan tanggalnya; bukti lama".to_owned(),
        "terhapus sendiri. Sampai itu terjadi bukti di atas tetap dihitung.".to_owned(),
    ];
    if more {
        lines.push(format!("{shown} bukti pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal_and_tells_no_more_than_there_is() {
        for line in advice(50, true) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
        assert!(!advice(3, false).iter().any(|line| line.contains("--top")));
    }
}
