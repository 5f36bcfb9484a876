//! A clerk acts for a person who came, called or wrote on paper: on record, and visible to that person.

use super::verify::refuse_self;
use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_core::{AccountId, Lang, ProjectId, Role};
use akimat_identity::{Action, Level};
use akimat_participation::Rating;
use akimat_storage::{Account, Change};
use serde_json::json;

/// How the person's will reached the clerk.
pub const CHANNELS: [&str; 3] = ["paper", "phone", "meeting"];

/// What a person asked a clerk to do.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// Project that it is about.
    pub project: ProjectId,
    /// A vote, when there is one.
    pub rating: Option<Rating>,
    /// Words, when there are some.
    pub words: String,
    /// Language of the words.
    pub lang: Lang,
    /// One of [`CHANNELS`].
    pub channel: String,
    /// Where the paper lies, or who heard the person: read by the person.
    pub basis: String,
}

impl App {
    /// A clerk votes or comments for a person. Only persons of level 2 and above have others act for them, for
    /// nobody else has shown that the person exists. The person reads what was done, by whom and why, and may change it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Forbidden`] outside the clerk's territory and for
    /// the clerk's own account; [`AppError::Unmet`] as for the person.
    pub async fn act_for_person(
        &self,
        actor: Option<&Account>,
        person: AccountId,
        proxy: &Proxy,
    ) -> Result<()> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        refuse_self(actor, person)?;
        let place =
            self.read().find_project_place(proxy.project).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, Permission::VerifyPersons, Some(place))?;
        if !CHANNELS.contains(&proxy.channel.as_str()) {
            return Err(AppError::field("channel", "field-choose-from-list"));
        }
        let basis = crate::participation::parse_reason("basis", &proxy.basis)?;
        if proxy.rating.is_none() && proxy.words.trim().is_empty() {
            return Err(AppError::field("words", "person-act-nothing"));
        }
        let mut account = self.read().find_account(person).await?.ok_or(AppError::NotFound("account"))?;
        account.grants = self.grants_in_force(account.id).await?;
        if account.role != Role::Resident || account.disabled {
            return Err(AppError::Forbidden);
        }
        if self.person_level(person).await? < Level::Resident {
            return Err(AppError::field("project", "person-act-level"));
        }
        let mut done = Vec::new();
        if let Some(rating) = proxy.rating {
            self.require(Some(&account), Action::RateProject, Some(place)).await?;
            self.rate_project(Some(&account), proxy.project, rating).await?;
            done.push("rate");
        }
        if !proxy.words.trim().is_empty() {
            self.comment_on_project(Some(&account), proxy.project, proxy.lang, &proxy.words).await?;
            done.push("comment");
        }
        let acts =
            done.iter().map(|act| self.look(actor, person, &format!("{act}_{}", proxy.channel), &basis));
        let mut batch: Vec<Change> = acts.collect();
        let detail = json!({ "project": proxy.project, "channel": proxy.channel, "acts": done });
        batch.push(self.audit(actor, "act_for_person", proxy.project, Some(place), &detail));
        Ok(self.store().apply(batch).await?)
    }
}
