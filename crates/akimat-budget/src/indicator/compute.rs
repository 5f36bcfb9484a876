//! The arithmetic of the indicators.

use super::{Indicator, define};
use crate::check::{Figures, Input};
use crate::{Budget, Item, Stage, classification};
use akimat_core::{Money, Ratio};

/// Every indicator that the figures of one state allow, in the order of
/// [`DEFINITIONS`](super::DEFINITIONS).
///
/// Totals that are absent but follow from their parts are derived. The balance is the one that
/// follows from the sections, so that a misprint does not spoil the ratio.
///
/// # Units
/// `population`: persons at the date of the figures.
pub fn indicators(budget: &Budget, stage: Stage, population: Option<u64>) -> Vec<Indicator> {
    let figures = Figures::new(budget, stage);
    let mut found = Vec::new();
    ratios(&figures, &mut found);
    found.extend(social_share(&figures));
    found.extend(concentration(&figures));
    structure(&figures, &mut found);
    execution(budget, stage, &mut found);
    per_capita(&figures, population, &mut found);
    found
}

/// The change of one summary line between two budgets, relative to the earlier one. Amounts are
/// compared in tenge whatever the units of the sources.
pub fn growth(earlier: &Budget, later: &Budget, item: Item, stage: Stage) -> Option<Indicator> {
    let before = Figures::new(earlier, stage).known(item)?;
    let after = Figures::new(later, stage).known(item)?;
    let change = tiyn(&after) - tiyn(&before);
    let value = Ratio::new(change, tiyn(&before))?;
    let inputs = vec![after, Input { subtracted: true, ..before }];
    Some(Indicator { item: Some(item), ..plain("growth", stage, value, inputs)? })
}

fn tiyn(input: &Input) -> i128 {
    i128::from(input.amount.tiyn())
}

fn plain(code: &'static str, stage: Stage, value: Ratio, inputs: Vec<Input>) -> Option<Indicator> {
    let unit = define::definition(code)?.unit;
    Some(Indicator { code, stage, item: None, line_code: String::new(), value, unit, inputs })
}

fn ratios(figures: &Figures<'_>, found: &mut Vec<Indicator>) {
    let stage = figures.stage;
    let revenue = figures.known(Item::RevenueTotal);
    let expenditure = figures.known(Item::ExpenditureTotal);
    let own = own_revenue(figures);
    let over = |code, top: Option<(i128, Vec<Input>)>, bottom: Option<(i128, Vec<Input>)>| {
        let ((top, mut inputs), (bottom, more)) = (top?, bottom?);
        for input in more {
            if !inputs.contains(&input) {
                inputs.push(input);
            }
        }
        plain(code, stage, Ratio::new(top, bottom)?, inputs)
    };
    let one = |input: &Option<Input>| input.as_ref().map(|input| (tiyn(input), vec![input.clone()]));
    let transfers = figures.printed(Item::Transfers);
    found.extend(over("own_source_share", own.clone(), one(&revenue)));
    found.extend(over("transfer_dependence", one(&transfers), one(&revenue)));
    found.extend(over("self_sufficiency", own.clone(), one(&expenditure)));
    found.extend(over("tax_share", one(&figures.printed(Item::Tax)), one(&revenue)));
    found.extend(over("balance_ratio", one(&figures.identity_balance()), one(&revenue)));
    let gap = own.clone().zip(expenditure.as_ref()).map(|((own, inputs), all)| (tiyn(all) - own, inputs));
    found.extend(over("vertical_gap", gap, one(&expenditure)));
    found.extend(over("debt_service_ratio", debt_service(figures), own));
}

/// O = R - X with the two figures it is made of.
fn own_revenue(figures: &Figures<'_>) -> Option<(i128, Vec<Input>)> {
    let revenue = figures.known(Item::RevenueTotal)?;
    let transfers = figures.printed(Item::Transfers)?;
    let own = tiyn(&revenue) - tiyn(&transfers);
    Some((own, vec![revenue, Input { subtracted: true, ..transfers }]))
}

/// Interest (group 14) and repayment of loans: both must be printed.
fn debt_service(figures: &Figures<'_>) -> Option<(i128, Vec<Input>)> {
    let interest = figures.groups().into_iter().find(|group| group.code == "14")?;
    let repayment = figures.printed(Item::DebtRepayment)?;
    Some((tiyn(&interest) + tiyn(&repayment), vec![interest, repayment]))
}

