//! Totals that were counted before.

use crate::project_map::Cell;
use crate::{Portfolio, ProjectFilter, ProjectTotals};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Filters that are remembered.
const FILTERS_MAX: usize = 2_000;
/// Bytes of a filter, written out, that is remembered.
const FILTER_BYTES_MAX: usize = 1_800;

/// Totals of filters, as they were at one generation of the register. The generation is kept in the
/// database and grows with every change of a project, in the same transaction: what was counted at one
/// generation holds as long as the database names the same, whoever writes to it.
#[derive(Debug, Default)]
pub struct TotalsMemo(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    generation: i64,
    totals: BTreeMap<String, ProjectTotals>,
}

impl TotalsMemo {
    /// What was counted at this generation.
    pub fn get(&self, generation: i64, filter: &ProjectFilter) -> Option<ProjectTotals> {
        let kept = self.kept();
        if kept.generation != generation {
            return None;
        }
        kept.totals.get(&name(filter)).copied()
    }

    /// Remembers; what was counted at another generation is forgotten.
    pub fn put(&self, generation: i64, filter: &ProjectFilter, totals: ProjectTotals) {
        let name = name(filter);
        if name.len() > FILTER_BYTES_MAX {
            return;
        }
        let mut kept = self.kept();
        if kept.generation != generation || kept.totals.len() >= FILTERS_MAX {
            kept.totals.clear();
            kept.generation = generation;
        }
        kept.totals.insert(name, totals);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cells of the map that are remembered.
const CELLS_MAX: usize = 200_000;

/// Counts by cell as they were at one generation of the register; see [`TotalsMemo`].
#[derive(Debug, Default)]
pub struct CellsMemo(Mutex<KeptCells>);

#[derive(Debug, Default)]
struct KeptCells {
    generation: i64,
    n_cells: usize,
    cells: BTreeMap<String, Vec<Cell>>,
}

impl CellsMemo {
    /// What was counted at this generation under this name.
    pub fn find(&self, generation: i64, name: &str) -> Option<Vec<Cell>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.generation != generation {
            return None;
        }
        kept.cells.get(name).cloned()
    }

    /// Remembers; what was counted at another generation is forgotten.
    pub fn keep(&self, generation: i64, name: &str, cells: &[Cell]) {
        if name.len() > FILTER_BYTES_MAX {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = kept.n_cells + cells.len() > CELLS_MAX || kept.cells.len() >= FILTERS_MAX;
        if kept.generation != generation || full {
            *kept = KeptCells { generation, ..KeptCells::default() };
        }
        kept.n_cells += cells.len();
        kept.cells.insert(name.to_owned(), cells.to_vec());
    }
}

/// Portfolios that are remembered; the largest has some thousands of sums.
const PORTFOLIOS_MAX: usize = 60;

/// Portfolios as they were at one generation of the register; see [`TotalsMemo`].
#[derive(Debug, Default)]
pub struct PortfoliosMemo(Mutex<(i64, BTreeMap<String, Portfolio>)>);

impl PortfoliosMemo {
    /// What was added up at this generation under this name.
    pub fn find(&self, generation: i64, name: &str) -> Option<Portfolio> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == generation { kept.1.get(name).cloned() } else { None }
    }

    /// Remembers; what was added up at another generation is forgotten.
    pub fn keep(&self, generation: i64, name: String, portfolio: &Portfolio) {
        if name.len() > FILTER_BYTES_MAX {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != generation || kept.1.len() >= PORTFOLIOS_MAX {
            *kept = (generation, BTreeMap::new());
        }
        kept.1.insert(name, portfolio.clone());
    }
}

fn name(filter: &ProjectFilter) -> String {
    format!("{filter:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_holds_for_its_generation() {
        let memo = TotalsMemo::default();
        let (any, some) =
            (ProjectFilter::default(), ProjectFilter { year: Some(2026), ..ProjectFilter::default() });
        let three = ProjectTotals { n_projects: 3, ..ProjectTotals::default() };
        assert_eq!(memo.get(0, &any), None);
        memo.put(0, &any, three);
        assert_eq!((memo.get(0, &any), memo.get(0, &some), memo.get(1, &any)), (Some(three), None, None));
        memo.put(1, &some, three);
        assert_eq!((memo.get(0, &any), memo.get(1, &any), memo.get(1, &some)), (None, None, Some(three)));
    }

    #[test]
    fn memory_is_bounded() {
        let memo = TotalsMemo::default();
        let of = |key: String| ProjectFilter { keys: vec![key], ..ProjectFilter::default() };
        for n in 0..5_000 {
            memo.put(0, &of(n.to_string()), ProjectTotals::default());
        }
        memo.put(0, &of("x".repeat(2_000)), ProjectTotals::default());
        assert!(memo.kept().totals.len() <= FILTERS_MAX);
        assert_eq!(memo.get(0, &of("x".repeat(2_000))), None);
    }
}
