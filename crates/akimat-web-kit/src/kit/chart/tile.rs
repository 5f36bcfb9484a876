//! The twenty top-level units as one square each, in their rough geographic places.

use super::Words;
use super::legend::{self, Entry};
use crate::kit::svg::{Markup, N, Writer};

/// Column and row of each unit by its KATO code. Six columns from west to east, five rows from north to
/// south; neighbours on the ground are neighbours here wherever a grid allows it.
pub const PLACES: [(&str, u8, u8); 20] = [
    ("390000000", 2, 0), // Kostanay
    ("590000000", 3, 0), // North Kazakhstan
    ("550000000", 4, 0), // Pavlodar
    ("270000000", 0, 1), // West Kazakhstan
    ("150000000", 1, 1), // Aktobe
    ("110000000", 2, 1), // Akmola
    ("710000000", 3, 1), // Astana
    ("350000000", 4, 1), // Karaganda
    ("630000000", 5, 1), // East Kazakhstan
    ("230000000", 0, 2), // Atyrau
    ("620000000", 3, 2), // Ulytau
    ("330000000", 5, 3), // Zhetisu
    ("100000000", 5, 2), // Abai
    ("470000000", 0, 3), // Mangystau
    ("430000000", 2, 3), // Kyzylorda
    ("610000000", 3, 3), // Turkistan
    ("310000000", 4, 3), // Zhambyl
    ("790000000", 3, 4), // Shymkent
    ("190000000", 4, 4), // Almaty Region
    ("750000000", 5, 4), // Almaty
];

/// One unit.
#[derive(Clone, Debug)]
pub struct Tile {
    /// KATO code.
    pub code: String,
    /// Three or four letters of its name.
    pub short: String,
    /// Its name.
    pub name: String,
    /// The value in words, or the words for "no data".
    pub value: String,
    /// Class of the value, 0 to 4 (see [`super::scale::Steps`]); `None` without data.
    pub step: Option<u8>,
    /// Where the tile leads.
    pub href: String,
}

/// Side of a tile with its gap, in units of the drawing.
const CELL: f64 = 60.0;
const SIDE: f64 = 56.0;

/// The map with a key of the classes, lowest first; `no_data` names the hatched tile when one is drawn.
/// Codes without a place are left out: the table beside the map lists them.
pub fn tile_map(words: &Words, tiles: &[Tile], classes: &[String], no_data: &str) -> Markup {
    let mut writer = Writer::new();
    words.open(&mut writer, "tiles");
    let hatch = format!("{}-h", words.id);
    writer.open(
        "svg",
        &[("role", &"group"), ("viewBox", &"0 0 358 298"), ("aria-labelledby", &words.labelled())],
    );
    pattern(&mut writer, &hatch);
    // In reading order, so that the keyboard walks from north-west to south-east.
    let mut placed: Vec<_> = tiles.iter().filter_map(|tile| Some((place(&tile.code)?, tile))).collect();
    placed.sort_by_key(|((column, row), _)| (*row, *column));
    for (at, tile) in placed {
        draw(&mut writer, tile, at, &hatch);
    }
    writer.close("svg");
    let mut entries: Vec<Entry> = classes
        .iter()
        .enumerate()
        .map(|(index, label)| Entry {
            class: format!("q{}", index.min(4) + 1),
            label: label.clone(),
            line: false,
        })
        .collect();
    if tiles.iter().any(|tile| tile.step.is_none()) {
        entries.push(Entry { class: "q0".to_owned(), label: no_data.to_owned(), line: false });
    }
    legend::write(&mut writer, &entries);
    writer.close("div");
    writer.finish()
}

/// Column and row of a unit.
pub fn place(code: &str) -> Option<(u8, u8)> {
    PLACES.iter().find(|(known, _, _)| *known == code).map(|(_, column, row)| (*column, *row))
}

fn draw(writer: &mut Writer, tile: &Tile, (column, row): (u8, u8), hatch: &str) {
    let (x, y) = (f64::from(column) * CELL + 1.0, f64::from(row) * CELL + 1.0);
    let class = tile.step.map_or_else(|| "tile q0".to_owned(), |step| format!("tile q{}", step.min(4) + 1));
    writer.open("a", &[("class", &class), ("href", &tile.href)]);
    writer.leaf("title", &[], format_args!("{}: {}", tile.name, tile.value));
    let at = (N(x), N(y), N(SIDE));
    writer.empty(
        "rect",
        &[("class", &"box"), ("x", &at.0), ("y", &at.1), ("width", &at.2), ("height", &at.2), ("rx", &6)],
    );
    if tile.step.is_none() {
        writer.empty(
            "rect",
            &[
                ("fill", &format_args!("url(#{hatch})")),
                ("x", &at.0),
                ("y", &at.1),
                ("width", &at.2),
                ("height", &at.2),
                ("rx", &6),
            ],
        );
    }
    let middle = N(x + SIDE / 2.0);
    writer.leaf("text", &[("class", &"tile-name"), ("x", &middle), ("y", &N(y + 25.0))], &tile.short);
    writer.leaf("text", &[("class", &"tile-value"), ("x", &middle), ("y", &N(y + 42.0))], &tile.value);
    writer.close("a");
}

/// Hatching for units without data.
fn pattern(writer: &mut Writer, id: &str) {
    writer.open(
        "pattern",
        &[
            ("id", &id),
            ("width", &6),
            ("height", &6),
            ("patternUnits", &"userSpaceOnUse"),
            ("patternTransform", &"rotate(45)"),
        ],
    );
    writer.empty("path", &[("class", &"hatch"), ("d", &"M0 0V6")]).close("pattern");
}
