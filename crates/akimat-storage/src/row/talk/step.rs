//! The statements of changes of the conversation.

use crate::participation::TalkChange;
use crate::row::comment_file;
use crate::row::participation::queue_codes;
use crate::row::{Arg, to_json};
use crate::{Conflict, args};
use akimat_core::CommentId;
use akimat_participation::moderation::{Block, Contest, ModerationAct};
use akimat_participation::{Comment, Reason};
use jiff::Timestamp;

/// What an untouched row means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untouched {
    /// Nothing.
    Fine,
    /// What follows is left out.
    Stop,
    /// The change does not fit.
    Refused(Conflict),
}

/// One statement of a change.
pub type Step<'a> = (&'static str, Vec<Arg<'a>>, Untouched);

const HIDE: &str =
    "update comments set hidden_reason = ?2, hidden_at = ?3, hidden_code = ?4, queued_at = null,
     queue_why = '', waiting = 0 where id = ?1";

/// The statements of [`crate::Change::HideComment`] and [`crate::Change::ShowComment`].
pub fn hide<'a>(
    id: CommentId,
    hidden: Option<&'a akimat_participation::Hidden>,
    code: Option<Reason>,
) -> Step<'a> {
    let reason = hidden.map(|hidden| hidden.reason.as_str());
    let at = hidden.map(|hidden| hidden.at.as_microsecond());
    (
        HIDE,
        args![id.0, reason, at, code.map(Reason::code)].into(),
        Untouched::Refused(Conflict::Missing("comment")),
    )
}

/// What [`crate::Change::AddComment`] does beside the row of the comment.
pub fn add(comment: &Comment) -> Vec<Step<'static>> {
    let mut steps: Vec<Step<'static>> = Vec::new();
    let missing = |what| Untouched::Refused(Conflict::Missing(what));
    if let Some(project) = comment.subject.project() {
        let counted = "update projects set n_comments = n_comments + 1 where id = ?1";
        steps.push((counted, args![project.0].into(), missing("project")));
    }
    if let Some(thread) = comment.talk.thread {
        let chosen = if comment.official {
            "update comments set n_replies = n_replies + 1, answered = 1 where id = ?1"
        } else {
            "update comments set n_replies = n_replies + 1 where id = ?1"
        };
        steps.push((chosen, args![thread.0].into(), missing("comment")));
    }
    steps
}

