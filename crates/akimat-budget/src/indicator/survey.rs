//! Every indicator of one budget: computed, or refused with what is missing.

use super::{Indicator, Unit, define, indicators};
use crate::check::{Figures, Input};
use crate::refusal::Refusal;
use crate::{Budget, Item, Stage};
use akimat_core::Ratio;

/// A tax whose rate or base the bodies of one level may set, by law and for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRight {
    /// Classification code of the tax, such as `1/04/3`.
    pub code: String,
    /// Level of the budget system whose maslikhat decides.
    pub level: u8,
    /// First year in force.
    pub year_from: i16,
    /// Last year in force; `None` while it is.
    pub year_to: Option<i16>,
}

/// The base of taxation of a unit beside that of its peers, all in one unit of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxBase {
    /// The unit's base, such as its regional product.
    pub own: Ratio,
    /// Taxes of the peers together, tiyn.
    pub peers_tax: i128,
    /// Base of the peers together.
    pub peers_base: Ratio,
}

/// What is known beside the budget itself.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Residents at the date of the figures.
    pub population: Option<u64>,
    /// Base of taxation.
    pub base: Option<TaxBase>,
    /// Taxes that may be set; empty when no list is in force.
    pub rights: Vec<TaxRight>,
    /// Codes of development programmes in force; empty when no list is.
    pub development: Vec<String>,
}

/// An indicator that is not computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which: a code of [`DEFINITIONS`](super::DEFINITIONS).
    pub code: &'static str,
    /// Why.
    pub why: Refusal,
}

/// Every indicator of one state of a budget: those that the figures allow, and why the others are not.
pub fn survey(budget: &Budget, stage: Stage, around: &Surroundings) -> (Vec<Indicator>, Vec<Refused>) {
    let figures = Figures::new(budget, stage);
    let mut found = indicators(budget, stage, around.population);
    let mut refused = Vec::new();
    let more = [
        ("tax_autonomy", tax_autonomy(&figures, &around.rights)),
        ("tax_effort", tax_effort(&figures, around.base)),
        ("capital_share", capital_share(&figures, &around.development)),
        ("unspent", unspent(budget, stage)),
    ];
    for (code, answer) in more {
        match answer {
            Ok((value, inputs)) => found.extend(indicator(code, stage, value, inputs)),
            Err(why) => refused.push(Refused { code, why }),
        }
    }
    for definition in &define::DEFINITIONS {
        let known = found.iter().any(|indicator| indicator.code == definition.code);
        let told = refused.iter().any(|refused: &Refused| refused.code == definition.code);
        if !known && !told && definition.of == define::Of::Budget {
            refused.push(Refused { code: definition.code, why: why(&figures, definition.code, around) });
        }
    }
    (found, refused)
}

fn indicator(code: &'static str, stage: Stage, value: Ratio, inputs: Vec<Input>) -> Option<Indicator> {
    let unit: Unit = define::definition(code)?.unit;
    Some(Indicator { code, stage, item: None, line_code: String::new(), value, unit, inputs })
}

/// What an absent indicator lacks, in the order in which it is looked for.
fn why(figures: &Figures<'_>, code: &str, around: &Surroundings) -> Refusal {
    use Item as I;
    let needs: &[Item] = match code {
        "own_source_share" | "transfer_dependence" => &[I::RevenueTotal, I::Transfers],
        "self_sufficiency" | "vertical_gap" => &[I::RevenueTotal, I::Transfers, I::ExpenditureTotal],
        "tax_share" => &[I::RevenueTotal, I::Tax],
        "balance_ratio" => &[I::RevenueTotal, I::Balance],
        "debt_service_ratio" => &[I::RevenueTotal, I::Transfers, I::DebtRepayment, I::FunctionalGroup],
        "social_share" | "hhi" => &[I::ExpenditureTotal],
        "structure" => &[I::ExpenditureTotal, I::FunctionalGroup],
        "revenue_structure" => &[I::RevenueTotal],
        "expenditure_per_capita" => &[I::ExpenditureTotal],
        "own_revenue_per_capita" => &[I::RevenueTotal, I::Transfers],
        "tax_per_capita" => &[I::Tax],
        _ => &[],
    };
    if code == "execution" {
        return if figures.stage == Stage::Executed { Refusal::NoPlan } else { Refusal::NotExecuted };
    }
    let missing: Vec<Item> = needs.iter().copied().filter(|item| !is_given(figures, *item)).collect();
    if !missing.is_empty() {
        return Refusal::LinesMissing(missing);
    }
    if code.ends_with("_per_capita") && around.population.is_none_or(|n| n == 0) {
        return Refusal::NoPopulation;
    }
    if matches!(code, "social_share" | "hhi") {
        return Refusal::GroupsIncomplete;
    }
    let divisor = match code {
        "self_sufficiency" | "vertical_gap" | "structure" => I::ExpenditureTotal,
        _ => I::RevenueTotal,
    };
    Refusal::ZeroLine(divisor)
}

fn is_given(figures: &Figures<'_>, item: Item) -> bool {
    match item {
        Item::FunctionalGroup => figures.groups().iter().any(|group| group.code == "14"),
        Item::Balance => figures.identity_balance().is_some(),
        _ => figures.known(item).is_some(),
    }
}

type Answer = Result<(Ratio, Vec<Input>), Refusal>;

