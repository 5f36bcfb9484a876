//! What a vote is about: the process, the projects on the ballot, the paper made of them.

use crate::{App, AppError, Result};
use akimat_core::ProposalId;
use akimat_participation::ballot::{BallotPaper, Envelope, Line, Refusal, Window};
use akimat_participation::process::{Phase, Process};
use akimat_participation::proposal::{Proposal, State};
use akimat_storage::ballot::BallotBox;
use akimat_storage::proposal::{Part, ProposalFilter, ProposalOrder};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Papers that are kept in memory.
const KEPT_MAX: usize = 20;

/// The vote of a process.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The process.
    pub process: Arc<Process>,
    /// Projects in the order of their ballot numbers.
    pub projects: Arc<Vec<Proposal>>,
    /// The paper.
    pub paper: Arc<BallotPaper>,
}

/// Settings of votes that run: nothing on a ballot changes after it was published, so that a process read once need
/// not be read again while its counter stays.
#[derive(Debug, Default)]
pub(crate) struct Settings(Mutex<BTreeMap<(akimat_core::ProcessId, u32), Setting>>);

impl Setting {
    fn new(process: Process, projects: Vec<Proposal>) -> Self {
        let envelopes: Vec<Envelope> = process
            .envelopes
            .iter()
            .map(|envelope| Envelope { code: envelope.code.clone(), money: envelope.amount })
            .collect();
        let line = |project: &Proposal| {
            let envelope = envelopes.iter().position(|envelope| envelope.code == project.envelope)?;
            Some(Line { project: project.id, envelope, cost: project.cost()? })
        };
        let (projects, lines): (Vec<Proposal>, Vec<Line>) = projects
            .into_iter()
            .filter(|project| project.ballot_number.is_some())
            .filter_map(|project| line(&project).map(|line| (project, line)))
            .unzip();
        let paper = BallotPaper {
            form: process.ballot.form,
            envelopes_max: process.ballot.envelopes_max,
            envelopes,
            lines,
        };
        Self { process: Arc::new(process), projects: Arc::new(projects), paper: Arc::new(paper) }
    }

    /// A project on the ballot.
    pub fn project(&self, id: ProposalId) -> Option<&Proposal> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// A project by its number on the ballot.
    pub fn numbered(&self, number: u32) -> Option<&Proposal> {
        self.projects.iter().find(|project| project.ballot_number == Some(number))
    }

    /// Projects of an envelope by its place.
    pub fn of_envelope(&self, envelope: usize) -> impl Iterator<Item = &Proposal> {
        let inside = move |(_, line): &(&Proposal, &Line)| line.envelope == envelope;
        self.projects.iter().zip(&self.paper.lines).filter(inside).map(|(project, _)| project)
    }

    /// When ballots are taken; nothing without a term in the calendar.
    pub fn window(&self) -> Option<Window> {
        let term = self.process.term(Phase::Ballot)?;
        Some(Window { opens_at: term.opens_at, closes_at: term.closes_at })
    }

    /// Whether a ballot is taken now.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(crate) fn admit(
        &self,
        now: jiff::Timestamp,
        found: Option<&BallotBox>,
    ) -> std::result::Result<(), Refusal> {
        let window = self.window().ok_or(Refusal::Early)?;
        if self.process.phase > Phase::Ballot {
            return Err(Refusal::Late);
        }
        if self.process.phase < Phase::Ballot || self.process.suspended.is_some() {
            return Err(Refusal::Early);
        }
        window.admit(now, found.map(|found| found.latest_at))
    }
}

impl App {
    /// The vote of a process by the word in its address.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such process, or nothing is on its ballot yet.
    pub async fn ballot_setting(&self, code: &str) -> Result<Setting> {
        let found = self.read().find_process_by_code(code).await?.ok_or(AppError::NotFound("process"))?;
        self.setting_of(found).await
    }

    /// The vote of a process.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when nothing is on its ballot yet.
    pub(crate) async fn setting_of(&self, process: Process) -> Result<Setting> {
        let key = (process.id, process.edit);
        let steady = process.phase == Phase::Ballot;
        if steady && let Some(found) = self.settings.0.lock().ok().and_then(|all| all.get(&key).cloned()) {
            return Ok(found);
        }
        let filter = ProposalFilter {
            process: Some(process.id),
            states: State::ALL.into_iter().filter(|state| state.on_ballot()).collect(),
            ..ProposalFilter::default()
        };
        let (projects, _) = self.read().list_proposals(&filter, ProposalOrder::Ballot, Part::ALL).await?;
        let setting = Setting::new(process, projects);
        if setting.projects.is_empty() {
            return Err(AppError::NotFound("ballot"));
        }
        if steady && let Ok(mut all) = self.settings.0.lock() {
            while all.len() >= KEPT_MAX {
                all.pop_first();
            }
            all.insert(key, setting.clone());
        }
        Ok(setting)
    }
}
