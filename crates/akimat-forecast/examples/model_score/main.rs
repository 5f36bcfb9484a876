//! Every model of the catalogue on samples of the shared series, their last training values held back: sMAPE, MASE and
//! CPU time, beside those of a reference when a folder with its forecasts is given (made by
//! `tests/reference/score.py`). Prints the table of docs/method/forecast-models.md.
//!
//! `cargo run --release -p akimat-forecast --example model_score -- ../shared/data [REFERENCE_DIR] [SET,SET] [CODE,CODE]`
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a tool that prints and measures"
)]

use akimat_forecast::accuracy::{mae, mase_scale, smape};
use akimat_forecast::catalogue::catalogue;
use akimat_forecast::model::{History, Model};
use std::io::Read;
use std::path::Path;
use std::time::Instant;

/// Name, file, seasonal period, horizon, every how many.
const SETS: [(&str, &str, usize, usize, usize); 8] = [
    ("m4y", "m4/m4_yearly.csv.gz", 1, 6, 46),
    ("usl", "public-finance/us_local_gov_annual_2004_2019.csv.gz", 1, 3, 2),
    ("m4q", "m4/m4_quarterly_short.csv.gz", 4, 8, 30),
    ("ust", "public-finance/us_state_tax_quarterly.csv.gz", 4, 8, 2),
    ("m4m", "m4/m4_monthly_short_trainonly.csv.gz", 12, 18, 10),
    ("uac", "public-finance/ua_city_budget_monthly.csv.gz", 12, 12, 2),
    ("fms", "public-finance/uk_fixmystreet_monthly.csv.gz", 12, 12, 4),
    (TEST_SET, "m4/m4_yearly.csv.gz", 1, 6, 1),
];

/// The test values of the competition, all series: only when named, and not for choosing anything.
const TEST_SET: &str = "m4y_test";

struct Sample {
    training: Vec<f64>,
    facts: Vec<f64>,
}

fn read(file: &Path, horizon: usize, every: usize, tested: bool) -> Vec<Sample> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let numbers = |line: &str, head: &str| -> Vec<f64> {
        let column = heads.iter().position(|name| *name == head).unwrap();
        line.split(',').nth(column).unwrap().split(' ').map(|number| number.parse().unwrap()).collect()
    };
    let cut = |line: &str| {
        let mut training = numbers(line, "train");
        let facts = if tested {
            numbers(line, "test")
        } else {
            training.split_off(training.len().saturating_sub(horizon))
        };
        Sample { training, facts }
    };
    let usable = |s: &Sample| s.training.len() >= 8 && s.training.iter().any(|value| *value != s.training[0]);
    lines.step_by(every).map(cut).filter(usable).collect()
}

/// Mean sMAPE and MASE; series without a scale are left out of the latter.
fn score(samples: &[Sample], points: &[Vec<f64>], period: usize) -> (f64, f64) {
    let (mut symmetric, mut scaled, mut n_scaled) = (0.0, 0.0, 0.0);
    for (sample, points) in samples.iter().zip(points) {
        symmetric += smape(&sample.facts, points);
        if let Some(scale) = mase_scale(&sample.training, period) {
            scaled += mae(&sample.facts, points) / scale;
            n_scaled += 1.0;
        }
    }
    (symmetric / samples.len() as f64, scaled / n_scaled)
}

fn reference(dir: Option<&str>, set: &str, code: &str) -> Option<(Vec<Vec<f64>>, f64)> {
    let text = std::fs::read_to_string(format!("{}/{set}.{code}.json", dir?)).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let numbers =
        |v: &serde_json::Value| v.as_array().unwrap().iter().map(|n| n.as_f64().unwrap_or(0.0)).collect();
    let points = value["points"].as_array().unwrap().iter().map(numbers).collect();
    Some((points, value["cpu_ms"].as_f64().unwrap()))
}

/// Share of series whose paths differ by less than one per cent of the scale of MASE, on average over the steps.
fn agreement(samples: &[Sample], ours: &[Vec<f64>], theirs: &[Vec<f64>], period: usize) -> f64 {
    let close = |((sample, ours), theirs): ((&Sample, &Vec<f64>), &Vec<f64>)| {
        let scale = mase_scale(&sample.training, period).unwrap_or(1.0);
        usize::from(mae(ours, theirs) <= 0.01 * scale)
    };
    let n: usize = samples.iter().zip(ours).zip(theirs).map(close).sum();
    n as f64 / samples.len() as f64
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let get = |i: usize| arguments.get(i).map(String::as_str);
    let listed = |i: usize, name: &str| {
        get(i).is_none_or(|list| list.is_empty() || list.split(',').any(|x| x == name))
    };
    println!("| set | n | model | sMAPE | MASE | ms | reference sMAPE | MASE | ms | same path |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (set, file, period, horizon, every) in SETS {
        let named = get(2).is_some_and(|list| list.contains(TEST_SET));
        if !listed(2, set) || (set == TEST_SET && !named) {
            continue;
        }
        let samples =
            read(&Path::new(get(0).unwrap_or("../shared/data")).join(file), horizon, every, set == TEST_SET);
        for &model in catalogue().iter().filter(|model| listed(3, model.code())) {
            row(model, (set, period, horizon), &samples, get(1));
        }
    }
}

fn row(
    model: &dyn Model,
    (set, period, horizon): (&str, usize, usize),
    samples: &[Sample],
    dir: Option<&str>,
) {
    let started = Instant::now();
    let mut n_refused = 0;
    let mut predict = |sample: &Sample| {
        let history = History { values: &sample.training, season: period };
        model.predict(&history, horizon).map_or_else(
            |_| {
                n_refused += 1;
                vec![history.last(); horizon]
            },
            |path| path.points,
        )
    };
    let points: Vec<Vec<f64>> = samples.iter().map(&mut predict).collect();
    let ms = 1000.0 * started.elapsed().as_secs_f64() / samples.len() as f64;
    let (smape, mase) = score(samples, &points, period);
    let n = samples.len();
    print!("| {set} | {n} | {} | {smape:.3} | {mase:.4} | {ms:.3} |", model.code());
    if let Some((theirs, ms)) = reference(dir, set, model.code()) {
        let (smape, mase) = score(samples, &theirs, period);
        let same = 100.0 * agreement(samples, &points, &theirs, period);
        print!(" {smape:.3} | {mase:.4} | {ms:.3} | {same:.0} % |");
    }
    println!("{}", if n_refused > 0 { format!(" refused {n_refused}") } else { String::new() });
}
