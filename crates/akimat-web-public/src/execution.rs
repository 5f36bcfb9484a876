//! `/analysis/execution/{code}`: how a year's plan is carried out, month by month, beside former years.

use crate::consolidation::share;
use akimat_app::price::borders;
use akimat_budget::pace::{MonthReport, Pace, PaceMonth, PaceYear, pace};
use akimat_budget::real::{Deflator, Refusal, growth};
use akimat_budget::{Item, classification};
use akimat_core::{Frequency, KatoCode, Money, MoneyUnit, Period, Ratio};
use akimat_i18n::Locale;
use akimat_storage::fact::{FactMonth, FactNode, LineKey};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::{axis, item_name, unit_note};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

/// The unit in which amounts are shown.
const UNIT: MoneyUnit = MoneyUnit::ThousandTenge;

/// Lines that may be asked for; functional groups come after them.
const ITEMS: [Item; 7] = [
    Item::ExpenditureTotal,
    Item::RevenueTotal,
    Item::Tax,
    Item::NonTax,
    Item::FixedCapital,
    Item::Transfers,
    Item::Loans,
];

#[derive(Template)]
#[template(path = "public/execution/show.html")]
struct ShowPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    action: String,
    form: kit::Form,
    scopes: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    years: Vec<(String, String)>,
    unit_note: String,
    missing: String,
    uneven: bool,
    stats: Vec<(String, String)>,
    pace_chart: Markup,
    flow_chart: Markup,
    rows: Vec<MonthRow>,
    changes: Vec<String>,
    growth: Vec<GrowthRow>,
    growth_note: String,
    totals: bool,
    consolidation_path: String,
    forecast_year_path: String,
}

struct MonthRow {
    month: String,
    plan: String,
    executed: String,
    flow: String,
    execution: String,
    usual: String,
    units: String,
}

struct GrowthRow {
    year: String,
    amount: String,
    nominal: String,
    real: String,
    remark: String,
}

/// What the address asks for.
struct Asked {
    code: KatoCode,
    level: Option<u8>,
    line: LineKey,
    year: Option<i16>,
    base: Option<i16>,
}

fn asked(code: &str, form: &Form) -> Answer<Asked> {
    let wanted = form.get("line");
    let line = ITEMS
        .into_iter()
        .find(|item| item.code() == wanted)
        .map(|item| LineKey { item, code: String::new() })
        .or_else(|| {
            let group = wanted.strip_prefix("group-")?;
            classification::functional_group_name(group)
                .map(|_| LineKey { item: Item::FunctionalGroup, code: group.to_owned() })
        });
    Ok(Asked {
        code: frame::id(code)?,
        level: form.get("scope").parse().ok().filter(|level| (1..=5).contains(level)),
        line: line.unwrap_or(LineKey { item: Item::ExpenditureTotal, code: String::new() }),
        year: form.get("year").parse().ok(),
        base: form.get("base").parse().ok(),
    })
}

