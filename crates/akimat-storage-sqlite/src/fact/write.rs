//! The cube of facts: changes.

use super::{dictionary, number, only};
use crate::db::Db;
use akimat_core::KatoCode;
use akimat_storage::fact::block::{ReportLine, SumLine, pack_report, pack_sum, read_report, read_sum};
use akimat_storage::fact::ledger::{
    self, Difference, Effects, Numbered, ReportKey, SumKey, UnitKey, YEAR, codes, depth,
};
use akimat_storage::{Conflict, FactLineName, FactReport, FactSource, Result, args};
use std::collections::{BTreeMap, BTreeSet};

/// [`akimat_storage::Change::PutFacts`].
pub(crate) fn put(db: &Db, reports: &[FactReport]) -> Result<()> {
    let mut dictionary = dictionary(db)?;
    for entry in ledger::new_lines(&dictionary, reports) {
        let key = entry.key.clone();
        let args = args![dictionary.add(entry), key.item.code(), key.code];
        db.execute(
            "insert into fact_lines (id, item, code, name_kk, name_ru, name_en) values (?1, ?2, ?3, '', '', '')",
            &args,
        )?;
    }
    let (new, sources) = ledger::number(&dictionary, reports)?;
    let sources = sources.iter().map(|source| source_id(db, source)).collect::<Result<Vec<i64>>>()?;
    let latest = latest(db, &new)?;
    let old = stored(db, &new, &latest)?;
    let effects = ledger::effects(&new, &old, &latest);
    for (key, report) in &new {
        put_report(db, *key, report, sources.get(report.source).copied())?;
    }
    put_totals(db, &effects)?;
    for (key, difference) in &effects.sums {
        change_sum(db, *key, difference)?;
    }
    let years = effects.years;
    db.execute(
        "update fact_state set generation = generation + 1, n_reports = n_reports + ?1, n_facts = n_facts + ?2,
             year_first = min(coalesce(year_first, ?3), coalesce(?3, year_first)),
             year_last = max(coalesce(year_last, ?4), coalesce(?4, year_last))",
        &args![
            effects.n_reports,
            effects.n_facts,
            years.map(|years| i64::from(years.0)),
            years.map(|years| i64::from(years.1)),
        ],
    )?;
    Ok(())
}

/// [`akimat_storage::Change::NameFactLines`].
pub(crate) fn name_lines(db: &Db, names: &[FactLineName]) -> Result<()> {
    let sql = "update fact_lines set name_kk = coalesce(nullif(?3, ''), name_kk),
             name_ru = coalesce(nullif(?4, ''), name_ru), name_en = coalesce(nullif(?5, ''), name_en)
         where item = ?1 and code = ?2";
    for FactLineName { key, name } in names {
        let args =
            args![key.item.code(), key.code.as_str(), name.kk.as_str(), name.ru.as_str(), name.en.as_str()];
        db.execute(sql, &args)?;
    }
    db.execute("update fact_state set generation = generation + 1", &[]).map(|_| ())
}

fn source_id(db: &Db, source: &FactSource) -> Result<i64> {
    let budget = source.budget.map(|budget| budget.0);
    let args = args![source.file_name.as_str(), source.sha256.as_str(), budget, source.invented];
    let find = "select id from fact_sources
         where sha256 = ?2 and file_name = ?1 and budget_id is ?3 and invented = ?4";
    if let Some(id) = only(db, find, &args)? {
        return Ok(id);
    }
    let sql = "insert into fact_sources (file_name, sha256, budget_id, invented) values (?1, ?2, ?3, ?4)
         returning id";
    only(db, sql, &args)?.ok_or_else(|| Conflict::Missing("source").into())
}

/// The months of the latest reports of the units and years of a batch.
fn latest(db: &Db, new: &BTreeMap<ReportKey, Numbered>) -> Result<BTreeMap<(KatoCode, i16), u8>> {
    let years: BTreeSet<(KatoCode, i16)> = new.keys().map(|key| (key.place, key.year)).collect();
    let sql = "select month from fact_reports where place = ?1 and year = ?2 order by month desc limit 1";
    let mut latest = BTreeMap::new();
    for (place, year) in years {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method is not general over lifetimes"
        )]
        let month = db.row(sql, &args![place, year], |row| row.int())?;
        if let Some(month) = month {
            latest.insert((place, year), month);
        }
    }
    Ok(latest)
}

/// The stored reports that a batch replaces or takes the place of.
fn stored(
    db: &Db,
    new: &BTreeMap<ReportKey, Numbered>,
    latest: &BTreeMap<(KatoCode, i16), u8>,
) -> Result<BTreeMap<ReportKey, Numbered>> {
    let last = latest.iter().map(|(&(place, year), &month)| ReportKey { place, year, month });
    let known = new.keys().copied().filter(|key| latest.contains_key(&(key.place, key.year)));
    let keys: BTreeSet<ReportKey> = known.chain(last).collect();
    let sql = "select level, lines from fact_reports where place = ?1 and year = ?2 and month = ?3";
    let mut stored = BTreeMap::new();
    for key in keys {
        let args = args![key.place, key.year, key.month];
        if let Some((level, lines)) = db.row(sql, &args, |row| Ok((row.int()?, row.bytes()?)))? {
            stored.insert(key, Numbered { level, source: 0, lines: read_report(&lines)? });
        }
    }
    Ok(stored)
}

