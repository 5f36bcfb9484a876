//! Comments and ratings.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{AccountId, CommentId, KatoCode, ProjectId};
use akimat_participation::moderation::{Block, Contest, ModerationAct, Report};
use akimat_participation::talk::Record;
use akimat_participation::{Comment, Hidden, Order, Rating, Subject};
use akimat_storage::participation::{
    CommentPattern, CommentTrace, Lately, ModerationCount, Pattern, QueueView, TalkChange,
};
use akimat_storage::row::{after_number, cursor_at, marks, participation as row, talk};
use akimat_storage::{Conflict, ModerationItem, Page, PageRequest, ParticipationRead, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into comments ({}) values ({})", row::STORED, marks('$', row::STORED)));
static OF_PROJECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from comments where project_id = $2 and waiting = 0 {{after}} order by at desc, id desc limit $1",
        row::COLUMNS
    )
});
/// A comment with the territory and name of what it is about.
static ITEM: LazyLock<String> = LazyLock::new(talk::item);

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

    async fn list_threads(
        &self,
        subject: &Subject,
        order: Order,
        viewer: Option<AccountId>,
        page: &PageRequest,
    ) -> Result<Page<Comment>> {
        let (sql, args) = talk::threads(subject, order, viewer, (page, more(page)));
        let client = self.client().await?;
        self.db(&client)
            .page((&dollars(&sql), &args), page, row::read_comment, move |comment| {
                talk::thread_cursor(order, comment)
            })
            .await
    }

    async fn list_replies(
        &self,
        threads: &[CommentId],
        each: u16,
        viewer: Option<AccountId>,
    ) -> Result<Vec<Comment>> {
        if threads.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::replies(threads, each, viewer);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read_comment).await
    }

    async fn list_supported(&self, account: AccountId, comments: &[CommentId]) -> Result<Vec<CommentId>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::supported(account, comments);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_id).await
    }

    async fn list_mentioned(&self, subject: &Subject, logins: &[String]) -> Result<Vec<(String, CommentId)>> {
        if logins.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::mentioned(subject, logins);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_mentioned).await
    }

    async fn count_line_comments(&self, place: KatoCode, year: i16) -> Result<Vec<(String, u64)>> {
        let (sql, args) = talk::line_counts(place, year);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_count).await
    }

    async fn count_comments(&self, subject: &Subject) -> Result<u64> {
        let (sql, args) = talk::count(subject);
        let client = self.client().await?;
        Ok(self.db(&client).row(&dollars(&sql), &args, talk::read_n).await?.unwrap_or_default())
    }

    async fn find_comment_trace(&self, id: CommentId) -> Result<Option<CommentTrace>> {
        let client = self.client().await?;
        self.db(&client).row(&dollars(talk::TRACE), &args![id.0], talk::read_trace).await
    }

    async fn list_comments_like(
        &self,
        pattern: Pattern,
        value: &str,
        since: Timestamp,
        limit: u16,
    ) -> Result<Vec<CommentId>> {
        let client = self.client().await?;
        let (sql, args) = (dollars(talk::like(pattern)), args![value, since, limit]);
        self.db(&client).rows(&sql, &args, |row| row.uuid().map(CommentId)).await
    }

    async fn list_comment_patterns(&self) -> Result<Vec<CommentPattern>> {
        let client = self.client().await?;
        self.db(&client).rows(talk::PATTERNS, &[], talk::read_pattern).await
    }

    async fn list_comments_by_id(&self, ids: &[CommentId]) -> Result<Vec<ModerationItem>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::by_id(ids);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, row::read_item).await
    }

    async fn list_comments_by_author(
        &self,
        author: AccountId,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>> {
        let (sql, args) = talk::by_author(author, (page, more(page)));
        let client = self.client().await?;
        self.db(&client)
            .page((&dollars(&sql), &args), page, row::read_item, |item| {
                cursor_at(item.comment.at, item.comment.id.0)
            })
            .await
    }

    async fn list_queue(
        &self,
        place: KatoCode,
        view: QueueView,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>> {
        let (sql, args) = talk::queue(place, view, (page, more(page)));
        let client = self.client().await?;
        self.db(&client)
            .page((&dollars(&sql), &args), page, row::read_item, move |item| {
                talk::queue_cursor(view, &item.comment)
            })
            .await
    }

    async fn count_queue(&self, place: KatoCode) -> Result<u64> {
        let (sql, args) = talk::queue_count(place);
        let client = self.client().await?;
        Ok(self.db(&client).row(&dollars(&sql), &args, talk::read_n).await?.unwrap_or_default())
    }

    async fn list_reports(&self, comments: &[CommentId]) -> Result<Vec<Report>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::reports(comments);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_report).await
    }

    async fn list_talk_records(&self, accounts: &[AccountId]) -> Result<Vec<Record>> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::records(accounts);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_record).await
    }

    async fn count_lately(
        &self,
        author: AccountId,
        wording: &str,
        since: (Timestamp, Timestamp),
    ) -> Result<Lately> {
        let args = args![author.0, since.0, wording, since.1];
        let client = self.client().await?;
        let found = self.db(&client).row(&dollars(talk::LATELY), &args, talk::read_lately).await?;
        Ok(found.unwrap_or_default())
    }

    async fn list_blocks_of(&self, account: AccountId) -> Result<Vec<Block>> {
        let (sql, args) = talk::blocks_of(account);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_block).await
    }

    async fn list_blocks(&self, place: KatoCode, at: Timestamp) -> Result<Vec<(Block, String)>> {
        let (sql, args) = talk::blocks(place, at);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_named_block).await
    }

    async fn list_moderation_acts(&self, comments: &[CommentId]) -> Result<Vec<ModerationAct>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::acts(comments);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_act).await
    }

    async fn list_moderation_batch(&self, batch: Uuid) -> Result<Vec<ModerationAct>> {
        let (sql, args) = talk::batch(batch);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_act).await
    }

    async fn list_moderation_counts(&self, place: Option<KatoCode>) -> Result<Vec<ModerationCount>> {
        let (sql, args) = talk::counts(place);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_moderation_count).await
    }

    async fn list_contests(&self, comments: &[CommentId]) -> Result<Vec<Contest>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::contests(comments);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_contest).await
    }

    async fn list_open_contests(&self, place: KatoCode) -> Result<Vec<Contest>> {
        let (sql, args) = talk::open_contests(place);
        let client = self.client().await?;
        self.db(&client).rows(&dollars(&sql), &args, talk::read_contest).await
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
         where exists (select 1 from projects where id = $1::uuid) and not exists
             (select 1 from discounted_marks where kind = 'project' and subject = $1::uuid and account = $2::uuid)
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
        None => {
            let sql = "select 1 from projects where id = $1";
            let kept = db.row(sql, &args![vote.project.0], |_| Ok(())).await?;
            Err(kept.map_or(Conflict::Missing("project"), |()| Conflict::Stale("rating")).into())
        }
        Some(()) => Ok(()),
    }
}

