//! The cube of facts: questions. Changes are in [`write`].

mod write;

pub(crate) use write::{name_lines, put};

use crate::PostgresStore;
use crate::db::Db;
use crate::error::store_error;
use akimat_core::{BudgetId, KatoCode};
use akimat_storage::fact::answer::{self, TotalRow};
use akimat_storage::fact::block::{read_report, read_sum};
use akimat_storage::fact::dictionary::{Dictionary, DictionaryMemo, read_entry};
use akimat_storage::fact::ledger::{YEAR, codes, is_kept};
use akimat_storage::row::{Arg, Columns, words};
use akimat_storage::{
    FactExtent, FactLineName, FactMonth, FactNode, FactQuery, FactRead, FactReport, FactScope, FactSource,
    FactTotal, FactUnit, LineKey, Result, args,
};
use async_trait::async_trait;
use deadpool_postgres::{Client, Transaction};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tokio_postgres::IsolationLevel;

const REPORT: &str =
    "report.place, report.year, report.month, report.level, source.file_name, source.sha256, \
     source.budget_id, source.invented, report.lines
     from fact_reports report join fact_sources source on source.id = report.source_id";

#[async_trait]
impl FactRead for PostgresStore {
    async fn fact_extent(&self) -> Result<FactExtent> {
        let client = self.client().await?;
        extent(&self.db(&client)).await
    }

    async fn list_fact_lines(&self) -> Result<Vec<FactLineName>> {
        let mut client = self.client().await?;
        let snapshot = snapshot(&mut client).await?;
        Ok(cube(&self.within(&snapshot), &self.fact_lines).await?.1.sorted())
    }

    async fn list_fact_units(&self, under: Option<KatoCode>, level: Option<u8>) -> Result<Vec<FactUnit>> {
        let sql = "select place, level from fact_units where place between $1 and $2
             and ($3::smallint is null or level = $3) order by level, place";
        let codes = codes(under);
        let args = args![*codes.start(), *codes.end(), level.map(i64::from)];
        let client = self.client().await?;
        let db = self.db(&client);
        db.rows(sql, &args, |row| Ok(FactUnit { place: row.kato()?, level: row.int()? })).await
    }

    async fn fact_totals(&self, query: &FactQuery) -> Result<Vec<FactTotal>> {
        let mut client = self.client().await?;
        let snapshot = snapshot(&mut client).await?;
        let db = self.within(&snapshot);
        let (extent, dictionary) = cube(&db, &self.fact_lines).await?;
        let question = Question {
            wanted: dictionary.wanted(&query.lines),
            dictionary: &dictionary,
            years: within(&query.years, &extent),
        };
        let mut totals = question.totals(&db, query.scope).await?;
        answer::sort(&mut totals);
        Ok(totals)
    }

    async fn fact_months(
        &self,
        node: FactNode,
        line: &LineKey,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<FactMonth>> {
        let mut client = self.client().await?;
        let snapshot = snapshot(&mut client).await?;
        let db = self.within(&snapshot);
        let (extent, dictionary) = cube(&db, &self.fact_lines).await?;
        let Some(line) = dictionary.number(line) else { return Ok(Vec::new()) };
        months(&db, node, line, within(&years, &extent)).await
    }

    async fn find_fact_report(&self, place: KatoCode, year: i16, month: u8) -> Result<Option<FactReport>> {
        let mut client = self.client().await?;
        let snapshot = snapshot(&mut client).await?;
        let db = self.within(&snapshot);
        let (_, dictionary) = cube(&db, &self.fact_lines).await?;
        let sql = format!("select {REPORT} where place = $1 and year = $2 and month = $3");
        db.row(&sql, &args![place, year, month], |row| read_whole(&dictionary, row)).await
    }

    async fn list_fact_reports(
        &self,
        after: Option<(KatoCode, i16, u8)>,
        limit: u16,
    ) -> Result<Vec<FactReport>> {
        let mut client = self.client().await?;
        let snapshot = snapshot(&mut client).await?;
        let db = self.within(&snapshot);
        let (_, dictionary) = cube(&db, &self.fact_lines).await?;
        let order = "order by report.place, report.year, report.month limit $1";
        let read = |row: &mut Columns<'_>| read_whole(&dictionary, row);
        match after {
            None => db.rows(&format!("select {REPORT} {order}"), &args![limit], read).await,
            Some((place, year, month)) => {
                let sql = format!(
                    "select {REPORT} where (report.place, report.year, report.month) > ($2, $3, $4) {order}"
                );
                db.rows(&sql, &args![limit, place, year, month], read).await
            }
        }
    }
}

impl PostgresStore {
    fn within<'a>(&'a self, transaction: &'a Transaction<'a>) -> Db<'a> {
        Db::within(transaction, self.statements())
    }
}

