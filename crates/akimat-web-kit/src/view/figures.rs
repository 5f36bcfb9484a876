//! From a budget's lines to what its page prints.

use crate::figure::{Figure, Value};
use crate::kit::chart::{self, Words};
use crate::visitor::Visitor;
use akimat_budget::check::{self, Rule, Severity};
use akimat_budget::indicator::{self, Unit};
use akimat_budget::{Budget, Indicator, Item, Layout, Line, Section, Stage, classification};
use akimat_core::{Money, MoneyUnit, Ratio};
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_storage::BudgetHead;
use std::collections::BTreeMap;

/// A section with its lines and the verdict on it.
#[derive(Debug)]
pub struct SectionView {
    /// `I. Revenue`.
    pub title: String,
    /// Its total.
    pub amount: String,
    /// Its parts: name and amount.
    pub rows: Vec<(String, String)>,
    /// `ok`, `warning`, `error`, `unknown`.
    pub verdict: &'static str,
    /// The verdict in words.
    pub verdict_text: String,
}

/// A contradiction with its arithmetic.
#[derive(Debug)]
pub struct Finding {
    /// `error` or `warning`.
    pub verdict: &'static str,
    /// Its rule.
    pub title: String,
    /// What it means.
    pub text: String,
    /// State of the figures.
    pub stage: String,
    /// What is printed.
    pub printed: String,
    /// What follows from the other figures.
    pub expected: String,
    /// Printed less expected.
    pub difference: String,
    /// The figures it was computed from.
    pub inputs: Vec<(String, String)>,
}

/// An indicator with its formula.
#[derive(Debug)]
pub struct IndicatorView {
    /// Name.
    pub name: String,
    /// Value with its unit.
    pub value: String,
    /// What it means.
    pub help: String,
    /// The formula in letters.
    pub formula: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// The figures it was computed from.
    pub inputs: Vec<(String, String)>,
}

fn amount(locale: &Locale, budget: &Budget, money: Option<Money>) -> String {
    money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.amount(money, budget.unit, 1))
}

/// `after the Budget Code of 2025`.
pub fn layout(locale: &Locale, budget: &Budget) -> String {
    let code = match budget.layout() {
        Layout::Code2008 => "code2008",
        Layout::Code2025 => "code2025",
    };
    locale.name("budget-layout", code).into_owned()
}

/// `Amounts in thousand tenge`.
pub fn unit_note(locale: &Locale, unit: MoneyUnit) -> String {
    let key = match unit {
        MoneyUnit::Tenge => "unit-tenge",
        MoneyUnit::ThousandTenge => "unit-thousand-tenge",
        MoneyUnit::MillionTenge => "unit-million-tenge",
    };
    locale.f("budget-unit-note", &[("unit", locale.t(key).into())])
}

/// Links to the states of the figures: address with its query, name, whether it is the one shown.
pub fn stage_links(visitor: &Visitor, budget: &Budget, shown: Stage) -> Vec<(String, String, bool)> {
    let link = |stage: Stage| {
        let path = visitor.to(&format!("/budgets/{}?stage={}", budget.id, stage.code()));
        (path, visitor.locale().name("budget-stage", stage.code()).into_owned(), stage == shown)
    };
    budget.stages().into_iter().map(link).collect()
}

/// The main figures for people.
pub fn stats(locale: &Locale, budget: &Budget, stage: Stage) -> Vec<(String, String)> {
    [Item::RevenueTotal, Item::ExpenditureTotal, Item::Transfers, Item::Balance]
        .into_iter()
        .filter_map(|item| {
            let money = budget.amount(item, stage)?;
            Some((locale.name("budget-item", item.code()).into_owned(), locale.money_short(money)))
        })
        .collect()
}

