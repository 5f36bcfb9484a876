//! Statements and columns of the conversation, for both databases: values are marked `?1`, `?2`; PostgreSQL writes a
//! dollar in place of the question mark.

pub mod step;

use super::participation::{COLUMNS, shared_digits};
use super::{Arg, Columns, after_number, instant_opt, odd, qualified};
use crate::participation::{CommentPattern, CommentTrace, ModerationCount, Pattern, QueueView};
use crate::{Cursor, Lately, PageRequest, Result, args};
use akimat_core::{AccountId, CommentId, KatoCode};
use akimat_participation::moderation::{ActKind, Block, Contest, ModerationAct, Report, Ruling};
use akimat_participation::talk::Record;
use akimat_participation::{Comment, Order, Reason, Subject};
use jiff::Timestamp;
use uuid::Uuid;

pub use step::{Step, Untouched, add, hide, steps};

/// A statement with its values.
pub type Statement<'a> = (String, Vec<Arg<'a>>);

/// Values of a list under construction, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Values<'a>(pub(super) Vec<Arg<'a>>);

impl<'a> Values<'a> {
    fn mark(&mut self, value: impl Into<Arg<'a>>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }

    fn marks(&mut self, ids: impl IntoIterator<Item = Uuid>) -> String {
        ids.into_iter().map(|id| self.mark(id)).collect::<Vec<_>>().join(", ")
    }
}

/// A comment with the territory and name of what it is about.
pub fn item() -> String {
    format!(
        "select {}, comments.place, coalesce(projects.title_kk, comments.about_kk, ''),
         coalesce(projects.title_ru, comments.about_ru, ''), coalesce(projects.title_en, comments.about_en, '')
         from comments left join projects on projects.id = comments.project_id",
        qualified("comments", COLUMNS)
    )
}

fn about<'a>(values: &mut Values<'a>, subject: &Subject) -> String {
    match subject {
        Subject::Project(id) => format!("comments.project_id = {}", values.mark(id.0)),
        _ => {
            let key = subject.key().unwrap_or_default();
            format!("comments.subject = {}", values.mark(key))
        }
    }
}

pub(super) fn within(values: &mut Values<'_>, place: KatoCode) -> String {
    let (divisor, digits) = shared_digits(place);
    let mark = values.mark(digits);
    match divisor {
        1 => format!("place = {mark}"),
        _ => format!("(place / {divisor}) = {mark}"),
    }
}

fn seen(values: &mut Values<'_>, viewer: Option<AccountId>) -> String {
    match viewer {
        Some(viewer) => format!("(waiting = 0 or author = {})", values.mark(viewer.0)),
        None => "waiting = 0".to_owned(),
    }
}

/// The numbers of a key of several, `1-12-1700000000000000`.
fn key_numbers(page: &PageRequest, n: usize) -> Option<(Vec<i64>, Uuid)> {
    let after = page.after.as_ref()?;
    let numbers: Vec<i64> = after.key.split('-').filter_map(|part| part.parse().ok()).collect();
    (numbers.len() == n).then_some((numbers, after.id))
}

const fn order_columns(order: Order) -> &'static [&'static str] {
    match order {
        Order::Newest => &["pinned", "at"],
        Order::Supported => &["pinned", "n_support", "at"],
        Order::Official => &["answered", "at"],
    }
}

/// The cursor of a conversation in an order.
pub fn thread_cursor(order: Order, comment: &Comment) -> Cursor {
    let talk = &comment.talk;
    let (pinned, answered) = (u8::from(talk.pinned), u8::from(talk.answered));
    let at = comment.at.as_microsecond();
    let key = match order {
        Order::Newest => format!("{pinned}-{at}"),
        Order::Supported => format!("{pinned}-{}-{at}", talk.n_support),
        Order::Official => format!("{answered}-{at}"),
    };
    Cursor { key, id: comment.id.0 }
}

