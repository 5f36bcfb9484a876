//! The main lines of a budget, month by month, as a tree in which what is executed adds up exactly: what the
//! printed parts leave of a printed sum is a part of its own.

use akimat_budget::{Item, classification};
use akimat_core::Money;
use akimat_forecast::fiscal::{FiscalLine, FiscalYear, MONTHS, Origin};
use akimat_storage::FactReport;
use akimat_storage::published_forecast::ForecastLine;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FiscalNode {
    /// A line that reports print.
    Printed {
        /// What it states.
        item: Item,
        /// Functional group; empty for the others.
        code: String,
    },
    /// Revenue without transfers.
    OwnRevenue,
    /// Own revenue that its printed parts leave over.
    OtherRevenue,
    /// Expenditure that the printed groups leave over.
    OtherExpenditure,
}

impl FiscalNode {
    /// Stable word for addresses and exports.
    pub fn word(&self) -> String {
        match self {
            Self::Printed { item, code } if code.is_empty() => item.code().to_owned(),
            Self::Printed { code, .. } => format!("group-{code}"),
            Self::OwnRevenue => "own_revenue".to_owned(),
            Self::OtherRevenue => "other_revenue".to_owned(),
            Self::OtherExpenditure => "other_expenditure".to_owned(),
        }
    }

    /// The line as it is published; what printed parts leave over follows from the others and is not.
    pub fn line(&self) -> Option<ForecastLine> {
        match self {
            Self::Printed { item, code } => Some(ForecastLine::Budget(*item, code.clone())),
            Self::OwnRevenue => Some(ForecastLine::OwnRevenue),
            Self::OtherRevenue | Self::OtherExpenditure => None,
        }
    }

    fn summary(item: Item) -> Self {
        Self::Printed { item, code: String::new() }
    }
}

/// Plan and execution of a line at the end of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) plan: Option<Money>,
    pub(super) executed: Option<Money>,
}

/// One of the two sums of a state.
type Pick = fn(State) -> Option<Money>;

/// The months of a budget: by year and month from 1, the printed lines that the page shows.
#[derive(Clone, Debug)]
pub(super) struct UnitYears {
    pub(super) invented: bool,
    months: BTreeMap<(i16, u8), BTreeMap<FiscalNode, State>>,
}

impl UnitYears {
    pub(super) fn new(reports: &[FactReport]) -> Self {
        let mut months = BTreeMap::new();
        for report in reports.iter().filter(|report| (1..=12).contains(&report.month)) {
            let mut states = BTreeMap::new();
            for line in report.lines.iter().filter(|line| is_shown(line.key.item, &line.key.code)) {
                let code = if line.key.item == Item::FunctionalGroup {
                    line.key.code.clone()
                } else {
                    String::new()
                };
                let plan = line.amounts.amended.or(line.amounts.approved);
                let state = State { plan, executed: line.amounts.executed };
                states.insert(FiscalNode::Printed { item: line.key.item, code }, state);
            }
            months.insert((report.year, report.month), states);
        }
        Self { invented: reports.iter().any(|report| report.source.invented), months }
    }

    /// Leaves what was over before a date: a month is known from the day after its end.
    pub(super) fn cut(&mut self, as_of: Date) {
        let day = (as_of.year(), as_of.month().unsigned_abs());
        self.months.retain(|month, _| *month < day);
    }

    /// What was executed of a published line since January, month by month.
    pub(super) fn executed(&self, line: &ForecastLine) -> Vec<((i16, u8), Money)> {
        let summary = |item: Item| FiscalNode::summary(item);
        let of = |at: (i16, u8), node: &FiscalNode| self.state(at, node).executed;
        let value = |at: (i16, u8)| match line {
            ForecastLine::Budget(item, code) => {
                of(at, &FiscalNode::Printed { item: *item, code: code.clone() })
            }
            ForecastLine::OwnRevenue => {
                of(at, &summary(Item::RevenueTotal))?.checked_sub(of(at, &summary(Item::Transfers))?)
            }
            ForecastLine::Series(_) => None,
        };
        self.months.keys().filter_map(|&at| Some((at, value(at)?))).collect()
    }

    /// Months with executed expenditure or revenue, oldest first.
    pub(super) fn origins(&self) -> impl Iterator<Item = Origin> {
        let total = |states: &BTreeMap<FiscalNode, State>, item: Item| {
            states.get(&FiscalNode::summary(item)).and_then(|state| state.executed).is_some()
        };
        self.months
            .iter()
            .filter(move |(_, states)| {
                total(states, Item::ExpenditureTotal) || total(states, Item::RevenueTotal)
            })
            .map(|((year, month), _)| Origin { year: *year, month: *month })
    }

    fn state(&self, at: (i16, u8), node: &FiscalNode) -> State {
        self.months.get(&at).and_then(|states| states.get(node)).copied().unwrap_or_default()
    }

