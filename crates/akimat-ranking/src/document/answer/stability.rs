//! SMAA-2 and the plane of two indices.

use super::super::Options;
use super::super::pairwise::{by, object};
use super::super::read::{Object, field, number, numbers, unreadable, words};
use super::super::table::Source;
use super::{functions, named, per_project};
use crate::ipf::{self, Money, Quadrant, Side, Weighting};
use crate::smaa::{self, Asked, Worth};
use crate::wsm::{self, Scale};
use crate::{Fault, Ranking};
use serde_json::{Value, json};

/// Projects of which every place is counted at most.
const EVERY_RANK_MAX: usize = 1_000;
/// Draws where nobody says how many.
const DRAWS: u32 = 10_000;

pub(in crate::document) fn smaa(input: &Object, options: &Options) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let table = source.table()?;
    let whole = |names: &[&str]| -> Result<Option<u64>, Fault> {
        let Some((name, value)) = field(input, names) else { return Ok(None) };
        value.as_u64().map(Some).ok_or_else(|| unreadable(&name, value))
    };
    let draws = whole(&["draws", "N", "iterations", "samples"])?;
    let draws = draws.map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let draws = options.draws.or(draws).unwrap_or(DRAWS);
    let seed = options.seed.or(whole(&["seed"])?).unwrap_or(0);
    let top = match field(input, &["top", "top_k", "k"]) {
        Some((name, value)) => tops(&name, value)?,
        None => vec![1, 10, 50],
    };
    let every_rank = table.n() <= EVERY_RANK_MAX;
    let asked = Asked { draws, seed: seed.wrapping_add(7), top, every_rank };
    let fixed = field(input, &["value_functions", "functions", "bounds", "worst"]).is_some();
    let found = if source.has_ranges() {
        let (functions, _, _) = functions(input, &source)?;
        smaa::smaa(Worth::Ranges(&source.rows, &functions), &asked)?
    } else if fixed {
        let (functions, _, _) = functions(input, &source)?;
        let column = |(at, f): (usize, &crate::ValueFunction)| {
            source.rows.iter().map(|row| f.of(row[at].point)).collect()
        };
        let columns: Vec<Vec<f64>> = functions.iter().enumerate().map(column).collect();
        smaa::smaa(Worth::Known(&columns), &asked)?
    } else {
        smaa::smaa(Worth::Known(&wsm::scaled(&table, Scale::MinMax)?), &asked)?
    };
    Ok(answer(&source, &found, seed))
}

fn tops(name: &str, value: &Value) -> Result<Vec<usize>, Fault> {
    let one = |value: &Value| value.as_u64().and_then(|k| usize::try_from(k).ok()).filter(|k| *k > 0);
    match value {
        Value::Array(list) => list.iter().map(|k| one(k).ok_or_else(|| unreadable(name, value))).collect(),
        other => one(other).map(|k| vec![k]).ok_or_else(|| unreadable(name, other)),
    }
}

fn answer(source: &Source, found: &smaa::Smaa, seed: u64) -> Object {
    let share = |counts: &[u32]| -> Vec<f64> {
        counts.iter().map(|n| f64::from(*n) / f64::from(found.draws)).collect()
    };
    let key = |at: usize| if source.named { source.ids[at].clone() } else { at.to_string() };
    let central: Object = found
        .central
        .iter()
        .enumerate()
        .filter_map(|(at, weights)| Some((key(at), json!(weights.as_ref()?))))
        .collect();
    let listed: Vec<&Option<Vec<f64>>> = found.central.iter().collect();
    let first: Vec<f64> = found.first.iter().map(|n| f64::from(*n)).collect();
    let mut all = object(json!({
        "method": "smaa2", "N": found.draws, "draws": found.draws, "seed": seed, "rng": "SplitMix64(seed+7)",
        "rank1_count": found.first, "first_rank_acceptability": share(&found.first),
        "central_weights": central, "central_weight_vectors": listed,
        "confidence": found.confidence, "confidence_factor": found.confidence, "confidence_factors": found.confidence,
        "error_95": found.error(),
        "ranking": named(source, &Ranking::of(&first).order),
        "alternatives": source.ids, "criteria": source.codes,
    }));
    for (size, counts) in &found.top {
        all.insert(format!("top{size}_count"), json!(counts));
        all.insert(format!("top{size}_acceptability"), json!(share(counts)));
    }
    if let (Some(ranks), Some(sums)) = (&found.ranks, found.rank_sums()) {
        all.insert("sum_of_ranks".to_owned(), json!(sums));
        #[expect(clippy::cast_precision_loss, reason = "sums stay far below 2^53")]
        let expected: Vec<f64> = sums.iter().map(|sum| *sum as f64 / f64::from(found.draws)).collect();
        all.insert("expected_rank".to_owned(), json!(expected));
        if ranks.len() <= 200 {
            let shares: Vec<Vec<f64>> = ranks.iter().map(|row| share(row)).collect();
            all.insert("rank_acceptability".to_owned(), json!(shares));
            all.insert("rank_acceptability_index".to_owned(), json!(shares));
            all.insert("rank_count".to_owned(), json!(ranks));
        }
    }
    let nested = all.clone();
    all.insert("smaa".to_owned(), Value::Object(nested));
    all
}

