//! `padankerja messages`: what people, employers and the office are told: prepared texts, mail that did not arrive, sending now.
use std::process::ExitCode;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        announcing,
        messages::{
            self,
            seen::{MessageView, PreparedMessage, RepliedMessage},
            sending,
        },
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        values::{self, Refusal},
        worklist::Worklist,
    },
    config::Config,
    domain::{
        ids::MessageId,
        message::{Delivery, Reader, Reply},
    },
    transact,
    words::{cli::messages as words, id::messages as labels},
};

/// Arguments of `messages`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Contoh:
  padankerja messages                       teks kepada warga yang menunggu dikirim
  padankerja messages --state failed        yang tidak terkirim, surel juga, dengan sebabnya
  padankerja messages open 5e4f3c21         teks siap kirim dan tautan WhatsApp
  padankerja messages told 5e4f3c21         sudah dikirim, atau sudah disampaikan
  padankerja messages reply 5e4f3c21 yes    dijawab ya: dicatat sebagai persetujuan tertulis
  padankerja messages again 5e4f3c21        coba kirim lagi yang gagal
  padankerja messages send                  kirim sekarang semua yang sudah waktunya
Pesan tentang hal yang masih dapat diurungkan baru muncul setelah waktu urungkan lewat."
)]
pub struct Args {
    /// Keadaan pesan: waiting, opened, sent, answered, failed atau dropped
    #[arg(long, value_name = "KEADAAN", value_parser = state, default_value = "waiting")]
    state: Delivery,
    #[command(flatten)]
    list: Worklist,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Buka teks yang siap dikirim kepada warga
    Open(One),
    /// Catat bahwa warga sudah diberi tahu
    Told(One),
    /// Catat jawaban warga
    Reply(Answer),
    /// Coba kirim lagi pesan yang gagal
    Again(One),
    /// Kirim semua yang sudah waktunya
    Send(Send),
}

