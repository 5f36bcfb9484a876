//! Each extension against trying every plan.

use crate::brute::{all_plans, allocated, any_draft, best, payments, plain, solved};
use akimat_allocation::Programme;
use akimat_allocation::allocate::Allocated;
use akimat_allocation::extension::{
    Approved, Capacity, CarryOver, Deviation, Obligation, OverrideCost, RobustCap, Ruling, RulingKind,
    Stability, Synergy, TailMean, changes, override_cost,
};
use akimat_allocation::programme::{Draft, Id, Plan};
use proptest::prelude::*;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() }
}

fn id(project: usize) -> Id {
    Id::Number(i64::try_from(project).unwrap())
}

fn check(programme: &Programme, worth: impl Fn(&Plan) -> Option<i64>) {
    let found = solved(programme);
    assert_eq!(found.as_ref().map(|(_, objective)| *objective), best(programme, &worth));
    if let Some((plan, objective)) = found {
        assert_eq!(worth(&plan), Some(objective));
    }
}

/// The last index that is there.
fn within(draft: &Draft, index: usize) -> usize {
    index % draft.projects.len()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn synergies(mut draft in any_draft(), pairs in prop::collection::vec((0_usize..6, 1_usize..6, -30_i64..30), 0..4)) {
        let mut seen = std::collections::BTreeSet::new();
        for (first, step, points) in pairs {
            let (first, second) = (within(&draft, first), within(&draft, first + step));
            if first != second && seen.insert((first.min(second), first.max(second))) {
                draft.extensions.synergies.push(Synergy { first: id(first), second: id(second), points });
            }
        }
        let programme = draft.check().unwrap();
        let pairs = programme.extensions().synergies.clone();
        check(&programme, |plan| plain(&programme, plan, true).then(|| {
            let has = |id: &Id| plan.has(programme.find(id).unwrap());
            let extra: i64 = pairs.iter().filter(|s| has(&s.first) && has(&s.second)).map(|s| s.points).sum();
            plan.base_objective(&programme) + extra * 10_000
        }));
    }

    #[test]
    fn stability(mut draft in any_draft(), approved in prop::collection::vec(0_u16..3, 6), points in 0_i64..25) {
        let approved: Vec<Approved> = (0..draft.projects.len())
            .filter(|project| approved[*project] > 0)
            .map(|project| Approved { id: id(project), start: approved[project] })
            .chain([Approved { id: Id::Text("gone".to_owned()), start: 1 }])
            .collect();
        draft.extensions.stability = Some(Stability { approved: approved.clone(), points_per_change: points });
        let programme = draft.check().unwrap();
        check(&programme, |plan| plain(&programme, plan, true).then(|| {
            let mut changed = 1;
            for (project, now) in plan.starts.iter().enumerate() {
                let before = approved.iter().find(|entry| entry.id == id(project)).map(|entry| entry.start);
                changed += i64::from(before != *now);
            }
            let stability = programme.extensions().stability.as_ref().unwrap();
            assert_eq!(changes(stability, &programme, plan), changed);
            plan.base_objective(&programme) - points * 10_000 * changed
        }));
    }

    #[test]
    fn carry_over_and_robust_budgets(
        mut draft in any_draft(),
        carry in prop::option::of(0_i64..=1000),
        robust in prop::option::of((0_u32..4, 0_i64..700)),
        own in prop::option::of((0_usize..6, 0_i64..2000)),
    ) {
        let source = "own".to_owned();
        if let Some(permille) = carry {
            draft.extensions.carry_over.push(CarryOver { source: source.clone(), permille });
        }
        if let Some((projects, permille)) = robust {
            let deviations = own
                .map(|(project, permille)| Deviation { project: id(within(&draft, project)), permille })
                .into_iter()
                .collect();
            draft.extensions.robust.push(RobustCap { source, projects, permille, deviations });
        }
        let programme = draft.check().unwrap();
        check(&programme, |plan| {
            let mut fits = plain(&programme, plan, false);
            for (source, data) in programme.sources().iter().enumerate() {
                let mut brought = 0;
                for year in 1..=2_u16 {
                    let paid = payments(&programme, plan, source, year);
                    let mut spent: i64 = paid.iter().map(|(_, amount)| amount).sum();
                    if source == 0 && let Some((projects, permille)) = robust {
                        // Every set of at most so many projects, not only the dearest.
                        let grow = |(project, amount): (usize, i64)| {
                            let named = own.filter(|(p, _)| p % programme.projects().len() == project);
                            (amount * named.map_or(permille, |(_, own)| own) + 999) / 1000
                        };
                        let sets = (0_u32..1 << paid.len()).filter(|set| set.count_ones() <= projects);
                        let sum = |set: u32| -> i64 {
                            (0..paid.len()).filter(|i| set >> i & 1 == 1).map(|i| grow(paid[i])).sum()
                        };
                        spent += sets.map(sum).max().unwrap();
                    }
                    let budget = data.budget[usize::from(year) - 1];
                    fits &= spent <= budget + brought;
                    let most = if source == 0 { budget * carry.unwrap_or(0) / 1000 } else { 0 };
                    brought = (budget + brought - spent).clamp(0, most);
                }
            }
            fits.then(|| plan.base_objective(&programme))
        });
    }

    #[test]
    fn the_mean_of_the_worst_scenarios(
        mut draft in any_draft(),
        scenarios in prop::collection::vec(prop::collection::vec(0_i64..2000, 6), 1..6),
        worst in 1_u32..6,
        weight_permille in 0_i64..5000,
    ) {
        let scenarios: Vec<Vec<i64>> =
            scenarios.into_iter().map(|scenario| scenario[..draft.projects.len()].to_vec()).collect();
        let worst = worst.min(u32::try_from(scenarios.len()).unwrap());
        draft.extensions.tail_mean = Some(TailMean { scenarios: scenarios.clone(), worst, weight_permille });
        let programme = draft.check().unwrap();
        check(&programme, |plan| plain(&programme, plan, true).then(|| {
            // The smallest sum over all sets of `worst` scenarios.
            let benefit = |scenario: &Vec<i64>| -> i64 {
                plan.started().map(|(p, start)| programme.worth(p, start) * scenario[p] / 1000).sum()
            };
            let sets = (0_u32..1 << scenarios.len()).filter(|set| set.count_ones() == worst);
            let sum = |set: u32| -> i64 {
                (0..scenarios.len()).filter(|q| set >> q & 1 == 1).map(|q| benefit(&scenarios[q])).sum()
            };
            let least = sets.map(sum).min().unwrap();
            plan.base_objective(&programme) + least * weight_permille / (1000 * i64::from(worst))
        }));
    }

    #[test]
    fn limits_of_sectors_and_obligations(
        mut draft in any_draft(),
        starts in prop::collection::vec(0_i64..3, 0..3),
        revenue in prop::collection::vec(0_i64..60, 0..5),
        floor in 0_i64..400_000,
    ) {
        draft.extensions.capacity.push(Capacity { sector: 0, starts: starts.clone() });
        let (basis, valid_from) = ("a test".to_owned(), "2026-01-01".to_owned());
        draft.extensions.obligations.push(Obligation {
            source: "transfer".to_owned(), revenue: revenue.clone(), promised: vec![], permille: 200, basis,
            valid_from, valid_to: None,
        });
        draft.extensions.benefit_floors = vec![floor, 0, 0];
        let programme = draft.check().unwrap();
        check(&programme, |plan| {
            let mut fits = plain(&programme, plan, true);
            for (year, cap) in (1..).zip(&starts) {
                let of = |(p, start): &(usize, u16)| *start == year && programme.projects()[*p].sector == Some(0);
                fits &= i64::try_from(plan.started().filter(of).count()).unwrap() <= *cap;
            }
            for (year, revenue) in (1..).zip(&revenue) {
                let paid: i64 = payments(&programme, plan, 1, year).iter().map(|(_, amount)| amount).sum();
                fits &= paid <= revenue * 200 / 1000;
            }
            let inside = plan.started().filter(|(p, _)| programme.projects()[*p].district == Some(0));
            fits &= inside.map(|(p, start)| programme.worth(p, start)).sum::<i64>() >= floor;
            fits.then(|| plan.base_objective(&programme))
        });
    }

    #[test]
    fn what_a_ruling_costs(draft in any_draft(), project in 0_usize..6, kept in any::<bool>()) {
        let project = within(&draft, project);
        let programme = draft.check().unwrap();
        let Allocated::Plan(without) = allocated(&programme).unwrap() else { return Ok(()) };
        let kind = if kept { RulingKind::Kept } else { RulingKind::Barred };
        let ruling = Ruling { project: id(project), kind, reason: "a test".to_owned() };
        let cost = override_cost(&programme, &without, &ruling, &mut allocated).unwrap();
        let with = best(&programme, |plan| {
            (plain(&programme, plan, true) && plan.has(project) == kept).then(|| plan.base_objective(&programme))
        });
        match (cost, with) {
            (OverrideCost::Nothing, Some(with)) => prop_assert_eq!(with, without.objective),
            (OverrideCost::Impossible, None) => {}
            (OverrideCost::Points { least, most, with: found }, Some(with)) => {
                prop_assert_eq!((least, most), (without.objective - with, without.objective - with));
                prop_assert_eq!(found.plan.has(project), kept);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn there_are_as_many_plans_as_choices() {
    assert_eq!(all_plans(4).count(), 81);
}
