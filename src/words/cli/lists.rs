//! Lists of people, vacancies and applications, and what is said where an id or a name means several.
use std::fmt::Display;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::region::{self, Region, RegionCode, RegionError},
    words::id::{dates, fields},
};

/// Heading of the list of people.
pub const PEOPLE: [&str; 6] = ["id", "nama", "NIK", "desa/kelurahan", "telepon", "keadaan"];
/// Heading of the list of vacancies.
pub const VACANCIES: [&str; 6] = ["id", "judul", "pemberi kerja", "kursi", "tutup", "keadaan"];
/// Heading of the list of vacancies with flags that wait for an officer.
pub const FLAGGED: [&str; 4] = ["id", "judul", "pemberi kerja", "menunggu alasan"];
/// Heading of the list of applications.
pub const APPLICATIONS: [&str; 5] = ["id", "warga", "lowongan", "keadaan", "batas jawab"];

/// There is nobody yet.
pub const NO_PEOPLE: &str = "Belum ada warga. Masukkan dengan: padankerja import people BERKAS";
/// There is no vacancy yet.
pub const NO_VACANCIES: &str = "Belum ada lowongan. Masukkan dengan: padankerja import vacancies BERKAS";
/// No flag waits for an officer.
pub const NO_FLAGS_OPEN: &str = "Tidak ada lowongan tayang yang menunggu alasan petugas.";
/// There is no application yet.
pub const NO_APPLICATIONS: &str = "Belum ada lamaran. Buat dari sebuah proses: padankerja match --publish";
/// Nothing fits what was asked for.
pub const NONE_FITS: &str = "Tidak ada yang cocok dengan saringan ini.";

/// There is more than is shown.
pub fn more(shown: usize) -> String {
    format!("Hanya {shown} yang terbaru ditampilkan; tambahkan --limit untuk lebih banyak.")
}

/// A name of a village by its code, as short as it can be.
pub fn village(code: Option<&str>) -> String {
    let Some(code) = code else { return "-".to_owned() };
    let found = RegionCode::parse(code).ok().and_then(region::find);
    found.map_or(code, |region| region.name).to_owned()
}

/// Seats taken and seats.
pub fn seats(taken: i64, seats: Option<i64>) -> String {
    seats.map_or_else(|| format!("{taken}/?"), |seats| format!("{taken}/{seats}"))
}

/// A day, or none.
pub fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}

/// Who is placed has no status outside.
pub const PLACED: &str = "ditempatkan";

/// An id or a name that means several: each with its short id.
pub fn several<'a>(given: &impl Display, all: impl Iterator<Item = (String, &'a str)>) -> String {
    let lines: String = all.map(|(id, label)| format!("\n  {id}  {label}")).collect();
    format!("\"{given}\" cocok dengan beberapa; pilih salah satu id ini:{lines}")
}

/// A resident in such a list.
pub fn resident(name: &str, village_code: Option<&str>, nik_tail: Option<&str>) -> String {
    let tail = nik_tail.map(|tail| format!(", NIK ..{tail}")).unwrap_or_default();
    format!("{name}, {}{tail}", village(village_code))
}

/// A vacancy in such a list.
pub fn offered(title: &str, employer: &str) -> String {
    format!("{title}, {employer}")
}

/// An application in such a list.
pub fn applied(person: &str, title: &str) -> String {
    format!("{person} untuk {title}")
}

/// A run in such a list.
pub fn started(at: DateTime<Utc>) -> String {
    format!("mulai {}", dates::minute(at))
}

/// An employer that does not exist.
pub fn no_such_employer(given: impl Display) -> String {
    format!("pemberi kerja {given} tidak ada")
}

/// An office that does not exist.
pub fn no_such_office(given: impl Display) -> String {
    format!("kantor {given} tidak ada")
}

/// Somebody who applied for nothing.
pub fn no_application_of(name: &str) -> String {
    format!("{name} belum punya lamaran; sebutkan lowongannya: padankerja explain --person .. --vacancy ..")
}

/// Somebody with several applications: each with its short id.
pub fn several_of<'a>(name: &str, all: impl Iterator<Item = (String, &'a str, &'a str)>) -> String {
    let lines: String = all.map(|(id, title, state)| format!("\n  {id}  {title} ({state})")).collect();
    format!("{name} punya beberapa lamaran; jelaskan salah satunya dengan padankerja explain ID:{lines}")
}

/// A village that cannot be told, with those it may be.
pub fn no_village(text: &str, error: &RegionError) -> String {
    let names = error.candidates().iter().filter_map(|code| region::find(*code)).map(Region::full_name);
    let names = names.collect::<Vec<_>>().join("; ");
    let among = if names.is_empty() { String::new() } else { format!(". Mungkin maksudnya: {names}") };
    format!("--village \"{text}\": {}{among}", fields::clause(error.code()))
}

/// Digits of a NIK or phone that are too few or no digits.
pub const FEW_DIGITS: &str = "tulis paling sedikit 4 angka terakhirnya";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_are_named_and_unknown_ones_keep_their_code() {
        assert_eq!(
            village(Some("33.11.05.2010")),
            region::resolve_village("33.11.05.2010", None).unwrap().name
        );
        assert_eq!(village(Some("99.99.99.9999")), "99.99.99.9999");
        assert_eq!(
            (village(None), seats(1, Some(4)), seats(0, None)),
            ("-".into(), "1/4".into(), "0/?".into())
        );
    }
}
