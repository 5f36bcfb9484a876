//! The published weighted score: how a project earns its points.
//!
//! `benefit = Σ weight × score`, in whole *points*: one point is one unit of weight times one unit of
//! score. Every score is 0 to 100 and already turned so that more is better. Nothing is normalised or
//! rounded, so anybody can repeat the sum by hand.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The highest score a project can have on one criterion.
pub const SCORE_MAX: u8 = 100;
/// The most criteria one set can hold.
pub const CRITERIA_MAX: usize = 100;
/// The highest weight: with 100 criteria and scores of 100 every sum stays exact.
pub const WEIGHT_MAX: u32 = 1_000_000;

/// One published criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its short name, unique in the set.
    pub code: String,
    /// Its weight, a positive whole number in any unit.
    pub weight: u32,
}

/// A checked set of criteria, in the published order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Criteria(Vec<Criterion>);

/// Why a list is not a set of criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum CriteriaFault {
    /// There is no criterion.
    #[error("there is no criterion")]
    Empty,
    /// There are more than [`CRITERIA_MAX`].
    #[error("{count} criteria are too many")]
    TooMany {
        /// How many were given.
        count: usize,
    },
    /// A criterion has no code.
    #[error("criterion {position} has no code")]
    CodeMissing {
        /// Its place in the list, from 1.
        position: usize,
    },
    /// Two criteria share a code.
    #[error("the code {code:?} is used twice")]
    CodeTwice {
        /// The code.
        code: String,
    },
    /// A weight is zero or above [`WEIGHT_MAX`].
    #[error("the weight {weight} of {code:?} is outside 1..={WEIGHT_MAX}")]
    Weight {
        /// The criterion.
        code: String,
        /// The weight given.
        weight: u32,
    },
}

/// A score that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum ScoreFault {
    /// A score is above [`SCORE_MAX`].
    #[error("the score {score} for {code:?} is above {SCORE_MAX}")]
    TooHigh {
        /// The criterion.
        code: String,
        /// The score given.
        score: u8,
    },
    /// One criterion has two scores.
    #[error("{code:?} is scored twice")]
    Twice {
        /// The criterion.
        code: String,
    },
}

/// What the scores of one project amount to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "assessment", rename_all = "snake_case")]
pub enum Assessment {
    /// Every criterion has a score.
    Scored {
        /// Total points.
        benefit: u64,
    },
    /// Scores are missing, so the project cannot be compared with others yet.
    Missing {
        /// Codes of the criteria without a score, in the published order.
        missing: Vec<String>,
    },
}

/// One criterion's share of a project's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The criterion.
    pub code: String,
    /// Its weight.
    pub weight: u32,
    /// The project's score, `None` when nobody has given one.
    pub score: Option<u8>,
    /// `weight × score`, 0 without a score.
    pub points: u64,
}

impl Assessment {
    /// The points, or `None` when scores are missing.
    pub const fn benefit(&self) -> Option<u64> {
        match self {
            Self::Scored { benefit } => Some(*benefit),
            Self::Missing { .. } => None,
        }
    }
}

impl Criteria {
    /// Checks a published list.
    ///
    /// # Errors
    /// Every [`CriteriaFault`] of the list, in its order.
    pub fn new(criteria: Vec<Criterion>) -> Result<Self, Vec<CriteriaFault>> {
        let mut faults = Vec::new();
        if criteria.is_empty() {
            faults.push(CriteriaFault::Empty);
        }
        if criteria.len() > CRITERIA_MAX {
            return Err(vec![CriteriaFault::TooMany { count: criteria.len() }]);
        }
        let mut seen = BTreeSet::new();
        for (index, criterion) in criteria.iter().enumerate() {
            if criterion.code.trim().is_empty() {
                faults.push(CriteriaFault::CodeMissing { position: index + 1 });
            } else if !seen.insert(criterion.code.as_str()) {
                faults.push(CriteriaFault::CodeTwice { code: criterion.code.clone() });
            }
            if !(1..=WEIGHT_MAX).contains(&criterion.weight) {
                let (code, weight) = (criterion.code.clone(), criterion.weight);
                faults.push(CriteriaFault::Weight { code, weight });
            }
        }
        if faults.is_empty() { Ok(Self(criteria)) } else { Err(faults) }
    }

