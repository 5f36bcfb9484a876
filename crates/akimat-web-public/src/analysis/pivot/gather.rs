//! From a view to its cells: from the totals that the database keeps exact where they answer the view, and
//! otherwise from the copy of the cube by columns.

use super::asked::{Axis, Lines, Shown, View};
use akimat_app::columns::NoAnswer;
use akimat_budget::real::Deflator;
use akimat_budget::{Amounts, Item, Stage};
use akimat_core::{KatoCode, Money, Ratio};
use akimat_storage::columns::{AdHoc, AdHocRow, Aggregate, Dimension, FactFilter, Figure, Measure, Member};
use akimat_storage::fact::{FactNode, FactQuery, FactScope, FactTotal, LineKey};
use akimat_storage::observation::{Observation, ObservationScope, POPULATION};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::state::WebState;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The sums of one cell with the number of facts behind each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What is stated; `None` where nothing is.
    pub amounts: Amounts,
    /// Facts that state the approved, amended and executed amount.
    pub n: [u64; 3],
}

/// A sum left the range of amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl Sums {
    /// Adds another cell.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        let add = |a: Option<Money>, b: Option<Money>| match (a, b) {
            (Some(a), Some(b)) => a.checked_add(b).map(Some).ok_or(Overflow),
            (one, None) | (None, one) => Ok(one),
        };
        self.amounts = Amounts {
            approved: add(self.amounts.approved, other.amounts.approved)?,
            amended: add(self.amounts.amended, other.amounts.amended)?,
            executed: add(self.amounts.executed, other.amounts.executed)?,
        };
        for (n, more) in self.n.iter_mut().zip(other.n) {
            *n += more;
        }
        Ok(())
    }

    /// Executed as a share of the amended plan, or of the approved one where none is amended; unknown where
    /// not the same facts state both, because then it would compare different units.
    pub fn execution(&self) -> Option<Ratio> {
        let executed = self.amounts.executed?;
        let (plan, n) = match self.amounts.amended {
            Some(plan) => (plan, self.n[1]),
            None => (self.amounts.approved?, self.n[0]),
        };
        (n == self.n[2]).then(|| Ratio::of(executed, plan)).flatten()
    }
}

impl Grid {
    /// Rows in which not every year adds the same number of budgets: their change is not growth.
    pub fn n_uneven_rows(&self, view: &View) -> usize {
        if view.columns != Axis::Year {
            return 0;
        }
        let at = match view.stage {
            Stage::Approved => 0,
            Stage::Amended => 1,
            Stage::Executed => 2,
        };
        let is_uneven = |row: &&Member| {
            let cells = self.cells.iter().filter(|((of, _), sums)| of == *row && sums.n[at] > 0);
            let counts: BTreeSet<u64> = cells.map(|(_, sums)| sums.n[at]).collect();
            counts.len() > 1
        };
        self.rows.iter().filter(is_uneven).count()
    }
}

/// The cells of a view.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Members of the rows, in their order.
    pub rows: Vec<Member>,
    /// Members of the columns, in their order.
    pub columns: Vec<Member>,
    /// What is known.
    pub cells: BTreeMap<(Member, Member), Sums>,
    /// The copy that was answered from, where it was one: when it was made, whether it is older than the
    /// cube.
    pub copy: Option<(Timestamp, bool)>,
    /// More groups than were read.
    pub truncated: bool,
}

/// What amounts are compared with.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Residents by territory (`None`: the country) and year.
    pub people: BTreeMap<(Option<KatoCode>, i16), i64>,
    /// Prices, measured by those of the last year of the view.
    pub prices: Option<Deflator>,
}

/// What the figures of a view are compared with; nothing where it needs nothing.
///
/// # Errors
/// When the database fails.
pub async fn beside(state: &WebState, view: &View) -> Answer<Beside> {
    let mut beside = Beside::default();
    if view.shown == Shown::Real {
        let last = *view.years.end();
        beside.prices = state.app.prices(Some(last)).await?.filter(|prices| prices.base_year == last);
    }
    if view.shown == Shown::Head {
        let scope = view.place.map_or(ObservationScope::Any, ObservationScope::Under);
        let people = state.app.series(POPULATION, scope, view.years.clone()).await?;
        // People are counted whole: a figure with decimals is not one of people.
        let whole = |own: Observation| (own.value.decimals() == 0).then(|| own.value.mantissa());
        let counted = people.into_iter().filter_map(|(at, own)| Some((at, whole(own)?)));
        beside.people = counted.filter(|(_, n)| *n > 0).collect();
    }
    Ok(beside)
}

/// Groups read at most: a download holds them all.
const GROUPS_MAX: u32 = 50_000;

/// The cells of a view.
///
/// # Errors
/// [`NoAnswer`] when the engine cannot answer, or the database fails.
pub async fn gather(state: &WebState, view: &View) -> Result<Grid, NoAnswer> {
    let kept = [Axis::Level, Axis::Month].into_iter().all(|axis| !view.has(axis));
    if kept { from_totals(state, view).await } else { from_columns(state, view).await }
}

