//! Applications: scopes, queues, compare-and-swap, counts.
use padankerja::{
    domain::{
        application::State,
        disclosure,
        ids::{ApplicationId, PersonId, VacancyId},
        vacancy::State as VacancyState,
    },
    store::{
        Tx,
        applications::{self, Application, Filter, Scope},
        employers, organisations, pairs, people, runs, vacancies,
    },
};

use super::{
    account, agreed, application, at, day, employer, id, ids, insert_account,
    nominations::nominated,
    office, pair, person, refused,
    runs::{policy, run},
    same, some, vacancy,
};
use crate::support::database::{TestDb, both_databases};

fn numbers(all: &[u128]) -> Vec<ApplicationId> {
    all.iter().map(|number| id(*number)).collect()
}

async fn insert(tx: &mut Tx, all: &[Application]) {
    for row in all {
        assert_eq!(applications::insert(tx, row).await.unwrap(), 1, "{row:?}");
    }
}

/// Three people apply: 1 (referred, of the login, own village), 2 (proposed by a run, nominated), 3 (proposed, for
/// another employer).
async fn stored(tx: &mut Tx) -> [Application; 3] {
    organisations::insert(tx, &office(1, None)).await.unwrap();
    insert_account(tx, &account(1)).await;
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    runs::insert(tx, &run(1, 1)).await.unwrap();
    for owner in [employer(1), employer(2)] {
        employers::insert(tx, &owner).await.unwrap();
        let number = owner.id.0.as_u128();
        vacancies::insert(tx, &vacancy(number, &owner)).await.unwrap();
    }
    let elsewhere = some("33.11.06.2001");
    for row in [
        person(1),
        people::Person { nominated_by: Some(id(1)), village: elsewhere.clone(), phone: None, ..person(2) },
        people::Person { village: elsewhere, ..person(3) },
    ] {
        people::insert(tx, &row).await.unwrap();
    }
    people::attach(tx, account(1).id, id(1)).await.unwrap();
    nominated(tx, 1, 2).await;
    let all = [
        Application {
            letter_number: Some(padankerja::domain::letter::Number::new(1, 2026)),
            created_at: at(5),
            ..application(1, id(1), id(1), State::Referred)
        },
        Application {
            run_id: Some(id(1)),
            deadline: None,
            starts_on: None,
            ..application(2, id(2), id(1), State::Proposed)
        },
        Application { created_at: at(5), held: true, ..application(3, id(3), id(2), State::Proposed) },
    ];
    insert(tx, &all).await;
    all
}

async fn scopes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = stored(tx).await;
    agreed(tx, &[2, 3]).await;
    for row in &all {
        same(applications::get(tx, row.id).await.unwrap(), Some(row));
    }
    assert!(applications::get(tx, id(9)).await.unwrap().is_none());
    // An employer sees those referred to its own vacancies only.
    let of = |employer| Scope::Employer(id(employer));
    let held = Scope::Account(account(1).id);
    let village = Scope::Village("33.11.06.2001".to_owned());
    let agency = Scope::Agency(id(1));
    let none = Filter::default();
    let reach: [(&Scope, &[u128]); 6] = [
        (&Scope::Office, &[2, 1, 3]),
        (&of(1), &[1]),
        (&of(2), &[]),
        (&held, &[1]),
        (&village, &[2, 3]),
        (&agency, &[2]),
    ];
    for (scope, expected) in reach {
        assert_eq!(page(tx, scope, &none, None, 9).await, numbers(expected), "{scope:?}");
        for number in 1..=4 {
            let found = applications::find(tx, scope, id(number)).await.unwrap().is_some();
            assert_eq!(found, expected.contains(&number), "{scope:?} {number}");
            let found = applications::card(tx, scope, id(number)).await.unwrap().is_some();
            assert_eq!(found, expected.contains(&number), "{scope:?} {number}");
        }
    }
}

