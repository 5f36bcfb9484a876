//! Verifies every accounting identity that the given lines allow, and keeps what was printed.
//!
//! A missing figure is unknown, never zero, so a rule whose inputs are not all given simply does
//! not apply. One exception: special revenues, which most budgets do not have.
//!
//! Reading order: the words here, then `figures` (amounts with what can be derived), then one file
//! a family of rules.
//!
//! # Source
//! Budget Code of 15 March 2025, article 9; `docs/method/budget-check.md`.

mod codes;
mod detail;
mod figures;
mod groups;
mod identities;

pub(crate) use figures::Figures;

use crate::{Budget, Item, Stage};
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use serde::Serialize;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// I is the sum of its categories.
    RevenueTotal,
    /// III is loans given less loans repaid.
    NetLending,
    /// IV is acquisition less sale.
    FinancialAssets,
    /// V = I - II - III - IV.
    Balance,
    /// V was printed as I - II, leaving III and IV out.
    BalanceOmitsLending,
    /// Financing bears the sign of the balance instead of the opposite one.
    FinancingSign,
    /// Financing does not offset the balance, or is not the sum of its parts.
    FinancingTotal,
    /// II is the sum of the functional groups.
    FunctionalTotal,
    /// A line is not the sum of the lines below it.
    DetailTotal,
    /// The same line stands in the budget twice.
    DuplicateLine,
    /// A code that the classification does not have.
    UnknownCode,
    /// A line that the layout of its year or level does not have.
    Layout,
    /// One level says it gave another amount in transfers than the other says it got.
    TransferMismatch,
    /// One level says it lent (or got back) another amount than the other says it borrowed (or repaid).
    CreditMismatch,
    /// Two records state different amounts for one unit, year, state and line.
    RecordContradiction,
    /// An amount below zero where the line cannot be.
    SignError,
    /// An amount that is a thousand or a million times what its surroundings suggest, or the reverse.
    UnitSlip,
    /// An amount far from what the same line was in other years.
    HistoryJump,
    /// December's share of the year's spending far above former years.
    YearEndSpike,
    /// More round amounts than chance explains.
    RoundNumbers,
    /// First digits that do not follow Benford's law.
    FirstDigits,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A statistical hint under conditions that are named with it; it accuses nobody and contradicts nothing.
    Hint,
    /// Worth a look; known from official documents.
    Warning,
    /// The figures contradict each other.
    Error,
}

/// One figure of the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// What it states.
    pub item: Item,
    /// Classification code, empty for summary items.
    pub code: String,
    /// It is subtracted, not added.
    pub subtracted: bool,
    /// The figure itself, with the sign it is printed with.
    pub amount: Money,
    /// Not printed but derived from its own parts.
    pub derived: bool,
}

/// One contradiction, with all that is needed to show the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// In which state of the figures; `None` for rules about the lines themselves.
    pub stage: Option<Stage>,
    /// The line that is contradicted.
    pub item: Item,
    /// Its classification code, empty for summary items.
    pub code: String,
    /// Row of the line in the source.
    pub row: Option<u32>,
    /// What is printed.
    pub printed: Option<Money>,
    /// What follows from the other figures; `None` when it is beyond 92 quadrillion tenge.
    pub expected: Option<Money>,
    /// Printed less expected.
    pub difference: Option<Money>,
    /// How bad.
    pub severity: Severity,
    /// The figures that `expected` was computed from.
    pub inputs: Vec<Input>,
    /// Figures of other records that the finding rests on; empty when the budget itself says it all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Numbers of a hint: how many observations, how far from usual, by which condition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(&'static str, Fact)>,
}

/// On which side of a comparison a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Says it gave.
    Given,
    /// Says it got.
    Received,
    /// The same line at another time.
    History,
    /// Another statement about the same line.
    Stated,
}

/// A figure of a record, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// On which side.
    pub side: Side,
    /// The unit.
    pub place: Option<KatoCode>,
    /// Financial year.
    pub year: i16,
    /// Name of the record: key of the budget, or of the file of the report.
    pub record: String,
    /// Row in its source.
    pub row: Option<u32>,
    /// What it states.
    pub item: Item,
    /// Classification code.
    pub code: String,
    /// The amount as stated.
    pub amount: Money,
}

/// A number of a hint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// So many.
    Count(u64),
    /// A number in thousandths.
    Thousandths(i64),
    /// Money.
    Amount(Money),
}

