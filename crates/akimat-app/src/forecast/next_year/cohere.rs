//! Lines that add up to their totals: base forecasts reconciled by how they erred in the past.

use super::{Basis, Frame, LEVEL, NoForecast, Node, YearLine};
use crate::forecast::{in_tenge, to_money};
use akimat_core::{Money, Period};
use akimat_forecast::Refusal;
use akimat_forecast::reconcile::{Method, Reconciler, Tree, to_tiyn};

/// Years for which every line has a past forecast, below which errors say too little about one another.
const ORIGINS_MIN: usize = 4;
/// A width follows the reconciled errors as if this many more years had left it as it was.
const YEARS_PRIOR: f64 = 6.0;

/// The coherent lines in the order of the nodes, and the method.
pub(super) fn lines(frame: Frame, nodes: Vec<Node>) -> (Vec<YearLine>, Method) {
    let base: Vec<f64> = nodes.iter().map(point).collect();
    let Ok(tree) = Tree::new(nodes.iter().map(|node| node.parent).collect()) else {
        return (Vec::new(), Method::BottomUp);
    };
    let errors = errors(&nodes);
    let learned = reconciled(&tree, Method::MintShrink, (&base, &errors))
        .filter(|found| errors.len() >= ORIGINS_MIN && is_sound(&nodes, &found.money));
    let method = if learned.is_some() { Method::MintShrink } else { Method::BottomUp };
    let found = learned.or_else(|| reconciled(&tree, Method::BottomUp, (&base, &errors)));
    let found = found.unwrap_or_else(|| Coherent {
        money: nodes.iter().map(|node| to_money(point(node)).unwrap_or_default()).collect(),
        widths: vec![1.0; nodes.len()],
    });
    let lines = nodes.into_iter().zip(found.money.iter().zip(&found.widths)).enumerate();
    let line = |(index, (node, (money, width))): (usize, (Node, (&Money, &f64)))| {
        finish(frame, node, (*money, *width), !tree.children(index).is_empty())
    };
    (lines.map(line).collect(), method)
}

/// Money of every node, and how much wider or narrower its range becomes.
struct Coherent {
    money: Vec<Money>,
    widths: Vec<f64>,
}

fn reconciled(tree: &Tree, method: Method, (base, errors): (&[f64], &[Vec<f64>])) -> Option<Coherent> {
    let reconciler = Reconciler::new(tree, method, errors).ok()?;
    let mut base = base.to_vec();
    if method == Method::BottomUp {
        tree.add_up(&mut base);
    }
    let money = to_tiyn(tree, &reconciler.apply(&base).ok()?).ok()?;
    let after: Vec<Vec<f64>> =
        errors.iter().map(|error| reconciler.apply(error)).collect::<std::result::Result<_, _>>().ok()?;
    let square =
        |errors: &[Vec<f64>], node: usize| errors.iter().map(|own| own[node] * own[node]).sum::<f64>();
    let width = |node: usize| {
        let (was, is) = (square(errors, node), square(&after, node));
        let ratio = if was > 0.0 { (is / was).min(4.0) } else { 1.0 };
        #[expect(clippy::cast_precision_loss, reason = "a dozen years")]
        let years = errors.len() as f64;
        ((years * ratio + YEARS_PRIOR) / (years + YEARS_PRIOR)).sqrt()
    };
    Some(Coherent { money, widths: (0..tree.len()).map(width).collect() })
}

/// A line that was never negative must not become so.
fn is_sound(nodes: &[Node], money: &[Money]) -> bool {
    nodes.iter().zip(money).all(|(node, money)| *money >= Money::ZERO || !non_negative(node))
}

fn non_negative(node: &Node) -> bool {
    node.line.observed.iter().all(|own| own.amount >= Money::ZERO)
}

/// Its own forecast, or its last figure.
fn point(node: &Node) -> f64 {
    let last = node.line.observed.last().map_or(0.0, |own| in_tenge(own.amount));
    node.step.as_ref().map_or(last, |step| step.point)
}