/// The stored ones, and one more in each state, spread over vacancies and people.
async fn one_of_each_state_besides(tx: &mut Tx) -> ([Application; 3], Vec<Application>) {
    let all = stored(tx).await;
    agreed(tx, &[2, 3]).await;
    // Some of what the login's further people have is known to them, some is not.
    for person in [id(2), id(3)] {
        people::attach(tx, account(1).id, person).await.unwrap();
    }
    let mut more = Vec::new();
    for (number, state) in (10_u128..).zip(State::ALL) {
        let letter_number = (number % 2 == 0)
            .then(|| padankerja::domain::letter::Number::new(i64::try_from(number).unwrap(), 2026));
        let created_at = at(i64::try_from(number % 4).unwrap());
        let row = application(number, id(number % 3 + 1), id(number % 2 + 1), *state);
        more.push(Application { letter_number, created_at, held: number % 5 == 0, ..row });
    }
    for (number, row) in (100..).zip(&mut more) {
        // Of its own vacancy, so that any number of them may be open.
        let owner = employer(row.vacancy_id.0.as_u128());
        vacancies::insert(
            tx,
            &vacancies::Vacancy { external_id: None, source: None, ..vacancy(number, &owner) },
        )
        .await
        .unwrap();
        if number % 5 != 0 {
            row.vacancy_id = id(number);
        } else {
            row.person_id = id(number);
            people::insert(tx, &person(number)).await.unwrap();
            nominated(tx, 1, number).await;
        }
    }
    insert(tx, &more).await;
    (all, more)
}

/// Every list, by what may be asked of it, against the rule written out: all applications in order, those the caller sees
/// and asked for, from the place on, so many.
async fn every_list(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (all, more) = one_of_each_state_besides(tx).await;
    let mut rows: Vec<&Application> = all.iter().chain(&more).collect();
    rows.sort_by_key(|row| (row.created_at, row.id));

    let mut asked = 0;
    for scope in [
        Scope::Office,
        Scope::Employer(id(1)),
        Scope::Account(account(1).id),
        Scope::Village("33.11.06.2001".to_owned()),
        Scope::Agency(id(1)),
    ] {
        let mut seen = Vec::new();
        for row in &rows {
            if applications::find(tx, &scope, row.id).await.unwrap().is_some() {
                let known = disclosure::becomes_known(row.state);
                assert!(known || !matches!(scope, Scope::Account(_)), "{scope:?} {row:?}");
                seen.push(*row);
            }
        }
        assert!(seen.len() > 1 && (seen.len() < rows.len() || scope == Scope::Office), "{scope:?}");
        for filter in every_filter() {
            let wanted: Vec<ApplicationId> =
                seen.iter().filter(|row| asks_for(&filter, row)).map(|row| row.id).collect();
            asked += wanted.len();
            assert_eq!(page(tx, &scope, &filter, None, 99).await, wanted, "{scope:?} {filter:?}");
            assert_eq!(
                page(tx, &scope, &filter, None, 1).await,
                wanted[..wanted.len().min(1)],
                "{scope:?} {filter:?}"
            );
            for row in &seen {
                let later = seen.iter().filter(|one| (one.created_at, one.id) > (row.created_at, row.id));
                let later: Vec<_> =
                    later.filter(|row| asks_for(&filter, row)).map(|row| row.id).take(2).collect();
                let after = Some((row.created_at, row.id));
                assert_eq!(
                    page(tx, &scope, &filter, after, 2).await,
                    later,
                    "{scope:?} {filter:?} {after:?}"
                );
            }
        }
    }
    assert!(asked > 200, "only {asked} rows met");
}

fn every_filter() -> Vec<Filter> {
    let mut all = Vec::new();
    for vacancy in [None, Some(id(1)), Some(id(101))] {
        for person in [None, Some(id(2)), Some(id(1))] {
            for state in [None, Some(State::Referred), Some(State::Proposed)] {
                all.extend([false, true].map(|due| Filter { vacancy, person, state, due }));
            }
        }
    }
    all
}

