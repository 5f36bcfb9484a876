//! Ballots of invented persons, for the demonstration: nobody's choice, and the process says that it is invented.

use super::key::PersonKey;
use super::{Setting, hour};
use crate::{App, AppError, Result};
use akimat_participation::ballot::{Ballot, Kept};
use akimat_storage::ballot::{BallotChange, BallotChannel, SealedBallot, Traits, Voter};
use akimat_storage::{Batch, Change};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Changes in one batch.
const PART: usize = 400;

/// A ballot of an invented person.
#[derive(Clone, Debug)]
pub struct InventedBallot {
    /// Number of the person: one number, one ballot.
    pub person: u64,
    /// What is on it.
    pub ballot: Ballot,
    /// When it was handed in.
    pub at: Timestamp,
    /// What is counted of the person.
    pub traits: Traits,
    /// It came on paper.
    pub paper: bool,
}

impl App {
    /// Puts ballots of invented persons into the box of an invented process. They leave no leaves in the log.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for a process that is not invented.
    pub async fn invent_ballots(&self, setting: &Setting, ballots: &[InventedBallot]) -> Result<()> {
        if !setting.process.invented {
            return Err(AppError::Forbidden);
        }
        let found = self.open_box(setting).await?;
        let key = self.box_key(&found)?;
        let mut batch = Batch::new();
        for one in ballots {
            let person = Sha256::digest(format!("akimat invented\0{}\0{}", setting.process.code, one.person));
            let person = PersonKey::Identity(person.into());
            let working = Kept { working: one.ballot.clone(), submitted: None };
            let mut kept = working.submit(one.at, self.new_receipt());
            if let Some(submitted) = &mut kept.submitted {
                submitted.paper = one.paper;
            }
            let pseudonym = key.pseudonym(person);
            let ballot = SealedBallot {
                process: setting.process.id,
                pseudonym,
                sealed: key.seal(&pseudonym, self.secret(), &kept)?,
                counted: true,
                version: 1,
            };
            let voter = Voter {
                process: setting.process.id,
                voter: key.voter(person),
                account: None,
                channel: if one.paper { BallotChannel::Paper } else { BallotChannel::Online },
                counted: true,
                at: hour(one.at),
                traits: one.traits.clone(),
                reminded: 0,
            };
            batch.push(Change::Ballot(Box::new(BallotChange::Keep(ballot))));
            batch.push(Change::Ballot(Box::new(BallotChange::PutVoter(voter))));
            if batch.len() >= PART {
                self.store().apply(std::mem::take(&mut batch)).await?;
            }
        }
        Ok(self.store().apply(batch).await?)
    }
}
