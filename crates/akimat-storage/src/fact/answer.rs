//! Answers out of what the databases hold.

use super::block::{ReportLine, SumLine, tiyn};
use super::dictionary::Dictionary;
use super::ledger::child_of;
use super::{FactLine, FactMonth, FactNode, FactScope, FactTotal, LineKey, StageCounts};
use crate::row::{Columns, odd};
use crate::{Result, StoreError};
use akimat_budget::Amounts;
use akimat_core::{KatoCode, Money};
use std::collections::{BTreeMap, BTreeSet};

/// A total of a unit or of a sum before its line is named.
#[derive(Clone, Copy, Debug)]
pub struct TotalRow {
    /// Number of the line.
    pub line: u32,
    /// Year.
    pub year: i16,
    /// Unit, or the territory of the sum.
    pub place: KatoCode,
    /// Least and greatest month.
    pub months: (u8, u8),
    /// The money.
    pub amounts: Amounts,
    /// How many units stand behind it.
    pub n_units: StageCounts,
}

/// A total of a unit out of `line, year, place, month, approved, amended, executed`.
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else.
pub fn read_unit(row: &mut Columns<'_>) -> Result<TotalRow> {
    let (line, year, place, month) = (row.int()?, row.int()?, row.kato()?, row.int()?);
    let amounts =
        Amounts { approved: row.money_opt()?, amended: row.money_opt()?, executed: row.money_opt()? };
    Ok(TotalRow { line, year, place, months: (month, month), amounts, n_units: counts_of(&amounts) })
}

/// A sum out of `line, year, under, month_min, month_max, approved, amended, executed, n_approved,
/// n_amended, n_executed`.
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else.
pub fn read_sum(row: &mut Columns<'_>) -> Result<TotalRow> {
    let (line, year, place) = (row.int()?, row.int()?, row.kato()?);
    let months = (row.int()?, row.int()?);
    let sums = [row.int()?, row.int()?, row.int()?];
    let counts = [row.int()?, row.int()?, row.int()?];
    let sum = SumLine { line, sums, counts };
    Ok(TotalRow { line, year, place, months, amounts: sum.amounts(), n_units: sum.n_units() })
}

/// One where an amount is stated.
fn counts_of(amounts: &Amounts) -> StageCounts {
    let [approved, amended, executed] = tiyn(amounts).map(|amount| u32::from(amount.is_some()));
    StageCounts { approved, amended, executed }
}

impl TotalRow {
    /// With the line named and the node that it is of.
    ///
    /// # Errors
    /// [`StoreError::Unexpected`] when the dictionary lacks the line.
    pub fn named(&self, dictionary: &Dictionary, node: FactNode) -> Result<FactTotal> {
        Ok(FactTotal {
            node,
            year: self.year,
            key: dictionary.key(self.line)?.clone(),
            amounts: self.amounts,
            n_units: self.n_units,
            month_min: self.months.0,
            month_max: self.months.1,
        })
    }
}

/// The totals of one year of a unit: what its latest report states of the wanted lines.
///
/// # Errors
/// [`StoreError::Unexpected`] when the dictionary lacks a line.
pub fn of_report(
    dictionary: &Dictionary,
    (place, year, month): (KatoCode, i16, u8),
    lines: &[ReportLine],
    wanted: &BTreeSet<u32>,
) -> Result<Vec<FactTotal>> {
    let rows = lines.iter().filter(|line| wanted.contains(&line.line)).map(|line| TotalRow {
        line: line.line,
        year,
        place,
        months: (month, month),
        amounts: line.amounts,
        n_units: counts_of(&line.amounts),
    });
    rows.map(|row| row.named(dictionary, FactNode::Unit(place))).collect()
}

/// The totals of one year of a kept sum.
///
/// # Errors
/// [`StoreError::Unexpected`] when the dictionary lacks a line.
pub fn of_sum(
    dictionary: &Dictionary,
    (node, year, months): (FactNode, i16, (u8, u8)),
    lines: &[SumLine],
    wanted: &BTreeSet<u32>,
) -> Result<Vec<FactTotal>> {
    let total = |line: &SumLine| {
        Ok(FactTotal {
            node,
            year,
            key: dictionary.key(line.line)?.clone(),
            amounts: line.amounts(),
            n_units: line.n_units(),
            month_min: months.0,
            month_max: months.1,
        })
    };
    lines.iter().filter(|line| wanted.contains(&line.line)).map(total).collect()
}

