//! The keys of a ballot box. The master key is in a file outside the database, the salt of the box inside: without
//! either of them nobody opens a ballot or finds a person's, and the salt is removed when the link is cut.

use crate::secret::PlatformKey;
use crate::{App, AppError, Result};
use akimat_core::AccountId;
use akimat_identity::IdentityHash;
use akimat_participation::ballot::Kept;
use akimat_storage::Conflict;
use akimat_storage::ballot::BallotBox;

/// Bytes of the salt of an open box.
pub(crate) const SALT_BYTES: usize = 32;
/// The least that is sealed: a ballot of many projects is as long as one of few.
const PLAIN_MIN: usize = 1_024;

/// Who somebody is for a ballot box: the keyed hash of the national identifier where it is known, otherwise the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PersonKey {
    Identity(IdentityHash),
    Account(AccountId),
}

/// The keys of one box.
pub(crate) struct BoxKey(PlatformKey);

impl App {
    /// The same platform with the key of its ballots.
    #[must_use]
    pub fn with_ballot_key(mut self, key: PlatformKey) -> Self {
        self.ballot_key = Some(std::sync::Arc::new(key));
        self
    }

    /// The keys of a box whose link is not cut.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the platform was started without a key; [`AppError::Conflict`] once it is cut.
    pub(crate) fn box_key(&self, found: &BallotBox) -> Result<BoxKey> {
        let key =
            self.ballot_key.as_ref().ok_or_else(|| AppError::Unavailable("no ballot key".to_owned()))?;
        if found.salt.len() != SALT_BYTES {
            return Err(AppError::Conflict(Conflict::Stale("ballot box")));
        }
        Ok(BoxKey(PlatformKey::new(key.hash("ballot box", &[found.process.0.as_bytes(), &found.salt]))))
    }
}

impl BoxKey {
    /// Under which hash a person's ballot stands.
    pub(crate) fn pseudonym(&self, person: PersonKey) -> [u8; 32] {
        self.hash("ballot pseudonym", person)
    }

    /// Under which hash it stands that a person takes part: another one, so that the database joins the two nowhere.
    pub(crate) fn voter(&self, person: PersonKey) -> [u8; 32] {
        self.hash("ballot voter", person)
    }

    fn hash(&self, purpose: &str, person: PersonKey) -> [u8; 32] {
        match person {
            PersonKey::Identity(identity) => self.0.hash(purpose, &[b"identity", &identity]),
            PersonKey::Account(account) => self.0.hash(purpose, &[b"account", account.0.as_bytes()]),
        }
    }

    /// Seals a ballot for its place: under another pseudonym it does not open.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the cipher refuses.
    pub(crate) fn seal(&self, pseudonym: &[u8; 32], chance: [u8; 32], kept: &Kept) -> Result<Vec<u8>> {
        let mut plain = serde_json::to_vec(kept).map_err(|error| AppError::Internal(error.to_string()))?;
        // Blanks after JSON are nothing; the length then tells only roughly how much there is.
        plain.resize(plain.len().max(PLAIN_MIN).next_power_of_two(), b' ');
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&chance[..12]);
        self.0.seal(&purpose(pseudonym), nonce, &plain).map_err(AppError::Internal)
    }

    /// Opens a ballot.
    ///
    /// # Errors
    /// [`AppError::Internal`] for what was not sealed here under this pseudonym.
    pub(crate) fn open(&self, pseudonym: &[u8; 32], sealed: &[u8]) -> Result<Kept> {
        let broken = || AppError::Internal("a ballot was altered, or sealed with another key".to_owned());
        let plain = self.0.open(&purpose(pseudonym), sealed).ok_or_else(broken)?;
        serde_json::from_slice(&plain).map_err(|_| broken())
    }
}

fn purpose(pseudonym: &[u8; 32]) -> String {
    pseudonym.iter().fold("ballot ".to_owned(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::ProposalId;
    use akimat_participation::Ballot;
    use akimat_participation::ballot::Mark;
    use uuid::Uuid;

    fn kept(n: u128) -> Kept {
        let mark = |at: u128| Mark { project: ProposalId(Uuid::from_u128(0x0190 << 100 | at)), points: 0 };
        Kept { working: Ballot { marks: (0..n).map(mark).collect() }, submitted: None }
    }

    #[test]
    fn sealed_bytes_never_hold_what_they_seal() {
        let key = BoxKey(PlatformKey::new([5; 32]));
        for n in 0..40 {
            let kept = kept(n);
            let mut chance = [0; 32];
            chance[0] = u8::try_from(n).unwrap();
            let sealed = key.seal(&[1; 32], chance, &kept).unwrap();
            assert_eq!(key.open(&[1; 32], &sealed).unwrap(), kept);
            assert!(key.open(&[2; 32], &sealed).is_err(), "another place");
            assert!(BoxKey(PlatformKey::new([6; 32])).open(&[1; 32], &sealed).is_err(), "another key");
            for mark in &kept.working.marks {
                let holds = |needle: &[u8]| sealed.windows(needle.len()).any(|window| window == needle);
                assert!(!holds(mark.project.0.as_bytes()) && !holds(mark.project.to_string().as_bytes()));
            }
        }
    }

    #[test]
    fn the_length_tells_little() {
        let key = BoxKey(PlatformKey::new([5; 32]));
        let length = |n| key.seal(&[1; 32], [0; 32], &kept(n)).unwrap().len();
        assert_eq!(length(0), length(10));
    }

    #[test]
    fn one_person_has_two_names_that_nobody_joins() {
        let key = BoxKey(PlatformKey::new([5; 32]));
        let person = PersonKey::Identity([9; 32]);
        assert_ne!(key.pseudonym(person), key.voter(person));
        let account = PersonKey::Account(AccountId(Uuid::from_u128(1)));
        assert_ne!(key.pseudonym(person), key.pseudonym(account));
    }
}
