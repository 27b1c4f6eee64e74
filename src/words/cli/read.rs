//! What was read of an advertisement, as a report of at most 80 columns. What is not there is said, as it is what an
//! officer has to ask the employer.
use crate::{
    domain::{flag::FlagKind, money::Period, region},
    reading::{
        facts::{Wage, WorkingTime},
        job::{JobReading, Need, OccupationFound},
        labels,
        posting::Position,
    },
    words::{
        id::{flags, reasons::rupiah},
        quoting::{quoted, shorten},
    },
};

/// Columns of a line.
const WIDTH: usize = 80;
/// Columns of the name of a field, with what stands before it.
const NAME: usize = 22;
/// Longest quote of the ad, characters.
const QUOTE: usize = 120;
/// Most occupations told of one position.
const MOST_OCCUPATIONS: usize = 3;

/// What the ad does not say, or nobody could read.
const UNREAD: &str = "tidak terbaca";

/// One position: its number among all, its name and seats as written, and what is read of it.
pub fn position((number, of): (usize, usize), as_posted: &Position, job: &JobReading) -> Vec<String> {
    let head = if of == 1 { "Posisi".to_owned() } else { format!("Posisi {number} dari {of}") };
    let mut lines = vec![shorten(&plain(&format!("{head}: {}", as_posted.title)), WIDTH)];
    let fields = [
        ("jabatan (KBJI)", or_unread(occupations(&job.occupations))),
        ("tempat kerja", or_unread(place(job))),
        ("kursi", or_unread(as_posted.seats.map(|seats| seats.to_string()).unwrap_or_default())),
        ("upah", job.wage.map_or_else(|| UNREAD.to_owned(), |wage| pay(wage.value, job.wage_is_base))),
        ("waktu kerja", or_unread(times(job))),
        ("pendidikan", education(job)),
        ("pengalaman", experience(job)),
        ("sertifikat wajib", or_none(required(job))),
        ("harus bisa", or_none(skills(job, &[Need::Title, Need::Must]))),
        ("untuk tugasnya", or_none(skills(job, &[Need::Task]))),
        ("nilai tambah", or_none(welcome(job))),
    ];
    lines.extend(fields.iter().flat_map(|(name, value)| field(name, value)));
    lines
}

/// What an officer must decide about, with the sentences that ask for it.
pub fn flagged(found: &[(FlagKind, &str)]) -> Vec<String> {
    if found.is_empty() {
        return vec!["Tidak ada isi yang perlu diputuskan petugas sebelum tayang.".to_owned()];
    }
    let mut lines = vec!["Perlu diputuskan petugas sebelum tayang:".to_owned()];
    for (kind, sentence) in found {
        let said = quoted(&plain(sentence), QUOTE).map(|said| format!(": {said}")).unwrap_or_default();
        lines.extend(wrapped("  - ", 4, &format!("{}{said}", flags::kind(*kind))));
    }
    lines
}

fn occupations(found: &[OccupationFound]) -> String {
    let told = found.iter().take(MOST_OCCUPATIONS).map(|one| {
        let title = labels::occupation(&one.code).unwrap_or_default();
        format!("{} {title} ({}%)", one.code, one.confidence / 10)
    });
    told.collect::<Vec<_>>().join("; ")
}

fn place(job: &JobReading) -> String {
    let village = job.village.as_deref().and_then(region::full_name);
    let said = |told: Option<bool>, what: &str| {
        told.map(|is_given| format!("{} {what}", if is_given { "ada" } else { "tidak ada" }))
    };
    let shuttle = said(job.arrangements.shuttle, "antar jemput");
    let dormitory = said(job.arrangements.dormitory, "mes atau asrama");
    village.into_iter().chain(shuttle).chain(dormitory).collect::<Vec<_>>().join("; ")
}

fn pay(wage: Wage, is_base: bool) -> String {
    let amount = |amount: u64| rupiah(i64::try_from(amount).unwrap_or(i64::MAX));
    let told = match (wage.min, wage.max) {
        (Some(low), Some(high)) if low != high => format!("{} sampai {}", amount(low), amount(high)),
        (Some(one), Some(_)) => amount(one),
        (Some(low), None) => format!("mulai {}", amount(low)),
        (None, Some(high)) => format!("paling banyak {}", amount(high)),
        (None, None) => return UNREAD.to_owned(),
    };
    let counted = match wage.period {
        Period::Month | Period::Other => "",
        Period::Week => ", dihitung dari upah mingguan",
        Period::Day => ", dihitung dari upah harian",
        Period::Hour => ", dihitung dari upah per jam",
        Period::Year => ", dihitung dari upah setahun",
    };
    let more = if is_base { "; masih ada bonus, lembur, atau komisi" } else { "" };
    format!("{told} sebulan{counted}{more}")
}

fn times(job: &JobReading) -> String {
    let told = job.working_times.iter().map(|time| {
        let name = match time.value {
            WorkingTime::FullTime => "penuh waktu",
            WorkingTime::PartTime => "paruh waktu",
            WorkingTime::Shift => "bergilir (shift)",
            WorkingTime::Remote => "dari rumah",
            WorkingTime::Casual => "harian lepas",
            WorkingTime::Internship => "magang",
        };
        let said = quoted(job.quote(time.line), QUOTE / 2).map(|said| format!(" {said}")).unwrap_or_default();
        format!("{name}{said}")
    });
    let none = (job.arrangements.shifts == Some(false)).then(|| "tidak bergilir (shift)".to_owned());
    told.chain(none).collect::<Vec<_>>().join("; ")
}

