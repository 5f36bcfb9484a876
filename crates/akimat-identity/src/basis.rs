//! Law or decision that a number rests on, as files state it: in three languages, or once where it is the same in all.

use akimat_core::Text;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(untagged)]
enum Stated {
    Once(String),
    Thrice(Thrice),
}

/// Every language: a text of the law that half of the readers cannot read is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thrice {
    kk: String,
    ru: String,
    en: String,
}

/// Reads it.
pub(crate) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
    Ok(match Stated::deserialize(from)? {
        Stated::Once(text) => Text::same(text),
        Stated::Thrice(Thrice { kk, ru, en }) => Text::new(kk, ru, en),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Line {
        #[serde(deserialize_with = "read")]
        basis: Text,
    }

    #[test]
    fn a_basis_is_read_in_three_languages_or_once() {
        for (json, due) in [
            (r#"{"basis":"No. 5"}"#, Some(Text::same("No. 5"))),
            (r#"{"basis":{"kk":"а","ru":"б","en":"c"}}"#, Some(Text::new("а", "б", "c"))),
            (r#"{"basis":{"kk":"а","ru":"б"}}"#, None),
            (r#"{"basis":7}"#, None),
        ] {
            assert_eq!(serde_json::from_str::<Line>(json).ok().map(|line| line.basis), due, "{json}");
        }
    }
}
