//! `/projects/{id}/appraisal`: what a project costs and brings over the years, and `/appraisals`: every signed
//! appraisal.

mod figures;
mod sheet;

use akimat_app::AppError;
use akimat_app::appraisal::tables;
use akimat_app::permission::{self, Permission};
use akimat_appraisal::{Appraised, Document};
use akimat_core::{Money, ProjectId};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_storage::ProjectFilter;
use akimat_storage::appraisal::Appraisal;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use sheet::Sheet;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/appraisal/show.html")]
struct ShowPage {
    page: Page,
    project_path: String,
    project_title: String,
    work: String,
    said: Said,
    view: Option<View>,
    history: Vec<(String, String, String)>,
}

/// What stands above the figures.
#[derive(Default)]
struct Said {
    /// Which version, by whom; empty when there is none.
    version: String,
    /// It is a draft.
    draft: bool,
    /// Drafted and signed by the same person.
    same: bool,
    /// The stored version cannot be reckoned any more.
    unreadable: bool,
}

/// The figures of one version.
struct View {
    stats: Vec<(String, String, String)>,
    rules: Vec<String>,
    costs_only: bool,
    effect: String,
    flows: Markup,
    flow_table: Sheet,
    cases: Sheet,
    irr: Vec<String>,
    tornado: Markup,
    sensitivity: Sheet,
    uplift: Vec<String>,
    raised: Sheet,
    partnership: Option<PartnershipView>,
    debt: Option<(Sheet, Vec<String>)>,
    who: Vec<(String, Sheet, String)>,
    impacts: Sheet,
    note: String,
    json: String,
}

struct PartnershipView {
    verdict: String,
    risk: String,
    parts: Sheet,
    risks: Sheet,
}

/// The page of one project.
///
/// # Errors
/// 404 when there is no such project or version.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let locale = visitor.locale();
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let versions = state.app.read().list_appraisals(id).await?;
    let may = permission::check(visitor.actor(), Permission::Appraise, Some(project.place)).is_ok();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let shown = chosen(&versions, asked.get("version"), may)?;
    let (said, view) = match shown {
        Some(stored) => told(&state, locale, &project, stored).await?,
        None => (Said::default(), None),
    };
    let invented = project.invented || view.as_ref().is_some_and(|(_, invented)| *invented);
    frame::render(&ShowPage {
        page: frame::page(&visitor, locale.t("appraisal-title"), Some(MenuItem::Projects))
            .description(locale.t("appraisal-lead"))
            .invented(invented),
        project_path: format!("/projects/{id}"),
        project_title: format!("{} · {}", project.number, locale.text(&project.title).0),
        work: if may { format!("/admin/projects/{id}/appraisal") } else { String::new() },
        said,
        view: view.map(|(view, _)| view),
        history: history(&state, locale, &versions, may),
    })
}

/// The version asked for, or else the newest signed one; drafts only for those who work on them.
fn chosen<'a>(versions: &'a [Appraisal], asked: &str, may: bool) -> Answer<Option<&'a Appraisal>> {
    if asked.is_empty() {
        return Ok(versions.iter().rev().find(|version| version.signed.is_some()));
    }
    let wanted = versions.iter().find(|version| version.version.to_string() == asked);
    let visible = wanted.filter(|version| may || version.signed.is_some());
    visible.map(Some).ok_or_else(Failure::not_found)
}

async fn told(
    state: &WebState,
    locale: &Locale,
    project: &Project,
    stored: &Appraisal,
) -> Answer<(Said, Option<(View, bool)>)> {
    let version = stored.version.to_string();
    let said = match &stored.signed {
        Some(signed) => {
            let date = locale.date_time(signed.at, state.app.zone());
            let args = [
                ("version", version.as_str().into()),
                ("by", signed.by.as_str().into()),
                ("date", date.as_str().into()),
            ];
            let same = signed.by == stored.drafted.by;
            Said { version: locale.f("appraisal-signed-by", &args), same, ..Said::default() }
        }
        None => {
            let args = [("version", version.as_str().into())];
            Said { version: locale.f("appraisal-draft-shown", &args), draft: true, ..Said::default() }
        }
    };
    match state.app.reckon_appraisal(stored, project.sector).await {
        Ok((document, appraised)) => {
            let json = format!("/api/v1/projects/{}/appraisal", project.id);
            let view = view(locale, &document, &appraised, if said.draft { String::new() } else { json });
            Ok((said, Some((view, document.invented))))
        }
        Err(AppError::Invalid(_)) => Ok((Said { unreadable: true, ..said }, None)),
        Err(error) => Err(error.into()),
    }
}

