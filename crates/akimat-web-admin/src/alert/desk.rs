//! The list of alerts, how sure the projects of the territory are, and the watch itself.

use akimat_app::alert::{CONFIDENCE, HeldAlert, KIND, open_words};
use akimat_app::permission::{Permission, check};
use akimat_app::watch::WatchCheckpoint;
use akimat_core::{KatoCode, ProjectId};
use akimat_delivery::warning::alert::AlertState;
use akimat_delivery::warning::{Grade, Level};
use akimat_i18n::Locale;
use akimat_storage::dossier::SectionFilter;
use akimat_storage::job::{Job, JobState};
use akimat_storage::{Cursor, PageRequest, ProjectFilter};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::warning;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

/// Alerts on one page.
const LISTED: u16 = 50;

#[derive(Template)]
#[template(path = "admin/alert/list.html")]
struct DeskPage {
    page: Page,
    form: kit::Form,
    levels: Vec<(String, String)>,
    states: Vec<(String, String)>,
    grades: Vec<GradeRow>,
    rows: Vec<Row>,
    next: String,
    previous: String,
    watch: String,
    watch_cancel: String,
    limits_path: String,
    precision: String,
    action: String,
}

struct GradeRow {
    name: String,
    tone: &'static str,
    n: String,
}

struct Row {
    path: String,
    title: String,
    project_path: String,
    project: String,
    place: String,
    verdict: &'static str,
    level: String,
    measured: String,
    state: String,
    owner: String,
    due: String,
    overdue: bool,
}

struct Asked {
    place: Option<KatoCode>,
    level: Option<Level>,
    state: String,
    owner: String,
    overdue: bool,
    after: Option<Cursor>,
}

fn asked(visitor: &Visitor, form: &Form) -> Asked {
    let own = visitor.actor().and_then(|account| account.place);
    let place: Option<KatoCode> = form.get("place").parse().ok();
    Asked {
        // Nobody looks above the own territory.
        place: place.filter(|place| own.is_none_or(|own| own.covers(*place))).or(own),
        level: Level::parse(form.get("level")),
        state: form.get("state").to_owned(),
        owner: form.get("owner").chars().take(200).collect(),
        overdue: form.get("overdue") == "yes",
        after: Cursor::decode(form.get("after")),
    }
}

fn words(asked: &Asked) -> Vec<String> {
    match AlertState::parse(&asked.state) {
        Some(state @ (AlertState::Closed | AlertState::Passed)) => vec![state.code().to_owned()],
        Some(state) => {
            let prefix = format!("{}_", state.code());
            open_words(asked.level).into_iter().filter(|word| word.starts_with(&prefix)).collect()
        }
        None => open_words(asked.level),
    }
}

/// The list.
///
/// # Errors
/// When the database fails.
pub(super) async fn list(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let sent = Form::parse(query.as_bytes());
    let asked = asked(&visitor, &sent);
    let today = state.app.today();
    let filter = SectionFilter {
        kind: KIND.to_owned(),
        place: asked.place,
        states: words(&asked),
        due_before: asked.overdue.then_some(today),
    };
    let request = PageRequest { limit: LISTED, after: asked.after.clone() };
    let found = state.app.read().search_sections(&filter, &request).await?;
    let held: Vec<HeldAlert> =
        found.items.into_iter().map(HeldAlert::read).collect::<akimat_app::Result<_>>()?;
    let wanted = asked.owner.to_lowercase();
    let mut held: Vec<HeldAlert> =
        held.into_iter().filter(|held| held.alert.owner.to_lowercase().contains(&wanted)).collect();
    held.sort_by_key(|held| (std::cmp::Reverse(held.alert.level), held.alert.deadline, held.section.id));
    let rows = rows((&state, locale), &held).await?;
    let place = asked.place.map_or_else(String::new, |place| place.to_string());
    let form = kit::Form::new()
        .with("place", place.clone())
        .with("level", asked.level.map_or("", Level::code))
        .with("state", asked.state.clone())
        .with("owner", asked.owner.clone())
        .with("overdue", if asked.overdue { "yes" } else { "" });
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let last = state.app.last_watch(visitor.actor().and_then(|account| account.place)).await?;
    let closed = state.app.alert_precision(asked.place).await?;
    let counted = [("n", closed.n.into()), ("right", closed.right.into()), ("wrong", closed.wrong.into())];
    let set =
        asked.place.filter(|place| check(visitor.actor(), Permission::SetThresholds, Some(*place)).is_ok());
    frame::render(&DeskPage {
        page: frame::page(&visitor, locale.t("warning-desk-title"), Some(MenuItem::Admin)).hidden(),
        levels: Level::ALL.iter().map(|one| named("warning-level", one.code())).collect(),
        states: AlertState::ALL.iter().map(|one| named("warning-state", one.code())).collect(),
        grades: grades(&state, locale, asked.place).await?,
        rows,
        next: found.next.map_or_else(String::new, |cursor| after(&visitor, &query, &cursor)),
        previous: asked.after.as_ref().map_or_else(String::new, |_| visitor.to("/admin/alerts")),
        watch: watch_text((&state, locale), last.as_ref()),
        watch_cancel: last.filter(|job| !job.state.is_over() && !job.cancel_asked).map_or_else(
            String::new,
            |job| {
                let own =
                    visitor.actor().is_some_and(|account| account.place.is_none() || job.place.is_some());
                if own {
                    visitor.to(&format!("/admin/alerts/watch/{}/cancel", job.id))
                } else {
                    String::new()
                }
            },
        ),
        limits_path: set.map_or_else(String::new, |place| format!("/admin/alerts/limits/{place}")),
        precision: locale.f("warning-precision", &counted),
        action: visitor.to("/admin/alerts/watch"),
        form,
    })
}

