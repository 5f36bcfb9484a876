//! The figures of SciPy, statsmodels and pingouin, recorded by `reference/record.py` with their versions, come out
//! again to 1e-9 relative.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

use akimat_statistics::{Refusal, Report, Request, Table, Value, run};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Golden {
    versions: BTreeMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    table: serde_json::Map<String, serde_json::Value>,
    order: BTreeMap<String, Vec<String>>,
    nominal: Vec<String>,
    request: Request,
    expect: Vec<Expected>,
    refused: Option<String>,
}

#[derive(Deserialize)]
struct Expected {
    sheet: String,
    labels: Vec<String>,
    figure: String,
    value: Option<f64>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("reference/golden.json")).unwrap()
}

impl Case {
    fn run(&self) -> Result<Report, Refusal> {
        let cells = |column: &serde_json::Value| -> Vec<String> {
            column.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned()).collect()
        };
        let columns: Vec<(String, Vec<String>)> =
            self.table.iter().map(|(name, column)| (name.clone(), cells(column))).collect();
        let n = u32::try_from(columns[0].1.len()).unwrap();
        let mut table = Table::new((2..2 + n).collect(), columns)?;
        for (column, levels) in &self.order {
            table = table.with_order(column, levels)?;
        }
        for column in &self.nominal {
            table = table.with_names(column)?;
        }
        run(&table, &self.request)
    }

    fn differences(&self) -> Vec<String> {
        match (self.run(), &self.refused) {
            (Err(refusal), Some(code)) if refusal.code() == code => Vec::new(),
            (Err(refusal), _) => vec![format!("{}: refused: {refusal}", self.name)],
            (Ok(_), Some(code)) => vec![format!("{}: not refused ({code})", self.name)],
            (Ok(report), None) => {
                self.expect.iter().filter_map(|one| one.difference(&self.name, &report)).collect()
            }
        }
    }
}

impl Expected {
    fn difference(&self, case: &str, report: &Report) -> Option<String> {
        let labels: Vec<&str> = self.labels.iter().map(String::as_str).collect();
        let found = report.value(&self.sheet, &labels, &self.figure);
        let is_it = match (found, self.value) {
            (Some(Value::Absent), None) => true,
            (Some(found), Some(want)) => found.as_number().is_some_and(|got| {
                // What is zero by construction is zero up to rounding.
                (got - want).abs() <= (1e-9 * want.abs()).max(1e-13)
            }),
            _ => false,
        };
        let place = format!("{case}: {} {labels:?} {}", self.sheet, self.figure);
        (!is_it).then(|| format!("{place}: {found:?}, reference {:?}", self.value))
    }
}

#[test]
fn the_figures_of_the_references_come_out_again() {
    let golden = golden();
    assert!(golden.cases.len() >= 40 && golden.versions.contains_key("scipy"));
    let differences: Vec<String> = golden.cases.iter().flat_map(Case::differences).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
