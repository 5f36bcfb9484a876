//! ELECTRE I: which projects are outranked, and the few that remain.
//!
//! Source: B. Roy, Classement et choix en présence de points de vue multiples, RIRO 8 (1968) 57-75.
//! `C(a,b) = Σ w` where a is at least as good; `D(a,b)` is the largest difference against a, divided by the largest
//! difference anywhere; a outranks b when `C >= c*` and `D <= d*`.

use crate::wsm::{self, Scale};
use crate::{Fault, Table};

/// Projects at most: the matrices hold every pair.
pub const ROWS_MAX: usize = 1_000;

/// By what differences are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Largest {
    /// The largest difference of any pair under any criterion.
    #[default]
    Anywhere,
    /// The largest difference of the same pair (Hwang and Yoon 1981).
    OfThePair,
}

/// How values are made comparable across criteria.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Norm {
    /// They are on one scale already.
    #[default]
    None,
    /// From 0 to 1.
    MinMax,
    /// Divided by the length of the column and weighted (Hwang and Yoon 1981).
    VectorWeighted,
}

/// What is asked beside the table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// Least concordance; `None`: the mean of all pairs.
    pub concordance: Option<f64>,
    /// Largest discordance; `None`: the mean of all pairs.
    pub discordance: Option<f64>,
    /// By what differences are divided.
    pub largest: Largest,
    /// How values are made comparable.
    pub norm: Norm,
}

/// Result of ELECTRE I.
#[derive(Clone, Debug, PartialEq)]
pub struct Electre {
    /// Concordance of each pair; 1 of a project with itself.
    pub concordance: Vec<Vec<f64>>,
    /// Discordance of each pair.
    pub discordance: Vec<Vec<f64>>,
    /// Least concordance used.
    pub c_star: f64,
    /// Largest discordance used.
    pub d_star: f64,
    /// Whether the row outranks the column.
    pub outranks: Vec<Vec<bool>>,
    /// Projects that no project of the kernel outranks, in the order of the table.
    pub kernel: Vec<usize>,
    /// Projects that outrank one another in a circle and are treated as one; empty when there is no circle.
    pub circles: Vec<Vec<usize>>,
}

/// Outranking and its kernel.
///
/// # Errors
/// [`Fault::TooMany`], [`Fault::TooFew`], [`Fault::Constant`] when no criterion distinguishes anything,
/// [`Fault::Unreadable`] for thresholds outside 0 to 1.
pub fn electre(table: &Table, asked: Asked) -> Result<Electre, Fault> {
    let n = table.n();
    if n > ROWS_MAX {
        return Err(Fault::TooMany { field: "alternatives".to_owned(), n, limit: ROWS_MAX });
    }
    if n < 2 {
        return Err(Fault::TooFew { field: "alternatives".to_owned(), n, least: 2 });
    }
    for (field, value) in [("c_star", asked.concordance), ("d_star", asked.discordance)] {
        if let Some(value) = value.filter(|value| !(0.0..=1.0).contains(value)) {
            return Err(Fault::Unreadable { field: field.to_owned(), found: value.to_string() });
        }
    }
    table.refuse_all_constant()?;
    let columns: Vec<Vec<f64>> = (0..table.m()).map(|at| table.turned(at)).collect();
    let concordance = concordance(table, &columns);
    let discordance = discordance(&scaled(table, asked.norm)?, n, asked.largest);
    let mean = |matrix: &[Vec<f64>]| {
        let pairs = (n * (n - 1)) as f64;
        let all = (0..n).flat_map(|a| (0..n).filter(move |b| *b != a).map(move |b| (a, b)));
        all.map(|(a, b)| matrix[a][b]).sum::<f64>() / pairs
    };
    let c_star = asked.concordance.unwrap_or_else(|| mean(&concordance));
    let d_star = asked.discordance.unwrap_or_else(|| mean(&discordance));
    // What addition in another order may change decides nothing.
    let outranks: Vec<Vec<bool>> = (0..n)
        .map(|a| {
            let over = |b: usize| {
                a != b && concordance[a][b] >= c_star - 1e-12 && discordance[a][b] <= d_star + 1e-12
            };
            (0..n).map(over).collect()
        })
        .collect();
    let groups = groups(&outranks);
    let kernel = kernel(&outranks, &groups);
    let circles = groups.into_iter().filter(|group| group.len() > 1).collect();
    Ok(Electre { concordance, discordance, c_star, d_star, outranks, kernel, circles })
}

