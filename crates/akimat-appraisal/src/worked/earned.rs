//! Earned value and earned schedule.

use super::ask::Ask;
use super::{Out, warn};
use crate::appraise::Tables;
use crate::earned::{self, Earned, Status};
use crate::fault::{Fault, FaultKind};
use serde_json::{Value, json};

const PV: &[&str] = &["pv", "planned_value", "bcws", "pv_cumulative", "planned"];
const EV: &[&str] = &["ev", "earned_value", "bcwp", "earned"];
const AC: &[&str] = &["ac", "actual_cost", "acwp", "actual"];
const BAC: &[&str] = &["bac", "budget_at_completion", "total_budget", "budget"];
const ETC: &[&str] = &["etc_bottom_up", "etc", "bottom_up_etc", "estimate_to_complete"];
const PROGRESS: &[&str] =
    &["percent_complete", "progress", "complete", "pct_complete", "completed", "percent_done"];
const PLANNED: &[&str] =
    &["planned_percent", "percent_planned", "planned_percent_complete", "scheduled_percent"];

/// A share: 0.6, 60, "60%" and "AC/(AC+ETC)" all say it.
fn share(ask: &Ask<'_>, names: &[&str]) -> Result<Option<f64>, Fault> {
    let Some(value) = ask.find_number(names)? else { return Ok(None) };
    // One and a half per cent of progress is written 0.015; whoever writes 1.5 or 60 means per cent.
    let share = if value > 1.0 { value / 100.0 } else { value };
    if !(0.0..=1.0).contains(&share) {
        let kind = FaultKind::OutOfRange { value, low: 0.0, high: 100.0 };
        return Err(ask.fault(names, kind));
    }
    Ok(Some(share))
}

/// Progress is money spent over the budget.
fn is_spending(ask: &Ask<'_>) -> bool {
    let said = ask.text(&["progress_source", "progress_from", "progress_basis"]).map(super::normal);
    if said.is_some_and(|said| {
        ["spending", "spent", "money", "cost", "ac"].iter().any(|word| said.contains(word))
    }) {
        return true;
    }
    let text = ask.text(PROGRESS).map(str::to_uppercase).unwrap_or_default();
    text.contains("AC") && text.contains("BAC") && !text.contains("ETC")
}

fn status(ask: &Ask<'_>) -> Result<Status, Fault> {
    let last = |names: &[&str]| Ok::<_, Fault>(ask.find_list(names)?.and_then(|list| list.last().copied()));
    let listed = ask.get(PV).is_some_and(Value::is_array);
    let bac = match ask.find_number(BAC)? {
        Some(bac) => Some(bac),
        None if listed => last(PV)?,
        None => None,
    };
    let ac = last(AC)?.ok_or_else(|| ask.fault(AC, FaultKind::Missing))?;
    let ev = match (last(EV)?, share(ask, PROGRESS)?, bac) {
        (Some(ev), _, _) => ev,
        (None, Some(share), Some(bac)) => share * bac,
        (None, Some(_), None) => return Err(ask.fault(BAC, FaultKind::Missing)),
        _ => return Err(ask.fault(EV, FaultKind::Missing)),
    };
    let pv = match ask.get(PV) {
        Some(Value::Array(_)) => {
            let list = ask.list(PV)?;
            let at = ask.find_number(&["at", "actual_time"])?.unwrap_or(crate::count(list.len()));
            list.iter().zip(1..).take_while(|(_, n)| crate::count(*n) <= at).map(|(pv, _)| *pv).last()
        }
        Some(_) => ask.find_number(PV)?,
        None => share(ask, PLANNED)?.zip(bac).map(|(share, bac)| share * bac),
    };
    let etc = ask.find_number(ETC)?;
    Ok(Status { pv, ev, ac, bac, etc, from_spending: is_spending(ask) })
}

/// The sums of tasks, each a question of its own.
fn sum(ask: &Ask<'_>) -> Result<Option<Status>, Fault> {
    let Some(tasks) = ask.get(&["tasks", "activities", "work_packages"]).and_then(Value::as_array) else {
        return Ok(None);
    };
    let mut total = Status { pv: Some(0.0), bac: Some(0.0), ..Status::default() };
    let add = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a + b);
    for (task, row) in tasks.iter().zip(1..) {
        let own = task.as_object().ok_or_else(|| ask.fault(&["tasks"], FaultKind::Missing).at(row))?;
        let one = status(&Ask::new(own, None, "tasks")).map_err(|fault| fault.at(row))?;
        total.ev += one.ev;
        total.ac += one.ac;
        total.pv = add(total.pv, one.pv);
        total.bac = add(total.bac, one.bac);
        total.from_spending |= one.from_spending;
    }
    if let Some(bac) = ask.find_number(BAC)? {
        total.bac = Some(bac);
    }
    Ok(Some(total))
}

