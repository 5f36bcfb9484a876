//! Statements and columns of discounted marks, for both databases: values are marked `?1`, `?2`; PostgreSQL writes a dollar
//! in place of the question mark, and one part of the counts of votes in place of [`ONE_PART`].

use super::talk::step::Untouched;
use super::talk::{Statement, Values, within};
use super::{Arg, Columns, instant_opt};
use crate::discount::{CountedMark, Discount, DiscountChange, DiscountContest, MarkKind, Marked};
use crate::participation::Pattern;
use crate::{Conflict, Result, args};
use akimat_core::{AccountId, KatoCode};
use akimat_participation::Reason;
use akimat_participation::moderation::Ruling;
use jiff::Timestamp;
use uuid::Uuid;

/// Where a database keeps the counts of a project in parts: one of them is meant.
pub const ONE_PART: &str = "/* one part */";
/// Where a database with several writers locks the vote that is taken out.
pub const LOCKED: &str = "/* locked */";

const DISCOUNT: &str = "batch, kind, subject, pattern, place, code, words, n, made_by, month, at, undone_at";
/// Discounts with how many marks they keep from being counted now.
const DISCOUNTS: &str =
    "select batch, kind, subject, pattern, place, code, words, n, made_by, month, at, undone_at,
     (select count(*) from discounted_marks m where m.batch = discounts.batch) from discounts";
/// Whose marks a discount took out.
pub const OF_BATCH: &str = "select account from discounted_marks where batch = ?1 order by account";
/// Which discount took out a mark: kind, subject, account.
pub const BY: &str = "select batch from discounted_marks where kind = ?1 and subject = ?2 and account = ?3";
/// Contests of the discounts of a subject: kind, subject.
pub const CONTESTS: &str =
    "select c.batch, c.account, c.words, c.at, c.against, c.ruled_at, c.ruled_by, c.granted,
     c.ruling from discount_contests c join discounts d on d.batch = c.batch
     where d.kind = ?1 and d.subject = ?2 order by c.at, c.account";
/// A mark is counted, and no contest about it was granted.
const COUNTED: &str = "not exists (select 1 from discounted_marks m
         where m.kind = ?1 and m.subject = ?2 and m.account = s.account)
     and not exists (select 1 from discount_contests c join discounts d on d.batch = c.batch
         where d.kind = ?1 and d.subject = ?2 and c.account = s.account and c.granted = 1)";

/// Every mark on the subject `?2`: account and value.
const fn marks_of(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Comment => "select account, 0 as value from comment_supports where comment = ?2",
        MarkKind::Project => "select account_id as account, value from ratings where project_id = ?2",
        MarkKind::Proposal => {
            "select account, 0 as value from proposal_people where proposal = ?2 and tie = 'supporter'"
        }
    }
}

/// Marks that are counted and may have something in common: kind, subject, instant.
pub fn marks(marked: Marked, pattern: Pattern, since: Timestamp) -> Statement<'static> {
    let all = marks_of(marked.kind);
    let sql = match pattern {
        Pattern::Address | Pattern::Device => format!(
            "select t.{}, s.account, s.value, t.at from mark_traces t join ({all}) s on s.account = t.account
             where t.kind = ?1 and t.subject = ?2 and t.at >= ?3 and {COUNTED} order by t.at, t.account limit 5000",
            pattern.code()
        ),
        Pattern::Wording => format!(
            "with said as (select distinct c.wording, s.account, s.value from ({all}) s
                 join comments c on c.author = s.account where c.wording <> '' and c.at >= ?3 and {COUNTED})
             select wording, account, value, cast(null as bigint) from said
             where wording in (select wording from said group by wording having count(*) > 1)
             order by wording, account limit 5000"
        ),
    };
    (sql, args![marked.kind.code(), marked.subject, since].into())
}

/// How many marks on each subject are not counted.
pub fn counts(kind: MarkKind, subjects: &[Uuid]) -> Statement<'static> {
    let mut args = args![kind.code()].to_vec();
    let mut marks = Vec::with_capacity(subjects.len());
    for subject in subjects {
        args.push((*subject).into());
        marks.push(format!("?{}", args.len()));
    }
    let sql = format!(
        "select subject, count(*) from discounted_marks where kind = ?1 and subject in ({}) group by subject",
        marks.join(", ")
    );
    (sql, args)
}