/// Adds up totals of units, for sums that are not kept: those below small territories. `latest` has the month
/// of the latest report of each unit and year.
///
/// # Errors
/// [`StoreError::Unexpected`] when a sum is beyond measure.
pub fn fold(
    rows: &[TotalRow],
    latest: &[(KatoCode, i16, u8)],
    node_of: impl Fn(KatoCode) -> Option<FactNode>,
) -> Result<Vec<(FactNode, TotalRow)>> {
    let mut sums: BTreeMap<(FactNode, i16, u32), TotalRow> = BTreeMap::new();
    for row in rows {
        let Some(node) = node_of(row.place).filter(|_| row.amounts != Amounts::default()) else { continue };
        match sums.entry((node, row.year, row.line)) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(*row);
            }
            std::collections::btree_map::Entry::Occupied(mut taken) => taken.get_mut().join(row)?,
        }
    }
    // The months are those of all units of the node and year, as in the sums that are kept.
    let mut months: BTreeMap<(FactNode, i16), (u8, u8)> = BTreeMap::new();
    for (place, year, month) in latest {
        let Some(node) = node_of(*place) else { continue };
        let range = months.entry((node, *year)).or_insert((*month, *month));
        *range = (range.0.min(*month), range.1.max(*month));
    }
    Ok(sums
        .into_iter()
        .map(|((node, year, _), row)| {
            (node, TotalRow { months: months.get(&(node, year)).copied().unwrap_or(row.months), ..row })
        })
        .collect())
}

impl TotalRow {
    fn join(&mut self, other: &Self) -> Result<()> {
        self.amounts = plus(&self.amounts, &other.amounts)?;
        self.n_units = join_counts(self.n_units, other.n_units);
        self.months = (self.months.0.min(other.months.0), self.months.1.max(other.months.1));
        Ok(())
    }
}

fn join_counts(one: StageCounts, other: StageCounts) -> StageCounts {
    StageCounts {
        approved: one.approved.saturating_add(other.approved),
        amended: one.amended.saturating_add(other.amended),
        executed: one.executed.saturating_add(other.executed),
    }
}

fn plus(one: &Amounts, other: &Amounts) -> Result<Amounts> {
    let add = |one: Option<Money>, other: Option<Money>| match (one, other) {
        (Some(one), Some(other)) => {
            one.checked_add(other).map(Some).ok_or_else(|| odd("a sum of budget facts is beyond measure"))
        }
        (one, other) => Ok::<_, StoreError>(one.or(other)),
    };
    Ok(Amounts {
        approved: add(one.approved, other.approved)?,
        amended: add(one.amended, other.amended)?,
        executed: add(one.executed, other.executed)?,
    })
}

/// What one unit's report says of one line in one month.
pub fn month_of_report(year: i16, month: u8, lines: &[ReportLine], line: u32) -> Option<FactMonth> {
    let at = lines.binary_search_by_key(&line, |line| line.line).ok()?;
    let amounts = lines[at].amounts;
    Some(FactMonth { year, month, amounts, n_units: counts_of(&amounts) })
}

/// What a kept sum says of one line in one month.
pub fn month_of_sum(year: i16, month: u8, lines: &[SumLine], line: u32) -> Option<FactMonth> {
    let at = lines.binary_search_by_key(&line, |line| line.line).ok()?;
    Some(FactMonth { year, month, amounts: lines[at].amounts(), n_units: lines[at].n_units() })
}

/// Adds up the months of several units.
///
/// # Errors
/// [`StoreError::Unexpected`] when a sum is beyond measure.
pub fn fold_months(months: Vec<FactMonth>) -> Result<Vec<FactMonth>> {
    let mut sums: BTreeMap<(i16, u8), FactMonth> = BTreeMap::new();
    for month in months.into_iter().filter(|month| month.amounts != Amounts::default()) {
        match sums.entry((month.year, month.month)) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(month);
            }
            std::collections::btree_map::Entry::Occupied(mut taken) => {
                let sum = taken.get_mut();
                sum.amounts = plus(&sum.amounts, &month.amounts)?;
                sum.n_units = join_counts(sum.n_units, month.n_units);
            }
        }
    }
    Ok(sums.into_values().collect())
}

/// The lines of a report with their keys, sorted by them.
///
/// # Errors
/// [`StoreError::Unexpected`] when the dictionary lacks a line.
pub fn keyed(dictionary: &Dictionary, lines: &[ReportLine]) -> Result<Vec<FactLine>> {
    let mut keyed = lines
        .iter()
        .map(|line| {
            Ok(FactLine { row: line.row, key: dictionary.key(line.line)?.clone(), amounts: line.amounts })
        })
        .collect::<Result<Vec<_>>>()?;
    keyed.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(keyed)
}

/// By year, line, and code of the node's territory.
pub fn sort(totals: &mut [FactTotal]) {
    fn order(total: &FactTotal) -> (i16, &LineKey, Option<KatoCode>) {
        let place = match total.node {
            FactNode::Unit(place) => Some(place),
            FactNode::Sum { under, .. } => under,
        };
        (total.year, &total.key, place)
    }
    totals.sort_by(|one, other| order(one).cmp(&order(other)));
}

/// Of which node a unit is a part in the answer to a question whose sums are not kept.
pub fn node_of(scope: FactScope) -> impl Fn(KatoCode) -> Option<FactNode> {
    move |place| match scope {
        FactScope::Node(node) => Some(node),
        FactScope::Units { .. } => Some(FactNode::Unit(place)),
        FactScope::Sums { parent, level } => {
            let under = parent.map_or(Some(place.region()), |parent| child_of(parent, place))?;
            Some(FactNode::Sum { under: Some(under), level })
        }
    }
}
