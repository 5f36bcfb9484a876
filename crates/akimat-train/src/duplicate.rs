//! The same series in two collections, perhaps in another unit: networks that learn from the copy that ends later
//! know what follows in the other, which would make its score, and its use, look better than they are.

use crate::collection::{Collection, HoldBack};
use std::collections::HashMap;

/// Consecutive changes that have to be alike before two series are compared whole.
const RUN: usize = 8;
/// Different changes among them: few different ones, as between small whole numbers, meet by chance.
const DIFFERENT_MIN: usize = 5;
/// Changes are compared in so many parts of the largest of the run: copies are rounded differently.
const PARTS: f64 = 1000.0;
/// Correlation of the changes over all periods that both have, above which they are one series.
const CORRELATION_MIN: f64 = 0.99;

/// Changes of a run in units of its largest one.
type Shape = [i16; RUN];

/// A series by the places of its collection and of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    collection: usize,
    series: usize,
}

/// A place in a series.
#[derive(Clone, Copy, Debug)]
struct At {
    place: Place,
    index: usize,
}

/// Marks series of collections of one frequency that another one has, too: of two copies the one that goes on later,
/// in all it has or in what may be learnt of it while the last values are held back, is not learnt from. Returns how
/// many that are.
pub fn set_aside(collections: &mut [&mut Collection]) -> usize {
    let mut seen: HashMap<Shape, Vec<At>> = HashMap::new();
    let mut aside: Vec<Place> = Vec::new();
    for nth in 0..collections.len() {
        let mut own: Vec<(Shape, At)> = Vec::new();
        for (series, one) in collections[nth].series.iter().enumerate() {
            let place = Place { collection: nth, series };
            let mut compared: Vec<Place> = Vec::new();
            for (index, values) in one.values.windows(RUN + 1).enumerate() {
                let Some(shape) = shape(values) else { continue };
                let here = At { place, index };
                for other in seen.get(&shape).into_iter().flatten() {
                    if !compared.contains(&other.place) {
                        compared.push(other.place);
                        aside.extend(later(collections, *other, here));
                    }
                }
                own.push((shape, here));
            }
        }
        for (shape, at) in own {
            seen.entry(shape).or_default().push(at);
        }
    }
    for place in &aside {
        collections[place.collection].series[place.series].learn = false;
    }
    collections.iter().flat_map(|collection| &collection.series).filter(|series| !series.learn).count()
}

/// Nothing for a run that could be anybody's.
fn shape(values: &[f64]) -> Option<Shape> {
    let mut shape = [0; RUN];
    let change = |at: usize| values[at + 1] - values[at];
    let largest = (0..RUN).map(|at| change(at).abs()).fold(0.0, f64::max);
    if !(largest > 0.0 && largest.is_finite()) {
        return None;
    }
    for (at, part) in shape.iter_mut().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "between -1000 and 1000; no number becomes 0")]
        let rounded = (change(at) / largest * PARTS).round() as i16;
        *part = rounded;
    }
    let mut different = shape.map(i16::abs);
    different.sort_unstable();
    let different = 1 + different.windows(2).filter(|pair| pair[0] != pair[1]).count();
    (different >= DIFFERENT_MIN).then_some(shape)
}

