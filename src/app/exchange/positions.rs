//! Rows of vacancies that hold several positions: each becomes a vacancy of its own, and what was said of one never counts
//! for another. Belongs here: parting the draft of a row. Does not belong here: finding positions in a text
//! (`reading::posting`).
use std::mem;

use crate::{
    app::{
        AppError,
        exchange::{judging::JudgedFile, known::Register},
    },
    domain::{
        intake::{identity::words_key, vacancy::VacancyDraft},
        limits,
        money::Rupiah,
    },
    reading::{
        job::{JobReading, read_job},
        posting::{self, Position},
    },
    store::Tx,
    words::id::files,
};

/// Parts every row that lists several positions and tells so. A row that an earlier program stored whole stays whole.
pub(super) async fn part(
    register: &mut Register,
    tx: &mut Tx,
    file: &mut JudgedFile<VacancyDraft>,
) -> Result<(), AppError> {
    let drafts = mem::take(&mut file.drafts);
    let read = move || -> Vec<_> {
        drafts
            .into_iter()
            .map(|(line, draft)| {
                let parts = parted(&draft);
                (line, draft, parts)
            })
            .collect()
    };
    let read = tokio::task::spawn_blocking(read).await;
    for (line, draft, parts) in read.map_err(|error| AppError::Internal(error.to_string()))? {
        if parts.is_empty() || register.knows_whole(tx, &draft).await? {
            file.drafts.push((line, draft));
            continue;
        }
        let titles: Vec<&str> = parts.iter().filter_map(|part| part.title.as_deref()).collect();
        let left: Vec<String> = not_shared(&draft).into_iter().map(|column| file.called(column)).collect();
        let message = files::parted(&titles, &left);
        file.report.tell(line, "several_positions", message);
        file.drafts.extend(parts.into_iter().map(|part| (line, part)));
    }
    Ok(())
}

/// One draft for each position that the text of a row lists; none where it is about one job.
fn parted(draft: &VacancyDraft) -> Vec<VacancyDraft> {
    let text = format!("{}\n{}", draft.title.as_deref().unwrap_or_default(), draft.description);
    let positions = posting::listed(&text);
    let jobs: Vec<JobReading> = positions.iter().map(|position| read_job(&position.text())).collect();
    let is_paid_apart = jobs.iter().any(|job| job.wage.is_some());
    let one = |(position, job): (&Position, &JobReading)| {
        let wage = job.wage.map(|found| found.value);
        let rupiah = |amount: Option<u64>| amount.and_then(|one| i64::try_from(one).ok()).map(Rupiah);
        let (wage_min, wage_max) = match wage {
            Some(wage) => (rupiah(wage.min), rupiah(wage.max)),
            None if is_paid_apart => (None, None),
            None => (draft.wage_min, draft.wage_max),
        };
        VacancyDraft {
            title: Some(position.title.clone()),
            description: position.description.clone(),
            seats: position.seats,
            reserved_seats: 0,
            wage_min,
            wage_max,
            skills: None,
            certificates: Vec::new(),
            occupation_kbji: None,
            source_id: draft.source_id.as_deref().map(|number| numbered(number, &position.title)),
            ..draft.clone()
        }
    };
    let parts: Vec<VacancyDraft> = positions.iter().zip(&jobs).map(one).collect();
    let fits = |part: &VacancyDraft| {
        part.title.as_deref().is_some_and(|title| limits::exceeded(limits::VACANCY, "title", title).is_none())
    };
    if parts.iter().all(fits) { parts } else { Vec::new() }
}

/// The number of one position of a row that has a number: the order of the positions may change, their names tell them
/// apart.
fn numbered(number: &str, title: &str) -> String {
    let most = limits::of(limits::VACANCY, "list_number").unwrap_or(usize::MAX);
    format!("{number}/{}", words_key(title)).chars().take(most).collect()
}

/// The columns of a row that say something which cannot be told to one of its positions.
fn not_shared(draft: &VacancyDraft) -> Vec<&'static str> {
    let columns = [
        ("seats", draft.seats.is_some()),
        ("reserved_seats", draft.reserved_seats > 0),
        ("skills", draft.skills.as_ref().is_some_and(|list| !list.is_empty())),
        ("certificates", !draft.certificates.is_empty()),
        ("occupation_kbji", draft.occupation_kbji.is_some()),
    ];
    columns.into_iter().filter(|(_, is_said)| *is_said).map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, description: &str) -> VacancyDraft {
        VacancyDraft {
            title: Some(title.to_owned()),
            description: description.to_owned(),
            seats: Some(9),
            wage_min: Some(Rupiah(2_700_000)),
            skills: Some(vec!["memasak".to_owned()]),
            source_id: Some("17".to_owned()),
            ..VacancyDraft::default()
        }
    }

    #[test]
    fn seats_and_pay_never_cross_positions() {
        let row = draft(
            "Lowongan Rumah Makan Segar",
            "1. KASIR (2 orang)\n- teliti berhitung\n- gaji 2,5 juta\n2. JURU MASAK (1 orang)\n- bisa masak nasi liwet\n\
             - gaji 3 juta",
        );
        let parts = parted(&row);
        let told: Vec<_> = parts
            .iter()
            .map(|part| (part.title.as_deref().unwrap_or_default(), part.seats, part.wage_min))
            .collect();
        let expected =
            [("KASIR", Some(2), Some(Rupiah(2_500_000))), ("JURU MASAK", Some(1), Some(Rupiah(3_000_000)))];
        assert_eq!(told, expected);
        assert!(!parts[0].description.contains("masak") && !parts[1].description.contains("berhitung"));
        assert_eq!(parts[1].source_id.as_deref(), Some("17/juru masak"));
        assert_eq!(not_shared(&row), ["seats", "skills"]);
        assert!(parts.iter().all(|part| part.skills.is_none()));
    }

    #[test]
    fn pay_said_for_all_holds_for_each() {
        let row = draft("Loker toko bangunan", "1. Sopir (1 org)\n2. Kuli angkut (3 org)\nBerkas ke toko");
        let parts = parted(&row);
        assert_eq!(parts.len(), 2, "{parts:?}");
        assert!(parts.iter().all(|part| part.wage_min == Some(Rupiah(2_700_000))));
    }

    #[test]
    fn one_job_with_a_list_of_tasks_stays_one() {
        assert_eq!(parted(&draft("Kasir", "1. Melayani pembeli\n2. Administrasi\n3. Kebersihan toko")), []);
        assert_eq!(parted(&draft("", "")), []);
        let sentence = "Toko Swalayan Rukun Makmur membutuhkan 12 orang admin kantor";
        assert_eq!(parted(&draft("ADMIN KANTOR", sentence)), []);
    }
}
