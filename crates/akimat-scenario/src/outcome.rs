//! What comes out: every unit before and after, inequality, limits.

use crate::apply::{State, World, money};
use crate::inequality::{Inequality, measure};
use crate::share::divide;
use crate::{Base, Case, Limits, Scenario};
use akimat_core::{KatoCode, Money, Ratio};
use serde::Serialize;
use std::collections::BTreeSet;

/// The figures of a unit or of many together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Own revenue: all but transfers.
    pub own: Money,
    /// Transfers received less those paid to other units by formula.
    pub transfers: Money,
    /// Expenditure, transfers paid to units below included.
    pub expenditure: Money,
}

/// Whether a unit passes the stability test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stability {
    /// It does.
    Stable,
    /// It does not.
    NotStable,
    /// The data do not say; its transfers stay.
    Unknown,
}

/// Debt service after, against the limit of the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// The unit.
    pub code: KatoCode,
    /// Payments of the first year on old and new debt, as far as known.
    pub service: Money,
    /// Own revenue after.
    pub own: Money,
    /// The limit in basis points of own revenue.
    pub limit: i64,
    /// It was above the limit without the scenario too.
    pub before: bool,
}

/// A bond of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BondOutcome {
    /// Borrowed.
    pub principal: Money,
    /// Payment of the first year, which no later one exceeds.
    pub payment: Money,
    /// Interest of all years.
    pub interest: Money,
    /// What the surplus of the unit can repay: its present worth at the rate of the bond.
    pub capacity: Money,
    /// Balance before interest over the payment, in basis points; `None` without payment.
    pub coverage: Option<i64>,
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitOutcome {
    /// The unit.
    pub code: KatoCode,
    /// Level of the budget system.
    pub level: u8,
    /// The levers act on it.
    pub affected: bool,
    /// Inhabitants.
    pub population: Option<u32>,
    /// Before; of merged units the sum.
    pub before: Figures,
    /// After.
    pub after: Figures,
    /// Change of the balance: what the unit wins (positive) or loses (negative).
    pub change: Money,
    /// Part of own revenue that residents decide on.
    pub participatory: Option<Money>,
    /// Result of the stability test, where a lever asks for it.
    pub stability: Option<Stability>,
    /// What it keeps of one more tenge of own tax, in basis points; of the central case only.
    pub marginal: Option<i64>,
    /// Debt service after over own revenue after, in basis points; `None` when debt is unknown.
    pub debt_service: Option<i64>,
    /// Band of that ratio.
    pub band: Option<String>,
    /// Its bond.
    pub bond: Option<BondOutcome>,
    /// The units that merged into it, itself included; one when none did.
    pub merged: Vec<KatoCode>,
}

/// The units of one level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelOutcome {
    /// Level.
    pub level: u8,
    /// Sum before.
    pub before: Figures,
    /// Sum after.
    pub after: Figures,
    /// Inhabitants, when all are known.
    pub population: Option<u32>,
    /// Own revenue per head before.
    pub own_before: Inequality,
    /// Own revenue per head after.
    pub own_after: Inequality,
    /// Own revenue and transfers per head before.
    pub received_before: Inequality,
    /// Own revenue and transfers per head after.
    pub received_after: Inequality,
    /// Units that win.
    pub n_winners: usize,
    /// Units that lose.
    pub n_losers: usize,
}

/// Where money came from and went: the sum of all changes of balances is
/// `new_money + saved + outside - interest`, to the tiyn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// What residents and businesses pay more.
    pub new_money: Money,
    /// What administration costs less.
    pub saved: Money,
    /// What budgets beyond the base pay more; negative: less.
    pub outside: Money,
    /// First year's interest on bonds.
    pub interest: Money,
    /// Borrowed by bonds.
    pub borrowed: Money,
    /// Decided on by residents.
    pub participatory: Money,
    /// Money given by equalisation.
    pub equalised: Money,
    /// What would be needed to lift every unit to its need.
    pub gap: Money,
}