fn asks_for(filter: &Filter, row: &Application) -> bool {
    let due = matches!(row.state, State::Referred | State::Interview | State::Offered) && !row.held;
    filter.vacancy.is_none_or(|id| id == row.vacancy_id)
        && filter.person.is_none_or(|id| id == row.person_id)
        && filter.state.is_none_or(|state| state == row.state)
        && (due || !filter.due)
}

async fn page(
    tx: &mut Tx,
    scope: &Scope,
    filter: &Filter,
    after: Option<applications::Cursor>,
    limit: i64,
) -> Vec<ApplicationId> {
    let cards = applications::cards(tx, scope, filter, after, limit).await.unwrap();
    cards.iter().map(|card| card.application.id).collect()
}

async fn pages(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = stored(tx).await;
    let office = Scope::Office;
    let filters: [(Filter, &[u128]); 5] = [
        (Filter { vacancy: Some(id(1)), ..Filter::default() }, &[2, 1]),
        (Filter { person: Some(id(3)), ..Filter::default() }, &[3]),
        (Filter { state: Some(State::Proposed), ..Filter::default() }, &[2, 3]),
        (Filter { vacancy: Some(id(2)), state: Some(State::Hired), ..Filter::default() }, &[]),
        (Filter { due: true, ..Filter::default() }, &[1]),
    ];
    for (filter, expected) in &filters {
        assert_eq!(page(tx, &office, filter, None, 9).await, numbers(expected), "{filter:?}");
    }
    let none = Filter::default();
    assert_eq!(page(tx, &office, &none, None, 2).await, numbers(&[2, 1]));
    let after = Some((at(5), id(1)));
    let cards = applications::cards(tx, &office, &none, after, 9).await.unwrap();
    same(&cards[0].application, &all[2]);
    assert_eq!(applications::cards(tx, &office, &none, None, 2).await.unwrap().len(), 2);
    let card = applications::card(tx, &office, id(2)).await.unwrap().unwrap();
    same(&card.application, &all[1]);
    let alone = applications::names(tx, all[1].id).await.unwrap().unwrap();
    for names in [card.names, alone] {
        assert_eq!((names.person_name.as_str(), names.person_phone), ("Contoh 2", None));
        assert_eq!((names.title.as_str(), names.employer_id), ("Operator jahit 1", id(1)));
        assert_eq!((names.employer_name.as_str(), names.reminders), ("PT Contoh 1", 0));
    }
    assert!(applications::names(tx, id(99)).await.unwrap().is_none());
}

async fn swaps(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let [before, other, _] = stored(tx).await;
    let twin = Application { id: id(4), ..before.clone() };
    assert_eq!(applications::insert(tx, &twin).await.unwrap(), 0, "an open one exists");
    let next = Application {
        state: State::Hired,
        held: true,
        deadline: None,
        starts_on: Some(day("2026-05-01")),
        letter_number: Some(padankerja::domain::letter::Number::new(2, 2026)),
        version: 2,
        updated_at: at(9),
        reserve_order: 8,
        ..before.clone()
    };
    assert_eq!(applications::swap(tx, &before, &next).await.unwrap(), 1);
    same(applications::get(tx, before.id).await.unwrap(), Some(&next));
    assert_eq!(applications::swap(tx, &before, &next).await.unwrap(), 0, "too late");
    let stale = Application { version: 1, ..next.clone() };
    assert_eq!(applications::swap(tx, &stale, &next).await.unwrap(), 0, "the version counts");
    let elsewhere = Application { state: State::Offered, ..next.clone() };
    assert_eq!(applications::swap(tx, &elsewhere, &next).await.unwrap(), 0, "the state counts");
    same(applications::get(tx, other.id).await.unwrap(), Some(&other));
    // Once it is over there may be a new one; two over ones may stand beside it.
    let over = Application { state: State::NoShow, version: 3, ..next.clone() };
    assert_eq!(applications::swap(tx, &next, &over).await.unwrap(), 1);
    assert_eq!(applications::insert(tx, &Application { letter_number: None, ..twin }).await.unwrap(), 1);
    refused(applications::insert(tx, &application(5, id(9), id(1), State::Proposed)).await);
}

