//! What always holds.

use crate::build::{TAX, kato, limits, region};
use akimat_core::Money;
use akimat_scenario::{
    Base, Bond, BondForm, Case, Equalisation, Funding, Lever, Merger, Method, MunicipalTax, Need, Outcome,
    Participatory, PhaseDown, Range, Retention, Scenario, TaxBase, run_case,
};
use proptest::prelude::*;

/// The region with amounts and heads of any size.
fn bases() -> impl Strategy<Value = Base> {
    let figures =
        (1_u32..2_000_000, 0_i64..1_000_000_000_000, 0_i64..1_000_000_000_000, 0_i64..1_000_000_000);
    prop::collection::vec(figures, 8).prop_map(|figures| {
        let mut base = region();
        for (unit, (heads, tax, transfers, other)) in base.units.iter_mut().zip(figures) {
            unit.population = Some(heads);
            unit.taxes.insert(TAX.to_owned(), Money::from_tiyn(tax + 1));
            unit.transfers = Money::from_tiyn(transfers);
            unit.other_own = Money::from_tiyn(other);
            unit.expenditure = Money::from_tiyn(tax / 2 + transfers);
            unit.administration = Some(Money::from_tiyn(transfers / 7));
        }
        base
    })
}

fn ranges(max: i64) -> impl Strategy<Value = Range> {
    prop::array::uniform3(0..=max).prop_map(|mut ends| {
        ends.sort_unstable();
        Range { low: ends[0], central: ends[1], high: ends[2] }
    })
}

/// Any levers that do not contradict each other.
fn levers() -> impl Strategy<Value = Vec<Lever>> {
    let share = 1_i64..=10_000;
    let retention =
        (share.clone(), ranges(5_000), prop::sample::select(vec![(2_u8, 3_u8), (3, 4), (4, 2), (3, 2)]))
            .prop_map(|(share, response, (from, to))| {
                Lever::Retention(Retention { tax: TAX.to_owned(), from, to, share, response })
            });
    let tax = (share.clone(), 0_i64..=10_000, ranges(10_000), ranges(20_000)).prop_map(
        |(rate, exempt, collection, elasticity)| {
            let base = TaxBase::PerHead { amount: Money::from_tiyn(1_234_567) };
            Lever::MunicipalTax(MunicipalTax { level: 4, base, rate, exempt, collection, elasticity })
        },
    );
    let transfers = prop_oneof![
        (share.clone(), 0_i64..9_000).prop_map(|(per_year, own_min)| {
            let debt_service_max = Some(700);
            Lever::PhaseDown(PhaseDown { level: 3, per_year, own_min, n_years: 3, debt_service_max })
        }),
        (0_i64..=10_000, prop::bool::ANY).prop_map(|(fill, all)| {
            let need = if all { Need::Population } else { Need::Expenditure };
            let method = Method::Linear { fill };
            Lever::Equalisation(Equalisation { level: 3, method, need, funding: Funding::Between })
        }),
        (0_i64..=10_000, prop::bool::ANY).prop_map(|(grant, outside)| {
            let funding = if outside { Funding::Outside } else { Funding::Transfers };
            let method = Method::Guarantee { level: 11_500, grant, fee: grant / 2 };
            Lever::Equalisation(Equalisation { level: 4, method, need: Need::Population, funding })
        }),
    ];
    let rest = (ranges(3_000), ranges(3_000), 1_i64..=10_000).prop_map(|(saving, rate, share)| {
        let units = vec![kato(990_240_000), kato(990_250_000)];
        vec![
            Lever::Merger(Merger { into: kato(990_230_000), units, saving }),
            Lever::Bond(Bond { level: 3, share, rate, years: 7, form: BondForm::EqualPrincipal }),
            Lever::Participatory(Participatory { level: 3, share, statutory: 3_000 }),
        ]
    });
    (retention, tax, transfers, rest, 0_usize..64).prop_map(|(retention, tax, transfers, rest, mask)| {
        let all = [vec![retention, tax, transfers], rest].concat();
        all.into_iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, lever)| lever).collect()
    })
}

fn run(base: &Base, levers: Vec<Lever>, case: Case) -> Outcome {
    let scenario = Scenario { levers, years: 3, ..Scenario::new(2024, None) };
    run_case(base, &scenario, &limits(), case).expect("a sound scenario")
}

fn equalise(base: &Base, method: Method, funding: Funding) -> Outcome {
    run(
        base,
        vec![Lever::Equalisation(Equalisation { level: 3, method, need: Need::Population, funding })],
        Case::Low,
    )
}

