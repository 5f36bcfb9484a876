//! What a forecast assumes about prices and sharing rates: a history is put into prices of one period, forecast
//! there, and brought back along an assumed path of prices; a tax is rescaled to an assumed share. Ranges of the
//! assumptions widen the ranges of the forecast and are never averaged away.

use crate::interval::Interval;
use serde::Serialize;

/// A number that somebody assumes, with the range in which they think it lies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Assumed {
    /// Lower end.
    pub low: f64,
    /// Most likely.
    pub point: f64,
    /// Upper end.
    pub high: f64,
}

/// Why an assumption cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssumptionError {
    /// Prices are needed for every period.
    #[error("{have} prices for {need} periods")]
    Length {
        /// Prices given.
        have: usize,
        /// Periods.
        need: usize,
    },
    /// An index, a growth factor or a share that is not a positive finite number.
    #[error("number {} is not positive", index + 1)]
    NotPositive {
        /// Its position from 0.
        index: usize,
    },
    /// The lower end lies above the point, or the point above the upper end.
    #[error("the range of number {} is not in order", index + 1)]
    Disordered {
        /// Its position from 0.
        index: usize,
    },
    /// A share of a tax above the whole.
    #[error("a share cannot be more than the whole")]
    ShareAboveOne,
}

impl Assumed {
    /// A number that is taken as certain.
    pub const fn certain(value: f64) -> Self {
        Self { low: value, point: value, high: value }
    }

    /// One factor after another: the ends multiply, because both may be at their worst together.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self { low: self.low * other.low, point: self.point * other.point, high: self.high * other.high }
    }

    fn check(self, index: usize) -> Result<Self, AssumptionError> {
        if ![self.low, self.point, self.high].into_iter().all(|value| value.is_finite() && value > 0.0) {
            return Err(AssumptionError::NotPositive { index });
        }
        if self.low > self.point || self.point > self.high {
            return Err(AssumptionError::Disordered { index });
        }
        Ok(self)
    }
}

/// Values in prices of the last period: each times the last price over its own.
///
/// # Errors
/// [`AssumptionError::Length`], [`AssumptionError::NotPositive`].
pub fn to_real(values: &[f64], prices: &[f64]) -> Result<Vec<f64>, AssumptionError> {
    if values.len() != prices.len() {
        return Err(AssumptionError::Length { have: prices.len(), need: values.len() });
    }
    if let Some(index) = prices.iter().position(|price| !(price.is_finite() && *price > 0.0)) {
        return Err(AssumptionError::NotPositive { index });
    }
    let last = prices.last().copied().unwrap_or(1.0);
    Ok(values.iter().zip(prices).map(|(value, price)| value * last / price).collect())
}

/// The level of prices in each period ahead, the last known one being 1, from the growth assumed for each (1.08 is
/// eight per cent).
///
/// # Errors
/// [`AssumptionError::NotPositive`], [`AssumptionError::Disordered`].
pub fn price_path(growth: &[Assumed]) -> Result<Vec<Assumed>, AssumptionError> {
    let mut level = Assumed::certain(1.0);
    let mut path = Vec::with_capacity(growth.len());
    for (index, growth) in growth.iter().enumerate() {
        level = level.times(growth.check(index)?);
        path.push(level);
    }
    Ok(path)
}

/// By how much a tax line changes when the budget's share of the tax does: 0.5 now and 0.6 assumed is 1.2.
///
/// # Errors
/// [`AssumptionError::ShareAboveOne`], [`AssumptionError::NotPositive`], [`AssumptionError::Disordered`].
pub fn share_change(now: f64, assumed: Assumed) -> Result<Assumed, AssumptionError> {
    if !(now.is_finite() && now > 0.0) {
        return Err(AssumptionError::NotPositive { index: 0 });
    }
    let assumed = assumed.check(0)?;
    if now > 1.0 || assumed.high > 1.0 {
        return Err(AssumptionError::ShareAboveOne);
    }
    Ok(Assumed { low: assumed.low / now, point: assumed.point / now, high: assumed.high / now })
}

/// A period ahead under assumptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conditional {
    /// Point forecast.
    pub point: f64,
    /// Intervals, in the order given.
    pub intervals: Vec<Interval>,
}

impl Conditional {
    /// The same under one more assumption. The lower end takes the factor that makes it least, the upper end the
    /// one that makes it greatest, so that the range covers the forecast's error and the assumption's together.
    #[must_use]
    pub fn under(&self, factor: Assumed) -> Self {
        let end =
            |value: f64, positive: f64, negative: f64| value * if value >= 0.0 { positive } else { negative };
        let interval = |own: &Interval| Interval {
            level: own.level,
            low: end(own.low, factor.low, factor.high),
            high: end(own.high, factor.high, factor.low),
        };
        Self { point: self.point * factor.point, intervals: self.intervals.iter().map(interval).collect() }
    }
}

/// A forecast under one factor a period; periods without a factor stay as they are.
pub fn under(steps: &[Conditional], factors: &[Assumed]) -> Vec<Conditional> {
    let factor = |i: usize| factors.get(i).copied().unwrap_or(Assumed::certain(1.0));
    steps.iter().enumerate().map(|(i, step)| step.under(factor(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: f64, point: f64, high: f64) -> Assumed {
        Assumed { low, point, high }
    }

    #[test]
    fn real_values_grow_by_nothing_when_only_prices_do() {
        let prices = [100.0, 110.0, 121.0];
        let real = to_real(&[50.0, 55.0, 60.5], &prices).unwrap();
        assert!(real.iter().all(|value| (value - 60.5).abs() < 1e-9));
        let short = AssumptionError::Length { have: 2, need: 3 };
        assert_eq!(to_real(&[1.0; 3], &prices[..2]), Err(short));
        assert_eq!(to_real(&[1.0], &[0.0]), Err(AssumptionError::NotPositive { index: 0 }));
    }

    #[test]
    fn ranges_are_carried_through() {
        let path = price_path(&[range(1.05, 1.08, 1.12), range(1.04, 1.06, 1.10)]).unwrap();
        assert!((path[1].low - 1.092).abs() < 1e-9 && (path[1].high - 1.232).abs() < 1e-9);
        let step =
            Conditional { point: 100.0, intervals: vec![Interval { level: 80, low: -10.0, high: 120.0 }] };
        let nominal = under(&[step.clone(), step], &path);
        assert!((nominal[0].point - 108.0).abs() < 1e-9);
        // A negative lower end is worst with the highest prices.
        assert!((nominal[0].intervals[0].low + 11.2).abs() < 1e-9);
        assert!((nominal[1].intervals[0].high - 120.0 * 1.232).abs() < 1e-9);
    }

    #[test]
    fn a_share_rescales_and_stays_a_share() {
        let change = share_change(0.5, range(0.55, 0.6, 0.6)).unwrap();
        assert!((change.point - 1.2).abs() < 1e-12 && (change.low - 1.1).abs() < 1e-12);
        assert_eq!(share_change(0.5, range(0.9, 1.0, 1.1)), Err(AssumptionError::ShareAboveOne));
        assert_eq!(share_change(0.5, range(0.7, 0.6, 0.8)), Err(AssumptionError::Disordered { index: 0 }));
    }
}
