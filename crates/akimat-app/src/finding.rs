//! Every finding of the platform, and what people said about them.
//!
//! Findings are computed from what is stored, so a better rule shows at once. A finding is known by what it
//! states: unit, year, record, rule, line and figures; when a figure changes it is another finding, and an
//! explanation of the old one does not cover it.

mod survey;

pub use survey::{Found, NotTestedHere, Survey};

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::KatoCode;
use akimat_storage::finding_note::{FindingNote, Verdict};
use akimat_storage::{Account, Change};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Surveys that are remembered.
const SURVEYS_MAX: usize = 8;

/// A survey with the state of the store that it was made at.
type Kept = (String, Arc<Survey>);

/// Surveys by territory, each as it was at one state of the store.
#[derive(Debug, Default)]
pub(crate) struct SurveyMemo(Mutex<BTreeMap<Option<KatoCode>, Kept>>);

impl SurveyMemo {
    fn get(&self, under: Option<KatoCode>, state: &str) -> Option<Arc<Survey>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&under).filter(|(own, _)| own == state).map(|(_, survey)| survey.clone())
    }

    fn put(&self, under: Option<KatoCode>, state: String, survey: Arc<Survey>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= SURVEYS_MAX {
            kept.clear();
        }
        kept.insert(under, (state, survey));
    }
}

impl App {
    /// Every finding about the units of a territory (`None`: all), computed once for each state of the
    /// store.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn findings(&self, under: Option<KatoCode>) -> Result<Arc<Survey>> {
        let heads = self.heads_under(under).await?;
        let generation = self.read().fact_extent().await?.generation;
        let newest = heads.iter().map(|head| head.budget.id.0).max();
        let state = format!("{generation} {} {newest:?}", heads.len());
        if let Some(known) = self.surveys().get(under, &state) {
            return Ok(known);
        }
        let survey = Arc::new(survey::survey(self, under, &heads).await?);
        self.surveys().put(under, state, survey.clone());
        Ok(survey)
    }

    /// One finding by its identifier.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when nothing that is stored gives such a finding any more.
    pub async fn find_finding(&self, id: &str) -> Result<Found> {
        let survey = self.findings(None).await?;
        let found = survey.items.iter().find(|found| found.id == id).cloned();
        found.ok_or(AppError::NotFound("finding"))
    }

    /// What the newest note about each finding says; a finding that is not here is open.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finding_verdicts(&self, under: Option<KatoCode>) -> Result<BTreeMap<String, FindingNote>> {
        let notes = self.read().list_latest_finding_notes(under).await?;
        Ok(notes.into_iter().map(|note| (note.finding.clone(), note)).collect())
    }

    /// An analyst or head of the territory explains, dismisses or reopens a finding, with a reason that
    /// everybody can read.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a verdict or reason, or when an open finding is reopened;
    /// [`AppError::Forbidden`] outside the own territory.
    pub async fn note_finding(
        &self,
        actor: Option<&Account>,
        id: &str,
        verdict: &str,
        reason: &str,
    ) -> Result<()> {
        permission::check(actor, Permission::Analyse, None)?;
        let found = self.find_finding(id).await?;
        permission::check(actor, Permission::Analyse, Some(found.place))?;
        let verdict = Verdict::parse(verdict).ok_or(AppError::field("verdict", "field-required"))?;
        let notes = self.read().list_finding_notes(id).await?;
        let open = notes.last().is_none_or(|note| note.verdict == Verdict::Reopened);
        if open && verdict == Verdict::Reopened {
            return Err(AppError::field("verdict", "field-finding-open"));
        }
        let reason = parse_reason("reason", reason)?;
        let note = FindingNote {
            id: self.new_budget_id().0,
            finding: id.to_owned(),
            place: found.place,
            verdict,
            reason,
            written_by: spokesman(actor),
            written_at: self.now(),
        };
        let detail = json!({ "verdict": verdict.code(), "rule": found.finding.rule.code() });
        let audit = self.audit(actor, "note_finding", id, Some(found.place), &detail);
        self.store().apply(vec![Change::AddFindingNote(note), audit]).await?;
        Ok(())
    }
}
