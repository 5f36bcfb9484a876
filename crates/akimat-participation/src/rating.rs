//! Ratings: one person, one vote on each project, changeable.

use akimat_core::Ratio;
use serde::{Deserialize, Serialize};

/// A vote of 1 (poor) to 5 (excellent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rating(u8);

impl Rating {
    /// `None` outside 1 to 5.
    pub fn new(value: u8) -> Option<Self> {
        (1..=5).contains(&value).then_some(Self(value))
    }

    /// 1 to 5.
    pub const fn value(self) -> u8 {
        self.0
    }
}

/// How many gave each value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingSummary {
    /// Votes for 1, 2, 3, 4, 5.
    pub counts: [u64; 5],
}

impl RatingSummary {
    /// Number of votes.
    pub fn n_votes(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Mean of the votes; `None` without votes.
    pub fn mean(&self) -> Option<Ratio> {
        let sum: u64 = self.counts.iter().zip(1..).map(|(count, value)| count * value).sum();
        Ratio::new(i128::from(sum), i128::from(self.n_votes()))
    }
}
