//! Help: how to read the pages, by which rules the platform computes, where the data are.

use akimat_budget::indicator::DEFINITIONS;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "public/help.html")]
struct HelpPage {
    page: Page,
    formulas: Vec<Formula>,
    criteria: Vec<Criterion>,
}

struct Formula {
    name: String,
    formula: &'static str,
    source: &'static str,
}

struct Criterion {
    title: String,
    weight: String,
    help: String,
}

/// The page.
///
/// # Errors
/// When the template fails.
pub async fn help(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    frame::render(&HelpPage {
        page: frame::page(&visitor, locale.t("help-title"), Some(MenuItem::Help)),
        formulas: DEFINITIONS
            .iter()
            .map(|definition| Formula {
                name: locale.name("indicator", definition.code).into_owned(),
                formula: definition.formula,
                source: definition.source,
            })
            .collect(),
        criteria: state
            .app
            .criteria()
            .criteria
            .iter()
            .map(|criterion| Criterion {
                title: criterion.title.get(locale.lang()).to_owned(),
                weight: criterion.weight.to_string(),
                help: criterion.help.get(locale.lang()).to_owned(),
            })
            .collect(),
    })
}
