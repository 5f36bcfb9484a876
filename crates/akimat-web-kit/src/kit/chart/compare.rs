//! Before and after, side by side: bars grouped by what they measure, from one zero line.

use super::Words;
use super::bar::track;
use super::scale::{Linear, extent};
use crate::kit::svg::{Markup, Writer};

/// What is compared, as one territory or one kind of revenue.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// One amount for each series: how much (`None`: not known) and the same in words.
    pub values: Vec<(Option<f64>, String)>,
}

impl Group {
    /// A group.
    pub fn new(label: impl Into<String>, values: Vec<(Option<f64>, String)>) -> Self {
        Self { label: label.into(), values }
    }
}

/// Bars in groups, each with the name of its series (`before`, `after`); negative ones grow to the left of
/// zero. Up to three series: outlined, filled, gold.
pub fn compare_bars(words: &Words, series: &[String], groups: &[Group]) -> Markup {
    let values = groups.iter().flat_map(|group| group.values.iter().filter_map(|(value, _)| *value));
    let (low, high) = extent(values.chain([0.0])).unwrap_or((0.0, 1.0));
    let scale = Linear { domain: (low, if high > low { high } else { low + 1.0 }), range: (0.0, 100.0) };
    let mut writer = Writer::new();
    words.open(&mut writer, "compare");
    writer
        .open("div", &[("role", &"img"), ("class", &"compare-rows"), ("aria-labelledby", &words.labelled())]);
    for group in groups {
        writer.leaf("span", &[("class", &"compare-group")], &group.label);
        for (index, (value, text)) in group.values.iter().enumerate() {
            writer.leaf("span", &[("class", &"compare-label")], series.get(index).map_or("", String::as_str));
            track(&mut writer, &scale, *value, class(index, *value));
            writer.leaf("span", &[("class", &"bars-value")], text);
        }
    }
    writer.close("div").close("div");
    writer.finish()
}

fn class(index: usize, value: Option<f64>) -> &'static str {
    match (index, value.is_some_and(|value| value < 0.0)) {
        (0, false) => "bar bar-before",
        (0, true) => "bar bar-before bar-less",
        (1, false) => "bar",
        (1, true) => "bar bar-minus",
        (_, _) => "bar bar-accent",
    }
}
