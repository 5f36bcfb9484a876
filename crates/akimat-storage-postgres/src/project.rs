//! Projects.

mod filter;
mod map;
mod portfolio;
mod words;
mod write;

use crate::PostgresStore;
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
use jiff::Timestamp;
pub(crate) use map::put_boundaries;
use std::sync::LazyLock;
use words::Words;
pub(crate) use write::{NEXT_GENERATION, add, add_status_change, add_update, update};

/// The money of a project as JSON, for `row::read`.
const MONEY: &str =
    "coalesce((select json_agg(json_build_array(m.year, m.source, m.programme, m.planned,
     m.amended, m.contracted, m.invoiced, m.paid) order by m.position) from project_money m where m.project_id = projects.id), '[]')::text";
const VOTES: &str = "votes.n1, votes.n2, votes.n3, votes.n4, votes.n5";
const JOIN_VOTES: &str = "left join lateral (
         select sum(n1)::bigint as n1, sum(n2)::bigint as n2, sum(n3)::bigint as n3,
             sum(n4)::bigint as n4, sum(n5)::bigint as n5
         from rating_counts where project_id = projects.id
     ) votes on true";
/// What does not fit is shown as the largest amount there is: amounts are typed by people.
const SUM_PLANNED: &str = "least(coalesce(sum(planned), 0), 9223372036854775807)::bigint";
const SUM_PAID: &str = "least(coalesce(sum(paid), 0), 9223372036854775807)::bigint";

static FIND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {}, {MONEY}, projects.n_comments, {VOTES} from projects {JOIN_VOTES} where projects.id = $1",
        qualified("projects", row::COLUMNS)
    )
});
static WHOLE: LazyLock<String> =
    LazyLock::new(|| format!("select {}, {MONEY} from projects", qualified("projects", row::COLUMNS)));
static UPDATES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from project_updates where project_id = $1 order by at desc, id desc limit $2",
        row::UPDATE_COLUMNS
    )
});

/// Numbers that are asked for in one statement.
const NUMBERS_AT_ONCE: usize = 500;

