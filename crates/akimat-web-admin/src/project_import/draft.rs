//! A file that is looked at: what is wrong with it, and what it would do.

use super::mapping::{self, MappingForm};
use akimat_app::import::{ImportFault, Preview, mapping_of};
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_interop::project_register::mapping::is_score;
use akimat_storage::import::Import;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use serde_json::Value;

/// Rows of each table that are shown.
const SHOWN: usize = 50;
/// Fields of a changed project that are shown.
const FIELDS_SHOWN: usize = 12;

/// What a draft shows.
pub(super) struct Draft {
    pub(super) clean: bool,
    pub(super) verdict: String,
    pub(super) mapping: MappingForm,
    /// Hidden fields of the mapping: name and value.
    pub(super) carried: Vec<(String, String)>,
    pub(super) problems: Vec<[String; 2]>,
    pub(super) added: Vec<[String; 4]>,
    pub(super) added_title: String,
    pub(super) changed: Vec<ChangedRow>,
    pub(super) changed_title: String,
    pub(super) twins: Vec<[String; 4]>,
    pub(super) may_profile: bool,
}

pub(super) struct ChangedRow {
    pub(super) row: String,
    pub(super) number: String,
    pub(super) path: String,
    pub(super) fields: Vec<[String; 3]>,
    pub(super) more: String,
}

pub(super) async fn build(state: &WebState, visitor: &Visitor, import: &Import) -> Answer<Draft> {
    let locale = visitor.locale();
    let preview = state.app.preview_import(import).await?;
    let held = mapping_of(import)?;
    let n_wrong = preview.problems.len() + preview.faults.len();
    let verdict = if n_wrong > 0 {
        locale.f("import-bad-rows", &[("n", n_wrong.into())])
    } else {
        let facts = [
            ("added", preview.added.len().into()),
            ("changed", preview.changed.len().into()),
            ("same", preview.n_same.into()),
        ];
        locale.f("import-verdict", &facts)
    };
    let mapping = mapping::build(locale, &preview.look, &held);
    Ok(Draft {
        clean: preview.is_clean(),
        verdict,
        carried: carried(&preview),
        mapping,
        problems: wrong(locale, &preview),
        added: preview.added.iter().take(SHOWN).map(|(row, project)| added(locale, *row, project)).collect(),
        added_title: locale.f("import-added-title", &[("n", preview.added.len().into())]),
        changed: preview.changed.iter().take(SHOWN).map(|one| changed(locale, one)).collect(),
        changed_title: locale.f("import-changed-title", &[("n", preview.changed.len().into())]),
        twins: preview.twins.iter().take(SHOWN).map(|twin| self::twin(locale, twin)).collect(),
        may_profile: !held.columns.is_empty() || !held.values.is_empty() || !held.constants.is_empty(),
    })
}

/// The form names headers and words by their position: what stands there travels with it.
fn carried(preview: &Preview) -> Vec<(String, String)> {
    let headers = preview.look.columns.iter().enumerate();
    let told = headers.filter(|(_, column)| !is_score(&column.header));
    let mut fields: Vec<(String, String)> =
        told.map(|(at, column)| (format!("header_{at}"), column.header.clone())).collect();
    for (at, (column, word, _)) in preview.look.strange.iter().enumerate() {
        fields.push((format!("strange_column_{at}"), (*column).to_owned()));
        fields.push((format!("strange_{at}"), word.clone()));
    }
    fields
}

fn wrong(locale: &Locale, preview: &Preview) -> Vec<[String; 2]> {
    let mut rows = super::super::import::problem_rows(locale, &preview.problems);
    rows.extend(preview.faults.iter().take(SHOWN).map(|fault| {
        let place = locale.f("import-row", &[("row", u64::from(fault.row).into())]);
        [place, frame::fault_text(locale, &fault.fault)]
    }));
    rows
}

/// Row and sentence of everything that is wrong, for the file of problems.
pub(super) fn sentences(locale: &Locale, preview: &Preview) -> Vec<(Option<u32>, String)> {
    let told = super::super::import::problem_rows(locale, &preview.problems);
    let mut all: Vec<(Option<u32>, String)> = preview
        .problems
        .iter()
        .zip(told)
        .map(|(problem, [place, sentence])| (problem.row, format!("{place}: {sentence}")))
        .collect();
    let fault = |fault: &ImportFault| (Some(fault.row), frame::fault_text(locale, &fault.fault));
    all.extend(preview.faults.iter().map(fault));
    all
}

fn amount(locale: &Locale, money: Option<Money>) -> String {
    money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
}

fn added(locale: &Locale, row: u32, project: &akimat_project::Project) -> [String; 4] {
    [
        row.to_string(),
        project.number.clone(),
        project.title.get(locale.lang()).to_owned(),
        amount(locale, project.totals().0),
    ]
}

fn changed(locale: &Locale, one: &akimat_app::import::ChangedProject) -> ChangedRow {
    let n = one.changes.len();
    ChangedRow {
        row: one.row.to_string(),
        number: one.before.number.clone(),
        path: format!("/projects/{}", one.before.id),
        fields: one
            .changes
            .iter()
            .take(FIELDS_SHOWN)
            .map(|change| {
                [
                    field_name(locale, &change.path),
                    told(locale, &change.path, &change.before),
                    told(locale, &change.path, &change.after),
                ]
            })
            .collect(),
        more: if n > FIELDS_SHOWN {
            locale.f("import-more-fields", &[("n", (n - FIELDS_SHOWN).into())])
        } else {
            String::new()
        },
    }
}

/// A field of a project by the header of its column where there is one.
fn field_name(locale: &Locale, path: &str) -> String {
    let column = match path {
        "title.kk" => "title_kk",
        "title.ru" => "title_ru",
        "title.en" => "title_en",
        "summary.kk" => "summary_kk",
        "summary.ru" => "summary_ru",
        "summary.en" => "summary_en",
        "location" | "location.lat_e6" | "location.lon_e6" => "lat",
        "money" => return locale.t("import-field-money").into_owned(),
        "scores" => return locale.t("import-field-scores").into_owned(),
        other => other,
    };
    let key = format!("register-column-{column}");
    if locale.has(&key) { locale.t(&key).into_owned() } else { path.to_owned() }
}

fn told(locale: &Locale, path: &str, value: &Value) -> String {
    match value {
        Value::Null => locale.t("no-data-short").into_owned(),
        Value::String(text) if text.is_empty() => locale.t("no-data-short").into_owned(),
        Value::String(text) => word(locale, path, text),
        Value::Array(items) if path == "money" => {
            let total = items.iter().filter_map(|line| line.get("planned")?.as_i64()).sum();
            let sum = locale.money(Money::from_tiyn(total), MoneyUnit::Tenge, 0);
            locale.f("import-money-lines", &[("n", items.len().into()), ("sum", sum.into())])
        }
        other => other.to_string(),
    }
}

fn word(locale: &Locale, path: &str, code: &str) -> String {
    let prefix = match path {
        "sector" | "kind" | "modality" | "status" => path,
        "level" => "project-level",
        _ => return code.to_owned(),
    };
    let key = format!("{prefix}-{code}");
    if locale.has(&key) { locale.t(&key).into_owned() } else { code.to_owned() }
}

fn twin(locale: &Locale, twin: &akimat_app::import::Twin) -> [String; 4] {
    let share = format!("{}.{}", twin.resemblance.total / 10, twin.resemblance.total % 10);
    [
        twin.number.clone(),
        twin.like_number.clone(),
        format!("/projects/{}", twin.like),
        locale.percent(&share),
    ]
}
