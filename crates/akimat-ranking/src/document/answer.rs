//! Answers of the methods on a table, under the names that the literature gives them.

mod outrank;
mod stability;

pub(super) use outrank::{electre, promethee};
pub(super) use stability::{ipf, smaa};

use super::pairwise::{by, object};
use super::read::{Object, field, list, number, numbers, shown, unreadable};
use super::table::Source;
use crate::explain::difference;
use crate::mavt::{self, Interval};
use crate::topsis::Norm;
use crate::wsm::{self, Scale};
use crate::{Criterion, Direction, Fault, Ranking, Table, ValueFunction, objective};
use serde_json::{Value, json};

/// Numbers by project: an object when the document named its projects in one, a list otherwise.
fn per_project(source: &Source, values: &[f64]) -> Value {
    if source.by_name { by(&source.ids, values) } else { json!(values) }
}

/// Projects of a list of places: by name where they have one, by number from 1 otherwise.
fn named(source: &Source, places: &[usize]) -> Vec<Value> {
    let name = |at: &usize| if source.named { json!(source.ids[*at]) } else { json!(at + 1) };
    places.iter().map(name).collect()
}

/// Places under every usual name.
fn ranks(source: &Source, ranking: &Ranking) -> Object {
    let places: Value = if source.by_name {
        source.ids.iter().cloned().zip(ranking.rank.iter().map(|rank| json!(rank))).collect()
    } else {
        json!(ranking.rank)
    };
    object(json!({
        "rank": places, "ranks": places,
        "ranking": named(source, &ranking.order),
        "order": named(source, &ranking.order),
        "best": named(source, &ranking.order[..1])[0],
        "ties": ranking.has_ties(),
        "alternatives": source.ids, "criteria": source.codes,
    }))
}

/// Fields that tell how the weights were taken.
fn weights(source: &Source, shares: &[f64]) -> Object {
    let mut notes = Vec::new();
    if source.weights.is_none() {
        notes.push("no weights were given: all criteria count alike".to_owned());
    }
    let sum: f64 = source.weights.iter().flatten().sum();
    let whole = if source.percent { 100.0 } else { 1.0 };
    if source.weights.is_some() && (sum - whole).abs() > 1e-9 {
        notes.push(format!("the weights sum to {sum} and were divided by it"));
    }
    object(json!({ "weights": shares, "notes": notes }))
}

fn note(answer: &mut Object, text: String) {
    if let Some(Value::Array(notes)) = answer.get_mut("notes") {
        notes.push(Value::from(text));
    }
}

fn note_constants(answer: &mut Object, table: &Table) {
    for at in table.constants() {
        note(
            answer,
            format!(
                "{} has one value for every project and distinguishes nothing",
                table.criteria()[at].code
            ),
        );
    }
}

pub(in crate::document) fn wsm(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let table = source.table()?;
    let costs = source.directions.contains(&Direction::Cost);
    let asked = field(input, &["normalization", "normalisation", "scale", "norm"]);
    let scale = match &asked {
        Some((name, value)) => scale(name, value)?,
        None if costs => Scale::Max,
        None => Scale::None,
    };
    let shares = source.shares()?;
    let points: Vec<f64> = source.weights.clone().unwrap_or_else(|| vec![1.0; source.codes.len()]);
    let cells: Vec<Vec<f64>> =
        source.rows.iter().map(|row| row.iter().map(|cell| cell.point).collect()).collect();
    let (scores, contributions) = if scale == Scale::None && !costs {
        source.refuse_mixed_units()?;
        let part = |row: &Vec<f64>| row.iter().zip(&points).map(|(x, w)| x * w).collect::<Vec<f64>>();
        (wsm::points(&points, &cells), cells.iter().map(part).collect::<Vec<_>>())
    } else {
        let columns = wsm::scaled(&table, scale)?;
        let part = |at: usize| columns.iter().zip(&shares).map(|(column, w)| w * column[at]).collect();
        (wsm::score(&table, scale)?, (0..table.n()).map(part).collect())
    };
    let ranking = Ranking::of(&scores);
    let mut answer = ranks(&source, &ranking);
    answer.extend(weights(&source, &shares));
    let shown = per_project(&source, &scores);
    answer.extend(object(json!({
        "method": "wsm", "project_score": shown, "scores": shown, "score": shown, "total": shown,
        "contributions": contributions,
        "normalization": match scale {
            Scale::None => "none",
            Scale::Max => "max",
            Scale::MinMax => "minmax",
            Scale::Sum => "sum",
        },
    })));
    if asked.is_none() && costs {
        note(
            &mut answer,
            "costs stand among the criteria: benefits were divided by the largest, the smallest by costs"
                .to_owned(),
        );
    }
    Ok(answer)
}

