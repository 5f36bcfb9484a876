//! The cube of facts: questions. Changes are in [`write`].

mod write;

pub(crate) use write::{name_lines, put};

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::{BudgetId, KatoCode};
use akimat_storage::fact::answer::{self, TotalRow};
use akimat_storage::fact::block::{read_report, read_sum};
use akimat_storage::fact::dictionary::{Dictionary, DictionaryMemo, read_entry};
use akimat_storage::fact::ledger::{YEAR, codes, is_kept};
use akimat_storage::row::{Arg, Columns, read_int};
use akimat_storage::{
    FactExtent, FactLineName, FactMonth, FactNode, FactQuery, FactRead, FactReport, FactScope, FactSource,
    FactTotal, FactUnit, LineKey, Result, args,
};
use async_trait::async_trait;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

const REPORT: &str =
    "report.place, report.year, report.month, report.level, source.file_name, source.sha256, \
     source.budget_id, source.invented, report.lines
     from fact_reports report join fact_sources source on source.id = report.source_id";

#[async_trait]
impl FactRead for SqliteStore {
    async fn fact_extent(&self) -> Result<FactExtent> {
        self.read(extent).await
    }

    async fn list_fact_lines(&self) -> Result<Vec<FactLineName>> {
        let memo = Arc::clone(&self.fact_lines);
        self.read(move |db| Ok(cube(db, &memo)?.1.sorted())).await
    }

    async fn list_fact_units(&self, under: Option<KatoCode>, level: Option<u8>) -> Result<Vec<FactUnit>> {
        let sql = "select place, level from fact_units where place between ?1 and ?2
             and (?3 is null or level = ?3) order by level, place";
        let codes = codes(under);
        self.read(move |db| {
            let args = args![*codes.start(), *codes.end(), level.map(i64::from)];
            db.rows(sql, &args, |row| Ok(FactUnit { place: row.kato()?, level: row.int()? }))
        })
        .await
    }

    async fn fact_totals(&self, query: &FactQuery) -> Result<Vec<FactTotal>> {
        let (memo, query) = (Arc::clone(&self.fact_lines), query.clone());
        self.snapshot(move |db| {
            let (extent, dictionary) = cube(db, &memo)?;
            let question = Question {
                wanted: dictionary.wanted(&query.lines),
                dictionary: &dictionary,
                years: within(&query.years, &extent),
            };
            let mut totals = question.totals(db, query.scope)?;
            answer::sort(&mut totals);
            Ok(totals)
        })
        .await
    }

    async fn fact_months(
        &self,
        node: FactNode,
        line: &LineKey,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<FactMonth>> {
        let (memo, line) = (Arc::clone(&self.fact_lines), line.clone());
        self.snapshot(move |db| {
            let (extent, dictionary) = cube(db, &memo)?;
            let Some(line) = dictionary.number(&line) else { return Ok(Vec::new()) };
            months(db, node, line, within(&years, &extent))
        })
        .await
    }

    async fn find_fact_report(&self, place: KatoCode, year: i16, month: u8) -> Result<Option<FactReport>> {
        let memo = Arc::clone(&self.fact_lines);
        self.snapshot(move |db| {
            let (_, dictionary) = cube(db, &memo)?;
            let sql = format!("select {REPORT} where place = ?1 and year = ?2 and month = ?3");
            db.row(&sql, &args![place, year, month], |row| read_whole(&dictionary, row))
        })
        .await
    }

    async fn list_fact_reports(
        &self,
        after: Option<(KatoCode, i16, u8)>,
        limit: u16,
    ) -> Result<Vec<FactReport>> {
        let memo = Arc::clone(&self.fact_lines);
        self.snapshot(move |db| {
            let (_, dictionary) = cube(db, &memo)?;
            let order = "order by report.place, report.year, report.month limit ?1";
            let read = |row: &mut Columns<'_>| read_whole(&dictionary, row);
            match after {
                None => db.rows(&format!("select {REPORT} {order}"), &args![limit], read),
                Some((place, year, month)) => {
                    let sql = format!("select {REPORT} where (place, year, month) > (?2, ?3, ?4) {order}");
                    db.rows(&sql, &args![limit, place, year, month], read)
                }
            }
        })
        .await
    }
}

impl SqliteStore {
    /// Several statements that see the same state.
    async fn snapshot<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.read(move |db| {
            db.execute("begin", &[])?;
            let answer = work(db);
            db.execute("commit", &[])?;
            answer
        })
        .await
    }
}

