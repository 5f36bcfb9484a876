//! How often moderators did what, by month: counts alone, of nobody.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter};
use crate::reply::{Reply, resource};
use akimat_core::KatoCode;
use akimat_interop::table_export::{Cell, Table, encode_csv};
use akimat_storage::ModerationCount;
use akimat_storage::participation::{CommentPattern, Pattern};
use akimat_web_kit::state::WebState;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the same is given as a table.
const TABLE_PATH: &str = "/api/v1/moderation/counts.csv";

const PLACE: Parameter =
    Parameter::new("place", Kind::Place, "Acts in this territory and below it; absent: everywhere.");

/// `/api/v1/moderation/counts`.
pub const COUNTS: Endpoint = Endpoint {
    path: "/api/v1/moderation/counts",
    id: "countModeration",
    tag: "moderation",
    summary: "How often moderators did what for which reason, by month, and what was hidden by patterns",
    parameters: &[PLACE],
    body: Body::Resource("ModerationCounts", include_str!("example/moderation.json")),
    problems: &[],
};

/// `/api/v1/moderation/counts.csv`.
pub const TABLE: Endpoint = Endpoint {
    path: TABLE_PATH,
    id: "countModerationAsTable",
    tag: "moderation",
    summary: "The same as a table: month, act, reason or pattern, number",
    parameters: &[PLACE],
    body: Body::Csv("month,act,reason,n\r\n2026-11,hide,advertising,4\r\n"),
    problems: &[],
};

#[derive(Debug, Serialize)]
struct Counts {
    place: Option<String>,
    items: Vec<Count>,
    patterns: Vec<ByPattern>,
    links: Links,
}

#[derive(Debug, Serialize)]
struct Count {
    month: String,
    act: &'static str,
    reason: Option<&'static str>,
    n: u64,
}

#[derive(Debug, Serialize)]
struct ByPattern {
    month: String,
    pattern: &'static str,
    n_hidden: u64,
    n_undone: u64,
}

#[derive(Debug, Serialize)]
struct Links {
    csv: String,
    html: String,
}

fn count(one: &ModerationCount) -> Count {
    let reason = one.code.map(akimat_participation::Reason::code);
    Count { month: one.month.clone(), act: one.kind.code(), reason, n: one.n }
}

/// Comments hidden by patterns, and how many of them were shown again, the latest month first.
fn by_pattern(all: Vec<CommentPattern>, place: Option<KatoCode>) -> Vec<ByPattern> {
    let mut sums: BTreeMap<(String, Pattern), (u64, u64)> = BTreeMap::new();
    for made in all.into_iter().filter(|made| place.is_none_or(|place| place.covers(made.place))) {
        let sum = sums.entry((made.month, made.pattern)).or_default();
        sum.0 += u64::from(made.n);
        sum.1 += if made.undone_at.is_some() { u64::from(made.n) } else { 0 };
    }
    let row = |((month, pattern), (n_hidden, n_undone)): ((String, Pattern), (u64, u64))| ByPattern {
        month,
        pattern: pattern.code(),
        n_hidden,
        n_undone,
    };
    sums.into_iter().rev().map(row).collect()
}

async fn gather(state: &WebState, asked: &Asked) -> akimat_storage::Result<Counts> {
    let place = asked.place("place");
    let read = state.app.read();
    let counts = read.list_moderation_counts(place).await?;
    let query = place.map_or_else(String::new, |place| format!("?place={place}"));
    Ok(Counts {
        place: place.map(|place| place.to_string()),
        items: counts.iter().map(count).collect(),
        patterns: by_pattern(read.list_comment_patterns().await?, place),
        links: Links { csv: format!("{TABLE_PATH}{query}"), html: format!("/en/moderation{query}") },
    })
}

/// The counts.
///
/// # Errors
/// When the database fails.
pub async fn counts(State(state): State<WebState>, asked: Asked) -> Reply {
    resource(&asked.headers, &gather(&state, &asked).await?)
}

/// The counts as a table.
///
/// # Errors
/// When the database fails.
pub async fn table(State(state): State<WebState>, asked: Asked) -> Reply {
    let counts = gather(&state, &asked).await?;
    let row = |month: &str, act: &str, reason: &str, n: u64| {
        let text = |text: &str| Cell::Text(text.to_owned());
        vec![text(month), text(act), text(reason), Cell::Number(n.to_string())]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in &counts.items {
        rows.push(row(&one.month, one.act, one.reason.unwrap_or_default(), one.n));
    }
    for one in &counts.patterns {
        rows.push(row(&one.month, "hidden_by_pattern", one.pattern, one.n_hidden));
        rows.push(row(&one.month, "shown_again_by_pattern", one.pattern, one.n_undone));
    }
    let headers = ["month", "act", "reason", "n"].map(str::to_owned).to_vec();
    let bytes = encode_csv(&Table { title: "moderation".to_owned(), headers, rows });
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"moderation-counts.csv\""),
        (CACHE_CONTROL, "no-cache"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((head, bytes).into_response())
}
