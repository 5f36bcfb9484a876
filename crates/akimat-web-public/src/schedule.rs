//! `/projects/{id}/plan`: what is to be done by when, how much of it is done, and what it costs beside that.

use akimat_app::schedule::{Standing, StoredPlan};
use akimat_core::ProjectId;
use akimat_delivery::schedule::plan::Plan;
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::view::schedule::{
    self as view, Finish, ItemRow, MilestoneRow, MoneyView, Part, ResultView, Value,
};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "public/schedule/show.html")]
struct ShowPage {
    page: Page,
    nav: ProjectNav,
    work: String,
    results_form: String,
    json: String,
    money: MoneyView,
    results: ResultView,
    view: Option<View>,
}

/// Everything about a plan.
struct View {
    saved: String,
    warnings: Vec<String>,
    stats: Vec<(String, String, String)>,
    bars: Vec<(String, u8, String)>,
    notes: Vec<String>,
    gap: Option<(bool, String)>,
    ends: Vec<(String, String)>,
    milestones: Vec<MilestoneRow>,
    milestones_remark: String,
    part: PartView,
    drawing: Option<Markup>,
    chain: Vec<String>,
    items: Vec<ItemRow>,
    calendar: String,
    curve: Option<(Markup, Vec<[String; 5]>)>,
    value: Value,
    baselines: Vec<(String, String)>,
}

/// Which part of a long plan is shown.
struct PartView {
    /// In words; empty when the plan is shown whole.
    said: String,
    /// A stage is shown, not the whole plan.
    inside: bool,
    before: String,
    after: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let locale = visitor.locale();
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let stored = state.app.find_plan(id).await?;
    let nav = nav(&state, &visitor, &project, Tab::Plan).await?;
    let invented = project.invented || stored.as_ref().is_some_and(|stored| stored.plan.invented);
    let view = match &stored {
        Some(stored) => {
            let standing = state.app.plan_standing(&project, &stored.plan).await?;
            let query = query.unwrap_or_default();
            Some(tell((&state, locale), (&project, stored), &standing, &query))
        }
        None => None,
    };
    let measured = state.app.find_results(id).await?;
    let held = state.app.list_processes(id).await?;
    let budgets = state.app.project_in_budgets(&project).await?;
    let title = format!("{} · {}", locale.t("schedule-title"), nav.title);
    frame::render(&ShowPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects))
            .description(locale.t("schedule-lead"))
            .invented(invented),
        work: if nav.may_manage { format!("/admin/projects/{id}/plan") } else { String::new() },
        results_form: if nav.may_manage { format!("/admin/projects/{id}/results") } else { String::new() },
        money: view::money(locale, &project, &budgets, &held),
        results: view::results(locale, &project, measured.as_ref().map(|stored| &stored.results)),
        json: if view.is_some() { format!("/api/v1/projects/{id}/plan") } else { String::new() },
        nav,
        view,
    })
}

fn tell(
    (state, locale): (&WebState, &Locale),
    (project, stored): (&Project, &StoredPlan),
    standing: &Standing,
    query: &str,
) -> View {
    let plan = &stored.plan;
    let outline = plan.outline();
    let part = view::part(&outline, query);
    let (milestones, milestones_remark) = view::milestones(locale, plan, standing);
    let when = locale.date_time(stored.section.at, state.app.zone());
    let saved = [
        ("version", stored.section.version.into()),
        ("by", stored.section.by_name.as_str().into()),
        ("when", when.as_str().into()),
    ];
    let (bars, notes) = done(locale, project, standing);
    let finish = view::finish(plan, standing);
    View {
        saved: locale.f("schedule-saved", &saved),
        warnings: view::warnings(locale, plan, standing),
        stats: stats(locale, plan, standing, &finish),
        bars,
        notes,
        gap: view::gap(locale, standing),
        ends: ends(locale, &finish),
        milestones,
        milestones_remark,
        drawing: view::plan_drawing(locale, (&outline, &part), standing),
        chain: view::chain(locale, plan, standing),
        items: view::items(locale, (&outline, &part), standing),
        part: part_view(locale, (plan, &part)),
        calendar: calendar(locale, plan, standing),
        curve: standing.curve.as_ref().map(|curve| view::curve(locale, curve)),
        value: view::value(locale, standing),
        baselines: baselines(locale, plan),
    }
}

fn part_view(locale: &Locale, (plan, part): (&Plan, &Part)) -> PartView {
    let (before, after) = part.pages();
    let said = view::part_said(locale, (plan, part));
    PartView { said, inside: !part.code.is_empty(), before, after }
}

