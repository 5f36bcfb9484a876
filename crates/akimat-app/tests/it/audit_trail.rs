//! The record of acts is closed every night, and what is changed afterwards is named.

use crate::village::Village;
use akimat_app::App;
use akimat_app::secret::PlatformKey;
use akimat_storage::erasure::Forgetting;
use akimat_storage::{AuditRecord, Change, PageRequest};
use jiff::SignedDuration;
use uuid::Uuid;

const DAY: i64 = 24 * 3600;

async fn opened() -> (Village, App) {
    let village = Village::open().await;
    let app = village.app.clone().with_key(PlatformKey::new([7; 32]));
    (village, app)
}

/// An act of somebody in the village.
async fn act(village: &Village, app: &App, login: &str) {
    let actor = village.actor(login);
    let record = AuditRecord {
        id: Uuid::now_v7(),
        at: app.now(),
        actor: actor.map(|account| account.id),
        verb: "test".to_owned(),
        subject: "x".to_owned(),
        place: None,
        detail: "{}".to_owned(),
    };
    village.store.apply(vec![Change::AddAudit(record)]).await.unwrap();
}

#[tokio::test]
async fn days_that_are_over_are_closed_once_and_agree() {
    let (village, app) = opened().await;
    assert_eq!(app.check_audit_trail().await.unwrap().closed_until, None);
    act(&village, &app, "manager").await;
    // The day is not over: what was before it began is closed, and that is nothing.
    assert_eq!(app.close_days_over().await.unwrap(), 1);
    assert_eq!(app.close_days_over().await.unwrap(), 0);
    village.wait(3 * DAY);
    act(&village, &app, "manager").await;
    // Three days are over; one of them has acts.
    assert_eq!(app.close_days_over().await.unwrap(), 3);
    let days = app.list_closed_days(10).await.unwrap();
    assert_eq!(days.iter().map(|day| day.n_acts > 0).collect::<Vec<_>>(), [false, false, true, false]);
    assert!(
        days.windows(2).all(|pair| pair[0].previous == pair[1].hash && pair[0].from == Some(pair[1].until))
    );
    let check = app.check_audit_trail().await.unwrap();
    assert_eq!((check.n_leaves, check.difference, check.n_without_key), (4, None, 0));
    assert!(check.n_acts > 0 && check.waits);
    // The same on a server without the key: less is compared, and that is told.
    let poor = village.app.check_audit_trail().await.unwrap();
    assert_eq!((poor.difference, poor.n_without_key), (None, poor.n_acts));
}

#[tokio::test]
async fn an_act_that_is_slipped_in_or_taken_out_is_named() {
    let (village, app) = opened().await;
    act(&village, &app, "manager").await;
    let early = app.now();
    village.wait(60);
    act(&village, &app, "analyst").await;
    village.wait(DAY);
    app.close_days_over().await.unwrap();
    assert_eq!(app.check_audit_trail().await.unwrap().difference, None);
    let slipped = AuditRecord {
        id: Uuid::now_v7(),
        at: early + SignedDuration::from_secs(1),
        actor: None,
        verb: "test".to_owned(),
        subject: "later".to_owned(),
        place: None,
        detail: "{}".to_owned(),
    };
    let id = slipped.id;
    village.store.apply(vec![Change::AddAudit(slipped)]).await.unwrap();
    let found = app.check_audit_trail().await.unwrap().difference.unwrap();
    assert_eq!((found.what, found.act.map(|(id, _)| id)), ("act", Some(id)));
    assert_eq!(found.found, found.wanted + 1);
    let forgetting =
        Forgetting { audit: Some(early + SignedDuration::from_secs(30)), ..Forgetting::default() };
    village.store.apply(vec![Change::Forget(forgetting)]).await.unwrap();
    let found = app.check_audit_trail().await.unwrap().difference.unwrap();
    assert_eq!(found.what, "act");
    assert!(found.found < found.wanted);
}

#[tokio::test]
async fn a_person_who_is_erased_breaks_no_chain() {
    let (village, app) = opened().await;
    act(&village, &app, "resident").await;
    village.wait(DAY);
    app.close_days_over().await.unwrap();
    app.erase_me(village.actor("resident"), "resident").await.unwrap();
    let check = app.check_audit_trail().await.unwrap();
    assert_eq!((check.difference, check.n_erased), (None, 1));
}

#[tokio::test]
async fn the_night_closes_the_day_by_itself_and_no_leaf_names_anybody() {
    let (village, app) = opened().await;
    act(&village, &app, "manager").await;
    village.wait(DAY);
    app.queue_due_jobs().await.unwrap();
    while app.work_on_next_job(Uuid::from_u128(1)).await.unwrap() {}
    assert_eq!(app.list_closed_days(10).await.unwrap().len(), 1);
    let waiting = village.store.list_pending_log_entries(1_000).await.unwrap();
    let leaves: Vec<&str> = waiting
        .iter()
        .filter(|stored| stored.entry.kind == "audit_closed")
        .map(|stored| stored.entry.leaf.as_str())
        .collect();
    assert_eq!(leaves.len(), 1);
    let manager = village.actor("manager").unwrap().id.to_string();
    assert!(leaves.iter().all(|leaf| !leaf.contains(&manager) && leaf.len() < 65_535));
    let acts = app.read().list_audit(&PageRequest::first(200)).await.unwrap();
    assert!(acts.items.iter().any(|record| record.actor.is_some_and(|actor| actor.to_string() == manager)));
}

/// Thousands of acts in one night take several leaves of one chain.
#[tokio::test]
async fn a_busy_day_takes_several_leaves() {
    let (village, app) = opened().await;
    let begin = app.now();
    let record = |n: i64| {
        Change::AddAudit(AuditRecord {
            id: Uuid::from_u128(1 << 80 | u128::try_from(n).unwrap()),
            at: begin + SignedDuration::from_micros(n),
            actor: None,
            verb: "test".to_owned(),
            subject: n.to_string(),
            place: None,
            detail: "{}".to_owned(),
        })
    };
    village.store.apply((0..6_500).map(record).collect()).await.unwrap();
    village.wait(DAY);
    assert_eq!(app.close_days_over().await.unwrap(), 3);
    let check = app.check_audit_trail().await.unwrap();
    assert_eq!((check.n_leaves, check.difference), (3, None));
    assert!(check.n_acts >= 6_500);
}