/// One person in every state for one vacancy, numbered in the order of `State::ALL`, first in queue last.
async fn in_every_state(tx: &mut Tx) -> Vec<Application> {
    pair(tx, 1).await;
    let mut all = Vec::new();
    for (number, state) in (1_u128..).zip(State::ALL) {
        if number > 1 {
            people::insert(tx, &person(number)).await.unwrap();
        }
        all.push(application(number, id(number), id(1), *state));
    }
    insert(tx, &all).await;
    all
}

fn in_states(all: &[Application], which: impl Fn(State) -> bool) -> Vec<ApplicationId> {
    all.iter().filter(|a| which(a.state)).map(|a| a.id).collect()
}

/// One of each state is stored.
async fn counts(tx: &mut Tx) {
    let counted = applications::count_by_state(tx).await.unwrap();
    assert_eq!(counted.len(), State::ALL.len());
    assert!(counted.iter().all(|(_, count)| *count == 1));
    assert!(counted.windows(2).all(|two| two[0].0.as_str() < two[1].0.as_str()), "by name");

    let open: Vec<State> = counted.iter().map(|(state, _)| *state).filter(|state| state.is_open()).collect();
    let counted = applications::count_open(tx).await.unwrap();
    assert_eq!(counted, open.into_iter().map(|state| (state, 1)).collect::<Vec<_>>());
    assert_eq!(
        applications::count_due(tx, day("2026-03-05")).await.unwrap(),
        (3, 0),
        "due until the day ends"
    );
    assert_eq!(applications::count_due(tx, day("2026-03-06")).await.unwrap(), (3, 3));
}

async fn states(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = in_every_state(tx).await;
    let unsettled = in_states(&all, |s| s.is_open() || s == State::Started);
    assert_eq!(ids!(applications::unsettled_of_vacancy(tx, id(1)).await), unsettled);
    let before_hired = in_states(&all, State::is_open_before_hired);
    assert_eq!(ids!(applications::open_of_vacancy(tx, id(1)).await), before_hired);
    for row in &all {
        let open = applications::open_between(tx, row.person_id, id(1)).await.unwrap();
        same(open, row.state.is_open().then_some(row));
        let own = ids!(applications::unsettled_of_person(tx, row.person_id).await);
        assert_eq!(own.contains(&row.id), unsettled.contains(&row.id), "{}", row.state);
    }
    assert_eq!(applications::unsettled_of_vacancy(tx, id(9)).await.unwrap().len(), 0);
    assert_eq!(applications::open_of_vacancy(tx, id(9)).await.unwrap().len(), 0);

    let mut pairs = pairs::open_pairs(tx).await.unwrap();
    pairs.sort_unstable();
    let expected: Vec<(PersonId, VacancyId, State)> = all
        .iter()
        .filter(|a| unsettled.contains(&a.id))
        .map(|a| (a.person_id, a.vacancy_id, a.state))
        .collect();
    assert_eq!(pairs, expected);

    counts(tx).await;

    let mut noes = pairs::recent_noes(tx, at(1)).await.unwrap();
    noes.sort_unstable();
    let expected: Vec<(PersonId, VacancyId)> =
        all.iter().filter(|a| is_no(a.state)).map(|a| (a.person_id, a.vacancy_id)).collect();
    assert_eq!(noes, expected);
    assert_eq!(pairs::recent_noes(tx, at(2)).await.unwrap(), [], "too long ago");

    // Of one vacancy: the same rows, asked for one by one.
    let vacancies: std::collections::BTreeSet<VacancyId> = all.iter().map(|a| a.vacancy_id).collect();
    let (mut own_pairs, mut own_noes) = (Vec::new(), Vec::new());
    for vacancy in vacancies {
        let open = pairs::open_pairs_of(tx, vacancy).await.unwrap();
        own_pairs.extend(open.into_iter().map(|(person, state)| (person, vacancy, state)));
        let noes = pairs::recent_noes_of(tx, vacancy, at(1)).await.unwrap();
        own_noes.extend(noes.into_iter().map(|(person,)| (person, vacancy)));
        assert_eq!(pairs::recent_noes_of(tx, vacancy, at(2)).await.unwrap(), []);
    }
    settled(tx, &all, &pairs).await;
    own_pairs.sort_unstable();
    own_noes.sort_unstable();
    assert_eq!((own_pairs, own_noes), (pairs, noes));
    assert_eq!(pairs::open_pairs_of(tx, id(9)).await.unwrap(), []);
    assert_eq!(pairs::recent_noes_of(tx, id(9), at(1)).await.unwrap(), []);
}

