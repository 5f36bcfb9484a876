//! Quick witnesses: a project in, at most two out, then whoever still fits, in whole numbers.

use super::ground::Ground;
use crate::programme::{Plan, Programme};

/// Swaps that are tried to the end for each project.
const KEPT: usize = 6;

/// The most projects that are sent away for one.
const LEAVERS: usize = 12;

/// A swap: who enters by start column, who leaves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Swap {
    /// Worth lost by the swap alone.
    pub(crate) loss: i64,
    /// Start column that enters.
    pub(crate) column: usize,
    /// Projects that leave, at most two.
    pub(crate) out: Vec<usize>,
}

/// A plan on the rows of the model, to be changed step by step.
#[derive(Clone, Debug)]
pub(crate) struct Board<'a> {
    programme: &'a Programme,
    ground: &'a Ground,
    /// Activity of each row.
    activity: Vec<i64>,
    /// Start column by project.
    chosen: Vec<Option<usize>>,
}

impl<'a> Board<'a> {
    /// Of a plan.
    pub(crate) fn new(programme: &'a Programme, ground: &'a Ground, plan: &Plan) -> Self {
        let activity = vec![0; ground.model.rows.len()];
        let mut board = Self { programme, ground, activity, chosen: vec![None; plan.starts.len()] };
        for (project, start) in plan.started() {
            if let Some(column) = ground.model.column(project, start) {
                board.add(project, column);
            }
        }
        board
    }

    /// The plan on the board.
    pub(crate) fn plan(&self) -> Plan {
        let year = |column: &usize| self.ground.model.start_of(*column).map(|(_, year)| year);
        Plan { starts: self.chosen.iter().map(|column| column.as_ref().and_then(year)).collect() }
    }

    fn worth(&self, column: usize) -> i64 {
        self.ground.model.columns[column].worth
    }

    fn shift(&mut self, column: usize, by: i64) {
        for (row, coefficient) in &self.ground.uses[column] {
            self.activity[*row] += by * coefficient;
        }
    }

    fn add(&mut self, project: usize, column: usize) {
        self.shift(column, 1);
        self.chosen[project] = Some(column);
    }

    fn remove(&mut self, project: usize) -> Option<usize> {
        let column = self.chosen[project].take()?;
        self.shift(column, -1);
        Some(column)
    }

    fn holds(&self, row: usize) -> bool {
        let (limits, value) = (&self.ground.model.rows[row], self.activity[row]);
        limits.upper.is_none_or(|upper| value <= upper) && limits.lower.is_none_or(|lower| value >= lower)
    }

    /// Whether the rows of a column hold.
    fn fits(&self, column: usize) -> bool {
        self.ground.uses[column].iter().all(|(row, _)| self.holds(*row))
    }

