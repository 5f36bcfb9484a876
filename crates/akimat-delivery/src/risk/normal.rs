//! The standard normal distribution, as far as the simulation needs it.

/// The value below which a standard normal variable lies with chance `p`, 0 < p < 1; infinite at the ends.
///
/// # Source
/// M. J. Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37, 1988,
/// 477-484, routine PPND16: about one part in 10^16.
pub fn quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.425f64.mul_add(0.425, -(q * q));
        return q * over(&A, &B, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-tail.ln()).sqrt();
    let value = if r <= 5.0 { over(&C, &D, r - 1.6) } else { over(&E, &F, r - 5.0) };
    if q < 0.0 { -value } else { value }
}

/// The chance that a standard normal variable lies below `z`: the series of Abramowitz and Stegun 26.2.10 near the middle,
/// the continued fraction 26.2.14 in the tails.
pub fn below(z: f64) -> f64 {
    if z.is_nan() {
        return 0.5;
    }
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let size = z.abs();
    if size > 38.0 {
        return f64::from(u8::from(z > 0.0));
    }
    let upper = if size < 3.5 {
        let (mut term, mut sum, mut odd) = (size, size, 1.0);
        while term > 1e-17 * sum {
            odd += 2.0;
            term *= size * size / odd;
            sum += term;
        }
        density.mul_add(-sum, 0.5)
    } else {
        let fraction = (1..=60).rev().fold(0.0, |rest, k| f64::from(k) / (size + rest));
        density / (size + fraction)
    };
    if z > 0.0 { 1.0 - upper } else { upper }
}

fn over(above: &[f64; 8], below: &[f64; 8], at: f64) -> f64 {
    let value = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, one| sum * at + one);
    value(above) / value(below)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_545,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    0.000_774_545_014_278_341_4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    0.000_547_593_808_499_534_5,
    1.050_750_071_644_416_9e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_887_9,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_445_8e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::{below, quantile};

    /// Abramowitz and Stegun, table 26.5 and the usual limits of tests.
    #[test]
    fn published_points() {
        for (p, z) in [
            (0.5, 0.0),
            (0.8, 0.841_621_233_572_914_3),
            (0.9, 1.281_551_565_544_600_4),
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813_5),
            (1e-9, -5.997_807_015_007_686_5),
        ] {
            assert!((quantile(p) - z).abs() < 1e-12, "{p}: {}", quantile(p));
            assert!((quantile(1.0 - p) + z).abs() < 1e-6, "{p}");
        }
        for p in [1e-12, 0.0001, 0.2, 0.5, 0.77, 0.9999] {
            assert!((below(quantile(p)) / p - 1.0).abs() < 1e-9, "{p}: {}", below(quantile(p)));
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
