//! The signed appraisal of a project: what it states and what follows from it.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID};
use crate::reply::{Links, Reply, amount, links, resource};
use akimat_appraisal::distribution::Distribution;
use akimat_appraisal::{Appraised, Document};
use akimat_core::ProjectId;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// `/api/v1/projects/{id}/appraisal`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/appraisal",
    id: "getProjectAppraisal",
    tag: "projects",
    summary: "The newest signed appraisal of a project: payments, impacts, rate and convention as stated; net present \
              value and benefit-cost ratio low, central and high; every rate of return, sensitivity with switching \
              values, uplifts, value for money of a partnership, distribution. Amounts of figures are tenge",
    parameters: &[ID],
    body: Body::Resource("ProjectAppraisal", include_str!("example/appraisal.json")),
    problems: &[],
};

#[derive(Serialize)]
struct AppraisalBody {
    project: ProjectId,
    version: u32,
    drafted_by: String,
    drafted_at: Timestamp,
    signed_by: String,
    signed_at: Timestamp,
    invented: bool,
    method: &'static str,
    depth: &'static str,
    base_year: i16,
    timing: &'static str,
    rate: String,
    rate_version: String,
    lines: Vec<LineItem>,
    claims: Vec<ClaimItem>,
    cases: Vec<CaseItem>,
    irr: Vec<f64>,
    sign_changes: Option<usize>,
    mirr: Option<f64>,
    annual_value: Option<f64>,
    annual_cost: Option<f64>,
    payback_years: Option<f64>,
    discounted_payback_years: Option<f64>,
    sensitivity: Vec<SensitivityItem>,
    uplifts: Vec<UpliftItem>,
    partnership: Option<PartnershipItem>,
    dscr_min: Option<f64>,
    llcr: Option<f64>,
    settlements: Vec<GroupItem>,
    groups: Vec<GroupItem>,
    links: Links,
}

#[derive(Serialize)]
struct LineItem {
    kind: &'static str,
    payer: &'static str,
    from: i16,
    to: i16,
    amount: String,
}

#[derive(Serialize)]
struct ClaimItem {
    impact: String,
    version: String,
    from: i16,
    to: i16,
    quantity: f64,
}

#[derive(Serialize)]
struct CaseItem {
    case: &'static str,
    pv_benefits: f64,
    pv_costs: f64,
    npv: f64,
    bcr: Option<f64>,
    npv_per_budget: Option<f64>,
}

#[derive(Serialize)]
struct SensitivityItem {
    input: String,
    step: Option<f64>,
    npv_low: f64,
    npv_high: f64,
    switching: Option<f64>,
}

#[derive(Serialize)]
struct UpliftItem {
    chance: f64,
    uplift: Option<f64>,
    n_own: Option<usize>,
    weight_own: Option<f64>,
    capital: Option<f64>,
    npv: Option<f64>,
    refused: Option<&'static str>,
}

#[derive(Serialize)]
struct PartnershipItem {
    psc: f64,
    ppp: f64,
    vfm: f64,
    share: Option<f64>,
    transferable_risk: f64,
    retained_risk: f64,
}

#[derive(Serialize)]
struct GroupItem {
    name: String,
    population_share: f64,
    benefit_share: f64,
    per_head: f64,
}

