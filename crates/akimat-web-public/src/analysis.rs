//! `/analysis`: every question that the platform answers about budgets and territories, on one page.
//!
//! A page of analysis is found through one entry of [`ENTRIES`]. An address with `{code}` is about one
//! territory: the hub puts the chosen one in.

pub mod changes;
pub mod citizens;
pub mod inequality;
pub mod peers;
pub mod pivot;

use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, Place};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// What a question is about; the order of the groups on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Budgets.
    Budgets,
    /// Territories beside one another.
    Territories,
    /// What comes, and how well it was foreseen.
    Forecasts,
    /// What if.
    Scenarios,
    /// Statistics.
    Statistics,
    /// Reports.
    Reports,
}

impl Group {
    const ALL: [Self; 6] =
        [Self::Budgets, Self::Territories, Self::Forecasts, Self::Scenarios, Self::Statistics, Self::Reports];

    const fn key(self) -> &'static str {
        match self {
            Self::Budgets => "analysis-group-budgets",
            Self::Territories => "analysis-group-territories",
            Self::Forecasts => "analysis-group-forecasts",
            Self::Scenarios => "analysis-group-scenarios",
            Self::Statistics => "analysis-group-statistics",
            Self::Reports => "analysis-group-reports",
        }
    }
}

/// A page of analysis.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Address after the language; `{code}` stands for the chosen territory.
    pub path: &'static str,
    /// Key of its name.
    pub title: &'static str,
    /// Key of the sentence that says which question it answers.
    pub text: &'static str,
    /// Where it stands.
    pub group: Group,
}

const fn entry(path: &'static str, title: &'static str, text: &'static str, group: Group) -> Entry {
    Entry { path, title, text, group }
}

/// Every page of analysis, in the order of its group.
pub const ENTRIES: &[Entry] = &[
    entry("/analysis/pivot", "pivot-hub-title", "pivot-hub-text", Group::Budgets),
    entry("/analysis/inequality", "inequality-hub-title", "inequality-hub", Group::Territories),
    entry("/places/{code}/peers", "peer-hub-title", "peer-hub", Group::Territories),
    entry("/places/{code}/citizens-budget", "citizens-hub-title", "citizens-hub", Group::Budgets),
    entry("/analysis/questions", "question-title", "question-hub", Group::Budgets),
    entry("/places/{code}/changes", "changes-hub-title", "changes-hub", Group::Budgets),
    entry(
        "/places/{code}/forecast/year",
        "forecast-year-entry",
        "forecast-year-entry-text",
        Group::Forecasts,
    ),
    entry("/places/{code}/demand", "demand-entry", "demand-entry-text", Group::Forecasts),
    entry("/analysis/accuracy", "accuracy-entry", "accuracy-entry-text", Group::Forecasts),
    entry("/analysis/early-warning", "outcome-warning-title", "outcome-warning-hub", Group::Forecasts),
    entry("/analysis/risks", "risk-portfolio-title", "risk-portfolio-hub", Group::Forecasts),
    entry("/analysis/early-warning/method", "warning-method-title", "warning-method-hub", Group::Forecasts),
    entry("/outcome/effect", "outcome-effect-title", "outcome-effect-hub", Group::Forecasts),
    entry("/appraisals", "appraisal-list-title", "appraisal-analysis-card", Group::Forecasts),
    entry("/ranking/{code}", "ranking-hub-title", "ranking-hub-text", Group::Territories),
    entry("/scenarios", "scenarios-title", "scenario-menu-text", Group::Scenarios),
    entry(
        "/analysis/consolidation/{code}",
        "consolidation-entry",
        "consolidation-entry-text",
        Group::Budgets,
    ),
    entry("/analysis/execution/{code}", "execution-entry", "execution-entry-text", Group::Budgets),
    entry("/procurement", "procurement-hub-title", "procurement-hub-text", Group::Budgets),
    entry("/contracts", "contract-register-title", "contract-register-hub", Group::Budgets),
    entry("/pipeline", "pipeline-title", "pipeline-hub-text", Group::Territories),
    entry("/places/{code}/obligations", "obligation-hub-title", "obligation-hub", Group::Budgets),
    entry("/places/{code}/red-flags", "flag-title", "flag-lead", Group::Budgets),
    entry("/findings", "findings-entry", "findings-entry-text", Group::Budgets),
    entry("/disclosure", "disclosure-entry", "disclosure-entry-text", Group::Budgets),
    entry("/log", "log-entry", "log-entry-text", Group::Reports),
    entry("/views", "views-title", "views-hub-text", Group::Reports),
    entry("/reports", "reports-title", "reports-hub", Group::Reports),
    entry("/analysis/laboratory", "laboratory-title", "laboratory-hub", Group::Statistics),
    entry("/statistics", "statistics-title", "statistics-lead", Group::Statistics),
];

