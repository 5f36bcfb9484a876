//! Looks through everything that is stored below a territory.

use crate::consolidation::{Record, from_report, from_totals, transfer_rules};
use crate::price::borders;
use crate::{App, Result};
use akimat_budget::anomaly::{self, NotTested, Point, Thresholds};
use akimat_budget::check::{Evidence, Side};
use akimat_budget::consolidation::{Scope, UnitKey, consolidate};
use akimat_budget::contradiction::contradictions;
use akimat_budget::pace::{MonthReport, pace};
use akimat_budget::real::border_between;
use akimat_budget::{Budget, Finding, Item, Rule, Stage, check, classification};
use akimat_core::{BudgetId, KatoCode, Money, MoneyUnit};
use akimat_storage::BudgetHead;
use akimat_storage::fact::{FactNode, LineKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A line of one unit.
type LineOfUnit = (KatoCode, Item, String);
/// The uppermost record of a region and the amounts of all its units.
type Pool<'a> = (Option<&'a Record>, Vec<Money>);

/// Budgets of the register that are looked through, the newest first.
const BUDGETS_MAX: usize = 400;
/// Units and years whose single lines are looked through; beyond that only main lines are.
const DETAILED_MAX: usize = 800;
/// Units and years that are looked through at all, the newest first.
const REPORTS_MAX: usize = 6_000;
/// Units whose months are looked through.
const MONTHS_MAX: usize = 300;

static LIMITS: LazyLock<Thresholds> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/anomaly/thresholds.json"))
        .expect("a test reads the file")
});

/// A finding with where it is.
#[derive(Clone, Debug)]
pub struct Found {
    /// Stable identifier: 32 hexadecimal digits made of what the finding states.
    pub id: String,
    /// The unit.
    pub place: KatoCode,
    /// Its level in the budget system.
    pub level: u8,
    /// Financial year.
    pub year: i16,
    /// Month of the report, when it is one of the cube's.
    pub month: Option<u8>,
    /// Name of the record: key of the budget or name of the file; empty when several records are meant.
    pub record: String,
    /// The budget of the register, when it is one.
    pub budget: Option<BudgetId>,
    /// Unit in which the source prints.
    pub unit: MoneyUnit,
    /// Made of invented data.
    pub invented: bool,
    /// The finding itself.
    pub finding: Finding,
}

/// A test that was not made, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotTestedHere {
    /// Which test and why; of several reasons the most frequent.
    pub test: NotTested,
    /// Lines or units for which it was not made.
    pub n: usize,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Survey {
    /// The findings: the gravest first, then the newest year, then by unit.
    pub items: Vec<Found>,
    /// Records that were looked through.
    pub n_records: usize,
    /// Records that were not, because there are too many: choosing a territory looks through all of its own.
    pub n_left_out: usize,
    /// Tests whose conditions were not met.
    pub not_tested: Vec<NotTestedHere>,
}

#[derive(Default)]
struct Gatherer {
    survey: Survey,
    refused: BTreeMap<Rule, BTreeMap<NotTested, usize>>,
}

pub(super) async fn survey(app: &App, under: Option<KatoCode>, heads: &[BudgetHead]) -> Result<Survey> {
    let mut gatherer = Gatherer::default();
    let register = gatherer.register(app, heads).await?;
    let cube = gatherer.cube(app, under).await?;
    gatherer.records(&register, &cube);
    gatherer.history(&cube);
    gatherer.december(app, &cube).await?;
    gatherer.digits(&register, &cube);
    gatherer.levels(app, &cube).await?;
    gatherer.rows(app, &cube).await?;
    Ok(gatherer.finish())
}

fn summary_lines() -> Vec<LineKey> {
    let summary = Item::ALL.into_iter().filter(|item| !item.is_detail());
    let groups = classification::FUNCTIONAL_GROUPS.iter();
    let groups = groups.map(|group| LineKey { item: Item::FunctionalGroup, code: group.code.to_owned() });
    summary.map(|item| LineKey { item, code: String::new() }).chain(groups).collect()
}

