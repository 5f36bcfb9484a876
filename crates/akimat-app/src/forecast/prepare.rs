//! From what is observed to a series without gaps, with a note of everything that was done to it.

use super::{NoForecast, Observed, in_tenge};
use akimat_core::Period;
use akimat_forecast::clean::{CleanRefusal, Cleaned, Outlier, clean};
use akimat_forecast::{POINTS_MIN, Refusal, Series, SeriesError};

/// Values at either end that are not judged.
const ENDS: usize = 2;

/// What a person wants done to a history; gaps are always filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaning {
    /// Outliers are put aside for fitting.
    pub outliers: bool,
    /// Only what comes after the last break of level is used.
    pub after_break: bool,
}

/// A value with what stands or would stand in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noted {
    /// Its period.
    pub period: Period,
    /// Before: the fact, or the level before a break.
    pub was: f64,
    /// After: what the fit sees or would see, or the level after a break.
    pub is: f64,
}

/// What was done to a history, and what was noticed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preparation {
    /// Gaps with what was put there.
    pub filled: Vec<(Period, f64)>,
    /// Values far from their neighbours and their season.
    pub outliers: Vec<Noted>,
    /// Changes of level that stayed; the period is the first of the new level.
    pub breaks: Vec<Noted>,
    /// Periods below zero: corrections of earlier ones, kept.
    pub negatives: Vec<Period>,
    /// What was asked for.
    pub cleaning: Cleaning,
}

/// The series to fit, and the note.
///
/// # Errors
/// [`NoForecast::Gaps`] when more than half is missing, [`NoForecast::Series`] when nothing is known,
/// [`NoForecast::Refused`] when too little is: what was filled in is no evidence.
pub fn prepare(
    observed: &[Observed],
    cleaning: Cleaning,
) -> std::result::Result<(Series, Preparation), NoForecast> {
    let known: Vec<(Period, f64)> = observed.iter().map(|own| (own.period, in_tenge(own.amount))).collect();
    prepare_values(&known, cleaning)
}

/// As [`prepare`], of values in any unit, oldest first.
///
/// # Errors
/// See [`prepare`].
pub(crate) fn prepare_values(
    known: &[(Period, f64)],
    cleaning: Cleaning,
) -> std::result::Result<(Series, Preparation), NoForecast> {
    let empty = NoForecast::Series(SeriesError::Empty);
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return Err(empty) };
    let (first, last) = (first.0, last.0);
    let n = usize::try_from(last.ordinal() - first.ordinal()).map_err(|_| empty.clone())? + 1;
    let periods: Vec<Period> =
        std::iter::successors(Some(first), |period| Some(period.next())).take(n).collect();
    let at = |period: &Period| known.iter().find(|own| own.0 == *period);
    let history: Vec<Option<f64>> = periods.iter().map(|period| at(period).map(|own| own.1)).collect();
    let season = usize::from(first.frequency().per_year());
    let cleaned = clean(&history, season).map_err(|why| match why {
        CleanRefusal::TooManyGaps { missing, of } => NoForecast::Gaps { missing, of },
        CleanRefusal::Empty => empty.clone(),
        CleanRefusal::NotFinite { index } => NoForecast::Series(SeriesError::NotFinite { index }),
    })?;
    if known.len() < n && known.len() < POINTS_MIN {
        let refusal = Refusal::TooFewPoints { have: known.len(), need: POINTS_MIN };
        return Err(NoForecast::Refused(refusal));
    }
    let mut cleaned = cleaned;
    let n = cleaned.values.len();
    // At an end a fast trend looks like an outlier: with neighbours on one side only nobody can tell.
    let (ends, inner): (Vec<Outlier>, Vec<Outlier>) =
        cleaned.outliers.into_iter().partition(|own| own.index < ENDS || own.index + ENDS >= n);
    let kept = if cleaning.outliers { ends } else { [ends, inner.clone()].concat() };
    for outlier in &kept {
        cleaned.values[outlier.index] = outlier.value;
    }
    cleaned.outliers = inner;
    let note = note(&cleaned, &periods, cleaning);
    let mut values = cleaned.values;
    let from = cleaned.breaks.last().filter(|_| cleaning.after_break).map_or(0, |own| own.index);
    let start = periods.get(from).copied().unwrap_or(first);
    let series = Series::new("line", start, values.split_off(from)).map_err(NoForecast::Series)?;
    Ok((series, note))
}

fn note(cleaned: &Cleaned, periods: &[Period], cleaning: Cleaning) -> Preparation {
    let period = |index: usize| periods.get(index).copied();
    Preparation {
        filled: cleaned.filled.iter().filter_map(|own| Some((period(own.index)?, own.value))).collect(),
        outliers: cleaned
            .outliers
            .iter()
            .filter_map(|own| Some(Noted { period: period(own.index)?, was: own.value, is: own.expected }))
            .collect(),
        breaks: cleaned
            .breaks
            .iter()
            .filter_map(|own| Some(Noted { period: period(own.index)?, was: own.before, is: own.after }))
            .collect(),
        negatives: cleaned.negatives.iter().filter_map(|own| period(own.index)).collect(),
        cleaning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::Money;

    fn observed(values: &[Option<i64>]) -> Vec<Observed> {
        let years = (2010_i16..).map(Period::year_of);
        let own = |(period, tenge): (Period, &Option<i64>)| {
            Some(Observed { period, amount: Money::from_tenge((*tenge)?)?, budget: None })
        };
        years.zip(values).filter_map(own).collect()
    }

    #[test]
    fn gaps_are_filled_and_told_and_more_than_half_is_refused() {
        let (series, note) = prepare(
            &observed(&[10, 12, 0, 16, 18, 20, 22].map(|n| (n > 0).then_some(n))),
            Cleaning::default(),
        )
        .unwrap();
        assert_eq!(series.values().len(), 7);
        let [(period, value)] = note.filled.as_slice() else { panic!("{note:?}") };
        assert!(*period == Period::year_of(2012) && (value - 14.0).abs() < 1e-9);
        let sparse =
            prepare(&observed(&[Some(1), None, None, None, Some(2), None, Some(4)]), Cleaning::default());
        assert_eq!(sparse.unwrap_err(), NoForecast::Gaps { missing: 4, of: 7 });
        // Five figures are five, however many are put between them.
        let few =
            prepare(&observed(&[Some(1), None, Some(3), Some(4), Some(5), Some(6)]), Cleaning::default());
        let refusal = Refusal::TooFewPoints { have: 5, need: POINTS_MIN };
        assert_eq!(few.unwrap_err(), NoForecast::Refused(refusal));
        assert_eq!(prepare(&[], Cleaning::default()).unwrap_err(), NoForecast::Series(SeriesError::Empty));
    }

    #[test]
    fn an_outlier_stays_unless_it_is_put_aside() {
        let mut values: Vec<Option<i64>> = (0..14).map(|n| Some(100 + 5 * n + n % 3)).collect();
        values[7] = Some(900);
        let facts = observed(&values);
        let (kept, note) = prepare(&facts, Cleaning::default()).unwrap();
        assert_eq!(note.outliers.len(), 1, "{note:?}");
        assert!((kept.values()[7] - 900.0).abs() < 1e-9);
        let (aside, _) = prepare(&facts, Cleaning { outliers: true, after_break: false }).unwrap();
        assert!(aside.values()[7] < 200.0);
    }
}
