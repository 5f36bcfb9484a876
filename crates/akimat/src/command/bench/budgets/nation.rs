//! Pseudo reports of a country: 20 regions, ten districts in each, the rest okrugs. The same at every run.

use akimat_budget::{Amounts, Item};
use akimat_core::{KatoCode, Money, Place, PlaceId, PlaceKind, Text};
use akimat_storage::{FactLine, FactReport, FactSource, LineKey};
use std::ops::RangeInclusive;
use std::sync::Arc;

pub(super) const FIRST_YEAR: i16 = 2017;
const LAST_YEAR: i16 = 2026;
const MONTHS: u64 = 12;
/// Lines of a report: summary items, functional groups, programmes.
const LINES: usize = 300;
const REGIONS: u32 = 20;
const DISTRICTS: u32 = 10;
/// Tiyn of a tenth of a thousand tenge, in which decisions are printed.
const TENTH: i64 = 10_000;

/// A unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) place: KatoCode,
    pub(super) level: u8,
    parent: Option<KatoCode>,
}

/// The country, or as much of it as makes so many facts.
#[derive(Clone, Debug)]
pub(super) struct Nation {
    units: Arc<Vec<Unit>>,
    lines: Arc<Vec<LineKey>>,
}

pub(super) fn years() -> RangeInclusive<i16> {
    FIRST_YEAR..=LAST_YEAR
}

fn code(number: u32) -> KatoCode {
    KatoCode::from_number(number).expect("codes between 100,000,000 and 299,999,999")
}

impl Nation {
    pub(super) fn of(n_facts: u64) -> Self {
        let of_one = years().count() * LINES * usize::try_from(MONTHS).unwrap_or(12);
        let n_units = usize::try_from(n_facts).unwrap_or(usize::MAX).div_ceil(of_one).max(30);
        Self { units: Arc::new(units(n_units)), lines: Arc::new(lines()) }
    }

    pub(super) fn units(&self) -> impl Iterator<Item = Unit> {
        self.units.iter().copied()
    }

    pub(super) fn lines(&self) -> &[LineKey] {
        &self.lines
    }

    pub(super) fn n_reports(&self) -> u64 {
        self.units.len() as u64 * years().count() as u64 * MONTHS
    }

    pub(super) fn n_facts(&self) -> u64 {
        self.n_reports() * LINES as u64
    }

    /// The territories, each after the one above it.
    pub(super) fn places(&self, mut new_id: impl FnMut() -> PlaceId) -> Vec<Place> {
        let place = |unit: &Unit| Place {
            id: new_id(),
            code: unit.place,
            parent: unit.parent,
            depth: unit.level - 1,
            kind: match unit.level {
                2 => PlaceKind::Region,
                3 => PlaceKind::District,
                _ => PlaceKind::RuralOkrug,
            },
            name: Text::same(format!("Bench {}", unit.place)),
            valid_from: jiff::civil::date(2010, 1, 1),
            valid_to: None,
            invented: true,
        };
        let mut places: Vec<Place> = self.units.iter().map(place).collect();
        places.sort_by_key(|place| (place.depth, place.code));
        places
    }

    /// The reports of a unit and year.
    pub(super) fn reports(
        &self,
        unit: Unit,
        year: i16,
        months: RangeInclusive<u8>,
    ) -> impl Iterator<Item = FactReport> {
        let lines = Arc::clone(&self.lines);
        months.map(move |month| {
            let line = |(key, row): (&LineKey, u32)| FactLine {
                row,
                key: key.clone(),
                amounts: amounts(unit.place.number(), year, month, row),
            };
            FactReport {
                place: unit.place,
                level: unit.level,
                year,
                month,
                source: FactSource {
                    file_name: format!("bench-{year}-{month:02}"),
                    sha256: "0".repeat(64),
                    budget: None,
                    invented: true,
                },
                lines: lines.iter().zip(2..).map(line).collect(),
            }
        })
    }
}

