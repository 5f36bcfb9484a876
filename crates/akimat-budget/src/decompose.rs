//! Why a figure changed between two periods: contributions that add up to the change, with nothing left over.
//!
//! - A **total** changed because its parts did: the contributions are the changes of the parts.
//! - A **share** `A / B` changed because parts of `A` or of `B` did: the midpoint form, in which each factor
//!   changes while the other stands at the mean of its two values. With one denominator for all parts
//!   the contributions add up exactly.
//! - **Own revenue of many units** changed through the number of people (volume), where they live
//!   (structure) and revenue a resident (rate): the Shapley form of a product of three factors, in which
//!   the order in which factors change does not matter. Volume and structure are rounded to the tiyn and
//!   the rate takes the rounding, so that the three add up to the tiyn.
//!
//! # Source
//! Shapley 1953; Sun 1998, Energy Economics 20(1), 85-100, for the refined Laspeyres form; Ang 2004, Energy
//! Policy 32(9), 1131-1139, for the choice among methods. `docs/method/decomposition.md`.

use crate::refusal::Refusal;
use akimat_core::{KatoCode, Money, Ratio};

/// A part before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Before.
    pub before: Money,
    /// After.
    pub after: Money,
}

/// What each part contributes to the change of a share, in parts of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareChange {
    /// The share before.
    pub before: Ratio,
    /// The share after.
    pub after: Ratio,
    /// Contributions of the parts of `A`, in their order.
    pub top: Vec<Ratio>,
    /// Contributions of the parts of `B`, in their order.
    pub bottom: Vec<Ratio>,
}

/// A unit with its money and people before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// Which.
    pub place: KatoCode,
    /// Its money.
    pub money: Change,
    /// Its people before and after.
    pub people: (u64, u64),
}

/// What a unit contributes to the change of the total, in tiyn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effects {
    /// Which unit.
    pub place: KatoCode,
    /// Because there are more or fewer people altogether.
    pub volume: i128,
    /// Because more or fewer of them live here.
    pub structure: i128,
    /// Because revenue a resident changed.
    pub rate: i128,
}

fn wide(money: Money) -> i128 {
    money.tiyn().into()
}

fn sums(parts: &[Change]) -> (i128, i128) {
    parts.iter().fold((0, 0), |(b, a), part| (b + wide(part.before), a + wide(part.after)))
}

/// Contributions of the parts of `A` and `B` to the change of `A / B`:
/// `dA_i (B0 + B1) / (2 B0 B1)` and `-dB_j (A0 + A1) / (2 B0 B1)`.
///
/// # Errors
/// [`Refusal::NothingToShare`] when `B` is zero before or after, [`Refusal::TooLarge`].
pub fn share_change(top: &[Change], bottom: &[Change]) -> Result<ShareChange, Refusal> {
    let ((a0, a1), (b0, b1)) = (sums(top), sums(bottom));
    let whole = b0.checked_mul(b1).and_then(|n| n.checked_mul(2)).ok_or(Refusal::TooLarge)?;
    let part = |change: &Change, weight: i128| {
        let change = (wide(change.after) - wide(change.before)).checked_mul(weight);
        change.ok_or(Refusal::TooLarge).and_then(|n| Ratio::new(n, whole).ok_or(Refusal::NothingToShare))
    };
    Ok(ShareChange {
        before: Ratio::new(a0, b0).ok_or(Refusal::NothingToShare)?,
        after: Ratio::new(a1, b1).ok_or(Refusal::NothingToShare)?,
        top: top.iter().map(|change| part(change, b0 + b1)).collect::<Result<_, _>>()?,
        bottom: bottom.iter().map(|change| part(change, -(a0 + a1))).collect::<Result<_, _>>()?,
    })
}

/// Volume, structure and rate of each unit; together they are the change of its money, to the tiyn.
///
/// # Errors
/// [`Refusal::NoPopulation`] when a unit has no people before or after, [`Refusal::TooLarge`].
pub fn effects(units: &[UnitChange]) -> Result<Vec<Effects>, Refusal> {
    if units.iter().any(|unit| unit.people.0 == 0 || unit.people.1 == 0) {
        return Err(Refusal::NoPopulation);
    }
    let all = units.iter().fold((0_i128, 0_i128), |(before, after), unit| {
        (before + i128::from(unit.people.0), after + i128::from(unit.people.1))
    });
    units.iter().map(|unit| effects_of(unit, all).ok_or(Refusal::TooLarge)).collect()
}

/// Thousandths of a tiyn: how finely the terms are computed before they are rounded.
const FINE: i128 = 1_000;

