//! Axes and grid shared by charts over time, in two sizes.

use super::scale::{Linear, nice_ticks};
use crate::kit::svg::{Markup, N, Writer};

/// One of the two drawings of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// For a column of 30 rem and more.
    Wide,
    /// For a phone.
    Narrow,
}

impl Size {
    /// Width and height of the drawing.
    pub(super) const fn dimensions(self) -> (f64, f64) {
        match self {
            Self::Wide => (600.0, 300.0),
            Self::Narrow => (340.0, 280.0),
        }
    }

    /// Class of the drawing: the style sheet shows the one that fits.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Wide => "plot plot-wide",
            Self::Narrow => "plot plot-narrow",
        }
    }
}

/// How values are written along the axis.
pub type Format<'a> = &'a dyn Fn(f64) -> String;

/// Place of the plot within the drawing.
#[derive(Debug)]
pub struct Frame {
    size: Size,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    ticks: Vec<f64>,
    points: usize,
    pad: f64,
    y: Linear,
}

/// Width of a letter of the axis, in units of the drawing.
const LETTER: f64 = 7.6;

impl Frame {
    /// A frame for values from `low` to `high` at `points` places.
    pub fn new(size: Size, (low, high): (f64, f64), points: usize, format: Format<'_>) -> Self {
        let (width, height) = size.dimensions();
        let ticks = nice_ticks(low, high, if size == Size::Wide { 5 } else { 4 });
        let longest = ticks.iter().map(|tick| format(*tick).chars().count()).max().unwrap_or(1);
        let left = (longest as f64 * LETTER + 12.0).min(width * 0.4);
        let (right, top, bottom) = (width - 14.0, 26.0, height - 30.0);
        let domain = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        let y = Linear { domain, range: (bottom, top) };
        Self { size, width, height, left, right, top, bottom, ticks, points, pad: 12.0, y }
    }

    /// The same frame with a slot of equal width for each place, as columns need.
    #[must_use]
    pub fn slotted(mut self) -> Self {
        self.pad = self.slot() / 2.0;
        self
    }

    /// Width of a slot.
    pub fn slot(&self) -> f64 {
        (self.right - self.left) / self.points.max(1) as f64
    }

    /// Horizontal coordinate of the place with this index.
    pub fn x(&self, index: usize) -> f64 {
        let steps = self.points.saturating_sub(1);
        let share = if steps == 0 { 0.5 } else { index as f64 / steps as f64 };
        self.left + self.pad + share * (self.right - self.left - 2.0 * self.pad)
    }

    /// Vertical coordinate of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.y.at(value)
    }

    /// Opens the drawing and writes unit, grid and labels.
    pub fn open(
        &self,
        writer: &mut Writer,
        labelled: &str,
        unit: &str,
        labels: &[String],
        format: Format<'_>,
    ) {
        writer.open(
            "svg",
            &[
                ("role", &"img"),
                ("class", &self.size.class()),
                ("viewBox", &format_args!("0 0 {} {}", N(self.width), N(self.height))),
                ("aria-labelledby", &labelled),
            ],
        );
        writer.leaf("text", &[("class", &"axis unit"), ("x", &0), ("y", &12)], unit);
        for tick in &self.ticks {
            let y = N(self.y(*tick));
            let class = if *tick == 0.0 { "grid zero" } else { "grid" };
            writer.empty(
                "path",
                &[("class", &class), ("d", &format_args!("M{} {y}H{}", N(self.left), N(self.right)))],
            );
            writer.leaf(
                "text",
                &[("class", &"axis axis-y"), ("x", &N(self.left - 8.0)), ("y", &N(self.y(*tick) + 4.0))],
                format(*tick),
            );
        }
        self.labels(writer, labels);
    }

    /// Labels below, so many that they do not touch; the last is always there.
    fn labels(&self, writer: &mut Writer, labels: &[String]) {
        let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let room = (self.right - self.left) / (longest as f64 * LETTER + 14.0);
        let every = (1..=labels.len()).find(|every| labels.len() as f64 / *every as f64 <= room).unwrap_or(1);
        let last = labels.len().saturating_sub(1);
        for (index, label) in labels.iter().enumerate() {
            if (last - index).is_multiple_of(every) {
                // Words at the two ends stay inside the drawing.
                let half = label.chars().count() as f64 * LETTER / 2.0;
                let x = self.x(index).min(self.width - half).max(half);
                writer.leaf(
                    "text",
                    &[("class", &"axis axis-x"), ("x", &N(x)), ("y", &N(self.bottom + 21.0))],
                    label,
                );
            }
        }
    }

    /// An upright line between two places, as where the forecast begins.
    pub fn divider(&self, writer: &mut Writer, after: usize) {
        let x = f64::midpoint(self.x(after), self.x(after + 1));
        writer.empty(
            "path",
            &[("class", &"divider"), ("d", &format_args!("M{} {}V{}", N(x), N(self.top), N(self.bottom)))],
        );
    }

    /// A line through the known points; unknown ones leave a gap, a lonely point becomes a dot.
    pub fn path(&self, writer: &mut Writer, class: &str, start: usize, points: &[Option<f64>]) {
        let known = |index: usize| points.get(index).copied().flatten().filter(|value| value.is_finite());
        let mut d = String::new();
        let mut dots = Vec::new();
        for index in 0..points.len() {
            let Some(value) = known(index) else { continue };
            let before = index.checked_sub(1).and_then(known).is_some();
            let after = known(index + 1).is_some();
            let (x, y) = (self.x(start + index), self.y(value));
            if !before && !after {
                dots.push((x, y));
            } else {
                d.push_str(&format!("{}{} {}", if before { "L" } else { "M" }, N(x), N(y)));
            }
        }
        if !d.is_empty() {
            writer.empty("path", &[("class", &class), ("d", &d)]);
        }
        for (x, y) in dots {
            writer.empty(
                "circle",
                &[("class", &format_args!("{class} dot")), ("cx", &N(x)), ("cy", &N(y)), ("r", &3)],
            );
        }
    }

    /// Marks at the known points.
    pub fn marks(&self, writer: &mut Writer, class: &str, start: usize, points: &[Option<f64>]) {
        for (index, value) in points.iter().enumerate() {
            if let Some(value) = value.filter(|value| value.is_finite()) {
                let (x, y) = (N(self.x(start + index)), N(self.y(value)));
                writer.empty("circle", &[("class", &class), ("cx", &x), ("cy", &y), ("r", &3.5)]);
            }
        }
    }

    /// The area between two lines.
    pub fn band(&self, writer: &mut Writer, class: &str, start: usize, low: &[f64], high: &[f64]) {
        let corner = |(index, value): (usize, &f64)| (self.x(start + index), self.y(*value));
        let upper = high.iter().enumerate().map(corner);
        let lower: Vec<_> = low.iter().enumerate().map(corner).collect();
        let mut d = String::new();
        for (x, y) in upper.chain(lower.into_iter().rev()) {
            d.push_str(&format!("{}{} {}", if d.is_empty() { "M" } else { "L" }, N(x), N(y)));
        }
        if !d.is_empty() {
            d.push('Z');
            writer.empty("path", &[("class", &class), ("d", &d)]);
        }
    }
}

/// Both drawings, wide and narrow.
pub(super) fn both(draw: impl Fn(&mut Writer, Size)) -> Markup {
    let mut writer = Writer::new();
    draw(&mut writer, Size::Wide);
    draw(&mut writer, Size::Narrow);
    writer.finish()
}