fn education(job: &JobReading) -> String {
    let Some(found) = &job.education else { return UNREAD.to_owned() };
    let label = labels::education(found.rank).unwrap_or(&found.id);
    if job.education_required {
        format!("paling rendah {label}, disyaratkan")
    } else {
        format!("paling rendah {label}, bukan syarat mutlak")
    }
}

fn experience(job: &JobReading) -> String {
    let least = match job.experience.map(|found| found.value) {
        None => UNREAD.to_owned(),
        Some(0) => "tidak disyaratkan".to_owned(),
        Some(months) if job.experience_preferred => format!("{}, bukan syarat mutlak", length(months)),
        Some(months) => format!("paling sedikit {}", length(months)),
    };
    let beginners = job.welcomes_beginners.then(|| "pemula diterima".to_owned());
    let trained = job.trains.then(|| "yang belum bisa dilatih".to_owned());
    std::iter::once(least).chain(beginners).chain(trained).collect::<Vec<_>>().join("; ")
}

/// Months as years and months.
fn length(months: u16) -> String {
    match (months / 12, months % 12) {
        (0, months) => format!("{months} bulan"),
        (years, 0) => format!("{years} tahun"),
        (years, months) => format!("{years} tahun {months} bulan"),
    }
}

fn certificate(id: &str) -> &str {
    labels::certificate(id).unwrap_or(id)
}

/// Of each list one certificate is enough.
fn required(job: &JobReading) -> String {
    let choice = |all: &Vec<String>| all.iter().map(|id| certificate(id)).collect::<Vec<_>>().join(" atau ");
    job.required_certificates.iter().map(choice).collect::<Vec<_>>().join("; ")
}

fn skills(job: &JobReading, needs: &[Need]) -> String {
    let wanted = job.skills.iter().filter(|one| needs.contains(&one.need) && !labels::is_virtue(&one.id));
    wanted.map(|one| labels::skill(&one.id).unwrap_or(&one.id)).collect::<Vec<_>>().join("; ")
}

/// What helps: skills, and the certificates that are named and not required.
fn welcome(job: &JobReading) -> String {
    let is_required = |id: &String| job.required_certificates.iter().any(|choice| choice.contains(id));
    let certificates = job.certificates.iter().filter(|one| !is_required(&one.id));
    let skills = skills(job, &[Need::Nice]);
    let skills = Some(skills).filter(|told| !told.is_empty());
    let certificates = certificates.map(|one| certificate(&one.id).to_owned());
    skills.into_iter().chain(certificates).collect::<Vec<_>>().join("; ")
}

fn or_unread(told: String) -> String {
    if told.is_empty() { UNREAD.to_owned() } else { told }
}

fn or_none(told: String) -> String {
    if told.is_empty() { "-".to_owned() } else { told }
}

/// A line of the ad without what would disturb a terminal.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn field(name: &str, value: &str) -> Vec<String> {
    wrapped(&format!("  {name:<width$}", width = NAME - 2), NAME, &plain(value))
}

/// A text behind a head, its further lines as far in as the first one begins.
fn wrapped(head: &str, indent: usize, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = head.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let word = shorten(word, WIDTH - indent);
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(&word);
        is_empty = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reading::{job::read_job, posting};

    fn report(text: &str) -> Vec<String> {
        let all = posting::positions(text);
        let told = (1..)
            .zip(&all)
            .flat_map(|(number, one)| position((number, all.len()), one, &read_job(&one.text())));
        told.collect()
    }

    #[test]
    fn an_ad_is_told_field_by_field() {
        let text = "LOWONGAN KERJA\nSopir truk (3 orang)\nDesa Nguter, Kec. Nguter, Sukoharjo\n- SIM B1 atau SIM B2 umum\n\
                    - pengalaman min. 2 tahun 6 bulan\n- pendidikan minimal SMP\n- gaji 100rb per hari + uang makan\n- shift malam";
        let lines = report(text);
        let has = |part: &str| lines.iter().any(|line| line.contains(part));
        assert!(lines[0].starts_with("Posisi: Sopir truk"), "{lines:#?}");
        for part in [
            "8332 ",
            "paling rendah SMP",
            "paling sedikit 2 tahun 6 bulan",
            "Rp2.500.000 sebulan, dihitung dari upah harian",
            "bergilir (shift) \"",
            "Nguter",
            " atau ",
        ] {
            assert!(has(part), "{part}: {lines:#?}");
        }
    }

    #[test]
    fn what_is_not_there_is_said() {
        let lines = report("Dicari penjahit");
        for name in ["tempat kerja", "kursi", "upah", "waktu kerja", "pendidikan", "pengalaman"] {
            let line = lines.iter().find(|line| line.trim_start().starts_with(name));
            assert!(line.is_some_and(|line| line.ends_with(UNREAD)), "{name}: {lines:#?}");
        }
    }

    #[test]
    fn flags_are_named_with_their_sentences() {
        assert_eq!(flagged(&[]).len(), 1);
        let lines = flagged(&[(FlagKind::Age, "maks.\u{1b}[31m 30 th"), (FlagKind::Fee, "")]);
        assert_eq!(lines[1], "  - batas usia: \"maks. [31m 30 th\"");
        assert_eq!(lines[2], "  - biaya dari pelamar");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_a_terminal_or_disturbs_it(text in "\\PC{0,300}", sentence in ".{0,200}") {
            let all = report(&format!("Penjahit\n{text}")).into_iter().chain(flagged(&[(FlagKind::Age, &sentence)]));
            for line in all {
                prop_assert!(line.chars().count() <= WIDTH && !line.contains(char::is_control), "{}", line);
            }
        }
    }
}
