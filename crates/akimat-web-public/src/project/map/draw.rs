//! Drawing the map as SVG: tiles of the operator or a net of degrees, borders, marks, a scale.

use super::view::{HEIGHT, TILE, View, WIDTH, world};
use akimat_core::KatoCode;
use akimat_project::{Point, Status};
use akimat_storage::{Boundary, Bounds};
use akimat_web_kit::kit::svg::{Markup, N, Writer};
use akimat_web_kit::state::Tiles;
use std::collections::BTreeMap;

/// What the picture is called, and what it shows in a sentence.
#[derive(Debug)]
pub struct Words {
    /// Title.
    pub title: String,
    /// Description.
    pub label: String,
}

/// What stands at a place.
#[derive(Debug)]
pub enum Sign {
    /// A project.
    One(Status),
    /// Several, with their number as printed.
    Crowd(u64, String),
    /// A project of a ballot that was chosen.
    Won,
    /// A project of a ballot that was not chosen.
    Lost,
    /// The place that is stated; it leads nowhere.
    Here,
    /// A part of the map that leads nearer to itself; by keyboard and ear the bar below does the same.
    Cell,
    /// The middle of the map; it leads nowhere.
    Cross,
}

/// A mark on the map.
#[derive(Debug)]
pub struct Mark {
    /// Where.
    pub at: Point,
    /// What.
    pub sign: Sign,
    /// Its name.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// It leads to another part of the map.
    pub go: bool,
}

/// Side of a [`Sign::Cell`] in units of the picture.
pub const CELL_SIDE: f64 = 64.0;
/// Points of borders on one map.
const BORDER_POINTS_MAX: usize = 3_000;
/// Points of a border closer than this are one, in units of the picture.
const APART: f64 = 1.2;

