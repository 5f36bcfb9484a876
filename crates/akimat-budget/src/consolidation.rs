//! A territory's own budget with the budgets below it: what they add up to once the money that they only
//! pass to one another is taken out.
//!
//! Each side is eliminated as that side recorded it: what receivers booked goes out of revenue, what givers
//! booked goes out of expenditure. Where the two sides do not agree, the difference stays in the result and
//! becomes a [`Finding`]; nothing is moved to make it vanish. A budget that is missing is listed, never
//! taken as zero.
//!
//! # Source
//! Budget Code of 15 March 2025, articles 7, 8 (consolidation eliminates mutually repayable operations) and
//! 27 (a budget of level 4 receives transfers from its district only); `docs/method/consolidation.md`.

mod flow;
mod total;

pub use flow::{Basis, Direction, Flow, TransferProgramme, TransferRules};

use crate::check::{Evidence, Finding, Rule, Severity, Side};
use crate::{Budget, Item, Stage};
use akimat_core::{KatoCode, Money};
use flow::{Flows, flows};
use serde::Serialize;
use std::collections::BTreeMap;

/// A budget that belongs to the territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct UnitKey {
    /// Level in the budget system: 1 republican to 4 village, 5 extra-budgetary fund.
    pub level: u8,
    /// The unit.
    pub place: KatoCode,
}

/// What one unit brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSum {
    /// The unit.
    pub unit: UnitKey,
    /// Name of the record.
    pub record: String,
    /// The source is whole.
    pub complete: bool,
    /// Revenue as stated.
    pub revenue: Option<Money>,
    /// Expenditure as stated.
    pub expenditure: Option<Money>,
    /// Balance as stated, or as its sections give it.
    pub balance: Option<Money>,
}

/// One line of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsolidatedLine {
    /// What it states.
    pub item: Item,
    /// Functional group, or empty.
    pub code: String,
    /// The budgets added as they are; `None` beyond 92 quadrillion tenge.
    pub sum: Option<Money>,
    /// What only passes between them, as recorded on this side.
    pub eliminated: Option<Money>,
    /// Sum less eliminated.
    pub left: Option<Money>,
    /// Units that state the line.
    pub n_units: u32,
    /// Units that do not state it, though they are here.
    pub n_silent: u32,
}

/// The two sides of what one unit and the units right below it pass to one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The upper unit.
    pub upper: UnitKey,
    /// Money goes down or up; transfers or credits.
    pub direction: Direction,
    /// Which kind of money.
    pub rule: Rule,
    /// What the giving side recorded.
    pub given: Side2,
    /// What the receiving side recorded.
    pub received: Side2,
    /// Units below that should be here and are not.
    pub missing: Vec<UnitKey>,
}

/// One side of a [`Pair`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side2 {
    /// The sum of what is stated; `None` when nobody states anything.
    pub amount: Option<Money>,
    /// Single figures.
    pub flows: Vec<Flow>,
    /// Units of this side that are here and do not say.
    pub silent: Vec<UnitKey>,
}

/// A consolidated budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consolidation {
    /// Financial year.
    pub year: i16,
    /// In which state.
    pub stage: Stage,
    /// The units that were added, the upper ones first.
    pub units: Vec<UnitSum>,
    /// Units that should be here and are not.
    pub missing: Vec<UnitKey>,
    /// The lines in the order of the budget.
    pub lines: Vec<ConsolidatedLine>,
    /// What passes between levels, both sides.
    pub pairs: Vec<Pair>,
    /// The balances of the units added up; `None` while one of them is unknown.
    pub balance_sum: Option<Money>,
    /// The balance that follows from the consolidated sections.
    pub balance: Option<Money>,
    /// Differences between what one level says it gave and the other says it got.
    pub findings: Vec<Finding>,
}

impl Consolidation {
    /// Every unit is here, every source is whole, and no side is silent.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
            && self.units.iter().all(|unit| unit.complete)
            && self.pairs.iter().all(|pair| pair.given.silent.is_empty() && pair.received.silent.is_empty())
    }

    /// A line of the result.
    pub fn line(&self, item: Item, code: &str) -> Option<&ConsolidatedLine> {
        self.lines.iter().find(|line| line.item == item && line.code == code)
    }
}

