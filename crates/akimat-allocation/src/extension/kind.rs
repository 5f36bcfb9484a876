//! The kinds of rows and columns that extensions add.

use crate::relax::Side;

/// What a row or a column of an extension belongs to; the number stands in [`crate::model::Rule::Extension`]
/// and [`crate::model::Variable::Auxiliary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Slack of a rule that may give way.
    Slack,
    /// Starts of a sector in a year: index `entry * 100 + year`.
    Capacity,
    /// Obligations of a source in a year against revenue: index `entry * 100 + year`.
    Obligation,
    /// The least benefit of a district, in units of 1e-4 points: index is the district.
    Benefit,
    /// Links of a synergy: index is the pair.
    Synergy,
    /// Money carried over: index `source * 100 + year`.
    Carry,
    /// The margin of a robust cap: index is its place.
    Margin,
    /// Tail mean of scenarios: index is its place.
    TailMean,
    /// The constant of stability.
    Stability,
    /// Levels of fairness.
    Level,
    /// Distance from a plan already known.
    Distance,
}

const ALL: [(Kind, &str); 11] = [
    (Kind::Slack, "slack"),
    (Kind::Capacity, "capacity"),
    (Kind::Obligation, "obligation"),
    (Kind::Benefit, "benefit"),
    (Kind::Synergy, "synergy"),
    (Kind::Carry, "carry"),
    (Kind::Margin, "margin"),
    (Kind::TailMean, "tail_mean"),
    (Kind::Stability, "stability"),
    (Kind::Level, "level"),
    (Kind::Distance, "distance"),
];

impl Kind {
    /// The number in rules and variables.
    pub const fn number(self) -> u8 {
        match self {
            Self::Slack => 0,
            Self::Capacity => 1,
            Self::Obligation => 2,
            Self::Benefit => 3,
            Self::Synergy => 4,
            Self::Carry => 5,
            Self::Margin => 6,
            Self::TailMean => 7,
            Self::Stability => 8,
            Self::Level => 9,
            Self::Distance => 10,
        }
    }

    /// The kind of a number.
    pub fn from_number(number: u8) -> Option<Self> {
        ALL.into_iter().map(|(kind, _)| kind).find(|kind| kind.number() == number)
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        ALL.into_iter().find(|(kind, _)| *kind == self).map_or("extension", |(_, name)| name)
    }

    /// Which way a rule of this kind can give.
    pub(crate) fn side(self) -> Option<Side> {
        match self {
            Self::Capacity | Self::Obligation => Some(Side::Cap),
            Self::Benefit => Some(Side::Floor),
            _ => None,
        }
    }
}
