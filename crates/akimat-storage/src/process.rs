//! Participatory budgets: processes, and how they moved.

use crate::Result;
use akimat_core::ProcessId;
use akimat_participation::Process;
use akimat_participation::process::ProcessMove;
use async_trait::async_trait;

/// A change of a process.
#[derive(Clone, Debug)]
pub enum ProcessChange {
    /// Begins a process. Its code must be new in its territory.
    Add(Process),
    /// Replaces a process whose stored counter is `edit - 1` of the given one.
    Update(Process),
    /// Adds a line to its public history.
    Move(ProcessMove),
}

/// Reads processes.
#[async_trait]
pub trait ProcessRead: Send + Sync {
    /// All processes, drafts too, the latest year first, then by code. They are few.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_processes(&self) -> Result<Vec<Process>>;

    /// A process by identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_process(&self, id: ProcessId) -> Result<Option<Process>>;

    /// A process by the word in its address; of several the one begun first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_process_by_code(&self, code: &str) -> Result<Option<Process>>;

    /// The public history, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_process_moves(&self, process: ProcessId) -> Result<Vec<ProcessMove>>;
}
