//! Cost and benefit of each candidate, with the chosen ones filled and the others hollow.

use super::Words;
use super::frame::{Format, both};
use super::legend::{self, Entry};
use super::letters::LETTER;
use super::plane::{Axis, Plane};
use super::scale::extent;
use crate::kit::svg::{Markup, N, Writer};

/// One candidate.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Along the bottom.
    pub x: f64,
    /// Along the side.
    pub y: f64,
    /// Short name beside the dot, as its number in the table; left out where it would cover another.
    pub label: String,
    /// Chosen: filled, otherwise hollow.
    pub inside: bool,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// Name and unit of the horizontal axis.
    pub x_title: String,
    /// Name and unit of the vertical axis.
    pub y_title: String,
    /// The candidates, the most important first: the first ones get their names.
    pub candidates: Vec<Candidate>,
    /// Names of the two signs: chosen, left out.
    pub key: (String, String),
}

/// Radius of a dot and height of a label, in units of the drawing.
const RADIUS: f64 = 4.5;
const TALL: f64 = 13.0;
/// More names would only blacken the drawing; the table has all.
const NAMES_MAX: usize = 60;

/// Filled and hollow dots; `x_format` and `y_format` write the values along the axes.
pub fn chosen(words: &Words, data: &Chosen, x_format: Format<'_>, y_format: Format<'_>) -> Markup {
    let known: Vec<&Candidate> =
        data.candidates.iter().filter(|one| one.x.is_finite() && one.y.is_finite()).collect();
    let range = |of: &dyn Fn(&Candidate) -> f64| {
        extent(known.iter().map(|one| of(one)).chain([0.0])).unwrap_or((0.0, 1.0))
    };
    let x = Axis { title: &data.x_title, range: range(&|one| one.x), format: x_format };
    let y = Axis { title: &data.y_title, range: range(&|one| one.y), format: y_format };
    let drawings = both(|writer, size| {
        let plane = Plane::new(size, &x, &y, false);
        plane.open(writer, (&words.labelled(), size.class()), &x, &y);
        let places: Vec<(f64, f64)> = known.iter().map(|one| (plane.x(one.x), plane.y(one.y))).collect();
        // Hollow ones first: where many lie together, the chosen stay on top.
        for inside in [false, true] {
            for (one, (x, y)) in known.iter().zip(&places).filter(|(one, _)| one.inside == inside) {
                writer.empty(
                    "circle",
                    &[("class", &class(one.inside)), ("cx", &N(*x)), ("cy", &N(*y)), ("r", &RADIUS)],
                );
            }
        }
        names(writer, &plane, &known, &places);
        writer.close("svg");
    });
    let mut writer = Writer::new();
    words.open(&mut writer, "scatter");
    let entry = |inside: bool, label: &String| Entry {
        class: class(inside).to_owned(),
        label: label.clone(),
        line: false,
    };
    legend::write(&mut writer, &[entry(true, &data.key.0), entry(false, &data.key.1)]);
    writer.markup(&drawings).close("div");
    writer.finish()
}

const fn class(inside: bool) -> &'static str {
    if inside { "mark m1" } else { "mark m2" }
}

/// A box that something stands in.
#[derive(Clone, Copy)]
struct Taken {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Taken {
    const fn dot((x, y): (f64, f64)) -> Self {
        Self { left: x - RADIUS, right: x + RADIUS, top: y - RADIUS, bottom: y + RADIUS }
    }

    fn touches(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Names beside, above or below their dots, where none covers a dot or another name.
fn names(writer: &mut Writer, plane: &Plane, known: &[&Candidate], places: &[(f64, f64)]) {
    let mut taken: Vec<Taken> = places.iter().map(|place| Taken::dot(*place)).collect();
    for (one, (x, y)) in known.iter().zip(places).filter(|(one, _)| !one.label.is_empty()).take(NAMES_MAX) {
        let width = one.label.chars().count() as f64 * LETTER;
        let at = |left: f64, top: f64| Taken { left, right: left + width, top, bottom: top + TALL };
        let offers = [
            at(x + RADIUS + 2.0, y - TALL / 2.0),
            at(x - RADIUS - 2.0 - width, y - TALL / 2.0),
            at(x - width / 2.0, y - RADIUS - 1.0 - TALL),
            at(x - width / 2.0, y + RADIUS + 1.0),
        ];
        let inside = |offer: &Taken| {
            offer.left >= plane.left
                && offer.right <= plane.width
                && offer.top >= 0.0
                && offer.bottom <= plane.bottom
        };
        let free = offers.iter().find(|offer| inside(offer) && !taken.iter().any(|one| one.touches(offer)));
        let Some(free) = free.copied() else { continue };
        taken.push(free);
        let place = (N(free.left), N(free.bottom - 2.5));
        writer.leaf("text", &[("class", &"axis over"), ("x", &place.0), ("y", &place.1)], &one.label);
    }
}
