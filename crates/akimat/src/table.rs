//! Tables in plain text: columns as wide as their widest cell.

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Lays rows out; each has as many cells as `align`. Two blanks stand between columns and before the first.
pub(crate) fn lay_out(align: &[Align], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..align.len())
        .map(|at| {
            rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for ((cell, width), align) in row.iter().zip(&widths).zip(align) {
            line.push_str("  ");
            match align {
                Align::Left => line.push_str(&format!("{cell:<width$}")),
                Align::Right => line.push_str(&format!("{cell:>width$}")),
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_under_figures() {
        let rows = [vec!["Салық".to_owned(), "1.5".to_owned()], vec!["X".to_owned(), "100.0".to_owned()]];
        assert_eq!(lay_out(&[Align::Left, Align::Right], &rows), "  Салық    1.5\n  X      100.0\n");
    }
}
