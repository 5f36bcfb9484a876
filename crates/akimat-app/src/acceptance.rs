//! Residents confirm or dispute "finished" while the term runs; the office answers in public.

mod rules;

pub use rules::Rules;

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Lang, ProjectId};
use akimat_participation::Hidden;
use akimat_participation::comment::parse_body;
use akimat_photo::Photograph;
use akimat_project::{Project, Status, StatusChange};
use akimat_storage::acceptance::{Acceptance, AcceptanceAnswer, AcceptanceCount, Verdict};
use akimat_storage::photo::{Photo, PhotoKind};
use akimat_storage::{Account, Batch, Change};
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use uuid::Uuid;

/// Longest words of a person, characters.
pub const WORDS_CHARS_MAX: usize = 2_000;

/// Disputes of works finished longer ago are not listed among what waits for an answer, days.
const LISTED_DAYS: i32 = 365;

/// From when to when residents judge a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Day on which the works were called finished.
    pub finished_on: Date,
    /// Last day to speak.
    pub last_day: Date,
    /// The term runs.
    pub open: bool,
}

/// What a resident says.
#[derive(Clone, Debug)]
pub struct Word {
    /// Confirmed or disputed; `None` when nothing was chosen.
    pub verdict: Option<Verdict>,
    /// Language of the words.
    pub lang: Lang,
    /// The words.
    pub body: String,
    /// A photograph that shows it.
    pub photograph: Option<Photograph>,
    /// Takes an earlier photograph back.
    pub remove_photo: bool,
}

/// Where the judgement of a completion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The term.
    pub term: Term,
    /// People who confirm.
    pub n_confirm: u32,
    /// People who dispute.
    pub n_dispute: u32,
    /// Enough dispute it: the office must answer by this day.
    pub answer_by: Option<Date>,
    /// The office has answered.
    pub answered: bool,
}

/// A completion that waits for an answer of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disputed {
    /// The project.
    pub project: ProjectId,
    /// Where it stands.
    pub tally: Tally,
}

/// The day on which works were called finished last, while they are. Works that the register took over as finished
/// were finished before it knew them: nobody is asked about those.
pub fn finished_on(history: &[StatusChange], zone: &TimeZone) -> Option<Date> {
    let mut found = None;
    for change in history {
        match change.to {
            // What follows works called finished is no second completion; a partnership goes into operation at once.
            Status::Operating if matches!(change.from, Some(Status::Completed | Status::Operating)) => {}
            Status::Completed | Status::Operating => {
                found = change.from.map(|_| change.at.to_zoned(zone.clone()).date());
            }
            _ => found = None,
        }
    }
    found
}

fn term(rules: &Rules, finished_on: Date, today: Date) -> Term {
    let last_day = later(finished_on, rules.term_days);
    Term { finished_on, last_day, open: finished_on <= today && today <= last_day }
}

fn later(day: Date, days: i32) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(Date::MAX)
}

