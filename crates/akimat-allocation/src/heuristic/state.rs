//! A 0-1 point with the activity of every row, changed by whole-number differences.

use super::{Chain, MOVES_MAX, Point, SplitMix64};
use crate::model::Model;
use crate::solver::Relaxed;

/// A row or project has no limit on this side.
const FREE: i64 = i64::MAX / 4;

pub(super) struct State {
    /// By column: chosen.
    chosen: Vec<bool>,
    /// Start of each column in `terms`.
    begin: Vec<usize>,
    /// Rows and coefficients, by column.
    terms: Vec<(u32, i64)>,
    /// By row: upper limit minus activity; never negative.
    room: Vec<i64>,
    /// By row: activity minus lower limit; negative: the floor is broken.
    spare: Vec<i64>,
    /// Rows with a floor.
    floors: Vec<usize>,
    /// By row: columns with a positive coefficient.
    members: Vec<Vec<u32>>,
    /// Worth of each column.
    worth: Vec<i64>,
    /// Columns that cannot be chosen.
    closed: Vec<bool>,
    /// Sum over chosen columns.
    objective: i64,
    /// Sum of what floors lack.
    lack: i64,
}

/// What a move did, so that it can be taken back.
type Undo = Vec<u32>;

impl State {
    pub(super) fn new(model: &Model) -> Self {
        let columns = model.columns.len();
        let mut lists: Vec<Vec<(u32, i64)>> = vec![Vec::new(); columns];
        let mut members = vec![Vec::new(); model.rows.len()];
        for (index, row) in (0_u32..).zip(&model.rows) {
            for (column, by) in &row.terms {
                lists[*column].push((index, *by));
                if *by > 0 {
                    members[usize::try_from(index).unwrap_or(0)].push(small(*column));
                }
            }
        }
        let mut begin = Vec::with_capacity(columns + 1);
        let mut terms = Vec::new();
        for list in &lists {
            begin.push(terms.len());
            terms.extend_from_slice(list);
        }
        begin.push(terms.len());
        let spare: Vec<i64> = model.rows.iter().map(|row| row.lower.map_or(FREE, |lower| -lower)).collect();
        let lack = spare.iter().map(|spare| (-spare).max(0)).sum();
        Self {
            chosen: vec![false; columns],
            begin,
            terms,
            room: model.rows.iter().map(|row| row.upper.unwrap_or(FREE)).collect(),
            floors: (0..spare.len()).filter(|row| spare[*row] < 0).collect(),
            spare,
            members,
            worth: model.columns.iter().map(|column| column.worth).collect(),
            closed: model.columns.iter().map(|column| column.upper == Some(0)).collect(),
            objective: 0,
            lack,
        }
    }

    fn terms_of(&self, column: usize) -> std::ops::Range<usize> {
        self.begin[column]..self.begin[column + 1]
    }

    /// Turns a column without asking whether the rows allow it.
    fn flip(&mut self, column: usize) {
        let sign = if self.chosen[column] { -1 } else { 1 };
        for at in self.terms_of(column) {
            let (row, by) = self.terms[at];
            let row = wide(row);
            self.room[row] -= sign * by;
            let before = self.spare[row];
            if before < FREE / 2 {
                let after = before + sign * by;
                self.spare[row] = after;
                self.lack += (-after).max(0) - (-before).max(0);
            }
        }
        self.objective += sign * self.worth[column];
        self.chosen[column] = !self.chosen[column];
    }

    /// Whether turning a column keeps every upper limit.
    fn fits(&self, column: usize) -> bool {
        let sign = if self.chosen[column] { -1 } else { 1 };
        self.terms_of(column).all(|at| {
            let (row, by) = self.terms[at];
            self.room[wide(row)] >= sign * by
        })
    }

    /// Chooses columns in the given order as far as they fit.
    pub(super) fn fill(&mut self, order: impl Iterator<Item = usize>) {
        for column in order {
            if !self.chosen[column] && !self.closed[column] && self.fits(column) {
                self.flip(column);
            }
        }
    }

