//! Confirmations and disputes of finished works, and the answers.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{AccountId, KatoCode, ProjectId};
use akimat_participation::Hidden;
use akimat_storage::acceptance::{Acceptance, AcceptanceAnswer, AcceptanceCount, AcceptanceRead};
use akimat_storage::row::{acceptance as row, after_number, cursor_at, marks};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use jiff::civil::Date;
use std::sync::LazyLock;
use uuid::Uuid;

static PUT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into acceptances ({}) values ({})
         on conflict (project, finished_on, account) do update set
             by_name = excluded.by_name, verdict = excluded.verdict, lang = excluded.lang,
             body = excluded.body, photo = excluded.photo, at = excluded.at,
             hidden_reason = excluded.hidden_reason, hidden_at = excluded.hidden_at",
        row::COLUMNS,
        marks('$', row::COLUMNS)
    )
});
static ANSWER: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into acceptance_answers ({}) values ({})",
        row::ANSWER_COLUMNS,
        marks('$', row::ANSWER_COLUMNS)
    )
});
static OF_PERSON: LazyLock<String> =
    LazyLock::new(|| select("project = $1 and finished_on = $2 and account = $3"));
static FIND: LazyLock<String> = LazyLock::new(|| select("id = $1"));
static LIST: LazyLock<String> = LazyLock::new(|| select("project = $2 order by at desc, id desc limit $1"));
static LIST_AFTER: LazyLock<String> = LazyLock::new(|| {
    select("project = $2 and (at, id) < ($3::bigint, $4) order by at desc, id desc limit $1")
});
static ANSWERS: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from acceptance_answers where project = $1 order by at, id", row::ANSWER_COLUMNS)
});
static OF_PROJECT: LazyLock<String> = LazyLock::new(|| counts("project = $1", "true"));
static DISPUTED: LazyLock<String> = LazyLock::new(|| {
    counts(
        "place between $1 and $2 and finished_on >= $3",
        "sum(case verdict when 'dispute' then 1 else 0 end) > 0",
    )
});

fn select(which: &str) -> String {
    format!("select {} from acceptances where {which}", row::COLUMNS)
}

fn counts(which: &str, having: &str) -> String {
    format!(
        "select project, min(place), finished_on,
             sum(case verdict when 'confirm' then 1 else 0 end),
             sum(case verdict when 'dispute' then 1 else 0 end),
             (select count(*) from acceptance_answers
              where acceptance_answers.project = acceptances.project
                  and acceptance_answers.finished_on = acceptances.finished_on)
         from acceptances where {which} group by project, finished_on having {having}
         order by project, finished_on"
    )
}

#[async_trait]
impl AcceptanceRead for PostgresStore {
    async fn find_acceptance(
        &self,
        project: ProjectId,
        finished_on: Date,
        account: AccountId,
    ) -> Result<Option<Acceptance>> {
        let client = self.client().await?;
        self.db(&client).row(&OF_PERSON, &args![project.0, finished_on, account.0], row::read).await
    }

    async fn get_acceptance(&self, id: Uuid) -> Result<Option<Acceptance>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }

    async fn list_acceptances(&self, project: ProjectId, page: &PageRequest) -> Result<Page<Acceptance>> {
        let mut args = vec![overfull(page), project.0.into()];
        let mut sql: &str = &LIST;
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            sql = &LIST_AFTER;
        }
        let client = self.client().await?;
        self.db(&client).page((sql, &args), page, row::read, |said| cursor_at(said.at, said.id)).await
    }

    async fn count_acceptances(&self, project: ProjectId) -> Result<Vec<AcceptanceCount>> {
        let client = self.client().await?;
        self.db(&client).rows(&OF_PROJECT, &args![project.0], row::read_count).await
    }

    async fn list_disputed(&self, place: KatoCode, since: Date) -> Result<Vec<AcceptanceCount>> {
        let (first, last) = place.subtree();
        let client = self.client().await?;
        self.db(&client).rows(&DISPUTED, &args![first, last, since], row::read_count).await
    }

    async fn list_acceptance_answers(&self, project: ProjectId) -> Result<Vec<AcceptanceAnswer>> {
        let client = self.client().await?;
        self.db(&client).rows(&ANSWERS, &args![project.0], row::read_answer).await
    }
}

/// [`akimat_storage::Change::PutAcceptance`].
pub(crate) async fn put(db: &Db<'_>, said: &Acceptance) -> Result<()> {
    db.execute(&PUT, &row::args(said)).await.map(|_| ())
}

/// [`akimat_storage::Change::RemoveAcceptance`].
pub(crate) async fn remove(db: &Db<'_>, id: Uuid) -> Result<()> {
    db.execute("delete from acceptances where id = $1", &args![id]).await.map(|_| ())
}

/// [`akimat_storage::Change::HideAcceptance`] and, with `None`, [`akimat_storage::Change::ShowAcceptance`].
pub(crate) async fn set_hidden(db: &Db<'_>, id: Uuid, hidden: Option<&Hidden>) -> Result<()> {
    let sql = "update acceptances set hidden_reason = $2, hidden_at = $3 where id = $1";
    let reason = hidden.map(|hidden| hidden.reason.as_str());
    let at = hidden.map(|hidden| hidden.at.as_microsecond());
    match db.execute(sql, &args![id, reason, at]).await? {
        0 => Err(Conflict::Missing("acceptance").into()),
        _ => Ok(()),
    }
}

/// [`akimat_storage::Change::AddAcceptanceAnswer`].
pub(crate) async fn answer(db: &Db<'_>, answer: &AcceptanceAnswer) -> Result<()> {
    db.execute(&ANSWER, &row::answer_args(answer)).await.map(|_| ())
}

/// What people say goes with their project to another territory.
pub(crate) async fn set_place(db: &Db<'_>, project: ProjectId, place: KatoCode) -> Result<()> {
    let sql = "update acceptances set place = $2 where project = $1";
    db.execute(sql, &args![project.0, place]).await.map(|_| ())
}
