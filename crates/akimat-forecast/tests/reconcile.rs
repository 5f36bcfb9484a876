//! Reconciliation against hand-computed values, against the dense formula in NumPy, and what always holds.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

use akimat_core::Money;
use akimat_forecast::reconcile::{
    Method, ReconcileError, Reconciler, RoundError, Tree, TreeError, shrink, to_tiyn,
};
use proptest::prelude::*;

const METHODS: [Method; 5] =
    [Method::BottomUp, Method::Ols, Method::WlsStruct, Method::WlsVariance, Method::MintShrink];

fn check_close(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() <= tolerance * want.abs().max(1.0), "node {i}: {got} and not {want}");
    }
}

#[test]
fn a_sum_of_two_by_hand() {
    // A sum forecast as 100 with parts forecast as 60 and 50: the gap is -10.
    let tree = Tree::new(vec![None, Some(0), Some(0)]).unwrap();
    let base = [100.0, 60.0, 50.0];
    let errors = vec![vec![2.0, 1.0, 3.0], vec![-2.0, 1.0, -3.0]];
    let check = |method: Method, want: [f64; 3]| {
        let reconciler = Reconciler::new(&tree, method, &errors).unwrap();
        check_close(&reconciler.apply(&base).unwrap(), &want, 1e-12);
    };
    check(Method::BottomUp, [110.0, 60.0, 50.0]);
    // W = I: each node gives a third of the gap.
    check(Method::Ols, [100.0 + 10.0 / 3.0, 60.0 - 10.0 / 3.0, 50.0 - 10.0 / 3.0]);
    // W = diag(2, 1, 1): the sum gives half.
    check(Method::WlsStruct, [105.0, 57.5, 47.5]);
    // W = diag(4, 1, 9): fourteen parts.
    check(Method::WlsVariance, [100.0 + 40.0 / 14.0, 60.0 - 10.0 / 14.0, 50.0 - 90.0 / 14.0]);
}

#[test]
fn the_dense_formula_in_numpy() {
    let text = include_str!("golden/reconcile.json");
    let golden: serde_json::Value = serde_json::from_str(text).unwrap();
    let numbers = |value: &serde_json::Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
    };
    let parents = golden["parents"].as_array().unwrap().iter();
    let parents = parents.map(|parent| parent.as_u64().map(|parent| usize::try_from(parent).unwrap()));
    let tree = Tree::new(parents.collect()).unwrap();
    let errors: Vec<Vec<f64>> = golden["errors"].as_array().unwrap().iter().map(numbers).collect();
    assert!((shrink(&errors).intensity - golden["intensity"].as_f64().unwrap()).abs() < 1e-12);
    for method in METHODS {
        let reconciler = Reconciler::new(&tree, method, &errors).unwrap();
        let got = reconciler.apply(&numbers(&golden["base"])).unwrap();
        check_close(&got, &numbers(&golden[method.code()]), 1e-10);
    }
}

#[test]
fn what_is_no_tree_or_does_not_fit_is_refused() {
    assert_eq!(Tree::new(vec![]), Err(TreeError::Empty));
    assert_eq!(Tree::new(vec![None, Some(7)]), Err(TreeError::NoParent { node: 1 }));
    assert_eq!(Tree::new(vec![None, Some(2), Some(1)]), Err(TreeError::Cycle { node: 1 }));
    assert_eq!(Tree::new(vec![Some(0)]), Err(TreeError::Cycle { node: 0 }));
    let tree = Tree::new(vec![None, Some(0)]).unwrap();
    let few = Reconciler::new(&tree, Method::MintShrink, &[vec![1.0, 1.0]]);
    assert_eq!(few.err(), Some(ReconcileError::TooFewErrors { have: 1, need: 2 }));
    let ols = Reconciler::new(&tree, Method::Ols, &[]).unwrap();
    assert_eq!(ols.apply(&[1.0]), Err(ReconcileError::Length { have: 1, need: 2 }));
    assert_eq!(ols.apply(&[1.0, f64::NAN]), Err(ReconcileError::NotFinite { node: 1 }));
    assert_eq!(to_tiyn(&tree, &[1e18, 1.0]), Err(RoundError::TooLarge { node: 0 }));
    // The parts are far from their sum: the difference goes where it can, to the tiyn.
    assert_eq!(to_tiyn(&tree, &[5.0, 1.0]).unwrap(), [Money::from_tiyn(500); 2]);
}

