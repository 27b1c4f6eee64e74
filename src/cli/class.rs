//! `padankerja class`: classes of training, taken in from a file of their members; their list, members and results.
use std::{path::PathBuf, process::ExitCode, str::FromStr};

use chrono::NaiveDate;

use crate::{
    app::{
        AppError,
        access::acting::Acting,
        classes::{
            self, Full, NewClass,
            file::{self, Taken},
            seen::{ClassDetail, ClassMember, ClassView},
        },
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        table::{Listing, Table, listed},
        values::{self, Refusal},
    },
    config::Config,
    domain::{person::proposed_from, training},
    files::rows::Format,
    store::classes as rows,
    transact,
    words::cli::{classes as words, lists, tables},
};

/// Arguments of `class`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja class take-in peserta.csv --programme \"Operator Jahit Garmen\" --name \"Angkatan 3 2026\" \\
      --starts-on 2026-10-26 --ends-on 2026-12-18
  padankerja class list
  padankerja class show 5e4f3c21
  padankerja class results 5e4f3c21 --all K --result 0a1b2c3d=BK --result 4e5f6a7b=keluar

Berkas peserta seperti untuk `import people`, ditambah kolom \"setuju dipadankan\" (ya/tidak) yang wajib \
diisi. Satu angkatan paling banyak 40 orang. Peserta dipadankan mulai dua minggu sebelum hari terakhir.")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Masukkan satu angkatan dari berkas pesertanya: seluruhnya atau tidak sama sekali
    TakeIn(TakeIn),
    /// Daftar angkatan, yang terbaru dahulu
    List(List),
    /// Satu angkatan dengan pesertanya
    Show(Show),
    /// Catat hasil uji kompetensi
    Results(Results),
}