/// The statements of a change of the conversation.
#[expect(clippy::too_many_lines, reason = "one arm a change: a list, not a tangle")]
pub fn steps(change: &TalkChange) -> Vec<Step<'_>> {
    let missing = |what| Untouched::Refused(Conflict::Missing(what));
    match change {
        TalkChange::Edit(edit) => {
            let sql =
                "update comments set body = ?2, edited_at = ?3, score = ?4, score_why = ?5, wording = ?6,
                 waiting = ?7, queued_at = ?8, queue_why = ?9, links = ?10
                 where id = ?1 and hidden_at is null and removed_at is null";
            let talk = &edit.judged;
            let args = args![
                edit.id.0,
                edit.body.as_str(),
                edit.at,
                talk.score,
                to_json(&talk.score_why),
                talk.wording.as_str(),
                i64::from(talk.waiting),
                talk.queued_at.map(Timestamp::as_microsecond),
                queue_codes(&talk.queue_why),
                i64::from(talk.links),
            ];
            vec![(sql, args.into(), Untouched::Refused(Conflict::Stale("comment")))]
        }
        TalkChange::Remove(id, at) => {
            let sql =
                "update comments set body = '', removed_at = ?2, wording = '', score = 0, score_why = '[]',
                 queued_at = null, queue_why = '' where id = ?1 and removed_at is null and hidden_at is null";
            let mut steps: Vec<Step<'_>> =
                vec![(sql, args![id.0, *at].into(), Untouched::Refused(Conflict::Stale("comment")))];
            steps.extend(comment_file::remove(*id));
            steps
        }
        TalkChange::AddFile(file, bytes) => comment_file::add(file, bytes),
        TalkChange::Trace(trace) => {
            let sql = "insert into comment_traces (comment, address, device, at) values (?1, ?2, ?3, ?4)
                 on conflict (comment) do nothing";
            let args = args![trace.comment.0, trace.address.as_str(), trace.device.as_str(), trace.at];
            vec![(sql, args.into(), Untouched::Fine)]
        }
        TalkChange::Pattern(made) => {
            let sql = "insert into comment_patterns (batch, pattern, place, n, month, at, undone_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, null)";
            let args =
                args![made.batch, made.pattern.code(), made.place, made.n, made.month.as_str(), made.at];
            vec![(sql, args.into(), Untouched::Fine)]
        }
        TalkChange::UndoPattern(batch, at) => {
            let sql = "update comment_patterns set undone_at = ?2 where batch = ?1 and undone_at is null";
            vec![(sql, args![*batch, *at].into(), missing("pattern"))]
        }
        TalkChange::Support(id, account, at) => vec![
            (
                "insert into comment_supports (comment, account, at) values (?1, ?2, ?3)
                 on conflict (comment, account) do nothing",
                args![id.0, account.0, *at].into(),
                Untouched::Stop,
            ),
            (
                "update comments set n_support = n_support + 1 where id = ?1",
                args![id.0].into(),
                missing("comment"),
            ),
        ],
        TalkChange::Withdraw(id, account) => vec![
            (
                "delete from comment_supports where comment = ?1 and account = ?2 and not exists
                     (select 1 from discounted_marks where kind = 'comment' and subject = ?1 and account = ?2)",
                args![id.0, account.0].into(),
                Untouched::Stop,
            ),
            (
                "update comments set n_support = n_support - 1 where id = ?1",
                args![id.0].into(),
                missing("comment"),
            ),
        ],
        TalkChange::Report(report) => vec![
            (
                "insert into comment_reports (comment, account, reason, words, at, weighs)
                 values (?1, ?2, ?3, ?4, ?5, ?6)",
                args![
                    report.comment.0,
                    report.account.0,
                    report.reason.code(),
                    report.words.as_str(),
                    report.at,
                    i64::from(report.weighs)
                ]
                .into(),
                Untouched::Fine,
            ),
            (
                "update comments set n_reports = n_reports + 1 where id = ?1",
                args![report.comment.0].into(),
                missing("comment"),
            ),
        ],
        TalkChange::Queue { id, why, waiting, at } => vec![(
            "update comments set queued_at = coalesce(queued_at, ?2), queue_why = ?3, waiting = ?4 where id = ?1",
            args![id.0, *at, queue_codes(why), i64::from(*waiting)].into(),
            missing("comment"),
        )],
        TalkChange::Keep(id) => vec![(
            "update comments set queued_at = null, queue_why = '', waiting = 0 where id = ?1",
            args![id.0].into(),
            missing("comment"),
        )],
        TalkChange::Hide(id, hidden, code) => vec![hide(*id, Some(hidden), Some(*code))],
        TalkChange::Show(id) => vec![hide(*id, None, None)],
        TalkChange::Pin(id, pinned) => vec![(
            "update comments set pinned = ?2 where id = ?1",
            args![id.0, i64::from(*pinned)].into(),
            missing("comment"),
        )],
        TalkChange::Act(act) => vec![act_step(act)],
        TalkChange::Block(block) => vec![block_step(block)],
        TalkChange::EndBlock(id, at) => vec![(
            "update comment_blocks set ended_at = ?2 where id = ?1 and ended_at is null",
            args![*id, *at].into(),
            missing("block"),
        )],
        TalkChange::HideAll { account, place, hidden, code } => {
            let (first, last) = place.subtree();
            let sql =
                "update comments set hidden_reason = ?4, hidden_at = ?5, hidden_code = ?6, queued_at = null,
                 queue_why = '', waiting = 0
                 where author = ?1 and place between ?2 and ?3 and hidden_at is null and removed_at is null";
            let args = args![
                account.0,
                first.number(),
                last.number(),
                hidden.reason.as_str(),
                hidden.at,
                code.code()
            ];
            vec![(sql, args.into(), Untouched::Fine)]
        }
        TalkChange::Contest(contest) => vec![contest_step(contest)],
        TalkChange::Rule(comment, ruling) => vec![(
            "update comment_contests set ruled_at = ?2, ruled_by = ?3, granted = ?4, ruling = ?5
             where comment = ?1 and ruled_at is null",
            args![
                comment.0,
                ruling.at,
                ruling.by.map(|account| account.0),
                i64::from(ruling.granted),
                ruling.words.as_str()
            ]
            .into(),
            Untouched::Refused(Conflict::Stale("contest")),
        )],
    }
}

fn act_step(act: &ModerationAct) -> Step<'_> {
    let sql =
        "insert into moderation_acts (id, comment, about, place, kind, code, words, act_by, at, month, batch)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let args = args![
        act.id,
        act.comment.map(|id| id.0),
        act.about.map(|account| account.0),
        act.place,
        act.kind.code(),
        act.code.map_or("", Reason::code),
        act.words.as_str(),
        act.by.map(|account| account.0),
        act.at,
        act.month.as_str(),
        act.batch,
    ];
    (sql, args.into(), Untouched::Fine)
}

fn block_step(block: &Block) -> Step<'_> {
    let sql = "insert into comment_blocks (id, account, place, since, until, hides, code, words, block_by, ended_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let args = args![
        block.id,
        block.account.0,
        block.place,
        block.since,
        block.until.map(Timestamp::as_microsecond),
        i64::from(block.hides),
        block.code.code(),
        block.words.as_str(),
        block.by.map(|account| account.0),
        block.ended_at.map(Timestamp::as_microsecond),
    ];
    (sql, args.into(), Untouched::Fine)
}

fn contest_step(contest: &Contest) -> Step<'_> {
    let sql = "insert into comment_contests (comment, account, place, words, at, against)
         values (?1, ?2, ?3, ?4, ?5, ?6)";
    let args = args![
        contest.comment.0,
        contest.account.0,
        contest.place,
        contest.words.as_str(),
        contest.at,
        contest.against.map(|account| account.0),
    ];
    (sql, args.into(), Untouched::Fine)
}
