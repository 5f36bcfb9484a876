//! `/admin/budgeting`: offices prepare processes, move them on, check and assess proposals.

pub mod assemblies;
pub mod edit;
pub mod process;
pub mod proposal;

use akimat_app::permission::{Permission as P, may};
use akimat_app::process::templates;
use akimat_app::{AppError, FieldFault};
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::phase_name;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

/// The addresses.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/budgeting", P::CheckProposals, list)
        .post("/{lang}/admin/budgeting", P::LeadProcesses, begin)
        .get("/{lang}/admin/budgeting/{code}", P::CheckProposals, process::show)
        .post("/{lang}/admin/budgeting/{code}", P::LeadProcesses, process::act)
        .get("/{lang}/admin/budgeting/{code}/assemblies", P::LeadProcesses, assemblies::show)
        .post("/{lang}/admin/budgeting/{code}/assemblies", P::LeadProcesses, assemblies::act)
        .get("/{lang}/admin/budgeting/{code}/edit", P::LeadProcesses, edit::show)
        .post("/{lang}/admin/budgeting/{code}/edit", P::LeadProcesses, edit::save)
        .get("/{lang}/admin/budgeting/{code}/proposals/{number}", P::CheckProposals, proposal::show)
        .post("/{lang}/admin/budgeting/{code}/proposals/{number}", P::CheckProposals, proposal::act)
}

/// Puts the faults of a use case into a form.
pub(super) fn fail(form: &mut kit::Form, locale: &Locale, faults: &[FieldFault]) {
    for fault in faults {
        form.fail(&fault.field, frame::fault_text(locale, fault));
    }
}

#[derive(Template)]
#[template(path = "admin/budgeting/list.html")]
struct ListPage {
    page: Page,
    items: Vec<(String, String, String)>,
    leads: bool,
    form: kit::Form,
    templates: Vec<TemplateCard>,
    choices: Vec<(String, String)>,
}

struct TemplateCard {
    title: String,
    summary: String,
    limits: String,
    sources: Vec<(String, String)>,
}

async fn build(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<ListPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let all = state.app.processes(visitor.actor()).await?;
    let own = all.iter().filter(|process| may(account, P::CheckProposals, Some(process.place)));
    let leads = may(account, P::LeadProcesses, None);
    let card = |one: &akimat_app::process::Template| TemplateCard {
        title: locale.text(&one.title).0.to_owned(),
        summary: locale.text(&one.summary).0.to_owned(),
        limits: locale.text(&one.limits).0.to_owned(),
        sources: one.sources.iter().map(|s| (s.href.clone(), locale.text(&s.title).0.to_owned())).collect(),
    };
    Ok(ListPage {
        page: frame::page(visitor, locale.t("budgeting-desk-title"), Some(MenuItem::Admin))
            .errors(!form.is_clean())
            .hidden(),
        items: own
            .map(|process| {
                let title = locale.text(&process.title).0.to_owned();
                (process.code.clone(), title, phase_name(locale, process.phase))
            })
            .collect(),
        leads,
        form,
        templates: templates().iter().map(card).collect(),
        choices: templates()
            .iter()
            .map(|one| (one.code.clone(), locale.text(&one.title).0.to_owned()))
            .collect(),
    })
}

/// Processes that somebody works on, and how to begin another.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let place = visitor.actor().and_then(|account| account.place);
    let form = kit::Form::new()
        .with("place", place.map_or_else(String::new, |place| place.to_string()))
        .with("year", (state.app.today().year() + 1).to_string());
    frame::render(&build(&state, &visitor, form).await?)
}

/// Begins a process from a template.
///
/// # Errors
/// 403 outside the territory, 404 without the template.
pub async fn begin(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let mut wrong = kit::Form::new();
    for name in ["code", "template", "place", "year"] {
        wrong = wrong.with(name, form.get(name));
    }
    let place: Option<KatoCode> = form.get("place").parse().ok();
    let year: Option<i16> = form.get("year").parse().ok();
    let begun = match (place, year) {
        (Some(place), Some(year)) => {
            state
                .app
                .begin_process(visitor.actor(), form.get("code"), form.get("template"), (place, year))
                .await
        }
        (None, _) => Err(AppError::field("place", "field-choose-from-list")),
        _ => Err(AppError::field("year", "budgeting-year-wrong")),
    };
    match begun {
        Ok(process) => {
            Ok(frame::redirect(&visitor, &format!("/admin/budgeting/{}/edit", process.code), "saved"))
        }
        Err(AppError::Invalid(faults)) => {
            fail(&mut wrong, visitor.locale(), &faults);
            frame::render_invalid(&build(&state, &visitor, wrong).await?)
        }
        Err(error) => Err(Failure::from(error)),
    }
}
