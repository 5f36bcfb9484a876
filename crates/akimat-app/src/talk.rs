//! Conversations: people say something, change it, take it back, support and report.

use crate::attachment::Attached;
use crate::moderation::reason_of;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, CommentId, KatoCode, Lang, ProjectId, ProposalId, Role, Text};
use akimat_participation::comment::parse_body;
use akimat_participation::moderation::{ActKind, Report};
use akimat_participation::rule::{self, Draft, EditRefusal, Refusal, TalkRules};
use akimat_participation::spam::SpamRules;
use akimat_participation::talk::{self, LineSubject, QueueReason, Record};
use akimat_participation::{Comment, CommentError, Subject, Talk, wording};
use akimat_storage::participation::{CommentEdit, TalkChange};
use akimat_storage::{Account, Change, Conflict, MarkKind, ModerationItem, ProgrammeDraft, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use uuid::Uuid;

static RULES: LazyLock<Vec<TalkRules>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/participation/rules.json"))
        .expect("a test reads the file")
});
static SPAM: LazyLock<SpamRules> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/participation/spam.json"))
        .expect("a test reads the file")
});

/// Longest words beside a report in characters.
pub const REPORT_CHARS_MAX: usize = 500;

/// What somebody says something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A project.
    Project(ProjectId),
    /// A line of a budget, known to exist.
    Line(LineSubject),
    /// A proposal of a participatory budget that everybody may see.
    Proposal(ProposalId),
    /// A draft of a programme that is open to discussion.
    Draft(Uuid),
    /// A comment: it is answered.
    Comment(CommentId),
}

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Everybody sees it.
    Shown(CommentId),
    /// A moderator looks first.
    Waits(CommentId),
}

impl Said {
    /// The comment.
    pub const fn id(self) -> CommentId {
        match self {
            Self::Shown(id) | Self::Waits(id) => id,
        }
    }
}

/// The weights and lists of the spam score.
pub fn spam_rules() -> &'static SpamRules {
    &SPAM
}