/// Rules by the section that shows their verdict.
const fn rules(section: Section) -> &'static [Rule] {
    match section {
        Section::Revenue => &[Rule::RevenueTotal],
        Section::Expenditure => &[Rule::FunctionalTotal],
        Section::NetLending => &[Rule::NetLending],
        Section::FinancialAssets => &[Rule::FinancialAssets],
        Section::Balance => &[Rule::Balance, Rule::BalanceOmitsLending],
        Section::NonOilBalance => &[],
        Section::Financing => &[Rule::FinancingSign, Rule::FinancingTotal],
    }
}

/// Whether the figures that the section's identity needs are all given; otherwise "adds up" would be a
/// claim that nobody checked.
fn can_check(budget: &Budget, section: Section, stage: Stage) -> bool {
    let given = |items: &[Item]| items.iter().all(|item| budget.amount(*item, stage).is_some());
    let either = |total: Item, parts: &[Item]| given(&[total]) || given(parts);
    let lending = either(Item::NetLending, &[Item::Loans, Item::LoanRepayment]);
    let assets = either(Item::FinancialAssets, &[Item::AssetAcquisition, Item::AssetSales]);
    let balance = given(&[Item::RevenueTotal, Item::ExpenditureTotal]) && lending && assets;
    match section {
        Section::Revenue => {
            given(&[Item::RevenueTotal, Item::Tax, Item::NonTax, Item::FixedCapital, Item::Transfers])
        }
        Section::Expenditure => {
            given(&[Item::ExpenditureTotal])
                && budget.lines.iter().any(|line| is_group(line) && line.amounts.at(stage).is_some())
        }
        Section::NetLending => given(&[Item::NetLending, Item::Loans, Item::LoanRepayment]),
        Section::FinancialAssets => given(&[Item::FinancialAssets, Item::AssetAcquisition, Item::AssetSales]),
        Section::Balance => given(&[Item::Balance]) && balance,
        Section::NonOilBalance => false,
        Section::Financing => given(&[Item::FinancingTotal]) && balance,
    }
}

/// The sections that the budget has, each with its verdict.
pub fn sections(locale: &Locale, budget: &Budget, stage: Stage) -> Vec<SectionView> {
    let findings = check::check(budget);
    Section::ALL
        .into_iter()
        .filter_map(|section| {
            let number = section.number(budget.layout())?;
            let lines: Vec<&Line> = budget
                .lines
                .iter()
                .filter(|line| line.item.section() == section && !line.item.is_detail())
                .filter(|line| line.amounts.at(stage).is_some())
                .collect();
            let (total, parts): (Vec<&Line>, Vec<&Line>) =
                lines.into_iter().partition(|line| is_total(line.item));
            if total.is_empty() && parts.is_empty() {
                return None;
            }
            let here = findings
                .iter()
                .filter(|finding| finding.stage == Some(stage) && rules(section).contains(&finding.rule));
            let (verdict, verdict_text) =
                verdict(locale, &here.collect::<Vec<_>>(), can_check(budget, section, stage));
            let name = locale.name("budget-section", section.code());
            Some(SectionView {
                title: locale
                    .f("budget-section-numbered", &[("number", number.into()), ("name", name.into())]),
                amount: amount(locale, budget, total.first().and_then(|line| line.amounts.at(stage))),
                rows: parts
                    .iter()
                    .map(|line| (line_name(locale, line), amount(locale, budget, line.amounts.at(stage))))
                    .collect(),
                verdict,
                verdict_text,
            })
        })
        .collect()
}

const fn is_total(item: Item) -> bool {
    matches!(
        item,
        Item::RevenueTotal
            | Item::ExpenditureTotal
            | Item::NetLending
            | Item::FinancialAssets
            | Item::Balance
            | Item::NonOilBalance
            | Item::FinancingTotal
    )
}

fn verdict(locale: &Locale, found: &[&check::Finding], checked: bool) -> (&'static str, String) {
    if found.is_empty() {
        let (kind, key) =
            if checked { ("ok", "budget-verdict-holds") } else { ("unknown", "budget-verdict-unknown") };
        return (kind, locale.t(key).into_owned());
    }
    let error = found.iter().any(|finding| finding.severity == Severity::Error);
    let text = locale.f("budget-verdict-finding", &[("n", found.len().into())]);
    (if error { "error" } else { "warning" }, text)
}

