//! The answer of the laboratory: scores, errors step by step, and every model's path.

use akimat_core::{Frequency, Period};
use akimat_document::Column;
use akimat_forecast::Series;
use akimat_forecast::laboratory::{Comparison, Entry, TestKind, Versus};
use akimat_i18n::Locale;
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::view::figures::axis;

/// Observed values that a panel shows at most.
const HISTORY_SHOWN: usize = 36;
/// Steps that have a column of their own at most.
const STEPS_SHOWN: usize = 12;
/// A difference is called more than chance below this.
const CHANCE: f64 = 0.05;

/// A comparison that is to be shown.
pub(super) struct Drawn<'a> {
    pub(super) locale: &'a Locale,
    /// What the series is called.
    pub(super) name: &'a str,
    /// Unit of its values.
    pub(super) unit: &'a str,
    pub(super) series: &'a Series,
    pub(super) comparison: &'a Comparison,
}

impl Drawn<'_> {
    /// What was compared.
    pub(super) fn about(&self) -> Vec<String> {
        let (locale, found) = (self.locale, self.comparison);
        let values = self.series.values().len();
        let first = self.series.start();
        let last = self.series.periods().take(values).last().unwrap_or(first);
        let mut about = vec![locale.f(
            "laboratory-about-series",
            &[
                ("series", self.name.into()),
                ("n", values.into()),
                ("first", self.period(first).into()),
                ("last", self.period(last).into()),
            ],
        )];
        if let [first, .., last] | [first @ last] = found.origins.as_slice() {
            let args = [
                ("n", found.origins.len().into()),
                ("first", self.period(*first).into()),
                ("last", self.period(*last).into()),
                ("steps", found.horizon.into()),
            ];
            about.push(locale.f("laboratory-about-origins", &args));
        }
        about
    }

    fn period(&self, period: Period) -> String {
        if period.frequency() == Frequency::Yearly { period.to_string() } else { self.locale.period(period) }
    }

    fn model(&self, entry: &Entry) -> String {
        self.locale.name("forecast-model", entry.model).into_owned()
    }

    /// A number in the unit of the series.
    fn number(&self, value: f64) -> Value {
        if !value.is_finite() {
            return Value::unknown(self.locale);
        }
        let plain = match value.abs() {
            size if size >= 100.0 => format!("{value:.0}"),
            size if size >= 1.0 => format!("{value:.2}"),
            _ => format!("{value:.4}"),
        };
        Value::number(self.locale.decimal(&plain), plain)
    }

    fn fixed(&self, value: Option<f64>, decimals: usize) -> Value {
        value.filter(|value| value.is_finite()).map_or_else(
            || Value::unknown(self.locale),
            |value| {
                let plain = format!("{value:.decimals$}");
                Value::number(self.locale.decimal(&plain), plain)
            },
        )
    }

    fn percent(&self, value: f64, decimals: usize) -> Value {
        let plain = format!("{:.decimals$}", value * 100.0);
        // Rounding may leave a minus before zero.
        let plain =
            if plain.trim_start_matches(['-', '0', '.']).is_empty() { plain.replace('-', "") } else { plain };
        Value::number(self.locale.percent(&plain), plain)
    }

    /// The table of scores with bars of MASE.
    pub(super) fn scores(&self) -> Figure {
        let locale = self.locale;
        let bars: Vec<chart::Bar> = self
            .comparison
            .entries
            .iter()
            .filter_map(|entry| {
                let mase = entry.overall.mase?;
                let bar = chart::Bar::new(self.model(entry), Some(mase), self.fixed(Some(mase), 3).shown);
                Some(if entry.rank == Some(1) { bar.accent() } else { bar })
            })
            .collect();
        let title = locale.f("laboratory-scores", &[("series", self.name.into())]);
        let words = Words::new("scores", title.as_str(), locale.t("laboratory-scores-about"));
        let rows = self.comparison.entries.iter().map(|entry| self.score(entry)).collect();
        Figure::new("scores", title, chart::bars(&words, &bars))
            .table(locale.f("laboratory-unit", &[("unit", self.unit.into())]), self.score_columns(), rows)
            .note(locale.t("laboratory-scores-about"))
    }

    fn score_columns(&self) -> Vec<Column> {
        let locale = self.locale;
        let level = |key: &str, level: &u8| {
            Column::number(locale.f(key, &[("level", locale.percent(&level.to_string()).into())]))
        };
        let mut columns =
            vec![Column::text(locale.t("forecast-model")), Column::number(locale.t("laboratory-rank"))];
        for key in ["laboratory-mae", "laboratory-mase", "laboratory-smape"] {
            columns.push(Column::number(locale.t(key)));
        }
        columns.extend(self.comparison.levels.iter().map(|own| level("laboratory-msis", own)));
        columns.extend(self.comparison.levels.iter().map(|own| level("laboratory-coverage", own)));
        columns.push(Column::number(locale.t("laboratory-versus")));
        columns.push(Column::text(locale.t("laboratory-remark")));
        columns
    }

    fn score(&self, entry: &Entry) -> Vec<Value> {
        let locale = self.locale;
        let rank = entry.rank.map(|rank| Value::number(rank.to_string(), rank.to_string()));
        let mut row = vec![
            Value::text(self.model(entry)),
            rank.unwrap_or_else(|| Value::unknown(locale)),
            self.number(entry.overall.mae),
            self.fixed(entry.overall.mase, 3),
            self.fixed(Some(entry.overall.smape), 2),
        ];
        if entry.n_origins == 0 {
            row.truncate(2);
            let left = self.score_columns().len() - 3;
            row.extend((0..left).map(|_| Value::unknown(locale)));
            row.push(Value::text(locale.t("laboratory-no-answer")));
            return row;
        }
        row.extend(entry.overall.msis.iter().map(|msis| self.fixed(*msis, 2)));
        for coverage in &entry.overall.coverage {
            #[expect(clippy::cast_precision_loss, reason = "a share of a few hundred facts")]
            let share = coverage.inside as f64 / coverage.of.max(1) as f64;
            row.push(self.percent(share, 0));
        }
        row.push(entry.versus.map_or_else(|| Value::unknown(locale), |own| self.percent(own.change, 1)));
        row.push(Value::text(self.remark(entry)));
        row
    }

    /// Whether the difference is more than chance.
    fn remark(&self, entry: &Entry) -> String {
        let locale = self.locale;
        if entry.model == self.comparison.baseline {
            return locale.t("laboratory-baseline").into_owned();
        }
        if entry.rank.is_none() {
            let args = [("n", entry.n_origins.into()), ("of", self.comparison.origins.len().into())];
            return locale.f("laboratory-part", &args);
        }
        let Some(Versus { change, test: Some(test) }) = entry.versus else {
            return locale.t("laboratory-test-none").into_owned();
        };
        let p = locale.decimal(&format!("{:.3}", test.p_value));
        let kind = match test.kind {
            TestKind::DieboldMariano => locale.t("laboratory-test-dm"),
            TestKind::Sign => locale.t("laboratory-test-sign"),
        };
        let key = match (test.p_value < CHANCE, change < 0.0) {
            (true, true) => "laboratory-test-better",
            (true, false) => "laboratory-test-worse",
            (false, _) => "laboratory-test-chance",
        };
        locale.f(key, &[("test", kind.as_ref().into()), ("p", p.as_str().into()), ("n", test.n.into())])
    }

    /// MASE and coverage step by step.
    pub(super) fn steps(&self) -> Figure {
        if self.comparison.horizon < 2 {
            return Figure::default();
        }
        let locale = self.locale;
        let shown = self.comparison.horizon.min(STEPS_SHOWN);
        let mut columns =
            vec![Column::text(locale.t("forecast-model")), Column::text(locale.t("laboratory-measure"))];
        columns.extend((1..=shown).map(|h| Column::number(locale.f("laboratory-step", &[("n", h.into())]))));
        let mut rows = Vec::new();
        for entry in self.comparison.entries.iter().filter(|entry| entry.n_origins > 0) {
            let measure = |name: String, value: &dyn Fn(&akimat_forecast::laboratory::Measures) -> Value| {
                let mut row = vec![Value::text(self.model(entry)), Value::text(name)];
                row.extend(entry.by_step.iter().take(shown).map(value));
                row
            };
            rows.push(measure(locale.t("laboratory-mae").into_owned(), &|own| self.number(own.mae)));
            rows.push(measure(locale.t("laboratory-mase").into_owned(), &|own| self.fixed(own.mase, 3)));
            rows.push(measure(locale.t("laboratory-smape").into_owned(), &|own| {
                self.fixed(Some(own.smape), 2)
            }));
            for (index, level) in self.comparison.levels.iter().enumerate() {
                let level = locale.percent(&level.to_string());
                let name = locale.f("laboratory-coverage", &[("level", level.into())]);
                rows.push(measure(name, &|own| match own.coverage.get(index) {
                    #[expect(clippy::cast_precision_loss, reason = "a share of a few hundred facts")]
                    Some(coverage) => self.percent(coverage.inside as f64 / coverage.of.max(1) as f64, 0),
                    None => Value::unknown(locale),
                }));
            }
        }
        let title = locale.f("laboratory-steps", &[("series", self.name.into())]);
        let unit = locale.f("laboratory-unit", &[("unit", self.unit.into())]);
        Figure::new("steps", title, akimat_web_kit::kit::Markup::default()).table(unit, columns, rows)
    }

    /// A panel for each model that continues the series.
    pub(super) fn paths(&self) -> Figure {
        let locale = self.locale;
        let values = self.series.values();
        let skipped = values.len().saturating_sub(HISTORY_SHOWN);
        let history = values.get(skipped..).unwrap_or_default();
        let entries: Vec<&Entry> =
            self.comparison.entries.iter().filter(|entry| !entry.path.is_empty()).collect();
        if entries.is_empty() {
            return Figure::default();
        }
        let periods = self.series.periods().skip(skipped).take(history.len() + self.comparison.horizon);
        let last = history.last().copied();
        let before = history.len().saturating_sub(1);
        let widest = self.comparison.levels.len().saturating_sub(1);
        let panel = |entry: &&Entry| {
            let ahead = |pick: &dyn Fn(&akimat_forecast::laboratory::PathStep) -> Option<f64>| {
                let lead = std::iter::repeat_n(None, before).chain([last]);
                lead.chain(entry.path.iter().map(pick)).collect::<Vec<Option<f64>>>()
            };
            let mut fact: Vec<Option<f64>> = history.iter().copied().map(Some).collect();
            fact.resize(history.len() + self.comparison.horizon, None);
            chart::Panel {
                title: self.model(entry),
                series: vec![
                    fact,
                    ahead(&|step| Some(step.point)),
                    ahead(&|step| step.intervals.get(widest).map(|own| own.low)),
                    ahead(&|step| step.intervals.get(widest).map(|own| own.high)),
                ],
            }
        };
        let word = |key: &str| locale.t(key).into_owned();
        let data = chart::Multiples {
            periods: periods.map(|period| period.to_string()).collect(),
            unit: self.unit.to_owned(),
            key: ["forecast-fact", "forecast-point", "forecast-lower", "forecast-upper"].map(word).into(),
            panels: entries.iter().map(panel).collect(),
        };
        let title = locale.f("laboratory-paths", &[("series", self.name.into())]);
        let words = Words::new("paths", title.as_str(), locale.t("laboratory-paths-about"));
        let drawn = chart::small_multiples(&words, &data, &|value| axis(locale, value));
        let level = self.comparison.levels.get(widest).map_or_else(String::new, ToString::to_string);
        Figure::new("paths", title, drawn)
            .table(self.unit, self.path_columns(&entries), self.path_rows(&entries))
            .note(locale.f("laboratory-paths-note", &[("level", locale.percent(&level).into())]))
    }

    fn path_columns(&self, entries: &[&Entry]) -> Vec<Column> {
        let models = entries.iter().map(|entry| Column::number(self.model(entry)));
        [Column::text(self.locale.t("forecast-period"))].into_iter().chain(models).collect()
    }

    fn path_rows(&self, entries: &[&Entry]) -> Vec<Vec<Value>> {
        let ahead = self.series.periods().skip(self.series.values().len()).take(self.comparison.horizon);
        let row = |(index, period): (usize, Period)| {
            let points = entries.iter().map(|entry| {
                entry
                    .path
                    .get(index)
                    .map_or_else(|| Value::unknown(self.locale), |step| self.number(step.point))
            });
            [Value::text(self.period(period))].into_iter().chain(points).collect()
        };
        ahead.enumerate().map(row).collect()
    }
}
