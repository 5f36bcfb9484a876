//! What the data do not carry, as facts. The sentences are in the catalogue `statistics.ftl`.

use crate::cell::CellFault;

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The table has no column of this name.
    #[error("no column is named {column}")]
    UnknownColumn {
        /// Name.
        column: String,
    },
    /// Two columns have this name, or a column has none.
    #[error("the name {column:?} is empty or stands twice")]
    NameTwice {
        /// Name.
        column: String,
    },
    /// The same column was chosen in two roles.
    #[error("the column {column} is chosen twice")]
    ChosenTwice {
        /// Name.
        column: String,
    },
    /// More columns must be chosen.
    #[error("{have} columns are chosen, {need} are needed")]
    TooFewColumns {
        /// Chosen.
        have: usize,
        /// Needed.
        need: usize,
    },
    /// Fewer columns must be chosen.
    #[error("{have} columns are chosen, at most {max} can be")]
    TooManyColumns {
        /// Chosen.
        have: usize,
        /// Allowed.
        max: usize,
    },
    /// An option that the method needs was not given.
    #[error("the option {option} is needed")]
    OptionMissing {
        /// Its name at the command line.
        option: &'static str,
    },
    /// An option has a value that makes no sense.
    #[error("the option {option} cannot be {value}")]
    OptionWrong {
        /// Its name at the command line.
        option: &'static str,
        /// What was given.
        value: String,
    },
    /// Cells that are no numbers, where numbers are needed.
    #[error("{n} cells of {column} are no numbers")]
    Cells {
        /// Name.
        column: String,
        /// How many.
        n: usize,
        /// The first of them.
        cells: Vec<CellFault>,
    },
    /// Categories, where numbers are needed.
    #[error("{column} has categories, not numbers")]
    NotNumbers {
        /// Name.
        column: String,
    },
    /// Categories without an order, where an order is needed.
    #[error("{column} has categories without an order")]
    Nominal {
        /// Name.
        column: String,
    },
    /// Every cell is missing.
    #[error("{column} has no answers")]
    NoAnswers {
        /// Name.
        column: String,
    },
    /// More different categories than a table can show.
    #[error("{column} has {have} different answers")]
    TooManyLevels {
        /// Name.
        column: String,
        /// How many.
        have: usize,
    },
    /// An answer that the declared order does not name.
    #[error("{value} of {column} is not in the declared order")]
    UnknownLevel {
        /// Name.
        column: String,
        /// The answer.
        value: String,
    },
    /// Only rows with a value are asked for, and no row has it.
    #[error("no row has {value} in {column}")]
    NoRow {
        /// Name.
        column: String,
        /// The value.
        value: String,
    },
    /// A column whose values are all the same.
    #[error("{column} is constant")]
    Constant {
        /// Name.
        column: String,
    },
    /// Too few complete rows.
    #[error("{have} complete rows, {need} are needed")]
    TooFew {
        /// Complete rows.
        have: usize,
        /// Needed.
        need: usize,
    },
    /// A predictor is a linear combination of those before it.
    #[error("{column} is a combination of the other predictors")]
    Collinear {
        /// Name.
        column: String,
    },
    /// A column must have another number of groups.
    #[error("{column} has {have} groups, {need} are needed")]
    Groups {
        /// Name.
        column: String,
        /// Groups in the complete rows.
        have: usize,
        /// Needed; for the tests of several groups the smallest number.
        need: usize,
    },
    /// A predictor separates the two outcomes: no finite estimate exists.
    #[error("the outcomes are separated by {column}")]
    Separated {
        /// Name of the predictor that is told apart most.
        column: String,
    },
    /// An iteration did not settle.
    #[error("no convergence after {iterations} iterations")]
    NotConverged {
        /// Iterations.
        iterations: usize,
    },
    /// A count or weight that is negative, or a count that is no whole number.
    #[error("row {row} of {column} is no count")]
    NotACount {
        /// Name.
        column: String,
        /// Row as a spreadsheet shows it.
        row: u32,
    },
    /// A category of the sample without a target.
    #[error("no target for {value} of {column}")]
    TargetMissing {
        /// Name.
        column: String,
        /// Category.
        value: String,
    },
    /// A target above zero for a category that nobody in the sample has.
    #[error("nobody in the sample has {value} in {column}")]
    TargetEmpty {
        /// Name.
        column: String,
        /// Category.
        value: String,
    },
    /// Targets of a column that do not add to one.
    #[error("the targets of {column} add to {sum}")]
    TargetSum {
        /// Name.
        column: String,
        /// What they add to.
        sum: f64,
    },
    /// Not a correlation matrix: not square, not symmetric, or a diagonal that is not one.
    #[error("row {row} is not that of a correlation matrix")]
    NotAMatrix {
        /// Row as a spreadsheet shows it.
        row: u32,
    },
    /// The numbers are so large or so small that the computation leaves the range of a float.
    #[error("the computation overflows")]
    Overflow,
}

