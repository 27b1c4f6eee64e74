//! Logins, rights, held people, and the lock after wrong passwords.
use padankerja::{
    domain::{
        access::{Right, Role},
        ids::{AccountId, PersonId},
    },
    store::{
        Tx,
        accounts::{self, Account, AccountState},
        employers, organisations, people,
    },
};

use super::{account, at, employer, id, insert_account, office, person, refused};
use crate::support::database::{TestDb, both_databases};

async fn found(tx: &mut Tx, id: AccountId) -> Account {
    accounts::find(tx, id).await.unwrap().unwrap()
}

async fn logins(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (village, firm) = (office(1, Some("33.11.05.2010")), employer(1));
    organisations::insert(tx, &village).await.unwrap();
    employers::insert(tx, &firm).await.unwrap();
    let companion = Account { role: Role::Companion, organisation_id: Some(village.id), ..account(1) };
    let owner = Account {
        role: Role::Employer,
        employer_id: Some(firm.id),
        failed_logins: 2,
        locked_until: Some(at(60)),
        password_hash: "$argon2id$".to_owned(),
        ..account(2)
    };
    insert_account(tx, &companion).await;
    insert_account(tx, &owner).await;
    let taken = Account { id: id(3), ..companion.clone() };
    assert_eq!(accounts::insert(tx, &taken).await.unwrap(), 0, "the name is taken");

    let all_of = |a: &Account| {
        (
            (a.id, a.login.clone(), a.password_hash.clone(), a.role, a.state),
            (a.organisation_id, a.employer_id, a.failed_logins, a.locked_until, a.created_at),
        )
    };
    for row in [&companion, &owner] {
        assert_eq!(all_of(&found(tx, row.id).await), all_of(row));
        let by_login = accounts::find_by_login(tx, &row.login).await.unwrap().unwrap();
        assert_eq!(all_of(&by_login), all_of(row));
        assert!(accounts::lock(tx, row.id).await.unwrap());
    }
    assert!(accounts::find(tx, id(9)).await.unwrap().is_none());
    assert!(accounts::find_by_login(tx, "AKUN1").await.unwrap().is_none());
    assert!(!accounts::lock(tx, id(9)).await.unwrap());

    let active = accounts::find_active(tx, companion.id).await.unwrap().unwrap();
    assert_eq!((active.id, active.role), (companion.id, Role::Companion));
    assert_eq!((active.organisation_id, active.employer_id), (Some(village.id), None));
    assert_eq!(active.village, village.village);
    let active = accounts::find_active(tx, owner.id).await.unwrap().unwrap();
    assert_eq!((active.employer_id, active.village), (Some(firm.id), None));
    assert_eq!(accounts::disable(tx, owner.id).await.unwrap(), 1);
    assert_eq!(accounts::disable(tx, owner.id).await.unwrap(), 0, "it is");
    assert_eq!(accounts::disable(tx, id(9)).await.unwrap(), 0);
    assert!(accounts::find_active(tx, owner.id).await.unwrap().is_none());
    assert!(accounts::find_active(tx, id(9)).await.unwrap().is_none());
    assert_eq!(found(tx, owner.id).await.state, AccountState::Disabled);
    assert_eq!(found(tx, companion.id).await.state, AccountState::Active);
    // A companion belongs to an office.
    refused(accounts::insert(tx, &Account { role: Role::Companion, ..account(4) }).await);
}

async fn passwords(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    insert_account(tx, &account(2)).await;
    let one = account(1).id;
    for failed in [1, 2] {
        assert_eq!(accounts::count_failure(tx, one, 3, at(60)).await.unwrap(), 1);
        let now = found(tx, one).await;
        assert_eq!((now.failed_logins, now.locked_until), (failed, None));
    }
    accounts::count_failure(tx, one, 3, at(60)).await.unwrap();
    let locked = found(tx, one).await;
    assert_eq!((locked.failed_logins, locked.locked_until), (0, Some(at(60))));
    assert_eq!(found(tx, account(2).id).await.failed_logins, 0);
    assert_eq!(accounts::count_failure(tx, id(9), 3, at(60)).await.unwrap(), 0);

    assert_eq!(accounts::forget_failures(tx, one).await.unwrap(), 1);
    assert_eq!(accounts::forget_failures(tx, one).await.unwrap(), 0, "nothing to forget");
    assert_eq!(found(tx, one).await.locked_until, None);
    accounts::count_failure(tx, one, 1, at(60)).await.unwrap();
    assert_eq!(accounts::set_password(tx, one, "other").await.unwrap(), 1);
    let after = found(tx, one).await;
    assert_eq!((after.password_hash.as_str(), after.failed_logins, after.locked_until), ("other", 0, None));
    assert_eq!(found(tx, account(2).id).await.password_hash, "!");
    assert_eq!(accounts::set_password(tx, id(9), "other").await.unwrap(), 0);
}

async fn rights_and_people(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    insert_account(tx, &account(2)).await;
    let (one, other) = (account(1).id, account(2).id);
    for right in [Right::Verify, Right::Confirm] {
        assert_eq!(accounts::grant(tx, one, right).await.unwrap(), 1);
    }
    assert_eq!(accounts::grant(tx, one, Right::Verify).await.unwrap(), 0, "it has it");
    for number in [6, 5] {
        people::insert(tx, &person(number)).await.unwrap();
        assert_eq!(people::attach(tx, one, person(number).id).await.unwrap(), 1);
    }
    assert_eq!(people::attach(tx, one, person(5).id).await.unwrap(), 0, "it holds them");
    let active = accounts::find_active(tx, one).await.unwrap().unwrap();
    assert_eq!(active.rights.0, [Right::Confirm, Right::Verify]);
    assert_eq!(active.people.0, [id::<PersonId>(5), id(6)]);
    let active = accounts::find_active(tx, other).await.unwrap().unwrap();
    assert_eq!((active.rights.0, active.people.0), (Vec::new(), Vec::new()));
    refused(people::attach(tx, other, id(9)).await);
}

both_databases!(logins_are_found, |db: TestDb| logins(db));
both_databases!(wrong_passwords_are_counted, |db: TestDb| passwords(db));
both_databases!(rights_and_held_people, |db: TestDb| rights_and_people(db));