fn put_report(db: &Db, key: ReportKey, report: &Numbered, source: Option<i64>) -> Result<()> {
    let block = pack_report(&report.lines);
    let args = args![
        key.place,
        key.year,
        key.month,
        report.level,
        source,
        i64::try_from(report.lines.len()).unwrap_or(i64::MAX),
        block.as_slice(),
    ];
    let sql = "insert into fact_reports (place, year, month, level, source_id, n_lines, lines)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (place, year, month) do update set level = excluded.level,
             source_id = excluded.source_id, n_lines = excluded.n_lines, lines = excluded.lines";
    db.execute(sql, &args).map(|_| ())
}

fn put_totals(db: &Db, effects: &Effects) -> Result<()> {
    let sql = "insert into fact_units (place, level) values (?1, ?2)
         on conflict (place) do update set level = excluded.level";
    for (place, level) in &effects.units {
        db.execute(sql, &args![*place, *level])?;
    }
    let sql = "delete from fact_latest where level = ?1 and year = ?2 and place = ?3";
    for gone in &effects.latest_gone {
        db.execute(sql, &args![gone.level, gone.year, gone.place])?;
    }
    let sql = "insert into fact_latest (level, year, place, month) values (?1, ?2, ?3, ?4)
         on conflict (level, year, place) do update set month = excluded.month";
    for latest in &effects.latest {
        db.execute(sql, &args![latest.level, latest.year, latest.place, latest.month])?;
    }
    let sql = "delete from fact_unit_totals where level = ?1 and line = ?2 and year = ?3 and place = ?4";
    for UnitKey { level, line, year, place } in &effects.totals_gone {
        db.execute(sql, &args![*level, *line, *year, *place])?;
    }
    // In the order of the table.
    let mut totals: Vec<&(UnitKey, u8, ReportLine)> = effects.totals.iter().collect();
    totals.sort_unstable_by_key(|(key, _, _)| *key);
    let sql = "insert into fact_unit_totals (level, line, year, place, month, approved, amended, executed)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         on conflict (level, line, year, place) do update set month = excluded.month,
             approved = excluded.approved, amended = excluded.amended, executed = excluded.executed";
    for (key, month, line) in totals {
        let amounts = &line.amounts;
        let args = args![
            key.level,
            key.line,
            key.year,
            key.place,
            *month,
            amounts.approved,
            amounts.amended,
            amounts.executed,
        ];
        db.execute(sql, &args)?;
    }
    Ok(())
}

fn change_sum(db: &Db, key: SumKey, difference: &Difference) -> Result<()> {
    let at = args![key.level, number(key.under), key.year, key.month];
    let find = "select month_min, month_max, lines from fact_sums
         where level = ?1 and under = ?2 and year = ?3 and month = ?4";
    let before = db.row(find, &at, |row| Ok(((row.int()?, row.int()?), row.bytes()?)))?;
    let (months_before, lines) = match before {
        Some((months, lines)) => (Some(months), read_sum(&lines)?),
        None => (None, Vec::new()),
    };
    let (lines, mut changed) = difference.apply(lines)?;
    let Some(months) = months(db, key)? else {
        db.execute(
            "delete from fact_sums where level = ?1 and under = ?2 and year = ?3 and month = ?4",
            &at,
        )?;
        return put_sum_totals(db, (key, (0, 0)), &[], &changed);
    };
    let block = pack_sum(&lines);
    let sql = "insert into fact_sums (level, under, year, month, month_min, month_max, lines)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (level, under, year, month) do update set month_min = excluded.month_min,
             month_max = excluded.month_max, lines = excluded.lines";
    let values =
        args![key.level, number(key.under), key.year, key.month, months.0, months.1, block.as_slice()];
    db.execute(sql, &values)?;
    if months_before != Some(months) {
        changed.extend(lines.iter().map(|line| line.line));
    }
    put_sum_totals(db, (key, months), &lines, &changed)
}

/// Least and greatest month of the reports behind a sum; `None` when there is no report.
fn months(db: &Db, key: SumKey) -> Result<Option<(u8, u8)>> {
    if key.month != YEAR {
        return Ok(Some((key.month, key.month)));
    }
    let codes = codes(key.under);
    let sql = "select min(month), max(month) from fact_latest
         where level = ?1 and year = ?2 and place between ?3 and ?4";
    let args = args![key.level, key.year, *codes.start(), *codes.end()];
    let months = db.row(sql, &args, |row| Ok((row.int_opt()?, row.int_opt()?)))?;
    let (least, greatest) = months.unwrap_or_default();
    let month = |month: Option<i64>| month.and_then(|month| u8::try_from(month).ok());
    Ok(month(least).zip(month(greatest)))
}

/// The lines of the total of a year that changed, one by one.
fn put_sum_totals(
    db: &Db,
    (key, months): (SumKey, (u8, u8)),
    lines: &[SumLine],
    changed: &BTreeSet<u32>,
) -> Result<()> {
    let (YEAR, Some(under)) = (key.month, key.under) else { return Ok(()) };
    let depth = depth(Some(under));
    let delete = "delete from fact_sum_totals
         where level = ?1 and line = ?2 and year = ?3 and depth = ?4 and under = ?5";
    let insert =
        "insert or replace into fact_sum_totals (level, line, year, depth, under, month_min, month_max,
             approved, amended, executed, n_approved, n_amended, n_executed)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    for number in changed {
        let Ok(at) = lines.binary_search_by_key(number, |line| line.line) else {
            db.execute(delete, &args![key.level, *number, key.year, depth, under])?;
            continue;
        };
        let SumLine { line, sums, counts } = lines[at];
        let args = args![
            key.level, line, key.year, depth, under, months.0, months.1, sums[0], sums[1], sums[2],
            counts[0], counts[1], counts[2],
        ];
        db.execute(insert, &args)?;
    }
    Ok(())
}