/// The same list after this alert.
fn after(visitor: &Visitor, query: &str, cursor: &Cursor) -> String {
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "after" && name != "done");
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(kept).append_pair("after", &cursor.encode());
    visitor.to(&format!("/admin/alerts?{}", next.finish()))
}

async fn rows((state, locale): (&WebState, &Locale), held: &[HeldAlert]) -> Answer<Vec<Row>> {
    let today = state.app.today();
    let mut ids: Vec<ProjectId> = held.iter().map(|held| held.section.project).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut projects = BTreeMap::new();
    if !ids.is_empty() {
        let filter = ProjectFilter { ids, ..ProjectFilter::default() };
        let whole = state.app.read().list_whole_projects(&filter, LISTED).await?;
        projects.extend(whole.into_iter().map(|project| (project.id, project)));
    }
    let places = place_names(state, locale, held.iter().map(|held| held.section.place)).await?;
    let row = |held: &HeldAlert| {
        let view = warning::alert(locale, held, today);
        let project = held.section.project;
        let title = projects.get(&project).map_or_else(String::new, |project| {
            format!("{} {}", project.number, locale.text(&project.title).0)
        });
        Row {
            path: view.path,
            title: view.title,
            project_path: warning::risks_path(project),
            project: title,
            place: places.get(&held.section.place).cloned().unwrap_or_default(),
            verdict: view.verdict,
            level: view.level,
            measured: view.measured,
            state: view.state,
            owner: view.owner,
            due: locale.date_short(held.alert.deadline),
            overdue: view.overdue,
        }
    };
    Ok(held.iter().map(row).collect())
}

/// How many projects have each grade.
async fn grades(state: &WebState, locale: &Locale, place: Option<KatoCode>) -> Answer<Vec<GradeRow>> {
    let filter = SectionFilter { kind: CONFIDENCE.to_owned(), place, ..SectionFilter::default() };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for count in state.app.read().count_sections(&filter).await? {
        *counts.entry(count.state).or_default() += count.n;
    }
    let row = |grade: Option<Grade>| {
        let code = grade.map_or("unknown", Grade::code);
        GradeRow {
            name: locale.name("warning-grade", code).into_owned(),
            tone: warning::tone(grade),
            n: locale.count(counts.get(code).copied().unwrap_or(0)),
        }
    };
    Ok(Grade::ALL.iter().map(|grade| row(Some(*grade))).chain([row(None)]).collect())
}

fn watch_text((state, locale): (&WebState, &Locale), job: Option<&Job>) -> String {
    let Some(job) = job else { return locale.t("watch-never").into_owned() };
    let when = locale.date_time(job.finished_at.unwrap_or(job.created_at), state.app.zone());
    let at = WatchCheckpoint::parse(&job.checkpoint).unwrap_or_default();
    let args = [
        ("when", when.into()),
        ("projects", at.n_projects.into()),
        ("raised", at.n_raised.into()),
        ("passed", at.n_passed.into()),
        ("held", at.n_held_back.into()),
        ("done", job.done.into()),
        ("total", job.total.into()),
    ];
    let key = match job.state {
        JobState::Queued => "watch-queued",
        JobState::Running => "watch-running",
        JobState::Done => "watch-done",
        JobState::Failed => "watch-failed",
        JobState::Cancelled => "watch-cancelled",
    };
    locale.f(key, &args)
}

/// Asks for the watch now.
pub(super) async fn watch(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.ask_to_watch(visitor.actor()).await?;
    Ok(frame::redirect(&visitor, "/admin/alerts", "job-asked"))
}

/// Stops it.
pub(super) async fn cancel(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, job)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    state.app.cancel_watch(visitor.actor(), frame::id(&job)?).await?;
    Ok(frame::redirect(&visitor, "/admin/alerts", "job-cancel-asked"))
}
