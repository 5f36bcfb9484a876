//! A portfolio: what happened in it since, and its sums.

use super::words::Words;
use super::{SUM_PAID, SUM_PLANNED, filter, money as amount, shared};
use crate::db::Db;
use akimat_core::ProjectId;
use akimat_project::{MoneySource, ProjectUpdate, StatusChange};
use akimat_storage::memo::PortfoliosMemo;
use akimat_storage::project::PortfolioCell;
use akimat_storage::row::project::{IN_WORK, OVER};
use akimat_storage::row::{Arg, project as row, qualified, read_int};
use akimat_storage::{Portfolio, PortfolioMoney, PortfolioTime, ProjectFilter, Result, args};
use jiff::Timestamp;

/// `project_id` is one of these and `at` is not before the instant.
fn since(projects: &[ProjectId], since: Timestamp) -> (String, Vec<Arg<'static>>) {
    let mut query = filter::Query::bare(vec![since.into()]);
    let marks: Vec<String> = projects.iter().map(|project| query.mark(project.0.into())).collect();
    query.and(&format!("at >= $1 and project_id in ({})", marks.join(", ")));
    (query.conditions, query.args)
}

pub(super) async fn moves(
    db: &Db<'_>,
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
    db.rows(&sql, &args, row::read_move).await
}

pub(super) async fn updates(
    db: &Db<'_>,
    projects: &[ProjectId],
    instant: Timestamp,
) -> Result<Vec<ProjectUpdate>> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let (conditions, args) = since(projects, instant);
    let columns = row::UPDATE_COLUMNS;
    let sql = format!("select {columns} from project_updates where {conditions} order by at, id");
    db.rows(&sql, &args, row::read_update).await
}

/// Everything of a portfolio.
pub(super) async fn sum(
    db: &Db<'_>,
    filter: &ProjectFilter,
    time: PortfolioTime,
    memo: &PortfoliosMemo,
) -> Result<Portfolio> {
    let name = format!("{time:?} {filter:?}");
    let known = generation(db).await?;
    if let Some(portfolio) = memo.find(known, &name) {
        return Ok(portfolio);
    }
    let shared = shared(db, filter).await?;
    let cells = cells(db, filter, (time, shared)).await?;
    let portfolio = Portfolio::of(cells, money(db, filter, shared).await?);
    // What was added up while a project changed belongs to no generation.
    if generation(db).await? == known {
        memo.keep(known, name, &portfolio);
    }
    Ok(portfolio)
}

async fn generation(db: &Db<'_>) -> Result<i64> {
    Ok(db.row("select n from project_generation", &[], read_int).await?.unwrap_or_default())
}

async fn cells(
    db: &Db<'_>,
    filter: &ProjectFilter,
    (time, shared): (PortfolioTime, bool),
) -> Result<Vec<PortfolioCell>> {
    let first = args![time.late_on, time.silent_since].into();
    let query = filter::Query::new(filter, (&Words::for_all(filter), shared), first);
    let columns = qualified("projects", row::PORTFOLIO_COLUMNS);
    let sql = format!(
        "select {columns}, count(*), {SUM_PLANNED}, {SUM_PAID},
             count(*) filter (where projects.ends_key < $1 and projects.status not in ({OVER})),
             count(*) filter (where projects.status in ({IN_WORK}) and projects.news_at < $2)
         from projects where {} group by {columns}",
        query.conditions
    );
    db.rows(&sql, &query.args, |row| row::read_portfolio_cell(row, amount)).await
}

/// Without conditions beyond the territory the money is summed out of its own index; otherwise project by project.
async fn money(db: &Db<'_>, filter: &ProjectFilter, shared: bool) -> Result<Vec<PortfolioMoney>> {
    let place_only = ProjectFilter { place: filter.place, ..ProjectFilter::default() };
    let sums = "m.year, m.source,
         least(coalesce(sum(coalesce(m.amended, m.planned)), 0), 9223372036854775807)::bigint,
         least(coalesce(sum(m.paid), 0), 9223372036854775807)::bigint";
    let (from, query) = if *filter == place_only && !shared {
        let mut query = filter::Query::bare(Vec::new());
        if let Some((first, last)) = filter.place.map(akimat_core::KatoCode::subtree) {
            let (first, last) = (query.mark(first.into()), query.mark(last.into()));
            query.and(&format!("m.place between {first} and {last}"));
        }
        ("project_money m", query)
    } else {
        let query = filter::Query::new(filter, (&Words::for_all(filter), shared), Vec::new());
        ("projects join project_money m on m.project_id = projects.id", query)
    };
    let sql = format!("select {sums} from {from} where {} group by 1, 2", query.conditions);
    db.rows(&sql, &query.args, |row| {
        let (year, source) = (row.int()?, row.code(MoneySource::parse)?);
        Ok(PortfolioMoney { year, source, planned: amount(row)?, paid: amount(row)? })
    })
    .await
}
