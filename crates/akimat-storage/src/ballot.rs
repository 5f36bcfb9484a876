//! Ballots of participatory budgets, as a database keeps them: sealed, under a keyed hash, and at the end as files that
//! name nobody.
//!
//! The key is not in the database. [`BallotBox::salt`] goes into it, and is removed when the ballots are written anew:
//! whoever has both the key and the database of afterwards cannot go back to persons.

use crate::Result;
use akimat_core::{AccountId, KatoCode, ProcessId, ProjectId, ProposalId};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// How far the box of a process is, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoxState {
    /// Ballots may change.
    Open,
    /// Nothing changes any more.
    Frozen,
    /// Ballots are files without persons; sealed ones and the key material are gone.
    Cut,
    /// Two counts agree.
    Counted,
    /// A person published the result.
    Published,
}

impl BoxState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Open, Self::Frozen, Self::Cut, Self::Counted, Self::Published];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Frozen => "frozen",
            Self::Cut => "cut",
            Self::Counted => "counted",
            Self::Published => "published",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The box of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotBox {
    /// The process.
    pub process: ProcessId,
    /// Its territory.
    pub place: KatoCode,
    /// Thirty-two bytes of chance in the keys of this box; empty once the link is cut.
    pub salt: Vec<u8>,
    /// How far it is.
    pub state: BoxState,
    /// The latest instant that anybody ever saw here.
    pub latest_at: Timestamp,
    /// Since when nothing changes.
    pub frozen_at: Option<Timestamp>,
    /// When the result was published.
    pub published_at: Option<Timestamp>,
}

/// One person's ballot, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBallot {
    /// The process.
    pub process: ProcessId,
    /// Keyed hash of the person.
    pub pseudonym: [u8; 32],
    /// What is on it.
    pub sealed: Vec<u8>,
    /// It was handed in.
    pub counted: bool,
    /// Raised by one with every change.
    pub version: u32,
}

/// How a ballot came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BallotChannel {
    /// On the pages.
    Online,
    /// On paper, entered by two clerks.
    Paper,
}

impl BallotChannel {
    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Paper => "paper",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Online, Self::Paper].into_iter().find(|channel| channel.code() == code)
    }
}

/// What is counted of voters, and of nobody alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Traits {
    /// Where the voter lives.
    pub area: Option<KatoCode>,
    /// Code of a band of age; empty when unknown.
    pub age_band: String,
    /// `female`, `male`, or empty when unknown.
    pub sex: String,
}

/// Somebody takes part; what is on the ballot is not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voter {
    /// The process.
    pub process: ProcessId,
    /// A keyed hash of the person, another one than that of the ballot.
    pub voter: [u8; 32],
    /// The account; `None` without one, or when it was erased.
    pub account: Option<AccountId>,
    /// How.
    pub channel: BallotChannel,
    /// A ballot was handed in.
    pub counted: bool,
    /// When, in whole hours.
    pub at: Timestamp,
    /// What is counted of voters; empty after the cut.
    pub traits: Traits,
    /// Reminders that were sent.
    pub reminded: u8,
}

/// How far a ballot on paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperState {
    /// A second clerk must confirm it.
    Waiting,
    /// It counts.
    Confirmed,
    /// It does not.
    Refused,
}

impl PaperState {
    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Confirmed, Self::Refused].into_iter().find(|state| state.code() == code)
    }
}

/// A ballot on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperBallot {
    /// Identifier.
    pub id: Uuid,
    /// The process.
    pub process: ProcessId,
    /// Number of the form: by it the second clerk finds the paper, which names nobody.
    pub number: String,
    /// Keyed hash of the person, as of [`SealedBallot`].
    pub pseudonym: [u8; 32],
    /// As of [`Voter`].
    pub voter: [u8; 32],
    /// The account of the person, where there is one.
    pub account: Option<AccountId>,
    /// What is counted of voters.
    pub traits: Traits,
    /// What is on it; empty once it is confirmed or refused.
    pub sealed: Vec<u8>,
    /// How far it is.
    pub state: PaperState,
    /// Who entered it.
    pub made_by: Option<AccountId>,
    /// When.
    pub made_at: Timestamp,
    /// Who confirmed or refused it.
    pub ended_by: Option<AccountId>,
    /// When.
    pub ended_at: Option<Timestamp>,
}

/// Something published about a vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotFile {
    /// The process.
    pub process: ProcessId,
    /// Code of an envelope; empty for what is of the whole process.
    pub envelope: String,
    /// `pb`, `rule`, `trace`, `result`, `turnout` or `receipts`.
    pub kind: String,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// The bytes.
    pub body: Vec<u8>,
    /// When it was made.
    pub at: Timestamp,
}

/// A proposal that became a project of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BallotProject {
    /// The proposal.
    pub proposal: ProposalId,
    /// Its process.
    pub process: ProcessId,
    /// The project.
    pub project: ProjectId,
    /// When.
    pub at: Timestamp,
}

/// How many take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BallotCounts {
    /// Ballots that were handed in.
    pub n_counted: u64,
    /// Ballots that are saved and not handed in.
    pub n_saved: u64,
    /// Of those handed in, ballots on paper.
    pub n_paper: u64,
}

