//! What more or less money buys: the best known value by share of the budget, with what is not yet proven as
//! a band.

use super::Words;
use super::frame::{Format, Size, both};
use super::legend::{self, Entry};
use super::plane::{Axis, Plane};
use super::scale::extent;
use crate::kit::svg::{Markup, N, Writer};

/// The value at one size of the budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrontierPoint {
    /// Size of the budget, as a share in per cent.
    pub budget: f64,
    /// The best plan found.
    pub value: f64,
    /// Nothing is better than this.
    pub bound: f64,
}

/// One way of planning: each size on its own, or each plan within the next.
#[derive(Clone, Debug)]
pub struct FrontierCurve {
    /// Its name.
    pub label: String,
    /// By rising budget.
    pub points: Vec<FrontierPoint>,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    /// Name and unit of the horizontal axis.
    pub x_title: String,
    /// Name and unit of the vertical axis.
    pub y_title: String,
    /// Up to two curves.
    pub curves: Vec<FrontierCurve>,
    /// Name of the band between the plan found and the bound.
    pub band: String,
    /// The budget as it is.
    pub now: Option<f64>,
}

/// Curves with their bands; `x_format` and `y_format` write the values along the axes.
pub fn frontier(words: &Words, data: &Frontier, x_format: Format<'_>, y_format: Format<'_>) -> Markup {
    let points = || data.curves.iter().flat_map(|curve| known(&curve.points));
    let x_range = extent(points().map(|point| point.budget)).unwrap_or((0.0, 1.0));
    let y_range = extent(points().flat_map(|point| [point.value, point.bound])).unwrap_or((0.0, 1.0));
    let x = Axis { title: &data.x_title, range: x_range, format: x_format };
    let y = Axis { title: &data.y_title, range: y_range, format: y_format };
    let drawings = both(|writer, size: Size| {
        let plane = Plane::new(size, &x, &y, false);
        plane.open(writer, (&words.labelled(), size.class()), &x, &y);
        for curve in data.curves.iter().take(2) {
            band(writer, &plane, curve);
        }
        if let Some(now) = data.now.filter(|now| now.is_finite()) {
            let d = format!("M{} {}V{}", N(plane.x(now)), N(plane.top), N(plane.bottom));
            writer.empty("path", &[("class", &"divider"), ("d", &d)]);
        }
        for (index, curve) in data.curves.iter().take(2).enumerate() {
            line(writer, &plane, curve, index);
        }
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "frontier");
    let mut entries: Vec<Entry> = data
        .curves
        .iter()
        .take(2)
        .enumerate()
        .map(|(index, curve)| Entry {
            class: class(index).to_owned(),
            label: curve.label.clone(),
            line: true,
        })
        .collect();
    if points().any(|point| point.bound > point.value) {
        entries.push(Entry { class: "band95".to_owned(), label: data.band.clone(), line: false });
    }
    legend::write(&mut writer, &entries);
    writer.markup(&drawings).close("div");
    writer.finish()
}

fn known(points: &[FrontierPoint]) -> impl DoubleEndedIterator<Item = &FrontierPoint> {
    points
        .iter()
        .filter(|point| point.budget.is_finite() && point.value.is_finite() && point.bound.is_finite())
}

const fn class(index: usize) -> &'static str {
    if index == 0 { "line l1" } else { "line l2" }
}

fn band(writer: &mut Writer, plane: &Plane, curve: &FrontierCurve) {
    let upper = known(&curve.points).map(|point| (point.budget, point.bound));
    let lower = known(&curve.points).rev().map(|point| (point.budget, point.value));
    let mut d = String::new();
    for (x, y) in upper.chain(lower) {
        d.push_str(&format!("{}{} {}", if d.is_empty() { "M" } else { "L" }, N(plane.x(x)), N(plane.y(y))));
    }
    if !d.is_empty() {
        d.push('Z');
        writer.empty("path", &[("class", &"band95"), ("d", &d)]);
    }
}

fn line(writer: &mut Writer, plane: &Plane, curve: &FrontierCurve, index: usize) {
    let mut d = String::new();
    for point in known(&curve.points) {
        let place = (N(plane.x(point.budget)), N(plane.y(point.value)));
        d.push_str(&format!("{}{} {}", if d.is_empty() { "M" } else { "L" }, place.0, place.1));
    }
    if !d.is_empty() {
        writer.empty("path", &[("class", &class(index)), ("d", &d)]);
    }
    let mark = if index == 0 { "mark m1" } else { "mark m2" };
    for point in known(&curve.points) {
        let place = (N(plane.x(point.budget)), N(plane.y(point.value)));
        writer.empty("circle", &[("class", &mark), ("cx", &place.0), ("cy", &place.1), ("r", &3.5)]);
    }
}
