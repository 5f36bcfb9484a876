//! A plan pasted from a spreadsheet: all rows at once, or every cell that cannot be read.

use super::{Outcome, again, begun, find, keep, plan_of, tell, title_of};
use akimat_core::MoneyUnit;
use akimat_delivery::schedule::paste::{COLUMNS, CellFault, CellKind, table, text as plan_text};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Upload;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/schedule/paste.html")]
struct PastePage {
    page: Page,
    project_path: String,
    project_title: String,
    base: String,
    form: kit::Form,
    clash: Option<Clash>,
    version: u32,
    reason_hint: String,
    units: Vec<(String, String)>,
    columns: Vec<String>,
    cells: Vec<[String; 4]>,
}

const UNITS: [(&str, MoneyUnit); 3] = [
    ("thousand", MoneyUnit::ThousandTenge),
    ("million", MoneyUnit::MillionTenge),
    ("tenge", MoneyUnit::Tenge),
];

fn page(
    (state, visitor): (&WebState, &Visitor),
    (project, version): (&Project, u32),
    (form, clash): (kit::Form, Option<Clash>),
    cells: Vec<[String; 4]>,
) -> PastePage {
    let locale = visitor.locale();
    PastePage {
        page: frame::page(visitor, locale.t("schedule-paste-title"), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!form.is_clean() || clash.is_some())
            .hidden(),
        project_path: format!("/projects/{}/plan", project.id),
        project_title: title_of(locale, project),
        base: format!("/admin/projects/{}/plan", project.id),
        reason_hint: super::reason_hint(locale, state.app.today()),
        version: clash.as_ref().map_or(version, |clash| clash.version),
        units: UNITS
            .map(|(code, _)| (code.to_owned(), locale.name("schedule-unit", code).into_owned()))
            .into(),
        columns: COLUMNS.map(|column| locale.name("schedule-column", column).into_owned()).into(),
        form,
        clash,
        cells,
    }
}

/// The form.
///
/// # Errors
/// 403, 404.
pub async fn paste_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let version = state.app.find_plan(project.id).await?.map_or(0, |stored| stored.section.version);
    frame::render(&page((&state, &visitor), (&project, version), (kit::Form::new(), None), Vec::new()))
}

/// Takes the table whole or says what is wrong with each cell.
///
/// # Errors
/// 403, 404; 409 when somebody else saved the plan too.
pub async fn paste(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    upload: Upload,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let sent = upload.form;
    let base = begun(&state, &project, &sent).await?;
    let version = base.as_ref().map_or(0, |stored| stored.section.version);
    let mut form = again(&sent);
    let unit = UNITS.iter().find(|(code, _)| *code == sent.get("unit")).map(|(_, unit)| *unit);
    if unit.is_none() {
        form.fail("unit", locale.t("field-choose-from-list"));
    }
    let file = std::str::from_utf8(&upload.bytes);
    let rows = match file {
        Ok(file) if !file.is_empty() => file.trim_start_matches('\u{feff}'),
        _ => sent.raw("table"),
    };
    if upload.too_large || file.is_err() {
        form.fail("file", locale.t("schedule-paste-file-unreadable"));
    } else if rows.trim().is_empty() {
        form.fail("table", locale.t("field-required"));
    }
    let read = table(&plan_of(base.as_ref(), &project), rows, (locale.lang(), unit.unwrap_or_default()));
    let (next, cells) = match read {
        _ if !form.is_clean() => (None, Vec::new()),
        Ok(next) => (Some(next), Vec::new()),
        Err(faults) => {
            let n = u64::try_from(faults.len()).unwrap_or(u64::MAX);
            form.fail("table", locale.f("schedule-paste-faults", &[("n", n.into())]));
            (None, faults.iter().map(|fault| cell(locale, fault)).collect())
        }
    };
    let Some(next) = next else {
        return frame::render_invalid(&page((&state, &visitor), (&project, version), (form, None), cells));
    };
    let anew = format!("/admin/projects/{}/plan/paste", project.id);
    match keep((&state, &visitor), &project, (base.as_ref(), &next), (&sent, &anew)).await? {
        Outcome::Done(response) => Ok(*response),
        Outcome::Clash(told, joined) => {
            // The table goes on from what both made of the plan: rows that the other added are in it.
            let unit = unit.unwrap_or_default();
            let form = kit::Form::new()
                .with("table", plan_text(&joined, (locale.lang(), unit)))
                .with("unit", sent.get("unit"))
                .with("reason", sent.raw("reason"));
            clash::render(&page((&state, &visitor), (&project, version), (form, Some(*told)), Vec::new()))
        }
        Outcome::Faults(faults) => {
            tell(locale, &mut form, ("", "table"), &faults);
            frame::render_invalid(&page((&state, &visitor), (&project, version), (form, None), Vec::new()))
        }
    }
}

/// Row, column, what stands there, what is wrong.
fn cell(locale: &Locale, fault: &CellFault) -> [String; 4] {
    let key = match fault.kind {
        CellKind::Missing => "field-required",
        CellKind::NotADate => "field-not-a-date",
        CellKind::NotANumber => "field-not-a-number",
        CellKind::NotMoney => "field-not-an-amount",
        CellKind::NotPredecessors => "schedule-fault-cell-predecessors",
        CellKind::TooLong => "schedule-fault-too-long",
    };
    let column = match fault.column {
        "table" => locale.t("schedule-paste-table").into_owned(),
        column => locale.name("schedule-column", column).into_owned(),
    };
    [fault.row.to_string(), column, fault.text.clone(), locale.t(key).into_owned()]
}
