//! What is asked: a method, columns, and options with their defaults.

use serde::{Deserialize, Serialize};

/// A method of the workbench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Numbers described: centre, spread, shape.
    Describe,
    /// How often each answer was given.
    Frequency,
    /// Two classifications against each other.
    Crosstab,
    /// How strongly numbers move together.
    Correlate,
    /// Whether a printed correlation matrix is possible, and what is significant in it.
    Matrix,
    /// Whether items measure the same thing.
    Alpha,
    /// Multiple linear regression.
    Regress,
    /// Regression of a yes or no.
    Logistic,
    /// Regression over units observed repeatedly.
    Panel,
    /// Whether groups or measurements differ.
    Compare,
    /// Whether two coders agree.
    Kappa,
    /// Weights that bring a sample to known margins.
    Weights,
    /// How many people to ask in each group.
    Quota,
    /// What clustering and weights cost in precision.
    DesignEffect,
}

impl Method {
    /// Every method, in the order of a menu.
    pub const ALL: [Self; 14] = [
        Self::Describe,
        Self::Frequency,
        Self::Crosstab,
        Self::Correlate,
        Self::Matrix,
        Self::Alpha,
        Self::Compare,
        Self::Regress,
        Self::Logistic,
        Self::Panel,
        Self::Kappa,
        Self::Quota,
        Self::Weights,
        Self::DesignEffect,
    ];

    /// Its name in addresses, JSON and at the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Describe => "describe",
            Self::Frequency => "frequency",
            Self::Crosstab => "crosstab",
            Self::Correlate => "correlate",
            Self::Matrix => "matrix",
            Self::Alpha => "alpha",
            Self::Regress => "regress",
            Self::Logistic => "logistic",
            Self::Panel => "panel",
            Self::Compare => "compare",
            Self::Kappa => "kappa",
            Self::Weights => "weights",
            Self::Quota => "quota",
            Self::DesignEffect => "design-effect",
        }
    }

    /// Reads its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == text)
    }
}

/// How standard errors are estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Errors {
    /// Equal spread of the residuals is assumed.
    Classical,
    /// Robust, White's with n/(n-k).
    Hc1,
    /// Robust, safer in small samples.
    #[default]
    Hc3,
}

/// Coefficient of correlation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coefficient {
    /// Of the numbers: linear.
    #[default]
    Pearson,
    /// Of the ranks: monotone.
    Spearman,
}

/// A test of a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Two groups, spreads may differ.
    #[default]
    Welch,
    /// Two columns of the same persons or units.
    Paired,
    /// One column against a number.
    OneSample,
    /// Ranks of two groups.
    MannWhitney,
    /// Ranks of two and more groups.
    KruskalWallis,
}

macro_rules! codes {
    ($name:ident, $($variant:ident => $code:literal),+ $(,)?) => {
        impl $name {
            /// Every one, in the order of a menu.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in addresses, JSON and at the command line.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads its name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == text)
            }
        }
    };
}

codes!(Errors, Hc3 => "hc3", Hc1 => "hc1", Classical => "classical");
codes!(Coefficient, Pearson => "pearson", Spearman => "spearman");
codes!(
    Test,
    Welch => "welch",
    Paired => "paired",
    OneSample => "one-sample",
    MannWhitney => "mann-whitney",
    KruskalWallis => "kruskal-wallis",
);

/// The share that a category has in the population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Name of the column.
    pub column: String,
    /// Category.
    pub level: String,
    /// Share from 0 to 1.
    pub share: f64,
}

impl Target {
    /// Reads `sex: f = 0.52`; the last equals sign counts, and a decimal comma is understood.
    pub fn parse(text: &str) -> Option<Self> {
        let (front, share) = text.rsplit_once('=')?;
        let (column, level) = front.split_once(':')?;
        let share = share.trim().replace(',', ".").parse().ok().filter(|share: &f64| share.is_finite())?;
        Some(Self { column: column.trim().to_owned(), level: level.trim().to_owned(), share })
    }
}

/// Reads the order of the answers of a column, the lowest first: `trust: low < medium < high`.
pub fn parse_order(text: &str) -> Option<(String, Vec<String>)> {
    let (column, levels) = text.split_once(':')?;
    let levels: Vec<String> = levels.split('<').map(|level| level.trim().to_owned()).collect();
    let is_order = levels.len() > 1 && levels.iter().all(|level| !level.is_empty());
    is_order.then(|| (column.trim().to_owned(), levels))
}

/// A question to a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Columns, in the order chosen: predictors, items, variables.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What is explained, in regressions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Groups of a comparison, units of a panel, clusters of a sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Periods of a panel: adds an effect for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Column that says how many persons a row stands for, or their weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// Column that says how many have been asked already, in a quota plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<String>,
    /// Confidence level of intervals, between 0.5 and 0.9999.
    #[serde(default = "level")]
    pub level: f64,
    /// Coefficient of correlation.
    #[serde(default)]
    pub coefficient: Coefficient,
    /// Standard errors of a linear regression.
    #[serde(default)]
    pub errors: Errors,
    /// Test of a comparison.
    #[serde(default)]
    pub test: Test,
    /// Number against which one column is compared.
    #[serde(default)]
    pub against: f64,
    /// Size: of a quota plan, or of the sample behind a printed matrix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// Margins of the population, for weights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Seed of simulations: the same seed gives the same figures.
    #[serde(default = "seed")]
    pub seed: u64,
}

const fn level() -> f64 {
    0.95
}

const fn seed() -> u64 {
    1
}

impl Request {
    /// A request with the defaults.
    pub fn new(method: Method, columns: &[&str]) -> Self {
        Self {
            method,
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            outcome: None,
            group: None,
            time: None,
            count: None,
            filled: None,
            level: level(),
            coefficient: Coefficient::default(),
            errors: Errors::default(),
            test: Test::default(),
            against: 0.0,
            size: None,
            targets: Vec::new(),
            seed: seed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_orders_are_read() {
        let target = Target::parse("age: 18-29 = 0,25").map(|t| (t.column, t.level, t.share));
        assert_eq!(target, Some(("age".to_owned(), "18-29".to_owned(), 0.25)));
        assert_eq!(Target::parse("age 18 = x"), None);
        let order = parse_order("trust: low < high").map(|(column, levels)| (column, levels.len()));
        assert_eq!(order, Some(("trust".to_owned(), 2)));
        assert_eq!(parse_order("trust: low <"), None);
    }

    #[test]
    fn every_code_is_read_again() {
        assert!(Method::ALL.iter().all(|one| Method::parse(one.code()) == Some(*one)));
        assert!(Test::ALL.iter().all(|one| Test::parse(one.code()) == Some(*one)));
    }
}