#[derive(Debug, clap::Args)]
struct One {
    /// Pesannya: delapan angka terakhir id
    #[arg(value_name = "ID")]
    id: Given,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Answer {
    /// Pesannya: delapan angka terakhir id
    #[arg(value_name = "ID")]
    id: Given,
    /// Jawabannya: yes, no atau other
    #[arg(value_name = "JAWABAN", value_parser = reply)]
    reply: Reply,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Send {
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

fn state(text: &str) -> Result<Delivery, Refusal> {
    values::one_of(text, Delivery::ALL, Delivery::as_str, labels::state)
}

fn reply(text: &str) -> Result<Reply, Refusal> {
    values::one_of(text, Reply::ALL, Reply::as_str, labels::reply)
}

/// Lists, or does something with one.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let done = match &args.action {
        None => list(&app, args.state, &args.list).await,
        Some(Action::Send(send)) => match send_now(&app, config, send.json).await {
            Ok(true) => Ok(()),
            Ok(false) => {
                app.db.close().await;
                return Ok(ExitCode::FAILURE);
            }
            Err(fault) => Err(fault),
        },
        Some(Action::Open(one)) => open(&app, one).await,
        Some(Action::Told(one)) => told(&app, one).await,
        Some(Action::Reply(answer)) => answered(&app, answer).await,
        Some(Action::Again(one)) => again(&app, one).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn list(app: &App, state: Delivery, list: &Worklist) -> Result<(), Fault> {
    // Mail leaves by itself: what waits for a hand is the texts to people.
    let reader =
        if matches!(state, Delivery::Failed | Delivery::Dropped) { None } else { Some(Reader::Person) };
    let rows = messages::page(app, &Acting::terminal(), (state, reader), None, list.rows()).await?;
    let cells = |row: &MessageView| {
        [
            row.id.short(),
            labels::kind(row.kind).to_owned(),
            row.person_name.clone().or_else(|| row.employer_name.clone()).unwrap_or_else(|| "-".to_owned()),
            row.way.map_or("surel", labels::way).to_owned(),
            row.title.clone().unwrap_or_else(|| "-".to_owned()),
            row.failure.map_or("", labels::failure).to_owned(),
        ]
    };
    let advice = |rows: &[MessageView], more| words::advice(state, rows.len(), more);
    list.show(rows, &words::none(labels::state(state)), words::COLUMNS, cells, advice)
}

async fn find(app: &App, given: &Given) -> Result<MessageId, Fault> {
    let mut tx = app.db.read().await?;
    short::message(&mut tx, given).await
}

fn not_there(given: &Given) -> impl Fn(AppError) -> Fault {
    let told = words::no_such(given);
    move |error| match error {
        AppError::NotFound => Fault::Usage(told.clone()),
        other => other.into(),
    }
}

async fn open(app: &App, one: &One) -> Result<(), Fault> {
    let id = find(app, &one.id).await?;
    let opened: Result<PreparedMessage, AppError> =
        async { transact!(app, tx => messages::open(app, tx, &Acting::terminal(), id).await) }.await;
    let opened = opened.map_err(not_there(&one.id))?;
    if one.json {
        return output::json(&opened);
    }
    let message = &opened.message;
    let way = message.way.map_or("-", labels::way);
    output::line(&words::opened(
        message.person_name.as_deref(),
        message.phone.as_deref(),
        way,
        message.hour.as_deref(),
    ))?;
    output::line(&opened.text)?;
    opened.link.iter().try_for_each(|link| output::line(link))
}

async fn told(app: &App, one: &One) -> Result<(), Fault> {
    let id = find(app, &one.id).await?;
    let now: Result<MessageView, AppError> =
        async { transact!(app, tx => messages::told(app, tx, &Acting::terminal(), id).await) }.await;
    show(&now.map_err(not_there(&one.id))?, one.json)
}

async fn again(app: &App, one: &One) -> Result<(), Fault> {
    let id = find(app, &one.id).await?;
    let now: Result<MessageView, AppError> =
        async { transact!(app, tx => messages::again(app, tx, &Acting::terminal(), id).await) }.await;
    show(&now.map_err(not_there(&one.id))?, one.json)
}

fn show(message: &MessageView, json: bool) -> Result<(), Fault> {
    if json {
        return output::json(message);
    }
    output::line(&words::now(labels::kind(message.kind), labels::state(message.state)))
}

async fn answered(app: &App, answer: &Answer) -> Result<(), Fault> {
    let (id, reply) = (find(app, &answer.id).await?, answer.reply);
    let now: Result<RepliedMessage, AppError> =
        async { transact!(app, tx => messages::reply(app, tx, &Acting::terminal(), id, reply).await) }.await;
    let now = now.map_err(not_there(&answer.id))?;
    if answer.json {
        return output::json(&now);
    }
    output::line(&words::replied(labels::reply(reply), now.consented))
}

/// Whether everything left.
async fn send_now(app: &App, config: &Config, json: bool) -> Result<bool, Fault> {
    if config.post.mail_url.is_none() && config.post.gateway_url.is_none() {
        return Err(Fault::Usage(words::NO_WAY_OUT.to_owned()));
    }
    let post = cli::post(config)?;
    let prepared: Result<u64, AppError> =
        async { transact!(app, tx => announcing::tell_late(app, tx).await) }.await;
    prepared?;
    let bar = output::bar(0, words::SENDING);
    let progress = |done| {
        bar.inc_length(done);
        bar.inc(done);
    };
    let sent = sending::send_due(app, &post, &progress).await?;
    bar.finish_and_clear();
    let told =
        words::Sent { sent: sent.sent, letters: sent.letters, failed: sent.failed, dropped: sent.dropped };
    if json {
        output::json(&sent)?
    } else {
        output::line(&words::sent(told))?
    }
    Ok(sent.failed == 0)
}
