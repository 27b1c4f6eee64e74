//! A running service on a port of its own over a test's database, a clock the test moves, and clients that know who
//! they are.
use std::{
    net::SocketAddr,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use padankerja::{
    app::{
        App, AppError,
        access::{Right, Role, acting::Acting},
        accounts::{self, NewAccount, auth::Auth, password},
        applications::workflow,
        indexing::{self, Indexer},
        keys,
    },
    domain::{
        clock::Clock,
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
    },
    http::{self, state::AppState},
    store::organisations::OrganisationKind,
    transact,
};
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::database::TestDb;

/// The password of every login the tests make.
pub const PASSWORD: &str = "kata sandi percobaan";
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| password::hash_now(PASSWORD).unwrap());
static KEYS: LazyLock<Arc<keys::Keys>> = LazyLock::new(|| Arc::new(keys::Keys::ephemeral().unwrap()));
static COUNTER: AtomicU32 = AtomicU32::new(1);

/// A clock that moves when the test says so.
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// The service, answering on a free port until dropped.
pub struct TestApp {
    pub state: AppState,
    pub clock: Arc<TestClock>,
    pub address: SocketAddr,
    server: tokio::task::JoinHandle<()>,
    /// Holds the index.
    folder: tempfile::TempDir,
    http: reqwest::Client,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A login the test made, with a bearer token, or nobody.
#[derive(Clone)]
pub struct Client {
    pub account: Option<AccountId>,
    pub token: Option<String>,
    pub base: String,
    pub http: reqwest::Client,
}

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

/// Where a login belongs.
#[derive(Clone, Copy, Default)]
pub struct Place<'a> {
    pub organisation: Option<OrganisationId>,
    pub employer: Option<EmployerId>,
    pub rights: &'a [Right],
    pub people: &'a [PersonId],
}

impl TestApp {
    pub async fn start(db: &TestDb) -> Self {
        let made = state(db).await;
        Self::serving(http::router(made.0.clone()), made).await
    }

    /// Over a database with keys and a time of its own.
    pub async fn at(db: &TestDb, keys: Arc<keys::Keys>, now: DateTime<Utc>) -> Self {
        let made = state_at(db, keys, now).await;
        Self::serving(http::router(made.0.clone()), made).await
    }

    /// The service's frame around routes of the test.
    pub async fn framed(db: &TestDb, routes: Router<AppState>) -> Self {
        let made = state(db).await;
        Self::serving(http::framed(routes, made.0.clone()), made).await
    }

    async fn serving(router: Router, (state, clock, folder): Made) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { state, clock, address, server, folder, http }
    }

    pub fn app(&self) -> &App {
        &self.state.app
    }

    /// Where the index lies.
    pub fn index_folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Nobody.
    pub fn anonymous(&self) -> Client {
        let base = format!("http://{}", self.address);
        Client { account: None, token: None, base, http: self.http.clone() }
    }

    /// The client of a login.
    pub fn client(&self, account: AccountId) -> Client {
        let token = self.state.auth.access_token(account, self.clock.now()).unwrap();
        Client { account: Some(account), token: Some(token), ..self.anonymous() }
    }

    /// Makes an office.
    pub async fn organisation(&self, kind: OrganisationKind, village: Option<&str>) -> OrganisationId {
        let app = self.app();
        let name = format!("Kantor {}", COUNTER.fetch_add(1, Ordering::Relaxed));
        let made: Result<OrganisationId, AppError> = async {
            transact!(app, tx => {
                accounts::create_organisation(app, tx, &name, kind, village.map(str::to_owned)).await
            })
        }
        .await;
        made.unwrap()
    }

    /// Makes a login and its client.
    pub async fn login(&self, role: Role, place: Place<'_>) -> Client {
        let app = self.app();
        let new = NewAccount {
            login: format!("akun{}", COUNTER.fetch_add(1, Ordering::Relaxed)),
            password_hash: PASSWORD_HASH.clone(),
            role,
            organisation: place.organisation,
            employer: place.employer,
            rights: place.rights.to_vec(),
            people: place.people.to_vec(),
        };
        let made: Result<AccountId, AppError> =
            async { transact!(app, tx => accounts::create(app, tx, &Acting::terminal(), &new).await) }.await;
        self.client(made.unwrap())
    }

    /// An officer of a labour office made for them.
    pub async fn staff(&self, rights: &[Right]) -> Client {
        let office = self.organisation(OrganisationKind::LabourOffice, None).await;
        self.login(Role::Staff, Place { organisation: Some(office), rights, ..Place::default() }).await
    }

    /// The name a client logs in with.
    pub async fn login_name(&self, client: &Client) -> String {
        let mut tx = self.app().db.read().await.unwrap();
        let found = padankerja::store::accounts::find(&mut tx, client.account.unwrap()).await.unwrap();
        found.unwrap().login
    }

    /// Makes a login unusable.
    pub async fn disable(&self, client: &Client) {
        let (app, id) = (self.app(), client.account.unwrap());
        let done: Result<(), AppError> =
            async { transact!(app, tx => accounts::disable(app, tx, &Acting::terminal(), id).await) }.await;
        done.unwrap();
    }

    /// An administrator: a login that belongs nowhere.
    pub async fn administrator(&self) -> Client {
        self.login(Role::Administrator, Place::default()).await
    }
}

