//! `padankerja complaints`: what people complain about, listed, read, taken and closed at the terminal, which reads what an officer
//! reads: what may be about officers is for supervisors, over the service.
use std::process::ExitCode;

use crate::{
    app::{
        App,
        access::acting::Acting,
        complaints::{self, seen::ComplaintView},
    },
    cli::{
        self, Fault, Outcome, output,
        values::{self, Refusal},
        worklist::Worklist,
    },
    config::Config,
    domain::{complaint::State, ids::ComplaintId},
    transact,
    words::{
        cli::complaints as words,
        id::{complaints as labels, dates},
    },
};

/// Arguments of `complaints`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Contoh:
  padankerja complaints                                   semua, yang terlama dahulu
  padankerja complaints --state open
  padankerja complaints show ADU-2026-0041
  padankerja complaints handle ADU-2026-0041
  padankerja complaints close ADU-2026-0041 --founded yes --answer \"Pabrik mengembalikan uangnya.\"

Jawaban dibaca oleh yang mengadu. Pengaduan tentang petugas hanya dibaca pengawas, lewat layanan."
)]
pub struct Args {
    /// Hanya dalam keadaan ini: open, in_progress, closed_founded, closed_unfounded
    #[arg(long, value_name = "KEADAAN", value_parser = state)]
    state: Option<State>,
    #[command(flatten)]
    list: Worklist,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Baca sebuah pengaduan
    Show(One),
    /// Tangani: sejak sekarang sedang diperiksa
    Handle(One),
    /// Tutup dengan yang ditemukan
    Close(Close),
}

#[derive(Debug, clap::Args)]
struct One {
    /// Nomornya, seperti ADU-2026-0041
    #[arg(value_name = "NOMOR")]
    number: String,
}

#[derive(Debug, clap::Args)]
struct Close {
    /// Nomornya, seperti ADU-2026-0041
    #[arg(value_name = "NOMOR")]
    number: String,
    /// Terbukti atau tidak: yes, no
    #[arg(long, value_name = "YA|TIDAK", value_parser = yes, action = clap::ArgAction::Set)]
    founded: bool,
    /// Yang ditemukan dan dilakukan; dibaca oleh yang mengadu
    #[arg(long, value_name = "TEKS")]
    answer: String,
}

fn state(text: &str) -> Result<State, Refusal> {
    values::one_of(text, State::ALL, State::as_str, labels::state)
}

fn yes(text: &str) -> Result<bool, Refusal> {
    match text.to_lowercase().as_str() {
        "yes" | "ya" => Ok(true),
        "no" | "tidak" => Ok(false),
        _ => Err(Refusal(words::YES_OR_NO.to_owned())),
    }
}

/// Lists, reads, takes or closes.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let done = match &args.action {
        None => list(&app, &args).await,
        Some(Action::Show(one)) => numbered(&app, &one.number).await.and_then(|found| show(&found)),
        Some(Action::Handle(one)) => handle(&app, &one.number).await,
        Some(Action::Close(given)) => close(&app, given).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn list(app: &App, args: &Args) -> Result<(), Fault> {
    let mut tx = app.db.read().await?;
    let rows = complaints::listed(&mut tx, &Acting::terminal(), args.state, None, args.list.rows()).await?;
    tx.rollback().await?;
    let cells = |row: &ComplaintView| {
        [
            row.number.as_str().to_owned(),
            labels::kind(row.kind).to_owned(),
            row.employer_name.clone().unwrap_or_else(|| "-".to_owned()),
            labels::state(row.state).to_owned(),
            dates::clock(row.made_at),
        ]
    };
    let advice = |rows: &[ComplaintView], more| words::advice(rows.len(), more);
    args.list.show(rows, words::NONE, words::COLUMNS, cells, advice)
}

fn show(found: &ComplaintView) -> Result<(), Fault> {
    let lines = [
        (words::ABOUT, Some(labels::kind(found.kind))),
        (words::STANDS, Some(labels::state(found.state))),
        (words::SAID, Some(found.said.as_str())),
        (words::PERSON, found.person_name.as_deref()),
        (words::PHONE, found.phone.as_deref().or(found.contact.as_deref())),
        (words::EMPLOYER, found.employer_name.as_deref()),
        (words::VACANCY, found.title.as_deref()),
        (words::ANSWER, found.answer.as_deref()),
    ];
    output::line(&words::made(found.number.as_str(), &dates::clock(found.made_at)))?;
    lines.iter().try_for_each(|(name, value)| match value {
        Some(value) => output::line(&words::field(name, value)),
        None => Ok(()),
    })
}

async fn handle(app: &App, number: &str) -> Result<(), Fault> {
    let id: ComplaintId = numbered(app, number).await?.id;
    let terminal = Acting::terminal();
    let told = transact!(app, tx => complaints::take(app, tx, &terminal, id).await)?;
    output::line(&words::now(told.number.as_str(), labels::state(told.state)))
}

async fn close(app: &App, given: &Close) -> Result<(), Fault> {
    let id: ComplaintId = numbered(app, &given.number).await?.id;
    let (terminal, founded) = (Acting::terminal(), given.founded);
    let told = transact!(app, tx => complaints::close(app, tx, &terminal, id, founded, &given.answer).await)?;
    output::line(&words::now(told.number.as_str(), labels::state(told.state)))
}

/// The complaint of a number, as it is typed.
async fn numbered(app: &App, number: &str) -> Result<ComplaintView, Fault> {
    let mut tx = app.db.read().await?;
    let found = complaints::numbered(&mut tx, &Acting::terminal(), number).await?;
    tx.rollback().await?;
    found.ok_or_else(|| Fault::Usage(words::no_such(number.trim())))
}
