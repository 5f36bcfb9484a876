//! The words: features known at approval, finished projects, classes.

use serde::{Deserialize, Serialize};

/// What is asked about a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// By how much the end slips, in the unit of the table.
    Delay,
    /// Final cost as a ratio to the planned cost.
    CostGrowth,
    /// Whether it is completed, or rated a success: yes or no.
    Completed,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 3] = [Self::Delay, Self::CostGrowth, Self::Completed];

    /// The name in tables, files, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::CostGrowth => "cost_growth",
            Self::Completed => "completed",
        }
    }

    /// Reads the name used in tables, files and addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.code() == code)
    }
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| "use delay, cost_growth or completed".to_owned())
    }
}

/// A value of a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Not known; never zero.
    Missing,
    /// A measure; a date is a number of years.
    Number(f64),
    /// One of several names.
    Category(String),
}

impl Value {
    /// The measure, if it is one and finite.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) if value.is_finite() => Some(*value),
            _ => None,
        }
    }

    /// The name, if it is one.
    pub fn category(&self) -> Option<&str> {
        match self {
            Self::Category(name) => Some(name),
            _ => None,
        }
    }
}

/// Whether a feature measures or names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureKind {
    /// A measure.
    Number,
    /// A name.
    Category,
}

/// Something that is known of every project when it is approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// Its code.
    pub name: String,
    /// Whether it measures or names.
    pub kind: FeatureKind,
    /// 1: more of it never lowers the chance of the event in the trees; -1: never raises it; 0: free.
    pub monotone: i8,
    /// Only the trees see it: a straight line through it would run on beyond what was seen, as with years.
    pub trees_only: bool,
}

/// The features of a table and the classes made of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// Features.
    pub features: Vec<Feature>,
    /// Class paths: positions of categories, the most general first. The first path names the class of a result.
    pub paths: Vec<Vec<usize>>,
    /// All projects were watched until one day, finished or not: then the order of time tells how long they were
    /// watched, and models are judged on projects left out by lot in place of later ones.
    pub watched_to_one_day: bool,
}

/// A project as known at approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its identifier in the table.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was approved, in years with a fraction.
    pub at: f64,
    /// Values in the order of the features.
    pub values: Vec<Value>,
}

/// A finished project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finished {
    /// What was known at approval.
    pub case: Case,
    /// The outcome as a measure; `None` for a target that is yes or no.
    pub amount: Option<f64>,
    /// The event happened.
    pub event: bool,
}

/// Finished projects, in the order of approval.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Features and classes.
    pub schema: Schema,
    /// What is asked.
    pub target: Target,
    /// Finished projects by date and identifier.
    pub finished: Vec<Finished>,
}

impl Table {
    /// Puts projects in the order of approval.
    pub fn new(schema: Schema, target: Target, mut finished: Vec<Finished>) -> Self {
        finished.sort_by(|a, b| a.case.at.total_cmp(&b.case.at).then_with(|| a.case.id.cmp(&b.case.id)));
        Self { schema, target, finished }
    }
}

impl Schema {
    /// The class of a case on a path down to `depth` features; `None` when a value is missing.
    pub(crate) fn class<'a>(&self, path: &[usize], depth: usize, case: &'a Case) -> Option<Vec<&'a str>> {
        path.iter().take(depth).map(|at| case.values.get(*at).and_then(Value::category)).collect()
    }
}
