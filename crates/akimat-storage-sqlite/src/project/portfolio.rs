//! A portfolio: what happened in it since, and its sums.

use super::filter::Walk;
use super::{filter, shared};
use crate::db::Db;
use akimat_core::ProjectId;
use akimat_project::{MoneySource, ProjectUpdate, StatusChange};
use akimat_storage::memo::PortfoliosMemo;
use akimat_storage::project::PortfolioCell;
use akimat_storage::row::project::{IN_WORK, OVER};
use akimat_storage::row::{Arg, project as row, qualified, read_int};
use akimat_storage::{Portfolio, PortfolioMoney, PortfolioTime, ProjectFilter, Result, args};
use jiff::Timestamp;

const SUMS: &str = "count(*), coalesce(sum(projects.planned / 1000000), 0),
     coalesce(sum(projects.planned % 1000000), 0), coalesce(sum(projects.paid / 1000000), 0),
     coalesce(sum(projects.paid % 1000000), 0)";

/// `project_id` is one of these and `at` is not before the instant.
fn since(projects: &[ProjectId], since: Timestamp) -> (String, Vec<Arg<'static>>) {
    let mut query = filter::Query::bare(vec![since.into()]);
    let marks: Vec<String> = projects.iter().map(|project| query.mark(project.0.into())).collect();
    query.and(&format!("at >= ?1 and project_id in ({})", marks.join(", ")));
    (query.conditions, query.args)
}

pub(super) fn moves(
    db: &Db,
    projects: &[ProjectId],
    instant: Timestamp,
) -> Result<Vec<(ProjectId, StatusChange)>> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let (conditions, args) = since(projects, instant);
    let columns = row::STATUS_COLUMNS;
    let sql =
        format!("select project_id, {columns} from project_statuses where {conditions} order by at, entry");
    db.rows(&sql, &args, row::read_move)
}

pub(super) fn updates(db: &Db, projects: &[ProjectId], instant: Timestamp) -> Result<Vec<ProjectUpdate>> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let (conditions, args) = since(projects, instant);
    let columns = row::UPDATE_COLUMNS;
    let sql = format!("select {columns} from project_updates where {conditions} order by at, id");
    db.rows(&sql, &args, row::read_update)
}

/// Everything of a portfolio. The cells are walked in the order of an index, so that nothing is sorted.
pub(super) fn sum(
    db: &Db,
    filter: &ProjectFilter,
    time: PortfolioTime,
    memo: &PortfoliosMemo,
) -> Result<Portfolio> {
    let name = format!("{time:?} {filter:?}");
    let known = generation(db)?;
    if let Some(portfolio) = memo.find(known, &name) {
        return Ok(portfolio);
    }
    let shared = shared(db, filter)?;
    let portfolio = Portfolio::of(cells(db, filter, (time, shared))?, money(db, filter, shared)?);
    // What was added up while a project changed belongs to no generation.
    if generation(db)? == known {
        memo.keep(known, name, &portfolio);
    }
    Ok(portfolio)
}

fn generation(db: &Db) -> Result<i64> {
    Ok(db.row("select n from project_generation", &[], read_int)?.unwrap_or_default())
}

fn cells(
    db: &Db,
    filter: &ProjectFilter,
    (time, shared): (PortfolioTime, bool),
) -> Result<Vec<PortfolioCell>> {
    let (query, from) =
        filter::Query::all(filter, (Walk::Sums, shared), args![time.late_on, time.silent_since].into());
    let columns = qualified("projects", row::PORTFOLIO_COLUMNS);
    let sql = format!(
        "select {columns}, {SUMS},
             coalesce(sum(projects.ends_key < ?1 and projects.status not in ({OVER})), 0),
             coalesce(sum(projects.status in ({IN_WORK}) and projects.news_at < ?2), 0)
         from {from} where {} group by {columns}",
        query.conditions
    );
    db.rows(&sql, &query.args, |row| row::read_portfolio_cell(row, super::sum))
}

/// Without conditions beyond the territory the money is summed out of its own index, in its order; otherwise project by
/// project.
fn money(db: &Db, filter: &ProjectFilter, shared: bool) -> Result<Vec<PortfolioMoney>> {
    let place_only = ProjectFilter { place: filter.place, ..ProjectFilter::default() };
    let planned = "coalesce(m.amended, m.planned)";
    let columns = format!(
        "m.year, m.source, coalesce(sum({planned} / 1000000), 0), coalesce(sum({planned} % 1000000), 0),
         coalesce(sum(m.paid / 1000000), 0), coalesce(sum(m.paid % 1000000), 0)"
    );
    let (sql, args) = if *filter == place_only && !shared {
        let mut query = filter::Query::bare(Vec::new());
        if let Some((first, last)) = filter.place.map(akimat_core::KatoCode::subtree) {
            let (first, last) = (query.mark(first.into()), query.mark(last.into()));
            query.and(&format!("m.place between {first} and {last}"));
        }
        let conditions = query.conditions;
        let sql = format!(
            "select {columns} from project_money m where {conditions} group by m.place, m.year, m.source"
        );
        (sql, query.args)
    } else {
        let (query, from) = filter::Query::all(filter, (Walk::Sums, shared), Vec::new());
        let sql = format!(
            "select {columns} from {from} cross join project_money m on m.project_id = projects.id
             where {} group by m.year, m.source",
            query.conditions
        );
        (sql, query.args)
    };
    db.rows(&sql, &args, |row| {
        let (year, source) = (row.int()?, row.code(MoneySource::parse)?);
        Ok(PortfolioMoney { year, source, planned: super::sum(row)?, paid: super::sum(row)? })
    })
}
