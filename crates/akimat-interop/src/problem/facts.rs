//! Key and arguments of every problem.

use super::ProblemCode;

/// Every key of `problem.ftl`.
pub const PROBLEM_KEYS: &[&str] = &[
    "problem-place-file",
    "problem-place-row",
    "problem-place-column",
    "problem-place-row-column",
    "problem-file-too-large",
    "problem-file-empty",
    "problem-not-text",
    "problem-unknown-format",
    "problem-broken-workbook",
    "problem-workbook-too-large",
    "problem-workbook-encrypted",
    "problem-sheet-too-large",
    "problem-broken-json",
    "problem-no-records",
    "problem-not-a-record",
    "problem-field-twice",
    "problem-broken-row",
    "problem-column-missing",
    "problem-column-twice",
    "problem-missing",
    "problem-not-an-amount",
    "problem-amount-too-fine",
    "problem-amount-too-large",
    "problem-amount-negative",
    "problem-not-a-number",
    "problem-out-of-range",
    "problem-not-a-date",
    "problem-not-kato",
    "problem-unknown-unit",
    "problem-unknown-value",
    "problem-too-long",
    "problem-repeated",
    "problem-rows-disagree",
    "problem-rows-apart",
    "problem-place-unknown",
    "problem-level-wrong",
    "problem-parent-wrong",
    "problem-not-a-period",
    "problem-frequency-mixed",
    "problem-period-gap",
    "problem-period-order",
    "problem-context-missing",
    "problem-totals-missing",
    "problem-unknown-row",
    "problem-title-missing",
    "problem-ends-before-start",
    "problem-too-many",
];

impl ProblemCode {
    /// Key of the sentence in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::FileTooLarge { .. } => "problem-file-too-large",
            Self::FileEmpty => "problem-file-empty",
            Self::NotText => "problem-not-text",
            Self::UnknownFormat => "problem-unknown-format",
            Self::BrokenWorkbook => "problem-broken-workbook",
            Self::WorkbookTooLarge { .. } => "problem-workbook-too-large",
            Self::WorkbookEncrypted => "problem-workbook-encrypted",
            Self::SheetTooLarge { .. } => "problem-sheet-too-large",
            Self::BrokenJson { .. } => "problem-broken-json",
            Self::NoRecords => "problem-no-records",
            Self::NotARecord => "problem-not-a-record",
            Self::FieldTwice { .. } => "problem-field-twice",
            Self::BrokenRow => "problem-broken-row",
            Self::ColumnMissing { .. } => "problem-column-missing",
            Self::ColumnTwice { .. } => "problem-column-twice",
            Self::Missing => "problem-missing",
            Self::NotAnAmount { .. } => "problem-not-an-amount",
            Self::AmountTooFine { .. } => "problem-amount-too-fine",
            Self::AmountTooLarge { .. } => "problem-amount-too-large",
            Self::AmountNegative { .. } => "problem-amount-negative",
            Self::NotANumber { .. } => "problem-not-a-number",
            Self::OutOfRange { .. } => "problem-out-of-range",
            Self::NotADate { .. } => "problem-not-a-date",
            Self::NotKato { .. } => "problem-not-kato",
            Self::UnknownUnit { .. } => "problem-unknown-unit",
            Self::UnknownValue { .. } => "problem-unknown-value",
            Self::TooLong { .. } => "problem-too-long",
            Self::Repeated { .. } => "problem-repeated",
            Self::RowsDisagree { .. } => "problem-rows-disagree",
            Self::RowsApart { .. } => "problem-rows-apart",
            Self::PlaceUnknown { .. } => "problem-place-unknown",
            Self::LevelWrong { .. } => "problem-level-wrong",
            Self::ParentWrong { .. } => "problem-parent-wrong",
            Self::NotAPeriod { .. } => "problem-not-a-period",
            Self::FrequencyMixed { .. } => "problem-frequency-mixed",
            Self::PeriodGap { .. } => "problem-period-gap",
            Self::PeriodOrder { .. } => "problem-period-order",
            Self::ContextMissing { .. } => "problem-context-missing",
            Self::TotalsMissing => "problem-totals-missing",
            Self::UnknownRow { .. } => "problem-unknown-row",
            Self::TitleMissing => "problem-title-missing",
            Self::EndsBeforeStart => "problem-ends-before-start",
            Self::TooMany { .. } => "problem-too-many",
        }
    }

    /// Arguments of the sentence by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::FileTooLarge { limit_mib } | Self::WorkbookTooLarge { limit_mib } => {
                vec![("limit", limit_mib.to_string())]
            }
            Self::FileEmpty
            | Self::NotText
            | Self::UnknownFormat
            | Self::BrokenWorkbook
            | Self::WorkbookEncrypted
            | Self::NoRecords
            | Self::NotARecord
            | Self::BrokenRow
            | Self::Missing
            | Self::TotalsMissing
            | Self::TitleMissing
            | Self::EndsBeforeStart => Vec::new(),
            Self::SheetTooLarge { rows, columns } => {
                vec![("rows", rows.to_string()), ("columns", columns.to_string())]
            }
            Self::BrokenJson { line, column } => {
                vec![("line", line.to_string()), ("column", column.to_string())]
            }
            Self::FieldTwice { name }
            | Self::ColumnMissing { name }
            | Self::ColumnTwice { name }
            | Self::ContextMissing { name } => vec![("name", name.clone())],
            Self::NotAnAmount { value }
            | Self::UnknownRow { value }
            | Self::AmountTooFine { value }
            | Self::AmountTooLarge { value }
            | Self::AmountNegative { value }
            | Self::NotANumber { value }
            | Self::NotADate { value }
            | Self::NotKato { value }
            | Self::PlaceUnknown { value }
            | Self::UnknownUnit { value }
            | Self::NotAPeriod { value }
            | Self::FrequencyMixed { value } => vec![("value", value.clone())],
            Self::OutOfRange { value, min, max } => {
                vec![("value", value.clone()), ("min", min.clone()), ("max", max.clone())]
            }
            Self::UnknownValue { value, allowed } => {
                vec![("value", value.clone()), ("allowed", allowed.clone())]
            }
            Self::TooLong { limit } | Self::TooMany { limit } => vec![("limit", limit.to_string())],
            Self::Repeated { value, row } => vec![("value", value.clone()), ("row", row.to_string())],
            Self::RowsDisagree { row } | Self::RowsApart { row } => vec![("row", row.to_string())],
            Self::ParentWrong { value, expected }
            | Self::LevelWrong { value, expected }
            | Self::PeriodGap { value, expected } => {
                vec![("value", value.clone()), ("expected", expected.clone())]
            }
            Self::PeriodOrder { value, previous } => {
                vec![("value", value.clone()), ("previous", previous.clone())]
            }
        }
    }
}