    /// After dropping columns, projects that waited for them hang in the air: drop them too.
    fn settle(&mut self, undo: &mut Undo, from: usize) -> bool {
        let mut at = from;
        while at < undo.len() {
            let column = wide(undo[at]);
            at += 1;
            for term in self.terms_of(column) {
                let row = wide(self.terms[term].0);
                if self.room[row] >= 0 {
                    continue;
                }
                let waiting = self.members[row].iter().map(|column| wide(*column));
                let Some(waiting) = waiting.into_iter().find(|column| self.chosen[*column]) else {
                    return false;
                };
                self.flip(waiting);
                undo.push(small(waiting));
                if undo.len() > 12 {
                    return false;
                }
            }
        }
        true
    }

    /// Worth with what floors lack charged.
    fn charged(&self, price: i64) -> i64 {
        self.objective.saturating_sub(self.lack.saturating_mul(price))
    }

    /// Ruin and recreate (Schrimpf and others, Journal of Computational Physics 159, 2000) under threshold
    /// accepting (Dueck and Scheuer, Journal of Computational Physics 90, 1990): a few related columns are
    /// dropped, others are taken in by their reduced worth, some passed over by chance; what loses less than a
    /// threshold stands, and the threshold falls to zero.
    pub(super) fn anneal(&mut self, model: &Model, relaxed: &Relaxed, chain: Chain) -> Option<Point> {
        let mut chance = SplitMix64::new(chain.seed);
        let candidates = candidates(model, relaxed, &self.closed);
        let mut price = price(model);
        let mut best = self.point();
        let mut charged = self.charged(price);
        let high = threshold(&self.worth) / chain.cool.max(1);
        let mut undo = Undo::new();
        if candidates.is_empty() || (chain.first && best.is_some()) {
            return best;
        }
        let count = (chain.looks / candidates.len()).clamp(1, MOVES_MAX);
        for step in 0..count {
            let limit = falling(high, count - step, count);
            // What a floor lacks grows dear while one is broken and cheap while none is.
            if step % 512 == 511 {
                price = if self.lack > 0 {
                    price.saturating_add(price / 4 + 1)
                } else {
                    (price - price / 8).max(1)
                };
                charged = self.charged(price);
            }
            undo.clear();
            let sound = self.ruin(&candidates, &mut chance, &mut undo);
            if sound {
                if chain.serve && best.is_none() {
                    self.serve(&mut chance, &mut undo);
                }
                self.recreate(&candidates, &mut chance, &mut undo);
            }
            let now = self.charged(price);
            if !sound || now.saturating_add(limit) < charged {
                for column in undo.iter().rev() {
                    self.flip(wide(*column));
                }
                continue;
            }
            charged = now;
            if self.lack == 0 && best.as_ref().is_none_or(|best| self.objective > best.worth) {
                best = self.point();
                if chain.first {
                    break;
                }
            }
        }
        best
    }

    /// Drops a chosen column and up to three more that draw on one of its rows.
    fn ruin(&mut self, candidates: &[usize], chance: &mut SplitMix64, undo: &mut Undo) -> bool {
        let mut drop = None;
        for _ in 0..64 {
            let column = candidates[chance.below(candidates.len())];
            if self.chosen[column] {
                drop = Some(column);
                break;
            }
        }
        let Some(column) = drop else { return true };
        let more = chance.below(4);
        let terms = self.terms_of(column);
        if terms.is_empty() {
            return true;
        }
        let row = wide(self.terms[terms.start + chance.below(terms.len())].0);
        self.flip(column);
        undo.push(small(column));
        for _ in 0..more {
            let members = &self.members[row];
            let Some(other) = (!members.is_empty()).then(|| wide(members[chance.below(members.len())]))
            else {
                break;
            };
            if self.chosen[other] {
                self.flip(other);
                undo.push(small(other));
            }
        }
        self.settle(undo, 0)
    }

