//! Tests of ranks.

use super::{Facts, Group};
use crate::distribution::{chi_squared_upper, normal_two_sided};
use crate::rank::{mid_ranks, tie_sum};
use crate::refusal::Refusal;
use crate::report::Value;
use crate::sample::is_constant;

/// With the smaller group at most this large and no ties, the p-value of Mann and Whitney is exact.
const EXACT_MAX: usize = 8;
/// Persons in all up to which the exact distribution is counted.
const EXACT_N_MAX: usize = 2_000;

/// Mann and Whitney (1947): U of the first group.
pub(super) fn mann_whitney(a: &[f64], b: &[f64]) -> Result<Facts, Refusal> {
    let (m, n) = (a.len() as f64, b.len() as f64);
    let all: Vec<f64> = a.iter().chain(b).copied().collect();
    if is_constant(&all) {
        return Err(Refusal::Constant { column: "rank".to_owned() });
    }
    let ranks = mid_ranks(&all);
    let u = ranks[..a.len()].iter().sum::<f64>() - m * (m + 1.0) / 2.0;
    let ties = tie_sum(&all);
    let exact = ties == 0.0 && a.len().min(b.len()) <= EXACT_MAX && all.len() <= EXACT_N_MAX;
    let size = m + n;
    let spread = (m * n / 12.0 * (size + 1.0 - ties / (size * (size - 1.0)))).sqrt();
    let off = (u - m * n / 2.0).abs();
    // Continuity: half a rank.
    let z = (off - 0.5).max(0.0) / spread;
    let p = if exact { exact_p(a.len(), b.len(), m * n / 2.0 + off) } else { normal_two_sided(z) };
    Ok(vec![
        ("u", Value::number(u)),
        ("p", Value::p(p)),
        ("exact", Value::yes(exact)),
        ("rank_biserial", Value::number(2.0 * u / (m * n) - 1.0)),
        ("probability_of_superiority", Value::share(u / (m * n))),
    ])
}

/// Twice P(U ≥ u), by counting the arrangements: f(m, n, u) = f(m-1, n, u-n) + f(m, n-1, u).
fn exact_p(m: usize, n: usize, u: f64) -> f64 {
    let (small, large) = (m.min(n), m.max(n));
    // ways[j][k]: arrangements of j members of the small group with k = sum of what each has beaten.
    let top = small * large;
    let mut ways = vec![vec![0.0_f64; top + 1]; small + 1];
    ways[0][0] = 1.0;
    for rank in 0..small + large {
        for taken in (1..=small.min(rank + 1)).rev() {
            let Some(beaten) = rank.checked_sub(taken - 1).filter(|beaten| *beaten <= large) else {
                continue;
            };
            for sum in (beaten..=top).rev() {
                let more = ways[taken - 1][sum - beaten];
                ways[taken][sum] += more;
            }
        }
    }
    let all: f64 = ways[small].iter().sum();
    let beyond: f64 =
        ways[small].iter().enumerate().filter(|(sum, _)| *sum as f64 >= u).map(|(_, ways)| ways).sum();
    (2.0 * beyond / all).min(1.0)
}

/// Kruskal and Wallis (1952), corrected for ties.
pub(super) fn kruskal_wallis(groups: &[Group]) -> Result<Facts, Refusal> {
    let all: Vec<f64> = groups.iter().flat_map(|(_, values)| values).copied().collect();
    if is_constant(&all) {
        return Err(Refusal::Constant { column: "rank".to_owned() });
    }
    let n = all.len() as f64;
    let ranks = mid_ranks(&all);
    let (mut from, mut sum) = (0, 0.0);
    for (_, values) in groups {
        let own: f64 = ranks[from..from + values.len()].iter().sum();
        sum += own * own / values.len() as f64;
        from += values.len();
    }
    let h = (12.0 / (n * (n + 1.0)) * sum - 3.0 * (n + 1.0)) / (1.0 - tie_sum(&all) / (n * n * n - n));
    let df = groups.len() as f64 - 1.0;
    Ok(vec![
        ("h", Value::number(h)),
        ("df", Value::number(df)),
        ("p", Value::p(chi_squared_upper(h, df))),
        ("epsilon_squared", Value::number(h / (n - 1.0))),
    ])
}
