//! Records that state different amounts for one unit, year, state and line.
//!
//! Which one is right stays open: both are shown with where they stand. Amounts that differ by less than
//! what the coarser record rounds away do not contradict.

use crate::check::{Evidence, Finding, Rule, Severity, Side};
use crate::{Budget, Item, Stage, classification};
use akimat_core::Money;

/// Every contradiction between records of one unit and year, in the order of the budget. Records of other
/// units, levels or years than the first one are left aside.
pub fn contradictions(records: &[Budget]) -> Vec<Finding> {
    let Some(first) = records.first() else { return Vec::new() };
    let same = |record: &&Budget| {
        record.place == first.place && record.year == first.year && record.level == first.level
    };
    let records: Vec<&Budget> = records.iter().filter(same).collect();
    let mut findings = Vec::new();
    for stage in Stage::ALL {
        for item in Item::ALL {
            if item == Item::FunctionalGroup {
                for group in classification::FUNCTIONAL_GROUPS {
                    findings.extend(contradiction(&records, stage, item, group.code));
                }
            } else if !item.is_detail() {
                findings.extend(contradiction(&records, stage, item, ""));
            }
        }
    }
    findings
}

fn contradiction(records: &[&Budget], stage: Stage, item: Item, code: &str) -> Option<Finding> {
    let stated: Vec<(&Budget, Evidence)> = records
        .iter()
        .filter_map(|record| {
            let line = record
                .lines
                .iter()
                .find(|line| line.item == item && (code.is_empty() || line.code == code))?;
            let evidence = Evidence {
                side: Side::Stated,
                place: record.place,
                year: record.year,
                record: record.key.clone(),
                row: Some(line.row),
                item,
                code: code.to_owned(),
                amount: line.amounts.at(stage)?,
            };
            Some((*record, evidence))
        })
        .collect();
    let (record, base) = stated.first()?;
    let (_, other) =
        stated.iter().find(|(other, own)| differs(own.amount, base.amount, rounding(record, other)))?;
    let mut finding = Finding::about(Rule::RecordContradiction, Severity::Error, item, code)
        .compared(base.amount, other.amount);
    finding.stage = Some(stage);
    finding.row = base.row;
    finding.evidence = stated.into_iter().map(|(_, evidence)| evidence).collect();
    Some(finding)
}

/// Half of the last decimal that the coarser record prints, in tiyn: sources print one decimal.
fn rounding(a: &Budget, b: &Budget) -> i64 {
    a.unit.tiyn().max(b.unit.tiyn()) / 20
}

fn differs(a: Money, b: Money, tolerance: i64) -> bool {
    a.checked_sub(b).is_none_or(|difference| difference.abs().tiyn() > tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{PAPER, budget, budgets, line};
    use akimat_core::MoneyUnit;

    /// The source paper states Turkistan's expenditure of 2024 twice: 52,965.1 in Figure 9 and 76,500.0 in
    /// Table 5 (inconsistency EXP-1 of the domain reference, section 2.6).
    #[test]
    fn the_two_expenditures_of_turkistan_contradict() {
        let records: Vec<Budget> = budgets(PAPER).into_iter().filter(|record| record.year == 2024).collect();
        assert_eq!(records.len(), 2);
        let found = contradictions(&records);
        let finding = found.iter().find(|finding| finding.item == Item::ExpenditureTotal).unwrap();
        let million = |text| Some(Money::parse(text, MoneyUnit::MillionTenge).unwrap());
        let pair = [finding.printed, finding.expected];
        assert!(pair.contains(&million("52965.1")) && pair.contains(&million("76500.0")), "{finding:?}");
        assert_eq!(finding.difference.map(Money::abs), million("23534.9"));
        assert_eq!(finding.evidence.len(), 2);
    }

    #[test]
    fn rounding_is_no_contradiction() {
        let thousand = |text| Money::parse(text, MoneyUnit::ThousandTenge).unwrap();
        let fine = budget(vec![line(Item::Tax, "", Some(thousand("1234567.8")))]);
        let mut coarse = budget(vec![line(Item::Tax, "", Some(thousand("1234600.0")))]);
        assert_eq!(contradictions(&[fine.clone(), coarse.clone()]).len(), 1);
        coarse.unit = MoneyUnit::MillionTenge;
        assert!(contradictions(&[fine, coarse]).is_empty());
    }
}