/// A change of ballots.
#[derive(Clone, Debug, PartialEq)]
pub enum BallotChange {
    /// Opens the box of a process; one that is there stays as it is.
    Open(BallotBox),
    /// Keeps a ballot whose stored version is one less. [`crate::Conflict::Stale`] when another device was faster
    /// (`ballot`), or when the box is not open any more (`ballot box`).
    Keep(SealedBallot),
    /// Keeps that somebody takes part; what is there of the same person is replaced, reminders excepted.
    PutVoter(Voter),
    /// Counts a refused attempt.
    Refuse(ProcessId, Date, &'static str),
    /// Somebody saw this instant.
    See(ProcessId, Timestamp),
    /// Nothing changes from now on. [`crate::Conflict::Stale`] (`ballot box`) unless it is open.
    Freeze(ProcessId, Timestamp),
    /// Cuts the link between person and choice: sealed ballots, ballots on paper and the salt go, the traits of voters
    /// go, the files come. [`crate::Conflict::Stale`] (`ballot box`) unless it is frozen.
    Cut(ProcessId, Vec<BallotFile>),
    /// Keeps the files of the count. [`crate::Conflict::Stale`] (`ballot box`) unless it is cut: of two counts that are
    /// started at once one is kept.
    Count(ProcessId, Vec<BallotFile>),
    /// The result is published. [`crate::Conflict::Stale`] (`ballot box`) unless it is counted.
    Publish(ProcessId, Timestamp),
    /// Keeps a ballot on paper. [`crate::Conflict::Exists`] (`paper ballot`) for a number that is there.
    AddPaper(PaperBallot),
    /// Ends a ballot on paper that waits; [`crate::Conflict::Stale`] (`paper ballot`) otherwise.
    EndPaper {
        /// Which.
        id: Uuid,
        /// It counts.
        confirmed: bool,
        /// Who.
        by: AccountId,
        /// When.
        at: Timestamp,
    },
    /// A reminder went to a voter; [`crate::Conflict::Stale`] (`voter`) when this one was sent already.
    Remind {
        /// The process.
        process: ProcessId,
        /// The voter.
        voter: [u8; 32],
        /// Which reminder: 1, then 2.
        number: u8,
    },
    /// A proposal became a project.
    Link(BallotProject),
}

/// Reads ballots and what is published of them.
#[async_trait]
pub trait BallotRead: Send + Sync {
    /// The box of a process.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, as in every method here.
    async fn find_ballot_box(&self, process: ProcessId) -> Result<Option<BallotBox>>;

    /// Boxes that are open or frozen.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_open_ballot_boxes(&self) -> Result<Vec<BallotBox>>;

    /// One person's ballot.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn find_ballot(&self, process: ProcessId, pseudonym: [u8; 32]) -> Result<Option<SealedBallot>>;

    /// Ballots after a pseudonym in its order.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_ballots(
        &self,
        process: ProcessId,
        after: Option<[u8; 32]>,
        limit: u16,
    ) -> Result<Vec<SealedBallot>>;

    /// Whether somebody takes part.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn find_voter(&self, process: ProcessId, voter: [u8; 32]) -> Result<Option<Voter>>;

    /// Votes in which an account took part, the newest first.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_votes_of(&self, account: AccountId) -> Result<Vec<Voter>>;

    /// Voters with an account whose ballot is saved and not handed in, and who had fewer reminders than this.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_unfinished(&self, process: ProcessId, reminded: u8, limit: u16) -> Result<Vec<Voter>>;

    /// How many take part.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn count_voters(&self, process: ProcessId) -> Result<BallotCounts>;

    /// Ballots handed in by the hour of their last change.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn count_voters_by_hour(&self, process: ProcessId) -> Result<Vec<(Timestamp, u64)>>;

    /// Voters who handed in by what they have in common.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn count_voters_by_traits(&self, process: ProcessId) -> Result<Vec<(Traits, u64)>>;

    /// Refused attempts by reason.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn count_refusals(&self, process: ProcessId) -> Result<Vec<(String, u64)>>;

    /// Ballots on paper, the newest first.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_paper_ballots(&self, process: ProcessId) -> Result<Vec<PaperBallot>>;

    /// A ballot on paper.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn find_paper_ballot(&self, id: Uuid) -> Result<Option<PaperBallot>>;

    /// What is published, without the bytes.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_ballot_files(&self, process: ProcessId) -> Result<Vec<BallotFile>>;

    /// One of these files, with its bytes.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn find_ballot_file(
        &self,
        process: ProcessId,
        envelope: &str,
        kind: &str,
    ) -> Result<Option<BallotFile>>;

    /// Projects that proposals of a process became.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn list_ballot_projects(&self, process: ProcessId) -> Result<Vec<BallotProject>>;

    /// The proposal that a project comes from.
    ///
    /// # Errors
    /// See [`BallotRead::find_ballot_box`].
    async fn find_ballot_project(&self, project: ProjectId) -> Result<Option<BallotProject>>;
}
