//! Two classifications against each other: Pearson's chi-squared, the exact test of Fisher, Cramér's V.

use crate::distribution::chi_squared_upper;
use crate::fisher::{self, Exact};
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::table::{Kind, Table};
use crate::warning::Warning;

/// Counts of a cross-table.
#[derive(Debug)]
pub(crate) struct Counts {
    pub(crate) cells: Vec<Vec<usize>>,
    pub(crate) rows: Vec<usize>,
    pub(crate) columns: Vec<usize>,
    pub(crate) n: usize,
}

impl Counts {
    fn new(cells: Vec<Vec<usize>>) -> Self {
        let rows: Vec<usize> = cells.iter().map(|row| row.iter().sum()).collect();
        let width = cells.first().map_or(0, Vec::len);
        let columns = (0..width).map(|at| cells.iter().map(|row| row[at]).sum()).collect();
        Self { n: rows.iter().sum(), cells, rows, columns }
    }

    fn expected(&self, row: usize, column: usize) -> f64 {
        self.rows[row] as f64 * self.columns[column] as f64 / self.n as f64
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.rows.len()).flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)))
    }

    /// Pearson's chi-squared; `less` is taken off each difference (Yates).
    fn chi_squared(&self, less: f64) -> f64 {
        let term = |(row, column): (usize, usize)| {
            let expected = self.expected(row, column);
            let difference = (self.cells[row][column] as f64 - expected).abs();
            let difference = difference - less.min(difference);
            difference * difference / expected
        };
        self.places().map(term).sum()
    }
}

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    crate::design::count(&request.columns, 2, 2)?;
    let (first, second) = (table.find(&request.columns[0])?, table.find(&request.columns[1])?);
    for column in [first, second] {
        if *column.kind() == Kind::Mixed {
            column.numbers()?;
        }
    }
    let persons = crate::frequency::persons(table, request.count.as_deref())?;
    let (first_levels, second_levels) = (first.levels()?, second.levels()?);
    let (a, b) = (first.codes(&first_levels), second.codes(&second_levels));
    let mut cells = vec![vec![0_usize; second_levels.len()]; first_levels.len()];
    let mut missing = 0;
    for ((a, b), n) in a.iter().zip(&b).zip(&persons) {
        match (a, b) {
            (Some(a), Some(b)) => cells[*a][*b] += n,
            _ => missing += n,
        }
    }
    // Levels that only rows with a gap have are left out.
    let kept_rows: Vec<usize> = (0..cells.len()).filter(|row| cells[*row].iter().any(|n| *n > 0)).collect();
    let kept_columns: Vec<usize> =
        (0..second_levels.len()).filter(|at| cells.iter().any(|row| row[*at] > 0)).collect();
    for (column, kept) in [(first, kept_rows.len()), (second, kept_columns.len())] {
        if kept < 2 {
            return Err(Refusal::Groups { column: column.name().to_owned(), have: kept, need: 2 });
        }
    }
    let picked =
        kept_rows.iter().map(|row| kept_columns.iter().map(|at| cells[*row][*at]).collect()).collect();
    let counts = Counts::new(picked);
    let row_names: Vec<&str> = kept_rows.iter().map(|at| first_levels[*at]).collect();
    let column_names: Vec<&str> = kept_columns.iter().map(|at| second_levels[*at]).collect();
    let (test, warnings) = tests(&counts, request.seed);
    Ok(Outcome {
        n: counts.n,
        missing,
        sheets: vec![cell_sheet(&counts, &row_names, &column_names), test],
        warnings,
    })
}

fn cell_sheet(counts: &Counts, rows: &[&str], columns: &[&str]) -> Sheet {
    let figures = ["count", "row_share", "column_share", "expected", "residual"];
    let mut sheet = Sheet::new("cells", &["row", "column"], &figures);
    let n = counts.n as f64;
    for (row, column) in counts.places() {
        let (count, expected) = (counts.cells[row][column], counts.expected(row, column));
        let (of_row, of_column) = (counts.rows[row] as f64, counts.columns[column] as f64);
        // Adjusted standardised residual (Haberman 1973): beyond 2 the cell stands out.
        let spread = (expected * (1.0 - of_row / n) * (1.0 - of_column / n)).sqrt();
        let values = vec![
            Value::count(count),
            Value::share(count as f64 / of_row),
            Value::share(count as f64 / of_column),
            Value::number(expected),
            Value::number((count as f64 - expected) / spread),
        ];
        sheet.add(&[rows[row], columns[column]], values);
    }
    sheet
}

fn tests(counts: &Counts, seed: u64) -> (Sheet, Vec<Warning>) {
    let mut warnings = Vec::new();
    let (height, width) = (counts.rows.len(), counts.columns.len());
    let df = (height - 1) * (width - 1);
    let chi = counts.chi_squared(0.0);
    let low = counts.places().filter(|(row, column)| counts.expected(*row, *column) < 5.0).count();
    let v = (chi / (counts.n as f64 * (height.min(width) - 1) as f64)).sqrt();
    let mut facts = vec![
        ("chi_squared", Value::number(chi)),
        ("df", Value::count(df)),
        ("p", Value::p(chi_squared_upper(chi, df as f64))),
    ];
    if df == 1 {
        let yates = counts.chi_squared(0.5);
        facts.push(("chi_squared_yates", Value::number(yates)));
        facts.push(("p_yates", Value::p(chi_squared_upper(yates, 1.0))));
        let cell = |row: usize, column: usize| counts.cells[row][column] as f64;
        facts.push(("odds_ratio", Value::number(cell(0, 0) * cell(1, 1) / (cell(0, 1) * cell(1, 0)))));
    }
    facts.push(("cramers_v", Value::number(v)));
    facts.push(("expected_below_five", Value::count(low)));
    if low > 0 {
        warnings.push(Warning::ExpectedBelowFive { n: low });
    }
    match fisher::exact(counts) {
        Exact::P(p) => facts.push(("p_exact", Value::p(p))),
        // Only where it is needed: a large table with many persons has a good approximation.
        Exact::TooLarge if low > 0 && counts.n <= fisher::SIMULATED_N_MAX => {
            let (p, se) = fisher::simulated(counts, seed);
            facts.push(("p_simulated", Value::p(p)));
            facts.push(("p_simulated_se", Value::number(se)));
            warnings.push(Warning::Simulated { n: fisher::SIMULATIONS, seed });
        }
        Exact::TooLarge => {}
    }
    (Sheet::facts("test", facts), warnings)
}
