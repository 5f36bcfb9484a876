//! One line over several years: growth, steadiness, and how near plans come to what happens.
//!
//! Changes and shares are exact; roots, logarithms and deviations are binary floats, as statistics are.
//!
//! # Source
//! `docs/method/indicator.md`.

use crate::refusal::Refusal;
use akimat_core::{Money, Ratio};

/// Years that a statement about steadiness needs: with fewer, one unusual year decides it.
pub const YEARS_MIN: usize = 5;

/// One year of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearAmount {
    /// Year.
    pub year: i16,
    /// Amount.
    pub amount: Money,
}

/// How steady a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volatility {
    /// Standard deviation (n - 1) over the mean.
    pub variation: f64,
    /// Standard deviation (n - 1) of the logarithm of growth.
    pub log_growth_deviation: f64,
    /// Largest fall from an earlier peak, as a share of the peak.
    pub drawdown: Ratio,
    /// Year of the lowest point of that fall; `None` when the line never fell.
    pub drawdown_year: Option<i16>,
}

/// A plan beside what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFact {
    /// Year.
    pub year: i16,
    /// Plan.
    pub plan: Money,
    /// What happened.
    pub fact: Money,
}

/// How near plans come to what happens.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastError {
    /// (fact - plan) / plan of each year.
    pub years: Vec<(i16, Ratio)>,
    /// Mean of their absolute values.
    pub mean_absolute: f64,
    /// Mean of them: above zero, plans are too low.
    pub bias: f64,
}

/// The change of each year against the one before; years that do not follow one another, or follow a zero,
/// have none.
pub fn growth_by_year(years: &[YearAmount]) -> Vec<(i16, Ratio)> {
    let change = |pair: &[YearAmount]| {
        let [before, after] = pair else { return None };
        let follows = after.year == before.year.checked_add(1)?;
        let change = i128::from(after.amount.tiyn()) - i128::from(before.amount.tiyn());
        let value = Ratio::new(change, before.amount.tiyn().into())?;
        follows.then_some((after.year, value))
    };
    years.windows(2).filter_map(change).collect()
}

/// Compound annual growth between the first and the last year.
///
/// # Errors
/// [`Refusal::TooFewYears`], [`Refusal::NotPositive`].
pub fn compound_growth(years: &[YearAmount]) -> Result<f64, Refusal> {
    let [first, .., last] = years else {
        return Err(Refusal::TooFewYears { have: years.len(), need: 2 });
    };
    for end in [first, last] {
        if end.amount.tiyn() <= 0 {
            return Err(Refusal::NotPositive(end.year));
        }
    }
    let n = f64::from(last.year) - f64::from(first.year);
    Ok((float(last.amount) / float(first.amount)).powf(1.0 / n) - 1.0)
}

/// How steady a line is over at least [`YEARS_MIN`] years in a row.
///
/// # Errors
/// [`Refusal::TooFewYears`], [`Refusal::NotPositive`].
pub fn volatility(years: &[YearAmount]) -> Result<Volatility, Refusal> {
    let run = latest_run(years);
    if run.len() < YEARS_MIN {
        return Err(Refusal::TooFewYears { have: run.len(), need: YEARS_MIN });
    }
    if let Some(bad) = run.iter().find(|year| year.amount.tiyn() <= 0) {
        return Err(Refusal::NotPositive(bad.year));
    }
    let values: Vec<f64> = run.iter().map(|year| float(year.amount)).collect();
    let logs: Vec<f64> = values.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
    let (drawdown, drawdown_year) = drawdown(run)?;
    Ok(Volatility {
        variation: deviation(&values) / mean(&values),
        log_growth_deviation: deviation(&logs),
        drawdown,
        drawdown_year,
    })
}

/// How near plans came to what happened.
///
/// # Errors
/// [`Refusal::NoPlan`] when no year has both, or every plan is zero.
pub fn forecast_error(years: &[PlanFact]) -> Result<ForecastError, Refusal> {
    let error = |year: &PlanFact| {
        let off = i128::from(year.fact.tiyn()) - i128::from(year.plan.tiyn());
        Some((year.year, Ratio::new(off, year.plan.tiyn().into())?))
    };
    let errors: Vec<(i16, Ratio)> = years.iter().filter_map(error).collect();
    if errors.is_empty() {
        return Err(Refusal::NoPlan);
    }
    let values: Vec<f64> = errors.iter().map(|(_, error)| error.to_f64()).collect();
    let absolute: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    Ok(ForecastError { years: errors, mean_absolute: mean(&absolute), bias: mean(&values) })
}