fn sum(outcome: &Outcome, pick: impl Fn(&akimat_scenario::UnitOutcome) -> Money) -> i128 {
    outcome.units.iter().map(|unit| i128::from(pick(unit).tiyn())).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Without levers the base comes back to the tiyn.
    #[test]
    fn nothing_changes_nothing(base in bases()) {
        for case in Case::ALL {
            let outcome = run(&base, Vec::new(), case);
            for (after, before) in outcome.units.iter().zip(&base.units) {
                prop_assert_eq!(after.after.own, before.own().unwrap());
                prop_assert_eq!(after.after.transfers, before.transfers);
                prop_assert_eq!(after.after.expenditure, before.expenditure);
                prop_assert_eq!(after.before, after.after);
                prop_assert_eq!(after.marginal, (case == Case::Central).then_some(10_000));
            }
            prop_assert_eq!(&outcome.levels[1].own_before, &outcome.levels[1].own_after);
            prop_assert_eq!(outcome.totals, akimat_scenario::Totals::default());
        }
    }

    /// Money is neither made nor lost: what the balances change is what came from outside the budgets.
    #[test]
    fn money_is_conserved(base in bases(), levers in levers()) {
        for case in Case::ALL {
            let outcome = run(&base, levers.clone(), case);
            let totals = outcome.totals;
            let due = i128::from(totals.new_money.tiyn()) + i128::from(totals.saved.tiyn())
                + i128::from(totals.outside.tiyn()) - i128::from(totals.interest.tiyn());
            prop_assert_eq!(sum(&outcome, |unit| unit.change), due);
            let before: i128 = base.units.iter().map(|unit| i128::from(unit.own().unwrap().tiyn())).sum();
            prop_assert_eq!(sum(&outcome, |unit| unit.before.own), before);
            prop_assert_eq!(sum(&outcome, |unit| unit.after.own) - before, i128::from(totals.new_money.tiyn()));
        }
    }

    /// What is distributed anew is the pool of each district, to the tiyn, and nobody gets less than nothing.
    #[test]
    fn transfers_are_the_pool(base in bases()) {
        let method = Method::Guarantee { level: 11_500, grant: 9_500, fee: 8_500 };
        for outcome in [equalise(&base, method, Funding::Transfers), equalise(&base, Method::Grant { fill: 5_500 }, Funding::Transfers)] {
            prop_assert_eq!(sum(&outcome, |unit| unit.after.transfers), sum(&outcome, |unit| unit.before.transfers));
            prop_assert!(outcome.units.iter().all(|unit| unit.after.transfers >= Money::ZERO));
            prop_assert_eq!(sum(&outcome, |unit| unit.change), 0);
        }
    }

    /// Nothing filled changes nothing; everything filled leaves equal capacity a head, and the sum is zero.
    #[test]
    fn theta_at_its_ends(base in bases()) {
        let nothing = equalise(&base, Method::Linear { fill: 0 }, Funding::Between);
        prop_assert!(nothing.units.iter().all(|unit| unit.change == Money::ZERO));
        let full = equalise(&base, Method::Linear { fill: 10_000 }, Funding::Between);
        prop_assert_eq!(sum(&full, |unit| unit.change), 0);
        let capacity = |at: usize| {
            let tax = base.units[at].taxes[TAX].tiyn();
            i128::from(tax) + i128::from(full.units[at].change.tiyn())
        };
        let heads = |at: usize| i128::from(base.units[at].population.unwrap());
        // Equal a head means equal cross products, but for the tiyn of rounding of each.
        let apart = (capacity(1) * heads(4) - capacity(4) * heads(1)).abs();
        prop_assert!(apart <= heads(1) + heads(4), "{}", apart);
    }

    /// The more and the longer, the less; never below zero.
    #[test]
    fn phase_down_is_monotone(base in bases(), per_year in 0_i64..10_000, years in 1_u8..10) {
        let transfers = |per_year: i64, years: u8| {
            let lever = PhaseDown { level: 3, per_year, own_min: 0, n_years: 1, debt_service_max: None };
            let scenario = Scenario { levers: vec![Lever::PhaseDown(lever)], years, ..Scenario::new(2024, None) };
            run_case(&base, &scenario, &limits(), Case::Central).unwrap().units[1].after.transfers
        };
        let now = transfers(per_year, years);
        prop_assert!(now >= Money::ZERO && now <= base.units[1].transfers);
        prop_assert!(transfers(per_year + 1, years) <= now);
        prop_assert!(transfers(per_year, years + 1) <= now);
    }

    /// Whoever pays more than the limit on known debt is told.
    #[test]
    fn no_limit_is_broken_in_silence(base in bases(), levers in levers()) {
        let outcome = run(&base, levers, Case::Low);
        for unit in &outcome.units {
            let told = outcome.breaches.iter().any(|breach| breach.code == unit.code);
            let payment = unit.bond.map_or(0, |bond| i128::from(bond.payment.tiyn()));
            prop_assert_eq!(told, payment * 10 > i128::from(unit.after.own.tiyn()));
        }
    }

    /// Residents never decide on more than the own revenue of the unit.
    #[test]
    fn the_participatory_share_is_a_share(base in bases(), levers in levers()) {
        for unit in run(&base, levers, Case::High).units {
            prop_assert!(unit.participatory.unwrap_or_default() <= Money::from_tiyn(unit.after.own.tiyn().max(0)));
        }
    }

    /// The same input gives the same bytes, and the order of writing does not matter.
    #[test]
    fn the_order_of_levers_does_not_matter(base in bases(), levers in levers()) {
        let reversed: Vec<Lever> = levers.iter().rev().cloned().collect();
        let (one, two) = (run(&base, levers, Case::Central), run(&base, reversed, Case::Central));
        prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&two).unwrap());
    }
}
