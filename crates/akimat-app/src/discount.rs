//! Votes and support that have a pattern of abuse in common: a moderator sees beforehand how many marks a rule would hit,
//! discounts them with a reason, and can undo it; whoever set one may contest it once, before another moderator. Discounted
//! marks are kept; how many are counted and how many are not stands beside each other for everybody. Ballots of
//! participatory budgets are no marks: nobody discounts them.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, CommentId, KatoCode, Lang, ProjectId, ProposalId, Text};
use akimat_identity::Kept;
use akimat_participation::Reason;
use akimat_participation::moderation::Ruling;
use akimat_storage::discount::{
    CountedMark, Discount, DiscountChange, DiscountContest, MarkKind, MarkTrace, Marked,
};
use akimat_storage::participation::Pattern;
use akimat_storage::{Account, Change};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Days that are looked back where no term of traces says otherwise.
const DAYS: i64 = 30;
/// People from whom on marks have something in common.
const PEOPLE_MIN: usize = 2;
/// Characters of the name of a contest.
const KEY_CHARS: usize = 32;

/// Marks that have something in common: for a moderator only how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What they have in common: a keyed hash or a fingerprint of words.
    pub value: String,
    /// How many marks would fall away.
    pub n: usize,
    /// Of votes: how many of each value, from 1 to 5.
    pub votes: [usize; 5],
    /// The first and the last of them; of words nobody looks at the time of marks.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Who set them.
    accounts: Vec<AccountId>,
}

/// What a rule would hit.
#[derive(Clone, Debug)]
pub struct MarkPreview {
    /// Name of what is marked.
    pub title: Text,
    /// Groups, the largest first.
    pub clusters: Vec<Cluster>,
    /// When it was looked: marks that come later are not hit.
    pub seen_at: Timestamp,
}

/// The group of a preview that a moderator chose.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// What its marks have in common.
    pub value: &'a str,
    /// How many the moderator saw.
    pub n: usize,
    /// When.
    pub seen_at: Timestamp,
}

/// The name of a contest for a moderator: it does not tell who contests.
#[must_use]
pub fn contest_key(contest: &DiscountContest) -> String {
    let all = crate::log::digest(&format!("{}/{}", contest.batch, contest.account));
    all.chars().take(KEY_CHARS).collect()
}

fn changed(change: DiscountChange) -> Change {
    Change::Discount(Box::new(change))
}

fn subject_of(marked: Marked) -> String {
    format!("{}/{}", marked.kind.code(), marked.subject)
}

/// Groups of two and more people, the largest first.
fn clusters(marks: Vec<CountedMark>) -> Vec<Cluster> {
    let mut groups: BTreeMap<String, Cluster> = BTreeMap::new();
    for mark in marks {
        let group = groups.entry(mark.common.clone()).or_insert_with(|| Cluster {
            value: mark.common.clone(),
            n: 0,
            votes: [0; 5],
            span: None,
            accounts: Vec::new(),
        });
        group.n += 1;
        group.accounts.push(mark.account);
        if let Some(votes) = usize::from(mark.value).checked_sub(1).and_then(|at| group.votes.get_mut(at)) {
            *votes += 1;
        }
        group.span = match (group.span, mark.at) {
            (None, Some(at)) => Some((at, at)),
            (Some((first, last)), Some(at)) => Some((first.min(at), last.max(at))),
            (span, None) => span,
        };
    }
    let mut all: Vec<Cluster> = groups.into_values().filter(|group| group.n >= PEOPLE_MIN).collect();
    all.sort_by_key(|group| (std::cmp::Reverse(group.n), group.value.clone()));
    all
}

