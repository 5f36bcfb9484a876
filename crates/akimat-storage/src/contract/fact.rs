//! Promises about the cube of facts.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, id, kato};
use super::{ok, refused};
use crate::{
    Change, Conflict, FactExtent, FactLine, FactLineName, FactMonth, FactNode, FactQuery, FactReport,
    FactScope, FactSource, FactTotal, FactUnit, LineKey, StageCounts, Store,
};
use akimat_budget::{Amounts, Item, Stage};
use akimat_core::{BudgetId, KatoCode, Money, Text};
use std::collections::{BTreeMap, BTreeSet};

fn key(item: Item, code: &str) -> LineKey {
    LineKey { item, code: code.to_owned() }
}

fn line(row: u32, key: LineKey, tiyn: [Option<i64>; 3]) -> FactLine {
    let [approved, amended, executed] = tiyn.map(|tiyn| tiyn.map(Money::from_tiyn));
    FactLine { row, key, amounts: Amounts { approved, amended, executed } }
}

fn source(n: u64) -> FactSource {
    FactSource {
        file_name: "факты.csv".to_owned(),
        sha256: format!("{n:064x}"),
        budget: n.is_multiple_of(2).then(|| BudgetId(id(n))),
        invented: n.is_multiple_of(3),
    }
}

fn report(place: u32, level: u8, (year, month): (i16, u8), lines: Vec<FactLine>) -> FactReport {
    FactReport { place: kato(place), level, year, month, source: source(1), lines }
}

/// Every field, in order; and all of them in pages.
#[expect(clippy::cognitive_complexity, reason = "one story with many promises, told in its order")]
pub async fn reports_are_kept_whole(store: &dyn Store) {
    let lines = vec![
        line(9, key(Item::RevenueTotal, ""), [Some(i64::MAX), Some(i64::MAX), Some(1)]),
        line(2, key(Item::Tax, ""), [None, Some(0), None]),
        line(u32::MAX, key(Item::FunctionalGroup, "04"), [None, None, Some(-7_000_000)]),
        line(1, key(Item::FunctionalGroup, "07"), [Some(i64::MIN + 1), None, None]),
        line(1, key(Item::FunctionalDetail, "07/1/«ә»"), [None, None, None]),
    ];
    let mut one = report(DISTRICT, 3, (2026, 5), lines);
    one.source = source(6);
    let bare = report(OKRUG, 4, (-44, 0), Vec::new());
    ok(store.apply(vec![Change::PutFacts(vec![one.clone(), bare.clone()])]).await);
    let found = ok(store.find_fact_report(one.place, 2026, 5).await);
    assert_eq!(found.as_ref(), Some(&one));
    assert_eq!(ok(store.find_fact_report(one.place, 2026, 4).await), None);
    let extent = ok(store.fact_extent().await);
    let due = (Some((-44, 2026)), 2, 2, 5);
    assert_eq!((extent.years, extent.n_units, extent.n_reports, extent.n_facts), due);

    let all = [one.clone(), bare.clone()];
    assert_eq!(ok(store.list_fact_reports(None, 10).await), all);
    assert_eq!(ok(store.list_fact_reports(None, 1).await), all[..1]);
    assert_eq!(ok(store.list_fact_reports(Some((one.place, 2026, 5)), 10).await), all[1..]);
    assert!(ok(store.list_fact_reports(Some((bare.place, -44, 0)), 10).await).is_empty());

    let mut again = one.clone();
    (again.source, again.level) = (source(7), 2);
    again.lines.truncate(2);
    ok(store.apply(vec![Change::PutFacts(vec![one, again.clone()])]).await);
    assert_eq!(ok(store.find_fact_report(again.place, 2026, 5).await), Some(again));
    let after = ok(store.fact_extent().await);
    assert_eq!((after.n_reports, after.n_facts, after.generation > extent.generation), (2, 2, true));
    let units = ok(store.list_fact_units(None, None).await);
    let unit = |place, level| FactUnit { place: kato(place), level };
    assert_eq!(units, [unit(DISTRICT, 2), unit(OKRUG, 4)]);
    assert_eq!(ok(store.list_fact_units(Some(kato(DISTRICT)), Some(4)).await), [unit(OKRUG, 4)]);
    assert!(ok(store.list_fact_units(Some(kato(OTHER)), None).await).is_empty());
}