impl Gatherer {
    async fn register(&mut self, app: &App, heads: &[BudgetHead]) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for head in heads.iter().take(BUDGETS_MAX) {
            if let Some(whole) = app.read().find_budget(head.budget.id).await? {
                let register = Some(whole.budget.id);
                records.push(Record { budget: whole.budget, register, month: None });
            }
        }
        self.survey.n_records += records.len();
        self.survey.n_left_out += heads.len().saturating_sub(BUDGETS_MAX);
        Ok(records)
    }

    /// The latest report of every unit and year, with all lines where there are not too many.
    async fn cube(&mut self, app: &App, under: Option<KatoCode>) -> Result<Vec<Record>> {
        let units = app.read().list_fact_units(under, None).await?.len();
        let years = app.read().fact_extent().await?.years;
        let years = years.map_or(0, |(first, last)| usize::try_from(last - first + 1).unwrap_or(0));
        let lines = if units * years <= DETAILED_MAX { Vec::new() } else { summary_lines() };
        if units * years > 10 * REPORTS_MAX {
            self.survey.n_left_out += units * years;
            return Ok(Vec::new());
        }
        let mut records = from_totals(app.unit_totals(under, &lines).await?);
        records.sort_by_key(|record| (std::cmp::Reverse(record.budget.year), record.budget.place));
        self.survey.n_left_out += records.len().saturating_sub(REPORTS_MAX);
        records.truncate(REPORTS_MAX);
        self.survey.n_records += records.len();
        Ok(records)
    }

    fn add(&mut self, record: &Record, finding: Finding) {
        let Some(place) = record.budget.place else { return };
        self.add_at(place, record, finding);
    }

    fn add_at(&mut self, place: KatoCode, record: &Record, finding: Finding) {
        let budget = &record.budget;
        self.survey.items.push(Found {
            id: identify(place, budget, &finding),
            place,
            level: budget.level,
            year: budget.year,
            month: record.month,
            record: budget.key.clone(),
            budget: record.register,
            unit: budget.unit,
            invented: budget.invented,
            finding,
        });
    }

    fn refuse(&mut self, test: NotTested) {
        *self.refused.entry(test.rule).or_default().entry(test).or_default() += 1;
    }

    fn tested(&mut self, record: &Record, answer: std::result::Result<Option<Finding>, NotTested>) {
        match answer {
            Ok(found) => {
                if let Some(finding) = found {
                    self.add(record, finding);
                }
            }
            Err(test) => self.refuse(test),
        }
    }

    /// Each record by itself, and the records of one unit and year against each other.
    fn records(&mut self, register: &[Record], cube: &[Record]) {
        let mut groups: BTreeMap<(Option<KatoCode>, i16, u8), Vec<&Record>> = BTreeMap::new();
        for record in register.iter().chain(cube) {
            let budget = &record.budget;
            groups.entry((budget.place, budget.year, budget.level)).or_default().push(record);
        }
        for records in groups.into_values() {
            // A budget of the register enters the cube: it is looked at once, where its rows are known.
            let known = records.iter().any(|record| record.register.is_some());
            for record in records.iter().filter(|record| !known || record.register.is_some()) {
                let found = check(&record.budget).into_iter().chain(anomaly::screen(&record.budget));
                for finding in found {
                    self.add(record, finding);
                }
            }
            let stated: Vec<Budget> = records.iter().map(|record| record.budget.clone()).collect();
            if let (Some(first), true) = (records.first(), stated.len() > 1) {
                for finding in contradictions(&stated) {
                    self.add(first, finding);
                }
            }
        }
    }

    /// Main lines of closed years against the same line of other years, never across a change of borders.
    fn history(&mut self, cube: &[Record]) {
        let mut series: BTreeMap<LineOfUnit, Vec<(&Record, Money)>> = BTreeMap::new();
        for record in cube.iter().filter(|record| record.month == Some(12)) {
            let Some(place) = record.budget.place else { continue };
            for line in &record.budget.lines {
                let main = !line.item.is_detail() || line.item == Item::FunctionalGroup;
                let signed = matches!(line.item, Item::Balance | Item::NetLending | Item::FinancialAssets);
                if let (true, false, Some(amount)) = (main, signed, line.amounts.executed) {
                    series.entry((place, line.item, line.code.clone())).or_default().push((record, amount));
                }
            }
        }
        for ((place, item, code), list) in series {
            let points: Vec<Point> = list
                .iter()
                .map(|(record, amount)| Evidence {
                    side: Side::History,
                    place: Some(place),
                    year: record.budget.year,
                    record: record.budget.key.clone(),
                    row: None,
                    item,
                    code: code.clone(),
                    amount: *amount,
                })
                .collect();
            for (at, (record, _)) in list.iter().enumerate() {
                let own = &points[at];
                let others: Vec<Point> = points
                    .iter()
                    .filter(|other| other.year != own.year && !apart(place, own.year, other.year))
                    .cloned()
                    .collect();
                let slip = anomaly::slip_against_history(own, &others, &LIMITS);
                let slipped = matches!(slip, Ok(Some(_)));
                self.tested(record, slip.map(executed));
                if !slipped {
                    self.tested(record, anomaly::jump(own, &others, &LIMITS).map(executed));
                }
            }
        }
    }

    async fn december(&mut self, app: &App, cube: &[Record]) -> Result<()> {
        let units: BTreeSet<KatoCode> = cube.iter().filter_map(|record| record.budget.place).collect();
        let line = LineKey { item: Item::ExpenditureTotal, code: String::new() };
        for place in units.into_iter().take(MONTHS_MAX) {
            let months = app.read().fact_months(FactNode::Unit(place), &line, 1991..=2100).await?;
            let reports: Vec<MonthReport> = months
                .iter()
                .map(|own| MonthReport { year: own.year, month: own.month, amounts: own.amounts })
                .collect();
            let picture = pace(&reports, i16::MAX);
            for own in picture.years.iter().filter(|year| year.months.iter().any(|m| m.month == 12)) {
                let former: Vec<_> = picture
                    .years
                    .iter()
                    .filter(|year| year.year < own.year && !apart(place, year.year, own.year))
                    .collect();
                let record = cube
                    .iter()
                    .find(|record| record.budget.place == Some(place) && record.budget.year == own.year);
                if let Some(record) = record {
                    let answer = anomaly::december(own, &former, (line.item, ""), &LIMITS);
                    self.tested(record, answer);
                }
            }
        }
        Ok(())
    }

    /// First digits and round amounts of what the units of one region executed in a year together.
    fn digits(&mut self, register: &[Record], cube: &[Record]) {
        let mut pools: BTreeMap<(KatoCode, i16), Pool<'_>> = BTreeMap::new();
        let known: BTreeSet<(Option<KatoCode>, i16)> =
            cube.iter().map(|record| (record.budget.place, record.budget.year)).collect();
        let alone = register.iter().filter(|own| !known.contains(&(own.budget.place, own.budget.year)));
        for record in cube.iter().filter(|record| record.month == Some(12)).chain(alone) {
            let Some(place) = record.budget.place else { continue };
            let pool = pools.entry((place.region(), record.budget.year)).or_default();
            let upper = pool.0.is_none_or(|own| record.budget.level < own.budget.level);
            if upper {
                pool.0 = Some(record);
            }
            pool.1.extend(anomaly::leaf_amounts(&record.budget, Stage::Executed));
        }
        for (record, amounts) in pools.into_values() {
            let Some(record) = record else { continue };
            let digits = anomaly::first_digits(&amounts, &LIMITS).map(|(_, found)| executed(found));
            self.tested(record, digits);
            let round = anomaly::round_numbers(&amounts, record.budget.unit, &LIMITS);
            self.tested(record, round.map(executed));
        }
    }

    /// What the levels say about each other, region by region and year by year, in closed years.
    async fn levels(&mut self, app: &App, cube: &[Record]) -> Result<()> {
        let mut years: BTreeMap<(KatoCode, i16), Vec<&Record>> = BTreeMap::new();
        for record in cube {
            let Some(place) = record.budget.place else { continue };
            years.entry((place.region(), record.budget.year)).or_default().push(record);
        }
        let mut expected: BTreeMap<KatoCode, Vec<UnitKey>> = BTreeMap::new();
        for ((region, _), records) in years {
            let levels: BTreeSet<u8> = records.iter().map(|record| record.budget.level).collect();
            // Reports of different months cannot be compared.
            let months: BTreeSet<Option<u8>> = records.iter().map(|record| record.month).collect();
            if levels.len() < 2 || months.len() != 1 {
                continue;
            }
            if let std::collections::btree_map::Entry::Vacant(e) = expected.entry(region) {
                let known: Vec<Record> = cube
                    .iter()
                    .filter(|record| record.budget.place.is_some_and(|place| region.covers(place)))
                    .cloned()
                    .collect();
                e.insert(app.expected_units(region, &known).await?);
            }
            let Some(expected) = expected.get(&region) else { continue };
            let budgets: Vec<Budget> = records.iter().map(|record| record.budget.clone()).collect();
            for stage in Stage::ALL {
                let scope = Scope { budgets: &budgets, expected, stage, rules: transfer_rules() };
                for finding in consolidate(&scope).map(|result| result.findings).unwrap_or_default() {
                    let upper = if finding.code == "up" { Side::Received } else { Side::Given };
                    let upper = finding.evidence.iter().find(|own| own.side == upper);
                    let place = upper.and_then(|own| own.place);
                    let record = records.iter().find(|record| record.budget.place == place);
                    if let (Some(place), Some(record)) = (place, record) {
                        self.add_at(place, record, finding);
                    }
                }
            }
        }
        Ok(())
    }

    /// Rows and files of findings from the cube: sums know none, so the reports are opened.
    async fn rows(&mut self, app: &App, cube: &[Record]) -> Result<()> {
        let month: BTreeMap<(KatoCode, i16), u8> = cube
            .iter()
            .filter_map(|record| Some(((record.budget.place?, record.budget.year), record.month?)))
            .collect();
        let mut wanted: BTreeSet<(KatoCode, i16)> = BTreeSet::new();
        for found in self.survey.items.iter().filter(|found| found.budget.is_none()) {
            wanted.insert((found.place, found.year));
            let others = found.finding.evidence.iter().filter_map(|own| Some((own.place?, own.year)));
            wanted.extend(others);
        }
        let mut reports: BTreeMap<(KatoCode, i16), Record> = BTreeMap::new();
        for (place, year) in wanted.into_iter().take(REPORTS_MAX) {
            let Some(month) = month.get(&(place, year)) else { continue };
            if let Some(report) = app.read().find_fact_report(place, year, *month).await? {
                reports.insert((place, year), from_report(report));
            }
        }
        let row = |record: &Record, item: Item, code: &str| {
            let mut lines = record.budget.lines.iter();
            lines.find(|line| line.item == item && line.code == code).map(|line| line.row)
        };
        for found in self.survey.items.iter_mut().filter(|found| found.budget.is_none()) {
            if let Some(record) = reports.get(&(found.place, found.year)) {
                found.record.clone_from(&record.budget.key);
                found.invented = record.budget.invented;
                found.budget = record.register;
                found.finding.row = row(record, found.finding.item, &found.finding.code);
            }
            for own in &mut found.finding.evidence {
                let Some(place) = own.place else { continue };
                if let Some(record) = reports.get(&(place, own.year)) {
                    if own.record.is_empty() {
                        own.record.clone_from(&record.budget.key);
                    }
                    own.row = own.row.filter(|row| *row > 0).or_else(|| row(record, own.item, &own.code));
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Survey {
        let mut survey = self.survey;
        survey.not_tested = self
            .refused
            .into_values()
            .filter_map(|reasons| {
                let n = reasons.values().sum();
                let (test, _) = reasons.into_iter().max_by_key(|(_, n)| *n)?;
                Some(NotTestedHere { test, n })
            })
            .collect();
        survey.items.sort_by(|a, b| {
            let key = |found: &Found| {
                (
                    std::cmp::Reverse(found.finding.severity),
                    std::cmp::Reverse(found.year),
                    found.place,
                    found.finding.rule,
                    found.finding.item,
                )
            };
            key(a)
                .cmp(&key(b))
                .then_with(|| a.finding.code.cmp(&b.finding.code))
                .then_with(|| a.id.cmp(&b.id))
        });
        survey.items.dedup_by(|a, b| a.id == b.id);
        survey
    }
}

fn executed(found: Option<Finding>) -> Option<Finding> {
    found.map(|finding| Finding { stage: Some(Stage::Executed), ..finding })
}

/// The borders changed between two years.
fn apart(place: KatoCode, a: i16, b: i16) -> bool {
    border_between(place, (a.min(b), a.max(b)), borders()).is_some()
}

/// FNV-1a, 128 bits, over what the finding states.
fn identify(place: KatoCode, budget: &Budget, finding: &Finding) -> String {
    let money = |amount: Option<Money>| amount.map(Money::tiyn);
    let row = (finding.rule == Rule::DuplicateLine).then_some(finding.row);
    // The name of a file does not make another finding; the name of a record in the register does.
    let record = if finding.rule == Rule::RecordContradiction { "" } else { budget.key.as_str() };
    let text = format!(
        "{place}|{}|{}|{record}|{}|{:?}|{}|{}|{:?}|{:?}|{row:?}|{:?}",
        budget.level,
        budget.year,
        finding.rule.code(),
        finding.stage,
        finding.item.code(),
        finding.code,
        money(finding.printed),
        money(finding.expected),
        finding.facts,
    );
    let prime: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let start: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let hash = text.bytes().fold(start, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(prime));
    format!("{hash:032x}")
}
