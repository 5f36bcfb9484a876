//! Promises about devices, second factors, passkeys, identities, and sessions beyond their beginning.

use super::build::{account, at, id, session};
use super::{ok, refused};
use crate::credential::{
    CredentialChange as C, FactorReset, KnownDevice, Passkey, ProviderIdentity, ProviderSession, ResetState,
    SecondFactor, SignInWay,
};
use crate::{Account, Change, Conflict, Session, Store};
use akimat_core::AccountId;

async fn open(store: &dyn Store, n: u64) -> Account {
    let new = account(n);
    ok(store.apply(vec![Change::AddAccount(new.clone(), "$argon2id$".to_owned())]).await);
    new
}

async fn change(store: &dyn Store, change: C) -> crate::Result<()> {
    store.apply(vec![Change::Credential(change)]).await
}

/// Sessions are listed, seen, and ended: one, all others, or those that a provider began.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn sessions_are_listed_and_ended(store: &dyn Store) {
    let (me, other) = (open(store, 1).await, open(store, 2).await);
    let there = |subject: &str, name: &str| ProviderSession {
        issuer: "https://id.example".to_owned(),
        subject: subject.to_owned(),
        session: name.to_owned(),
    };
    let first = Session { device: "Firefox, Linux".to_owned(), way: SignInWay::Code, ..session(1, 1, 100) };
    let second = Session { provider: there("aliya", "s1"), way: SignInWay::Provider, ..session(2, 1, 100) };
    let third = Session { provider: there("aliya", "s2"), ..session(3, 1, 100) };
    let foreign = Session { provider: there("ivan", "s3"), ..session(4, 2, 100) };
    let all = [&first, &second, &third, &foreign].map(|one| Change::AddSession(one.clone()));
    ok(store.apply(all.into()).await);
    ok(change(store, C::SeeSession([1; 32], at(9))).await);
    ok(change(store, C::SeeSession([1; 32], at(7))).await);
    let seen = Session { seen_at: at(9), ..first };
    let list = async |of: &Account, now| ok(store.list_sessions(of.id, at(now)).await);
    assert_eq!(list(&me, 10).await, [seen.clone(), second.clone(), third.clone()]);
    assert_eq!(list(&me, 100).await, [], "over");
    assert_eq!(ok(store.find_session(&[2; 32], at(99)).await), Some(second));
    assert_eq!(ok(store.find_session(&[2; 32], at(100)).await), None);
    for nothing in [ProviderSession::default(), there("", ""), there("ivan", "s1")] {
        ok(change(store, C::RemoveProviderSessions(nothing)).await);
    }
    assert_eq!(list(&me, 10).await.len(), 3);
    ok(change(store, C::RemoveProviderSessions(there("", "s1"))).await);
    assert_eq!(list(&me, 10).await, [seen.clone(), third]);
    ok(change(store, C::RemoveProviderSessions(there("aliya", ""))).await);
    assert_eq!(list(&me, 10).await, std::slice::from_ref(&seen));
    ok(store.apply(vec![Change::AddSession(session(5, 1, 100))]).await);
    ok(change(store, C::RemoveSessions(me.id, Some([1; 32]))).await);
    assert_eq!(list(&me, 10).await, [seen]);
    ok(change(store, C::RemoveSessions(me.id, None)).await);
    assert_eq!((list(&me, 10).await, list(&other, 10).await), (vec![], vec![foreign]));
}

