//! Who did what with somebody's data, for that person: roles and offices, no names.
use crate::{
    domain::{access::AuditActor, application::Event},
    words::id::own_data,
};

/// Who it was.
pub fn who(actor: Option<AuditActor>, office: Option<&str>) -> String {
    let role = actor.map_or("seseorang dengan akun layanan", own_data::actor);
    let mut signs = role.chars();
    let role: String = signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect();
    office.map_or_else(|| role.clone(), |office| format!("{role}, {office}"))
}

/// What was done, by the word of the audit; `about` is title and employer of the vacancy.
pub fn what(action: &str, about: Option<(&str, &str)>) -> String {
    let (kind, verb) = action.split_once('.').unwrap_or((action, ""));
    match (kind, about) {
        ("application", Some((title, employer))) => application(verb, title, employer),
        ("person", _) => person(verb).to_owned(),
        ("message", _) => message(verb).to_owned(),
        ("next_step", _) => next_step(verb).to_owned(),
        _ => OTHER.to_owned(),
    }
}

/// What has no words of its own.
const OTHER: &str = "Catatan tentang Anda diubah";

fn application(verb: &str, title: &str, employer: &str) -> String {
    match (verb, verb.parse::<Event>()) {
        (_, Ok(Event::Refer)) => format!("Data Anda dikirim ke {employer} untuk lowongan {title}"),
        (_, Ok(event)) => format!("Lamaran {title} di {employer}: {}", own_data::event(event)),
        ("contact_attempt", _) => format!("Anda dihubungi tentang lamaran {title} di {employer}"),
        ("follow_up", _) => format!("Kabar Anda setelah bekerja dicatat: {title} di {employer}"),
        _ => format!("Lamaran {title} di {employer}: catatan diubah"),
    }
}

fn person(verb: &str) -> &'static str {
    match verb {
        "create" => "Anda didaftarkan",
        "edit" => "Profil, kontak, atau keinginan Anda diubah",
        "evidence" => "Bukti untuk prioritas ditambahkan",
        "export" => "Salinan semua data Anda diambil",
        "code" => "Kode untuk masuk dicetak di kertas",
        "activate" => "Kode itu dipakai untuk membuat akun",
        "status_code" => "Kode status dibuat",
        "status_code_revoke" => "Kode status dibatalkan",
        "verify" => "Isian profil Anda diperiksa petugas",
        "change_ask" => "Perubahan isian yang sudah diperiksa diajukan",
        "change_decide" => "Permintaan perubahan diputuskan",
        _ => OTHER,
    }
}

fn message(verb: &str) -> &'static str {
    match verb {
        "open" => "Pesan untuk Anda dibuka untuk dikirim, dengan nomor HP Anda",
        "sent" => "Pesan kepada Anda dikirim",
        "reply" => "Jawaban Anda atas pesan dicatat",
        _ => "Pesan kepada Anda dicoba dikirim lagi",
    }
}

fn next_step(verb: &str) -> &'static str {
    match verb {
        "create" => "Langkah berikutnya untuk Anda dicatat",
        "assign" => "Langkah berikutnya untuk Anda diserahkan kepada petugas",
        _ => "Hasil langkah untuk Anda dicatat",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_a_role_and_an_office() {
        assert_eq!(who(Some(AuditActor::Staff), Some("Dinas Contoh")), "Petugas, Dinas Contoh");
        assert_eq!(who(Some(AuditActor::System), None), "Layanan ini sendiri");
        assert_eq!(who(None, None), "Seseorang dengan akun layanan");
    }

    #[test]
    fn who_got_the_data_is_named() {
        let about = Some(("Penjahit", "PT Contoh"));
        assert_eq!(
            what("application.refer", about),
            "Data Anda dikirim ke PT Contoh untuk lowongan Penjahit"
        );
        assert_eq!(what("application.confirm", about), "Lamaran Penjahit di PT Contoh: dikonfirmasi petugas");
        assert_eq!(what("person.export", None), "Salinan semua data Anda diambil");
        assert_eq!(what("strange", None), OTHER);
        for event in Event::ALL {
            assert!(what(&format!("application.{event}"), about).contains("PT Contoh"), "{event}");
        }
    }
}
