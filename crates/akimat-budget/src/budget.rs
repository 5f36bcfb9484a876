//! The words: a budget, its sections, its lines and where each came from.

use akimat_core::{BudgetId, KatoCode, Money, MoneyUnit, Text};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A section of a budget. The number printed before it depends on the [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// I. Revenue.
    Revenue,
    /// II. Expenditure (затраты).
    Expenditure,
    /// III. Net budget lending.
    NetLending,
    /// IV. Balance of operations with financial assets.
    FinancialAssets,
    /// V. Balance: negative is a deficit, positive a surplus.
    Balance,
    /// VI. Non-oil balance (2025 layout; republican and state budgets only).
    NonOilBalance,
    /// VII. Financing of the deficit or use of the surplus (VI in the 2008 layout).
    Financing,
}

/// Which code's sections a budget follows; chosen by its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Budget Code of 4 December 2008: four classes of revenue, six sections.
    Code2008,
    /// Budget Code of 15 March 2025: special revenues, seven sections.
    Code2025,
}

/// The state of the figures: BC art. 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Approved (утверждённый).
    Approved,
    /// Amended (уточнённый, скорректированный).
    Amended,
    /// Executed: paid or received.
    Executed,
}

/// What a line states. Summary items appear at most once in a budget; detail items carry a
/// classification code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// I, total.
    RevenueTotal,
    /// Tax revenue.
    Tax,
    /// Non-tax revenue.
    NonTax,
    /// Proceeds from the sale of fixed capital.
    FixedCapital,
    /// Special revenues (from 2025).
    Special,
    /// Transfers received.
    Transfers,
    /// A class, subclass or specific of revenue below the categories; code `C/CC/S/SS`.
    RevenueDetail,
    /// II, total.
    ExpenditureTotal,
    /// A functional group 01 to 16; the code has two digits.
    FunctionalGroup,
    /// A subgroup, administrator, programme or subprogramme; code `GG/S/AAA/PPP/SSS`.
    FunctionalDetail,
    /// A programme named without its group; code `administrator-programme`, such as `458-015`.
    Programme,
    /// III, total.
    NetLending,
    /// Budget loans given.
    Loans,
    /// Repayment of budget loans.
    LoanRepayment,
    /// A part of [`Item::Loans`] (functional code) or of [`Item::LoanRepayment`] (revenue code).
    LendingDetail,
    /// IV, total.
    FinancialAssets,
    /// Acquisition of financial assets.
    AssetAcquisition,
    /// Proceeds from the sale of financial assets.
    AssetSales,
    /// A part of [`Item::AssetAcquisition`] (functional code) or of [`Item::AssetSales`] (revenue code).
    AssetDetail,
    /// V.
    Balance,
    /// VI in the 2025 layout.
    NonOilBalance,
    /// Financing, total.
    FinancingTotal,
    /// Borrowing.
    Borrowing,
    /// Repayment of loans.
    DebtRepayment,
    /// Used balances of budget funds.
    UsedBalances,
    /// A part of a financing item.
    FinancingDetail,
}

/// One line in its three states. A state that the source does not give is `None`, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// As approved.
    pub approved: Option<Money>,
    /// As amended.
    pub amended: Option<Money>,
    /// As executed.
    pub executed: Option<Money>,
}

/// A line of a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Row of the source, counted from 1 as a spreadsheet shows it; for JSON the position of the
    /// budget in the list.
    pub row: u32,
    /// What it states.
    pub item: Item,
    /// Classification code of a detail line, parts joined by `/`. For a summary item the code
    /// printed beside it, such as `1` for taxes, and empty when none is printed.
    pub code: String,
    /// Name as printed; empty when the item says it all.
    pub name: Text,
    /// The money.
    pub amounts: Amounts,
}

/// Where the figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Name of the imported file.
    pub file_name: String,
    /// SHA-256 of the imported file, 64 hexadecimal digits.
    pub sha256: String,
    /// Address of the act or publication.
    pub source_url: String,
    /// Act, date and number of the revision; remarks on the source.
    pub note: String,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// A budget of one territory for one year, with every line as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Identifier inside the platform.
    pub id: BudgetId,
    /// Name of the record in its file, such as `petropavl-city-2026`; unique within a territory and year.
    pub key: String,
    /// Territory; `None` while the file does not say and nobody chose.
    pub place: Option<KatoCode>,
    /// Level 1 republican, 2 regional, 3 district, 4 village and okrug (BC art. 7).
    pub level: u8,
    /// Financial year, which is the calendar year.
    pub year: i16,
    /// Unit in which the source prints.
    pub unit: MoneyUnit,
    /// The source is whole; `false` when parts of it were cut, so that a missing line is no finding.
    pub complete: bool,
    /// Invented for the demonstration.
    pub invented: bool,
    /// Date of the decision, when known.
    pub adopted_on: Option<Date>,
    /// Where from.
    pub provenance: Provenance,
    /// The lines in the order of the source.
    pub lines: Vec<Line>,
}

impl Section {
    /// Every section in the order of the 2025 layout.
    pub const ALL: [Self; 7] = [
        Self::Revenue,
        Self::Expenditure,
        Self::NetLending,
        Self::FinancialAssets,
        Self::Balance,
        Self::NonOilBalance,
        Self::Financing,
    ];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Expenditure => "expenditure",
            Self::NetLending => "net_lending",
            Self::FinancialAssets => "financial_assets",
            Self::Balance => "balance",
            Self::NonOilBalance => "non_oil_balance",
            Self::Financing => "financing",
        }
    }

    /// The Roman number printed before the section; `None` where the layout has no such section.
    pub const fn number(self, layout: Layout) -> Option<&'static str> {
        Some(match (self, layout) {
            (Self::Revenue, _) => "I",
            (Self::Expenditure, _) => "II",
            (Self::NetLending, _) => "III",
            (Self::FinancialAssets, _) => "IV",
            (Self::Balance, _) => "V",
            (Self::NonOilBalance, Layout::Code2025) | (Self::Financing, Layout::Code2008) => "VI",
            (Self::NonOilBalance, Layout::Code2008) => return None,
            (Self::Financing, Layout::Code2025) => "VII",
        })
    }
}

