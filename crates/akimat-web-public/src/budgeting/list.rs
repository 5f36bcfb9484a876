//! Every participatory budget, what can be done in it now first.

use akimat_core::Money;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{phase_name, process_path, tenge, words};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "public/budgeting/list.html")]
struct ListPage {
    page: Page,
    items: Vec<Item>,
    desk: bool,
}

struct Item {
    path: String,
    title: String,
    summary: (String, &'static str),
    phase: String,
    open: bool,
    left: String,
    money: String,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let mut all = state.app.processes(visitor.actor()).await?;
    let now = state.app.now();
    all.sort_by_key(|process| std::cmp::Reverse((process.open(process.phase, now), process.year)));
    let invented = all.iter().any(|process| process.invented);
    let items = all
        .iter()
        .map(|process| {
            let total = Money::checked_sum(process.envelopes.iter().map(|one| one.amount));
            let left = process.term(process.phase).filter(|term| term.runs(now));
            let left = left.map(|term| term.closes_at.duration_since(now).as_secs() / 86_400);
            Item {
                path: process_path(process),
                title: locale.text(&process.title).0.to_owned(),
                summary: words(locale, &process.summary),
                phase: phase_name(locale, process.phase),
                open: process.open(process.phase, now),
                left: left.map_or_else(String::new, |n| locale.f("budgeting-days-left", &[("n", n.into())])),
                money: tenge(locale, total.unwrap_or(Money::ZERO)),
            }
        })
        .collect();
    let desk = visitor.actor().is_some_and(|account| {
        akimat_app::permission::may(account, akimat_app::Permission::CheckProposals, None)
    });
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("budgeting-title"), Some(MenuItem::Budgeting))
            .description(locale.t("budgeting-lead"))
            .invented(invented),
        items,
        desk,
    })
}