fn stats(
    locale: &Locale,
    plan: &Plan,
    standing: &Standing,
    finish: &Finish,
) -> Vec<(String, String, String)> {
    let t = |key: &str| locale.t(key).into_owned();
    let mut stats = Vec::new();
    if let Some(physical) = &standing.physical {
        let on = locale.date_short(physical.on);
        stats.push((
            t("schedule-physical"),
            view::percent(locale, u32::from(physical.done_bp)),
            locale.f("schedule-recorded-on", &[("on", on.into())]),
        ));
    }
    if let Some(day) = finish.expected {
        let key = if finish.done { "schedule-finished" } else { "schedule-expected-finish" };
        let late = finish.approved.map(|approved| view::slip(locale, (day - approved).get_days()));
        stats.push((t(key), locale.date(day), late.unwrap_or_default()));
    }
    if let Some((title, day)) = view::next_milestone(locale, plan, standing) {
        stats.push((t("schedule-next-milestone"), locale.date(day), title));
    }
    stats
}

type Bars = Vec<(String, u8, String)>;

/// Work, plan and money on one scale, and what has to be known about them.
fn done(locale: &Locale, project: &Project, standing: &Standing) -> (Bars, Vec<String>) {
    let mut bars = Vec::new();
    let mut notes = Vec::new();
    let mut bar = |key: &str, bp: u32| {
        bars.push((locale.t(key).into_owned(), view::bar(bp), view::percent(locale, bp)));
    };
    if let Some(physical) = &standing.physical {
        bar("schedule-bar-done", u32::from(physical.done_bp));
        if let Some(planned) = physical.planned_bp {
            bar("schedule-bar-planned", u32::from(planned));
        }
        notes.push(locale.name("schedule-basis", physical.basis.code()).into_owned());
        if !physical.unmeasured.is_empty() {
            let codes = physical.unmeasured.join(", ");
            notes.push(locale.f("schedule-note-unmeasured", &[("codes", codes.into())]));
        }
        if !physical.from_spending.is_empty() {
            let codes = physical.from_spending.join(", ");
            notes.push(locale.f("schedule-note-from-spending", &[("codes", codes.into())]));
        }
    } else {
        notes.push(locale.t("schedule-no-record").into_owned());
        if project.progress_pct > 0 {
            let pct = locale.percent(&project.progress_pct.to_string());
            notes.push(locale.f("schedule-register-says", &[("pct", pct.into())]));
        }
    }
    if let (Some(paid), Some(planned)) = (standing.paid, standing.planned)
        && planned.tiyn() > 0
    {
        let share = i128::from(paid.tiyn()) * 10_000 / i128::from(planned.tiyn());
        bar("schedule-bar-paid", u32::try_from(share.max(0)).unwrap_or(u32::MAX));
        let (paid, planned) = (locale.money_short(paid), locale.money_short(planned));
        let key =
            if standing.payments.is_empty() { "schedule-paid-register" } else { "schedule-paid-contracts" };
        notes.push(locale.f(key, &[("paid", paid.into()), ("planned", planned.into())]));
    }
    (bars, notes)
}

/// When it ends, by every source there is.
fn ends(locale: &Locale, finish: &Finish) -> Vec<(String, String)> {
    let mut ends = Vec::new();
    let mut add = |key: &str, day: Option<jiff::civil::Date>| {
        ends.extend(day.map(|day| (locale.t(key).into_owned(), locale.date(day))));
    };
    add("schedule-end-approved", finish.approved);
    add(if finish.done { "schedule-finished" } else { "schedule-end-expected" }, finish.expected);
    add("schedule-end-network", finish.network);
    add("schedule-end-pace", finish.pace);
    if let Some((from, to)) = finish.range {
        let (from, to) = (locale.date(from), locale.date(to));
        let range = locale.f("schedule-from-to", &[("from", from.into()), ("to", to.into())]);
        ends.push((locale.t("schedule-end-range").into_owned(), range));
    }
    ends
}

fn calendar(locale: &Locale, plan: &Plan, standing: &Standing) -> String {
    let week = locale.name("schedule-week", plan.week.code()).into_owned();
    let Some(forecast) = &standing.forecast else { return week };
    let days = view::working_days(locale, forecast.duration_days);
    let mut said = locale.f("schedule-calendar", &[("week", week.into()), ("days", days.into())]);
    if let Some(year) = forecast.holidays_known_to {
        said.push(' ');
        said.push_str(&locale.f("schedule-holidays-known-to", &[("year", year.to_string().into())]));
    }
    said
}

fn baselines(locale: &Locale, plan: &Plan) -> Vec<(String, String)> {
    let line = |own: &akimat_delivery::schedule::Baseline| {
        let last = own.items.iter().filter_map(|item| item.span.finish).max();
        let sum = akimat_core::Money::checked_sum(own.items.iter().filter_map(|item| item.budget));
        let args = [
            ("on", locale.date(own.on).into()),
            ("document", own.document.as_str().into()),
            ("finish", view::date(locale, last).into()),
            ("sum", sum.map_or_else(String::new, |sum| locale.money_short(sum)).into()),
        ];
        (locale.f("schedule-baseline-line", &args), own.reason.clone())
    };
    plan.baselines.iter().rev().map(line).collect()
}
