//! A draft of a programme is put out to public discussion: one version, frozen as it was shown, until the end of a day.
//! Residents speak about it as about a project ([`crate::talk`]); what is decided later changes no draft.

use super::ProgrammeRecord;
use super::decide::FORMAT;
use super::odd;
use crate::participation::REASON_CHARS_MAX;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::Text;
use akimat_storage::{Account, Change, Conflict, ProgrammeDraft, ProgrammeDraftChange, ProgrammeState};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use std::sync::LazyLock;
use uuid::Uuid;

/// How long a discussion may last: a row of `data/participation/discussion.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct DiscussionRules {
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Days at least, today not counted.
    pub days_min: u16,
    /// Days at most.
    pub days_max: u16,
    /// Where the numbers come from.
    pub basis: Text,
}

static RULES: LazyLock<Vec<DiscussionRules>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/participation/discussion.json"))
        .expect("a test reads the file")
});

impl DiscussionRules {
    /// The rules in force on a day; before the first, the first.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the data have none, which a test excludes.
    pub fn on(day: Date) -> Result<&'static Self> {
        let within = |rules: &&Self| rules.valid_from <= day && rules.valid_to.is_none_or(|last| day <= last);
        let found = RULES.iter().rev().find(within).or_else(|| RULES.first());
        found.ok_or_else(|| AppError::Internal("no rules of discussion".to_owned()))
    }
}

impl App {
    /// The head puts the computed plan of a scenario out to discussion until the end of a day; answers the draft.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a day too near or too far and for words too long; [`AppError::Conflict`] when the
    /// scenario has no plan for what it asks now, is decided, or was changed since it was shown.
    pub async fn open_discussion(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        (closes_on, words): (&str, &str),
    ) -> Result<Uuid> {
        permission::check(actor, Permission::Decide, None)?;
        let stored = self.settled_scenario(id).await?;
        permission::check(actor, Permission::Decide, Some(stored.head.place))?;
        if stored.head.edit != edit || stored.head.state != ProgrammeState::Solved {
            return Err(AppError::Conflict(Conflict::Stale("programme")));
        }
        let (closes_on, words) = self.term(closes_on, words)?;
        let known = self.read().list_drafts_of_programme(id).await?;
        if known.iter().any(|draft| draft.is_open(self.now())) {
            return Err(AppError::field("closes_on", "discussion-open-already"));
        }
        let record = self.draft_record(actor, &stored).await?;
        let document = serde_json::to_string(&record).map_err(|error| odd(&error))?;
        let after = closes_on.checked_add(1.day()).map_err(|error| AppError::Internal(error.to_string()))?;
        let closes_at = after.to_zoned(self.zone().clone());
        let closes_at = closes_at.map_err(|error| AppError::Internal(error.to_string()))?.timestamp();
        let draft = ProgrammeDraft {
            id: self.new_uuid(),
            programme: id,
            place: stored.head.place,
            title: stored.head.title.clone(),
            number: u32::try_from(known.len()).unwrap_or(u32::MAX).saturating_add(1),
            words,
            opened_by: actor.map(|account| account.id),
            opened_by_name: spokesman(actor),
            opened_at: self.now(),
            closes_at,
            ended_at: None,
            invented: stored.head.invented,
        };
        let draft_id = draft.id;
        let leaf = self.log_entry(
            "programme_discussed",
            format!("draft/{draft_id}"),
            json!({
                "place": draft.place.to_string(), "year": stored.head.first_year, "number": draft.number,
                "ends_on": closes_on.to_string(), "document_sha256": crate::log::digest(&document),
                "invented": draft.invented,
            }),
        );
        let detail = json!({ "programme": id, "number": draft.number, "closes_on": closes_on.to_string() });
        let audit = self.audit(actor, "open_discussion", draft_id, Some(draft.place), &detail);
        let open = ProgrammeDraftChange::Open(draft, document);
        self.store().apply(vec![Change::ProgrammeDraft(Box::new(open)), leaf, audit]).await?;
        Ok(draft_id)
    }