/// Every contradiction of every state.
pub fn findings(locale: &Locale, budget: &Budget) -> Vec<Finding> {
    check::check(budget)
        .into_iter()
        .map(|finding| {
            let key = finding.key();
            let title = format!("{}-title", finding.rule.key());
            let printed = amount(locale, budget, finding.printed);
            let expected = amount(locale, budget, finding.expected);
            let difference = amount(locale, budget, finding.difference);
            let args = [
                ("printed", printed.as_str().into()),
                ("expected", expected.as_str().into()),
                ("difference", difference.as_str().into()),
                ("code", finding.code.as_str().into()),
            ];
            Finding {
                verdict: finding.severity.code(),
                title: locale.t(&title).into_owned(),
                text: locale.f(&key, &args),
                stage: finding
                    .stage
                    .map_or_else(String::new, |stage| locale.name("budget-stage", stage.code()).into_owned()),
                inputs: finding.inputs.iter().map(|input| input_row(locale, budget, input)).collect(),
                printed,
                expected,
                difference,
            }
        })
        .collect()
}

/// A figure of the arithmetic: name with its sign, and amount.
fn input_row(locale: &Locale, budget: &Budget, input: &check::Input) -> (String, String) {
    input_row_in(locale, budget.unit, input)
}

/// A figure of the arithmetic: name with its sign, and amount in a unit.
pub fn input_row_in(locale: &Locale, unit: MoneyUnit, input: &check::Input) -> (String, String) {
    let name = item_name(locale, input.item, &input.code);
    let sign = if input.subtracted { "− " } else { "+ " };
    (format!("{sign}{name}"), locale.amount(input.amount, unit, 1))
}

/// What an item, with the code of a detail line, is called.
pub fn item_name(locale: &Locale, item: Item, code: &str) -> String {
    let group = classification::FUNCTIONAL_GROUPS.iter().find(|group| group.code == code);
    match (item, group) {
        (Item::FunctionalGroup, Some(group)) => {
            format!("{code} {}", group.name.text().get(locale.lang()))
        }
        (_, _) if code.is_empty() => locale.name("budget-item", item.code()).into_owned(),
        _ => format!("{code} {}", locale.name("budget-item", item.code())),
    }
}

/// The name of a line: as printed, or what its item or group is called.
pub fn line_name(locale: &Locale, line: &Line) -> String {
    if line.name.is_empty() {
        return item_name(locale, line.item, &line.code);
    }
    let name = line.name.get(locale.lang());
    if line.code.is_empty() { name.to_owned() } else { format!("{} {name}", line.code) }
}

const REVENUE: [Item; 5] = [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special, Item::Transfers];

fn parts(
    locale: &Locale,
    budget: &Budget,
    stage: Stage,
    wanted: impl Fn(&Line) -> bool,
) -> Vec<(String, Money)> {
    budget
        .lines
        .iter()
        .filter(|line| wanted(line))
        .filter_map(|line| Some((line_name(locale, line), line.amounts.at(stage)?)))
        .collect()
}

/// Parts as a table: name, amount, share of the whole.
fn part_table(
    locale: &Locale,
    budget: &Budget,
    parts: &[(String, Money)],
    whole: Option<Money>,
) -> Vec<Vec<Value>> {
    let share =
        |money: Money| whole.and_then(|whole| Ratio::of(money, whole)).and_then(|share| share.percent(2));
    let row = |(name, money): &(String, Money)| {
        vec![
            Value::text(name.clone()),
            Value::money(locale, Some(*money), budget.unit),
            Value::percent(locale, share(*money)),
        ]
    };
    parts.iter().map(row).collect()
}

/// Columns of [`part_table`].
fn part_columns(locale: &Locale) -> Vec<Column> {
    vec![
        Column::text(locale.t("table-name")),
        Column::number(locale.t("table-amount")),
        Column::number(locale.t("table-share")),
    ]
}

