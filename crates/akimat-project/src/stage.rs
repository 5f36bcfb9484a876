//! The life of a project as configured stages: which there are for each modality, where each leads, what it demands.
//!
//! A stage is finer than a [`Status`]: a partnership is in tender both in a competition and in direct negotiations.
//! Stopping and giving up are stages of every modality. Nothing leaves a stage that leads nowhere, nor [`TERMINATED`].

use crate::{Basis, Modality, Status};
use akimat_core::Text;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The stage of a project that is stopped for a time.
pub const SUSPENDED: &str = "suspended";
/// The stage of a project that was given up.
pub const TERMINATED: &str = "terminated";

/// One stage of one modality.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// Its word in the register.
    pub code: String,
    /// The status that it is shown under.
    pub status: Status,
    /// Its name.
    pub title: Text,
    /// Where it leads.
    pub next: Vec<String>,
    /// What must be there before a project may come to it.
    pub demands: Vec<Demand>,
}

/// What a stage demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// A document on which the move rests.
    Basis,
    /// Money in the plan.
    Money,
    /// A contractor or partner.
    Contractor,
    /// A planned end.
    EndsOn,
    /// Photographs of the site before and after.
    Photos,
}

/// The stages of one modality, dated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Track {
    /// Modality.
    pub modality: Modality,
    /// The stages were compared with the legal text.
    pub verified: bool,
    /// What they rest on.
    pub basis: Text,
    /// The stages in their usual order.
    pub stages: Vec<Stage>,
}

/// The stages of every modality.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stages {
    /// First day on which they hold.
    pub valid_from: Date,
    /// Last day on which they hold; open when there is none.
    pub valid_to: Option<Date>,
    /// One track a modality.
    pub tracks: Vec<Track>,
}

/// A fault of configured stages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StageFault {
    /// The text is not such a list.
    #[error("the stages cannot be read: {0}")]
    Unreadable(String),
    /// A modality has no stages.
    #[error("{0:?} has no stages")]
    Missing(Modality),
    /// Two stages of a modality have the same word, or one has a reserved one.
    #[error("{1:?} of {0:?} is there twice")]
    Twice(Modality, String),
    /// A stage leads to one that is not there.
    #[error("{1:?} of {0:?} is not a stage")]
    Unknown(Modality, String),
    /// No way leads to a stage from the first one.
    #[error("{1:?} of {0:?} cannot be reached")]
    Unreachable(Modality, String),
    /// The stages lead in a circle.
    #[error("{1:?} of {0:?} leads back to itself")]
    Circle(Modality, String),
}

/// A move as it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The word of the stage to come to.
    pub to: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The document that it rests on.
    pub basis: &'a Basis,
}

/// A move that the register does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepFault {
    /// The stage would stay as it is.
    #[error("the project is already there")]
    Same,
    /// No such move.
    #[error("a project cannot move there")]
    NotFrom,
    /// Stopping, giving up, resuming and going back need a reason.
    #[error("this move needs a reason")]
    ReasonMissing,
    /// The stage demands a document.
    #[error("this move needs a document")]
    BasisMissing,
}

/// How a move goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Along the stages.
    Forward,
    /// One step back.
    Back,
    /// Stopped for a time.
    Suspend,
    /// Taken up again.
    Resume,
    /// Given up.
    Terminate,
}

impl Way {
    /// Whether it has to be explained.
    pub const fn needs_reason(self) -> bool {
        !matches!(self, Self::Forward)
    }
}

impl Stages {
    /// Reads and checks configured stages.
    ///
    /// # Errors
    /// [`StageFault`] names the first fault.
    pub fn from_json(text: &str) -> Result<Self, StageFault> {
        let stages: Self =
            serde_json::from_str(text).map_err(|error| StageFault::Unreadable(error.to_string()))?;
        for modality in Modality::ALL {
            stages.check(*modality)?;
        }
        Ok(stages)
    }

    /// The stages of a modality in their usual order.
    pub fn of(&self, modality: Modality) -> &[Stage] {
        self.tracks
            .iter()
            .find(|track| track.modality == modality)
            .map_or(&[], |track| track.stages.as_slice())
    }

    /// The stage of a project, by its word; by its status when the word is empty or unknown. `None` for stopped ones
    /// and those given up.
    pub fn at(&self, modality: Modality, status: Status, word: &str) -> Option<&Stage> {
        let track = self.of(modality);
        let named = track.iter().find(|stage| stage.code == word && stage.status == status);
        named.or_else(|| track.iter().find(|stage| stage.status == status))
    }

