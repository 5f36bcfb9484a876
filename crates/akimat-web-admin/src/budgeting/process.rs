//! The desk of one process: its phase, what holds it up, who has how much to do, the proposals by their terms.

use super::fail;
use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_participation::process::{Phase, Process};
use akimat_participation::proposal::{Proposal, State as Standing};
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{PhaseLine, calendar, last_day, phase_name, row, tone, words};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

/// Proposals on one page.
const LIMIT: u16 = 50;

#[derive(Template)]
#[template(path = "admin/budgeting/process.html")]
struct ProcessPage {
    page: Page,
    code: String,
    edit: u32,
    phase: String,
    next: String,
    draft: bool,
    suspended: String,
    leads: bool,
    assemblies: bool,
    undecided: Vec<(String, String)>,
    n_undecided: usize,
    early: bool,
    needs_draw: bool,
    calendar: Vec<PhaseLine>,
    workloads: Vec<(String, String, String)>,
    rows: Vec<DeskRow>,
    states: Vec<(String, String)>,
    form: kit::Form,
    previous: String,
    further: String,
}

struct DeskRow {
    path: String,
    number: String,
    title: (String, &'static str),
    about: String,
    state: String,
    tone: &'static str,
    due: String,
    late: bool,
    assessor: String,
}

fn desk_row(state: &WebState, visitor: &Visitor, process: &Process, one: &Proposal) -> DeskRow {
    let locale = visitor.locale();
    let shown = row(locale, process, one);
    DeskRow {
        path: format!("/admin/budgeting/{}/proposals/{}", process.code, one.number.unwrap_or_default()),
        number: shown.number,
        title: words(locale, &one.title),
        about: shown.about,
        state: shown.state,
        tone: tone(one.state),
        due: one.due_at.map_or_else(String::new, |at| locale.date_short(last_day(state, at))),
        late: one.due_at.is_some_and(|at| at <= state.app.now()),
        assessor: one.assessor_name.clone(),
    }
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    process: &Process,
    (query, form): (&Form, kit::Form),
) -> Answer<ProcessPage> {
    let locale = visitor.locale();
    let read = state.app.read();
    permission::check(visitor.actor(), Permission::CheckProposals, Some(process.place))?;
    let undecided = state.app.undecided(process).await?;
    let public = || Standing::ALL.into_iter().filter(|state| state.public());
    let wanted = Standing::parse(query.get("state")).filter(|state| state.public());
    let mine = query.get("mine") == "yes";
    let filter = ProposalFilter {
        process: Some(process.id),
        states: wanted.map_or_else(|| public().collect(), |state| vec![state]),
        assessor: visitor.actor().filter(|_| mine).map(|account| account.id),
        ..ProposalFilter::default()
    };
    let number = query.get("page").parse::<u32>().unwrap_or(1).clamp(1, 1_000);
    let part = Part { limit: LIMIT, offset: (number - 1) * u32::from(LIMIT) };
    let (found, total) = read.list_proposals(&filter, ProposalOrder::Due, part).await?;
    let to = |number: u32| {
        visitor.to(&format!(
            "/admin/budgeting/{}?state={}&mine={}&page={number}",
            process.code,
            wanted.map_or("", Standing::code),
            if mine { "yes" } else { "" }
        ))
    };
    let workloads = read.list_workloads(process.id).await?;
    Ok(ProcessPage {
        page: frame::page(visitor, locale.text(&process.title).0, Some(MenuItem::Admin))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        code: process.code.clone(),
        edit: process.edit,
        phase: phase_name(locale, process.phase),
        next: process.next_phase().map_or_else(String::new, |next| phase_name(locale, next)),
        draft: !process.published(),
        suspended: process.suspended.as_ref().map_or_else(String::new, |one| one.reason.clone()),
        leads: state.app.leads_process(visitor.actor(), process),
        assemblies: state.app.leads_process(visitor.actor(), process)
            && akimat_app::process::assembly::assembly_rule(process).is_some(),
        n_undecided: undecided.len(),
        undecided: undecided
            .iter()
            .take(20)
            .map(|one| {
                let shown = desk_row(state, visitor, process, one);
                (shown.path, format!("{} {} ({})", shown.number, shown.title.0, shown.state))
            })
            .collect(),
        early: process.term(process.phase).is_some_and(|term| state.app.now() < term.closes_at),
        needs_draw: process.phase == Phase::Shortlist && process.draw.is_none(),
        calendar: calendar(state, locale, process),
        workloads: workloads
            .iter()
            .map(|one| {
                let due = one.due_at.map_or_else(String::new, |at| locale.date_short(last_day(state, at)));
                (one.name.clone(), locale.count(one.n_open), due)
            })
            .collect(),
        rows: found.iter().map(|one| desk_row(state, visitor, process, one)).collect(),
        states: public()
            .map(|state| (state.code().to_owned(), locale.name("proposal-state", state.code()).into_owned()))
            .collect(),
        form: form.with("state", query.get("state")).with("mine", query.get("mine")),
        previous: if number > 1 { to(number - 1) } else { String::new() },
        further: if u64::from(number) * u64::from(LIMIT) < total { to(number + 1) } else { String::new() },
    })
}

/// The page.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such process.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    frame::render(&build(&state, &visitor, &process, (&query, kit::Form::new())).await?)
}

/// Moves the process on, stops it, lets it go on, draws the ballot.
///
/// # Errors
/// 403 outside the territory; 409 when somebody else changed it meanwhile.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let edit: u32 = form.get("edit").parse().unwrap_or_default();
    let (actor, id) = (visitor.actor(), process.id);
    let done = match form.get("act") {
        "advance" => state.app.advance_process(actor, id, (edit, form.raw("reason"))).await.map(|_| ()),
        "suspend" => state.app.suspend_process(actor, id, (edit, form.raw("reason"))).await.map(|_| ()),
        "draw" => state.app.draw_ballot(actor, id, (form.raw("seed"), form.raw("source"))).await.map(|_| ()),
        _ => return Err(Failure::new(axum::http::StatusCode::BAD_REQUEST, "bad_request")),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/budgeting/{code}"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new();
            for name in ["reason", "seed", "source"] {
                again = again.with(name, form.raw(name));
            }
            fail(&mut again, visitor.locale(), &faults);
            let query = Form::default();
            frame::render_invalid(&build(&state, &visitor, &process, (&query, again)).await?)
        }
        Err(error) => Err(error.into()),
    }
}
