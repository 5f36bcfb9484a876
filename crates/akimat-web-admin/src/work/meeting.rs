//! `/admin/work/meeting`: what the weekly staff meeting looks at: tasks, alerts, decisions, what changed.

use super::{WorkTab, place_of, tabs};
use akimat_app::AppError;
use akimat_app::alert::{HeldAlert, KIND as ALERT, open_words};
use akimat_app::project::life::stages;
use akimat_app::project::task::HeldTask;
use akimat_app::project::work::Happened;
use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, ProjectId};
use akimat_i18n::Locale;
use akimat_project::task::{KIND as TASK, OPEN, Task};
use akimat_storage::dossier::SectionFilter;
use akimat_storage::{PageRequest, ProjectCard, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{place_names, stage_name};
use akimat_web_kit::view::register::change_words;
use akimat_web_kit::view::warning;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use jiff::SignedDuration;
use jiff::civil::Date;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Spans of the page in days; the first is the usual one.
const SPANS: [i64; 3] = [7, 14, 30];
/// Alerts and tasks on the page at most.
const LISTED: u16 = 60;
/// Changes of one edit on the page at most; the history has all.
const CHANGES: usize = 6;

#[derive(Template)]
#[template(path = "admin/work/meeting.html")]
struct MeetingPage {
    page: Page,
    tabs: Vec<WorkTab>,
    lead: String,
    spans: kit::Form,
    span_choices: Vec<(String, String)>,
    overdue: Vec<TaskRow>,
    open: Vec<TaskRow>,
    alerts: Vec<AlertRow>,
    decisions: Vec<(String, String)>,
    happened: Vec<HappenedRow>,
    form: kit::Form,
    action: String,
}

struct TaskRow {
    id: Uuid,
    path: String,
    project: String,
    text: String,
    owner: String,
    given: String,
    due: String,
    late: String,
    finish: String,
}

struct AlertRow {
    path: String,
    project_path: String,
    project: String,
    title: String,
    verdict: &'static str,
    level: String,
    measured: String,
    state: String,
    owner: String,
}

struct HappenedRow {
    path: String,
    title: String,
    place: String,
    lines: Vec<String>,
}

/// What is read for the page.
struct Found {
    tasks: Vec<HeldTask>,
    alerts: Vec<HeldAlert>,
    happened: Vec<Happened>,
    projects: BTreeMap<ProjectId, ProjectCard>,
    names: BTreeMap<KatoCode, String>,
}

impl Found {
    async fn read((state, locale): (&WebState, &Locale), place: Option<KatoCode>, days: i64) -> Answer<Self> {
        let read = state.app.read();
        let of = |kind: &str, states: Vec<String>| SectionFilter {
            kind: kind.to_owned(),
            place,
            states,
            due_before: None,
        };
        let page = PageRequest::first(LISTED);
        let tasks = read.search_sections(&of(TASK, vec![OPEN.to_owned()]), &page).await?.items;
        let tasks = tasks.into_iter().map(HeldTask::read).collect::<akimat_app::Result<Vec<_>>>()?;
        let alerts = read.search_sections(&of(ALERT, open_words(None)), &page).await?.items;
        let alerts = alerts.into_iter().map(HeldAlert::read).collect::<akimat_app::Result<Vec<_>>>()?;
        let since = state.app.now() - SignedDuration::from_hours(24 * days);
        let happened = state.app.happened_since(place, since).await?;
        let mut ids: Vec<ProjectId> = tasks.iter().map(|held| held.section.project).collect();
        ids.extend(alerts.iter().map(|held| held.section.project));
        ids.sort_unstable();
        ids.dedup();
        let mut projects = BTreeMap::new();
        if !ids.is_empty() {
            let filter = ProjectFilter { ids, ..ProjectFilter::default() };
            let cards = read.list_projects(&filter, ProjectSort::Updated, &PageRequest::first(200)).await?;
            projects.extend(cards.items.into_iter().map(|card| (card.id, card)));
        }
        let codes = projects.values().map(|card| card.place);
        let names =
            place_names(state, locale, codes.chain(happened.iter().map(|one| one.card.place))).await?;
        Ok(Self { tasks, alerts, happened, projects, names })
    }

    fn title(&self, locale: &Locale, project: ProjectId) -> String {
        self.projects.get(&project).map_or_else(
            || project.to_string(),
            |card| format!("{} · {}", card.number, locale.text(&card.title).0),
        )
    }
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = kit::Form::new().with("number", asked.get("number").chars().take(60).collect::<String>());
    frame::render(&page((&state, &visitor), &asked, form).await?)
}

async fn page((state, visitor): (&WebState, &Visitor), asked: &Form, form: kit::Form) -> Answer<MeetingPage> {
    let locale = visitor.locale();
    let place = place_of(visitor, asked.get("place"));
    let days = asked.get("days").parse().ok().filter(|days| SPANS.contains(days)).unwrap_or(SPANS[0]);
    let found = Found::read((state, locale), place, days).await?;
    let today = state.app.today();
    let (overdue, open): (Vec<&HeldTask>, Vec<&HeldTask>) =
        found.tasks.iter().partition(|held| held.task.overdue(today).is_some());
    let rows = |tasks: Vec<&HeldTask>| {
        tasks.into_iter().map(|held| task_row(visitor, (held, &found), today)).collect()
    };
    let since = today - SignedDuration::from_hours(24 * days);
    let invented = found.projects.values().chain(found.happened.iter().map(|one| &one.card));
    let invented = invented.into_iter().any(|card| card.invented);
    Ok(MeetingPage {
        page: frame::page(visitor, locale.t("work-meeting-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(invented)
            .errors(!form.is_clean()),
        tabs: tabs(locale, "/admin/work/meeting"),
        lead: locale.f(
            "work-meeting-lead",
            &[("from", locale.date(since).into()), ("to", locale.date(today).into())],
        ),
        spans: kit::Form::new().with("days", days.to_string()),
        span_choices: SPANS
            .iter()
            .map(|days| (days.to_string(), locale.f("work-meeting-days", &[("n", (*days).into())])))
            .collect(),
        overdue: rows(overdue),
        open: rows(open),
        alerts: found.alerts.iter().map(|held| alert_row(locale, (held, &found), today)).collect(),
        decisions: decisions((state, visitor), place, days).await?,
        happened: found.happened.iter().map(|one| happened_row(state, locale, (one, &found))).collect(),
        action: visitor.to("/admin/work/meeting"),
        form,
    })
}

fn task_row(visitor: &Visitor, (held, found): (&HeldTask, &Found), today: Date) -> TaskRow {
    let (locale, project) = (visitor.locale(), held.section.project);
    let late = held.task.overdue(today);
    TaskRow {
        id: held.section.id,
        path: format!("/projects/{project}"),
        project: found.title(locale, project),
        text: held.task.text.clone(),
        owner: held.task.owner.clone(),
        given: locale.date_short(held.task.given_on),
        due: locale.date_short(held.task.due_on),
        late: late.map_or_else(String::new, |days| locale.f("work-task-late", &[("n", days.into())])),
        finish: visitor.to(&format!("/admin/work/tasks/{project}/{}", held.section.id)),
    }
}

fn alert_row(locale: &Locale, (held, found): (&HeldAlert, &Found), today: Date) -> AlertRow {
    let view = warning::alert(locale, held, today);
    AlertRow {
        path: view.path,
        project_path: format!("/projects/{}", held.section.project),
        project: found.title(locale, held.section.project),
        title: view.title,
        verdict: view.verdict,
        level: view.level,
        measured: view.measured,
        state: view.state,
        owner: view.owner,
    }
}

/// Programmes that were decided upon in the span.
async fn decisions(
    (state, visitor): (&WebState, &Visitor),
    place: Option<KatoCode>,
    days: i64,
) -> Answer<Vec<(String, String)>> {
    let locale = visitor.locale();
    let since = state.app.now() - SignedDuration::from_hours(24 * days);
    let found = state.app.read().list_decisions(place, &PageRequest::first(10)).await?.items;
    let names = place_names(state, locale, found.iter().map(|decision| decision.place)).await?;
    let recent = found.iter().filter(|decision| decision.decided_at >= since);
    Ok(recent
        .map(|decision| {
            let place = names.get(&decision.place).cloned().unwrap_or_else(|| decision.place.to_string());
            let date = locale.date(decision.decided_at.to_zoned(state.app.zone().clone()).date());
            let args = [("place", place.into()), ("date", date.into())];
            (format!("/decisions/{}", decision.id), locale.f("decision-title", &args))
        })
        .collect())
}

fn happened_row(state: &WebState, locale: &Locale, (one, found): (&Happened, &Found)) -> HappenedRow {
    let day = |at: jiff::Timestamp| locale.date_short(at.to_zoned(state.app.zone().clone()).date());
    let mut lines: Vec<(jiff::Timestamp, String)> = Vec::new();
    for change in &one.moves {
        let word = stages().code_at(one.card.modality, change.to, &change.stage);
        let args = [
            ("when", day(change.at).into()),
            ("stage", stage_name(locale, one.card.modality, word).into()),
            ("by", change.by.as_str().into()),
            ("reason", change.reason.as_str().into()),
        ];
        let key = if change.reason.is_empty() { "work-moved" } else { "work-moved-because" };
        lines.push((change.at, locale.f(key, &args)));
    }
    for update in &one.news {
        let body: String = update.body.chars().take(200).collect();
        let percent = locale.percent(&update.progress_pct.to_string());
        let args = [("when", day(update.at).into()), ("percent", percent.into()), ("body", body.into())];
        let key = if update.body.is_empty() { "work-progress" } else { "work-news" };
        lines.push((update.at, locale.f(key, &args)));
    }
    for edit in &one.edits {
        let words = |change| {
            let [field, before, after] = change_words(locale, one.card.modality, change);
            format!("{field}: {before} → {after}")
        };
        let changes: Vec<String> = edit.changes.iter().take(CHANGES).map(words).collect();
        let args = [("when", day(edit.at).into()), ("changes", changes.join("; ").into())];
        lines.push((edit.at, locale.f("work-edited", &args)));
    }
    lines.sort();
    HappenedRow {
        path: format!("/projects/{}/history", one.card.id),
        title: format!("{} · {}", one.card.number, locale.text(&one.card.title).0),
        place: found.names.get(&one.card.place).cloned().unwrap_or_else(|| one.card.place.to_string()),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
    }
}

/// The project of a number, in the territory of the visitor.
async fn project_by_number(state: &WebState, visitor: &Visitor, number: &str) -> Answer<Option<ProjectId>> {
    let filter = ProjectFilter {
        place: visitor.actor().and_then(|account| account.place),
        keys: search_keys(number),
        ..ProjectFilter::default()
    };
    let page = state.app.read().list_projects(&filter, ProjectSort::Updated, &PageRequest::first(50)).await?;
    let wanted = number.to_lowercase();
    Ok(page.items.iter().find(|card| card.number.to_lowercase() == wanted).map(|card| card.id))
}

/// Gives a task.
///
/// # Errors
/// 403 outside the territory.
pub(super) async fn give(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let locale = visitor.locale();
    let mut form = kit::Form::new();
    for name in ["number", "text", "owner", "due_on"] {
        form = form.with(name, sent.raw(name));
    }
    let due_on: Option<Date> = sent.get("due_on").parse().ok();
    if due_on.is_none() {
        let key = if sent.get("due_on").is_empty() { "field-required" } else { "field-not-a-date" };
        form.fail("due_on", locale.t(key));
    }
    let number = sent.get("number");
    let project = if number.is_empty() { None } else { project_by_number(&state, &visitor, number).await? };
    if project.is_none() {
        form.fail("number", locale.t(if number.is_empty() { "field-required" } else { "task-no-project" }));
    }
    let task = |due_on: Date| Task {
        text: sent.get("text").to_owned(),
        owner: sent.get("owner").to_owned(),
        given_on: state.app.today(),
        due_on,
        done_on: None,
        result: String::new(),
    };
    // Every fault at once, also those that the use case would find.
    let given = match (project, due_on) {
        (Some(project), Some(due_on)) => {
            state.app.give_task(visitor.actor(), project, task(due_on)).await.map(|_| ())
        }
        _ => Ok(()),
    };
    match given {
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(locale, fault));
            }
        }
        Err(error) => return Err(error.into()),
        Ok(()) if form.is_clean() => {
            return Ok(frame::redirect(&visitor, "/admin/work/meeting#tasks", "task-given"));
        }
        Ok(()) => {}
    }
    frame::render_invalid(&page((&state, &visitor), &Form::default(), form).await?)
}

/// Says what came of a task.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such task.
pub(super) async fn finish(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, project, id)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let (project, id): (ProjectId, Uuid) = (frame::id(&project)?, frame::id(&id)?);
    if state.app.read().find_project_place(project).await?.is_none() {
        return Err(Failure::not_found());
    }
    let name = format!("result_{id}");
    let result = sent.get(&name).to_owned();
    match state.app.finish_task(visitor.actor(), project, (id, result.clone())).await {
        Ok(_) => Ok(frame::redirect(&visitor, "/admin/work/meeting#tasks", "task-done")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new().with(&name, result);
            for fault in &faults {
                form.fail(&name, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page((&state, &visitor), &Form::default(), form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
