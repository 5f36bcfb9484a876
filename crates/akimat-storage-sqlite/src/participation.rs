//! Comments and ratings.

use crate::SqliteStore;
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
    LazyLock::new(|| format!("insert into comments ({}) values ({})", row::STORED, marks('?', row::STORED)));
static OF_PROJECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from comments where project_id = ?2 and waiting = 0 {{after}} order by at desc, id desc limit ?1",
        row::COLUMNS
    )
});
/// A comment with the territory and name of what it is about.
static ITEM: LazyLock<String> = LazyLock::new(talk::item);

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

    async fn list_threads(
        &self,
        subject: &Subject,
        order: Order,
        viewer: Option<AccountId>,
        page: &PageRequest,
    ) -> Result<Page<Comment>> {
        let page = page.clone();
        let (sql, args) = talk::threads(subject, order, viewer, (&page, more(&page)));
        self.read(move |db| {
            db.page((&sql, &args), &page, row::read_comment, move |comment| {
                talk::thread_cursor(order, comment)
            })
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
        self.read(move |db| db.rows(&sql, &args, row::read_comment)).await
    }

    async fn list_supported(&self, account: AccountId, comments: &[CommentId]) -> Result<Vec<CommentId>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::supported(account, comments);
        self.read(move |db| db.rows(&sql, &args, talk::read_id)).await
    }

    async fn list_mentioned(&self, subject: &Subject, logins: &[String]) -> Result<Vec<(String, CommentId)>> {
        if logins.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::mentioned(subject, logins);
        self.read(move |db| db.rows(&sql, &args, talk::read_mentioned)).await
    }

    async fn count_line_comments(&self, place: KatoCode, year: i16) -> Result<Vec<(String, u64)>> {
        let (sql, args) = talk::line_counts(place, year);
        self.read(move |db| db.rows(&sql, &args, talk::read_count)).await
    }

    async fn count_comments(&self, subject: &Subject) -> Result<u64> {
        let (sql, args) = talk::count(subject);
        Ok(self.read(move |db| db.row(&sql, &args, talk::read_n)).await?.unwrap_or_default())
    }

    async fn find_comment_trace(&self, id: CommentId) -> Result<Option<CommentTrace>> {
        self.read(move |db| db.row(talk::TRACE, &args![id.0], talk::read_trace)).await
    }

    async fn list_comments_like(
        &self,
        pattern: Pattern,
        value: &str,
        since: Timestamp,
        limit: u16,
    ) -> Result<Vec<CommentId>> {
        let value = value.to_owned();
        self.read(move |db| {
            let args = args![value.as_str(), since, limit];
            db.rows(talk::like(pattern), &args, |row| row.uuid().map(CommentId))
        })
        .await
    }

    async fn list_comment_patterns(&self) -> Result<Vec<CommentPattern>> {
        self.read(move |db| db.rows(talk::PATTERNS, &[], talk::read_pattern)).await
    }

    async fn list_comments_by_id(&self, ids: &[CommentId]) -> Result<Vec<ModerationItem>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::by_id(ids);
        self.read(move |db| db.rows(&sql, &args, row::read_item)).await
    }

    async fn list_comments_by_author(
        &self,
        author: AccountId,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>> {
        let page = page.clone();
        let (sql, args) = talk::by_author(author, (&page, more(&page)));
        self.read(move |db| {
            db.page((&sql, &args), &page, row::read_item, |item| {
                cursor_at(item.comment.at, item.comment.id.0)
            })
        })
        .await
    }

    async fn list_queue(
        &self,
        place: KatoCode,
        view: QueueView,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>> {
        let page = page.clone();
        let (sql, args) = talk::queue(place, view, (&page, more(&page)));
        self.read(move |db| {
            db.page((&sql, &args), &page, row::read_item, move |item| talk::queue_cursor(view, &item.comment))
        })
        .await
    }

    async fn count_queue(&self, place: KatoCode) -> Result<u64> {
        let (sql, args) = talk::queue_count(place);
        Ok(self.read(move |db| db.row(&sql, &args, talk::read_n)).await?.unwrap_or_default())
    }

    async fn list_reports(&self, comments: &[CommentId]) -> Result<Vec<Report>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::reports(comments);
        self.read(move |db| db.rows(&sql, &args, talk::read_report)).await
    }

    async fn list_talk_records(&self, accounts: &[AccountId]) -> Result<Vec<Record>> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::records(accounts);
        self.read(move |db| db.rows(&sql, &args, talk::read_record)).await
    }

    async fn count_lately(
        &self,
        author: AccountId,
        wording: &str,
        since: (Timestamp, Timestamp),
    ) -> Result<Lately> {
        let args = args![author.0, since.0, wording.to_owned(), since.1];
        Ok(self.read(move |db| db.row(talk::LATELY, &args, talk::read_lately)).await?.unwrap_or_default())
    }

    async fn list_blocks_of(&self, account: AccountId) -> Result<Vec<Block>> {
        let (sql, args) = talk::blocks_of(account);
        self.read(move |db| db.rows(&sql, &args, talk::read_block)).await
    }

    async fn list_blocks(&self, place: KatoCode, at: Timestamp) -> Result<Vec<(Block, String)>> {
        let (sql, args) = talk::blocks(place, at);
        self.read(move |db| db.rows(&sql, &args, talk::read_named_block)).await
    }

    async fn list_moderation_acts(&self, comments: &[CommentId]) -> Result<Vec<ModerationAct>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::acts(comments);
        self.read(move |db| db.rows(&sql, &args, talk::read_act)).await
    }

    async fn list_moderation_batch(&self, batch: Uuid) -> Result<Vec<ModerationAct>> {
        let (sql, args) = talk::batch(batch);
        self.read(move |db| db.rows(&sql, &args, talk::read_act)).await
    }

    async fn list_moderation_counts(&self, place: Option<KatoCode>) -> Result<Vec<ModerationCount>> {
        let (sql, args) = talk::counts(place);
        self.read(move |db| db.rows(&sql, &args, talk::read_moderation_count)).await
    }

    async fn list_contests(&self, comments: &[CommentId]) -> Result<Vec<Contest>> {
        if comments.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = talk::contests(comments);
        self.read(move |db| db.rows(&sql, &args, talk::read_contest)).await
    }

    async fn list_open_contests(&self, place: KatoCode) -> Result<Vec<Contest>> {
        let (sql, args) = talk::open_contests(place);
        self.read(move |db| db.rows(&sql, &args, talk::read_contest)).await
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
         select ?1, ?2, ?3, ?4, null, ?5 where exists (select 1 from projects where id = ?1) and not exists
             (select 1 from discounted_marks where kind = 'project' and subject = ?1 and account = ?2)
         on conflict (project_id, account_id)
         do update set previous = value, value = excluded.value, rated_at = excluded.rated_at
         returning previous";
    let args = args![vote.project.0, vote.account.0, vote.place, vote.rating.value(), vote.at];
    let stored = db.row(sql, &args, |row| {
        Ok(row.int_opt()?.and_then(|value| u8::try_from(value).ok()).and_then(Rating::new))
    })?;
    let Some(previous) = stored else {
        let kept = db.row("select 1 from projects where id = ?1", &args![vote.project.0], |_| Ok(()))?;
        return Err(kept.map_or(Conflict::Missing("project"), |()| Conflict::Stale("rating")).into());
    };
    let Some([n1, n2, n3, n4, n5]) = row::deltas(vote.rating, previous) else { return Ok(()) };
    db.execute(
        "insert into rating_counts (project_id, n1, n2, n3, n4, n5) values (?1, ?2, ?3, ?4, ?5, ?6)
         on conflict (project_id) do update set n1 = n1 + excluded.n1, n2 = n2 + excluded.n2,
             n3 = n3 + excluded.n3, n4 = n4 + excluded.n4, n5 = n5 + excluded.n5",
        &args![vote.project.0, n1, n2, n3, n4, n5],
    )?;
    Ok(())
}

/// How many rows to ask for: one more than wanted.
fn more(page: &PageRequest) -> i64 {
    i64::from(page.limit()) + 1
}

fn run(db: &Db, steps: &[talk::Step<'_>]) -> Result<()> {
    for (sql, args, untouched) in steps {
        if db.execute(sql, args)? > 0 {
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
pub(crate) fn add_comment(db: &Db, comment: &Comment, place: KatoCode) -> Result<()> {
    run(db, &talk::add(comment))?;
    db.execute(&INSERT, &row::comment_args(comment, place)).map(|_| ())
}

/// [`akimat_storage::Change::HideComment`] and, with `None`, [`akimat_storage::Change::ShowComment`].
pub(crate) fn set_hidden(db: &Db, id: CommentId, hidden: Option<&Hidden>) -> Result<()> {
    run(db, &[talk::hide(id, hidden, None)])
}

/// [`akimat_storage::Change::Talk`].
pub(crate) fn change_talk(db: &Db, change: &TalkChange) -> Result<()> {
    run(db, &talk::steps(change))
}
