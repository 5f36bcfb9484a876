//! The lines of the result: added up, eliminated, left.

use super::flow::Flow;
use super::{ConsolidatedLine, Flows, UnitKey, upper_of};
use crate::{Budget, Item, Stage, classification};
use akimat_core::Money;
use std::collections::BTreeMap;

/// Money of so many tiyn; `None` beyond 64 bits.
pub(super) fn money(tiyn: i128) -> Option<Money> {
    i64::try_from(tiyn).ok().map(Money::from_tiyn)
}

/// What is taken out, by line.
#[derive(Default)]
struct Out(BTreeMap<(Item, String), i128>);

impl Out {
    fn add(&mut self, item: Item, code: &str, tiyn: i128) {
        *self.0.entry((item, code.to_owned())).or_default() += tiyn;
    }

    fn flow(&mut self, flow: Option<&Flow>, items: &[(Item, i128)]) {
        let Some(flow) = flow else { return };
        for (item, sign) in items {
            self.add(*item, "", sign * i128::from(flow.amount.tiyn()));
        }
    }
}

fn out(all: &[UnitKey], flows: &BTreeMap<UnitKey, Flows>) -> Out {
    let mut out = Out::default();
    for (unit, own) in flows {
        let upper = upper_of(*unit, all);
        let lower = all.iter().any(|other| upper_of(*other, all) == Some(*unit));
        if upper.is_some() {
            out.flow(own.received_from_above.as_ref(), &[(Item::Transfers, 1), (Item::RevenueTotal, 1)]);
            out.flow(own.given_up.as_ref(), &[(Item::ExpenditureTotal, 1)]);
            groups(&mut out, &own.up_by_group);
            out.flow(own.borrowed_from_above.as_ref(), &[(Item::Borrowing, 1), (Item::FinancingTotal, 1)]);
            out.flow(own.repaid_up.as_ref(), &[(Item::DebtRepayment, 1), (Item::FinancingTotal, -1)]);
        }
        if lower {
            out.flow(own.received_from_below.as_ref(), &[(Item::Transfers, 1), (Item::RevenueTotal, 1)]);
            out.flow(own.given_down.as_ref(), &[(Item::ExpenditureTotal, 1)]);
            groups(&mut out, &own.down_by_group);
        }
    }
    // A lender's record does not say which of its loans went to budgets below. What these borrowed is taken
    // out of its lending too, so that the balance and its financing still offset one another.
    let taken = |out: &Out, item: Item| out.0.get(&(item, String::new())).copied().unwrap_or_default();
    let (lent, repaid) = (taken(&out, Item::Borrowing), taken(&out, Item::DebtRepayment));
    out.add(Item::Loans, "", lent);
    out.add(Item::LoanRepayment, "", repaid);
    out.add(Item::NetLending, "", lent - repaid);
    let given = taken(&out, Item::ExpenditureTotal);
    let received = taken(&out, Item::RevenueTotal);
    out.add(Item::Balance, "", received - given - (lent - repaid));
    out
}

fn groups(out: &mut Out, by_group: &BTreeMap<String, i128>) {
    for (group, tiyn) in by_group {
        if !group.is_empty() {
            out.add(Item::FunctionalGroup, group, *tiyn);
        }
    }
}

/// Every summary line and functional group that at least one unit states.
pub(super) fn lines(
    units: &BTreeMap<UnitKey, &Budget>,
    all: &[UnitKey],
    flows: &BTreeMap<UnitKey, Flows>,
    stage: Stage,
) -> Vec<ConsolidatedLine> {
    let out = out(all, flows);
    let mut keys: Vec<(Item, &str)> = Vec::new();
    for item in Item::ALL {
        if item == Item::FunctionalGroup {
            let codes = classification::FUNCTIONAL_GROUPS.iter().map(|group| group.code);
            let codes = codes.filter(|code| *code != classification::REPAYMENT_GROUP);
            keys.extend(codes.map(|code| (item, code)));
        } else if !item.is_detail() {
            keys.push((item, ""));
        }
    }
    keys.into_iter().filter_map(|key| line(units, &out, stage, key)).collect()
}

fn line(
    units: &BTreeMap<UnitKey, &Budget>,
    out: &Out,
    stage: Stage,
    (item, code): (Item, &str),
) -> Option<ConsolidatedLine> {
    let mut sum: i128 = 0;
    let (mut n_units, mut n_silent) = (0, 0);
    for budget in units.values() {
        let stated = budget
            .lines
            .iter()
            .find(|line| line.item == item && (code.is_empty() || line.code == code))
            .and_then(|line| line.amounts.at(stage));
        let total = || (!item.is_detail()).then(|| derived(budget, item, stage)).flatten();
        let Some(amount) = stated.or_else(total) else {
            // A complete budget without a functional group spends nothing there.
            if item != Item::FunctionalGroup || !budget.complete {
                n_silent += 1;
            }
            continue;
        };
        sum += i128::from(amount.tiyn());
        n_units += 1;
    }
    if n_units == 0 {
        return None;
    }
    let eliminated = out.0.get(&(item, code.to_owned())).copied().unwrap_or_default();
    Some(ConsolidatedLine {
        item,
        code: code.to_owned(),
        sum: money(sum),
        eliminated: money(eliminated),
        left: money(sum - eliminated),
        n_units,
        n_silent,
    })
}

/// Totals that a record leaves out follow from its parts, as in the check of a budget.
fn derived(budget: &Budget, item: Item, stage: Stage) -> Option<Money> {
    crate::check::Figures::new(budget, stage).known(item).map(|input| input.amount)
}

/// V = I - II - III - IV of the result; `None` while one of them is not stated by every unit.
pub(super) fn balance(lines: &[ConsolidatedLine]) -> Option<Money> {
    let left = |item: Item| {
        let line = lines.iter().find(|line| line.item == item)?;
        (line.n_silent == 0).then_some(())?;
        line.left.map(|money| i128::from(money.tiyn()))
    };
    money(
        left(Item::RevenueTotal)?
            - left(Item::ExpenditureTotal)?
            - left(Item::NetLending)?
            - left(Item::FinancialAssets)?,
    )
}
