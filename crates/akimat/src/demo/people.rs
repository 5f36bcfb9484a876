//! The people of the invented district: accounts with published passwords, comments, ratings.

use akimat_app::App;
use akimat_app::account::NewAccount;
use akimat_core::{CommentId, KatoCode, Lang, ProjectId, Role};
use akimat_participation::spam::score;
use akimat_participation::talk::{QueueReason, place_of_answer};
use akimat_participation::wording::fingerprint;
use akimat_participation::{ActKind, Comment, Hidden, ModerationAct, Rating, Reason, Report, Subject, Talk};
use akimat_storage::{Account, Change, TalkChange};
use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;

const PEOPLE: &str = include_str!("../../../../data/demo/people.json");

/// Points from which an invented comment is in the queue, as the rules have it.
const SUSPICIOUS: u8 = 40;

/// The file.
#[derive(Debug, Deserialize)]
pub(crate) struct People {
    pub(crate) accounts: Vec<DemoPerson>,
    comments: Vec<Said>,
    ratings: Vec<Voted>,
}

/// An account whose password everybody may know.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DemoPerson {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) display_name: String,
    pub(crate) role: Role,
    pub(crate) place: Option<KatoCode>,
    pub(crate) office: String,
}

#[derive(Debug, Deserialize)]
struct Said {
    project: String,
    author: String,
    lang: Lang,
    body: String,
    days_ago: i64,
    hidden_reason: Option<String>,
    hidden_code: Option<Reason>,
    /// By which others answer it.
    key: Option<String>,
    /// Key of what it answers.
    answers: Option<String>,
    #[serde(default)]
    supports: Vec<String>,
    #[serde(default)]
    reports: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Told {
    login: String,
    reason: Reason,
    words: String,
}

#[derive(Debug, Deserialize)]
struct Voted {
    project: String,
    login: String,
    value: Rating,
}

impl DemoPerson {
    /// As the use case takes it.
    pub(crate) fn new_account(&self) -> NewAccount {
        NewAccount {
            login: self.login.clone(),
            display_name: self.display_name.clone(),
            password: self.password.clone(),
            role: self.role,
            place: self.place,
            office: self.office.clone(),
        }
    }
}

/// Reads the embedded file.
///
/// # Errors
/// When it is damaged, which a test excludes.
pub(crate) fn people() -> anyhow::Result<People> {
    serde_json::from_str(PEOPLE).context("people.json")
}

/// Comments and votes as changes. Days are counted back from now.
///
/// # Errors
/// When the file names somebody or something that is not in the demonstration.
pub(crate) fn voices(
    app: &App,
    people: &People,
    accounts: &BTreeMap<String, Account>,
    projects: &BTreeMap<String, ProjectId>,
    place_of: &BTreeMap<ProjectId, KatoCode>,
) -> anyhow::Result<Vec<Change>> {
    let project = |number: &String| {
        let id = projects.get(number).copied().with_context(|| number.clone())?;
        anyhow::Ok((id, place_of.get(&id).copied().with_context(|| number.clone())?))
    };
    let account = |login: &String| accounts.get(login).with_context(|| login.clone());
    let mut changes = Vec::new();
    let mut keys: BTreeMap<String, (CommentId, Talk)> = BTreeMap::new();
    for (at, said) in (0..).zip(&people.comments) {
        let (project, place) = project(&said.project)?;
        let author = account(&said.author)?;
        let when = ago(app.now(), said.days_ago, at);
        let answered =
            said.answers.as_ref().map(|key| keys.get(key).with_context(|| key.clone())).transpose()?;
        let comment = comment(app, said, (author, project, when), answered);
        if let Some(key) = &said.key {
            keys.insert(key.clone(), (comment.id, comment.talk.clone()));
        }
        let about = comment.clone();
        changes.push(Change::AddComment(Box::new(comment), place));
        around(app, (said, &about, place), (&account, accounts.get("moderator")), &mut changes)?;
    }
    for (at, voted) in (0..).zip(&people.ratings) {
        let (project, place) = project(&voted.project)?;
        let account = account(&voted.login)?.id;
        let at = ago(app.now(), 1 + at % 60, at);
        changes.push(Change::PutRating { project, place, account, rating: voted.value, at });
    }
    Ok(changes)
}

/// Support and reports of a comment, and the act by which it was hidden.
fn around<'a>(
    app: &App,
    (said, comment, place): (&Said, &Comment, KatoCode),
    (account, moderator): (&impl Fn(&String) -> anyhow::Result<&'a Account>, Option<&Account>),
    changes: &mut Vec<Change>,
) -> anyhow::Result<()> {
    let mut talk = |change| changes.push(Change::Talk(Box::new(change)));
    let later = (comment.at + SignedDuration::from_hours(3)).min(app.now());
    for login in &said.supports {
        talk(TalkChange::Support(comment.id, account(login)?.id, later));
    }
    for told in &said.reports {
        let by = account(&told.login)?.id;
        talk(TalkChange::Report(Report {
            comment: comment.id,
            account: by,
            reason: told.reason,
            words: told.words.clone(),
            at: later,
            weighs: true,
        }));
        let mut why = comment.talk.queue_why.clone();
        why.push(QueueReason::Report);
        talk(TalkChange::Queue { id: comment.id, why, waiting: false, at: later });
    }
    if let Some(hidden) = &comment.hidden {
        let day = hidden.at.to_zoned(app.zone().clone()).date();
        talk(TalkChange::Act(ModerationAct {
            id: app.new_comment_id().0,
            comment: Some(comment.id),
            about: Some(comment.author),
            place,
            kind: ActKind::Hide,
            code: said.hidden_code,
            words: hidden.reason.clone(),
            by: moderator.map(|account| account.id),
            at: hidden.at,
            month: format!("{:04}-{:02}", day.year(), day.month()),
            batch: None,
        }));
    }
    Ok(())
}

/// Where it stands, and what the score says of it.
fn talk_of(said: &Said, official: bool, at: Timestamp, answered: Option<&(CommentId, Talk)>) -> Talk {
    let place = answered.map_or_else(Talk::default, |(id, talk)| place_of_answer(*id, talk));
    let (score, score_why) = score(&said.body, akimat_app::talk::spam_rules());
    let suspicious = score >= SUSPICIOUS && !official && said.hidden_reason.is_none();
    Talk {
        pinned: official,
        answered: official && place.parent.is_none(),
        score,
        score_why,
        wording: fingerprint(&said.body),
        queued_at: suspicious.then_some(at),
        queue_why: if suspicious { vec![QueueReason::Score] } else { Vec::new() },
        hidden_code: said.hidden_code,
        ..place
    }
}

fn comment(
    app: &App,
    said: &Said,
    (author, project, at): (&Account, ProjectId, Timestamp),
    answered: Option<&(CommentId, Talk)>,
) -> Comment {
    let official = author.role != Role::Resident;
    let hidden_at = (at + SignedDuration::from_hours(5)).min(app.now());
    let in_office = official && !author.office.is_empty();
    Comment {
        id: app.new_comment_id(),
        subject: Subject::Project(project),
        author: author.id,
        author_name: if in_office { author.office.clone() } else { author.display_name.clone() },
        official,
        lang: said.lang,
        body: said.body.clone(),
        at,
        hidden: said.hidden_reason.clone().map(|reason| Hidden { reason, at: hidden_at }),
        talk: talk_of(said, official, at, answered),
    }
}

/// So many days ago; entries of one day stand some minutes apart.
fn ago(now: Timestamp, days: i64, at: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days) - SignedDuration::from_mins(7 * (at % 100))
}
