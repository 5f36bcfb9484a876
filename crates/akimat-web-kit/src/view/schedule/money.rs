//! Money of a project: by year, source and programme; in the budget; by contracts.

use super::count;
use akimat_app::contract::Held;
use akimat_app::schedule::money::InBudget;
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_procurement::process::TENGE;
use akimat_project::{MoneyLine, Project};

/// A row of the register: year, source, programme, and five amounts in thousand tenge.
#[derive(Debug)]
pub struct MoneyRow {
    /// Year.
    pub year: String,
    /// Source.
    pub source: String,
    /// Programme; that none is stated.
    pub programme: String,
    /// Planned, amended, contracted, billed, paid.
    pub cells: [String; 5],
}

/// A year and programme beside the budget.
#[derive(Debug)]
pub struct BudgetRow {
    /// Year.
    pub year: String,
    /// Programme.
    pub programme: String,
    /// Address of the budget.
    pub path: String,
    /// Its name.
    pub budget: String,
    /// Name of the line, or why there is none.
    pub line: String,
    /// In the project, in the plan of the line, executed.
    pub cells: [String; 3],
    /// The project plans more than the line holds.
    pub beyond: bool,
}

/// A contract.
#[derive(Debug)]
pub struct ContractRow {
    /// Address.
    pub path: String,
    /// Number and name.
    pub title: String,
    /// Supplier.
    pub supplier: String,
    /// Sum now, billed, paid.
    pub cells: [String; 3],
}

/// Everything about the money of a project.
#[derive(Debug, Default)]
pub struct MoneyView {
    /// The register.
    pub rows: Vec<MoneyRow>,
    /// Its sums.
    pub total: [String; 5],
    /// Beside the budget.
    pub budgets: Vec<BudgetRow>,
    /// Contracts in tenge.
    pub contracts: Vec<ContractRow>,
    /// Their sums.
    pub sums: [String; 3],
    /// Where register and contracts say different things.
    pub apart: Vec<String>,
    /// Contracts in other currencies, which no sum holds.
    pub foreign: String,
}

fn amount(locale: &Locale, money: Option<Money>) -> String {
    money.map_or_else(
        || locale.t("no-data-short").into_owned(),
        |money| locale.amount(money, MoneyUnit::ThousandTenge, 1),
    )
}

/// A sum of what is known; `None` when nothing is.
fn sum(of: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    let known: Vec<Money> = of.flatten().collect();
    if known.is_empty() { None } else { Money::checked_sum(known) }
}

const COLUMNS: [fn(&MoneyLine) -> Option<Money>; 5] = [
    |line| line.planned,
    |line| line.amended,
    |line| line.contracted,
    |line| line.invoiced,
    |line| line.paid,
];

/// The money of a project.
pub fn money(locale: &Locale, project: &Project, budgets: &[InBudget], held: &[Held]) -> MoneyView {
    let totals = COLUMNS.map(|column| sum(project.money.iter().map(column)));
    let mut view = MoneyView {
        rows: project.money.iter().map(|line| row(locale, line)).collect(),
        total: totals.map(|total| amount(locale, total)),
        budgets: budgets.iter().map(|own| budget_row(locale, project, own)).collect(),
        ..MoneyView::default()
    };
    let mut sums: [Option<Money>; 3] = [None; 3];
    let mut n_foreign = 0;
    for one in held {
        for contract in &one.process.contracts {
            if contract.currency != TENGE {
                n_foreign += 1;
                continue;
            }
            let billed = one.process.invoices.iter().filter(|bill| bill.contract == contract.id);
            let cells = [
                Some(one.process.current_amount(contract)),
                sum(billed.map(|bill| Some(bill.amount))),
                one.process.paid(&contract.id),
            ];
            for (all, own) in sums.iter_mut().zip(cells) {
                *all = sum([*all, own].into_iter());
            }
            let number = locale.f("schedule-contract-number", &[("number", contract.number.as_str().into())]);
            view.contracts.push(ContractRow {
                path: format!("/projects/{}/contracts#c-{}", project.id, one.section.id),
                title: format!("{number} · {}", locale.text(&one.process.title).0),
                supplier: one.process.supplier(contract).map_or_else(String::new, |own| own.name.clone()),
                cells: cells.map(|cell| amount(locale, cell)),
            });
        }
    }
    view.sums = sums.map(|own| amount(locale, own));
    view.apart = apart(locale, [totals[2], totals[3], totals[4]], sums);
    if n_foreign > 0 {
        view.foreign = locale.f("schedule-contracts-foreign", &[("n", count(n_foreign).into())]);
    }
    view
}

fn row(locale: &Locale, line: &MoneyLine) -> MoneyRow {
    MoneyRow {
        year: line.year.to_string(),
        source: locale.name("money-source", line.source.code()).into_owned(),
        programme: programme(locale, &line.programme),
        cells: COLUMNS.map(|column| amount(locale, column(line))),
    }
}

fn programme(locale: &Locale, code: &str) -> String {
    if code.is_empty() { locale.t("schedule-programme-none").into_owned() } else { code.to_owned() }
}

fn budget_row(locale: &Locale, project: &Project, own: &InBudget) -> BudgetRow {
    let here = |line: &&MoneyLine| line.year == own.year && line.programme == own.programme;
    let planned = sum(project.money.iter().filter(here).map(MoneyLine::current));
    let amounts = own.line.as_ref().map(|line| line.amounts).unwrap_or_default();
    let held = amounts.amended.or(amounts.approved);
    let line = match &own.line {
        Some(line) => match locale.text(&line.name).0 {
            "" => line.code.clone(),
            name => format!("{} {name}", line.code),
        },
        None if own.programme.is_empty() => locale.t("schedule-budget-no-programme").into_owned(),
        None if !own.detailed => locale.t("schedule-budget-no-detail").into_owned(),
        None => locale.t("schedule-budget-no-line").into_owned(),
    };
    let name = [("place", locale.text(&own.place).0.into()), ("year", own.year.to_string().into())];
    BudgetRow {
        year: own.year.to_string(),
        programme: programme(locale, &own.programme),
        path: format!("/budgets/{}#lines", own.budget),
        budget: locale.f("schedule-budget-of", &name),
        line,
        cells: [planned, held, amounts.executed].map(|money| amount(locale, money)),
        beyond: planned.zip(held).is_some_and(|(planned, held)| planned > held),
    }
}

/// Where the register and the contracts say different things about the same money.
fn apart(locale: &Locale, register: [Option<Money>; 3], contracts: [Option<Money>; 3]) -> Vec<String> {
    let keys = ["schedule-apart-contracted", "schedule-apart-invoiced", "schedule-apart-paid"];
    let pairs = register.into_iter().zip(contracts).zip(keys);
    let told = |((register, contracts), key): ((Option<Money>, Option<Money>), &str)| {
        let (register, contracts) = (register?, contracts?);
        let args = [
            ("register", locale.money_short(register).into()),
            ("contracts", locale.money_short(contracts).into()),
        ];
        (register != contracts).then(|| locale.f(key, &args))
    };
    pairs.filter_map(told).collect()
}
