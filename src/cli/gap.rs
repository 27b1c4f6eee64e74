//! `padankerja gap`: what is missing - for a person, for a vacancy, or in the region: which training classes to open.
use std::process::ExitCode;

use crate::{
    app::runs::gap::{ClassGap, Moment, PersonGap, VacancyGap},
    cli::{
        self, Fault, Outcome, output,
        short::{self, Named},
        table::Table,
    },
    config::Config,
    words::cli::gap as words,
};

/// Arguments of `gap`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja gap                       kelas pelatihan yang paling banyak membuka pekerjaan
  padankerja gap --person 5e4f3c21     sertifikat atau keterampilan yang paling berguna bagi seseorang
  padankerja gap --vacancy 0f4f3c21    apa yang kurang pada yang hampir cocok

Rencana perekrutan (pasti atau mungkin) ikut dihitung sebagai kebutuhan.")]
pub struct Args {
    /// Id atau nama warga
    #[arg(long, value_name = "ID|NAMA", conflicts_with = "vacancy")]
    person: Option<Named>,
    /// Id atau judul lowongan
    #[arg(long, value_name = "ID|JUDUL")]
    vacancy: Option<Named>,
    /// Banyaknya kelas yang ditampilkan
    #[arg(long, value_name = "JUMLAH", default_value_t = 10)]
    top: usize,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Says what is missing.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let person = match &args.person {
        Some(named) => Some(short::person_named(&app, &mut tx, named).await?),
        None => None,
    };
    let vacancy = match &args.vacancy {
        Some(named) => Some(short::vacancy_named(&mut tx, named).await?),
        None => None,
    };
    drop(tx);
    let bar = output::bar(1000, words::COUNTING);
    let moment = Moment::load(&app).await?;
    app.db.close().await;
    match (person, vacancy) {
        (Some(id), _) => {
            let found = moment.of_person(id);
            bar.finish_and_clear();
            let found = found.ok_or_else(|| Fault::Usage(words::no_person(id)))?;
            if args.json { output::json(&found)? } else { tell_person(&found)? }
        }
        (_, Some(id)) => {
            let found = moment.of_vacancy(id);
            bar.finish_and_clear();
            let found = found.ok_or_else(|| Fault::Usage(words::no_vacancy(id)))?;
            if args.json { output::json(&found)? } else { tell_vacancy(&found)? }
        }
        _ => {
            let found = moment.classes(&|share| bar.set_position(u64::from(share)));
            bar.finish_and_clear();
            let mut found = found?;
            found.truncate(args.top);
            if args.json { output::json(&found)? } else { tell_classes(&found)? }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn tell_person(found: &PersonGap) -> Result<(), Fault> {
    if found.items.is_empty() {
        return output::line(words::NOTHING_OPENS);
    }
    found
        .items
        .iter()
        .try_for_each(|item| output::line(&words::opens(item.kind, &item.label, item.vacancies, item.plans)))
}

fn tell_vacancy(found: &VacancyGap) -> Result<(), Fault> {
    output::line(&words::suitable(found.places, found.suitable, found.near))?;
    found.items.iter().try_for_each(|item| output::line(&words::lacked(item.kind, &item.label, item.people)))
}

fn tell_classes(found: &[ClassGap]) -> Result<(), Fault> {
    if found.is_empty() {
        return output::line(words::NO_CLASS);
    }
    let mut table = Table::new(words::CLASSES);
    let number =
        |value: Option<i64>| value.map_or_else(|| words::NOT_SOLVED.to_owned(), |value| value.to_string());
    for class in found {
        table.row([
            class.programme.clone(),
            class.people.to_string(),
            number(class.placed),
            number(class.gain),
            class.bound.to_string(),
        ]);
    }
    table.write()
}
