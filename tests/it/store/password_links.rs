//! Keys for new passwords: who is meant by a name, what is sent once, what a key opens once.
use padankerja::{
    domain::{access::Role, employer::State},
    store::{
        Tx,
        accounts::{Account, AccountState},
        employers::{self, Employer},
        organisations,
        password_links::{self, Found, Owed},
    },
};
use uuid::Uuid;

use super::{account, at, employer, id, insert_account, office, some};
use crate::support::database::{TestDb, both_databases};

/// Two logins of an employer with an address, one of an employer without, one of a suspended one, an officer whose name is an
/// address and one whose is none, a resident, and a login that is disabled.
async fn stored(tx: &mut Tx) {
    organisations::insert(tx, &office(1, None)).await.unwrap();
    let firms = [
        Employer { email: some("HRD@Contoh.example"), ..employer(1) },
        Employer { email: None, ..employer(2) },
        Employer { state: State::Suspended, email: some("lama@contoh.example"), ..employer(3) },
    ];
    for firm in &firms {
        employers::insert(tx, firm).await.unwrap();
    }
    let firm = |number: u128, of: u128| Account {
        role: Role::Employer,
        employer_id: Some(id(of)),
        ..account(number)
    };
    let desk = |number: u128, login: &str| Account {
        role: Role::Staff,
        organisation_id: Some(id(1)),
        login: login.to_owned(),
        ..account(number)
    };
    for one in [
        firm(1, 1),
        firm(2, 1),
        firm(3, 2),
        firm(4, 3),
        desk(5, "rina@dinas.example"),
        desk(6, "rina"),
        Account { login: "warga@contoh.example".to_owned(), ..account(7) },
        Account { state: AccountState::Disabled, ..firm(8, 1) },
    ] {
        insert_account(tx, &one).await;
    }
}

async fn asked(tx: &mut Tx, name: &str) -> u64 {
    password_links::ask(tx, name, at(100), at(50)).await.unwrap()
}

both_databases!(who_is_meant_by_a_name, |db: TestDb| async {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    for (name, accounts) in [
        ("akun1", 1),
        ("akun1", 0),
        ("hrd@contoh.example", 1),
        ("rina@dinas.example", 1),
        ("akun3", 0),
        ("akun4", 0),
        ("lama@contoh.example", 0),
        ("rina", 0),
        ("warga@contoh.example", 0),
        ("akun8", 0),
        ("siapa", 0),
        ("", 0),
    ] {
        assert_eq!(asked(tx, name).await, accounts, "{name}");
    }
    let claim = Uuid::from_u128(1);
    assert_eq!(password_links::claim(tx, claim, at(100), at(200)).await.unwrap(), 3);
    let owed = password_links::claimed(tx, claim).await.unwrap();
    let to = |one: &Owed| (one.login.clone(), one.mail.clone().unwrap());
    let expected = [
        ("akun1", "HRD@Contoh.example"),
        ("akun2", "HRD@Contoh.example"),
        ("rina@dinas.example", "rina@dinas.example"),
    ];
    let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(owed.iter().map(to).collect::<Vec<_>>(), expected);
    assert_eq!(password_links::ask(tx, "akun1", at(200), at(150)).await.unwrap(), 1, "again, later");
});

both_databases!(a_key_is_sent_and_used_once, |db: TestDb| async {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    assert_eq!(asked(tx, "akun1").await, 1);
    let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(password_links::claim(tx, first, at(99), at(200)).await.unwrap(), 0, "not yet");
    assert_eq!(password_links::claim(tx, first, at(100), at(200)).await.unwrap(), 1);
    assert_eq!(password_links::claim(tx, second, at(199), at(300)).await.unwrap(), 0, "another claimed it");
    assert_eq!(password_links::give(tx, id(1), second, &[7; 32], at(500)).await.unwrap(), 0);
    assert_eq!(password_links::give(tx, id(1), first, &[7; 32], at(500)).await.unwrap(), 1);
    assert_eq!(password_links::not_sent(tx, id(1), first, at(250)).await.unwrap(), 1);
    assert_eq!(password_links::claim(tx, second, at(249), at(400)).await.unwrap(), 0, "it waits");
    assert_eq!(password_links::claim(tx, second, at(250), at(400)).await.unwrap(), 1);
    assert_eq!(password_links::claimed(tx, second).await.unwrap()[0].tries, 1);
    assert_eq!(password_links::give(tx, id(1), second, &[8; 32], at(600)).await.unwrap(), 1);
    assert_eq!(password_links::sent(tx, id(1), second, at(260)).await.unwrap(), 1);
    assert_eq!(password_links::sent(tx, id(1), second, at(260)).await.unwrap(), 0, "it was");
    assert_eq!(password_links::claim(tx, first, at(900), at(950)).await.unwrap(), 0, "sent once");

    let found = password_links::find(tx, &[8; 32]).await.unwrap();
    let (login, employer_name) = ("akun1".to_owned(), some("PT Contoh 1"));
    assert_eq!(found, Some(Found { account_id: id(1), login, employer_name, expires_at: at(600) }));
    assert_eq!(password_links::find(tx, &[7; 32]).await.unwrap(), None, "the key before");
    assert_eq!(password_links::take(tx, &[8; 32], at(600)).await.unwrap(), 0, "expired");
    assert_eq!(password_links::take(tx, &[8; 32], at(599)).await.unwrap(), 1);
    assert_eq!(password_links::take(tx, &[8; 32], at(599)).await.unwrap(), 0, "used");

    assert_eq!(asked(tx, "akun1").await, 1);
    assert_eq!(asked(tx, "akun2").await, 1);
    assert_eq!(password_links::claim(tx, first, at(300), at(400)).await.unwrap(), 2);
    assert_eq!(password_links::give_up(tx, id(1), second).await.unwrap(), 0, "asked for anew meanwhile");
    assert_eq!(password_links::give_up(tx, id(1), first).await.unwrap(), 1);
    assert_eq!(asked(tx, "akun1").await, 1);
    assert_eq!(password_links::end_account(tx, id(1)).await.unwrap(), 1);
    assert_eq!(password_links::prune(tx, at(100)).await.unwrap(), 0);
    assert_eq!(password_links::prune(tx, at(101)).await.unwrap(), 1);
});