pub(in crate::document) fn ipf(input: &Object) -> Result<Object, Fault> {
    let (joined, sides) =
        match (field(input, &["sei", "SEI", "social"]), field(input, &["fei", "FEI", "financial"])) {
            (Some((_, Value::Object(social))), Some((_, Value::Object(financial)))) => {
                halves(input, social, financial)?
            }
            _ => (input.clone(), None),
        };
    let mut source = Source::read(&joined)?;
    let sides = match sides {
        Some(sides) => sides,
        None => sides_of(&joined, &source)?,
    };
    let given = source.weights.is_some();
    level(&mut source, &sides);
    let table = source.table()?;
    let weighting = match field(input, &["weighting", "weights_method", "weight_method", "weights_from"]) {
        Some((name, value)) => match value.as_str().unwrap_or_default().to_lowercase().as_str() {
            "equal" | "mean" => Weighting::Equal,
            "expert" | "given" | "policy" => Weighting::Expert,
            "pca" | "data" => Weighting::Pca,
            _ => return Err(unreadable(&name, value)),
        },
        None if given => Weighting::Expert,
        None => Weighting::Equal,
    };
    let costs = match field(input, &["costs", "cost", "project_cost", "project_costs", "capex"]) {
        Some((name, value)) => Some(numbers(&name, value, &source.ids)?),
        None => None,
    };
    let budget = match field(input, &["budget", "B", "sector_budget", "envelope"]) {
        Some((name, value)) => Some(number(value).ok_or_else(|| unreadable(&name, value))?),
        None => None,
    };
    let money = costs.as_deref().zip(budget).map(|(costs, budget)| Money { costs, budget });
    let found = ipf::ipf(&table, &sides, weighting, money)?;
    let changes = ipf::changes(&table, &sides, weighting, money)?;
    let ranks = |index: &[f64]| json!(Ranking::of(index).rank);
    let letters = |quadrants: &Vec<Quadrant>| -> Value {
        let codes = quadrants.iter().map(|quadrant| json!(quadrant.code()));
        if source.by_name { source.ids.iter().cloned().zip(codes).collect() } else { codes.collect() }
    };
    let groups = |quadrants: &Vec<Quadrant>| -> Object {
        let inside = |quadrant: Quadrant| {
            let own: Vec<usize> = (0..quadrants.len()).filter(|at| quadrants[*at] == quadrant).collect();
            (quadrant.code().to_owned(), json!(named(&source, &own)))
        };
        Quadrant::ALL.into_iter().map(inside).collect()
    };
    let changes: Vec<Value> = changes
        .iter()
        .map(|change| {
            json!({
                "weighting": change.weighting.code(), "sei_rho": change.sei_rho, "fei_rho": change.fei_rho,
                "crossing": named(&source, &change.crossing),
            })
        })
        .collect();
    let (sei, fei) = (per_project(&source, &found.sei), per_project(&source, &found.fei));
    let weights = by(&source.codes, &found.weights);
    Ok(object(json!({
        "method": "ipf", "weighting": weighting.code(),
        "sei": sei, "SEI": sei, "fei": fei, "FEI": fei, "sei_rank": ranks(&found.sei), "fei_rank": ranks(&found.fei),
        "sei_cut": found.sei_cut, "fei_cut": found.fei_cut, "tau_S": found.sei_cut, "tau_F": found.fei_cut,
        "quadrants": found.quadrants.as_ref().map(letters), "quadrant": found.quadrants.as_ref().map(letters),
        "groups": found.quadrants.as_ref().map(groups),
        "weights": found.weights, "weights_by_name": weights,
        "changes": changes, "alternatives": source.ids, "criteria": source.codes,
    })))
}

