//! Contradictions in a budget with their arithmetic.

use crate::asked::Asked;
use crate::disclosure::FROM;
use crate::endpoint::{Body, Endpoint, ID, Kind, LIMIT, Parameter};
use crate::reply::{CURRENCY, Links, Reply, amount, amount_opt, links, resource, words};
use akimat_app::finding::Found;
use akimat_budget::check::{Finding, Input, Side};
use akimat_budget::{Rule, Severity, Stage, check};
use akimat_core::{BudgetId, KatoCode, MoneyUnit, Text};
use akimat_storage::finding_note::Verdict;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// `/api/v1/budgets/{id}/findings`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/budgets/{id}/findings",
    id: "listFindings",
    tag: "budgets",
    summary: "Every contradiction in a budget with the figures it was computed from; empty when all identities \
              that the given lines allow hold",
    parameters: &[ID],
    body: Body::Resource("FindingList", include_str!("example/findings.json")),
    problems: &[],
};

fn rules() -> Vec<&'static str> {
    Rule::ALL.map(Rule::code).to_vec()
}

fn severities() -> Vec<&'static str> {
    Severity::ALL.map(Severity::code).to_vec()
}

fn states() -> Vec<&'static str> {
    vec!["open", "explained", "dismissed"]
}

/// `/api/v1/findings`.
pub const ALL: Endpoint = Endpoint {
    path: "/api/v1/findings",
    id: "listAllFindings",
    tag: "findings",
    summary: "Findings of the whole platform or of a territory: contradictions, differences between levels and \
              between records, hints with their conditions; and whether a person explained or dismissed them",
    parameters: &[
        Parameter::new("place", Kind::Place, "In this territory or below it."),
        Parameter::new("rule", Kind::OneOf(rules, None), "Of this rule."),
        Parameter::new("severity", Kind::OneOf(severities, None), "Of this severity."),
        Parameter::new("state", Kind::OneOf(states, None), "Open, explained or dismissed."),
        LIMIT,
        FROM,
    ],
    body: Body::Resource("FoundList", include_str!("example/found.json")),
    problems: &[],
};

#[derive(Serialize)]
struct EvidenceItem {
    side: Side,
    place: Option<KatoCode>,
    year: i16,
    record: String,
    row: Option<u32>,
    item: &'static str,
    code: String,
    amount: String,
}

#[derive(Serialize)]
struct FoundItem {
    id: String,
    place: KatoCode,
    level: u8,
    year: i16,
    record: String,
    budget: Option<BudgetId>,
    state: &'static str,
    invented: bool,
    finding: FindingItem,
    evidence: Vec<EvidenceItem>,
    facts: BTreeMap<&'static str, String>,
    links: Links,
}

#[derive(Serialize)]
struct FoundList {
    n: usize,
    n_records: usize,
    n_left_out: usize,
    currency: &'static str,
    items: Vec<FoundItem>,
    links: Links,
}

fn found_item(found: Found, state: &'static str) -> FoundItem {
    let id = found.id;
    let evidence = found.finding.evidence.iter().map(|own| EvidenceItem {
        side: own.side,
        place: own.place,
        year: own.year,
        record: own.record.clone(),
        row: own.row.filter(|row| *row > 0),
        item: own.item.code(),
        code: own.code.clone(),
        amount: amount(own.amount),
    });
    let facts = found.finding.facts.iter();
    FoundItem {
        place: found.place,
        level: found.level,
        year: found.year,
        record: found.record,
        budget: found.budget,
        state,
        invented: found.invented,
        evidence: evidence.collect(),
        facts: facts.map(|(name, fact)| (*name, fact.decimal(MoneyUnit::Tenge))).collect(),
        finding: item(found.finding),
        links: links(format!("/api/v1/findings?place={}", found.place), &format!("/findings/{id}")),
        id,
    }
}

/// The findings of the platform, the gravest first.
///
/// # Errors
/// When the database fails.
pub async fn all(State(state): State<WebState>, asked: Asked) -> Reply {
    let place = asked.place("place");
    let survey = state.app.findings(place).await?;
    let verdicts = state.app.finding_verdicts(place).await?;
    let state_of = |found: &Found| match verdicts.get(&found.id).map(|note| note.verdict) {
        Some(Verdict::Explained) => "explained",
        Some(Verdict::Dismissed) => "dismissed",
        Some(Verdict::Reopened) | None => "open",
    };
    let wanted = |name: &str, own: &str| asked.text(name).is_none_or(|asked| asked == own);
    let fitting: Vec<&Found> = survey
        .items
        .iter()
        .filter(|found| {
            wanted("rule", found.finding.rule.code())
                && wanted("severity", found.finding.severity.code())
                && wanted("state", state_of(found))
        })
        .collect();
    let from: usize = asked.get("from").unwrap_or(0);
    let shown = fitting.iter().skip(from).take(asked.limit().into());
    let query = asked.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let list = FoundList {
        n: fitting.len(),
        n_records: survey.n_records,
        n_left_out: survey.n_left_out,
        currency: CURRENCY,
        items: shown.map(|found| found_item((*found).clone(), state_of(found))).collect(),
        links: links(format!("/api/v1/findings{query}"), "/findings"),
    };
    resource(&asked.headers, &list)
}

/// One contradiction.
#[derive(Debug, Serialize)]
pub struct FindingItem {
    rule: &'static str,
    title: Text,
    severity: &'static str,
    stage: Option<&'static str>,
    item: &'static str,
    code: String,
    row: Option<u32>,
    printed: Option<String>,
    expected: Option<String>,
    difference: Option<String>,
    inputs: Vec<InputItem>,
}

/// One figure of the arithmetic.
#[derive(Debug, Serialize)]
pub struct InputItem {
    item: &'static str,
    code: String,
    subtracted: bool,
    amount: String,
    derived: bool,
}

#[derive(Serialize)]
struct FindingList {
    budget: BudgetId,
    currency: &'static str,
    invented: bool,
    items: Vec<FindingItem>,
    links: Links,
}

impl From<Input> for InputItem {
    fn from(input: Input) -> Self {
        Self {
            item: input.item.code(),
            code: input.code,
            subtracted: input.subtracted,
            amount: amount(input.amount),
            derived: input.derived,
        }
    }
}

/// A finding for the API.
pub fn item(finding: Finding) -> FindingItem {
    FindingItem {
        rule: finding.rule.code(),
        title: words(&format!("{}-title", finding.rule.key())),
        severity: finding.severity.code(),
        stage: finding.stage.map(Stage::code),
        item: finding.item.code(),
        code: finding.code,
        row: finding.row,
        printed: amount_opt(finding.printed),
        expected: amount_opt(finding.expected),
        difference: amount_opt(finding.difference),
        inputs: finding.inputs.into_iter().map(InputItem::from).collect(),
    }
}

/// The findings of one budget.
///
/// # Errors
/// 404 when there is no such budget.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: BudgetId = asked.required("id")?;
    let head = state.app.read().find_budget(id).await?.ok_or_else(Failure::not_found)?;
    let list = FindingList {
        budget: id,
        currency: CURRENCY,
        invented: head.budget.invented,
        items: check(&head.budget).into_iter().map(item).collect(),
        links: links(format!("/api/v1/budgets/{id}/findings"), &format!("/budgets/{id}")),
    };
    resource(&asked.headers, &list)
}
