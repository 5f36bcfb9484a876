//! Risks and early warning: what the public pages show, one project at a time and over a territory.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID, Kind, Parameter};
use crate::reply::{Links, Reply, amount, amount_opt, links, resource};
use akimat_app::alert::HeldAlert;
use akimat_app::risk::portfolio::{PortfolioFilter, READ_MAX};
use akimat_app::risk::{HeldRisk, contingency, scale};
use akimat_core::{KatoCode, ProjectId, Text};
use akimat_delivery::risk::scale::Scale;
use akimat_delivery::risk::{Category, Risk, money};
use akimat_delivery::warning::alert::Act;
use akimat_delivery::warning::{Evidence, Grade, Indicator, Quantity, Unit};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

/// Risks of a territory in one answer.
const LISTED: usize = 500;

/// `/api/v1/projects/{id}/risks`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/risks",
    id: "getProjectRisks",
    tag: "projects",
    summary: "The published register of risks of a project, the money to set aside for them, early warnings with their \
              evidence, limits, acknowledgement and decision, and delivery confidence with what is not known. Amounts \
              are tenge; a warning is a reason to look, not an accusation",
    parameters: &[ID],
    body: Body::Resource("ProjectRisks", include_str!("example/project_risks.json")),
    problems: &[],
};

const ONE_TO_FIVE: Kind = Kind::Whole { min: 1, max: 5, default: None };

/// `/api/v1/risks`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/risks",
    id: "listRisks",
    tag: "projects",
    summary: "Open risks of a territory: the map by likelihood and gravest effect, expected loss, and the published \
              ones, the greatest expected loss first",
    parameters: &[
        Parameter::new("place", Kind::Place, "Of projects in this territory and below it."),
        Parameter::new("category", Kind::OneOf(categories, None), "Of this category."),
        Parameter::new("likelihood", ONE_TO_FIVE, "Of this likelihood."),
        Parameter::new("impact", ONE_TO_FIVE, "With this gravest effect."),
    ],
    body: Body::Resource("RiskPortfolio", include_str!("example/risks.json")),
    problems: &[],
};

fn categories() -> Vec<&'static str> {
    Category::ALL.iter().map(|category| category.code()).collect()
}

#[derive(Serialize)]
struct RisksBody {
    project: ProjectId,
    as_of: Date,
    invented: bool,
    confidence: Option<ConfidenceBody>,
    alerts: Vec<AlertBody>,
    risks: Vec<RiskBody>,
    unpublished: u64,
    expected_loss: Option<String>,
    reserve: Option<String>,
    reserve_chance: f64,
    links: Links,
}

#[derive(Serialize)]
struct ConfidenceBody {
    grade: Option<&'static str>,
    computed_on: Date,
    because: Vec<&'static str>,
    unknown: Vec<UnknownBody>,
    lifted_by: Option<String>,
    lifted_until: Option<Date>,
}

#[derive(Serialize)]
struct UnknownBody {
    indicator: &'static str,
    why: &'static str,
}

#[derive(Serialize)]
struct AlertBody {
    id: Uuid,
    indicator: &'static str,
    name: Text,
    level: &'static str,
    state: &'static str,
    unit: &'static str,
    measure: f64,
    amber: f64,
    red: f64,
    evidence: Vec<EvidenceBody>,
    owner: String,
    raised_on: Date,
    decide_by: Date,
    acknowledged: Option<ActBody>,
    decided: Option<ActBody>,
    closed: Option<ActBody>,
    passed_on: Option<Date>,
}

#[derive(Serialize)]
struct EvidenceBody {
    name: String,
    unit: &'static str,
    value: String,
}

#[derive(Serialize)]
struct ActBody {
    what: Option<&'static str>,
    by: String,
    on: Date,
    note: String,
}

