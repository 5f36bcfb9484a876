//! What pages and API share about forecasts: what an address asks for, and sentences.

pub mod asked;

pub use asked::LineAsked;

use akimat_app::forecast::{NoForecast, to_money};
use akimat_app::forecast_year::NoFiscalYear;
use akimat_core::{Frequency, Period};
use akimat_forecast::fiscal::FiscalRefusal;
use akimat_forecast::{Refusal, SeriesError};
use akimat_i18n::Locale;

/// Why there is no picture.
pub fn refusal(locale: &Locale, no: &NoForecast) -> String {
    match no {
        NoForecast::NoPrices => locale.t("forecast-refusal-no-prices").into_owned(),
        NoForecast::Assumption => locale.t("forecast-refusal-assumption").into_owned(),
        NoForecast::Gaps { missing, of } => {
            locale.f("forecast-refusal-gaps", &[("missing", (*missing).into()), ("of", (*of).into())])
        }
        NoForecast::Series(error) => series_refusal(locale, error),
        NoForecast::Refused(Refusal::TooFewPoints { have, need }) => {
            locale.f("forecast-refusal-too-few-points", &[("have", (*have).into()), ("need", (*need).into())])
        }
        NoForecast::Refused(Refusal::Constant) => locale.t("forecast-refusal-constant").into_owned(),
        NoForecast::Refused(Refusal::HorizonTooLong { max, .. }) => {
            locale.f("forecast-refusal-horizon", &[("max", (*max).into())])
        }
        NoForecast::Refused(_) => locale.t("forecast-refusal-too-large").into_owned(),
    }
}

/// The sentence for why there is no forecast of the year.
pub fn year_refusal(locale: &Locale, why: NoFiscalYear) -> String {
    let key = match why {
        NoFiscalYear::NoReports => "forecast-year-no-reports",
        NoFiscalYear::Refused(FiscalRefusal::NoFormerYear) => "forecast-year-no-former-year",
        NoFiscalYear::Refused(FiscalRefusal::Overflow) => "forecast-year-overflow",
        NoFiscalYear::Refused(_) => "forecast-year-no-lines",
    };
    locale.t(key).into_owned()
}

/// Why values are no series.
pub fn series_refusal(locale: &Locale, error: &SeriesError) -> String {
    match error {
        SeriesError::Empty => {
            let need = akimat_forecast::POINTS_MIN;
            locale.f("forecast-refusal-too-few-points", &[("have", 0_i64.into()), ("need", need.into())])
        }
        SeriesError::Gap { missing } => {
            locale.f("forecast-refusal-gap", &[("period", period(locale, *missing).into())])
        }
        SeriesError::NotFinite { .. } => locale.t("forecast-refusal-not-finite").into_owned(),
        SeriesError::Repeated { period: twice } => {
            locale.f("forecast-refusal-repeated", &[("period", period(locale, *twice).into())])
        }
        SeriesError::MixedFrequency { .. } => locale.t("forecast-refusal-mixed").into_owned(),
        SeriesError::TooLong { .. } | SeriesError::BeyondCalendar => {
            locale.t("forecast-refusal-too-large").into_owned()
        }
    }
}

/// Tenge for a sentence.
pub fn short(locale: &Locale, tenge: f64) -> String {
    to_money(tenge).map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
}

/// `2025`, or a month or quarter in words.
pub fn period(locale: &Locale, period: Period) -> String {
    if period.frequency() == Frequency::Yearly { period.to_string() } else { locale.period(period) }
}
