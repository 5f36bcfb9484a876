//! The chart, the tables and the sentences of expected cases.

use super::asked::Asked;
use akimat_app::demand::{LEVELS, ServiceDemand};
use akimat_core::{Frequency, Period};
use akimat_document::Column;
use akimat_forecast::staffing::{Days, Demand, Need, days_of, need};
use akimat_forecast::{Forecast, Step};
use akimat_i18n::Locale;
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::view::figures::axis;
use akimat_web_kit::view::forecast::period;
use akimat_web_kit::view::track_record;
use std::collections::BTreeMap;

/// Months of history in the chart; the table has all.
const MONTHS_DRAWN: i32 = 48;

/// Name of a service in the reader's language; the code of one that the platform has no word for.
pub(super) fn service_name(locale: &Locale, own: &ServiceDemand) -> String {
    track_record::service_name(locale, &own.service)
}

/// A whole number of cases; the forecast of counts is whole already.
fn whole(cases: f64) -> Option<u64> {
    format!("{:.0}", cases.max(0.0)).parse().ok()
}

fn bounds(step: &Step, level: u8) -> (f64, f64) {
    let interval = step.intervals.iter().find(|interval| interval.level == level);
    interval.map_or((step.point, step.point), |interval| (interval.low, interval.high))
}

pub(super) struct Picture<'a> {
    pub(super) locale: &'a Locale,
    pub(super) asked: &'a Asked,
    pub(super) place: &'a str,
}

