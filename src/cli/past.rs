//! Makes the past of an invented regency in an empty database and tells what became of it: for `demo` and `sample`.
use std::time::Instant;

use crate::{
    app::{App, accounts::password, system},
    cli::{self, Fault, output, table::Table},
    config::{self, Config},
    past::{self, Past, Told, Wanted},
    store::contents::Contents,
    words::cli::{past as words, runs as runs_words, service},
};

/// Which past is asked for.
pub(super) struct Asked {
    pub(super) people: u32,
    pub(super) months: u32,
    pub(super) seed: u64,
    /// Since when the first result is waited for, where somebody is told.
    pub(super) since: Option<Instant>,
}

/// Lives the past: shows the first run as soon as it is computed, then what there is in the end and with which logins one may
/// look at it.
///
/// # Errors
/// A database that holds something already.
pub(super) async fn make(app: &App, config: &Config, asked: &Asked) -> Result<(), Fault> {
    let there = past::present(app).await?;
    if !there.is_empty() {
        let url = config::without_password(&config.database_url);
        return Err(Fault::Usage(words::not_empty(&url, &amounts(&there))));
    }
    let secret = system::hex(&system::random::<5>()?);
    let wanted = Wanted {
        people: asked.people,
        months: asked.months,
        seed: asked.seed,
        today: app.clock.today(),
        password_hash: password::hash_now(&secret)?,
    };
    let bar = output::bar(0, words::LIVING);
    // Working days come to five in seven, less some holidays.
    bar.set_length(u64::from(asked.months) * 21);
    let tick = || bar.inc(1);
    let (mut past, first, summary) = Past::begin(app, &wanted, &tick).await?;
    bar.suspend(|| output::line(&words::first_run(past.day())))?;
    cli::matching::show(app, first, &summary, 12).await?;
    if let Some(since) = asked.since {
        output::line(&service::first_result(since.elapsed().as_secs_f64()))?;
    }
    bar.set_length(u64::try_from(past.days().0).unwrap_or_default());
    let last = past.go_on(first, &tick).await?;
    bar.finish_and_clear();
    output::line(&words::last_run(past.day()))?;
    for line in runs_words::figures(last.run.short(), &last.summary) {
        output::line(&line)?;
    }
    cli::runs::tell(&last.published)?;
    show(&past.told().await?, asked.months)?;
    for (login, role) in past::LOGINS {
        output::line(&service::login(login, &secret, role.as_str()))?;
    }
    Ok(())
}

/// Applications and vacancies by state, and everything else in a line each.
fn show(told: &Told, months: u32) -> Result<(), Fault> {
    output::line(&words::lived(months, &amounts(&told.contents)))?;
    let mut table = Table::new(words::STATES);
    let vacancies = told.vacancies.iter().map(|(state, count)| (words::vacancy(*state), count.to_string()));
    let mut vacancies = vacancies.map(|(label, count)| (label.to_owned(), count));
    for (state, count) in &told.applications {
        let (label, number) = vacancies.next().unwrap_or_default();
        table.row([words::application(*state).to_owned(), count.to_string(), label, number]);
    }
    table.write()?;
    for line in words::besides(&amounts(&told.contents)) {
        output::line(&line)?;
    }
    Ok(())
}

fn amounts(there: &Contents) -> words::Amounts {
    words::Amounts {
        people: there.people,
        nominated: there.nominated,
        employers: there.employers,
        vacancies: there.vacancies,
        classes: there.classes,
        organisations: there.organisations,
        logins: there.logins,
        runs: there.published,
        applications: there.applications,
        attempts: there.attempts,
        consents: there.consents,
        interviews: there.interviews,
        reminders: there.reminders,
        overdue: there.overdue,
        follow_ups: there.follow_ups,
        missed: there.missed,
        steps: there.steps,
        steps_done: there.steps_done,
        complaints: there.complaints,
        complaints_closed: there.complaints_closed,
    }
}
