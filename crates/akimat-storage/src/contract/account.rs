//! Promises about accounts and sessions.

use super::build::{account, at, id, session};
use super::{ok, refused, walk};
use crate::{Account, Change, Conflict, Credentials, Store};
use akimat_core::{AccountId, Role};

fn open(account: &Account) -> Change {
    Change::AddAccount(account.clone(), format!("$argon2id${}", account.login))
}

/// By identifier and by login, with the hash.
pub async fn accounts_are_kept(store: &dyn Store) {
    let head =
        Account {
            role: Role::Head, place: None, office: "Әкімдік".to_owned(), disabled: true, ..account(2)
        };
    ok(store.apply(vec![open(&account(1)), open(&head)]).await);
    for due in [account(1), head] {
        assert_eq!(ok(store.find_account(due.id).await), Some(due.clone()));
        let password_hash = format!("$argon2id${}", due.login);
        let found = ok(store.find_credentials(&due.login).await);
        assert_eq!(found, Some(Credentials { account: due, password_hash }));
    }
    assert_eq!(ok(store.find_account(AccountId(id(3))).await), None);
    assert_eq!(ok(store.find_credentials("nobody' --").await), None);
    assert_eq!(ok(store.find_credentials("a\0b").await), None, "a zero is only a strange character");
}

/// A login is taken once, also when two take it at once.
pub async fn logins_are_new(store: &dyn Store) {
    let same = |n| Account { login: "aigul".to_owned(), ..account(n) };
    let answers = futures_util::future::join_all((1..=8).map(|n| store.apply(vec![open(&same(n))]))).await;
    let (taken, refusals): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((taken.len(), refusals.len()), (1, 7));
    for refusal in refusals {
        refused(refusal, &Conflict::Exists("login"));
    }
    ok(store.apply(vec![open(&account(20))]).await);
    let same_id = Account { login: "other".to_owned(), ..account(20) };
    refused(store.apply(vec![open(&same_id)]).await, &Conflict::Exists("account"));
}

/// A session ends at its instant, when it is removed, and with its account.
pub async fn sessions_end(store: &dyn Store) {
    let disabled = Account { disabled: true, ..account(2) };
    ok(store
        .apply(vec![
            open(&account(1)),
            open(&disabled),
            Change::AddSession(session(1, 1, 100)),
            Change::AddSession(session(2, 1, 50)),
            Change::AddSession(session(3, 2, 100)),
        ])
        .await);
    let find = async |token: u8, now| ok(store.find_session_account(&[token; 32], at(now)).await);
    assert_eq!(find(1, 99).await, Some(account(1)));
    assert_eq!(find(1, 100).await, None, "ends at its instant");
    assert_eq!(find(3, 1).await, None, "disabled");
    assert_eq!(find(4, 1).await, None, "unknown");
    ok(store.apply(vec![Change::RemoveSessionsBefore(at(60))]).await);
    assert_eq!((find(2, 1).await, find(1, 1).await), (None, Some(account(1))));
    ok(store.apply(vec![Change::RemoveSession([1; 32]), Change::RemoveSession([9; 32])]).await);
    assert_eq!(find(1, 1).await, None);
    let nobody = Change::AddSession(session(5, 7, 100));
    refused(store.apply(vec![nobody]).await, &Conflict::Missing("account"));
}

/// All of them, by identifier.
pub async fn accounts_come_in_pages(store: &dyn Store) {
    ok(store.apply((1..=11).rev().map(|n| open(&account(n))).collect()).await);
    let all = walk(4, async |page| store.list_accounts(&page).await).await;
    assert_eq!(all, (1..=11).map(account).collect::<Vec<_>>());
}
