//! Messages that leave: mail to a real server, which is stopped and started, refuses boxes and wants TLS and a login; texts to a
//! gateway that answers late or never. Every mail arrives, and none twice.
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
use chrono::TimeDelta;
use padankerja::{
    app::{
        App,
        messages::sending::{self, Post, Sent, Settings},
        system,
    },
    domain::{
        clock::Clock,
        message::{Delivery, Failure, Kind},
    },
    mail::gateway::Gateway,
    store::{
        employers,
        messages::{self, New, Scope},
        people,
    },
};
use serde_json::Value;
use uuid::Uuid;

use crate::support::{
    app::TestClock,
    build,
    database::{TestDb, both_databases},
    fixture,
};

const FROM: &str = "Disperinaker <kerja@contoh.example>";
const KEY: &str = "kunci-uji-enam-belas";

/// A mail server of a test, with the folder of what it took.
pub struct Server {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl Server {
    pub fn start(folder: &Path, more: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lib/smtpd.py");
        std::fs::create_dir_all(folder).unwrap();
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(folder)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().unwrap(), folder: folder.to_owned() }
    }

    fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it took, in order.
    pub fn mails(&self) -> Vec<String> {
        let mut files: Vec<_> =
            std::fs::read_dir(&self.folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }

    /// To whom, in alphabetical order.
    fn recipients(&self) -> Vec<String> {
        let to = |mail: &String| mail.lines().next().unwrap().replace("X-Rcpt: ", "");
        let mut all: Vec<_> = self.mails().iter().map(to).collect();
        all.sort();
        all
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _killed = self.child.kill();
        let _gone = self.child.wait();
    }
}

pub fn post_to(server: &Server) -> Post {
    let url = server.url();
    let settings = Settings {
        mail_url: Some(&url),
        mail_from: Some(FROM),
        office_mail: Some("kantor@contoh.example"),
        ..Settings::default()
    };
    Post::new(settings).unwrap()
}

async fn send(app: &App, post: &Post) -> Sent {
    sending::send_due(app, post, &|_| {}).await.unwrap()
}

fn address(number: u128) -> String {
    format!("hrd{number:04}@pabrik.example")
}

/// So many employers, each with a message that is due.
async fn due(app: &App, count: u128) {
    for number in 1..=count {
        one_due(app, number, &address(number)).await;
    }
}

async fn one_due(app: &App, number: u128, mail: &str) {
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let of = employers::Employer {
        name: format!("PT Contoh {number}"),
        email: Some(mail.to_owned()),
        ..build::employer(Uuid::from_u128(number).into(), now)
    };
    employers::insert(&mut tx, &of).await.unwrap();
    messages::insert(&mut tx, &message(app, Kind::VacancyExpiring, number)).await.unwrap();
    tx.commit().await.unwrap();
}

fn message(app: &App, kind: Kind, employer: u128) -> New {
    let (now, id) = (app.clock.now(), system::fresh());
    New {
        id,
        kind,
        occasion: id.to_string(),
        application: None,
        vacancy: None,
        employer: Some(Uuid::from_u128(employer).into()),
        person: None,
        while_state: None,
        due_at: now,
        made_at: now,
    }
}

async fn in_state(app: &App, state: Delivery) -> i64 {
    messages::count(&mut app.db.read().await.unwrap(), state).await.unwrap()
}

/// The program in a process of its own: `messages send` with these settings.
fn sender(db: &TestDb, folder: &Path, settings: &[(&str, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_padankerja"));
    command
        .args(["messages", "send", "--json"])
        .env("DATABASE_URL", db.url())
        .env("PADANKERJA_DATA_DIR", folder)
        .env("PADANKERJA_KEYS_FILE", folder.join("keys.json"))
        .env("PADANKERJA_MAIL_FROM", FROM)
        .env("PADANKERJA_OFFICE_PHONE", "(0271) 000000")
        .envs(settings.iter().map(|(name, value)| (*name, value.as_str())))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

both_databases!(two_processes_send_each_mail_once, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("box"), &["--slow", "0.1"]);
    let app = fixture::app(db);
    // More than a process takes at once, and slowly, so that both have their share also where one begins late.
    due(&app, 450).await;
    let settings = [("PADANKERJA_MAIL_URL", server.url())];
    let both = [0, 1].map(|_| sender(db, folder.path(), &settings).spawn().unwrap());
    let mut sent = Vec::new();
    for process in both {
        let ended = process.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        sent.push(serde_json::from_slice::<Value>(&ended.stdout).unwrap()["sent"].as_u64().unwrap());
    }
    assert!(sent.iter().sum::<u64>() == 450 && sent.iter().all(|sent| *sent > 0), "{sent:?}");
    assert_eq!(server.recipients(), (1..=450).map(address).collect::<Vec<_>>());
    assert_eq!(in_state(&app, Delivery::Sent).await, 450);
    let first = server.mails().remove(0);
    assert!(first.contains("Message-ID: <") && first.contains("@contoh.example>"), "{first}");
});

both_databases!(a_server_that_stops_half_way_gets_the_rest_later, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let boxes = folder.path().join("box");
    let clock = Arc::new(TestClock::new(system::SystemClock.now()));
    let app = App { clock: clock.clone(), ..fixture::app(db) };
    due(&app, 30).await;
    let server = Server::start(&boxes, &["--die-after", "11"]);
    let (port, post) = (server.port.to_string(), post_to(&server));
    let first = send(&app, &post).await;
    // Several are under way at once: at least eleven were taken, and whatever was is known to be.
    assert!(first.sent >= 11 && first.failed > 0 && first.sent + first.failed == 30, "{first:?}");
    assert_eq!(u64::try_from(server.mails().len()).unwrap(), first.sent);
    assert_eq!(send(&app, &post).await, Sent::default(), "nothing is due before the pause is over");
    drop(server);
    // Nobody is there.
    clock.advance(TimeDelta::minutes(1));
    assert_eq!(send(&app, &post).await.failed, first.failed);
    clock.advance(TimeDelta::minutes(5));
    let server = Server::start(&boxes, &["--port", &port]);
    assert_eq!(send(&app, &post).await.sent, first.failed);
    assert_eq!(server.recipients(), (1..=30).map(address).collect::<Vec<_>>());
    assert_eq!((in_state(&app, Delivery::Waiting).await, in_state(&app, Delivery::Failed).await), (0, 0));
});

both_databases!(a_box_that_is_not_there_goes_to_the_office, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("box"), &[]);
    let clock = Arc::new(TestClock::new(system::SystemClock.now()));
    let app = App { clock: clock.clone(), ..fixture::app(db) };
    one_due(&app, 1, "tidak-ada@pabrik.example").await;
    one_due(&app, 2, "bukan alamat").await;
    one_due(&app, 3, "hrd@pabrik.example").await;
    let post = post_to(&server);
    let sent = send(&app, &post).await;
    assert_eq!((sent.sent, sent.failed), (1, 2), "a mail to another goes on");
    let mut tx = app.db.read().await.unwrap();
    let failed = (Delivery::Failed, None);
    let listed = messages::page(&mut tx, &Scope::Office, failed, app.clock.now(), None, 9).await.unwrap();
    let mut why: Vec<_> =
        listed.iter().map(|row| (row.employer_mail.clone().unwrap(), row.failure)).collect();
    why.sort();
    let expected = [("bukan alamat", Failure::BadAddress), ("tidak-ada@pabrik.example", Failure::Refused)];
    assert_eq!(why, expected.map(|(to, why)| (to.to_owned(), Some(why))));
    drop(tx);
    // Five tries at a server that is not there, with growing pauses, then the office's list.
    drop(server);
    one_due(&app, 4, "hrd@lain.example").await;
    for minutes in [0, 1, 5, 30, 180] {
        clock.advance(TimeDelta::minutes(minutes));
        assert_eq!(send(&app, &post).await.failed, 1, "after {minutes} minutes");
    }
    clock.advance(TimeDelta::days(1));
    assert_eq!(send(&app, &post).await, Sent::default());
    assert_eq!(in_state(&app, Delivery::Failed).await, 3);
});

