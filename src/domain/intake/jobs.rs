//! Jobs held, as a cell lists them: `operator jahit: 24; kasir 6 bln`, `Satpam (1,5 tahun), sopir 2 th`.
//!
//! Belongs here: parting the list, the length of each job, words that mean no job at all. Does not belong here: what a job
//! is (`reading`).

use crate::domain::duration::{self, BareUnit};

/// One job of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The job as written, without its length.
    pub title: String,
    /// How long; `None` when not said, or not understood.
    pub months: Option<u32>,
    /// Something stands where the length belongs and cannot be read.
    pub unread: bool,
}

/// The jobs of a cell, none for "belum pernah bekerja".
pub fn jobs(text: &str) -> Vec<Job> {
    items(text).iter().filter(|item| !says_no_job(item)).map(|item| job(item)).collect()
}

/// Parts a list at `;`, line ends and `|`, else at commas that are no decimal marks. A length alone belongs to the job
/// before it.
fn items(text: &str) -> Vec<String> {
    let strong = text.contains([';', '\n', '|']);
    let mut items: Vec<String> = Vec::new();
    let mut item = String::new();
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        let ends = if strong {
            matches!(c, ';' | '\n' | '|')
        } else {
            let decimal = before.is_ascii_digit() && letters.peek().is_some_and(char::is_ascii_digit);
            c == ',' && !decimal
        };
        if ends {
            push(&mut items, &item);
            item.clear();
        } else {
            item.push(c);
        }
        before = c;
    }
    push(&mut items, &item);
    items
}

fn push(items: &mut Vec<String>, item: &str) {
    let item = item.trim().trim_start_matches(['-', '•', '*']).trim();
    if item.is_empty() {
        return;
    }
    let length_alone = duration::find(item).is_some_and(|found| found.from == 0 && found.to == item.len());
    match items.last_mut().filter(|_| length_alone) {
        Some(last) => {
            last.push(' ');
            last.push_str(item);
        }
        None => items.push(item.to_owned()),
    }
}

/// "belum ada", "fresh graduate", "belum pernah kerja": said, and said to be none.
fn says_no_job(item: &str) -> bool {
    let lower = item.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [] => true,
        ["fresh", "graduate" | "graduated" | "grad", ..]
        | ["freshgraduate", ..]
        | ["lulusan", "baru", ..] => true,
        ["0" | "nol" | "nihil" | "kosong" | "none"] => true,
        ["belum" | "blm" | "tidak" | "tdk" | "tak" | "tanpa", rest @ ..] => rest.iter().all(|word| {
            matches!(
                *word,
                "ada"
                    | "pernah"
                    | "bekerja"
                    | "kerja"
                    | "berpengalaman"
                    | "punya"
                    | "memiliki"
                    | "mempunyai"
                    | "pengalaman"
                    | "sama"
                    | "sekali"
                    | "sebelumnya"
                    | "apa"
                    | "apapun"
            )
        }),
        ["non", "pengalaman"] | ["pengalaman", "belum" | "tidak", "ada"] => true,
        _ => false,
    }
}

fn job(item: &str) -> Job {
    if let Some((title, length)) = item.rsplit_once(':')
        && !title.trim().is_empty()
    {
        let months = duration::months(length, BareUnit::Months).or_else(|| years_between(length));
        return Job {
            title: title.trim().to_owned(),
            months,
            unread: months.is_none() && !length.trim().is_empty(),
        };
    }
    let found = duration::find_all(item).pop();
    let Some((found, title)) =
        found.map(|found| (found, without(item, found.from, found.to))).filter(|(_, t)| !t.is_empty())
    else {
        return Job {
            title: item.to_owned(),
            months: found.map(|f| f.months).or_else(|| years_between(item)),
            unread: false,
        };
    };
    Job { title, months: Some(found.months), unread: false }
}

/// The item without its length and what held it: brackets, "selama", a dash.
fn without(item: &str, from: usize, to: usize) -> String {
    let (before, after) = (item.get(..from).unwrap_or_default(), item.get(to..).unwrap_or_default());
    let mut before = before.trim_end_matches(|c: char| {
        matches!(c, '(' | '-' | '=' | '>' | '±' | '~' | '\u{2013}' | '[') || c.is_whitespace()
    });
    while let Some(word) = before.rsplit(' ').next().filter(|word| is_filler(word)) {
        before = before.strip_suffix(word).unwrap_or_default().trim_end_matches([' ', '(']);
    }
    let after =
        after.trim_start_matches(|c: char| matches!(c, ')' | ']' | ',' | '-' | '.') || c.is_whitespace());
    let after = match after.split_once(' ') {
        Some((first, rest))
            if before.is_empty()
                && matches!(first.to_lowercase().as_str(), "sebagai" | "jadi" | "di" | "bagian") =>
        {
            rest
        }
        _ => after,
    };
    format!("{before} {after}").trim().to_owned()
}