fn view(locale: &Locale, document: &Document, appraised: &Appraised, json: String) -> View {
    let costs_only = appraised.figures[2].pv_benefits <= 0.0;
    View {
        stats: figures::stats(locale, appraised, costs_only),
        rules: figures::rules(locale, document, appraised, tables()),
        costs_only,
        effect: figures::effect(locale, document, appraised),
        flows: figures::flow_chart(locale, appraised),
        flow_table: sheet::flows(locale, appraised),
        cases: sheet::cases(locale, appraised),
        irr: figures::irr(locale, appraised),
        tornado: figures::tornado_chart(locale, document, appraised),
        sensitivity: sheet::sensitivity(locale, document, appraised),
        uplift: figures::uplift(locale, document, appraised),
        raised: sheet::raised(locale, appraised),
        partnership: appraised.partnership.as_ref().map(|figures| PartnershipView {
            verdict: figures::verdict(locale, figures),
            risk: figures::risk_decides(locale, figures),
            parts: sheet::partnership(locale, figures),
            risks: sheet::risks(locale, figures),
        }),
        debt: sheet::debt(locale, appraised),
        who: sheet::who(locale, appraised),
        impacts: sheet::impacts(locale, document),
        note: document.note.clone(),
        json,
    }
}

/// Versions, the newest first: who drafted it, who signed it, its address.
fn history(
    state: &WebState,
    locale: &Locale,
    versions: &[Appraisal],
    may: bool,
) -> Vec<(String, String, String)> {
    let zone = state.app.zone();
    let row = |stored: &Appraisal| {
        let date = locale.date_time(stored.drafted.at, zone);
        let version = stored.version.to_string();
        let args = [
            ("version", version.as_str().into()),
            ("by", stored.drafted.by.as_str().into()),
            ("date", date.as_str().into()),
        ];
        let signed = stored.signed.as_ref().map(|signed| {
            let date = locale.date_time(signed.at, zone);
            let args = [("by", signed.by.as_str().into()), ("date", date.as_str().into())];
            locale.f("appraisal-history-signed", &args)
        });
        let signed = signed.unwrap_or_else(|| locale.t("appraisal-history-unsigned").into_owned());
        (locale.f("appraisal-history-drafted", &args), signed, format!("?version={version}"))
    };
    versions.iter().rev().filter(|version| may || version.signed.is_some()).map(row).collect()
}

/// The newest signed appraisal on the page of its project: a sentence; empty when there is none.
///
/// # Errors
/// When the database fails.
pub async fn sentence(state: &WebState, locale: &Locale, project: ProjectId) -> Answer<String> {
    let Some(summary) = state.app.appraisal_summary(project).await? else { return Ok(String::new()) };
    let npv =
        summary.npv.map_or_else(|| locale.t("no-data-short").into_owned(), |npv| locale.money_short(npv));
    let bcr = ratio(locale, summary.bcr_e4);
    let date = locale.date(summary.signed.at.to_zoned(state.app.zone().clone()).date());
    let args = [
        ("npv", npv.as_str().into()),
        ("bcr", bcr.as_str().into()),
        ("by", summary.signed.by.as_str().into()),
        ("date", date.as_str().into()),
    ];
    Ok(locale.f("appraisal-link-signed", &args))
}

/// A ratio of ten-thousandths with two decimals.
fn ratio(locale: &Locale, e4: Option<i64>) -> String {
    let plain = e4
        .and_then(|e4| akimat_core::Ratio::new(i128::from(e4), 10_000))
        .and_then(|ratio| ratio.to_decimal(2));
    plain.map_or_else(|| locale.t("no-data-short").into_owned(), |plain| locale.decimal(&plain))
}

#[derive(Template)]
#[template(path = "public/appraisal/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<ListRow>,
}

struct ListRow {
    path: String,
    title: String,
    npv: String,
    range: String,
    bcr: String,
    signed: String,
}

/// Projects that are listed at most.
const LISTED: u16 = 1_000;

/// Every signed appraisal, the highest net present value first; those without one last.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let summaries = state.app.appraisal_summaries(None).await?;
    let projects = state.app.read().list_whole_projects(&ProjectFilter::default(), LISTED).await?;
    let known: BTreeMap<ProjectId, &Project> = projects.iter().map(|project| (project.id, project)).collect();
    let mut found: Vec<_> =
        summaries.iter().filter_map(|(id, summary)| Some((known.get(id)?, summary))).collect();
    found.sort_by(|a, b| b.1.npv.cmp(&a.1.npv).then_with(|| a.0.number.cmp(&b.0.number)));
    let money = |npv: Option<Money>| {
        npv.map_or_else(|| locale.t("no-data-short").into_owned(), |npv| locale.money_short(npv))
    };
    let invented = found.iter().any(|(project, _)| project.invented);
    let rows = found.into_iter().map(|(project, summary)| ListRow {
        path: format!("/projects/{}/appraisal", project.id),
        title: format!("{} · {}", project.number, locale.text(&project.title).0),
        npv: money(summary.npv),
        range: sheet::range(locale, &money(summary.npv_low), &money(summary.npv_high)),
        bcr: ratio(locale, summary.bcr_e4),
        signed: format!(
            "{}, {}",
            summary.signed.by,
            locale.date_short(summary.signed.at.to_zoned(state.app.zone().clone()).date())
        ),
    });
    frame::render(&ListPage {
        rows: rows.collect(),
        page: frame::page(&visitor, locale.t("appraisal-list-title"), Some(MenuItem::Analysis))
            .description(locale.t("appraisal-list-lead"))
            .invented(invented),
    })
}
