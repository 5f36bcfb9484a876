//! Moderators keep order; each of their acts is on record, in the public counts and in the transparency log, and the
//! author may contest a hiding once, before somebody else.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, CommentId, KatoCode};
use akimat_participation::moderation::{ActKind, BLOCK_DAYS, Block, Contest, ModerationAct, Ruling};
use akimat_participation::{Comment, Hidden, Reason};
use akimat_storage::participation::TalkChange;
use akimat_storage::{Account, Change, ModerationItem};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// Comments of one act at most.
pub const BULK_MAX: usize = 500;

/// What is done with comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handling {
    /// They stay.
    Keep,
    /// They are hidden.
    Hide {
        /// Why.
        code: Reason,
        /// Why, in words that everybody sees.
        words: String,
    },
    /// They are shown again.
    Show,
}

/// How a person is barred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Days; `None`: for good.
    pub days: Option<u16>,
    /// What the person wrote here is hidden, too.
    pub hides: bool,
    /// Why.
    pub code: Reason,
    /// Why, in words.
    pub words: String,
}

/// Reads the code of a reason.
///
/// # Errors
/// [`AppError::Invalid`] for what is not on the list.
pub fn reason_of(field: &str, code: &str) -> Result<Reason> {
    Reason::parse(code).ok_or_else(|| AppError::field(field, "field-choose-from-list"))
}

/// Reads the days of a block: `1`, `7`, `30`, or `0` for good.
///
/// # Errors
/// [`AppError::Invalid`] for what is not on the list.
pub fn block_days_of(field: &str, days: &str) -> Result<Option<u16>> {
    let wanted = days.parse::<u16>().ok().map(|days| Some(days).filter(|days| *days > 0));
    let known = wanted.filter(|days| BLOCK_DAYS.contains(days));
    known.ok_or_else(|| AppError::field(field, "field-choose-from-list"))
}

/// One act on its way: what was done to whom, and why.
struct Act<'a> {
    comment: Option<CommentId>,
    about: AccountId,
    place: KatoCode,
    kind: ActKind,
    code: Option<Reason>,
    words: &'a str,
    batch: Option<Uuid>,
}

