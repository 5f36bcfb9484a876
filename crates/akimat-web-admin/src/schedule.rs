//! The workplace of a work plan: items one by one, the approved state, a table pasted from a spreadsheet.

mod board;
mod fill;
mod item;
mod paste;
mod read;
mod result;

pub use board::board;
pub use item::{item_form, remove, save_item};
pub use paste::{paste, paste_form};
pub use result::{result_form, save_result};

use akimat_app::dossier::{self, Kept};
use akimat_app::permission::{self, Permission};
use akimat_app::schedule::{StoredPlan, Why};
use akimat_app::{AppError, FieldFault};
use akimat_core::ProjectId;
use akimat_delivery::schedule::Plan;
use akimat_delivery::schedule::plan::Week;
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::view::schedule::{self as view, ItemRow};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;

#[derive(Template)]
#[template(path = "admin/schedule/plan.html")]
struct PlanPage {
    page: Page,
    project_path: String,
    project_title: String,
    results_path: String,
    base: String,
    form: kit::Form,
    clash: Option<Clash>,
    version: u32,
    weeks: Vec<(String, String)>,
    warnings: Vec<String>,
    items: Vec<ItemRow>,
    said: String,
    before: String,
    after: String,
    approved: bool,
}

/// A project that the visitor may plan.
async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

/// The plan that the person began with, by the hidden field of the form.
async fn begun(state: &WebState, project: &Project, sent: &Form) -> Answer<Option<StoredPlan>> {
    let version = sent.get("version").parse().unwrap_or(0);
    Ok(state.app.plan_at(project.id, version).await?)
}

/// A plan to begin with, invented where the project is.
fn plan_of(stored: Option<&StoredPlan>, project: &Project) -> Plan {
    stored
        .map_or_else(|| Plan { invented: project.invented, ..Plan::default() }, |stored| stored.plan.clone())
}

fn why(sent: &Form) -> Why {
    Why { reason: sent.get("reason").to_owned(), basis: sent.get("basis").to_owned() }
}

/// When a reason is asked for.
fn reason_hint(locale: &Locale, today: jiff::civil::Date) -> String {
    let days = i64::from(akimat_app::schedule::rule(today).slip_days);
    locale.f("schedule-form-reason-hint", &[("days", days.into())])
}

fn title_of(locale: &Locale, project: &Project) -> String {
    format!("{} · {}", project.number, locale.text(&project.title).0)
}

/// What became of a saving: done, a clash, or faults.
enum Outcome {
    Done(Box<Response>),
    /// What both changed, and the plan with what only one of them changed.
    Clash(Box<Clash>, Box<Plan>),
    Faults(Vec<FieldFault>),
}

async fn keep(
    (state, visitor): (&WebState, &Visitor),
    project: &Project,
    (base, next): (Option<&StoredPlan>, &Plan),
    (sent, anew): (&Form, &str),
) -> Answer<Outcome> {
    let locale = visitor.locale();
    match state.app.put_plan(visitor.actor(), project.id, (base, next), &why(sent)).await {
        Ok(Kept::Stored { .. }) => {
            let path = format!("/admin/projects/{}/plan", project.id);
            Ok(Outcome::Done(Box::new(frame::redirect(visitor, &path, "saved"))))
        }
        Ok(Kept::Clash { current, clashes, joined }) => {
            let name = |path: &str| field_name(locale, next, path);
            let told = clash::told((state, locale), (&current, &clashes), anew.to_owned(), name);
            Ok(Outcome::Clash(Box::new(told), Box::new(dossier::joined(joined)?)))
        }
        Err(AppError::Invalid(faults)) => Ok(Outcome::Faults(faults)),
        Err(error) => Err(error.into()),
    }
}

/// What the form calls a field of the stored plan.
fn field_name(locale: &Locale, plan: &Plan, path: &str) -> String {
    let rest = path.rsplit_once(']').map_or(path, |(_, rest)| rest.trim_start_matches('.'));
    let key = match rest {
        "code" => "schedule-form-code",
        "expected.start" => "schedule-form-start",
        "expected.finish" => "schedule-form-finish",
        "actual.start" => "schedule-form-actual-start",
        "actual.finish" => "schedule-form-actual-finish",
        "responsible" => "schedule-responsible",
        "weight" => "schedule-form-weight",
        "budget" => "schedule-form-budget",
        "months" => "schedule-form-months",
        "done_bp" => "schedule-form-done",
        "week" => "schedule-form-week",
        "kind" if path.starts_with("items") => "schedule-form-kind",
        _ if rest.starts_with("title") => "schedule-form-title",
        _ if path.starts_with("links") => "schedule-waits",
        _ if path.starts_with("baselines") => "schedule-baselines",
        _ => "schedule-item",
    };
    let field = locale.t(key).into_owned();
    let id = path.strip_prefix("items[").and_then(|rest| rest.split_once(']')).map(|(id, _)| id);
    match id.and_then(|id| plan.item(id)) {
        Some(item) => format!("{}: {field}", item.code),
        None => field,
    }
}

/// Puts faults at the fields of the form: those of another item are told at the first field, with its code.
fn tell(locale: &Locale, form: &mut kit::Form, (code, first): (&str, &str), faults: &[FieldFault]) {
    for fault in faults {
        let text = frame::fault_text(locale, fault);
        match fault.field.split_once('/') {
            Some((of, field)) if of == code && field != "plan" => form.fail(field, text),
            Some(("", _)) => form.fail(first, text),
            Some((of, _)) => {
                form.fail(
                    first,
                    locale.f("schedule-fault-at", &[("code", of.into()), ("text", text.into())]),
                );
            }
            None => form.fail(&fault.field, text),
        }
    }
}

