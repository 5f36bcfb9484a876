//! Files of budgets: checked first, saved when they are clean and the person says so.

use akimat_app::AppError;
use akimat_budget::{Budget, Stage};
use akimat_core::{KatoCode, MoneyUnit};
use akimat_i18n::{Arg, Locale};
use akimat_interop::Problem;
use akimat_interop::budget::{BudgetContext, decode_budget};
use akimat_storage::Conflict;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Upload;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::figures::{self, Finding};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// Problems shown on the page.
const PROBLEMS_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "admin/import_budget.html")]
struct BudgetPage {
    page: Page,
    form: kit::Form,
    levels: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    units: Vec<(String, String)>,
    checked: bool,
    bad: String,
    problems: Vec<[String; 2]>,
    budgets: Vec<CheckedBudget>,
}

struct CheckedBudget {
    title: String,
    stats: Vec<(String, String)>,
    verdict: &'static str,
    verdict_text: String,
    findings: Vec<Finding>,
}

/// Sentences of the problems of a file: where, and what to correct.
pub(super) fn problem_rows(locale: &Locale, problems: &[Problem]) -> Vec<[String; 2]> {
    let row = |problem: &Problem| {
        let mut place: Vec<(&str, Arg<'_>)> = Vec::new();
        if let Some(row) = problem.row {
            place.push(("row", row.to_string().into()));
        }
        if let Some(column) = &problem.column {
            place.push(("column", column.as_str().into()));
        }
        let facts = problem.args();
        let facts: Vec<(&str, Arg<'_>)> =
            facts.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        [locale.f(problem.place_key(), &place), locale.f(problem.key(), &facts)]
    };
    problems.iter().take(PROBLEMS_SHOWN).map(row).collect()
}

fn bad_text(locale: &Locale, n: usize) -> String {
    locale.f("import-bad-rows", &[("n", n.into())])
}

fn own_place(visitor: &Visitor) -> Option<KatoCode> {
    visitor.actor().and_then(|account| account.place)
}

/// What is wrong with the upload itself, before its file is read.
pub(super) fn upload_fault(locale: &Locale, upload: &Upload) -> Option<String> {
    if upload.too_large {
        Some(locale.t("error-too_large-body").into_owned())
    } else if upload.bytes.is_empty() {
        Some(locale.t("field-file-missing").into_owned())
    } else {
        None
    }
}

fn keep(upload: &Upload, names: &[&str]) -> kit::Form {
    names.iter().fold(kit::Form::new(), |form, name| form.with(name, upload.form.raw(name)))
}

fn budget_page(visitor: &Visitor, form: kit::Form) -> BudgetPage {
    let locale = visitor.locale();
    let unit = |unit: MoneyUnit, key: &str| (unit.code().to_owned(), locale.t(key).into_owned());
    BudgetPage {
        page: frame::page(visitor, locale.t("budget-upload-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        levels: (2..=4)
            .map(|n: u8| (n.to_string(), locale.name("budget-level", &n.to_string()).into_owned()))
            .collect(),
        stages: Stage::ALL
            .iter()
            .map(|s| (s.code().to_owned(), locale.name("budget-stage", s.code()).into_owned()))
            .collect(),
        units: vec![
            unit(MoneyUnit::ThousandTenge, "unit-thousand-tenge"),
            unit(MoneyUnit::MillionTenge, "unit-million-tenge"),
            unit(MoneyUnit::Tenge, "unit-tenge"),
        ],
        checked: false,
        bad: String::new(),
        problems: Vec::new(),
        budgets: Vec::new(),
    }
}

/// The form for a budget.
///
/// # Errors
/// When the template fails.
pub async fn budget_form(visitor: Visitor) -> Answer {
    let form = kit::Form::new().with("level", "3").with("stage", "approved").with("unit", "thousand KZT");
    let form = own_place(&visitor).iter().fold(form, |form, place| form.with("place", place.to_string()));
    frame::render(&budget_page(&visitor, form))
}

/// What the person knows about the file; faults of the fields go into the form.
fn context(locale: &Locale, upload: &Upload, form: &mut kit::Form) -> BudgetContext {
    let text = |name: &str| upload.form.get(name).to_owned();
    let place = text("place");
    let code = place.parse().ok();
    if !place.is_empty() && code.is_none() {
        form.fail("place", locale.f("field-place-unknown", &[("code", place.as_str().into())]));
    }
    let year = text("year");
    let parsed = year.parse().ok().filter(|year| (1991..=2100).contains(year));
    if !year.is_empty() && parsed.is_none() {
        form.fail("year", locale.f("field-between", &[("min", "1991".into()), ("max", "2100".into())]));
    }
    let source_url: String = text("source_url").chars().take(500).collect();
    BudgetContext {
        place: code,
        level: text("level").parse().ok().filter(|level| (1..=4).contains(level)),
        year: parsed,
        key: Some(text("key")).filter(|key| !key.is_empty()),
        unit: MoneyUnit::parse(&text("unit")),
        stage: Stage::parse(&text("stage")).unwrap_or(Stage::Approved),
        source_url,
        ..BudgetContext::default()
    }
}

/// Checks a budget file, and saves it when asked to. Contradictions do not prevent saving.
///
/// # Errors
/// 403 when a budget lies outside the analyst's territory.
pub async fn budget(State(state): State<WebState>, visitor: Visitor, upload: Upload) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let _place_in_line = state.uploads.acquire().await;
    let locale = visitor.locale();
    let mut form = keep(&upload, &["place", "year", "level", "key", "stage", "unit", "source_url"]);
    if let Some(fault) = upload_fault(locale, &upload) {
        form.fail("file", fault);
    }
    let context = context(locale, &upload, &mut form);
    if !form.is_clean() {
        return frame::render_invalid(&budget_page(&visitor, form));
    }
    let (app, name, bytes) = (state.app.clone(), upload.file_name.clone(), upload.bytes);
    let decoded = tokio::task::spawn_blocking(move || {
        decode_budget(&name, &bytes, &context, app.now(), &mut || app.new_budget_id())
    });
    let decoded = decoded.await.map_err(akimat_web_kit::failure::Failure::internal)?;
    let mut page = budget_page(&visitor, form);
    page.checked = true;
    match decoded {
        Err(problems) => {
            page.bad = bad_text(locale, problems.len());
            page.problems = problem_rows(locale, &problems);
            frame::render_invalid(&page)
        }
        Ok(budgets) if upload.form.get("act") == "save" => {
            save_budgets(&state, &visitor, budgets, page).await
        }
        Ok(budgets) => {
            page.budgets = budgets.iter().map(|budget| checked(locale, budget)).collect();
            frame::render(&page)
        }
    }
}

fn checked(locale: &Locale, budget: &Budget) -> CheckedBudget {
    let findings = figures::findings(locale, budget);
    let stage = budget.stages().last().copied().unwrap_or(Stage::Approved);
    let place = budget.place.map_or_else(|| budget.key.clone(), |place| place.to_string());
    let args = [("place", place.into()), ("year", budget.year.into())];
    CheckedBudget {
        title: locale.f("budget-title", &args),
        stats: figures::stats(locale, budget, stage),
        verdict: if findings.is_empty() { "ok" } else { "warning" },
        verdict_text: if findings.is_empty() {
            locale.t("budget-verdict-holds").into_owned()
        } else {
            locale.f("budget-verdict-finding", &[("n", findings.len().into())])
        },
        findings,
    }
}

async fn save_budgets(
    state: &WebState,
    visitor: &Visitor,
    budgets: Vec<Budget>,
    mut page: BudgetPage,
) -> Answer<Response> {
    let locale = visitor.locale();
    match state.app.import_budgets(visitor.actor(), budgets).await {
        Ok(ids) => {
            let path = match ids.as_slice() {
                [only] => format!("/budgets/{only}"),
                _ => "/budgets".to_owned(),
            };
            Ok(frame::redirect(visitor, &path, "saved"))
        }
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                page.form.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page)
        }
        Err(AppError::Conflict(Conflict::Exists(_))) => {
            page.form.fail("key", locale.t("import-budget-exists"));
            frame::render_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}
