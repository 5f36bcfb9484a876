//! `/analysis/consolidation/{code}`: a territory's budget with those below it, what passes between them
//! taken out.

use akimat_app::consolidation::{Consolidated, Record};
use akimat_budget::consolidation::{Basis, ConsolidatedLine, Consolidation, Pair, UnitKey};
use akimat_budget::{Item, Stage};
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::item_name;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

/// Rows of units on the page; the rest is in the files.
const UNITS_MAX: usize = 60;
/// The unit in which sums of several sources are shown.
const UNIT: MoneyUnit = MoneyUnit::ThousandTenge;

#[derive(Template)]
#[template(path = "public/consolidation/show.html")]
struct ShowPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    action: String,
    form: kit::Form,
    years: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    unit_note: String,
    whole: bool,
    state: String,
    months_differ: bool,
    stats: Vec<(String, String)>,
    chart: Markup,
    lines: Vec<LineRow>,
    pairs: Vec<PairRow>,
    units: Vec<UnitRow>,
    units_more: String,
    missing: Vec<(String, String)>,
    missing_text: String,
    findings_path: String,
    execution_path: String,
    downloads: Vec<(String, String, String)>,
}

struct LineRow {
    name: String,
    sum: String,
    eliminated: String,
    left: String,
    units: String,
    total: bool,
}

struct PairRow {
    verdict: &'static str,
    title: String,
    given: String,
    received: String,
    difference: String,
    remark: String,
    rows: Vec<(String, String)>,
}

struct UnitRow {
    name: String,
    path: String,
    level: String,
    revenue: String,
    expenditure: String,
    balance: String,
    source: String,
    source_path: String,
}

/// What the address asks for.
struct Asked {
    code: KatoCode,
    year: Option<i16>,
    stage: Option<Stage>,
}

fn asked(code: &str, query: Option<String>) -> Answer<Asked> {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    Ok(Asked {
        code: frame::id(code)?,
        year: form.get("year").parse().ok(),
        stage: Stage::parse(form.get("stage")),
    })
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = asked(&code, query)?;
    let locale = visitor.locale();
    let path = state.app.read().list_place_path(asked.code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let data = state.app.consolidated(asked.code, asked.year, asked.stage).await?;
    let mut codes: Vec<KatoCode> = Vec::new();
    if let Some(result) = &data.result {
        codes.extend(result.units.iter().map(|unit| unit.unit.place));
        codes.extend(result.missing.iter().map(|unit| unit.place));
    }
    let names = place_names(&state, locale, codes).await?;
    let name = place.name.get(visitor.lang).to_owned();
    let invented = place.invented || data.records.iter().any(|record| record.budget.invented);
    let title = locale.f("consolidation-title", &[("place", name.as_str().into())]);
    let page = frame::page(&visitor, title, Some(MenuItem::Analysis))
        .description(locale.t("consolidation-lead"))
        .invented(invented);
    let mut view = empty(page, &visitor, &asked, &data);
    view.above = frame::crumbs(visitor.lang, &path);
    if let Some(result) = &data.result {
        fill(&mut view, &visitor, result, &data, &names);
    }
    frame::render(&view)
}

fn empty(page: Page, visitor: &Visitor, asked: &Asked, data: &Consolidated) -> ShowPage {
    let locale = visitor.locale();
    let code = asked.code;
    let stage = data.result.as_ref().map(|result| result.stage);
    let year = data.year.map(|year| year.to_string()).unwrap_or_default();
    ShowPage {
        page,
        above: Vec::new(),
        action: visitor.to(&format!("/analysis/consolidation/{code}")),
        form: kit::Form::new().with("year", year).with("stage", stage.map_or("", Stage::code)),
        years: data.years.iter().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        stages: data
            .stages
            .iter()
            .map(|stage| (stage.code().to_owned(), locale.name("budget-stage", stage.code()).into_owned()))
            .collect(),
        unit_note: akimat_web_kit::view::figures::unit_note(locale, UNIT),
        whole: false,
        state: String::new(),
        months_differ: false,
        stats: Vec::new(),
        chart: Markup::default(),
        lines: Vec::new(),
        pairs: Vec::new(),
        units: Vec::new(),
        units_more: String::new(),
        missing: Vec::new(),
        missing_text: String::new(),
        findings_path: format!("/findings?place={code}"),
        execution_path: format!("/analysis/execution/{code}"),
        downloads: Vec::new(),
    }
}

fn fill(
    view: &mut ShowPage,
    visitor: &Visitor,
    result: &Consolidation,
    data: &Consolidated,
    names: &BTreeMap<KatoCode, String>,
) {
    let locale = visitor.locale();
    let named = |unit: &UnitKey| names.get(&unit.place).cloned().unwrap_or_else(|| unit.place.to_string());
    view.whole = result.is_whole();
    view.state = locale.f(
        if view.whole { "consolidation-whole" } else { "consolidation-partial" },
        &[("n", result.units.len().into()), ("missing", result.missing.len().into())],
    );
    let mut months: Vec<u8> = data.records.iter().filter_map(|record| record.month).collect();
    months.dedup();
    view.months_differ = months.iter().any(|month| Some(month) != months.first());
    view.stats = stats(locale, result);
    view.chart = chart_of(locale, result);
    view.lines = result.lines.iter().map(|line| line_row(locale, line)).collect();
    view.pairs = result.pairs.iter().map(|pair| pair_row(locale, pair, result, &named)).collect();
    view.units = units(visitor, result, data, &named);
    if result.units.len() > UNITS_MAX {
        view.units_more =
            locale.f("consolidation-units-more", &[("n", (result.units.len() - UNITS_MAX).into())]);
    }
    let level = |unit: &UnitKey| locale.name("budget-level", &unit.level.to_string()).into_owned();
    view.missing = result.missing.iter().take(UNITS_MAX).map(|unit| (named(unit), level(unit))).collect();
    view.missing_text = locale.f("consolidation-missing-text", &[("n", result.missing.len().into())]);
    let (year, stage) = (result.year, result.stage.code());
    let path = view.action.strip_prefix(&visitor.to("")).unwrap_or_default().to_owned();
    view.downloads = akimat_web_kit::download::links(
        visitor,
        &format!("{path}/download"),
        &format!("year={year}&stage={stage}"),
    );
    let json = locale.t("action-download-json").into_owned();
    let code = path.rsplit('/').next().unwrap_or_default().to_owned();
    view.downloads.push((
        format!("/api/v1/consolidation/{code}?year={year}&stage={stage}"),
        json,
        String::new(),
    ));
}

fn amount(locale: &Locale, money: Option<Money>) -> String {
    money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.amount(money, UNIT, 1))
}

