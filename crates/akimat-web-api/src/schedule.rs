//! The work plan of a project and what follows from it today.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID};
use crate::reply::{Links, Reply, amount_opt, links, resource};
use akimat_app::schedule::Standing;
use akimat_core::{ProjectId, Text};
use akimat_delivery::progress::result::{ResultMeasure, Results, achieved_bp};
use akimat_delivery::schedule::Outline;
use akimat_delivery::schedule::paste::waits_text;
use akimat_delivery::schedule::plan::{Plan, Span};
use akimat_project::ExpectedResult;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// `/api/v1/projects/{id}/plan`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/plan",
    id: "getProjectPlan",
    tag: "projects",
    summary: "The work plan of a project: items with approved, expected and actual dates, dependencies, floats and the \
              critical path in working days, physical progress beside money, milestones with their slip, earned value \
              or why there is none, the S-curve by month. Amounts are tenge",
    parameters: &[ID],
    body: Body::Resource("ProjectPlan", include_str!("example/plan.json")),
    problems: &[],
};

/// `/api/v1/projects/{id}/results`.
pub const RESULTS: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/results",
    id: "listProjectResults",
    tag: "projects",
    summary: "What residents are to get from a project: baseline, target and every measurement with its day and source, \
              how much of the way is gone, and whom the project serves",
    parameters: &[ID],
    body: Body::Resource("ProjectResults", include_str!("example/results.json")),
    problems: &[],
};

#[derive(Serialize)]
struct ResultsBody {
    project: ProjectId,
    invented: bool,
    results: Vec<ResultBody>,
    beneficiaries: Vec<ServedBody>,
    links: Links,
}

#[derive(Serialize)]
struct ResultBody {
    title: Text,
    unit: Text,
    baseline: Option<String>,
    target: String,
    measured: Option<String>,
    measured_on: Option<Date>,
    achieved_pct: Option<f64>,
    owner: String,
    measures: Vec<MeasureBody>,
}

#[derive(Serialize)]
struct MeasureBody {
    on: Date,
    value: String,
    source: String,
}

#[derive(Serialize)]
struct ServedBody {
    group: Text,
    number: Option<u32>,
}

/// Expected and measured results.
///
/// # Errors
/// 404 when there is no such project.
pub async fn results(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let stored = state.app.find_results(id).await.map_err(Failure::from)?;
    let measured = stored.map(|stored| stored.results).unwrap_or_default();
    let body = ResultsBody {
        project: id,
        invented: project.invented,
        results: project.results.iter().map(|own| result_body(own, &measured)).collect(),
        beneficiaries: project
            .beneficiaries
            .iter()
            .map(|own| ServedBody { group: own.group.clone(), number: own.number })
            .collect(),
        links: links(format!("/api/v1/projects/{id}/results"), &format!("/projects/{id}/plan")),
    };
    resource(&asked.headers, &body)
}

fn result_body(own: &ExpectedResult, measured: &Results) -> ResultBody {
    let achieved =
        own.measured.as_deref().and_then(|now| achieved_bp(own.baseline.as_deref(), &own.target, now));
    let measure = |one: &ResultMeasure| MeasureBody {
        on: one.on,
        value: one.value.clone(),
        source: one.source.clone(),
    };
    ResultBody {
        title: own.title.clone(),
        unit: own.unit.clone(),
        baseline: own.baseline.clone(),
        target: own.target.clone(),
        measured: own.measured.clone(),
        measured_on: own.measured_on,
        achieved_pct: achieved.and_then(|bp| i32::try_from(bp).ok()).map(|bp| f64::from(bp) / 100.0),
        owner: own.owner.clone(),
        measures: measured.of(&own.title).into_iter().map(measure).collect(),
    }
}

