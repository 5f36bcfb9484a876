//! Present values and rates of return.

use super::ask::{Ask, BENEFITS, COSTS, FINANCE_RATE, INVESTMENT, RATE, REINVEST_RATE, SALVAGE, YEARS};
use super::{Out, warn};
use crate::appraise::Tables;
use crate::fault::{Fault, FaultKind};
use crate::rate::{Convention, Rate};
use crate::value::{CostBenefit, annuity_share, cost_benefit, discounted_payback, present_value};
use crate::{returns, value};
use serde_json::{Value, json};

fn conventions(out: &mut Out, rate: &Rate, convention: Convention) {
    out.insert(
        "convention".to_owned(),
        json!({"first_flow_at": convention.first, "timing": convention.timing}),
    );
    out.insert(
        "rate_used".to_owned(),
        match rate.bands[..] {
            [band] => json!(band.rate),
            _ => json!(rate.bands),
        },
    );
}

pub(super) fn npv(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let (flows, rate, convention) = (ask.flows()?, ask.rate(tables)?, ask.convention()?);
    let npv = present_value(&flows, &rate, convention);
    let mut out = Out::new();
    out.insert("npv".to_owned(), json!(npv));
    out.insert("npv_start".to_owned(), json!(present_value(&flows, &rate, Convention::default())));
    let mid = Convention { first: 0.0, timing: crate::Timing::Mid };
    out.insert("npv_mid_year".to_owned(), json!(present_value(&flows, &rate, mid)));
    let end = Convention { first: 0.0, timing: crate::Timing::End };
    out.insert("npv_end_year".to_owned(), json!(present_value(&flows, &rate, end)));
    out.insert("accept".to_owned(), json!(npv > 0.0));
    let outlay: f64 = flows.iter().take_while(|flow| **flow < 0.0).sum();
    if outlay < 0.0 && convention == Convention::default() {
        let rest: f64 = npv - flows[0].min(0.0);
        out.insert("profitability_index".to_owned(), json!(rest / -flows[0].min(-f64::MIN_POSITIVE)));
    }
    let factors: Vec<f64> = (0..flows.len()).map(|k| rate.factor(convention.years(k))).collect();
    out.insert(
        "present_values".to_owned(),
        json!(flows.iter().zip(&factors).map(|(a, b)| a * b).collect::<Vec<_>>()),
    );
    out.insert("discount_factors".to_owned(), json!(factors));
    conventions(&mut out, &rate, convention);
    Ok(out)
}

pub(super) fn irr(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    let flows = ask.flows()?;
    let found = returns::irr(&flows)?;
    let mut out = Out::new();
    out.insert("irr".to_owned(), json!(found.nearest));
    let roots: Vec<f64> = found.roots.iter().map(|root| root.rate).collect();
    out.insert("n_roots".to_owned(), json!(roots.len()));
    out.insert("irrs".to_owned(), json!(roots));
    out.insert("irr_roots".to_owned(), json!(roots));
    out.insert("sign_changes".to_owned(), json!(found.sign_changes));
    out.insert("multiple_irr".to_owned(), json!(roots.len() > 1));
    out.insert("multiple_irr_possible".to_owned(), json!(found.sign_changes > 1));
    if found.roots.iter().any(|root| root.tangential) {
        out.insert("tangential".to_owned(), json!(true));
    }
    if roots.is_empty() {
        warn(&mut out, json!({"code": "no_irr", "low": -0.99, "high": 10}));
    } else if found.sign_changes > 1 {
        warn(
            &mut out,
            json!({"code": "several_irr", "sign_changes": found.sign_changes, "n_roots": roots.len()}),
        );
    }
    Ok(out)
}

pub(super) fn mirr(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    let plain = ask.find_number(RATE)?;
    let rate = |names: &[&str]| {
        ask.find_number(names)?.or(plain).ok_or_else(|| ask.fault(names, FaultKind::Missing))
    };
    let found = returns::mirr(&ask.flows()?, rate(FINANCE_RATE)?, rate(REINVEST_RATE)?)?;
    Ok(Out::from_iter([("mirr".to_owned(), json!(found))]))
}

pub(super) fn bcr(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let (benefits, costs) = (ask.list(BENEFITS)?, ask.list(COSTS)?);
    let costs: Vec<f64> = costs.iter().map(|cost| cost.abs()).collect();
    let budget = ask.find_list(&["budget", "public_cost", "public_costs", "constrained_budget"])?;
    let budget = budget.unwrap_or_else(|| costs.clone());
    let mut out = Out::new();
    let found = if ask.has(RATE) {
        let (rate, convention) = (ask.rate(tables)?, ask.convention()?);
        conventions(&mut out, &rate, convention);
        cost_benefit(&benefits, &costs, &budget, (&rate, convention))
    } else if benefits.len() == 1 && costs.len() == 1 {
        CostBenefit::of(benefits[0], costs[0], budget[0])
    } else {
        return Err(ask.fault(RATE, FaultKind::Missing));
    };
    let figures = [
        ("npv", json!(found.npv)),
        ("bcr", json!(found.bcr)),
        ("pv_benefits", json!(found.pv_benefits)),
        ("pv_costs", json!(found.pv_costs)),
        ("npv_per_budget", json!(found.npv_per_budget)),
        ("npv_per_cost", json!(found.bcr.map(|bcr| bcr - 1.0))),
        ("switching_benefits", json!((found.pv_benefits != 0.0).then(|| -found.npv / found.pv_benefits))),
        ("switching_costs", json!((found.pv_costs != 0.0).then(|| found.npv / found.pv_costs))),
    ];
    out.extend(figures.map(|(name, value)| (name.to_owned(), value)));
    Ok(out)
}