/// How many rows to ask for: one more than wanted.
fn more(page: &PageRequest) -> i64 {
    i64::from(page.limit()) + 1
}

/// A statement with the marks of this database.
pub(crate) fn dollars(sql: &str) -> String {
    sql.replace('?', "$")
}

async fn run(db: &Db<'_>, steps: &[talk::Step<'_>]) -> Result<()> {
    for (sql, args, untouched) in steps {
        if db.execute(&dollars(sql), args).await? > 0 {
            continue;
        }
        match untouched {
            talk::Untouched::Fine => {}
            talk::Untouched::Stop => return Ok(()),
            talk::Untouched::Refused(conflict) => return Err(conflict.clone().into()),
        }
    }
    Ok(())
}

/// [`akimat_storage::Change::AddComment`].
pub(crate) async fn add_comment(db: &Db<'_>, comment: &Comment, place: KatoCode) -> Result<()> {
    run(db, &talk::add(comment)).await?;
    db.execute(&INSERT, &row::comment_args(comment, place)).await.map(|_| ())
}

/// [`akimat_storage::Change::HideComment`] and, with `None`, [`akimat_storage::Change::ShowComment`].
pub(crate) async fn set_hidden(db: &Db<'_>, id: CommentId, hidden: Option<&Hidden>) -> Result<()> {
    run(db, &[talk::hide(id, hidden, None)]).await
}

/// [`akimat_storage::Change::Talk`].
pub(crate) async fn change_talk(db: &Db<'_>, change: &TalkChange) -> Result<()> {
    run(db, &talk::steps(change)).await
}