/// A password is replaced; devices keep their first instant.
pub async fn passwords_change_and_devices_are_known(store: &dyn Store) {
    let me = open(store, 1).await;
    ok(change(store, C::SetPassword(me.id, "$argon2id$new".to_owned())).await);
    let found = ok(store.find_credentials(&me.login).await);
    assert_eq!(found.map(|found| found.password_hash), Some("$argon2id$new".to_owned()));
    let nobody = change(store, C::SetPassword(AccountId(id(9)), String::new())).await;
    refused(nobody, &Conflict::Missing("account"));
    let device = |n: u8, words: &str, first, last| KnownDevice {
        account: me.id,
        device_hash: [n; 32],
        words: words.to_owned(),
        first_seen_at: at(first),
        last_seen_at: at(last),
    };
    for seen in [device(1, "Firefox", 1, 1), device(2, "Chrome", 2, 2), device(1, "Firefox, Linux", 5, 5)] {
        ok(change(store, C::PutDevice(seen)).await);
    }
    let due = [device(1, "Firefox, Linux", 1, 5), device(2, "Chrome", 2, 2)];
    assert_eq!(ok(store.list_devices(me.id).await), due);
    ok(change(store, C::RemoveDevices(me.id)).await);
    assert_eq!(ok(store.list_devices(me.id).await), []);
}

/// No code of a second factor works twice, no recovery code either.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn second_factors_work_once(store: &dyn Store) {
    let me = open(store, 1).await;
    let factor = |secret: u8, confirmed_at| SecondFactor {
        account: me.id,
        secret: vec![secret; 40],
        created_at: at(1),
        confirmed_at,
        last_step: 0,
    };
    ok(change(store, C::PutSecondFactor(factor(1, None))).await);
    refused(change(store, C::UseSecondFactor(me.id, 7)).await, &Conflict::Stale("second factor"));
    ok(change(store, C::PutSecondFactor(factor(2, None))).await);
    assert_eq!(ok(store.find_second_factor(me.id).await), Some(factor(2, None)));
    let confirm = C::ConfirmSecondFactor { account: me.id, step: 7, at: at(3) };
    ok(change(store, confirm.clone()).await);
    refused(change(store, confirm).await, &Conflict::Stale("second factor"));
    refused(change(store, C::PutSecondFactor(factor(3, None))).await, &Conflict::Stale("second factor"));
    refused(change(store, C::UseSecondFactor(me.id, 7)).await, &Conflict::Stale("second factor"));
    let use_step = || change(store, C::UseSecondFactor(me.id, 8));
    let uses = futures_util::future::join_all((0..5).map(|_| use_step())).await;
    assert_eq!(uses.iter().filter(|answer| answer.is_ok()).count(), 1, "once");
    ok(change(store, C::PutRecoveryCodes(me.id, vec![[1; 32], [2; 32]])).await);
    ok(change(store, C::PutRecoveryCodes(me.id, vec![[3; 32], [4; 32]])).await);
    assert_eq!(ok(store.count_recovery_codes(me.id).await), 2);
    ok(change(store, C::UseRecoveryCode(me.id, [3; 32], at(4))).await);
    for wrong in [[3; 32], [1; 32]] {
        let again = change(store, C::UseRecoveryCode(me.id, wrong, at(4))).await;
        refused(again, &Conflict::Stale("recovery code"));
    }
    assert_eq!(ok(store.count_recovery_codes(me.id).await), 1);
    ok(change(store, C::RemoveSecondFactor(me.id)).await);
    assert_eq!(ok(store.find_second_factor(me.id).await), None);
    assert_eq!(ok(store.count_recovery_codes(me.id).await), 0);
}

