//! The shared plans and executions of Ukrainian cities as lines of a fiscal book.

use akimat_forecast::fiscal::{FiscalLine, FiscalYear};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Reads `unit,line,month,plan_year,executed_since_january`; the group of a line is the article.
pub(crate) fn read(path: &Path) -> std::io::Result<Vec<FiscalLine>> {
    let mut lines: BTreeMap<(String, String), BTreeMap<i16, FiscalYear>> = BTreeMap::new();
    for row in BufReader::new(GzDecoder::new(File::open(path)?)).lines().skip(1) {
        let row = row?;
        let fields: Vec<&str> = row.split(',').collect();
        let [unit, line, month, plan, executed] = fields[..] else { continue };
        let Some((year, month)) = month.split_once('-') else { continue };
        let (Ok(year), Ok(month)) = (year.parse::<i16>(), month.parse::<usize>()) else { continue };
        let years = lines.entry((unit.to_owned(), line.to_owned())).or_default();
        let own = years.entry(year).or_insert_with(|| FiscalYear::new(year));
        own.plan[month - 1] = plan.parse().ok();
        own.executed[month - 1] = executed.parse().ok();
    }
    let line = |((unit, article), years): ((String, String), BTreeMap<i16, FiscalYear>)| FiscalLine {
        id: format!("{unit}|{article}"),
        group: article,
        years: years.into_values().collect(),
    };
    Ok(lines.into_iter().map(line).collect())
}
