//! How messages leave: claimed for a short time, so that each is sent once however many processes do it; what is for one
//! reader about one thing is one mail. Whoever dies between a server's answer and the commit leaves a claim that runs out, and
//! that mail goes out again, with the same number.
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use serde::Serialize;
use uuid::Uuid;

use super::{password_mail, written};
use crate::{
    app::{App, AppError, announcing, system},
    domain::{
        ids::EmployerId,
        message::{self, Failure, Kind, Letter, Reader, SettingsError},
    },
    mail::{
        PATIENCE,
        gateway::Gateway,
        smtp::{AT_ONCE, Mailer},
    },
    store::messages::{self, Message, Sends, Shown},
    transact,
    words::{Language, id::messages::Line},
};

/// Messages claimed at once.
const BATCH: i64 = 200;

/// How long a claim lasts: longer than a batch takes when each server is as slow as it may be.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// The ways out of the house.
#[derive(Debug, Default)]
pub struct Post {
    /// For mail.
    pub mailer: Option<Mailer>,
    /// The office's own box.
    pub office_box: Option<String>,
    /// For texts to people.
    pub gateway: Option<Gateway>,
}

/// How the ways out are set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// The mail server.
    pub mail_url: Option<&'a str>,
    /// The sender.
    pub mail_from: Option<&'a str>,
    /// The office's own box.
    pub office_mail: Option<&'a str>,
    /// The gateway.
    pub gateway_url: Option<&'a str>,
    /// Its key.
    pub gateway_key: Option<&'a str>,
}

/// What was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Messages that left.
    pub sent: u64,
    /// Mails and texts in which they left.
    pub letters: u64,
    /// Messages that did not leave: tried again, or on the office's list.
    pub failed: u64,
    /// What is no longer true, or no news any more.
    pub dropped: u64,
}

impl Post {
    /// Opens the ways that are set up; connects to nothing.
    ///
    /// # Errors
    /// A server, sender, gateway or key that cannot be used.
    pub fn new(settings: Settings<'_>) -> Result<Self, SettingsError> {
        let mail = settings.mail_url.map(|url| Mailer::new(url, settings.mail_from.unwrap_or_default()));
        let key = settings.gateway_key.unwrap_or_default();
        let gateway = settings.gateway_url.map(|url| Gateway::new(url, key, PATIENCE));
        Ok(Self {
            mailer: mail.transpose()?,
            office_box: settings.office_mail.map(str::to_owned),
            gateway: gateway.transpose()?,
        })
    }

    fn sends(&self) -> Sends {
        let mails = self.mailer.is_some();
        Sends {
            to_employers: mails,
            to_office: mails && self.office_box.is_some(),
            to_people: self.gateway.is_some(),
        }
    }
}

impl Sent {
    fn add(&mut self, more: Self) {
        self.sent += more.sent;
        self.letters += more.letters;
        self.failed += more.failed;
    }
}

/// What is for one reader about one thing.
struct Group {
    kind: Kind,
    rows: Vec<Message>,
}

/// A batch that is claimed, and until when.
struct Claim {
    id: Uuid,
    until: DateTime<Utc>,
}

/// Sends everything that is due, until nothing is; `progress` hears how many messages are done. Nothing leaves in the name of an
/// office that names no number.
pub async fn send_due(app: &App, post: &Post, progress: &(dyn Fn(u64) + Sync)) -> Result<Sent, AppError> {
    let mut all = Sent { dropped: drop_stale(app).await?, ..Sent::default() };
    if app.office.phone.is_empty() {
        return Ok(all);
    }
    if let Some(mailer) = &post.mailer {
        all.add(password_mail::send_due(app, mailer).await?);
    }
    while let Some((claim, groups)) = claim(app, post.sends()).await? {
        let letters: Vec<_> = groups.into_iter().map(|group| deliver(app, post, &claim, group)).collect();
        let mut letters = stream::iter(letters).buffer_unordered(AT_ONCE);
        let mut broken = None;
        while let Some(done) = letters.next().await {
            match done {
                Ok(done) => {
                    all.add(done);
                    progress(done.sent + done.failed);
                }
                // What is under way beside it is seen to its end: a mail that is cut off may have arrived.
                Err(error) => broken = Some(error),
            }
        }
        if let Some(error) = broken {
            return Err(error);
        }
    }
    Ok(all)
}

/// Drops what is no longer true, and mail that could not leave for a week.
async fn drop_stale(app: &App) -> Result<u64, AppError> {
    let now = app.clock.now();
    // What can be undone yet may become true again.
    let settled = now - TimeDelta::minutes(i64::from(app.rules.undo_minutes)) - message::AFTER_UNDO;
    transact!(app, tx => Ok(messages::drop_stale(tx, now, settled, now - message::STALE_AFTER).await?))
}

