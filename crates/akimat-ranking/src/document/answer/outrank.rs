//! PROMETHEE II and ELECTRE I.

use super::super::pairwise::object;
use super::super::read::{Object, field, number, numbers, unreadable, words};
use super::super::table::Source;
use super::{named, note, note_constants, per_project, ranks, weights};
use crate::electre::{self, Largest, Norm};
use crate::promethee::{Preference, promethee as flows};
use crate::{Fault, Table};
use serde_json::{Value, json};

pub(in crate::document) fn promethee(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let table = source.table()?;
    let preferences = preferences(input, &source)?;
    let found = flows(&table, &preferences)?;
    let mut answer = ranks(&source, &found.ranking);
    answer.extend(weights(&source, &source.shares()?));
    let (net, plus, minus) = (
        per_project(&source, &found.net),
        per_project(&source, &found.plus),
        per_project(&source, &found.minus),
    );
    let usual = flows(&table, &vec![Preference::Usual; table.m()])?;
    answer.extend(object(json!({
        "method": "promethee2",
        "phi": net, "net_flow": net, "net_flows": net, "phi_net": net, "scores": net, "score": net,
        "phi_plus": plus, "positive_flow": plus, "leaving_flow": plus, "phi+": plus,
        "phi_minus": minus, "negative_flow": minus, "entering_flow": minus, "phi-": minus,
        "promethee_usual": usual.net,
        "functions": preferences.iter().map(|preference| name(*preference)).collect::<Vec<_>>(),
    })));
    if preferences.iter().all(|preference| matches!(preference, Preference::Linear { .. })) {
        answer.insert("promethee_linear".to_owned(), json!(found.net));
    }
    if table.n() <= 100 {
        let index = pairs(&table, &preferences);
        answer.insert("preference_index".to_owned(), json!(index));
        answer.insert("pi".to_owned(), json!(index));
        answer.insert("single_criterion_flows".to_owned(), json!(found.single));
    }
    note_constants(&mut answer, &table);
    Ok(answer)
}

fn pairs(table: &Table, preferences: &[Preference]) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = (0..table.m()).map(|at| table.turned(at)).collect();
    let weights: Vec<f64> = table.criteria().iter().map(|criterion| criterion.weight).collect();
    let of = |a: usize, b: usize| -> f64 {
        let each = columns.iter().zip(preferences).zip(&weights);
        each.map(|((column, preference), weight)| weight * preference.of(column[a] - column[b])).sum()
    };
    (0..table.n()).map(|a| (0..table.n()).map(|b| of(a, b)).collect()).collect()
}

const fn name(preference: Preference) -> &'static str {
    match preference {
        Preference::Usual => "usual",
        Preference::UShape { .. } => "u-shape",
        Preference::VShape { .. } => "v-shape",
        Preference::Level { .. } => "level",
        Preference::Linear { .. } => "linear",
        Preference::Gaussian { .. } => "gaussian",
    }
}

/// A preference for each criterion: kinds with thresholds in lists of their own, in objects, or in the description of
/// each criterion; linear when only thresholds are given, usual when nothing is.
fn preferences(input: &Object, source: &Source) -> Result<Vec<Preference>, Fault> {
    let codes = &source.codes;
    let names = [
        "functions",
        "preference_functions",
        "preference_function",
        "function",
        "preferences",
        "preference",
        "params",
        "F",
    ];
    let given = field(input, &names);
    let one_by_one = given.clone().and_then(|(name, value)| {
        let list = super::super::read::list(&name, value, codes).ok()?;
        list.iter().map(|entry| entry.as_object()).collect::<Option<Vec<_>>>()
    });
    let described: Option<Vec<&Object>> =
        (!source.described.is_empty()).then(|| source.described.iter().collect());
    if let Some(objects) =
        one_by_one.or_else(|| described.filter(|_| given.is_none() && field(input, &["q", "p"]).is_none()))
    {
        let threshold =
            |object: &Object, names: &[&str]| field(object, names).and_then(|(_, value)| number(value));
        let kinds = ["function", "preference", "preference_function", "type", "kind", "shape"];
        return objects
            .iter()
            .zip(codes)
            .map(|(object, code)| {
                let kind = field(object, &kinds).filter(|(name, value)| {
                    // In a description of a criterion `type` may be its direction.
                    name != "type"
                        || value.as_str().is_none_or(|word| super::super::read::direction(word).is_none())
                });
                let kind =
                    kind.map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                let (q, p) = (
                    threshold(object, &["q", "indifference"]),
                    threshold(object, &["p", "preference_threshold"]),
                );
                preference(code, kind.as_deref(), (q, p, threshold(object, &["s", "sigma", "gaussian"])))
            })
            .collect();
    }
    let kinds = match given {
        Some((name, value)) => Some(words(&name, value, codes)?),
        None => None,
    };
    let list = |names: &[&str]| -> Result<Vec<Option<f64>>, Fault> {
        let Some((name, value)) = field(input, names) else { return Ok(vec![None; codes.len()]) };
        // A gap stands for a threshold that the kind does not need.
        if let Value::Array(cells) = value
            && cells.len() == codes.len()
        {
            return Ok(cells.iter().map(number).collect());
        }
        Ok(numbers(&name, value, codes)?.into_iter().map(Some).collect())
    };
    let (q, p) =
        (list(&["q", "indifference", "indifference_thresholds"])?, list(&["p", "preference_thresholds"])?);
    let s = list(&["s", "sigma", "gaussian", "S"])?;
    (0..codes.len())
        .map(|at| {
            preference(&codes[at], kinds.as_ref().map(|kinds| kinds[at].as_str()), (q[at], p[at], s[at]))
        })
        .collect()
}

