//! Facts are held against published forecasts, once for each figure: again only when the figure changes.

use super::known::{Known, KnownPoint};
use crate::demand::PREFIX;
use crate::{App, Result};
use akimat_budget::Stage;
use akimat_core::{ForecastId, Frequency, KatoCode, Period};
use akimat_storage::published_forecast::{
    Adjustment, ForecastBasis, ForecastFilter, ForecastLine, Judgement, LEVELS, Milli, PublishedForecast,
    PublishedStep,
};
use akimat_storage::{Change, PageRequest};
use jiff::Timestamp;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Judgements of one batch at most.
const BATCH_MAX: usize = 500;

/// A relative error counts at most so many millionths: a million times the fact says enough.
const RELATIVE_MAX: i128 = 1_000_000_000_000;
/// A scaled error counts at most so many millionths: ten times the scale. A line that hardly moved before and
/// then jumps would otherwise decide the mean of all others.
const SCALED_MAX: i128 = 10_000_000;

/// What was judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Facts that were held against a forecast for the first time.
    pub n_first: usize,
    /// Facts that were revised since.
    pub n_revised: usize,
}

/// Forecasts that one series of facts decides.
type Group = (ForecastLine, ForecastBasis, Frequency, Option<Stage>);

/// What was stored about a forecast before.
#[derive(Default)]
struct Before {
    /// The latest judgement of each period.
    judged: BTreeMap<(ForecastId, Period), Judgement>,
    /// The latest adjustment of each period.
    adjusted: BTreeMap<(ForecastId, Period), Adjustment>,
}

impl App {
    /// Holds every known figure of a territory against the forecasts of it. Doing it twice changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn judge_forecasts(&self, place: KatoCode) -> Result<Judged> {
        let forecasts = self.all_forecasts(place).await?;
        if forecasts.is_empty() {
            return Ok(Judged::default());
        }
        let before = self.before(&forecasts).await?;
        let sources = self.sources(place).await?;
        let mut groups: BTreeMap<Group, Vec<&PublishedForecast>> = BTreeMap::new();
        for forecast in &forecasts {
            let group = (forecast.line.clone(), forecast.basis, forecast.frequency, forecast.stage);
            groups.entry(group).or_default().push(forecast);
        }
        let mut judgements = Vec::new();
        let has = |basis: ForecastBasis| groups.keys().any(|group| group.1 == basis);
        let facts = if has(ForecastBasis::YearToDate) { Some(self.fiscal_facts(place).await?) } else { None };
        let cases =
            if has(ForecastBasis::Cases) { self.known_cases(place).await? } else { BTreeMap::default() };
        for ((line, basis, frequency, stage), group) in &groups {
            let known = match (basis, &facts) {
                (ForecastBasis::YearToDate, Some(facts)) => self.known_since_january(line, facts),
                (ForecastBasis::Cases, _) => {
                    let service = line.code().strip_prefix(PREFIX).unwrap_or_default();
                    // A month that is no count is an error of the import: nothing is judged by it.
                    cases.get(service).and_then(|counts| counts.clone().ok()).unwrap_or_default()
                }
                _ => self.known_line_of(place, (line, *frequency), *stage, &sources).await?,
            };
            judgements.extend(judge_group(group, &known, &before, self.now()));
        }
        let n_first = judgements.iter().filter(|judgement| judgement.revision == 1).count();
        let judged = Judged { n_first, n_revised: judgements.len() - n_first };
        for part in judgements.chunks(BATCH_MAX) {
            let detail = json!({ "judgements": part.len() });
            let audit = self.audit(None, "judge_forecasts", place, Some(place), &detail);
            self.store().apply(vec![Change::AddJudgements(part.to_vec()), audit]).await?;
        }
        Ok(judged)
    }

    async fn all_forecasts(&self, place: KatoCode) -> Result<Vec<PublishedForecast>> {
        let filter = ForecastFilter { place: Some(place), ..ForecastFilter::default() };
        let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
        let mut all = Vec::new();
        loop {
            let part = self.read().list_published_forecasts(&filter, &page).await?;
            all.extend(part.items);
            match part.next {
                None => return Ok(all),
                after => page.after = after,
            }
        }
    }

    async fn before(&self, forecasts: &[PublishedForecast]) -> Result<Before> {
        let ids: Vec<ForecastId> = forecasts.iter().map(|forecast| forecast.id).collect();
        let mut before = Before::default();
        for part in ids.chunks(usize::from(PageRequest::LIMIT_MAX)) {
            // Revisions come in their order and adjustments oldest first: the last one stays.
            for judgement in self.read().list_judgements(part).await? {
                before.judged.insert((judgement.forecast, judgement.period), judgement);
            }
            for adjustment in self.read().list_adjustments(part).await? {
                before.adjusted.insert((adjustment.forecast, adjustment.period), adjustment);
            }
        }
        Ok(before)
    }
}

