//! The past of an invented regency: what it is made of, and where it is not made.
use chrono::NaiveDate;

use crate::{
    domain::{application, vacancy},
    words::id::{dates, states},
};

/// What a bar shows while it is lived.
pub const LIVING: &str = "hari kerja dinas";

/// Headings of its table.
pub const STATES: [&str; 4] = ["Lamaran", "Jumlah", "Lowongan", "Jumlah"];

/// How much of everything there is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts {
    /// Residents who are registered.
    pub people: i64,
    /// Of these, nominated by another agency.
    pub nominated: i64,
    /// Employers, verified or not.
    pub employers: i64,
    /// Vacancies in any state.
    pub vacancies: i64,
    /// Classes of training.
    pub classes: i64,
    /// Offices.
    pub organisations: i64,
    /// Logins of every kind.
    pub logins: i64,
    /// Runs that were published.
    pub runs: i64,
    /// Applications in any state.
    pub applications: i64,
    /// Tries to reach somebody.
    pub attempts: i64,
    /// Consents on record.
    pub consents: i64,
    /// Invitations to an interview.
    pub interviews: i64,
    /// Reminders to employers.
    pub reminders: i64,
    /// Answers of employers that are overdue.
    pub overdue: i64,
    /// Questions whether somebody still works there that were answered.
    pub follow_ups: i64,
    /// Those that were due and nobody asked.
    pub missed: i64,
    /// Next steps.
    pub steps: i64,
    /// Of these, answered.
    pub steps_done: i64,
    /// Complaints.
    pub complaints: i64,
    /// Of these, closed.
    pub complaints_closed: i64,
}

/// Something is there, where an invented regency goes into an empty database only.
pub fn not_empty(url: &str, there: &Amounts) -> String {
    let named = [
        (there.people, "orang"),
        (there.employers, "pemberi kerja"),
        (there.vacancies, "lowongan"),
        (there.classes, "angkatan pelatihan"),
        (there.organisations, "kantor"),
        (there.logins, "akun"),
        (there.runs, "proses pemadanan"),
        (there.applications, "lamaran"),
    ];
    let found: Vec<String> =
        named.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    format!(
        "basis data di {url} sudah berisi {}; data contoh hanya masuk ke basis data yang kosong. Pakai basis data lain: \
         --database-url URL, atau folder lain: --data-dir FOLDER",
        found.join(", ")
    )
}

/// Before the first run is shown.
pub fn first_run(day: NaiveDate) -> String {
    format!("Proses pemadanan pertama, {}:", dates::long(day))
}

/// Before the last run is told.
pub fn last_run(day: NaiveDate) -> String {
    format!("Proses terakhir sebelum hari ini, {}:", dates::long(day))
}

/// What was lived.
pub fn lived(months: u32, there: &Amounts) -> String {
    format!(
        "Kabupaten contoh, {months} bulan: {} orang, {} pemberi kerja, {} lowongan, {} lamaran (rekaan, NIK berawalan 99).",
        there.people, there.employers, there.vacancies, there.applications
    )
}

/// A state of an application.
pub fn application(state: application::State) -> &'static str {
    states::application(state)
}

/// A state of a vacancy.
pub fn vacancy(state: vacancy::State) -> &'static str {
    states::vacancy(state)
}

/// What else there is, a line each.
pub fn besides(there: &Amounts) -> [String; 4] {
    [
        format!(
            "Proses diterbitkan: {}. Angkatan pelatihan: {}. Dicalonkan dinas lain: {} orang.",
            there.runs, there.classes, there.nominated
        ),
        format!(
            "Upaya menghubungi: {}. Persetujuan tercatat: {}. Undangan wawancara: {}.",
            there.attempts, there.consents, there.interviews
        ),
        format!(
            "Pengingat ke pemberi kerja: {}, {} jawaban lewat batas. Pertanyaan masih bekerja: {} dijawab, {} terlewat.",
            there.reminders, there.overdue, there.follow_ups, there.missed
        ),
        format!(
            "Langkah berikutnya: {}, {} selesai. Aduan: {}, {} ditutup.",
            there.steps, there.steps_done, there.complaints, there.complaints_closed
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_named_and_nothing_else() {
        let there = Amounts { people: 60, logins: 2, ..Amounts::default() };
        let told = not_empty("sqlite://data/padankerja.db", &there);
        assert!(told.contains("sudah berisi 60 orang, 2 akun; data contoh"), "{told}");
    }
}