    /// The cheapest swaps that bring a project in, cheapest first.
    pub(crate) fn swaps(&mut self, project: usize) -> Vec<Swap> {
        let mut best: Vec<Swap> = Vec::new();
        let mut leavers: Vec<(i64, usize, usize)> = self
            .chosen
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.programme.projects()[*index].mandatory && *index != project)
            .filter_map(|(index, column)| column.map(|column| (self.worth(column), index, column)))
            .collect();
        leavers.sort_unstable();
        for column in self.ground.model.columns_of(project) {
            self.shift(column, 1);
            self.swaps_at(column, &leavers, &mut best);
            self.shift(column, -1);
        }
        best
    }

    fn swaps_at(&mut self, column: usize, leavers: &[(i64, usize, usize)], best: &mut Vec<Swap>) {
        let broken: Vec<usize> =
            self.ground.uses[column].iter().map(|(row, _)| *row).filter(|row| !self.holds(*row)).collect();
        let worth = self.worth(column);
        if broken.is_empty() {
            keep(best, Swap { loss: -worth, column, out: Vec::new() });
            return;
        }
        let relief = Relief::new(self.ground, &broken, &self.activity, leavers);
        for (first, (loss, project, leaver)) in leavers.iter().enumerate() {
            let alone = loss - worth;
            if full(best, alone) {
                break;
            }
            if relief.enough(first, None) && self.possible(&[*leaver]) {
                keep(best, Swap { loss: alone, column, out: vec![*project] });
                continue;
            }
            for (second, (more, other, also)) in leavers.iter().enumerate().skip(first + 1) {
                let both = alone + more;
                if full(best, both) {
                    break;
                }
                if relief.enough(first, Some(second)) && self.possible(&[*leaver, *also]) {
                    keep(best, Swap { loss: both, column, out: vec![*project, *other] });
                }
            }
        }
    }

    /// Whether every row holds that these columns touch when they leave.
    fn possible(&mut self, columns: &[usize]) -> bool {
        for column in columns {
            self.shift(*column, -1);
        }
        let fits = columns.iter().all(|column| self.fits(*column));
        for column in columns {
            self.shift(*column, 1);
        }
        fits
    }

    /// Carries out a swap.
    pub(crate) fn swap(&mut self, swap: &Swap) {
        for project in &swap.out {
            self.remove(*project);
        }
        if let Some((project, _)) = self.ground.model.start_of(swap.column) {
            self.add(project, swap.column);
        }
    }

    /// Starts columns and sends away, one by one, whoever gives back most of what is short for the least worth;
    /// false when that does not end within [`LEAVERS`].
    pub(crate) fn make_room(&mut self, columns: &[usize]) -> bool {
        let mut touched = Vec::new();
        let mut staying = Vec::new();
        for column in columns {
            let Some((project, _)) = self.ground.model.start_of(*column) else { return false };
            if let Some(before) = self.remove(project) {
                touched.push(before);
            }
            self.add(project, *column);
            touched.push(*column);
            staying.push(project);
        }
        for _ in 0..=LEAVERS {
            let mut broken: Vec<usize> = touched
                .iter()
                .flat_map(|column| self.ground.uses[*column].iter().map(|(row, _)| *row))
                .filter(|row| !self.holds(*row))
                .collect();
            broken.sort_unstable();
            broken.dedup();
            if broken.is_empty() {
                return true;
            }
            let Some(leaver) = self.leaver(&broken, &staying) else { return false };
            touched.extend(self.remove(leaver));
        }
        false
    }

    /// Who gives back most of the broken rows, each counted once at most, for the least worth.
    fn leaver(&mut self, broken: &[usize], staying: &[usize]) -> Option<usize> {
        let leavers: Vec<(i64, usize, usize)> = self
            .chosen
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.programme.projects()[*index].mandatory && !staying.contains(index))
            .filter_map(|(index, column)| column.map(|column| (self.worth(column), index, column)))
            .collect();
        let relief = Relief::new(self.ground, broken, &self.activity, &leavers);
        let mut best: Option<(i128, i64, usize)> = None;
        for (at, (worth, project, column)) in leavers.iter().enumerate() {
            self.shift(*column, -1);
            let harmless =
                self.ground.uses[*column].iter().all(|(row, _)| broken.contains(row) || self.holds(*row));
            self.shift(*column, 1);
            if !harmless {
                continue;
            }
            // Shares of what is short, in units of 1e-6, summed over the rows.
            let share: i128 = relief
                .need
                .iter()
                .zip(&relief.gives[at])
                .map(|(need, gives)| i128::from(*gives.min(need)) * 1_000_000 / i128::from((*need).max(1)))
                .sum();
            let worth = (*worth).max(1);
            if share > 0
                && best.is_none_or(|(most, least, _)| share * i128::from(least) > most * i128::from(worth))
            {
                best = Some((share, worth, *project));
            }
        }
        best.map(|(.., project)| project)
    }

    /// Takes a project out if the floors and its followers allow.
    pub(crate) fn drop_one(&mut self, project: usize) -> bool {
        let Some(column) = self.remove(project) else { return false };
        let fits = self.fits(column);
        if !fits {
            self.add(project, column);
        }
        fits
    }

    /// Starts whoever still fits, in the order given, and moves starts to better years; `kept` stays as it is.
    pub(crate) fn fill(&mut self, order: &[usize], kept: usize) {
        for _ in 0..2 {
            let mut changed = false;
            for column in order {
                let Some((project, _)) = self.ground.model.start_of(*column) else { continue };
                if project == kept {
                    continue;
                }
                let before = self.chosen[project];
                if before.is_some_and(|before| self.worth(before) >= self.worth(*column)) {
                    continue;
                }
                self.remove(project);
                self.add(project, *column);
                if self.fits(*column) && before.is_none_or(|before| self.fits(before)) {
                    changed = true;
                    continue;
                }
                self.remove(project);
                if let Some(before) = before {
                    self.add(project, before);
                }
            }
            if !changed {
                break;
            }
        }
    }
}

/// How much each leaver gives back in the broken rows.
struct Relief {
    need: Vec<i64>,
    gives: Vec<Vec<i64>>,
}

impl Relief {
    /// Rows that only more activity could mend are never mended by leaving, unless the leaver's share is
    /// negative there: signs are turned so that relief counts upwards.
    fn new(ground: &Ground, broken: &[usize], activity: &[i64], leavers: &[(i64, usize, usize)]) -> Self {
        let above = |row: usize| ground.model.rows[row].upper.filter(|upper| activity[row] > *upper);
        let need = broken
            .iter()
            .map(|row| match (above(*row), ground.model.rows[*row].lower) {
                (Some(upper), _) => activity[*row] - upper,
                (None, lower) => lower.unwrap_or(0) - activity[*row],
            })
            .collect();
        let gives = leavers
            .iter()
            .map(|(_, _, column)| {
                let share = |row: &usize| {
                    let by = ground.uses[*column].iter().find(|(at, _)| at == row).map_or(0, |(_, by)| *by);
                    if above(*row).is_some() { by } else { -by }
                };
                broken.iter().map(share).collect()
            })
            .collect();
        Self { need, gives }
    }

    fn enough(&self, first: usize, second: Option<usize>) -> bool {
        self.need.iter().enumerate().all(|(at, need)| {
            self.gives[first][at] + second.map_or(0, |second| self.gives[second][at]) >= *need
        })
    }
}

/// Whether a loss is not among the best any more.
fn full(best: &[Swap], loss: i64) -> bool {
    best.len() == KEPT && best.last().is_some_and(|last| loss >= last.loss)
}

fn keep(best: &mut Vec<Swap>, swap: Swap) {
    let at = best.binary_search(&swap).unwrap_or_else(|at| at);
    best.insert(at, swap);
    best.truncate(KEPT);
}
