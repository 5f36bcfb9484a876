//! Batches of the engine as rows of an answer.

use crate::ask::{Part, PartKind, packing, parts};
use crate::snapshot::{Snapshot, failed};
use akimat_budget::{Item, Section};
use akimat_core::{KatoCode, Money, Ratio};
use akimat_storage::columns::{AdHoc, AdHocRow, Aggregate, ColumnsError, Dimension, Figure, Measure, Member};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type};
use datafusion::arrow::record_batch::RecordBatch;

/// The rows of all batches.
///
/// # Errors
/// [`ColumnsError::Overflow`] when a sum does not fit into an amount.
pub(crate) fn rows(
    batches: &[RecordBatch],
    snapshot: &Snapshot,
    question: &AdHoc,
) -> Result<Vec<AdHocRow>, ColumnsError> {
    let parts = parts(question);
    let packing = packing(snapshot, question);
    let n_keys = if packing.is_some() { 1 } else { question.by.len() };
    let mut rows = Vec::new();
    for batch in batches {
        let (keys, values) = batch.columns().split_at(n_keys.min(batch.num_columns()));
        for at in 0..batch.num_rows() {
            let numbers = match (&packing, keys) {
                (Some(packing), [packed]) => packing.unpack(whole(packed, at)?),
                _ => keys.iter().map(|column| whole(column, at)).collect::<Result<_, _>>()?,
            };
            let key = question
                .by
                .iter()
                .zip(numbers)
                .map(|(dimension, number)| member(*dimension, number, snapshot))
                .collect::<Result<Vec<Member>, ColumnsError>>()?;
            let figures = question
                .measures
                .iter()
                .map(|measure| figure(*measure, &parts, values, at))
                .collect::<Result<Vec<Figure>, ColumnsError>>()?;
            rows.push(AdHocRow { key, figures });
        }
    }
    Ok(rows)
}

/// A value of a dimension or a count.
fn whole(column: &ArrayRef, at: usize) -> Result<i64, ColumnsError> {
    match column.data_type() {
        DataType::Int8 => Ok(column.as_primitive::<Int8Type>().value(at).into()),
        DataType::Int16 => Ok(column.as_primitive::<Int16Type>().value(at).into()),
        DataType::Int32 => Ok(column.as_primitive::<Int32Type>().value(at).into()),
        DataType::Int64 => Ok(column.as_primitive::<Int64Type>().value(at)),
        other => Err(failed(format!("a column of {other}"))),
    }
}

/// A sum, the least or the greatest in tiyn; `None` where nothing is stated.
fn tiyn(column: &ArrayRef, at: usize) -> Result<Option<i128>, ColumnsError> {
    if column.is_null(at) {
        return Ok(None);
    }
    match column.data_type() {
        DataType::Decimal128(_, 0) => Ok(Some(column.as_primitive::<Decimal128Type>().value(at))),
        _ => whole(column, at).map(|value| Some(value.into())),
    }
}

fn member(dimension: Dimension, value: i64, snapshot: &Snapshot) -> Result<Member, ColumnsError> {
    let at = usize::try_from(value).ok();
    let found = match dimension {
        Dimension::District | Dimension::Group if value == 0 => Some(Member::None),
        Dimension::Region | Dimension::District | Dimension::Unit => {
            u32::try_from(value).ok().and_then(KatoCode::from_number).map(Member::Place)
        }
        Dimension::Level | Dimension::Year | Dimension::Month => {
            i16::try_from(value).ok().map(Member::Number)
        }
        Dimension::Section => at.and_then(|at| Section::ALL.get(at)).copied().map(Member::Section),
        Dimension::Item => at.and_then(|at| Item::ALL.get(at)).copied().map(Member::Item),
        Dimension::Group => Some(Member::Code(format!("{value:02}"))),
        Dimension::Code => at.and_then(|at| snapshot.manifest.codes.get(at)).cloned().map(Member::Code),
    };
    found.ok_or_else(|| failed(format!("{value} is not a {}", dimension.code())))
}

fn figure(measure: Measure, parts: &[Part], values: &[ArrayRef], at: usize) -> Result<Figure, ColumnsError> {
    let column = |kind: PartKind| {
        let part = Part { stage: measure.stage, kind };
        let place = parts.iter().position(|other| *other == part);
        place.and_then(|place| values.get(place)).ok_or_else(|| failed("a column is missing"))
    };
    let amount = |kind: PartKind| -> Result<Option<Money>, ColumnsError> {
        let value = tiyn(column(kind)?, at)?;
        let fit =
            |value: i128| i64::try_from(value).map(Money::from_tiyn).map_err(|_| ColumnsError::Overflow);
        value.map(fit).transpose()
    };
    let n = || whole(column(PartKind::Count)?, at);
    Ok(match measure.aggregate {
        Aggregate::Sum => Figure::Money(amount(PartKind::Sum)?),
        Aggregate::Min => Figure::Money(amount(PartKind::Min)?),
        Aggregate::Max => Figure::Money(amount(PartKind::Max)?),
        Aggregate::Count => Figure::Count(u64::try_from(n()?).unwrap_or_default()),
        Aggregate::Mean => {
            let total = tiyn(column(PartKind::Sum)?, at)?;
            let count = i128::from(n()?);
            Figure::Mean(total.and_then(|total| Ratio::new(total, count)))
        }
    })
}

/// The answer when no file holds what is asked for: without groups still one row, which states nothing.
pub(crate) fn of_nothing(question: &AdHoc) -> Vec<AdHocRow> {
    if !question.by.is_empty() {
        return Vec::new();
    }
    let figure = |measure: &Measure| match measure.aggregate {
        Aggregate::Count => Figure::Count(0),
        Aggregate::Mean => Figure::Mean(None),
        _ => Figure::Money(None),
    };
    vec![AdHocRow { key: Vec::new(), figures: question.measures.iter().map(figure).collect() }]
}
