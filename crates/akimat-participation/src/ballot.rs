//! One ballot of a participatory budget: what may be marked, what it costs, what is wrong with it, and until when.
//!
//! A [`BallotPaper`] is what lies before a voter: projects with their cost in envelopes, and the [`BallotForm`], whose
//! limits hold for each envelope by itself. A [`Ballot`] is what the voter marked. Reading order: [`BallotPaper`],
//! [`Ballot`], [`Fault`], then [`kept`] (what is saved, what counts, receipts, the deadline).

pub mod kept;
mod mark;

use crate::process::BallotForm;
use akimat_core::{Money, ProposalId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use kept::{Kept, Receipt, Refusal, Standing, Submitted, Window};

/// Money for a part of the projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Its name in files and addresses.
    pub code: String,
    /// The money.
    pub money: Money,
}

/// A project on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub project: ProposalId,
    /// Place of its envelope in [`BallotPaper::envelopes`].
    pub envelope: usize,
    /// What it costs.
    pub cost: Money,
}

/// What lies before a voter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotPaper {
    /// How one marks; limits hold for each envelope.
    pub form: BallotForm,
    /// In how many envelopes at most a ballot may have marks; `None`: in all.
    pub envelopes_max: Option<u16>,
    /// Envelopes.
    pub envelopes: Vec<Envelope>,
    /// Projects in the order of their ballot numbers.
    pub lines: Vec<Line>,
}

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The project.
    pub project: ProposalId,
    /// Points; 0 where the form has none.
    #[serde(default)]
    pub points: u32,
}

/// What a voter marked, in the order of marking; a ranking has the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ballot {
    /// Marks.
    pub marks: Vec<Mark>,
}

impl Ballot {
    /// Whether a project is marked.
    pub fn holds(&self, project: ProposalId) -> bool {
        self.marks.iter().any(|mark| mark.project == project)
    }

    /// Points of a project; 0 without a mark.
    pub fn points(&self, project: ProposalId) -> u32 {
        self.marks.iter().find(|mark| mark.project == project).map_or(0, |mark| mark.points)
    }

    /// Nothing is marked.
    pub const fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }
}

/// What is wrong with a ballot. Where a project is to blame, it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is marked.
    Empty,
    /// Not on this paper.
    Unknown {
        /// The project.
        project: ProposalId,
    },
    /// Marked twice.
    Twice {
        /// The project.
        project: ProposalId,
    },
    /// More projects of an envelope than may be marked.
    TooMany {
        /// The first project too many.
        project: ProposalId,
        /// How many may be marked.
        max: u16,
    },
    /// Fewer projects of an envelope than must be marked.
    TooFew {
        /// Place of the envelope.
        envelope: usize,
        /// How many must be marked.
        min: u16,
        /// How many are.
        have: u16,
    },
    /// The projects cost more than the envelope has.
    Over {
        /// The project that goes beyond.
        project: ProposalId,
        /// By how much.
        by: Money,
    },
    /// The ballot has marks in as many envelopes as are allowed, and the project is in another one.
    OtherEnvelope {
        /// The project.
        project: ProposalId,
        /// Envelopes allowed.
        max: u16,
    },
    /// A mark without points, where marks are points.
    NoPoints {
        /// The project.
        project: ProposalId,
    },
    /// More points than the purse has.
    PointsOver {
        /// The project whose points go beyond.
        project: ProposalId,
        /// By how many.
        by: u32,
    },
}

impl Fault {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Unknown { .. } => "unknown",
            Self::Twice { .. } => "twice",
            Self::TooMany { .. } => "too-many",
            Self::TooFew { .. } => "too-few",
            Self::Over { .. } => "over",
            Self::OtherEnvelope { .. } => "other-envelope",
            Self::NoPoints { .. } => "no-points",
            Self::PointsOver { .. } => "points-over",
        }
    }

    /// The project to blame.
    pub const fn project(self) -> Option<ProposalId> {
        match self {
            Self::Empty | Self::TooFew { .. } => None,
            Self::Unknown { project }
            | Self::Twice { project }
            | Self::TooMany { project, .. }
            | Self::Over { project, .. }
            | Self::OtherEnvelope { project, .. }
            | Self::NoPoints { project }
            | Self::PointsOver { project, .. } => Some(project),
        }
    }
}

/// How far an envelope is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Projects marked.
    pub chosen: u16,
    /// Most that may be marked.
    pub max: Option<u16>,
    /// What they cost together.
    pub spent: Money,
    /// Money of the envelope.
    pub money: Money,
    /// Points given.
    pub points: u32,
}

impl Meter {
    /// Money left; below zero where more is marked than the envelope has, which only a knapsack forbids.
    pub fn left(&self) -> Money {
        self.money.checked_sub(self.spent).unwrap_or(Money::ZERO)
    }
}

/// What marking a project would meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is marked.
    Chosen,
    /// It can be marked.
    Fits,
    /// It would go beyond the money by so much.
    Over(Money),
    /// As many are marked as may be.
    Full,
    /// The ballot has marks in another envelope.
    Elsewhere,
}

impl BallotPaper {
    /// The line of a project.
    pub fn line(&self, project: ProposalId) -> Option<&Line> {
        self.lines.iter().find(|line| line.project == project)
    }

