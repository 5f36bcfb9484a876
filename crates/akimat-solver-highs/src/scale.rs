//! Rows in numbers that suit a solver with tolerances, without losing a plan.

use akimat_allocation::envelope::{Relation, Row};

/// Larger coefficients are rounded to multiples that keep them within this. HiGHS was seen to discard
/// sound plans of a row with coefficients near 10^12; whole numbers of this size it handles well.
const COEFFICIENT_MAX: i64 = 1 << 20;

/// A row for HiGHS: `least ≤ Σ coefficient × variable ≤ most`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scaled {
    pub(crate) terms: Vec<(usize, f64)>,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    /// Every plan that satisfies the row satisfies these.
    Keep(Vec<Scaled>),
    /// No plan can break it.
    AlwaysTrue,
    /// No plan can satisfy it.
    NeverTrue,
}

/// Divides by the greatest common divisor. Where numbers are still large, each side of the row is
/// replaced by a slightly weaker one in a coarser unit `u`: from `Σ a x ≤ b` follows
/// `Σ ⌊a/u⌋ x ≤ ⌊b/u⌋`, because every `x` is 0 or 1 and the left side is whole.
pub(crate) fn scaled(row: &Row) -> Verdict {
    let terms: Vec<(usize, i64)> = row.terms.iter().copied().filter(|(_, by)| *by != 0).collect();
    let lowest: i64 = terms.iter().map(|(_, by)| (*by).min(0)).sum();
    let highest: i64 = terms.iter().map(|(_, by)| (*by).max(0)).sum();
    let (upper, lower) = (row.relation != Relation::AtLeast, row.relation != Relation::AtMost);
    if (upper && row.rhs < lowest) || (lower && row.rhs > highest) {
        return Verdict::NeverTrue;
    }
    if (!upper || row.rhs >= highest) && (!lower || row.rhs <= lowest) {
        return Verdict::AlwaysTrue;
    }
    // Neither verdict was reached, so some coefficient is not zero and the divisor is positive.
    let divisor = terms.iter().fold(0, |divisor, (_, by)| gcd(divisor, *by));
    if upper && lower && row.rhs % divisor != 0 {
        return Verdict::NeverTrue;
    }
    let largest = terms.iter().map(|(_, by)| by.abs()).max().unwrap_or(1);
    let unit = if largest / divisor <= COEFFICIENT_MAX { divisor } else { largest / COEFFICIENT_MAX + 1 };
    let down = |value: i64| super::float(value.div_euclid(unit));
    let up = |value: i64| super::float(-(-value).div_euclid(unit));
    let rounded = |round: &dyn Fn(i64) -> f64| terms.iter().map(|(v, by)| (*v, round(*by))).collect();
    let (none, all) = (f64::NEG_INFINITY, f64::INFINITY);
    if unit == divisor {
        let least = if lower { up(row.rhs) } else { none };
        let most = if upper { down(row.rhs) } else { all };
        return Verdict::Keep(vec![Scaled { terms: rounded(&down), least, most }]);
    }
    let mut rows = Vec::new();
    if upper {
        rows.push(Scaled { terms: rounded(&down), least: none, most: down(row.rhs) });
    }
    if lower {
        rows.push(Scaled { terms: rounded(&up), least: up(row.rhs), most: all });
    }
    Verdict::Keep(rows)
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(relation: Relation, terms: &[(usize, i64)], rhs: i64, expect: &Verdict) {
        assert_eq!(&scaled(&Row { terms: terms.to_vec(), relation, rhs }), expect);
    }

    #[test]
    fn rows_shrink_without_losing_a_plan() {
        let (none, all) = (f64::NEG_INFINITY, f64::INFINITY);
        let keep = |terms: &[(usize, f64)], least, most| {
            Verdict::Keep(vec![Scaled { terms: terms.to_vec(), least, most }])
        };
        let thousand = [(0, 300_000), (1, 500_000)];
        check(Relation::AtMost, &thousand, 799_999, &keep(&[(0, 3.0), (1, 5.0)], none, 7.0));
        check(Relation::AtLeast, &thousand, 300_001, &keep(&[(0, 3.0), (1, 5.0)], 4.0, all));
        check(Relation::Exactly, &thousand, 500_000, &keep(&[(0, 3.0), (1, 5.0)], 5.0, 5.0));
        check(Relation::Exactly, &thousand, 500_001, &Verdict::NeverTrue);
        check(Relation::AtMost, &thousand, 800_000, &Verdict::AlwaysTrue);
        check(Relation::AtMost, &thousand, -1, &Verdict::NeverTrue);
        check(Relation::AtLeast, &thousand, 800_001, &Verdict::NeverTrue);
        check(Relation::AtLeast, &[(0, -1), (1, 1)], -1, &Verdict::AlwaysTrue);
        check(Relation::AtMost, &[], 0, &Verdict::AlwaysTrue);
        check(Relation::Exactly, &[(3, 0)], 1, &Verdict::NeverTrue);
        let (big, unit) = (1_i64 << 30, 1025);
        let rows = |down: &[(usize, f64)], most, up: &[(usize, f64)], least| {
            Verdict::Keep(vec![
                Scaled { terms: down.to_vec(), least: none, most },
                Scaled { terms: up.to_vec(), least, most: all },
            ])
        };
        let (low, high) = (super::super::float(big / unit), super::super::float(big / unit + 1));
        let expect = rows(&[(0, low), (1, -high)], low, &[(0, high), (1, -low)], high);
        check(Relation::Exactly, &[(0, big), (1, 1 - big)], big, &expect);
        check(Relation::AtMost, &[(0, big), (1, big - 1)], i64::MIN, &Verdict::NeverTrue);
    }
}
