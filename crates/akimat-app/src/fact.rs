//! The cube of facts: budgets enter it when they are imported, execution reports come in as files.
//!
//! A file of reports is checked whole before anything is written, and then written part by part, so that its
//! size is bounded by the disk and not by the memory. Each part is one batch: whatever ends the program in
//! the middle, every report in the cube is whole and every sum is exact, and the same file imported again
//! completes what is missing. The audit record has the beginning and the end of each import.

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_budget::check::{Severity, check};
use akimat_budget::{Budget, Line};
use akimat_core::{KatoCode, Place, Text};
use akimat_storage::{
    Account, Batch, Change, FactLine, FactLineName, FactReport, FactSource, FactUnit, LineKey,
};
use serde_json::json;
use std::collections::BTreeMap;

/// Month of a budget that has executed figures: the year is over.
const DECEMBER: u8 = 12;
/// Month of a budget without executed figures: the plan alone.
const PLAN: u8 = 0;

/// A file of reports that is being imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Reports in it.
    pub n_reports: u64,
    /// Lines in it.
    pub n_lines: u64,
}

/// Where a part stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactPart {
    /// It is the first.
    pub first: bool,
    /// It is the last.
    pub last: bool,
}

/// Why reports of a unit do not enter the cube.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactUnitFault {
    /// The register of territories does not have it.
    UnknownPlace,
    /// Territories that lie so deep have a budget of this other level.
    WrongLevel {
        /// The level that the territory has.
        due: u8,
    },
}

/// What a budget states, as a report of the cube; `None` when it may not enter: its source was cut, its
/// territory is of another level, or an identity does not hold.
pub fn report_of(budget: &Budget, place: &Place) -> Option<FactReport> {
    let enters = budget.complete
        && budget.place == Some(place.code)
        && level_fault(budget.level, place).is_none()
        && !check(budget).iter().any(|finding| finding.severity == Severity::Error);
    if !enters {
        return None;
    }
    let mut lines: Vec<FactLine> = budget
        .lines
        .iter()
        .map(|line| FactLine { row: line.row, key: key_of(line), amounts: line.amounts })
        .collect();
    lines.sort_by(|one, other| one.key.cmp(&other.key));
    // A line that stands twice is an error of the check; this is for sources that it does not read so.
    let once = lines.windows(2).all(|pair| pair[0].key != pair[1].key);
    let executed = lines.iter().any(|line| line.amounts.executed.is_some());
    once.then(|| FactReport {
        place: place.code,
        level: budget.level,
        year: budget.year,
        month: if executed { DECEMBER } else { PLAN },
        source: FactSource {
            file_name: budget.provenance.file_name.clone(),
            sha256: budget.provenance.sha256.clone(),
            budget: Some(budget.id),
            invented: budget.invented,
        },
        lines,
    })
}

/// The key of a line in the cube: summary items carry no code.
fn key_of(line: &Line) -> LineKey {
    let code = if line.item.is_detail() { line.code.clone() } else { String::new() };
    LineKey { item: line.item, code }
}

/// The names that budgets print.
fn names_of(budget: &Budget) -> impl Iterator<Item = FactLineName> {
    let named = budget.lines.iter().filter(|line| line.item.is_detail() && line.name != Text::default());
    named.map(|line| FactLineName { key: key_of(line), name: line.name.clone() })
}

/// Budgets on their way into the cube.
#[derive(Debug, Default)]
pub struct Entering {
    reports: Vec<FactReport>,
    names: BTreeMap<LineKey, FactLineName>,
}

impl Entering {
    /// Takes a budget in, when it may enter.
    pub fn add(&mut self, budget: &Budget, place: &Place) {
        if let Some(report) = report_of(budget, place) {
            self.reports.push(report);
            self.names.extend(names_of(budget).map(|name| (name.key.clone(), name)));
        }
    }

    /// The changes to go into the batch of the budgets; none when no budget enters.
    pub fn into_changes(self) -> Vec<Change> {
        if self.reports.is_empty() {
            return Vec::new();
        }
        let names = self.names.into_values().collect();
        vec![Change::PutFacts(self.reports), Change::NameFactLines(names)]
    }
}

/// Regions have budgets of level 2, what lies under them of level 3, what lies under that of level 4 (Budget
/// Code of 15 March 2025, article 7); an extra-budgetary fund (5) may belong to any.
fn level_fault(level: u8, place: &Place) -> Option<FactUnitFault> {
    let due = place.depth.saturating_add(1);
    (level != 5 && level != due).then_some(FactUnitFault::WrongLevel { due })
}

