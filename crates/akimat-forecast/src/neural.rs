//! The neural forecaster: several small networks, one set of weights for all series of a frequency, trained by
//! akimat-train. Here they are only used: pure Rust, no state, the weights read when first asked for.

pub mod network;
pub mod weights;
pub mod window;

pub use network::{Network, QUANTILES, Size};
pub use weights::{Ensemble, WeightsError};
pub use window::{Origin, Shape, single};

use nalgebra::DMatrix;
use std::sync::LazyLock;

/// Code of the neural model in choices, stores and exports.
pub const CODE: &str = "neural";

/// The model card of the shipped networks as JSON: data with checksums, recipes, scores by collection.
pub const CARD: &str = include_str!("../weights/model-card.json");

/// Place of the median in [`QUANTILES`].
pub const MEDIAN: usize = 4;

/// Quantiles of one step, in the order of [`QUANTILES`], never falling.
pub type Quantiles = [f64; QUANTILES.len()];

/// The networks that come with the crate, read when first asked for. The file is part of the program: a test
/// reads it; should it be damaged all the same, forecasts go on without the neural model.
pub fn shipped() -> Option<&'static Ensemble> {
    static SHIPPED: LazyLock<Option<Ensemble>> =
        LazyLock::new(|| Ensemble::decode(include_bytes!("../weights/forecast.akn")).ok());
    SHIPPED.as_ref()
}

impl Ensemble {
    /// Quantiles for each history, at most `horizon` steps and at most as many as the networks give. An empty
    /// answer: no network of this season fits the history.
    pub fn quantiles(&self, histories: &[&[f64]], season: usize, horizon: usize) -> Vec<Vec<Quantiles>> {
        mean_of(self.of(season), histories, horizon)
    }

    /// As [`Ensemble::quantiles`], by one network: the first that needs no logarithms, so that it fits every history.
    /// Where only the order of size of its errors matters, the others would say the same.
    pub fn one_for_all(&self, histories: &[&[f64]], season: usize, horizon: usize) -> Vec<Vec<Quantiles>> {
        let plain = self.of(season).find(|network| !network.shape.log);
        mean_of(plain.or_else(|| self.of(season).next()).into_iter(), histories, horizon)
    }

    fn of(&self, season: usize) -> impl Iterator<Item = &Network> {
        self.networks.iter().filter(move |network| network.shape.season == season)
    }
}

fn mean_of<'a>(
    networks: impl Iterator<Item = &'a Network>,
    histories: &[&[f64]],
    horizon: usize,
) -> Vec<Vec<Quantiles>> {
    let mut sums: Vec<(Vec<Quantiles>, f64)> = vec![(Vec::new(), 0.0); histories.len()];
    networks.for_each(|network| network.add(histories, horizon, &mut sums));
    let mean = |(mut steps, count): (Vec<Quantiles>, f64)| {
        steps.iter_mut().flatten().for_each(|quantile| *quantile /= count);
        steps.iter_mut().for_each(|step| step.sort_by(f64::total_cmp));
        steps
    };
    sums.into_iter().map(mean).collect()
}

impl Network {
    /// Adds the quantiles of this network to those histories that fit it.
    fn add(&self, histories: &[&[f64]], horizon: usize, sums: &mut [(Vec<Quantiles>, f64)]) {
        let mut inputs = Vec::new();
        let mut origins = Vec::new();
        for (at, values) in histories.iter().enumerate().filter(|(_, values)| self.shape.fits(values)) {
            origins.push((at, self.shape.encode(values, &mut inputs)));
        }
        if origins.is_empty() {
            return;
        }
        let outputs = self.forward(&DMatrix::from_row_slice(origins.len(), self.shape.inputs(), &inputs));
        let steps = horizon.min(self.shape.horizon);
        for (row, (at, origin)) in origins.into_iter().enumerate() {
            let (sum, count) = &mut sums[at];
            sum.resize(sum.len().max(steps), [0.0; QUANTILES.len()]);
            for (step, quantiles) in sum.iter_mut().enumerate().take(steps) {
                for (place, quantile) in quantiles.iter_mut().enumerate() {
                    let output = outputs[(row, step * QUANTILES.len() + place)];
                    *quantile += self.shape.value(origin, output);
                }
            }
            *count += 1.0;
        }
    }
}