type Made = (AppState, Arc<TestClock>, tempfile::TempDir);

async fn state(db: &TestDb) -> Made {
    state_at(db, Arc::clone(&KEYS), "2026-03-02T02:00:00Z".parse().unwrap()).await
}

async fn state_at(db: &TestDb, keys: Arc<keys::Keys>, now: DateTime<Utc>) -> Made {
    let clock = Arc::new(TestClock(Mutex::new(now)));
    let auth = Auth::new(&keys).unwrap();
    let app = App {
        db: db.db.clone(),
        clock: clock.clone(),
        keys,
        rules: Arc::new(workflow::Rules::default()),
        office: super::fixture::sender(),
    };
    let folder = tempfile::tempdir().unwrap();
    let indexer = Indexer::open(&app, folder.path(), indexing::silent()).await.unwrap();
    let metrics = Some(Arc::new(http::metrics::Metrics::new().unwrap()));
    (
        AppState {
            app,
            auth,
            indexer: Arc::new(indexer),
            gaps: Arc::default(),
            trusted_proxies: Arc::from([]),
            metrics,
        },
        clock,
        folder,
    )
}

/// A number no other caller of the run gets.
pub fn fresh_number() -> u32 {
    COUNTER.fetch_add(1, Ordering::Relaxed)
}

/// A value no other request of the run uses as its key.
pub fn fresh_key() -> String {
    format!("kunci-{:08}", COUNTER.fetch_add(1, Ordering::Relaxed))
}

impl Client {
    /// A request with the login's token and nothing else.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// A POST with a fresh key.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with_key(path, &fresh_key(), body).await
    }

    pub async fn post_with_key(&self, path: &str, key: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).header("Idempotency-Key", key).json(body)).await
    }
}

impl Answer {
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The code of a problem document, after checking that it is one.
    #[track_caller]
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text);
        let document = self.json();
        assert_eq!(document["status"], self.status.as_u16());
        assert_eq!(
            document["type"],
            format!("urn:padankerja:problem:{}", document["code"].as_str().unwrap())
        );
        for words in ["title", "detail"] {
            assert!(document[words].as_str().is_some_and(|text| text.len() > 3), "{}", self.text);
        }
        document["code"].as_str().unwrap().to_owned()
    }

    /// Status and code of a problem.
    #[track_caller]
    pub fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.problem())
    }

    /// The JSON of a success.
    #[track_caller]
    pub fn success(&self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text);
        self.json()
    }
}

/// Waits for all, running at once on the present task.
pub async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        let mut pending = false;
        for (future, output) in &mut waiting {
            if output.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *output = Some(value),
                    std::task::Poll::Pending => pending = true,
                }
            }
        }
        if pending { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    waiting.into_iter().map(|(_, output)| output.unwrap()).collect()
}
