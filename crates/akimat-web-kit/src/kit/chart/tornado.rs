//! What the result depends on: for each assumption, the change of the result when it is lower and when it is
//! higher, the strongest on top.

use super::Words;
use super::bar::{open_track, segment};
use super::legend::{self, Entry};
use super::scale::{Linear, extent};
use crate::kit::svg::{Markup, Percent, Writer};

/// One assumption.
#[derive(Clone, Debug)]
pub struct TornadoRow {
    /// Its name.
    pub label: String,
    /// Change of the result when it is lower; `None`: not known.
    pub low: Option<f64>,
    /// Change of the result when it is higher; `None`: not known.
    pub high: Option<f64>,
    /// Both in words.
    pub text: String,
}

/// Bars to both sides of no change, in the order given; `key` names the lower and the higher assumption.
pub fn tornado(words: &Words, rows: &[TornadoRow], key: (&str, &str)) -> Markup {
    let values = rows.iter().flat_map(|row| [row.low, row.high]).flatten();
    let (low, high) = extent(values.chain([0.0])).unwrap_or((0.0, 0.0));
    let reach = low.abs().max(high.abs());
    let reach = if reach > 0.0 { reach } else { 1.0 };
    let scale = Linear { domain: (-reach, reach), range: (0.0, 100.0) };
    let mut writer = Writer::new();
    words.open(&mut writer, "tornado");
    let entry =
        |class: &str, label: &str| Entry { class: class.to_owned(), label: label.to_owned(), line: false };
    legend::write(&mut writer, &[entry("bar bar-minus", key.0), entry("bar", key.1)]);
    writer.open("div", &[("role", &"img"), ("class", &"bars-rows"), ("aria-labelledby", &words.labelled())]);
    for row in rows {
        writer.leaf("span", &[("class", &"bars-label")], &row.label);
        open_track(&mut writer);
        for (value, class) in [(row.low, "bar bar-minus"), (row.high, "bar")] {
            if let Some(value) = value.filter(|value| value.is_finite() && *value != 0.0) {
                segment(&mut writer, (50.0, scale.at(value)), class);
            }
        }
        let middle = Percent(50.0);
        writer
            .empty("line", &[("class", &"level"), ("x1", &middle), ("x2", &middle), ("y1", &0), ("y2", &18)]);
        writer.close("svg").leaf("span", &[("class", &"bars-value")], &row.text);
    }
    writer.close("div").close("div");
    writer.finish()
}
