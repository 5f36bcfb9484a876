//! Promises about keys of systems.

use super::build::{account, at, id};
use super::{ok, refused};
use crate::access_token::AccessToken;
use crate::{Account, Change, Conflict, Store};

fn token(n: u64, of: &Account) -> AccessToken {
    AccessToken {
        id: id(n),
        account: of.id,
        name: "1С: Бухгалтерия".to_owned(),
        token_hash: [u8::try_from(n).unwrap_or(0); 32],
        created_at: at(i64::try_from(n).unwrap_or(0)),
        expires_at: at(1_000),
        revoked_at: None,
    }
}

/// A key speaks for its account until it ends or is withdrawn.
pub async fn keys_end(store: &dyn Store) {
    let (one, shut) = (account(1), Account { disabled: true, ..account(2) });
    let open = |account: &Account| Change::AddAccount(account.clone(), "$argon2id$".to_owned());
    ok(store.apply(vec![open(&one), open(&shut)]).await);
    let all = [token(5, &one), token(6, &one), token(7, &shut)];
    ok(store.apply(all.iter().map(|token| Change::AddAccessToken(token.clone())).collect()).await);
    refused(
        store.apply(vec![Change::AddAccessToken(token(8, &account(3)))]).await,
        &Conflict::Missing("account"),
    );
    let who = |n: u8, now: i64| async move { ok(store.find_token_account(&[n; 32], at(now)).await) };
    assert_eq!(who(5, 999).await, Some(one.clone()));
    assert_eq!(who(5, 1_000).await, None, "it is over");
    assert_eq!(who(7, 1).await, None, "the account is disabled");
    assert_eq!(who(9, 1).await, None);
    ok(store.apply(vec![Change::RevokeAccessToken(id(5), one.id, at(9))]).await);
    assert_eq!(who(5, 10).await, None, "it is withdrawn");
    for wrong in [(id(5), one.id), (id(6), shut.id), (id(8), one.id)] {
        let again = vec![Change::RevokeAccessToken(wrong.0, wrong.1, at(9))];
        refused(store.apply(again).await, &Conflict::Missing("access_token"));
    }
    let revoked = AccessToken { revoked_at: Some(at(9)), ..token(5, &one) };
    assert_eq!(ok(store.list_access_tokens(one.id).await), [token(6, &one), revoked]);
}
