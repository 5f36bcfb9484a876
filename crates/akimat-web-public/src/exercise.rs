//! `/exercises`: residents divide the money of a budget anew among its functional groups. Consultative, not binding: the
//! page says so. Number fields and a total that the server computes; where scripts run, sliders beside them.

use akimat_app::exercise::divisions_file;
use akimat_app::{AppError, Permission as P};
use akimat_core::{Money, MoneyUnit, Role};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_participation::exercise::{Exercise, ExerciseState, OutcomeLine, TOLD_MIN};
use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::budgeting::words;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

/// The addresses.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/exercises", P::Public, list)
        .get("/{lang}/exercises/{code}", P::Public, show)
        .post("/{lang}/exercises/{code}", P::CastBallot, divide)
        .get("/{lang}/exercises/{code}/{key}", P::Public, file)
}

#[derive(Template)]
#[template(path = "public/exercise/list.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    items: Vec<Item>,
    desk: bool,
}

struct Item {
    path: String,
    title: (String, &'static str),
    summary: (String, &'static str),
    state: String,
    open: bool,
    total: String,
}

fn money(locale: &Locale, amount: Money) -> String {
    locale.money(amount, MoneyUnit::Tenge, 0)
}

fn total(exercise: &Exercise) -> Money {
    exercise.money(exercise.total_units())
}

/// Every exercise.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let all = state.app.exercises(visitor.actor()).await?;
    let item = |one: &Exercise| Item {
        path: format!("/exercises/{}", one.code),
        title: words(locale, &one.title),
        summary: words(locale, &one.summary),
        state: locale.name("exercise-state", one.state.code()).into_owned(),
        open: one.open(state.app.now()),
        total: money(locale, total(one)),
    };
    let title = locale.t("exercises-title").into_owned();
    frame::render(&ListPage {
        page: frame::page(&visitor, title.clone(), Some(MenuItem::Budgeting))
            .description(locale.t("exercises-lead"))
            .invented(all.iter().any(|one| one.invented)),
        crumbs: vec![
            (visitor.to("/budgeting"), locale.t("budgeting-title").into_owned()),
            (String::new(), title),
        ],
        items: all.iter().map(item).collect(),
        desk: visitor
            .actor()
            .is_some_and(|account| akimat_app::permission::may(account, P::LeadProcesses, None)),
    })
}

#[derive(Template)]
#[template(path = "public/exercise/show.html")]
struct ShowPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    code: String,
    summary: (String, &'static str),
    state: String,
    open: bool,
    until: String,
    taken_part: String,
    total: String,
    total_units: i64,
    unit: String,
    budget: String,
    form: kit::Form,
    rows: Vec<Row>,
    /// What was given so far against what there is, computed here; empty without a form.
    balance: String,
    balanced: bool,
    may_divide: bool,
    mine: bool,
    sign_in: bool,
    official: bool,
    result: Option<ResultView>,
    log: String,
    desk: String,
}

struct Row {
    key: String,
    code: String,
    title: String,
    planned: String,
    planned_units: i64,
    value: String,
    share: i64,
    error: String,
}

struct ResultView {
    n: String,
    few: String,
    rows: Vec<[String; 6]>,
    downloads: Vec<(String, String, String)>,
    hash: String,
}

/// An exercise, with what the visitor wrote.
///
/// # Errors
/// 404 when there is no such exercise.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let exercise = state.app.exercise(visitor.actor(), &code).await?;
    let kept = state.app.my_division(visitor.actor(), &exercise).await?;
    let plan = || exercise.groups.iter().map(|group| exercise.units(group.planned).to_string()).collect();
    let values = kept.as_ref().map_or_else(plan, |units| units.iter().map(u32::to_string).collect());
    let sent = Sent { values, form: kit::Form::new(), mine: kept.is_some() };
    frame::render(&build(&state, &visitor, &exercise, sent).await?)
}

/// What stands in the fields.
struct Sent {
    values: Vec<String>,
    form: kit::Form,
    mine: bool,
}

/// The units of a field; blanks between the digits are let pass.
fn units(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() { Some(0) } else { digits.parse().ok() }
}