/// What is consolidated.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The budgets, one a unit; each has a territory.
    pub budgets: &'a [Budget],
    /// The units that the territory has, whether their budgets are here or not.
    pub expected: &'a [UnitKey],
    /// In which state.
    pub stage: Stage,
    /// Which programmes move money between budgets.
    pub rules: &'a TransferRules,
}

/// Adds the budgets of a territory up and takes out what they pass to one another. `None` without a budget.
///
/// # Source
/// Budget Code of 15 March 2025, article 8.
pub fn consolidate(scope: &Scope<'_>) -> Option<Consolidation> {
    let units: BTreeMap<UnitKey, &Budget> =
        scope.budgets.iter().filter_map(|budget| Some((key(budget)?, budget))).collect();
    let year = units.values().next()?.year;
    let missing: Vec<UnitKey> =
        scope.expected.iter().filter(|unit| !units.contains_key(unit)).copied().collect();
    let all: Vec<UnitKey> = {
        let mut all: Vec<UnitKey> = units.keys().copied().chain(missing.iter().copied()).collect();
        all.sort();
        all.dedup();
        all
    };
    let flows: BTreeMap<UnitKey, Flows> =
        units.iter().map(|(unit, budget)| (*unit, flows(budget, scope.stage, scope.rules))).collect();
    let pairs = pairs(&all, &units, &flows);
    let lines = total::lines(&units, &all, &flows, scope.stage);
    let sums: Vec<UnitSum> =
        units.iter().map(|(unit, budget)| unit_sum(*unit, budget, scope.stage)).collect();
    let balance_sum =
        sums.iter().map(|unit| unit.balance).collect::<Option<Vec<Money>>>().and_then(Money::checked_sum);
    let findings = pairs.iter().filter_map(|pair| mismatch(pair, scope.stage, year, &units)).collect();
    let balance = total::balance(&lines);
    Some(Consolidation {
        year,
        stage: scope.stage,
        units: sums,
        missing,
        lines,
        pairs,
        balance_sum,
        balance,
        findings,
    })
}

fn key(budget: &Budget) -> Option<UnitKey> {
    Some(UnitKey { level: budget.level, place: budget.place? })
}

fn unit_sum(unit: UnitKey, budget: &Budget, stage: Stage) -> UnitSum {
    let figures = crate::check::Figures::new(budget, stage);
    let known = |item| figures.known(item).map(|input| input.amount);
    UnitSum {
        unit,
        record: budget.key.clone(),
        complete: budget.complete,
        revenue: known(Item::RevenueTotal),
        expenditure: known(Item::ExpenditureTotal),
        balance: figures.identity_balance().map(|input| input.amount),
    }
}

/// The unit right above, among those that the territory has: the nearest level whose territory covers it.
/// Funds lie under the republican budget.
pub(crate) fn upper_of(unit: UnitKey, all: &[UnitKey]) -> Option<UnitKey> {
    let above = all.iter().filter(|other| match (unit.level, other.level) {
        (5, level) => level == 1,
        (own, level) => {
            let above = other.place != unit.place && other.place.covers(unit.place);
            level < own && level != 5 && (level == 1 || above)
        }
    });
    above.max_by_key(|other| (other.level, other.place)).copied()
}

