//! What one budget says it gave to, or got from, other budgets.

use crate::{Amounts, Budget, Item, Line, Stage, classification};
use akimat_core::{KatoCode, Money};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which way money goes between levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the upper unit to the units right below it.
    Down,
    /// From the units below to the one above them.
    Up,
}

/// How a figure was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The record states it on lines of its own, or the law leaves no other reading.
    Stated,
    /// The record gives only a total for both directions, which is read as the usual one.
    Undivided,
}

/// One figure about money passing between budgets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Who states it.
    pub place: KatoCode,
    /// In which record.
    pub record: String,
    /// How much.
    pub amount: Money,
    /// On which line.
    pub item: Item,
    /// Its code; of the first line when there are several.
    pub code: String,
    /// Rows of the record that it stands on.
    pub rows: Vec<u32>,
    /// How it was found.
    pub basis: Basis,
}

/// A budget programme that moves money between budgets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TransferProgramme {
    /// Three digits.
    pub programme: String,
    /// Functional groups in which it counts; empty: in every group.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Which way the money goes.
    pub direction: Direction,
}

/// Every programme that moves money between budgets: dated data, not code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct TransferRules {
    /// The programmes.
    pub programmes: Vec<TransferProgramme>,
}

/// All that one budget says about other budgets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flows {
    pub(super) received_from_above: Option<Flow>,
    pub(super) received_from_below: Option<Flow>,
    pub(super) given_down: Option<Flow>,
    pub(super) given_up: Option<Flow>,
    pub(super) lent_down: Option<Flow>,
    pub(super) got_back_from_below: Option<Flow>,
    pub(super) borrowed_from_above: Option<Flow>,
    pub(super) repaid_up: Option<Flow>,
    /// Parts of the given flows by functional group: down and up.
    pub(super) down_by_group: BTreeMap<String, i128>,
    pub(super) up_by_group: BTreeMap<String, i128>,
}

impl Flows {
    fn by_group(&mut self, direction: Direction) -> &mut BTreeMap<String, i128> {
        match direction {
            Direction::Down => &mut self.down_by_group,
            Direction::Up => &mut self.up_by_group,
        }
    }
}

impl Direction {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
        }
    }
}

impl TransferRules {
    fn direction(&self, group: &str, programme: &str) -> Option<Direction> {
        let fits = |rule: &&TransferProgramme| {
            rule.programme == programme
                && (rule.groups.is_empty() || rule.groups.iter().any(|own| own == group))
        };
        self.programmes.iter().find(fits).map(|rule| rule.direction)
    }
}

/// The group of transfers in the functional classification.
const TRANSFER_GROUP: &str = "15";

struct Reader<'a> {
    budget: &'a Budget,
    place: KatoCode,
    stage: Stage,
}

pub(super) fn flows(budget: &Budget, stage: Stage, rules: &TransferRules) -> Flows {
    let Some(place) = budget.place else { return Flows::default() };
    let reader = Reader { budget, place, stage };
    let mut flows = Flows::default();
    reader.received(&mut flows);
    reader.given(&mut flows, rules);
    reader.credits(&mut flows);
    flows
}