fn effects_of(unit: &UnitChange, (all0, all1): (i128, i128)) -> Option<Effects> {
    let (m0, m1) = (wide(unit.money.before), wide(unit.money.after));
    let (p0, p1) = (i128::from(unit.people.0), i128::from(unit.people.1));
    // Money is people x weight x rate, weight = p / all, rate = m / p. The Shapley value of one factor
    // weighs the pure products by a third and the mixed ones by a sixth.
    let fine = |factors: [i128; 3], over: [i128; 2]| {
        let top = factors.into_iter().try_fold(FINE, i128::checked_mul)?;
        Some(top / over[0].checked_mul(over[1])?)
    };
    let people = all1 - all0;
    let volume = weighed([
        fine([people, m0, 1], [all0, 1])?,
        fine([people, m1, 1], [all1, 1])?,
        fine([people, m1, p0], [all0, p1])?,
        fine([people, m0, p1], [all1, p0])?,
    ])?;
    // The change of the weight, p1 / all1 - p0 / all0, times people and rate.
    let by_weight = |factors: [i128; 2], over: i128| {
        let gained = fine([factors[0], factors[1], p1], [over, all1])?;
        gained.checked_sub(fine([factors[0], factors[1], p0], [over, all0])?)
    };
    let structure = weighed([
        by_weight([all0, m0], p0)?,
        by_weight([all1, m1], p1)?,
        by_weight([all0, m1], p1)?,
        by_weight([all1, m0], p0)?,
    ])?;
    Some(Effects { place: unit.place, volume, structure, rate: m1 - m0 - volume - structure })
}

/// Thirds of the first two, sixths of the last two, rounded to the tiyn, halves away from zero.
fn weighed([a, b, c, d]: [i128; 4]) -> Option<i128> {
    let sum = a.checked_add(b)?.checked_mul(2)?.checked_add(c)?.checked_add(d)?;
    let whole = 6 * FINE;
    Some((sum + sum.signum() * whole / 2) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change(before: i64, after: i64) -> Change {
        Change { before: Money::from_tiyn(before), after: Money::from_tiyn(after) }
    }

    fn total(parts: &[Ratio]) -> i128 {
        parts.iter().map(|part| part.numerator()).sum()
    }

    /// 1/4 became 2/5: A adds 1 (4 + 5) / 40 = 9/40, B takes 1 (1 + 2) / 40 = 3/40; 2/5 - 1/4 = 6/40.
    #[test]
    fn a_share_as_by_hand() {
        let found = share_change(&[change(1, 2)], &[change(1, 2), change(3, 3)]).unwrap();
        assert_eq!((found.top[0].numerator(), found.top[0].denominator()), (9, 40));
        assert_eq!(found.bottom.iter().map(|part| part.numerator()).collect::<Vec<_>>(), [-3, 0]);
        assert_eq!(share_change(&[change(1, 2)], &[change(0, 2)]), Err(Refusal::NothingToShare));
    }

    #[test]
    fn people_structure_and_rate_are_told_apart() {
        let unit = |n: u32, money, people| UnitChange {
            place: KatoCode::from_number(990_000_000 + n).unwrap(),
            money,
            people,
        };
        // Twice the people everywhere, the same revenue a resident.
        let grown =
            effects(&[unit(1, change(100, 200), (10, 20)), unit(2, change(50, 100), (1, 2))]).unwrap();
        assert_eq!((grown[0].volume, grown[0].structure, grown[0].rate), (100, 0, 0));
        // The same people move to the richer unit.
        let moved = effects(&[unit(1, change(100, 150), (10, 15)), unit(2, change(10, 5), (10, 5))]).unwrap();
        assert_eq!(
            moved.iter().map(|e| (e.volume, e.structure, e.rate)).collect::<Vec<_>>(),
            [(0, 50, 0), (0, -5, 0)]
        );
        // Only the rate.
        let rate =
            effects(&[unit(1, change(100, 170), (10, 10)), unit(2, change(10, 10), (10, 10))]).unwrap();
        assert_eq!((rate[0].volume, rate[0].structure, rate[0].rate), (0, 0, 70));
        assert_eq!(effects(&[unit(1, change(1, 1), (0, 5))]), Err(Refusal::NoPopulation));
    }

    proptest! {
        #[test]
        fn contributions_to_a_share_add_up(
            top in prop::collection::vec((-1_000_000_000_000_i64..1_000_000_000_000, 0_i64..1_000_000_000_000), 1..8),
            bottom in prop::collection::vec((1_i64..1_000_000_000_000, 1_i64..1_000_000_000_000), 1..8),
        ) {
            let parts = |rows: Vec<(i64, i64)>| rows.into_iter().map(|(b, a)| change(b, a)).collect::<Vec<_>>();
            let found = share_change(&parts(top), &parts(bottom)).unwrap();
            let whole = found.top[0].denominator();
            let (b0, b1) = (found.before.denominator(), found.after.denominator());
            // after - before over the common denominator 2 B0 B1.
            let due = 2 * (found.after.numerator() * b0 - found.before.numerator() * b1);
            prop_assert_eq!(whole, 2 * b0 * b1);
            prop_assert_eq!(total(&found.top) + total(&found.bottom), due);
        }

        #[test]
        fn effects_add_up_to_the_tiyn(
            rows in prop::collection::vec(
                (0_i64..10_000_000_000_000, 0_i64..10_000_000_000_000, 1_u64..500_000, 1_u64..500_000), 1..30),
        ) {
            let units: Vec<UnitChange> = rows.iter().zip(0_u32..).map(|((b, a, p, q), n)| UnitChange {
                place: KatoCode::from_number(990_000_000 + n).unwrap(),
                money: change(*b, *a),
                people: (*p, *q),
            }).collect();
            let found = effects(&units).unwrap();
            for (unit, e) in units.iter().zip(&found) {
                prop_assert_eq!(e.volume + e.structure + e.rate, wide(unit.money.after) - wide(unit.money.before));
            }
        }
    }
}