/// Names are those of lines that occur; an empty one takes nothing away.
pub async fn lines_are_named(store: &dyn Store) {
    let lines = [(Item::FunctionalGroup, "07"), (Item::Tax, ""), (Item::FunctionalGroup, "04")];
    let lines = lines.map(|(item, code)| line(1, key(item, code), [Some(1), None, None])).to_vec();
    let name = |item, code, name: Text| FactLineName { key: key(item, code), name };
    let named = vec![
        name(Item::Tax, "", Text::new("Салық", "Налоги", "Taxes")),
        name(Item::Loans, "", Text::same("nowhere")),
    ];
    let renamed = vec![name(Item::Tax, "", Text::new("", "Налоговые поступления", ""))];
    let mut report = report(DISTRICT, 3, (2026, 12), lines);
    report.lines.sort_by(|one, other| one.key.cmp(&other.key));
    ok(store.apply(vec![Change::PutFacts(vec![report]), Change::NameFactLines(named)]).await);
    let before = ok(store.list_fact_lines().await);
    ok(store.apply(vec![Change::NameFactLines(renamed)]).await);
    let due = [
        name(Item::Tax, "", Text::new("Салық", "Налоговые поступления", "Taxes")),
        name(Item::FunctionalGroup, "04", Text::default()),
        name(Item::FunctionalGroup, "07", Text::default()),
    ];
    assert_eq!(before[0].name, Text::new("Салық", "Налоги", "Taxes"));
    assert_eq!(ok(store.list_fact_lines().await), due);
}

/// Whatever comes in whatever order: every answer is what one finds by adding up the stored reports.
pub async fn totals_equal_the_latest_reports(store: &dyn Store) {
    let mut model = Model::default();
    let mut chance = Chance(20_261_122);
    for step in 0..14 {
        let batch: Vec<FactReport> = (0..1 + chance.below(6)).map(|_| random(&mut chance)).collect();
        batch.iter().for_each(|report| model.put(report));
        ok(store.apply(vec![Change::PutFacts(batch)]).await);
        if step % 3 == 1 {
            model.compare(store).await;
        }
    }
    model.compare(store).await;
}

/// A line that stands twice, a sum that no money can be, a thirteenth month: nothing changes.
pub async fn bad_facts_change_nothing(store: &dyn Store) {
    let tax = |tiyn| line(1, key(Item::Tax, ""), [Some(tiyn), None, None]);
    let good = report(DISTRICT, 3, (2026, 1), vec![tax(i64::MAX)]);
    ok(store.apply(vec![Change::PutFacts(vec![good.clone()])]).await);
    let before = ok(store.fact_extent().await);
    let twice = report(OTHER, 3, (2026, 1), vec![tax(1), tax(2)]);
    refused(store.apply(vec![Change::PutFacts(vec![twice])]).await, &Conflict::Exists("line of the report"));
    let beyond = report(OTHER, 3, (2026, 1), vec![tax(1)]);
    assert!(store.apply(vec![Change::PutFacts(vec![beyond])]).await.is_err());
    let late = report(OTHER, 3, (2026, 13), vec![tax(1)]);
    assert!(store.apply(vec![Change::PutFacts(vec![late])]).await.is_err());
    assert_eq!(ok(store.fact_extent().await), before);
    assert_eq!(ok(store.list_fact_reports(None, 9).await), std::slice::from_ref(&good));
    // The other sign makes room.
    let less = report(OTHER, 3, (2026, 1), vec![tax(-1)]);
    ok(store.apply(vec![Change::PutFacts(vec![less])]).await);
    let scope = FactScope::Node(FactNode::Sum { under: None, level: 3 });
    let totals =
        ok(store.fact_totals(&FactQuery { scope, lines: Vec::new(), years: i16::MIN..=i16::MAX }).await);
    assert_eq!(totals[0].amounts.approved.map(Money::tiyn), Some(i64::MAX - 1));
}

