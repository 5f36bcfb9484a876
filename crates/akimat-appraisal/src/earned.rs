//! Earned value: is the work on time and within its money, given what is physically done?

use crate::fault::{Fault, FaultKind};
use serde::Serialize;

/// What is known on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Status {
    /// Planned value: what should be done by now, at its planned cost.
    pub pv: Option<f64>,
    /// Earned value: what is done, at its planned cost.
    pub ev: f64,
    /// Actual cost so far.
    pub ac: f64,
    /// Budget at completion.
    pub bac: Option<f64>,
    /// Cost still to come, estimated from the bottom.
    pub etc: Option<f64>,
    /// Progress is derived from money spent.
    pub from_spending: bool,
}

/// Four estimates of the final cost, each with its assumption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct AtCompletion {
    /// The cost efficiency so far goes on: BAC / CPI.
    pub at_cpi: Option<f64>,
    /// The rest costs what was planned: AC + (BAC - EV).
    pub at_plan: Option<f64>,
    /// Efficiency and pace so far both go on: AC + (BAC - EV) / (CPI · SPI).
    pub at_cpi_spi: Option<f64>,
    /// The rest costs what was estimated anew: AC + ETC.
    pub bottom_up: Option<f64>,
}

/// What follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Earned {
    /// EV - AC.
    pub cv: f64,
    /// EV - PV.
    pub sv: Option<f64>,
    /// EV / AC.
    pub cpi: Option<f64>,
    /// EV / PV; `None` also when progress is derived from spending.
    pub spi: Option<f64>,
    /// Estimates of the final cost.
    pub eac: AtCompletion,
    /// The estimate that is shown first: bottom-up where there is one, else [`AtCompletion::at_cpi`].
    pub eac_headline: Option<f64>,
    /// BAC less that estimate.
    pub vac: Option<f64>,
    /// That estimate less the cost so far.
    pub etc: Option<f64>,
    /// Efficiency needed to end within the budget: (BAC - EV) / (BAC - AC).
    pub tcpi_bac: Option<f64>,
    /// Efficiency needed to end within the estimate: (BAC - EV) / (EAC - AC).
    pub tcpi_eac: Option<f64>,
    /// Why there is no index of schedule.
    pub refused: Option<FaultKind>,
}

fn over(above: f64, below: f64) -> Option<f64> {
    (below != 0.0).then(|| above / below)
}

/// The figures of earned value. An index of schedule from spending is refused: it would repeat that of cost.
pub fn earned_value(status: &Status) -> Earned {
    let Status { pv, ev, ac, bac, etc, from_spending } = *status;
    let cpi = over(ev, ac);
    let spi = if from_spending { None } else { pv.and_then(|pv| over(ev, pv)) };
    let rest = bac.map(|bac| bac - ev);
    let eac = AtCompletion {
        at_cpi: bac.and_then(|bac| cpi.and_then(|cpi| over(bac, cpi))),
        at_plan: rest.map(|rest| ac + rest),
        at_cpi_spi: match (rest, cpi, spi) {
            (Some(rest), Some(cpi), Some(spi)) => over(rest, cpi * spi).map(|rest| ac + rest),
            _ => None,
        },
        bottom_up: etc.map(|etc| ac + etc),
    };
    let eac_headline = eac.bottom_up.or(eac.at_cpi);
    Earned {
        cv: ev - ac,
        sv: if from_spending { None } else { pv.map(|pv| ev - pv) },
        cpi,
        spi,
        eac,
        eac_headline,
        vac: bac.zip(eac_headline).map(|(bac, eac)| bac - eac),
        etc: eac_headline.map(|eac| eac - ac),
        tcpi_bac: bac.and_then(|bac| over(bac - ev, bac - ac)),
        tcpi_eac: bac.zip(eac_headline).and_then(|(bac, eac)| over(bac - ev, eac - ac)),
        refused: from_spending.then_some(FaultKind::ProgressIsSpending),
    }
}

/// When the work earned so far should have been earned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EarnedSchedule {
    /// Earned schedule, in periods.
    pub es: f64,
    /// Earned schedule less actual time.
    pub sv_t: f64,
    /// Earned schedule over actual time; `None` at the start.
    pub spi_t: Option<f64>,
    /// Planned duration over SPI(t): when the work ends at this pace.
    pub finish: Option<f64>,
    /// Finish less planned duration.
    pub late_by: Option<f64>,
    /// Pace needed to end on the planned day: (PD - ES) / (PD - AT).
    pub tspi: Option<f64>,
}

/// Earned schedule (Lipke 2003). `planned` is the cumulative planned value at the end of periods 1, 2, …
///
/// # Errors
/// [`FaultKind::Missing`], [`FaultKind::NotRising`], [`FaultKind::Negative`].
pub fn earned_schedule(
    planned: &[f64],
    ev: f64,
    at: f64,
    duration: Option<f64>,
) -> Result<EarnedSchedule, Fault> {
    let Some(&last) = planned.last() else { return Err(Fault::new("PV", FaultKind::Missing)) };
    if let Some(row) = planned.windows(2).position(|pair| pair[1] < pair[0]) {
        return Err(Fault::new("PV", FaultKind::NotRising).at(row + 2));
    }
    if ev < 0.0 || at < 0.0 {
        let (field, value) = if ev < 0.0 { ("EV", ev) } else { ("AT", at) };
        return Err(Fault::new(field, FaultKind::Negative { value }));
    }
    let n = planned.iter().filter(|value| **value <= ev).count();
    let before = if n == 0 { 0.0 } else { planned[n - 1] };
    let es = match planned.get(n) {
        Some(next) => crate::count(n) + (ev - before) / (next - before),
        // Everything is earned: the plan was fulfilled when it first reached its end.
        None => crate::count(planned.iter().position(|value| *value >= last).map_or(n, |at| at + 1)),
    };
    let duration = duration.unwrap_or_else(|| crate::count(planned.len()));
    let spi_t = over(es, at);
    let finish = spi_t.filter(|spi| *spi > 0.0).map(|spi| duration / spi);
    Ok(EarnedSchedule {
        es,
        sv_t: es - at,
        spi_t,
        finish,
        late_by: finish.map(|finish| finish - duration),
        tspi: over(duration - es, duration - at),
    })
}