/// The newest signed appraisal.
///
/// # Errors
/// 404 when there is no such project or nothing is signed.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let read = state.app.read();
    let (project, ..) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let newest = read.list_appraisals(id).await?.into_iter().rev().find(|version| version.signed.is_some());
    let stored = newest.ok_or_else(Failure::not_found)?;
    let (stated, figures) =
        state.app.reckon_appraisal(&stored, project.sector).await.map_err(Failure::from)?;
    let signed = stored.signed.ok_or_else(Failure::not_found)?;
    let irr = figures.irr.as_ref().ok();
    let body = AppraisalBody {
        project: id,
        version: stored.version,
        drafted_by: stored.drafted.by,
        drafted_at: stored.drafted.at,
        signed_by: signed.by,
        signed_at: signed.at,
        invented: project.invented || stated.invented,
        method: figures.version,
        depth: figures.depth.0.code(),
        base_year: stated.base_year,
        timing: stated.timing.code(),
        lines: lines(&stated),
        claims: claims(&stated),
        rate: stated.rate,
        rate_version: stated.rate_version,
        cases: cases(&figures),
        irr: irr.map_or_else(Vec::new, |irr| irr.roots.iter().map(|root| root.rate).collect()),
        sign_changes: irr.map(|irr| irr.sign_changes),
        mirr: figures.mirr,
        annual_value: figures.annual_value,
        annual_cost: figures.annual_cost,
        payback_years: figures.payback[0],
        discounted_payback_years: figures.payback[1],
        sensitivity: sensitivity(&figures),
        uplifts: uplifts(&figures),
        partnership: partnership(&figures),
        dscr_min: figures.cover.as_ref().and_then(|cover| cover.min),
        llcr: figures.llcr,
        settlements: groups(figures.settlements.as_ref()),
        groups: groups(figures.groups.as_ref()),
        links: links(format!("/api/v1/projects/{id}/appraisal"), &format!("/projects/{id}/appraisal")),
    };
    resource(&asked.headers, &body)
}

fn lines(stated: &Document) -> Vec<LineItem> {
    let item = |line: &akimat_appraisal::document::Line| LineItem {
        kind: line.kind.code(),
        payer: line.payer.code(),
        from: line.from,
        to: line.to,
        amount: amount(line.amount),
    };
    stated.lines.iter().map(item).collect()
}

fn claims(stated: &Document) -> Vec<ClaimItem> {
    let item = |claim: &akimat_appraisal::document::Claim| ClaimItem {
        impact: claim.code.clone(),
        version: claim.version.clone(),
        from: claim.from,
        to: claim.to,
        quantity: claim.quantity,
    };
    stated.claims.iter().map(item).collect()
}

fn cases(figures: &Appraised) -> Vec<CaseItem> {
    let item = |(case, own): (&'static str, &akimat_appraisal::value::CostBenefit)| CaseItem {
        case,
        pv_benefits: own.pv_benefits,
        pv_costs: own.pv_costs,
        npv: own.npv,
        bcr: own.bcr,
        npv_per_budget: own.npv_per_budget,
    };
    ["low", "central", "high"].into_iter().zip(&figures.figures).map(item).collect()
}

fn sensitivity(figures: &Appraised) -> Vec<SensitivityItem> {
    let item = |row: &akimat_appraisal::appraise::Sensitivity| SensitivityItem {
        input: row.input.clone(),
        step: row.step,
        npv_low: row.low,
        npv_high: row.high,
        switching: row.switching,
    };
    figures.sensitivity.iter().map(item).collect()
}

fn uplifts(figures: &Appraised) -> Vec<UpliftItem> {
    let item = |row: &akimat_appraisal::appraise::Raised| {
        let mixed = row.uplift.as_ref();
        UpliftItem {
            chance: row.chance,
            uplift: mixed.ok().map(|mixed| mixed.uplift),
            n_own: mixed.ok().map(|mixed| mixed.n_own),
            weight_own: mixed.ok().map(|mixed| mixed.weight),
            capital: row.capital,
            npv: row.npv,
            refused: mixed.err().map(|fault| fault.kind.code()),
        }
    };
    figures.raised.iter().map(item).collect()
}

fn partnership(figures: &Appraised) -> Option<PartnershipItem> {
    let own = figures.partnership.as_ref()?;
    Some(PartnershipItem {
        psc: own.value.psc,
        ppp: own.value.ppp,
        vfm: own.value.vfm,
        share: own.value.share,
        transferable_risk: own.comparator.transferable_risk,
        retained_risk: own.comparator.retained_risk,
    })
}

fn groups(list: Option<&Distribution>) -> Vec<GroupItem> {
    let item = |group: &akimat_appraisal::distribution::GroupShare| GroupItem {
        name: group.name.clone(),
        population_share: group.population_share,
        benefit_share: group.benefit_share,
        per_head: group.per_head,
    };
    list.map_or_else(Vec::new, |list| list.groups.iter().map(item).collect())
}