both_databases!(what_is_for_one_reader_is_one_mail, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("box"), &[]);
    let app = fixture::app(db);
    due(&app, 2).await;
    let mut tx = app.db.write().await.unwrap();
    for employer in [1, 1, 1, 2] {
        for kind in [Kind::Referral, Kind::InterviewSet] {
            messages::insert(&mut tx, &message(&app, kind, employer)).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let sent = send(&app, &post_to(&server)).await;
    assert_eq!((sent.sent, sent.letters), (10, 5));
    let to = |mail: &str| server.recipients().iter().filter(|to| *to == mail).count();
    assert_eq!((to(&address(1)), to(&address(2)), to("kantor@contoh.example")), (2, 2, 1));
    assert!(server.mails().iter().any(|mail| mail.contains("Subject: 3 pelamar baru menunggu jawaban Anda")));
});

/// A certificate of this machine's own name, for a day; it vouches for itself alone.
fn certificate(folder: &Path) -> (String, String) {
    let [settings, cert, key] = ["openssl.cnf", "cert.pem", "key.pem"].map(|name| folder.join(name));
    let text = "[req]\ndistinguished_name = dn\nx509_extensions = v3\n[dn]\n[v3]\n\
                basicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost\n";
    std::fs::write(&settings, text).unwrap();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
        .args(["-days", "1", "-subj", "/CN=localhost", "-config"])
        .arg(&settings)
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&cert)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (cert.display().to_string(), key.display().to_string())
}

