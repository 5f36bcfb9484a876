//! What the register said about a project before: every change of every field, who made it, why, on which document.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::dossier::body;
use akimat_core::ProjectId;
use akimat_project::register::KIND;
use akimat_project::revision::{FieldChange, diff};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// Versions of one project at most.
const VERSIONS_MAX: u16 = 1_000;

/// `/api/v1/projects/{id}/history`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/history",
    id: "getProjectHistory",
    tag: "projects",
    summary: "Every change of the register about a project, newest first: field, value before and after, who, when, \
              why, on which document",
    parameters: &[ID],
    body: Body::Resource("ProjectHistory", include_str!("example/history.json")),
    problems: &[],
};

#[derive(Serialize)]
struct History {
    project: ProjectId,
    invented: bool,
    revisions: Vec<Revision>,
    links: Links,
}

#[derive(Serialize)]
struct Revision {
    at: Timestamp,
    by: String,
    reason: String,
    basis: String,
    changes: Vec<FieldChange>,
}

/// The changes. Which account is the manager stays inside.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let read = state.app.read();
    let (project, _, _) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let sections = read.list_section_versions(id, &[KIND], VERSIONS_MAX).await?;
    let mut revisions = Vec::new();
    for pair in sections.windows(2) {
        let [later, earlier] = pair else { continue };
        let (before, after): (Value, Value) = (body(earlier)?, body(later)?);
        let changes: Vec<FieldChange> =
            diff(&before, &after).into_iter().filter(|change| change.path != "manager").collect();
        if !changes.is_empty() {
            revisions.push(Revision {
                at: later.at,
                by: later.by_name.clone(),
                reason: later.reason.clone(),
                basis: later.basis.clone(),
                changes,
            });
        }
    }
    let found = History {
        project: id,
        invented: project.invented,
        revisions,
        links: links(format!("/api/v1/projects/{id}/history"), &format!("/projects/{id}/history")),
    };
    resource(&asked.headers, &found)
}
