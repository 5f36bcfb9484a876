//! Comments and ratings.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{AccountId, CommentId, KatoCode, ProjectId};
use akimat_participation::{Comment, Hidden, Rating};
use akimat_storage::row::{after_number, cursor_at, marks, participation as row, qualified};
use akimat_storage::{Conflict, ModerationItem, Page, PageRequest, ParticipationRead, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into comments ({}) values ({})", row::STORED, marks('$', row::STORED)));
static OF_PROJECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from comments where project_id = $2 {{after}} order by at desc, id desc limit $1",
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
impl ParticipationRead for PostgresStore {
    async fn list_comments(&self, project: ProjectId, page: &PageRequest) -> Result<Page<Comment>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut args = Vec::from([overfull(page), project.0.into()]);
        let after = after_number(page);
        let sql = OF_PROJECT.replace("{after}", if after.is_some() { "and (at, id) < ($3, $4)" } else { "" });
        args.extend(after.into_iter().flat_map(|(at, id)| args![at, id]));
        db.page((&sql, &args), page, row::read_comment, |comment| cursor_at(comment.at, comment.id.0)).await
    }

    async fn find_comment(&self, id: CommentId) -> Result<Option<ModerationItem>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let sql = format!("{} where comments.id = $1", *ITEM);
        db.row(&sql, &args![id.0], row::read_item).await
    }

    async fn list_comments_in_place(
        &self,
        place: KatoCode,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let (divisor, digits) = row::shared_digits(place);
        let mut args = Vec::from([overfull(page), digits.into()]);
        let after = after_number(page);
        args.extend(after.into_iter().flat_map(|(at, id)| args![at, id]));
        let shared = match divisor {
            1 => "comments.place".to_owned(),
            _ => format!("(comments.place / {divisor})"),
        };
        let sql = format!(
            "{} where {shared} = $2 {} order by comments.at desc, comments.id desc limit $1",
            *ITEM,
            if after.is_some() { "and (comments.at, comments.id) < ($3, $4)" } else { "" }
        );
        db.page((&sql, &args), page, row::read_item, |item| cursor_at(item.comment.at, item.comment.id.0))
            .await
    }

    async fn find_rating(&self, project: ProjectId, account: AccountId) -> Result<Option<Rating>> {
        let sql = "select value from ratings where project_id = $1 and account_id = $2";
        let client = self.client().await?;
        self.db(&client).row(sql, &args![project.0, account.0], row::read_rating).await
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

/// The vote and the counts that follow from it, in one statement. The row of the person is locked while
/// it tells its previous value, so that what is added to the counts is exact, however many votes come at
/// once. Nothing is inserted and nothing is answered when there is no such project.
const PUT_RATING: &str = "with vote as (
         insert into ratings (project_id, account_id, place, value, previous, rated_at)
         select $1::uuid, $2::uuid, $3::integer, $4::smallint, null, $5::bigint
         where exists (select 1 from projects where id = $1::uuid)
         on conflict (project_id, account_id) do update
         set previous = ratings.value, value = excluded.value, rated_at = excluded.rated_at
         returning value, previous
     ), counted as (
         insert into rating_counts as stored (project_id, shard, n1, n2, n3, n4, n5)
         select $1::uuid, $6::smallint,
             (value = 1)::integer - coalesce((previous = 1)::integer, 0),
             (value = 2)::integer - coalesce((previous = 2)::integer, 0),
             (value = 3)::integer - coalesce((previous = 3)::integer, 0),
             (value = 4)::integer - coalesce((previous = 4)::integer, 0),
             (value = 5)::integer - coalesce((previous = 5)::integer, 0)
         from vote where previous is distinct from value
         on conflict (project_id, shard) do update
         set n1 = stored.n1 + excluded.n1, n2 = stored.n2 + excluded.n2, n3 = stored.n3 + excluded.n3,
             n4 = stored.n4 + excluded.n4, n5 = stored.n5 + excluded.n5
     )
     select 1 from vote";

/// [`akimat_storage::Change::PutRating`].
pub(crate) async fn put_rating(db: &Db<'_>, vote: &Vote) -> Result<()> {
    // The last bits of an identifier are chance: they spread people evenly.
    let shard = vote.account.0.as_bytes()[15] % 16;
    let args = args![vote.project.0, vote.account.0, vote.place, vote.rating.value(), vote.at, shard];
    match db.row(PUT_RATING, &args, |_| Ok(())).await? {
        None => Err(Conflict::Missing("project").into()),
        Some(()) => Ok(()),
    }
}

/// [`akimat_storage::Change::AddComment`].
pub(crate) async fn add_comment(db: &Db<'_>, comment: &Comment, place: KatoCode) -> Result<()> {
    let counted = "update projects set n_comments = n_comments + 1 where id = $1";
    if db.execute(counted, &args![comment.project.0]).await? == 0 {
        return Err(Conflict::Missing("project").into());
    }
    db.execute(&INSERT, &row::comment_args(comment, place)).await.map(|_| ())
}

/// [`akimat_storage::Change::HideComment`] and, with `None`, [`akimat_storage::Change::ShowComment`].
pub(crate) async fn set_hidden(db: &Db<'_>, id: CommentId, hidden: Option<&Hidden>) -> Result<()> {
    let sql = "update comments set hidden_reason = $2, hidden_at = $3 where id = $1";
    let reason = hidden.map(|hidden| hidden.reason.as_str());
    let at = hidden.map(|hidden| hidden.at.as_microsecond());
    match db.execute(sql, &args![id.0, reason, at]).await? {
        0 => Err(Conflict::Missing("comment").into()),
        _ => Ok(()),
    }
}
