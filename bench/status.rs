//! How many status reads (`GET /api/v1/me/applications`) a second the service answers, with so many applications in its
//! table: fills an empty database by SQL, serves the real router on a port, asks from clients that keep their
//! connections, each time as somebody else. The last line is for `bench/status.sh`: rate, statements per read and
//! processor time per read, microseconds, clients included: where others work on the machine too, it says more than the rate.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]
#![expect(clippy::unwrap_used, reason = "a measurement that fails is told by its failure")]
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{body::Body, http::Request};
use clap::Parser;
use padankerja::{
    app::{
        App,
        accounts::auth::Auth,
        applications::workflow,
        indexing::{self, Indexer},
        keys,
        system::SystemClock,
    },
    domain::clock::Clock,
    http::{self, state::AppState},
    store::Db,
};
use tower::ServiceExt;
use uuid::Uuid;

#[path = "../tests/it/support/bulk.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod bulk;
#[path = "../tests/it/support/counting.rs"]
mod counting;

/// Status reads per second.
#[derive(Parser)]
struct Arguments {
    /// An empty database: `sqlite://file` or `postgres://..`
    url: String,
    /// Applications in the table, a multiple of 1,000
    #[arg(long, default_value_t = 1_000)]
    applications: u64,
    /// How long is measured
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Clients at once
    #[arg(long, default_value_t = 16)]
    clients: u64,
}

const PATH: &str = "/api/v1/me/applications";
/// Logins that ask in turn.
const CALLERS: u64 = 1_000;

fn main() {
    let asked = Arguments::parse();
    let folder = tempfile::tempdir().unwrap();
    let keys = Arc::new(keys::Keys::ephemeral().unwrap());
    let (one, many) = (folder.path().join("one"), folder.path().join("many"));
    let single = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let statements = single.block_on(async {
        let db = Db::open(&asked.url).await.unwrap();
        bulk::fill(&db, asked.applications).await;
        statements(&state(db, Arc::clone(&keys), &one).await).await
    });
    drop(single);
    let all = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (rate, cost) = all.block_on(async {
        let db = Db::open(&asked.url).await.unwrap();
        measure(&asked, state(db, keys, &many).await).await
    });
    println!(
        "{} applications: {rate:.0} status reads per second, {statements} statements and {cost:.0} microseconds each",
        asked.applications
    );
    println!("{rate:.1} {statements} {cost:.0}");
}

async fn state(db: Db, keys: Arc<keys::Keys>, folder: &Path) -> AppState {
    let auth = Auth::new(&keys).unwrap();
    let app = App {
        db,
        clock: Arc::new(SystemClock),
        keys,
        rules: Arc::new(workflow::Rules::default()),
        office: Arc::default(),
    };
    let indexer = Indexer::open(&app, folder, indexing::silent()).await.unwrap();
    AppState {
        app,
        auth,
        indexer: Arc::new(indexer),
        gaps: Arc::default(),
        trusted_proxies: Arc::from([]),
        metrics: None,
    }
}

/// Tokens of logins from all over the table.
fn tokens(state: &AppState, applications: u64) -> Vec<String> {
    let people = bulk::people_of(applications);
    let callers = CALLERS.min(people);
    let token = |caller: u64| {
        let account = Uuid::from_u128(u128::from(caller * people / callers)).into();
        state.auth.access_token(account, SystemClock.now()).unwrap()
    };
    (0..callers).map(token).collect()
}

/// How many statements one status read makes.
async fn statements(state: &AppState) -> u64 {
    let token = tokens(state, 1_000).swap_remove(7);
    let request = Request::get(PATH).header("authorization", format!("Bearer {token}"));
    let request = request.body(Body::empty()).unwrap();
    let (response, count) = counting::counted(http::router(state.clone()).oneshot(request)).await;
    assert!(response.unwrap().status().is_success());
    count
}

/// Processor time of this process so far, hundredths of a second (proc(5): utime and stime).
fn processor() -> u32 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u32>().unwrap()).sum()
}

/// Reads per second, and the processor time of each in microseconds.
async fn measure(asked: &Arguments, state: AppState) -> (f64, f64) {
    let tokens = Arc::new(tokens(&state, asked.applications));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, http::router(state)).await.unwrap() });
    let answered = Arc::new(AtomicU64::new(0));
    for client in 0..asked.clients {
        let (tokens, url, answered) = (Arc::clone(&tokens), url.clone(), Arc::clone(&answered));
        tokio::spawn(async move {
            let http = reqwest::Client::new();
            let mut turn = usize::try_from(client).unwrap() * 31;
            loop {
                turn += 7;
                let answer = http.get(&url).bearer_auth(&tokens[turn % tokens.len()]).send().await.unwrap();
                assert!(answer.status().is_success(), "{}", answer.status());
                assert!(
                    answer.bytes().await.unwrap().len() > 1_000,
                    "five applications with their histories"
                );
                answered.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    // Caches and plans are as warm as they will be.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let (before, spent, started) = (answered.load(Ordering::Relaxed), processor(), Instant::now());
    tokio::time::sleep(Duration::from_secs(asked.seconds)).await;
    let count = u32::try_from(answered.load(Ordering::Relaxed) - before).unwrap();
    assert!(count > 0, "nothing was answered");
    let rate = f64::from(count) / started.elapsed().as_secs_f64();
    (rate, f64::from(processor() - spent) * 10_000.0 / f64::from(count))
}
