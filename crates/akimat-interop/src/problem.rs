//! What is wrong with a file, as data. The sentences are in the catalogue `problem.ftl`.

mod facts;

use serde::Serialize;

/// At most this many problems of one file are listed.
pub const PROBLEMS_MAX: usize = 200;

/// One problem with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Row counted from 1 as a spreadsheet shows it; for JSON the position of the record.
    pub row: Option<u32>,
    /// Header of the column, or path of the field in a record.
    pub column: Option<String>,
    /// What is wrong.
    pub code: ProblemCode,
}

/// What is wrong, with the facts a sentence needs. Texts taken from the file are cut to 40 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ProblemCode {
    /// The file has more than the allowed mebibytes.
    FileTooLarge {
        /// Allowed mebibytes.
        limit_mib: u32,
    },
    /// The file has no content.
    FileEmpty,
    /// The bytes are neither text in a known encoding nor a workbook.
    NotText,
    /// No known header or structure was found.
    UnknownFormat,
    /// The workbook cannot be read.
    BrokenWorkbook,
    /// The workbook unpacks to more than is allowed.
    WorkbookTooLarge {
        /// Allowed mebibytes.
        limit_mib: u32,
    },
    /// The workbook is protected by a password.
    WorkbookEncrypted,
    /// The sheet has more rows or columns than allowed.
    SheetTooLarge {
        /// Allowed rows.
        rows: u32,
        /// Allowed columns.
        columns: u32,
    },
    /// The JSON text breaks off or has an error here.
    BrokenJson {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
    },
    /// The file has no record.
    NoRecords,
    /// An object is needed here.
    NotARecord,
    /// The same field stands in a record twice.
    FieldTwice {
        /// Name.
        name: String,
    },
    /// A quotation mark is not closed, or the row has more cells than the header.
    BrokenRow,
    /// A column that the format needs is not there.
    ColumnMissing {
        /// Name.
        name: String,
    },
    /// The same column stands in the header twice.
    ColumnTwice {
        /// Name.
        name: String,
    },
    /// A value is needed here.
    Missing,
    /// Not an amount of money.
    NotAnAmount {
        /// What stands there.
        value: String,
    },
    /// More decimals than a tiyn has.
    AmountTooFine {
        /// What stands there.
        value: String,
    },
    /// Beyond 92 quadrillion tenge.
    AmountTooLarge {
        /// What stands there.
        value: String,
    },
    /// An amount that cannot be negative.
    AmountNegative {
        /// What stands there.
        value: String,
    },
    /// Not a number.
    NotANumber {
        /// What stands there.
        value: String,
    },
    /// Beyond the allowed range.
    OutOfRange {
        /// What stands there.
        value: String,
        /// Smallest allowed.
        min: String,
        /// Largest allowed.
        max: String,
    },
    /// Not a date.
    NotADate {
        /// What stands there.
        value: String,
    },
    /// Not a KATO code.
    NotKato {
        /// What stands there.
        value: String,
    },
    /// Not a unit of money.
    UnknownUnit {
        /// What stands there.
        value: String,
    },
    /// Not one of the allowed values.
    UnknownValue {
        /// What stands there.
        value: String,
        /// Allowed values, by commas.
        allowed: String,
    },
    /// Longer than allowed.
    TooLong {
        /// Allowed number.
        limit: u32,
    },
    /// The same value already stands in another row.
    Repeated {
        /// What stands there.
        value: String,
        /// Row of the first.
        row: u32,
    },
    /// Rows of one record disagree; the first of them is named.
    RowsDisagree {
        /// Row of the first.
        row: u32,
    },
    /// Rows of one record do not stand together; the first of them is named.
    RowsApart {
        /// Row of the first.
        row: u32,
    },
    /// The register of territories does not have this code.
    PlaceUnknown {
        /// What stands there.
        value: String,
    },
    /// A territory that lies so deep has a budget of another level.
    LevelWrong {
        /// What stands there.
        value: String,
        /// What was expected.
        expected: String,
    },
    /// By the rule of the classifier another territory is the parent.
    ParentWrong {
        /// What stands there.
        value: String,
        /// What was expected.
        expected: String,
    },
    /// Not a year, quarter or month.
    NotAPeriod {
        /// What stands there.
        value: String,
    },
    /// A period of another frequency than the first one of its series.
    FrequencyMixed {
        /// What stands there.
        value: String,
    },
    /// Periods are missing before this one.
    PeriodGap {
        /// What stands there.
        value: String,
        /// What was expected.
        expected: String,
    },
    /// The period is earlier than the one before it.
    PeriodOrder {
        /// What stands there.
        value: String,
        /// The period before.
        previous: String,
    },
    /// The file does not say it, and nobody chose it.
    ContextMissing {
        /// Name.
        name: String,
    },
    /// No total of revenue or expenditure was found.
    TotalsMissing,
    /// A row has an amount but neither a code nor the name of a known total.
    UnknownRow {
        /// Name of the row.
        value: String,
    },
    /// A project without a title.
    TitleMissing,
    /// The project ends before it starts.
    EndsBeforeStart,
    /// More problems were found than are listed.
    TooMany {
        /// Allowed number.
        limit: u32,
    },
}

/// A text of the file, cut for a message: hostile cells can be megabytes long.
pub(crate) fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(40).collect()
}

/// Collects problems up to [`PROBLEMS_MAX`].
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    beyond: bool,
}

impl Problems {
    pub(crate) fn add(&mut self, row: Option<u32>, column: Option<&str>, code: ProblemCode) {
        if self.list.len() < PROBLEMS_MAX {
            self.list.push(Problem { row, column: column.map(short), code });
        } else {
            self.beyond = true;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The value when no problem was found.
    pub(crate) fn settle<T>(mut self, value: T) -> Result<T, Vec<Problem>> {
        if self.list.is_empty() {
            return Ok(value);
        }
        if self.beyond {
            let limit = u32::try_from(PROBLEMS_MAX).unwrap_or(u32::MAX);
            self.list.push(Problem { row: None, column: None, code: ProblemCode::TooMany { limit } });
        }
        Err(self.list)
    }
}

/// One problem of the file as a whole.
pub(crate) fn whole_file(code: ProblemCode) -> Vec<Problem> {
    vec![Problem { row: None, column: None, code }]
}

impl Problem {
    /// Key of the sentence in the catalogue.
    pub const fn key(&self) -> &'static str {
        self.code.key()
    }

    /// Arguments of the sentence by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        self.code.args()
    }

    /// Key of the words that name the place; its arguments are `row` and `column`.
    pub const fn place_key(&self) -> &'static str {
        match (self.row, &self.column) {
            (Some(_), Some(_)) => "problem-place-row-column",
            (Some(_), None) => "problem-place-row",
            (None, Some(_)) => "problem-place-column",
            (None, None) => "problem-place-file",
        }
    }
}

pub use facts::PROBLEM_KEYS;
