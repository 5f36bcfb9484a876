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

/// Rounds of Exact Equal Shares at a share.
#[derive(Debug)]
pub(crate) struct Groups {
    pub(crate) share: Number,
    /// Project and payers.
    pub(crate) rounds: Vec<(usize, i64)>,
    /// Round from 0 and the projects that were equal.
    pub(crate) ties: Vec<(usize, Vec<usize>)>,
    /// Shares that were tried.
    pub(crate) n_shares: u64,
}

/// A round of Maximin support.
#[derive(Debug)]
pub(crate) struct Supported {
    pub(crate) project: usize,
    pub(crate) burden: Number,
    /// Projects, each with a set that shows its burden from below, where it is another one than before.
    pub(crate) sets: Vec<(usize, Vec<usize>)>,
}

/// A round of Equal Shares with bounded overspending.
#[derive(Debug)]
pub(crate) struct OverspentRound {
    pub(crate) project: usize,
    /// The price of a unit is not below and not above.
    pub(crate) low: Number,
    pub(crate) high: Number,
    /// Voters who keep some money, and who keep none.
    pub(crate) full: i64,
    pub(crate) rest: i64,
}

/// The rounds of Equal Shares with bounded overspending.
#[derive(Debug)]
pub(crate) struct Overspent {
    pub(crate) rounds: Vec<OverspentRound>,
    pub(crate) ties: Vec<(usize, Vec<usize>)>,
}

/// A trace, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) head: Value,
    pub(crate) segments: Vec<Segment>,
    pub(crate) last: Option<Rounds>,
    pub(crate) beyond: Option<Rounds>,
    pub(crate) burdens: Option<Vec<(usize, Option<Number>)>>,
    pub(crate) shared: Option<Groups>,
    pub(crate) shared_beyond: Option<Groups>,
    pub(crate) support: Option<Vec<Supported>>,
    pub(crate) overspent: Option<Overspent>,
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
            "shared" => told.shared = Some(groups(value, places).ok_or_else(|| wrong("shared"))?),
            "shared-beyond" => {
                told.shared_beyond = Some(groups(value, places).ok_or_else(|| wrong("shared-beyond"))?);
            }
            "support" => told.support = Some(support(value, places).ok_or_else(|| wrong("support"))?),
            "overspent" => told.overspent = Some(overspent(value, places).ok_or_else(|| wrong("overspent"))?),
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
    Some(Rounds {
        share: number(&value["share"]).filter(|share| share.num.sign() != num_bigint::Sign::Minus)?,
        rounds: value["rounds"].as_array()?.iter().map(round).collect::<Option<_>>()?,
        ties: ties(&value["ties"], places)?,
    })
}

fn ties(value: &Value, places: &Places<'_>) -> Option<Vec<(usize, Vec<usize>)>> {
    let tie = |tie: &Value| {
        let round = usize::try_from(tie["round"].as_u64()?).ok()?;
        Some((round, projects(&tie["projects"], places)?))
    };
    value.as_array()?.iter().map(tie).collect()
}

fn project(round: &Value, places: &Places<'_>) -> Option<usize> {
    places.get(round["project"].as_str()?).copied()
}

fn groups(value: &Value, places: &Places<'_>) -> Option<Groups> {
    let round = |round: &Value| Some((project(round, places)?, round["payers"].as_i64()?));
    Some(Groups {
        share: number(&value["share"]).filter(|share| share.num.sign() != num_bigint::Sign::Minus)?,
        rounds: value["rounds"].as_array()?.iter().map(round).collect::<Option<_>>()?,
        ties: ties(&value["ties"], places)?,
        n_shares: value["n_shares"].as_u64()?,
    })
}

fn support(value: &Value, places: &Places<'_>) -> Option<Vec<Supported>> {
    let round = |round: &Value| {
        let set = |(id, set): (&String, &Value)| Some((*places.get(id.as_str())?, projects(set, places)?));
        Some(Supported {
            project: project(round, places)?,
            burden: number(&round["burden"])?,
            sets: round["sets"].as_object()?.iter().map(set).collect::<Option<_>>()?,
        })
    };
    value.as_array()?.iter().map(round).collect()
}

fn overspent(value: &Value, places: &Places<'_>) -> Option<Overspent> {
    let round = |round: &Value| {
        Some(OverspentRound {
            project: project(round, places)?,
            low: number(&round["price"][0])?,
            high: number(&round["price"][1])?,
            full: round["full"].as_i64()?,
            rest: round["rest"].as_i64()?,
        })
    };
    Some(Overspent {
        rounds: value["rounds"].as_array()?.iter().map(round).collect::<Option<_>>()?,
        ties: ties(&value["ties"], places)?,
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