/// Whether it ended in a no.
fn is_no(s: State) -> bool {
    matches!(s, State::Dismissed | State::Declined | State::Refused | State::Withdrawn | State::NoShow)
}

/// Of one person: what is open, and what ended in a no since then.
async fn settled(tx: &mut Tx, all: &[Application], open_pairs: &[(PersonId, VacancyId, State)]) {
    let people: std::collections::BTreeSet<PersonId> = all.iter().map(|a| a.person_id).collect();
    for person in people {
        for since in [1, 2] {
            let counts = |a: &&Application| {
                let open =
                    open_pairs.iter().any(|(who, what, _)| (*who, *what) == (a.person_id, a.vacancy_id));
                let known = disclosure::becomes_known(a.state);
                a.person_id == person && known && (open || is_no(a.state) && since < 2)
            };
            let expected: std::collections::BTreeSet<VacancyId> =
                all.iter().filter(counts).map(|a| a.vacancy_id).collect();
            let found = pairs::settled_of_person(tx, person, at(since)).await.unwrap();
            assert_eq!(found.into_iter().collect::<std::collections::BTreeSet<_>>(), expected);
        }
    }
}

async fn queues(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    pair(tx, 1).await;
    pair(tx, 2).await;
    pair(tx, 3).await;
    let queued = |number, person, vacancy, order| Application {
        reserve_order: order,
        ..application(number, id(person), id(vacancy), State::Queued)
    };
    insert(
        tx,
        &[
            queued(1, 1, 1, 9),
            queued(2, 2, 1, 5),
            queued(3, 3, 1, 5),
            queued(4, 1, 2, 2),
            Application { held: true, ..queued(5, 2, 2, 1) },
            application(6, id(1), id(3), State::Confirmed),
        ],
    )
    .await;
    assert_eq!(ids!(applications::queue_of_vacancy(tx, id(1)).await), numbers(&[2, 3, 1]));
    assert_eq!(ids!(applications::queue_of_vacancy(tx, id(2)).await), numbers(&[4]), "a held one waits");
    assert_eq!(ids!(applications::queue_of_vacancy(tx, id(3)).await), numbers(&[]));
    assert_eq!(ids!(applications::queue_of_person(tx, id(1)).await), numbers(&[4, 1]));
    assert_eq!(ids!(applications::queue_of_person(tx, id(2)).await), numbers(&[2]));
    assert_eq!(ids!(applications::queue_of_person(tx, id(9)).await), numbers(&[]));
}

