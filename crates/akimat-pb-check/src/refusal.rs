//! Why a trace is refused.

use serde::Serialize;

/// Why a trace does not prove its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "refused", rename_all = "kebab-case")]
pub enum Refusal {
    /// The file cannot be read as an election.
    #[error("line {line} of the file cannot be read")]
    File {
        /// Line, counted from 1.
        line: usize,
    },
    /// A line of the trace is not what the format says.
    #[error("line {line} of the trace cannot be read: {field}")]
    Trace {
        /// Line, counted from 1.
        line: usize,
        /// The field that is missing or wrong.
        field: String,
    },
    /// The trace belongs to another file.
    #[error("the trace is of another file")]
    OtherFile,
    /// A rule of which this checker knows no proof.
    #[error("{what} cannot be checked")]
    Unsupported {
        /// The part of the rule.
        what: String,
    },
    /// A figure of the trace is not that of the file.
    #[error("{field} is {stated} in the trace and {found} by the file")]
    Figure {
        /// The figure.
        field: String,
        /// What the trace says.
        stated: String,
        /// What the file says.
        found: String,
    },
    /// The order that breaks ties is not the one of the rule.
    #[error("{project} stands at the wrong place of the order for ties")]
    Order {
        /// The project.
        project: String,
    },
    /// The supporters of the winner do not raise exactly its cost at the stated price.
    #[error("{run}, round {round}: the price of {project} is wrong")]
    Price {
        /// `final` or `beyond`, or `rounds`.
        run: &'static str,
        /// Round, counted from 1.
        round: usize,
        /// The winner.
        project: String,
    },
    /// Another project would have cost less.
    #[error("{run}, round {round}: {project} was cheaper than the winner")]
    Cheaper {
        /// `final` or `beyond`, or `rounds`.
        run: &'static str,
        /// Round, counted from 1.
        round: usize,
        /// The project that should have won.
        project: String,
    },
    /// Another project was exactly equal and stands before the winner in the order for ties, or the tie is not told.
    #[error("{run}, round {round}: the tie with {project} is wrong or not told")]
    Tie {
        /// `final` or `beyond`, or `rounds`.
        run: &'static str,
        /// Round, counted from 1.
        round: usize,
        /// The equal project.
        project: String,
    },
    /// The winner may not win, or won before.
    #[error("{run}, round {round}: {project} is not open")]
    NotOpen {
        /// `final` or `beyond`, or `rounds`.
        run: &'static str,
        /// Round, counted from 1.
        round: usize,
        /// The project.
        project: String,
    },
    /// The rounds end although a project could still be bought.
    #[error("{run}: {project} could still be bought")]
    Unfinished {
        /// `final` or `beyond`, or `rounds`.
        run: &'static str,
        /// The project.
        project: String,
    },
    /// The shares do not follow one another as the rule says, or end for no reason.
    #[error("the shares are not those of the rule at {share}")]
    Shares {
        /// The share.
        share: String,
    },
    /// The winners do not follow from the rounds.
    #[error("the list of winners does not follow: {project}")]
    Winners {
        /// The first project that differs.
        project: String,
    },
}

impl Refusal {
    /// The name of the reason, as in the catalogue of sentences.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::Trace { .. } => "trace",
            Self::OtherFile => "other-file",
            Self::Unsupported { .. } => "unsupported",
            Self::Figure { .. } => "figure",
            Self::Order { .. } => "order",
            Self::Price { .. } => "price",
            Self::Cheaper { .. } => "cheaper",
            Self::Tie { .. } => "tie",
            Self::NotOpen { .. } => "not-open",
            Self::Unfinished { .. } => "unfinished",
            Self::Shares { .. } => "shares",
            Self::Winners { .. } => "winners",
        }
    }

    /// The facts of the reason by name.
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::File { line } => vec![("line", line.to_string())],
            Self::Trace { line, field } => vec![("line", line.to_string()), ("field", field.clone())],
            Self::OtherFile => Vec::new(),
            Self::Unsupported { what } => vec![("what", what.clone())],
            Self::Figure { field, stated, found } => {
                vec![("field", field.clone()), ("stated", stated.clone()), ("found", found.clone())]
            }
            Self::Order { project } | Self::Winners { project } => vec![("project", project.clone())],
            Self::Price { run, round, project }
            | Self::Cheaper { run, round, project }
            | Self::Tie { run, round, project }
            | Self::NotOpen { run, round, project } => {
                vec![("run", (*run).to_owned()), ("round", round.to_string()), ("project", project.clone())]
            }
            Self::Unfinished { run, project } => {
                vec![("run", (*run).to_owned()), ("project", project.clone())]
            }
            Self::Shares { share } => vec![("share", share.clone())],
        }
    }
}
