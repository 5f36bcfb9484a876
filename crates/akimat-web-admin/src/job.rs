//! `/admin/jobs`: background work, how far it is, and how to stop it.

use akimat_app::permission::{Permission, check};
use akimat_app::published_forecast::BatchCheckpoint;
use akimat_core::{JobId, KatoCode, Ratio};
use akimat_i18n::Locale;
use akimat_storage::job::{Job, JobFilter, JobState};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

/// Jobs on a page of the list.
const LISTED: u16 = 30;

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct JobsPage {
    page: Page,
    jobs: Vec<JobRow>,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "admin/job.html")]
struct JobPage {
    page: Page,
    job: JobRow,
    lead: String,
    percent: u8,
    progress: String,
    results: Vec<(String, String)>,
    facts: Vec<(String, String)>,
    running: bool,
    may_cancel: bool,
    failed: String,
}

struct JobRow {
    path: String,
    title: String,
    state_name: String,
    about: String,
}

/// The list, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let request = PageRequest { limit: LISTED, after: Cursor::decode(asked.raw("after")) };
    let found = state.app.read().list_jobs(&JobFilter::default(), &request).await?;
    let names = place_names(&state, locale, found.items.iter().filter_map(|job| job.place)).await?;
    frame::render(&JobsPage {
        page: frame::page(&visitor, locale.t("jobs-title"), Some(MenuItem::Admin)).hidden(),
        jobs: found.items.iter().map(|job| row(locale, &state, job, &names)).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/admin/jobs")),
        next: found
            .next
            .map_or_else(String::new, |cursor| visitor.to(&format!("/admin/jobs?after={}", cursor.encode()))),
    })
}

/// One job.
///
/// # Errors
/// 404 when there is no such job.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let id: JobId = frame::id(&id)?;
    let job = state.app.read().find_job(id).await?.ok_or_else(Failure::not_found)?;
    let names = place_names(&state, locale, job.place).await?;
    let allowed = check(visitor.actor(), Permission::PublishForecasts, job.place).is_ok();
    let row = row(locale, &state, &job, &names);
    let percent = Ratio::new(job.done.into(), job.total.into()).and_then(|share| share.percent(0));
    let percent = percent.and_then(|text| text.parse().ok()).unwrap_or(0);
    let failed = job.state == JobState::Failed;
    let title = format!("error-{}-title", job.message);
    frame::render(&JobPage {
        page: frame::page(&visitor, row.title.clone(), Some(MenuItem::Admin)).hidden(),
        lead: lead(locale, &job),
        percent,
        progress: locale.f(
            "job-progress",
            &[
                ("done", locale.count(job.done.into()).into()),
                ("total", locale.count(job.total.into()).into()),
            ],
        ),
        results: results(locale, &job),
        facts: facts(locale, &state, &job),
        running: !job.state.is_over(),
        may_cancel: allowed && !job.state.is_over() && !job.cancel_asked,
        failed: if failed && locale.has(&title) { locale.t(&title).into_owned() } else { String::new() },
        job: row,
    })
}

/// Stops a job.
///
/// # Errors
/// 403 for a job of another territory, 409 when it is over.
pub async fn cancel(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: JobId = frame::id(&id)?;
    state.app.cancel_job(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, &format!("/admin/jobs/{id}"), "job-cancel-asked"))
}

fn row(locale: &Locale, state: &WebState, job: &Job, names: &BTreeMap<KatoCode, String>) -> JobRow {
    let place = match job.place {
        None => locale.t("account-place-all").into_owned(),
        Some(code) => names.get(&code).cloned().unwrap_or_else(|| code.to_string()),
    };
    let when = locale.date_time(job.created_at, state.app.zone());
    JobRow {
        path: format!("/admin/jobs/{}", job.id),
        title: kind_name(locale, &job.kind),
        state_name: locale.name("job-state", job.state.code()).into_owned(),
        about: format!("{place} · {when}"),
    }
}

fn kind_name(locale: &Locale, kind: &str) -> String {
    let key = format!("job-kind-{kind}");
    if locale.has(&key) { locale.t(&key).into_owned() } else { kind.to_owned() }
}

fn lead(locale: &Locale, job: &Job) -> String {
    let key = match job.state {
        JobState::Queued => "job-lead-queued",
        JobState::Running if job.cancel_asked => "job-lead-stopping",
        JobState::Running => "job-lead-running",
        JobState::Done => "job-lead-done",
        JobState::Failed => "job-lead-failed",
        JobState::Cancelled => "job-lead-cancelled",
    };
    locale.t(key).into_owned()
}

/// What it has brought so far.
fn results(locale: &Locale, job: &Job) -> Vec<(String, String)> {
    if job.kind == akimat_app::programme::SOLVE {
        return solved(locale, job);
    }
    let Some(at) = BatchCheckpoint::parse(&job.checkpoint) else { return Vec::new() };
    let count = |key: &str, n: u32| (locale.t(key).into_owned(), locale.count(n.into()));
    let judged = count("job-judged", at.n_judged);
    if job.kind == akimat_app::published_forecast::JUDGE {
        return vec![judged];
    }
    vec![
        count("job-published", at.n_published),
        count("job-same", at.n_same),
        count("job-refused", at.n_refused),
        judged,
    ]
}

/// How far the plan of a programme is, in whole points.
fn solved(locale: &Locale, job: &Job) -> Vec<(String, String)> {
    let Some(at) = akimat_app::programme::SolveCheckpoint::parse(&job.checkpoint) else { return Vec::new() };
    let points = |key: &str, worth: Option<i64>| {
        let points = u64::try_from(worth? / akimat_app::programme::request::ONE).ok()?;
        Some((locale.t(key).into_owned(), locale.count(points)))
    };
    let known = [points("job-solve-plan", at.incumbent), points("job-solve-bound", at.bound)];
    known.into_iter().flatten().collect()
}

fn facts(locale: &Locale, state: &WebState, job: &Job) -> Vec<(String, String)> {
    let when = |key: &str, at: Option<jiff::Timestamp>| {
        Some((locale.t(key).into_owned(), locale.date_time(at?, state.app.zone())))
    };
    let by = if job.account_name.is_empty() {
        locale.t("job-by-platform").into_owned()
    } else {
        job.account_name.clone()
    };
    let mut facts = vec![(locale.t("job-by").into_owned(), by)];
    facts.extend(when("job-created", Some(job.created_at)));
    facts.extend(when("job-started", job.started_at));
    facts.extend(when("job-heartbeat", job.heartbeat_at.filter(|_| !job.state.is_over())));
    facts.extend(when("job-finished", job.finished_at));
    if job.attempts > 1 {
        facts.push((locale.t("job-attempts").into_owned(), locale.count(job.attempts.into())));
    }
    facts
}
