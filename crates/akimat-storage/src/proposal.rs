//! Proposals of residents within a process, how they moved, and who stands by them.

use crate::Result;
use akimat_core::{AccountId, Money, ProcessId, ProposalId};
use akimat_participation::Proposal;
use akimat_participation::proposal::{ProposalMove, State, Tie};
use async_trait::async_trait;
use jiff::Timestamp;

/// A change of a proposal.
#[derive(Clone, Debug)]
pub enum ProposalChange {
    /// Adds a proposal. A number must be new in its process: [`crate::Conflict::Exists`].
    Add(Proposal),
    /// Replaces a proposal whose stored counter is `edit - 1` of the given one; how many support it stays as stored.
    Update(Proposal),
    /// Throws a draft away; the number is the counter that the author saw. What is no draft is
    /// [`crate::Conflict::Stale`].
    Remove(ProposalId, u32),
    /// Adds a line to its public history.
    Move(ProposalMove),
    /// Ties a person to a proposal; a second time changes nothing.
    Bind(ProposalPerson),
    /// Ends a tie; one that is not there changes nothing.
    Unbind(ProposalId, AccountId, Tie),
}

/// A person who stands by a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalPerson {
    /// Which.
    pub proposal: ProposalId,
    /// Who.
    pub account: AccountId,
    /// How.
    pub tie: Tie,
    /// Name shown.
    pub name: String,
    /// Since when.
    pub at: Timestamp,
}

/// Which proposals are wanted; what is `None` or empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalFilter {
    /// Of this process.
    pub process: Option<ProcessId>,
    /// In this envelope.
    pub envelope: Option<String>,
    /// In this category.
    pub category: Option<String>,
    /// In one of these states.
    pub states: Vec<State>,
    /// Written by this person, alone or with others, or to which the person is invited.
    pub author: Option<AccountId>,
    /// Assessed by this person.
    pub assessor: Option<AccountId>,
    /// Whose term ends before this instant.
    pub due_before: Option<Timestamp>,
    /// With these words in the title, folded as names are.
    pub words: Option<String>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProposalOrder {
    /// By chance, always the same for the same seed.
    Chance(u32),
    /// By number in the process; drafts first.
    #[default]
    Number,
    /// By number on the ballot.
    Ballot,
    /// The newest first.
    Newest,
    /// Those with most supporters first.
    Support,
    /// Those whose term ends first.
    Due,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// At most so many.
    pub limit: u16,
    /// After so many.
    pub offset: u32,
}

impl Part {
    /// Everything that a process may have on one page of its own: a ballot, a workload.
    pub const ALL: Self = Self { limit: 2_000, offset: 0 };
}

/// Proposals of a process in one state and envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalCount {
    /// State.
    pub state: State,
    /// Code of the envelope.
    pub envelope: String,
    /// How many.
    pub n: u64,
    /// What they cost together.
    pub cost: Money,
}

/// What one assessor has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Who.
    pub assessor: AccountId,
    /// The office.
    pub name: String,
    /// Proposals in assessment.
    pub n_open: u64,
    /// When the first of them is due.
    pub due_at: Option<Timestamp>,
}

/// Reads proposals.
#[async_trait]
pub trait ProposalRead: Send + Sync {
    /// A part of a list, and how many the whole list has.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_proposals(
        &self,
        filter: &ProposalFilter,
        order: ProposalOrder,
        part: Part,
    ) -> Result<(Vec<Proposal>, u64)>;

    /// A proposal by identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_proposal(&self, id: ProposalId) -> Result<Option<Proposal>>;

    /// A proposal by its number in a process.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_proposal_by_number(&self, process: ProcessId, number: u32) -> Result<Option<Proposal>>;

    /// The highest number of a process; 0 without any.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn last_proposal_number(&self, process: ProcessId) -> Result<u32>;

    /// How many proposals of a process stand where, by state and envelope.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_proposals(&self, process: ProcessId) -> Result<Vec<ProposalCount>>;

    /// The public history of a proposal, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_proposal_moves(&self, proposal: ProposalId) -> Result<Vec<ProposalMove>>;

    /// Who stands by a proposal, first come first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_proposal_people(&self, proposal: ProposalId) -> Result<Vec<ProposalPerson>>;

    /// What the assessors of a process have to do, the busiest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_workloads(&self, process: ProcessId) -> Result<Vec<Workload>>;
}
