//! Sections of dossiers as two people change them at once.

use crate::village::Village;
use akimat_app::dossier::{Kept, SECTION_BYTES_MAX, SectionDraft, body};
use akimat_app::{AppError, Permission};
use akimat_core::ProjectId;
use serde_json::{Value, json};
use uuid::Uuid;

fn draft(id: Option<Uuid>, base_version: u32, body: Value) -> SectionDraft {
    SectionDraft {
        id,
        kind: "risk",
        base_version,
        state: "open".to_owned(),
        due_on: None,
        amount: None,
        removed: false,
        body,
        reason: " Тасқын ".to_owned(),
        basis: "Приказ № 7 от 1.09.2026".to_owned(),
    }
}

async fn put(village: &Village, draft: SectionDraft) -> akimat_app::Result<Kept> {
    let project = village.project("R-1");
    village.app.put_section(village.actor("manager"), Permission::ManageProjects, project, draft).await
}

async fn begun(village: &Village) -> Uuid {
    let first = json!({"owner": "A", "note": "x", "actions": [{"id": "1", "done": false}]});
    match put(village, draft(None, 0, first)).await.unwrap() {
        Kept::Stored { id, version: 1, others } if others.is_empty() => id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn two_people_change_different_fields() {
    let village = Village::open().await;
    let id = begun(&village).await;
    let hers = json!({"owner": "B", "note": "x", "actions": [{"id": "1", "done": false}]});
    put(&village, draft(Some(id), 1, hers)).await.unwrap();
    let his = json!({"owner": "A", "note": "x", "actions": [{"id": "1", "done": true}]});
    let Kept::Stored { version, others, .. } = put(&village, draft(Some(id), 1, his)).await.unwrap() else {
        panic!("not stored")
    };
    assert_eq!(version, 3);
    assert_eq!(others.iter().map(|other| other.path.as_str()).collect::<Vec<_>>(), ["owner"]);
    let stored = village.app.section_of(village.project("R-1"), "risk", id).await.unwrap();
    let joined = json!({"owner": "B", "note": "x", "actions": [{"id": "1", "done": true}]});
    assert_eq!(body::<Value>(&stored).unwrap(), joined);
    assert_eq!((stored.reason.as_str(), stored.basis.as_str()), ("Тасқын", "Приказ № 7 от 1.09.2026"));
    let versions =
        village.app.read().list_section_versions(village.project("R-1"), &["risk"], 9).await.unwrap();
    assert_eq!(versions.len(), 3);
}

#[tokio::test]
async fn the_same_field_is_asked_about_and_nothing_is_stored() {
    let village = Village::open().await;
    let id = begun(&village).await;
    put(&village, draft(Some(id), 1, json!({"owner": "B", "note": "x", "actions": []}))).await.unwrap();
    let his = json!({"owner": "C", "note": "y", "actions": []});
    let Kept::Clash { current, clashes, .. } = put(&village, draft(Some(id), 1, his)).await.unwrap() else {
        panic!("stored")
    };
    assert_eq!(current.version, 2);
    let told: Vec<_> =
        clashes.iter().map(|clash| (clash.path.as_str(), &clash.theirs, &clash.yours)).collect();
    assert_eq!(told, [("owner", &json!("B"), &json!("C"))]);
    assert_eq!(village.app.section_of(village.project("R-1"), "risk", id).await.unwrap(), *current);
}

#[tokio::test]
async fn strangers_and_bad_drafts_are_refused() {
    let village = Village::open().await;
    let id = begun(&village).await;
    let project = village.project("R-1");
    let app = &village.app;
    let new = || draft(None, 0, json!({}));
    for login in ["resident", "analyst", "stranger"] {
        let refused = app.put_section(village.actor(login), Permission::ManageProjects, project, new()).await;
        assert!(matches!(refused, Err(AppError::Forbidden)), "{login}: {refused:?}");
    }
    let unsigned = app.put_section(None, Permission::ManageProjects, project, new()).await;
    assert!(matches!(unsigned, Err(AppError::SignInNeeded)));
    let other = SectionDraft { kind: "plan", ..draft(Some(id), 1, json!({})) };
    assert!(matches!(put(&village, other).await, Err(AppError::NotFound("section"))));
    let nobodys = ProjectId(Uuid::nil());
    let missing = app.put_section(village.actor("manager"), Permission::ManageProjects, nobodys, new()).await;
    assert!(matches!(missing, Err(AppError::NotFound("project"))));
    let long = draft(None, 0, json!("x".repeat(SECTION_BYTES_MAX)));
    assert!(matches!(put(&village, long).await, Err(AppError::Invalid(_))));
    let wordy = SectionDraft { reason: "x".repeat(2_001), ..new() };
    assert!(matches!(put(&village, wordy).await, Err(AppError::Invalid(_))));
    assert_eq!(app.read().list_sections(project, &[]).await.unwrap().len(), 1);
}
