//! Roles by territory: inherited down, never sideways or up, never outside their time. Every role, every permission
//! and every pair of territories of a small tree is tried.

use crate::village::{DISTRICT, OKRUG, OTHER, REGION, Village, kato};
use akimat_app::permission::{Permission as P, check, may, permits};
use akimat_app::role_grant::GrantDraft;
use akimat_app::{App, AppError};
use akimat_core::{AccountId, KatoCode, Role};
use akimat_storage::{Account, RoleGrant};
use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

const PLACES: [u32; 6] = [REGION, DISTRICT, OKRUG, OKRUG + 100, OTHER, 110_000_000];

/// Which territory lies in which, written out.
fn lies_in(place: u32, whose: u32) -> bool {
    let above: &[u32] = match place {
        REGION => &[REGION],
        DISTRICT => &[DISTRICT, REGION],
        OKRUG => &[OKRUG, DISTRICT, REGION],
        OTHER => &[OTHER, REGION],
        110_000_000 => &[110_000_000],
        _ => &[OKRUG + 100, OKRUG, DISTRICT, REGION],
    };
    above.contains(&whose)
}

fn account(role: Role, place: u32) -> Account {
    Account {
        id: AccountId(Uuid::nil()),
        login: String::new(),
        display_name: String::new(),
        role,
        place: Some(kato(place)),
        office: String::new(),
        disabled: false,
        created_at: Timestamp::UNIX_EPOCH,
        grants: Vec::new(),
    }
}

fn grant(role: Role, place: KatoCode) -> RoleGrant {
    RoleGrant {
        id: Uuid::nil(),
        account: AccountId(Uuid::nil()),
        role,
        place,
        office: String::new(),
        granted_by: None,
        granted_by_name: String::new(),
        delegated: false,
        reason: String::new(),
        valid_from: Timestamp::UNIX_EPOCH,
        valid_until: Timestamp::MAX,
        granted_at: Timestamp::UNIX_EPOCH,
        revoked_at: None,
    }
}

const fn is_bound(permission: P) -> bool {
    !matches!(
        permission,
        P::Public
            | P::SignedIn
            | P::RateProject
            | P::Comment
            | P::AcceptWorks
            | P::EraseSelf
            | P::Propose
            | P::CastBallot
    )
}

#[test]
fn a_role_reaches_down_and_nowhere_else() {
    for role in Role::ALL {
        for permission in P::ALL.into_iter().filter(|one| is_bound(*one)) {
            for (whose, place) in PLACES.iter().flat_map(|a| PLACES.iter().map(move |b| (*a, *b))) {
                let due = permits(role, permission) && lies_in(place, whose);
                let own = may(&account(role, whose), permission, Some(kato(place)));
                assert_eq!(own, due, "{role:?} {permission:?} of {whose} in {place}");
                let mut guest = account(Role::Resident, 110_000_000);
                guest.grants = vec![grant(role, kato(whose))];
                assert_eq!(
                    may(&guest, permission, Some(kato(place))),
                    due,
                    "granted {role:?} {permission:?}"
                );
            }
        }
    }
}

#[test]
fn two_roles_never_lend_each_other_a_territory() {
    for (one, other) in Role::ALL.into_iter().flat_map(|a| Role::ALL.map(|b| (a, b))) {
        let mut both = account(one, DISTRICT);
        both.grants = vec![grant(other, kato(OTHER))];
        for permission in P::ALL.into_iter().filter(|one| is_bound(*one)) {
            assert_eq!(may(&both, permission, Some(kato(OKRUG))), permits(one, permission));
            assert_eq!(may(&both, permission, Some(kato(OTHER))), permits(other, permission));
            assert!(!may(&both, permission, Some(kato(REGION))));
        }
    }
}

#[test]
fn whoever_works_in_an_office_has_no_residents_vote() {
    let resident = account(Role::Resident, DISTRICT);
    assert!(may(&resident, P::RateProject, None));
    let helper = Account { grants: vec![grant(Role::Moderator, kato(DISTRICT))], ..resident };
    assert!(!may(&helper, P::RateProject, None) && !may(&helper, P::AcceptWorks, None));
    assert!(may(&helper, P::Comment, None));
}