/// Several statements that see the same state.
async fn snapshot(client: &mut Client) -> Result<Transaction<'_>> {
    let builder = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    builder.start().await.map_err(|error| store_error(&error))
}

async fn extent(db: &Db<'_>) -> Result<FactExtent> {
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
    Ok(db.row(sql, &[], read).await?.unwrap_or_default())
}

/// What the cube holds, and its dictionary, remembered as long as the cube stays as it is.
async fn cube(db: &Db<'_>, memo: &DictionaryMemo) -> Result<(FactExtent, Arc<Dictionary>)> {
    let extent = extent(db).await?;
    let dictionary = match memo.get(extent.generation) {
        Some(dictionary) => dictionary,
        None => memo.put(extent.generation, dictionary(db).await?),
    };
    Ok((extent, dictionary))
}

pub(super) async fn dictionary(db: &Db<'_>) -> Result<Dictionary> {
    let sql = "select id, item, code, name_kk, name_ru, name_en from fact_lines order by id";
    Dictionary::new(db.rows(sql, &[], read_entry).await?)
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
    async fn totals(&self, db: &Db<'_>, scope: FactScope) -> Result<Vec<FactTotal>> {
        match scope {
            FactScope::Node(FactNode::Unit(place)) => self.of_unit(db, place).await,
            FactScope::Node(FactNode::Sum { under, level }) if is_kept(under) => {
                self.of_sum(db, under, level).await
            }
            FactScope::Units { under, level } => {
                let rows = self.unit_rows(db, under, level).await?;
                rows.iter().map(|row| row.named(self.dictionary, FactNode::Unit(row.place))).collect()
            }
            FactScope::Sums { parent, level } if parent.is_none_or(is_region) => {
                let rows = self.sum_rows(db, parent, level).await?;
                let node = |row: &TotalRow| FactNode::Sum { under: Some(row.place), level };
                rows.iter().map(|row| row.named(self.dictionary, node(row))).collect()
            }
            FactScope::Node(FactNode::Sum { under, level }) | FactScope::Sums { parent: under, level } => {
                let latest = self.latest(db, under, level).await?;
                let rows = self.unit_rows(db, under, level).await?;
                let sums = answer::fold(&rows, &latest, answer::node_of(scope))?;
                sums.into_iter().map(|(node, row)| row.named(self.dictionary, node)).collect()
            }
        }
    }

    async fn of_unit(&self, db: &Db<'_>, place: KatoCode) -> Result<Vec<FactTotal>> {
        let sql = "select latest.year, latest.month, latest.lines
             from generate_series($2::integer, $3::integer) asked (year)
             cross join lateral (
                 select report.year, report.month, report.lines from fact_reports report
                 where report.place = $1 and report.year = asked.year::smallint
                 order by report.month desc limit 1
             ) latest";
        let args = args![place, *self.years.start(), *self.years.end()];
        let reports = db.rows(sql, &args, |row| Ok((row.int()?, row.int()?, row.bytes()?))).await?;
        let mut totals = Vec::new();
        for (year, month, lines) in reports {
            let lines = read_report(&lines)?;
            totals.extend(answer::of_report(self.dictionary, (place, year, month), &lines, &self.wanted)?);
        }
        Ok(totals)
    }

    async fn of_sum(&self, db: &Db<'_>, under: Option<KatoCode>, level: u8) -> Result<Vec<FactTotal>> {
        let sql = "select year, month_min, month_max, lines from fact_sums
             where level = $1 and under = $2 and year between $3 and $4 and month = $5";
        let args = args![level, number(under), *self.years.start(), *self.years.end(), YEAR];
        let read = |row: &mut Columns<'_>| Ok((row.int()?, (row.int()?, row.int()?), row.bytes()?));
        let node = FactNode::Sum { under, level };
        let mut totals = Vec::new();
        for (year, months, lines) in db.rows(sql, &args, read).await? {
            let lines = read_sum(&lines)?;
            totals.extend(answer::of_sum(self.dictionary, (node, year, months), &lines, &self.wanted)?);
        }
        Ok(totals)
    }

    async fn unit_rows(&self, db: &Db<'_>, under: Option<KatoCode>, level: u8) -> Result<Vec<TotalRow>> {
        // One range of the index for each line and year: the offset keeps the planner from other ways.
        let sql = "select total.line, total.year, total.place, total.month, total.approved, total.amended,
                 total.executed
             from unnest($2::text::integer[]) asked (line)
             cross join generate_series($3::integer, $4::integer) years (year)
             cross join lateral (
                 select * from fact_unit_totals
                 where level = $1 and line = asked.line and year = years.year::smallint
                     and place between $5 and $6
                 offset 0
             ) total";
        let codes = codes(under);
        let args = args![
            level,
            array(&self.wanted),
            *self.years.start(),
            *self.years.end(),
            *codes.start(),
            *codes.end()
        ];
        db.rows(sql, &args, answer::read_unit).await
    }

    async fn sum_rows(&self, db: &Db<'_>, parent: Option<KatoCode>, level: u8) -> Result<Vec<TotalRow>> {
        let sql =
            "select total.line, total.year, total.under, total.month_min, total.month_max, total.approved,
                 total.amended, total.executed, total.n_approved, total.n_amended, total.n_executed
             from unnest($2::text::integer[]) asked (line)
             cross join generate_series($3::integer, $4::integer) years (year)
             cross join lateral (
                 select * from fact_sum_totals
                 where level = $1 and line = asked.line and year = years.year::smallint and depth = $7
                     and under between $5 and $6
                 offset 0
             ) total";
        let codes = codes(parent);
        let depth = if parent.is_none() { 1 } else { 2 };
        let args = args![
            level,
            array(&self.wanted),
            *self.years.start(),
            *self.years.end(),
            *codes.start(),
            *codes.end(),
            depth
        ];
        db.rows(sql, &args, answer::read_sum).await
    }

    async fn latest(
        &self,
        db: &Db<'_>,
        under: Option<KatoCode>,
        level: u8,
    ) -> Result<Vec<(KatoCode, i16, u8)>> {
        let sql = "select place, year, month from fact_latest
             where level = $1 and year between $2 and $3 and place between $4 and $5";
        let codes = codes(under);
        let args = args![level, *self.years.start(), *self.years.end(), *codes.start(), *codes.end()];
        db.rows(sql, &args, |row| Ok((row.kato()?, row.int()?, row.int()?))).await
    }
}

