//! The figures of one territory and year, from the cube of facts, or from the register of budgets where the
//! cube has none; and what is known about the people who live there.

use crate::{App, Result};
use akimat_budget::{Budget, Item, Line, Provenance, Stage};
use akimat_core::{BudgetId, KatoCode, MoneyUnit, Text};
use akimat_storage::observation::{Observation, ObservationQuery, ObservationScope};
use akimat_storage::{
    BudgetFilter, FactLine, FactNode, FactQuery, FactReport, FactScope, LineKey, PageRequest,
};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Years that can be asked for.
pub const YEARS: RangeInclusive<i16> = 1991..=2100;

/// What is known of a territory's budget of one year.
#[derive(Clone, Debug)]
pub struct YearBudget {
    /// The lines; those of the cube have no names.
    pub budget: Budget,
    /// The month that the report is of; 12 for budgets of the register, 0 for a plan alone.
    pub month: u8,
    /// The budget of the register that it is, when it is one.
    pub register: Option<BudgetId>,
}

impl YearBudget {
    /// The state that says most about the whole year: executed when the year is over, else the amended
    /// plan, else the approved one.
    pub fn stage(&self) -> Stage {
        let has = |stage: &Stage| {
            [Item::ExpenditureTotal, Item::RevenueTotal]
                .into_iter()
                .any(|item| self.budget.amount(item, *stage).is_some())
        };
        let whole_year = |stage: &Stage| *stage != Stage::Executed || self.month == 12;
        [Stage::Executed, Stage::Amended, Stage::Approved]
            .into_iter()
            .filter(whole_year)
            .find(has)
            .unwrap_or(Stage::Approved)
    }
}

/// The years that are known of a territory, each with the latest month in the cube; `None` for years that
/// only the register has.
pub type KnownYears = BTreeMap<i16, Option<u8>>;

/// A summary line of the cube.
pub fn line(item: Item) -> LineKey {
    LineKey { item, code: String::new() }
}

impl App {
    /// The years that the cube or the register has for a territory.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_years(&self, code: KatoCode) -> Result<KnownYears> {
        let scope = FactScope::Node(FactNode::Unit(code));
        let lines = vec![line(Item::RevenueTotal), line(Item::ExpenditureTotal)];
        let totals = self.read().fact_totals(&FactQuery { scope, lines, years: YEARS }).await?;
        let mut years: KnownYears =
            totals.into_iter().map(|total| (total.year, Some(total.month_max))).collect();
        let filter = BudgetFilter { place: Some(code), year: None };
        for head in self.read().list_budgets(&filter, &PageRequest::first(100)).await?.items {
            years.entry(head.budget.year).or_insert(None);
        }
        Ok(years)
    }

    /// The budget of a territory in one of its [`App::known_years`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn year_budget(
        &self,
        code: KatoCode,
        (year, month): (i16, Option<u8>),
    ) -> Result<Option<YearBudget>> {
        let read = self.read();
        if let Some(month) = month {
            return Ok(read.find_fact_report(code, year, month).await?.map(from_report));
        }
        let filter = BudgetFilter { place: Some(code), year: Some(year) };
        let heads = read.list_budgets(&filter, &PageRequest::first(20)).await?.items;
        // Of several budgets of a year the one with the fewest contradictions; the newest of equals.
        let best = heads.into_iter().min_by_key(|head| (head.figures.n_errors, head.figures.n_warnings));
        let Some(best) = best else { return Ok(None) };
        let found = read.find_budget(best.budget.id).await?;
        Ok(found.map(|head| YearBudget { register: Some(head.budget.id), budget: head.budget, month: 12 }))
    }

    /// Figures of one series, by territory (`None`: the country) and year.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn series(
        &self,
        series: &str,
        scope: ObservationScope,
        years: RangeInclusive<i16>,
    ) -> Result<BTreeMap<(Option<KatoCode>, i16), Observation>> {
        let query = ObservationQuery { series: vec![series.to_owned()], scope, years };
        let found = self.read().list_observations(&query).await?;
        Ok(found.into_iter().map(|figure| ((figure.place, figure.year), figure)).collect())
    }
}

/// A report of the cube as a budget, for the rooms that read budgets.
pub fn from_report(report: FactReport) -> YearBudget {
    let register = report.source.budget;
    let line = |line: FactLine| Line {
        row: line.row,
        item: line.key.item,
        code: line.key.code,
        name: Text::default(),
        amounts: line.amounts,
    };
    let budget = Budget {
        id: register.unwrap_or(BudgetId(uuid::Uuid::nil())),
        key: format!("{}-{}", report.place, report.year),
        place: Some(report.place),
        level: report.level,
        year: report.year,
        unit: MoneyUnit::ThousandTenge,
        complete: false,
        invented: report.source.invented,
        adopted_on: None,
        provenance: Provenance {
            file_name: report.source.file_name,
            sha256: report.source.sha256,
            source_url: String::new(),
            note: String::new(),
            imported_at: Timestamp::UNIX_EPOCH,
        },
        lines: report.lines.into_iter().map(line).collect(),
    };
    YearBudget { budget, month: report.month, register }
}