    /// The criteria in the published order.
    pub fn list(&self) -> &[Criterion] {
        &self.0
    }

    /// The points of a project with the highest score everywhere.
    pub fn benefit_max(&self) -> u64 {
        self.0.iter().map(|c| u64::from(c.weight) * u64::from(SCORE_MAX)).sum()
    }

    /// The total points of a project, or what is missing. Scores on criteria outside this set do not
    /// count.
    ///
    /// # Errors
    /// The first [`ScoreFault`] in the published order.
    pub fn assess(&self, scores: &[(String, u8)]) -> Result<Assessment, ScoreFault> {
        let parts = self.parts(scores)?;
        let missing: Vec<String> =
            parts.iter().filter(|part| part.score.is_none()).map(|part| part.code.clone()).collect();
        Ok(if missing.is_empty() {
            Assessment::Scored { benefit: parts.iter().map(|part| part.points).sum() }
        } else {
            Assessment::Missing { missing }
        })
    }

    /// What each criterion adds, in the published order; the points sum to the benefit.
    ///
    /// # Errors
    /// The first [`ScoreFault`] in the published order.
    pub fn parts(&self, scores: &[(String, u8)]) -> Result<Vec<Part>, ScoreFault> {
        let part = |criterion: &Criterion| {
            let code = || criterion.code.clone();
            let mut given = scores.iter().filter(|(of, _)| *of == criterion.code).map(|(_, score)| *score);
            let score = given.next();
            if given.next().is_some() {
                return Err(ScoreFault::Twice { code: code() });
            }
            if let Some(score) = score.filter(|score| *score > SCORE_MAX) {
                return Err(ScoreFault::TooHigh { code: code(), score });
            }
            let points = u64::from(criterion.weight) * u64::from(score.unwrap_or(0));
            Ok(Part { code: code(), weight: criterion.weight, score, points })
        };
        self.0.iter().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn criteria(list: &[(&str, u32)]) -> Result<Criteria, Vec<CriteriaFault>> {
        Criteria::new(
            list.iter()
                .map(|(code, weight)| Criterion { code: (*code).to_owned(), weight: *weight })
                .collect(),
        )
    }

    fn scores(list: &[(&str, u8)]) -> Vec<(String, u8)> {
        list.iter().map(|(code, score)| ((*code).to_owned(), *score)).collect()
    }

    #[test]
    fn points_are_weight_times_score() {
        let set = criteria(&[("need", 5), ("reach", 3)]).unwrap();
        let got = set.assess(&scores(&[("need", 80), ("reach", 100), ("other", 50)]));
        assert_eq!(got, Ok(Assessment::Scored { benefit: 700 }));
        assert_eq!(set.benefit_max(), 800);
    }

    #[test]
    fn a_missing_score_is_not_a_zero() {
        let set = criteria(&[("need", 5), ("reach", 3), ("ready", 2)]).unwrap();
        let got = set.assess(&scores(&[("reach", 0)]));
        assert_eq!(got, Ok(Assessment::Missing { missing: vec!["need".to_owned(), "ready".to_owned()] }));
        let high = ScoreFault::TooHigh { code: "need".to_owned(), score: 101 };
        assert_eq!(set.assess(&scores(&[("need", 101)])), Err(high));
        let twice = ScoreFault::Twice { code: "reach".to_owned() };
        assert_eq!(set.assess(&scores(&[("reach", 1), ("reach", 2)])), Err(twice));
    }

    #[test]
    fn every_fault_of_a_list_is_told() {
        assert_eq!(criteria(&[]), Err(vec![CriteriaFault::Empty]));
        let faults = criteria(&[("a", 0), ("a", 1), (" ", 1)]).unwrap_err();
        assert_eq!(
            faults,
            [
                CriteriaFault::Weight { code: "a".to_owned(), weight: 0 },
                CriteriaFault::CodeTwice { code: "a".to_owned() },
                CriteriaFault::CodeMissing { position: 3 },
            ]
        );
    }
}
