//! A long walk through the pages of a family beside an office at work, against the reference model: what a page takes or refuses
//! is what the model does, and afterwards every state, counter and version is the same.
use std::sync::Arc;

use padankerja::{
    app::{accounts::sessions, keys::Keys, system},
    domain::{
        application::{self, Event, State},
        clock::Clock,
        ids::ApplicationId,
        machine::Actor,
    },
    store::applications,
};
use reqwest::Method;

use super::browser::Browser;
use crate::{
    model::words::{ApplicationNo, By, PersonNo, Recorded, Target, VacancyNo},
    support::{
        app::TestApp,
        database::{TestDb, both_databases},
        fixture,
    },
    workflow::{EVENTS, Move, Twins, made_on_desk},
};

const STEPS: u32 = 500;

/// Numbers that look random and are the same each time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

struct Walk<'a> {
    twins: Twins<'a>,
    browser: Browser,
    /// Whom the pages are about.
    about: usize,
    /// How often a page did what was asked, by event; and how often it refused.
    done: Vec<Event>,
    refused: u32,
}

impl Walk<'_> {
    /// The person whose pages are open becomes another one.
    async fn turn_to(&mut self, person: usize) {
        let choice = self.browser.get("/saya/pilih").await.form("Lanjutkan");
        self.browser.send(&choice.set("person", &self.twins.people[person].to_string())).await.is(200);
        self.about = person;
    }

    fn by(&self) -> By {
        By { now: self.twins.app.clock.now(), actor: Actor::Person, org: None }
    }

    /// What a form sends besides its own fields.
    fn fields(&self, more: &[(&str, &str)]) -> Vec<(String, String)> {
        let (key, whom) =
            (system::fresh::<uuid::Uuid>().to_string(), self.twins.people[self.about].to_string());
        let own = [("kunci", key.as_str()), ("orang", &whom), ("siapa", "sendiri"), ("reason", "too_far")];
        own.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// Answers about one of the person's applications, whether the page offers it or not.
    async fn answer(&mut self, dice: &mut Dice) {
        let person = PersonNo(u32::try_from(self.about).unwrap());
        let own: Vec<(ApplicationNo, ApplicationId)> = self
            .twins
            .applications
            .iter()
            .filter(|(no, _)| self.twins.desk.application(**no).unwrap().person == person)
            .map(|(no, id)| (*no, *id))
            .collect();
        // Where the person is asked, they rather answer that.
        let state = |no: ApplicationNo| self.twins.desk.application(no).unwrap().state;
        let asked: Vec<_> = own.iter().copied().filter(|(no, _)| state(*no) == State::Confirmed).collect();
        let of = if asked.is_empty() || dice.below(4) == 0 { &own } else { &asked };
        let Some((no, id)) = of.get(dice.below(of.len())).copied() else { return };
        let (event, word) =
            [(Event::Consent, "bersedia"), (Event::Decline, "tidak"), (Event::Withdraw, "batal")]
                [dice.below(3)];
        let before = self.twins.desk.application(no).unwrap();
        let hidden = self.twins.hidden(&self.twins.by(Actor::Person), id).await;
        let page = self.browser.ask(Method::GET, &format!("/saya/lamaran/{id}"), &[]).await;
        page.is(if hidden { 404 } else { 200 });
        if !hidden {
            // The page offers what the table of the application lets the person do.
            let open = application::events_open_to(before.state, Actor::Person);
            let offers = |word: &str| page.text.contains(&format!("/saya/lamaran/{id}/{word}\""));
            let may =
                |event: Event| open.contains(&event) && (!before.held || event.is_possible_while_held());
            assert_eq!(offers("bersedia"), may(Event::Consent), "{before:?}");
            assert_eq!(offers("batal"), may(Event::Withdraw) && !may(Event::Consent), "{before:?}");
        }
        let stale = i64::from(dice.below(12) == 0);
        let version = before.version - stale;
        let fields = self.fields(&[("versi", &version.to_string())]);
        let sent = self.browser.ask(Method::POST, &format!("/saya/lamaran/{id}/{word}"), &fields).await;
        let by = self.by();
        let on_desk = if hidden {
            None
        } else {
            self.twins.desk.act(&by, Target::Application(no), event, version).ok()
        };
        self.note(event, on_desk, sent.status.as_u16(), &format!("{event} of {before:?}: {}", sent.said()))
            .await;
    }

    /// Applies somewhere.
    async fn apply(&mut self, dice: &mut Dice) {
        let (person, vacancy) = (self.about, dice.below(self.twins.vacancies.len()));
        let (who, what) =
            (PersonNo(u32::try_from(person).unwrap()), VacancyNo(u32::try_from(vacancy).unwrap()));
        let by = self.by();
        let proposed = self
            .twins
            .desk
            .applications()
            .find(|(_, a)| a.state == State::Proposed && a.person == who && a.vacancy == what);
        let proposed = proposed.map(|(no, a)| (no, a.version));
        let path = format!("/lowongan/{}/lamar", self.twins.vacancies[vacancy]);
        let sent = self.browser.ask(Method::POST, &path, &self.fields(&[])).await;
        let reserve = by.now.timestamp();
        let on_desk = match proposed {
            Some((no, version)) => self.twins.desk.act(&by, Target::Application(no), Event::Apply, version),
            None => self.twins.desk.act(
                &by,
                Target::Pair { person: who, vacancy: what, reserve },
                Event::Apply,
                0,
            ),
        };
        self.note(Event::Apply, on_desk.ok(), sent.status.as_u16(), &sent.said()).await;
    }

    /// Both did it, or neither; what was made on the desk is found in the database.
    async fn note(&mut self, event: Event, on_desk: Option<Vec<Recorded>>, status: u16, told: &str) {
        assert_eq!(on_desk.is_some(), status == 303, "{status}: {told}");
        let Some(recorded) = on_desk else {
            assert!(matches!(status, 404 | 409), "{status}: {told}");
            self.refused += 1;
            return;
        };
        self.done.push(event);
        let mut tx = self.twins.app.db.read().await.unwrap();
        for no in made_on_desk(&recorded) {
            let of = self.twins.desk.application(no).unwrap();
            let (person, vacancy) = (self.twins.person(of.person), self.twins.vacancy(of.vacancy));
            let found = applications::open_between(&mut tx, person, vacancy).await.unwrap().unwrap();
            self.twins.applications.insert(no, found.id);
        }
    }
}

