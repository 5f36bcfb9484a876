//! The charts, tables and sentences of a fiscal year.

use akimat_app::forecast::{in_tenge, to_money};
use akimat_app::forecast_year::{FiscalLineYear, FiscalNode, FiscalPicture, LEVELS, Simple};
use akimat_core::{Frequency, Money, MoneyUnit, Period, Ratio};
use akimat_document::Column;
use akimat_forecast::fiscal::Rule;
use akimat_i18n::Locale;
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::view::figures::{axis, item_name};

/// The unit of the tables.
const UNIT: MoneyUnit = MoneyUnit::ThousandTenge;
/// A line is named as likely to stay behind its plan from this probability on.
const LIKELY: f64 = 0.8;
/// Months of the past that are told at most.
const HISTORY_MAX: usize = 12;

pub(super) fn month_name(locale: &Locale, year: i16, month: u8) -> String {
    Period::new(year, month, Frequency::Monthly)
        .map_or_else(|| month.to_string(), |period| locale.period(period))
}

/// A year that is to be shown.
pub(super) struct Picture<'a> {
    pub(super) locale: &'a Locale,
    pub(super) found: &'a FiscalPicture,
    pub(super) place: &'a str,
}

/// One end of an interval.
type End = fn(&akimat_forecast::Interval) -> f64;