async fn clock_and_runs(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in 1..=4 {
        pair(tx, number).await;
    }
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    for number in [1, 2] {
        runs::insert(tx, &runs::Run { state: padankerja::domain::run::State::Done, ..run(number, 1) })
            .await
            .unwrap();
    }
    let due = |number, state, date: &str| Application {
        deadline: Some(day(date)),
        ..application(number, id(number), id(1), state)
    };
    insert(
        tx,
        &[
            due(1, State::Referred, "2026-03-05"),
            due(2, State::Confirmed, "2026-03-04"),
            Application { held: true, ..due(3, State::Referred, "2026-03-01") },
            due(4, State::Interview, "2026-03-01"),
        ],
    )
    .await;
    assert_eq!(ids!(applications::overdue(tx, day("2026-03-06"), 9).await), numbers(&[1, 2]));
    assert_eq!(ids!(applications::overdue(tx, day("2026-03-06"), 1).await), numbers(&[1]));
    assert_eq!(
        ids!(applications::overdue(tx, day("2026-03-05"), 9).await),
        numbers(&[2]),
        "due today is not over"
    );
    let owner = employers::find(tx, id(1)).await.unwrap().unwrap();
    employers::swap_state(tx, &owner, employer::State::Suspended, at(3)).await.unwrap();
    assert_eq!(
        ids!(applications::overdue(tx, day("2026-03-06"), 9).await),
        numbers(&[2]),
        "a suspended employer owes nothing, the person does"
    );

    let from = |number, run: Option<u128>, vacancy, state| Application {
        run_id: run.map(id),
        ..application(number, id(1), id(vacancy), state)
    };
    insert(
        tx,
        &[
            from(11, Some(1), 2, State::Proposed),
            from(12, Some(2), 3, State::Proposed),
            from(13, None, 4, State::Proposed),
        ],
    )
    .await;
    assert_eq!(ids!(applications::unanswered_before(tx, id(2)).await), numbers(&[11]));
    assert_eq!(ids!(applications::unanswered_before(tx, id(9)).await), numbers(&[11, 12]));

    for expected in 1..=2 {
        assert_eq!(applications::next_letter(tx, 2026).await.unwrap(), expected);
    }
    assert_eq!(applications::next_letter(tx, 2027).await.unwrap(), 1);
}

async fn broken(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    pair(tx, 1).await;
    assert_eq!(applications::broken_counters(tx).await.unwrap(), 0);
    insert(tx, &[application(1, id(1), id(1), State::Hired)]).await;
    assert_eq!(applications::broken_counters(tx).await.unwrap(), 2, "the vacancy's and the person's");
    vacancies::set_counters(tx, id(1), 1, 0, 3).await.unwrap();
    assert_eq!(applications::broken_counters(tx).await.unwrap(), 1);
    people::set_counters(tx, &people::Counters { id: id(1), live: 0, placed: 1 }).await.unwrap();
    assert_eq!(applications::broken_counters(tx).await.unwrap(), 0);
    people::set_counters(tx, &people::Counters { id: id(1), live: 1, placed: 1 }).await.unwrap();
    vacancies::set_counters(tx, id(1), 1, 1, 3).await.unwrap();
    assert_eq!(applications::broken_counters(tx).await.unwrap(), 2);
}

async fn one_pair(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        pair(tx, number).await;
    }
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    runs::insert(tx, &run(1, 1)).await.unwrap();
    insert(
        tx,
        &[
            application(5, id(1), id(1), State::Proposed),
            Application {
                run_id: Some(id(1)),
                updated_at: at(4),
                ..application(3, id(1), id(1), State::NoShow)
            },
            Application { updated_at: at(2), ..application(4, id(1), id(1), State::Declined) },
            application(1, id(1), id(2), State::Referred),
            application(2, id(2), id(1), State::Dismissed),
        ],
    )
    .await;
    let all =
        [(Some(id(1)), State::NoShow, at(4)), (None, State::Declined, at(2)), (None, State::Proposed, at(1))];
    assert_eq!(applications::between(tx, id(1), id(1)).await.unwrap(), all, "by id");
    assert_eq!(applications::between(tx, id(2), id(1)).await.unwrap(), [(None, State::Dismissed, at(1))]);
    assert_eq!(applications::between(tx, id(2), id(2)).await.unwrap(), []);
    // Two noes of one pair are one.
    assert_eq!(pairs::recent_noes_of(tx, id(1), at(2)).await.unwrap(), [(id(1),)]);
    assert_eq!(pairs::recent_noes(tx, at(2)).await.unwrap(), [(id(1), id(1))]);
    assert_eq!(pairs::open_pairs_of(tx, id(2)).await.unwrap(), [(id(1), State::Referred)]);
}

