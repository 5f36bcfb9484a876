//! The cube of facts: changes.

use super::{dictionary, number};
use crate::db::Db;
use akimat_core::KatoCode;
use akimat_storage::fact::block::{SumLine, pack_report, pack_sum, read_report, read_sum};
use akimat_storage::fact::dictionary::Dictionary;
use akimat_storage::fact::ledger::{self, Effects, Numbered, ReportKey, SumKey, YEAR, codes, depth};
use akimat_storage::row::{Arg, read_int};
use akimat_storage::{Conflict, FactLineName, FactReport, FactSource, Result, args};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// One change of the cube goes on at a time. The number says "facts" in ASCII.
const CUBE_LOCK: i64 = 0x66_61_63_74_73;

/// [`akimat_storage::Change::PutFacts`].
pub(crate) async fn put(db: &Db<'_>, reports: &[FactReport]) -> Result<()> {
    db.rows("select pg_advisory_xact_lock($1)", &args![CUBE_LOCK], |_| Ok(())).await?;
    let mut dictionary = dictionary(db).await?;
    add_lines(db, &mut dictionary, reports).await?;
    let (new, sources) = ledger::number(&dictionary, reports)?;
    let mut source_ids = Vec::new();
    for source in &sources {
        source_ids.push(source_id(db, source).await?);
    }
    let latest = latest(db, &new).await?;
    let old = stored(db, &new, &latest).await?;
    let effects = ledger::effects(&new, &old, &latest);
    put_reports(db, &new, &source_ids).await?;
    put_totals(db, &effects).await?;
    change_sums(db, &effects).await?;
    let years = effects.years;
    let sql = "update fact_state set generation = generation + 1, n_reports = n_reports + $1,
             n_facts = n_facts + $2, year_first = least(year_first, $3), year_last = greatest(year_last, $4)";
    let args = args![
        effects.n_reports,
        effects.n_facts,
        years.map(|years| i64::from(years.0)),
        years.map(|years| i64::from(years.1)),
    ];
    db.execute(sql, &args).await.map(|_| ())
}

/// [`akimat_storage::Change::NameFactLines`].
pub(crate) async fn name_lines(db: &Db<'_>, names: &[FactLineName]) -> Result<()> {
    db.rows("select pg_advisory_xact_lock($1)", &args![CUBE_LOCK], |_| Ok(())).await?;
    let sql = "update fact_lines set name_kk = coalesce(nullif($3, ''), name_kk),
             name_ru = coalesce(nullif($4, ''), name_ru), name_en = coalesce(nullif($5, ''), name_en)
         where item = $1 and left(code, 200) = left($2, 200) and code = $2";
    for FactLineName { key, name } in names {
        let args =
            args![key.item.code(), key.code.as_str(), name.kk.as_str(), name.ru.as_str(), name.en.as_str()];
        db.execute(sql, &args).await?;
    }
    db.execute("update fact_state set generation = generation + 1", &[]).await.map(|_| ())
}

async fn add_lines(db: &Db<'_>, dictionary: &mut Dictionary, reports: &[FactReport]) -> Result<()> {
    let sql =
        "insert into fact_lines (id, item, code, name_kk, name_ru, name_en) values ($1, $2, $3, '', '', '')";
    for entry in ledger::new_lines(dictionary, reports) {
        let key = entry.key.clone();
        let args = args![dictionary.add(entry), key.item.code(), key.code];
        db.execute(sql, &args).await?;
    }
    Ok(())
}

async fn source_id(db: &Db<'_>, source: &FactSource) -> Result<i64> {
    let budget = source.budget.map(|budget| budget.0);
    let args = args![source.file_name.as_str(), source.sha256.as_str(), budget, source.invented];
    let find = "select id from fact_sources
         where sha256 = $2 and file_name = $1 and budget_id is not distinct from $3 and invented = $4";
    if let Some(id) = db.row(find, &args, read_int).await? {
        return Ok(id);
    }
    let sql = "insert into fact_sources (id, file_name, sha256, budget_id, invented)
         select coalesce(max(id), 0) + 1, $1, $2, $3, $4 from fact_sources returning id";
    db.row(sql, &args, read_int).await?.ok_or_else(|| Conflict::Missing("source").into())
}