/// Numbers as PostgreSQL writes a list of them.
fn array(numbers: &BTreeSet<u32>) -> String {
    words::array(&numbers.iter().collect::<Vec<_>>())
}

fn is_region(code: KatoCode) -> bool {
    code.region() == code
}

/// A territory as the sums have it: 0 is the country.
fn number(under: Option<KatoCode>) -> i64 {
    under.map_or(0, |code| code.number().into())
}

async fn months(
    db: &Db<'_>,
    node: FactNode,
    line: u32,
    years: RangeInclusive<i16>,
) -> Result<Vec<FactMonth>> {
    let (first, last) = (*years.start(), *years.end());
    let read = |row: &mut Columns<'_>| Ok((row.int()?, row.int()?, row.bytes()?));
    let of_reports = async |sql: &str, args: &[Arg<'_>]| {
        let mut months = Vec::new();
        for (year, month, lines) in db.rows(sql, args, read).await? {
            months.extend(answer::month_of_report(year, month, &read_report(&lines)?, line));
        }
        Ok(months)
    };
    match node {
        FactNode::Unit(place) => {
            let sql = "select year, month, lines from fact_reports
                 where place = $1 and year between $2 and $3 order by year, month";
            of_reports(sql, &args![place, first, last]).await
        }
        FactNode::Sum { under, level } if is_kept(under) => {
            let sql = "select year, month, lines from fact_sums
                 where level = $1 and under = $2 and year between $3 and $4 and month < 13
                 order by year, month";
            let mut months = Vec::new();
            for (year, month, lines) in db.rows(sql, &args![level, number(under), first, last], read).await? {
                months.extend(answer::month_of_sum(year, month, &read_sum(&lines)?, line));
            }
            Ok(months)
        }
        FactNode::Sum { under, level } => {
            let codes = codes(under);
            let sql = "select year, month, lines from fact_reports
                 where place between $1 and $2 and level = $3 and year between $4 and $5";
            let args = args![*codes.start(), *codes.end(), level, first, last];
            answer::fold_months(of_reports(sql, &args).await?)
        }
    }
}
