//! Ballots of participatory budgets.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::{AccountId, ProcessId, ProjectId};
use akimat_storage::ballot::{
    BallotBox, BallotChange, BallotCounts, BallotFile, BallotProject, BallotRead, BoxState, PaperBallot,
    SealedBallot, Traits, Voter,
};
use akimat_storage::row::ballot::{self as row, sql};
use akimat_storage::row::{Arg, log_entry as log_row};
use akimat_storage::{Change, Conflict, LogEntry, Result, args};
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

/// What a ballot that is handed in changes: the ballot, its voter and the leaf of its receipt.
pub(crate) fn taken(batch: &[Change]) -> Option<(&SealedBallot, &Voter, &LogEntry)> {
    let [Change::Ballot(ballot), Change::Ballot(voter), Change::AddLogEntry(entry)] = batch else {
        return None;
    };
    match (ballot.as_ref(), voter.as_ref()) {
        (BallotChange::Keep(ballot), BallotChange::PutVoter(voter)) => Some((ballot, voter, entry)),
        _ => None,
    }
}

/// The same as [`apply`] of the three in a transaction, as one statement, which is a transaction by itself: on the day
/// of a vote nothing else is sent as often, and six messages to and fro become one.
pub(crate) async fn take(
    db: &Db<'_>,
    (ballot, voter, entry): (&SealedBallot, &Voter, &LogEntry),
) -> Result<()> {
    let steps = [BallotChange::Keep(ballot.clone()), BallotChange::PutVoter(voter.clone())];
    let [keep, put] = [&steps[0], &steps[1]].map(|step| row::steps(step).into_iter().next());
    let (Some((keep, kept, _)), Some((put, voted, _))) = (keep, put) else { return Ok(()) };
    let (n_kept, n_voted) = (kept.len(), voted.len());
    let entry = log_row::args(entry);
    // Nothing is kept without an open box, and neither voter nor leaf without the ballot. Whoever freezes the box waits.
    let sql = format!(
        "with box as (select 1 from ballot_boxes where process = $1 and state = 'open' for share),
              kept as ({} returning 1),
              put as ({} returning 1),
              logged as (insert into log_entries ({}) select {} from kept returning 1)
         select (select count(*) from box), (select count(*) from kept)",
        within(&keep, "box", 0),
        within(&put, "kept", n_kept),
        log_row::NEW,
        casts(&["text", "text", "bigint", "bytea", "text"], n_kept + n_voted),
    );
    let args: Vec<Arg<'_>> = kept.into_iter().chain(voted).chain(entry).collect();
    let counts = db.row(&sql, &args, |row| Ok((row.int::<u8>()?, row.int::<u8>()?))).await?;
    match counts {
        Some((1, 1)) => Ok(()),
        Some((1, _)) => Err(Conflict::Stale("ballot").into()),
        _ => Err(Conflict::Stale("ballot box").into()),
    }
}

/// A step's statement as a part of one that goes on only when `source` has a row; its values are numbered from `after`.
fn within(sql: &str, source: &str, after: usize) -> String {
    let sql = numbered(sql, after);
    match sql.split_once(" values (") {
        Some((head, rest)) => {
            let (values, tail) = rest.split_once(')').unwrap_or((rest, ""));
            format!("{head} select {values} from {source}{tail}")
        }
        None => sql.replacen(" where ", &format!(" from {source} where "), 1),
    }
}

/// `?3` as `$5` after two values of another statement.
fn numbered(sql: &str, after: usize) -> String {
    let mut parts = sql.split('?');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        text.push_str(&format!("${}{rest}", number.parse::<usize>().unwrap_or_default() + after));
    }
    text
}

fn casts(types: &[&str], after: usize) -> String {
    let cast = |(at, kind): (usize, &&str)| format!("${}::{kind}", at + 1 + after);
    types.iter().enumerate().map(cast).collect::<Vec<_>>().join(", ")
}

fn dollars(sql: &str) -> String {
    sql.replace('?', "$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_becomes_a_part_of_another() {
        let put = "insert into t (a, b) values (?1, ?2) on conflict (a) do update set b = excluded.b";
        assert_eq!(
            within(put, "kept", 5),
            "insert into t (a, b) select $6, $7 from kept on conflict (a) do update set b = excluded.b"
        );
        let change = "update t set b = ?2 where a = ?1 and b = ?2 - 1";
        assert_eq!(within(change, "box", 0), "update t set b = $2 from box where a = $1 and b = $2 - 1");
    }
}
