//! The calendar of a process, and what is wrong with it before anybody relies on it.

use super::{Phase, Process};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// When a phase opens and closes. The closing instant no longer belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Which phase.
    pub phase: Phase,
    /// From this instant on.
    pub opens_at: Timestamp,
    /// Until this instant, which no longer belongs to it.
    pub closes_at: Timestamp,
}

impl Term {
    /// Whether the term runs.
    pub fn runs(&self, now: Timestamp) -> bool {
        self.opens_at <= now && now < self.closes_at
    }

    /// Whole days.
    pub fn days(&self) -> i64 {
        self.closes_at.duration_since(self.opens_at).as_secs().max(0) / 86_400
    }
}

/// Something wrong with a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarProblem {
    /// The phase must have a term and has none.
    Missing(Phase),
    /// There are two terms.
    Twice(Phase),
    /// It closes before it opens.
    Backwards(Phase),
    /// It opens before the phase before it closes.
    Early {
        /// Which.
        phase: Phase,
        /// What still runs then.
        before: Phase,
    },
    /// Between the phase before and this one lie so many days in which nothing happens.
    Gap {
        /// Which.
        phase: Phase,
        /// Days.
        days: i64,
    },
    /// Shorter than what the rules promise: so many days are needed.
    Short {
        /// Which.
        phase: Phase,
        /// Days needed.
        days: i64,
    },
    /// It is over already.
    Past(Phase),
}

impl CalendarProblem {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Twice(_) => "twice",
            Self::Backwards(_) => "backwards",
            Self::Early { .. } => "early",
            Self::Gap { .. } => "gap",
            Self::Short { .. } => "short",
            Self::Past(_) => "past",
        }
    }

    /// Which phase it is about.
    pub const fn phase(self) -> Phase {
        match self {
            Self::Missing(phase)
            | Self::Twice(phase)
            | Self::Backwards(phase)
            | Self::Early { phase, .. }
            | Self::Gap { phase, .. }
            | Self::Short { phase, .. }
            | Self::Past(phase) => phase,
        }
    }

    /// A process with it cannot be published; a gap is only worth knowing.
    pub const fn forbids(self) -> bool {
        !matches!(self, Self::Gap { .. })
    }
}

/// Phases that need a term.
pub const TERMS: [Phase; 9] = [
    Phase::Submission,
    Phase::FormalCheck,
    Phase::Assessment,
    Phase::Appeals,
    Phase::Shortlist,
    Phase::Ballot,
    Phase::Count,
    Phase::Results,
    Phase::Implementation,
];

/// The check of form may begin while proposals still come in.
const fn may_overlap(before: Phase, phase: Phase) -> bool {
    matches!((before, phase), (Phase::Submission, Phase::FormalCheck | Phase::Assessment))
        || matches!((before, phase), (Phase::FormalCheck, Phase::Assessment))
}

/// Everything that is wrong with the calendar of a process, in the order of the phases.
pub fn check(process: &Process, now: Timestamp) -> Vec<CalendarProblem> {
    let mut problems = Vec::new();
    let mut before: Option<&Term> = None;
    for phase in TERMS {
        let mut terms = process.calendar.iter().filter(|term| term.phase == phase);
        let Some(term) = terms.next() else {
            if !phase.optional() {
                problems.push(CalendarProblem::Missing(phase));
            }
            continue;
        };
        if terms.next().is_some() {
            problems.push(CalendarProblem::Twice(phase));
        }
        problems.extend(of_term(process, term, before, now));
        before = Some(term);
    }
    problems
}

fn of_term(process: &Process, term: &Term, before: Option<&Term>, now: Timestamp) -> Vec<CalendarProblem> {
    let phase = term.phase;
    if term.closes_at <= term.opens_at {
        return vec![CalendarProblem::Backwards(phase)];
    }
    let mut problems = Vec::new();
    if term.closes_at <= now {
        problems.push(CalendarProblem::Past(phase));
    }
    if let Some(before) = before {
        let gap = term.opens_at.duration_since(before.closes_at);
        if gap < SignedDuration::ZERO && !may_overlap(before.phase, phase) {
            problems.push(CalendarProblem::Early { phase, before: before.phase });
        } else if gap >= SignedDuration::from_hours(48) {
            problems.push(CalendarProblem::Gap { phase, days: gap.as_secs() / 86_400 });
        }
    }
    let needed = match phase {
        Phase::Appeals => i64::from(process.proposals.appeal_days),
        Phase::FormalCheck => i64::from(process.proposals.correction_days),
        Phase::Submission | Phase::Ballot => 1,
        _ => 0,
    };
    if term.days() < needed {
        problems.push(CalendarProblem::Short { phase, days: needed });
    }
    problems
}