/// There is no permission to read who voted what, the administrator has neither the voter's nor the clerk's, and
/// the record of acts does not tell votes.
#[tokio::test]
async fn an_administrator_cannot_see_votes() {
    let of_admin: Vec<&str> =
        P::ALL.into_iter().filter(|one| permits(Role::Administrator, *one)).map(P::code).collect();
    assert_eq!(of_admin, ["public", "signed_in", "comment", "hold_keys", "hand_on_role", "administer"]);
    let village = Village::open().await;
    let project = village.project("V-1");
    let rating = akimat_participation::Rating::new(5).unwrap();
    village.app.rate_project(village.actor("resident"), project, rating).await.unwrap();
    let acts = village.store.list_audit(&akimat_storage::PageRequest::first(100)).await.unwrap();
    let who = village.actor("resident").unwrap().id;
    assert!(acts.items.iter().all(|act| act.actor != Some(who) && !act.detail.contains(&who.to_string())));
}

fn draft(village: &Village, role: Role, place: u32) -> GrantDraft {
    GrantDraft {
        account: village.actor("neighbour").unwrap().id,
        role,
        place: Some(kato(place)),
        reason: "Еңбек демалысы".to_owned(),
        from: Some(date(2026, 9, 2)),
        until: Some(date(2026, 9, 11)),
    }
}

async fn moderates(app: &App, village: &Village, place: u32) -> bool {
    let mut account = village.actor("neighbour").unwrap().clone();
    account.grants = app.grants_in_force(account.id).await.unwrap();
    check(Some(&account), P::Moderate, Some(kato(place))).is_ok()
}

#[tokio::test]
async fn a_granted_role_begins_and_ends_by_itself() {
    let village = Village::open().await;
    let app = &village.app;
    app.grant_role(village.actor("admin"), &draft(&village, Role::Moderator, DISTRICT)).await.unwrap();
    assert!(!moderates(app, &village, OKRUG).await, "it begins tomorrow");
    village.wait(24 * 3_600);
    assert!(moderates(app, &village, OKRUG).await);
    assert!(!moderates(app, &village, OTHER).await && !moderates(app, &village, REGION).await);
    village.wait(10 * 24 * 3_600);
    assert!(!moderates(app, &village, OKRUG).await, "it is over");
}

#[tokio::test]
async fn a_role_is_handed_on_within_the_own_one_and_taken_back() {
    let village = Village::open().await;
    let app = &village.app;
    let moderator = village.actor("moderator");
    let refused = |answer: akimat_app::Result<RoleGrant>| matches!(answer, Err(AppError::Forbidden));
    assert!(
        refused(app.grant_role(moderator, &draft(&village, Role::Head, DISTRICT)).await),
        "not the own role"
    );
    assert!(
        refused(app.grant_role(moderator, &draft(&village, Role::Moderator, REGION)).await),
        "not upwards"
    );
    assert!(
        refused(app.grant_role(moderator, &draft(&village, Role::Moderator, OTHER)).await),
        "not sideways"
    );
    assert!(refused(
        app.grant_role(village.actor("resident"), &draft(&village, Role::Moderator, OKRUG)).await
    ));
    assert!(refused(app.grant_role(village.actor("admin"), &draft(&village, Role::Analyst, OTHER)).await));
    let grant = app.grant_role(moderator, &draft(&village, Role::Moderator, OKRUG)).await.unwrap();
    assert!(grant.delegated);
    village.wait(2 * 24 * 3_600);
    assert!(moderates(app, &village, OKRUG).await && !moderates(app, &village, DISTRICT).await);

    let mut neighbour = village.actor("neighbour").unwrap().clone();
    neighbour.grants = app.grants_in_force(neighbour.id).await.unwrap();
    let again = GrantDraft {
        account: village.actor("resident").unwrap().id,
        ..draft(&village, Role::Moderator, OKRUG)
    };
    assert!(refused(app.grant_role(Some(&neighbour), &again).await), "what was handed on is not handed on");
    assert!(matches!(app.revoke_role(village.actor("analyst"), grant.id).await, Err(AppError::Forbidden)));
    app.revoke_role(moderator, grant.id).await.unwrap();
    assert!(!moderates(app, &village, OKRUG).await);
    let long = GrantDraft { until: Some(date(2026, 12, 31)), ..draft(&village, Role::Moderator, OKRUG) };
    assert!(matches!(app.grant_role(moderator, &long).await, Err(AppError::Invalid(_))));
}