both_databases!(mail_goes_over_tls_with_a_login, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = certificate(folder.path());
    let tls = ["--tls", &cert, &key, "--login", "petugas", "rahasia"];
    let server = Server::start(&folder.path().join("box"), &tls);
    let app = fixture::app(db);
    due(&app, 2).await;
    let run = |password: &str, trusted: Option<&str>| {
        let url = format!("smtp://petugas:{password}@localhost:{}?tls=required", server.port);
        let mut settings = vec![("PADANKERJA_MAIL_URL", url)];
        settings.extend(trusted.map(|file| ("SSL_CERT_FILE", file.to_owned())));
        let ended = sender(db, folder.path(), &settings).output().unwrap();
        let sent = serde_json::from_slice::<Value>(&ended.stdout).unwrap()["sent"].as_u64().unwrap();
        assert_eq!(
            ended.status.code(),
            Some(i32::from(sent == 0)),
            "{}",
            String::from_utf8_lossy(&ended.stderr)
        );
        sent
    };
    assert_eq!(run("salah", Some(&cert)), 0);
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(due_now(&mut tx, &app).await, 2, "a wrong password is no fault of the mail");
    tx.commit().await.unwrap();
    assert_eq!(run("rahasia", None), 0, "a server that nobody vouches for gets no password");
    let mut tx = app.db.write().await.unwrap();
    let failed = due_now(&mut tx, &app).await;
    tx.commit().await.unwrap();
    assert_eq!(failed, 2);
    assert_eq!(run("rahasia", Some(&cert)), 2);
    assert_eq!(server.recipients(), [address(1), address(2)]);
});

/// Lets what waits for its next try be due at once; how many.
async fn due_now(tx: &mut padankerja::store::Tx, app: &App) -> u64 {
    padankerja::sql!(
        tx,
        execute,
        "update messages set due_at = $1 where state = 'waiting' and failure is not null",
        app.clock.now()
    )
    .unwrap()
}

#[derive(Clone, Default)]
struct Taken(Arc<Mutex<Vec<(HeaderMap, Bytes)>>>);

/// A gateway: takes what comes, or never answers.
async fn gateway(taken: Taken, hangs: bool) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let take = move |headers: HeaderMap, body: Bytes| async move {
        taken.0.lock().unwrap().push((headers, body));
        if hangs {
            std::future::pending::<()>().await;
        }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/send", post(take))).await });
    format!("http://{address}/send")
}

#[tokio::test]
async fn a_gateway_that_hangs_is_given_up_and_tried_with_the_same_number() {
    let taken = Taken::default();
    let url = gateway(taken.clone(), true).await;
    let gateway = Gateway::new(&url, KEY, Duration::from_millis(200)).unwrap();
    let (id, at, began) = (Uuid::from_u128(7), "2026-12-01T01:00:00Z".parse().unwrap(), Instant::now());
    for _ in 0..2 {
        assert_eq!(gateway.send(id, "+6286012345678", "Ada kabar", at).await, Err(Failure::Unreachable));
    }
    assert!(began.elapsed() < Duration::from_secs(5));
    let taken = taken.0.lock().unwrap();
    let number = |(headers, _): &(HeaderMap, Bytes)| headers["idempotency-key"].to_str().unwrap().to_owned();
    assert_eq!(taken.iter().map(number).collect::<Vec<_>>(), [id.to_string(), id.to_string()]);
}

both_databases!(a_gateway_gets_texts_that_it_can_check, |db: TestDb| async {
    let taken = Taken::default();
    let url = gateway(taken.clone(), false).await;
    let settings = Settings { gateway_url: Some(&url), gateway_key: Some(KEY), ..Settings::default() };
    let (app, post) = (fixture::app(db), Post::new(settings).unwrap());
    let mut tx = app.db.write().await.unwrap();
    let person = people::Person {
        name: "Contoh Rahasia".to_owned(),
        phone: Some("+6286012345678".to_owned()),
        ..build::person(Uuid::from_u128(1).into(), app.clock.now())
    };
    people::insert(&mut tx, &person).await.unwrap();
    let told = New { employer: None, person: Some(person.id), ..message(&app, Kind::Start, 1) };
    messages::insert(&mut tx, &told).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(send(&app, &post).await.sent, 1);
    assert_eq!(send(&app, &post).await, Sent::default());
    let taken = taken.0.lock().unwrap();
    let [(headers, body)] = taken.as_slice() else { panic!("{}", taken.len()) };
    let posted: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(
        (posted["to"].as_str().unwrap(), posted["id"].as_str().unwrap()),
        ("+6286012345678", told.id.to_string().as_str())
    );
    let text = posted["text"].as_str().unwrap();
    assert!(
        text.contains("diterima bekerja") && text.contains("(0271) 000000") && !text.contains("Rahasia"),
        "{text}"
    );
    let seconds = headers["x-padankerja-time"].to_str().unwrap();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, KEY.as_bytes());
    let signed =
        aws_lc_rs::hmac::sign(&key, format!("{seconds}.{}", String::from_utf8_lossy(body)).as_bytes());
    let expected: String = signed.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(headers["x-padankerja-signature"].to_str().unwrap(), expected);
});

both_databases!(nothing_leaves_in_the_name_of_an_office_without_a_number, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("box"), &[]);
    let app = App { office: Arc::default(), ..fixture::app(db) };
    due(&app, 1).await;
    assert_eq!(send(&app, &post_to(&server)).await, Sent::default());
    assert_eq!(send(&fixture::app(db), &post_to(&server)).await.sent, 1);
    assert_eq!(server.recipients(), [address(1)]);
});
