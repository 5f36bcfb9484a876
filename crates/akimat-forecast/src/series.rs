//! A public series: one number per year, quarter or month, without gaps.

use crate::refusal::SeriesError;
use akimat_core::{Frequency, Period};

/// Longest series accepted; 10,000 months are eight centuries.
pub const POINTS_MAX: usize = 10_000;

/// A series that was checked: not empty, all values finite, consecutive periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    id: String,
    start: Period,
    values: Vec<f64>,
}

impl Series {
    /// A series whose first value belongs to `start`, the next to the next period and so on.
    ///
    /// # Errors
    /// [`SeriesError`] when there is no value, too many, one that is not finite, or the last period would
    /// lie beyond the year 9999.
    pub fn new(id: impl Into<String>, start: Period, values: Vec<f64>) -> Result<Self, SeriesError> {
        if values.is_empty() {
            return Err(SeriesError::Empty);
        }
        if values.len() > POINTS_MAX {
            return Err(SeriesError::TooLong { have: values.len(), max: POINTS_MAX });
        }
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return Err(SeriesError::NotFinite { index });
        }
        let years = values.len() / usize::from(start.frequency().per_year());
        if i64::from(start.year()) + i64::try_from(years).unwrap_or(i64::MAX) > 9_999 {
            return Err(SeriesError::BeyondCalendar);
        }
        Ok(Self { id: id.into(), start, values })
    }

    /// A series from dated values in any order.
    ///
    /// # Errors
    /// [`SeriesError::Gap`], [`SeriesError::Repeated`] or [`SeriesError::MixedFrequency`] when the periods
    /// are not consecutive, and everything [`Series::new`] refuses.
    pub fn from_dated(id: impl Into<String>, mut points: Vec<(Period, f64)>) -> Result<Self, SeriesError> {
        points.sort_by_key(|point| point.0);
        let start = points.first().ok_or(SeriesError::Empty)?.0;
        for pair in points.windows(2) {
            let (before, after) = (pair[0].0, pair[1].0);
            if before.frequency() != after.frequency() {
                return Err(SeriesError::MixedFrequency { first: before, second: after });
            }
            if before == after {
                return Err(SeriesError::Repeated { period: after });
            }
            if before.next() != after {
                return Err(SeriesError::Gap { missing: before.next() });
            }
        }
        Self::new(id, start, points.into_iter().map(|point| point.1).collect())
    }

    /// Name of the series in its file.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Period of the first value.
    pub const fn start(&self) -> Period {
        self.start
    }

    /// Year, quarter or month.
    pub const fn frequency(&self) -> Frequency {
        self.start.frequency()
    }

    /// Values, oldest first, in the unit of the file.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Periods of the values, then of the future, without end.
    pub fn periods(&self) -> impl Iterator<Item = Period> + use<> {
        std::iter::successors(Some(self.start), |period| Some(period.next()))
    }

    /// Values in a full season: 1, 4 or 12.
    pub(crate) fn season(&self) -> usize {
        usize::from(self.frequency().per_year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_series_is_accepted() {
        let check = |points: &[(&str, f64)], want: Result<usize, SeriesError>| {
            let points = points.iter().map(|(period, value)| (period.parse().unwrap(), *value)).collect();
            assert_eq!(Series::from_dated("s", points).map(|series| series.values().len()), want);
        };
        let period = |text: &str| text.parse::<Period>().unwrap();
        check(&[], Err(SeriesError::Empty));
        check(&[("2024-Q2", 2.0), ("2024-Q1", 1.0)], Ok(2));
        check(&[("2020", 1.0), ("2022", 2.0)], Err(SeriesError::Gap { missing: period("2021") }));
        check(&[("2020", 1.0), ("2020", 2.0)], Err(SeriesError::Repeated { period: period("2020") }));
        check(&[("2020", 1.0), ("2021", f64::NAN)], Err(SeriesError::NotFinite { index: 1 }));
        check(
            &[("2020", 1.0), ("2020-Q1", 2.0)],
            Err(SeriesError::MixedFrequency { first: period("2020"), second: period("2020-Q1") }),
        );
        let long = Series::new("s", Period::year_of(1), vec![1.0; POINTS_MAX + 1]);
        assert_eq!(long, Err(SeriesError::TooLong { have: POINTS_MAX + 1, max: POINTS_MAX }));
        assert_eq!(
            Series::new("s", Period::year_of(9_000), vec![1.0; 1_500]),
            Err(SeriesError::BeyondCalendar)
        );
    }
}
