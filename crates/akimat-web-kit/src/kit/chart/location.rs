//! Points on a plain frame of latitude and longitude, for an instance without a map of its own.

use super::Words;
use super::scale::{Linear, extent, nice_step};
use crate::kit::svg::{Markup, N, Writer};

/// A point.
#[derive(Clone, Debug)]
pub struct Point {
    /// Latitude, degrees north.
    pub lat: f64,
    /// Longitude, degrees east.
    pub lon: f64,
    /// Its name.
    pub name: String,
    /// Where it leads; nothing makes it a plain mark.
    pub href: Option<String>,
    /// The point the page is about.
    pub here: bool,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 260.0;
const MARGIN: f64 = 30.0;

/// The points on a graticule; empty when none has a place on the Earth.
pub fn location_map(words: &Words, points: &[Point]) -> Markup {
    let known: Vec<&Point> =
        points.iter().filter(|point| point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0).collect();
    let mut writer = Writer::new();
    let lats = extent(known.iter().map(|point| point.lat));
    let lons = extent(known.iter().map(|point| point.lon));
    let (Some(lats), Some(lons)) = (lats, lons) else { return writer.finish() };
    let (x, y) = projection(lons, lats);
    words.open(&mut writer, "location");
    writer.open(
        "svg",
        &[
            ("role", &"group"),
            ("viewBox", &format_args!("0 0 {} {}", N(WIDTH), N(HEIGHT))),
            ("aria-labelledby", &words.labelled()),
        ],
    );
    writer.empty("rect", &[("class", &"sea"), ("width", &N(WIDTH)), ("height", &N(HEIGHT)), ("rx", &6)]);
    graticule(&mut writer, &x, &y);
    // The point the page is about comes last, so that nothing covers it.
    let (here, others): (Vec<&Point>, Vec<&Point>) = known.into_iter().partition(|point| point.here);
    for point in others.into_iter().chain(here) {
        mark(&mut writer, point, x.at(point.lon), y.at(point.lat));
    }
    writer.close("svg").close("div");
    writer.finish()
}

/// Scales with the same length per kilometre both ways, and at least some two kilometres of ground.
fn projection(lons: (f64, f64), lats: (f64, f64)) -> (Linear, Linear) {
    let middle = (f64::midpoint(lons.0, lons.1), f64::midpoint(lats.0, lats.1));
    let shrink = middle.1.to_radians().cos().max(0.05);
    let (room_x, room_y) = (WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN);
    let per_unit = ((lats.1 - lats.0) / room_y).max((lons.1 - lons.0) * shrink / room_x).max(0.02 / room_y);
    let (half_lon, half_lat) = (per_unit / shrink * WIDTH / 2.0, per_unit * HEIGHT / 2.0);
    (
        Linear { domain: (middle.0 - half_lon, middle.0 + half_lon), range: (0.0, WIDTH) },
        Linear { domain: (middle.1 - half_lat, middle.1 + half_lat), range: (HEIGHT, 0.0) },
    )
}

fn graticule(writer: &mut Writer, x: &Linear, y: &Linear) {
    for (scale, upright) in [(x, true), (y, false)] {
        let step = nice_step((scale.domain.1 - scale.domain.0) / 3.0);
        let mut at = (scale.domain.0 / step).ceil();
        while at * step <= scale.domain.1 {
            let (place, label) = (N(scale.at(at * step)), format!("{}°", N(at * step)));
            if upright {
                writer.empty("path", &[("class", &"grid"), ("d", &format_args!("M{place} 0V{}", N(HEIGHT)))]);
                writer.leaf(
                    "text",
                    &[("class", &"axis axis-x"), ("x", &place), ("y", &N(HEIGHT - 6.0))],
                    label,
                );
            } else {
                writer.empty("path", &[("class", &"grid"), ("d", &format_args!("M0 {place}H{}", N(WIDTH)))]);
                writer.leaf("text", &[("class", &"axis"), ("x", &4), ("y", &N(place.0 - 4.0))], label);
            }
            at += 1.0;
        }
    }
}

fn mark(writer: &mut Writer, point: &Point, x: f64, y: f64) {
    let class = if point.here { "place place-here" } else { "place" };
    let (tag, at) = (if point.href.is_some() { "a" } else { "g" }, (N(x), N(y)));
    match &point.href {
        Some(href) => writer.open(tag, &[("class", &class), ("href", href)]),
        None => writer.open(tag, &[("class", &class)]),
    };
    writer.leaf("title", &[], &point.name);
    if point.here {
        writer.empty("circle", &[("class", &"halo"), ("cx", &at.0), ("cy", &at.1), ("r", &14)]);
    } else {
        // A target that a finger can hit.
        writer.empty("circle", &[("class", &"target"), ("cx", &at.0), ("cy", &at.1), ("r", &13)]);
    }
    let radius = if point.here { 7 } else { 5 };
    writer.empty("circle", &[("class", &"spot"), ("cx", &at.0), ("cy", &at.1), ("r", &radius)]).close(tag);
}