#[test]
fn largest_remainders_take_the_missing_tiyn() {
    let tree = Tree::new(vec![None, Some(0), Some(0), Some(0)]).unwrap();
    // 0.333 three times makes 0.999: the sum is 1.00, the first of equals takes the tiyn.
    let third = to_tiyn(&tree, &[0.999, 0.333, 0.333, 0.333]).unwrap();
    assert_eq!(third.iter().map(|money| money.tiyn()).collect::<Vec<_>>(), [100, 34, 33, 33]);
    let negative = to_tiyn(&tree, &[-0.01, 0.336, -0.351, 0.005]).unwrap();
    assert_eq!(negative.iter().map(|money| money.tiyn()).collect::<Vec<_>>(), [-1, 34, -35, 0]);
}

#[test]
fn thousands_of_nodes_need_no_dense_matrix() {
    // 4,000 nodes, 24 past origins; a dense inverse would be 16 million numbers.
    let parents: Vec<Option<usize>> = (0..4_000_usize).map(|i| i.checked_sub(1).map(|i| i / 5)).collect();
    let tree = Tree::new(parents).unwrap();
    let wave = |i: usize, t: usize| ((i * 31 + t * 17) % 101) as f64 - 50.0;
    let errors: Vec<Vec<f64>> = (0..24).map(|t| (0..4_000).map(|i| wave(i, t)).collect()).collect();
    let base: Vec<f64> = (0..4_000).map(|i| 1_000.0 + wave(i, 3)).collect();
    let reconciler = Reconciler::new(&tree, Method::MintShrink, &errors).unwrap();
    let once = reconciler.apply(&base).unwrap();
    check_close(&reconciler.apply(&once).unwrap(), &once, 1e-8);
}

/// Random trees: the parent of a node is an earlier one or none.
fn trees() -> impl Strategy<Value = Tree> {
    proptest::collection::vec(any::<prop::sample::Index>(), 1..60).prop_map(|picks| {
        let parent = |(node, pick): (usize, &prop::sample::Index)| match pick.index(node + 1) {
            0 => None,
            earlier => Some(earlier - 1),
        };
        Tree::new(picks.iter().enumerate().map(parent).collect()).unwrap()
    })
}

proptest! {
    #[test]
    fn every_sum_is_exact_in_tiyn(
        tree in trees(),
        values in proptest::collection::vec(-1e12..1e12_f64, 60),
        errors in proptest::collection::vec(proptest::collection::vec(-1e10..1e10_f64, 60), 2..6),
    ) {
        let cut = |values: &Vec<f64>| values[..tree.len()].to_vec();
        let errors: Vec<Vec<f64>> = errors.iter().map(cut).collect();
        for method in METHODS {
            let reconciler = Reconciler::new(&tree, method, &errors).unwrap();
            let coherent = reconciler.apply(&cut(&values)).unwrap();
            let money = to_tiyn(&tree, &coherent).unwrap();
            for node in 0..tree.len() {
                let children = tree.children(node);
                if !children.is_empty() {
                    let sum = Money::checked_sum(children.iter().map(|&child| money[child]));
                    prop_assert_eq!(sum, Some(money[node]));
                }
                let moved = (money[node].tiyn() as f64 / 100.0 - coherent[node]).abs();
                prop_assert!(moved < 0.01 * tree.len() as f64 + 1e-9 * 1e12, "{} moved", moved);
            }
        }
    }

    #[test]
    fn what_is_coherent_stays(tree in trees(), values in proptest::collection::vec(-1e6..1e6_f64, 60)) {
        let mut values = values[..tree.len()].to_vec();
        tree.add_up(&mut values);
        for method in [Method::BottomUp, Method::Ols, Method::WlsStruct] {
            let same = Reconciler::new(&tree, method, &[]).unwrap().apply(&values).unwrap();
            check_close(&same, &values, 1e-6);
        }
    }
}
