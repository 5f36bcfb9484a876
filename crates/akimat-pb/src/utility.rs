//! What a mark is worth to the voter: units from the ballot, times the cost where the rule says so.

use crate::election::VoteType;
use serde::{Deserialize, Serialize};

/// What one mark counts, in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Units {
    /// One for each project on the ballot; with points, for each above zero points.
    Marks,
    /// The points of the ballot; one for a mark without points.
    Points,
    /// Length of the ballot minus place: the last gets nothing, as in pabutools.
    Borda,
    /// Length of the longest ballot allowed minus place plus one: 3, 2, 1 where three may be ranked, as in Kraków.
    Ranks,
}

/// What a voter gains from a project that is built: units, or units times the cost of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utility {
    /// What a mark counts.
    pub units: Units,
    /// The gain grows with the cost: money spent on what one wants.
    pub times_cost: bool,
}

impl Utility {
    /// Each wanted project counts its cost.
    pub const COST: Self = Self { units: Units::Marks, times_cost: true };
    /// Each wanted project counts one.
    pub const CARDINALITY: Self = Self { units: Units::Marks, times_cost: false };
    /// Points of the ballot.
    pub const POINTS: Self = Self { units: Units::Points, times_cost: false };
    /// Borda's count.
    pub const BORDA: Self = Self { units: Units::Borda, times_cost: false };
    /// Points times cost: greedy then takes the highest score first.
    pub const COST_POINTS: Self = Self { units: Units::Points, times_cost: true };
    /// Score of the ranks times cost: greedy then takes the highest score first.
    pub const COST_RANKS: Self = Self { units: Units::Ranks, times_cost: true };

    /// All utilities with the names that the command line and the files use.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("cost", Self::COST),
        ("cardinality", Self::CARDINALITY),
        ("points", Self::POINTS),
        ("borda", Self::BORDA),
        ("cost-points", Self::COST_POINTS),
        ("cost-ranks", Self::COST_RANKS),
    ];

    /// The name of the utility.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, utility)| *utility == self).map_or("units", |(name, _)| name)
    }

    /// Reads [`Utility::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, utility)| *utility)
    }
}

impl Units {
    /// Ballots of this kind carry what the units need.
    #[must_use]
    pub const fn fits(self, vote_type: VoteType) -> bool {
        match self {
            Self::Marks => true,
            Self::Points => vote_type.has_points(),
            Self::Borda | Self::Ranks => matches!(vote_type, VoteType::Ordinal),
        }
    }
}