/// Beginnings of conversations about a subject; `limit` is one more than wanted.
pub fn threads(
    subject: &Subject,
    order: Order,
    viewer: Option<AccountId>,
    (page, limit): (&PageRequest, i64),
) -> Statement<'static> {
    let mut values = Values::default();
    let limit = values.mark(limit);
    let about = about(&mut values, subject);
    let seen = seen(&mut values, viewer);
    let columns = order_columns(order);
    let after = match key_numbers(page, columns.len()) {
        None => String::new(),
        Some((numbers, id)) => {
            let marks: Vec<String> = numbers.into_iter().map(|n| values.mark(n)).collect();
            let id = values.mark(id);
            format!("and ({}, id) < ({}, {id})", columns.join(", "), marks.join(", "))
        }
    };
    let order: Vec<String> = columns.iter().map(|column| format!("{column} desc")).collect();
    let sql = format!(
        "select {COLUMNS} from comments where {about} and parent is null and {seen} {after}
         order by {}, id desc limit {limit}",
        order.join(", ")
    );
    (sql, values.0)
}

/// Answers in conversations, at most so many of each; those of offices are among them.
pub fn replies(threads: &[CommentId], each: u16, viewer: Option<AccountId>) -> Statement<'static> {
    let mut values = Values::default();
    let each = values.mark(i64::from(each));
    let seen = seen(&mut values, viewer);
    // One part a conversation, so that a long one costs no more than a short one.
    let parts: Vec<String> = threads
        .iter()
        .enumerate()
        .map(|(at, thread)| {
            let thread = values.mark(thread.0);
            format!(
                "select {COLUMNS} from (select {COLUMNS} from comments where thread = {thread} and parent is not null
                 and {seen} order by pinned desc, at, id limit {each}) part{at}"
            )
        })
        .collect();
    let sql = format!("select {COLUMNS} from ({}) picked order by at, id", parts.join(" union all "));
    (sql, values.0)
}

/// Which of these a person supports.
pub fn supported(account: AccountId, comments: &[CommentId]) -> Statement<'static> {
    let mut values = Values::default();
    let account = values.mark(account.0);
    let marks = values.marks(comments.iter().map(|id| id.0));
    (
        format!("select comment from comment_supports where account = {account} and comment in ({marks})"),
        values.0,
    )
}

/// Comments of people with these logins about a subject, newest first.
pub fn mentioned(subject: &Subject, logins: &[String]) -> Statement<'static> {
    let mut values = Values::default();
    let about = about(&mut values, subject);
    let logins: Vec<String> = logins.iter().map(|login| values.mark(login.clone())).collect();
    let sql = format!(
        "select accounts.login, comments.id from accounts join comments on comments.author = accounts.id
         where {about} and accounts.login in ({}) and waiting = 0 and hidden_at is null and removed_at is null
         order by comments.at desc limit 200",
        logins.join(", ")
    );
    (sql, values.0)
}

/// Keys of lines of a territory and year with the number of comments.
pub fn line_counts(place: KatoCode, year: i16) -> Statement<'static> {
    let sql = "select subject, count(*) from comments where subject >= ?1 and subject < ?2 and waiting = 0
         group by subject order by subject";
    // The sign after the hyphen is the full stop.
    (sql.to_owned(), args![format!("line:{place}-{year}-"), format!("line:{place}-{year}.")].into())
}

/// How many comments there are about a subject.
pub fn count(subject: &Subject) -> Statement<'static> {
    let mut values = Values::default();
    let about = about(&mut values, subject);
    (format!("select count(*) from comments where {about} and waiting = 0"), values.0)
}

/// These comments.
pub fn by_id(ids: &[CommentId]) -> Statement<'static> {
    let mut values = Values::default();
    let marks = values.marks(ids.iter().map(|id| id.0));
    (format!("{} where comments.id in ({marks}) order by comments.id", item()), values.0)
}

/// What a comment has in common with others.
pub const TRACE: &str = "select comment, address, device, at from comment_traces where comment = ?1";

/// A trace out of [`TRACE`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else, as in every function here.
pub fn read_trace(row: &mut Columns<'_>) -> Result<CommentTrace> {
    let comment = CommentId(row.uuid()?);
    Ok(CommentTrace { comment, address: row.string()?, device: row.string()?, at: row.instant()? })
}

