//! `/projects/{id}/history`: what changed, field by field, who changed it, when, why, and on which document.

use super::former::{self, FormerRow};
use akimat_app::dossier::body;
use akimat_app::project::life::stages;
use akimat_core::{Money, ProjectId};
use akimat_i18n::Locale;
use akimat_project::register::{KIND, cost, field};
use akimat_project::revision::diff;
use akimat_project::{Project, StatusChange};
use akimat_storage::dossier::Section;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Lines, Series, Words};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::logged;
use akimat_web_kit::view::project::stage_name;
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::view::register::{FIELDS, change_words};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use serde_json::Value;

/// Versions on the page at most.
const VERSIONS_MAX: u16 = 200;

#[derive(Template)]
#[template(path = "public/project/history.html")]
struct HistoryPage {
    page: Page,
    nav: ProjectNav,
    id: ProjectId,
    action: String,
    form: kit::Form,
    fields: Vec<(String, String)>,
    entries: Vec<Entry>,
    costs: Vec<CostRow>,
    plot: Option<Markup>,
    moves: Vec<MoveRow>,
    filtered: bool,
    former: Vec<FormerRow>,
}

/// One version: who, when, why, and what changed.
struct Entry {
    when: String,
    by: String,
    reason: String,
    basis: String,
    changes: Vec<[String; 3]>,
    proof: String,
}

struct CostRow {
    when: String,
    before: String,
    after: String,
    change: String,
    reason: String,
    basis: String,
}

struct MoveRow {
    when: String,
    stage: String,
    status: String,
    by: String,
    reason: String,
    basis: String,
    proof: String,
}

/// One version of the register with the one before it.
struct Revision {
    section: Section,
    before: Value,
    after: Value,
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
    let read = state.app.read();
    let (project, _, _) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let asked = Form::parse(query.as_bytes());
    let wanted = FIELDS.into_iter().find(|field| *field == asked.get("field"));
    let sections = read.list_section_versions(id, &[KIND], VERSIONS_MAX).await?;
    let revisions = revisions(&sections)?;
    let moves = read.list_status_changes(id).await?;
    let nav = nav(&state, &visitor, &project, Tab::History).await?;
    let title = locale.f("project-history-title", &[("title", nav.title.as_str().into())]);
    let zone = state.app.zone();
    let costs = cost_rows(&state, locale, &revisions);
    frame::render(&HistoryPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects)).invented(project.invented),
        nav,
        id,
        action: visitor.to(&format!("/projects/{id}/history")),
        form: kit::Form::new().with("field", wanted.unwrap_or_default()),
        fields: FIELDS
            .iter()
            .map(|field| ((*field).to_owned(), locale.name("register-field", field).into_owned()))
            .collect(),
        entries: revisions
            .iter()
            .filter_map(|revision| entry(&state, (locale, &project), revision, wanted))
            .collect(),
        plot: (!costs.is_empty()).then(|| plot(&state, locale, &revisions)).flatten(),
        costs,
        moves: moves
            .iter()
            .rev()
            .map(|change| move_row(locale, &project, change, locale.date_time(change.at, zone)))
            .collect(),
        filtered: wanted.is_some(),
        former: former::rows(&state, locale, id).await?,
    })
}

/// Versions newest first, each with the one before it; the first one of all has nothing before it and is left out.
fn revisions(sections: &[Section]) -> Answer<Vec<Revision>> {
    let mut revisions = Vec::new();
    for pair in sections.windows(2) {
        let [later, earlier] = pair else { continue };
        revisions.push(Revision { section: later.clone(), before: body(earlier)?, after: body(later)? });
    }
    Ok(revisions)
}

fn entry(
    state: &WebState,
    (locale, project): (&Locale, &Project),
    revision: &Revision,
    wanted: Option<&str>,
) -> Option<Entry> {
    let changes: Vec<[String; 3]> = diff(&revision.before, &revision.after)
        .iter()
        .filter(|change| wanted.is_none_or(|wanted| field(change) == wanted))
        .map(|change| change_words(locale, project.modality, change))
        .collect();
    let section = &revision.section;
    (!changes.is_empty()).then(|| Entry {
        when: locale.date_time(section.at, state.app.zone()),
        by: section.by_name.clone(),
        reason: section.reason.clone(),
        basis: section.basis.clone(),
        proof: logged::path_at(&format!("project/{}", project.id), logged::PROJECT_FIGURES, section.at),
        changes,
    })
}

fn cost_rows(state: &WebState, locale: &Locale, revisions: &[Revision]) -> Vec<CostRow> {
    let money = |money: Option<Money>| {
        money.map_or_else(|| locale.t("not-known-yet").into_owned(), |money| locale.money_short(money))
    };
    let row = |revision: &Revision| {
        let (before, after) = (cost(&revision.before), cost(&revision.after));
        let section = &revision.section;
        let change = match (before, after) {
            (Some(before), Some(after)) => after.checked_sub(before).map(|change| {
                let sign = if change.tiyn() > 0 { "+" } else { "" };
                format!("{sign}{}", locale.money_short(change))
            }),
            _ => None,
        };
        (before != after).then(|| CostRow {
            when: locale.date(section.at.to_zoned(state.app.zone().clone()).date()),
            before: money(before),
            after: money(after),
            change: change.unwrap_or_else(|| locale.t("no-data-short").into_owned()),
            reason: section.reason.clone(),
            basis: section.basis.clone(),
        })
    };
    revisions.iter().filter_map(row).collect()
}

/// Planned money after each change of it, the earliest first; nothing to draw with less than two known points.
fn plot(state: &WebState, locale: &Locale, revisions: &[Revision]) -> Option<Markup> {
    let date = |section: &Section| locale.date_short(section.at.to_zoned(state.app.zone().clone()).date());
    let mut points: Vec<(String, Option<Money>)> = Vec::new();
    for revision in revisions.iter().rev() {
        let (before, after) = (cost(&revision.before), cost(&revision.after));
        if points.is_empty() {
            points.push((locale.t("project-cost-first").into_owned(), before));
        }
        if before != after {
            points.push((date(&revision.section), after));
        }
    }
    let million = |money: Money| {
        let text = money.to_decimal(akimat_core::MoneyUnit::MillionTenge, 0);
        text.parse::<f64>().ok()
    };
    if points.iter().filter(|(_, money)| money.is_some()).count() < 2 {
        return None;
    }
    let lines = Lines {
        periods: points.iter().map(|(when, _)| when.clone()).collect(),
        unit: locale.t("unit-million-tenge").into_owned(),
        series: vec![Series {
            label: locale.t("project-planned").into_owned(),
            points: points.iter().map(|(_, money)| money.and_then(million)).collect(),
        }],
    };
    let words = Words::new("cost", locale.t("project-cost-history"), "");
    Some(chart::line::lines(&words, &lines, &|value| locale.decimal(&format!("{value:.0}"))))
}

fn move_row(locale: &Locale, project: &Project, change: &StatusChange, when: String) -> MoveRow {
    let word = stages().code_at(project.modality, change.to, &change.stage);
    MoveRow {
        when,
        stage: stage_name(locale, project.modality, word),
        status: locale.name("status", change.to.code()).into_owned(),
        by: change.by.clone(),
        reason: change.reason.clone(),
        basis: change.basis.words(),
        // The first status is no move: it came with the registration.
        proof: match change.from {
            Some(_) => logged::path_at(&format!("project/{}", project.id), "project_status", change.at),
            None => logged::path_at(&format!("project/{}", project.id), "project_registered", change.at),
        },
    }
}