fn extent(db: &Db) -> Result<FactExtent> {
    let sql =
        "select year_first, year_last, (select count(*) from fact_units), n_reports, n_facts, generation
         from fact_state";
    let read = |row: &mut Columns<'_>| {
        let years = (row.int_opt()?, row.int_opt()?);
        let year = |year: i64| i16::try_from(year).ok();
        Ok(FactExtent {
            years: years.0.and_then(year).zip(years.1.and_then(year)),
            n_units: row.int()?,
            n_reports: row.int()?,
            n_facts: row.int()?,
            generation: row.int()?,
        })
    };
    Ok(db.row(sql, &[], read)?.unwrap_or_default())
}

/// What the cube holds, and its dictionary, remembered as long as the cube stays as it is.
fn cube(db: &Db, memo: &DictionaryMemo) -> Result<(FactExtent, Arc<Dictionary>)> {
    let extent = extent(db)?;
    let dictionary = match memo.get(extent.generation) {
        Some(dictionary) => dictionary,
        None => memo.put(extent.generation, dictionary(db)?),
    };
    Ok((extent, dictionary))
}

fn dictionary(db: &Db) -> Result<Dictionary> {
    let sql = "select id, item, code, name_kk, name_ru, name_en from fact_lines order by id";
    Dictionary::new(db.rows(sql, &[], read_entry)?)
}

/// The years of a question that the cube has at all.
fn within(years: &RangeInclusive<i16>, extent: &FactExtent) -> RangeInclusive<i16> {
    let (first, last) = extent.years.unwrap_or((0, -1));
    *years.start().max(&first)..=*years.end().min(&last)
}

fn read_whole(dictionary: &Dictionary, row: &mut Columns<'_>) -> Result<FactReport> {
    Ok(FactReport {
        place: row.kato()?,
        year: row.int()?,
        month: row.int()?,
        level: row.int()?,
        source: FactSource {
            file_name: row.string()?,
            sha256: row.string()?,
            budget: row.uuid_opt()?.map(BudgetId),
            invented: row.flag()?,
        },
        lines: answer::keyed(dictionary, &read_report(&row.bytes()?)?)?,
    })
}

/// A question with its lines numbered and its years within those of the cube.
struct Question<'a> {
    dictionary: &'a Dictionary,
    wanted: BTreeSet<u32>,
    years: RangeInclusive<i16>,
}

