//! A plan in the order of its codes, so that thousands of items answer as quickly as ten.

use super::plan::{BaselineItem, Item, Plan, Span, is_inside};
use akimat_core::Money;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A plan in the order of its codes: what lies inside what, and what follows for a stage from its parts. It is made
/// once, and no question to it looks through all items.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    plan: &'a Plan,
    items: Vec<&'a Item>,
    /// Position after the last item inside each.
    ends: Vec<usize>,
    by_id: BTreeMap<&'a str, usize>,
    approved: BTreeMap<&'a str, &'a BaselineItem>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let items = plan.sorted();
        // What lies inside an item follows it directly.
        let end = |at: usize| {
            let own = &items[at].code;
            let with = |item: &&&Item| item.code == *own || is_inside(&item.code, own);
            at + 1 + items[at + 1..].iter().take_while(with).count()
        };
        let ends = (0..items.len()).map(end).collect();
        let by_id = items.iter().enumerate().rev().map(|(at, item)| (item.id.as_str(), at)).collect();
        let approved = plan.baseline().map_or_else(BTreeMap::new, |own| {
            own.items.iter().rev().map(|item| (item.id.as_str(), item)).collect()
        });
        Self { plan, items, ends, by_id, approved }
    }

    /// The plan itself.
    pub const fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// Items in the order of their codes.
    pub fn items(&self) -> &[&'a Item] {
        &self.items
    }

    /// Position of the item of an identifier.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The item of an identifier.
    pub fn item(&self, id: &str) -> Option<&'a Item> {
        self.position(id).map(|at| self.items[at])
    }

    /// The approved state of an item.
    pub fn approved_item(&self, id: &str) -> Option<&'a BaselineItem> {
        self.approved.get(id).copied()
    }

    /// Positions of what lies inside the item at a position.
    pub fn inside(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let own = &self.items[at].code;
        (at + 1..self.ends[at]).filter(move |inner| is_inside(&self.items[*inner].code, own))
    }

    /// Nothing lies inside the item at a position.
    pub fn is_leaf(&self, at: usize) -> bool {
        self.inside(at).next().is_none()
    }

    /// Items with nothing inside.
    pub fn leaves(&self) -> Vec<&'a Item> {
        (0..self.items.len()).filter(|at| self.is_leaf(*at)).map(|at| self.items[at]).collect()
    }

    /// Leaves inside the item at a position, or the item itself.
    pub fn leaves_at(&self, at: usize) -> impl Iterator<Item = &'a Item> + '_ {
        std::iter::once(at)
            .chain(self.inside(at))
            .filter(|inner| self.is_leaf(*inner))
            .map(|inner| self.items[inner])
    }

    /// Expected dates of the item at a position; those of a stage reach from its first to its last leaf.
    pub fn expected(&self, at: usize) -> Span {
        self.reach(at, |leaf| leaf.expected)
    }

    /// Approved dates of the item at a position, likewise.
    pub fn approved(&self, at: usize) -> Span {
        self.reach(at, |leaf| self.approved_item(&leaf.id).map_or_else(Span::default, |own| own.span))
    }

    /// Actual dates of the item at a position; a stage ended only when all of it did.
    pub fn actual(&self, at: usize) -> Span {
        let mut reach = Span::default();
        let mut all = true;
        for leaf in self.leaves_at(at) {
            reach.widen(leaf.actual);
            all &= leaf.actual.finish.is_some();
        }
        Span { finish: reach.finish.filter(|_| all), ..reach }
    }

    fn reach(&self, at: usize, of: impl Fn(&Item) -> Span) -> Span {
        let mut reach = Span::default();
        for leaf in self.leaves_at(at) {
            reach.widen(of(leaf));
        }
        reach
    }

    /// Planned money of the item at a position with all that lies inside; unknown when no part is known.
    pub fn budget(&self, at: usize) -> Option<Money> {
        let known: Vec<Money> = self.leaves_at(at).filter_map(|leaf| leaf.budget).collect();
        if known.is_empty() { None } else { Money::checked_sum(known) }
    }

    /// First and last day over all items: approved, expected and actual.
    pub fn reach_of_all(&self) -> Option<(Date, Date)> {
        let mut reach = Span::default();
        let mut days = |span: Span| {
            // A start may be all that is known of something; it is a day like any other.
            reach.widen(Span { start: span.start, finish: span.start });
            reach.widen(Span { start: span.finish, finish: span.finish });
        };
        for leaf in self.leaves() {
            days(leaf.expected);
            days(leaf.actual);
            if let Some(approved) = self.approved_item(&leaf.id) {
                days(approved.span);
            }
        }
        reach.both()
    }
}