impl Picture<'_> {
    fn word(&self, key: &str) -> String {
        self.locale.t(key).into_owned()
    }

    pub(super) fn name(&self, line: &FiscalLineYear) -> String {
        match &line.node {
            FiscalNode::Printed { item, code } => item_name(self.locale, *item, code),
            FiscalNode::OwnRevenue => self.word("indicator-own-revenue"),
            FiscalNode::OtherRevenue => self.word("forecast-year-other-revenue"),
            FiscalNode::OtherExpenditure => self.word("forecast-year-other-expenditure"),
        }
    }

    fn month(&self) -> String {
        month_name(self.locale, self.found.origin.year, self.found.origin.month)
    }

    /// From when the forecast looks ahead, and from how many budgets it learns.
    pub(super) fn about(&self) -> String {
        let (month, n) = (self.month(), u64::try_from(self.found.n_budgets).unwrap_or(0));
        let args = [("month", month.as_str().into()), ("n", n.into())];
        self.locale.f("forecast-year-about", &args)
    }

    /// The totals in words.
    pub(super) fn stats(&self) -> Vec<(String, String, String)> {
        let shown = |line: &&FiscalLineYear| {
            let own = ["own_revenue", "transfers", "expenditure_total"];
            own.contains(&line.node.word().as_str())
        };
        let stat = |line: &FiscalLineYear| {
            let note = line.range(80).map_or_else(String::new, |(low, high)| {
                let (low, high) = (self.locale.money_short(low), self.locale.money_short(high));
                let args = [("low", low.as_str().into()), ("high", high.as_str().into())];
                self.locale.f("forecast-year-range", &args)
            });
            (self.name(line), self.locale.money_short(line.total), note)
        };
        self.found.lines.iter().filter(shown).map(stat).collect()
    }

    /// Lines that will probably stay behind their plans: a hint, with its probability.
    pub(super) fn hints(&self) -> Vec<String> {
        let hint = |line: &FiscalLineYear| {
            let probability = line.under_execution.filter(|own| *own >= LIKELY)?;
            let name = self.name(line);
            let probability = self.probability(probability).shown;
            let share = self.share(line).shown;
            let args = [
                ("line", name.as_str().into()),
                ("probability", probability.as_str().into()),
                ("share", share.as_str().into()),
            ];
            Some(self.locale.f("forecast-year-hint", &args))
        };
        self.found.lines.iter().filter_map(hint).collect()
    }

    /// What the ranges cannot say.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(refused) = self.found.lines.iter().find_map(|line| line.refused.first()) {
            let level = self.locale.percent(&refused.level.to_string());
            let number = |n: usize| u64::try_from(n).unwrap_or(0);
            let args = [
                ("level", level.as_str().into()),
                ("have", number(refused.have).into()),
                ("need", number(refused.need).into()),
            ];
            notes.push(self.locale.f("forecast-year-level-refused", &args));
        }
        notes
    }

    fn money(&self, money: Option<Money>) -> Value {
        Value::money(self.locale, money, UNIT)
    }

    /// Expected execution as a share of the plan.
    fn share(&self, line: &FiscalLineYear) -> Value {
        let plan = line.plan().filter(|plan| *plan > Money::ZERO);
        let share = plan.and_then(|plan| Ratio::of(line.total, plan)).and_then(|ratio| ratio.percent(1));
        Value::percent(self.locale, share)
    }

    /// A probability in whole per cent, never 0 or 100 unless nothing else can happen.
    fn probability(&self, probability: f64) -> Value {
        let shown = match probability {
            p if p <= 0.0 => 0.0,
            p => (100.0 * p).round().clamp(1.0, 99.0),
        };
        Value::percent(self.locale, Some(format!("{shown:.0}")))
    }

    /// All lines: plan, executed, expected, ranges.
    pub(super) fn lines(&self) -> Figure {
        let locale = self.locale;
        let year = self.found.origin.year.to_string();
        let args = [("place", self.place.into()), ("year", year.as_str().into())];
        let title = locale.f("forecast-year-lines", &args);
        let mut columns = vec![
            Column::text(locale.t("table-name")),
            Column::number(locale.t("forecast-year-plan")),
            Column::number(locale.f("execution-stat-executed", &[("month", self.month().as_str().into())])),
            Column::number(locale.t("forecast-year-expected")),
        ];
        for level in LEVELS {
            for key in ["forecast-lower", "forecast-upper"] {
                let level = locale.percent(&level.to_string());
                columns.push(Column::number(format!("{level}: {}", locale.t(key))));
            }
        }
        columns.push(Column::number(locale.t("forecast-year-share")));
        columns.push(Column::number(locale.t("forecast-year-under")));
        let known = self.found.lines.iter().any(|line| line.fact.is_some());
        if known {
            columns.push(Column::number(locale.t("forecast-year-fact")));
        }
        let rows = self.found.lines.iter().map(|line| self.line(line, known)).collect();
        Figure::new("lines", title, akimat_web_kit::kit::Markup::default())
            .table(locale.t("unit-thousand-tenge"), columns, rows)
            .note(locale.t("forecast-year-sums"))
    }

    fn line(&self, line: &FiscalLineYear, known: bool) -> Vec<Value> {
        let indent = "– ".repeat(usize::from(line.depth));
        let mut row = vec![
            Value::text(format!("{indent}{}", self.name(line))),
            self.money(line.plan()),
            self.money(line.executed()),
            self.money(Some(line.total)),
        ];
        for level in LEVELS {
            let range = line.range(level);
            row.push(self.money(range.map(|range| range.0)));
            row.push(self.money(range.map(|range| range.1)));
        }
        row.push(self.share(line));
        row.push(line.under_execution.map_or_else(|| Value::unknown(self.locale), |p| self.probability(p)));
        if known {
            row.push(self.money(line.fact));
        }
        row
    }

    /// The simple rule beside, and which was nearer in former years.
    pub(super) fn record(&self) -> Figure {
        let locale = self.locale;
        let rows: Vec<Vec<Value>> =
            self.found.lines.iter().filter_map(|line| self.record_row(line, line.simple.as_ref()?)).collect();
        if rows.is_empty() {
            return Figure::default();
        }
        let years: Vec<i16> =
            self.found.lines.iter().flat_map(|line| line.past.iter().map(|p| p.year)).collect();
        let (first, last) = (years.iter().min().copied(), years.iter().max().copied());
        let year = |year: Option<i16>| year.map_or_else(String::new, |year| year.to_string());
        let (first, last) = (year(first), year(last));
        let args = [("first", first.as_str().into()), ("last", last.as_str().into())];
        let columns = vec![
            Column::text(locale.t("table-name")),
            Column::text(locale.t("forecast-year-rule")),
            Column::number(locale.t("forecast-year-rule-total")),
            Column::number(locale.t("forecast-year-rule-error")),
            Column::number(locale.t("forecast-year-own-error")),
            Column::text(locale.t("forecast-year-nearer")),
        ];
        Figure::new("record", locale.f("forecast-year-record", &args), akimat_web_kit::kit::Markup::default())
            .table(locale.t("unit-thousand-tenge"), columns, rows)
            .note(locale.t("forecast-year-record-note"))
    }

    fn record_row(&self, line: &FiscalLineYear, simple: &Simple) -> Option<Vec<Value>> {
        let rule = match simple.rule {
            Rule::Plan => "forecast-year-rule-plan",
            Rule::Linear => "forecast-year-rule-linear",
            Rule::SeasonalNaive => "forecast-year-rule-last-year",
            Rule::LastShare => "forecast-year-rule-last-share",
            Rule::Pace | Rule::Remaining => return None,
        };
        let nearer = match simple.own_error.cmp(&simple.error) {
            std::cmp::Ordering::Less => "forecast-year-nearer-own",
            std::cmp::Ordering::Equal => "forecast-year-nearer-both",
            std::cmp::Ordering::Greater => "forecast-year-nearer-rule",
        };
        Some(vec![
            Value::text(self.name(line)),
            Value::text(self.locale.t(rule)),
            self.money(Some(simple.total)),
            self.money(Some(simple.error)),
            self.money(Some(simple.own_error)),
            Value::text(self.locale.t(nearer)),
        ])
    }

    /// The year of one line, month by month.
    pub(super) fn fan(&self, line: &FiscalLineYear) -> Figure {
        let locale = self.locale;
        let name = self.name(line);
        let year = self.found.origin.year.to_string();
        let args = [("line", name.as_str().into()), ("year", year.as_str().into())];
        let title = locale.f("forecast-year-chart", &args);
        let largest = line.plans.iter().chain(&line.executed).flatten().map(|money| in_tenge(*money).abs());
        let (unit, key) = axis_unit(largest.fold(0.0, f64::max));
        let words = Words::new("year", title.as_str(), locale.t("forecast-year-chart-about"));
        let drawn = chart::fan(&words, &self.data(line, unit, &self.word(key)), &self.key(), &|value| {
            axis(locale, value)
        });
        let months = 1..=12_u8;
        let rows = months.map(|month| self.month_row(line, month)).collect();
        let mut columns = vec![
            Column::text(locale.t("execution-month")),
            Column::number(locale.t("execution-plan")),
            Column::number(locale.t("forecast-year-cumulative")),
        ];
        for level in LEVELS {
            for key in ["forecast-lower", "forecast-upper"] {
                let level = locale.percent(&level.to_string());
                columns.push(Column::number(format!("{level}: {}", locale.t(key))));
            }
        }
        Figure::new("year", title, drawn).table(locale.t("unit-thousand-tenge"), columns, rows)
    }

    fn month_row(&self, line: &FiscalLineYear, month: u8) -> Vec<Value> {
        let at = usize::from(month) - 1;
        let ahead = line.months.iter().find(|ahead| ahead.month == month);
        let point = line.executed[at].or_else(|| {
            let ahead = ahead?;
            // December is the rounded total of the table of lines.
            if month == 12 { Some(line.total) } else { to_money(ahead.cumulative) }
        });
        let mut row = vec![
            Value::text(month_name(self.locale, self.found.origin.year, month)),
            self.money(line.plans[at]),
            self.money(point),
        ];
        for level in LEVELS {
            let interval = ahead.and_then(|ahead| ahead.intervals.iter().find(|own| own.level == level));
            row.push(self.money(interval.and_then(|own| to_money(own.low))));
            row.push(self.money(interval.and_then(|own| to_money(own.high))));
        }
        row
    }

    fn data(&self, line: &FiscalLineYear, unit: f64, unit_name: &str) -> chart::Fan {
        let known = usize::from(self.found.origin.month);
        let scaled = |money: &Option<Money>| money.map(|money| in_tenge(money) / unit);
        let ends = |level: u8, pick: End| -> Vec<f64> {
            let end = |ahead: &akimat_forecast::fiscal::MonthAhead| {
                ahead.intervals.iter().find(|own| own.level == level).map(|own| pick(own) / unit)
            };
            // A band with a hole cannot be drawn: it is left out, the table has what is known.
            line.months.iter().map(end).collect::<Option<Vec<f64>>>().unwrap_or_default()
        };
        let (low, high): (End, End) = (|own| own.low, |own| own.high);
        chart::Fan {
            periods: (1..=12_u8)
                .map(|month| self.locale.name("month-short", &month.to_string()).into_owned())
                .collect(),
            unit: unit_name.to_owned(),
            history: line.executed[..known].iter().map(scaled).collect(),
            plan: line.plans.iter().map(scaled).collect(),
            point: line.months.iter().map(|ahead| ahead.cumulative / unit).collect(),
            lo80: ends(80, low),
            hi80: ends(80, high),
            lo95: ends(95, low),
            hi95: ends(95, high),
            ..chart::Fan::default()
        }
    }

    fn key(&self) -> chart::FanKey {
        let band =
            |level: &str| self.locale.f("forecast-interval", &[("level", self.locale.percent(level).into())]);
        chart::FanKey {
            history: self.word("forecast-year-executed"),
            point: self.word("forecast-year-expected"),
            band80: band("80"),
            band95: band("95"),
            plan: self.word("execution-plan"),
            ..chart::FanKey::default()
        }
    }
}

