//! Promises about addresses and codes.

use super::build::{account, at, id};
use super::{ok, refused};
use crate::contact::{CodePurpose, Contact, ContactChange, ContactKind, OneTimeCode};
use crate::{Account, Change, Conflict, Store};
use akimat_core::Lang;

fn contact(n: u64, of: &Account, address: &str) -> Contact {
    Contact {
        id: id(n),
        account: of.id,
        kind: ContactKind::Email,
        address: address.to_owned(),
        address_key: address.to_lowercase(),
        lang: Lang::Ru,
        confirmed_at: at(i64::try_from(n).unwrap_or(0)),
    }
}

fn code(n: u64, address: &str) -> OneTimeCode {
    OneTimeCode {
        id: id(n),
        purpose: CodePurpose::SignIn,
        kind: ContactKind::Email,
        address: address.to_owned(),
        address_key: address.to_lowercase(),
        lang: Lang::Kk,
        account: None,
        code_hash: [7; 32],
        attempts: 0,
        created_at: at(i64::try_from(n).unwrap_or(0)),
        expires_at: at(600),
        used_at: None,
    }
}

const fn one(change: ContactChange) -> Change {
    Change::Contact(change)
}

async fn open(store: &dyn Store, n: u64) -> Account {
    let new = account(n);
    ok(store.apply(vec![Change::AddAccount(new.clone(), "$argon2id$".to_owned())]).await);
    new
}

/// An address is of one account, in any spelling, and by its kind.
pub async fn addresses_are_of_one_account(store: &dyn Store) {
    let (first, second) = (open(store, 1).await, open(store, 2).await);
    let mine = contact(5, &first, "Aliya@Example.KZ");
    let phone = Contact {
        kind: ContactKind::Phone,
        address_key: mine.address_key.clone(),
        ..contact(6, &second, "+7701")
    };
    let batch = vec![one(ContactChange::Add(mine.clone())), one(ContactChange::Add(phone.clone()))];
    ok(store.apply(batch).await);
    let taken = one(ContactChange::Add(contact(7, &second, "aliya@example.kz")));
    refused(store.apply(vec![taken]).await, &Conflict::Exists("contact"));
    let nobody = one(ContactChange::Add(contact(8, &account(9), "b@example.kz")));
    refused(store.apply(vec![nobody]).await, &Conflict::Missing("account"));
    let find = async |kind, key: &str| ok(store.find_contact(kind, key).await);
    assert_eq!(find(ContactKind::Email, "aliya@example.kz").await, Some(mine.clone()));
    assert_eq!(find(ContactKind::Phone, "aliya@example.kz").await, Some(phone));
    assert_eq!(find(ContactKind::Email, "Aliya@Example.KZ").await, None, "asked for folded");
    assert_eq!(ok(store.list_contacts(first.id).await), [mine]);
    let foreign = one(ContactChange::Remove(id(5), second.id));
    refused(store.apply(vec![foreign]).await, &Conflict::Missing("contact"));
    ok(store.apply(vec![one(ContactChange::Remove(id(5), first.id))]).await);
    assert_eq!(ok(store.list_contacts(first.id).await), []);
}

/// A code is tried a few times, used once, and over at its instant; also when many try at once.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn codes_work_once(store: &dyn Store) {
    let add = |code| one(ContactChange::AddCode(Box::new(code)));
    ok(store.apply(vec![add(code(1, "A@b.kz")), add(code(2, "a@b.kz")), add(code(3, "c@b.kz"))]).await);
    assert_eq!(ok(store.find_code(id(1)).await), Some(code(1, "A@b.kz")));
    let n = async |since| ok(store.count_codes(ContactKind::Email, "a@b.kz", at(since)).await);
    assert_eq!((n(0).await, n(2).await, n(3).await), (2, 1, 0));
    let attempt = |n, now| one(ContactChange::TryCode { id: id(n), attempts_max: 3, at: at(now) });
    let tries = futures_util::future::join_all((0..6).map(|_| store.apply(vec![attempt(1, 5)]))).await;
    assert_eq!(tries.iter().filter(|answer| answer.is_ok()).count(), 3, "no more than allowed");
    refused(store.apply(vec![attempt(2, 600)]).await, &Conflict::Stale("code"));
    refused(store.apply(vec![attempt(9, 5)]).await, &Conflict::Missing("code"));
    let take = |n, now| one(ContactChange::UseCode { id: id(n), at: at(now) });
    let uses = futures_util::future::join_all((0..6).map(|_| store.apply(vec![take(2, 9)]))).await;
    assert_eq!(uses.iter().filter(|answer| answer.is_ok()).count(), 1, "once");
    refused(store.apply(vec![take(3, 600)]).await, &Conflict::Stale("code"));
    refused(store.apply(vec![attempt(2, 10)]).await, &Conflict::Stale("code"));
    let used = OneTimeCode { used_at: Some(at(9)), ..code(2, "a@b.kz") };
    assert_eq!(ok(store.find_code(id(2)).await), Some(used));
    let slips = [8, 7].map(|n| OneTimeCode { purpose: CodePurpose::OnceDesk, ..code(n, "sealed") });
    ok(store.apply(slips.into_iter().map(add).collect()).await);
    let listed = async || {
        let all = ok(store.list_codes(CodePurpose::OnceDesk).await);
        all.into_iter().map(|code| code.id).collect::<Vec<_>>()
    };
    assert_eq!(listed().await, [id(7), id(8)]);
    let forget = || one(ContactChange::ForgetCode(id(7)));
    let drops = futures_util::future::join_all((0..4).map(|_| store.apply(vec![forget()]))).await;
    assert_eq!(drops.iter().filter(|answer| answer.is_ok()).count(), 1, "once");
    ok(store.apply(vec![take(8, 9)]).await);
    assert!(listed().await.is_empty());
    ok(store.apply(vec![one(ContactChange::RemoveCodesBefore(at(601)))]).await);
    assert_eq!(ok(store.find_code(id(3)).await), None);
}