#[derive(Template)]
#[template(path = "public/analysis/hub.html")]
struct HubPage {
    page: Page,
    query: String,
    chosen: String,
    found: Vec<(String, String, String)>,
    nothing: bool,
    groups: Vec<(String, Vec<Item>)>,
}

struct Item {
    path: String,
    title: String,
    text: String,
}

/// The hub.
///
/// # Errors
/// When the database fails.
pub async fn hub(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked: String = form.get("q").trim().chars().take(100).collect();
    let found = search(&state, &asked).await?;
    let chosen = match found.as_slice() {
        [only] => Some(only.clone()),
        _ => default_place(&state).await?,
    };
    let items = |group: Group| -> Vec<Item> {
        let of_group = ENTRIES.iter().filter(|entry| entry.group == group);
        let link = |entry: &Entry| {
            let path = match &chosen {
                Some(place) => entry.path.replace("{code}", &place.code.to_string()),
                None if entry.path.contains("{code}") => String::new(),
                None => entry.path.to_owned(),
            };
            Item { path, title: locale.t(entry.title).into_owned(), text: locale.t(entry.text).into_owned() }
        };
        of_group.map(link).collect()
    };
    let listed = if found.len() > 1 { found.as_slice() } else { &[] };
    let page = frame::page(&visitor, locale.t("analysis-title"), Some(MenuItem::Analysis))
        .description(locale.t("analysis-lead"))
        .invented(chosen.as_ref().is_some_and(|place| place.invented));
    frame::render(&HubPage {
        page,
        chosen: chosen.as_ref().map_or_else(String::new, |place| {
            locale.f("analysis-place-chosen", &[("place", place.name.get(visitor.lang).into())])
        }),
        found: listed
            .iter()
            .map(|place| {
                let kind = locale.name("place-kind", place.kind.code()).into_owned();
                (format!("/analysis?q={}", place.code), place.name.get(visitor.lang).to_owned(), kind)
            })
            .collect(),
        nothing: found.is_empty() && !asked.is_empty(),
        query: asked,
        groups: Group::ALL
            .into_iter()
            .map(|group| (locale.t(group.key()).into_owned(), items(group)))
            .filter(|(_, items)| !items.is_empty())
            .collect(),
    })
}

/// Territories by code or name.
async fn search(state: &WebState, asked: &str) -> Answer<Vec<Place>> {
    let today = state.app.today();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    if let Ok(code) = asked.parse::<KatoCode>() {
        return Ok(state.app.read().find_place(code, today).await?.into_iter().collect());
    }
    Ok(state.app.read().search_places(&search_keys(asked), today, 20).await?)
}

/// The territory of the newest budget: something to look at before anybody chooses.
async fn default_place(state: &WebState) -> Answer<Option<Place>> {
    let first = akimat_storage::PageRequest::first(1);
    let heads = state.app.read().list_budgets(&akimat_storage::BudgetFilter::default(), &first).await?;
    let Some(code) = heads.items.first().and_then(|head| head.budget.place) else { return Ok(None) };
    Ok(state.app.read().find_place(code, state.app.today()).await?)
}