impl Question<'_> {
    fn totals(&self, db: &Db, scope: FactScope) -> Result<Vec<FactTotal>> {
        let named = |rows: Vec<TotalRow>, node: &dyn Fn(&TotalRow) -> FactNode| {
            rows.into_iter().map(|row| row.named(self.dictionary, node(&row))).collect()
        };
        match scope {
            FactScope::Node(FactNode::Unit(place)) => self.of_unit(db, place),
            FactScope::Node(FactNode::Sum { under, level }) if is_kept(under) => {
                self.of_sum(db, under, level)
            }
            FactScope::Units { under, level } => {
                named(self.unit_rows(db, under, level)?, &|row| FactNode::Unit(row.place))
            }
            FactScope::Sums { parent, level } if parent.is_none_or(is_region) => {
                let node = |row: &TotalRow| FactNode::Sum { under: Some(row.place), level };
                named(self.sum_rows(db, parent, level)?, &node)
            }
            FactScope::Node(FactNode::Sum { under, level }) | FactScope::Sums { parent: under, level } => {
                let latest = self.latest(db, under, level)?;
                let sums = answer::fold(&self.unit_rows(db, under, level)?, &latest, answer::node_of(scope))?;
                sums.into_iter().map(|(node, row)| row.named(self.dictionary, node)).collect()
            }
        }
    }

    fn of_unit(&self, db: &Db, place: KatoCode) -> Result<Vec<FactTotal>> {
        let sql = "select month, lines from fact_reports where place = ?1 and year = ?2
             order by month desc limit 1";
        let mut totals = Vec::new();
        for year in self.years.clone() {
            let report = db.row(sql, &args![place, year], |row| Ok((row.int()?, row.bytes()?)))?;
            let Some((month, lines)) = report else { continue };
            let lines = read_report(&lines)?;
            totals.extend(answer::of_report(self.dictionary, (place, year, month), &lines, &self.wanted)?);
        }
        Ok(totals)
    }

    fn of_sum(&self, db: &Db, under: Option<KatoCode>, level: u8) -> Result<Vec<FactTotal>> {
        let sql = "select month_min, month_max, lines from fact_sums
             where level = ?1 and under = ?2 and year = ?3 and month = ?4";
        let node = FactNode::Sum { under, level };
        let mut totals = Vec::new();
        for year in self.years.clone() {
            let args = args![level, number(under), year, YEAR];
            let read = |row: &mut Columns<'_>| Ok(((row.int()?, row.int()?), row.bytes()?));
            let Some((months, lines)) = db.row(sql, &args, read)? else { continue };
            let lines = read_sum(&lines)?;
            totals.extend(answer::of_sum(self.dictionary, (node, year, months), &lines, &self.wanted)?);
        }
        Ok(totals)
    }

    fn unit_rows(&self, db: &Db, under: Option<KatoCode>, level: u8) -> Result<Vec<TotalRow>> {
        let sql = "select line, year, place, month, approved, amended, executed from fact_unit_totals
             where level = ?1 and line = ?2 and year = ?3 and place between ?4 and ?5";
        let codes = codes(under);
        let mut rows = Vec::new();
        for line in &self.wanted {
            for year in self.years.clone() {
                let args = args![level, *line, year, *codes.start(), *codes.end()];
                rows.extend(db.rows(sql, &args, answer::read_unit)?);
            }
        }
        Ok(rows)
    }

    fn sum_rows(&self, db: &Db, parent: Option<KatoCode>, level: u8) -> Result<Vec<TotalRow>> {
        let sql = "select line, year, under, month_min, month_max, approved, amended, executed, n_approved,
                 n_amended, n_executed
             from fact_sum_totals
             where level = ?1 and line = ?2 and year = ?3 and depth = ?4 and under between ?5 and ?6";
        let codes = codes(parent);
        let depth = if parent.is_none() { 1 } else { 2 };
        let mut rows = Vec::new();
        for line in &self.wanted {
            for year in self.years.clone() {
                let args = args![level, *line, year, depth, *codes.start(), *codes.end()];
                rows.extend(db.rows(sql, &args, answer::read_sum)?);
            }
        }
        Ok(rows)
    }

    fn latest(&self, db: &Db, under: Option<KatoCode>, level: u8) -> Result<Vec<(KatoCode, i16, u8)>> {
        let sql = "select place, year, month from fact_latest
             where level = ?1 and year between ?2 and ?3 and place between ?4 and ?5";
        let codes = codes(under);
        let args = args![level, *self.years.start(), *self.years.end(), *codes.start(), *codes.end()];
        db.rows(sql, &args, |row| Ok((row.kato()?, row.int()?, row.int()?)))
    }
}

fn is_region(code: KatoCode) -> bool {
    code.region() == code
}

/// A territory as the sums have it: 0 is the country.
fn number(under: Option<KatoCode>) -> i64 {
    under.map_or(0, |code| code.number().into())
}

fn months(db: &Db, node: FactNode, line: u32, years: RangeInclusive<i16>) -> Result<Vec<FactMonth>> {
    let (first, last) = (*years.start(), *years.end());
    let read = |row: &mut Columns<'_>| Ok((row.int()?, row.int()?, row.bytes()?));
    let of_reports = |sql: &str, args: &[Arg<'_>]| {
        let mut months = Vec::new();
        for (year, month, lines) in db.rows(sql, args, read)? {
            months.extend(answer::month_of_report(year, month, &read_report(&lines)?, line));
        }
        Ok(months)
    };
    match node {
        FactNode::Unit(place) => {
            let sql = "select year, month, lines from fact_reports
                 where place = ?1 and year between ?2 and ?3 order by year, month";
            of_reports(sql, &args![place, first, last])
        }
        FactNode::Sum { under, level } if is_kept(under) => {
            let sql = "select year, month, lines from fact_sums
                 where level = ?1 and under = ?2 and year between ?3 and ?4 and month < 13
                 order by year, month";
            let mut months = Vec::new();
            for (year, month, lines) in db.rows(sql, &args![level, number(under), first, last], read)? {
                months.extend(answer::month_of_sum(year, month, &read_sum(&lines)?, line));
            }
            Ok(months)
        }
        FactNode::Sum { under, level } => {
            let codes = codes(under);
            let sql = "select year, month, lines from fact_reports
                 where place between ?1 and ?2 and level = ?3 and year between ?4 and ?5";
            answer::fold_months(of_reports(sql, &args![*codes.start(), *codes.end(), level, first, last])?)
        }
    }
}

/// The only whole number of an answer.
fn only(db: &Db, sql: &str, args: &[Arg<'_>]) -> Result<Option<i64>> {
    db.row(sql, args, read_int)
}