fn scale(name: &str, value: &Value) -> Result<Scale, Fault> {
    match value.as_str().unwrap_or_default().to_lowercase().replace(['-', '_', ' '], "").as_str() {
        "none" | "raw" => Ok(Scale::None),
        "max" | "linear" | "linearmax" => Ok(Scale::Max),
        "minmax" | "linearminmax" => Ok(Scale::MinMax),
        "sum" | "linearsum" => Ok(Scale::Sum),
        _ => Err(unreadable(name, value)),
    }
}

pub(in crate::document) fn topsis(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let table = source.table()?;
    let asked = field(input, &["normalization", "normalisation", "norm"]);
    let main = match asked {
        Some((name, value)) => {
            match value.as_str().unwrap_or_default().to_lowercase().replace(['-', '_', ' '], "").as_str() {
                "vector" | "euclidean" => Norm::Vector,
                "minmax" => Norm::MinMax,
                _ => return Err(unreadable(&name, value)),
            }
        }
        None => Norm::Vector,
    };
    let found = crate::topsis::topsis(&table, main)?;
    let other = |norm| match crate::topsis::topsis(&table, norm) {
        Ok(found) => json!(found.closeness),
        Err(fault) => json!({ "refused": fault.to_string() }),
    };
    let rows = |columns: &[Vec<f64>]| -> Vec<Vec<f64>> {
        (0..table.n()).map(|at| columns.iter().map(|column| column[at]).collect()).collect()
    };
    let mut answer = ranks(&source, &found.ranking);
    answer.extend(weights(&source, &source.shares()?));
    let closeness = per_project(&source, &found.closeness);
    answer.extend(object(json!({
        "method": "topsis", "normalization": if main == Norm::Vector { "vector" } else { "minmax" },
        "closeness": closeness, "scores": closeness, "score": closeness, "preference": closeness,
        "relative_closeness": closeness,
        "d_plus": per_project(&source, &found.to_best), "d_minus": per_project(&source, &found.to_worst),
        "distance_to_ideal": per_project(&source, &found.to_best),
        "distance_to_anti_ideal": per_project(&source, &found.to_worst),
        "ideal": found.best, "ideal_best": found.best, "positive_ideal": found.best,
        "anti_ideal": found.worst, "ideal_worst": found.worst, "negative_ideal": found.worst,
        "topsis_vector": other(Norm::Vector), "topsis_minmax": other(Norm::MinMax),
    })));
    if table.n() <= 200 {
        answer.insert("weighted_normalized".to_owned(), json!(rows(&found.weighted)));
    }
    note_constants(&mut answer, &table);
    Ok(answer)
}

pub(in crate::document) fn entropy(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let table = source.table()?;
    let found = objective::entropy(&table)?;
    // The reference of the matrix files adds one to a column that holds a zero.
    let shifted: Vec<usize> = (0..table.m()).filter(|at| table.bounds(*at).0 <= 0.0).collect();
    let rows = source.ids.iter().zip(&source.rows).map(|(id, row)| {
        let cell = |(at, cell): (usize, &Interval)| cell.point + f64::from(u8::from(shifted.contains(&at)));
        (id.clone(), row.iter().enumerate().map(cell).collect())
    });
    let other = objective::entropy(&Table::new(source.criteria()?, rows.collect())?)?;
    let mut answer = object(json!({
        "method": "entropy", "weights": found.weights, "entropy": found.entropy, "E": found.entropy,
        "diversification": found.diversification, "d": found.diversification, "divergence": found.diversification,
        "entropy_weights": other.weights,
        "shifted_columns": shifted, "criteria": source.codes, "notes": [],
    }));
    if !shifted.is_empty() {
        note(&mut answer, "weights take 0 ln 0 as 0; entropy_weights add 1 to the columns named in shifted_columns (from 0)".to_owned());
    }
    note_constants(&mut answer, &table);
    Ok(answer)
}

