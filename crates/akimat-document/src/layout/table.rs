//! Tables: widths of columns, rows over pages with the head repeated.

use super::{BOTTOM, Face, Layout, MARGIN, Op, Part, ROOM};
use crate::document::Table;
use crate::font::{width, wrap, writable};

const PAD: f32 = 4.0;
const LEADING: f32 = 1.3;
/// Lines of one cell; a cell is no place for a chapter.
const CELL_LINES_MAX: usize = 24;
/// Narrowest column, in points.
const NARROWEST: f32 = 24.0;

struct Grid {
    size: f32,
    widths: Vec<f32>,
    numbers: Vec<bool>,
}

pub(super) fn lay_out(layout: &mut Layout, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let grid = grid(table);
    let caption = (!table.caption.is_empty()).then(|| layout.leaf());
    if caption.is_some() {
        if !layout.fits(70.0) {
            layout.new_page();
        }
        layout.lines(&table.caption, Face::bold(9.5), caption);
        layout.y += 3.0;
    }
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let head: Vec<usize> = titles.iter().map(|_| layout.leaf()).collect();
    let leaves: Vec<Option<usize>> = head.iter().copied().map(Some).collect();
    row(layout, &grid, &titles, (&leaves, true));
    let mut rows = Vec::with_capacity(table.rows.len());
    for cells in &table.rows {
        let lines = measure(&grid, cells, false);
        if !layout.fits(height(&grid, &lines)) {
            layout.new_page();
            // The head again; for those who listen, once was enough.
            row(layout, &grid, &titles, (&[], true));
        }
        let leaves: Vec<usize> = cells.iter().take(grid.widths.len()).map(|_| layout.leaf()).collect();
        let known: Vec<Option<usize>> = leaves.iter().copied().map(Some).collect();
        row(layout, &grid, cells, (&known, false));
        rows.push(leaves);
    }
    layout.y += 8.0;
    layout.parts.push(Part::Table { caption, head, rows });
}

/// Widths: what each column needs if there is room; otherwise numbers keep theirs and words share the rest.
fn grid(table: &Table) -> Grid {
    let count = table.columns.len();
    let size = if count > 9 {
        6.5
    } else if count > 6 {
        7.5
    } else {
        8.5
    };
    // A sample is enough to choose widths, and keeps long tables quick.
    let sample = || table.rows.iter().step_by(table.rows.len() / 400 + 1);
    let needed: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cells = sample().filter_map(|row| row.get(index)).map(|cell| clipped(cell));
            let widest = cells.map(|cell| width(&cell, size)).fold(0.0, f32::max);
            let title =
                column.title.split_whitespace().map(|word| width(word, size) * 1.06).fold(0.0, f32::max);
            widest.max(title).max(NARROWEST) + 2.0 * PAD + 1.0
        })
        .collect();
    let total: f32 = needed.iter().sum();
    let widths = if total <= ROOM {
        // The first column takes what is left, unless that would tear the row apart.
        let spare = (ROOM - total).min(160.0);
        needed.iter().enumerate().map(|(index, need)| if index == 0 { need + spare } else { *need }).collect()
    } else {
        squeeze(table, &needed)
    };
    Grid { size, widths, numbers: table.columns.iter().map(|column| column.number).collect() }
}

fn squeeze(table: &Table, needed: &[f32]) -> Vec<f32> {
    let is_number = |index: usize| table.columns.get(index).is_some_and(|column| column.number);
    let numbers: f32 =
        needed.iter().enumerate().filter(|(index, _)| is_number(*index)).map(|(_, need)| need).sum();
    let words = needed.iter().enumerate().filter(|(index, _)| !is_number(*index));
    let words: f32 = words.map(|(_, need)| need).sum();
    let left = ROOM - numbers;
    if words > 0.0 && left >= ROOM * 0.25 {
        return needed
            .iter()
            .enumerate()
            .map(|(index, need)| if is_number(index) { *need } else { need / words * left })
            .collect();
    }
    let total: f32 = needed.iter().sum();
    needed.iter().map(|need| need / total * ROOM).collect()
}

/// A cell as it can be written, not longer than any cell shows.
fn clipped(cell: &str) -> String {
    writable(&cell.chars().take(1_500).collect::<String>())
}

fn measure(grid: &Grid, cells: &[String], bold: bool) -> Vec<Vec<String>> {
    let cells = cells.iter().zip(&grid.widths);
    cells
        .map(|(cell, wide)| {
            let room = (wide - 2.0 * PAD) * if bold { 0.96 } else { 1.0 };
            let mut lines = wrap(&clipped(cell), grid.size, room);
            if lines.len() > CELL_LINES_MAX {
                lines.truncate(CELL_LINES_MAX);
                if let Some(last) = lines.last_mut() {
                    last.pop();
                    last.push('…');
                }
            }
            lines
        })
        .collect()
}

fn height(grid: &Grid, lines: &[Vec<String>]) -> f32 {
    let most = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
    most as f32 * grid.size * LEADING + 2.0 * PAD
}

fn row(layout: &mut Layout, grid: &Grid, cells: &[String], (leaves, head): (&[Option<usize>], bool)) {
    let lines = measure(grid, cells, head);
    let high = height(grid, &lines);
    if layout.y + high > BOTTOM {
        layout.new_page();
    }
    let top = layout.y;
    let wide: f32 = grid.widths.iter().sum();
    if head {
        layout.op(Op::Shade { at: (MARGIN, top), size: (wide, high) });
    }
    let mut x = MARGIN;
    for (index, (lines, column)) in lines.iter().zip(&grid.widths).enumerate() {
        let number = grid.numbers.get(index).copied().unwrap_or(false);
        let face = if head { Face::bold(grid.size) } else { Face::of(grid.size) };
        for (at, line) in lines.iter().enumerate() {
            let y = top + PAD + (at as f32 + 0.8) * grid.size * LEADING;
            let indent = if number { column - PAD - width(line, grid.size) } else { PAD };
            layout.text((x + indent, y), line, face, leaves.get(index).copied().flatten());
        }
        x += column;
    }
    layout.y += high;
    layout.op(Op::Rule { from: (MARGIN, layout.y), length: wide, strong: head });
}