async fn build(state: &WebState, visitor: &Visitor, exercise: &Exercise, sent: Sent) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let n = state.app.read().count_exercise_answers(exercise.id).await?;
    let resident = visitor.actor().is_some_and(|account| account.role == Role::Resident);
    let open = exercise.open(state.app.now());
    let given: Option<i64> = sent.values.iter().map(|text| units(text).map(i64::from)).sum();
    let by = given.map(|given| given - exercise.total_units());
    let (title, _) = locale.text(&exercise.title);
    let until = locale.date_time(exercise.until, state.app.zone());
    let leads = state.app.leads_exercise(visitor.actor(), exercise.place);
    Ok(ShowPage {
        page: frame::page(visitor, title, Some(MenuItem::Budgeting))
            .description(locale.text(&exercise.summary).0)
            .invented(exercise.invented)
            .errors(!sent.form.is_clean()),
        crumbs: vec![
            (visitor.to("/exercises"), locale.t("exercises-title").into_owned()),
            (String::new(), title.to_owned()),
        ],
        code: exercise.code.clone(),
        summary: words(locale, &exercise.summary),
        state: locale.name("exercise-state", exercise.state.code()).into_owned(),
        open,
        until: locale.f("exercise-until", &[("at", until.into())]),
        taken_part: locale.f("exercise-participants", &[("n", n.into())]),
        total: money(locale, total(exercise)),
        total_units: exercise.total_units(),
        unit: unit_name(locale, exercise.unit),
        budget: format!("/budgets/{}", exercise.budget),
        rows: rows(locale, exercise, &sent),
        balance: balance(locale, by),
        balanced: by == Some(0),
        may_divide: open && resident,
        mine: sent.mine,
        sign_in: open && visitor.account.is_none(),
        official: open && visitor.account.is_some() && !resident,
        result: result(visitor, exercise),
        log: crate::log::about_path(&format!("exercise/{}", exercise.id)),
        desk: if leads { format!("/admin/exercises/{}", exercise.code) } else { String::new() },
        form: sent.form,
    })
}

fn unit_name(locale: &Locale, unit: Money) -> String {
    let million = Money::from_tenge(1_000_000);
    locale
        .t(if Some(unit) == million { "exercise-unit-million" } else { "exercise-unit-thousand" })
        .into_owned()
}

fn balance(locale: &Locale, by: Option<i64>) -> String {
    match by {
        None => locale.t("exercise-not-numbers").into_owned(),
        Some(0) => locale.t("exercise-balanced").into_owned(),
        Some(by) if by > 0 => locale.f("exercise-too-much", &[("by", by.into())]),
        Some(by) => locale.f("exercise-too-little", &[("by", by.saturating_neg().into())]),
    }
}

fn rows(locale: &Locale, exercise: &Exercise, sent: &Sent) -> Vec<Row> {
    let whole = exercise.total_units().max(1);
    let row = |(at, group): (usize, &akimat_participation::exercise::Group)| {
        let planned = exercise.units(group.planned);
        let key = format!("g{at}");
        Row {
            code: group.code.clone(),
            title: locale.text(&group.title).0.to_owned(),
            planned: locale.number(planned),
            planned_units: planned,
            value: sent.values.get(at).cloned().unwrap_or_default(),
            share: planned * 100 / whole,
            error: sent.form.error(&key).to_owned(),
            key,
        }
    };
    exercise.groups.iter().enumerate().map(row).collect()
}

