//! Participatory budgets: who may take part, how a process is prepared, published and moved on.

pub mod assembly;
pub mod lead;
pub mod template;

pub use lead::ProcessDraft;
pub use template::{Index, Reason, Template, faults, grounds, index_of, template, templates};

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, ProcessId};
use akimat_delivery::schedule::calendar::Calendar;
use akimat_delivery::schedule::plan::Week;
use akimat_identity::{Lack, Level, Requirement, requirement::Scope};
use akimat_participation::process::{Needs, Phase, Reach};
use akimat_participation::proposal::State;
use akimat_participation::{Process, Proposal};
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use akimat_storage::{Account, Change, ProcessChange};
use jiff::{Timestamp, ToSpan};

/// What a process asks of a person, in the words of the room of persons.
pub fn requirement(needs: Needs) -> Requirement {
    let scope = match needs.reach {
        Reach::Anywhere => Scope::Anywhere,
        Reach::Region => Scope::Region,
        Reach::District => Scope::District,
        Reach::Place => Scope::Place,
    };
    let level = Level::from_number(needs.level).unwrap_or(Level::Identified);
    Requirement { level, min_age: needs.min_age, scope }
}

/// The office in whose name somebody acts.
pub(crate) fn office_of(account: &Account) -> String {
    let office = if account.office.is_empty() { &account.display_name } else { &account.office };
    office.clone()
}

pub(crate) fn changed(process: Process) -> Change {
    Change::Process(Box::new(ProcessChange::Update(process)))
}

impl App {
    /// Whether somebody prepares and leads this process.
    pub fn leads_process(&self, actor: Option<&Account>, process: &Process) -> bool {
        permission::check(actor, Permission::LeadProcesses, Some(process.place)).is_ok()
    }

    /// A process by the word in its address; a draft for those alone who may lead it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such process, or it is a draft of others.
    pub async fn process_by_code(&self, actor: Option<&Account>, code: &str) -> Result<Process> {
        let found = self.read().find_process_by_code(code).await?;
        let process = found.ok_or(AppError::NotFound("process"))?;
        let seen = process.published() || self.leads_process(actor, &process);
        if seen { Ok(process) } else { Err(AppError::NotFound("process")) }
    }

    /// Every process that somebody may see, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn processes(&self, actor: Option<&Account>) -> Result<Vec<Process>> {
        let all = self.read().list_processes().await?;
        Ok(all.into_iter().filter(|one| one.published() || self.leads_process(actor, one)).collect())
    }

    /// What a person lacks to propose or to vote; nothing when the list is empty.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lacks_for(&self, account: AccountId, process: &Process, needs: Needs) -> Result<Vec<Lack>> {
        let standing = self.standing(account).await?;
        Ok(requirement(needs).lacks(&standing, Some(process.place), self.today()))
    }

    pub(crate) async fn meets(&self, account: &Account, process: &Process, needs: Needs) -> Result<()> {
        let lacks = self.lacks_for(account.id, process, needs).await?;
        if lacks.is_empty() { Ok(()) } else { Err(AppError::Unmet(lacks)) }
    }

    pub(crate) async fn process(&self, id: ProcessId) -> Result<Process> {
        self.read().find_process(id).await?.ok_or(AppError::NotFound("process"))
    }

    /// What must be decided before the process leaves its phase, by number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn undecided(&self, process: &Process) -> Result<Vec<Proposal>> {
        let states: &[State] = match process.phase {
            Phase::FormalCheck => &[State::Submitted, State::Returned],
            Phase::Assessment => &[State::Submitted, State::Returned, State::InAssessment],
            Phase::Appeals => &[State::InAssessment, State::NotFeasible, State::UnderAppeal],
            Phase::Shortlist => &[State::Feasible],
            Phase::Count => &[State::OnBallot],
            Phase::Implementation => &[State::Selected, State::InImplementation],
            _ => return Ok(Vec::new()),
        };
        let filter = ProposalFilter {
            process: Some(process.id),
            states: states.to_vec(),
            ..ProposalFilter::default()
        };
        let (found, _) = self.read().list_proposals(&filter, ProposalOrder::Number, Part::ALL).await?;
        // Who may still appeal holds nothing up once the term is over.
        let over = |one: &Proposal| {
            one.state == State::NotFeasible && one.due_at.is_none_or(|due_at| due_at <= self.now())
        };
        Ok(found.into_iter().filter(|one| !over(one)).collect())
    }

    /// Puts what an operator prepared: for a demonstration. The batch gets its leaves, and no notices of old news.
    ///
    /// # Errors
    /// When it does not fit what is stored.
    pub async fn put_as_operator(&self, mut batch: akimat_storage::Batch) -> Result<()> {
        batch.push(self.audit(None, "put_as_operator", "budgeting", None, &serde_json::json!({})));
        self.store().apply(batch).await?;
        Ok(())
    }

    /// The end of the last of so many working days after now, by the calendar of the country.
    pub fn after_working_days(&self, days: u16) -> Timestamp {
        let today = self.today();
        let last = today.checked_add((i64::from(days) * 3 + 30).days()).unwrap_or(today);
        let calendar = Calendar::new(Week::Five, today, last);
        let first = calendar.index(today) + i64::from(calendar.is_working(today));
        let day = calendar.day(first + i64::from(days) - 1).unwrap_or(last);
        self.end_of(day)
    }

    /// The end of the last of so many days after today.
    pub fn after_days(&self, days: u16) -> Timestamp {
        let today = self.today();
        self.end_of(today.checked_add(i64::from(days).days()).unwrap_or(today))
    }

    fn end_of(&self, day: jiff::civil::Date) -> Timestamp {
        let next = day.checked_add(1.day()).unwrap_or(day);
        let zoned = next.at(0, 0, 0, 0).to_zoned(self.zone().clone());
        zoned.map_or_else(|_| self.now(), |zoned| zoned.timestamp())
    }
}
