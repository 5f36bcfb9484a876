//! Patterns of abuse: comments of many accounts from one address, from one browser, or in the same words. A moderator sees
//! beforehand what a rule would hide, applies it as one act, and can undo it; everybody sees how often that was done.

use crate::moderation::{BULK_MAX, Handling};
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, CommentId};
use akimat_identity::Kept;
use akimat_participation::Reason;
use akimat_storage::participation::{CommentPattern, CommentTrace, Pattern, TalkChange};
use akimat_storage::{Account, Change, ModerationItem};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Days that are looked back for the same words, which need no trace.
const WORDING_DAYS: i64 = 30;
/// Bytes of a keyed hash that are kept: enough to tell apart, too few to be of use elsewhere.
const HASH_BYTES: usize = 16;

/// What a rule would hide.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What the comments have in common.
    pub pattern: Pattern,
    /// Comments that are shown now and would be hidden, newest first.
    pub items: Vec<ModerationItem>,
    /// Their authors.
    pub n_authors: usize,
    /// Comments that fit and stay: outside the territory, of offices, hidden or taken back already.
    pub n_left: usize,
    /// Since when is looked.
    pub since: Timestamp,
}

impl App {
    /// Keeps where a comment came from, as keyed hashes for a short time. Without the key of the platform nothing is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_trace(&self, id: CommentId, (address, device): (&str, &str)) -> Result<()> {
        let hashes = (
            self.trace_hash("address of a comment", address),
            self.trace_hash("device of a comment", device),
        );
        let (Some(address), Some(device)) = hashes else { return Ok(()) };
        let trace = CommentTrace { comment: id, address, device, at: self.now() };
        Ok(self.store().apply(vec![Change::Talk(Box::new(TalkChange::Trace(trace)))]).await?)
    }

    /// A keyed hash of where something came from; `None` without the key of the platform.
    pub(crate) fn trace_hash(&self, purpose: &str, text: &str) -> Option<String> {
        let hash = self.key().ok()?.hash(purpose, &[text.as_bytes()]);
        Some(hash[..HASH_BYTES].iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// What comments like this one a rule would hide in the moderator's territory.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when nothing is known of where the comment came from, or no more;
    /// [`AppError::Forbidden`] outside the territory.
    pub async fn preview_pattern(
        &self,
        actor: Option<&Account>,
        id: CommentId,
        pattern: Pattern,
    ) -> Result<Preview> {
        permission::check(actor, Permission::Moderate, None)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        permission::check(actor, Permission::Moderate, Some(item.place))?;
        let trace = self.read().find_comment_trace(id).await?;
        let value = match pattern {
            Pattern::Address => trace.map(|trace| trace.address),
            Pattern::Device => trace.map(|trace| trace.device),
            Pattern::Wording => Some(item.comment.talk.wording).filter(|wording| !wording.is_empty()),
        };
        let value = value.ok_or(AppError::NotFound("pattern"))?;
        let kept = self.persons().terms.of(Kept::CommentTrace, self.today()).and_then(|term| term.days);
        let days = match pattern {
            Pattern::Wording => WORDING_DAYS,
            Pattern::Address | Pattern::Device => kept.map_or(WORDING_DAYS, i64::from),
        };
        let since = self.now() - SignedDuration::from_hours(24 * days);
        let most = u16::try_from(BULK_MAX).unwrap_or(u16::MAX);
        let ids = self.read().list_comments_like(pattern, &value, since, most).await?;
        let all = self.read().list_comments_by_id(&ids).await?;
        let n = all.len();
        let fits = |item: &ModerationItem| {
            permission::check(actor, Permission::Moderate, Some(item.place)).is_ok()
                && !item.comment.official
                && item.comment.hidden.is_none()
                && item.comment.talk.removed_at.is_none()
        };
        let mut items: Vec<ModerationItem> = all.into_iter().filter(fits).collect();
        items.sort_by_key(|item| (std::cmp::Reverse(item.comment.at), item.comment.id));
        let authors: BTreeSet<AccountId> = items.iter().map(|item| item.comment.author).collect();
        Ok(Preview { pattern, n_left: n - items.len(), n_authors: authors.len(), items, since })
    }

    /// Hides what the preview showed, as one act that [`App::undo_moderation`] undoes. Only comments that the moderator was
    /// shown are hidden: what came since then is left for another look.
    ///
    /// # Errors
    /// As [`App::preview_pattern`], and [`AppError::Invalid`] without a reason or when nothing is left to hide.
    pub async fn hide_pattern(
        &self,
        actor: Option<&Account>,
        (id, pattern): (CommentId, Pattern),
        (seen, code, words): (&[CommentId], Reason, &str),
    ) -> Result<(usize, Uuid)> {
        let words = crate::participation::parse_reason("words", words)?;
        let preview = self.preview_pattern(actor, id, pattern).await?;
        let ids: Vec<CommentId> =
            preview.items.iter().map(|item| item.comment.id).filter(|id| seen.contains(id)).collect();
        let handling = Handling::Hide { code, words };
        let (n, batch) = self.moderate_comments(actor, &ids, &handling).await?;
        let today = self.today();
        let place = actor.and_then(|account| account.place).or(preview.items.first().map(|item| item.place));
        let mut changes = Vec::new();
        if let Some(place) = place {
            changes.push(Change::Talk(Box::new(TalkChange::Pattern(CommentPattern {
                batch,
                pattern,
                place,
                n: u32::try_from(n).unwrap_or(u32::MAX),
                month: format!("{:04}-{:02}", today.year(), today.month()),
                at: self.now(),
                undone_at: None,
            }))));
        }
        let detail = json!({ "pattern": pattern.code(), "n": n, "batch": batch });
        changes.push(self.audit(actor, "hide_pattern", id, place, &detail));
        self.store().apply(changes).await?;
        Ok((n, batch))
    }

    /// Undoes what was hidden by a pattern, and what was done with many at once.
    ///
    /// # Errors
    /// As [`App::undo_moderation`].
    pub async fn undo_pattern(&self, actor: Option<&Account>, batch: Uuid) -> Result<usize> {
        let n = self.undo_moderation(actor, batch).await?;
        let patterns = self.read().list_comment_patterns().await?;
        if patterns.iter().any(|made| made.batch == batch && made.undone_at.is_none()) {
            let undone = TalkChange::UndoPattern(batch, self.now());
            self.store().apply(vec![Change::Talk(Box::new(undone))]).await?;
        }
        Ok(n)
    }
}
