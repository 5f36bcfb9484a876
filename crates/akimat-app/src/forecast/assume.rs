//! Assumptions of a person about prices and shares of taxes, carried through a forecast.

use super::{Observed, Past, in_tenge};
use akimat_core::Frequency;
use akimat_forecast::assumption::{Assumed, Conditional, price_path, share_change};
use akimat_forecast::{Forecast, Step};

/// How prices will grow, in tenths of a per cent a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inflation {
    /// Most likely.
    pub tenths: u16,
    /// By how much it may be more or less.
    pub range_tenths: u16,
}

/// The budget's share of a tax, in tenths of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// As it has been.
    pub now_tenths: u16,
    /// As it is assumed to be.
    pub then_tenths: u16,
}

/// What is assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// Brings a forecast in constant prices back to the prices of each year.
    pub inflation: Option<Inflation>,
    /// Rescales a tax.
    pub share: Option<Share>,
}

/// The factor of each step; `None` when an assumption makes no sense.
pub(super) fn factors(assumed: Assumptions, frequency: Frequency, steps: usize) -> Option<Vec<Assumed>> {
    let mut factors = vec![Assumed::certain(1.0); steps];
    if let Some(inflation) = assumed.inflation {
        let per_step = |tenths: f64| (1.0 + tenths / 1000.0).powf(1.0 / f64::from(frequency.per_year()));
        let (point, range) = (f64::from(inflation.tenths), f64::from(inflation.range_tenths));
        let growth =
            Assumed { low: per_step(point - range), point: per_step(point), high: per_step(point + range) };
        factors = price_path(&vec![growth; steps]).ok()?;
    }
    if let Some(share) = assumed.share {
        let share = share_change(
            f64::from(share.now_tenths) / 1000.0,
            Assumed::certain(f64::from(share.then_tenths) / 1000.0),
        );
        let share = share.ok()?;
        factors = factors.into_iter().map(|factor| factor.times(share)).collect();
    }
    Some(factors)
}

/// The forecast under the factors; the naive forecast moves with the point, so that the two stay comparable.
pub(super) fn apply(forecast: &mut Forecast, factors: &[Assumed]) {
    for (step, factor) in forecast.steps.iter_mut().zip(factors) {
        let Step { point, naive, intervals, .. } = step;
        let under = Conditional { point: *point, intervals: std::mem::take(intervals) }.under(*factor);
        *naive *= factor.point;
        (*point, *intervals) = (under.point, under.intervals);
    }
}

/// What was said of the past in constant prices, in the prices of each year.
pub(super) fn past_in_current_prices(past: &mut [Past], constant: &[Observed], current: &[Observed]) {
    for own in past {
        let at =
            |facts: &[Observed]| facts.iter().find(|fact| fact.period == own.period).map(|fact| fact.amount);
        if let (Some(constant), Some(current)) = (at(constant), at(current)) {
            let (constant, current) = (in_tenge(constant), in_tenge(current));
            if constant != 0.0 {
                own.point *= current / constant;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_shares_multiply() {
        let assumed = Assumptions {
            inflation: Some(Inflation { tenths: 100, range_tenths: 20 }),
            share: Some(Share { now_tenths: 500, then_tenths: 600 }),
        };
        let factors = factors(assumed, Frequency::Yearly, 2).unwrap();
        let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-12, "{got} is not {want}");
        close(factors[1].point, 1.21 * 1.2);
        close(factors[1].low, 1.08 * 1.08 * 1.2);
        close(factors[0].high, 1.12 * 1.2);
        let months = super::factors(Assumptions { share: None, ..assumed }, Frequency::Monthly, 12).unwrap();
        close(months[11].point, 1.1);
        let none = Assumptions { share: Some(Share { now_tenths: 0, then_tenths: 600 }), ..assumed };
        assert_eq!(super::factors(none, Frequency::Yearly, 1), None);
    }
}
