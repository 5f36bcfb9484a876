//! Contradictions in a budget with their arithmetic.

use crate::api::asked::Asked;
use crate::api::endpoint::{Body, Endpoint, ID};
use crate::api::reply::{CURRENCY, Links, Reply, amount, amount_opt, links, resource, words};
use crate::failure::Failure;
use crate::state::WebState;
use akimat_budget::check::{Finding, Input};
use akimat_budget::{Stage, check};
use akimat_core::{BudgetId, Text};
use axum::extract::State;
use serde::Serialize;

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
