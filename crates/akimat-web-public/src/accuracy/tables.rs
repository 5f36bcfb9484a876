//! Figures of the track record: reliability of intervals, error by steps, tables by line and version.

use super::Record;
use akimat_core::KatoCode;
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_storage::published_forecast::{ForecastBasis, LEVELS, TrackRow};
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::chart::{Dot, Group, Scatter, Words, compare_bars, scatter};
use akimat_web_kit::view::figures::axis;
use akimat_web_kit::view::track_record::{
    level, line_name, mean, mean_percent, mean_value, parse_line, share, share_value,
};
use std::collections::BTreeMap;

/// Levels asked for against shares of facts that fell inside.
pub(super) fn reliability(locale: &Locale, whole: &TrackRow) -> Figure {
    let counted: Vec<(u8, u64, u64)> = LEVELS
        .into_iter()
        .filter_map(|wanted| level(whole, wanted).map(|(n, inside)| (wanted, n, inside)))
        .collect();
    if counted.is_empty() {
        return Figure::default();
    }
    #[expect(clippy::cast_precision_loss, reason = "a chart needs no more than 53 bits")]
    let percent = |part: u64, whole: u64| part as f64 * 100.0 / whole as f64;
    let dot = |&(wanted, n, inside): &(u8, u64, u64)| Dot {
        x: f64::from(wanted),
        y: percent(inside, n),
        label: locale.percent(&wanted.to_string()),
    };
    let data = Scatter {
        x_title: locale.t("accuracy-nominal").into_owned(),
        y_title: locale.t("accuracy-observed").into_owned(),
        dots: counted.iter().map(dot).collect(),
        line: Some((0.0, 1.0)),
    };
    let format = |value: f64| axis(locale, value);
    let title = locale.t("accuracy-reliability");
    let words = Words::new("reliability", title.clone(), locale.t("accuracy-reliability-about"));
    let row = |&(wanted, n, inside): &(u8, u64, u64)| {
        let (low, high) = by_chance(wanted, n);
        vec![
            Value::number(locale.percent(&wanted.to_string()), wanted.to_string()),
            Value::number(locale.count(n), n.to_string()),
            Value::number(locale.count(inside), inside.to_string()),
            Value::percent(locale, share(inside, n)),
            Value::percent(locale, Some(format!("{low:.0}"))),
            Value::percent(locale, Some(format!("{high:.0}"))),
        ]
    };
    let columns = vec![
        Column::number(locale.t("accuracy-nominal")),
        Column::number(locale.t("accuracy-facts")),
        Column::number(locale.t("accuracy-inside-count")),
        Column::number(locale.t("accuracy-observed")),
        Column::number(locale.t("accuracy-chance-low")),
        Column::number(locale.t("accuracy-chance-high")),
    ];
    Figure::new("reliability", title, scatter(&words, &data, &format, &format))
        .table(locale.t("accuracy-reliability-caption"), columns, counted.iter().map(row).collect())
        .note(locale.t("accuracy-reliability-note"))
}

/// Between which shares, in per cent, an exact interval holds with 95 % when so many facts are independent:
/// the normal approximation of the binomial distribution.
fn by_chance(wanted: u8, n: u64) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "a remark needs no more than 53 bits")]
    let n = n as f64;
    let p = f64::from(wanted) / 100.0;
    let half = 1.96 * (p * (1.0 - p) / n).sqrt();
    (((p - half) * 100.0).max(0.0), ((p + half) * 100.0).min(100.0))
}

/// `2 steps ahead`, or `2 months ahead` where steps are months.
pub(super) fn steps_ahead(locale: &Locale, basis: ForecastBasis, n: u16) -> String {
    let key = match basis {
        ForecastBasis::Period => "accuracy-steps",
        ForecastBasis::YearToDate | ForecastBasis::Cases => "accuracy-months",
    };
    locale.f(key, &[("n", n.into())])
}

