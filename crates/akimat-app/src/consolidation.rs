//! The budgets of a territory put together from the cube and the register, and consolidated.

use crate::{App, Result};
use akimat_budget::consolidation::{Consolidation, Scope, TransferRules, UnitKey, consolidate};
use akimat_budget::{Budget, Item, Line, Provenance, Stage};
use akimat_core::{BudgetId, KatoCode, MoneyUnit, PlaceKind, Text};
use akimat_storage::fact::{FactNode, FactQuery, FactReport, FactScope, FactTotal, LineKey};
use akimat_storage::{BudgetFilter, BudgetHead, PageRequest};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use uuid::Uuid;

/// Which programmes move money between budgets.
static TRANSFERS: LazyLock<TransferRules> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/budget/transfer_programmes.json"))
        .expect("a test reads the file")
});

/// Units of one territory whose reports are read whole; beyond that only sums are read, without rows.
const REPORTS_MAX: usize = 400;

/// Budgets of the register that are looked through at most.
const HEADS_MAX: usize = 2_000;

/// A budget of a unit with where it comes from.
#[derive(Clone, Debug)]
pub struct Record {
    /// The lines.
    pub budget: Budget,
    /// The budget of the register, when it is one.
    pub register: Option<BudgetId>,
    /// Month of the report, when it is one of the cube's.
    pub month: Option<u8>,
}

/// A territory's consolidated budget, or what is known when there is none.
#[derive(Debug)]
pub struct Consolidated {
    /// Years for which there is anything.
    pub years: Vec<i16>,
    /// The year shown.
    pub year: Option<i16>,
    /// States in which anything is stated.
    pub stages: Vec<Stage>,
    /// The records of the units.
    pub records: Vec<Record>,
    /// The result.
    pub result: Option<Consolidation>,
}

