//! One bar divided into parts: own revenue and transfers.

use super::Words;
use super::legend::{self, Entry};
use crate::kit::svg::{Markup, Percent, Writer};

/// A part of the whole.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name with its value: `Салық түсімдері: 6,9 %`.
    pub label: String,
    /// Its size; negative and unknown sizes are drawn as nothing.
    pub value: f64,
}

impl Part {
    /// A part.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self { label: label.into(), value }
    }
}

/// The parts side by side with a key below; from the seventh on they share one colour.
pub fn stack(words: &Words, parts: &[Part]) -> Markup {
    let size = |part: &Part| if part.value.is_finite() { part.value.max(0.0) } else { 0.0 };
    let whole: f64 = parts.iter().map(size).sum();
    let mut writer = Writer::new();
    words.open(&mut writer, "stack");
    writer.open(
        "svg",
        &[
            ("role", &"img"),
            ("class", &"stack-bar"),
            ("width", &"100%"),
            ("height", &36),
            ("aria-labelledby", &words.labelled()),
        ],
    );
    writer.empty("rect", &[("class", &"track"), ("width", &"100%"), ("height", &36)]);
    let mut from = 0.0;
    for (index, part) in parts.iter().enumerate() {
        let share = if whole > 0.0 { size(part) / whole * 100.0 } else { 0.0 };
        writer.empty(
            "rect",
            &[("class", &class(index)), ("x", &Percent(from)), ("width", &Percent(share)), ("height", &36)],
        );
        from += share;
    }
    writer.close("svg");
    let entries: Vec<Entry> = parts
        .iter()
        .enumerate()
        .map(|(index, part)| Entry { class: class(index), label: part.label.clone(), line: false })
        .collect();
    legend::write(&mut writer, &entries);
    writer.close("div");
    writer.finish()
}

fn class(index: usize) -> String {
    format!("part p{}", index.min(6) + 1)
}