fn known(figures: &Figures<'_>, item: Item) -> Result<Input, Refusal> {
    figures.known(item).ok_or_else(|| Refusal::LinesMissing(vec![item]))
}

fn tiyn(input: &Input) -> i128 {
    i128::from(input.amount.tiyn())
}

/// The share of taxes whose rate or base the unit's own maslikhat may set. The classes of tax (`1/CC`)
/// must add up to all taxes: only then is an absent tax known to be zero.
fn tax_autonomy(figures: &Figures<'_>, rights: &[TaxRight]) -> Answer {
    let (level, year) = (figures.budget.level, figures.budget.year);
    let in_force = |right: &&TaxRight| right.year_from <= year && right.year_to.is_none_or(|to| year <= to);
    let in_force: Vec<&TaxRight> = rights.iter().filter(in_force).collect();
    if in_force.is_empty() {
        return Err(Refusal::NoTaxRights);
    }
    let tax = known(figures, Item::Tax)?;
    let details: Vec<Input> = figures.budget.lines.iter().filter_map(|line| detail(figures, line)).collect();
    let depth = |input: &Input| input.code.split('/').count();
    let classes: i128 = details.iter().filter(|input| depth(input) == 2).map(tiyn).sum();
    if details.is_empty() || classes != tiyn(&tax) {
        return Err(Refusal::TaxesNotBrokenDown);
    }
    let own: Vec<&str> =
        in_force.iter().filter(|right| right.level == level).map(|right| right.code.as_str()).collect();
    let mut inputs: Vec<Input> =
        details.into_iter().filter(|input| own.contains(&input.code.as_str())).collect();
    let settable: i128 = inputs.iter().map(tiyn).sum();
    let value = Ratio::new(settable, tiyn(&tax)).ok_or(Refusal::ZeroLine(Item::Tax))?;
    inputs.push(tax);
    Ok((value, inputs))
}

fn detail(figures: &Figures<'_>, line: &crate::Line) -> Option<Input> {
    let wanted = line.item == Item::RevenueDetail && line.code.starts_with("1/");
    let amount = line.amounts.at(figures.stage).filter(|_| wanted)?;
    Some(Input { item: line.item, code: line.code.clone(), subtracted: false, amount, derived: false })
}

/// T / B over the same of the peers: 1 is the effort that is usual among them.
fn tax_effort(figures: &Figures<'_>, base: Option<TaxBase>) -> Answer {
    let tax = known(figures, Item::Tax)?;
    let base = base.filter(|base| base.own.numerator() > 0 && base.peers_base.numerator() > 0);
    let base = base.filter(|base| base.peers_tax > 0).ok_or(Refusal::NoBase)?;
    let product =
        |factors: [i128; 3]| factors.into_iter().try_fold(1_i128, i128::checked_mul).ok_or(Refusal::TooLarge);
    let top = product([tiyn(&tax), base.own.denominator(), base.peers_base.numerator()])?;
    let bottom = product([base.own.numerator(), base.peers_base.denominator(), base.peers_tax])?;
    let value = Ratio::new(top, bottom).ok_or(Refusal::NoBase)?;
    Ok((value, vec![tax]))
}

/// Development programmes over expenditure; the programmes must be broken down wherever one is listed.
fn capital_share(figures: &Figures<'_>, development: &[String]) -> Answer {
    if development.is_empty() {
        return Err(Refusal::NoDevelopmentList);
    }
    let total = known(figures, Item::ExpenditureTotal)?;
    let programmes: Vec<Input> = figures
        .budget
        .lines
        .iter()
        .filter(|line| line.item == Item::Programme)
        .filter_map(|line| {
            let amount = line.amounts.at(figures.stage)?;
            let code = line.code.clone();
            Some(Input { item: line.item, code, subtracted: false, amount, derived: false })
        })
        .collect();
    if programmes.is_empty() {
        return Err(Refusal::LinesMissing(vec![Item::Programme]));
    }
    let mut inputs: Vec<Input> =
        programmes.into_iter().filter(|input| development.contains(&input.code)).collect();
    let capital: i128 = inputs.iter().map(tiyn).sum();
    let value = Ratio::new(capital, tiyn(&total)).ok_or(Refusal::ZeroLine(Item::ExpenditureTotal))?;
    inputs.push(total);
    Ok((value, inputs))
}

/// Plan of payments less what was paid, in tenge. Savings, the undistributed reserve and permitted
/// carry-overs are not stated in the reports and so not subtracted: this is the most that can be unused.
fn unspent(budget: &Budget, stage: Stage) -> Answer {
    if stage != Stage::Executed {
        return Err(Refusal::NotExecuted);
    }
    let line = budget.lines.iter().find(|line| line.item == Item::ExpenditureTotal);
    let line = line.ok_or_else(|| Refusal::LinesMissing(vec![Item::ExpenditureTotal]))?;
    let fact = line.amounts.executed.ok_or(Refusal::NotExecuted)?;
    let plan = line.amounts.amended.or(line.amounts.approved).ok_or(Refusal::NoPlan)?;
    let input = |amount, subtracted| Input {
        item: Item::ExpenditureTotal,
        code: String::new(),
        subtracted,
        amount,
        derived: false,
    };
    let left = i128::from(plan.tiyn()) - i128::from(fact.tiyn());
    let value = Ratio::new(left, 100).ok_or(Refusal::TooLarge)?;
    Ok((value, vec![input(plan, false), input(fact, true)]))
}