#[async_trait]
impl ProjectRead for PostgresStore {
    async fn list_projects(
        &self,
        filter: &ProjectFilter,
        sort: ProjectSort,
        page: &PageRequest,
    ) -> Result<Page<ProjectCard>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let words = Words::look_up(&db, filter).await?;
        let mut query =
            filter::Query::new(filter, (&words, shared(&db, filter).await?), vec![overfull(page)]);
        let (key, order) = match sort {
            ProjectSort::Updated => ("updated_at", "desc"),
            ProjectSort::Cost => ("cost_key", "desc"),
            ProjectSort::Ends => ("ends_key", "asc"),
            ProjectSort::Quiet => ("news_at", "asc"),
        };
        let after = match sort {
            ProjectSort::Ends => after_date(page).map(|(date, id)| args![date, id]),
            _ => after_number(page).map(|(number, id)| args![number, id]),
        };
        if let Some([after, id]) = after {
            let less = if order == "desc" { '<' } else { '>' };
            let (after, id) = (query.mark(after), query.mark(id));
            query.and(&format!("(projects.{key}, projects.id) {less} ({after}, {id})"));
        }
        let order = format!("order by projects.{key} {order}, projects.id {order}");
        // What decides about the page is in the index of the order; the rest is read, and votes are summed,
        // for the page alone.
        let sql = format!(
            "select {}, {VOTES} from (select id as listed from projects where {} {order} limit $1) page
             join projects on projects.id = page.listed {JOIN_VOTES} {order}",
            qualified("projects", row::CARD_COLUMNS),
            query.conditions
        );
        db.page((&sql, &query.args), page, row::read_card, |card| row::cursor(card, sort)).await
    }

    async fn count_projects(&self, filter: &ProjectFilter) -> Result<ProjectTotals> {
        let client = self.client().await?;
        let db = self.db(&client);
        let known = db.row("select n from project_generation", &[], read_int).await?;
        if let Some(totals) = known.and_then(|generation| self.totals.get(generation, filter)) {
            return Ok(totals);
        }
        let query =
            filter::Query::new(filter, (&Words::for_all(filter), shared(&db, filter).await?), Vec::new());
        // Both in one statement: the number is that of what is counted.
        let sql = format!(
            "select (select n from project_generation), count(*), {SUM_PLANNED}, {SUM_PAID}
             from projects where {}",
            query.conditions
        );
        let counted = db
            .row(&sql, &query.args, |row| {
                let generation = row.int()?;
                let n_projects = row.int()?;
                Ok((generation, ProjectTotals { n_projects, planned: money(row)?, paid: money(row)? }))
            })
            .await?;
        let Some((generation, totals)) = counted else { return Ok(ProjectTotals::default()) };
        self.totals.put(generation, filter, totals);
        Ok(totals)
    }

    async fn find_project(&self, id: ProjectId) -> Result<Option<(Project, RatingSummary, u64)>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id.0], row::read_with_votes).await
    }

    async fn find_project_place(&self, id: ProjectId) -> Result<Option<KatoCode>> {
        let client = self.client().await?;
        let sql = "select place from projects where id = $1";
        self.db(&client).row(sql, &args![id.0], row::read_place).await
    }

    async fn list_whole_projects(&self, filter: &ProjectFilter, limit: u16) -> Result<Vec<Project>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let query = filter::Query::new(
            filter,
            (&Words::for_all(filter), shared(&db, filter).await?),
            vec![limit.into()],
        );
        let sql = format!("{} where {} order by number, projects.id limit $1", *WHOLE, query.conditions);
        db.rows(&sql, &query.args, row::read).await
    }

    async fn list_projects_by_number(&self, numbers: &[(KatoCode, String)]) -> Result<Vec<Project>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut found = Vec::new();
        for part in numbers.chunks(NUMBERS_AT_ONCE) {
            let marks: Vec<String> = (0..part.len())
                .map(|at| format!("(${}::integer, ${}::text)", 2 * at + 1, 2 * at + 2))
                .collect();
            let sql = format!("{} where (place, number) in (values {})", *WHOLE, marks.join(", "));
            let args: Vec<Arg<'_>> =
                part.iter().flat_map(|(place, number)| args![*place, number.as_str()]).collect();
            found.extend(db.rows(&sql, &args, row::read).await?);
        }
        Ok(found)
    }

    async fn list_status_changes(&self, id: ProjectId) -> Result<Vec<StatusChange>> {
        let sql = format!(
            "select {} from project_statuses where project_id = $1 order by at, entry",
            row::STATUS_COLUMNS
        );
        let client = self.client().await?;
        self.db(&client).rows(&sql, &args![id.0], row::read_status_change).await
    }

    async fn list_project_updates(&self, id: ProjectId, limit: u16) -> Result<Vec<ProjectUpdate>> {
        let client = self.client().await?;
        self.db(&client).rows(&UPDATES, &args![id.0, limit], row::read_update).await
    }

    async fn list_status_changes_of(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
    ) -> Result<Vec<(ProjectId, StatusChange)>> {
        let client = self.client().await?;
        portfolio::moves(&self.db(&client), projects, since).await
    }

    async fn list_project_updates_of(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
    ) -> Result<Vec<ProjectUpdate>> {
        let client = self.client().await?;
        portfolio::updates(&self.db(&client), projects, since).await
    }

    async fn sum_portfolio(&self, filter: &ProjectFilter, time: PortfolioTime) -> Result<Portfolio> {
        let client = self.client().await?;
        portfolio::sum(&self.db(&client), filter, time, &self.portfolios).await
    }

    async fn count_projects_by_place(&self) -> Result<Vec<(KatoCode, Status, u64, Money)>> {
        let sql = format!(
            "select place, status, count(*), {SUM_PLANNED} from projects
             group by place, status order by place, status"
        );
        let client = self.client().await?;
        let db = self.db(&client);
        db.rows(&sql, &[], |row| Ok((row.kato()?, row.code(Status::parse)?, row.int()?, money(row)?))).await
    }
}

/// Other territories share projects with the one that is asked for.
async fn shared(db: &Db<'_>, filter: &ProjectFilter) -> Result<bool> {
    let Some((first, last)) = filter.place.map(KatoCode::subtree) else { return Ok(false) };
    let sql = "select count(*) from (select 1 from project_ties where place between $1 and $2 limit 1) tie";
    Ok(db.row(sql, &args![first, last], read_int).await? == Some(1))
}

fn money(row: &mut Columns<'_>) -> Result<Money> {
    row.int().map(Money::from_tiyn)
}
