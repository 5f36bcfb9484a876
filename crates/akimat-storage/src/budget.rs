//! Budgets.

use crate::{Page, PageRequest, Result};
use akimat_budget::{Amounts, Budget, Item, Stage};
use akimat_core::{BudgetId, KatoCode, Money};
use async_trait::async_trait;

/// A budget without its lines, with the figures that lists show.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetHead {
    /// The budget; `lines` is empty.
    pub budget: Budget,
    /// Main figures.
    pub figures: HeadFigures,
}

/// Figures kept beside a budget when it is imported, so that lists and maps need no lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadFigures {
    /// The state that the figures are of: executed, or else amended, or else approved.
    pub stage: Option<Stage>,
    /// Revenue in that state.
    pub revenue: Option<Money>,
    /// Transfers received in that state.
    pub transfers: Option<Money>,
    /// Expenditure in that state.
    pub expenditure: Option<Money>,
    /// Findings of severity error.
    pub n_errors: u32,
    /// Findings of severity warning.
    pub n_warnings: u32,
}

/// Which budgets are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BudgetFilter {
    /// Of exactly this territory.
    pub place: Option<KatoCode>,
    /// Of this year.
    pub year: Option<i16>,
}

/// One year of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    /// Year.
    pub year: i16,
    /// The budget that states it.
    pub budget: BudgetId,
    /// What it states.
    pub amounts: Amounts,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// Reads budgets.
#[async_trait]
pub trait BudgetRead: Send + Sync {
    /// Budgets, the newest year first, then by identifier descending.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_budgets(&self, filter: &BudgetFilter, page: &PageRequest) -> Result<Page<BudgetHead>>;

    /// A budget with its lines in the order of the source.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_budget(&self, id: BudgetId) -> Result<Option<BudgetHead>>;

    /// What the budgets of a territory state for one item (and code, for detail items) over the years,
    /// oldest first; several budgets may state the same year.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn budget_series(&self, place: KatoCode, item: Item, code: &str) -> Result<Vec<SeriesPoint>>;

    /// The newest budget head of every territory that has one, by code of the territory.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_latest_budgets(&self) -> Result<Vec<BudgetHead>>;
}