impl Picture<'_> {
    /// What stands out in the past of a line, the newest first.
    pub(super) fn history(&self, line: &FiscalLineYear) -> Vec<String> {
        let history = &line.history;
        let Ok(cleaned) = &history.cleaned else { return vec![self.word("forecast-year-history-gaps")] };
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut tell = |index: usize, key: &str, amounts: &[(&str, f64)]| {
            let Some((year, month)) = history.month(index) else { return };
            let month = month_name(self.locale, year, month);
            let shown: Vec<(&str, String)> =
                amounts.iter().map(|(name, tenge)| (*name, self.short(*tenge))).collect();
            let mut args = vec![("month", month.as_str().into())];
            args.extend(shown.iter().map(|(name, text)| (*name, text.as_str().into())));
            found.push((index, self.locale.f(key, &args)));
        };
        for own in &cleaned.breaks {
            let levels = [("before", own.before), ("after", own.after)];
            tell(own.index, "forecast-year-history-break", &levels);
        }
        for own in &cleaned.outliers {
            let values = [("value", own.value), ("expected", own.expected)];
            tell(own.index, "forecast-year-history-outlier", &values);
        }
        for own in &cleaned.negatives {
            tell(own.index, "forecast-year-history-negative", &[("value", own.value)]);
        }
        for own in &cleaned.filled {
            tell(own.index, "forecast-year-history-missing", &[]);
        }
        found.sort_by_key(|own| std::cmp::Reverse(own.0));
        found.truncate(HISTORY_MAX);
        found.into_iter().map(|own| own.1).collect()
    }

    /// Over how many months the past of a line was looked through.
    pub(super) fn history_about(&self, line: &FiscalLineYear) -> String {
        let n = u64::try_from(line.history.n_months).unwrap_or(0);
        let name = self.name(line);
        let args = [("line", name.as_str().into()), ("n", n.into())];
        self.locale.f("forecast-year-history-about", &args)
    }

    fn short(&self, tenge: f64) -> String {
        to_money(tenge).map_or_else(|| self.word("no-data-short"), |money| self.locale.money_short(money))
    }
}

/// Tenge in a unit of the axis, and the key of its name: the largest amount decides.
fn axis_unit(largest: f64) -> (f64, &'static str) {
    match largest {
        size if size >= 1e9 => (1e9, "unit-billion-tenge"),
        size if size >= 1e6 => (1e6, "unit-million-tenge"),
        _ => (1e3, "unit-thousand-tenge"),
    }
}
