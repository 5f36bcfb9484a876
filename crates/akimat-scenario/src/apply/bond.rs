//! Units borrow.

use super::state::{World, money};
use crate::bond::{capacity, schedule};
use crate::share::of_bp;
use crate::{Bond, Case};

/// Borrows a share of own revenue of the base year. The first year's interest is expenditure; the principal
/// and its repayment are financing and leave the balance alone.
pub(crate) fn borrow(world: &mut World, before: &World, lever: &Bond, case: Case) {
    let rate = lever.rate.better_low(case);
    for at in world.affected(lever.level) {
        let own = before.units[at].own().max(0);
        let principal = of_bp(own, lever.share);
        let rows = schedule(money(principal), rate, lever.years, lever.form);
        let tiyn = |amount: akimat_core::Money| i128::from(amount.tiyn());
        let Some(first) = rows.first() else { continue };
        let unit = &mut world.units[at];
        // What is left after debt service that is known already; in the balance interest is paid already.
        let surplus = capacity(money(unit.balance()), rate, lever.years);
        let mut bond = unit.bond.unwrap_or_default();
        bond.principal += principal;
        bond.payment += tiyn(first.interest) + tiyn(first.principal);
        bond.interest += tiyn(first.interest);
        bond.interest_sum += rows.iter().map(|row| tiyn(row.interest)).sum::<i128>();
        bond.capacity = tiyn(surplus);
        unit.bond = Some(bond);
        unit.expenditure += tiyn(first.interest);
        world.interest += tiyn(first.interest);
    }
}
