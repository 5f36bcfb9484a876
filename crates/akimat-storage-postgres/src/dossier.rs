//! Sections of dossiers.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{KatoCode, ProjectId};
use akimat_storage::dossier::{DossierRead, Section, SectionCount, SectionFilter};
use akimat_storage::row::{Arg, after_date, dossier as row, marks};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into sections ({}, newest) values ({}, true)", row::COLUMNS, marks('$', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from sections where id = $1 and newest", row::COLUMNS));
const VERSION: &str = "select version from sections where id = $1 and newest for update";
const AGE: &str = "update sections set newest = false where id = $1 and newest";

#[async_trait]
impl DossierRead for PostgresStore {
    async fn find_section(&self, id: Uuid) -> Result<Option<Section>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }

    async fn list_sections_of(&self, projects: &[ProjectId], kinds: &[&str]) -> Result<Vec<Section>> {
        if projects.is_empty() {
            return Ok(Vec::new());
        }
        let mut asked = Query::new("newest and not removed", Vec::new());
        asked.one_of("project", projects.iter().map(|project| Arg::from(project.0)));
        asked.one_of("kind", kinds.iter().map(|kind| Arg::from((*kind).to_owned())));
        asked.sql.push_str(" order by project, kind, id");
        let client = self.client().await?;
        self.db(&client).rows(&asked.sql, &asked.args, row::read).await
    }

    async fn list_section_versions(
        &self,
        project: ProjectId,
        kinds: &[&str],
        limit: u16,
    ) -> Result<Vec<Section>> {
        let mut asked = Query::new("project = $2", args![limit, project.0].into());
        asked.one_of("kind", kinds.iter().map(|kind| Arg::from((*kind).to_owned())));
        asked.sql.push_str(" order by at desc, id desc, version desc limit $1");
        let client = self.client().await?;
        self.db(&client).rows(&asked.sql, &asked.args, row::read).await
    }

    async fn search_sections(&self, filter: &SectionFilter, page: &PageRequest) -> Result<Page<Section>> {
        let mut asked = Query::new("newest and not removed", vec![overfull(page)]);
        asked.filter(filter);
        if let Some((due, id)) = after_date(page) {
            asked.args.extend(args![due, id]);
            let n = asked.args.len();
            // Writing to a string cannot fail.
            let _ = write!(asked.sql, " and (due_key, id) > (${}, ${n})", n - 1);
        }
        asked.sql.push_str(" order by due_key, id limit $1");
        let client = self.client().await?;
        self.db(&client).page((&asked.sql, &asked.args), page, row::read, row::cursor).await
    }

    async fn count_sections(&self, filter: &SectionFilter) -> Result<Vec<SectionCount>> {
        let mut asked = Query::counting();
        asked.filter(filter);
        asked.sql.push_str(" group by place, state order by place, state");
        let client = self.client().await?;
        self.db(&client).rows(&asked.sql, &asked.args, row::read_count).await
    }
}

/// A statement being put together.
struct Query {
    sql: String,
    args: Vec<Arg<'static>>,
}

impl Query {
    fn new(condition: &str, args: Vec<Arg<'static>>) -> Self {
        Self { sql: format!("select {} from sections where {condition}", row::COLUMNS), args }
    }

    /// In two parts, so that no sum is beyond measure.
    fn counting() -> Self {
        let sql = "select place, state, count(*), coalesce(sum(amount / 1000000), 0)::bigint,
             coalesce(sum(amount % 1000000), 0)::bigint from sections where newest and not removed";
        Self { sql: sql.to_owned(), args: Vec::new() }
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = Arg<'static>>) {
        let before = self.args.len();
        self.args.extend(values);
        let marks: Vec<String> = (before + 1..=self.args.len()).map(|at| format!("${at}")).collect();
        if !marks.is_empty() {
            let _ = write!(self.sql, " and {column} in ({})", marks.join(", "));
        }
    }

    fn filter(&mut self, filter: &SectionFilter) {
        self.one_of("kind", std::iter::once(Arg::from(filter.kind.clone())));
        self.one_of("state", filter.states.iter().map(|state| Arg::from(state.clone())));
        if let Some((first, last)) = filter.place.map(KatoCode::subtree) {
            self.args.extend(args![first, last]);
            let n = self.args.len();
            let _ = write!(self.sql, " and place between ${} and ${n}", n - 1);
        }
        if let Some(day) = filter.due_before {
            self.args.push(day.into());
            let _ = write!(self.sql, " and due_key < ${}", self.args.len());
        }
    }
}

/// [`akimat_storage::Change::PutSection`].
pub(crate) async fn put(db: &Db<'_>, section: &Section) -> Result<()> {
    let stored = db.row(VERSION, &args![section.id], akimat_storage::row::read_int).await?.unwrap_or(0);
    if stored + 1 != i64::from(section.version) {
        return Err(Conflict::Stale("section").into());
    }
    db.execute(AGE, &args![section.id]).await?;
    db.execute(&INSERT, &row::args(section)).await.map(|_| ())
}

/// [`akimat_storage::Change::RemoveSection`].
pub(crate) async fn remove(db: &Db<'_>, project: ProjectId, id: Uuid) -> Result<()> {
    let sql = "delete from sections where id = $1 and project = $2 and version = 1 and newest";
    match db.execute(sql, &args![id, project.0]).await? {
        0 => Err(Conflict::Stale("section").into()),
        _ => Ok(()),
    }
}

/// The sections of a project that moves move with it.
pub(crate) async fn set_place(db: &Db<'_>, project: ProjectId, place: KatoCode) -> Result<()> {
    db.execute("update sections set place = $2 where project = $1", &args![project.0, place])
        .await
        .map(|_| ())
}