/// The picture. Whatever moves with the map is in one group, for the script.
pub fn picture(
    view: &View,
    words: &Words,
    (borders, names): (&[Boundary], &BTreeMap<KatoCode, String>),
    (marks, tiles): (&[Mark], Option<&Tiles>),
) -> Markup {
    let mut writer = Writer::new();
    let viewbox = format!("0 0 {} {}", N(WIDTH), N(HEIGHT));
    let attrs: [(&'static str, &dyn std::fmt::Display); 4] = [
        ("role", &"group"),
        ("viewBox", &viewbox),
        ("aria-labelledby", &"map-t map-d"),
        ("class", &"map-picture"),
    ];
    writer.open("svg", &attrs);
    writer.leaf("title", &[("id", &"map-t")], &words.title);
    writer.leaf("desc", &[("id", &"map-d")], &words.label);
    writer.empty("rect", &[("class", &"map-ground"), ("width", &N(WIDTH)), ("height", &N(HEIGHT))]);
    writer.open("g", &[("class", &"map-moves")]);
    match tiles {
        Some(tiles) => ground(&mut writer, view, tiles),
        None => net(&mut writer, view),
    }
    let mut left = BORDER_POINTS_MAX;
    for border in borders {
        border_path(&mut writer, view, border, &mut left);
    }
    for border in borders {
        border_name(&mut writer, view, border, names);
    }
    for mark in marks {
        draw(&mut writer, view, mark);
    }
    writer.close("g");
    scale(&mut writer, view);
    writer.close("svg");
    writer.finish()
}

/// Tiles of the operator's source.
#[expect(clippy::cast_possible_truncation, reason = "a tile's number is at most 2^17")]
fn ground(writer: &mut Writer, view: &View, tiles: &Tiles) {
    let (left, top) = view.corner();
    let n = (world(view.zoom) / TILE) as i64;
    let (first_x, first_y) = ((left / TILE).floor() as i64, (top / TILE).floor() as i64);
    for row in first_y..=((top + HEIGHT) / TILE) as i64 {
        for column in first_x..=((left + WIDTH) / TILE) as i64 {
            if !(0..n).contains(&row) {
                continue;
            }
            let address = tiles.address(view.zoom, column.rem_euclid(n), row);
            #[expect(clippy::cast_precision_loss, reason = "a tile's number is at most 2^17")]
            let (x, y) = (column as f64 * TILE - left, row as f64 * TILE - top);
            let attrs: [(&'static str, &dyn std::fmt::Display); 5] =
                [("href", &address), ("x", &N(x)), ("y", &N(y)), ("width", &N(TILE)), ("height", &N(TILE))];
            writer.empty("image", &attrs);
        }
    }
}

/// A net of degrees, labelled at the edges: without tiles a map says at least where it is.
fn net(writer: &mut Writer, view: &View) {
    let Bounds { south_e6, west_e6, north_e6, east_e6 } = view.bounds();
    let step = [
        1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000,
        5_000_000, 10_000_000, 20_000_000,
    ]
    .into_iter()
    .find(|step| (i64::from(east_e6) - i64::from(west_e6)) / i64::from(*step) <= 5)
    .unwrap_or(20_000_000);
    let lines = |first: i32, last: i32| {
        let start = first.div_euclid(step) + 1;
        (start..=last.div_euclid(step)).map(move |n| n.saturating_mul(step))
    };
    for lon_e6 in lines(west_e6, east_e6) {
        let x = view.place(Point { lat_e6: south_e6, lon_e6 }).0;
        writer.empty("path", &[("class", &"grid"), ("d", &format_args!("M{} 0V{}", N(x), N(HEIGHT)))]);
        let attrs: [(&'static str, &dyn std::fmt::Display); 3] =
            [("class", &"axis"), ("x", &N(x + 4.0)), ("y", &N(14.0))];
        writer.leaf("text", &attrs, format!("{}°", N(f64::from(lon_e6) / 1e6)));
    }
    for lat_e6 in lines(south_e6, north_e6) {
        let y = view.place(Point { lat_e6, lon_e6: west_e6 }).1;
        writer.empty("path", &[("class", &"grid"), ("d", &format_args!("M0 {}H{}", N(y), N(WIDTH)))]);
        let attrs: [(&'static str, &dyn std::fmt::Display); 3] =
            [("class", &"axis"), ("x", &N(4.0)), ("y", &N(y - 4.0))];
        writer.leaf("text", &attrs, format!("{}°", N(f64::from(lat_e6) / 1e6)));
    }
}

fn border_path(writer: &mut Writer, view: &View, border: &Boundary, left: &mut usize) {
    let rings: Vec<Vec<(i32, i32)>> = serde_json::from_str(&border.rings).unwrap_or_default();
    let mut path = String::new();
    for ring in &rings {
        let mut last: Option<(f64, f64)> = None;
        let mut drawn = 0_usize;
        for (lat_e6, lon_e6) in ring {
            let (x, y) = view.place(Point { lat_e6: *lat_e6, lon_e6: *lon_e6 });
            // Far outside the picture one point says as much as many.
            let (x, y) = (x.clamp(-WIDTH, 2.0 * WIDTH), y.clamp(-HEIGHT, 2.0 * HEIGHT));
            if last.is_some_and(|(a, b)| (a - x).abs() + (b - y).abs() < APART) {
                continue;
            }
            if *left == 0 {
                break;
            }
            *left -= 1;
            path.push_str(&format!("{}{} {}", if drawn == 0 { "M" } else { "L" }, N(round(x)), N(round(y))));
            last = Some((x, y));
            drawn += 1;
        }
        if drawn > 0 {
            path.push('Z');
        }
    }
    if !path.is_empty() {
        writer.empty("path", &[("class", &"map-border"), ("d", &path)]);
    }
}

fn border_name(writer: &mut Writer, view: &View, border: &Boundary, names: &BTreeMap<KatoCode, String>) {
    let Some(name) = names.get(&border.place) else { return };
    let Bounds { south_e6, west_e6, north_e6, east_e6 } = border.bounds;
    let (x0, y0) = view.place(Point { lat_e6: north_e6, lon_e6: west_e6 });
    let (x1, y1) = view.place(Point { lat_e6: south_e6, lon_e6: east_e6 });
    let (x, y) = (f64::midpoint(x0, x1), f64::midpoint(y0, y1));
    let inside = (40.0..WIDTH - 40.0).contains(&x) && (20.0..HEIGHT - 20.0).contains(&y);
    if inside && x1 - x0 > 90.0 {
        writer.leaf("text", &[("class", &"map-name"), ("x", &N(x)), ("y", &N(y))], name);
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn draw(writer: &mut Writer, view: &View, mark: &Mark) {
    let (x, y) = view.place(mark.at);
    let at = format!("translate({} {})", N(round(x)), N(round(y)));
    let class = match &mark.sign {
        Sign::One(status) => format!("mark mark-{}", tone(*status)),
        Sign::Crowd(..) => "mark mark-crowd".to_owned(),
        Sign::Won => "mark mark-done".to_owned(),
        Sign::Lost => "mark mark-early".to_owned(),
        Sign::Cell => return cell(writer, &at, mark),
        Sign::Here => return still(writer, &at, ("mark mark-planned", shape_of("planned"))),
        Sign::Cross => return still(writer, &at, ("map-cross", "M-14 0H14M0-14V14")),
    };
    let mut attrs: Vec<(&'static str, &dyn std::fmt::Display)> =
        vec![("class", &class), ("href", &mark.href), ("transform", &at)];
    if mark.go {
        attrs.push(("data-go", &""));
        attrs.push(("rel", &"nofollow"));
    }
    writer.open("a", &attrs);
    writer.leaf("title", &[], &mark.title);
    match &mark.sign {
        Sign::One(status) => shaped(writer, shape(*status)),
        Sign::Won => shaped(writer, shape_of("done")),
        Sign::Lost => shaped(writer, shape_of("early")),
        Sign::Here | Sign::Cell | Sign::Cross => {}
        Sign::Crowd(n, number) => {
            let radius = 15.0 + 3.0 * f64::from(n.checked_ilog10().unwrap_or(0));
            writer.empty("circle", &[("class", &"shape"), ("r", &N(radius))]);
            writer.leaf("text", &[("y", &5)], number);
        }
    }
    writer.close("a");
}

/// A sign with a target that a finger can hit.
fn shaped(writer: &mut Writer, shape: &str) {
    writer.empty("circle", &[("class", &"target"), ("r", &15)]);
    writer.empty("path", &[("class", &"shape"), ("d", &shape)]);
}

/// A sign that leads nowhere.
fn still(writer: &mut Writer, at: &str, (class, shape): (&str, &str)) {
    writer.open("g", &[("class", &class), ("transform", &at), ("aria-hidden", &"true")]);
    writer.empty("path", &[("class", &"shape"), ("d", &shape)]);
    writer.close("g");
}

/// A square of the map that leads nearer.
fn cell(writer: &mut Writer, at: &str, mark: &Mark) {
    let attrs: [(&'static str, &dyn std::fmt::Display); 6] = [
        ("class", &"map-cell"),
        ("href", &mark.href),
        ("rel", &"nofollow"),
        ("tabindex", &"-1"),
        ("aria-hidden", &"true"),
        ("transform", &at),
    ];
    writer.open("a", &attrs);
    let half = -CELL_SIDE / 2.0;
    let attrs: [(&'static str, &dyn std::fmt::Display); 4] =
        [("x", &N(half)), ("y", &N(half)), ("width", &N(CELL_SIDE)), ("height", &N(CELL_SIDE))];
    writer.empty("rect", &attrs);
    writer.close("a");
}

/// The tone of a status: those that mean the same to a resident look the same.
const fn tone(status: Status) -> &'static str {
    match status {
        Status::Idea | Status::Appraisal => "early",
        Status::Planned => "planned",
        Status::Tender | Status::Contract => "tender",
        Status::Implementing => "work",
        Status::Completed | Status::Operating => "done",
        Status::Suspended => "stopped",
        Status::Terminated => "gone",
    }
}

/// The shape of a status: colour never says it alone.
fn shape(status: Status) -> &'static str {
    shape_of(tone(status))
}

/// The shape of a tone.
fn shape_of(tone: &str) -> &'static str {
    match tone {
        "early" => "M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6Z",
        "planned" => "M0-9L9 0L0 9L-9 0Z",
        "tender" => "M0-9L9 7H-9Z",
        "work" => "M-7-7H7V7H-7Z",
        "done" => {
            "M0-10L2.900-3.100L10-2.900L4.400 1.600L6.500 9L0 4.800L-6.500 9L-4.400 1.600L-10-2.900L-2.900-3.100Z"
        }
        "stopped" => "M-8-8H-2V8H-8ZM2-8H8V8H2Z",
        _ => {
            "M-9-5.500L-5.500-9L0-3.500L5.500-9L9-5.500L3.500 0L9 5.500L5.500 9L0 3.500L-5.500 9L-9 5.500L-3.500 0Z"
        }
    }
}

/// The sign of a status for the key.
pub fn specimen(status: Status) -> Markup {
    specimen_of(tone(status))
}

/// The sign of what was chosen, or was not, for the key.
pub fn outcome_specimen(won: bool) -> Markup {
    specimen_of(if won { "done" } else { "early" })
}

fn specimen_of(tone: &str) -> Markup {
    let mut writer = Writer::new();
    let class = format!("map-key mark-{tone}");
    let attrs: [(&'static str, &dyn std::fmt::Display); 5] = [
        ("class", &class),
        ("viewBox", &"-12 -12 24 24"),
        ("width", &20),
        ("height", &20),
        ("aria-hidden", &"true"),
    ];
    writer.open("svg", &attrs);
    writer.empty("path", &[("class", &"shape"), ("d", &shape_of(tone))]);
    writer.close("svg");
    writer.finish()
}

fn scale(writer: &mut Writer, view: &View) {
    let (metres, length) = view.scale();
    let words = if metres < 1_000 { format!("{metres} m") } else { format!("{} km", metres / 1_000) };
    let y = HEIGHT - 14.0;
    let x = WIDTH - 20.0 - length;
    let bar = format!("M{} {}v6h{}v-6", N(x), N(y - 6.0), N(length));
    writer.empty("path", &[("class", &"map-scale"), ("d", &bar)]);
    let attrs: [(&'static str, &dyn std::fmt::Display); 3] =
        [("class", &"map-scale-text"), ("x", &N(x + length / 2.0)), ("y", &N(y - 6.0))];
    writer.leaf("text", &attrs, words);
}