fn stats(locale: &Locale, result: &Consolidation) -> Vec<(String, String)> {
    let short = |money: Option<Money>| {
        money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
    };
    let revenue = result.line(Item::RevenueTotal, "");
    let transfers = result.line(Item::Transfers, "");
    let own = revenue.and_then(|line| line.left?.checked_sub(transfers?.left?));
    let left = |item| result.line(item, "").and_then(|line| line.left);
    vec![
        (locale.t("consolidation-stat-revenue").into_owned(), short(left(Item::RevenueTotal))),
        (locale.t("consolidation-stat-own").into_owned(), short(own)),
        (locale.t("consolidation-stat-expenditure").into_owned(), short(left(Item::ExpenditureTotal))),
        (
            locale.t("consolidation-stat-eliminated").into_owned(),
            short(revenue.and_then(|line| line.eliminated)),
        ),
    ]
}

/// Tenge as a float, for the length of bars only.
#[expect(clippy::cast_precision_loss, reason = "a bar needs no more than 53 bits")]
fn drawn(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

fn chart_of(locale: &Locale, result: &Consolidation) -> Markup {
    let Some(line) = result.line(Item::RevenueTotal, "") else { return Markup::default() };
    let (Some(sum), Some(out), Some(left)) = (line.sum, line.eliminated, line.left) else {
        return Markup::default();
    };
    let steps = [
        chart::Step::total(locale.t("consolidation-sum"), drawn(sum), locale.money_short(sum)),
        chart::Step::change(
            locale.t("consolidation-eliminated"),
            -drawn(out),
            format!("−{}", locale.money_short(out)),
        ),
        chart::Step::total(locale.t("consolidation-left"), drawn(left), locale.money_short(left)),
    ];
    chart::waterfall(&Words::new("revenue", locale.t("consolidation-chart"), ""), &steps)
}

fn line_row(locale: &Locale, line: &ConsolidatedLine) -> LineRow {
    let units = if line.n_silent == 0 {
        line.n_units.to_string()
    } else {
        locale.f(
            "consolidation-units-of",
            &[("n", line.n_units.into()), ("all", (line.n_units + line.n_silent).into())],
        )
    };
    LineRow {
        name: item_name(locale, line.item, &line.code),
        sum: amount(locale, line.sum),
        eliminated: match line.eliminated {
            Some(Money::ZERO) => String::from("–"),
            other => amount(locale, other),
        },
        left: amount(locale, line.left),
        units,
        total: matches!(
            line.item,
            Item::RevenueTotal
                | Item::ExpenditureTotal
                | Item::NetLending
                | Item::FinancialAssets
                | Item::Balance
                | Item::FinancingTotal
        ),
    }
}

fn pair_row(
    locale: &Locale,
    pair: &Pair,
    result: &Consolidation,
    named: &dyn Fn(&UnitKey) -> String,
) -> PairRow {
    let difference =
        pair.received.amount.zip(pair.given.amount).and_then(|(got, gave)| got.checked_sub(gave));
    let found = result.findings.iter().any(|finding| {
        finding.rule == pair.rule
            && finding.printed == pair.received.amount
            && finding.expected == pair.given.amount
            && finding.code == pair.direction.code()
    });
    let silent = pair.given.silent.len() + pair.received.silent.len();
    let agrees = difference == Some(Money::ZERO);
    let verdict = match (found, agrees) {
        (true, _) => "error",
        (_, true) => "ok",
        _ => "unknown",
    };
    let mut remarks = Vec::new();
    if !pair.missing.is_empty() {
        remarks.push(locale.f("consolidation-pair-missing", &[("n", pair.missing.len().into())]));
    }
    if silent > 0 {
        remarks.push(locale.f("consolidation-pair-silent", &[("n", silent.into())]));
    }
    let mut flows = pair.given.flows.iter().chain(&pair.received.flows);
    if flows.any(|flow| flow.basis == Basis::Undivided) {
        remarks.push(locale.t("consolidation-pair-undivided").into_owned());
    }
    let row = |key: &str, flow: &akimat_budget::consolidation::Flow| {
        let unit = UnitKey { level: 0, place: flow.place };
        let text =
            locale.f(key, &[("name", named(&unit).as_str().into()), ("record", flow.record.as_str().into())]);
        (text, locale.amount(flow.amount, UNIT, 1))
    };
    let given = pair.given.flows.iter().map(|flow| row("consolidation-gave", flow));
    let received = pair.received.flows.iter().map(|flow| row("consolidation-got", flow));
    let kind = if pair.rule == akimat_budget::Rule::CreditMismatch { "credit" } else { "transfer" };
    let title = format!("consolidation-pair-{kind}-{}", pair.direction.code());
    PairRow {
        verdict,
        title: locale.f(&title, &[("name", named(&pair.upper).as_str().into())]),
        given: amount(locale, pair.given.amount),
        received: amount(locale, pair.received.amount),
        difference: amount(locale, difference),
        remark: remarks.join(" "),
        rows: given.chain(received).take(UNITS_MAX).collect(),
    }
}

fn units(
    visitor: &Visitor,
    result: &Consolidation,
    data: &Consolidated,
    named: &dyn Fn(&UnitKey) -> String,
) -> Vec<UnitRow> {
    let locale = visitor.locale();
    let record = |unit: &UnitKey| -> Option<&Record> {
        data.records
            .iter()
            .find(|record| record.budget.place == Some(unit.place) && record.budget.level == unit.level)
    };
    let row = |sum: &akimat_budget::consolidation::UnitSum| {
        let record = record(&sum.unit);
        let month = record.and_then(|record| record.month);
        UnitRow {
            name: named(&sum.unit),
            path: frame::place_path(sum.unit.place),
            level: locale.name("budget-level", &sum.unit.level.to_string()).into_owned(),
            revenue: amount(locale, sum.revenue),
            expenditure: amount(locale, sum.expenditure),
            balance: amount(locale, sum.balance),
            source: match month {
                Some(month) => locale.f(
                    "consolidation-source-report",
                    &[("month", month.into()), ("file", sum.record.as_str().into())],
                ),
                None => sum.record.clone(),
            },
            source_path: record
                .and_then(|record| record.register)
                .map_or_else(String::new, |id| format!("/budgets/{id}")),
        }
    };
    result.units.iter().take(UNITS_MAX).map(row).collect()
}

/// The lines as a file.
///
/// # Errors
/// 404 for an unknown territory or format, or when there is nothing to consolidate.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, format)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = asked(&code, query)?;
    let locale = visitor.locale();
    let data = state.app.consolidated(asked.code, asked.year, asked.stage).await?;
    let result = data.result.ok_or_else(Failure::not_found)?;
    let keys = [
        "budget-item-label",
        "budget-lines-code",
        "table-name",
        "consolidation-sum",
        "consolidation-eliminated",
        "consolidation-left",
        "consolidation-units",
    ];
    let money =
        |money: Option<Money>| money.map_or(Cell::Empty, |money| Cell::Number(money.to_decimal(UNIT, 1)));
    let row = |line: &ConsolidatedLine| {
        vec![
            Cell::Text(line.item.code().to_owned()),
            Cell::Text(line.code.clone()),
            Cell::Text(item_name(locale, line.item, &line.code)),
            money(line.sum),
            money(line.eliminated),
            money(line.left),
            Cell::Number(line.n_units.to_string()),
        ]
    };
    let name = format!("consolidation-{}-{}-{}", asked.code, result.year, result.stage.code());
    let table = Table {
        title: name.clone(),
        headers: keys.into_iter().map(|key| locale.t(key).into_owned()).collect(),
        rows: result.lines.iter().map(row).collect(),
    };
    akimat_web_kit::download::table(&name, &format, &table)
}

/// A share for a table cell.
pub(crate) fn share(locale: &Locale, ratio: Option<Ratio>) -> String {
    let text = ratio.and_then(|ratio| ratio.percent(1)).map(|text| locale.percent(&text));
    text.unwrap_or_else(|| locale.t("no-data-short").into_owned())
}