impl App {
    /// Keeps where a mark came from, as keyed hashes for a short time. Without the key of the platform nothing is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_mark_trace(
        &self,
        account: AccountId,
        marked: Marked,
        (address, device): (&str, &str),
    ) -> Result<()> {
        let hashes =
            (self.trace_hash("address of a mark", address), self.trace_hash("device of a mark", device));
        let (Some(address), Some(device)) = hashes else { return Ok(()) };
        let trace = MarkTrace { marked, account, address, device, at: self.now() };
        Ok(self.store().apply(vec![changed(DiscountChange::Trace(trace))]).await?)
    }

    /// Where something that is marked lies, and its name.
    async fn marked_place(&self, marked: Marked) -> Result<(KatoCode, Text)> {
        let read = self.read();
        match marked.kind {
            MarkKind::Comment => {
                let item = read.find_comment(CommentId(marked.subject)).await?;
                let item = item.ok_or(AppError::NotFound("comment"))?;
                Ok((item.place, item.project_title))
            }
            MarkKind::Project => {
                let found = read.find_project(ProjectId(marked.subject)).await?;
                let (project, _, _) = found.ok_or(AppError::NotFound("project"))?;
                Ok((project.place, project.title))
            }
            MarkKind::Proposal => {
                let found = read.find_proposal(ProposalId(marked.subject)).await?;
                let found = found.filter(|proposal| proposal.state.public());
                let proposal = found.ok_or(AppError::NotFound("proposal"))?;
                Ok((proposal.place, proposal.title))
            }
        }
    }

    /// Marks on one subject that are counted and may have something in common, with where it lies and its name.
    async fn looked_at(
        &self,
        actor: Option<&Account>,
        marked: Marked,
        pattern: Pattern,
    ) -> Result<(KatoCode, Text, Vec<CountedMark>)> {
        permission::check(actor, Permission::Moderate, None)?;
        let (place, title) = self.marked_place(marked).await?;
        permission::check(actor, Permission::Moderate, Some(place))?;
        let kept = self.persons().terms.of(Kept::CommentTrace, self.today()).and_then(|term| term.days);
        let days = kept.map_or(DAYS, i64::from);
        let since = self.now() - SignedDuration::from_hours(24 * days);
        Ok((place, title, self.read().list_marks(marked, pattern, since).await?))
    }

    /// Groups of marks on one subject that a rule would hit.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without the subject; [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn preview_marks(
        &self,
        actor: Option<&Account>,
        marked: Marked,
        pattern: Pattern,
    ) -> Result<MarkPreview> {
        let seen_at = self.now();
        let (_, title, marks) = self.looked_at(actor, marked, pattern).await?;
        Ok(MarkPreview { title, clusters: clusters(marks), seen_at })
    }

    /// Discounts the marks of a group that the preview showed; of those that came since then none is hit.
    ///
    /// # Errors
    /// As [`App::preview_marks`], and [`AppError::Invalid`] without a reason or when the group is gone.
    pub async fn discount_marks(
        &self,
        actor: Option<&Account>,
        (marked, pattern): (Marked, Pattern),
        chosen: Chosen<'_>,
        (code, words): (Reason, &str),
    ) -> Result<Uuid> {
        let words = parse_reason("words", words)?;
        let (place, _, mut marks) = self.looked_at(actor, marked, pattern).await?;
        marks.retain(|mark| mark.at.is_none_or(|at| at <= chosen.seen_at));
        let group = clusters(marks).into_iter().find(|group| group.value == chosen.value);
        let group = group.ok_or_else(|| AppError::field("group", "discount-group-gone"))?;
        if group.n != chosen.n {
            return Err(AppError::field("group", "discount-group-changed"));
        }
        let today = self.today();
        let made = Discount {
            batch: self.new_uuid(),
            marked,
            pattern,
            place,
            code,
            words: words.clone(),
            n: u32::try_from(group.n).unwrap_or(u32::MAX),
            n_now: 0,
            by: actor.map(|account| account.id),
            month: format!("{:04}-{:02}", today.year(), today.month()),
            at: self.now(),
            undone_at: None,
        };
        let batch = made.batch;
        let leaf = self.log_entry(
            "marks_discounted",
            subject_of(marked),
            json!({
                "place": place.to_string(), "pattern": pattern.code(), "code": code.code(), "n": made.n,
                "reason_sha256": crate::log::digest(&words),
            }),
        );
        let detail = json!({ "pattern": pattern.code(), "n": made.n, "code": code.code(), "reason": words });
        let audit = self.audit(actor, "discount_marks", batch, Some(place), &detail);
        let mut changes = vec![changed(DiscountChange::Make(made))];
        let marks = group.accounts.into_iter().map(|account| DiscountChange::Mark(marked, account, batch));
        changes.extend(marks.map(changed));
        changes.extend([leaf, audit]);
        self.store().apply(changes).await?;
        Ok(batch)
    }

    /// A discount that was not undone, in the moderator's territory.
    async fn made_here(&self, actor: Option<&Account>, batch: Uuid) -> Result<Discount> {
        permission::check(actor, Permission::Moderate, None)?;
        let found = self.read().find_discount(batch).await?.filter(|made| made.undone_at.is_none());
        let made = found.ok_or(AppError::NotFound("discount"))?;
        permission::check(actor, Permission::Moderate, Some(made.place))?;
        Ok(made)
    }

    fn recounted(&self, made: &Discount, n: usize) -> Change {
        let body = json!({ "place": made.place.to_string(), "n": n });
        self.log_entry("marks_recounted", subject_of(made.marked), body)
    }

    /// Counts the marks of a discount again; answers what they mark.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none, or it is undone; [`AppError::Forbidden`] outside the territory.
    pub async fn undo_discount(&self, actor: Option<&Account>, batch: Uuid) -> Result<Marked> {
        let made = self.made_here(actor, batch).await?;
        let accounts = self.read().list_discounted(batch).await?;
        let mut changes = vec![changed(DiscountChange::Undo(batch, self.now()))];
        let leaf = self.recounted(&made, accounts.len());
        let audit = self.audit(actor, "undo_discount", batch, Some(made.place), &json!({}));
        let marks = accounts.into_iter().map(|account| DiscountChange::Recount(made.marked, account, batch));
        changes.extend(marks.map(changed));
        changes.extend([leaf, audit]);
        self.store().apply(changes).await?;
        Ok(made.marked)
    }

    /// Whoever set a discounted mark says why it should be counted: once.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for others; [`AppError::Invalid`] without words; [`AppError::Conflict`] for a second time.
    pub async fn contest_discount(&self, actor: Option<&Account>, batch: Uuid, words: &str) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?.id;
        let made = self.read().find_discount(batch).await?.ok_or(AppError::NotFound("discount"))?;
        if self.read().find_discounted(made.marked, account).await? != Some(batch) {
            return Err(AppError::NotFound("discount"));
        }
        let words = parse_reason("contest", words)?;
        let contest =
            DiscountContest { batch, account, words, at: self.now(), against: made.by, ruling: None };
        // Who votes on what is a person's own business: the audit record says that it happened, not by whom.
        let audit = self.audit(None, "contest_discount", batch, Some(made.place), &json!({}));
        Ok(self.store().apply(vec![changed(DiscountChange::Contest(contest)), audit]).await?)
    }

    /// Another moderator decides on a contest; answers what is marked.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the moderator who discounted it and for whoever contests it; [`AppError::Invalid`]
    /// without words; [`AppError::Conflict`] when it is decided.
    pub async fn rule_discount_contest(
        &self,
        actor: Option<&Account>,
        (batch, key): (Uuid, &str),
        (granted, words): (bool, &str),
    ) -> Result<Marked> {
        let made = self.made_here(actor, batch).await?;
        let moderator = actor.ok_or(AppError::SignInNeeded)?;
        let all = self.read().list_discount_contests(made.marked).await?;
        let found = all.into_iter().find(|contest| contest.batch == batch && contest_key(contest) == key);
        let contest = found.ok_or(AppError::NotFound("contest"))?;
        if contest.against == Some(moderator.id) || contest.account == moderator.id {
            return Err(AppError::Forbidden);
        }
        let words = parse_reason("ruling", words)?;
        let ruling = Ruling { by: Some(moderator.id), at: self.now(), granted, words: words.clone() };
        let mut changes = vec![changed(DiscountChange::Rule(batch, contest.account, ruling))];
        if granted {
            changes.push(changed(DiscountChange::Recount(made.marked, contest.account, batch)));
            changes.push(self.recounted(&made, 1));
        }
        let detail = json!({ "granted": granted, "reason": words });
        changes.push(self.audit(actor, "rule_discount_contest", batch, Some(made.place), &detail));
        self.store().apply(changes).await?;
        Ok(made.marked)
    }

    /// A mark that is not counted can be changed no more: the page says so and why.
    pub(crate) async fn check_counted(
        &self,
        field: &str,
        (kind, subject): (MarkKind, Uuid),
        account: AccountId,
    ) -> Result<()> {
        match self.read().find_discounted(Marked { kind, subject }, account).await? {
            Some(_) => Err(AppError::field(field, "mark-discounted")),
            None => Ok(()),
        }
    }

    /// The name of what is marked in a language, for lists of discounts; empty when it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn marked_title(&self, marked: Marked, lang: Lang) -> Result<String> {
        match self.marked_place(marked).await {
            Ok((_, title)) => Ok(title.get(lang).to_owned()),
            Err(AppError::NotFound(_)) => Ok(String::new()),
            Err(error) => Err(error),
        }
    }
}