async fn claim(app: &App, sends: Sends) -> Result<Option<(Claim, Vec<Group>)>, AppError> {
    if sends == Sends::default() {
        return Ok(None);
    }
    let (now, id) = (app.clock.now(), system::fresh::<Uuid>());
    let (until, soon) = (now + LEASE, announcing::last_soon_day(app));
    let rows = transact!(app, tx => {
        messages::claim(tx, sends, id, now, until, (soon, BATCH)).await?;
        Ok(messages::claimed(tx, id).await?)
    })?;
    Ok((!rows.is_empty()).then(|| (Claim { id, until }, grouped(rows))))
}

/// Together what one reader reads about one thing: all of a kind for the office, of an employer for that employer; each to a
/// person alone.
fn grouped(rows: Vec<Message>) -> Vec<Group> {
    let mut mails: BTreeMap<(Kind, Option<EmployerId>), Vec<Message>> = BTreeMap::new();
    let mut groups = Vec::new();
    for row in rows {
        let kind = row.kind;
        match kind.reader() {
            Reader::Person => groups.push(Group { kind, rows: vec![row] }),
            Reader::Office => mails.entry((kind, None)).or_default().push(row),
            Reader::Employer => mails.entry((kind, row.employer_id)).or_default().push(row),
        }
    }
    groups.extend(mails.into_iter().map(|((kind, _), rows)| Group { kind, rows }));
    groups
}

/// Sends what is in a group and stores what came of it; what is no longer claimed is left to others.
async fn deliver(app: &App, post: &Post, claim: &Claim, group: Group) -> Result<Sent, AppError> {
    if app.clock.now() >= claim.until {
        return Ok(Sent::default());
    }
    let shown = match group.rows.first() {
        Some(first) if group.kind.reader() == Reader::Person => written(&app.office, first)?,
        _ => None,
    };
    let outcome = hand_over(app, post, &group, shown.as_ref()).await?;
    let (now, count) = (app.clock.now(), u64::try_from(group.rows.len()).unwrap_or(u64::MAX));
    if let Err(failure) = outcome {
        tracing::warn!(kind = %group.kind, count, %failure, "messages did not leave");
    }
    let kept = async {
        transact!(app, tx => {
            let mut kept = 0;
            for row in &group.rows {
                kept += match outcome {
                    Ok(()) => {
                        messages::sent(tx, row.id, claim.id, shown.clone(), now).await?
                    }
                    Err(failure) => {
                        let pause = message::pause_after(row.tries + 1).filter(|_| failure.may_pass());
                        messages::not_sent(tx, row.id, claim.id, failure, pause.map(|pause| now + pause)).await?
                    }
                };
            }
            Ok(kept)
        })
    }
    .await?;
    Ok(match outcome {
        Ok(()) => Sent { sent: kept, letters: 1, ..Sent::default() },
        Err(_) => Sent { failed: kept, ..Sent::default() },
    })
}

async fn hand_over(
    app: &App,
    post: &Post,
    group: &Group,
    shown: Option<&Shown>,
) -> Result<Result<(), Failure>, AppError> {
    let Some(first) = group.rows.first() else { return Ok(Ok(())) };
    match group.kind.reader() {
        Reader::Person => {
            let (Some(gateway), Some(shown)) = (&post.gateway, shown) else {
                return Ok(Err(Failure::NoAddress));
            };
            Ok(gateway.send(first.id.0, &shown.number, &shown.text, app.clock.now()).await)
        }
        Reader::Employer => mail(app, post, group, first, first.employer_mail.as_deref()).await,
        Reader::Office => mail(app, post, group, first, post.office_box.as_deref()).await,
    }
}

async fn mail(
    app: &App,
    post: &Post,
    group: &Group,
    first: &Message,
    to: Option<&str>,
) -> Result<Result<(), Failure>, AppError> {
    let (Some(mailer), Some(to)) = (&post.mailer, to) else { return Ok(Err(Failure::NoAddress)) };
    let letter = letter(app, group.kind, first, &group.rows)?;
    Ok(mailer.send(to, &letter, first.id.0).await)
}

/// The mail about these messages: a line for each vacancy, and for each day.
fn letter(app: &App, kind: Kind, first: &Message, rows: &[Message]) -> Result<Letter, AppError> {
    let mut lines: Vec<Line> = Vec::new();
    for row in rows {
        let line = Line {
            title: row.title.clone().unwrap_or_default(),
            employer: row.employer_name.clone().unwrap_or_default(),
            people: 0,
            due: match kind {
                Kind::VacancyExpiring => row.closes_on,
                Kind::InterviewSet => row.interview.interview_on,
                _ => row.deadline,
            },
        };
        match lines.iter_mut().find(|told| Line { people: 0, ..(*told).clone() } == line) {
            Some(told) => told.people += 1,
            None => lines.push(Line { people: 1, ..line }),
        }
    }
    let employer = first.employer_name.as_deref().unwrap_or_default();
    let letter = Language::Id.letter(kind, &app.office, employer, &lines);
    let letter = letter.map_err(|error| AppError::Internal(error.to_string()))?;
    letter.ok_or_else(|| AppError::Internal("a text to a person is no mail".to_owned()))
}
