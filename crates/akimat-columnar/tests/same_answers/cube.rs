//! A small invented cube in memory.

use akimat_budget::{Amounts, Item, Stage};
use akimat_core::{KatoCode, Money, Text};
use akimat_storage::Result;
use akimat_storage::fact::{
    FactExtent, FactLine, FactLineName, FactMonth, FactNode, FactQuery, FactRead, FactReport, FactSource,
    FactTotal, FactUnit, LineKey,
};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Mutex;

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ (b >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n).unwrap()).unwrap()
    }
}

type Key = (KatoCode, i16, u8);

pub(crate) struct Cube {
    reports: Mutex<(i64, BTreeMap<Key, FactReport>)>,
}

const LINES: [(Item, &str); 12] = [
    (Item::RevenueTotal, ""),
    (Item::Tax, "1"),
    (Item::NonTax, "2"),
    (Item::Transfers, "4"),
    (Item::RevenueDetail, "1/01"),
    (Item::RevenueDetail, "1/01/2"),
    (Item::ExpenditureTotal, ""),
    (Item::FunctionalGroup, "04"),
    (Item::FunctionalGroup, "06"),
    (Item::FunctionalDetail, "04/1"),
    (Item::FunctionalDetail, "04/1/464"),
    (Item::Balance, ""),
];

const UNITS: [(u32, u8); 7] = [
    (990_000_000, 2),
    (990_100_000, 3),
    (990_134_000, 4),
    (990_138_000, 4),
    (990_200_000, 3),
    (980_000_000, 2),
    (980_130_000, 4),
];

fn report(place: u32, level: u8, (year, month): (i16, u8), lines: Vec<FactLine>) -> FactReport {
    FactReport {
        place: KatoCode::from_number(place).unwrap(),
        level,
        year,
        month,
        source: FactSource {
            file_name: "invented.csv".to_owned(),
            sha256: "0".repeat(64),
            budget: None,
            invented: true,
        },
        lines,
    }
}

fn line(row: u32, (item, code): (Item, &str), amounts: Amounts) -> FactLine {
    FactLine { row, key: LineKey { item, code: code.to_owned() }, amounts }
}

impl Cube {
    fn of(reports: Vec<FactReport>) -> Self {
        let keyed = reports.into_iter().map(|r| ((r.place, r.year, r.month), r)).collect();
        Self { reports: Mutex::new((1, keyed)) }
    }

    /// Reports with gaps: units that began late, months that are missing, states that are not given.
    pub(crate) fn invented(dice: &mut Dice) -> Self {
        let mut reports = Vec::new();
        for (place, level) in UNITS {
            for year in 2020..=2025 {
                for month in [0, 3, 6, 9, 12] {
                    if dice.below(4) == 0 {
                        continue;
                    }
                    let mut lines = Vec::new();
                    for (at, known) in LINES.into_iter().enumerate() {
                        let mut amount = || {
                            let tiyn = i64::try_from(dice.below(2_000_000_000)).unwrap() - 500_000_000;
                            (dice.below(5) > 0).then(|| Money::from_tiyn(tiyn))
                        };
                        let amounts = Amounts { approved: amount(), amended: amount(), executed: amount() };
                        if dice.below(6) > 0 {
                            lines.push(line(u32::try_from(at).unwrap() + 1, known, amounts));
                        }
                    }
                    reports.push(report(place, level, (year, month), lines));
                }
            }
        }
        Self::of(reports)
    }

    /// Two units that together have more than an amount can hold.
    pub(crate) fn enormous() -> Self {
        let most = Amounts::only(Stage::Executed, Money::from_tiyn(i64::MAX));
        let one = |place| report(place, 3, (2026, 12), vec![line(1, LINES[1], most)]);
        Self::of(vec![one(990_100_000), one(990_200_000)])
    }

    pub(crate) fn add_a_year(&self, year: i16) {
        let mut reports = self.reports.lock().unwrap();
        let amounts = Amounts::only(Stage::Approved, Money::from_tiyn(7));
        let new = report(990_100_000, 3, (year, 12), vec![line(1, LINES[1], amounts)]);
        reports.1.insert((new.place, year, 12), new);
        reports.0 += 1;
    }

    pub(crate) fn units(&self) -> Vec<KatoCode> {
        UNITS.iter().map(|(place, _)| KatoCode::from_number(*place).unwrap()).collect()
    }

    pub(crate) fn reports(&self) -> Vec<FactReport> {
        self.reports.lock().unwrap().1.values().cloned().collect()
    }
}

#[async_trait]
impl FactRead for Cube {
    async fn fact_extent(&self) -> Result<FactExtent> {
        let reports = self.reports.lock().unwrap();
        let mut places: Vec<KatoCode> = reports.1.keys().map(|key| key.0).collect();
        places.dedup();
        Ok(FactExtent {
            years: None,
            n_units: places.len() as u64,
            n_reports: reports.1.len() as u64,
            n_facts: reports.1.values().map(|report| report.lines.len() as u64).sum(),
            generation: reports.0,
        })
    }

    async fn list_fact_lines(&self) -> Result<Vec<FactLineName>> {
        let name = |(item, code): (Item, &str)| FactLineName {
            key: LineKey { item, code: code.to_owned() },
            name: Text::default(),
        };
        Ok(LINES.into_iter().map(name).collect())
    }

    async fn list_fact_reports(&self, after: Option<Key>, limit: u16) -> Result<Vec<FactReport>> {
        let reports = self.reports.lock().unwrap();
        let later = reports.1.iter().filter(|(key, _)| after.is_none_or(|after| **key > after));
        Ok(later.take(limit.into()).map(|(_, report)| report.clone()).collect())
    }

    async fn list_fact_units(&self, _: Option<KatoCode>, _: Option<u8>) -> Result<Vec<FactUnit>> {
        Ok(Vec::new())
    }

    async fn fact_totals(&self, _: &FactQuery) -> Result<Vec<FactTotal>> {
        Ok(Vec::new())
    }

    async fn fact_months(&self, _: FactNode, _: &LineKey, _: RangeInclusive<i16>) -> Result<Vec<FactMonth>> {
        Ok(Vec::new())
    }

    async fn find_fact_report(&self, _: KatoCode, _: i16, _: u8) -> Result<Option<FactReport>> {
        Ok(None)
    }
}
