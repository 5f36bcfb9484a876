//! Ballot numbers by a public draw that anybody can repeat.
//!
//! The place of a proposal follows from the SHA-256 digest of the seed, a colon and its number in decimal digits:
//! `printf '%s' 'SEED:17' | sha256sum`. Digests in ascending order are the order of the ballot. The seed is published
//! with its source, and nobody who hands a proposal in can know it before.

use sha2::{Digest, Sha256};

/// A proposal in the order of the ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its number in the process.
    pub number: u32,
    /// Its number on the ballot, from 1.
    pub ballot_number: u32,
    /// Lower-case hex of the digest.
    pub digest: String,
}

/// Lower-case hex of the digest of a seed and a number.
pub fn digest(seed: &str, number: u32) -> String {
    Sha256::digest(format!("{seed}:{number}")).iter().fold(String::with_capacity(64), |mut hex, byte| {
        for half in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        hex
    })
}

/// Draws the ballot numbers of proposals: the same for the same seed, in whatever order they come.
pub fn draw(seed: &str, numbers: &[u32]) -> Vec<Drawn> {
    let mut order: Vec<(String, u32)> =
        numbers.iter().map(|number| (digest(seed, *number), *number)).collect();
    order.sort();
    order.dedup();
    let numbered =
        |(ballot_number, (digest, number)): (u32, (String, u32))| Drawn { number, ballot_number, digest };
    (1..).zip(order).map(numbered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf '%s' 'abc:1' | sha256sum`, and so on.
    #[test]
    fn anybody_can_draw_again() {
        assert_eq!(digest("abc", 1), "bfcf0b9cbe9d8208b2cddd9a01c31a9a60698a106a0e4fc1664233a15f16acec");
        let drawn = draw("abc", &[3, 1, 2, 1]);
        let mut digests: Vec<_> = drawn.iter().map(|drawn| drawn.digest.clone()).collect();
        digests.sort();
        assert_eq!(digests, drawn.iter().map(|drawn| drawn.digest.clone()).collect::<Vec<_>>());
        assert_eq!(drawn.iter().map(|drawn| drawn.ballot_number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(draw("abc", &[1, 2, 3]), drawn);
        assert_ne!(draw("abd", &[1, 2, 3]), drawn);
    }
}