impl App {
    /// Consolidates a territory's budgets of a year (the newest one that there is, when none is asked for).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn consolidated(
        &self,
        root: KatoCode,
        year: Option<i16>,
        stage: Option<Stage>,
    ) -> Result<Consolidated> {
        let months = self.report_months(root).await?;
        let heads = self.heads_under(Some(root)).await?;
        let years: BTreeSet<i16> =
            months.keys().map(|(year, _)| *year).chain(heads.iter().map(|head| head.budget.year)).collect();
        let year = year.filter(|asked| years.contains(asked)).or_else(|| years.last().copied());
        let Some(year) = year else {
            return Ok(Consolidated {
                years: Vec::new(),
                year: None,
                stages: Vec::new(),
                records: Vec::new(),
                result: None,
            });
        };
        let records = self.records(root, year, &months, &heads).await?;
        let stages = stages(&records);
        let stage = stage.filter(|asked| stages.contains(asked)).or_else(|| usual_stage(&records));
        let expected = self.expected_units(root, &records).await?;
        let budgets: Vec<Budget> = records.iter().map(|record| record.budget.clone()).collect();
        let result = stage.and_then(|stage| {
            consolidate(&Scope { budgets: &budgets, expected: &expected, stage, rules: &TRANSFERS })
        });
        Ok(Consolidated { years: years.into_iter().collect(), year: Some(year), stages, records, result })
    }

    /// The month of the latest report of each year and unit of a territory.
    async fn report_months(&self, root: KatoCode) -> Result<BTreeMap<(i16, UnitKey), u8>> {
        let mut months = BTreeMap::new();
        for total in self.main_totals(Some(root)).await? {
            if let (level, FactNode::Unit(place)) = (total.0, total.1.node) {
                months.insert((total.1.year, UnitKey { level, place }), total.1.month_max);
            }
        }
        Ok(months)
    }

    /// Revenue and expenditure of every unit and year of the cube below a territory, with the unit's level.
    pub(crate) async fn main_totals(&self, under: Option<KatoCode>) -> Result<Vec<(u8, FactTotal)>> {
        let lines = [Item::RevenueTotal, Item::ExpenditureTotal]
            .map(|item| LineKey { item, code: String::new() })
            .to_vec();
        self.unit_totals(under, &lines).await
    }

    /// Totals of every unit and year of the cube below a territory, with the unit's level; all lines when
    /// none are named.
    pub(crate) async fn unit_totals(
        &self,
        under: Option<KatoCode>,
        lines: &[LineKey],
    ) -> Result<Vec<(u8, FactTotal)>> {
        let read = self.read();
        let Some((first, last)) = read.fact_extent().await?.years else { return Ok(Vec::new()) };
        let units = read.list_fact_units(under, None).await?;
        let levels: BTreeSet<u8> = units.iter().map(|unit| unit.level).collect();
        let mut totals = Vec::new();
        for level in levels {
            let scope = FactScope::Units { under, level };
            let query = FactQuery { scope, lines: lines.to_vec(), years: first..=last };
            totals.extend(read.fact_totals(&query).await?.into_iter().map(|total| (level, total)));
        }
        Ok(totals)
    }

    /// Heads of the register's budgets below a territory, the newest year first.
    pub(crate) async fn heads_under(&self, under: Option<KatoCode>) -> Result<Vec<BudgetHead>> {
        let mut heads: Vec<BudgetHead> = Vec::new();
        let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
        let mut seen = 0;
        loop {
            let next = self.read().list_budgets(&BudgetFilter::default(), &page).await?;
            seen += next.items.len();
            heads.extend(next.items.into_iter().filter(|head| {
                head.budget.place.is_some_and(|place| under.is_none_or(|under| under.covers(place)))
            }));
            page.after = next.next;
            if page.after.is_none() || seen >= HEADS_MAX {
                return Ok(heads);
            }
        }
    }

    /// The record of each unit: the cube's latest report, or else the register's newest budget.
    async fn records(
        &self,
        root: KatoCode,
        year: i16,
        months: &BTreeMap<(i16, UnitKey), u8>,
        heads: &[BudgetHead],
    ) -> Result<Vec<Record>> {
        let units: Vec<(UnitKey, u8)> = months
            .iter()
            .filter(|((own, _), _)| *own == year)
            .map(|((_, unit), month)| (*unit, *month))
            .collect();
        let mut records: BTreeMap<UnitKey, Record> = BTreeMap::new();
        if units.len() > REPORTS_MAX {
            let totals = self.unit_totals(Some(root), &[]).await?;
            let whole = from_totals(totals.into_iter().filter(|(_, total)| total.year == year));
            records.extend(whole.into_iter().filter_map(|record| Some((key(&record.budget)?, record))));
        } else {
            for (unit, month) in units {
                if let Some(report) = self.read().find_fact_report(unit.place, year, month).await? {
                    records.insert(unit, from_report(report));
                }
            }
        }
        for head in heads.iter().filter(|head| head.budget.year == year) {
            // A territory has one budget: a record of the same territory at another level is not a second one.
            let new = |unit: &UnitKey| !records.keys().any(|known| known.place == unit.place);
            let Some(unit) = key(&head.budget).filter(new) else { continue };
            if let Some(whole) = self.read().find_budget(head.budget.id).await? {
                let register = Some(whole.budget.id);
                records.insert(unit, Record { budget: whole.budget, register, month: None });
            }
        }
        Ok(records.into_values().collect())
    }

    /// The units that have a budget of their own in a territory, by the kinds of the classifier, and those
    /// whose records are here.
    pub(crate) async fn expected_units(&self, root: KatoCode, known: &[Record]) -> Result<Vec<UnitKey>> {
        let today = self.today();
        let mut expected: BTreeSet<UnitKey> = known.iter().filter_map(|record| key(&record.budget)).collect();
        let mut open: Vec<KatoCode> = vec![root];
        if let Some(place) = self.read().find_place(root, today).await? {
            expected.extend(level_of(place.kind).map(|level| UnitKey { level, place: root }));
        }
        while let Some(place) = open.pop() {
            for child in self.read().list_child_places(Some(place), today).await? {
                if let Some(level) = level_of(child.kind) {
                    expected.insert(UnitKey { level, place: child.code });
                    if level < 4 {
                        open.push(child.code);
                    }
                }
            }
        }
        Ok(expected.into_iter().collect())
    }
}

