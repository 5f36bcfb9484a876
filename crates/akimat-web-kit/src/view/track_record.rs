//! The track record of forecasts in words and numbers, for any page that shows a forecast.

use crate::failure::Answer;
use crate::figure::Value;
use crate::state::WebState;
use crate::view::figures::item_name;
use akimat_app::demand::PREFIX;
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_storage::published_forecast::{ForecastBasis, ForecastLine, LEVELS, Milli, TrackQuery, TrackRow};

/// Facts that a sentence needs to speak about one territory; with fewer it speaks about all of them.
const FACTS_MIN: u64 = 5;

/// Unit of bodies that hold money.
pub const TENGE: &str = "tenge";

/// What the record says of forecasts like the one shown: of this line, on this basis, so many steps ahead, in this territory,
/// or in all territories where this one has too few facts. The first sentence is about coverage ("in the last N
/// forecasts like this one 79 % of facts fell inside"), a second one follows where the naive method was nearer or as near.
/// Forecasts that were published before their facts speak first; those computed later speak only where there
/// are none, and the sentence says so. Never empty.
///
/// Show each as a paragraph below the fan, and link to `/places/{place}/accuracy` (key `accuracy-link`):
///
/// ```ignore
/// let like = (&ForecastLine::Budget(item, String::new()), ForecastBasis::Period, 1);
/// let record = track_record::sentences(&state, locale, code, like).await?;
/// ```
///
/// # Errors
/// When the database fails.
pub async fn sentences(
    state: &WebState,
    locale: &Locale,
    place: KatoCode,
    (line, basis, horizon): (&ForecastLine, ForecastBasis, u16),
) -> Answer<Vec<String>> {
    for hindcast in [false, true] {
        let row = async |place: Option<KatoCode>| {
            let (line, horizon) = (Some(line.clone()), Some(horizon));
            let query = TrackQuery { place, line, basis, horizon, hindcast, ..TrackQuery::default() };
            state
                .app
                .read()
                .track_record(&query)
                .await
                .map(|rows| rows.into_iter().next().unwrap_or_default())
        };
        let own = row(Some(place)).await?;
        let all = if own.n >= FACTS_MIN { TrackRow::default() } else { row(None).await? };
        let here = own.n >= FACTS_MIN || (own.n > 0 && own.n == all.n);
        let row = if here { own } else { all };
        if row.n > 0 {
            let mut said: Vec<String> = covered(locale, &row, here, hindcast).into_iter().collect();
            said.extend(naive(locale, &row).filter(|_| nearer(&row) != Some(Nearer::Model)));
            return Ok(said);
        }
    }
    Ok(vec![locale.t("accuracy-none-yet").into_owned()])
}

/// The sentence about coverage at 80 %; `None` when no interval of that level met a fact.
pub fn covered(locale: &Locale, row: &TrackRow, here: bool, hindcast: bool) -> Option<String> {
    let (n, inside) = level(row, 80)?;
    let key = match (hindcast, here) {
        (false, true) => "accuracy-said-here",
        (false, false) => "accuracy-said-all",
        (true, true) => "accuracy-later-here",
        (true, false) => "accuracy-later-all",
    };
    let args = [
        ("n", n.into()),
        ("covered", locale.percent(&share(inside, n)?).into()),
        ("level", locale.percent("80").into()),
    ];
    Some(locale.f(key, &args))
}

/// Which of the two erred less, by half a per cent at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearer {
    /// The model.
    Model,
    /// Neither.
    Same,
    /// The naive method.
    Naive,
}

/// Which erred less; `None` without a scale.
pub fn nearer(row: &TrackRow) -> Option<Nearer> {
    let less = |one: i64, other: i64| i128::from(one) * 1_000 < i128::from(other) * 995;
    match row.n_scaled {
        0 => None,
        _ if less(row.naive_scaled, row.scaled) => Some(Nearer::Naive),
        _ if less(row.scaled, row.naive_scaled) => Some(Nearer::Model),
        _ => Some(Nearer::Same),
    }
}

/// The sentence about the naive method beside the model; `None` without a scale.
pub fn naive(locale: &Locale, row: &TrackRow) -> Option<String> {
    let key = match nearer(row)? {
        Nearer::Model => "accuracy-model-nearer",
        Nearer::Same => return Some(locale.t("accuracy-naive-same").into_owned()),
        Nearer::Naive => "accuracy-naive-nearer",
    };
    let (better, worse) = (row.scaled.min(row.naive_scaled), row.scaled.max(row.naive_scaled));
    let gain = share(u64::try_from(worse - better).ok()?, u64::try_from(worse).ok()?)?;
    Some(locale.f(key, &[("percent", locale.percent(&gain).into())]))
}

