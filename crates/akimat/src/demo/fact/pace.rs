//! How a year is spread over its months, and numbers that look like chance.

/// How an amount comes or goes over the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Taxes: quarters show.
    Tax,
    /// Transfers: a little ahead of what they pay for.
    Transfer,
    /// Spending: slow in winter, a rush in December.
    Spending,
    /// Loans: in the second and third quarter.
    Loan,
    /// Half of the year in December: one of the things that are wrong on purpose.
    Spike,
}

/// Ten-thousandths of the year by the end of each month.
const fn shares(pace: Pace) -> [i64; 12] {
    match pace {
        Pace::Tax => [610, 1_340, 2_280, 3_090, 3_850, 4_760, 5_560, 6_310, 7_260, 8_070, 8_830, 10_000],
        Pace::Transfer => [720, 1_480, 2_350, 3_180, 4_020, 4_930, 5_840, 6_610, 7_420, 8_190, 8_960, 10_000],
        Pace::Spending => [340, 950, 1_740, 2_540, 3_330, 4_220, 5_090, 5_860, 6_670, 7_450, 8_290, 10_000],
        Pace::Loan => [0, 0, 400, 1_900, 4_100, 6_300, 7_700, 8_800, 9_500, 9_800, 10_000, 10_000],
        Pace::Spike => [210, 560, 990, 1_430, 1_900, 2_410, 2_930, 3_420, 3_960, 4_500, 5_070, 10_000],
    }
}

/// What has come or gone by the end of a month, of an amount for the whole year.
pub(super) fn so_far(pace: Pace, year: i64, month: u8, seed: u64) -> i64 {
    let at = usize::from(month).saturating_sub(1).min(11);
    let plain = shares(pace)[at];
    // Never as much as the smallest step between two months, so that nothing runs backwards.
    let sway = if month >= 12 || plain == 0 || plain == 10_000 {
        0
    } else {
        noise(seed, u64::from(month), 160) - 80
    };
    share(year, plain + sway, 10_000)
}

/// The amended plan of a month: decisions in April and October.
pub(super) fn amended(approved: i64, amended: i64, month: u8) -> i64 {
    let part = match month {
        0..=3 => 0,
        4..=9 => 6,
        _ => 10,
    };
    approved + (amended - approved) * part / 10
}

/// A part of an amount, rounded down.
pub(super) fn share(amount: i64, part: i64, whole: i64) -> i64 {
    let wide = i128::from(amount) * i128::from(part) / i128::from(whole);
    i64::try_from(wide).unwrap_or_default()
}

/// A number from 0 to `below - 1`, the same for the same seed and tag (SplitMix64, Steele and others 2014).
pub(super) fn noise(seed: u64, tag: u64, below: i64) -> i64 {
    let mut z =
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(tag.wrapping_mul(0xD1B5_4A32_D192_ED03));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    i64::try_from((z ^ (z >> 31)) % below.unsigned_abs().max(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_backwards_and_december_completes_the_year() {
        for pace in [Pace::Tax, Pace::Transfer, Pace::Spending, Pace::Loan, Pace::Spike] {
            for seed in 0..200 {
                let months: Vec<i64> = (1..=12).map(|month| so_far(pace, 1_000_000, month, seed)).collect();
                assert!(months.is_sorted() && months[0] >= 0, "{pace:?} {months:?}");
                assert_eq!(months[11], 1_000_000);
            }
        }
    }
}
