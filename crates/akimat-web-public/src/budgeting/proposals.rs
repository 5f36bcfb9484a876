//! The proposals of a process: by chance as a rule, so that nobody stands first by luck of the hour.

use akimat_participation::process::Phase;
use akimat_participation::proposal::State as Standing;
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{Row, crumbs, process_path, row};
use akimat_web_kit::visitor::{Visitor, cookie};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header::SET_COOKIE};

/// Proposals of one page.
const LIMIT: u16 = 25;
/// The cookie with the visitor's seed: a number that says nothing about the visitor.
const SEED: &str = "order";

#[derive(Template)]
#[template(path = "public/budgeting/proposals.html")]
struct ProposalsPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    path: String,
    form: kit::Form,
    envelopes: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    states: Vec<(String, String)>,
    orders: Vec<(String, String)>,
    rows: Vec<Row>,
    found: String,
    by_chance: bool,
    previous: String,
    next: String,
    middle: String,
    reset: String,
    signed_in: bool,
    open: bool,
}

fn order_of(code: &str, seed: u32) -> (ProposalOrder, &'static str) {
    match code {
        "number" => (ProposalOrder::Number, "number"),
        "ballot" => (ProposalOrder::Ballot, "ballot"),
        "support" => (ProposalOrder::Support, "support"),
        "newest" => (ProposalOrder::Newest, "newest"),
        _ => (ProposalOrder::Chance(seed), "chance"),
    }
}

/// The visitor's seed: from the cookie, or drawn now out of the clock; it is kept so that pages follow each other.
fn seed_of(state: &WebState, headers: &HeaderMap) -> (u32, bool) {
    let kept = cookie(headers, SEED).and_then(|value| value.parse::<u32>().ok());
    let fresh = || u32::try_from(state.app.now().as_microsecond().rem_euclid(2_147_483_629)).unwrap_or(1);
    kept.map_or_else(|| (fresh(), true), |seed| (seed, false))
}

/// The page.
///
/// # Errors
/// 404 when there is no such process.
#[expect(clippy::too_many_lines, reason = "one line a field: a list, not a tangle")]
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let (seed, fresh) = seed_of(&state, &headers);
    let (order, order_code) = order_of(asked.get("order"), seed);
    let some = |name: &str| Some(asked.get(name).to_owned()).filter(|value| !value.is_empty());
    let mine = asked.get("mine") == "yes";
    let state_asked = Standing::parse(asked.get("state")).filter(|state| state.public());
    let public = || Standing::ALL.into_iter().filter(|state| state.public()).collect();
    let author = visitor.actor().filter(|_| mine).map(|account| account.id);
    let filter = ProposalFilter {
        process: Some(process.id),
        envelope: some("envelope"),
        category: some("category"),
        states: match (state_asked, author) {
            (Some(state), _) => vec![state],
            (None, Some(_)) => Vec::new(),
            (None, None) => public(),
        },
        author,
        words: some("q").map(|words| words.chars().take(100).collect()),
        ..ProposalFilter::default()
    };
    let page_number = asked.get("page").parse::<u32>().unwrap_or(1).clamp(1, 10_000);
    let part = Part { limit: LIMIT, offset: (page_number - 1) * u32::from(LIMIT) };
    let (found, total) = state.app.read().list_proposals(&filter, order, part).await?;
    let path = format!("{}/proposals", process_path(&process));
    let to = |number: u32| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for name in ["q", "envelope", "category", "state", "order", "mine"] {
            if !asked.get(name).is_empty() {
                pairs.append_pair(name, asked.get(name));
            }
        }
        pairs.append_pair("page", &number.to_string());
        visitor.to(&format!("{path}?{}", pairs.finish()))
    };
    let more = u64::from(page_number) * u64::from(LIMIT) < total;
    let named = |list: Vec<(&str, &akimat_core::Text)>| -> Vec<(String, String)> {
        let one =
            |(code, title): (&str, &akimat_core::Text)| (code.to_owned(), locale.text(title).0.to_owned());
        list.into_iter().map(one).collect()
    };
    let orders = ["chance", "number", "ballot", "support", "newest"]
        .into_iter()
        .filter(|code| *code != "ballot" || process.draw.is_some())
        .map(|code| (code.to_owned(), locale.name("proposals-order", code).into_owned()));
    let mut form = kit::Form::new().with("order", order_code);
    for name in ["q", "envelope", "category", "state", "mine"] {
        form = form.with(name, asked.get(name));
    }
    let title = locale.t("proposals-title").into_owned();
    let mut response = frame::render(&ProposalsPage {
        page: frame::page(&visitor, title.clone(), Some(MenuItem::Budgeting)).invented(process.invented),
        crumbs: crumbs(&visitor, &process, &title),
        form,
        envelopes: named(process.envelopes.iter().map(|one| (one.code.as_str(), &one.title)).collect()),
        categories: named(process.categories.iter().map(|one| (one.code.as_str(), &one.title)).collect()),
        states: Standing::ALL
            .into_iter()
            .filter(|state| state.public())
            .map(|state| (state.code().to_owned(), locale.name("proposal-state", state.code()).into_owned()))
            .collect(),
        orders: orders.collect(),
        rows: found.iter().map(|one| row(locale, &process, one)).collect(),
        found: locale.f("proposals-found", &[("n", i64::try_from(total).unwrap_or(i64::MAX).into())]),
        by_chance: order_code == "chance",
        previous: if page_number > 1 { to(page_number - 1) } else { String::new() },
        next: if more { to(page_number + 1) } else { String::new() },
        middle: String::new(),
        reset: visitor.to(&path),
        signed_in: visitor.account.is_some(),
        open: process.open(Phase::Submission, state.app.now()),
        path,
    })?;
    if fresh {
        let value = format!("{SEED}={seed}; Path=/; Max-Age=2592000; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    Ok(response)
}