/// The level of the budget that a territory of a kind has of its own (Budget Code, article 7); districts in
/// cities and localities have none.
pub const fn level_of(kind: PlaceKind) -> Option<u8> {
    match kind {
        PlaceKind::Region | PlaceKind::Capital | PlaceKind::RepublicanCity => Some(2),
        PlaceKind::District | PlaceKind::CityAdministration => Some(3),
        PlaceKind::TownAdministration
        | PlaceKind::RuralOkrug
        | PlaceKind::SettlementAdministration
        | PlaceKind::VillageAdministration => Some(4),
        PlaceKind::CityDistrict
        | PlaceKind::City
        | PlaceKind::Settlement
        | PlaceKind::Village
        | PlaceKind::OtherLocality => None,
    }
}

fn key(budget: &Budget) -> Option<UnitKey> {
    Some(UnitKey { level: budget.level, place: budget.place? })
}

fn stages(records: &[Record]) -> Vec<Stage> {
    let all: BTreeSet<Stage> = records.iter().flat_map(|record| record.budget.stages()).collect();
    all.into_iter().collect()
}

/// The state that most units state; of equal ones the later.
fn usual_stage(records: &[Record]) -> Option<Stage> {
    let n = |stage: Stage| records.iter().filter(|record| record.budget.stages().contains(&stage)).count();
    stages(records).into_iter().max_by_key(|stage| (n(*stage), *stage))
}

fn plain(place: KatoCode, level: u8, year: i16) -> Budget {
    Budget {
        id: BudgetId(Uuid::nil()),
        key: String::new(),
        place: Some(place),
        level,
        year,
        unit: MoneyUnit::ThousandTenge,
        complete: true,
        invented: false,
        adopted_on: None,
        provenance: Provenance {
            file_name: String::new(),
            sha256: String::new(),
            source_url: String::new(),
            note: String::new(),
            imported_at: Timestamp::UNIX_EPOCH,
        },
        lines: Vec::new(),
    }
}

/// A report of the cube as a budget.
pub(crate) fn from_report(report: FactReport) -> Record {
    let mut budget = plain(report.place, report.level, report.year);
    budget.key.clone_from(&report.source.file_name);
    budget.invented = report.source.invented;
    budget.provenance.file_name = report.source.file_name;
    budget.provenance.sha256 = report.source.sha256;
    budget.lines = report
        .lines
        .into_iter()
        .map(|line| Line {
            row: line.row,
            item: line.key.item,
            code: line.key.code,
            name: Text::default(),
            amounts: line.amounts,
        })
        .collect();
    Record { budget, register: report.source.budget, month: Some(report.month) }
}

/// Totals of single units as budgets, by unit and year; they know no rows, so these are 0.
pub(crate) fn from_totals(totals: impl IntoIterator<Item = (u8, FactTotal)>) -> Vec<Record> {
    let mut records: BTreeMap<(KatoCode, i16), Record> = BTreeMap::new();
    for (level, total) in totals {
        let FactNode::Unit(place) = total.node else { continue };
        let record = records.entry((place, total.year)).or_insert_with(|| Record {
            budget: plain(place, level, total.year),
            register: None,
            month: Some(total.month_max),
        });
        record.budget.lines.push(Line {
            row: 0,
            item: total.key.item,
            code: total.key.code,
            name: Text::default(),
            amounts: total.amounts,
        });
    }
    records.into_values().collect()
}

/// The programmes that move money between budgets.
pub fn transfer_rules() -> &'static TransferRules {
    &TRANSFERS
}
