//! A plan over the years: a row a project, a box a year in which it is paid, striped by source of money.

use super::Words;
use super::bar::open_track;
use super::legend::{self, Entry};
use crate::kit::svg::{Markup, N, Percent, Writer};

/// One project.
#[derive(Clone, Debug)]
pub struct GanttRow {
    /// Its name.
    pub label: String,
    /// What it is paid, by year and then by source; not paid where zero.
    pub paid: Vec<Vec<f64>>,
    /// Years and cost in words.
    pub text: String,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Gantt {
    /// The years.
    pub years: Vec<String>,
    /// Names of the sources of money, at most seven.
    pub sources: Vec<String>,
    /// The projects.
    pub rows: Vec<GanttRow>,
}

/// Height of a row, in units of the drawing.
const HEIGHT: f64 = 18.0;
/// Colours of the kit for parts.
const PARTS: usize = 7;

/// A row a project; the stripes of a box are as high as the shares of the sources in that year.
pub fn gantt(words: &Words, data: &Gantt) -> Markup {
    let mut writer = Writer::new();
    words.open(&mut writer, "gantt");
    let entries: Vec<Entry> = data
        .sources
        .iter()
        .enumerate()
        .map(|(source, label)| Entry {
            class: format!("part p{}", source % PARTS + 1),
            label: label.clone(),
            line: false,
        })
        .collect();
    legend::write(&mut writer, &entries);
    writer.open("div", &[("role", &"img"), ("class", &"bars-rows"), ("aria-labelledby", &words.labelled())]);
    axis(&mut writer, &data.years);
    for row in &data.rows {
        writer.leaf("span", &[("class", &"bars-label")], &row.label);
        open_track(&mut writer);
        let width = 100.0 / data.years.len().max(1) as f64;
        for (year, paid) in row.paid.iter().take(data.years.len()).enumerate() {
            cell(&mut writer, (year as f64 * width, width), paid);
        }
        for year in 1..data.years.len() {
            let x = Percent(year as f64 * width);
            writer
                .empty("line", &[("class", &"grid"), ("x1", &x), ("x2", &x), ("y1", &0), ("y2", &N(HEIGHT))]);
        }
        writer.close("svg").leaf("span", &[("class", &"bars-value")], &row.text);
    }
    writer.close("div").close("div");
    writer.finish()
}

/// The years above the rows.
fn axis(writer: &mut Writer, years: &[String]) {
    writer.leaf("span", &[("class", &"bars-label")], "");
    writer.open(
        "svg",
        &[("class", &"bars-track"), ("width", &"100%"), ("height", &N(HEIGHT)), ("aria-hidden", &"true")],
    );
    let width = 100.0 / years.len().max(1) as f64;
    for (index, year) in years.iter().enumerate() {
        let x = Percent((index as f64 + 0.5) * width);
        writer.leaf("text", &[("class", &"axis axis-x"), ("x", &x), ("y", &13)], year);
    }
    writer.close("svg").leaf("span", &[("class", &"bars-value")], "");
}

fn cell(writer: &mut Writer, (x, width): (f64, f64), paid: &[f64]) {
    let amount = |value: &f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    let total: f64 = paid.iter().map(amount).sum();
    if !(total > 0.0 && total.is_finite()) {
        return;
    }
    let mut y = 0.0;
    for (source, value) in paid.iter().enumerate() {
        let height = amount(value) / total * HEIGHT;
        if height > 0.0 {
            let class = format!("p{}", source % PARTS + 1);
            let (x, width) = (Percent(x), Percent(width));
            writer.empty(
                "rect",
                &[("class", &class), ("x", &x), ("y", &N(y)), ("width", &width), ("height", &N(height))],
            );
        }
        y += height;
    }
}
