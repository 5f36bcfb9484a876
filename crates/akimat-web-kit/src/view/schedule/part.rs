//! What of a long plan is shown at once: as deep as fits, the rest behind links.

use crate::form::Form;
use akimat_delivery::schedule::Outline;
use std::ops::Range;

/// Rows of a table and of a drawing.
pub(super) const ROWS_MAX: usize = 80;

/// The part of a plan that a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Code of the stage whose inside is shown; empty for the whole plan.
    pub code: String,
    /// Positions of the rows.
    pub rows: Vec<usize>,
    /// Which of the rows that could be shown these are, from 0.
    pub range: Range<usize>,
    /// Rows that could be shown at this depth.
    pub total: usize,
}

/// The part that the address asks for by `in` and `from`.
pub fn part(outline: &Outline<'_>, query: &str) -> Part {
    let asked = Form::parse(query.as_bytes());
    let wanted = asked.get("in");
    let root = outline.items().iter().position(|item| !wanted.is_empty() && item.code == wanted);
    let all: Vec<usize> = match root {
        Some(at) => std::iter::once(at).chain(outline.inside(at)).collect(),
        None => (0..outline.items().len()).collect(),
    };
    let depth = |at: &usize| outline.items()[*at].depth();
    let least = root.map_or(1, |at| depth(&at) + 1);
    let deepest = all.iter().map(depth).max().unwrap_or(least);
    let fits = |limit: &usize| all.iter().filter(|at| depth(at) <= *limit).count() <= ROWS_MAX;
    let limit = (least..=deepest).rev().find(fits).unwrap_or(least);
    let could: Vec<usize> = all.into_iter().filter(|at| depth(at) <= limit).collect();
    let from = asked.get("from").parse().unwrap_or(0_usize);
    let from = if from < could.len() { from } else { 0 };
    let range = from..could.len().min(from + ROWS_MAX);
    Part {
        code: root.map_or_else(String::new, |at| outline.items()[at].code.clone()),
        rows: could[range.clone()].to_vec(),
        range,
        total: could.len(),
    }
}

impl Part {
    /// The query that shows what lies inside an item; empty when it is shown, or there is nothing.
    pub fn more(&self, outline: &Outline<'_>, at: usize) -> String {
        let item = outline.items()[at];
        let hidden = outline.inside(at).next().is_some_and(|inner| self.rows.binary_search(&inner).is_err());
        if hidden && item.code != self.code { format!("?in={}#work", item.code) } else { String::new() }
    }

    /// Queries of the part before and the part after; empty where there is none.
    pub fn pages(&self) -> (String, String) {
        let at = |from: usize| {
            let inside = if self.code.is_empty() { String::new() } else { format!("in={}&", self.code) };
            format!("?{inside}from={from}#work")
        };
        let before =
            if self.range.start == 0 { String::new() } else { at(self.range.start.saturating_sub(ROWS_MAX)) };
        let after = if self.range.end < self.total { at(self.range.end) } else { String::new() };
        (before, after)
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS_MAX, part};
    use akimat_delivery::schedule::Plan;
    use akimat_delivery::schedule::plan::Item;

    fn plan(codes: impl Iterator<Item = String>) -> Plan {
        let items = codes.map(|code| Item { id: code.clone(), code, ..Item::default() }).collect();
        Plan { items, ..Plan::default() }
    }

    #[test]
    fn a_short_plan_is_shown_whole_and_a_long_one_by_its_stages() {
        let short = plan((1..=9).map(|n| n.to_string()).chain(["1.1".to_owned()]));
        let shown = part(&short.outline(), "");
        assert_eq!((shown.rows.len(), shown.pages()), (10, (String::new(), String::new())));
        let stages = (1..=20).map(|n| n.to_string());
        let works = (1..=20).flat_map(|n| (1..=50).map(move |m| format!("{n}.{m}")));
        let long = plan(stages.chain(works));
        let outline = long.outline();
        let shown = part(&outline, "");
        assert_eq!(shown.rows.len(), 20);
        assert_eq!(shown.more(&outline, shown.rows[1]), "?in=2#work");
        let inside = part(&outline, "in=2");
        assert_eq!((inside.rows.len(), inside.more(&outline, inside.rows[0])), (51, String::new()));
        assert_eq!(part(&outline, "in=99").rows.len(), 20);
    }

    #[test]
    fn a_flat_plan_is_turned_page_by_page() {
        let flat = plan((1..=200).map(|n| n.to_string()));
        let outline = flat.outline();
        let first = part(&outline, "");
        assert_eq!((first.rows.len(), first.pages().1), (ROWS_MAX, "?from=80#work".to_owned()));
        let last = part(&outline, "from=160");
        assert_eq!((last.rows.len(), last.pages()), (40, ("?from=80#work".to_owned(), String::new())));
        assert_eq!(part(&outline, "from=999").range.start, 0);
        assert_eq!(part(&plan(std::iter::empty()).outline(), "from=5").rows.len(), 0);
    }
}
