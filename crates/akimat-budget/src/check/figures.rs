//! The amounts of one state of a budget, with the totals that can be derived when they are absent.

use super::{Finding, Input, Rule, Severity};
use crate::{Budget, Item, Stage, classification};
use akimat_core::Money;

/// One state of one budget, ready for arithmetic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures<'a> {
    pub(crate) budget: &'a Budget,
    pub(crate) stage: Stage,
}

impl<'a> Figures<'a> {
    pub(crate) const fn new(budget: &'a Budget, stage: Stage) -> Self {
        Self { budget, stage }
    }

    /// A summary figure as printed.
    pub(crate) fn printed(&self, item: Item) -> Option<Input> {
        let amount = self.budget.amount(item, self.stage)?;
        Some(Input { item, code: String::new(), subtracted: false, amount, derived: false })
    }

    /// A summary figure as printed, or derived from its parts.
    pub(crate) fn known(&self, item: Item) -> Option<Input> {
        self.printed(item).or_else(|| {
            let amount = self.parts(item).and_then(|parts| total(&parts))?;
            Some(Input { item, code: String::new(), subtracted: false, amount, derived: true })
        })
    }

    /// The figures that make up a summary figure, when all of them are known.
    pub(crate) fn parts(&self, item: Item) -> Option<Vec<Input>> {
        match item {
            Item::RevenueTotal => self.revenue_parts(),
            Item::ExpenditureTotal => {
                let groups = self.groups();
                (self.budget.complete && !groups.is_empty()).then_some(groups)
            }
            Item::NetLending => self.pair(Item::Loans, Item::LoanRepayment),
            Item::FinancialAssets => self.pair(Item::AssetAcquisition, Item::AssetSales),
            Item::Balance => Some(vec![
                self.known(Item::RevenueTotal)?,
                subtracted(self.known(Item::ExpenditureTotal)?),
                subtracted(self.known(Item::NetLending)?),
                subtracted(self.known(Item::FinancialAssets)?),
            ]),
            Item::FinancingTotal => Some(vec![
                self.printed(Item::Borrowing)?,
                subtracted(self.printed(Item::DebtRepayment)?),
                self.printed(Item::UsedBalances)?,
            ]),
            _ => None,
        }
    }

    /// The balance that follows from the sections; the printed one only when it cannot be derived.
    pub(crate) fn identity_balance(&self) -> Option<Input> {
        let derived = self.parts(Item::Balance).and_then(|parts| total(&parts)).map(|amount| Input {
            item: Item::Balance,
            code: String::new(),
            subtracted: false,
            amount,
            derived: true,
        });
        derived.or_else(|| self.printed(Item::Balance))
    }

    /// The functional groups of expenditure; repayment of loans is financing.
    pub(crate) fn groups(&self) -> Vec<Input> {
        let groups = self.budget.lines.iter().filter(|line| {
            line.item == Item::FunctionalGroup && line.code != classification::REPAYMENT_GROUP
        });
        groups
            .filter_map(|line| {
                let amount = line.amounts.at(self.stage)?;
                let code = line.code.clone();
                Some(Input { item: line.item, code, subtracted: false, amount, derived: false })
            })
            .collect()
    }

    /// The row of a summary line.
    pub(crate) fn row(&self, item: Item) -> Option<u32> {
        self.budget.lines.iter().find(|line| line.item == item).map(|line| line.row)
    }

    /// A finding about a summary line when `printed` is not the total of `inputs`.
    pub(crate) fn settle(
        &self,
        rule: Rule,
        printed: Option<Input>,
        inputs: Option<Vec<Input>>,
    ) -> Option<Finding> {
        let (printed, inputs) = (printed?, inputs?);
        let sum = wide_total(&inputs);
        if sum == i128::from(printed.amount.tiyn()) {
            return None;
        }
        let expected = i64::try_from(sum).ok().map(Money::from_tiyn);
        Some(Finding {
            rule,
            stage: Some(self.stage),
            item: printed.item,
            code: printed.code,
            row: self.row(printed.item),
            printed: Some(printed.amount),
            expected,
            difference: expected.and_then(|expected| printed.amount.checked_sub(expected)),
            severity: Severity::Error,
            inputs,
            evidence: Vec::new(),
            facts: Vec::new(),
        })
    }

    fn pair(&self, plus: Item, minus: Item) -> Option<Vec<Input>> {
        Some(vec![self.printed(plus)?, subtracted(self.printed(minus)?)])
    }

    fn revenue_parts(&self) -> Option<Vec<Input>> {
        let mut parts =
            vec![self.printed(Item::Tax)?, self.printed(Item::NonTax)?, self.printed(Item::FixedCapital)?];
        parts.extend(self.printed(Item::Special));
        parts.push(self.printed(Item::Transfers)?);
        Some(parts)
    }
}

pub(crate) fn subtracted(input: Input) -> Input {
    Input { subtracted: true, ..input }
}

/// The total in tiyn, in a type where no sum of lines can overflow.
pub(crate) fn wide_total(inputs: &[Input]) -> i128 {
    inputs
        .iter()
        .map(|input| {
            let tiyn = i128::from(input.amount.tiyn());
            if input.subtracted { -tiyn } else { tiyn }
        })
        .sum()
}

pub(crate) fn total(inputs: &[Input]) -> Option<Money> {
    i64::try_from(wide_total(inputs)).ok().map(Money::from_tiyn)
}