/// Discounts of a subject.
pub fn of(marked: Marked) -> Statement<'static> {
    let sql = format!("{DISCOUNTS} where kind = ?1 and subject = ?2 order by at desc, batch limit 1000");
    (sql, args![marked.kind.code(), marked.subject].into())
}

/// Discounts that hit a mark of a person, or that the person contested.
pub fn against(account: AccountId) -> Statement<'static> {
    let sql = format!(
        "{DISCOUNTS} where batch in (select batch from discounted_marks where account = ?1
             union select batch from discount_contests where account = ?1) order by at desc, batch limit 200"
    );
    (sql, args![account.0].into())
}

/// Every discount.
pub fn all() -> Statement<'static> {
    (format!("{DISCOUNTS} order by at desc, batch limit 1000"), Vec::new())
}

/// One discount.
pub fn one(batch: Uuid) -> Statement<'static> {
    (format!("{DISCOUNTS} where batch = ?1"), args![batch].into())
}

/// Discounts that somebody contests and nobody has decided about.
pub fn contested(place: KatoCode) -> Statement<'static> {
    let mut values = Values::default();
    let within = within(&mut values, place);
    let sql = format!(
        "{DISCOUNTS} where {within} and undone_at is null and batch in
         (select batch from discount_contests where ruled_at is null) order by at, batch limit 200"
    );
    (sql, values.0)
}

const fn take(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Comment => {
            "insert into discounted_marks (kind, subject, account, batch, value)
             select 'comment', comment, account, ?3, 0 from comment_supports where comment = ?1 and account = ?2
             on conflict (kind, subject, account) do nothing"
        }
        MarkKind::Project => {
            "insert into discounted_marks (kind, subject, account, batch, value)
             select 'project', project_id, account_id, ?3, value from ratings
             where project_id = ?1 and account_id = ?2 /* locked */
             on conflict (kind, subject, account) do nothing"
        }
        MarkKind::Proposal => {
            "insert into discounted_marks (kind, subject, account, batch, value)
             select 'proposal', proposal, account, ?3, 0 from proposal_people
             where proposal = ?1 and account = ?2 and tie = 'supporter'
             on conflict (kind, subject, account) do nothing"
        }
    }
}

const TAKEN: &str =
    "exists (select 1 from discounted_marks where kind = 'KIND' and subject = ?1 and account = ?2
     and batch = ?3 and value = N)";

/// The statement that adds to or takes from the counts what the mark of a person is worth.
fn counted(kind: MarkKind, sign: char) -> String {
    let exists = |n: u8| TAKEN.replace("KIND", kind.code()).replace('N', &n.to_string());
    match kind {
        MarkKind::Comment | MarkKind::Proposal => {
            let table = if kind == MarkKind::Comment { "comments" } else { "proposals" };
            format!("update {table} set n_support = n_support {sign} 1 where id = ?1 and {}", exists(0))
        }
        MarkKind::Project => {
            let column = |n: u8| format!("n{n} = n{n} {sign} (case when {} then 1 else 0 end)", exists(n));
            let columns: Vec<String> = (1..=5).map(column).collect();
            format!("update rating_counts set {} where project_id = ?1 {ONE_PART}", columns.join(", "))
        }
    }
}

/// A statement with its values, and what an untouched row means.
pub type Owned<'a> = (String, Vec<Arg<'a>>, Untouched);

