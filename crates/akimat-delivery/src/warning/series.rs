//! Is the last point of a series out of line? For any figures that come month by month.

/// Modified z-scores 0.6745 (x - median) / MAD; above 3.5 is out of line. All zero where the median deviation is zero.
///
/// # Source
/// B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers, 1993, section 3.3.
pub fn robust_z(values: &[f64]) -> Vec<f64> {
    let Some(middle) = median(values) else { return Vec::new() };
    let away: Vec<f64> = values.iter().map(|x| (x - middle).abs()).collect();
    let spread = median(&away).unwrap_or(0.0);
    values.iter().map(|x| if spread > 0.0 { 0.6745 * (x - middle) / spread } else { 0.0 }).collect()
}

/// The upper cumulative sum S = max(0, S + (x - mean) / sd - 0.5); above 5 is a lasting rise.
///
/// # Source
/// D. C. Montgomery, Introduction to Statistical Quality Control, chapter 9: k = 0.5, h = 5.
pub fn cusum(values: &[f64], mean: f64, sd: f64) -> Vec<f64> {
    let mut sum = 0.0_f64;
    values
        .iter()
        .map(|x| {
            let step = if sd > 0.0 { (x - mean) / sd - 0.5 } else { 0.0 };
            sum = (sum + step).max(0.0);
            sum
        })
        .collect()
}

/// The exponentially weighted mean of each point, and its limit on both sides of `mean`: weight 0.2, 2.7 deviations.
///
/// # Source
/// D. C. Montgomery, the same, chapter 9.2: z = λx + (1-λ)z, limit L·sd·√(λ/(2-λ)·(1-(1-λ)^2i)).
pub fn ewma(values: &[f64], mean: f64, sd: f64) -> Vec<(f64, f64)> {
    const WEIGHT: f64 = 0.2;
    const WIDTH: f64 = 2.7;
    let (mut z, mut rest) = (mean, 1.0_f64);
    values
        .iter()
        .map(|x| {
            z = WEIGHT.mul_add(*x, (1.0 - WEIGHT) * z);
            rest *= (1.0 - WEIGHT) * (1.0 - WEIGHT);
            (z, WIDTH * sd * (WEIGHT / (2.0 - WEIGHT) * (1.0 - rest)).sqrt())
        })
        .collect()
}

/// The middle value; the mean of two middle ones.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    match n {
        0 => None,
        n if n % 2 == 1 => Some(sorted[n / 2]),
        n => Some(f64::midpoint(sorted[n / 2 - 1], sorted[n / 2])),
    }
}