fn line_word(line: &LineKey) -> String {
    if line.item == Item::FunctionalGroup {
        format!("group-{}", line.code)
    } else {
        line.item.code().to_owned()
    }
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
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = asked(&code, &form)?;
    let locale = visitor.locale();
    let read = state.app.read();
    let path = read.list_place_path(asked.code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let units = read.list_fact_units(Some(asked.code), None).await?;
    let own = units.iter().find(|unit| unit.place == asked.code);
    let mut levels: Vec<u8> =
        units.iter().filter(|unit| unit.place != asked.code).map(|unit| unit.level).collect();
    levels.sort_unstable();
    levels.dedup();
    let level = asked.level.filter(|level| levels.contains(level));
    let level = level.or_else(|| if own.is_none() { levels.first().copied() } else { None });
    let node = match level {
        Some(level) => FactNode::Sum { under: Some(asked.code), level },
        None => FactNode::Unit(asked.code),
    };
    let months = read.fact_months(node, &asked.line, 1991..=2100).await?;
    let prices = state.app.prices(asked.base).await?;
    let title = locale.f("execution-title", &[("place", place.name.get(visitor.lang).into())]);
    let page = frame::page(&visitor, title, Some(MenuItem::Analysis))
        .description(locale.t("execution-lead"))
        .invented(place.invented);
    let mut scopes = Vec::new();
    if own.is_some() {
        scopes.push(("own".to_owned(), locale.t("execution-scope-own").into_owned()));
    }
    scopes.extend(levels.iter().map(|level| {
        let name = locale.name("budget-level", &level.to_string());
        (level.to_string(), locale.f("execution-scope-sum", &[("level", name.as_ref().into())]))
    }));
    let scope = level.map_or_else(|| "own".to_owned(), |level| level.to_string());
    let mut view = empty(page, &visitor, &asked, scopes, &scope);
    view.above = frame::crumbs(visitor.lang, &path);
    fill(&mut view, locale, &asked, &months, prices.as_ref());
    frame::render(&view)
}

fn empty(
    page: Page,
    visitor: &Visitor,
    asked: &Asked,
    scopes: Vec<(String, String)>,
    scope: &str,
) -> ShowPage {
    let locale = visitor.locale();
    let code = asked.code;
    let items = ITEMS
        .into_iter()
        .map(|item| (item.code().to_owned(), locale.name("budget-item", item.code()).into_owned()));
    let groups = classification::FUNCTIONAL_GROUPS
        .iter()
        .filter(|group| group.code != classification::REPAYMENT_GROUP)
        .map(|group| (format!("group-{}", group.code), item_name(locale, Item::FunctionalGroup, group.code)));
    ShowPage {
        page,
        above: Vec::new(),
        action: visitor.to(&format!("/analysis/execution/{code}")),
        form: kit::Form::new().with("scope", scope).with("line", line_word(&asked.line)),
        scopes,
        lines: items.chain(groups).collect(),
        years: Vec::new(),
        unit_note: unit_note(locale, UNIT),
        missing: String::new(),
        uneven: false,
        stats: Vec::new(),
        pace_chart: Markup::default(),
        flow_chart: Markup::default(),
        rows: Vec::new(),
        changes: Vec::new(),
        growth: Vec::new(),
        growth_note: String::new(),
        totals: scope != "own",
        consolidation_path: format!("/analysis/consolidation/{code}"),
        forecast_year_path: format!("/places/{code}/forecast/year"),
    }
}

fn fill(
    view: &mut ShowPage,
    locale: &Locale,
    asked: &Asked,
    months: &[FactMonth],
    prices: Option<&Deflator>,
) {
    let reports: Vec<MonthReport> = months
        .iter()
        .map(|own| MonthReport { year: own.year, month: own.month, amounts: own.amounts })
        .collect();
    let known: Vec<i16> = pace(&reports, i16::MAX).years.iter().map(|year| year.year).collect();
    let year = asked.year.filter(|year| known.contains(year)).or_else(|| {
        // The newest year in which anything was executed, or else the newest plan.
        let executed = months.iter().filter(|own| own.amounts.executed.is_some()).map(|own| own.year);
        executed.max().or_else(|| known.last().copied())
    });
    let Some(year) = year else { return };
    let picture = pace(&reports, year);
    view.years = known.iter().rev().map(|year| (year.to_string(), year.to_string())).collect();
    view.form = std::mem::take(&mut view.form).with("year", year.to_string());
    let Some(own) = picture.year(year) else { return };
    let counts: BTreeMap<u8, u32> =
        months.iter().filter(|m| m.year == year).map(|m| (m.month, m.n_units.executed)).collect();
    let counted: Vec<u32> = counts.iter().filter(|(month, _)| **month > 0).map(|(_, n)| *n).collect();
    view.uneven = view.totals && counted.iter().any(|n| Some(n) != counted.first());
    view.stats = stats(locale, own, &picture);
    view.pace_chart = pace_chart(locale, own, &picture);
    view.flow_chart = flow_chart(locale, own, &picture);
    view.rows = own.months.iter().map(|month| month_row(locale, year, month, &picture, &counts)).collect();
    if !own.missing.is_empty() {
        let names: Vec<String> = own.missing.iter().map(|month| month_name(locale, year, *month)).collect();
        view.missing = locale.f("execution-missing", &[("months", names.join(", ").as_str().into())]);
    }
    view.changes = changes(locale, year, &picture);
    let growth = growth_rows(locale, asked.code, &picture, prices);
    view.growth = growth;
    view.growth_note = match prices {
        Some(prices) => locale.f(
            "execution-growth-prices",
            &[
                ("year", prices.base_year.to_string().as_str().into()),
                ("source", prices.source.as_str().into()),
            ],
        ),
        None => locale.t("execution-growth-no-prices").into_owned(),
    };
}

fn month_name(locale: &Locale, year: i16, month: u8) -> String {
    match Period::new(year, month, Frequency::Monthly) {
        Some(period) => locale.period(period),
        None => month.to_string(),
    }
}

fn amount(locale: &Locale, money: Option<Money>) -> String {
    money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.amount(money, UNIT, 1))
}

