//! Whether one model's losses are lower than another's by more than chance.
//!
//! # Source
//! Diebold, Mariano, Comparing predictive accuracy, Journal of Business & Economic Statistics 13 (1995);
//! the correction for small samples: Harvey, Leybourne, Newbold, Testing the equality of prediction mean squared
//! errors, International Journal of Forecasting 13 (1997).

use serde::Serialize;

/// Origins below which no test says anything.
const ORIGINS_MIN: usize = 5;

/// Which test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TestKind {
    /// Diebold and Mariano with the correction of Harvey, Leybourne and Newbold.
    DieboldMariano,
    /// Signs only, where the variance of the other test is not above zero or the origins are few for the steps.
    Sign,
}

/// A test of the difference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Test {
    /// Which.
    pub kind: TestKind,
    /// Its statistic: Student's t, or how often the model was better.
    pub statistic: f64,
    /// Probability of a difference at least as large by chance, two-sided.
    pub p_value: f64,
    /// Origins compared.
    pub n: usize,
}

/// Tests differences of losses at consecutive origins; below zero the model was better. `None` with fewer than
/// five origins or without any difference.
pub fn test(differences: &[f64], horizon: usize) -> Option<Test> {
    if differences.len() < ORIGINS_MIN || differences.iter().all(|difference| *difference == 0.0) {
        return None;
    }
    diebold_mariano(differences, horizon).or_else(|| sign(differences))
}

/// `t = d̄ / √V · √((n + 1 − 2h + h(h − 1)/n) / n)`, `V = max(γ₀ + 2 Σ γ_k, γ₀) / n` over the lags below `h`, with
/// n − 1 degrees of freedom.
fn diebold_mariano(differences: &[f64], horizon: usize) -> Option<Test> {
    let n = differences.len();
    let count = n as f64;
    let steps = horizon as f64;
    let mean = differences.iter().sum::<f64>() / count;
    let covariance = |lag: usize| {
        let later = differences.get(lag..).unwrap_or_default();
        differences.iter().zip(later).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / count
    };
    let own = covariance(0);
    // Overlapping steps cannot make the mean more certain: on a dozen origins negative sums are chance.
    let variance = (own + 2.0 * (1..horizon).map(covariance).sum::<f64>()).max(own) / count;
    let correction = (count + 1.0 - 2.0 * steps + steps * (steps - 1.0) / count) / count;
    // With fewer than twice as many origins as steps the lags cannot be told apart.
    if n < 2 * horizon || variance <= 0.0 || correction <= 0.0 {
        return None;
    }
    let statistic = mean / variance.sqrt() * correction.sqrt();
    let p_value = 2.0 * (1.0 - student_below(statistic.abs(), count - 1.0));
    Some(Test { kind: TestKind::DieboldMariano, statistic, p_value: p_value.clamp(0.0, 1.0), n })
}

/// The exact sign test: origins without a difference are left out.
fn sign(differences: &[f64]) -> Option<Test> {
    let n = differences.iter().filter(|difference| **difference != 0.0).count();
    if n < ORIGINS_MIN {
        return None;
    }
    let better = differences.iter().filter(|difference| **difference < 0.0).count();
    let fewer = better.min(n - better);
    // Binomial(n, 1/2): the chance of at most `fewer`, on both sides.
    let mut term = 0.5_f64.powi(i32::try_from(n).ok()?);
    let mut below = 0.0;
    for k in 0..=fewer {
        below += term;
        term *= (n - k) as f64 / (k as f64 + 1.0);
    }
    Some(Test { kind: TestKind::Sign, statistic: better as f64, p_value: (2.0 * below).min(1.0), n })
}

/// Chance of Student's t with `degrees` of freedom below `t`, for t from 0:
/// `1 − I(ν/(ν + t²); ν/2, 1/2) / 2`.
fn student_below(t: f64, degrees: f64) -> f64 {
    1.0 - 0.5 * incomplete_beta(degrees / (degrees + t * t), 0.5 * degrees, 0.5)
}

/// The regularised incomplete beta function by its continued fraction (Lentz).
///
/// # Source
/// Press, Teukolsky, Vetterling, Flannery, *Numerical Recipes*, third edition, section 6.4.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on this side of the mean; the other side is its mirror.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (a * x.ln() + b * (1.0 - x).ln() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b)).exp() / a;
    front * fraction(x, a, b)
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let safe = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / safe(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for m in 1..=200_u16 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / safe(1.0 + even * d);
        c = safe(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / safe(1.0 + odd * d);
        c = safe(1.0 + odd / c);
        result *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    result
}

/// Logarithm of the gamma function from 1/2, by Lanczos' approximation with seven terms.
fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let mut sum = TERMS[0];
    for (index, term) in (1_u16..).zip(&TERMS[1..]) {
        sum += term / (x + f64::from(index));
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    const T_CDF: [(f64, f64, f64); 6] = [
        (0.5, 1.0, 0.647_583_617_650_433_3),
        (1.0, 3.0, 0.804_498_890_522_114_8),
        (2.2, 11.0, 0.974_956_944_509_097_9),
        (3.5, 23.0, 0.999_035_969_723_786_3),
        (0.0, 5.0, 0.5),
        (12.0, 4.0, 0.999_861_785_725_748_5),
    ];
    const DM: [(usize, f64, f64); 4] = [
        (1, -1.422_391_073_381_826_6, 0.182_645_165_697_613_85),
        (2, -0.892_792_866_755_079_2, 0.391_081_425_064_388_4),
        (3, -0.944_750_490_763_688, 0.365_075_819_249_515_8),
        (4, -1.050_505_427_869_575_1, 0.316_017_321_467_615_85),
    ];
    const SIGN: (f64, f64) = (7.0, 0.774_414_062_5);

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-9 * want.abs().max(1.0), "{got} is not {want}");
    }

    #[test]
    fn distributions_match_scipy() {
        // scipy 1.17.1: stats.t.cdf(x, df).
        for (t, degrees, want) in T_CDF {
            close(student_below(t, degrees), want);
        }
    }

    #[test]
    fn the_test_matches_numpy() {
        // Computed step by step with numpy 2.4.6 and scipy 1.17.1 from the formula above,
        // differences d = sin(1..12)/2 - 0.15, and the exact sign test by stats.binomtest.
        let differences: Vec<f64> = (1..=12_u8).map(|n| f64::from(n).sin() / 2.0 - 0.15).collect();
        for (horizon, statistic, p_value) in DM {
            let found = diebold_mariano(&differences, horizon).unwrap();
            close(found.statistic, statistic);
            close(found.p_value, p_value);
        }
        let found = sign(&differences).unwrap();
        close(found.statistic, SIGN.0);
        close(found.p_value, SIGN.1);
    }

    #[test]
    fn few_origins_or_no_difference_say_nothing() {
        assert_eq!(test(&[-1.0; 4], 1), None);
        assert_eq!(test(&[0.0; 9], 1), None);
        // All equal: the variance is zero, the signs speak.
        let found = test(&[-1.0; 9], 1).unwrap();
        assert_eq!((found.kind, found.n), (TestKind::Sign, 9));
        close(found.p_value, 2.0 / 512.0);
    }
}
