//! The Infrastructure Prioritization Framework: a social-environmental and a financial-economic index on a plane.
//!
//! Source: D. Marcelo, C. Mandri-Perrott, S. House and J. Schwartz, World Bank Policy Research Working Paper 7674
//! (2016). `z = s (x - mean)/sd`, `I = Σ w z`, index from 0 to 100; the cut of an index lies at the last project that
//! the budget reaches when projects are taken by that index.

use crate::order::spearman;
use crate::{Fault, Ranking, Table};
use serde::{Deserialize, Serialize};

/// To which index a criterion belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Social and environmental.
    Social,
    /// Financial and economic.
    Financial,
}

/// Where the weights within an index come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weighting {
    /// All alike.
    Equal,
    /// As the table states them.
    Expert,
    /// Sizes of the loadings of the first principal component: they follow the data, not policy.
    Pca,
}

/// A quarter of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Quadrant {
    /// Beyond both cuts.
    A,
    /// Beyond the social cut only.
    B,
    /// Beyond the financial cut only.
    C,
    /// Beyond neither.
    D,
}

impl Side {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Social, Self::Financial];

    /// The name in documents, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Social => "social",
            Self::Financial => "financial",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }
}

impl Weighting {
    /// Every source of weights.
    pub const ALL: [Self; 3] = [Self::Equal, Self::Expert, Self::Pca];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Expert => "expert",
            Self::Pca => "pca",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|weighting| weighting.code() == code)
    }
}

impl Quadrant {
    /// Every quarter.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// Its letter.
    pub const fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// Costs of the projects and the budget of the sector, in one unit.
#[derive(Clone, Copy, Debug)]
pub struct Money<'a> {
    /// By project.
    pub costs: &'a [f64],
    /// What there is.
    pub budget: f64,
}

/// The plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Ipf {
    /// Weight of each criterion within its index.
    pub weights: Vec<f64>,
    /// Social-environmental index by project, from 0 to 100.
    pub sei: Vec<f64>,
    /// Financial-economic index by project, from 0 to 100.
    pub fei: Vec<f64>,
    /// The social cut; `None` without a budget, or when not even the first project is reached.
    pub sei_cut: Option<f64>,
    /// The financial cut.
    pub fei_cut: Option<f64>,
    /// Quarter of each project; `None` without a budget.
    pub quadrants: Option<Vec<Quadrant>>,
}

/// How two sources of weights differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Other source.
    pub weighting: Weighting,
    /// Rank correlation of the social index with that of the first; `None` when it has no meaning.
    pub sei_rho: Option<f64>,
    /// The same of the financial index.
    pub fei_rho: Option<f64>,
    /// Projects that lie in another quarter.
    pub crossing: Vec<usize>,
}

/// Both indices of a table.
///
/// # Errors
/// [`Fault::Constant`] for a criterion with one value, [`Fault::Missing`] when an index has no criterion,
/// [`Fault::Length`], [`Fault::Negative`] for a cost or budget, [`Fault::TooFew`] for one project.
pub fn ipf(
    table: &Table,
    sides: &[Side],
    weighting: Weighting,
    money: Option<Money<'_>>,
) -> Result<Ipf, Fault> {
    if table.n() < 2 {
        return Err(Fault::TooFew { field: "alternatives".to_owned(), n: table.n(), least: 2 });
    }
    if sides.len() != table.m() {
        return Err(Fault::Length { field: "sides".to_owned(), n: sides.len(), expected: table.m() });
    }
    table.refuse_constants()?;
    let mut weights = vec![0.0; table.m()];
    let sei = index(table, sides, (Side::Social, weighting), &mut weights)?;
    let fei = index(table, sides, (Side::Financial, weighting), &mut weights)?;
    let Some(money) = money else {
        return Ok(Ipf { weights, sei, fei, sei_cut: None, fei_cut: None, quadrants: None });
    };
    check_money(table, money)?;
    let (sei_cut, fei_cut) = (cut(&sei, money), cut(&fei, money));
    let beyond = |index: f64, cut: Option<f64>| cut.is_some_and(|cut| index >= cut);
    let quadrant = |(sei, fei): (&f64, &f64)| match (beyond(*sei, sei_cut), beyond(*fei, fei_cut)) {
        (true, true) => Quadrant::A,
        (true, false) => Quadrant::B,
        (false, true) => Quadrant::C,
        (false, false) => Quadrant::D,
    };
    let quadrants = Some(sei.iter().zip(&fei).map(quadrant).collect());
    Ok(Ipf { weights, sei, fei, sei_cut, fei_cut, quadrants })
}

/// How the plane changes under the other sources of weights.
///
/// # Errors
/// As [`ipf`].
pub fn changes(
    table: &Table,
    sides: &[Side],
    weighting: Weighting,
    money: Option<Money<'_>>,
) -> Result<Vec<Change>, Fault> {
    let own = ipf(table, sides, weighting, money)?;
    let others = Weighting::ALL.into_iter().filter(|other| *other != weighting);
    others
        .map(|other| {
            let changed = ipf(table, sides, other, money)?;
            let crossing = match (&own.quadrants, &changed.quadrants) {
                (Some(a), Some(b)) => (0..table.n()).filter(|at| a[*at] != b[*at]).collect(),
                _ => Vec::new(),
            };
            let rho = |a: &[f64], b: &[f64]| spearman(&Ranking::of(a), &Ranking::of(b));
            Ok(Change {
                weighting: other,
                sei_rho: rho(&own.sei, &changed.sei),
                fei_rho: rho(&own.fei, &changed.fei),
                crossing,
            })
        })
        .collect()
}

