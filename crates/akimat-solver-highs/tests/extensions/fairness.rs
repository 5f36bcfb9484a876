//! Fair levels, nested budgets, variants and the list by rank against trying every plan.

use crate::brute::{all_plans, allocated, any_draft, best, plain};
use crate::instance::limits;
use akimat_allocation::allocate::Allocated;
use akimat_allocation::by_rank::rank_and_cut;
use akimat_allocation::fairness::{FairnessError, Goal, benefits, fair, gini, price_of_fairness};
use akimat_allocation::nested::{nested, with_budgets};
use akimat_allocation::programme::Plan;
use akimat_allocation::variety::{Wanted, differing, varied};
use akimat_allocation::{Programme, verify};
use akimat_solver_highs::Highs;
use proptest::prelude::*;

/// Levels per head of the districts that have projects, the lowest first.
fn levels(programme: &Programme, plan: &Plan) -> Vec<i64> {
    let reach = |d: usize| programme.projects().iter().any(|project| project.district == Some(d));
    let mut levels: Vec<i64> = benefits(programme, plan)
        .iter()
        .filter(|benefit| reach(benefit.district))
        .map(|benefit| benefit.benefit / benefit.population.unwrap())
        .collect();
    levels.sort_unstable();
    levels
}

#[expect(clippy::cast_precision_loss, reason = "small programmes")]
fn welfare(programme: &Programme, plan: &Plan) -> f64 {
    let part = |benefit: &akimat_allocation::fairness::DistrictBenefit| {
        benefit.population.unwrap() as f64 * (benefit.benefit.max(1) as f64).ln()
    };
    benefits(programme, plan).iter().map(part).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fair_levels_are_the_fairest(draft in any_draft()) {
        let programme = draft.check().unwrap();
        let plans: Vec<Plan> =
            all_plans(programme.projects().len()).filter(|plan| plain(&programme, plan, true)).collect();
        for goal in [Goal::Maximin, Goal::Leximin, Goal::Nash] {
            let Some(fair) = fair(&programme, goal, &Highs, &limits()).unwrap() else {
                prop_assert!(plans.is_empty());
                continue;
            };
            let found = levels(&programme, &fair.plan);
            match goal {
                Goal::Maximin => {
                    let best = plans.iter().map(|plan| levels(&programme, plan)[0]).max().unwrap();
                    prop_assert_eq!(found[0], best);
                }
                Goal::Leximin => {
                    let best = plans.iter().map(|plan| levels(&programme, plan)).max().unwrap();
                    prop_assert_eq!(found, best);
                }
                Goal::Nash => {
                    let best = plans.iter().map(|plan| welfare(&programme, plan)).fold(f64::MIN, f64::max);
                    prop_assert!(welfare(&programme, &fair.plan) >= best - 21.0 * 1.5e-3);
                }
            }
            prop_assert!(fair.proven);
            let with = fair.programme(&programme);
            prop_assert_eq!(verify(&with, &fair.plan), vec![]);
            let (Allocated::Plan(free), Allocated::Plan(even)) =
                (allocated(&programme).unwrap(), allocated(&with).unwrap()) else { panic!("both have plans") };
            let (least, most) = price_of_fairness(&free, &even);
            prop_assert!(least == most && least == free.objective - even.objective && least >= 0);
        }
    }

    #[test]
    fn nested_plans_contain_one_another(draft in any_draft()) {
        let programme = draft.check().unwrap();
        let steps = nested(&programme, &[600, 800, 1200, 1500], 1000, &mut allocated).unwrap();
        prop_assert_eq!(steps.iter().map(|step| step.permille).collect::<Vec<_>>(), vec![600, 800, 1000, 1200, 1500]);
        let plans: Vec<_> = steps.iter().filter_map(|step| step.plan.as_ref().map(|plan| (step.permille, plan))).collect();
        for pair in plans.windows(2) {
            for (small, large) in pair[0].1.plan.starts.iter().zip(&pair[1].1.plan.starts) {
                prop_assert!(small.is_none() || small == large);
            }
        }
        for (permille, plan) in plans {
            let scaled = with_budgets(&programme, permille);
            prop_assert_eq!(verify(&scaled, &plan.plan), vec![]);
            let free = best(&scaled, |plan| plain(&scaled, plan, true).then(|| plan.base_objective(&scaled)));
            prop_assert!(plan.objective <= free.unwrap());
            prop_assert!(permille != 1000 || Some(plan.objective) == free);
        }
    }

    #[test]
    fn variants_differ_and_are_good_enough(draft in any_draft(), differing_by in 1_usize..3, worth_permille in 500_i64..1000) {
        let programme = draft.check().unwrap();
        let Allocated::Plan(first) = allocated(&programme).unwrap() else { return Ok(()) };
        let wanted = Wanted { plans: 3, differing: differing_by, worth_permille };
        let variants = varied(&programme, &first.plan, &wanted, (&Highs, &limits())).unwrap();
        let mut known = vec![first.plan.clone()];
        for variant in &variants {
            prop_assert!(known.iter().all(|plan| differing(plan, &variant.plan) >= differing_by));
            prop_assert!(variant.objective * 1000 >= first.objective * worth_permille);
            let next = best(&programme, |plan| {
                let good = plain(&programme, plan, true)
                    && known.iter().all(|other| differing(other, plan) >= differing_by);
                good.then(|| plan.base_objective(&programme))
            });
            prop_assert_eq!(Some(variant.objective), next);
            known.push(variant.plan.clone());
        }
        if variants.len() < wanted.plans {
            let more = all_plans(programme.projects().len()).any(|plan| {
                plain(&programme, &plan, true)
                    && plan.base_objective(&programme) * 1000 >= first.objective * worth_permille
                    && known.iter().all(|other| differing(other, &plan) >= differing_by)
            });
            prop_assert!(!more);
        }
    }

    #[test]
    fn the_list_by_rank_keeps_the_caps_and_is_no_better(draft in any_draft()) {
        let programme = draft.check().unwrap();
        let listed = rank_and_cut(&programme);
        prop_assert_eq!(&verify(&programme, &listed.plan), &listed.faults);
        let floors_only = listed.faults.iter().all(|fault| matches!(fault, akimat_allocation::PlanFault::Below { .. }));
        prop_assert!(floors_only, "{:?}", listed.faults);
        if listed.faults.is_empty() {
            let Allocated::Plan(first) = allocated(&programme).unwrap() else { panic!("there is a plan") };
            prop_assert!(listed.objective <= first.objective);
        }
    }
}