async fn beside_a_slot(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    assert_eq!(applications::waiting_beside_a_slot(tx).await.unwrap(), []);
    let (owner, ..) = pair(tx, 1).await;
    employers::swap_state(tx, &owner, employer::State::Verified, at(2)).await.unwrap();
    people::insert(tx, &person(2)).await.unwrap();
    for number in 2..=5 {
        vacancies::insert(tx, &vacancy(number, &owner)).await.unwrap();
    }
    let draft = vacancies::Vacancy { state: VacancyState::Draft, ..vacancy(6, &owner) };
    vacancies::insert(tx, &draft).await.unwrap();
    vacancies::set_counters(tx, id(2), 0, 2, 2).await.unwrap();
    vacancies::set_counters(tx, id(5), 0, 1, 2).await.unwrap();
    let waits = |number, person, vacancy| application(number, id(person), id(vacancy), State::Queued);
    insert(
        tx,
        &[
            waits(1, 1, 5),
            waits(2, 2, 5),
            waits(3, 1, 1),
            waits(4, 1, 2),
            Application { held: true, ..waits(5, 1, 3) },
            application(6, id(1), id(4), State::Confirmed),
            waits(7, 1, 6),
        ],
    )
    .await;
    let expected: [VacancyId; 2] = [id(1), id(5)];
    assert_eq!(
        applications::waiting_beside_a_slot(tx).await.unwrap(),
        expected,
        "each once; not where slots are full, who waits is held, nobody waits or nobody can be taken"
    );
    let verified = employers::find(tx, owner.id).await.unwrap().unwrap();
    employers::swap_state(tx, &verified, employer::State::Suspended, at(3)).await.unwrap();
    assert_eq!(
        applications::waiting_beside_a_slot(tx).await.unwrap(),
        [],
        "nor where the employer is suspended"
    );
}

both_databases!(applications_inside_a_scope, |db: TestDb| scopes(db));
both_databases!(every_list_of_applications, |db: TestDb| every_list(db));
both_databases!(applications_in_pages, |db: TestDb| pages(db));
both_databases!(applications_change_once, |db: TestDb| swaps(db));
both_databases!(applications_by_state, |db: TestDb| states(db));
both_databases!(what_became_of_a_pair, |db: TestDb| one_pair(db));
both_databases!(who_waits_beside_a_slot, |db: TestDb| beside_a_slot(db));
both_databases!(queues_are_served_in_order, |db: TestDb| queues(db));
both_databases!(what_clock_and_runs_ask, |db: TestDb| clock_and_runs(db));
both_databases!(counters_that_differ, |db: TestDb| broken(db));

/// A login reads of its persons' applications once they became known, by what they were stored with or changed to, and
/// then for good.
async fn known(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = stored(tx).await;
    people::attach(tx, account(1).id, id(3)).await.unwrap();
    let held = Scope::Account(account(1).id);
    let reads = async |tx: &mut Tx| {
        let cards = applications::cards(tx, &held, &Filter::default(), None, 9).await.unwrap();
        let found: Vec<ApplicationId> = cards.iter().map(|card| card.application.id).collect();
        for number in [1, 3] {
            let one = applications::card(tx, &held, id(number)).await.unwrap().is_some();
            let same = applications::find(tx, &held, id(number)).await.unwrap().is_some();
            assert_eq!((one, same), (found.contains(&id(number)), one), "{number}");
        }
        found
    };
    assert_eq!(reads(tx).await, numbers(&[1]));
    let mut before = all[2].clone();
    for (state, expected) in [
        (State::Dismissed, numbers(&[1])),
        (State::Confirmed, numbers(&[1, 3])),
        (State::Proposed, numbers(&[1, 3])),
    ] {
        let next = Application { state, version: before.version + 1, ..before.clone() };
        assert_eq!(applications::swap(tx, &before, &next).await.unwrap(), 1);
        assert_eq!(reads(tx).await, expected, "{state}");
        before = next;
    }
}

both_databases!(a_login_reads_what_is_known_to_the_person, |db: TestDb| known(db));
