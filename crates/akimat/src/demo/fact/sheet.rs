//! The lines of one report: the leaves as far as the month has brought them, and every sum of them, so that
//! each identity of the Budget Code holds to the tenth in each state of each month.

use super::pace::{amended, share, so_far};
use super::plan::{FINANCE_OF_DISTRICT, FINANCE_OF_REGION, Plan, TENTH, category_of_transfers, seed};
use akimat_budget::{Amounts, Item};
use akimat_core::Money;
use akimat_storage::{FactLine, LineKey};
use std::collections::BTreeMap;

/// Approved, amended, executed; what a report of this month does not state is `None`.
type Cells = [Option<i64>; 3];

/// A report that is being written.
pub(super) struct Sheet {
    month: u8,
    category: &'static str,
    administrator: &'static str,
    cells: BTreeMap<LineKey, Cells>,
}

fn key(item: Item, code: impl Into<String>) -> LineKey {
    LineKey { item, code: code.into() }
}

fn plus(one: Cells, other: Cells) -> Cells {
    [0, 1, 2].map(|at| one[at].zip(other[at]).map(|(one, other)| one + other))
}

fn minus(one: Cells, other: Cells) -> Cells {
    [0, 1, 2].map(|at| one[at].zip(other[at]).map(|(one, other)| one - other))
}

impl Sheet {
    pub(super) fn new(plan: &Plan, month: u8) -> Self {
        let mut sheet = Self {
            month,
            category: category_of_transfers(plan.year),
            administrator: if plan.level == 2 { FINANCE_OF_REGION } else { FINANCE_OF_DISTRICT },
            cells: BTreeMap::new(),
        };
        let seed = seed(plan.place, plan.year);
        for (leaf, tag) in plan.leaves.iter().zip(1_u64..) {
            let [approved, planned, executed] = leaf.year;
            let cells = if month == 0 {
                [Some(approved), None, None]
            } else {
                let executed = so_far(leaf.pace, executed, month, seed.wrapping_add(tag << 40));
                [Some(approved), Some(amended(approved, planned, month)), Some(executed)]
            };
            sheet.add(key(leaf.item, leaf.code.as_str()), cells);
        }
        sheet
    }

    /// Nothing, in the states that a report of this month has.
    fn nothing(&self) -> Cells {
        let later = (self.month > 0).then_some(0);
        [Some(0), later, later]
    }

    fn add(&mut self, key: LineKey, cells: Cells) {
        let before = self.cells.get(&key).copied().unwrap_or_else(|| self.nothing());
        self.cells.insert(key, plus(before, cells));
    }

    fn at(&self, item: Item, code: &str) -> Cells {
        self.cells.get(&key(item, code)).copied().unwrap_or_else(|| self.nothing())
    }

    /// Gives the unit below what it says it got: subventions, and a third of it for a purpose.
    pub(super) fn give_down(&mut self, below: &Self) {
        let got = below.at(Item::RevenueDetail, &format!("{}/02", self.category));
        let purpose = got.map(|got| got.map(|got| share(got, 330, 1_000)));
        for (programme, cells) in [("038", minus(got, purpose)), ("113", purpose)] {
            let code = format!("15/1/{}/{programme}", self.administrator);
            self.add(key(Item::FunctionalDetail, code), cells);
        }
    }

    /// Gets what the unit below says it gave.
    pub(super) fn get_from_below(&mut self, below: &Self) {
        for programme in ["006", "024"] {
            let given =
                below.at(Item::FunctionalDetail, &format!("15/1/{}/{programme}", below.administrator));
            self.add(key(Item::RevenueDetail, format!("{}/01", self.category)), given);
        }
    }

    /// Lends what the unit below borrows, out of what it borrows itself.
    pub(super) fn lend(&mut self, below: &Self) {
        for (own, passed, theirs) in [
            (Item::Loans, Item::Borrowing, Item::Borrowing),
            (Item::LoanRepayment, Item::DebtRepayment, Item::DebtRepayment),
        ] {
            let cells = below.at(theirs, "");
            self.add(key(own, ""), cells);
            self.add(key(passed, ""), cells);
        }
    }

