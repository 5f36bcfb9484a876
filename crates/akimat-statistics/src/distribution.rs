//! Tails and quantiles of the normal, Student, chi-squared and F distributions. Upper tails are computed
//! directly, never as one minus the lower one, so that small p-values keep their digits.

use statrs::function::gamma::ln_gamma;

/// Steps of a series or continued fraction; they need about the root of their larger parameter.
const STEPS_MAX: u32 = 20_000;
/// No denominator of a continued fraction is closer to zero.
const TINY: f64 = 1e-300;

/// Regularised incomplete beta function I_x(a, b), by the continued fraction of Lentz (DLMF 8.17.22).
pub fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let (mut c, mut d) = (1.0, 1.0 / safe(1.0 - (a + b) * x / (a + 1.0)));
    let mut product = d;
    for step in 1..STEPS_MAX {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / safe(1.0 + even * d);
        c = safe(1.0 + even / c);
        product *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / safe(1.0 + odd * d);
        c = safe(1.0 + odd / c);
        product *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    product
}

const fn safe(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

/// Regularised upper incomplete gamma function Q(a, x): series below a + 1 (DLMF 8.11.4), continued fraction
/// above (DLMF 8.9.2).
pub fn gamma_upper(a: f64, x: f64) -> f64 {
    if x.is_nan() || a.is_nan() || a <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for step in 1..STEPS_MAX {
            term *= x / (a + f64::from(step));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return 1.0 - front * sum;
    }
    let (mut b, mut c) = (x + 1.0 - a, 1.0 / TINY);
    let mut d = 1.0 / safe(b);
    let mut product = d;
    for step in 1..STEPS_MAX {
        let m = f64::from(step);
        let even = -m * (m - a);
        b += 2.0;
        d = 1.0 / safe(even * d + b);
        c = safe(b + even / c);
        product *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * product
}

/// P(|Z| ≥ |z|) of the standard normal distribution.
pub fn normal_two_sided(z: f64) -> f64 {
    gamma_upper(0.5, z * z / 2.0)
}

/// P(|T| ≥ |t|) of Student's distribution.
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if t.is_infinite() {
        return 0.0;
    }
    let square = t * t;
    // Near t = 0 the complement keeps the digits.
    if square < df {
        1.0 - beta(square / (df + square), 0.5, df / 2.0)
    } else {
        beta(df / (df + square), df / 2.0, 0.5)
    }
}

/// P(X ≥ x) of the chi-squared distribution.
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    gamma_upper(df / 2.0, x / 2.0)
}

/// P(F ≥ f) of the F distribution.
pub fn fisher_upper(f: f64, df1: f64, df2: f64) -> f64 {
    if f.is_nan() {
        return f64::NAN;
    }
    if f.is_infinite() {
        return 0.0;
    }
    beta(df2 / (df2 + df1 * f.max(0.0)), df2 / 2.0, df1 / 2.0)
}

/// The z that |Z| exceeds with probability `p`.
pub fn normal_two_sided_quantile(p: f64) -> f64 {
    descend(normal_two_sided, p)
}

/// The t that |T| exceeds with probability `p`.
pub fn student_two_sided_quantile(p: f64, df: f64) -> f64 {
    descend(|t| student_two_sided(t, df), p)
}

/// The f that F exceeds with probability `p`.
pub fn fisher_upper_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    descend(|f| fisher_upper(f, df1, df2), p)
}

/// Solves `tail(x) = p` for a tail that falls from 1 at zero, by halving to the last bit.
fn descend(tail: impl Fn(f64) -> f64, p: f64) -> f64 {
    if !(p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while tail(high) > p {
        low = high;
        high *= 2.0;
        if high > 1e300 {
            return f64::NAN;
        }
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if tail(middle) > p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The smallest |r| that is significant at `alpha`, two-sided, with `n` observations.
pub fn critical_r(n: usize, alpha: f64) -> Option<f64> {
    let df = n.checked_sub(2).filter(|df| *df > 0)? as f64;
    let t = student_two_sided_quantile(alpha, df);
    Some(t / (df + t * t).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-12 * want.abs().max(1e-300), "{got} is not {want}");
    }

    /// SciPy 1.17.1: `2*stats.t.sf`, `stats.chi2.sf`, `stats.f.sf`, `2*stats.norm.sf`, `stats.t.isf`.
    #[test]
    fn tails_are_those_of_scipy() {
        close(student_two_sided(2.0, 3.0), 0.139_325_968_558_842_97);
        close(normal_two_sided(1.959_963_984_540_054), 0.05);
        close(normal_two_sided(8.0), 1.244_192_114_854_358_5e-15);
        close(chi_squared_upper(60.0, 3.0), 5.878230727906921e-13);
        close(fisher_upper(4.5, 3.0, 40.0), 0.008204629483065419);
        close(student_two_sided_quantile(0.05, 3.0), 3.182_446_305_284_263);
    }

    #[test]
    fn critical_correlations_are_those_of_the_tables() {
        for (n, want) in [(5, "0.878"), (7, "0.754"), (10, "0.632"), (17, "0.482"), (20, "0.444")] {
            assert_eq!(format!("{:.3}", critical_r(n, 0.05).unwrap()), want, "n = {n}");
        }
        assert_eq!(critical_r(2, 0.05), None);
    }
}