pub(super) fn earned_value(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    let status = match sum(ask)? {
        Some(status) => status,
        None => status(ask)?,
    };
    let found = earned::earned_value(&status);
    let headline = chosen(ask, &found).or(found.eac_headline);
    let vac = status.bac.zip(headline).map(|(bac, eac)| bac - eac);
    let pairs = [
        ("PV", json!(status.pv)),
        ("EV", json!(status.ev)),
        ("AC", json!(status.ac)),
        ("BAC", json!(status.bac)),
        ("CV", json!(found.cv)),
        ("SV", json!(found.sv)),
        ("CPI", json!(found.cpi)),
        ("SPI", json!(found.spi)),
        ("EAC", json!(headline)),
        ("EAC_cpi", json!(found.eac.at_cpi)),
        ("EAC_typical", json!(found.eac.at_cpi)),
        ("EAC_plan", json!(found.eac.at_plan)),
        ("EAC_atypical", json!(found.eac.at_plan)),
        ("EAC_cpi_spi", json!(found.eac.at_cpi_spi)),
        ("EAC_bottom_up", json!(found.eac.bottom_up)),
        ("ETC", json!(headline.map(|eac| eac - status.ac))),
        ("VAC", json!(vac)),
        ("TCPI", json!(found.tcpi_bac)),
        ("TCPI_BAC", json!(found.tcpi_bac)),
        ("TCPI_EAC", json!(found.tcpi_eac)),
        ("CSI", json!(found.cpi.zip(found.spi).map(|(cpi, spi)| cpi * spi))),
        ("CV_percent", json!((status.ev != 0.0).then(|| found.cv / status.ev * 100.0))),
        (
            "SV_percent",
            json!(found.sv.zip(status.pv.filter(|pv| *pv != 0.0)).map(|(sv, pv)| sv / pv * 100.0)),
        ),
        ("percent_complete", json!(status.bac.filter(|bac| *bac != 0.0).map(|bac| status.ev / bac))),
        ("percent_spent", json!(status.bac.filter(|bac| *bac != 0.0).map(|bac| status.ac / bac))),
    ];
    let mut out: Out = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if let Some(kind) = &found.refused {
        warn(&mut out, json!({"code": kind.code(), "field": "SPI"}));
    }
    if ask.get(PV).is_some_and(Value::is_array) && ask.has(&["at", "actual_time"]) {
        out.extend(schedule(ask, status.ev)?);
    }
    Ok(out)
}

/// The estimate that the question names.
fn chosen(ask: &Ask<'_>, found: &Earned) -> Option<f64> {
    let name = super::normal(ask.text(&["eac_method", "eac_formula", "method", "assumption"])?);
    if name.contains("spi") {
        found.eac.at_cpi_spi
    } else if name.contains("bottom") {
        found.eac.bottom_up
    } else if name.contains("atypical") || name.contains("plan") || name.contains("ac_bac_ev") {
        found.eac.at_plan
    } else if name.contains("cpi") || name.contains("typical") {
        found.eac.at_cpi
    } else {
        None
    }
}

pub(super) fn earned_schedule(ask: &Ask<'_>, _: &Tables) -> Result<Out, Fault> {
    let list = ask.list(EV)?;
    schedule(ask, list.last().copied().unwrap_or(0.0))
}

fn schedule(ask: &Ask<'_>, ev: f64) -> Result<Out, Fault> {
    let mut planned = ask.list(PV)?;
    if ask.get(&["cumulative"]).and_then(Value::as_bool) == Some(false) {
        let mut total = 0.0;
        for value in &mut planned {
            total += *value;
            *value = total;
        }
    }
    let at = match ask.find_number(&["at", "actual_time"])? {
        Some(at) => at,
        None => crate::count(ask.list(EV)?.len()),
    };
    let duration = ask.find_number(&["pd", "planned_duration", "duration"])?;
    let found = earned::earned_schedule(&planned, ev, at, duration)?;
    let pairs = [
        ("ES", json!(found.es)),
        ("SV_t", json!(found.sv_t)),
        ("SV(t)", json!(found.sv_t)),
        ("SPI_t", json!(found.spi_t)),
        ("SPI(t)", json!(found.spi_t)),
        ("finish", json!(found.finish)),
        ("IEAC_t", json!(found.finish)),
        ("EAC_t", json!(found.finish)),
        ("EAC(t)", json!(found.finish)),
        ("late_by", json!(found.late_by)),
        ("TSPI", json!(found.tspi)),
    ];
    Ok(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