async fn plan_page(
    (state, visitor): (&WebState, &Visitor),
    (project, query): (&Project, &str),
    (form, clash): (Option<kit::Form>, Option<Clash>),
) -> Answer<PlanPage> {
    let locale = visitor.locale();
    let stored = state.app.find_plan(project.id).await?;
    let plan = plan_of(stored.as_ref(), project);
    let standing = state.app.plan_standing(project, &plan).await?;
    let outline = plan.outline();
    let part = view::part(&outline, query);
    let base = format!("/admin/projects/{}/plan", project.id);
    let (before, after) = part.pages();
    let here = |query: String| if query.is_empty() { query } else { format!("{}{query}", visitor.to(&base)) };
    let mut items = view::items(locale, (&outline, &part), &standing);
    for row in &mut items {
        row.more = here(std::mem::take(&mut row.more));
    }
    let form = form.unwrap_or_else(|| {
        kit::Form::new().with("week", plan.week.code()).with("approved_on", state.app.today().to_string())
    });
    Ok(PlanPage {
        page: frame::page(visitor, locale.t("schedule-form-plan"), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean())
            .hidden(),
        project_path: format!("/projects/{}/plan", project.id),
        project_title: title_of(locale, project),
        results_path: format!("/admin/projects/{}/results", project.id),
        version: stored.as_ref().map_or(0, |stored| stored.section.version),
        weeks: Week::ALL
            .map(|week| (week.code().to_owned(), locale.name("schedule-week", week.code()).into_owned()))
            .into(),
        warnings: view::warnings(locale, &plan, &standing),
        items,
        said: view::part_said(locale, (&plan, &part)),
        before: here(before),
        after: here(after),
        approved: !plan.baselines.is_empty(),
        base,
        form,
        clash,
    })
}

/// The items of the plan and what can be done with them.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such project.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let query = query.unwrap_or_default();
    frame::render(&plan_page((&state, &visitor), (&project, &query), (None, None)).await?)
}

/// What was sent, to show it again.
fn again(sent: &Form) -> kit::Form {
    kit::Form::from_pairs(sent.with_prefix("").map(|(name, value)| (name.to_owned(), value.to_owned())))
}

/// Saves the plan after a change and shows its page again when that cannot be.
async fn finish(
    (state, visitor): (&WebState, &Visitor),
    project: &Project,
    (base, next): (Option<&StoredPlan>, &Plan),
    (sent, first): (&Form, &str),
) -> Answer {
    let path = format!("/admin/projects/{}/plan", project.id);
    match keep((state, visitor), project, (base, next), (sent, &path)).await? {
        Outcome::Done(response) => Ok(*response),
        Outcome::Clash(told, _) => {
            let page = plan_page((state, visitor), (project, ""), (Some(again(sent)), Some(*told))).await?;
            clash::render(&page)
        }
        Outcome::Faults(faults) => {
            let mut form = again(sent);
            tell(visitor.locale(), &mut form, ("", first), &faults);
            frame::render_invalid(&plan_page((state, visitor), (project, ""), (Some(form), None)).await?)
        }
    }
}

/// Saves the working week.
///
/// # Errors
/// 403, 404; 409 when somebody else saved it too.
pub async fn save_week(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let base = begun(&state, &project, &sent).await?;
    let mut next = plan_of(base.as_ref(), &project);
    let Some(week) = Week::parse(sent.get("week")) else {
        let mut form = again(&sent);
        form.fail("week", visitor.locale().t("field-choose-from-list"));
        return frame::render_invalid(
            &plan_page((&state, &visitor), (&project, ""), (Some(form), None)).await?,
        );
    };
    next.week = week;
    finish((&state, &visitor), &project, (base.as_ref(), &next), (&sent, "week")).await
}

/// Approves the plan as it stands: a new baseline.
///
/// # Errors
/// 403, 404; 409 when somebody else saved it too.
pub async fn approve(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let base = begun(&state, &project, &sent).await?;
    let mut next = plan_of(base.as_ref(), &project);
    let mut form = again(&sent);
    let on = sent.get("approved_on").parse::<jiff::civil::Date>();
    match on {
        Err(_) => form.fail("approved_on", locale.t("field-not-a-date")),
        Ok(on) if on > state.app.today() => {
            form.fail("approved_on", locale.t("schedule-fault-in-the-future"));
        }
        Ok(_) => (),
    }
    if sent.get("basis").is_empty() {
        form.fail("basis", locale.t("field-required"));
    }
    if !next.baselines.is_empty() && sent.get("reason").is_empty() {
        form.fail("reason", locale.t("schedule-fault-rebaseline-reason"));
    }
    if next.items.is_empty() {
        form.fail("approved_on", locale.t("schedule-fault-nothing-to-approve"));
    }
    let (Ok(on), true) = (on, form.is_clean()) else {
        return frame::render_invalid(
            &plan_page((&state, &visitor), (&project, ""), (Some(form), None)).await?,
        );
    };
    let id = format!("b{}", next.baselines.len() + 1);
    next.approve(id, on, sent.get("basis").to_owned(), sent.get("reason").to_owned());
    finish((&state, &visitor), &project, (base.as_ref(), &next), (&sent, "approved_on")).await
}