impl Reader<'_> {
    fn flow(&self, item: Item, amount: Money, lines: &[&Line], basis: Basis) -> Flow {
        Flow {
            place: self.place,
            record: self.budget.key.clone(),
            amount,
            item,
            code: lines.first().map_or_else(String::new, |line| line.code.clone()),
            rows: lines.iter().map(|line| line.row).collect(),
            basis,
        }
    }

    fn at(&self, amounts: &Amounts) -> Option<Money> {
        amounts.at(self.stage)
    }

    fn summary(&self, item: Item) -> Option<(&Line, Money)> {
        let line = self.budget.lines.iter().find(|line| line.item == item)?;
        Some((line, self.at(&line.amounts)?))
    }

    /// Transfers from above stand in class 02 of their category, those from below in class 01. A budget of
    /// level 4 has nobody below and receives from its district only (BC art. 27).
    fn received(&self, flows: &mut Flows) {
        let total = self.summary(Item::Transfers);
        let digit = total
            .map(|(line, _)| line.code.as_str())
            .filter(|code| !code.is_empty())
            .or_else(|| category_of_transfers(self.budget));
        let digit = digit.unwrap_or("5");
        let above = self.subtotal(Item::RevenueDetail, &format!("{digit}/02"));
        let below = self.subtotal(Item::RevenueDetail, &format!("{digit}/01"));
        let flow = |(money, lines): &(Money, Vec<&Line>)| {
            self.flow(Item::RevenueDetail, *money, lines, Basis::Stated)
        };
        flows.received_from_above = above.as_ref().map(flow);
        flows.received_from_below = below.as_ref().map(flow);
        let Some((line, total)) = total else { return };
        let rest = |money: Money, basis| Some(self.flow(Item::Transfers, money, &[line], basis));
        match (&above, &below) {
            (Some(_), Some(_)) => {}
            (Some((above, _)), None) => {
                flows.received_from_below = total.checked_sub(*above).and_then(|m| rest(m, Basis::Stated));
            }
            (None, Some((below, _))) => {
                flows.received_from_above = total.checked_sub(*below).and_then(|m| rest(m, Basis::Stated));
            }
            (None, None) => {
                let one_way = self.budget.level >= 4 || total == Money::ZERO;
                let basis = if one_way { Basis::Stated } else { Basis::Undivided };
                flows.received_from_above = rest(total, basis);
                flows.received_from_below = rest(Money::ZERO, basis);
            }
        }
    }

    /// Transfers given: group 15 and the programmes of other groups that the rules name. What group 15 does
    /// not divide goes up at level 4, down at level 1, and is read as going down between them.
    fn given(&self, flows: &mut Flows, rules: &TransferRules) {
        let mut sums: BTreeMap<Direction, (i128, Vec<&Line>)> = BTreeMap::new();
        let mut divided: i128 = 0;
        for line in &self.budget.lines {
            let Some((group, programme)) = programme_of(line) else { continue };
            let (Some(direction), Some(money)) = (rules.direction(group, programme), self.at(&line.amounts))
            else {
                continue;
            };
            let tiyn = i128::from(money.tiyn());
            let sum = sums.entry(direction).or_default();
            sum.0 += tiyn;
            sum.1.push(line);
            if group == TRANSFER_GROUP {
                divided += tiyn;
            }
            *flows.by_group(direction).entry(group.to_owned()).or_default() += tiyn;
        }
        let groups: Vec<&Line> =
            self.budget.lines.iter().filter(|line| line.item == Item::FunctionalGroup).collect();
        let own = groups.iter().find(|line| line.code == TRANSFER_GROUP);
        let stated = own.and_then(|line| self.at(&line.amounts));
        let nothing = own.is_none() && self.budget.complete && !groups.is_empty();
        let rest = stated.map(|money| i128::from(money.tiyn()) - divided);
        let usual = if self.budget.level >= 4 { Direction::Up } else { Direction::Down };
        let mut basis = Basis::Stated;
        if let (Some(rest), Some(line)) = (rest.filter(|rest| *rest != 0), own) {
            if (2..4).contains(&self.budget.level) {
                basis = Basis::Undivided;
            }
            let sum = sums.entry(usual).or_default();
            sum.0 += rest;
            sum.1.push(line);
            *flows.by_group(usual).entry(TRANSFER_GROUP.to_owned()).or_default() += rest;
        }
        let known = stated.is_some() || nothing || !sums.is_empty();
        let mut give = |direction| {
            let (tiyn, lines) = sums.remove(&direction).unwrap_or_default();
            let money = super::total::money(tiyn).filter(|_| known)?;
            Some(self.flow(Item::FunctionalGroup, money, &lines, basis))
        };
        flows.given_down = give(Direction::Down);
        flows.given_up = give(Direction::Up);
    }

    /// A district borrows only from the region above it; loans to others are not loans between budgets.
    fn credits(&self, flows: &mut Flows) {
        let zero = |item| {
            let (line, money) = self.summary(item)?;
            (money == Money::ZERO).then(|| self.flow(item, money, &[line], Basis::Stated))
        };
        flows.lent_down = zero(Item::Loans);
        flows.got_back_from_below = zero(Item::LoanRepayment);
        let whole = |item| {
            let (line, money) = self.summary(item)?;
            Some(self.flow(item, money, &[line], Basis::Stated))
        };
        if (3..=4).contains(&self.budget.level) {
            flows.borrowed_from_above = whole(Item::Borrowing);
            flows.repaid_up = whole(Item::DebtRepayment);
        }
        if self.budget.level < 4 {
            let lent = |item| {
                let (line, money) = self.summary(item)?;
                Some(self.flow(item, money, &[line], Basis::Undivided))
            };
            flows.lent_down = flows.lent_down.take().or_else(|| lent(Item::Loans));
            flows.got_back_from_below =
                flows.got_back_from_below.take().or_else(|| lent(Item::LoanRepayment));
        }
    }

    /// The line with this code, or the topmost lines below it; `None` when one of them has no amount.
    fn subtotal(&self, item: Item, prefix: &str) -> Option<(Money, Vec<&Line>)> {
        let lines: Vec<&Line> = self.budget.lines.iter().filter(|line| line.item == item).collect();
        if let Some(line) = lines.iter().find(|line| line.code == prefix) {
            return Some((self.at(&line.amounts)?, vec![line]));
        }
        let under = |code: &str, top: &str| {
            code.len() > top.len() && code.starts_with(top) && code.as_bytes()[top.len()] == b'/'
        };
        let below: Vec<&Line> = lines.into_iter().filter(|line| under(&line.code, prefix)).collect();
        let top: Vec<&Line> = below
            .iter()
            .filter(|line| !below.iter().any(|other| under(&line.code, &other.code)))
            .copied()
            .collect();
        let amounts: Option<Vec<Money>> = top.iter().map(|line| self.at(&line.amounts)).collect();
        let amounts = amounts.filter(|amounts| !amounts.is_empty())?;
        Some((Money::checked_sum(amounts)?, top))
    }
}

fn category_of_transfers(budget: &Budget) -> Option<&'static str> {
    let mut categories = classification::revenue_categories(budget.layout()).iter();
    categories.find(|category| category.item == Item::Transfers).map(|category| category.code)
}

/// Functional group and programme of a line that names a programme: `15/1/452/038` or `452-038`.
fn programme_of(line: &Line) -> Option<(&str, &str)> {
    match line.item {
        Item::FunctionalDetail => {
            let mut parts = line.code.split('/');
            let group = parts.next()?;
            let programme = parts.nth(2)?;
            parts.next().is_none().then_some((group, programme))
        }
        Item::Programme => line.code.split_once('-').map(|(_, programme)| ("", programme)),
        _ => None,
    }
}
