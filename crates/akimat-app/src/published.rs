//! What the platform publishes before anybody has approved a set of criteria of a territory: criteria with their
//! weights for a first set, for scores in the register and for a first ranking, and the money that forms offer first.

use akimat_core::{Money, Text};
use serde::{Deserialize, Serialize};

/// One published criterion with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedCriterion {
    /// Short name.
    pub code: String,
    /// Weight, whole, positive.
    pub weight: u32,
    /// Name.
    pub title: Text,
    /// What a score of 0 and of 100 means.
    pub help: Text,
}

/// The published criteria with the money that forms offer first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The criteria in the published order.
    pub criteria: Vec<PublishedCriterion>,
    /// First offer: year and money.
    pub envelopes: Vec<(i16, Money)>,
}
