//! Promises about who a person is, what roles somebody holds, who looked, and erasure.

use super::build::{DISTRICT, account, at, comment, day, id, kato, project, record, session, stars};
use super::{ok, refused, walk};
use crate::erasure::{Erasure, Forgetting};
use crate::{
    AccessRecord, Account, Change, Conflict, PageRequest, RoleGrant, Store, Verification, VerificationState,
    Way,
};
use akimat_core::{AccountId, ProjectId, Role};
use akimat_identity::Level;

fn open(account: &Account) -> Change {
    Change::AddAccount(account.clone(), "$argon2id$".to_owned())
}

fn verification(n: u64, of: u64, identity: Option<u8>) -> Verification {
    Verification {
        id: id(n),
        account: Some(AccountId(id(of))),
        level: Level::Identified,
        way: Way::Desk,
        state: VerificationState::Valid,
        place: Some(kato(DISTRICT)),
        born_on: Some(day("1980-02-29")),
        identity: identity.map(|byte| [byte; 32]),
        document: "id_card".to_owned(),
        made_by: Some(AccountId(id(900))),
        made_by_name: "Әкімдік".to_owned(),
        seconded_by: None,
        seconded_by_name: String::new(),
        code_hash: Some([7; 32]),
        attempts: 2,
        at: at(i64::try_from(n).unwrap_or(0)),
        until: Some(at(9_000)),
        ended_at: None,
        version: 1,
    }
}

fn add(one: &Verification) -> Vec<Change> {
    vec![Change::AddVerification(Box::new(one.clone()))]
}