    /// Takes in what fits for one of the broken floors, until it holds; what was just dropped stays out.
    fn serve(&mut self, chance: &mut SplitMix64, undo: &mut Undo) {
        if self.lack == 0 {
            return;
        }
        let broken: Vec<usize> = self.floors.iter().copied().filter(|row| self.spare[*row] < 0).collect();
        if broken.is_empty() {
            return;
        }
        let row = broken[chance.below(broken.len())];
        let (dropped, count) = (undo.len(), self.members[row].len());
        let from = chance.below(count.max(1));
        for at in 0..count {
            let column = self.members[row][(from + at) % count];
            let wide = wide(column);
            if self.spare[row] >= 0 {
                break;
            }
            let open = !self.chosen[wide] && !self.closed[wide] && !undo[..dropped].contains(&column);
            if open && self.fits(wide) {
                self.flip(wide);
                undo.push(column);
            }
        }
    }

    /// Takes in what fits, by reduced worth: first without what was just dropped, then with it.
    fn recreate(&mut self, candidates: &[usize], chance: &mut SplitMix64, undo: &mut Undo) {
        let before = undo.len();
        let mut bits = 0_u64;
        for (at, column) in candidates.iter().enumerate() {
            if at % 21 == 0 {
                bits = chance.next();
            }
            bits >>= 3;
            // One in eight is passed over.
            if bits & 7 == 0 || self.chosen[*column] || !self.fits(*column) {
                continue;
            }
            if !undo[..before].contains(&small(*column)) {
                self.flip(*column);
                undo.push(small(*column));
            }
        }
        for at in 0..before {
            let column = wide(undo[at]);
            if !self.chosen[column] && self.fits(column) {
                self.flip(column);
                undo.push(small(column));
            }
        }
    }

    fn point(&self) -> Option<Point> {
        (self.lack == 0).then(|| Point { values: self.chosen.clone(), worth: self.objective })
    }
}

/// Columns worth moving: those that the relaxation does not settle clearly.
fn candidates(model: &Model, relaxed: &Relaxed, closed: &[bool]) -> Vec<usize> {
    let mut list: Vec<usize> = (0..model.columns.len()).filter(|column| !closed[*column]).collect();
    list.sort_by(|a, b| relaxed.reduced[*a].abs().total_cmp(&relaxed.reduced[*b].abs()).then(a.cmp(b)));
    let keep = list.len().min(400.max(list.len() / 4));
    list.truncate(keep);
    // The best first: that is the order in which they are taken in.
    list.sort_by(|a, b| relaxed.reduced[*b].total_cmp(&relaxed.reduced[*a]).then(a.cmp(b)));
    list
}

/// What one unit that a floor lacks costs: more than a unit of money usually brings.
fn price(model: &Model) -> i64 {
    let (mut worth, mut units) = (0_i128, 0_i128);
    for row in model.rows.iter().filter(|row| row.lower.is_some_and(|lower| lower > 0)) {
        for (column, by) in &row.terms {
            worth += i128::from(model.columns[*column].worth).abs();
            units += i128::from(by.abs());
        }
    }
    i64::try_from(4 * worth / units.max(1)).unwrap_or(i64::MAX / 4).max(1)
}

/// The threshold when `left` of `count` moves are left: it falls with the square.
fn falling(high: i64, left: usize, count: usize) -> i64 {
    let wide = |number: usize| i128::try_from(number).unwrap_or(1);
    let (left, count) = (wide(left), wide(count));
    i64::try_from(i128::from(high) * left * left / (count * count)).unwrap_or(0)
}

/// What a typical column is worth.
fn threshold(worth: &[i64]) -> i64 {
    let count = i64::try_from(worth.len().max(1)).unwrap_or(1);
    worth.iter().fold(0_i64, |sum, worth| sum.saturating_add(worth.saturating_abs())) / count
}

fn wide(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
