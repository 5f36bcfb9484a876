//! Draws windows and what followed them.

use crate::collection::{Collection, HoldBack};
use akimat_forecast::accuracy::mase_scale;
use akimat_forecast::neural::{Shape, single};

/// Shortest history that is shown.
const HISTORY_MIN: usize = 4;
/// Origins are drawn from so many horizons at the end.
const HORIZONS: usize = 10;
/// Share of windows that pretend that the series began later.
const SHORTENED: f64 = 0.3;
const TARGET_MAX: f32 = 40.0;

/// A generator with one word of state (Steele, Lea, Flood 2014, SplitMix64), so that a checkpoint holds it.
#[derive(Clone, Copy, Debug)]
pub struct Lots(pub u64);

impl Lots {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or(0)
    }
}

/// Windows, what followed, and what each counts.
#[derive(Debug, Default)]
pub struct Batch {
    /// Rows of inputs.
    pub inputs: Vec<f32>,
    /// Rows of what followed, in units of the window; 0 where unknown.
    pub targets: Vec<f32>,
    /// What each target counts; 0 where unknown.
    pub weights: Vec<f32>,
}

struct Source<'a> {
    /// Share of draws up to here.
    until: f64,
    series: Vec<&'a [f64]>,
}

/// Where windows come from.
pub struct Sampler<'a> {
    shape: Shape,
    sources: Vec<Source<'a>>,
}

impl std::fmt::Debug for Sampler<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sampler").field("shape", &self.shape).finish_non_exhaustive()
    }
}

impl<'a> Sampler<'a> {
    /// Windows of the learnable parts; `None` when no series is long enough.
    pub fn new(shape: Shape, collections: &'a [Collection], hold: HoldBack) -> Option<Self> {
        let mut sources = Vec::new();
        let mut total = 0.0;
        for collection in collections {
            let parts = collection
                .series
                .iter()
                .filter(|series| series.learn)
                .map(|series| &series.values[..hold.learnable(series, collection.horizon)]);
            let usable = |values: &&[f64]| {
                values.len() >= HISTORY_MIN + 2
                    && values.windows(2).any(|pair| pair[0] != pair[1])
                    && (!shape.log || values.iter().all(|value| *value > 0.0))
            };
            let series: Vec<&[f64]> = parts.filter(usable).collect();
            if !series.is_empty() {
                total += collection.share;
                sources.push(Source { until: total, series });
            }
        }
        sources.iter_mut().for_each(|source| source.until /= total);
        (!sources.is_empty()).then_some(Self { shape, sources })
    }

    /// Draws `count` windows.
    pub fn batch(&self, count: usize, lots: &mut Lots) -> Batch {
        let mut batch = Batch::default();
        for _ in 0..count {
            let at = lots.unit();
            let source = self.sources.iter().find(|source| at < source.until).unwrap_or(&self.sources[0]);
            let values = source.series[lots.below(source.series.len())];
            self.window(values, lots, &mut batch);
        }
        batch
    }

    fn window(&self, values: &[f64], lots: &mut Lots, batch: &mut Batch) {
        let horizon = self.shape.horizon;
        let latest = values.len() - (horizon.div_ceil(2)).min(values.len() - HISTORY_MIN - 1).max(1);
        let earliest = latest.saturating_sub(HORIZONS * horizon).max(HISTORY_MIN + 1).min(latest);
        let cut = earliest + lots.below(latest - earliest + 1);
        let start = if lots.unit() < SHORTENED {
            let keep = HISTORY_MIN + lots.below(self.shape.lags.saturating_sub(HISTORY_MIN));
            cut.saturating_sub(keep)
        } else {
            0
        };
        let history = &values[start..cut];
        let origin = self.shape.encode(history, &mut batch.inputs);
        let last = history.last().copied().unwrap_or(0.0);
        let unit = if self.shape.log { last * origin.scale } else { origin.scale };
        let weight = weight(unit, last, history, self.shape.season);
        for step in 0..horizon {
            let target = values
                .get(cut + step)
                .map(|value| single((self.shape.seen(*value) - origin.base) / origin.scale));
            batch.targets.push(target.unwrap_or(0.0).clamp(-TARGET_MAX, TARGET_MAX));
            batch.weights.push(if target.is_some() { weight } else { 0.0 });
        }
    }
}

/// What an error of one unit counts by the two measures of the M4 competition, each over its usual size, so that
/// what is minimised is what is judged.
fn weight(unit: f64, last: f64, history: &[f64], season: usize) -> f32 {
    let (mase, smape) = match season {
        1 => (3.0, 13.0),
        4 => (1.1, 9.7),
        _ => (0.9, 12.3),
    };
    let scaled = mase_scale(history, season).map_or(1.0, |scale| unit / scale);
    let relative = if last == 0.0 { 1.0 } else { 100.0 * unit / last.abs() * mase / smape };
    single((0.5 * scaled + 0.5 * relative).clamp(0.05, 5.0))
}
