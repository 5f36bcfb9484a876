//! The people of the invented district: accounts with published passwords, comments, ratings.

use akimat_app::App;
use akimat_app::account::NewAccount;
use akimat_core::{KatoCode, Lang, ProjectId, Role};
use akimat_participation::{Comment, Hidden, Rating};
use akimat_storage::{Account, Change};
use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;

const PEOPLE: &str = include_str!("../../../../data/demo/people.json");

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
    for (at, said) in (0..).zip(&people.comments) {
        let (project, place) = project(&said.project)?;
        let author = account(&said.author)?;
        let when = ago(app.now(), said.days_ago, at);
        changes.push(Change::AddComment(comment(app, said, author, project, when), place));
    }
    for (at, voted) in (0..).zip(&people.ratings) {
        let (project, place) = project(&voted.project)?;
        let account = account(&voted.login)?.id;
        let at = ago(app.now(), 1 + at % 60, at);
        changes.push(Change::PutRating { project, place, account, rating: voted.value, at });
    }
    Ok(changes)
}

fn comment(app: &App, said: &Said, author: &Account, project: ProjectId, at: Timestamp) -> Comment {
    let official = author.role != Role::Resident;
    let hidden_at = (at + SignedDuration::from_hours(5)).min(app.now());
    let in_office = official && !author.office.is_empty();
    Comment {
        id: app.new_comment_id(),
        project,
        author: author.id,
        author_name: if in_office { author.office.clone() } else { author.display_name.clone() },
        official,
        lang: said.lang,
        body: said.body.clone(),
        at,
        hidden: said.hidden_reason.clone().map(|reason| Hidden { reason, at: hidden_at }),
    }
}

/// So many days ago; entries of one day stand some minutes apart.
fn ago(now: Timestamp, days: i64, at: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days) - SignedDuration::from_mins(7 * (at % 100))
}
