//! What always holds.

use akimat_appraisal::distribution::{Group, distribute};
use akimat_appraisal::earned::{Status, earned_schedule, earned_value};
use akimat_appraisal::knapsack::choose;
use akimat_appraisal::rate::{Convention, Rate, Timing};
use akimat_appraisal::returns::{irr, mirr};
use akimat_appraisal::switching;
use akimat_appraisal::value::{annuity_share, cost_benefit, present_value};
use proptest::prelude::*;

fn now() -> Convention {
    Convention::default()
}

/// A polynomial in x = 1/(1+r) with these rates as its roots, as flows.
fn flows_with(rates: &[f64]) -> Vec<f64> {
    let mut flows = vec![-1000.0];
    for rate in rates {
        let root = 1.0 / (1.0 + rate);
        let mut next = vec![0.0; flows.len() + 1];
        for (k, flow) in flows.iter().enumerate() {
            next[k] += flow;
            next[k + 1] -= flow / root;
        }
        flows = next;
    }
    flows
}

proptest! {
    #[test]
    fn the_value_at_a_rate_of_return_is_zero(flows in prop::collection::vec(-1000_i32..1000, 2..25)) {
        let flows: Vec<f64> = flows.into_iter().map(f64::from).collect();
        let Ok(found) = irr(&flows) else { return Ok(()) };
        prop_assert!(found.roots.len() <= found.sign_changes);
        for root in &found.roots {
            let rate = Rate::constant(root.rate).unwrap();
            let size: f64 = flows.iter().enumerate()
                .map(|(k, flow)| (flow * rate.factor(now().years(k))).abs()).sum();
            prop_assert!(present_value(&flows, &rate, now()).abs() <= 1e-9 * size, "{root:?}");
        }
        // Between neighbouring rates the sign does not change, so none is missed.
        let borders: Vec<f64> = std::iter::once(-0.98).chain(found.roots.iter().map(|root| root.rate)).chain([9.9]).collect();
        for pair in borders.windows(2) {
            let at = |part: f64| {
                let x = pair[0] + (pair[1] - pair[0]) * part;
                present_value(&flows, &Rate::constant(x).unwrap(), now())
            };
            let signs: Vec<f64> = [0.1, 0.3, 0.5, 0.7, 0.9].map(at).into();
            prop_assert!(signs.windows(2).all(|two| two[0] * two[1] >= 0.0) || pair[1] - pair[0] < 1e-6, "{pair:?}");
        }
    }

    #[test]
    fn chosen_rates_come_out(a in 1_u32..90, b in 100_u32..190, c in 200_u32..290) {
        let rates = [a, b, c].map(|rate| f64::from(rate) / 100.0);
        let found = irr(&flows_with(&rates)).unwrap();
        prop_assert_eq!(found.roots.len(), 3);
        for (root, rate) in found.roots.iter().zip(rates) {
            prop_assert!((root.rate - rate).abs() < 1e-7, "{} for {rate}", root.rate);
        }
    }

    #[test]
    fn a_switching_value_brings_zero(
        benefits in prop::collection::vec(1_u32..1000, 1..20),
        costs in prop::collection::vec(1_u32..1000, 1..20),
        rate in 0_u32..30,
    ) {
        let read = |list: Vec<u32>| -> Vec<f64> { list.into_iter().map(f64::from).collect() };
        let (benefits, costs) = (read(benefits), read(costs));
        let rate = Rate::constant(f64::from(rate) / 100.0).unwrap();
        let found = cost_benefit(&benefits, &costs, &costs, (&rate, now()));
        let share = switching::linear(found.npv, -found.pv_costs).unwrap();
        let changed: Vec<f64> = costs.iter().map(|cost| cost * (1.0 + share)).collect();
        let after = cost_benefit(&benefits, &changed, &changed, (&rate, now()));
        prop_assert!(after.npv.abs() <= 1e-9 * found.pv_benefits);
        prop_assert!((after.bcr.unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_modified_rate_ties_both_ends(outlay in 1_u32..1000, income in prop::collection::vec(1_u32..500, 1..12)) {
        let mut flows = vec![-f64::from(outlay)];
        flows.extend(income.into_iter().map(f64::from));
        let found = mirr(&flows, 0.1, 0.1).unwrap();
        // Sign of value and of excess over the rate agree; at the rate of return itself both rates are one.
        let npv = present_value(&flows, &Rate::constant(0.1).unwrap(), now());
        prop_assert!((npv > 0.0) == (found > 0.1) || npv.abs() < 1e-6);
        let own = irr(&flows).unwrap();
        if let Some(rate) = own.nearest {
            prop_assert!((mirr(&flows, rate, rate).unwrap() - rate).abs() < 1e-9);
        }
    }

    #[test]
    fn identities_of_earned_value(pv in 1_u32..1000, ev in 1_u32..1000, ac in 1_u32..1000, rest in 0_u32..1000) {
        let read = f64::from;
        let bac = read(ev + rest);
        let status =
            Status { pv: Some(read(pv)), ev: read(ev), ac: read(ac), bac: Some(bac), ..Status::default() };
        let found = earned_value(&status);
        let (cpi, spi) = (found.cpi.unwrap(), found.spi.unwrap());
        prop_assert!((found.cv - (cpi - 1.0) * read(ac)).abs() < 1e-6);
        prop_assert!((found.sv.unwrap() - (spi - 1.0) * read(pv)).abs() < 1e-6);
        prop_assert!((found.vac.unwrap() + found.eac_headline.unwrap() - bac).abs() < 1e-6);
        if rest > 0 {
            // Who goes on as so far needs the efficiency so far to meet the estimate.
            prop_assert!((found.tcpi_eac.unwrap() - cpi).abs() < 1e-6);
        }
    }

    #[test]
    fn on_plan_the_earned_schedule_is_the_time(steps in prop::collection::vec(1_u32..100, 2..20), at in 1_usize..20) {
        let mut planned = Vec::new();
        let mut total = 0.0;
        for step in steps {
            total += f64::from(step);
            planned.push(total);
        }
        let at = at.min(planned.len());
        let time = f64::from(u32::try_from(at).unwrap());
        let found = earned_schedule(&planned, planned[at - 1], time, None).unwrap();
        prop_assert!((found.es - time).abs() < 1e-9);
        prop_assert_eq!(found.spi_t, Some(1.0));
    }

    #[test]
    fn the_choice_is_the_best(items in prop::collection::vec((1_u32..20, 1_u32..30), 1..11), budget in 0_u32..80) {
        let cost: Vec<f64> = items.iter().map(|item| f64::from(item.0)).collect();
        let value: Vec<f64> = items.iter().map(|item| f64::from(item.1)).collect();
        let found = choose(f64::from(budget), &cost, &value).unwrap();
        let mut best = (0, 0);
        for set in 0_u32..1 << items.len() {
            let taken = |at: &usize| set & (1 << at) != 0;
            let sum = |of: &dyn Fn(&(u32, u32)) -> u32| -> u32 {
                (0..items.len()).filter(taken).map(|at| of(&items[at])).sum()
            };
            if sum(&|item| item.0) <= budget {
                let got = sum(&|item| item.1);
                best = if got > best.0 { (got, 1) } else if got == best.0 { (got, best.1 + 1) } else { best };
            }
        }
        prop_assert!((found.value - f64::from(best.0)).abs() < 1e-9);
        prop_assert_eq!(found.unique, best.1 == 1);
        prop_assert!(found.fractional_value + 1e-9 >= found.value);
    }
}

#[test]
fn a_touching_rate_is_one_root() {
    // -(10 - 12x)^2: value zero at 20 % and below zero everywhere else.
    let found = irr(&[-100.0, 240.0, -144.0]).unwrap();
    assert_eq!(found.roots.len(), 1);
    assert!((found.roots[0].rate - 0.2).abs() < 1e-9);
    assert!(found.roots[0].tangential);
    assert_eq!(found.sign_changes, 2);
    assert!(!found.is_unique());
    // Two rates, 10 % and 20 %; and none at all.
    let rates: Vec<f64> = irr(&[-100.0, 230.0, -132.0]).unwrap().roots.iter().map(|root| root.rate).collect();
    assert!((rates[0] - 0.1).abs() < 1e-14 && (rates[1] - 0.2).abs() < 1e-14, "{rates:?}");
    assert_eq!(irr(&[-100.0, 200.0, -150.0]).unwrap().roots, []);
    // Ten per cent three times: crossed, so not tangential.
    let found = irr(&[-1000.0, 3300.0, -3630.0, 1331.0]).unwrap();
    assert_eq!(found.roots.len(), 1);
    assert!((found.roots[0].rate - 0.1).abs() < 1e-9 && !found.roots[0].tangential);
}

#[test]
fn long_streams_are_answered() {
    let mut monthly = vec![-100_000.0];
    monthly.extend([450.0; 360]);
    let found = irr(&monthly).unwrap();
    assert!(found.is_unique() && (found.roots[0].rate - 0.003_039_26).abs() < 1e-3);
    let wave: Vec<f64> = (0..120).map(|k: i32| f64::from((k * 37) % 101 - 50)).collect();
    let found = irr(&wave).unwrap();
    assert!(found.roots.len() <= found.sign_changes);
}

#[test]
fn declining_rates_give_the_published_factors() {
    let bands = [(Some(30), 0.035), (Some(75), 0.03), (Some(125), 0.025), (None, 0.02)];
    let rate =
        Rate { bands: bands.map(|(to_year, rate)| akimat_appraisal::rate::Band { to_year, rate }).into() };
    // HM Treasury, The Green Book (2003), annex 6, table of long-term discount factors.
    for (year, factor) in [(1.0, 0.9662), (10.0, 0.7089), (30.0, 0.3563), (31.0, 0.3459), (75.0, 0.0942)] {
        assert!((rate.factor(year) - factor).abs() < 5e-5, "{year}: {}", rate.factor(year));
    }
    // New Zealand Treasury's tool: middle of the first year at 8 %.
    let mid = Convention { first: 0.0, timing: Timing::Mid };
    assert!((Rate::constant(0.08).unwrap().factor(mid.years(0)) - 0.96225).abs() < 5e-6);
}

#[test]
fn equal_amounts_are_worth_the_whole() {
    for (rate, n) in [(0.08, 10), (0.0, 4), (1e-9, 30), (0.12, 1)] {
        let share = annuity_share(rate, f64::from(n)).unwrap();
        let flows: Vec<f64> = (0..n).map(|_| share).collect();
        let end = Convention { first: 0.0, timing: Timing::End };
        let back = present_value(&flows, &Rate::constant(rate).unwrap(), end);
        assert!((back - 1.0).abs() < 1e-12, "{rate}: {back}");
    }
}

#[test]
fn inequality_between_groups() {
    let group = |population: f64, benefit: f64| Group {
        name: String::new(),
        population,
        benefit,
        income: Some(benefit + 1.0),
    };
    assert!(distribute(&[group(10.0, 5.0), group(30.0, 15.0)], None).unwrap().gini.abs() < 1e-12);
    let all_to_a_tenth = distribute(&[group(90.0, 0.0), group(10.0, 7.0)], None).unwrap();
    assert!((all_to_a_tenth.gini - 0.9).abs() < 1e-12);
    assert_eq!(all_to_a_tenth.weighted_total, None);
    let even = distribute(&[group(1.0, 3.0), group(1.0, 3.0)], Some(1.3)).unwrap();
    assert_eq!(even.weighted_total, Some(6.0));
}
