//! What a batch brings about that somebody wants to hear of.

use akimat_core::{AccountId, CommentId, ProjectId, Text};
use akimat_participation::moderation::{ActKind, ModerationAct};
use akimat_participation::proposal::ProposalMove;
use akimat_participation::{Comment, Reason, Subject};
use akimat_project::Project;
use akimat_storage::credential::{CredentialChange, KnownDevice};
use akimat_storage::notice::{Audience, NoticeChange, NoticeKind, Occurrence};
use akimat_storage::participation::TalkChange;
use akimat_storage::{
    Change, Correction, CorrectionState, Decision, ModerationItem, ProposalChange, Result, Store,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a reason that a notice repeats.
const WORDS_CHARS_MAX: usize = 600;

/// The changes that go beside a batch.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_batch(store: &dyn Store, batch: &[Change], now: Timestamp) -> Result<Vec<Change>> {
    let mut events = of_projects(store, batch).await?;
    let mut acts = Vec::new();
    for change in batch {
        match change {
            Change::AddComment(comment, _) if !comment.talk.waiting => {
                events.extend(of_comment(store, comment, None).await?);
            }
            Change::Talk(talk) => {
                if let TalkChange::Act(act) = &**talk
                    && act.comment.is_some()
                {
                    acts.push(act);
                }
            }
            Change::Proposal(change) => {
                if let ProposalChange::Move(moved) = &**change {
                    events.extend(of_proposal(store, moved).await?);
                }
            }
            Change::AddDecision(decision) => events.push(of_decision(store, decision, now).await?),
            Change::EndCorrection(ended) => events.extend(of_correction(ended)),
            Change::Credential(CredentialChange::PutDevice(device)) => {
                events.extend(of_device(store, device).await?);
            }
            _ => {}
        }
    }
    events.extend(of_acts(store, &acts).await?);
    Ok(events.into_iter().map(|event| Change::Notice(NoticeChange::Happen(Box::new(event)))).collect())
}

/// An occurrence; its identifier follows from its key and instant.
pub(crate) fn occurrence(
    key: String,
    kind: NoticeKind,
    at: Timestamp,
    (title, link): (Text, String),
) -> Occurrence {
    let digest = Sha256::digest(format!("akimat notice\0{key}"));
    let mut tail = [0; 10];
    tail.copy_from_slice(&digest[..10]);
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid();
    let (code, words) = (String::new(), String::new());
    Occurrence { id, key, kind, title, code, words, link, audience: Audience::default(), at }
}

fn shortened(words: &str) -> String {
    let mut characters = words.trim().chars();
    let mut start: String = characters.by_ref().take(WORDS_CHARS_MAX).collect();
    if characters.next().is_some() {
        start.push('…');
    }
    start
}

/// Projects that moved or whose end changed, as far as somebody follows them.
async fn of_projects(store: &dyn Store, batch: &[Change]) -> Result<Vec<Occurrence>> {
    let mut reasons: BTreeMap<ProjectId, &str> = BTreeMap::new();
    let mut after: BTreeMap<ProjectId, &Project> = BTreeMap::new();
    for change in batch {
        match change {
            Change::AddStatusChange(id, moved) => {
                reasons.insert(*id, &moved.reason);
            }
            Change::UpdateProject(project) => {
                after.insert(project.id, project);
            }
            _ => {}
        }
    }
    if after.is_empty() {
        return Ok(Vec::new());
    }
    let followed: BTreeSet<String> = store.list_followed().await?.into_iter().collect();
    let mut events = Vec::new();
    for (id, project) in after {
        let subject = super::Followed::Project(id).key();
        if !followed.contains(&subject) {
            continue;
        }
        let Some((before, _, _)) = store.find_project(id).await? else { continue };
        let make = |kind: NoticeKind, code: String, words: &str| Occurrence {
            code,
            words: shortened(words),
            audience: Audience { subject: subject.clone(), ..Audience::default() },
            ..occurrence(
                format!("{}/{id}/{}", kind.code(), project.version),
                kind,
                project.updated_at,
                (project.title.clone(), format!("/projects/{id}")),
            )
        };
        if before.status != project.status {
            let reason = reasons.get(&id).copied().unwrap_or_default();
            events.push(make(NoticeKind::ProjectMoved, project.status.code().to_owned(), reason));
        }
        if before.ends_on != project.ends_on {
            let end = project.ends_on.map(|day| day.to_string()).unwrap_or_default();
            events.push(make(NoticeKind::ProjectDates, end, ""));
        }
    }
    Ok(events)
}

/// An answer: from an office to everybody who spoke there or follows, from a person to whom it answers.
async fn of_comment(
    store: &dyn Store,
    comment: &Comment,
    title: Option<&Text>,
) -> Result<Option<Occurrence>> {
    let parent = match comment.talk.parent {
        Some(id) => store.find_comment(id).await?,
        None => None,
    };
    let project = comment.subject.project();
    if parent.is_none() && !comment.official {
        return Ok(None);
    }
    let title = match (title, &parent) {
        (Some(title), _) => title.clone(),
        (None, Some(parent)) => parent.project_title.clone(),
        (None, None) => match (project, comment.subject.name()) {
            (Some(id), _) => {
                store.find_project(id).await?.map(|(project, _, _)| project.title).unwrap_or_default()
            }
            (None, Some(name)) => name.clone(),
            (None, None) => return Ok(None),
        },
    };
    let (author, link) = (Some(comment.author), comment_link(comment.id));
    let (kind, audience) = if comment.official {
        let first = comment.talk.parent.is_none();
        // What an office says of its own accord concerns everybody who spoke about the subject, and the author of a
        // proposal.
        let spoken = if first { comment.subject.key() } else { None };
        let proposer = match &comment.subject {
            Subject::Proposal(id, _) => store.find_proposal(*id).await?.and_then(|one| one.author),
            _ => None,
        };
        let audience = Audience {
            subject: project.map(|id| super::Followed::Project(id).key()).or(spoken).unwrap_or_default(),
            thread: Some(comment.thread()),
            project: project.filter(|_| first),
            caused_by: author,
            account: proposer,
        };
        (NoticeKind::OfficialAnswer, audience)
    } else {
        let account = parent.map(|item| item.comment.author);
        (NoticeKind::Reply, Audience { account, caused_by: author, ..Audience::default() })
    };
    let key = format!("comment/{}", comment.id);
    Ok(Some(Occurrence { audience, ..occurrence(key, kind, comment.at, (title, link)) }))
}

