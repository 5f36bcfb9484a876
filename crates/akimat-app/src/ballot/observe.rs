//! What observers see while people vote: how many take part and when, what was refused and why. Nothing of any choice.

use super::Setting;
use crate::{App, Result};
use akimat_storage::ballot::{BallotBox, BallotCounts};
use jiff::Timestamp;

/// What observers see.
#[derive(Clone, Debug)]
pub struct Observed {
    /// The box; nothing before the first ballot.
    pub found: Option<BallotBox>,
    /// How many take part.
    pub counts: BallotCounts,
    /// Ballots handed in by the hour of their last change.
    pub hours: Vec<(Timestamp, u64)>,
    /// Refused attempts by reason.
    pub refusals: Vec<(String, u64)>,
}

impl App {
    /// The view of observers, which everybody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn observe_ballot(&self, setting: &Setting) -> Result<Observed> {
        let (read, process) = (self.read(), setting.process.id);
        Ok(Observed {
            found: read.find_ballot_box(process).await?,
            counts: read.count_voters(process).await?,
            hours: read.count_voters_by_hour(process).await?,
            refusals: read.count_refusals(process).await?,
        })
    }
}