fn scaled(table: &Table, norm: Norm) -> Result<Vec<Vec<f64>>, Fault> {
    match norm {
        Norm::None => Ok((0..table.m()).map(|at| table.turned(at)).collect()),
        Norm::MinMax => wsm::scaled(table, Scale::MinMax),
        Norm::VectorWeighted => {
            let column = |at: usize| {
                let turned = table.turned(at);
                let length = turned.iter().map(|value| value * value).sum::<f64>().sqrt();
                let weight = table.criteria()[at].weight;
                let unit = if length > 0.0 { length } else { 1.0 };
                turned.iter().map(|value| weight * value / unit).collect()
            };
            Ok((0..table.m()).map(column).collect())
        }
    }
}

fn concordance(table: &Table, columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let weights: Vec<f64> = table.criteria().iter().map(|criterion| criterion.weight).collect();
    let of = |a: usize, b: usize| {
        columns
            .iter()
            .zip(&weights)
            .filter(|(column, _)| column[a] >= column[b])
            .map(|(_, weight)| weight)
            .sum()
    };
    (0..table.n()).map(|a| (0..table.n()).map(|b| of(a, b)).collect()).collect()
}

fn discordance(columns: &[Vec<f64>], n: usize, largest: Largest) -> Vec<Vec<f64>> {
    let range = |column: &Vec<f64>| {
        let low = column.iter().copied().fold(f64::INFINITY, f64::min);
        column.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low
    };
    let anywhere = columns.iter().map(range).fold(0.0, f64::max);
    let of = |a: usize, b: usize| {
        let differences = columns.iter().map(|column| column[b] - column[a]);
        let against = differences.clone().fold(0.0, f64::max);
        let whole = match largest {
            Largest::Anywhere => anywhere,
            Largest::OfThePair => differences.map(f64::abs).fold(0.0, f64::max),
        };
        if whole > 0.0 { against / whole } else { 0.0 }
    };
    (0..n).map(|a| (0..n).map(|b| of(a, b)).collect()).collect()
}

/// Projects that reach one another, in an order in which nobody is reached from a later group.
fn groups(outranks: &[Vec<bool>]) -> Vec<Vec<usize>> {
    let n = outranks.len();
    let forward = |a: usize, b: usize| outranks[a][b];
    let backward = |a: usize, b: usize| outranks[b][a];
    // Kosaraju: finish times forwards, then groups backwards.
    let mut seen = vec![false; n];
    let mut finished = Vec::with_capacity(n);
    for start in 0..n {
        walk(start, &forward, &mut seen, &mut finished);
    }
    let mut seen = vec![false; n];
    let mut groups = Vec::new();
    for start in finished.into_iter().rev() {
        let mut group = Vec::new();
        walk(start, &backward, &mut seen, &mut group);
        if !group.is_empty() {
            group.sort_unstable();
            groups.push(group);
        }
    }
    groups
}

/// Depth first without recursion; `out` gets the projects as they are finished.
fn walk(start: usize, edge: &dyn Fn(usize, usize) -> bool, seen: &mut [bool], out: &mut Vec<usize>) {
    if seen[start] {
        return;
    }
    seen[start] = true;
    let mut stack = vec![(start, 0)];
    while let Some((at, next)) = stack.pop() {
        match (next..seen.len()).find(|to| edge(at, *to) && !seen[*to]) {
            Some(to) => {
                seen[to] = true;
                stack.push((at, to + 1));
                stack.push((to, 0));
            }
            None => out.push(at),
        }
    }
}

/// Groups come before those they outrank: a group is in unless a group of the kernel outranks it.
fn kernel(outranks: &[Vec<bool>], groups: &[Vec<usize>]) -> Vec<usize> {
    let mut kernel: Vec<usize> = Vec::new();
    for group in groups {
        let beaten = group.iter().any(|b| kernel.iter().any(|a| outranks[*a][*b]));
        if !beaten {
            kernel.extend(group);
        }
    }
    kernel.sort_unstable();
    kernel
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(edges: &[(usize, usize)], n: usize) -> Vec<Vec<bool>> {
        let mut matrix = vec![vec![false; n]; n];
        edges.iter().for_each(|(a, b)| matrix[*a][*b] = true);
        matrix
    }

    #[test]
    fn the_kernel_outranks_all_others_and_none_of_its_own() {
        let chain = matrix(&[(0, 1), (1, 2), (2, 3)], 4);
        assert_eq!(kernel(&chain, &groups(&chain)), [0, 2]);
        // A circle of 1, 2 and 3 is one group, outranked by 0; 4 stays since only the circle outranks it.
        let circle = matrix(&[(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)], 5);
        let found = groups(&circle);
        assert!(found.contains(&vec![1, 2, 3]));
        assert_eq!(kernel(&circle, &found), [0, 4]);
    }
}