fn is_filler(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "selama"
            | "lebih"
            | "dari"
            | "kurang"
            | "sekitar"
            | "pengalaman"
            | "lama"
            | "minimal"
            | "min"
            | "min."
    )
}

/// `2018 - 2021` as months; nothing shorter than a year can be told from it.
fn years_between(text: &str) -> Option<u32> {
    let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let year =
        |text: &str| text.parse::<u32>().ok().filter(|year| text.len() == 4 && (1950..=2100).contains(year));
    match runs.as_slice() {
        [from, to] => year(to)?
            .checked_sub(year(from)?)
            .map(|years| years * 12)
            .filter(|m| (12..=duration::MOST_MONTHS).contains(m)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(String, Option<u32>)> {
        jobs(text).into_iter().map(|job| (job.title, job.months)).collect()
    }

    fn one(title: &str, months: Option<u32>) -> Vec<(String, Option<u32>)> {
        vec![(title.to_owned(), months)]
    }

    #[test]
    fn a_job_and_its_length_are_told_apart() {
        let cases = [
            ("Penjahit: 3 tahun", "Penjahit", Some(36)),
            ("Penjahit 3 tahun", "Penjahit", Some(36)),
            ("Penjahit (3 th)", "Penjahit", Some(36)),
            ("Penjahit di CV Mawar selama 1 tahun 3 bulan", "Penjahit di CV Mawar", Some(15)),
            ("penjahit lebih dari 20 tahun", "penjahit", Some(240)),
            ("Penjahit: 2,5 tahun", "Penjahit", Some(30)),
            ("Penjahit 2,5 th", "Penjahit", Some(30)),
            ("Penjahit, 2 tahun", "Penjahit", Some(24)),
            ("Penjahit: 53", "Penjahit", Some(53)),
            ("2 tahun sebagai satpam", "satpam", Some(24)),
            ("Penjahit: 60 hari", "Penjahit", Some(2)),
            ("Penjahit: 2017-2020", "Penjahit", Some(36)),
            ("Penjahit CV Mawar (2017 - 2020)", "Penjahit CV Mawar (2017 - 2020)", Some(36)),
            ("Penjahit", "Penjahit", None),
            ("4 bulan", "4 bulan", Some(4)),
        ];
        for (text, title, months) in cases {
            assert_eq!(read(text), one(title, months), "{text}");
        }
        let shift = jobs("Jaga malam: 19.00-07.00 wib");
        assert_eq!(shift.first().map(|job| (job.months, job.unread)), Some((None, true)));
    }

    #[test]
    fn lists_are_parted_at_the_right_commas() {
        let two = vec![("Penjahit".to_owned(), Some(18)), ("kasir".to_owned(), Some(6))];
        assert_eq!(read("Penjahit 1,5 th, kasir 6 bln"), two);
        assert_eq!(
            read("Penjahit: 1 th, 6 bln; kasir 6"),
            [("Penjahit".to_owned(), Some(18)), ("kasir 6".to_owned(), None)]
        );
        assert_eq!(read("Penjahit 1 th, 6 bln, kasir 6 bln"), two);
    }

    #[test]
    fn no_job_is_no_job() {
        for text in [
            "belum ada",
            "Tidak ada",
            "Belum pernah bekerja",
            "blm pernah kerja",
            "FRESH GRADUATE",
            "fresh graduate SMK",
            "tanpa pengalaman",
            "belum berpengalaman",
            "-",
            "0",
            "",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
        assert_eq!(read("belum lama ini kasir: 3").len(), 1);
    }

    proptest! {
        #[test]
        fn any_list_is_read(text in "\\PC{0,40}|[a-z0-9 ,;:().-]{0,40}") {
            for job in jobs(&text) {
                prop_assert!(!job.title.is_empty());
                prop_assert!(job.months.is_none_or(|m| m <= duration::MOST_MONTHS));
            }
        }
    }
}
