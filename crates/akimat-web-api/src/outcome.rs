//! What is to be expected of a project, with reasons, similar finished projects and the record.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::outcome::{OutcomeDocument, is_open};
use akimat_core::ProjectId;
use akimat_outcome::{Refusal, Target};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

/// `/api/v1/projects/{id}/outcome`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/outcome",
    id: "getProjectOutcome",
    tag: "projects",
    summary: "Chance of a delay, of growing cost and of completion with 80 % and 90 % ranges, learnt from finished \
              projects; contributions that sum to the chance, similar projects, published predictions and what \
              persons decided about them",
    parameters: &[ID],
    body: Body::Resource("ProjectOutcome", include_str!("example/outcome.json")),
    problems: &[],
};

#[derive(Serialize)]
struct OutcomeBody {
    project: ProjectId,
    data_on: Date,
    invented: bool,
    expected: Vec<Expected>,
    refused: Vec<Refused>,
    published: Vec<Published>,
    decisions: Vec<Decided>,
    links: Links,
}

#[derive(Serialize)]
struct Expected {
    target: &'static str,
    model: String,
    probability: f64,
    point: Option<f64>,
    ranges: Vec<RangeItem>,
    class: Vec<String>,
    n_class: usize,
    base: f64,
    contributions: Vec<Contribution>,
    neighbours: Vec<Neighbour>,
}

#[derive(Serialize)]
struct RangeItem {
    level: u8,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct Contribution {
    feature: String,
    value: f64,
}

#[derive(Serialize)]
struct Neighbour {
    project: String,
    distance: f64,
    amount: Option<f64>,
    event: bool,
}

#[derive(Serialize)]
struct Refused {
    target: &'static str,
    reason: &'static str,
}

#[derive(Serialize)]
struct Published {
    id: Uuid,
    target: String,
    probability: Option<f64>,
    class: String,
    n_class: u32,
    model: String,
    data_on: Date,
    by: String,
    at: Timestamp,
}

#[derive(Serialize)]
struct Decided {
    prediction: Uuid,
    verdict: &'static str,
    reason: String,
    by: String,
    at: Timestamp,
}

fn expected(document: OutcomeDocument) -> Expected {
    Expected {
        target: document.target.code(),
        model: document.model,
        probability: document.probability,
        point: document.point,
        ranges: document
            .ranges
            .into_iter()
            .map(|(level, low, high)| RangeItem { level, low, high })
            .collect(),
        class: document.class,
        n_class: document.n_class,
        base: document.base,
        contributions: document
            .contributions
            .into_iter()
            .map(|(feature, value)| Contribution { feature, value })
            .collect(),
        neighbours: document
            .neighbours
            .into_iter()
            .map(|near| Neighbour {
                project: near.project,
                distance: near.distance,
                amount: near.amount,
                event: near.event,
            })
            .collect(),
    }
}

/// What is expected of one project.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let read = state.app.read();
    let (project, ..) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let models = state.app.outcome_models().await.map_err(Failure::from)?;
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for target in Target::ALL {
        let reason = match models.predict(&project, target) {
            _ if !is_open(project.status) => "ended",
            Ok(document) => {
                found.push(expected(document));
                continue;
            }
            Err(Refusal::TooFewFinished { .. }) => "too_few_finished",
            Err(Refusal::Constant) => "constant",
        };
        refused.push(Refused { target: target.code(), reason });
    }
    let published = read.list_outcome_predictions(id).await?.into_iter().map(|own| Published {
        id: own.id,
        target: own.target,
        probability: own.probability_e4.map(|e4| e4 as f64 / 10_000.0),
        class: own.class,
        n_class: own.n_class,
        model: own.model,
        data_on: own.data_on,
        by: own.published_by,
        at: own.published_at,
    });
    let decisions = read.list_outcome_decisions(id).await?.into_iter().map(|own| Decided {
        prediction: own.prediction,
        verdict: own.verdict.code(),
        reason: own.reason,
        by: own.decided_by,
        at: own.decided_at,
    });
    let body = OutcomeBody {
        project: id,
        data_on: models.data_on,
        invented: models.invented,
        expected: found,
        refused,
        published: published.collect(),
        decisions: decisions.collect(),
        links: links(format!("/api/v1/projects/{id}/outcome"), &format!("/projects/{id}")),
    };
    resource(&asked.headers, &body)
}
