//! Budgets in lists.

use akimat_core::Ratio;
use akimat_i18n::Locale;
use akimat_storage::BudgetHead;

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
    let own = figures
        .revenue
        .zip(figures.transfers)
        .and_then(|(revenue, transfers)| Ratio::of(revenue.checked_sub(transfers)?, revenue)?.percent(2));
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