/// Nothing is asked of nothing.
pub async fn an_empty_cube_answers(store: &dyn Store) {
    assert_eq!(ok(store.fact_extent().await), FactExtent::default());
    assert!(ok(store.list_fact_lines().await).is_empty());
    let scope = FactScope::Units { under: None, level: 3 };
    let query = FactQuery { scope, lines: Vec::new(), years: 2020..=2026 };
    assert!(ok(store.fact_totals(&query).await).is_empty());
    let node = FactNode::Unit(kato(DISTRICT));
    assert!(ok(store.fact_months(node, &key(Item::Tax, ""), 2020..=2026).await).is_empty());
}

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// The same for the place in a short list.
    fn small(&mut self, n: u8) -> usize {
        usize::try_from(self.below(n.into())).unwrap_or_default()
    }
}

const PLACES: [(u32, u8); 8] = [
    (REGION, 2),
    (DISTRICT, 3),
    (OTHER, 3),
    (OKRUG, 4),
    (990_131_000, 4),
    (990_211_000, 4),
    (610_000_000, 2),
    (611_000_000, 3),
];

fn lines_of_the_cube() -> Vec<LineKey> {
    let lines =
        [(Item::RevenueTotal, ""), (Item::Tax, ""), (Item::FunctionalGroup, "04"), (Item::Balance, "")];
    lines.map(|(item, code)| key(item, code)).to_vec()
}

fn random(chance: &mut Chance) -> FactReport {
    let (place, level) = PLACES[chance.small(8)];
    // Now and then a unit changes its level.
    let level = if chance.below(9) == 0 { 5 } else { level };
    let mut lines = Vec::new();
    for (key, row) in lines_of_the_cube().into_iter().zip(1..) {
        if chance.below(4) > 0 {
            let mut amount = || {
                (chance.below(3) > 0).then(|| {
                    (chance.below(2_001) as i64 - 1_000)
                        * [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000][chance.small(7)]
                })
            };
            lines.push(line(row, key, [amount(), amount(), amount()]));
        }
    }
    report(
        place,
        level,
        ([2024, 2025][chance.small(2)], u8::try_from(chance.below(13)).unwrap_or_default()),
        lines,
    )
}

/// Every stored report, added up the plain way.
#[derive(Default)]
struct Model(BTreeMap<(KatoCode, i16, u8), FactReport>);

impl Model {
    fn put(&mut self, report: &FactReport) {
        self.0.insert((report.place, report.year, report.month), report.clone());
    }

    fn latest(&self) -> Vec<&FactReport> {
        let mut latest: BTreeMap<(KatoCode, i16), &FactReport> = BTreeMap::new();
        for ((place, year, _), report) in &self.0 {
            latest.insert((*place, *year), report);
        }
        latest.into_values().collect()
    }

    async fn compare(&self, store: &dyn Store) {
        let under = [REGION, DISTRICT, OTHER, OKRUG, 610_000_000, 990_131_000].map(|code| Some(kato(code)));
        let mut scopes: Vec<FactScope> =
            PLACES.iter().map(|(place, _)| FactScope::Node(FactNode::Unit(kato(*place)))).collect();
        for under in under.into_iter().chain([None]) {
            for level in 2..=5 {
                scopes.push(FactScope::Node(FactNode::Sum { under, level }));
                scopes.push(FactScope::Units { under, level });
                scopes.push(FactScope::Sums { parent: under, level });
            }
        }
        let some = vec![key(Item::Tax, ""), key(Item::FunctionalGroup, "04"), key(Item::Loans, "")];
        for scope in scopes {
            for (lines, years) in [(Vec::new(), i16::MIN..=i16::MAX), (some.clone(), 2025..=2025)] {
                let query = FactQuery { scope, lines, years };
                assert_eq!(ok(store.fact_totals(&query).await), self.totals(&query), "{query:?}");
            }
            if let FactScope::Node(node) = scope {
                let tax = key(Item::Tax, "");
                let months = ok(store.fact_months(node, &tax, 2000..=2030).await);
                assert_eq!(months, self.months(node, &tax), "{node:?}");
            }
        }
        let extent = ok(store.fact_extent().await);
        let n_facts: usize = self.0.values().map(|report| report.lines.len()).sum();
        let places: BTreeSet<KatoCode> = self.0.keys().map(|(place, _, _)| *place).collect();
        let found = (extent.n_reports, extent.n_facts, extent.n_units);
        assert_eq!(found, (self.0.len() as u64, n_facts as u64, places.len() as u64));
    }

