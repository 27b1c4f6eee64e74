//! `padankerja calendar`: the holidays by which deadlines are counted, listed and edited at the terminal.
use std::process::ExitCode;

use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        calendar::{self, Edited, HolidayView},
    },
    cli::{
        self, Fault, Outcome, output,
        table::Table,
        values::{self, Refusal},
    },
    config::Config,
    domain::holiday::{Holiday, Kind},
    http::api::holidays::{CalendarEdit, CalendarYear},
    transact,
    words::{
        Language,
        cli::calendar as words,
        id::{calendar as told, dates},
    },
};

/// Arguments of `calendar`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Contoh:
  padankerja calendar                                   hari libur tahun ini
  padankerja calendar --year 2027                       tahun lain; perkiraan ditandai
  padankerja calendar add 2027-03-12 --name \"Cuti bersama Idul Fitri\" --kind collective_leave
  padankerja calendar add 15-07-2027 --name \"Hari Jadi Sukoharjo\" --kind local
  padankerja calendar confirm 2027-03-08                perkiraan ini sudah ditetapkan
  padankerja calendar move 2027-05-17 2027-05-16        ditetapkan pada hari lain
  padankerja calendar remove 2027-12-26
Tenggat yang sudah diberitahukan tidak berubah. Hari yang sudah lewat tidak dapat diubah."
)]
pub struct Args {
    /// Tahun, 2020 sampai 2100 (bawaan: tahun ini)
    #[arg(long, value_name = "TAHUN")]
    year: Option<i32>,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Tambah hari libur, atau ganti nama dan jenisnya
    Add(Add),
    /// Jadikan hari kerja lagi
    Remove(One),
    /// Pindahkan ke hari lain dalam satu langkah
    Move(Move),
    /// Perkiraan ini sudah ditetapkan pada harinya
    Confirm(One),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Harinya
    #[arg(value_name = "TANGGAL", value_parser = values::date)]
    day: NaiveDate,
    /// Namanya
    #[arg(long, value_name = "NAMA")]
    name: String,
    /// Jenisnya: national, collective_leave atau local
    #[arg(long, value_name = "JENIS", value_parser = kind, default_value = "national")]
    kind: Kind,
    /// Belum ditetapkan pemerintah
    #[arg(long)]
    estimate: bool,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct One {
    /// Harinya
    #[arg(value_name = "TANGGAL", value_parser = values::date)]
    day: NaiveDate,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Move {
    /// Hari yang sekarang
    #[arg(value_name = "TANGGAL", value_parser = values::date)]
    day: NaiveDate,
    /// Hari yang benar
    #[arg(value_name = "TANGGAL BARU", value_parser = values::date)]
    to: NaiveDate,
    /// Hari yang baru masih perkiraan
    #[arg(long)]
    estimate: bool,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Lists a year, or edits a day.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let done = match &args.action {
        None => list(&app, args.year, args.json).await,
        Some(action) => edit(&app, action).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn list(app: &App, year: Option<i32>, json: bool) -> Result<(), Fault> {
    let mut tx = app.db.read().await?;
    let (year, days) = calendar::of_year(app, &mut tx, year).await?;
    tx.rollback().await?;
    if json {
        return output::json(&CalendarYear::from((year, days)));
    }
    if days.is_empty() {
        return output::line(&words::empty(year));
    }
    let mut table = Table::new(words::COLUMNS);
    for day in &days {
        table.row([
            day.day.to_string(),
            dates::weekday(day.day).to_owned(),
            day.name.clone(),
            words::kind(day.kind).to_owned(),
            if day.estimate { words::ESTIMATE.to_owned() } else { String::new() },
        ]);
    }
    table.write()?;
    let first = days.iter().find(|day| day.estimate).map(|day| words::advice(day.day));
    first.unwrap_or_default().iter().try_for_each(|line| output::line(line))
}

async fn edit(app: &App, action: &Action) -> Result<(), Fault> {
    let by = Acting::terminal();
    let edited: Result<Edited, AppError> = async {
        transact!(app, tx => match action {
            Action::Add(add) => {
                let name = add.name.clone();
                let wanted = Holiday { day: add.day, name, kind: add.kind, estimate: add.estimate };
                calendar::declare(app, tx, &by, wanted).await
            }
            Action::Remove(one) => calendar::remove(app, tx, &by, one.day).await,
            Action::Move(one) => calendar::move_to(app, tx, &by, (one.day, one.to), one.estimate).await,
            Action::Confirm(one) => calendar::confirm(app, tx, &by, one.day).await,
        })
    }
    .await;
    let edited = match edited {
        Err(AppError::NotFound) => return Err(Fault::Usage(words::no_holiday(action.day()))),
        other => other?,
    };
    if action.json() { output::json(&CalendarEdit::from(edited)) } else { tell(&edited) }
}

impl Action {
    fn day(&self) -> NaiveDate {
        match self {
            Self::Add(add) => add.day,
            Self::Remove(one) | Self::Confirm(one) => one.day,
            Self::Move(one) => one.day,
        }
    }

    fn json(&self) -> bool {
        match self {
            Self::Add(add) => add.json,
            Self::Remove(one) | Self::Confirm(one) => one.json,
            Self::Move(one) => one.json,
        }
    }
}

fn tell(edited: &Edited) -> Result<(), Fault> {
    let on = |holiday: &HolidayView| dates::with_weekday(holiday.day);
    if let Some(gone) = &edited.removed {
        output::line(&words::removed(&on(gone), &gone.name))?;
    }
    if let Some(now) = &edited.holiday {
        output::line(&words::declared(&on(now), &now.name, told::kind(now.kind), now.estimate))?;
    }
    Language::default().calendar_notes(&edited.effect).iter().try_for_each(|line| output::line(line))
}

fn kind(text: &str) -> Result<Kind, Refusal> {
    values::one_of(text, Kind::ALL, Kind::as_str, words::kind)
}
