//! Members of the commission score projects: a point, or a range where they are unsure.

use crate::criteria_set::{CriteriaDocument, ValueSource};
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::decimal::Decimal;
use akimat_core::{AccountId, ProjectId, Role};
use akimat_project::{Project, Status};
use akimat_storage::criteria_set::{CriteriaSet, CriteriaState};
use akimat_storage::{Account, Change, Score, ScoreRange};
use serde_json::json;
use uuid::Uuid;

/// Longest note in characters.
pub const NOTE_CHARS_MAX: usize = 1_000;
/// Largest value, in ten-thousandths.
const VALUE_E4_MAX: i64 = 1_000_000_000_000_000;

/// What a form says under one criterion; an empty point says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreDraft {
    /// Code of the criterion.
    pub criterion: String,
    /// Best estimate.
    pub point: String,
    /// Lowest value held possible; empty for the point itself.
    pub low: String,
    /// Highest value held possible; empty for the point itself.
    pub high: String,
    /// Why.
    pub note: String,
}

impl App {
    /// A member of the commission scores a project. What did not change makes no new version. Answers how many scores
    /// were given.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field (`point-need`); [`AppError::Forbidden`] for the manager of the
    /// project; [`AppError::NotFound`] when the set is not approved.
    pub async fn score_project(
        &self,
        actor: Option<&Account>,
        (set, project): (Uuid, ProjectId),
        drafts: &[ScoreDraft],
    ) -> Result<usize> {
        let scoring = self.scoring(actor, set, project).await?;
        let mut faults = Vec::new();
        let mut scores = Vec::new();
        for draft in drafts.iter().filter(|draft| !draft.point.trim().is_empty()) {
            let asked = scoring.document.criteria.iter().find(|criterion| criterion.code == draft.criterion);
            if asked.is_none_or(|criterion| criterion.source != ValueSource::Commission) {
                return Err(AppError::NotFound("criterion"));
            }
            match parse(draft) {
                Ok(value) => scores.extend(scoring.next(draft, Some(value))),
                Err(wrong) => faults.extend(wrong),
            }
        }
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        self.store_scores(actor, &scoring, "score_project", scores).await
    }

    /// A member of the commission takes a score back; it stays in the history.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none; otherwise as [`App::score_project`].
    pub async fn withdraw_score(
        &self,
        actor: Option<&Account>,
        (set, project): (Uuid, ProjectId),
        criterion: &str,
    ) -> Result<()> {
        let scoring = self.scoring(actor, set, project).await?;
        let draft = ScoreDraft { criterion: criterion.to_owned(), ..ScoreDraft::default() };
        let score = scoring.next(&draft, None).ok_or(AppError::NotFound("score"))?;
        self.store_scores(actor, &scoring, "withdraw_score", vec![score]).await.map(|_| ())
    }

    async fn store_scores(
        &self,
        actor: Option<&Account>,
        scoring: &Scoring,
        verb: &str,
        scores: Vec<Score>,
    ) -> Result<usize> {
        if scores.is_empty() {
            return Ok(0);
        }
        let n = scores.len();
        let detail = json!({ "criteria": scores.iter().map(|score| &score.criterion).collect::<Vec<_>>() });
        let audit = self.audit(actor, verb, scoring.project.id, Some(scoring.project.place), &detail);
        self.store().apply(vec![Change::AddScores(scores), audit]).await?;
        Ok(n)
    }

    async fn scoring(&self, actor: Option<&Account>, set: Uuid, project: ProjectId) -> Result<Scoring> {
        let set = self.read().find_criteria_set(set).await?.ok_or(AppError::NotFound("criteria set"))?;
        if set.state != CriteriaState::Approved {
            return Err(AppError::NotFound("criteria set"));
        }
        let (project, _, _) =
            self.read().find_project(project).await?.ok_or(AppError::NotFound("project"))?;
        if !set.place.covers(project.place) {
            return Err(AppError::NotFound("project"));
        }
        permission::check(actor, Permission::ScoreProjects, Some(project.place))?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if account.role == Role::ProjectManager && project.manager == Some(account.id) {
            return Err(AppError::Forbidden);
        }
        if project.status != Status::Appraisal {
            return Err(AppError::field("point", "field-score-status"));
        }
        let document = CriteriaDocument::read(&set)?;
        let known = self.read().list_scores(&[set.id]).await?;
        let own = |score: &Score| score.project == project.id && score.scorer == account.id;
        let known = known.into_iter().filter(own).collect();
        let (scorer, scorer_name, at) = (account.id, spokesman(actor), self.now());
        Ok(Scoring { set, document, project, known, scorer, scorer_name, at })
    }
}

