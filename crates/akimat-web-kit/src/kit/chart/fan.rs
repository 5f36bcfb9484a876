//! A forecast as a fan: history, point forecast, up to three intervals, the naive line, what was said before and
//! what a plan states.

use super::Words;
use super::frame::{Format, Frame, both};
use super::legend::{self, Entry};
use super::scale::extent;
use crate::kit::svg::{Markup, N, Writer};

/// What is drawn. The forecast lists have the same length; that of an interval that is not wanted is empty.
#[derive(Clone, Debug, Default)]
pub struct Fan {
    /// Names of the periods, of history and then of the forecast.
    pub periods: Vec<String>,
    /// Unit of the values, above the axis.
    pub unit: String,
    /// Observed values.
    pub history: Vec<Option<f64>>,
    /// What the method would have said for the periods of history; may be empty.
    pub backtest: Vec<Option<f64>>,
    /// What a plan states, period by period of history and forecast; may be empty.
    pub plan: Vec<Option<f64>>,
    /// An earlier forecast as it was published, period by period; may be empty.
    pub published: Vec<Option<f64>>,
    /// Point forecast.
    pub point: Vec<f64>,
    /// What a naive method says; may be empty.
    pub naive: Vec<f64>,
    /// Lower end of the 50 % interval.
    pub lo50: Vec<f64>,
    /// Upper end of the 50 % interval.
    pub hi50: Vec<f64>,
    /// Lower end of the 80 % interval.
    pub lo80: Vec<f64>,
    /// Upper end of the 80 % interval.
    pub hi80: Vec<f64>,
    /// Lower end of the 95 % interval.
    pub lo95: Vec<f64>,
    /// Upper end of the 95 % interval.
    pub hi95: Vec<f64>,
}

/// Names of the marks, for the key.
#[derive(Clone, Debug, Default)]
pub struct FanKey {
    /// Observed values.
    pub history: String,
    /// Point forecast.
    pub point: String,
    /// 50 % interval.
    pub band50: String,
    /// 80 % interval.
    pub band80: String,
    /// 95 % interval.
    pub band95: String,
    /// Naive forecast.
    pub naive: String,
    /// What the method said in the past.
    pub backtest: String,
    /// What a plan states.
    pub plan: String,
    /// An earlier forecast as it was published.
    pub published: String,
}

/// A fan with its key; `format` writes the values along the axis.
pub fn fan(words: &Words, data: &Fan, key: &FanKey, format: Format<'_>) -> Markup {
    let known = data.history.iter().chain(&data.backtest).chain(&data.plan).chain(&data.published);
    let known = known.copied().flatten();
    let ahead =
        [&data.point, &data.naive, &data.lo50, &data.hi50, &data.lo80, &data.hi80, &data.lo95, &data.hi95];
    let range = extent(known.chain(ahead.into_iter().flatten().copied())).unwrap_or((0.0, 1.0));
    let drawings = both(|writer, size| {
        let frame = Frame::new(size, range, data.periods.len(), format);
        frame.open(writer, &words.labelled(), &data.unit, &data.periods, format);
        marks(writer, &frame, data);
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "fan");
    legend::write(&mut writer, &entries(data, key));
    writer.markup(&drawings).close("div");
    writer.finish()
}

fn marks(writer: &mut Writer, frame: &Frame, data: &Fan) {
    let count = data.history.len();
    let last = data.history.last().copied().flatten();
    // Bands and lines begin at the last observation, where all of them agree.
    let (start, lead) = match last {
        Some(value) => (count - 1, vec![value]),
        None => (count, Vec::new()),
    };
    let joined = |values: &[f64]| -> Vec<f64> { lead.iter().chain(values).copied().collect() };
    let dotted = |values: &[f64]| -> Vec<Option<f64>> { joined(values).into_iter().map(Some).collect() };
    let bands = [
        ("band95", &data.lo95, &data.hi95),
        ("band80", &data.lo80, &data.hi80),
        ("band50", &data.lo50, &data.hi50),
    ];
    for (class, low, high) in bands.into_iter().filter(|(_, low, _)| !low.is_empty()) {
        frame.band(writer, class, start, &joined(low), &joined(high));
    }
    if count > 0 && !data.point.is_empty() {
        frame.divider(writer, count - 1);
    }
    if !data.naive.is_empty() {
        frame.path(writer, "line naive", start, &dotted(&data.naive));
    }
    frame.path(writer, "line published", 0, &data.published);
    frame.path(writer, "line l1", 0, &data.history);
    frame.marks(writer, "mark m1", 0, &data.history);
    frame.marks(writer, "mark backtest", 0, &data.backtest);
    if !data.point.is_empty() {
        frame.path(writer, "line point", start, &dotted(&data.point));
        let ends: Vec<Option<f64>> = data.point.iter().copied().map(Some).collect();
        frame.marks(writer, "mark m-point", count, &ends);
    }
    for (index, value) in data.plan.iter().enumerate() {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            let (x, y) = (N(frame.x(index)), N(frame.y(value) - 6.0));
            writer.empty("path", &[("class", &"mark plan"), ("d", &format_args!("M{x} {y}l6 6-6 6-6-6z"))]);
        }
    }
}

fn entries(data: &Fan, key: &FanKey) -> Vec<Entry> {
    let entry = |shown: bool, class: &str, label: &String, line: bool| {
        shown.then(|| Entry { class: class.to_owned(), label: label.clone(), line })
    };
    let ahead = !data.point.is_empty();
    [
        entry(true, "line l1", &key.history, true),
        entry(ahead, "line point", &key.point, true),
        entry(!data.lo50.is_empty(), "band50", &key.band50, false),
        entry(!data.lo80.is_empty(), "band80", &key.band80, false),
        entry(!data.lo95.is_empty(), "band95", &key.band95, false),
        entry(!data.naive.is_empty(), "line naive", &key.naive, true),
        entry(!data.backtest.is_empty(), "line backtest", &key.backtest, true),
        entry(data.published.iter().any(Option::is_some), "line published", &key.published, true),
        entry(data.plan.iter().any(Option::is_some), "mark plan", &key.plan, false),
    ]
    .into_iter()
    .flatten()
    .collect()
}
