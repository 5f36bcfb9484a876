//! A word-sized line, for table cells.

use super::scale::{Linear, extent};
use crate::kit::svg::{Markup, N, Writer};

/// The course of the values, with the last one marked; empty with fewer than two known values. The numbers
/// stand in the table, so the drawing is hidden from screen readers.
pub fn spark(points: &[Option<f64>]) -> Markup {
    let known: Vec<(usize, f64)> = points
        .iter()
        .enumerate()
        .filter_map(|(index, value)| value.filter(|value| value.is_finite()).map(|value| (index, value)))
        .collect();
    let mut writer = Writer::new();
    let (Some(range), Some((last, value)), true) =
        (extent(known.iter().map(|(_, value)| *value)), known.last().copied(), known.len() > 1)
    else {
        return writer.finish();
    };
    let x = Linear { domain: (0.0, points.len().saturating_sub(1) as f64), range: (3.0, 93.0) };
    let y = Linear { domain: range, range: (20.0, 4.0) };
    let mut d = String::new();
    for (index, value) in &known {
        let letter = if d.is_empty() { "M" } else { "L" };
        d.push_str(&format!("{letter}{} {}", N(x.at(*index as f64)), N(y.at(*value))));
    }
    writer.open("svg", &[("class", &"spark"), ("width", &96), ("height", &24), ("aria-hidden", &"true")]);
    writer.empty("path", &[("class", &"line l1"), ("d", &d)]);
    let end = (N(x.at(last as f64)), N(y.at(value)));
    writer.empty("circle", &[("class", &"mark m1"), ("cx", &end.0), ("cy", &end.1), ("r", &3)]);
    writer.close("svg");
    writer.finish()
}