/// An identity is of one account, also when two take it at once; the same account may show it again.
pub async fn one_person_one_account(store: &dyn Store) {
    ok(store.apply((1..=3).map(|n| open(&account(n))).collect()).await);
    ok(store.apply(add(&verification(10, 1, Some(1)))).await);
    assert_eq!(ok(store.find_verification(id(10)).await), Some(verification(10, 1, Some(1))));
    assert_eq!(ok(store.find_verified_identity(&[1; 32]).await), Some(verification(10, 1, Some(1))));
    assert_eq!(ok(store.find_verified_identity(&[2; 32]).await), None);
    refused(store.apply(add(&verification(11, 2, Some(1)))).await, &Conflict::Exists("identity"));
    refused(store.apply(add(&verification(12, 9, None))).await, &Conflict::Missing("account"));
    ok(store.apply(add(&verification(13, 1, Some(1)))).await);
    let all = ok(store.list_verifications(AccountId(id(1))).await);
    assert_eq!(all[0], verification(13, 1, Some(1)));
    assert_eq!((all[1].state, all[1].identity, all[1].version), (VerificationState::Ended, None, 2));
    let both = [verification(14, 2, Some(5)), verification(15, 3, Some(5))];
    let answers = futures_util::future::join_all(both.iter().map(|one| store.apply(add(one)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for answer in answers.into_iter().filter(Result::is_err) {
        refused(answer, &Conflict::Exists("identity"));
    }
}

/// Whoever changes a verification must have seen it as it is.
pub async fn verifications_change_by_version(store: &dyn Store) {
    ok(store.apply(vec![open(&account(1))]).await);
    let waiting = Verification { state: VerificationState::Waiting, ..verification(10, 1, None) };
    ok(store.apply(add(&waiting)).await);
    ok(store.apply(add(&verification(11, 1, None))).await);
    assert_eq!(ok(store.list_waiting_verifications().await), std::slice::from_ref(&waiting));
    let change = |version| {
        let changed = Verification {
            state: VerificationState::Valid,
            seconded_by: Some(AccountId(id(901))),
            seconded_by_name: "Әкімдік 2".to_owned(),
            attempts: 3,
            code_hash: None,
            version,
            ..waiting.clone()
        };
        Change::UpdateVerification(Box::new(changed))
    };
    refused(store.apply(vec![change(3)]).await, &Conflict::Stale("verification"));
    ok(store.apply(vec![change(2)]).await);
    refused(store.apply(vec![change(2)]).await, &Conflict::Stale("verification"));
    let found = ok(store.find_verification(id(10)).await).map(|one| (one.state, one.attempts, one.version));
    assert_eq!(found, Some((VerificationState::Valid, 3, 2)));
    assert_eq!(ok(store.list_waiting_verifications().await), []);
}

fn grant(n: u64, of: u64) -> RoleGrant {
    RoleGrant {
        id: id(n),
        account: AccountId(id(of)),
        role: Role::Moderator,
        place: kato(DISTRICT),
        office: "Әкімдік".to_owned(),
        granted_by: Some(AccountId(id(900))),
        granted_by_name: "Әкім".to_owned(),
        delegated: true,
        reason: "Демалыс".to_owned(),
        valid_from: at(10),
        valid_until: at(20),
        granted_at: at(i64::try_from(n).unwrap_or(0)),
        revoked_at: None,
    }
}

fn give(grant: RoleGrant) -> Change {
    Change::AddRoleGrant(Box::new(grant))
}

/// A grant is listed with its holder and its giver, and is taken back once.
pub async fn grants_end(store: &dyn Store) {
    ok(store.apply(vec![open(&account(1)), open(&account(2))]).await);
    ok(store.apply([grant(5, 1), grant(6, 1), grant(7, 2)].map(give).into()).await);
    refused(store.apply(vec![give(grant(8, 3))]).await, &Conflict::Missing("account"));
    assert_eq!(ok(store.list_role_grants(AccountId(id(1))).await), [grant(6, 1), grant(5, 1)]);
    assert_eq!(ok(store.list_grants_by(AccountId(id(900))).await).len(), 3);
    ok(store.apply(vec![Change::RevokeRoleGrant(id(5), at(15))]).await);
    let revoked = RoleGrant { revoked_at: Some(at(15)), ..grant(5, 1) };
    assert_eq!(ok(store.find_role_grant(id(5)).await), Some(revoked.clone()));
    assert!(!revoked.holds(at(16)) && grant(5, 1).holds(at(10)) && !grant(5, 1).holds(at(20)));
    for gone in [id(5), id(99)] {
        let again = vec![Change::RevokeRoleGrant(gone, at(16))];
        refused(store.apply(again).await, &Conflict::Missing("role_grant"));
    }
}

fn look(n: u64, of: u64) -> AccessRecord {
    AccessRecord {
        id: id(n),
        subject: AccountId(id(of)),
        reader: Some(AccountId(id(2))),
        reader_name: "Айгүл Ә.".to_owned(),
        act: "look".to_owned(),
        reason: "Өтініш".to_owned(),
        at: at(i64::try_from(n).unwrap_or(0)),
    }
}

/// Newest first, page by page, those of one person.
pub async fn looks_are_kept(store: &dyn Store) {
    let all: Vec<AccessRecord> = (10..17).map(|n| look(n, 1)).collect();
    let mut changes: Vec<Change> = all.iter().cloned().map(Change::AddAccessRecord).collect();
    changes.push(Change::AddAccessRecord(look(20, 3)));
    ok(store.apply(changes).await);
    let person = AccountId(id(1));
    let found = walk(3, async |page| store.list_access_records(person, &page).await).await;
    assert_eq!(found, all.into_iter().rev().collect::<Vec<_>>());
}

/// The account, what hangs on it and the votes are gone; the keyed hash stays and keeps others out.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn an_erased_person_is_gone(store: &dyn Store) {
    let (gone, stays) = (account(1), Account { display_name: "Серік".to_owned(), ..account(2) });
    let vote = |account: &Account, value| Change::PutRating {
        project: ProjectId(id(50)),
        place: kato(DISTRICT),
        account: account.id,
        rating: stars(value),
        at: at(3),
    };
    let said = akimat_participation::Comment { author: gone.id, ..comment(60, 50) };
    ok(store
        .apply(vec![
            open(&gone),
            open(&stays),
            Change::AddSession(session(1, 1, 100)),
            Change::AddProject(Box::new(project(50))),
            vote(&gone, 5),
            vote(&stays, 4),
            Change::AddComment(Box::new(said.clone()), kato(DISTRICT)),
            Change::AddVerification(Box::new(verification(10, 1, Some(1)))),
            Change::AddVerification(Box::new(verification(11, 1, None))),
            give(grant(12, 1)),
            Change::AddAccessRecord(look(13, 1)),
            Change::AddAudit(crate::AuditRecord {
                actor: Some(gone.id),
                subject: gone.id.to_string(),
                detail: format!("{{\"of\":\"{}\",\"name\":\"{}\"}}", gone.id, gone.display_name),
                ..record(14)
            }),
        ])
        .await);
    assert!(ok(store.export_person(gone.id).await).iter().any(|rows| rows.table == "comments"));
    let erase = |account| Change::ErasePerson(Erasure { account, nobody: id(999), at: at(70) });
    refused(store.apply(vec![erase(AccountId(id(77)))]).await, &Conflict::Missing("account"));
    ok(store.apply(vec![erase(gone.id)]).await);

    assert_eq!(ok(store.find_account(gone.id).await), None);
    assert_eq!(ok(store.find_session_account(&[1; 32], at(4)).await), None);
    assert_eq!(ok(store.export_person(gone.id).await), []);
    assert_eq!(ok(store.find_rating(ProjectId(id(50)), gone.id).await), None);
    let rating = ok(store.find_project(ProjectId(id(50))).await).map(|(_, rating, _)| rating.n_votes());
    assert_eq!(rating, Some(1), "the vote is taken back");
    let left = ok(store.find_comment(said.id).await).map(|item| item.comment);
    let left = left.map(|comment| (comment.author, comment.author_name, comment.body));
    assert_eq!(left, Some((AccountId(id(999)), String::new(), String::new())));
    let held = ok(store.find_verified_identity(&[1; 32]).await);
    let held = held.map(|one| (one.account, one.state, one.born_on, one.place, one.ended_at));
    assert_eq!(held, Some((None, VerificationState::Erased, None, None, Some(at(70)))));
    refused(store.apply(add(&verification(15, 2, Some(1)))).await, &Conflict::Exists("identity"));
    let acts = ok(store.list_audit(&PageRequest::first(10)).await).items;
    assert_eq!((acts[0].actor, acts[0].subject.as_str()), (None, id(999).to_string().as_str()));
    assert!(!acts[0].detail.contains(&gone.display_name), "{}", acts[0].detail);
    assert_eq!(ok(store.find_account(stays.id).await), Some(stays));
}

/// What is older than its term goes, and nothing else.
pub async fn what_is_old_is_forgotten(store: &dyn Store) {
    ok(store.apply(vec![open(&account(1))]).await);
    let state = |n, state, ended: Option<i64>| {
        let one = Verification { state, ended_at: ended.map(at), ..verification(n, 1, None) };
        Change::AddVerification(Box::new(one))
    };
    use VerificationState as S;
    ok(store
        .apply(vec![
            state(10, S::Waiting, None),
            state(11, S::CodeSent, None),
            state(12, S::Valid, None),
            state(13, S::Ended, Some(13)),
            state(30, S::Waiting, None),
            state(31, S::Ended, Some(31)),
            Change::AddAccessRecord(look(10, 1)),
            Change::AddAccessRecord(look(30, 1)),
            Change::AddAudit(record(10)),
            Change::AddAudit(record(30)),
        ])
        .await);
    ok(store.apply(vec![Change::Forget(Forgetting::default())]).await);
    let person = AccountId(id(1));
    assert_eq!(ok(store.list_verifications(person).await).len(), 6);
    let before = Some(at(20));
    let forgetting = Forgetting {
        access_records: before,
        erased_identities: before,
        open_verifications: before,
        ended_verifications: before,
        corrections: before,
        comment_files: before,
        comment_traces: before,
        audit: before,
    };
    ok(store.apply(vec![Change::Forget(forgetting)]).await);
    let left: Vec<_> = ok(store.list_verifications(person).await).into_iter().map(|one| one.id).collect();
    assert_eq!(left, [id(31), id(30), id(12)]);
    assert_eq!(ok(store.list_access_records(person, &PageRequest::first(9)).await).items, [look(30, 1)]);
    assert_eq!(ok(store.list_audit(&PageRequest::first(9)).await).items, [record(30)]);
}