impl Grid {
    fn put(&mut self, (row, column): (Member, Member), sums: &Sums) -> Result<(), NoAnswer> {
        self.cells.entry((row, column)).or_default().add(sums).map_err(|_| NoAnswer::Overflow)
    }

    fn finish(mut self) -> Self {
        let rows: BTreeSet<&Member> = self.cells.keys().map(|(row, _)| row).collect();
        let columns: BTreeSet<&Member> = self.cells.keys().map(|(_, column)| column).collect();
        let (rows, columns) = (rows.into_iter().cloned().collect(), columns.into_iter().cloned().collect());
        (self.rows, self.columns) = (rows, columns);
        self
    }

    /// A cell.
    pub fn cell(&self, row: &Member, column: &Member) -> Option<&Sums> {
        self.cells.get(&(row.clone(), column.clone()))
    }

    /// The sum of a row or column; `None` when it does not fit into an amount.
    pub fn total<'a>(&'a self, cells: impl Iterator<Item = (&'a Member, &'a Member)>) -> Option<Sums> {
        let mut total = Sums::default();
        for (row, column) in cells {
            if let Some(sums) = self.cell(row, column) {
                total.add(sums).ok()?;
            }
        }
        Some(total)
    }
}

async fn from_totals(state: &WebState, view: &View) -> Result<Grid, NoAnswer> {
    let read = state.app.read();
    let lines: Vec<LineKey> = read
        .list_fact_lines()
        .await?
        .into_iter()
        .map(|line| line.key)
        .filter(|key| view.lines.holds(key))
        .collect();
    if lines.is_empty() {
        return Ok(Grid::default());
    }
    let (under, level) = (view.place, view.level);
    let scope = if view.has(Axis::Unit) {
        FactScope::Units { under, level }
    } else if view.has(Axis::Place) {
        FactScope::Sums { parent: under, level }
    } else {
        FactScope::Node(FactNode::Sum { under, level })
    };
    let totals = read.fact_totals(&FactQuery { scope, lines, years: view.years.clone() }).await?;
    let mut grid = Grid::default();
    for total in &totals {
        let member = |axis| member_of_total(view, axis, total);
        let n = [total.n_units.approved, total.n_units.amended, total.n_units.executed];
        let sums = Sums { amounts: total.amounts, n: n.map(u64::from) };
        grid.put((member(view.rows), member(view.columns)), &sums)?;
    }
    Ok(grid.finish())
}

fn member_of_total(view: &View, axis: Axis, total: &FactTotal) -> Member {
    match axis {
        Axis::Place | Axis::Unit => match total.node {
            FactNode::Unit(place) | FactNode::Sum { under: Some(place), .. } => Member::Place(place),
            FactNode::Sum { under: None, .. } => Member::None,
        },
        Axis::Year => Member::Number(total.year),
        Axis::Level => Member::Number(view.level.into()),
        Axis::Month => Member::None,
        Axis::Line if total.key.item == Item::FunctionalGroup => Member::Code(total.key.code.clone()),
        Axis::Line => Member::Item(total.key.item),
    }
}

async fn from_columns(state: &WebState, view: &View) -> Result<Grid, NoAnswer> {
    let question = question(view);
    let answer = state.app.ask_columns(&question).await?;
    let mut grid =
        Grid { copy: Some((answer.as_of, answer.stale)), truncated: answer.truncated, ..Grid::default() };
    for AdHocRow { key, figures } in answer.rows {
        let [row, column] = key.as_slice() else { continue };
        let money = |at: usize| match figures.get(at) {
            Some(Figure::Money(money)) => *money,
            _ => None,
        };
        let count = |at: usize| match figures.get(at) {
            Some(Figure::Count(n)) => *n,
            _ => 0,
        };
        let amounts = Amounts { approved: money(0), amended: money(1), executed: money(2) };
        let sums = Sums { amounts, n: [count(3), count(4), count(5)] };
        grid.put((row.clone(), column.clone()), &sums)?;
    }
    Ok(grid.finish())
}

/// The view as a question: the three sums and the number of facts behind each.
pub fn question(view: &View) -> AdHoc {
    let measures = [Aggregate::Sum, Aggregate::Count]
        .into_iter()
        .flat_map(|aggregate| Stage::ALL.map(|stage| Measure { stage, aggregate }))
        .collect();
    let groups = match &view.lines {
        Lines::Function(group) => vec![group.clone()],
        _ => Vec::new(),
    };
    let by: Vec<Dimension> = [view.rows, view.columns].map(|axis| view.dimension(axis)).to_vec();
    AdHoc {
        by,
        filter: FactFilter {
            under: view.place.into_iter().collect::<Vec<KatoCode>>(),
            levels: if view.has(Axis::Level) { Vec::new() } else { vec![view.level] },
            years: Some(view.years.clone()),
            items: view.lines.items(),
            groups,
            ..FactFilter::default()
        },
        measures,
        latest: !view.has(Axis::Month),
        limit: GROUPS_MAX,
    }
}