/// What was said less what came, a vector of all lines for each year that all of them have; a line that allows no
/// forecast has no error.
fn errors(nodes: &[Node]) -> Vec<Vec<f64>> {
    let drawn: Vec<&Node> = nodes.iter().filter(|node| node.step.is_ok()).collect();
    let Some(first) = drawn.iter().min_by_key(|node| node.past.len()) else { return Vec::new() };
    let error = |node: &Node, period: Period| -> Option<f64> {
        if node.step.is_err() {
            return Some(0.0);
        }
        let said = node.past.iter().find(|past| past.period == period)?.point;
        let came = node.line.observed.iter().find(|own| own.period == period)?;
        Some(said - in_tenge(came.amount))
    };
    let periods = first.past.iter().map(|past| past.period);
    periods.filter_map(|period| nodes.iter().map(|node| error(node, period)).collect()).collect()
}

/// The line of the page: its range keeps its place around the figure and takes the new width.
fn finish(frame: Frame, node: Node, (point, width): (Money, f64), is_total: bool) -> YearLine {
    let floor = if non_negative(&node) { 0.0 } else { f64::NEG_INFINITY };
    let range = node.step.as_ref().ok().and_then(|step| {
        let own = step.intervals.iter().find(|interval| interval.level == LEVEL)?;
        let end = |end: f64| to_money((in_tenge(point) + (end - step.point) * width).max(floor));
        Some((end(own.low)?, end(own.high)?))
    });
    let basis = match &node.step {
        _ if is_total => Basis::Sum,
        Err(why) => Basis::Repeated(why.clone()),
        Ok(_) if range.is_none() => Basis::Repeated(NoForecast::Refused(Refusal::Overflow)),
        Ok(_) => Basis::Forecast,
    };
    YearLine {
        depth: node.depth,
        item: node.item,
        code: node.code,
        plan: node.line.plans.iter().rev().find(|plan| plan.year <= frame.year).copied(),
        observed: node.line.observed,
        point,
        range,
        basis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{LineQuestion, Past, of_years, past};
    use akimat_budget::{Amounts, Item, Stage};
    use akimat_core::BudgetId;
    use akimat_forecast::Series;
    use akimat_storage::SeriesPoint;

    fn node(parent: Option<usize>, tenge: &[i64]) -> Node {
        let points: Vec<SeriesPoint> = (2010_i16..)
            .zip(tenge)
            .map(|(year, tenge)| SeriesPoint {
                year,
                budget: BudgetId(uuid::Uuid::nil()),
                amounts: Amounts { executed: Money::from_tenge(*tenge), ..Amounts::default() },
                invented: true,
            })
            .collect();
        let line = of_years(&points, Some(Stage::Executed));
        let values = line.observed.iter().map(|own| (own.period, in_tenge(own.amount))).collect();
        let (found, past): (_, Vec<Past>) = past::with_past(&Series::from_dated("s", values).unwrap(), 1);
        let step = found.map(|mut found| found.steps.remove(0));
        let item = LineQuestion::yearly("990100000".parse().unwrap(), Item::Tax, "").item;
        Node { depth: 0, item: Some(item), code: String::new(), line, step, past, parent }
    }

    #[test]
    fn parts_add_up_to_the_tiyn_and_ranges_hold_their_figures() {
        let tax = [100, 120, 115, 130, 145, 140, 160, 175, 180, 190, 215, 220];
        let other = [40, 38, 45, 43, 50, 47, 55, 52, 60, 58, 66, 61];
        let still = [7; 12];
        let total: Vec<i64> = tax.iter().zip(other).map(|(tax, other)| tax + other + 7).collect();
        let nodes =
            vec![node(None, &total), node(Some(0), &tax), node(Some(0), &other), node(Some(0), &still)];
        let frame =
            Frame { place: "990100000".parse().unwrap(), year: 2022, last: 2021, stage: Stage::Executed };
        let (lines, method) = lines(frame, nodes);
        assert_eq!(method, Method::MintShrink);
        let parts = Money::checked_sum(lines[1..].iter().map(|line| line.point));
        assert_eq!(parts, Some(lines[0].point));
        // What never moved has no error and is not moved by the others; it has no range.
        assert!((in_tenge(lines[3].point) - 7.0).abs() < 0.02 && lines[3].range.is_none());
        for line in &lines[..3] {
            let (low, high) = line.range.unwrap();
            assert!(low < line.point && line.point < high, "{line:?}");
        }
    }
}