#[derive(Serialize)]
struct PlanBody {
    project: ProjectId,
    version: u32,
    saved_at: Timestamp,
    saved_by: String,
    as_of: Date,
    invented: bool,
    week: &'static str,
    items: Vec<ItemBody>,
    critical_path: Vec<String>,
    earliest_finish: Option<Date>,
    duration_working_days: Option<i64>,
    finish_at_pace: Option<Date>,
    physical_pct: Option<f64>,
    physical_planned_pct: Option<f64>,
    paid: Option<String>,
    planned: Option<String>,
    gap_points: Option<f64>,
    gap_flagged: Option<bool>,
    milestones: Vec<MilestoneBody>,
    value: ValueBody,
    curve: Vec<PointBody>,
    baselines: Vec<BaselineBody>,
    links: Links,
}

#[derive(Serialize)]
struct Days {
    start: Option<Date>,
    finish: Option<Date>,
}

#[derive(Serialize)]
struct ItemBody {
    id: String,
    code: String,
    title: Text,
    kind: &'static str,
    approved: Days,
    expected: Days,
    actual: Days,
    waits_for: String,
    responsible: String,
    weight: Option<u32>,
    budget: Option<String>,
    done_pct: Option<f64>,
    measured_on: Option<Date>,
    measured_how: Option<&'static str>,
    total_float: Option<i64>,
    free_float: Option<i64>,
    critical: Option<bool>,
}

#[derive(Serialize)]
struct MilestoneBody {
    item: String,
    approved: Option<Date>,
    expected: Option<Date>,
    actual: Option<Date>,
    slip_days: Option<i32>,
    overdue: bool,
}

#[derive(Serialize)]
struct ValueBody {
    bac: Option<String>,
    pv: Option<String>,
    ev: Option<String>,
    ac: Option<String>,
    cpi: Option<f64>,
    spi: Option<f64>,
    spi_t: Option<f64>,
    eac_at_cpi: Option<f64>,
    eac_at_plan: Option<f64>,
    eac_at_cpi_spi: Option<f64>,
    eac_bottom_up: Option<f64>,
    vac: Option<f64>,
    tcpi_bac: Option<f64>,
    tcpi_eac: Option<f64>,
    refused: Vec<&'static str>,
}

#[derive(Serialize)]
struct PointBody {
    month_end: Date,
    planned: Option<String>,
    earned: Option<String>,
    paid: Option<String>,
    forecast: Option<String>,
}

#[derive(Serialize)]
struct BaselineBody {
    approved_on: Date,
    document: String,
    reason: String,
}

/// The plan.
///
/// # Errors
/// 404 when there is no such project or it has no plan.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let stored = state.app.find_plan(id).await.map_err(Failure::from)?.ok_or_else(Failure::not_found)?;
    let plan = &stored.plan;
    let standing = state.app.plan_standing(&project, plan).await.map_err(Failure::from)?;
    let forecast = standing.forecast.as_ref();
    let physical = standing.physical.as_ref();
    let outline = plan.outline();
    let code = |id: &String| outline.item(id).map_or_else(|| id.clone(), |item| item.code.clone());
    let body = PlanBody {
        project: id,
        version: stored.section.version,
        saved_at: stored.section.at,
        saved_by: stored.section.by_name.clone(),
        as_of: standing.today,
        invented: project.invented || plan.invented,
        week: plan.week.code(),
        items: (0..outline.items().len()).map(|at| item_body(&outline, at, &standing)).collect(),
        critical_path: forecast.map_or_else(Vec::new, |own| own.chain.iter().map(code).collect()),
        earliest_finish: forecast.map(|own| own.finish),
        duration_working_days: forecast.map(|own| own.duration_days),
        finish_at_pace: standing.position.finish,
        physical_pct: physical.map(|own| pct(u32::from(own.done_bp))),
        physical_planned_pct: physical.and_then(|own| own.planned_bp).map(|bp| pct(u32::from(bp))),
        paid: amount_opt(standing.paid),
        planned: amount_opt(standing.planned),
        gap_points: standing.gap.map(|gap| f64::from(gap.gap_bp) / 100.0),
        gap_flagged: standing.gap.map(|gap| gap.flagged),
        milestones: milestones(&outline, &standing),
        value: value(&standing),
        curve: curve(&standing),
        baselines: baselines(plan),
        links: links(format!("/api/v1/projects/{id}/plan"), &format!("/projects/{id}/plan")),
    };
    resource(&asked.headers, &body)
}