/// Region by region, district by district, so that neighbours stand together.
fn units(n_units: usize) -> Vec<Unit> {
    let n_upper = usize::try_from(REGIONS * (1 + DISTRICTS)).unwrap_or(220);
    let n_districts = usize::try_from(REGIONS * DISTRICTS).unwrap_or(200);
    let n_okrugs = n_units.saturating_sub(n_upper);
    let mut units = Vec::with_capacity(n_units + REGIONS as usize);
    let mut n_before = 0;
    for region in 0..REGIONS {
        let top = 100_000_000 + region * 10_000_000;
        units.push(Unit { place: code(top), level: 2, parent: None });
        for district in 1..=DISTRICTS {
            let middle = top + district * 100_000;
            units.push(Unit { place: code(middle), level: 3, parent: Some(code(top)) });
            n_before += 1;
            let until = n_okrugs * n_before / n_districts;
            let from = n_okrugs * (n_before - 1) / n_districts;
            // 99 okrugs are the most that the codes have room for.
            for okrug in (1..).take((until - from).min(99)) {
                let place = code(middle + okrug * 1_000);
                units.push(Unit { place, level: 4, parent: Some(code(middle)) });
            }
        }
    }
    units.truncate(n_units.max(1));
    units
}

fn lines() -> Vec<LineKey> {
    let summary = [
        Item::RevenueTotal,
        Item::Tax,
        Item::NonTax,
        Item::FixedCapital,
        Item::Transfers,
        Item::ExpenditureTotal,
        Item::NetLending,
        Item::Loans,
        Item::LoanRepayment,
        Item::FinancialAssets,
        Item::Balance,
        Item::FinancingTotal,
        Item::Borrowing,
        Item::DebtRepayment,
        Item::UsedBalances,
    ];
    let mut lines: Vec<LineKey> =
        summary.into_iter().map(|item| LineKey { item, code: String::new() }).collect();
    let group = |n: usize| LineKey { item: Item::FunctionalGroup, code: format!("{n:02}") };
    lines.extend((1..=15).map(group));
    let programme = |n: usize| LineKey {
        item: Item::FunctionalDetail,
        code: format!("{:02}/{}/{}/{:03}", n % 15 + 1, n % 9 + 1, 450 + n % 40, n / 15 + 1),
    };
    lines.extend((0..LINES - lines.len()).map(programme));
    lines.sort();
    lines
}

fn amounts(place: u32, year: i16, month: u8, row: u32) -> Amounts {
    let seed = u64::from(place) << 24 ^ u64::from(year.unsigned_abs()) << 12 ^ u64::from(row);
    let dice = mix(seed);
    // From 100 thousand to 100 million tenge.
    let approved = i64::try_from(dice % 1_000_000).unwrap_or_default() + 1_000;
    let amended = if dice & (1 << 40) == 0 { approved } else { approved + approved / 20 };
    let sway = i64::try_from(mix(seed ^ u64::from(month) << 56) % 40).unwrap_or_default();
    let executed = amended * (i64::from(month) * 80 + sway) / 1_000;
    let money = |tenths: i64| Some(Money::from_tiyn(tenths * TENTH));
    Amounts { approved: money(approved), amended: money(amended), executed: money(executed) }
}

/// SplitMix64 (Steele and others 2014).
const fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninety_million_facts_are_a_country() {
        let nation = Nation::of(90_000_000);
        assert_eq!((nation.units.len(), nation.n_reports(), nation.n_facts()), (2_500, 300_000, 90_000_000));
        let unit = nation.units().next().expect("a unit");
        let reports: Vec<FactReport> = nation.reports(unit, 2020, 1..=12).collect();
        assert!(reports.iter().all(|report| report.lines.is_sorted_by(|one, next| one.key < next.key)));
        assert_eq!(reports, nation.reports(unit, 2020, 1..=12).collect::<Vec<_>>());
    }
}
