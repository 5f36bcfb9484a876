//! One item of the plan: its dates, money, progress and what it waits for.

use super::{Outcome, again, begun, fill, find, finish, keep, plan_of, read, tell, title_of};
use akimat_delivery::schedule::plan::{Item, ItemKind, Measured, Plan, is_inside};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::view::schedule as view;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "admin/schedule/item.html")]
struct ItemPage {
    page: Page,
    project_path: String,
    project_title: String,
    base: String,
    form: kit::Form,
    clash: Option<Clash>,
    version: u32,
    reason_hint: String,
    item: String,
    leaf: bool,
    kinds: Vec<(String, String)>,
    ways: Vec<(String, String)>,
    measures: Vec<(String, String)>,
    remove: String,
}

/// What the page is about.
struct Shown<'a> {
    project: &'a Project,
    plan: &'a Plan,
    item: Option<&'a Item>,
    version: u32,
}

fn page(
    (state, visitor): (&WebState, &Visitor),
    shown: &Shown<'_>,
    (form, clash): (kit::Form, Option<Clash>),
) -> ItemPage {
    let locale = visitor.locale();
    let Shown { project, plan, item, version } = *shown;
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let title = match item {
        Some(item) => view::name(locale, item),
        None => locale.t("schedule-form-new").into_owned(),
    };
    ItemPage {
        page: frame::page(visitor, title, Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean() || clash.is_some())
            .hidden(),
        project_path: format!("/projects/{}/plan", project.id),
        project_title: title_of(locale, project),
        base: format!("/admin/projects/{}/plan", project.id),
        reason_hint: super::reason_hint(locale, state.app.today()),
        version: clash.as_ref().map_or(version, |clash| clash.version),
        item: item.map_or_else(String::new, |item| item.id.clone()),
        leaf: item.is_none_or(|item| plan.is_leaf(item)),
        kinds: ItemKind::ALL.map(|kind| named("schedule-kind", kind.code())).into(),
        ways: Measured::ALL.map(|how| named("schedule-measured", how.code())).into(),
        measures: item.map_or_else(Vec::new, |item| measures(locale, item)),
        remove: item.map_or_else(String::new, |item| {
            locale.f("schedule-form-remove", &[("code", item.code.as_str().into())])
        }),
        form,
        clash,
    }
}

/// Measurements so far, the newest first.
fn measures(locale: &Locale, item: &Item) -> Vec<(String, String)> {
    let mut all: Vec<_> = item.measures.iter().collect();
    all.sort_by_key(|measure| std::cmp::Reverse(measure.on));
    let line = |measure: &&akimat_delivery::schedule::Measure| {
        let how = locale.name("schedule-measured", measure.how.code());
        let args = [
            ("done", view::percent(locale, u32::from(measure.done_bp)).into()),
            ("on", locale.date(measure.on).into()),
            ("how", how.as_ref().into()),
        ];
        (locale.f("schedule-done-measured", &args), measure.note.clone())
    };
    all.iter().map(line).collect()
}

/// The form of an item; `?item=` names it, without it a new one is added, `?inside=` says in which.
///
/// # Errors
/// 403, 404.
pub async fn item_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let stored = state.app.find_plan(project.id).await?;
    let plan = plan_of(stored.as_ref(), &project);
    let item = match asked.get("item") {
        "" => None,
        id => Some(plan.item(id).ok_or_else(Failure::not_found)?),
    };
    let form = match item {
        Some(item) => fill::filled(&plan, item, visitor.locale().lang()),
        None => kit::Form::new().with("code", next_code(&plan, asked.get("inside"))),
    };
    let version = stored.as_ref().map_or(0, |stored| stored.section.version);
    let shown = Shown { project: &project, plan: &plan, item, version };
    frame::render(&page((&state, &visitor), &shown, (form, None)))
}