/// A scenario in one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Which.
    pub case: Case,
    /// Units by code.
    pub units: Vec<UnitOutcome>,
    /// Levels from the highest.
    pub levels: Vec<LevelOutcome>,
    /// All together.
    pub totals: Totals,
    /// Units above the limit of the law.
    pub breaches: Vec<Breach>,
    /// Units with a bond of which the debt until now is unknown: whether they break the limit is unknown.
    pub debt_unknown: Vec<KatoCode>,
    /// The day's limit on debt service was known.
    pub limit_known: bool,
}

/// A run to be told.
pub(crate) struct Run {
    pub(crate) case: Case,
    pub(crate) before: World,
    pub(crate) world: World,
    pub(crate) marginal: Vec<Option<i64>>,
}

impl Figures {
    /// Own revenue and transfers.
    pub const fn received(&self) -> Money {
        Money::from_tiyn(self.own.tiyn().saturating_add(self.transfers.tiyn()))
    }

    /// What is left after expenditure; negative is a gap.
    pub const fn balance(&self) -> Money {
        Money::from_tiyn(self.received().tiyn().saturating_sub(self.expenditure.tiyn()))
    }

    /// Own revenue over all revenue.
    pub fn own_share(&self) -> Option<Ratio> {
        Ratio::of(self.own, self.received())
    }

    /// Own revenue over expenditure.
    pub fn self_sufficiency(&self) -> Option<Ratio> {
        Ratio::of(self.own, self.expenditure)
    }

    fn of(state: &State) -> Self {
        Self {
            own: money(state.own()),
            transfers: money(state.transfers),
            expenditure: money(state.expenditure),
        }
    }

    fn plus(self, other: &Self) -> Self {
        let add = |a: Money, b: Money| Money::from_tiyn(a.tiyn().saturating_add(b.tiyn()));
        Self {
            own: add(self.own, other.own),
            transfers: add(self.transfers, other.transfers),
            expenditure: add(self.expenditure, other.expenditure),
        }
    }
}

impl Outcome {
    /// The units that win, the largest gain first; of equal ones the lower code.
    pub fn winners(&self) -> Vec<&UnitOutcome> {
        let mut units: Vec<&UnitOutcome> = self.units.iter().filter(|unit| unit.change.tiyn() > 0).collect();
        units.sort_by_key(|unit| (-i128::from(unit.change.tiyn()), unit.code));
        units
    }

    /// The units that lose, the largest loss first; of equal ones the lower code.
    pub fn losers(&self) -> Vec<&UnitOutcome> {
        let mut units: Vec<&UnitOutcome> = self.units.iter().filter(|unit| unit.change.tiyn() < 0).collect();
        units.sort_by_key(|unit| (unit.change.tiyn(), unit.code));
        units
    }
}

/// Tells a run.
pub(crate) fn outcome(base: &Base, scenario: &Scenario, limits: &Limits, run: &Run) -> Outcome {
    let limit = jiff::civil::Date::new(base.year, 12, 31).ok().and_then(|day| limits.debt_service(day));
    let units: Vec<UnitOutcome> = run
        .world
        .units
        .iter()
        .zip(&run.before.units)
        .zip(&run.marginal)
        .map(|((after, before), marginal)| unit(before, after, *marginal, limits))
        .collect();
    let levels: BTreeSet<u8> = units.iter().map(|unit| unit.level).collect();
    let breach = |after: &State, before: &State| {
        let limit = limit?.max;
        let service = service(after)?;
        let above = |service: i128, own: i128| service * 10_000 > own * i128::from(limit);
        let was = before.debt_service.is_some_and(|service| above(service, before.own()));
        above(service, after.own()).then(|| Breach {
            code: after.code,
            service: money(service),
            own: money(after.own()),
            limit,
            before: was,
        })
    };
    Outcome {
        case: run.case,
        levels: levels.into_iter().map(|at| level(at, base, &units)).collect(),
        totals: totals(&run.world, &units),
        breaches: run
            .world
            .units
            .iter()
            .zip(&run.before.units)
            .filter_map(|(after, before)| breach(after, before))
            .collect(),
        debt_unknown: run
            .world
            .units
            .iter()
            .filter(|unit| unit.bond.is_some() && unit.debt_service.is_none())
            .map(|unit| unit.code)
            .collect(),
        limit_known: limit.is_some() || scenario.levers.is_empty(),
        units,
    }
}

