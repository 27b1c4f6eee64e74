//! Callers that hang up at any moment hurt nobody else: what they began ends or is undone, and no connection of the
//! database is left in the middle of it. (A hang-up used to leave its transaction open on the pooled connection.)
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::cast::{Cast, vacancy};
use crate::support::{
    app::{Answer, Client, fresh_key, join_all},
    database::{TestDb, both_databases},
};

/// Callers that hang up at the same time.
const RUDE: u64 = 16;

/// The request as it goes over the line.
fn wire(address: &str, client: &Client) -> Vec<u8> {
    let body = vacancy(3).to_string();
    format!(
        "POST /api/v1/vacancies HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\nidempotency-key: {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        client.token.as_deref().unwrap(),
        fresh_key(),
        body.len()
    )
    .into_bytes()
}

/// The next of a sequence without pattern (Knuth's linear congruential generator).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Hangs up `times` times: one in four before the request is complete, the others within 4 ms after it.
async fn hang_up(address: String, client: Client, seed: u64, times: u64) {
    let mut state = seed;
    for _ in 0..times {
        let request = wire(&address, &client);
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let cut = next(&mut state);
        let length = if cut.is_multiple_of(4) {
            usize::try_from(next(&mut state)).unwrap() % request.len()
        } else {
            request.len()
        };
        stream.write_all(&request[..length]).await.unwrap();
        let wait = Duration::from_micros(next(&mut state) % 4_000);
        let mut answer = [0_u8; 64];
        let _read = tokio::time::timeout(wait, stream.read(&mut answer)).await;
    }
}

/// Asks until told to stop; the statuses.
async fn ask(client: Client, stop: Arc<AtomicBool>) -> Vec<u16> {
    let mut told = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let posted: Answer = client.post("/api/v1/vacancies", &vacancy(2)).await;
        told.push(posted.status.as_u16());
        told.push(client.get("/api/v1/vacancies?limit=1").await.status.as_u16());
    }
    told
}

async fn cuts(db: &TestDb) {
    let cast = Cast::new(db).await;
    // The first text that is read loads the vocabulary; without optimisation that takes longer than all the rude ones.
    cast.employer.post("/api/v1/vacancies", &vacancy(1)).await.success();
    let sqlite = matches!(db.db, padankerja::store::Db::Sqlite { .. });
    let each = if sqlite { 1_000 } else { 5_000 } / RUDE + 1;
    let stop = Arc::new(AtomicBool::new(false));
    let honest: Vec<_> =
        (0..4).map(|_| tokio::spawn(ask(cast.employer.clone(), Arc::clone(&stop)))).collect();
    let address = cast.app.address.to_string();
    let rude: Vec<_> = (0..RUDE)
        .map(|seed| tokio::spawn(hang_up(address.clone(), cast.employer.clone(), seed, each)))
        .collect();
    for done in join_all(rude.into_iter()).await {
        done.unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    let mut asked = 0;
    for told in join_all(honest.into_iter()).await {
        let told = told.unwrap();
        asked += told.len();
        let (done, rest): (Vec<u16>, Vec<u16>) = told.into_iter().partition(|s| matches!(s, 200 | 201));
        // Busy is an honest answer when sixteen others push in all the time; any other fault is not.
        assert!(rest.iter().all(|status| *status == 503), "honest callers were told {rest:?}");
        assert!(rest.len() * 10 <= done.len(), "{} of {} were told to come back", rest.len(), done.len());
    }
    assert!(asked > 10, "only {asked} honest requests");
    // Whatever the rude ones began has ended by now: a write goes through at once.
    let body = vacancy(1);
    let after = cast.employer.post("/api/v1/vacancies", &body);
    tokio::time::timeout(Duration::from_secs(5), after).await.unwrap().success();
    assert_eq!(cast.app.anonymous().get("/readyz").await.status, 200);
}

both_databases!(whoever_hangs_up_hurts_nobody_else, |db: TestDb| cuts(db));