fn plain_rate(ask: &Ask<'_>, tables: &Tables) -> Result<f64, Fault> {
    Ok(ask.rate(tables)?.at(1))
}

pub(super) fn eav(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let rate = plain_rate(ask, tables)?;
    let npv = match ask.find_number(&["npv", "pv", "present_value"])? {
        Some(npv) => npv,
        None => present_value(&ask.flows()?, &ask.rate(tables)?, ask.convention()?),
    };
    let years = match ask.find_number(YEARS)? {
        Some(years) => years,
        None => crate::count(ask.flows()?.len().saturating_sub(1)),
    };
    let share = annuity_share(rate, years)?;
    let value = json!(npv * share);
    let names = ["eav", "eaa", "equivalent_annual_value", "equivalent_annual_annuity"];
    let mut out: Out = names.map(|name| (name.to_owned(), value.clone())).into_iter().collect();
    out.insert("npv".to_owned(), json!(npv));
    out.insert("annuity_factor".to_owned(), json!(1.0 / share));
    out.insert("capital_recovery_factor".to_owned(), json!(share));
    Ok(out)
}

pub(super) fn eac(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let (rate, years) = (plain_rate(ask, tables)?, ask.number(YEARS)?);
    let share = annuity_share(rate, years)?;
    let names: Vec<&str> = ["npv", "pv"].iter().chain(INVESTMENT).copied().collect();
    let outlay = ask.number(&names)?.abs();
    let annual = ask.find_number(&[
        "annual_cost",
        "annual_costs",
        "maintenance",
        "annual_maintenance",
        "operating_cost",
        "annual_operating_cost",
        "operating",
        "o_m",
        "om",
    ])?;
    let salvage = ask.find_number(SALVAGE)?.unwrap_or(0.0);
    let left = salvage * (1.0 + rate).powf(-years);
    let value = (outlay - left) * share + annual.unwrap_or(0.0);
    let mut out = Out::from_iter([("eac".to_owned(), json!(value))]);
    out.insert("equivalent_annual_cost".to_owned(), json!(value));
    out.insert("annual_capital_cost".to_owned(), json!((outlay - left) * share));
    out.insert("annuity_factor".to_owned(), json!(1.0 / share));
    out.insert("capital_recovery_factor".to_owned(), json!(share));
    Ok(out)
}

pub(super) fn payback(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let flows = ask.flows()?;
    let mut out = Out::from_iter([("payback".to_owned(), json!(value::payback(&flows)))]);
    out.insert("payback_period".to_owned(), json!(value::payback(&flows)));
    if ask.has(RATE) {
        let found = discounted_payback(&flows, &ask.rate(tables)?, ask.convention()?);
        out.insert("discounted_payback".to_owned(), json!(found));
    }
    Ok(out)
}

pub(super) fn factors(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    const WHEN: &[&str] = &["years", "year", "t", "periods"];
    let (rate, convention, years) = (ask.rate(tables)?, ask.convention()?, ask.list(WHEN)?);
    if let Some(row) = years.iter().position(|year| *year < 0.0) {
        return Err(ask.fault(WHEN, FaultKind::Negative { value: years[row] }).at(row + 1));
    }
    let offset = convention.first + convention.timing.offset();
    let list: Vec<f64> = years.iter().map(|year| rate.factor(year + offset)).collect();
    let mut out = Out::from_iter([("discount_factors".to_owned(), json!(list))]);
    if let (Some(one), false) = (list.first(), ask.get(WHEN).is_some_and(Value::is_array)) {
        out.insert("discount_factor".to_owned(), json!(one));
    }
    conventions(&mut out, &rate, convention);
    Ok(out)
}

pub(super) fn switching(ask: &Ask<'_>, tables: &Tables) -> Result<Out, Fault> {
    let mut out = Out::new();
    let npv = ask.find_number(&["npv"])?;
    if let (Some(npv), Some(inputs)) = (npv, ask.get(&["inputs", "input_pvs"]).and_then(Value::as_object)) {
        let own = Ask::new(inputs, None, "inputs");
        let mut shares = Out::new();
        for name in inputs.keys() {
            let pv = own.number(&[&super::normal(name)])?;
            shares.insert(name.clone(), json!(crate::switching::linear(npv, pv)?));
        }
        out.insert("switching_values".to_owned(), Value::Object(shares));
        return Ok(out);
    }
    if let (Some(npv), Some(pv)) = (npv, ask.find_number(&["pv", "pv_input", "pv_of_input"])?) {
        let share = crate::switching::linear(npv, pv)?;
        out.insert("switching_value".to_owned(), json!(share));
        out.insert("switching_percent".to_owned(), json!(share * 100.0));
        return Ok(out);
    }
    let mut found = bcr(ask, tables)?;
    let both = ["switching_benefits", "switching_costs"].map(|name| (name.to_owned(), found[name].clone()));
    found.insert(
        "switching_values".to_owned(),
        Value::Object(Out::from_iter([
            ("benefits".to_owned(), both[0].1.clone()),
            ("costs".to_owned(), both[1].1.clone()),
        ])),
    );
    Ok(found)
}