/// Payments of a year on old and new debt, as far as known.
fn service(unit: &State) -> Option<i128> {
    match (unit.debt_service, unit.bond) {
        (None, None) => None,
        (old, new) => Some(old.unwrap_or(0) + new.map_or(0, |bond| bond.payment)),
    }
}

fn unit(before: &State, after: &State, marginal: Option<i64>, limits: &Limits) -> UnitOutcome {
    let ratio = |part: i128, whole: i128| {
        (whole > 0).then(|| i64::try_from(divide(part * 10_000, whole)).ok()).flatten()
    };
    let known = after.debt_service.and_then(|_| service(after));
    let debt_service = known.and_then(|service| ratio(service, after.own()));
    UnitOutcome {
        code: after.code,
        level: after.level,
        affected: after.affected,
        population: after.population,
        before: Figures::of(before),
        after: Figures::of(after),
        change: money(after.balance() - before.balance()),
        participatory: after.participatory.map(money),
        stability: after.stability,
        marginal,
        debt_service,
        band: debt_service.and_then(|ratio| limits.band(ratio)).map(|band| band.code.clone()),
        bond: after.bond.map(|bond| BondOutcome {
            principal: money(bond.principal),
            payment: money(bond.payment),
            interest: money(bond.interest_sum),
            capacity: money(bond.capacity),
            coverage: ratio(after.balance() + bond.interest, bond.payment),
        }),
        merged: after.merged.clone(),
    }
}

fn level(level: u8, base: &Base, units: &[UnitOutcome]) -> LevelOutcome {
    let of: Vec<&UnitOutcome> = units.iter().filter(|unit| unit.level == level).collect();
    let sum = |pick: fn(&UnitOutcome) -> &Figures| {
        of.iter().fold(Figures::default(), |sum, unit| sum.plus(pick(unit)))
    };
    let after = |pick: fn(&Figures) -> Money| {
        let rows: Vec<_> = of.iter().map(|unit| (unit.code, unit.population, pick(&unit.after))).collect();
        measure(&rows)
    };
    // Before: the units as they are, not as they merge.
    let before = |transfers: bool| {
        let rows: Vec<_> = base
            .units
            .iter()
            .filter(|unit| unit.level == level)
            .map(|unit| {
                let own = unit.own().unwrap_or_default();
                let more = if transfers { unit.transfers.tiyn() } else { 0 };
                (unit.code, unit.population, Money::from_tiyn(own.tiyn().saturating_add(more)))
            })
            .collect();
        measure(&rows)
    };
    LevelOutcome {
        level,
        before: sum(|unit| &unit.before),
        after: sum(|unit| &unit.after),
        population: of.iter().try_fold(0_u32, |sum, unit| sum.checked_add(unit.population?)),
        own_before: before(false),
        own_after: after(|figures| figures.own),
        received_before: before(true),
        received_after: after(Figures::received),
        n_winners: of.iter().filter(|unit| unit.change.tiyn() > 0).count(),
        n_losers: of.iter().filter(|unit| unit.change.tiyn() < 0).count(),
    }
}

fn totals(world: &World, units: &[UnitOutcome]) -> Totals {
    let sum = |pick: &dyn Fn(&UnitOutcome) -> Option<Money>| {
        money(units.iter().filter_map(pick).map(|amount| i128::from(amount.tiyn())).sum())
    };
    Totals {
        new_money: money(world.new_money),
        saved: money(world.saved),
        outside: money(world.outside),
        interest: money(world.interest),
        borrowed: sum(&|unit| unit.bond.map(|bond| bond.principal)),
        participatory: sum(&|unit| unit.participatory),
        equalised: money(world.fill.iter().map(|(_, due, _)| due).sum()),
        gap: money(world.fill.iter().map(|(_, _, gap)| gap).sum()),
    }
}