/// The years at the end that follow one another without a gap.
fn latest_run(years: &[YearAmount]) -> &[YearAmount] {
    let breaks = years.windows(2).rposition(|pair| pair[0].year.checked_add(1) != Some(pair[1].year));
    &years[breaks.map_or(0, |at| at + 1)..]
}

fn drawdown(run: &[YearAmount]) -> Result<(Ratio, Option<i16>), Refusal> {
    let mut worst = (0_i128, 1_i128, None);
    let mut peak = 0_i128;
    for year in run {
        let value = i128::from(year.amount.tiyn());
        peak = peak.max(value);
        let fall = peak - value;
        if fall * worst.1 > worst.0 * peak {
            worst = (fall, peak, Some(year.year));
        }
    }
    Ok((Ratio::new(worst.0, worst.1).ok_or(Refusal::NothingToShare)?, worst.2))
}

#[expect(clippy::cast_precision_loss, reason = "statistics need no more than 53 bits")]
fn float(money: Money) -> f64 {
    money.tiyn() as f64
}

#[expect(clippy::cast_precision_loss, reason = "numbers of years are small")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[expect(clippy::cast_precision_loss, reason = "numbers of years are small")]
fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(first: i16, tenge: &[i64]) -> Vec<YearAmount> {
        let year = |(n, amount): (i16, &i64)| YearAmount {
            year: first + n,
            amount: Money::from_tenge(*amount).unwrap(),
        };
        (0_i16..).zip(tenge).map(year).collect()
    }

    #[test]
    fn growth_needs_the_year_before() {
        let mut series = years(2020, &[100, 125, 100, 0, 5]);
        let told = |series: &[YearAmount]| -> Vec<(i16, String)> {
            growth_by_year(series).into_iter().map(|(year, r)| (year, r.percent(2).unwrap())).collect()
        };
        let due = [(2021, "25.00"), (2022, "-20.00"), (2023, "-100.00")];
        assert_eq!(told(&series), due.map(|(year, text)| (year, text.to_owned())));
        series.remove(1);
        assert_eq!(told(&series), [(2023, "-100.00".to_owned())]);
    }

    #[test]
    fn compound_growth_is_that_of_doubling() {
        let grown = compound_growth(&years(2020, &[100, 1, 400])).unwrap();
        assert!((grown - 1.0).abs() < 1e-12);
        assert_eq!(compound_growth(&years(2020, &[100])), Err(Refusal::TooFewYears { have: 1, need: 2 }));
        assert_eq!(compound_growth(&years(2020, &[100, 0])), Err(Refusal::NotPositive(2021)));
    }

    /// 100, 110, 120, 90, 100: mean 104, squared deviations 16 + 36 + 256 + 196 + 16 = 520, s = sqrt(130).
    #[test]
    fn steadiness_as_by_hand() {
        let found = volatility(&years(2020, &[100, 110, 120, 90, 100])).unwrap();
        assert!((found.variation - 130_f64.sqrt() / 104.0).abs() < 1e-12);
        assert_eq!(found.drawdown.percent(2).as_deref(), Some("25.00"));
        assert_eq!(found.drawdown_year, Some(2023));
        let flat = volatility(&years(2020, &[7; 5])).unwrap();
        assert!(flat.variation.abs() < 1e-15 && flat.log_growth_deviation.abs() < 1e-15);
        assert_eq!((flat.drawdown.numerator(), flat.drawdown_year), (0, None));
    }

    #[test]
    fn steadiness_needs_five_years_in_a_row() {
        let few = Err(Refusal::TooFewYears { have: 4, need: 5 });
        assert_eq!(volatility(&years(2020, &[1, 2, 3, 4])), few);
        let mut gap = years(2019, &[1, 2, 3, 4, 5, 6]);
        gap.remove(1);
        assert_eq!(volatility(&gap), few);
        assert_eq!(volatility(&years(2020, &[1, 2, 0, 4, 5])), Err(Refusal::NotPositive(2022)));
    }

    #[test]
    fn plans_are_compared_with_what_happened() {
        let year = |year, plan, fact| PlanFact {
            year,
            plan: Money::from_tenge(plan).unwrap(),
            fact: Money::from_tenge(fact).unwrap(),
        };
        let found = forecast_error(&[year(2024, 100, 110), year(2025, 100, 70), year(2026, 0, 5)]).unwrap();
        assert_eq!(found.years.len(), 2);
        assert!((found.mean_absolute - 0.2).abs() < 1e-12 && (found.bias + 0.1).abs() < 1e-12);
        assert_eq!(forecast_error(&[year(2026, 0, 5)]), Err(Refusal::NoPlan));
    }
}