/// Comments that have something in common: value, instant, limit.
pub const fn like(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Address => {
            "select comment from comment_traces where address = ?1 and at >= ?2 order by at desc, comment limit ?3"
        }
        Pattern::Device => {
            "select comment from comment_traces where device = ?1 and at >= ?2 order by at desc, comment limit ?3"
        }
        Pattern::Wording => {
            "select id from comments where wording = ?1 and wording <> '' and at >= ?2 order by at desc, id limit ?3"
        }
    }
}

/// What was hidden by patterns.
pub const PATTERNS: &str = "select batch, pattern, place, n, month, at, undone_at from comment_patterns order by at desc, batch limit 1000";

/// A row of [`PATTERNS`].
///
/// # Errors
/// See [`read_trace`].
pub fn read_pattern(row: &mut Columns<'_>) -> Result<CommentPattern> {
    Ok(CommentPattern {
        batch: row.uuid()?,
        pattern: row.code(Pattern::parse)?,
        place: row.kato()?,
        n: row.int()?,
        month: row.string()?,
        at: row.instant()?,
        undone_at: instant_opt(row)?,
    })
}

/// Comments of a person, newest first.
pub fn by_author(author: AccountId, (page, limit): (&PageRequest, i64)) -> Statement<'static> {
    let mut values = Values::default();
    let limit = values.mark(limit);
    let author = values.mark(author.0);
    let after = match after_number(page) {
        None => String::new(),
        Some((at, id)) => {
            let (at, id) = (values.mark(at), values.mark(id));
            format!("and (comments.at, comments.id) < ({at}, {id})")
        }
    };
    let sql = format!(
        "{} where comments.author = {author} {after} order by comments.at desc, comments.id desc limit {limit}",
        item()
    );
    (sql, values.0)
}

/// What a moderator should look at.
pub fn queue(place: KatoCode, view: QueueView, (page, limit): (&PageRequest, i64)) -> Statement<'static> {
    let mut values = Values::default();
    let limit = values.mark(limit);
    let within = within(&mut values, place).replace("place", "comments.place");
    let (filter, column) = match view {
        QueueView::Queue => ("comments.queued_at is not null", "comments.queued_at"),
        QueueView::Repeats => (
            "comments.wording <> '' and comments.hidden_at is null and exists (select 1 from comments other
             where other.wording = comments.wording and other.wording <> '' and other.id <> comments.id)",
            "comments.wording",
        ),
    };
    let after = match (view, page.after.as_ref(), after_number(page)) {
        (QueueView::Queue, _, Some((at, id))) => Some((values.mark(at), values.mark(id))),
        (QueueView::Repeats, Some(after), _) => Some((values.mark(after.key.clone()), values.mark(after.id))),
        _ => None,
    };
    let after =
        after.map_or_else(String::new, |(key, id)| format!("and ({column}, comments.id) > ({key}, {id})"));
    let sql = format!(
        "{} where {within} and {filter} {after} order by {column}, comments.id limit {limit}",
        item()
    );
    (sql, values.0)
}

/// The cursor of the queue.
pub fn queue_cursor(view: QueueView, comment: &Comment) -> Cursor {
    let key = match view {
        QueueView::Queue => comment.talk.queued_at.map_or(0, Timestamp::as_microsecond).to_string(),
        QueueView::Repeats => comment.talk.wording.clone(),
    };
    Cursor { key, id: comment.id.0 }
}

/// How long the queue is.
pub fn queue_count(place: KatoCode) -> Statement<'static> {
    let mut values = Values::default();
    let within = within(&mut values, place);
    (format!("select count(*) from comments where {within} and queued_at is not null"), values.0)
}

/// What people have said so far.
pub fn records(accounts: &[AccountId]) -> Statement<'static> {
    let mut values = Values::default();
    let marks = values.marks(accounts.iter().map(|id| id.0));
    let sql = format!(
        "select author, sum(case when hidden_at is null and removed_at is null and waiting = 0 then 1 else 0 end),
         sum(case when hidden_at is not null then 1 else 0 end), min(at)
         from comments where author in ({marks}) group by author order by author"
    );
    (sql, values.0)
}

