//! The three languages.

use serde::{Deserialize, Serialize};

/// A language of the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Kazakh, the state language.
    #[default]
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    /// Every language, the state language first.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// `kk`, `ru`, `en`: the BCP 47 tag and the first part of every page address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// What the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Kk => "Қазақша",
            Self::Ru => "Русский",
            Self::En => "English",
        }
    }

    /// Reads `kk`, `ru` or `en`.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Position in [`Lang::ALL`].
    pub const fn index(self) -> usize {
        match self {
            Self::Kk => 0,
            Self::Ru => 1,
            Self::En => 2,
        }
    }
}
