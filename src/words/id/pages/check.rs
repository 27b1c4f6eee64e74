//! What `/cek` says: where an application stands, told to whoever has the code. It may be the person, the family or a
//! neighbour, so nobody is addressed as the applicant, no employer is named and no reason is given.
use chrono::NaiveDate;

use crate::{
    domain::application::State,
    words::id::{dates, pages::application::Tone},
};

/// Nothing was typed into the field of the code.
pub const CODE_MISSING: &str = "Isi kode yang tertulis di kertas Anda.";

/// A number that is neither a complaint's nor a letter's.
pub const NO_NUMBER: &str = "Nomor ini bukan nomor aduan (contoh ADU-2026-0041) atau nomor surat (contoh 00041/2026). Kosongkan bila Anda punya kode \
     status lamaran.";

/// A status code that opens nothing, whatever the cause.
pub const UNKNOWN_CODE: &str = "Kode ini tidak dikenal atau tidak berlaku lagi. Periksa lagi hurufnya. Untuk aduan atau surat, \
                                isi juga nomornya.";

/// Number and code of a letter that was never written.
pub const UNKNOWN_LETTER: &str = "Surat dengan nomor dan kode ini tidak dikenal. Periksa lagi keduanya. Bila Anda ragu, telepon \
                                  Dinas sebelum mempercayai surat itu.";

/// How its box looks.
pub fn tone(state: State, held: bool) -> Tone {
    match state {
        _ if held => Tone::Past,
        State::Hired | State::Started => Tone::Done,
        _ if state.is_final() => Tone::Past,
        _ => Tone::Waiting,
    }
}

/// Where it stands.
pub fn step(state: State, held: bool) -> &'static str {
    if held {
        return "Ditunda: sudah diterima di tempat lain";
    }
    match state {
        State::Proposed | State::Retired => "Sedang dipertimbangkan petugas",
        State::Consented => "Menunggu keputusan petugas",
        State::Confirmed => "Ada lowongan, menunggu jawaban pelamar",
        State::Queued => "Menunggu giliran dikirim ke perusahaan",
        State::Referred => "Sudah dikirim ke perusahaan, menunggu jawaban",
        State::Interview => "Diundang wawancara/tes",
        State::Offered => "Perusahaan menawari bekerja, menunggu jawaban pelamar",
        State::Hired => "Diterima bekerja, belum mulai",
        State::Started => "Sudah bekerja",
        State::Ended => "Pekerjaan ini sudah berakhir",
        State::Dismissed => "Tidak diajukan kali ini",
        State::Declined => "Pelamar menjawab: kali ini belum bisa",
        State::Refused => "Kali ini tidak diterima. Lamaran ini selesai",
        State::Withdrawn => "Dibatalkan pelamar",
        State::Lapsed => "Waktu menjawab habis. Lamaran ini selesai",
        State::Closed => "Lowongan ditutup",
        State::Superseded => "Ditutup karena sudah bekerja di tempat lain",
        State::NoShow => "Menurut perusahaan, belum datang pada hari pertama",
    }
}

/// Whose turn it is, and by when; nobody's where a day is agreed or it is over.
pub fn turn(state: State, held: bool, deadline: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let who = match state {
        _ if held => return None,
        State::Proposed | State::Consented => "Giliran petugas memutuskan",
        State::Confirmed => "Giliran pelamar menjawab",
        State::Referred if deadline.is_some_and(|day| day < today) => {
            return Some("Perusahaan terlambat menjawab. Petugas sedang menagih jawabannya.".to_owned());
        }
        State::Referred => "Giliran perusahaan menjawab",
        State::Offered => "Giliran pelamar menjawab tawaran",
        _ => return None,
    };
    let by = deadline.filter(|_| state != State::Offered).map(dates::with_weekday);
    Some(by.map_or_else(|| format!("{who}."), |day| format!("{who}, paling lambat {day}.")))
}

/// The text that is sent along with the address, by whoever wants their family to look: nobody's name and no code.
pub fn shared(address: &str) -> String {
    format!(
        "Sampai mana lamaran kerja saya bisa dicek di {address} dengan kode dari kertas saya. Kodenya saya beri tahu sendiri."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_told_to_nobody_in_particular() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        for state in State::ALL {
            for held in [false, true] {
                let said = step(*state, held);
                let turn = turn(*state, held, Some(day), day).unwrap_or_default();
                assert!(!said.contains("Anda") && !turn.contains("Anda"), "{state}");
                assert!(held || !state.is_final() || turn.is_empty(), "{state}");
            }
        }
        assert_eq!(
            turn(State::Confirmed, false, Some(day), day).unwrap(),
            "Giliran pelamar menjawab, paling lambat Kamis, 5 Maret 2026."
        );
        assert!(
            turn(State::Referred, false, Some(day), day.succ_opt().unwrap()).unwrap().contains("terlambat")
        );
    }
}
