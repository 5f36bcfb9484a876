//! Published programmes: the decided plan with its reasons, and the file to compute it again.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID, Kind, Parameter};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::programme::input::money;
use akimat_app::programme::{InputCandidate, ProgrammeRecord, ProgrammeView, instance};
use akimat_core::{DecisionId, KatoCode, ProjectId, Text};
use akimat_storage::ProgrammeHead;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// `/api/v1/programmes`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/programmes",
    id: "listProgrammes",
    tag: "decisions",
    summary: "Published programmes, the last changed first, 200 at most",
    parameters: &[Parameter::new("place", Kind::Place, "In this territory or below it.")],
    body: Body::Resource("ProgrammeList", include_str!("example/programmes.json")),
    problems: &[],
};

/// `/api/v1/programmes/{id}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/programmes/{id}",
    id: "getProgramme",
    tag: "decisions",
    summary: "A published programme: every candidate with its start as computed and as decided, money by source and \
              year, and what proves it: hash of the facts, seed, solver, bound. The whole record is the document of \
              the decision",
    parameters: &[ID],
    body: Body::Resource("Programme", include_str!("example/programme.json")),
    problems: &[],
};

/// `/api/v1/programmes/{id}/instance`.
pub const INSTANCE: Endpoint = Endpoint {
    path: "/api/v1/programmes/{id}/instance",
    id: "getProgrammeInstance",
    tag: "decisions",
    summary: "The facts of a published programme as a file of the format akimat-portfolio/1, in thousand tenge: \
              `akimat allocate` computes the plan from it again",
    parameters: &[ID],
    body: Body::Resource("ProgrammeInstance", include_str!("example/programme-instance.json")),
    problems: &[],
};

#[derive(Serialize)]
struct ProgrammeItem {
    id: Uuid,
    place: KatoCode,
    title: String,
    first_year: i16,
    years: u16,
    objective: Option<i64>,
    bound: Option<i64>,
    decision: Option<DecisionId>,
    invented: bool,
    links: Links,
}

#[derive(Serialize)]
struct ListBody {
    items: Vec<ProgrammeItem>,
    links: Links,
}

#[derive(Serialize)]
struct ProgrammeBody {
    #[serde(flatten)]
    head: ProgrammeItem,
    decided_by: String,
    decided_at: Timestamp,
    reason: String,
    proven: bool,
    decided_objective: i64,
    input_sha256: String,
    seed: u64,
    solver: String,
    version: String,
    projects: Vec<ProjectItem>,
    money: Vec<MoneyItem>,
}

#[derive(Serialize)]
struct ProjectItem {
    project: ProjectId,
    number: String,
    title: Text,
    place: KatoCode,
    sector: &'static str,
    points: i64,
    total: Option<String>,
    computed: Option<i16>,
    decided: Option<i16>,
    duty: bool,
    barred: Option<&'static str>,
    reason: Option<String>,
}

#[derive(Serialize)]
struct MoneyItem {
    source: &'static str,
    year: Option<i16>,
    spent: Option<String>,
    cap: Option<String>,
}

/// The page of the published decision.
fn page(head: &ProgrammeHead) -> String {
    head.decision.map_or_else(|| "/decisions".to_owned(), |decision| format!("/decisions/{decision}"))
}

fn item(head: &ProgrammeHead) -> ProgrammeItem {
    let id = head.id;
    ProgrammeItem {
        id,
        place: head.place,
        title: head.title.clone(),
        first_year: head.first_year,
        years: head.n_years,
        objective: head.objective,
        bound: head.bound,
        decision: head.decision,
        invented: head.invented,
        links: links(format!("/api/v1/programmes/{id}"), &page(head)),
    }
}

fn tenge(thousands: i64) -> Option<String> {
    money(thousands).map(crate::reply::amount)
}

fn project(record: &ProgrammeRecord, at: usize, one: &InputCandidate) -> ProjectItem {
    let start = |plan: Option<&akimat_app::programme::PlanAnswer>| {
        let year = plan.and_then(|plan| plan.allocation.plan.starts.get(at).copied().flatten());
        year.map(|year| record.input.calendar(year))
    };
    let deviation = record.decided.deviations.iter().find(|one| one.candidate == at);
    ProjectItem {
        project: one.project,
        number: one.number.clone(),
        title: one.title.clone(),
        place: one.place,
        sector: one.sector.code(),
        points: one.benefit,
        total: tenge(one.total),
        computed: start(record.answer.plan()),
        decided: start(Some(&record.decided.plan)),
        duty: one.duty.is_some(),
        barred: one.barred.as_ref().map(akimat_app::programme::Barred::code),
        reason: deviation.map(|deviation| deviation.reason.clone()),
    }
}

fn body(view: &ProgrammeView, record: &ProgrammeRecord) -> ProgrammeBody {
    let mut rows = Vec::new();
    for (source, used) in record.input.sources.iter().zip(&record.decided.plan.money) {
        let row = |year, spent, cap: Option<i64>| MoneyItem {
            source: source.source.code(),
            year,
            spent: tenge(spent),
            cap: cap.and_then(tenge),
        };
        for ((year, spent), cap) in (1_u16..).zip(&used.years).zip(&source.budget) {
            rows.push(row(Some(record.input.calendar(year)), *spent, Some(*cap)));
        }
        rows.push(row(None, used.tail, source.tail));
    }
    let candidates = record.input.candidates.iter().enumerate();
    ProgrammeBody {
        head: item(&view.head),
        decided_by: record.decided_by.clone(),
        decided_at: record.decided_at,
        reason: record.reason.clone(),
        proven: record.answer.plan().is_some_and(|plan| plan.allocation.is_optimal()),
        decided_objective: record.decided.plan.allocation.objective,
        input_sha256: record.answer.input_sha256.clone(),
        seed: record.answer.effort.seed,
        solver: record.answer.solver.clone(),
        version: record.answer.version.clone(),
        projects: candidates.map(|(at, one)| project(record, at, one)).collect(),
        money: rows,
    }
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let heads = state.app.published_programmes(asked.place("place")).await?;
    let items = heads.iter().map(item).collect();
    let links = links("/api/v1/programmes".to_owned(), "/decisions");
    resource(&asked.headers, &ListBody { items, links })
}

async fn published(state: &WebState, asked: &Asked) -> Result<(ProgrammeView, ProgrammeRecord), Failure> {
    let view = state.app.published_programme(asked.required("id")?).await?;
    let record = view.record.clone().ok_or_else(Failure::not_found)?;
    Ok((view, record))
}

/// One programme.
///
/// # Errors
/// 404 when there is none, or it is not published.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let (view, record) = published(&state, &asked).await?;
    resource(&asked.headers, &body(&view, &record))
}

/// The file to compute it again.
///
/// # Errors
/// 404 when there is none, or it is not published.
pub async fn facts(State(state): State<WebState>, asked: Asked) -> Reply {
    let (_, record) = published(&state, &asked).await?;
    resource(&asked.headers, &instance(&record.input))
}
