//! A picture of a result, where one says more than its table.

use akimat_i18n::Locale;
use akimat_statistics::{Method, Report, Sheet, Value};
use akimat_web_kit::figure::Figure;
use akimat_web_kit::kit::chart::{
    Bar, Dot, Heat, HeatCell, HeatScale, Scatter, Words, bars, heat_map, scatter,
};
use akimat_web_kit::view::statistics as words;

/// Points and bars that a picture holds.
const SHOWN_MAX: usize = 400;

/// The picture; empty for methods without one.
pub(super) fn draw(locale: &Locale, report: &Report) -> Figure {
    let sheet = |code: &str| report.sheets.iter().find(|sheet| sheet.code == code);
    let drawn = match report.request.method {
        Method::Frequency => sheet("frequency").map(|sheet| shares(locale, sheet)),
        Method::Correlate => sheet("matrix").map(|sheet| matrix(locale, sheet)),
        Method::Regress => sheet("residuals").map(|sheet| residuals(locale, sheet)),
        _ => None,
    };
    drawn.unwrap_or_default()
}

fn title(locale: &Locale, report: &str) -> Words {
    Words::new("picture", report.to_owned(), locale.t("statistics-chart").into_owned())
}

fn figure(words: &Words, chart: akimat_web_kit::kit::Markup) -> Figure {
    Figure::new(words.id.clone(), words.title.clone(), chart)
}

fn shares(locale: &Locale, sheet: &Sheet) -> Figure {
    let bar = |row: &akimat_statistics::Row| {
        let share = row.values.get(1);
        let text = share.map(|share| words::value(locale, share)).unwrap_or_default();
        let label =
            row.labels.last().map(|label| words::label(locale, label).into_owned()).unwrap_or_default();
        Bar::new(label, share.and_then(Value::as_number).map(|share| 100.0 * share), text)
    };
    let data: Vec<Bar> = sheet.rows.iter().take(40).map(bar).collect();
    let words = title(locale, &locale.name("statistics-word", "share"));
    figure(&words, bars(&words, &data))
}

fn matrix(locale: &Locale, sheet: &Sheet) -> Figure {
    let names: Vec<String> =
        sheet.rows.iter().filter_map(|row| Some(row.labels.first()?.as_str().to_owned())).collect();
    let cell = |value: &Value| HeatCell {
        value: value.as_number(),
        text: value.as_number().map_or_else(String::new, |r| locale.decimal(&format!("{r:.2}"))),
    };
    let cells = sheet.rows.iter().map(|row| row.values.iter().map(cell).collect()).collect();
    let border = |from: &str, to: &str| format!("{} … {}", locale.decimal(from), locale.decimal(to));
    let borders = ["-1", "-0.7", "-0.4", "-0.1", "0.1", "0.4", "0.7", "1"];
    let data = Heat {
        rows: names.clone(),
        columns: names,
        cells,
        scale: HeatScale::Correlation,
        classes: borders.windows(2).map(|two| border(two[0], two[1])).collect(),
        no_data: locale.t("no-data-short").into_owned(),
    };
    let words = title(locale, &locale.name("statistics-sheet", "matrix"));
    figure(&words, heat_map(&words, &data))
}

/// Residuals against fitted values: a good model leaves a cloud without a shape.
fn residuals(locale: &Locale, sheet: &Sheet) -> Figure {
    let dot = |row: &akimat_statistics::Row| {
        let number = |at: usize| row.values.get(at).and_then(Value::as_number);
        Some(Dot { x: number(1)?, y: number(2)?, label: String::new() })
    };
    let data = Scatter {
        x_title: locale.name("statistics-word", "fitted").into_owned(),
        y_title: locale.name("statistics-word", "residual").into_owned(),
        dots: sheet.rows.iter().take(SHOWN_MAX).filter_map(dot).collect(),
        line: Some((0.0, 0.0)),
    };
    let words = title(locale, &locale.name("statistics-sheet", "residuals"));
    let format = |value: f64| akimat_web_kit::view::figures::axis(locale, value);
    figure(&words, scatter(&words, &data, &format, &format))
}