impl App {
    /// Where the judgement of a project stands; `None` while it is not finished.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn acceptance_tally(&self, project: &Project) -> Result<Option<Tally>> {
        if !matches!(project.status, Status::Completed | Status::Operating) {
            return Ok(None);
        }
        let history = self.read().list_status_changes(project.id).await?;
        let Some(day) = finished_on(&history, self.zone()) else { return Ok(None) };
        let counts = self.read().count_acceptances(project.id).await?;
        let count = counts.into_iter().find(|count| count.finished_on == day);
        Ok(Some(self.tally(day, count)))
    }

    fn tally(&self, day: Date, count: Option<AcceptanceCount>) -> Tally {
        let rules = Rules::on(day);
        let n = |of: fn(AcceptanceCount) -> u32| count.map_or(0, of);
        let (n_confirm, n_dispute) = (n(|count| count.n_confirm), n(|count| count.n_dispute));
        let asked = rules.asks_for_answer(n_confirm, n_dispute);
        let term = term(&rules, day, self.today());
        Tally {
            term,
            n_confirm,
            n_dispute,
            answer_by: asked.then(|| later(term.last_day, rules.answer_days)),
            answered: n(|count| count.n_answers) > 0,
        }
    }

    /// A resident confirms or disputes finished works, or says something else than before.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the term is over, nothing was chosen or a dispute has no words;
    /// [`AppError::Forbidden`] for officials.
    pub async fn judge_completion(&self, actor: Option<&Account>, id: ProjectId, word: Word) -> Result<()> {
        let (_, term) = self.project_to_judge(actor, id).await?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        for before in self.once_ids(account.id, &crate::once::about_works(id)).await? {
            if self.read().find_acceptance(id, term.finished_on, before).await?.is_some() {
                return Err(AppError::field("verdict", "once-before"));
            }
        }
        self.keep_judgement(account, actor, id, word).await
    }

    /// Keeps the judgement of somebody who may judge.
    pub(crate) async fn keep_judgement(
        &self,
        account: &Account,
        actor: Option<&Account>,
        id: ProjectId,
        word: Word,
    ) -> Result<()> {
        let (project, term) = self.finished_project(id).await?;
        let body = check_word(&word)?;
        let earlier = self.read().find_acceptance(id, term.finished_on, account.id).await?;
        let old = match earlier.as_ref().and_then(|said| said.photo) {
            Some(id) => self.read().find_photo(id).await?.filter(|photo| !photo.erased),
            None => None,
        };
        let mut batch = Batch::new();
        // The same file once more is the photograph that is there already.
        let sent = word.photograph.filter(|new| old.as_ref().is_none_or(|old| old.sha256 != new.sha256));
        let mut photo = old.as_ref().map(|old| old.id);
        if (sent.is_some() || word.remove_photo)
            && let Some(old) = old
        {
            let version = old.version + 1;
            batch.push(Change::UpdatePhoto(Box::new(Photo { erased: true, version, ..old })));
            photo = None;
        }
        if let Some(photograph) = sent {
            let (shown, files) = self.photo_out_of(&project, photograph);
            photo = Some(shown.id);
            let shown = Photo {
                kind: PhotoKind::Resident,
                added_by: Some(account.id),
                by_name: account.display_name.clone(),
                invented: project.invented,
                ..shown
            };
            batch.push(Change::AddPhoto(Box::new(shown), files));
        }
        let id = earlier.map_or_else(|| self.new_uuid(), |said| said.id);
        let Some(verdict) = word.verdict else { return Err(AppError::field("verdict", "field-required")) };
        let said = Acceptance {
            id,
            project: project.id,
            place: project.place,
            finished_on: term.finished_on,
            account: account.id,
            by_name: account.display_name.clone(),
            verdict,
            lang: word.lang,
            body,
            photo,
            at: self.now(),
            hidden: None,
            invented: project.invented,
        };
        batch.push(Change::PutAcceptance(Box::new(said)));
        let detail = if actor.is_some() { json!({}) } else { json!({ "once": true }) };
        batch.push(self.audit(actor, "judge_completion", project.id, Some(project.place), &detail));
        self.store_new(batch).await
    }

    /// What somebody says about the completion that is judged now.
    pub(crate) async fn judgement_of(
        &self,
        account: akimat_core::AccountId,
        id: ProjectId,
    ) -> Result<Option<akimat_storage::acceptance::Acceptance>> {
        let (_, term) = self.finished_project(id).await?;
        Ok(self.read().find_acceptance(id, term.finished_on, account).await?)
    }

    /// The project and its term, if this person may speak now; asked before a file is taken.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the works are not finished or the term is over.
    pub async fn project_to_judge(&self, actor: Option<&Account>, id: ProjectId) -> Result<(Project, Term)> {
        permission::check(actor, Permission::AcceptWorks, None)?;
        let (project, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        self.require(actor, akimat_identity::Action::AcceptWorks, Some(project.place)).await?;
        self.finished_project(id).await
    }

    /// A project whose completion is judged now.
    async fn finished_project(&self, id: ProjectId) -> Result<(Project, Term)> {
        let (project, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        let tally = self.acceptance_tally(&project).await?;
        let tally = tally.ok_or_else(|| AppError::field("verdict", "field-works-unfinished"))?;
        if !tally.term.open {
            let fault = FieldFault::new("verdict", "field-term-over").with("day", tally.term.last_day);
            return Err(AppError::Invalid(vec![fault]));
        }
        Ok((project, tally.term))
    }

    /// A manager answers those who dispute, in public.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there is nothing to answer or the answer is empty or too long.
    pub async fn answer_disputes(
        &self,
        actor: Option<&Account>,
        id: ProjectId,
        (lang, body): (Lang, &str),
    ) -> Result<()> {
        permission::check(actor, Permission::ManageProjects, None)?;
        let (project, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, Permission::ManageProjects, Some(project.place))?;
        let tally = self.acceptance_tally(&project).await?.filter(|tally| tally.n_dispute > 0);
        let tally = tally.ok_or_else(|| AppError::field("answer", "field-nothing-disputed"))?;
        let body = words("answer", body)?;
        if body.is_empty() {
            return Err(AppError::field("answer", "field-required"));
        }
        let answer = AcceptanceAnswer {
            id: self.new_uuid(),
            project: id,
            finished_on: tally.term.finished_on,
            account: actor.map(|account| account.id),
            office: spokesman(actor),
            lang,
            body,
            at: self.now(),
        };
        let audit = self.audit(actor, "answer_disputes", id, Some(project.place), &json!({}));
        Ok(self.store().apply(vec![Change::AddAcceptanceAnswer(answer), audit]).await?)
    }

    /// A moderator hides the words and the photograph of a confirmation or dispute; the verdict counts, and the
    /// reason stays for everybody to see.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn hide_acceptance(&self, actor: Option<&Account>, id: Uuid, reason: &str) -> Result<()> {
        let said = self.acceptance_to_moderate(actor, id).await?;
        let reason = parse_reason("reason", reason)?;
        let audit = self.audit(actor, "hide_acceptance", id, Some(said.place), &json!({ "reason": reason }));
        let hidden = Hidden { reason, at: self.now() };
        let mut batch = vec![audit];
        batch.extend(self.photo_hidden(said.photo, Some(hidden.clone())).await?);
        batch.push(Change::HideAcceptance(id, hidden));
        Ok(self.store().apply(batch).await?)
    }

    /// A moderator shows them again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn show_acceptance(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let said = self.acceptance_to_moderate(actor, id).await?;
        let mut batch = vec![self.audit(actor, "show_acceptance", id, Some(said.place), &json!({}))];
        batch.extend(self.photo_hidden(said.photo, None).await?);
        batch.push(Change::ShowAcceptance(id));
        Ok(self.store().apply(batch).await?)
    }

    async fn photo_hidden(&self, id: Option<Uuid>, hidden: Option<Hidden>) -> Result<Option<Change>> {
        let Some(id) = id else { return Ok(None) };
        let stored = self.read().find_photo(id).await?;
        Ok(stored.map(|photo| {
            Change::UpdatePhoto(Box::new(Photo { hidden, version: photo.version + 1, ..photo }))
        }))
    }

    async fn acceptance_to_moderate(&self, actor: Option<&Account>, id: Uuid) -> Result<Acceptance> {
        permission::check(actor, Permission::Moderate, None)?;
        let said = self.read().get_acceptance(id).await?.ok_or(AppError::NotFound("acceptance"))?;
        permission::check(actor, Permission::Moderate, Some(said.place))?;
        Ok(said)
    }

    /// Completions of a territory and below that wait for an answer of the office, the one due first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disputed_works(&self, place: KatoCode) -> Result<Vec<Disputed>> {
        let counts = self.read().list_disputed(place, later(self.today(), -LISTED_DAYS)).await?;
        let listed = counts.into_iter().map(|count| Disputed {
            project: count.project,
            tally: self.tally(count.finished_on, Some(count)),
        });
        let mut waiting: Vec<Disputed> =
            listed.filter(|item| item.tally.answer_by.is_some() && !item.tally.answered).collect();
        waiting.sort_by_key(|item| (item.tally.answer_by, item.project));
        Ok(waiting)
    }
}