type Thresholds = (Option<f64>, Option<f64>, Option<f64>);

fn preference(code: &str, kind: Option<&str>, (q, p, s): Thresholds) -> Result<Preference, Fault> {
    let plain = |kind: &str| kind.to_lowercase().replace(['-', '_', ' '], "");
    let need =
        |value: Option<f64>, name: &str| value.ok_or_else(|| Fault::missing(&format!("{name} of {code}")));
    let low = q.unwrap_or(0.0);
    match kind.map(plain).as_deref() {
        None => Ok(match p {
            Some(p) => Preference::Linear { q: low, p },
            None if q.is_some() => Preference::UShape { q: low },
            None => Preference::Usual,
        }),
        Some("usual" | "1" | "i" | "t1" | "type1" | "typei") => Ok(Preference::Usual),
        Some("ushape" | "quasi" | "quasicriterion" | "2" | "ii" | "t2" | "type2" | "typeii") => {
            Ok(Preference::UShape { q: need(q.or(p), "q")? })
        }
        Some("vshape" | "3" | "iii" | "t3" | "type3" | "typeiii") => {
            Ok(Preference::VShape { p: need(p, "p")? })
        }
        Some("level" | "4" | "iv" | "t4" | "type4" | "typeiv") => {
            Ok(Preference::Level { q: low, p: need(p, "p")? })
        }
        Some(
            "linear"
            | "vshape2"
            | "vshapewithindifference"
            | "vshapeindifference"
            | "5"
            | "v"
            | "t5"
            | "type5"
            | "typev",
        ) => Ok(Preference::Linear { q: low, p: need(p, "p")? }),
        Some("gaussian" | "gauss" | "6" | "vi" | "t6" | "type6" | "typevi") => {
            Ok(Preference::Gaussian { s: need(s.or(p), "s")? })
        }
        Some(_) => {
            Err(unreadable(&format!("preference function of {code}"), &Value::from(kind.unwrap_or_default())))
        }
    }
}

pub(in crate::document) fn electre(input: &Object) -> Result<Object, Fault> {
    let source = Source::read(input)?;
    let table = source.table()?;
    let threshold = |names: &[&str]| -> Result<Option<f64>, Fault> {
        // A list under one of these names holds thresholds of another method.
        let single = |value: &Value| !value.is_array() && !value.is_object();
        let Some((name, value)) = field(input, names).filter(|(_, value)| single(value)) else {
            return Ok(None);
        };
        number(value).map(Some).ok_or_else(|| unreadable(&name, value))
    };
    let word = |names: &[&str]| {
        field(input, names).map(|(_, value)| value.as_str().unwrap_or_default().to_lowercase())
    };
    let norm = word(&["normalization", "normalisation", "norm"]);
    let asked = electre::Asked {
        concordance: threshold(&["c_star", "c*", "c", "concordance_threshold", "p", "c_hat"])?,
        discordance: threshold(&["d_star", "d*", "d", "discordance_threshold", "q", "d_hat"])?,
        largest: match word(&["discordance_scale", "discordance_denominator"]).as_deref() {
            Some("pair" | "pairwise") => Largest::OfThePair,
            _ => Largest::Anywhere,
        },
        norm: match norm.as_deref() {
            Some("minmax" | "min-max" | "min_max") => Norm::MinMax,
            Some("vector" | "vector_weighted" | "weighted") => Norm::VectorWeighted,
            _ => Norm::None,
        },
    };
    if norm.is_none() {
        source.refuse_mixed_units()?;
    }
    let found = electre::electre(&table, asked)?;
    let diagonal = |matrix: &[Vec<f64>]| -> Vec<Vec<Value>> {
        let cell = |a: usize, b: usize, value: f64| if a == b { Value::Null } else { json!(value) };
        let row =
            |(a, row): (usize, &Vec<f64>)| row.iter().enumerate().map(|(b, v)| cell(a, b, *v)).collect();
        matrix.iter().enumerate().map(row).collect()
    };
    let matrix: Vec<Vec<u8>> =
        found.outranks.iter().map(|row| row.iter().map(|over| u8::from(*over)).collect()).collect();
    let edges: Vec<[Value; 2]> = (0..table.n())
        .flat_map(|a| (0..table.n()).map(move |b| (a, b)))
        .filter(|(a, b)| found.outranks[*a][*b])
        .map(|(a, b)| [named(&source, &[a])[0].clone(), named(&source, &[b])[0].clone()])
        .collect();
    let rest: Vec<usize> = (0..table.n()).filter(|at| !found.kernel.contains(at)).collect();
    let circles: Vec<Vec<Value>> = found.circles.iter().map(|circle| named(&source, circle)).collect();
    let mut answer = weights(&source, &source.shares()?);
    answer.extend(object(json!({
        "method": "electre1",
        "concordance": diagonal(&found.concordance), "discordance": diagonal(&found.discordance),
        "c_star": found.c_star, "d_star": found.d_star,
        "outranking": matrix, "outranking_matrix": matrix, "dominance": matrix,
        "outranks": edges, "edges": edges,
        "kernel": named(&source, &found.kernel), "dominated": named(&source, &rest),
        "cycles": circles, "has_cycles": !found.circles.is_empty(),
        "alternatives": source.ids, "criteria": source.codes,
    })));
    if asked.concordance.is_none() || asked.discordance.is_none() {
        note(&mut answer, "a threshold that was not given is the mean over all pairs".to_owned());
    }
    if !found.circles.is_empty() {
        note(&mut answer, "projects that outrank one another in a circle are treated as one".to_owned());
    }
    Ok(answer)
}
