//! The fan of a forecast with its table.

use super::words;
use akimat_app::forecast::{LineForecast, in_tenge, to_money};
use akimat_core::{Frequency, MoneyUnit, Period};
use akimat_document::Column;
use akimat_forecast::{Forecast, Step};
use akimat_i18n::Locale;
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::view::figures::axis;
use akimat_web_kit::view::forecast::period;

/// A forecast that is to be drawn.
pub(super) struct Drawn<'a> {
    pub(super) locale: &'a Locale,
    /// What the series is called.
    pub(super) series: &'a str,
    pub(super) line: &'a LineForecast,
    pub(super) forecast: &'a Forecast,
    /// Levels of the intervals, ascending.
    pub(super) levels: &'a [u8],
}

/// Tenge in thousands, as tables print it.
pub(super) fn thousand(locale: &Locale, tenge: f64) -> Value {
    to_money(tenge).map_or_else(
        || Value::unknown(locale),
        |money| {
            let unit = MoneyUnit::ThousandTenge;
            Value::number(locale.amount(money, unit, 0), money.to_decimal(unit, 0))
        },
    )
}

/// Tenge in a unit of the axis, and the key of its name: the largest amount decides.
fn axis_unit(largest: f64) -> (f64, &'static str) {
    match largest {
        size if size >= 1e9 => (1e9, "unit-billion-tenge"),
        size if size >= 1e6 => (1e6, "unit-million-tenge"),
        _ => (1e3, "unit-thousand-tenge"),
    }
}

/// One end of an interval.
type End = fn((f64, f64)) -> f64;

impl Drawn<'_> {
    /// The chart and its table.
    pub(super) fn figure(&self) -> Figure {
        let (locale, line) = (self.locale, self.line);
        let facts = line.observed.iter().map(|own| in_tenge(own.amount).abs());
        let (unit, unit_key) = axis_unit(facts.fold(0.0, f64::max));
        let data = self.data(unit, &locale.t(unit_key));
        let caption = locale.f("forecast-caption", &[("series", self.series.into())]);
        let words = Words::new("fan", self.series, caption);
        let chart = chart::fan(&words, &data, &self.key(), &|value| axis(locale, value));
        let table_unit = locale.t("unit-thousand-tenge");
        Figure::new("fan", self.series, chart).table(table_unit, self.columns(), self.rows())
    }

    /// The newest periods of history, gaps among them: a chart of a decade of months would show none of them.
    fn shown(&self) -> Vec<Period> {
        let observed = &self.line.observed;
        let (Some(first), Some(last)) = (observed.first(), observed.last()) else { return Vec::new() };
        let most: i32 = match first.period.frequency() {
            Frequency::Monthly => 48,
            Frequency::Quarterly => 32,
            Frequency::Yearly => 40,
        };
        let from = first.period.ordinal().max(last.period.ordinal() - most + 1);
        std::iter::successors(Some(first.period), |period| Some(period.next()))
            .skip_while(|period| period.ordinal() < from)
            .take_while(|period| *period <= last.period)
            .collect()
    }

    fn fact(&self, period: Period) -> Option<f64> {
        let own = self.line.observed.iter().find(|own| own.period == period)?;
        Some(in_tenge(own.amount))
    }

    /// What a published forecast said of a period; at its origin it stands on the fact.
    fn published(&self, period: Period) -> Option<f64> {
        let own = self.line.published.as_ref()?;
        if own.origin == period {
            return self.fact(period);
        }
        own.body.steps.iter().find(|step| step.period == period).map(|step| step.point.get())
    }

    fn data(&self, unit: f64, unit_name: &str) -> chart::Fan {
        let (line, forecast) = (self.line, self.forecast);
        let facts = self.shown();
        let ahead = forecast.steps.iter().map(|step| step.period);
        let periods: Vec<Period> = facts.iter().copied().chain(ahead).collect();
        let each = |pick: &dyn Fn(&Step) -> f64| -> Vec<f64> {
            forecast.steps.iter().map(|step| pick(step) / unit).collect()
        };
        let ends = |level: u8, pick: End| -> Vec<f64> {
            if self.levels.contains(&level) {
                each(&|step| pick(words::bounds(step, level)))
            } else {
                Vec::new()
            }
        };
        let (low, high): (End, End) = (|ends| ends.0, |ends| ends.1);
        let past = |period: &Period| {
            line.past.iter().find(|past| past.period == *period).map(|past| past.point / unit)
        };
        let plan = |period: &Period| {
            let plan = line.plans.iter().find(|plan| Period::year_of(plan.year) == *period)?;
            Some(in_tenge(plan.amount) / unit)
        };
        let published = periods.iter().map(|period| self.published(*period).map(|tenge| tenge / unit));
        chart::Fan {
            plan: periods.iter().map(plan).collect(),
            published: published.collect(),
            periods: periods.iter().map(ToString::to_string).collect(),
            unit: unit_name.to_owned(),
            history: facts.iter().map(|period| self.fact(*period).map(|fact| fact / unit)).collect(),
            backtest: if line.past.is_empty() { Vec::new() } else { facts.iter().map(past).collect() },
            point: each(&|step| step.point),
            naive: each(&|step| step.naive),
            lo50: ends(50, low),
            hi50: ends(50, high),
            lo80: ends(80, low),
            hi80: ends(80, high),
            lo95: ends(95, low),
            hi95: ends(95, high),
        }
    }

    fn key(&self) -> chart::FanKey {
        let word = |key: &str| self.locale.t(key).into_owned();
        let band =
            |level: &str| self.locale.f("forecast-interval", &[("level", self.locale.percent(level).into())]);
        chart::FanKey {
            history: word("forecast-fact"),
            point: word("forecast-point"),
            band50: band("50"),
            band80: band("80"),
            band95: band("95"),
            naive: self.naive(),
            backtest: word("forecast-past"),
            plan: word("forecast-plan"),
            published: self.line.published.as_ref().map_or_else(String::new, |own| {
                let key = if own.hindcast { "forecast-hindcast-key" } else { "forecast-published-key" };
                self.locale.f(key, &[("date", self.locale.date_short(own.known_at).into())])
            }),
        }
    }

    /// Which naive forecast stands beside.
    fn naive(&self) -> String {
        self.locale.name("forecast-model", self.forecast.backtest.naive.method).into_owned()
    }

    fn columns(&self) -> Vec<Column> {
        let locale = self.locale;
        let mut columns =
            vec![Column::text(locale.t("forecast-period")), Column::number(locale.t("forecast-point"))];
        for level in self.levels {
            for key in ["forecast-lower", "forecast-upper"] {
                let level = locale.percent(&level.to_string());
                columns.push(Column::number(format!("{level}: {}", locale.t(key))));
            }
        }
        columns.push(Column::number(self.naive()));
        if !self.line.plans.is_empty() {
            columns.push(Column::number(locale.t("forecast-plan")));
        }
        columns
    }

    fn rows(&self) -> Vec<Vec<Value>> {
        let locale = self.locale;
        let row = |step: &Step| {
            let mut row = vec![Value::text(period(locale, step.period)), thousand(locale, step.point)];
            for level in self.levels {
                let (low, high) = words::bounds(step, *level);
                row.extend([low, high].map(|tenge| thousand(locale, tenge)));
            }
            row.push(thousand(locale, step.naive));
            if !self.line.plans.is_empty() {
                let plan = self.line.plans.iter().find(|plan| plan.year == step.period.year());
                row.push(Value::money(locale, plan.map(|plan| plan.amount), MoneyUnit::ThousandTenge));
            }
            row
        };
        self.forecast.steps.iter().map(row).collect()
    }
}
