//! Scatters: two figures of each unit, with the line of a regression and names of the units that stand out.

use super::Words;
use super::frame::{Format, both};
use super::letters::LETTER;
use super::plane::{Axis, Plane};
use super::scale::extent;
use crate::kit::svg::{Markup, N, Writer};

/// One unit.
#[derive(Clone, Debug)]
pub struct Dot {
    /// Along the bottom.
    pub x: f64,
    /// Along the side.
    pub y: f64,
    /// Its name, drawn beside it; empty for the many that do not stand out.
    pub label: String,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Scatter {
    /// Name and unit of the horizontal axis.
    pub x_title: String,
    /// Name and unit of the vertical axis.
    pub y_title: String,
    /// The units.
    pub dots: Vec<Dot>,
    /// A straight line: its value at x = 0 and its slope.
    pub line: Option<(f64, f64)>,
}

/// Dots with the line; `x_format` and `y_format` write the values along the axes.
pub fn scatter(words: &Words, data: &Scatter, x_format: Format<'_>, y_format: Format<'_>) -> Markup {
    let known: Vec<&Dot> = data.dots.iter().filter(|dot| dot.x.is_finite() && dot.y.is_finite()).collect();
    let range = |of: &dyn Fn(&Dot) -> f64| extent(known.iter().map(|dot| of(dot))).unwrap_or((0.0, 1.0));
    let x = Axis { title: &data.x_title, range: range(&|dot| dot.x), format: x_format };
    let y = Axis { title: &data.y_title, range: range(&|dot| dot.y), format: y_format };
    let drawings = both(|writer, size| {
        let plane = Plane::new(size, &x, &y, false);
        plane.open(writer, (&words.labelled(), size.class()), &x, &y);
        straight(writer, &plane, data.line);
        let mut d = String::new();
        for dot in known.iter().filter(|dot| dot.label.is_empty()) {
            // A line of no length with round ends is a disc in few bytes.
            d.push_str(&format!("M{} {}h0", N(plane.x(dot.x)), N(plane.y(dot.y))));
        }
        if !d.is_empty() {
            writer.empty("path", &[("class", &"dots"), ("d", &d)]);
        }
        for dot in known.iter().filter(|dot| !dot.label.is_empty()) {
            named(writer, &plane, dot);
        }
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "scatter");
    writer.markup(&drawings).close("div");
    writer.finish()
}

/// The part of the line that lies within the plot.
fn straight(writer: &mut Writer, plane: &Plane, line: Option<(f64, f64)>) {
    let Some((at_zero, slope)) = line.filter(|(a, b)| a.is_finite() && b.is_finite()) else { return };
    let (low, high) = plane.y_range();
    let (mut from, mut to) = plane.x_range();
    if slope != 0.0 {
        let crossing = |level: f64| (level - at_zero) / slope;
        let (first, last) = (crossing(low).min(crossing(high)), crossing(low).max(crossing(high)));
        (from, to) = (from.max(first), to.min(last));
    } else if at_zero < low || at_zero > high {
        return;
    }
    if from < to {
        let y = |x: f64| N(plane.y(at_zero + slope * x));
        let d = format!("M{} {}L{} {}", N(plane.x(from)), y(from), N(plane.x(to)), y(to));
        writer.empty("path", &[("class", &"line l2"), ("d", &d)]);
    }
}

fn named(writer: &mut Writer, plane: &Plane, dot: &Dot) {
    let (x, y) = (plane.x(dot.x), plane.y(dot.y));
    writer.empty("circle", &[("class", &"mark m1 outlier"), ("cx", &N(x)), ("cy", &N(y)), ("r", &5)]);
    let width = dot.label.chars().count() as f64 * LETTER;
    let left = x + 9.0 + width > plane.width;
    let class = if left { "axis axis-y over" } else { "axis over" };
    let at = if left { x - 9.0 } else { x + 9.0 };
    writer.leaf("text", &[("class", &class), ("x", &N(at)), ("y", &N(y.max(14.0) + 4.0))], &dot.label);
}
