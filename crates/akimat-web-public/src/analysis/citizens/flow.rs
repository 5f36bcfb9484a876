//! Where 1,000 tenge come from and where they go.

use super::drawn;
use akimat_app::peer::{group_keys, revenue_keys};
use akimat_app::territory::line;
use akimat_budget::{Budget, Item, Stage};
use akimat_core::Money;
use akimat_i18n::Locale;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart::{Flow, Node, Words, sankey};
use akimat_web_kit::view::figures::item_name;

/// Groups drawn one by one; smaller ones are put together.
const GROUPS_MAX: usize = 7;

/// A part of the 1,000 tenge.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    amount: Money,
    /// Whole tenge out of 1,000; those of a side add up to 1,000.
    of_thousand: u32,
}

/// Both sides.
#[derive(Debug)]
pub(super) struct Flows {
    pub(super) sources: Vec<Part>,
    pub(super) uses: Vec<Part>,
}

impl Part {
    pub(super) fn row(&self, locale: &Locale, budget: &Budget) -> [String; 3] {
        let amount = locale.amount(self.amount, budget.unit, 1);
        [self.name.clone(), locale.number(self.of_thousand.into()), amount]
    }
}

/// Sources and uses: revenue by class and what is taken from balances and loans when expenditure is
/// greater; expenditure by group and what is left over when it is smaller. `None` when a total is unknown
/// or a part is negative.
pub(super) fn flows(locale: &Locale, budget: &Budget, stage: Stage) -> Option<Flows> {
    let revenue = budget.amount(Item::RevenueTotal, stage)?;
    let expenditure = budget.amount(Item::ExpenditureTotal, stage)?;
    let whole = revenue.max(expenditure);
    let amount = |item: Item, code: &str| {
        let mut lines = budget.lines.iter();
        let line = lines.find(|line| line.item == item && (code.is_empty() || line.code == code));
        line.and_then(|line| line.amounts.at(stage))
    };
    let stated = |keys: Vec<akimat_storage::LineKey>| -> Vec<(String, Money)> {
        let part = |key: akimat_storage::LineKey| {
            let amount = amount(key.item, &key.code).filter(|amount| *amount != Money::ZERO)?;
            Some((item_name(locale, key.item, &key.code), amount))
        };
        keys.into_iter().filter_map(part).collect()
    };
    let mut keys = revenue_keys();
    keys.push(line(Item::Transfers));
    let mut sources = stated(keys);
    rest(&mut sources, revenue, locale.t("citizens-other-revenue").as_ref())?;
    rest(&mut sources, whole, locale.t("citizens-balances-used").as_ref())?;
    let mut uses = stated(group_keys());
    uses.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    if uses.len() > GROUPS_MAX + 1 {
        let small = Money::checked_sum(uses.drain(GROUPS_MAX..).map(|(_, amount)| amount))?;
        uses.push((locale.t("citizens-other-groups").into_owned(), small));
    }
    rest(&mut uses, expenditure, locale.t("citizens-other-expenditure").as_ref())?;
    rest(&mut uses, whole, locale.t("citizens-left-over").as_ref())?;
    let negative = sources.iter().chain(&uses).any(|(_, amount)| amount.tiyn() < 0);
    if negative || whole.tiyn() <= 0 {
        return None;
    }
    Some(Flows { sources: thousand(sources, whole), uses: thousand(uses, whole) })
}

/// Adds what is missing to the whole as a part of its own.
fn rest(parts: &mut Vec<(String, Money)>, whole: Money, name: &str) -> Option<()> {
    let sum = Money::checked_sum(parts.iter().map(|(_, amount)| *amount))?;
    let rest = whole.checked_sub(sum)?;
    if rest != Money::ZERO {
        parts.push((name.to_owned(), rest));
    }
    Some(())
}

/// Whole tenge of 1,000 by the largest remainder; a tie goes to the earlier part.
fn thousand(parts: Vec<(String, Money)>, whole: Money) -> Vec<Part> {
    let whole = i128::from(whole.tiyn());
    let scaled = |amount: &Money| i128::from(amount.tiyn()) * 1_000;
    let mut floors: Vec<i128> = parts.iter().map(|(_, amount)| scaled(amount) / whole).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(scaled(&parts[*at].1) % whole), *at));
    let short = usize::try_from(1_000 - floors.iter().sum::<i128>()).unwrap_or(0);
    for at in order.into_iter().take(short) {
        floors[at] += 1;
    }
    let part = |((name, amount), n): ((String, Money), i128)| Part {
        name,
        amount,
        of_thousand: u32::try_from(n).unwrap_or(0),
    };
    parts.into_iter().zip(floors).map(part).collect()
}

/// The drawing: sources, the 1,000 tenge, uses.
pub(super) fn draw(locale: &Locale, flows: &Flows) -> Markup {
    let tenge = |n: u32| locale.f("citizens-tenge", &[("n", locale.number(n.into()).into())]);
    let node = |column: u8, part: &Part| Node::new(column, part.name.clone(), tenge(part.of_thousand));
    let middle = flows.sources.len();
    let mut nodes: Vec<Node> = flows.sources.iter().map(|part| node(0, part)).collect();
    nodes.push(Node::new(1, locale.t("citizens-budget"), tenge(1_000)));
    nodes.extend(flows.uses.iter().map(|part| node(2, part)));
    let into = flows.sources.iter().enumerate();
    let out = flows.uses.iter().enumerate();
    let mut links: Vec<Flow> =
        into.map(|(at, part)| Flow { from: at, to: middle, value: drawn(part.amount) }).collect();
    links.extend(out.map(|(at, part)| Flow { from: middle, to: middle + 1 + at, value: drawn(part.amount) }));
    let words = Words::new("flow", locale.t("citizens-flow"), locale.t("citizens-flow-about"));
    sankey(&words, &nodes, &links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_thousand_add_up() {
        for amounts in [vec![1, 1, 1], vec![999_999, 1], vec![7, 0, 13, 29, 1], vec![5]] {
            let parts: Vec<(String, Money)> =
                amounts.iter().map(|n| (String::new(), Money::from_tiyn(*n))).collect();
            let whole = Money::from_tiyn(amounts.iter().sum());
            let total: u32 = thousand(parts, whole).iter().map(|part| part.of_thousand).sum();
            assert_eq!(total, 1_000, "{amounts:?}");
        }
    }
}