fn usual_of(picture: &Pace, month: u8) -> Option<&akimat_budget::pace::Usual> {
    picture.usual.iter().find(|usual| usual.month == month)
}

fn month_row(
    locale: &Locale,
    year: i16,
    month: &PaceMonth,
    picture: &Pace,
    counts: &BTreeMap<u8, u32>,
) -> MonthRow {
    let usual = usual_of(picture, month.month).map_or_else(
        || locale.t("no-data-short").into_owned(),
        |usual| {
            locale.f(
                "execution-usual",
                &[
                    ("median", share(locale, Some(usual.median)).as_str().into()),
                    ("min", share(locale, Some(usual.min)).as_str().into()),
                    ("max", share(locale, Some(usual.max)).as_str().into()),
                    ("n", usual.n_years.into()),
                ],
            )
        },
    );
    let mut flow = amount(locale, month.flow);
    if month.flow.is_some() && month.flow_months > 1 {
        flow = locale
            .f("execution-flow-months", &[("amount", flow.as_str().into()), ("n", month.flow_months.into())]);
    }
    MonthRow {
        month: month_name(locale, year, month.month),
        plan: amount(locale, month.amounts.amended.or(month.amounts.approved)),
        executed: amount(locale, month.amounts.executed),
        flow,
        execution: share(locale, month.execution),
        usual,
        units: counts.get(&month.month).map_or_else(String::new, ToString::to_string),
    }
}

fn stats(locale: &Locale, own: &PaceYear, picture: &Pace) -> Vec<(String, String)> {
    let short = |money: Option<Money>| {
        money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
    };
    let last = own.months.iter().rev().find(|month| month.amounts.executed.is_some());
    let Some(last) = last.or_else(|| own.months.last()) else {
        let plan = own.plan.and_then(|plan| plan.amended.or(plan.approved));
        return vec![(locale.t("execution-stat-plan").into_owned(), short(plan))];
    };
    let approved = own.plan.and_then(|plan| plan.approved).or(last.amounts.approved);
    let mut stats = vec![
        (locale.t("execution-stat-approved").into_owned(), short(approved)),
        (locale.t("execution-stat-amended").into_owned(), short(last.amounts.amended)),
        (
            locale.f(
                "execution-stat-executed",
                &[("month", month_name(locale, own.year, last.month).as_str().into())],
            ),
            short(last.amounts.executed),
        ),
        (locale.t("execution-stat-share").into_owned(), share(locale, last.execution)),
    ];
    if let Some(usual) = usual_of(picture, last.month) {
        let label = locale.f("execution-stat-usual", &[("n", usual.n_years.into())]);
        stats.push((label, share(locale, Some(usual.median))));
    }
    stats
}

fn months_of(locale: &Locale) -> Vec<String> {
    (1..=12_u8).map(|month| locale.name("month-short", &month.to_string()).into_owned()).collect()
}

/// Execution this year as a line, with the middle and the range of former years.
fn pace_chart(locale: &Locale, own: &PaceYear, picture: &Pace) -> Markup {
    if own.months.iter().all(|month| month.execution.is_none()) {
        return Markup::default();
    }
    let percent = |ratio: Ratio| ratio.to_f64() * 100.0;
    let this = (1..=12_u8).map(|month| {
        own.months.iter().find(|own| own.month == month).and_then(|own| own.execution).map(percent)
    });
    let usual = |pick: fn(&akimat_budget::pace::Usual) -> Ratio| -> Vec<Option<f64>> {
        (1..=12_u8).map(|month| usual_of(picture, month).map(pick).map(percent)).collect()
    };
    let mut series = vec![chart::Series { label: own.year.to_string(), points: this.collect() }];
    if !picture.usual.is_empty() {
        let label = |key: &str| locale.t(key).into_owned();
        series.push(chart::Series { label: label("execution-median"), points: usual(|own| own.median) });
        series.push(chart::Series { label: label("execution-min"), points: usual(|own| own.min) });
        series.push(chart::Series { label: label("execution-max"), points: usual(|own| own.max) });
    }
    let lines = chart::Lines { periods: months_of(locale), unit: "%".to_owned(), series };
    chart::lines(&Words::new("pace", locale.t("execution-pace-chart"), ""), &lines, &|value| {
        axis(locale, value)
    })
}