impl Layout {
    /// By financial year: the code of 2025 is in force from 1 January 2025 (BC art. 1).
    pub const fn for_year(year: i16) -> Self {
        if year >= 2025 { Self::Code2025 } else { Self::Code2008 }
    }
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 3] = [Self::Approved, Self::Amended, Self::Executed];

    /// The name in tables, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Amended => "amended",
            Self::Executed => "executed",
        }
    }

    /// Reads the name used in addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

impl Item {
    /// Every item.
    pub const ALL: [Self; 26] = [
        Self::RevenueTotal,
        Self::Tax,
        Self::NonTax,
        Self::FixedCapital,
        Self::Special,
        Self::Transfers,
        Self::RevenueDetail,
        Self::ExpenditureTotal,
        Self::FunctionalGroup,
        Self::FunctionalDetail,
        Self::Programme,
        Self::NetLending,
        Self::Loans,
        Self::LoanRepayment,
        Self::LendingDetail,
        Self::FinancialAssets,
        Self::AssetAcquisition,
        Self::AssetSales,
        Self::AssetDetail,
        Self::Balance,
        Self::NonOilBalance,
        Self::FinancingTotal,
        Self::Borrowing,
        Self::DebtRepayment,
        Self::UsedBalances,
        Self::FinancingDetail,
    ];

    /// The name in tables, files, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RevenueTotal => "revenue_total",
            Self::Tax => "tax",
            Self::NonTax => "non_tax",
            Self::FixedCapital => "fixed_capital",
            Self::Special => "special",
            Self::Transfers => "transfers",
            Self::RevenueDetail => "revenue_detail",
            Self::ExpenditureTotal => "expenditure_total",
            Self::FunctionalGroup => "functional_group",
            Self::FunctionalDetail => "functional_detail",
            Self::Programme => "programme",
            Self::NetLending => "net_lending",
            Self::Loans => "loans",
            Self::LoanRepayment => "loan_repayment",
            Self::LendingDetail => "lending_detail",
            Self::FinancialAssets => "financial_assets",
            Self::AssetAcquisition => "asset_acquisition",
            Self::AssetSales => "asset_sales",
            Self::AssetDetail => "asset_detail",
            Self::Balance => "balance",
            Self::NonOilBalance => "non_oil_balance",
            Self::FinancingTotal => "financing_total",
            Self::Borrowing => "borrowing",
            Self::DebtRepayment => "debt_repayment",
            Self::UsedBalances => "used_balances",
            Self::FinancingDetail => "financing_detail",
        }
    }

    /// Reads the name used in tables and files.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }

    /// The section the item belongs to.
    pub const fn section(self) -> Section {
        match self {
            Self::RevenueTotal
            | Self::Tax
            | Self::NonTax
            | Self::FixedCapital
            | Self::Special
            | Self::Transfers
            | Self::RevenueDetail => Section::Revenue,
            Self::ExpenditureTotal | Self::FunctionalGroup | Self::FunctionalDetail | Self::Programme => {
                Section::Expenditure
            }
            Self::NetLending | Self::Loans | Self::LoanRepayment | Self::LendingDetail => Section::NetLending,
            Self::FinancialAssets | Self::AssetAcquisition | Self::AssetSales | Self::AssetDetail => {
                Section::FinancialAssets
            }
            Self::Balance => Section::Balance,
            Self::NonOilBalance => Section::NonOilBalance,
            Self::FinancingTotal
            | Self::Borrowing
            | Self::DebtRepayment
            | Self::UsedBalances
            | Self::FinancingDetail => Section::Financing,
        }
    }

    /// The item may appear many times, told apart by its code.
    pub const fn is_detail(self) -> bool {
        matches!(
            self,
            Self::RevenueDetail
                | Self::FunctionalGroup
                | Self::FunctionalDetail
                | Self::Programme
                | Self::LendingDetail
                | Self::AssetDetail
                | Self::FinancingDetail
        )
    }
}

impl Amounts {
    /// The same state only.
    pub const fn only(stage: Stage, amount: Money) -> Self {
        let none = Self { approved: None, amended: None, executed: None };
        match stage {
            Stage::Approved => Self { approved: Some(amount), ..none },
            Stage::Amended => Self { amended: Some(amount), ..none },
            Stage::Executed => Self { executed: Some(amount), ..none },
        }
    }

    /// The amount in one state.
    pub const fn at(&self, stage: Stage) -> Option<Money> {
        match stage {
            Stage::Approved => self.approved,
            Stage::Amended => self.amended,
            Stage::Executed => self.executed,
        }
    }
}

impl Budget {
    /// Which code's sections it follows.
    pub const fn layout(&self) -> Layout {
        Layout::for_year(self.year)
    }

    /// The amount of a summary item in one state.
    pub fn amount(&self, item: Item, stage: Stage) -> Option<Money> {
        self.lines.iter().find(|line| line.item == item).and_then(|line| line.amounts.at(stage))
    }

    /// The states for which at least one line has an amount, in the order of the law.
    pub fn stages(&self) -> Vec<Stage> {
        Stage::ALL
            .into_iter()
            .filter(|stage| self.lines.iter().any(|line| line.amounts.at(*stage).is_some()))
            .collect()
    }
}