pub(in crate::document) fn critic(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let found = objective::critic(&source.table()?)?;
    Ok(object(json!({
        "method": "critic", "weights": found.weights, "critic_weights": found.weights,
        "sd": found.deviation, "std": found.deviation, "standard_deviation": found.deviation,
        "correlation": found.correlation,
        "C": found.information, "information": found.information, "criteria": source.codes,
    })))
}

/// A value function for each criterion, and the worth of 1 in the document's own scale (1 or 100).
fn functions(input: &Object, source: &Source) -> Result<(Vec<ValueFunction>, f64, &'static str), Fault> {
    let names = ["value_functions", "functions", "value_function"];
    if let Some((name, value)) = field(input, &names) {
        let given = list(&name, value, &source.codes)?;
        let points = given.iter().zip(&source.codes).zip(&source.directions);
        let points: Vec<Vec<(f64, f64)>> = points
            .map(|((value, code), direction)| points_of(code, value, *direction))
            .collect::<Result<_, _>>()?;
        let most = points.iter().flatten().map(|point| point.1).fold(0.0, f64::max);
        let whole = if most > 1.0 { 100.0 } else { 1.0 };
        let scaled = |points: Vec<(f64, f64)>| points.into_iter().map(|(x, v)| (x, v / whole)).collect();
        let made =
            source.codes.iter().zip(points).map(|(code, points)| ValueFunction::new(code, scaled(points)));
        return Ok((made.collect::<Result<_, _>>()?, whole, "value functions"));
    }
    let line = |ends: Vec<(f64, f64)>| -> Result<Vec<ValueFunction>, Fault> {
        let each = source.codes.iter().zip(ends).zip(&source.directions);
        each.map(|((code, ends), direction)| ValueFunction::line(code, ends, *direction)).collect()
    };
    if let Some((name, value)) = field(input, &["bounds", "ranges", "policy_bounds"]) {
        let given = list(&name, value, &source.codes)?;
        let ends = given.iter().zip(&source.codes).map(|(value, code)| {
            let pair =
                value.as_array().filter(|pair| pair.len() == 2).ok_or_else(|| unreadable(code, value))?;
            let (a, b) = number(&pair[0]).zip(number(&pair[1])).ok_or_else(|| unreadable(code, value))?;
            Ok((a.min(b), a.max(b)))
        });
        return Ok((line(ends.collect::<Result<_, Fault>>()?)?, 1.0, "bounds"));
    }
    if let (Some((worst, low)), Some((best, high))) =
        (field(input, &["worst", "lower_bounds"]), field(input, &["best", "upper_bounds"]))
    {
        let (low, high) = (numbers(&worst, low, &source.codes)?, numbers(&best, high, &source.codes)?);
        let ends = |((low, high), code): ((f64, f64), &String)| {
            let rising =
                if low < high { vec![(low, 0.0), (high, 1.0)] } else { vec![(high, 1.0), (low, 0.0)] };
            ValueFunction::new(code, rising)
        };
        let made = low.into_iter().zip(high).zip(&source.codes).map(ends).collect::<Result<_, _>>()?;
        return Ok((made, 1.0, "bounds"));
    }
    let all = source.rows.iter().flatten();
    let most = all.clone().map(|cell| cell.high).fold(0.0, f64::max);
    let least = all.map(|cell| cell.low).fold(0.0, f64::min);
    if source.scores && !source.directed && least >= 0.0 && most <= 100.0 {
        source.refuse_mixed_units()?;
        let whole = if most <= 1.0 {
            1.0
        } else if most <= 10.0 {
            10.0
        } else {
            100.0
        };
        return Ok((line(vec![(0.0, whole); source.codes.len()])?, whole, "scores as given"));
    }
    let table = source.table()?;
    table.refuse_constants()?;
    Ok((line((0..table.m()).map(|at| table.bounds(at)).collect())?, 1.0, "data"))
}