async fn walk(db: &TestDb) {
    let app = TestApp::at(db, Arc::new(Keys::ephemeral().unwrap()), system::SystemClock.now()).await;
    let office = fixture::office(app.app()).await;
    let mut dice = Dice(20_261_128);
    let (mut done, mut refused) = (Vec::new(), 0);
    // Small worlds fill up: four of them, one after the other.
    for world in 0..4 {
        let twins = Twins::new(app.app(), &office, world).await;
        let account = twins.by(Actor::Person).account().unwrap();
        let begun = sessions::begin(app.app(), account, false, None).await.unwrap();
        let mut browser = Browser::new(&app);
        browser.set_cookie(&begun.key);
        let mut walk = Walk { twins, browser, about: 0, done: Vec::new(), refused: 0 };
        walk.turn_to(0).await;
        for step in 0..STEPS / 4 {
            match dice.below(12) {
                0 => walk.turn_to(dice.below(5)).await,
                1 => walk.apply(&mut dice).await,
                2..=5 => walk.answer(&mut dice).await,
                _ => {
                    // The office's turn, and now and then a run.
                    let asks = [1, 4, 5, 6];
                    let event =
                        if dice.below(2) == 0 { asks[dice.below(4)] } else { dice.below(EVENTS.len() + 2) };
                    if EVENTS.get(event).is_some_and(|(_, actor)| *actor == Actor::Person) {
                        continue;
                    }
                    let one = Move {
                        event,
                        target: dice.below(64),
                        stale: false,
                        to: dice.below(State::ALL.len()),
                    };
                    walk.twins.make(&one).await;
                }
            }
            if step % 5 == 0 {
                walk.twins.compare().await;
            }
        }
        walk.twins.compare().await;
        done.extend(walk.done);
        refused += walk.refused;
    }
    for event in [Event::Apply, Event::Consent, Event::Decline, Event::Withdraw] {
        assert!(done.contains(&event), "the walk never came to {event}: {done:?}");
    }
    assert!(done.len() > 20 && refused > 20, "{} done, {refused} refused", done.len());
}

both_databases!(pages_do_what_the_model_does, |db: TestDb| walk(db));
