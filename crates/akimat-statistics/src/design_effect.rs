//! What clustering and unequal weights cost in precision (Kish 1965).

use crate::design;
use crate::raking::kish;
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::sample::{is_constant, mean, squares};
use crate::table::Table;
use crate::warning::Warning;
use std::collections::BTreeMap;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    design::count(&request.columns, 1, 1)?;
    if request.group.is_none() && request.count.is_none() {
        return Err(Refusal::OptionMissing { option: "group" });
    }
    let values = table.find(&request.columns[0])?.numbers()?;
    let weights = request.count.as_deref().map(|name| table.find(name)?.numbers()).transpose()?;
    let clusters = request.group.as_deref().map(|name| table.find(name)).transpose()?;
    let clusters: Option<Vec<Option<&str>>> = clusters.map(|column| column.texts().collect());
    let mut rows = Vec::new();
    for row in 0..table.n_rows() {
        let cluster = clusters.as_ref().map_or(Some(""), |clusters| clusters[row]);
        let weight = weights.map_or(Some(1.0), |weights| weights[row]);
        if let (Some(value), Some(cluster), Some(weight)) = (values[row], cluster, weight) {
            if weight < 0.0 {
                let column = request.count.clone().unwrap_or_default();
                return Err(Refusal::NotACount { column, row: table.rows()[row] });
            }
            rows.push((value, cluster, weight));
        }
    }
    let y: Vec<f64> = rows.iter().map(|(value, ..)| *value).collect();
    if y.len() < 3 {
        return Err(Refusal::TooFew { have: y.len(), need: 3 });
    }
    if is_constant(&y) {
        return Err(Refusal::Constant { column: request.columns[0].clone() });
    }
    let mut members: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    rows.iter().for_each(|(value, cluster, _)| members.entry(cluster).or_default().push(*value));
    let of_weights = kish(&rows.iter().map(|(.., weight)| *weight).collect::<Vec<_>>());
    let mut warnings = Vec::new();
    let (mut facts, mut of_clusters) = (Vec::new(), 1.0);
    if let Some(name) = &request.group {
        if members.len() < 2 || members.len() == y.len() {
            return Err(Refusal::Groups { column: name.clone(), have: members.len(), need: 2 });
        }
        let (icc, size) = intraclass(&members, &y);
        // Negative estimates of a share of variance count as none.
        of_clusters = 1.0 + (y.len() as f64 / members.len() as f64 - 1.0) * icc.max(0.0);
        facts.extend([
            ("clusters", Value::count(members.len())),
            ("cluster_size", Value::number(size)),
            ("icc", Value::number(icc)),
            ("deff_clusters", Value::number(of_clusters)),
        ]);
        if members.len() < 30 {
            warnings.push(Warning::FewClusters { n: members.len() });
        }
    }
    let deff = of_clusters * of_weights;
    facts.extend([
        ("deff_weights", Value::number(of_weights)),
        ("deff", Value::number(deff)),
        ("n_effective", Value::number(y.len() as f64 / deff)),
        ("se_factor", Value::number(deff.sqrt())),
    ]);
    let missing = table.n_rows() - y.len();
    Ok(Outcome { n: y.len(), missing, sheets: vec![Sheet::facts("design_effect", facts)], warnings })
}

/// Intraclass correlation by analysis of variance, ICC(1), with the size m₀ for unequal clusters.
fn intraclass(members: &BTreeMap<&str, Vec<f64>>, y: &[f64]) -> (f64, f64) {
    let (n, g, center) = (y.len() as f64, members.len() as f64, mean(y));
    let inside: f64 = members.values().map(|own| squares(own)).sum();
    let between: f64 = members.values().map(|own| own.len() as f64 * (mean(own) - center).powi(2)).sum();
    let sizes: f64 = members.values().map(|own| (own.len() * own.len()) as f64).sum();
    let size = (n - sizes / n) / (g - 1.0);
    let (between, inside) = (between / (g - 1.0), inside / (n - g));
    ((between - inside) / (between + (size - 1.0) * inside), size)
}
