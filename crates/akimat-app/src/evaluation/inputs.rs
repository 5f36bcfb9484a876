//! What is known of a project under each criterion.

use crate::criteria_set::{CriteriaDocument, SetCriterion, ValueSource, from_e4};
use akimat_participation::RatingSummary;
use akimat_project::Project;
use akimat_ranking::committee::combine;
use akimat_ranking::mavt::Interval;
use akimat_storage::criteria_set::CriteriaSet;
use akimat_storage::{Score, ScoreRange};
use std::collections::BTreeMap;

/// Votes at the middle that stand beside the real ones, so that one vote alone moves little.
const NEUTRAL_VOTES: f64 = 5.0;
/// The middle of 1 to 5.
const NEUTRAL: f64 = 3.0;

/// The value of a project under a criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InputValue {
    /// Best estimate with its range, in the unit of the criterion.
    pub value: Interval,
    /// People behind it: members of the commission, or residents who voted; 1 for the register.
    pub n: u64,
    /// Lowest and highest best estimate among them.
    pub spread: (f64, f64),
}

/// Support of residents from their ratings, 1 to 5: `(Σ votes + 5·3)/(n + 5)`, with a range of `2/√(n + 1)` to either
/// side. Without votes it is the middle with the whole range, and pages say so.
pub fn support(votes: &RatingSummary) -> InputValue {
    let n = votes.n_votes();
    let sum: f64 =
        votes.counts.iter().zip([1.0, 2.0, 3.0, 4.0, 5.0]).map(|(count, stars)| number(*count) * stars).sum();
    let point = (sum + NEUTRAL_VOTES * NEUTRAL) / (number(n) + NEUTRAL_VOTES);
    let half = 2.0 / (number(n) + 1.0).sqrt();
    let value = Interval { low: (point - half).max(1.0), point, high: (point + half).min(5.0) };
    InputValue { value, n, spread: (point, point) }
}

#[expect(clippy::cast_precision_loss, reason = "votes stay far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

/// Scores of the commission, ready to be looked up.
pub(super) struct Given<'a> {
    document: &'a CriteriaDocument,
    /// By project and place of the criterion in the set: the last score of each person.
    scores: BTreeMap<(akimat_core::ProjectId, usize), Vec<&'a Score>>,
}

impl<'a> Given<'a> {
    pub(super) fn new(
        document: &'a CriteriaDocument,
        versions: &[(CriteriaSet, CriteriaDocument)],
        scores: &'a [Score],
    ) -> Self {
        let mut latest: BTreeMap<_, (u32, &Score)> = BTreeMap::new();
        for score in scores {
            let Some((set, of)) = versions.iter().find(|(set, _)| set.id == score.criteria_set) else {
                continue;
            };
            let Some(old) = of.criteria.iter().find(|criterion| criterion.code == score.criterion) else {
                continue;
            };
            let alike = |new: &SetCriterion| new.measures_like(old);
            let Some(at) = document.criteria.iter().position(alike) else { continue };
            let slot = latest.entry((score.project, at, score.scorer)).or_insert((set.version, score));
            if set.version >= slot.0 {
                *slot = (set.version, score);
            }
        }
        let mut by_project: BTreeMap<_, Vec<&Score>> = BTreeMap::new();
        for ((project, at, _), (_, score)) in latest {
            by_project.entry((project, at)).or_default().push(score);
        }
        Self { document, scores: by_project }
    }

    /// Values of a project in the order of the set.
    pub(super) fn of(&self, project: &Project, votes: Option<&RatingSummary>) -> Vec<Option<InputValue>> {
        let value = |(at, criterion): (usize, &SetCriterion)| match criterion.source {
            ValueSource::Ratings => Some(support(&votes.copied().unwrap_or_default())),
            ValueSource::Register => {
                let score = project.scores.iter().find(|(code, _)| *code == criterion.code)?.1;
                let value = f64::from(score);
                Some(InputValue { value: Interval::exact(value), n: 1, spread: (value, value) })
            }
            ValueSource::Commission => self.commission(project, at),
        };
        self.document.criteria.iter().enumerate().map(value).collect()
    }

    fn commission(&self, project: &Project, at: usize) -> Option<InputValue> {
        let scores = self.scores.get(&(project.id, at))?;
        let ranges: Vec<Interval> = scores.iter().filter_map(|score| score.value).map(interval).collect();
        let combined = combine(&ranges)?;
        let n = u64::try_from(combined.n).unwrap_or(u64::MAX);
        Some(InputValue { value: combined.value, n, spread: combined.spread })
    }
}

fn interval(range: ScoreRange) -> Interval {
    Interval { low: from_e4(range.low), point: from_e4(range.point), high: from_e4(range.high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_vote_moves_little_and_none_says_nothing() {
        let none = support(&RatingSummary::default());
        assert_eq!(none.value, Interval { low: 1.0, point: 3.0, high: 5.0 });
        let one = support(&RatingSummary { counts: [0, 0, 0, 0, 1] });
        assert!((one.value.point - 20.0 / 6.0).abs() < 1e-12);
        let many = support(&RatingSummary { counts: [0, 0, 0, 0, 395] });
        assert!(many.value.point > 4.97 && many.value.high <= 5.0 && many.value.high - many.value.low < 0.2);
    }
}
