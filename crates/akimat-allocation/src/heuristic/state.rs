//! A 0-1 point with the activity of every row, changed by whole-number differences.

use super::{Chain, MOVES_MAX, Point, SplitMix64};
use crate::model::{Model, Row};
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
    /// By row: what one unit that its floor lacks is charged.
    prices: Vec<Price>,
    /// Sum of what floors lack, each at its price.
    penalty: i64,
}

/// What a move did, so that it can be taken back.
type Undo = Vec<u32>;

impl State {
    pub(super) fn new(model: &Model, relaxed: &Relaxed) -> Self {
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
        for list in &mut lists {
            // What binds most is asked first: most columns that do not fit are told by one row.
            list.sort_by(|a, b| {
                let binds = |(row, by): &(u32, i64)| (relaxed.duals[wide(*row)] * float(*by)).abs();
                binds(b).total_cmp(&binds(a)).then(a.0.cmp(&b.0))
            });
            begin.push(terms.len());
            terms.extend_from_slice(list);
        }
        begin.push(terms.len());
        let spare: Vec<i64> = model.rows.iter().map(|row| row.lower.map_or(FREE, |lower| -lower)).collect();
        let lack = spare.iter().map(|spare| (-spare).max(0)).sum();
        let floors: Vec<usize> = (0..spare.len()).filter(|row| spare[*row] < 0).collect();
        let prices = prices(model, relaxed, floors.len());
        let penalty = floors.iter().map(|row| -spare[*row] * prices[*row].now).sum();
        Self {
            chosen: vec![false; columns],
            begin,
            terms,
            room: model.rows.iter().map(|row| row.upper.unwrap_or(FREE)).collect(),
            floors,
            spare,
            members,
            worth: model.columns.iter().map(|column| column.worth).collect(),
            closed: model.columns.iter().map(|column| column.upper == Some(0)).collect(),
            objective: 0,
            lack,
            prices,
            penalty,
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
                let more = (-after).max(0) - (-before).max(0);
                self.lack += more;
                self.penalty += more * self.prices[row].now;
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
    fn charged(&self) -> i64 {
        self.objective - self.penalty
    }

    /// What a floor lacks grows dear while it is broken and cheap while none is.
    fn reweigh(&mut self) {
        let none_broken = self.lack == 0;
        for row in &self.floors {
            let price = &mut self.prices[*row];
            if self.spare[*row] < 0 {
                price.now = (price.now + price.now / 4 + 1).min(price.most);
            } else if none_broken {
                price.now = (price.now - price.now / 8).max(price.least);
            }
        }
        self.penalty = self.floors.iter().map(|row| (-self.spare[*row]).max(0) * self.prices[*row].now).sum();
    }

    /// Ruin and recreate (Schrimpf and others, Journal of Computational Physics 159, 2000) under threshold
    /// accepting (Dueck and Scheuer, Journal of Computational Physics 90, 1990): a few related columns are
    /// dropped, others are taken in by their reduced worth, some passed over by chance; what loses less than a
    /// threshold stands, and the threshold falls to zero.
    pub(super) fn anneal(&mut self, model: &Model, relaxed: &Relaxed, chain: Chain) -> Option<Point> {
        let mut chance = SplitMix64::new(chain.seed);
        let candidates = candidates(model, relaxed, &self.closed);
        let mut best = self.point();
        let mut charged = self.charged();
        let high = threshold(&self.worth) / chain.cool.max(1);
        let mut undo = Undo::new();
        if candidates.is_empty() || (chain.first && best.is_some()) {
            return best;
        }
        let count = (chain.looks / candidates.len()).clamp(1, MOVES_MAX);
        for step in 0..count {
            let limit = falling(high, count - step, count);
            if step % 512 == 511 {
                self.reweigh();
                charged = self.charged();
            }
            undo.clear();
            let sound = self.ruin(&candidates, &mut chance, &mut undo);
            if sound {
                if chain.mends && best.is_none() {
                    self.mend(&mut chance, &mut undo);
                }
                self.recreate(&candidates, &mut chance, &mut undo);
            }
            let now = self.charged();
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
    fn mend(&mut self, chance: &mut SplitMix64, undo: &mut Undo) {
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

/// What one unit that a floor lacks is charged, and between what it moves.
#[derive(Clone, Copy, Debug)]
struct Price {
    now: i64,
    least: i64,
    most: i64,
}

/// The largest sum that all floors together may be charged: far from where whole numbers of 64 bits end.
const PENALTY_MAX: i64 = 1 << 60;

/// By row: twice what one unit of its columns usually brings, or twice what the relaxation says if that is more. Each
/// floor has a price of its own: one project that must start is one unit, and so is a million of money.
fn prices(model: &Model, relaxed: &Relaxed, floors: usize) -> Vec<Price> {
    let floors = i64::try_from(floors.max(1)).unwrap_or(i64::MAX);
    let price = |(row, dual): (&Row, &f64)| {
        let (mut worth, mut units, mut lack) = (0_i128, 1_i128, i128::from(row.lower.unwrap_or(0).max(1)));
        for (column, by) in &row.terms {
            worth += i128::from(model.columns[*column].worth).abs();
            units += i128::from(by.abs());
            lack += i128::from((-by).max(0));
        }
        let most = i64::try_from(i128::from(PENALTY_MAX / floors) / lack).unwrap_or(i64::MAX).max(1);
        #[expect(clippy::cast_possible_truncation, reason = "limited beforehand")]
        let dual = (2.0 * dual.abs()).min(1e15) as i64;
        let now = i64::try_from(2 * worth / units).unwrap_or(i64::MAX).max(dual).clamp(1, most);
        Price { now, least: (now / 2).max(1), most: most.min(now.saturating_mul(1_000)) }
    };
    model.rows.iter().zip(&relaxed.duals).map(price).collect()
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

#[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
fn float(value: i64) -> f64 {
    value as f64
}
