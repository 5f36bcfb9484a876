//! Two axes of numbers, for scatters and curves.

use super::frame::{Format, Size};
use super::letters::LETTER;
use super::scale::{Linear, nice_ticks};
use crate::kit::svg::{N, Writer};

/// What stands along an axis.
pub(super) struct Axis<'a> {
    /// Its name with the unit.
    pub title: &'a str,
    /// Lowest and highest value.
    pub range: (f64, f64),
    /// How its values are written.
    pub format: Format<'a>,
}

/// Place of the plot within the drawing.
pub(super) struct Plane {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    x: Linear,
    y: Linear,
    x_ticks: Vec<f64>,
    y_ticks: Vec<f64>,
}

impl Plane {
    /// A plane; `square` makes it as high as wide.
    pub(super) fn new(size: Size, x: &Axis<'_>, y: &Axis<'_>, square: bool) -> Self {
        let (width, height) = size.dimensions();
        let (width, height) = match (square, size) {
            (false, _) => (width, height + 20.0),
            (true, Size::Wide) => (480.0, 470.0),
            (true, Size::Narrow) => (340.0, 340.0),
        };
        let wanted = if size == Size::Wide { 6 } else { 4 };
        let (x_ticks, y_ticks) =
            (nice_ticks(x.range.0, x.range.1, wanted), nice_ticks(y.range.0, y.range.1, wanted - 1));
        let longest = y_ticks.iter().map(|tick| (y.format)(*tick).chars().count()).max().unwrap_or(1);
        let left = (longest as f64 * LETTER + 12.0).min(width * 0.4);
        let (right, top, bottom) = (width - 16.0, 26.0, height - 48.0);
        let ends =
            |ticks: &[f64]| (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        Self {
            width,
            height,
            left,
            right,
            top,
            bottom,
            x: Linear { domain: ends(&x_ticks), range: (left, right) },
            y: Linear { domain: ends(&y_ticks), range: (bottom, top) },
            x_ticks,
            y_ticks,
        }
    }

    /// Horizontal coordinate.
    pub(super) fn x(&self, value: f64) -> f64 {
        self.x.at(value)
    }

    /// Vertical coordinate.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.y.at(value)
    }

    /// Lowest and highest value along the horizontal axis.
    pub(super) fn x_range(&self) -> (f64, f64) {
        self.x.domain
    }

    /// Lowest and highest value along the vertical axis.
    pub(super) fn y_range(&self) -> (f64, f64) {
        self.y.domain
    }

    /// Opens the drawing and writes grid, values and names of the axes.
    pub(super) fn open(
        &self,
        writer: &mut Writer,
        (labelled, class): (&str, &str),
        x: &Axis<'_>,
        y: &Axis<'_>,
    ) {
        writer.open(
            "svg",
            &[
                ("role", &"img"),
                ("class", &class),
                ("viewBox", &format_args!("0 0 {} {}", N(self.width), N(self.height))),
                ("aria-labelledby", &labelled),
            ],
        );
        writer.leaf("text", &[("class", &"axis unit"), ("x", &0), ("y", &12)], y.title);
        for tick in &self.y_ticks {
            let at = self.y(*tick);
            let class = if *tick == 0.0 { "grid zero" } else { "grid" };
            let d = format!("M{} {}H{}", N(self.left), N(at), N(self.right));
            writer.empty("path", &[("class", &class), ("d", &d)]);
            let place = (N(self.left - 8.0), N(at + 4.0));
            writer.leaf(
                "text",
                &[("class", &"axis axis-y"), ("x", &place.0), ("y", &place.1)],
                (y.format)(*tick),
            );
        }
        let longest = self.x_ticks.iter().map(|tick| (x.format)(*tick).chars().count()).max().unwrap_or(1);
        let room = (self.right - self.left) / (longest as f64 * LETTER + 12.0);
        let every = (1..=self.x_ticks.len()).find(|every| self.x_ticks.len() as f64 / *every as f64 <= room);
        for (index, tick) in self.x_ticks.iter().enumerate() {
            let at = self.x(*tick);
            let class = if *tick == 0.0 { "grid zero" } else { "grid" };
            let d = format!("M{} {}V{}", N(at), N(self.top), N(self.bottom));
            writer.empty("path", &[("class", &class), ("d", &d)]);
            if index.is_multiple_of(every.unwrap_or(1)) {
                let text = (x.format)(*tick);
                let half = text.chars().count() as f64 * LETTER / 2.0;
                let place = (N(at.min(self.width - half)), N(self.bottom + 19.0));
                writer.leaf("text", &[("class", &"axis axis-x"), ("x", &place.0), ("y", &place.1)], text);
            }
        }
        let title = (N(self.right), N(self.height - 6.0));
        writer.leaf("text", &[("class", &"axis axis-y"), ("x", &title.0), ("y", &title.1)], x.title);
    }
}