/// Columns of numbers as PostgreSQL writes lists of them.
struct Lists<const N: usize>([String; N]);

impl<const N: usize> Lists<N> {
    fn new(rows: impl Iterator<Item = [Option<i64>; N]>) -> Self {
        let mut lists = Self([const { String::new() }; N]);
        for row in rows {
            for (list, value) in lists.0.iter_mut().zip(row) {
                list.push(if list.is_empty() { '{' } else { ',' });
                // Writing to a string cannot fail.
                let _ = match value {
                    Some(value) => write!(list, "{value}"),
                    None => list.write_str("null"),
                };
            }
        }
        for list in &mut lists.0 {
            list.push_str(if list.is_empty() { "{}" } else { "}" });
        }
        lists
    }

    fn args(self) -> Vec<Arg<'static>> {
        self.0.into_iter().map(Arg::from).collect()
    }
}

/// Runs of bytes as PostgreSQL writes a list of them.
fn blocks(blocks: impl Iterator<Item = Vec<u8>>) -> String {
    let mut list = String::from("{");
    for block in blocks {
        list.push_str(if list.len() == 1 { "\"\\\\x" } else { ",\"\\\\x" });
        for byte in block {
            list.extend(
                [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')),
            );
        }
        list.push('"');
    }
    list.push('}');
    list
}

fn at(key: &ReportKey) -> [Option<i64>; 3] {
    [Some(key.place.number().into()), Some(key.year.into()), Some(key.month.into())]
}

/// The months of the latest reports of the units and years of a batch.
async fn latest(db: &Db<'_>, new: &BTreeMap<ReportKey, Numbered>) -> Result<BTreeMap<(KatoCode, i16), u8>> {
    let years: BTreeSet<(KatoCode, i16)> = new.keys().map(|key| (key.place, key.year)).collect();
    let rows = years.iter().map(|(place, year)| [Some(place.number().into()), Some(i64::from(*year))]);
    let sql = "select asked.place, asked.year, latest.month
         from unnest($1::text::integer[], $2::text::smallint[]) asked (place, year)
         cross join lateral (
             select month from fact_reports report
             where report.place = asked.place and report.year = asked.year order by month desc limit 1
         ) latest";
    let read = |row: &mut akimat_storage::row::Columns<'_>| Ok(((row.kato()?, row.int()?), row.int()?));
    Ok(db.rows(sql, &Lists::new(rows).args(), read).await?.into_iter().collect())
}

/// The stored reports that a batch replaces or takes the place of.
async fn stored(
    db: &Db<'_>,
    new: &BTreeMap<ReportKey, Numbered>,
    latest: &BTreeMap<(KatoCode, i16), u8>,
) -> Result<BTreeMap<ReportKey, Numbered>> {
    let last = latest.iter().map(|(&(place, year), &month)| ReportKey { place, year, month });
    let known = new.keys().copied().filter(|key| latest.contains_key(&(key.place, key.year)));
    let keys: BTreeSet<ReportKey> = known.chain(last).collect();
    let sql = "select report.place, report.year, report.month, report.level, report.lines
         from unnest($1::text::integer[], $2::text::smallint[], $3::text::smallint[])
             asked (place, year, month)
         cross join lateral (
             select * from fact_reports stored where stored.place = asked.place
                 and stored.year = asked.year and stored.month = asked.month
             offset 0
         ) report";
    let rows = db
        .rows(sql, &Lists::new(keys.iter().map(at)).args(), |row| {
            let key = ReportKey { place: row.kato()?, year: row.int()?, month: row.int()? };
            Ok((key, row.int()?, row.bytes()?))
        })
        .await?;
    let numbered = |(key, level, lines): (ReportKey, u8, Vec<u8>)| {
        Ok((key, Numbered { level, source: 0, lines: read_report(&lines)? }))
    };
    rows.into_iter().map(numbered).collect()
}

async fn put_reports(db: &Db<'_>, new: &BTreeMap<ReportKey, Numbered>, source_ids: &[i64]) -> Result<()> {
    let rows = new.iter().map(|(key, report)| {
        let [place, year, month] = at(key);
        let n_lines = i64::try_from(report.lines.len()).unwrap_or(i64::MAX);
        let source = source_ids.get(report.source).copied();
        [place, year, month, Some(report.level.into()), source, Some(n_lines)]
    });
    let mut args = Lists::new(rows).args();
    args.push(blocks(new.values().map(|report| pack_report(&report.lines))).into());
    let sql = "insert into fact_reports (place, year, month, level, source_id, n_lines, lines)
         select * from unnest($1::text::integer[], $2::text::smallint[], $3::text::smallint[],
             $4::text::smallint[], $5::text::integer[], $6::text::integer[], $7::text::bytea[])
         on conflict (place, year, month) do update set level = excluded.level,
             source_id = excluded.source_id, n_lines = excluded.n_lines, lines = excluded.lines";
    db.execute(sql, &args).await.map(|_| ())
}

async fn put_totals(db: &Db<'_>, effects: &Effects) -> Result<()> {
    let rows =
        effects.units.iter().map(|(place, level)| [Some(place.number().into()), Some(i64::from(*level))]);
    let sql = "insert into fact_units (place, level)
         select * from unnest($1::text::integer[], $2::text::smallint[])
         on conflict (place) do update set level = excluded.level";
    db.execute(sql, &Lists::new(rows).args()).await?;
    if !effects.latest_gone.is_empty() {
        let rows = effects.latest_gone.iter().map(|gone| {
            [Some(gone.level.into()), Some(gone.year.into()), Some(i64::from(gone.place.number()))]
        });
        let sql = "delete from fact_latest latest
             using unnest($1::text::smallint[], $2::text::smallint[], $3::text::integer[])
                 gone (level, year, place)
             where latest.level = gone.level and latest.year = gone.year and latest.place = gone.place";
        db.execute(sql, &Lists::new(rows).args()).await?;
    }
    let rows = effects.latest.iter().map(|latest| {
        let place = Some(i64::from(latest.place.number()));
        [Some(latest.level.into()), Some(latest.year.into()), place, Some(latest.month.into())]
    });
    let sql = "insert into fact_latest (level, year, place, month)
         select * from unnest($1::text::smallint[], $2::text::smallint[], $3::text::integer[],
             $4::text::smallint[])
         on conflict (level, year, place) do update set month = excluded.month";
    db.execute(sql, &Lists::new(rows).args()).await?;
    put_unit_totals(db, effects).await
}

async fn put_unit_totals(db: &Db<'_>, effects: &Effects) -> Result<()> {
    let mut gone: Vec<_> = effects.totals_gone.clone();
    gone.sort_unstable();
    if !gone.is_empty() {
        let rows = gone.iter().map(|key| {
            let place = Some(i64::from(key.place.number()));
            [Some(key.level.into()), Some(key.line.into()), Some(key.year.into()), place]
        });
        let sql = "delete from fact_unit_totals total
             using unnest($1::text::smallint[], $2::text::integer[], $3::text::smallint[], $4::text::integer[])
                 gone (level, line, year, place)
             where total.level = gone.level and total.line = gone.line and total.year = gone.year
                 and total.place = gone.place";
        db.execute(sql, &Lists::new(rows).args()).await?;
    }
    let mut totals: Vec<_> = effects.totals.iter().collect();
    totals.sort_unstable_by_key(|(key, _, _)| *key);
    let rows = totals.iter().map(|(key, month, line)| {
        let money = |amount: Option<akimat_core::Money>| amount.map(akimat_core::Money::tiyn);
        [
            Some(key.level.into()),
            Some(key.line.into()),
            Some(key.year.into()),
            Some(key.place.number().into()),
            Some((*month).into()),
            money(line.amounts.approved),
            money(line.amounts.amended),
            money(line.amounts.executed),
        ]
    });
    let sql = "insert into fact_unit_totals (level, line, year, place, month, approved, amended, executed)
         select * from unnest($1::text::smallint[], $2::text::integer[], $3::text::smallint[],
             $4::text::integer[], $5::text::smallint[], $6::text::bigint[], $7::text::bigint[],
             $8::text::bigint[])
         on conflict (level, line, year, place) do update set month = excluded.month,
             approved = excluded.approved, amended = excluded.amended, executed = excluded.executed";
    db.execute(sql, &Lists::new(rows).args()).await.map(|_| ())
}

/// A sum as it is after a batch.
struct Changed {
    key: SumKey,
    months: Option<(u8, u8)>,
    lines: Vec<SumLine>,
    numbers: BTreeSet<u32>,
}

fn at_sum(key: &SumKey) -> [Option<i64>; 4] {
    [Some(key.level.into()), Some(number(key.under)), Some(key.year.into()), Some(key.month.into())]
}

async fn change_sums(db: &Db<'_>, effects: &Effects) -> Result<()> {
    let sql = "select asked.at, sum.month_min, sum.month_max, sum.lines
         from unnest($1::text::smallint[], $2::text::integer[], $3::text::smallint[], $4::text::smallint[])
             with ordinality asked (level, under, year, month, at)
         cross join lateral (
             select * from fact_sums stored where stored.level = asked.level and stored.under = asked.under
                 and stored.year = asked.year and stored.month = asked.month
             offset 0
         ) sum";
    let args = Lists::new(effects.sums.keys().map(at_sum)).args();
    let before: BTreeMap<usize, ((u8, u8), Vec<u8>)> = db
        .rows(sql, &args, |row| Ok((row.int::<usize>()?, ((row.int()?, row.int()?), row.bytes()?))))
        .await?
        .into_iter()
        .collect();
    let mut sums = Vec::new();
    for ((key, difference), at) in effects.sums.iter().zip(1..) {
        let months_before = before.get(&at).map(|(months, _)| *months);
        let lines = before.get(&at).map_or_else(|| Ok(Vec::new()), |(_, lines)| read_sum(lines))?;
        let (lines, mut numbers) = difference.apply(lines)?;
        let months = months(db, *key).await?;
        if months_before != months {
            numbers.extend(lines.iter().map(|line| line.line));
        }
        sums.push(Changed { key: *key, months, lines, numbers });
    }
    put_sums(db, &sums).await?;
    put_sum_totals(db, &sums).await
}

async fn put_sums(db: &Db<'_>, sums: &[Changed]) -> Result<()> {
    for gone in sums.iter().filter(|sum| sum.months.is_none()) {
        let sql = "delete from fact_sums where level = $1 and under = $2 and year = $3 and month = $4";
        let key = gone.key;
        db.execute(sql, &args![key.level, number(key.under), key.year, key.month]).await?;
    }
    let stay = || sums.iter().filter_map(|sum| sum.months.map(|months| (sum, months)));
    let rows = stay().map(|(sum, months)| {
        let [level, under, year, month] = at_sum(&sum.key);
        [level, under, year, month, Some(months.0.into()), Some(months.1.into())]
    });
    let mut args = Lists::new(rows).args();
    args.push(blocks(stay().map(|(sum, _)| pack_sum(&sum.lines))).into());
    let sql = "insert into fact_sums (level, under, year, month, month_min, month_max, lines)
         select * from unnest($1::text::smallint[], $2::text::integer[], $3::text::smallint[],
             $4::text::smallint[], $5::text::smallint[], $6::text::smallint[], $7::text::bytea[])
         on conflict (level, under, year, month) do update set month_min = excluded.month_min,
             month_max = excluded.month_max, lines = excluded.lines";
    db.execute(sql, &args).await.map(|_| ())
}

/// Least and greatest month of the reports behind a sum; `None` when there is no report.
async fn months(db: &Db<'_>, key: SumKey) -> Result<Option<(u8, u8)>> {
    if key.month != YEAR {
        return Ok(Some((key.month, key.month)));
    }
    let codes = codes(key.under);
    let sql = "select min(month), max(month) from fact_latest
         where level = $1 and year = $2 and place between $3 and $4";
    let args = args![key.level, key.year, *codes.start(), *codes.end()];
    let months = db.row(sql, &args, |row| Ok((row.int_opt()?, row.int_opt()?))).await?;
    let (least, greatest) = months.unwrap_or_default();
    let month = |month: Option<i64>| month.and_then(|month| u8::try_from(month).ok());
    Ok(month(least).zip(month(greatest)))
}

/// The lines of the totals of years that changed, one by one.
async fn put_sum_totals(db: &Db<'_>, sums: &[Changed]) -> Result<()> {
    let (mut gone, mut rows) = (Vec::new(), Vec::new());
    for Changed { key, months, lines, numbers } in sums {
        let (YEAR, Some(under)) = (key.month, key.under) else { continue };
        let place = [Some(i64::from(depth(Some(under)))), Some(i64::from(under.number()))];
        for line in numbers {
            let at = [Some(i64::from(key.level)), Some(i64::from(*line)), Some(i64::from(key.year))];
            let found = lines.binary_search_by_key(line, |line| line.line).ok().and_then(|at| lines.get(at));
            let (Some(sum), Some(months)) = (found, months) else {
                gone.push([at[0], at[1], at[2], place[0], place[1]]);
                continue;
            };
            let [approved, amended, executed] = sum.sums.map(Some);
            let [n_approved, n_amended, n_executed] = sum.counts.map(|count| Some(i64::from(count)));
            let (month_min, month_max) = (Some(months.0.into()), Some(months.1.into()));
            rows.push([
                at[0], at[1], at[2], place[0], place[1], month_min, month_max, approved, amended, executed,
                n_approved, n_amended, n_executed,
            ]);
        }
    }
    if !gone.is_empty() {
        let sql = "delete from fact_sum_totals total
             using unnest($1::text::smallint[], $2::text::integer[], $3::text::smallint[], $4::text::smallint[],
                 $5::text::integer[]) gone (level, line, year, depth, under)
             where total.level = gone.level and total.line = gone.line and total.year = gone.year
                 and total.depth = gone.depth and total.under = gone.under";
        db.execute(sql, &Lists::new(gone.into_iter()).args()).await?;
    }
    let sql = "insert into fact_sum_totals (level, line, year, depth, under, month_min, month_max, approved,
             amended, executed, n_approved, n_amended, n_executed)
         select * from unnest($1::text::smallint[], $2::text::integer[], $3::text::smallint[],
             $4::text::smallint[], $5::text::integer[], $6::text::smallint[], $7::text::smallint[],
             $8::text::bigint[], $9::text::bigint[], $10::text::bigint[], $11::text::integer[],
             $12::text::integer[], $13::text::integer[])
         on conflict (level, line, year, depth, under) do update set month_min = excluded.month_min,
             month_max = excluded.month_max, approved = excluded.approved, amended = excluded.amended,
             executed = excluded.executed, n_approved = excluded.n_approved, n_amended = excluded.n_amended,
             n_executed = excluded.n_executed";
    db.execute(sql, &Lists::new(rows.into_iter()).args()).await.map(|_| ())
}
