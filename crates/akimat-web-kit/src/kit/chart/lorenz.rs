//! Lorenz curves: how unequally something is distributed, beside the line of equality.

use super::Words;
use super::frame::{Format, both};
use super::legend::{self, Entry};
use super::plane::{Axis, Plane};
use crate::kit::svg::{Markup, N, Writer};

/// One curve.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Its name, perhaps with its Gini coefficient.
    pub label: String,
    /// Cumulative shares from 0 to 1, rising: of units or people, and of what they have.
    pub points: Vec<(f64, f64)>,
}

/// Names of the axes and of the diagonal.
#[derive(Clone, Debug, Default)]
pub struct LorenzKey {
    /// Along the bottom: cumulative share of the population.
    pub x: String,
    /// Along the side: cumulative share of revenue.
    pub y: String,
    /// The diagonal.
    pub equality: String,
}

/// Up to four curves with the diagonal of equality; `format` writes shares of 1 (`0.2` as `20 %`).
pub fn lorenz(words: &Words, curves: &[Curve], key: &LorenzKey, format: Format<'_>) -> Markup {
    let axis = |title| Axis { title, range: (0.0, 1.0), format };
    let (x, y) = (axis(key.x.as_str()), axis(key.y.as_str()));
    let drawings = both(|writer, size| {
        let plane = Plane::new(size, &x, &y, true);
        plane.open(writer, (&words.labelled(), size.class()), &x, &y);
        let diagonal =
            format!("M{} {}L{} {}", N(plane.x(0.0)), N(plane.y(0.0)), N(plane.x(1.0)), N(plane.y(1.0)));
        writer.empty("path", &[("class", &"line equality"), ("d", &diagonal)]);
        for (index, curve) in curves.iter().enumerate() {
            let mut d = String::new();
            for (across, up) in curve.points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
                let letter = if d.is_empty() { "M" } else { "L" };
                d.push_str(&format!("{letter}{} {}", N(plane.x(*across)), N(plane.y(*up))));
            }
            if !d.is_empty() {
                writer.empty("path", &[("class", &class(index)), ("d", &d)]);
            }
        }
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "lorenz");
    let entry = |class: String, label: &str| Entry { class, label: label.to_owned(), line: true };
    let mut entries: Vec<Entry> =
        curves.iter().enumerate().map(|(index, curve)| entry(class(index), &curve.label)).collect();
    entries.push(entry("line equality".to_owned(), &key.equality));
    legend::write(&mut writer, &entries);
    writer.markup(&drawings).close("div");
    writer.finish()
}

fn class(index: usize) -> String {
    format!("line l{}", index.min(3) + 1)
}