/// How much was said lately.
pub const LATELY: &str = "select (select count(*) from comments where author = ?1 and at >= ?2),
     (select count(*) from comments where author = ?1 and wording = ?3 and wording <> '' and at >= ?4),
     (select count(*) from comments where wording = ?3 and wording <> '' and at >= ?4)";

/// What [`read_report`] reads.
const REPORT: &str = "comment, account, reason, words, at, weighs";
/// What [`read_act`] reads.
const ACT: &str = "id, comment, about, place, kind, code, words, act_by, at, month, batch";
/// What [`read_block`] reads.
const BLOCK: &str = "id, account, place, since, until, hides, code, words, block_by, ended_at";
/// What [`read_contest`] reads.
const CONTEST: &str = "comment, account, place, words, at, against, ruled_at, ruled_by, granted, ruling";

pub(super) fn of_comments(
    columns: &str,
    table: &str,
    order: &str,
    comments: &[CommentId],
) -> Statement<'static> {
    let mut values = Values::default();
    let marks = values.marks(comments.iter().map(|id| id.0));
    (format!("select {columns} from {table} where comment in ({marks}) order by {order}"), values.0)
}

/// Reports on comments.
pub fn reports(comments: &[CommentId]) -> Statement<'static> {
    of_comments(REPORT, "comment_reports", "at, account", comments)
}

/// Acts on comments.
pub fn acts(comments: &[CommentId]) -> Statement<'static> {
    of_comments(ACT, "moderation_acts", "at desc, id desc", comments)
}

/// Contests of comments.
pub fn contests(comments: &[CommentId]) -> Statement<'static> {
    of_comments(CONTEST, "comment_contests", "at, comment", comments)
}

/// Acts that were done together.
pub fn batch(id: Uuid) -> Statement<'static> {
    (format!("select {ACT} from moderation_acts where batch = ?1 order by at, id"), args![id].into())
}

/// Contests that nobody has decided.
pub fn open_contests(place: KatoCode) -> Statement<'static> {
    let mut values = Values::default();
    let within = within(&mut values, place);
    let sql = format!(
        "select {CONTEST} from comment_contests where ruled_at is null and {within} order by at, comment limit 200"
    );
    (sql, values.0)
}

/// How often moderators did what.
pub fn counts(place: Option<KatoCode>) -> Statement<'static> {
    let mut values = Values::default();
    let within = place.map_or_else(|| "1 = 1".to_owned(), |place| within(&mut values, place));
    let sql = format!(
        "select month, kind, code, count(*) from moderation_acts where {within}
         group by month, kind, code order by month desc, kind, code"
    );
    (sql, values.0)
}

/// Blocks of a person.
pub fn blocks_of(account: AccountId) -> Statement<'static> {
    let sql = format!(
        "select {BLOCK} from comment_blocks where account = ?1 order by since desc, id desc limit 200"
    );
    (sql, args![account.0].into())
}

/// Blocks that hold, with the names of the people.
pub fn blocks(place: KatoCode, at: Timestamp) -> Statement<'static> {
    let mut values = Values::default();
    let within = within(&mut values, place).replace("place", "comment_blocks.place");
    let at = values.mark(at);
    let sql = format!(
        "select {}, coalesce(accounts.display_name, '') from comment_blocks
         left join accounts on accounts.id = comment_blocks.account
         where {within} and ended_at is null and since <= {at} and (until is null or until > {at})
         order by since desc, comment_blocks.id desc limit 200",
        qualified("comment_blocks", BLOCK)
    );
    (sql, values.0)
}

/// An identifier of a comment out of the only column.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the column holds something else, as in every function below.
pub fn read_id(row: &mut Columns<'_>) -> Result<CommentId> {
    Ok(CommentId(row.uuid()?))
}

/// A login and an identifier.
///
/// # Errors
/// See [`read_id`].
pub fn read_mentioned(row: &mut Columns<'_>) -> Result<(String, CommentId)> {
    Ok((row.string()?, CommentId(row.uuid()?)))
}

