//! Weights from judgements: AHP and BWM.

use super::read::{Object, field, names, number, numbered, numbers, shown, unreadable, which};
use crate::ahp::{self, RANDOM_INDEX};
use crate::bwm::{self, Comparison, Weights};
use crate::{Fault, Ranking};
use serde_json::{Value, json};

pub(super) fn ahp(input: &Object) -> Result<Object, Fault> {
    let found = field(
        input,
        &["pairwise", "pairwise_matrix", "comparison_matrix", "judgements", "judgments", "matrix", "A"],
    );
    let (name, value) = found.ok_or_else(|| Fault::missing("pairwise"))?;
    let criteria = criteria_names(input)?;
    let (matrix, codes) = matrix(&name, value, criteria)?;
    let ri = field(input, &["RI", "random_index", "ri"]).and_then(|(_, value)| number(value));
    let found = ahp::ahp(&matrix, &codes, ri)?;
    let order: Vec<&String> = Ranking::of(&found.weights).order.into_iter().map(|at| &codes[at]).collect();
    let blame = found.blame.map(|blame| {
        json!({
            "row": codes[blame.row], "column": codes[blame.column],
            "i": blame.row + 1, "j": blame.column + 1,
            "judgement": blame.judgement, "suggested": blame.suggested, "CR_after": blame.cr_after,
        })
    });
    let mut answer = object(json!({
        "method": "ahp",
        "weights": found.weights, "priorities": found.weights, "priority_vector": found.weights,
        "lambda_max": found.lambda_max, "CI": found.ci, "CR": found.cr, "RI": found.ri,
        "consistent_at_0.10": found.is_consistent(), "consistent": found.is_consistent(),
        "blame": blame, "criteria": codes, "ranking": order,
        "RI_table": RANDOM_INDEX,
        "RI_source": if ri.is_some() { "input" } else { "Saaty" },
    }));
    if let Some((name, value)) =
        field(input, &["alternatives_pairwise", "alternative_matrices", "local_pairwise"])
    {
        answer.extend(hierarchy(&name, value, &codes, &found.weights)?);
    }
    Ok(answer)
}

/// A second level: one matrix of projects under each criterion; global priorities are the weighted sum of the local
/// ones (distributive mode).
fn hierarchy(name: &str, value: &Value, codes: &[String], weights: &[f64]) -> Result<Object, Fault> {
    let matrices = super::read::list(name, value, codes)?;
    let mut local = Vec::new();
    let mut global: Vec<f64> = Vec::new();
    for ((value, code), weight) in matrices.into_iter().zip(codes).zip(weights) {
        let (matrix, names) = matrix(code, value, None)?;
        let own = ahp::ahp(&matrix, &names, None)?;
        global.resize(own.weights.len().max(global.len()), 0.0);
        if own.weights.len() != global.len() {
            return Err(Fault::Length { field: code.clone(), n: own.weights.len(), expected: global.len() });
        }
        global.iter_mut().zip(&own.weights).for_each(|(sum, part)| *sum += weight * part);
        local.push(json!({ "criterion": code, "weights": own.weights, "CR": own.cr }));
    }
    let ranking = Ranking::of(&global);
    Ok(object(json!({ "local_priorities": local, "global_priorities": global, "rank": ranking.rank })))
}

fn criteria_names(input: &Object) -> Result<Option<Vec<String>>, Fault> {
    field(input, &["criteria", "criteria_names", "names", "items"])
        .map(|(name, value)| names(&name, value))
        .transpose()
}

/// Numbers or fractions; a gap below the diagonal is filled with the reciprocal of its mirror.
fn matrix(
    name: &str,
    value: &Value,
    codes: Option<Vec<String>>,
) -> Result<(Vec<Vec<f64>>, Vec<String>), Fault> {
    let (rows, codes): (Vec<&Value>, Vec<String>) = match value {
        Value::Array(rows) => {
            let codes = codes.unwrap_or_else(|| numbered('C', rows.len()));
            (rows.iter().collect(), codes)
        }
        Value::Object(map) => (map.values().collect(), map.keys().cloned().collect()),
        other => return Err(unreadable(name, other)),
    };
    let mut matrix: Vec<Vec<Option<f64>>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let code = codes.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
        let cells: Vec<&Value> = match row {
            Value::Array(cells) => cells.iter().collect(),
            Value::Object(map) => codes.iter().map(|code| map.get(code).unwrap_or(&Value::Null)).collect(),
            other => return Err(unreadable(&code, other)),
        };
        let read = |cell: &&Value| match cell {
            Value::Null => Ok(None),
            cell => number(cell).map(Some).ok_or_else(|| unreadable(&code, cell)),
        };
        matrix.push(cells.iter().map(read).collect::<Result<_, _>>()?);
    }
    let filled = (0..matrix.len()).map(|i| {
        let cell = |j: usize| match matrix[i][j] {
            Some(value) => Ok(value),
            None if i == j => Ok(1.0),
            None => matrix
                .get(j)
                .and_then(|row| *row.get(i)?)
                .map(|mirrored| 1.0 / mirrored)
                .ok_or_else(|| Fault::missing(&format!("{name} {}, {}", i + 1, j + 1))),
        };
        (0..matrix[i].len()).map(cell).collect()
    });
    Ok((filled.collect::<Result<_, _>>()?, codes))
}