#[derive(Debug, clap::Args)]
struct TakeIn {
    /// Berkas csv atau jsonl
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Nama program pelatihan
    #[arg(long, value_name = "NAMA")]
    programme: String,
    /// Nama angkatan
    #[arg(long, value_name = "NAMA")]
    name: String,
    /// Hari pertama
    #[arg(long, value_name = "TANGGAL", value_parser = values::date)]
    starts_on: NaiveDate,
    /// Hari terakhir
    #[arg(long, value_name = "TANGGAL", value_parser = values::date)]
    ends_on: NaiveDate,
    /// Arti sebuah judul kolom; bidang "-" berarti kolom itu tidak dipakai. Boleh diulang
    #[arg(long, value_name = "JUDUL=BIDANG", value_parser = cli::import::mapped)]
    map: Vec<(String, String)>,
    /// Periksa saja, jangan simpan apa pun
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct List {
    /// Banyaknya baris
    #[arg(long, value_name = "JUMLAH", default_value_t = 20, value_parser = values::limit)]
    limit: usize,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Id angkatan, atau 8 angka terakhirnya
    #[arg(value_name = "ID")]
    id: Given,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Results {
    /// Id angkatan, atau 8 angka terakhirnya
    #[arg(value_name = "ID")]
    id: Given,
    /// Hasil semua peserta yang tidak disebut sendiri: K, BK atau keluar
    #[arg(long, value_name = "HASIL", value_parser = result)]
    all: Option<training::Outcome>,
    /// Hasil satu peserta, id warga dan hasilnya. Boleh diulang
    #[arg(long, value_name = "ID=HASIL")]
    result: Vec<One>,
}

/// The result of one member.
#[derive(Clone, Debug)]
struct One {
    id: Given,
    result: training::Outcome,
}

impl FromStr for One {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (id, word) = text.split_once('=').ok_or_else(|| Refusal(words::RESULT_SHAPE.to_owned()))?;
        Ok(Self { id: id.parse()?, result: result(word)? })
    }
}

fn result(word: &str) -> Result<training::Outcome, Refusal> {
    use training::Outcome::{BrokenOff, Failed, Passed};
    let found = training::Outcome::read(word).filter(|one| matches!(one, Passed | Failed | BrokenOff));
    found.ok_or_else(|| Refusal(words::RESULT_WORDS.to_owned()))
}

/// Runs one of the actions.
pub async fn run(args: Args, config: &Config) -> Outcome {
    match args.action {
        Action::TakeIn(given) => take_in(&given, config).await,
        Action::List(given) => list(&given, config).await,
        Action::Show(given) => show(&given, config).await,
        Action::Results(given) => record(&given, config).await,
    }
}

async fn take_in(given: &TakeIn, config: &Config) -> Outcome {
    let format = Format::of(&given.file)
        .ok_or_else(|| Fault::Usage(tables::of_file(&given.file, tables::UNKNOWN_FORMAT)))?;
    if !given.file.is_file() {
        return Err(Fault::Usage(tables::of_file(&given.file, tables::NO_FILE)));
    }
    let new = NewClass {
        programme: given.programme.clone(),
        name: given.name.clone(),
        starts_on: given.starts_on,
        ends_on: given.ends_on,
    };
    let app = cli::open(config).await?;
    let terminal = Acting::terminal();
    let source = (given.file.as_path(), format);
    let taken = file::take_in_file(&app, &terminal, &new, source, &given.map, given.dry_run).await;
    app.db.close().await;
    let Taken { report, class, known } = taken?;
    for note in &report.notes {
        output::note(&tables::noted(note.line, note.is_error, &note.message));
    }
    for one in &known {
        output::note(&words::left(&one.row, &one.person.short(), &one.fields));
    }
    match class {
        Some(id) => {
            let from = proposed_from(given.ends_on);
            output::line(&words::taken(&id.short(), report.written, from))?;
        }
        None if report.refused > 0 => output::line(words::NOTHING)?,
        None => output::line(words::TRIED)?,
    }
    Ok(if report.refused > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

async fn list(given: &List, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let found = rows::page(&mut tx, None, i64::MAX).await?;
    tx.rollback().await?;
    app.db.close().await;
    let views: Vec<ClassView> = found.into_iter().rev().map(ClassView::from).collect();
    let listing = Listing { limit: given.limit, json: given.json, nothing: words::NONE };
    listed(&views, &listing, table, |view| serde_json::to_value(view).unwrap_or_default())
}

fn table(views: &[ClassView]) -> Table {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let mut table = Table::new(words::CLASSES);
    for view in views {
        table.row([
            view.id.short(),
            view.programme.clone(),
            view.name.clone(),
            day(view.ends_on),
            day(view.matched_from),
            view.members.to_string(),
            format!("{}/{}/{}", view.competent, view.not_yet, view.broken_off),
        ]);
    }
    table
}

async fn show(given: &Show, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let id = short::class(&mut tx, &given.id).await?;
    let full = classes::read(&mut tx, &Acting::terminal(), id).await;
    tx.rollback().await?;
    app.db.close().await;
    tell(full?, given.json)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(full: Full, json: bool) -> Result<(), Fault> {
    let detail = ClassDetail::of(full, Vec::new());
    if json {
        return output::json(&detail);
    }
    output::line(&words::named(&detail.class.programme, &detail.class.name))?;
    if detail.people.is_empty() {
        return output::line(words::NOBODY);
    }
    let mut table = Table::new(words::MEMBERS);
    for member in &detail.people {
        table.row(line(member));
    }
    table.write()
}

fn line(member: &ClassMember) -> [String; 6] {
    let result = member.result.as_deref().and_then(|word| word.parse().ok());
    [
        member.person_id.short(),
        member.name.clone(),
        lists::village(member.village.as_deref()),
        member.phone.clone().unwrap_or_else(|| "-".to_owned()),
        words::yes_no(member.ranking_consent).to_owned(),
        words::result(result).to_owned(),
    ]
}

async fn record(given: &Results, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let id = short::class(&mut tx, &given.id).await?;
    let members = classes::read(&mut tx, &Acting::terminal(), id).await?.members;
    let mut told = Vec::new();
    for one in &given.result {
        told.push((short::person(&mut tx, &one.id).await?, one.result));
    }
    tx.rollback().await?;
    if let Some(result) = given.all {
        let rest = members.iter().map(|member| member.person_id);
        let rest: Vec<_> = rest.filter(|id| told.iter().all(|(named, _)| named != id)).collect();
        told.extend(rest.into_iter().map(|person| (person, result)));
    }
    let terminal = Acting::terminal();
    let full: Result<Full, AppError> =
        async { transact!(app, tx => classes::record_results(&app, tx, &terminal, id, &told).await) }.await;
    app.db.close().await;
    let view = ClassView::from(full?.class);
    output::line(&words::results(view.competent, view.not_yet, view.broken_off, view.waiting))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_as_offices_say_them() {
        let one: One = "5e4f3c21=BK".parse().unwrap();
        assert_eq!((one.result, one.id.to_string()), (training::Outcome::Failed, "5e4f3c21".to_owned()));
        assert_eq!(result("kompeten"), Ok(training::Outcome::Passed));
        assert_eq!(result("keluar"), Ok(training::Outcome::BrokenOff));
        for wrong in ["5e4f3c21", "x=K", "5e4f3c21=berjalan", "5e4f3c21=?"] {
            assert!(wrong.parse::<One>().is_err(), "{wrong}");
        }
    }
}