/// A key and a number.
///
/// # Errors
/// See [`read_id`].
pub fn read_count(row: &mut Columns<'_>) -> Result<(String, u64)> {
    Ok((row.string()?, row.int()?))
}

/// A number.
///
/// # Errors
/// See [`read_id`].
pub fn read_n(row: &mut Columns<'_>) -> Result<u64> {
    row.int()
}

/// What a person has said so far.
///
/// # Errors
/// See [`read_id`].
pub fn read_record(row: &mut Columns<'_>) -> Result<Record> {
    Ok(Record {
        account: Some(AccountId(row.uuid()?)),
        n_shown: row.int()?,
        n_hidden: row.int()?,
        first_at: instant_opt(row)?,
    })
}

/// What was said lately.
///
/// # Errors
/// See [`read_id`].
pub fn read_lately(row: &mut Columns<'_>) -> Result<Lately> {
    Ok(Lately { n_own: row.int()?, n_same_own: row.int()?, n_same: row.int()? })
}

/// A report.
///
/// # Errors
/// See [`read_id`].
pub fn read_report(row: &mut Columns<'_>) -> Result<Report> {
    Ok(Report {
        comment: CommentId(row.uuid()?),
        account: AccountId(row.uuid()?),
        reason: row.code(Reason::parse)?,
        words: row.string()?,
        at: row.instant()?,
        weighs: row.int::<i64>()? != 0,
    })
}

/// An act.
///
/// # Errors
/// See [`read_id`].
pub fn read_act(row: &mut Columns<'_>) -> Result<ModerationAct> {
    Ok(ModerationAct {
        id: row.uuid()?,
        comment: row.uuid_opt()?.map(CommentId),
        about: row.uuid_opt()?.map(AccountId),
        place: row.kato()?,
        kind: row.code(ActKind::parse)?,
        code: Reason::parse(&row.string()?),
        words: row.string()?,
        by: row.uuid_opt()?.map(AccountId),
        at: row.instant()?,
        month: row.string()?,
        batch: row.uuid_opt()?,
    })
}

/// A block.
///
/// # Errors
/// See [`read_id`].
pub fn read_block(row: &mut Columns<'_>) -> Result<Block> {
    Ok(Block {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        place: row.kato()?,
        since: row.instant()?,
        until: instant_opt(row)?,
        hides: row.int::<i64>()? != 0,
        code: row.code(Reason::parse)?,
        words: row.string()?,
        by: row.uuid_opt()?.map(AccountId),
        ended_at: instant_opt(row)?,
    })
}

/// A block and the name of the person.
///
/// # Errors
/// See [`read_id`].
pub fn read_named_block(row: &mut Columns<'_>) -> Result<(Block, String)> {
    Ok((read_block(row)?, row.string()?))
}

/// A contest.
///
/// # Errors
/// See [`read_id`].
pub fn read_contest(row: &mut Columns<'_>) -> Result<Contest> {
    let mut contest = Contest {
        comment: CommentId(row.uuid()?),
        account: AccountId(row.uuid()?),
        place: row.kato()?,
        words: row.string()?,
        at: row.instant()?,
        against: row.uuid_opt()?.map(AccountId),
        ruling: None,
    };
    let at = instant_opt(row)?;
    let by = row.uuid_opt()?.map(AccountId);
    let (granted, words) = (row.int_opt()?.is_some_and(|n| n != 0), row.string_opt()?);
    contest.ruling = at.map(|at| Ruling { by, at, granted, words: words.unwrap_or_default() });
    Ok(contest)
}

/// How often something was done.
///
/// # Errors
/// See [`read_id`].
pub fn read_moderation_count(row: &mut Columns<'_>) -> Result<ModerationCount> {
    Ok(ModerationCount {
        month: row.string()?,
        kind: row.code(ActKind::parse).map_err(|_| odd("an act of no kind"))?,
        code: Reason::parse(&row.string()?),
        n: row.int()?,
    })
}
