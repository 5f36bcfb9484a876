//! Promises about requests for correction.

use super::build::{DISTRICT, account, at, day, id, kato};
use super::{ok, refused};
use crate::erasure::{Erasure, Forgetting};
use crate::{Account, Change, Conflict, Correction, CorrectionField, CorrectionState, Store};
use akimat_core::AccountId;

fn asked(n: u64, of: u64, due: &str) -> Correction {
    Correction {
        id: id(n),
        account: AccountId(id(of)),
        place: n.is_multiple_of(2).then(|| kato(DISTRICT)),
        field: CorrectionField::ALL[usize::try_from(n).unwrap_or(0) % 6],
        wanted: "Әсел Қ.".to_owned(),
        words: "Аты-жөнім қате 🙂".to_owned(),
        asked_at: at(i64::try_from(n).unwrap_or(0)),
        due_on: day(due),
        state: CorrectionState::Open,
        reason: String::new(),
        decided_by: None,
        decided_by_name: String::new(),
        decided_at: None,
    }
}

fn decided(one: &Correction, state: CorrectionState, n: i64) -> Correction {
    Correction {
        state,
        reason: "Құжат көрсетілді".to_owned(),
        decided_by: Some(AccountId(id(2))),
        decided_by_name: "Әкімдік".to_owned(),
        decided_at: Some(at(n)),
        ..one.clone()
    }
}

fn add(one: &Correction) -> Change {
    Change::AddCorrection(Box::new(one.clone()))
}

fn end(one: &Correction) -> Change {
    Change::EndCorrection(Box::new(one.clone()))
}

/// Requests wait in the order of their terms, are decided once, and go with the person or after their term.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn requests_are_decided_once(store: &dyn Store) {
    let people = [1, 2].map(|n| Change::AddAccount(account(n), "$argon2id$".to_owned()));
    ok(store.apply(people.into()).await);
    refused(store.apply(vec![add(&asked(9, 7, "2026-01-01"))]).await, &Conflict::Missing("account"));
    let all = [asked(10, 1, "2026-03-01"), asked(11, 1, "2026-01-01"), asked(12, 2, "2026-02-01")];
    ok(store.apply(all.iter().map(add).collect()).await);
    let open: Vec<_> = ok(store.list_open_corrections().await).into_iter().map(|one| one.id).collect();
    assert_eq!(open, [id(11), id(12), id(10)]);
    assert_eq!(ok(store.list_corrections(AccountId(id(1))).await), [all[1].clone(), all[0].clone()]);
    let granted = decided(&all[1], CorrectionState::Granted, 50);
    ok(store.apply(vec![end(&granted), Change::RenameAccount(AccountId(id(1)), "Әсел Қ.".to_owned())]).await);
    assert_eq!(ok(store.find_correction(id(11)).await), Some(granted.clone()));
    let renamed = Account { display_name: "Әсел Қ.".to_owned(), ..account(1) };
    assert_eq!(ok(store.find_account(AccountId(id(1))).await), Some(renamed));
    let missing = Change::RenameAccount(AccountId(id(7)), "X".to_owned());
    refused(store.apply(vec![missing]).await, &Conflict::Missing("account"));
    let refusal = decided(&all[1], CorrectionState::Refused, 51);
    refused(store.apply(vec![end(&refusal)]).await, &Conflict::Stale("correction"));
    refused(store.apply(vec![end(&asked(77, 1, "2026-01-01"))]).await, &Conflict::Stale("correction"));
    assert_eq!(ok(store.list_open_corrections().await).len(), 2);

    let forget = |n| Change::Forget(Forgetting { corrections: Some(at(n)), ..Forgetting::default() });
    ok(store.apply(vec![forget(50)]).await);
    assert_eq!(ok(store.list_corrections(AccountId(id(1))).await).len(), 2);
    ok(store.apply(vec![forget(60)]).await);
    assert_eq!(ok(store.list_corrections(AccountId(id(1))).await), [all[0].clone()]);
    let erase = Erasure { account: AccountId(id(1)), nobody: id(999), at: at(70) };
    ok(store.apply(vec![Change::ErasePerson(erase)]).await);
    assert_eq!(ok(store.find_correction(id(10)).await), None);
    assert_eq!(ok(store.list_open_corrections().await), [all[2].clone()]);
}