#[test]
fn per_head_needs_populations() {
    let Some(instance) = crate::instance::shared("p24_A_22.json") else { return };
    let programme = crate::instance::programme(&instance);
    let mut unknown = programme.to_draft();
    for part in &mut unknown.districts {
        part.population = None;
    }
    let asked = fair(&unknown.check().unwrap(), Goal::Maximin, &Highs, &limits());
    assert_eq!(asked, Err(FairnessError::NoPopulation { district: 0 }));
    let Allocated::Plan(free) = allocated(&programme).unwrap() else { panic!("it has a plan") };
    let before = gini(&benefits(&programme, &free.plan)).unwrap();
    for goal in [Goal::Maximin, Goal::Leximin, Goal::Nash] {
        let start = std::time::Instant::now();
        let fair = fair(&programme, goal, &Highs, &limits()).unwrap().unwrap();
        let took = start.elapsed();
        let Allocated::Plan(even) = allocated(&fair.programme(&programme)).unwrap() else {
            panic!("{goal:?}")
        };
        let after = gini(&benefits(&programme, &even.plan)).unwrap();
        let price = price_of_fairness(&free, &even);
        println!("{goal:?}: {took:?}, price {price:?} of {}, Gini {before:.3} -> {after:.3}", free.objective);
        assert!(fair.proven && price.0 == price.1);
        assert!(levels(&programme, &even.plan)[0] >= levels(&programme, &free.plan)[0] || goal == Goal::Nash);
    }
}
