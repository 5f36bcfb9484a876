//! `/budgets`: every imported budget.

use crate::failure::Answer;
use crate::form::Form;
use crate::frame;
use crate::kit::{MenuItem, Page};
use crate::public::project::list::place_names;
use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_core::Ratio;
use akimat_i18n::Locale;
use akimat_storage::{BudgetFilter, BudgetHead, Cursor, PageRequest};
use askama::Template;
use axum::extract::{RawQuery, State};

/// Budgets on one page.
const LIMIT: u16 = 40;

#[derive(Template)]
#[template(path = "public/budget/list.html")]
struct ListPage {
    page: Page,
    items: Vec<BudgetItem>,
    previous: String,
    next: String,
}

/// A budget in a list.
#[derive(Debug)]
pub struct BudgetItem {
    /// Address without the language.
    pub path: String,
    /// Territory.
    pub place: String,
    /// Financial year.
    pub year: String,
    /// State of the figures.
    pub stage: String,
    /// Revenue, short.
    pub revenue: String,
    /// Expenditure, short.
    pub expenditure: String,
    /// Share of own revenue.
    pub own: String,
    /// `ok`, `warning` or `error`.
    pub verdict: &'static str,
    /// The verdict in words.
    pub verdict_text: String,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// Makes a head printable.
pub fn budget_item(locale: &Locale, head: &BudgetHead, place: &str) -> BudgetItem {
    let figures = &head.figures;
    let short = |money: Option<akimat_core::Money>| {
        money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
    };
    let own = figures.revenue.zip(figures.transfers).and_then(|(revenue, transfers)| {
        Ratio::of(revenue.checked_sub(transfers)?, revenue)?.percent(2)
    });
    let n_findings = figures.n_errors + figures.n_warnings;
    BudgetItem {
        path: format!("/budgets/{}", head.budget.id),
        place: place.to_owned(),
        year: head.budget.year.to_string(),
        stage: figures
            .stage
            .map_or_else(String::new, |stage| locale.name("budget-stage", stage.code()).into_owned()),
        revenue: short(figures.revenue),
        expenditure: short(figures.expenditure),
        own: own.map_or_else(|| locale.t("no-data-short").into_owned(), |own| locale.percent(&own)),
        verdict: match (figures.n_errors, figures.n_warnings) {
            (0, 0) => "ok",
            (0, _) => "warning",
            _ => "error",
        },
        verdict_text: if n_findings == 0 {
            locale.t("budget-verdict-holds").into_owned()
        } else {
            locale.f("budget-verdict-finding", &[("n", n_findings.into())])
        },
        invented: head.budget.invented,
    }
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let filter = BudgetFilter { place: asked.get("place").parse().ok(), year: asked.get("year").parse().ok() };
    let request = PageRequest { limit: LIMIT, after: Cursor::decode(asked.raw("after")) };
    let heads = state.app.read().list_budgets(&filter, &request).await?;
    let names = place_names(&state, locale, heads.items.iter().filter_map(|head| head.budget.place)).await?;
    let name = |head: &BudgetHead| {
        head.budget.place.and_then(|place| names.get(&place)).map_or("", String::as_str).to_owned()
    };
    let continued = |cursor: Cursor| visitor.to(&format!("/budgets?after={}", cursor.encode()));
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("budgets-title"), Some(MenuItem::Budgets))
            .description(locale.t("budgets-intro")),
        items: heads.items.iter().map(|head| budget_item(locale, head, &name(head))).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/budgets")),
        next: heads.next.map_or_else(String::new, continued),
    })
}
