//! Beside the pages: whoever saved a ballot and did not hand it in is told before the deadline, and the box remembers
//! the latest instant, so that a clock set back opens nothing again.

use super::Setting;
use crate::notice::cause::occurrence;
use crate::{App, Result};
use akimat_participation::process::Phase;
use akimat_storage::ballot::{BallotBox, BallotChange, BoxState, Voter};
use akimat_storage::notice::{Audience, NoticeChange, NoticeKind};
use akimat_storage::{Change, Conflict, StoreError};
use jiff::SignedDuration;

/// Hours before the deadline of the first and the second reminder.
const HOURS: [(u8, i64); 2] = [(2, 24), (1, 72)];
/// Voters who are reminded in one round.
const ROUND: u16 = 100;
/// The latest instant is written down no more often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_secs(20);

impl App {
    /// Looks after the boxes that are open: remembers the instant, reminds who has not handed in. Answers how many
    /// people were reminded.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn watch_ballots(&self) -> Result<usize> {
        let mut n = 0;
        for found in self.read().list_open_ballot_boxes().await? {
            if found.state != BoxState::Open {
                continue;
            }
            if self.now().duration_since(found.latest_at) > SEEN_EVERY {
                let seen = BallotChange::See(found.process, self.now());
                self.store().apply(vec![Change::Ballot(Box::new(seen))]).await?;
            }
            n += self.remind_voters(&found).await?;
        }
        Ok(n)
    }

    async fn remind_voters(&self, found: &BallotBox) -> Result<usize> {
        let Some(process) = self.read().find_process(found.process).await? else { return Ok(0) };
        let Some(term) = process.term(Phase::Ballot).copied() else { return Ok(0) };
        let left = term.closes_at.duration_since(self.now());
        let due = HOURS.into_iter().find(|(_, hours)| left <= SignedDuration::from_hours(*hours));
        let Some((number, hours)) = due.filter(|_| left > SignedDuration::ZERO) else { return Ok(0) };
        if !process.open(Phase::Ballot, self.now()) {
            return Ok(0);
        }
        let unfinished = self.read().list_unfinished(process.id, number, ROUND).await?;
        if unfinished.is_empty() {
            return Ok(0);
        }
        let setting = self.setting_of(process).await?;
        for voter in &unfinished {
            self.remind(&setting, voter, (number, hours)).await?;
        }
        Ok(unfinished.len())
    }

    /// One reminder to one person; of several servers one sends it.
    async fn remind(&self, setting: &Setting, voter: &Voter, (number, hours): (u8, i64)) -> Result<()> {
        let process = &setting.process;
        let Some(account) = voter.account else { return Ok(()) };
        let key = format!("ballot/{}/{account}/{number}", process.id);
        let about = (process.title.clone(), format!("/budgeting/{}/ballot", process.code));
        let mut event = occurrence(key, NoticeKind::BallotUnfinished, self.now(), about);
        event.code = hours.to_string();
        event.audience = Audience { account: Some(account), ..Audience::default() };
        let remind = BallotChange::Remind { process: process.id, voter: voter.voter, number };
        let batch =
            vec![Change::Ballot(Box::new(remind)), Change::Notice(NoticeChange::Happen(Box::new(event)))];
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Stale(_))) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
