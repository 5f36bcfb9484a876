//! The workplace of a project's risks: a risk is entered, changed, closed.

mod read;

use akimat_app::AppError;
use akimat_app::dossier::{self, Kept};
use akimat_app::permission::{self, Permission};
use akimat_app::risk::{HeldRisk, RiskDraft};
use akimat_core::ProjectId;
use akimat_delivery::risk::{Category, Ending, Response};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

/// Rows of actions beyond those that are there.
const SPARE_ROWS: usize = 2;

#[derive(Template)]
#[template(path = "admin/risk/edit.html")]
struct EditPage {
    page: Page,
    project_path: String,
    project_title: String,
    back: String,
    form: kit::Form,
    action: String,
    clash: Option<Clash>,
    categories: Pairs,
    responses: Pairs,
    endings: Pairs,
    likelihoods: Pairs,
    impacts: Pairs,
    rows: Vec<usize>,
    new: bool,
}

type Pairs = Vec<(String, String)>;

/// The addresses of risks and alerts in the workplace.
pub fn routes(routes: Routes) -> Routes {
    let routes = super::alert::routes(routes);
    routes
        .get("/{lang}/admin/projects/{id}/risks/new", Permission::WatchProjects, new_form)
        .post("/{lang}/admin/projects/{id}/risks/new", Permission::WatchProjects, new)
        .get("/{lang}/admin/projects/{id}/risks/{risk}", Permission::WatchProjects, edit_form)
        .post("/{lang}/admin/projects/{id}/risks/{risk}", Permission::WatchProjects, edit)
}

/// The project, if the visitor works on its risks.
///
/// # Errors
/// 404 when there is no such project, 403 outside the territory.
pub async fn project(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::WatchProjects, Some(project.place))?;
    Ok(project)
}

fn numbered(locale: &Locale, prefix: &str) -> Pairs {
    (1..=5)
        .map(|n| {
            let n = n.to_string();
            let name = locale.name(prefix, &n);
            (n.clone(), format!("{n} — {name}"))
        })
        .collect()
}

fn page(
    visitor: &Visitor,
    (project, held): (&Project, Option<&HeldRisk>),
    (form, n_actions): (kit::Form, usize),
) -> EditPage {
    let locale = visitor.locale();
    let path = format!("/projects/{}", project.id);
    let title = if held.is_some() { "risk-edit" } else { "risk-new" };
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let own = held.map_or_else(|| "new".to_owned(), |held| held.section.id.to_string());
    EditPage {
        page: frame::page(visitor, locale.t(title), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean())
            .hidden(),
        project_title: format!("{} · {}", project.number, locale.text(&project.title).0),
        back: format!("{path}/risks#risks"),
        action: visitor.to(&format!("/admin{path}/risks/{own}")),
        project_path: path,
        form,
        clash: None,
        categories: Category::ALL.iter().map(|one| named("risk-category", one.code())).collect(),
        responses: Response::ALL.iter().map(|one| named("risk-response", one.code())).collect(),
        endings: Ending::ALL.iter().map(|one| named("risk-ending", one.code())).collect(),
        likelihoods: numbered(locale, "risk-likelihood"),
        impacts: numbered(locale, "risk-impact"),
        rows: (1..=(n_actions + SPARE_ROWS).min(akimat_delivery::risk::ACTIONS_MAX)).collect(),
        new: held.is_none(),
    }
}

async fn new_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    let form = kit::Form::new().with("version", "0");
    frame::render(&page(&visitor, (&project, None), (form, 0)))
}

async fn edit_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, risk)): Path<(String, String, String)>,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    let held = state.app.find_risk(project.id, frame::id(&risk)?).await?;
    let form = read::filled(&held);
    frame::render(&page(&visitor, (&project, Some(&held)), (form, held.risk.actions.len())))
}

async fn new(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    save((&state, &visitor), (&project, None), &sent).await
}

async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, risk)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let project = project(&state, &visitor, &id).await?;
    let held = state.app.find_risk(project.id, frame::id::<Uuid>(&risk)?).await?;
    save((&state, &visitor), (&project, Some(&held)), &sent).await
}

async fn save(
    (state, visitor): (&WebState, &Visitor),
    (project, held): (&Project, Option<&HeldRisk>),
    sent: &Form,
) -> Answer {
    let locale = visitor.locale();
    let (risk, faults) = read::risk(locale, sent);
    let mut form = kit::Form::from_pairs(sent.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())));
    let n_actions = risk.actions.len().max(read::rows(sent));
    if !faults.is_empty() {
        for (field, text) in faults {
            form.fail(&field, text);
        }
        return frame::render_invalid(&page(visitor, (project, held), (form, n_actions)));
    }
    let draft = RiskDraft {
        id: held.map(|held| held.section.id),
        base_version: sent.get("version").parse().unwrap_or(0),
        risk,
        reason: sent.get("reason").to_owned(),
        basis: sent.get("basis").to_owned(),
    };
    match state.app.put_risk(visitor.actor(), project.id, draft).await {
        Ok(Kept::Stored { .. }) => {
            Ok(frame::redirect(visitor, &format!("/projects/{}/risks#risks", project.id), "saved"))
        }
        Ok(Kept::Clash { current, clashes, joined }) => {
            let anew = format!("/admin/projects/{}/risks/{}", project.id, current.id);
            let name = |path: &str| field_name(locale, path);
            let told = clash::told((state, locale), (&current, &clashes), anew, name);
            // The form shows what the other changed elsewhere, so that saving it again loses nothing.
            let held = HeldRisk { risk: dossier::joined(joined)?, section: *current };
            let form =
                read::filled(&held).with("reason", sent.raw("reason")).with("basis", sent.raw("basis"));
            let mut page = page(visitor, (project, Some(&held)), (form, held.risk.actions.len()));
            page.clash = Some(told);
            clash::render(&page)
        }
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page(visitor, (project, held), (form, n_actions)))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a path of the body is called on the form.
fn field_name(locale: &Locale, path: &str) -> String {
    let first = path.split(['.', '[']).next().unwrap_or(path);
    let key = match first {
        "category" => "risk-category-field",
        "cause" => "risk-cause",
        "event" => "risk-event",
        "effect" => "risk-effect",
        "rated" => "risk-rated",
        "cost_low" | "cost_high" => "risk-cost-high",
        "response" => "risk-response",
        "actions" => "risk-actions",
        "review_on" => "risk-review",
        "residual" => "risk-residual",
        "ending" | "ending_note" => "risk-ending-field",
        "internal" => "risk-internal-field",
        _ => "risk-owner",
    };
    locale.t(key).into_owned()
}