/// Millions of tenge as a float, for drawing only.
#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more than 53 bits")]
fn drawn(money: Money) -> f64 {
    money.tiyn() as f64 / 1e8
}

/// What each month added, beside the same month of the year before.
fn flow_chart(locale: &Locale, own: &PaceYear, picture: &Pace) -> Markup {
    let flows = |year: &PaceYear| -> Vec<Option<f64>> {
        (1..=12_u8)
            .map(|month| {
                let month = year.months.iter().find(|own| own.month == month)?;
                month.flow.filter(|_| month.flow_months == 1).map(drawn)
            })
            .collect()
    };
    let fact = flows(own);
    if fact.iter().all(Option::is_none) {
        return Markup::default();
    }
    let former = picture.year(own.year - 1);
    let columns = chart::Columns {
        periods: months_of(locale),
        unit: locale.t("unit-million-tenge").into_owned(),
        plan: None,
        fact: Some(chart::Series { label: own.year.to_string(), points: fact }),
        former: former.map(|year| chart::Series { label: year.year.to_string(), points: flows(year) }),
    };
    let words = Words::new("flow", locale.t("execution-flow-chart"), "");
    chart::columns(&words, &columns, &|value| axis(locale, value))
}

fn changes(locale: &Locale, year: i16, picture: &Pace) -> Vec<String> {
    let own = picture.plan_changes.iter().filter(|change| change.year == year);
    own.map(|change| {
        locale.f(
            "execution-plan-change",
            &[
                ("month", month_name(locale, year, change.month).as_str().into()),
                ("was", locale.amount(change.was, UNIT, 1).as_str().into()),
                ("now", locale.amount(change.now, UNIT, 1).as_str().into()),
            ],
        )
    })
    .collect()
}

/// Closed years against the year before, nominal and in prices of one year.
fn growth_rows(
    locale: &Locale,
    place: KatoCode,
    picture: &Pace,
    prices: Option<&Deflator>,
) -> Vec<GrowthRow> {
    let closed: BTreeMap<i16, Money> = picture
        .years
        .iter()
        .filter_map(|year| {
            let december = year.months.iter().find(|month| month.month == 12)?;
            Some((year.year, december.amounts.executed?))
        })
        .collect();
    let signed = |ratio: Ratio| {
        let text = ratio.percent(1).unwrap_or_default();
        let sign = if text.starts_with('-') || text == "0.0" { "" } else { "+" };
        format!("{sign}{}", locale.percent(&text))
    };
    let row = |(year, money): (&i16, &Money)| {
        let base = GrowthRow {
            year: year.to_string(),
            amount: locale.amount(*money, UNIT, 1),
            nominal: locale.t("no-data-short").into_owned(),
            real: locale.t("no-data-short").into_owned(),
            remark: String::new(),
        };
        match growth(place, &closed, (*year - 1, *year), prices, borders()) {
            Ok(grown) => GrowthRow {
                nominal: signed(grown.nominal),
                real: grown.real.clone().map_or_else(|_| base.real.clone(), signed),
                remark: match &grown.real {
                    Err(refusal) if prices.is_some() => refusal_text(locale, refusal),
                    _ => String::new(),
                },
                ..base
            },
            Err(refusal) => GrowthRow { remark: refusal_text(locale, &refusal), ..base },
        }
    };
    closed.iter().rev().map(row).collect()
}

fn refusal_text(locale: &Locale, refusal: &Refusal) -> String {
    let year = |year: &i16| year.to_string();
    match refusal {
        Refusal::NoFigure(own) => {
            locale.f("execution-refusal-no-figure", &[("year", year(own).as_str().into())])
        }
        Refusal::BaseNotPositive(own) => {
            locale.f("execution-refusal-base", &[("year", year(own).as_str().into())])
        }
        Refusal::NoIndex(own) => locale.f("execution-refusal-index", &[("year", year(own).as_str().into())]),
        Refusal::Border(_, on) => {
            locale.f("execution-refusal-border", &[("date", locale.date(*on).as_str().into())])
        }
        Refusal::Order | Refusal::TooLarge => locale.t("execution-refusal-size").into_owned(),
    }
}
