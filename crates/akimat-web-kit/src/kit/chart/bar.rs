//! Horizontal bars: structure by functional group, comparison of territories.

use super::Words;
use super::scale::{Linear, extent};
use crate::kit::svg::{Attr, Markup, Percent, Writer};

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What is measured.
    pub label: String,
    /// How much; `None` when it is not known.
    pub value: Option<f64>,
    /// The value in words: `1,3 млрд теңге`, or the words for "no data".
    pub text: String,
    /// Drawn in gold, to single one out.
    pub accent: bool,
}

impl Bar {
    /// A bar.
    pub fn new(label: impl Into<String>, value: Option<f64>, text: impl Into<String>) -> Self {
        Self { label: label.into(), value, text: text.into(), accent: false }
    }

    /// The same bar, singled out.
    #[must_use]
    pub const fn accent(mut self) -> Self {
        self.accent = true;
        self
    }
}

/// Bars under one another, all from one zero line; negative ones to its left.
pub fn bars(words: &Words, bars: &[Bar]) -> Markup {
    let values = bars.iter().filter_map(|bar| bar.value);
    let (low, high) = extent(values.chain([0.0])).unwrap_or((0.0, 1.0));
    let scale = Linear { domain: (low, if high > low { high } else { low + 1.0 }), range: (0.0, 100.0) };
    let mut writer = Writer::new();
    words.open(&mut writer, "bars");
    writer.open("div", &[("role", &"img"), ("class", &"bars-rows"), ("aria-labelledby", &words.labelled())]);
    for bar in bars {
        writer.leaf("span", &[("class", &"bars-label")], &bar.label);
        let class = match (bar.accent, bar.value.is_some_and(|value| value < 0.0)) {
            (true, _) => "bar bar-accent",
            (false, true) => "bar bar-minus",
            (false, false) => "bar",
        };
        track(&mut writer, &scale, bar.value, class);
        writer.leaf("span", &[("class", &"bars-value")], &bar.text);
    }
    writer.close("div").close("div");
    writer.finish()
}

/// The track of one bar, from zero to the value; an unknown value leaves it empty.
pub(super) fn track(writer: &mut Writer, scale: &Linear, value: Option<f64>, class: &str) {
    open_track(writer);
    if let Some(value) = value.filter(|value| value.is_finite()) {
        segment(writer, (scale.at(0.0), scale.at(value)), class);
    }
    writer.close("svg");
}

/// Opens a drawing as wide as its column with the empty track in it.
pub(super) fn open_track(writer: &mut Writer) {
    let attrs: [Attr<'_>; 4] =
        [("class", &"bars-track"), ("width", &"100%"), ("height", &18), ("aria-hidden", &"true")];
    writer.open("svg", &attrs);
    writer.empty("rect", &[("class", &"track"), ("width", &"100%"), ("height", &18), ("rx", &3)]);
}

/// A piece of a track between two places in percent of its width; one too short to see still leaves a mark.
pub(super) fn segment(writer: &mut Writer, (from, to): (f64, f64), class: &str) {
    let width = (to - from).abs();
    let width = Percent(if width == 0.0 { 0.0 } else { width.max(0.4) });
    let x = Percent(from.min(to));
    writer.empty("rect", &[("class", &class), ("x", &x), ("width", &width), ("height", &18), ("rx", &3)]);
}