fn check_money(table: &Table, money: Money<'_>) -> Result<(), Fault> {
    if money.costs.len() != table.n() {
        return Err(Fault::Length { field: "costs".to_owned(), n: money.costs.len(), expected: table.n() });
    }
    let negative = |row: &str, criterion: &str, value: f64| {
        let (row, criterion) = (row.to_owned(), criterion.to_owned());
        if value.is_finite() {
            Fault::Negative { row, criterion, value }
        } else {
            Fault::NotFinite { row, criterion }
        }
    };
    if !money.budget.is_finite() || money.budget < 0.0 {
        return Err(negative("budget", "budget", money.budget));
    }
    match money.costs.iter().position(|cost| !cost.is_finite() || *cost < 0.0) {
        Some(at) => Err(negative(&table.ids()[at], "cost", money.costs[at])),
        None => Ok(()),
    }
}

fn index(
    table: &Table,
    sides: &[Side],
    (side, weighting): (Side, Weighting),
    weights: &mut [f64],
) -> Result<Vec<f64>, Fault> {
    let own: Vec<usize> = (0..table.m()).filter(|at| sides[*at] == side).collect();
    if own.is_empty() {
        let field = if side == Side::Social { "social" } else { "financial" };
        return Err(Fault::missing(field));
    }
    let z: Vec<Vec<f64>> = own.iter().map(|at| standard(&table.turned(*at))).collect();
    let shares = shares(table, &own, &z, weighting)?;
    for (at, share) in own.iter().zip(&shares) {
        weights[*at] = *share;
    }
    let mut sums = vec![0.0; table.n()];
    for (share, column) in shares.iter().zip(&z) {
        sums.iter_mut().zip(column).for_each(|(sum, z)| *sum += share * z);
    }
    let low = sums.iter().copied().fold(f64::INFINITY, f64::min);
    let high = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high - low <= 1e-12 {
        let criterion = table.criteria()[own[0]].code.clone();
        return Err(Fault::Constant { criterion, value: low });
    }
    Ok(sums.iter().map(|sum| 100.0 * (sum - low) / (high - low)).collect())
}

/// `(x - mean) / sd`, with n - 1.
fn standard(column: &[f64]) -> Vec<f64> {
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    let sd = (column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    column.iter().map(|x| (x - mean) / sd).collect()
}

fn shares(table: &Table, own: &[usize], z: &[Vec<f64>], weighting: Weighting) -> Result<Vec<f64>, Fault> {
    let sizes: Vec<f64> = match weighting {
        Weighting::Equal => vec![1.0; own.len()],
        Weighting::Expert => own.iter().map(|at| table.criteria()[*at].weight).collect(),
        Weighting::Pca => first_component(z).into_iter().map(f64::abs).collect(),
    };
    let sum: f64 = sizes.iter().sum();
    if sum <= 0.0 {
        return Err(Fault::WeightSum { sum, expected: 1.0 });
    }
    Ok(sizes.iter().map(|size| size / sum).collect())
}

/// Loadings of the first principal component of standardised columns, by Jacobi's rotations.
fn first_component(z: &[Vec<f64>]) -> Vec<f64> {
    let m = z.len();
    let n = z[0].len() as f64 - 1.0;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / n;
    let mut matrix: Vec<Vec<f64>> = (0..m).map(|j| (0..m).map(|k| product(&z[j], &z[k])).collect()).collect();
    let mut vectors: Vec<Vec<f64>> =
        (0..m).map(|j| (0..m).map(|k| f64::from(u8::from(j == k))).collect()).collect();
    for _ in 0..100 {
        let off: f64 =
            (0..m).flat_map(|j| (0..j).map(move |k| (j, k))).map(|(j, k)| matrix[j][k].abs()).sum();
        if off < 1e-15 {
            break;
        }
        for p in 0..m {
            for q in p + 1..m {
                rotate(&mut matrix, &mut vectors, (p, q));
            }
        }
    }
    let first =
        (1..m).fold(0, |best, at| if matrix[at][at] > matrix[best][best] + 1e-12 { at } else { best });
    vectors.iter().map(|row| row[first]).collect()
}

fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], (p, q): (usize, usize)) {
    if matrix[p][q].abs() < 1e-300 {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for row in matrix.iter_mut() {
        let (a, b) = (row[p], row[q]);
        (row[p], row[q]) = (c * a - s * b, s * a + c * b);
    }
    let (upper, lower) = matrix.split_at_mut(q);
    for (a, b) in upper[p].iter_mut().zip(&mut lower[0]) {
        (*a, *b) = (c * *a - s * *b, s * *a + c * *b);
    }
    for row in vectors.iter_mut() {
        let (a, b) = (row[p], row[q]);
        (row[p], row[q]) = (c * a - s * b, s * a + c * b);
    }
}

/// Takes projects by falling index while the budget lasts; the cut is the index of the last one taken. The first that
/// does not fit ends it.
fn cut(index: &[f64], money: Money<'_>) -> Option<f64> {
    let mut left = money.budget;
    let mut cut = None;
    for project in Ranking::of(index).order {
        if money.costs[project] > left + 1e-9 {
            break;
        }
        left -= money.costs[project];
        cut = Some(index[project]);
    }
    cut
}
