//! Projects.

mod filter;
mod map;
mod portfolio;
mod words;
mod write;

use crate::SqliteStore;
use crate::db::{Db, overfull};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_participation::RatingSummary;
use akimat_project::{Project, ProjectUpdate, Status, StatusChange};
use akimat_storage::project::ProjectTotals;
use akimat_storage::row::{Arg, Columns, after_date, after_number, project as row, qualified, read_int};
use akimat_storage::{
    Page, PageRequest, Portfolio, PortfolioTime, ProjectCard, ProjectFilter, ProjectRead, ProjectSort,
    Result, args,
};
use async_trait::async_trait;
use filter::Walk;
use jiff::Timestamp;
pub(crate) use map::put_boundaries;
use std::sync::{Arc, LazyLock};
use words::Words;
pub(crate) use write::{add, add_status_change, add_update, update};

/// The money of a project as JSON, for `row::read`.
const MONEY: &str = "(select json_group_array(json_array(m.year, m.source, m.programme, m.planned, m.amended,
     m.contracted, m.invoiced, m.paid) order by m.position) from project_money m where m.project_id = projects.id)";
const VOTES: &str = "votes.n1, votes.n2, votes.n3, votes.n4, votes.n5";
const JOIN_VOTES: &str = "left join rating_counts votes on votes.project_id = projects.id";
/// Sums in two parts, of millions and of the rest: SQLite gives up on sums beyond 63 bits, and amounts
/// are typed by people.
const SUMS: &str = "count(*), coalesce(sum(planned / 1000000), 0), coalesce(sum(planned % 1000000), 0),
     coalesce(sum(paid / 1000000), 0), coalesce(sum(paid % 1000000), 0)";

static FIND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {}, {MONEY}, projects.n_comments, {VOTES} from projects {JOIN_VOTES} where projects.id = ?1",
        qualified("projects", row::COLUMNS)
    )
});
static CARDS: LazyLock<String> = LazyLock::new(|| {
    format!("select {}, {VOTES} from projects {JOIN_VOTES}", qualified("projects", row::CARD_COLUMNS))
});
static WHOLE: LazyLock<String> =
    LazyLock::new(|| format!("select {}, {MONEY} from", qualified("projects", row::COLUMNS)));
static UPDATES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from project_updates where project_id = ?1 order by at desc, id desc limit ?2",
        row::UPDATE_COLUMNS
    )
});

/// Numbers that are asked for in one statement.
const NUMBERS_AT_ONCE: usize = 500;

#[async_trait]
impl ProjectRead for SqliteStore {
    async fn list_projects(
        &self,
        filter: &ProjectFilter,
        sort: ProjectSort,
        page: &PageRequest,
    ) -> Result<Page<ProjectCard>> {
        let (filter, page) = (filter.clone(), page.clone());
        self.read(move |db| {
            let asked = (&Words::look_up(db, &filter)?, shared(db, &filter)?, sort);
            let mut query = filter::Query::page(&filter, asked, vec![overfull(&page)]);
            let (key, order) = match sort {
                ProjectSort::Updated => ("updated_at", "desc"),
                ProjectSort::Cost => ("cost_key", "desc"),
                ProjectSort::Ends => ("ends_key", "asc"),
                ProjectSort::Quiet => ("news_at", "asc"),
            };
            let after = match sort {
                ProjectSort::Ends => after_date(&page).map(|(date, id)| args![date, id]),
                _ => after_number(&page).map(|(number, id)| args![number, id]),
            };
            if let Some([after, id]) = after {
                let less = if order == "desc" { '<' } else { '>' };
                let (after, id) = (query.mark(after), query.mark(id));
                query.and(&format!("(projects.{key}, projects.id) {less} ({after}, {id})"));
            }
            let sql = format!(
                "{} where {} order by projects.{key} {order}, projects.id {order} limit ?1",
                *CARDS, query.conditions
            );
            db.page((&sql, &query.args), &page, row::read_card, |card| row::cursor(card, sort))
        })
        .await
    }

    async fn count_projects(&self, filter: &ProjectFilter) -> Result<ProjectTotals> {
        let filter = filter.clone();
        let memo = Arc::clone(&self.totals);
        self.read(move |db| {
            let known = db.row("select n from project_generation", &[], read_int)?;
            if let Some(totals) = known.and_then(|generation| memo.get(generation, &filter)) {
                return Ok(totals);
            }
            let asked = (Walk::Sums, shared(db, &filter)?);
            let (query, from) = filter::Query::all(&filter, asked, Vec::new());
            // Both in one statement: the number is that of what is counted.
            let sql = format!(
                "select (select n from project_generation), {SUMS} from {from} where {}",
                query.conditions
            );
            let counted = db.row(&sql, &query.args, |row| {
                let generation = row.int()?;
                let n_projects = row.int()?;
                Ok((generation, ProjectTotals { n_projects, planned: sum(row)?, paid: sum(row)? }))
            })?;
            let Some((generation, totals)) = counted else { return Ok(ProjectTotals::default()) };
            memo.put(generation, &filter, totals);
            Ok(totals)
        })
        .await
    }

