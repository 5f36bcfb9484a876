//! What is to be expected of a project, with reasons, similar finished projects and the record.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID, Kind, Parameter};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::outcome::{JudgedOutcome, OutcomeDocument, TargetRecord, is_open};
use akimat_core::{KatoCode, ProjectId};
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

/// `/api/v1/outcome-record`.
pub const RECORD: Endpoint = Endpoint {
    path: "/api/v1/outcome-record",
    id: "getOutcomeRecord",
    tag: "projects",
    summary: "What came of the published predictions about projects that have ended since: chances beside what \
              happened, Brier scores, ranges that held, errors beside those of the plan, and each prediction with its \
              fact",
    parameters: &[Parameter::new(
        "place",
        Kind::Place,
        "Of this territory and below it; without it, of all.",
    )],
    body: Body::Resource("OutcomeRecord", include_str!("example/outcome_record.json")),
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
        ranges: ranges(document.ranges),
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

#[derive(Serialize)]
struct RecordBody {
    place: Option<KatoCode>,
    invented: bool,
    n_waiting: usize,
    targets: Vec<TargetItem>,
    judged: Vec<JudgedItem>,
    links: Links,
}

#[derive(Serialize)]
struct TargetItem {
    target: &'static str,
    n: usize,
    said: f64,
    happened: f64,
    brier: f64,
    brier_base: f64,
    ranges: Vec<HeldItem>,
    error: Option<f64>,
    error_of_plan: Option<f64>,
}

#[derive(Serialize)]
struct HeldItem {
    level: u8,
    n: usize,
    inside: usize,
}

#[derive(Serialize)]
struct JudgedItem {
    prediction: Uuid,
    project: ProjectId,
    target: &'static str,
    at: Timestamp,
    model: String,
    probability: f64,
    base: f64,
    point: Option<f64>,
    ranges: Vec<RangeItem>,
    event: bool,
    amount: Option<f64>,
}

fn ranges(of: Vec<(u8, f64, f64)>) -> Vec<RangeItem> {
    of.into_iter().map(|(level, low, high)| RangeItem { level, low, high }).collect()
}

fn target_item(of: TargetRecord) -> TargetItem {
    TargetItem {
        target: of.target.code(),
        n: of.n,
        said: of.said,
        happened: of.happened,
        brier: of.brier.value,
        brier_base: of.brier_base.value,
        ranges: of.ranges.into_iter().map(|(level, inside, n)| HeldItem { level, n, inside }).collect(),
        error: of.error,
        error_of_plan: of.error_of_plan,
    }
}

fn judged_item(one: JudgedOutcome) -> JudgedItem {
    JudgedItem {
        prediction: one.prediction,
        project: one.project,
        target: one.target.code(),
        at: one.published_at,
        model: one.document.model,
        probability: one.document.probability,
        base: one.document.base,
        point: one.document.point,
        ranges: ranges(one.document.ranges),
        event: one.event,
        amount: one.amount,
    }
}

/// What came of the predictions.
///
/// # Errors
/// A problem for a parameter that is no territory.
pub async fn record(State(state): State<WebState>, asked: Asked) -> Reply {
    let place = asked.place("place");
    let record = state.app.outcome_record(place).await.map_err(Failure::from)?;
    let targets = Target::ALL.into_iter().filter_map(|target| record.of(target)).map(target_item).collect();
    let own = asked.uri.path_and_query().map_or_else(|| RECORD.path.to_owned(), ToString::to_string);
    let body = RecordBody {
        place,
        invented: record.invented,
        n_waiting: record.n_waiting,
        targets,
        judged: record.judged.into_iter().map(judged_item).collect(),
        links: links(own, "/outcome/model"),
    };
    resource(&asked.headers, &body)
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