/// Passkeys are of one account, and their counters rise.
pub async fn passkeys_are_kept(store: &dyn Store) {
    let (me, other) = (open(store, 1).await, open(store, 2).await);
    let key = |n: u64, credential: u8| Passkey {
        id: id(n),
        account: me.id,
        credential_id: vec![credential; 16],
        public_key: vec![4; 65],
        sign_count: 0,
        name: "Телефон".to_owned(),
        created_at: at(i64::try_from(n).unwrap_or(0)),
        last_used_at: None,
    };
    ok(change(store, C::AddPasskey(key(1, 1))).await);
    ok(change(store, C::AddPasskey(key(2, 2))).await);
    refused(change(store, C::AddPasskey(key(3, 1))).await, &Conflict::Exists("passkey"));
    assert_eq!(ok(store.list_passkeys(me.id).await), [key(1, 1), key(2, 2)]);
    let used = |sign_count| C::UsePasskey { id: id(1), sign_count, at: at(9) };
    ok(change(store, used(0)).await);
    ok(change(store, used(5)).await);
    for behind in [5, 4, 0] {
        refused(change(store, used(behind)).await, &Conflict::Stale("passkey"));
    }
    let due = Passkey { sign_count: 5, last_used_at: Some(at(9)), ..key(1, 1) };
    assert_eq!(ok(store.find_passkey(&[1; 16]).await), Some(due));
    assert_eq!(ok(store.find_passkey(&[9; 16]).await), None);
    refused(change(store, C::RemovePasskey(id(1), other.id)).await, &Conflict::Missing("passkey"));
    ok(change(store, C::RemovePasskey(id(1), me.id)).await);
    assert_eq!(ok(store.list_passkeys(me.id).await), [key(2, 2)]);
}

/// Somebody at a provider is one account here.
pub async fn identities_are_kept(store: &dyn Store) {
    let (me, other) = (open(store, 1).await, open(store, 2).await);
    let identity = |of: &Account, level| ProviderIdentity {
        issuer: "https://id.example".to_owned(),
        subject: "aliya".to_owned(),
        account: of.id,
        level,
        linked_at: at(1),
    };
    ok(change(store, C::PutIdentity(identity(&me, 1))).await);
    ok(change(store, C::PutIdentity(identity(&other, 3))).await);
    let found = ok(store.find_provider_identity("https://id.example", "aliya").await);
    assert_eq!(found, Some(identity(&me, 3)), "the account stays, the level follows");
    assert_eq!(ok(store.find_provider_identity("https://evil.example", "aliya").await), None);
    assert_eq!(ok(store.list_provider_identities(me.id).await), [identity(&me, 3)]);
    let end = |of: &Account| C::RemoveIdentity(of.id, "https://id.example".to_owned());
    refused(change(store, end(&other)).await, &Conflict::Missing("identity"));
    ok(change(store, end(&me)).await);
    assert_eq!(ok(store.list_provider_identities(me.id).await), []);
}

/// One waits for an account at a time, and it ends once.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn lost_factors_are_removed_by_two(store: &dyn Store) {
    let (me, one, two) = (open(store, 1).await, open(store, 2).await, open(store, 3).await);
    let asked = |n: u64| FactorReset {
        id: id(n),
        account: me.id,
        reason: "Жеке куәлігін көрсетті".to_owned(),
        asked_by: Some(one.id),
        asked_by_name: "Әкімдік".to_owned(),
        asked_at: at(i64::try_from(n).unwrap_or(0)),
        state: ResetState::Waiting,
        ended_by: None,
        ended_by_name: String::new(),
        ended_at: None,
    };
    ok(change(store, C::AddFactorReset(asked(1))).await);
    refused(change(store, C::AddFactorReset(asked(2))).await, &Conflict::Exists("factor reset"));
    assert_eq!(ok(store.list_waiting_factor_resets().await), [asked(1)]);
    let ended = |state| FactorReset {
        state,
        ended_by: Some(two.id),
        ended_by_name: "Екінші".to_owned(),
        ended_at: Some(at(9)),
        ..asked(1)
    };
    ok(change(store, C::EndFactorReset(ended(ResetState::Done))).await);
    let again = change(store, C::EndFactorReset(ended(ResetState::Refused))).await;
    refused(again, &Conflict::Stale("factor reset"));
    assert_eq!(ok(store.list_waiting_factor_resets().await), []);
    ok(change(store, C::AddFactorReset(asked(2))).await);
    assert_eq!(ok(store.list_factor_resets(me.id).await), [asked(2), ended(ResetState::Done)]);
    assert_eq!(ok(store.find_factor_reset(id(1)).await), Some(ended(ResetState::Done)));
    assert_eq!(ok(store.find_factor_reset(id(7)).await), None);
    assert_eq!(ok(store.list_factor_resets(two.id).await), []);
}
