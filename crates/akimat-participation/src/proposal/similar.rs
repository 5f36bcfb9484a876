//! Which proposals say nearly the same: by words of their titles and by place.

use super::Proposal;
use akimat_core::{Lang, ProposalId};
use std::collections::BTreeSet;

/// Words shorter than this say little.
const CHARS_MIN: usize = 4;
/// Letters at the beginning of a word that are compared: endings differ in Kazakh and Russian.
const STEM: usize = 5;
/// Metres within which two points are one place.
const NEAR_METRES: f64 = 250.0;

/// How much two proposals are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    /// Beginnings of words that both titles have.
    pub words: usize,
    /// They are in the same place.
    pub near: bool,
}

fn stems(proposal: &Proposal) -> BTreeSet<String> {
    let titles = Lang::ALL.into_iter().map(|lang| proposal.title.exact(lang).to_lowercase());
    titles
        .flat_map(|title| {
            title
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() >= CHARS_MIN)
                .map(|word| word.chars().take(STEM).collect())
                .collect::<Vec<String>>()
        })
        .collect()
}

fn near(a: &Proposal, b: &Proposal) -> bool {
    let (Some(a), Some(b)) = (a.point, b.point) else { return false };
    let degrees = |millionths: i32| f64::from(millionths) / 1e6;
    let north = (degrees(a.lat) - degrees(b.lat)) * 111_320.0;
    let east = (degrees(a.lon) - degrees(b.lon)) * 111_320.0 * degrees(a.lat).to_radians().cos();
    north.hypot(east) <= NEAR_METRES
}

/// Proposals that a proposal is like: those with two words in common, or with one in the same place or category of the
/// same envelope; the most alike first, at most `limit`.
pub fn similar(own: &Proposal, others: &[Proposal], limit: usize) -> Vec<(ProposalId, Likeness)> {
    let words = stems(own);
    let mut found: Vec<(ProposalId, Likeness)> = others
        .iter()
        .filter(|other| other.id != own.id && other.state.public())
        .filter_map(|other| {
            let likeness =
                Likeness { words: words.intersection(&stems(other)).count(), near: near(own, other) };
            let same = other.category == own.category && other.envelope == own.envelope;
            let alike = likeness.words >= 2 || likeness.near || (likeness.words == 1 && same);
            alike.then_some((other.id, likeness))
        })
        .collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(limit);
    found
}