    /// Marks are points.
    pub const fn has_points(&self) -> bool {
        matches!(self.form, BallotForm::Points { .. })
    }

    /// Most projects of an envelope; `None`: as many as there are.
    pub const fn max(&self) -> Option<u16> {
        match self.form {
            BallotForm::Single => Some(1),
            BallotForm::Approval { max, .. } | BallotForm::Ranking { max } => Some(max),
            BallotForm::Knapsack | BallotForm::Points { .. } => None,
        }
    }

    /// Fewest projects of an envelope in which anything is marked.
    const fn min(&self) -> u16 {
        match self.form {
            BallotForm::Approval { min, .. } => min,
            _ => 1,
        }
    }

    fn envelope_of(&self, project: ProposalId) -> Option<usize> {
        self.line(project).map(|line| line.envelope)
    }

    /// How far each envelope is used up. Projects that are not on the paper do not count.
    pub fn meters(&self, ballot: &Ballot) -> Vec<Meter> {
        let of = |(at, envelope): (usize, &Envelope)| {
            let inside = |mark: &&Mark| self.envelope_of(mark.project) == Some(at);
            let marks: Vec<&Mark> = ballot.marks.iter().filter(inside).collect();
            let costs = marks.iter().filter_map(|mark| self.line(mark.project)).map(|line| line.cost);
            Meter {
                chosen: u16::try_from(marks.len()).unwrap_or(u16::MAX),
                max: self.max(),
                spent: Money::checked_sum(costs).unwrap_or(Money::from_tiyn(i64::MAX)),
                money: envelope.money,
                points: marks.iter().fold(0, |sum, mark| sum.saturating_add(mark.points)),
            }
        };
        self.envelopes.iter().enumerate().map(of).collect()
    }

    /// Everything that is wrong with a ballot; it counts when there is nothing.
    pub fn faults(&self, ballot: &Ballot) -> Vec<Fault> {
        if ballot.is_empty() {
            return vec![Fault::Empty];
        }
        let mut faults = Vec::new();
        let mut sound = Ballot::default();
        for mark in &ballot.marks {
            match self.fault_of(&sound, *mark) {
                None => sound.marks.push(*mark),
                Some(fault) => faults.push(fault),
            }
        }
        let min = self.min();
        for (envelope, meter) in self.meters(&sound).into_iter().enumerate() {
            if meter.chosen > 0 && meter.chosen < min {
                faults.push(Fault::TooFew { envelope, min, have: meter.chosen });
            }
        }
        faults
    }

    /// What is wrong with one more mark on a ballot.
    fn fault_of(&self, ballot: &Ballot, mark: Mark) -> Option<Fault> {
        let project = mark.project;
        let Some(line) = self.line(project) else { return Some(Fault::Unknown { project }) };
        if ballot.holds(project) {
            return Some(Fault::Twice { project });
        }
        let others: BTreeSet<usize> =
            ballot.marks.iter().filter_map(|other| self.envelope_of(other.project)).collect();
        let full = |max: &u16| !others.contains(&line.envelope) && others.len() >= usize::from(*max);
        if let Some(max) = self.envelopes_max.filter(full) {
            return Some(Fault::OtherEnvelope { project, max });
        }
        let meter = *self.meters(ballot).get(line.envelope)?;
        if let Some(max) = meter.max.filter(|max| meter.chosen >= *max) {
            return Some(Fault::TooMany { project, max });
        }
        match self.form {
            BallotForm::Knapsack => {
                let spent = meter.spent.tiyn().saturating_add(line.cost.tiyn());
                let by = spent.saturating_sub(meter.money.tiyn());
                (by > 0).then_some(Fault::Over { project, by: Money::from_tiyn(by) })
            }
            BallotForm::Points { .. } if mark.points == 0 => Some(Fault::NoPoints { project }),
            BallotForm::Points { n } => {
                let by = meter.points.saturating_add(mark.points).saturating_sub(u32::from(n));
                (by > 0).then_some(Fault::PointsOver { project, by })
            }
            BallotForm::Single | BallotForm::Approval { .. } | BallotForm::Ranking { .. } => None,
        }
    }

    /// A new choice takes the place of the one before: one project of an envelope, and one envelope or all of them.
    fn replaces(&self) -> bool {
        self.form == BallotForm::Single && self.envelopes_max.is_none_or(|max| max == 1)
    }

    /// What marking a project would meet.
    pub fn fit(&self, ballot: &Ballot, project: ProposalId) -> Fit {
        if ballot.holds(project) {
            return Fit::Chosen;
        }
        // One point: the least that a mark needs.
        let points = u32::from(self.has_points());
        match self.fault_of(ballot, Mark { project, points }) {
            None => Fit::Fits,
            // Another single choice takes the place of the first.
            Some(Fault::TooMany { .. } | Fault::OtherEnvelope { .. }) if self.replaces() => Fit::Fits,
            Some(Fault::Over { by, .. }) => Fit::Over(by),
            Some(Fault::OtherEnvelope { .. }) => Fit::Elsewhere,
            Some(_) => Fit::Full,
        }
    }
}

#[cfg(test)]
mod tests;