fn points_of(code: &str, value: &Value, direction: Direction) -> Result<Vec<(f64, f64)>, Fault> {
    let pair = |value: &Value| -> Result<(f64, f64), Fault> {
        let pair = value.as_array().filter(|pair| pair.len() == 2).ok_or_else(|| unreadable(code, value))?;
        number(&pair[0]).zip(number(&pair[1])).ok_or_else(|| unreadable(code, value))
    };
    match value {
        Value::Array(points) => points.iter().map(pair).collect(),
        Value::Object(object) => {
            if let Some((name, points)) = field(object, &["points", "breakpoints"]) {
                let points = points.as_array().ok_or_else(|| unreadable(&name, points))?;
                return points.iter().map(pair).collect();
            }
            if let (Some((name, x)), Some((other, v))) =
                (field(object, &["x", "levels"]), field(object, &["v", "values", "y"]))
            {
                let list = |name: &str, value: &Value| -> Result<Vec<f64>, Fault> {
                    let list = value.as_array().ok_or_else(|| unreadable(name, value))?;
                    list.iter().map(|value| number(value).ok_or_else(|| unreadable(name, value))).collect()
                };
                return Ok(list(&name, x)?.into_iter().zip(list(&other, v)?).collect());
            }
            let end = |names: &[&str]| field(object, names).and_then(|(_, value)| number(value));
            let worst_best =
                end(&["worst"]).zip(end(&["best"])).map(|(worst, best)| vec![(worst, 0.0), (best, 1.0)]);
            let worth = if direction == Direction::Benefit { (0.0, 1.0) } else { (1.0, 0.0) };
            let low_high = end(&["low", "min", "lower"]).zip(end(&["high", "max", "upper"]));
            let low_high = low_high.map(|(low, high)| vec![(low, worth.0), (high, worth.1)]);
            worst_best.or(low_high).ok_or_else(|| unreadable(code, value))
        }
        other => Err(Fault::Unreadable { field: code.to_owned(), found: shown(other) }),
    }
}

pub(in crate::document) fn mavt(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let (functions, whole, bounds) = functions(input, &source)?;
    source.table()?;
    let criteria: Vec<Criterion> = source.criteria()?;
    let rows: Vec<(String, Vec<Interval>)> =
        source.ids.iter().cloned().zip(source.rows.iter().cloned()).collect();
    let found = mavt::value(&criteria, &functions, &rows)?;
    let part =
        |pick: fn(&Interval) -> f64| -> Vec<f64> { found.values.iter().map(|v| whole * pick(v)).collect() };
    let shown = per_project(&source, &part(|value| value.point));
    let points = |row: &Vec<Interval>| row.iter().map(|worth| whole * worth.point).collect::<Vec<f64>>();
    let worth: Vec<Vec<f64>> = found.worth.iter().map(points).collect();
    let contributions: Vec<Vec<f64>> =
        found.contributions.iter().map(|row| row.iter().map(|part| whole * part).collect()).collect();
    let mut answer = ranks(&source, &found.ranking);
    answer.extend(weights(&source, &source.shares()?));
    answer.extend(object(json!({
        "method": "mavt", "value": shown, "values": shown, "scores": shown, "score": shown,
        "project_score": shown, "overall_value": shown,
        "contributions": contributions, "partial_values": worth, "worth": worth, "scale": whole, "bounds_from": bounds,
    })));
    if source.has_ranges() {
        answer.insert("low".to_owned(), per_project(&source, &part(|value| value.low)));
        answer.insert("high".to_owned(), per_project(&source, &part(|value| value.high)));
    }
    answer.insert("swaps".to_owned(), json!(swaps(&source, &criteria, &found)));
    if bounds == "data" {
        note(&mut answer, "no fixed bounds were given: those of the data were used, so a further project can change the order of others".to_owned());
    }
    Ok(answer)
}

/// For each project and the next one: what separates them, and the smallest change of a weight that swaps them.
fn swaps(source: &Source, criteria: &[Criterion], found: &mavt::Valued) -> Vec<Value> {
    let shares: Vec<f64> = criteria.iter().map(|criterion| criterion.weight).collect();
    let worth = |at: usize| found.worth[at].iter().map(|worth| worth.point).collect::<Vec<f64>>();
    let pairs = found.ranking.order.windows(2).take(50);
    pairs
        .map(|pair| {
            let between = difference(&shares, &worth(pair[0]), &worth(pair[1]));
            let change = between.smallest.map(|change| {
                json!({
                    "criterion": source.codes[change.criterion],
                    "from": change.from, "to": change.to, "dw": change.to - change.from,
                })
            });
            json!({
                "before": source.ids[pair[0]], "after": source.ids[pair[1]], "difference": between.total,
                "by_criterion": between.parts, "smallest_weight_change": change,
            })
        })
        .collect()
}