/// Every upper unit with the units right below it, in both directions and for both kinds of money.
fn pairs(all: &[UnitKey], units: &BTreeMap<UnitKey, &Budget>, flows: &BTreeMap<UnitKey, Flows>) -> Vec<Pair> {
    let mut below: BTreeMap<UnitKey, Vec<UnitKey>> = BTreeMap::new();
    for unit in all {
        if let Some(upper) = upper_of(*unit, all) {
            below.entry(upper).or_default().push(*unit);
        }
    }
    let mut pairs = Vec::new();
    for (upper, lower) in below {
        for (rule, direction) in [
            (Rule::TransferMismatch, Direction::Down),
            (Rule::TransferMismatch, Direction::Up),
            (Rule::CreditMismatch, Direction::Down),
            (Rule::CreditMismatch, Direction::Up),
        ] {
            let (upper_side, lower_side) = sides(rule, direction);
            let one = side(&[upper], flows, upper_side);
            let many = side(&lower, flows, lower_side);
            let missing: Vec<UnitKey> =
                lower.iter().chain([&upper]).filter(|unit| !units.contains_key(unit)).copied().collect();
            let (given, received) = if direction == Direction::Down { (one, many) } else { (many, one) };
            if given.amount.is_some_and(|money| money != Money::ZERO)
                || received.amount.is_some_and(|money| money != Money::ZERO)
            {
                pairs.push(Pair { upper, direction, rule, given, received, missing });
            }
        }
    }
    pairs
}

type Pick = fn(&Flows) -> &Option<Flow>;

/// Which flow of the upper and which of the lower unit make the two sides.
fn sides(rule: Rule, direction: Direction) -> (Pick, Pick) {
    match (rule, direction) {
        (Rule::CreditMismatch, Direction::Down) => (|f| &f.lent_down, |f| &f.borrowed_from_above),
        (Rule::CreditMismatch, Direction::Up) => (|f| &f.got_back_from_below, |f| &f.repaid_up),
        (_, Direction::Down) => (|f| &f.given_down, |f| &f.received_from_above),
        (_, Direction::Up) => (|f| &f.received_from_below, |f| &f.given_up),
    }
}

fn side(of: &[UnitKey], flows: &BTreeMap<UnitKey, Flows>, pick: Pick) -> Side2 {
    let mut side = Side2::default();
    let mut tiyn: i128 = 0;
    for unit in of {
        let Some(own) = flows.get(unit) else { continue };
        if let Some(flow) = pick(own) {
            tiyn += i128::from(flow.amount.tiyn());
            side.flows.push(flow.clone());
        } else {
            side.silent.push(*unit);
        }
    }
    if !side.flows.is_empty() {
        side.amount = total::money(tiyn);
    }
    side
}

/// A difference is a finding when both sides are all here; with units missing only when more was received
/// than the giver says it gave to all of them together. Undivided figures make it a warning.
fn mismatch(pair: &Pair, stage: Stage, year: i16, units: &BTreeMap<UnitKey, &Budget>) -> Option<Finding> {
    let (given, received) = (pair.given.amount?, pair.received.amount?);
    let silent = !pair.given.silent.is_empty() || !pair.received.silent.is_empty();
    let mut flows = pair.given.flows.iter().chain(&pair.received.flows);
    let certain = flows.all(|flow| flow.basis == Basis::Stated);
    // A lender's total also holds loans to people and companies: only too little lent contradicts.
    let comparable = certain || pair.rule != Rule::CreditMismatch;
    let whole = pair.missing.is_empty() && !silent && comparable;
    let too_much = match pair.direction {
        Direction::Down => received > given,
        Direction::Up => given > received,
    };
    let upper_here = units.contains_key(&pair.upper);
    if given == received || !upper_here || (!whole && !too_much) {
        return None;
    }
    let severity = if certain { Severity::Error } else { Severity::Warning };
    let evidence = |flow: &Flow, side| Evidence {
        side,
        place: Some(flow.place),
        year,
        record: flow.record.clone(),
        row: flow.rows.first().copied(),
        item: flow.item,
        code: flow.code.clone(),
        amount: flow.amount,
    };
    let mut finding = Finding::about(pair.rule, severity, Item::Transfers, "").compared(received, given);
    if pair.rule == Rule::CreditMismatch {
        finding.item = Item::Loans;
    }
    finding.code = pair.direction.code().to_owned();
    finding.stage = Some(stage);
    finding.evidence.extend(pair.given.flows.iter().map(|flow| evidence(flow, Side::Given)));
    finding.evidence.extend(pair.received.flows.iter().map(|flow| evidence(flow, Side::Received)));
    Some(finding)
}

#[cfg(test)]
mod tests;
