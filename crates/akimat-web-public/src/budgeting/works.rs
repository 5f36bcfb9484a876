//! `/budgeting/{code}/works`: you said, we did. Each chosen proposal beside its project, from the first milestone to the
//! opening; what was given up says why.

use akimat_app::permission::{Permission, may};
use akimat_participation::proposal::{Proposal, State as Standing};
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{crumbs, process_path, proposal_path, tenge, tone, words};
use akimat_web_kit::view::built::{Built, built_of};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/budgeting/works.html")]
struct WorksPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    stats: Vec<(String, String)>,
    rows: Vec<Row>,
    begin: String,
    results: String,
    log: String,
}

struct Row {
    path: String,
    title: (String, &'static str),
    said: (String, &'static str),
    state: String,
    tone: &'static str,
    cost: String,
    built: Option<Built>,
    /// Why it was given up.
    why: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such process, or it is a draft of others.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let filter = ProposalFilter {
        process: Some(process.id),
        states: Standing::ALL.into_iter().filter(|state| state.chosen()).collect(),
        ..ProposalFilter::default()
    };
    let (chosen, _) = state.app.read().list_proposals(&filter, ProposalOrder::Ballot, Part::ALL).await?;
    let mut rows = Vec::with_capacity(chosen.len());
    for one in &chosen {
        rows.push(Row {
            path: proposal_path(&process, one),
            title: words(locale, &one.title),
            said: words(locale, &one.need),
            state: locale.name("proposal-state", one.state.code()).into_owned(),
            tone: tone(one.state),
            cost: one.cost().map_or_else(String::new, |cost| tenge(locale, cost)),
            built: built_of(&state, locale, one).await?,
            why: given_up(&state, one).await?,
        });
    }
    let n = |states: &[Standing]| {
        let n = chosen.iter().filter(|one| states.contains(&one.state)).count();
        locale.count(n.try_into().unwrap_or(u64::MAX))
    };
    let named = |state: Standing| locale.name("proposal-state", state.code()).into_owned();
    let counted = [Standing::Selected, Standing::InImplementation, Standing::Completed, Standing::Cancelled];
    let may_begin = visitor.actor().is_some_and(|account| {
        may(account, Permission::CountBallots, Some(process.place))
            && chosen.iter().any(|one| one.state == Standing::Selected)
    });
    let title = locale.t("works-title").into_owned();
    frame::render(&WorksPage {
        page: frame::page(&visitor, title.clone(), Some(MenuItem::Budgeting))
            .description(locale.t("works-lead"))
            .invented(process.invented),
        crumbs: crumbs(&visitor, &process, &title),
        stats: counted.map(|state| (named(state), n(&[state]))).into(),
        rows,
        begin: if may_begin { format!("/admin/budgeting/{}/count", process.code) } else { String::new() },
        results: format!("{}/results", process_path(&process)),
        log: crate::log::about_path(&format!("process/{}", process.id)),
    })
}

/// Why a chosen proposal was given up, in the words of the office.
async fn given_up(state: &WebState, proposal: &Proposal) -> Answer<String> {
    if proposal.state != Standing::Cancelled {
        return Ok(String::new());
    }
    let moves = state.app.read().list_proposal_moves(proposal.id).await?;
    let last = moves.iter().rev().find(|moved| moved.to == Standing::Cancelled);
    Ok(last.map_or_else(String::new, |moved| moved.words.clone()))
}
