//! Schedules of bonds in whole tiyn.

use crate::lever::{BondForm, WHOLE_BP};
use crate::share::{apportion, divide};
use akimat_core::Money;

/// One year of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Interest.
    pub interest: Money,
    /// Repayment.
    pub principal: Money,
    /// What is left to repay after it.
    pub left: Money,
}

/// The schedule of a bond: interest of each year is the rate on what is left, rounded to the tiyn, halves up.
/// An annuity pays the smallest whole number of tiyn that repays in time; the last payment is what is left.
/// Empty when nothing is borrowed or for no time.
pub fn schedule(principal: Money, rate_bp: i64, years: u8, form: BondForm) -> Vec<Payment> {
    let amount = i128::from(principal.tiyn());
    if amount <= 0 || years == 0 || rate_bp < 0 {
        return Vec::new();
    }
    let rows = match form {
        BondForm::EqualPrincipal => {
            let parts = apportion(amount, &vec![1; usize::from(years)]);
            repay(amount, rate_bp, parts.len(), |year, _| parts[year])
        }
        BondForm::Annuity => {
            let payment = annuity(amount, rate_bp, years);
            repay(amount, rate_bp, usize::from(years), |_, interest| payment - interest)
        }
    };
    rows.into_iter().filter_map(payment).collect()
}

/// What net operating surpluses of so many years are worth today at a rate: the most that can be borrowed
/// and repaid from them. Rounded down in each year; nothing when there is no surplus.
pub fn capacity(surplus: Money, rate_bp: i64, years: u8) -> Money {
    let surplus = i128::from(surplus.tiyn());
    if surplus <= 0 || rate_bp < 0 {
        return Money::ZERO;
    }
    let worth = (0..years).fold(0, |worth, _| {
        (worth + surplus) * i128::from(WHOLE_BP) / (i128::from(WHOLE_BP) + i128::from(rate_bp))
    });
    i64::try_from(worth).map_or(Money::from_tiyn(i64::MAX), Money::from_tiyn)
}

/// Interest, repayment and what is left, year by year.
fn repay(
    amount: i128,
    rate_bp: i64,
    years: usize,
    part: impl Fn(usize, i128) -> i128,
) -> Vec<(i128, i128, i128)> {
    let mut left = amount;
    (0..years)
        .map(|year| {
            let interest = interest(left, rate_bp);
            let principal = if year + 1 == years { left } else { part(year, interest).min(left) };
            left -= principal;
            (interest, principal, left)
        })
        .collect()
}

fn interest(left: i128, rate_bp: i64) -> i128 {
    divide(left * i128::from(rate_bp), i128::from(WHOLE_BP))
}

/// The smallest payment after which nothing is left in time.
fn annuity(amount: i128, rate_bp: i64, years: u8) -> i128 {
    let repaid = |payment: i128| {
        let mut left = amount;
        for _ in 0..years {
            left += interest(left, rate_bp) - payment;
            if left <= 0 {
                return true;
            }
        }
        false
    };
    let (mut low, mut high) = (0, amount + interest(amount, rate_bp));
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if repaid(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

fn payment((interest, principal, left): (i128, i128, i128)) -> Option<Payment> {
    let money = |tiyn: i128| i64::try_from(tiyn).ok().map(Money::from_tiyn);
    Some(Payment { interest: money(interest)?, principal: money(principal)?, left: money(left)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenge(amount: i64) -> Money {
        Money::from_tenge(amount).unwrap()
    }

    /// 1,000 at 10 % in five years: payment 263.797481 (P·i / (1 − (1 + i)^−n)), in tiyn 26,380.
    #[test]
    fn an_annuity_pays_what_the_textbook_says() {
        let rows = schedule(tenge(1_000), 1_000, 5, BondForm::Annuity);
        let paid: Vec<i64> = rows.iter().map(|row| row.interest.tiyn() + row.principal.tiyn()).collect();
        assert_eq!(paid[..4], [26_380; 4]);
        assert_eq!(paid[4], 26_378, "the last payment is what is left");
        assert_eq!(rows[0].interest, tenge(100));
        assert_eq!(rows[4].left, Money::ZERO);
        assert_eq!(rows.iter().map(|row| row.principal.tiyn()).sum::<i64>(), 100_000);
    }

    #[test]
    fn equal_repayments_carry_falling_interest() {
        let rows = schedule(tenge(1_000), 1_000, 5, BondForm::EqualPrincipal);
        assert_eq!(
            rows.iter().map(|row| row.interest.tiyn() / 100).collect::<Vec<_>>(),
            [100, 80, 60, 40, 20]
        );
        assert!(rows.iter().all(|row| row.principal == tenge(200)));
    }

    #[test]
    fn without_interest_the_capacity_is_the_sum() {
        assert_eq!(capacity(tenge(100), 0, 10), tenge(1_000));
        // 100 a year for five years at 10 %: 379.0787, rounded down five times.
        assert_eq!(capacity(tenge(100), 1_000, 5).tiyn(), 37_906);
        assert_eq!(capacity(tenge(-1), 0, 10), Money::ZERO);
        assert!(schedule(Money::ZERO, 1_000, 5, BondForm::Annuity).is_empty());
    }
}
