//! The small solver against trying every plan.

use super::*;
use crate::envelope::solver::{ModelError, Row};
use proptest::prelude::*;

prop_compose! {
    fn any_row(variables: usize)(
        coefficients in prop::collection::vec(-6_i64..10, variables),
        relation in prop_oneof![
            5 => Just(Relation::AtMost), 2 => Just(Relation::AtLeast), 1 => Just(Relation::Exactly)
        ],
        rhs in -4_i64..30,
    ) -> Row {
        let terms = coefficients.into_iter().enumerate().filter(|(_, c)| *c != 0).collect();
        Row { terms, relation, rhs }
    }
}

prop_compose! {
    fn any_model()(variables in 0_usize..10, count in 0_usize..4)(
        objective in prop::collection::vec(-5_i64..20, variables),
        rows in prop::collection::vec(any_row(variables), count),
    ) -> BinaryModel {
        BinaryModel::new(objective, rows).unwrap()
    }
}

fn by_trying_all(model: &BinaryModel) -> Option<i64> {
    let count = model.objective().len();
    (0_u32..1 << count)
        .map(|mask| (0..count).map(|i| mask >> i & 1 == 1).collect::<Vec<bool>>())
        .filter(|values| model.broken_row(values).is_none())
        .map(|values| model.value(&values))
        .max()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_best_plan_is_found(model in any_model()) {
        let got = BranchAndBound.solve(&model, &Limits::default()).unwrap();
        match (got, by_trying_all(&model)) {
            (Outcome::Infeasible, None) => {}
            (Outcome::Found(solution), Some(best)) => {
                prop_assert!(model.broken_row(&solution.values).is_none());
                prop_assert_eq!(model.value(&solution.values), best);
                prop_assert_eq!((solution.objective, solution.bound), (best, best));
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn a_stopped_search_has_a_true_bound(model in any_model(), nodes in 0_u64..30) {
        let limits = Limits { nodes, ..Limits::default() };
        let best = by_trying_all(&model);
        match BranchAndBound.solve(&model, &limits) {
            Ok(Outcome::Found(solution)) => {
                prop_assert!(model.broken_row(&solution.values).is_none());
                prop_assert!(Some(solution.objective) <= best && best <= Some(solution.bound));
            }
            Ok(Outcome::Infeasible) => prop_assert_eq!(best, None),
            Err(error) => prop_assert_eq!(error, SolverError::LimitReached),
        }
    }
}

#[test]
fn extreme_numbers_do_not_overflow() {
    let large = i64::MAX / 16;
    let terms = |by: i64| vec![(0, by), (1, by - 1), (2, 1)];
    let rows = vec![
        Row { terms: terms(large), relation: Relation::AtMost, rhs: i64::MAX },
        Row { terms: terms(2), relation: Relation::AtMost, rhs: 2 },
        Row { terms: terms(large), relation: Relation::AtLeast, rhs: i64::MIN },
    ];
    let model = BinaryModel::new(vec![large, large - 1, 5], rows).unwrap();
    let Ok(Outcome::Found(solution)) = BranchAndBound.solve(&model, &Limits::default()) else { panic!() };
    assert_eq!((solution.objective, solution.bound), (large + 4, large + 4));
}

#[test]
fn a_model_is_checked() {
    let row = |terms: &[(usize, i64)]| Row { terms: terms.to_vec(), relation: Relation::AtMost, rhs: 1 };
    let check = |objective: &[i64], row: Row, expect| {
        assert_eq!(BinaryModel::new(objective.to_vec(), vec![row]).err(), Some(expect));
    };
    check(&[1], row(&[(1, 1)]), ModelError::UnknownVariable { row: 0, variable: 1 });
    check(&[1], row(&[(0, 1), (0, 1)]), ModelError::RepeatedVariable { row: 0, variable: 0 });
    check(&[1], row(&[(0, i64::MIN)]), ModelError::RowTooLarge(0));
    check(&[i64::MAX], row(&[]), ModelError::ObjectiveTooLarge);
}