    /// Wrong on purpose: from November 2025 the district says it gave its okrugs 3,250.0 thousand tenge more
    /// than they say they got.
    pub(super) fn slip_in_a_mismatch(&mut self, plan: &Plan, month: u8) {
        if (plan.place.number(), plan.year) == (990_400_000, 2025) && month >= 11 {
            let code = format!("15/1/{}/038", self.administrator);
            self.add(key(Item::FunctionalDetail, code), [Some(0), Some(0), Some(32_500)]);
        }
    }

    fn sum(&self, of: impl Fn(&LineKey) -> bool) -> Cells {
        let parts = self.cells.iter().filter(|(key, _)| of(key));
        parts.fold(self.nothing(), |sum, (_, cells)| plus(sum, *cells))
    }

    /// Every sum that a budget prints.
    fn add_sums(&mut self, year: i16) {
        let class = |key: &LineKey, class: &str| {
            key.item == Item::RevenueDetail && key.code.split('/').next() == Some(class)
        };
        let tax = self.sum(|key| class(key, "1"));
        let transfers = self.sum(|key| class(key, self.category));
        let passed = self.sum(|key| key.item == Item::FunctionalDetail);
        let mut revenue =
            plus(plus(tax, transfers), plus(self.at(Item::NonTax, ""), self.at(Item::FixedCapital, "")));
        if passed != self.nothing() {
            self.cells.insert(key(Item::FunctionalGroup, "15"), passed);
        }
        if year >= 2025 {
            let special = self.nothing();
            self.cells.insert(key(Item::Special, ""), special);
            revenue = plus(revenue, special);
        }
        let spending = self.sum(|key| key.item == Item::FunctionalGroup);
        let lending = minus(self.at(Item::Loans, ""), self.at(Item::LoanRepayment, ""));
        let (bought, sold) = (self.at(Item::AssetAcquisition, ""), self.at(Item::AssetSales, ""));
        let assets = minus(bought, sold);
        let balance = minus(minus(minus(revenue, spending), lending), assets);
        let financing = minus(self.nothing(), balance);
        let debt = minus(self.at(Item::Borrowing, ""), self.at(Item::DebtRepayment, ""));
        for (item, cells) in [
            (Item::RevenueTotal, revenue),
            (Item::Tax, tax),
            (Item::Transfers, transfers),
            (Item::ExpenditureTotal, spending),
            (Item::NetLending, lending),
            (Item::Loans, self.at(Item::Loans, "")),
            (Item::LoanRepayment, self.at(Item::LoanRepayment, "")),
            (Item::FinancialAssets, assets),
            (Item::AssetAcquisition, bought),
            (Item::AssetSales, sold),
            (Item::Balance, balance),
            (Item::FinancingTotal, financing),
            (Item::Borrowing, self.at(Item::Borrowing, "")),
            (Item::DebtRepayment, self.at(Item::DebtRepayment, "")),
            (Item::UsedBalances, minus(financing, debt)),
        ] {
            self.cells.insert(key(item, ""), cells);
        }
    }

    /// The report, sorted by lines.
    pub(super) fn into_lines(mut self, plan: &Plan) -> Vec<FactLine> {
        self.add_sums(plan.year);
        let slip = (plan.place.number(), plan.year, self.month) == (990_403_000, 2022, 12);
        let line = |((key, cells), row): ((LineKey, Cells), u32)| {
            let [approved, amended, mut executed] =
                cells.map(|cell| cell.map(|tenths| Money::from_tiyn(tenths * TENTH)));
            // Wrong on purpose: one figure is in tenge where thousands of tenge are printed.
            if slip && key.item == Item::NonTax {
                executed = executed.map(|money| Money::from_tiyn(money.tiyn() * 1_000));
            }
            FactLine { row, key, amounts: Amounts { approved, amended, executed } }
        };
        self.cells.into_iter().zip(1..).map(line).collect()
    }
}
