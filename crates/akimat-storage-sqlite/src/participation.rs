//! Comments and ratings.

use crate::SqliteStore;
use crate::db::{Db, overfull};
use akimat_core::{AccountId, CommentId, KatoCode, ProjectId};
use akimat_participation::{Comment, Hidden, Rating};
use akimat_storage::row::{after_number, cursor_at, marks, participation as row, qualified};
use akimat_storage::{Conflict, ModerationItem, Page, PageRequest, ParticipationRead, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into comments ({}) values ({})", row::STORED, marks('?', row::STORED)));
static OF_PROJECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from comments where project_id = ?2 {{after}} order by at desc, id desc limit ?1",
        row::COLUMNS
    )
});
/// A comment with the territory and titles of its project.
static ITEM: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {}, comments.place, projects.title_kk, projects.title_ru, projects.title_en
         from comments join projects on projects.id = comments.project_id",
        qualified("comments", row::COLUMNS)
    )
});

#[async_trait]
impl ParticipationRead for SqliteStore {
    async fn list_comments(&self, project: ProjectId, page: &PageRequest) -> Result<Page<Comment>> {
        let page = page.clone();
        self.read(move |db| {
            let mut args = Vec::from([overfull(&page), project.0.into()]);
            let after = after_number(&page);
            let sql =
                OF_PROJECT.replace("{after}", if after.is_some() { "and (at, id) < (?3, ?4)" } else { "" });
            args.extend(after.into_iter().flat_map(|(at, id)| args![at, id]));
            db.page((&sql, &args), &page, row::read_comment, |comment| cursor_at(comment.at, comment.id.0))
        })
        .await
    }

    async fn find_comment(&self, id: CommentId) -> Result<Option<ModerationItem>> {
        self.read(move |db| {
            let sql = format!("{} where comments.id = ?1", *ITEM);
            db.row(&sql, &args![id.0], row::read_item)
        })
        .await
    }

    async fn list_comments_in_place(
        &self,
        place: KatoCode,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>> {
        let page = page.clone();
        self.read(move |db| {
            let (divisor, digits) = row::shared_digits(place);
            let mut args = Vec::from([overfull(&page), digits.into()]);
            let after = after_number(&page);
            args.extend(after.into_iter().flat_map(|(at, id)| args![at, id]));
            let shared = match divisor {
                1 => "comments.place".to_owned(),
                _ => format!("comments.place / {divisor}"),
            };
            let sql = format!(
                "{} where {shared} = ?2 {} order by comments.at desc, comments.id desc limit ?1",
                *ITEM,
                if after.is_some() { "and (comments.at, comments.id) < (?3, ?4)" } else { "" }
            );
            db.page((&sql, &args), &page, row::read_item, |item| {
                cursor_at(item.comment.at, item.comment.id.0)
            })
        })
        .await
    }

    async fn find_rating(&self, project: ProjectId, account: AccountId) -> Result<Option<Rating>> {
        let sql = "select value from ratings where project_id = ?1 and account_id = ?2";
        self.read(move |db| db.row(sql, &args![project.0, account.0], row::read_rating)).await
    }
}

/// A vote on its way in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vote {
    pub(crate) project: ProjectId,
    pub(crate) place: KatoCode,
    pub(crate) account: AccountId,
    pub(crate) rating: Rating,
    pub(crate) at: Timestamp,
}

/// [`akimat_storage::Change::PutRating`].
pub(crate) fn put_rating(db: &Db, vote: &Vote) -> Result<()> {
    let sql = "insert into ratings (project_id, account_id, place, value, previous, rated_at)
         select ?1, ?2, ?3, ?4, null, ?5 where exists (select 1 from projects where id = ?1)
         on conflict (project_id, account_id)
         do update set previous = value, value = excluded.value, rated_at = excluded.rated_at
         returning previous";
    let args = args![vote.project.0, vote.account.0, vote.place, vote.rating.value(), vote.at];
    let stored = db.row(sql, &args, |row| {
        Ok(row.int_opt()?.and_then(|value| u8::try_from(value).ok()).and_then(Rating::new))
    })?;
    let Some(previous) = stored else { return Err(Conflict::Missing("project").into()) };
    let Some([n1, n2, n3, n4, n5]) = row::deltas(vote.rating, previous) else { return Ok(()) };
    db.execute(
        "insert into rating_counts (project_id, n1, n2, n3, n4, n5) values (?1, ?2, ?3, ?4, ?5, ?6)
         on conflict (project_id) do update set n1 = n1 + excluded.n1, n2 = n2 + excluded.n2,
             n3 = n3 + excluded.n3, n4 = n4 + excluded.n4, n5 = n5 + excluded.n5",
        &args![vote.project.0, n1, n2, n3, n4, n5],
    )?;
    Ok(())
}

/// [`akimat_storage::Change::AddComment`].
pub(crate) fn add_comment(db: &Db, comment: &Comment, place: KatoCode) -> Result<()> {
    let counted = "update projects set n_comments = n_comments + 1 where id = ?1";
    if db.execute(counted, &args![comment.project.0])? == 0 {
        return Err(Conflict::Missing("project").into());
    }
    db.execute(&INSERT, &row::comment_args(comment, place)).map(|_| ())
}

/// [`akimat_storage::Change::HideComment`] and, with `None`, [`akimat_storage::Change::ShowComment`].
pub(crate) fn set_hidden(db: &Db, id: CommentId, hidden: Option<&Hidden>) -> Result<()> {
    let sql = "update comments set hidden_reason = ?2, hidden_at = ?3 where id = ?1";
    let reason = hidden.map(|hidden| hidden.reason.as_str());
    let at = hidden.map(|hidden| hidden.at.as_microsecond());
    match db.execute(sql, &args![id.0, reason, at])? {
        0 => Err(Conflict::Missing("comment").into()),
        _ => Ok(()),
    }
}