    /// The word of the stage of a project; that of the status when the modality has no such stage.
    pub fn code_at<'a>(&'a self, modality: Modality, status: Status, word: &str) -> &'a str {
        self.at(modality, status, word).map_or(status.code(), |stage| stage.code.as_str())
    }

    /// The status under which a stage is shown.
    pub fn status_of(&self, modality: Modality, word: &str) -> Option<Status> {
        match word {
            SUSPENDED => Some(Status::Suspended),
            TERMINATED => Some(Status::Terminated),
            _ => self.of(modality).iter().find(|stage| stage.code == word).map(|stage| stage.status),
        }
    }

    /// Where a project can go from here, along the stages first.
    pub fn moves(&self, modality: Modality, status: Status, word: &str) -> Vec<(&str, Way)> {
        let track = self.of(modality);
        if status == Status::Terminated {
            return Vec::new();
        }
        if status == Status::Suspended {
            let open = track.iter().filter(|stage| stage.status < Status::Completed);
            let mut moves: Vec<(&str, Way)> = open.map(|stage| (stage.code.as_str(), Way::Resume)).collect();
            moves.push((TERMINATED, Way::Terminate));
            return moves;
        }
        // A status that the modality has no stage for is left by any of its stages.
        let Some(here) = self.at(modality, status, word) else {
            let mut moves: Vec<(&str, Way)> =
                track.iter().map(|stage| (stage.code.as_str(), Way::Resume)).collect();
            moves.push((TERMINATED, Way::Terminate));
            return moves;
        };
        if here.next.is_empty() {
            return Vec::new();
        }
        let mut moves: Vec<(&str, Way)> =
            here.next.iter().map(|code| (code.as_str(), Way::Forward)).collect();
        let before = track.iter().filter(|stage| stage.next.contains(&here.code));
        moves.extend(before.map(|stage| (stage.code.as_str(), Way::Back)));
        if here.status > Status::Idea && here.status < Status::Completed {
            moves.push((SUSPENDED, Way::Suspend));
        }
        if here.status != Status::Completed {
            moves.push((TERMINATED, Way::Terminate));
        }
        moves
    }

    /// Checks one move and says how it goes. Documents are demanded on the way along the stages only; what else a
    /// stage demands, [`Stages::demands`] tells.
    ///
    /// # Errors
    /// [`StepFault`] says why the move is not possible.
    pub fn check_step(
        &self,
        modality: Modality,
        (status, word): (Status, &str),
        step: Step<'_>,
    ) -> Result<Way, StepFault> {
        if self.code_at(modality, status, word) == step.to {
            return Err(StepFault::Same);
        }
        let moves = self.moves(modality, status, word);
        let Some((_, way)) = moves.iter().find(|(code, _)| *code == step.to) else {
            return Err(StepFault::NotFrom);
        };
        if way.needs_reason() && step.reason.trim().is_empty() {
            return Err(StepFault::ReasonMissing);
        }
        let document = self.demands(modality, step.to).contains(&Demand::Basis);
        if *way == Way::Forward && document && step.basis.is_empty() {
            return Err(StepFault::BasisMissing);
        }
        Ok(*way)
    }

    /// What a stage demands.
    pub fn demands(&self, modality: Modality, word: &str) -> &[Demand] {
        let stage = self.of(modality).iter().find(|stage| stage.code == word);
        stage.map_or(&[], |stage| stage.demands.as_slice())
    }

    fn check(&self, modality: Modality) -> Result<(), StageFault> {
        let track = self.of(modality);
        let Some(first) = track.first() else { return Err(StageFault::Missing(modality)) };
        let mut seen = BTreeSet::from([SUSPENDED, TERMINATED]);
        for stage in track {
            if !seen.insert(stage.code.as_str()) {
                return Err(StageFault::Twice(modality, stage.code.clone()));
            }
        }
        for next in track.iter().flat_map(|stage| &stage.next) {
            if !track.iter().any(|stage| stage.code == *next) {
                return Err(StageFault::Unknown(modality, next.clone()));
            }
        }
        let reached = reached(track, &first.code);
        for stage in track {
            if stage.code != first.code && !reached.contains(stage.code.as_str()) {
                return Err(StageFault::Unreachable(modality, stage.code.clone()));
            }
            if self::reached(track, &stage.code).contains(stage.code.as_str()) {
                return Err(StageFault::Circle(modality, stage.code.clone()));
            }
        }
        Ok(())
    }
}

/// Every stage that some way along the stages leads to.
fn reached<'a>(track: &'a [Stage], from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(code) = open.pop() {
        let Some(stage) = track.iter().find(|stage| stage.code == code) else { continue };
        for next in &stage.next {
            if reached.insert(next.as_str()) {
                open.push(next.as_str());
            }
        }
    }
    reached
}
