//! Every statement of a recommendation against brute force.

use super::*;
use crate::envelope::explain::{Competitor, Reason};
use crate::envelope::rank::{Rate, rate};
use crate::envelope::score::Assessment;
use crate::envelope::solver::{BinaryModel, Outcome, Solution};
use crate::envelope::{BranchAndBound, Candidate, compare};
use proptest::prelude::*;

fn candidate(key: &str, benefit: u64, cost: &[i64]) -> Candidate {
    Candidate {
        key: key.to_owned(),
        assessment: Assessment::Scored { benefit },
        cost: money(cost),
        mandatory: false,
        barred: false,
        exclusive_group: None,
    }
}

fn money(tiyn: &[i64]) -> Vec<Money> {
    tiyn.iter().map(|tiyn| Money::from_tiyn(*tiyn)).collect()
}

fn problem(envelope: &[i64], candidates: Vec<Candidate>) -> Problem {
    let years = (2027..).take(envelope.len()).collect();
    Problem::new(years, money(envelope), candidates).unwrap()
}

fn recommend(problem: &Problem) -> Recommendation {
    match choose(problem, &BranchAndBound, &Effort::default()).unwrap() {
        Choice::Recommended(recommendation) => recommendation,
        Choice::Infeasible { clashes } => panic!("{clashes:?}"),
    }
}

/// Every plan that breaks no rule and takes nothing worthless, as sets of keys with points.
fn all_plans(problem: &Problem) -> Vec<(Vec<bool>, u64)> {
    let candidates = problem.candidates();
    let mut plans = Vec::new();
    for mask in 0_u32..1 << candidates.len() {
        let chosen: Vec<bool> = (0..candidates.len()).map(|i| mask >> i & 1 == 1).collect();
        let members = || candidates.iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(c, _)| c);
        let keys: Vec<String> = members().map(|c| c.key.clone()).collect();
        let worthless = members().any(|c| !c.mandatory && c.assessment.benefit() == Some(0));
        if !worthless && verify(problem, &keys).is_empty() {
            plans.push((chosen.clone(), members().filter_map(|c| c.assessment.benefit()).sum()));
        }
    }
    plans
}

fn check_against_brute_force(problem: &Problem) {
    let plans = all_plans(problem);
    let recommendation = match choose(problem, &BranchAndBound, &Effort::default()).unwrap() {
        Choice::Recommended(recommendation) => recommendation,
        Choice::Infeasible { clashes } => {
            assert!(plans.is_empty() && !clashes.is_empty());
            return;
        }
    };
    let best = plans.iter().map(|(_, points)| *points).max().expect("a plan was recommended, so one exists");
    assert_eq!((recommendation.standing, recommendation.ties), (Standing::Optimal, TieRule::ByRank));
    assert_eq!((recommendation.benefit, recommendation.bound), (best, best));
    check_tie_rule(problem, &plans, &recommendation);
    for (index, verdict) in recommendation.verdicts.iter().enumerate() {
        check_price(&plans, best, index, verdict);
        check_reason(problem, &recommendation, index);
    }
    let own: Vec<String> = recommendation.chosen().into_iter().map(str::to_owned).collect();
    let same = compare(problem, &own, &recommendation);
    assert_eq!((same.price, same.faults.len(), same.added.len(), same.removed.len()), (0, 0, 0, 0));
    assert_eq!(same.years, recommendation.years);
}

fn check_tie_rule(problem: &Problem, plans: &[(Vec<bool>, u64)], recommendation: &Recommendation) {
    let ranking = Ranking::of(problem);
    let by_rank = |chosen: &[bool]| ranking.order.iter().map(|i| chosen[*i]).collect::<Vec<_>>();
    let first =
        plans.iter().filter(|(_, points)| *points == recommendation.benefit).map(|(c, _)| by_rank(c)).max();
    let got: Vec<bool> = recommendation.verdicts.iter().map(|verdict| verdict.chosen).collect();
    assert_eq!(Some(by_rank(&got)), first);
}