/// Below each chart of a budget: state of the figures and the file they come from.
fn origin(locale: &Locale, budget: &Budget, stage: Stage) -> String {
    locale.f(
        "chart-note-budget",
        &[
            ("stage", locale.name("budget-stage", stage.code()).into()),
            ("file", budget.provenance.file_name.as_str().into()),
        ],
    )
}

/// Tenge as a float, for the length of bars only.
#[expect(clippy::cast_precision_loss, reason = "a bar needs no more than 53 bits")]
fn drawn(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

fn is_revenue(line: &Line) -> bool {
    REVENUE.contains(&line.item)
}

/// Classes of revenue side by side.
pub fn revenue(locale: &Locale, budget: &Budget, stage: Stage) -> Figure {
    let whole = budget.amount(Item::RevenueTotal, stage);
    let parts = parts(locale, budget, stage, is_revenue);
    if parts.is_empty() {
        return Figure::default();
    }
    let drawn: Vec<chart::Part> = parts
        .iter()
        .map(|(name, money)| {
            let share = whole.and_then(|whole| Ratio::of(*money, whole)).and_then(|share| share.percent(1));
            let share = share.map_or_else(String::new, |share| format!(": {}", locale.percent(&share)));
            chart::Part::new(format!("{name}{share}"), drawn(*money))
        })
        .collect();
    let title = locale.t("budget-revenue-chart");
    let chart = chart::stack(&Words::new("revenue", title.as_ref(), ""), &drawn);
    let rows = part_table(locale, budget, &parts, whole);
    Figure::new("revenue", title, chart)
        .table(unit_note(locale, budget.unit), part_columns(locale), rows)
        .note(origin(locale, budget, stage))
}

fn is_group(line: &Line) -> bool {
    line.item == Item::FunctionalGroup
}

/// Functional groups, the largest first.
pub fn expenditure(locale: &Locale, budget: &Budget, stage: Stage) -> Figure {
    let mut parts = parts(locale, budget, stage, is_group);
    if parts.is_empty() {
        return Figure::default();
    }
    let rows = part_table(locale, budget, &parts, budget.amount(Item::ExpenditureTotal, stage));
    parts.sort_by_key(|(_, money)| std::cmp::Reverse(*money));
    let bars: Vec<chart::Bar> = parts
        .into_iter()
        .map(|(name, money)| chart::Bar::new(name, Some(drawn(money)), locale.money_short(money)))
        .collect();
    let title = locale.t("budget-expenditure-chart");
    let chart = chart::bars(&Words::new("expenditure", title.as_ref(), ""), &bars);
    Figure::new("expenditure", title, chart)
        .table(unit_note(locale, budget.unit), part_columns(locale), rows)
        .note(origin(locale, budget, stage))
}

/// Indicators that are not about a single line.
pub fn indicators(locale: &Locale, budget: &Budget, stage: Stage) -> Vec<IndicatorView> {
    indicator_views(locale, budget, &indicator::indicators(budget, stage, None))
}

/// The same of indicators that are computed already.
pub fn indicator_views(locale: &Locale, budget: &Budget, found: &[Indicator]) -> Vec<IndicatorView> {
    found
        .iter()
        .filter(|indicator| indicator.item.is_none())
        .filter_map(|indicator| {
            let definition = indicator::definition(indicator.code)?;
            let plain = indicator.decimal()?;
            Some(IndicatorView {
                name: locale.t(&indicator.key()).into_owned(),
                value: match indicator.unit {
                    Unit::Percent => locale.percent(&plain),
                    Unit::Ratio | Unit::TengePerPerson | Unit::Tenge => locale.decimal(&plain),
                },
                help: locale.t(&format!("{}-help", indicator.key())).into_owned(),
                formula: definition.formula,
                source: definition.source,
                inputs: indicator.inputs.iter().map(|input| input_row(locale, budget, input)).collect(),
            })
        })
        .collect()
}

/// Execution by line: name, plan, what was executed, per cent.
pub fn execution_rows(locale: &Locale, budget: &Budget, found: &[Indicator]) -> Vec<[String; 4]> {
    let row = |indicator: &Indicator| {
        let [fact, plan] = indicator.inputs.as_slice() else { return None };
        Some([
            item_name(locale, indicator.item?, &indicator.line_code),
            locale.amount(plan.amount, budget.unit, 1),
            locale.amount(fact.amount, budget.unit, 1),
            locale.percent(&indicator.decimal()?),
        ])
    };
    found.iter().filter(|indicator| indicator.code == "execution").filter_map(row).collect()
}

/// Revenue and expenditure over the years, when there are at least two; otherwise nothing. Several budgets of one year stay out of the drawing: which one is right is open.
pub fn dynamics(locale: &Locale, heads: &[BudgetHead], shown: &Budget) -> Figure {
    let unit = shown.unit;
    let mut years: BTreeMap<i16, Vec<&BudgetHead>> = BTreeMap::new();
    for head in heads.iter().filter(|head| head.budget.level == shown.level) {
        years.entry(head.budget.year).or_default().push(head);
    }
    let known: Vec<(i16, &BudgetHead)> = years
        .into_iter()
        .filter_map(|(year, heads)| Some((year, *heads.first()?)).filter(|_| heads.len() == 1))
        .collect();
    if known.len() < 2 {
        return Figure::default();
    }
    let rows = known.iter().rev().map(|(year, head)| {
        let money = |money: Option<Money>| Value::money(locale, money, unit);
        vec![Value::text(year.to_string()), money(head.figures.revenue), money(head.figures.expenditure)]
    });
    let name = |item: Item| locale.name("budget-item", item.code());
    let columns = vec![
        Column::text(locale.t("table-year")),
        Column::number(name(Item::RevenueTotal)),
        Column::number(name(Item::ExpenditureTotal)),
    ];
    let (first, last) = (known[0].0, known[known.len() - 1].0);
    let at = |year: i16| known.iter().find(|(known, _)| *known == year).map(|(_, head)| head.figures);
    let series = |label: Item, pick: fn(akimat_storage::HeadFigures) -> Option<Money>| chart::Series {
        label: locale.name("budget-item", label.code()).into_owned(),
        points: (first..=last).map(|year| at(year).and_then(pick).map(|money| drawn(money) / 1e9)).collect(),
    };
    let lines = chart::Lines {
        periods: (first..=last).map(|year| year.to_string()).collect(),
        unit: locale.t("unit-billion-tenge").into_owned(),
        series: vec![
            series(Item::RevenueTotal, |figures| figures.revenue),
            series(Item::ExpenditureTotal, |figures| figures.expenditure),
        ],
    };
    let title = locale.t("budget-dynamics-heading");
    let chart =
        chart::lines(&Words::new("dynamics", title.as_ref(), ""), &lines, &|value| axis(locale, value));
    Figure::new("dynamics", title, chart).table(unit_note(locale, unit), columns, rows.collect())
}

/// A value along an axis, with as many decimals as it has, at most three.
pub fn axis(locale: &Locale, value: f64) -> String {
    let text = format!("{value:.3}");
    locale.decimal(text.trim_end_matches('0').trim_end_matches('.'))
}

/// Every line as printed: row, name, code, and the three states.
pub fn lines(locale: &Locale, budget: &Budget) -> Vec<[String; 6]> {
    let row = |line: &Line| {
        [
            line.row.to_string(),
            line_name(locale, line),
            line.code.clone(),
            amount(locale, budget, line.amounts.approved),
            amount(locale, budget, line.amounts.amended),
            amount(locale, budget, line.amounts.executed),
        ]
    };
    budget.lines.iter().take(LINES_MAX).map(row).collect()
}

/// Lines on the page; the rest is in the files.
const LINES_MAX: usize = 400;
