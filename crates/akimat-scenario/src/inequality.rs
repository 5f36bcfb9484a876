//! How unequal units of one level are, before and after. Gini and the range are those of the budget room.

use akimat_budget::inequality::{Unit, coverage, gini, lorenz};
use akimat_core::{KatoCode, Money, Ratio};
use serde::Serialize;

/// Inequality of an amount per head between units, every inhabitant counting alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Inequality {
    /// Gini coefficient; `None` when refused.
    pub gini: Option<f64>,
    /// Largest over smallest amount per head.
    pub max_to_min: Option<f64>,
    /// Standard deviation over mean, weighted by population.
    pub variation: Option<f64>,
    /// Points of the Lorenz curve from (0, 0) to (1, 1); empty when refused.
    pub lorenz: Vec<(f64, f64)>,
    /// Why it was refused: a code of [`akimat_budget::refusal::Refusal`].
    pub refusal: Option<&'static str>,
}

/// Measures; a unit without a known population makes the whole unknown.
pub(crate) fn measure(units: &[(KatoCode, Option<u32>, Money)]) -> Inequality {
    let known: Option<Vec<Unit>> = units
        .iter()
        .map(|(place, population, amount)| {
            let population = u64::from((*population)?);
            Some(Unit { place: *place, region: place.region(), population, amount: *amount })
        })
        .collect();
    let Some(known) = known else {
        return Inequality { refusal: Some("no_population"), ..Inequality::default() };
    };
    match gini(&known) {
        Ok(index) => Inequality {
            gini: Some(index.to_f64()),
            max_to_min: coverage(&known).ok().and_then(|range| range.max_to_min).map(Ratio::to_f64),
            variation: variation(&known),
            lorenz: lorenz(&known).unwrap_or_default(),
            refusal: None,
        },
        Err(refusal) => Inequality { refusal: Some(refusal.code()), ..Inequality::default() },
    }
}

/// Coefficient of variation of the amount per head, weighted by population.
fn variation(units: &[Unit]) -> Option<f64> {
    let people: i128 = units.iter().map(|unit| i128::from(unit.population)).sum();
    let money: i128 = units.iter().map(|unit| i128::from(unit.amount.tiyn())).sum();
    let mean = Ratio::new(money, people)?.to_f64();
    let squares: f64 = units
        .iter()
        .filter_map(|unit| {
            let head = Ratio::new(unit.amount.tiyn().into(), unit.population.into())?.to_f64();
            let share = Ratio::new(unit.population.into(), people)?.to_f64();
            Some(share * (head - mean) * (head - mean))
        })
        .sum();
    (mean > 0.0).then(|| squares.sqrt() / mean)
}
