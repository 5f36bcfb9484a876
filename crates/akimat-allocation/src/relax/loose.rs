//! The rows of a model, each to be left out at will, under one relaxation that stays warm.

use super::Side;
use crate::extension::Kind;
use crate::model::{Column, Model, Row, Variable};
use crate::solver::{Relaxation, Relaxed, Solver, SolverError};

/// Room is measured up to so many columns; with more, rounding is easy anyway.
pub(super) const ROOM_MAX: i64 = 4;

/// A model without worth whose rows are left out by giving their slack free play.
pub(super) struct Loose {
    relaxation: Box<dyn Relaxation>,
    /// Columns of the model.
    columns: usize,
    /// By row: its slack.
    slacks: Vec<Slack>,
    /// By row: it counts.
    kept: Vec<bool>,
    /// The column that measures by how many average columns every amount can be kept clear of its limit.
    room: usize,
}

/// How a row gives.
#[derive(Clone, Copy, Debug)]
struct Slack {
    column: usize,
    way: Way,
    /// With so much the row says nothing any more, whatever its columns are. Slacks without any limit are shorter to write,
    /// but a relaxation that goes on from its last point breaks off with them.
    reach: i64,
}

/// Which way a row gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Down,
    Up,
    Both,
}

impl Loose {
    /// Of a model whose columns are worth nothing.
    pub(super) fn new(model: &Model, solver: &dyn Solver) -> Result<Self, SolverError> {
        let columns = model.columns.len();
        let mut loose = model.clone();
        let column = |index, worth| {
            let variable = Variable::Auxiliary { kind: Kind::Slack.number(), index };
            Column { variable, worth, lower: 0, upper: Some(0), integer: false }
        };
        let room = loose.add_column(column(0, 1));
        let mut slacks = Vec::with_capacity(model.rows.len());
        for (index, row) in (1..).zip(&model.rows) {
            let slack = loose.add_column(column(index, 0));
            let terms = &mut loose.rows[slacks.len()].terms;
            match unit(row) {
                0 => {}
                by => terms.push((room, by)),
            }
            terms.push((slack, 1));
            let way = match (row.lower, row.upper) {
                (Some(_), None) => Way::Down,
                (None, Some(_)) => Way::Up,
                _ => Way::Both,
            };
            slacks.push(Slack { column: slack, way, reach: reach(row, &model.columns) });
        }
        let relaxation = solver.relaxation(&loose)?;
        Ok(Self { relaxation, columns, kept: vec![true; slacks.len()], slacks, room })
    }

    /// Keeps these rows and no others.
    fn keep(&mut self, rows: &[usize]) {
        let mut kept = vec![false; self.kept.len()];
        rows.iter().for_each(|row| kept[*row] = true);
        for (row, slack) in self.slacks.iter().enumerate() {
            match (kept[row], self.kept[row]) {
                (true, false) => self.relaxation.bound_column(slack.column, 0, 0),
                (false, true) => self.relaxation.bound_column(slack.column, -slack.reach, slack.reach),
                _ => {}
            }
        }
        self.kept = kept;
    }

    /// Whether rows clash already in fractions.
    pub(super) fn clash(&mut self, rows: &[usize]) -> Result<bool, SolverError> {
        self.keep(rows);
        Ok(self.relaxation.solve()?.is_none())
    }