/// The statements of a change.
pub fn steps(change: &DiscountChange) -> Vec<Owned<'_>> {
    match change {
        DiscountChange::Trace(trace) => {
            let sql = "insert into mark_traces (kind, subject, account, address, device, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (kind, subject, account)
                 do update set address = excluded.address, device = excluded.device, at = excluded.at";
            let args = args![
                trace.marked.kind.code(),
                trace.marked.subject,
                trace.account.0,
                trace.address.as_str(),
                trace.device.as_str(),
                trace.at
            ];
            vec![(sql.to_owned(), args.into(), Untouched::Fine)]
        }
        DiscountChange::Make(made) => {
            let sql = format!(
                "insert into discounts ({DISCOUNT}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, null)"
            );
            let args = args![
                made.batch,
                made.marked.kind.code(),
                made.marked.subject,
                made.pattern.code(),
                made.place,
                made.code.code(),
                made.words.as_str(),
                made.n,
                made.by.map(|account| account.0),
                made.month.as_str(),
                made.at
            ];
            vec![(sql, args.into(), Untouched::Fine)]
        }
        DiscountChange::Mark(marked, account, batch) => {
            let args = || args![marked.subject, account.0, *batch].to_vec();
            vec![
                (take(marked.kind).to_owned(), args(), Untouched::Stop),
                (counted(marked.kind, '-'), args(), Untouched::Fine),
            ]
        }
        DiscountChange::Recount(marked, account, batch) => {
            let args = || args![marked.subject, account.0, *batch].to_vec();
            let kind = marked.kind.code();
            let gone = format!(
                "delete from discounted_marks where kind = '{kind}' and subject = ?1 and account = ?2 and batch = ?3"
            );
            vec![(counted(marked.kind, '+'), args(), Untouched::Fine), (gone, args(), Untouched::Fine)]
        }
        DiscountChange::Undo(batch, at) => {
            let sql = "update discounts set undone_at = ?2 where batch = ?1 and undone_at is null";
            let missing = Untouched::Refused(Conflict::Missing("discount"));
            vec![(sql.to_owned(), args![*batch, *at].into(), missing)]
        }
        DiscountChange::Contest(_) | DiscountChange::Rule(..) => contest_step(change).into_iter().collect(),
    }
}

/// The statement of a contest, or of a ruling on it.
fn contest_step(change: &DiscountChange) -> Option<Owned<'_>> {
    match change {
        DiscountChange::Contest(contest) => {
            let sql = "insert into discount_contests (batch, account, words, at, against)
                 values (?1, ?2, ?3, ?4, ?5) on conflict (batch, account) do nothing";
            let args = args![
                contest.batch,
                contest.account.0,
                contest.words.as_str(),
                contest.at,
                contest.against.map(|account| account.0)
            ];
            Some((sql.to_owned(), args.into(), Untouched::Refused(Conflict::Exists("contest"))))
        }
        DiscountChange::Rule(batch, account, ruling) => {
            let sql = "update discount_contests set ruled_at = ?3, ruled_by = ?4, granted = ?5, ruling = ?6
                 where batch = ?1 and account = ?2 and ruled_at is null";
            let args = args![
                *batch,
                account.0,
                ruling.at,
                ruling.by.map(|account| account.0),
                i64::from(ruling.granted),
                ruling.words.as_str()
            ];
            Some((sql.to_owned(), args.into(), Untouched::Refused(Conflict::Stale("contest"))))
        }
        _ => None,
    }
}

/// A mark out of [`marks`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else, as in every function here.
pub fn read_mark(row: &mut Columns<'_>) -> Result<CountedMark> {
    Ok(CountedMark {
        common: row.string()?,
        account: AccountId(row.uuid()?),
        value: row.int()?,
        at: instant_opt(row)?,
    })
}

/// A contest out of [`CONTESTS`].
///
/// # Errors
/// See [`read_mark`].
pub fn read_contest(row: &mut Columns<'_>) -> Result<DiscountContest> {
    let (batch, account) = (row.uuid()?, AccountId(row.uuid()?));
    let (words, at, against) = (row.string()?, row.instant()?, row.uuid_opt()?.map(AccountId));
    let ruled_at = instant_opt(row)?;
    let by = row.uuid_opt()?.map(AccountId);
    let (granted, said) = (row.int_opt()?.is_some_and(|n| n != 0), row.string_opt()?);
    let ruling = ruled_at.map(|at| Ruling { by, at, granted, words: said.unwrap_or_default() });
    Ok(DiscountContest { batch, account, words, at, against, ruling })
}

/// A subject and a number.
///
/// # Errors
/// See [`read_mark`].
pub fn read_count(row: &mut Columns<'_>) -> Result<(Uuid, u64)> {
    Ok((row.uuid()?, row.int()?))
}

/// A discount.
///
/// # Errors
/// See [`read_mark`].
pub fn read(row: &mut Columns<'_>) -> Result<Discount> {
    let batch = row.uuid()?;
    let marked = Marked { kind: row.code(MarkKind::parse)?, subject: row.uuid()? };
    Ok(Discount {
        batch,
        marked,
        pattern: row.code(Pattern::parse)?,
        place: row.kato()?,
        code: row.code(Reason::parse)?,
        words: row.string()?,
        n: row.int()?,
        by: row.uuid_opt()?.map(AccountId),
        month: row.string()?,
        at: row.instant()?,
        undone_at: instant_opt(row)?,
        n_now: row.int()?,
    })
}