/// Intervals of a level that met a fact, and facts inside; `None` when there were none.
pub fn level(row: &TrackRow, level: u8) -> Option<(u64, u64)> {
    let at = LEVELS.iter().position(|own| *own == level)?;
    row.inside.get(at).copied().filter(|(n, _)| *n > 0)
}

/// So many of so many as plain per cent without decimals.
pub fn share(part: u64, whole: u64) -> Option<String> {
    Ratio::new(part.into(), whole.into())?.percent(0)
}

/// Mean of a sum of millionths as a plain decimal with two places.
pub fn mean(sum: i64, n: u64) -> Option<String> {
    Ratio::new(sum.into(), i128::from(n) * 1_000_000)?.to_decimal(2)
}

/// Mean of a sum of millionths as plain per cent with one place.
pub fn mean_percent(sum: i64, n: u64) -> Option<String> {
    Ratio::new(sum.into(), i128::from(n) * 1_000_000)?.percent(1)
}

/// A share for a table.
pub fn share_value(locale: &Locale, counts: Option<(u64, u64)>) -> Value {
    Value::percent(locale, counts.and_then(|(n, inside)| share(inside, n)))
}

/// A mean scaled error for a table.
pub fn mean_value(locale: &Locale, sum: i64, n: u64) -> Value {
    mean(sum, n).map_or_else(|| Value::unknown(locale), |plain| Value::number(locale.decimal(&plain), plain))
}

/// A value in its unit, short: `4.2 bn ₸`, `312`.
pub fn amount(locale: &Locale, value: Milli, unit: &str) -> String {
    if unit == TENGE {
        return locale.money_short(Money::from_tiyn(value.0 / 10));
    }
    Ratio::new(value.0.into(), 1_000)
        .and_then(|ratio| ratio.to_decimal(1))
        .map_or_else(|| locale.t("no-data-short").into_owned(), |plain| locale.decimal(&plain))
}

/// A value for a table: thousands of tenge, or the unit of the series with one decimal.
pub fn amount_value(locale: &Locale, value: Milli, unit: &str) -> Value {
    if unit == TENGE {
        let (money, unit) = (Money::from_tiyn(value.0 / 10), MoneyUnit::ThousandTenge);
        return Value::number(locale.amount(money, unit, 0), money.to_decimal(unit, 0));
    }
    Ratio::new(value.0.into(), 1_000)
        .and_then(|ratio| ratio.to_decimal(1))
        .map_or_else(|| Value::unknown(locale), |plain| Value::number(locale.decimal(&plain), plain))
}

/// The name of a line.
pub fn line_name(locale: &Locale, line: &ForecastLine) -> String {
    match line {
        ForecastLine::Budget(item, code) => item_name(locale, *item, code),
        ForecastLine::OwnRevenue => locale.t("accuracy-own-revenue").into_owned(),
        ForecastLine::Series(code) => {
            if let Some(service) = code.strip_prefix(PREFIX) {
                let service = service_name(locale, service);
                return locale.f("accuracy-cases", &[("service", service.into())]);
            }
            let key = format!("observation-series-{code}");
            if locale.has(&key) { locale.t(&key).into_owned() } else { code.clone() }
        }
    }
}

/// The name of a service of the akimat, such as `roads`.
pub fn service_name(locale: &Locale, service: &str) -> String {
    let key = format!("demand-service-{service}");
    if locale.has(&key) { locale.t(&key).into_owned() } else { service.replace('_', " ") }
}

/// The word of a line in addresses: `item|code`.
pub fn line_key(line: &ForecastLine) -> String {
    format!("{}|{}", line.item_code(), line.code())
}

/// Reads [`line_key`].
pub fn parse_line(key: &str) -> Option<ForecastLine> {
    let (item, code) = key.split_once('|')?;
    ForecastLine::parse(item, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_per_cent_is_no_difference() {
        for (scaled, naive_scaled, want) in [
            (1_000_000, 996_000, Nearer::Same),
            (1_000_000, 994_000, Nearer::Naive),
            (994_000, 1_000_000, Nearer::Model),
            (0, 0, Nearer::Same),
            (0, 5, Nearer::Model),
        ] {
            let row = TrackRow { n_scaled: 1, scaled, naive_scaled, ..TrackRow::default() };
            assert_eq!(nearer(&row), Some(want), "{scaled} {naive_scaled}");
        }
        assert_eq!(nearer(&TrackRow::default()), None);
    }
}