fn judge_group(
    group: &[&PublishedForecast],
    known: &Known,
    before: &Before,
    at: Timestamp,
) -> Vec<Judgement> {
    let facts: BTreeMap<Period, &KnownPoint> =
        known.points.iter().map(|point| (point.period, point)).collect();
    // Of several forecasts from one origin the last one counts; a fact counts once an origin.
    let mut last: BTreeMap<(bool, Period), &PublishedForecast> = BTreeMap::new();
    for forecast in group {
        let of_origin = last.entry((forecast.hindcast, forecast.origin)).or_insert(forecast);
        if (forecast.published_at, forecast.id) > (of_origin.published_at, of_origin.id) {
            *of_origin = forecast;
        }
    }
    let mut counted: BTreeSet<(bool, Period, Period)> = BTreeSet::new();
    for forecast in group {
        for step in &forecast.body.steps {
            if before.judged.contains_key(&(forecast.id, step.period)) {
                counted.insert((forecast.hindcast, forecast.origin, step.period));
            }
        }
    }
    let mut judgements = Vec::new();
    for forecast in group {
        for (horizon, step) in (1_u16..).zip(&forecast.body.steps) {
            let Some(fact) = facts.get(&step.period) else { continue };
            let earlier = before.judged.get(&(forecast.id, step.period));
            if earlier.is_some_and(|earlier| earlier.fact == fact.value) {
                continue;
            }
            let of_origin = (forecast.hindcast, forecast.origin);
            let is_last = last.get(&of_origin).is_some_and(|last| last.id == forecast.id);
            let mut judgement = judge(forecast, (horizon, step), fact, at);
            judgement.revision = earlier.map_or(1, |earlier| earlier.revision.saturating_add(1));
            judgement.counted =
                is_last && earlier.is_none() && counted.insert((of_origin.0, of_origin.1, step.period));
            let adjusted = before.adjusted.get(&(forecast.id, step.period));
            judgement.adjusted_error = adjusted.map(|adjusted| fact.value.less(adjusted.value));
            judgements.push(judgement);
        }
    }
    judgements
}

/// One fact against one step.
fn judge(
    forecast: &PublishedForecast,
    (horizon, step): (u16, &PublishedStep),
    fact: &KnownPoint,
    at: Timestamp,
) -> Judgement {
    let (error, naive_error) = (fact.value.less(step.point), fact.value.less(step.naive));
    let scale = forecast.body.scale;
    let inside = |level: u8| {
        step.interval(level).map(|interval| interval.low <= fact.value && fact.value <= interval.high)
    };
    Judgement {
        forecast: forecast.id,
        period: step.period,
        revision: 1,
        horizon,
        counted: false,
        fact: fact.value,
        source: fact.source.clone(),
        known_on: fact.since,
        judged_at: at,
        error,
        naive_error,
        scaled: millionths(error, scale, SCALED_MAX),
        naive_scaled: millionths(naive_error, scale, SCALED_MAX),
        relative: millionths(error, fact.value, RELATIVE_MAX),
        inside: LEVELS.map(inside),
        adjusted_error: None,
    }
}

/// |error| / |unit| in millionths, at most `max`; `None` without a unit.
fn millionths(error: Milli, unit: Milli, max: i128) -> Option<i64> {
    let unit = i128::from(unit.abs().0);
    if unit == 0 {
        return None;
    }
    i64::try_from((i128::from(error.abs().0) * 1_000_000 / unit).min(max)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_scaled_exactly_and_within_bounds() {
        for (error, unit, want) in [
            (Milli(-500), Milli(1_000), Some(500_000)),
            (Milli(1), Milli(3), Some(333_333)),
            (Milli(5), Milli(0), None),
            (Milli(i64::MAX), Milli(1), Some(1_000_000_000_000)),
        ] {
            assert_eq!(millionths(error, unit, SCALED_MAX), want.map(|own: i64| own.min(10_000_000)));
            assert_eq!(millionths(error, unit, RELATIVE_MAX), want, "{error:?} / {unit:?}");
        }
    }
}