#[derive(Serialize)]
struct RiskBody {
    id: Uuid,
    project: ProjectId,
    place: KatoCode,
    state: &'static str,
    category: &'static str,
    cause: String,
    event: String,
    effect: String,
    likelihood: u8,
    impact: u8,
    score: u8,
    band: &'static str,
    residual_score: Option<u8>,
    expected_loss: Option<String>,
    owner: String,
    response: &'static str,
    actions: Vec<ActionBody>,
    review_on: Option<Date>,
    ending: Option<&'static str>,
}

#[derive(Serialize)]
struct ActionBody {
    what: String,
    who: String,
    due_on: Option<Date>,
    done_on: Option<Date>,
}

#[derive(Serialize)]
struct PortfolioBody {
    as_of: Date,
    n: usize,
    n_projects: usize,
    expected_loss: Option<String>,
    unknown_loss: u64,
    heat: Vec<CellBody>,
    items: Vec<RiskBody>,
    unpublished: u64,
    complete: bool,
    links: Links,
}

#[derive(Serialize)]
struct CellBody {
    likelihood: u8,
    impact: u8,
    n: u32,
}

/// The risks and alerts of a project.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let today = state.app.today();
    let scale = scale(today);
    let planned = project.totals().0;
    let held = state.app.list_risks(id).await.map_err(Failure::from)?;
    let alerts = state.app.list_alerts(id).await.map_err(Failure::from)?;
    let kept = state.app.find_confidence(id).await.map_err(Failure::from)?;
    let all: Vec<Risk> = held.iter().map(|held| held.risk.clone()).collect();
    let aside = contingency(&all, &scale, planned);
    let told: Vec<&HeldRisk> = held.iter().filter(|held| held.risk.internal.is_empty()).collect();
    let lift = kept.as_ref().and_then(|(_, kept)| kept.lift.clone()).filter(|lift| today <= lift.until);
    let body = RisksBody {
        project: id,
        as_of: today,
        invented: project.invented,
        confidence: kept.map(|(_, kept)| ConfidenceBody {
            grade: kept.shown(today).map(Grade::code),
            computed_on: kept.on,
            because: kept.computed.because.iter().map(|indicator| indicator.code()).collect(),
            unknown: kept
                .computed
                .unknown
                .iter()
                .map(|(indicator, why)| UnknownBody { indicator: indicator.code(), why: why.code() })
                .collect(),
            lifted_by: lift.as_ref().map(|lift| lift.by.clone()),
            lifted_until: lift.as_ref().map(|lift| lift.until),
        }),
        alerts: alerts.iter().filter(|held| held.alert.is_public(today)).map(alert).collect(),
        unpublished: count(held.len() - told.len()),
        risks: told
            .iter()
            .map(|held| risk(held, (&scale, held.risk.expected_loss(&scale, planned))))
            .collect(),
        expected_loss: amount_opt(aside.expected),
        reserve: amount_opt(aside.enough),
        reserve_chance: aside.chance,
        links: links(format!("/api/v1/projects/{id}/risks"), &format!("/projects/{id}/risks")),
    };
    resource(&asked.headers, &body)
}