impl Picture<'_> {
    fn word(&self, key: &str) -> String {
        self.locale.t(key).into_owned()
    }

    fn count(&self, count: Option<u64>) -> Value {
        count.map_or_else(
            || Value::unknown(self.locale),
            |count| Value::number(self.locale.count(count), count.to_string()),
        )
    }

    fn cases(&self, cases: f64) -> Value {
        self.count(whole(cases))
    }

    fn percent(&self, share: f64) -> Value {
        // Nothing is certain: never 0 or 100.
        Value::percent(self.locale, Some(format!("{:.0}", (100.0 * share).clamp(1.0, 99.0))))
    }

    /// Working days of a month: those of the address, or of the calendar.
    fn days(&self, month: Period) -> Option<Days> {
        self.asked.days.map_or_else(|| days_of(month), |n| Some(Days { n, assumed: false }))
    }

    fn need(&self, step: &Step) -> Option<Need> {
        let expected = whole(step.point)?;
        let upper80 = whole(bounds(step, 80).1)?.max(expected);
        need(Demand { expected, upper80 }, self.asked.terms?, self.days(step.period)?.n).ok()
    }

    /// The officers of the busiest month.
    fn most(&self, forecast: &Forecast, pick: fn(&Need) -> u64) -> Option<u64> {
        let needs: Option<Vec<Need>> = forecast.steps.iter().map(|step| self.need(step)).collect();
        needs?.iter().map(pick).max()
    }

    /// What the hint rests on.
    pub(super) fn assumptions(&self) -> String {
        let Some(terms) = self.asked.terms else { return String::new() };
        let args = [
            ("minutes", i64::from(terms.minutes_per_case).into()),
            ("day", i64::from(terms.minutes_per_day).into()),
            ("share", self.locale.percent(&terms.share_pct.to_string()).into()),
        ];
        let key = if self.asked.by_default { "demand-assumed-default" } else { "demand-assumed-own" };
        self.locale.f(key, &args)
    }

    /// The next month of the chosen service.
    pub(super) fn stats(&self, own: &ServiceDemand) -> Vec<(String, String, String)> {
        let Some(step) = own.forecast.as_ref().ok().and_then(|forecast| forecast.steps.first()) else {
            return Vec::new();
        };
        let locale = self.locale;
        let month = period(locale, step.period);
        let (low, high) = bounds(step, 80);
        let range = [("low", self.cases(low).shown.into()), ("high", self.cases(high).shown.into())];
        let of_month = |key: &str| locale.f(key, &[("month", month.as_str().into())]);
        let mut stats = vec![(
            of_month("demand-stat-cases"),
            self.cases(step.point).shown,
            locale.f("demand-stat-range", &range),
        )];
        if let Some(need) = self.need(step) {
            let chance = self.percent(need.chance_expected).shown;
            let note = locale.f("demand-stat-chance", &[("chance", chance.into())]);
            stats.push((of_month("demand-stat-officers"), locale.count(need.expected), note));
            stats.push((
                of_month("demand-stat-officers-upper"),
                locale.count(need.upper80),
                self.word("demand-stat-upper-note"),
            ));
        }
        stats
    }

    /// All services beside one another.
    pub(super) fn all(&self, found: &[ServiceDemand]) -> Figure {
        let locale = self.locale;
        let number = |key: &str| Column::number(locale.t(key));
        let columns = vec![
            Column::text(locale.t("demand-service")),
            number("demand-months-known"),
            number("demand-last-year"),
            number("demand-next-months"),
            number("demand-next-naive"),
            number("demand-officers-busiest"),
            number("demand-officers-busiest-upper"),
        ];
        let row = |own: &ServiceDemand| {
            let ahead = own.forecast.as_ref().ok();
            let sum = |pick: fn(&Step) -> f64| {
                ahead.and_then(|forecast| {
                    forecast.steps.iter().map(|step| whole(pick(step))).sum::<Option<u64>>()
                })
            };
            vec![
                Value::text(service_name(locale, own)),
                self.count(u64::try_from(own.observed.len()).ok()),
                self.count(last_year(own)),
                self.count(sum(|step| step.point)),
                self.count(sum(|step| step.naive)),
                self.count(ahead.and_then(|forecast| self.most(forecast, |need| need.expected))),
                self.count(ahead.and_then(|forecast| self.most(forecast, |need| need.upper80))),
            ]
        };
        let title = locale.f("demand-all-title", &[("place", self.place.into())]);
        Figure::new("services", title, Markup::default())
            .table(locale.t("demand-all-caption"), columns, found.iter().map(row).collect())
            .note(locale.t("demand-all-note"))
    }

    fn title(&self, key: &str, own: &ServiceDemand) -> String {
        let service = service_name(self.locale, own);
        self.locale.f(key, &[("service", service.as_str().into()), ("place", self.place.into())])
    }

    /// History and the months ahead of one service.
    pub(super) fn fan(&self, own: &ServiceDemand) -> Figure {
        let Ok(forecast) = &own.forecast else { return Figure::default() };
        let locale = self.locale;
        let title = self.title("demand-chart-title", own);
        let words = Words::new("cases", title.as_str(), locale.t("demand-chart-about"));
        let key = self.key(forecast);
        let mut columns =
            vec![Column::text(locale.t("execution-month")), Column::number(locale.t("demand-expected"))];
        for level in LEVELS {
            for key in ["forecast-lower", "forecast-upper"] {
                let level = locale.percent(&level.to_string());
                columns.push(Column::number(format!("{level}: {}", locale.t(key))));
            }
        }
        columns.push(Column::number(key.naive.as_str()));
        let row = |step: &Step| {
            let mut row = vec![Value::text(period(locale, step.period)), self.cases(step.point)];
            for level in LEVELS {
                let (low, high) = bounds(step, level);
                row.extend([low, high].map(|end| self.cases(end)));
            }
            row.push(self.cases(step.naive));
            row
        };
        let drawn = chart::fan(&words, &self.data(own, forecast), &key, &|value| axis(locale, value));
        let figure = Figure::new("cases", title, drawn).table(
            locale.t("demand-cases"),
            columns,
            forecast.steps.iter().map(row).collect(),
        );
        figure.note(locale.f("demand-source", &[("source", own.source.as_str().into())]))
    }

    fn data(&self, own: &ServiceDemand, forecast: &Forecast) -> chart::Fan {
        let last = own.observed.last().map_or(0, |own| own.0.ordinal());
        // The series of a forecast has no gaps: the months stand side by side.
        let shown: Vec<&(Period, u64)> =
            own.observed.iter().filter(|own| own.0.ordinal() > last - MONTHS_DRAWN).collect();
        let each = |pick: &dyn Fn(&Step) -> f64| forecast.steps.iter().map(pick).collect::<Vec<f64>>();
        let ahead = forecast.steps.iter().map(|step| step.period);
        let periods = shown.iter().map(|own| own.0).chain(ahead);
        chart::Fan {
            periods: periods.map(|period| period.to_string()).collect(),
            unit: self.word("demand-cases"),
            history: shown.iter().map(|own| Some(own.1 as f64)).collect(),
            point: each(&|step| step.point),
            naive: each(&|step| step.naive),
            lo80: each(&|step| bounds(step, 80).0),
            hi80: each(&|step| bounds(step, 80).1),
            lo95: each(&|step| bounds(step, 95).0),
            hi95: each(&|step| bounds(step, 95).1),
            ..chart::Fan::default()
        }
    }

    fn key(&self, forecast: &Forecast) -> chart::FanKey {
        let band =
            |level: &str| self.locale.f("forecast-interval", &[("level", self.locale.percent(level).into())]);
        chart::FanKey {
            history: self.word("demand-observed"),
            point: self.word("demand-expected"),
            band80: band("80"),
            band95: band("95"),
            naive: self.locale.name("forecast-model", forecast.backtest.naive.method).into_owned(),
            ..chart::FanKey::default()
        }
    }

    /// Officers month by month.
    pub(super) fn staffing(&self, own: &ServiceDemand) -> Figure {
        let (Ok(forecast), Some(_)) = (&own.forecast, self.asked.terms) else { return Figure::default() };
        let locale = self.locale;
        let columns = vec![
            Column::text(locale.t("execution-month")),
            Column::number(locale.t("demand-working-days")),
            Column::number(locale.t("demand-officers")),
            Column::number(locale.t("demand-officers-chance")),
            Column::number(locale.t("demand-officers-upper")),
        ];
        let row = |step: &Step| {
            let (days, need) = (self.days(step.period), self.need(step));
            let mark = if days.is_some_and(|days| days.assumed) { "≈ " } else { "" };
            let days = days.map_or_else(
                || Value::unknown(locale),
                |days| Value::number(format!("{mark}{}", days.n), days.n.to_string()),
            );
            vec![
                Value::text(period(locale, step.period)),
                days,
                self.count(need.map(|need| need.expected)),
                need.map_or_else(|| Value::unknown(locale), |need| self.percent(need.chance_expected)),
                self.count(need.map(|need| need.upper80)),
            ]
        };
        let rows = forecast.steps.iter().map(row).collect();
        let assumed = |step: &Step| self.days(step.period).is_some_and(|days| days.assumed);
        let figure = Figure::new("staffing", self.title("demand-staffing-title", own), Markup::default())
            .table(locale.t("demand-staffing-caption"), columns, rows)
            .note(self.assumptions());
        match self.asked.days {
            Some(_) => figure.note(locale.t("demand-days-own")),
            None if forecast.steps.iter().any(assumed) => figure.note(locale.t("demand-days-assumed")),
            None => figure.note(locale.t("demand-days-calendar")),
        }
    }

    /// Every month that is known: a row a year.
    pub(super) fn history(&self, own: &ServiceDemand) -> Figure {
        let locale = self.locale;
        let known: BTreeMap<Period, u64> = own.observed.iter().copied().collect();
        let years: std::collections::BTreeSet<i16> = known.keys().map(|month| month.year()).collect();
        let months = || (1..=12_u8).map(|month| (month, locale.name("month-short", &month.to_string())));
        let mut columns = vec![Column::text(locale.t("table-year"))];
        columns.extend(months().map(|(_, name)| Column::number(name)));
        let row = |year: &i16| {
            let cell = |month: u8| {
                let month = Period::new(*year, month, Frequency::Monthly)?;
                known.get(&month).copied()
            };
            let mut row = vec![Value::text(year.to_string())];
            row.extend((1..=12).map(|month| self.count(cell(month))));
            row
        };
        Figure::new("history", self.title("demand-history-title", own), Markup::default()).table(
            locale.t("demand-cases"),
            columns,
            years.iter().rev().map(row).collect(),
        )
    }
}

/// The last twelve months, when all of them are known.
fn last_year(own: &ServiceDemand) -> Option<u64> {
    let last = own.observed.last()?.0.ordinal();
    let months: Vec<u64> =
        own.observed.iter().filter(|own| own.0.ordinal() > last - 12).map(|own| own.1).collect();
    (months.len() == 12).then(|| months.iter().sum())
}
