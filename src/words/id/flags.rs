//! What officers must decide about in a vacancy: the kinds by name, what is wrong with a reason, and the invented reasons of
//! samples.
use crate::domain::{
    codes::FieldCode,
    flag::{FlagKind, LEAST_LETTERS, LEAST_WORDS},
};

/// The name of a kind, inside a sentence.
pub fn kind(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Age => "batas usia",
        FlagKind::Sex => "jenis kelamin",
        FlagKind::MaritalStatus => "status pernikahan atau keluarga",
        FlagKind::Pregnancy => "syarat tidak hamil",
        FlagKind::Looks => "penampilan atau ukuran badan",
        FlagKind::Religion => "agama",
        FlagKind::Ethnicity => "suku atau keturunan",
        FlagKind::PhysicalCondition => "kondisi badan",
        FlagKind::Fee => "biaya dari pelamar",
        FlagKind::WithheldDiploma => "ijazah atau surat milik pelamar yang ditahan",
        FlagKind::WageBelowMinimum => "upah di bawah upah minimum",
    }
}

/// The name of a kind in the cell of a table.
pub const fn in_short(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Age => "usia",
        FlagKind::Sex => "jenis kelamin",
        FlagKind::MaritalStatus => "status nikah",
        FlagKind::Pregnancy => "kehamilan",
        FlagKind::Looks => "penampilan",
        FlagKind::Religion => "agama",
        FlagKind::Ethnicity => "suku",
        FlagKind::PhysicalCondition => "kondisi badan",
        FlagKind::Fee => "biaya",
        FlagKind::WithheldDiploma => "ijazah ditahan",
        FlagKind::WageBelowMinimum => "upah rendah",
    }
}

/// A kind with the sentence that caused it.
pub fn found(about: FlagKind, sentence: &str) -> String {
    let name = kind(about);
    if sentence.is_empty() { name.to_owned() } else { format!("{name} (\"{sentence}\")") }
}

/// Why a reason for a flag cannot be accepted: the flag, its sentence and the rule.
pub fn refused(code: FieldCode, (about, sentence): (FlagKind, &str), other: Option<FlagKind>) -> String {
    let found = found(about, sentence);
    let rule = format!("paling sedikit {LEAST_LETTERS} huruf dan {LEAST_WORDS} kata yang berbeda");
    match (code, other) {
        (FieldCode::FlagAbsent, _) => format!("Lowongan ini tidak memuat {found}; hapus alasannya."),
        (FieldCode::FlagForbidden, _) => format!(
            "Lowongan ini memuat {found}. Itu tidak boleh tayang dengan alasan apa pun: minta pemberi kerja menghapusnya. Bila \
             maksud kalimatnya lain, sebut {about} di misread dan jelaskan di reasons."
        ),
        (FieldCode::ReasonRepeated, Some(other)) => format!(
            "Alasan untuk {found} sama dengan alasan untuk {}; tulis alasan sendiri untuk tiap hal.",
            kind(other)
        ),
        (FieldCode::ReasonTooShort, _) => format!("Alasan untuk {found} terlalu pendek: {rule}."),
        _ => format!("Lowongan ini memuat {found}. Tulis alasan mengapa boleh tayang: {rule}."),
    }
}

/// An invented reason by which a sample is published at the terminal.
pub fn of_sample(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Age => "(contoh) iklan peragaan, batas usia belum ditanyakan",
        FlagKind::Sex => "(contoh) iklan peragaan, jenis kelamin belum ditanyakan",
        FlagKind::MaritalStatus => "(contoh) iklan peragaan, status nikah belum ditanyakan",
        FlagKind::Pregnancy => "(contoh) iklan peragaan, syarat kehamilan belum ditanyakan",
        FlagKind::Looks => "(contoh) iklan peragaan, syarat penampilan belum ditanyakan",
        FlagKind::Religion => "(contoh) iklan peragaan, syarat agama belum ditanyakan",
        FlagKind::Ethnicity => "(contoh) iklan peragaan, syarat suku belum ditanyakan",
        FlagKind::PhysicalCondition => "(contoh) iklan peragaan, kondisi badan belum ditanyakan",
        FlagKind::Fee => "(contoh) iklan peragaan, biaya belum ditanyakan",
        FlagKind::WithheldDiploma => "(contoh) iklan peragaan, ijazah belum ditanyakan",
        FlagKind::WageBelowMinimum => "(contoh) iklan peragaan, upah belum ditanyakan",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::flag::{Answers, Flag, answer, keep};

    #[test]
    fn a_refusal_names_flag_sentence_and_rule() {
        let about = (FlagKind::Age, "maks 30 th");
        let silent = refused(FieldCode::Required, about, None);
        assert!(silent.contains("batas usia (\"maks 30 th\")") && silent.contains("15 huruf"), "{silent}");
        let same = refused(FieldCode::ReasonRepeated, about, Some(FlagKind::Sex));
        assert!(same.contains("maks 30 th") && same.contains("jenis kelamin"), "{same}");
        let fee = refused(FieldCode::FlagForbidden, (FlagKind::Fee, "biaya admin 150rb"), None);
        assert!(fee.contains("biaya admin 150rb") && fee.contains("misread"), "{fee}");
        let short = refused(FieldCode::ReasonTooShort, (FlagKind::Looks, ""), None);
        assert!(short.starts_with("Alasan untuk penampilan atau ukuran badan terlalu pendek"), "{short}");
        assert!(refused(FieldCode::FlagAbsent, about, None).contains("tidak memuat"));
    }

    #[test]
    fn reasons_of_samples_are_reasons() {
        let kinds = FlagKind::ALL.iter().copied().filter(|kind| kind.can_be_justified());
        let found: Vec<Flag> =
            kinds.map(|kind| Flag { kind, column: "title", sentence: String::new() }).collect();
        let reasons = found.iter().map(|flag| (flag.kind, of_sample(flag.kind).to_owned())).collect();
        let answers = Answers { reasons, ..Answers::default() };
        assert_eq!(answer(&mut keep(&found, &[], false), &answers), Ok(()));
    }
}