impl App {
    /// The rules of conversation in a territory today.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the data have none, which a test excludes.
    pub fn talk_rules(&self, place: KatoCode) -> Result<&'static TalkRules> {
        TalkRules::of(&RULES, place, self.today())
            .ok_or_else(|| AppError::Internal("no rules of conversation".into()))
    }

    /// The rules of a territory, or those that hold wherever a territory has none of its own.
    ///
    /// # Errors
    /// See [`App::talk_rules`].
    pub fn common_talk_rules(&self, place: Option<KatoCode>) -> Result<&'static TalkRules> {
        match place {
            Some(place) => self.talk_rules(place),
            None => TalkRules::common(&RULES, self.today())
                .ok_or_else(|| AppError::Internal("no rules of conversation".into())),
        }
    }

    /// A person comments on a project. Officials speak in the name of their office.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the comment is empty or too long.
    pub async fn comment_on_project(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        lang: Lang,
        body: &str,
    ) -> Result<CommentId> {
        Ok(self.say(actor, About::Project(project), lang, body).await?.id())
    }

    /// A person says something. The same words to the same subject within a minute are one comment, however often they
    /// are sent.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is empty or too long, when the person wrote too much in an hour or is barred;
    /// [`AppError::NotFound`] without the subject.
    pub async fn say(&self, actor: Option<&Account>, about: About, lang: Lang, body: &str) -> Result<Said> {
        self.say_with(actor, about, lang, (body, Vec::new())).await
    }

    /// As [`App::say`], with files that were checked ([`App::check_attachment`]).
    ///
    /// # Errors
    /// As [`App::say`], and [`AppError::Invalid`] for too many files.
    pub async fn say_with(
        &self,
        actor: Option<&Account>,
        about: About,
        lang: Lang,
        (body, files): (&str, Vec<Attached>),
    ) -> Result<Said> {
        permission::check(actor, Permission::Comment, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let official = account.role != Role::Resident;
        let (subject, place, place_in_talk) = self.subject_of(about, official).await?;
        self.require(actor, akimat_identity::Action::Comment, Some(place)).await?;
        let (comment, record) =
            self.composed(account, (subject, place, place_in_talk), (lang, body, &files), None).await?;
        self.keep_comment_once(actor, comment, (place, &record), files).await
    }

    /// Somebody without an account says something, once about one thing: the identifier of the comment follows from the
    /// person. Whether that person may speak here was judged before.
    pub(crate) async fn say_once(
        &self,
        person: &Account,
        id: CommentId,
        about: About,
        (lang, body): (Lang, &str),
    ) -> Result<Said> {
        let (subject, place, place_in_talk) = self.subject_of(about, false).await?;
        let (comment, _) =
            self.composed(person, (subject, place, place_in_talk), (lang, body, &[]), Some(id)).await?;
        let detail = json!({ "project": comment.subject.project(), "once": true });
        let audit = self.audit(None, "comment_on_project", id, Some(place), &detail);
        let stored =
            match self.store().apply(vec![Change::AddComment(Box::new(comment.clone()), place), audit]).await
            {
                Ok(()) => comment,
                // The form was sent twice, or the person has spoken here before.
                Err(StoreError::Conflict(Conflict::Exists("comment"))) => {
                    let before = self.read().find_comment(id).await?.map(|item| item.comment);
                    before
                        .filter(|before| before.body == comment.body)
                        .ok_or_else(|| AppError::field("body", "once-comment-before"))?
                }
                Err(error) => return Err(error.into()),
            };
        Ok(if stored.talk.waiting { Said::Waits(id) } else { Said::Shown(id) })
    }

    /// A comment as it would be kept, and what its author said before.
    async fn composed(
        &self,
        account: &Account,
        (subject, place, place_in_talk): (Subject, KatoCode, Talk),
        (lang, body, files): (Lang, &str, &[Attached]),
        id: Option<CommentId>,
    ) -> Result<(Comment, Record)> {
        let official = account.role != Role::Resident;
        let rules = self.talk_rules(place)?;
        let body = talk_body(body, if official { rules.office_chars_max } else { rules.chars_max })?;
        let files_max = self.attachment_rules()?.files_max;
        if files.len() > usize::from(files_max) {
            return Err(AppError::Invalid(vec![
                FieldFault::new("files", "attachment-too-many").with("max", files_max),
            ]));
        }
        let (mut judged, record) = self.judged(account, (&body, place), place_in_talk).await?;
        if !files.is_empty() && !judged.links {
            judged.queue_why.push(QueueReason::File);
            judged.queued_at = Some(self.now());
        }
        let sent: Vec<&str> =
            std::iter::once(body.as_str()).chain(files.iter().map(Attached::sha256)).collect();
        let id = id.unwrap_or_else(|| self.comment_id(account.id, &subject, judged.parent, &sent.join("\0")));
        let speaks = official && speaks_for_office(account, place);
        let comment = Comment {
            id,
            subject,
            author: account.id,
            author_name: wording::plain_name(match (official, account.office.as_str()) {
                (true, office) if !office.is_empty() => office,
                _ => &account.display_name,
            }),
            official,
            lang,
            body,
            at: self.now(),
            hidden: None,
            talk: Talk { pinned: speaks, answered: speaks && judged.parent.is_none(), ..judged },
        };
        Ok((comment, record))
    }

    async fn keep_comment_once(
        &self,
        actor: Option<&Account>,
        mut comment: Comment,
        (place, record): (KatoCode, &Record),
        files: Vec<Attached>,
    ) -> Result<Said> {
        let said = |comment: &Comment| {
            if comment.talk.waiting { Said::Waits(comment.id) } else { Said::Shown(comment.id) }
        };
        for _ in 0..2 {
            let detail = json!({ "project": comment.subject.project(), "subject": comment.subject.key(),
                "first": record.first_at.is_none(), "files": files.len() });
            let audit = self.audit(actor, "comment_on_project", comment.id, Some(place), &detail);
            let mut batch = vec![Change::AddComment(Box::new(comment.clone()), place), audit];
            batch.extend(self.attach(comment.id, comment.author, files.clone()));
            match self.store().apply(batch).await {
                Ok(()) => return Ok(said(&comment)),
                Err(StoreError::Conflict(Conflict::Exists("comment"))) => {}
                Err(error) => return Err(error.into()),
            }
            // Sent twice within a minute: it is the same comment, unless the first was taken back meanwhile.
            let stored = self.read().find_comment(comment.id).await?;
            if let Some(stored) = stored.filter(|item| item.comment.body == comment.body) {
                return Ok(said(&stored.comment));
            }
            comment.id = self.new_comment_id();
        }
        Err(AppError::Conflict(Conflict::Exists("comment")))
    }

    /// The identifier follows from what is said, by whom and in which minute, so that a form that is sent twice stores
    /// one comment.
    fn comment_id(
        &self,
        author: AccountId,
        subject: &Subject,
        parent: Option<CommentId>,
        body: &str,
    ) -> CommentId {
        let minute = self.now().as_second().div_euclid(60);
        let subject =
            subject.project().map_or_else(|| subject.key().unwrap_or_default(), |id| id.to_string());
        let parent = parent.map(|id| id.to_string()).unwrap_or_default();
        let digest =
            Sha256::digest(format!("akimat comment\0{author}\0{subject}\0{parent}\0{minute}\0{body}"));
        let mut tail = [0; 10];
        tail.copy_from_slice(&digest[..10]);
        let millis = u64::try_from(minute * 60_000).unwrap_or_default();
        CommentId(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
    }

    /// A draft about which one may speak now: offices answer what was said also after its term.
    async fn open_draft(&self, id: Uuid, official: bool) -> Result<ProgrammeDraft> {
        let found = self.read().find_programme_draft(id).await?;
        let (draft, _) = found.ok_or(AppError::NotFound("draft"))?;
        if official || draft.is_open(self.now()) {
            return Ok(draft);
        }
        let on = draft.ended_at.unwrap_or(draft.closes_at - SignedDuration::from_secs(1));
        let on = on.to_zoned(self.zone().clone()).date().to_string();
        Err(AppError::Invalid(vec![FieldFault::new("body", "discussion-over").with("on", on)]))
    }

    /// What somebody wants to speak about, where it lies and where in the talk it stands; `speaks`: an office does.
    async fn subject_of(&self, about: About, speaks: bool) -> Result<(Subject, KatoCode, Talk)> {
        match about {
            About::Project(id) => {
                let place = self.project_place(id).await?;
                Ok((Subject::Project(id), place, Talk::default()))
            }
            About::Line(line) => {
                let place = line.place;
                Ok((Subject::Line(line), place, Talk::default()))
            }
            About::Proposal(id) => {
                let found = self.read().find_proposal(id).await?.filter(|proposal| proposal.state.public());
                let proposal = found.ok_or(AppError::NotFound("proposal"))?;
                Ok((Subject::Proposal(id, whole(&proposal.title)), proposal.place, Talk::default()))
            }
            About::Draft(id) => {
                let draft = self.open_draft(id, speaks).await?;
                let name = Text::same(draft.title.as_str());
                Ok((Subject::Draft(id, name), draft.place, Talk::default()))
            }
            About::Comment(id) => {
                let item = self.open_comment(id).await?;
                if let Subject::Draft(draft, _) = &item.comment.subject {
                    self.open_draft(*draft, speaks).await?;
                }
                let place_in_talk = talk::place_of_answer(id, &item.comment.talk);
                Ok((item.comment.subject, item.place, place_in_talk))
            }
        }
    }

    /// A comment that can be answered, supported, reported.
    async fn open_comment(&self, id: CommentId) -> Result<ModerationItem> {
        let item = self.read().find_comment(id).await?;
        item.filter(|item| item.comment.is_open()).ok_or(AppError::NotFound("comment"))
    }

    /// What people with these accounts said so far: one of them.
    pub(crate) async fn talk_record(&self, account: AccountId) -> Result<Record> {
        let found = self.read().list_talk_records(&[account]).await?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    async fn judged(
        &self,
        account: &Account,
        (body, place): (&str, KatoCode),
        place_in_talk: Talk,
    ) -> Result<(Talk, Record)> {
        let rules = self.talk_rules(place)?;
        let now = self.now();
        let official = account.role != Role::Resident;
        let wording = wording::fingerprint(body);
        let since = (
            now - SignedDuration::from_hours(1),
            now - SignedDuration::from_hours(i64::from(rules.repeat_hours)),
        );
        let record = self.talk_record(account.id).await?;
        let lately = self.read().count_lately(account.id, &wording, since).await?;
        let blocks = self.read().list_blocks_of(account.id).await?;
        let block = blocks.iter().find(|block| block.place.covers(place) && block.holds(now));
        let draft = Draft {
            body,
            name: &account.display_name,
            official,
            record: &record,
            last_hour: lately.n_own,
            n_same_own: lately.n_same_own,
            n_same: lately.n_same,
            now,
        };
        rule::may_write(&draft, block, rules).map_err(|refusal| {
            AppError::Invalid(vec![match refusal {
                Refusal::Blocked => FieldFault::new("body", "comment-blocked"),
                Refusal::TooOften { per_hour } => {
                    FieldFault::new("body", "comment-too-often").with("max", per_hour)
                }
            }])
        })?;
        let verdict = rule::judge(&draft, rules, &SPAM);
        let queued = !verdict.queue.is_empty();
        let talk = Talk {
            waiting: verdict.waiting,
            queued_at: queued.then_some(now),
            queue_why: verdict.queue,
            links: verdict.links,
            score: verdict.score,
            score_why: verdict.features,
            wording,
            ..place_in_talk
        };
        Ok((talk, record))
    }

    /// The author changes the words within the minutes of the rules.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for others, when it is too late, or when the words are no comment.
    pub async fn edit_comment(&self, actor: Option<&Account>, id: CommentId, body: &str) -> Result<Said> {
        permission::check(actor, Permission::Comment, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        let rules = self.talk_rules(item.place)?;
        let comment = item.comment;
        rule::may_edit(&comment, account.id, self.now(), rules)
            .map_err(|refusal| edit_error(refusal, Ok(rules)))?;
        let body = talk_body(body, if comment.official { rules.office_chars_max } else { rules.chars_max })?;
        let (mut judged, _) = self.judged_again(account, (&body, item.place), &comment).await?;
        // What waits or is in the queue stays there: a second version hides nothing.
        if comment.talk.queued_at.is_some() {
            judged.queued_at = comment.talk.queued_at;
            let more = judged.queue_why.clone();
            judged.queue_why = comment.talk.queue_why.clone();
            judged.queue_why.extend(more.into_iter().filter(|why| !comment.talk.queue_why.contains(why)));
        }
        judged.waiting |= comment.talk.waiting;
        let edit = CommentEdit { id, body, at: self.now(), judged };
        let waits = edit.judged.waiting;
        let audit = self.audit(actor, "edit_comment", id, Some(item.place), &json!({}));
        self.store().apply(vec![Change::Talk(Box::new(TalkChange::Edit(Box::new(edit)))), audit]).await?;
        Ok(if waits { Said::Waits(id) } else { Said::Shown(id) })
    }

    /// As for new words, without counting the comment itself.
    async fn judged_again(
        &self,
        account: &Account,
        said: (&str, KatoCode),
        comment: &Comment,
    ) -> Result<(Talk, Record)> {
        if wording::fingerprint(said.0) == comment.talk.wording {
            return Ok((comment.talk.clone(), Record::default()));
        }
        self.judged(account, said, comment.talk.clone()).await
    }

    /// The author takes a comment back: the words go, the place stays.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for others and for what is hidden.
    pub async fn remove_comment(&self, actor: Option<&Account>, id: CommentId) -> Result<ModerationItem> {
        permission::check(actor, Permission::Comment, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        rule::may_remove(&item.comment, account.id)
            .map_err(|refusal| edit_error(refusal, self.talk_rules(item.place)))?;
        let audit = self.audit(actor, "remove_comment", id, Some(item.place), &json!({}));
        let removed = TalkChange::Remove(id, self.now());
        self.store().apply(vec![Change::Talk(Box::new(removed)), audit]).await?;
        Ok(item)
    }

    /// A resident supports somebody else's comment, or does so no more. Like a vote, it is its own record.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for one's own comment; [`AppError::Forbidden`] for officials.
    pub async fn support_comment(
        &self,
        actor: Option<&Account>,
        id: CommentId,
        on: bool,
    ) -> Result<ModerationItem> {
        permission::check(actor, Permission::RateProject, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.open_comment(id).await?;
        if item.comment.author == account.id {
            return Err(AppError::field("body", "comment-own-support"));
        }
        self.check_counted("body", (MarkKind::Comment, id.0), account.id).await?;
        let change = match on {
            true => TalkChange::Support(id, account.id, self.now()),
            false => TalkChange::Withdraw(id, account.id),
        };
        self.store().apply(vec![Change::Talk(Box::new(change))]).await?;
        Ok(item)
    }

    /// A person reports a comment, once. It goes into the queue, and waits there for a moderator when enough people with
    /// a history say the same, unless a moderator has looked already.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason of the list and for one's own; [`AppError::Conflict`] for a second report.
    pub async fn report_comment(
        &self,
        actor: Option<&Account>,
        id: CommentId,
        (reason, words): (&str, &str),
    ) -> Result<ModerationItem> {
        permission::check(actor, Permission::Comment, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let item = self.open_comment(id).await?;
        if item.comment.author == account.id {
            return Err(AppError::field("body", "comment-own-report"));
        }
        let reason = reason_of("report-reason", reason)?;
        let words = wording::plain(words);
        if words.chars().count() > REPORT_CHARS_MAX {
            let fault = FieldFault::new("report-words", "field-too-long").with("max", REPORT_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let rules = self.talk_rules(item.place)?;
        let record = self.talk_record(account.id).await?;
        let weighs = rules.weighs(&record, account.role != Role::Resident, self.now());
        let report = Report { comment: id, account: account.id, reason, words, at: self.now(), weighs };
        let n_weighing = self.read().list_reports(&[id]).await?.iter().filter(|report| report.weighs).count();
        let n_weighing = u32::try_from(n_weighing).unwrap_or(u32::MAX).saturating_add(u32::from(weighs));
        let acts = self.read().list_moderation_acts(&[id]).await?;
        let looked = acts
            .iter()
            .any(|act| matches!(act.kind, ActKind::Keep | ActKind::Show | ActKind::ContestGranted));
        let mut why = item.comment.talk.queue_why.clone();
        if !why.contains(&QueueReason::Report) {
            why.push(QueueReason::Report);
        }
        let waiting = !looked && !item.comment.official && n_weighing >= rules.reports_wait;
        let queue = TalkChange::Queue { id, why, waiting, at: self.now() };
        let audit =
            self.audit(actor, "report_comment", id, Some(item.place), &json!({ "reason": reason.code() }));
        let changes = [TalkChange::Report(report), queue].map(|change| Change::Talk(Box::new(change)));
        self.store().apply(changes.into_iter().chain([audit]).collect()).await?;
        Ok(item)
    }

    pub(crate) async fn project_place(&self, id: ProjectId) -> Result<KatoCode> {
        let place = self.read().find_project_place(id).await?;
        place.ok_or(AppError::NotFound("project"))
    }
}

/// Whether what an official says in a territory is the word of an office there: not that of a moderator or an
/// administrator, and not of another territory's.
pub fn speaks_for_office(account: &Account, place: KatoCode) -> bool {
    let office = matches!(account.role, Role::ProjectManager | Role::Analyst | Role::Head);
    office && account.place.is_none_or(|own| own.covers(place))
}

/// A name in all three languages: where one is not written, the one that readers of that language are shown.
fn whole(name: &Text) -> Text {
    Text::new(name.get(Lang::Kk), name.get(Lang::Ru), name.get(Lang::En))
}

fn talk_body(body: &str, chars_max: usize) -> Result<String> {
    let too_long =
        || AppError::Invalid(vec![FieldFault::new("body", "field-too-long").with("max", chars_max)]);
    let body = parse_body(body).map_err(|error| match error {
        CommentError::Empty => AppError::field("body", "field-required"),
        CommentError::TooLong { .. } => too_long(),
    })?;
    if body.chars().count() > chars_max { Err(too_long()) } else { Ok(body) }
}

fn edit_error(refusal: EditRefusal, rules: Result<&TalkRules>) -> AppError {
    match (refusal, rules) {
        (EditRefusal::NotYours, _) => AppError::field("body", "comment-not-yours"),
        (EditRefusal::Closed, _) => AppError::field("body", "comment-closed"),
        (EditRefusal::TooLate, Ok(rules)) => AppError::Invalid(vec![
            FieldFault::new("body", "comment-edit-late").with("minutes", rules.edit_minutes),
        ]),
        (EditRefusal::TooLate, Err(error)) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_data_hold() {
        let place = KatoCode::from_number(110_000_000).expect("a code");
        let rules = TalkRules::of(&RULES, place, date(2026, 11, 23)).expect("rules");
        assert_eq!((rules.chars_max, rules.edit_minutes, rules.per_hour), (1_000, 5, 10));
        assert!(SPAM.weights.len() == akimat_participation::spam::FeatureKind::ALL.len());
        for list in SPAM.words.values() {
            for word in list.advertising.iter().chain(&list.foul).chain(&list.office) {
                let stem = word.trim_end_matches('*');
                assert_eq!(akimat_core::fold::fold(stem), stem, "lists are folded");
            }
        }
    }
}
