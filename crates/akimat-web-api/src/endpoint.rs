//! The one table of the API: what each address is called, which parameters it takes and what it answers.
//! The router takes its paths from here, [`crate::asked`] checks parameters by it and
//! [`crate::openapi()`] prints it, so the three cannot drift apart.

use crate::{
    accuracy, adhoc, appraisal, audit, budget, comment, consolidation, contract, decision, disclosure, fact,
    finding, fiscal_year, forecast, history, index, indicator, inequality, laboratory, log, moderation,
    next_year, observation, open_contracting, outcome, peer, photo, place, probe, procurement, programme,
    project, ranking, report, risk, scenario, schedule,
};

/// An address that is read.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// Name of the operation for generated clients.
    pub id: &'static str,
    /// Group in the documentation.
    pub tag: &'static str,
    /// What it gives.
    pub summary: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// What it answers.
    pub body: Body,
    /// Statuses of problems beyond those that follow from the parameters.
    pub problems: &'static [u16],
}

/// What an address answers.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// A resource with a tag: name of its schema and an example in JSON.
    Resource(&'static str, &'static str),
    /// JSON that is never kept: name of its schema and an example.
    Status(&'static str, &'static str),
    /// Plain text for machines.
    Text(&'static str),
    /// A table for spreadsheets: an example.
    Csv(&'static str),
}

/// A parameter of the query or, where the path names it in braces, of the path.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Name.
    pub name: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// Must be given.
    pub required: bool,
    /// May be given many times.
    pub repeatable: bool,
    /// What it means.
    pub help: &'static str,
}

/// What the values of a parameter look like.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Words to search for: at most so many characters.
    Words(usize),
    /// A code of the KATO classifier.
    Place,
    /// An identifier.
    Id,
    /// A whole number between two bounds; the last is taken when none is given.
    Whole {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
        /// Taken when none is given.
        default: Option<i64>,
    },
    /// A word that a former page gave as `next`.
    Cursor,
    /// A code of the budget classification.
    LineCode,
    /// One of a list of names; the last is taken when none is given.
    OneOf(fn() -> Vec<&'static str>, Option<&'static str>),
}

impl Parameter {
    /// An optional parameter that is given once.
    pub const fn new(name: &'static str, kind: Kind, help: &'static str) -> Self {
        Self { name, kind, required: false, repeatable: false, help }
    }

    /// The same, but it must be given.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same, but it may be given many times.
    pub const fn repeatable(self) -> Self {
        Self { repeatable: true, ..self }
    }
}

/// Entries of one page at most.
pub const LIMIT_MAX: i64 = akimat_storage::PageRequest::LIMIT_MAX as i64;

/// How many entries are wanted.
pub const LIMIT: Parameter =
    Parameter::new("limit", Kind::Whole { min: 1, max: LIMIT_MAX, default: Some(50) }, "Entries on a page.");

/// Where the page begins.
pub const CURSOR: Parameter =
    Parameter::new("cursor", Kind::Cursor, "The word `next` of the page before; absent for the first page.");

/// A year.
pub const YEAR: Kind = Kind::Whole { min: 1991, max: 2100, default: None };

/// The identifier in a path.
pub const ID: Parameter = Parameter::new("id", Kind::Id, "Identifier, as the list gives it.").required();

/// Every address in the order of the documentation.
pub const ENDPOINTS: [&Endpoint; 65] = [
    &index::INDEX,
    &index::OPENAPI,
    &index::PROBLEMS,
    &place::LIST,
    &place::SHOW,
    &budget::LIST,
    &budget::SHOW,
    &finding::LIST,
    &finding::ALL,
    &consolidation::SHOW,
    &disclosure::LIST,
    &log::LIST,
    &project::LIST,
    &project::SHOW,
    &history::SHOW,
    &outcome::SHOW,
    &outcome::RECORD,
    &appraisal::SHOW,
    &schedule::SHOW,
    &risk::SHOW,
    &risk::LIST,
    &schedule::RESULTS,
    &photo::SHOW,
    &contract::SHOW,
    &procurement::TABLE,
    &procurement::PIPELINE,
    &procurement::OBLIGATIONS,
    &procurement::FLAGS,
    &ranking::SHOW,
    &programme::LIST,
    &programme::SHOW,
    &programme::INSTANCE,
    &comment::LIST,
    &forecast::SHOW,
    &accuracy::SHOW,
    &accuracy::LIST,
    &accuracy::FORECAST,
    &next_year::SHOW,
    &fiscal_year::SHOW,
    &laboratory::SHOW,
    &decision::LIST,
    &decision::SHOW,
    &fact::TOTALS,
    &fact::MONTHS,
    &fact::REPORT,
    &adhoc::SHOW,
    &scenario::LIST,
    &scenario::SHOW,
    &report::LIST,
    &report::SHOW,
    &indicator::LIST,
    &inequality::SHOW,
    &peer::SHOW,
    &observation::LIST,
    &open_contracting::PROJECTS,
    &open_contracting::RELEASES,
    &open_contracting::RECORDS,
    &open_contracting::PROJECT,
    &open_contracting::PROCESSES,
    &moderation::COUNTS,
    &moderation::TABLE,
    &audit::LIST,
    &probe::HEALTH,
    &probe::READY,
    &probe::METRICS,
];

impl Endpoint {
    /// The parameter stands in the path.
    pub fn in_path(&self, parameter: &Parameter) -> bool {
        self.path.contains(&format!("{{{}}}", parameter.name))
    }

    /// The endpoint with this path.
    pub fn by_path(path: &str) -> Option<&'static Self> {
        ENDPOINTS.into_iter().find(|endpoint| endpoint.path == path)
    }
}
