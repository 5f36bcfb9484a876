//! How ballot numbers were drawn, so that anybody can draw them again.

use akimat_participation::proposal::{draw, draw::digest};
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{crumbs, day, proposal_path, words};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/budgeting/draw.html")]
struct DrawPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    seed: String,
    source: String,
    at: String,
    command: String,
    rows: Vec<DrawnRow>,
    /// Everything on the page follows from the seed.
    holds: bool,
}

struct DrawnRow {
    ballot_number: u32,
    number: u32,
    title: (String, &'static str),
    path: String,
    digest: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such process, or nothing was drawn yet.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let drawn = process.draw.clone().ok_or_else(Failure::not_found)?;
    let filter = ProposalFilter { process: Some(process.id), ..ProposalFilter::default() };
    let (all, _) = state.app.read().list_proposals(&filter, ProposalOrder::Ballot, Part::ALL).await?;
    let on_ballot: Vec<_> = all.iter().filter(|one| one.ballot_number.is_some()).collect();
    let numbers: Vec<u32> = on_ballot.iter().filter_map(|one| one.number).collect();
    let again = draw(&drawn.seed, &numbers);
    let holds = again.iter().all(|own| {
        on_ballot
            .iter()
            .any(|one| one.number == Some(own.number) && one.ballot_number == Some(own.ballot_number))
    });
    let rows: Vec<DrawnRow> = on_ballot
        .iter()
        .filter_map(|one| {
            Some(DrawnRow {
                ballot_number: one.ballot_number?,
                number: one.number?,
                title: words(locale, &one.title),
                path: proposal_path(&process, one),
                digest: digest(&drawn.seed, one.number?),
            })
        })
        .collect();
    let command = rows.first().map_or_else(String::new, |row| {
        format!("printf '%s' '{}:{}' | sha256sum", drawn.seed.replace('\'', "'\\''"), row.number)
    });
    frame::render(&DrawPage {
        page: frame::page(&visitor, locale.t("budgeting-draw-title"), Some(MenuItem::Budgeting))
            .invented(process.invented),
        crumbs: crumbs(&visitor, &process, &locale.t("budgeting-draw-title")),
        at: locale.date(day(&state, drawn.at)),
        seed: drawn.seed,
        source: drawn.source,
        command,
        rows,
        holds,
    })
}
