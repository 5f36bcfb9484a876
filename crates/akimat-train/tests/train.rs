//! A small network learns, goes on from a checkpoint to the same weights, and learns nothing of what is held back.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

use akimat_forecast::neural::{Ensemble, Network, Shape, Size};
use akimat_train::{Collection, HoldBack, Recipe, TrainSeries, recipes, score, train};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

fn recipe() -> Recipe {
    Recipe {
        shape: Shape { season: 1, lags: 6, horizon: 2, log: false },
        size: Size { blocks: 1, width: 8 },
        steps: 560,
        batch: 16,
        learning_rate: 3e-3,
        seed: 5,
    }
}

/// Straight lines of different slopes: what follows can be known.
fn lines() -> Collection {
    let line = |n: u32| TrainSeries {
        values: (0..20).map(|t| 100.0 + f64::from(n % 7 + 1) * f64::from(t)).collect(),
        learn: true,
    };
    Collection { name: "lines".to_owned(), share: 1.0, horizon: 2, series: (0..40).map(line).collect() }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn trained(folder: &Path, tell: &mut dyn FnMut(usize, f32)) -> Network {
    train(&recipe(), &[lines()], HoldBack::LAST, folder, tell).unwrap()
}

#[test]
fn an_interrupted_training_ends_with_the_weights_of_one_that_was_not() {
    let mut losses = Vec::new();
    let whole = trained(&folder("whole"), &mut |_, loss| losses.push(loss));
    assert!(losses.last() < losses.first(), "{losses:?}");

    let parts = folder("parts");
    let stopped = catch_unwind(AssertUnwindSafe(|| {
        trained(&parts, &mut |step, _| assert!(step < 550, "the power fails here"));
    }));
    assert!(stopped.is_err());
    let mut steps = Vec::new();
    let resumed = trained(&parts, &mut |step, _| steps.push(step));
    assert_eq!(steps, [500, 550], "it goes on from the checkpoint");
    assert_eq!(resumed, whole);

    // A line goes on as a line, also one whose end was held back.
    let networks = Ensemble { version: "test".to_owned(), networks: vec![whole] };
    let score = score(&networks, (&lines(), HoldBack::LAST), 1).unwrap();
    assert!(score.mase < 0.5 * score.mase_seasonal_naive, "{score:?}");
    assert_eq!(score.n_series, 40);
}

#[test]
fn what_is_held_back_cannot_change_the_weights() {
    let short = Recipe { steps: 30, ..recipe() };
    let weights = |collection: Collection, hold: HoldBack, name: &str| {
        train(&short, &[collection], hold, &folder(name), &mut |_, _| {}).unwrap()
    };
    for hold in [HoldBack::LAST, HoldBack(2)] {
        let mut other = lines();
        for series in &mut other.series {
            let known = hold.learnable(series, 2);
            assert_eq!(known, series.values.len() - 2 * hold.0);
            series.values[known..].iter_mut().for_each(|value| *value *= 100.0);
        }
        assert_eq!(weights(lines(), hold, "held"), weights(other, hold, "changed"));
    }
}

#[test]
fn copies_are_not_learnt_from() {
    let short = Recipe { steps: 30, ..recipe() };
    let weights = |collection: Collection, name: &str| {
        train(&short, &[collection], HoldBack::NOTHING, &folder(name), &mut |_, _| {}).unwrap()
    };
    let mut marked = lines();
    let copy = TrainSeries { values: (0..20).map(|t| f64::from(t * t)).collect(), learn: false };
    marked.series.push(copy.clone());
    assert_eq!(weights(lines(), "without"), weights(marked, "marked"));
    let mut learnt = lines();
    learnt.series.push(TrainSeries { learn: true, ..copy });
    assert_ne!(weights(lines(), "without"), weights(learnt, "learnt"));
}

#[test]
fn the_shipped_networks_are_those_of_the_recipes() {
    let shipped = akimat_forecast::neural::shipped().unwrap();
    assert_eq!(shipped.version, akimat_train::VERSION);
    let of_recipes: Vec<(Shape, Size)> = recipes().iter().map(|recipe| (recipe.shape, recipe.size)).collect();
    let of_file: Vec<(Shape, Size)> = shipped.networks.iter().map(|n| (n.shape, n.size)).collect();
    assert_eq!(of_file, of_recipes);
}
