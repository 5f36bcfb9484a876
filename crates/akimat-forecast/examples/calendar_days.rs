//! Whether working days help the quarterly series of Kazakhstan: the numbers of docs/method/fiscal-year.md.
//!
//! `cargo run --release -p akimat-forecast --example calendar_days -- ../shared/data`
#![expect(clippy::print_stdout, reason = "an example prints")]

use akimat_forecast::calendar::trial;
use flate2::read::GzDecoder;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let root = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "../shared/data".to_owned()));
    let file = std::fs::File::open(root.join("public-finance/kz_macro_quarterly.csv.gz"))?;
    let (mut n, mut helped, mut better, mut ratio) = (0_u32, 0_u32, 0_u32, 0.0);
    for row in BufReader::new(GzDecoder::new(file)).lines().skip(1) {
        let row = row?;
        let fields: Vec<&str> = row.split(',').collect();
        let [id, .., start, _, train] = fields[..] else { continue };
        let values: Option<Vec<f64>> = train.split(' ').map(|value| value.parse().ok()).collect();
        let start = start.replacen('Q', "-Q", 1).parse();
        let (Some(values), Ok(start)) = (values, start) else { continue };
        let Some(trial) = trial(start, &values) else { continue };
        n += 1;
        helped += u32::from(trial.helps(4));
        better += u32::from(trial.per_day < trial.plain);
        ratio += (trial.per_day / trial.plain).ln();
        println!("{id}: {:.4} plain, {:.4} per working day", trial.plain, trial.per_day);
    }
    println!(
        "{n} series: error per working day over plain {:.3} (geometric mean), smaller in {better}, helps in {helped}",
        (ratio / f64::from(n)).exp()
    );
    Ok(())
}
