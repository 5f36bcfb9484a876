//! Money as people read it.

use crate::Locale;
use crate::number::Marks;
use crate::pattern::Pattern;
use akimat_core::{Lang, Money, MoneyUnit, Ratio};

/// The words around an amount, taken from the catalogue once.
#[derive(Clone, Debug, Default)]
pub(crate) struct MoneyWords {
    /// By position in [`MoneyUnit::ALL`].
    full: [Pattern; 3],
    /// Tenge, thousand, million, billion, trillion.
    short: [Pattern; 5],
}

const FULL_KEYS: [&str; 3] = ["money-in-tenge", "money-in-thousand-tenge", "money-in-million-tenge"];
const SHORT_KEYS: [&str; 5] = [
    "money-short-tenge",
    "money-short-thousand",
    "money-short-million",
    "money-short-billion",
    "money-short-trillion",
];

impl MoneyWords {
    pub(crate) fn of(locale: &Locale) -> Self {
        Self {
            full: FULL_KEYS.map(|key| Pattern::of(locale, key, &["amount"])),
            short: SHORT_KEYS.map(|key| Pattern::of(locale, key, &["amount"])),
        }
    }

    pub(crate) fn full(&self, lang: Lang, money: Money, unit: MoneyUnit, decimals: usize) -> String {
        let at = MoneyUnit::ALL.iter().position(|other| *other == unit).unwrap_or_default();
        self.full[at].fill(&[&amount(lang, money, unit, decimals)])
    }

    pub(crate) fn short(&self, lang: Lang, money: Money) -> String {
        let (step, plain) = shorten(money.tiyn().unsigned_abs());
        let text = self.short[step].fill(&[&Marks::of(lang).decimal(&plain)]);
        if money.tiyn() < 0 && plain != "0" { format!("{}{text}", crate::number::MINUS) } else { text }
    }
}

/// The number alone, with exactly `decimals` decimals (at most what a tiyn can hold), halves away
/// from zero.
pub(crate) fn amount(lang: Lang, money: Money, unit: MoneyUnit, decimals: usize) -> String {
    let decimals = u32::try_from(decimals.min(unit.decimals_max())).unwrap_or_default();
    let plain = Ratio::new(i128::from(money.tiyn()), i128::from(unit.tiyn()))
        .and_then(|ratio| ratio.to_decimal(decimals))
        .unwrap_or_else(|| money.to_decimal(unit, 0));
    Marks::of(lang).decimal(&plain)
}

/// Picks the largest step of a thousand that leaves at least one whole unit, and rounds to three
/// leading digits (two when the third is zero, and so on): the step, and the plain decimal.
fn shorten(tiyn: u64) -> (usize, String) {
    let steps: [u64; 5] = [100, 100_000, 100_000_000, 100_000_000_000, 100_000_000_000_000];
    let mut step = steps.iter().rposition(|size| tiyn >= *size).unwrap_or_default();
    loop {
        let size = u128::from(steps[step]);
        let whole = u128::from(tiyn) / size;
        let decimals: usize = match (step, whole) {
            (0, _) | (_, 100..) => 0,
            (_, 10..) => 1,
            _ => 2,
        };
        let scale = 10_u128.pow(u32::try_from(decimals).unwrap_or_default());
        let scaled = (u128::from(tiyn) * scale + size / 2) / size;
        if scaled >= 1_000 * scale && step + 1 < steps.len() {
            step += 1;
            continue;
        }
        let fraction = format!("{:0decimals$}", scaled % scale);
        let fraction = if decimals == 0 { "" } else { fraction.trim_end_matches('0') };
        let mark = if fraction.is_empty() { "" } else { "." };
        return (step, format!("{}{mark}{fraction}", scaled / scale));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_shortened_to_three_digits() {
        let check = |tiyn: u64, step: usize, plain: &str| {
            assert_eq!(shorten(tiyn), (step, plain.to_owned()), "{tiyn}");
        };
        check(0, 0, "0");
        check(49, 0, "0");
        check(50, 0, "1");
        check(99_949, 0, "999");
        check(99_950, 1, "1");
        check(100_000, 1, "1");
        check(1_250_000, 1, "12.5");
        check(17_210_000, 1, "172");
        check(99_960_000, 2, "1");
        check(130_000_000_000, 3, "1.3");
        check(130_600_000_000, 3, "1.31");
        check(129_900_000_000, 3, "1.3");
        check(100_400_000_000, 3, "1");
        check(360_000_000_000_000, 4, "3.6");
        check(u64::MAX, 4, "184467");
    }
}
