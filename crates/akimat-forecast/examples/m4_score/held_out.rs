//! Series with their last values held out, and the score of methods on them. Shared by the example that
//! prints the table of docs/method/forecast.md and by the test that guards it.

use akimat_core::{Frequency, Period};
use akimat_forecast::accuracy::{mae, mase_scale, msis, smape};
use akimat_forecast::ets::Ets;
use akimat_forecast::model::{History, Model};
use akimat_forecast::naive::{Naive, Naive2, SeasonalNaive};
use akimat_forecast::theta::Theta;
use akimat_forecast::{Engine, Forecast, Refusal, Series, neural};
use std::io::Read;
use std::path::Path;

/// A collection: file below the shared data folder, frequency, horizon.
pub(crate) type Collection = (&'static str, Frequency, usize);

/// One series, cut.
pub(crate) struct HeldOut {
    pub(crate) training: Vec<f64>,
    pub(crate) facts: Vec<f64>,
}

/// Reads every `every`-th series of a gzipped CSV whose column `train` holds numbers separated by blanks. With a
/// column `test` that is what is held out, otherwise the last `horizon` values are.
pub(crate) fn read(file: &Path, horizon: usize, every: usize) -> std::io::Result<Vec<HeldOut>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(file)?).read_to_string(&mut text)?;
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let column = |name: &str| heads.iter().position(|head| *head == name);
    let (train, test) = (column("train").expect("the files have it"), column("test"));
    let numbers = |text: &str| text.split(' ').filter_map(|number| number.parse().ok()).collect::<Vec<f64>>();
    let cut = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let mut training = numbers(cells[train]);
        let facts = match test {
            Some(test) => numbers(cells[test]),
            None => training.split_off(training.len().saturating_sub(horizon)),
        };
        HeldOut { training, facts }
    };
    let long_enough = |series: &HeldOut| series.training.len() >= 8 && series.facts.len() == horizon;
    Ok(lines.step_by(every).map(cut).filter(long_enough).collect())
}

/// Sums over series for one method.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sums {
    smape: f64,
    mase: f64,
}

/// What the intervals at 80 and 95 per cent did.
#[derive(Clone, Copy, Default)]
pub(crate) struct IntervalSums {
    inside: [usize; 2],
    facts: usize,
    msis95: f64,
}

/// Score of a collection.
#[derive(Default)]
pub(crate) struct Table {
    /// In the order of [`METHODS`].
    sums: [Sums; METHODS.len()],
    intervals: IntervalSums,
    pub(crate) n_series: usize,
    /// Series refused and given to the naive forecast.
    pub(crate) n_refused: usize,
    /// Series where a naive forecast stood alone.
    pub(crate) n_naive: usize,
}

/// Most series that widths are learnt from.
const TEACHERS_MAX: usize = 256;

pub(crate) const METHODS: [&str; 7] =
    ["naive", "seasonal naive", "Naive2", "ETS", "Theta", "mean of the two", "combined"];
const NAIVE2: usize = 2;
pub(crate) const COMBINED: usize = 6;

impl Table {
    /// Forecasts every series and compares. Widths learn from the training parts of all, as `akimat forecast` does
    /// with a file of many series. Constant series have no scale and are left out, as in the organisers' means.
    pub(crate) fn of(held_out: &[HeldOut], frequency: Frequency, horizon: usize) -> Self {
        let mut table = Self::default();
        let season = usize::from(frequency.per_year());
        let stride = held_out.len().div_ceil(TEACHERS_MAX).max(1);
        let teachers: Vec<Series> =
            held_out.iter().step_by(stride).map(|series| known(series, frequency)).collect();
        let factors = Engine::learn(season, &teachers, horizon);
        let engine = Engine { neural: neural::shipped(), factors: Some(&factors) };
        for series in held_out {
            if let Some(scale) = mase_scale(&series.training, season) {
                let forecast = engine.forecast(&known(series, frequency), horizon, &[80, 95]);
                table.add(series, frequency, (forecast, scale));
            }
        }
        table
    }

    fn add(&mut self, series: &HeldOut, frequency: Frequency, own: (Result<Forecast, Refusal>, f64)) {
        let ((forecast, scale), horizon) = (own, series.facts.len());
        let season = usize::from(frequency.per_year());
        let history = History { values: &series.training, season };
        let naive = Naive.predict(&history, horizon).expect("eight points or more").points;
        let by =
            |model: &dyn Model| model.predict(&history, horizon).map_or_else(|_| naive.clone(), |p| p.points);
        let (ets, theta) = (by(&Ets), by(&Theta));
        let mean: Vec<f64> = ets.iter().zip(&theta).map(|(a, b)| (a + b) / 2.0).collect();
        let combined = match forecast {
            Ok(forecast) => {
                self.n_naive += usize::from(forecast.choice.code() != "combined");
                self.count_intervals(&forecast, &series.facts, scale);
                forecast.steps.iter().map(|step| step.point).collect()
            }
            Err(_) => {
                self.n_refused += 1;
                naive.clone()
            }
        };
        let paths = [naive.clone(), by(&SeasonalNaive), by(&Naive2), ets, theta, mean, combined];
        for (sums, path) in self.sums.iter_mut().zip(&paths) {
            sums.smape += smape(&series.facts, path);
            sums.mase += mae(&series.facts, path) / scale;
        }
        self.n_series += 1;
    }

    fn count_intervals(&mut self, forecast: &Forecast, facts: &[f64], scale: f64) {
        let sums = &mut self.intervals;
        for (step, fact) in forecast.steps.iter().zip(facts) {
            sums.facts += 1;
            for (inside, interval) in sums.inside.iter_mut().zip(&step.intervals) {
                *inside += usize::from(interval.low <= *fact && *fact <= interval.high);
            }
        }
        let outer: Vec<(f64, f64)> =
            forecast.steps.iter().map(|step| (step.intervals[1].low, step.intervals[1].high)).collect();
        sums.msis95 += msis(facts, &outer, 95, scale);
    }

    /// sMAPE, MASE and OWA of a method.
    pub(crate) fn point(&self, method: usize) -> (f64, f64, f64) {
        let n = self.n_series as f64;
        let (own, base) = (self.sums[method], self.sums[NAIVE2]);
        (own.smape / n, own.mase / n, (own.smape / base.smape + own.mase / base.mase) / 2.0)
    }

    /// Shares of facts inside the 80 and 95 per cent intervals, and MSIS at 95.
    pub(crate) fn interval(&self) -> (f64, f64, f64) {
        let IntervalSums { inside, facts, msis95 } = self.intervals;
        let share = |inside: usize| inside as f64 / facts as f64;
        (share(inside[0]), share(inside[1]), msis95 / (self.n_series - self.n_refused) as f64)
    }
}

/// What is known of a series. The year is invented: nothing depends on it.
fn known(series: &HeldOut, frequency: Frequency) -> Series {
    let start = Period::new(1000, 1, frequency).expect("the first part of a year");
    Series::new("held out", start, series.training.clone()).expect("finite values")
}
