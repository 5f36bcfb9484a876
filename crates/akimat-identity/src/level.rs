//! How much is known about a person.

use serde::{Deserialize, Serialize};

/// Four steps, each of which includes those below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 0: nothing is known.
    #[default]
    Anonymous,
    /// 1: an address or a phone number answers.
    Contact,
    /// 2: somebody checked that the person lives here.
    Resident,
    /// 3: the national identifier is known, as a keyed hash: one person, one account.
    Identified,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 4] = [Self::Anonymous, Self::Contact, Self::Resident, Self::Identified];

    /// 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::Anonymous => 0,
            Self::Contact => 1,
            Self::Resident => 2,
            Self::Identified => 3,
        }
    }

    /// Reads 0 to 3.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }

    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Contact => "contact",
            Self::Resident => "resident",
            Self::Identified => "identified",
        }
    }
}