    /// Rows that clash in fractions, with what each matters, when a unit that a row gives way costs its price; `None`
    /// when no row has to give way.
    pub(super) fn priced(
        &mut self,
        model: &Model,
        price: impl Fn(usize) -> i64,
    ) -> Result<Option<Vec<(f64, usize)>>, SolverError> {
        let all: Vec<usize> = (0..self.slacks.len()).collect();
        self.keep(&all);
        for (row, Slack { column, way, reach }) in self.slacks.iter().enumerate() {
            // A row that must equal its limit mostly lacks: the other way it stays as it is.
            let (lower, upper, sign) = match way {
                Way::Down | Way::Both => (0, *reach, -1),
                Way::Up => (-reach, 0, 1),
            };
            self.relaxation.bound_column(*column, lower, upper);
            self.relaxation.value_column(*column, sign * price(row));
        }
        let relaxed = self.relaxation.solve();
        for slack in &self.slacks {
            self.relaxation.bound_column(slack.column, 0, 0);
            self.relaxation.value_column(slack.column, 0);
        }
        let Some(relaxed) = relaxed?.filter(|relaxed| relaxed.objective < -1e-6) else { return Ok(None) };
        let rows = relaxed.duals.iter().enumerate().filter(|(_, dual)| dual.abs() > DUAL_MIN);
        let weighed = rows.map(|(row, dual)| {
            let limit = model.rows[row].upper.or(model.rows[row].lower).unwrap_or(0);
            ((dual * float(limit)).abs(), row)
        });
        let mut rows: Vec<(f64, usize)> = weighed.collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        Ok(Some(rows))
    }

    /// The point of these rows that stays clearest of their limits, its worth the room in average columns; `None` when
    /// they clash.
    pub(super) fn roomiest(&mut self, rows: &[usize]) -> Result<Option<Relaxed>, SolverError> {
        self.keep(rows);
        self.relaxation.bound_column(self.room, 0, ROOM_MAX);
        let relaxed = self.relaxation.solve();
        self.relaxation.bound_column(self.room, 0, 0);
        Ok(relaxed?.map(|mut relaxed| {
            relaxed.values.truncate(self.columns);
            relaxed.reduced.truncate(self.columns);
            relaxed
        }))
    }

    /// By how many average columns every amount of these rows can be kept clear of its limit; below 0: what they lack.
    pub(super) fn clearness(&mut self, rows: &[usize]) -> Result<f64, SolverError> {
        self.keep(rows);
        self.relaxation.bound_column(self.room, -ROOM_MAX, ROOM_MAX);
        let relaxed = self.relaxation.solve();
        self.relaxation.bound_column(self.room, 0, 0);
        Ok(relaxed?.map_or(f64::NEG_INFINITY, |relaxed| relaxed.objective))
    }

    /// Leaves out of `rows`, in their order, what can be left out while the rest clash in fractions.
    pub(super) fn reduced(&mut self, mut rows: Vec<usize>) -> Result<Vec<usize>, SolverError> {
        let mut place = 0;
        while place < rows.len() {
            let row = rows.remove(place);
            if !self.clash(&rows)? {
                rows.insert(place, row);
                place += 1;
            }
        }
        Ok(rows)
    }

    /// The least room that one of `rows` gives when it is left out.
    pub(super) fn least_room(&mut self, rows: &[usize]) -> Result<f64, SolverError> {
        let mut least = f64::INFINITY;
        for left_out in rows {
            let rest: Vec<usize> = rows.iter().copied().filter(|row| row != left_out).collect();
            least = least.min(self.roomiest(&rest)?.map_or(0.0, |relaxed| relaxed.objective));
        }
        Ok(least)
    }
}

/// The furthest that a row can lie from its limits.
fn reach(row: &Row, columns: &[Column]) -> i64 {
    let most = |(column, by): &(usize, i64)| {
        let Column { lower, upper, .. } = columns[*column];
        by.abs().saturating_mul(lower.abs().max(upper.unwrap_or(lower).abs()))
    };
    let limits = row.lower.unwrap_or(0).abs().max(row.upper.unwrap_or(0).abs());
    row.terms.iter().map(most).fold(limits, i64::saturating_add)
}

/// Dual values closer to zero than this are noise.
const DUAL_MIN: f64 = 1e-7;

/// The average coefficient of an amount, with the sign that takes it away from its limit; 0 for other rows.
fn unit(row: &Row) -> i64 {
    let count = i64::try_from(row.terms.len().max(1)).unwrap_or(1);
    let average = (row.terms.iter().map(|(_, by)| by.abs()).sum::<i64>() / count).max(1);
    match (row.rule.side(), row.lower, row.upper) {
        (Some(Side::Cap), None, Some(_)) => average,
        (Some(Side::Floor), Some(_), None) => -average,
        _ => 0,
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}