    fn totals(&self, query: &FactQuery) -> Vec<FactTotal> {
        let mut groups: BTreeMap<(i16, FactNode), Vec<&FactReport>> = BTreeMap::new();
        for report in self.latest().into_iter().filter(|report| query.years.contains(&report.year)) {
            if let Some(node) = node_of(query.scope, report) {
                groups.entry((report.year, node)).or_default().push(report);
            }
        }
        let mut totals = Vec::new();
        for ((year, node), reports) in groups {
            for key in lines_of_the_cube() {
                let stated = reports.iter().flat_map(|report| &report.lines).filter(|line| line.key == key);
                let stated: Vec<&FactLine> = stated.collect();
                // A sum of lines without any amount is none; a unit's line without one is there.
                let is_there = match node {
                    FactNode::Unit(_) => !stated.is_empty(),
                    FactNode::Sum { .. } => stated.iter().any(|line| line.amounts != Amounts::default()),
                };
                if is_there && (query.lines.is_empty() || query.lines.contains(&key)) {
                    let (amounts, n_units) = sum(&stated);
                    let months = reports.iter().map(|report| report.month);
                    totals.push(FactTotal {
                        node,
                        year,
                        key,
                        amounts,
                        n_units,
                        month_min: months.clone().min().expect("a group has reports"),
                        month_max: months.max().expect("a group has reports"),
                    });
                }
            }
        }
        crate::fact::answer::sort(&mut totals);
        totals
    }

    fn months(&self, node: FactNode, key: &LineKey) -> Vec<FactMonth> {
        let mut months: BTreeMap<(i16, u8), Vec<&FactLine>> = BTreeMap::new();
        for report in self.0.values().filter(|report| node_of(FactScope::Node(node), report).is_some()) {
            let lines = report.lines.iter().filter(|line| line.key == *key);
            months.entry((report.year, report.month)).or_default().extend(lines);
        }
        let is_unit = matches!(node, FactNode::Unit(_));
        let mut answer = Vec::new();
        for ((year, month), lines) in months {
            let (amounts, n_units) = sum(&lines);
            if amounts != Amounts::default() || (is_unit && !lines.is_empty()) {
                answer.push(FactMonth { year, month, amounts, n_units });
            }
        }
        answer
    }
}

fn sum(lines: &[&FactLine]) -> (Amounts, StageCounts) {
    let stage = |stage| {
        let stated: Vec<Money> = lines.iter().filter_map(|line| line.amounts.at(stage)).collect();
        let n = u32::try_from(stated.len()).expect("few");
        (Money::checked_sum(stated).filter(|_| n > 0), n)
    };
    let [approved, amended, executed] = Stage::ALL.map(stage);
    (
        Amounts { approved: approved.0, amended: amended.0, executed: executed.0 },
        StageCounts { approved: approved.1, amended: amended.1, executed: executed.1 },
    )
}

/// The node of an answer that a report is part of.
fn node_of(scope: FactScope, report: &FactReport) -> Option<FactNode> {
    let below = |under: Option<KatoCode>| under.is_none_or(|under| under.covers(report.place));
    match scope {
        FactScope::Node(node @ FactNode::Unit(place)) => (place == report.place).then_some(node),
        FactScope::Node(node @ FactNode::Sum { under, level }) => {
            (level == report.level && below(under)).then_some(node)
        }
        FactScope::Units { under, level } => {
            (level == report.level && below(under)).then_some(FactNode::Unit(report.place))
        }
        FactScope::Sums { parent, level } => {
            if level != report.level || !below(parent) {
                return None;
            }
            let child = match parent {
                None => Some(report.place.region()),
                Some(parent) => {
                    let mut above: Vec<KatoCode> = report.place.parent_candidates().collect();
                    above.insert(0, report.place);
                    // The last one below the parent on the way up.
                    above.into_iter().rfind(|code| parent.covers(*code) && *code != parent)
                }
            };
            child.map(|child| FactNode::Sum { under: Some(child), level })
        }
    }
}
