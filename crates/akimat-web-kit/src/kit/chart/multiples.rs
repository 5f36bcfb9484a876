//! Small multiples: the same lines for many units, on one scale.

use super::Words;
use super::frame::Format;
use super::legend::{self, Entry};
use super::letters::LETTER;
use super::scale::{Linear, extent, nice_ticks};
use crate::kit::svg::{Markup, N, Writer};

/// One unit.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Its name.
    pub title: String,
    /// One list of values for each name of the key; `None` leaves a gap.
    pub series: Vec<Vec<Option<f64>>>,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Multiples {
    /// The periods; the first and the last are written below each panel.
    pub periods: Vec<String>,
    /// Unit of the values, said once above.
    pub unit: String,
    /// Names of the lines, as plan and fact; up to four.
    pub key: Vec<String>,
    /// The units.
    pub panels: Vec<Panel>,
}

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 112.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 90.0;

/// Panels side by side, as many in a row as fit; all share the scale, so that heights can be compared.
pub fn small_multiples(words: &Words, data: &Multiples, format: Format<'_>) -> Markup {
    let values = data.panels.iter().flat_map(|panel| panel.series.iter().flatten().copied().flatten());
    let (low, high) = extent(values).unwrap_or((0.0, 1.0));
    let ticks = nice_ticks(low, high, 2);
    let mut writer = Writer::new();
    words.open(&mut writer, "multiples");
    let mut entries: Vec<Entry> = data
        .key
        .iter()
        .enumerate()
        .map(|(index, label)| Entry { class: class(index), label: label.clone(), line: true })
        .collect();
    if entries.len() < 2 {
        entries.clear();
    }
    if !entries.is_empty() {
        legend::write(&mut writer, &entries);
    }
    writer.leaf("p", &[("class", &"multiples-unit remark")], &data.unit);
    writer.open("div", &[("role", &"img"), ("class", &"panels"), ("aria-labelledby", &words.labelled())]);
    for panel in &data.panels {
        writer.open("div", &[("class", &"small-panel")]);
        writer.leaf("span", &[("class", &"small-title")], &panel.title);
        draw(&mut writer, panel, (&data.periods, &ticks), format);
        writer.close("div");
    }
    writer.close("div").close("div");
    writer.finish()
}

fn draw(writer: &mut Writer, panel: &Panel, (periods, ticks): (&[String], &[f64]), format: Format<'_>) {
    let ends = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
    let longest = ticks.iter().map(|tick| format(*tick).chars().count()).max().unwrap_or(1);
    let left = (longest as f64 * LETTER + 8.0).min(90.0);
    let x =
        Linear { domain: (0.0, periods.len().saturating_sub(1) as f64), range: (left + 4.0, WIDTH - 6.0) };
    let y = Linear { domain: ends, range: (BOTTOM, TOP) };
    let view = format!("0 0 {} {}", N(WIDTH), N(HEIGHT));
    writer.open("svg", &[("class", &"small"), ("viewBox", &view), ("aria-hidden", &"true")]);
    for tick in ticks {
        let at = y.at(*tick);
        let class = if *tick == 0.0 { "grid zero" } else { "grid" };
        writer
            .empty("path", &[("class", &class), ("d", &format_args!("M{} {}H{}", N(left), N(at), N(WIDTH)))]);
        let place = (N(left - 5.0), N(at + 4.0));
        writer.leaf("text", &[("class", &"axis axis-y"), ("x", &place.0), ("y", &place.1)], format(*tick));
    }
    for (anchor, period, at) in [
        ("axis", periods.first(), left),
        ("axis axis-y", periods.last().filter(|_| periods.len() > 1), WIDTH),
    ] {
        if let Some(period) = period {
            writer.leaf("text", &[("class", &anchor), ("x", &N(at)), ("y", &N(HEIGHT - 5.0))], period);
        }
    }
    for (index, points) in panel.series.iter().enumerate() {
        path(writer, &class(index), points, (&x, &y));
    }
    writer.close("svg");
}

/// A line with gaps; a lonely point becomes a dot.
fn path(writer: &mut Writer, class: &str, points: &[Option<f64>], (x, y): (&Linear, &Linear)) {
    let known = |index: usize| points.get(index).copied().flatten().filter(|value| value.is_finite());
    let mut d = String::new();
    for index in 0..points.len() {
        let Some(value) = known(index) else { continue };
        let before = index.checked_sub(1).and_then(known).is_some();
        let letter = if before { "L" } else { "M" };
        d.push_str(&format!("{letter}{} {}", N(x.at(index as f64)), N(y.at(value))));
        if !before && known(index + 1).is_none() {
            d.push_str("h0");
        }
    }
    if !d.is_empty() {
        writer.empty("path", &[("class", &class), ("d", &d)]);
    }
}

fn class(index: usize) -> String {
    format!("line l{}", index.min(3) + 1)
}