    async fn find_project(&self, id: ProjectId) -> Result<Option<(Project, RatingSummary, u64)>> {
        self.read(move |db| db.row(&FIND, &args![id.0], row::read_with_votes)).await
    }

    async fn find_project_place(&self, id: ProjectId) -> Result<Option<KatoCode>> {
        self.read(move |db| db.row("select place from projects where id = ?1", &args![id.0], row::read_place))
            .await
    }

    async fn list_whole_projects(&self, filter: &ProjectFilter, limit: u16) -> Result<Vec<Project>> {
        let filter = filter.clone();
        self.read(move |db| {
            let asked = (Walk::Rows, shared(db, &filter)?);
            let (query, from) = filter::Query::all(&filter, asked, vec![limit.into()]);
            let sql =
                format!("{} {from} where {} order by number, projects.id limit ?1", *WHOLE, query.conditions);
            db.rows(&sql, &query.args, row::read)
        })
        .await
    }

    async fn list_projects_by_number(&self, numbers: &[(KatoCode, String)]) -> Result<Vec<Project>> {
        let parts: Vec<Vec<(KatoCode, String)>> =
            numbers.chunks(NUMBERS_AT_ONCE).map(<[_]>::to_vec).collect();
        self.read(move |db| {
            let mut found = Vec::new();
            for part in parts {
                let marks: Vec<String> =
                    (0..part.len()).map(|at| format!("(?{}, ?{})", 2 * at + 1, 2 * at + 2)).collect();
                let sql =
                    format!("{} projects where (place, number) in (values {})", *WHOLE, marks.join(", "));
                let args: Vec<Arg<'_>> =
                    part.iter().flat_map(|(place, number)| args![*place, number.as_str()]).collect();
                found.extend(db.rows(&sql, &args, row::read)?);
            }
            Ok(found)
        })
        .await
    }

    async fn list_status_changes(&self, id: ProjectId) -> Result<Vec<StatusChange>> {
        let sql = format!(
            "select {} from project_statuses where project_id = ?1 order by at, entry",
            row::STATUS_COLUMNS
        );
        self.read(move |db| db.rows(&sql, &args![id.0], row::read_status_change)).await
    }

    async fn list_project_updates(&self, id: ProjectId, limit: u16) -> Result<Vec<ProjectUpdate>> {
        self.read(move |db| db.rows(&UPDATES, &args![id.0, limit], row::read_update)).await
    }

    async fn list_status_changes_of(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
    ) -> Result<Vec<(ProjectId, StatusChange)>> {
        let projects = projects.to_vec();
        self.read(move |db| portfolio::moves(db, &projects, since)).await
    }

    async fn list_project_updates_of(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
    ) -> Result<Vec<ProjectUpdate>> {
        let projects = projects.to_vec();
        self.read(move |db| portfolio::updates(db, &projects, since)).await
    }

    async fn sum_portfolio(&self, filter: &ProjectFilter, time: PortfolioTime) -> Result<Portfolio> {
        let filter = filter.clone();
        let memo = Arc::clone(&self.portfolios);
        self.read(move |db| portfolio::sum(db, &filter, time, &memo)).await
    }

    async fn count_projects_by_place(&self) -> Result<Vec<(KatoCode, Status, u64, Money)>> {
        let sql = "select place, status, count(*), coalesce(sum(planned / 1000000), 0),
                 coalesce(sum(planned % 1000000), 0)
             from projects group by place, status order by place, status";
        self.read(move |db| {
            db.rows(sql, &[], |row| Ok((row.kato()?, row.code(Status::parse)?, row.int()?, sum(row)?)))
        })
        .await
    }
}

/// Other territories share projects with the one that is asked for.
fn shared(db: &Db, filter: &ProjectFilter) -> Result<bool> {
    let Some((first, last)) = filter.place.map(KatoCode::subtree) else { return Ok(false) };
    let sql = "select exists (select 1 from project_ties where place between ?1 and ?2)";
    Ok(db.row(sql, &args![first, last], read_int)? == Some(1))
}

/// A sum that came in two parts; what does not fit is shown as the largest amount there is.
fn sum(row: &mut Columns<'_>) -> Result<Money> {
    let (millions, rest): (i64, i64) = (row.int()?, row.int()?);
    Ok(Money::from_tiyn(millions.saturating_mul(1_000_000).saturating_add(rest)))
}
