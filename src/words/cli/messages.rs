//! Messages, at the terminal.
use std::fmt::Display;

use crate::domain::message::Delivery;

/// What the columns are.
pub const COLUMNS: [&str; 6] = ["id", "pesan", "kepada", "lewat", "lowongan", "sebab"];

/// What the bar counts.
pub const SENDING: &str = "mengirim pesan";

/// Nothing is set up.
pub const NO_WAY_OUT: &str =
    "belum ada jalan keluar pesan: isi mail_url (surel) atau gateway_url di konfigurasi";

/// What was sent.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// Messages that left.
    pub sent: u64,
    /// In so many letters.
    pub letters: u64,
    /// Messages that did not leave.
    pub failed: u64,
    /// What is no longer true.
    pub dropped: u64,
}

/// An empty list.
pub fn none(state: &str) -> String {
    format!("Tidak ada pesan yang {state}.")
}

/// What to do, after the list; `more`: there are more than were shown.
pub fn advice(state: Delivery, shown: usize, more: bool) -> Vec<String> {
    let mut lines = Vec::new();
    match state {
        Delivery::Waiting | Delivery::Opened => {
            lines.push("Buka teksnya: padankerja messages open ID".to_owned());
        }
        Delivery::Failed => lines.push("Coba lagi: padankerja messages again ID".to_owned()),
        Delivery::Sent => lines.push("Catat jawaban: padankerja messages reply ID yes|no|other".to_owned()),
        Delivery::Answered | Delivery::Dropped => {}
    }
    if more {
        lines.push(format!("{shown} pesan pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
}

/// Nobody has this id.
pub fn no_such(given: impl Display) -> String {
    format!("tidak ada pesan {given} yang dapat dibuka; lihat: padankerja messages")
}

/// Whom a prepared text is for, and how they want to be told.
pub fn opened(name: Option<&str>, phone: Option<&str>, way: &str, hour: Option<&str>) -> String {
    let hour = hour.map_or_else(String::new, |hour| format!(", paling baik {hour}"));
    format!("Untuk {} ({}), lewat {way}{hour}:", name.unwrap_or("-"), phone.unwrap_or("tanpa nomor"))
}

/// How a message stands now.
pub fn now(kind: &str, state: &str) -> String {
    format!("Pesan \"{kind}\" sekarang: {state}.")
}

/// An answer that was kept.
pub fn replied(reply: &str, consented: bool) -> String {
    if consented {
        format!("Dicatat: {reply}, sebagai persetujuan tertulis.")
    } else {
        format!("Dicatat: {reply}.")
    }
}

/// What was sent.
pub fn sent(done: Sent) -> String {
    let Sent { sent, letters, failed, dropped } = done;
    let mut text = format!("{sent} pesan terkirim dalam {letters} surat.");
    if failed > 0 {
        text.push_str(&format!(" {failed} belum terkirim: dicoba lagi, atau lihat messages --state failed."));
    }
    if dropped > 0 {
        text.push_str(&format!(" {dropped} dibatalkan karena sudah tidak berlaku."));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal() {
        for line in Delivery::ALL.iter().flat_map(|state| advice(*state, 50, true)) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
    }

    #[test]
    fn what_was_sent_is_said_in_full() {
        let done = Sent { sent: 3, letters: 1, failed: 0, dropped: 0 };
        assert_eq!(sent(done), "3 pesan terkirim dalam 1 surat.");
        let text = sent(Sent { failed: 2, dropped: 1, ..done });
        assert!(text.contains("2 belum terkirim") && text.contains("1 dibatalkan"), "{text}");
    }
}