fn comment_link(id: CommentId) -> String {
    format!("/comments/{id}#c-{id}")
}

/// What moderators did with comments: the author hears of it; an answer that waited is told now.
async fn of_acts(store: &dyn Store, acts: &[&ModerationAct]) -> Result<Vec<Occurrence>> {
    let ids: Vec<CommentId> = acts.iter().filter_map(|act| act.comment).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let items = store.list_comments_by_id(&ids).await?;
    let items: BTreeMap<CommentId, ModerationItem> =
        items.into_iter().map(|item| (item.comment.id, item)).collect();
    let mut events = Vec::new();
    for act in acts {
        let Some(item) = act.comment.and_then(|id| items.get(&id)) else { continue };
        let was_waiting = item.comment.talk.waiting && item.comment.hidden.is_none();
        if was_waiting && matches!(act.kind, ActKind::Keep | ActKind::Show) {
            events.extend(of_comment(store, &item.comment, Some(&item.project_title)).await?);
        }
        // Of a contest its decision is told, not also that the comment is shown again.
        let kind = match act.kind {
            ActKind::Hide | ActKind::Show => NoticeKind::CommentModerated,
            ActKind::ContestGranted | ActKind::ContestRefused => NoticeKind::ContestDecided,
            _ => continue,
        };
        let about = (item.project_title.clone(), comment_link(item.comment.id));
        let made = occurrence(format!("act/{}", act.id), kind, act.at, about);
        events.push(Occurrence {
            code: match (act.kind, act.code.map(Reason::code)) {
                (ActKind::Hide, Some(code)) => format!("hide.{code}"),
                (what, _) => what.code().to_owned(),
            },
            words: shortened(&act.words),
            audience: Audience {
                account: Some(item.comment.author),
                caused_by: act.by,
                ..Audience::default()
            },
            ..made
        });
    }
    Ok(events)
}

/// A proposal that somebody else moved: its author hears of it.
async fn of_proposal(store: &dyn Store, moved: &ProposalMove) -> Result<Option<Occurrence>> {
    if moved.from == moved.to {
        return Ok(None);
    }
    let Some(proposal) = store.find_proposal(moved.proposal).await? else { return Ok(None) };
    // What the author did is no news to the author: only the author moves a proposal into these states.
    if moved.by.is_empty() && matches!(moved.to.code(), "submitted" | "under_appeal" | "withdrawn") {
        return Ok(None);
    }
    let Some(author) = proposal.author else { return Ok(None) };
    let about = (proposal.title.clone(), format!("/proposals/{}", proposal.id));
    let key = format!("proposal/{}/{}/{}", proposal.id, moved.to.code(), moved.at.as_microsecond());
    Ok(Some(Occurrence {
        code: moved.to.code().to_owned(),
        words: shortened(&moved.words),
        audience: Audience { account: Some(author), ..Audience::default() },
        ..occurrence(key, NoticeKind::ProposalMoved, moved.at, about)
    }))
}

async fn of_decision(store: &dyn Store, decision: &Decision, now: Timestamp) -> Result<Occurrence> {
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let found = store.list_places_by_code(&[decision.place], day).await?;
    let title = found.into_iter().next().map(|place| place.name).unwrap_or_default();
    let about = (title, format!("/decisions/{}", decision.id));
    let key = format!("decision/{}", decision.id);
    let subject = super::Followed::Place(decision.place).key();
    Ok(Occurrence {
        code: decision.year.to_string(),
        words: shortened(&decision.reason),
        audience: Audience { subject, ..Audience::default() },
        ..occurrence(key, NoticeKind::ProgrammeDecided, now, about)
    })
}

/// The decision on a request for correction; what the person took back is told to nobody.
fn of_correction(ended: &Correction) -> Option<Occurrence> {
    let at = ended.decided_at.filter(|_| ended.state != CorrectionState::Withdrawn)?;
    let about = (Text::default(), "/account/data#correction".to_owned());
    let made = occurrence(format!("correction/{}", ended.id), NoticeKind::CorrectionDecided, at, about);
    let audience =
        Audience { account: Some(ended.account), caused_by: ended.decided_by, ..Audience::default() };
    Some(Occurrence {
        code: ended.state.code().to_owned(),
        words: shortened(&ended.reason),
        audience,
        ..made
    })
}

/// A browser that the account did not know; the first one of an account is no surprise.
async fn of_device(store: &dyn Store, device: &KnownDevice) -> Result<Option<Occurrence>> {
    let known = store.list_devices(device.account).await?;
    if known.is_empty() || known.iter().any(|one| one.device_hash == device.device_hash) {
        return Ok(None);
    }
    let account: AccountId = device.account;
    let key = format!("device/{account}/{}", device.first_seen_at.as_microsecond());
    let about = (Text::default(), "/account/security".to_owned());
    let made = occurrence(key, NoticeKind::NewDevice, device.first_seen_at, about);
    let audience = Audience { account: Some(account), ..Audience::default() };
    Ok(Some(Occurrence { words: device.words.clone(), audience, ..made }))
}