pub(super) fn bwm(input: &Object) -> Result<Object, Fault> {
    let lists = [
        ["best_to_others", "BO", "best_to_other", "a_B", "mic"],
        ["others_to_worst", "OW", "other_to_worst", "a_W", "lic"],
    ];
    let given = |names: &[&str]| field(input, names).ok_or_else(|| Fault::missing(names[0]));
    let (to_others, to_worst) = (given(&lists[0])?, given(&lists[1])?);
    let by_name = to_others.1.is_object();
    let codes = match (criteria_names(input)?, to_others.1) {
        (Some(codes), _) => codes,
        (None, Value::Object(map)) => map.keys().cloned().collect(),
        (None, Value::Array(list)) => numbered('C', list.len()),
        (None, other) => return Err(unreadable(&to_others.0, other)),
    };
    let best_to_others = numbers(&to_others.0, to_others.1, &codes)?;
    let others_to_worst = numbers(&to_worst.0, to_worst.1, &codes)?;
    let one = |list: &[f64], at: usize| list.get(at).is_some_and(|value| (value - 1.0).abs() < 1e-9);
    let end = |names: &[&str], list: &[f64]| match field(input, names) {
        Some((name, value)) => which(&name, value, &codes, |at| one(list, at)),
        None => (0..list.len()).find(|at| one(list, *at)).ok_or_else(|| Fault::missing(names[0])),
    };
    let best = end(&["best", "best_criterion", "most_important"], &best_to_others)?;
    let worst = end(&["worst", "worst_criterion", "least_important"], &others_to_worst)?;
    let comparison = Comparison { names: codes.clone(), best, worst, best_to_others, others_to_worst };
    let found = bwm::bwm(&comparison)?;
    let model = field(input, &["model", "variant"]).map(|(_, value)| shown(value).to_lowercase());
    let by_ratio = model.is_some_and(|model| {
        model.contains("nonlinear") || model.contains("non-linear") || model.contains("original")
    });
    let main = if by_ratio { &found.ratio } else { &found.linear };
    let shown = |weights: &Weights| {
        let listed = if by_name { by(&codes, &weights.weights) } else { json!(weights.weights) };
        let ranges: Vec<[f64; 2]> = weights.range.iter().map(|(low, high)| [*low, *high]).collect();
        let unique = weights.range.iter().all(|(low, high)| high - low < 1e-6);
        object(json!({
            "weights": listed, "ksi": weights.xi, "xi": weights.xi, "ksi_star": weights.xi,
            "CR": weights.cr, "consistency_ratio": weights.cr, "ranges": ranges, "unique": unique,
        }))
    };
    let mut answer = shown(main);
    let order: Vec<&String> = Ranking::of(&main.weights).order.into_iter().map(|at| &codes[at]).collect();
    answer.extend(object(json!({
        "method": "bwm", "model": if by_ratio { "nonlinear" } else { "linear" },
        "criteria": codes, "best": codes[best], "worst": codes[worst], "ranking": order,
        "weights_by_name": by(&codes, &main.weights),
        "CI": found.ci, "consistency_index": found.ci,
        "input_CR": found.input_cr, "contradiction": found.contradiction.map(|at| codes[at].clone()),
        "linear": shown(&found.linear), "nonlinear": shown(&found.ratio),
    })));
    Ok(answer)
}

pub(super) fn by(names: &[String], values: &[f64]) -> Value {
    Value::Object(names.iter().cloned().zip(values.iter().map(|value| json!(value))).collect())
}

pub(super) fn object(value: Value) -> Object {
    match value {
        Value::Object(map) => map,
        _ => Object::new(),
    }
}
