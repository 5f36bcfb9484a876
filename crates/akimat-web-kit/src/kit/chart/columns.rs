//! Plan and fact by month: columns, with a former year as a line.

use super::Words;
use super::frame::{Format, Frame, both};
use super::legend::{self, Entry};
use super::line::Series;
use super::scale::extent;
use crate::kit::svg::{Markup, N, Writer};

/// What is drawn. Each series has a value for each period; `None` leaves its place empty.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The periods: `Jan`, `Feb`, …
    pub periods: Vec<String>,
    /// Unit of the values, above the axis.
    pub unit: String,
    /// What was planned, as outlined columns behind.
    pub plan: Option<Series>,
    /// What came in or was spent, as filled columns.
    pub fact: Option<Series>,
    /// The same periods of a former year, as a dashed line.
    pub former: Option<Series>,
}

/// Columns from zero with a key; `format` writes the values along the axis.
pub fn columns(words: &Words, data: &Columns, format: Format<'_>) -> Markup {
    let series = [&data.plan, &data.fact, &data.former].into_iter().flatten();
    let values = series.flat_map(|series| series.points.iter().copied().flatten());
    let range = extent(values.filter(|value| value.is_finite()).chain([0.0])).unwrap_or((0.0, 1.0));
    let drawings = both(|writer, size| {
        let frame = Frame::new(size, range, data.periods.len(), format).slotted();
        frame.open(writer, &words.labelled(), &data.unit, &data.periods, format);
        if let Some(plan) = &data.plan {
            stand(writer, &frame, plan, ("bar bar-before", 0.78));
        }
        if let Some(fact) = &data.fact {
            stand(writer, &frame, fact, ("bar", 0.48));
        }
        if let Some(former) = &data.former {
            frame.path(writer, "line l2", 0, &former.points);
            frame.marks(writer, "mark m2", 0, &former.points);
        }
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "columns");
    let entry = |class: &str, series: &Option<Series>, line: bool| {
        series.as_ref().map(|series| Entry { class: class.to_owned(), label: series.label.clone(), line })
    };
    let entries = [
        entry("bar bar-before", &data.plan, false),
        entry("bar", &data.fact, false),
        entry("line l2", &data.former, true),
    ];
    legend::write(&mut writer, &entries.into_iter().flatten().collect::<Vec<_>>());
    writer.markup(&drawings).close("div");
    writer.finish()
}

fn stand(writer: &mut Writer, frame: &Frame, series: &Series, (class, share): (&str, f64)) {
    let width = frame.slot() * share;
    for (index, value) in series.points.iter().enumerate() {
        let Some(value) = value.filter(|value| value.is_finite()) else { continue };
        let (zero, end) = (frame.y(0.0), frame.y(value));
        let at = (N(frame.x(index) - width / 2.0), N(zero.min(end)), N(width), N((zero - end).abs()));
        writer.empty(
            "rect",
            &[("class", &class), ("x", &at.0), ("y", &at.1), ("width", &at.2), ("height", &at.3)],
        );
    }
}
