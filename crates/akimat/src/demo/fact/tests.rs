//! The invented reports hold together, but for what is wrong on purpose.

use super::*;
use crate::demo::{budget, place};
use akimat_app::app::Parts;
use akimat_app::published::Published;
use akimat_app::{App, SystemChance, SystemClock};
use akimat_budget::check::{Severity, check};
use akimat_budget::{Line, Provenance, Stage};
use akimat_core::{BudgetId, Money, MoneyUnit};
use std::collections::BTreeSet;
use std::sync::Arc;

fn reports() -> (Vec<FactReport>, Vec<Budget>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store =
        akimat_storage_sqlite::SqliteStore::open(&folder.path().join("a.sqlite"), &Default::default());
    let app = App::new(Parts {
        store: Arc::new(store.expect("a database")),
        solver: Arc::new(akimat_solver_highs::Highs),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        zone: jiff::tz::TimeZone::UTC,
        criteria: Published::default(),
    });
    let budgets = budget::all(&app).expect("budgets");
    let changes = all(&place::all(&app).expect("places"), &budgets).expect("reports");
    let Some(Change::PutFacts(reports)) = changes.into_iter().next() else { panic!("reports come first") };
    (reports, budgets)
}

fn amount(report: &FactReport, item: Item, code: &str, stage: Stage) -> Option<i64> {
    let line = report.lines.iter().find(|line| line.key.item == item && line.key.code == code)?;
    line.amounts.at(stage).map(Money::tiyn)
}

fn as_budget(report: &FactReport) -> Budget {
    let lines = report.lines.iter().map(|line| Line {
        row: line.row,
        item: line.key.item,
        code: line.key.code.clone(),
        name: Text::default(),
        amounts: line.amounts,
    });
    Budget {
        id: BudgetId(uuid::Uuid::nil()),
        key: String::new(),
        place: Some(report.place),
        level: report.level,
        year: report.year,
        unit: MoneyUnit::ThousandTenge,
        complete: true,
        invented: true,
        adopted_on: None,
        provenance: Provenance {
            file_name: String::new(),
            sha256: String::new(),
            source_url: String::new(),
            note: String::new(),
            imported_at: jiff::Timestamp::UNIX_EPOCH,
        },
        lines: lines.collect(),
    }
}

/// Every identity holds in every state of every month; one figure is a thousand times too large.
#[test]
fn identities_hold_but_for_the_slip() {
    let (reports, _) = reports();
    assert_eq!(reports.len(), (1 + 6 + 27) * (5 * 13 + 11));
    let wrong: BTreeSet<(u32, i16, u8)> = reports
        .iter()
        .filter(|report| check(&as_budget(report)).iter().any(|finding| finding.severity == Severity::Error))
        .map(|report| (report.place.number(), report.year, report.month))
        .collect();
    assert_eq!(wrong, BTreeSet::from([(990_403_000, 2022, 12)]));
    assert!(reports.iter().all(|report| report.lines.is_sorted_by(|one, next| one.key < next.key)));
}

/// What is given is what is got, but for one district in two months.
#[test]
fn levels_agree_but_for_the_mismatch() {
    let (reports, _) = reports();
    let mut differences = BTreeMap::new();
    for upper in reports.iter().filter(|report| report.level < 4) {
        for stage in Stage::ALL {
            let sum = |report: &FactReport, item: Item, wanted: &dyn Fn(&str) -> bool| -> i64 {
                let lines =
                    report.lines.iter().filter(|line| line.key.item == item && wanted(&line.key.code));
                lines.filter_map(|line| line.amounts.at(stage)).map(Money::tiyn).sum()
            };
            let given =
                sum(upper, Item::FunctionalDetail, &|code| code.ends_with("/038") || code.ends_with("/113"));
            let below = reports.iter().filter(|report| {
                (report.year, report.month, report.level) == (upper.year, upper.month, upper.level + 1)
                    && upper.place.covers(report.place)
            });
            let got: i64 = below
                .clone()
                .map(|report| sum(report, Item::RevenueDetail, &|code| code.ends_with("/02")))
                .sum();
            if given != got {
                differences.insert((upper.place.number(), upper.year, upper.month), given - got);
            }
            let up: i64 = below
                .map(|report| {
                    sum(report, Item::FunctionalDetail, &|code| {
                        code.ends_with("/006") || code.ends_with("/024")
                    })
                })
                .sum();
            let from_below = sum(upper, Item::RevenueDetail, &|code| code.ends_with("/01"));
            assert_eq!(from_below, up, "{} {} {}", upper.place, upper.year, upper.month);
        }
    }
    let due = [((990_400_000, 2025, 11), 325_000_000), ((990_400_000, 2025, 12), 325_000_000)];
    assert_eq!(differences, BTreeMap::from(due));
}

/// December states what the budgets of the register state; nothing is negative that cannot be.
#[test]
fn the_budgets_of_the_register_come_out_again() {
    let (reports, budgets) = reports();
    let mut n_compared = 0;
    for budget in budgets.iter().filter(|budget| budget.invented && budget.year >= 2021 && budget.year < 2026)
    {
        let report = reports
            .iter()
            .find(|report| {
                Some(report.place) == budget.place && (report.year, report.month) == (budget.year, 12)
            })
            .expect("a report");
        for line in &budget.lines {
            let code = if line.item.is_detail() { line.code.as_str() } else { "" };
            for stage in Stage::ALL {
                let slip = budget.key == "qainarkol-okrug-2025" && stage == Stage::Approved;
                if slip || amount(report, line.item, code, stage).is_none() {
                    continue;
                }
                let found = amount(report, line.item, code, stage);
                assert_eq!(
                    found,
                    line.amounts.at(stage).map(Money::tiyn),
                    "{} {line:?} {stage:?}",
                    budget.key
                );
                n_compared += 1;
            }
        }
    }
    assert!(n_compared > 500, "{n_compared}");
    for report in &reports {
        for line in &report.lines {
            let signed = matches!(
                line.key.item,
                Item::Balance | Item::NetLending | Item::FinancingTotal | Item::UsedBalances
            );
            let amounts = Stage::ALL.into_iter().filter_map(|stage| line.amounts.at(stage));
            let negative = amounts.into_iter().any(|money| money < Money::ZERO);
            assert!(signed || !negative, "{} {} {} {line:?}", report.place, report.year, report.month);
        }
    }
}