/// The open risks of a territory.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let filter = PortfolioFilter {
        place: asked.place("place"),
        category: asked.text("category").and_then(Category::parse),
        likelihood: asked.get("likelihood"),
        impact: asked.get("impact"),
    };
    let today = state.app.today();
    let scale = scale(today);
    let portfolio = state.app.risk_portfolio(&filter).await.map_err(Failure::from)?;
    let told: Vec<_> = portfolio.rows.iter().filter(|one| one.held.risk.internal.is_empty()).collect();
    let cell = |row: u8, column: u8| CellBody {
        likelihood: 5 - row,
        impact: column + 1,
        n: portfolio.heat[usize::from(row)][usize::from(column)],
    };
    let query = asked.uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let body = PortfolioBody {
        as_of: today,
        n: portfolio.rows.len(),
        n_projects: portfolio.projects.len(),
        expected_loss: amount_opt(portfolio.loss),
        unknown_loss: portfolio.unknown,
        heat: (0..5)
            .flat_map(|row| (0..5).map(move |column| (row, column)))
            .map(|(r, c)| cell(r, c))
            .collect(),
        unpublished: count(portfolio.rows.len() - told.len()),
        complete: !portfolio.cut && told.len() <= LISTED && portfolio.rows.len() <= READ_MAX,
        items: told.iter().take(LISTED).map(|one| risk(&one.held, (&scale, one.loss))).collect(),
        links: links(format!("/api/v1/risks{query}"), &format!("/analysis/risks{query}")),
    };
    resource(&asked.headers, &body)
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn risk(held: &HeldRisk, (scale, loss): (&Scale, Option<f64>)) -> RiskBody {
    let own = &held.risk;
    RiskBody {
        id: held.section.id,
        project: held.section.project,
        place: held.section.place,
        state: own.state(),
        category: own.category.code(),
        cause: own.cause.clone(),
        event: own.event.clone(),
        effect: own.effect.clone(),
        likelihood: own.rated.likelihood,
        impact: own.rated.impact(),
        score: own.rated.score(),
        band: scale.band(own.rated.score()).code(),
        residual_score: own.residual.map(akimat_delivery::risk::Rated::score),
        expected_loss: amount_opt(loss.and_then(money)),
        owner: own.owner.clone(),
        response: own.response.code(),
        actions: own
            .actions
            .iter()
            .map(|action| ActionBody {
                what: action.what.clone(),
                who: action.who.clone(),
                due_on: action.due_on,
                done_on: action.done_on,
            })
            .collect(),
        review_on: own.review_on,
        ending: own.ending.map(akimat_delivery::risk::Ending::code),
    }
}

fn alert(held: &HeldAlert) -> AlertBody {
    let own = &held.alert;
    let act = |what: Option<&'static str>, act: &Act| ActBody {
        what,
        by: act.by.clone(),
        on: act.on,
        note: act.note.clone(),
    };
    AlertBody {
        id: held.section.id,
        indicator: own.indicator().code(),
        name: crate::reply::words(&format!("warning-indicator-{}", own.indicator().code())),
        level: own.level.code(),
        state: own.state().code(),
        unit: unit(own.indicator()),
        measure: own.reading.measure,
        amber: own.reading.amber,
        red: own.reading.red,
        evidence: own.reading.evidence.iter().map(evidence).collect(),
        owner: own.owner.clone(),
        raised_on: own.raised_on,
        decide_by: own.deadline,
        acknowledged: own.acknowledged.as_ref().map(|one| act(None, one)),
        decided: own.decided.as_ref().map(|(decision, one)| act(Some(decision.code()), one)),
        closed: own.closed.as_ref().map(|(outcome, one)| act(Some(outcome.code()), one)),
        passed_on: own.passed.as_ref().map(|(on, _)| *on),
    }
}

/// The unit of a measure and its limits.
pub(super) const fn unit(indicator: Indicator) -> &'static str {
    match indicator.unit() {
        Unit::Share => "share",
        Unit::Days => "days",
        Unit::Count => "count",
        Unit::Score => "score",
    }
}

fn evidence(fact: &Evidence) -> EvidenceBody {
    let (unit, value) = match &fact.value {
        Quantity::Days(days) => ("days", days.to_string()),
        Quantity::Count(n) => ("count", n.to_string()),
        Quantity::Share(share) => ("share", format!("{share:.4}")),
        Quantity::Number(number) => ("number", format!("{number:.4}")),
        Quantity::Money(money) => ("tenge", amount(*money)),
        Quantity::Day(day) => ("date", day.to_string()),
        Quantity::Text(text) => ("text", text.clone()),
        Quantity::Words(text) => ("text", [&text.kk, &text.ru, &text.en].map(String::as_str).join(" / ")),
    };
    EvidenceBody { name: fact.name.clone(), unit, value }
}
