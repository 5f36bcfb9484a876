//! Points, gaps and states of scenarios in words.

use akimat_app::programme::InputCandidate;
use akimat_core::{Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_storage::programme::ProgrammeState;

/// From so many points on decimals say nothing.
const WHOLE_FROM: u64 = 1_000 * 10_000;

/// Worth in units of 1e-4 points as points: whole ones, small ones with at most one decimal.
pub fn points(locale: &Locale, worth: i64) -> String {
    let decimals = u32::from(worth.unsigned_abs() < WHOLE_FROM);
    let plain = Ratio::new(worth.into(), 10_000).and_then(|points| points.to_decimal(decimals));
    let plain = plain.unwrap_or_default();
    locale.decimal(plain.strip_suffix(".0").unwrap_or(&plain))
}

/// The same with the sign of a change.
pub fn change(locale: &Locale, worth: i64) -> String {
    let sign = if worth > 0 { "+" } else { "" };
    format!("{sign}{}", points(locale, worth))
}

/// How much better a plan could be at most: per cent with two decimals, rounded up so that it is never less
/// than the truth. `None` for a plan that is worth nothing.
pub fn gap(objective: i64, bound: i64) -> Option<String> {
    let (worth, more) = (i128::from(objective), i128::from(bound) - i128::from(objective));
    if worth <= 0 {
        return None;
    }
    let hundredths = (more.max(0) * 10_000 + worth - 1) / worth;
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// How good a plan is known to be.
pub fn quality(locale: &Locale, objective: Option<i64>, bound: Option<i64>) -> String {
    let (Some(objective), Some(bound)) = (objective, bound) else {
        return locale.t("programme-unknown-quality").into_owned();
    };
    if objective >= bound {
        return locale.t("programme-optimal").into_owned();
    }
    gap(objective, bound).map_or_else(
        || locale.t("programme-unknown-quality").into_owned(),
        |gap| locale.f("programme-within", &[("gap", locale.percent(&gap).into())]),
    )
}

/// Name and tone of a state.
pub fn state(locale: &Locale, state: ProgrammeState) -> (String, &'static str) {
    let tone = match state {
        ProgrammeState::Draft => "neutral",
        ProgrammeState::Solving => "info",
        ProgrammeState::Solved => "ok",
        ProgrammeState::Infeasible => "error",
        ProgrammeState::Decided | ProgrammeState::Published => "gold",
    };
    (locale.name("programme-state", state.code()).into_owned(), tone)
}

/// Thousand tenge, without the unit.
pub fn amount(locale: &Locale, money: Money) -> String {
    let plain = money.to_decimal(MoneyUnit::ThousandTenge, 0);
    locale.decimal(&plain)
}

/// An example of a line about projects, with numbers that exist: `A-1, A-2`, `A-1 > A-2, 1`, `A-1: 2027-2028`.
pub fn example(candidates: &[InputCandidate], sign: &str, first_year: i16) -> String {
    let key = |at: usize| candidates.get(at).map_or_else(|| format!("N-{}", at + 1), |one| one.key.clone());
    match sign {
        "+" => format!("{} + {}: 300", key(0), key(1)),
        ">" => format!("{} > {}, 1", key(0), key(1)),
        ":" => format!("{}: {first_year}-{}", key(0), first_year.saturating_add(1)),
        _ => format!("{}, {}", key(0), key(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::Lang;
    use akimat_i18n::catalogue;

    #[test]
    fn a_gap_is_never_told_smaller_than_it_is() {
        assert_eq!(gap(10_000, 10_000).as_deref(), Some("0.00"));
        assert_eq!(gap(30_000, 30_001).as_deref(), Some("0.01"));
        assert_eq!(gap(3, 4).as_deref(), Some("33.34"));
        assert_eq!(gap(0, 4), None);
        assert_eq!(gap(i64::MAX, i64::MAX).as_deref(), Some("0.00"));
    }

    #[test]
    fn points_have_a_decimal_only_when_there_is_one() {
        let locale = catalogue().locale(Lang::En);
        assert_eq!(points(locale, 20_000), "2");
        assert_eq!(points(locale, 20_500), "2.1");
        assert_eq!(change(locale, 10_000), "+1");
        assert!(change(locale, -10_000).ends_with('1'));
    }
}
