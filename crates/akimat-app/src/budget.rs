//! Budgets are imported whole or not at all, checked on the way in, and never changed afterwards.

use crate::fact::Entering;
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_budget::check::{Severity, check};
use akimat_budget::{Budget, Item, Stage};
use akimat_core::BudgetId;
use akimat_storage::{Account, Batch, BudgetFilter, Change, HeadFigures, PageRequest};
use serde_json::json;

/// The figures that lists show, with the number of findings.
pub fn head_figures(budget: &Budget) -> HeadFigures {
    let stages = budget.stages();
    let stage = [Stage::Executed, Stage::Amended, Stage::Approved]
        .into_iter()
        .filter(|stage| stages.contains(stage))
        .find(|stage| budget.amount(Item::RevenueTotal, *stage).is_some())
        .or_else(|| stages.last().copied());
    let amount = |item| stage.and_then(|stage| budget.amount(item, stage));
    let findings = check(budget);
    let count = |severity| {
        let n = findings.iter().filter(|finding| finding.severity == severity).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    HeadFigures {
        stage,
        revenue: amount(Item::RevenueTotal),
        transfers: amount(Item::Transfers),
        expenditure: amount(Item::ExpenditureTotal),
        n_errors: count(Severity::Error),
        n_warnings: count(Severity::Warning),
    }
}

impl App {
    /// An analyst imports the budgets of one file: all of them or none.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a budget has no territory or its territory is unknown,
    /// [`AppError::Forbidden`] outside the analyst's territory, [`AppError::Conflict`] when another file
    /// gave a budget with the same territory, year and key. The same file again is no error: the answer then
    /// names the budgets that are there.
    pub async fn import_budgets(
        &self,
        actor: Option<&Account>,
        budgets: Vec<Budget>,
    ) -> Result<Vec<BudgetId>> {
        permission::check(actor, Permission::ImportBudgets, None)?;
        for budget in &budgets {
            permission::check(actor, Permission::ImportBudgets, budget.place)?;
        }
        self.add_budgets(actor, budgets).await
    }

    /// The operator imports budgets from the command line.
    ///
    /// # Errors
    /// As [`App::import_budgets`], permissions aside.
    pub async fn import_budgets_as_operator(&self, budgets: Vec<Budget>) -> Result<Vec<BudgetId>> {
        self.add_budgets(None, budgets).await
    }

    async fn add_budgets(&self, actor: Option<&Account>, budgets: Vec<Budget>) -> Result<Vec<BudgetId>> {
        let codes: Vec<_> = budgets.iter().filter_map(|budget| budget.place).collect();
        let known = self.read().list_places_by_code(&codes, self.today()).await?;
        let mut batch = Batch::new();
        let mut ids = Vec::new();
        let mut cube = Entering::default();
        for budget in budgets {
            let place = budget.place.ok_or(AppError::field("place", "field-required"))?;
            let Some(home) = known.iter().find(|found| found.code == place) else {
                return Err(AppError::Invalid(vec![
                    crate::FieldFault::new("place", "field-place-unknown").with("code", place),
                ]));
            };
            if let Some(id) = self.same_budget(&budget).await? {
                ids.push(id);
                continue;
            }
            let detail = json!({
                "key": budget.key,
                "year": budget.year,
                "file": budget.provenance.file_name,
                "sha256": budget.provenance.sha256,
                "lines": budget.lines.len(),
            });
            ids.push(budget.id);
            cube.add(&budget, home);
            batch.push(self.audit(actor, "import_budget", budget.id, Some(place), &detail));
            let figures = head_figures(&budget);
            batch.push(Change::AddBudget(Box::new(budget), figures));
        }
        batch.extend(cube.into_changes());
        if !batch.is_empty() {
            batch.extend(self.judging(&codes).await?);
        }
        self.store().apply(batch).await?;
        Ok(ids)
    }

    /// The stored budget that the same file gave before.
    async fn same_budget(&self, budget: &Budget) -> Result<Option<BudgetId>> {
        let filter = BudgetFilter { place: budget.place, year: Some(budget.year) };
        let stored = self.read().list_budgets(&filter, &PageRequest::first(PageRequest::LIMIT_MAX)).await?;
        let same =
            stored.items.into_iter().map(|head| head.budget).find(|stored| {
                stored.key == budget.key && stored.provenance.sha256 == budget.provenance.sha256
            });
        Ok(same.map(|stored| stored.id))
    }
}
