//! `/admin/budgeting/{code}/assemblies`: an office registers meetings, and divides the money of a draft by need.

use super::fail;
use akimat_app::process::assembly::{AssemblyDraft, assembly_rule};
use akimat_app::{AppError, Permission as P, permission};
use akimat_participation::process::Process;
use akimat_participation::process::assembly::NeedFacts;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/budgeting/assemblies.html")]
struct AssembliesPage {
    page: Page,
    code: String,
    edit: u32,
    draft: bool,
    envelopes: Vec<(String, String)>,
    codes: String,
    form: kit::Form,
}

fn build(state: &WebState, visitor: &Visitor, process: &Process, form: kit::Form) -> Answer<AssembliesPage> {
    permission::check(visitor.actor(), P::LeadProcesses, Some(process.place))?;
    assembly_rule(process).ok_or_else(Failure::not_found)?;
    let locale = visitor.locale();
    let facts: Vec<String> = process
        .need_facts
        .iter()
        .map(|one| format!("{};{};{};{}", one.envelope, one.lack_pct, one.population, one.rank))
        .collect();
    let form = if form.value("facts").is_empty() { form.with("facts", facts.join("\n")) } else { form };
    let today = state.app.today().to_string();
    let form = if form.value("held_on").is_empty() { form.with("held_on", today) } else { form };
    let codes: Vec<&str> = process.envelopes.iter().map(|one| one.code.as_str()).collect();
    Ok(AssembliesPage {
        page: frame::page(visitor, locale.t("assemblies-register"), Some(MenuItem::Admin))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        code: process.code.clone(),
        edit: process.edit,
        draft: !process.published(),
        envelopes: process
            .envelopes
            .iter()
            .map(|one| (one.code.clone(), locale.text(&one.title).0.to_owned()))
            .collect(),
        codes: locale.f("assemblies-facts-hint", &[("codes", codes.join(", ").into())]),
        form,
    })
}

/// The page.
///
/// # Errors
/// 403 outside the territory, 404 for a process without assemblies.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    frame::render(&build(&state, &visitor, &process, kit::Form::new())?)
}

/// Lines of facts: code, per cent who lack the service, people, rank.
fn facts(text: &str) -> Option<Vec<NeedFacts>> {
    let line = |line: &str| {
        let mut parts = line.split(';').map(str::trim);
        let found = NeedFacts {
            envelope: parts.next()?.to_owned(),
            lack_pct: parts.next()?.parse().ok()?,
            population: parts.next()?.replace(' ', "").parse().ok()?,
            rank: parts.next()?.parse().ok()?,
        };
        if parts.next().is_some() { None } else { Some(found) }
    };
    text.lines().filter(|one| !one.trim().is_empty()).map(line).collect()
}

/// Registers a meeting, or weighs need.
///
/// # Errors
/// 403 outside the territory, 409 when somebody else changed the process meanwhile.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let edit: u32 = form.get("edit").parse().unwrap_or_default();
    let done = if form.get("act") == "weigh" {
        match facts(form.raw("facts")) {
            Some(facts) => state.app.weigh_need(visitor.actor(), (process.id, edit), facts).await,
            None => Err(AppError::field("facts", "assembly-facts-wrong")),
        }
    } else {
        let draft = AssemblyDraft {
            edit,
            envelope: form.get("envelope").to_owned(),
            held_on: form.get("held_on").parse().ok(),
            site: form.raw("site").to_owned(),
            participants: form.get("participants").parse().ok(),
            delegates: form.get("delegates").parse().ok(),
            minutes: form.raw("minutes").to_owned(),
        };
        state.app.register_assembly(visitor.actor(), process.id, draft).await
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/budgeting/{code}/assemblies"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let names = ["envelope", "held_on", "site", "participants", "delegates", "minutes", "facts"];
            let kept = |all: kit::Form, name: &&str| all.with(name, form.raw(name));
            let mut again = names.iter().fold(kit::Form::new(), kept);
            fail(&mut again, visitor.locale(), &faults);
            frame::render_invalid(&build(&state, &visitor, &process, again)?)
        }
        Err(error) => Err(error.into()),
    }
}