fn result(visitor: &Visitor, exercise: &Exercise) -> Option<ResultView> {
    let locale = visitor.locale();
    let found = exercise.result.as_ref()?;
    let told = |amount: Money| {
        let tenths = amount.tiyn().saturating_mul(10) / exercise.unit.tiyn().max(1);
        locale.decimal(&format!("{}.{}", tenths / 10, tenths % 10))
    };
    let row = |(group, line): (&akimat_participation::exercise::Group, &OutcomeLine)| {
        [
            format!("{} {}", group.code, locale.text(&group.title).0),
            told(group.planned),
            told(line.median),
            told(line.mean),
            told(line.low),
            told(line.high),
        ]
    };
    let few = found.n < TOLD_MIN;
    let link = |key: &str, name: &str| {
        let href = visitor.to(&format!("/exercises/{}/{name}", exercise.code));
        (href, locale.t(key).into_owned(), name.to_owned())
    };
    Some(ResultView {
        n: locale.count(found.n),
        few: if few { locale.f("exercise-too-few", &[("n", TOLD_MIN.into())]) } else { String::new() },
        rows: exercise.groups.iter().zip(&found.lines).map(row).collect(),
        downloads: if few {
            Vec::new()
        } else {
            vec![
                link("exercise-file-result", "result.csv"),
                link("exercise-file-result", "result.xlsx"),
                link("exercise-file-divisions", "divisions.csv"),
            ]
        },
        hash: found.file_sha256.clone(),
    })
}

/// A resident hands a division in, or has its total computed.
///
/// # Errors
/// 403 for officials, 404 when there is no such exercise, 429 for a flood.
pub async fn divide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.rating, &state, &visitor)?;
    let exercise = state.app.exercise(visitor.actor(), &code).await?;
    let values: Vec<String> =
        (0..exercise.groups.len()).map(|at| form.get(&format!("g{at}")).to_owned()).collect();
    let mut again = kit::Form::new();
    for (at, value) in values.iter().enumerate() {
        if units(value).is_none() {
            again.fail(&format!("g{at}"), visitor.locale().t("exercise-number-wrong"));
        }
    }
    let whole: Option<Vec<u32>> = values.iter().map(|value| units(value)).collect();
    if form.get("act") == "submit"
        && let Some(units) = whole
    {
        match state.app.divide(visitor.actor(), &exercise, units).await {
            Ok(()) => {
                return Ok(frame::redirect(&visitor, &format!("/exercises/{code}"), "exercise-taken"));
            }
            Err(AppError::Invalid(faults)) => {
                for fault in &faults {
                    again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    let mine = state.app.my_division(visitor.actor(), &exercise).await?.is_some();
    let wrong = !again.is_clean();
    let page = build(&state, &visitor, &exercise, Sent { values, form: again, mine }).await?;
    if wrong { frame::render_invalid(&page) } else { frame::render(&page) }
}

/// A published file: the result as a table, or every division.
///
/// # Errors
/// 404 before the exercise is closed, below the least number of participants, and for other names.
pub async fn file(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, asked)): Path<(String, String, String)>,
) -> Answer {
    let exercise = state.app.exercise(visitor.actor(), &code).await?;
    let told = exercise.result.as_ref().filter(|result| result.n >= TOLD_MIN);
    let result = told.filter(|_| exercise.state == ExerciseState::Closed).ok_or_else(Failure::not_found)?;
    if asked == "divisions.csv" {
        let answers = state.app.read().list_exercise_answers(exercise.id).await?;
        let name = format!("{}-divisions.csv", exercise.code);
        return Ok(download::file(&name, "text/csv; charset=utf-8", divisions_file(&exercise, &answers)));
    }
    let format = asked.strip_prefix("result.").ok_or_else(Failure::not_found)?;
    let locale = visitor.locale();
    let tenge = |amount: Money| Cell::Number(amount.to_decimal(MoneyUnit::Tenge, 0));
    let row = |(group, line): (&akimat_participation::exercise::Group, &OutcomeLine)| {
        vec![
            Cell::Text(group.code.clone()),
            Cell::Text(locale.text(&group.title).0.to_owned()),
            tenge(group.planned),
            tenge(line.median),
            tenge(line.mean),
            tenge(line.low),
            tenge(line.high),
            Cell::Number(result.n.to_string()),
        ]
    };
    let keys = ["code", "group", "planned", "median", "mean", "low", "high", "n"];
    let table = Table {
        title: exercise.code.clone(),
        headers: keys.map(|key| locale.name("exercise-column", key).into_owned()).into(),
        rows: exercise.groups.iter().zip(&result.lines).map(row).collect(),
    };
    download::table(&format!("{}-result", exercise.code), format, &table)
}
