//! The lines of a trace.

use crate::number::Number;
use crate::refusal::Refusal;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rounds at a share.
#[derive(Debug)]
pub(crate) struct Rounds {
    pub(crate) share: Number,
    pub(crate) rounds: Vec<(usize, Number)>,
    /// Round from 0 and the projects that were equal.
    pub(crate) ties: Vec<(usize, Vec<usize>)>,
}

/// Neighbouring shares with one outcome.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) first: Number,
    pub(crate) last: Number,
    pub(crate) total: i128,
}

/// A trace, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) head: Value,
    pub(crate) segments: Vec<Segment>,
    pub(crate) last: Option<Rounds>,
    pub(crate) beyond: Option<Rounds>,
    pub(crate) burdens: Option<Vec<(usize, Option<Number>)>>,
    pub(crate) comparison: Option<Value>,
    pub(crate) result: Value,
}

/// Index of each project.
pub(crate) type Places<'a> = BTreeMap<&'a str, usize>;

/// Lines of a trace that are read at most.
const LINES_MAX: usize = 1_000_000;

/// The first line.
pub(crate) fn head(text: &str) -> Result<Value, Refusal> {
    let wrong = |field: &str| Refusal::Trace { line: 1, field: field.to_owned() };
    let head: Value =
        text.lines().next().and_then(|line| serde_json::from_str(line).ok()).ok_or_else(|| wrong("json"))?;
    if head["trace"].as_str() != Some("akimat-count/1") {
        return Err(wrong("trace"));
    }
    Ok(head)
}

/// Reads all lines.
pub(crate) fn read(text: &str, places: &Places<'_>) -> Result<Told, Refusal> {
    let mut told = Told { head: head(text)?, ..Told::default() };
    for (at, line) in text.lines().enumerate().skip(1) {
        let wrong = |field: &str| Refusal::Trace { line: at + 1, field: field.to_owned() };
        if at > LINES_MAX {
            return Err(wrong("lines"));
        }
        let line: Value = serde_json::from_str(line).map_err(|_| wrong("json"))?;
        let (name, value) =
            line.as_object().and_then(|line| line.iter().next()).ok_or_else(|| wrong("json"))?;
        match name.as_str() {
            "shares" => told.segments.push(segment(value).ok_or_else(|| wrong("shares"))?),
            "final" => told.last = Some(rounds(value, places).ok_or_else(|| wrong("final"))?),
            "beyond" => told.beyond = Some(rounds(value, places).ok_or_else(|| wrong("beyond"))?),
            "rounds" => told.burdens = Some(burdens(value, places).ok_or_else(|| wrong("rounds"))?),
            "comparison" => told.comparison = Some(value.clone()),
            "result" => told.result = value.clone(),
            other => return Err(wrong(other)),
        }
    }
    Ok(told)
}

fn number(value: &Value) -> Option<Number> {
    Number::parse(value.as_str()?)
}

fn segment(value: &Value) -> Option<Segment> {
    let total = value["total"].as_str()?.parse().ok()?;
    Some(Segment { first: number(&value["first"])?, last: number(&value["last"])?, total })
}

/// Projects by name.
pub(crate) fn projects(value: &Value, places: &Places<'_>) -> Option<Vec<usize>> {
    value.as_array()?.iter().map(|id| places.get(id.as_str()?).copied()).collect()
}

fn rounds(value: &Value, places: &Places<'_>) -> Option<Rounds> {
    let round = |round: &Value| {
        let price = number(&round["price"]).filter(|price| price.num.sign() == num_bigint::Sign::Plus)?;
        Some((*places.get(round["project"].as_str()?)?, price))
    };
    let tie = |tie: &Value| {
        let round = usize::try_from(tie["round"].as_u64()?).ok()?;
        Some((round, projects(&tie["projects"], places)?))
    };
    Some(Rounds {
        share: number(&value["share"]).filter(|share| share.num.sign() != num_bigint::Sign::Minus)?,
        rounds: value["rounds"].as_array()?.iter().map(round).collect::<Option<_>>()?,
        ties: value["ties"].as_array()?.iter().map(tie).collect::<Option<_>>()?,
    })
}

fn burdens(value: &Value, places: &Places<'_>) -> Option<Vec<(usize, Option<Number>)>> {
    let round = |round: &Value| {
        let burden = match round.get("burden") {
            Some(burden) => Some(number(burden)?),
            None => None,
        };
        Some((*places.get(round["project"].as_str()?)?, burden))
    };
    value.as_array()?.iter().map(round).collect()
}
