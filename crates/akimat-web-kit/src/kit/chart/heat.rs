//! Heat maps of a matrix: correlations, or amounts by two headings.

use super::Words;
use super::frame::{Size, both};
use super::legend::{self, Entry};
use super::letters::{LETTER, LINE, fit, wrap};
use crate::kit::svg::{Markup, N, Writer};

/// A cell of the matrix.
#[derive(Clone, Debug)]
pub struct HeatCell {
    /// The value; `None` is hatched.
    pub value: Option<f64>,
    /// The value in words, short enough for a cell: `0,42*`.
    pub text: String,
}

/// How values become colours.
#[derive(Clone, Debug)]
pub enum HeatScale {
    /// From −1 to 1, with a colour for each sign and the sign itself in cells too small for the number.
    Correlation,
    /// Five classes with rising borders, see [`super::scale::Steps`].
    Steps(super::scale::Steps),
}

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Heat {
    /// Names of the rows.
    pub rows: Vec<String>,
    /// Names of the columns; drawn as numbers when they are the same as the rows (a correlation matrix).
    pub columns: Vec<String>,
    /// Cells by row and column.
    pub cells: Vec<Vec<HeatCell>>,
    /// How values become colours.
    pub scale: HeatScale,
    /// Names of the classes, lowest first: seven of a correlation, or those of the steps.
    pub classes: Vec<String>,
    /// Name of a cell without value.
    pub no_data: String,
}

/// The matrix with its key.
pub fn heat_map(words: &Words, data: &Heat) -> Markup {
    let drawings = both(|writer, size| draw(writer, size, words, data));
    let mut writer = Writer::new();
    words.open(&mut writer, "heat");
    let prefix = match data.scale {
        HeatScale::Correlation => 'd',
        HeatScale::Steps(_) => 'q',
    };
    let mut entries: Vec<Entry> = data
        .classes
        .iter()
        .enumerate()
        .map(|(index, label)| Entry {
            class: format!("{prefix}{}", index + 1),
            label: label.clone(),
            line: false,
        })
        .collect();
    if data.cells.iter().flatten().any(|cell| class(data, cell) == "q0") {
        entries.push(Entry { class: "q0".to_owned(), label: data.no_data.clone(), line: false });
    }
    legend::write(&mut writer, &entries);
    writer.markup(&drawings).close("div");
    writer.finish()
}

/// Class of a cell: `d1` to `d7` from −1 to 1, or `q1` to `q5`; `q0` without a value.
fn class(data: &Heat, cell: &HeatCell) -> String {
    let Some(value) = cell.value.filter(|value| value.is_finite()) else { return "q0".to_owned() };
    match &data.scale {
        HeatScale::Correlation => {
            let above = [-0.7, -0.4, -0.1, 0.1, 0.4, 0.7].iter().filter(|border| value >= **border).count();
            format!("d{}", above + 1)
        }
        HeatScale::Steps(steps) => format!("q{}", steps.of(value) + 1),
    }
}

fn draw(writer: &mut Writer, size: Size, words: &Words, data: &Heat) {
    let (width, _) = size.dimensions();
    let numbered = data.rows == data.columns;
    let gutter = width * if size == Size::Wide { 0.36 } else { 0.38 };
    let side = (width - gutter) / data.columns.len().max(1) as f64;
    let high = side.clamp(2.0 * LINE + 4.0, 46.0);
    let heads: Vec<Vec<String>> = data
        .columns
        .iter()
        .enumerate()
        .map(
            |(index, name)| {
                if numbered { vec![(index + 1).to_string()] } else { wrap(name, fit(side - 4.0), 4) }
            },
        )
        .collect();
    let head = heads.iter().map(Vec::len).max().unwrap_or(1) as f64 * LINE + 8.0;
    let height = head + high * data.rows.len() as f64 + 2.0;
    writer.open(
        "svg",
        &[
            ("role", &"img"),
            ("class", &size.class()),
            ("viewBox", &format_args!("0 0 {} {}", N(width), N(height))),
            ("aria-labelledby", &words.labelled()),
        ],
    );
    for (index, lines) in heads.iter().enumerate() {
        let x = gutter + side * (index as f64 + 0.5);
        text(writer, "axis axis-x", (x, head - 8.0 - (lines.len() as f64 - 1.0) * LINE), lines);
    }
    for (row, name) in data.rows.iter().enumerate() {
        let name = if numbered { format!("{}. {name}", row + 1) } else { name.clone() };
        let lines = wrap(&name, fit(gutter - 8.0), 2);
        let y = head + high * (row as f64 + 0.5) - (lines.len() as f64 - 1.0) * LINE / 2.0 + 4.5;
        text(writer, "axis axis-y", (gutter - 8.0, y), &lines);
        for (column, cell) in data.cells.get(row).into_iter().flatten().enumerate().take(data.columns.len()) {
            let at = (gutter + side * column as f64, head + high * row as f64);
            draw_cell(writer, data, cell, (at, side, high));
        }
    }
    writer.close("svg");
}

fn draw_cell(writer: &mut Writer, data: &Heat, cell: &HeatCell, (at, side, high): ((f64, f64), f64, f64)) {
    let class = class(data, cell);
    writer.open("g", &[("class", &format_args!("cell {class}"))]);
    let place = (N(at.0), N(at.1), N(side), N(high));
    writer.empty("rect", &[("x", &place.0), ("y", &place.1), ("width", &place.2), ("height", &place.3)]);
    if class == "q0" {
        let d =
            format!("M{} {}L{} {}", N(at.0 + 2.0), N(at.1 + high - 2.0), N(at.0 + side - 2.0), N(at.1 + 2.0));
        writer.empty("path", &[("class", &"hatch"), ("d", &d)]);
    }
    let fits = cell.text.chars().count() as f64 * LETTER + 4.0 <= side;
    let shown = match (&data.scale, cell.value) {
        _ if fits => cell.text.as_str(),
        (HeatScale::Correlation, Some(value)) if value >= 0.1 => "+",
        (HeatScale::Correlation, Some(value)) if value <= -0.1 => "−",
        _ => "",
    };
    if !shown.is_empty() {
        let middle = (N(at.0 + side / 2.0), N(at.1 + high / 2.0 + 4.5));
        writer.leaf("text", &[("x", &middle.0), ("y", &middle.1)], shown);
    }
    writer.close("g");
}

fn text(writer: &mut Writer, class: &str, (x, y): (f64, f64), lines: &[String]) {
    writer.open("text", &[("class", &class)]);
    for (index, line) in lines.iter().enumerate() {
        writer.leaf("tspan", &[("x", &N(x)), ("y", &N(y + index as f64 * LINE))], line);
    }
    writer.close("text");
}
