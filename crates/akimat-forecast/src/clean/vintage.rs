//! Two vintages of one history: what was known then and what is stated now.

use super::Why;
use serde::Serialize;

/// A period whose figure changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Revision {
    /// Position from 0 in the newer vintage.
    pub index: usize,
    /// What the older vintage states; `None` where it had no figure.
    pub was: Option<f64>,
    /// What the newer one states; `None` where the figure was taken back.
    pub now: Option<f64>,
    /// Always [`Why::Revised`].
    pub why: Why,
}

/// Figures that differ between two vintages that begin in the same period. Periods after the end of the older one
/// are new, not revised.
pub fn revisions(older: &[Option<f64>], newer: &[Option<f64>]) -> Vec<Revision> {
    let at = |values: &[Option<f64>], i: usize| values.get(i).copied().flatten();
    (0..older.len())
        .map(|index| Revision { index, was: at(older, index), now: at(newer, index), why: Why::Revised })
        .filter(|revision| revision.was != revision.now)
        .collect()
}
