//! Why a figure changed: a start, what was added and taken away, and the end they sum to.

use super::Words;
use super::bar::{open_track, segment};
use super::scale::{Linear, extent};
use crate::kit::svg::{Markup, Percent, Writer};

/// A row of the drawing.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// The figure itself, or the change with its sign.
    pub value: f64,
    /// The value in words, a change with its sign: `+1,3 млрд теңге`.
    pub text: String,
    /// A figure, drawn from zero; otherwise a change, drawn from where the one above ended.
    pub total: bool,
}

impl Step {
    /// A figure: the start, the end, a subtotal.
    pub fn total(label: impl Into<String>, value: f64, text: impl Into<String>) -> Self {
        Self { label: label.into(), value, text: text.into(), total: true }
    }

    /// What was added (or, negative, taken away).
    pub fn change(label: impl Into<String>, value: f64, text: impl Into<String>) -> Self {
        Self { label: label.into(), value, text: text.into(), total: false }
    }
}

/// Changes smaller than this share of the figures would not be seen from zero: then the axis is broken.
const SEEN: f64 = 0.2;

/// The rows under one another. The caller guarantees that the changes sum to the end; the drawing shows
/// what it is given. When all figures are far from zero, the axis begins near them and the bars of the
/// figures carry the sign of a broken axis.
pub fn waterfall(words: &Words, steps: &[Step]) -> Markup {
    let spans = spans(steps);
    let (scale, broken) = scale(steps, &spans);
    let mut writer = Writer::new();
    words.open(&mut writer, "waterfall");
    writer.open("div", &[("role", &"img"), ("class", &"bars-rows"), ("aria-labelledby", &words.labelled())]);
    for (step, (from, to)) in steps.iter().zip(&spans) {
        writer.leaf(
            "span",
            &[("class", &if step.total { "bars-label bars-total" } else { "bars-label" })],
            &step.label,
        );
        open_track(&mut writer);
        let start = if step.total && broken { 0.0 } else { scale.at(*from) };
        let end = scale.at(*to);
        segment(&mut writer, (start, end), class(step));
        if step.total && broken {
            tear(&mut writer);
        }
        let at = Percent(end);
        writer.empty("line", &[("class", &"level"), ("x1", &at), ("x2", &at), ("y1", &0), ("y2", &18)]);
        writer.close("svg").leaf("span", &[("class", &"bars-value")], &step.text);
    }
    writer.close("div").close("div");
    writer.finish()
}

fn class(step: &Step) -> &'static str {
    match (step.total, step.value < 0.0) {
        (true, _) => "bar bar-sum",
        (false, false) => "bar",
        (false, true) => "bar bar-minus",
    }
}

/// From where to where each bar reaches, in values.
fn spans(steps: &[Step]) -> Vec<(f64, f64)> {
    let mut level = 0.0;
    steps
        .iter()
        .map(|step| {
            let value = if step.value.is_finite() { step.value } else { 0.0 };
            let from = if step.total { 0.0 } else { level };
            level = from + value;
            (from, level)
        })
        .collect()
}

fn scale(steps: &[Step], spans: &[(f64, f64)]) -> (Linear, bool) {
    let levels = spans.iter().map(|(_, to)| *to);
    let (low, high) = extent(levels).unwrap_or((0.0, 1.0));
    let begins = steps.first().is_some_and(|step| step.total);
    if begins && low > 0.0 && high > low && high - low < high * SEEN {
        let room = (high - low) * 0.6;
        return (Linear { domain: (low - room, high), range: (0.0, 100.0) }, true);
    }
    let (low, high) = (low.min(0.0), high.max(0.0));
    (Linear { domain: (low, if high > low { high } else { low + 1.0 }), range: (0.0, 100.0) }, false)
}

/// The sign of a broken axis: two slanted lines near the beginning of the bar.
fn tear(writer: &mut Writer) {
    writer.empty("path", &[("class", &"tear"), ("d", &"M8 21L14 -3M14 21L20 -3")]);
}
