//! Partnerships, loans, uplifts, distribution, choice for one budget.

use super::ask::{Ask, CASH, DEBT, ESTIMATE, RATE, SERVICE};
use super::{Out, warn};
use crate::appraise::Tables;
use crate::debt;
use crate::distribution::{Group, distribute};
use crate::fault::{Fault, FaultKind};
use crate::knapsack;
use crate::ppp::{self, Comparator, Contract, Risk};
use crate::rate::Convention;
use crate::uplift::{Mitigation, mitigated};
use crate::value::present_value;
use serde_json::{Value, json};

fn pairs<const N: usize>(pairs: [(&str, Value); N]) -> Out {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(super) fn dscr(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    let cash = ask.list(CASH)?;
    let mut service = ask.list(SERVICE)?;
    if service.len() == 1 {
        service = vec![service[0]; cash.len()];
    }
    let found = debt::dscr(&cash, &service)?;
    let single = !ask.get(CASH).is_some_and(Value::is_array);
    let list = if single { json!(found.dscr.first().copied().flatten()) } else { json!(found.dscr) };
    Ok(pairs([
        ("dscr", list),
        ("min_dscr", json!(found.min)),
        ("dscr_min", json!(found.min)),
        ("average_dscr", json!(found.mean)),
        ("dscr_average", json!(found.mean)),
    ]))
}

pub(super) fn llcr(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let (cash, debt, rate) = (ask.list(CASH)?, ask.number(DEBT)?, ask.rate(tables)?);
    let mut convention = ask.convention()?;
    if !ask.has(&["first_flow_at", "timing", "convention"]) {
        // Debt stands now, its service comes at the end of each year.
        convention = Convention { first: 1.0, ..convention };
    }
    let pv = present_value(&cash, &rate, convention);
    Ok(pairs([("llcr", json!(debt::llcr(&cash, debt, (&rate, convention))?)), ("pv_cfads", json!(pv))]))
}

/// An amount that is a present value already, or a stream.
fn amount(ask: &Ask<'_>, names: &[&str], tables: &Tables) -> Result<f64, Fault> {
    match ask.get(names) {
        None => Ok(0.0),
        Some(Value::Array(_)) => {
            let flows = ask.list(names)?;
            Ok(present_value(&flows, &ask.rate(tables)?, ask.convention()?))
        }
        Some(_) => ask.number(names),
    }
}

fn risks(ask: &Ask<'_>) -> Result<Vec<Risk>, Fault> {
    let Some(rows) = ask.get(&["risks", "risk_table"]).and_then(Value::as_array) else {
        return Ok(Vec::new());
    };
    let mut risks = Vec::new();
    for (item, row) in rows.iter().zip(1..) {
        let own = item.as_object().ok_or_else(|| ask.fault(&["risks"], FaultKind::Missing).at(row))?;
        let own = Ask::new(own, None, "risks");
        let transferred = match own.get(&["transferred", "transferable", "share_transferred", "allocation"]) {
            Some(Value::Bool(yes)) => f64::from(u8::from(*yes)),
            Some(Value::String(word)) => f64::from(u8::from(word.to_lowercase().contains("trans"))),
            Some(_) => own.number(&["transferred", "transferable", "share_transferred", "allocation"])?,
            None => 1.0,
        };
        let risk = Risk {
            name: own.text(&["name", "risk"]).unwrap_or_default().to_owned(),
            probability: own.number(&["probability", "chance", "p"])?,
            impact: own.number(&["impact", "cost", "consequence", "value"])?,
            transferred,
        };
        risk.check().map_err(|fault| fault.at(row))?;
        risks.push(risk);
    }
    Ok(risks)
}

pub(super) fn value_for_money(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    const PSC: &[&str] = &["psc", "public_sector_comparator"];
    const PPP: &[&str] = &["ppp", "contract"];
    let risks = risks(ask)?;
    let (transferable, retained) = ppp::risk_split(&risks);
    let mut comparator =
        Comparator { transferable_risk: transferable, retained_risk: retained, ..Comparator::default() };
    let mut contract = Contract { retained_risk: retained, ..Contract::default() };
    if let Some(own) = ask.inner(PSC) {
        let get = |names: &[&str]| amount(&own, names, tables);
        comparator.raw_cost =
            get(&["raw_cost", "raw", "raw_psc", "base_cost", "base_costs", "costs", "cost"])?
                + get(&["capital", "capital_cost", "capex"])?
                + get(&["operating", "operating_cost", "operating_costs", "opex", "maintenance"])?;
        comparator.third_party_revenue =
            get(&["third_party_revenue", "revenue", "revenues", "third_party_revenues"])?;
        comparator.competitive_neutrality = get(&["competitive_neutrality", "neutrality"])?;
        comparator.transferable_risk +=
            get(&["transferable_risk", "transferred_risk", "transferable_risks", "risk_transferred"])?;
        comparator.retained_risk += get(&["retained_risk", "retained_risks", "risk_retained"])?;
    } else {
        comparator.raw_cost = amount(ask, &["psc", "psc_pv", "pv_psc"], tables)?;
    }
    if let Some(own) = ask.inner(PPP) {
        let get = |names: &[&str]| amount(&own, names, tables);
        contract.payments = get(&[
            "payments",
            "payment",
            "state_payments",
            "unitary_payments",
            "unitary_charge",
            "availability_payments",
            "service_payments",
            "government_payments",
            "bid",
        ])?;
        contract.retained_risk += get(&["retained_risk", "retained_risks", "risk_retained"])?;
        contract.monitoring = get(&[
            "monitoring",
            "monitoring_cost",
            "monitoring_costs",
            "contract_management",
            "transaction_costs",
        ])?;
        contract.revenue_share = get(&["revenue_share", "state_revenue_share", "revenue", "state_revenue"])?;
    } else {
        contract.payments = amount(ask, &["ppp", "ppp_pv", "pv_ppp", "contract"], tables)?;
    }
    let found = ppp::value_for_money(&comparator, &contract);
    let mut out = pairs([
        ("psc", json!(found.psc)),
        ("pv_psc", json!(found.psc)),
        ("ppp", json!(found.ppp)),
        ("pv_ppp", json!(found.ppp)),
        ("vfm", json!(found.vfm)),
        ("vfm_share", json!(found.share)),
        ("vfm_percent", json!(found.share.map(|share| share * 100.0))),
        ("vfm_pct", json!(found.share.map(|share| share * 100.0))),
        ("ppp_is_cheaper", json!(found.vfm > 0.0)),
        ("transferable_risk", json!(comparator.transferable_risk)),
        ("retained_risk", json!(comparator.retained_risk)),
        ("risk_switching_value", json!(found.risk_switch)),
    ]);
    if !risks.is_empty() {
        let row = |risk: &Risk| json!({"name": risk.name, "expected": risk.expected(), "transferred": risk.transferred});
        out.insert("risk_table".to_owned(), risks.iter().map(row).collect());
    }
    Ok(out)
}

/// The chance that the raised estimate holds, from either side.
fn chance(ask: &Ask<'_>) -> Result<Option<f64>, Fault> {
    const OVERRUN: &[&str] = &[
        "acceptable_chance_of_overrun",
        "chance_of_overrun",
        "overrun_chance",
        "probability_of_overrun",
        "overrun_probability",
        "acceptable_risk",
        "risk",
    ];
    const HOLDS: &[&str] =
        &["probability", "chance", "confidence", "percentile", "p", "p_value", "confidence_level"];
    let part = |value: f64| if value > 1.0 { value / 100.0 } else { value };
    if let Some(overrun) = ask.find_number(OVERRUN)? {
        return Ok(Some(1.0 - part(overrun)));
    }
    let written = ask.text(HOLDS).map(|text| text.trim_start_matches(['P', 'p']).parse::<f64>());
    let holds = match written {
        Some(Ok(value)) => Some(value),
        _ => ask.find_number(HOLDS)?,
    };
    // Published tables begin at an even chance; less is a chance of overrun.
    Ok(holds.map(part).map(|chance| if chance < 0.5 { 1.0 - chance } else { chance }))
}

pub(super) fn optimism_bias(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    const CLASS: &[&str] = &["class", "type", "project_type"];
    let estimate = ask.number(ESTIMATE)?;
    // Published uplifts are at most 200 %; larger numbers are per cent.
    let part = |value: f64| if value.abs() > 3.0 { value / 100.0 } else { value };
    let class = ask.text(CLASS).map(|name| {
        tables
            .uplifts
            .find(name)
            .ok_or_else(|| ask.fault(CLASS, FaultKind::Unknown { value: name.chars().take(40).collect() }))
    });
    let class = class.transpose()?;
    let named = |names: &[&str]| ask.find_number(names).map(|value| value.map(part));
    let upper =
        named(&["upper_bound", "upper"])?.or(class.and_then(|class| class.bounds).map(|bounds| bounds.1));
    let lower =
        named(&["lower_bound", "lower"])?.or(class.and_then(|class| class.bounds).map(|bounds| bounds.0));
    let bound = ask.text(&["bound"]).map(super::normal);
    let mitigation = mitigation(ask)?;
    let missing = || ask.fault(&["probability"], FaultKind::Missing);
    let uplift = if let Some(uplift) = named(&["uplift", "uplift_percent"])? {
        mitigated(uplift, f64::NEG_INFINITY, &mitigation)
    } else if let (Some(upper), false) = (upper, mitigation.is_empty()) {
        mitigated(upper, lower.unwrap_or(f64::NEG_INFINITY), &mitigation)
    } else if let (Some(chance), Some(class)) = (chance(ask)?, class) {
        tables.uplifts.published(class, chance)?
    } else if bound.as_deref() == Some("lower") {
        lower.ok_or_else(missing)?
    } else {
        upper.ok_or_else(missing)?
    };
    let raised = estimate * (1.0 + uplift);
    let mut out = pairs([("uplift", json!(uplift)), ("uplift_percent", json!(uplift * 100.0))]);
    for name in ["budget", "uplifted", "uplifted_cost", "adjusted_estimate", "estimate_with_uplift", "cost"] {
        out.insert(name.to_owned(), json!(raised));
    }
    out.insert("uplift_amount".to_owned(), json!(estimate * uplift));
    if let Some(class) = class {
        out.insert("class".to_owned(), json!(class.code));
        out.insert("source".to_owned(), json!(class.source));
    }
    Ok(out)
}

fn mitigation(ask: &Ask<'_>) -> Result<Vec<Mitigation>, Fault> {
    const FACTORS: &[&str] = &["mitigation_factors", "factors", "contributory_factors"];
    let part = |value: f64| if value > 1.0 { value / 100.0 } else { value };
    if let Some(total) = ask.find_number(&["mitigation", "mitigated", "mitigation_factor"])? {
        return Ok(vec![Mitigation { contribution: 1.0, mitigated: part(total) }]);
    }
    let Some(rows) = ask.get(FACTORS).and_then(Value::as_array) else { return Ok(Vec::new()) };
    let mut factors = Vec::new();
    for (item, row) in rows.iter().zip(1..) {
        let own = item.as_object().ok_or_else(|| ask.fault(FACTORS, FaultKind::Missing).at(row))?;
        let own = Ask::new(own, None, "factors");
        factors.push(Mitigation {
            contribution: part(own.number(&["contribution", "weight", "share"])?),
            mitigated: part(own.number(&[
                "mitigation",
                "mitigated",
                "mitigation_factor",
                "cost_effective_mitigation",
            ])?),
        });
    }
    Ok(factors)
}

pub(super) fn shrinkage(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let (own, parent, n) =
        (ask.number(&["own"])?, ask.number(&["published", "parent"])?, ask.number(&["n"])?);
    let k = ask.find_number(&["k"])?.unwrap_or(tables.uplifts.k);
    if n < 0.0 || k <= 0.0 {
        return Err(ask.fault(&["n"], FaultKind::Negative { value: n.min(k) }));
    }
    let weight = n / (n + k);
    let mixed = weight * own + (1.0 - weight) * parent;
    Ok(pairs([("weight", json!(weight)), ("mixed", json!(mixed)), ("quantile", json!(mixed))]))
}

pub(super) fn distribution(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    const GROUPS: &[&str] = &["groups", "settlements"];
    let rows =
        ask.get(GROUPS).and_then(Value::as_array).ok_or_else(|| ask.fault(GROUPS, FaultKind::Missing))?;
    let mut groups = Vec::new();
    for (item, row) in rows.iter().zip(1..) {
        let own = item.as_object().ok_or_else(|| ask.fault(GROUPS, FaultKind::Missing).at(row))?;
        let own = Ask::new(own, None, "groups");
        groups.push(Group {
            name: own.text(&["name", "id", "group"]).unwrap_or_default().to_owned(),
            population: own.number(&["population", "people", "n"]).map_err(|fault| fault.at(row))?,
            benefit: own.number(&["benefit", "benefits"]).map_err(|fault| fault.at(row))?,
            income: own.find_number(&["income", "mean_income"]).map_err(|fault| fault.at(row))?,
        });
    }
    let found = distribute(&groups, ask.find_number(&["elasticity", "eta"])?)?;
    let list = |of: &dyn Fn(&crate::distribution::GroupShare) -> Value| {
        found.groups.iter().map(of).collect::<Value>()
    };
    let mut out = pairs([
        ("shares", list(&|group| json!(group.benefit_share))),
        ("per_head", list(&|group| json!(group.per_head))),
        ("gini", json!(found.gini)),
        ("total", json!(found.total)),
    ]);
    if let Some(total) = found.weighted_total {
        out.insert("weights".to_owned(), list(&|group| json!(group.weight)));
        out.insert("weighted_total".to_owned(), json!(total));
    }
    Ok(out)
}

pub(super) fn capital_budgeting(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    const COST: &[&str] = &["cost", "costs", "weight", "weights"];
    const VALUE: &[&str] =
        &["value", "values", "npv", "npvs", "benefit", "benefits", "profit", "profits", "return", "returns"];
    let budget = ask.number(&["budget", "capacity"])?;
    let (mut cost, mut value, mut names) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(rows) = ask.get(&["projects", "items"]).and_then(Value::as_array) {
        for (item, row) in rows.iter().zip(1..) {
            let own = item.as_object().ok_or_else(|| ask.fault(&["projects"], FaultKind::Missing).at(row))?;
            let own = Ask::new(own, None, "projects");
            cost.push(own.number(COST).map_err(|fault| fault.at(row))?);
            value.push(own.number(VALUE).map_err(|fault| fault.at(row))?);
            names.push(own.text(&["name", "id"]).unwrap_or_default().to_owned());
        }
    } else {
        (cost, value) = (ask.list(COST)?, ask.list(VALUE)?);
    }
    let found = knapsack::choose(budget, &cost, &value)?;
    let mut out = pairs([
        ("lp_optimum", json!(found.fractional_value)),
        ("lp_x", json!(found.fractions)),
        ("rounded_down_value", json!(found.rounded_down_value)),
        ("ip_optimum", json!(found.value)),
        ("ip_selected", json!(found.selected)),
        ("ip_x", (1..=cost.len()).map(|at| json!(u8::from(found.selected.contains(&at)))).collect()),
        ("ip_cost", json!(found.cost)),
        ("unique", json!(found.unique)),
    ]);
    if names.iter().any(|name| !name.is_empty()) {
        let chosen: Vec<&String> = found.selected.iter().filter_map(|at| names.get(at - 1)).collect();
        out.insert("ip_selected_names".to_owned(), json!(chosen));
    }
    if ask.has(RATE) {
        warn(&mut out, json!({"code": "rate_not_used", "field": "rate"}));
    }
    Ok(out)
}