/// The code after the last one inside an item, or after the last of all.
fn next_code(plan: &Plan, inside: &str) -> String {
    let depth = if inside.is_empty() { 1 } else { inside.split('.').count() + 1 };
    let siblings = plan
        .items
        .iter()
        .filter(|item| item.depth() == depth && (inside.is_empty() || is_inside(&item.code, inside)));
    let last = siblings.filter_map(|item| item.parts().last()?.parse::<u32>().ok()).max().unwrap_or(0);
    if inside.is_empty() { (last + 1).to_string() } else { format!("{inside}.{}", last + 1) }
}

/// An identifier that no item has: two people who add the same code then clash and do not make two of it.
fn new_id(plan: &Plan, code: &str) -> String {
    let mut id = format!("r{}", code.replace('.', "-"));
    while plan.item(&id).is_some() {
        id.push('x');
    }
    id
}

/// Saves an item.
///
/// # Errors
/// 403, 404; 409 when somebody else changed the same fields.
pub async fn save_item(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let base = begun(&state, &project, &sent).await?;
    let mut next = plan_of(base.as_ref(), &project);
    let asked = sent.get("item");
    let before = next.items.iter().position(|item| item.id == asked);
    if before.is_none() && !asked.is_empty() {
        return Err(Failure::not_found());
    }
    let stored = before.map_or_else(
        || Item { id: new_id(&next, sent.get("code")), ..Item::default() },
        |at| next.items[at].clone(),
    );
    let (item, waits, faults) = read::read(locale, &sent, &stored);
    let (code, id) = (item.code.clone(), item.id.clone());
    match before {
        Some(at) => {
            read::rename_inside(&mut next, &stored.code, &code);
            next.items[at] = item;
        }
        None => next.items.push(item),
    }
    akimat_delivery::schedule::paste::set_waits(&mut next, &id, &waits);
    let plan = plan_of(base.as_ref(), &project);
    let version = base.as_ref().map_or(0, |stored| stored.section.version);
    let shown = Shown { project: &project, plan: &plan, item: plan.item(asked), version };
    let mut form = again(&sent);
    for (field, text) in faults {
        form.fail(&field, text);
    }
    if !form.is_clean() {
        return frame::render_invalid(&page((&state, &visitor), &shown, (form, None)));
    }
    let anew = format!("/admin/projects/{}/plan/item?item={asked}", project.id);
    match keep((&state, &visitor), &project, (base.as_ref(), &next), (&sent, &anew)).await? {
        Outcome::Done(response) => Ok(*response),
        Outcome::Clash(told, joined) => {
            // The form shows what the other changed elsewhere in the item, so that saving it again loses nothing.
            let item = joined.item(&id);
            let form = item.map_or(form, |item| refilled(&sent, &joined, item, visitor.lang));
            let shown = Shown { plan: &joined, item: item.filter(|_| !asked.is_empty()), ..shown };
            clash::render(&page((&state, &visitor), &shown, (form, Some(*told))))
        }
        Outcome::Faults(faults) => {
            tell(locale, &mut form, (&code, "code"), &faults);
            frame::render_invalid(&page((&state, &visitor), &shown, (form, None)))
        }
    }
}

/// The form of an item with what it does not keep, as it was sent.
fn refilled(sent: &Form, plan: &Plan, item: &Item, lang: akimat_core::Lang) -> kit::Form {
    let mut form = fill::filled(plan, item, lang);
    for name in ["reason", "basis", "done", "measured_on", "how", "note"] {
        form = form.with(name, sent.raw(name));
    }
    form
}

/// Takes an item and all inside it out of the plan; earlier versions and baselines keep it.
///
/// # Errors
/// 403, 404; 409 when somebody else changed it.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let base = begun(&state, &project, &sent).await?;
    let mut next = plan_of(base.as_ref(), &project);
    let Some(code) = next.item(sent.get("item")).map(|item| item.code.clone()) else {
        return Err(Failure::not_found());
    };
    next.items.retain(|item| item.code != code && !is_inside(&item.code, &code));
    let items = next.items.clone();
    let there = |id: &str| items.iter().any(|item| item.id == id);
    next.links.retain(|link| there(&link.from) && there(&link.to));
    finish((&state, &visitor), &project, (base.as_ref(), &next), (&sent, "week")).await
}