/// Two tables side by side become one.
fn halves(input: &Object, social: &Object, financial: &Object) -> Result<(Object, Option<Vec<Side>>), Fault> {
    let mut joined = input.clone();
    ["sei", "SEI", "social", "fei", "FEI", "financial"].iter().for_each(|name| {
        joined.remove(*name);
    });
    let (a, b) = (Source::read(social)?, Source::read(financial)?);
    if a.ids.len() != b.ids.len() {
        return Err(Fault::Length { field: "financial".to_owned(), n: b.ids.len(), expected: a.ids.len() });
    }
    let codes: Vec<String> = a
        .codes
        .iter()
        .map(|code| format!("S {code}"))
        .chain(b.codes.iter().map(|code| format!("F {code}")))
        .collect();
    let row = |(a, b): (&Vec<crate::mavt::Interval>, &Vec<crate::mavt::Interval>)| -> Vec<f64> {
        a.iter().chain(b).map(|cell| cell.point).collect()
    };
    let rows: Vec<Vec<f64>> = a.rows.iter().zip(&b.rows).map(row).collect();
    let types: Vec<&str> =
        a.directions.iter().chain(&b.directions).map(|direction| direction.code()).collect();
    if a.named && !joined.contains_key("alternatives") {
        joined.insert("alternatives".to_owned(), json!(a.ids));
    }
    if let (Some(own), Some(other)) = (&a.weights, &b.weights) {
        joined.insert("weights".to_owned(), json!(own.iter().chain(other).collect::<Vec<_>>()));
    }
    joined.insert("criteria".to_owned(), json!(codes));
    joined.insert("matrix".to_owned(), json!(rows));
    joined.insert("types".to_owned(), json!(types));
    let sides = vec![Side::Social; a.codes.len()].into_iter().chain(vec![Side::Financial; b.codes.len()]);
    Ok((joined, Some(sides.collect())))
}

/// Weights of an index count within the index only: each side is brought to a half of the whole.
fn level(source: &mut Source, sides: &[Side]) {
    let Some(weights) = &mut source.weights else { return };
    for side in Side::ALL {
        let own = |at: &usize| sides.get(*at) == Some(&side);
        let sum: f64 = (0..weights.len()).filter(own).map(|at| weights[at]).sum();
        if sum > 0.0 {
            (0..weights.len()).filter(own).for_each(|at| weights[at] /= 2.0 * sum);
        }
    }
    source.percent = false;
}

fn sides_of(input: &Object, source: &Source) -> Result<Vec<Side>, Fault> {
    let side = |word: &str| match word.trim().to_lowercase().as_str() {
        "s" | "social" | "sei" | "environmental" | "social_environmental" | "social-environmental" => {
            Some(Side::Social)
        }
        "f" | "financial" | "fei" | "economic" | "financial_economic" | "financial-economic" => {
            Some(Side::Financial)
        }
        _ => None,
    };
    let read = |name: &str, words: Vec<String>| -> Result<Vec<Side>, Fault> {
        words
            .iter()
            .map(|word| side(word).ok_or_else(|| unreadable(name, &Value::from(word.as_str()))))
            .collect()
    };
    let names = ["sides", "groups", "group", "index", "indices", "pillars", "dimension", "sets"];
    if let Some((name, value)) = field(input, &names) {
        return read(&name, words(&name, value, &source.codes)?);
    }
    if let Some(values) = source.each(&["side", "group", "index", "pillar", "dimension", "set"]) {
        return read(
            "side",
            values.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect(),
        );
    }
    let Some((name, value)) = field(input, &["social", "sei_criteria", "S", "sei"]) else {
        return Err(Fault::missing("sides"));
    };
    let members = value.as_array().ok_or_else(|| unreadable(&name, value))?;
    let mut sides = vec![Side::Financial; source.codes.len()];
    // Numbers count from 1, unless one of the two lists holds a zero.
    let other =
        field(input, &["financial", "fei_criteria", "F", "fei"]).and_then(|(_, value)| value.as_array());
    let zero = members.iter().chain(other.into_iter().flatten()).any(|member| member.as_u64() == Some(0));
    for member in members {
        let at = match member {
            Value::String(code) => source.codes.iter().position(|known| known == code),
            other => other
                .as_u64()
                .and_then(|at| usize::try_from(at).ok())
                .and_then(|at| at.checked_sub(usize::from(!zero))),
        };
        let slot = at.and_then(|at| sides.get_mut(at)).ok_or_else(|| unreadable(&name, member))?;
        *slot = Side::Social;
    }
    Ok(sides)
}
