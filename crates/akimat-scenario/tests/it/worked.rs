//! Worked examples: each number can be followed with a pencil.
//!
//! The rates are those of the design (`docs/method/scenario.md`): 63 % in the German equalisation of 2020,
//! 55 % for Bavarian communes, 115 % guarantee with grants of 95 % and fees of 85 % in Sweden.

use crate::build::{TAX, kato, limits, region, tenge, three};
use akimat_core::Money;
use akimat_scenario::{
    Bond, BondForm, Case, Equalisation, Funding, Lever, Merger, Method, MunicipalTax, Need, Outcome,
    Participatory, PhaseDown, Range, Retention, Scenario, Stability, TaxBase, run_case,
};

fn scenario(levers: Vec<Lever>) -> Scenario {
    Scenario { levers, ..Scenario::new(2024, None) }
}

fn central(base: &akimat_scenario::Base, levers: Vec<Lever>) -> Outcome {
    run_case(base, &scenario(levers), &limits(), Case::Central).expect("a sound scenario")
}

fn equalise(method: Method, funding: Funding) -> Vec<Lever> {
    vec![Lever::Equalisation(Equalisation { level: 3, method, need: Need::Population, funding })]
}

fn changes(outcome: &Outcome) -> Vec<i64> {
    outcome.units.iter().map(|unit| unit.change.tiyn()).collect()
}

/// Capacity 2000, 1000, 1000 of 100, 100, 200 heads: 10 a head on average, needs 1000, 1000, 2000.
/// German: 63 % of the gaps −1000, 0, +1000.
#[test]
fn german() {
    let outcome = central(&three(), equalise(Method::Linear { fill: 6_300 }, Funding::Between));
    assert_eq!(changes(&outcome), [-63_000, 0, 63_000]);
    assert_eq!(outcome.totals.equalised, tenge(630));
    // Of one tenge more of own tax a unit with p of the heads keeps 1 − θ + θp.
    let marginal: Vec<_> = outcome.units.iter().map(|unit| unit.marginal).collect();
    assert_eq!(marginal, [Some(5_275), Some(5_275), Some(6_850)]);
}

/// Bavarian: 55 % of the positive gap, paid from above.
#[test]
fn bavarian() {
    let outcome = central(&three(), equalise(Method::Grant { fill: 5_500 }, Funding::Outside));
    assert_eq!(changes(&outcome), [0, 0, 55_000]);
    assert_eq!(outcome.totals.outside, tenge(550));
}

/// Swedish: guaranteed 1150, 1150, 2300; grants 95 % of 150 and 1300, a fee of 85 % of 850.
#[test]
fn swedish() {
    let method = Method::Guarantee { level: 11_500, grant: 9_500, fee: 8_500 };
    let outcome = central(&three(), equalise(method, Funding::Outside));
    assert_eq!(changes(&outcome), [-72_250, 14_250, 123_500]);
}

/// A tax base of 100 on average and 80 in Västernorrland at the county rate of 21.04 %: with capacity at
/// that rate (21.04 and 16.832 a head) the full grant is (115 − 80) × 21.04 % = 7.364 a head.
#[test]
fn swedish_county_rate() {
    let mut base = three();
    for (unit, tax) in base.units.iter_mut().zip([168_320, 252_480, 420_800]) {
        unit.taxes.insert(TAX.to_owned(), Money::from_tiyn(tax));
    }
    let method = Method::Guarantee { level: 11_500, grant: 10_000, fee: 0 };
    let outcome = central(&base, equalise(method, Funding::Outside));
    assert_eq!(changes(&outcome)[0], 73_640);
}

/// The pool of today, 6000, goes where the gap is: all of it to the third.
#[test]
fn the_pool_is_distributed_anew() {
    let outcome = central(&three(), equalise(Method::Grant { fill: 5_500 }, Funding::Transfers));
    let after: Vec<Money> = outcome.units.iter().map(|unit| unit.after.transfers).collect();
    assert_eq!(after, [Money::ZERO, Money::ZERO, tenge(6_000)]);
    assert_eq!((outcome.totals.outside, outcome.totals.equalised), (Money::ZERO, tenge(6_000)));
    assert_eq!(outcome.losers().len(), 2);
}

