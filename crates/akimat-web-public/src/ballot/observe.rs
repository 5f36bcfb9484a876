//! `/budgeting/{code}/observers`: how many take part and when, what was refused and why; nothing of any choice.

use super::setting;
use akimat_app::{Permission as P, permission};
use akimat_core::MoneyUnit;
use akimat_participation::Process;
use akimat_storage::ballot::BoxState;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/ballot/observe.html")]
struct ObservePage {
    page: Page,
    code: String,
    process: String,
    state: String,
    stats: Vec<(String, String)>,
    envelopes: Vec<(String, String, String)>,
    /// Day, ballots of the day, ballots until then, share of the largest day.
    days: Vec<(String, String, String, i64)>,
    refusals: Vec<(String, String)>,
    log: String,
    /// What those who work on the vote do.
    tools: Vec<(String, String)>,
}

/// The page.
///
/// # Errors
/// 404 when there is no such vote.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let setting = setting(&state, &code).await?;
    let seen = state.app.observe_ballot(&setting).await?;
    let process = &setting.process;
    let title = locale.text(&process.title).0.to_owned();
    let mut by_day: BTreeMap<jiff::civil::Date, u64> = BTreeMap::new();
    for (hour, n) in &seen.hours {
        *by_day.entry(hour.to_zoned(state.app.zone().clone()).date()).or_default() += n;
    }
    let most = by_day.values().copied().max().unwrap_or(1).max(1);
    let mut so_far = 0;
    let days = by_day
        .iter()
        .map(|(day, n)| {
            so_far += n;
            let share = i64::try_from(n * 100 / most).unwrap_or(100);
            (locale.date(*day), locale.count(*n), locale.count(so_far), share)
        })
        .collect();
    let stat = |key: &str, n: u64| (locale.t(key).into_owned(), locale.count(n));
    let box_state = seen.found.as_ref().map_or("none", |found| match found.state {
        BoxState::Open if process.open(akimat_participation::Phase::Ballot, state.app.now()) => "open",
        BoxState::Open => "waiting",
        other => other.code(),
    });
    frame::render(&ObservePage {
        page: frame::page(
            &visitor,
            locale.f("ballot-observe-title", &[("process", title.as_str().into())]),
            Some(MenuItem::Budgeting),
        )
        .invented(process.invented),
        code: process.code.clone(),
        process: title,
        state: locale.name("ballot-box", box_state).into_owned(),
        stats: vec![
            stat("ballot-n-counted", seen.counts.n_counted),
            stat("ballot-n-saved", seen.counts.n_saved),
            stat("ballot-n-paper", seen.counts.n_paper),
        ],
        envelopes: process
            .envelopes
            .iter()
            .enumerate()
            .map(|(at, envelope)| {
                (
                    locale.text(&envelope.title).0.to_owned(),
                    locale.money(envelope.amount, MoneyUnit::Tenge, 0),
                    locale.count(setting.of_envelope(at).count().try_into().unwrap_or(u64::MAX)),
                )
            })
            .collect(),
        days,
        refusals: seen
            .refusals
            .iter()
            .map(|(reason, n)| (locale.name("ballot-refusal", reason).into_owned(), locale.count(*n)))
            .collect(),
        log: crate::log::about_path(&format!("process/{}", process.id)),
        tools: tools(&visitor, process),
    })
}

/// Links to the desk of those who count and of clerks.
fn tools(visitor: &Visitor, process: &Process) -> Vec<(String, String)> {
    let here = |one| permission::check(visitor.actor(), one, Some(process.place)).is_ok();
    let link = |end: &str, key: &str| {
        let href = visitor.to(&format!("/admin/budgeting/{}/{end}", process.code));
        (href, visitor.locale().t(key).into_owned())
    };
    let mut tools = Vec::new();
    if here(P::CountBallots) {
        tools.push(link("count", "ballot-count-title"));
    }
    if here(P::EnterBallots) {
        tools.push(link("paper", "ballot-paper-title"));
    }
    tools
}