impl App {
    /// A moderator hides a comment; the reason stays in its place for everybody to see.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn hide_comment(
        &self,
        actor: Option<&Account>,
        id: CommentId,
        (code, words): (Reason, &str),
    ) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        permission::check(actor, Permission::Moderate, Some(item.place))?;
        let words = parse_reason("reason", words)?;
        self.handle(actor, &[item], &Handling::Hide { code, words }, None).await
    }

    /// A moderator shows a hidden comment again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn show_comment(&self, actor: Option<&Account>, id: CommentId) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        self.handle(actor, &[item], &Handling::Show, None).await
    }

    /// A moderator does the same with up to [`BULK_MAX`] comments, all in one batch or none; answers how many and the
    /// identifier by which it can be undone.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for none or too many; [`AppError::Forbidden`] when one lies outside the territory.
    pub async fn moderate_comments(
        &self,
        actor: Option<&Account>,
        ids: &[CommentId],
        handling: &Handling,
    ) -> Result<(usize, Uuid)> {
        permission::check(actor, Permission::Moderate, None)?;
        if ids.is_empty() {
            return Err(AppError::field("pick", "moderation-pick-some"));
        }
        if ids.len() > BULK_MAX {
            let fault = FieldFault::new("pick", "moderation-pick-fewer").with("max", BULK_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let items = self.read().list_comments_by_id(ids).await?;
        let batch = self.new_uuid();
        self.handle(actor, &items, handling, Some(batch)).await?;
        Ok((items.len(), batch))
    }

    async fn handle(
        &self,
        actor: Option<&Account>,
        items: &[ModerationItem],
        handling: &Handling,
        batch: Option<Uuid>,
    ) -> Result<()> {
        let mut changes = Vec::with_capacity(items.len() * 4);
        for item in items {
            permission::check(actor, Permission::Moderate, Some(item.place))?;
            let id = item.comment.id;
            let (change, kind, code, words) = match handling {
                Handling::Keep => (Change::Talk(Box::new(TalkChange::Keep(id))), ActKind::Keep, None, ""),
                Handling::Show => (Change::Talk(Box::new(TalkChange::Show(id))), ActKind::Show, None, ""),
                Handling::Hide { code, words } => {
                    let hidden = Hidden { reason: words.clone(), at: self.now() };
                    let change = TalkChange::Hide(id, hidden, *code);
                    (Change::Talk(Box::new(change)), ActKind::Hide, Some(*code), words.as_str())
                }
            };
            changes.push(change);
            let act = act_on(item, kind, (code, words), batch);
            changes.extend(self.act(actor, &act));
            let verb = match handling {
                Handling::Keep => "keep_comment",
                Handling::Show => "show_comment",
                Handling::Hide { .. } => "hide_comment",
            };
            let detail = json!({ "code": code.map(Reason::code), "reason": words, "batch": batch });
            changes.push(self.audit(actor, verb, id, Some(item.place), &detail));
        }
        Ok(self.store().apply(changes).await?)
    }

    /// The act on record and in the transparency log, where nothing personal goes.
    fn act(&self, actor: Option<&Account>, act: &Act<'_>) -> [Change; 2] {
        let today = self.today();
        let kept = ModerationAct {
            id: self.new_uuid(),
            comment: act.comment,
            about: Some(act.about),
            place: act.place,
            kind: act.kind,
            code: act.code,
            words: act.words.to_owned(),
            by: actor.map(|account| account.id),
            at: self.now(),
            month: format!("{:04}-{:02}", today.year(), today.month()),
            batch: act.batch,
        };
        let leaf = json!({
            "act": act.kind.code(),
            "code": act.code.map(Reason::code),
            "comment": act.comment,
            "place": act.place.to_string(),
        });
        let subject = act.comment.map_or_else(|| format!("act/{}", kept.id), |id| format!("comment/{id}"));
        let entry = crate::log::entry(kept.at, "moderation", subject, leaf);
        [Change::Talk(Box::new(TalkChange::Act(kept))), entry]
    }

    /// What a moderator did with many comments at once is undone: hidden ones are shown, kept ones stay.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there was no such act; [`AppError::Forbidden`] outside the territory.
    pub async fn undo_moderation(&self, actor: Option<&Account>, batch: Uuid) -> Result<usize> {
        permission::check(actor, Permission::Moderate, None)?;
        let acts = self.read().list_moderation_batch(batch).await?;
        let hidden: Vec<CommentId> =
            acts.iter().filter(|act| act.kind == ActKind::Hide).filter_map(|act| act.comment).collect();
        // Of each comment the last act counts: what somebody decided about since then is left alone.
        let later = self.read().list_moderation_acts(&hidden).await?;
        let last = |id: CommentId| later.iter().find(|act| act.comment == Some(id)).and_then(|act| act.batch);
        let ids: Vec<CommentId> = hidden.iter().copied().filter(|id| last(*id) == Some(batch)).collect();
        if ids.is_empty() {
            return Err(AppError::NotFound("act"));
        }
        let items = self.read().list_comments_by_id(&ids).await?;
        self.handle(actor, &items, &Handling::Show, None).await?;
        Ok(items.len())
    }

    /// A moderator bars the author of a comment from writing in the moderator's territory.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] for officials and outside the territory.
    pub async fn block_author(&self, actor: Option<&Account>, id: CommentId, bar: &Bar) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let moderator = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        permission::check(actor, Permission::Moderate, Some(item.place))?;
        if item.comment.official {
            return Err(AppError::Forbidden);
        }
        let words = parse_reason("block-words", &bar.words)?;
        let (author, place) = (item.comment.author, moderator.place.unwrap_or(item.place));
        let until = bar.days.map(|days| self.now() + SignedDuration::from_hours(24 * i64::from(days)));
        let block = Block {
            id: self.new_uuid(),
            account: author,
            place,
            since: self.now(),
            until,
            hides: bar.hides,
            code: bar.code,
            words: words.clone(),
            by: Some(moderator.id),
            ended_at: None,
        };
        let mut changes = vec![Change::Talk(Box::new(TalkChange::Block(block)))];
        if bar.hides {
            let hidden = Hidden { reason: words.clone(), at: self.now() };
            let all = TalkChange::HideAll { account: author, place, hidden, code: bar.code };
            changes.push(Change::Talk(Box::new(all)));
        }
        let act = Act {
            comment: None,
            about: author,
            place,
            kind: ActKind::Block,
            code: Some(bar.code),
            words: &words,
            batch: None,
        };
        changes.extend(self.act(actor, &act));
        let detail =
            json!({ "days": bar.days, "hides": bar.hides, "code": bar.code.code(), "reason": words });
        changes.push(self.audit(actor, "block_author", author, Some(place), &detail));
        Ok(self.store().apply(changes).await?)
    }

    /// A moderator lifts a block.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none that holds; [`AppError::Forbidden`] outside the territory.
    pub async fn end_block(&self, actor: Option<&Account>, account: AccountId, id: Uuid) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let blocks = self.read().list_blocks_of(account).await?;
        let block = blocks.into_iter().find(|block| block.id == id && block.holds(self.now()));
        let block = block.ok_or(AppError::NotFound("block"))?;
        permission::check(actor, Permission::Moderate, Some(block.place))?;
        let mut changes = vec![Change::Talk(Box::new(TalkChange::EndBlock(id, self.now())))];
        let act = Act {
            comment: None,
            about: account,
            place: block.place,
            kind: ActKind::Unblock,
            code: Some(block.code),
            words: "",
            batch: None,
        };
        changes.extend(self.act(actor, &act));
        changes.push(self.audit(actor, "end_block", account, Some(block.place), &json!({ "block": id })));
        Ok(self.store().apply(changes).await?)
    }

    /// The author of a hidden comment says why it should be shown: once.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for others and for what is not hidden; [`AppError::Conflict`] for a second time.
    pub async fn contest_hiding(&self, actor: Option<&Account>, id: CommentId, words: &str) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        if item.comment.author != account.id || item.comment.hidden.is_none() {
            return Err(AppError::NotFound("comment"));
        }
        let words = parse_reason("contest", words)?;
        let acts = self.read().list_moderation_acts(&[id]).await?;
        let against = acts.iter().find(|act| act.kind == ActKind::Hide).and_then(|act| act.by);
        let contest = Contest {
            comment: id,
            account: account.id,
            place: item.place,
            words,
            at: self.now(),
            against,
            ruling: None,
        };
        let audit = self.audit(actor, "contest_hiding", id, Some(item.place), &json!({}));
        let change = Change::Talk(Box::new(TalkChange::Contest(contest)));
        Ok(self.store().apply(vec![change, audit]).await?)
    }

    /// Another moderator decides on a contest.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the moderator who hid it; [`AppError::Invalid`] without words;
    /// [`AppError::Conflict`] when it is decided.
    pub async fn rule_contest(
        &self,
        actor: Option<&Account>,
        id: CommentId,
        (granted, words): (bool, &str),
    ) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let moderator = actor.ok_or(AppError::SignInNeeded)?;
        let found = self.read().list_contests(&[id]).await?.into_iter().next();
        let contest = found.ok_or(AppError::NotFound("contest"))?;
        permission::check(actor, Permission::Moderate, Some(contest.place))?;
        if contest.against == Some(moderator.id) {
            return Err(AppError::Forbidden);
        }
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        let words = parse_reason("ruling", words)?;
        let ruling = Ruling { by: Some(moderator.id), at: self.now(), granted, words: words.clone() };
        let mut changes = vec![Change::Talk(Box::new(TalkChange::Rule(id, ruling)))];
        let kind = if granted { ActKind::ContestGranted } else { ActKind::ContestRefused };
        if granted {
            changes.push(Change::Talk(Box::new(TalkChange::Show(id))));
        }
        changes.extend(self.act(actor, &act_on(&item, kind, (item.comment.talk.hidden_code, &words), None)));
        let detail = json!({ "granted": granted, "reason": words });
        changes.push(self.audit(actor, "rule_contest", id, Some(item.place), &detail));
        Ok(self.store().apply(changes).await?)
    }

    /// An office takes what it said off the top of a conversation, or puts it back.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for everybody but that office.
    pub async fn pin_comment(&self, actor: Option<&Account>, id: CommentId, pinned: bool) -> Result<()> {
        permission::check(actor, Permission::Comment, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        if !item.comment.official || !crate::talk::speaks_for_office(account, item.place) {
            return Err(AppError::field("body", "comment-not-yours"));
        }
        let audit = self.audit(actor, "pin_comment", id, Some(item.place), &json!({ "pinned": pinned }));
        let change = Change::Talk(Box::new(TalkChange::Pin(id, pinned)));
        Ok(self.store().apply(vec![change, audit]).await?)
    }
}

fn act_on<'a>(
    item: &ModerationItem,
    kind: ActKind,
    (code, words): (Option<Reason>, &'a str),
    batch: Option<Uuid>,
) -> Act<'a> {
    let comment: &Comment = &item.comment;
    Act { comment: Some(comment.id), about: comment.author, place: item.place, kind, code, words, batch }
}
