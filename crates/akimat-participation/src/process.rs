//! A process of participation: one participatory budget of a territory and year, with its calendar and its rules.
//!
//! What a process is stands in a document that is published before anybody proposes or votes. Where it stands is its
//! [`Phase`]: people move it, never the clock; an act is possible when the phase is the right one *and* its term runs.

pub mod assembly;
pub mod calendar;
pub mod envelope;
pub mod settings;

pub use calendar::{CalendarProblem, Term, check};
pub use envelope::{Envelope, Formula, Weight, shares};
pub use settings::{
    BallotForm, BallotRules, Cap, Category, Conflicting, CountMethod, CountRule, Document, Needs, Paper,
    ProposalRules, Reach,
};

use akimat_core::{KatoCode, ProcessId, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a process stands, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Being written; only the office sees it.
    Draft,
    /// Published with its rules and calendar.
    Announced,
    /// Residents hand proposals in.
    Submission,
    /// Proposals are checked for form.
    FormalCheck,
    /// Departments assess what can be built, at which cost.
    Assessment,
    /// Authors appeal against refusals.
    Appeals,
    /// The list of the ballot is published; nothing on it changes any more.
    Shortlist,
    /// Residents vote.
    Ballot,
    /// Ballots are counted, twice.
    Count,
    /// The result is published.
    Results,
    /// What was chosen is built.
    Implementation,
    /// Everything is done or given up.
    Closed,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Announced,
        Self::Submission,
        Self::FormalCheck,
        Self::Assessment,
        Self::Appeals,
        Self::Shortlist,
        Self::Ballot,
        Self::Count,
        Self::Results,
        Self::Implementation,
        Self::Closed,
    ];

    /// The name in files, tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Announced => "announced",
            Self::Submission => "submission",
            Self::FormalCheck => "formal_check",
            Self::Assessment => "assessment",
            Self::Appeals => "appeals",
            Self::Shortlist => "shortlist",
            Self::Ballot => "ballot",
            Self::Count => "count",
            Self::Results => "results",
            Self::Implementation => "implementation",
            Self::Closed => "closed",
        }
    }

    /// Reads [`Phase::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// Whether a process may leave this phase out.
    pub const fn optional(self) -> bool {
        matches!(self, Self::FormalCheck | Self::Appeals | Self::Implementation)
    }
}

/// Why a process stands still, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Why, in words that everybody sees.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

/// How ballot numbers were drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The published seed.
    pub seed: String,
    /// Where the seed comes from, in words: anybody must be able to look it up.
    pub source: String,
    /// When.
    pub at: Timestamp,
}

/// One participatory budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Identifier.
    pub id: ProcessId,
    /// Territory.
    pub place: KatoCode,
    /// The word in its address: `zhanabulaq-2026`.
    pub code: String,
    /// Year whose budget pays.
    pub year: i16,
    /// Name.
    pub title: Text,
    /// What it is, in two sentences.
    pub summary: Text,
    /// Code of the template it was made from.
    pub template: String,
    /// Made of invented data.
    pub invented: bool,
    /// Where it stands.
    pub phase: Phase,
    /// It stands still.
    #[serde(default)]
    pub suspended: Option<Suspension>,
    /// Opening and closing instants of its phases, in the order of the phases.
    pub calendar: Vec<Term>,
    /// The money, and by which formula it was divided.
    pub envelopes: Vec<Envelope>,
    /// How the money was divided.
    pub formula: Formula,
    /// Who may vote.
    pub voters: Needs,
    /// Who may propose.
    pub proposers: Needs,
    /// The ballot.
    pub ballot: BallotRules,
    /// The count.
    pub rule: CountRule,
    /// The most that a project may cost.
    #[serde(default)]
    pub cap: Option<Cap>,
    /// What proposals may be about.
    pub categories: Vec<Category>,
    /// Terms and limits of proposals.
    pub proposals: ProposalRules,
    /// Decisions, forms, minutes.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// By which law or decision it is held.
    #[serde(default)]
    pub basis: Text,
    /// How ballot numbers were drawn, once they were.
    #[serde(default)]
    pub draw: Option<Draw>,
    /// Meetings that were held, in the order of their registration.
    #[serde(default)]
    pub assemblies: Vec<assembly::Assembly>,
    /// What the money was divided by, where need was weighed.
    #[serde(default)]
    pub need_facts: Vec<assembly::NeedFacts>,
    /// Raised by one with every change; a form sends back the one it was shown.
    pub edit: u32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A move of a process, for its public history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessMove {
    /// Which process.
    pub process: ProcessId,
    /// From.
    pub from: Phase,
    /// To; the same phase when it was suspended or resumed.
    pub to: Phase,
    /// Why, in words that everybody sees; needed when something was left undecided, or it was suspended.
    pub reason: String,
    /// Proposals that were left undecided.
    pub undecided: u32,
    /// The office.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Process {
    /// The longest code of an address.
    pub const CODE_CHARS_MAX: usize = 60;

    /// The term of a phase, when the calendar has one.
    pub fn term(&self, phase: Phase) -> Option<&Term> {
        self.calendar.iter().find(|term| term.phase == phase)
    }

    /// Whether the process is in this phase, its term runs and nothing stands still: exactly from the opening instant
    /// on, and no more at the closing instant.
    pub fn open(&self, phase: Phase, now: Timestamp) -> bool {
        self.phase == phase && self.suspended.is_none() && self.term(phase).is_some_and(|term| term.runs(now))
    }

    /// The rules can be changed no more: everybody has seen them.
    pub fn published(&self) -> bool {
        self.phase > Phase::Draft
    }

    /// The phases of this process, in order: all but those that may be left out and have no term.
    pub fn phases(&self) -> Vec<Phase> {
        let has = |phase: &Phase| !phase.optional() || self.term(*phase).is_some();
        Phase::ALL.into_iter().filter(has).collect()
    }

    /// The phase that follows; nothing after the last.
    pub fn next_phase(&self) -> Option<Phase> {
        self.phases().into_iter().find(|phase| *phase > self.phase)
    }

    /// An envelope by its code.
    pub fn envelope(&self, code: &str) -> Option<&Envelope> {
        self.envelopes.iter().find(|envelope| envelope.code == code)
    }

    /// A category by its code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == code)
    }
}

#[cfg(test)]
pub(crate) mod tests;