impl Refusal {
    /// Its name in JSON and in the catalogue.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownColumn { .. } => "unknown_column",
            Self::NameTwice { .. } => "name_twice",
            Self::ChosenTwice { .. } => "chosen_twice",
            Self::TooFewColumns { .. } => "too_few_columns",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::OptionMissing { .. } => "option_missing",
            Self::OptionWrong { .. } => "option_wrong",
            Self::Cells { .. } => "cells",
            Self::NotNumbers { .. } => "not_numbers",
            Self::Nominal { .. } => "nominal",
            Self::NoAnswers { .. } => "no_answers",
            Self::TooManyLevels { .. } => "too_many_levels",
            Self::UnknownLevel { .. } => "unknown_level",
            Self::NoRow { .. } => "no_row",
            Self::Constant { .. } => "constant",
            Self::TooFew { .. } => "too_few",
            Self::Collinear { .. } => "collinear",
            Self::Groups { .. } => "groups",
            Self::Separated { .. } => "separated",
            Self::NotConverged { .. } => "not_converged",
            Self::NotACount { .. } => "not_a_count",
            Self::TargetMissing { .. } => "target_missing",
            Self::TargetEmpty { .. } => "target_empty",
            Self::TargetSum { .. } => "target_sum",
            Self::NotAMatrix { .. } => "not_a_matrix",
            Self::Overflow => "overflow",
        }
    }

    /// Every code.
    pub const CODES: [&str; 26] = [
        "unknown_column",
        "name_twice",
        "chosen_twice",
        "too_few_columns",
        "too_many_columns",
        "option_missing",
        "option_wrong",
        "cells",
        "not_numbers",
        "nominal",
        "no_answers",
        "too_many_levels",
        "unknown_level",
        "no_row",
        "constant",
        "too_few",
        "collinear",
        "groups",
        "separated",
        "not_converged",
        "not_a_count",
        "target_missing",
        "target_empty",
        "target_sum",
        "not_a_matrix",
        "overflow",
    ];

    /// Facts of the sentence by name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownColumn { column }
            | Self::NameTwice { column }
            | Self::ChosenTwice { column }
            | Self::NotNumbers { column }
            | Self::Nominal { column }
            | Self::NoAnswers { column }
            | Self::Constant { column }
            | Self::Collinear { column }
            | Self::Separated { column } => vec![("column", column.clone())],
            Self::TooFewColumns { have, need } | Self::TooFew { have, need } => {
                vec![("have", have.to_string()), ("need", need.to_string())]
            }
            Self::TooManyColumns { have, max } => vec![("have", have.to_string()), ("max", max.to_string())],
            Self::OptionMissing { option } => vec![("option", (*option).to_owned())],
            Self::OptionWrong { option, value } => {
                vec![("option", (*option).to_owned()), ("value", value.clone())]
            }
            Self::Cells { column, n, .. } => vec![("column", column.clone()), ("n", n.to_string())],
            Self::TooManyLevels { column, have } => {
                vec![("column", column.clone()), ("have", have.to_string())]
            }
            Self::UnknownLevel { column, value }
            | Self::NoRow { column, value }
            | Self::TargetMissing { column, value }
            | Self::TargetEmpty { column, value } => {
                vec![("column", column.clone()), ("value", value.clone())]
            }
            Self::Groups { column, have, need } => {
                vec![("column", column.clone()), ("have", have.to_string()), ("need", need.to_string())]
            }
            Self::NotConverged { iterations } => vec![("n", iterations.to_string())],
            Self::NotACount { column, row } => vec![("column", column.clone()), ("row", row.to_string())],
            Self::TargetSum { column, sum } => vec![("column", column.clone()), ("value", sum.to_string())],
            Self::NotAMatrix { row } => vec![("row", row.to_string())],
            Self::Overflow => Vec::new(),
        }
    }

    /// The faulty cells, when it is about cells.
    pub fn cells(&self) -> &[CellFault] {
        if let Self::Cells { cells, .. } = self { cells } else { &[] }
    }
}