/// Transfers shrink by 10 % a year for three years where own revenue is 60 % of expenditure: 1000 to 729.
#[test]
fn transfers_to_stable_units_shrink() {
    let lever =
        PhaseDown { level: 3, per_year: 1_000, own_min: 6_000, n_years: 3, debt_service_max: Some(700) };
    let mut scenario = scenario(vec![Lever::PhaseDown(lever)]);
    scenario.years = 3;
    let mut base = three();
    base.units[2].debt = None;
    let outcome = run_case(&base, &scenario, &limits(), Case::Low).expect("a sound scenario");
    assert_eq!(changes(&outcome), [-27_100, 0, 0]);
    let stability: Vec<_> = outcome.units.iter().filter_map(|unit| unit.stability).collect();
    assert_eq!(stability, [Stability::Stable, Stability::NotStable, Stability::NotStable]);
    base.units[2].expenditure = tenge(1_000);
    for year in &mut base.units[2].history {
        year.expenditure = tenge(1_000);
    }
    let outcome = run_case(&base, &scenario, &limits(), Case::Low).expect("a sound scenario");
    assert_eq!(outcome.units[2].stability, Some(Stability::Unknown), "nobody knows its debt");
    assert_eq!(outcome.units[2].change, Money::ZERO);
}

/// 20 % of the districts' tax go to their okrugs in proportion to what these have of it: 1000 as 3 : 1, and
/// 200 as 2 : 3 : 0. With an effort of 10 % they collect 100 and 20 more.
#[test]
fn a_share_of_a_tax_moves_down() {
    let response = Range { low: 0, central: 1_000, high: 2_000 };
    let retention = Retention { tax: TAX.to_owned(), from: 3, to: 4, share: 2_000, response };
    let outcome = central(&region(), vec![Lever::Retention(retention)]);
    assert_eq!(changes(&outcome), [0, -100_000, 82_500, 27_500, -20_000, 8_800, 13_200, 0]);
    assert_eq!(outcome.totals.new_money, tenge(120));
}

/// 500 a head at 2 %, 20 % exempt, 90 % collected, elasticity 0.5: the base shrinks by 1 %.
/// 150 heads: 75,000 × 0.99 × 0.8 × 0.02 × 0.9 = 1069.20.
#[test]
fn a_municipal_tax_yields() {
    let tax = MunicipalTax {
        level: 4,
        base: TaxBase::PerHead { amount: tenge(500) },
        rate: 200,
        exempt: 2_000,
        collection: Range::point(9_000),
        elasticity: Range { low: 2_500, central: 5_000, high: 7_500 },
    };
    let outcome = central(&region(), vec![Lever::MunicipalTax(tax)]);
    assert_eq!(outcome.units[2].change.tiyn(), 106_920);
    assert_eq!(outcome.totals.new_money.tiyn(), changes(&outcome).iter().sum::<i64>());
}

/// Two okrugs with administrations of 50 and 50 save 15 % of 100.
#[test]
fn okrugs_merge() {
    let saving = Range { low: 500, central: 1_500, high: 2_500 };
    let merger = Merger { into: kato(990_130_000), units: vec![kato(990_140_000)], saving };
    let outcome = central(&region(), vec![Lever::Merger(merger)]);
    assert_eq!(outcome.units.len(), 7);
    let merged = &outcome.units[2];
    assert_eq!((merged.population, merged.change.tiyn()), (Some(250), 1_500));
    assert_eq!(merged.merged, [kato(990_130_000), kato(990_140_000)]);
    assert_eq!(merged.before.own, tenge(400));
    assert_eq!(outcome.totals.saved.tiyn(), 1_500);
}

/// 5 % of what is left of 9000 after 40 % that the law binds: 270.
#[test]
fn residents_decide_on_a_share() {
    let lever = Participatory { level: 2, share: 500, statutory: 4_000 };
    let outcome = central(&region(), vec![Lever::Participatory(lever)]);
    assert_eq!(outcome.units[0].participatory, Some(tenge(270)));
    assert!(changes(&outcome).iter().all(|change| *change == 0));
}

/// The district borrows half of 5000 at 10 % for five years: 659.49 a year, 13 % of own revenue.
#[test]
fn a_bond_above_the_limit_is_told() {
    let bond = Bond { level: 3, share: 5_000, rate: Range::point(1_000), years: 5, form: BondForm::Annuity };
    let mut base = region();
    base.units[4].debt = None;
    let outcome = central(&base, vec![Lever::Bond(bond)]);
    let told: Vec<_> = outcome.breaches.iter().map(|breach| breach.code).collect();
    assert_eq!(told, [kato(990_100_000), kato(990_200_000)]);
    assert_eq!(outcome.breaches[0].service.tiyn(), 65_950);
    assert_eq!(outcome.debt_unknown, [kato(990_200_000)]);
    assert_eq!(
        (outcome.units[1].debt_service, outcome.units[1].band.as_deref()),
        (Some(1_319), Some("yellow"))
    );
    let bond = outcome.units[1].bond.expect("it borrowed");
    assert_eq!((bond.principal, bond.capacity), (tenge(2_500), Money::ZERO));
}
