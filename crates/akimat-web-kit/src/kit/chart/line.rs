//! Lines over time: dynamics of revenue and expenditure.

use super::Words;
use super::frame::{Format, Frame, both};
use super::legend::{self, Entry};
use super::scale::extent;
use crate::kit::svg::{Markup, Writer};

/// One line.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// A value per period; `None` leaves a gap.
    pub points: Vec<Option<f64>>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The periods, `2019`, `2020`, …
    pub periods: Vec<String>,
    /// Unit of the values, above the axis.
    pub unit: String,
    /// Up to four lines; more are hard to tell apart and share the fourth's style.
    pub series: Vec<Series>,
}

/// Several lines on one pair of axes with a key; `format` writes the values along the axis.
pub fn lines(words: &Words, data: &Lines, format: Format<'_>) -> Markup {
    let values = data.series.iter().flat_map(|series| series.points.iter().copied().flatten());
    let range = extent(values).unwrap_or((0.0, 1.0));
    let drawings = both(|writer, size| {
        let frame = Frame::new(size, range, data.periods.len(), format);
        frame.open(writer, &words.labelled(), &data.unit, &data.periods, format);
        for (index, series) in data.series.iter().enumerate() {
            frame.path(writer, &class(index), 0, &series.points);
            frame.marks(writer, &format!("mark m{}", index.min(3) + 1), 0, &series.points);
        }
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "lines");
    if data.series.len() > 1 {
        let entries: Vec<Entry> = data
            .series
            .iter()
            .enumerate()
            .map(|(index, series)| Entry { class: class(index), label: series.label.clone(), line: true })
            .collect();
        legend::write(&mut writer, &entries);
    }
    writer.markup(&drawings).close("div");
    writer.finish()
}

fn class(index: usize) -> String {
    format!("line l{}", index.min(3) + 1)
}