impl Fact {
    /// As a plain decimal; money in the unit of the source.
    pub fn decimal(&self, unit: MoneyUnit) -> String {
        match self {
            Self::Count(n) => n.to_string(),
            Self::Thousandths(n) => {
                let text = Ratio::new((*n).into(), 1000).and_then(|ratio| ratio.to_decimal(3));
                let text = text.unwrap_or_default();
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Self::Amount(money) => money.to_decimal(unit, 1),
        }
    }
}

impl Rule {
    /// Every rule in the order in which findings are listed.
    pub const ALL: [Self; 21] = [
        Self::RevenueTotal,
        Self::NetLending,
        Self::FinancialAssets,
        Self::Balance,
        Self::BalanceOmitsLending,
        Self::FinancingSign,
        Self::FinancingTotal,
        Self::FunctionalTotal,
        Self::DetailTotal,
        Self::DuplicateLine,
        Self::UnknownCode,
        Self::Layout,
        Self::TransferMismatch,
        Self::CreditMismatch,
        Self::RecordContradiction,
        Self::SignError,
        Self::UnitSlip,
        Self::HistoryJump,
        Self::YearEndSpike,
        Self::RoundNumbers,
        Self::FirstDigits,
    ];

    /// The name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RevenueTotal => "revenue_total",
            Self::NetLending => "net_lending",
            Self::FinancialAssets => "financial_assets",
            Self::Balance => "balance",
            Self::BalanceOmitsLending => "balance_omits_lending",
            Self::FinancingSign => "financing_sign",
            Self::FinancingTotal => "financing_total",
            Self::FunctionalTotal => "functional_total",
            Self::DetailTotal => "detail_total",
            Self::DuplicateLine => "duplicate_line",
            Self::UnknownCode => "unknown_code",
            Self::Layout => "layout",
            Self::TransferMismatch => "transfer_mismatch",
            Self::CreditMismatch => "credit_mismatch",
            Self::RecordContradiction => "record_contradiction",
            Self::SignError => "sign_error",
            Self::UnitSlip => "unit_slip",
            Self::HistoryJump => "history_jump",
            Self::YearEndSpike => "year_end_spike",
            Self::RoundNumbers => "round_numbers",
            Self::FirstDigits => "first_digits",
        }
    }

    /// Key of the sentence in the catalogue (see [`Finding::key`] for the exact one); the title has
    /// `-title` after it.
    pub fn key(self) -> String {
        format!("finding-{}", self.code())
    }

    /// Reads the name used in files.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

impl Finding {
    /// A finding about one line, with nothing compared yet.
    pub(crate) fn about(rule: Rule, severity: Severity, item: Item, code: &str) -> Self {
        Self {
            rule,
            stage: None,
            item,
            code: code.to_owned(),
            row: None,
            printed: None,
            expected: None,
            difference: None,
            severity,
            inputs: Vec::new(),
            evidence: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// With what is printed and what is expected, and their difference.
    pub(crate) fn compared(self, printed: Money, expected: Money) -> Self {
        let difference = printed.checked_sub(expected);
        Self { printed: Some(printed), expected: Some(expected), difference, ..self }
    }

    /// Key of the sentence in the catalogue, with the arguments `printed`, `expected` and
    /// `difference`. Two rules have a second sentence: a balance wrong only in its sign, and
    /// financing that does not offset the balance.
    pub fn key(&self) -> String {
        match self.rule {
            Rule::Balance if self.severity == Severity::Warning => "finding-balance-sign".to_owned(),
            Rule::FinancingTotal if self.inputs.iter().any(|input| input.item == Item::Balance) => {
                "finding-financing_total-balance".to_owned()
            }
            rule => rule.key(),
        }
    }
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// Reads the name used in files and addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.code() == code)
    }

    /// The name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Every contradiction of a budget, in the order of its states and, within one, of the sections;
/// rules about the lines themselves come last. Empty when nothing contradicts.
///
/// # Source
/// Budget Code of 15 March 2025, article 9 (sections and identities).
pub fn check(budget: &Budget) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in budget.stages() {
        let figures = Figures::new(budget, stage);
        identities::check(&figures, &mut findings);
        groups::check(&figures, &mut findings);
        detail::check(&figures, &mut findings);
    }
    codes::check(budget, &mut findings);
    findings
}

#[cfg(test)]
mod tests;
