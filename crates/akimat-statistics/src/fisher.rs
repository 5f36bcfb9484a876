//! The exact test of Fisher for tables of any size (Freeman and Halton 1951), by enumeration of every table with
//! the same margins; where there are too many of them, by simulation.

use crate::chance::Chance;
use crate::crosstab::Counts;
use statrs::function::factorial::ln_factorial;

/// More tables than this are not enumerated.
const TABLES_MAX: u64 = 2_000_000;
/// Simulated tables.
pub(crate) const SIMULATIONS: usize = 9_999;
/// With more persons than this nothing is simulated.
pub(crate) const SIMULATED_N_MAX: usize = 20_000;
/// Probabilities closer than this count as equal (the convention of R and SciPy).
const EQUAL: f64 = 1e-7;

/// Result of an enumeration.
#[derive(Debug)]
pub(crate) enum Exact {
    /// The p-value.
    P(f64),
    /// Too many tables.
    TooLarge,
}

/// Share of the tables with these margins, weighted by their probability, that are no more probable than this one.
pub(crate) fn exact(counts: &Counts) -> Exact {
    if counts.n > 20_000 {
        return Exact::TooLarge;
    }
    let mut walk = Walk::new(counts);
    let mut columns = counts.columns.clone();
    let fits = walk.fill(0, &mut columns, 0.0);
    if fits { Exact::P((walk.extreme / walk.all).min(1.0)) } else { Exact::TooLarge }
}

struct Walk {
    rows: Vec<usize>,
    log: Vec<f64>,
    /// Log-probability of the observed table, up to the constant that the margins give.
    observed: f64,
    extreme: f64,
    all: f64,
    n_tables: u64,
}

impl Walk {
    fn new(counts: &Counts) -> Self {
        let n = u64::try_from(counts.n).unwrap_or(u64::MAX);
        let log: Vec<f64> = (0..=n).map(ln_factorial).collect();
        let observed = -counts.cells.iter().flatten().map(|n| log[*n]).sum::<f64>();
        Self { rows: counts.rows.clone(), log, observed, extreme: 0.0, all: 0.0, n_tables: 0 }
    }

    /// Fills the rows from `row` on out of what is left of the columns; false when there are too many tables.
    fn fill(&mut self, row: usize, left: &mut [usize], so_far: f64) -> bool {
        if row + 1 == self.rows.len() {
            let last: f64 = left.iter().map(|n| self.log[*n]).sum();
            return self.count(so_far - last);
        }
        self.cell(row, 0, self.rows[row], left, so_far)
    }

    fn cell(&mut self, row: usize, column: usize, rest: usize, left: &mut [usize], so_far: f64) -> bool {
        if column + 1 == left.len() {
            if rest > left[column] {
                return true;
            }
            left[column] -= rest;
            let goes_on = self.fill(row + 1, left, so_far - self.log[rest]);
            left[column] += rest;
            return goes_on;
        }
        let beyond: usize = left[column + 1..].iter().sum();
        for n in rest.saturating_sub(beyond)..=rest.min(left[column]) {
            left[column] -= n;
            let goes_on = self.cell(row, column + 1, rest - n, left, so_far - self.log[n]);
            left[column] += n;
            if !goes_on {
                return false;
            }
        }
        true
    }

    fn count(&mut self, log: f64) -> bool {
        self.n_tables += 1;
        // Relative to the observed table, so that nothing underflows.
        let weight = (log - self.observed).exp();
        self.all += weight;
        if weight <= 1.0 + EQUAL {
            self.extreme += weight;
        }
        self.n_tables < TABLES_MAX
    }
}

/// The p-value by simulated tables with the same margins: (1 + as extreme) / (1 + all), with its standard error.
pub(crate) fn simulated(counts: &Counts, seed: u64) -> (f64, f64) {
    let n = u64::try_from(counts.n).unwrap_or(u64::MAX);
    let log: Vec<f64> = (0..=n).map(ln_factorial).collect();
    let weight = |cells: &[Vec<usize>]| -cells.iter().flatten().map(|n| log[*n]).sum::<f64>();
    let observed = weight(&counts.cells);
    let repeat = |margin: &[usize]| -> Vec<usize> {
        margin.iter().enumerate().flat_map(|(at, n)| std::iter::repeat_n(at, *n)).collect()
    };
    let (rows, mut columns) = (repeat(&counts.rows), repeat(&counts.columns));
    let (mut chance, mut extreme) = (Chance::new(seed), 0_usize);
    for _ in 0..SIMULATIONS {
        chance.shuffle(&mut columns);
        let mut cells = vec![vec![0_usize; counts.columns.len()]; counts.rows.len()];
        rows.iter().zip(&columns).for_each(|(row, column)| cells[*row][*column] += 1);
        extreme += usize::from(weight(&cells) <= observed + EQUAL);
    }
    let p = (1 + extreme) as f64 / (1 + SIMULATIONS) as f64;
    (p, (p * (1.0 - p) / SIMULATIONS as f64).sqrt())
}
