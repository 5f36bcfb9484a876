//! Charts of rows: label, bar, value.

use super::{INNER, LINE, MARGIN, Sheet, TEXT, words};
use crate::font;
use resvg::usvg::roxmltree::Node;

/// One row: its label, what is drawn, its value.
#[derive(Default)]
struct Row<'a, 'i> {
    /// A heading above, over the whole width.
    heading: String,
    label: String,
    strong: bool,
    drawing: Option<Node<'a, 'i>>,
    value: String,
}

/// Rows with their labels in a column, wrapped; values in a column at the end.
pub(super) fn rows(sheet: &mut Sheet, node: Node<'_, '_>) {
    let rows = read(node);
    let widest = |of: &dyn Fn(&Row<'_, '_>) -> f32| rows.iter().map(of).fold(0.0, f32::max);
    // The fonts of a reader's machine may be somewhat wider than ours.
    let value = (widest(&|row| font::width(&row.value, TEXT)) * 1.12).min(INNER * 0.35);
    let label = (widest(&|row| font::width(&row.label, TEXT)) * 1.08 + 14.0).min(INNER * 0.4);
    let track = INNER - label - value - 14.0;
    for row in &rows {
        if !row.heading.is_empty() {
            sheet.y += 6.0;
            for line in font::wrap(&row.heading, TEXT, INNER) {
                sheet.y += LINE;
                sheet.text((MARGIN, sheet.y), &line, &[("class", "strong")]);
            }
            sheet.y += 5.0;
        }
        let lines = font::wrap(&row.label, TEXT, label - 14.0);
        let values = font::wrap(&row.value, TEXT, value.max(1.0));
        let high = lines.len().max(values.len()).max(1) as f32 * LINE;
        let middle = sheet.y + high / 2.0;
        let class = if row.strong { "strong" } else { "label" };
        column(sheet, &lines, (MARGIN, middle), class);
        column(sheet, &values, (MARGIN + INNER, middle), "value");
        if let Some(drawing) = row.drawing {
            let tall = drawing.attribute("height").and_then(|height| height.parse().ok()).unwrap_or(LINE);
            sheet.drawing((MARGIN + label, middle - tall / 2.0), (track, 1.0), drawing);
        }
        sheet.y += high + 7.0;
    }
}

/// Lines centred about a height.
fn column(sheet: &mut Sheet, lines: &[String], (x, middle): (f32, f32), class: &str) {
    let first = middle - (lines.len() as f32 - 1.0) * LINE / 2.0 + 5.0;
    for (index, line) in lines.iter().enumerate() {
        sheet.text((x, first + index as f32 * LINE), line, &[("class", class)]);
    }
}

/// Reads label, drawing and value in the order of the markup; a row ends with its value, or with a drawing that
/// has none, as an axis below.
fn read<'a, 'i>(node: Node<'a, 'i>) -> Vec<Row<'a, 'i>> {
    let mut rows: Vec<Row<'a, 'i>> = Vec::new();
    let mut row = Row::default();
    for child in node.children().filter(Node::is_element) {
        let class = child.attribute("class").unwrap_or_default();
        match child.tag_name().name() {
            "svg" => row.drawing = Some(child),
            _ if class.ends_with("-group") => row.heading = words(child),
            _ if class.contains("-label") => {
                row.label = words(child);
                row.strong = class.contains("-total");
            }
            _ => {
                row.value = words(child);
                rows.push(std::mem::take(&mut row));
            }
        }
    }
    if row.drawing.is_some() {
        rows.push(row);
    }
    rows
}