    /// The tree of the budget as its lines stand at an origin.
    pub(super) fn tree(&self, origin: Origin) -> UnitTree {
        let at = (origin.year, origin.month);
        let has = |node: &FiscalNode| self.state(at, node).executed.is_some();
        let mut tree = UnitTree::default();
        let revenue = FiscalNode::summary(Item::RevenueTotal);
        let transfers = FiscalNode::summary(Item::Transfers);
        if has(&revenue) {
            let root = tree.add(revenue, None);
            let parent = if has(&transfers) { tree.add(FiscalNode::OwnRevenue, Some(root)) } else { root };
            let own = [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special].map(FiscalNode::summary);
            self.add_parts(&mut tree, parent, own.into_iter().filter(has), FiscalNode::OtherRevenue);
            if has(&transfers) {
                tree.add(transfers, Some(root));
            }
        }
        let expenditure = FiscalNode::summary(Item::ExpenditureTotal);
        if has(&expenditure) {
            let root = tree.add(expenditure, None);
            let groups = classification::FUNCTIONAL_GROUPS.iter().map(|group| FiscalNode::Printed {
                item: Item::FunctionalGroup,
                code: group.code.to_owned(),
            });
            self.add_parts(&mut tree, root, groups.filter(has), FiscalNode::OtherExpenditure);
        }
        tree
    }

    /// Adds parts and, where they leave something over in any month, the rest.
    fn add_parts(
        &self,
        tree: &mut UnitTree,
        parent: usize,
        parts: impl Iterator<Item = FiscalNode>,
        rest: FiscalNode,
    ) {
        let before = tree.nodes.len();
        for part in parts {
            tree.add(part, Some(parent));
        }
        if tree.nodes.len() == before {
            return;
        }
        let left = |at: &(i16, u8)| {
            let state = self.value(tree, *at, parent);
            let parts = &tree.nodes[before..];
            state
                .executed
                .is_some_and(|sum| self.rest(*at, sum, parts, |state| state.executed) != Some(Money::ZERO))
        };
        if self.months.keys().any(left) {
            tree.add(rest, Some(parent));
        }
    }

    /// What printed parts leave of a sum; a part that is not printed is nothing taken away.
    fn rest(&self, at: (i16, u8), sum: Money, parts: &[FiscalNode], pick: Pick) -> Option<Money> {
        let known = parts.iter().filter_map(|part| pick(self.state(at, part)));
        sum.checked_sub(Money::checked_sum(known)?)
    }

    /// Plan and execution of a node of the tree at the end of a month.
    pub(super) fn value(&self, tree: &UnitTree, at: (i16, u8), node: usize) -> State {
        let both = |of: &dyn Fn(Pick) -> Option<Money>| State {
            plan: of(|state| state.plan),
            executed: of(|state| state.executed),
        };
        match &tree.nodes[node] {
            printed @ FiscalNode::Printed { .. } => self.state(at, printed),
            FiscalNode::OwnRevenue => both(&|pick| {
                let total = pick(self.state(at, &FiscalNode::summary(Item::RevenueTotal)))?;
                total.checked_sub(pick(self.state(at, &FiscalNode::summary(Item::Transfers)))?)
            }),
            FiscalNode::OtherRevenue | FiscalNode::OtherExpenditure => {
                let Some(parent) = tree.parents[node] else { return State::default() };
                let sum = self.value(tree, at, parent);
                let parts: Vec<FiscalNode> = (0..tree.nodes.len())
                    .filter(|&other| other != node && tree.parents[other] == Some(parent))
                    .map(|other| tree.nodes[other].clone())
                    .collect();
                both(&|pick| self.rest(at, pick(sum)?, &parts, pick))
            }
        }
    }

    /// The lines of the tree for the method, in the order of its nodes.
    pub(super) fn lines(&self, tree: &UnitTree) -> Vec<FiscalLine> {
        let line = |node: usize| {
            let mut years: BTreeMap<i16, FiscalYear> = BTreeMap::new();
            for &(year, month) in self.months.keys() {
                let state = self.value(tree, (year, month), node);
                let own = years.entry(year).or_insert_with(|| FiscalYear::new(year));
                let at = usize::from(month).saturating_sub(1).min(MONTHS - 1);
                own.plan[at] = state.plan.map(crate::forecast::in_tenge);
                own.executed[at] = state.executed.map(crate::forecast::in_tenge);
            }
            let word = tree.nodes[node].word();
            FiscalLine { id: word.clone(), group: word, years: years.into_values().collect() }
        };
        (0..tree.nodes.len()).map(line).collect()
    }
}

/// Which lines a budget has and which is the sum of which.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitTree {
    pub(super) nodes: Vec<FiscalNode>,
    pub(super) parents: Vec<Option<usize>>,
}

impl UnitTree {
    fn add(&mut self, node: FiscalNode, parent: Option<usize>) -> usize {
        self.nodes.push(node);
        self.parents.push(parent);
        self.nodes.len() - 1
    }

    /// How many sums a node is inside of.
    pub(super) fn depth(&self, node: usize) -> u8 {
        let above = std::iter::successors(self.parents[node], |above| self.parents[*above]);
        u8::try_from(above.count()).unwrap_or(u8::MAX)
    }
}

fn is_shown(item: Item, code: &str) -> bool {
    match item {
        Item::RevenueTotal
        | Item::Tax
        | Item::NonTax
        | Item::FixedCapital
        | Item::Special
        | Item::Transfers
        | Item::ExpenditureTotal => true,
        Item::FunctionalGroup => classification::functional_group_name(code).is_some(),
        _ => false,
    }
}
