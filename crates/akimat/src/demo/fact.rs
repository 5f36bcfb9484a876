//! Execution reports of the invented Sample Region, month by month from 2021 to October 2026: the region, its
//! six districts, their okrugs. Made here, always the same, in whole tenths of a thousand tenge, so that what
//! one level gives is what the other gets. `data/demo/README.md` says how, and what is wrong on purpose.
//!
//! Reading order: [`plan`] (the year of a unit), [`pace`] (how it is spread over the months), [`sheet`] (the
//! lines of a report).

mod pace;
mod plan;
mod sheet;

#[cfg(test)]
mod tests;

use akimat_budget::{Budget, Item};
use akimat_core::{KatoCode, Place, Text};
use akimat_interop::budget::sha256_hex;
use akimat_interop::observation::decode_observations;
use akimat_storage::{Change, FactLineName, FactReport, FactSource, LineKey};
use anyhow::anyhow;
use plan::{Plan, Region};
use sheet::Sheet;
use std::collections::BTreeMap;

const FIGURES: &str = include_str!("../../../../data/demo/observations.csv");
const YEARS: std::ops::RangeInclusive<i16> = 2021..=2026;
/// The demonstration stands on 22 November 2026: reports up to the end of October are there.
const LAST: (i16, u8) = (2026, 10);
/// Codes of everything in the invented region begin with 99.
const REGION: u32 = 990_000_000;

/// The changes that bring the reports in, named after the budgets and the classification.
///
/// # Errors
/// When an embedded file is damaged, which a test excludes.
pub(crate) fn all(places: &[Place], budgets: &[Budget]) -> anyhow::Result<Vec<Change>> {
    let people = people()?;
    let units = units(places);
    let mut reports = Vec::new();
    for year in YEARS {
        let population = |place: KatoCode| people.get(&(place, year)).copied().unwrap_or_default();
        let region = Region::new(year, &units, &population, budgets);
        let last = if year == LAST.0 { LAST.1 } else { 12 };
        for month in 0..=last {
            reports.extend(month_of(&region, month));
        }
    }
    Ok(vec![Change::PutFacts(reports), Change::NameFactLines(names())])
}

/// Region, districts, okrugs and towns: the units that have a budget.
fn units(places: &[Place]) -> Vec<KatoCode> {
    let own = places.iter().filter(|place| place.invented && place.depth <= 3);
    own.map(|place| place.code).filter(|code| code.number() / 10_000_000 == REGION / 10_000_000).collect()
}

fn people() -> anyhow::Result<BTreeMap<(KatoCode, i16), i64>> {
    let rows = decode_observations(FIGURES.as_bytes());
    let rows = rows.map_err(|problems| anyhow!("observations.csv: {problems:?}"))?;
    let people = rows.into_iter().filter(|row| row.series == akimat_storage::observation::POPULATION);
    Ok(people.filter_map(|row| Some(((row.place?, row.year), row.value.to_string().parse().ok()?))).collect())
}

/// The reports of all units for one month, from below upwards: what an upper unit gives is the sum of what
/// the lower ones get.
fn month_of(region: &Region, month: u8) -> Vec<FactReport> {
    let mut reports = Vec::new();
    let mut top = Sheet::new(&region.own, month);
    for district in &region.districts {
        let mut sheet = Sheet::new(&district.own, month);
        for okrug in &district.okrugs {
            let below = Sheet::new(okrug, month);
            sheet.give_down(&below);
            reports.push(report(okrug, month, below));
        }
        sheet.slip_in_a_mismatch(&district.own, month);
        top.give_down(&sheet);
        top.get_from_below(&sheet);
        top.lend(&sheet);
        reports.push(report(&district.own, month, sheet));
    }
    reports.push(report(&region.own, month, top));
    reports
}

fn report(plan: &Plan, month: u8, sheet: Sheet) -> FactReport {
    let file_name = format!("sample-region-{}-{month:02}", plan.year);
    FactReport {
        place: plan.place,
        level: plan.level,
        year: plan.year,
        month,
        source: FactSource {
            sha256: sha256_hex(file_name.as_bytes()),
            file_name,
            budget: None,
            invented: true,
        },
        lines: sheet.into_lines(plan),
    }
}

/// Names of the lines that no budget of the demonstration prints.
fn names() -> Vec<FactLineName> {
    let below = Text::new(
        "Төмен тұрған мемлекеттік басқару органдарынан трансферттер",
        "Трансферты из нижестоящих органов государственного управления",
        "Transfers from bodies of state administration below",
    );
    let above = Text::new(
        "Мемлекеттік басқарудың жоғары тұрған органдарынан түсетін трансферттер",
        "Трансферты из вышестоящих органов государственного управления",
        "Transfers from bodies of state administration above",
    );
    let mut names = Vec::new();
    for category in ["4", "5"] {
        for (class, name) in [("01", &below), ("02", &above)] {
            names.push((Item::RevenueDetail, format!("{category}/{class}"), name.clone()));
        }
    }
    for (programme, kk, ru, en) in plan::PROGRAMMES {
        for administrator in [plan::FINANCE_OF_REGION, plan::FINANCE_OF_DISTRICT] {
            let code = format!("15/1/{administrator}/{programme}");
            names.push((Item::FunctionalDetail, code, Text::new(kk, ru, en)));
        }
    }
    names.into_iter().map(|(item, code, name)| FactLineName { key: LineKey { item, code }, name }).collect()
}