impl App {
    /// Which of these units may not have reports, and why.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fact_unit_faults(&self, units: &[FactUnit]) -> Result<Vec<(FactUnit, FactUnitFault)>> {
        let codes: Vec<KatoCode> = units.iter().map(|unit| unit.place).collect();
        let places = self.read().list_places_by_code(&codes, self.today()).await?;
        let places: BTreeMap<KatoCode, Place> = places.into_iter().map(|place| (place.code, place)).collect();
        let fault = |unit: &FactUnit| match places.get(&unit.place) {
            None => Some(FactUnitFault::UnknownPlace),
            Some(place) => level_fault(unit.level, place),
        };
        Ok(units.iter().filter_map(|unit| Some((*unit, fault(unit)?))).collect())
    }

    /// An analyst imports a part of a file of reports.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the analyst's territory.
    pub async fn import_facts(
        &self,
        actor: Option<&Account>,
        (file, part): (&FactFile, FactPart),
        reports: Vec<FactReport>,
        names: Vec<FactLineName>,
    ) -> Result<()> {
        permission::check(actor, Permission::ImportBudgets, None)?;
        for report in &reports {
            permission::check(actor, Permission::ImportBudgets, Some(report.place))?;
        }
        self.put_facts(actor, (file, part), reports, names).await
    }

    /// The operator imports a part of a file of reports from the command line.
    ///
    /// # Errors
    /// As [`App::import_facts`], permissions aside.
    pub async fn import_facts_as_operator(
        &self,
        at: (&FactFile, FactPart),
        reports: Vec<FactReport>,
        names: Vec<FactLineName>,
    ) -> Result<()> {
        self.put_facts(None, at, reports, names).await
    }

    async fn put_facts(
        &self,
        actor: Option<&Account>,
        (file, part): (&FactFile, FactPart),
        reports: Vec<FactReport>,
        names: Vec<FactLineName>,
    ) -> Result<()> {
        let detail = json!({
            "file": file.name,
            "reports": file.n_reports,
            "lines": file.n_lines,
        });
        let mut batch = Batch::new();
        if part.last {
            let units: Vec<KatoCode> = reports.iter().map(|report| report.place).collect();
            batch.extend(self.judging(&units).await?);
        }
        if part.first {
            batch.push(self.audit(actor, "begin_import_facts", &file.sha256, None, &detail));
        }
        batch.push(Change::PutFacts(reports));
        if !names.is_empty() {
            batch.push(Change::NameFactLines(names));
        }
        if part.last {
            batch.push(self.audit(actor, "import_facts", &file.sha256, None, &detail));
        }
        self.store().apply(batch).await.map_err(AppError::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_budget::{Amounts, Item};
    use akimat_core::Money;
    use akimat_storage::contract::build::{DISTRICT, budget, line, places};

    fn sound() -> (Budget, Place) {
        let mut budget = budget(1, Some(DISTRICT), 2024);
        budget.lines = vec![line(7, Item::RevenueTotal, "", 100), line(3, Item::FunctionalGroup, "04", 40)];
        let home = places().into_iter().find(|place| Some(place.code) == budget.place).expect("a district");
        (budget, home)
    }

    #[test]
    fn a_sound_budget_enters_as_its_year_stands() {
        let (mut budget, home) = sound();
        budget.lines[0].code = "printed".to_owned();
        let report = report_of(&budget, &home).expect("it enters");
        assert_eq!((report.place, report.level, report.year, report.month), (home.code, 3, 2024, DECEMBER));
        assert_eq!(report.source.budget, Some(budget.id));
        let keys: Vec<(Item, &str)> =
            report.lines.iter().map(|line| (line.key.item, line.key.code.as_str())).collect();
        assert_eq!(keys, [(Item::RevenueTotal, ""), (Item::FunctionalGroup, "04")]);
        for line in &mut budget.lines {
            line.amounts = Amounts { approved: Some(Money::ZERO), ..Amounts::default() };
        }
        assert_eq!(report_of(&budget, &home).expect("it enters").month, PLAN);
    }

    #[test]
    fn what_is_cut_elsewhere_or_contradicts_itself_stays_out() {
        let check = |change: fn(&mut Budget, &mut Place)| {
            let (mut budget, mut home) = sound();
            change(&mut budget, &mut home);
            assert_eq!(report_of(&budget, &home), None);
        };
        check(|budget, _| budget.complete = false);
        check(|budget, _| budget.level = 4);
        check(|budget, _| budget.place = None);
        check(|_, home| home.depth = 1);
        check(|budget, _| budget.lines.push(line(9, Item::FunctionalGroup, "04", 40)));
        check(|budget, _| {
            budget.lines.push(line(9, Item::Tax, "", 70));
            budget.lines.push(line(9, Item::NonTax, "", 70));
            budget.lines.push(line(9, Item::FixedCapital, "", 70));
            budget.lines.push(line(9, Item::Transfers, "", 70));
        });
    }
}