/// The words of a resident: a dispute says what is wrong.
fn check_word(word: &Word) -> Result<String> {
    let mut wrong = Vec::new();
    if word.verdict.is_none() {
        wrong.push(FieldFault::new("verdict", "field-required"));
    }
    let body = match words("body", &word.body) {
        Ok(body) => body,
        Err(AppError::Invalid(faults)) => {
            wrong.extend(faults);
            String::new()
        }
        Err(other) => return Err(other),
    };
    if wrong.is_empty() && word.verdict == Some(Verdict::Dispute) && body.is_empty() {
        wrong.push(FieldFault::new("body", "field-dispute-words"));
    }
    if wrong.is_empty() { Ok(body) } else { Err(AppError::Invalid(wrong)) }
}

fn words(field: &str, text: &str) -> Result<String> {
    let clean = parse_body(text).unwrap_or_default();
    let too_long = text.chars().count() > WORDS_CHARS_MAX;
    let fault = || FieldFault::new(field, "field-too-long").with("max", WORDS_CHARS_MAX);
    if too_long { Err(AppError::Invalid(vec![fault()])) } else { Ok(clean) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_project::Basis;

    fn history(moves: &[(Option<Status>, Status, &str)]) -> Vec<StatusChange> {
        let change = |(from, to, on): &(Option<Status>, Status, &str)| StatusChange {
            from: *from,
            to: *to,
            at: format!("{on}T09:00:00Z").parse().expect("a moment"),
            by: String::new(),
            reason: String::new(),
            stage: String::new(),
            basis: Basis::default(),
        };
        moves.iter().map(change).collect()
    }

    #[test]
    fn the_term_begins_with_the_last_completion() {
        use Status::{Completed, Implementing, Operating};
        let day = |moves: &[(Option<Status>, Status, &str)]| {
            finished_on(&history(moves), &TimeZone::UTC).map(|day| day.to_string())
        };
        let built = (None, Implementing, "2026-01-05");
        let done = (Some(Implementing), Completed, "2026-05-22");
        assert_eq!(day(&[built]), None);
        assert_eq!(day(&[built, done]).as_deref(), Some("2026-05-22"));
        let used = (Some(Completed), Operating, "2026-07-01");
        assert_eq!(day(&[built, done, used]).as_deref(), Some("2026-05-22"), "use is no second completion");
        let back = (Some(Completed), Implementing, "2026-06-30");
        assert_eq!(day(&[built, done, back]), None);
        let again = (Some(Implementing), Completed, "2026-08-01");
        assert_eq!(day(&[built, done, back, again]).as_deref(), Some("2026-08-01"), "judged anew");
        let partnership = (Some(Implementing), Operating, "2026-09-01");
        assert_eq!(day(&[built, partnership]).as_deref(), Some("2026-09-01"));
        assert_eq!(day(&[(None, Completed, "2019-01-01")]), None, "finished before the register knew it");
    }
}