fn pct(bp: u32) -> f64 {
    f64::from(bp) / 100.0
}

const fn days(span: Span) -> Days {
    Days { start: span.start, finish: span.finish }
}

fn item_body(outline: &Outline<'_>, at: usize, standing: &Standing) -> ItemBody {
    let item = outline.items()[at];
    let own = standing.forecast.as_ref().and_then(|forecast| forecast.item(&item.id));
    let measure = item.measured(standing.today);
    let leaf = outline.is_leaf(at);
    let done = akimat_delivery::progress::done_bp(item, standing.today).filter(|_| leaf);
    ItemBody {
        id: item.id.clone(),
        code: item.code.clone(),
        title: item.title.clone(),
        kind: item.kind.code(),
        approved: days(outline.approved(at)),
        expected: days(outline.expected(at)),
        actual: days(outline.actual(at)),
        waits_for: waits_text(outline.plan(), &item.id),
        responsible: item.responsible.clone(),
        weight: item.weight,
        budget: amount_opt(outline.budget(at)),
        done_pct: done.map(|bp| pct(u32::from(bp))),
        measured_on: measure.map(|measure| measure.on),
        measured_how: measure.map(|measure| measure.how.code()),
        total_float: own.map(|own| own.total_float),
        free_float: own.map(|own| own.free_float),
        critical: own.map(|own| own.critical),
    }
}

fn milestones(outline: &Outline<'_>, standing: &Standing) -> Vec<MilestoneBody> {
    let row = |own: &akimat_delivery::progress::Slip| MilestoneBody {
        item: outline.item(&own.id).map_or_else(String::new, |item| item.code.clone()),
        approved: own.approved,
        expected: own.expected,
        actual: own.actual,
        slip_days: own.slip_days,
        overdue: own.overdue,
    };
    standing.milestones.iter().map(row).collect()
}

fn value(standing: &Standing) -> ValueBody {
    let position = &standing.position;
    let earned = position.earned.as_ref();
    ValueBody {
        bac: amount_opt(position.bac),
        pv: amount_opt(position.pv),
        ev: amount_opt(position.ev),
        ac: amount_opt(position.ac),
        cpi: earned.and_then(|own| own.cpi),
        spi: earned.and_then(|own| own.spi),
        spi_t: position.schedule.and_then(|own| own.spi_t),
        eac_at_cpi: earned.and_then(|own| own.eac.at_cpi),
        eac_at_plan: earned.and_then(|own| own.eac.at_plan),
        eac_at_cpi_spi: earned.and_then(|own| own.eac.at_cpi_spi),
        eac_bottom_up: earned.and_then(|own| own.eac.bottom_up),
        vac: earned.and_then(|own| own.vac),
        tcpi_bac: earned.and_then(|own| own.tcpi_bac),
        tcpi_eac: earned.and_then(|own| own.tcpi_eac),
        refused: position.refused.iter().map(akimat_delivery::earned::Refusal::code).collect(),
    }
}

fn curve(standing: &Standing) -> Vec<PointBody> {
    let Some(curve) = &standing.curve else { return Vec::new() };
    let at = |column: &[Option<akimat_core::Money>], at: usize| amount_opt(column.get(at).copied().flatten());
    let point = |(index, month): (usize, &Date)| PointBody {
        month_end: *month,
        planned: at(&curve.planned, index),
        earned: at(&curve.earned, index),
        paid: at(&curve.paid, index),
        forecast: at(&curve.forecast, index),
    };
    curve.months.iter().enumerate().map(point).collect()
}

fn baselines(plan: &Plan) -> Vec<BaselineBody> {
    let row = |own: &akimat_delivery::schedule::Baseline| BaselineBody {
        approved_on: own.on,
        document: own.document.clone(),
        reason: own.reason.clone(),
    };
    plan.baselines.iter().map(row).collect()
}