fn check_price(plans: &[(Vec<bool>, u64)], best: u64, index: usize, verdict: &Verdict) {
    let with = plans.iter().filter(|(chosen, _)| chosen[index]).map(|(_, points)| *points).max();
    let expect = with.filter(|_| !verdict.chosen).map(|with| Price::Exact { points: best - with });
    assert_eq!(verdict.price, expect, "{verdict:?}");
}

/// One candidate of a recommendation, looked at again from the problem and the plan alone.
struct Look<'a> {
    problem: &'a Problem,
    recommendation: &'a Recommendation,
    candidate: &'a Candidate,
}

impl Look<'_> {
    fn chosen(&self, key: &str) -> bool {
        self.recommendation.verdicts.iter().any(|verdict| verdict.chosen && verdict.key == key)
    }

    fn find(&self, key: &str) -> &Candidate {
        self.problem.candidates().iter().find(|candidate| candidate.key == key).unwrap()
    }

    fn at(&self, year: i16) -> usize {
        self.problem.years().iter().position(|other| *other == year).unwrap()
    }

    /// Envelope of a year minus the cost of some candidates.
    fn without(&self, year: i16, which: &dyn Fn(&Candidate) -> bool) -> Money {
        let paid = self.problem.candidates().iter().filter(|candidate| which(candidate));
        let spent = Money::checked_sum(paid.map(|candidate| candidate.cost[self.at(year)])).unwrap();
        self.problem.envelope()[self.at(year)].checked_sub(spent).unwrap()
    }

    fn check_short(&self, year: i16, needs: Money, left: Money, expect_left: Money) {
        assert_eq!((needs, left), (self.candidate.cost[self.at(year)], expect_left));
        assert!(needs > left);
    }

    /// The plan leaves too little in the year, and the named competitor is the weakest one paid there.
    fn check_spent(&self, year: i16, money: (Money, Money), own: Rate, weakest: Option<&Competitor>) {
        let left = self.without(year, &|candidate| self.chosen(&candidate.key));
        self.check_short(year, money.0, money.1, left);
        assert_eq!(Some(own), rate(self.candidate));
        let Some(weakest) = weakest else { return };
        let named = self.find(&weakest.key);
        assert_eq!(Some(weakest.rate), rate(named));
        let pays =
            |c: &&Candidate| self.chosen(&c.key) && !c.mandatory && c.cost[self.at(year)] > Money::ZERO;
        assert!(pays(&named));
        assert!(self.problem.candidates().iter().filter(pays).all(|c| rate(c).unwrap() >= weakest.rate));
    }

    fn check_exclusion(&self, group: &str, by: &str) {
        assert!(self.chosen(by));
        assert_eq!(self.candidate.exclusive_group.as_deref(), Some(group));
        assert_eq!(self.find(by).exclusive_group.as_deref(), Some(group));
    }
}

/// Repeats each statement from the problem and the plan alone.
fn check_reason(problem: &Problem, recommendation: &Recommendation, index: usize) {
    let candidate = &problem.candidates()[index];
    let verdict = &recommendation.verdicts[index];
    let look = Look { problem, recommendation, candidate };
    assert_eq!(matches!(verdict.reason, Reason::Funded { .. } | Reason::Mandatory), verdict.chosen);
    match &verdict.reason {
        Reason::Funded { rate: own, rank, of } => {
            assert_eq!(Some(*own), rate(candidate));
            assert!(*rank >= 1 && rank <= of && !candidate.mandatory);
        }
        Reason::Mandatory => assert!(candidate.mandatory),
        Reason::BarredByPerson => assert!(candidate.barred),
        Reason::OutNotAssessable { missing } => assert!(!missing.is_empty() && rate(candidate).is_none()),
        Reason::OutNoBenefit => assert_eq!(candidate.assessment.benefit(), Some(0)),
        Reason::OutLargerThanEnvelope { year, needs, envelope } => {
            look.check_short(*year, *needs, *envelope, look.without(*year, &|_| false));
        }
        Reason::OutMandatoryLeaveTooLittle { year, needs, left } => {
            look.check_short(*year, *needs, *left, look.without(*year, &|c| c.mandatory));
        }
        Reason::OutExclusion { group, by } => look.check_exclusion(group, by),
        Reason::OutEnvelopeSpent { year, needs, left, rate: own, weakest, equal } => {
            look.check_spent(*year, (*needs, *left), *own, Some(weakest));
            assert_eq!((weakest.rate == *own, weakest.rate > *own), (*equal, !*equal));
        }
        Reason::OutDoesNotFit { year, needs, left, rate: own, weakest } => {
            look.check_spent(*year, (*needs, *left), *own, Some(weakest));
            assert!(weakest.rate < *own);
        }
        Reason::OutEqualPlan { year, needs, left, rate: own } => {
            look.check_spent(*year, (*needs, *left), *own, None);
            assert_eq!(verdict.price, Some(Price::Exact { points: 0 }));
        }
    }
}