/// Who scores what, and what the person has said already.
struct Scoring {
    set: CriteriaSet,
    document: CriteriaDocument,
    project: Project,
    known: Vec<Score>,
    scorer: AccountId,
    scorer_name: String,
    at: jiff::Timestamp,
}

impl Scoring {
    /// The next version; `None` when it would say nothing new.
    fn next(&self, draft: &ScoreDraft, value: Option<ScoreRange>) -> Option<Score> {
        let last = self.known.iter().find(|score| score.criterion == draft.criterion);
        let note = draft.note.trim();
        let same = match last {
            Some(last) => last.value == value && (last.note == note || value.is_none()),
            None => value.is_none(),
        };
        (!same).then(|| Score {
            criteria_set: self.set.id,
            project: self.project.id,
            criterion: draft.criterion.clone(),
            scorer: self.scorer,
            version: last.map_or(1, |last| last.version + 1),
            scorer_name: self.scorer_name.clone(),
            value,
            note: note.to_owned(),
            at: self.at,
        })
    }
}

/// Reads a decimal number as ten-thousandths.
pub fn parse_e4(text: &str) -> Option<i64> {
    let decimal: Decimal = text.parse().ok()?;
    let more = 4_u8.checked_sub(decimal.decimals())?;
    let value = decimal.mantissa().checked_mul(10_i64.pow(more.into()))?;
    (value.abs() <= VALUE_E4_MAX).then_some(value)
}

fn parse(draft: &ScoreDraft) -> std::result::Result<ScoreRange, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut read = |name: &str, text: &str, instead: Option<i64>| {
        if text.trim().is_empty() && instead.is_some() {
            return instead;
        }
        let value = parse_e4(text.trim());
        if value.is_none() {
            faults.push(FieldFault::new(format!("{name}-{}", draft.criterion), "field-score-number"));
        }
        value
    };
    let point = read("point", &draft.point, None);
    let low = read("low", &draft.low, Some(point.unwrap_or(0)));
    let high = read("high", &draft.high, Some(point.unwrap_or(0)));
    if draft.note.chars().count() > NOTE_CHARS_MAX {
        let field = format!("note-{}", draft.criterion);
        faults.push(FieldFault::new(field, "field-too-long").with("max", NOTE_CHARS_MAX));
    }
    match (low, point, high) {
        (Some(low), Some(point), Some(high)) if faults.is_empty() => {
            if low <= point && point <= high {
                return Ok(ScoreRange { low, point, high });
            }
            Err(vec![FieldFault::new(format!("low-{}", draft.criterion), "field-score-range")])
        }
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_ranges_are_read() {
        let draft = |point: &str, low: &str, high: &str| ScoreDraft {
            criterion: "need".to_owned(),
            point: point.to_owned(),
            low: low.to_owned(),
            high: high.to_owned(),
            note: String::new(),
        };
        assert_eq!(
            parse(&draft("70", "", "")),
            Ok(ScoreRange { low: 700_000, point: 700_000, high: 700_000 })
        );
        let range = ScoreRange { low: 655_000, point: 700_000, high: 712_500 };
        assert_eq!(parse(&draft("70", "65,5", "71.25")), Ok(range));
        assert_eq!(parse(&draft("70", "80", "")).unwrap_err()[0].key, "field-score-range");
        assert_eq!(parse(&draft("x", "", "")).unwrap_err()[0].field, "point-need");
        assert_eq!(parse(&draft("1.23456", "", "")).unwrap_err()[0].key, "field-score-number");
    }
}