    /// The last day and the words of the office, checked.
    fn term(&self, closes_on: &str, words: &str) -> Result<(Date, String)> {
        let today = self.today();
        let rules = DiscussionRules::on(today)?;
        let mut faults = Vec::new();
        let day = |days: u16| today.checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
        let closes_on = closes_on.trim().parse::<Date>().ok();
        let within = closes_on.filter(|on| (day(rules.days_min)..=day(rules.days_max)).contains(on));
        if within.is_none() {
            let fault = FieldFault::new("closes_on", "discussion-term");
            faults.push(
                fault
                    .with("from", day(rules.days_min).to_string())
                    .with("to", day(rules.days_max).to_string()),
            );
        }
        let words = akimat_participation::wording::plain(words);
        if words.chars().count() > REASON_CHARS_MAX {
            faults.push(FieldFault::new("words", "field-too-long").with("max", REASON_CHARS_MAX));
        }
        match within {
            Some(on) if faults.is_empty() => Ok((on, words)),
            _ => Err(AppError::Invalid(faults)),
        }
    }

    /// The plan as a record without deviations: what a decision would be that accepts it.
    async fn draft_record(
        &self,
        actor: Option<&Account>,
        stored: &akimat_storage::ProgrammeScenario,
    ) -> Result<ProgrammeRecord> {
        let solution = super::decide::solved(stored)?;
        let decided = super::decide::decided(&solution, &super::Decide::default())?;
        let answer = solution.answer.clone().ok_or(AppError::NotFound("plan"))?;
        let record = ProgrammeRecord {
            format: FORMAT.to_owned(),
            programme: stored.head.id,
            title: stored.head.title.clone(),
            place: stored.head.place,
            first_year: stored.head.first_year,
            years: stored.head.n_years,
            request: solution.request,
            input: solution.input,
            answer,
            report: solution.report,
            decided,
            previous: self.last_published(&stored.head).await?.and_then(|(head, _)| head.decision),
            decided_by: spokesman(actor),
            decided_at: self.now(),
            reason: String::new(),
        };
        if record.holds() {
            Ok(record)
        } else {
            Err(AppError::Internal("the plan fails its check".to_owned()))
        }
    }

    /// The head ends a discussion before its time: what was said stays.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none that is open.
    pub async fn end_discussion(&self, actor: Option<&Account>, id: Uuid) -> Result<ProgrammeDraft> {
        permission::check(actor, Permission::Decide, None)?;
        let (draft, _) = self.read().find_programme_draft(id).await?.ok_or(AppError::NotFound("draft"))?;
        permission::check(actor, Permission::Decide, Some(draft.place))?;
        if !draft.is_open(self.now()) {
            return Err(AppError::NotFound("draft"));
        }
        let leaf = self.log_entry(
            "programme_discussion_ended",
            format!("draft/{id}"),
            json!({ "place": draft.place.to_string(), "number": draft.number }),
        );
        let audit = self.audit(actor, "end_discussion", id, Some(draft.place), &json!({}));
        let end = ProgrammeDraftChange::End(id, self.now());
        self.store().apply(vec![Change::ProgrammeDraft(Box::new(end)), leaf, audit]).await?;
        Ok(draft)
    }

    /// A draft that was put out, with what it says, for everybody.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none.
    pub async fn programme_draft(&self, id: Uuid) -> Result<(ProgrammeDraft, ProgrammeRecord)> {
        let found = self.read().find_programme_draft(id).await?;
        let (draft, document) = found.ok_or(AppError::NotFound("draft"))?;
        let record = ProgrammeRecord::read(&document)?.ok_or(AppError::NotFound("draft"))?;
        Ok((draft, record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_rules() {
        for day in ["2001-01-01", "2026-11-23", "2099-12-31"] {
            let rules = DiscussionRules::on(day.parse().expect("a date")).expect("rules");
            assert!(0 < rules.days_min && rules.days_min < rules.days_max, "{day}");
            assert!(!rules.basis.kk.is_empty() && !rules.basis.ru.is_empty() && !rules.basis.en.is_empty());
        }
    }
}