/// Error of the model and of the naive method by steps ahead.
pub(super) fn steps(locale: &Locale, basis: ForecastBasis, rows: &[TrackRow]) -> Figure {
    if rows.is_empty() {
        return Figure::default();
    }
    let name = |row: &TrackRow| steps_ahead(locale, basis, row.key.parse().unwrap_or(0));
    #[expect(clippy::cast_precision_loss, reason = "a chart needs no more than 53 bits")]
    let bar = |sum: i64, n: u64| {
        let text =
            mean(sum, n).map_or_else(|| locale.t("no-data-short").into_owned(), |t| locale.decimal(&t));
        ((n > 0).then(|| sum as f64 / n as f64 / 1e6), text)
    };
    let group = |row: &TrackRow| {
        Group::new(name(row), vec![bar(row.naive_scaled, row.n_scaled), bar(row.scaled, row.n_scaled)])
    };
    let groups: Vec<Group> = rows.iter().map(group).collect();
    let series = [locale.t("accuracy-naive").into_owned(), locale.t("accuracy-model").into_owned()];
    let title = locale.t("accuracy-by-steps");
    let words = Words::new("steps", title.clone(), locale.t("accuracy-by-steps-about"));
    let table = rows.iter().map(|row| cells(locale, name(row), row)).collect();
    Figure::new("steps", title, compare_bars(&words, &series, &groups))
        .table(locale.t("accuracy-table-caption"), columns(locale, "accuracy-steps-ahead"), table)
        .note(locale.t("accuracy-scaled-note"))
}

/// Tables by line, version, year of the fact, territory, and with and without breaks.
pub(super) fn all(
    locale: &Locale,
    record: &Record,
    breaks: &[i16],
    names: &BTreeMap<KatoCode, String>,
) -> Vec<Figure> {
    let line = |key: &str| parse_line(key).map_or_else(|| key.to_owned(), |line| line_name(locale, &line));
    let place = |key: &str| {
        let name = key.parse::<KatoCode>().ok().and_then(|code| names.get(&code).cloned());
        name.unwrap_or_else(|| key.to_owned())
    };
    let same = |key: &str| key.to_owned();
    let mut figures = vec![
        table(locale, ("lines", "accuracy-by-line", "accuracy-line"), &record.by_line, &line),
        table(locale, ("years", "accuracy-by-year", "accuracy-year"), &record.by_year, &same),
        with_and_without(locale, record, breaks),
        table(locale, ("versions", "accuracy-by-version", "accuracy-version"), &record.by_version, &same),
        table(locale, ("places", "accuracy-by-place", "accuracy-place"), &record.by_place, &place),
    ];
    figures.retain(|figure| !figure.rows.is_empty());
    figures
}

fn with_and_without(locale: &Locale, record: &Record, breaks: &[i16]) -> Figure {
    if record.whole.n == 0 {
        return Figure::default();
    }
    let years: Vec<String> = breaks.iter().map(ToString::to_string).collect();
    let without = locale.f("accuracy-without-short", &[("years", years.join(", ").into())]);
    let rows = vec![
        cells(locale, locale.t("accuracy-with").into_owned(), &record.whole),
        cells(locale, without, &record.calm),
    ];
    Figure::new("breaks", locale.t("accuracy-by-breaks"), Default::default()).table(
        locale.t("accuracy-table-caption"),
        columns(locale, "accuracy-years"),
        rows,
    )
}

fn table(
    locale: &Locale,
    (id, title, head): (&str, &str, &str),
    rows: &[TrackRow],
    name: &dyn Fn(&str) -> String,
) -> Figure {
    let rows = rows.iter().map(|row| cells(locale, name(&row.key), row)).collect();
    Figure::new(id, locale.t(title), Default::default()).table(
        locale.t("accuracy-table-caption"),
        columns(locale, head),
        rows,
    )
}

fn columns(locale: &Locale, head: &str) -> Vec<Column> {
    let inside =
        |level: &str| Column::number(locale.f("accuracy-inside", &[("level", locale.percent(level).into())]));
    vec![
        Column::text(locale.t(head)),
        Column::number(locale.t("accuracy-facts")),
        inside("80"),
        inside("95"),
        Column::number(locale.t("accuracy-relative")),
        Column::number(locale.t("accuracy-scaled")),
        Column::number(locale.t("accuracy-scaled-naive")),
        Column::number(locale.t("accuracy-naive-share")),
    ]
}

fn cells(locale: &Locale, name: String, row: &TrackRow) -> Vec<Value> {
    vec![
        Value::text(name),
        Value::number(locale.count(row.n), row.n.to_string()),
        share_value(locale, level(row, 80)),
        share_value(locale, level(row, 95)),
        Value::percent(locale, mean_percent(row.relative, row.n_relative)),
        mean_value(locale, row.scaled, row.n_scaled),
        mean_value(locale, row.naive_scaled, row.n_scaled),
        Value::percent(locale, share(row.n_naive_better, row.n)),
    ]
}
