//! A question as an expression of the engine.

use crate::layout::{column, position, stage_column};
use crate::pack::Packing;
use crate::snapshot::Snapshot;
use crate::snapshot::code;
use akimat_budget::{Item, Section, Stage};
use akimat_core::KatoCode;
use akimat_storage::columns::{AdHoc, Aggregate, Dimension};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;
use datafusion::functions_aggregate::expr_fn::{count, max, min, sum};
use datafusion::logical_expr::{Expr, cast, col, lit};
use datafusion::prelude::DataFrame;

/// A column of the engine's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) stage: Stage,
    pub(crate) kind: PartKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PartKind {
    Sum,
    Count,
    Min,
    Max,
}

/// The columns that the figures of a question are made of, each once: a mean is a sum and a count.
pub(crate) fn parts(question: &AdHoc) -> Vec<Part> {
    let mut parts: Vec<Part> = question
        .measures
        .iter()
        .flat_map(|measure| {
            kinds(measure.aggregate).iter().map(|kind| Part { stage: measure.stage, kind: *kind })
        })
        .collect();
    parts.sort();
    parts.dedup();
    parts
}

pub(crate) const fn kinds(aggregate: Aggregate) -> &'static [PartKind] {
    match aggregate {
        Aggregate::Sum => &[PartKind::Sum],
        Aggregate::Mean => &[PartKind::Sum, PartKind::Count],
        Aggregate::Min => &[PartKind::Min],
        Aggregate::Max => &[PartKind::Max],
        Aggregate::Count => &[PartKind::Count],
    }
}

/// The column of a dimension.
pub(crate) const fn dimension_column(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Region => column::REGION,
        Dimension::District => column::DISTRICT,
        Dimension::Unit => column::PLACE,
        Dimension::Level => column::LEVEL,
        Dimension::Year => column::YEAR,
        Dimension::Month => column::MONTH,
        Dimension::Section => column::SECTION,
        Dimension::Item => column::ITEM,
        Dimension::Group => column::GROUP,
        Dimension::Code => column::CODE,
    }
}

/// The column of several dimensions in one number.
const PACKED: &str = "packed";

/// How the dimensions of a question share a number, where they do.
pub(crate) fn packing(snapshot: &Snapshot, question: &AdHoc) -> Option<Packing> {
    Packing::of(&question.by, snapshot.manifest.codes.len())
}

/// Filters, groups, adds up and sorts; one group more than the limit is kept, to know whether there are
/// more. Years and latest reports have been chosen by file.
pub(crate) fn ask(table: DataFrame, snapshot: &Snapshot, question: &AdHoc) -> Result<DataFrame> {
    let table = match filter(snapshot, question) {
        Some(filter) => table.filter(filter)?,
        None => table,
    };
    let packed = packing(snapshot, question).and_then(|packing| packing.expression(&question.by));
    let groups: Vec<Expr> = match packed {
        Some(packed) => vec![packed.alias(PACKED)],
        None => question.by.iter().map(|dimension| col(dimension_column(*dimension))).collect(),
    };
    let sorted: Vec<Expr> = match groups.len() {
        1 if question.by.len() > 1 => vec![col(PACKED)],
        _ => groups.clone(),
    };
    let figures = parts(question).into_iter().map(|part| figure(snapshot, part)).collect();
    let answer = table.aggregate(groups, figures)?;
    if sorted.is_empty() {
        return Ok(answer);
    }
    let limit = usize::try_from(question.limit).unwrap_or(usize::MAX).saturating_add(1);
    answer.sort(sorted.into_iter().map(|group| group.sort(true, true)).collect())?.limit(0, Some(limit))
}

/// Sums stay in 64 bits where the manifest proves that none can overflow, and use 128 bits otherwise.
fn figure(snapshot: &Snapshot, part: Part) -> Expr {
    let amount = col(stage_column(part.stage));
    match part.kind {
        PartKind::Sum if snapshot.manifest.fits(part.stage) => sum(amount),
        PartKind::Sum => sum(cast(amount, DataType::Decimal128(19, 0))),
        PartKind::Count => count(amount),
        PartKind::Min => min(amount),
        PartKind::Max => max(amount),
    }
}

fn filter(snapshot: &Snapshot, question: &AdHoc) -> Option<Expr> {
    let filter = &question.filter;
    let small = |values: Vec<i8>, name: &str| one_of(name, values.into_iter().map(lit).collect());
    let tiny = |values: &[u8]| values.iter().map(|value| i8::try_from(*value).unwrap_or(-1)).collect();
    let codes = |codes: &[String]| {
        let known = |code: &String| snapshot.manifest.codes.binary_search(code).ok();
        codes
            .iter()
            .map(|code| lit(known(code).and_then(|at| i32::try_from(at).ok()).unwrap_or(-1)))
            .collect()
    };
    let groups = filter.groups.iter().map(|group| group.parse().unwrap_or(-1)).collect();
    [
        under(&filter.under),
        one_of(column::PLACE, filter.units.iter().map(|unit| lit(code(*unit))).collect()),
        small(tiny(&filter.levels), column::LEVEL),
        small(tiny(&filter.months), column::MONTH),
        small(filter.sections.iter().map(|s| position(&Section::ALL, s)).collect(), column::SECTION),
        small(filter.items.iter().map(|i| position(&Item::ALL, i)).collect(), column::ITEM),
        small(groups, column::GROUP),
        small(filter.depth.iter().map(|d| i8::try_from(*d).unwrap_or(-1)).collect(), column::DEPTH),
        one_of(column::CODE, codes(&filter.codes)),
    ]
    .into_iter()
    .flatten()
    .reduce(Expr::and)
}

fn one_of(name: &str, mut values: Vec<Expr>) -> Option<Expr> {
    match values.len() {
        0 => None,
        1 => values.pop().map(|value| col(name).eq(value)),
        _ => Some(col(name).in_list(values, false)),
    }
}

/// Each territory is a range of codes.
fn under(places: &[KatoCode]) -> Option<Expr> {
    let range = |place: &KatoCode| {
        let (first, last) = place.subtree();
        col(column::PLACE).gt_eq(lit(code(first))).and(col(column::PLACE).lt_eq(lit(code(last))))
    };
    places.iter().map(range).reduce(Expr::or)
}