/// The groups when they add up to expenditure: only then is an absent group known to be zero.
fn whole_groups(figures: &Figures<'_>) -> Option<(Vec<Input>, Input)> {
    let groups = figures.groups();
    let total = figures.known(Item::ExpenditureTotal)?;
    let sum: i128 = groups.iter().map(tiyn).sum();
    (!groups.is_empty() && sum == tiyn(&total)).then_some((groups, total))
}

fn social_share(figures: &Figures<'_>) -> Option<Indicator> {
    let (groups, total) = whole_groups(figures)?;
    let is_social = |group: &Input| classification::SOCIAL_GROUPS.contains(&group.code.as_str());
    let mut inputs: Vec<Input> = groups.into_iter().filter(is_social).collect();
    let social: i128 = inputs.iter().map(tiyn).sum();
    let value = Ratio::new(social, tiyn(&total))?;
    inputs.push(total);
    plain("social_share", figures.stage, value, inputs)
}

fn concentration(figures: &Figures<'_>) -> Option<Indicator> {
    let (mut inputs, total) = whole_groups(figures)?;
    let mut squares = 0_i128;
    for group in &inputs {
        squares = squares.checked_add(tiyn(group).checked_mul(tiyn(group))?)?;
    }
    let value = Ratio::new(squares, tiyn(&total).checked_mul(tiyn(&total))?)?;
    inputs.push(total);
    plain("hhi", figures.stage, value, inputs)
}

fn structure(figures: &Figures<'_>, found: &mut Vec<Indicator>) {
    let mut share = |code, part: Input, whole: &Input| {
        let (item, line_code) = (Some(part.item), part.code.clone());
        let value = Ratio::of(part.amount, whole.amount);
        let indicator = value.and_then(|v| plain(code, figures.stage, v, vec![part, whole.clone()]));
        found.extend(indicator.map(|indicator| Indicator { item, line_code, ..indicator }));
    };
    if let Some(expenditure) = figures.known(Item::ExpenditureTotal) {
        for group in figures.groups() {
            share("structure", group, &expenditure);
        }
    }
    if let Some(revenue) = figures.known(Item::RevenueTotal) {
        for item in [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special, Item::Transfers] {
            if let Some(category) = figures.printed(item) {
                share("revenue_structure", category, &revenue);
            }
        }
    }
}

/// Fact over plan for every summary line and functional group, when the executed state is asked for.
fn execution(budget: &Budget, stage: Stage, found: &mut Vec<Indicator>) {
    if stage != Stage::Executed {
        return;
    }
    for line in &budget.lines {
        let plan = line.amounts.amended.or(line.amounts.approved);
        let wanted = !line.item.is_detail() || line.item == Item::FunctionalGroup;
        let (true, Some(plan), Some(fact)) = (wanted, plan, line.amounts.executed) else { continue };
        let code = if line.item.is_detail() { line.code.clone() } else { String::new() };
        let input = |amount: Money| Input {
            item: line.item,
            code: code.clone(),
            subtracted: false,
            amount,
            derived: false,
        };
        let inputs = vec![input(fact), input(plan)];
        let indicator = Ratio::of(fact, plan).and_then(|value| plain("execution", stage, value, inputs));
        found.extend(indicator.map(|i| Indicator { item: Some(line.item), line_code: code.clone(), ..i }));
    }
}

fn per_capita(figures: &Figures<'_>, population: Option<u64>, found: &mut Vec<Indicator>) {
    let Some(population) = population else { return };
    let tiyn_a_person = i128::from(population) * 100;
    let one = |item| figures.known(item).map(|input| (tiyn(&input), vec![input]));
    for (code, top) in [
        ("expenditure_per_capita", one(Item::ExpenditureTotal)),
        ("own_revenue_per_capita", own_revenue(figures)),
        ("tax_per_capita", one(Item::Tax)),
    ] {
        let indicator = top
            .and_then(|(tiyn, inputs)| plain(code, figures.stage, Ratio::new(tiyn, tiyn_a_person)?, inputs));
        found.extend(indicator);
    }
}
