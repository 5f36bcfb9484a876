//! The training of one network: pinball loss of nine quantiles, AdamW, a learning rate that falls like a cosine.

use crate::collection::{Collection, HoldBack};
use crate::network::Net;
use crate::sample::{Batch, Lots, Sampler};
use akimat_forecast::neural::{Network, QUANTILES, Shape, Size, single};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use burn::tensor::TensorData;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const WARM_UP: usize = 200;
const CHECKPOINT_EVERY: usize = 500;

/// Everything that decides what a network becomes, besides the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// What goes in and comes out.
    pub shape: Shape,
    /// How large.
    pub size: Size,
    /// Steps of training.
    pub steps: usize,
    /// Windows a step.
    pub batch: usize,
    /// Highest learning rate.
    pub learning_rate: f64,
    /// Decides the first weights and all draws.
    pub seed: u64,
}

/// Why training stopped.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// No series is long enough.
    #[error("no series of the frequency is long enough to learn from")]
    NothingToLearn,
    /// The loss is no longer a number.
    #[error("the loss is no longer a number at step {0}")]
    Diverged(usize),
    /// A checkpoint cannot be written or read.
    #[error("the checkpoint {path}: {reason}")]
    Checkpoint {
        /// The file.
        path: String,
        /// What happened.
        reason: String,
    },
}

/// All trainings of a process draw their first weights from one generator, when a network is used for the first time: one
/// training at a time seeds it and draws.
static FIRST_WEIGHTS: Mutex<()> = Mutex::new(());

#[derive(Serialize, Deserialize)]
struct Progress {
    recipe: Recipe,
    step: usize,
    lots: u64,
    loss: f32,
}

/// Trains one network. `folder` holds the checkpoints: a training that was interrupted goes on from the last one.
/// `tell` gets the step and the smoothed loss.
///
/// # Errors
/// [`TrainError`].
pub fn train(
    recipe: &Recipe,
    collections: &[Collection],
    hold: HoldBack,
    folder: &Path,
    tell: &mut dyn FnMut(usize, f32),
) -> Result<Network, TrainError> {
    let sampler = Sampler::new(recipe.shape, collections, hold).ok_or(TrainError::NothingToLearn)?;
    let plain = Device::flex();
    let mut drawing = Some(FIRST_WEIGHTS.lock().unwrap_or_else(PoisonError::into_inner));
    plain.seed(recipe.seed);
    let device = plain.autodiff();
    let mut net = Net::new(&recipe.shape, &recipe.size, &device);
    let mut optimizer = AdamWConfig::new().with_weight_decay(1e-4).init();
    let mut lots = Lots(recipe.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (mut first, mut smoothed) = (0, f32::NAN);
    if let Some(progress) = read(folder, recipe) {
        let fail = |reason: String| TrainError::Checkpoint { path: folder.display().to_string(), reason };
        net = net.try_load_file(folder.join("network.bpk")).map_err(|error| fail(error.to_string()))?;
        optimizer = optimizer.load(folder.join("optimizer.bpk")).map_err(|error| fail(error.to_string()))?;
        (first, lots, smoothed) = (progress.step, Lots(progress.lots), progress.loss);
    }
    let levels = Tensor::<1>::from_data(TensorData::from(QUANTILES.map(single)), &device).reshape([
        1,
        1,
        QUANTILES.len(),
    ]);
    for step in first..recipe.steps {
        let batch = sampler.batch(recipe.batch, &mut lots);
        let loss = loss(&net, batch, recipe, &levels, &device);
        drop(drawing.take());
        if step % 50 == 0 {
            let now = loss.clone().into_scalar::<f32>();
            if !now.is_finite() {
                return Err(TrainError::Diverged(step));
            }
            smoothed = if smoothed.is_nan() { now } else { 0.8 * smoothed + 0.2 * now };
            tell(step, smoothed);
        }
        let gradients = GradientsParams::from_grads(loss.backward(), &net);
        net = optimizer.step(rate(recipe, step), net, gradients);
        if (step + 1) % CHECKPOINT_EVERY == 0 {
            let progress = Progress { recipe: *recipe, step: step + 1, lots: lots.0, loss: smoothed };
            let saved = net.clone().save_file(folder.join("network.bpk")).map_err(|error| error.to_string());
            let saved = saved.and_then(|()| {
                optimizer.save(folder.join("optimizer.bpk")).map_err(|error| error.to_string())
            });
            saved
                .and_then(|()| write(folder, &progress))
                .map_err(|reason| TrainError::Checkpoint { path: folder.display().to_string(), reason })?;
        }
    }
    net.export(recipe.shape, recipe.size).ok_or(TrainError::Diverged(recipe.steps))
}

fn loss(net: &Net, batch: Batch, recipe: &Recipe, levels: &Tensor<3>, device: &Device) -> Tensor<1> {
    let (rows, steps) = (recipe.batch, recipe.shape.horizon);
    let inputs = Tensor::<2>::from_data(TensorData::new(batch.inputs, [rows, recipe.shape.inputs()]), device);
    let targets = Tensor::<3>::from_data(TensorData::new(batch.targets, [rows, steps, 1]), device);
    let weights = Tensor::<3>::from_data(TensorData::new(batch.weights, [rows, steps, 1]), device);
    let outputs = net.forward(inputs).reshape([rows, steps, QUANTILES.len()]);
    let error = targets - outputs;
    // Pinball: q e above, (q - 1) e below.
    let pinball = (error.clone() * levels.clone()).max_pair(error * (levels.clone() - 1.0));
    (pinball * weights).mean()
}

fn rate(recipe: &Recipe, step: usize) -> f64 {
    if step < WARM_UP {
        return recipe.learning_rate * (step + 1) as f64 / WARM_UP as f64;
    }
    let part = (step - WARM_UP) as f64 / (recipe.steps - WARM_UP).max(1) as f64;
    recipe.learning_rate * 0.5 * (1.0 + (std::f64::consts::PI * part).cos()) + 1e-6
}

/// The checkpoint of the same recipe, if there is one.
fn read(folder: &Path, recipe: &Recipe) -> Option<Progress> {
    let text = std::fs::read_to_string(folder.join("progress.json")).ok()?;
    serde_json::from_str(&text).ok().filter(|progress: &Progress| progress.recipe == *recipe)
}

/// The progress is written last, so that it never speaks of weights that are not there.
fn write(folder: &Path, progress: &Progress) -> Result<(), String> {
    let text = serde_json::to_string(progress).map_err(|error| error.to_string())?;
    let new = folder.join("progress.json.new");
    std::fs::write(&new, text)
        .and_then(|()| std::fs::rename(&new, folder.join("progress.json")))
        .map_err(|e| e.to_string())
}
