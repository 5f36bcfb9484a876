//! Ballots of participatory budgets.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::{AccountId, ProcessId, ProjectId};
use akimat_storage::ballot::{
    BallotBox, BallotChange, BallotCounts, BallotFile, BallotProject, BallotRead, BoxState, PaperBallot,
    SealedBallot, Traits, Voter,
};
use akimat_storage::row::ballot::{self as row, sql};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

#[async_trait]
impl BallotRead for PostgresStore {
    async fn find_ballot_box(&self, process: ProcessId) -> Result<Option<BallotBox>> {
        self.db(&self.client().await?).row(&dollars(sql::BOX), &args![process.0], row::read_box).await
    }

    async fn list_open_ballot_boxes(&self) -> Result<Vec<BallotBox>> {
        self.db(&self.client().await?).rows(&dollars(sql::OPEN), &[], row::read_box).await
    }

    async fn find_ballot(&self, process: ProcessId, pseudonym: [u8; 32]) -> Result<Option<SealedBallot>> {
        self.db(&self.client().await?)
            .row(&dollars(sql::BALLOT), &args![process.0, pseudonym.as_slice()], row::read_ballot)
            .await
    }

    async fn list_ballots(
        &self,
        process: ProcessId,
        after: Option<[u8; 32]>,
        limit: u16,
    ) -> Result<Vec<SealedBallot>> {
        let after = after.as_ref().map_or([].as_slice(), |after| after.as_slice());
        self.db(&self.client().await?)
            .rows(&dollars(sql::BALLOTS), &args![process.0, after, limit], row::read_ballot)
            .await
    }

    async fn find_voter(&self, process: ProcessId, voter: [u8; 32]) -> Result<Option<Voter>> {
        self.db(&self.client().await?)
            .row(&dollars(sql::VOTER), &args![process.0, voter.as_slice()], row::read_voter)
            .await
    }

    async fn list_votes_of(&self, account: AccountId) -> Result<Vec<Voter>> {
        self.db(&self.client().await?).rows(&dollars(sql::VOTES_OF), &args![account.0], row::read_voter).await
    }

    async fn list_unfinished(&self, process: ProcessId, reminded: u8, limit: u16) -> Result<Vec<Voter>> {
        self.db(&self.client().await?)
            .rows(&dollars(sql::UNFINISHED), &args![process.0, reminded, limit], row::read_voter)
            .await
    }

    async fn count_voters(&self, process: ProcessId) -> Result<BallotCounts> {
        let rows = self
            .db(&self.client().await?)
            .rows(&dollars(sql::COUNTS), &args![process.0], row::read_counts)
            .await?;
        Ok(row::counts(&rows))
    }

    async fn count_voters_by_hour(&self, process: ProcessId) -> Result<Vec<(Timestamp, u64)>> {
        self.db(&self.client().await?).rows(&dollars(sql::HOURS), &args![process.0], row::read_hour).await
    }

    async fn count_voters_by_traits(&self, process: ProcessId) -> Result<Vec<(Traits, u64)>> {
        self.db(&self.client().await?).rows(&dollars(sql::TRAITS), &args![process.0], row::read_traits).await
    }

    async fn count_refusals(&self, process: ProcessId) -> Result<Vec<(String, u64)>> {
        self.db(&self.client().await?)
            .rows(&dollars(sql::REFUSALS), &args![process.0], row::read_refusals)
            .await
    }

    async fn list_paper_ballots(&self, process: ProcessId) -> Result<Vec<PaperBallot>> {
        self.db(&self.client().await?).rows(&dollars(sql::PAPERS), &args![process.0], row::read_paper).await
    }

    async fn find_paper_ballot(&self, id: Uuid) -> Result<Option<PaperBallot>> {
        self.db(&self.client().await?).row(&dollars(sql::PAPER), &args![id], row::read_paper).await
    }

    async fn list_ballot_files(&self, process: ProcessId) -> Result<Vec<BallotFile>> {
        let files = self
            .db(&self.client().await?)
            .rows(&dollars(sql::FILES), &args![process.0], row::read_file)
            .await?;
        Ok(row::no_body(files))
    }

    async fn find_ballot_file(
        &self,
        process: ProcessId,
        envelope: &str,
        kind: &str,
    ) -> Result<Option<BallotFile>> {
        self.db(&self.client().await?)
            .row(&dollars(sql::FILE), &args![process.0, envelope, kind], row::read_file)
            .await
    }

    async fn list_ballot_projects(&self, process: ProcessId) -> Result<Vec<BallotProject>> {
        self.db(&self.client().await?)
            .rows(&dollars(sql::PROJECTS), &args![process.0], row::read_project)
            .await
    }

    async fn find_ballot_project(&self, project: ProjectId) -> Result<Option<BallotProject>> {
        self.db(&self.client().await?).row(&dollars(sql::PROJECT), &args![project.0], row::read_project).await
    }
}

/// [`akimat_storage::Change::Ballot`].
pub(crate) async fn apply(db: &Db<'_>, change: &BallotChange) -> Result<()> {
    if let Some((process, due)) = row::guard(change) {
        // Whoever freezes the box waits for the ballots that are on their way, and later ones see it frozen.
        let guard = format!("{} for share", dollars(row::GUARD));
        let state = db.row(&guard, &args![process.0], |row| row.code(BoxState::parse)).await?;
        if state != Some(due) {
            return Err(Conflict::Stale("ballot box").into());
        }
    }
    for (sql, args, untouched) in row::steps(change) {
        let n = db.execute(&dollars(&sql), &args).await?;
        if let (0, Some(conflict)) = (n, untouched) {
            return Err(conflict.into());
        }
    }
    Ok(())
}

fn dollars(sql: &str) -> String {
    sql.replace('?', "$")
}
