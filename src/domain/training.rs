//! What came of a training. Belongs here: the closed list of results and the words for them. Does not belong here: what a
//! result is worth (`matching`).
use crate::domain::machine::text_enum;

text_enum! {
    /// How a training ended for somebody. The texts are those of the database and the API.
    Outcome: "training result" {
        /// K, kompeten: passed.
        Passed = "competent",
        /// BK, belum kompeten: taken to the end and not passed.
        Failed = "not_yet",
        /// Given up, or sent away before the end.
        BrokenOff = "broken_off",
        /// Not over yet.
        Running = "running",
        /// Nothing is known.
        Unknown = "unknown",
    }
}

impl Outcome {
    /// Reads the words of certificates and office sheets: `K`, `BK`, `K (Kompeten)`, `Lulus`, `Gugur`, `sedang berlangsung`.
    /// `None` for what is not understood.
    pub fn read(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let denied = has(&["tidak", "tdk", "belum", "blm", "not", "tak", "gagal", "non"]);
        if has(&[
            "gugur",
            "mengundurkan",
            "mundur",
            "undur",
            "keluar",
            "dikeluarkan",
            "berhenti",
            "drop",
            "putus",
            "batal",
            "broken",
        ]) || words == ["do"]
            || (denied
                && has(&["selesai", "menyelesaikan", "hadir", "mengikuti", "tamat"])
                && !has(&["belum", "blm"]))
        {
            return Some(Self::BrokenOff);
        }
        if has(&["sedang", "masih", "berlangsung", "berjalan", "proses", "running"])
            || (has(&["belum", "blm"]) && has(&["selesai", "ujian", "uji", "tamat", "diuji"]))
        {
            return Some(Self::Running);
        }
        if has(&["bk", "gagal"])
            || words == ["not", "yet"]
            || (denied && has(&["kompeten", "lulus", "lolos", "competent", "k"]))
        {
            return Some(Self::Failed);
        }
        if has(&["k", "kompeten", "lulus", "lolos", "competent", "passed", "berhasil"]) {
            return Some(Self::Passed);
        }
        (words == ["unknown"] || (denied && has(&["diketahui", "ada"]))).then_some(Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn results_are_read_as_offices_write_them() {
        let cases = [
            ("K", Outcome::Passed),
            ("k.", Outcome::Passed),
            ("K (Kompeten)", Outcome::Passed),
            ("Kompeten (K)", Outcome::Passed),
            ("LULUS", Outcome::Passed),
            ("BK", Outcome::Failed),
            ("Belum Kompeten (BK)", Outcome::Failed),
            ("BK (belum kompeten)", Outcome::Failed),
            ("tidak lulus", Outcome::Failed),
            ("Tdk. Lulus", Outcome::Failed),
            ("blm kompeten", Outcome::Failed),
            ("not_yet", Outcome::Failed),
            ("Gugur", Outcome::BrokenOff),
            ("mengundurkan diri", Outcome::BrokenOff),
            ("Tidak selesai", Outcome::BrokenOff),
            ("DO", Outcome::BrokenOff),
            ("Sedang berlangsung", Outcome::Running),
            ("masih pelatihan", Outcome::Running),
            ("belum ujian", Outcome::Running),
            ("tidak diketahui", Outcome::Unknown),
        ];
        for (text, expected) in cases {
            assert_eq!(Outcome::read(text), Some(expected), "{text}");
        }
        for text in ["", "?", "85", "A", "baik"] {
            assert_eq!(Outcome::read(text), None, "{text}");
        }
    }

    #[test]
    fn stored_words_are_read_again() {
        for result in Outcome::ALL {
            assert_eq!(Outcome::read(result.as_str()), Some(*result));
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,30}") {
            let _ = Outcome::read(&text);
        }
    }
}