prop_compose! {
    fn any_candidate(years: usize)(
        benefit in prop_oneof![1 => Just(0_u64), 9 => 1_u64..12],
        missing in prop::bool::weighted(0.07),
        cost in prop::collection::vec(0_i64..12, years),
        mandatory in prop::bool::weighted(0.1),
        barred in prop::bool::weighted(0.1),
        group in prop::option::weighted(0.35, 0_u8..3),
    ) -> Candidate {
        let assessment = if missing {
            Assessment::Missing { missing: vec!["need".to_owned()] }
        } else {
            Assessment::Scored { benefit }
        };
        Candidate {
            key: String::new(),
            assessment,
            cost: money(&cost),
            mandatory,
            barred: barred && !mandatory,
            exclusive_group: group.map(|group| format!("g{group}")),
        }
    }
}

fn any_problem(candidates_max: usize) -> impl Strategy<Value = Problem> {
    (1_usize..4)
        .prop_flat_map(move |years| {
            let envelope = prop::collection::vec(0_i64..40, years);
            (envelope, prop::collection::vec(any_candidate(years), 0..=candidates_max))
        })
        .prop_map(|(envelope, mut candidates)| {
            for (index, candidate) in candidates.iter_mut().enumerate() {
                candidate.key = format!("p{index}");
            }
            problem(&envelope, candidates)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_statement_is_literally_true(problem in any_problem(9)) {
        check_against_brute_force(&problem);
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(problem in any_problem(9)) {
        let mut candidates = problem.candidates().to_vec();
        candidates.reverse();
        let turned =
            Problem::new(problem.years().to_vec(), problem.envelope().to_vec(), candidates).unwrap();
        let plan = |problem: &Problem| match choose(problem, &BranchAndBound, &Effort::default()).unwrap() {
            Choice::Infeasible { .. } => None,
            Choice::Recommended(r) => {
                let mut keys: Vec<String> = r.chosen().into_iter().map(str::to_owned).collect();
                keys.sort();
                Some((r.benefit, keys))
            }
        };
        prop_assert_eq!(plan(&problem), plan(&turned));
    }

    #[test]
    fn a_stopped_search_still_speaks_the_truth(problem in any_problem(9), nodes in 0_u64..12) {
        let limits = Limits { nodes, ..Limits::default() };
        let effort = Effort { plan: limits, each_price: limits, prices_up_to: 60 };
        let plans = all_plans(&problem);
        let best = plans.iter().map(|(_, points)| *points).max();
        if let Choice::Recommended(r) = choose(&problem, &BranchAndBound, &effort).unwrap() {
            prop_assert!(Some(r.benefit) <= best && best <= Some(r.bound));
            prop_assert_eq!(r.standing == Standing::Optimal, r.benefit == r.bound);
            for (index, verdict) in r.verdicts.iter().enumerate() {
                check_reason(&problem, &r, index);
                if let Some(price) = verdict.price {
                    let with = plans.iter().filter(|(c, _)| c[index]).map(|(_, p)| *p).max().unwrap();
                    let true_price = best.unwrap() - with;
                    match price {
                        Price::Exact { points } => prop_assert_eq!(points, true_price),
                        Price::Between { at_least, at_most } => {
                            prop_assert!(at_least <= true_price && true_price <= at_most);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn mandatory_projects_beyond_the_envelope_are_told_by_year() {
    let mut a = candidate("a", 5, &[70, 10]);
    let mut b = candidate("b", 5, &[50, 10]);
    for one in [&mut a, &mut b] {
        one.mandatory = true;
        one.exclusive_group = Some("school".to_owned());
    }
    let choice = choose(&problem(&[100, 100], vec![a, b]), &BranchAndBound, &Effort::default()).unwrap();
    let money = Money::from_tiyn;
    let clashes = vec![
        Clash::Envelope { year: 2027, needs: money(120), envelope: money(100), short: money(20) },
        Clash::Group { group: "school".to_owned(), keys: vec!["a".to_owned(), "b".to_owned()] },
    ];
    assert_eq!(choice, Choice::Infeasible { clashes });
}

#[test]
fn an_override_is_priced_and_its_overspending_told() {
    let list = vec![
        candidate("a", 8, &[5]),
        candidate("b", 11, &[7]),
        candidate("c", 6, &[4]),
        candidate("d", 4, &[3]),
    ];
    let problem = problem(&[14], list);
    let recommendation = recommend(&problem);
    let plan = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let fits = compare(&problem, &plan(&["a", "b"]), &recommendation);
    assert_eq!((fits.benefit, fits.price, fits.faults.len()), (19, 2, 0));
    assert_eq!((fits.added, fits.removed), (plan(&["a"]), plan(&["c", "d"])));
    let over = compare(&problem, &plan(&["a", "b", "c", "zzz"]), &recommendation);
    assert_eq!((over.benefit, over.price, over.years[0].left), (25, -4, Money::from_tiyn(-2)));
    let (envelope, spent) = (Money::from_tiyn(14), Money::from_tiyn(16));
    let overspent = PlanFault::Overspent { year: 2027, envelope, spent, over: Money::from_tiyn(2) };
    assert_eq!(over.faults, [PlanFault::Unknown { key: "zzz".to_owned() }, overspent]);
}

/// Solvers that lie in one way each.
struct Liar(fn(&BinaryModel) -> Outcome);

impl Solver for Liar {
    fn name(&self) -> &'static str {
        "liar"
    }

    fn solve(&self, model: &BinaryModel, _: &Limits) -> Result<Outcome, SolverError> {
        Ok((self.0)(model))
    }
}

#[test]
fn a_lying_solver_is_caught() {
    let problem = problem(&[14], vec![candidate("a", 8, &[9]), candidate("b", 7, &[9])]);
    let check = |lie: fn(&BinaryModel) -> Outcome, expect: ChooseError| {
        assert_eq!(choose(&problem, &Liar(lie), &Effort::default()), Err(expect));
    };
    check(|_| Outcome::Infeasible, ChooseError::FalseInfeasibility);
    check(
        move |_| Outcome::Found(Solution { values: vec![], objective: 0, bound: 0 }),
        ChooseError::BrokenPlan,
    );
    check(
        |_| Outcome::Found(Solution { values: vec![true, true], objective: 15, bound: 15 }),
        ChooseError::BrokenPlan,
    );
    check(
        |_| Outcome::Found(Solution { values: vec![false, false], objective: 0, bound: 0 }),
        ChooseError::BoundBelowPlan,
    );
    check(
        |_| Outcome::Found(Solution { values: vec![false, true], objective: 7, bound: 7 }),
        ChooseError::BoundBelowPlan,
    );
}

/// The properties above prove little if some reason never comes up.
#[test]
fn random_problems_reach_every_reason() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..1500 {
        let problem = any_problem(9).new_tree(&mut runner).unwrap().current();
        if let Choice::Recommended(found) = choose(&problem, &BranchAndBound, &Effort::default()).unwrap() {
            for verdict in found.verdicts {
                let reason = serde_json::to_value(&verdict.reason).unwrap()["reason"].to_string();
                *seen.entry(reason).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(seen.len(), 11, "{seen:?}");
    assert!(seen.values().all(|count| *count >= 20), "{seen:?}");
}