/// Which of two series that meet in a run is not to be learnt from; none when they only meet.
fn later(collections: &[&mut Collection], first: At, second: At) -> Vec<Place> {
    let of = |at: At| {
        let collection = &collections[at.place.collection];
        let series = &collection.series[at.place.series];
        let after = |length: usize| signed(length) - signed(at.index);
        let learnable = HoldBack::LAST.learnable(series, collection.horizon);
        (series.values.as_slice(), after(series.values.len()), after(learnable))
    };
    let ((one, one_ends, one_learnt), (other, other_ends, other_learnt)) = (of(first), of(second));
    let before = first.index.min(second.index);
    let (one, other) = (&one[first.index - before..], &other[second.index - before..]);
    if correlation(one, other) < CORRELATION_MIN {
        return Vec::new();
    }
    let mut aside = Vec::new();
    if one_ends > other_ends || one_learnt > other_learnt {
        aside.push(first.place);
    }
    if other_ends > one_ends || other_learnt > one_learnt || aside.is_empty() {
        aside.push(second.place);
    }
    aside
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Of the changes in the periods that both have; -1 where it is no number.
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let pairs = one.windows(2).zip(other.windows(2));
    let changes: Vec<(f64, f64)> = pairs.map(|(a, b)| (a[1] - a[0], b[1] - b[0])).collect();
    let known = changes.into_iter().filter(|(a, b)| a.is_finite() && b.is_finite()).collect::<Vec<_>>();
    let n = known.len() as f64;
    let mean = known.iter().fold((0.0, 0.0), |sum, (a, b)| (sum.0 + a / n, sum.1 + b / n));
    let (mut product, mut squares) = (0.0, (0.0, 0.0));
    for (a, b) in known {
        let (a, b) = (a - mean.0, b - mean.1);
        product += a * b;
        squares = (squares.0 + a * a, squares.1 + b * b);
    }
    (product / (squares.0 * squares.1).sqrt()).max(-1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::TrainSeries;

    /// Values without a pattern, the same for the same seed.
    fn walk(seed: u64, length: usize) -> Vec<f64> {
        let mut state = seed;
        let mut value = 1000.0;
        let step = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            value += (state >> 40) as f64 / 1e5;
            value
        };
        (0..length).map(step).collect()
    }

    fn collection(horizon: usize, series: Vec<Vec<f64>>) -> Collection {
        let series = series.into_iter().map(|values| TrainSeries { values, learn: true }).collect();
        Collection { name: String::new(), share: 1.0, horizon, series }
    }

    /// Whether each series is learnt from.
    fn learnt<const N: usize>(mut collections: [Collection; N]) -> Vec<Vec<bool>> {
        let mut all: Vec<&mut Collection> = collections.iter_mut().collect();
        let n = set_aside(&mut all);
        let learnt: Vec<Vec<bool>> =
            collections.iter().map(|one| one.series.iter().map(|series| series.learn).collect()).collect();
        assert_eq!(n, learnt.iter().flatten().filter(|learn| !**learn).count());
        learnt
    }

    #[test]
    fn of_two_copies_the_one_that_goes_on_later_is_not_learnt_from() {
        let long = walk(1, 60);
        // In thousands, rounded, and begun later; its own end lies before that of the other.
        let short: Vec<f64> = long[10..50].iter().map(|value| (value * 10.0).round() / 1e4).collect();
        let both = [collection(4, vec![walk(2, 60), long]), collection(4, vec![short, walk(3, 60)])];
        assert_eq!(learnt(both), [[true, false], [true, true]]);
    }

    #[test]
    fn of_two_that_end_together_the_one_that_holds_less_back_is_not_learnt_from() {
        let values = walk(1, 40);
        let both = [collection(6, vec![values.clone()]), collection(2, vec![values])];
        assert_eq!(learnt(both), [[true], [false]]);
    }

    #[test]
    fn a_run_that_is_alike_by_chance_makes_no_copy() {
        let (mut one, mut other) = (walk(1, 60), walk(2, 60));
        other.splice(20..29, one[20..29].iter().copied());
        let counts = |n: usize| (0..60).map(|t| ((t * n) % 3) as f64).collect::<Vec<f64>>();
        one[5] = f64::NAN;
        let both = [collection(4, vec![one, counts(1)]), collection(4, vec![other, counts(4)])];
        assert_eq!(learnt(both), [[true, true], [true, true]]);
    }

    #[test]
    fn copies_within_one_collection_are_left_alone() {
        let one = [collection(4, vec![walk(1, 30), walk(1, 40)])];
        assert_eq!(learnt(one), [[true, true]]);
    }
}
