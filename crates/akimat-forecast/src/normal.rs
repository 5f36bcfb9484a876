//! The standard normal distribution.

/// Up to here one step of Newton's method makes a quantile exact; the density beyond is too small to divide by.
const REFINED_MAX: f64 = 6.0;

/// Quantile for a probability strictly between 0 and 1: Wichura (1988), algorithm AS 241, the shorter form with seven
/// digits, and one step of Newton's method for the others.
pub(crate) fn quantile(probability: f64) -> f64 {
    let q = probability - 0.5;
    let rough = rough(q.abs(), probability.min(1.0 - probability));
    let upper = probability.max(1.0 - probability);
    let size = if rough < REFINED_MAX { rough - (below(rough) - upper) / density(rough) } else { rough };
    if q < 0.0 { -size } else { size }
}

/// The quantile above one half by `q` with the probability `tail` beyond it, to seven digits.
fn rough(q: f64, tail: f64) -> f64 {
    if q <= 0.425 {
        let r = 0.180_625 - q * q;
        let above = ((59.109_374_72 * r + 159.291_132_02) * r + 50.434_271_938) * r + 3.387_132_717_9;
        let below = ((67.187_563_6 * r + 78.757_757_664) * r + 17.895_169_469) * r + 1.0;
        return q * above / below;
    }
    let r = (-tail.max(1e-300).ln()).sqrt();
    if r <= 5.0 {
        let r = r - 1.6;
        (((0.170_238_21 * r + 1.306_728_480_6) * r + 2.756_815_39) * r + 1.423_437_271_1)
            / ((0.120_211_326_4 * r + 0.737_001_642_5) * r + 1.0)
    } else {
        let r = r - 5.0;
        (((0.017_337_203_997 * r + 0.428_682_948_37) * r + 3.081_226_386) * r + 6.657_905_115)
            / ((0.012_258_202_635 * r + 0.241_978_942_26) * r + 1.0)
    }
}

/// Chance of a value below `z`, by the series `Φ(z) = 1/2 + φ(z) (z + z³/3 + z⁵/15 + …)`.
fn below(z: f64) -> f64 {
    let mut term = z;
    let mut sum = z;
    for n in 1..=400_u16 {
        term *= z * z / f64::from(2 * n + 1);
        sum += term;
        if term.abs() <= 1e-17 * sum.abs() {
            break;
        }
    }
    0.5 + sum * density(z)
}

fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1: `stats.norm.ppf(p)`.
    const QUANTILES: [(f64, f64); 7] = [
        (0.001, -3.090_232_306_167_813_5),
        (0.01, -2.326_347_874_040_840_8),
        (0.5, 0.0),
        (0.75, 0.674_489_750_196_081_7),
        (0.9, 1.281_551_565_544_600_4),
        (0.975, 1.959_963_984_540_054),
        (0.995, 2.575_829_303_548_900_4),
    ];

    #[test]
    fn quantiles_match_scipy() {
        for (probability, want) in QUANTILES {
            let got = quantile(probability);
            assert!((got - want).abs() < 1e-12, "{probability}: {got} is not {want}");
        }
    }

    #[test]
    fn far_tails_are_finite_and_in_order() {
        let far = [1e-300, 1e-40, 1e-12, 1e-9, 1e-6].map(quantile);
        assert!(far.is_sorted() && far[0] > -40.0, "{far:?}");
    }
}
