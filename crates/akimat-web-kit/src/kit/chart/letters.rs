//! Breaking labels into lines: a drawing cannot wrap text by itself.

/// Width of a letter of a label, in units of the drawing; Cyrillic letters are wide.
pub(super) const LETTER: f64 = 7.9;

/// Height of a line of a label.
pub(super) const LINE: f64 = 15.0;

/// How many letters fit into a width, at least three.
pub(super) fn fit(width: f64) -> usize {
    (3..200)
        .take_while(|count| f64::from(*count) * LETTER <= width)
        .last()
        .map_or(3, |count: u16| count.into())
}

/// The words of a label in lines of at most `letters`, at most `lines_max` of them; a word longer than a
/// line is broken, and what does not fit ends in an ellipsis.
pub(super) fn wrap(text: &str, letters: usize, lines_max: usize) -> Vec<String> {
    let letters = letters.max(2);
    let mut lines: Vec<String> = Vec::new();
    // Longer labels than any real one are cut before they cost anything.
    let text: String = text.chars().take(400).collect();
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        while rest.len() > letters {
            // After a hyphen of its own, or else with one of ours.
            let own = rest.iter().take(letters).rposition(|sign| *sign == '-').map(|at| at + 1);
            let head: String = rest.drain(..own.unwrap_or(letters - 1)).collect();
            lines.push(if own.is_some() { head } else { format!("{head}-") });
        }
        let tail: String = rest.into_iter().collect();
        match lines.last_mut() {
            Some(line)
                if !line.ends_with('-') && line.chars().count() + 1 + tail.chars().count() <= letters =>
            {
                line.push(' ');
                line.push_str(&tail);
            }
            _ => lines.push(tail),
        }
    }
    if lines.len() > lines_max.max(1) {
        lines.truncate(lines_max.max(1));
        if let Some(last) = lines.last_mut() {
            let kept: String = last.trim_end_matches('-').chars().take(letters - 1).collect();
            *last = format!("{}…", kept.trim_end());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_break_at_spaces_and_long_words_anywhere() {
        assert_eq!(wrap("Трансферттер түсімдері", 14, 3), ["Трансферттер", "түсімдері"]);
        assert_eq!(wrap("Мемлекеттік-жекешелік", 12, 3), ["Мемлекеттік-", "жекешелік"]);
        assert_eq!(wrap("a b c d e f", 3, 2), ["a b", "c…"]);
        assert!(wrap("", 5, 2).is_empty());
        assert_eq!(wrap(&"x".repeat(10_000), 10, 2).len(), 2);
        assert_eq!(fit(0.0), 3);
        assert_eq!(fit(80.0), 10);
    }
}
